(** Identity start and a target with |Phi - I| <= r < 1/2: identity-initialisation.md, section 3.

    The step eta <= 1/(7 L) does not depend on the dimension, and all layers together give a rate that
    grows with L. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose.
From Lemmata Require Import ZasNumbers Remainder Convergence AroraNumbers Margin AroraStep Arora IdentityNumbers.
Open Scope R_scope.

(** ** Near the identity *)

Lemma frobenius_opp : forall d A, frobenius d (mscal (-1) A) = frobenius d A.
Proof. intros; unfold frobenius; rewrite inner_scal_l, inner_scal_r; f_equal; ring. Qed.

(** The product of all layers is within 2 r of the identity. *)
Lemma product_near : forall d n Phi W r, frobenius d (msub unit_matrix Phi) <= r ->
  frobenius d (residual d (S n) Phi W) <= r -> frobenius d (msub unit_matrix (chain d W (S n))) <= 2 * r.
Proof.
  intros d n Phi W r H E.
  replace (msub unit_matrix (chain d W (S n)))
    with (madd (msub unit_matrix Phi) (mscal (-1) (residual d (S n) Phi W)))
    by (pointwise i; pointwise j; unfold residual, madd, msub, mscal; ring).
  eapply Rle_trans; [apply frobenius_add|rewrite frobenius_opp; lra].
Qed.

Lemma product_above : forall d n W r, 0 <= r -> frobenius d (msub unit_matrix (chain d W (S n))) <= 2 * r ->
  bounded d (chain d W (S n)) ((1 + 2 * r) ^ 2).
Proof.
  intros d n W r Hr H.
  replace (chain d W (S n))
    with (madd unit_matrix (mscal (-1) (msub unit_matrix (chain d W (S n)))))
    by (pointwise i; pointwise j; unfold madd, msub, mscal; ring).
  apply bounded_add; [lra|lra|rewrite pow1; apply bounded_unit|].
  apply bounded_frobenius_le; rewrite frobenius_opp; exact H.
Qed.

(** ** One step *)

Lemma identity_one : forall d n Phi eta W a A r,
  let N := INR (S n) in
  (1 <= n)%nat -> 0 <= r <= 1 / 2 -> 0 <= eta -> eta * N <= 1 / 7 ->
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= A -> A <= eta * r ^ 2 ->
  nearly_balanced d n W (fun _ => 0) a ->
  frobenius d (msub unit_matrix Phi) <= r -> frobenius d (residual d (S n) Phi W) <= r ->
  loss d (S n) Phi (layers_step d (S n) Phi eta W)
    <= loss d (S n) Phi W - eta / 2 * gradient_square d (S n) Phi W /\
  8 / 9 * N * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3 * (2 * loss d (S n) Phi W) <= gradient_square d (S n) Phi W.
Proof.
  intros d n Phi eta W a A r N Hn Hr He Hq Ha HA HAr H HPhi HE.
  assert (N2 : 2 <= N) by (apply (le_INR 2); lia).
  assert (A0 : 0 <= A).
  { eapply Rle_trans; [|exact HA]; apply total_nonneg; intros; apply Ha; lia. }
  set (V := 1 + 2 * r); assert (V1 : 1 <= V <= 2) by (unfold V; lra).
  assert (PN := product_near d n Phi W r HPhi HE).
  assert (PA := product_above d n W r ltac:(lra) PN); fold V in PA.
  destruct (power_root n (V ^ 2)) as [Z [HZ EZ]]; [apply pow2_ge_0|].
  assert (Z1 : 1 <= Z).
  { apply (power_le_inv n); [exact HZ|rewrite EZ, pow1; apply pow_R1_Rle; lra]. }
  assert (ZV : Z <= V).
  { apply (power_le_inv n); [lra|rewrite EZ; apply Rle_pow; [lra|lia]]. }
  assert (BL : bounded d (W n) (Z + A)).
  { apply (balanced_last d n W a A Z V); auto; lra. }
  set (b0 := sqrt (Z * (1 + 2 * A))).
  assert (Zp : 1 <= Z * (1 + 2 * A)) by (assert (0 <= Z * (2 * A)) by (apply Rmult_le_pos; lra); lra).
  assert (Eb0 : b0 ^ 2 = Z * (1 + 2 * A)) by (apply pow2_sqrt; lra).
  assert (Hb0 : 1 <= b0) by (unfold b0; rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt; lra).
  assert (BW : forall l, (l <= n)%nat -> bounded d (W l) (b0 ^ 2)).
  { intros l Hl; apply (bounded_mono d _ (Z + A + A)).
    - rewrite Eb0; assert (0 <= (Z - 1) * (2 * A)) by (apply Rmult_le_pos; lra); lra.
    - apply (balanced_above d n W a A (Z + A)); auto; lra. }
  set (M := b0 ^ S n); assert (HM : 1 <= M) by (apply pow_R1_Rle; exact Hb0).
  set (h := eta * (M * r)).
  destruct (identity_bounds n eta r A Z b0 h) as [K1 H0]; auto.
  set (b := b0 * (1 + h)) in *; set (m := b ^ S n) in *.
  assert (Hb : 1 <= b).
  { unfold b; assert (0 <= b0 * h) by (apply Rmult_le_pos; lra); lra. }
  assert (Hm : 1 <= m) by (apply pow_R1_Rle; exact Hb).
  set (e := frobenius d (residual d (S n) Phi W)) in *.
  assert (E0 : 0 <= e) by apply frobenius_nonneg.
  set (G := gradient d (S n) Phi W) in *.
  assert (G1 : forall l, (l <= n)%nat -> frobenius d (G l) <= M * r).
  { intros l Hl; eapply Rle_trans; [apply (gradient_equal_bound d n Phi W b0 r); auto; lra|].
    apply Rmult_le_compat_r; [lra|]; unfold M; apply Rle_pow; [exact Hb0|lia]. }
  set (D := fun l => mscal (- eta) (G l)).
  assert (EV : layers_step d (S n) Phi eta W = (fun l => madd (W l) (D l))).
  { pointwise l; pointwise i; pointwise j; unfold layers_step, D, madd, msub, mscal; fold G; ring. }
  assert (FD : forall l, frobenius d (D l) = eta * frobenius d (G l)).
  { intros l; rewrite <- frobenius_scal by exact He; unfold frobenius, D; f_equal.
    rewrite !inner_scal_l, !inner_scal_r; ring. }
  assert (BV : forall k, (k < S n)%nat -> bounded d (W k) (b ^ 2) /\ bounded d (madd (W k) (D k)) (b ^ 2)).
  { intros k Hk; assert (0 <= b0 * h) by (apply Rmult_le_pos; lra); split.
    - apply (bounded_mono d (W k) (b0 ^ 2)); [apply pow_incr; unfold b; lra|apply BW; lia].
    - apply (bounded_mono d _ ((b0 + h) ^ 2)).
      + apply pow_incr; split; [lra|].
        unfold b; assert (0 <= (b0 - 1) * h) by (apply Rmult_le_pos; lra); lra.
      + apply bounded_add; [lra|exact H0|apply BW; lia|].
        apply bounded_frobenius_le; rewrite FD; apply Rmult_le_compat_l; [exact He|apply G1; lia]. }
  destruct (equal_layers d W D b (S n) ltac:(lra) BV (S n) (Nat.le_refl _)) as [_ [C1 C2]].
  fold m in C1, C2.
  rewrite (total_ext (S n) (fun k => frobenius d (D k)) (fun k => eta * frobenius d (G k))) in C1, C2
    by (intros; apply FD).
  rewrite total_scal in C1, C2; set (g := total (S n) (fun k => frobenius d (G k))) in *.
  set (Q := gradient_square d (S n) Phi W).
  assert (G0 : 0 <= g) by (apply total_nonneg; intros; apply frobenius_nonneg).
  assert (Sg : g ^ 2 <= N * Q).
  { unfold g, Q, gradient_square; eapply Rle_trans; [apply total_cauchy|right; f_equal].
    apply total_ext; intros; apply frobenius_square. }
  assert (Q0 : 0 <= Q) by (apply total_nonneg; intros; apply inner_nonneg).
  split.
  - set (f1 := frobenius d (msub (chain d (fun k => madd (W k) (D k)) (S n)) (chain d W (S n)))) in *.
    set (f2 := frobenius d (msub (msub (chain d (fun k => madd (W k) (D k)) (S n)) (chain d W (S n)))
      (chain_slope d W D (S n)))) in *.
    assert (F1 : 0 <= f1) by apply frobenius_nonneg; assert (F2 : 0 <= f2) by apply frobenius_nonneg.
    assert (D1 : f1 <= m * (eta * g)).
    { eapply Rle_trans; [|exact C1]; rewrite <- (Rmult_1_l f1) at 1; apply Rmult_le_compat_r; lra. }
    assert (D2 : f2 <= m * (eta * g) ^ 2 / 2).
    { eapply Rle_trans; [|exact C2]; rewrite <- (Rmult_1_l f2) at 1; apply Rmult_le_compat_r; [lra|].
      apply pow_R1_Rle; exact Hb. }
    assert (Ex := loss_expansion d n Phi W D _ _ D1 D2); cbv zeta in Ex.
    rewrite <- EV in Ex; fold e in Ex.
    assert (Gr : total (S n) (fun l => inner d (gradient d (S n) Phi W l) (D l)) = - eta * Q).
    { unfold Q, gradient_square; rewrite <- total_scal; apply total_ext; intros l _.
      unfold D; apply inner_scal_r. }
    rewrite Gr in Ex.
    assert (P2 : 0 <= (eta * g) ^ 2) by apply pow2_ge_0.
    assert (T1 : e * (m * (eta * g) ^ 2 / 2) <= r * m * ((eta * g) ^ 2 / 2)).
    { replace (e * (m * (eta * g) ^ 2 / 2)) with (e * (m * ((eta * g) ^ 2 / 2))) by field.
      rewrite Rmult_assoc; apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact HE]. }
    assert (T2 : (m * (eta * g)) ^ 2 / 2 = m ^ 2 * ((eta * g) ^ 2 / 2)) by (rewrite Rpow_mult_distr; field).
    assert (T3 : (m ^ 2 + r * m) * ((eta * g) ^ 2 / 2) <= 7 * ((eta * g) ^ 2 / 2))
      by (apply Rmult_le_compat_r; lra).
    assert (T4 : 7 * (eta * g) ^ 2 <= eta * Q).
    { replace (7 * (eta * g) ^ 2) with (7 * eta * eta * g ^ 2) by ring.
      apply Rle_trans with (7 * eta * eta * (N * Q)).
      - apply Rmult_le_compat_l; [|exact Sg]; apply Rmult_le_pos; lra.
      - replace (7 * eta * eta * (N * Q)) with (7 * (eta * N) * (eta * Q)) by ring.
        apply Rle_trans with (1 * (eta * Q)); [|lra].
        apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption|lra]. }
    fold Q; lra.
  - set (c := (1 - 2 * r) ^ 2).
    assert (c0 : 0 <= c) by apply pow2_ge_0.
    destruct (Rle_lt_or_eq_dec 0 c c0) as [cp|cz].
    2:{ replace ((1 - 2 * r) ^ 4) with (c ^ 2) by (unfold c; ring); rewrite <- cz.
        fold V; replace (8 / 9 * N * 0 ^ 2 / V ^ 3 * (2 * loss d (S n) Phi W)) with 0
          by (field; lra); exact Q0. }
    assert (B1 : bounded d (msub unit_matrix (chain d W (S n))) ((2 * r) ^ 2))
      by (apply bounded_frobenius_le; exact PN).
    assert (L1 := near_identity_below d (chain d W (S n)) (2 * r) ltac:(lra) B1).
    assert (B2 : bounded d (msub unit_matrix (tr (chain d W (S n)))) ((2 * r) ^ 2)).
    { replace (msub unit_matrix (tr (chain d W (S n)))) with (tr (msub unit_matrix (chain d W (S n)))).
      - apply bounded_tr; [apply pow2_ge_0|exact B1].
      - rewrite <- tr_unit at 2; reflexivity. }
    assert (L2 := near_identity_below d (tr (chain d W (S n))) (2 * r) ltac:(lra) B2).
    fold c in L1, L2.
    assert (Each : forall l, (l < S n)%nat -> c ^ 2 * (2 * loss d (S n) Phi W) / (9 / 8 * V ^ 3) <= inner d (G l) (G l)).
    { intros l Hl.
      assert (X := gradient_each_below d n Phi W (b0 ^ 2) c l ltac:(apply pow_lt; lra) cp ltac:(lia) BW L1 L2).
      fold G in X.
      replace (inner d (residual d (S n) Phi W) (residual d (S n) Phi W)) with (2 * loss d (S n) Phi W) in X
        by (unfold loss; field).
      assert (Bd : (b0 ^ 2) ^ S (S n) <= 9 / 8 * V ^ 3).
      { rewrite Eb0, Rpow_mult_distr.
        change (Z ^ S (S n)) with (Z * Z ^ S n); rewrite EZ.
        assert (Pr := power_reciprocal (S (S n)) (2 * A) ltac:(lra)); rewrite S_INR in Pr; fold N in Pr.
        assert (NA : (N + 1) * (2 * A) <= 1 / 9).
        { apply Rle_trans with (3 * (N * (eta * r ^ 2))).
          - apply Rle_trans with (3 * (N * A)).
            + assert (0 <= (N - 2) * A) by (apply Rmult_le_pos; lra); lra.
            + apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; lra].
          - assert (R2 : r ^ 2 <= 1 / 4) by (replace (1 / 4) with ((1 / 2) ^ 2) by field; apply pow_incr; lra).
            assert (0 <= eta * N) by (apply Rmult_le_pos; lra).
            assert (eta * N * r ^ 2 <= 1 / 7 * (1 / 4)) by (apply Rmult_le_compat; try lra; apply pow2_ge_0).
            lra. }
        assert (P0 : 0 < (1 + 2 * A) ^ S (S n)) by (apply pow_lt; lra).
        assert (P1 : (1 + 2 * A) ^ S (S n) * (8 / 9) <= 1).
        { eapply Rle_trans; [|exact Pr]; apply Rmult_le_compat_l; lra. }
        assert (V2 : 0 < V ^ 2) by (apply pow_lt; lra).
        apply Rle_trans with (V * V ^ 2 * (9 / 8)); [|right; ring].
        apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra|apply Rmult_le_compat_r; lra|lra]. }
      assert (I0 : 0 <= inner d (G l) (G l)) by apply inner_nonneg.
      assert (VV : 0 < 9 / 8 * V ^ 3) by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
      apply (Rmult_le_reg_r (9 / 8 * V ^ 3)); [exact VV|].
      replace (c ^ 2 * (2 * loss d (S n) Phi W) / (9 / 8 * V ^ 3) * (9 / 8 * V ^ 3))
        with (c ^ 2 * (2 * loss d (S n) Phi W)) by (field; lra).
      eapply Rle_trans; [exact X|]; rewrite Rmult_comm; apply Rmult_le_compat_l; assumption. }
    apply total_le in Each; rewrite total_const in Each; fold N in Each.
    eapply Rle_trans; [right|exact Each].
    replace ((1 - 2 * r) ^ 4) with (c ^ 2) by (unfold c; ring); fold V; field; lra.
Qed.

(** ** The theorem *)

Lemma identity_balanced : forall d n, nearly_balanced d n (fun _ => unit_matrix) (fun _ => 0) (fun _ => 0).
Proof. intros d n l x _; rewrite tr_unit; lra. Qed.

Lemma identity_residual : forall d L Phi,
  frobenius d (residual d L Phi (fun _ => unit_matrix)) = frobenius d (msub unit_matrix Phi).
Proof.
  intros d L Phi; unfold frobenius; f_equal; apply inner_same, same_sub; [|apply same_refl].
  induction L as [|l IH]; [apply same_refl|].
  simpl chain; eapply same_trans; [apply mul_unit_l|exact IH].
Qed.

Lemma identity_orbit : forall d n Phi r eta,
  (1 <= n)%nat -> 0 <= r <= 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= eta -> eta * INR (S n) <= 1 / 7 ->
  let W := layers_descent d (S n) Phi eta (fun _ => unit_matrix) in
  let R t := loss d (S n) Phi (W t) in
  let G t := gradient_square d (S n) Phi (W t) in
  forall t, R t + eta / 2 * total t G <= r ^ 2 / 2 /\ R (S t) <= R t - eta / 2 * G t /\
    R (S t) <= (1 - 8 / 9 * eta * INR (S n) * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3) * R t.
Proof.
  intros d n Phi r eta Hn Hr HPhi He Hq W R G.
  assert (F0 := frobenius_nonneg d (msub unit_matrix Phi)).
  assert (Step : forall t, R t + eta / 2 * total t G <= r ^ 2 / 2 ->
    R (S t) <= R t - eta / 2 * G t /\
    8 / 9 * INR (S n) * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3 * (2 * R t) <= G t).
  { intros t Ht.
    assert (G0 : 0 <= total t G)
      by (apply total_nonneg; intros; apply total_nonneg; intros; apply inner_nonneg).
    assert (Rt : 0 <= R t) by apply loss_nonneg.
    assert (eG : 0 <= eta * total t G) by (apply Rmult_le_pos; assumption).
    apply (identity_one d n Phi eta (W t)
      (fun l => 0 + drifted d (S n) Phi eta (fun _ => unit_matrix) t l) (eta * r ^ 2) r); auto.
    - intros l _; rewrite Rplus_0_l; apply drifted_nonneg.
    - rewrite total_plus, total_const, Rmult_0_r, Rplus_0_l, drifted_total.
      change (eta ^ 2 * total t G <= eta * r ^ 2).
      assert (eta * (eta / 2 * total t G) <= eta * (r ^ 2 / 2)) by (apply Rmult_le_compat_l; lra); lra.
    - lra.
    - apply balanced_at, identity_balanced.
    - apply below_by_square; [lra|].
      assert (RR : R t <= r ^ 2 / 2) by lra; unfold R in RR; rewrite loss_frobenius in RR; lra. }
  assert (Rate : forall t, R (S t) <= R t - eta / 2 * G t ->
    8 / 9 * INR (S n) * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3 * (2 * R t) <= G t ->
    R (S t) <= (1 - 8 / 9 * eta * INR (S n) * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3) * R t).
  { intros t H1 H2; apply (Rmult_le_compat_l eta) in H2; [|exact He].
    assert (V0 : 0 < 1 + 2 * r) by lra.
    replace (eta * (8 / 9 * INR (S n) * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3 * (2 * R t)))
      with (2 * (8 / 9 * eta * INR (S n) * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3 * R t)) in H2 by (field; lra).
    lra. }
  induction t as [|t [I1 _]].
  - assert (H0 : R 0%nat + eta / 2 * total 0 G <= r ^ 2 / 2).
    { unfold R, W; simpl layers_descent; simpl total; rewrite loss_frobenius, identity_residual.
      assert (frobenius d (msub unit_matrix Phi) ^ 2 <= r ^ 2) by (apply pow_incr; lra); lra. }
    destruct (Step 0%nat H0) as [S1 S2]; auto.
  - destruct (Step t I1) as [S0 _].
    assert (H1 : R (S t) + eta / 2 * total (S t) G <= r ^ 2 / 2) by (simpl total; lra).
    destruct (Step (S t) H1) as [S1 S2]; auto.
Qed.

Theorem identity_radius_step : forall d L Phi r eta t,
  (2 <= L)%nat -> r < 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= eta <= / (7 * INR L) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) (S t))
    <= (1 - 8 / 9 * eta * INR L * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3)
      * loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof.
  intros d L Phi r eta t HL Hr HF [He Heta]; destruct L as [|n]; [lia|].
  assert (F0 := frobenius_nonneg d (msub unit_matrix Phi)).
  assert (N1 : 2 <= INR (S n)) by (apply (le_INR 2); exact HL).
  assert (Hq : eta * INR (S n) <= 1 / 7).
  { apply (Rmult_le_compat_r (INR (S n))) in Heta; [|lra].
    replace (/ (7 * INR (S n)) * INR (S n)) with (1 / 7) in Heta by (field; lra); exact Heta. }
  apply (identity_orbit d n Phi r eta ltac:(lia) ltac:(lra) HF He Hq t).
Qed.

Theorem identity_radius_rate : forall d L Phi r eta t,
  (2 <= L)%nat -> r < 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= eta <= / (7 * INR L) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)
    <= (1 - 8 / 9 * eta * INR L * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3) ^ t
      * loss d L Phi (fun _ => unit_matrix).
Proof.
  intros d L Phi r eta t HL Hr HF He.
  assert (F0 := frobenius_nonneg d (msub unit_matrix Phi)).
  assert (N1 : 2 <= INR L) by (apply (le_INR 2); exact HL).
  set (k := 8 / 9 * eta * INR L * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3).
  assert (K : k <= 1).
  { destruct He as [He Heta].
    apply (Rmult_le_compat_r (INR L)) in Heta; [|lra].
    replace (/ (7 * INR L) * INR L) with (1 / 7) in Heta by (field; lra).
    assert (V0 : 1 <= (1 + 2 * r) ^ 3) by (apply pow_R1_Rle; lra).
    apply (Rmult_le_reg_r ((1 + 2 * r) ^ 3)); [lra|].
    replace (k * (1 + 2 * r) ^ 3) with (8 / 9 * (eta * INR L) * (1 - 2 * r) ^ 4) by (unfold k; field; lra).
    assert (P : 0 <= (1 - 2 * r) ^ 4 <= 1).
    { split; [apply pow_le; lra|rewrite <- (pow1 4); apply pow_incr; lra]. }
    assert (0 <= eta * INR L) by (apply Rmult_le_pos; lra).
    assert (eta * INR L * (1 - 2 * r) ^ 4 <= 1 / 7 * 1) by (apply Rmult_le_compat; lra).
    lra. }
  induction t as [|t IH]; [rewrite pow_O, Rmult_1_l; apply Rle_refl|].
  eapply Rle_trans; [apply (identity_radius_step d L Phi r eta t); assumption|]; fold k.
  change ((1 - k) ^ S t) with ((1 - k) * (1 - k) ^ t); rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [lra|exact IH].
Qed.
