(** False: 2 by 2, one layer and the target with a single 1, off the diagonal: the losses are 1 and 0. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Layers Transpose.
Open Scope R_scope.

Theorem layers_transposition_same_target : forall d L Phi eta W t,
  loss d L Phi (layers_descent d L Phi eta (transposed L W) t)
    = loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d L Phi eta W t; apply layers_transposition.
Qed.
