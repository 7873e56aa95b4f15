(** False: a start with positive least singular values does not meet (7) for targets however far. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidStart PyramidExamples.
Open Scope R_scope.

Theorem nguyen_mondelli_assumption_3_1_any_target : forall s N n L X W a lambda bar least lambdaF x2 m gamma x, 0 < gamma ->
  pyramid_start s N n L X W a lambda bar least lambdaF x2 m -> x = rnorm N (n 0%nat) X ->
  exists r, 0 < r /\ forall Y e, e = sqrt (2 * network_loss s N n L X Y W) -> r <= e ->
    condition_7 gamma L x e lambda bar lambdaF /\ condition_8 gamma L x e lambda bar lambdaF x2.
Proof.
  intros s N n L X W a lambda bar least lambdaF x2 m gamma x g0 St Ex.
  exact (nguyen_mondelli_assumption_3_1 s N n L X W a lambda bar least lambdaF x2 m gamma x g0 St Ex).
Qed.
