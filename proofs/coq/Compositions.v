(** Theorems that follow from others in a few lines, so that nothing of them is prose: balanced layers with the constants of
    balanced-convergence.md, Bartlett, Helmbold and Long's Theorem 1, the limit of its radius, and Claim 5 of Arora et al. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin Arora AroraPaper Xavier Identity Bartlett Spectral BartlettMatrices Diagonal.
Open Scope R_scope.

(** ** Balanced layers *)

Lemma margin_below_length : forall d p L Phi W r s, (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) -> r <= s.
Proof.
  intros d p L Phi W r s HL Hp Hr Hs HPhi HM; apply (arora_rate_at_most_one d p L Phi W 0 r s); auto; split; [lra|].
  assert (0 < INR L) by (apply (lt_INR 0); lia).
  apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat].
  apply Rmult_lt_0_compat; [lra|apply pow_lt; exact Hs].
Qed.

(** As r <= s, the powers of r/s may be left out. *)
Lemma balance_power : forall L r s B, (2 <= L)%nat -> 0 < r <= s -> 0 < B -> r ^ (2 * L) / (B * s ^ (2 * L - 2)) <= r ^ 2 / B.
Proof.
  intros L r s B HL Hr HB.
  assert (S0 : 0 < s ^ (2 * L - 2)) by (apply pow_lt; lra); assert (R0 : 0 < r ^ 2) by (apply pow_lt; lra).
  assert (P : r ^ (2 * L - 2) <= s ^ (2 * L - 2)) by (apply pow_incr; lra).
  replace (r ^ (2 * L)) with (r ^ 2 * r ^ (2 * L - 2)) by (rewrite <- pow_add; f_equal; lia).
  replace (r ^ 2 / B) with (r ^ 2 * s ^ (2 * L - 2) / (B * s ^ (2 * L - 2))) by (field; lra).
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra|apply Rmult_le_compat_l; lra].
Qed.

Lemma step_power : forall L r s a, (2 <= L)%nat -> 0 < r <= s -> 0 < a ->
  r ^ (4 * L - 2) / (a * s ^ (6 * L - 4)) <= r ^ 2 / (a * s ^ (2 * L)).
Proof.
  intros L r s a HL Hr Ha; assert (R0 : 0 < r ^ 2) by (apply pow_lt; lra).
  assert (T0 : 0 < s ^ (2 * L)) by (apply pow_lt; lra); assert (S0 : 0 < s ^ (4 * L - 4)) by (apply pow_lt; lra).
  assert (P : r ^ (4 * L - 4) <= s ^ (4 * L - 4)) by (apply pow_incr; lra).
  replace (r ^ (4 * L - 2)) with (r ^ 2 * r ^ (4 * L - 4)) by (rewrite <- pow_add; f_equal; lia).
  replace (s ^ (6 * L - 4)) with (s ^ (2 * L) * s ^ (4 * L - 4)) by (rewrite <- pow_add; f_equal; lia).
  set (R4 := r ^ (4 * L - 4)) in *; set (S4 := s ^ (4 * L - 4)) in *; set (T := s ^ (2 * L)) in *.
  assert (aT : 0 < a * T) by (apply Rmult_lt_0_compat; assumption).
  replace (r ^ 2 / (a * T)) with (r ^ 2 * S4 / (a * (T * S4))) by (field; lra).
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; rewrite <- Rmult_assoc; apply Rmult_lt_0_compat; lra|].
  apply Rmult_le_compat_l; lra.
Qed.

Lemma balance_within : forall L r s, (2 <= L)%nat -> 0 < r <= s ->
  r ^ (2 * L) / (40 * INR L ^ 2 * s ^ (2 * L - 2)) <= r ^ 2 / (5 * INR L ^ 2).
Proof.
  intros L r s HL Hr; assert (N2 : 0 < INR L ^ 2) by (apply pow_lt, (lt_INR 0); lia).
  eapply Rle_trans; [apply balance_power; [exact HL|exact Hr|lra]|].
  apply Rmult_le_compat_l; [apply pow2_ge_0|apply Rinv_le_contravar; lra].
Qed.

Lemma step_within : forall L r s a, (2 <= L)%nat -> 0 < r <= s -> 12 <= a ->
  r ^ (4 * L - 2) / (a * INR L ^ 2 * s ^ (6 * L - 4)) <= r ^ 2 / (24 * INR L * s ^ (2 * L)).
Proof.
  intros L r s a HL Hr Ha; assert (N1 : 2 <= INR L) by (apply (le_INR 2); exact HL).
  assert (a0 : 24 * INR L <= a * INR L ^ 2) by (assert (12 * INR L <= a * INR L) by (apply Rmult_le_compat_r; lra); nra).
  assert (T0 : 0 < s ^ (2 * L)) by (apply pow_lt; lra).
  eapply Rle_trans; [apply step_power; [exact HL|exact Hr|lra]|].
  apply Rmult_le_compat_l; [apply pow2_ge_0|apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra|apply Rmult_le_compat_r; lra]].
Qed.

(** Margin c = r^L, |Phi| = s^L: balance c^2/(40 L^2 |Phi|^(2-2/L)), steps up to c^(4-2/L)/(480 L^2 |Phi|^(6-4/L)). *)
Theorem balanced_convergence : forall d p L Phi W eta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W (r ^ (2 * L) / (40 * INR L ^ 2 * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (480 * INR L ^ 2 * s ^ (6 * L - 4)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p L Phi W eta r s t HL Hp Hr Hs HPhi HM HB [He Heta].
  assert (Hrs := margin_below_length d p L Phi W r s HL Hp Hr Hs HPhi HM).
  apply (arora_descent_step d p L Phi W eta (r ^ (2 * L) / (40 * INR L ^ 2 * s ^ (2 * L - 2))) r s t); auto.
  - apply balance_within; [exact HL|lra].
  - split; [exact He|]; eapply Rle_trans; [exact Heta|apply step_within; [exact HL|lra|lra]].
Qed.

(** The numbers of layers with the constants B of the balance and C of the step: delta = c^2/(B |Phi|^(2-2/L)), eta <= c^(4-2/L)/(C |Phi|^(6-4/L)). *)
Definition depth_constants (L : nat) (B C : R) : Prop :=
  L = 2%nat /\ B = 9 /\ C = 35 \/ L = 3%nat /\ B = 50 /\ C = 280 \/ L = 4%nat /\ B = 140 /\ C = 938 \/
  L = 5%nat /\ B = 287 /\ C = 2138 \/ L = 6%nat /\ B = 495 /\ C = 3959 \/ L = 8%nat /\ B = 1105 /\ C = 9633.

(** The same for any two numbers that the proof allows. *)
Lemma balanced_constants : forall d p n Phi W eta r s B C D x t,
  (1 <= n)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s -> 0 < B -> 0 < C ->
  orbit_constants n D x -> INR n * INR (S n) <= D * B -> INR (S n) <= x * C ->
  let L := S n in
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) -> balanced d L W (r ^ (2 * L) / (B * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (C * s ^ (6 * L - 4)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p n Phi W eta r s B C D x t Hn Hp Hr Hs B0 C0 HC HD Hx L HPhi HM HB [He Heta].
  assert (HL : (2 <= L)%nat) by (unfold L; lia); assert (Hrs := margin_below_length d p L Phi W r s HL Hp Hr Hs HPhi HM).
  assert (N := pos_INR n); assert (EN := S_INR n); fold L in EN; assert (R2 : 0 < r ^ 2) by (apply pow_lt; exact Hr).
  assert (T0 : 0 < s ^ (2 * L)) by (apply pow_lt; exact Hs).
  replace (2 * L - 2)%nat with (2 * n)%nat by (unfold L; lia).
  apply (orbit_step d p n Phi W eta (r ^ (2 * L) / (B * s ^ (2 * L - 2))) r s D x t); auto; fold L.
  - apply Rle_trans with (INR n * INR L * (r ^ 2 / B)).
    + apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|apply balance_power; [exact HL|lra|exact B0]].
    + replace (INR n * INR L * (r ^ 2 / B)) with (INR n * INR L * / B * r ^ 2) by (field; lra).
      apply Rmult_le_compat_r; [lra|]; apply (Rmult_le_reg_r B); [exact B0|].
      replace (INR n * INR L * / B * B) with (INR n * INR L) by (field; lra); exact HD.
  - assert (E : eta <= r ^ 2 / (C * s ^ (2 * L))) by (eapply Rle_trans; [exact Heta|apply step_power; [exact HL|lra|exact C0]]).
    apply (Rmult_le_compat_r (INR L * s ^ (2 * L))) in E; [|apply Rmult_le_pos; lra].
    replace (r ^ 2 / (C * s ^ (2 * L)) * (INR L * s ^ (2 * L))) with (INR L * / C * r ^ 2) in E by (field; lra).
    assert (F : INR L * / C * r ^ 2 <= x * r ^ 2); [|lra]; apply Rmult_le_compat_r; [lra|]; apply (Rmult_le_reg_r C); [exact C0|].
    replace (INR L * / C * C) with (INR L) by (field; lra); exact Hx.
Qed.

Theorem balanced_convergence_depths : forall d p L Phi W eta r s B C t,
  depth_constants L B C -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W (r ^ (2 * L) / (B * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (C * s ^ (6 * L - 4)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p L Phi W eta r s B C t H Hp Hr Hs HPhi HM HB He.
  destruct H as [H|H]; [destruct H as [-> [-> ->]]|].
  - apply (balanced_constants d p 1 Phi W eta r s 9 35 (2 / 9) (2 / 35)); auto; try lra; try (simpl; lra).
    split; [exact step_constant_two|simpl; lra].
  - repeat destruct H as [H|H]; destruct H as [-> [-> ->]];
      match type of HM with deficiency_margin _ _ (S ?n) _ _ _ =>
        match type of HB with balanced _ _ _ (_ / (?b * _)) => match type of He with _ <= _ <= _ / (?a * _) =>
          apply (balanced_constants d p n Phi W eta r s b a (1 / 5) (1 / 24)) end end end;
      try apply orbit_constants_any; auto; try lia; try lra; simpl; lra.
Qed.

(** From exact balance the step may be twice as large. *)
Theorem balanced_start : forall d p L Phi W eta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) -> balanced d L W 0 ->
  0 <= eta <= r ^ (4 * L - 2) / (240 * INR L ^ 2 * s ^ (6 * L - 4)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p L Phi W eta r s t HL Hp Hr Hs HPhi HM HB [He Heta].
  assert (Hrs := margin_below_length d p L Phi W r s HL Hp Hr Hs HPhi HM).
  apply (arora_descent_step d p L Phi W eta 0 r s t); auto.
  - apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat].
    apply Rmult_lt_0_compat; [lra|apply pow_lt; apply (lt_INR 0); lia].
  - split; [exact He|]; eapply Rle_trans; [exact Heta|apply step_within; [exact HL|lra|lra]].
Qed.

(** ** Targets near the identity *)

(** Within 1/4 of the identity, at the step 1/(7 L): 426 log(R(0)/eps) steps. *)
Theorem bartlett_theorem_1 : forall d L Phi eps T,
  (2 <= L)%nat -> frobenius d (msub unit_matrix Phi) <= 1 / 4 -> 0 < eps ->
  426 * ln (loss d L Phi (fun _ => unit_matrix) / eps) <= INR T ->
  loss d L Phi (layers_descent d L Phi (/ (7 * INR L)) (fun _ => unit_matrix) T) <= eps.
Proof.
  intros d L Phi eps T HL HF Heps HT.
  assert (N1 : 2 <= INR L) by (apply (le_INR 2); exact HL).
  assert (E0 : 0 < / (7 * INR L)) by (apply Rinv_0_lt_compat; lra).
  eapply Rle_trans; [apply (identity_radius_rate d L Phi (1 / 4) _ T HL ltac:(lra) HF); split; lra|].
  replace (8 / 9 * / (7 * INR L) * INR L * (1 - 2 * (1 / 4)) ^ 4 / (1 + 2 * (1 / 4)) ^ 3) with (4 / 1701) by (field; lra).
  set (R := loss d L Phi (fun _ => unit_matrix)) in *; assert (R0 : 0 <= R) by apply loss_nonneg.
  destruct (Rle_lt_or_eq_dec 0 R R0) as [Rp|Rz]; [|rewrite <- Rz, Rmult_0_r; lra].
  destruct (Rle_dec (ln (R / eps)) 0) as [Low|High].
  - assert (Re : R <= eps).
    { apply (Rmult_le_reg_r (/ eps)); [apply Rinv_0_lt_compat; exact Heps|]; rewrite Rinv_r by lra.
      rewrite <- exp_0; change (R * / eps) with (R / eps); rewrite <- (exp_ln (R / eps)) by (apply Rdiv_lt_0_compat; lra).
      apply exp_le_compat; exact Low. }
    apply Rle_trans with (1 * R); [|lra]; apply Rmult_le_compat_r; [lra|].
    assert (B : (1 - 4 / 1701) ^ T <= 1 ^ T) by (apply pow_incr; lra); rewrite pow1 in B; exact B.
  - apply Rle_trans with (exp (- (4 / 1701) * INR T) * R).
    { apply Rmult_le_compat_r; [lra|apply power_below_exp; lra]. }
    apply Rle_trans with (exp (- ln (R / eps)) * R); [apply Rmult_le_compat_r; [lra|apply exp_le_compat; lra]|].
    rewrite <- ln_Rinv, exp_ln by (try apply Rinv_0_lt_compat; apply Rdiv_lt_0_compat; lra).
    right; field; split; lra.
Qed.

(** ** A negative eigenvalue *)

Lemma back_of_units : forall d E l k, same d (back d (fun _ => unit_matrix) l k E) E.
Proof.
  intros d E l k; revert l; induction k as [|k IH]; intros l; [apply same_refl|]; simpl back; rewrite tr_unit.
  eapply same_trans; [apply mul_unit_l|apply IH].
Qed.

Lemma chain_of_units : forall d l, same d (chain d (fun _ => unit_matrix) l) unit_matrix.
Proof. intros d l; induction l as [|l IH]; [apply same_refl|simpl chain; eapply same_trans; [apply mul_unit_l|exact IH]]. Qed.

Lemma gradient_at_units : forall d L Phi l, same d (gradient d L Phi (fun _ => unit_matrix) l) (msub unit_matrix Phi).
Proof.
  intros d L Phi l; unfold gradient.
  eapply same_trans; [apply same_mul; [apply back_of_units|apply same_tr, chain_of_units]|].
  rewrite tr_unit; eapply same_trans; [apply mul_unit_r|]; apply same_sub; [apply chain_of_units|apply same_refl].
Qed.

(** Claim 5 of Arora, Cohen, Golowich and Hu: balanced, not stationary, and no step size helps. *)
Theorem arora_claim_5 : forall d L Phi v mu, Nat.Even L -> (2 <= L)%nat -> symmetric d Phi ->
  (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  balanced d L (fun _ => unit_matrix) 0 /\
  (exists l i j, (l < L)%nat /\ (i < d)%nat /\ (j < d)%nat /\ gradient d L Phi (fun _ => unit_matrix) l i j <> 0) /\
  forall eta t, mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof.
  intros d L Phi v mu HL L2 S [i [Hi Vi]] E Hmu; split; [|split].
  - intros l _; rewrite tr_unit; apply Req_le.
    rewrite <- (frobenius_zero d); unfold frobenius; f_equal; apply inner_same; intros a b _ _; unfold msub; ring.
  - destruct (all_or_one d (fun j => gradient d L Phi (fun _ => unit_matrix) 0 i j = 0)) as [Z|[j [Hj N]]].
    + intros j; apply Req_dec.
    + exfalso; assert (F : mv d (msub unit_matrix Phi) v i = 0).
      { unfold mv, dot; apply total_zero; intros j Hj.
        rewrite <- (gradient_at_units d L Phi 0 i j Hi Hj), (Z j Hj); ring. }
      assert (Q := E i Hi); rewrite mv_sub in F; rewrite mv_unit in F by exact Hi; rewrite Q in F; apply Vi; nra.
    + exists 0%nat, i, j; repeat split; try assumption; lia.
  - intros eta t; apply (bartlett_negative_even d L Phi eta v mu t); try assumption; exists i; split; assumption.
Qed.

(** diag(-mu, 1, ..., 1) is at distance 1 + mu, and descent from the identity fails: no radius above 1 will do. *)
Theorem identity_radius_limit : forall d mu Phi L eta t, (1 <= d)%nat -> 0 < mu -> Phi = diagonal (corner_entry (- mu) 1) ->
  symmetric d Phi /\ frobenius d (msub unit_matrix Phi) = 1 + mu /\
  (Nat.Even L -> mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)) /\
  ((2 <= L)%nat -> 0 < eta -> eta * (1 + mu) < 1 ->
    mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)).
Proof.
  intros d mu Phi L eta t Hd Hmu ->; set (Phi := diagonal (corner_entry (- mu) 1)).
  assert (V : exists i, (i < d)%nat /\ corner_entry 1 0 i <> 0) by (exists 0%nat; split; [lia|unfold corner_entry; simpl; lra]).
  assert (S : symmetric d Phi) by apply diagonal_symmetric.
  assert (E : eigen d Phi (corner_entry 1 0) (- mu)) by apply corner_eigen.
  split; [exact S|split; [|split]].
  - transitivity (frobenius d (diagonal (corner_entry (1 + mu) 0))); [|rewrite corner_norm by exact Hd; apply Rabs_pos_eq; lra].
    unfold frobenius; f_equal; apply inner_same; intros i j _ _; unfold msub, Phi, diagonal, unit_matrix, corner_entry.
    destruct (Nat.eqb i j); [destruct (Nat.eqb i 0)|]; ring.
  - intros HL; apply (bartlett_negative_even d L Phi eta (corner_entry 1 0) mu t); assumption.
  - intros HL He Hs; apply (bartlett_negative_small_steps d L Phi eta (corner_entry 1 0) mu t); assumption.
Qed.
