(** False: without the one step more for each level; one weight of -1/4, a long step. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound Sandwich.
Open Scope R_scope.

Theorem sandwich_negative_no_rounding : forall eta k w beta, 0 < eta -> -1 / 2 < product k w < 0 -> are_levels beta ->
  forall n, (forall i, (i < n)%nat -> grown_product k (beta i) w < 1 / 2) -> 1 / 2 <= grown_product k (beta n) w ->
  exists t, INR t <= climb_most eta k w beta 1 n - INR n /\ product k (descent (fun p => p + 1) eta k w t) <= -1 / 2.
Proof.
  intros eta k w beta He Hp HB.
  exact (sandwich_negative eta k w beta He Hp HB).
Qed.
