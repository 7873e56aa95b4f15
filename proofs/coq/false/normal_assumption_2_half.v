(** False: the density at 0 is about 2/5, so that P(|w| <= b) is about 4/5 b, and not below b/2. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw Independent Gauss NormalLaw XavierAnyLaw PaperStarts NormalStarts.
Open Scope R_scope.

Theorem normal_assumption_2_half : forall k, assumption_2 (1 / 2) (1 - 1 / 6) k (normal_weights k).
Proof.
  intros k; exact (normal_assumption_2 k).
Qed.
