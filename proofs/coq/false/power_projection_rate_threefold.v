(** False: one number, Phi = 2, eta = 1/24: the loss falls by (23/24)^2, which is more than 1 - 3/24. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest PowerProjection.
Open Scope R_scope.

Theorem power_projection_rate_threefold : forall d L Phi eta r s T W t,
  (1 <= d)%nat -> (1 <= L)%nat -> 0 < r <= 1 -> positive_by d (r ^ L) Phi ->
  0 < s -> frobenius d Phi <= s ^ L -> frobenius d (msub unit_matrix Phi) <= s ^ L ->
  0 <= eta -> eta * INR L * s ^ (2 * L - 2) <= 1 / 24 ->
  projected_run d L Phi eta (r ^ L) T W -> (t <= T)%nat ->
  positive_by d (r ^ L) (chain d (W t) L) /\ balanced d L (W t) 0 /\
  loss d L Phi (W t) <= (1 - 3 * (eta * r ^ (2 * L - 2))) ^ t * loss d L Phi (fun _ => unit_matrix).
Proof. exact power_projection_rate. Qed.
