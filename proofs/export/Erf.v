(* The error function lies between -1 and 1: the square of the integral of exp (- t ^ 2) from 0 to x,
   plus a positive integral, is PI / 4 for all x, as its derivative is 0. *)

Definition bell_integral (x : R) : R := RInt (fun t => exp (- t ^ 2)) 0 x.

Definition rest_of_bell (x : R) : R := RInt (fun t => exp (- (x ^ 2 * (1 + t ^ 2))) / (1 + t ^ 2)) 0 1.

Lemma one_more (t : R) : 0 < 1 + t ^ 2.
Proof. generalize (pow2_ge_0 t); lra. Qed.

Lemma bell_continuous t : continuous (fun t => exp (- t ^ 2)) t.
Proof.
  apply (ex_derive_continuous (V := R_NormedModule)); exists (- (2 * t) * exp (- t ^ 2)).
  auto_derive; [trivial | simpl; ring].
Qed.

Lemma bell_integrable a b : ex_RInt (fun t => exp (- t ^ 2)) a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros; apply bell_continuous. Qed.

Lemma bell_integral_der x : is_derive bell_integral x (exp (- x ^ 2)).
Proof.
  apply (is_derive_RInt (V := R_NormedModule) (fun t => exp (- t ^ 2)) bell_integral 0 x).
  - exists (mkposreal 1 Rlt_0_1); intros y _; apply (RInt_correct (V := R_CompleteNormedModule)).
    apply bell_integrable.
  - apply bell_continuous.
Qed.

Lemma rest_der_at x t :
  is_derive (fun x => exp (- (x ^ 2 * (1 + t ^ 2))) / (1 + t ^ 2)) x
    (- (2 * x * exp (- (x ^ 2 * (1 + t ^ 2))))).
Proof.
  auto_derive; [trivial|]; simpl; field; generalize (one_more t); simpl; lra.
Qed.

Lemma rest_continuous x t : continuous (fun t => exp (- (x ^ 2 * (1 + t ^ 2))) / (1 + t ^ 2)) t.
Proof.
  apply (ex_derive_continuous (V := R_NormedModule)); auto_derive.
  generalize (one_more t); simpl; lra.
Qed.

Lemma rest_integrable x a b : ex_RInt (fun t => exp (- (x ^ 2 * (1 + t ^ 2))) / (1 + t ^ 2)) a b.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros; apply rest_continuous. Qed.

Lemma rest_der x : is_derive rest_of_bell x (RInt (fun t => - (2 * x * exp (- (x ^ 2 * (1 + t ^ 2))))) 0 1).
Proof.
  rewrite (RInt_ext _ (fun t => Derive (fun x => exp (- (x ^ 2 * (1 + t ^ 2))) / (1 + t ^ 2)) x)).
  - apply (is_derive_RInt_param (fun x t => exp (- (x ^ 2 * (1 + t ^ 2))) / (1 + t ^ 2)) 0 1 x).
    + exists (mkposreal 1 Rlt_0_1); intros y _ t _; exists (- (2 * y * exp (- (y ^ 2 * (1 + t ^ 2))))).
      apply rest_der_at.
    + intros t _.
      apply (continuity_2d_pt_ext (fun u v => - (2 * u * exp (- (u * u * (1 + v * v)))))).
      * intros u v; symmetry; etransitivity; [apply is_derive_unique, rest_der_at|].
        simpl; rewrite !Rmult_1_r; reflexivity.
      * apply continuity_2d_pt_opp, continuity_2d_pt_mult.
        -- apply continuity_2d_pt_mult; [apply continuity_2d_pt_const | apply continuity_2d_pt_id1].
        -- apply (continuity_1d_2d_pt_comp exp (fun u v => - (u * u * (1 + v * v)))).
           ++ apply derivable_continuous_pt, derivable_pt_exp.
           ++ apply continuity_2d_pt_opp, continuity_2d_pt_mult.
              ** apply continuity_2d_pt_mult; apply continuity_2d_pt_id1.
              ** apply continuity_2d_pt_plus; [apply continuity_2d_pt_const|].
                 apply continuity_2d_pt_mult; apply continuity_2d_pt_id2.
    + exists (mkposreal 1 Rlt_0_1); intros y _; apply rest_integrable.
  - intros t _; symmetry; apply is_derive_unique, rest_der_at.
Qed.

Lemma rest_der_is x :
  RInt (fun t => - (2 * x * exp (- (x ^ 2 * (1 + t ^ 2))))) 0 1
  = - (2 * exp (- x ^ 2) * bell_integral x).
Proof.
  assert (B : bell_integral x = RInt (fun t => x * exp (- (x * t) ^ 2)) 0 1).
  { unfold bell_integral; symmetry.
    generalize (RInt_comp_lin (V := R_CompleteNormedModule) (fun t => exp (- t ^ 2)) x 0 0 1).
    rewrite !Rmult_0_r, !Rmult_1_r, !Rplus_0_r; intros K; rewrite <- K by apply bell_integrable.
    apply RInt_ext; intros t _; rewrite Rplus_0_r; reflexivity. }
  rewrite B.
  replace (- (2 * exp (- x ^ 2) * RInt (fun t => x * exp (- (x * t) ^ 2)) 0 1))
    with (scal (- (2 * exp (- x ^ 2))) (RInt (fun t => x * exp (- (x * t) ^ 2)) 0 1))
    by (unfold scal; simpl; unfold mult; simpl; ring).
  rewrite <- (RInt_scal (V := R_CompleteNormedModule)).
  - apply RInt_ext; intros t _; unfold scal; simpl; unfold mult; simpl.
    replace (- (x * (x * 1) * (1 + t * (t * 1)))) with (- (x * (x * 1)) + - (x * t * (x * t * 1)))
      by ring.
    rewrite exp_plus; ring.
  - apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t _.
    apply (ex_derive_continuous (V := R_NormedModule)); auto_derive; trivial.
Qed.

Lemma rest_ge x : 0 <= rest_of_bell x.
Proof.
  apply RInt_ge_0; [lra | apply rest_integrable|]; intros t _.
  left; apply Rdiv_lt_0_compat; [apply exp_pos | apply one_more].
Qed.

Lemma rest_at_zero : rest_of_bell 0 = PI / 4.
Proof.
  unfold rest_of_bell; rewrite <- atan_1.
  rewrite (RInt_ext _ (fun t => / (1 + t ^ 2))).
  - apply is_RInt_unique; replace (atan 1) with (minus (atan 1) (atan 0))
      by (rewrite atan_0; unfold minus, plus, opp; simpl; ring).
    apply (is_RInt_derive (V := R_CompleteNormedModule) atan).
    + intros t _; apply is_derive_Reals, derivable_pt_lim_atan.
    + intros t _; apply (ex_derive_continuous (V := R_NormedModule)); auto_derive.
      generalize (one_more t); simpl; lra.
  - intros t _; replace (- (0 ^ 2 * (1 + t ^ 2))) with 0 by (simpl; ring); rewrite exp_0.
    exact (Rmult_1_l _).
Qed.

Lemma bell_total x : bell_integral x ^ 2 + rest_of_bell x = PI / 4.
Proof.
  assert (D : forall t, is_derive (fun x => bell_integral x ^ 2 + rest_of_bell x) t zero).
  { intros t; evar_last.
    - apply (is_derive_plus (V := R_NormedModule) (fun x => bell_integral x ^ 2) rest_of_bell t).
      + apply (is_derive_pow bell_integral 2 t); apply bell_integral_der.
      + apply rest_der.
    - rewrite rest_der_is; unfold plus, zero; simpl; ring. }
  assert (Z : bell_integral 0 ^ 2 + rest_of_bell 0 = PI / 4).
  { rewrite rest_at_zero; unfold bell_integral; rewrite RInt_point; unfold zero; simpl; ring. }
  rewrite <- Z; destruct (Rtotal_order x 0) as [L | [-> | L]]; [|reflexivity|].
  - apply (eq_is_derive (fun x => bell_integral x ^ 2 + rest_of_bell x) x 0); [intros; apply D | exact L].
  - symmetry.
    apply (eq_is_derive (fun x => bell_integral x ^ 2 + rest_of_bell x) 0 x); [intros; apply D | exact L].
Qed.

Lemma erf_square u : erf u ^ 2 <= 1.
Proof.
  assert (P : 0 < sqrt PI) by (apply sqrt_lt_R0, PI_RGT_0).
  generalize (bell_total u) (rest_ge u) PI_RGT_0; intros T G Q; unfold erf; fold (bell_integral u).
  replace ((2 / sqrt PI * bell_integral u) ^ 2) with (4 * bell_integral u ^ 2 / (sqrt PI * sqrt PI))
    by (field; lra).
  rewrite sqrt_sqrt by (left; apply PI_RGT_0).
  apply (Rmult_le_reg_r PI); [apply PI_RGT_0|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra.
Qed.

Lemma lo_erf u : - 1 <= erf u.
Proof. generalize (erf_square u); intros; nra. Qed.

Lemma hi_erf u : erf u <= 1.
Proof. generalize (erf_square u); intros; nra. Qed.

Lemma der_erf u t du : derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => erf (u x)) t (2 / sqrt PI * exp (- u t ^ 2) * du).
Proof.
  intros U; apply (der_comp erf _ _ _ _ U), is_derive_Reals.
  apply (is_derive_scal bell_integral (u t) (2 / sqrt PI)), bell_integral_der.
Qed.

Lemma cont_erf u t : continuity_pt u t -> continuity_pt (fun x => erf (u x)) t.
Proof. intros U; exact (cont_of_der _ _ _ _ U (der_erf (fun x => x) (u t) 1 (der_id _))). Qed.

Lemma erf_grows a b : a <= b -> erf a <= erf b.
Proof.
  intros [L | <-]; [|lra].
  destruct (mean_value erf (fun t => 2 / sqrt PI * exp (- t ^ 2) * 1) a b L) as [c [_ E]].
  - intros t _; exact (cont_erf _ _ (cont_id t)).
  - intros t _; exact (der_erf _ _ _ (der_id t)).
  - assert (P : 0 < sqrt PI) by (apply sqrt_lt_R0, PI_RGT_0).
    assert (0 < 2 / sqrt PI * exp (- c ^ 2) * 1 * (b - a)); [|lra].
    repeat apply Rmult_lt_0_compat; try lra; [apply Rinv_0_lt_compat, P | apply exp_pos].
Qed.

Lemma lo_erf_at u a q : a <= u -> q <= erf a -> q <= erf u.
Proof. intros H K; generalize (erf_grows a u H); lra. Qed.

Lemma hi_erf_at u a q : u <= a -> erf a <= q -> erf u <= q.
Proof. intros H K; generalize (erf_grows u a H); lra. Qed.

Ltac area := clear; unfold erf; integral with (i_prec 80, i_relwidth 60).
