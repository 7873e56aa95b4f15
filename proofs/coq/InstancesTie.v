(** The certified count for gradient descent with a tie: f = - ln p from the weights 1, 1 and 10, so that the first
    squared difference is zero for ever; it is a group of its own, with rho = 0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent InstancesSteps InstancesCount InstancesDelay InstancesChecks InstancesDescent.
Open Scope R_scope.

Definition tied : nat -> R := fun i => if Nat.eqb i 2 then 10 else 1.
Definition tied_speed : (nat -> R) -> R -> R := reduced_speed 2 1 log'.
Definition tied_place : nat -> R := coordinate log' (1 / 10) 2 0 1 tied.
Definition tied_squares : nat -> nat -> R := differences log' (1 / 10) 2 0 tied.
Definition tied_near (_ j : nat) : R := match j with O => 1 | _ => / 74 end.
Definition tied_group (j : nat) : nat := match j with O => 1%nat | _ => 0%nat end.
Definition tied_rho (_ g : nat) : R := match g with O => 1 | _ => 0 end.
Definition tied_error : R := added_defect 2 1 (1 / 4) (1 / 10) ahead ahead_r (fun _ => 1) (fun _ => 1) (fun _ => 1) tied_rho
  (fun _ _ => 2) (fun _ _ => 2) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1 / 4) (fun _ => 2) 0.

Lemma tied_orientation : 1 = orientation 2 0 1 tied.
Proof. unfold orientation, tied, skip, side; simpl; destruct (Rle_dec 0 1), (Rle_dec 0 10); lra. Qed.

Lemma tied_start : tied_squares 0 0 = 0 /\ tied_squares 0 1 = 99.
Proof. unfold tied_squares, differences, tied, skip; simpl; split; ring. Qed.

Lemma tied_box : forall c y, in_box 2 (1 / 4) (tied_squares 0) c -> 1 <= y -> c 0%nat = 0 /\ 74 <= c 1%nat <= 99 /\ 1 <= y ^ 2 /\
  forall j, (j < 2)%nat -> 0 < c j + y ^ 2.
Proof.
  intros c y H Hy; destruct tied_start as [S0 S1]; destruct (H 0%nat ltac:(lia)) as [A0 B0]; destruct (H 1%nat ltac:(lia)) as [A1 B1].
  rewrite S0 in *; rewrite S1 in *; assert (Y : 1 <= y ^ 2) by (rewrite <- (pow1 2); apply pow_incr; lra).
  split; [lra|]; split; [lra|]; split; [exact Y|]; intros [|[|j]] Hj; [lra|lra|lia].
Qed.

(** The speed of f = - ln p is 1/x, whatever the other weights. *)
Lemma tied_values : forall c y, 0 < y -> (forall j, (j < 2)%nat -> 0 < c j + y ^ 2) ->
  tied_speed c y = / y /\ reduced_first 2 1 log' log'' c y = - / y /\ reduced_second 2 1 log' log'' log''' c y = / y ^ 2 /\
  reduced_chi 2 1 log' log'' c y = 0 /\ reduced_zeta 2 1 log' log'' log''' c y = 0 /\ smooth_at log' log'' log''' (reduced_product 2 1 c y).
Proof.
  intros c y Hy Hc; assert (R0 := root_pos 2 c y Hc).
  unfold tied_speed, reduced_speed, reduced_first, reduced_second, reduced_chi, reduced_zeta, smooth_at, reduced_product, log', log'', log'''; cbv zeta.
  set (r := root 2 c y) in *; set (s := slopes 2 c y); set (b := bends 2 c y).
  assert (P : 0 < 1 * (y * r)) by (rewrite Rmult_1_l; apply Rmult_lt_0_compat; assumption).
  do 5 (split; [field; lra|]); set (p := 1 * (y * r)) in *; clearbody p; split; auto_derive; try lra; try (repeat split; nra); field; lra.
Qed.

Lemma tied_inverse : forall y, 1 <= y <= 31 / 10 -> 1 / 4 <= / y <= 1 /\ 0 < / y ^ 2 <= 1.
Proof.
  intros y Hy; assert (Y : 1 <= y ^ 2) by (rewrite <- (pow1 2); apply pow_incr; lra).
  assert (I : / y <= / 1) by (apply Rinv_le_contravar; lra); assert (K : / 4 <= / y) by (apply Rinv_le_contravar; lra).
  assert (I2 : / y ^ 2 <= / 1) by (apply Rinv_le_contravar; lra); split; [lra|]; split; [apply Rinv_0_lt_compat; lra|lra].
Qed.

Lemma tied_within : speeds_within 2 1 (1 / 4) (1 / 10) 1 log' log'' log''' (tied_squares 0) ahead ahead_r (fun _ => 1)
  (fun _ => 1) (fun _ => 1) tied_near.
Proof.
  split.
  - intros c i y Hc Hi Hy; assert (Y := log_piece i y Hi Hy); destruct (tied_box c y Hc (proj1 Y)) as [C0 [C1 [Y2 P]]].
    destruct (tied_inverse y Y) as [I I2]; destruct (tied_values c y ltac:(lra) P) as [V1 [V2 [V3 [_ [_ Sm]]]]].
    change (reduced_speed 2 1 log' c y) with (tied_speed c y); rewrite V1, V2, V3.
    split; [exact Sm|]; split; [lra|]; split; [rewrite Rabs_Ropp, Rabs_pos_eq; lra|]; split; [rewrite Rabs_pos_eq; lra|].
    intros j Hj; split; [apply P, Hj|]; destruct j as [|[|j]]; [| |lia]; unfold tied_near.
    + rewrite C0, Rplus_0_l; lra.
    + apply Rinv_le_contravar; lra.
  - split; [intros i _; simpl; lra|]; split; [intros; lra|]; split; [intros i [|[|j]] _ Hj; [| |lia]; unfold tied_near; lra|].
    destruct tied_start as [S0 S1]; intros [|[|j]] Hj Pos; [rewrite S0 in Pos; lra| |lia]; unfold ahead, tied_near; simpl; lra.
Qed.

Lemma tied_kernels : kernels_fit 2 2 1 (1 / 4) (1 / 10) (tied_squares 0) ahead ahead_r (fun _ => 1) (fun _ => 1) tied_near
  tied_speed (reduced_chi 2 1 log' log'') (reduced_zeta 2 1 log' log'' log''') tied_group (fun _ _ => 1 / 2)
  tied_rho (fun _ _ => 2) (fun _ _ => 2) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1 / 4) (fun _ => 2) 0.
Proof.
  destruct tied_start as [S0 S1].
  split; [intros [|j] _; unfold tied_group; lia|]; split; [intros i [|g]; unfold tied_rho; lra|]; do 3 (split; [intros; lra|]).
  split; [|split; [intros; lra|split; [intros; lra|split]]].
  - intros i y Hi Hy; assert (Y := log_piece i y Hi Hy).
    assert (B0 : in_box 2 (1 / 4) (tied_squares 0) (tied_squares 0)) by (intros [|[|j]] Hj; [rewrite S0|rewrite S1|lia]; lra).
    destruct (tied_inverse y Y) as [I I2]; split; [|split; [|split]].
    + destruct (tied_box _ y B0 (proj1 Y)) as [_ [_ [_ P]]]; destruct (tied_values _ y ltac:(lra) P) as [-> _]; lra.
    + intros c Hc; destruct (tied_box c y Hc (proj1 Y)) as [C0 [C1 [Y2 P]]].
      destruct (tied_values c y ltac:(lra) P) as [_ [_ [_ [-> [-> _]]]]]; rewrite Rabs_R0; split; [lra|split; [lra|]].
      assert (W := even_weight (c 1%nat) y ltac:(lra)); cbn [total]; rewrite C0; unfold Rdiv at 1; lra.
    + intros [|[|g]] Hg; [| |lia]; unfold in_group; cbn [total Nat.eqb tied_group tied_rho]; rewrite ?S0, ?S1.
      * assert (W := even_weight 99 y ltac:(lra)); lra.
      * unfold Rdiv; lra.
    + intros j Hj; destruct (tied_box _ y B0 (proj1 Y)) as [_ [_ [Y2 P]]]; specialize (P j Hj); rewrite (Rabs_pos_eq y) by lra.
      apply (Rmult_le_reg_r (tied_squares 0 j + y ^ 2)); [exact P|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
      destruct j as [|[|j]]; [rewrite S0; nra|rewrite S1; nra|lia].
  - intros i _; cbn [total]; lra.
  - unfold ahead; intros i j Hi Hj; destruct i as [|[|i]]; [| |lia]; (destruct j as [|[|j]]; [| |lia]); unfold tied_near; simpl; lra.
Qed.

Lemma tied_error_small : tied_error <= 6 / 100.
Proof.
  assert (Nil : forall V i g, V = (fun _ : nat => 0) -> roots_later 1 ahead ahead_r (fun _ => 1 / 4) tied_rho V i g = 0).
  { intros V i g ->; unfold roots_later, over_later; apply total_zero; intros; unfold Rdiv; ring. }
  unfold tied_error, added_defect, first_order, second_order; cbn [total]; rewrite !Nil by reflexivity; unfold ahead; simpl INR.
  assert (E : exp (1 * (1 / 10 * 1)) <= 12 / 10).
  { assert (K := exp_ineq1_le (- (1 * (1 / 10 * 1)))); rewrite exp_Ropp in K.
    assert (P := exp_pos (1 * (1 / 10 * 1))); set (z := exp _) in *.
    apply (Rmult_le_compat_r z) in K; [rewrite Rinv_l in K by lra; lra|lra]. }
  set (z := exp (1 * (1 / 10 * 1))) in *; lra.
Qed.

Lemma tied_good : forall y, 1 <= y -> forall j, (j < 2)%nat -> 0 < tied_squares 0 j + y ^ 2.
Proof. intros y Hy; destruct tied_start as [S0 S1]; assert (0 < y ^ 2) by (apply pow_lt; lra); intros [|[|j]] Hj; [rewrite S0|rewrite S1|lia]; lra. Qed.

Lemma tied_delay : forall v, on 1 ahead v -> is_derive (fun _ => 0) v
  (delay_rate 2 tied_speed (reduced_chi 2 1 log' log'') (tied_squares 0) (ahead 1) v).
Proof.
  intros v Hv; evar_last; [apply (is_derive_const (V := R_NormedModule) 0)|].
  unfold delay_rate; rewrite (RInt_ext _ (fun _ => 0)).
  - rewrite RInt_const; unfold scal, zero; simpl; unfold mult; simpl; ring.
  - intros y Hy; unfold on, ahead in *; simpl in *; unfold delay_kernel.
    assert (Y : 1 <= y) by (revert Hy; unfold Rmin, Rmax; destruct (Rle_dec v (1 + 1)); lra).
    destruct (tied_values (tied_squares 0) y ltac:(lra) (tied_good y Y)) as [_ [_ [_ [-> _]]]]; unfold Rdiv; ring.
Qed.

Lemma tied_tau : forall c', in_box 2 (1 / 4) (tied_squares 0) c' ->
  145 / 10 <= 1 / (1 / 10) * RInt (fun z => 1 / tied_speed (tied_squares 0) z) (tied_place 0) (ahead 1)
    + 1 / 2 * ln (tied_speed c' (ahead 1) / tied_speed (tied_squares 0) (tied_place 0)) + (0 - 0).
Proof.
  intros c' Hc'; replace (ahead 1) with 2 by (unfold ahead; simpl; ring).
  replace (tied_place 0) with 1 by (unfold tied_place, coordinate, tied; simpl; ring).
  rewrite (RInt_ext _ (fun z => 1 / log_speed (log_squares 0) z)).
  - rewrite log_time; destruct (tied_box c' 2 Hc' ltac:(lra)) as [_ [_ [_ P]]]; destruct (tied_values c' 2 ltac:(lra) P) as [-> _].
    destruct (tied_values (tied_squares 0) 1 ltac:(lra) (tied_good 1 ltac:(lra))) as [-> _].
    replace (/ 2 / / 1) with (/ 2) by field; rewrite ln_Rinv by lra.
    assert (ln 2 <= 1); [|lra].
    rewrite <- (ln_exp 1); apply ln_le; [lra|]; assert (K := exp_ineq1_le 1); lra.
  - intros z; rewrite Rmin_left, Rmax_right by lra; intros Hz; destruct (tied_values (tied_squares 0) z ltac:(lra) (tied_good z ltac:(lra))) as [-> _].
    destruct (log_values (log_squares 0) z ltac:(lra)) as [-> _]; [rewrite log_start; assert (P := pow2_ge_0 z); lra|reflexivity].
Qed.

(** All hypotheses of [escape_count_descent] at once; the tied weights stay tied, and 14 steps lead nowhere behind 2. *)
Lemma escape_count_with_tie : (forall s, (s <= 14)%nat -> 1 <= tied_place s <= 2) /\ forall s, tied_squares s 0 = 0.
Proof.
  split.
  - destruct (escape_count_descent log' log'' log''' (1 / 10) 2 0 1 tied 2 1 14 ahead ahead_r (fun _ => 1) (fun _ => 1) (fun _ => 1) tied_near
      (1 / 4) 1 tied_speed tied_place tied_squares tied_group (fun _ _ => 1 / 2) tied_rho (fun _ _ => 2) (fun _ _ => 2) (fun _ => 1)
      (fun _ => 0) (fun _ => 0) (fun _ => 1 / 4) (fun _ => 2) 0 (fun _ => 0) (145 / 10) tied_error) as [K _].
    + lia.
    + ring.
    + lra.
    + lra.
    + exact tied_orientation.
    + reflexivity.
    + reflexivity.
    + reflexivity.
    + destruct tied_start as [S0 S1]; intros [|[|j]] Hj; [rewrite S0|rewrite S1|lia]; lra.
    + split; [lia|]; split; [intros i _; unfold ahead; rewrite S_INR; lra|]; split; [intros i _; destruct i; simpl; lra|].
      intros i Hi; unfold ahead; rewrite !S_INR; simpl; lra.
    + exact tied_within.
    + exact tied_kernels.
    + unfold tied_place, coordinate, tied, ahead; simpl; lra.
    + exact tied_delay.
    + exact tied_tau.
    + reflexivity.
    + assert (E := tied_error_small); replace (INR 14) with 14 by (simpl; ring); lra.
    + intros s Hs; specialize (K s Hs); unfold ahead in K; simpl INR in K; lra.
  - assert (Same : forall s, descent log' (1 / 10) 3 tied s 1%nat = descent log' (1 / 10) 3 tied s 0%nat).
    { induction s as [|s IH]; [reflexivity|]; simpl descent; set (v := descent log' (1 / 10) 3 tied s) in *.
      unfold step, others, but; simpl; rewrite IH; rewrite (Rmult_1_r (1 * v 0%nat)), Rmult_1_r; reflexivity. }
    intros s; unfold tied_squares, differences; change (skip 0 0) with 1%nat; rewrite Same; ring.
Qed.
