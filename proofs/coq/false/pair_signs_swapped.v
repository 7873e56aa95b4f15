(** False: k = 2, w = (1, 1), g = 1: the sum becomes 2 (1 - eta), not 2 (1 + eta). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem pair_signs_swapped : forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  step f' eta k w i + step f' eta k w j
    = (w i + w j) * (1 + eta * f' (product k w) * rest k w i j) /\
  step f' eta k w i - step f' eta k w j
    = (w i - w j) * (1 + eta * f' (product k w) * rest k w i j).
Proof.
  intros; apply pair_factorisation; assumption.
Qed.
