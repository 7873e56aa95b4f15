(** The false variants of Theorem 3 are false: f(p) = p and eta = 1 lead from the weights 1 to 0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Xavier NearIdentity NearFine.
Open Scope R_scope.

Lemma one_long_step : forall k, (1 <= k)%nat -> product k (descent (fun _ => 1) 1 k (fun _ => 1) 1) = 0.
Proof.
  intros k Hk; simpl descent; rewrite (product_split k _ 0) by lia; unfold step; rewrite others_const by lia.
  rewrite pow1; ring.
Qed.

Lemma ones_near : forall d, 0 <= d -> Rabs (1 - 1) <= d.
Proof. intros d Hd; rewrite Rminus_eq_0, Rabs_R0; exact Hd. Qed.

Lemma ones_product : forall k, product k (fun _ => 1) <= 1.
Proof. intros k; rewrite product_const, pow1; lra. Qed.

Lemma shamir_theorem_3_long_steps_is_false : ~ (forall (f f' : R -> R) eta k w delta c G rho n,
  0 < eta -> 0 < rho < 1 - delta -> rho ^ 2 + 4 * delta <= 1 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 ->
  INR n * (eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1)) < rho / 2 ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n))).
Proof.
  intros H.
  destruct (H (fun p => p) (fun _ => 1) 1 3%nat (fun _ => 1) 0 1 1 (1 / 8) 1%nat) as [P _]; try lra.
  - intros i _; apply ones_near; lra.
  - apply ones_product.
  - intros p; apply (is_derive_id (K := R_AbsRing)).
  - intros p _; cbv beta; lra.
  - change (3 - 1)%nat with 2%nat; rewrite pow2_sqrt by lra; simpl; lra.
  - rewrite one_long_step in P by lia; lra.
Qed.

Lemma shamir_theorem_3_exponential_long_steps_is_false : ~ (forall (f f' : R -> R) eta k w c G n,
  0 < eta -> (forall i, (i < k)%nat -> Rabs (w i - 1) <= 1 / 16) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 ->
  INR n * (4 * eta * G) < sqrt 2 ^ (k - 1) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n))).
Proof.
  intros H.
  destruct (H (fun p => p) (fun _ => 1) 1 7%nat (fun _ => 1) 1 1 1%nat) as [P _]; try lra.
  - intros i _; apply ones_near; lra.
  - apply ones_product.
  - intros p; apply (is_derive_id (K := R_AbsRing)).
  - intros p _; cbv beta; lra.
  - replace (7 - 1)%nat with (2 * 3)%nat by reflexivity; rewrite pow_mult, pow2_sqrt by lra; simpl; lra.
  - rewrite one_long_step in P by lia; lra.
Qed.

Lemma near_identity_two_stages_long_steps_is_false : ~ (forall (f f' : R -> R) eta k w delta c G rho0 rho n,
  0 < eta -> 0 < rho0 < 1 - delta -> rho0 ^ 2 + 4 * delta <= 1 -> 0 < rho <= rho0 / 2 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 -> eta * G * sqrt (rho0 ^ 2 + 4 * delta) ^ (k - 1) <= rho / 2 ->
  INR n * (eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1)) < rho / 2 ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n))).
Proof.
  intros H.
  destruct (H (fun p => p) (fun _ => 1) 1 5%nat (fun _ => 1) 0 1 1 (1 / 2) (1 / 4) 1%nat) as [P _]; try lra.
  - intros i _; apply ones_near; lra.
  - apply ones_product.
  - intros p; apply (is_derive_id (K := R_AbsRing)).
  - intros p _; cbv beta; lra.
  - replace ((1 / 2) ^ 2 + 4 * 0) with (1 / 2 * (1 / 2)) by field; rewrite sqrt_square by lra; simpl; lra.
  - replace ((1 / 4) ^ 2 + 4 * 0) with (1 / 4 * (1 / 4)) by field; rewrite sqrt_square by lra; simpl; lra.
  - rewrite one_long_step in P by lia; lra.
Qed.

Lemma near_identity_k_log_k_long_steps_is_false : ~ (forall (f f' : R -> R) eta k w delta c G n,
  0 < eta -> 1 <= INR k * delta -> delta <= 1 / 16 -> (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 ->
  INR n * (2 * (eta * G) * sqrt (4 * delta) ^ (k - 1)) < sqrt (delta / INR (k - 2)) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n))).
Proof.
  intros H.
  destruct (H (fun p => p) (fun _ => 1) 1 16%nat (fun _ => 1) (1 / 16) 1 1 1%nat) as [P _]; try lra.
  - simpl; lra.
  - intros i _; apply ones_near; lra.
  - apply ones_product.
  - intros p; apply (is_derive_id (K := R_AbsRing)).
  - intros p _; cbv beta; lra.
  - replace (4 * (1 / 16)) with (1 / 2 * (1 / 2)) by field; rewrite sqrt_square by lra.
    apply Rlt_le_trans with (sqrt (1 / 16 * (1 / 16))); [rewrite sqrt_square by lra; simpl; lra|].
    apply sqrt_le_1_alt; simpl; lra.
  - rewrite one_long_step in P by lia; lra.
Qed.

Lemma near_identity_exponent_long_steps_is_false : ~ (forall (f f' : R -> R) eta k w c1 c G n,
  0 < eta -> (2 <= k)%nat -> 0 < c1 <= 1 -> Rpower (INR k) (- c1) <= 1 / 16 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= Rpower (INR k) (- c1)) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 ->
  INR n <= exp (c1 / 2 * INR k * ln (INR k) - INR k * ln 2 - (c1 + 1 / 2) * ln (INR k)) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n))).
Proof.
  intros H; assert (K : INR 16 = 16) by (simpl; lra).
  destruct (H (fun p => p) (fun _ => 1) 1 16%nat (fun _ => 1) 1 1 1 1%nat) as [P _]; rewrite ?K; try lra.
  - lia.
  - rewrite Rpower_Ropp, Rpower_1 by lra; lra.
  - intros i _; apply ones_near; left; apply exp_pos.
  - apply ones_product.
  - intros p; apply (is_derive_id (K := R_AbsRing)).
  - intros p _; cbv beta; lra.
  - assert (L : ln 16 = 4 * ln 2) by (replace 16 with (2 ^ 4) by ring; rewrite ln_pow by lra; simpl; lra).
    assert (0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
    rewrite L; change (INR 1) with 1; rewrite <- exp_0 at 1; left; apply exp_increasing; lra.
  - rewrite one_long_step in P by lia; lra.
Qed.
