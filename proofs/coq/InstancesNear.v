(** Instances of Shamir's Lemmas 9 and 10. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep NearLemmas.
Open Scope R_scope.

(** One step from (1, 1) down to (1/2, 1/2), the border. *)
Lemma shamir_lemma_9_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (beta mu M : R) (n : nat), (2 <= k)%nat /\ 0 < eta /\ 0 < mu
    /\ 0 < beta /\ (forall p : R, 0 < p <= beta -> mu <= f' p <= M) /\ product k w <= beta /\ (forall s i : nat, (s <=
    n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k w s i).
Proof.
  exists (fun p => p + 1), (1 / 4), 2%nat, (fun _ => 1), 1, 1, 2, 1%nat.
  split; [lia|]; do 3 (split; [lra|]); split; [intros; lra|]; split; [simpl; lra|].
  intros s i Hs Hi; destruct s as [|[|s]]; [simpl; lra| |lia].
  destruct i as [|[|i]]; [| |lia]; unfold descent, step, others, but; simpl; lra.
Qed.

Definition apart (i : nat) : R := if Nat.eqb i 0 then 11 / 10 else 9 / 10.

Lemma shamir_lemma_10_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta c M : R) (n : nat), 0 < eta /\ (forall p : R, 0 < p
    <= c -> 0 <= f' p <= M) /\ delta <= 1 /\ (forall i : nat, (i < k)%nat -> Rabs (w i - 1) <= delta) /\ product k w
    <= c /\ (4 * eta * M * c) ^ 2 <= 2 /\ (forall s i : nat, (s <= n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k
    w s i).
Proof.
  exists (fun _ => 1), (7 / 20), 2%nat, apart, (1 / 10), (99 / 100), 1, 1%nat.
  split; [lra|]; split; [intros; lra|]; split; [lra|]; split.
  { intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold apart; simpl; apply Rabs_le; lra. }
  split; [unfold apart; simpl; lra|]; split; [simpl; lra|].
  intros s i Hs Hi; destruct s as [|[|s]]; [| |lia]; (destruct i as [|[|i]]; [| |lia]); unfold descent, step, others, but, apart; simpl; lra.
Qed.
