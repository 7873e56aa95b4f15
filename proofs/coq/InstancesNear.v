(** Instances of Shamir's Lemmas 9 and 10, and of Theorem 3 in two stages. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep NearLemmas NearFine.
Open Scope R_scope.

(** One step from (1, 1) down to (1/2, 1/2), the border. *)
Lemma shamir_lemma_9_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (beta mu M : R) (n : nat), (2 <= k)%nat /\ 0 < eta /\ 0 < mu
    /\ 0 < beta /\ (forall p : R, 0 < p <= beta -> mu <= f' p <= M) /\ product k w <= beta /\ (forall s i : nat, (s <=
    n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k w s i).
Proof.
  exists (fun p => p + 1), (1 / 4), 2%nat, (fun _ => 1), 1, 1, 2, 1%nat.
  split; [lia|]; do 3 (split; [lra|]); split; [intros; lra|]; split; [simpl; lra|].
  intros s i Hs Hi; destruct s as [|[|s]]; [simpl; lra| |lia].
  destruct i as [|[|i]]; [| |lia]; unfold descent, step, others, but; simpl; lra.
Qed.

Definition apart (i : nat) : R := if Nat.eqb i 0 then 11 / 10 else 9 / 10.

Lemma shamir_lemma_10_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta c M : R) (n : nat), 0 < eta /\ (forall p : R, 0 < p
    <= c -> 0 <= f' p <= M) /\ delta <= 1 /\ (forall i : nat, (i < k)%nat -> Rabs (w i - 1) <= delta) /\ product k w
    <= c /\ (4 * eta * M * c) ^ 2 <= 2 /\ (forall s i : nat, (s <= n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k
    w s i).
Proof.
  exists (fun _ => 1), (7 / 20), 2%nat, apart, (1 / 10), (99 / 100), 1, 1%nat.
  split; [lra|]; split; [intros; lra|]; split; [lra|]; split.
  { intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold apart; simpl; apply Rabs_le; lra. }
  split; [unfold apart; simpl; lra|]; split; [simpl; lra|].
  intros s i Hs Hi; destruct s as [|[|s]]; [| |lia]; (destruct i as [|[|i]]; [| |lia]); unfold descent, step, others, but, apart; simpl; lra.
Qed.

Lemma square_and_its_slope : forall p : R, is_derive (fun p => (p + 1) ^ 2 / 2) p (p + 1).
Proof. intros p; auto_derive; [trivial|field]. Qed.

(** At the border of the condition on eta G c. *)
Lemma near_identity_two_stages_instance :
  exists (f f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta c G rho0 rho : R) (n : nat), 0 < eta /\ 0 < rho0 < 1 -
    delta /\ rho0 ^ 2 + 4 * delta <= 1 /\ 0 < rho <= rho0 / 2 /\ (forall i : nat, (i < k)%nat -> Rabs (w i - 1) <= delta)
    /\ product k w <= c /\ (forall p : R_AbsRing, is_derive f p (f' p)) /\ (forall p : R, 0 <= p <= c -> 0 <= f' p <= G)
    /\ eta * G <= 1 /\ eta * G * c <= rho0 ^ 2 / 2 /\ eta * G * sqrt (rho0 ^ 2 + 4 * delta) ^ (k - 1) <= rho / 2 /\ INR n
    * (eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1)) < rho / 2.
Proof.
  exists (fun p => (p + 1) ^ 2 / 2), (fun p => p + 1), (1 / 16), 3%nat, (fun _ => 1), (1 / 16), 1, 2, (1 / 2), (1 / 4), 3%nat.
  do 4 (split; [lra|]); split; [intros; rewrite Rminus_eq_0, Rabs_R0; lra|]; split; [simpl; lra|].
  split; [exact square_and_its_slope|]; split; [intros; lra|]; do 2 (split; [lra|]).
  change (3 - 1)%nat with 2%nat; rewrite !pow2_sqrt by lra; simpl; lra.
Qed.

(** At both borders of delta. *)
Lemma near_identity_k_log_k_instance :
  exists (f f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta c G : R) (n : nat), 0 < eta /\ 1 <= INR k * delta /\
    delta <= 1 / 16 /\ (forall i : nat, (i < k)%nat -> Rabs (w i - 1) <= delta) /\ product k w <= c /\ (forall p :
    R_AbsRing, is_derive f p (f' p)) /\ (forall p : R, 0 <= p <= c -> 0 <= f' p <= G) /\ eta * G <= 1 /\ 8 * (eta * G * c)
    <= 1 /\ INR n * (2 * (eta * G) * sqrt (4 * delta) ^ (k - 1)) < sqrt (delta / INR (k - 2)).
Proof.
  exists (fun p => (p + 1) ^ 2 / 2), (fun p => p + 1), (1 / 16), 16%nat, (fun _ => 1), (1 / 16), 1, 2, (80 * 100)%nat.
  split; [lra|]; split; [simpl; lra|]; split; [lra|]; split; [intros; rewrite Rminus_eq_0, Rabs_R0; lra|].
  split; [rewrite product_const, pow1; lra|].
  split; [exact square_and_its_slope|]; split; [intros; lra|]; do 2 (split; [lra|]).
  replace (4 * (1 / 16)) with (1 / 2 * (1 / 2)) by field; rewrite sqrt_square by lra.
  rewrite mult_INR, !INR_IZR_INZ; apply Rlt_le_trans with (sqrt (1 / 16 * (1 / 16))); [rewrite sqrt_square by lra; simpl; lra|].
  apply sqrt_le_1_alt; simpl; lra.
Qed.

(** At every border: 2^10 steps at depth 16. *)
Lemma near_identity_exponent_instance :
  exists (f f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (c1 c G : R) (n : nat), 0 < eta /\ (2 <= k)%nat /\ 0 < c1 <= 1
    /\ Rpower (INR k) (- c1) <= 1 / 16 /\ (forall i : nat, (i < k)%nat -> Rabs (w i - 1) <= Rpower (INR k) (- c1)) /\
    product k w <= c /\ (forall p : R_AbsRing, is_derive f p (f' p)) /\ (forall p : R, 0 <= p <= c -> 0 <= f' p <= G) /\
    eta * G <= 1 /\ 8 * (eta * G * c) <= 1 /\ INR n <= exp (c1 / 2 * INR k * ln (INR k) - INR k * ln 2 - (c1 + 1 / 2) *
    ln (INR k)).
Proof.
  exists (fun p => (p + 1) ^ 2 / 2), (fun p => p + 1), (1 / 16), 16%nat, (fun _ => 1), 1, 1, 2, (2 ^ 10)%nat.
  assert (K : INR 16 = 16) by (simpl; lra); rewrite K.
  split; [lra|]; split; [lia|]; split; [lra|]; split; [rewrite Rpower_Ropp, Rpower_1 by lra; lra|].
  split; [intros; rewrite Rminus_eq_0, Rabs_R0; left; apply exp_pos|]; split; [rewrite product_const, pow1; lra|].
  split; [exact square_and_its_slope|]; split; [intros; lra|]; do 2 (split; [lra|]).
  assert (L : ln 16 = 4 * ln 2) by (replace 16 with (2 ^ 4) by ring; rewrite ln_pow by lra; simpl; lra).
  rewrite L, pow_INR; replace (1 / 2 * 16 * (4 * ln 2) - 16 * ln 2 - (1 + 1 / 2) * (4 * ln 2)) with (INR 10 * ln 2) by (simpl; lra).
  rewrite <- ln_pow, exp_ln by (try apply pow_lt; lra); simpl; lra.
Qed.
