(** Instances, continued: the certified escape count, whole.  The speed is 1, as in InstancesCount.v. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix PieceSums Plateau EscapeCount Delay DelayStep CertifiedCount InstancesSteps InstancesCount.
Open Scope R_scope.

Lemma even_sensitive : sensitive 1 (1 / 2) (fun _ => 100) 0 2 (fun _ _ => 1) (fun _ _ => 0).
Proof.
  split; [|intros; apply continuous_const].
  intros c c' y l _ _ _ _; evar_last; [apply (is_derive_const (V := R_NormedModule) (ln 1))|].
  unfold zero; simpl; unfold Rdiv; ring.
Qed.

Lemma even_kernel : forall c d x y, delay_kernel 1 (fun _ _ => 1) (fun _ _ => 0) c d x y = 0.
Proof. intros; unfold delay_kernel, Rdiv; ring. Qed.

Lemma even_delays : delays_fit 1 1 (1 / 2) (1 / 10) (fun _ => 100) INR even_r (fun _ => 1) (fun _ _ => / 50)
  (fun _ _ => 1) (fun _ _ => 0) (fun _ _ => 1) (fun _ _ => 0) (fun _ _ => 0) (fun _ => 0) (fun _ => 0).
Proof.
  split; [|split; [intros; lra|]].
  - intros i j Hi _; destruct i as [|[|i]]; [| |lia]; simpl; lra.
  - intros i c d x _ _ _; split; [|split].
    + intros; rewrite !even_kernel, Rminus_eq_0, Rabs_R0; lra.
    + intros; rewrite even_kernel, Rabs_R0; lra.
    + rewrite Rmult_0_l, Rabs_R0; lra.
Qed.

Lemma even_rate : forall v, is_derive (fun _ : R => 0) v (delay_rate 1 (fun _ _ => 1) (fun _ _ => 0) (fun _ => 100) (INR 1) v).
Proof.
  intros v; replace (delay_rate _ _ _ _ _ v) with 0; [apply (is_derive_const (V := R_NormedModule) 0)|].
  unfold delay_rate; rewrite (RInt_ext _ (fun _ => 0)) by (intros; apply even_kernel).
  rewrite (RInt_const (V := R_CompleteNormedModule)); unfold scal; simpl; unfold mult; simpl; ring.
Qed.

Lemma even_error : total 2 (fun i => delay_error 1 (1 / 10) INR even_r (fun _ => 1) (fun _ _ => 0) (fun _ _ => 0)
  (fun _ => 0) (fun _ => 0) i * (INR (S i) - INR i)) = 0.
Proof. unfold delay_error, over_later; simpl; lra. Qed.

Lemma escape_count_instance :
  exists (J M n : nat) (a r U A B : nat -> R) (near : nat -> nat -> R) (u psi' psi'' chi : (nat -> R) -> R -> R)
    (x : nat -> R) (c : nat -> nat -> R) (eta eps : R) (drift E E' : nat -> nat -> R) (K G : nat -> R) (D : R -> R) (tau : R),
    0 < eta /\ 0 <= eps /\ pieces_fit M a r /\
    speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' /\
    sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi /\
    delays_fit J M eps eta (c 0%nat) a r U near u chi drift E E' K G /\
    (forall j : nat, (j < J)%nat -> 0 <= c 0%nat j) /\ a 0%nat <= x 0%nat <= a M /\ reduced_orbit J eta u x c /\
    (forall v : R, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) /\
    (forall (c' : nat -> R) (y : R), in_box J eps (c 0%nat) c' -> a M <= y <= Rmin (a (S M)) (a M + eta * U M) ->
      tau <= 1 / eta * RInt (fun z : R => 1 / u (c 0%nat) z) (x 0%nat) (a M)
        + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D y - D (x 0%nat))) /\
    INR n <= tau - (defect M eta a U A B
      + total (S M) (fun i : nat => delay_error M eta a r U E E' K G i * (a (S i) - a i))).
Proof.
  exists 1%nat, 1%nat, 10%nat, INR, even_r, (fun _ => 1), (fun _ => 0), (fun _ => 0), (fun _ _ => / 50),
    (fun _ _ => 1), (fun _ _ => 0), (fun _ _ => 0), (fun _ _ => 0), (fun s => INR s / 10), (fun s _ => shrinking s),
    (1 / 10), (1 / 2), (fun _ _ => 1), (fun _ _ => 0), (fun _ _ => 0), (fun _ => 0), (fun _ => 0), (fun _ => 0), 10.
  parts; [lra|lra|apply even_pieces|apply even_speeds| |apply even_delays|intros; simpl; lra|simpl; lra|simpl; lra|
    apply even_orbit|intros; apply even_rate| |].
  - simpl; apply even_sensitive.
  - intros c' y _ _; rewrite even_time; replace (1 / 1) with 1 by field; rewrite ln_1; lra.
  - rewrite even_error; unfold defect; simpl; lra.
Qed.
