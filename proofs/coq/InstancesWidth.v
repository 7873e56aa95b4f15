(** Instances, continued: three layers on one sample, 1, with the target 1, for the theorem of wide-layers.md. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Lemmata Require Import Products Matrix Norms Margin Convergence WideData DuHuLoss OrthogonalTheorem GaussianChance GaussianWidth GaussianPaper InstancesPropositions InstancesDuHu.
Open Scope R_scope.

(** |Phi| <= c, delta = 1/4, one output. *)
Lemma lone_output_size : output_size 1 (ln (2 / (1 / 4))) <= 81 / 10.
Proof.
  assert (T := log_two_below); unfold output_size; simpl INR.
  assert (E : ln (2 / (1 / 4)) <= 21 / 10).
  { replace (2 / (1 / 4)) with (2 * 2 * 2) by field; rewrite !ln_mult by lra; lra. }
  set (x := ln (2 / (1 / 4))) in *; assert (S := sqrt_le_1_alt (1 * x) ((145 / 100) ^ 2) ltac:(lra)); rewrite sqrt_pow2 in S by lra; lra.
Qed.

Lemma lone_start_bound : forall c, 0 <= c <= 1 -> gaussian_loss 1 c (1 / 4) <= 97506 / 10000.
Proof.
  intros c Hc; assert (A := lone_output_size); set (a := output_size 1 (ln (2 / (1 / 4)))) in *.
  unfold gaussian_loss; fold a; unfold start_bound.
  assert (S := sqrt_le_1_alt (36 / 25 * a / INR 1) ((3416 / 1000) ^ 2) ltac:(simpl INR; lra)); rewrite sqrt_pow2 in S by lra.
  assert (S0 := sqrt_pos (36 / 25 * a / INR 1)); assert (P := pow_incr (sqrt (36 / 25 * a / INR 1) + c) (4416 / 1000) 2 ltac:(lra)); lra.
Qed.

Lemma gaussian_layers_whole_instance :
  exists (d n m p r L : nat) (X Y Phi : nat -> nat -> R) (eta sigma tau phi delta : R),
    (n <= d)%nat /\ (m <= d)%nat /\ (1 <= p <= d)%nat /\ (1 <= r <= d)%nat /\ (1 <= L)%nat /\
    data_of d n p r X Y Phi sigma tau phi /\ 0 < delta < 1 /\ start_failure m p r L <= delta / 2 /\
    18300 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * gaussian_loss p phi delta) * middle_size L <= INR m /\
    0 < eta <= INR p / (3 * INR L * sigma ^ 2).
Proof.
  destruct (width_of 5353080 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  exists m, 1%nat, m, 1%nat, 1%nat, 3%nat, (lone 1), (mul m (lone 1) (lone 1)), (lone 1), (1 / 9), 1, 1, 1, (1 / 4).
  assert (B := lone_start_bound 1 ltac:(lra)); set (beta := gaussian_loss _ _ _) in *.
  repeat (split; [first [lia|lra|apply lone_data; [exact m1|lra]]|]); split; [|split].
  - eapply Rle_trans; [apply failure_below; lia|]; rewrite Hm.
    assert (E : exp (- (9 / 1000 * (5353080 / INR 3))) <= / 63001).
    { rewrite exp_Ropp; apply Rinv_le_contravar; [lra|]; replace (9 / 1000 * (5353080 / INR 3)) with (8000 + 805924 / 100) by (simpl; field).
      assert (A := exp_above_line 8000); assert (B2 := exp_above_line (805924 / 100)); rewrite exp_plus; apply Rle_trans with (8001 * 8060); [lra|].
      apply Rmult_le_compat; lra. }
    simpl in *; lra.
  - rewrite lone_square, Hm by exact m1; unfold middle_size; rewrite Rmax_right by (simpl; lra); simpl; lra.
  - simpl; lra.
Qed.

(** kappa = 1. *)
Lemma lone_width_squared : forall L c, 0 <= c <= 1 -> (1 <= L <= 2)%nat -> width_squared L 1 1 1 1 c (1 / 4) <= 2.
Proof.
  intros L c Hc HL; assert (E := lone_width L c 2 ltac:(assert (c ^ 2 <= 1 ^ 2) by (apply pow_incr; lra); lra) ltac:(lra) HL).
  unfold WideWidth.width_needed in E; unfold width_squared; replace ((1 ^ 2 / 1 ^ 2) ^ 3) with 1 in E by (simpl; field).
  replace ((1 ^ 2 / 1 ^ 2) ^ 2) with 1 by (simpl; field); exact E.
Qed.

Lemma gaussian_layers_width_instance :
  exists (d n m p r L : nat) (X Y Phi : nat -> nat -> R) (eta sigma tau phi delta : R),
    (n <= d)%nat /\ (m <= d)%nat /\ (1 <= p <= d)%nat /\ (1 <= r <= d)%nat /\ (1 <= L)%nat /\
    data_of d n p r X Y Phi sigma tau phi /\ 0 < delta < 1 /\
    4 * 10 ^ 6 * INR L * width_squared L p r sigma tau phi delta <= INR m /\ 0 < eta <= INR p / (3 * INR L * sigma ^ 2).
Proof.
  destruct (width_of 16000000 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  exists m, 1%nat, m, 1%nat, 1%nat, 2%nat, (lone 1), (mul m (lone 1) (lone 1)), (lone 1), (1 / 6), 1, 1, 1, (1 / 4).
  assert (D := lone_data m 1 m1 ltac:(lra)); assert (W := lone_width_squared 2 1 ltac:(lra) ltac:(lia)).
  repeat (split; [first [lia|exact D|lra]|]); split; [rewrite Hm; simpl in *; lra|simpl; lra].
Qed.
