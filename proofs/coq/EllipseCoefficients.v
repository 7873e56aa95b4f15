(** The Chebyshev coefficients of a function that is holomorphic and at most M in an ellipse with foci -1
    and 1 are at most 2 M rho^(-m). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse.
Open Scope R_scope.

(** The real part of F z^(-m) on the ellipse, its derivative in s, and the function of t that has the same. *)
Definition on_ellipse (F : C -> C) (m : nat) (s t : R) : R :=
  exp (- INR m * s) * (fst (F (around s t)) * cos (INR m * t) + snd (F (around s t)) * sin (INR m * t)).

Definition ellipse_slope (F F' : C -> C) (m : nat) (s t : R) : R :=
  exp (- INR m * s) *
    ((fst (F' (around s t)) * (sinh s * cos t) - snd (F' (around s t)) * (cosh s * sin t)) * cos (INR m * t)
     + (fst (F' (around s t)) * (cosh s * sin t) + snd (F' (around s t)) * (sinh s * cos t)) * sin (INR m * t)
     - INR m * (fst (F (around s t)) * cos (INR m * t) + snd (F (around s t)) * sin (INR m * t))).

Definition ellipse_conjugate (F : C -> C) (m : nat) (s t : R) : R :=
  exp (- INR m * s) * (snd (F (around s t)) * cos (INR m * t) - fst (F (around s t)) * sin (INR m * t)).

Lemma cosh_derive : forall s, is_derive cosh s (sinh s).
Proof. intros s; unfold cosh, sinh; auto_derive; [trivial|field]. Qed.

Lemma sinh_derive : forall s, is_derive sinh s (cosh s).
Proof. intros s; unfold cosh, sinh; auto_derive; [trivial|field]. Qed.

Lemma scaled_derive : forall (f : R -> R) c s d, is_derive f s d -> is_derive (fun y => f y * c) s (d * c).
Proof.
  intros f c s d H; apply (is_derive_ext (fun y => c * f y)); [intros; apply Rmult_comm|].
  rewrite Rmult_comm; apply is_derive_scal, H.
Qed.

Lemma parts_in_s : forall F F' rho, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall p s t, part p -> - ln rho < s < ln rho ->
  is_derive (fun y => p (F (around y t))) s (p (F' (around s t) * (sinh s * cos t, cosh s * sin t)%R)%C).
Proof.
  intros F F' rho one_rho analytic p s t Hp Hs.
  apply (part_along p F (F' (around s t)) (fun y => cosh y * cos t) (fun y => sinh y * sin t) s); [exact Hp| | |].
  - apply (analytic (around s t)), around_inside; assumption.
  - apply scaled_derive, cosh_derive.
  - apply scaled_derive, sinh_derive.
Qed.

Lemma parts_in_t : forall F F' rho, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall p s t, part p -> - ln rho < s < ln rho ->
  is_derive (fun y => p (F (around s y))) t (p (F' (around s t) * (- (cosh s * sin t), sinh s * cos t)%R)%C).
Proof.
  intros F F' rho one_rho analytic p s t Hp Hs.
  apply (part_along p F (F' (around s t)) (fun y => cosh s * cos y) (fun y => sinh s * sin y) t); [exact Hp| | |].
  - apply (analytic (around s t)), around_inside; assumption.
  - auto_derive; [trivial|ring].
  - auto_derive; [trivial|ring].
Qed.

Lemma value_slope : forall F F' rho m, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall s t, - ln rho < s < ln rho -> is_derive (fun y => on_ellipse F m y t) s (ellipse_slope F F' m s t).
Proof.
  intros F F' rho m one_rho analytic s t Hs.
  assert (U := parts_in_s F F' rho one_rho analytic fst s t (or_introl eq_refl) Hs);
  assert (V := parts_in_s F F' rho one_rho analytic snd s t (or_intror eq_refl) Hs).
  simpl in U, V; unfold on_ellipse.
  set (u := fun y => fst (F (around y t))) in *; set (v := fun y => snd (F (around y t))) in *.
  apply (is_derive_ext (fun y => exp (- INR m * y) * (u y * cos (INR m * t) + v y * sin (INR m * t)))); [reflexivity|].
  auto_derive; [split; [eexists; exact U|split; [eexists; exact V|trivial]]|].
  change (fun x => u x) with u; change (fun x => v x) with v.
  rewrite (is_derive_unique u s _ U), (is_derive_unique v s _ V); unfold ellipse_slope, u, v; ring.
Qed.

Lemma conjugate_slope : forall F F' rho m, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall s t, - ln rho < s < ln rho -> is_derive (fun y => ellipse_conjugate F m s y) t (ellipse_slope F F' m s t).
Proof.
  intros F F' rho m one_rho analytic s t Hs.
  assert (U := parts_in_t F F' rho one_rho analytic fst s t (or_introl eq_refl) Hs);
  assert (V := parts_in_t F F' rho one_rho analytic snd s t (or_intror eq_refl) Hs).
  simpl in U, V; unfold ellipse_conjugate.
  set (u := fun y => fst (F (around s y))) in *; set (v := fun y => snd (F (around s y))) in *.
  apply (is_derive_ext (fun y => exp (- INR m * s) * (v y * cos (INR m * y) - u y * sin (INR m * y)))); [reflexivity|].
  auto_derive; [split; [eexists; exact V|split; [eexists; exact U|trivial]]|].
  change (fun x => u x) with u; change (fun x => v x) with v.
  rewrite (is_derive_unique u t _ U), (is_derive_unique v t _ V); unfold ellipse_slope, u, v; ring.
Qed.

Lemma slope_continuous : forall F F' rho m, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall s t, - ln rho < s < ln rho -> continuous (fun q : R * R => ellipse_slope F F' m (fst q) (snd q)) (s, t).
Proof.
  intros F F' rho m one_rho analytic s t Hs; assert (I := around_inside rho s t one_rho Hs).
  assert (CF := holomorphic_continuous _ _ _ _ analytic I); destruct (analytic _ I) as [_ CF'].
  assert (M0 : forall f g : R * R -> R, continuous f (s, t) -> continuous g (s, t) -> continuous (fun q => f q * g q) (s, t))
    by (intros f g; apply (continuous_mult (K := R_AbsRing) f g)).
  assert (P0 : forall f g : R * R -> R, continuous f (s, t) -> continuous g (s, t) -> continuous (fun q => f q + g q) (s, t))
    by (intros f g; apply (continuous_plus (V := R_NormedModule) f g)).
  assert (N0 : forall f g : R * R -> R, continuous f (s, t) -> continuous g (s, t) -> continuous (fun q => f q - g q) (s, t))
    by (intros f g; apply (continuous_minus (V := R_NormedModule) f g)).
  assert (A : continuous (fun q : R * R => cosh (fst q) * cos (snd q)) (s, t)).
  { apply M0; [apply (first_continuous cosh)|apply (second_continuous cos)]; [eexists; apply cosh_derive|auto_derive;
  trivial]. }
  assert (B : continuous (fun q : R * R => sinh (fst q) * sin (snd q)) (s, t)).
  { apply M0; [apply (first_continuous sinh)|apply (second_continuous sin)]; [eexists; apply sinh_derive|auto_derive;
  trivial]. }
  assert (A' : continuous (fun q : R * R => sinh (fst q) * cos (snd q)) (s, t)).
  { apply M0; [apply (first_continuous sinh)|apply (second_continuous cos)]; [eexists; apply sinh_derive|auto_derive;
  trivial]. }
  assert (B' : continuous (fun q : R * R => cosh (fst q) * sin (snd q)) (s, t)).
  { apply M0; [apply (first_continuous cosh)|apply (second_continuous sin)]; [eexists; apply cosh_derive|auto_derive;
  trivial]. }
  assert (Co : continuous (fun q : R * R => cos (INR m * snd q)) (s, t))
    by (apply (second_continuous (fun y => cos (INR m * y))); auto_derive; trivial).
  assert (Si : continuous (fun q : R * R => sin (INR m * snd q)) (s, t))
    by (apply (second_continuous (fun y => sin (INR m * y))); auto_derive; trivial).
  assert (Ex : continuous (fun q : R * R => exp (- INR m * fst q)) (s, t))
    by (apply (first_continuous (fun y => exp (- INR m * y))); auto_derive; trivial).
  assert (K : continuous (fun _ : R * R => INR m) (s, t)) by apply continuous_const.
  assert (Q : forall p G, part p -> continuous G (around s t) -> continuous (fun q : R * R => p (G (around (fst q) (snd
    q)))) (s, t))
    by (intros p G Hp HG; exact (part_continuous p G _ _ (s, t) Hp HG A B)).
  assert (F1 := Q fst F (or_introl eq_refl) CF); assert (F2 := Q snd F (or_intror eq_refl) CF).
  assert (F1' := Q fst F' (or_introl eq_refl) CF'); assert (F2' := Q snd F' (or_intror eq_refl) CF').
  unfold ellipse_slope.
  exact (M0 _ _ Ex (N0 _ _ (P0 _ _ (M0 _ _ (N0 _ _ (M0 _ _ F1' A') (M0 _ _ F2' B')) Co)
    (M0 _ _ (P0 _ _ (M0 _ _ F1' B') (M0 _ _ F2' A')) Si)) (M0 _ _ K (P0 _ _ (M0 _ _ F1 Co) (M0 _ _ F2 Si))))).
Qed.

(** ** The integral does not depend on the ellipse *)

Lemma value_continuous : forall F F' rho m, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall s t, - ln rho < s < ln rho -> continuous (on_ellipse F m s) t.
Proof.
  intros F F' rho m one_rho analytic s t Hs.
  assert (U := parts_in_t F F' rho one_rho analytic fst s t (or_introl eq_refl) Hs);
  assert (V := parts_in_t F F' rho one_rho analytic snd s t (or_intror eq_refl) Hs).
  set (u := fun y => fst (F (around s y))) in *; set (v := fun y => snd (F (around s y))) in *.
  apply (continuous_ext (fun y => exp (- INR m * s) * (u y * cos (INR m * y) + v y * sin (INR m * y)))); [reflexivity|].
  apply (ex_derive_continuous (fun y => exp (- INR m * s) * (u y * cos (INR m * y) + v y * sin (INR m * y)))).
  auto_derive; split; [eexists; exact U|split; [eexists; exact V|trivial]].
Qed.

Lemma slope_integral : forall F F' rho m, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall s, - ln rho < s < ln rho -> is_RInt (ellipse_slope F F' m s) (- PI) PI 0.
Proof.
  intros F F' rho m one_rho analytic s Hs; evar_last;
  [apply (is_RInt_derive (V := R_CompleteNormedModule) (ellipse_conjugate F m s))|].
  - intros t _; exact (conjugate_slope F F' rho m one_rho analytic s t Hs).
  - intros t _; apply (continuous_comp (fun y => (s, y)) (fun q : R * R => ellipse_slope F F' m (fst q) (snd q)) t);
    [|exact (slope_continuous F F' rho m one_rho analytic s t Hs)].
    intros P [d Hd]; exists d; intros y Hy; apply Hd; split; [apply ball_center|exact Hy].
  - change (ellipse_conjugate F m s PI + - ellipse_conjugate F m s (- PI) = 0); unfold ellipse_conjugate, around.
    replace (INR m * - PI) with (- (INR m * PI)) by ring; rewrite !cos_neg, !sin_neg.
    assert (Z : sin (INR m * PI) = 0) by (rewrite INR_IZR_INZ; apply sin_multiple).
    rewrite Z, sin_PI; replace (sinh s * - 0) with (sinh s * 0) by ring; ring.
Qed.

Lemma integral_constant : forall F F' rho m, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall s, 0 < s < ln rho -> RInt (on_ellipse F m 0) (- PI) PI = RInt (on_ellipse F m s) (- PI) PI.
Proof.
  intros F F' rho m one_rho analytic s Hs; apply (eq_is_derive (fun y => RInt (on_ellipse F m y) (- PI) PI) 0 s); [|lra].
  intros y Hy; assert (Y : - ln rho < y < ln rho) by lra.
  assert (Near : locally y (fun z => - ln rho < z < ln rho)).
  { assert (P : 0 < Rmin (ln rho - y) (y + ln rho)) by (apply Rmin_glb_lt; lra).
    exists (mkposreal _ P); intros z Hz; change (Rabs (z - y) < Rmin (ln rho - y) (y + ln rho)) in Hz.
    assert (A := Rmin_l (ln rho - y) (y + ln rho)); assert (B := Rmin_r (ln rho - y) (y + ln rho)).
    apply Rabs_def2 in Hz; lra. }
  evar_last; [apply (is_derive_RInt_param (on_ellipse F m) (- PI) PI y)|].
  - generalize Near; apply filter_imp; intros z Hz t _; eexists; exact (value_slope F F' rho m one_rho analytic z t Hz).
  - intros t _; apply (continuity_2d_pt_ext_loc (ellipse_slope F F' m)).
    + destruct Near as [d Hd]; exists d; intros a b Ha _; symmetry;
      exact (is_derive_unique _ _ _ (value_slope F F' rho m one_rho analytic a b (Hd a Ha))).
    + apply continuity_2d_pt_filterlim; exact (slope_continuous F F' rho m one_rho analytic y t Y).
  - generalize Near; apply filter_imp; intros z Hz.
    apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t _;
    exact (value_continuous F F' rho m one_rho analytic z t Hz).
  - rewrite (RInt_ext (V := R_CompleteNormedModule) _ (ellipse_slope F F' m y));
    [exact (is_RInt_unique _ _ _ _ (slope_integral F F' rho m one_rho analytic y Y))|].
    intros t _; exact (is_derive_unique _ _ _ (value_slope F F' rho m one_rho analytic y t Y)).
Qed.

Lemma integral_bound : forall F F' rho M m, 1 < rho -> holomorphic (ellipse rho) F F' -> (forall z, ellipse rho z -> Cmod (F
  z) <= M) ->
  forall s, 0 < s < ln rho -> Rabs (RInt (on_ellipse F m 0) (- PI) PI) <= 2 * PI * (M * exp (- INR m * s)).
Proof.
  intros F F' rho M m one_rho analytic bounded_by s Hs; rewrite (integral_constant F F' rho m one_rho analytic s Hs);
  assert (P := PI_RGT_0).
  replace (2 * PI) with (PI - - PI) by ring; apply abs_RInt_le_const; [lra| |].
  - apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t _;
    apply (value_continuous F F' rho m one_rho analytic s t); lra.
  - intros t _; unfold on_ellipse; rewrite Rabs_mult, (Rabs_pos_eq (exp _)), (Rmult_comm M) by (left; apply exp_pos).
    apply Rmult_le_compat_l; [left; apply exp_pos|].
    eapply Rle_trans; [|apply (bounded_by (around s t)), around_inside; [exact one_rho|lra]].
    destruct (F (around s t)) as [u v]; unfold Cmod; simpl fst; simpl snd.
    rewrite <- sqrt_Rsqr_abs; apply sqrt_le_1_alt; unfold Rsqr.
    assert (T := sin2_cos2 (INR m * t)); unfold Rsqr in T.
    assert (0 <= (u * sin (INR m * t) - v * cos (INR m * t)) ^ 2) by apply pow2_ge_0.
    replace (u ^ 2 + v ^ 2) with ((u ^ 2 + v ^ 2) * (sin (INR m * t) * sin (INR m * t) + cos (INR m * t) * cos (INR m * t)))
      by (rewrite T; ring); lra.
Qed.

(** On the segment the imaginary part drops out: it is even in t, and comes with a sine. *)
Lemma on_segment : forall F F' rho m, 1 < rho -> holomorphic (ellipse rho) F F' ->
  against (fun t => fst (F (cos t))) m = RInt (on_ellipse F m 0) (- PI) PI.
Proof.
  intros F F' rho m one_rho analytic; assert (L := ln_increasing 1 rho ltac:(lra) one_rho); rewrite ln_1 in L.
  assert (E : forall t, around 0 t = RtoC (cos t)) by (intros t; unfold around;
  rewrite cosh_0, sinh_0, Rmult_1_l, Rmult_0_l; reflexivity).
  assert (Cu : forall t, continuous (fun t => fst (F (cos t)) * cos (INR m * t)) t /\ continuous (fun t => snd (F (cos t)) *
    sin (INR m * t)) t).
  { intros t; assert (X : - ln rho < 0 < ln rho) by lra.
    assert (U := parts_in_t F F' rho one_rho analytic fst 0 t (or_introl eq_refl) X);
    assert (V := parts_in_t F F' rho one_rho analytic snd 0 t (or_intror eq_refl) X).
    set (u := fun y => fst (F (around 0 y))) in *; set (v := fun y => snd (F (around 0 y))) in *.
    split; [apply (continuous_ext (fun y => u y * cos (INR m * y)))|apply (continuous_ext (fun y => v y * sin (INR m * y)))];
      try (intros y; unfold u, v; rewrite E; reflexivity).
    - apply (ex_derive_continuous (fun y => u y * cos (INR m * y))); auto_derive; eexists; exact U.
    - apply (ex_derive_continuous (fun y => v y * sin (INR m * y))); auto_derive; eexists; exact V. }
  assert (Odd : RInt (fun t => snd (F (cos t)) * sin (INR m * t)) (- PI) PI = 0).
  { set (h := fun t => snd (F (cos t)) * sin (INR m * t)).
    assert (X : ex_RInt h (- PI) PI) by (apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t _;
    exact (proj2 (Cu t))).
    assert (I := RInt_correct (V := R_CompleteNormedModule) h _ _ X).
    assert (I' : is_RInt h (- PI) (- - PI) (RInt h (- PI) PI)) by (rewrite Ropp_involutive; exact I).
    apply (is_RInt_comp_opp (V := R_NormedModule)), (is_RInt_swap (V := R_NormedModule)) in I'.
    assert (J : is_RInt h (- PI) PI (opp (RInt h (- PI) PI))).
    { refine (is_RInt_ext (V := R_NormedModule) _ h _ _ _ _ I'); intros t _; unfold h.
      rewrite cos_neg; replace (INR m * - t) with (- (INR m * t)) by ring; rewrite sin_neg; unfold opp; simpl; ring. }
    apply (is_RInt_unique (V := R_CompleteNormedModule)) in J; change (RInt h (- PI) PI = - RInt h (- PI) PI) in J;
    change (RInt h (- PI) PI = 0); lra. }
  set (f := fun t => fst (F (cos t)) * cos (INR m * t)) in *; set (g := fun t => snd (F (cos t)) * sin (INR m * t)) in *.
  assert (If : ex_RInt f (- PI) PI) by (apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t _;
  exact (proj1 (Cu t))).
  assert (Ig : ex_RInt g (- PI) PI) by (apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t _;
  exact (proj2 (Cu t))).
  assert (S := RInt_plus (V := R_CompleteNormedModule) f g _ _ If Ig).
  change (RInt (fun t => f t + g t) (- PI) PI = RInt f (- PI) PI + RInt g (- PI) PI) in S.
  rewrite Odd, Rplus_0_r in S; change (against (fun t => fst (F (cos t))) m) with (RInt f (- PI) PI); rewrite <- S.
  apply integral_ext; intros t; unfold on_ellipse, f, g; rewrite E, Rmult_0_r, exp_0, Rmult_1_l; reflexivity.
Qed.

Lemma coefficient_bound : forall F F' rho M m, 1 < rho -> holomorphic (ellipse rho) F F' -> (forall z, ellipse rho z -> Cmod
  (F z) <= M) ->
  Rabs (coefficient (fun x => fst (F x)) m) <= 2 * M * (/ rho) ^ m.
Proof.
  intros F F' rho M m one_rho analytic bounded_by; assert (L := ln_increasing 1 rho ltac:(lra) one_rho); rewrite ln_1 in L;
  assert (P := PI_RGT_0).
  unfold coefficient; rewrite (on_segment F F' rho m one_rho analytic), Rabs_mult, (Rabs_pos_eq (/ PI)) by (left;
  apply Rinv_0_lt_compat, P).
  apply Rmult_le_reg_l with PI; [exact P|]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
  set (I := Rabs (RInt (on_ellipse F m 0) (- PI) PI)).
  assert (H : forall s, 0 < s < ln rho -> I <= 2 * PI * (M * exp (- INR m * s))) by (apply (integral_bound F F' rho M m);
  assumption).
  assert (E : (/ rho) ^ m = exp (- INR m * ln rho)).
  { rewrite <- Rpower_pow by (apply Rinv_0_lt_compat; lra); unfold Rpower; rewrite ln_Rinv by lra; f_equal; ring. }
  rewrite E; replace (PI * (2 * M * exp (- INR m * ln rho))) with (2 * PI * (M * exp (- INR m * ln rho))) by ring.
  set (s := fun n => ln rho - ln rho / (INR n + 2)).
  assert (Ls : is_lim_seq s (ln rho)).
  { replace (Finite (ln rho)) with (Finite (ln rho - 0)) by (f_equal; ring).
    apply is_lim_seq_minus'; [apply is_lim_seq_const|].
    replace (Finite 0) with (Rbar_mult (ln rho) (Finite 0)) by (simpl; f_equal; ring).
    apply is_lim_seq_scal_l.
    apply (is_lim_seq_inv (fun n => INR n + 2) p_infty); [|discriminate].
    apply (is_lim_seq_plus _ _ p_infty 2); [apply is_lim_seq_INR|apply is_lim_seq_const|reflexivity]. }
  assert (Lv : is_lim_seq (fun n => 2 * PI * (M * exp (- INR m * s n))) (2 * PI * (M * exp (- INR m * ln rho)))).
  { apply (is_lim_seq_continuous (fun y => 2 * PI * (M * exp (- INR m * y)))); [|exact Ls].
    apply continuity_pt_filterlim, (ex_derive_continuous (fun y => 2 * PI * (M * exp (- INR m * y)))); auto_derive;
    trivial. }
  assert (Hs : forall n, 0 < s n < ln rho).
  { intros n; unfold s; assert (N := pos_INR n); assert (X : ln rho / (INR n + 2) < ln rho).
    { apply Rlt_div_l; [lra|]; rewrite <- (Rmult_1_r (ln rho)) at 1; apply Rmult_lt_compat_l; lra. }
    assert (0 < ln rho / (INR n + 2)) by (apply Rdiv_lt_0_compat; lra); lra. }
  exact (is_lim_seq_le (fun _ => I) _ I (2 * PI * (M * exp (- INR m * ln rho))) (fun n => H (s n) (Hs n))
    (is_lim_seq_const I) Lv).
Qed.
