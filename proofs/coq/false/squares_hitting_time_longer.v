(** False: three per cent more than beta/(2 eta G P). *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound.
Open Scope R_scope.

Theorem squares_hitting_time_longer : forall (f' : R -> R) eta k w beta G n,
  0 < eta -> 0 < beta -> 0 < G ->
  (forall p, Rabs p <= grown_product k beta w -> Rabs (f' p) <= G) ->
  INR n <= 103 / 100 * (beta / (2 * eta * G * grown_product k beta w)) ->
  Rabs (product k (descent f' eta k w n)) <= grown_product k beta w.
Proof.
  intros; eapply squares_hitting_time; eassumption.
Qed.
