(** False: the second layer may have more columns than rows. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep PyramidRun PyramidStart NguyenMondelli.
Open Scope R_scope.

Theorem pyramid_from_second : forall s N n L X W a lambda bar least lambdaF x2 m,
  pyramid_start s N n L X W a lambda bar least lambdaF x2 m ->
  (N <= n 1%nat)%nat /\ forall l, (1 <= l < L)%nat -> (n (S l) <= n l)%nat.
Proof.
  intros s N n L X W a lambda bar least lambdaF x2 m; intros; apply (pyramid_is_implied s N n L X W a lambda bar least lambdaF x2 m); assumption.
Qed.
