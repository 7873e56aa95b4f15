(** False: one layer of one number, the first step, eta = 25: the move is 25 e, the radius 24 sqrt B; the claim needs a step size. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem WideClaims.
Open Scope R_scope.

Theorem du_hu_claim_7_1_any_step : forall d p r L Y F eta s sigma tau M B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  (forall n, (n <= t)%nat -> loss d (S L) Y (wide_descent d L Y eta F n) <= (1 - eta * INR L * mu ^ 2 / 4) ^ n * B) ->
  (forall n, (n <= t)%nat -> wide_bounds d p r L (wide_descent d L Y eta F n) s (5 / 4) (3 / 4) sigma tau M) ->
  forall i, (1 <= i <= L)%nat ->
    frobenius d (msub (wide_descent d L Y eta F (S t) i) (F i)) <= 24 * sqrt B * nu / (INR L * mu ^ 2).
Proof.
  intros d p r L Y F eta s sigma tau M B nu mu t; intros; apply (du_hu_claim_7_1 d p r L Y F eta s sigma tau M B nu mu t); assumption.
Qed.
