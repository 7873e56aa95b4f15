(** False: the orbit may lag behind Phi(v_0) + n by the sum of the defects. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits.
Open Scope R_scope.

Theorem abel_enclosure_without_defects : forall (Phi : R -> R) (D : R -> Prop) (v e : nat -> R) n,
  (forall x y, D x -> D y -> x < y -> Phi x < Phi y) ->
  (forall s, (s < n)%nat -> 1 - e s <= Phi (v (S s)) - Phi (v s) <= 1 + e s) ->
  D (v n) ->
  (forall x, D x -> Phi x <= Phi (v O) + INR n -> x <= v n) /\
  (forall x, D x -> Phi (v O) + INR n <= Phi x -> v n <= x).
Proof.
  intros Phi D v e n Inc H Dn.
  destruct (abel_enclosure Phi D v e n Inc H Dn) as [L U].
  split; intros x Dx Hx; [apply L|apply U]; auto; lra.
Qed.
