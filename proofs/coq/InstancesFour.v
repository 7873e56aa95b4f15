(** Instances, continued: Theorem 4 of Shamir and its lemmas. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper InstancesSteps.
Open Scope R_scope.

(** Two weights, the first of them x and the second z. *)
Definition duo (x z : R) (i : nat) : R := match i with 0%nat => x | _ => z end.

Lemma duo_rest : forall x z, rest 2 (duo x z) 1 0 = 1.
Proof. intros; unfold rest, but, duo; simpl; ring. Qed.

Lemma duo_sizes : forall x z, 0 <= x -> 0 <= z -> sizes (duo x z) = duo x z.
Proof.
  intros x z Hx Hz; apply FunctionalExtensionality.functional_extensionality; intros [|i]; unfold sizes, duo;
    apply Rabs_pos_eq; assumption.
Qed.

Ltac second := let i := fresh "i" in intros i ? ?; destruct i as [|[|i]]; [lia| |lia].

Lemma shamir_lemma_13_no_delta_instance :
  exists (k m : nat) (gamma y B eta : R) (w : nat -> R), (2 <= k)%nat /\ (m < k)%nat /\ 0 < gamma /\ 0 < y /\
    0 < eta /\ landed k m gamma w /\ product k w <= y /\ others k w m <= B /\
    eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1.
Proof.
  exists 2%nat, 0%nat, 1, 1, 1, (1 / 2), (duo 0 1); unfold landed, others, but, duo; parts; try lia; simpl; try lra.
  second; lra.
Qed.

Lemma shamir_lemma_15_instance :
  exists (k m : nat) (y eta : R) (w : nat -> R) (N1 : nat), (m < k)%nat /\ y < 0 /\ 0 < eta /\ smallest k m w /\
    (forall i : nat, (i < k)%nat -> i <> m -> eta * (product k w - y) * rest k w i m <= 1) /\
    w m <= INR N1 * (eta * - y * gaps k m 0 w).
Proof.
  exists 2%nat, 0%nat, (-1), (1 / 4), (duo 1 2), 4%nat; unfold smallest, gaps, others; parts; try lia; simpl; try lra.
  - second; simpl; lra.
  - second; rewrite duo_rest; simpl; lra.
  - unfold but; simpl; lra.
Qed.

(** One step from (1/8, 1) to (-3/8, 15/16), with h P = |y|/2, the border. *)
Lemma shamir_lemma_16_instance :
  exists (k m : nat) (y eta : R) (w : nat -> R) (N : nat), (m < k)%nat /\ y < 0 /\ 0 < eta /\ smallest k m w /\
    (forall i : nat, (i < k)%nat -> i <> m -> longest k m y eta w <= w i - w m) /\
    longest k m y eta w * others k w m <= - y / 2 /\ later k m w (descent (fun p : R => p - y) eta k w N) /\
    - longest k m y eta w <= descent (fun p : R => p - y) eta k w N m <= 0.
Proof.
  exists 2%nat, 0%nat, (-1), (4 / 9), (duo (1 / 8) 1), 1%nat.
  unfold smallest, longest, others, but, descent, step; parts; try lia; simpl; try lra.
  - second; simpl; lra.
  - second; simpl; lra.
  - split; [unfold others, but; simpl; lra|]; second; unfold others, but; simpl; lra.
  - unfold others, but; simpl; lra.
  - unfold others, but; simpl; lra.
Qed.

Lemma ln_two : ln 2 <= 1.
Proof. assert (E := exp_above_line (ln 2)); rewrite exp_ln in E by lra; lra. Qed.

(** From (1/8, 1): two steps across zero, and fifteen to the target. *)
Lemma shamir_theorem_4_instance :
  exists (k m : nat) (y eta : R) (w : nat -> R) (A B gamma eps : R) (N1 N2 n : nat), (2 <= k)%nat /\ (m < k)%nat /\
    y < 0 /\ 0 < eta /\ 0 < eps /\ y < product k w /\ smallest k m (sizes w) /\ 0 < gamma /\
    (forall i : nat, (i < k)%nat -> i <> m -> gamma <= sizes w i - sizes w m - longest k m y eta (sizes w)) /\
    longest k m y eta (sizes w) * others k (sizes w) m <= - y /\
    (forall i : nat, (i < k)%nat -> i <> m -> eta * (product k (sizes w) - y) * rest k (sizes w) i m <= 1) /\
    room k m (- y) A B (fun i : nat => sizes w i ^ 2 - sizes w m ^ 2) /\
    eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 /\
    sizes w m <= INR N1 * (eta * - y * gaps k m 0 (sizes w)) /\
    ln (- y / sqrt (2 * eps)) <= INR N2 * (eta * gaps k m (longest k m y eta (sizes w)) (sizes w) ^ 2) /\
    (N1 + N2 <= n)%nat.
Proof.
  exists 2%nat, 0%nat, (-1), (1 / 8), (duo (1 / 8) 1), 1, (3 / 2), (47 / 64), (1 / 8), 2%nat, 15%nat, 17%nat.
  rewrite duo_sizes by lra; unfold smallest, longest, gaps, room, others, but; parts; try lia; simpl; try lra.
  - second; simpl; lra.
  - second; simpl; lra.
  - second; rewrite duo_rest; simpl; lra.
  - replace (1 * 1 * _) with (sqrt (127 / 64)) by (rewrite Rmult_1_l, Rmult_1_l; f_equal; lra).
    apply Rsqr_incr_0_var; [unfold Rsqr; rewrite sqrt_sqrt; lra|lra].
  - replace (2 * (1 / 8)) with ((1 / 2) * (1 / 2)) by field; rewrite sqrt_square by lra.
    replace (- (-1) / (1 / 2)) with 2 by field; assert (L := ln_two); lra.
Qed.

(** The weights 1/k, 2/k, ..., 1 satisfy Assumption 4 at every depth. *)
Lemma staircase : forall k, (2 <= k)%nat -> assumption_4 1 1 1 1 k (fun i => INR (S i) / INR k).
Proof.
  intros k Hk.
  assert (K0 : 0 < INR k) by (apply lt_0_INR; lia).
  assert (W : forall i, (i < k)%nat -> 0 < INR (S i) / INR k <= 1).
  { intros i Hi; split; [apply Rdiv_lt_0_compat; [apply lt_0_INR; lia|exact K0]|].
    apply (Rmult_le_reg_r (INR k)); [exact K0|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_l, Rmult_1_r by lra.
    apply le_INR; lia. }
  split; [|split].
  - intros i Hi; specialize (W i Hi); rewrite Rabs_pos_eq; lra.
  - assert (0 < product k (fun i => INR (S i) / INR k)) by (apply product_pos; intros; apply W; assumption); lra.
  - intros i j Hi Hj N; split.
    + rewrite !(Rabs_pos_eq (_ / _)) by (left; apply W; assumption).
      rewrite Rpower_Ropp, Rpower_1 by exact K0.
      replace (INR (S i) / INR k - INR (S j) / INR k) with ((INR (S i) - INR (S j)) * / INR k) by (unfold Rdiv; ring).
      rewrite Rabs_mult, (Rabs_pos_eq (/ _)) by (left; apply Rinv_0_lt_compat; exact K0).
      rewrite <- (Rmult_1_l (/ INR k)) at 1; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact K0|].
      destruct (le_lt_dec i j).
      * rewrite Rabs_left1; assert (INR (S i) + 1 <= INR (S j)) by (rewrite <- S_INR; apply le_INR; lia); lra.
      * rewrite Rabs_pos_eq; assert (INR (S j) + 1 <= INR (S i)) by (rewrite <- S_INR; apply le_INR; lia); lra.
    + rewrite Rabs_pos_eq by (apply rest_nonneg; intros; left; apply W; assumption).
      unfold rest; rewrite <- (pow1 k), <- product_const; apply product_le; intros l Hl; unfold but.
      destruct (Nat.eqb l i); [lra|destruct (Nat.eqb l j); [lra|specialize (W l Hl); lra]].
Qed.

Lemma shamir_theorem_4_exponential_instance :
  exists (c1 c2 c3 c4 c M : R) (k : nat) (w : nat -> R) (eps : R) (n : nat), (2 <= k)%nat /\ 0 < c1 <= M /\ c2 <= M /\
    c3 <= M /\ 1 <= M /\ 0 <= c4 /\ 0 < eps /\ assumption_4 c1 c2 c3 c4 k w /\
    2 * c4 + 2 + ln (20 * M ^ 8 / c1) / ln 2 <= c /\
    exp ((c + 2 * c4 + M / c1 + M + 4) * (INR k * ln (INR k))) * Rmax 1 (ln (1 / eps)) <= INR n.
Proof.
  set (c := 2 * 1 + 2 + ln (20 * 1 ^ 8 / 1) / ln 2).
  set (bound := exp ((c + 2 * 1 + 1 / 1 + 1 + 4) * (INR 3 * ln (INR 3))) * Rmax 1 (ln (1 / (1 / 2)))).
  destruct (nfloor_ex bound) as [n Hn].
  { apply Rmult_le_pos; [left; apply exp_pos|]; assert (H := Rmax_l 1 (ln (1 / (1 / 2)))); lra. }
  exists 1, 1, 1, 1, c, 1, 3%nat, (fun i => INR (S i) / INR 3), (1 / 2), (S n); fold bound.
  parts; try lia; try lra; [apply staircase; lia|unfold c; lra|rewrite S_INR; lra].
Qed.

Lemma shamir_theorem_4_printed_instance : exists c1 _ _ c4 : R, 0 < c1 /\ 0 <= c4.
Proof. exists 1, 1, 1, 1; lra. Qed.
