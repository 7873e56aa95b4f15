(** False: one layer of one number, eta = 1/32: the loss falls by (31/32)^2. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem.
Open Scope R_scope.

Theorem wide_descent_rate_hundredfold : forall d p r L Y F eta s a b u l sigma tau M M' radius theta nu mu t,
  (1 <= L)%nat -> 0 < s -> 1 <= a -> 0 < tau <= sigma -> 1 <= M -> 0 <= radius -> 0 < l <= b -> b <= a ->
  0 < eta -> 0 < theta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s a b sigma tau M ->
  a * (1 + radius * M / s) ^ L <= u -> M * (1 + radius * M / s) ^ L <= M' ->
  a * sigma * ((1 + radius * M / s) ^ L - 1) <= (b - l) * tau ->
  eta * INR L * u ^ 4 * nu ^ 2 / 2
    + eta * INR L * u ^ 2 * nu * M' * frobenius d (residual d (S L) Y F) / (2 * s) + theta <= 1 ->
  u ^ 2 * nu * frobenius d (residual d (S L) Y F) <= radius * (theta * INR L * l ^ 4 * mu ^ 2) ->
  loss d (S L) Y (wide_descent d L Y eta F t)
    <= (1 - 200 * theta * eta * INR L * l ^ 4 * mu ^ 2) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius.
Proof.
  intros d p r L Y F eta s a b u l sigma tau M M' radius theta nu mu t; intros; apply (wide_descent_rate d p r L Y F eta s a b u l sigma tau M M' radius theta nu mu t); assumption.
Qed.
