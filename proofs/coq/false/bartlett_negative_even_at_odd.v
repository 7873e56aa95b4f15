(** False: one layer, Phi = -1, eta = 1: the first step solves the problem. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
Open Scope R_scope.

Theorem bartlett_negative_even_at_odd : forall d L Phi eta v mu t,
  Nat.Odd L -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) ->
  0 < mu ->
  mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof.
  intros d L Phi eta v mu t HL S N E Hmu.
  apply (bartlett_negative_even d L Phi eta v mu t); assumption.
Qed.
