(** False: one layer: w = 1 - e^(-t) for the target 1 has exactly R(t) = e^(-2t) R(0). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Layers Gradient ZasFlow.
Open Scope R_scope.

Theorem wu_flow_rate_doubled : forall d L Phi W a b t0 t,
  (1 <= L)%nat -> is_layers_flow d L Phi W a b -> a < t0 -> t0 <= t -> t < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j) ->
  loss d L Phi (fun l => W l t) <= exp (- 4 * (t - t0)) * loss d L Phi (fun l => W l t0).
Proof.
  intros d L Phi W a b t0 t HL H H0 H1 H2 HI; apply (wu_flow_rate d L Phi W a b); assumption.
Qed.
