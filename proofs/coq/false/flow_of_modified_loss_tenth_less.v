(** False: F = x^2/2 and eta = 1/10: the remainder is 0.96 of the bound. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder Layers Gradient ModifiedLoss.
Open Scope R_scope.

Theorem flow_of_modified_loss_tenth_less : forall k F g H T eta A B C w, 0 <= eta -> three_derivatives k F g H T ->
  flows k (modified_gradient k eta g H) eta w ->
  (forall t, 0 <= t <= eta -> derivatives_within k g H T A B C (fun j => w j t)) ->
  has_gradient k (modified_loss k eta F g) (modified_gradient k eta g H) /\
  (forall i, (i < k)%nat -> Rabs (w i eta - descended eta g (fun j => w j 0) i) <= 9 / 10 * flow_remainder eta A B C) /\
  (forall i j, (i < k)%nat -> (j < k)%nat -> let v := descended eta g (fun j => w j 0) in
    Rabs ((w i eta ^ 2 - w j eta ^ 2) - (v i ^ 2 - v j ^ 2))
      <= flow_remainder eta A B C * (Rabs (w i eta + v i) + Rabs (w j eta + v j))).
Proof.
  exact flow_of_modified_loss.
Qed.
