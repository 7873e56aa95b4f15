(** False: two layers of the number 1: gradient and bound are equal. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds.
Open Scope R_scope.

Theorem network_gradient_below_doubled : forall s s' gamma beta N n L X Y W c f,
  (2 <= L)%nat -> activations L s s' gamma beta ->
  (forall l, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (W l) (c l)) ->
  0 <= f -> opbelow (n 1%nat) N (tr (features s n X W 1)) f ->
  2 * f * (gamma 1%nat * product (L - 2) (fun i => c (2 + i)%nat * gamma (2 + i)%nat))
      * rnorm N (n L) (network_residual s n L X Y W)
    <= rnorm (n 1%nat) (n 2%nat) (network_gradient s s' N n L X Y W 1).
Proof.
  intros s s' gamma beta N n L X Y W c f; intros; apply (network_gradient_below s s' gamma beta N n L X Y W c f); assumption.
Qed.
