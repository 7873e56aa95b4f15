(** Negations of false variants, continued: a residual that is zero at its one node. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature ChebyshevNodes CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  SpeedImage CurveSpeed CurveStep EllipseChebyshev CurveDisc CurveResiduals CurvePanels CurveBorder InstancesResiduals.
Open Scope R_scope.

Lemma panel_residuals_nodes_alone_is_false : ~ (forall (J n : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (eta a r rho beyond near : R)
    (coef : nat -> nat -> R) (count : nat -> R) (B : C -> Prop) (top ahead : R) (at_node : nat -> R) (count_node leaves miss : R),
  (1 <= n)%nat -> sigma ^ 2 = 1 -> 0 < eta -> 0 < r -> 1 < rho -> 1 < beyond -> 1 < near -> 0 <= leaves ->
  panel_disc J n sigma f' G G' a r rho coef B top ->
  eta * (top * root_high J (means coef) (spreads n coef rho) a (axis r rho)) <= ahead ->
  rho + / rho + 2 * (ahead / r) <= beyond + / beyond ->
  at_nodes J n sigma f' eta a r coef count at_node count_node ->
  (forall j, (j < J)%nat -> 4 * on_panel_bound n rho (at_node j) 0 <= leaves * (means coef j - spread n (coef j) near)) ->
  on_panel_bound n rho count_node (count_size n rho beyond count) <= miss ->
  curve_solves J sigma f' eta (a - r) (a + r) (panel_curve n a r coef) (fun y => series n count ((y - a) / r)) leaves miss).
Proof.
  intros H; set (high := root_high 1 (means line_squares) (spreads 1 line_squares 2) 0 (axis (1 / 10) 2)).
  set (ahead := Rmax 0 (1 / 1000 * (1 * high))); assert (A0 := Rmax_l 0 (1 / 1000 * (1 * high))); assert (A1 := Rmax_r 0 (1 / 1000 * (1 * high))).
  fold ahead in A0, A1; set (beyond := 2 + / 2 + 2 * (ahead / (1 / 10))); assert (B1 : 2 + / 2 <= beyond) by (unfold beyond, Rdiv; lra).
  assert (K := H 1%nat 1%nat 1 (fun _ => -1) (fun _ => RtoC (-1)) (fun _ => RtoC 0) (1 / 1000) 0 (1 / 10) 2 beyond 2 line_squares line_count
    (fun _ => True) 1 ahead (fun _ => 0) 0 0 (on_panel_bound 1 2 0 (count_size 1 2 beyond line_count)) ltac:(lia) ltac:(ring) ltac:(lra) ltac:(lra)
    ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) line_disc A1
    ltac:(assert (0 < / beyond) by (apply Rinv_0_lt_compat; lra); unfold beyond in *; lra) line_nodes
    ltac:(intros j _; unfold on_panel_bound; simpl; lra) (Rle_refl _) (1 / 10) ltac:(lra)).
  destruct K as [K _]; specialize (K 0%nat ltac:(lia)); rewrite line_speed, !line_curve in K; clear - K.
  set (v := 1 - 1 / 10 / 1000 + (1 / 10) ^ 2) in *; assert (V : 1 < v) by (unfold v; lra).
  assert (S : 1 < sqrt v) by (rewrite <- sqrt_1; apply sqrt_lt_1; lra).
  assert (Sq : sqrt v * sqrt v = v) by (apply sqrt_sqrt; lra).
  replace ((1 / 1000 * sqrt v) ^ 2 / v) with (1 / 1000000) in K
    by (replace ((1 / 1000 * sqrt v) ^ 2) with (sqrt v * sqrt v / 1000000) by field; rewrite Sq; field; lra).
  assert (P := Rle_abs ((1 - 1 / 10 / 1000) * (1 - 1 / 1000000) - (1 - (1 / 10 + 1 / 1000 * sqrt v) / 1000))); lra.
Qed.

(** ** The other bounds of a panel: one weight and f = p, so that it runs the other way *)

Lemma panel_checked_any_sign_is_false : ~ (forall (J n : nat) (sigma : R) (f' f'' : R -> R) (eta a r rho tube : R) (coef : nat -> nat -> R) (count : nat -> R)
    (B : C -> Prop) (bottom top chi y0 low longest near half shrink slope leaves miss tilt : R),
  sigma ^ 2 = 1 -> 0 < eta -> 0 < r -> 1 < rho -> 11 / 5 < rho + / rho -> 0 <= tube <= 1 / 8 ->
  tube_disc J n sigma f' f'' a r rho tube coef B bottom top chi -> 0 < bottom ->
  (forall j, (j < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j /\ (0 < means coef j \/ forall m, coef j m = 0)) ->
  a - r <= y0 <= a + r -> reduced_speed J sigma f' (fun j => panel_curve n a r coef j y0) y0 <> 0 ->
  0 < low <= eta * (bottom * root_low J (means coef) (tube_spread n coef rho tube) a (axis r rho)) ->
  eta * (top * root_high J (means coef) (tube_spread n coef rho tube) a (axis r rho)) <= longest -> longest <= r / 10 ->
  0 < near -> (forall j, (j < J)%nat -> 0 < means coef j -> near <= sums n a r coef rho tube j) ->
  longest ^ 2 <= shrink * near -> shrink < 1 / 2 ->
  chi * total J (fun j => (means coef j + tube_spread n coef rho tube j) / sums n a r coef rho tube j) <= 2 * half ->
  0 <= slope -> (forall j, (j < J)%nat -> steepness n (coef j) rho / r <= slope * (means coef j - tube_spread n coef rho tube j)) ->
  steepness n count rho / r <= tilt -> 0 <= leaves < 1 / 2 ->
  curve_solves J sigma f' eta (a - r) (a + r) (panel_curve n a r coef) (fun y => series n count ((y - a) / r)) leaves miss ->
  panel_fits J sigma f' f'' eta tube (a - r) (a + r) (panel_curve n a r coef) (panel_slope n a r coef)
    (fun y => series n count ((y - a) / r)) (fun y => series_slope n count ((y - a) / r) / r)
    low longest near half shrink slope leaves miss tilt).
Proof.
  intros H.
  assert (K := H 0%nat 0%nat 1 (fun _ => 1) (fun _ => 0) (1 / 1000) 0 1 2 0 (fun _ _ => 0) (fun _ => 0) (fun _ => True) 1 1 1 0
    (1 / 1000) (1 / 1000) 1 0 (1 / 4) 0 0 1 0).
  assert (U : forall c y, reduced_speed 0 1 (fun _ => 1) c y = -1) by (intros; unfold reduced_speed, root; simpl; ring).
  destruct K as [_ [_ [_ [_ [_ [_ [_ [_ [S _]]]]]]]]]; try lra; try (intros; lia).
  - split; [intros j Hj; lia|]; split; [left; trivial|].
    intros p _; split; [apply (is_derive_const (V := R_NormedModule) 1)|]; replace (1 + p * (0 / 1)) with 1 by field; rewrite Rabs_R1; lra.
  - rewrite U; lra.
  - unfold root_low; simpl; lra.
  - unfold root_high; simpl; lra.
  - simpl; lra.
  - unfold steepness; simpl; lra.
  - intros y Hy; split; [intros; lia|]; cbv zeta; unfold series; simpl; rewrite Rabs_left; lra.
  - destruct (S (fun _ => 0) 0 ltac:(lra) ltac:(intros j Hj; lia)) as [_ [L _]]; rewrite U in L; lra.
Qed.

(** One term, and counts that rise by 1 and by 0 per unit: nothing is compared. *)
Lemma curve_border_no_tail_is_false : ~ (forall (J n n' terms : nat) (a a' r r' rho longest : R) (coef coef' : nat -> nat -> R) (count count' : nat -> R)
    (least : nat -> R) (jump slip : R),
  0 < r -> 0 < r' -> a + r = a' - r' -> 0 <= longest -> longest <= r / 10 -> longest <= r' / 10 -> 1 < rho -> 11 / 5 < rho + / rho -> (1 <= terms)%nat ->
  0 <= jump ->
  (forall j, (j < J)%nat -> (forall m, coef j m = 0 /\ coef' j m = 0) \/
    0 < least j /\ least j <= means coef j - spread n (coef j) rho /\ least j <= means coef' j - spread n' (coef' j) rho /\
    mismatch terms n n' r r' longest (coef j) (coef' j) <= jump * least j) ->
  total (terms - 1) (fun q => differs n n' r r' longest count count' (S q)) <= slip ->
  0 <= jump /\ 20 * longest <= a' + r' - (a + r) /\ forall y, a + r <= y <= a + r + longest ->
    (forall j, (j < J)%nat -> Rabs (panel_curve n a r coef j y - panel_curve n' a' r' coef' j y)
      <= jump * Rmin (panel_curve n a r coef j y) (panel_curve n' a' r' coef' j y)) /\
    Rabs (series n' count' ((y - a') / r') - series n' count' ((a + r - a') / r') - (series n count ((y - a) / r) - series n count ((a + r - a) / r))) <= slip).
Proof.
  intros H; set (one := fun m : nat => match m with 1%nat => 1 | _ => 0 end).
  destruct (H 0%nat 1%nat 1%nat 1%nat 0 2 1 1 2 (1 / 10) (fun _ _ => 0) (fun _ _ => 0) one (fun _ => 0) (fun _ => 0) 0 0) as [_ [_ K]]; try lra; try lia.
  - simpl; lra.
  - destruct (K (11 / 10)) as [_ B]; [lra|]; unfold series, one in B; cbn [total chebyshev] in B.
    match type of B with Rabs ?z <= 0 => replace z with (- (1 / 10)) in B by field end; rewrite Rabs_left in B by lra; lra.
Qed.
