(** Instances of Lemma 5 and Procedure 1 of Arora, Cohen, Golowich and Hu, and of the identity start near the identity. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Transpose Margin Arora AroraPaper Singular AroraLemma.
From Lemmata Require Import Spectral Diagonal Decomposition AroraProducts AroraProcedure Identity IdentityTenth Refutations InstancesArora RefutationsLayers.
Open Scope R_scope.

(** diag(9/10, 1): the largest distance, and the largest step. *)
Lemma identity_tenth_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (_ : nat), (2 <= L)%nat /\ frobenius d (msub unit_matrix Phi) <= 1 / 10 /\
    0 <= eta <= exp (- (2 / 3)) / INR L.
Proof.
  exists 2%nat, 3%nat, (diagonal (fun i => if Nat.eqb i 0 then 9 / 10 else 1)), (exp (- (2 / 3)) / INR 3), 7%nat.
  split; [lia|split; [apply frobenius_below; [lra|unfold diagonal; compute_layers; lra]|]].
  assert (0 < exp (- (2 / 3))) by apply exp_pos; simpl; lra.
Qed.

(** The imbalance and the norms as large as allowed. *)
Lemma arora_lemma_5_instance :
  exists (d N : nat) (dims : nat -> nat) (W : nat -> nat -> nat -> R) (nu M : R), (1 <= N)%nat /\
    (forall l : nat, (l <= N)%nat -> (1 <= dims l <= d)%nat) /\ shaped d N dims W /\ 0 <= M /\ 0 <= nu /\ balanced d N W nu /\
    (forall l : nat, (l < N)%nat -> bounded d (W l) (M ^ 2)).
Proof.
  exists 1%nat, 2%nat, (fun _ => 1%nat), uneven, (1 / 120), (481 / 480).
  split; [lia|split; [intros; lia|split; [intros ? ? ? ? ? ?; cbv beta; lia|]]].
  split; [lra|split; [lra|split; [exact uneven_balanced|]]].
  intros l Hl; destruct l as [|[|l]]; [| |lia]; unfold uneven; apply number_bounded; simpl; lra.
Qed.

(** Three inputs, two outputs, the first hidden layer as narrow as allowed. *)
Lemma arora_procedure_1_instance :
  exists (d N : nat) (dims : nat -> nat) (A : nat -> nat -> R), (2 <= N)%nat /\
    (forall l : nat, (l <= N)%nat -> (Nat.min (dims N) (dims 0%nat) <= dims l <= d)%nat) /\
    (forall i j : nat, (i < d)%nat -> (j < d)%nat -> (dims N <= i)%nat \/ (dims 0%nat <= j)%nat -> A i j = 0).
Proof.
  exists 3%nat, 3%nat, (fun l => if Nat.even l then 3%nat else 2%nat), (fun i j => if Nat.ltb i 2 then INR (1 + i + 2 * j) else 0).
  split; [lia|split].
  - intros [|[|[|[|l]]]] Hl; simpl; lia.
  - intros i j Hi Hj Out; simpl in Out; destruct (Nat.ltb_spec i 2); [lia|reflexivity].
Qed.
