(** Shamir's Theorem 2 with every constant explicit: random weights, large plateau, for laws with
    finite support. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape Expectation.
Open Scope R_scope.

(** P(|w| < delta) and P(|w| > m) for one weight; the chance that |p(n)| exceeds a bound. *)
Definition small (law : list (R * R)) (delta : R) : R :=
  mean law (fun x => if Rlt_dec (Rabs x) delta then 1 else 0).
Definition large (law : list (R * R)) (m : R) : R :=
  mean law (fun x => if Rlt_dec m (Rabs x) then 1 else 0).
Definition escape_probability
    (law : list (R * R)) (f' : R -> R) (eta : R) (k n : nat) (bound : R) : R :=
  expect law k (fun w => if Rle_dec (Rabs (product k (descent f' eta k w n))) bound then 0 else 1).

Lemma expect_coordinate : forall law k j F, is_law law -> (j < k)%nat ->
  expect law k (fun w => F (w j)) = mean law F.
Proof.
  intros law k j F [_ H1] Hj.
  rewrite (expect_ext law k _ (fun w => product k (fun i => if Nat.eqb i j then F (w i) else 1))).
  - rewrite (expect_product law k (fun i x => if Nat.eqb i j then F x else 1)).
    rewrite (product_split k _ j Hj), Nat.eqb_refl, (product_ext k _ (fun _ => 1)).
    + rewrite product_const, pow1, Rmult_1_r; reflexivity.
    + intros i _; unfold but; destruct (Nat.eqb i j); [reflexivity|exact H1].
  - intros w; rewrite (product_split k _ j Hj), Nat.eqb_refl, (product_ext k _ (fun _ => 1)).
    + rewrite product_const, pow1, Rmult_1_r; reflexivity.
    + intros i _; unfold but; destruct (Nat.eqb i j); reflexivity.
Qed.

Lemma total_term : forall k e j, (forall i, (i < k)%nat -> 0 <= e i) -> (j < k)%nat -> e j <= total k e.
Proof.
  induction k as [|k IH]; intros e j H Hj; [lia|]; simpl.
  assert (0 <= total k e) by (apply total_nonneg; auto with arith).
  assert (0 <= e k) by (apply H; lia).
  destruct (Nat.eq_dec j k) as [->|N]; [lra|].
  assert (e j <= total k e) by (apply IH; [auto with arith|lia]); lra.
Qed.

Lemma all_or_one : forall k (P : nat -> Prop), (forall i, P i \/ ~ P i) ->
  (forall i, (i < k)%nat -> P i) \/ exists i, (i < k)%nat /\ ~ P i.
Proof.
  induction k as [|k IH]; intros P D; [left; intros; lia|].
  destruct (IH P D) as [A|[i [Hi N]]]; [|right; exists i; split; [lia|exact N]].
  destruct (D k) as [Y|N]; [left|right; exists k; split; [lia|exact N]].
  intros i Hi; destruct (Nat.eq_dec i k) as [->|M]; [exact Y|apply A; lia].
Qed.

Theorem shamir_theorem_2_explicit : forall law (f' : R -> R) eta k a alpha delta m M r n,
  is_law law -> (2 <= k)%nat -> 0 < eta -> 0 < a -> mean law Rabs <= a -> 0 < delta ->
  alpha = INR k * sqrt a ^ (k - 1) ->
  r = delta / sqrt (INR (k - 1)) * ln 2 ->
  (forall p, Rabs p <= 2 * alpha * (m + r) -> Rabs (f' p) <= M) ->
  INR n * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= r ->
  escape_probability law f' eta k n (2 * alpha * (m + r))
    <= sqrt a ^ (k - 1) + INR k * small law delta + INR k * large law m.
Proof.
  intros law f' eta k a alpha delta m M r n Hl Hk He Ha Hm Hd Hal Hr HM Hn.
  assert (A0 : 0 < alpha).
  { rewrite Hal; apply Rmult_lt_0_compat; [apply lt_0_INR; lia|apply pow_lt, sqrt_lt_R0, Ha]. }
  assert (L5 := shamir_lemma_5 law k a Hl ltac:(lia) Ha Hm); rewrite <- Hal in L5.
  set (lo := fun x => if Rlt_dec (Rabs x) delta then 1 else 0).
  set (up := fun x => if Rlt_dec m (Rabs x) then 1 else 0).
  assert (lo0 : forall x, 0 <= lo x) by (intros x; unfold lo; destruct (Rlt_dec (Rabs x) delta); lra).
  assert (up0 : forall x, 0 <= up x) by (intros x; unfold up; destruct (Rlt_dec m (Rabs x)); lra).
  apply Rle_trans with (expect law k (fun w =>
    ((if Rle_dec alpha (maximum k (fun j => Rabs (others k w j))) then 1 else 0)
      + total k (fun i => lo (w i))) + total k (fun i => up (w i)))).
  - apply expect_le; [exact Hl|]; intros w.
    set (bad := if Rle_dec alpha (maximum k (fun j => Rabs (others k w j))) then 1 else 0).
    assert (b0 : 0 <= bad) by (unfold bad; destruct (Rle_dec _ _); lra).
    assert (t1 : 0 <= total k (fun i => lo (w i))) by (apply total_nonneg; auto).
    assert (t2 : 0 <= total k (fun i => up (w i))) by (apply total_nonneg; auto).
    destruct (Rle_dec (Rabs (product k (descent f' eta k w n))) (2 * alpha * (m + r))) as [In|Out]; [lra|].
    destruct (Rle_dec alpha (maximum k (fun j => Rabs (others k w j)))) as [B|B]; [unfold bad; lra|].
    destruct (all_or_one k (fun i => delta <= Rabs (w i) <= m)) as [Good|[i [Hi N]]].
    + intros i; destruct (Rle_dec delta (Rabs (w i))), (Rle_dec (Rabs (w i)) m);
        first [left; split; assumption|right; intros [? ?]; contradiction].
    + exfalso; apply Out.
      apply (shamir_theorem_2_deterministic f' eta k w alpha delta m M r n); auto.
      intros j Hj; apply Rnot_le_lt in B; left; eapply Rle_lt_trans; [|exact B].
      exact (maximum_is_upper k (fun j => Rabs (others k w j)) j Hj).
    + assert (T1 := total_term k (fun i => lo (w i)) i (fun i _ => lo0 (w i)) Hi).
      assert (T2 := total_term k (fun i => up (w i)) i (fun i _ => up0 (w i)) Hi).
      assert (1 <= lo (w i) + up (w i)).
      { specialize (lo0 (w i)); specialize (up0 (w i)); unfold lo, up in *.
        destruct (Rlt_dec (Rabs (w i)) delta), (Rlt_dec m (Rabs (w i))); lra. }
      cbv beta in T1, T2; lra.
  - rewrite !expect_plus.
    rewrite (expect_total law k k (fun i w => lo (w i))), (expect_total law k k (fun i w => up (w i))).
    rewrite (total_ext k _ (fun _ => small law delta)) by (intros; now apply expect_coordinate).
    rewrite (total_ext k (fun j => expect law k (fun w => up (w j))) (fun _ => large law m))
      by (intros; now apply expect_coordinate).
    rewrite !total_const; unfold probability_above in L5; lra.
Qed.
