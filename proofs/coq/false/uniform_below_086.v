(** False: sqrt 3/2 = 0.8660... *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Products Laws Constants.
Open Scope R_scope.

Theorem uniform_below_086 :
  RInt (fun x => 2 * (x * uniform_density)) 0 (sqrt 3) < 86 / 100 /\ sqrt 3 / 2 < 86 / 100.
Proof.
  rewrite (is_RInt_unique _ _ _ _ uniform_mean_abs); split; interval with (i_prec 60).
Qed.
