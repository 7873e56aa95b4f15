(** The false variant of the count from what the code checks is false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks InstancesSteps InstancesCount InstancesDelay InstancesChecks.
Open Scope R_scope.

(** One more step: the speed is 1 and the exit 10 steps away; step 11 is behind it. *)
Lemma escape_count_checked_one_more_is_false : ~ (forall J N M n a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape
    delta weight X Z low together steep (D : R -> R) tau,
  0 < eta -> 0 <= eps < 1 -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  chi_moves J eps (c 0%nat) (a 0%nat) (a (S M)) chi zeta ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) ->
  (forall c', in_box J eps (c 0%nat) c' ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) ->
  INR n <= tau - (defect M eta a U A B + total (S M)
    (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i)) + overshoot M eta a U A X weight) ->
  before_exit x (a M) (S (S n)) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + total (S M)
      (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i))).
Proof.
  intros H.
  specialize (H 1%nat 1%nat 1%nat 10%nat INR even_r (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ _ => / 50)
    (fun _ _ => 1) (fun _ _ => 0) (fun _ _ => 0) (fun _ _ => 0) (fun _ _ => 0) (fun s => INR s / 10) (fun s _ => shrinking s)
    (1 / 10) (1 / 2) (fun _ => 0%nat) (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 2)
    (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1) (fun _ => 2) 0 (fun _ => 0) 10).
  destruct H as [H _]; [lra|lra|apply even_pieces|apply even_speeds|simpl; apply even_sensitive|simpl; apply even_chi|
    apply even_kernels|intros; simpl; lra|simpl; lra|apply even_orbit|intros; apply even_rate| | |].
  - intros c' _; rewrite even_time; replace (1 / 1) with 1 by field; rewrite ln_1; lra.
  - rewrite even_checked_error; unfold defect, overshoot; simpl; lra.
  - specialize (H 11%nat ltac:(lia)); simpl in H; lra.
Qed.
