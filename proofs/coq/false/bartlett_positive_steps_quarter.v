(** False: one layer, Phi = 2, eta = 1/5: after one step the loss is 0.32, not 1/4. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
Open Scope R_scope.

Theorem bartlett_positive_steps_quarter : forall d L Phi eta mu s eps T,
  (1 <= L)%nat -> symmetric d Phi -> 0 < mu <= 1 -> 0 <= s -> bounded d Phi s ->
  (forall x, mu * dot d x x <= dot d x (mv d Phi x)) ->
  0 < eta -> eta * INR L * (1 + s) <= 1 -> 0 < eps ->
  ln (loss d L Phi (fun _ => unit_matrix) / eps) / (8 * eta * INR L * mu ^ 2) <= INR T ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) T) <= eps.
Proof.
  intros d L Phi eta mu s eps T HL S Hmu Hs HB HF He Hst Hep HT.
  apply (bartlett_positive_steps d L Phi eta mu s eps T); assumption.
Qed.
