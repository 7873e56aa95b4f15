(** False: about twice the rate: at the start, for r -> 0 and the largest step, it is (13/7) eta L. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose.
From Lemmata Require Import ZasNumbers Remainder Convergence AroraNumbers Margin Arora IdentityNumbers Identity IdentityMargin.
Open Scope R_scope.

Theorem identity_margin_rate_faster : forall d L Phi r q eta t,
  (2 <= L)%nat -> r < 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= q -> q ^ L = 1 - 2 * r -> 0 <= eta <= q ^ 2 / (7 * INR L) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) (S t))
    <= (1 - 19 / 10 * eta * INR L * q ^ (2 * L - 2))
      * loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof. exact identity_margin_rate. Qed.
