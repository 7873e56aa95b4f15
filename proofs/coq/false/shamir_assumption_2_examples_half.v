(** False: the uniform law has all its mass within sqrt 3, where c1 would be 1/sqrt 3 > 1/2. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Laws Xavier AnyLaw DensityLaw Independent NormalLaw XavierAnyLaw PaperStarts NormalStarts PaperExamples.
Open Scope R_scope.

Theorem shamir_assumption_2_examples_half : forall k,
  (assumption_2 (sqrt (2 / PI)) (1 - 1 / 5) k (normal_weights k) /\
   single (normal_weights k) (fun x => x) /\ average (normal_weights k) (fun x => x) = 0 /\
   average (normal_weights k) (fun x => x ^ 2) = 1) /\
  (assumption_2 (1 / 2) (1 - 1 / 10) k (uniform_weights k) /\
   single (uniform_weights k) (fun x => x) /\ average (uniform_weights k) (fun x => x) = 0 /\
   average (uniform_weights k) (fun x => x ^ 2) = 1).
Proof.
  exact shamir_assumption_2_examples.
Qed.
