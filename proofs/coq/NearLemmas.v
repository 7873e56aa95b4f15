(** Shamir's Lemmas 9 and 10, every constant explicit: near the identity, while no weight is below 1/2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep.
Open Scope R_scope.

(** A step from weights of at least 1/2 moves no weight up, nor by more than 2 eta M beta. *)
Lemma half_step : forall (f' : R -> R) eta k w beta M i,
  0 < eta -> (forall p, 0 < p <= beta -> 0 <= f' p <= M) -> product k w <= beta ->
  (forall j, (j < k)%nat -> 1 / 2 <= w j) -> (i < k)%nat ->
  step f' eta k w i <= w i <= step f' eta k w i + 2 * eta * M * beta.
Proof.
  intros f' eta k w beta M i He Hf Hp Hw Hi.
  assert (P : 0 < product k w) by (apply product_pos; intros j Hj; specialize (Hw j Hj); lra).
  destruct (Hf (product k w) (conj P Hp)) as [g0 g1]; set (g := f' (product k w)) in *.
  assert (Q : 0 <= others k w i) by (apply others_nonneg; intros j Hj; specialize (Hw j Hj); lra).
  assert (E := product_others k w i Hi); specialize (Hw i Hi).
  assert (Q2 : others k w i <= 2 * beta).
  { assert (1 / 2 * others k w i <= w i * others k w i) by (apply Rmult_le_compat_r; assumption); lra. }
  assert (U : 0 <= g * others k w i <= M * (2 * beta)) by (split; [apply Rmult_le_pos|apply Rmult_le_compat]; assumption).
  unfold step; fold g.
  assert (0 <= eta * (g * others k w i) <= eta * (M * (2 * beta)))
    by (split; [apply Rmult_le_pos|apply Rmult_le_compat_l]; lra).
  lra.
Qed.

(** The arithmetic mean of the inverse squares is at least the geometric one. *)
Lemma inverse_squares : forall k w, (1 <= k)%nat -> (forall i, (i < k)%nat -> 0 < w i) ->
  INR k * exp (- (2 / INR k * ln (product k w))) <= total k (fun i => / w i ^ 2).
Proof.
  intros k w Hk Hw; assert (K : 0 < INR k) by (apply lt_0_INR; lia).
  set (c := exp (- (2 / INR k * ln (product k w)))).
  assert (C : 0 < c) by apply exp_pos.
  apply Rle_trans with (total k (fun i => c * (1 + (- (2 * ln (w i)) + 2 / INR k * ln (product k w))))).
  - right; rewrite total_scal, total_plus, total_plus, !total_const.
    rewrite (total_ext k (fun i => - (2 * ln (w i))) (fun i => -2 * ln (w i))) by (intros; ring).
    rewrite total_scal, <- ln_product by exact Hw; field; lra.
  - apply total_le; intros i Hi; specialize (Hw i Hi).
    set (y := - (2 * ln (w i)) + 2 / INR k * ln (product k w)).
    assert (Y : 1 + y <= exp y) by apply exp_ineq1_le.
    replace (/ w i ^ 2) with (c * exp y); [apply Rmult_le_compat_l; lra|].
    unfold c; rewrite <- exp_plus.
    replace (- (2 / INR k * ln (product k w)) + y) with (- ln (w i ^ 2)).
    + rewrite exp_Ropp, exp_ln by (apply pow_lt; exact Hw); reflexivity.
    + rewrite ln_pow by exact Hw; unfold y; simpl; ring.
Qed.

Lemma ln_below_tangent : forall x y, 0 < x -> 0 < y -> ln y <= ln x + (y - x) / x.
Proof.
  intros x y Hx Hy.
  replace y with (x * (y / x)) at 1 by (field; lra).
  assert (0 < y / x) by (apply Rdiv_lt_0_compat; assumption).
  rewrite ln_mult by assumption.
  assert (K := exp_ineq1_le (ln (y / x))); rewrite exp_ln in K by assumption.
  replace ((y - x) / x) with (y / x - 1) by (field; lra); lra.
Qed.

(** What a step does to the logarithm of the product. *)
Lemma log_product_falls : forall (f' : R -> R) eta k w mu, (1 <= k)%nat -> 0 < eta -> 0 <= mu <= f' (product k w) ->
  (forall i, (i < k)%nat -> 0 < w i) -> (forall i, (i < k)%nat -> 0 < step f' eta k w i) ->
  ln (product k (step f' eta k w)) <=
    ln (product k w) - eta * mu * INR k * exp ((1 - 2 / INR k) * ln (product k w)).
Proof.
  intros f' eta k w mu Hk He Hmu Hw Hv; assert (K : 0 < INR k) by (apply lt_0_INR; lia).
  set (p := product k w) in *; assert (P : 0 < p) by (apply product_pos; exact Hw).
  rewrite ln_product by exact Hv.
  apply Rle_trans with (total k (fun i => ln (w i) + - (eta * f' p * p) * / w i ^ 2)).
  - apply total_le; intros i Hi; eapply Rle_trans; [apply (ln_below_tangent (w i)); auto|].
    right; f_equal; unfold step; fold p.
    assert (E : p = w i * others k w i) by (apply product_others; exact Hi).
    specialize (Hw i Hi); set (g := f' p); clearbody g; rewrite E; field; lra.
  - rewrite total_plus, total_scal, <- ln_product by exact Hw; fold p.
    assert (S := inverse_squares k w Hk Hw); fold p in S.
    assert (X : exp ((1 - 2 / INR k) * ln p) = p * exp (- (2 / INR k * ln p))).
    { replace ((1 - 2 / INR k) * ln p) with (ln p + - (2 / INR k * ln p)) by ring; rewrite exp_plus, exp_ln by exact P; reflexivity. }
    rewrite X; set (c := exp (- (2 / INR k * ln p))) in *; assert (C : 0 < c) by apply exp_pos.
    assert (A : eta * mu * p * (INR k * c) <= eta * f' p * p * total k (fun i => / w i ^ 2)).
    { apply Rmult_le_compat; try assumption.
      - repeat apply Rmult_le_pos; lra.
      - apply Rmult_le_pos; lra.
      - apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_l; lra. }
    lra.
Qed.

(** Lemma 9: moves, and the time in which the bound of the product is divided by e. *)
Theorem shamir_lemma_9 : forall (f' : R -> R) eta k w beta mu M n,
  (2 <= k)%nat -> 0 < eta -> 0 < mu -> 0 < beta -> (forall p, 0 < p <= beta -> mu <= f' p <= M) -> product k w <= beta ->
  (forall s i, (s <= n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k w s i) ->
  (forall s i, (s <= n)%nat -> (i < k)%nat ->
    Rabs (descent f' eta k w (S s) i - descent f' eta k w s i) <= 2 * eta * M * beta) /\
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

(** Lemma 10: while no weight is below 1/2 all weights and the product fall, by 2 eta M c at most, and no two
    weights are further apart than 4 delta. *)
Theorem shamir_lemma_10 : forall (f' : R -> R) eta k w delta c M n,
  0 < eta -> (forall p, 0 < p <= c -> 0 <= f' p <= M) -> delta <= 1 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c -> (4 * eta * M * c) ^ 2 <= 2 ->
  (forall s i, (s <= n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k w s i) ->
  forall s, (s <= n)%nat ->
    (forall i j, (i < k)%nat -> (j < k)%nat -> Rabs (descent f' eta k w s i - descent f' eta k w s j) <= 4 * delta) /\
    (forall i, (i < k)%nat -> descent f' eta k w (S s) i <= descent f' eta k w s i
      <= descent f' eta k w (S s) i + 2 * eta * M * c) /\
    ((S s <= n)%nat -> product k (descent f' eta k w (S s)) <= product k (descent f' eta k w s)).
Proof.
  intros f' eta k w delta c M n He Hf Hd1 Hd Hp Hstep Hw.
  assert (Pos : forall s i, (s <= n)%nat -> (i < k)%nat -> 0 < descent f' eta k w s i)
    by (intros s i Hs Hi; specialize (Hw s i Hs Hi); lra).
  assert (Down : forall s, (S s <= n)%nat -> product k (descent f' eta k w s) <= c ->
    product k (descent f' eta k w (S s)) <= product k (descent f' eta k w s)).
  { intros s Hs Pc; simpl descent; apply product_le; intros i Hi; split; [left; apply (Pos (S s)); assumption|].
    apply (half_step f' eta k _ c M); auto; intros; apply Hw; lia. }
  assert (All : forall s, (s <= n)%nat -> product k (descent f' eta k w s) <= c /\
    forall i j, (i < k)%nat -> (j < k)%nat -> Rabs (descent f' eta k w s i ^ 2 - descent f' eta k w s j ^ 2) <= 4 * delta).
  { induction s as [|s IH]; intros Hs.
    - split; [exact Hp|]; intros i j Hi Hj; assert (Wi := Hd i Hi); assert (Wj := Hd j Hj); simpl descent.
      assert (Li := Hw 0%nat i ltac:(lia) Hi); assert (Lj := Hw 0%nat j ltac:(lia) Hj); simpl descent in Li, Lj.
      apply Rabs_le_between in Wi; apply Rabs_le_between in Wj; apply Rabs_le.
      assert (d0 : 0 <= delta) by lra; assert (U : forall x, 1 - delta <= x <= 1 + delta -> 0 < x -> x ^ 2 <= (1 + delta) ^ 2)
        by (intros; apply pow_incr; lra).
      assert (L : forall x, 1 - delta <= x -> (1 - delta) ^ 2 <= x ^ 2) by (intros; apply pow_incr; lra).
      assert (Ui := U (w i) ltac:(lra) ltac:(lra)); assert (Uj := U (w j) ltac:(lra) ltac:(lra)).
      assert (Si := L (w i) ltac:(lra)); assert (Sj := L (w j) ltac:(lra)); simpl in *; lra.
    - destruct (IH ltac:(lia)) as [Pc Gap]; split; [eapply Rle_trans; [apply Down; [exact Hs|exact Pc]|exact Pc]|].
      intros i j Hi Hj; simpl descent; set (v := descent f' eta k w s) in *.
      destruct (Nat.eq_dec i j) as [->|Nij]; [rewrite Rminus_eq_0, Rabs_R0; eapply Rle_trans; [apply Rabs_pos|apply (Gap j j Hj Hj)]|].
      eapply Rle_trans; [|apply (Gap i j Hi Hj)]; apply balancedness_monotone; auto.
      assert (Pv : 0 < product k v) by (apply product_pos; intros; apply Pos; lia).
      destruct (Hf (product k v) (conj Pv Pc)) as [g0 g1]; set (g := f' (product k v)) in *.
      assert (R0 : 0 <= rest k v i j) by (apply rest_nonneg; intros l Hl; left; apply Pos; lia).
      assert (R4 : rest k v i j <= 4 * c).
      { assert (Ei := Hw s i ltac:(lia) Hi); assert (Ej := Hw s j ltac:(lia) Hj); fold v in Ei, Ej.
        assert (V : 1 / 2 * (1 / 2) <= v i * v j) by (apply Rmult_le_compat; lra).
        assert (V2 : 1 / 2 * (1 / 2) * rest k v i j <= v i * v j * rest k v i j) by (apply Rmult_le_compat_r; assumption).
        rewrite <- (product_pair k v i j Hi Hj Nij) in V2; lra. }
      assert (G : 0 <= eta * g * rest k v i j <= 4 * eta * M * c).
      { split; [repeat apply Rmult_le_pos; lra|].
        replace (4 * eta * M * c) with (eta * M * (4 * c)) by ring; apply Rmult_le_compat; try lra.
        - apply Rmult_le_pos; lra.
        - apply Rmult_le_compat_l; lra. }
      replace (eta ^ 2 * g ^ 2 * rest k v i j ^ 2) with ((eta * g * rest k v i j) ^ 2) by ring.
      eapply Rle_trans; [apply pow_incr; exact G|exact Hstep]. }
  intros s Hs; destruct (All s Hs) as [Pc Gap]; split; [|split].
  - intros i j Hi Hj; assert (Ei := Hw s i Hs Hi); assert (Ej := Hw s j Hs Hj); specialize (Gap i j Hi Hj).
    set (v := descent f' eta k w s) in *.
    eapply Rle_trans; [|exact Gap].
    replace (v i ^ 2 - v j ^ 2) with ((v i - v j) * (v i + v j)) by ring; rewrite Rabs_mult.
    rewrite <- (Rmult_1_r (Rabs (v i - v j))) at 1; apply Rmult_le_compat_l; [apply Rabs_pos|].
    rewrite Rabs_pos_eq; lra.
  - intros i Hi; simpl descent; apply (half_step f' eta k _ c M); auto; intros; apply Hw; lia.
  - intros HS; apply Down; assumption.
Qed.
