(** False: longer steps overshoot. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper CrossingPaper.
Open Scope R_scope.

Theorem shamir_lemma_13_one_step_longer : forall delta y w eta,
  0 < delta -> (forall i, (i < 2)%nat -> delta <= w i) -> product 2 w <= y -> 0 <= eta <= 21 / 10 * (delta ^ 2 / (2 * 2 * y ^ 2)) ->
  product 2 (step (fun p => p - y) eta 2 w) <= y /\
  (product 2 (step (fun p => p - y) eta 2 w) - y) ^ 2 / 2 <= (1 - 2 * delta ^ 2 * eta) * ((product 2 w - y) ^ 2 / 2) /\
  forall c, 2 < c -> exists y' w', (forall i, (i < 2)%nat -> 1 <= w' i) /\ product 2 w' < y' /\
    let eta' := c * (1 ^ 2 / (2 * 2 * y' ^ 2)) in
    (1 - 2 * 1 ^ 2 * eta') * ((product 2 w' - y') ^ 2 / 2)
      < (product 2 (step (fun p => p - y') eta' 2 w') - y') ^ 2 / 2.
Proof. exact shamir_lemma_13_one_step. Qed.
