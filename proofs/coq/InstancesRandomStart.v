(** An instance of Theorem 2 of Arora, Cohen, Golowich and Hu: probability 1/4, 256 inputs, |Phi| = 1, every bound attained. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Spectral Diagonal.
Open Scope R_scope.

Definition one_output (n l : nat) : nat := if Nat.eqb l 0 then n else 1%nat.

Lemma one_output_fits : forall n l, (1 <= n)%nat -> (1 <= one_output n l <= n)%nat.
Proof. intros n l Hn; unfold one_output; destruct (Nat.eqb l 0); lia. Qed.

(** The target (1, 0, ..., 0). *)
Definition corner_target : nat -> nat -> R := diagonal (corner_entry 1 0).

Lemma corner_target_length : forall d, (1 <= d)%nat -> frobenius d corner_target = 1.
Proof. intros d Hd; unfold corner_target; rewrite corner_norm by exact Hd; apply Rabs_R1. Qed.

Lemma corner_target_zero : forall n i j, (1 <= n)%nat -> (1 <= i)%nat \/ (n <= j)%nat -> corner_target i j = 0.
Proof.
  intros n i j Hn H; unfold corner_target, diagonal, corner_entry; destruct (Nat.eqb_spec i j); [|reflexivity].
  destruct (Nat.eqb_spec i 0); [lia|reflexivity].
Qed.

Lemma number_256 : INR 256 = 256.
Proof. rewrite INR_IZR_INZ; reflexivity. Qed.

Lemma root_of_spread : sqrt (1296 * 256 ^ 2) = 9216.
Proof. replace (1296 * 256 ^ 2) with (9216 ^ 2) by ring; apply sqrt_pow2; lra. Qed.

Lemma arora_theorem_2_instance : exists (p a : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (sigma f r eta : R),
  0 < p < 1 / 2 /\ (9 / (1 / 2 - p)) ^ 2 <= a /\ (2 <= N)%nat /\ (forall l : nat, (l <= N)%nat -> (1 <= dims l <= d)%nat) /\
  dims N = 1%nat /\ 64 / (1 / 2 - p) <= INR (dims 0%nat) /\
  (forall i j : nat, (i < d)%nat -> (j < d)%nat -> (dims N <= i)%nat \/ (dims 0%nat <= j)%nat -> Phi i j = 0) /\
  0 < f /\ 0 < r /\ frobenius d Phi = f ^ N /\ r ^ N = sigma ^ 2 * INR (dims 0%nat) /\
  0 < sigma <= f ^ N / sqrt (a * INR (dims 0%nat) ^ 2) /\
  0 < eta <= r ^ (4 * N - 2) / (100000 * INR N ^ 3 * f ^ (10 * N - 6)).
Proof.
  exists (1 / 4), 1296, 256%nat, 2%nat, (one_output 256), corner_target, (1 / 9216), 1, (1 / 576),
    ((1 / 576) ^ (4 * 2 - 2) / (100000 * INR 2 ^ 3 * 1 ^ (10 * 2 - 6))).
  change (one_output 256 2) with 1%nat; change (one_output 256 0) with 256%nat.
  rewrite number_256, root_of_spread, corner_target_length by lia.
  split; [lra|split; [lra|split; [lia|split; [intros l _; apply one_output_fits; lia|split; [reflexivity|split; [lra|split]]]]]].
  - intros i j _ _; apply corner_target_zero; lia.
  - repeat split; simpl; lra.
Qed.
