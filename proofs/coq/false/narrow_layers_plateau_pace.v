(** False: sigma for sigma^2 in the pace. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Rectangular AnyLaw Independent NormalLaw PaperStarts ChiSquareMoments NarrowLayers NarrowMoves NarrowDescent NarrowPlateau NarrowSharp.
Open Scope R_scope.

Theorem narrow_layers_plateau_pace : forall (n : nat -> nat) (L d r : nat) (alpha eta rho delta c mu pace : R) (X Y : nat -> nat -> R) (sigma : nat -> R),
  (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> (forall l, (l < L)%nat -> 0 < sigma l) ->
  ray (chi_square_density d c) 1 -> ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu ->
  0 < rho -> 0 < delta -> 0 <= eta -> 0 < rnorm (n L) r Y ->
  (forall l, (l < L)%nat -> eta * / (INR (n (S l)) * sigma l) * (output_gain n L alpha sigma * rnorm (n 0%nat) r X * rnorm (n L) r Y) <= pace) ->
  narrow_omega n L d r alpha (mu + rho * INR d) X Y sigma < delta ->
  at_most (law_weights (weights_of n L) normal_law)
    (fun w => exists t, INR t * (10955 / 10000 * INR L * INR d ^ 2 * (mu + rho * INR d) ^ (L - 1) * pace)
        <= rho * (delta - narrow_omega n L d r alpha (mu + rho * INR d) X Y sigma) /\
      leaves_plateau n L r alpha X Y eta (spread_layers sigma (normal_layers n L w)) t) delta.
Proof. exact narrow_layers_plateau. Qed.
