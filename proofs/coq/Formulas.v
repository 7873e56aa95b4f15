(** The slope f' of a loss, written as a formula, continued to complex numbers: holomorphic wherever no denominator is zero
    and no argument of a root or a logarithm meets the half-line (-oo, 0] - which is what Arb's analytic evaluation checks. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime EllipseChebyshev.
Open Scope R_scope.

(** ** The exponential function *)

Definition cexp (z : C) : C := (exp (fst z) * cos (snd z), exp (fst z) * sin (snd z)).

Lemma cexp_plus : forall y z, cexp (y + z)%C = (cexp y * cexp z)%C.
Proof.
  intros [a b] [c d]; unfold cexp; cbn [fst snd Cplus]; rewrite exp_plus, cos_plus, sin_plus.
  unfold Cmult; apply injective_projections; cbn [fst snd]; ring.
Qed.

Lemma cexp_modulus : forall z, Cmod (cexp z) = exp (fst z).
Proof.
  intros [a b]; assert (E := exp_pos a); rewrite <- (sqrt_pow2 (Cmod _)) by apply Cmod_ge_0; rewrite modulus_square; unfold cexp; cbn [fst snd].
  assert (T := sin2_cos2 b); unfold Rsqr in T; replace ((exp a * cos b) ^ 2 + (exp a * sin b) ^ 2) with (exp a ^ 2 * (sin b * sin b + cos b * cos b)) by ring.
  rewrite T, Rmult_1_r; apply sqrt_pow2; lra.
Qed.

Lemma exp_second : forall a, Rabs a <= 1 -> Rabs (exp a - 1 - a) <= 2 * a ^ 2 /\ exp a <= 3.
Proof.
  intros a Ha; apply Rabs_le_between in Ha; assert (L := exp_ineq1_le a); assert (M := exp_ineq1_le (- a / 2)); assert (P := exp_pos (a / 2)).
  assert (I : exp (a / 2) * exp (- a / 2) = 1) by (rewrite <- exp_plus, <- exp_0; f_equal; field).
  assert (S : exp a = exp (a / 2) * exp (a / 2)) by (rewrite <- exp_plus; f_equal; field); set (t := exp (a / 2)) in *.
  assert (B : t * (1 - a / 2) <= 1) by (rewrite <- I; apply Rmult_le_compat_l; lra).
  assert (T : t <= 1 + a / 2 + a ^ 2 / 2) by nra.
  assert (E3 : exp a <= 3) by (apply Rle_trans with (exp 1); [destruct (Req_dec a 1) as [->|N]; [lra|left; apply exp_increasing; lra]|exact exp_le_3]).
  split; [|exact E3]; rewrite Rabs_pos_eq by lra; rewrite S; assert (0 <= a ^ 2) by apply pow2_ge_0.
  assert (t * t <= (1 + a / 2 + a ^ 2 / 2) * (1 + a / 2 + a ^ 2 / 2)) by (apply Rmult_le_compat; lra); nra.
Qed.

Lemma trig_second : forall b, Rabs (cos b - 1) <= b ^ 2 /\ Rabs (sin b) <= Rabs b /\ (Rabs b <= 1 -> Rabs (sin b - b) <= b ^ 2).
Proof.
  intros b.
  assert (D : forall f f' : R -> R, (forall y, is_derive f y (f' y)) -> forall K, (forall y, Rabs y <= Rabs b -> Rabs (f' y) <= K) -> Rabs (f b - f 0) <= K * Rabs b).
  { intros f f' H K HK; destruct (MVT_gen f 0 b f') as [z [Hz E]].
    - intros y _; apply H.
    - intros y _; apply continuity_pt_filterlim, (ex_derive_continuous f); eexists; apply H.
    - rewrite E, Rminus_0_r, Rabs_mult; apply Rmult_le_compat_r; [apply Rabs_pos|apply HK].
      unfold Rmin, Rmax in Hz; unfold Rabs; destruct (Rle_dec 0 b); destruct (Rcase_abs z), (Rcase_abs b); lra. }
  assert (Dc : forall y, is_derive cos y (- sin y)) by (intros y; auto_derive; [trivial|ring]).
  assert (Ds : forall y, is_derive sin y (cos y)) by (intros y; auto_derive; [trivial|ring]).
  assert (S : Rabs (sin b) <= Rabs b).
  { assert (X := D sin cos Ds 1 ltac:(intros y _; apply Rabs_le, COS_bound)); rewrite sin_0, Rminus_0_r in X; lra. }
  assert (Q : Rabs b * Rabs b = b ^ 2) by (rewrite <- Rabs_mult, Rabs_pos_eq; [ring|nra]).
  assert (C1 : Rabs (cos b - 1) <= b ^ 2).
  { rewrite <- cos_0, <- Q; apply (D cos (fun y => - sin y) Dc); intros y Hy; rewrite Rabs_Ropp; eapply Rle_trans; [|exact Hy].
    destruct (MVT_gen sin 0 y cos) as [z [_ E]]; [intros; apply Ds|intros; apply continuity_pt_filterlim, (ex_derive_continuous sin); eexists; apply Ds|].
    rewrite sin_0, !Rminus_0_r in E; rewrite E, Rabs_mult; assert (X : Rabs (cos z) <= 1) by (apply Rabs_le, COS_bound).
    assert (Y := Rabs_pos y); rewrite <- (Rmult_1_l (Rabs y)) at 2; apply Rmult_le_compat_r; assumption. }
  split; [exact C1|]; split; [exact S|]; intros Hb; rewrite <- Q; replace (sin b - b) with (sin b - b - (sin 0 - 0)) by (rewrite sin_0; ring).
  apply (D (fun y => sin y - y) (fun y => cos y - 1)).
  - intros y; auto_derive; [trivial|ring].
  - intros y Hy; rewrite <- cos_0; destruct (MVT_gen cos 0 y (fun y => - sin y)) as [z [Hz E]];
      [intros; apply Dc|intros; apply continuity_pt_filterlim, (ex_derive_continuous cos); eexists; apply Dc|].
    rewrite E, Rminus_0_r, Rabs_mult, Rabs_Ropp; assert (X : Rabs (sin z) <= 1) by (apply Rabs_le, SIN_bound); assert (Y := Rabs_pos y).
    apply Rle_trans with (1 * Rabs y); [apply Rmult_le_compat_r; assumption|lra].
Qed.

Lemma holomorphic_cexp : forall D, holomorphic D cexp cexp.
Proof.
  intros D.
  assert (Near : forall h : C, Cmod h <= 1 -> Cmod (cexp h - 1 - h)%C <= 20 * Cmod h ^ 2).
  { intros [a b] H; assert (Fa := fst_bound (a, b)); assert (Fb := snd_bound (a, b)); simpl fst in Fa; simpl snd in Fb; set (r := Cmod (a, b)) in *.
    destruct (exp_second a ltac:(lra)) as [E1 E3]; destruct (trig_second b) as [C1 [S1 S2]]; specialize (S2 ltac:(lra)).
    assert (A2 : a ^ 2 <= r ^ 2) by (rewrite <- (pow2_abs a); apply pow_incr; split; [apply Rabs_pos|exact Fa]).
    assert (B2 : b ^ 2 <= r ^ 2) by (rewrite <- (pow2_abs b); apply pow_incr; split; [apply Rabs_pos|exact Fb]).
    assert (E0 := exp_pos a); assert (r0 : 0 <= r) by apply Cmod_ge_0.
    assert (U : Rabs (exp a * cos b - 1 - a) <= 5 * r ^ 2).
    { replace (exp a * cos b - 1 - a) with (exp a - 1 - a + exp a * (cos b - 1)) by ring; eapply Rle_trans; [apply Rabs_triang|].
      rewrite Rabs_mult, (Rabs_pos_eq (exp a)) by lra.
      assert (exp a * Rabs (cos b - 1) <= 3 * r ^ 2) by (apply Rmult_le_compat; try lra; apply Rabs_pos); lra. }
    assert (V : Rabs (exp a * sin b - b) <= 6 * r ^ 2).
    { replace (exp a * sin b - b) with (exp a * (sin b - b) + (exp a - 1) * b) by ring; eapply Rle_trans; [apply Rabs_triang|].
      rewrite !Rabs_mult, (Rabs_pos_eq (exp a)) by lra.
      assert (exp a * Rabs (sin b - b) <= 3 * r ^ 2) by (apply Rmult_le_compat; try lra; apply Rabs_pos).
      assert (X : Rabs (exp a - 1) <= 3 * r).
      { replace (exp a - 1) with (exp a - 1 - a + a) by ring; eapply Rle_trans; [apply Rabs_triang|]; assert (r ^ 2 <= r * 1) by (simpl; nra); lra. }
      assert (Rabs (exp a - 1) * Rabs b <= 3 * r * r) by (apply Rmult_le_compat; try apply Rabs_pos; assumption); simpl in *; lra. }
    assert (Z : (cexp (a, b) - 1 - (a, b))%C = (RtoC (exp a * cos b - 1 - a) + (0, 1) * RtoC (exp a * sin b - b))%C)
      by (unfold cexp; simpl fst; simpl snd; components).
    rewrite Z; eapply Rle_trans; [apply Cmod_triangle|]; rewrite Cmod_mult, !Cmod_R.
    assert (I1 : Cmod (0, 1) = 1) by (unfold Cmod; simpl; replace (0 * (0 * 1) + 1 * (1 * 1)) with 1 by ring; apply sqrt_1).
    rewrite I1; assert (0 <= r ^ 2) by apply pow2_ge_0; lra. }
  assert (Add : forall z y : C, (cexp y - cexp z - (y - z) * cexp z)%C = (cexp z * (cexp (y - z) - 1 - (y - z)))%C).
  { intros z y; replace (cexp y) with (cexp z * cexp (y - z))%C; [ring|]; rewrite <- cexp_plus; f_equal; ring. }
  intros z _; set (m := Cmod (cexp z)); assert (m0 : 0 < m) by (unfold m; rewrite cexp_modulus; apply exp_pos); split.
  - apply complex_derive; intros e; assert (P : 0 < e / (20 * m)) by (apply Rdiv_lt_0_compat; [apply cond_pos|lra]).
    exists (mkposreal _ (Rmin_pos 1 _ Rlt_0_1 P)); intros y Hy; simpl in Hy; rewrite Add, Cmod_mult; fold m.
    assert (A := Rmin_l 1 (e / (20 * m))); assert (B := Rmin_r 1 (e / (20 * m))); assert (N := Near (y - z)%C ltac:(lra)).
    set (t := Cmod (y - z)%C) in *; assert (t0 : 0 <= t) by apply Cmod_ge_0.
    apply Rle_trans with (m * (20 * t ^ 2)); [apply Rmult_le_compat_l; lra|].
    assert (t * (20 * m) <= e) by (apply Rle_div_r; lra); simpl; nra.
  - assert (K0 : 0 < 21 * m) by lra; apply (continuous_by cexp z (mkposreal _ K0) (mkposreal 1 Rlt_0_1)); intros y Hy; simpl in *.
    assert (N := Near (y - z)%C ltac:(lra)); assert (E := Add z y).
    replace (cexp y - cexp z)%C with (cexp z * (cexp (y - z) - 1 - (y - z)) + (y - z) * cexp z)%C by (rewrite <- E; ring).
    eapply Rle_trans; [apply Cmod_triangle|]; rewrite !Cmod_mult; fold m; set (t := Cmod (y - z)%C) in *; assert (t0 : 0 <= t) by apply Cmod_ge_0.
    assert (m * Cmod (cexp (y - z) - 1 - (y - z))%C <= m * (20 * t ^ 2)) by (apply Rmult_le_compat_l; lra).
    assert (t ^ 2 <= t) by (simpl; nra); nra.
Qed.

(** ** Sine and logarithm *)

Definition csin (z : C) : C := (sin (fst z) * cosh (snd z), cos (fst z) * sinh (snd z)).

Lemma analytic_csin : forall D, analytic D csin.
Proof.
  intros D; set (i := (0, 1) : C); assert (X : forall k : C, analytic D (fun z => cexp (k * z)%C)).
  { intros k; apply (analytic_compose D (fun _ => True) (fun z => (k * z)%C) cexp); [|eexists; apply holomorphic_cexp|trivial].
    apply (analytic_times D (fun _ => k) (fun z => z)); [apply analytic_constant|apply analytic_identity]. }
  apply (analytic_ext D (fun z => ((0, (- / 2)%R) * (cexp (i * z) + RtoC (-1) * cexp (- i * z)))%C)).
  - intros [a b]; unfold cexp, csin, sinh, cosh, i; unfold Cmult, Cplus, Copp, RtoC; cbn [fst snd].
    replace (0 * a - 1 * b) with (- b) by ring; replace (0 * b + 1 * a) with a by ring.
    replace (- 0 * a - - (1) * b) with b by ring; replace (- 0 * b + - (1) * a) with (- a) by ring; rewrite cos_neg, sin_neg.
    apply injective_projections; cbn [fst snd]; field.
  - apply (analytic_times D (fun _ => (0, (- / 2)%R)) (fun z => (cexp (i * z) + RtoC (-1) * cexp (- i * z))%C)); [apply analytic_constant|].
    apply (analytic_minus D (fun z => cexp (i * z)%C) (fun z => cexp (- i * z)%C)); apply X.
Qed.

Definition clog (w : C) : C := (ln (Cmod w), 2 * atan (snd (csqrt w) / fst (csqrt w))).

Lemma slit_not_zero : forall w, slit w -> 0 < Cmod w.
Proof.
  intros w H; unfold slit in H; assert (F := fst_bound w); apply Rabs_le_between in F; lra.
Qed.

Lemma cexp_clog : forall w, slit w -> cexp (clog w) = w.
Proof.
  intros w H; assert (P := csqrt_right w H); assert (Q := csqrt_square w H); assert (M := csqrt_modulus w H).
  assert (Sq := modulus_square (csqrt w)); rewrite M in Sq; assert (Z := slit_not_zero w H); unfold cexp, clog; cbn [fst snd]; rewrite exp_ln by exact Z.
  rewrite cos_2a, sin_2a, cos_atan, sin_atan; destruct (csqrt w) as [a b]; cbn [fst snd] in *; rewrite Sq, <- Q.
  assert (T : 0 < 1 + Rsqr (b / a)) by (assert (X := Rle_0_sqr (b / a)); lra).
  set (s := sqrt (1 + Rsqr (b / a))); assert (S0 : 0 < s) by (apply sqrt_lt_R0, T); assert (S2 : s * s = 1 + Rsqr (b / a)) by (apply sqrt_sqrt; lra).
  unfold Rsqr in S2; assert (A2 : a * a * (s * s) = a * a + b * b) by (rewrite S2; field; lra).
  unfold Cmult; apply injective_projections; cbn [fst snd].
  - replace ((a ^ 2 + b ^ 2) * (1 / s * (1 / s) - b / a / s * (b / a / s))) with ((a * a + b * b) * (a * a - b * b) / (a * a * (s * s))) by (field; lra).
    rewrite A2; field; nra.
  - replace ((a ^ 2 + b ^ 2) * (2 * (b / a / s) * (1 / s))) with ((a * a + b * b) * (2 * a * b) / (a * a * (s * s))) by (field; lra).
    rewrite A2; field; nra.
Qed.

Lemma clog_continuous : forall w, slit w -> continuous clog w.
Proof.
  intros w H; destruct (parts_of csqrt w (csqrt_continuous w H)) as [F S]; assert (P := csqrt_right w H); apply by_parts; unfold clog; cbn [fst snd].
  - apply (continuous_comp Cmod ln w).
    + intros B [e He]; apply near_distance; exists e; intros y Hy; apply He; change (Rabs (Cmod y - Cmod w) < e).
      assert (A := Cmod_minus y w); assert (A' := Cmod_minus w y); replace (w - y)%C with (- (y - w))%C in A' by ring; rewrite Cmod_opp in A'.
      apply Rabs_def1; lra.
    + apply (ex_derive_continuous ln); eexists; apply is_derive_ln, slit_not_zero, H.
  - apply (continuous_mult (K := R_AbsRing) (fun _ => 2)); [apply continuous_const|].
    apply (continuous_comp (fun y => snd (csqrt y) / fst (csqrt y)) atan w).
    + apply (continuous_mult (K := R_AbsRing) (fun y => snd (csqrt y)) (fun y => / fst (csqrt y))); [exact S|].
      apply (continuous_comp (fun y => fst (csqrt y)) Rinv w F); apply continuity_pt_filterlim; apply (continuity_pt_inv (fun x => x)); [apply derivable_continuous_pt, derivable_pt_id|lra].
    + apply continuity_pt_filterlim, derivable_continuous_pt, derivable_pt_atan.
Qed.

Lemma holomorphic_clog : holomorphic slit clog (fun w => / w)%C.
Proof.
  intros w H; assert (Z := slit_not_zero w H); assert (N : w <> 0) by (apply Cmod_gt_0, Z); split.
  - apply complex_derive; intros e.
    assert (P : 0 < Rmin (Cmod w / 2) (e * Cmod w ^ 2 / 2)).
    { apply Rmin_pos; [lra|]; assert (0 < e * Cmod w ^ 2) by (apply Rmult_lt_0_compat; [apply cond_pos|apply pow_lt, Z]); lra. }
    set (e' := Rmin _ _) in P; assert (E1 : e' <= Cmod w / 2) by apply Rmin_l; assert (E2 : e' <= e * Cmod w ^ 2 / 2) by apply Rmin_r.
    destruct (holomorphic_cexp (fun _ => True) (clog w) I) as [De _].
    destruct (complex_derive_near _ _ _ De (mkposreal _ P)) as [d Hd]; cbn [pos] in Hd.
    destruct (slit_near w H) as [d1 Hd1].
    assert (Cn : exists d2 : posreal, forall y : C, Cmod (y - w)%C < d2 -> Cmod (clog y - clog w)%C < d).
    { assert (L := clog_continuous w H _ (near_C (clog w) d)); destruct L as [d2 L]; exists d2; intros y Hy; apply L, C_NormedModule_mixin_compat1, Hy. }
    destruct Cn as [d2 Hd2]; exists (mkposreal _ (Rmin_pos d1 d2 (cond_pos d1) (cond_pos d2))); intros y Hy; simpl in Hy.
    assert (A := Rmin_l d1 d2); assert (B := Rmin_r d1 d2); assert (Sy := Hd1 y ltac:(lra)).
    assert (K := Hd (clog y) (Hd2 y ltac:(lra))); rewrite (cexp_clog y Sy), (cexp_clog w H) in K.
    set (g := (clog y - clog w)%C) in *; set (t := Cmod (y - w)%C) in *; set (r := Cmod g) in *; assert (r0 : 0 <= r) by apply Cmod_ge_0.
    assert (T := Cmod_triangle (y - w)%C (- (y - w - g * w))%C); rewrite Cmod_opp in T; fold t in T.
    replace (y - w + - (y - w - g * w))%C with (g * w)%C in T by ring; rewrite Cmod_mult in T; fold r in T.
    assert (R2 : r <= 2 * t / Cmod w) by (apply Rle_div_r; [exact Z|nra]).
    replace (g - (y - w) * / w)%C with (- ((y - w - g * w) * / w))%C by (field; exact N).
    rewrite Cmod_opp, Cmod_mult, Cmod_inv by exact N.
    apply Rle_trans with (e * Cmod w ^ 2 / 2 * (2 * t / Cmod w) * / Cmod w); [|right; field; lra].
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, Z|]; eapply Rle_trans; [exact K|apply Rmult_le_compat; lra].
  - exact (holomorphic_continuous _ _ _ _ holomorphic_inverse N).
Qed.

(** ** Formulas *)

Inductive formula : Set :=
  Place | Number (r : R) | Plus (a b : formula) | Times (a b : formula) | Inverse (a : formula) | Exp (a : formula) | Sin (a : formula)
  | Root (a : formula) | Log (a : formula).

Fixpoint real_value (f : formula) (p : R) : R :=
  match f with
  | Place => p | Number r => r | Plus a b => real_value a p + real_value b p | Times a b => real_value a p * real_value b p
  | Inverse a => / real_value a p | Exp a => exp (real_value a p) | Sin a => sin (real_value a p)
  | Root a => sqrt (real_value a p) | Log a => ln (real_value a p)
  end.

Fixpoint complex_value (f : formula) (z : C) : C :=
  match f with
  | Place => z | Number r => RtoC r | Plus a b => (complex_value a z + complex_value b z)%C
  | Times a b => (complex_value a z * complex_value b z)%C | Inverse a => (/ complex_value a z)%C
  | Exp a => cexp (complex_value a z) | Sin a => csin (complex_value a z) | Root a => csqrt (complex_value a z) | Log a => clog (complex_value a z)
  end.

(** What is checked on B: no denominator is zero, and no argument of a root or a logarithm is on (-oo, 0]. *)
Fixpoint regular (B : C -> Prop) (f : formula) : Prop :=
  match f with
  | Place | Number _ => True
  | Plus a b | Times a b => regular B a /\ regular B b
  | Inverse a => regular B a /\ forall z, B z -> complex_value a z <> 0
  | Exp a | Sin a => regular B a
  | Root a | Log a => regular B a /\ forall z, B z -> slit (complex_value a z)
  end.

Theorem formula_continues : forall (B : C -> Prop) (f : formula), regular B f ->
  (exists G', holomorphic B (complex_value f) G') /\ forall p : R, B p -> complex_value f p = real_value f p.
Proof.
  intros B f; induction f as [|r|a IHa b IHb|a IHa b IHb|a IHa|a IHa|a IHa|a IHa|a IHa]; simpl regular.
  - intros _; split; [exact (analytic_identity B)|reflexivity].
  - intros _; split; [exact (analytic_constant B (RtoC r))|reflexivity].
  - intros [Ra Rb]; destruct (IHa Ra) as [A Ea]; destruct (IHb Rb) as [Bb Eb]; split; [exact (analytic_plus B _ _ A Bb)|].
    intros p Hp; simpl; rewrite (Ea p Hp), (Eb p Hp), RtoC_plus; reflexivity.
  - intros [Ra Rb]; destruct (IHa Ra) as [A Ea]; destruct (IHb Rb) as [Bb Eb]; split; [exact (analytic_times B _ _ A Bb)|].
    intros p Hp; simpl; rewrite (Ea p Hp), (Eb p Hp), RtoC_mult; reflexivity.
  - intros [Ra N]; destruct (IHa Ra) as [A Ea]; split; [exact (analytic_inverse B _ A N)|].
    intros p Hp; specialize (N p Hp); simpl; rewrite (Ea p Hp) in N |- *; rewrite RtoC_inv; [reflexivity|intros Z; apply N; rewrite Z; reflexivity].
  - intros Ra; destruct (IHa Ra) as [A Ea]; split.
    + apply (analytic_compose B (fun _ => True) _ cexp A); [eexists; apply holomorphic_cexp|trivial].
    + intros p Hp; simpl; rewrite (Ea p Hp); unfold cexp; cbn [fst snd RtoC]; rewrite cos_0, sin_0; unfold RtoC; f_equal; ring.
  - intros Ra; destruct (IHa Ra) as [A Ea]; split; [exact (analytic_compose B (fun _ => True) _ csin A (analytic_csin _) (fun _ _ => I))|].
    intros p Hp; simpl; rewrite (Ea p Hp); unfold csin; cbn [fst snd RtoC]; rewrite cosh_0, sinh_0; unfold RtoC; f_equal; ring.
  - intros [Ra S]; destruct (IHa Ra) as [A Ea]; split; [apply (analytic_compose B slit _ csqrt A); [eexists; exact holomorphic_csqrt|exact S]|].
    intros p Hp; specialize (S p Hp); simpl; rewrite (Ea p Hp) in S |- *; apply csqrt_real.
    unfold slit in S; rewrite Cmod_R in S; cbn [fst RtoC] in S; unfold Rabs in S; destruct (Rcase_abs (real_value a p)); lra.
  - intros [Ra S]; destruct (IHa Ra) as [A Ea]; split; [apply (analytic_compose B slit _ clog A); [eexists; exact holomorphic_clog|exact S]|].
    intros p Hp; specialize (S p Hp); simpl; rewrite (Ea p Hp) in S |- *; set (v := real_value a p) in *.
    assert (V : 0 < v) by (unfold slit in S; rewrite Cmod_R in S; cbn [fst RtoC] in S; unfold Rabs in S; destruct (Rcase_abs v); lra).
    unfold clog; rewrite csqrt_real, Cmod_R, Rabs_pos_eq by lra; cbn [fst snd RtoC]; unfold Rdiv; rewrite Rmult_0_l, atan_0, Rmult_0_r; reflexivity.
Qed.

Lemma regular_somewhere : forall (f : formula) (N : nat) (B : nat -> C -> Prop), (forall i, (i < N)%nat -> regular (B i) f) ->
  regular (fun z => exists i, (i < N)%nat /\ B i z) f.
Proof.
  induction f as [|r|a IHa b IHb|a IHa b IHb|a IHa|a IHa|a IHa|a IHa|a IHa]; intros N B H; simpl in *; trivial.
  - split; [apply IHa|apply IHb]; intros i Hi; apply (H i Hi).
  - split; [apply IHa|apply IHb]; intros i Hi; apply (H i Hi).
  - split; [apply IHa; intros i Hi; apply (H i Hi)|intros z [i [Hi Hz]]; apply (H i Hi), Hz].
  - apply IHa; exact H.
  - apply IHa; exact H.
  - split; [apply IHa; intros i Hi; apply (H i Hi)|intros z [i [Hi Hz]]; apply (H i Hi), Hz].
  - split; [apply IHa; intros i Hi; apply (H i Hi)|intros z [i [Hi Hz]]; apply (H i Hi), Hz].
Qed.

(** What [flow_time_quadrature] asks of f', for a formula: all that is left are inequalities on the discs. *)
Lemma formula_discs : forall (J N : nat) (sigma : R) (f : formula) (c a low : nat -> R) (B : nat -> C -> Prop),
  (forall i, (i < N)%nat ->
    (forall j, (j < J)%nat -> 0 <= c j /\ 2 * half a i < branch (c j) (middle a i)) /\
    regular (B i) f /\ 0 < low i /\ (forall p, B i p -> low i <= Cmod (complex_value f p)) /\
    (forall z, disc (middle a i) (2 * half a i) z -> B i (sigma * (z * croot J c z))%C)) ->
  exists G', discs_fit J N sigma (real_value f) (complex_value f) G' c a low B.
Proof.
  intros J N sigma f c a low B H.
  destruct (formula_continues _ f (regular_somewhere f N B (fun i Hi => proj1 (proj2 (H i Hi))))) as [[G' HG] Real]; exists G'.
  intros i Hi; destruct (H i Hi) as [H1 [_ [H2 [H3 H4]]]]; split; [exact H1|]; split; [intros z Hz; apply HG; exists i; split; assumption|].
  split; [intros p Hp; apply Real; exists i; split; assumption|]; repeat split; assumption.
Qed.
