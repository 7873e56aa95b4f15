(** Negations of false variants, continued: the delay, and the count with its integrals computed. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature
  InstancesSteps InstancesCount InstancesDelay InstancesChecks InstancesDescent InstancesQuadrature InstancesIntegrals
  RefutationsDescent.
Open Scope R_scope.

Lemma drift_kernel_value : forall v y,
  delay_kernel 1 (reduced_speed 1 1 (fun _ => -1)) (reduced_chi 1 1 (fun _ => -1) (fun _ => 0)) (fun _ => 1) (fun _ => 1) v y
    = / sqrt (1 + v ^ 2) * (/ sqrt (1 + y ^ 2) * / (1 + y ^ 2)).
Proof.
  intros v y; unfold delay_kernel, reduced_speed, reduced_chi, kappa, root; cbn [total product].
  assert (P : forall t, 0 < 1 + t ^ 2) by (intros t; assert (X := pow2_ge_0 t); lra).
  assert (Sv := sqrt_sqrt (1 + v ^ 2) (Rlt_le _ _ (P v))); assert (Sy := sqrt_sqrt (1 + y ^ 2) (Rlt_le _ _ (P y))).
  assert (Lv := sqrt_lt_R0 _ (P v)); assert (Ly := sqrt_lt_R0 _ (P y)).
  set (p := sqrt (1 + v ^ 2)) in *; set (q := sqrt (1 + y ^ 2)) in *; rewrite <- Sv, <- Sy; field; lra.
Qed.

Lemma drift_rate_value : forall v,
  delay_rate 1 (reduced_speed 1 1 (fun _ => -1)) (reduced_chi 1 1 (fun _ => -1) (fun _ => 0)) (fun _ => 1) (1 / 4) v
    = 1 / 2 * (/ sqrt (1 + v ^ 2) * (1 / 4 / sqrt (1 + (1 / 4) ^ 2) - v / sqrt (1 + v ^ 2))).
Proof.
  intros v; unfold delay_rate; f_equal; rewrite (integral_ext _ _ _ _ (drift_kernel_value v)); apply is_RInt_unique.
  apply (is_RInt_scal (V := R_NormedModule) (fun y => / sqrt (1 + y ^ 2) * / (1 + y ^ 2))).
  assert (P : forall t, 0 < 1 + t * (t * 1)) by (intros t; assert (X := pow2_ge_0 t); simpl in X; lra).
  apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y / sqrt (1 + y ^ 2))); intros y _.
  - assert (S := sqrt_sqrt _ (Rlt_le _ _ (P y))); assert (L := sqrt_lt_R0 _ (P y)); auto_derive; [split; [apply P|lra]|].
    simpl; set (q := sqrt (1 + y * (y * 1))) in *; rewrite <- S.
    apply Rmult_eq_reg_r with (q * q * q); [|apply Rgt_not_eq; repeat apply Rmult_lt_0_compat; exact L].
    field_simplify; [|lra|lra]; simpl; nra.
  - apply (ex_derive_continuous (fun y => / sqrt (1 + y ^ 2) * / (1 + y ^ 2))); assert (L := sqrt_lt_R0 _ (P y)).
    auto_derive; specialize (P y); repeat split; simpl in *; lra.
Qed.

Lemma drift_delay_quadrature_exact_triangles_is_false : ~ (forall (J N groups : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (part : R)
    (c a spot axis low top sens : nat -> R) (B : nat -> C -> Prop) (group first n : nat -> nat) (x w : nat -> nat -> R)
    (k : nat -> nat) (s v : nat -> nat -> R),
  sigma ^ 2 = 1 -> 0 <= part < 1 -> (forall i, (i < N)%nat -> a i < a (S i)) ->
  rules_fit N n x w k s v -> drifts_fit J N sigma f' f'' G G' G'' part c a spot axis low top sens B ->
  (forall j, (j < J)%nat -> (group j < groups)%nat) -> (forall i, (i < N)%nat -> (first i <= i)%nat) ->
  Rabs (RInt (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c (a N)) (a 0%nat) (a N)
    - drift_sum N first (fun y z => 1 / 2 * delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c c y z)
        a n x w k s (inner_weights x k s v))
    <= total N (fun i => total i (fun l => pair_bound J groups part group c a spot axis low top sens l i
        * (gauss_factor (n i) + gauss_factor (n l)))
      + total (first i) (fun l => pair_bound J groups part group c a spot axis low top sens l i))).
Proof.
  intros H; set (a := fun i => (INR i - 1 / 2) / 2).
  assert (A0 : a 0%nat = -1 / 4) by (unfold a; simpl; field); assert (A1 : a 1%nat = 1 / 4) by (unfold a; simpl; field).
  assert (Hal : half a 0 = 1 / 4) by (unfold half; rewrite A0, A1; field).
  assert (Mid : middle a 0 = 0) by (unfold middle; rewrite A0, A1; field).
  specialize (H 1%nat 1%nat 1%nat 1 (fun _ => -1) (fun _ => 0) (fun _ => RtoC (-1)) (fun _ => RtoC 0) (fun _ => RtoC 0) (3 / 4)
    (fun _ => 1) a (middle a) (fun _ => 1 / 2) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => True) (fun _ => 0%nat)
    (fun i => i) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)
    ltac:(ring) ltac:(lra) ltac:(intros i Hi; replace i with 0%nat by lia; rewrite A0, A1; lra) (midpoints_fit 1)).
  assert (D : drifts_fit 1 1 1 (fun _ => -1) (fun _ => 0) (fun _ => RtoC (-1)) (fun _ => RtoC 0) (fun _ => RtoC 0) (3 / 4)
    (fun _ => 1) a (middle a) (fun _ => 1 / 2) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => True)).
  { apply constant_slope_fits; [lra|]; intros i Hi; replace i with 0%nat by lia; rewrite Hal; lra. }
  specialize (H D (fun _ _ => le_n 1) (fun i _ => le_n i)); clear D.
  unfold drift_sum, within_cell in H; cbn [total] in H; rewrite drift_kernel_value, midpoint_weight, Hal, Mid, A0, A1 in H.
  rewrite (integral_ext _ _ _ _ drift_rate_value) in H; rewrite !Rplus_0_l, Rmult_0_r in H.
  replace (1 + 0 ^ 2) with 1 in H by ring; rewrite sqrt_1, Rinv_1 in H.
  set (e := 1 / 4 / sqrt (1 + (1 / 4) ^ 2)) in *.
  assert (E : 0 < e < 1 / 4).
  { assert (S1 : 1 < sqrt (1 + (1 / 4) ^ 2)) by (rewrite <- sqrt_1 at 1; apply sqrt_lt_1_alt; simpl; lra); unfold e; split.
    - apply Rdiv_lt_0_compat; lra.
    - apply Rlt_div_l; lra. }
  assert (P : forall t, 0 < 1 + t * (t * 1)) by (intros t; assert (X := pow2_ge_0 t); simpl in X; lra).
  assert (I : is_RInt (fun v => 1 / 2 * (e - v / (1 + v ^ 2))) (-1 / 4) (1 / 4) (1 / 4 * e)).
  { evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun v => 1 / 2 * (e * v - ln (1 + v ^ 2) / 2)))|]; try intros v _.
    - auto_derive; [apply P|simpl; field; specialize (P v); lra].
    - apply (ex_derive_continuous (fun v => 1 / 2 * (e - v / (1 + v ^ 2)))); auto_derive; specialize (P v); simpl in *; lra.
    - unfold minus, plus, opp; simpl; replace (1 + -1 / 4 * (-1 / 4 * 1)) with (1 + 1 / 4 * (1 / 4 * 1)) by field; field. }
  assert (Le : RInt (fun v => 1 / 2 * (/ sqrt (1 + v ^ 2) * (e - v / sqrt (1 + v ^ 2)))) (-1 / 4) (1 / 4) <= 1 / 4 * e).
  { rewrite <- (is_RInt_unique _ _ _ _ I); apply RInt_le; [lra| |eexists; exact I|].
    - apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros v _; assert (L := sqrt_lt_R0 _ (P v)).
      apply (ex_derive_continuous (fun v => 1 / 2 * (/ sqrt (1 + v ^ 2) * (e - v / sqrt (1 + v ^ 2))))).
      auto_derive; specialize (P v); simpl in *; repeat split; lra.
    - intros v _; simpl; assert (L := sqrt_lt_R0 _ (P v)); assert (S := sqrt_sqrt _ (Rlt_le _ _ (P v))).
      assert (L1 : 1 <= sqrt (1 + v * (v * 1))) by (rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt; assert (X := pow2_ge_0 v); simpl in
        X; lra).
      rewrite <- S at 3; set (q := sqrt (1 + v * (v * 1))) in *; replace (/ q * (e - v / q)) with (/ q * e - v / (q * q)) by (field;
        lra).
      assert (/ q <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra); nra. }
  set (D := RInt _ _ _) in *; apply Rabs_le_between in H; lra.
Qed.

(** One more step: weight 0 has passed 2 after step 15. *)
Lemma escape_count_quadrature_one_more_is_false : ~ (forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (G G' G'' : C -> C) (gap slowest logs : R)
    (cells : nat) (marks lowest : nat -> R) (regions : nat -> C -> Prop) (nodes : nat -> nat) (place share : nat -> nat -> R)
    (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image : nat -> C -> Prop) (first nodes' : nat -> nat)
    (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat -> nat -> R),
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
  INR n <= 1 / eta * (time_sum J cells sigma f' (c 0%nat) marks nodes place share - time_error J cells (c 0%nat) marks lowest nodes
      - gap / slowest) + logs
    + (drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z)
        ends nodes' place' share' inner s (inner_weights place' inner s v)
      - drift_error parts first nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least most sens))
    - start_delay N M a r U low rho X gap - error ->
  (forall t, (t <= S n)%nat -> a 0%nat <= x t <= a M) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat))
      + RInt (delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M)) (x 0%nat) (x n) - INR n)) <= error).
Proof.
  intros H.
  destruct (H log' log'' log''' (1 / 10) 1%nat 0%nat 1 one_and_ten 1%nat 1%nat 14%nat ahead ahead_r (fun _ => 1) (fun _ => 1)
    (fun _ => 1) (fun _ _ => / 74) (1 / 4) 1 log_speed log_place log_squares (fun _ => 0%nat) (fun _ _ => 1) (fun _ _ => 1)
    (fun _ _ => 1) (fun _ _ => 2) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1 / 4) (fun _ => 2) 0 log_error
    clog' clog'' clog''' (1 / 1000) (1000 / 1001) (- (3 / 8)) 1%nat ahead (fun _ => 1 / 28) log_region (fun _ => 2%nat) (fun _ => two_points)
    (fun _ _ => 1) 1%nat (1 / 2) ahead (fun _ => 3 / 2) (fun _ => 1) (fun _ => 1 / 28) (fun _ => 1) (fun _ => 0) log_region
    (fun i => i) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)) as [K _].
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
  - apply log_budget.
  - destruct (K 15%nat ltac:(lia)) as [_ U]; destruct (log_runs 15) as [A [_ [_ B]]]; specialize (B ltac:(lia)).
    revert U; unfold log_place, coordinate, ahead; set (z := descent log' (1 / 10) 2 one_and_ten 15 0%nat) in *; intros U.
    simpl in *; nra.
Qed.
