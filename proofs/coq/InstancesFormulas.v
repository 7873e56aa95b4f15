(** Instances, continued: exp p + 1/sqrt (p + 2) log (p + 2) in the unit disc. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev Bessel
  ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime EllipseChebyshev Formulas.
Open Scope R_scope.

Lemma formula_continues_instance : exists (B : C -> Prop) (f : formula), regular B f.
Proof.
  exists (fun z => Cmod z < 1), (Plus (Exp Place) (Times (Inverse (Root (Plus Place (Number 2)))) (Log (Plus Place (Number 2))))).
  assert (S : forall z : C, Cmod z < 1 -> slit (z + 2)%C).
  { intros z Hz; assert (F := fst_bound z); apply Rabs_le_between in F; unfold slit; assert (P := Cmod_ge_0 (z + 2)%C); simpl fst; lra. }
  simpl; repeat split; try exact S; intros z Hz; apply csqrt_not_zero, S, Hz.
Qed.
