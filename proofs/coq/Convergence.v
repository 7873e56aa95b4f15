(** Shamir's Lemma 13: a linear rate for F = (p - y)^2 / 2, y > 0, from weights bounded below. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Remainder Geometry.
Open Scope R_scope.

Lemma exp_above_line : forall x, 1 + x <= exp x.
Proof.
  intros x; destruct (Req_dec x 0) as [->|N]; [rewrite exp_0; lra|left; now apply exp_ineq1].
Qed.

Lemma power_below_exp : forall x n, x <= 1 -> (1 - x) ^ n <= exp (- x * INR n).
Proof.
  induction n as [|n IH]; intros H; [simpl; rewrite Rmult_0_r, exp_0; lra|].
  specialize (IH H); rewrite S_INR; replace (- x * (INR n + 1)) with (- x + - x * INR n) by ring.
  rewrite exp_plus; simpl; apply Rmult_le_compat; [lra|apply pow_le; lra| |exact IH].
  assert (1 + - x <= exp (- x)) by apply exp_above_line; lra.
Qed.

Lemma product_above_sum : forall k z, (forall i, (i < k)%nat -> 0 <= z i) ->
  1 + total k z <= product k (fun i => 1 + z i).
Proof.
  induction k as [|k IH]; intros z H; simpl; [lra|].
  assert (I : 1 + total k z <= product k (fun i => 1 + z i)) by (apply IH; auto with arith).
  assert (0 <= total k z) by (apply total_nonneg; auto with arith).
  assert (0 <= z k) by (apply H; lia).
  nra.
Qed.

(** The lower bounds of Lemma 13: delta for the smallest weight, gamma for the others. *)
Definition bounded_below (k j : nat) (delta gamma : R) (w : nat -> R) : Prop :=
  delta <= w j /\ forall i, (i < k)%nat -> i <> j -> gamma <= w i.

Lemma others_bounded_below : forall k j delta gamma w i,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> bounded_below k j delta gamma w ->
  (i < k)%nat -> delta * gamma ^ (k - 2) <= others k w i.
Proof.
  intros k j delta gamma w i Hk Hj Hd [B1 B2] Hi.
  set (b := fun l => if Nat.eqb l j then delta else gamma).
  assert (Bw : forall l, (l < k)%nat -> 0 < b l <= w l).
  { intros l Hl; unfold b; destruct (Nat.eqb_spec l j) as [->|N]; [lra|specialize (B2 l Hl N); lra]. }
  eapply Rle_trans; [|apply (others_le k b); intros l Hl; specialize (Bw l Hl); lra].
  assert (G : others k b j = gamma ^ (k - 1)).
  { rewrite <- (others_const k gamma j Hj); apply product_ext; intros l Hl.
    unfold but, b; destruct (Nat.eqb l j); reflexivity. }
  replace (k - 1)%nat with (S (k - 2)) in G by lia; simpl in G.
  assert (0 < gamma ^ (k - 2)) by (apply pow_lt; lra).
  destruct (Nat.eq_dec i j) as [->|N]; [rewrite G; nra|].
  assert (E : b i * others k b i = b j * others k b j)
    by (rewrite <- !product_others by assumption; reflexivity).
  rewrite G in E; unfold b at 1 3 in E; rewrite Nat.eqb_refl in E.
  apply Nat.eqb_neq in N; rewrite N in E; right.
  apply (Rmult_eq_reg_l gamma); [rewrite E; ring|lra].
Qed.

Lemma bounded_below_product : forall k j delta gamma w,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> bounded_below k j delta gamma w ->
  delta ^ 2 * gamma ^ (k - 2) <= product k w.
Proof.
  intros k j delta gamma w Hk Hj Hd B.
  rewrite (product_others k w j Hj); destruct (B) as [B1 _].
  assert (Q := others_bounded_below k j delta gamma w j Hk Hj Hd B Hj).
  assert (0 < gamma ^ (k - 2)) by (apply pow_lt; lra).
  replace (delta ^ 2 * gamma ^ (k - 2)) with (delta * (delta * gamma ^ (k - 2))) by ring.
  apply Rmult_le_compat; nra.
Qed.

(** The Polyak-Lojasiewicz inequality. *)
Theorem shamir_lemma_13_pl : forall k j delta gamma w y,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> bounded_below k j delta gamma w ->
  2 * (INR k * delta ^ 2 * gamma ^ (2 * (k - 2))) * ((product k w - y) ^ 2 / 2)
    <= total k (fun i => ((product k w - y) * others k w i) ^ 2).
Proof.
  intros k j delta gamma w y Hk Hj Hd B.
  replace (2 * (INR k * delta ^ 2 * gamma ^ (2 * (k - 2))) * ((product k w - y) ^ 2 / 2))
    with (INR k * ((product k w - y) ^ 2 * (delta * gamma ^ (k - 2)) ^ 2)).
  2: { rewrite (Rpow_mult_distr delta), <- pow_mult, (Nat.mul_comm (k - 2)); field. }
  rewrite <- total_const; apply total_le; intros i Hi; rewrite (Rpow_mult_distr (_ - _)).
  apply Rmult_le_compat_l; [apply pow2_ge_0|apply pow_incr; split].
  - apply Rmult_le_pos; [lra|apply pow_le; lra].
  - now apply (others_bounded_below k j).
Qed.

(** One step: no overshoot, bounds kept, and the error itself contracts. *)
Lemma lemma_13_one_step : forall k j delta gamma y eta w,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w <= y ->
  let x := INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta in
  let v := step (fun p => p - y) eta k w in
  bounded_below k j delta gamma v /\ product k v <= y /\
  y - product k v <= (1 - x) * (y - product k w) /\ x <= product k w ^ 2 / (2 * y ^ 2).
Proof.
  intros k j delta gamma y eta w Hk Hj Hd Hy He B Hp x v.
  assert (K0 : 0 < INR k) by (apply lt_0_INR; lia).
  assert (W : forall i, (i < k)%nat -> delta <= w i).
  { destruct B as [B1 B2]; intros i Hi; destruct (Nat.eq_dec i j) as [->|N]; [lra|].
    specialize (B2 i Hi N); lra. }
  assert (Q : forall i, (i < k)%nat -> delta * gamma ^ (k - 2) <= others k w i)
    by (intros; now apply (others_bounded_below k j)).
  assert (PB := bounded_below_product k j delta gamma w Hk Hj Hd B).
  assert (Gm : 0 < gamma ^ (k - 2)) by (apply pow_lt; lra).
  set (p := product k w) in *.
  assert (D2 : 0 < delta ^ 2) by nra; assert (Y2 : 0 < y ^ 2) by nra.
  assert (P0 : 0 < p) by (eapply Rlt_le_trans; [|exact PB]; now apply Rmult_lt_0_compat).
  assert (He' : INR k * eta <= delta ^ 2 / (2 * y ^ 2)).
  { destruct He as [_ He]; apply (Rmult_le_compat_l (INR k)) in He; [|lra].
    eapply Rle_trans; [exact He|right; field; split; lra]. }
  set (z := fun i => eta * (y - p) * others k w i / w i).
  assert (Z0 : forall i, (i < k)%nat -> 0 <= z i).
  { intros i Hi; unfold z, Rdiv; specialize (Q i Hi); specialize (W i Hi).
    assert (0 <= others k w i) by nra.
    apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]|].
    left; apply Rinv_0_lt_compat; lra. }
  assert (V : forall i, (i < k)%nat -> v i = w i * (1 + z i)).
  { intros i Hi; unfold v, step, z; fold p; specialize (W i Hi); field; lra. }
  assert (Up : forall i, (i < k)%nat -> w i <= v i).
  { intros i Hi; rewrite (V i Hi); specialize (Z0 i Hi); specialize (W i Hi); nra. }
  assert (PV : product k v = p * product k (fun i => 1 + z i)).
  { unfold p; rewrite <- product_mult; apply product_ext; exact V. }
  split; [|split; [|split]].
  - destruct B as [B1 B2]; split; [specialize (Up j Hj); lra|].
    intros i Hi N; specialize (Up i Hi); specialize (B2 i Hi N); lra.
  - (* z_i <= eta (y-p) p / delta^2, so their sum is s <= (y-p) p / (2 y^2) *)
    set (s := (y - p) * p / (2 * y ^ 2)).
    assert (Zs : total k z <= s).
    { apply Rle_trans with (total k (fun _ => eta * (y - p) * p / delta ^ 2)).
      - apply total_le; intros i Hi; unfold z; specialize (W i Hi).
        assert (Eo : others k w i = p / w i) by (unfold p; rewrite (product_others k w i Hi); field; lra).
        rewrite Eo; unfold Rdiv; rewrite <- Rmult_assoc, Rmult_assoc, <- Rinv_mult.
        apply Rmult_le_compat_l; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]|].
        apply Rinv_le_contravar; nra.
      - rewrite total_const; unfold s.
        replace (INR k * (eta * (y - p) * p / delta ^ 2))
          with (INR k * eta * ((y - p) * p / delta ^ 2)) by (field; lra).
        apply Rle_trans with (delta ^ 2 / (2 * y ^ 2) * ((y - p) * p / delta ^ 2)).
        + apply Rmult_le_compat_r; [|exact He'].
          apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; now apply Rinv_0_lt_compat].
        + right; field; lra. }
    assert (S1 : 0 <= s <= 1 / 2).
    { unfold s; split.
      - apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; lra].
      - apply (Rmult_le_reg_r (2 * y ^ 2)); [lra|].
        replace ((y - p) * p / (2 * y ^ 2) * (2 * y ^ 2)) with ((y - p) * p) by (field; lra); nra. }
    assert (E2 : exp s <= 1 + 2 * s).
    { assert (1 + - s <= exp (- s)) by apply exp_above_line.
      assert (exp s * exp (- s) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
      assert (0 < exp s) by apply exp_pos; apply (Rmult_le_reg_r (1 - s)); [lra|].
      assert (exp s * (1 - s) <= exp s * exp (- s)) by (apply Rmult_le_compat_l; lra).
      assert (0 <= s * (1 - 2 * s)) by (apply Rmult_le_pos; lra); lra. }
    assert (Pe : product k (fun i => 1 + z i) <= 1 + 2 * s).
    { eapply Rle_trans; [apply (product_exp_bound k _ (fun _ => 1) z)|].
      - intros i Hi; specialize (Z0 i Hi); pose proof (exp_above_line (z i)); lra.
      - rewrite product_const, pow1, Rmult_1_l.
        eapply Rle_trans; [now apply exp_le_compat, Zs|exact E2]. }
    rewrite PV; apply Rle_trans with (p * (1 + 2 * s)); [apply Rmult_le_compat_l; lra|].
    unfold s; replace (p * (1 + 2 * ((y - p) * p / (2 * y ^ 2))))
      with (y - (y - p) * (1 - (p / y) ^ 2)) by (field; lra).
    assert (0 <= p / y <= 1).
    { split; [apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]|].
      apply (Rmult_le_reg_r y); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra. }
    assert ((p / y) ^ 2 <= 1 ^ 2) by (apply pow_incr; assumption); assert (0 <= 1 - (p / y) ^ 2) by lra.
    assert (0 <= (y - p) * (1 - (p / y) ^ 2)) by (apply Rmult_le_pos; lra).
    lra.
  - assert (Lo : p * (1 + total k z) <= product k v).
    { rewrite PV; apply Rmult_le_compat_l; [lra|apply product_above_sum; exact Z0]. }
    assert (pz : x * (y - p) <= p * total k z).
    { unfold x; rewrite <- total_scal.
      replace (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta * (y - p))
        with (INR k * (eta * (y - p) * (delta * gamma ^ (k - 2)) ^ 2))
        by (rewrite (Rpow_mult_distr delta), <- pow_mult, (Nat.mul_comm (k - 2)); ring).
      rewrite <- total_const; apply total_le; intros i Hi; unfold z.
      specialize (W i Hi); specialize (Q i Hi).
      assert (Ep : p = w i * others k w i) by (apply product_others; exact Hi).
      replace (p * (eta * (y - p) * others k w i / w i)) with (eta * (y - p) * others k w i ^ 2)
        by (rewrite Ep at 2; field; lra).
      apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
      apply pow_incr; split; [apply Rmult_le_pos; [lra|apply pow_le; lra]|exact Q]. }
    lra.
  - unfold x; replace (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta)
      with (INR k * eta * (delta ^ 2 * gamma ^ (2 * (k - 2)))) by ring.
    apply Rle_trans with (delta ^ 2 / (2 * y ^ 2) * (delta ^ 2 * gamma ^ (2 * (k - 2)))).
    + apply Rmult_le_compat_r; [apply Rmult_le_pos; [lra|apply pow_le; lra]|exact He'].
    + replace (delta ^ 2 / (2 * y ^ 2) * (delta ^ 2 * gamma ^ (2 * (k - 2))))
        with ((delta ^ 2 * gamma ^ (k - 2)) ^ 2 / (2 * y ^ 2))
        by (rewrite (Rpow_mult_distr (delta ^ 2)), <- (pow_mult gamma), (Nat.mul_comm (k - 2)); field; lra).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
      apply pow_incr; split; [apply Rmult_le_pos; [apply pow2_ge_0|apply pow_le; lra]|exact PB].
Qed.

(** The descent step, with the factor that the error allows (a square better than the paper's). *)
Theorem shamir_lemma_13_step : forall k j delta gamma y eta w,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w <= y ->
  product k (step (fun p => p - y) eta k w) <= y /\
  (product k (step (fun p => p - y) eta k w) - y) ^ 2 / 2
    <= (1 - INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) * ((product k w - y) ^ 2 / 2).
Proof.
  intros k j delta gamma y eta w Hk Hj Hd Hy He B Hp.
  destruct (lemma_13_one_step k j delta gamma y eta w Hk Hj Hd Hy He B Hp) as [_ [P1 [P2 P3]]].
  set (x := INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) in *.
  assert (Pp := bounded_below_product k j delta gamma w Hk Hj Hd B).
  assert (0 < gamma ^ (k - 2)) by (apply pow_lt; lra).
  assert (P0 : 0 < product k w)
    by (eapply Rlt_le_trans; [|exact Pp]; apply Rmult_lt_0_compat; [nra|assumption]).
  assert (X1 : x <= 1 / 2).
  { eapply Rle_trans; [exact P3|apply (Rmult_le_reg_r (2 * y ^ 2)); [nra|]].
    replace (product k w ^ 2 / (2 * y ^ 2) * (2 * y ^ 2)) with (product k w ^ 2) by (field; lra); nra. }
  assert (X0 : 0 <= x).
  { unfold x; repeat apply Rmult_le_pos; try lra; [apply pos_INR|apply pow_le; lra]. }
  split; [exact P1|].
  set (a := product k (step (fun p => p - y) eta k w)) in *; set (b := product k w) in *.
  assert ((y - a) ^ 2 <= ((1 - x) * (y - b)) ^ 2) by (apply pow_incr; lra).
  assert ((1 - x) * ((1 - x) * (y - b) ^ 2) <= 1 * ((1 - x) * (y - b) ^ 2)).
  { apply Rmult_le_compat_r; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|lra]. }
  replace ((a - y) ^ 2) with ((y - a) ^ 2) by ring; replace ((b - y) ^ 2) with ((y - b) ^ 2) by ring.
  rewrite Rpow_mult_distr in H0; simpl pow in *; lra.
Qed.

Theorem shamir_lemma_13_contraction : forall k j delta gamma y eta w n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w <= y ->
  bounded_below k j delta gamma (descent (fun p => p - y) eta k w n) /\
  0 <= y - product k (descent (fun p => p - y) eta k w n)
    <= (1 - INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) ^ n * (y - product k w).
Proof.
  intros k j delta gamma y eta w n Hk Hj Hd Hy He B Hp.
  assert (P3 := proj2 (proj2 (proj2 (lemma_13_one_step k j delta gamma y eta w Hk Hj Hd Hy He B Hp)))).
  set (x := INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) in *.
  assert (Pp := bounded_below_product k j delta gamma w Hk Hj Hd B).
  assert (0 < gamma ^ (k - 2)) by (apply pow_lt; lra).
  assert (P0 : 0 < product k w)
    by (eapply Rlt_le_trans; [|exact Pp]; apply Rmult_lt_0_compat; [nra|assumption]).
  assert (X1 : x <= 1 / 2).
  { eapply Rle_trans; [exact P3|apply (Rmult_le_reg_r (2 * y ^ 2)); [nra|]].
    replace (product k w ^ 2 / (2 * y ^ 2) * (2 * y ^ 2)) with (product k w ^ 2) by (field; lra); nra. }
  induction n as [|n [IB IE]]; [simpl; split; [exact B|lra]|].
  simpl descent; set (u := descent (fun p => p - y) eta k w n) in *.
  destruct (lemma_13_one_step k j delta gamma y eta u Hk Hj Hd Hy He IB ltac:(lra)) as [B1 [Q1 [Q2 _]]].
  fold x in Q2; split; [exact B1|split; [lra|]].
  eapply Rle_trans; [exact Q2|]; simpl; rewrite Rmult_assoc; apply Rmult_le_compat_l; lra.
Qed.

(** Steps are numbered from t = 1 as in the paper: iterate n is w(n + 1). *)
Theorem shamir_lemma_13 : forall k j delta gamma y eta w eps n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w < y -> 0 < eps ->
  ln (y ^ 2 / (2 * eps)) / (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR (n + 1) ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k j delta gamma y eta w eps n Hk Hj Hd Hy He B Hp Heps Hn.
  destruct (shamir_lemma_13_contraction k j delta gamma y eta w n Hk Hj Hd Hy He B ltac:(lra)) as [_ C].
  assert (P3 := proj2 (proj2 (proj2 (lemma_13_one_step k j delta gamma y eta w Hk Hj Hd Hy He B ltac:(lra))))).
  set (x := INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) in *.
  set (p := product k w) in *; set (q := product k (descent (fun p => p - y) eta k w n)) in *.
  assert (G0 : 0 < gamma ^ (2 * (k - 2))) by (apply pow_lt; lra).
  assert (X0 : 0 < x).
  { unfold x; repeat apply Rmult_lt_0_compat; try lra; apply lt_0_INR; lia. }
  assert (Y2 : 0 < y ^ 2) by (apply pow_lt; lra).
  assert (P0 : 0 < p).
  { eapply Rlt_le_trans; [|apply (bounded_below_product k j delta gamma); auto].
    apply Rmult_lt_0_compat; [apply pow_lt; lra|apply pow_lt; lra]. }
  set (t := p / y) in *.
  assert (Ept : p = t * y) by (unfold t; field; lra).
  assert (T : 0 < t < 1) by (split; [apply Rdiv_lt_0_compat; lra|apply (Rmult_lt_reg_r y); lra]).
  assert (Tt : t * t <= 1 * t) by (apply Rmult_le_compat_r; lra).
  assert (Xt : x <= t ^ 2 / 2) by (eapply Rle_trans; [exact P3|right; rewrite Ept; field; lra]).
  assert (F0 : (y - p) ^ 2 <= (1 - x) * y ^ 2).
  { rewrite Ept; replace ((y - t * y) ^ 2) with ((1 - t) ^ 2 * y ^ 2) by ring; apply Rmult_le_compat_r; lra. }
  assert (X1 : 0 <= 1 - x <= 1) by lra.
  assert (N0 : 0 <= (1 - x) ^ n <= 1).
  { split; [apply pow_le; lra|]; pose proof (pow_incr (1 - x) 1 n X1) as I; rewrite pow1 in I; exact I. }
  assert (S1 : (y - q) ^ 2 <= ((1 - x) ^ n * (y - p)) ^ 2) by (apply pow_incr; lra).
  assert (S2 : ((1 - x) ^ n * (y - p)) ^ 2 <= (1 - x) ^ (n + 1) * y ^ 2).
  { rewrite pow_add, pow_1, Rpow_mult_distr.
    apply Rle_trans with ((1 - x) ^ n * ((1 - x) * y ^ 2)); [|right; ring].
    assert (N1 : (1 - x) ^ n * (1 - x) ^ n <= 1 * (1 - x) ^ n) by (apply Rmult_le_compat_r; lra).
    apply Rmult_le_compat; [apply pow2_ge_0|apply pow2_ge_0|lra|exact F0]. }
  assert (S3 : (1 - x) ^ (n + 1) <= 2 * eps / y ^ 2).
  { eapply Rle_trans; [apply power_below_exp; lra|].
    rewrite <- (exp_ln (2 * eps / y ^ 2)) by (apply Rdiv_lt_0_compat; lra).
    apply exp_le_compat.
    replace (2 * eps / y ^ 2) with (/ (y ^ 2 / (2 * eps))) by (field; split; lra).
    rewrite ln_Rinv by (apply Rdiv_lt_0_compat; lra).
    apply (Rmult_le_compat_l x) in Hn; [|lra].
    replace (x * (ln (y ^ 2 / (2 * eps)) / x)) with (ln (y ^ 2 / (2 * eps))) in Hn by (field; lra).
    lra. }
  replace ((q - y) ^ 2) with ((y - q) ^ 2) by ring.
  apply (Rmult_le_compat_r (y ^ 2)) in S3; [|lra].
  replace (2 * eps / y ^ 2 * y ^ 2) with (2 * eps) in S3 by (field; lra); lra.
Qed.

(** The error squared contracts twice as fast, so half of the paper's steps are enough. *)
Theorem shamir_lemma_13_sharper : forall k j delta gamma y eta w eps n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w < y -> 0 < eps ->
  ln (y ^ 2 / (2 * eps)) / (2 * INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k j delta gamma y eta w eps n Hk Hj Hd Hy He B Hp Heps Hn.
  destruct (shamir_lemma_13_contraction k j delta gamma y eta w n Hk Hj Hd Hy He B ltac:(lra)) as [_ C].
  assert (P3 := proj2 (proj2 (proj2 (lemma_13_one_step k j delta gamma y eta w Hk Hj Hd Hy He B ltac:(lra))))).
  replace (2 * INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta)
    with (2 * (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta)) in Hn by ring.
  set (x := INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) in *.
  set (p := product k w) in *; set (q := product k (descent (fun p => p - y) eta k w n)) in *.
  assert (G0 : 0 < gamma ^ (2 * (k - 2))) by (apply pow_lt; lra).
  assert (X0 : 0 < x).
  { unfold x; repeat apply Rmult_lt_0_compat; try lra; apply lt_0_INR; lia. }
  assert (Y2 : 0 < y ^ 2) by (apply pow_lt; lra).
  assert (P0 : 0 < p).
  { eapply Rlt_le_trans; [|apply (bounded_below_product k j delta gamma); auto].
    apply Rmult_lt_0_compat; [apply pow_lt; lra|apply pow_lt; lra]. }
  assert (X1 : x <= 1 / 2).
  { eapply Rle_trans; [exact P3|apply (Rmult_le_reg_r (2 * y ^ 2)); [lra|]].
    replace (p ^ 2 / (2 * y ^ 2) * (2 * y ^ 2)) with (p ^ 2) by (field; lra).
    assert (p ^ 2 <= y ^ 2) by (apply pow_incr; lra); lra. }
  assert (S0 : 0 <= (1 - x) ^ n) by (apply pow_le; lra).
  assert (S1 : (y - q) ^ 2 <= ((1 - x) ^ n * y) ^ 2) by (apply pow_incr; split; [lra|eapply Rle_trans; [apply C|apply Rmult_le_compat_l; lra]]).
  assert (S3 : ((1 - x) ^ n) ^ 2 <= 2 * eps / y ^ 2).
  { apply Rle_trans with (exp (- x * INR n) ^ 2); [apply pow_incr; split; [exact S0|apply power_below_exp; lra]|].
    replace (exp (- x * INR n) ^ 2) with (exp (- x * INR n + - x * INR n)) by (rewrite exp_plus; ring).
    rewrite <- (exp_ln (2 * eps / y ^ 2)) by (apply Rdiv_lt_0_compat; lra).
    apply exp_le_compat.
    replace (2 * eps / y ^ 2) with (/ (y ^ 2 / (2 * eps))) by (field; split; lra).
    rewrite ln_Rinv by (apply Rdiv_lt_0_compat; lra).
    apply (Rmult_le_compat_l (2 * x)) in Hn; [|lra].
    replace (2 * x * (ln (y ^ 2 / (2 * eps)) / (2 * x))) with (ln (y ^ 2 / (2 * eps))) in Hn by (field; lra).
    lra. }
  replace ((q - y) ^ 2) with ((y - q) ^ 2) by ring.
  apply (Rmult_le_compat_r (y ^ 2)) in S3; [|lra].
  replace (2 * eps / y ^ 2 * y ^ 2) with (2 * eps) in S3 by (field; lra).
  rewrite Rpow_mult_distr in S1; lra.
Qed.
