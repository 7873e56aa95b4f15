(** Instances, continued: the derivative of a formula, one direct step, the landing of a skip, and a whole certified count: one weight with
    f = - p and steps of 1/4 from 0, of which two are skipped and four are taken until p is above 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature SkipPlace SkipLeaves SkipDrift SkipCells CurveStop BoxStop SkipLanding
  Formulas FormulaDerivative CentredStep CertifiedPhases CertifiedRun
  InstancesSteps InstancesCount InstancesDelay InstancesChecks InstancesDescent InstancesQuadrature InstancesIntegrals InstancesCounting.
Open Scope R_scope.

Lemma formula_derivative_instance : exists (B : C -> Prop) (f : formula), regular B f.
Proof. exact formula_continues_instance. Qed.

(** ** One step: f' = p from the weights 1 and 1, known exactly *)

Lemma itself_in_ball : forall k v radius, 0 <= radius -> in_ball k v radius v.
Proof.
  intros k v radius H; unfold in_ball, length2; rewrite (total_ext k _ (fun _ => 0)) by (intros; ring); rewrite total_zero by reflexivity; rewrite sqrt_0; exact H.
Qed.

Lemma centred_step_instance : exists (f' f'' : R -> R) (eta : R) (k m : nat) (centre centre' W w : nat -> R) (radius gradient coupling curve steepest bend rounding : R),
  (m < k)%nat /\ 0 <= eta /\ 0 <= gradient /\ (forall i : nat, (i < k)%nat -> Rabs (centre i) + radius <= W i) /\ (forall i : nat, (i < k)%nat -> i <> m -> 0 < W i) /\
  gradient_bound k m W <= gradient ^ 2 /\ coupling_of k m W <= coupling /\
  (forall p : R, Rabs (p - product k centre) <= radius * gradient ->
    is_derive f' p (f'' p) /\ Rabs (f'' p) <= curve /\ Rabs (1 - eta * f'' p * gradient ^ 2) <= bend) /\ 1 <= bend /\
  steepest = Rabs (f' (product k centre)) + curve * (radius * gradient) /\
  in_ball k (step f' eta k centre) rounding centre' /\ in_ball k centre radius w.
Proof.
  exists (fun p => p), (fun _ => 1), (1 / 10), 2%nat, 0%nat, (fun _ => 1), (step (fun p => p) (1 / 10) 2 (fun _ => 1)), (fun _ => 1), (fun _ => 1), 0, 2, 2, 1, 1, 1, 0.
  split; [lia|]; split; [lra|]; split; [lra|]; split; [intros i _; rewrite Rabs_R1; lra|]; split; [intros; lra|]; split; [|split; [|split]].
  - unfold gradient_bound, inverses, others, but; simpl; lra.
  - unfold coupling_of, inverses, others, but; simpl.
    assert (E := sqrt_sqrt (1 * (0 + 0 * (0 * 1) + / 1 * (/ 1 * 1)) * (1 * (0 + 0 * (0 * 1) + / 1 * (/ 1 * 1)) * 1) + 4 * (0 + 0 * (0 * 1) + / 1 * (/ 1 * 1)))).
    set (z := sqrt _) in *; assert (P := sqrt_pos (1 * (0 + 0 * (0 * 1) + / 1 * (/ 1 * 1)) * (1 * (0 + 0 * (0 * 1) + / 1 * (/ 1 * 1)) * 1) + 4 * (0 + 0 * (0 * 1) + / 1 * (/ 1 * 1)))).
    fold z in P; specialize (E ltac:(lra)); assert (z <= 3) by nra; lra.
  - intros p _; split; [apply (is_derive_id (K := R_AbsRing))|]; split; [rewrite Rabs_R1; lra|]; apply Rabs_le; simpl; lra.
  - split; [lra|]; split; [simpl; rewrite !Rmult_1_l, Rabs_R1; lra|]; split; apply itself_in_ball; lra.
Qed.

(** The weights 3 and 4, for the false variant *)
Definition three_four (i : nat) : R := match i with O => 3 | _ => 4 end.

(** ** The landing of the skip of InstancesIntegrals.v *)

Definition log_uneven : R := 1 / 10 * 1 * exp (1 * (1 / 10 * 1)) * (1 + 1) / 2 + / (1 - 1 / 4) * ((1 / 10 * 1) ^ 2 * / 74) + (exp (0 * 2 / 2 + 2 * 2) - 1).

Lemma log_exit : exit_fits 1 (1 / 4) 1 log' log'' log''' (log_squares 0) (ahead 1) 1 1 (1 / 2) 1 0 1 (fun _ => / 74).
Proof.
  split; [lra|]; split; [lra|]; split; [lra|]; unfold ahead; simpl INR; split.
  - intros c y Hc Hy; destruct (log_bounds c y Hc ltac:(lra)) as [C [_ [_ I2]]]; destruct (log_values c y ltac:(lra) C) as [_ [_ [-> _]]]; rewrite Rabs_pos_eq; lra.
  - intros y Hy; assert (Y : 1 <= y ^ 2) by (rewrite <- (pow1 2); apply pow_incr; lra).
    destruct (log_values (log_squares 0) y ltac:(lra)) as [U [_ [_ [X _]]]]; [rewrite log_start; lra|]; unfold log_speed in U; rewrite U, X.
    assert (/ y <= / 1) by (apply Rinv_le_contravar; lra); assert (/ 2 <= / y) by (apply Rinv_le_contravar; lra).
    split; [lra|]; split; [rewrite Rabs_R0; lra|]; split.
    + cbn [total]; rewrite log_start, Rplus_0_l; apply Rle_div_l; [nra|nra].
    + intros j _; rewrite log_start; apply Rinv_le_contravar; lra.
Qed.

Definition log_time : R := time_sum 1 1 1 log' (log_squares 0) ahead (fun _ => 2%nat) (fun _ => two_points) (fun _ _ => 1).
Definition log_time_off : R := time_error 1 1 (log_squares 0) ahead (fun _ => 1 / 28) (fun _ => 2%nat).
Definition log_delay : R := drift_sum 1 (fun i => i) (fun y z => 1 / 2 * delay_kernel 1 log_speed (reduced_chi 1 1 log' log'') (log_squares 0) (log_squares 0) y z) ahead (fun _ => 1%nat)
  (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0) (inner_weights (fun _ _ => 0) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)).
Definition log_delay_off : R := drift_error 1 (fun i => i) (fun _ => 1%nat) (fun _ => 1%nat) (pair_bound 1 1 (1 / 2) (fun _ => 0%nat) (log_squares 0) ahead
  (fun _ => 3 / 2) (fun _ => 1) (fun _ => 1 / 28) (fun _ => 1) (fun _ => 0)).
Definition log_begin : R := start_delay 1 1 ahead ahead_r (fun _ => 1) (fun _ => 1 / 4) (fun _ _ => 1) (fun _ => 0) (1 / 1000).
Definition log_ahead : R := 1 / (1 / 10) * (log_time + log_time_off) + (log_delay + log_delay_off) + log_begin + log_error - INR 14.

Lemma log_left : forall c', in_box 1 (1 / 4) (log_squares 0) c' ->
  1 / (1 / 10) * (log_time + log_time_off) + 1 / 2 * ln (log_speed c' (ahead 1) / log_speed (log_squares 0) (log_place 0)) + (log_delay + log_delay_off) + log_begin + log_error - INR 14
    <= log_ahead.
Proof.
  intros c' Hc'; assert (B := log_box c' Hc'); replace (ahead 1) with 2 by (unfold ahead; simpl; ring); replace (log_place 0) with 1 by (unfold log_place, coordinate, one_and_ten; simpl; ring).
  destruct (log_values c' 2 ltac:(lra)) as [-> _]; [lra|]; destruct (log_values (log_squares 0) 1 ltac:(lra)) as [-> _]; [rewrite log_start; lra|].
  assert (L : ln (/ 2 / / 1) < 0) by (rewrite <- ln_1; apply ln_increasing; lra); unfold log_ahead; lra.
Qed.

Lemma log_close : forall c' (i j : nat) y, in_box 1 (1 / 4) (log_squares 0) c' -> (i <= 1)%nat -> (j < 1)%nat -> ahead i - ahead_r i <= y <= ahead (S i) + ahead_r (S i) -> / (c' j + y ^ 2) <= / 74.
Proof. intros c' i j y Hc Hi Hj Hy; replace j with 0%nat by lia; apply (log_bounds c' y Hc), (log_piece i y Hi Hy). Qed.

Lemma skip_landing_instance : exists (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (G G' G'' : C -> C) (gap slowest logs : R)
    (cells : nat) (marks lowest : nat -> R) (regions : nat -> C -> Prop) (nodes : nat -> nat) (place share : nat -> nat -> R)
    (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image : nat -> C -> Prop) (first nodes' : nat -> nat)
    (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat -> nat -> R)
    (time_s time_e drift_s drift_e start ahead wide hull stiff second slow fast chi_exit weight_exit : R) (far uneven : nat -> R) (close : nat -> nat -> R)
    (used : nat -> bool) (nodes2 : nat -> nat) (place2 share2 : nat -> nat -> R),
  (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ 0 <= eps < 1 /\
  sigma = orientation J m d w /\ u = reduced_speed J sigma f' /\ x = coordinate f' eta J m d w /\
  c = differences f' eta J m w /\ (forall j, (j < J)%nat -> 0 <= c 0%nat j) /\
  pieces_fit M a r /\
  speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near /\
  kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
    group drift rho shape delta weight X Z low together steep /\
  error = added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep /\
  a 0%nat <= x 0%nat <= a 0%nat + gap /\ a 0%nat + gap <= a 1%nat /\
  (forall y, a 0%nat <= y <= a 0%nat + gap -> 0 < slowest <= u (c 0%nat) y) /\
  (forall c', in_box J eps (c 0%nat) c' -> logs <= 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat))) /\
  marks 0%nat = a 0%nat /\ marks cells = a M /\ (forall i, (i < cells)%nat -> marks i < marks (S i)) /\
  (forall i, (i < cells)%nat -> (1 <= nodes i)%nat /\ gauss_rule (nodes i) (place i) (share i)) /\
  discs_fit J cells sigma f' G G' (c 0%nat) marks lowest regions /\
  ends 0%nat = a 0%nat /\ ends parts = a M /\ (forall i, (i < parts)%nat -> ends i < ends (S i)) /\
  0 <= part < 1 /\ rules_fit parts nodes' place' share' inner s v /\
  drifts_fit J parts sigma f' f'' G G' G'' part (c 0%nat) ends spot axis least most sens image /\
  (forall i, (i < parts)%nat -> (first i <= i)%nat) /\
  time_s = time_sum J cells sigma f' (c 0%nat) marks nodes place share /\ time_e = time_error J cells (c 0%nat) marks lowest nodes /\
  drift_s = drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z)
        ends nodes' place' share' inner s (inner_weights place' inner s v) /\
  drift_e = drift_error parts first nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least most sens) /\
  start = start_delay N M a r U low rho X gap /\
  INR n <= 1 / eta * (time_s - time_e - gap / slowest) + logs + (drift_s - drift_e) - start - error /\
  (forall c', in_box J eps (c 0%nat) c' ->
    1 / eta * (time_s + time_e) + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (drift_s + drift_e) + start + error - INR n <= ahead) /\
  far_enough J M eps eta (c 0%nat) a U A u wide hull stiff ahead /\
  exit_fits J eps sigma f' f'' f''' (c 0%nat) (a M) wide second slow fast chi_exit weight_exit far /\
  uneven_fits J M eps eta U A near group shape delta together steep uneven /\
  (forall c' i j y, in_box J eps (c 0%nat) c' -> (i <= M)%nat -> (j < J)%nat -> a i - r i <= y <= a (S i) + r (S i) -> / (c' j + y ^ 2) <= close i j) /\
  (forall i, (i < parts)%nat -> used i = true -> (1 <= nodes2 i)%nat /\ gauss_rule (nodes2 i) (place2 i) (share2 i)).
Proof.
  exists log', log'', log''', (1 / 10), 1%nat, 0%nat, 1, one_and_ten, 1%nat, 1%nat, 14%nat, ahead, ahead_r, (fun _ => 1), (fun _ => 1), (fun _ => 1), (fun _ _ => / 74),
    (1 / 4), 1, log_speed, log_place, log_squares, (fun _ => 0%nat), (fun _ _ => 1), (fun _ _ => 1), (fun _ _ => 1), (fun _ _ => 2), (fun _ => 1), (fun _ => 0),
    (fun _ => 0), (fun _ => 1 / 4), (fun _ => 2), 0, log_error, clog', clog'', clog''', (1 / 1000), (1000 / 1001), (- (3 / 8)), 1%nat, ahead, (fun _ => 1 / 28),
    log_region, (fun _ => 2%nat), (fun _ => two_points), (fun _ _ => 1), 1%nat, (1 / 2), ahead, (fun _ => 3 / 2), (fun _ => 1), (fun _ => 1 / 28), (fun _ => 1),
    (fun _ => 0), log_region, (fun i => i), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2), log_time,
    log_time_off, log_delay, log_delay_off, log_begin, log_ahead, 1, 0, 0, 1, (1 / 2), 1, 0, 1, (fun _ => / 74), (fun _ => log_uneven), (fun _ _ => / 74), (fun _ =>
    true), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2).
  split; [lia|]; split; [ring|]; split; [lra|]; split; [lra|]; split; [apply log_orientation|]; do 3 (split; [reflexivity|]).
  split; [intros j _; rewrite log_start; lra|]; split; [apply log_pieces|]; split; [apply log_within|]; split; [apply log_kernels|].
  split; [reflexivity|]; split; [unfold log_place, coordinate, one_and_ten, ahead; simpl; lra|].
  split; [unfold ahead; simpl; lra|]; split; [apply log_start_speed|]; split; [apply log_logs|]; do 2 (split; [reflexivity|]).
  split; [apply ahead_rises|]; split; [intros i _; split; [lia|apply two_points_are_gauss]|]; split; [apply log_discs|].
  do 2 (split; [reflexivity|]); split; [apply ahead_rises|]; split; [lra|]; split; [apply midpoints_fit|]; split; [apply log_drifts|].
  split; [intros; lia|]; do 5 (split; [reflexivity|]); split; [apply log_budget|]; split; [apply log_left|]; split; [left; unfold ahead; simpl; ring|].
  split; [apply log_exit|]; split; [intros i j _ _; apply Rle_refl|]; split; [apply log_close|intros i _ _; split; [lia|exact midpoint_is_gauss]].
Qed.

(** ** A whole count *)

Definition minus_p : formula := Times (Number (-1)) Place.

Lemma line_slope : forall p, slope_of minus_p p = -1.
Proof. intros; unfold slope_of; simpl; ring. Qed.
Lemma line_curvature : forall p, curvature_of minus_p p = 0.
Proof. intros; unfold curvature_of; simpl; ring. Qed.
Lemma line_third : forall p, third_of minus_p p = 0.
Proof. intros; unfold third_of; simpl; ring. Qed.

Lemma line_values : forall c y, reduced_speed 0 1 (slope_of minus_p) c y = 1 /\ reduced_first 0 1 (slope_of minus_p) (curvature_of minus_p) c y = 0 /\
  reduced_second 0 1 (slope_of minus_p) (curvature_of minus_p) (third_of minus_p) c y = 0 /\ reduced_chi 0 1 (slope_of minus_p) (curvature_of minus_p) c y = 1 /\
  reduced_zeta 0 1 (slope_of minus_p) (curvature_of minus_p) (third_of minus_p) c y = 0 /\ reduced_product 0 1 c y = y.
Proof.
  intros c y; unfold reduced_speed, reduced_first, reduced_second, reduced_chi, reduced_zeta, reduced_product, slopes, bends, root; cbv zeta; cbn [product total].
  rewrite !line_slope, !line_curvature, !line_third; repeat split; field.
Qed.

Definition above_one (p : R) (_ : nat -> R) : Prop := 1 < p.
Definition from_to (lo hi : R) : region := fun v => lo <= v 0%nat <= hi.
Definition quarter_error : R := time_error 0 1 (fun _ => 0) INR (fun _ => 1) (fun _ => 1%nat).

Lemma quarter_error_small : 0 <= quarter_error <= 264 / 1000.
Proof.
  unfold quarter_error, time_error; cbn [total product]; destruct code_rho_inverse as [R1 E]; rewrite E.
  assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (P := sqrt_pos 3); set (r := 2 - sqrt 3) in *; assert (r0 : 0 <= r <= 3 / 10) by (unfold r; nra).
  assert (r2 : 0 <= r ^ 2 <= 9 / 100) by (simpl; nra); unfold half; simpl INR; change (2 * 1)%nat with 2%nat; rewrite Rplus_0_l.
  replace ((1 - 0) / 2 * (16 / 3 * (1 / (1 * 1)) * r ^ 2 / (1 - r ^ 2))) with (8 / 3 * r ^ 2 / (1 - r ^ 2)) by (field; lra).
  split; [apply Rle_mult_inv_pos; lra|apply Rle_div_l; lra].
Qed.

Lemma line_speeds : forall c0, speeds_checked 0 1 0 (1 / 4) 1 minus_p c0 INR (fun _ => 1 / 4) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ _ => 0).
Proof.
  intros c0; split; [|repeat split; intros; try lra; lia].
  intros c i y _ _ _; destruct (line_values c y) as [-> [-> [-> _]]]; rewrite Rabs_R0; split; [split; exact I|]; repeat split; try lra; intros; lia.
Qed.

Lemma line_kernels : forall c0, kernels_fit 0 0 1 0 (1 / 4) c0 INR (fun _ => 1 / 4) (fun _ => 1) (fun _ => 0) (fun _ _ => 0) (reduced_speed 0 1 (slope_of minus_p))
  (reduced_chi 0 1 (slope_of minus_p) (curvature_of minus_p)) (reduced_zeta 0 1 (slope_of minus_p) (curvature_of minus_p) (third_of minus_p)) (fun _ => 0%nat)
  (fun _ _ => 0) (fun _ _ => 0) (fun _ _ => 0) (fun _ _ => 0) (fun _ => 0) (fun _ => 1) (fun _ => 0) (fun _ => 1) (fun _ => 0) 1.
Proof.
  intros c0; split; [intros; lia|]; split; [intros; lra|]; split; [intros; lra|]; split; [intros; lra|]; split; [intros; lra|]; split.
  - intros i y _ _; destruct (line_values c0 y) as [-> _]; split; [lra|]; split; [|split; intros; lia].
    intros c _; destruct (line_values c y) as [_ [_ [_ [-> [-> _]]]]]; rewrite Rabs_R1, Rabs_R0; cbn [total]; lra.
  - split; [intros; lra|]; split; [intros; lia|]; split; [intros; cbn [total]; lra|intros; lia].
Qed.

Lemma line_pieces : pieces_fit 1 INR (fun _ => 1 / 4).
Proof. split; [lia|]; split; [intros i _; rewrite S_INR; lra|]; split; [intros; lra|intros i _; rewrite !S_INR; lra]. Qed.

Lemma line_discs : forall c0, discs_checked 0 1 1 minus_p c0 INR (fun _ => 1) (fun _ _ => True).
Proof.
  intros c0 i _; split; [intros; lia|]; split; [split; exact I|]; split; [lra|]; split; [|trivial]; intros p _; simpl.
  replace (0 * p + -1 * 1)%C with (RtoC (-1)) by components; rewrite Cmod_R, Rabs_left; lra.
Qed.

Lemma line_drifts : forall c0, drifts_checked 0 1 1 minus_p 0 c0 INR (middle INR) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => True).
Proof.
  intros c0 i Hi; replace i with 0%nat by lia; split; [rewrite Rminus_eq_0, Rabs_R0; unfold half; simpl; lra|]; split; [intros; lia|]; split; [split; exact I|]; split; [lra|].
  split; [|trivial]; intros p _; simpl; replace (0 * p + -1 * 1)%C with (RtoC (-1)) by components.
  replace (1 + p * ((0 * p + 0 * 1 + (0 * 1 + -1 * 0)) * / -1))%C with (RtoC 1) by components; rewrite !Cmod_R, Rabs_left, Rabs_R1; lra.
Qed.

Lemma line_exit : forall c0, exit_fits 0 0 1 (slope_of minus_p) (curvature_of minus_p) (third_of minus_p) c0 (INR 1) 1 0 1 1 1 0 (fun _ => 0).
Proof.
  intros c0; split; [lra|]; split; [lra|]; split; [lra|]; split.
  - intros c y _ _; destruct (line_values c y) as [_ [_ [-> _]]]; rewrite Rabs_R0; lra.
  - intros y _; destruct (line_values c0 y) as [-> [_ [_ [-> _]]]]; rewrite Rabs_R1; cbn [total]; repeat split; try lra; intros; lia.
Qed.

Lemma line_skip : forall w, w 0%nat = 0 -> skipped minus_p (1 / 4) 0 above_one w 2 (from_to (236 / 1000) (764 / 1000)).
Proof.
  intros w W; assert (Q := quarter_error_small); set (e := quarter_error) in *; set (c := fun j => w (skip 0 j) ^ 2 - w 0%nat ^ 2).
  assert (L1 : forall c c' y z, 1 / 2 * ln (reduced_speed 0 1 (slope_of minus_p) c y / reduced_speed 0 1 (slope_of minus_p) c' z) = 0).
  { intros b b' y z; destruct (line_values b y) as [-> _]; destruct (line_values b' z) as [-> _]; unfold Rdiv; rewrite Rinv_1, Rmult_1_r, ln_1; ring. }
  apply (skip_checked minus_p (1 / 4) 0 above_one w 2 _ 0 1 0 1 INR (fun _ => 1 / 4) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ _ => 0) 0 1 (reduced_speed 0 1 (slope_of minus_p)) 0 c
    (fun _ => 0%nat) (fun _ _ => 0) (fun _ _ => 0) (fun _ _ => 0) (fun _ _ => 0) (fun _ => 0) (fun _ => 1) (fun _ => 0) (fun _ => 1) (fun _ => 0) 1 0 0 1 0 1 INR (fun _ => 1) (fun _ _ => True)
    (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) 1 0 INR (middle INR) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => True) (fun i => i) (fun _ => 1%nat)
    (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) 1 e 0 0 0 (4 * (1 + e) - 2) 1 0 0 0 1 1 1 0 0 (fun _ => 0) (fun _ => 1) (fun _ _ => 0) (fun _ => true)
    (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)); try lia; try lra; try reflexivity; try (intros; lia).
  - unfold orientation; cbn [product]; ring.
  - apply line_pieces.
  - apply line_speeds.
  - apply line_kernels.
  - unfold added_defect, first_order, second_order; cbn [total]; unfold Rdiv; ring.
  - simpl; lra.
  - simpl; lra.
  - intros y _; destruct (line_values c y) as [-> _]; lra.
  - intros c' _; rewrite L1; lra.
  - intros i _; rewrite S_INR; lra.
  - intros i _; split; [lia|exact midpoint_is_gauss].
  - apply line_discs.
  - intros i _; rewrite S_INR; lra.
  - apply midpoints_fit.
  - apply line_drifts.
  - unfold time_sum, rule, half; cbn [total]; destruct (line_values c (middle INR 0 + (INR 1 - INR 0) / 2 * 0)) as [-> _]; simpl; field.
  - unfold drift_sum, within_cell, delay_kernel, kappa; cbn [total]; unfold Rdiv; ring.
  - unfold drift_error, pair_bound; cbn [total]; ring.
  - unfold start_delay; cbn [total]; ring.
  - simpl; lra.
  - intros c' _; rewrite L1; simpl; lra.
  - left; simpl; ring.
  - apply line_exit.
  - intros i j _ Hj; lia.
  - intros i _ _; split; [lia|exact midpoint_is_gauss].
  - left; exists (fun v => v), (Some 1), None, false, true; split; [split; [right; reflexivity|intros p q H; split; [exact H|exact I]]|].
    intros b _; destruct (line_values b (INR 1)) as [_ [_ [_ [_ [_ ->]]]]]; cbn [product]; rewrite W; unfold avoids, belongs, interval, under; simpl; repeat split; try lra; intros _; split; intros; lra.
  - intros v x' c' [V _] _ N _; cbv zeta in N; rewrite L1 in N; destruct (line_values c' (INR 1)) as [Sp [Fi _]]; rewrite Sp, Fi in N.
    destruct N as [t [rest [curve [E [T [R1 [R2 R3]]]]]]]; unfold from_to; rewrite Rmult_1_l in V; rewrite V, E.
    unfold log_turn in R1; rewrite Rabs_R0 in R1; replace (0 * t + 0 * t ^ 2 / 2) with 0 in R1 by field; rewrite exp_0 in R1.
    replace (1 * (0 ^ 2 + 0 * t ^ 2) / 6) with 0 in R1 by field; replace (0 * t / 2) with 0 in R2 by field; apply Rabs_le_between in R1; apply Rabs_le_between in R2.
    assert (Z1 : rest = 0) by lra; assert (Z2 : curve = 0) by lra; rewrite Z1, Z2 in R3; simpl in *; lra.
Qed.

(** A direct step carries an interval a quarter on. *)
Lemma line_step : forall lo hi, lo <= hi -> stepped minus_p (1 / 4) 1 (from_to lo hi) (from_to (lo + 1 / 4) (hi + 1 / 4)).
Proof.
  intros lo hi H; set (mid := (lo + hi) / 2); set (rad := (hi - lo) / 2).
  assert (One : forall v r, in_ball 1 (fun _ => v) r (fun _ => v) <-> 0 <= r).
  { intros v r; unfold in_ball, length2; cbn [total]; replace (0 + (v - v) ^ 2) with 0 by ring; rewrite sqrt_0; tauto. }
  assert (Dist : forall (v c : nat -> R), length2 1 (fun i => v i - c i) = Rabs (v 0%nat - c 0%nat)).
  { intros v c; unfold length2; cbn [total]; rewrite Rplus_0_l, <- Rsqr_pow2; apply sqrt_Rsqr_abs. }
  apply (step_checked minus_p (1 / 4) 1 _ _ 0 (fun _ => mid) (fun _ => mid + 1 / 4) (fun _ => Rabs mid + rad) rad 1 0 0 1 1 0); try lia; try lra.
  - intros; lra.
  - unfold gradient_bound, others, but, inverses; simpl; lra.
  - unfold coupling_of, others, but, inverses; simpl; replace ((Rabs mid + rad) * (0 + 0 * (0 * 1)) * ((Rabs mid + rad) * (0 + 0 * (0 * 1)) * 1) + 4 * (0 + 0 * (0 * 1))) with 0 by ring.
    rewrite sqrt_0; lra.
  - intros p _; rewrite line_curvature, Rabs_R0; split; [split; exact I|]; split; [lra|]; replace (1 - 1 / 4 * 0 * 1 ^ 2) with 1 by ring; rewrite Rabs_R1; lra.
  - rewrite line_slope, Rabs_left by lra; ring.
  - unfold in_ball; rewrite Dist; unfold step, others, but; simpl; rewrite line_slope; replace (mid + 1 / 4 - (mid - 1 / 4 * -1 * (1 * 1))) with 0 by field; rewrite Rabs_R0; lra.
  - intros w [W1 W2]; unfold in_ball; rewrite Dist; apply Rabs_le; unfold mid, rad; lra.
  - intros v V; unfold in_ball in V; rewrite Dist in V; apply Rabs_le_between in V; unfold from_to, mid, rad in *; lra.
Qed.

(** Two steps are skipped, and after four more p is above 1: the first such step is one of 3, ..., 6. *)
Lemma line_counted : counted minus_p (1 / 4) 0 above_one (fun w => w 0%nat = 0) 3 6 (from_to (1236 / 1000) (1764 / 1000)) /\
  forall u, from_to (1236 / 1000) (1764 / 1000) u -> stops 1 above_one u.
Proof.
  split; [|intros u [U1 U2]; unfold stops, above_one; cbn [product]; lra].
  assert (S2 : counted minus_p (1 / 4) 0 above_one (fun w => w 0%nat = 0) 3 2 (from_to (236 / 1000) (764 / 1000))).
  { apply (skips minus_p (1 / 4) 0 above_one _ 0 0 2 (fun w => w 0%nat = 0)); [apply begins|lia|exact line_skip]. }
  assert (Next : forall n lo hi, lo <= hi -> counted minus_p (1 / 4) 0 above_one (fun w => w 0%nat = 0) 3 n (from_to lo hi) ->
    counted minus_p (1 / 4) 0 above_one (fun w => w 0%nat = 0) 3 (S n) (from_to (lo + 1 / 4) (hi + 1 / 4))).
  { intros n lo hi H K; apply (steps minus_p (1 / 4) 0 above_one _ 3 n (from_to lo hi)); [exact K|apply line_step, H]. }
  assert (K3 := Next 2%nat (236 / 1000) (764 / 1000) ltac:(lra) S2); assert (K4 := Next 3%nat (236 / 1000 + 1 / 4) (764 / 1000 + 1 / 4) ltac:(lra) K3).
  assert (K5 := Next 4%nat (236 / 1000 + 1 / 4 + 1 / 4) (764 / 1000 + 1 / 4 + 1 / 4) ltac:(lra) K4).
  assert (K := Next 5%nat (236 / 1000 + 1 / 4 + 1 / 4 + 1 / 4) (764 / 1000 + 1 / 4 + 1 / 4 + 1 / 4) ltac:(lra) K5).
  apply (encloses minus_p (1 / 4) 0 above_one _ _ _ _ _ K); intros w [W1 W2]; split; lra.
Qed.

Lemma certified_count_instance : exists (loss : formula) (eta : R) (J : nat) (stop : R -> (nat -> R) -> Prop) (A B : region) (l n : nat) (w : nat -> R),
  counted loss eta J stop A l n B /\ A w.
Proof.
  exists minus_p, (1 / 4), 0%nat, above_one, (fun w => w 0%nat = 0), (from_to (1236 / 1000) (1764 / 1000)), 3%nat, 6%nat, (fun _ => 0).
  split; [apply line_counted|reflexivity].
Qed.
