(** False: one layer of one number: the loss falls by (1 - eta)^2, not by 1 - 5 eta/2. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem AnyLaw WidePapers.
Open Scope R_scope.

Theorem hu_xiao_pennington_descent_fivefold : forall d p r L Y F eta s sigma tau e0 radius nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s 1 1 sigma tau 1 ->
  frobenius d (residual d (S L) Y F) <= e0 -> radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) ->
  10 * sigma * ((1 + radius / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - 5 * eta * INR L * mu ^ 2 / 2) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius.
Proof.
  intros d p r L Y F eta s sigma tau e0 radius nu mu t; intros; apply (hu_xiao_pennington_descent d p r L Y F eta s sigma tau e0 radius nu mu t); assumption.
Qed.
