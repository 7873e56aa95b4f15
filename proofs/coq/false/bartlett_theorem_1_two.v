(** False: target 3/4, two layers: two steps do not halve the loss. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora Identity Spectral BartlettMatrices Diagonal Compositions.
Open Scope R_scope.

Theorem bartlett_theorem_1_two : forall d L Phi eps T,
  (2 <= L)%nat -> frobenius d (msub unit_matrix Phi) <= 1 / 4 -> 0 < eps ->
  2 * ln (loss d L Phi (fun _ => unit_matrix) / eps) <= INR T ->
  loss d L Phi (layers_descent d L Phi (/ (7 * INR L)) (fun _ => unit_matrix) T) <= eps.
Proof.
  intros d L Phi eps T; intros; apply (bartlett_theorem_1 d L Phi eps T); assumption.
Qed.
