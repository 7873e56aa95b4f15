(** False: checked everywhere but at 0; the inverse has no continuation there. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev Bessel
  ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime EllipseChebyshev Formulas.
Open Scope R_scope.

Theorem formula_continues_but_one : forall (B : C -> Prop) (f : formula), regular (fun z => B z /\ z <> 0) f ->
  (exists G', holomorphic B (complex_value f) G') /\ forall p : R, B p -> complex_value f p = real_value f p.
Proof.
  intros B f H; exact (formula_continues B f H).
Qed.
