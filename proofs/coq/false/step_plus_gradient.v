(** False: descent subtracts the gradient. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem step_plus_gradient : forall (f f' : R -> R) eta k w j, (j < k)%nat ->
  is_derive f (product k w) (f' (product k w)) ->
  is_derive (fun x => f (product k (put j x w))) (w j) (f' (product k w) * others k w j) /\
  step f' eta k w j = w j + eta * Derive (fun x => f (product k (put j x w))) (w j).
Proof.
  intros; apply step_is_gradient; assumption.
Qed.
