(** Shamir's Theorem 4 as he states it: under Assumption 4 and for eta = k^(-c), c large enough, the loss is
    at most eps after exp (C k ln k) max (1, ln (1/eps)) steps, and stays there.

    As printed, Assumption 4 bounds the separation and the products by one constant c_4 and never uses c_3;
    here they are c4 and c3. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence Approach Crossing TheoremFour.
Open Scope R_scope.

Definition assumption_4 (c1 c2 c3 c4 : R) (k : nat) (w : nat -> R) : Prop :=
  (forall i, (i < k)%nat -> Rabs (w i) <= c2) /\ - c1 < product k w /\
  (forall i j, (i < k)%nat -> (j < k)%nat -> i <> j ->
    Rpower (INR k) (- c4) <= Rabs (Rabs (w i) - Rabs (w j)) /\ Rabs (rest k w i j) <= c3).

Lemma argmin : forall k (a : nat -> R), (1 <= k)%nat -> exists m, (m < k)%nat /\ forall i, (i < k)%nat -> a m <= a i.
Proof.
  induction k as [|k IH]; intros a Hk; [lia|]; destruct k as [|k].
  - exists 0%nat; split; [lia|intros i Hi; replace i with 0%nat by lia; lra].
  - destruct (IH a ltac:(lia)) as [m [Hm M]]; destruct (Rle_or_lt (a m) (a (S k))) as [C|C].
    + exists m; split; [lia|intros i Hi; destruct (Nat.eq_dec i (S k)) as [->|N]; [exact C|apply M; lia]].
    + exists (S k); split; [lia|intros i Hi; destruct (Nat.eq_dec i (S k)) as [->|N]; [lra|]].
      specialize (M i ltac:(lia)); lra.
Qed.

Lemma steps_for : forall x, 0 <= x -> exists n, x <= INR n <= x + 1.
Proof. intros x Hx; destruct (nfloor_ex x Hx) as [n Hn]; exists (S n); rewrite S_INR; lra. Qed.

Lemma rest_abs : forall k w i j, rest k (sizes w) i j = Rabs (rest k w i j).
Proof.
  intros; unfold rest; rewrite product_abs; apply product_ext; intros l _; unfold but, sizes.
  destruct (Nat.eqb l i); [rewrite Rabs_R1; reflexivity|destruct (Nat.eqb l j); [rewrite Rabs_R1|]; reflexivity].
Qed.

(** What Assumption 4 says of the sizes: P, p, the gaps and the room, with one constant c. *)
Definition apart (k m : nat) (c kappa : R) (a : nat -> R) : Prop :=
  (forall i, (i < k)%nat -> 0 <= a i <= c) /\
  forall i, (i < k)%nat -> i <> m -> kappa <= a i - a m /\ rest k a i m <= c.

Lemma sizes_bounds : forall k m c kappa a, (2 <= k)%nat -> (m < k)%nat -> 1 <= c -> apart k m c kappa a ->
  0 <= others k a m <= c ^ 2 /\ 0 <= product k a <= c ^ 3.
Proof.
  intros k m c kappa a Hk Hm Hc [Ha Hs].
  assert (P0 : 0 <= others k a m) by (apply others_nonneg; intros; apply Ha; assumption).
  assert (P1 : others k a m <= c ^ 2).
  { assert (D : exists i, (i < k)%nat /\ i <> m) by (destruct m; [exists 1%nat|exists 0%nat]; split; lia).
    destruct D as [i [Hi N]]; rewrite (others_rest k a i m Hi N).
    assert (0 <= rest k a i m) by (apply rest_nonneg; intros; apply Ha; assumption).
    replace (c ^ 2) with (c * c) by ring; apply Rmult_le_compat; try apply Ha; auto; apply Hs; assumption. }
  split; [lra|]; rewrite (product_others k a m Hm); split; [apply Rmult_le_pos; [apply Ha; exact Hm|exact P0]|].
  replace (c ^ 3) with (c * c ^ 2) by ring; apply Rmult_le_compat; try apply Ha; auto.
Qed.

Lemma sizes_gaps : forall k m c kappa a h, (m < k)%nat -> apart k m c kappa a -> 0 <= h <= kappa / 2 ->
  (kappa / 2) ^ (k - 1) <= gaps k m h a.
Proof.
  intros k m c kappa a h Hm [_ Hs] Hh; rewrite <- (others_const k (kappa / 2) m Hm); apply others_ge; intros i Hi N.
  destruct (Hs i Hi N) as [S _]; lra.
Qed.

Lemma sizes_room : forall k m c kappa a c1, (2 <= k)%nat -> (m < k)%nat -> 1 <= c -> 0 < kappa <= 1 ->
  apart k m c kappa a -> 0 < c1 <= c ->
  room k m c1 (kappa / INR k) (4 * c ^ 2 * INR k / kappa) (fun i => a i ^ 2 - a m ^ 2).
Proof.
  intros k m c kappa a c1 Hk Hm Hc K0 Hap H1.
  assert (Ki : 2 <= INR k) by (change 2 with (INR 2); apply le_INR; exact Hk).
  assert (c2 : c <= c ^ 2) by (simpl; nra).
  destruct (sizes_bounds k m c kappa a Hk Hm Hc Hap) as [[P0 P1] _]; destruct Hap as [Ha Hs].
  split; [|split].
  - apply Rdiv_lt_0_compat; lra.
  - replace (kappa / INR k * (4 * c ^ 2 * INR k / kappa)) with (4 * c ^ 2) by (field; lra); lra.
  - apply Rle_trans with (others k (fun i => (1 + / INR k) * a i) m).
    + apply others_ge; intros i Hi N; split; [apply sqrt_pos|].
      destruct (Hs i Hi N) as [S _]; specialize (Ha m Hm) as A0; specialize (Ha i Hi) as Ai.
      assert (I0 : 0 < / INR k) by (apply Rinv_0_lt_compat; lra).
      rewrite <- (sqrt_pow2 ((1 + / INR k) * a i)) by (apply Rmult_le_pos; lra).
      apply sqrt_le_1_alt.
      assert (kappa ^ 2 <= a i ^ 2) by (apply pow_incr; lra).
      assert (0 <= a m ^ 2) by apply pow2_ge_0.
      assert ((kappa / INR k) ^ 2 <= (/ INR k) ^ 2 * a i ^ 2).
      { replace ((kappa / INR k) ^ 2) with ((/ INR k) ^ 2 * kappa ^ 2) by (field; lra).
        apply Rmult_le_compat_l; [apply pow2_ge_0|assumption]. }
      assert (0 <= 2 * / INR k * a i ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
      replace (((1 + / INR k) * a i) ^ 2) with (a i ^ 2 + 2 * / INR k * a i ^ 2 + (/ INR k) ^ 2 * a i ^ 2) by ring; lra.
    + assert (E : others k (fun i => (1 + / INR k) * a i) m = (1 + / INR k) ^ (k - 1) * others k a m).
      { rewrite <- (others_const k (1 + / INR k) m Hm); unfold others; rewrite <- product_mult; apply product_ext.
        intros i Hi; unfold but; destruct (Nat.eqb i m); ring. }
      rewrite E.
      assert (T : (1 + / INR k) ^ (k - 1) <= 3).
      { apply Rle_trans with (exp 1); [|exact exp_le_3].
        replace (1 + / INR k) with (1 - - / INR k) by ring.
        assert (I0 : 0 < / INR k) by (apply Rinv_0_lt_compat; lra).
        eapply Rle_trans; [apply power_below_exp; lra|]; apply exp_le_compat.
        rewrite Ropp_involutive; apply (Rmult_le_reg_l (INR k)); [lra|].
        rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by lra; apply le_INR; lia. }
      apply Rle_trans with (3 * c ^ 2).
      * apply Rmult_le_compat; auto; apply pow_le; assert (0 < / INR k) by (apply Rinv_0_lt_compat; lra); lra.
      * apply Rle_trans with (4 * c ^ 2 * 1); [lra|].
        replace (4 * c ^ 2 * INR k / kappa) with (4 * c ^ 2 * (INR k / kappa)) by (field; lra).
        apply Rmult_le_compat_l; [lra|]; unfold Rdiv.
        apply (Rmult_le_reg_r kappa); [lra|]; rewrite Rmult_assoc, Rinv_l; lra.
Qed.

(** One step size for all conditions of Theorem 4. *)
Lemma theorem_4_steps : forall k w c1 c kappa eta eps n,
  (2 <= k)%nat -> 0 < c1 <= c -> 1 <= c -> 0 < kappa <= 1 -> 0 < eps ->
  (forall i, (i < k)%nat -> Rabs (w i) <= c) -> - c1 < product k w ->
  (forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> kappa <= Rabs (Rabs (w i) - Rabs (w j)) /\ Rabs (rest k w i j) <= c) ->
  0 < eta <= c1 * kappa ^ 2 / (20 * c ^ 8 * INR k ^ 2) ->
  c / (eta * c1 * (kappa / 2) ^ (k - 1)) + Rmax 0 (ln (c1 / sqrt (2 * eps))) / (eta * ((kappa / 2) ^ (k - 1)) ^ 2) + 2 <= INR n ->
  (product k (descent (fun p => p - - c1) eta k w n) - - c1) ^ 2 / 2 <= eps.
Proof.
  intros k w c1 c kappa eta eps n Hk H1 Hc HK Heps Hw Hp Hsep He Hn.
  destruct (argmin k (sizes w) ltac:(lia)) as [m [Hm M]].
  assert (Ha : forall i, (i < k)%nat -> 0 <= sizes w i <= c) by (intros i Hi; split; [apply Rabs_pos|apply Hw; exact Hi]).
  assert (Sep : forall i, (i < k)%nat -> i <> m -> kappa <= sizes w i - sizes w m).
  { intros i Hi N; destruct (Hsep i m Hi Hm N) as [S _]; specialize (M i Hi); unfold sizes in *.
    rewrite Rabs_pos_eq in S; lra. }
  assert (Rest : forall i, (i < k)%nat -> i <> m -> rest k (sizes w) i m <= c).
  { intros i Hi N; rewrite rest_abs; apply Hsep; assumption. }
  assert (Ap : apart k m c kappa (sizes w)) by (split; [exact Ha|intros; split; auto]).
  destruct (sizes_bounds k m c kappa (sizes w) Hk Hm Hc Ap) as [[P0 P1] [p0 p1]].
  assert (Ki : 2 <= INR k) by (change 2 with (INR 2); apply le_INR; exact Hk).
  assert (cp : forall j, 1 <= c ^ j) by (intros; apply pow_R1_Rle; exact Hc).
  set (D := eta * (20 * c ^ 8)).
  assert (HD : D * INR k ^ 2 <= c1 * kappa ^ 2).
  { destruct He as [_ He]; apply (Rmult_le_compat_r (20 * c ^ 8 * INR k ^ 2)) in He.
    - replace (c1 * kappa ^ 2 / (20 * c ^ 8 * INR k ^ 2) * (20 * c ^ 8 * INR k ^ 2)) with (c1 * kappa ^ 2) in He.
      + unfold D; lra.
      + specialize (cp 8%nat); field; split; lra.
    - apply Rmult_le_pos; [specialize (cp 8%nat); lra|apply pow2_ge_0]. }
  assert (D0 : 0 < D) by (unfold D; apply Rmult_lt_0_compat; [lra|specialize (cp 8%nat); lra]).
  assert (K2 : 4 <= INR k ^ 2) by (replace 4 with (2 ^ 2) by ring; apply pow_incr; lra).
  assert (D4 : 4 * D <= c1 * kappa ^ 2) by (eapply Rle_trans; [|exact HD]; rewrite Rmult_comm; apply Rmult_le_compat_l; lra).
  assert (kk : kappa ^ 2 <= kappa) by (assert (0 <= kappa * (1 - kappa)) by (apply Rmult_le_pos; lra); lra).
  assert (Pow : forall j, (j <= 8)%nat -> eta * c ^ j <= D / 20).
  { intros j Hj; unfold D; replace (eta * (20 * c ^ 8) / 20) with (eta * c ^ 8) by field.
    apply Rmult_le_compat_l; [lra|apply Rle_pow; [exact Hc|lia]]. }
  assert (cc : c1 * kappa ^ 2 <= c * kappa) by (apply Rmult_le_compat; try lra; apply pow2_ge_0).
  assert (Dk : D / c <= kappa / 4).
  { apply (Rmult_le_reg_r c); [lra|]; replace (D / c * c) with D by (field; lra); lra. }
  assert (g2 : product k (sizes w) - - c1 <= 2 * c ^ 3).
  { assert (c <= c ^ 3) by (rewrite <- (pow_1 c) at 1; apply Rle_pow; [exact Hc|lia]); lra. }
  set (h := longest k m (- c1) eta (sizes w)).
  assert (h0 : 0 <= h <= 2 * (eta * c ^ 5)).
  { unfold h, longest; split; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact P0]|].
    replace (2 * (eta * c ^ 5)) with (eta * (2 * c ^ 3) * c ^ 2) by ring.
    apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra]. }
  assert (h1 : h <= kappa / 2).
  { assert (eta * c ^ 5 <= D / c / 20); [|lra].
    unfold D; replace (eta * (20 * c ^ 8) / c / 20) with (eta * c ^ 7) by (field; lra).
    apply Rmult_le_compat_l; [lra|apply Rle_pow; [exact Hc|lia]]. }
  destruct (steps_for (c / (eta * c1 * (kappa / 2) ^ (k - 1)))) as [N1 [A1 B1]].
  { unfold Rdiv; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat].
    apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|apply pow_lt; lra]. }
  destruct (steps_for (Rmax 0 (ln (c1 / sqrt (2 * eps))) / (eta * ((kappa / 2) ^ (k - 1)) ^ 2))) as [N2 [A2 B2]].
  { unfold Rdiv; apply Rmult_le_pos; [apply Rmax_l|left; apply Rinv_0_lt_compat].
    apply Rmult_lt_0_compat; [lra|apply pow_lt, pow_lt; lra]. }
  assert (b0 : 0 < (kappa / 2) ^ (k - 1)) by (apply pow_lt; lra).
  assert (G := fun h => sizes_gaps k m c kappa (sizes w) h Hm Ap).
  apply (shamir_theorem_4 k m (- c1) eta w (kappa / INR k) (4 * c ^ 2 * INR k / kappa) (kappa / 2) eps N1 N2);
    try exact Hk; try exact Hm; try lra.
  - split; [apply Rabs_pos|intros i Hi N; specialize (Sep i Hi N); lra].
  - intros i Hi N; fold h; specialize (Sep i Hi N); lra.
  - fold h; rewrite Ropp_involutive.
    apply Rle_trans with (2 * (eta * c ^ 5) * c ^ 2); [apply Rmult_le_compat; lra|].
    replace (2 * (eta * c ^ 5) * c ^ 2) with (2 * (eta * c ^ 7)) by ring.
    assert (F := Pow 7%nat ltac:(lia)).
    assert (c1 * kappa ^ 2 <= c1 * 1) by (apply Rmult_le_compat_l; lra); lra.
  - intros i Hi N; specialize (Rest i Hi N).
    assert (0 <= rest k (sizes w) i m) by (apply rest_nonneg; intros; apply Ha; assumption).
    apply Rle_trans with (eta * (2 * c ^ 3) * c).
    { apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra]. }
    replace (eta * (2 * c ^ 3) * c) with (2 * (eta * c ^ 4)) by ring.
    assert (eta * c ^ 4 <= D / c / 20); [|lra].
    unfold D; replace (eta * (20 * c ^ 8) / c / 20) with (eta * c ^ 7) by (field; lra).
    apply Rmult_le_compat_l; [lra|apply Rle_pow; [exact Hc|lia]].
  - rewrite Ropp_involutive; apply sizes_room; assumption.
  - (* 16 c^4 K^2/kappa^2 + 4 (K - 1) c1^2/kappa^2 <= 20 c^8 K^2/(kappa^2 c1) c1 *)
    assert (K1 : INR (k - 1) <= INR k ^ 2).
    { apply Rle_trans with (INR k); [apply le_INR; lia|].
      assert (0 <= INR k * (INR k - 1)) by (apply Rmult_le_pos; lra); lra. }
    assert (q0 : 0 < kappa ^ 2) by (apply pow_lt; lra).
    assert (c24 : c1 ^ 2 <= c ^ 4).
    { apply Rle_trans with (c ^ 2); [apply pow_incr; lra|apply Rle_pow; [exact Hc|lia]]. }
    apply Rle_trans with (eta * (20 * c ^ 4 * INR k ^ 2 / kappa ^ 2)).
    { apply Rmult_le_compat_l; [lra|].
      replace ((4 * c ^ 2 * INR k / kappa) ^ 2 + INR (k - 1) * (- c1) ^ 2 / (kappa / 2) ^ 2)
        with ((16 * (c ^ 4 * INR k ^ 2) + 4 * (INR (k - 1) * c1 ^ 2)) * / kappa ^ 2) by (field; lra).
      unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact q0|].
      assert (INR (k - 1) * c1 ^ 2 <= INR k ^ 2 * c ^ 4) by (apply Rmult_le_compat; try lra; [apply pos_INR|apply pow2_ge_0]).
      lra. }
    apply (Rmult_le_reg_r (kappa ^ 2)); [exact q0|].
    replace (eta * (20 * c ^ 4 * INR k ^ 2 / kappa ^ 2) * kappa ^ 2) with (20 * (eta * c ^ 4) * INR k ^ 2) by (field; lra).
    assert (E4 : 20 * (eta * c ^ 4) <= D / c).
    { unfold D; replace (eta * (20 * c ^ 8) / c) with (20 * (eta * c ^ 7)) by (field; lra).
      apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; [lra|apply Rle_pow; [exact Hc|lia]]]. }
    apply Rle_trans with (D / c * INR k ^ 2); [apply Rmult_le_compat_r; lra|].
    replace (D / c * INR k ^ 2) with (D * INR k ^ 2 / c) by (field; lra).
    apply (Rmult_le_reg_r c); [lra|]; replace (D * INR k ^ 2 / c * c) with (D * INR k ^ 2) by (field; lra).
    eapply Rle_trans; [exact HD|]; rewrite Rmult_1_l, Rmult_comm; apply Rmult_le_compat_l; lra.
  - rewrite Ropp_involutive; specialize (G 0 ltac:(lra)).
    assert (E : 0 < eta * c1 * (kappa / 2) ^ (k - 1)) by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|exact b0]).
    apply (Rmult_le_compat_r _ _ _ (Rlt_le _ _ E)) in A1.
    replace (c / (eta * c1 * (kappa / 2) ^ (k - 1)) * (eta * c1 * (kappa / 2) ^ (k - 1))) with c in A1 by (field; lra).
    assert (INR N1 * (eta * c1 * (kappa / 2) ^ (k - 1)) <= INR N1 * (eta * c1 * gaps k m 0 (sizes w))).
    { apply Rmult_le_compat_l; [apply pos_INR|apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact G]]. }
    specialize (Ha m Hm); lra.
  - rewrite Ropp_involutive; fold h; specialize (G h ltac:(lra)).
    assert (E : 0 < eta * ((kappa / 2) ^ (k - 1)) ^ 2) by (apply Rmult_lt_0_compat; [lra|apply pow_lt; exact b0]).
    apply (Rmult_le_compat_r _ _ _ (Rlt_le _ _ E)) in A2.
    replace (Rmax 0 (ln (c1 / sqrt (2 * eps))) / (eta * ((kappa / 2) ^ (k - 1)) ^ 2) * (eta * ((kappa / 2) ^ (k - 1)) ^ 2))
      with (Rmax 0 (ln (c1 / sqrt (2 * eps)))) in A2 by (field; lra).
    assert (((kappa / 2) ^ (k - 1)) ^ 2 <= gaps k m h (sizes w) ^ 2) by (apply pow_incr; lra).
    assert (INR N2 * (eta * ((kappa / 2) ^ (k - 1)) ^ 2) <= INR N2 * (eta * gaps k m h (sizes w) ^ 2)).
    { apply Rmult_le_compat_l; [apply pos_INR|apply Rmult_le_compat_l; lra]. }
    assert (R := Rmax_r 0 (ln (c1 / sqrt (2 * eps)))); lra.
  - apply INR_le; rewrite plus_INR; lra.
Qed.

Lemma ln_depth : forall k, (2 <= k)%nat -> 1 / 2 <= ln 2 <= ln (INR k) /\ 1 <= INR k * ln (INR k).
Proof.
  intros k Hk.
  assert (Ki : 2 <= INR k) by (change 2 with (INR 2); apply le_INR; exact Hk).
  assert (H2 : 1 / 2 <= ln 2).
  { rewrite <- (ln_exp (1 / 2)); apply Rcomplements.ln_le; [apply exp_pos|].
    assert (E : exp (1 / 2) * exp (1 / 2) = exp 1) by (rewrite <- exp_plus; f_equal; field).
    assert (exp 1 <= 3) by exact exp_le_3; assert (0 < exp (1 / 2)) by apply exp_pos; nra. }
  assert (H : ln 2 <= ln (INR k)) by (apply Rcomplements.ln_le; lra).
  split; [lra|nra].
Qed.

(** How many steps the conditions ask for. *)
Lemma logarithm_of_loss : forall c1 M eps, 0 < c1 <= M -> 1 <= M -> 0 < eps ->
  0 <= Rmax 0 (ln (c1 / sqrt (2 * eps))) <= M * Rmax 1 (ln (1 / eps)).
Proof.
  intros c1 M eps H1 HM Heps; split; [apply Rmax_l|].
  assert (R1 := Rmax_l 1 (ln (1 / eps))); assert (R2 := Rmax_r 1 (ln (1 / eps))).
  set (X := Rmax 1 (ln (1 / eps))) in *.
  assert (X0 : 0 <= M * X) by (apply Rmult_le_pos; lra).
  apply Rmax_lub; [exact X0|].
  assert (S0 : 0 < sqrt (2 * eps)) by (apply sqrt_lt_R0; lra).
  assert (Ls : ln (2 * eps) = ln (sqrt (2 * eps)) + ln (sqrt (2 * eps))) by (rewrite <- ln_mult, sqrt_sqrt by lra; reflexivity).
  rewrite ln_mult in Ls by lra; rewrite ln_ratio in R2 |- * by lra; rewrite ln_1 in R2.
  assert (L1 : ln c1 <= c1 - 1) by (assert (E := exp_above_line (ln c1)); rewrite exp_ln in E by lra; lra).
  destruct (ln_depth 2 (Nat.le_refl 2)) as [[L2 _] _].
  assert ((M - 1) * 1 <= (M - 1) * X) by (apply Rmult_le_compat_l; lra); lra.
Qed.

(** Theorem 4 under Assumption 4 with an explicit power and an explicit exponent. *)
Theorem shamir_theorem_4_exponential : forall c1 c2 c3 c4 c M k w eps n,
  (2 <= k)%nat -> 0 < c1 <= M -> c2 <= M -> c3 <= M -> 1 <= M -> 0 <= c4 -> 0 < eps ->
  assumption_4 c1 c2 c3 c4 k w ->
  2 * c4 + 2 + ln (20 * M ^ 8 / c1) / ln 2 <= c ->
  exp ((c + 2 * c4 + M / c1 + M + 4) * (INR k * ln (INR k))) * Rmax 1 (ln (1 / eps)) <= INR n ->
  (product k (descent (fun p => p + c1) (Rpower (INR k) (- c)) k w n) + c1) ^ 2 / 2 <= eps.
Proof.
  intros c1 c2 c3 c4 c M k w eps n Hk H1 H2 H3 HM H4 Heps [W1 [W2 W3]] Hc Hn.
  replace (fun p => p + c1) with (fun p => p - - c1)
    by (apply FunctionalExtensionality.functional_extensionality; intros; ring).
  set (eta := Rpower (INR k) (- c)).
  replace (product k (descent (fun p => p - - c1) eta k w n) + c1)
    with (product k (descent (fun p => p - - c1) eta k w n) - - c1) by ring.
  assert (Ki : 2 <= INR k) by (change 2 with (INR 2); apply le_INR; exact Hk).
  destruct (ln_depth k Hk) as [[L2 Lk] KL].
  set (l := ln (INR k)) in *.
  set (kappa := Rpower (INR k) (- c4)) in *.
  assert (Ek : kappa = exp (- c4 * l)) by reflexivity.
  assert (Ee : eta = exp (- c * l)) by reflexivity.
  assert (M8 : 1 <= M ^ 8) by (apply pow_R1_Rle; exact HM).
  set (F := 20 * M ^ 8 / c1) in *.
  assert (M1 : M <= M ^ 8) by (rewrite <- (pow_1 M) at 1; apply Rle_pow; [exact HM|lia]).
  assert (F1 : 1 <= F).
  { unfold F; apply (Rmult_le_reg_r c1); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
  assert (F0 : 0 <= ln F) by (rewrite <- ln_1; apply Rcomplements.ln_le; lra).
  assert (Fl : ln F <= (c - 2 * c4 - 2) * l).
  { apply Rle_trans with (ln F / ln 2 * l); [|apply Rmult_le_compat_r; lra].
    apply Rle_trans with (ln F / ln 2 * ln 2); [right; field; lra|].
    apply Rmult_le_compat_l; [|exact Lk]; unfold Rdiv; apply Rmult_le_pos; [exact F0|left; apply Rinv_0_lt_compat; lra]. }
  assert (c0 : 0 <= c).
  { assert (0 <= ln F / ln 2) by (unfold Rdiv; apply Rmult_le_pos; [exact F0|left; apply Rinv_0_lt_compat; lra]); lra. }
  assert (HK : 0 < kappa <= 1).
  { split; [apply exp_pos|rewrite Ek, <- exp_0; apply exp_le_compat].
    assert (0 <= c4 * l) by (apply Rmult_le_pos; lra); lra. }
  assert (e0 : 0 < eta) by apply exp_pos.
  apply (theorem_4_steps k w c1 M kappa eta eps n); try assumption.
  - intros i Hi; specialize (W1 i Hi); lra.
  - intros i j Hi Hj N; destruct (W3 i j Hi Hj N); split; [assumption|lra].
  - split; [exact e0|].
    assert (E : c1 * kappa ^ 2 / (20 * M ^ 8 * INR k ^ 2) = exp (- ln F + (- c4 * l + - c4 * l) + - (l + l))).
    { rewrite !exp_plus, !exp_Ropp, !exp_plus, exp_ln by lra; unfold l; rewrite exp_ln by lra; fold l; rewrite <- Ek.
      unfold F; field; repeat split; lra. }
    rewrite E, Ee; apply exp_le_compat; lra.
  - set (X := exp ((1 + c4) * (INR k * l))).
    assert (X1 : 1 <= X).
    { apply Rle_trans with (exp 0); [rewrite exp_0; lra|apply exp_le_compat, Rmult_le_pos; lra]. }
    assert (Hb : / (kappa / 2) ^ (k - 1) <= X /\ 0 < / (kappa / 2) ^ (k - 1)).
    { assert (b0 : 0 < kappa / 2) by lra.
      split; [|apply Rinv_0_lt_compat, pow_lt; exact b0].
      rewrite <- pow_inv by lra.
      assert (B : 1 <= / (kappa / 2)) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
      apply Rle_trans with ((/ (kappa / 2)) ^ k); [apply Rle_pow; [exact B|lia]|].
      rewrite <- (exp_ln (/ (kappa / 2))) by lra.
      rewrite <- Rpower_pow by apply exp_pos; unfold Rpower; rewrite ln_exp; unfold X; apply exp_le_compat.
      rewrite ln_Rinv, ln_ratio by lra; rewrite Ek, ln_exp.
      replace ((1 + c4) * (INR k * l)) with (INR k * ((1 + c4) * l)) by ring.
      apply Rmult_le_compat_l; lra. }
    set (ib := / (kappa / 2) ^ (k - 1)) in *; destruct Hb as [b1 b0].
    destruct (logarithm_of_loss c1 M eps H1 HM Heps) as [G0 G1].
    set (Lg := Rmax 0 (ln (c1 / sqrt (2 * eps)))) in *; set (Mx := Rmax 1 (ln (1 / eps))) in *.
    assert (Mx1 : 1 <= Mx) by apply Rmax_l.
    set (Y := exp (c * l)).
    assert (Y1 : 1 <= Y) by (apply Rle_trans with (exp 0); [rewrite exp_0; lra|apply exp_le_compat, Rmult_le_pos; lra]).
    assert (iY : / eta = Y) by (rewrite Ee; unfold Y; replace (- c * l) with (- (c * l)) by ring; rewrite exp_Ropp, Rinv_inv; reflexivity).
    assert (pb : 0 < (kappa / 2) ^ (k - 1)) by (apply pow_lt; lra).
    assert (T1 : M / (eta * c1 * (kappa / 2) ^ (k - 1)) = M / c1 * Y * ib) by (unfold ib; rewrite <- iY; field; lra).
    assert (T2 : Lg / (eta * ((kappa / 2) ^ (k - 1)) ^ 2) = Lg * Y * (ib * ib)) by (unfold ib; rewrite <- iY; field; lra).
    rewrite T1, T2.
    assert (q0 : 0 <= M / c1) by (unfold Rdiv; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
    set (Z := Y * (X * X) * Mx).
    assert (XX : 1 <= X * X) by (rewrite <- (Rmult_1_l 1); apply Rmult_le_compat; lra).
    assert (YX : 1 <= Y * (X * X)) by (rewrite <- (Rmult_1_l 1); apply Rmult_le_compat; lra).
    assert (Zp : Y * (X * X) <= Z) by (unfold Z; rewrite <- (Rmult_1_r (Y * (X * X))) at 1; apply Rmult_le_compat_l; lra).
    assert (B1 : M / c1 * Y * ib <= M / c1 * Z).
    { rewrite Rmult_assoc; apply Rmult_le_compat_l; [exact q0|].
      apply Rle_trans with (Y * (X * X)); [|exact Zp]; apply Rmult_le_compat_l; [lra|].
      apply Rle_trans with (1 * X); [lra|apply Rmult_le_compat; lra]. }
    assert (B2 : Lg * Y * (ib * ib) <= M * Z).
    { replace (M * Z) with (M * Mx * Y * (X * X)) by (unfold Z; ring).
      apply Rmult_le_compat; [apply Rmult_le_pos; lra|apply Rmult_le_pos; lra|apply Rmult_le_compat; lra|apply Rmult_le_compat; lra]. }
    eapply Rle_trans; [|exact Hn].
    set (E := M / c1 + M + 2).
    apply Rle_trans with (E * Z); [unfold E; lra|].
    assert (EE : E <= exp (E * (INR k * l))).
    { apply Rle_trans with (exp E); [assert (U := exp_above_line E); lra|apply exp_le_compat].
      rewrite <- (Rmult_1_r E) at 1; apply Rmult_le_compat_l; [unfold E; lra|exact KL]. }
    assert (YY : Y <= exp (c * (INR k * l))).
    { unfold Y; apply exp_le_compat, Rmult_le_compat_l; [exact c0|].
      rewrite <- (Rmult_1_l l) at 1; apply Rmult_le_compat_r; lra. }
    replace ((c + 2 * c4 + M / c1 + M + 4) * (INR k * l))
      with (E * (INR k * l) + (c * (INR k * l) + ((1 + c4) * (INR k * l) + (1 + c4) * (INR k * l)))) by (unfold E; ring).
    rewrite !exp_plus; fold X.
    replace (E * Z) with (E * (Y * (X * X)) * Mx) by (unfold Z; ring).
    apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat; [unfold E; lra|lra|exact EE|].
    apply Rmult_le_compat_r; lra.
Qed.

(** The same in the words of the paper. *)
Theorem shamir_theorem_4_printed : forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w eps n,
    (2 <= k)%nat -> 0 < eps -> assumption_4 c1 c2 c3 c4 k w ->
    exp (C * (INR k * ln (INR k))) * Rmax 1 (ln (1 / eps)) <= INR n ->
    (product k (descent (fun p => p + c1) (Rpower (INR k) (- c)) k w n) + c1) ^ 2 / 2 <= eps.
Proof.
  intros c1 c2 c3 c4 H1 H4.
  set (M := 1 + c1 + Rabs c2 + Rabs c3).
  assert (A2 := Rle_abs c2); assert (A3 := Rle_abs c3); assert (B2 := Rabs_pos c2); assert (B3 := Rabs_pos c3).
  exists (2 * c4 + 2 + ln (20 * M ^ 8 / c1) / ln 2); intros c Hc.
  exists (c + 2 * c4 + M / c1 + M + 4); intros k w eps n Hk Heps HA Hn.
  apply (shamir_theorem_4_exponential c1 c2 c3 c4 c M k w eps n); try assumption; unfold M; lra.
Qed.
