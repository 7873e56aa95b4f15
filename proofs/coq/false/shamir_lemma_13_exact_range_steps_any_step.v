(** False: any step size: eta = 10 leads from the weights 1 and 1 to the product 121. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry Convergence RangeNumbers Range RangeSharp.
Open Scope R_scope.

Theorem shamir_lemma_13_exact_range_steps_any_step : forall k j delta gamma y eta x w eps n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta ->
  eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) ->
  bounded_below k j delta gamma w -> product k w <= y -> 0 < eps ->
  ln (y ^ 2 / (2 * eps)) / (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k j delta gamma y eta x w eps n; intros; apply (shamir_lemma_13_exact_range_steps k j delta gamma y eta x w eps n); assumption.
Qed.
