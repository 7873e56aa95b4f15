(** False: one number each, Phi = 0: (1 - 1)^2 is not 1 + 1. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin WideBlocks Wide WideDescent WideTheorem WideData WideReduction.
Open Scope R_scope.

Theorem du_hu_claim_b_1_not_fitted : forall d r L X Y Phi C V F G eta t,
  decomposes d r X C V -> reduces d X C F G ->
  (forall l, same d (gradient d (S L) Y F (S l)) (gradient d (S L) (mul d Phi C) G (S l))) /\
  loss d (S L) Y F = loss d (S L) (mul d Phi C) G + best_loss d X Y Phi /\
  reduces d X C (wide_descent d L Y eta F t) (wide_descent d L (mul d Phi C) eta G t) /\
  forall W, best_loss d X Y Phi <= inner d (msub (mul d W X) Y) (msub (mul d W X) Y) / 2.
Proof.
  intros d r L X Y Phi C V F G eta t; intros; apply (du_hu_claim_b_1 d r L X Y Phi C V F G eta t); assumption.
Qed.
