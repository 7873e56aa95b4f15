(** Values that satisfy the hypotheses of Theorem C: the weights 1/5000 and 1, f = - p, so that chi = 1 and the squared
    difference does drift; two panels whose curves do not meet, with E at the border of the tube. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent CurveSpeed CurveStep CurveRun CurveLanding.
Open Scope R_scope.

Definition slow_start : nat -> R := fun i => if Nat.eqb i 0 then 1 / 5000 else 1.
Definition slow_end (i : nat) : R := INR i / 40.
Definition slow_curve (i _ : nat) (y : R) : R := 1 - y / 1000 - INR i / 1000.
Definition slow_count (i : nat) (y : R) : R := (1000 + INR i) * y + 7 * INR i.
Definition slow_stray (i : nat) : R := match i with O => 1 / 5000 | S _ => 1 / 500 end.

Lemma slow_speed : forall c x, reduced_speed 1 1 (fun _ => -1) c x = sqrt (c 0%nat + x ^ 2).
Proof. intros; unfold reduced_speed, root; cbn [product]; ring. Qed.

Lemma sqrt_near_one : forall z t, 0 <= t <= 1 -> 1 - t <= z <= 1 + t -> 1 - t <= sqrt z <= 1 + t.
Proof.
  intros z t Ht Hz; split.
  - rewrite <- (sqrt_pow2 (1 - t)) by lra; apply sqrt_le_1_alt; nra.
  - rewrite <- (sqrt_pow2 (1 + t)) by lra; apply sqrt_le_1_alt; nra.
Qed.

Lemma exp_near : forall t, 0 <= t < 1 -> 1 - t <= exp (- t) /\ exp t <= / (1 - t).
Proof.
  intros t Ht; assert (K := exp_ineq1_le (- t)); split; [lra|].
  rewrite <- (Ropp_involutive t) at 1; rewrite exp_Ropp; apply Rinv_le_contravar; lra.
Qed.

Lemma slow_tube : forall i c y, (i <= 1)%nat -> 0 <= y <= 52 / 1000 -> beside 1 (1 / 500) (fun j => slow_curve i j y) c ->
  995 / 1000 <= c 0%nat <= 1003 / 1000.
Proof.
  intros i c y Hi Hy H; destruct (H 0%nat ltac:(lia)) as [L U]; unfold slow_curve in *; cbv beta in *.
  destruct (exp_near (1 / 500) ltac:(lra)) as [E1 E2]; assert (0 <= INR i <= 1) by (split; [apply pos_INR|apply (le_INR i 1); exact Hi]).
  replace (/ (1 - 1 / 500)) with (500 / 499) in E2 by field.
  assert (P : 998 / 1000 <= 1 - y / 1000 - INR i / 1000 <= 1) by lra.
  set (v := 1 - y / 1000 - INR i / 1000) in *; split.
  - apply (Rle_trans _ (998 / 1000 * (1 - 1 / 500))); [lra|]; eapply Rle_trans; [|exact L]; apply Rmult_le_compat; lra.
  - eapply Rle_trans; [exact U|]; apply (Rle_trans _ (1 * (500 / 499))); [|lra]; apply Rmult_le_compat; try lra; left; apply exp_pos.
Qed.

Lemma slow_squares : forall y, 0 <= y <= 52 / 1000 -> 0 <= y ^ 2 <= 28 / 10000.
Proof. intros; nra. Qed.

Lemma slow_panel : forall i, (i <= 1)%nat -> panel_fits 1 1 (fun _ => -1) (fun _ => 0) (1 / 1000) (1 / 500) (slow_end i) (slow_end (S i))
  (slow_curve i) (fun _ _ => - (1 / 1000)) (slow_count i) (fun _ => 1000 + INR i) (98 / 100000) (1 / 800) (9 / 10) (1 / 2) (1 / 1000)
  (2 / 1000) (/ 1000000) (4 / 1000) (1000 + INR i).
Proof.
  intros i Hi; assert (I : 0 <= INR i <= 1) by (split; [apply pos_INR|apply (le_INR i 1); exact Hi]).
  unfold panel_fits; do 7 (split; [lra|]); split; [unfold slow_end; rewrite S_INR; lra|].
  assert (In : forall y, slow_end i <= y <= slow_end (S i) + 1 / 800 -> 0 <= y <= 52 / 1000) by (unfold slow_end; intros y; rewrite S_INR; lra).
  split; [|split].
  - intros c y Hy Hc; specialize (In y ltac:(lra)); assert (T := slow_tube i c y Hi In Hc); assert (Y := slow_squares y In).
    destruct (sqrt_near_one (c 0%nat + y ^ 2) (1 / 100) ltac:(lra) ltac:(lra)) as [S1 S2]; rewrite slow_speed.
    split; [apply (is_derive_const (V := R_NormedModule) (-1))|]; split; [lra|]; split.
    + unfold reduced_chi; cbv zeta; cbn [total].
      replace (1 + reduced_product 1 1 c y * (0 / -1)) with 1 by field; rewrite Rabs_R1.
      assert (c 0%nat / (c 0%nat + y ^ 2) <= 1); [|lra].
      apply (Rmult_le_reg_r (c 0%nat + y ^ 2)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra.
    + intros j Hj; replace j with 0%nat by lia; lra.
  - intros y Hy; specialize (In y Hy); split.
    + intros j _; unfold slow_curve; split; [auto_derive; [trivial|field]|]; split; [lra|].
      rewrite Rabs_left by lra; lra.
    + unfold slow_count; split; [auto_derive; [trivial|ring]|]; rewrite Rabs_pos_eq; lra.
  - intros y Hy; specialize (In y ltac:(lra)); assert (Y := slow_squares y In); cbv zeta; rewrite slow_speed.
    set (v := slow_curve i 0%nat y); assert (V : 998 / 1000 - 52 / 1000000 <= v <= 1) by (unfold v, slow_curve; lra).
    destruct (sqrt_near_one (v + y ^ 2) (28 / 10000) ltac:(lra) ltac:(lra)) as [S1 S2].
    assert (Sq : sqrt (v + y ^ 2) * sqrt (v + y ^ 2) = v + y ^ 2) by (apply sqrt_sqrt; lra).
    set (u := sqrt (v + y ^ 2)) in *; split.
    + intros j _; change (slow_curve i j y) with v; replace (slow_curve i j (y + 1 / 1000 * u)) with (v - u / 1000000) by (unfold v, slow_curve; field).
      replace (v * (1 - (1 / 1000 * u) ^ 2 / (v + y ^ 2)) - (v - u / 1000000)) with ((u - v) / 1000000).
      * assert (Rabs (u - v) <= 1 / 5) by (apply Rabs_le; lra).
        unfold Rdiv at 1; rewrite Rabs_mult, (Rabs_pos_eq (/ 1000000)) by lra; lra.
      * replace ((1 / 1000 * u) ^ 2) with (u * u / 1000000) by field; rewrite Sq; field; lra.
    + unfold slow_count; replace ((1000 + INR i) * (y + 1 / 1000 * u) + 7 * INR i - ((1000 + INR i) * y + 7 * INR i) - 1)
        with (u - 1 + INR i * u / 1000) by field.
      apply Rabs_le; split; nra.
Qed.

Lemma slow_checks : curve_checks 1 1 1 (fun _ => -1) (fun _ => 0) (1 / 1000) (1 / 500) slow_end slow_curve (fun _ _ _ => - (1 / 1000))
  slow_count (fun i _ => 1000 + INR i) (fun _ => 98 / 100000) (fun _ => 1 / 800) (fun _ => 9 / 10) (fun _ => 1 / 2) (fun _ => 1 / 1000)
  (fun _ => 2 / 1000) (fun _ => / 1000000) (fun _ => 4 / 1000) (fun i => 1000 + INR i) (fun _ => 1 / 900) (fun _ => 1 / 800) (fun _ => 27)
  slow_stray (1 / 10000).
Proof.
  split; [exact slow_panel|]; split; [|split; [lra|]].
  - intros i Hi; replace i with 0%nat by lia; unfold slow_end, slow_curve, slow_count; simpl INR; split; [lra|]; split; [lra|].
    intros y Hy; split.
    + intros j _; replace (1 - y / 1000 - 0 / 1000 - (1 - y / 1000 - 1 / 1000)) with (1 / 1000) by field.
      rewrite Rabs_pos_eq, Rmin_right by lra; lra.
    + match goal with |- Rabs ?z <= _ => replace z with (y - 1 / 40) by field end; rewrite Rabs_pos_eq; lra.
  - intros i Hi; assert (L : slow_end (S i) - slow_end i = 1 / 40) by (unfold slow_end; rewrite S_INR; field); rewrite L; split; [lra|].
    set (z := stretch _ _ _ _ _ _); assert (Z : 0 <= z <= 1 / 100).
    { split; [apply (stretch_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ (slow_panel i Hi))|].
      unfold z, stretch; destruct (exp_near (1 / 2 * (1 / 500)) ltac:(lra)) as [_ X]; set (e := exp _) in *.
      replace (/ (1 - 1 / 2 * (1 / 500))) with (1000 / 999) in X by field.
      apply (Rle_trans _ (1000 / 999 * (1 / 800 / (9 / 10) / (1 - 1 / 1000) * (1 + 2 * (1 / 2)) + 2 / 1000 * (1 / 2)))); [|lra].
      apply Rmult_le_compat_r; lra. }
    destruct (exp_near ((1 / 40 + 1 / 800) * z) ltac:(lra)) as [_ X]; set (e := exp _) in *.
    assert (Y : / (1 - (1 / 40 + 1 / 800) * z) <= 1000 / 999).
    { replace (1000 / 999) with (/ (999 / 1000)) by field; apply Rinv_le_contravar; lra. }
    assert (P : 0 < e) by apply exp_pos.
    destruct i as [|[|i]]; [| |lia]; unfold slow_stray; cbn [entry]; split; try lra; unfold slow_stray;
      (eapply Rle_trans; [apply Rmult_le_compat_l; [|eapply Rle_trans; [exact X|exact Y]]; lra|]; lra).
Qed.

Lemma slow_orientation : orientation 1 0 1 slow_start = 1.
Proof. unfold orientation, slow_start, skip, side; simpl; destruct (Rle_dec 0 1); lra. Qed.

Lemma slow_place : coordinate (fun _ => -1) (1 / 1000) 1 0 1 slow_start 0 = 1 / 5000.
Proof. unfold coordinate, slow_start; simpl; ring. Qed.

Lemma slow_beside : beside 1 (1 / 10000) (fun j => slow_curve 0 j (1 / 5000)) (differences (fun _ => -1) (1 / 1000) 1 0 slow_start 0).
Proof.
  intros j Hj; unfold differences, slow_curve, slow_start, skip; simpl.
  destruct (exp_near (1 / 10000) ltac:(lra)) as [_ B]; assert (K := exp_ineq1_le (1 / 10000)).
  assert (A : exp (- (1 / 10000)) <= 10000 / 10001).
  { rewrite exp_Ropp; replace (10000 / 10001) with (/ (1 + 1 / 10000)) by field; apply Rinv_le_contravar; lra. }
  lra.
Qed.

Lemma curve_landing_instance :
  exists (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ x = coordinate f' eta J m d w /\ c = differences f' eta J m w /\
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 /\
  a 0%nat <= x 0%nat <= a 0%nat + gap /\ gap <= a 1%nat - a 0%nat /\ beside J e0 (fun j : nat => curve 0%nat j (x 0%nat)) (c 0%nat) /\
  (forall y : R, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) /\
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) /\
  INR n + defect <= increase Phi a (S M) /\ increase Phi a (S M) + defect < INR n + 3.
Proof.
  exists (fun _ => -1), (fun _ => 0), (1 / 1000), 1%nat, 0%nat, 1, slow_start, 1%nat, 49%nat, (1 / 500), slow_end, slow_curve,
    (fun _ _ _ => - (1 / 1000)), slow_count, (fun i _ => 1000 + INR i), (fun _ => 98 / 100000), (fun _ => 1 / 800), (fun _ => 9 / 10),
    (fun _ => 1 / 2), (fun _ => 1 / 1000), (fun _ => 2 / 1000), (fun _ => / 1000000), (fun _ => 4 / 1000), (fun i => 1000 + INR i),
    (fun _ => 1 / 900), (fun _ => 1 / 800), (fun _ => 27), slow_stray, (1 / 10000), (1 / 5000), (curve_defect 1 (fun _ => 4 / 1000)
    (fun _ => 1 / 800) (fun _ => 1 / 2) (fun i => 1000 + INR i) (fun _ => 1 / 800) (fun _ => 27) slow_stray (1 / 5000 * (1000 + INR 0))),
    (coordinate (fun _ => -1) (1 / 1000) 1 0 1 slow_start), (differences (fun _ => -1) (1 / 1000) 1 0 slow_start).
  split; [lia|]; split; [ring|]; split; [lra|]; do 2 (split; [reflexivity|]); split.
  { rewrite slow_orientation; apply slow_checks. }
  rewrite slow_place; unfold slow_end; split; [simpl; lra|]; split; [simpl; lra|]; split; [apply slow_beside|].
  split; [intros y _; simpl; lra|]; split; [reflexivity|].
  unfold curve_defect, missed, increase, slow_count, slow_stray; cbn [total]; simpl; lra.
Qed.
