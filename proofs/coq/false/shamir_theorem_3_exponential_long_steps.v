(** False: f(p) = p, eta = 1: the first step from seven weights 1 is the origin. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Xavier NearIdentity.
Open Scope R_scope.

Theorem shamir_theorem_3_exponential_long_steps : forall (f f' : R -> R) eta k w c G n,
  0 < eta -> (forall i, (i < k)%nat -> Rabs (w i - 1) <= 1 / 16) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 ->
  INR n * (4 * eta * G) < sqrt 2 ^ (k - 1) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w c G n; intros; apply (shamir_theorem_3_exponential f f' eta k w c G n); assumption.
Qed.
