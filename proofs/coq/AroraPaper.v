(** Theorem 1 of Arora, Cohen, Golowich and Hu with the constants of the paper, and the identity start. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin Arora.
Open Scope R_scope.

(** ** The theorem of the paper *)

Lemma paper_balance : forall L r s, (2 <= L)%nat -> 0 < r -> r <= s ->
  r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2)) <= r ^ 2 / (5 * INR L ^ 2).
Proof.
  intros L r s HL Hr Hrs.
  assert (N1 : 2 <= INR L) by (apply (le_INR 2); exact HL).
  assert (S0 : 0 < s ^ (2 * L - 2)) by (apply pow_lt; lra).
  assert (R0 : 0 < r ^ 2) by (apply pow_lt; exact Hr).
  assert (P : r ^ (2 * L - 2) <= s ^ (2 * L - 2)) by (apply pow_incr; lra).
  replace (r ^ (2 * L)) with (r ^ 2 * r ^ (2 * L - 2)) by (rewrite <- pow_add; f_equal; lia).
  assert (N2 : 0 < INR L ^ 2) by (apply pow_lt; lra).
  assert (N3 : INR L ^ 3 = INR L * INR L ^ 2) by ring.
  apply (Rmult_le_reg_r (5 * INR L ^ 2 * (256 * INR L ^ 3 * s ^ (2 * L - 2)))).
  { repeat apply Rmult_lt_0_compat; try lra; apply pow_lt; lra. }
  replace (r ^ 2 * r ^ (2 * L - 2) / (256 * INR L ^ 3 * s ^ (2 * L - 2))
    * (5 * INR L ^ 2 * (256 * INR L ^ 3 * s ^ (2 * L - 2))))
    with (r ^ 2 * INR L ^ 2 * (5 * r ^ (2 * L - 2))) by (field; split; lra).
  replace (r ^ 2 / (5 * INR L ^ 2) * (5 * INR L ^ 2 * (256 * INR L ^ 3 * s ^ (2 * L - 2))))
    with (r ^ 2 * INR L ^ 2 * (256 * INR L * s ^ (2 * L - 2))) by (field; lra).
  apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
  assert (2 * s ^ (2 * L - 2) <= INR L * s ^ (2 * L - 2)) by (apply Rmult_le_compat_r; lra).
  lra.
Qed.

Lemma paper_step : forall L r s, (2 <= L)%nat -> 0 < r -> r <= s ->
  r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) <= r ^ 2 / (24 * INR L * s ^ (2 * L)).
Proof.
  intros L r s HL Hr Hrs.
  assert (N1 : 2 <= INR L) by (apply (le_INR 2); exact HL).
  assert (R0 : 0 < r ^ 2) by (apply pow_lt; exact Hr).
  assert (T0 : 0 < s ^ (2 * L)) by (apply pow_lt; lra).
  assert (S0 : 0 < s ^ (4 * L - 4)) by (apply pow_lt; lra).
  assert (P : r ^ (4 * L - 4) <= s ^ (4 * L - 4)) by (apply pow_incr; lra).
  replace (r ^ (4 * L - 2)) with (r ^ 2 * r ^ (4 * L - 4)) by (rewrite <- pow_add; f_equal; lia).
  replace (s ^ (6 * L - 4)) with (s ^ (2 * L) * s ^ (4 * L - 4)) by (rewrite <- pow_add; f_equal; lia).
  set (R4 := r ^ (4 * L - 4)) in *; set (S4 := s ^ (4 * L - 4)) in *; set (T := s ^ (2 * L)) in *.
  assert (N2 : 4 <= INR L ^ 2) by (simpl; nra).
  apply (Rmult_le_reg_r (24 * INR L * T * (256 * INR L ^ 2 * S4))).
  { repeat apply Rmult_lt_0_compat; lra. }
  replace (r ^ 2 * R4 / (6144 * INR L ^ 3 * (T * S4)) * (24 * INR L * T * (256 * INR L ^ 2 * S4)))
    with (r ^ 2 * R4) by (field; repeat split; lra).
  replace (r ^ 2 / (24 * INR L * T) * (24 * INR L * T * (256 * INR L ^ 2 * S4)))
    with (r ^ 2 * (256 * INR L ^ 2 * S4)) by (field; repeat split; lra).
  apply Rmult_le_compat_l; [lra|].
  assert (4 * S4 <= INR L ^ 2 * S4) by (apply Rmult_le_compat_r; lra); lra.
Qed.

(** Theorem 1 of Arora, Cohen, Golowich and Hu, with its own constants. *)
Theorem arora_theorem_1 : forall d p L Phi W eta r s eps T,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) ->
  0 < eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) -> 0 < eps ->
  ln (loss d L Phi W / eps) / (eta * r ^ (2 * L - 2)) <= INR T ->
  loss d L Phi (layers_descent d L Phi eta W T) <= eps.
Proof.
  intros d p L Phi W eta r s eps T HL Hp Hr Hs HPhi HM HB [He Heta] Heps HT.
  assert (Hrs : r <= s).
  { apply (arora_rate_at_most_one d p L Phi W 0 r s); auto; split; [lra|].
    assert (0 < INR L) by (apply (lt_INR 0); lia).
    apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat].
    apply Rmult_lt_0_compat; [lra|apply pow_lt; exact Hs]. }
  assert (He' : 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L))).
  { split; [lra|]; eapply Rle_trans; [exact Heta|apply paper_step; assumption]. }
  destruct (arora_rate_at_most_one d p L Phi W eta r s HL Hp Hr Hs HPhi HM He') as [_ K].
  eapply Rle_trans; [apply (arora_descent_rate d p L Phi W eta
    (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) r s); auto; apply paper_balance; assumption|].
  set (R := loss d L Phi W) in *; assert (R0 : 0 <= R) by apply loss_nonneg.
  assert (K0 : 0 < eta * r ^ (2 * L - 2)) by (apply Rmult_lt_0_compat; [lra|apply pow_lt; exact Hr]).
  set (k := eta * r ^ (2 * L - 2)) in *.
  destruct (Rle_lt_or_eq_dec 0 R R0) as [Rp|Rz]; [|rewrite <- Rz, Rmult_0_r; lra].
  apply Rle_trans with (exp (- k * INR T) * R).
  { apply Rmult_le_compat_r; [lra|apply power_below_exp; lra]. }
  apply (Rmult_le_compat_l k) in HT; [|lra].
  replace (k * (ln (R / eps) / k)) with (ln (R / eps)) in HT by (field; lra).
  apply Rle_trans with (exp (- ln (R / eps)) * R).
  { apply Rmult_le_compat_r; [lra|apply exp_le_compat; lra]. }
  rewrite <- ln_Rinv, exp_ln by (try apply Rinv_0_lt_compat; apply Rdiv_lt_0_compat; lra).
  right; field; split; lra.
Qed.

(** ** Identity start *)

(** From the identity and |Phi - I| <= rho < 1/2: the margin is 1 - 2 rho, the balance exact. *)
Lemma identity_margin : forall d L Phi rho, (1 <= L)%nat -> 0 <= rho <= 1 / 2 ->
  frobenius d (msub unit_matrix Phi) <= rho ->
  deficiency_margin d d L Phi (fun _ => unit_matrix) (1 - 2 * rho).
Proof.
  intros d L Phi rho HL Hrho HF.
  assert (C : forall l, same d (chain d (fun _ => unit_matrix) l) unit_matrix).
  { induction l as [|l IH]; [apply same_refl|].
    simpl chain; eapply same_trans; [apply mul_unit_l|exact IH]. }
  assert (E : frobenius d (residual d L Phi (fun _ => unit_matrix)) <= rho).
  { eapply Rle_trans; [right|exact HF]; unfold frobenius; f_equal; apply inner_same.
    apply same_sub; [apply C|apply same_refl]. }
  exists (1 - rho); split; [lra|split; [left|lra]]; split; [intros i j Hi Hj; lia|].
  split; [intros i j Hi Hj; lia|].
  intros x _; apply (near_identity_below d Phi rho); [lra|apply bounded_frobenius_le; exact HF].
Qed.

Theorem identity_start_rate : forall d L Phi rho eta r s t,
  (2 <= L)%nat -> (1 <= d)%nat -> 0 <= rho -> 0 < r -> 0 < s ->
  frobenius d (msub unit_matrix Phi) <= rho -> r ^ L = 1 - 2 * rho -> frobenius d Phi = s ^ L ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)
    <= (1 - eta * r ^ (2 * L - 2)) ^ t * loss d L Phi (fun _ => unit_matrix).
Proof.
  intros d L Phi rho eta r s t HL Hd Hrho Hr Hs HF Er HPhi He.
  assert (R0 : 0 < r ^ L) by (apply pow_lt; exact Hr).
  apply (arora_descent_rate d d L Phi (fun _ => unit_matrix) eta 0 r s); auto; try lia.
  - rewrite Er; apply identity_margin; [lia|lra|exact HF].
  - intros l _; rewrite tr_unit; apply Req_le.
    rewrite <- (frobenius_zero d); unfold frobenius; f_equal; apply inner_same.
    intros i j Hi Hj; unfold msub; ring.
  - apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat].
    apply Rmult_lt_0_compat; [lra|apply pow_lt; apply (lt_INR 0); lia].
Qed.
