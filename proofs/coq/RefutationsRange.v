(** The false variants of the exact range of Lemma 13 are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry Convergence RangeNumbers Range RangeSharp InstancesRange.
Open Scope R_scope.

(** Three times the printed step size, where 2.9553 is the end: the first step is too long. *)
Lemma shamir_lemma_13_exact_range_threefold_is_false : ~ (forall k j delta gamma y eta x w n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta ->
  x <= 3 / 2 -> eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) ->
  bounded_below k j delta gamma w -> product k w <= y ->
  Rabs (product k (descent (fun p => p - y) eta k w n) - y)
    <= exp (- (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta * INR n / 2)) * (y - product k w)).
Proof.
  intros H; destruct (shamir_lemma_13_exact_range_sharp (3 / 2)) as [k [j [delta [gamma [y [eta [w [n S]]]]]]]].
  - assert (E := exp_minus_second (3 / 8) ltac:(lra)); assert (P := exp_pos (- (3 / 8))).
    replace (- (3 / 2 / 2)) with (- (3 / 8) + - (3 / 8)) by field; rewrite exp_plus.
    apply Rle_lt_trans with (89 / 128 * (89 / 128)); [apply Rmult_le_compat; lra|lra].
  - destruct S as [S1 [S2 [S3 [S4 [S5 [S6 [S7 [S8 S9]]]]]]]].
    specialize (H k j delta gamma y eta (3 / 2) w n S1 S2 S3 S4 S5 ltac:(lra) S6 S7 S8); lra.
Qed.

(** Any step size: eta = 10 leads from the weights 1 and 1 to the product 121. *)
Lemma shamir_lemma_13_exact_range_steps_any_step_is_false : ~ (forall k j delta gamma y eta x w eps n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta ->
  eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) ->
  bounded_below k j delta gamma w -> product k w <= y -> 0 < eps ->
  ln (y ^ 2 / (2 * eps)) / (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps).
Proof.
  intros H.
  assert (K : (product 2 (descent (fun p => p - 2) 10 2 (fun _ => 1) 1) - 2) ^ 2 / 2 <= 2);
    [|revert K; simpl; unfold step, others, but; simpl; lra].
  apply (H 2%nat 0%nat 1 1 2 10 80 (fun _ => 1) 2 1%nat); try lia; try lra.
  - simpl; lra.
  - apply ones_bounded.
  - simpl; lra.
  - replace (2 ^ 2 / (2 * 2)) with 1 by field; rewrite ln_1; unfold Rdiv; rewrite Rmult_0_l; simpl; lra.
Qed.

(** The range does not end at 1: at 11/10 the theorem holds. *)
Lemma shamir_lemma_13_exact_range_sharp_from_one_is_false : ~ (forall x, 1 < x ->
  exists k j delta gamma y eta w n,
    (2 <= k)%nat /\ (j < k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta /\
    eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) /\ bounded_below k j delta gamma w /\ product k w <= y /\
    exp (- (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta * INR n / 2)) * (y - product k w)
      < Rabs (product k (descent (fun p => p - y) eta k w n) - y)).
Proof.
  intros H; destruct (H (11 / 10) ltac:(lra)) as [k [j [delta [gamma [y [eta [w [n S]]]]]]]].
  destruct S as [S1 [S2 [S3 [S4 [S5 [S6 [S7 [S8 S9]]]]]]]].
  assert (X : 11 / 10 - 1 <= exp (- (11 / 10 / 2))) by (assert (E := exp_above_line (- (11 / 10 / 2))); lra).
  assert (R := shamir_lemma_13_exact_range k j delta gamma y eta (11 / 10) w n S1 S2 S3 S4 S5 X S6 S7 S8); lra.
Qed.
