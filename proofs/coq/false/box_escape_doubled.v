(** False: outside the box f' is not bounded by G, so the second half may go faster. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Escape.
Open Scope R_scope.

Theorem box_escape_doubled : forall (f' : R -> R) eta k w delta G Q n,
  0 < eta -> 0 < delta ->
  (forall p, Rabs p <= product k (fun i => Rabs (w i) + delta) -> Rabs (f' p) <= G) ->
  (forall j, (j < k)%nat -> others k (fun i => Rabs (w i) + delta) j <= Q) ->
  INR n * (eta * G * Q) <= 2 * delta ->
  (forall j, (j < k)%nat -> Rabs (descent f' eta k w n j - w j) <= INR n * (eta * G * Q)) /\
  Rabs (product k (descent f' eta k w n)) <= product k (fun i => Rabs (w i) + delta).
Proof.
  intros f' eta k w delta G Q n He Hd HG HQ Hn; apply (box_escape f' eta k w delta G Q n); auto.
Qed.
