(** False: one layer of one number: the error is multiplied by 1 - eta. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem AnyLaw WideClaims OrthogonalClaims.
From Lemmata Require Import WideSteps WidePapers OrthogonalLayers.
Open Scope R_scope.

Theorem orthogonal_layers_given_start_past_one : forall k (P : weights k) start d p n r L Y eta s sigma tau B delta nu mu,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  813 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  at_most P (fun w => ~ good_orthogonal_start d p n r L Y (start w) s sigma tau B) delta ->
  at_most P (fun w => error_slower d L Y eta (101 / 100 * (eta * INR L * mu ^ 2)) (start w) \/
    slower d L Y eta (eta * INR L * mu ^ 2) (start w)) delta.
Proof.
  intros k P start d p n r L Y eta s sigma tau B delta nu mu; intros.
  apply (orthogonal_layers_given_start k P start d p n r L Y eta s sigma tau B delta nu mu); assumption.
Qed.
