(** False: the balls that are computed again may meet, and so hold one node twice. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials
  LegendreRule.
Open Scope R_scope.

Theorem legendre_same_nodes_meeting : forall (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat -> holds_zeros k n lo hi ->
  exists x : nat -> R, gauss_rule n x (fun i => legendre_weight n (x i)) /\
    (forall i, (i < k)%nat -> x (n - 1 - i)%nat = - x i /\ legendre_weight n (x i) = 2 * (1 - x i ^ 2) / (INR n * legendre (n - 1) (x i)) ^ 2) /\
    forall lo' hi' : nat -> R, (forall i, (i < k)%nat -> 0 < lo' i /\ lo' i <= hi' i /\ hi' i < 1 /\ legendre n (lo' i) * legendre n (hi' i) <= 0) -> forall i, (i < k)%nat -> lo' i <= x i <= hi' i.
Proof.
  intros k n lo hi E H; exact (legendre_same_nodes k n lo hi E H).
Qed.
