(** False: one step more than the checks allow. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature SkipPlace SkipLeaves SkipDrift SkipCells BoxStop SkipLanding.
Open Scope R_scope.

Theorem skip_landing_one_more : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (G G' G'' : C -> C) (gap slowest logs : R)
    (cells : nat) (marks lowest : nat -> R) (regions : nat -> C -> Prop) (nodes : nat -> nat) (place share : nat -> nat -> R)
    (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image : nat -> C -> Prop) (first nodes' : nat -> nat)
    (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat -> nat -> R)
    (time_s time_e drift_s drift_e start ahead wide hull stiff second slow fast chi_exit weight_exit : R) (far uneven : nat -> R) (close : nat -> nat -> R)
    (used : nat -> bool) (nodes2 : nat -> nat) (place2 share2 : nat -> nat -> R),
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
  time_s = time_sum J cells sigma f' (c 0%nat) marks nodes place share -> time_e = time_error J cells (c 0%nat) marks lowest nodes ->
  drift_s = drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z)
        ends nodes' place' share' inner s (inner_weights place' inner s v) ->
  drift_e = drift_error parts first nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least most sens) ->
  start = start_delay N M a r U low rho X gap ->
  INR n <= 1 / eta * (time_s - time_e - gap / slowest) + logs + (drift_s - drift_e) - start - error ->
  (forall c', in_box J eps (c 0%nat) c' ->
    1 / eta * (time_s + time_e) + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (drift_s + drift_e) + start + error - INR n <= ahead) ->
  far_enough J M eps eta (c 0%nat) a U A u wide hull stiff ahead ->
  exit_fits J eps sigma f' f'' f''' (c 0%nat) (a M) wide second slow fast chi_exit weight_exit far ->
  uneven_fits J M eps eta U A near group shape delta together steep uneven ->
  (forall c' i j y, in_box J eps (c 0%nat) c' -> (i <= M)%nat -> (j < J)%nat -> a i - r i <= y <= a (S i) + r (S i) -> / (c' j + y ^ 2) <= close i j) ->
  (forall i, (i < parts)%nat -> used i = true -> (1 <= nodes2 i)%nat /\ gauss_rule (nodes2 i) (place2 i) (share2 i)) ->
  (forall t, (t <= S n)%nat -> a 0%nat <= x t <= a M) /\ in_box J eps (c 0%nat) (c n) /\
  (let log_end := 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) in
   let missing := wide ^ 2 * (fast / slow) * chi_exit * weight_exit / 4 in
   near_exit eta (a M) wide second (reduced_first J sigma f' f'' (c n) (a M)) (u (c n) (a M))
     (1 / eta * (time_s - time_e - gap / slowest) + log_end + (drift_s - drift_e) - start - error - missing - INR n)
     (1 / eta * (time_s + time_e) + log_end + (drift_s + drift_e) + start + error + missing - INR n) (x n)) /\
  forall j, (j < J)%nat -> 0 < c 0%nat j -> exists e : R,
    Rabs e <= unevenness M eta a U close uneven j + wide * (eta * fast * far j) + gap * (eta * U 0%nat * close 0%nat j)
      + cells_error parts used ends nodes2 (fun i => eta * early_bound J part (c 0%nat) spot axis most j i) /\
    c n j = c 0%nat j * exp (- (cells_sum parts used ends nodes2 place2 share2 (flux u eta (c 0%nat) j) + e)).
Proof.
    intros f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep error G G' G'' gap
    slowest logs cells marks lowest regions nodes place share parts part ends spot axis least most sens image first nodes' place' share' inner s v
    time_s time_e drift_s drift_e start ahead wide hull stiff second slow fast chi_exit weight_exit far uneven close used nodes2 place2 share2.
    intros; apply (skip_landing f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep
    error G G' G'' gap slowest logs cells marks lowest regions nodes place share parts part ends spot axis least most sens image first nodes' place'
    share' inner s v time_s time_e drift_s drift_e start ahead wide hull stiff second slow fast chi_exit weight_exit far uneven close used nodes2
    place2 share2); assumption.
Qed.
