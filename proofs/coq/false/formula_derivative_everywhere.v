(** False: at every real number, even where a logarithm has none. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime EllipseChebyshev Formulas FormulaDerivative.
Open Scope R_scope.

Theorem formula_derivative_everywhere : forall (B : C -> Prop) (f : formula), regular B f ->
  regular B (derived f) /\ holomorphic B (complex_value f) (complex_value (derived f)) /\
  (forall p : R, complex_value (derived f) p = real_value (derived f) p /\ is_derive (real_value f) p (real_value (derived f) p)).
Proof.
  intros; eapply formula_derivative; eassumption.
Qed.
