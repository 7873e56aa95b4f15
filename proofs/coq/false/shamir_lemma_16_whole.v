(** False: the next step at full length, which needs |p| = 0 after the crossing. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper.
Open Scope R_scope.

Theorem shamir_lemma_16_whole : forall k m y eta w N,
  (m < k)%nat -> y < 0 -> 0 < eta -> smallest k m w ->
  (forall i, (i < k)%nat -> i <> m -> longest k m y eta w <= w i - w m) ->
  longest k m y eta w * others k w m <= - y / 2 ->
  later k m w (descent (fun p => p - y) eta k w N) ->
  - longest k m y eta w <= descent (fun p => p - y) eta k w N m <= 0 ->
  gaps k m (longest k m y eta w) w <= others k (descent (fun p => p - y) eta k w N) m <= others k w m /\
  descent (fun p => p - y) eta k w (S N) m
    <= descent (fun p => p - y) eta k w N m - eta * - y * gaps k m (longest k m y eta w) w.
Proof.
  intros k m y eta w N; intros; apply (shamir_lemma_16 k m y eta w N); assumption.
Qed.
