(** False: k = 2, w = (1, 0), f' = 1, eta^2 = 3/2: the difference goes from 1 to -1/2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem balancedness_grows_from_one : forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  1 < eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2 -> w i ^ 2 <> w j ^ 2 ->
  Rabs (w i ^ 2 - w j ^ 2) < Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2).
Proof.
  intros f' eta k w i j Hi Hj N H D; rewrite discrete_balancedness by assumption.
  rewrite Rabs_mult; set (x := eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2) in *.
  assert (1 < Rabs (1 - x)) by (rewrite Rabs_left; lra).
  assert (0 < Rabs (w i ^ 2 - w j ^ 2)) by (apply Rabs_pos_lt; lra); nra.
Qed.
