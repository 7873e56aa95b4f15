(** Instances, continued: networks with activations, one by one, with s(x) = 3/4 x + 1/4 sin x; gamma = 1/2,
    beta = 1/4.  Theorem 3.2 at the border of condition (8) and of the step size. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep PyramidRun.
From Lemmata Require Import PyramidStart NguyenMondelli Refutations RefutationsPyramid InstancesSteps.
Open Scope R_scope.

Definition bent (x : R) : R := 3 / 4 * x + 1 / 4 * sin x.

Definition bent_slope (x : R) : R := 3 / 4 + 1 / 4 * cos x.

Lemma slope_bound : forall g g' c x y, (forall z, is_derive g z (g' z)) -> (forall z, Rabs (g' z) <= c) ->
  Rabs (g y - g x) <= c * Rabs (y - x).
Proof.
  intros g g' c x y D B; destruct (MVT_gen g x y g') as [z [_ E]].
  - intros; apply D.
  - intros; apply continuity_pt_filterlim, (ex_derive_continuous g); eexists; apply D.
  - rewrite E, Rabs_mult; apply Rmult_le_compat_r; [apply Rabs_pos|apply B].
Qed.

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

Lemma bent_one : 1 / 2 <= bent 1.
Proof. unfold bent; assert (0 < sin 1) by (apply sin_gt_0; [lra|assert (P := PI2_1); lra]); lra. Qed.

Lemma network_features_norm_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (n : nat -> nat) (L : nat) (_ : nat -> nat -> R)
    (W : nat -> nat -> nat -> R) (b : nat -> R) (l : nat),
    activations L s s' gamma beta /\ layers_within n L W b /\ (l <= L)%nat.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 1%nat, ones, 3%nat, (number 1),
    (numbers (fun _ => 1)), (fun _ => 1), 3%nat.
  parts; [apply bent_activations|apply within_numbers; intros; lra|lia].
Qed.

Lemma network_gradient_above_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (n : nat -> nat) (L : nat) (_ _ : nat -> nat -> R)
    (W : nat -> nat -> nat -> R) (b : nat -> R) (l : nat),
    activations L s s' gamma beta /\ layers_within n L W b /\ (l < L)%nat.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 1%nat, ones, 3%nat, (number 1), (number 0),
    (numbers (fun _ => 1)), (fun _ => 1), 1%nat.
  parts; [apply bent_activations|apply within_numbers; intros; lra|lia].
Qed.

Lemma network_gradient_below_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (N : nat) (n : nat -> nat) (L : nat) (X _ : nat -> nat -> R)
    (W : nat -> nat -> nat -> R) (c : nat -> R) (f : R),
    (2 <= L)%nat /\ activations L s s' gamma beta /\
    (forall l : nat, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (W l) (c l)) /\
    0 <= f /\ opbelow (n 1%nat) N (tr (features s n X W 1)) f.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 1%nat, ones, 3%nat, (number 1), (number 0),
    (numbers (fun _ => 1)), (fun _ => 1), (bent 1).
  assert (B := bent_one); parts; [lia|apply bent_activations| |lra|].
  - intros l _; split; [lra|apply opbelow_number; lra].
  - intros x; compute_network; unfold mv, dot; simpl; rewrite !Rplus_0_l, !Rmult_1_r; right; ring.
Qed.

Lemma network_features_move_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (n : nat -> nat) (L : nat) (_ : nat -> nat -> R)
    (b : nat -> R) (V W : nat -> nat -> nat -> R) (l : nat),
    activations L s s' gamma beta /\ layers_within n L V b /\ layers_within n L W b /\ (l <= L)%nat.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 1%nat, ones, 3%nat, (number 1),
    (fun _ => 2), (numbers (fun _ => 2)), (numbers (fun _ => 1)), 3%nat.
  parts; [apply bent_activations|apply within_numbers; intros; lra|apply within_numbers; intros; lra|lia].
Qed.

Lemma network_output_lipschitz_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (n : nat -> nat) (L : nat) (_ : nat -> nat -> R)
    (b : nat -> R) (V W : nat -> nat -> nat -> R) (K : R),
    activations L s s' gamma beta /\ layers_within n L V b /\ layers_within n L W b /\ 0 <= K /\
    (forall p : nat, (p < L)%nat -> others L b p <= K).
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 1%nat, ones, 2%nat, (number 1),
    (fun _ => 2), (numbers (fun _ => 2)), (numbers (fun _ => 1)), 2.
  parts; [apply bent_activations|apply within_numbers; intros; lra|apply within_numbers; intros; lra|lra|].
  intros [|[|p]] Hp; unfold others, but; simpl; [lra|lra|lia].
Qed.

Lemma network_smoothness_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (N : nat) (n : nat -> nat) (L : nat) (X Y : nat -> nat -> R)
    (b r : nat -> R) (V W : nat -> nat -> nat -> R) (s2 e : R),
    (1 <= L)%nat /\ activations L s s' gamma beta /\ layers_within n L V b /\ layers_within n L W b /\
    (forall k : nat, (k < L)%nat -> b k <= r k /\ 1 <= r k) /\ total L (fun p : nat => others L b p ^ 2) <= s2 /\
    rnorm N (n L) (network_residual s n L X Y W) <= e.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 1%nat, ones, 2%nat, (number 1), (number 0),
    (fun _ => 2), (fun _ => 2), (numbers (fun _ => 2)), (numbers (fun _ => 1)), 8.
  exists (rnorm 1 1 (network_residual (fun _ => bent) ones 2 (number 1) (number 0) (numbers (fun _ => 1)))).
  parts; [lia|apply bent_activations|apply within_numbers; intros; lra|apply within_numbers; intros; lra|intros; lra| |apply Rle_refl].
  unfold others, but; simpl; lra.
Qed.

Lemma network_gradient_is_gradient_instance :
  exists (s s' : nat -> R -> R) (gamma beta : nat -> R) (_ : nat) (_ : nat -> nat) (L : nat) (_ _ : nat -> nat -> R)
    (_ _ : nat -> nat -> nat -> R), (1 <= L)%nat /\ activations L s s' gamma beta.
Proof.
  exists (fun _ => bent), (fun _ => bent_slope), (fun _ => 1 / 2), (fun _ => 1 / 4), 1%nat, ones, 3%nat, (number 1), (number 0),
    (numbers (fun _ => 1)), (numbers (fun _ => 1)).
  parts; [lia|apply bent_activations].
Qed.

Lemma pyramid_is_implied_instance :
  exists (s : nat -> R -> R) (N : nat) (n : nat -> nat) (L : nat) (X : nat -> nat -> R) (W : nat -> nat -> nat -> R)
    (a lambda bar : nat -> R) (least lambdaF x2 m : R), pyramid_start s N n L X W a lambda bar least lambdaF x2 m.
Proof.
  exists (fun _ x => x), 1%nat, grown, 3%nat, (number 1), (fun _ => number 1), (fun _ => 2), (fun _ => 1), (fun _ => 2), 0, 1, 1, 1.
  exact grown_start.
Qed.

(** ** Theorem 3.2: all weights 1, the paper's own choice of every number but lambda_F = 1/2 <= s(1) *)

Definition full_bar (l : nat) : R := match l with 0%nat => 4 / 3 | 1%nat => 4 / 3 | _ => 2 end.

Lemma full_start : forall L, (3 <= L)%nat -> pyramid_start (last_linear L bent) 1 ones L (number 1) (numbers (fun _ => 1))
  (fun _ => 1) (fun _ => 1) full_bar 1 (1 / 2) 1 (4 / 3).
Proof.
  intros L HL; assert (B := bent_one); repeat split; try lra; try (intros; lra).
  - apply opnorm_number; lra.
  - unfold ones; lia.
  - apply opbelow_number; lra.
  - intros x; unfold last_linear; compute_network; destruct L as [|[|L]]; [lia|lia|]; unfold mv, dot; simpl.
    rewrite !Rplus_0_l, !Rmult_1_r; set (y := bent 1) in *.
    assert (0 <= x 0%nat * x 0%nat) by apply Rle_0_sqr.
    apply Rle_trans with (y ^ 2 * (x 0%nat * x 0%nat)); [apply Rmult_le_compat_r; [assumption|]|right; ring].
    replace (1 / 2 * (1 / 2)) with ((1 / 2) ^ 2) by field; apply pow_incr; lra.
  - apply opnorm_number; lra.
  - intros l Hl; destruct l as [|[|l]]; [simpl; lra|simpl; lra|lia].
  - intros l Hl; destruct l as [|[|l]]; [lia|lia|simpl; lra].
  - intros l Hl; destruct l as [|[|l]]; simpl; lra.
Qed.

(** The target at a distance of e from the output. *)
Definition near_target (L : nat) (e : R) : nat -> nat -> R :=
  number (features (last_linear L bent) ones (number 1) (numbers (fun _ => 1)) L 0%nat 0%nat - e).

Lemma near_root : forall L e, 0 <= e ->
  e = sqrt (2 * network_loss (last_linear L bent) 1 ones L (number 1) (near_target L e) (numbers (fun _ => 1))).
Proof.
  intros L e He; rewrite residual_root; change (ones L) with 1%nat; rewrite rnorm_one.
  unfold network_residual, msub, near_target, number at 2.
  set (y := features (last_linear L bent) ones (number 1) (numbers (fun _ => 1)) L 0%nat 0%nat).
  replace (y - (y - e)) with e by ring; symmetry; apply Rabs_pos_eq; exact He.
Qed.

Lemma full_reach : forall l, Rmax 1 (3 / 2 * full_bar l) = match l with 0%nat => 2 | 1%nat => 2 | _ => 3 end.
Proof. intros [|[|l]]; simpl; rewrite Rmax_right by lra; field. Qed.

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
  exists bent, bent_slope, (1 / 2), (1 / 4), 1%nat, ones, 3%nat, (number 1), (near_target 3 (1 / 12288)), (numbers (fun _ => 1)),
    (fun _ => 1), (fun _ => 1), full_bar, 1, (1 / 2), 1, (4 / 3), (1024 / 110603), 1, (1 / 12288), (1 / 256).
  parts; try lra; [lia|exact bent_activation|apply full_start; lia|exact one_norm|apply near_root; lra| | | |].
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
  exists bent, bent_slope, (1 / 2), (1 / 4), 1%nat, ones, 3%nat, (number 1), (near_target 3 (1 / 12288)), (numbers (fun _ => 1)),
    (fun _ => 1), (fun _ => 1), full_bar, 1, (1 / 2), 1, (4 / 3), (1 / 94), 1, (1 / 12288), (1 / 256).
  parts; try lra; [lia|exact bent_activation|apply full_start; lia| |exact one_norm|apply near_root; lra| | | |].
  - exists 2%nat; split; [lia|reflexivity].
  - unfold pyramid_rate, tail_product; simpl; field.
  - full_side.
  - full_side.
  - unfold recalled_smoothness; replace (INR 3) with 3 by (simpl; lra); set (root := sqrt 3) in *; clearbody root; full_side.
Qed.
