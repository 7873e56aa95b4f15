(** Instances, continued: certified escape counts.  A constant speed 1 with eta = 1/10 from 0 to the exit 1,
    and one squared difference, 100, that shrinks as it should: step 10 is at the exit. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix PieceSums Plateau EscapeCount InstancesSteps.
Open Scope R_scope.

Lemma piece_sum_instance :
  exists (M n : nat) (a r x F V : nat -> R),
    (1 <= M)%nat /\
    (forall i : nat, (i <= M)%nat -> a i <= a (S i)) /\
    (forall i : nat, (i <= S M)%nat -> 0 <= r i) /\
    (forall i : nat, (i < M)%nat -> r (S i) <= a (S (S i)) - a (S i)) /\
    (forall s : nat, (s < n)%nat -> a 0%nat <= x s <= a M) /\
    (forall s : nat, (s < n)%nat -> x s <= x (S s)) /\
    (forall s i : nat, (s < n)%nat -> (i < M)%nat -> a i <= x s <= a (S i) -> x (S s) - x s <= r (S i)) /\
    (forall i : nat, (i <= M)%nat -> 0 <= V i) /\
    (forall s i : nat, (s < n)%nat -> (i <= M)%nat -> a i - r i <= x s <= a (S i) ->
      x (S s) <= a (S i) + r (S i) -> F s <= V i).
Proof.
  exists 1%nat, 2%nat, INR, (fun _ => 1), INR, (fun _ => 1), (fun _ => 1).
  parts; try lia; intros; try (rewrite !S_INR; lra); try lra.
  split; [apply pos_INR|apply le_INR; lia].
Qed.

Fixpoint shrinking (s : nat) : R :=
  match s with
  | O => 100
  | S m => shrinking m * (1 - (1 / 10 * 1) ^ 2 / (shrinking m + (INR m / 10) ^ 2))
  end.

Definition even_r (i : nat) : R := 1 / 10.

Lemma even_pieces : pieces_fit 1 INR even_r.
Proof.
  unfold even_r; repeat split; intros; rewrite ?S_INR; try lia; try lra.
Qed.

Lemma even_speeds : speeds_fit 1 1 (1 / 2) (1 / 10) (fun _ => 100) INR even_r (fun _ => 1) (fun _ => 0)
  (fun _ => 0) (fun _ _ => / 50) (fun _ _ => 1) (fun _ _ => 0) (fun _ _ => 0).
Proof.
  unfold even_r; split; [|repeat split; intros; simpl; try lra].
  intros c i y Hc Hi Hy; split; [lra|split; [|split; [|split; [|split; [|intros j H; split]]]]].
  - apply (is_derive_const (V := R_NormedModule) (ln 1)).
  - apply (is_derive_const (V := R_NormedModule)).
  - rewrite Rabs_R0; lra.
  - rewrite Rabs_R0; lra.
  - specialize (Hc j H); assert (0 <= y ^ 2) by apply pow2_ge_0; lra.
  - specialize (Hc j H); assert (0 <= y ^ 2) by apply pow2_ge_0; apply Rinv_le_contravar; lra.
Qed.

Lemma even_orbit : reduced_orbit 1 (1 / 10) (fun _ _ => 1) (fun s => INR s / 10) (fun s _ => shrinking s).
Proof. intros s; split; [rewrite S_INR; field|intros; reflexivity]. Qed.

Lemma even_time : 1 / (1 / 10) * RInt (fun z => 1 / 1) (INR 0 / 10) (INR 1) = 10.
Proof.
  rewrite (RInt_const (V := R_CompleteNormedModule)); unfold scal; simpl; unfold mult; simpl; field.
Qed.

Lemma escape_count_given_delay_instance :
  exists (J M n : nat) (a r U A B : nat -> R) (near : nat -> nat -> R) (u psi' psi'' : (nat -> R) -> R -> R)
    (x : nat -> R) (c : nat -> nat -> R) (eta eps : R) (D : R -> R) (d : nat -> R) (Delta tau : R),
    0 < eta /\ 0 <= eps /\ pieces_fit M a r /\
    speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' /\
    (forall j : nat, (j < J)%nat -> 0 <= c 0%nat j) /\ a 0%nat <= x 0%nat <= a M /\ reduced_orbit J eta u x c /\
    (forall s : nat, before_exit x (a M) (S s) -> Rabs (abel eta (u (c (S s))) (a M) (x (S s))
      - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s))) <= d s) /\
    (forall m : nat, before_exit x (a M) m -> total m d <= Delta) /\
    (forall (c' : nat -> R) (y : R), in_box J eps (c 0%nat) c' -> a M <= y <= Rmin (a (S M)) (a M + eta * U M) ->
      tau <= 1 / eta * RInt (fun z : R => 1 / u (c 0%nat) z) (x 0%nat) (a M)
        + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D y - D (x 0%nat))) /\
    INR n <= tau - (defect M eta a U A B + Delta).
Proof.
  exists 1%nat, 1%nat, 10%nat, INR, even_r, (fun _ => 1), (fun _ => 0), (fun _ => 0), (fun _ _ => / 50),
    (fun _ _ => 1), (fun _ _ => 0), (fun _ _ => 0), (fun s => INR s / 10), (fun s _ => shrinking s),
    (1 / 10), (1 / 2), (fun _ => 0), (fun _ => 0), 0, 10.
  parts; [lra|lra|apply even_pieces|apply even_speeds|intros; simpl; lra|simpl; lra|simpl; lra|apply even_orbit| | | |].
  - intros s _; rewrite !Rminus_eq_0, Rplus_0_r, Rabs_R0; lra.
  - intros m _; rewrite total_const; lra.
  - intros c' y _ _; rewrite even_time; replace (1 / 1) with 1 by field; rewrite ln_1; lra.
  - unfold defect; simpl; lra.
Qed.
