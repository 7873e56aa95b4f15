(** Instances, continued: networks with activations, two samples and two neurons in each layer, nothing diagonal, with
    s(x) = 3/4 x + 1/4 sin x; gamma = 1/2, beta = 1/4.  Theorem 3.2 at the border of condition (8) and of the step size. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep PyramidRun.
From Lemmata Require Import PyramidStart NguyenMondelli Refutations RefutationsPyramid InstancesSteps InstancesTwo.
Open Scope R_scope.

Definition bent (x : R) : R := 3 / 4 * x + 1 / 4 * sin x.

Definition bent_slope (x : R) : R := 3 / 4 + 1 / 4 * cos x.

Lemma bent_activation : activation bent bent_slope (1 / 2) (1 / 4).
Proof.
  assert (D : forall x, is_derive bent x (bent_slope x)) by (intros x; unfold bent, bent_slope; auto_derive; [trivial|field]).
  assert (S : forall x, 1 / 2 <= bent_slope x <= 1) by (intros x; unfold bent_slope; destruct (COS_bound x); lra).
  split; [exact D|split; [exact S|split]].
  - intros x; assert (B := slope_bound bent bent_slope 1 0 x D).
    replace (bent x - bent 0) with (bent x) in B by (unfold bent; rewrite sin_0; lra).
    rewrite Rminus_0_r, Rmult_1_l in B; apply B; intros z; specialize (S z); rewrite Rabs_pos_eq; lra.
  - intros x y; apply (slope_bound bent_slope (fun z => - (1 / 4) * sin z)).
    + intros z; unfold bent_slope; auto_derive; [trivial|field].
    + intros z; destruct (SIN_bound z); apply Rabs_le; lra.
Qed.

Lemma bent_activations : forall L, activations L (fun _ => bent) (fun _ => bent_slope) (fun _ => 1 / 2) (fun _ => 1 / 4).
Proof. intros L l _; split; [lra|exact bent_activation]. Qed.

Definition twos (l : nat) : nat := 2%nat.

(** Data of norm 1; X W_0 = rotor 1 (1/2); the other layers turn. *)
Definition mixed_data : nat -> nat -> R := mirror (1 / 2) (1 / 2).
Definition turning (l : nat) : nat -> nat -> R := match l with O => mirror (1 / 2) (3 / 2) | S _ => rotor (3 / 5) (4 / 5) end.
Definition turning_norm (l : nat) : R := match l with O => 8 / 5 | S _ => 1 end.

Lemma turning_within : forall L, layers_within twos L turning turning_norm.
Proof.
  intros L l _; destruct l as [|l]; unfold turning, turning_norm, twos; (split; [lra|]); intros x;
    [rewrite (proj1 (mirror_stretches _ _ x))|rewrite (proj1 (rotor_stretches _ _ x))]; apply Rmult_le_compat_r; try apply dot_nonneg; lra.
Qed.

Lemma turning_below : forall l, (1 <= l)%nat -> opbelow 2 2 (turning l) 1.
Proof.
  intros [|l] Hl; [lia|]; intros x; unfold turning; rewrite (proj1 (rotor_stretches _ _ x)); apply Rmult_le_compat_r; [apply dot_nonneg|lra].
Qed.

Lemma mixed_norm : rnorm 2 2 mixed_data = 1.
Proof.
  unfold rnorm; replace (rinner 2 2 mixed_data mixed_data) with (1 * 1); [apply sqrt_square; lra|].
  unfold rinner, dot, mixed_data, mirror; simpl; field.
Qed.

Lemma bent_one : 1 / 2 <= bent 1.
Proof. unfold bent; assert (0 < sin 1) by (apply sin_gt_0; [lra|assert (P := PI2_1); lra]); lra. Qed.

Lemma bent_odd : forall x, bent (- x) = - bent x.
Proof. intros x; unfold bent; rewrite sin_neg; ring. Qed.

Lemma turning_features : forall s i j, s 0%nat = bent -> (i < 2)%nat -> (j < 2)%nat ->
  features s twos mixed_data turning 1 i j = rotor (bent 1) (bent (1 / 2)) i j.
Proof.
  intros s i j E Hi Hj; unfold features, inputs, entries, mul, dot, twos, mixed_data, turning; rewrite E.
  destruct i as [|[|i]]; [| |lia]; destruct j as [|[|j]]; try lia; unfold mirror, rotor; simpl; rewrite <- ?bent_odd; f_equal; field.
Qed.

Lemma features_below : forall s, s 0%nat = bent -> opbelow 2 2 (tr (features s twos mixed_data turning 1)) (1 / 2).
Proof.
  intros s E x; assert (B := bent_one); set (F := features s twos mixed_data turning 1).
  replace (dot 2 (mv 2 (tr F) x) (mv 2 (tr F) x)) with ((bent 1 ^ 2 + bent (1 / 2) ^ 2) * dot 2 x x).
  - apply Rmult_le_compat_r; [apply dot_nonneg|]; assert (P := pow2_ge_0 (bent (1 / 2))).
    assert ((1 / 2) ^ 2 <= bent 1 ^ 2) by (apply pow_incr; lra); lra.
  - unfold mv, dot, tr; simpl; unfold F; rewrite !turning_features by (exact E || lia); unfold rotor; ring.
Qed.

Lemma turning_wide : forall L, layers_within twos L turning (fun _ => 8 / 5).
Proof.
  intros L l Hl; destruct (turning_within L l Hl) as [_ H]; split; [lra|]; apply (opnorm_mono _ _ _ (turning_norm l)); [|exact H].
  destruct l; unfold turning_norm; lra.
Qed.

Lemma turns_wide : forall L, layers_within twos L (fun _ => rotor 1 1) (fun _ => 8 / 5).
Proof.
  intros L l _; split; [lra|]; intros x; unfold twos; rewrite (proj1 (rotor_stretches _ _ x)); apply Rmult_le_compat_r; [apply dot_nonneg|lra].
Qed.

Lemma network_features_norm_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (n : nat -> nat) (L : nat) (_ : nat -> nat -> R)
    (W : nat -> nat -> nat -> R) (b : nat -> R) (l : nat),
    activations L s s' gamma beta /\ layers_within n L W b /\ (l <= L)%nat.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 2%nat, twos, 3%nat, mixed_data,
    turning, turning_norm, 3%nat.
  parts; [apply bent_activations|apply turning_within|lia].
Qed.

Lemma network_gradient_above_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (n : nat -> nat) (L : nat) (_ _ : nat -> nat -> R)
    (W : nat -> nat -> nat -> R) (b : nat -> R) (l : nat),
    activations L s s' gamma beta /\ layers_within n L W b /\ (l < L)%nat.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 2%nat, twos, 3%nat, mixed_data, unit_matrix,
    turning, turning_norm, 1%nat.
  parts; [apply bent_activations|apply turning_within|lia].
Qed.

Lemma network_gradient_below_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (N : nat) (n : nat -> nat) (L : nat) (X _ : nat -> nat -> R)
    (W : nat -> nat -> nat -> R) (c : nat -> R) (f : R),
    (2 <= L)%nat /\ activations L s s' gamma beta /\
    (forall l : nat, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (W l) (c l)) /\
    0 <= f /\ opbelow (n 1%nat) N (tr (features s n X W 1)) f.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 2%nat, twos, 3%nat, mixed_data, unit_matrix,
    turning, (fun _ => 1), (1 / 2).
  parts; [lia|apply bent_activations| |lra|apply features_below; reflexivity].
  intros l Hl; split; [lra|apply turning_below; lia].
Qed.

Lemma network_features_move_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (n : nat -> nat) (L : nat) (_ : nat -> nat -> R)
    (b : nat -> R) (V W : nat -> nat -> nat -> R) (l : nat),
    activations L s s' gamma beta /\ layers_within n L V b /\ layers_within n L W b /\ (l <= L)%nat.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 2%nat, twos, 3%nat, mixed_data,
    (fun _ => 8 / 5), turning, (fun _ => rotor 1 1), 3%nat.
  parts; [apply bent_activations|apply turning_wide|apply turns_wide|lia].
Qed.

Lemma network_output_lipschitz_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (n : nat -> nat) (L : nat) (_ : nat -> nat -> R)
    (b : nat -> R) (V W : nat -> nat -> nat -> R) (K : R),
    activations L s s' gamma beta /\ layers_within n L V b /\ layers_within n L W b /\ 0 <= K /\
    (forall p : nat, (p < L)%nat -> others L b p <= K).
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 2%nat, twos, 2%nat, mixed_data,
    (fun _ => 8 / 5), turning, (fun _ => rotor 1 1), (8 / 5).
  parts; [apply bent_activations|apply turning_wide|apply turns_wide|lra|].
  intros [|[|p]] Hp; unfold others, but; simpl; [lra|lra|lia].
Qed.

Lemma network_smoothness_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (N : nat) (n : nat -> nat) (L : nat) (X Y : nat -> nat -> R)
    (b r : nat -> R) (V W : nat -> nat -> nat -> R) (s2 e : R),
    (1 <= L)%nat /\ activations L s s' gamma beta /\ layers_within n L V b /\ layers_within n L W b /\
    (forall k : nat, (k < L)%nat -> b k <= r k /\ 1 <= r k) /\ total L (fun p : nat => others L b p ^ 2) <= s2 /\
    rnorm N (n L) (network_residual s n L X Y W) <= e.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 2%nat, twos, 2%nat, mixed_data, unit_matrix,
    (fun _ => 8 / 5), (fun _ => 8 / 5), turning, (fun _ => rotor 1 1), (128 / 25).
  exists (rnorm 2 2 (network_residual (fun _ => bent) twos 2 mixed_data unit_matrix (fun _ => rotor 1 1))).
  parts; [lia|apply bent_activations|apply turning_wide|apply turns_wide|intros; lra| |apply Rle_refl].
  unfold others, but; simpl; lra.
Qed.

Lemma network_gradient_is_gradient_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (_ : nat -> nat) (L : nat) (_ _ : nat -> nat -> R)
    (_ _ : nat -> nat -> nat -> R), (1 <= L)%nat /\ activations L s s' gamma beta.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 2%nat, twos, 3%nat, mixed_data, unit_matrix,
    turning, (fun _ => rotor 1 1).
  parts; [lia|apply bent_activations].
Qed.

Lemma pyramid_is_implied_instance :
  exists (s : nat -> R -> R) (N : nat) (n : nat -> nat) (L : nat) (X : nat -> nat -> R) (W : nat -> nat -> nat -> R)
    (a lambda bar : nat -> R) (least lambdaF x2 m : R), pyramid_start s N n L X W a lambda bar least lambdaF x2 m.
Proof.
  exists (fun _ x => x), 1%nat, grown, 3%nat, (number 1), (fun _ => number 1), (fun _ => 2), (fun _ => 1), (fun _ => 2), 0, 1, 1, 1.
  exact grown_start.
Qed.

(** ** Theorem 3.2: the paper's own choice of every number but lambda_F = 1/2 <= s(1) *)

Definition full_bar (l : nat) : R := match l with 0%nat => 26 / 15 | 1%nat => 4 / 3 | _ => 2 end.

Lemma full_start : pyramid_start (last_linear 3 bent) 2 twos 3 mixed_data turning turning_norm (fun _ => 1) full_bar 1 (1 / 2)
  (3 / 4) (4 / 3).
Proof.
  split; [apply turning_within|]; split; [intros l Hl; split; [unfold twos; lia|split; [lra|apply turning_below; lia]]|].
  split; [lra|]; split; [apply features_below; reflexivity|]; split; [lra|]; split.
  { intros x; unfold mixed_data, twos; rewrite (proj1 (mirror_stretches _ _ x)); apply Rmult_le_compat_r; [apply dot_nonneg|lra]. }
  split; [lra|]; split; [intros [|[|l]] Hl; unfold full_bar, turning_norm; lra || lia|].
  split; [intros [|[|l]] Hl; unfold full_bar, turning_norm; lra || lia|].
  split; [lra|]; intros [|[|l]] Hl; unfold full_bar; lra.
Qed.

(** The target at a distance of e from the output, wrong in every entry. *)
Definition near_target (e : R) (i j : nat) : R := features (last_linear 3 bent) twos mixed_data turning 3 i j - e / 2.

Lemma near_root : forall e, 0 <= e ->
  e = sqrt (2 * network_loss (last_linear 3 bent) 2 twos 3 mixed_data (near_target e) turning).
Proof.
  intros e He; rewrite residual_root; change (twos 3) with 2%nat; unfold rnorm.
  replace (rinner 2 2 _ _) with (e * e); [symmetry; apply sqrt_square; exact He|].
  unfold rinner, dot, network_residual, msub, near_target; cbn [total].
  set (F := features _ _ _ _ 3); field.
Qed.

Lemma full_reach : forall l, Rmax 1 (3 / 2 * full_bar l) = match l with 0%nat => 13 / 5 | 1%nat => 2 | _ => 3 end.
Proof. intros [|[|l]]; unfold full_bar; rewrite Rmax_right by lra; field. Qed.

Ltac full_side := unfold condition_7, condition_8, pyramid_factor, pyramid_smoothness, recalled_smoothness, pyramid_reach,
  tail_product; rewrite ?(product_ext _ (fun l => Rmax 1 (3 / 2 * full_bar l)) _ (fun l _ => full_reach l));
  repeat split; try (intros [|[|l]] Hl; [lia|lia|]); simpl; lra.

Lemma nguyen_mondelli_theorem_3_2_instance :
  exists (s s' : R -> R) (gamma beta : R) (N : nat) (n : nat -> nat) (L : nat) (X Y : nat -> nat -> R)
    (W : nat -> nat -> nat -> R) (a lambda bar : nat -> R) (least lambdaF x2 m eta x e alpha : R),
    (3 <= L)%nat /\ 0 < gamma /\ activation s s' gamma beta /\
    pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m /\
    x = rnorm N (n 0%nat) X /\ e = sqrt (2 * network_loss (last_linear L s) N n L X Y W) /\
    alpha = pyramid_rate gamma L lambda lambdaF /\
    condition_7 gamma L x e lambda bar lambdaF /\ condition_8 gamma L x e lambda bar lambdaF x2 /\
    0 < eta /\ eta * alpha <= 1 /\ eta * pyramid_smoothness beta L x e bar m <= 1.
Proof.
  exists bent, bent_slope, (1 / 2), (1 / 4), 2%nat, twos, 3%nat, mixed_data, (near_target (1 / 9216)), turning,
    turning_norm, (fun _ => 1), full_bar, 1, (1 / 2), (3 / 4), (4 / 3), (76800 / 14019317), 1, (1 / 9216), (1 / 256).
  parts; try lra; [lia|exact bent_activation|apply full_start|symmetry; exact mixed_norm|apply near_root; lra| | | |].
  - unfold pyramid_rate, tail_product; simpl; field.
  - full_side.
  - full_side.
  - full_side.
Qed.

Lemma nguyen_mondelli_recalled_instance :
  exists (s s' : R -> R) (gamma beta : R) (N : nat) (n : nat -> nat) (L : nat) (X Y : nat -> nat -> R)
    (W : nat -> nat -> nat -> R) (a lambda bar : nat -> R) (least lambdaF x2 m eta x e alpha : R),
    (3 <= L)%nat /\ 0 < gamma /\ activation s s' gamma beta /\
    pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m /\
    (exists l : nat, (2 <= l < L)%nat /\ least = lambda l) /\
    x = rnorm N (n 0%nat) X /\ e = sqrt (2 * network_loss (last_linear L s) N n L X Y W) /\
    alpha = pyramid_rate gamma L lambda lambdaF /\
    condition_7 gamma L x e lambda bar lambdaF /\ condition_8 gamma L x e lambda bar lambdaF x2 /\
    0 < eta /\ eta * alpha <= 1 /\ eta * recalled_smoothness beta L x e bar m <= 1.
Proof.
  assert (S3 : sqrt 3 <= 17321 / 10000) by (rewrite <- (sqrt_pow2 (17321 / 10000)) by lra; apply sqrt_le_1_alt; lra).
  exists bent, bent_slope, (1 / 2), (1 / 4), 2%nat, twos, 3%nat, mixed_data, (near_target (1 / 9216)), turning,
    turning_norm, (fun _ => 1), full_bar, 1, (1 / 2), (3 / 4), (4 / 3), (5 / 791), 1, (1 / 9216), (1 / 256).
  parts; try lra; [lia|exact bent_activation|apply full_start| |symmetry; exact mixed_norm|apply near_root; lra| | | |].
  - exists 2%nat; split; [lia|reflexivity].
  - unfold pyramid_rate, tail_product; simpl; field.
  - full_side.
  - full_side.
  - unfold recalled_smoothness; replace (INR 3) with 3 by (simpl; lra); set (root := sqrt 3) in *; clearbody root; full_side.
Qed.

Lemma nguyen_mondelli_assumption_2_2_instance : exists gamma beta, 0 < gamma < 1 /\ 0 < beta.
Proof. exists (1 / 2), 1; lra. Qed.

Lemma nguyen_mondelli_assumption_3_1_instance :
  exists (s : nat -> R -> R) (N : nat) (n : nat -> nat) (L : nat) (X : nat -> nat -> R) (W : nat -> nat -> nat -> R) (a lambda bar : nat -> R)
    (least lambdaF x2 m gamma x : R),
    0 < gamma /\ pyramid_start s N n L X W a lambda bar least lambdaF x2 m /\ x = rnorm N (n 0%nat) X.
Proof.
  exists (last_linear 3 bent), 2%nat, twos, 3%nat, mixed_data, turning, turning_norm, (fun _ => 1), full_bar, 1, (1 / 2), (3 / 4), (4 / 3), (1 / 2), 1.
  split; [lra|split; [exact full_start|symmetry; exact mixed_norm]].
Qed.
