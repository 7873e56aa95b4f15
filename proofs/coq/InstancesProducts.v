(** Instances of Lemma 5 and Procedure 1 of Arora, Cohen, Golowich and Hu, and of the identity start near the identity. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Transpose Margin Arora AroraPaper Singular AroraLemma.
From Lemmata Require Import Spectral Diagonal AroraProducts AroraProcedure Identity IdentityTenth Refutations InstancesArora RefutationsLayers.
Open Scope R_scope.

(** The largest distance and the largest step. *)
Lemma identity_tenth_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (_ : nat), (2 <= L)%nat /\ frobenius d (msub unit_matrix Phi) <= 1 / 10 /\
    0 <= eta <= exp (- (2 / 3)) / INR L.
Proof.
  exists 1%nat, 3%nat, (number (9 / 10)), (exp (- (2 / 3)) / INR 3), 7%nat.
  split; [lia|split; [apply frobenius_below; [lra|compute_layers; lra]|]].
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

(** Three inputs of which two count, three layers, U exchanges the two. *)
Lemma arora_procedure_1_instance :
  exists (d N : nat) (dims : nat -> nat) (p : nat) (A U V : nat -> nat -> R) (s a : nat -> R), (2 <= N)%nat /\
    (forall l : nat, (l <= N)%nat -> (p <= dims l <= d)%nat) /\
    orthonormal d p (tr U) /\ (forall i j : nat, (dims N <= i < d)%nat -> (j < p)%nat -> U i j = 0) /\
    orthonormal d p (tr V) /\ (forall i j : nat, (dims 0%nat <= i < d)%nat -> (j < p)%nat -> V i j = 0) /\
    (forall i : nat, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) /\ (forall i : nat, (p <= i < d)%nat -> s i = 0) /\
    same d A (mul d U (mul d (diagonal s) (tr V))).
Proof.
  set (a := fun i : nat => if Nat.ltb i 2 then INR i + 1 else 0).
  set (U := fun i j : nat => if Nat.eqb (i + j) 1 then 1 else 0).
  exists 3%nat, 3%nat, (fun _ => 2%nat), 2%nat, (mul 3 U (mul 3 (diagonal (fun i => a i ^ 3)) (tr unit_matrix))), U, unit_matrix,
    (fun i => a i ^ 3), a.
  split; [lia|split; [intros; lia|split; [|split; [|split; [|split; [|split; [|split]]]]]]].
  - intros i j Hi Hj; destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; unfold dot, tr, U, unit_matrix; simpl; ring.
  - intros i j Hi Hj; replace i with 2%nat by lia; unfold U; simpl; reflexivity.
  - intros i j Hi Hj; destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; unfold dot, tr, unit_matrix; simpl; ring.
  - intros i j Hi Hj; replace i with 2%nat by lia; destruct j as [|[|j]]; try lia; reflexivity.
  - intros i Hi; split; [unfold a; destruct (Nat.ltb i 2); [assert (X := pos_INR i)|]; lra|reflexivity].
  - intros i Hi; replace i with 2%nat by lia; unfold a; simpl; ring.
  - apply same_refl.
Qed.
