(** Instances, continued: the delay of a constant slope with one squared difference, 1, over two cells of [0, 1/4]. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayStep DelayBounds ReducedSpeed
  Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature ChebyshevNodes CellQuadrature
  HolomorphicCalculus SquareRoot SpeedDisc CellRules TriangleQuadrature CellsDelay DriftQuadrature
  InstancesQuadrature.
Open Scope R_scope.

(** One node in each cell, and one for the inner integral: from -1 to 0. *)
Lemma midpoints_fit : forall N, rules_fit N (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => 1%nat) (fun _ _ => 0)
  (fun _ _ => 2) (fun _ _ _ => 1).
Proof.
  intros N i _; split; [split; [lia|exact midpoint_is_gauss]|]; split; [lia|]; split; [exact midpoint_is_gauss|]; split;
    [intros l j Hl Hj; lia|].
  intros b _ [|m] Hm; [|lia]; unfold rule; simpl total.
  assert (I : is_RInt (fun y => y ^ 0) (-1) 0 1).
  { evar_last; [apply (is_RInt_const (V := R_NormedModule) (-1) 0 1)|unfold scal; simpl; unfold mult; simpl; ring]. }
  rewrite (is_RInt_unique _ _ _ _ I); simpl; ring.
Qed.

(** The slope -1, with one squared difference 1, on cells about their centres *)
Lemma constant_slope_fits : forall N part (a axis : nat -> R), 0 <= part ->
  (forall i, (i < N)%nat -> 0 <= 2 * half a i <= axis i /\ axis i <= part) ->
  drifts_fit 1 N 1 (fun _ => -1) (fun _ => 0) (fun _ => RtoC (-1)) (fun _ => RtoC 0) (fun _ => RtoC 0) part (fun _ => 1) a
    (middle a) axis (fun _ => 1) (fun _ => 1) (fun _ => 1) (fun _ _ => True).
Proof.
  intros N part a axis Hp H i Hi; destruct (H i Hi) as [[H0 H1] H2].
  assert (B : 1 <= branch 1 (middle a i)).
  { unfold branch; rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt; assert (0 <= middle a i ^ 2) by apply pow2_ge_0; lra. }
  split; [rewrite Rminus_eq_0, Rabs_R0; lra|]; split; [intros j _; split; [lra|nra]|].
  split; [apply holomorphic_constant|]; split; [apply holomorphic_constant|]; split; [intros p _; split; reflexivity|].
  split; [lra|]; split; [|trivial]; intros p _; split; [rewrite Cmod_R, Rabs_left by lra; lra|].
  replace (1 + p * (0 * / RtoC (-1)))%C with (RtoC 1) by components; rewrite Cmod_1; lra.
Qed.

Lemma drift_delay_quadrature_instance :
  exists (J N groups : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (part : R) (c a spot axis low top sens : nat -> R)
    (B : nat -> C -> Prop) (group first n : nat -> nat) (x w : nat -> nat -> R) (k : nat -> nat) (s v : nat -> nat -> R)
    (W : nat -> nat -> nat -> R),
    sigma ^ 2 = 1 /\ 0 <= part < 1 /\ (forall i : nat, (i < N)%nat -> a i < a (S i)) /\ rules_fit N n x w k s v W /\
    drifts_fit J N sigma f' f'' G G' G'' part c a spot axis low top sens B /\
    (forall j : nat, (j < J)%nat -> (group j < groups)%nat) /\ (forall i : nat, (i < N)%nat -> (first i <= i)%nat).
Proof.
  set (a := fun i => INR i / 8); assert (Step : forall i, a (S i) = a i + 1 / 8) by (intros; unfold a; rewrite S_INR; field).
  exists 1%nat, 2%nat, 1%nat, 1, (fun _ => -1), (fun _ => 0), (fun _ => RtoC (-1)), (fun _ => RtoC 0), (fun _ => RtoC 0), (3 / 4),
    (fun _ => 1), a, (middle a), (fun _ => 1 / 4), (fun _ => 1), (fun _ => 1), (fun _ => 1), (fun _ _ => True), (fun _ => 0%nat),
    (fun i => i), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2), (fun _ _ _ => 1).
  split; [ring|]; split; [lra|]; split; [intros i _; rewrite Step; lra|]; split; [apply midpoints_fit|]; split.
  - apply constant_slope_fits; [lra|]; intros i _; unfold half; rewrite Step; lra.
  - split; intros; lia.
Qed.
