(** False: one layer of one number: the error falls by 1 - eta, not by 1 - 5 eta/4. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem WideClaims OrthogonalClaims WideSteps.
Open Scope R_scope.

Theorem du_hu_claim_7_3_fivefold : forall d p r L Y F eta s sigma tau K B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= K -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) ->
  mu = tau * s ^ (L - 1) -> eta * INR L * nu ^ 2 <= 1 / 3 -> 400 * K ^ 2 * INR L * nu ^ 4 * B <= mu ^ 6 * s ^ 2 ->
  wide_shape d p r L Y F -> loss d (S L) Y F <= B ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 4) ^ t * loss d (S L) Y F ->
  wide_bounds d p r L (wide_descent d L Y eta F t) s (5 / 4) (3 / 4) sigma tau (K * sqrt (INR L)) ->
  frobenius d (residual d (S L) Y (wide_descent d L Y eta F (S t)))
    <= (1 - 5 * eta * INR L * mu ^ 2 / 4) * frobenius d (residual d (S L) Y (wide_descent d L Y eta F t)) /\
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - eta * INR L * mu ^ 2 / 4) ^ S t * loss d (S L) Y F.
Proof.
  intros d p r L Y F eta s sigma tau K B nu mu t; intros; apply (du_hu_claim_7_3 d p r L Y F eta s sigma tau K B nu mu t); assumption.
Qed.
