(** The certified count for gradient descent on f = - ln p, from the weights 1 and 10: chi = 0, and nothing delays. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent InstancesSteps InstancesCount InstancesDelay InstancesChecks.
Open Scope R_scope.

Definition one_and_ten : nat -> R := fun i => if Nat.eqb i 0 then 1 else 10.
Definition ahead (i : nat) : R := 1 + INR i.
Definition ahead_r (i : nat) : R := match i with O => 0 | S _ => 1 / 10 end.

(** f', f'', f''' for f = - ln p *)
Definition log' (p : R) : R := - / p.
Definition log'' (p : R) : R := / p ^ 2.
Definition log''' (p : R) : R := - (2 / p ^ 3).

Definition log_speed : (nat -> R) -> R -> R := reduced_speed 1 1 log'.
Definition log_place : nat -> R := coordinate log' (1 / 10) 1 0 1 one_and_ten.
Definition log_squares : nat -> nat -> R := differences log' (1 / 10) 1 0 one_and_ten.
Definition log_error : R := added_defect 1 1 (1 / 4) (1 / 10) ahead ahead_r (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => 1)
  (fun _ _ => 1) (fun _ _ => 2) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1 / 4) (fun _ => 2) 0.

Lemma log_orientation : 1 = orientation 1 0 1 one_and_ten.
Proof. unfold orientation, one_and_ten, skip, side; simpl; destruct (Rle_dec 0 10); lra. Qed.

Lemma log_start : forall j, log_squares 0 j = 99.
Proof. intros j; unfold log_squares, differences, one_and_ten, skip; simpl; ring. Qed.

Lemma log_root : forall c y, 0 < c 0%nat + y ^ 2 -> 0 < root 1 c y.
Proof. intros c y H; apply root_pos; intros j Hj; replace j with 0%nat by lia; exact H. Qed.

Lemma log_values : forall c y, 0 < y -> 0 < c 0%nat + y ^ 2 ->
  log_speed c y = / y /\ reduced_first 1 1 log' log'' c y = - / y /\
  reduced_second 1 1 log' log'' log''' c y = / y ^ 2 /\ reduced_chi 1 1 log' log'' c y = 0 /\
  reduced_zeta 1 1 log' log'' log''' c y = 0 /\ smooth_at log' log'' log''' (reduced_product 1 1 c y).
Proof.
  intros c y Hy Hc; assert (R0 := log_root c y Hc).
  unfold log_speed, reduced_speed, reduced_first, reduced_second, reduced_chi, reduced_zeta, smooth_at, reduced_product, log', log'', log'''; cbv zeta.
  set (r := root 1 c y) in *; set (s := slopes 1 c y); set (b := bends 1 c y).
  assert (P : 0 < 1 * (y * r)) by (rewrite Rmult_1_l; apply Rmult_lt_0_compat; assumption).
  split; [field; lra|]; split; [field; lra|]; split; [field; lra|]; split; [field; lra|]; split; [field; lra|].
  set (p := 1 * (y * r)) in *; clearbody p; split; auto_derive; try lra; try (repeat split; nra); field; lra.
Qed.

Lemma log_box : forall c, in_box 1 (1 / 4) (log_squares 0) c -> 74 <= c 0%nat <= 99.
Proof. intros c H; destruct (H 0%nat ltac:(lia)) as [L U]; rewrite log_start in *; lra. Qed.

Lemma log_piece : forall i y, (i <= 1)%nat -> ahead i - ahead_r i <= y <= ahead (S i) + ahead_r (S i) -> 1 <= y <= 31 / 10.
Proof. intros i y Hi; destruct i as [|[|i]]; [| |lia]; unfold ahead, ahead_r; simpl; lra. Qed.

Lemma log_bounds : forall c y, in_box 1 (1 / 4) (log_squares 0) c -> 1 <= y <= 31 / 10 ->
  0 < c 0%nat + y ^ 2 /\ / (c 0%nat + y ^ 2) <= / 74 /\ 1 / 4 <= / y <= 1 /\ 0 < / y ^ 2 <= 1.
Proof.
  intros c y Hc Hy; assert (B := log_box c Hc); assert (Y : 1 <= y ^ 2) by (rewrite <- (pow1 2); apply pow_incr; lra).
  assert (I : / y <= / 1) by (apply Rinv_le_contravar; lra); assert (K : / 4 <= / y) by (apply Rinv_le_contravar; lra).
  assert (I2 : / y ^ 2 <= / 1) by (apply Rinv_le_contravar; lra).
  split; [lra|]; split; [apply Rinv_le_contravar; lra|]; split; [lra|]; split; [apply Rinv_0_lt_compat; lra|lra].
Qed.

Lemma log_pieces : pieces_fit 1 ahead ahead_r.
Proof.
  split; [lia|]; split; [intros i _; unfold ahead; rewrite S_INR; lra|]; split; [intros i _; destruct i; simpl; lra|].
  intros i Hi; unfold ahead; rewrite !S_INR; simpl; lra.
Qed.

Lemma log_within : speeds_within 1 1 (1 / 4) (1 / 10) 1 log' log'' log''' (log_squares 0) ahead ahead_r (fun _ => 1)
  (fun _ => 1) (fun _ => 1) (fun _ _ => / 74).
Proof.
  split.
  - intros c i y Hc Hi Hy; assert (Y := log_piece i y Hi Hy); destruct (log_bounds c y Hc Y) as [C [N [I I2]]].
    destruct (log_values c y ltac:(lra) C) as [V1 [V2 [V3 [_ [_ Sm]]]]].
    change (reduced_speed 1 1 log' c y) with (log_speed c y); rewrite V1, V2, V3.
    split; [exact Sm|]; split; [lra|]; split; [rewrite Rabs_Ropp, Rabs_pos_eq; lra|]; split; [rewrite Rabs_pos_eq; lra|].
    intros j Hj; replace j with 0%nat by lia; split; assumption.
  - split; [intros i _; simpl; lra|]; split; [intros; lra|]; split; [intros; lra|]; intros; unfold ahead; simpl; lra.
Qed.

Lemma log_kernels : kernels_fit 1 1 1 (1 / 4) (1 / 10) (log_squares 0) ahead ahead_r (fun _ => 1) (fun _ => 1) (fun _ _ => / 74)
  log_speed (reduced_chi 1 1 log' log'') (reduced_zeta 1 1 log' log'' log''') (fun _ => 0%nat) (fun _ _ => 1)
  (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 2) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1 / 4) (fun _ => 2) 0.
Proof.
  split; [intros; lia|]; do 4 (split; [intros; lra|]); split; [|split; [intros; lra|split; [intros; lra|split]]].
  - intros i y Hi Hy; assert (Y := log_piece i y Hi Hy).
    assert (B0 : in_box 1 (1 / 4) (log_squares 0) (log_squares 0)) by (intros j Hj; rewrite log_start; lra).
    split; [|split; [|split]].
    + destruct (log_bounds _ y B0 Y) as [C [_ [I _]]]; destruct (log_values _ y ltac:(lra) C) as [-> _]; lra.
    + intros d Hd; assert (B := log_box d Hd); destruct (log_bounds d y Hd Y) as [C _].
      destruct (log_values d y ltac:(lra) C) as [_ [_ [_ [-> [-> _]]]]]; rewrite Rabs_R0; split; [lra|split; [lra|]].
      assert (W := even_weight (d 0%nat) y ltac:(lra)); cbn [total]; lra.
    + intros g Hg; replace g with 0%nat by lia; unfold in_group; cbn [total Nat.eqb]; rewrite log_start.
      assert (W := even_weight 99 y ltac:(lra)); lra.
    + intros j _; rewrite log_start; rewrite (Rabs_pos_eq y) by lra.
      apply (Rmult_le_reg_r (99 + y ^ 2)); [nra|unfold Rdiv; rewrite Rmult_assoc, Rinv_l by nra; nra].
  - intros i _; cbn [total]; lra.
  - unfold ahead; intros i j Hi _; destruct i as [|[|i]]; [| |lia]; simpl; lra.
Qed.

Lemma log_error_small : log_error <= 6 / 100.
Proof.
  assert (Nil : forall V i g, V = (fun _ : nat => 0) -> roots_later 1 ahead ahead_r (fun _ => 1 / 4) (fun _ _ => 1) V i g = 0).
  { intros V i g ->; unfold roots_later, over_later; apply total_zero; intros; unfold Rdiv; ring. }
  unfold log_error, added_defect, first_order, second_order; cbn [total]; rewrite !Nil by reflexivity; unfold ahead; simpl INR.
  assert (E : exp (1 * (1 / 10 * 1)) <= 12 / 10).
  { assert (K := exp_ineq1_le (- (1 * (1 / 10 * 1)))); rewrite exp_Ropp in K.
    assert (P := exp_pos (1 * (1 / 10 * 1))); set (z := exp _) in *.
    apply (Rmult_le_compat_r z) in K; [rewrite Rinv_l in K by lra; lra|lra]. }
  set (z := exp (1 * (1 / 10 * 1))) in *; lra.
Qed.

Lemma log_time : RInt (fun z => 1 / log_speed (log_squares 0) z) 1 2 = 3 / 2.
Proof.
  rewrite (RInt_ext _ (fun z => z)).
  - apply is_RInt_unique; evar_last; [apply (is_RInt_derive (fun z => z ^ 2 / 2) (fun z => z))|].
    + intros z _; auto_derive; [trivial|field].
    + intros z _; apply continuous_id.
    + unfold minus, plus, opp; simpl; field.
  - intros z; rewrite Rmin_left, Rmax_right by lra; intros Hz.
    destruct (log_values (log_squares 0) z ltac:(lra)) as [-> _]; [rewrite log_start; assert (P := pow2_ge_0 z); lra|change (@eq R (1 / / z) z); field; lra].
Qed.

Lemma log_delay : forall v, on 1 ahead v -> is_derive (fun _ => 0) v
  (delay_rate 1 log_speed (reduced_chi 1 1 log' log'') (log_squares 0) (ahead 1) v).
Proof.
  intros v Hv; evar_last; [apply (is_derive_const (V := R_NormedModule) 0)|].
  unfold delay_rate; rewrite (RInt_ext _ (fun _ => 0)).
  - rewrite RInt_const; unfold scal, zero; simpl; unfold mult; simpl; ring.
  - intros y Hy; unfold on, ahead in *; simpl in *; unfold delay_kernel.
    assert (Y : 0 < y) by (revert Hy; unfold Rmin, Rmax; destruct (Rle_dec v (1 + 1)); lra).
    destruct (log_values (log_squares 0) y Y) as [_ [_ [_ [-> _]]]]; [rewrite log_start; assert (P := pow2_ge_0 y); lra|].
    unfold Rdiv; ring.
Qed.

Lemma log_tau : forall c', in_box 1 (1 / 4) (log_squares 0) c' ->
  145 / 10 <= 1 / (1 / 10) * RInt (fun z => 1 / log_speed (log_squares 0) z) (log_place 0) (ahead 1)
    + 1 / 2 * ln (log_speed c' (ahead 1) / log_speed (log_squares 0) (log_place 0)) + (0 - 0).
Proof.
  intros c' Hc'; assert (B := log_box c' Hc').
  replace (ahead 1) with 2 by (unfold ahead; simpl; ring).
  replace (log_place 0) with 1 by (unfold log_place, coordinate, one_and_ten; simpl; ring).
  rewrite log_time; destruct (log_values c' 2 ltac:(lra)) as [-> _]; [lra|].
  destruct (log_values (log_squares 0) 1 ltac:(lra)) as [-> _]; [rewrite log_start; lra|].
  replace (/ 2 / / 1) with (/ 2) by field; rewrite ln_Rinv by lra.
  assert (ln 2 <= 1); [|lra].
  rewrite <- (ln_exp 1); apply ln_le; [lra|]; assert (K := exp_ineq1_le 1); lra.
Qed.
