(** False: sqrt (2/pi) >= sqrt (2/4) > 7/10. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Laws Xavier AnyLaw DensityLaw Independent NormalLaw XavierAnyLaw PaperStarts NormalStarts PaperExamples.
Open Scope R_scope.

Theorem shamir_lemma_1_two_laws_seven_tenths : forall k,
  (single (normal_weights k) Rabs /\ average (normal_weights k) Rabs < 7 / 10) /\
  (single (uniform_weights k) Rabs /\ average (uniform_weights k) Rabs < 9 / 10).
Proof.
  exact shamir_lemma_1_two_laws.
Qed.
