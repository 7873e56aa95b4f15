(** False: e^(C k) steps: with sizes 1/k^2, 2/k^2, ... the crossing takes e^(k ln k) of them. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper CrossingPaper.
Open Scope R_scope.

Theorem shamir_lemma_15_printed_without_log : forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w m,
    (2 <= k)%nat -> assumption_4 c1 c2 c3 c4 k w -> (forall i, (i < k)%nat -> 0 <= w i) ->
    (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
    exists N, INR N <= exp (C * INR k) / Rpower (INR k) (- c) /\
      descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m <= 0.
Proof. exact shamir_lemma_15_printed. Qed.
