(** Values that satisfy the hypotheses of [panel_residuals]: a constant slope, one squared difference that falls along a
    line, one node; every bound is the sum that it has to be, with nothing to spare. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature ChebyshevNodes CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  SpeedImage CurveSpeed CurveStep EllipseChebyshev CurveDisc CurveResiduals CurvePanels CurveBorder.
Open Scope R_scope.

(** On [-1/10, 1/10]: c = 1 - y/1000 and Phi = 1000 y, for steps of 1/1000 *)
Definition line_squares (_ m : nat) : R := match m with O => 1 | 1%nat => - (1 / 10000) | _ => 0 end.
Definition line_count (m : nat) : R := match m with 1%nat => 100 | _ => 0 end.

Lemma line_curve : forall j y, panel_curve 1 0 (1 / 10) line_squares j y = 1 - y / 1000.
Proof. intros; unfold panel_curve, series; cbn [total chebyshev line_squares]; field. Qed.

Lemma line_counts : forall t, series 1 line_count t = 100 * t.
Proof. intros; unfold series; cbn [total chebyshev line_count]; ring. Qed.

Lemma line_speed : forall c y, reduced_speed 1 1 (fun _ => -1) c y = sqrt (c 0%nat + y ^ 2).
Proof. intros; unfold reduced_speed, root; cbn [product]; ring. Qed.

Lemma line_disc : panel_disc 1 1 1 (fun _ => -1) (fun _ => RtoC (-1)) (fun _ => RtoC 0) 0 (1 / 10) 2 line_squares (fun _ => True) 1.
Proof.
  split; [|split; [apply holomorphic_constant|split; [reflexivity|split; [|left; trivial]]]].
  - intros j _; unfold means, spreads, spread, axis, branch; cbn [total line_squares].
    replace (1 + 0 ^ 2) with 1 by ring; rewrite sqrt_1, Rabs_left by lra; repeat split; lra.
  - intros p _; rewrite Cmod_R, Rabs_left by lra; lra.
Qed.

Lemma line_nodes : at_nodes 1 1 1 (fun _ => -1) (1 / 1000) 0 (1 / 10) line_squares line_count (fun _ => 0) 0.
Proof.
  intros [|i] Hi; [|lia]; unfold angle; simpl INR; replace ((2 * 0 + 1) * PI / (2 * 1)) with (PI / 2) by field; rewrite cos_PI2.
  replace (0 + 1 / 10 * 0) with 0 by ring; cbv zeta; rewrite line_speed, line_curve.
  replace (1 - 0 / 1000 + 0 ^ 2) with 1 by field; rewrite sqrt_1; split.
  - intros j _; rewrite !line_curve; match goal with |- Rabs ?z <= _ => replace z with 0 by field end; rewrite Rabs_R0; lra.
  - rewrite !line_counts; match goal with |- Rabs ?z <= _ => replace z with 0 by field end; rewrite Rabs_R0; lra.
Qed.

Lemma panel_residuals_instance :
  exists (J n : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (eta a r rho beyond near : R)
    (coef : nat -> nat -> R) (count : nat -> R) (B : C -> Prop) (top ahead : R) (at_node : nat -> R) (count_node leaves miss : R),
  (1 <= n)%nat /\ sigma ^ 2 = 1 /\ 0 < eta /\ 0 < r /\ 1 < rho /\ 1 < beyond /\ 1 < near /\ 0 <= leaves /\
  panel_disc J n sigma f' G G' a r rho coef B top /\
  eta * (top * root_high J (means coef) (spreads n coef rho) a (axis r rho)) <= ahead /\
  rho + / rho + 2 * (ahead / r) <= beyond + / beyond /\
  at_nodes J n sigma f' eta a r coef count at_node count_node /\
  (forall j : nat, (j < J)%nat -> 4 * on_panel_bound n rho (at_node j) (drift_size n a r rho beyond ahead coef j)
    <= leaves * (means coef j - spread n (coef j) near)) /\
  on_panel_bound n rho count_node (count_size n rho beyond count) <= miss.
Proof.
  set (ahead := 1 / 1000 * (1 * root_high 1 (means line_squares) (spreads 1 line_squares 2) 0 (axis (1 / 10) 2))).
  destruct (panel_step_fits 1 1 1 (fun _ => -1) _ _ (1 / 1000) 0 (1 / 10) 2 line_squares _ 1 ltac:(ring) ltac:(lra) ltac:(lra) ltac:(lra) line_disc)
    as [An Bd]; set (h := panel_step _ _ _ _ _ _ _ _) in *; change (forall t : C, ellipse 2 t -> Cmod (h t) <= ahead) in Bd.
  assert (A0 : 0 <= ahead) by (eapply Rle_trans; [apply Cmod_ge_0|apply (Bd (RtoC 0)), segment_inside; lra]).
  set (beyond := 2 + / 2 + 2 * (ahead / (1 / 10))).
  assert (B1 : 2 + / 2 <= beyond) by (unfold beyond, Rdiv; lra).
  set (least := means line_squares 0 - spread 1 (line_squares 0) 2).
  assert (L : 0 < least) by (unfold least, means, spread; cbn [total line_squares]; rewrite Rabs_left by lra; lra).
  set (M := on_panel_bound 1 2 0 (drift_size 1 0 (1 / 10) 2 beyond ahead line_squares 0)).
  assert (Wide : 2 + / 2 + 2 * (ahead / (1 / 10)) <= beyond + / beyond)
    by (assert (0 < / beyond) by (apply Rinv_0_lt_compat; lra); unfold beyond in *; lra).
  assert (M0 : 0 <= M).
  { assert (Sh : short_step (1 / 10) 2 beyond ahead h) by (repeat split; try lra; assumption).
    assert (P := drift_bounded 1 1 0 (1 / 10) 2 beyond ahead line_squares h 0%nat (RtoC 0) Sh (proj1 line_disc) ltac:(lia)
      (segment_inside 2 0 ltac:(lra) ltac:(lra))).
    assert (P0 := Rle_trans _ _ _ (Cmod_ge_0 _) P); unfold M, on_panel_bound; simpl INR; simpl pow; lra. }
  exists 1%nat, 1%nat, 1, (fun _ => -1), (fun _ => RtoC (-1)), (fun _ => RtoC 0), (1 / 1000), 0, (1 / 10), 2, beyond, 2, line_squares, line_count,
    (fun _ => True), 1, ahead, (fun _ => 0), 0, (4 * M / least), (on_panel_bound 1 2 0 (count_size 1 2 beyond line_count)).
  split; [lia|]; split; [ring|]; do 5 (split; [lra|]); split; [apply Rle_mult_inv_pos; lra|]; split; [exact line_disc|].
  split; [apply Rle_refl|]; split; [exact Wide|].
  split; [exact line_nodes|]; split; [|apply Rle_refl].
  intros j Hj; replace j with 0%nat by lia; fold M least; right; field; lra.
Qed.

(** ** The other bounds of a panel, every one as small as it may be, beside a curve with a tube of 1/10000 *)

Lemma line_small : forall y, -1 / 10 <= y <= 1 / 10 -> 9 / 10 <= sqrt (1 - y / 1000 + y ^ 2) <= 11 / 10.
Proof.
  intros y Hy; assert (Y : 0 <= y ^ 2 <= 1 / 100) by nra; split.
  - rewrite <- (sqrt_pow2 (9 / 10)) by lra; apply sqrt_le_1_alt; lra.
  - rewrite <- (sqrt_pow2 (11 / 10)) by lra; apply sqrt_le_1_alt; lra.
Qed.

Lemma line_solves : curve_solves 1 1 (fun _ => -1) (1 / 1000) (0 - 1 / 10) (0 + 1 / 10) (panel_curve 1 0 (1 / 10) line_squares)
  (fun y => series 1 line_count ((y - 0) / (1 / 10))) (1 / 1000000) (1 / 10).
Proof.
  intros y Hy; cbv zeta; rewrite line_speed, line_curve; assert (B := line_small y ltac:(lra)).
  assert (Sq : sqrt (1 - y / 1000 + y ^ 2) * sqrt (1 - y / 1000 + y ^ 2) = 1 - y / 1000 + y ^ 2) by (apply sqrt_sqrt; nra).
  set (u := sqrt (1 - y / 1000 + y ^ 2)) in *; split.
  - intros j _; rewrite !line_curve.
    replace ((1 - y / 1000) * (1 - (1 / 1000 * u) ^ 2 / (1 - y / 1000 + y ^ 2)) - (1 - (y + 1 / 1000 * u) / 1000))
      with ((u - (1 - y / 1000)) / 1000000) by (replace ((1 / 1000 * u) ^ 2) with (u * u / 1000000) by field; rewrite Sq; field; nra).
    unfold Rdiv at 1; rewrite Rabs_mult, (Rabs_pos_eq (/ 1000000)) by lra.
    assert (Rabs (u - (1 - y / 1000)) <= 1 / 5) by (apply Rabs_le; lra); lra.
  - rewrite !line_counts; apply Rabs_le; lra.
Qed.

Lemma panel_checked_instance :
  exists (J n : nat) (sigma : R) (f' f'' : R -> R) (eta a r rho tube : R) (coef : nat -> nat -> R) (count : nat -> R) (B : C -> Prop)
    (bottom top chi y0 low longest near half shrink slope leaves miss tilt : R), sigma ^ 2 = 1 /\ 0 < eta /\ 0 < r /\ 1 < rho /\ 11 / 5 <
    rho + / rho /\ 0 <= tube <= 1 / 8 /\ tube_disc J n sigma f' f'' a r rho tube coef B bottom top chi /\ 0 < bottom /\ (forall j : nat, (j
    < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j /\ (0 < means coef j \/ (forall m : nat, coef j m = 0))) /\ a - r <= y0 <=
    a + r /\ 0 < reduced_speed J sigma f' (fun j : nat => panel_curve n a r coef j y0) y0 /\ 0 < low <= eta * (bottom * root_low J (means
    coef) (tube_spread n coef rho tube) a (axis r rho)) /\ eta * (top * root_high J (means coef) (tube_spread n coef rho tube) a (axis r
    rho)) <= longest /\ longest <= r / 10 /\ 0 < near /\ (forall j : nat, (j < J)%nat -> 0 < means coef j -> near <= sums n a r coef rho
    tube j) /\ longest ^ 2 <= shrink * near /\ shrink < 1 / 2 /\ chi * total J (fun j : nat => (means coef j + tube_spread n coef rho tube
    j) / sums n a r coef rho tube j) <= 2 * half /\ 0 <= slope /\ (forall j : nat, (j < J)%nat -> steepness n (coef j) rho / r <= slope *
    (means coef j - tube_spread n coef rho tube j)) /\ steepness n count rho / r <= tilt /\ 0 <= leaves < 1 / 2 /\ curve_solves J sigma f'
    eta (a - r) (a + r) (panel_curve n a r coef) (fun y : R => series n count ((y - a) / r)) leaves miss.
Proof.
  set (s := tube_spread 1 line_squares 2 (1 / 10000)); set (lo := root_low 1 (means line_squares) s 0 (axis (1 / 10) 2)).
  set (hi := root_high 1 (means line_squares) s 0 (axis (1 / 10) 2)); set (w := sums 1 0 (1 / 10) line_squares 2 (1 / 10000) 0).
  assert (Br : branch (means line_squares 0) 0 = 1) by (unfold branch, means, line_squares; replace (1 + 0 ^ 2) with 1 by ring; apply sqrt_1).
  assert (Ax : axis (1 / 10) 2 = 1 / 8) by (unfold axis; field).
  assert (S0 : s 0%nat = 10001 / 25000000) by (unfold s, tube_spread, spread, means; cbn [total line_squares]; rewrite Rabs_left by lra; simpl; field).
  assert (Sh : drift_share (means line_squares) s 0 (axis (1 / 10) 2) 0 = 640064 / 1225000000) by (unfold drift_share; rewrite S0, Br, Ax; field).
  assert (W : w = 49 / 64 * (1 - 640064 / 1225000000)) by (unfold w, sums; fold s; rewrite Sh, Br, Ax; field).
  set (q := sqrt (1 - 640064 / 1225000000)).
  assert (Q : 9 / 10 <= q <= 1).
  { unfold q; split; [rewrite <- (sqrt_pow2 (9 / 10)) by lra; apply sqrt_le_1_alt; lra|].
    apply Rle_trans with (sqrt 1); [apply sqrt_le_1_alt; lra|rewrite sqrt_1; lra]. }
  assert (Lo : lo = 7 / 8 * q) by (unfold lo, root_low; cbn [product]; rewrite Sh, Br, Ax; fold q; field).
  assert (Hi : hi = 9 / 8 * / q) by (unfold hi, root_high; cbn [product]; rewrite Sh, Br, Ax; fold q; field; lra).
  assert (Iq : / q <= 10 / 9) by (replace (10 / 9) with (/ (9 / 10)) by field; apply Rinv_le_contravar; lra).
  assert (Iq0 : 0 < / q) by (apply Rinv_0_lt_compat; lra).
  exists 1%nat, 1%nat, 1, (fun _ => -1), (fun _ => 0), (1 / 1000), 0, (1 / 10), 2, (1 / 10000), line_squares, line_count, (fun _ => True), 1, 1, 1, 0,
    (1 / 1000 * (1 * lo)), (1 / 1000 * (1 * hi)), w, ((1 * total 1 (fun j => (means line_squares j + s j) / sums 1 0 (1 / 10) line_squares 2 (1 / 10000) j)) / 2),
    (1 / 1000), (steepness 1 (line_squares 0) 2 / (1 / 10) / (1 - 10001 / 25000000)), (1 / 1000000), (1 / 10), (steepness 1 line_count 2 / (1 / 10)).
  fold s lo hi; rewrite Lo, Hi; do 6 (split; [lra|]); split.
  { split; [|split; [left; trivial|]].
    - intros [|j] Hj; [|lia]; fold s; rewrite S0, Br, Ax; unfold means, line_squares; lra.
    - intros p _; split; [apply (is_derive_const (V := R_NormedModule) (-1))|]; replace (1 + p * (0 / -1)) with 1 by field; rewrite Rabs_R1, Rabs_left by lra; lra. }
  split; [lra|]; split; [intros [|j] Hj; [|lia]; rewrite S0; unfold means, line_squares; lra|]; split; [lra|]; split.
  { rewrite line_speed, line_curve; replace (1 - 0 / 1000 + 0 ^ 2) with 1 by field; rewrite sqrt_1; lra. }
  do 3 (split; [lra|]); split; [rewrite W; lra|]; split; [intros [|j] Hj _; [fold w; lra|lia]|]; split; [rewrite W; nra|]; split; [lra|]; split; [lra|].
  split; [apply Rle_mult_inv_pos; [unfold steepness; cbn [total line_squares]; rewrite Rabs_left by lra; simpl; lra|lra]|].
  split; [intros [|j] Hj; [rewrite S0; unfold means, line_squares at 3; right; field|lia]|].
  split; [lra|]; split; [lra|exact line_solves].
Qed.

(** ** At a border, one term, a step of a tenth of a panel: the count goes on with 900 y, and the squared difference is constant. *)
Lemma curve_border_instance :
  exists (J n n' terms : nat) (a a' r r' rho longest : R) (coef coef' : nat -> nat -> R) (count count' : nat -> R)
    (least : nat -> R) (jump slip : R),
  0 < r /\ 0 < r' /\ a + r = a' - r' /\ 0 <= longest /\ longest <= r / 10 /\ longest <= r' / 10 /\ 1 < rho /\ 11 / 5 < rho + / rho /\ (1 <= terms)%nat /\
  0 <= jump /\
  (forall j, (j < J)%nat -> (forall m, coef j m = 0 /\ coef' j m = 0) \/
    0 < least j /\ least j <= means coef j - spread n (coef j) rho /\ least j <= means coef' j - spread n' (coef' j) rho /\
    mismatch terms n n' r r' longest (coef j) (coef' j) <= jump * least j) /\
  count_mismatch terms n n' r r' longest count count' <= slip.
Proof.
  set (still := fun (_ m : nat) => match m with O => 1 | _ => 0 end); set (next := fun m : nat => match m with 1%nat => 90 | _ => 0 end).
  assert (P : 0 <= mismatch 1 1 1 (1 / 10) (1 / 10) (1 / 100) (line_squares 0) (still 0%nat)).
  { unfold mismatch, tails; apply Rplus_le_le_0_compat; [apply Rplus_le_le_0_compat; apply tail_nonneg; lra|].
    apply total_nonneg; intros q _; apply Rabs_pos. }
  exists 1%nat, 1%nat, 1%nat, 1%nat, 0, (1 / 5), (1 / 10), (1 / 10), 2, (1 / 100), line_squares, still, line_count, next, (fun _ => 9998 / 10000),
    (mismatch 1 1 1 (1 / 10) (1 / 10) (1 / 100) (line_squares 0) (still 0%nat) / (9998 / 10000)),
    (count_mismatch 1 1 1 (1 / 10) (1 / 10) (1 / 100) line_count next).
  do 8 (split; [lra|]); split; [lia|]; split; [apply Rle_mult_inv_pos; lra|]; split; [|apply Rle_refl].
  intros [|j] Hj; [|lia]; right; split; [lra|]; split; [|split].
  - unfold means, spread; cbn [total line_squares]; rewrite Rabs_left by lra; lra.
  - unfold means, spread, still; cbn [total]; rewrite Rabs_R0; lra.
  - right; field.
Qed.
