(** False: ((0, 1), (0, 0)) is not symmetric, and Q D Q^T is. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Transpose Spectral.
Open Scope R_scope.

Theorem spectral_theorem_every_matrix : forall (d : nat) (A : nat -> nat -> R), (1 <= d)%nat ->
  exists Q a, orthogonal d Q /\ same d A (mul d Q (mul d (diagonal a) (tr Q))).
Proof.
  intros d A H; apply spectral_theorem; assumption.
Qed.
