(** Shamir's Lemma 5 for laws with finite support: Markov's inequality and a union bound.

    A law is a list of (value, probability); [expect law k F] is the expectation of F(w_0 .. w_(k-1))
    with independent weights of that law. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Geometry.
Import ListNotations.
Open Scope R_scope.

Fixpoint mean (law : list (R * R)) (F : R -> R) : R :=
  match law with
  | [] => 0
  | (x, p) :: tail => p * F x + mean tail F
  end.

Definition is_law (law : list (R * R)) : Prop :=
  (forall x p, In (x, p) law -> 0 <= p) /\ mean law (fun _ => 1) = 1.

Fixpoint expect (law : list (R * R)) (k : nat) (F : (nat -> R) -> R) : R :=
  match k with
  | O => F (fun _ => 0)
  | S n => mean law (fun x => expect law n (fun w => F (put n x w)))
  end.

(** max over i < k, of nonnegative numbers. *)
Fixpoint maximum (k : nat) (x : nat -> R) : R :=
  match k with
  | O => 0
  | S n => Rmax (maximum n x) (x n)
  end.

(** P(X >= t). *)
Definition probability_above (law : list (R * R)) (k : nat) (t : R) (X : (nat -> R) -> R) : R :=
  expect law k (fun w => if Rle_dec t (X w) then 1 else 0).

Lemma mean_ext : forall law F G, (forall x, F x = G x) -> mean law F = mean law G.
Proof. induction law as [|[x p] l IH]; intros F G H; simpl; [|rewrite H, (IH F G)]; auto. Qed.

Lemma mean_scal : forall law c F, mean law (fun x => c * F x) = c * mean law F.
Proof. induction law as [|[x p] l IH]; intros; simpl; [ring|rewrite IH; ring]. Qed.

Lemma mean_plus : forall law F G, mean law (fun x => F x + G x) = mean law F + mean law G.
Proof. induction law as [|[x p] l IH]; intros; simpl; [ring|rewrite IH; ring]. Qed.

Lemma mean_le : forall law F G, (forall x p, In (x, p) law -> 0 <= p) ->
  (forall x, F x <= G x) -> mean law F <= mean law G.
Proof.
  induction law as [|[x p] l IH]; intros F G H HFG; simpl; [lra|].
  apply Rplus_le_compat; [apply Rmult_le_compat_l; [apply (H x p); now left|auto]|].
  apply IH; [intros y q Hy; apply (H y q); now right|exact HFG].
Qed.

Lemma expect_ext : forall law k F G, (forall w, F w = G w) -> expect law k F = expect law k G.
Proof.
  induction k as [|k IH]; intros F G H; simpl; [auto|apply mean_ext; intros x; apply IH; auto].
Qed.

Lemma expect_scal : forall law k c F, expect law k (fun w => c * F w) = c * expect law k F.
Proof.
  induction k as [|k IH]; intros c F; simpl; [reflexivity|].
  rewrite <- mean_scal; apply mean_ext; intros x; apply (IH c (fun w => F (put k x w))).
Qed.

Lemma expect_plus : forall law k F G,
  expect law k (fun w => F w + G w) = expect law k F + expect law k G.
Proof.
  induction k as [|k IH]; intros F G; simpl; [reflexivity|].
  rewrite <- mean_plus; apply mean_ext; intros x.
  apply (IH (fun w => F (put k x w)) (fun w => G (put k x w))).
Qed.

Lemma expect_le : forall law k F G, is_law law -> (forall w, F w <= G w) ->
  expect law k F <= expect law k G.
Proof.
  intros law k F G [H1 H2]; revert F G; induction k as [|k IH]; intros F G H; simpl; [auto|].
  apply mean_le; [exact H1|intros x; apply IH; auto].
Qed.

Lemma expect_zero : forall law k, expect law k (fun _ => 0) = 0.
Proof.
  intros law k; rewrite (expect_ext law k _ (fun _ => 0 * 0)) by (intros; ring).
  rewrite expect_scal; ring.
Qed.

Lemma expect_total : forall law k n (F : nat -> (nat -> R) -> R),
  expect law k (fun w => total n (fun j => F j w)) = total n (fun j => expect law k (F j)).
Proof.
  induction n as [|n IH]; intros F; simpl; [apply expect_zero|].
  rewrite expect_plus, IH; reflexivity.
Qed.

(** Independence. *)
Lemma expect_product : forall law k (h : nat -> R -> R),
  expect law k (fun w => product k (fun i => h i (w i))) = product k (fun i => mean law (h i)).
Proof.
  induction k as [|k IH]; intros h; simpl; [reflexivity|].
  rewrite <- IH, <- mean_scal; apply mean_ext; intros x.
  rewrite (Rmult_comm _ (h k x)), <- expect_scal; apply expect_ext; intros w.
  rewrite put_same, Rmult_comm; f_equal; apply product_ext.
  intros i Hi; rewrite put_other by lia; reflexivity.
Qed.

Lemma maximum_le_total : forall k x, (forall i, (i < k)%nat -> 0 <= x i) ->
  0 <= maximum k x <= total k x.
Proof.
  induction k as [|k IH]; intros x H; simpl; [lra|].
  destruct (IH x) as [A B]; [auto with arith|]; specialize (H k ltac:(lia)).
  unfold Rmax; destruct (Rle_dec (maximum k x) (x k)); lra.
Qed.

Lemma maximum_is_upper : forall k x j, (j < k)%nat -> x j <= maximum k x.
Proof.
  induction k as [|k IH]; intros x j Hj; [lia|]; simpl.
  destruct (Nat.eq_dec j k) as [->|N]; [apply Rmax_r|].
  eapply Rle_trans; [apply (IH x j); lia|apply Rmax_l].
Qed.

Theorem markov_inequality : forall law k t (X : (nat -> R) -> R),
  is_law law -> 0 < t -> (forall w, 0 <= X w) ->
  t * probability_above law k t X <= expect law k X.
Proof.
  intros law k t X Hl Ht HX; unfold probability_above; rewrite <- expect_scal.
  apply expect_le; [exact Hl|]; intros w; specialize (HX w); destruct (Rle_dec t (X w)); lra.
Qed.

Theorem shamir_lemma_5 : forall law k a,
  is_law law -> (1 <= k)%nat -> 0 < a -> mean law Rabs <= a ->
  probability_above law k (INR k * sqrt a ^ (k - 1))
    (fun w => maximum k (fun j => Rabs (others k w j))) <= sqrt a ^ (k - 1).
Proof.
  intros law k a Hl Hk Ha Hm.
  assert (S0 : 0 < sqrt a ^ (k - 1)) by (apply pow_lt, sqrt_lt_R0, Ha).
  assert (K0 : 0 < INR k) by (apply lt_0_INR; lia).
  assert (M0 : 0 <= mean law Rabs).
  { rewrite <- (Rmult_0_l (mean law Rabs)), <- mean_scal.
    apply mean_le; [apply Hl|intros x; pose proof (Rabs_pos x); lra]. }
  assert (One : forall j, (j < k)%nat ->
    expect law k (fun w => Rabs (others k w j)) = mean law Rabs ^ (k - 1)).
  { intros j Hj.
    rewrite (expect_ext law k _ (fun w => product k (fun i => if Nat.eqb i j then 1 else Rabs (w i)))).
    - rewrite (expect_product law k (fun i x => if Nat.eqb i j then 1 else Rabs x)).
      rewrite <- (others_const k (mean law Rabs) j Hj); apply product_ext; intros i _; unfold but.
      destruct (Nat.eqb i j); [apply Hl|reflexivity].
    - intros w; unfold others; rewrite product_abs; apply product_ext; intros i _; unfold but.
      destruct (Nat.eqb i j); [apply Rabs_R1|reflexivity]. }
  assert (Mk := markov_inequality law k (INR k * sqrt a ^ (k - 1))
    (fun w => maximum k (fun j => Rabs (others k w j))) Hl
    ltac:(now apply Rmult_lt_0_compat)
    ltac:(intros w; apply (maximum_le_total k); intros; apply Rabs_pos)).
  assert (U : expect law k (fun w => maximum k (fun j => Rabs (others k w j))) <= INR k * a ^ (k - 1)).
  { apply Rle_trans with (expect law k (fun w => total k (fun j => Rabs (others k w j)))).
    - apply expect_le; [exact Hl|intros w; apply maximum_le_total; intros; apply Rabs_pos].
    - rewrite (expect_total law k k (fun j w => Rabs (others k w j))), (total_ext k _ _ One), total_const.
      apply Rmult_le_compat_l; [lra|apply pow_incr; lra]. }
  assert (E : a ^ (k - 1) = sqrt a ^ (k - 1) * sqrt a ^ (k - 1))
    by (rewrite <- Rpow_mult_distr, sqrt_sqrt by lra; reflexivity).
  rewrite E in U.
  apply (Rmult_le_reg_l (INR k * sqrt a ^ (k - 1))); [now apply Rmult_lt_0_compat|].
  lra.
Qed.
