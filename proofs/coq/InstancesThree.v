(** An instance of Claim 3 of Arora, Cohen, Golowich and Hu: two layers, 20 inputs, one hidden unit, |Phi| = 1, every bound attained. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora AnyLaw Independent NormalLaw NormalStarts IndependentBlocks NarrowLayers AroraRandom ClaimThree InstancesRandomStart.
Open Scope R_scope.

Lemma power_to_root : forall x m, 0 < x -> (1 <= m)%nat -> Rpower (x ^ m) (/ INR m) = x.
Proof.
  intros x m Hx Hm; rewrite <- Rpower_pow, Rpower_mult, Rinv_r, Rpower_1 by (try apply not_0_INR; try lia; assumption); reflexivity.
Qed.

Lemma arora_claim_3_instance : exists (C1 : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (s c F D : R),
  200000 <= C1 /\ (1 <= N)%nat /\ (forall l : nat, (l <= N)%nat -> (1 <= dims l <= d)%nat) /\ dims N = 1%nat /\
  (forall i j : nat, (i < d)%nat -> (j < d)%nat -> (dims N <= i)%nat \/ (dims 0%nat <= j)%nat -> Phi i j = 0) /\
  F = frobenius d Phi /\ D = product (N - 1) (fun l => INR (dims (S l))) /\ 0 < F /\ 0 < c /\
  C1 * INR N * Rpower (c * F / D) (/ INR (2 * N)) <= s <=
    Rpower F (/ INR N) / Rpower (100000 * INR (dims 0%nat) ^ 3 * D * C1) (/ INR (2 * N)).
Proof.
  set (s := Rpower 1 (/ INR 2) / Rpower (100000 * INR 20 ^ 3 * 1 * 200000) (/ INR (2 * 2))).
  assert (s0 : 0 < s) by (apply Rdiv_lt_0_compat; apply exp_pos).
  assert (q0 : 0 < s / 400000) by (apply Rdiv_lt_0_compat; lra).
  exists 200000, 20%nat, 2%nat, (one_output 20), corner_target, s, ((s / 400000) ^ 4), 1, 1.
  change (one_output 20 2) with 1%nat; change (one_output 20 0) with 20%nat.
  repeat split; try lra; try lia.
  - apply one_output_fits; lia.
  - destruct (one_output_fits 20 l ltac:(lia)); assumption.
  - intros i j _ _; apply corner_target_zero; lia.
  - rewrite corner_target_length by lia; reflexivity.
  - simpl; ring.
  - apply pow_lt; exact q0.
  - replace ((s / 400000) ^ 4 * 1 / 1) with ((s / 400000) ^ (2 * 2)) by (simpl; field).
    rewrite power_to_root by (try exact q0; lia); simpl INR; right; field.
  - right; reflexivity.
Qed.
