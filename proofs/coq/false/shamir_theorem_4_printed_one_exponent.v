(** False: one exponent for every power: with steps that are small enough, nothing moves in n steps. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper.
Open Scope R_scope.

Theorem shamir_theorem_4_printed_one_exponent : forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0 C, forall c, c0 <= c -> forall k w eps n,
    (2 <= k)%nat -> 0 < eps -> assumption_4 c1 c2 c3 c4 k w ->
    exp (C * (INR k * ln (INR k))) * Rmax 1 (ln (1 / eps)) <= INR n ->
    (product k (descent (fun p => p + c1) (Rpower (INR k) (- c)) k w n) + c1) ^ 2 / 2 <= eps.
Proof.
  intros c1 c2 c3 c4; intros; apply (shamir_theorem_4_printed c1 c2 c3 c4); assumption.
Qed.
