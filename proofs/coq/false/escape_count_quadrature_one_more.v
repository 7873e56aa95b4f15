(** False: f = - ln p from the weights 1 and 10 passes 2 after step 15. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature.
Open Scope R_scope.

Theorem escape_count_quadrature_one_more : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (G G' G'' : C -> C) (gap slowest logs : R)
    (cells : nat) (marks lowest : nat -> R) (regions : nat -> C -> Prop) (nodes : nat -> nat) (place share : nat -> nat -> R)
    (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image : nat -> C -> Prop) (first nodes' : nat -> nat)
    (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> u = reduced_speed J sigma f' -> x = coordinate f' eta J m d w ->
  c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r ->
  speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
    group drift rho shape delta weight X Z low together steep ->
  error = added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> a 0%nat + gap <= a 1%nat ->
  (forall y, a 0%nat <= y <= a 0%nat + gap -> 0 < slowest <= u (c 0%nat) y) ->
  (forall c', in_box J eps (c 0%nat) c' -> logs <= 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat))) ->
  marks 0%nat = a 0%nat -> marks cells = a M -> (forall i, (i < cells)%nat -> marks i < marks (S i)) ->
  (forall i, (i < cells)%nat -> (1 <= nodes i)%nat /\ gauss_rule (nodes i) (place i) (share i)) ->
  discs_fit J cells sigma f' G G' (c 0%nat) marks lowest regions ->
  ends 0%nat = a 0%nat -> ends parts = a M -> (forall i, (i < parts)%nat -> ends i < ends (S i)) ->
  0 <= part < 1 -> rules_fit parts nodes' place' share' inner s v ->
  drifts_fit J parts sigma f' f'' G G' G'' part (c 0%nat) ends spot axis least most sens image ->
  (forall i, (i < parts)%nat -> (first i <= i)%nat) ->
  INR n <= 1 / eta * (time_sum J cells sigma f' (c 0%nat) marks nodes place share - time_error J cells (c 0%nat) marks lowest nodes
      - gap / slowest) + logs
    + (drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z)
        ends nodes' place' share' inner s (inner_weights place' inner s v)
      - drift_error parts first nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least most sens))
    - start_delay N M a r U low rho X gap - error ->
  (forall t, (t <= S n)%nat -> a 0%nat <= x t <= a M) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat))
      + RInt (delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M)) (x 0%nat) (x n) - INR n)) <= error.
Proof.
  intros f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep error G G' G''
    gap slowest logs cells marks lowest regions nodes place share parts part ends spot axis least most sens image first nodes' place' share' inner
    s v; intros.
  apply (escape_count_quadrature f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep error G G' G''
    gap slowest logs cells marks lowest regions nodes place share parts part ends spot axis least most sens image first nodes' place' share' inner
    s v); assumption.
Qed.
