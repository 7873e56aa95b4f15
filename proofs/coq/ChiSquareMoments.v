(** Moments of chi-square, of any real order p > -m/2: E Z^(p + 1) = (m + 2 p) E Z^p, as integrals over (0, infinity) against the
    density, which is t^(m/2 - 1) e^(-t/2) up to a factor.  All of them converge; then integration by parts. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

(** The integral of f over (0, infinity) converges to l, at both ends. *)
Definition ray (f : R -> R) (l : R) : Prop := is_RInt_gen f (at_right 0) (Rbar_locally p_infty) l.

(** The density of chi-square with m degrees of freedom, c the factor that makes its integral 1. *)
Definition chi_square_density (m : nat) (c t : R) : R := c * (Rpower t (INR m / 2 - 1) * exp (- t / 2)).

(** t^s e^(-t/2) for t > 0. *)
Definition power_bell_half (s t : R) : R := exp (s * ln t - t / 2).

Lemma ray_domain : filter_prod (at_right 0) (Rbar_locally p_infty) (fun ab => 0 < fst ab < snd ab).
Proof.
  apply (Filter_prod _ _ _ (fun a => 0 < a < 1) (fun b => 1 < b)).
  - exists (mkposreal 1 Rlt_0_1); intros a Ha a0; split; [exact a0|].
    change (Rabs (a - 0) < 1) in Ha; rewrite Rminus_0_r, Rabs_pos_eq in Ha; lra.
  - exists 1; trivial.
  - intros a b Ha Hb; simpl; lra.
Qed.

(** What holds on (a, b) for 0 < a < b. *)
Lemma on_ray : forall P : R -> Prop, (forall a b t, 0 < a < b -> a <= t <= b -> P t) ->
  filter_prod (at_right 0) (Rbar_locally p_infty) (fun ab => forall t, Rmin (fst ab) (snd ab) <= t <= Rmax (fst ab) (snd ab) -> P t).
Proof.
  intros P H; eapply filter_imp; [|exact ray_domain].
  intros [a b] D t; cbv beta in D; simpl fst in *; simpl snd in *; rewrite Rmin_left, Rmax_right by lra; intros Ht.
  exact (H a b t D Ht).
Qed.

Lemma ray_ext : forall f g l, (forall t, 0 < t -> f t = g t) -> ray f l -> ray g l.
Proof.
  intros f g l E H; unfold ray in *.
  refine (is_RInt_gen_ext (V := R_NormedModule) (Fa := at_right 0) (Fb := Rbar_locally p_infty) f g l _ H).
  eapply filter_imp; [|exact (on_ray (fun t => f t = g t) (fun a b t D Ht => E t ltac:(lra)))].
  intros ab Q t Ht; apply Q; lra.
Qed.

Lemma ray_plus : forall f g a b, ray f a -> ray g b -> ray (fun t => f t + g t) (a + b).
Proof. intros f g a b F G; exact (is_RInt_gen_plus (V := R_NormedModule) f g a b F G). Qed.

Lemma ray_scal : forall f c a, ray f a -> ray (fun t => c * f t) (c * a).
Proof. intros f c a F; exact (is_RInt_gen_scal (V := R_NormedModule) f c a F). Qed.

(** A primitive with limits at both ends. *)
Lemma ray_of_primitive : forall (f F : R -> R) (a b : R), (forall t, 0 < t -> is_derive F t (f t)) -> (forall t, 0 < t -> continuous f t) ->
  filterlim F (at_right 0) (locally a) -> is_lim F p_infty b -> ray f (b - a).
Proof.
  intros f F a b D C A B; apply (ray_ext (Derive F)); [intros t Ht; apply is_derive_unique, D, Ht|].
  unfold ray; apply is_RInt_gen_Derive; [| |exact A|exact B]; apply on_ray; intros u v t Hx Ht; [eexists; apply D; lra|].
  apply (continuous_ext_loc _ f); [|apply C; lra].
  assert (t0 : 0 < t) by lra; exists (mkposreal t t0); intros y Hy; change (Rabs (y - t) < t) in Hy; apply Rabs_def2 in Hy.
  symmetry; apply is_derive_unique, D; lra.
Qed.

(** ** Growing and bounded functions converge *)

Lemma increasing_limit : forall F K, (forall x y, 1 <= x -> x <= y -> F x <= F y) -> (forall x, 1 <= x -> F x <= K) ->
  exists l, is_lim F p_infty (Finite l) /\ forall x, 1 <= x -> F x <= l.
Proof.
  intros F K Up Most.
  destruct (completeness (fun v => exists x, 1 <= x /\ v = F x)) as [l [U L]].
  - exists K; intros v [x [Hx ->]]; apply Most, Hx.
  - exists (F 1), 1; split; [lra|reflexivity].
  - assert (V : forall x, 1 <= x -> F x <= l) by (intros x Hx; apply U; exists x; split; trivial).
    exists l; split; [|exact V]; apply is_lim_spec; intros e; assert (e0 := cond_pos e).
    assert (N : ~ (forall x, 1 <= x -> F x <= l - e / 2)).
    { intros H; assert (l <= l - e / 2); [|lra]; apply L; intros v [x [Hx ->]]; apply H, Hx. }
    apply Classical_Pred_Type.not_all_ex_not in N; destruct N as [x N].
    assert (Hx : 1 <= x) by (apply Rnot_lt_le; intros H; apply N; intros; lra).
    assert (Fx : l - e / 2 < F x) by (apply Rnot_le_lt; intros H; apply N; intros; exact H).
    exists x; intros y Hy; assert (F x <= F y) by (apply Up; lra); assert (F y <= l) by (apply V; lra); apply Rabs_def1; lra.
Qed.

(** ** t^s e^(-t/2) *)

Lemma half_derive : forall s t, 0 < t -> is_derive (power_bell_half s) t (s * power_bell_half (s - 1) t - / 2 * power_bell_half s t).
Proof.
  intros s t Ht; unfold power_bell_half; auto_derive; [exact Ht|].
  replace (exp ((s - 1) * ln t - t / 2)) with (/ t * exp (s * ln t - t / 2)).
  2:{ rewrite <- (exp_ln t Ht) at 1; rewrite <- exp_Ropp, <- exp_plus; f_equal; ring. }
  unfold Rminus, Rdiv; ring.
Qed.

Lemma half_continuous : forall s t, 0 < t -> continuous (power_bell_half s) t.
Proof. intros s t Ht; apply (ex_derive_continuous (power_bell_half s)); eexists; apply half_derive, Ht. Qed.

Lemma ln_below_line : forall k t, 0 < k -> 0 < t -> ln t <= ln k + t / k - 1.
Proof.
  intros k t Hk Ht; replace (ln t) with (ln k + ln (t / k)) by (rewrite ln_div by lra; ring).
  assert (q0 : 0 < t / k) by (apply Rdiv_lt_0_compat; lra).
  assert (E := exp_ineq1_le (ln (t / k))); rewrite exp_ln in E by exact q0; lra.
Qed.

(** It is at most a multiple of e^(-t/4) from 1 on. *)
Lemma half_falls : forall s, exists c, forall t, 1 <= t -> 0 <= power_bell_half s t <= exp (c - t / 4).
Proof.
  intros s; set (q := Rabs s + 1); assert (q0 : 0 < q) by (unfold q; assert (A := Rabs_pos s); lra).
  exists (q * (ln (4 * q) - 1)); intros t Ht; unfold power_bell_half; split; [left; apply exp_pos|].
  assert (L := ln_below_line (4 * q) t ltac:(lra) ltac:(lra)).
  assert (L0 : 0 <= ln t) by (rewrite <- ln_1; destruct (Rle_lt_or_eq_dec 1 t Ht) as [H|<-]; [left; apply ln_increasing; lra|lra]).
  assert (S : s * ln t <= q * ln t) by (apply Rmult_le_compat_r; [exact L0|unfold q; assert (A := Rle_abs s); lra]).
  apply (Rmult_le_compat_l q) in L; [|lra].
  replace (q * (ln (4 * q) + t / (4 * q) - 1)) with (q * (ln (4 * q) - 1) + t / 4) in L by (field; lra).
  destruct (Rle_lt_or_eq_dec (s * ln t - t / 2) (q * (ln (4 * q) - 1) - t / 4)) as [H| ->]; [lra|left; apply exp_increasing, H|lra].
Qed.

Lemma falling_limit : forall c, is_lim (fun t => exp (c - t / 4)) p_infty 0.
Proof.
  intros c; apply is_lim_spec; intros e; assert (e0 := cond_pos e); exists (4 * (c - ln e)); intros t Ht.
  rewrite Rminus_0_r, Rabs_pos_eq by (left; apply exp_pos); rewrite <- (exp_ln e e0); apply exp_increasing; lra.
Qed.

Lemma half_far : forall s, is_lim (power_bell_half s) p_infty 0.
Proof.
  intros s; destruct (half_falls s) as [c H]; apply (is_lim_le_le_loc (fun _ => 0) (fun t => exp (c - t / 4))).
  - exists 1; intros t Ht; apply H; lra.
  - apply is_lim_const.
  - apply falling_limit.
Qed.

Lemma half_near : forall s, 0 < s -> filterlim (power_bell_half s) (at_right 0) (locally 0).
Proof.
  intros s Hs Q [e HQ]; assert (e0 := cond_pos e); assert (d0 : 0 < exp (ln e / s)) by apply exp_pos.
  exists (mkposreal _ d0); intros t Ht t0; apply HQ; change (Rabs (power_bell_half s t - 0) < e).
  change (Rabs (t - 0) < exp (ln e / s)) in Ht; rewrite Rminus_0_r in *; rewrite Rabs_pos_eq in Ht by lra.
  unfold power_bell_half; rewrite Rabs_pos_eq by (left; apply exp_pos); rewrite <- (exp_ln e e0); apply exp_increasing.
  assert (L : ln t < ln e / s) by (rewrite <- (ln_exp (ln e / s)); apply ln_increasing; assumption).
  apply (Rmult_lt_compat_l s) in L; [|exact Hs]; replace (s * (ln e / s)) with (ln e) in L by (field; lra); lra.
Qed.

(** ** The integral converges *)

Lemma half_integral : forall s, 0 < s -> exists a, 0 < a /\ ray (power_bell_half (s - 1)) a.
Proof.
  intros s Hs; set (f := power_bell_half (s - 1)); set (F := fun x => RInt f 1 x).
  assert (C : forall t, 0 < t -> continuous f t) by (intros; apply half_continuous; assumption).
  assert (I : forall a b, 0 < a -> 0 < b -> ex_RInt f a b).
  { intros a b Ha Hb; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t Ht; apply C.
    assert (M := Rmin_glb_lt a b 0 Ha Hb); lra. }
  assert (D : forall t, 0 < t -> is_derive F t (f t)).
  { intros t Ht; apply (is_derive_RInt (V := R_NormedModule) f F 1 t); [|apply C, Ht].
    exists (mkposreal t Ht); intros y Hy; change (Rabs (y - t) < t) in Hy; apply Rabs_def2 in Hy.
    apply (RInt_correct (V := R_CompleteNormedModule)), I; lra. }
  assert (F1 : F 1 = 0) by (unfold F; apply (RInt_point (V := R_CompleteNormedModule))).
  assert (f0 : forall t, 0 < f t) by (intros; apply exp_pos).
  assert (Up : forall x y, 0 < x -> x <= y -> F x <= F y).
  { intros x y Hx Hy; assert (G := growth_bound (fun _ => 0) F (fun _ => 0) f x y Hy); cbv beta in G.
    rewrite Rminus_0_r, Rabs_R0 in G; assert (0 <= F y - F x); [apply G|lra].
    - intros t Ht; apply (is_derive_const (V := R_NormedModule)).
    - intros t Ht; apply D; lra.
    - intros t Ht; left; apply f0. }
  destruct (half_falls (s - 1)) as [c Falls].
  destruct (increasing_limit F (4 * exp (c - 1 / 4))) as [b [B HB]].
  { intros x y Hx Hy; apply Up; lra. }
  { intros x Hx; assert (G := growth_bound F (fun t => - 4 * exp (c - t / 4)) f (fun t => exp (c - t / 4)) 1 x Hx).
    cbv beta in G; rewrite F1, Rminus_0_r in G; assert (E := exp_pos (c - x / 4)).
    assert (Rabs (F x) <= - 4 * exp (c - x / 4) - - 4 * exp (c - 1 / 4)); [apply G|assert (A := Rle_abs (F x)); lra].
    - intros t Ht; apply D; lra.
    - intros t Ht; auto_derive; [trivial|unfold Rminus, Rdiv; ring_simplify; field].
    - intros t Ht; destruct (Falls t ltac:(lra)) as [L U]; rewrite Rabs_pos_eq; assumption. }
  destruct (increasing_limit (fun y => - F (/ y)) (/ s)) as [a [A HA]].
  { intros x y Hx Hy; apply Ropp_le_contravar, Up; [apply Rinv_0_lt_compat; lra|apply Rinv_le_contravar; lra]. }
  { intros y Hy; assert (i0 : 0 < / y <= 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_le_contravar; lra]).
    assert (G := growth_bound F (fun t => / s * exp (s * ln t)) f (fun t => exp ((s - 1) * ln t)) (/ y) 1 ltac:(lra)).
    cbv beta in G; rewrite F1, ln_1, Rmult_0_r, exp_0, Rmult_1_r in G; assert (E := exp_pos (s * ln (/ y))).
    assert (J : 0 < / s) by (apply Rinv_0_lt_compat, Hs).
    assert (JE : 0 < / s * exp (s * ln (/ y))) by (apply Rmult_lt_0_compat; assumption).
    assert (Rabs (0 - F (/ y)) <= / s - / s * exp (s * ln (/ y))); [apply G|assert (Q := Rle_abs (0 - F (/ y))); lra].
    - intros t Ht; apply D; lra.
    - intros t Ht; auto_derive; [lra|]; replace (exp ((s - 1) * ln t)) with (/ t * exp (s * ln t)); [field; lra|].
      rewrite <- (exp_ln t) at 1 by lra; rewrite <- exp_Ropp, <- exp_plus; f_equal; ring.
    - intros t Ht; rewrite Rabs_pos_eq by (left; apply f0); unfold f, power_bell_half.
      left; apply exp_increasing; lra. }
  assert (Near : filterlim F (at_right 0) (locally (- a))).
  { apply (filterlim_ext_loc (fun t => - (- F (/ / t)))).
    - exists (mkposreal 1 Rlt_0_1); intros t _ t0; rewrite Rinv_inv, Ropp_involutive; reflexivity.
    - apply (filterlim_comp R R R (fun t => - F (/ / t)) Ropp (at_right 0) (locally a)).
      + apply (filterlim_comp R R R Rinv (fun y => - F (/ y)) (at_right 0) (Rbar_locally p_infty)); [apply filterlim_Rinv_0_right|exact A].
      + apply (filterlim_opp (V := R_NormedModule)). }
  exists (b - - a); split; [|exact (ray_of_primitive f F (- a) b D C Near B)].
  assert (P : 0 < F 2).
  { unfold F; apply RInt_gt_0; [lra|intros; apply f0|intros t Ht; apply C; lra]. }
  assert (F 2 <= b) by (apply HB; lra); specialize (HA 1 ltac:(lra)); rewrite Rinv_1, F1 in HA; lra.
Qed.

(** Integration by parts: t^s e^(-t/2) is 0 at both ends. *)
Lemma half_next : forall s a, 0 < s -> ray (power_bell_half (s - 1)) a -> ray (power_bell_half s) (2 * s * a).
Proof.
  intros s a Hs H; assert (Z := ray_of_primitive (fun t => s * power_bell_half (s - 1) t - / 2 * power_bell_half s t)
    (power_bell_half s) 0 0 (half_derive s)).
  assert (X : ray (fun t => s * power_bell_half (s - 1) t - / 2 * power_bell_half s t) (0 - 0)).
  { apply Z; [|apply half_near, Hs|apply half_far].
    intros t Ht; apply (continuous_minus (V := R_NormedModule) (fun t => s * power_bell_half (s - 1) t) (fun t => / 2 * power_bell_half s t));
      [apply (continuous_scal_r (V := R_NormedModule) s)|apply (continuous_scal_r (V := R_NormedModule) (/ 2))];
      apply half_continuous, Ht. }
  assert (Y := ray_plus _ _ _ _ (ray_scal _ (2 * s) _ H) (ray_scal _ (-2) _ X)).
  replace (2 * s * a) with (2 * s * a + -2 * (0 - 0)) by ring; revert Y; apply ray_ext; intros t Ht; field.
Qed.

Lemma density_power : forall m c p t, 0 < t -> Rpower t p * chi_square_density m c t = c * power_bell_half (INR m / 2 + p - 1) t.
Proof.
  intros m c p t Ht; unfold chi_square_density, power_bell_half, Rpower.
  replace ((INR m / 2 + p - 1) * ln t - t / 2) with (p * ln t + ((INR m / 2 - 1) * ln t + - t / 2)) by field.
  rewrite !exp_plus; ring.
Qed.

Theorem chi_square_moments : forall m p, (1 <= m)%nat -> 0 < INR m + 2 * p -> exists c a,
  ray (chi_square_density m c) 1 /\ ray (fun t => Rpower t p * chi_square_density m c t) a /\
  ray (fun t => Rpower t (p + 1) * chi_square_density m c t) ((INR m + 2 * p) * a).
Proof.
  intros m p Hm Hp; assert (m0 : 0 < INR m) by (apply (lt_INR 0); lia).
  destruct (half_integral (INR m / 2) ltac:(lra)) as [k [k0 K]]; destruct (half_integral (INR m / 2 + p) ltac:(lra)) as [a [_ A]].
  exists (/ k), (/ k * a); split; [|split].
  - replace 1 with (/ k * k) by (field; lra); generalize (ray_scal _ (/ k) _ K); apply ray_ext; intros t Ht.
    assert (E := density_power m (/ k) 0 t Ht); rewrite Rpower_O, Rmult_1_l in E by exact Ht; rewrite E; do 2 f_equal; ring.
  - generalize (ray_scal _ (/ k) _ A); apply ray_ext; intros t Ht; rewrite density_power by exact Ht; reflexivity.
  - replace ((INR m + 2 * p) * (/ k * a)) with (/ k * (2 * (INR m / 2 + p) * a)) by (field; lra).
    generalize (ray_scal _ (/ k) _ (half_next (INR m / 2 + p) a ltac:(lra) A)); apply ray_ext; intros t Ht.
    rewrite density_power by exact Ht; do 2 f_equal; ring.
Qed.
