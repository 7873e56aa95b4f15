(** Instances, continued: the flow time of a constant slope with one squared difference, 1, over [0, 1/2]. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  PartialQuadrature ChebyshevNodes FlowTime InstancesQuadrature.
Open Scope R_scope.

Lemma inverse_speed_in_disc_instance :
  exists (J : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c : nat -> R) (a r low : R) (B : C -> Prop),
    0 <= r /\ sigma ^ 2 = 1 /\ (forall j : nat, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) /\
    holomorphic B G G' /\ (forall p : R, B p -> G p = f' p) /\ 0 < low /\ (forall p : C, B p -> low <= Cmod (G p)) /\
    (forall z : C, disc a r z -> B (sigma * (z * croot J c z))%C).
Proof.
  exists 1%nat, 1, (fun _ => -1), (fun _ => RtoC (-1)), (fun _ => RtoC 0), (fun _ => 1), 1, 1, 1, (fun _ => True).
  split; [lra|]; split; [ring|]; split.
  - intros j _; split; [lra|]; unfold branch; rewrite <- sqrt_1 at 1; apply sqrt_lt_1; lra.
  - split; [apply holomorphic_constant|]; split; [reflexivity|]; split; [lra|]; split; [|trivial].
    intros p _; rewrite Cmod_R, Rabs_left by lra; lra.
Qed.

Lemma flow_time_quadrature_instance :
  exists (J N : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c a low : nat -> R) (B : nat -> C -> Prop) (n : nat -> nat)
    (x w : nat -> nat -> R),
    sigma ^ 2 = 1 /\ (forall i : nat, (i < N)%nat -> a i < a (S i)) /\
    (forall i : nat, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) /\
    discs_fit J N sigma f' G G' c a low B.
Proof.
  exists 1%nat, 1%nat, 1, (fun _ => -1), (fun _ => RtoC (-1)), (fun _ => RtoC 0), (fun _ => 1), (fun i => INR i / 2), (fun _ => 1),
    (fun _ _ => True), (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2).
  split; [ring|]; split; [intros i _; rewrite S_INR; lra|]; split; [intros i _; split; [lia|exact midpoint_is_gauss]|].
  intros [|i] Hi; [|lia]; split.
  - intros j _; split; [lra|]; unfold branch, half, middle; simpl.
    apply Rlt_le_trans with (sqrt 1); [rewrite sqrt_1; lra|apply sqrt_le_1_alt; lra].
  - split; [apply holomorphic_constant|]; split; [reflexivity|]; split; [lra|]; split; [|trivial].
    intros p _; rewrite Cmod_R, Rabs_left by lra; lra.
Qed.
