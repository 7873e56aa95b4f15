(** False: A gap of 5/2 delta only: from (11/10, 9/10) one step leads to a gap of 27/100. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep NearLemmas.
Open Scope R_scope.

Theorem shamir_lemma_10_nearer : forall (f' : R -> R) eta k w delta c M n,
  0 < eta -> (forall p, 0 < p <= c -> 0 <= f' p <= M) -> delta <= 1 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c -> (4 * eta * M * c) ^ 2 <= 2 ->
  (forall s i, (s <= n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k w s i) ->
  forall s, (s <= n)%nat ->
    (forall i j, (i < k)%nat -> (j < k)%nat -> Rabs (descent f' eta k w s i - descent f' eta k w s j) <= 5 / 2 * delta) /\
    (forall i, (i < k)%nat -> descent f' eta k w (S s) i <= descent f' eta k w s i
      <= descent f' eta k w (S s) i + 2 * eta * M * c) /\
    ((S s <= n)%nat -> product k (descent f' eta k w (S s)) <= product k (descent f' eta k w s)).
Proof.
  intros f' eta k w delta c M n He Hf Hd1 Hd Hp Hstep Hw.
  assert (Pos : forall s i, (s <= n)%nat -> (i < k)%nat -> 0 < descent f' eta k w s i)
    by (intros s i Hs Hi; specialize (Hw s i Hs Hi); lra).
  assert (Down : forall s, (S s <= n)%nat -> product k (descent f' eta k w s) <= c ->
    product k (descent f' eta k w (S s)) <= product k (descent f' eta k w s)).
  { intros s Hs Pc; simpl descent; apply product_le; intros i Hi; split; [left; apply (Pos (S s)); assumption|].
    apply (half_step f' eta k _ c M); auto; intros; apply Hw; lia. }
  assert (All : forall s, (s <= n)%nat -> product k (descent f' eta k w s) <= c /\
    forall i j, (i < k)%nat -> (j < k)%nat -> Rabs (descent f' eta k w s i ^ 2 - descent f' eta k w s j ^ 2) <= 4 * delta).
  { induction s as [|s IH]; intros Hs.
    - split; [exact Hp|]; intros i j Hi Hj; assert (Wi := Hd i Hi); assert (Wj := Hd j Hj); simpl descent.
      assert (Li := Hw 0%nat i ltac:(lia) Hi); assert (Lj := Hw 0%nat j ltac:(lia) Hj); simpl descent in Li, Lj.
      apply Rabs_le_between in Wi; apply Rabs_le_between in Wj; apply Rabs_le.
      assert (d0 : 0 <= delta) by lra; assert (U : forall x, 1 - delta <= x <= 1 + delta -> 0 < x -> x ^ 2 <= (1 + delta) ^ 2)
        by (intros; apply pow_incr; lra).
      assert (L : forall x, 1 - delta <= x -> (1 - delta) ^ 2 <= x ^ 2) by (intros; apply pow_incr; lra).
      assert (Ui := U (w i) ltac:(lra) ltac:(lra)); assert (Uj := U (w j) ltac:(lra) ltac:(lra)).
      assert (Si := L (w i) ltac:(lra)); assert (Sj := L (w j) ltac:(lra)); simpl in *; lra.
    - destruct (IH ltac:(lia)) as [Pc Gap]; split; [eapply Rle_trans; [apply Down; [exact Hs|exact Pc]|exact Pc]|].
      intros i j Hi Hj; simpl descent; set (v := descent f' eta k w s) in *.
      destruct (Nat.eq_dec i j) as [->|Nij]; [rewrite Rminus_eq_0, Rabs_R0; eapply Rle_trans; [apply Rabs_pos|apply (Gap j j Hj Hj)]|].
      eapply Rle_trans; [|apply (Gap i j Hi Hj)]; apply balancedness_monotone; auto.
      assert (Pv : 0 < product k v) by (apply product_pos; intros; apply Pos; lia).
      destruct (Hf (product k v) (conj Pv Pc)) as [g0 g1]; set (g := f' (product k v)) in *.
      assert (R0 : 0 <= rest k v i j) by (apply rest_nonneg; intros l Hl; left; apply Pos; lia).
      assert (R4 : rest k v i j <= 4 * c).
      { assert (Ei := Hw s i ltac:(lia) Hi); assert (Ej := Hw s j ltac:(lia) Hj); fold v in Ei, Ej.
        assert (V : 1 / 2 * (1 / 2) <= v i * v j) by (apply Rmult_le_compat; lra).
        assert (V2 : 1 / 2 * (1 / 2) * rest k v i j <= v i * v j * rest k v i j) by (apply Rmult_le_compat_r; assumption).
        rewrite <- (product_pair k v i j Hi Hj Nij) in V2; lra. }
      assert (G : 0 <= eta * g * rest k v i j <= 4 * eta * M * c).
      { split; [repeat apply Rmult_le_pos; lra|].
        replace (4 * eta * M * c) with (eta * M * (4 * c)) by ring; apply Rmult_le_compat; try lra.
        - apply Rmult_le_pos; lra.
        - apply Rmult_le_compat_l; lra. }
      replace (eta ^ 2 * g ^ 2 * rest k v i j ^ 2) with ((eta * g * rest k v i j) ^ 2) by ring.
      eapply Rle_trans; [apply pow_incr; exact G|exact Hstep]. }
  intros s Hs; destruct (All s Hs) as [Pc Gap]; split; [|split].
  - intros i j Hi Hj; assert (Ei := Hw s i Hs Hi); assert (Ej := Hw s j Hs Hj); specialize (Gap i j Hi Hj).
    set (v := descent f' eta k w s) in *.
    eapply Rle_trans; [|exact Gap].
    replace (v i ^ 2 - v j ^ 2) with ((v i - v j) * (v i + v j)) by ring; rewrite Rabs_mult.
    rewrite <- (Rmult_1_r (Rabs (v i - v j))) at 1; apply Rmult_le_compat_l; [apply Rabs_pos|].
    rewrite Rabs_pos_eq; lra.
  - intros i Hi; simpl descent; apply (half_step f' eta k _ c M); auto; intros; apply Hw; lia.
  - intros HS; apply Down; assumption.
Qed.
