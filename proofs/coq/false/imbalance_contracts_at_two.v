(** False: k = 2, w = (1, 0), f' = sqrt 2, eta = 1: the difference goes from 1 to -1. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem imbalance_contracts_at_two : forall (f' : R -> R) eta k w j m,
  (j < k)%nat -> (m < k)%nat -> j <> m ->
  eta ^ 2 * f' (product k w) ^ 2 * rest k w j m ^ 2 <= 2 ->
  w m ^ 2 <= w j ^ 2 ->
  0 <= (step f' eta k w j) ^ 2 - (step f' eta k w m) ^ 2 <= w j ^ 2 - w m ^ 2.
Proof.
  intros f' eta k w j m Hj Hm N Hx Hc; rewrite discrete_balancedness by assumption.
  assert (0 <= eta ^ 2 * f' (product k w) ^ 2 * rest k w j m ^ 2)
    by apply squares_nonneg.
  nra.
Qed.
