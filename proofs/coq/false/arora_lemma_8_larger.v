(** False: 3.1 for 3, so that long targets have the margin more often than not: half of the directions are wrong. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry AnyLaw NormalLaw Spheres RandomDirection RandomMargin.
Open Scope R_scope.

Theorem arora_lemma_8_larger : forall (d : nat) (P : weights d) (Phi : nat -> R) (b1 b2 eps : R) (inside : (nat -> R) -> R),
  (1 <= d)%nat -> rotation_invariant d P -> 0 < norm2 d Phi -> 1 <= b1 < b2 -> eps <= 1 -> variable P inside ->
  (forall v, (length_within d Phi b1 b2 v /\ inside v = 1) \/ (~ length_within d Phi b1 b2 v /\ inside v = 0)) -> 1 - eps <= expectation P inside ->
  at_most P (fun v => ~ row_has_margin d Phi v (norm2 d Phi / (b2 * INR d)))
    (1 - (1 - eps) * ((31 / 10 - 4 * normal_distribution (2 / sqrt b1)) / 2)).
Proof. exact arora_lemma_8. Qed.
