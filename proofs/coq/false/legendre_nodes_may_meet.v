(** False: intervals that may meet, as two balls around one node. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials
  LegendreRule.
Open Scope R_scope.

Theorem legendre_nodes_may_meet : forall (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat ->
  (forall i, (i < k)%nat -> 0 < lo i /\ lo i <= hi i /\ hi i < 1 /\ legendre n (lo i) * legendre n (hi i) <= 0) ->
  (forall i j, (i < j < k)%nat -> lo j <= lo i) ->
  exists x : nat -> R, gauss_rule n x (fun i => legendre_weight n (x i)) /\
    forall i, (i < k)%nat -> lo i <= x i <= hi i /\ x (n - 1 - i)%nat = - x i /\
      legendre_weight n (x i) = 2 * (1 - x i ^ 2) / (INR n * legendre (n - 1) (x i)) ^ 2.
Proof.
  intros k n lo hi E H Apart; exact (legendre_nodes k n lo hi E H Apart).
Qed.
