(** False: one layer of one number: the error is multiplied by 1 - eta. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem AnyLaw WideClaims OrthogonalClaims.
From Lemmata Require Import WideSteps WidePapers OrthogonalLayers.
Open Scope R_scope.

Theorem orthogonal_layers_past_one : forall d p n r L Y F eta s sigma tau B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  813 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  wide_shape d p r L Y F -> data_bounds d n r (F 0%nat) sigma tau -> orthogonal_start d p n L s F -> loss d (S L) Y F <= B ->
  let W := wide_descent d L Y eta F t in
  frobenius d (residual d (S L) Y W) <= (1 - 101 / 100 * (eta * INR L * mu ^ 2)) ^ t * frobenius d (residual d (S L) Y F) /\
  loss d (S L) Y W <= (1 - eta * INR L * mu ^ 2) ^ t * loss d (S L) Y F /\
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (W i) (F i)) <= orthogonal_radius L B nu mu) /\
  orthogonal_bounds d p n L W s (11 / 10) (9 / 10).
Proof.
  intros d p n r L Y F eta s sigma tau B nu mu t; intros; apply (orthogonal_layers d p n r L Y F eta s sigma tau B nu mu t); assumption.
Qed.
