(** False: the integral of T_1 from -1 to 0, by one node, in the ellipse with sum of the semi-axes 20. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature.
Open Scope R_scope.

Theorem partial_quadrature_one_more : forall (n : nat) (x w c : nat -> R) (F F' : C -> C) (rho M t : R),
  (1 <= n)%nat -> gauss_rule n x w -> 1 < rho -> holomorphic (ellipse rho) F F' ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  (forall i, (i < n)%nat -> power_sum n c (x i) = fst (F (x i))) -> -1 <= t <= 1 ->
  Rabs (RInt (fun y => fst (F y)) (-1) t - RInt (power_sum n c) (-1) t) <= 8 * M * (/ rho) ^ S n / (1 - / rho).
Proof.
  intros n x w c F F' rho M t Hn G Hr HF HM Hc Ht; exact (partial_quadrature n x w c F F' rho M t Hn G Hr HF HM Hc Ht).
Qed.
