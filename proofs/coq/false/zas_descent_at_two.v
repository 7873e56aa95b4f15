(** False: L = 1, f' = sqrt 2, eta = 1: one step takes the difference from 1 to -1. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow FlowZas.
Open Scope R_scope.

Theorem zas_descent_at_two : forall (f' : R -> R) eta L w n,
  (1 <= L)%nat -> (forall i, (i < L)%nat -> w i = 1) -> w L = 0 ->
  (forall s, (s < n)%nat ->
    eta ^ 2 * f' (product (S L) (descent f' eta (S L) w s)) ^ 2
      * rest (S L) (descent f' eta (S L) w s) 0 L ^ 2 <= 2) ->
  (forall i j, (i < L)%nat -> (j < L)%nat ->
    descent f' eta (S L) w n i = descent f' eta (S L) w n j) /\
  0 <= descent f' eta (S L) w n 0 ^ 2 - descent f' eta (S L) w n L ^ 2 <= 1.
Proof.
  intros f' eta L w n HL H1 H0 Hx; apply zas_descent_invariants; assumption.
Qed.
