(** False: one step with x = 1 gives c_1 = 0, below c_0/2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits.
Open Scope R_scope.

Theorem contraction_drift_half : forall (c x : nat -> R) n,
  0 <= c O ->
  (forall s, (s < n)%nat -> c (S s) = c s * (1 - x s)) ->
  (forall s, (s < n)%nat -> 0 <= x s <= 1) ->
  0 <= c n /\ c O * (1 - total n x / 2) <= c n <= c O.
Proof.
  intros c x n H0 Hc Hx; pose proof (contraction_drift c x n H0 Hc Hx); nra.
Qed.
