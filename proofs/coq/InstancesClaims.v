(** Instances, continued: the claims of Du and Hu and of Hu, Xiao and Pennington, on the layers of InstancesWide.v after some
    steps of gradient descent, at the borders of the step size and of the loss; nothing is diagonal.  For Claim B.1 two samples of rank one, and targets that are not fitted. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin WideBlocks Wide WideDescent WideTheorem WidePapers.
From Lemmata Require Import AnyLaw WideClaims OrthogonalClaims WideSteps OrthogonalLayers RefutationsAnyLaw RefutationsWide WideData WideReduction InstancesSteps InstancesTwo InstancesWide InstancesData.
Open Scope R_scope.

Definition two_run (eta : R) (t : nat) : nat -> nat -> nat -> R := wide_descent 2 2 (two_target (1 / 400)) eta two_layers t.

Lemma two_start_loss : loss 2 3 (two_target (1 / 400)) two_layers = 1 / 320000.
Proof. rewrite loss_frobenius, two_error by lra; field. Qed.

Lemma root_two : 7 / 5 <= sqrt (INR 2).
Proof. simpl INR; replace (1 + 1) with 2 by ring; rewrite <- (sqrt_pow2 (7 / 5)) by lra; apply sqrt_le_1_alt; lra. Qed.

Lemma two_falls : forall t,
  loss 2 3 (two_target (1 / 400)) (two_run (1 / 6) t) <= (1 - 1 / 6 * INR 2 * 1 ^ 2 / 4) ^ t * loss 2 3 (two_target (1 / 400)) two_layers /\
  forall i, (1 <= i <= 2)%nat -> frobenius 2 (msub (two_run (1 / 6) t i) (two_layers i)) <= 1 / 64.
Proof.
  intros t; apply (du_hu_descent 2 2 2 2 (two_target (1 / 400)) two_layers (1 / 6) 2 (1 / 2) (1 / 2) 1 (1 / 400) (1 / 64) 1 1 t);
    two_side.
Qed.

Lemma two_kept : forall t, wide_bounds 2 2 2 2 (two_run (1 / 6) t) 2 (5 / 4) (3 / 4) (1 / 2) (1 / 2) (1 * sqrt (INR 2)).
Proof.
  intros t; assert (S := root_two); destruct (two_falls t) as [_ D].
  apply (bounds_kept 2 2 2 2 two_layers (two_run (1 / 6) t) 2 (6 / 5) (4 / 5) (5 / 4) (3 / 4) (1 / 2) (1 / 2) 1 (1 * sqrt (INR 2)) (1 / 64));
    try lra; try (apply two_bounds; lra); try exact D; try apply data_not_trained; simpl; simpl in S; lra.
Qed.

Lemma du_hu_claim_7_1_instance :
  exists (d p r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R) (eta s sigma tau M B nu mu : R) (t : nat),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 0 <= B /\ 0 < eta /\ nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    eta * INR L * mu ^ 2 <= 4 /\
    (forall n : nat, (n <= t)%nat -> loss d (S L) Y (wide_descent d L Y eta F n) <= (1 - eta * INR L * mu ^ 2 / 4) ^ n * B) /\
    (forall n : nat, (n <= t)%nat -> wide_bounds d p r L (wide_descent d L Y eta F n) s (5 / 4) (3 / 4) sigma tau M).
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, (two_target (1 / 400)), two_layers, 2, 2, (1 / 2), (1 / 2), (1 * sqrt (INR 2)), (1 / 320000), 1, 1,
    0%nat.
  parts; try two_side; intros n H; replace n with 0%nat by lia.
  - rewrite <- two_start_loss; apply Req_le; cbn [wide_descent pow]; ring.
  - exact (two_kept 0).
Qed.

Lemma du_hu_claim_7_2_instance :
  exists (d p r L : nat) (F V : nat -> nat -> nat -> R) (s sigma tau K B nu mu radius : R),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 1 <= K /\ 0 <= B /\ nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    radius = 24 * sqrt B * nu / (INR L * mu ^ 2) /\ 360000 * K ^ 2 * INR L * nu ^ 4 * B <= mu ^ 6 * s ^ 2 /\
    wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau (K * sqrt (INR L)) /\ V 0%nat = F 0%nat /\
    (forall i : nat, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= radius).
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, two_layers, (two_run (1 / 6) 3), 2, (1 / 2), (1 / 2), 1, ((2357 / 1000000) ^ 2), 1, 1, (7071 / 250000).
  parts; try two_side.
  - rewrite sqrt_pow2 by lra; simpl; field.
  - destruct (two_bounds (6 / 5) (4 / 5) ltac:(lra) ltac:(lra)) as [Top [Bot Mid]]; split; [exact Top|split; [exact Bot|]].
    intros j k Hj Hk; eapply bounded_mono; [|apply (Mid j k Hj Hk)]; apply pow_incr.
    assert (S := root_two); assert (P : 0 < 2 ^ k) by (apply pow_lt; lra); split; [lra|]; apply Rmult_le_compat_r; lra.
  - reflexivity.
  - intros i Hi; eapply Rle_trans; [apply two_falls; exact Hi|lra].
Qed.

Lemma du_hu_claim_7_3_instance :
  exists (d p r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R) (eta s sigma tau K B nu mu : R) (t : nat),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 1 <= K /\ 0 <= B /\ 0 < eta /\ nu = sigma * s ^ (L - 1) /\
    mu = tau * s ^ (L - 1) /\ eta * INR L * nu ^ 2 <= 1 / 3 /\ 400 * K ^ 2 * INR L * nu ^ 4 * B <= mu ^ 6 * s ^ 2 /\
    wide_shape d p r L Y F /\ loss d (S L) Y F <= B /\
    loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 4) ^ t * loss d (S L) Y F /\
    wide_bounds d p r L (wide_descent d L Y eta F t) s (5 / 4) (3 / 4) sigma tau (K * sqrt (INR L)).
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, (two_target (1 / 400)), two_layers, (1 / 6), 2, (1 / 2), (1 / 2), 1, (1 / 200), 1, 1, 2%nat.
  parts; try two_side.
  - rewrite two_start_loss; lra.
  - exact (proj1 (two_falls 2)).
  - exact (two_kept 2).
Qed.

(** ** Orthogonal layers *)

Lemma two_turns : forall p q, p ^ 2 + q ^ 2 = 4 -> turns 2 2 2 (rotor p q) /\ turns 2 2 2 (mirror p q) /\ turns 2 2 2 (tr (mirror p q)).
Proof.
  intros p q H; repeat split; try (intros i j _ Hj; lia); intros i j Hi Hj;
    (destruct i as [|[|i]]; [| |lia]); (destruct j as [|[|j]]; [| |lia]);
    unfold mul, dot, tr, rotor, mirror, unit_matrix; simpl; simpl in H; lra.
Qed.

Lemma two_orthogonal : orthogonal_start 2 2 2 2 2 two_layers.
Proof.
  split; [apply two_turns; simpl; lra|split; [apply two_turns; simpl; lra|intros l Hl; lia]].
Qed.

Lemma two_data : data_bounds 2 2 2 (two_layers 0%nat) (1 / 2) (1 / 2).
Proof.
  assert (S := rotor_stretches (3 / 10) (4 / 10)).
  split; [intros i j _ Hj; lia|split]; [intros x|intros x _]; change (two_layers 0) with (rotor (3 / 10) (4 / 10)); rewrite (proj1 (S x)); lra.
Qed.

Lemma two_falls_faster : forall t,
  loss 2 3 (two_target (1 / 400)) (two_run (1 / 4) t) <= (1 - 1 / 4 * INR 2 * 1 ^ 2 / 2) ^ t * loss 2 3 (two_target (1 / 400)) two_layers /\
  forall i, (1 <= i <= 2)%nat -> frobenius 2 (msub (two_run (1 / 4) t i) (two_layers i)) <= 121 / 20000.
Proof.
  intros t; apply (hu_xiao_pennington_descent 2 2 2 2 (two_target (1 / 400)) two_layers (1 / 4) 2 (1 / 2) (1 / 2) (1 / 400)
    (121 / 20000) 1 1 t); two_side.
Qed.

Lemma two_stay : forall t, orthogonal_bounds 2 2 2 2 (two_run (1 / 4) t) 2 (11 / 10) (9 / 10).
Proof.
  intros t; apply (hu_xiao_pennington_claim_4_4 2 2 2 2 two_layers _ 2 (121 / 20000)); try lra; [simpl; lra|exact two_orthogonal|].
  apply two_falls_faster.
Qed.

Lemma hu_xiao_pennington_claim_4_3_instance :
  exists (d p n r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R) (eta s sigma tau B nu mu : R) (t : nat),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 0 <= B /\ 0 < eta /\ nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    eta * INR L * mu ^ 2 <= 2 /\ data_bounds d n r (F 0%nat) sigma tau /\
    (forall q : nat, (q <= t)%nat -> loss d (S L) Y (wide_descent d L Y eta F q) <= (1 - eta * INR L * mu ^ 2 / 2) ^ q * B) /\
    (forall q : nat, (q <= t)%nat -> orthogonal_bounds d p n L (wide_descent d L Y eta F q) s (11 / 10) (9 / 10)).
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, 2%nat, (two_target (1 / 400)), two_layers, 1, 2, (1 / 2), (1 / 2), (1 / 320000), 1, 1, 0%nat.
  parts; try two_side; [exact two_data| |]; intros q H; replace q with 0%nat by lia.
  - rewrite <- two_start_loss; apply Req_le; cbn [wide_descent pow]; ring.
  - exact (two_stay 0).
Qed.

Lemma hu_xiao_pennington_claim_4_4_instance :
  exists (d p n L : nat) (F V : nat -> nat -> nat -> R) (s radius : R),
    0 < s /\ 0 <= radius /\ INR L * radius <= 953 / 10000 * s /\ orthogonal_start d p n L s F /\
    (forall i : nat, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= radius).
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, two_layers, (two_run (1 / 4) 3), 2, (953 / 10000).
  parts; try two_side; [exact two_orthogonal|].
  intros i Hi; eapply Rle_trans; [apply two_falls_faster; exact Hi|lra].
Qed.

Lemma hu_xiao_pennington_claim_4_5_instance :
  exists (d p n r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R) (eta s sigma tau B nu mu radius : R) (t : nat),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 0 <= B /\ 0 < eta /\ nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    radius = 8 * sqrt B * nu / (INR L * mu ^ 2) /\ INR L * radius <= 953 / 10000 * s /\ eta * INR L * nu ^ 2 <= 1 / 2 /\
    wide_shape d p r L Y F /\ data_bounds d n r (F 0%nat) sigma tau /\ loss d (S L) Y F <= B /\
    loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 2) ^ t * loss d (S L) Y F /\
    orthogonal_bounds d p n L (wide_descent d L Y eta F t) s (11 / 10) (9 / 10).
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, 2%nat, (two_target (1 / 400)), two_layers, (1 / 4), 2, (1 / 2), (1 / 2), ((953 / 40000) ^ 2), 1, 1, (953 / 10000),
    2%nat.
  parts; try two_side.
  - rewrite sqrt_pow2 by lra; simpl; field.
  - exact two_data.
  - rewrite two_start_loss; lra.
  - exact (proj1 (two_falls_faster 2)).
  - exact (two_stay 2).
Qed.

(** ** At the border of the width and of the step size *)

Lemma orthogonal_layers_instance :
  exists (d p n r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R) (eta s sigma tau B nu mu : R) (_ : nat),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 0 <= B /\ 0 < eta /\ nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    813 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 /\ eta * INR L * nu ^ 2 <= 1 / 2 /\
    wide_shape d p r L Y F /\ data_bounds d n r (F 0%nat) sigma tau /\ orthogonal_start d p n L s F /\ loss d (S L) Y F <= B.
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, 2%nat, (two_target (1 / 400)), two_layers, (1 / 4), 2, (1 / 2), (1 / 2), (4 / 813), 1, 1, 7%nat.
  parts; try two_side; [exact two_data|exact two_orthogonal|rewrite two_start_loss; lra].
Qed.

Lemma orthogonal_layers_given_start_instance :
  exists (k : nat) (P : weights k) (start : (nat -> R) -> nat -> nat -> nat -> R) (d p n r L : nat)
    (Y : nat -> nat -> R) (eta s sigma tau B delta nu mu : R),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 0 <= B /\ 0 < eta /\ nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    813 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 /\ eta * INR L * nu ^ 2 <= 1 / 2 /\
    at_most P (fun w : nat -> R => ~ good_orthogonal_start d p n r L Y (start w) s sigma tau B) delta.
Proof.
  exists 1%nat, (signed_weights 1 1), (fun _ => two_layers), 2%nat, 2%nat, 2%nat, 2%nat, 2%nat, (two_target (1 / 400)), (1 / 4), 2,
    (1 / 2), (1 / 2), (4 / 813), 0, 1, 1.
  parts; try two_side.
  apply surely_not; intros w N; apply N; split; [apply two_shape|split; [exact two_data|split; [exact two_orthogonal|]]].
  rewrite two_start_loss; lra.
Qed.

(** ** Claim B.1: the samples 3/10 and 4/10 are 1/2 times (3/5, 4/5). *)

Definition one_sample (l : nat) : nat -> nat -> R := match l with O => square (1 / 2) 0 0 0 | _ => square 2 0 0 0 end.

Lemma du_hu_claim_b_1_instance :
  exists (d r : nat) (_ : nat) (X Y Phi C V : nat -> nat -> R) (F G : nat -> nat -> nat -> R) (_ : R) (_ : nat),
    decomposes d r X C V /\ fitted d X Y Phi /\ reduces d X C F G.
Proof.
  exists 2%nat, 1%nat, 2%nat, samples, targets, least_fit, (one_sample 0), (square (3 / 5) 0 (4 / 5) 0), narrow_layers, one_sample, 0, 0%nat.
  split; [|split; [exact targets_fitted|split; [apply same_refl|split; [apply same_refl|intros l; apply same_refl]]]].
  split; [both; unfold one_sample; flat; field|split].
  - intros i j Hi Hj; replace j with 1%nat by lia; (destruct i as [|[|i]]; [| |lia]); reflexivity.
  - intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia; flat; field.
Qed.
