(** Theorem 2 of Arora, Cohen, Golowich and Hu: balanced random starts for one output converge with a probability near 1/2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Remainder Convergence AroraNumbers Margin Arora AroraLayers AroraProcedure.
From Lemmata Require Import Spectral Diagonal Decomposition AnyLaw NormalStarts ChiSquare Spheres LinearForms.
Open Scope R_scope.

(** ** Two phases *)

(** The loss falls at the rate e q/b from the start, at the rate e/b from F^2/8 on; a step that is lost between the phases is
    paid by the margin of the start. *)
Lemma two_phase_numbers : forall (l : nat -> R) e q b F eps T, 0 < e -> 0 < q <= 1 / 4 -> 1 <= b <= 4 -> 0 < F -> 0 < eps ->
  (forall t, 0 <= l t) -> (forall t, l t <= exp (- (e * q / b) * INR t) * l 0%nat) ->
  (forall n, l n <= F ^ 2 / 8 -> forall t, l (n + t)%nat <= exp (- (e / b) * INR t) * l n) ->
  l 0%nat <= F ^ 2 / 2 * exp (- (e / b)) ->
  4 * ln 4 / (e * q) + 4 / e * ln (F ^ 2 / (8 * eps)) <= INR T -> l T <= eps.
Proof.
  intros l e q b F eps T He Hq Hb HF Heps L0 First Second Start HT.
  set (y := ln (F ^ 2 / (8 * eps))) in *; assert (F2 : 0 < F ^ 2) by (apply pow_lt; exact HF).
  assert (Ey : F ^ 2 / 8 = eps * exp y) by (unfold y; rewrite exp_ln by (apply Rdiv_lt_0_compat; lra); field; lra).
  assert (E4 : exp (- ln 4) = / 4) by (rewrite exp_Ropp, exp_ln by lra; reflexivity).
  assert (l4 : 0 < ln 4) by (rewrite <- ln_1; apply ln_increasing; lra).
  assert (eq0 : 0 < e * q) by (apply Rmult_lt_0_compat; lra).
  assert (b4 : 1 <= 4 / b) by (apply (Rmult_le_reg_r b); [lra|]; replace (4 / b * b) with 4 by (field; lra); lra).
  assert (k1 : 0 < e * q / b) by (apply Rdiv_lt_0_compat; lra); assert (k2 : 0 < e / b) by (apply Rdiv_lt_0_compat; lra).
  set (T1 := 4 * ln 4 / (e * q)) in *; assert (T10 : 0 <= T1) by (left; apply Rdiv_lt_0_compat; lra).
  assert (Rate1 : ln 4 <= e * q / b * T1).
  { replace (e * q / b * T1) with (4 / b * ln 4) by (unfold T1; field; lra).
    apply Rle_trans with (1 * ln 4); [lra|apply Rmult_le_compat_r; lra]. }
  assert (Down : forall k z, 0 < k -> z <= 0 -> k * exp z <= k).
  { intros k z Hk Hz; apply exp_le_compat in Hz; rewrite exp_0 in Hz; apply (Rmult_le_compat_l k) in Hz; lra. }
  assert (Half : l 0%nat <= F ^ 2 / 2) by (eapply Rle_trans; [exact Start|apply Down; lra]).
  destruct (nfloor_ex T1 T10) as [n [Hn1 Hn2]].
  destruct (Nat.le_gt_cases T n) as [Early|Late].
  - apply le_INR in Early; assert (y0 : y <= 0).
    { apply (Rmult_le_reg_l (4 / e)); [apply Rdiv_lt_0_compat; lra|]; lra. }
    assert (X : ln 4 + y <= e * q / b * INR T).
    { apply Rle_trans with (e * q / b * (T1 + 4 / e * y)); [|apply Rmult_le_compat_l; lra].
      replace (e * q / b * (T1 + 4 / e * y)) with (e * q / b * T1 + q * (4 / b) * y) by (field; lra).
      assert (Q : q * (4 / b) <= 1).
      { apply (Rmult_le_reg_r b); [lra|]; replace (q * (4 / b) * b) with (4 * q) by (field; lra); lra. }
      assert (0 <= (1 - q * (4 / b)) * - y) by (apply Rmult_le_pos; lra); lra. }
    eapply Rle_trans; [apply First|].
    apply Rle_trans with (exp (- ln 4 + - y) * (F ^ 2 / 2)).
    + apply Rmult_le_compat; [left; apply exp_pos|apply L0|apply exp_le_compat; lra|exact Half].
    + rewrite exp_plus, E4; replace (F ^ 2 / 2) with (4 * (F ^ 2 / 8)) by field; rewrite Ey.
      replace (/ 4 * exp (- y) * (4 * (eps * exp y))) with (eps * (exp (- y) * exp y)) by field.
      rewrite <- exp_plus, Rplus_opp_l, exp_0; lra.
  - set (m := S n); assert (Em : INR m = INR n + 1) by apply S_INR.
    assert (Lm : l m <= F ^ 2 / 8 * exp (- (e / b))).
    { eapply Rle_trans; [apply First|].
      apply Rle_trans with (/ 4 * (F ^ 2 / 2 * exp (- (e / b)))); [|right; field].
      apply Rmult_le_compat; [left; apply exp_pos|apply L0| |exact Start].
      rewrite <- E4; apply exp_le_compat; assert (e * q / b * T1 <= e * q / b * INR m) by (apply Rmult_le_compat_l; lra); lra. }
    assert (Lm' : l m <= F ^ 2 / 8).
    { eapply Rle_trans; [exact Lm|apply Down; lra]. }
    assert (G := Second m Lm' (T - m)%nat); replace (m + (T - m))%nat with T in G by (unfold m; lia).
    assert (Et : INR (T - m) = INR T - INR m) by (apply minus_INR; unfold m; lia).
    assert (t0 := pos_INR (T - m)); eapply Rle_trans; [exact G|].
    destruct (Rle_lt_dec y 0) as [Y|Y].
    + apply Rle_trans with (1 * (eps * exp y)).
      * apply Rmult_le_compat; [left; apply exp_pos|apply L0| |rewrite <- Ey; exact Lm'].
        rewrite <- exp_0; apply exp_le_compat; assert (0 <= e / b * INR (T - m)) by (apply Rmult_le_pos; lra); lra.
      * rewrite Rmult_1_l; apply Down; assumption.
    + apply Rle_trans with (exp (- (e / b) * INR (T - m)) * (F ^ 2 / 8 * exp (- (e / b)))).
      { apply Rmult_le_compat_l; [left; apply exp_pos|exact Lm]. }
      rewrite Ey; replace (exp (- (e / b) * INR (T - m)) * (eps * exp y * exp (- (e / b))))
        with (eps * (exp (- (e / b) * INR (T - m)) * (exp y * exp (- (e / b))))) by ring.
      rewrite <- !exp_plus; apply Down; [exact Heps|].
      assert (Z : y <= e / b * (INR (T - m) + 1)).
      { apply Rle_trans with (e / b * (4 / e * y)); [|apply Rmult_le_compat_l; lra].
        replace (e / b * (4 / e * y)) with (4 / b * y) by (field; lra).
        apply Rle_trans with (1 * y); [lra|apply Rmult_le_compat_r; lra]. }
      lra.
Qed.

(** ** One output *)

Lemma one_output_margin : forall d N dims Phi W c, (1 <= N)%nat -> (1 <= d)%nat -> dims N = 1%nat -> shaped d N dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (1 <= i)%nat -> Phi i j = 0) ->
  frobenius d (residual d N Phi W) <= frobenius d Phi - c -> deficiency_margin d 1 N Phi W c.
Proof.
  intros d N dims Phi W c HN Hd H1 HW HP HM; exists (frobenius d Phi); split; [apply frobenius_nonneg|split; [right|exact HM]].
  split; [|split].
  - intros i j Hi Hj; unfold tr; apply HW; try lia; left; replace (S (N - 1)) with N by lia; lia.
  - intros i j Hi Hj; unfold tr; apply HP; lia.
  - intros x Hx; assert (X0 : dot d x x = x 0%nat * x 0%nat).
    { unfold dot; rewrite (total_truncate d 1) by (try lia; intros j Hj; rewrite (Hx j Hj); ring); simpl; ring. }
    assert (M : forall i, (i < d)%nat -> mv d (tr Phi) x i = x 0%nat * Phi 0%nat i).
    { intros i Hi; unfold mv, dot; rewrite (total_truncate d 1) by (try lia; intros j Hj; rewrite (Hx j Hj); ring).
      unfold tr; simpl; ring. }
    assert (E : inner d Phi Phi = dot d (Phi 0%nat) (Phi 0%nat)).
    { unfold inner; rewrite (total_truncate d 1); [simpl; ring|lia|].
      intros i Hi; apply total_zero; intros j Hj; rewrite HP by lia; ring. }
    rewrite frobenius_square, E, X0, (dot_ext d _ _ (fun i => x 0%nat * Phi 0%nat i) (fun i => x 0%nat * Phi 0%nat i) M M).
    rewrite dot_scal_l, dot_scal_r; right; ring.
Qed.

Lemma layers_later : forall d L Phi eta W n t,
  layers_descent d L Phi eta W (n + t) = layers_descent d L Phi eta (layers_descent d L Phi eta W n) t.
Proof.
  intros d L Phi eta W n t; induction t as [|t IH]; [rewrite Nat.add_0_r; reflexivity|].
  rewrite Nat.add_succ_r; simpl; rewrite IH; reflexivity.
Qed.

Lemma layers_shaped : forall d L dims Phi eta W t, (1 <= L)%nat -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  shaped d L dims (layers_descent d L Phi eta W t).
Proof. intros d L dims Phi eta W t HL HW HP; induction t as [|t IH]; [exact HW|]; apply shape_kept; assumption. Qed.

Lemma falls_exponentially : forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) -> 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W t) <= exp (- (eta * r ^ (2 * L - 2)) * INR t) * loss d L Phi W.
Proof.
  intros d p L Phi W eta delta r s t HL Hp Hr Hs HPhi HM HB Hd He.
  destruct (arora_rate_at_most_one d p L Phi W eta r s HL Hp Hr Hs HPhi HM He) as [_ [_ K]].
  eapply Rle_trans; [apply (arora_descent_rate d p L Phi W eta delta r s); assumption|].
  apply Rmult_le_compat_r; [apply loss_nonneg|apply power_below_exp; exact K].
Qed.

(** f^N is the length of the target, (x f^2)^N that of the start, squared, in the mean. *)
Lemma one_output_descent : forall d N dims Phi W f x eta eps T, (2 <= N)%nat ->
  (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) -> dims N = 1%nat -> shaped d N dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < f -> frobenius d Phi = f ^ N -> 0 < x -> x ^ N <= 1 / 4 -> balanced d N W 0 ->
  frobenius d (residual d N Phi W) <= f ^ N - f ^ N * x ^ N / 2 ->
  0 < eta -> eta * f ^ (2 * N - 2) <= x ^ (4 * N - 2) / (100000 * INR N ^ 3) -> 0 < eps ->
  4 * ln 4 / (eta * f ^ (2 * N - 2) * x ^ (2 * N - 2)) + 4 / (eta * f ^ (2 * N - 2)) * ln ((f ^ N) ^ 2 / (8 * eps)) <= INR T ->
  loss d N Phi (layers_descent d N Phi eta W T) <= eps.
Proof.
  intros d N dims Phi W f x eta eps T HN Hd H1 HW HP Hf HPhi Hx Hx4 HB HM Heta He Heps HT.
  assert (N2 : 2 <= INR N) by (apply (le_INR 2); exact HN).
  assert (N3 : 8 <= INR N ^ 3) by (apply Rle_trans with (2 ^ 3); [lra|apply pow_incr; lra]).
  assert (NN : INR N ^ 2 <= INR N ^ 3) by (apply Rle_pow; [lra|lia]); assert (NN1 : INR N <= INR N ^ 3).
  { rewrite <- (pow_1 (INR N)) at 1; apply Rle_pow; [lra|lia]. }
  assert (x1 : x <= 1) by (destruct N as [|n]; [lia|apply (power_le_inv n); [lra|rewrite pow1; lra]]).
  assert (Small : forall m, (N <= m)%nat -> 0 < x ^ m <= x ^ N).
  { intros m Hm; split; [apply pow_lt; exact Hx|]; replace m with (N + (m - N))%nat by lia; rewrite pow_add.
    rewrite <- (Rmult_1_r (x ^ N)) at 2; apply Rmult_le_compat_l; [apply pow_le; lra|].
    rewrite <- (pow1 (m - N)); apply pow_incr; lra. }
  destruct (power_root (N - 1) 2 ltac:(lra)) as [b [Hb Eb]]; replace (S (N - 1)) with N in Eb by lia.
  assert (b1 : 1 <= b) by (destruct N as [|n]; [lia|apply (power_le_inv n); [exact Hb|rewrite pow1; lra]]).
  assert (b2 : b ^ 2 <= 2).
  { rewrite <- Eb; apply Rle_pow; [exact b1|exact HN]. }
  assert (B4 : b ^ (2 * N - 2) * b ^ 2 = 4).
  { rewrite <- pow_add; replace (2 * N - 2 + 2)%nat with (N + N)%nat by lia; rewrite pow_add, Eb; ring. }
  assert (b20 : 1 <= b ^ 2) by (apply pow_R1_Rle; exact b1); assert (B1 : 1 <= b ^ (2 * N - 2)) by (apply pow_R1_Rle; exact b1).
  assert (B2 : b ^ (2 * N - 2) <= 4).
  { rewrite <- B4; rewrite <- (Rmult_1_r (b ^ (2 * N - 2))) at 1; apply Rmult_le_compat_l; lra. }
  set (B := b ^ (2 * N - 2)) in *; set (P := f ^ (2 * N - 2)) in *; assert (P0 : 0 < P) by (apply pow_lt; exact Hf).
  set (e := eta * P) in *; assert (e0 : 0 < e) by (apply Rmult_lt_0_compat; assumption).
  assert (FN : 0 < f ^ N) by (apply pow_lt; exact Hf); assert (f2 : 0 < f ^ 2) by (apply pow_lt; exact Hf).
  assert (EF : f ^ (2 * N) = P * f ^ 2) by (unfold P; rewrite <- pow_add; f_equal; lia).
  set (Q := 100000 * INR N ^ 3) in *; assert (Q0 : 800000 <= Q) by (unfold Q; lra).
  assert (eQ : e <= x ^ 2 / Q).
  { eapply Rle_trans; [exact He|]; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
    replace (4 * N - 2)%nat with (2 + (4 * N - 4))%nat by lia; rewrite pow_add; rewrite <- (Rmult_1_r (x ^ 2)) at 2.
    apply Rmult_le_compat_l; [apply pow2_ge_0|rewrite <- (pow1 (4 * N - 4)); apply pow_incr; lra]. }
  assert (x20 : 0 < x ^ 2 <= 1) by (split; [apply pow_lt; exact Hx|rewrite <- (pow1 2); apply pow_incr; lra]).
  assert (Step : forall z, x ^ 2 * f ^ 2 / 2 <= z -> 0 <= eta <= z / (24 * INR N * f ^ (2 * N))).
  { intros z Hz; split; [lra|]; apply (Rmult_le_reg_r (24 * INR N * f ^ (2 * N))).
    - rewrite EF; repeat apply Rmult_lt_0_compat; lra.
    - rewrite EF; replace (z / (24 * INR N * (P * f ^ 2)) * (24 * INR N * (P * f ^ 2))) with z by (field; repeat split; lra).
      eapply Rle_trans; [|exact Hz]; replace (eta * (24 * INR N * (P * f ^ 2))) with (f ^ 2 * (e * (24 * INR N))) by (unfold e; ring).
      replace (x ^ 2 * f ^ 2 / 2) with (f ^ 2 * (x ^ 2 / 2)) by field; apply Rmult_le_compat_l; [lra|].
      apply Rle_trans with (x ^ 2 / Q * (24 * INR N)); [apply Rmult_le_compat_r; lra|].
      apply (Rmult_le_reg_r Q); [lra|]; replace (x ^ 2 / Q * (24 * INR N) * Q) with (x ^ 2 * (24 * INR N)) by (field; lra).
      replace (x ^ 2 / 2 * Q) with (x ^ 2 * (Q / 2)) by field; apply Rmult_le_compat_l; [lra|unfold Q; lra]. }
  assert (Cut : forall y, 0 < y -> (y / b) ^ N = y ^ N / 2 /\ (y / b) ^ (2 * N - 2) = y ^ (2 * N - 2) / B /\ y ^ 2 / 2 <= (y / b) ^ 2).
  { intros y Hy; unfold Rdiv; rewrite !Rpow_mult_distr, !pow_inv, Eb; fold B; split; [reflexivity|split; [reflexivity|]].
    apply Rmult_le_compat_l; [apply pow2_ge_0|apply Rinv_le_contravar; lra]. }
  assert (xf : 0 < x * f) by (apply Rmult_lt_0_compat; assumption).
  destruct (Cut (x * f) xf) as [C1 [C2 C3]]; destruct (Cut f Hf) as [D1 [D2 D3]]; rewrite Rpow_mult_distr in C1, C2, C3.
  assert (R1 : 0 < x * f / b) by (apply Rdiv_lt_0_compat; lra); assert (R2 : 0 < f / b) by (apply Rdiv_lt_0_compat; lra).
  assert (Mg : forall V c, shaped d N dims V -> frobenius d (residual d N Phi V) <= f ^ N - c -> deficiency_margin d 1 N Phi V c).
  { intros V c HV HF; apply (one_output_margin d N dims); try assumption; try lia; [specialize (Hd N (le_n N)); lia| |].
    - intros i j Hi Hj Hi1; apply HP; try assumption; left; lia.
    - rewrite HPhi; exact HF. }
  assert (M0 : deficiency_margin d 1 N Phi W ((x * f / b) ^ N)).
  { apply Mg; [exact HW|]; rewrite C1; lra. }
  assert (d1 : (1 <= 1 <= d)%nat) by (specialize (Hd N (le_n N)); lia).
  assert (S1 : 0 <= eta <= (x * f / b) ^ 2 / (24 * INR N * f ^ (2 * N))) by (apply Step; exact C3).
  assert (S2 : 0 <= eta <= (f / b) ^ 2 / (24 * INR N * f ^ (2 * N))).
  { apply Step; eapply Rle_trans; [|exact D3]; unfold Rdiv; apply Rmult_le_compat_r; [lra|].
    rewrite <- (Rmult_1_l (f ^ 2)) at 2; apply Rmult_le_compat_r; lra. }
  assert (NB : 0 < 5 * INR N ^ 2) by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
  assert (Z1 : 0 <= (x * f / b) ^ 2 / (5 * INR N ^ 2)).
  { apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat; exact NB]. }
  apply (two_phase_numbers (fun t => loss d N Phi (layers_descent d N Phi eta W t)) e (x ^ (2 * N - 2)) B (f ^ N) eps T);
    try assumption; try lra.
  - destruct (Small (2 * N - 2)%nat ltac:(lia)); lra.
  - intros t; apply loss_nonneg.
  - intros t; eapply Rle_trans; [apply (falls_exponentially d 1 N Phi W eta 0 (x * f / b) f); assumption|].
    right; simpl layers_descent; do 3 f_equal; rewrite C2; fold P; unfold e; field; lra.
  - intros n Ln t; rewrite layers_later; set (V := layers_descent d N Phi eta W n) in *.
    assert (SV : shaped d N dims V) by (apply layers_shaped; try assumption; lia).
    destruct (margin_energy d 1 N Phi W eta 0 (x * f / b) f n HN d1 R1 Hf HPhi M0 HB Z1 S1) as [En F0].
    assert (HV := balance_drift d N Phi eta W 0 n HB); fold V in En, HV.
    set (G := total n (fun s => gradient_square d N Phi (layers_descent d N Phi eta W s))) in *.
    assert (V0 : 0 <= loss d N Phi V) by apply loss_nonneg.
    assert (L0 : loss d N Phi W <= P * f ^ 2 / 2).
    { rewrite loss_frobenius, <- EF; apply Rmult_le_compat_r; [lra|].
      replace (f ^ (2 * N)) with ((f ^ N) ^ 2) by (rewrite <- pow_mult; f_equal; lia).
      apply pow_incr; split; [apply frobenius_nonneg|exact F0]. }
    eapply Rle_trans; [apply (falls_exponentially d 1 N Phi V eta (0 + eta ^ 2 * G) (f / b) f); try assumption|].
    + apply Mg; [exact SV|]; rewrite D1; apply Rle_trans with (f ^ N / 2); [|lra].
      apply below_by_square; [lra|]; rewrite loss_frobenius in Ln; fold V in Ln; lra.
    + assert (Pf : 0 < P * f ^ 2) by (apply Rmult_lt_0_compat; assumption); assert (Y : eta * G <= P * f ^ 2) by lra; apply (Rmult_le_compat_l eta) in Y; [|lra].
      apply Rle_trans with (e * f ^ 2); [unfold e; lra|].
      apply (Rmult_le_reg_r (5 * INR N ^ 2)); [exact NB|].
      replace ((f / b) ^ 2 / (5 * INR N ^ 2) * (5 * INR N ^ 2)) with ((f / b) ^ 2) by (field; lra).
      eapply Rle_trans; [|exact D3]; replace (e * f ^ 2 * (5 * INR N ^ 2)) with (f ^ 2 * (e * (5 * INR N ^ 2))) by ring.
      unfold Rdiv; apply Rmult_le_compat_l; [lra|].
      apply Rle_trans with (1 / Q * (5 * INR N ^ 2)).
      * apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [exact eQ|]; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|lra].
      * apply (Rmult_le_reg_r Q); [lra|]; replace (1 / Q * (5 * INR N ^ 2) * Q) with (5 * INR N ^ 2) by (field; lra); unfold Q; lra.
    + right; f_equal; f_equal; rewrite D2; fold P; unfold e; field; lra.
  - simpl layers_descent; rewrite loss_frobenius; set (u := x ^ N) in *.
    assert (u0 : 0 < u) by (apply pow_lt; exact Hx).
    assert (eu : e / B <= u).
    { apply Rle_trans with (e / 1); [apply Rmult_le_compat_l; [lra|apply Rinv_le_contravar; lra]|].
      unfold Rdiv; rewrite Rinv_1, Rmult_1_r; eapply Rle_trans; [exact He|].
      destruct (Small (4 * N - 2)%nat ltac:(lia)) as [A1 A2]; fold u in A2.
      apply (Rmult_le_reg_r Q); [lra|]; replace (x ^ (4 * N - 2) / Q * Q) with (x ^ (4 * N - 2)) by (field; lra).
      apply Rle_trans with (u * 1); [lra|apply Rmult_le_compat_l; lra]. }
    assert (Sq : frobenius d (residual d N Phi W) ^ 2 <= (f ^ N * (1 - u / 2)) ^ 2).
    { apply pow_incr; split; [apply frobenius_nonneg|lra]. }
    rewrite Rpow_mult_distr in Sq; assert (U := exp_above_line (- (u / 2))).
    assert (V : (1 - u / 2) ^ 2 <= exp (- (e / B))).
    { apply Rle_trans with (exp (- (u / 2)) ^ 2); [apply pow_incr; lra|].
      simpl; rewrite Rmult_1_r, <- exp_plus; apply exp_le_compat; lra. }
    apply (Rmult_le_compat_l ((f ^ N) ^ 2)) in V; [|apply pow2_ge_0]; lra.
Qed.

(** ** The random start *)

(** The row sigma (w_0, ..., w_(n-1)). *)
Definition random_row (n : nat) (sigma : R) (w : nat -> R) (i j : nat) : R :=
  if (Nat.eqb i 0 && Nat.ltb j n)%bool then sigma * w j else 0.

Lemma random_row_zero : forall n sigma w i j, (1 <= i \/ n <= j)%nat -> random_row n sigma w i j = 0.
Proof.
  intros n sigma w i j H; unfold random_row; destruct (Nat.eqb_spec i 0); destruct (Nat.ltb_spec j n); simpl; try reflexivity; lia.
Qed.

Lemma row_inner : forall d n A B, (1 <= d)%nat -> (n <= d)%nat ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (1 <= i \/ n <= j)%nat -> A i j = 0) -> inner d A B = dot n (A 0%nat) (B 0%nat).
Proof.
  intros d n A B Hd Hn HA; unfold inner; rewrite (total_truncate d 1); [|lia|].
  - simpl; rewrite Rplus_0_l; unfold dot; apply total_truncate; [exact Hn|]; intros j Hj; rewrite HA by lia; ring.
  - intros i Hi; apply total_zero; intros j Hj; rewrite HA by lia; ring.
Qed.

(** The start has the margin c = sigma^2 n/(2 |Phi|) where it is not long and leans to the target. *)
Lemma row_margin : forall d n Phi sigma F w, (1 <= n <= d)%nat -> 0 < sigma -> 0 < F -> frobenius d Phi = F ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (1 <= i \/ n <= j)%nat -> Phi i j = 0) ->
  sigma ^ 2 * INR n <= F ^ 2 -> chi_square n w <= 2 * INR n -> 3 / 2 * (sigma * INR n) <= F * dot n w (fun j => / F * Phi 0%nat j) ->
  frobenius d (msub (random_row n sigma w) Phi) <= F - F * (sigma ^ 2 * INR n / F ^ 2) / 2.
Proof.
  intros d n Phi sigma F w Hn Hs HF HPhi HP Hsmall Hchi Hlean; set (V := random_row n sigma w).
  assert (F2 : 0 < F ^ 2) by (apply pow_lt; exact HF); assert (s2 : 0 < sigma ^ 2) by (apply pow_lt; exact Hs).
  set (c := F * (sigma ^ 2 * INR n / F ^ 2) / 2); assert (Ec : 2 * c * F = sigma ^ 2 * INR n) by (unfold c; field; lra).
  assert (cF : c <= F) by (apply (Rmult_le_reg_r (2 * F)); [lra|]; assert (0 < F * F) by nra; simpl in *; nra).
  assert (ZV : forall i j, (i < d)%nat -> (j < d)%nat -> (1 <= i \/ n <= j)%nat -> V i j = 0) by (intros; apply random_row_zero; assumption).
  assert (Row : forall j, (j < n)%nat -> V 0%nat j = sigma * w j).
  { intros j Hj; unfold V, random_row; simpl; destruct (Nat.ltb_spec j n); [reflexivity|lia]. }
  assert (VV : inner d V V = sigma ^ 2 * chi_square n w).
  { rewrite (row_inner d n V V) by (try lia; exact ZV); unfold chi_square; rewrite <- total_scal; apply total_ext; intros j Hj; rewrite Row by exact Hj; ring. }
  assert (VP : inner d V Phi = sigma * (F * dot n w (fun j => / F * Phi 0%nat j))).
  { assert (D : dot n w (fun j => / F * Phi 0%nat j) = / F * dot n w (Phi 0%nat)) by apply dot_scal_r.
    rewrite (row_inner d n V Phi) by (try lia; exact ZV); rewrite D, <- (Rmult_assoc F), Rinv_r, Rmult_1_l by lra.
    rewrite <- dot_scal_l; apply total_ext; intros j Hj; rewrite Row by exact Hj; reflexivity. }
  apply frobenius_below; [lra|].
  assert (E : inner d (msub V Phi) (msub V Phi) = inner d V V - 2 * inner d V Phi + inner d Phi Phi).
  { replace (msub V Phi) with (madd V (mscal (-1) Phi)) by (pointwise i; pointwise j; unfold madd, mscal, msub; ring).
    rewrite inner_add_l, !inner_add_r, !inner_scal_l, !inner_scal_r, (inner_comm d Phi V); ring. }
  rewrite E, VV, VP, <- (frobenius_square d Phi), HPhi.
  assert (A1 := Rmult_le_compat_l (sigma ^ 2) _ _ (Rlt_le _ _ s2) Hchi); assert (A2 := Rmult_le_compat_l sigma _ _ (Rlt_le _ _ Hs) Hlean).
  assert (0 <= c ^ 2) by apply pow2_ge_0; simpl in *; nra.
Qed.

(** Theorem 2 of Arora, Cohen, Golowich and Hu, with d_0' = 64/(1/2 - p) and every a >= (9/(1/2 - p))^2: f^N = |Phi| and
    r^N = sigma^2 d_0.  The exceptional event is one for all decompositions, all eps and all times. *)
Theorem arora_theorem_2 : forall (p a : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (sigma f r eta : R),
  0 < p < 1 / 2 -> (9 / (1 / 2 - p)) ^ 2 <= a -> (2 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) ->
  dims N = 1%nat -> 64 / (1 / 2 - p) <= INR (dims 0%nat) ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < f -> 0 < r -> frobenius d Phi = f ^ N -> r ^ N = sigma ^ 2 * INR (dims 0%nat) ->
  0 < sigma <= f ^ N / sqrt (a * INR (dims 0%nat) ^ 2) ->
  0 < eta <= r ^ (4 * N - 2) / (100000 * INR N ^ 3 * f ^ (10 * N - 6)) ->
  at_most (normal_weights (dims 0%nat)) (fun w => ~ forall q U V s z eps T,
      decomposition d (dims N) (dims 0%nat) q (random_row (dims 0%nat) sigma w) U V s ->
      (forall i, (i < d)%nat -> 0 <= z i /\ z i ^ N = s i) -> 0 < eps ->
      4 / eta * (ln 4 * (f / r) ^ (2 * N - 2) + / f ^ (2 * N - 2) * ln (f ^ (2 * N) / (8 * eps))) <= INR T ->
      loss d N Phi (layers_descent d N Phi eta (decomposed_layers d N U V z) T) <= eps)
    (1 - p).
Proof.
  intros p a d N dims Phi sigma f r eta [Hp0 Hp] Ha HN Hd H1 Hn HP Hf Hr HPhi Er [Hs Hsig] [Heta He].
  set (n := dims 0%nat) in *; set (g := 1 / 2 - p) in *; assert (g0 : 0 < g) by (unfold g; lra).
  assert (g1 : g < 1 / 2) by (unfold g; lra).
  assert (Hn' := Hd 0%nat (Nat.le_0_l N)); fold n in Hn'; set (F := f ^ N) in *; assert (F0 : 0 < F) by (apply pow_lt; exact Hf).
  assert (Gn : 64 <= g * INR n).
  { apply (Rmult_le_compat_r g) in Hn; [|lra]; replace (64 / g * g) with 64 in Hn by (field; lra); lra. }
  assert (n0 : 128 <= INR n).
  { assert (0 <= (1 / 2 - g) * INR n) by (apply Rmult_le_pos; [lra|apply pos_INR]); lra. }
  (* what sigma is at most *)
  assert (Lean : 9 * (sigma * INR n) <= g * F).
  { assert (Q : 9 / g * INR n <= sqrt (a * INR n ^ 2)).
    { assert (P : 0 <= 9 / g * INR n) by (apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|lra]).
      rewrite <- (sqrt_pow2 _ P), Rpow_mult_distr; apply sqrt_le_1_alt, Rmult_le_compat_r; [apply pow2_ge_0|exact Ha]. }
    assert (P : 0 < 9 / g * INR n) by (apply Rmult_lt_0_compat; [apply Rdiv_lt_0_compat; lra|lra]).
    apply (Rmult_le_compat_r (sqrt (a * INR n ^ 2))) in Hsig; [|lra].
    replace (F / sqrt (a * INR n ^ 2) * sqrt (a * INR n ^ 2)) with F in Hsig by (field; lra).
    assert (X : sigma * (9 / g * INR n) <= F) by (eapply Rle_trans; [apply Rmult_le_compat_l; [lra|exact Q]|exact Hsig]).
    apply (Rmult_le_compat_l g) in X; [|lra]; replace (g * (sigma * (9 / g * INR n))) with (9 * (sigma * INR n)) in X by (field; lra); exact X. }
  assert (sn : 0 < sigma * INR n) by (apply Rmult_lt_0_compat; lra).
  assert (Small : sigma ^ 2 * INR n <= F ^ 2 / 4).
  { assert (Y : sigma * INR n <= F / 2) by (assert (g * F <= 1 / 2 * F) by (apply Rmult_le_compat_r; lra); lra).
    assert (sigma * 1 <= sigma * INR n) by (apply Rmult_le_compat_l; lra).
    replace (sigma ^ 2 * INR n) with (sigma * (sigma * INR n)) by ring; replace (F ^ 2 / 4) with (F / 2 * (F / 2)) by field.
    apply Rmult_le_compat; lra. }
  set (u := fun j => / F * Phi 0%nat j).
  assert (Unit : dot n u u = 1).
  { unfold u; rewrite dot_scal_l, dot_scal_r, <- (row_inner d n Phi Phi), <- frobenius_square, HPhi; [field; lra|lia|lia|].
    intros i j Hi Hj Out; apply HP; try assumption; destruct Out; [left; lia|right; exact H]. }
  assert (Chance := at_most_either _ _ _ _ _ _ (arora_lemma_9 n) (linear_form_below n u (g / 6) Unit ltac:(lra))).
  destruct Chance as [X [VX [X0 [X1 EX]]]]; exists X; split; [exact VX|split; [exact X0|split]].
  2:{ eapply Rle_trans; [exact EX|].
      assert (Tail : exp (- (INR n / 16)) <= g / 4).
      { rewrite exp_Ropp; assert (U := exp_above_line (INR n / 16)).
        apply Rle_trans with (/ (4 / g)); [|right; field; lra]; apply Rinv_le_contravar; [apply Rdiv_lt_0_compat; lra|].
        apply (Rmult_le_reg_r g); [exact g0|]; replace (4 / g * g) with 4 by (field; lra).
        apply Rle_trans with (INR n / 16 * g); [lra|apply Rmult_le_compat_r; lra]. }
      unfold g in *; lra. }
  intros w Bad; apply X1; destruct (Classical_Prop.classic (INR n / 2 <= chi_square n w <= 2 * INR n)) as [Good|Out]; [right|left; exact Out].
  apply Rnot_le_lt; intros Up; apply Bad; clear X VX X0 X1 EX Bad; intros q U V s z eps T D Hz Heps HT.
  assert (Zero : forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ n <= j)%nat -> random_row n sigma w i j = 0).
  { intros i j _ _ H; apply random_row_zero; lia. }
  destruct (arora_procedure_1 d N dims (random_row n sigma w) HN) as [_ Pr]; [|exact Zero|].
  { intros l Hl; specialize (Hd l Hl); rewrite H1; lia. }
  destruct (Pr q U V s z D Hz) as [Chain [Bal Shape]]; clear Pr; set (W := decomposed_layers d N U V z) in *.
  assert (f2 : 0 < f ^ 2) by (apply pow_lt; exact Hf); set (x := r / f ^ 2); assert (x0 : 0 < x) by (apply Rdiv_lt_0_compat; lra).
  assert (Ex : x ^ N = sigma ^ 2 * INR n / F ^ 2).
  { unfold x, Rdiv; rewrite Rpow_mult_distr, Er, pow_inv.
    replace ((f ^ 2) ^ N) with (F ^ 2) by (unfold F; rewrite <- !pow_mult; f_equal; lia); reflexivity. }
  set (P := f ^ (2 * N - 2)) in *; assert (P0 : 0 < P) by (apply pow_lt; exact Hf).
  assert (F2 : 0 < F ^ 2) by (apply pow_lt; exact F0).
  assert (E1 : r = x * f ^ 2) by (unfold x; field; lra).
  assert (Rows : forall i j, (i < d)%nat -> (j < d)%nat -> (1 <= i \/ n <= j)%nat -> Phi i j = 0).
  { intros i j Hi Hj H; apply HP; try assumption; lia. }
  apply (one_output_descent d N dims Phi W f x eta eps T); try assumption.
  - rewrite Ex; apply (Rmult_le_reg_r (F ^ 2)); [exact F2|]; replace (sigma ^ 2 * INR n / F ^ 2 * F ^ 2) with (sigma ^ 2 * INR n) by (field; lra); lra.
  - intros l Hl; apply frobenius_below; [lra|]; right; rewrite pow_i by lia.
    apply total_zero; intros i Hi; apply total_zero; intros j Hj; unfold msub; rewrite (Bal l Hl i j Hi Hj); ring.
  - replace (frobenius d (residual d N Phi W)) with (frobenius d (msub (random_row n sigma w) Phi)).
    + fold F; rewrite Ex; apply row_margin; try assumption; try lra.
      apply Rle_trans with (g / 6 * F); [lra|]; rewrite (Rmult_comm F); apply Rmult_le_compat_r; [lra|exact Up].
    + unfold frobenius; f_equal; apply inner_ext; intros i j Hi Hj; unfold residual, msub; rewrite (Chain i j Hi Hj); reflexivity.
  - fold P; apply (Rmult_le_compat_r P) in He; [|lra]; eapply Rle_trans; [exact He|right].
    assert (N0 : 0 < INR N) by (apply lt_0_INR; lia).
    rewrite E1, Rpow_mult_distr, <- pow_mult.
    replace (f ^ (10 * N - 6)) with (f ^ (2 * (4 * N - 2)) * P) by (unfold P; rewrite <- pow_add; f_equal; lia).
    field; repeat split; try lra; apply pow_nonzero; lra.
  - fold P F; replace (F ^ 2) with (f ^ (2 * N)) by (unfold F; rewrite <- pow_mult; f_equal; lia).
    eapply Rle_trans; [right|exact HT]; unfold Rdiv; rewrite E1, Rpow_mult_distr, pow_inv, Rpow_mult_distr, <- pow_mult.
    replace (f ^ (2 * (2 * N - 2))) with (P * P) by (unfold P; rewrite <- pow_add; f_equal; lia); fold P.
    assert (XP : 0 < x ^ (2 * N - 2)) by (apply pow_lt; exact x0); field; repeat split; lra.
Qed.
