(** False: from most starts descent meets the target. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Rcomplements.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Geometry Bartlett BartlettMatrices Diagonal ClaimFour.
Open Scope R_scope.

Theorem arora_claim_4_every_start : forall d N eta c, Nat.Even N -> (2 <= N)%nat -> (1 <= d)%nat -> 0 < eta -> 0 < c < 1 ->
  forall W, frobenius d (residual d N unit_matrix W) <= 1 - c -> exists m, 0 < m /\
    forall t, m <= loss d N unit_matrix (layers_descent d N unit_matrix eta W t).
Proof. exact arora_claim_4. Qed.
