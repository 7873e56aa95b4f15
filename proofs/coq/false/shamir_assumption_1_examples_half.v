(** False: at -1/2 the square is 1/4. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Laws Xavier AnyLaw DensityLaw Independent NormalLaw XavierAnyLaw PaperStarts NormalStarts PaperExamples.
Open Scope R_scope.

Theorem shamir_assumption_1_examples_half : (assumption_1 (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) 0 (1 / 2) /\ infimum (fun p => (p + 1) ^ 2) 0) /\
  (assumption_1 (fun p => ln (1 + exp p)) (fun p => exp p / (1 + exp p)) 0 (ln (1 + exp (- (1 / 2)))) /\
   infimum (fun p => ln (1 + exp p)) 0).
Proof.
  exact shamir_assumption_1_examples.
Qed.
