(** An instance of the certified count for gradient descent in which the drift of the squared difference delays: f = - p, so
    that chi = 1, from the weights 0 and 10. The exit is 1, which weight 0 passes in step 20. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent InstancesSteps.
Open Scope R_scope.

Definition zero_and_ten : nat -> R := fun i => if Nat.eqb i 0 then 0 else 10.
Definition linear_r (i : nat) : R := match i with 1%nat => 1 / 10 | _ => 0 end.
Definition minus_one (p : R) : R := -1.
Definition naught (p : R) : R := 0.
Definition linear_speed : (nat -> R) -> R -> R := reduced_speed 1 1 minus_one.
Definition linear_place : nat -> R := coordinate minus_one (1 / 200) 1 0 1 zero_and_ten.
Definition linear_squares : nat -> nat -> R := differences minus_one (1 / 200) 1 0 zero_and_ten.
Definition hypotenuse (y : R) : R := sqrt (100 + y ^ 2).

(** The delay *)
Definition linear_delay (v : R) : R := 1 / 2 * (/ hypotenuse 1 * ln (v + hypotenuse v) - 1 / 2 * ln (100 + v ^ 2)).

Lemma linear_start : forall j, linear_squares 0 j = 100.
Proof. intros j; unfold linear_squares, differences, zero_and_ten, skip; simpl; ring. Qed.

Lemma linear_values : forall c y, linear_speed c y = sqrt (c 0%nat + y ^ 2) /\
  reduced_first 1 1 minus_one naught c y = y / (c 0%nat + y ^ 2) /\
  reduced_second 1 1 minus_one naught naught c y = (c 0%nat - y ^ 2) / (c 0%nat + y ^ 2) ^ 2 /\
  reduced_chi 1 1 minus_one naught c y = 1 /\ reduced_zeta 1 1 minus_one naught naught c y = 0.
Proof.
  intros c y; unfold linear_speed, reduced_speed, reduced_first, reduced_second, reduced_chi, reduced_zeta, slopes, bends, root,
    minus_one, naught, Rdiv; cbn [product total]; rewrite !Rmult_0_l; repeat split; ring.
Qed.

Lemma linear_smooth : forall p, smooth_at minus_one naught naught p.
Proof. intros p; split; apply (is_derive_const (V := R_NormedModule)). Qed.

Lemma linear_box : forall c, in_box 1 (1 / 10) (linear_squares 0) c -> 90 <= c 0%nat <= 100.
Proof. intros c H; destruct (H 0%nat ltac:(lia)) as [L U]; rewrite linear_start in *; lra. Qed.

Lemma linear_piece : forall i y, (i <= 1)%nat -> INR i - linear_r i <= y <= INR (S i) + linear_r (S i) -> 0 <= y <= 2.
Proof. intros i y Hi; destruct i as [|[|i]]; [| |lia]; unfold linear_r; simpl; lra. Qed.

Lemma linear_bounds : forall e y, 90 <= e <= 100 -> 0 <= y <= 2 ->
  90 <= e + y ^ 2 <= 104 /\ 9 <= sqrt (e + y ^ 2) <= 11 /\ / (e + y ^ 2) <= / 90 /\ e / (e + y ^ 2) ^ 2 <= / 90.
Proof.
  intros e y He Hy; assert (Y : 0 <= y ^ 2 <= 2 ^ 2) by (split; [apply pow2_ge_0|apply pow_incr; lra]).
  assert (I : / (e + y ^ 2) <= / 90) by (apply Rinv_le_contravar; lra); split; [lra|split; [|split; [exact I|]]].
  - split; [rewrite <- (sqrt_pow2 9) by lra|rewrite <- (sqrt_pow2 11) by lra]; apply sqrt_le_1_alt; lra.
  - apply (Rle_trans _ (/ (e + y ^ 2))); [|exact I].
    apply (Rmult_le_reg_r ((e + y ^ 2) ^ 2)); [apply pow_lt; lra|].
    replace (e / (e + y ^ 2) ^ 2 * (e + y ^ 2) ^ 2) with e by (field; lra).
    replace (/ (e + y ^ 2) * (e + y ^ 2) ^ 2) with (e + y ^ 2) by (field; lra); lra.
Qed.

Lemma linear_within : speeds_within 1 1 (1 / 10) (1 / 200) 1 minus_one naught naught (linear_squares 0) INR linear_r
  (fun _ => 11) (fun _ => 1 / 10) (fun _ => 1 / 10) (fun _ _ => / 90).
Proof.
  split.
  - intros c i y Hc Hi Hy; assert (Y := linear_piece i y Hi Hy); destruct (linear_bounds (c 0%nat) y (linear_box c Hc) Y) as [Q [S [I _]]].
    destruct (linear_values c y) as [V1 [V2 [V3 _]]]; change (reduced_speed 1 1 minus_one c y) with (linear_speed c y).
    assert (C := linear_box c Hc); assert (Y2 : 0 <= y ^ 2 <= 2 ^ 2) by (split; [apply pow2_ge_0|apply pow_incr; lra]).
    assert (I0 : 0 < / (c 0%nat + y ^ 2)) by (apply Rinv_0_lt_compat; lra).
    rewrite V1, V2, V3; split; [apply linear_smooth|]; split; [lra|]; split; [|split].
    + unfold Rdiv; rewrite Rabs_pos_eq by (apply Rmult_le_pos; lra).
      apply (Rle_trans _ (2 * / 90)); [apply Rmult_le_compat; lra|lra].
    + replace ((c 0%nat - y ^ 2) / (c 0%nat + y ^ 2) ^ 2) with ((c 0%nat - y ^ 2) * / (c 0%nat + y ^ 2) * / (c 0%nat + y ^ 2)) by (field; lra).
      assert (T : 0 <= (c 0%nat - y ^ 2) * / (c 0%nat + y ^ 2) <= 1).
      { split; [apply Rmult_le_pos; lra|]; apply (Rmult_le_reg_r (c 0%nat + y ^ 2)); [lra|]; rewrite Rmult_assoc, Rinv_l by lra; lra. }
      rewrite Rabs_pos_eq by (apply Rmult_le_pos; lra).
      apply (Rle_trans _ (1 * / 90)); [apply Rmult_le_compat; lra|lra].
    + intros j Hj; replace j with 0%nat by lia; split; [lra|exact I].
  - split; [intros i Hi; replace i with 0%nat by lia; simpl; lra|]; split; [intros; lra|]; split; [intros; lra|]; intros; simpl; lra.
Qed.

Lemma linear_kernels : kernels_fit 1 1 1 (1 / 10) (1 / 200) (linear_squares 0) INR linear_r (fun _ => 11) (fun _ => 1 / 10) (fun _ _ => / 90)
  linear_speed (reduced_chi 1 1 minus_one naught) (reduced_zeta 1 1 minus_one naught naught) (fun _ => 0%nat) (fun _ _ => 1 / 100)
  (fun _ _ => 1 / 10) (fun _ _ => 1 / 20) (fun _ _ => 1 / 80) (fun _ => / 90) (fun _ => 1) (fun _ => 0) (fun _ => 9)
  (fun _ => 1 / 80) 1.
Proof.
  split; [intros; lia|]; do 4 (split; [intros; lra|]); split; [|split; [intros; lra|split; [intros; lra|split]]].
  - intros i y Hi Hy; assert (Y := linear_piece i y Hi Hy); destruct (linear_values (linear_squares 0) y) as [V1 _].
    destruct (linear_bounds 100 y ltac:(lra) Y) as [Q [S [I _]]]; rewrite V1, linear_start.
    assert (Y2 : 0 <= y ^ 2) by apply pow2_ge_0; split; [lra|split; [|split]].
    + intros d Hd; destruct (linear_values d y) as [_ [_ [_ [-> ->]]]]; rewrite Rabs_R1, Rabs_R0; split; [lra|split; [lra|]].
      destruct (linear_bounds (d 0%nat) y (linear_box d Hd) Y) as [_ [_ [_ W]]]; cbn [total]; lra.
    + intros g Hg; replace g with 0%nat by lia; unfold in_group; cbn [total Nat.eqb]; rewrite linear_start, Rplus_0_l.
      apply (Rmult_le_reg_r ((100 + y ^ 2) ^ 2)); [apply pow_lt; lra|].
      replace (100 / (100 + y ^ 2) ^ 2 * (100 + y ^ 2) ^ 2) with 100 by (field; lra).
      assert (100 ^ 2 <= (100 + y ^ 2) ^ 2) by (apply pow_incr; lra); lra.
    + intros j _; rewrite linear_start, (Rabs_pos_eq y) by lra.
      apply (Rmult_le_reg_r (100 + y ^ 2)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra.
  - intros i _; cbn [total]; lra.
  - intros i j Hi _; destruct i as [|[|i]]; [| |lia]; simpl; lra.
Qed.

Lemma exp_small : forall x, x <= 1 / 16 -> exp x <= 11 / 10.
Proof.
  intros x Hx; assert (K := exp_ineq1_le (- x)); rewrite exp_Ropp in K; assert (P := exp_pos x); set (z := exp x) in *.
  apply (Rmult_le_compat_l z) in K; [rewrite Rinv_r in K by lra|lra].
  assert (z * (1 / 16) >= z * x) by (apply Rle_ge, Rmult_le_compat_l; lra); lra.
Qed.

Definition linear_error : R := added_defect 1 1 (1 / 10) (1 / 200) INR linear_r (fun _ => 11) (fun _ => 1 / 10) (fun _ => 1 / 10)
  (fun _ _ => 1 / 10) (fun _ _ => 1 / 20) (fun _ _ => 1 / 80) (fun _ => / 90) (fun _ => 1) (fun _ => 0) (fun _ => 9) (fun _ => 1 / 80) 1.

Lemma linear_error_small : linear_error <= 1 / 10.
Proof.
  unfold linear_error, added_defect, first_order, second_order, roots_later, over_later, swell; simpl.
  assert (E1 := exp_small (1 / 10 * (1 / 200 * 11)) ltac:(lra)); assert (E2 := exp_small (1 * (1 / 80) + 4 * (1 / 80)) ltac:(lra)).
  set (p := exp (1 / 10 * (1 / 200 * 11))) in *; set (q := exp (1 * (1 / 80) + 4 * (1 / 80))) in *; lra.
Qed.

Lemma linear_checked_small : defect 1 (1 / 200) INR (fun _ => 11) (fun _ => 1 / 10) (fun _ => 1 / 10) + total 2 (fun i =>
  checked_error 1 1 (1 / 10) (1 / 200) INR linear_r (fun _ => 11) (fun _ => 1 / 10) (fun _ _ => 1 / 10) (fun _ _ => 1 / 20) (fun _ _ => 1 / 80)
    (fun _ => / 90) (fun _ => 1) (fun _ => 0) (fun _ => 9) (fun _ => 1 / 80) 1 i * (INR (S i) - INR i))
  + overshoot 1 (1 / 200) INR (fun _ => 11) (fun _ => 1 / 10) (fun _ => 1) (fun _ => / 90) <= 1 / 10.
Proof.
  apply (Rle_trans _ linear_error); [|exact linear_error_small].
  apply (added_defect_suffices 1 1 1 (1 / 10) (1 / 200) (linear_squares 0) INR linear_r _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ltac:(lra) ltac:(lra)
    ltac:(split; [lia|]; split; [intros i _; rewrite S_INR; lra|]; split; [intros i _; destruct i as [|[|i]]; simpl; lra|];
      intros i Hi; replace i with 0%nat by lia; simpl; lra) linear_kernels).
Qed.

Lemma hypotenuse_square : forall y, 0 < hypotenuse y /\ hypotenuse y * hypotenuse y = 100 + y ^ 2.
Proof.
  intros y; assert (Y := pow2_ge_0 y); split; [apply sqrt_lt_R0; lra|apply sqrt_sqrt; lra].
Qed.

Lemma hypotenuse_derive : forall y, is_derive hypotenuse y (y / hypotenuse y).
Proof.
  intros y; assert (Y := pow2_ge_0 y); unfold hypotenuse; auto_derive; [lra|].
  replace (100 + y * (y * 1)) with (100 + y ^ 2) by ring; assert (0 < sqrt (100 + y ^ 2)) by (apply sqrt_lt_R0; lra); field; lra.
Qed.

Lemma linear_rate : forall v, 0 <= v <= 2 -> delay_rate 1 linear_speed (reduced_chi 1 1 minus_one naught) (linear_squares 0) (INR 1) v
  = 1 / 2 * (/ hypotenuse 1 * / hypotenuse v - v / (100 + v ^ 2)).
Proof.
  intros v Hv; unfold delay_rate; f_equal.
  rewrite (RInt_ext _ (fun y => / hypotenuse v * (100 * / hypotenuse y ^ 3))).
  - destruct (hypotenuse_square v) as [Pv Qv]; destruct (hypotenuse_square 1) as [P1 Q1].
    apply is_RInt_unique; evar_last; [apply (is_RInt_derive (fun y => / hypotenuse v * (y * / hypotenuse y)))|].
    + intros y _; destruct (hypotenuse_square y) as [Py Qy]; evar_last.
      * apply (is_derive_scal (fun y => y * / hypotenuse y)).
        apply (is_derive_mult (K := R_AbsRing) (fun y => y) (fun y => / hypotenuse y));
          [apply (is_derive_id (K := R_AbsRing))|apply is_derive_inv; [apply hypotenuse_derive|lra]|intros; apply Rmult_comm].
      * unfold plus, mult, one; simpl; replace 100 with (hypotenuse y * hypotenuse y - y ^ 2) by lra; field; lra.
    + intros y _; destruct (hypotenuse_square y) as [Py Qy].
      apply (ex_derive_continuous (fun y => / hypotenuse v * (100 * / hypotenuse y ^ 3))).
      eexists; apply (is_derive_scal (fun y => 100 * / hypotenuse y ^ 3)), (is_derive_scal (fun y => / hypotenuse y ^ 3)).
      apply is_derive_inv; [apply is_derive_pow, hypotenuse_derive|apply pow_nonzero; lra].
    + change (/ hypotenuse v * (1 * / hypotenuse 1) - / hypotenuse v * (v * / hypotenuse v)
        = / hypotenuse 1 * / hypotenuse v - v / (100 + v ^ 2)); rewrite <- Qv; field; lra.
  - intros y _; unfold delay_kernel, kappa; cbn [total]; destruct (linear_values (linear_squares 0) v) as [-> _].
    destruct (linear_values (linear_squares 0) y) as [-> [_ [_ [-> _]]]]; rewrite !linear_start.
    fold (hypotenuse v) (hypotenuse y); destruct (hypotenuse_square v) as [Pv Qv]; destruct (hypotenuse_square y) as [Py Qy].
    rewrite <- Qv, <- Qy; match goal with |- ?l = ?r => change (@eq R l r) end; field; lra.
Qed.

Lemma linear_delay_derive : forall v, 0 <= v <= 2 -> is_derive linear_delay v (1 / 2 * (/ hypotenuse 1 * / hypotenuse v - v / (100 + v ^ 2))).
Proof.
  intros v Hv; destruct (hypotenuse_square v) as [Pv Qv]; destruct (hypotenuse_square 1) as [P1 _]; assert (Y := pow2_ge_0 v); unfold linear_delay; evar_last.
  - apply (is_derive_scal (fun v => / hypotenuse 1 * ln (v + hypotenuse v) - 1 / 2 * ln (100 + v ^ 2))).
    apply (is_derive_minus (V := R_NormedModule) (fun v => / hypotenuse 1 * ln (v + hypotenuse v)) (fun v => 1 / 2 * ln (100 + v ^ 2))).
    + apply (is_derive_scal (fun v => ln (v + hypotenuse v))).
      apply (is_derive_comp ln (fun v => v + hypotenuse v)); [apply is_derive_ln; lra|].
      apply (is_derive_plus (V := R_NormedModule) (fun v => v) hypotenuse); [apply (is_derive_id (K := R_AbsRing))|apply hypotenuse_derive].
    + apply (is_derive_scal (fun v => ln (100 + v ^ 2))); auto_derive; [lra|reflexivity].
  - unfold minus, plus, opp, scal, one; simpl; unfold mult; simpl; field; repeat split; lra.
Qed.

Lemma linear_tau : forall c', in_box 1 (1 / 10) (linear_squares 0) c' ->
  198 / 10 <= 1 / (1 / 200) * RInt (fun z => 1 / linear_speed (linear_squares 0) z) (linear_place 0) (INR 1)
    + 1 / 2 * ln (linear_speed c' (INR 1) / linear_speed (linear_squares 0) (linear_place 0)) + (linear_delay (INR 1) - linear_delay (linear_place 0)).
Proof.
  intros c' Hc'; assert (B := linear_box c' Hc'); change (INR 1) with 1.
  replace (linear_place 0) with 0 by (unfold linear_place, coordinate, zero_and_ten; simpl; ring).
  assert (T : 20 / 201 <= RInt (fun z => 1 / linear_speed (linear_squares 0) z) 0 1).
  { replace (20 / 201) with (RInt (fun _ => 20 / 201) 0 1) by (rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; ring).
    apply RInt_le; [lra|apply ex_RInt_const| |].
    - apply (ex_RInt_ext (V := R_NormedModule) (fun z => / hypotenuse z)).
      + intros z _; destruct (linear_values (linear_squares 0) z) as [-> _]; rewrite linear_start; symmetry; exact (Rmult_1_l (/ hypotenuse z)).
      + apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros z _; destruct (hypotenuse_square z) as [P _].
        apply (ex_derive_continuous (fun z => / hypotenuse z)); eexists; apply is_derive_inv; [apply hypotenuse_derive|lra].
    - intros z Hz; destruct (linear_values (linear_squares 0) z) as [-> _]; rewrite linear_start.
      fold (hypotenuse z); destruct (hypotenuse_square z) as [P Q].
      assert (hypotenuse z <= 201 / 20).
      { unfold hypotenuse; rewrite <- (sqrt_pow2 (201 / 20)) by lra; apply sqrt_le_1_alt.
        assert (z ^ 2 <= 1 ^ 2) by (apply pow_incr; lra); lra. }
      unfold Rdiv at 2; rewrite Rmult_1_l; replace (20 / 201) with (/ (201 / 20)) by field; apply Rinv_le_contravar; lra. }
  assert (G : Rabs (linear_delay 1 - linear_delay 0) <= 1 / 50 * 1 - 1 / 50 * 0).
  { apply (growth_bound linear_delay (fun v => 1 / 50 * v) (fun v => 1 / 2 * (/ hypotenuse 1 * / hypotenuse v - v / (100 + v ^ 2))) (fun _ => 1 / 50)).
    - lra.
    - intros v Hv; apply linear_delay_derive; lra.
    - intros v Hv; auto_derive; [trivial|ring].
    - intros v Hv.
      assert (H : forall y, 0 < / hypotenuse y <= / 10).
      { intros y; destruct (hypotenuse_square y) as [P Q]; assert (Y := pow2_ge_0 y); split; [apply Rinv_0_lt_compat; exact P|].
        apply Rinv_le_contravar; [lra|]; unfold hypotenuse; rewrite <- (sqrt_pow2 10) by lra; apply sqrt_le_1_alt; lra. }
      assert (0 <= / hypotenuse 1 * / hypotenuse v <= / 10 * / 10).
      { destruct (H 1), (H v); split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]. }
      assert (I : 0 < / (100 + v ^ 2) <= / 100).
      { assert (Y := pow2_ge_0 v); split; [apply Rinv_0_lt_compat; lra|apply Rinv_le_contravar; lra]. }
      assert (0 <= v / (100 + v ^ 2) <= 1 * / 100) by (unfold Rdiv; split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
      apply Rabs_le; lra. }
  apply Rabs_le_between in G.
  destruct (linear_values c' 1) as [-> _]; destruct (linear_values (linear_squares 0) 0) as [-> _]; rewrite linear_start.
  replace (100 + 0 ^ 2) with (10 ^ 2) by ring; rewrite (sqrt_pow2 10) by lra.
  assert (S : 19 / 2 <= sqrt (c' 0%nat + 1 ^ 2)) by (rewrite <- (sqrt_pow2 (19 / 2)) by lra; apply sqrt_le_1_alt; lra).
  assert (L : - (1 / 19) <= ln (sqrt (c' 0%nat + 1 ^ 2) / 10)).
  { apply (Rle_trans _ (ln (19 / 20))); [|apply ln_le; lra].
    replace (19 / 20) with (/ (20 / 19)) by field; rewrite ln_Rinv by lra.
    assert (ln (20 / 19) <= 1 / 19); [|lra].
    rewrite <- (ln_exp (1 / 19)); apply ln_le; [lra|]; assert (K := exp_ineq1_le (1 / 19)); lra. }
  lra.
Qed.

Lemma escape_count_descent_instance :
  exists (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat) (a r U A B : nat -> R)
    (near : nat -> nat -> R) (eps sigma : R) (u : (nat -> R) -> R -> R) (x : nat -> R) (c : nat -> nat -> R) (group :
    nat -> nat) (drift rho shape delta : nat -> nat -> R) (weight X Z low together : nat -> R) (steep : R) (D : R ->
    R) (tau error : R), (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ 0 <= eps < 1 /\ sigma = orientation J m d w /\ u =
    reduced_speed J sigma f' /\ x = coordinate f' eta J m d w /\ c = differences f' eta J m w /\ (forall j : nat, (j <
    J)%nat -> 0 <= c 0%nat j) /\ pieces_fit M a r /\ speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B
    near /\ kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f'
    f'' f''') group drift rho shape delta weight X Z low together steep /\ a 0%nat <= x 0%nat <= a M /\ (forall v : R,
    on M a v -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M) v)) /\ (forall c' : nat -> R, in_box J eps (c 0%nat) c' -> tau <= 1 / eta * RInt (fun z : R => 1 / u (c
    0%nat) z) (x 0%nat) (a M) + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) /\ error =
    added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep /\ INR n <= tau - error.
Proof.
  exists minus_one, naught, naught, (1 / 200), 1%nat, 0%nat, 1, zero_and_ten, 1%nat, 1%nat, 19%nat, INR, linear_r, (fun _ => 11),
    (fun _ => 1 / 10), (fun _ => 1 / 10), (fun _ _ => / 90), (1 / 10), 1, linear_speed, linear_place, linear_squares, (fun _ => 0%nat),
    (fun _ _ => 1 / 100), (fun _ _ => 1 / 10), (fun _ _ => 1 / 20), (fun _ _ => 1 / 80), (fun _ => / 90), (fun _ => 1), (fun _ => 0),
    (fun _ => 9), (fun _ => 1 / 80), 1, linear_delay, (198 / 10), linear_error.
  split; [lia|]; split; [ring|]; split; [lra|]; split; [lra|]; split.
  { unfold orientation, zero_and_ten, skip, side; simpl; destruct (Rle_dec 0 10); lra. }
  do 3 (split; [reflexivity|]); split; [intros j _; rewrite linear_start; lra|]; split.
  { split; [lia|]; split; [intros i _; rewrite S_INR; lra|]; split; [intros i _; destruct i as [|[|i]]; simpl; lra|].
    intros i Hi; replace i with 0%nat by lia; simpl; lra. }
  split; [apply linear_within|]; split; [apply linear_kernels|].
  split; [unfold linear_place, coordinate, zero_and_ten; simpl; lra|].
  split; [intros v [V1 V2]; simpl in V1, V2; rewrite linear_rate by lra; apply linear_delay_derive; lra|].
  split; [apply linear_tau|]; split; [reflexivity|].
  assert (K := linear_error_small); simpl; lra.
Qed.

(** The same for the count of any orbit, from the recursion of the coordinate and the squared difference. *)
Lemma escape_count_checked_instance :
  exists (J N M n : nat) (a r U A B : nat -> R) (near : nat -> nat -> R) (u psi' psi'' chi zeta : (nat -> R) -> R
      -> R) (x : nat -> R) (c : nat -> nat -> R) (eta eps : R) (group : nat -> nat) (drift rho shape delta : nat ->
      nat -> R) (weight X Z low together : nat -> R) (steep : R) (D : R -> R) (tau : R),
    0 < eta /\
    0 <= eps < 1 /\
    pieces_fit M a r /\
    speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' /\
    sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi /\
    chi_moves J eps (c 0%nat) (a 0%nat) (a (S M)) chi zeta /\
    kernels_fit J N M eps eta (c 0%nat) a r U A near u chi zeta group drift rho shape delta weight X Z low
      together steep /\
    (forall j : nat, (j < J)%nat -> 0 <= c 0%nat j) /\
    a 0%nat <= x 0%nat <= a M /\
    reduced_orbit J eta u x c /\
    (forall v : R, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) /\
    (forall c' : nat -> R, in_box J eps (c 0%nat) c' -> tau <= 1 / eta * RInt
      (fun z : R => 1 / u (c 0%nat) z) (x 0%nat) (a M) + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) /\
    INR n <= tau - (defect M eta a U A B + total (S M) (fun i : nat => checked_error N M eps eta a r U A rho
      shape delta weight X Z low together steep i * (a (S i) - a i)) + overshoot M eta a U A X weight).
Proof.
  exists 1%nat, 1%nat, 1%nat, 19%nat, INR, linear_r, (fun _ => 11), (fun _ => 1 / 10), (fun _ => 1 / 10), (fun _ _ => / 90), linear_speed,
    (reduced_first 1 1 minus_one naught), (reduced_second 1 1 minus_one naught naught), (reduced_chi 1 1 minus_one naught),
    (reduced_zeta 1 1 minus_one naught naught), (fun s => fst (reduced 1 (1 / 200) linear_speed (linear_place 0) (linear_squares 0) s)),
    (fun s => snd (reduced 1 (1 / 200) linear_speed (linear_place 0) (linear_squares 0) s)), (1 / 200), (1 / 10), (fun _ => 0%nat),
    (fun _ _ => 1 / 100), (fun _ _ => 1 / 10), (fun _ _ => 1 / 20), (fun _ _ => 1 / 80), (fun _ => / 90), (fun _ => 1), (fun _ => 0),
    (fun _ => 9), (fun _ => 1 / 80), 1, linear_delay, (198 / 10).
  assert (All : forall c y, in_box 1 (1 / 10) (linear_squares 0) c -> INR 0 <= y <= INR 2 -> good_place 1 1 minus_one naught naught c y).
  { intros c y Hc Hy; simpl in Hy; destruct (linear_bounds (c 0%nat) y (linear_box c Hc) ltac:(lra)) as [Q [S _]].
    split; [|split; [apply linear_smooth|intros j Hj; replace j with 0%nat by lia; lra]].
    change (0 < linear_speed c y); destruct (linear_values c y) as [-> _]; lra. }
  destruct (speed_sensitive 1 1 minus_one naught naught (1 / 10) (linear_squares 0) (INR 0) (INR 2) All ltac:(lra)) as [Sens Chi];
    [intros j _; rewrite linear_start; lra|].
  split; [lra|]; split; [lra|]; split.
  { split; [lia|]; split; [intros i _; rewrite S_INR; lra|]; split; [intros i _; destruct i as [|[|i]]; simpl; lra|].
    intros i Hi; replace i with 0%nat by lia; simpl; lra. }
  split; [apply (within_fit 1 1 (1 / 10) (1 / 200) 1 minus_one naught naught), linear_within|].
  split; [exact Sens|]; split; [exact Chi|]; split; [apply linear_kernels|].
  split; [intros j _; change (0 <= linear_squares 0 j); rewrite linear_start; lra|].
  split; [change (INR 0 <= linear_place 0 <= INR 1); unfold linear_place, coordinate, zero_and_ten; simpl; lra|].
  split; [apply reduced_is_orbit|].
  split; [intros v [V1 V2]; simpl in V1, V2; change (is_derive linear_delay v (delay_rate 1 linear_speed (reduced_chi 1 1 minus_one naught)
    (linear_squares 0) (INR 1) v)); rewrite linear_rate by lra; apply linear_delay_derive; lra|].
  split; [apply linear_tau|].
  assert (K := linear_checked_small); simpl INR in *; lra.
Qed.
