(** False: T_1, zero at the one node, in the ellipse with sum of the semi-axes 100. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature ChebyshevNodes.
Open Scope R_scope.

Theorem chebyshev_supremum_less_than_half : forall (n : nat) (F F' : C -> C) (rho M s y : R),
  (1 <= n)%nat -> 1 < rho -> holomorphic (ellipse rho) F F' -> (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  (forall i, (i < n)%nat -> Rabs (fst (F (cos (angle n i)))) <= s) -> -1 <= y <= 1 ->
  Rabs (fst (F y)) <= 2 * INR n * s + 19 / 10 * M * (/ rho) ^ n / (1 - / rho).
Proof.
  intros n F F' rho M s y Hn Hr HF HM Hs Hy; exact (chebyshev_supremum n F F' rho M s y Hn Hr HF HM Hs Hy).
Qed.
