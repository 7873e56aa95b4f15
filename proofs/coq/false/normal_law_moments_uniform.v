(** False: the fourth moment of the uniform law of variance 1 is 9/5. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Escape Expectation Laws Xavier AnyLaw Independent NormalLaw XavierAnyLaw PaperStarts NormalStarts PaperExamples RandomLayers RandomBalance NormalMoments.
Open Scope R_scope.

Theorem normal_law_moments_uniform : forall k, normal_moments (uniform_weights k).
Proof.
  exact normal_law_moments.
Qed.
