(** The residuals of a panel of the invariant curve (escape-counts.md, section 6) are holomorphic in an ellipse with the
    bound of the code, so that their values at the Chebyshev nodes bound them on the panel: what panel_bounds.py checks
    implies [curve_solves]. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature ChebyshevNodes CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  SpeedImage CurveSpeed CurveStep EllipseChebyshev CurveDisc.
Open Scope R_scope.

(** The panel is [a - r, a + r]; column j of the coefficients is that of the j-th squared difference, zero for a tie. *)
Definition panel_curve (n : nat) (a r : R) (coef : nat -> nat -> R) (j : nat) (y : R) : R := series n (coef j) ((y - a) / r).
Definition means (coef : nat -> nat -> R) (j : nat) : R := coef j 0%nat.
Definition spreads (n : nat) (coef : nat -> nat -> R) (rho : R) (j : nat) : R := spread n (coef j) rho.
Definition axis (r rho : R) : R := r * ((rho + / rho) / 2).

(** What is checked on the ellipse: no branch point in its disc, and p lies where G continues f' and |G| <= top *)
Definition panel_disc (J n : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (a r rho : R) (coef : nat -> nat -> R) (B : C -> Prop)
    (top : R) : Prop :=
  stay_apart J (means coef) (spreads n coef rho) a (axis r rho) /\
  holomorphic B G G' /\ (forall p : R, B p -> G p = f' p) /\ (forall p, B p -> Cmod (G p) <= top) /\
  image J sigma (means coef) (spreads n coef rho) a (axis r rho) B.

(** The bounds M of Lemma C, for a squared difference and for the count *)
Definition drift_size (n : nat) (a r rho beyond ahead : R) (coef : nat -> nat -> R) (j : nat) : R :=
  spread n (coef j) rho + spread n (coef j) beyond + (means coef j + spread n (coef j) rho) * ahead ^ 2 /
    ((branch (means coef j) a - axis r rho) ^ 2 * (1 - drift_share (means coef) (spreads n coef rho) a (axis r rho) j)).
Definition count_size (n : nat) (rho beyond : R) (count : nat -> R) : R := 1 + spread n count rho + spread n count beyond.

(** Lemma C, with the bound s at the n nodes and M on the ellipse *)
Definition on_panel_bound (n : nat) (rho s M : R) : R := 2 * INR n * s + 4 * M * (/ rho) ^ n / (1 - / rho).

(** ** The complex step *)

Definition place (a r : R) (t : C) : C := (a + r * t)%C.
Definition squares (n : nat) (coef : nat -> nat -> R) (t : C) (j : nat) : C := csum n (coef j) t.
Definition panel_root (J n : nat) (a r : R) (coef : nat -> nat -> R) (t : C) : C := mroot J (means coef) (squares n coef t) (place a r t).
Definition panel_step (J n : nat) (sigma eta : R) (G : C -> C) (a r : R) (coef : nat -> nat -> R) (t : C) : C :=
  (RtoC (- sigma * eta) * G (sigma * (place a r t * panel_root J n a r coef t)) * panel_root J n a r coef t)%C.

Lemma place_in_disc : forall a r rho t, 0 < r -> ellipse rho t -> disc a (axis r rho) (place a r t).
Proof.
  intros a r rho t Hr Ht; unfold disc, place, axis; replace (a + r * t - a)%C with (r * t)%C by ring.
  rewrite Cmod_mult, Cmod_R, Rabs_pos_eq by lra; apply Rmult_lt_compat_l; [exact Hr|apply ellipse_modulus, Ht].
Qed.

Lemma squares_near : forall n coef rho t j, 1 < rho -> ellipse rho t -> Cmod (squares n coef t j - means coef j)%C <= spreads n coef rho j.
Proof. intros; apply csum_spread; assumption. Qed.

Lemma analytic_place : forall D a r, analytic D (place a r).
Proof.
  intros D a r; apply (analytic_plus D (fun _ => RtoC a) (fun t => (r * t)%C)); [apply analytic_constant|].
  apply (analytic_times D (fun _ => RtoC r) (fun t => t)); [apply analytic_constant|apply analytic_identity].
Qed.

Lemma negated : forall z : C, (RtoC (-1) * z)%C = (- z)%C.
Proof. intros [u v]; components. Qed.

(** ** The root and the step are holomorphic. *)

Lemma axis_nonneg : forall r rho, 0 < r -> 1 < rho -> 0 <= axis r rho.
Proof. intros r rho Hr Hrho; unfold axis; apply Rmult_le_pos; [lra|]; assert (0 < / rho) by (apply Rinv_0_lt_compat; lra); lra. Qed.

(** c_j + x^2 *)
Definition panel_sum (n : nat) (a r : R) (coef : nat -> nat -> R) (j : nat) (t : C) : C :=
  (squares n coef t j + place a r t * place a r t)%C.

Lemma panel_drift : forall J n a r rho coef t j, 0 < r -> 1 < rho -> stay_apart J (means coef) (spreads n coef rho) a (axis r rho) ->
  ellipse rho t -> (j < J)%nat -> let b := drift_share (means coef) (spreads n coef rho) a (axis r rho) j in
  Cmod (drifts (means coef) (squares n coef t) (place a r t) j) <= b /\ (means coef j + place a r t * place a r t)%C <> 0 /\
  (branch (means coef j) a - axis r rho) ^ 2 * (1 - b) <= Cmod (panel_sum n a r coef j t) /\ panel_sum n a r coef j t <> 0.
Proof.
  intros J n a r rho coef t j Hr Hrho H Ht Hj b.
  destruct (drift_bound J _ _ a (axis r rho) (squares n coef t) (place a r t) H (place_in_disc a r rho t Hr Ht)
    ltac:(intros i _; apply squares_near; assumption) j Hj) as [B [N L]].
  destruct (share_half J _ _ a _ H j Hj) as [S [P _]]; do 3 (split; [assumption|]).
  apply Cmod_gt_0; eapply Rlt_le_trans; [|exact L]; apply Rmult_lt_0_compat; lra.
Qed.

Lemma analytic_sum : forall D a r u, analytic D u -> analytic D (fun t => (u t + place a r t * place a r t)%C).
Proof.
  intros D a r u Hu; apply (analytic_plus D u (fun t => (place a r t * place a r t)%C)); [exact Hu|].
  apply (analytic_times D (place a r) (place a r)); apply analytic_place.
Qed.

Lemma analytic_root : forall J n a r rho coef, 0 < r -> 1 < rho -> stay_apart J (means coef) (spreads n coef rho) a (axis r rho) ->
  analytic (ellipse rho) (panel_root J n a r coef).
Proof.
  intros J n a r rho coef Hr Hrho H; set (D := ellipse rho); unfold panel_root, mroot.
  apply (analytic_times D (fun t => croot J (means coef) (place a r t)) (fun t => droot J (drifts (means coef) (squares n coef t) (place a r t)))).
  - apply (analytic_compose D (disc a (axis r rho)) (place a r) (croot J (means coef)));
      [apply analytic_place| |intros z Hz; apply place_in_disc; assumption].
    apply (holomorphic_croot J (means coef) a (axis r rho) (apart_old J _ _ a _ H)).
  - apply (analytic_droot D J (fun j t => drifts (means coef) (squares n coef t) (place a r t) j)); intros j Hj; split.
    + apply (analytic_times D (fun t => (squares n coef t j - means coef j)%C) (fun t => (/ (means coef j + place a r t * place a r t))%C)).
      * apply (analytic_plus D (fun t => squares n coef t j) (fun _ => (- RtoC (means coef j))%C)); [exact (analytic_csum D n (coef j))|apply analytic_constant].
      * apply (analytic_inverse D (fun t => (means coef j + place a r t * place a r t)%C)).
        -- apply (analytic_sum D a r (fun _ => RtoC (means coef j))), analytic_constant.
        -- intros t Ht; apply (panel_drift J n a r rho coef t j Hr Hrho H Ht Hj).
    + intros t Ht; destruct (panel_drift J n a r rho coef t j Hr Hrho H Ht Hj) as [L _]; destruct (share_half J _ _ a _ H j Hj) as [S _]; lra.
Qed.

Lemma image_of_panel : forall J n sigma f' G G' a r rho coef B top, sigma ^ 2 = 1 -> 0 < r -> 1 < rho ->
  panel_disc J n sigma f' G G' a r rho coef B top -> forall t, ellipse rho t -> B (sigma * (place a r t * panel_root J n a r coef t))%C.
Proof.
  intros J n sigma f' G G' a r rho coef B top Hs Hr Hrho [H [_ [_ [_ Im]]]] t Ht.
  apply (image_holds J sigma (means coef) (spreads n coef rho) a (axis r rho) B (squares n coef t) (place a r t) Hs (axis_nonneg r rho Hr Hrho) H Im);
    [apply place_in_disc; assumption|intros j _; apply squares_near; assumption].
Qed.

Lemma panel_step_fits : forall J n sigma f' G G' eta a r rho coef B top, sigma ^ 2 = 1 -> 0 < eta -> 0 < r -> 1 < rho ->
  panel_disc J n sigma f' G G' a r rho coef B top ->
  analytic (ellipse rho) (panel_step J n sigma eta G a r coef) /\
  forall t, ellipse rho t ->
    Cmod (panel_step J n sigma eta G a r coef t) <= eta * (top * root_high J (means coef) (spreads n coef rho) a (axis r rho)).
Proof.
  intros J n sigma f' G G' eta a r rho coef B top Hs He Hr Hrho HD; set (D := ellipse rho).
  assert (Im := image_of_panel J n sigma f' G G' a r rho coef B top Hs Hr Hrho HD); destruct HD as [H [HG [_ [HT _]]]].
  assert (Rt := analytic_root J n a r rho coef Hr Hrho H); unfold panel_step; split.
  - apply (analytic_times D (fun t => (RtoC (- sigma * eta) * G (sigma * (place a r t * panel_root J n a r coef t)))%C) (panel_root J n a r coef));
      [|exact Rt].
    apply (analytic_times D (fun _ => RtoC (- sigma * eta)) (fun t => G (sigma * (place a r t * panel_root J n a r coef t))%C)); [apply analytic_constant|].
    apply (analytic_compose D B (fun t => (sigma * (place a r t * panel_root J n a r coef t))%C) G); [|exists G'; exact HG|exact Im].
    apply (analytic_times D (fun _ => RtoC sigma) (fun t => (place a r t * panel_root J n a r coef t)%C)); [apply analytic_constant|].
    apply (analytic_times D (place a r) (panel_root J n a r coef)); [apply analytic_place|exact Rt].
  - intros t Ht; rewrite !Cmod_mult, Cmod_R, Rabs_mult, Rabs_Ropp, (Rabs_pos_eq eta) by lra.
    assert (S1 : Rabs sigma = 1) by (assert (X := Rabs_pos sigma); rewrite <- (pow2_abs sigma) in Hs; nra); rewrite S1, Rmult_1_l, Rmult_assoc.
    apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat; try apply Cmod_ge_0; [apply HT, Im, Ht|].
    apply (mroot_bounds J (means coef) (spreads n coef rho) a (axis r rho) (squares n coef t) (place a r t) (axis_nonneg r rho Hr Hrho) H);
      [apply place_in_disc; assumption|intros j _; apply squares_near; assumption].
Qed.

(** On the axis *)
Lemma step_real : forall J n sigma f' G G' eta a r rho coef B top, sigma ^ 2 = 1 -> 0 < r -> 1 < rho ->
  panel_disc J n sigma f' G G' a r rho coef B top -> forall t : R, -1 <= t <= 1 -> let y := a + r * t in
  (forall j, (j < J)%nat -> 0 < panel_curve n a r coef j y + y ^ 2) /\
  panel_step J n sigma eta G a r coef t = RtoC (eta * reduced_speed J sigma f' (fun j => panel_curve n a r coef j y) y).
Proof.
  intros J n sigma f' G G' eta a r rho coef B top Hs Hr Hrho HD t Ht y; assert (Dt : ellipse rho t) by (apply segment_inside; assumption).
  assert (Y : place a r t = RtoC y) by (unfold place, y; rewrite RtoC_plus, RtoC_mult; reflexivity).
  assert (Cv : forall j, squares n coef t j = RtoC (panel_curve n a r coef j y)).
  { intros j; unfold squares, panel_curve; rewrite csum_real; do 2 f_equal; unfold y; field; lra. }
  destruct (mroot_real J (means coef) (spreads n coef rho) a (axis r rho) (fun j => panel_curve n a r coef j y) y (proj1 HD)) as [P E].
  - rewrite <- Y; apply place_in_disc; assumption.
  - intros j _; rewrite <- Cmod_R, RtoC_minus, <- Cv; apply squares_near; assumption.
  - split; [exact P|].
    assert (Rt : panel_root J n a r coef t = RtoC (root J (fun j => panel_curve n a r coef j y) y)).
    { unfold panel_root; rewrite Y, <- E; unfold mroot; f_equal; clear - Cv.
      induction J as [|K IH]; [reflexivity|]; cbn [droot]; rewrite IH; unfold drifts; rewrite Cv; reflexivity. }
    assert (I := image_of_panel J n sigma f' G G' a r rho coef B top Hs Hr Hrho HD t Dt); unfold panel_step; rewrite Rt, Y in *.
    rewrite <- !RtoC_mult in I |- *; destruct HD as [_ [_ [Ext _]]]; rewrite (Ext _ I), <- !RtoC_mult; f_equal.
    unfold reduced_speed, reduced_product; ring.
Qed.

(** ** The residuals, for any holomorphic step h that is short enough *)

Definition short_step (r rho beyond ahead : R) (h : C -> C) : Prop :=
  analytic (ellipse rho) h /\ (forall t, ellipse rho t -> Cmod (h t) <= ahead) /\ 0 < r /\ 1 < rho /\ 1 < beyond /\
  rho + / rho + 2 * (ahead / r) <= beyond + / beyond.

Definition moved (r : R) (h : C -> C) (t : C) : C := (t + / r * h t)%C.

Definition drift_residual (n : nat) (a r : R) (coef : nat -> nat -> R) (h : C -> C) (j : nat) (t : C) : C :=
  (squares n coef t j + RtoC (-1) * (squares n coef t j * (h t * h t * / panel_sum n a r coef j t))
    + RtoC (-1) * csum n (coef j) (moved r h t))%C.

Definition count_residual (n : nat) (r : R) (count : nat -> R) (h : C -> C) (t : C) : C :=
  (csum n count (moved r h t) + RtoC (-1) * csum n count t + RtoC (-1))%C.

Lemma moved_inside : forall r rho beyond ahead h t, short_step r rho beyond ahead h -> ellipse rho t -> ellipse beyond (moved r h t).
Proof.
  intros r rho beyond ahead h t [_ [S [Hr [Hrho [_ Hb]]]]] Ht; apply (ellipse_moves rho beyond (ahead / r)); [exact Ht| |exact Hb].
  rewrite <- RtoC_inv, Cmod_mult, Cmod_R, Rabs_pos_eq by (try (left; apply Rinv_0_lt_compat); lra).
  unfold Rdiv; rewrite Rmult_comm; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|exact (S t Ht)].
Qed.

Lemma analytic_moved : forall n c r rho beyond ahead h, short_step r rho beyond ahead h -> analytic (ellipse rho) (fun t => csum n c (moved r h t)).
Proof.
  intros n c r rho beyond ahead h H; set (D := ellipse rho).
  apply (analytic_compose D (ellipse beyond) (moved r h) (csum n c)); [|apply analytic_csum|intros z Hz; apply (moved_inside r rho beyond ahead); assumption].
  apply (analytic_plus D (fun t => t) (fun t => (/ r * h t)%C)); [apply analytic_identity|].
  apply (analytic_times D (fun _ => (/ r)%C) h); [apply analytic_constant|apply H].
Qed.

Lemma analytic_drift : forall J n a r rho beyond ahead coef h j, short_step r rho beyond ahead h ->
  stay_apart J (means coef) (spreads n coef rho) a (axis r rho) -> (j < J)%nat -> analytic (ellipse rho) (drift_residual n a r coef h j).
Proof.
  intros J n a r rho beyond ahead coef h j H HA Hj; set (D := ellipse rho); unfold drift_residual.
  assert (S := analytic_csum D n (coef j)); assert (Hh := proj1 H : analytic D h).
  apply (analytic_minus D (fun t => (squares n coef t j + RtoC (-1) * (squares n coef t j * (h t * h t * / panel_sum n a r coef j t)))%C)
    (fun t => csum n (coef j) (moved r h t))); [|exact (analytic_moved n (coef j) r rho beyond ahead h H)].
  apply (analytic_minus D (fun t => squares n coef t j) (fun t => (squares n coef t j * (h t * h t * / panel_sum n a r coef j t))%C)); [exact S|].
  apply (analytic_times D (fun t => squares n coef t j) (fun t => (h t * h t * / panel_sum n a r coef j t)%C)); [exact S|].
  apply (analytic_times D (fun t => (h t * h t)%C) (fun t => (/ panel_sum n a r coef j t)%C)); [exact (analytic_times D h h Hh Hh)|].
  apply (analytic_inverse D (panel_sum n a r coef j)); [exact (analytic_sum D a r (fun t => squares n coef t j) S)|].
  intros t Ht; destruct H as [_ [_ [Hr [Hrho _]]]]; apply (panel_drift J n a r rho coef t j Hr Hrho HA Ht Hj).
Qed.

Lemma analytic_count : forall n r rho beyond ahead count h, short_step r rho beyond ahead h -> analytic (ellipse rho) (count_residual n r count h).
Proof.
  intros n r rho beyond ahead count h H; set (D := ellipse rho); unfold count_residual.
  apply (analytic_plus D (fun t => (csum n count (moved r h t) + RtoC (-1) * csum n count t)%C) (fun _ => RtoC (-1))); [|apply analytic_constant].
  apply (analytic_minus D (fun t => csum n count (moved r h t)) (csum n count)); [exact (analytic_moved n count r rho beyond ahead h H)|apply analytic_csum].
Qed.

Lemma drift_bounded : forall J n a r rho beyond ahead coef h j t, short_step r rho beyond ahead h ->
  stay_apart J (means coef) (spreads n coef rho) a (axis r rho) -> (j < J)%nat -> ellipse rho t ->
  Cmod (drift_residual n a r coef h j t) <= drift_size n a r rho beyond ahead coef j.
Proof.
  intros J n a r rho beyond ahead coef h j t H HA Hj Ht; assert (I := moved_inside r rho beyond ahead h t H Ht).
  destruct H as [_ [St [Hr [Hrho [Hb _]]]]]; specialize (St t Ht).
  assert (S1 := squares_near n coef rho t j Hrho Ht); assert (S2 := csum_spread n (coef j) beyond (moved r h t) Hb I).
  destruct (panel_drift J n a r rho coef t j Hr Hrho HA Ht Hj) as [_ [_ [L N]]]; destruct (share_half J _ _ a _ HA j Hj) as [Sh [P _]].
  destruct (HA j Hj) as [M0 [S0 _]]; change (coef j 0%nat) with (means coef j) in S2; unfold drift_residual.
  set (c := squares n coef t j) in *; set (d := csum n (coef j) (moved r h t)) in *; set (w := panel_sum n a r coef j t) in *.
  replace (c + RtoC (-1) * (c * (h t * h t * / w)) + RtoC (-1) * d)%C
    with (c - means coef j + - (d - means coef j) + - (c * (h t * h t * / w)))%C by (rewrite !negated; ring).
  eapply Rle_trans; [apply Cmod_triangle|]; rewrite Cmod_opp; unfold drift_size; apply Rplus_le_compat.
  - eapply Rle_trans; [apply Cmod_triangle|]; rewrite Cmod_opp; apply Rplus_le_compat; assumption.
  - rewrite !Cmod_mult, Cmod_inv by exact N.
    assert (Cc : Cmod c <= means coef j + spread n (coef j) rho).
    { assert (T := Cmod_triangle (c - means coef j)%C (means coef j)); replace (c - means coef j + means coef j)%C with c in T by ring.
      rewrite Cmod_R, Rabs_pos_eq in T by exact M0; unfold spreads in S1; lra. }
    assert (H0 := Cmod_ge_0 (h t)); assert (W0 : 0 < Cmod w) by (apply Cmod_gt_0, N).
    unfold Rdiv; rewrite (Rmult_assoc (means coef j + spread n (coef j) rho)); apply Rmult_le_compat; [apply Cmod_ge_0| |exact Cc|].
    + apply Rmult_le_pos; [apply Rmult_le_pos; exact H0|left; apply Rinv_0_lt_compat, W0].
    + apply Rmult_le_compat; [apply Rmult_le_pos; exact H0|left; apply Rinv_0_lt_compat, W0| |].
      * simpl; rewrite Rmult_1_r; apply Rmult_le_compat; lra.
      * apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra|exact L].
Qed.

Lemma count_bounded : forall n r rho beyond ahead count h t, short_step r rho beyond ahead h -> ellipse rho t ->
  Cmod (count_residual n r count h t) <= count_size n rho beyond count.
Proof.
  intros n r rho beyond ahead count h t H Ht; assert (I := moved_inside r rho beyond ahead h t H Ht); destruct H as [_ [_ [_ [Hrho [Hb _]]]]].
  assert (S1 := csum_spread n count rho t Hrho Ht); assert (S2 := csum_spread n count beyond (moved r h t) Hb I); unfold count_residual, count_size.
  set (c := csum n count t) in *; set (d := csum n count (moved r h t)) in *.
  replace (d + RtoC (-1) * c + RtoC (-1))%C with (d - count 0%nat + - (c - count 0%nat) + RtoC (-1))%C by (rewrite !negated; ring).
  eapply Rle_trans; [apply Cmod_triangle|]; rewrite Cmod_R, Rabs_left by lra.
  assert (T := Cmod_triangle (d - count 0%nat)%C (- (c - count 0%nat))%C); rewrite Cmod_opp in T; lra.
Qed.

Lemma residuals_real : forall J n a r coef (h : C -> C) (t k : R), 0 < r -> h t = RtoC k -> let y := a + r * t in
  (forall j, (j < J)%nat -> 0 < panel_curve n a r coef j y + y ^ 2) ->
  (forall j, (j < J)%nat -> fst (drift_residual n a r coef h j t) =
    panel_curve n a r coef j y * (1 - k ^ 2 / (panel_curve n a r coef j y + y ^ 2)) - panel_curve n a r coef j (y + k)) /\
  (forall count, fst (count_residual n r count h t) = series n count ((y + k - a) / r) - series n count ((y - a) / r) - 1).
Proof.
  intros J n a r coef h t k Hr E y P.
  assert (Y : place a r t = RtoC y) by (unfold place, y; rewrite RtoC_plus, RtoC_mult; reflexivity).
  assert (Cv : forall c, csum n c t = RtoC (series n c ((y - a) / r))) by (intros c; rewrite csum_real; do 2 f_equal; unfold y; field; lra).
  assert (Mv : forall c, csum n c (moved r h t) = RtoC (series n c ((y + k - a) / r))).
  { intros c; unfold moved; rewrite E, <- RtoC_inv, <- RtoC_mult, <- RtoC_plus, csum_real by lra; do 2 f_equal; unfold y; field; lra. }
  split.
  - intros j Hj; specialize (P j Hj); unfold drift_residual, panel_sum, squares; rewrite Cv, Mv, E, Y; unfold panel_curve in *.
    set (v := series n (coef j) ((y - a) / r)) in *.
    rewrite <- RtoC_mult with (x := y), <- RtoC_plus, <- RtoC_inv by (replace (v + y * y) with (v + y ^ 2) by ring; lra).
    rewrite <- !RtoC_mult, <- !RtoC_plus; cbn [fst RtoC]; field; lra.
  - intros count; unfold count_residual; rewrite Cv, Mv, <- RtoC_mult, <- !RtoC_plus; cbn [fst RtoC]; ring.
Qed.

(** ** From the nodes to the panel *)

Lemma by_nodes : forall n F rho s M (t : R), (1 <= n)%nat -> 1 < rho -> analytic (ellipse rho) F ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) -> (forall i, (i < n)%nat -> Rabs (fst (F (cos (angle n i)))) <= s) -> -1 <= t <= 1 ->
  Rabs (fst (F t)) <= on_panel_bound n rho s M.
Proof. intros n F rho s M t Hn Hr [F' HF] HM Hs Ht; exact (chebyshev_supremum n F F' rho M s t Hn Hr HF HM Hs Ht). Qed.

(** The residuals at the nodes *)
Definition at_nodes (J n : nat) (sigma : R) (f' : R -> R) (eta a r : R) (coef : nat -> nat -> R) (count : nat -> R)
    (at_node : nat -> R) (count_node : R) : Prop :=
  forall i, (i < n)%nat -> let y := a + r * cos (angle n i) in
    let h := eta * reduced_speed J sigma f' (fun j => panel_curve n a r coef j y) y in
    (forall j, (j < J)%nat -> Rabs (panel_curve n a r coef j y * (1 - h ^ 2 / (panel_curve n a r coef j y + y ^ 2))
      - panel_curve n a r coef j (y + h)) <= at_node j) /\
    Rabs (series n count ((y + h - a) / r) - series n count ((y - a) / r) - 1) <= count_node.

Lemma least_on_panel : forall n (c : nat -> R) near (t : R), 1 < near -> -1 <= t <= 1 -> c 0%nat - spread n c near <= series n c t.
Proof.
  intros n c near t Hn Ht; assert (S := csum_spread n c near t Hn (segment_inside near t Hn Ht)).
  rewrite csum_real, <- RtoC_minus, Cmod_R in S; apply Rabs_le_between in S; lra.
Qed.

Theorem panel_residuals : forall (J n : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (eta a r rho beyond near : R)
    (coef : nat -> nat -> R) (count : nat -> R) (B : C -> Prop) (top ahead : R) (at_node : nat -> R) (count_node leaves miss : R),
  (1 <= n)%nat -> sigma ^ 2 = 1 -> 0 < eta -> 0 < r -> 1 < rho -> 1 < beyond -> 1 < near -> 0 <= leaves ->
  panel_disc J n sigma f' G G' a r rho coef B top ->
  eta * (top * root_high J (means coef) (spreads n coef rho) a (axis r rho)) <= ahead ->
  rho + / rho + 2 * (ahead / r) <= beyond + / beyond ->
  at_nodes J n sigma f' eta a r coef count at_node count_node ->
  (forall j, (j < J)%nat -> 4 * on_panel_bound n rho (at_node j) (drift_size n a r rho beyond ahead coef j)
    <= leaves * (means coef j - spread n (coef j) near)) ->
  on_panel_bound n rho count_node (count_size n rho beyond count) <= miss ->
  curve_solves J sigma f' eta (a - r) (a + r) (panel_curve n a r coef) (fun y => series n count ((y - a) / r)) leaves miss.
Proof.
  intros J n sigma f' G G' eta a r rho beyond near coef count B top ahead at_node count_node leaves miss Hn Hs He Hr Hrho Hb Hnear Hl HD Ha
    Hbe HN HL HM y Hy; cbv zeta.
  set (t := (y - a) / r); assert (Ht : -1 <= t <= 1) by (unfold t; split; [apply Rle_div_r|apply Rle_div_l]; lra).
  assert (Ey : a + r * t = y) by (unfold t; field; lra).
  destruct (panel_step_fits J n sigma f' G G' eta a r rho coef B top Hs He Hr Hrho HD) as [An Bd].
  assert (Real := step_real J n sigma f' G G' eta a r rho coef B top Hs Hr Hrho HD); set (h := panel_step J n sigma eta G a r coef) in *.
  assert (Sh : short_step r rho beyond ahead h) by (repeat split; try assumption; intros z Hz; eapply Rle_trans; [apply Bd, Hz|exact Ha]).
  assert (At : forall z : R, -1 <= z <= 1 -> let y := a + r * z in let k := eta * reduced_speed J sigma f' (fun j => panel_curve n a r coef j y) y in
    (forall j, (j < J)%nat -> fst (drift_residual n a r coef h j z) =
      panel_curve n a r coef j y * (1 - k ^ 2 / (panel_curve n a r coef j y + y ^ 2)) - panel_curve n a r coef j (y + k)) /\
    (forall count, fst (count_residual n r count h z) = series n count ((y + k - a) / r) - series n count ((y - a) / r) - 1)).
  { intros z Hz; destruct (Real z Hz) as [P E]; exact (residuals_real J n a r coef h z _ Hr E P). }
  destruct (At t Ht) as [Dt Ct]; rewrite Ey in Dt, Ct; set (k := eta * reduced_speed J sigma f' (fun j => panel_curve n a r coef j y) y) in *; split.
  - intros j Hj; rewrite <- (Dt j Hj).
    assert (S := by_nodes n (drift_residual n a r coef h j) rho (at_node j) (drift_size n a r rho beyond ahead coef j) t Hn Hrho
      (analytic_drift J n a r rho beyond ahead coef h j Sh (proj1 HD) Hj)
      (fun z => drift_bounded J n a r rho beyond ahead coef h j z Sh (proj1 HD) Hj)).
    assert (L := least_on_panel n (coef j) near t Hnear Ht); change (series n (coef j) t) with (panel_curve n a r coef j y) in L.
    specialize (HL j Hj); apply (Rmult_le_compat_l leaves) in L; [|exact Hl]; unfold means in HL.
    eapply Rle_trans; [apply Rmult_le_compat_l; [lra|apply S; [|exact Ht]]|lra].
    intros i Hi; destruct (HN i Hi) as [HNd _]; destruct (At (cos (angle n i)) (COS_bound _)) as [Dn _].
    rewrite (Dn j Hj); apply HNd, Hj.
  - change (Rabs (series n count ((y + k - a) / r) - series n count ((y - a) / r) - 1) <= miss).
    rewrite <- Ct; eapply Rle_trans; [|exact HM].
    apply (by_nodes n (count_residual n r count h) rho count_node); [exact Hn|exact Hrho| | | |exact Ht].
    + exact (analytic_count n r rho beyond ahead count h Sh).
    + intros z Hz; exact (count_bounded n r rho beyond ahead count h z Sh Hz).
    + intros i Hi; destruct (HN i Hi) as [_ HNc]; destruct (At (cos (angle n i)) (COS_bound _)) as [_ Cn]; rewrite Cn; exact HNc.
Qed.
