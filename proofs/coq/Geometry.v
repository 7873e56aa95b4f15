(** Shamir's Lemmas 6 and 7: products near a point, and the geometric mean. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

Definition norm2 (k : nat) (x : nat -> R) : R := sqrt (total k (fun i => x i ^ 2)).

Lemma cauchy_schwarz : forall k a b,
  (total k (fun i => a i * b i)) ^ 2 <= total k (fun i => a i ^ 2) * total k (fun i => b i ^ 2).
Proof.
  induction k as [|k IH]; intros a b; simpl; [lra|].
  specialize (IH a b).
  assert (A0 : 0 <= total k (fun i => a i ^ 2)) by (apply total_nonneg; intros; apply pow2_ge_0).
  assert (B0 : 0 <= total k (fun i => b i ^ 2)) by (apply total_nonneg; intros; apply pow2_ge_0).
  change (total k (fun i => a i * (a i * 1))) with (total k (fun i => a i ^ 2)).
  change (total k (fun i => b i * (b i * 1))) with (total k (fun i => b i ^ 2)).
  set (A := total k (fun i => a i ^ 2)) in *; set (B := total k (fun i => b i ^ 2)) in *.
  set (S := total k (fun i => a i * b i)) in *.
  set (x := a k); set (y := b k).
  assert (X : 2 * (S * (x * y)) <= A * y ^ 2 + B * x ^ 2).
  { apply Rsqr_incr_0_var; [|assert (0 <= x ^ 2) by nra; assert (0 <= y ^ 2) by nra; nra].
    unfold Rsqr.
    assert (S ^ 2 * (x * y) ^ 2 <= A * B * (x * y) ^ 2)
      by (apply Rmult_le_compat_r; [apply pow2_ge_0|exact IH]).
    assert (0 <= (A * y ^ 2 - B * x ^ 2) ^ 2) by apply pow2_ge_0.
    nra. }
  nra.
Qed.

Lemma others_const : forall k x j, (j < k)%nat -> others k (fun _ => x) j = x ^ (k - 1).
Proof.
  intros k x j Hj; unfold others; revert j Hj; induction k as [|k IH]; intros j Hj; [lia|].
  simpl product; destruct (Nat.eq_dec j k) as [->|N].
  - rewrite but_same, (product_ext k _ (fun _ => x)).
    + rewrite product_const; replace (S k - 1)%nat with k by lia; ring.
    + intros i Hi; apply but_other; lia.
  - rewrite IH, but_other by lia; replace (S k - 1)%nat with (S (k - 1)) by lia; simpl; ring.
Qed.

(** Sum over i <> j, through Cauchy and Schwarz: at most sqrt (k - 1) times the norm. *)
Lemma total_but_le_norm : forall k d j, (j < k)%nat -> (forall i, (i < k)%nat -> 0 <= d i) ->
  total k (fun i => if Nat.eqb i j then 0 else d i) <= sqrt (INR (k - 1)) * norm2 k d.
Proof.
  intros k d j Hj Hd.
  set (m := fun i => if Nat.eqb i j then 0 else 1).
  assert (C : forall n, total n (fun i => m i ^ 2) = INR n - (if le_lt_dec n j then 0 else 1)).
  { induction n as [|n IH]; [simpl; lra|].
    change (total n (fun i => m i ^ 2) + m n ^ 2 = INR (S n) - (if le_lt_dec (S n) j then 0 else 1)).
    rewrite S_INR, IH; unfold m.
    destruct (Nat.eqb_spec n j); destruct (le_lt_dec n j), (le_lt_dec (S n) j); try lia; lra. }
  assert (E : total k (fun i => if Nat.eqb i j then 0 else d i) = total k (fun i => m i * d i)).
  { apply total_ext; intros i _; unfold m; destruct (Nat.eqb i j); ring. }
  assert (P : 0 <= total k (fun i => m i * d i)).
  { apply total_nonneg; intros i Hi; unfold m; specialize (Hd i Hi).
    destruct (Nat.eqb i j); lra. }
  unfold norm2; rewrite E, <- sqrt_mult_alt by apply pos_INR.
  rewrite <- (sqrt_pow2 _ P); apply sqrt_le_1_alt.
  eapply Rle_trans; [apply cauchy_schwarz|]; right; f_equal.
  rewrite C; destruct (le_lt_dec k j); [lia|]; rewrite minus_INR by lia; simpl; ring.
Qed.

Lemma product_exp_bound : forall k u v d,
  (forall i, (i < k)%nat -> 0 <= v i /\ 0 <= u i <= v i * exp (d i)) ->
  product k u <= product k v * exp (total k d).
Proof.
  induction k as [|k IH]; intros u v d H; simpl; [rewrite exp_0; lra|].
  assert (I : product k u <= product k v * exp (total k d)) by (apply IH; auto with arith).
  assert (0 <= product k u) by (apply product_nonneg; intros i Hi; apply (H i); lia).
  destruct (H k ltac:(lia)) as [Hv Hu]; rewrite exp_plus.
  replace (product k v * v k * (exp (total k d) * exp (d k)))
    with (product k v * exp (total k d) * (v k * exp (d k))) by ring.
  apply Rmult_le_compat; lra.
Qed.

(** ** Lemma 6 *)

Theorem shamir_lemma_6_products : forall k w v alpha beta delta,
  (2 <= k)%nat -> 0 < delta -> 0 < alpha -> 0 < beta ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i)) ->
  norm2 k (fun i => v i - w i) <= delta / sqrt (INR (k - 1)) * ln (beta / alpha) ->
  forall j, (j < k)%nat -> Rabs (others k v j) <= beta.
Proof.
  intros k w v alpha beta delta Hk Hd Ha Hb HA HW HN j Hj.
  set (d := fun i => Rabs (v i - w i) / delta).
  assert (K1 : 0 < sqrt (INR (k - 1))) by (apply sqrt_lt_R0, lt_0_INR; lia).
  assert (D0 : forall i, 0 <= d i).
  { intros i; unfold d; apply Rmult_le_pos; [apply Rabs_pos|left; now apply Rinv_0_lt_compat]. }
  assert (S : total k (fun i => if Nat.eqb i j then 0 else d i) <= ln (beta / alpha)).
  { eapply Rle_trans; [apply total_but_le_norm; auto|].
    assert (E : norm2 k d = norm2 k (fun i => v i - w i) / delta).
    { unfold norm2, Rdiv; rewrite <- (sqrt_pow2 (/ delta)) by (left; now apply Rinv_0_lt_compat).
      rewrite <- sqrt_mult_alt by (apply total_nonneg; intros; apply pow2_ge_0).
      f_equal; rewrite Rmult_comm, <- total_scal; apply total_ext; intros i _; unfold d, Rdiv.
      rewrite Rpow_mult_distr, pow2_abs; ring. }
    rewrite E; apply (Rmult_le_compat_l (sqrt (INR (k - 1)) / delta)) in HN.
    - replace (sqrt (INR (k - 1)) / delta * (delta / sqrt (INR (k - 1)) * ln (beta / alpha)))
        with (ln (beta / alpha)) in HN by (field; split; lra).
      eapply Rle_trans; [|exact HN]; right; field; lra.
    - apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]. }
  rewrite others_abs; unfold others.
  eapply Rle_trans;
    [apply (product_exp_bound k _ (but j (fun i => Rabs (w i))) (fun i => if Nat.eqb i j then 0 else d i))|].
  - intros i Hi; unfold but; destruct (Nat.eqb i j); [rewrite exp_0; lra|].
    split; [apply Rabs_pos|split; [apply Rabs_pos|]].
    specialize (HW i Hi).
    apply Rle_trans with (Rabs (w i) * (1 + d i)).
    + assert (Rabs (v i) <= Rabs (w i) + Rabs (v i - w i)).
      { replace (v i) with (w i + (v i - w i)) at 1 by ring; apply Rabs_triang. }
      assert (Rabs (v i - w i) = delta * d i) by (unfold d; field; lra).
      specialize (D0 i); nra.
    + apply Rmult_le_compat_l; [apply Rabs_pos|].
      destruct (Rle_lt_or_eq_dec _ _ (D0 i)) as [L|L].
      * left; apply exp_ineq1; lra.
      * rewrite <- L, exp_0; lra.
  - specialize (HA j Hj); rewrite others_abs in HA; unfold others in HA.
    assert (exp (total k (fun i => if Nat.eqb i j then 0 else d i)) <= beta / alpha).
    { rewrite <- (exp_ln (beta / alpha)) by (apply Rdiv_lt_0_compat; assumption).
      now apply exp_le_compat. }
    replace beta with (alpha * (beta / alpha)) by (field; lra).
    apply Rmult_le_compat; auto; [|left; apply exp_pos].
    apply product_nonneg; intros i _; unfold but; destruct (Nat.eqb i j); [lra|apply Rabs_pos].
Qed.

(** For every m >= max |v_i| and every bound M of |f'| on |p| <= beta m. *)
Theorem shamir_lemma_6 : forall (f' : R -> R) k w v alpha beta delta m M,
  (2 <= k)%nat -> 0 < delta -> 0 < alpha -> 0 < beta ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i)) ->
  norm2 k (fun i => v i - w i) <= delta / sqrt (INR (k - 1)) * ln (beta / alpha) ->
  (forall i, (i < k)%nat -> Rabs (v i) <= m) ->
  (forall p, Rabs p <= beta * m -> Rabs (f' p) <= M) ->
  (forall j, (j < k)%nat -> Rabs (others k v j) <= beta) /\
  Rabs (product k v) <= beta * m /\
  norm2 k (fun j => f' (product k v) * others k v j) <= sqrt (INR k) * beta * M.
Proof.
  intros f' k w v alpha beta delta m M Hk Hd Ha Hb HA HW HN Hm HS.
  assert (Q := shamir_lemma_6_products k w v alpha beta delta Hk Hd Ha Hb HA HW HN).
  assert (P : Rabs (product k v) <= beta * m).
  { rewrite (product_others k v O), Rabs_mult, Rmult_comm by lia.
    apply Rmult_le_compat; auto using Rabs_pos; [apply Q|apply Hm]; lia. }
  assert (HSp := HS _ P).
  assert (S0 : 0 <= M) by (eapply Rle_trans; [apply Rabs_pos|exact HSp]).
  split; [exact Q|split; [exact P|]].
  unfold norm2; apply Rle_trans with (sqrt (INR k * (beta * M) ^ 2)).
  - apply sqrt_le_1_alt; rewrite <- total_const; apply total_le; intros j Hj.
    rewrite <- pow2_abs, Rabs_mult; apply pow_incr; split.
    + apply Rmult_le_pos; apply Rabs_pos.
    + rewrite Rmult_comm; apply Rmult_le_compat; auto using Rabs_pos.
  - right; rewrite sqrt_mult_alt by apply pos_INR.
    rewrite sqrt_pow2 by (apply Rmult_le_pos; lra); ring.
Qed.

(** ** Lemma 7 *)

Lemma ln_product : forall k w, (forall i, (i < k)%nat -> 0 < w i) ->
  ln (product k w) = total k (fun i => ln (w i)).
Proof.
  induction k as [|k IH]; intros w H; simpl; [apply ln_1|].
  rewrite ln_mult, IH; auto with arith; apply product_pos; auto with arith.
Qed.

(** The tangent at x of the concave function s -> ln (e^s - a), s = ln w. *)
Lemma tangent_ln_minus : forall a w x, 0 < a -> a < w -> a < x ->
  ln (w - a) <= ln (x - a) + x / (x - a) * (ln w - ln x).
Proof.
  intros a w x Ha Hw Hx.
  set (g := fun z => ln (x - a) + x / (x - a) * (ln z - ln x) - ln (z - a)).
  set (g' := fun z => a * (z - x) / ((x - a) * z * (z - a))).
  assert (D : forall z, a < z -> is_derive g z (g' z)).
  { intros z Hz; unfold g, g'; auto_derive; [repeat split; lra|].
    field; repeat split; lra. }
  assert (g0 : g x = 0) by (unfold g; field; lra).
  enough (0 <= g w) by (unfold g in H; lra).
  destruct (MVT_gen g x w g') as [c [Hc E]].
  - intros z Hz; apply D; revert Hz; unfold Rmin, Rmax; destruct (Rle_dec x w); lra.
  - intros z Hz; apply continuity_pt_filterlim, (ex_derive_continuous g z); eexists; apply D.
    revert Hz; unfold Rmin, Rmax; destruct (Rle_dec x w); lra.
  - assert (Pc : a < c) by (revert Hc; unfold Rmin, Rmax; destruct (Rle_dec x w); lra).
    rewrite g0, Rminus_0_r in E; rewrite E; unfold g'.
    replace (a * (c - x) / ((x - a) * c * (c - a)) * (w - x))
      with (a / ((x - a) * c * (c - a)) * ((c - x) * (w - x))) by (field; repeat split; lra).
    apply Rmult_le_pos.
    + apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; repeat apply Rmult_lt_0_compat; lra].
    + revert Hc; unfold Rmin, Rmax; destruct (Rle_dec x w); intros; nra.
Qed.

(** x is the geometric mean of the weights. *)
Theorem shamir_lemma_7 : forall k w a x,
  (1 <= k)%nat -> 0 < a -> (forall i, (i < k)%nat -> a < w i) -> 0 < x -> x ^ k = product k w ->
  product k (fun i => w i - a) <= (x - a) ^ k.
Proof.
  intros k w a x Hk Ha Hw Hx E.
  assert (Xa : a < x).
  { apply Rnot_le_lt; intros L.
    assert (x ^ k <= a ^ k) by (apply pow_incr; lra).
    assert (a ^ k < product k w).
    { clear E H; destruct k as [|k]; [lia|]; clear Hk.
      rewrite <- (product_const (S k)); simpl.
      apply Rle_lt_trans with (product k w * a).
      - apply Rmult_le_compat_r; [lra|apply product_le; intros i Hi; specialize (Hw i ltac:(lia)); lra].
      - apply Rmult_lt_compat_l; [apply product_pos; intros i Hi; specialize (Hw i ltac:(lia)); lra|].
        apply Hw; lia. }
    lra. }
  assert (Pos : 0 < product k (fun i => w i - a))
    by (apply product_pos; intros i Hi; specialize (Hw i Hi); lra).
  assert (Pxa : 0 < (x - a) ^ k) by (apply pow_lt; lra).
  assert (L : ln (product k (fun i => w i - a)) <= ln ((x - a) ^ k)).
  { rewrite ln_product by (intros i Hi; specialize (Hw i Hi); lra).
    apply Rle_trans with (total k (fun i => ln (x - a) + x / (x - a) * (ln (w i) - ln x))).
    - apply total_le; intros i Hi; apply tangent_ln_minus; auto.
    - rewrite total_plus, total_scal, total_const.
      rewrite (total_ext k (fun i => ln (w i) - ln x) (fun i => ln (w i) + - ln x)) by reflexivity.
      rewrite total_plus, <- ln_product by (intros i Hi; specialize (Hw i Hi); lra).
      rewrite total_const, <- E, !ln_pow by lra; right; ring. }
  destruct L as [L|L]; [left; now apply ln_lt_inv|right; now apply ln_inv].
Qed.
