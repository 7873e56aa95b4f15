(** False: large steps overshoot the target. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Convergence.
Open Scope R_scope.

Theorem lemma_13_step_size_free : forall k j delta gamma y eta w n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta ->
  bounded_below k j delta gamma w -> product k w <= y ->
  bounded_below k j delta gamma (descent (fun p => p - y) eta k w n) /\
  0 <= y - product k (descent (fun p => p - y) eta k w n)
    <= (1 - INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) ^ n * (y - product k w).
Proof.
  intros k j delta gamma y eta w n Hk Hj Hd Hy He B Hp.
  apply shamir_lemma_13_contraction; auto; lra.
Qed.
