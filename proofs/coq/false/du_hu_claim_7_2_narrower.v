(** False: two layers of one number, the first moves from 6/5 to 69/55 > 5/4. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem WideClaims.
Open Scope R_scope.

Theorem du_hu_claim_7_2_narrower : forall d p r L F V s sigma tau K B nu mu radius,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= K -> 0 <= B -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  radius = 24 * sqrt B * nu / (INR L * mu ^ 2) -> 20000 * K ^ 2 * INR L * nu ^ 4 * B <= mu ^ 6 * s ^ 2 ->
  wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau (K * sqrt (INR L)) -> V 0%nat = F 0%nat ->
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= radius) ->
  wide_bounds d p r L V s (5 / 4) (3 / 4) sigma tau (25 / 24 * K * sqrt (INR L)).
Proof.
  intros d p r L F V s sigma tau K B nu mu radius; intros; apply (du_hu_claim_7_2 d p r L F V s sigma tau K B nu mu radius); assumption.
Qed.
