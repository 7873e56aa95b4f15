(** False: three layers, Phi = -1, eta = 1: the first step goes from 1 to -1, a solution. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
Open Scope R_scope.

Theorem bartlett_negative_any_step : forall d L Phi eta v mu t,
  (2 <= L)%nat -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) ->
  0 < mu -> 0 < eta -> eta * mu <= 1 ->
  mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof.
  intros d L Phi eta v mu t HL S N E Hmu He Hs.
  apply (bartlett_negative_small_steps d L Phi eta v mu t); assumption.
Qed.
