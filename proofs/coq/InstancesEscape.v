(** Instances, continued: escape bounds, convergence, random starts. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Escape Geometry Convergence Expectation Xavier NearIdentity InstancesSteps.
Import ListNotations.
Open Scope R_scope.

(** ** Witnesses *)

Definition coin : list (R * R) := [(0, 1 / 2); (1, 1 / 2)].

Lemma coin_is_law : is_law coin.
Proof.
  split; [|unfold coin; simpl; lra].
  intros x p [E|[E|[]]]; injection E; intros; subst; lra.
Qed.

Lemma ln_two : ln 2 <= 1.
Proof.
  rewrite <- (ln_exp 1); left; apply ln_increasing; [lra|].
  assert (1 + 1 < exp 1) by (apply exp_ineq1; lra); lra.
Qed.

Lemma ln_two_positive : 0 < ln 2.
Proof. rewrite <- ln_1; apply ln_increasing; lra. Qed.

Lemma root_of_two : 0 <= sqrt (INR 2) <= 2.
Proof.
  split; [apply sqrt_pos|]; rewrite <- (sqrt_square 2) by lra.
  apply sqrt_le_1_alt; simpl; lra.
Qed.

Lemma root_of_half : 0 <= sqrt (1 / 2) <= 1.
Proof.
  split; [apply sqrt_pos|].
  assert (H : sqrt (1 / 2) <= sqrt 1) by (apply sqrt_le_1_alt; lra); rewrite sqrt_1 in H; exact H.
Qed.

Lemma small_move : norm2 2 (fun i : nat => 1 - 1) <= 1 / sqrt (INR (2 - 1)) * ln (2 / 1).
Proof.
  unfold norm2; simpl; rewrite Rminus_eq_0, Rmult_0_l, !Rplus_0_l, sqrt_0, sqrt_1.
  assert (0 < ln (2 / 1)) by (rewrite <- ln_1; apply ln_increasing; lra); lra.
Qed.

(** ** Escape *)

Lemma box_escape_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta G Q : R) (n : nat), 0 < eta /\ 0
    < delta /\ (forall p : R, Rabs p <= product k (fun i : nat => Rabs (w i) + delta) -> Rabs (f'
    p) <= G) /\ (forall j : nat, (j < k)%nat -> others k (fun i : nat => Rabs (w i) + delta) j <=
    Q) /\ INR n * (eta * G * Q) <= delta.
Proof.
  exists (fun _ => 1), (1 / 8), 2%nat, (fun _ => 1), 1, 1, 2, 4%nat.
  parts; try lra.
  - intros; rewrite Rabs_R1; lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_R1; lra.
  - simpl; lra.
Qed.

Lemma box_hitting_time_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta G Q : R) (n : nat), 0 < eta /\ 0
    < delta /\ 0 < G /\ 0 < Q /\ (forall p : R, Rabs p <= product k (fun i : nat => Rabs (w i) +
    delta) -> Rabs (f' p) <= G) /\ (forall j : nat, (j < k)%nat -> others k (fun i : nat => Rabs
    (w i) + delta) j <= Q) /\ product k (fun i : nat => Rabs (w i) + delta) < Rabs (product k
    (descent f' eta k w n)).
Proof.
  exists (fun _ => -1), 1, 2%nat, (fun _ => 1), (1 / 2), 1, (3 / 2), 1%nat.
  parts; try lra.
  - intros; rewrite Rabs_left; lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_R1; lra.
  - unfold descent, step, others, but; simpl; rewrite Rabs_R1, Rabs_pos_eq; lra.
Qed.

Lemma shamir_theorem_2_deterministic_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (alpha delta m M r : R) (n : nat), (2
    <= k)%nat /\ 0 < eta /\ 0 < delta /\ 0 < alpha /\ (forall j : nat, (j < k)%nat -> Rabs
    (others k w j) <= alpha) /\ (forall i : nat, (i < k)%nat -> delta <= Rabs (w i) <= m) /\ r =
    delta / sqrt (INR (k - 1)) * ln 2 /\ (forall p : R, Rabs p <= 2 * alpha * (m + r) -> Rabs (f'
    p) <= M) /\ INR n * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= r.
Proof.
  exists (fun _ => 1), (ln 2 / 8), 2%nat, (fun _ => 1), 1, 1, 1, 1, (1 / sqrt (INR (2 - 1)) * ln 2), 1%nat.
  pose proof ln_two_positive; parts; try lia; try lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_pos_eq; lra.
  - intros; rewrite Rabs_R1; lra.
  - intros; rewrite Rabs_R1; lra.
  - pose proof root_of_two; simpl INR in *; rewrite sqrt_1; nra.
Qed.

Lemma near_identity_last_phase_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (M : R) (n : nat), 0 < eta /\ 0 < M /\
    (1 <= k)%nat /\ (forall j : nat, (j < k)%nat -> 2 / 3 <= w j <= 3 / 4) /\ (forall p : R, 0 <=
    p <= (3 / 4) ^ k -> 0 <= f' p <= M) /\ INR n <= (4 / 3) ^ k / (12 * eta * M).
Proof.
  exists (fun _ => 1), (1 / 24), 2%nat, (fun _ => 2 / 3), 1, 3%nat.
  parts; try lia; try lra; intros; try lra.
  replace ((4 / 3) ^ 2 / (12 * (1 / 24) * 1)) with (32 / 9) by (simpl; field); simpl; lra.
Qed.

(** ** Geometry *)

Lemma shamir_lemma_6_products_instance :
  exists (k : nat) (w v : nat -> R) (alpha beta delta : R), (2 <= k)%nat /\ 0 < delta /\ 0 <
    alpha /\ 0 < beta /\ (forall j : nat, (j < k)%nat -> Rabs (others k w j) <= alpha) /\ (forall
    i : nat, (i < k)%nat -> delta <= Rabs (w i)) /\ norm2 k (fun i : nat => v i - w i) <= delta /
    sqrt (INR (k - 1)) * ln (beta / alpha).
Proof.
  exists 2%nat, (fun _ => 1), (fun _ => 1), 1, 2, 1.
  parts; try lia; try lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_pos_eq; lra.
  - intros; rewrite Rabs_R1; lra.
  - exact small_move.
Qed.

Lemma shamir_lemma_6_instance :
  exists (f' : R -> R) (k : nat) (w v : nat -> R) (alpha beta delta m M : R), (2 <= k)%nat /\ 0 <
    delta /\ 0 < alpha /\ 0 < beta /\ (forall j : nat, (j < k)%nat -> Rabs (others k w j) <=
    alpha) /\ (forall i : nat, (i < k)%nat -> delta <= Rabs (w i)) /\ norm2 k (fun i : nat => v i
    - w i) <= delta / sqrt (INR (k - 1)) * ln (beta / alpha) /\ (forall i : nat, (i < k)%nat ->
    Rabs (v i) <= m) /\ (forall p : R, Rabs p <= beta * m -> Rabs (f' p) <= M).
Proof.
  exists (fun x => x), 2%nat, (fun _ => 1), (fun _ => 1), 1, 2, 1, 1, 2.
  parts; try lia; try lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_pos_eq; lra.
  - intros; rewrite Rabs_R1; lra.
  - exact small_move.
  - intros; rewrite Rabs_R1; lra.
  - intros; lra.
Qed.

Lemma shamir_lemma_7_instance :
  exists (k : nat) (w : nat -> R) (a x : R), (1 <= k)%nat /\ 0 < a /\ (forall i : nat, (i <
    k)%nat -> a < w i) /\ 0 < x /\ x ^ k = product k w.
Proof.
  exists 2%nat, (fun _ => 2), 1, 2.
  parts; try lia; try lra; intros; simpl; lra.
Qed.

(** ** Convergence *)

Lemma shamir_lemma_13_pl_instance :
  exists (k j : nat) (delta gamma : R) (w : nat -> R) (_ : R), (2 <= k)%nat /\ (j < k)%nat /\ 0 <
    delta <= gamma /\ bounded_below k j delta gamma w.
Proof.
  exists 2%nat, 0%nat, 1, 1, (fun _ => 1), 2.
  parts; try lia; try lra; split; intros; lra.
Qed.

Lemma shamir_lemma_13_step_instance :
  exists (k j : nat) (delta gamma y eta : R) (w : nat -> R), (2 <= k)%nat /\ (j < k)%nat /\ 0 <
    delta <= gamma /\ 0 < y /\ 0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) /\ bounded_below k j
    delta gamma w /\ product k w <= y.
Proof.
  exists 2%nat, 0%nat, 1, 1, 2, (1 / 16), (fun _ => 1).
  split; [lia|split; [lia|split; [lra|split; [lra|split; [|split; [split; intros; lra|simpl; lra]]]]]].
  simpl INR; split; [lra|]; replace (1 ^ 2 / (2 * (1 + 1) * 2 ^ 2)) with (1 / 16) by (simpl; field); lra.
Qed.

Lemma shamir_lemma_13_contraction_instance :
  exists (k j : nat) (delta gamma y eta : R) (w : nat -> R) (_ : nat), (2 <= k)%nat /\ (j <
    k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) /\
    bounded_below k j delta gamma w /\ product k w <= y.
Proof.
  exists 2%nat, 0%nat, 1, 1, 2, (1 / 16), (fun _ => 1), 5%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [|split; [split; intros; lra|simpl; lra]]]]]].
  simpl INR; split; [lra|]; replace (1 ^ 2 / (2 * (1 + 1) * 2 ^ 2)) with (1 / 16) by (simpl; field); lra.
Qed.

Lemma shamir_lemma_13_instance :
  exists (k j : nat) (delta gamma y eta : R) (w : nat -> R) (eps : R) (n : nat), (2 <= k)%nat /\
    (j < k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) /\
    bounded_below k j delta gamma w /\ product k w < y /\ 0 < eps /\ ln (y ^ 2 / (2 * eps)) /
    (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR (n + 1).
Proof.
  exists 2%nat, 0%nat, 1, 1, 2, (1 / 16), (fun _ => 1), 1, 7%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [|split; [split; intros; lra|split; [simpl; lra|split; [lra|]]]]]]]].
  - simpl INR; split; [lra|]; replace (1 ^ 2 / (2 * (1 + 1) * 2 ^ 2)) with (1 / 16) by (simpl; field); lra.
  - replace (2 ^ 2 / (2 * 1)) with 2 by field; pose proof ln_two.
    replace (INR 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * (1 / 16)) with (/ 8) by (simpl; field).
    unfold Rdiv; rewrite Rinv_inv; simpl; lra.
Qed.

Lemma shamir_lemma_13_sharper_instance :
  exists (k j : nat) (delta gamma y eta : R) (w : nat -> R) (eps : R) (n : nat), (2 <= k)%nat /\
    (j < k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) /\
    bounded_below k j delta gamma w /\ product k w < y /\ 0 < eps /\ ln (y ^ 2 / (2 * eps)) / (2
    * INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n.
Proof.
  exists 2%nat, 0%nat, 1, 1, 2, (1 / 16), (fun _ => 1), 1, 4%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [|split; [split; intros; lra|split; [simpl; lra|split; [lra|]]]]]]]].
  - simpl INR; split; [lra|]; replace (1 ^ 2 / (2 * (1 + 1) * 2 ^ 2)) with (1 / 16) by (simpl; field); lra.
  - replace (2 ^ 2 / (2 * 1)) with 2 by field; pose proof ln_two.
    replace (2 * INR 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * (1 / 16)) with (/ 4) by (simpl; field).
    unfold Rdiv; rewrite Rinv_inv; simpl; lra.
Qed.

(** ** Expectation *)

Lemma markov_inequality_instance :
  exists (law : list (R * R)) (_ : nat) (t : R) (X : (nat -> R) -> R), is_law law /\ 0 < t /\
    (forall w : nat -> R, 0 <= X w).
Proof.
  exists coin, 2%nat, 1, (fun w => Rabs (w O)).
  split; [exact coin_is_law|split; [lra|intros; apply Rabs_pos]].
Qed.

Lemma shamir_lemma_5_instance :
  exists (law : list (R * R)) (k : nat) (a : R), is_law law /\ (1 <= k)%nat /\ 0 < a /\ mean law
    Rabs <= a.
Proof.
  exists coin, 2%nat, (1 / 2).
  split; [exact coin_is_law|split; [lia|split; [lra|]]].
  unfold coin; simpl; rewrite Rabs_R0, Rabs_R1; lra.
Qed.

(** ** Xavier *)

Lemma shamir_theorem_2_explicit_instance :
  exists (law : list (R * R)) (f' : R -> R) (eta : R) (k : nat) (a alpha delta m M r : R) (n :
    nat), is_law law /\ (2 <= k)%nat /\ 0 < eta /\ 0 < a /\ mean law Rabs <= a /\ 0 < delta /\
    alpha = INR k * sqrt a ^ (k - 1) /\ r = delta / sqrt (INR (k - 1)) * ln 2 /\ (forall p : R,
    Rabs p <= 2 * alpha * (m + r) -> Rabs (f' p) <= M) /\ INR n * (eta * (sqrt (INR k) * (2 *
    alpha) * M)) <= r.
Proof.
  exists coin, (fun _ => 1), (ln 2 / 16), 2%nat, (1 / 2), (INR 2 * sqrt (1 / 2) ^ (2 - 1)), 1, 1, 1, (1 / sqrt (INR (2 - 1)) * ln 2), 1%nat.
  pose proof ln_two_positive; split; [exact coin_is_law|parts; try lia; try lra].
  - unfold coin; simpl; rewrite Rabs_R0, Rabs_R1; lra.
  - intros; rewrite Rabs_R1; lra.
  - pose proof root_of_two; pose proof root_of_half; simpl INR in *; rewrite sqrt_1; simpl pow.
    assert (sqrt (1 + 1) * sqrt (1 / 2) <= 2 * 1) by (apply Rmult_le_compat; lra).
    nra.
Qed.

(** ** NearIdentity *)

Lemma quadratic_slopes : forall p : R, is_derive (fun p => (p + 1) ^ 2 / 2) p (p + 1).
Proof. intros p; auto_derive; [trivial|field]. Qed.

(** At the border of the condition on eta G c. *)
Lemma shamir_theorem_3_instance :
  exists (f f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta c G rho : R) (n : nat),
    0 < eta /\ 0 < rho < 1 - delta /\ rho ^ 2 + 4 * delta <= 1 /\
    (forall i : nat, (i < k)%nat -> Rabs (w i - 1) <= delta) /\ product k w <= c /\
    (forall p : R_AbsRing, is_derive f p (f' p)) /\ (forall p : R, 0 <= p <= c -> 0 <= f' p <= G) /\
    eta * G <= 1 /\ eta * G * c <= rho ^ 2 / 2 /\
    INR n * (eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1)) < rho / 2.
Proof.
  exists (fun p => (p + 1) ^ 2 / 2), (fun p => p + 1), (1 / 16), 3%nat, (fun _ => 1), (1 / 16), 1, 2, (1 / 2), 3%nat.
  split; [lra|split; [lra|split; [lra|]]]; split; [|split; [|split; [exact quadratic_slopes|]]].
  - intros; rewrite Rminus_eq_0, Rabs_R0; lra.
  - simpl; lra.
  - split; [intros; lra|split; [lra|split; [lra|]]].
    change (3 - 1)%nat with 2%nat; rewrite pow2_sqrt by lra; simpl; lra.
Qed.

Lemma shamir_theorem_3_exponential_instance :
  exists (f f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (c G : R) (n : nat),
    0 < eta /\ (forall i : nat, (i < k)%nat -> Rabs (w i - 1) <= 1 / 16) /\ product k w <= c /\
    (forall p : R_AbsRing, is_derive f p (f' p)) /\ (forall p : R, 0 <= p <= c -> 0 <= f' p <= G) /\
    eta * G <= 1 /\ 8 * (eta * G * c) <= 1 /\ INR n * (4 * eta * G) < sqrt 2 ^ (k - 1).
Proof.
  exists (fun p => (p + 1) ^ 2 / 2), (fun p => p + 1), (1 / 16), 3%nat, (fun _ => 1), 1, 2, 3%nat.
  split; [lra|split; [|split; [|split; [exact quadratic_slopes|]]]].
  - intros; rewrite Rminus_eq_0, Rabs_R0; lra.
  - simpl; lra.
  - split; [intros; lra|split; [lra|split; [lra|]]].
    change (3 - 1)%nat with 2%nat; rewrite pow2_sqrt by lra; simpl; lra.
Qed.
