(** Instances, continued: theorems on matrices. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Gradient ZasDescent ZasFlow ZasFlowStart ZasSharp Transpose BalancedProduct Margin Arora AroraPaper Identity.
From Lemmata Require Import Refutations InstancesSteps.
Open Scope R_scope.

(** ** Matrices *)

Lemma number_square : forall x, frobenius 2 (number x) ^ 2 = 4 * x ^ 2.
Proof. intros; rewrite frobenius_square; unfold inner, dot, number; simpl; ring. Qed.

Lemma layers_balancedness_instance :
  exists (_ L : nat) (_ : nat -> nat -> R) (_ : R) (_ : nat -> nat -> nat -> R) (l : nat), (S l < L)%nat.
Proof. exists 2%nat, 2%nat, (number 1), 1, (fun _ => number 1), 0%nat; lia. Qed.

Lemma layers_conservation_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R) (a b : R) (l i j :
    nat) (s t : R), is_layers_flow d L Phi W a b /\ (S l < L)%nat /\ (i < d)%nat /\ (j < d)%nat /\
    a < s < b /\ a < t < b.
Proof.
  exists 1%nat, 2%nat, (number 0), decaying, (-1 / 2), 2, 0%nat, 0%nat, 0%nat, 0, 1.
  split; [exact decaying_flow|parts; try lia; lra].
Qed.

Lemma wu_flow_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R) (a b t0 t : R), (1 <=
    L)%nat /\ is_layers_flow d L Phi W a b /\ a < t0 /\ t0 <= t /\ t < b /\ (forall l i j : nat, (l <
    L)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j).
Proof.
  exists 1%nat, 1%nat, (number 1), relaxing, (-1), 2, 0, 1.
  split; [lia|split; [exact relaxing_flow|parts; try lra; exact relaxing_start]].
Qed.

Lemma wu_descent_step_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (_ : nat), (1 <= L)%nat /\ 0 <= eta /\ eta *
    (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1.
Proof.
  exists 2%nat, 3%nat, (number 1), (1 / 129), 7%nat.
  split; [lia|split; [lra|rewrite number_square; simpl; lra]].
Qed.

Lemma wu_descent_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (_ : nat), (1 <= L)%nat /\ 0 <= eta /\ eta *
    (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1.
Proof. exact wu_descent_step_instance. Qed.

Lemma wu_descent_paper_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (_ : nat), (1 <= L)%nat /\ 0 <= eta <=
    Rmin (/ (4 * INR L ^ 3 * wu_scale L (frobenius d Phi) ^ 6)) (/ (144 * INR L ^ 2 * wu_scale L
    (frobenius d Phi) ^ 4)).
Proof.
  exists 2%nat, 9%nat, (number (1 / 2)), (/ 186624), 7%nat.
  assert (F : frobenius 2 (number (1 / 2)) = 1).
  { unfold frobenius, inner, dot, number; simpl.
    match goal with |- sqrt ?x = 1 => replace x with 1 by field end; apply sqrt_1. }
  assert (Q : sqrt (INR 9) = 3) by (replace (INR 9) with (3 * 3) by (simpl; ring); apply sqrt_square; lra).
  assert (X : wu_scale 9 1 = 2).
  { unfold wu_scale; rewrite Q, (Rmax_left (3 / 3)), Rmax_left; lra. }
  rewrite F, X; split; [lia|split; [lra|apply Rmin_glb; simpl; lra]].
Qed.

Lemma arora_descent_step_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta delta r s : R) (_ :
    nat), (2 <= L)%nat /\ (1 <= p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\
    deficiency_margin d p L Phi W (r ^ L) /\ balanced d L W delta /\ delta <= r ^ 2 / (5 * INR L ^ 2)
    /\ 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)).
Proof.
  exists 1%nat, 1%nat, 2%nat, (number 4), (fun _ => number 1), (1 / 768), 0, 1, 2, 7%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [exact ones_target|split; [exact ones_margin|]]]]]].
  split; [apply ones_balanced; lra|simpl; lra].
Qed.

Lemma arora_descent_rate_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta delta r s : R) (_ :
    nat), (2 <= L)%nat /\ (1 <= p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\
    deficiency_margin d p L Phi W (r ^ L) /\ balanced d L W delta /\ delta <= r ^ 2 / (5 * INR L ^ 2)
    /\ 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)).
Proof. exact arora_descent_step_instance. Qed.

Lemma arora_theorem_1_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta r s eps : R) (T :
    nat), (2 <= L)%nat /\ (1 <= p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\
    deficiency_margin d p L Phi W (r ^ L) /\ balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 *
    L - 2))) /\ 0 < eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) /\ 0 < eps /\ ln
    (loss d L Phi W / eps) / (eta * r ^ (2 * L - 2)) <= INR T.
Proof.
  exists 1%nat, 1%nat, 2%nat, (number 4), (fun _ => number 1), (1 / 12582912), 1, 2, (9 / 2), 0%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [exact ones_target|split; [exact ones_margin|]]]]]].
  split; [apply ones_balanced; exact ones_paper_balance|split; [simpl; lra|split; [lra|]]].
  replace (loss 1 2 (number 4) (fun _ => number 1)) with (9 / 2) by (compute_layers; lra).
  replace (9 / 2 / (9 / 2)) with 1 by field; rewrite ln_1; unfold Rdiv; rewrite Rmult_0_l; simpl; lra.
Qed.

Lemma identity_start_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (rho eta r s : R) (_ : nat), (2 <= L)%nat /\ (1 <=
    d)%nat /\ 0 <= rho /\ 0 < r /\ 0 < s /\ frobenius d (msub unit_matrix Phi) <= rho /\ r ^ L = 1 - 2
    * rho /\ frobenius d Phi = s ^ L /\ 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)).
Proof.
  exists 1%nat, 2%nat, (number (121 / 100)), (255 / 1000), (1 / 1000), (7 / 10), (11 / 10), 7%nat.
  split; [lia|split; [lia|parts; try lra]].
  - apply frobenius_below; [lra|compute_layers; lra].
  - rewrite number_frobenius; lra.
  - simpl; lra.
Qed.

Lemma wu_flow_from_start_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R) (b t0 t : R), (1 <=
    L)%nat /\ is_layers_flow d L Phi W t0 b /\ t0 < t < b /\ (forall l i j : nat, (l < L)%nat -> (i <
    d)%nat -> (j < d)%nat -> filterlim (fun x : R => W l x i j) (at_right t0) (locally
    (zero_asymmetric L l i j))).
Proof.
  exists 1%nat, 1%nat, (number 1), relaxing, 2, 0, 1.
  split; [lia|split; [exact relaxing_flow_from_start|split; [lra|exact relaxing_from_start]]].
Qed.

Lemma wu_first_step_instance :
  exists (_ L : nat) (_ : nat -> nat -> R) (_ : R), (1 <= L)%nat.
Proof. exists 2%nat, 3%nat, (number 1), 1; lia. Qed.

Lemma wu_flow_slope_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R) (a b t0 : R), (1 <=
    L)%nat /\ is_layers_flow d L Phi W a b /\ a < t0 < b /\ (forall l i j : nat, (l < L)%nat -> (i <
    d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j).
Proof.
  exists 1%nat, 1%nat, (number 1), relaxing, (-1), 2, 0.
  split; [lia|split; [exact relaxing_flow|split; [lra|exact relaxing_start]]].
Qed.

Lemma identity_radius_step_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (r eta : R) (_ : nat), (2 <= L)%nat /\ r < 1 / 2 /\
    frobenius d (msub unit_matrix Phi) <= r /\ 0 <= eta <= / (7 * INR L).
Proof.
  exists 1%nat, 3%nat, (number (3 / 5)), (2 / 5), (1 / 21), 7%nat.
  split; [lia|split; [lra|split; [apply frobenius_below; [lra|compute_layers; lra]|simpl; lra]]].
Qed.

Lemma identity_radius_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (r eta : R) (_ : nat), (2 <= L)%nat /\ r < 1 / 2 /\
    frobenius d (msub unit_matrix Phi) <= r /\ 0 <= eta <= / (7 * INR L).
Proof. exact identity_radius_step_instance. Qed.

Lemma balanced_product_instance :
  exists (d n : nat) (W : nat -> nat -> nat -> R), (1 <= n)%nat /\ (forall l : nat, (S l < n)%nat -> same d (mul d (tr
    (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))).
Proof. exists 2%nat, 3%nat, (fun _ => unit_matrix); split; [lia|intros; rewrite tr_unit; apply same_refl]. Qed.
