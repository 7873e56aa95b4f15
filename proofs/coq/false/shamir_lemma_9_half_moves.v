(** False: Moves of eta M beta only: from (1/2, 1) the first weight moves by eta, and beta = 1/2. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep NearLemmas.
Open Scope R_scope.

Theorem shamir_lemma_9_half_moves : forall (f' : R -> R) eta k w beta mu M n,
  (2 <= k)%nat -> 0 < eta -> 0 < mu -> 0 < beta -> (forall p, 0 < p <= beta -> mu <= f' p <= M) -> product k w <= beta ->
  (forall s i, (s <= n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k w s i) ->
  (forall s i, (s <= n)%nat -> (i < k)%nat ->
    Rabs (descent f' eta k w (S s) i - descent f' eta k w s i) <= eta * M * beta) /\
  (beta <= exp 2 -> exp 1 / mu * Rpower beta (1 / INR k - 1) / (eta * INR k) <= INR n ->
    product k (descent f' eta k w n) <= beta / exp 1).
Proof.
  intros f' eta k w beta mu M n Hk He Hmu Hb Hf Hp Hw.
  assert (K : 2 <= INR k) by (apply (le_INR 2); exact Hk).
  assert (Pos : forall s i, (s <= n)%nat -> (i < k)%nat -> 0 < descent f' eta k w s i)
    by (intros s i Hs Hi; specialize (Hw s i Hs Hi); lra).
  assert (PP : forall s, (s <= n)%nat -> 0 < product k (descent f' eta k w s))
    by (intros s Hs; apply product_pos; intros; apply Pos; assumption).
  assert (Hf0 : forall p, 0 < p <= beta -> 0 <= f' p <= M) by (intros p H; specialize (Hf p H); lra).
  assert (Down : forall s, (s <= n)%nat -> product k (descent f' eta k w s) <= beta).
  { induction s as [|s IH]; intros Hs; [exact Hp|].
    eapply Rle_trans; [|apply IH; lia]; simpl descent; apply product_le; intros i Hi; split; [left; apply (Pos (S s)); assumption|].
    apply (half_step f' eta k _ beta M); auto; [apply IH; lia|intros; apply Hw; lia]. }
  split.
  - intros s i Hs Hi.
    assert (H := half_step f' eta k (descent f' eta k w s) beta M i He Hf0 (Down s Hs) ltac:(intros; apply Hw; lia) Hi).
    apply Rabs_le; simpl descent; lra.
  - intros Hb2 Hn; apply Rnot_lt_le; intros Big.
    set (rate := eta * mu * INR k * exp ((1 - 2 / INR k) * (ln beta - 1))).
    assert (E1 : ln (beta / exp 1) = ln beta - 1) by (unfold Rdiv; rewrite ln_mult, ln_Rinv, ln_exp; [ring|apply exp_pos|exact Hb|apply Rinv_0_lt_compat, exp_pos]).
    assert (B1 : 0 < beta / exp 1) by (apply Rdiv_lt_0_compat; [exact Hb|apply exp_pos]).
    assert (k2 : 0 <= 1 - 2 / INR k).
    { assert (2 / INR k <= 1); [|lra]; apply (Rmult_le_reg_r (INR k)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra. }
    assert (Mono : forall s t, (s <= t)%nat -> (t <= n)%nat ->
      product k (descent f' eta k w t) <= product k (descent f' eta k w s)).
    { intros s t Hst; induction Hst as [|t Hst IH]; intros Ht; [lra|].
      eapply Rle_trans; [|apply IH; lia]; simpl descent; apply product_le; intros i Hi; split; [left; apply (Pos (S t)); assumption|].
      apply (half_step f' eta k _ beta M); auto; [apply Down; lia|intros; apply Hw; lia]. }
    assert (Fall : forall s, (s <= n)%nat -> ln (product k (descent f' eta k w s)) <= ln beta - INR s * rate).
    { induction s as [|s IH]; intros Hs.
      - simpl INR; rewrite Rmult_0_l, Rminus_0_r; apply ln_le; [apply (PP 0%nat); lia|exact Hp].
      - specialize (IH ltac:(lia)); rewrite S_INR.
        assert (L := log_product_falls f' eta k (descent f' eta k w s) mu ltac:(lia) He).
        assert (Ps := PP s ltac:(lia)); assert (Ds := Down s ltac:(lia)).
        specialize (L (conj (Rlt_le _ _ Hmu) (proj1 (Hf _ (conj Ps Ds))))).
        specialize (L ltac:(intros; apply Pos; lia) ltac:(intros; apply (Pos (S s)); lia)).
        simpl descent; set (q := product k (descent f' eta k w s)) in *.
        assert (rate <= eta * mu * INR k * exp ((1 - 2 / INR k) * ln q)); [|lra].
        unfold rate; apply Rmult_le_compat_l; [repeat apply Rmult_le_pos; lra|].
        apply exp_le_compat, Rmult_le_compat_l; [exact k2|rewrite <- E1; apply ln_le; [exact B1|]].
        left; eapply Rlt_le_trans; [exact Big|apply Mono; lia]. }
    specialize (Fall n (Nat.le_refl n)).
    assert (Big' : ln beta - 1 < ln (product k (descent f' eta k w n))) by (rewrite <- E1; apply ln_increasing; assumption).
    assert (R1 : INR n * rate < 1) by lra.
    assert (R0 : 0 < rate) by (unfold rate; repeat apply Rmult_lt_0_compat; try lra; apply exp_pos).
    assert (1 <= INR n * rate); [|lra].
    apply Rle_trans with (exp 1 / mu * Rpower beta (1 / INR k - 1) / (eta * INR k) * rate);
      [|apply Rmult_le_compat_r; lra].
    unfold rate, Rpower.
    replace (exp 1 / mu * exp ((1 / INR k - 1) * ln beta) / (eta * INR k) * (eta * mu * INR k * exp ((1 - 2 / INR k) * (ln beta - 1))))
      with (exp 1 * exp ((1 / INR k - 1) * ln beta) * exp ((1 - 2 / INR k) * (ln beta - 1))) by (field; lra).
    rewrite <- !exp_plus; apply Rle_trans with (exp 0); [rewrite exp_0; lra|apply exp_le_compat].
    replace (1 + (1 / INR k - 1) * ln beta + (1 - 2 / INR k) * (ln beta - 1)) with (/ INR k * (2 - ln beta)) by (field; lra).
    assert (ln beta <= 2) by (rewrite <- (ln_exp 2); apply ln_le; assumption).
    apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|lra].
Qed.
