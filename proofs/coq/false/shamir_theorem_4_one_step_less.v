(** False: one step less: from the weights 0 and 1, before any step. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper.
Open Scope R_scope.

Theorem shamir_theorem_4_one_step_less : forall k m y eta w A B gamma eps N1 N2 n,
  (2 <= k)%nat -> (m < k)%nat -> y < 0 -> 0 < eta -> 0 < eps ->
  y < product k w -> smallest k m (sizes w) ->
  0 < gamma -> (forall i, (i < k)%nat -> i <> m -> gamma <= sizes w i - sizes w m - longest k m y eta (sizes w)) ->
  longest k m y eta (sizes w) * others k (sizes w) m <= - y ->
  (forall i, (i < k)%nat -> i <> m -> eta * (product k (sizes w) - y) * rest k (sizes w) i m <= 1) ->
  room k m (- y) A B (fun i => sizes w i ^ 2 - sizes w m ^ 2) ->
  eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 ->
  sizes w m <= INR N1 * (eta * - y * gaps k m 0 (sizes w)) ->
  ln (- y / sqrt (2 * eps)) <= INR N2 * (eta * gaps k m (longest k m y eta (sizes w)) (sizes w) ^ 2) ->
  (N1 + N2 <= S n)%nat -> (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k m y eta w A B gamma eps N1 N2 n; intros; apply (shamir_theorem_4 k m y eta w A B gamma eps N1 N2 n); assumption.
Qed.
