(** False: a hidden layer that is narrower, by one, than its input and its output. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Spectral Diagonal Decomposition AroraProcedure.
Open Scope R_scope.

Theorem arora_procedure_1_narrower : forall d N dims A, (2 <= N)%nat ->
  (forall l, (l <= N)%nat -> (Nat.min (dims N) (dims 0%nat) <= S (dims l) <= S d)%nat) ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> A i j = 0) ->
  (exists p U V s a, decomposition d (dims N) (dims 0%nat) p A U V s /\ forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) /\
  forall p U V s a, decomposition d (dims N) (dims 0%nat) p A U V s ->
    (forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) ->
    let W := decomposed_layers d N U V a in
    same d (chain d W N) A /\
    (forall l, (S l < N)%nat -> same d (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) /\
    shaped d N dims W.
Proof. exact arora_procedure_1. Qed.
