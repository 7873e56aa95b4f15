(** False: without an orthonormal V the first pair is not balanced. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Spectral Diagonal AroraProcedure.
Open Scope R_scope.

Theorem arora_procedure_1_any_input : forall d N dims p A U V s a, (2 <= N)%nat ->
  (forall l, (l <= N)%nat -> (p <= dims l <= d)%nat) ->
  orthonormal d p (tr U) -> (forall i j, (dims N <= i < d)%nat -> (j < p)%nat -> U i j = 0) ->
  (forall i j, (dims 0%nat <= i < d)%nat -> (j < p)%nat -> V i j = 0) ->
  (forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) -> (forall i, (p <= i < d)%nat -> s i = 0) ->
  same d A (mul d U (mul d (diagonal s) (tr V))) ->
  let W := decomposed_layers d N U V a in
  same d (chain d W N) A /\
  (forall l, (S l < N)%nat -> same d (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) /\
  shaped d N dims W.
Proof. exact arora_procedure_1. Qed.
