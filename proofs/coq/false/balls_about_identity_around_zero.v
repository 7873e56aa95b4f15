(** False: numbers of size 1 at most: 1 + 2 is the reflection of -1 = 1 - 2 at 1, and none of them. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest RegularisedFailure RegularisedBalls.
Open Scope R_scope.

Theorem balls_about_identity_around_zero : forall d K rho, 0 <= rho -> (forall A, K A <-> frobenius d A <= rho) -> about_identity d K.
Proof. exact balls_about_identity. Qed.
