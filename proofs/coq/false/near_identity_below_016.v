(** False: 0.06 e = 0.1631... *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Products Laws Constants.
Open Scope R_scope.

Theorem near_identity_below_016 : 6 / 10 * exp 1 / 10 < 4 / 25 /\ 6 / 5 * exp 1 / 10 < 1 / 3.
Proof.
  split; interval with (i_prec 60).
Qed.
