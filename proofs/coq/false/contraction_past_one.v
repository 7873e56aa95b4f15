(** False: c = 1, x = 2: c (1 - x) = -1. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

Theorem contraction_past_one : forall c x, 0 <= c -> 0 <= x <= 2 -> 0 <= c * (1 - x) <= c.
Proof.
  intros; nra.
Qed.
