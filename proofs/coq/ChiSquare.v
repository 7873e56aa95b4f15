(** Chi-square variables: sums of d squares of independent standard normal weights.  Their exponential moments, and Lemma 9 of
    Arora, Cohen, Golowich and Hu: within a factor of two of d but for a probability of 2 e^(-d/16). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw Independent Gauss NormalLaw XavierAnyLaw PaperStarts NormalStarts.
Open Scope R_scope.

Definition chi_square (d : nat) (w : nat -> R) : R := total d (fun i => w i ^ 2).

(** ** E e^((1 - c) x^2/2) = 1/sqrt c *)

Lemma stretched_bell : forall c b, 0 < c -> is_RInt (fun x => exp (- (c * x ^ 2) / 2)) 0 b (/ sqrt c * half_bell (sqrt c * b)).
Proof.
  intros c b Hc; assert (s0 : 0 < sqrt c) by (apply sqrt_lt_R0; exact Hc); assert (ss : sqrt c * sqrt c = c) by (apply sqrt_sqrt; lra).
  assert (I : is_RInt bell (sqrt c * 0 + 0) (sqrt c * b + 0) (half_bell (sqrt c * b))).
  { rewrite Rmult_0_r, !Rplus_0_r; apply (RInt_correct (V := R_CompleteNormedModule)), bell_integrable. }
  apply (is_RInt_comp_lin (V := R_NormedModule)) in I.
  apply (is_RInt_scal (V := R_NormedModule) _ _ _ (/ sqrt c)) in I.
  apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (/ sqrt c) (scal (sqrt c) (bell (sqrt c * x + 0))))); [|exact I].
  intros x _; change (/ sqrt c * (sqrt c * bell (sqrt c * x + 0)) = exp (- (c * x ^ 2) / 2)).
  rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra; unfold bell; f_equal; rewrite Rplus_0_r.
  replace ((sqrt c * x) ^ 2) with (sqrt c * sqrt c * x ^ 2) by ring; rewrite ss; reflexivity.
Qed.

Lemma normal_exponent : forall c, 0 < c -> line (fun x => exp ((1 - c) / 2 * x ^ 2) * normal_density x) (/ sqrt c).
Proof.
  intros c Hc; assert (s0 : 0 < sqrt c) by (apply sqrt_lt_R0; exact Hc); destruct root_two_pi as [S [E _]].
  assert (K := line_even (fun x => exp ((1 - c) / 2 * x ^ 2) * normal_density x)
    (fun b => / sqrt (2 * PI) * (/ sqrt c * half_bell (sqrt c * b))) (/ sqrt (2 * PI) * (/ sqrt c * sqrt (PI / 2)))).
  assert (V : 2 * (/ sqrt (2 * PI) * (/ sqrt c * sqrt (PI / 2))) = / sqrt c).
  { replace (2 * (/ sqrt (2 * PI) * (/ sqrt c * sqrt (PI / 2)))) with (/ sqrt (2 * PI) * (sqrt (PI / 2) * 2) * / sqrt c) by ring.
    rewrite E, Rinv_l by lra; ring. }
  rewrite V in K; apply K.
  - intros x; rewrite normal_density_even; do 2 f_equal; ring.
  - intros b _; apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (/ sqrt (2 * PI)) (exp (- (c * x ^ 2) / 2)))).
    + intros x _; rewrite normal_density_bell; unfold bell.
      change (/ sqrt (2 * PI) * exp (- (c * x ^ 2) / 2) = exp ((1 - c) / 2 * x ^ 2) * (/ sqrt (2 * PI) * exp (- x ^ 2 / 2))).
      replace (- (c * x ^ 2) / 2) with ((1 - c) / 2 * x ^ 2 + - x ^ 2 / 2) by field; rewrite exp_plus; ring.
    + apply (is_RInt_scal (V := R_NormedModule)), stretched_bell; exact Hc.
  - apply (is_lim_scal_l (fun b => / sqrt c * half_bell (sqrt c * b)) (/ sqrt (2 * PI)) p_infty (/ sqrt c * sqrt (PI / 2))).
    apply (is_lim_scal_l (fun b => half_bell (sqrt c * b)) (/ sqrt c) p_infty (sqrt (PI / 2))).
    apply (is_lim_comp half_bell (fun b => sqrt c * b) p_infty (sqrt (PI / 2)) p_infty).
    + apply half_bell_limit.
    + apply is_lim_spec; intros M; exists (M / sqrt c); intros x Hx.
      apply (Rmult_lt_compat_r (sqrt c)) in Hx; [|exact s0]; replace (M / sqrt c * sqrt c) with M in Hx by (field; lra); lra.
    + exists 0; intros t _ H; discriminate H.
Qed.

(** The exponential moment of the sum: E e^((1 - c) Z/2) = c^(-d/2). *)
Lemma chi_square_moment : forall d c, 0 < c ->
  variable (normal_weights d) (fun w => product d (fun i => exp ((1 - c) / 2 * w i ^ 2))) /\
  expectation (normal_weights d) (fun w => product d (fun i => exp ((1 - c) / 2 * w i ^ 2))) = (/ sqrt c) ^ d.
Proof.
  intros d c Hc; destruct (normal_is (fun x => exp ((1 - c) / 2 * x ^ 2)) _ (normal_exponent c Hc)) as [I E].
  destruct (expectation_product d (normal_weights d) (fun _ x => exp ((1 - c) / 2 * x ^ 2))) as [V X]; [intros i _; exact I|].
  split; [exact V|]; rewrite X; transitivity (product d (fun _ => / sqrt c)); [|apply product_const].
  apply product_ext; intros i _; exact E.
Qed.

Lemma product_exp : forall d a w, product d (fun i => exp (a * w i ^ 2)) = exp (a * chi_square d w).
Proof.
  intros d a w; unfold chi_square; induction d as [|d IH]; cbn [product total].
  - rewrite Rmult_0_r, exp_0; reflexivity.
  - rewrite IH, <- exp_plus; f_equal; ring.
Qed.

(** ** Lemma 9 *)

Lemma upper_rate : exp (- (1 / 2)) * / sqrt (1 / 2) <= exp (- (1 / 16)).
Proof.
  assert (s0 : 0 < sqrt (1 / 2)) by (apply sqrt_lt_R0; lra).
  assert (S : 7 / 10 <= sqrt (1 / 2)) by (rewrite <- (sqrt_pow2 (7 / 10)) by lra; apply sqrt_le_1_alt; lra).
  assert (U := exp_above_line (7 / 32)); assert (E : exp (7 / 16) = exp (7 / 32) ^ 2)
    by (simpl; rewrite Rmult_1_r, <- exp_plus; f_equal; field).
  assert (P : (39 / 32) ^ 2 <= exp (7 / 32) ^ 2) by (apply pow_incr; lra).
  replace (- (1 / 16)) with (- (1 / 2) + 7 / 16) by field; rewrite exp_plus; apply Rmult_le_compat_l; [left; apply exp_pos|].
  apply (Rmult_le_reg_r (sqrt (1 / 2))); [exact s0|]; rewrite Rinv_l, E by lra.
  apply Rle_trans with ((39 / 32) ^ 2 * (7 / 10)); [lra|apply Rmult_le_compat; lra].
Qed.

Lemma lower_rate : exp (1 / 4) * / sqrt 2 <= exp (- (1 / 16)).
Proof.
  assert (s0 : 0 < sqrt 2) by (apply sqrt_lt_R0; lra).
  assert (S : 14 / 10 <= sqrt 2) by (rewrite <- (sqrt_pow2 (14 / 10)) by lra; apply sqrt_le_1_alt; lra).
  assert (U := exp_above_line (- (5 / 128))); assert (E : exp (5 / 16) * exp (- (5 / 128)) ^ 8 = 1).
  { simpl; rewrite Rmult_1_r, <- !exp_plus, <- exp_0; f_equal; field. }
  assert (P : 72 / 100 <= exp (- (5 / 128)) ^ 8).
  { assert (Q : (123 / 128) ^ 2 <= exp (- (5 / 128)) ^ 2) by (apply pow_incr; lra).
    replace (exp (- (5 / 128)) ^ 8) with ((exp (- (5 / 128)) ^ 2) ^ 4) by ring.
    apply Rle_trans with (((123 / 128) ^ 2) ^ 4); [simpl; lra|apply pow_incr; split; [simpl; lra|exact Q]]. }
  assert (X := exp_pos (5 / 16)).
  assert (B : exp (5 / 16) <= 14 / 10).
  { apply (Rmult_le_reg_r (72 / 100)); [lra|]; apply Rle_trans with (exp (5 / 16) * exp (- (5 / 128)) ^ 8); [|lra].
    apply Rmult_le_compat_l; lra. }
  replace (1 / 4) with (- (1 / 16) + 5 / 16) by field; rewrite exp_plus, Rmult_assoc.
  rewrite <- (Rmult_1_r (exp (- (1 / 16)))) at 2; apply Rmult_le_compat_l; [left; apply exp_pos|].
  apply (Rmult_le_reg_r (sqrt 2)); [exact s0|]; rewrite Rmult_assoc, Rinv_l by lra; lra.
Qed.

Lemma exp_times : forall a d, exp (INR d * a) = exp a ^ d.
Proof.
  intros a d; induction d as [|d IH]; [rewrite Rmult_0_l; apply exp_0|].
  rewrite S_INR; replace ((INR d + 1) * a) with (a + INR d * a) by ring; rewrite exp_plus, IH; reflexivity.
Qed.

(** P(d/2 <= Z <= 2 d) >= 1 - 2 e^(-d/16), for outer probabilities. *)
Theorem arora_lemma_9 : forall d,
  at_most (normal_weights d) (fun w => ~ (INR d / 2 <= chi_square d w <= 2 * INR d)) (2 * exp (- (INR d / 16))).
Proof.
  intros d; destruct (chi_square_moment d (1 / 2) ltac:(lra)) as [V1 E1]; destruct (chi_square_moment d 2 ltac:(lra)) as [V2 E2].
  destruct (expectation_scal _ _ (exp (INR d * - (1 / 2))) _ V1) as [V3 E3].
  destruct (expectation_scal _ _ (exp (INR d * (1 / 4))) _ V2) as [V4 E4]; destruct (expectation_plus _ _ _ _ V3 V4) as [V E].
  assert (F : forall w, exp (INR d * - (1 / 2)) * product d (fun i => exp ((1 - 1 / 2) / 2 * w i ^ 2))
      + exp (INR d * (1 / 4)) * product d (fun i => exp ((1 - 2) / 2 * w i ^ 2))
    = exp (chi_square d w / 4 - INR d / 2) + exp (INR d / 4 - chi_square d w / 2)).
  { intros w; rewrite !product_exp, <- !exp_plus; f_equal; f_equal; field. }
  eexists; split; [exact V|split; [|split]].
  - intros w; rewrite F; assert (A := exp_pos (chi_square d w / 4 - INR d / 2)); assert (B := exp_pos (INR d / 4 - chi_square d w / 2)); lra.
  - intros w N; rewrite F; assert (A := exp_pos (chi_square d w / 4 - INR d / 2)); assert (B := exp_pos (INR d / 4 - chi_square d w / 2)).
    destruct (Rle_lt_dec (INR d / 2) (chi_square d w)) as [L|L].
    + destruct (Rle_lt_dec (chi_square d w) (2 * INR d)) as [R|R]; [destruct (N (conj L R))|].
      assert (U := exp_above_line (chi_square d w / 4 - INR d / 2)); lra.
    + assert (U := exp_above_line (INR d / 4 - chi_square d w / 2)); lra.
  - rewrite E, E3, E4, E1, E2, !exp_times, <- !Rpow_mult_distr.
    replace (- (INR d / 16)) with (INR d * - (1 / 16)) by field; rewrite exp_times.
    assert (I1 : 0 < / sqrt (1 / 2)) by (apply Rinv_0_lt_compat, sqrt_lt_R0; lra).
    assert (I2 : 0 < / sqrt 2) by (apply Rinv_0_lt_compat, sqrt_lt_R0; lra).
    assert (P1 : (exp (- (1 / 2)) * / sqrt (1 / 2)) ^ d <= exp (- (1 / 16)) ^ d).
    { apply pow_incr; split; [apply Rmult_le_pos; [left; apply exp_pos|lra]|exact upper_rate]. }
    assert (P2 : (exp (1 / 4) * / sqrt 2) ^ d <= exp (- (1 / 16)) ^ d).
    { apply pow_incr; split; [apply Rmult_le_pos; [left; apply exp_pos|lra]|exact lower_rate]. }
    lra.
Qed.
