(** False: the loss needs no time for the first phase. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Remainder Convergence AroraNumbers Margin Arora AroraLayers AroraProcedure.
From Lemmata Require Import Spectral Diagonal Decomposition AnyLaw NormalStarts ChiSquare Spheres LinearForms AroraRandom.
Open Scope R_scope.

Theorem arora_theorem_2_one_phase : forall (p a : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (sigma f r eta : R),
  0 < p < 1 / 2 -> (9 / (1 / 2 - p)) ^ 2 <= a -> (2 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) ->
  dims N = 1%nat -> 64 / (1 / 2 - p) <= INR (dims 0%nat) ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < f -> 0 < r -> frobenius d Phi = f ^ N -> r ^ N = sigma ^ 2 * INR (dims 0%nat) ->
  0 < sigma <= f ^ N / sqrt (a * INR (dims 0%nat) ^ 2) ->
  0 < eta <= r ^ (4 * N - 2) / (100000 * INR N ^ 3 * f ^ (10 * N - 6)) ->
  at_most (normal_weights (dims 0%nat)) (fun w => ~ forall q U V s z eps T,
      decomposition d (dims N) (dims 0%nat) q (random_row (dims 0%nat) sigma w) U V s ->
      (forall i, (i < d)%nat -> 0 <= z i /\ z i ^ N = s i) -> 0 < eps ->
      4 / eta * (/ f ^ (2 * N - 2) * ln (f ^ (2 * N) / (8 * eps))) <= INR T ->
      loss d N Phi (layers_descent d N Phi eta (decomposed_layers d N U V z) T) <= eps)
    (1 - p).
Proof. exact arora_theorem_2. Qed.
