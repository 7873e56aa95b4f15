(** False: one layer of the number 1: the feature is 1 and so is the bound. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds.
Open Scope R_scope.

Theorem network_features_norm_halved : forall s s' gamma beta N n L X W b l,
  activations L s s' gamma beta -> layers_within n L W b -> (l <= L)%nat ->
  rnorm N (n l) (features s n X W l) <= rnorm N (n 0%nat) X * product l b / 2.
Proof.
  intros s s' gamma beta N n L X W b l; intros; apply (network_features_norm s s' gamma beta N n L X W b l); assumption.
Qed.
