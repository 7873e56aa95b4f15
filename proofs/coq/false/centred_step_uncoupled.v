(** False: without what couples the weights to each other. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums DelayBounds Flow ChebyshevNodes CentredStep.
Open Scope R_scope.

Theorem centred_step_uncoupled : forall (f' f'' : R -> R) (eta : R) (k m : nat) (centre centre' W w : nat -> R) (radius gradient coupling curve steepest bend rounding : R),
  (m < k)%nat -> 0 <= eta -> 0 <= gradient -> (forall i, (i < k)%nat -> Rabs (centre i) + radius <= W i) -> (forall i, (i < k)%nat -> i <> m -> 0 < W i) ->
  gradient_bound k m W <= gradient ^ 2 -> coupling_of k m W <= coupling ->
  (forall p, Rabs (p - product k centre) <= radius * gradient ->
    is_derive f' p (f'' p) /\ Rabs (f'' p) <= curve /\ Rabs (1 - eta * f'' p * gradient ^ 2) <= bend) -> 1 <= bend ->
  steepest = Rabs (f' (product k centre)) + curve * (radius * gradient) ->
  in_ball k (step f' eta k centre) rounding centre' -> in_ball k centre radius w ->
  Rabs (product k w - product k centre) <= radius * gradient /\
  in_ball k centre' (bend * radius + rounding) (step f' eta k w).
Proof.
  intros; eapply centred_step; eassumption.
Qed.
