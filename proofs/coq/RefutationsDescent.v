(** The false variant of the certified count for gradient descent is false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent InstancesSteps InstancesCount InstancesDescent.
Open Scope R_scope.

(** Weight 0 outruns the square root of 1 + s/5. *)
Lemma log_runs : forall s, let w := descent log' (1 / 10) 2 one_and_ten s in
  0 < w 0%nat /\ 0 < w 1%nat /\ 1 + INR s / 5 <= w 0%nat ^ 2 /\ ((0 < s)%nat -> 1 + INR s / 5 < w 0%nat ^ 2).
Proof.
  induction s as [|s IH]; [unfold one_and_ten; simpl; repeat split; try lra; intros; lia|].
  cbv zeta in *; change (descent log' (1 / 10) 2 one_and_ten (S s)) with (step log' (1 / 10) 2 (descent log' (1 / 10) 2 one_and_ten s)).
  set (v := descent log' (1 / 10) 2 one_and_ten s) in *; destruct IH as [A [B [C _]]]; rewrite S_INR.
  assert (E0 : step log' (1 / 10) 2 v 0%nat = v 0%nat + / (10 * v 0%nat))
    by (unfold step, log', others, but; simpl; field; lra).
  assert (E1 : step log' (1 / 10) 2 v 1%nat = v 1%nat + / (10 * v 1%nat))
    by (unfold step, log', others, but; simpl; field; lra).
  assert (I0 : 0 < / (10 * v 0%nat)) by (apply Rinv_0_lt_compat; lra).
  assert (I1 : 0 < / (10 * v 1%nat)) by (apply Rinv_0_lt_compat; lra).
  rewrite E0, E1.
  assert (Q : (v 0%nat + / (10 * v 0%nat)) ^ 2 = v 0%nat ^ 2 + 1 / 5 + / (10 * v 0%nat) ^ 2) by (field; lra).
  assert (P : 0 < / (10 * v 0%nat) ^ 2) by (apply Rinv_0_lt_compat, pow_lt; lra).
  rewrite Q; repeat split; try lra; intros _; lra.
Qed.

(** One more step: weight 0 has passed 2 after step 15. *)
Lemma escape_count_descent_one_more_is_false : ~ (forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep (D : R -> R) tau error,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> u = reduced_speed J sigma f' -> x = coordinate f' eta J m d w ->
  c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r ->
  speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
    group drift rho shape delta weight X Z low together steep ->
  a 0%nat <= x 0%nat <= a M ->
  (forall v, on M a v -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M) v)) ->
  (forall c', in_box J eps (c 0%nat) c' ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) ->
  error = added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep ->
  INR n <= tau - error ->
  (forall s, (s <= S n)%nat -> a 0%nat <= x s <= a M) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n)) <= error).
Proof.
  intros H.
  destruct (H log' log'' log''' (1 / 10) 1%nat 0%nat 1 one_and_ten 1%nat 1%nat 14%nat ahead ahead_r (fun _ => 1)
    (fun _ => 1) (fun _ => 1) (fun _ _ => / 74) (1 / 4) 1 log_speed log_place log_squares (fun _ => 0%nat) (fun _ _ => 1)
    (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 2) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1 / 4) (fun _ => 2) 0
    (fun _ => 0) (145 / 10) log_error) as [K _].
  - lia.
  - ring.
  - lra.
  - lra.
  - apply log_orientation.
  - reflexivity.
  - reflexivity.
  - reflexivity.
  - intros j _; rewrite log_start; lra.
  - split; [lia|]; split; [intros i _; unfold ahead; rewrite S_INR; lra|]; split; [intros i _; destruct i; simpl; lra|].
    intros i Hi; unfold ahead; rewrite !S_INR; simpl; lra.
  - apply log_within.
  - apply log_kernels.
  - unfold log_place, coordinate, one_and_ten, ahead; simpl; lra.
  - apply log_delay.
  - apply log_tau.
  - reflexivity.
  - assert (K := log_error_small); simpl; lra.
  - destruct (K 15%nat ltac:(lia)) as [_ U]; destruct (log_runs 15) as [A [_ [_ B]]]; specialize (B ltac:(lia)).
    revert U; unfold log_place, coordinate, ahead; set (z := descent log' (1 / 10) 2 one_and_ten 15 0%nat) in *; intros U.
    simpl in *; nra.
Qed.
