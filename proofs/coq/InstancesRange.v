(** Instances, continued: the exact range of Lemma 13, at 2.95 times the printed step size. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry Convergence RangeNumbers Range RangeSharp InstancesSteps.
Open Scope R_scope.

(** 59/40 - 1 <= e^(-59/80): 2 * 59/40 = 2.95. *)
Lemma near_the_end : 59 / 40 - 1 <= exp (- (59 / 40 / 2)).
Proof.
  assert (E := exp_minus_third (59 / 320) ltac:(lra)).
  assert (L : 8315 / 10000 <= exp (- (59 / 320))) by lra.
  replace (- (59 / 40 / 2)) with (- (59 / 320) + - (59 / 320) + (- (59 / 320) + - (59 / 320))) by field.
  rewrite !exp_plus; set (q := exp (- (59 / 320))) in *.
  assert (8315 / 10000 * (8315 / 10000) <= q * q) by (apply Rmult_le_compat; lra).
  apply Rle_trans with (69 / 100 * (69 / 100)); [lra|apply Rmult_le_compat; lra].
Qed.

Lemma ones_bounded : bounded_below 2 0 1 1 (fun _ => 1).
Proof. split; [lra|intros; lra]. Qed.

Lemma shamir_lemma_13_exact_range_instance :
  exists (k j : nat) (delta gamma y eta x : R) (w : nat -> R) (_ : nat), (2 <= k)%nat /\ (j < k)%nat /\ 0 < delta <= gamma /\
    0 < y /\ 0 < eta /\ x - 1 <= exp (- (x / 2)) /\ eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) /\
    bounded_below k j delta gamma w /\ product k w <= y.
Proof.
  exists 2%nat, 0%nat, 1, 1, (11 / 10), (59 / 80 / (11 / 10) ^ 2), (59 / 40), (fun _ => 1), 0%nat.
  parts; try lia; try lra; [apply near_the_end|simpl INR; right; field|apply ones_bounded|simpl; lra].
Qed.

Lemma shamir_lemma_13_exact_range_steps_instance :
  exists (k j : nat) (delta gamma y eta x : R) (w : nat -> R) (eps : R) (n : nat), (2 <= k)%nat /\ (j < k)%nat /\
    0 < delta <= gamma /\ 0 < y /\ 0 < eta /\ x - 1 <= exp (- (x / 2)) /\
    eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) /\ bounded_below k j delta gamma w /\ product k w <= y /\ 0 < eps /\
    ln (y ^ 2 / (2 * eps)) / (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n.
Proof.
  set (bound := ln ((11 / 10) ^ 2 / (2 * (1 / 100))) / (INR 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * (59 / 80 / (11 / 10) ^ 2))).
  destruct (nfloor_ex (Rmax 0 bound) (Rmax_l _ _)) as [n Hn]; assert (M := Rmax_r 0 bound).
  exists 2%nat, 0%nat, 1, 1, (11 / 10), (59 / 80 / (11 / 10) ^ 2), (59 / 40), (fun _ => 1), (1 / 100), (S n); fold bound.
  parts; try lia; try lra; [apply near_the_end|simpl INR; right; field|apply ones_bounded|simpl; lra|rewrite S_INR; lra].
Qed.

Lemma shamir_lemma_13_exact_range_sharp_instance : exists x : R, exp (- (x / 2)) < x - 1.
Proof.
  exists (3 / 2); assert (E := exp_minus_second (3 / 8) ltac:(lra)); assert (P := exp_pos (- (3 / 8))).
  replace (- (3 / 2 / 2)) with (- (3 / 8) + - (3 / 8)) by field; rewrite exp_plus.
  apply Rle_lt_trans with (89 / 128 * (89 / 128)); [apply Rmult_le_compat; lra|lra].
Qed.
