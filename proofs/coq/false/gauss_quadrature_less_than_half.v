(** False: T_2 by the midpoint rule, in the ellipse with sum of the semi-axes 5. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature.
Open Scope R_scope.

Theorem gauss_quadrature_less_than_half : forall (n : nat) (x w : nat -> R) (F F' : C -> C) (rho M : R),
  (1 <= n)%nat -> gauss_rule n x w -> 1 < rho -> holomorphic (ellipse rho) F F' ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  Rabs (RInt (fun t => fst (F t)) (-1) 1 - rule n x w (fun t => fst (F t)))
    <= 5 / 2 * M * (/ rho) ^ (2 * n) / (1 - (/ rho) ^ 2).
Proof.
  intros n x w F F' rho M Hn G Hr HF HM; exact (gauss_quadrature n x w F F' rho M Hn G Hr HF HM).
Qed.
