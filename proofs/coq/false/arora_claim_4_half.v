(** False: the start itself has a loss of (1 - c)^2/2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers ClaimFour.
Open Scope R_scope.

Theorem arora_claim_4_half : forall d N eta c, Nat.Even N -> (2 <= N)%nat -> (1 <= d)%nat -> 0 < eta -> 0 < c < 1 ->
  exists W m, frobenius d (residual d N unit_matrix W) <= 1 - c /\ 1 / 2 <= m /\
    forall t, m <= loss d N unit_matrix (layers_descent d N unit_matrix eta W t).
Proof.
  intros d N eta c; intros; apply (arora_claim_4 d N eta c); assumption.
Qed.
