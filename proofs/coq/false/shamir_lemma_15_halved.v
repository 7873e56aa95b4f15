(** False: half the steps: 1/10 needs two steps of 11/180 where a bound by the gap alone says 1/10 in one. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper.
Open Scope R_scope.

Theorem shamir_lemma_15_halved : forall k m y eta w N1,
  (m < k)%nat -> y < 0 -> 0 < eta -> smallest k m w ->
  (forall i, (i < k)%nat -> i <> m -> eta * (product k w - y) * rest k w i m <= 1) ->
  w m <= 2 * INR N1 * (eta * - y * gaps k m 0 w) ->
  exists N, (N <= N1)%nat /\ (forall s, (s < N)%nat -> 0 < descent (fun p => p - y) eta k w s m) /\
    later k m w (descent (fun p => p - y) eta k w N) /\
    - longest k m y eta w <= descent (fun p => p - y) eta k w N m <= 0.
Proof.
  intros k m y eta w N1; intros; apply (shamir_lemma_15 k m y eta w N1); assumption.
Qed.
