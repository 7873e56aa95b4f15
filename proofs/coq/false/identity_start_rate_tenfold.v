(** False: two layers, 1 by 1, target 1.21, rho = 0.255, eta = 1/1000: the first step has 1 - 4 eta. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin Arora AroraPaper.
Open Scope R_scope.

Theorem identity_start_rate_tenfold : forall d L Phi rho eta r s t,
  (2 <= L)%nat -> (1 <= d)%nat -> 0 <= rho -> 0 < r -> 0 < s ->
  frobenius d (msub unit_matrix Phi) <= rho -> r ^ L = 1 - 2 * rho -> frobenius d Phi = s ^ L ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)
    <= (1 - 10 * eta * r ^ (2 * L - 2)) ^ t * loss d L Phi (fun _ => unit_matrix).
Proof.
  intros d L Phi rho eta r s t HL Hd Hrho Hr Hs HF Er HPhi He.
  apply (identity_start_rate d L Phi rho eta r s t); assumption.
Qed.
