(** False: one layer, Phi = 2: the error falls by 1 - eta. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
Open Scope R_scope.

Theorem bartlett_positive_rate_doubled : forall d L Phi eta m P t,
  (1 <= L)%nat -> symmetric d Phi -> 0 < m <= 1 -> 1 <= P ->
  (forall x, m ^ L * dot d x x <= dot d x (mv d Phi x) <= P ^ L * dot d x x) ->
  0 < eta -> eta * INR L * P ^ (2 * L - 2) <= 1 ->
  frobenius d (residual d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t))
    <= (1 - 2 * eta * INR L * m ^ (2 * L - 2)) ^ t * frobenius d (msub unit_matrix Phi).
Proof.
  intros d L Phi eta m P t HL S Hm HP HF He Hs.
  pose proof (bartlett_positive_rate d L Phi eta m P t HL S Hm HP HF He Hs); lra.
Qed.
