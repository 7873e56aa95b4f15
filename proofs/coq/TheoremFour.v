(** Shamir's Theorem 4, whole, with every constant (upper-bound.md, section 3): signs are flipped (Lemma
    11), the smallest weight crosses zero (Lemmas 14, 15, 16), a sign is flipped again, and the product
    approaches its target linearly (Lemma 13, without delta). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence Approach Crossing.
Open Scope R_scope.

Definition sizes (w : nat -> R) : nat -> R := fun i => Rabs (w i).

Lemma descent_later : forall f' eta k w N n,
  descent f' eta k w (n + N) = descent f' eta k (descent f' eta k w N) n.
Proof. intros; induction n as [|n IH]; simpl; [reflexivity|rewrite IH; reflexivity]. Qed.

Lemma descent_ext : forall f' eta k u w n, (forall i, (i < k)%nat -> u i = w i) ->
  forall i, (i < k)%nat -> descent f' eta k u n i = descent f' eta k w n i.
Proof.
  intros f' eta k u w n H; induction n as [|n IH]; intros i Hi; simpl; [apply H; exact Hi|].
  unfold step; rewrite (IH i Hi), (product_ext k _ _ IH); unfold others.
  rewrite (product_ext k (but i (descent f' eta k u n)) (but i (descent f' eta k w n))); [reflexivity|].
  intros l Hl; unfold but; destruct (Nat.eqb l i); auto.
Qed.

(** The approach, in terms of the loss. *)
Lemma approach_steps : forall k m gamma y A B b c eta w eps n,
  (2 <= k)%nat -> (m < k)%nat -> 0 < gamma -> 0 < y -> 0 < eta -> 0 < eps -> room k m y A B c ->
  eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 ->
  landed k m gamma w -> spread_below k m c w -> product k w <= y -> 0 <= b <= others k w m ->
  ln (y / sqrt (2 * eps)) <= INR n * (eta * b ^ 2) ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k m gamma y A B b c eta w eps n Hk Hm Hg Hy He Heps Room H1 L C Hp Hb Hn.
  destruct (shamir_approach k m gamma y A B c eta w n Hk Hm Hg Hy He Room H1 L C Hp) as [_ [E0 E1]].
  set (e := y - product k (descent (fun p => p - y) eta k w n)) in *.
  assert (p0 : 0 <= product k w).
  { apply product_nonneg; intros i Hi; exact (landed_nonneg k m gamma w i Hg L Hi). }
  assert (Q := others_in_room k m gamma y A B c w Hm Hg Room L C Hp).
  set (q := others k w m) in *.
  assert (G2 : 0 < gamma ^ 2) by (apply pow_lt; exact Hg).
  assert (x1 : eta * q ^ 2 <= 1).
  { assert (q ^ 2 <= B ^ 2) by (apply pow_incr; lra).
    assert (eta * q ^ 2 <= eta * B ^ 2) by (apply Rmult_le_compat_l; lra).
    assert (0 <= eta * (INR (k - 1) * y ^ 2 / gamma ^ 2)); [|lra].
    apply Rmult_le_pos; [lra|]; unfold Rdiv; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact G2].
    apply Rmult_le_pos; [apply pos_INR|apply pow2_ge_0]. }
  assert (S0 : 0 < sqrt (2 * eps)) by (apply sqrt_lt_R0; lra).
  assert (E2 : e <= sqrt (2 * eps)).
  { eapply Rle_trans; [exact E1|].
    apply Rle_trans with (sqrt (2 * eps) / y * y); [|right; field; lra].
    apply Rmult_le_compat; [apply pow_le; lra|lra| |lra].
    eapply Rle_trans; [apply power_below_exp; exact x1|].
    rewrite <- (exp_ln (sqrt (2 * eps) / y)) by (apply Rdiv_lt_0_compat; lra); apply exp_le_compat.
    rewrite ln_ratio in Hn by assumption; rewrite ln_ratio by assumption.
    assert (b ^ 2 <= q ^ 2) by (apply pow_incr; lra).
    assert (eta * b ^ 2 <= eta * q ^ 2) by (apply Rmult_le_compat_l; lra).
    assert (INR n * (eta * b ^ 2) <= INR n * (eta * q ^ 2)) by (apply Rmult_le_compat_l; [apply pos_INR|assumption]).
    lra. }
  replace ((product k (descent (fun p => p - y) eta k w n) - y) ^ 2) with (e ^ 2) by (unfold e; ring).
  assert (e ^ 2 <= sqrt (2 * eps) ^ 2) by (apply pow_incr; lra).
  rewrite pow2_sqrt in H by lra; lra.
Qed.

(** ** Crossing and approach, from nonnegative weights *)

Lemma theorem_4_nonnegative : forall k m y eta w A B gamma eps N1 N2 n,
  (2 <= k)%nat -> (m < k)%nat -> y < 0 -> 0 < eta -> 0 < eps -> smallest k m w ->
  0 < gamma -> (forall i, (i < k)%nat -> i <> m -> gamma <= w i - w m - longest k m y eta w) ->
  longest k m y eta w * others k w m <= - y ->
  (forall i, (i < k)%nat -> i <> m -> eta * (product k w - y) * rest k w i m <= 1) ->
  room k m (- y) A B (fun i => w i ^ 2 - w m ^ 2) ->
  eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 ->
  w m <= INR N1 * (eta * - y * gaps k m 0 w) ->
  ln (- y / sqrt (2 * eps)) <= INR N2 * (eta * gaps k m (longest k m y eta w) w ^ 2) ->
  (N1 + N2 <= n)%nat -> (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k m y eta w A B gamma eps N1 N2 n Hk Hm Hy He Heps HW Hg Hgap Hp Hr Room H1 HN1 HN2 Hn.
  destruct (shamir_lemma_15 k m y eta w N1 Hm Hy He HW Hr HN1) as [N [HN [_ [Lat Land]]]].
  replace n with ((n - N) + N)%nat by lia; rewrite descent_later.
  set (u := descent (fun p => p - y) eta k w N) in *; set (h := longest k m y eta w) in *.
  set (s := put m (-1) (fun _ => 1)).
  assert (Sm : s m = -1) by apply put_same.
  assert (So : forall i, i <> m -> s i = 1) by (intros; apply put_other; assumption).
  assert (Ps : product k s = -1).
  { unfold s; rewrite product_put by exact Hm; rewrite others_const by exact Hm; rewrite pow1; ring. }
  destruct (sign_symmetry_square y eta k s u (n - N)) as [_ E].
  { intros i; destruct (Nat.eq_dec i m) as [->|D]; [right; exact Sm|left; apply So; exact D]. }
  rewrite <- E, Ps; replace (-1 * y) with (- y) by ring.
  destruct Lat as [Um U].
  set (v := fun i => s i * u i).
  assert (Ov : others k v m = others k u m).
  { apply product_ext; intros i Hi; unfold but, v; destruct (Nat.eqb_spec i m) as [|D]; [reflexivity|rewrite So by exact D; ring]. }
  assert (b0 : 0 <= gaps k m h w <= others k u m).
  { apply others_ge; intros i Hi D; destruct (U i Hi D) as [U1 _]; specialize (Hgap i Hi D); lra. }
  assert (b1 : 0 <= others k u m <= others k w m).
  { apply others_ge; intros i Hi D; destruct (U i Hi D) as [U1 [U2 _]]; specialize (Hgap i Hi D); lra. }
  apply (approach_steps k m gamma (- y) A B (gaps k m h w) (fun i => w i ^ 2 - w m ^ 2)); auto; try lra.
  - split; [unfold v; rewrite Sm; lra|].
    intros i Hi D; unfold v; rewrite So by exact D; destruct (U i Hi D) as [U1 _]; specialize (Hgap i Hi D); lra.
  - intros i Hi; unfold v; destruct (Nat.eq_dec i m) as [->|D]; [lra|].
    rewrite (So i D), Sm; destruct (U i Hi D) as [_ [_ U3]].
    replace ((1 * u i) ^ 2 - (-1 * u m) ^ 2) with (u i ^ 2 - u m ^ 2) by ring; exact U3.
  - rewrite (product_others k v m Hm), Ov; unfold v; rewrite Sm.
    apply Rle_trans with (h * others k w m); [apply Rmult_le_compat; lra|exact Hp].
  - eapply Rle_trans; [exact HN2|]; apply Rmult_le_compat_r; [|apply le_INR; lia].
    apply Rmult_le_pos; [lra|apply pow2_ge_0].
Qed.

(** ** Every sign *)

Definition sign (w : nat -> R) (i : nat) : R := if Rle_dec 0 (w i) then 1 else -1.

Lemma sign_cases : forall w i, sign w i = 1 \/ sign w i = -1.
Proof. intros w i; unfold sign; destruct (Rle_dec 0 (w i)); tauto. Qed.

Lemma sign_sizes : forall w i, sign w i * w i = sizes w i.
Proof.
  intros w i; unfold sign, sizes; destruct (Rle_dec 0 (w i)); [rewrite Rabs_pos_eq; lra|rewrite Rabs_left; lra].
Qed.

Lemma signs_product : forall k s, (forall i, s i = 1 \/ s i = -1) -> product k s = 1 \/ product k s = -1.
Proof.
  intros k s H; induction k as [|k [IH|IH]]; simpl; [tauto| |]; rewrite IH; destruct (H k) as [->| ->]; lra.
Qed.

(** Theorem 4: after N1 + N2 steps and for ever after, the loss is at most eps. *)
Theorem shamir_theorem_4 : forall k m y eta w A B gamma eps N1 N2 n,
  (2 <= k)%nat -> (m < k)%nat -> y < 0 -> 0 < eta -> 0 < eps ->
  y < product k w -> smallest k m (sizes w) ->
  0 < gamma -> (forall i, (i < k)%nat -> i <> m -> gamma <= sizes w i - sizes w m - longest k m y eta (sizes w)) ->
  longest k m y eta (sizes w) * others k (sizes w) m <= - y ->
  (forall i, (i < k)%nat -> i <> m -> eta * (product k (sizes w) - y) * rest k (sizes w) i m <= 1) ->
  room k m (- y) A B (fun i => sizes w i ^ 2 - sizes w m ^ 2) ->
  eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 ->
  sizes w m <= INR N1 * (eta * - y * gaps k m 0 (sizes w)) ->
  ln (- y / sqrt (2 * eps)) <= INR N2 * (eta * gaps k m (longest k m y eta (sizes w)) (sizes w) ^ 2) ->
  (N1 + N2 <= n)%nat -> (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k m y eta w A B gamma eps N1 N2 n Hk Hm Hy He Heps Hstart HW Hg Hgap Hp Hr Room H1 HN1 HN2 Hn.
  destruct (sign_symmetry_square y eta k (sign w) w n (sign_cases w)) as [_ <-].
  set (v := fun i => sign w i * w i).
  assert (Ev : v = sizes w) by (apply FunctionalExtensionality.functional_extensionality, sign_sizes).
  assert (P0 : forall i, 0 <= sizes w i) by (intros; apply Rabs_pos).
  destruct (signs_product k (sign w) (sign_cases w)) as [S|S]; rewrite S, Ev.
  - replace (1 * y) with y by ring.
    apply (theorem_4_nonnegative k m y eta (sizes w) A B gamma eps N1 N2 n); assumption.
  - replace (-1 * y) with (- y) by ring.
    assert (Ep : product k (sizes w) = - product k w).
    { rewrite <- Ev; unfold v; rewrite product_mult, S; ring. }
    set (h := longest k m y eta (sizes w)) in *.
    assert (h0 : 0 <= h).
    { unfold h, longest; assert (0 <= product k (sizes w)) by (apply product_nonneg; auto).
      apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply others_nonneg; auto]. }
    apply (approach_steps k m gamma (- y) A B (gaps k m h (sizes w)) (fun i => sizes w i ^ 2 - sizes w m ^ 2)); auto; try lra.
    + split; [apply P0|intros i Hi D; specialize (Hgap i Hi D); specialize (P0 m); lra].
    + intros i Hi; split; [|lra]; destruct (Nat.eq_dec i m) as [->|D]; [lra|].
      destruct HW as [W0 W]; specialize (W i Hi D); assert (sizes w m ^ 2 <= sizes w i ^ 2) by (apply pow_incr; lra); lra.
    + apply others_ge; intros i Hi D; specialize (Hgap i Hi D); specialize (P0 m); lra.
    + eapply Rle_trans; [exact HN2|]; apply Rmult_le_compat_r; [|apply le_INR; lia].
      apply Rmult_le_pos; [lra|apply pow2_ge_0].
Qed.
