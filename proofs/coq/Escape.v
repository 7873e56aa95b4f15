(** Lower bounds on the number of gradient-descent steps, with every constant explicit. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Geometry.
Open Scope R_scope.

Lemma Rabs_step : forall w v d, Rabs (v - w) <= d -> Rabs v <= Rabs w + d.
Proof.
  intros w v d H; replace v with (w + (v - w)) by ring.
  eapply Rle_trans; [apply Rabs_triang|lra].
Qed.

Lemma step_size_bound : forall eta g q G Q, 0 <= eta -> Rabs g <= G -> Rabs q <= Q ->
  Rabs (eta * g * q) <= eta * G * Q.
Proof.
  intros eta g q G Q He Hg Hq; rewrite !Rabs_mult, (Rabs_pos_eq eta) by exact He.
  assert (0 <= Rabs g) by apply Rabs_pos; assert (0 <= Rabs q) by apply Rabs_pos.
  apply Rmult_le_compat; [now apply Rmult_le_pos|assumption|now apply Rmult_le_compat_l|assumption].
Qed.

(** ** The box bound: any start, any depth *)

Theorem box_escape : forall (f' : R -> R) eta k w delta G Q n,
  0 < eta -> 0 < delta ->
  (forall p, Rabs p <= product k (fun i => Rabs (w i) + delta) -> Rabs (f' p) <= G) ->
  (forall j, (j < k)%nat -> others k (fun i => Rabs (w i) + delta) j <= Q) ->
  INR n * (eta * G * Q) <= delta ->
  (forall j, (j < k)%nat -> Rabs (descent f' eta k w n j - w j) <= INR n * (eta * G * Q)) /\
  Rabs (product k (descent f' eta k w n)) <= product k (fun i => Rabs (w i) + delta).
Proof.
  intros f' eta k w delta G Q n He Hd HG HQ Hn.
  set (top := fun i => Rabs (w i) + delta) in *.
  destruct (Nat.eq_dec k 0) as [->|K].
  { split; [intros; lia|simpl; rewrite Rabs_R1; lra]. }
  assert (T0 : forall i, 0 < top i) by (intros; unfold top; pose proof (Rabs_pos (w i)); lra).
  assert (Q0 : 0 <= Q) by (eapply Rle_trans; [|apply (HQ 0%nat); lia]; left; apply others_pos; auto).
  assert (G0 : 0 <= G).
  { eapply Rle_trans; [apply Rabs_pos|apply (HG 0)].
    rewrite Rabs_R0; left; apply product_pos; auto. }
  assert (S0 : 0 <= eta * G * Q) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact Q0]).
  assert (Box : forall v, (forall j, (j < k)%nat -> Rabs (v j - w j) <= delta) ->
    forall i, (i < k)%nat -> 0 <= Rabs (v i) <= top i).
  { intros v Hv i Hi; split; [apply Rabs_pos|apply Rabs_step; auto]. }
  assert (Main : forall m, (m <= n)%nat -> forall j, (j < k)%nat ->
    Rabs (descent f' eta k w m j - w j) <= INR m * (eta * G * Q)).
  { induction m as [|m IH]; intros Hm j Hj.
    - simpl; rewrite Rminus_eq_0, Rabs_R0; lra.
    - specialize (IH ltac:(lia)); set (v := descent f' eta k w m) in *.
      assert (In : forall i, (i < k)%nat -> Rabs (v i - w i) <= delta).
      { intros i Hi; eapply Rle_trans; [apply IH; exact Hi|eapply Rle_trans; [|exact Hn]].
        apply Rmult_le_compat_r; [exact S0|apply le_INR; lia]. }
      simpl descent; fold v; unfold step.
      replace (v j - eta * f' (product k v) * others k v j - w j)
        with ((v j - w j) + - (eta * f' (product k v) * others k v j)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp, S_INR.
      assert (Rabs (eta * f' (product k v) * others k v j) <= eta * G * Q).
      { apply step_size_bound; [lra| |].
        - apply HG; rewrite product_abs; apply product_le; apply Box; exact In.
        - rewrite others_abs; eapply Rle_trans; [|apply (HQ j Hj)].
          apply others_le; apply Box; exact In. }
      specialize (IH j Hj); lra. }
  split; [apply Main; lia|].
  rewrite product_abs; apply product_le; apply Box; intros j Hj.
  eapply Rle_trans; [apply Main; auto|exact Hn].
Qed.

(** To bring |p| above prod (a_i + delta) takes more than delta / (eta G Q) steps. *)
Theorem box_hitting_time : forall (f' : R -> R) eta k w delta G Q n,
  0 < eta -> 0 < delta -> 0 < G -> 0 < Q ->
  (forall p, Rabs p <= product k (fun i => Rabs (w i) + delta) -> Rabs (f' p) <= G) ->
  (forall j, (j < k)%nat -> others k (fun i => Rabs (w i) + delta) j <= Q) ->
  product k (fun i => Rabs (w i) + delta) < Rabs (product k (descent f' eta k w n)) ->
  delta / (eta * G * Q) < INR n.
Proof.
  intros f' eta k w delta G Q n He Hd HG0 HQ0 HG HQ Out.
  apply Rnot_le_lt; intros H.
  assert (P : 0 < eta * G * Q) by (repeat apply Rmult_lt_0_compat; assumption).
  assert (B : INR n * (eta * G * Q) <= delta).
  { apply (Rmult_le_compat_r (eta * G * Q)) in H; [|lra].
    replace (delta / (eta * G * Q) * (eta * G * Q)) with delta in H by (field; repeat split; lra); lra. }
  destruct (box_escape f' eta k w delta G Q n He Hd HG HQ B) as [_ E]; lra.
Qed.

(** ** The deterministic part of Shamir's Theorem 2, with every constant *)

Lemma norm2_nonneg : forall k x, 0 <= norm2 k x.
Proof. intros; apply sqrt_pos. Qed.

Lemma norm2_pow2 : forall k x, norm2 k x ^ 2 = total k (fun i => x i ^ 2).
Proof.
  intros; unfold norm2; rewrite <- Rsqr_pow2; apply Rsqr_sqrt.
  apply total_nonneg; intros; apply pow2_ge_0.
Qed.

Lemma norm2_ext : forall k x y, (forall i, (i < k)%nat -> x i = y i) -> norm2 k x = norm2 k y.
Proof.
  intros k x y H; unfold norm2; f_equal; apply total_ext; intros i Hi; rewrite H; auto.
Qed.

Lemma norm2_triangle : forall k x y, norm2 k (fun i => x i + y i) <= norm2 k x + norm2 k y.
Proof.
  intros k x y; assert (X := norm2_nonneg k x); assert (Y := norm2_nonneg k y).
  apply Rsqr_incr_0_var; [|lra]; rewrite !Rsqr_pow2, norm2_pow2.
  replace ((norm2 k x + norm2 k y) ^ 2)
    with (norm2 k x ^ 2 + norm2 k y ^ 2 + 2 * (norm2 k x * norm2 k y)) by ring.
  rewrite !norm2_pow2.
  rewrite (total_ext k _ (fun i => (x i ^ 2 + y i ^ 2) + 2 * (x i * y i))) by (intros; ring).
  rewrite total_plus, total_plus, total_scal.
  assert (total k (fun i => x i * y i) <= norm2 k x * norm2 k y); [|lra].
  apply Rsqr_incr_0_var; [|now apply Rmult_le_pos]; rewrite !Rsqr_pow2, Rpow_mult_distr, !norm2_pow2.
  apply cauchy_schwarz.
Qed.

Lemma norm2_scal : forall k c x, 0 <= c -> norm2 k (fun i => c * x i) = c * norm2 k x.
Proof.
  intros k c x Hc; unfold norm2.
  rewrite (total_ext k _ (fun i => c ^ 2 * x i ^ 2)) by (intros; ring).
  rewrite total_scal, sqrt_mult_alt by apply pow2_ge_0; rewrite sqrt_pow2 by exact Hc; reflexivity.
Qed.

Lemma entry_le_norm2 : forall k x i, (i < k)%nat -> Rabs (x i) <= norm2 k x.
Proof.
  intros k x i Hi; rewrite <- sqrt_Rsqr_abs; apply sqrt_le_1_alt; rewrite Rsqr_pow2.
  induction k as [|k IH]; [lia|]; simpl total.
  destruct (Nat.eq_dec i k) as [->|N].
  - assert (0 <= total k (fun i => x i ^ 2)) by (apply total_nonneg; intros; apply pow2_ge_0).
    simpl in *; lra.
  - specialize (IH ltac:(lia)); assert (0 <= x k ^ 2) by apply pow2_ge_0; simpl in *; lra.
Qed.

(** r = delta ln 2 / sqrt (k - 1) is the escape radius, 2 alpha (m + r) bounds |p| in it, and
    2 sqrt k alpha M the gradient. *)
Theorem shamir_theorem_2_deterministic : forall (f' : R -> R) eta k w alpha delta m M r n,
  (2 <= k)%nat -> 0 < eta -> 0 < delta -> 0 < alpha ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i) <= m) ->
  r = delta / sqrt (INR (k - 1)) * ln 2 ->
  (forall p, Rabs p <= 2 * alpha * (m + r) -> Rabs (f' p) <= M) ->
  INR n * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= r ->
  norm2 k (fun i => descent f' eta k w n i - w i) <= r /\
  Rabs (product k (descent f' eta k w n)) <= 2 * alpha * (m + r).
Proof.
  intros f' eta k w alpha delta m M r n Hk He Hd Ha HA HW Hr HM Hn.
  assert (Two : ln (2 * alpha / alpha) = ln 2) by (f_equal; field; lra).
  assert (At : forall v, norm2 k (fun i => v i - w i) <= r ->
    Rabs (product k v) <= 2 * alpha * (m + r) /\
    norm2 k (fun j => f' (product k v) * others k v j) <= sqrt (INR k) * (2 * alpha) * M).
  { intros v Hv.
    apply (shamir_lemma_6 f' k w v alpha (2 * alpha) delta (m + r) M); auto; try lra.
    - intros i Hi; apply HW; exact Hi.
    - rewrite Two, <- Hr; exact Hv.
    - intros i Hi; eapply Rle_trans; [apply (Rabs_step (w i) (v i) (norm2 k (fun i => v i - w i)))|].
      + exact (entry_le_norm2 k (fun i => v i - w i) i Hi).
      + specialize (HW i Hi); lra. }
  assert (R0 : 0 <= r).
  { rewrite Hr; apply Rmult_le_pos; [apply Rmult_le_pos; [lra|]|].
    - left; apply Rinv_0_lt_compat, sqrt_lt_R0, lt_0_INR; lia.
    - rewrite <- ln_1; left; apply ln_increasing; lra. }
  assert (G0 : 0 <= eta * (sqrt (INR k) * (2 * alpha) * M)).
  { apply Rmult_le_pos; [lra|]; eapply Rle_trans; [apply norm2_nonneg|apply (At w)].
    rewrite (norm2_ext k _ (fun _ => 0 * 0)) by (intros; ring).
    rewrite norm2_scal by lra; lra. }
  set (G := eta * (sqrt (INR k) * (2 * alpha) * M)) in *.
  assert (Main : forall s, (s <= n)%nat ->
    norm2 k (fun i => descent f' eta k w s i - w i) <= INR s * G).
  { induction s as [|s IH]; intros Hs.
    - simpl descent; rewrite (norm2_ext k _ (fun _ => 0 * 0)) by (intros; ring).
      rewrite norm2_scal by lra; simpl; lra.
    - specialize (IH ltac:(lia)); simpl descent; set (v := descent f' eta k w s) in *.
      assert (Near : norm2 k (fun i => v i - w i) <= r).
      { eapply Rle_trans; [exact IH|]; eapply Rle_trans; [|exact Hn].
        apply Rmult_le_compat_r; [exact G0|apply le_INR; lia]. }
      destruct (At v Near) as [_ B].
      rewrite (norm2_ext k _ (fun i => (v i - w i) + - (eta * (f' (product k v) * others k v i))))
        by (intros; unfold step; ring).
      eapply Rle_trans; [apply norm2_triangle|]; rewrite S_INR.
      assert (E : norm2 k (fun i => - (eta * (f' (product k v) * others k v i)))
        = eta * norm2 k (fun i => f' (product k v) * others k v i)).
      { rewrite <- norm2_scal by lra; unfold norm2; f_equal; apply total_ext; intros; ring. }
      rewrite E; assert (eta * norm2 k (fun i => f' (product k v) * others k v i) <= G)
        by (apply Rmult_le_compat_l; lra).
      lra. }
  assert (Fin : norm2 k (fun i => descent f' eta k w n i - w i) <= r)
    by (eapply Rle_trans; [apply Main; lia|exact Hn]).
  split; [exact Fin|apply At; exact Fin].
Qed.

(** ** Near identity: the last phase of Shamir's Theorem 3 *)

Theorem near_identity_last_phase : forall (f' : R -> R) eta k w M n,
  0 < eta -> 0 < M -> (1 <= k)%nat ->
  (forall j, (j < k)%nat -> 2 / 3 <= w j <= 3 / 4) ->
  (forall p, 0 <= p <= (3 / 4) ^ k -> 0 <= f' p <= M) ->
  INR n <= (4 / 3) ^ k / (12 * eta * M) ->
  (forall j, (j < k)%nat -> 1 / 2 <= descent f' eta k w n j <= 3 / 4) /\
  0 < product k (descent f' eta k w n).
Proof.
  intros f' eta k w M n He HM Hk Hw Hf Hn.
  set (c := 2 * eta * M * (3 / 4) ^ k).
  assert (P34 : 0 < (3 / 4) ^ k) by (apply pow_lt; lra).
  assert (C0 : 0 < c) by (unfold c; repeat apply Rmult_lt_0_compat; lra).
  assert (Inv : (4 / 3) ^ k * (3 / 4) ^ k = 1).
  { rewrite <- Rpow_mult_distr; replace (4 / 3 * (3 / 4)) with 1 by field; apply pow1. }
  assert (Cn : INR n * c <= 1 / 6).
  { apply Rle_trans with ((4 / 3) ^ k / (12 * eta * M) * c).
    - apply Rmult_le_compat_r; lra.
    - right; unfold c.
      replace ((4 / 3) ^ k / (12 * eta * M) * (2 * eta * M * (3 / 4) ^ k))
        with ((4 / 3) ^ k * (3 / 4) ^ k / 6) by (field; split; lra).
      rewrite Inv; field. }
  assert (Main : forall m, (m <= n)%nat -> forall j, (j < k)%nat ->
    2 / 3 - INR m * c <= descent f' eta k w m j <= 3 / 4).
  { induction m as [|m IH]; intros Hm j Hj.
    - specialize (Hw j Hj); simpl; lra.
    - specialize (IH ltac:(lia)); simpl descent; rewrite S_INR.
      set (v := descent f' eta k w m) in *.
      assert (V : forall i, (i < k)%nat -> 1 / 2 <= v i <= 3 / 4).
      { intros i Hi; specialize (IH i Hi).
        assert (INR m * c <= INR n * c) by (apply Rmult_le_compat_r; [lra|apply le_INR; lia]); lra. }
      assert (Hp : 0 <= product k v <= (3 / 4) ^ k).
      { split; [apply product_nonneg; intros i Hi; specialize (V i Hi); lra|].
        rewrite <- (product_const k (3 / 4)); apply product_le; intros i Hi; specialize (V i Hi); lra. }
      assert (Hq : 0 <= others k v j <= 2 * (3 / 4) ^ k).
      { split; [apply others_nonneg; intros i Hi; specialize (V i Hi); lra|].
        assert (E := product_others k v j Hj); specialize (V j Hj).
        assert (0 <= others k v j) by (apply others_nonneg; intros i Hi;
          specialize (IH i Hi); assert (INR m * c <= INR n * c)
            by (apply Rmult_le_compat_r; [lra|apply le_INR; lia]); lra).
        nra. }
      specialize (Hf _ Hp); specialize (IH j Hj); unfold step.
      assert (0 <= eta * f' (product k v) * others k v j)
        by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
      assert (eta * f' (product k v) * others k v j <= c).
      { unfold c; replace (2 * eta * M * (3 / 4) ^ k) with (eta * M * (2 * (3 / 4) ^ k)) by ring.
        apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra]. }
      lra. }
  assert (Fin : forall j, (j < k)%nat -> 1 / 2 <= descent f' eta k w n j <= 3 / 4).
  { intros j Hj; specialize (Main n ltac:(lia) j Hj); lra. }
  split; [exact Fin|apply product_pos; intros i Hi; specialize (Fin i Hi); lra].
Qed.
