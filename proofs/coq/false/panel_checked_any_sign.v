(** False: a speed that is not zero, but may be negative. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature ChebyshevNodes CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  SpeedImage CurveSpeed CurveStep EllipseChebyshev CurveDisc CurveResiduals CurvePanels.
Open Scope R_scope.

Theorem panel_checked_any_sign : forall (J n : nat) (sigma : R) (f' f'' : R -> R) (eta a r rho tube : R) (coef : nat -> nat -> R) (count : nat -> R)
    (B : C -> Prop) (bottom top chi y0 low longest near half shrink slope leaves miss tilt : R),
  sigma ^ 2 = 1 -> 0 < eta -> 0 < r -> 1 < rho -> 11 / 5 < rho + / rho -> 0 <= tube <= 1 / 8 ->
  tube_disc J n sigma f' f'' a r rho tube coef B bottom top chi -> 0 < bottom ->
  (forall j, (j < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j /\ (0 < means coef j \/ forall m, coef j m = 0)) ->
  a - r <= y0 <= a + r -> reduced_speed J sigma f' (fun j => panel_curve n a r coef j y0) y0 <> 0 ->
  0 < low <= eta * (bottom * root_low J (means coef) (tube_spread n coef rho tube) a (axis r rho)) ->
  eta * (top * root_high J (means coef) (tube_spread n coef rho tube) a (axis r rho)) <= longest -> longest <= r / 10 ->
  0 < near -> (forall j, (j < J)%nat -> 0 < means coef j -> near <= sums n a r coef rho tube j) ->
  longest ^ 2 <= shrink * near -> shrink < 1 / 2 ->
  chi * total J (fun j => (means coef j + tube_spread n coef rho tube j) / sums n a r coef rho tube j) <= 2 * half ->
  0 <= slope -> (forall j, (j < J)%nat -> steepness n (coef j) rho / r <= slope * (means coef j - tube_spread n coef rho tube j)) ->
  steepness n count rho / r <= tilt -> 0 <= leaves < 1 / 2 ->
  curve_solves J sigma f' eta (a - r) (a + r) (panel_curve n a r coef) (fun y => series n count ((y - a) / r)) leaves miss ->
  panel_fits J sigma f' f'' eta tube (a - r) (a + r) (panel_curve n a r coef) (panel_slope n a r coef)
    (fun y => series n count ((y - a) / r)) (fun y => series_slope n count ((y - a) / r) / r)
    low longest near half shrink slope leaves miss tilt.
Proof.
  intros J n sigma f' f'' eta a r rho tube coef count B bottom top chi y0 low longest near half shrink slope leaves miss tilt H1 H2 H3 H4 H5 H6 H7 H8 H9 H10 H11 H12 H13 H14 H15 H16 H17 H18 H19 H20 H21 H22 H23 H24.
  exact (panel_checked J n sigma f' f'' eta a r rho tube coef count B bottom top chi y0 low longest near half shrink slope leaves miss tilt
    H1 H2 H3 H4 H5 H6 H7 H8 H9 H10 H11 H12 H13 H14 H15 H16 H17 H18 H19 H20 H21 H22 H23 H24).
Qed.
