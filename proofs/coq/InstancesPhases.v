(** A whole certified count of three weights, continued from InstancesFollowed.v: 24 steps follow the invariant curve, 18 are skipped, and ten are taken
    one by one, until p is above 44. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature SkipPlace SkipLeaves SkipDrift SkipCells CurveStop
  BoxStop SkipLanding Formulas FormulaDerivative CentredStep CertifiedPhases CertifiedRun
  InstancesQuadrature InstancesIntegrals InstancesCurve InstancesCertified InstancesFollowed.
Open Scope R_scope.

(** ** A skip from about 6/25 to 87/200 *)

Definition hundreds (c : nat -> R) : Prop := forall j, (j < 2)%nat -> 996 / 10 <= c j <= 1004 / 10.
Definition fifths (i : nat) : R := 235 / 1000 + INR i / 5.
Definition fifths_r (i : nat) : R := match i with O => 0 | S _ => 1 / 50 end.
Definition tiny : R := 1 / 10000.

Lemma fifths_values : fifths 0 = 235 / 1000 /\ fifths 1 = 435 / 1000 /\ fifths 2 = 635 / 1000.
Proof. unfold fifths; simpl INR; repeat split; field. Qed.

Lemma fifths_cell : middle fifths 0 = 335 / 1000 /\ half fifths 0 = 1 / 10.
Proof. unfold middle, half, fifths; simpl INR; split; field. Qed.

Lemma fifths_rise : forall i, (i < 1)%nat -> fifths i < fifths (S i).
Proof. intros i _; unfold fifths; rewrite S_INR; lra. Qed.

Lemma hundreds_box : forall c c', hundreds c -> in_box 2 tiny c c' -> near_100 c'.
Proof. intros c c' H B j Hj; specialize (H j Hj); specialize (B j Hj); unfold tiny in B; nra. Qed.

Lemma hundreds_large : forall c, hundreds c -> near_100 c.
Proof. intros c H j Hj; specialize (H j Hj); lra. Qed.

Lemma fifths_place : forall i y, (i <= 1)%nat -> fifths i - fifths_r i <= y <= fifths (S i) + fifths_r (S i) -> 0 <= y <= 1.
Proof. intros i y Hi; destruct i as [|[|i]]; [| |lia]; unfold fifths, fifths_r; simpl INR; lra. Qed.

Lemma slant_pieces : pieces_fit 1 fifths fifths_r.
Proof.
  split; [lia|]; split; [intros i _; unfold fifths; rewrite S_INR; lra|]; split; [intros [|i] _; simpl; lra|].
  intros i _; unfold fifths; rewrite !S_INR; simpl; lra.
Qed.

Lemma slant_speeds : forall c, hundreds c -> speeds_checked 2 1 tiny (1 / 10000) 1 minus_p c fifths fifths_r (fun _ => 102) (fun _ => 1 / 40) (fun _ => 1 / 40)
  (fun _ _ => 1 / 99).
Proof.
  intros c H; split; [|unfold tiny; repeat split; intros; try lra; try (simpl; lra); unfold fifths; cbn [total]; simpl INR; lra].
  intros c' i y Hc Hi Hy; destruct (slant c' y) as [-> [-> [-> _]]].
  destruct (slant_bounds c' y (hundreds_box c c' H Hc) (fifths_place i y Hi Hy)) as [A1 [A2 [A3 [_ A5]]]].
  split; [split; exact I|]; split; [lra|]; split; [rewrite Rabs_pos_eq; lra|]; split; [exact A3|]; intros j Hj; destruct (A5 j Hj) as [P [Q _]]; split; assumption.
Qed.

Lemma slant_kernels : forall c, hundreds c -> kernels_fit 2 1 1 tiny (1 / 10000) c fifths fifths_r (fun _ => 102) (fun _ => 1 / 40) (fun _ _ => 1 / 99)
  (reduced_speed 2 1 (slope_of minus_p)) (reduced_chi 2 1 (slope_of minus_p) (curvature_of minus_p))
  (reduced_zeta 2 1 (slope_of minus_p) (curvature_of minus_p) (third_of minus_p)) (fun _ => 0%nat) (fun _ _ => 1 / 20000) (fun _ _ => 3 / 20) (fun _ _ => 1 / 40)
  (fun _ _ => tiny) (fun _ => 9 / 400) (fun _ => 1) (fun _ => 0) (fun _ => 99) (fun _ => 2 * tiny) 1.
Proof.
  intros c H; unfold tiny; split; [intros; lia|]; do 4 (split; [intros; lra|]); split; [|split; [intros; lra|split; [intros; lra|split]]].
  - intros i y Hi Hy; assert (Y := fifths_place i y Hi Hy); destruct (slant c y) as [-> _].
    destruct (slant_bounds c y (hundreds_large c H) Y) as [A1 [_ [_ [A4 A5]]]]; split; [lra|]; split; [|split].
    + intros d Hd; destruct (slant d y) as [_ [_ [_ [-> ->]]]]; rewrite Rabs_R1, Rabs_R0; split; [lra|]; split; [lra|].
      apply (slant_bounds d y (hundreds_box c d H Hd) Y).
    + intros g Hg; replace g with 0%nat by lia; unfold in_group; cbn [total Nat.eqb] in *; lra.
    + intros j Hj; destruct (A5 j Hj) as [_ [_ [A6 _]]]; rewrite (Rabs_pos_eq y) by lra; unfold Rdiv in *; lra.
  - intros i _; cbn [total]; lra.
  - unfold fifths; intros i j Hi _; destruct i as [|[|i]]; [| |lia]; cbn [total]; simpl INR; lra.
Qed.

Definition slant_error : R := added_defect 1 1 tiny (1 / 10000) fifths fifths_r (fun _ => 102) (fun _ => 1 / 40) (fun _ => 1 / 40) (fun _ _ => 3 / 20)
  (fun _ _ => 1 / 40) (fun _ _ => tiny) (fun _ => 9 / 400) (fun _ => 1) (fun _ => 0) (fun _ => 99) (fun _ => 2 * tiny) 1.

Lemma slant_later : forall i, (i <= 1)%nat ->
  0 <= roots_later 1 fifths fifths_r (fun _ => 99) (fun _ _ => 3 / 20) (fun _ => 1) i 0 <= 1 / 1000 /\
  roots_later 1 fifths fifths_r (fun _ => 99) (fun _ _ => 3 / 20) (fun _ => 0) i 0 = 0.
Proof.
  intros i Hi; unfold roots_later, over_later, reach, fifths, fifths_r; destruct i as [|[|i]]; [| |lia]; simpl Nat.sub; cbn [total]; simpl INR; lra.
Qed.

Lemma slant_error_small : slant_error <= 1 / 100.
Proof.
  destruct (slant_later 0 ltac:(lia)) as [L0 Z0]; destruct (slant_later 1 ltac:(lia)) as [L1 Z1].
  unfold slant_error, added_defect, first_order, second_order, swell; cbn [total]; rewrite Z0, Z1; unfold tiny.
  set (p := roots_later _ _ _ _ _ _ 0 0) in *; set (q := roots_later _ _ _ _ _ _ 1 0) in *.
  destruct (exp_near (1 / 40 * (1 / 10000 * 102)) ltac:(lra)) as [_ E]; set (e := exp (1 / 40 * (1 / 10000 * 102))) in *.
  destruct (exp_near (1 * (2 * (1 / 10000)) + 4 * (1 / 10000)) ltac:(lra)) as [_ F]; set (f := exp (1 * (2 * (1 / 10000)) + 4 * (1 / 10000))) in *.
  assert (E1 : e <= 2) by (eapply Rle_trans; [exact E|]; replace 2 with (/ (1 / 2)) by field; apply Rinv_le_contravar; lra).
  assert (F1 : f <= 2) by (eapply Rle_trans; [exact F|]; replace 2 with (/ (1 / 2)) by field; apply Rinv_le_contravar; lra).
  assert (G0 : (f - 1) * p <= 1 / 1000) by nra; assert (G1 : (f - 1) * q <= 1 / 1000) by nra.
  replace (/ (1 - 1 / 10000)) with (10000 / 9999) by field; unfold fifths; simpl INR; lra.
Qed.

Lemma slant_discs : forall c, hundreds c -> discs_checked 2 1 1 minus_p c fifths (fun _ => 1) (fun _ _ => True) /\
  drifts_checked 2 1 1 minus_p (1 / 20) c fifths (middle fifths) (fun _ => 1 / 5) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => True).
Proof.
  intros c H; destruct fifths_cell as [Mi Ha].
  assert (Br : forall j, (j < 2)%nat -> 9 <= branch (c j) (335 / 1000)).
  { intros j Hj; specialize (H j Hj); unfold branch; rewrite <- (sqrt_pow2 9) by lra; apply sqrt_le_1_alt; lra. }
  assert (Sl : forall p : C, Cmod (complex_value (derived minus_p) p) = 1).
  { intros p; simpl; replace (0 * p + -1 * 1)%C with (RtoC (-1)) by components; rewrite Cmod_R, Rabs_left; lra. }
  split; intros i Hi; replace i with 0%nat by lia; rewrite Mi, Ha.
  - split; [intros j Hj; specialize (Br j Hj); specialize (H j Hj); lra|]; split; [exact slant_regular|]; split; [lra|]; split; [intros p _; rewrite Sl; lra|trivial].
  - split; [rewrite Rminus_eq_0, Rabs_R0; lra|]; split; [intros j Hj; specialize (Br j Hj); specialize (H j Hj); lra|]; split; [exact slant_regular|]; split; [lra|].
    split; [|trivial]; intros p _; rewrite Sl; split; [lra|]; simpl.
    replace (1 + p * ((0 * p + 0 * 1 + (0 * 1 + -1 * 0)) * / (0 * p + -1 * 1)))%C with (RtoC 1); [rewrite Cmod_R, Rabs_R1; lra|].
    replace (0 * p + 0 * 1 + (0 * 1 + -1 * 0))%C with (RtoC 0) by components; components.
Qed.

Lemma code_ratio : 26 / 100 <= / code_rho <= 27 / 100.
Proof.
  destruct code_rho_inverse as [_ ->]; assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (P := sqrt_pos 3); split; nra.
Qed.

(** What the integrals are, and their errors *)
Definition slant_time (c : nat -> R) : R := time_sum 2 1 1 (slope_of minus_p) c fifths (fun _ => 2%nat) (fun _ => two_points) (fun _ _ => 1).
Definition slant_time_off (c : nat -> R) : R := time_error 2 1 c fifths (fun _ => 1) (fun _ => 2%nat).
Definition slant_drift (c : nat -> R) : R := drift_sum 1 (fun i => i) (fun y z => 1 / 2 * delay_kernel 2 (reduced_speed 2 1 (slope_of minus_p))
  (reduced_chi 2 1 (slope_of minus_p) (curvature_of minus_p)) c c y z) fifths (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0)
  (inner_weights (fun _ _ => 0) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)).
Definition slant_drift_off (c : nat -> R) : R := drift_error 1 (fun i => i) (fun _ => 1%nat) (fun _ => 1%nat)
  (pair_bound 2 1 (1 / 20) (fun _ => 0%nat) c fifths (middle fifths) (fun _ => 1 / 5) (fun _ => 1) (fun _ => 1) (fun _ => 1)).
Definition slant_begin : R := start_delay 1 1 fifths fifths_r (fun _ => 102) (fun _ => 99) (fun _ _ => 3 / 20) (fun _ => 1) (1 / 100).

Lemma slant_begin_small : 0 <= slant_begin <= 1 / 100.
Proof.
  destruct (slant_later 0 ltac:(lia)) as [L0 _]; unfold slant_begin, start_delay; cbn [total]; set (p := roots_later _ _ _ _ _ _ 0 0) in *; lra.
Qed.

Lemma slant_time_bounds : forall c, hundreds c -> 198 / 100000 <= slant_time c <= 201 / 100000 /\ 0 <= slant_time_off c <= 4 / 100000.
Proof.
  intros c H; destruct fifths_cell as [Mi Ha]; assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (S1 : 1 < sqrt 3) by (rewrite <- sqrt_1; apply sqrt_lt_1; lra).
  assert (Q : 0 < / sqrt 3 < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]); split.
  - unfold slant_time, time_sum, rule; cbn [total]; rewrite Mi, Ha; unfold two_points; cbn [Nat.eqb].
    assert (V : forall t, -1 <= t <= 1 -> 99 / 10000 <= 1 / reduced_speed 2 1 (slope_of minus_p) c (335 / 1000 + 1 / 10 * t) <= 1005 / 100000).
    { intros t Ht; set (y := 335 / 1000 + 1 / 10 * t); assert (Y : 0 <= y <= 1 / 2) by (unfold y; lra); destruct (slant c y) as [-> _].
      destruct (two_roots c y (996 / 10) (10065 / 100) ltac:(lra)) as [A B]; [intros j Hj; specialize (H j Hj); nra|].
      split; [apply (proj1 (Rle_div_r (99 / 10000) 1 (root 2 c y) ltac:(lra)))|apply Rle_div_l]; lra. }
    set (q := / sqrt 3) in *; assert (V1 := V (- q) ltac:(lra)); assert (V2 := V q ltac:(lra)); lra.
  - unfold slant_time_off, time_error; cbn [total product]; rewrite Mi, Ha; assert (K := code_ratio); set (k := / code_rho) in *; change (2 * 2)%nat with 4%nat.
    assert (Br : forall j, (j < 2)%nat -> 99 / 10 <= branch (c j) (335 / 1000)).
    { intros j Hj; specialize (H j Hj); unfold branch; rewrite <- (sqrt_pow2 (99 / 10)) by lra; apply sqrt_le_1_alt; lra. }
    assert (B0 := Br 0%nat ltac:(lia)); assert (B1 := Br 1%nat ltac:(lia)).
    set (b0 := branch (c 0%nat) _) in *; set (b1 := branch (c 1%nat) _) in *; set (m := 1 * (1 * (b0 - 2 * (1 / 10)) * (b1 - 2 * (1 / 10)))).
    assert (M : 94 <= m) by (unfold m; nra); assert (I : 0 <= 1 / m <= 1 / 94) by (split; [apply Rle_mult_inv_pos; lra|apply Rle_div_l; lra]).
    assert (K2 : 0 <= k ^ 2 <= 729 / 10000) by nra; assert (K4 : 0 <= k ^ 4 <= 54 / 10000) by (replace (k ^ 4) with (k ^ 2 * k ^ 2) by ring; nra).
    assert (D : 0 <= k ^ 4 / (1 - k ^ 2) <= 6 / 1000) by (split; [apply Rle_mult_inv_pos; lra|apply Rle_div_l; lra]).
    replace (0 + 1 / 10 * (16 / 3 * (1 / m) * k ^ 4 / (1 - k ^ 2))) with (8 / 15 * (1 / m * (k ^ 4 / (1 - k ^ 2)))) by (field; lra).
    set (d := k ^ 4 / (1 - k ^ 2)) in *; set (i := 1 / m) in *; split; nra.
Qed.

Lemma slant_drift_bounds : forall c, hundreds c -> 0 <= slant_drift c <= 1 / 1000 /\ 0 <= slant_drift_off c <= 1 / 100.
Proof.
  intros c H; destruct fifths_cell as [Mi Ha]; destruct (slant_bounds c (335 / 1000) (hundreds_large c H) ltac:(lra)) as [A1 [_ [_ [A4 A5]]]]; split.
  - unfold slant_drift, drift_sum, within_cell, inner_weights, legendre_weights, legendre_part, legendre; cbn [total]; rewrite Mi, Ha, !Rmult_0_r, !Rplus_0_r.
    unfold delay_kernel, kappa; destruct (slant c (335 / 1000)) as [-> [_ [_ [-> _]]]].
    rewrite (total_ext 2 _ (fun j => c j / (c j + (335 / 1000) ^ 2) ^ 2)) by (intros j Hj; destruct (A5 j Hj) as [P _]; field; lra).
    assert (T : 0 <= total 2 (fun j => c j / (c j + (335 / 1000) ^ 2) ^ 2)).
    { apply total_nonneg; intros j Hj; specialize (H j Hj); apply Rle_mult_inv_pos; [lra|]; apply pow_lt; lra. }
    set (k := total 2 _) in *; set (u := root 2 c (335 / 1000)) in *; replace (u * 1 * k / u) with k by (field; lra); lra.
  - unfold slant_drift_off, drift_error, pair_bound, late, early; cbn [total product]; rewrite Mi, Ha.
    assert (Br : forall j, (j < 2)%nat -> 9 <= branch (c j) (335 / 1000) <= 11).
    { intros j Hj; specialize (H j Hj); unfold branch; split; [rewrite <- (sqrt_pow2 9) by lra|rewrite <- (sqrt_pow2 11) by lra]; apply sqrt_le_1_alt; lra. }
    assert (B0 := Br 0%nat ltac:(lia)); assert (B1 := Br 1%nat ltac:(lia)).
    set (b0 := branch (c 0%nat) _) in *; set (b1 := branch (c 1%nat) _) in *.
    unfold group_root, in_group; cbn [Nat.eqb]; set (k := total 2 _) in *; assert (K0 : 0 <= k).
    { apply total_nonneg; intros j Hj; specialize (H j Hj); apply Rle_mult_inv_pos; [lra|]; apply pow_lt; lra. }
    assert (Sk : sqrt k * sqrt k = k) by (apply sqrt_sqrt, K0); set (s := sqrt k) in *.
    set (m := 1 * (1 * (b0 - 1 / 5) * (b1 - 1 / 5))); assert (M : 77 <= m) by (assert (88 / 10 * (88 / 10) <= (b0 - 1 / 5) * (b1 - 1 / 5)) by (apply Rmult_le_compat; lra); unfold m; lra); assert (I : 0 <= 1 / m <= 1 / 77) by (split; [apply Rle_mult_inv_pos; lra|apply Rle_div_l; lra]).
    assert (R := code_ratio); unfold gauss_factor, cumulative_factor; set (r := / code_rho) in *; change (2 * 1)%nat with 2%nat; rewrite pow_1.
    assert (R2 : 0 <= r ^ 2 <= 729 / 10000) by nra.
    assert (D1 : 0 <= 16 / 3 * r ^ 2 / (1 - r ^ 2) <= 1 / 2) by (split; [apply Rle_mult_inv_pos; lra|apply Rle_div_l; lra]).
    assert (D2 : 0 <= 8 * r / (1 - r) <= 3) by (split; [apply Rle_mult_inv_pos; lra|apply Rle_div_l; lra]).
    set (g := 16 / 3 * r ^ 2 / (1 - r ^ 2)) in *; set (f := 8 * r / (1 - r)) in *; set (i := 1 / m) in *.
    set (n := 1 * (1 * (b0 + 1 / 5) * (b1 + 1 / 5))); assert (N : 0 <= n <= 126)
      by (assert (0 <= (b0 + 1 / 5) * (b1 + 1 / 5) <= 112 / 10 * (112 / 10)) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]); unfold n; lra).
    assert (F : 1 / (1 - 1 / 20) ^ 4 = 160000 / 130321) by field.
    match goal with |- 0 <= ?z <= _ => replace z with (1 / (1 - 1 / 20) ^ 4 * (1 / 10) * (2 * (1 / 10)) * (i * n * (s * s) * (g + f / 2))) by ring end.
    rewrite F, Sk; assert (X : 0 <= i * n <= 1 / 77 * 126) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
    assert (Y : 0 <= i * n * k <= 1 / 77 * 126 * (9 / 400)) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
    assert (Z : 0 <= i * n * k * (g + f / 2) <= 1 / 77 * 126 * (9 / 400) * 2) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]); lra.
Qed.

Lemma slant_logs : forall c c' y z, near_100 c -> near_100 c' -> 0 <= y <= 1 -> 0 <= z <= 1 ->
  - (1 / 50) <= 1 / 2 * ln (reduced_speed 2 1 (slope_of minus_p) c' y / reduced_speed 2 1 (slope_of minus_p) c z) <= 1 / 50.
Proof.
  intros c c' y z H H' Y Z; destruct (slant c' y) as [-> _]; destruct (slant c z) as [-> _].
  destruct (slant_bounds c' y H' Y) as [A _]; destruct (slant_bounds c z H Z) as [B _]; set (u := root 2 c' y) in *; set (v := root 2 c z) in *.
  assert (Q : 33 / 34 <= u / v <= 34 / 33) by (split; [apply (proj1 (Rle_div_r (33 / 34) u v ltac:(lra)))|apply Rle_div_l]; lra).
  assert (L : forall t, 33 / 34 <= t -> - (1 / 25) <= ln t).
  { intros t Ht; rewrite <- (ln_exp (- (1 / 25))); apply ln_le; [apply exp_pos|]; destruct (exp_near (1 / 25) ltac:(lra)) as [_ _].
    assert (K := exp_ineq1_le (1 / 25)); rewrite exp_Ropp; eapply Rle_trans; [apply Rinv_le_contravar; [|exact K]; lra|lra]. }
  assert (L1 := L (u / v) ltac:(lra)); assert (E : u / v = / (v / u)) by (field; lra).
  assert (L2 := L (v / u) ltac:(apply (proj1 (Rle_div_r (33 / 34) v u ltac:(lra))); lra)).
  assert (E2 : ln (u / v) = - ln (v / u)) by (rewrite E; apply ln_Rinv, Rdiv_lt_0_compat; lra); lra.
Qed.

Lemma slant_skipped : forall w, lies (235 / 1000) (245 / 1000) (996 / 10) (1004 / 10) w ->
  skipped minus_p (1 / 10000) 2 above_44 w 18 (lies (4 / 10) (436 / 1000) (995 / 10) (1004 / 10)).
Proof.
  intros w W; assert (Or := lies_orientation _ _ _ _ w W); assert (Pw := below_44 _ _ _ _ w W ltac:(lra) ltac:(lra) ltac:(lra)); destruct W as [W0 W1].
  set (c := fun j => w (skip 0 j) ^ 2 - w 0%nat ^ 2); assert (H : hundreds c) by (intros j Hj; destruct (W1 j Hj) as [_ W2]; exact W2).
  destruct fifths_values as [F0 [F1 F2]]; assert (Lg := hundreds_large c H); assert (P0 := fun c' Hc => hundreds_box c c' H Hc).
  destruct (slant_time_bounds c H) as [T1 T2]; destruct (slant_drift_bounds c H) as [D1 D2]; assert (Bg := slant_begin_small); assert (Er := slant_error_small).
  assert (Lo : forall c', in_box 2 tiny c c' -> - (1 / 50) <= 1 / 2 * ln (reduced_speed 2 1 (slope_of minus_p) c' (fifths 1) / reduced_speed 2 1 (slope_of minus_p) c (1 * w 0%nat)) <= 1 / 50)
    by (intros c' Hc'; apply slant_logs; auto; lra).
  apply (skip_checked minus_p (1 / 10000) 2 above_44 w 18 _ 0 1 1 1 fifths fifths_r (fun _ => 102) (fun _ => 1 / 40) (fun _ => 1 / 40) (fun _ _ => 1 / 99) tiny 1
    (reduced_speed 2 1 (slope_of minus_p)) (1 * w 0%nat) c (fun _ => 0%nat) (fun _ _ => 1 / 20000) (fun _ _ => 3 / 20) (fun _ _ => 1 / 40) (fun _ _ => tiny) (fun _ => 9 / 400)
    (fun _ => 1) (fun _ => 0) (fun _ => 99) (fun _ => 2 * tiny) 1 slant_error (1 / 100) 99 (- (1 / 50)) 1 fifths (fun _ => 1) (fun _ _ => True) (fun _ => 2%nat) (fun _ => two_points)
    (fun _ _ => 1) 1 (1 / 20) fifths (middle fifths) (fun _ => 1 / 5) (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => True) (fun i => i) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)
    (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (slant_time c) (slant_time_off c) (slant_drift c) (slant_drift_off c) slant_begin 3 (1 / 5) 0 0 (1 / 40) 99 102 1 (9 / 400)
    ((1 / 5) ^ 2 * (102 / 99) * 1 * (9 / 400) / 4) (fun _ => 1 / 99)
    (fun i => 1 / 10000 * 102 * exp (1 / 40 * (1 / 10000 * 102)) * (1 / 40 + 1 / 40) / 2 + / (1 - tiny) * ((1 / 10000 * 102) ^ 2 * (1 / 99)) + (exp (1 * (2 * tiny) / 2 + 2 * tiny) - 1))
    (fun _ _ => 1 / 99) (fun _ => true) (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2)); rewrite ?F0, ?F1; try lia; try lra; try reflexivity.
  - unfold tiny; lra.
  - intros j Hj; specialize (H j Hj); lra.
  - exact slant_pieces.
  - apply slant_speeds, H.
  - apply slant_kernels, H.
  - intros y Hy; destruct (slant c y) as [-> _]; destruct (slant_bounds c y Lg ltac:(lra)) as [A _]; lra.
  - intros c' Hc'; rewrite <- F1; apply Lo, Hc'.
  - exact fifths_rise.
  - intros i _; split; [lia|exact two_points_are_gauss].
  - apply slant_discs, H.
  - exact fifths_rise.
  - apply midpoints_fit.
  - apply slant_discs, H.
  - simpl INR; lra.
  - intros c' Hc'; specialize (Lo c' Hc'); rewrite F1 in Lo; simpl INR; lra.
  - left; lra.
  - split; [lra|]; split; [lra|]; split; [lra|]; split.
    + intros c' y Hc' Hy; destruct (slant c' y) as [_ [_ [-> _]]]; apply (slant_bounds c' y (P0 c' Hc')); lra.
    + intros y Hy; destruct (slant c y) as [-> [_ [_ [-> _]]]]; destruct (slant_bounds c y Lg ltac:(lra)) as [A [_ [_ [A4 A5]]]].
      split; [exact A|]; split; [rewrite Rabs_R1; lra|]; split; [exact A4|]; intros j Hj; apply (A5 j Hj).
  - intros i j _ _; apply Rle_refl.
  - intros c' i j y Hc' Hi Hj Hy; apply (slant_bounds c' y (P0 c' Hc') (fifths_place i y Hi Hy)), Hj.
  - intros i _ _; split; [lia|exact midpoint_is_gauss].
  - left; exists (fun v => v), (Some 44), None, false, true; split; [exact above_plain|]; intros b Hb; apply avoids_44; [exact Pw|].
    unfold reduced_product; rewrite Rmult_1_l; destruct (two_roots b (435 / 1000) (95) (10065 / 100) ltac:(lra)) as [_ R]; [|lra].
    intros j Hj; specialize (Hb j Hj); specialize (H j Hj); unfold tiny in Hb; lra.
  - intros v x' c' [V1 V2] Hc' Near _; cbv zeta in Near; specialize (Lo c' Hc'); rewrite F1 in Lo; destruct (slant c' (435 / 1000)) as [Sp [Fi _]]; rewrite Sp in Near, Lo; rewrite Fi in Near.
    destruct (slant_bounds c' (435 / 1000) (P0 c' Hc') ltac:(lra)) as [A1 [A2 _]].
    destruct Near as [t [rest [curve [E [T [R1 [R2 R3]]]]]]]; simpl INR in R3.
    set (slope := slopes 2 c' (435 / 1000)) in *; set (u := root 2 c' (435 / 1000)) in *.
    assert (St : 0 <= slope * t <= 1 / 40 * (1 / 5)) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
    assert (Tt : 0 <= t ^ 2 <= (1 / 5) ^ 2) by (split; [apply pow2_ge_0|apply pow_incr; lra]).
    assert (Tu : 0 <= log_turn slope (1 / 40) t <= 1 / 100) by (unfold log_turn; rewrite Rabs_pos_eq by lra; lra).
    destruct (exp_near (log_turn slope (1 / 40) t) ltac:(lra)) as [_ X]; set (q := log_turn slope (1 / 40) t) in *.
    assert (X2 : exp q <= 2) by (eapply Rle_trans; [exact X|]; replace 2 with (/ (1 / 2)) by field; apply Rinv_le_contravar; lra); assert (X0 := exp_pos q); set (e := exp q) in *.
    assert (Qq : 0 <= q ^ 2 <= (1 / 100) ^ 2) by (split; [apply pow2_ge_0|apply pow_incr; lra]).
    assert (Z : e * (q ^ 2 + 1 / 40 * t ^ 2) <= 2 * (2 / 1000)) by (apply Rmult_le_compat; lra).
    assert (Rs : Rabs rest <= 1 / 1000) by lra; apply Rabs_le_between in Rs.
    assert (Cu : Rabs curve <= 1 / 100) by lra; apply Rabs_le_between in Cu.
    assert (G : 99 / 100 * (10000 / 102) <= (1 + slope * t / 2 + rest) / (1 / 10000 * u)).
    { apply (proj1 (Rle_div_r (99 / 100 * (10000 / 102)) (1 + slope * t / 2 + rest) (1 / 10000 * u) ltac:(lra))).
      lra. }
    set (g := (1 + slope * t / 2 + rest) / (1 / 10000 * u)) in *; assert (T2' : t <= 35 / 1000)
      by (assert (t * 97 <= t * (g + (slope + curve) / 2)) by (apply Rmult_le_compat_l; lra); lra).
    rewrite Rmult_1_l in V1; split; [rewrite V1, E; lra|]; intros j Hj; specialize (V2 j Hj); rewrite skip_first in V2; destruct (W1 j Hj) as [Wj _].
    rewrite positive_side, Rmult_1_l in V2 by exact Wj; specialize (Hc' j Hj); specialize (H j Hj); unfold tiny in Hc'; assert (Q := pow2_ge_0 x').
    assert (C : 995 / 10 <= c' j <= 1004 / 10) by lra; rewrite V2, V1; split; [apply sqrt_lt_R0; lra|]; rewrite pow2_sqrt by lra; lra.
Qed.

(** ** Ten direct steps, in balls about (a, 10, 10) *)

Definition tens (a : R) (i : nat) : R := match i with O => a | S _ => 10 end.
Definition about (a radius : R) : region := in_ball 3 (tens a) radius.

Lemma three_apart : forall (v c : nat -> R) r, 0 <= r -> in_ball 3 c r v <-> (v 0%nat - c 0%nat) ^ 2 + (v 1%nat - c 1%nat) ^ 2 + (v 2%nat - c 2%nat) ^ 2 <= r ^ 2.
Proof.
  intros v c r Hr; unfold in_ball, length2; cbn [total]; rewrite Rplus_0_l; set (z := _ + _).
  assert (Z : 0 <= z) by (unfold z; repeat apply Rplus_le_le_0_compat; apply pow2_ge_0); split; intros H.
  - rewrite <- (pow2_sqrt z) by exact Z; apply pow_incr; split; [apply sqrt_pos|exact H].
  - rewrite <- (sqrt_pow2 r) by exact Hr; apply sqrt_le_1_alt, H.
Qed.

Lemma ten_step : forall a r, 0 <= a <= 6 / 10 -> 0 <= r <= 1 / 10 -> stepped minus_p (1 / 10000) 3 (about a r) (about (a + 1 / 100) (r + 12 / 10000)).
Proof.
  intros a r Ha Hr; set (W := fun i : nat => match i with O => 1 | S _ => 101 / 10 end).
  assert (In : total 3 (fun j => inverses 0 W j ^ 2) = 2 * (10 / 101) ^ 2) by (unfold inverses, W; cbn [total Nat.eqb]; field).
  assert (Ot : others 3 W 0 = (101 / 10) ^ 2) by (unfold others, but, W; cbn [product Nat.eqb]; field).
  apply (step_checked minus_p (1 / 10000) 3 _ _ 0 (tens a) (tens (a + 1 / 100)) W r 104 16 0 1 1 (1 / 1000)); try lia; try lra.
  - intros [|i] _; unfold tens, W; rewrite Rabs_pos_eq by lra; lra.
  - intros [|i] _ N; [lia|unfold W; lra].
  - unfold gradient_bound; rewrite In, Ot; unfold W; lra.
  - unfold coupling_of; cbv zeta; rewrite In, Ot; unfold W.
    assert (S : sqrt ((1 * (2 * (10 / 101) ^ 2)) ^ 2 + 4 * (2 * (10 / 101) ^ 2)) <= 29 / 100) by (rewrite <- (sqrt_pow2 (29 / 100)) by lra; apply sqrt_le_1_alt; lra).
    set (s := sqrt _) in *; lra.
  - intros p _; rewrite line_curvature, Rabs_R0; split; [split; exact I|]; split; [lra|]; replace (1 - 1 / 10000 * 0 * 104 ^ 2) with 1 by ring; rewrite Rabs_R1; lra.
  - rewrite line_slope, Rabs_left by lra; ring.
  - apply three_apart; [lra|]; unfold step, others, but, tens; cbn [product Nat.eqb]; rewrite line_slope; nra.
  - intros v V; exact V.
  - intros v V; eapply Rle_trans; [exact V|lra].
Qed.

Lemma skip_to_ball : forall v, lies (4 / 10) (436 / 1000) (995 / 10) (1004 / 10) v -> about (418 / 1000) (1 / 20) v.
Proof.
  intros v [[V0 V1] V]; apply three_apart; [lra|]; unfold tens; destruct (V 0%nat ltac:(lia)) as [A1 A2]; destruct (V 1%nat ltac:(lia)) as [B1 B2].
  assert (A : 998 / 100 <= v 1%nat <= 1003 / 100) by (split; nra); assert (B : 998 / 100 <= v 2%nat <= 1003 / 100) by (split; nra).
  assert ((v 1%nat - 10) ^ 2 <= (3 / 100) ^ 2) by nra; assert ((v 2%nat - 10) ^ 2 <= (3 / 100) ^ 2) by nra; assert ((v 0%nat - 418 / 1000) ^ 2 <= (18 / 1000) ^ 2) by nra; lra.
Qed.

(** p is above 44 for the first time in one of the steps 43, ..., 52. *)
Lemma slant_counted : counted minus_p (1 / 10000) 2 above_44 (lies 0 (1 / 1000) (100 - 1 / 200) (100 + 1 / 200)) 43 52 (about (518 / 1000) (62 / 1000)) /\
  forall u, about (518 / 1000) (62 / 1000) u -> stops 3 above_44 u.
Proof.
  set (A := lies 0 (1 / 1000) (100 - 1 / 200) (100 + 1 / 200)); split.
  - assert (C24 : counted minus_p (1 / 10000) 2 above_44 A 25 24 (lies (235 / 1000) (245 / 1000) (996 / 10) (1004 / 10)))
      by (apply (follows minus_p (1 / 10000) 2 above_44 A 0 0 24 A); [apply begins|lia|exact slant_followed]).
    assert (C42 : counted minus_p (1 / 10000) 2 above_44 A 43 42 (lies (4 / 10) (436 / 1000) (995 / 10) (1004 / 10)))
      by (apply (skips minus_p (1 / 10000) 2 above_44 A 25 24 18 _ _ C24); [lia|exact slant_skipped]).
    assert (Go : forall s, (s <= 10)%nat -> counted minus_p (1 / 10000) 2 above_44 A 43 (42 + s) (about (418 / 1000 + INR s * (1 / 100)) (1 / 20 + INR s * (12 / 10000)))).
    { induction s as [|s IH]; intros Hs.
      - rewrite Nat.add_0_r; simpl INR; rewrite !Rmult_0_l, !Rplus_0_r; apply (encloses _ _ _ _ _ _ _ _ _ C42), skip_to_ball.
      - rewrite Nat.add_succ_r; apply (steps _ _ _ _ _ _ _ _ _ (IH ltac:(lia))); assert (N := pos_INR s); assert (M := le_INR s 9 ltac:(lia)); simpl (INR 9) in M.
        rewrite S_INR; replace (418 / 1000 + (INR s + 1) * (1 / 100)) with (418 / 1000 + INR s * (1 / 100) + 1 / 100) by ring.
        replace (1 / 20 + (INR s + 1) * (12 / 10000)) with (1 / 20 + INR s * (12 / 10000) + 12 / 10000) by ring; apply ten_step; lra. }
    apply (encloses _ _ _ _ _ _ _ _ _ (Go 10%nat ltac:(lia))); intros v; simpl INR.
    replace (418 / 1000 + (1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1) * (1 / 100)) with (518 / 1000) by field.
    replace (1 / 20 + (1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1) * (12 / 10000)) with (62 / 1000) by field; trivial.
  - intros u U; apply (three_apart u (tens (518 / 1000)) (62 / 1000) ltac:(lra)) in U; unfold tens in U; unfold stops, above_44; cbn [product]; rewrite Rmult_1_l.
    assert (Within : forall x, x ^ 2 <= (62 / 1000) ^ 2 -> - (62 / 1000) <= x) by (intros; nra).
    assert (S0 := pow2_ge_0 (u 0%nat - 518 / 1000)); assert (S1 := pow2_ge_0 (u 1%nat - 10)); assert (S2 := pow2_ge_0 (u 2%nat - 10)).
    assert (U0 := Within (u 0%nat - 518 / 1000) ltac:(lra)); assert (U1 := Within (u 1%nat - 10) ltac:(lra)); assert (U2 := Within (u 2%nat - 10) ltac:(lra)).
    assert (P : 9938 / 1000 * (9938 / 1000) <= u 1%nat * u 2%nat) by (apply Rmult_le_compat; lra); rewrite Rmult_assoc; nra.
Qed.

Lemma certified_count_instance : exists (loss : formula) (eta : R) (J : nat) (stop : R -> (nat -> R) -> Prop) (A B : region) (l n : nat) (w : nat -> R),
  counted loss eta J stop A l n B /\ A w.
Proof.
  exists minus_p, (1 / 10000), 2%nat, above_44, (lies 0 (1 / 1000) (100 - 1 / 200) (100 + 1 / 200)), (about (518 / 1000) (62 / 1000)), 43%nat, 52%nat, (tens 0).
  split; [apply slant_counted|]; split; [unfold tens; lra|]; intros j _; unfold tens; lra.
Qed.
