(** False: w_i^2 - w_j^2 is conserved by the flow only; a step contracts it. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem balancedness_conserved : forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  (step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2
    = (w i ^ 2 - w j ^ 2).
Proof.
  intros; rewrite discrete_balancedness by assumption; ring.
Qed.
