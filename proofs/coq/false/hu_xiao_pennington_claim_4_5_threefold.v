(** False: one layer of one number: the loss falls by (1 - eta)^2, not by 1 - 3 eta. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem WideClaims OrthogonalClaims WideSteps.
Open Scope R_scope.

Theorem hu_xiao_pennington_claim_4_5_threefold : forall d p n r L Y F eta s sigma tau B nu mu radius t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  radius = 8 * sqrt B * nu / (INR L * mu ^ 2) -> INR L * radius <= 953 / 10000 * s -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  wide_shape d p r L Y F -> data_bounds d n r (F 0%nat) sigma tau -> loss d (S L) Y F <= B ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 2) ^ t * loss d (S L) Y F ->
  orthogonal_bounds d p n L (wide_descent d L Y eta F t) s (11 / 10) (9 / 10) ->
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - 3 * eta * INR L * mu ^ 2) * loss d (S L) Y (wide_descent d L Y eta F t) /\
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - eta * INR L * mu ^ 2 / 2) ^ S t * loss d (S L) Y F.
Proof.
  intros d p n r L Y F eta s sigma tau B nu mu radius t; intros; apply (hu_xiao_pennington_claim_4_5 d p n r L Y F eta s sigma tau B nu mu radius t); assumption.
Qed.
