(** The width of Theorem 4.1 of Du and Hu, m >= C L max{r kappa^3 p (1 + phi^2), r kappa^3 ln (r/delta), ln L}, pays for all that its
    proof asks for: nets, failures, and the drift of the layers. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Remainder Convergence ChiSquare.
Open Scope R_scope.

(** The maximum, for kappa = sigma^2/tau^2. *)
Definition width_needed (L p r : nat) (sigma tau phi delta : R) : R :=
  Rmax (Rmax (INR r * (sigma ^ 2 / tau ^ 2) ^ 3 * INR p * (1 + phi ^ 2)) (INR r * (sigma ^ 2 / tau ^ 2) ^ 3 * ln (INR r / delta)))
    (ln (INR L)).

(** m, C times as wide as that, for L layers, p outputs and data of rank r. *)
Definition wide_enough (L p r : nat) (m sigma tau phi delta C : R) : Prop :=
  (1 <= L)%nat /\ (1 <= p)%nat /\ (1 <= r)%nat /\ 0 < tau <= sigma /\ 0 < delta < 1 /\ 0 < C /\
  C * INR L * width_needed L p r sigma tau phi delta <= m.

Lemma width_sizes : forall L p r m sigma tau phi delta C, wide_enough L p r m sigma tau phi delta C ->
  1 <= INR L /\ 1 <= INR p /\ 1 <= INR r /\ 1 <= (sigma ^ 2 / tau ^ 2) ^ 3 /\ 0 <= phi ^ 2.
Proof.
  intros L p r m sigma tau phi delta C Wide; assert (Wide' := Wide); destruct Wide' as [HL [Hp [Hr [Hst [Hd [HC Hm]]]]]].
  set (k3 := (sigma ^ 2 / tau ^ 2) ^ 3).
  repeat split; try (apply (le_INR 1); assumption); [|apply pow2_ge_0].
  unfold k3; apply pow_R1_Rle; assert (0 < tau ^ 2) by (apply pow_lt; lra).
  apply (Rmult_le_reg_r (tau ^ 2)); [assumption|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra.
  apply pow_incr; lra.
Qed.

Lemma inverse_delta : forall r delta, (1 <= r)%nat -> 0 < delta < 1 -> 0 <= ln (/ delta) <= ln (INR r / delta).
Proof.
  intros r delta Hr Hd; assert (r1 : 1 <= INR r) by (apply (le_INR 1); exact Hr).
  assert (i1 : 1 < / delta) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
  rewrite <- ln_1; split; apply ln_le; try lra; unfold Rdiv; rewrite <- (Rmult_1_l (/ delta)) at 1; apply Rmult_le_compat_r; lra.
Qed.

(** The failures allowed for the last layer, ln (2/delta), cost little. *)
Lemma output_tail : forall r delta, (1 <= r)%nat -> 0 < delta < 1 -> 0 <= ln (2 / delta) <= 1 + ln (INR r / delta).
Proof.
  intros r delta Hr Hd; destruct (inverse_delta r delta Hr Hd) as [i0 i1]; unfold Rdiv at 1 2.
  rewrite ln_mult by (try apply Rinv_0_lt_compat; lra); assert (E := exp_above_line (ln 2)); rewrite exp_ln in E by lra.
  assert (0 <= ln 2) by (rewrite <- ln_1; apply ln_le; lra); lra.
Qed.

Lemma width_terms : forall L p r m sigma tau phi delta C, wide_enough L p r m sigma tau phi delta C ->
  C * INR L * (INR r * (sigma ^ 2 / tau ^ 2) ^ 3 * INR p * (1 + phi ^ 2)) <= m /\
  C * INR L * (INR r * (sigma ^ 2 / tau ^ 2) ^ 3 * ln (INR r / delta)) <= m /\
  C * INR L * ln (INR L) <= m.
Proof.
  intros L p r m sigma tau phi delta C Wide; assert (Wide' := Wide); destruct Wide' as [HL [Hp [Hr [Hst [Hd [HC Hm]]]]]].
  set (k3 := (sigma ^ 2 / tau ^ 2) ^ 3).
  set (l := ln (INR r / delta)).
  assert (width_sizes := width_sizes L p r m sigma tau phi delta C Wide); fold k3 l in width_sizes.
  destruct width_sizes as [L1 _]; assert (c0 : 0 <= C * INR L) by (apply Rmult_le_pos; lra).
  assert (A1 := Rmax_l (Rmax (INR r * k3 * INR p * (1 + phi ^ 2)) (INR r * k3 * l)) (ln (INR L))).
  assert (A2 := Rmax_r (Rmax (INR r * k3 * INR p * (1 + phi ^ 2)) (INR r * k3 * l)) (ln (INR L))).
  assert (B1 := Rmax_l (INR r * k3 * INR p * (1 + phi ^ 2)) (INR r * k3 * l)).
  assert (B2 := Rmax_r (INR r * k3 * INR p * (1 + phi ^ 2)) (INR r * k3 * l)).
  unfold width_needed in Hm; fold k3 l in Hm.
  repeat split; (eapply Rle_trans; [apply Rmult_le_compat_l; [exact c0|]|exact Hm]); lra.
Qed.

(** C L, C L p and C L r are at most m. *)
Lemma width_nets : forall L p r m sigma tau phi delta C, wide_enough L p r m sigma tau phi delta C ->
  C * INR L <= m /\ C * INR L * INR p <= m /\ C * INR L * INR r <= m /\ C * INR L * ln (INR r / delta) <= m.
Proof.
  intros L p r m sigma tau phi delta C Wide; assert (Wide' := Wide); destruct Wide' as [HL [Hp [Hr [Hst [Hd [HC Hm]]]]]].
  set (k3 := (sigma ^ 2 / tau ^ 2) ^ 3).
  set (l := ln (INR r / delta)).
  assert (width_sizes := width_sizes L p r m sigma tau phi delta C Wide); fold k3 l in width_sizes.
  assert (inverse_delta := inverse_delta r delta Hr Hd); fold k3 l in inverse_delta.
  assert (width_terms := width_terms L p r m sigma tau phi delta C Wide); fold k3 l in width_terms.
  destruct width_sizes as [L1 [p1 [r1 [k1 f0]]]]; destruct width_terms as [T1 [T2 _]]; destruct inverse_delta as [i0 i1].
  assert (c0 : 0 <= C * INR L) by (apply Rmult_le_pos; lra).
  assert (rk : INR r <= INR r * k3) by (rewrite <- (Rmult_1_r (INR r)) at 1; apply Rmult_le_compat_l; lra).
  assert (pf : INR p <= INR p * (1 + phi ^ 2)) by (rewrite <- (Rmult_1_r (INR p)) at 1; apply Rmult_le_compat_l; lra).
  set (a := INR r * k3) in *; set (b := INR p * (1 + phi ^ 2)) in *.
  replace (a * INR p * (1 + phi ^ 2)) with (a * b) in T1 by (unfold b; ring).
  assert (ab : a <= a * b) by (rewrite <- (Rmult_1_r a) at 1; apply Rmult_le_compat_l; lra).
  assert (ba : b <= a * b) by (rewrite <- (Rmult_1_l b) at 1; apply Rmult_le_compat_r; lra).
  assert (al : l <= a * l) by (rewrite <- (Rmult_1_l l) at 1; apply Rmult_le_compat_r; lra).
  assert (Up : forall y, y <= a * b -> C * INR L * y <= m).
  { intros y Hy; eapply Rle_trans; [apply Rmult_le_compat_l; [exact c0|exact Hy]|exact T1]. }
  split; [rewrite <- (Rmult_1_r (C * INR L)); apply Up; lra|split; [apply Up; lra|split; [apply Up; lra|]]].
  eapply Rle_trans; [apply Rmult_le_compat_l; [exact c0|exact al]|exact T2].
Qed.

(** 3 L^2 events fail with a probability of at most delta/2 together. *)
Lemma width_failures : forall L p r m sigma tau phi delta C, wide_enough L p r m sigma tau phi delta C ->
  forall c, 0 < c -> 6 <= c * C -> 3 * INR L ^ 2 * exp (- (c * m / INR L)) <= delta / 2.
Proof.
  intros L p r m sigma tau phi delta C Wide; assert (Wide' := Wide); destruct Wide' as [HL [Hp [Hr [Hst [Hd [HC Hm]]]]]].
  set (l := ln (INR r / delta)).
  assert (width_sizes := width_sizes L p r m sigma tau phi delta C Wide); fold l in width_sizes.
  assert (inverse_delta := inverse_delta r delta Hr Hd); fold l in inverse_delta.
  assert (width_terms := width_terms L p r m sigma tau phi delta C Wide); fold l in width_terms.
  assert (width_nets := width_nets L p r m sigma tau phi delta C Wide); fold l in width_nets.
  intros c Hc HcC; destruct width_sizes as [L1 _]; destruct width_nets as [N1 [_ [_ N4]]]; destruct width_terms as [_ [_ T3]].
  destruct inverse_delta as [i0 i1]; assert (lL : 0 <= ln (INR L)) by (rewrite <- ln_1; apply ln_le; lra).
  assert (Q : forall y, 0 <= y -> C * INR L * y <= m -> 6 * y <= c * m / INR L).
  { intros y Hy H; apply (Rmult_le_reg_r (INR L)); [lra|]; replace (c * m / INR L * INR L) with (c * m) by (field; lra).
    apply Rle_trans with (c * (C * INR L * y)); [|apply Rmult_le_compat_l; lra].
    replace (c * (C * INR L * y)) with (c * C * (INR L * y)) by ring; rewrite Rmult_assoc.
    replace (y * INR L) with (INR L * y) by ring; apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact HcC]. }
  assert (Q1 := Q 1 ltac:(lra) ltac:(lra)); assert (Q2 := Q l ltac:(lra) N4); assert (Q3 := Q _ lL T3).
  assert (l6 : ln 6 <= 2).
  { rewrite <- (ln_exp 2); apply ln_le; [lra|]; replace 2 with (1 + 1) by ring; rewrite exp_plus.
    assert (E : 5 / 2 <= exp 1); [|apply Rle_trans with (5 / 2 * (5 / 2)); [lra|apply Rmult_le_compat; lra]].
    replace 1 with (INR 4 * (1 / 4)) by (simpl; field); rewrite exp_times.
    apply Rle_trans with ((81 / 64) ^ 4); [simpl; lra|]; apply pow_incr; split; [lra|].
    replace (1 / 4) with (1 / 8 + 1 / 8) by field; rewrite exp_plus; assert (E := exp_above_line (1 / 8)).
    apply Rle_trans with ((1 + 1 / 8) * (1 + 1 / 8)); [|apply Rmult_le_compat]; lra. }
  assert (E : exp (- (c * m / INR L)) <= delta / (6 * INR L ^ 2)).
  { apply Rle_trans with (exp (- (ln 6 + 2 * ln (INR L) + ln (/ delta)))); [apply exp_le_compat; lra|].
    right; replace (2 * ln (INR L)) with (ln (INR L) + ln (INR L)) by ring.
    assert (0 < / delta) by (apply Rinv_0_lt_compat; lra).
    rewrite exp_Ropp, !exp_plus, !exp_ln by lra; simpl; field; lra. }
  assert (0 < INR L ^ 2) by (apply pow_lt; lra).
  apply Rle_trans with (3 * INR L ^ 2 * (delta / (6 * INR L ^ 2))); [apply Rmult_le_compat_l; lra|right; field; lra].
Qed.

Lemma exp_twice : forall v, 0 <= v <= 1 / 2 -> exp v - 1 <= 2 * v.
Proof.
  intros v Hv; assert (E := exp_above_line (- v)); assert (P := exp_pos v).
  assert (exp v * exp (- v) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  assert (exp v * (1 + - v) <= exp v * exp (- v)) by (apply Rmult_le_compat_l; lra); nra.
Qed.

(** With the initial error of Proposition 6.5 and middle products of the square G L, the layers do not drift too far. *)
Lemma width_drift : forall L p r m sigma tau phi delta C, wide_enough L p r m sigma tau phi delta C ->
  forall e0 G M s a, 0 <= e0 -> 1 <= G -> 10800000 * G <= C -> M ^ 2 = G * INR L -> 0 <= M -> s ^ 2 = m -> 0 < s ->
  0 < a -> e0 ^ 2 <= 2 * (36 / 25 * ((2 * INR p + 4 * ln (2 / delta)) / INR p) + phi ^ 2) * (INR r * sigma ^ 2) ->
  a * s ^ (L - 1) * sqrt (INR p) = 1 ->
  24 * (a * sigma) * ((1 + 25 / 2 * (a * sigma * s ^ (L - 1)) * e0 / (INR L * (a * tau * s ^ (L - 1)) ^ 2) * M / s) ^ L - 1)
    <= a * tau.
Proof.
  intros L p r m sigma tau phi delta C Wide; assert (Wide' := Wide); destruct Wide' as [HL [Hp [Hr [Hst [Hd [HC Hm]]]]]].
  set (k3 := (sigma ^ 2 / tau ^ 2) ^ 3).
  set (l := ln (INR r / delta)).
  assert (width_sizes := width_sizes L p r m sigma tau phi delta C Wide); fold k3 l in width_sizes.
  assert (inverse_delta := inverse_delta r delta Hr Hd); fold k3 l in inverse_delta.
  assert (width_terms := width_terms L p r m sigma tau phi delta C Wide); fold k3 l in width_terms.
  assert (T := output_tail r delta Hr Hd); fold k3 l in T.
  intros e0 G M s a He HG HGC HM M0 Hs s0 Ha Hee Hal; destruct width_sizes as [L1 [p1 [r1 [k1 f0]]]].
  destruct width_terms as [T1 [T2 _]]; destruct inverse_delta as [i0 i1].
  set (b := s ^ (L - 1)) in *; set (h := sqrt (INR p)) in *.
  assert (hh : h ^ 2 = INR p) by (apply pow2_sqrt; lra); assert (h0 : 0 < h) by (apply sqrt_lt_R0; lra).
  assert (b0 : 0 < b) by (apply pow_lt; exact s0).
  set (y := 25 / 2 * (a * sigma * b) * e0 / (INR L * (a * tau * b) ^ 2) * M / s).
  set (v := 25 / 2 * sigma * h * e0 * M / (tau ^ 2 * s)).
  assert (Ev : INR L * y = v).
  { assert (ab : a * b = / h) by (apply (Rmult_eq_reg_r h); [rewrite Hal, Rinv_l; lra|lra]).
    unfold y, v; replace (a * sigma * b) with (sigma * (a * b)) by ring; replace (a * tau * b) with (tau * (a * b)) by ring.
    rewrite ab; field; lra. }
  assert (t2 : 0 < tau ^ 2) by (apply pow_lt; lra); assert (g2 : 0 < sigma ^ 2) by (apply pow_lt; lra).
  assert (v0 : 0 <= v).
  { unfold v; apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra]. }
  (* p e0^2 <= 2 r sigma^2 (9 p (1 + phi^2) + 6 l) *)
  assert (E1 : INR p * e0 ^ 2 <= 2 * (INR r * sigma ^ 2) * (9 * (INR p * (1 + phi ^ 2)) + 6 * l)).
  { apply Rle_trans with (INR p * (2 * (36 / 25 * ((2 * INR p + 4 * ln (2 / delta)) / INR p) + phi ^ 2) * (INR r * sigma ^ 2)));
      [apply Rmult_le_compat_l; lra|].
    replace (INR p * (2 * (36 / 25 * ((2 * INR p + 4 * ln (2 / delta)) / INR p) + phi ^ 2) * (INR r * sigma ^ 2)))
      with (2 * (INR r * sigma ^ 2) * (36 / 25 * (2 * INR p + 4 * ln (2 / delta)) + phi ^ 2 * INR p)) by (field; lra).
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra]|].
    assert (0 <= phi ^ 2 * INR p) by (apply Rmult_le_pos; lra); lra. }
  assert (E2 : C * INR L * (k3 * (INR p * e0 ^ 2)) <= 30 * sigma ^ 2 * m).
  { apply Rle_trans with (C * INR L * (k3 * (2 * (INR r * sigma ^ 2) * (9 * (INR p * (1 + phi ^ 2)) + 6 * l)))).
    - apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra].
    - replace (C * INR L * (k3 * (2 * (INR r * sigma ^ 2) * (9 * (INR p * (1 + phi ^ 2)) + 6 * l))))
        with (sigma ^ 2 * (18 * (C * INR L * (INR r * k3 * INR p * (1 + phi ^ 2))) + 12 * (C * INR L * (INR r * k3 * l)))) by ring.
      replace (30 * sigma ^ 2 * m) with (sigma ^ 2 * (30 * m)) by ring; apply Rmult_le_compat_l; lra. }
  assert (E3 : v <= tau / (48 * sigma)).
  { apply below_by_square; [left; apply Rdiv_lt_0_compat; lra|].
    assert (s2 : 0 < m) by (rewrite <- Hs; apply pow_lt; exact s0).
    replace (v ^ 2) with (625 / 4 * (sigma ^ 2 * (INR p * e0 ^ 2) * (G * INR L)) / (tau ^ 4 * m)).
    2:{ unfold v; rewrite <- HM, <- hh, <- Hs; field; lra. }
    assert (t4 : 0 < tau ^ 4) by (apply pow_lt; lra).
    apply (Rmult_le_reg_r (tau ^ 4 * m * (2304 * sigma ^ 4 / tau ^ 6))).
    { apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; assumption|]; apply Rdiv_lt_0_compat; [|apply pow_lt; lra].
      apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]. }
    replace (625 / 4 * (sigma ^ 2 * (INR p * e0 ^ 2) * (G * INR L)) / (tau ^ 4 * m) * (tau ^ 4 * m * (2304 * sigma ^ 4 / tau ^ 6)))
      with (360000 * G * (INR L * (k3 * (INR p * e0 ^ 2)))) by (unfold k3; field; lra).
    replace ((tau / (48 * sigma)) ^ 2 * (tau ^ 4 * m * (2304 * sigma ^ 4 / tau ^ 6))) with (sigma ^ 2 * m) by (field; lra).
    set (z := INR L * (k3 * (INR p * e0 ^ 2))) in *; rewrite Rmult_assoc in E2; fold z in E2.
    assert (z0 : 0 <= z).
    { apply Rmult_le_pos; [lra|apply Rmult_le_pos; [lra|apply Rmult_le_pos; [lra|apply pow2_ge_0]]]. }
    assert (10800000 * G * z <= C * z) by (apply Rmult_le_compat_r; lra); lra. }
  assert (Small : tau / (48 * sigma) <= 1 / 48).
  { apply (Rmult_le_reg_r (48 * sigma)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
  assert (y0 : 0 <= y) by (apply (Rmult_le_reg_l (INR L)); [lra|rewrite Rmult_0_r, Ev; exact v0]).
  assert (E4 : (1 + y) ^ L - 1 <= 2 * v).
  { eapply Rle_trans; [|apply exp_twice; lra]; rewrite <- Ev, exp_times; apply Rplus_le_compat_r, pow_incr; split; [lra|].
    apply exp_above_line. }
  apply Rle_trans with (24 * (a * sigma) * (2 * (tau / (48 * sigma)))).
  - apply Rmult_le_compat_l; [apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra]|lra].
  - right; field; lra.
Qed.

