(** The examples of Shamir's paper: Lemma 1, repaired, and the losses and laws that satisfy his Assumptions 1 and 2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw.
From Lemmata Require Import DensityLaw Independent Gauss NormalLaw XavierAnyLaw PaperStarts NormalStarts.
Open Scope R_scope.

(** ** Lemma 1: every law *)

(** Of variance 1, where |w| is not surely 1: of some distance from there the probability is not 0. *)
Theorem shamir_lemma_1_every_law : forall k (P : weights k), (1 <= k)%nat -> single P Rabs -> single P (fun x => x ^ 2) ->
  average P (fun x => x ^ 2) = 1 -> (exists e, 0 < e /\ ~ at_most P (fun w => e <= Rabs (Rabs (w 0%nat) - 1)) 0) ->
  average P Rabs < 1.
Proof.
  intros k P Hk SA SQ E2 [e [He N]]; apply Rnot_le_lt; intros A1; apply N.
  destruct (coordinate k P 0 Rabs ltac:(lia) SA) as [VA EA]; destruct (coordinate k P 0 (fun x => x ^ 2) ltac:(lia) SQ) as [VQ EQ].
  destruct (expectation_one k P) as [V1 E1].
  destruct (expectation_scal k P (-2) _ VA) as [V2 X2]; destruct (expectation_plus k P _ _ VQ V2) as [V3 X3].
  destruct (expectation_plus k P _ _ V3 V1) as [V4 X4]; destruct (expectation_scal k P (/ e ^ 2) _ V4) as [V5 X5].
  assert (e2 : 0 < e ^ 2) by (apply pow_lt; exact He); assert (i2 : 0 < / e ^ 2) by (apply Rinv_0_lt_compat; exact e2).
  assert (Sq : forall w : nat -> R, w 0%nat ^ 2 + -2 * Rabs (w 0%nat) + 1 = (Rabs (w 0%nat) - 1) ^ 2).
  { intros w; rewrite <- (pow2_abs (w 0%nat)); ring. }
  eexists; split; [exact V5|split; [|split]].
  - intros w; cbv beta; rewrite Sq; apply Rmult_le_pos; [lra|apply pow2_ge_0].
  - intros w H; cbv beta; rewrite Sq; apply Rle_trans with (/ e ^ 2 * e ^ 2); [right; field; lra|].
    apply Rmult_le_compat_l; [lra|]; rewrite <- (pow2_abs (Rabs (w 0%nat) - 1)); apply pow_incr; lra.
  - rewrite X5, X4, X3, X2, EA, EQ, E1, E2; assert (X : / e ^ 2 * (1 + -2 * average P Rabs + 1) <= / e ^ 2 * 0) by (apply Rmult_le_compat_l; lra); lra.
Qed.

(** ** The two named laws *)

Lemma pi_above : 25 / 8 < PI.
Proof.
  assert (P2 := PI2_3_2); apply Rnot_le_lt; intros H.
  assert (I := sin_incr_1 (PI / 6) (25 / 48) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  rewrite sin_PI6 in I; destruct (sin_bound (25 / 48) 0 ltac:(lra) ltac:(lra)) as [_ B].
  unfold sin_approx, sin_term in B; simpl in B; lra.
Qed.

Lemma normal_size_below : sqrt (2 / PI) < 8 / 10.
Proof.
  assert (P := pi_above); rewrite <- (sqrt_pow2 (8 / 10)) by lra; apply sqrt_lt_1_alt; split.
  - left; apply Rdiv_lt_0_compat; lra.
  - apply (Rmult_lt_reg_r PI); [lra|]; replace (2 / PI * PI) with 2 by (field; lra); lra.
Qed.

(** Independent uniform weights of variance 1. *)
Definition uniform_weights (k : nat) : weights k :=
  density_weights k (fun _ => uniform_density) (- sqrt 3) (sqrt 3) uniform_is_density.

Lemma root_three : 0 < sqrt 3 /\ sqrt 3 * sqrt 3 = 3 /\ sqrt 3 < 18 / 10 /\ 1 < sqrt 3.
Proof.
  split; [apply sqrt_lt_R0; lra|split; [apply sqrt_sqrt; lra|split]].
  - rewrite <- (sqrt_pow2 (18 / 10)) by lra; apply sqrt_lt_1_alt; lra.
  - rewrite <- sqrt_1 at 1; apply sqrt_lt_1_alt; lra.
Qed.

Lemma uniform_is : forall k h l, is_RInt (fun x => h x * uniform_density) (- sqrt 3) (sqrt 3) l ->
  single (uniform_weights k) h /\ average (uniform_weights k) h = l.
Proof.
  intros k h l H; split; [exists l; exact H|].
  change (RInt (fun x => h x * uniform_density) (- sqrt 3) (sqrt 3) = l); apply is_RInt_unique; exact H.
Qed.

Lemma even_interval : forall (f : R -> R) b l, (forall x, f (- x) = f x) -> is_RInt f 0 b l -> is_RInt f (- b) b (l + l).
Proof.
  intros f b l Even H; apply (is_RInt_Chasles (V := R_NormedModule)) with 0; [|exact H].
  assert (I : is_RInt f (- 0) (- - b) l) by (rewrite Ropp_0, Ropp_involutive; exact H).
  assert (J := is_RInt_comp_opp (V := R_NormedModule) f 0 (- b) l I); apply (is_RInt_swap (V := R_NormedModule)) in J.
  apply (is_RInt_ext (V := R_NormedModule) (fun y => opp (opp (f (- y))))).
  - intros x _; rewrite opp_opp; apply Even.
  - replace l with (opp (opp l)) by apply opp_opp; apply (is_RInt_opp (V := R_NormedModule)); exact J.
Qed.

Lemma uniform_size : is_RInt (fun x => Rabs x * uniform_density) (- sqrt 3) (sqrt 3) (sqrt 3 / 2).
Proof.
  destruct root_three as [S3 _]; replace (sqrt 3 / 2) with (sqrt 3 / 4 + sqrt 3 / 4) by field.
  apply even_interval; [intros x; rewrite Rabs_Ropp; reflexivity|].
  assert (K := is_RInt_scal (V := R_NormedModule) _ _ _ (1 / 2) _ uniform_mean_abs).
  assert (Q : sqrt 3 / 4 = scal (1 / 2) (sqrt 3 / 2)) by (change (sqrt 3 / 4 = 1 / 2 * (sqrt 3 / 2)); field); rewrite Q.
  apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (1 / 2) (2 * (x * uniform_density)))); [|exact K].
  intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx; rewrite (Rabs_pos_eq x) by lra.
  unfold scal; simpl; unfold mult; simpl; field.
Qed.

Theorem shamir_lemma_1_two_laws : forall k,
  (single (normal_weights k) Rabs /\ average (normal_weights k) Rabs < 8 / 10) /\
  (single (uniform_weights k) Rabs /\ average (uniform_weights k) Rabs < 9 / 10).
Proof.
  intros k; split.
  - destruct (normal_is Rabs _ normal_size) as [I E]; split; [exact I|].
    change (normal_integral Rabs < 8 / 10); rewrite E; exact normal_size_below.
  - destruct (uniform_is k Rabs _ uniform_size) as [I E]; split; [exact I|]; rewrite E; destruct root_three; lra.
Qed.

(** ** Assumption 1 *)

(** low is inf f. *)
Definition infimum (f : R -> R) (low : R) : Prop :=
  (forall p, low <= f p) /\ forall e, 0 < e -> exists p, f p < low + e.

Lemma increasing_logistic : forall p q, p < q -> ln (1 + exp p) < ln (1 + exp q).
Proof.
  intros p q H; assert (A := exp_pos p); apply ln_increasing; [lra|]; assert (B := exp_increasing p q H); lra.
Qed.

Lemma logistic_derivative : forall p, is_derive (fun x => ln (1 + exp x)) p (exp p / (1 + exp p)).
Proof. intros p; assert (A := exp_pos p); auto_derive; [lra|field; lra]. Qed.

(** (x + 1)^2 with the distance 1/4, and log(1 + e^x) with log(1 + e^(-1/2)), both exact. *)
Theorem shamir_assumption_1_examples :
  (assumption_1 (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) 0 (1 / 4) /\ infimum (fun p => (p + 1) ^ 2) 0) /\
  (assumption_1 (fun p => ln (1 + exp p)) (fun p => exp p / (1 + exp p)) 0 (ln (1 + exp (- (1 / 2)))) /\
   infimum (fun p => ln (1 + exp p)) 0).
Proof.
  assert (Pos : forall p, 0 < ln (1 + exp p)).
  { intros p; rewrite <- ln_1; assert (A := exp_pos p); apply ln_increasing; lra. }
  split; split; [split| |split|].
  - intros p; auto_derive; [trivial|ring].
  - split; [|split; [|split; [lra|]]].
    + intros z Hz; exists (2 * (z + 1)); intros p q Hp Hq.
      replace ((p + 1) ^ 2 - (q + 1) ^ 2) with ((p + q + 2) * (p - q)) by ring.
      rewrite Rabs_mult; apply Rmult_le_compat_r; [apply Rabs_pos|apply Rabs_le; lra].
    + intros p q Hp; assert (0 < (q - p) * (p + q + 2)) by (apply Rmult_lt_0_compat; lra).
      replace ((q + 1) ^ 2) with ((p + 1) ^ 2 + (q - p) * (p + q + 2)) by ring; lra.
    + intros p Hp; assert (0 <= (p + 1 / 2) * (p + 3 / 2)) by (apply Rmult_le_pos; lra).
      replace ((p + 1) ^ 2) with (1 / 4 + (p + 1 / 2) * (p + 3 / 2)) by field; lra.
  - split; [intros p; apply pow2_ge_0|intros e He; exists (-1); simpl; lra].
  - exact logistic_derivative.
  - split; [|split; [|split; [apply Pos|]]].
    + intros z _; exists 1; intros p q _ _; rewrite Rmult_1_l.
      destruct (MVT_gen (fun x => ln (1 + exp x)) q p (fun x => exp x / (1 + exp x))) as [c [_ E]].
      * intros x _; apply logistic_derivative.
      * intros x _; apply continuity_pt_filterlim, (ex_derive_continuous (fun x => ln (1 + exp x))).
        eexists; apply logistic_derivative.
      * rewrite E, Rabs_mult; rewrite <- (Rmult_1_l (Rabs (p - q))) at 2; apply Rmult_le_compat_r; [apply Rabs_pos|].
        assert (A := exp_pos c); rewrite Rabs_pos_eq by (left; apply Rdiv_lt_0_compat; lra).
        apply (Rmult_le_reg_r (1 + exp c)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra.
    + intros p q H; apply increasing_logistic; lra.
    + intros p Hp; rewrite Rplus_0_l; destruct (Req_dec p (- (1 / 2))) as [->|N]; [apply Rle_refl|].
      left; apply increasing_logistic; lra.
  - split; [intros p; left; apply Pos|]; intros e He; exists (ln (exp e - 1) - 1).
    assert (U := exp_ineq1 e ltac:(lra)); rewrite Rplus_0_l.
    assert (A := exp_pos (ln (exp e - 1) - 1)); apply Rlt_le_trans with (ln (exp e)); [|rewrite ln_exp; lra].
    apply ln_increasing; [lra|].
    assert (B := exp_increasing (ln (exp e - 1) - 1) (ln (exp e - 1)) ltac:(lra)); rewrite exp_ln in B by lra; lra.
Qed.

(** ** Assumption 2 *)

(** The integral of an odd function, by its primitive. *)
Lemma line_of_primitive : forall f G : R -> R, (forall x, is_derive G x (f x)) -> (forall x, continuous f x) ->
  (forall x, G (- x) = G x) -> is_lim G p_infty 0 -> line f 0.
Proof.
  intros f G D C Even Up.
  assert (F : f = Derive G) by (apply FunctionalExtensionality.functional_extensionality; intros x; symmetry; apply is_derive_unique, D).
  assert (Down : is_lim G m_infty 0).
  { apply (is_lim_ext (fun t => G (- t))); [exact Even|].
    apply (is_lim_comp G Ropp m_infty 0 p_infty); [exact Up| |exists 0; intros t _ H; discriminate H].
    replace p_infty with (Rbar_opp m_infty) by reflexivity; apply is_lim_opp, is_lim_id. }
  unfold line; rewrite F; replace 0 with (0 - 0) by ring; apply is_RInt_gen_Derive.
  - apply filter_forall; intros ab x _; eexists; apply D.
  - apply filter_forall; intros ab x _; rewrite <- F; apply C.
  - exact Down.
  - exact Up.
Qed.

Lemma normal_mean : line (fun x => x * normal_density x) 0.
Proof.
  destruct root_two_pi as [S _]; apply (line_of_primitive _ (fun t => - (/ sqrt (2 * PI) * bell t))).
  - intros x; unfold bell, normal_density; auto_derive; [trivial|].
    change (- (x * (x * 1)) * / 2) with (- x ^ 2 / 2); field; lra.
  - intros x; apply (ex_derive_continuous (fun t => t * normal_density t)); unfold normal_density; auto_derive; trivial.
  - intros x; unfold bell; replace ((- x) ^ 2) with (x ^ 2) by ring; reflexivity.
  - replace (Finite 0) with (Rbar_opp (Rbar_mult (/ sqrt (2 * PI)) 0)) by (simpl; f_equal; ring).
    apply is_lim_opp, is_lim_scal_l, bell_limit.
Qed.

Lemma uniform_primitive : forall (h H : R -> R) l, (forall x, is_derive H x (h x)) -> (forall x, continuous h x) ->
  H (sqrt 3) - H (- sqrt 3) = l / uniform_density -> is_RInt (fun x => h x * uniform_density) (- sqrt 3) (sqrt 3) l.
Proof.
  intros h H l D C E; destruct root_three as [S3 _].
  assert (u0 : uniform_density <> 0) by (unfold uniform_density; apply Rgt_not_eq, Rdiv_lt_0_compat; lra).
  assert (K := is_RInt_derive (V := R_CompleteNormedModule) H h (- sqrt 3) (sqrt 3) (fun x _ => D x) (fun x _ => C x)).
  apply (is_RInt_scal (V := R_NormedModule) _ _ _ uniform_density) in K.
  assert (Q : l = scal uniform_density (minus (H (sqrt 3)) (H (- sqrt 3)))).
  { change (l = uniform_density * (H (sqrt 3) - H (- sqrt 3))); rewrite E; field; exact u0. }
  rewrite Q; apply (is_RInt_ext (V := R_NormedModule) (fun x => scal uniform_density (h x))); [|exact K].
  intros x _; apply Rmult_comm.
Qed.

Lemma uniform_within : forall b, 0 <= b ->
  is_RInt (fun x => within b x * uniform_density) (- sqrt 3) (sqrt 3) (2 * (Rmin (sqrt 3) b * uniform_density)).
Proof.
  intros b Hb; destruct root_three as [S3 _].
  replace (2 * (Rmin (sqrt 3) b * uniform_density)) with (Rmin (sqrt 3) b * uniform_density + Rmin (sqrt 3) b * uniform_density) by ring.
  apply even_interval; [intros x; unfold within; rewrite Rabs_Ropp; reflexivity|].
  assert (In : forall c, 0 <= c <= b -> is_RInt (fun x => within b x * uniform_density) 0 c (c * uniform_density)).
  { intros c Hc; apply (is_RInt_ext (V := R_NormedModule) (fun _ => uniform_density)).
    - intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx; unfold within.
      rewrite Rabs_pos_eq by lra; destruct (Rle_dec x b) as [_|N]; [symmetry; apply Rmult_1_l|lra].
    - evar_last; [apply (is_RInt_const (V := R_NormedModule))|change ((c - 0) * uniform_density = c * uniform_density); ring]. }
  destruct (Rle_lt_dec (sqrt 3) b) as [L|L]; [rewrite Rmin_left by exact L; apply In; lra|].
  rewrite Rmin_right by lra; replace (b * uniform_density) with (plus (b * uniform_density) 0) by apply Rplus_0_r.
  apply (is_RInt_Chasles (V := R_NormedModule)) with b; [apply In; lra|].
  apply (is_RInt_ext (V := R_NormedModule) (fun _ => 0)).
  - intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx; unfold within.
    rewrite Rabs_pos_eq by lra; destruct (Rle_dec x b) as [N|_]; [lra|symmetry; apply Rmult_0_l].
  - evar_last; [apply (is_RInt_const (V := R_NormedModule))|change ((sqrt 3 - b) * 0 = 0); ring].
Qed.

(** The normal law with c1 = sqrt (2/pi) and c2 = 1/5, the uniform one with c1 = 1/sqrt 3 and c2 = 1/10; mean 0 and variance 1. *)
Theorem shamir_assumption_2_examples : forall k,
  (assumption_2 (sqrt (2 / PI)) (1 - 1 / 5) k (normal_weights k) /\
   single (normal_weights k) (fun x => x) /\ average (normal_weights k) (fun x => x) = 0 /\
   average (normal_weights k) (fun x => x ^ 2) = 1) /\
  (assumption_2 (/ sqrt 3) (1 - 1 / 10) k (uniform_weights k) /\
   single (uniform_weights k) (fun x => x) /\ average (uniform_weights k) (fun x => x) = 0 /\
   average (uniform_weights k) (fun x => x ^ 2) = 1).
Proof.
  intros k; destruct (shamir_lemma_1_two_laws k) as [[N1 N2] [U1 U2]]; split.
  - destruct (normal_is (fun x => x ^ 2) _ normal_square) as [I2 E2]; destruct (normal_is (fun x => x) _ normal_mean) as [I1 E1].
    split; [split; [split; [exact N1|lra]|split; [split; [exact I2|right; exact E2]|]]|split; [exact I1|split; [exact E1|exact E2]]].
    intros b Hb; destruct (normal_is (within b) _ (normal_within b Hb)) as [I E]; split; [exact I|].
    change (normal_integral (within b) <= sqrt (2 / PI) * b); rewrite E; destruct root_two_pi as [S [_ ->]].
    assert (H := half_bell_below b Hb); apply (Rmult_le_reg_r (sqrt (2 * PI))); [exact S|].
    replace (2 * (/ sqrt (2 * PI) * half_bell b) * sqrt (2 * PI)) with (2 * half_bell b) by (field; lra).
    replace (2 / sqrt (2 * PI) * b * sqrt (2 * PI)) with (2 * b) by (field; lra); lra.
  - destruct root_three as [S3 [SS _]].
    assert (Hu : / uniform_density = 2 * sqrt 3) by (unfold uniform_density; field; lra).
    destruct (uniform_is k (fun x => x ^ 2) 1) as [I2 E2].
    { apply (uniform_primitive _ (fun x => x ^ 3 / 3)).
      - intros x; auto_derive; [trivial|field].
      - intros x; apply (ex_derive_continuous (fun x => x ^ 2)); auto_derive; trivial.
      - unfold Rdiv at 3; rewrite Hu; replace (sqrt 3 ^ 3) with (sqrt 3 * sqrt 3 * sqrt 3) by ring.
        replace ((- sqrt 3) ^ 3) with (- (sqrt 3 * sqrt 3 * sqrt 3)) by ring; rewrite SS; field. }
    destruct (uniform_is k (fun x => x) 0) as [I1 E1].
    { apply (uniform_primitive _ (fun x => x ^ 2 / 2)).
      - intros x; auto_derive; [trivial|field].
      - intros x; apply continuous_id.
      - unfold Rdiv at 3; rewrite Hu; field. }
    split; [split; [split; [exact U1|lra]|split; [split; [exact I2|right; exact E2]|]]|split; [exact I1|split; [exact E1|exact E2]]].
    intros b Hb; destruct (uniform_is k (within b) _ (uniform_within b Hb)) as [I E]; split; [exact I|]; rewrite E.
    assert (M := Rmin_r (sqrt 3) b); unfold uniform_density; apply (Rmult_le_reg_r (sqrt 3)); [exact S3|].
    replace (2 * (Rmin (sqrt 3) b * (1 / (2 * sqrt 3))) * sqrt 3) with (Rmin (sqrt 3) b) by (field; lra).
    replace (/ sqrt 3 * b * sqrt 3) with b by (field; lra); exact M.
Qed.
