(** Instances, continued: two layers, 2 by 2, whose entries are 1 or -1 with probability 1/2 each. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw Rectangular RandomLayers RandomProducts RandomBalance.
From Lemmata Require Import NormalStarts NormalMoments RefutationsAnyLaw InstancesSteps.
Open Scope R_scope.

Lemma signs_moments : average (signed_weights 8 1) (fun t => t) = 0 /\ average (signed_weights 8 1) (fun t => t ^ 2) = 1.
Proof. split; [change (mean (signs 1) (fun t => t) = 0)|change (mean (signs 1) (fun t => t ^ 2) = 1)]; unfold signs; simpl; lra. Qed.

Lemma du_hu_claim_3_1_instance : exists (k : nat) (P : weights k) (L m d_in d_out : nat) (_ : nat -> R),
  single P (fun t : R => t) /\ average P (fun t : R => t) = 0 /\ single P (fun t : R => t ^ 2) /\ average P (fun t : R => t ^ 2) = 1 /\
  (1 <= L)%nat /\ (1 <= m)%nat /\ (1 <= d_out)%nat /\ (entries_before (hidden_widths L m d_in d_out) L <= k)%nat.
Proof.
  exists 8%nat, (signed_weights 8 1), 2%nat, 2%nat, 2%nat, 2%nat, (fun _ => 1).
  parts; try exact I; try apply signs_moments; try lia; simpl; lia.
Qed.

Lemma hu_xiao_pennington_lemma_5_2_instance : exists (k : nat) (P : weights k) (n : nat -> nat) (L : nat) (c delta : R),
  single P (fun t : R => t) /\ average P (fun t : R => t) = 0 /\ single P (fun t : R => t ^ 2) /\ average P (fun t : R => t ^ 2) = 1 /\
  (1 <= L)%nat /\ (forall l : nat, (l <= L)%nat -> (1 <= n l <= L)%nat) /\ (entries_before n L <= k)%nat /\
  0 < delta /\ INR L ^ 3 / delta <= c ^ 2.
Proof.
  exists 8%nat, (signed_weights 8 1), (fun _ => 2%nat), 2%nat, 4, (1 / 2).
  parts; try exact I; try apply signs_moments; try lia; try (simpl; lia); try lra; simpl; lra.
Qed.

Lemma arora_claim_2_instance : exists (k : nat) (P : weights k) (n : nat -> nat) (N : nat) (_ delta : R) (d_max : nat),
  normal_moments P /\ (entries_before n N <= k)%nat /\ (forall l : nat, (l <= N)%nat -> (n l <= d_max)%nat) /\ 0 < delta.
Proof.
  exists 8%nat, (normal_weights 8), (fun _ => 2%nat), 2%nat, 1, 1, 2%nat.
  parts; [apply normal_law_moments|simpl; lia|lia|lra].
Qed.

(** An order below 0, which the hypothesis allows. *)
Lemma chi_square_moments_instance : exists m p, (1 <= m)%nat /\ 0 < INR m + 2 * p.
Proof. exists 2%nat, (- (1 / 2)); split; [lia|simpl; lra]. Qed.
