(** False: one layer of one number: the loss falls by (1 - eta)^2, not by 1 - 9 eta/4. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem AnyLaw WidePapers.
Open Scope R_scope.

Theorem du_hu_descent_ninefold : forall d p r L Y F eta s sigma tau M e0 radius nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau M ->
  frobenius d (residual d (S L) Y F) <= e0 -> radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) ->
  24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 3 ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - 9 * eta * INR L * mu ^ 2 / 4) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius.
Proof.
  intros d p r L Y F eta s sigma tau M e0 radius nu mu t; intros; apply (du_hu_descent d p r L Y F eta s sigma tau M e0 radius nu mu t); assumption.
Qed.
