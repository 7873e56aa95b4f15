(** False: one degree more.  n = 1: the midpoint rule on x^2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials
  LegendreRule.
Open Scope R_scope.

Theorem legendre_rule_one_more : forall (n : nat) (x : nat -> R),
  (forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0 /\ x (n - 1 - i)%nat = - x i) -> distinct n x ->
  gauss_rule n x (fun i => legendre_weight n (x i)) /\
  rule n x (fun i => legendre_weight n (x i)) (fun y => y ^ (2 * n)) = RInt (fun y => y ^ (2 * n)) (-1) 1.
Proof.
  intros n x H D; exact (legendre_rule n x H D).
Qed.
