(** Values that satisfy the hypotheses of the theorems on stop conditions: those of Theorem C, with the loss - p; and the start 1, 10 with - ln p. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop CurveSpeed CurveStep CurveRun CurveLanding CurveStop BoxStop CurvePlace InstancesCurve
  InstancesSteps InstancesCount InstancesDescent.
Open Scope R_scope.

Lemma minus_derive : forall y, is_derive (fun v : R => - v) y (-1).
Proof. intros y; auto_derive; [trivial|ring]. Qed.

Lemma curve_no_stop_instance :
  exists (f f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect sigma : R) (x : nat -> R) (c : nat -> nat -> R)
    (p : nat -> R),
  (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ sigma = orientation J m d w /\ x = coordinate f' eta J m d w /\ c = differences f' eta J m w /\
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 /\
  a 0%nat <= x 0%nat <= a 0%nat + gap /\ gap <= a 1%nat - a 0%nat /\ beside J e0 (fun j : nat => curve 0%nat j (x 0%nat)) (c 0%nat) /\
  (forall y : R, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) /\
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) /\
  INR n + defect <= increase Phi a (S M) /\ increase Phi a (S M) + defect < INR n + 3 /\
  loss_fits J M sigma f f' tube a curve /\ p = (fun s : nat => product (S J) (descent f' eta (S J) w s)).
Proof.
  exists (fun v => - v), (fun _ => -1), (fun _ => 0), (1 / 1000), 1%nat, 0%nat, 1, slow_start, 1%nat, 49%nat, (1 / 500), slow_end, slow_curve,
    (fun _ _ _ => - (1 / 1000)), slow_count, (fun i _ => 1000 + INR i), (fun _ => 98 / 100000), (fun _ => 1 / 800), (fun _ => 9 / 10),
    (fun _ => 1 / 2), (fun _ => 1 / 1000), (fun _ => 2 / 1000), (fun _ => / 1000000), (fun _ => 4 / 1000), (fun i => 1000 + INR i),
    (fun _ => 1 / 900), (fun _ => 1 / 800), (fun _ => 27), slow_stray, (1 / 10000), (1 / 5000), (curve_defect 1 (fun _ => 4 / 1000)
    (fun _ => 1 / 800) (fun _ => 1 / 2) (fun i => 1000 + INR i) (fun _ => 1 / 800) (fun _ => 27) slow_stray (1 / 5000 * (1000 + INR 0))), 1,
    (coordinate (fun _ => -1) (1 / 1000) 1 0 1 slow_start), (differences (fun _ => -1) (1 / 1000) 1 0 slow_start),
    (fun s => product 2 (descent (fun _ => -1) (1 / 1000) 2 slow_start s)).
  split; [lia|]; split; [ring|]; split; [lra|]; split; [symmetry; apply slow_orientation|]; do 2 (split; [reflexivity|]); split; [apply slow_checks|].
  rewrite slow_place; unfold slow_end; split; [simpl; lra|]; split; [simpl; lra|]; split; [apply slow_beside|].
  split; [intros y _; simpl; lra|]; split; [reflexivity|].
  split; [unfold curve_defect, missed, increase, slow_count, slow_stray; cbn [total]; simpl; lra|].
  split; [unfold curve_defect, missed, increase, slow_count, slow_stray; cbn [total]; simpl; lra|].
  split; [intros i c y _ _ _; apply minus_derive|reflexivity].
Qed.

Lemma log_place_start : log_place 0 = 1.
Proof. unfold log_place, coordinate, one_and_ten; simpl; ring. Qed.

Lemma log_loss : loss_fits_box 1 (1 / 4) 1 (fun v => - ln v) log' (log_squares 0) (ahead 0) (ahead 1).
Proof.
  intros c y Hc Hy; unfold ahead in Hy; simpl in Hy; destruct (log_bounds c y Hc ltac:(lra)) as [C _]; assert (R0 := log_root c y C).
  assert (P : 0 < reduced_product 1 1 c y) by (unfold reduced_product; rewrite Rmult_1_l; apply Rmult_lt_0_compat; lra).
  set (p := reduced_product 1 1 c y) in *; unfold log'; auto_derive; [exact P|field; lra].
Qed.

Lemma box_no_stop_instance : exists (f f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (a r U A B : nat -> R) near eps sigma
    (x : nat -> R) (c : nat -> nat -> R) (p : nat -> R),
  (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ 0 <= eps < 1 /\
  sigma = orientation J m d w /\ x = coordinate f' eta J m d w /\ c = differences f' eta J m w /\ (forall j, (j < J)%nat -> 0 <= c 0%nat j) /\
  pieces_fit M a r /\ speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near /\
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a M) /\
  loss_fits_box J eps sigma f f' (c 0%nat) (a 0%nat) (a M) /\ p = (fun s => product (S J) (descent f' eta (S J) w s)).
Proof.
  exists (fun v => - ln v), log', log'', log''', (1 / 10), 1%nat, 0%nat, 1, one_and_ten, 1%nat, 1%nat, ahead, ahead_r, (fun _ => 1), (fun _ => 1), (fun _ => 1),
    (fun _ _ => / 74), (1 / 4), 1, log_place, log_squares, (fun s => product 2 (descent log' (1 / 10) 2 one_and_ten s)).
  split; [lia|]; split; [ring|]; split; [lra|]; split; [lra|]; split; [apply log_orientation|]; do 2 (split; [reflexivity|]).
  split; [intros j _; rewrite log_start; lra|]; split; [apply log_pieces|]; split; [apply log_within|]; split; [|split; [apply log_loss|reflexivity]].
  intros s Hs; replace (ahead 0) with 1 by (unfold ahead; simpl; ring); replace (ahead 1) with 2 by (unfold ahead; simpl; ring).
  destruct s as [|[|s]]; [rewrite log_place_start; lra| |lia].
  replace (log_place 1) with (11 / 10); [lra|]; unfold log_place, coordinate, one_and_ten; simpl; unfold step, log', others, but; simpl; field.
Qed.

Lemma curve_place_instance :
  exists (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ x = coordinate f' eta J m d w /\ c = differences f' eta J m w /\
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 /\
  a 0%nat <= x 0%nat <= a 0%nat + gap /\ gap <= a 1%nat - a 0%nat /\ beside J e0 (fun j : nat => curve 0%nat j (x 0%nat)) (c 0%nat) /\
  (forall y : R, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) /\
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) /\
  INR n + defect <= increase Phi a (S M) /\ increase Phi a (S M) + defect < INR n + 3.
Proof. exact curve_landing_instance. Qed.
