(** Instances, continued: two samples of one coordinate, 1 and 2, and the cosine, whose products have means as they are bounded. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw LinearForms ExpectedFeatures.
Open Scope R_scope.

Lemma cosine_derivatives : forall q x, Derive_n cos q x = cos (x + INR q * (PI / 2)) /\ ex_derive_n cos q x.
Proof.
  induction q as [|q IH]; intros x; [split; [simpl; f_equal; ring|exact I]|].
  assert (D : is_derive (Derive_n cos q) x (cos (x + INR (S q) * (PI / 2)))).
  { apply (is_derive_ext (fun y => cos (y + INR q * (PI / 2)))); [intros y; symmetry; apply IH|].
    replace (cos (x + INR (S q) * (PI / 2))) with (1 * - sin (x + INR q * (PI / 2))); [auto_derive; [exact I|ring]|].
    rewrite S_INR; replace (x + (INR q + 1) * (PI / 2)) with (x + INR q * (PI / 2) + PI / 2) by ring.
    rewrite cos_plus, cos_PI2, sin_PI2; ring. }
  split; [exact (is_derive_unique _ _ _ D)|eexists; exact D].
Qed.

Lemma cosine_smooth : smooth cos.
Proof. intros q x; apply cosine_derivatives. Qed.

Lemma cosine_even : forall K, exists k, (K <= k)%nat /\ Derive_n cos (2 * k) 0 <> 0.
Proof.
  intros K; exists K; split; [apply le_n|]; rewrite (proj1 (cosine_derivatives _ 0)), mult_INR.
  replace (0 + INR 2 * INR K * (PI / 2)) with (INR K * PI) by (simpl; field).
  assert (Q : cos (INR K * PI) ^ 2 = 1); [|intros Z; rewrite Z in Q; simpl in Q; lra].
  induction K as [|K IH]; [simpl; rewrite Rmult_0_l, cos_0; ring|].
  rewrite S_INR; replace ((INR K + 1) * PI) with (INR K * PI + PI) by ring; rewrite neg_cos; rewrite <- IH; ring.
Qed.

Lemma cosine_product : forall a b,
  variable (law_weights 1 normal_law) (fun u => cos (dot 1 (fun _ => a) u) * cos (dot 1 (fun _ => b) u)) /\
  expectation (law_weights 1 normal_law) (fun u => cos (dot 1 (fun _ => a) u) * cos (dot 1 (fun _ => b) u))
    = normal_integral (fun t => cos (a * t) * cos (b * t)).
Proof.
  intros a b; assert (I : single (law_weights 1 normal_law) (fun t => cos (a * t) * cos (b * t))).
  { apply (bounded_normal _ 1).
    - intros x; apply (ex_derive_continuous (K := R_AbsRing) (V := R_NormedModule)); auto_derive; exact I.
    - intros x; rewrite Rabs_mult; replace 1 with (1 * 1) by ring; apply Rmult_le_compat; try apply Rabs_pos; apply Rabs_le, COS_bound. }
  destruct (coordinate 1 (law_weights 1 normal_law) 0 _ ltac:(lia) I) as [V E].
  destruct (variable_ext 1 (law_weights 1 normal_law) (fun w => cos (a * w 0%nat) * cos (b * w 0%nat)) (fun u => cos (dot 1 (fun _ => a) u) * cos (dot 1 (fun _ => b) u))
    ltac:(intros w; unfold dot; simpl; rewrite !Rplus_0_l; reflexivity) V) as [V' E'].
  split; [exact V'|rewrite E'; exact E].
Qed.

Lemma nguyen_mondelli_lemma_3_4_instance :
  exists (d N : nat) (sigma : R -> R) (X M : nat -> nat -> R) (c : nat),
    smooth sigma /\ (forall K : nat, exists k : nat, (K <= k)%nat /\ Derive_n sigma (2 * k) 0 <> 0) /\ (c < d)%nat /\
    (forall i : nat, (i < N)%nat -> X i c <> 0) /\ (forall i j : nat, (i < j < N)%nat -> Rabs (X i c) <> Rabs (X j c)) /\ expected_features d N sigma X M.
Proof.
  exists 1%nat, 2%nat, cos, (fun i _ => INR (S i)), (fun i j => normal_integral (fun t => cos (INR (S i) * t) * cos (INR (S j) * t))), 0%nat.
  split; [exact cosine_smooth|split; [exact cosine_even|split; [lia|split; [|split]]]].
  - intros i _; apply not_0_INR; discriminate.
  - intros i j H E; rewrite !Rabs_pos_eq in E by apply pos_INR; apply INR_eq in E; lia.
  - intros i j _ _; apply cosine_product.
Qed.
