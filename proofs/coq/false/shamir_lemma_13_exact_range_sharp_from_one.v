(** False: the range does not end at 1: at 11/10 the theorem holds. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry Convergence RangeNumbers Range RangeSharp.
Open Scope R_scope.

Theorem shamir_lemma_13_exact_range_sharp_from_one : forall x, 1 < x ->
  exists k j delta gamma y eta w n,
    (2 <= k)%nat /\ (j < k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta /\
    eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) /\ bounded_below k j delta gamma w /\ product k w <= y /\
    exp (- (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta * INR n / 2)) * (y - product k w)
      < Rabs (product k (descent (fun p => p - y) eta k w n) - y).
Proof.
  intros x; intros; apply (shamir_lemma_13_exact_range_sharp x); assumption.
Qed.
