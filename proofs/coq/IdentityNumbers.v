(** For the identity start of Identity.v: its real numbers, and bounds of partial products from below. *)
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
