(** What Theorem 4.1 of Du and Hu says of the random start. *)
From Coq Require Import Reals.
From Lemmata Require Import Products Matrix Layers Wide WideData DuHuLoss.
Open Scope R_scope.

(** The loss starts small, and falls linearly. *)
Definition fast_start (d p r L : nat) (X Y Phi : nat -> nat -> R) (eta tau phi delta : R) (F : nat -> nat -> nat -> R) : Prop :=
  small_loss d p r L X Y Phi phi delta F /\
  forall t, loss d (S L) Y (wide_descent d L Y eta F t) - best_loss d X Y Phi
    <= (1 - eta * INR L * tau ^ 2 / (4 * INR p)) ^ t * (loss d (S L) Y F - best_loss d X Y Phi).
