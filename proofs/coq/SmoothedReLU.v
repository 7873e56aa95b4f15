(** The leaky ReLU smoothed by a Gaussian satisfies Assumption 2.2 of Nguyen and Mondelli, for every gamma in (0, 1) and
    every beta: its slope is gamma + (1 - gamma) Phi(k x), k = sqrt(2 pi) beta/(1 - gamma), Phi the normal distribution. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Remainder Convergence RangeNumbers Laws Expectation AnyLaw Independent Gauss NormalLaw.
From Lemmata Require Import Rectangular Pyramid PyramidBounds.
Open Scope R_scope.

(** The normal density of mean x and deviation (1 - gamma)/(sqrt(2 pi) beta). *)
Definition smoothing (gamma beta x u : R) : R := beta / (1 - gamma) * exp (- PI * beta ^ 2 * (x - u) ^ 2 / (1 - gamma) ^ 2).

(** s is the leaky ReLU max(gamma u, u) smoothed by it, less the constant that makes s(0) = 0. *)
Definition smoothed_relu (gamma beta : R) (s : R -> R) : Prop :=
  forall x, line (fun u => Rmax (gamma * u) u * smoothing gamma beta x u) (s x + (1 - gamma) ^ 2 / (2 * PI * beta)).

Definition normal_below (t : R) : R := 1 / 2 + half_bell t / sqrt (2 * PI).

Definition relu_formula (gamma k x : R) : R :=
  gamma * x + (1 - gamma) * (x * normal_below (k * x) + (bell (k * x) - 1) / (k * sqrt (2 * PI))).

Definition relu_slope (gamma k x : R) : R := gamma + (1 - gamma) * normal_below (k * x).

(** An equation of real numbers, said so. *)
Ltac real := match goal with |- ?a = ?b => change (@eq R a b) end.

(** ** The normal distribution *)

Lemma half_bell_odd : forall t, half_bell (- t) = - half_bell t.
Proof.
  assert (D : forall t, is_derive (fun s => half_bell s + half_bell (- s)) t 0).
  { intros t; assert (H := half_bell_derive t); assert (H' := half_bell_derive (- t)).
    assert (C : is_derive (fun s => half_bell (- s)) t (-1 * bell (- t))).
    { apply (is_derive_comp half_bell Ropp t (bell (- t)) (-1) H'); auto_derive; [trivial|ring]. }
    evar_last; [apply (is_derive_plus (V := R_NormedModule) _ _ _ _ _ H C)|].
    unfold plus, bell; simpl; replace (- t * (- t * 1)) with (t * (t * 1)) by ring; ring. }
  intros t; destruct (MVT_gen (fun s => half_bell s + half_bell (- s)) 0 t (fun _ => 0)) as [z [_ E]].
  - intros s _; apply D.
  - intros s _; apply continuity_pt_filterlim, (ex_derive_continuous (fun s => half_bell s + half_bell (- s))).
    eexists; apply D.
  - rewrite Ropp_0 in E; assert (Z : half_bell 0 = 0) by (unfold half_bell; apply (RInt_point (V := R_CompleteNormedModule))).
    rewrite Z in E; lra.
Qed.

Lemma half_bell_most : forall t, Rabs (half_bell t) <= sqrt (2 * PI) / 2.
Proof.
  intros t; destruct root_two_pi as [_ [E _]]; replace (sqrt (2 * PI) / 2) with (sqrt (PI / 2)) by lra.
  rewrite <- (sqrt_Rsqr_abs (half_bell t)); apply sqrt_le_1_alt; assert (S := half_bell_square t).
  assert (0 <= RInt (slab t) 0 1); [|unfold Rsqr; simpl in S; lra].
  apply RInt_ge_0; [lra|apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros u _; apply slab_continuous|].
  intros u _; assert (Q := one_plus_square u); unfold slab; apply Rmult_le_pos;
    [apply Rmult_le_pos; [lra|left; apply exp_pos]|left; apply Rinv_0_lt_compat; exact Q].
Qed.

Lemma normal_below_bounds : forall t, 0 <= normal_below t <= 1.
Proof.
  intros t; destruct root_two_pi as [r0 _]; assert (B := half_bell_most t); apply Rabs_le_between in B; unfold normal_below.
  assert (E : sqrt (2 * PI) / 2 / sqrt (2 * PI) = 1 / 2) by (field; lra).
  assert (E' : - (sqrt (2 * PI) / 2) / sqrt (2 * PI) = - (1 / 2)) by (field; lra).
  assert (i0 : 0 <= / sqrt (2 * PI)) by (left; apply Rinv_0_lt_compat; exact r0).
  assert (U : half_bell t / sqrt (2 * PI) <= sqrt (2 * PI) / 2 / sqrt (2 * PI)) by (apply Rmult_le_compat_r; lra).
  assert (W : - (sqrt (2 * PI) / 2) / sqrt (2 * PI) <= half_bell t / sqrt (2 * PI)) by (apply Rmult_le_compat_r; lra); lra.
Qed.

Lemma normal_below_derive : forall k x, is_derive (fun x => normal_below (k * x)) x (k * bell (k * x) / sqrt (2 * PI)).
Proof.
  intros k x; destruct root_two_pi as [r0 _]; unfold normal_below.
  assert (C : is_derive (fun x => half_bell (k * x)) x (k * bell (k * x))).
  { apply (is_derive_comp half_bell (fun x => k * x) x (bell (k * x)) k (half_bell_derive _)); auto_derive; [trivial|ring]. }
  apply (is_derive_ext (fun x => / sqrt (2 * PI) * half_bell (k * x) + 1 / 2)); [intros t; real; field; lra|].
  replace (k * bell (k * x) / sqrt (2 * PI)) with (/ sqrt (2 * PI) * (k * bell (k * x)) + 0) by (field; lra).
  apply (is_derive_plus (V := R_NormedModule)); [apply (is_derive_scal (fun x => half_bell (k * x))); exact C|].
  apply (is_derive_const (V := R_NormedModule)).
Qed.

(** ** The derivatives *)

Lemma relu_derive : forall gamma k x, 0 < k -> is_derive (relu_formula gamma k) x (relu_slope gamma k x).
Proof.
  intros gamma k x k0; destruct root_two_pi as [r0 _]; unfold relu_formula, relu_slope.
  assert (N := normal_below_derive k x).
  assert (B : is_derive (fun x => (bell (k * x) - 1) / (k * sqrt (2 * PI))) x (- (x * (k * bell (k * x) / sqrt (2 * PI))))).
  { unfold bell; auto_derive; [trivial|]; replace (- (k * x * (k * x * 1)) * / 2) with (- (k * x) ^ 2 / 2) by field; field; lra. }
  assert (P : is_derive (fun x => x * normal_below (k * x)) x (1 * normal_below (k * x) + x * (k * bell (k * x) / sqrt (2 * PI)))).
  { apply (is_derive_mult (fun x => x) (fun x => normal_below (k * x)) x 1 _); [apply (is_derive_id (K := R_AbsRing))|exact N|].
    intros; apply Rmult_comm. }
  assert (S := is_derive_plus (V := R_NormedModule) (fun x => x * normal_below (k * x))
    (fun x => (bell (k * x) - 1) / (k * sqrt (2 * PI))) x _ _ P B).
  apply (is_derive_scal _ x (1 - gamma)) in S.
  assert (G : is_derive (fun x => gamma * x) x gamma) by (auto_derive; [trivial|ring]).
  evar_last; [apply (is_derive_plus (V := R_NormedModule) _ _ _ _ _ G S)|unfold plus; simpl; ring].
Qed.

Lemma relu_second : forall gamma k x, is_derive (relu_slope gamma k) x ((1 - gamma) * (k * bell (k * x) / sqrt (2 * PI))).
Proof.
  intros gamma k x; unfold relu_slope.
  evar_last; [apply (is_derive_plus (V := R_NormedModule) (fun _ => gamma) (fun x => (1 - gamma) * normal_below (k * x)) x 0
    ((1 - gamma) * (k * bell (k * x) / sqrt (2 * PI))))|].
  - apply (is_derive_const (V := R_NormedModule)).
  - apply (is_derive_scal (fun x => normal_below (k * x))), normal_below_derive.
  - unfold plus; simpl; ring.
Qed.

Lemma bell_bounds : forall t, 0 <= bell t <= 1.
Proof.
  intros t; unfold bell; split; [left; apply exp_pos|rewrite <- exp_0; apply exp_le_compat].
  assert (0 <= t ^ 2) by apply pow2_ge_0; lra.
Qed.

Lemma relu_activation : forall gamma beta k, 0 < gamma < 1 -> 0 < beta -> k = sqrt (2 * PI) * beta / (1 - gamma) ->
  activation (relu_formula gamma k) (relu_slope gamma k) gamma beta.
Proof.
  intros gamma beta k Hg b0 Hk; destruct root_two_pi as [r0 _].
  assert (k0 : 0 < k) by (rewrite Hk; apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  assert (D := fun x => relu_derive gamma k x k0).
  assert (Slope : forall x, gamma <= relu_slope gamma k x <= 1).
  { intros x; unfold relu_slope; destruct (normal_below_bounds (k * x)) as [N0 N1].
    assert (0 <= (1 - gamma) * normal_below (k * x)) by (apply Rmult_le_pos; lra).
    assert ((1 - gamma) * normal_below (k * x) <= (1 - gamma) * 1) by (apply Rmult_le_compat_l; lra); lra. }
  split; [exact D|split; [exact Slope|split]].
  - intros x; assert (B := slope_bound (relu_formula gamma k) (relu_slope gamma k) 1 0 x D).
    replace (relu_formula gamma k x - relu_formula gamma k 0) with (relu_formula gamma k x) in B.
    + rewrite Rminus_0_r, Rmult_1_l in B; apply B; intros z; specialize (Slope z); rewrite Rabs_pos_eq; lra.
    + unfold relu_formula at 3; rewrite !Rmult_0_r; unfold bell; replace (- 0 ^ 2 / 2) with 0 by field; rewrite exp_0.
      unfold Rdiv; ring.
  - intros x y; apply (slope_bound (relu_slope gamma k) (fun z => (1 - gamma) * (k * bell (k * z) / sqrt (2 * PI)))).
    + intros z; apply relu_second.
    + intros z; destruct (bell_bounds (k * z)) as [B0 B1].
      replace ((1 - gamma) * (k * bell (k * z) / sqrt (2 * PI))) with (beta * bell (k * z)).
      2:{ replace beta with ((1 - gamma) * k / sqrt (2 * PI)) by (rewrite Hk; field; lra); field; lra. }
      rewrite Rabs_pos_eq by (apply Rmult_le_pos; lra); rewrite <- (Rmult_1_r beta) at 2; apply Rmult_le_compat_l; lra.
Qed.

(** ** The integral *)

Lemma smoothing_bell : forall gamma beta k x u, gamma < 1 -> k = sqrt (2 * PI) * beta / (1 - gamma) ->
  smoothing gamma beta x u = k / sqrt (2 * PI) * bell (k * (u - x)).
Proof.
  intros gamma beta k x u Hg Hk; destruct root_two_pi as [r0 _]; unfold smoothing, bell; rewrite Hk.
  assert (S : sqrt (2 * PI) ^ 2 = 2 * PI) by (rewrite pow2_sqrt; [ring|assert (P := PI_RGT_0); lra]).
  f_equal; [field; lra|]; f_equal.
  replace ((sqrt (2 * PI) * beta / (1 - gamma) * (u - x)) ^ 2)
    with (sqrt (2 * PI) ^ 2 * (beta / (1 - gamma) * (u - x)) ^ 2) by (field; lra).
  rewrite S; field; lra.
Qed.

(** A primitive of u times the density of mean x. *)
Definition mean_part (k x u : R) : R := x * half_bell (k * (u - x)) / sqrt (2 * PI) - bell (k * (u - x)) / (k * sqrt (2 * PI)).

Lemma mean_part_derive : forall k x u, 0 < k -> is_derive (mean_part k x) u (u * (k / sqrt (2 * PI) * bell (k * (u - x)))).
Proof.
  intros k x u k0; destruct root_two_pi as [r0 _]; unfold mean_part.
  assert (H : is_derive (fun u => half_bell (k * (u - x))) u (k * bell (k * (u - x)))).
  { apply (is_derive_comp half_bell (fun u => k * (u - x)) u (bell (k * (u - x))) k (half_bell_derive _)); auto_derive; [trivial|ring]. }
  assert (B : is_derive (fun u => bell (k * (u - x)) / (k * sqrt (2 * PI))) u (- ((u - x) * (k * bell (k * (u - x)) / sqrt (2 * PI))))).
  { unfold bell; auto_derive; [trivial|]; unfold Rminus.
    replace (- (k * (u + - x) * (k * (u + - x) * 1)) * / 2) with (- (k * (u + - x)) ^ 2 / 2) by field; field; lra. }
  apply (is_derive_ext (fun u => x / sqrt (2 * PI) * half_bell (k * (u - x)) - bell (k * (u - x)) / (k * sqrt (2 * PI))));
    [intros t; real; unfold Rdiv; ring|].
  evar_last.
  - apply (is_derive_minus (V := R_NormedModule) _ _ _ _ _ (is_derive_scal _ _ (x / sqrt (2 * PI)) _ H) B).
  - unfold minus, plus, opp; simpl; field; lra.
Qed.

Lemma affine_lim : forall k x, 0 < k -> is_lim (fun u => k * (u - x)) p_infty p_infty.
Proof.
  intros k x k0; apply is_lim_spec; intros M; exists (x + M / k); intros u Hu.
  apply (Rmult_lt_reg_r (/ k)); [apply Rinv_0_lt_compat; exact k0|].
  replace (k * (u - x) * / k) with (u - x) by (field; lra); unfold Rdiv in Hu; lra.
Qed.

Lemma mean_part_up : forall k x, 0 < k -> is_lim (mean_part k x) p_infty (x / 2).
Proof.
  intros k x k0; destruct root_two_pi as [r0 [E _]]; assert (A := affine_lim k x k0).
  assert (H : is_lim (fun u => half_bell (k * (u - x))) p_infty (sqrt (PI / 2))).
  { apply (is_lim_comp half_bell _ p_infty _ p_infty half_bell_limit A); exists 0; intros t _ C; discriminate C. }
  assert (B : is_lim (fun u => bell (k * (u - x))) p_infty 0).
  { apply (is_lim_comp bell _ p_infty _ p_infty bell_limit A); exists 0; intros t _ C; discriminate C. }
  apply (is_lim_ext (fun u => x / sqrt (2 * PI) * half_bell (k * (u - x)) - / (k * sqrt (2 * PI)) * bell (k * (u - x))));
    [intros t; real; unfold mean_part, Rdiv; ring|].
  replace (x / 2) with (x / sqrt (2 * PI) * sqrt (PI / 2) - / (k * sqrt (2 * PI)) * 0) by (rewrite <- E; field; nra).
  apply is_lim_minus'; [apply (is_lim_scal_l _ (x / sqrt (2 * PI)) p_infty _ H)|apply (is_lim_scal_l _ _ p_infty _ B)].
Qed.

Lemma mean_part_mirror : forall k x u, mean_part k (- x) (- u) = mean_part k x u.
Proof.
  intros k x u; unfold mean_part; replace (k * (- u - - x)) with (- (k * (u - x))) by ring; rewrite half_bell_odd.
  unfold bell; replace ((- (k * (u - x))) ^ 2) with ((k * (u - x)) ^ 2) by ring; unfold Rdiv; ring.
Qed.

Lemma mean_part_down : forall k x, 0 < k -> is_lim (mean_part k x) m_infty (- x / 2).
Proof.
  intros k x k0; apply (is_lim_ext (fun u => mean_part k (- x) (- u))); [intros u; apply mean_part_mirror|].
  apply (is_lim_comp (mean_part k (- x)) Ropp m_infty _ p_infty (mean_part_up k (- x) k0)).
  - replace p_infty with (Rbar_opp m_infty) by reflexivity; apply is_lim_opp, is_lim_id.
  - exists 0; intros t _ C; discriminate C.
Qed.

(** Both halves of the line: f = c P' on one side of 0. *)
Lemma half_line : forall (P p f : R -> R) c (F G : (R -> Prop) -> Prop) (FF : Filter F) (FG : Filter G) la lb,
  (forall u, is_derive P u (p u)) -> (forall u, continuous p u) ->
  filter_prod F G (fun ab => forall u, Rmin (fst ab) (snd ab) < u < Rmax (fst ab) (snd ab) -> f u = c * p u) ->
  filterlim P F (locally la) -> filterlim P G (locally lb) -> is_RInt_gen f F G (c * (lb - la)).
Proof.
  intros P p f c F G FF FG la lb D C E HA HB.
  assert (I : is_RInt_gen p F G (lb - la)).
  { apply (is_RInt_gen_ext (V := R_NormedModule) (Derive P)).
    - apply filter_forall; intros ab u _; apply is_derive_unique, D.
    - apply is_RInt_gen_Derive; [| |exact HA|exact HB]; apply filter_forall; intros ab u _; [eexists; apply D|].
      apply (continuous_ext p); [intros v; symmetry; apply is_derive_unique, D|apply C]. }
  apply (is_RInt_gen_ext (V := R_NormedModule) (fun u => scal c (p u))).
  - revert E; apply filter_imp; intros ab E u Hu; symmetry; exact (E u Hu).
  - exact (is_RInt_gen_scal (V := R_NormedModule) p c (lb - la) I).
Qed.

Lemma relu_smoothed : forall gamma beta k, 0 < gamma < 1 -> 0 < beta -> k = sqrt (2 * PI) * beta / (1 - gamma) ->
  smoothed_relu gamma beta (relu_formula gamma k).
Proof.
  intros gamma beta k Hg b0 Hk x; destruct root_two_pi as [r0 _]; assert (P0 := PI_RGT_0).
  assert (k0 : 0 < k) by (rewrite Hk; apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  set (p := fun u => u * (k / sqrt (2 * PI) * bell (k * (u - x)))).
  assert (D : forall u, is_derive (mean_part k x) u (p u)) by (intros u; apply mean_part_derive, k0).
  assert (C : forall u, continuous p u).
  { intros u; apply (ex_derive_continuous p); unfold p, bell; auto_derive; trivial. }
  assert (Z : filterlim (mean_part k x) (at_point 0) (locally (mean_part k x 0))).
  { intros Q [d HQ]; apply HQ, ball_center. }
  assert (S : sqrt (2 * PI) * sqrt (2 * PI) = 2 * PI) by (apply sqrt_sqrt; lra).
  replace (relu_formula gamma k x + (1 - gamma) ^ 2 / (2 * PI * beta))
    with (gamma * (mean_part k x 0 - - x / 2) + 1 * (x / 2 - mean_part k x 0)).
  2:{ unfold relu_formula, mean_part, normal_below; replace (k * (0 - x)) with (- (k * x)) by ring; rewrite half_bell_odd.
      replace (bell (- (k * x))) with (bell (k * x)) by (unfold bell; replace ((- (k * x)) ^ 2) with ((k * x) ^ 2) by ring; reflexivity).
      replace ((1 - gamma) ^ 2 / (2 * PI * beta)) with ((1 - gamma) / (k * sqrt (2 * PI))); [field; lra|].
      replace (2 * PI * beta) with (sqrt (2 * PI) * sqrt (2 * PI) * beta) by (rewrite S; reflexivity); rewrite Hk; field; lra. }
  unfold line; apply (is_RInt_gen_Chasles (V := R_NormedModule) _ 0).
  - apply (half_line (mean_part k x) p); try assumption; try apply mean_part_down; try typeclasses eauto; [|exact k0].
    apply (Filter_prod _ _ _ (fun a => a < 0) (fun b => b = 0)); [exists 0; trivial|reflexivity|].
    intros a b Ha ->; simpl; rewrite Rmin_left, Rmax_right by lra; intros u Hu; unfold p.
    assert (gamma * u >= 1 * u) by nra.
    rewrite (smoothing_bell gamma beta k) by (try exact Hk; lra); rewrite Rmax_left by lra; ring.
  - apply (half_line (mean_part k x) p); try assumption; try apply mean_part_up; try typeclasses eauto; [|exact k0].
    apply (Filter_prod _ _ _ (fun a => a = 0) (fun b => 0 < b)); [reflexivity|exists 0; trivial|].
    intros a b -> Hb; simpl; rewrite Rmin_left, Rmax_right by lra; intros u Hu; unfold p.
    assert (gamma * u <= 1 * u) by nra.
    rewrite (smoothing_bell gamma beta k) by (try exact Hk; lra); rewrite Rmax_right by lra; ring.
Qed.

Theorem nguyen_mondelli_assumption_2_2 : forall gamma beta, 0 < gamma < 1 -> 0 < beta ->
  exists s s', smoothed_relu gamma beta s /\ activation s s' gamma beta.
Proof.
  intros gamma beta Hg b0; set (k := sqrt (2 * PI) * beta / (1 - gamma)).
  exists (relu_formula gamma k), (relu_slope gamma k); split; [apply relu_smoothed|apply relu_activation]; trivial.
Qed.
