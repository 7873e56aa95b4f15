(** Identity start and a target with |Phi - I| <= r < 1/2: identity-initialisation.md, section 3.

    The step eta <= 1/(7 L) does not depend on the dimension, and all layers together give a rate that
    grows with L. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose.
From Lemmata Require Import ZasNumbers Remainder Convergence AroraNumbers Margin Arora.
Open Scope R_scope.

(** ** Numbers *)

Lemma power_below_exp_plus : forall n u, 0 <= u -> (1 + u) ^ n <= exp (INR n * u).
Proof.
  induction n as [|n IH]; intros u Hu; [simpl; rewrite Rmult_0_l, exp_0; lra|].
  rewrite S_INR; replace ((INR n + 1) * u) with (u + INR n * u) by ring; rewrite exp_plus; simpl.
  apply Rmult_le_compat; [lra|apply pow_le; lra|apply exp_above_line|apply IH; exact Hu].
Qed.

Lemma exp_below_reciprocal : forall x n, x <= 1 -> exp (INR n * x) * (1 - x) ^ n <= 1.
Proof.
  intros x n Hx; apply Rle_trans with (exp (INR n * x) * exp (- x * INR n)).
  - apply Rmult_le_compat_l; [left; apply exp_pos|apply power_below_exp; exact Hx].
  - rewrite <- exp_plus; replace (INR n * x + - x * INR n) with 0 by ring; rewrite exp_0; lra.
Qed.

(** e^(1/28 + 4/27) <= 1.2035 *)
Lemma exp_number : forall x, x <= 1 / 28 + 4 / 27 -> exp x <= 12035 / 10000.
Proof.
  intros x Hx; set (u := (1 / 28 + 4 / 27) / 16).
  apply Rle_trans with (exp (INR 16 * u)).
  { apply exp_le_compat; replace (INR 16) with 16 by (simpl; ring); unfold u; lra. }
  assert (H := exp_below_reciprocal u 16 ltac:(unfold u; lra)).
  assert (P : 83115 / 100000 <= (1 - u) ^ 16).
  { assert (U : 0 <= 9885085 / 10000000 <= 1 - u) by (unfold u; lra).
    assert (Q2 : 9771490 / 10000000 <= (1 - u) ^ 2).
    { apply Rle_trans with ((9885085 / 10000000) ^ 2); [lra|apply pow_incr; exact U]. }
    assert (Q4 : 9548201 / 10000000 <= ((1 - u) ^ 2) ^ 2).
    { apply Rle_trans with ((9771490 / 10000000) ^ 2); [lra|apply pow_incr; lra]. }
    assert (Q8 : 9116814 / 10000000 <= (((1 - u) ^ 2) ^ 2) ^ 2).
    { apply Rle_trans with ((9548201 / 10000000) ^ 2); [lra|apply pow_incr; lra]. }
    replace ((1 - u) ^ 16) with (((((1 - u) ^ 2) ^ 2) ^ 2) ^ 2) by (rewrite <- !pow_mult; f_equal).
    apply Rle_trans with ((9116814 / 10000000) ^ 2); [lra|apply pow_incr; lra]. }
  assert (E : 0 < exp (INR 16 * u)) by apply exp_pos.
  assert (exp (INR 16 * u) * (83115 / 100000) <= exp (INR 16 * u) * (1 - u) ^ 16)
    by (apply Rmult_le_compat_l; lra).
  lra.
Qed.

(** The layers before and after a step: b0^2 = Z (1 + 2 A) with Z^L = (1 + 2 r)^2. *)
Lemma identity_bounds : forall n eta r A Z b0 h,
  let N := INR (S n) in
  let V := 1 + 2 * r in
  let M := b0 ^ S n in
  let m := (b0 * (1 + h)) ^ S n in
  0 <= r <= 1 / 2 -> 0 <= eta -> eta * N <= 1 / 7 -> 0 <= A -> A <= eta * r ^ 2 ->
  1 <= Z -> Z ^ S n = V ^ 2 -> 1 <= b0 -> b0 ^ 2 = Z * (1 + 2 * A) -> h = eta * (M * r) ->
  m ^ 2 + r * m <= 7 /\ 0 <= h.
Proof.
  intros n eta r A Z b0 h N V M m Hr He Hq HA HAr HZ EZ Hb0 Eb0 Eh.
  assert (N0 := pos_INR (S n)); fold N in N0.
  assert (R2 : r ^ 2 <= 1 / 4) by (simpl; nra).
  assert (R0 : 0 <= r ^ 2) by apply pow2_ge_0.
  assert (HNA : N * A <= 1 / 28).
  { apply Rle_trans with (eta * N * r ^ 2).
    - replace (eta * N * r ^ 2) with (N * (eta * r ^ 2)) by ring; apply Rmult_le_compat_l; assumption.
    - apply Rle_trans with (1 / 7 * (1 / 4)); [|lra].
      apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra|lra|lra]. }
  assert (M1 : 1 <= M) by (apply pow_R1_Rle; exact Hb0).
  assert (V1 : 1 <= V <= 2) by (unfold V; lra).
  set (x := N * A) in *; assert (X0 : 0 <= x) by (apply Rmult_le_pos; assumption).
  assert (Ep := exp_pos x).
  (* M <= V e^x *)
  assert (HM : M <= V * exp x).
  { apply below_by_square; [apply Rmult_le_pos; lra|].
    replace (M ^ 2) with (V ^ 2 * (1 + 2 * A) ^ S n).
    - rewrite Rpow_mult_distr; apply Rmult_le_compat_l; [apply pow2_ge_0|].
      replace (exp x ^ 2) with (exp (INR (S n) * (2 * A))).
      + apply power_below_exp_plus; lra.
      + simpl pow; rewrite Rmult_1_r, <- exp_plus; f_equal; unfold x, N; ring.
    - rewrite <- EZ, <- Rpow_mult_distr, <- Eb0; unfold M; rewrite <- !pow_mult; f_equal; lia. }
  assert (H0 : 0 <= h) by (rewrite Eh; apply Rmult_le_pos; [exact He|apply Rmult_le_pos; lra]).
  assert (Ex : exp x <= 28 / 27).
  { assert (L := exp_below_reciprocal x 1 ltac:(lra)); simpl in L.
    rewrite Rmult_1_l, Rmult_1_r in L.
    assert (exp x * (27 / 28) <= exp x * (1 - x)) by (apply Rmult_le_compat_l; lra); lra. }
  assert (HNh : N * h <= 4 / 27).
  { rewrite Eh; replace (N * (eta * (M * r))) with (eta * N * (M * r)) by ring.
    apply Rle_trans with (1 / 7 * (28 / 27)); [|lra].
    apply Rmult_le_compat; [apply Rmult_le_pos; lra|apply Rmult_le_pos; lra|lra|].
    apply Rle_trans with (V * exp x * r); [apply Rmult_le_compat_r; lra|].
    replace (V * exp x * r) with (V * r * exp x) by ring.
    apply Rle_trans with (1 * (28 / 27)); [|lra].
    apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra|unfold V; nra|lra]. }
  assert (Hm : m <= V * exp (x + N * h)).
  { unfold m; rewrite Rpow_mult_distr; fold M; rewrite exp_plus, <- Rmult_assoc.
    apply Rmult_le_compat; [lra|apply pow_le; lra|exact HM|apply power_below_exp_plus; exact H0]. }
  assert (Hn := exp_number (x + N * h) ltac:(lra)).
  assert (m0 : 0 <= m) by (apply pow_le, Rmult_le_pos; lra).
  assert (Hm2 : m <= 2407 / 1000).
  { eapply Rle_trans; [exact Hm|].
    apply Rle_trans with (2 * (12035 / 10000)); [|lra].
    apply Rmult_le_compat; [lra|left; apply exp_pos|lra|exact Hn]. }
  split; [|exact H0].
  assert (m ^ 2 <= (2407 / 1000) ^ 2) by (apply pow_incr; lra).
  assert (r * m <= 1 / 2 * (2407 / 1000)) by (apply Rmult_le_compat; lra).
  lra.
Qed.

(** ** Bounds of partial products from below *)

Lemma chain_grows : forall d W b l k x, 0 <= b -> (forall j, (j < l + k)%nat -> bounded d (W j) b) ->
  dot d (mv d (chain d W (l + k)) x) (mv d (chain d W (l + k)) x)
    <= b ^ k * dot d (mv d (chain d W l) x) (mv d (chain d W l) x).
Proof.
  intros d W b l k x Hb; induction k as [|k IH]; intros H.
  - rewrite Nat.add_0_r; simpl; lra.
  - rewrite Nat.add_succ_r; simpl chain; rewrite mv_mul.
    eapply Rle_trans; [apply (H (l + k)%nat); lia|].
    simpl pow; rewrite Rmult_assoc; apply Rmult_le_compat_l; [exact Hb|apply IH; intros; apply H; lia].
Qed.

Lemma back_chain : forall d W E L l, (l <= L)%nat ->
  mul d (tr (chain d W l)) (back d W l (L - l) E) = mul d (tr (chain d W L)) E.
Proof.
  intros d W E L l Hl; revert l Hl; refine (descend _ L _ _).
  - rewrite Nat.sub_diag; reflexivity.
  - intros l Hl IH; rewrite <- IH; replace (L - l)%nat with (S (L - S l)) by lia.
    simpl chain; simpl back; rewrite tr_mul, mul_assoc; reflexivity.
Qed.

(** Every layer has a gradient of its own share. *)
Lemma gradient_each_below : forall d n Phi W b c l, 0 < b -> 0 < c -> (l <= n)%nat ->
  (forall k, (k <= n)%nat -> bounded d (W k) b) ->
  (forall x, c * dot d x x <= dot d (mv d (chain d W (S n)) x) (mv d (chain d W (S n)) x)) ->
  (forall x, c * dot d x x <= dot d (mv d (tr (chain d W (S n))) x) (mv d (tr (chain d W (S n))) x)) ->
  c ^ 2 * inner d (residual d (S n) Phi W) (residual d (S n) Phi W)
    <= b ^ (S (S n)) * inner d (gradient d (S n) Phi W l) (gradient d (S n) Phi W l).
Proof.
  intros d n Phi W b c l Hb Hc Hl HB H1 H2; unfold gradient.
  set (E := residual d (S n) Phi W); set (F := back d W (S l) (S n - S l) E).
  assert (A1 : c * inner d E E <= b ^ S l * inner d F F).
  { eapply Rle_trans; [apply (inner_mul_below_l d (tr (chain d W (S n))) E c H2)|].
    rewrite <- (back_chain d W E (S n) (S l)) by lia; fold F.
    apply inner_mul_bounded, bounded_tr; [apply pow_le; lra|].
    assert (B := bounded_chain d W (sqrt b) (S l) (sqrt_pos b)).
    rewrite <- pow_mult, Nat.mul_comm, pow_mult, pow2_sqrt in B by lra.
    apply B; intros k Hk; apply HB; lia. }
  assert (A2 : c * inner d F F <= b ^ (S n - l) * inner d (mul d F (tr (chain d W l))) (mul d F (tr (chain d W l)))).
  { assert (P : 0 < b ^ (S n - l)) by (apply pow_lt; exact Hb).
    assert (Q : c / b ^ (S n - l) * inner d F F
      <= inner d (mul d F (tr (chain d W l))) (mul d F (tr (chain d W l)))).
    { apply inner_mul_below; intros x; rewrite tr_tr.
      apply (Rmult_le_reg_l (b ^ (S n - l))); [exact P|].
      replace (b ^ (S n - l) * (c / b ^ (S n - l) * dot d x x)) with (c * dot d x x) by (field; lra).
      eapply Rle_trans; [apply H1|].
      replace (S n) with (l + (S n - l))%nat at 1 2 by lia.
      apply chain_grows; [lra|intros j Hj; apply HB; lia]. }
    apply (Rmult_le_compat_l (b ^ (S n - l))) in Q; [|lra].
    replace (b ^ (S n - l) * (c / b ^ (S n - l) * inner d F F)) with (c * inner d F F) in Q by (field; lra).
    exact Q. }
  replace (S (S n)) with (S l + (S n - l))%nat by lia; rewrite pow_add.
  apply (Rmult_le_compat_l c) in A1; [|lra].
  apply (Rmult_le_compat_l (b ^ S l)) in A2; [|apply pow_le; lra].
  lra.
Qed.

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
          - assert (R2 : r ^ 2 <= 1 / 4) by (simpl; nra).
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
