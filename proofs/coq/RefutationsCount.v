(** The false variants of the theorems on certified escape counts are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix PieceSums Plateau EscapeCount InstancesSteps InstancesCount.
Open Scope R_scope.

Lemma piece_sum_own_piece_is_false : ~ (forall (M n : nat) (a r x F V : nat -> R),
  (1 <= M)%nat ->
  (forall i, (i <= M)%nat -> a i <= a (S i)) ->
  (forall i, (i <= S M)%nat -> 0 <= r i) ->
  (forall i, (i < M)%nat -> r (S i) <= a (S (S i)) - a (S i)) ->
  (forall s, (s < n)%nat -> a 0%nat <= x s <= a M) ->
  (forall s, (s < n)%nat -> x s <= x (S s)) ->
  (forall s i, (s < n)%nat -> (i < M)%nat -> a i <= x s <= a (S i) -> x (S s) - x s <= r (S i)) ->
  (forall i, (i <= M)%nat -> 0 <= V i) ->
  (forall s i, (s < n)%nat -> (i <= M)%nat -> a i <= x s <= a (S i) -> F s <= V i) ->
  total n (fun s => (x (S s) - x s) * F s) <= total (S M) (fun i => V i * (a (S i) - a i))).
Proof.
  intros H.
  set (a := fun i => match i with 0%nat => 0 | 1%nat => 1 / 10 | _ => 1 end).
  set (x := fun s => match s with 0%nat => 1 / 20 | _ => 9 / 10 end).
  specialize (H 1%nat 1%nat a (fun _ => 9 / 10) x (fun _ => 1)
    (fun i => match i with 0%nat => 1 | _ => 0 end) ltac:(lia)).
  assert (K : total 1 (fun s => (x (S s) - x s) * 1)
    <= total 2 (fun i => (match i with 0%nat => 1 | _ => 0 end) * (a (S i) - a i))).
  { apply H; intros i; intros; destruct i as [|[|i]]; try lia; unfold a, x in *; simpl; try lra.
    destruct i0 as [|[|i0]]; try lia; simpl in *; lra. }
  unfold a, x in K; simpl in K; lra.
Qed.

Lemma escape_count_one_more_is_false : ~ (forall J M n a r U A B near u psi' psi'' x c eta eps (D : R -> R) (d : nat -> R) Delta tau,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall s, before_exit x (a M) (S s) -> Rabs (abel eta (u (c (S s))) (a M) (x (S s))
    - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s))) <= d s) ->
  (forall m, before_exit x (a M) m -> total m d <= Delta) ->
  (forall c' y, in_box J eps (c 0%nat) c' -> a M <= y <= Rmin (a (S M)) (a M + eta * U M) ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D y - D (x 0%nat))) ->
  INR n <= tau - (defect M eta a U A B + Delta) ->
  before_exit x (a M) (S (S n)) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + Delta).
Proof.
  intros H.
  specialize (H 1%nat 1%nat 10%nat INR even_r (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ _ => / 50)
    (fun _ _ => 1) (fun _ _ => 0) (fun _ _ => 0) (fun s => INR s / 10) (fun s _ => shrinking s)
    (1 / 10) (1 / 2) (fun _ => 0) (fun _ => 0) 0 10).
  destruct H as [H _]; [lra|lra|apply even_pieces|apply even_speeds|intros; simpl; lra|simpl; lra|apply even_orbit| | | | |].
  - intros s _; rewrite !Rminus_eq_0, Rplus_0_r, Rabs_R0; lra.
  - intros m _; rewrite total_const; lra.
  - intros c' y _ _; rewrite even_time; replace (1 / 1) with 1 by field; rewrite ln_1; lra.
  - unfold defect; simpl; lra.
  - specialize (H 11%nat ltac:(lia)); simpl in H; lra.
Qed.

Lemma escape_count_late_by_one_is_false : ~ (forall J M n a r U A B near u psi' psi'' x c eta eps (D : R -> R) (d : nat -> R) Delta tau,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall s, before_exit x (a M) (S s) -> Rabs (abel eta (u (c (S s))) (a M) (x (S s))
    - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s))) <= d s) ->
  (forall m, before_exit x (a M) m -> total m d <= Delta) ->
  (forall c' y, in_box J eps (c 0%nat) c' -> a M <= y <= Rmin (a (S M)) (a M + eta * U M) ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D y - D (x 0%nat)) + 1) ->
  INR n <= tau - (defect M eta a U A B + Delta) ->
  before_exit x (a M) (S n) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + Delta).
Proof.
  intros H.
  specialize (H 1%nat 1%nat 11%nat INR even_r (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ _ => / 50)
    (fun _ _ => 1) (fun _ _ => 0) (fun _ _ => 0) (fun s => INR s / 10) (fun s _ => shrinking s)
    (1 / 10) (1 / 2) (fun _ => 0) (fun _ => 0) 0 11).
  destruct H as [H _]; [lra|lra|apply even_pieces|apply even_speeds|intros; simpl; lra|simpl; lra|apply even_orbit| | | | |].
  - intros s _; rewrite !Rminus_eq_0, Rplus_0_r, Rabs_R0; lra.
  - intros m _; rewrite total_const; lra.
  - intros c' y _ _; rewrite even_time; replace (1 / 1) with 1 by field; rewrite ln_1; lra.
  - unfold defect; simpl; lra.
  - specialize (H 11%nat ltac:(lia)); simpl in H; lra.
Qed.

