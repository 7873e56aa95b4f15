(** False: one layer, target 1, eta = 1: the first step reaches the target. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Layers Gradient ZasSharp.
Open Scope R_scope.

Theorem wu_first_step_linear : forall d L Phi eta, (1 <= L)%nat ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) 1)
    = (1 - 2 * eta) * loss d L Phi (zero_asymmetric L).
Proof.
  intros d L Phi eta HL; apply wu_first_step; exact HL.
Qed.
