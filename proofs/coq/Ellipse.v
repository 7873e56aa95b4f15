(** Functions that are complex differentiable in an ellipse with foci -1 and 1: their Chebyshev
    coefficients fall geometrically.  The integral of F over a confocal ellipse, against a power, does not
    depend on the ellipse: by the Cauchy-Riemann equations its derivative is that of a periodic function. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries.
Open Scope R_scope.

(** F has the complex derivative F', and F' is continuous, on D. *)
Definition holomorphic (D : C -> Prop) (F F' : C -> C) : Prop :=
  forall z : C, D z -> is_derive (K := C_AbsRing) (V := C_NormedModule) F z (F' z) /\ continuous F' z.

(** The open ellipse with foci -1 and 1 and sum of the semi-axes rho *)
Definition ellipse (rho : R) (z : C) : Prop := Cmod (z - 1)%C + Cmod (z + 1)%C < rho + / rho.

Ltac components := unfold Cmult, Cminus, Cplus, Copp, RtoC; simpl; apply injective_projections; simpl; ring.

(** ** A complex derivative along a curve *)

Lemma near_C : forall (z : C) (e : posreal), locally z (fun y : C => Cmod (y - z)%C < e).
Proof.
  intros z e; assert (P : 0 < e / sqrt 2) by (apply Rdiv_lt_0_compat; [apply cond_pos|apply sqrt_lt_R0; lra]).
  exists (mkposreal _ P); intros y Hy; assert (K := C_NormedModule_mixin_compat2 z y _ Hy).
  simpl in K; replace (sqrt 2 * (e / sqrt 2)) with (pos e) in K by (field; apply Rgt_not_eq, sqrt_lt_R0; lra); exact K.
Qed.

(** The definition of the derivative, with moduli. *)
Lemma complex_derive : forall (F : C -> C) (z l : C),
  (forall e : posreal, exists d : posreal, forall y : C, Cmod (y - z)%C < d ->
    Cmod (F y - F z - (y - z) * l)%C <= e * Cmod (y - z)%C) ->
  is_derive (K := C_AbsRing) (V := C_NormedModule) F z l.
Proof.
  intros F z l H; split; [apply is_linear_scal_l|]; intros x Hx.
  apply (is_filter_lim_locally_unique (K := C_AbsRing) (V := AbsRing_NormedModule C_AbsRing)) in Hx; subst x.
  intros e; destruct (H e) as [d Hd]; exists d; intros y Hy; exact (Hd y Hy).
Qed.

Lemma fst_bound : forall z : C, Rabs (fst z) <= Cmod z.
Proof. intros z; eapply Rle_trans; [apply Rmax_l|apply Rmax_Cmod]. Qed.

Lemma snd_bound : forall z : C, Rabs (snd z) <= Cmod z.
Proof. intros z; eapply Rle_trans; [apply Rmax_r|apply Rmax_Cmod]. Qed.

Lemma norm_pair : forall x y : R, norm (K := R_AbsRing) (V := prod_NormedModule R_AbsRing R_NormedModule R_NormedModule) (x,
  y)
  = Cmod (x, y).
Proof.
  intros x y; unfold Cmod; rewrite <- (pow2_abs (fst (x, y))), <- (pow2_abs (snd (x, y))); reflexivity.
Qed.

(** The real linear maps p of C that are no larger than the modulus: real and imaginary part. *)
Definition part (p : C -> R) : Prop := p = fst \/ p = snd.

Lemma part_along : forall (p : C -> R) (F : C -> C) (l : C) (g h : R -> R) (s a b : R), part p ->
  is_derive (K := C_AbsRing) (V := C_NormedModule) F (g s, h s) l -> is_derive g s a -> is_derive h s b ->
  is_derive (fun y => p (F (g y, h y))) s (p (l * (a, b))%C).
Proof.
  intros p F l g h s a b Hp D G H.
  assert (Lin : forall x y : C, p (x + y)%C = p x + p y) by (intros x y; destruct Hp as [->| ->]; reflexivity).
  assert (Sub : forall x y : C, p (x - y)%C = p x - p y) by (intros x y; destruct Hp as [->| ->]; simpl; ring).
  assert (Sc : forall (r : R) (x : C), p (r * x)%C = r * p x) by (intros r x; destruct Hp as [->| ->]; simpl; ring).
  assert (Bd : forall x : C, Rabs (p x) <= Cmod x) by (intros x; destruct Hp as [->| ->]; [apply fst_bound|apply snd_bound]).
  unfold is_derive; eapply filterdiff_ext_lin.
  - apply (filterdiff_comp'_2 (K := R_AbsRing) (T := R_NormedModule) (U := R_NormedModule) (V := R_NormedModule)
      (W := R_NormedModule) g h (fun x y => p (F (x, y))) s (fun y => scal y a) (fun y => scal y b)
      (fun x y => p (l * (x, y))%C) G H).
    split.
    + split.
      * intros x y; destruct x as [x1 x2], y as [y1 y2]; simpl; unfold plus; simpl.
        rewrite <- Lin; apply f_equal; components.
      * intros k x; destruct x as [x1 x2]; simpl; unfold scal; simpl; unfold mult; simpl.
        rewrite <- Sc; apply f_equal; components.
      * exists (Cmod l + 1); split; [assert (0 <= Cmod l) by apply Cmod_ge_0; lra|].
        intros [x1 x2]; eapply Rle_trans; [apply Bd|]; rewrite Cmod_mult, norm_pair.
        apply Rmult_le_compat_r; [apply Cmod_ge_0|lra].
    + intros x Hx; apply (is_filter_lim_locally_unique (K := R_AbsRing)
        (V := prod_NormedModule R_AbsRing R_NormedModule R_NormedModule) (g s, h s)) in Hx; subst x.
      destruct D as [_ D]; specialize (D (g s, h s) (fun P H => H)).
      intros e; specialize (D e); destruct D as [d D].
      generalize (near_C (g s, h s) d); apply filter_imp; intros [x y] Hxy.
      specialize (D (x, y) Hxy).
      change (Cmod (F (x, y) - F (g s, h s) - ((x, y) - (g s, h s)) * l)%C <= e * Cmod ((x, y) - (g s, h s))%C) in D.
      replace ((x, y) - (g s, h s))%C with (x - g s, y - h s)%R in D by components.
      change (Rabs (p (F (x, y)) - p (F (g s, h s)) - p (l * (x - g s, y - h s)%R)%C)
        <= e * norm (K := R_AbsRing) (V := prod_NormedModule R_AbsRing R_NormedModule R_NormedModule) (x - g s, y - h s)).
      rewrite norm_pair, <- !Sub, Cmult_comm; eapply Rle_trans; [apply Bd|exact D].
  - intros y; unfold scal; simpl; unfold mult; simpl; rewrite <- Sc; apply f_equal; components.
Qed.

(** ** Confocal ellipses *)

(** The point cosh(s + i t); t runs once round the ellipse with sum of the semi-axes e^s. *)
Definition around (s t : R) : C := (cosh s * cos t, sinh s * sin t).

Lemma cosh_square : forall s, cosh s ^ 2 = 1 + sinh s ^ 2.
Proof.
  intros s; unfold cosh, sinh; assert (E := exp_plus s (- s)); rewrite Rplus_opp_r, exp_0 in E.
  replace 1 with (exp s * exp (- s)) by (symmetry; exact E); field.
Qed.

Lemma cosh_one : forall s, 1 <= cosh s.
Proof.
  intros s; assert (P : 0 < cosh s) by (unfold cosh; assert (X := exp_pos s); assert (Y := exp_pos (- s)); lra).
  assert (E := cosh_square s); assert (0 <= sinh s ^ 2) by apply pow2_ge_0; nra.
Qed.

Lemma around_foci : forall s t, Cmod (around s t - 1)%C = cosh s - cos t /\ Cmod (around s t + 1)%C = cosh s + cos t.
Proof.
  intros s t; assert (C1 := cosh_one s); assert (B := COS_bound t); assert (E := cosh_square s).
  assert (T := sin2_cos2 t); unfold Rsqr in T.
  assert (K : forall x, 0 <= x -> sqrt (x ^ 2) = x) by (intros; rewrite <- Rsqr_pow2; apply sqrt_Rsqr; assumption).
  split; unfold Cmod, around, Cminus, Cplus, Copp, RtoC; simpl fst; simpl snd.
  - rewrite <- (K (cosh s - cos t)) by lra; f_equal; rewrite <- (Rmult_1_r (cosh s ^ 2)) in E; nra.
  - rewrite <- (K (cosh s + cos t)) by lra; f_equal; nra.
Qed.

Lemma around_inside : forall rho s t, 1 < rho -> - ln rho < s < ln rho -> ellipse rho (around s t).
Proof.
  intros rho s t Hr Hs; unfold ellipse; destruct (around_foci s t) as [-> ->].
  replace (cosh s - cos t + (cosh s + cos t)) with (exp s + exp (- s)) by (unfold cosh; field).
  assert (A : exp s < rho) by (rewrite <- (exp_ln rho) by lra; apply exp_increasing; lra).
  assert (B : / rho < exp s) by (rewrite <- (exp_ln (/ rho)), ln_Rinv by (try apply Rinv_0_lt_compat; lra);
  apply exp_increasing; lra).
  rewrite exp_Ropp; assert (P : 0 < exp s) by apply exp_pos.
  assert (1 < rho * exp s) by (apply Rmult_lt_reg_l with (/ rho); [apply Rinv_0_lt_compat; lra|];
  rewrite <- Rmult_assoc, Rinv_l by lra; lra).
  assert (D : rho + / rho - (exp s + / exp s) = (rho - exp s) * (rho * exp s - 1) * / (rho * exp s)) by (field; split; lra).
  assert (0 < (rho - exp s) * (rho * exp s - 1) * / (rho * exp s)); [|lra].
  repeat apply Rmult_lt_0_compat; try lra; apply Rinv_0_lt_compat; lra.
Qed.

Lemma segment_inside : forall rho x, 1 < rho -> -1 <= x <= 1 -> ellipse rho x.
Proof.
  intros rho x Hr Hx; rewrite <- (cos_acos x Hx); assert (L := ln_increasing 1 rho ltac:(lra) Hr); rewrite ln_1 in L.
  replace (RtoC (cos (acos x))) with (around 0 (acos x)); [apply around_inside; lra|].
  unfold around; rewrite cosh_0, sinh_0, Rmult_1_l, Rmult_0_l; reflexivity.
Qed.

(** ** Continuity *)

Lemma holomorphic_continuous : forall D F F' z, holomorphic D F F' -> D z -> continuous F z.
Proof.
  intros D F F' z H Hz; destruct (H z Hz) as [Dz _].
  assert (K := filterdiff_continuous (K := C_AbsRing) (U := AbsRing_NormedModule C_AbsRing) (V := C_NormedModule) F z
    (ex_intro _ (fun y => scal y (F' z)) Dz)).
  intros P HP; destruct (K P HP) as [d Hd].
  unfold filtermap; generalize (near_C z d); apply filter_imp; intros y Hy; apply Hd, Hy.
Qed.

Lemma part_continuous : forall p (G : C -> C) (a b : R * R -> R) q, part p ->
  continuous G (a q, b q) -> continuous a q -> continuous b q -> continuous (fun y => p (G (a y, b y))) q.
Proof.
  intros p G a b q Hp HG A B.
  apply (continuous_comp_2 (U := prod_UniformSpace R_UniformSpace R_UniformSpace) a b (fun x y => p (G (x, y))) q A B).
  apply (continuous_ext (fun z : R * R => p (G z))); [intros [x y]; reflexivity|].
  apply (continuous_comp G p); [exact HG|].
  destruct Hp as [->| ->]; [apply continuous_fst|apply continuous_snd].
Qed.

Lemma first_continuous : forall (f : R -> R) (s t : R), ex_derive f s -> continuous (fun q : R * R => f (fst q)) (s, t).
Proof. intros f s t H; apply (continuous_comp fst f (s, t)); [apply continuous_fst|exact (ex_derive_continuous f s H)]. Qed.

Lemma second_continuous : forall (f : R -> R) (s t : R), ex_derive f t -> continuous (fun q : R * R => f (snd q)) (s, t).
Proof. intros f s t H; apply (continuous_comp snd f (s, t)); [apply continuous_snd|exact (ex_derive_continuous f t H)]. Qed.
