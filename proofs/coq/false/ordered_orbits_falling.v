(** False: lo = up = (a -> -a), x = (0, 0), y = (1, -1), n = 1: falling maps swap the orbits. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

Theorem ordered_orbits_falling : forall (lo up : nat -> R -> R) (D : R -> Prop) (x y : nat -> R) n,
  (forall s a b, D a -> D b -> a <= b -> lo s b <= lo s a) ->
  (forall s a, D a -> lo s a <= up s a) ->
  (forall s, (s < n)%nat -> x (S s) <= lo s (x s) /\ up s (y s) <= y (S s)) ->
  (forall s, (s <= n)%nat -> D (x s) /\ D (y s)) ->
  x O <= y O -> x n <= y n.
Proof.
  intros lo up D x y n Mon Le Step In Start; induction n as [|n IH]; [exact Start|].
  destruct (Step n ltac:(lia)); destruct (In n ltac:(lia)).
  assert (x n <= y n) by (apply IH; auto with arith).
  specialize (Mon n _ _ H1 H2 H3); specialize (Le n _ H2); lra.
Qed.
