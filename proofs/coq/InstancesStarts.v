(** Instances, continued: Assumptions 1 to 3 of Shamir's paper have a loss, a law and starts that satisfy them. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw XavierAnyLaw PaperStarts InstancesSteps InstancesAnyLaw.
Open Scope R_scope.

Lemma square_satisfies_assumption_1 : assumption_1 (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) 0 (1 / 4).
Proof.
  split; [intros p; auto_derive; [trivial|ring]|split; [|split; [|split; [lra|]]]].
  - intros z Hz; exists (2 * (z + 1)); intros p q Hp Hq.
    replace ((p + 1) ^ 2 - (q + 1) ^ 2) with ((p + q + 2) * (p - q)) by ring.
    rewrite Rabs_mult; apply Rmult_le_compat_r; [apply Rabs_pos|apply Rabs_le; lra].
  - intros p q Hp; assert (0 < (q - p) * (p + q + 2)) by (apply Rmult_lt_0_compat; lra).
    replace ((q + 1) ^ 2) with ((p + 1) ^ 2 + (q - p) * (p + q + 2)) by ring; lra.
  - intros p Hp; assert (0 <= (p + 1 / 2) * (p + 3 / 2)) by (apply Rmult_le_pos; lra).
    replace ((p + 1) ^ 2) with (1 / 4 + (p + 1 / 2) * (p + 3 / 2)) by field; lra.
Qed.

(** A law with these constants for every depth. *)
Lemma four_satisfies_assumption_2 : forall k, assumption_2 (5 / 2) (1 - 1 / 5) k (four_weights k).
Proof.
  intros k; split; [split; [exact I|assert (E := four_mean k); lra]|split; [split; [exact I|right; apply four_square]|]].
  intros b Hb; split; [exact I|apply four_within; exact Hb].
Qed.

Lemma ones_satisfy_assumption_3 : forall c1 k, assumption_3 c1 1 1 k (fun _ => 1).
Proof.
  intros c1 k; split.
  - intros i _; replace (1 - 1) with 0 by ring; rewrite Rabs_R0; left; apply exp_pos.
  - rewrite product_const, pow1; lra.
Qed.

Lemma shamir_theorem_3_printed_instance : exists (f f' : R -> R) (low gap c1 _ _ : R), assumption_1 f f' low gap /\ 0 < c1.
Proof.
  exists (fun p => (p + 1) ^ 2), (fun p => 2 * (p + 1)), 0, (1 / 4), 1, 1, 1.
  split; [apply square_satisfies_assumption_1|lra].
Qed.

Lemma shamir_theorem_2_printed_instance :
  exists (f f' : R -> R) (low gap c1 c2 : R), assumption_1 f f' low gap /\ 0 <= c1 /\ 0 < c2 < 1.
Proof.
  exists (fun p => (p + 1) ^ 2), (fun p => 2 * (p + 1)), 0, (1 / 4), (5 / 2), (1 / 5).
  split; [apply square_satisfies_assumption_1|lra].
Qed.
