(** False: the limit is 3/2. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Gradient Transpose ZasSharp.
Open Scope R_scope.

Theorem zas_first_step_rate_sooner : forall d L Phi eta, (1 <= L)%nat ->
  let Rt t := loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t) in
  Rt 1%nat = (1 - eta) ^ 2 * Rt 0%nat /\
  (0 < Rt 0%nat -> (Rt 1%nat <= (1 - eta / 2) * Rt 0%nat <-> 0 <= eta <= 149 / 100)).
Proof. exact zas_first_step_rate. Qed.
