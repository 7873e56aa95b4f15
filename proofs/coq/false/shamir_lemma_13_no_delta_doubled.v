(** False: twice the step size, from the weights 1 and 1 towards 3/2: the product becomes (17/13)^2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper.
Open Scope R_scope.

Theorem shamir_lemma_13_no_delta_doubled : forall k m gamma y B eta w,
  (2 <= k)%nat -> (m < k)%nat -> 0 < gamma -> 0 < y -> 0 < eta -> landed k m gamma w ->
  product k w <= y -> others k w m <= B -> eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 2 ->
  product k w <= product k (step (fun p => p - y) eta k w) <= y /\
  y - product k (step (fun p => p - y) eta k w)
    <= (1 - eta * total k (fun i => others k w i ^ 2)) * (y - product k w).
Proof.
  intros k m gamma y B eta w; intros; apply (shamir_lemma_13_no_delta k m gamma y B eta w); assumption.
Qed.
