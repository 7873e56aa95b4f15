(** The false variants of the examples of Shamir's paper are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Laws Xavier AnyLaw DensityLaw Independent NormalLaw XavierAnyLaw PaperStarts NormalStarts PaperExamples RefutationsAnyLaw.
Open Scope R_scope.

Lemma shamir_lemma_1_every_law_signs_is_false : ~ (forall k (P : weights k), (1 <= k)%nat -> single P Rabs -> single P (fun x => x ^ 2) ->
  average P (fun x => x ^ 2) = 1 ->
  average P Rabs < 1).
Proof.
  intros H; specialize (H 1%nat (signed_weights 1 1) ltac:(lia) I I).
  assert (E : average (signed_weights 1 1) (fun x => x ^ 2) = 1).
  { change (mean (signs 1) (fun x => x ^ 2) = 1); unfold signs; simpl; lra. }
  specialize (H E); change (average (signed_weights 1 1) Rabs) with (mean (signs 1) Rabs) in H; rewrite signs_abs in H; lra.
Qed.

Lemma shamir_lemma_1_two_laws_seven_tenths_is_false : ~ (forall k,
  (single (normal_weights k) Rabs /\ average (normal_weights k) Rabs < 7 / 10) /\
  (single (uniform_weights k) Rabs /\ average (uniform_weights k) Rabs < 9 / 10)).
Proof.
  intros H; destruct (H 1%nat) as [[_ B] _]; destruct (normal_is Rabs _ normal_size) as [_ E].
  change (normal_integral Rabs < 7 / 10) in B; rewrite E in B; assert (P := PI_RGT_0); assert (P4 := PI_4).
  assert (7 / 10 <= sqrt (2 / PI)); [|lra].
  rewrite <- (sqrt_pow2 (7 / 10)) by lra; apply sqrt_le_1_alt; apply (Rmult_le_reg_r PI); [exact P|].
  replace (2 / PI * PI) with 2 by (field; lra); simpl; lra.
Qed.

Lemma shamir_assumption_1_examples_half_is_false : ~ ((assumption_1 (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) 0 (1 / 2) /\ infimum (fun p => (p + 1) ^ 2) 0) /\
  (assumption_1 (fun p => ln (1 + exp p)) (fun p => exp p / (1 + exp p)) 0 (ln (1 + exp (- (1 / 2)))) /\
   infimum (fun p => ln (1 + exp p)) 0)).
Proof.
  intros [[[_ [_ [_ [_ G]]]] _] _]; specialize (G (- (1 / 2)) ltac:(lra)); simpl in G; lra.
Qed.

Lemma shamir_assumption_2_examples_half_is_false : ~ (forall k,
  (assumption_2 (sqrt (2 / PI)) (1 - 1 / 5) k (normal_weights k) /\
   single (normal_weights k) (fun x => x) /\ average (normal_weights k) (fun x => x) = 0 /\
   average (normal_weights k) (fun x => x ^ 2) = 1) /\
  (assumption_2 (1 / 2) (1 - 1 / 10) k (uniform_weights k) /\
   single (uniform_weights k) (fun x => x) /\ average (uniform_weights k) (fun x => x) = 0 /\
   average (uniform_weights k) (fun x => x ^ 2) = 1)).
Proof.
  intros H; destruct (H 1%nat) as [_ [[_ [_ W]] _]]; destruct root_three as [S3 [_ [S _]]].
  destruct (W (sqrt 3) ltac:(lra)) as [_ B]; destruct (uniform_is 1 (within (sqrt 3)) _ (uniform_within (sqrt 3) ltac:(lra))) as [_ E].
  rewrite E, Rmin_left in B by lra; unfold uniform_density in B.
  replace (2 * (sqrt 3 * (1 / (2 * sqrt 3)))) with 1 in B by (field; lra); lra.
Qed.
