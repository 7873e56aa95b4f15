(** The numbers of Lemma 6.1 of Du and Hu: E (Z - 1)^(2p) <= (19/100)^(2p) e^(-p) for m >= 25000 p q and p >= 8. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Remainder Convergence RangeNumbers AnyLaw Independent NormalLaw ChiSquare GaussianLayers IndependentBlocks GaussianRow GaussianProduct GaussianFactors GaussianTails.
Open Scope R_scope.

Lemma exp_inv_above : forall x, 0 <= x -> exp (- x) <= / (1 + x).
Proof. intros x Hx; rewrite exp_Ropp; apply Rinv_le_contravar; [lra|apply exp_above_line]. Qed.

Lemma exp_below_margin : exp (- (7 / 2)) <= 361 / 10000.
Proof.
  assert (E : exp (7 / 2) = (exp (1 / 16) ^ 8) ^ 7) by (rewrite <- !exp_times; f_equal; simpl; field).
  assert (L := exp_above_line (1 / 16)).
  assert (A : 162 / 100 <= exp (1 / 16) ^ 8) by (apply Rle_trans with ((17 / 16) ^ 8); [lra|apply pow_incr; lra]).
  assert (B : (162 / 100) ^ 7 <= exp (7 / 2)) by (rewrite E; apply pow_incr; lra).
  rewrite exp_Ropp; apply Rle_trans with (/ ((162 / 100) ^ 7)); [apply Rinv_le_contravar; [lra|exact B]|lra].
Qed.

(** A quarter of the bound, for what is at most x^p e^(-p) with x small, and for exponents with room. *)
Lemma quarter_power : forall p, (8 <= p)%nat -> (1 / 100) ^ p <= 1 / 4 * ((361 / 10000) ^ p * exp (- INR p)).
Proof.
  intros p Hp; assert (E : exp (- INR p) = exp (Ropp 1) ^ p) by (rewrite <- exp_times; f_equal; ring).
  rewrite E, <- Rpow_mult_distr.
  assert (A : 1 / 3 <= exp (Ropp 1)).
  { rewrite exp_Ropp; unfold Rdiv; rewrite Rmult_1_l; apply Rinv_le_contravar; [apply exp_pos|apply exp_le_3]. }
  set (x := 361 / 10000 * exp (Ropp 1)); assert (X : 1 / 100 <= 5 / 6 * x) by (unfold x; lra).
  assert (x0 : 0 < x) by lra; assert (xp : 0 < x ^ p) by (apply pow_lt; exact x0).
  apply Rle_trans with ((5 / 6) ^ p * x ^ p); [rewrite <- Rpow_mult_distr; apply pow_incr; lra|].
  apply Rmult_le_compat_r; [lra|]; replace p with (8 + (p - 8))%nat by lia; rewrite pow_add.
  assert (B : (5 / 6) ^ (p - 8) <= 1) by (rewrite <- (pow1 (p - 8)); apply pow_incr; lra).
  assert (C : 0 <= (5 / 6) ^ (p - 8)) by (apply pow_le; lra).
  apply Rle_trans with ((5 / 6) ^ 8 * 1); [apply Rmult_le_compat_l; lra|lra].
Qed.

Lemma quarter_exp : forall p a, a + 9 / 2 * INR p <= - 3 -> exp a <= 1 / 4 * ((361 / 10000) ^ p * exp (- INR p)).
Proof.
  intros p a Ha; assert (P := pow_incr (exp (- (7 / 2))) (361 / 10000) p (conj (Rlt_le _ _ (exp_pos _)) exp_below_margin)).
  rewrite <- exp_times in P.
  apply Rle_trans with (1 / 4 * (exp (INR p * - (7 / 2)) * exp (- INR p))).
  - rewrite <- exp_plus; apply Rle_trans with (exp (Ropp 3) * exp (INR p * - (7 / 2) + - INR p)).
    + rewrite <- exp_plus; apply exp_le_compat; lra.
    + apply Rmult_le_compat_r; [left; apply exp_pos|]; assert (U := exp_inv_above 3 ltac:(lra)); lra.
  - apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_r; [left; apply exp_pos|exact P].
Qed.

Lemma numbers_of_layers : forall m q p, (1 <= q)%nat -> (8 <= p)%nat -> 25000 * INR p * INR q <= INR m ->
  exists e1 e2 e3, 0 < e1 /\ 0 < e2 /\ 0 < e3 /\
    layer_mean m (stray m) e1 /\ layer_mean m (tilt m (INR (70 * p))) e2 /\ layer_mean m (fun z => exp (- INR (72 * p) * z)) e3 /\
    (1 / 100) ^ p + INR q * e1 + (9 / 10) ^ (70 * p) * e2 ^ q + (10 / 11) ^ (70 * p) * e3 ^ q
      <= (361 / 10000) ^ p * exp (- INR p).
Proof.
  intros m q p Hq Hp Hm.
  assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq).
  assert (p8 : 8 <= INR p) by (replace 8 with (INR 8) by (simpl; lra); apply le_INR; exact Hp).
  assert (pq : INR p <= INR p * INR q) by (rewrite <- (Rmult_1_r (INR p)) at 1; apply Rmult_le_compat_l; lra).
  assert (qp : 8 * INR q <= INR p * INR q) by (apply Rmult_le_compat_r; lra).
  assert (m0 : 0 < INR m) by lra.
  assert (Hm1 : (1 <= m)%nat) by (apply (INR_lt 0 m) in m0; lia).
  assert (E70 : INR (70 * p) = 70 * INR p) by (rewrite mult_INR; f_equal; simpl; lra).
  assert (E72 : INR (72 * p) = 72 * INR p) by (rewrite mult_INR; f_equal; simpl; lra).
  assert (Q : INR q / INR m * INR p <= 1 / 25000).
  { apply (Rmult_le_reg_r (INR m)); [exact m0|]; replace (INR q / INR m * INR p * INR m) with (INR q * INR p) by (field; lra); lra. }
  assert (Root : sqrt (INR m) <= INR m / 10).
  { rewrite <- (sqrt_square (INR m / 10)) by lra; apply sqrt_le_1_alt.
    assert (0 <= INR m * (INR m - 100)) by (apply Rmult_le_pos; lra); lra. }
  destruct (stray_mean m Hm1) as [e1 [M1 [P1 B1]]].
  destruct (tilt_mean m (INR (70 * p)) Hm1 (pos_INR _) ltac:(rewrite E70; lra)) as [e2 [M2 [P2 B2]]].
  destruct (shortfall_moment_below m (- INR (72 * p)) Hm1 ltac:(rewrite Rabs_Ropp, Rabs_pos_eq, E72; lra)) as [G [P3 B3]].
  assert (M3 := layer_mean_exp m (- INR (72 * p)) Hm1 G).
  exists e1, e2, (shortfall_moment m (- INR (72 * p))); do 6 (split; [assumption|]).
  set (e3 := shortfall_moment m (- INR (72 * p))) in *; set (K := (361 / 10000) ^ p * exp (- INR p)).
  assert (T1 : (1 / 100) ^ p <= 1 / 4 * K) by (apply quarter_power; exact Hp).
  assert (T2 : INR q * e1 <= 1 / 4 * K).
  { apply Rle_trans with (exp (INR q + (1 + - (INR m / 50)))).
    - rewrite !exp_plus; apply Rmult_le_compat; [lra|lra|assert (U := exp_above_line (INR q)); lra|].
      eapply Rle_trans; [exact B1|]; apply Rmult_le_compat_r; [left; apply exp_pos|assert (U := exp_above_line 1); lra].
    - apply quarter_exp; lra. }
  assert (T3 : (9 / 10) ^ (70 * p) * e2 ^ q <= 1 / 4 * K).
  { apply Rle_trans with (exp (INR (70 * p) * - (1 / 10) + INR q * ((9 * INR (70 * p) ^ 2 + 324 * INR (70 * p)) / INR m))).
    - rewrite exp_plus, !exp_times; apply Rmult_le_compat; try (apply pow_le; lra); apply pow_incr; [|lra].
      assert (U := exp_above_line (- (1 / 10))); lra.
    - apply quarter_exp; rewrite E70.
      replace (INR q * ((9 * (70 * INR p) ^ 2 + 324 * (70 * INR p)) / INR m))
        with (44100 * (INR q / INR m * INR p * INR p) + 22680 * (INR q / INR m * INR p)) by (field; lra).
      assert (INR q / INR m * INR p * INR p <= 1 / 25000 * INR p) by (apply Rmult_le_compat_r; lra); lra. }
  assert (T4 : (10 / 11) ^ (70 * p) * e3 ^ q <= 1 / 4 * K).
  { apply Rle_trans with (exp (INR (70 * p) * - (1 / 11) + INR q * (2 * (- INR (72 * p)) ^ 2 / INR m))).
    - rewrite exp_plus, !exp_times; apply Rmult_le_compat; try (apply pow_le; lra); apply pow_incr; [|lra].
      assert (U := exp_above_line (- (1 / 11))); lra.
    - apply quarter_exp; rewrite E70, E72.
      replace (INR q * (2 * (- (72 * INR p)) ^ 2 / INR m)) with (10368 * (INR q / INR m * INR p * INR p)) by (field; lra).
      assert (INR q / INR m * INR p * INR p <= 1 / 25000 * INR p) by (apply Rmult_le_compat_r; lra); lra. }
  lra.
Qed.
