(** False: target -1, three layers, step 1: the first step meets the target. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora Identity Spectral BartlettMatrices Diagonal Compositions.
Open Scope R_scope.

Theorem arora_claim_5_any_depth : forall d L Phi v mu, (2 <= L)%nat -> symmetric d Phi ->
  (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  balanced d L (fun _ => unit_matrix) 0 /\
  (exists l i j, (l < L)%nat /\ (i < d)%nat /\ (j < d)%nat /\ gradient d L Phi (fun _ => unit_matrix) l i j <> 0) /\
  forall eta t, mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof.
  intros d L Phi v mu; intros; apply (arora_claim_5 d L Phi v mu); assumption.
Qed.
