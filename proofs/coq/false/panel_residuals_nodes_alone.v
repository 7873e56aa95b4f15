(** False: what is small at the nodes need not be small between them. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature ChebyshevNodes CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  SpeedImage CurveSpeed CurveStep EllipseChebyshev CurveDisc CurveResiduals.
Open Scope R_scope.

Theorem panel_residuals_nodes_alone : forall (J n : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (eta a r rho beyond near : R)
    (coef : nat -> nat -> R) (count : nat -> R) (B : C -> Prop) (top ahead : R) (at_node : nat -> R) (count_node leaves miss : R),
  (1 <= n)%nat -> sigma ^ 2 = 1 -> 0 < eta -> 0 < r -> 1 < rho -> 1 < beyond -> 1 < near -> 0 <= leaves ->
  panel_disc J n sigma f' G G' a r rho coef B top ->
  eta * (top * root_high J (means coef) (spreads n coef rho) a (axis r rho)) <= ahead ->
  rho + / rho + 2 * (ahead / r) <= beyond + / beyond ->
  at_nodes J n sigma f' eta a r coef count at_node count_node ->
  (forall j, (j < J)%nat -> 4 * on_panel_bound n rho (at_node j) 0 <= leaves * (means coef j - spread n (coef j) near)) ->
  on_panel_bound n rho count_node (count_size n rho beyond count) <= miss ->
  curve_solves J sigma f' eta (a - r) (a + r) (panel_curve n a r coef) (fun y => series n count ((y - a) / r)) leaves miss.
Proof.
  intros J n sigma f' G G' eta a r rho beyond near coef count B top ahead at_node count_node leaves miss Hn Hs He Hr Hrho Hb Hnear Hl HD Ha
    Hbe HN HL HM.
  exact (panel_residuals J n sigma f' G G' eta a r rho beyond near coef count B top ahead at_node count_node leaves miss Hn Hs He Hr Hrho Hb
    Hnear Hl HD Ha Hbe HN HL HM).
Qed.
