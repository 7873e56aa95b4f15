(** Instances of the two algorithms of Bartlett, Helmbold and Long with regularisers, at the borders of their hypotheses. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin BartlettMatrices Nearest.
From Lemmata Require Import PowerProjection PowerRuns RegularisedFailure RegularisedBalls InstancesSteps InstancesBartlett.
Open Scope R_scope.

(** ((1, -1), (1, 1)), not symmetric: u^T Phi u = |u|^2. *)
Definition skewed (i j : nat) : R := if Nat.eqb i j then 1 else if Nat.ltb i j then -1 else 1.

Lemma skewed_form : forall u, dot 2 u (mv 2 skewed u) = dot 2 u u.
Proof. intros u; unfold mv, dot, skewed; simpl; ring. Qed.

Lemma skewed_length : frobenius 2 skewed = 2.
Proof. unfold frobenius; replace (inner 2 skewed skewed) with (2 * 2); [apply sqrt_square; lra|unfold inner, dot, skewed; simpl; ring]. Qed.

Lemma skewed_apart : frobenius 2 (msub unit_matrix skewed) <= 2.
Proof. apply frobenius_below; [lra|]; unfold inner, dot, msub, skewed, unit_matrix; simpl; lra. Qed.

Lemma skewed_start : loss 2 2 skewed (fun _ => unit_matrix) = 1.
Proof. unfold loss, residual, inner, dot, msub, chain, mul, dot, unit_matrix, skewed; simpl; field. Qed.

Lemma root_of_two : sqrt 2 ^ 2 = 2.
Proof. apply pow2_sqrt; lra. Qed.

(** |Phi| = s^L, the step size and the margin are at their borders. *)
Lemma power_projection_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta r s : R) (T : nat) (W : nat -> nat -> nat -> nat -> R) (t : nat),
    (1 <= d)%nat /\ (1 <= L)%nat /\ 0 < r <= 1 /\ positive_by d (r ^ L) Phi /\ 0 < s /\ frobenius d Phi <= s ^ L /\
    frobenius d (msub unit_matrix Phi) <= s ^ L /\ 0 <= eta /\ eta * INR L * s ^ (2 * L - 2) <= 1 / 24 /\
    projected_run d L Phi eta (r ^ L) T W /\ (t <= T)%nat.
Proof.
  destruct (power_projection_runs 2 2 skewed (1 / 96) (1 ^ 2) 3 ltac:(lia)) as [W HW].
  exists 2%nat, 2%nat, skewed, (1 / 96), 1, (sqrt 2), 3%nat, W, 3%nat.
  change (2 * 2 - 2)%nat with 2%nat; rewrite root_of_two, skewed_length; assert (A := skewed_apart).
  parts; try lia; try lra; try exact HW; [|apply sqrt_lt_R0; lra|simpl INR; lra].
  intros u; rewrite skewed_form; simpl; lra.
Qed.

(** 96 steps to 1/e, the bound itself. *)
Lemma power_projection_steps_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta r s eps : R) (T : nat) (W : nat -> nat -> nat -> nat -> R),
    (1 <= d)%nat /\ (1 <= L)%nat /\ 0 < r <= 1 /\ positive_by d (r ^ L) Phi /\ 0 < s /\ frobenius d Phi <= s ^ L /\
    frobenius d (msub unit_matrix Phi) <= s ^ L /\ 0 < eta /\ eta * INR L * s ^ (2 * L - 2) <= 1 / 24 /\
    projected_run d L Phi eta (r ^ L) T W /\ 0 < eps /\
    ln (loss d L Phi (fun _ : nat => unit_matrix) / eps) / (eta * r ^ (2 * L - 2)) <= INR T.
Proof.
  destruct (power_projection_runs 2 2 skewed (1 / 96) (1 ^ 2) 96 ltac:(lia)) as [W HW].
  exists 2%nat, 2%nat, skewed, (1 / 96), 1, (sqrt 2), (exp (- (1))), 96%nat, W.
  change (2 * 2 - 2)%nat with 2%nat; rewrite root_of_two, skewed_length, skewed_start; assert (A := skewed_apart).
  parts; try lia; try lra; try exact HW; [|apply sqrt_lt_R0; lra|simpl INR; lra|apply exp_pos|].
  - intros u; rewrite skewed_form; simpl; lra.
  - unfold Rdiv at 2; rewrite Rmult_1_l, ln_Rinv, ln_exp by apply exp_pos; simpl INR; lra.
Qed.

Lemma power_projection_runs_instance : exists (_ L : nat) (_ : nat -> nat -> R) (_ _ : R) (_ : nat), (1 <= L)%nat.
Proof. exists 2%nat, 1%nat, skewed, 1, 1, 3%nat; apply Nat.le_refl. Qed.

Lemma power_projection_converges_instance :
  exists (d L : nat) (Phi : nat -> nat -> R), (1 <= d)%nat /\ (1 <= L)%nat /\
    (forall u : nat -> R, (exists i : nat, (i < d)%nat /\ u i <> 0) -> 0 < dot d u (mv d Phi u)).
Proof. exists 2%nat, 3%nat, skewed; parts; try lia; intros u N; rewrite skewed_form; apply dot_positive; exact N. Qed.

(** ** Regularised towards the identity *)

Definition frobenius_ball (A : nat -> nat -> R) : Prop := frobenius 2 (msub A unit_matrix) <= 1.
Definition operator_ball (A : nat -> nat -> R) : Prop := bounded 2 (msub A unit_matrix) ((1 / 2) ^ 2).

Lemma frobenius_ball_around : ball_around 2 frobenius_ball.
Proof. right; exists 1; split; [lra|left; intros A; apply iff_refl]. Qed.

Lemma operator_ball_around : ball_around 2 operator_ball.
Proof. right; exists (1 / 2); split; [lra|right; intros A; apply iff_refl]. Qed.

Lemma balls_about_identity_instance : exists (d : nat) (K : (nat -> nat -> R) -> Prop), ball_around d K.
Proof. exists 2%nat, frobenius_ball; exact frobenius_ball_around. Qed.

Lemma regularised_runs_instance :
  exists (d _ : nat) (Phi : nat -> nat -> R) (_ _ : nat -> R) (K : nat -> (nat -> nat -> R) -> Prop) (T : nat),
    symmetric d Phi /\ (forall t : nat, (t < T)%nat -> ball_around d (K t)).
Proof.
  exists 2%nat, 3%nat, (pair 1 2), (fun _ => 1), (fun _ => 1), (fun _ => operator_ball), 3%nat.
  split; [apply pair_symmetric|intros; apply operator_ball_around].
Qed.

(** The eigenvalue -1 of ((1, 2), (2, 1)). *)
Lemma pair_negative : eigen 2 (pair 1 2) alternating (- (1)).
Proof. replace (- (1)) with (1 - 2) by ring; apply pair_eigen. Qed.

Lemma regularised_failure_even_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta kappa : nat -> R) (K : nat -> (nat -> nat -> R) -> Prop) (T : nat)
    (W : nat -> nat -> nat -> nat -> R) (v : nat -> R) (mu : R) (t : nat),
    Nat.Even L /\ symmetric d Phi /\ (exists i : nat, (i < d)%nat /\ v i <> 0) /\ eigen d Phi v (- mu) /\ 0 < mu /\
    (forall s : nat, (s < T)%nat -> about_identity d (K s)) /\ regularised_run d L Phi eta kappa K T W /\ (t <= T)%nat.
Proof.
  destruct (regularised_runs 2 2 (pair 1 2) (fun _ => 5) (fun _ => 3) (fun _ => frobenius_ball) 3 (pair_symmetric 1 2)
    (fun _ _ => frobenius_ball_around)) as [W HW].
  exists 2%nat, 2%nat, (pair 1 2), (fun _ => 5), (fun _ => 3), (fun _ => frobenius_ball), 3%nat, W, alternating, 1, 3%nat.
  parts; [exists 1%nat; reflexivity|apply pair_symmetric|apply alternating_nonzero|exact pair_negative|lra| |exact HW|lia].
  intros; apply balls_about_identity, frobenius_ball_around.
Qed.

(** eta (1 + mu) = 1 and eta kappa = 1. *)
Lemma regularised_failure_small_steps_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta kappa : nat -> R) (K : nat -> (nat -> nat -> R) -> Prop) (T : nat)
    (W : nat -> nat -> nat -> nat -> R) (v : nat -> R) (mu : R) (t : nat),
    (2 <= L)%nat /\ symmetric d Phi /\ (exists i : nat, (i < d)%nat /\ v i <> 0) /\ eigen d Phi v (- mu) /\ 0 < mu /\
    (forall s : nat, (s < T)%nat -> 0 <= eta s /\ eta s * (1 + mu) <= 1 /\ 0 <= kappa s /\ eta s * kappa s <= 1) /\
    (forall s : nat, (s < T)%nat -> about_identity d (K s)) /\ regularised_run d L Phi eta kappa K T W /\ (t <= T)%nat.
Proof.
  destruct (regularised_runs 2 3 (pair 1 2) (fun _ => 1 / 2) (fun _ => 2) (fun _ => operator_ball) 3 (pair_symmetric 1 2)
    (fun _ _ => operator_ball_around)) as [W HW].
  exists 2%nat, 3%nat, (pair 1 2), (fun _ => 1 / 2), (fun _ => 2), (fun _ => operator_ball), 3%nat, W, alternating, 1, 3%nat.
  parts; [lia|apply pair_symmetric|apply alternating_nonzero|exact pair_negative|lra|intros; lra| |exact HW|lia].
  intros; apply balls_about_identity, operator_ball_around.
Qed.
