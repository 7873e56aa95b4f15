(** False: the product may be almost twice the target. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin Arora AroraPaper Rectangular Singular AroraLemma AroraLayers.
Open Scope R_scope.

Theorem arora_lemma_2_norms : forall d L dims Phi W eta r s b t,
  (2 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= dims l <= d)%nat) -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < r -> 0 < s -> frobenius d Phi = s ^ L ->
  frobenius d (residual d L Phi W) <= sigma_min (dims L) (dims 0%nat) Phi - r ^ L ->
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) -> 0 <= b -> b ^ L = 199 / 100 * s ^ L ->
  let V := layers_descent d L Phi eta W t in
  balanced d L V (2 * (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2)))) /\
  (loss d L Phi (layers_descent d L Phi eta W (S t)) <= loss d L Phi V
     - eta / 2 * Rpower (sigma_min (dims L) (dims 0%nat) (chain d V L)) (2 * INR (L - 1) / INR L)
         * frobenius d (residual d L Phi V) ^ 2 /\
   frobenius d (residual d L Phi V) <= frobenius d Phi) /\
  (forall l, (l < L)%nat -> bounded d (V l) (b ^ 2)).
Proof. exact arora_lemma_2. Qed.
