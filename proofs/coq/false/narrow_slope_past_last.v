(** False: beyond the last layer there is nothing to change, and the formula is not zero there. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix Norms Rectangular NarrowLayers NarrowMoves NarrowDescent NarrowGradient.
Open Scope R_scope.

Theorem narrow_slope_past_last : forall n L r alpha X Y V l D, (l <= L)%nat -> exists q, forall t,
  narrow_loss n L r alpha X Y (with_layer l (madd (V l) (mscal t D)) V)
    = narrow_loss n L r alpha X Y V + t * rinner (n (S l)) (n l) (narrow_slope n L r alpha X Y V l) D + t ^ 2 * q.
Proof.
  intros n L r alpha X Y V l D H; exact (narrow_slope_is_gradient n L r alpha X Y V l D H).
Qed.
