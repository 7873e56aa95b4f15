(** False: k = 2, w = (1, 1), delta = gamma = 1, y = 11/10, eta = 1/10: F is multiplied by
    0.799^2 = 0.638..., more than 1 - 2/5. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Convergence.
Open Scope R_scope.

Theorem lemma_13_step_rate_doubled : forall k j delta gamma y eta w,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w <= y ->
  product k (step (fun p => p - y) eta k w) <= y /\
  (product k (step (fun p => p - y) eta k w) - y) ^ 2 / 2
    <= (1 - 2 * INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) * ((product k w - y) ^ 2 / 2).
Proof.
  intros k j delta gamma y eta w Hk Hj Hd Hy He B Hp.
  apply (shamir_lemma_13_step k j delta gamma y eta w); assumption.
Qed.
