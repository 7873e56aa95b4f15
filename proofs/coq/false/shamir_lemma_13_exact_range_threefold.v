(** False: three times the printed step size, where 2.9553 is the end: the first step is too long. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry Convergence RangeNumbers Range RangeSharp.
Open Scope R_scope.

Theorem shamir_lemma_13_exact_range_threefold : forall k j delta gamma y eta x w n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta ->
  x <= 3 / 2 -> eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) ->
  bounded_below k j delta gamma w -> product k w <= y ->
  Rabs (product k (descent (fun p => p - y) eta k w n) - y)
    <= exp (- (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta * INR n / 2)) * (y - product k w).
Proof.
  intros k j delta gamma y eta x w n; intros; apply (shamir_lemma_13_exact_range k j delta gamma y eta x w n); assumption.
Qed.
