(** False: 1 and -1 with probability 1/2 each: the variance is 1, and so is E|w|. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Laws Xavier AnyLaw DensityLaw Independent NormalLaw XavierAnyLaw PaperStarts NormalStarts PaperExamples.
Open Scope R_scope.

Theorem shamir_lemma_1_every_law_signs : forall k (P : weights k), (1 <= k)%nat -> single P Rabs -> single P (fun x => x ^ 2) ->
  average P (fun x => x ^ 2) = 1 ->
  average P Rabs < 1.
Proof.
  intros k P; intros; apply (shamir_lemma_1_every_law k P); assumption.
Qed.
