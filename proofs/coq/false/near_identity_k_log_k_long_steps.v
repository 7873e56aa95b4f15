(** False: f(p) = p, eta = 1: the first step from weights 1 is the origin. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Xavier NearIdentity NearFine.
Open Scope R_scope.

Theorem near_identity_k_log_k_long_steps : forall (f f' : R -> R) eta k w delta c G n,
  0 < eta -> 1 <= INR k * delta -> delta <= 1 / 16 -> (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 ->
  INR n * (2 * (eta * G) * sqrt (4 * delta) ^ (k - 1)) < sqrt (delta / INR (k - 2)) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w delta c G n; intros; apply (near_identity_k_log_k f f' eta k w delta c G n); assumption.
Qed.
