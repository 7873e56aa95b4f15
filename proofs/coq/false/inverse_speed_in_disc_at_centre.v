(** False: one squared difference 1, the disc of radius 1 about 1; at 1/2 the speed is less than at 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc.
Open Scope R_scope.

Theorem inverse_speed_in_disc_at_centre : forall (J : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c : nat -> R) (a r low : R) (B : C -> Prop),
  0 <= r -> sigma ^ 2 = 1 -> (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) ->
  holomorphic B G G' -> (forall p : R, B p -> G p = f' p) -> 0 < low -> (forall p, B p -> low <= Cmod (G p)) ->
  (forall z, disc a r z -> B (sigma * (z * croot J c z))%C) ->
  exists F F' : C -> C, holomorphic (disc a r) F F' /\
    (forall z, disc a r z -> Cmod (F z) <= 1 / (low * product J (fun j => branch (c j) a))) /\
    (forall y : R, disc a r y -> 1 / reduced_speed J sigma f' c y = fst (F y)).
Proof.
  intros J sigma f' G G' c a r low B R0 Hs Hc HG Hf Hl HB Im.
  exact (inverse_speed_in_disc J sigma f' G G' c a r low B R0 Hs Hc HG Hf Hl HB Im).
Qed.
