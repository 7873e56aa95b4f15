(** False: one layer of one number: gradient and bound are equal, and half the bound is not enough. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds.
Open Scope R_scope.

Theorem network_gradient_above_halved : forall s s' gamma beta N n L X Y W b l,
  activations L s s' gamma beta -> layers_within n L W b -> (l < L)%nat ->
  rnorm (n l) (n (S l)) (network_gradient s s' N n L X Y W l)
    <= rnorm N (n 0%nat) X * others L b l * rnorm N (n L) (network_residual s n L X Y W) / 2.
Proof.
  intros s s' gamma beta N n L X Y W b l; intros; apply (network_gradient_above s s' gamma beta N n L X Y W b l); assumption.
Qed.
