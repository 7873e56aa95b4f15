(** Instances, continued: a law of variance 1 whose size is not constant, for Lemma 1 of Shamir. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw XavierAnyLaw PaperExamples InstancesSteps InstancesAnyLaw.
Open Scope R_scope.

Lemma shamir_lemma_1_every_law_instance : exists (k : nat) (P : weights k),
  (1 <= k)%nat /\ single P Rabs /\ single P (fun x : R => x ^ 2) /\ average P (fun x : R => x ^ 2) = 1 /\
  (exists e : R, 0 < e /\ ~ at_most P (fun w : nat -> R => e <= Rabs (Rabs (w 0%nat) - 1)) 0).
Proof.
  exists 1%nat, (four_weights 1); parts; try exact I; [lia|apply four_square|].
  exists (2 / 5); split; [lra|]; intros [X [_ [_ [X1 E]]]].
  change (mean four (fun x => X (put 0 x (fun _ => 0))) <= 0) in E; unfold four in E; simpl in E.
  destruct four_sizes as [A [B [C D]]].
  assert (All : forall x, Rabs x = 1 / 5 \/ Rabs x = 7 / 5 -> 1 <= X (put 0 x (fun _ => 0))).
  { intros x Hx; apply X1; rewrite put_same; destruct Hx as [-> | ->]; [rewrite Rabs_left|rewrite Rabs_right]; lra. }
  assert (Q1 := All (1 / 5) ltac:(left; exact A)); assert (Q2 := All (- (1 / 5)) ltac:(left; exact B)).
  assert (Q3 := All (7 / 5) ltac:(right; exact C)); assert (Q4 := All (- (7 / 5)) ltac:(right; exact D)); lra.
Qed.
