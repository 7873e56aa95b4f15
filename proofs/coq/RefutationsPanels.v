(** Negations of false variants, continued: one weight and f = p, so that it runs the other way. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature ChebyshevNodes CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  SpeedImage CurveSpeed CurveStep EllipseChebyshev CurveDisc CurveResiduals CurvePanels.
Open Scope R_scope.

Lemma panel_checked_any_sign_is_false : ~ (forall (J n : nat) (sigma : R) (f' f'' : R -> R) (eta a r rho tube : R) (coef : nat -> nat -> R) (count : nat -> R)
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
    low longest near half shrink slope leaves miss tilt).
Proof.
  intros H.
  assert (K := H 0%nat 0%nat 1 (fun _ => 1) (fun _ => 0) (1 / 1000) 0 1 2 0 (fun _ _ => 0) (fun _ => 0) (fun _ => True) 1 1 1 0
    (1 / 1000) (1 / 1000) 1 0 (1 / 4) 0 0 1 0).
  assert (U : forall c y, reduced_speed 0 1 (fun _ => 1) c y = -1) by (intros; unfold reduced_speed, root; simpl; ring).
  destruct K as [_ [_ [_ [_ [_ [_ [_ [_ [S _]]]]]]]]]; try lra; try (intros; lia).
  - split; [intros j Hj; lia|]; split; [left; trivial|].
    intros p _; split; [apply (is_derive_const (V := R_NormedModule) 1)|]; replace (1 + p * (0 / 1)) with 1 by field; rewrite Rabs_R1; lra.
  - rewrite U; lra.
  - unfold root_low; simpl; lra.
  - unfold root_high; simpl; lra.
  - simpl; lra.
  - unfold steepness; simpl; lra.
  - intros y Hy; split; [intros; lia|]; cbv zeta; unfold series; simpl; rewrite Rabs_left; lra.
  - destruct (S (fun _ => 0) 0 ltac:(lra) ltac:(intros j Hj; lia)) as [_ [L _]]; rewrite U in L; lra.
Qed.
