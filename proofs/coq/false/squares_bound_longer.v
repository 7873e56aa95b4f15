(** False: three per cent longer; one weight of 99/20 with beta = 1 and f(p) = p has left by then. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound.
Open Scope R_scope.

Theorem squares_bound_longer : forall (f' : R -> R) eta k w beta G u n,
  0 <= eta -> 0 < beta ->
  (forall p, Rabs p <= grown_product k beta w -> Rabs (f' p) <= G) ->
  u = eta * G * grown_product k beta w / beta -> INR n * (2 * u + u ^ 2) <= 103 / 100 ->
  (forall j, (j < k)%nat -> descent f' eta k w n j ^ 2 <= w j ^ 2 + beta) /\
  Rabs (product k (descent f' eta k w n)) <= grown_product k beta w.
Proof.
  intros; eapply squares_bound; eassumption.
Qed.
