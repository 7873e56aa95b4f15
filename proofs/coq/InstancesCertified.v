(** Instances, continued: the derivative of a formula, one direct step, and the landing of a skip. *)
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

(** ** f = - p *)

Definition minus_p : formula := Times (Number (-1)) Place.

Lemma line_slope : forall p, slope_of minus_p p = -1.
Proof. intros; unfold slope_of; simpl; ring. Qed.
Lemma line_curvature : forall p, curvature_of minus_p p = 0.
Proof. intros; unfold curvature_of; simpl; ring. Qed.
Lemma line_third : forall p, third_of minus_p p = 0.
Proof. intros; unfold third_of; simpl; ring. Qed.
