(** False: for two layers the bound is attained. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers Remainder Convergence.
From Lemmata Require Import AroraNumbers Margin Arora AroraPaper BalancedProduct Rectangular Singular AroraLemma Spectral BartlettMatrices AroraProducts.
Open Scope R_scope.

Theorem arora_lemma_5_less : forall d N dims W nu M, (1 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) ->
  shaped d N dims W -> 0 <= M -> 0 <= nu -> balanced d N W nu -> (forall l, (l < N)%nat -> bounded d (W l) (M ^ 2)) ->
  (forall j, (1 <= j <= N)%nat ->
    let P := chain d W j in
    frobenius d (msub (mul d P (tr P)) (power d (mul d (W (j - 1)%nat) (tr (W (j - 1)%nat))) j))
      <= nu * M ^ (2 * (j - 1)) * (9 / 20 * (INR j * INR (j - 1))) /\
    frobenius d (msub (mul d (tr P) P) (power d (mul d (tr (W 0%nat)) (W 0%nat)) j))
      <= nu * M ^ (2 * (j - 1)) * (9 / 20 * (INR j * INR (j - 1)))) /\
  sigma_min (dims N) (dims 0%nat) (chain d W N) ^ 2 - nu * M ^ (2 * (N - 1)) * (INR N * INR (N - 1) / 2)
    <= Rmax (sigma_min (dims N) (dims (N - 1)%nat) (W (N - 1)%nat)) (sigma_min (dims 1%nat) (dims 0%nat) (W 0%nat)) ^ (2 * N).
Proof. exact arora_lemma_5. Qed.
