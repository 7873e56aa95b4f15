(** False: any power: eta = 2^8 from the weights 0 and 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper.
Open Scope R_scope.

Theorem shamir_theorem_4_exponential_any_power : forall c1 c2 c3 c4 c M k w eps n,
  (2 <= k)%nat -> 0 < c1 <= M -> c2 <= M -> c3 <= M -> 1 <= M -> 0 <= c4 -> 0 < eps ->
  assumption_4 c1 c2 c3 c4 k w ->
  exp ((c + 2 * c4 + M / c1 + M + 4) * (INR k * ln (INR k))) * Rmax 1 (ln (1 / eps)) <= INR n ->
  (product k (descent (fun p => p + c1) (Rpower (INR k) (- c)) k w n) + c1) ^ 2 / 2 <= eps.
Proof.
  intros c1 c2 c3 c4 c M k w eps n; intros; apply (shamir_theorem_4_exponential c1 c2 c3 c4 c M k w eps n); assumption.
Qed.
