(** A way along the invariant curve for three weights, one near 0 and two near 10: f = - p, so that chi = 1 and both squared differences fall.
    From every start of a region 24 steps follow the curve, and p stays below 44. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent Chebyshev ChebyshevSeries Ellipse
  CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc EllipseChebyshev ChebyshevNodes CurveSpeed CurveStep CurveDisc CurveResiduals CurvePanels CurveBorder
  CurveRun CurveLanding CurveStop CurvePlace Formulas FormulaDerivative CentredStep CertifiedPhases CertifiedRun InstancesCurve InstancesCertified.
Open Scope R_scope.

Definition above_44 (p : R) (_ : nat -> R) : Prop := 44 < p.

(** The first weight is between lo and hi, the others are positive, with squared differences between low and high. *)
Definition lies (lo hi low high : R) : region := fun v =>
  lo <= v 0%nat <= hi /\ forall j, (j < 2)%nat -> 0 < v (S j) /\ low <= v (S j) ^ 2 - v 0%nat ^ 2 <= high.

Definition near_100 (c : nat -> R) : Prop := forall j, (j < 2)%nat -> 99 <= c j <= 101.

Lemma skip_first : forall j, skip 0 j = S j.
Proof. reflexivity. Qed.

Lemma positive_side : forall x, 0 < x -> side x = 1.
Proof. intros x H; unfold side; destruct (Rle_dec 0 x); lra. Qed.

Lemma lies_orientation : forall lo hi low high w, lies lo hi low high w -> orientation 2 0 1 w = 1.
Proof.
  intros lo hi low high w [_ H]; unfold orientation; cbn [product]; rewrite (skip_first 0), (skip_first 1).
  rewrite (positive_side (w 1%nat)), (positive_side (w 2%nat)) by (apply (H 0%nat) || apply (H 1%nat); lia); ring.
Qed.

(** ** f = - p: the speed is the root of the sums *)

Lemma slant : forall c y, reduced_speed 2 1 (slope_of minus_p) c y = root 2 c y /\
  reduced_first 2 1 (slope_of minus_p) (curvature_of minus_p) c y = slopes 2 c y /\
  reduced_second 2 1 (slope_of minus_p) (curvature_of minus_p) (third_of minus_p) c y = bends 2 c y /\
  reduced_chi 2 1 (slope_of minus_p) (curvature_of minus_p) c y = 1 /\
  reduced_zeta 2 1 (slope_of minus_p) (curvature_of minus_p) (third_of minus_p) c y = 0.
Proof.
  intros c y; unfold reduced_speed, reduced_first, reduced_second, reduced_chi, reduced_zeta; cbv zeta.
  rewrite !line_slope, !line_curvature, !line_third; repeat split; field.
Qed.

Lemma two_roots : forall c y lo hi, 0 <= lo -> (forall j, (j < 2)%nat -> lo <= c j + y ^ 2 <= hi) -> lo <= root 2 c y <= hi.
Proof.
  intros c y lo hi H0 H; unfold root; cbn [product]; assert (A := H 0%nat ltac:(lia)); assert (B := H 1%nat ltac:(lia)).
  rewrite Rmult_1_l, <- sqrt_mult by lra; split.
  - rewrite <- (sqrt_pow2 lo) by lra; apply sqrt_le_1_alt; nra.
  - rewrite <- (sqrt_pow2 hi) by lra; apply sqrt_le_1_alt; nra.
Qed.

(** What is needed of the box: every bound for places between 0 and 1 *)
Lemma slant_bounds : forall c y, near_100 c -> 0 <= y <= 1 -> 99 <= root 2 c y <= 102 /\ 0 <= slopes 2 c y <= 1 / 40 /\ Rabs (bends 2 c y) <= 1 / 40 /\
  total 2 (fun j => c j / (c j + y ^ 2) ^ 2) <= 9 / 400 /\
  forall j, (j < 2)%nat -> 0 < c j + y ^ 2 /\ / (c j + y ^ 2) <= 1 / 99 /\ 0 <= y / (c j + y ^ 2) <= 1 / 99 /\ c j / (c j + y ^ 2) <= 1.
Proof.
  intros c y L Y; assert (Y2 : 0 <= y ^ 2 <= 1) by nra.
  assert (One : forall j, (j < 2)%nat -> 0 < c j + y ^ 2 /\ 0 < / (c j + y ^ 2) <= 1 / 99 /\ 0 <= y / (c j + y ^ 2) <= 1 / 99 /\ c j / (c j + y ^ 2) <= 1 /\
    0 <= c j / (c j + y ^ 2) ^ 2 <= 1 / 99 /\ Rabs ((c j - y ^ 2) / (c j + y ^ 2) ^ 2) <= 1 / 99).
  { intros j Hj; specialize (L j Hj); assert (P : 0 < c j + y ^ 2) by lra; assert (I0 : 0 < / (c j + y ^ 2)) by (apply Rinv_0_lt_compat, P).
    assert (I : / (c j + y ^ 2) <= 1 / 99) by (replace (1 / 99) with (/ 99) by field; apply Rinv_le_contravar; lra).
    assert (E : (c j + y ^ 2) * / (c j + y ^ 2) = 1) by (field; lra); replace (c j / (c j + y ^ 2) ^ 2) with (c j * / (c j + y ^ 2) * / (c j + y ^ 2)) by (field; lra).
    replace ((c j - y ^ 2) / (c j + y ^ 2) ^ 2) with ((1 - 2 * (y ^ 2 * / (c j + y ^ 2))) * / (c j + y ^ 2)) by (field; lra); unfold Rdiv.
    set (i := / (c j + y ^ 2)) in *; assert (Q : 0 <= y ^ 2 * i <= 1 / 99) by nra; assert (R : 0 <= c j * i <= 1) by nra.
    split; [exact P|]; split; [lra|]; split; [nra|]; split; [lra|]; split; [nra|]; rewrite Rabs_pos_eq; nra. }
  destruct (One 0%nat ltac:(lia)) as [A1 [A2 [A3 [A4 [A5 A6]]]]]; destruct (One 1%nat ltac:(lia)) as [B1 [B2 [B3 [B4 [B5 B6]]]]].
  split; [apply two_roots; [lra|]; intros j Hj; specialize (L j Hj); lra|]; split; [unfold slopes; cbn [total]; lra|].
  split; [unfold bends; cbn [total]; rewrite Rplus_0_l; eapply Rle_trans; [apply Rabs_triang|]; lra|].
  split; [cbn [total]; lra|]; intros j Hj; destruct (One j Hj) as [C1 [C2 [C3 [C4 _]]]]; split; [exact C1|]; split; [lra|]; split; assumption.
Qed.

(** ** Along the curve: one panel on [0, 1/4], degree 8, c = 100 and Phi = 100 y *)

Definition flat (_ m : nat) : R := match m with O => 100 | _ => 0 end.
Definition hundred (m : nat) : R := match m with 1%nat => 25 / 2 | _ => 0 end.

Lemma flat_curve : forall r j y, panel_curve 8 (1 / 8) r flat j y = 100.
Proof. intros; unfold panel_curve, series; cbn [total flat]; change (chebyshev 0 _) with 1; ring. Qed.

Lemma hundred_count : forall t, series 8 hundred t = 25 / 2 * t.
Proof. intros; unfold series; cbn [total hundred]; change (chebyshev 1 t) with t; ring. Qed.

Lemma flat_spread : forall j rho, spread 8 (flat j) rho = 0.
Proof. intros; unfold spread; cbn [total flat]; rewrite Rabs_R0; ring. Qed.

Lemma flat_branch : 10 <= branch 100 (1 / 8) <= 10001 / 1000.
Proof.
  unfold branch; split; [rewrite <- (sqrt_pow2 10) by lra|rewrite <- (sqrt_pow2 (10001 / 1000)) by lra]; apply sqrt_le_1_alt; lra.
Qed.

(** Roots of the sums in the disc of radius A, for s = 3/5 or 0 *)
Lemma flat_disc : forall A s, 0 <= A < 1 -> 0 <= s <= 3 / 5 -> let b := branch 100 (1 / 8) in
  let h := s / (b - A) ^ 2 in 0 <= h <= 1 / 100 /\ stay_apart 2 (means flat) (fun _ => s) (1 / 8) A /\
  root_low 2 (means flat) (fun _ => s) (1 / 8) A = (b - A) ^ 2 * (1 - h) /\ root_high 2 (means flat) (fun _ => s) (1 / 8) A = (b + A) ^ 2 / (1 - h).
Proof.
  intros A s HA Hs b h; assert (B := flat_branch); fold b in B; assert (D : 81 <= (b - A) ^ 2) by nra.
  assert (Hh : 0 <= h <= 1 / 100) by (unfold h; split; [apply Rle_mult_inv_pos; lra|apply Rle_div_l; lra]); split; [exact Hh|]; split.
  - intros j _; change (means flat j) with 100; fold b; repeat split; lra.
  - unfold root_low, root_high, drift_share; cbn [product]; change (means flat 0) with 100; change (means flat 1) with 100; fold b h.
    assert (Q : sqrt (1 - h) * sqrt (1 - h) = 1 - h) by (apply sqrt_sqrt; lra); assert (P : 0 < sqrt (1 - h)) by (apply sqrt_lt_R0; lra).
    set (q := sqrt (1 - h)) in *; split; [rewrite <- Q; ring|]; rewrite <- Q; field; lra.
Qed.

Lemma flat_tube : tube_spread 8 flat 2 (3 / 1000) = (fun _ => 3 / 5).
Proof. pointwise j; unfold tube_spread; rewrite flat_spread; unfold means; cbn [flat]; field. Qed.

Lemma flat_spreads : spreads 8 flat 10 = (fun _ => 0).
Proof. pointwise j; apply flat_spread. Qed.

Lemma slant_regular : regular (fun _ => True) minus_p.
Proof. split; exact I. Qed.

Lemma flat_nodes : at_nodes 2 8 1 (slope_of minus_p) (1 / 10000) (1 / 8) (1 / 8) flat hundred (fun _ => 101 / 1000000) (1 / 1600).
Proof.
  intros i _ y h; assert (K := COS_bound (angle 8 i)); assert (Y : 0 <= y <= 1 / 4) by (unfold y; lra); assert (Y2 : 0 <= y ^ 2 <= 1 / 16) by nra.
  assert (F : (fun j => panel_curve 8 (1 / 8) (1 / 8) flat j y) = (fun _ => 100)) by (pointwise j; apply flat_curve).
  assert (H : h = 1 / 10000 * (100 + y ^ 2)).
  { unfold h; rewrite F; destruct (slant (fun _ => 100) y) as [-> _]; f_equal; unfold root; cbn [product]; rewrite Rmult_1_l; apply sqrt_sqrt; lra. }
  split.
  - intros j _; rewrite !flat_curve, H; match goal with |- Rabs ?z <= _ => replace z with (- (1 / 1000000 * (100 + y ^ 2))) by (field; lra) end.
    rewrite Rabs_Ropp, Rabs_pos_eq; lra.
  - rewrite !hundred_count, H; match goal with |- Rabs ?z <= _ => replace z with (y ^ 2 / 100) by field end; rewrite Rabs_pos_eq; lra.
Qed.

Definition slant_low : R := 96 / 10000.
Definition slant_high : R := 104 / 10000.

Lemma flat_checked : panel_checks 2 8 1 minus_p (1 / 10000) (1 / 8) (1 / 8) 2 (3 / 1000) flat hundred (fun _ => True) 1 1 1 (1 / 8) slant_low slant_high 96
  (21 / 20) (1 / 100000) 0 (1 / 10000) (11 / 1000) 100 10 11 2 (fun _ => True) 1 (115 / 10000) (fun _ => 101 / 1000000) (1 / 1600).
Proof.
  assert (B := flat_branch); unfold panel_checks, tube_checked, ellipse_checked; rewrite flat_tube, flat_spreads.
  replace (axis (1 / 8) 2) with (5 / 32) by (unfold axis; field); replace (axis (1 / 8) 10) with (101 / 160) by (unfold axis; field).
  destruct (flat_disc (5 / 32) (3 / 5) ltac:(lra) ltac:(lra)) as [H1 [H2 [H3 H4]]]; destruct (flat_disc (101 / 160) 0 ltac:(lra) ltac:(lra)) as [K1 [K2 [K3 K4]]].
  set (b := branch 100 (1 / 8)) in *; set (h := 3 / 5 / (b - 5 / 32) ^ 2) in *; rewrite H3, H4, K4.
  replace (0 / (b - 101 / 160) ^ 2) with 0 in * by (field; lra).
  assert (D : 9689 / 100 <= (b - 5 / 32) ^ 2) by nra; assert (Hs : h <= 62 / 10000) by (unfold h; apply Rle_div_l; lra).
  assert (Lo : 9628 / 100 <= (b - 5 / 32) ^ 2 * (1 - h)) by (replace (9628 / 100) with (9628 / 100 * 1) by ring; nra).
  assert (S : forall j, sums 8 (1 / 8) (1 / 8) flat 2 (3 / 1000) j = (b - 5 / 32) ^ 2 * (1 - h)).
  { intros j; unfold sums, drift_share; rewrite flat_tube; replace (axis (1 / 8) 2) with (5 / 32) by (unfold axis; field); reflexivity. }
  assert (Shape : forall rho, steepness 8 (flat 0) rho = 0) by (intros rho; unfold steepness; cbn [total flat]; rewrite Rabs_R0; ring).
  do 3 (split; [lra|]); split.
  { split; [exact H2|]; split; [left; trivial|]; split; [exact slant_regular|]; intros p _; rewrite line_slope, line_curvature.
    rewrite (Rabs_left (-1)) by lra; replace (1 + p * (0 / -1)) with 1 by field; rewrite Rabs_R1; lra. }
  split; [lra|]; split; [intros j _; change (means flat j) with 100; lra|]; split; [lra|]; split.
  { destruct (slant (fun j => panel_curve 8 (1 / 8) (1 / 8) flat j (1 / 8)) (1 / 8)) as [-> _]; apply root_pos; intros j _; rewrite flat_curve; lra. }
  unfold slant_low, slant_high; split; [lra|]; split.
  { assert (I : (b + 5 / 32) ^ 2 / (1 - h) <= 104) by (apply Rle_div_l; nra); lra. }
  split; [lra|]; split; [lra|]; split; [intros j _ _; rewrite S; lra|]; split; [lra|]; split; [lra|]; split.
  { cbn [total]; rewrite !S; change (means flat 0) with 100; change (means flat 1) with 100.
    assert (I : (100 + 3 / 5) / ((b - 5 / 32) ^ 2 * (1 - h)) <= 105 / 100) by (apply Rle_div_l; lra); lra. }
  split; [lra|]; split; [intros j _; change (flat j) with (flat 0); rewrite Shape; lra|]; split.
  { unfold steepness; cbn [total hundred]; rewrite !Rabs_R0, Rabs_pos_eq by lra; simpl; lra. }
  split; [lra|]; split; [lia|]; do 3 (split; [lra|]); split; [split; [exact K2|]; split; [exact slant_regular|]; split; [|left; trivial]|].
  { intros p _; simpl; replace (0 * p + -1 * 1)%C with (RtoC (-1)) by components; rewrite Cmod_R, Rabs_left; lra. }
  split; [replace ((b + 101 / 160) ^ 2 / (1 - 0)) with ((b + 101 / 160) ^ 2) by field; nra|]; split; [lra|]; split; [exact flat_nodes|]; split.
  - intros j _; unfold on_panel_bound, drift_size, drift_share; rewrite !flat_spread, flat_spreads; change (means flat j) with 100.
    replace (axis (1 / 8) 10) with (101 / 160) by (unfold axis; field); fold b.
    assert (I : 100 * (115 / 10000) ^ 2 / (b - 101 / 160) ^ 2 <= 1 / 1000) by (apply Rle_div_l; nra).
    replace ((100 + 0) * (115 / 10000) ^ 2 / ((b - 101 / 160) ^ 2 * (1 - 0 / (b - 101 / 160) ^ 2))) with (100 * (115 / 10000) ^ 2 / (b - 101 / 160) ^ 2) by (field; lra).
    set (v := 100 * (115 / 10000) ^ 2 / (b - 101 / 160) ^ 2) in *; simpl INR; replace ((/ 10) ^ 8) with (/ 100000000) by field; replace (1 - / 10) with (9 / 10) by field; lra.
  - unfold on_panel_bound, count_size, spread; cbn [total hundred]; rewrite !Rabs_R0, Rabs_pos_eq by lra; simpl INR; replace ((/ 10) ^ 8) with (/ 100000000) by field; replace (1 - / 10) with (9 / 10) by field.
    simpl; lra.
Qed.

Lemma small_stretch : exp ((1 / 4 + slant_high) * stretch (3 / 1000) slant_high 96 (21 / 20) (1 / 100000) 0) <= 1001 / 1000.
Proof.
  assert (P := exp_pos (21 / 20 * (3 / 1000))); destruct (exp_near (21 / 20 * (3 / 1000)) ltac:(lra)) as [_ X]; set (e := exp (21 / 20 * (3 / 1000))) in *.
  assert (e <= 2) by (eapply Rle_trans; [exact X|]; replace 2 with (/ (1 / 2)) by field; apply Rinv_le_contravar; lra).
  set (t := (1 / 4 + slant_high) * _); assert (T : 0 <= t <= 9 / 10000).
  { unfold t, stretch, slant_high; fold e; replace (1 - 1 / 100000) with (99999 / 100000) by field.
    replace (104 / 10000 / 96 / (99999 / 100000) * (1 + 2 * (21 / 20)) + 0 * (21 / 20)) with (104 * 31 / 96 / 99999) by field; split; nra. }
  destruct (exp_near t ltac:(lra)) as [_ Y]; eapply Rle_trans; [exact Y|]; replace (1001 / 1000) with (/ (1000 / 1001)) by field; apply Rinv_le_contravar; lra.
Qed.

Lemma below_44 : forall lo hi low high w, lies lo hi low high w -> 0 <= lo -> hi * (high + hi ^ 2) <= 44 -> 0 < high -> product 3 w <= 44.
Proof.
  intros lo hi low high w [[W0 W1] W2] Hlo Hhi Hh; cbn [product]; destruct (W2 0%nat ltac:(lia)) as [A1 A2]; destruct (W2 1%nat ltac:(lia)) as [B1 B2].
  assert (S : w 0%nat ^ 2 <= hi ^ 2) by (apply pow_incr; lra); assert (Q : 0 <= high + hi ^ 2) by (assert (0 <= hi ^ 2) by apply pow2_ge_0; lra).
  assert (R : w 1%nat * w 2%nat <= high + hi ^ 2) by nra; assert (Z : 0 <= w 1%nat * w 2%nat) by (apply Rmult_le_pos; lra).
  eapply Rle_trans; [|exact Hhi]; rewrite Rmult_1_l, Rmult_assoc; apply Rmult_le_compat; lra.
Qed.

Lemma avoids_44 : forall p q, p <= 44 -> q <= 44 -> avoids (Some 44) None false true p q.
Proof. intros p q Hp Hq; unfold avoids, belongs, interval, under; simpl; repeat split; try lra; intros [H _]; lra. Qed.

Lemma above_plain : plain minus_p above_44 (fun v => v) (Some 44) None false true.
Proof. split; [right; reflexivity|]; intros p q H; split; [exact H|exact I]. Qed.

Definition panel_end (i : nat) : R := INR i / 4.

Lemma slant_followed : forall w, lies 0 (1 / 1000) (100 - 1 / 200) (100 + 1 / 200) w ->
  followed minus_p (1 / 10000) 2 above_44 w 24 (lies (235 / 1000) (245 / 1000) (996 / 10) (1004 / 10)).
Proof.
  intros w W; assert (Or := lies_orientation _ _ _ _ w W); assert (Pw := below_44 _ _ _ _ w W ltac:(lra) ltac:(lra) ltac:(lra)); destruct W as [W0 W1].
  assert (E4 : exp (- (1 / 10000)) <= 99991 / 100000 /\ 10001 / 10000 <= exp (1 / 10000)).
  { assert (K := exp_ineq1_le (1 / 10000)); split; [|lra]; rewrite exp_Ropp; replace (99991 / 100000) with (/ (100000 / 99991)) by field.
    apply Rinv_le_contravar; lra. }
  apply (follow_checked minus_p (1 / 10000) 2 above_44 w 24 _ 0 1 1 0 (3 / 1000) panel_end (fun _ => 1 / 8) (fun _ => 1 / 8) (fun _ => 8%nat) (fun _ => 2)
    (fun _ => flat) (fun _ => hundred) (fun _ _ => True) (fun _ _ => True) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ => 1 / 8) (fun _ => slant_low)
    (fun _ => slant_high) (fun _ => 96) (fun _ => 21 / 20) (fun _ => 1 / 100000) (fun _ => 0) (fun _ => 1 / 10000) (fun _ => 11 / 1000) (fun _ => 100)
    (fun _ => 10) (fun _ => 11) (fun _ => 2) (fun _ => 1) (fun _ => 115 / 10000) (fun _ _ => 101 / 1000000) (fun _ => 1 / 1600) (fun _ => 1%nat) (fun _ => 2)
    (fun _ _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 28) (fun _ => 3 / 1000) (1 / 10000) (1 / 1000)
    (curve_defect 0 (fun _ => 11 / 1000) (fun _ => slant_high) (fun _ => 21 / 20) (fun _ => 100) (fun _ => 0) (fun _ => 28) (fun _ => 3 / 1000) (1 / 1000 * 100))
    (1 * w 0%nat) (fun j => w (skip 0 j) ^ 2 - w 0%nat ^ 2)); try lia; try lra; try reflexivity.
  - intros i Hi; replace i with 0%nat by lia; unfold panel_end; split; [simpl; lra|]; split; [simpl; lra|exact flat_checked].
  - intros i Hi; replace i with 0%nat by lia; unfold panel_end; cbn [entry]; assert (S := small_stretch); unfold slant_low.
    replace (INR 1 / 4 - INR 0 / 4) with (1 / 4) by (simpl; field); split; [lra|split; [|lra]].
    set (e := exp _) in *; nra.
  - unfold panel_end; simpl INR; lra.
  - unfold panel_end; simpl INR; lra.
  - intros j Hj; rewrite flat_curve, skip_first; destruct (W1 j Hj) as [_ W2]; lra.
  - intros y _; unfold panel_phi_slope, series_slope; cbn [total hundred]; change (second 1 _) with 1; simpl INR; lra.
  - unfold curve_defect, missed, increase, panel_phi, panel_end, slant_high; cbn [total]; rewrite !hundred_count; simpl INR; lra.
  - unfold curve_defect, missed, increase, panel_phi, panel_end, slant_high; cbn [total]; rewrite !hundred_count; simpl INR; lra.
  - left; exists (fun v => v), (Some 44), None, false, true; split; [exact above_plain|]; intros v V; apply avoids_44; [exact Pw|].
    apply (below_44 _ _ _ _ v V); lra.
  - intros v x' c' [V1 V2] Hx' Newton Hc'; unfold panel_end in Newton, Hx'; simpl INR in Newton, Hx'; unfold slant_high in Hx', Newton.
    destruct (Newton (1 / 4 - 3 * (104 / 10000)) (1 / 4) 100 100 (1 / 4)) as [p [miss [Hp [Hm E]]]]; try lra.
    { intros t _; unfold panel_phi_slope, series_slope; cbn [total hundred]; change (second 1 _) with 1; simpl INR; lra. }
    replace p with 100 in E by lra; unfold curve_defect, missed, increase, panel_phi in E, Hm; cbn [total] in E, Hm; rewrite !hundred_count in E; simpl INR in E.
    apply Rabs_le_between in Hm; assert (X : 235 / 1000 <= x' <= 245 / 1000) by lra; clear E; rewrite Rmult_1_l in V1; split; [rewrite V1; exact X|].
    intros j Hj; specialize (Hc' j Hj); specialize (V2 j Hj); rewrite flat_curve in Hc'; rewrite skip_first in V2; destruct (W1 j Hj) as [Wj _].
    rewrite positive_side, Rmult_1_l in V2 by exact Wj; destruct (exp_near (3 / 1000) ltac:(lra)) as [N1 N2].
    assert (/ (1 - 3 / 1000) <= 1004 / 1000) by (replace (1004 / 1000) with (/ (1000 / 1004)) by field; apply Rinv_le_contravar; lra).
    assert (C : 996 / 10 <= c' j <= 1004 / 10) by lra; assert (Q := pow2_ge_0 x'); rewrite V2, V1; split; [apply sqrt_lt_R0; lra|].
    rewrite pow2_sqrt by lra; lra.
Qed.
