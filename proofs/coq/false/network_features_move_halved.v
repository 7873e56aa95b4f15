(** False: one layer that goes from 1 to 2: move and bound are equal. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves.
Open Scope R_scope.

Theorem network_features_move_halved : forall s s' gamma beta N n L X b V W l, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> (l <= L)%nat ->
  rnorm N (n l) (msub (features s n X V l) (features s n X W l))
    <= rnorm N (n 0%nat) X * total l (fun p => others l b p * rnorm (n p) (n (S p)) (msub (V p) (W p))) / 2.
Proof.
  intros s s' gamma beta N n L X b V W l; intros; apply (network_features_move s s' gamma beta N n L X b V W l); assumption.
Qed.
