(** False: one layer: w = 1 - e^(-t) for the target 1 has exactly R(t) = e^(-2t) R(0). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Layers Gradient ZasFlowStart.
Open Scope R_scope.

Theorem wu_flow_from_start_doubled : forall d L Phi W b t0 t,
  (1 <= L)%nat -> is_layers_flow d L Phi W t0 b -> t0 < t < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat ->
    filterlim (fun x => W l x i j) (at_right t0) (locally (zero_asymmetric L l i j))) ->
  loss d L Phi (fun l => W l t) <= exp (- 4 * (t - t0)) * loss d L Phi (zero_asymmetric L).
Proof.
  intros d L Phi W b t0 t HL H Ht HI; apply (wu_flow_from_start d L Phi W b); assumption.
Qed.
