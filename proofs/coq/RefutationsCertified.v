(** The false variants of the theorems on the whole certified count are false: the logarithm at - 1; the step (3, 4) + eta (4, 3); the last step before 2 of the
    descent on - ln p; a condition that holds at once. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature SkipPlace SkipLeaves SkipDrift SkipCells CurveStop BoxStop SkipLanding
  Formulas FormulaDerivative CentredStep CertifiedPhases CertifiedRun
  InstancesSteps InstancesCount InstancesDelay InstancesChecks InstancesDescent InstancesQuadrature InstancesIntegrals InstancesCounting RefutationsDescent InstancesCertified.
Open Scope R_scope.

Lemma formula_derivative_everywhere_is_false : ~ (forall (B : C -> Prop) (f : formula), regular B f ->
  regular B (derived f) /\ holomorphic B (complex_value f) (complex_value (derived f)) /\
  (forall p : R, complex_value (derived f) p = real_value (derived f) p /\ is_derive (real_value f) p (real_value (derived f) p))).
Proof.
  intros H; destruct (H (fun _ => False) (Log Place)) as [_ [_ K]]; [split; [exact I|contradiction]|]; destruct (K (-1)) as [_ D]; clear H K; simpl in D.
  assert (Z : is_derive ln (-1) 0).
  { apply (is_derive_ext_loc (fun _ => 0)); [|apply (is_derive_const (V := R_NormedModule))].
    exists (mkposreal 1 Rlt_0_1); intros y Hy; change (Rabs (y - -1) < 1) in Hy; apply Rabs_def2 in Hy; destruct Hy as [Hy _]; unfold ln; destruct (Rlt_dec 0 y); [exfalso; lra|reflexivity]. }
  apply is_derive_unique in D; apply is_derive_unique in Z; change (Derive ln (-1) = 1 * / -1) in D; lra.
Qed.

Lemma centred_step_uncoupled_is_false : ~ (forall (f' f'' : R -> R) (eta : R) (k m : nat) (centre centre' W w : nat -> R) (radius gradient coupling curve steepest bend rounding : R),
  (m < k)%nat -> 0 <= eta -> 0 <= gradient -> (forall i, (i < k)%nat -> Rabs (centre i) + radius <= W i) -> (forall i, (i < k)%nat -> i <> m -> 0 < W i) ->
  gradient_bound k m W <= gradient ^ 2 -> coupling_of k m W <= coupling ->
  (forall p, Rabs (p - product k centre) <= radius * gradient ->
    is_derive f' p (f'' p) /\ Rabs (f'' p) <= curve /\ Rabs (1 - eta * f'' p * gradient ^ 2) <= bend) -> 1 <= bend ->
  steepest = Rabs (f' (product k centre)) + curve * (radius * gradient) ->
  in_ball k (step f' eta k centre) rounding centre' -> in_ball k centre radius w ->
  Rabs (product k w - product k centre) <= radius * gradient /\
  in_ball k centre' (bend * radius + rounding) (step f' eta k w)).
Proof.
  intros H; assert (L5 : length2 2 (fun i => three_four i - 0) = 5).
  { unfold length2; replace (total 2 (fun i => (three_four i - 0) ^ 2)) with (5 * 5) by (unfold three_four; simpl; ring); apply sqrt_square; lra. }
  destruct (H (fun _ => -1) (fun _ => 0) 1 2%nat 0%nat (fun _ => 0) (step (fun _ => -1) 1 2 (fun _ => 0)) (fun _ => 5) three_four 5 8 (coupling_of 2 0 (fun _ => 5)) 0 1 1 0) as [_ K];
    try lia; try lra.
  - intros i _; rewrite Rabs_R0; lra.
  - intros; lra.
  - unfold gradient_bound, inverses, others, but; simpl; lra.
  - intros p _; split; [apply (is_derive_const (V := R_NormedModule))|]; rewrite Rabs_R0; split; [lra|]; replace (1 - 1 * 0 * 8 ^ 2) with 1 by ring; rewrite Rabs_R1; lra.
  - rewrite Rabs_left by lra; ring.
  - apply itself_in_ball; lra.
  - unfold in_ball; rewrite L5; lra.
  - unfold in_ball, length2 in K; cbn [total] in K; unfold step, others, but, three_four in K; simpl in K.
    assert (S : sqrt (7 * 7) <= 5).
    { apply Rle_trans with (1 * 5 + 0); [|lra]; eapply Rle_trans; [|exact K]; apply sqrt_le_1_alt; lra. }
    rewrite sqrt_square in S by lra; lra.
Qed.

Lemma skip_landing_one_more_is_false : ~ (forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (G G' G'' : C -> C) (gap slowest logs : R)
    (cells : nat) (marks lowest : nat -> R) (regions : nat -> C -> Prop) (nodes : nat -> nat) (place share : nat -> nat -> R)
    (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image : nat -> C -> Prop) (first nodes' : nat -> nat)
    (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat -> nat -> R)
    (time_s time_e drift_s drift_e start ahead wide hull stiff second slow fast chi_exit weight_exit : R) (far uneven : nat -> R) (close : nat -> nat -> R)
    (used : nat -> bool) (nodes2 : nat -> nat) (place2 share2 : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> u = reduced_speed J sigma f' -> x = coordinate f' eta J m d w ->
  c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r ->
  speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
    group drift rho shape delta weight X Z low together steep ->
  error = added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> a 0%nat + gap <= a 1%nat ->
  (forall y, a 0%nat <= y <= a 0%nat + gap -> 0 < slowest <= u (c 0%nat) y) ->
  (forall c', in_box J eps (c 0%nat) c' -> logs <= 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat))) ->
  marks 0%nat = a 0%nat -> marks cells = a M -> (forall i, (i < cells)%nat -> marks i < marks (S i)) ->
  (forall i, (i < cells)%nat -> (1 <= nodes i)%nat /\ gauss_rule (nodes i) (place i) (share i)) ->
  discs_fit J cells sigma f' G G' (c 0%nat) marks lowest regions ->
  ends 0%nat = a 0%nat -> ends parts = a M -> (forall i, (i < parts)%nat -> ends i < ends (S i)) ->
  0 <= part < 1 -> rules_fit parts nodes' place' share' inner s v ->
  drifts_fit J parts sigma f' f'' G G' G'' part (c 0%nat) ends spot axis least most sens image ->
  (forall i, (i < parts)%nat -> (first i <= i)%nat) ->
  time_s = time_sum J cells sigma f' (c 0%nat) marks nodes place share -> time_e = time_error J cells (c 0%nat) marks lowest nodes ->
  drift_s = drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z)
        ends nodes' place' share' inner s (inner_weights place' inner s v) ->
  drift_e = drift_error parts first nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least most sens) ->
  start = start_delay N M a r U low rho X gap ->
  INR n <= 1 / eta * (time_s - time_e - gap / slowest) + logs + (drift_s - drift_e) - start - error ->
  (forall c', in_box J eps (c 0%nat) c' ->
    1 / eta * (time_s + time_e) + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (drift_s + drift_e) + start + error - INR n <= ahead) ->
  far_enough J M eps eta (c 0%nat) a U A u wide hull stiff ahead ->
  exit_fits J eps sigma f' f'' f''' (c 0%nat) (a M) wide second slow fast chi_exit weight_exit far ->
  uneven_fits J M eps eta U A near group shape delta together steep uneven ->
  (forall c' i j y, in_box J eps (c 0%nat) c' -> (i <= M)%nat -> (j < J)%nat -> a i - r i <= y <= a (S i) + r (S i) -> / (c' j + y ^ 2) <= close i j) ->
  (forall i, (i < parts)%nat -> used i = true -> (1 <= nodes2 i)%nat /\ gauss_rule (nodes2 i) (place2 i) (share2 i)) ->
  (forall t, (t <= S n)%nat -> a 0%nat <= x t <= a M) /\ in_box J eps (c 0%nat) (c n) /\
  (let log_end := 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) in
   let missing := wide ^ 2 * (fast / slow) * chi_exit * weight_exit / 4 in
   near_exit eta (a M) wide second (reduced_first J sigma f' f'' (c n) (a M)) (u (c n) (a M))
     (1 / eta * (time_s - time_e - gap / slowest) + log_end + (drift_s - drift_e) - start - error - missing - INR n)
     (1 / eta * (time_s + time_e) + log_end + (drift_s + drift_e) + start + error + missing - INR n) (x n)) /\
  forall j, (j < J)%nat -> 0 < c 0%nat j -> exists e : R,
    Rabs e <= unevenness M eta a U close uneven j + wide * (eta * fast * far j) + gap * (eta * U 0%nat * close 0%nat j)
      + cells_error parts used ends nodes2 (fun i => eta * early_bound J part (c 0%nat) spot axis most j i) /\
    c n j = c 0%nat j * exp (- (cells_sum parts used ends nodes2 place2 share2 (flux u eta (c 0%nat) j) + e))).
Proof.
  intros H.
  destruct (H log' log'' log''' (1 / 10) 1%nat 0%nat 1 one_and_ten 1%nat 1%nat 14%nat ahead ahead_r (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => / 74)
    (1 / 4) 1 log_speed log_place log_squares (fun _ => 0%nat) (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 2) (fun _ => 1) (fun _ => 0)
    (fun _ => 0) (fun _ => 1 / 4) (fun _ => 2) 0 log_error clog' clog'' clog''' (1 / 1000) (1000 / 1001) (- (3 / 8)) 1%nat ahead (fun _ => 1 / 28)
    log_region (fun _ => 2%nat) (fun _ => two_points) (fun _ _ => 1) 1%nat (1 / 2) ahead (fun _ => 3 / 2) (fun _ => 1) (fun _ => 1 / 28) (fun _ => 1)
    (fun _ => 0) log_region (fun i => i) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) log_time
    log_time_off log_delay log_delay_off log_begin log_ahead 1 0 0 1 (1 / 2) 1 0 1 (fun _ => / 74) (fun _ => log_uneven) (fun _ _ => / 74) (fun _ =>
    true) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)) as [K _].
  - lia.
  - ring.
  - lra.
  - lra.
  - apply log_orientation.
  - reflexivity.
  - reflexivity.
  - reflexivity.
  - intros j _; rewrite log_start; lra.
  - apply log_pieces.
  - apply log_within.
  - apply log_kernels.
  - reflexivity.
  - unfold log_place, coordinate, one_and_ten, ahead; simpl; lra.
  - unfold ahead; simpl; lra.
  - apply log_start_speed.
  - apply log_logs.
  - reflexivity.
  - reflexivity.
  - apply ahead_rises.
  - intros i _; split; [lia|apply two_points_are_gauss].
  - apply log_discs.
  - reflexivity.
  - reflexivity.
  - apply ahead_rises.
  - lra.
  - apply midpoints_fit.
  - apply log_drifts.
  - intros; lia.
  - reflexivity.
  - reflexivity.
  - reflexivity.
  - reflexivity.
  - reflexivity.
  - apply log_budget.
  - apply log_left.
  - left; unfold ahead; simpl; ring.
  - apply log_exit.
  - intros i j _ _; apply Rle_refl.
  - apply log_close.
  - intros i _ _; split; [lia|exact midpoint_is_gauss].
  - destruct (K 15%nat ltac:(lia)) as [_ U]; destruct (log_runs 15) as [A [_ [_ B]]]; specialize (B ltac:(lia)).
    revert U; unfold log_place, coordinate, ahead; set (z := descent log' (1 / 10) 2 one_and_ten 15 0%nat) in *; intros U.
    simpl in *; nra.
Qed.

Lemma certified_count_one_more_is_false : ~ (forall (loss : formula) (eta : R) (J : nat) (stop : R -> (nat -> R) -> Prop) (A B : region) (l n : nat) (w : nat -> R),
  counted loss eta J stop A l n B -> A w -> let v s := descent (slope_of loss) eta (S J) w s in
  (forall s, (s <= l)%nat -> ~ stops (S J) stop (v s)) /\
  ((forall u, B u -> stops (S J) stop u) ->
   exists N, (l <= N <= n)%nat /\ stops (S J) stop (v N) /\ forall s, (s < N)%nat -> ~ stops (S J) stop (v s))).
Proof.
  intros H; destruct (H minus_p 1 0%nat (fun _ _ => True) (fun _ => True) (fun _ => True) 0%nat 0%nat (fun _ => 0) (begins _ _ _ _ _) I) as [K _]; apply (K 0%nat ltac:(lia)); exact I.
Qed.
