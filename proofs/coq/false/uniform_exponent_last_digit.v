(** False: the next digits are 0.450693855665945... *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Products Laws Constants.
Open Scope R_scope.

Theorem uniform_exponent_last_digit :
  450693855666 / 1000000000000 < 1 - ln 3 / 2 < 450693855667 / 1000000000000.
Proof.
  split; interval with (i_prec 80).
Qed.
