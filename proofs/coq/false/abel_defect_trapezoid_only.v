(** False: for u = e^x, where B = 0, the defect is about h^2/6, not zero. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

Theorem abel_defect_trapezoid_only : forall (u psi' psi'' : R -> R) v h eta A B,
  0 < eta -> 0 < h -> h = eta * u v ->
  (forall x, v <= x <= v + h -> 0 < u x) ->
  (forall x, v <= x <= v + h -> is_derive (fun y => ln (u y)) x (psi' x)) ->
  (forall x, v <= x <= v + h -> is_derive psi' x (psi'' x)) ->
  (forall x, v <= x <= v + h -> Rabs (psi' x) <= A) ->
  (forall x, v <= x <= v + h -> Rabs (psi'' x) <= B) ->
  Rabs (1 / eta * RInt (fun x => 1 / u x) v (v + h) - 1 + 1 / 2 * ln (u (v + h) / u v))
    <= h ^ 2 * (B / 12).
Proof.
  intros u psi' psi'' v h eta A B He Hh Eh Pu D1 D2 HA HB.
  exact (abel_defect u psi' psi'' v h eta A B He Hh Eh Pu D1 D2 HA HB).
Qed.
