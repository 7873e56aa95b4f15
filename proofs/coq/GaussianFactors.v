(** The factors that bound one Gaussian layer: with z = 1 - |A x|^2/(m |x|^2), a function that is at least 1 where |z| is above
    2/5, one that is at least (1 - z)^(-s) elsewhere, and their means. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder Convergence RangeNumbers AnyLaw Independent NormalLaw ChiSquare GaussianLayers IndependentBlocks GaussianRow GaussianProduct.
Open Scope R_scope.

(** At least 1 where |z| > 2/5. *)
Definition stray (m : nat) (z : R) : R := exp (- (INR m / 25)) * (exp (INR m / 10 * z) + exp (- (INR m / 10) * z)).

Lemma stray_pos : forall m z, 0 < stray m z.
Proof.
  intros m z; unfold stray; assert (A := exp_pos (INR m / 10 * z)); assert (B := exp_pos (- (INR m / 10) * z)).
  apply Rmult_lt_0_compat; [apply exp_pos|lra].
Qed.

Lemma stray_above : forall m z, 2 / 5 < Rabs z -> 1 <= stray m z.
Proof.
  intros m z Hz; assert (m0 := pos_INR m); unfold stray; rewrite Rmult_plus_distr_l, <- !exp_plus.
  assert (A := exp_pos (- (INR m / 25) + INR m / 10 * z)); assert (B := exp_pos (- (INR m / 25) + - (INR m / 10) * z)).
  assert (U := exp_above_line (- (INR m / 25) + INR m / 10 * z)); assert (V := exp_above_line (- (INR m / 25) + - (INR m / 10) * z)).
  destruct (Rcase_abs z) as [N|P]; [rewrite Rabs_left in Hz by exact N|rewrite Rabs_right in Hz by exact P].
  - assert (0 <= INR m * (- z - 2 / 5)) by (apply Rmult_le_pos; lra); lra.
  - assert (0 <= INR m * (z - 2 / 5)) by (apply Rmult_le_pos; lra); lra.
Qed.

Lemma stray_mean : forall m, (1 <= m)%nat -> exists e, layer_mean m (stray m) e /\ 0 < e <= 2 * exp (- (INR m / 50)).
Proof.
  intros m Hm; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  assert (T : forall t, Rabs t = INR m / 10 -> layer_mean m (fun z => exp (t * z)) (shortfall_moment m t) /\
    0 < shortfall_moment m t <= exp (INR m / 50)).
  { intros t Ht; destruct (shortfall_moment_below m t Hm ltac:(rewrite Ht; lra)) as [P [Q1 Q2]].
    split; [apply layer_mean_exp; assumption|split; [exact Q1|]]; eapply Rle_trans; [exact Q2|right; f_equal].
    rewrite <- pow2_abs, Ht; field; lra. }
  destruct (T (INR m / 10)) as [M1 [P1 B1]]; [rewrite Rabs_pos_eq; lra|].
  destruct (T (- (INR m / 10))) as [M2 [P2 B2]]; [rewrite Rabs_Ropp, Rabs_pos_eq; lra|].
  exists (exp (- (INR m / 25)) * (shortfall_moment m (INR m / 10) + shortfall_moment m (- (INR m / 10)))); split; [|split].
  - apply layer_mean_scal, layer_mean_plus; assumption.
  - apply Rmult_lt_0_compat; [apply exp_pos|lra].
  - replace (2 * exp (- (INR m / 50))) with (exp (- (INR m / 25)) * (2 * exp (INR m / 50))).
    + apply Rmult_le_compat_l; [left; apply exp_pos|lra].
    + replace (- (INR m / 50)) with (- (INR m / 25) + INR m / 50) by field; rewrite exp_plus; ring.
Qed.

(** At least e^(s (z + z^2)) where |z| <= 2/5: z^2 <= (e^(r z) + e^(-r z))/m with r^2 = m, and e^(s z^2) <= 1 + s z^2 e^(s |z|/2). *)
Definition tilt (m : nat) (s z : R) : R :=
  exp (s * z) + s / INR m * (exp ((3 / 2 * s + sqrt (INR m)) * z) + exp ((3 / 2 * s - sqrt (INR m)) * z)
    + (exp ((s / 2 + sqrt (INR m)) * z) + exp ((s / 2 - sqrt (INR m)) * z))).

Lemma two_exponentials : forall x, x ^ 2 <= exp x + exp (- x).
Proof.
  intros x; assert (H : forall u, 0 <= u -> u ^ 2 <= exp u).
  { intros u Hu; assert (L := exp_above_line (u / 4)); assert (P := exp_pos (u / 4)).
    assert (E : u <= exp (u / 4) ^ 2).
    { apply Rle_trans with ((1 + u / 4) ^ 2); [assert (0 <= (1 - u / 4) ^ 2) by apply pow2_ge_0; lra|apply pow_incr; lra]. }
    replace (exp u) with ((exp (u / 4) ^ 2) ^ 2); [apply pow_incr; lra|].
    simpl; rewrite !Rmult_1_r, <- !exp_plus; f_equal; field. }
  assert (A := exp_pos x); assert (B := exp_pos (- x)).
  destruct (Rle_lt_dec 0 x) as [P|N]; [assert (K := H x P); lra|].
  assert (K := H (- x) ltac:(lra)); replace ((- x) ^ 2) with (x ^ 2) in K by ring; lra.
Qed.

Lemma tilt_pos : forall m s z, 0 <= s -> 0 < tilt m s z.
Proof.
  intros m s z Hs; unfold tilt; assert (A := exp_pos (s * z)).
  assert (0 <= s / INR m * (exp ((3 / 2 * s + sqrt (INR m)) * z) + exp ((3 / 2 * s - sqrt (INR m)) * z)
    + (exp ((s / 2 + sqrt (INR m)) * z) + exp ((s / 2 - sqrt (INR m)) * z)))); [|lra].
  apply Rmult_le_pos.
  - destruct m as [|m]; [simpl; unfold Rdiv; rewrite RIneq.Rinv_0; lra|].
    apply Rmult_le_pos; [exact Hs|left; apply Rinv_0_lt_compat, lt_0_INR; lia].
  - repeat apply Rplus_le_le_0_compat; left; apply exp_pos.
Qed.

Lemma tilt_above : forall m s z, (1 <= m)%nat -> 0 <= s -> Rabs z <= 2 / 5 -> exp (s * (z + z ^ 2)) <= tilt m s z.
Proof.
  intros m s z Hm Hs Hz; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); set (r := sqrt (INR m)).
  assert (rr : r ^ 2 = INR m) by (unfold r; rewrite pow2_sqrt; lra).
  set (u := s * z ^ 2); assert (z2 : 0 <= z ^ 2) by apply pow2_ge_0; assert (u0 : 0 <= u) by (apply Rmult_le_pos; assumption).
  (* e^u <= 1 + u e^u *)
  assert (E1 : exp u <= 1 + u * exp u).
  { assert (L := exp_above_line (- u)); assert (P := exp_pos u).
    assert (K : exp u * (1 - u) <= exp u * exp (- u)) by (apply Rmult_le_compat_l; lra).
    rewrite <- exp_plus, Rplus_opp_r, exp_0 in K; lra. }
  assert (E2 : exp u <= exp (s / 2 * z) + exp (- (s / 2) * z)).
  { assert (A := exp_pos (s / 2 * z)); assert (B := exp_pos (- (s / 2) * z)); apply Rabs_le_between in Hz.
    destruct (Rle_lt_dec 0 z) as [P|N].
    - assert (exp u <= exp (s / 2 * z)); [|lra]; apply exp_le_compat; unfold u.
      assert (0 <= s * (z * (1 / 2 - z))) by (apply Rmult_le_pos; [exact Hs|apply Rmult_le_pos; lra]); lra.
    - assert (exp u <= exp (- (s / 2) * z)); [|lra]; apply exp_le_compat; unfold u.
      assert (0 <= s * (- z * (1 / 2 + z))) by (apply Rmult_le_pos; [exact Hs|apply Rmult_le_pos; lra]); lra. }
  assert (E3 : z ^ 2 <= / INR m * (exp (r * z) + exp (- (r * z)))).
  { apply (Rmult_le_reg_l (INR m)); [exact m0|]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
    replace (INR m * z ^ 2) with ((r * z) ^ 2) by (rewrite Rpow_mult_distr, rr; reflexivity); apply two_exponentials. }
  rewrite Rmult_plus_distr_l, exp_plus; fold u.
  apply Rle_trans with (exp (s * z) * (1 + s * (/ INR m * (exp (r * z) + exp (- (r * z)))) * (exp (s / 2 * z) + exp (- (s / 2) * z)))).
  - apply Rmult_le_compat_l; [left; apply exp_pos|]; eapply Rle_trans; [exact E1|]; apply Rplus_le_compat_l.
    apply Rmult_le_compat; [exact u0|left; apply exp_pos|unfold u; apply Rmult_le_compat_l; [exact Hs|exact E3]|exact E2].
  - right; unfold tilt; fold r.
    replace ((3 / 2 * s + r) * z) with (s * z + (s / 2 * z + r * z)) by field.
    replace ((3 / 2 * s - r) * z) with (s * z + (s / 2 * z + - (r * z))) by field.
    replace ((s / 2 + r) * z) with (s * z + (- (s / 2) * z + r * z)) by field.
    replace ((s / 2 - r) * z) with (s * z + (- (s / 2) * z + - (r * z))) by field.
    rewrite !exp_plus; field; lra.
Qed.

Lemma exp_four : exp 4 <= 81.
Proof.
  replace 4 with (1 + 1 + (1 + 1)) by ring; rewrite !exp_plus; assert (E := exp_le_3); assert (P := exp_pos 1).
  assert (exp 1 * exp 1 <= 3 * 3) by (apply Rmult_le_compat; lra).
  assert (exp 1 * exp 1 * (exp 1 * exp 1) <= 3 * 3 * (3 * 3)); [|lra]; apply Rmult_le_compat; nra.
Qed.

(** Its mean is at most e^(9 s^2/m + 324 s/m). *)
Lemma tilt_mean : forall m s, (1 <= m)%nat -> 0 <= s -> 5 * (3 / 2 * s + sqrt (INR m)) <= INR m ->
  exists e, layer_mean m (tilt m s) e /\ 0 < e <= exp ((9 * s ^ 2 + 324 * s) / INR m).
Proof.
  intros m s Hm Hs Hw; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); set (r := sqrt (INR m)) in *.
  assert (rr : r ^ 2 = INR m) by (unfold r; rewrite pow2_sqrt; lra); assert (r0 : 0 <= r) by apply sqrt_pos.
  assert (T : forall t, Rabs t <= 3 / 2 * s + r -> layer_mean m (fun z => exp (t * z)) (shortfall_moment m t) /\
    0 < shortfall_moment m t <= 81 * exp (9 * s ^ 2 / INR m)).
  { intros t Ht; destruct (shortfall_moment_below m t Hm ltac:(lra)) as [P [Q1 Q2]].
    split; [apply layer_mean_exp; assumption|split; [exact Q1|]]; eapply Rle_trans; [exact Q2|].
    apply Rle_trans with (exp (4 + 9 * s ^ 2 / INR m)).
    - apply exp_le_compat; apply (Rmult_le_reg_r (INR m)); [exact m0|].
      replace (2 * t ^ 2 / INR m * INR m) with (2 * t ^ 2) by (field; lra).
      replace ((4 + 9 * s ^ 2 / INR m) * INR m) with (4 * INR m + 9 * s ^ 2) by (field; lra).
      rewrite <- rr, <- (pow2_abs t); assert (Rabs t ^ 2 <= (3 / 2 * s + r) ^ 2) by (apply pow_incr; split; [apply Rabs_pos|exact Ht]).
      assert (0 <= (3 / 2 * s - r) ^ 2) by apply pow2_ge_0; lra.
    - rewrite exp_plus; apply Rmult_le_compat_r; [left; apply exp_pos|apply exp_four]. }
  destruct (shortfall_moment_below m s Hm ltac:(rewrite Rabs_pos_eq; lra)) as [P0 [Q0 B0]].
  assert (M0 := layer_mean_exp m s Hm P0).
  destruct (T (3 / 2 * s + r)) as [M1 [Q1 B1]]; [rewrite Rabs_pos_eq; lra|].
  destruct (T (3 / 2 * s - r)) as [M2 [Q2 B2]]; [apply Rabs_le_between; lra|].
  destruct (T (s / 2 + r)) as [M3 [Q3 B3]]; [rewrite Rabs_pos_eq; lra|].
  destruct (T (s / 2 - r)) as [M4 [Q4 B4]]; [apply Rabs_le_between; lra|].
  assert (q0 : 0 <= s / INR m) by (apply Rmult_le_pos; [exact Hs|left; apply Rinv_0_lt_compat; exact m0]).
  eexists; split; [|split].
  - apply layer_mean_plus; [exact M0|]; apply layer_mean_scal.
    apply layer_mean_plus; apply layer_mean_plus; eassumption.
  - apply Rplus_lt_le_0_compat; [exact Q0|apply Rmult_le_pos; lra].
  - set (E := exp (9 * s ^ 2 / INR m)) in *; assert (E0 : 0 < E) by apply exp_pos.
    assert (B5 : shortfall_moment m s <= E).
    { eapply Rle_trans; [exact B0|]; apply exp_le_compat; unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact m0|].
      assert (0 <= s ^ 2) by apply pow2_ge_0; lra. }
    apply Rle_trans with (E + s / INR m * (324 * E)); [apply Rplus_le_compat; [exact B5|apply Rmult_le_compat_l; lra]|].
    replace ((9 * s ^ 2 + 324 * s) / INR m) with (9 * s ^ 2 / INR m + 324 * (s / INR m)) by (field; lra).
    rewrite exp_plus; fold E; assert (L := exp_above_line (324 * (s / INR m))).
    replace (E + s / INR m * (324 * E)) with (E * (1 + 324 * (s / INR m))) by ring; apply Rmult_le_compat_l; lra.
Qed.
