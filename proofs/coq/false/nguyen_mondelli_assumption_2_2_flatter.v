(** False: the slope of the slope is beta at 0. *)
From Coq Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Gauss NormalLaw Rectangular Pyramid PyramidBounds SmoothedReLU.
Open Scope R_scope.

Theorem nguyen_mondelli_assumption_2_2_flatter : forall gamma beta, 0 < gamma < 1 -> 0 < beta ->
  exists s s', smoothed_relu gamma beta s /\ activation s s' gamma (99 / 100 * beta).
Proof.
  intros gamma beta Hg b0; destruct (nguyen_mondelli_assumption_2_2 gamma beta Hg b0) as [s [s' [S A]]]; exists s, s'; split; assumption.
Qed.
