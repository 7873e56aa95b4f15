(** Theorem 5.1 of Hu, Xiao and Pennington as printed: its conditions (10) and (11), and one exponent for all powers of L. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Remainder Convergence Rectangular AnyLaw Independent NormalLaw PaperStarts ChiSquare IndependentBlocks NarrowFactors NarrowLayers NarrowProducts NarrowSums NarrowMoves NarrowDescent NarrowPlateau.
Open Scope R_scope.

Lemma scale_square : forall n sigma L, piece_scale n sigma 0 L ^ 2 = product L (fun l => INR (n (S l)) * sigma l ^ 2).
Proof.
  intros n sigma L; unfold piece_scale; induction L as [|L IH]; [simpl; ring|]; cbn [product]; rewrite Rpow_mult_distr, IH; f_equal.
  cbn [Nat.add]; unfold layer_scale; rewrite Rpow_mult_distr, pow2_sqrt by apply pos_INR; ring.
Qed.

(** (1 - 1/(96 d))^q <= e^(-q/(96 d)) *)
Lemma factor_power : forall d q, (1 <= d)%nat -> 0 <= narrow_rate d + / (96 * INR d ^ 2) * INR d /\
  (narrow_rate d + / (96 * INR d ^ 2) * INR d) ^ q <= exp (- (INR q / (96 * INR d))).
Proof.
  intros d q Hd; assert (d1 : 1 <= INR d) by (apply (le_INR 1); exact Hd).
  assert (E : narrow_rate d + / (96 * INR d ^ 2) * INR d = 1 - / (96 * INR d)) by (unfold narrow_rate; field; lra).
  assert (P := narrow_rate_between d Hd); assert (0 < / (96 * INR d)) by (apply Rinv_0_lt_compat; lra).
  assert (/ (96 * INR d) <= / 96) by (apply Rinv_le_contravar; lra); rewrite E; split; [lra|].
  replace (- (INR q / (96 * INR d))) with (INR q * - / (96 * INR d)) by (field; lra); rewrite exp_times; apply pow_incr; split; [lra|].
  assert (U := exp_above_line (- / (96 * INR d))); lra.
Qed.

(** With widths C L^(1-g) at most, |X| <= B, 1/B <= |Y| <= B, alpha^2 prod d_l sigma_l^2 <= L^k and d_l sigma_l^2 >= L^(-k): for step
    sizes and for times up to e^(L^g/(768 C)), the loss stays between 0.4 |Y|^2 and 0.6 |Y|^2 with probability 0.9. *)
Theorem hu_xiao_pennington_theorem_5_1 : forall C g B k, 0 < C -> 0 < g <= 1 -> 1 <= B -> exists L0 : nat,
  forall n L d r alpha eta X Y sigma, (L0 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  INR d <= C * Rpower (INR L) (1 - g) -> (forall l, (l < L)%nat -> 0 < sigma l) ->
  alpha ^ 2 * product L (fun l => INR (n (S l)) * sigma l ^ 2) <= INR L ^ k ->
  (forall l, (l < L)%nat -> / INR L ^ k <= INR (n (S l)) * sigma l ^ 2) ->
  rnorm (n 0%nat) r X <= B -> / B <= rnorm (n L) r Y <= B -> 0 <= eta <= exp (Rpower (INR L) g / (768 * C)) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => exists t, INR t <= exp (Rpower (INR L) g / (768 * C)) /\
    leaves_plateau n L r alpha X Y eta (spread_layers sigma (normal_layers n L w)) t) (1 / 10).
Proof.
  intros C g B k HC Hg HB; set (c := / (768 * C)); assert (c0 : 0 < c) by (apply Rinv_0_lt_compat; lra).
  set (M := 3840 * B ^ 2 * (1 + C) ^ 4); assert (B2 : 1 <= B ^ 2) by nra.
  assert (C4 : 1 <= (1 + C) ^ 4) by (rewrite <- (pow1 4); apply pow_incr; lra).
  assert (M0 : 0 < M) by (unfold M; apply Rmult_lt_0_compat; lra).
  destruct (powers_below M c g (2 * k + 5) M0 c0 ltac:(lra)) as [L0 [H0 HP]]; exists (2 + L0)%nat.
  intros n L d r alpha eta X Y sigma HL Hn Hd Hsig H10 H11 HX HY He.
  replace (Rpower (INR L) g / (768 * C)) with (c * Rpower (INR L) g) in * by (unfold c; field; lra).
  specialize (HP L ltac:(lia)); set (x := Rpower (INR L) g) in *; assert (x0 : 0 < x) by apply exp_pos.
  assert (L2 : 2 <= INR L) by (apply (le_INR 2); lia).
  assert (Hd1 : (1 <= d)%nat) by (specialize (Hn 0%nat ltac:(lia)); lia); assert (d1 : 1 <= INR d) by (apply (le_INR 1); exact Hd1).
  set (Q := exp (c * x)) in *; assert (Q0 : 0 < Q) by apply exp_pos.
  assert (Lx : Rpower (INR L) (1 - g) * x = INR L) by (unfold x; rewrite <- Rpower_plus; replace (1 - g + g) with 1 by ring; apply Rpower_1; lra).
  assert (dL : INR d <= C * INR L).
  { eapply Rle_trans; [exact Hd|apply Rmult_le_compat_l; [lra|]]; rewrite <- (Rpower_1 (INR L)) at 2 by lra; apply Rle_Rpower; lra. }
  assert (Deep : 4 * (c * x) <= INR L / (192 * INR d)).
  { apply (Rmult_le_reg_r (192 * INR d * C)); [apply Rmult_lt_0_compat; lra|].
    replace (4 * (c * x) * (192 * INR d * C)) with (INR d * x) by (unfold c; field; lra).
    replace (INR L / (192 * INR d) * (192 * INR d * C)) with (C * INR L) by (field; lra).
    rewrite <- Lx, <- Rmult_assoc; apply Rmult_le_compat_r; lra. }
  set (E := exp (- (INR L / (192 * INR d)))); assert (E0 : 0 < E) by apply exp_pos.
  assert (EQ : E * Q ^ 4 <= 1).
  { replace 1 with (exp 0) by apply exp_0; unfold E, Q; rewrite <- exp_times, <- exp_plus; apply exp_le_compat; simpl (INR 4); lra. }
  set (D := INR d) in *; set (l := INR L) in *; set (lk := l ^ k) in *; assert (lk1 : 1 <= lk) by (unfold lk; rewrite <- (pow1 k); apply pow_incr; lra).
  assert (Power : l ^ (2 * k + 5) = lk * lk * l ^ 5) by (unfold lk; replace (2 * k + 5)%nat with (k + k + 5)%nat by lia; rewrite !pow_add; ring).
  rewrite Power in HP.
  set (rho := / (96 * D ^ 2)); set (u := 20 * D * E); set (s := 20 * l * D ^ 2 * E).
  assert (D2 : 0 < D ^ 2) by (apply pow_lt; lra); assert (rho0 : 0 < rho) by (apply Rinv_0_lt_compat; lra).
  assert (u0 : 0 < u) by (apply Rmult_lt_0_compat; lra).
  assert (s0 : 0 < s) by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|exact E0]).
  assert (iB : 0 < / B) by (apply Rinv_0_lt_compat; lra).
  destruct (nfloor_ex Q (Rlt_le _ _ Q0)) as [N [N1 N2]].
  assert (Gain : 0 <= output_gain n L alpha sigma <= lk).
  { set (G := output_gain n L alpha sigma); assert (G0 : 0 <= G).
    { apply Rmult_le_pos; [apply Rabs_pos|left; apply scale_pos; intros j Hj]; apply Rmult_lt_0_compat; [apply Hsig; exact Hj|].
      apply sqrt_lt_R0, lt_0_INR; specialize (Hn (S (0 + j)) ltac:(lia)); lia. }
    assert (G2 : G ^ 2 <= lk) by (unfold G, output_gain; rewrite Rpow_mult_distr, pow2_abs, scale_square; exact H10).
    split; [exact G0|]; destruct (Rle_lt_dec G 1) as [I|I]; [lra|].
    assert (G * 1 <= G * G) by (apply Rmult_le_compat_l; lra); lra. }
  (* all powers of L in one *)
  assert (Big : 3840 * B ^ 2 * (lk * lk * l) * D ^ 4 <= Q).
  { eapply Rle_trans; [|exact HP]; unfold M.
    assert (D4 : D ^ 4 <= (1 + C) ^ 4 * l ^ 4).
    { rewrite <- Rpow_mult_distr; apply pow_incr; split; [lra|]; assert (0 <= l) by lra; lra. }
    replace (3840 * B ^ 2 * (1 + C) ^ 4 * (lk * lk * l ^ 5)) with (3840 * B ^ 2 * (lk * lk * l) * ((1 + C) ^ 4 * l ^ 4)) by ring.
    apply Rmult_le_compat_l; [|exact D4]; apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]. }
  assert (lkl : 1 * 1 <= lk * l) by (apply Rmult_le_compat; lra); rewrite Rmult_1_l in lkl.
  assert (D14 : D <= D ^ 4) by (assert (1 <= D ^ 3) by (rewrite <- (pow1 3); apply pow_incr; lra); replace (D ^ 4) with (D * D ^ 3) by ring;
    rewrite <- (Rmult_1_r D) at 1; apply Rmult_le_compat_l; lra).
  assert (x1 := rnorm_nonneg (n 0%nat) r X); set (xn := rnorm (n 0%nat) r X) in *; set (yn := rnorm (n L) r Y) in *.
  assert (Q1 : 1 <= Q) by (unfold Q; assert (0 < c * x) by (apply Rmult_lt_0_compat; assumption); assert (U := exp_above_line (c * x)); lra).
  assert (Out : output_gain n L alpha sigma * u * xn <= 1 / 11 * yn).
  { apply Rle_trans with (lk * u * B).
    - apply Rmult_le_compat; [apply Rmult_le_pos; lra|exact x1|apply Rmult_le_compat_r; lra|exact HX].
    - apply Rle_trans with (1 / 11 * / B); [|apply Rmult_le_compat_l; lra].
      apply (Rmult_le_reg_r (11 * B)); [lra|]; replace (1 / 11 * / B * (11 * B)) with 1 by (field; lra).
      replace (lk * u * B * (11 * B)) with (E * (220 * B ^ 2 * lk * D)) by (unfold u; ring).
      eapply Rle_trans; [|exact EQ]; apply Rmult_le_compat_l; [lra|]; apply Rle_trans with Q; [|].
      + eapply Rle_trans; [|exact Big]; assert (A1 : lk * D <= (lk * lk * l) * D ^ 4).
        { apply Rmult_le_compat; [lra|lra| |exact D14]; replace (lk * lk * l) with (lk * (lk * l)) by ring.
          rewrite <- (Rmult_1_r lk) at 1; apply Rmult_le_compat_l; lra. }
        assert (A0 : 0 <= lk * D) by (apply Rmult_le_pos; lra).
        replace (220 * B ^ 2 * lk * D) with (220 * B ^ 2 * (lk * D)) by ring; rewrite !(Rmult_assoc (3840 * B ^ 2)).
        apply Rmult_le_compat; [lra|exact A0|lra|exact A1].
      + rewrite <- (Rmult_1_r Q) at 1; replace (Q ^ 4) with (Q * Q ^ 3) by ring; apply Rmult_le_compat_l; [lra|].
        rewrite <- (pow1 3); apply pow_incr; lra. }
  assert (Slow : forall j, (j < L)%nat -> INR N * one_move n L r alpha eta (1 / 11) s X Y sigma j <= rho * layer_scale n sigma j).
  { intros j Hj; set (sc := layer_scale n sigma j).
    assert (sc0 : 0 < sc).
    { apply Rmult_lt_0_compat; [apply Hsig; exact Hj|apply sqrt_lt_R0, lt_0_INR; specialize (Hn (S j) ltac:(lia)); lia]. }
    assert (sc2 : / lk <= sc ^ 2).
    { unfold sc, layer_scale; rewrite Rpow_mult_distr, pow2_sqrt by apply pos_INR; rewrite Rmult_comm; apply H11; exact Hj. }
    unfold one_move; fold sc xn yn; set (G := output_gain n L alpha sigma) in *.
    apply (Rmult_le_reg_r sc); [exact sc0|].
    replace (INR N * (eta * (G / sc * s * ((1 + 1 / 11) * yn * xn))) * sc) with (INR N * eta * (G * s * ((1 + 1 / 11) * yn * xn))) by (field; lra).
    replace (rho * sc * sc) with (rho * sc ^ 2) by ring.
    apply Rle_trans with (rho * / lk); [|apply Rmult_le_compat_l; lra].
    apply Rle_trans with (Q * Q * (lk * s * (2 * B ^ 2))).
    - assert (yx : 0 <= (1 + 1 / 11) * yn * xn <= 2 * B ^ 2).
      { assert (0 <= yn * xn <= B * B); [|simpl; lra]; split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]. }
      assert (n0 := pos_INR N); apply Rmult_le_compat; [apply Rmult_le_pos; lra| |apply Rmult_le_compat; lra|].
      + apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra].
      + apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra|apply Rmult_le_compat_r; lra|lra].
    - apply (Rmult_le_reg_r (96 * D ^ 2 * lk)); [apply Rmult_lt_0_compat; lra|].
      replace (rho * / lk * (96 * D ^ 2 * lk)) with 1 by (unfold rho; field; lra).
      replace (Q * Q * (lk * s * (2 * B ^ 2)) * (96 * D ^ 2 * lk)) with (E * (Q ^ 2 * (3840 * B ^ 2 * (lk * lk * l) * D ^ 4))) by (unfold s; ring).
      eapply Rle_trans; [|exact EQ]; apply Rmult_le_compat_l; [lra|].
      apply Rle_trans with (Q ^ 2 * Q); [apply Rmult_le_compat_l; [apply pow2_ge_0|exact Big]|].
      replace (Q ^ 4) with (Q ^ 2 * Q * Q) by ring; rewrite <- (Rmult_1_r (Q ^ 2 * Q)) at 1; apply Rmult_le_compat_l; [|exact Q1].
      apply Rmult_le_pos; [apply pow2_ge_0|lra]. }
  destruct (narrow_bounds d Hd1) as [K EK].
  assert (P := plateau_probability n d K L r alpha eta rho (1 / 11) u s X Y sigma N ltac:(lia) Hn Hsig (Rlt_le _ _ rho0) (proj1 He) ltac:(lra) ltac:(lra) ltac:(fold yn; lra) u0 s0 Out Slow).
  cbv zeta in P; rewrite EK in P; revert P; apply at_most_less.
  - intros w [t [Ht H]]; exists t; split; [|exact H]; apply Nat.lt_succ_r, INR_lt; rewrite S_INR; lra.
  - fold D l; destruct (factor_power d L Hd1) as [F0 F1]; destruct (factor_power d (L - 1) Hd1) as [_ F2]; fold D rho in F0, F1, F2.
    set (f := narrow_rate d + rho * D) in *.
    assert (i0 : 0 < / (192 * D)) by (apply Rinv_0_lt_compat; lra).
    assert (FL : f ^ L <= E).
    { eapply Rle_trans; [exact F1|]; apply exp_le_compat; fold l; replace (l / (96 * D)) with (2 * l * / (192 * D)) by (field; lra).
      unfold Rdiv; assert (0 <= l * / (192 * D)) by (apply Rmult_le_pos; lra); lra. }
    assert (FL1 : f ^ (L - 1) <= E).
    { eapply Rle_trans; [exact F2|]; apply exp_le_compat; rewrite minus_INR by lia; fold l; simpl (INR 1).
      replace ((l - 1) / (96 * D)) with (2 * (l - 1) * / (192 * D)) by (field; lra).
      unfold Rdiv; assert (0 <= (l - 2) * / (192 * D)) by (apply Rmult_le_pos; lra); lra. }
    assert (A1 : D * f ^ L / u <= 1 / 20).
    { apply (Rmult_le_reg_r u); [exact u0|]; replace (D * f ^ L / u * u) with (D * f ^ L) by (field; lra).
      replace (1 / 20 * u) with (D * E) by (unfold u; field); apply Rmult_le_compat_l; lra. }
    assert (A2 : l * (D ^ 2 * f ^ (L - 1)) / s <= 1 / 20).
    { apply (Rmult_le_reg_r s); [exact s0|]; replace (l * (D ^ 2 * f ^ (L - 1)) / s * s) with (l * (D ^ 2 * f ^ (L - 1))) by (field; lra).
      replace (1 / 20 * s) with (l * (D ^ 2 * E)) by (unfold s; field); apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_l; lra. }
    lra.
Qed.
