(** Instances, continued: the delay of a constant slope with one squared difference, 1, over three cells of [0, 3/8],
    of which only the first and the last are neglected as a pair; the count with its integrals computed, for gradient descent on
    f = - ln p from the weights 1 and 10, known up to 1/1000: all but the last step before 2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature
  InstancesSteps InstancesCount InstancesDelay InstancesChecks InstancesDescent InstancesQuadrature.
Open Scope R_scope.

(** One node in each cell, and one for the inner integral: from -1 to 0. *)
Lemma midpoints_fit : forall N, rules_fit N (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0)
  (fun _ _ => 2).
Proof. intros N i _; split; [split|split]; (lia || exact midpoint_is_gauss). Qed.

Lemma midpoint_weight : forall i b l, inner_weights (fun _ _ => 0) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) i b l = 1.
Proof. intros; unfold inner_weights, legendre_weights, legendre_part; simpl; field. Qed.

(** The slope -1, with one squared difference 1, on cells about their centres *)
Lemma constant_slope_fits : forall N part (a axis : nat -> R), 0 <= part ->
  (forall i, (i < N)%nat -> 0 <= 2 * half a i <= axis i /\ axis i <= part) ->
  drifts_fit 1 N 1 (fun _ => -1) (fun _ => 0) (fun _ => RtoC (-1)) (fun _ => RtoC 0) (fun _ => RtoC 0) part (fun _ => 1) a
    (middle a) axis (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => True).
Proof.
  intros N part a axis Hp H i Hi; destruct (H i Hi) as [[H0 H1] H2].
  assert (B : 1 <= branch 1 (middle a i)).
  { unfold branch; rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt; assert (0 <= middle a i ^ 2) by apply pow2_ge_0; lra. }
  split; [rewrite Rminus_eq_0, Rabs_R0; lra|]; split; [intros j _; split; [lra|nra]|].
  split; [apply holomorphic_constant|]; split; [apply holomorphic_constant|]; split; [intros p _; split; reflexivity|].
  split; [lra|]; split; [|trivial]; intros p _; split; [rewrite Cmod_R, Rabs_left by lra; lra|].
  replace (1 + p * (0 * / RtoC (-1)))%C with (RtoC 1) by components; rewrite Cmod_1; lra.
Qed.

Lemma drift_delay_quadrature_instance :
  exists (J N groups : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (part : R) (c a spot axis low top sens : nat -> R)
    (B : nat -> C -> Prop) (group first n : nat -> nat) (x w : nat -> nat -> R) (k : nat -> nat) (s v : nat -> nat -> R),
    sigma ^ 2 = 1 /\ 0 <= part < 1 /\ (forall i : nat, (i < N)%nat -> a i < a (S i)) /\ rules_fit N n x w k s v /\
    drifts_fit J N sigma f' f'' G G' G'' part c a spot axis low top sens B /\
    (forall j : nat, (j < J)%nat -> (group j < groups)%nat) /\ (forall i : nat, (i < N)%nat -> (first i <= i)%nat).
Proof.
  set (a := fun i => INR i / 8); assert (Step : forall i, a (S i) = a i + 1 / 8) by (intros; unfold a; rewrite S_INR; field).
  exists 1%nat, 3%nat, 1%nat, 1, (fun _ => -1), (fun _ => 0), (fun _ => RtoC (-1)), (fun _ => RtoC 0), (fun _ => RtoC 0), (3 / 4),
    (fun _ => 1), a, (middle a), (fun _ => 1 / 4), (fun _ => 1), (fun _ => 1), (fun _ => 1), (fun _ _ => True), (fun _ => 0%nat),
    (fun i => (i - 1)%nat), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2).
  split; [ring|]; split; [lra|]; split; [intros i _; rewrite Step; lra|]; split; [apply midpoints_fit|]; split.
  - apply constant_slope_fits; [lra|]; intros i _; unfold half; rewrite Step; lra.
  - split; intros; lia.
Qed.

(** Two nodes in the cell *)
Definition two_points (i : nat) : R := if Nat.eqb i 0 then - / sqrt 3 else / sqrt 3.

Lemma two_points_are_gauss : gauss_rule 2 two_points (fun _ => 1).
Proof.
  assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (S1 : 1 < sqrt 3) by (rewrite <- sqrt_1; apply sqrt_lt_1; lra).
  assert (Q : 0 < / sqrt 3 < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (Q2 : / sqrt 3 * / sqrt 3 = 1 / 3) by (rewrite <- Rinv_mult, S3; field).
  unfold two_points; split; [|split].
  - intros [|i] _; simpl; lra.
  - intros [|[|i]] Hi; simpl; [lra|lra|lia].
  - intros m Hm; unfold rule; cbn [total Nat.eqb].
    assert (I : RInt (fun y => y ^ m) (-1) 1 = 1 ^ S m / INR (S m) - (-1) ^ S m / INR (S m)).
    { apply is_RInt_unique; apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y ^ S m / INR (S m)) (fun y => y ^ m)).
      - intros y _; assert (N := lt_0_INR (S m) ltac:(lia)); set (e := INR (S m)) in *; auto_derive; [trivial|].
        change (match m with 0%nat => 1 | S _ => INR m + 1 end) with e; field; lra.
      - intros y _; apply (ex_derive_continuous (fun y => y ^ m)); auto_derive; trivial. }
    rewrite I; destruct m as [|[|[|[|m]]]]; [simpl; field|simpl; field| | |lia]; simpl; set (q := / sqrt 3) in *; nra.
Qed.

(** f' and f'' off 0, and the region in which p lies *)
Definition clog' (p : C) : C := (RtoC (-1) * / p)%C.
Definition clog'' (p : C) : C := (/ p * / p)%C.
Definition clog''' (p : C) : C := (- (/ p * / p) * / p + / p * - (/ p * / p))%C.
Definition log_region (_ : nat) (p : C) : Prop := 1 <= Cmod p <= 28.

Lemma log_continues : holomorphic (log_region 0) clog' clog'' /\ holomorphic (log_region 0) clog'' clog'''.
Proof.
  assert (Nz : forall p, log_region 0 p -> p <> 0) by (intros p [H _]; apply Cmod_gt_0; lra).
  assert (Iv : holomorphic (log_region 0) (fun z => / z)%C (fun z => - (/ z * / z))%C) by (intros z Hz; apply holomorphic_inverse,
    Nz, Hz).
  split; [|exact (holomorphic_times _ _ _ _ _ Iv Iv)].
  assert (T := holomorphic_times _ _ _ _ _ (holomorphic_constant (log_region 0) (RtoC (-1))) Iv); cbv beta in T.
  intros z Hz; destruct (T z Hz) as [T1 T2]; assert (E : forall z : C, (0 * / z + RtoC (-1) * - (/ z * / z))%C = clog'' z).
  { intros y; unfold clog''; set (i := (/ y)%C); clearbody i; destruct i; components. }
  rewrite E in T1; split; [exact T1|]; apply (continuous_ext _ _ _ E T2).
Qed.

Lemma log_continued : forall p : R, log_region 0 p -> clog' p = log' p /\ clog'' p = log'' p.
Proof.
  intros p [H _]; assert (N : p <> 0) by (intros Z; rewrite Z, Cmod_0 in H; lra).
  unfold clog', clog'', log', log''; rewrite <- RtoC_inv by exact N; split; [components|].
  replace (/ p ^ 2) with (/ p * / p) by (field; exact N); components.
Qed.

Lemma log_low : forall p, log_region 0 p -> 1 / 28 <= Cmod (clog' p) <= 1 /\ Cmod (1 + p * (clog'' p * / clog' p))%C <= 0.
Proof.
  intros p [H1 H2]; assert (N : p <> 0) by (apply Cmod_gt_0; lra).
  assert (M : RtoC (-1) <> 0) by (apply Cmod_gt_0; rewrite Cmod_R, Rabs_left; lra).
  unfold clog', clog''; split.
  - rewrite Cmod_mult, Cmod_R, Rabs_left, Cmod_inv by (lra || exact N); replace (- -1 * / Cmod p) with (/ Cmod p) by ring; split.
    + replace (1 / 28) with (/ 28) by field; apply Rinv_le_contravar; lra.
    + rewrite <- Rinv_1; apply Rinv_le_contravar; lra.
  - replace (1 + p * (/ p * / p * / (RtoC (-1) * / p)))%C with (1 + / RtoC (-1))%C by (field; split; assumption).
    rewrite <- RtoC_inv by lra; replace (1 + (/ (-1))%R)%C with (RtoC 0); [rewrite Cmod_0; lra|].
    replace (/ (-1)) with (-1) by field; components.
Qed.

Lemma log_cell : middle ahead 0 = 3 / 2 /\ half ahead 0 = 1 / 2 /\ 10 <= branch (log_squares 0 0%nat) (3 / 2) <= 101 / 10.
Proof.
  split; [unfold middle, ahead; simpl; field|]; split; [unfold half, ahead; simpl; field|]; rewrite log_start; unfold branch; split.
  - rewrite <- (sqrt_pow2 10) by lra; apply sqrt_le_1_alt; lra.
  - rewrite <- (sqrt_pow2 (101 / 10)) by lra; apply sqrt_le_1_alt; lra.
Qed.

Lemma log_image : forall z, disc (3 / 2) 1 z -> log_region 0 (RtoC 1 * (z * croot 1 (log_squares 0) z))%C.
Proof.
  intros z Hz; destruct log_cell as [_ [_ Br]]; assert (U := croot_bounds 1 (log_squares 0) (3 / 2) 1 z ltac:(lra)
    ltac:(intros j Hj; replace j with 0%nat by lia; rewrite log_start in *; lra) Hz).
  unfold disc in Hz; assert (L := Cmod_minus z (RtoC (3 / 2))); assert (T := Cmod_triangle (z - RtoC (3 / 2))%C (RtoC (3 / 2))).
  replace (z - RtoC (3 / 2) + RtoC (3 / 2))%C with z in T by components; rewrite Cmod_R, Rabs_pos_eq in L, T by lra.
  cbn [product] in U; unfold log_region; rewrite !Cmod_mult, Cmod_1; assert (P := Cmod_ge_0 z).
  set (b := branch (log_squares 0 0%nat) (3 / 2)) in *; set (y := Cmod z) in *; set (k := Cmod (croot 1 _ z)) in *; nra.
Qed.

Lemma log_discs : discs_fit 1 1 1 log' clog' clog'' (log_squares 0) ahead (fun _ => 1 / 28) log_region.
Proof.
  intros i Hi; replace i with 0%nat by lia; destruct log_cell as [-> [-> Br]]; replace (2 * (1 / 2)) with 1 by field.
  split; [intros j Hj; replace j with 0%nat by lia; split; [rewrite log_start; lra|lra]|].
  split; [apply log_continues|]; split; [apply log_continued|]; split; [lra|]; split; [intros p Hp; apply log_low, Hp|].
  apply log_image.
Qed.

Lemma log_drifts : drifts_fit 1 1 1 log' log'' clog' clog'' clog''' (1 / 2) (log_squares 0) ahead (fun _ => 3 / 2) (fun _ => 1)
  (fun _ => 1 / 28) (fun _ => 1) (fun _ => 0) log_region.
Proof.
  intros i Hi; replace i with 0%nat by lia; destruct log_cell as [-> [-> Br]].
  split; [rewrite Rminus_eq_0, Rabs_R0; lra|].
  split; [intros j Hj; replace j with 0%nat by lia; split; [rewrite log_start; lra|lra]|].
  split; [apply log_continues|]; split; [apply log_continues|]; split; [apply log_continued|]; split; [lra|].
  split; [exact log_low|apply log_image].
Qed.

Lemma log_sum : time_sum 1 1 1 log' (log_squares 0) ahead (fun _ => 2%nat) (fun _ => two_points) (fun _ _ => 1) = 3 / 2.
Proof.
  unfold time_sum, rule; cbn [total]; destruct log_cell as [-> [-> _]].
  assert (S1 : 1 < sqrt 3) by (rewrite <- sqrt_1; apply sqrt_lt_1; lra).
  assert (Q : 0 < / sqrt 3 < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (V : forall y, 0 < y -> 1 / reduced_speed 1 1 log' (log_squares 0) y = y).
  { intros y Hy; change (reduced_speed 1 1 log' (log_squares 0) y) with (log_speed (log_squares 0) y).
    destruct (log_values (log_squares 0) y Hy) as [-> _]; [rewrite log_start; assert (P := pow2_ge_0 y); lra|field; lra]. }
  unfold two_points; cbn [Nat.eqb]; rewrite !V by lra; set (q := / sqrt 3); field.
Qed.

Lemma log_time_error : time_error 1 1 (log_squares 0) ahead (fun _ => 1 / 28) (fun _ => 2%nat) <= 1 / 20.
Proof.
  unfold time_error; cbn [total product]; destruct log_cell as [-> [-> Br]]; set (b := branch _ _) in *.
  destruct code_rho_inverse as [_ E]; rewrite E; assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (P := sqrt_pos 3).
  set (s := sqrt 3) in *; assert (Lo : 1732 / 1000 < s) by nra; assert (Hi : s < 17321 / 10000) by nra.
  assert (K : (2 - s) ^ (2 * 2) = 97 - 56 * s).
  { replace ((2 - s) ^ (2 * 2)) with ((4 - 4 * s + s * s) * (4 - 4 * s + s * s)) by (simpl; ring).
    rewrite S3; replace ((4 - 4 * s + 3) * (4 - 4 * s + 3)) with (49 - 56 * s + 16 * (s * s)) by ring; rewrite S3; ring. }
  assert (D : 1 - (2 - s) ^ 2 = 4 * s - 6) by (simpl; nra); rewrite K, D.
  assert (M : 1 / (1 / 28 * (1 * (b - 2 * (1 / 2)))) <= 28 / 9).
  { replace (1 / (1 / 28 * (1 * (b - 2 * (1 / 2))))) with (28 * / (b - 1)) by (field; lra).
    apply Rmult_le_compat_l; [lra|]; replace (/ 9) with (/ (10 - 1)) by (f_equal; ring); apply Rinv_le_contravar; lra. }
  set (m := 1 / _) in *; rewrite Rplus_0_l; set (q := (97 - 56 * s) * / (4 * s - 6)).
  assert (X : 0 <= q <= 6 / 1000).
  { split; [apply Rle_mult_inv_pos; nra|]; apply Rle_div_l; [lra|]; nra. }
  replace (1 / 2 * (16 / 3 * m * (97 - 56 * s) / (4 * s - 6))) with (8 / 3 * (m * q)) by (unfold q; field; lra).
  assert (Y := Rmult_le_compat_r q _ _ (proj1 X) M); lra.
Qed.

Lemma log_logs : forall c', in_box 1 (1 / 4) (log_squares 0) c' ->
  - (3 / 8) <= 1 / 2 * ln (log_speed c' (ahead 1) / log_speed (log_squares 0) (log_place 0)).
Proof.
  intros c' Hc'; assert (B := log_box c' Hc').
  replace (ahead 1) with 2 by (unfold ahead; simpl; ring).
  replace (log_place 0) with 1 by (unfold log_place, coordinate, one_and_ten; simpl; ring).
  destruct (log_values c' 2 ltac:(lra)) as [-> _]; [lra|].
  destruct (log_values (log_squares 0) 1 ltac:(lra)) as [-> _]; [rewrite log_start; lra|].
  replace (/ 2 / / 1) with (/ 2) by field; rewrite ln_Rinv by lra.
  assert (L : ln 2 <= 3 / 4); [|lra].
  rewrite <- (ln_exp (3 / 4)); apply ln_le; [lra|]; assert (K := exp_ineq1_le (3 / 32)).
  replace (3 / 4) with (3 / 32 + 3 / 32 + (3 / 32 + 3 / 32) + (3 / 32 + 3 / 32 + (3 / 32 + 3 / 32))) by field; rewrite !exp_plus.
  set (e := exp (3 / 32)) in *; assert (E2 : 119 / 100 <= e * e) by nra; assert (E4 : 1416 / 1000 <= e * e * (e * e)) by nra; nra.
Qed.

(** chi = 0: nothing delays. *)
Lemma log_drift_none :
  drift_sum 1 (fun i => i) (fun y z => 1 / 2 * delay_kernel 1 log_speed (reduced_chi 1 1 log' log'') (log_squares 0) (log_squares 0) y z)
    ahead (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0)
      (inner_weights (fun _ _ => 0) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)) = 0 /\
  drift_error 1 (fun i => i) (fun _ => 1%nat) (fun _ => 1%nat) (pair_bound 1 1 (1 / 2) (fun _ => 0%nat) (log_squares 0) ahead
    (fun _ => 3 / 2) (fun _ => 1) (fun _ => 1 / 28) (fun _ => 1) (fun _ => 0)) = 0.
Proof.
  split.
  - unfold drift_sum, within_cell; cbn [total]; destruct log_cell as [-> [-> _]]; unfold delay_kernel.
    replace (3 / 2 + 1 / 2 * 0) with (3 / 2) by ring; destruct (log_values (log_squares 0) (3 / 2) ltac:(lra)) as [_ [_ [_ [-> _]]]].
    + rewrite log_start; lra.
    + unfold Rdiv; ring.
  - unfold drift_error, pair_bound, late; cbn [total]; ring.
Qed.

Lemma log_budget : INR 14 <= 1 / (1 / 10) * (time_sum 1 1 1 log' (log_squares 0) ahead (fun _ => 2%nat) (fun _ => two_points) (fun _ _
    => 1) - time_error 1 1 (log_squares 0) ahead (fun _ => 1 / 28) (fun _ => 2%nat) - 1 / 1000 / (1000 / 1001)) + - (3 / 8)
  + (drift_sum 1 (fun i => i) (fun y z => 1 / 2 * delay_kernel 1 log_speed (reduced_chi 1 1 log' log'') (log_squares 0) (log_squares 0) y
      z) ahead (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0)
      (inner_weights (fun _ _ => 0) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2))
    - drift_error 1 (fun i => i) (fun _ => 1%nat) (fun _ => 1%nat) (pair_bound 1 1 (1 / 2) (fun _ => 0%nat) (log_squares 0) ahead
      (fun _ => 3 / 2) (fun _ => 1) (fun _ => 1 / 28) (fun _ => 1) (fun _ => 0)))
  - start_delay 1 1 ahead ahead_r (fun _ => 1) (fun _ => 1 / 4) (fun _ _ => 1) (fun _ => 0) (1 / 1000) - log_error.
Proof.
  destruct log_drift_none as [-> ->]; rewrite log_sum; assert (T := log_time_error); assert (K := log_error_small).
  replace (start_delay 1 1 ahead ahead_r (fun _ => 1) (fun _ => 1 / 4) (fun _ _ => 1) (fun _ => 0) (1 / 1000)) with 0.
  2:{ unfold start_delay, roots_later, over_later; cbn [total].
      rewrite total_zero by (intros; unfold Rdiv; ring); ring. }
  set (t := time_error _ _ _ _ _ _) in *; set (l := log_error) in *; simpl; lra.
Qed.

Lemma log_start_speed : forall y, ahead 0 <= y <= ahead 0 + 1 / 1000 -> 0 < 1000 / 1001 <= log_speed (log_squares 0) y.
Proof.
  intros y Hy; unfold ahead in Hy; simpl in Hy; destruct (log_values (log_squares 0) y ltac:(lra)) as [-> _].
  - rewrite log_start; assert (P := pow2_ge_0 y); lra.
  - split; [lra|]; replace (1000 / 1001) with (/ (1001 / 1000)) by field; apply Rinv_le_contravar; lra.
Qed.

Lemma ahead_rises : forall i, (i < 1)%nat -> ahead i < ahead (S i).
Proof. intros i _; unfold ahead; rewrite S_INR; lra. Qed.

Lemma escape_count_quadrature_instance :
  exists (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat) (a r U A B : nat -> R) (near :
    nat -> nat -> R) (eps sigma : R) (u : (nat -> R) -> R -> R) (x : nat -> R) (c : nat -> nat -> R) (group : nat ->
    nat) (drift rho shape delta : nat -> nat -> R) (weight X Z low together : nat -> R) (steep error : R) (G G' G'' : C
    -> C) (gap slowest logs : R) (cells : nat) (marks lowest : nat -> R) (regions : nat -> C -> Prop) (nodes : nat ->
    nat) (place share : nat -> nat -> R) (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image :
    nat -> C -> Prop) (first nodes' : nat -> nat) (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat ->
    nat -> R), (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ 0 <= eps < 1 /\ sigma = orientation
    J m d w /\ u = reduced_speed J sigma f' /\ x = coordinate f' eta J m d w /\ c = differences f' eta J m w /\ (forall
    j : nat, (j < J)%nat -> 0 <= c 0%nat j) /\ pieces_fit M a r /\ speeds_within J M eps eta sigma f' f'' f''' (c 0%nat)
    a r U A B near /\ kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J
    sigma f' f'' f''') group drift rho shape delta weight X Z low together steep /\ error = added_defect N M eps eta a r
    U A B rho shape delta weight X Z low together steep /\ a 0%nat <= x 0%nat <= a 0%nat + gap /\ a 0%nat + gap <= a
    1%nat /\ (forall y : R, a 0%nat <= y <= a 0%nat + gap -> 0 < slowest <= u (c 0%nat) y) /\ (forall c' : nat -> R,
    in_box J eps (c 0%nat) c' -> logs <= 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat))) /\ marks 0%nat = a 0%nat /\
    marks cells = a M /\ (forall i : nat, (i < cells)%nat -> marks i < marks (S i)) /\ (forall i : nat, (i < cells)%nat
    -> (1 <= nodes i)%nat /\ gauss_rule (nodes i) (place i) (share i)) /\ discs_fit J cells sigma f' G G' (c 0%nat)
    marks lowest regions /\ ends 0%nat = a 0%nat /\ ends parts = a M /\ (forall i : nat, (i < parts)%nat -> ends i <
    ends (S i)) /\ 0 <= part < 1 /\ rules_fit parts nodes' place' share' inner s v /\ drifts_fit J parts sigma f' f''
    G G' G'' part (c 0%nat) ends spot axis least most sens image /\ (forall i : nat, (i < parts)%nat -> (first i <=
    i)%nat) /\ INR n <= 1 / eta * (time_sum J cells sigma f' (c 0%nat) marks nodes place share - time_error J cells (c
    0%nat) marks lowest nodes - gap / slowest) + logs + (drift_sum parts first (fun y z : R => 1 / 2 * delay_kernel J u
    (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z) ends nodes' place' share' inner s (inner_weights place' inner s v) - drift_error parts first
    nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least most sens)) - start_delay N M a r U low rho X
    gap - error.
Proof.
  exists log', log'', log''', (1 / 10), 1%nat, 0%nat, 1, one_and_ten, 1%nat, 1%nat, 14%nat, ahead, ahead_r, (fun _ => 1), (fun _ => 1),
    (fun _ => 1), (fun _ _ => / 74), (1 / 4), 1, log_speed, log_place, log_squares, (fun _ => 0%nat), (fun _ _ => 1), (fun _ _ => 1),
    (fun _ _ => 1), (fun _ _ => 2), (fun _ => 1), (fun _ => 0), (fun _ => 0), (fun _ => 1 / 4), (fun _ => 2), 0, log_error,
    clog', clog'', clog''', (1 / 1000), (1000 / 1001), (- (3 / 8)), 1%nat, ahead, (fun _ => 1 / 28), log_region, (fun _ => 2%nat), (fun _ => two_points),
    (fun _ _ => 1), 1%nat, (1 / 2), ahead, (fun _ => 3 / 2), (fun _ => 1), (fun _ => 1 / 28), (fun _ => 1), (fun _ => 0), log_region,
    (fun i => i), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2).
  split; [lia|]; split; [ring|]; split; [lra|]; split; [lra|]; split; [apply log_orientation|]; do 3 (split; [reflexivity|]).
  split; [intros j _; rewrite log_start; lra|]; split; [apply log_pieces|]; split; [apply log_within|]; split; [apply log_kernels|].
  split; [reflexivity|]; split; [unfold log_place, coordinate, one_and_ten, ahead; simpl; lra|].
  split; [unfold ahead; simpl; lra|]; split; [apply log_start_speed|]; split; [apply log_logs|]; do 2 (split; [reflexivity|]).
  split; [apply ahead_rises|]; split; [intros i _; split; [lia|apply two_points_are_gauss]|]; split; [apply log_discs|].
  do 2 (split; [reflexivity|]); split; [apply ahead_rises|]; split; [lra|]; split; [apply midpoints_fit|]; split; [apply log_drifts|].
  split; [intros; lia|apply log_budget].
Qed.
