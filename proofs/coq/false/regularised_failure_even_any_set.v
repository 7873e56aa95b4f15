(** False: Phi = -I and the set of one quarter turn, the square of which is Phi. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest RegularisedFailure.
Open Scope R_scope.

Theorem regularised_failure_even_any_set : forall d L Phi eta kappa K T W v mu t,
  Nat.Even L -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  (forall s, (s < T)%nat -> seen_on d (K s) /\ convex (K s)) -> regularised_run d L Phi eta kappa K T W -> (t <= T)%nat ->
  mu ^ 2 / 2 <= loss d L Phi (W t).
Proof. exact regularised_failure_even. Qed.
