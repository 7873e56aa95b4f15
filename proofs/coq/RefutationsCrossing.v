(** The false variants of Lemmas 15 and 16 as Shamir states them, and of the one-step inequality of his Lemma 13, are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper CrossingPaper.
Open Scope R_scope.

Lemma shamir_lemma_15_printed_at_zero_is_false : ~ (forall c1 c2 c3 c4, 0 <= c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w m,
    (2 <= k)%nat -> assumption_4 c1 c2 c3 c4 k w -> (forall i, (i < k)%nat -> 0 <= w i) ->
    (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
    exists N, INR N <= exp (C * (INR k * ln (INR k))) / Rpower (INR k) (- c) /\
      descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m <= 0).
Proof.
  intros H; destruct (H 0 2 1 1 ltac:(lra) ltac:(lra)) as [c0 H0].
  set (c := Rmax c0 10); assert (c10 : 10 <= c) by apply Rmax_r; destruct (H0 c (Rmax_l _ _)) as [C HC].
  set (w := fun i : nat => INR i + 1).
  destruct (HC 2%nat w 0%nat ltac:(lia)) as [N [_ L]]; try lia.
  - split; [|split].
    + intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; rewrite Rabs_pos_eq; lra.
    + unfold w; simpl; lra.
    + intros i j Hi Hj Ne; replace (Rpower (INR 2) (- (1))) with (1 / 2)
        by (rewrite Rpower_Ropp, Rpower_1 by (simpl; lra); simpl; field).
      destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; unfold w, rest, but; simpl; split;
        unfold Rabs; repeat destruct (Rcase_abs _); lra.
  - intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; lra.
  - intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; lra.
  - set (eta := Rpower (INR 2) (- c)) in *; assert (e0 : 0 < eta) by apply exp_pos.
    assert (e1 : eta <= 1 / 6).
    { destruct (ln_depth 2 ltac:(lia)) as [[L2 _] _]; unfold eta, Rpower; simpl INR.
      apply Rle_trans with (exp (- (5))); [apply exp_le_compat; replace (1 + 1) with 2 by ring; nra|].
      rewrite exp_Ropp; assert (6 <= exp 5) by (assert (X := exp_above_line 5); lra).
      apply Rle_trans with (/ 6); [apply Rinv_le_contravar; lra|lra]. }
    assert (Inv : forall t, 0 < descent (fun p => p + 0) eta 2 w t 0%nat <= 1 /\ 0 < descent (fun p => p + 0) eta 2 w t 1%nat <= 2).
    { induction t as [|t [I1 I2]]; [unfold w; simpl; lra|].
      change (descent (fun p => p + 0) eta 2 w (S t)) with (step (fun p => p + 0) eta 2 (descent (fun p => p + 0) eta 2 w t)).
      set (v := descent (fun p => p + 0) eta 2 w t) in *; unfold step, others, but; simpl.
      set (a := v 0%nat) in *; set (b := v 1%nat) in *.
      replace (a - eta * (1 * a * b + 0) * (1 * 1 * b)) with (a * (1 - eta * (b * b))) by ring.
      replace (b - eta * (1 * a * b + 0) * (1 * a * 1)) with (b * (1 - eta * (a * a))) by ring.
      assert (A : 0 <= a * a <= 1) by nra; assert (B : 0 <= b * b <= 4) by nra.
      assert (Ea : 0 <= eta * (a * a) <= 1 / 6 * 1) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
      assert (Eb : 0 <= eta * (b * b) <= 1 / 6 * 4) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
      split; split; nra. }
    destruct (Inv N) as [I _]; lra.
Qed.

(** ** Why k ln k: sizes b/k^2, (1 + b)/k^2, (2 + b)/k^2, ... satisfy Assumption 4, and their product is below every e^(-C k) *)

Lemma fine_start : forall k b w, (2 <= k)%nat -> 0 <= b <= 1 -> w = (fun i : nat => (INR i + b) / INR k ^ 2) ->
  assumption_4 1 1 1 2 k w /\ (forall i, (i < k)%nat -> 0 <= w i <= / INR k) /\ smallest k 0 w.
Proof.
  intros k b w Hk Hb Ew.
  assert (Ki : 2 <= INR k) by (apply (le_INR 2); exact Hk); assert (K2 : 0 < / INR k ^ 2) by (apply Rinv_0_lt_compat, pow_lt; lra).
  assert (K1 : 0 < / INR k <= 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_le_contravar; lra]).
  assert (W : forall i, (i < k)%nat -> 0 <= w i <= / INR k).
  { intros i Hi; assert (I0 := pos_INR i); assert (I1 : INR i + 1 <= INR k) by (rewrite <- S_INR; apply le_INR; lia); split.
    - rewrite Ew; apply Rmult_le_pos; lra.
    - rewrite Ew; replace (/ INR k) with (INR k * / INR k ^ 2) by (field; lra); apply Rmult_le_compat_r; lra. }
  assert (D : forall i j, w i - w j = (INR i - INR j) * / INR k ^ 2) by (intros; rewrite Ew; field; lra).
  split; [split; [|split]|split; [exact W|split; [apply W; lia|]]].
  - intros i Hi; specialize (W i Hi); rewrite Rabs_pos_eq; lra.
  - apply Rlt_le_trans with 0; [lra|apply product_nonneg; intros i Hi; apply W; exact Hi].
  - intros i j Hi Hj Ne; split.
    + rewrite !(Rabs_pos_eq (w _)) by (apply W; assumption); rewrite D, Rabs_mult, (Rabs_pos_eq (/ _)) by lra.
      rewrite Rpower_Ropp; replace 2 with (INR 2) by (simpl; ring); rewrite Rpower_pow by lra.
      rewrite <- (Rmult_1_l (/ INR k ^ 2)) at 1; apply Rmult_le_compat_r; [lra|].
      destruct (Nat.lt_trichotomy i j) as [L|[L|L]]; [|lia|]; apply le_INR in L; rewrite S_INR in L; unfold Rabs; destruct (Rcase_abs _); lra.
    + rewrite Rabs_pos_eq by (apply rest_nonneg; intros l Hl; apply W; exact Hl); unfold rest; rewrite <- (pow1 k), <- product_const.
      apply product_le; intros l Hl; specialize (W l Hl); unfold but; destruct (Nat.eqb l i); [lra|destruct (Nat.eqb l j); lra].
  - intros i Hi Ne; apply Rminus_gt_0_lt; rewrite D; assert (1 <= INR i) by (apply (le_INR 1); lia).
    apply Rmult_lt_0_compat; [simpl; lra|exact K2].
Qed.

Lemma fine_others : forall k b w, (2 <= k)%nat -> 0 <= b <= 1 -> w = (fun i : nat => (INR i + b) / INR k ^ 2) ->
  0 <= others k w 0 <= exp (- ((INR k - 1) * ln (INR k))).
Proof.
  intros k b w Hk Hb Ew; destruct (fine_start k b w Hk Hb Ew) as [_ [W _]].
  assert (Ki : 2 <= INR k) by (apply (le_INR 2); exact Hk).
  destruct (others_ge k 0 _ (fun _ => / INR k) (fun i Hi _ => W i Hi)) as [O0 O1]; split; [exact O0|].
  rewrite others_const in O1 by lia; eapply Rle_trans; [exact O1|right].
  rewrite <- Rpower_pow by (apply Rinv_0_lt_compat; lra); unfold Rpower; rewrite ln_Rinv, minus_INR by (lra || lia); simpl INR; f_equal; ring.
Qed.

Lemma exp_le_inv : forall x y, exp x <= exp y -> x <= y.
Proof. intros x y H; apply Rnot_lt_le; intros L; apply exp_increasing in L; lra. Qed.

Lemma deep : forall C, exists k, (8 <= k)%nat /\ C * INR k < (INR k - 4) * ln (INR k).
Proof.
  intros C; assert (P := Rabs_pos C); assert (L := Rle_abs C); set (X := exp (2 * Rabs C + 8)).
  destruct (steps_for X) as [k [Hk _]]; [left; apply exp_pos|].
  assert (X8 : 8 < INR k) by (assert (E := exp_above_line (2 * Rabs C + 8)); unfold X in Hk; lra).
  exists k; split; [apply INR_le; simpl; lra|].
  assert (Lk : 2 * Rabs C + 8 <= ln (INR k)).
  { rewrite <- (ln_exp (2 * Rabs C + 8)); apply Rcomplements.ln_le; [apply exp_pos|exact Hk]. }
  apply Rlt_le_trans with (INR k / 2 * (2 * Rabs C + 8)).
  - assert (C * INR k <= Rabs C * INR k) by (apply Rmult_le_compat_r; lra); lra.
  - apply Rmult_le_compat; lra.
Qed.

Lemma shamir_lemma_15_printed_without_log_is_false : ~ (forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w m,
    (2 <= k)%nat -> assumption_4 c1 c2 c3 c4 k w -> (forall i, (i < k)%nat -> 0 <= w i) ->
    (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
    exists N, INR N <= exp (C * INR k) / Rpower (INR k) (- c) /\
      descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m <= 0).
Proof.
  intros H; destruct (H 1 1 1 2 ltac:(lra) ltac:(lra)) as [c0 H0].
  set (c := Rmax c0 1); assert (c10 : 1 <= c) by apply Rmax_r; destruct (H0 c (Rmax_l _ _)) as [C HC].
  destruct (deep C) as [k [Hk Deep]]; assert (Ki : 8 <= INR k) by (replace 8 with (INR 8) by (simpl; ring); apply le_INR; exact Hk).
  assert (ik : / INR k <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  set (w := fun i : nat => (INR i + 1) / INR k ^ 2); set (eta := Rpower (INR k) (- c)) in *.
  destruct (fine_start k 1 w ltac:(lia) ltac:(lra) eq_refl) as [A [W Sm]]; destruct (fine_others k 1 w ltac:(lia) ltac:(lra) eq_refl) as [O0 O1].
  destruct (HC k w 0%nat ltac:(lia) A (fun i Hi => proj1 (W i Hi)) ltac:(lia)) as [N [HN Land]].
  { intros i Hi; destruct (Nat.eq_dec i 0) as [->|Ne]; [lra|left; apply Sm; assumption]. }
  fold eta in HN, Land; assert (e0 : 0 < eta) by apply exp_pos.
  assert (e1 : eta <= 1 / 2).
  { apply Rle_trans with (Rpower (INR k) (- (1))); [apply Rle_Rpower; lra|rewrite Rpower_Ropp, Rpower_1 by lra].
    apply Rle_trans with (/ 2); [apply Rinv_le_contravar; lra|lra]. }
  assert (Pw : 0 <= product k w <= 1).
  { split; [apply product_nonneg; intros i Hi; apply W; exact Hi|rewrite <- (pow1 k), <- product_const; apply product_le].
    intros i Hi; specialize (W i Hi); cbv beta; lra. }
  assert (Re : forall i, (i < k)%nat -> i <> 0%nat -> eta * (product k w - - (1)) * rest k w i 0 <= 1).
  { intros i Hi Ne; destruct A as [_ [_ A3]]; destruct (A3 i 0%nat Hi ltac:(lia) Ne) as [_ R]; assert (R1 := Rle_abs (rest k w i 0)).
    assert (R0 : 0 <= rest k w i 0) by (apply rest_nonneg; intros l Hl; apply W; exact Hl).
    apply Rle_trans with (1 * 1); [|lra]; apply Rmult_le_compat; [apply Rmult_le_pos; lra|exact R0| |lra].
    apply Rle_trans with (1 / 2 * 2); [apply Rmult_le_compat; lra|lra]. }
  set (h := longest k 0 (- (1)) eta w).
  assert (h0 : 0 <= h <= 2 * eta * exp (- ((INR k - 1) * ln (INR k)))).
  { unfold h, longest; split; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact O0]|].
    apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|rewrite (Rmult_comm 2); apply Rmult_le_compat_l; lra]. }
  assert (W0 : w 0%nat = / INR k ^ 2) by (unfold w; simpl; field; lra).
  assert (Slow : forall t, INR t * h < w 0%nat -> later k 0 w (descent (fun p => p + 1) eta k w t) /\
    w 0%nat - INR t * h <= descent (fun p => p + 1) eta k w t 0%nat).
  { induction t as [|t IH]; intros Ht.
    - simpl; split; [|lra]; split; [lra|]; intros i Hi Ne; destruct Sm as [S0 S1]; specialize (S1 i Hi Ne).
      assert (w 0%nat ^ 2 <= w i ^ 2) by (apply pow_incr; lra); lra.
    - rewrite S_INR in Ht; destruct IH as [I1 I2]; [lra|].
      change (descent (fun p => p + 1) eta k w (S t)) with (step (fun p => p + 1) eta k (descent (fun p => p + 1) eta k w t)).
      set (u := descent (fun p => p + 1) eta k w t) in *.
      destruct (crossing_step k 0 (- (1)) eta w u ltac:(lia) ltac:(lra) e0 Sm Re I1 ltac:(lra)) as [S1 [S2 _]]; fold h in S2.
      replace (fun p : R => p - - (1)) with (fun p : R => p + 1) in S1, S2
        by (apply FunctionalExtensionality.functional_extensionality; intros; ring).
      rewrite S_INR; split; [exact S1|lra]. }
  assert (Late : w 0%nat <= INR N * h).
  { destruct (Rle_or_lt (w 0%nat) (INR N * h)) as [Le|Lt]; [exact Le|]; destruct (Slow N Lt) as [_ S2]; lra. }
  set (l := ln (INR k)) in *; assert (El : exp l = INR k) by (apply exp_ln; lra).
  assert (Fin : exp (- (2 * l)) <= exp (C * INR k + l + - ((INR k - 1) * l))).
  { replace (exp (- (2 * l))) with (w 0%nat)
      by (rewrite W0, exp_Ropp; f_equal; replace (2 * l) with (l + l) by ring; rewrite exp_plus, El; ring).
    eapply Rle_trans; [exact Late|]; rewrite !exp_plus, El.
    apply Rle_trans with (exp (C * INR k) / eta * (2 * eta * exp (- ((INR k - 1) * l)))).
    - apply Rmult_le_compat; [apply pos_INR|lra|exact HN|apply h0].
    - replace (exp (C * INR k) / eta * (2 * eta * exp (- ((INR k - 1) * l)))) with (exp (C * INR k) * exp (- ((INR k - 1) * l)) * 2) by (field; lra).
      replace (exp (C * INR k) * INR k * exp (- ((INR k - 1) * l))) with (exp (C * INR k) * exp (- ((INR k - 1) * l)) * INR k) by ring.
      apply Rmult_le_compat_l; [apply Rmult_le_pos; left; apply exp_pos|lra]. }
  apply exp_le_inv in Fin; lra.
Qed.

Lemma shamir_lemma_16_printed_without_log_is_false : ~ (forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w m N,
    (2 <= k)%nat -> assumption_4 c1 c2 c3 c4 k w -> (forall i, (i < k)%nat -> 0 <= w i) ->
    (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
    (forall s, (s < N)%nat -> 0 < descent (fun p => p + c1) (Rpower (INR k) (- c)) k w s m) ->
    descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m <= 0 ->
    - (C * Rpower (INR k) (- c)) <= descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m /\
    descent (fun p => p + c1) (Rpower (INR k) (- c)) k w (S N) m
      <= - Rpower (INR k) (- c) * exp (- (C * INR k))).
Proof.
  intros H; destruct (H 1 1 1 2 ltac:(lra) ltac:(lra)) as [c0 H0]; destruct (H0 c0 (Rle_refl _)) as [C HC].
  destruct (deep C) as [k [Hk Deep]]; assert (Ki : 8 <= INR k) by (replace 8 with (INR 8) by (simpl; ring); apply le_INR; exact Hk).
  set (w := fun i : nat => (INR i + 0) / INR k ^ 2); set (eta := Rpower (INR k) (- c0)) in *; assert (e0 : 0 < eta) by apply exp_pos.
  destruct (fine_start k 0 w ltac:(lia) ltac:(lra) eq_refl) as [A [W Sm]]; destruct (fine_others k 0 w ltac:(lia) ltac:(lra) eq_refl) as [_ O1].
  assert (W0 : w 0%nat = 0) by (unfold w; simpl; field; lra).
  destruct (HC k w 0%nat 0%nat ltac:(lia) A (fun i Hi => proj1 (W i Hi)) ltac:(lia)) as [_ L].
  - intros i Hi; destruct (Nat.eq_dec i 0) as [->|Ne]; [lra|left; apply Sm; assumption].
  - intros; lia.
  - simpl; lra.
  - change (step (fun p => p + 1) eta k w 0%nat <= - eta * exp (- (C * INR k))) in L; unfold step in L.
    rewrite (product_others k w 0) in L by lia; rewrite W0 in L.
    assert (X : exp (- (C * INR k)) <= exp (- ((INR k - 1) * ln (INR k)))).
    { apply (Rmult_le_reg_l eta); [exact e0|]; apply (Rmult_le_compat_l eta) in O1; lra. }
    apply exp_le_inv in X; assert (0 <= ln (INR k)) by (rewrite <- ln_1; apply Rcomplements.ln_le; lra); lra.
Qed.

Lemma shamir_lemma_13_one_step_longer_is_false : ~ (forall delta y w eta,
  0 < delta -> (forall i, (i < 2)%nat -> delta <= w i) -> product 2 w <= y -> 0 <= eta <= 21 / 10 * (delta ^ 2 / (2 * 2 * y ^ 2)) ->
  product 2 (step (fun p => p - y) eta 2 w) <= y /\
  (product 2 (step (fun p => p - y) eta 2 w) - y) ^ 2 / 2 <= (1 - 2 * delta ^ 2 * eta) * ((product 2 w - y) ^ 2 / 2) /\
  forall c, 2 < c -> exists y' w', (forall i, (i < 2)%nat -> 1 <= w' i) /\ product 2 w' < y' /\
    let eta' := c * (1 ^ 2 / (2 * 2 * y' ^ 2)) in
    (1 - 2 * 1 ^ 2 * eta') * ((product 2 w' - y') ^ 2 / 2)
      < (product 2 (step (fun p => p - y') eta' 2 w') - y') ^ 2 / 2).
Proof.
  intros H; destruct (H 1 (101 / 100) (fun _ => 1) (21 / 10 * (1 ^ 2 / (2 * 2 * (101 / 100) ^ 2))) ltac:(lra) ltac:(intros; lra) ltac:(simpl; lra)
    ltac:(split; [simpl; lra|apply Rle_refl])) as [E _].
  unfold step, others, but in E; simpl in E; lra.
Qed.
