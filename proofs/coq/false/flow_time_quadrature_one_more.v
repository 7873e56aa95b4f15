(** False: 1/u = 4 + x^2 over the cell [-1, 1], by one node. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime.
Open Scope R_scope.

Theorem flow_time_quadrature_one_more : forall (J N : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c a low : nat -> R)
    (B : nat -> C -> Prop) (n : nat -> nat) (x w : nat -> nat -> R),
  sigma ^ 2 = 1 -> (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  discs_fit J N sigma f' G G' c a low B ->
  Rabs (RInt (fun y => 1 / reduced_speed J sigma f' c y) (a 0%nat) (a N) - time_sum J N sigma f' c a n x w)
    <= time_error J N c a low (fun i => S (n i)).
Proof.
  intros J N sigma f' G G' c a low B n x w Hs Ha HG HD.
  exact (flow_time_quadrature J N sigma f' G G' c a low B n x w Hs Ha HG HD).
Qed.
