(** False: a constant slope with one squared difference, over one cell by one node: D is less. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayStep DelayBounds ReducedSpeed
  Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature
  HolomorphicCalculus SquareRoot SpeedDisc CellRules LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature.
Open Scope R_scope.

Theorem drift_delay_quadrature_exact_triangles : forall (J N groups : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (part : R)
    (c a spot axis low top sens : nat -> R) (B : nat -> C -> Prop) (group first n : nat -> nat) (x w : nat -> nat -> R)
    (k : nat -> nat) (s v : nat -> nat -> R),
  sigma ^ 2 = 1 -> 0 <= part < 1 -> (forall i, (i < N)%nat -> a i < a (S i)) ->
  rules_fit N n x w k s v -> drifts_fit J N sigma f' f'' G G' G'' part c a spot axis low top sens B ->
  (forall j, (j < J)%nat -> (group j < groups)%nat) -> (forall i, (i < N)%nat -> (first i <= i)%nat) ->
  Rabs (RInt (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c (a N)) (a 0%nat) (a N)
    - drift_sum N first (fun y z => 1 / 2 * delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c c y z)
        a n x w k s (inner_weights x k s v))
    <= total N (fun i => total i (fun l => pair_bound J groups part group c a spot axis low top sens l i
        * (gauss_factor (n i) + gauss_factor (n l)))
      + total (first i) (fun l => pair_bound J groups part group c a spot axis low top sens l i)).
Proof.
  intros J N groups sigma f' f'' G G' G'' part c a spot axis low top sens B group first n x w k s v Hs Hp Ha HR HD Hg HF.
  exact (drift_delay_quadrature J N groups sigma f' f'' G G' G'' part c a spot axis low top sens B group first n x w k s v
    Hs Hp Ha HR HD Hg HF).
Qed.
