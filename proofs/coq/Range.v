(** Shamir's Lemma 13 in its exact range (upper-bound.md, section 1a): step sizes up to x delta^2/(k y^2)
    with x - 1 <= e^(-x/2), that is 2.9553... times the printed step size, although the product overshoots. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry Convergence RangeNumbers.
Open Scope R_scope.

(** eta y^2/w_i^2, and their sum: weight i is multiplied by 1 + share i * P (1 - P), P = p/y. *)
Definition share (eta y : R) (w : nat -> R) (i : nat) : R := eta * y ^ 2 / w i ^ 2.

Lemma share_step : forall eta y k w i, 0 < y -> (i < k)%nat -> w i <> 0 ->
  step (fun p => p - y) eta k w i
    = w i * (1 + share eta y w i * (product k w / y * (1 - product k w / y))).
Proof.
  intros eta y k w i Hy Hi Hw; unfold step, share; rewrite (product_others k w i Hi); field; lra.
Qed.

Lemma product_below_sum : forall k z, (forall i, (i < k)%nat -> 0 <= z i <= 1) ->
  1 - total k z <= product k (fun i => 1 - z i) /\ 0 <= product k (fun i => 1 - z i) <= 1.
Proof.
  induction k as [|k IH]; intros z H; simpl; [lra|].
  destruct (IH z ltac:(auto with arith)) as [I1 I2].
  assert (T : 0 <= total k z) by (apply total_nonneg; intros i Hi; apply H; lia).
  specialize (H k ltac:(lia)); set (q := product k (fun i => 1 - z i)) in *.
  assert (0 <= q * (1 - z k) <= q * 1) by (split; [apply Rmult_le_pos|apply Rmult_le_compat_l]; lra).
  assert (q * z k <= 1 * z k) by (apply Rmult_le_compat_r; lra); lra.
Qed.

Lemma square_order : forall a b, 0 <= a -> 0 < b -> a ^ 2 <= b ^ 2 -> a <= b.
Proof. intros a b Ha Hb H; apply Rsqr_incr_0_var; [unfold Rsqr; simpl in H; lra|lra]. Qed.

(** r bounds the error of now, x the shares of the start w. *)
Definition below (k : nat) (y : R) (w v : nat -> R) (r : R) : Prop :=
  0 <= product k v / y <= 1 /\ (forall i, (i < k)%nat -> w i <= v i) /\ 1 - product k v / y <= r.

Definition above (k : nat) (y eta x z : R) (w v : nat -> R) (r : R) : Prop :=
  1 < product k v / y <= 9 / 8 /\
  (forall i, (i < k)%nat -> 0 < v i /\ w i ^ 2 + 2 * eta * y ^ 2 * (9 / 5 * (product k v / y - 1)) <= v i ^ 2) /\
  16 / 25 <= total k (share eta y v) /\ product k v / y - 1 <= r /\
  (product k v / y - 1) * ((product k v / y) ^ 2 * x - 1) <= exp (- (z / 2)) * r.

(** What both have in common: positive weights of at least the size of w, and what follows. *)
Lemma range_common : forall k j delta gamma y eta x w v,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta -> bounded_below k j delta gamma w ->
  total k (share eta y w) <= x -> (forall i, (i < k)%nat -> 0 < v i /\ w i <= v i) ->
  (forall i, (i < k)%nat -> 0 < share eta y v i) /\ total k (share eta y v) <= x /\
  0 < product k v / y /\
  INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta <= (product k v / y) ^ 2 * total k (share eta y v).
Proof.
  intros k j delta gamma y eta x w v Hk Hj Hd Hy He B HX V.
  assert (Y2 : 0 < y ^ 2) by (apply pow_lt; exact Hy).
  assert (W : forall i, (i < k)%nat -> 0 < w i).
  { destruct B as [B1 B2]; intros i Hi; destruct (Nat.eq_dec i j) as [->|N]; [lra|specialize (B2 i Hi N); lra]. }
  split; [|split; [|split]].
  - intros i Hi; unfold share; apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; assumption|apply pow_lt, V; exact Hi].
  - eapply Rle_trans; [|exact HX]; apply total_le; intros i Hi; unfold share, Rdiv.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
    apply Rinv_le_contravar; [apply pow_lt, W; exact Hi|apply pow_incr; specialize (W i Hi); split; [lra|apply V; exact Hi]].
  - apply Rdiv_lt_0_compat; [apply product_pos; intros; apply V; assumption|exact Hy].
  - assert (B' : bounded_below k j delta gamma v).
    { destruct B as [B1 B2]; split; [destruct (V j Hj); lra|intros i Hi N; destruct (V i Hi); specialize (B2 i Hi N); lra]. }
    replace (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) with (INR k * (eta * (delta * gamma ^ (k - 2)) ^ 2))
      by (rewrite (Rpow_mult_distr delta), <- pow_mult, (Nat.mul_comm (k - 2)); ring).
    rewrite <- total_const, <- total_scal; apply total_le; intros i Hi.
    assert (Q := others_bounded_below k j delta gamma v i Hk Hj Hd B' Hi).
    assert (G : 0 < gamma ^ (k - 2)) by (apply pow_lt; lra).
    apply Rle_trans with (eta * others k v i ^ 2).
    + apply Rmult_le_compat_l; [lra|apply pow_incr; split; [apply Rmult_le_pos; lra|exact Q]].
    + right; unfold share; rewrite (product_others k v i Hi); destruct (V i Hi); field; lra.
Qed.

Lemma product_stepped : forall k y eta v, 0 < y -> (forall i, (i < k)%nat -> 0 < v i) ->
  product k (step (fun p => p - y) eta k v) / y
    = product k v / y * product k (fun i => 1 + share eta y v i * (product k v / y * (1 - product k v / y))).
Proof.
  intros k y eta v Hy V.
  rewrite (product_ext k (step (fun p => p - y) eta k v)
    (fun i => v i * (1 + share eta y v i * (product k v / y * (1 - product k v / y))))).
  - rewrite product_mult; field; lra.
  - intros i Hi; apply share_step; auto; apply Rgt_not_eq, V; exact Hi.
Qed.

Lemma range_from_below : forall k j delta gamma y eta x w v r z,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta -> bounded_below k j delta gamma w ->
  total k (share eta y w) <= x -> x - 1 <= exp (- (x / 2)) ->
  z = INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta -> below k y w v r ->
  let v' := step (fun p => p - y) eta k v in
  below k y w v' (exp (- (z / 2)) * r) \/ above k y eta x z w v' (exp (- (z / 2)) * r).
Proof.
  intros k j delta gamma y eta x w v r z Hk Hj Hd Hy He B HX Hx Ez [HP [HV HE]] v'.
  assert (W : forall i, (i < k)%nat -> 0 < w i).
  { destruct B as [B1 B2]; intros i Hi; destruct (Nat.eq_dec i j) as [->|N]; [lra|specialize (B2 i Hi N); lra]. }
  assert (V : forall i, (i < k)%nat -> 0 < v i /\ w i <= v i) by (intros i Hi; specialize (W i Hi); specialize (HV i Hi); lra).
  destruct (range_common k j delta gamma y eta x w v Hk Hj Hd Hy He B HX V) as [S0 [SX [P0 Z]]]; rewrite <- Ez in Z.
  assert (PV := product_stepped k y eta v Hy (fun i Hi => proj1 (V i Hi))); fold v' in PV.
  assert (Stp : forall i, (i < k)%nat -> v' i = v i * (1 + share eta y v i * (product k v / y * (1 - product k v / y)))).
  { intros i Hi; apply share_step; auto; destruct (V i Hi); lra. }
  set (P := product k v / y) in *; set (P' := product k v' / y) in *; set (s := share eta y v) in *; set (S := total k s) in *.
  set (eps := 1 - P) in *; set (kap := P * eps) in *.
  assert (k0 : 0 <= kap <= 1 / 4).
  { unfold kap, eps in *; split; [apply Rmult_le_pos; lra|assert (F := pow2_ge_0 (P - 1 / 2)); lra]. }
  assert (z0 : 0 <= z).
  { rewrite Ez; repeat apply Rmult_le_pos; try lra; [apply pos_INR|apply pow_le; lra]. }
  assert (S1 : forall i, (i < k)%nat -> 0 <= s i <= S).
  { intros i Hi; split; [left; apply S0; exact Hi|].
    clear - S0 Hi; unfold S; induction k as [|k IH]; [lia|]; simpl.
    assert (0 <= total k s) by (apply total_nonneg; intros; left; apply S0; lia).
    destruct (Nat.eq_dec i k) as [->|N]; [lra|].
    assert (s i <= total k s) by (apply IH; [intros; apply S0|]; lia); assert (0 < s k) by (apply S0; lia); lra. }
  assert (S00 : 0 <= S) by (apply total_nonneg; intros; apply S1; assumption).
  assert (zS : z <= S).
  { eapply Rle_trans; [exact Z|]; rewrite <- (Rmult_1_l S) at 2; apply Rmult_le_compat_r; [exact S00|].
    rewrite <- (pow1 2); apply pow_incr; lra. }
  assert (Low : 1 + S * kap <= product k (fun i => 1 + s i * kap)).
  { unfold S; rewrite Rmult_comm, <- total_scal, (total_ext k _ (fun i => s i * kap)) by (intros; ring).
    apply product_above_sum; intros i Hi; apply Rmult_le_pos; [apply S1; exact Hi|lra]. }
  assert (Up : product k (fun i => 1 + s i * kap) <= exp (S * kap)).
  { eapply Rle_trans; [apply (product_exp_bound k _ (fun _ => 1) (fun i => s i * kap))|].
    - intros i Hi; assert (0 <= s i * kap) by (apply Rmult_le_pos; [apply S1; exact Hi|lra]).
      pose proof (exp_above_line (s i * kap)); lra.
    - rewrite product_const, pow1, Rmult_1_l; apply exp_le_compat; right; unfold S.
      rewrite (Rmult_comm (total k s)), <- total_scal; apply total_ext; intros; ring. }
  assert (VV : forall i, (i < k)%nat -> v i <= v' i).
  { intros i Hi; rewrite (Stp i Hi); destruct (V i Hi) as [v0 _].
    assert (0 <= v i * (s i * kap)) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; [apply S1; exact Hi|lra]]).
    fold kap; lra. }
  assert (e0 : 0 <= eps) by (unfold eps; lra).
  assert (Ez2 : exp (- z) <= exp (- (z / 2))) by (apply exp_le_compat; lra).
  destruct (Rle_or_lt P' 1) as [Down|Over].
  - left; unfold below; fold P'; split; [split; [|exact Down]|split].
    + rewrite PV; apply Rmult_le_pos; [lra|]; assert (0 <= S * kap) by (apply Rmult_le_pos; lra); lra.
    + intros i Hi; specialize (VV i Hi); specialize (HV i Hi); lra.
    + apply Rle_trans with ((1 - z) * eps).
      * rewrite PV; assert (P * (1 + S * kap) <= P * product k (fun i => 1 + s i * kap)) by (apply Rmult_le_compat_l; lra).
        assert (z * eps <= P ^ 2 * S * eps) by (apply Rmult_le_compat_r; assumption).
        unfold kap in *; replace (P * (1 + S * (P * eps))) with (P + P ^ 2 * S * eps) in H by ring; unfold eps in *; lra.
      * apply Rle_trans with (exp (- z) * eps); [apply Rmult_le_compat_r; [exact e0|assert (F := exp_above_line (- z)); lra]|].
        apply Rmult_le_compat; [left; apply exp_pos|exact e0|exact Ez2|exact HE].
  - right; unfold above; fold P'; set (nu := P' - 1) in *.
    assert (OverS : P' <= P * exp (S * kap)) by (rewrite PV; apply Rmult_le_compat_l; lra).
    assert (S1' : 1 < S).
    { apply Rnot_le_lt; intros L.
      assert (P * exp (S * kap) <= 1); [|lra].
      assert (S * kap <= eps).
      { apply Rle_trans with (1 * eps); [apply Rmult_le_compat; try lra|lra].
        unfold kap; rewrite <- (Rmult_1_l eps) at 2; apply Rmult_le_compat_r; lra. }
      apply Rle_trans with (exp (- eps) * exp eps); [|rewrite <- exp_plus, Rplus_opp_l, exp_0; lra].
      apply Rmult_le_compat; [lra|left; apply exp_pos|assert (F := exp_above_line (- eps)); unfold eps in *; lra|].
      apply exp_le_compat; exact H. }
    assert (X32 := range_below x Hx).
    destruct (overshoot x eps nu) as [N1 N2]; [lra|unfold eps in *; lra|unfold nu; lra| |].
    { replace (1 - eps) with P by (unfold eps; ring); replace (eps * P) with kap by (unfold kap; ring).
      replace (1 + nu) with P' by (unfold nu; ring).
      eapply Rle_trans; [exact OverS|]; apply Rmult_le_compat_l; [lra|apply exp_le_compat, Rmult_le_compat_r; lra]. }
    replace (eps * (1 - eps)) with kap in N1 by (unfold kap, eps; ring).
    assert (nu8 : nu <= 1 / 8).
    { eapply Rle_trans; [exact N1|]; replace (1 / 8) with (1 / 2 * (1 / 4)) by field; apply Rmult_le_compat; lra. }
    assert (xe : (x - 1) * eps <= exp (- (z / 2)) * r).
    { apply Rmult_le_compat; [lra|exact e0| |exact HE]; eapply Rle_trans; [exact Hx|apply exp_le_compat; lra]. }
    split; [unfold nu in *; lra|split; [|split; [|split]]].
    + intros i Hi; destruct (V i Hi) as [v0 wv]; specialize (VV i Hi); split; [lra|].
      fold nu; rewrite (Stp i Hi); fold kap.
      assert (Es : v i ^ 2 * s i = eta * y ^ 2) by (unfold s, share; field; lra).
      replace ((v i * (1 + s i * kap)) ^ 2) with (v i ^ 2 + 2 * (v i ^ 2 * s i) * kap + v i ^ 2 * (s i * kap) ^ 2) by ring.
      rewrite Es; assert (0 <= v i ^ 2 * (s i * kap) ^ 2) by (apply Rmult_le_pos; apply pow2_ge_0).
      assert (w i ^ 2 <= v i ^ 2) by (apply pow_incr; specialize (W i Hi); lra).
      assert (9 / 5 * nu <= kap).
      { assert ((x - 1) * kap <= 1 / 2 * kap) by (apply Rmult_le_compat_r; lra); lra. }
      assert (0 < eta * y ^ 2) by (apply Rmult_lt_0_compat; [exact He|apply pow_lt; exact Hy]).
      assert (2 * eta * y ^ 2 * (9 / 5 * nu) <= 2 * (eta * y ^ 2) * kap).
      { replace (2 * eta * y ^ 2) with (2 * (eta * y ^ 2)) by ring; apply Rmult_le_compat_l; lra. }
      lra.
    + (* the shares have shrunk by (1 + S/4)^2 at most *)
      set (c := (1 + S / 4) ^ 2); assert (c0 : 0 < c) by (apply pow_lt; lra).
      apply Rle_trans with (/ c * S).
      * apply (Rmult_le_reg_l c); [exact c0|]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
        assert (0 <= (S - 1) * (16 - S)) by (apply Rmult_le_pos; lra); unfold c; lra.
      * unfold S; rewrite <- total_scal; apply total_le; intros i Hi; destruct (V i Hi) as [v0 _].
        unfold share at 1; rewrite (Stp i Hi); fold kap; specialize (S1 i Hi).
        assert (f0 : 1 <= 1 + s i * kap <= 1 + S / 4).
        { assert (0 <= s i * kap) by (apply Rmult_le_pos; lra).
          assert (s i * kap <= S * (1 / 4)) by (apply Rmult_le_compat; lra); lra. }
        replace (eta * y ^ 2 / (v i * (1 + s i * kap)) ^ 2) with (/ (1 + s i * kap) ^ 2 * s i)
          by (unfold s at 2, share; field; lra).
        apply Rmult_le_compat_r; [lra|apply Rinv_le_contravar; [apply pow_lt; lra|apply pow_incr; lra]].
    + fold nu; eapply Rle_trans; [|exact xe]; eapply Rle_trans; [exact N1|apply Rmult_le_compat_l; [lra|]].
      unfold kap; rewrite <- (Rmult_1_l eps) at 2; apply Rmult_le_compat_r; lra.
    + fold nu; assert (Pr := overshoot_pair x eps nu ltac:(lra) ltac:(unfold eps in *; lra) ltac:(unfold nu in *; lra) N2).
      replace (1 + nu) with P' in Pr by (unfold nu; ring); eapply Rle_trans; [exact Pr|].
      replace ((x - 1) ^ 2 * eps) with ((x - 1) * ((x - 1) * eps)) by ring.
      apply Rmult_le_compat; [lra|apply Rmult_le_pos; lra| |exact xe].
      eapply Rle_trans; [exact Hx|apply exp_le_compat; lra].
Qed.

Lemma range_from_above : forall k j delta gamma y eta x w v r z,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta -> bounded_below k j delta gamma w ->
  total k (share eta y w) <= x -> x - 1 <= exp (- (x / 2)) ->
  z = INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta -> above k y eta x z w v r ->
  let v' := step (fun p => p - y) eta k v in
  below k y w v' (exp (- (z / 2)) * r) \/ above k y eta x z w v' (exp (- (z / 2)) * r).
Proof.
  intros k j delta gamma y eta x w v r z Hk Hj Hd Hy He B HX Hx Ez [HP [HV [HS [HE HC]]]] v'.
  assert (W : forall i, (i < k)%nat -> 0 < w i).
  { destruct B as [B1 B2]; intros i Hi; destruct (Nat.eq_dec i j) as [->|N]; [lra|specialize (B2 i Hi N); lra]. }
  assert (ey : 0 < eta * y ^ 2) by (apply Rmult_lt_0_compat; [exact He|apply pow_lt; exact Hy]).
  assert (V : forall i, (i < k)%nat -> 0 < v i /\ w i <= v i).
  { intros i Hi; destruct (HV i Hi) as [v0 V2]; split; [exact v0|apply square_order; [left; apply W; exact Hi|exact v0|]].
    assert (0 <= 2 * eta * y ^ 2 * (9 / 5 * (product k v / y - 1))).
    { replace (2 * eta * y ^ 2) with (2 * (eta * y ^ 2)) by ring; apply Rmult_le_pos; lra. }
    lra. }
  destruct (range_common k j delta gamma y eta x w v Hk Hj Hd Hy He B HX V) as [S0 [SX [P0 Z]]]; rewrite <- Ez in Z.
  assert (PV := product_stepped k y eta v Hy (fun i Hi => proj1 (V i Hi))); fold v' in PV.
  assert (Stp : forall i, (i < k)%nat -> v' i = v i * (1 + share eta y v i * (product k v / y * (1 - product k v / y)))).
  { intros i Hi; apply share_step; auto; destruct (V i Hi); lra. }
  set (P := product k v / y) in *; set (P' := product k v' / y) in *; set (s := share eta y v) in *; set (S := total k s) in *.
  set (nu := P - 1) in *; assert (EP : P = 1 + nu) by (unfold nu; ring).
  assert (n0 : 0 < nu <= 1 / 8) by (unfold nu; lra).
  set (a := nu * (1 + nu)).
  assert (a0 : 0 < a <= 9 / 64).
  { unfold a; split; [apply Rmult_lt_0_compat; lra|replace (9 / 64) with (1 / 8 * (9 / 8)) by field; apply Rmult_le_compat; lra]. }
  assert (Ea : P * (1 - P) = - a) by (unfold a; rewrite EP; ring).
  assert (X32 := range_below x Hx).
  assert (z0 : 0 <= z).
  { rewrite Ez; repeat apply Rmult_le_pos; try lra; [apply pos_INR|apply pow_le; lra]. }
  assert (S1 : forall i, (i < k)%nat -> 0 <= s i <= S).
  { intros i Hi; split; [left; apply S0; exact Hi|].
    clear - S0 Hi; unfold S; induction k as [|k IH]; [lia|]; simpl.
    assert (0 <= total k s) by (apply total_nonneg; intros; left; apply S0; lia).
    destruct (Nat.eq_dec i k) as [->|N]; [lra|].
    assert (s i <= total k s) by (apply IH; [intros; apply S0|]; lia); assert (0 < s k) by (apply S0; lia); lra. }
  assert (Sa : 0 <= S * a <= 27 / 128).
  { split; [apply Rmult_le_pos; lra|replace (27 / 128) with (3 / 2 * (9 / 64)) by field; apply Rmult_le_compat; lra]. }
  assert (f0 : forall i, (i < k)%nat -> 0 <= s i * a <= 27 / 128).
  { intros i Hi; specialize (S1 i Hi); split; [apply Rmult_le_pos; lra|].
    eapply Rle_trans; [apply Rmult_le_compat_r; [lra|apply S1]|lra]. }
  assert (PV' : P' = P * product k (fun i => 1 - s i * a)).
  { rewrite PV; f_equal; apply product_ext; intros i Hi; rewrite Ea; ring. }
  assert (Ta : total k (fun i => s i * a) = S * a).
  { unfold S; rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring. }
  destruct (product_below_sum k (fun i => s i * a)) as [Low [Q0 Q1]]; [intros i Hi; specialize (f0 i Hi); lra|].
  rewrite Ta in Low.
  assert (Up : product k (fun i => 1 - s i * a) <= exp (- (S * a))).
  { eapply Rle_trans; [apply (product_exp_bound k _ (fun _ => 1) (fun i => - (s i * a)))|].
    - intros i Hi; specialize (f0 i Hi); assert (E := exp_above_line (- (s i * a))); lra.
    - rewrite product_const, pow1, Rmult_1_l; apply exp_le_compat; right.
      rewrite <- Ta, <- (Rmult_1_l (total k (fun i => s i * a))), Ropp_mult_distr_l, <- total_scal.
      apply total_ext; intros; ring. }
  assert (Sq : forall i, (i < k)%nat -> 0 < v' i <= v i /\ v i ^ 2 - 2 * (eta * y ^ 2) * a <= v' i ^ 2).
  { intros i Hi; rewrite (Stp i Hi), Ea; destruct (V i Hi) as [v0 _]; specialize (f0 i Hi).
    replace (1 + s i * - a) with (1 - s i * a) by ring.
    assert (Es : v i ^ 2 * s i = eta * y ^ 2) by (unfold s, share; field; lra).
    split; [split; [apply Rmult_lt_0_compat; lra|rewrite <- (Rmult_1_r (v i)) at 2; apply Rmult_le_compat_l; lra]|].
    replace ((v i * (1 - s i * a)) ^ 2) with (v i ^ 2 - 2 * (v i ^ 2 * s i) * a + v i ^ 2 * (s i * a) ^ 2) by ring.
    rewrite Es; assert (0 <= v i ^ 2 * (s i * a) ^ 2) by (apply Rmult_le_pos; apply pow2_ge_0); lra. }
  assert (HV2 : forall i, (i < k)%nat -> w i ^ 2 + 2 * (eta * y ^ 2) * (9 / 5 * nu) <= v i ^ 2).
  { intros i Hi; destruct (HV i Hi) as [_ H]; replace (2 * (eta * y ^ 2)) with (2 * eta * y ^ 2) by ring; exact H. }
  destruct (Rle_or_lt P' 1) as [Down|Over].
  - left; unfold below; fold P'; split; [split; [|exact Down]|split].
    + rewrite PV'; apply Rmult_le_pos; lra.
    + intros i Hi; destruct (Sq i Hi) as [V0 V2]; apply square_order; [left; apply W; exact Hi|lra|].
      specialize (HV2 i Hi).
      assert (2 * (eta * y ^ 2) * a <= 2 * (eta * y ^ 2) * (9 / 5 * nu)).
      { apply Rmult_le_compat_l; [lra|unfold a; rewrite Rmult_comm; apply Rmult_le_compat_r; lra]. }
      lra.
    + eapply Rle_trans; [|exact HC].
      apply Rle_trans with (nu * (P ^ 2 * S - 1)).
      * rewrite PV'; assert (P * (1 - S * a) <= P * product k (fun i => 1 - s i * a)) by (apply Rmult_le_compat_l; lra).
        replace (P * (1 - S * a)) with (1 - nu * (P ^ 2 * S - 1)) in H by (unfold a; rewrite EP; ring); lra.
      * apply Rmult_le_compat_l; [lra|]; assert (P ^ 2 * S <= P ^ 2 * x) by (apply Rmult_le_compat_l; [apply pow2_ge_0|exact SX]); lra.
  - right; unfold above; fold P'; set (nu' := P' - 1) in *.
    set (Zp := P ^ 2 * S) in *.
    assert (Fall : nu' <= (1 - 89 / 100 * Zp) * nu).
    { assert (E := exp_minus_second (S * a) ltac:(lra)).
      assert (P' <= P * (1 - S * a + (S * a) ^ 2 / 2)) by (rewrite PV'; apply Rmult_le_compat_l; lra).
      replace ((1 - 89 / 100 * Zp) * nu) with (nu - 89 / 100 * (P * (S * a))) by (unfold Zp, a; rewrite EP; ring).
      assert (P * (S * a) * (S * a) <= P * (S * a) * (22 / 100)) by (apply Rmult_le_compat_l; [apply Rmult_le_pos|]; lra).
      unfold nu' in *; lra. }
    assert (Zn : z * nu <= Zp * nu) by (apply Rmult_le_compat_r; lra).
    assert (Ef : (1 - z / 2) * nu <= exp (- (z / 2)) * nu).
    { apply Rmult_le_compat_r; [lra|assert (F := exp_above_line (- (z / 2))); lra]. }
    assert (zn0 : 0 <= z * nu) by (apply Rmult_le_pos; lra).
    assert (Fall2 : nu' <= exp (- (z / 2)) * nu) by lra.
    assert (Zp0 : 0 <= Zp * nu) by lra.
    assert (Less : nu' <= nu) by lra.
    split; [unfold nu' in *; lra|split; [|split; [|split]]].
    + intros i Hi; destruct (Sq i Hi) as [V0 V2]; specialize (HV2 i Hi); split; [lra|].
      assert (9 / 5 * nu' <= 9 / 5 * nu - a).
      { assert (16 / 25 * (1 + nu) <= S * (1 + nu)) by (apply Rmult_le_compat_r; lra).
        assert (a * 1 <= a * (9 / 5 * (89 / 100) * (S * (1 + nu)))) by (apply Rmult_le_compat_l; lra).
        replace (a * (9 / 5 * (89 / 100) * (S * (1 + nu)))) with (9 / 5 * (89 / 100) * (Zp * nu)) in H0
          by (unfold Zp, a; rewrite EP; ring).
        lra. }
      assert (2 * (eta * y ^ 2) * (9 / 5 * nu') <= 2 * (eta * y ^ 2) * (9 / 5 * nu - a)) by (apply Rmult_le_compat_l; lra).
      replace (2 * eta * y ^ 2) with (2 * (eta * y ^ 2)) by ring; lra.
    + eapply Rle_trans; [exact HS|]; apply total_le; intros i Hi; destruct (Sq i Hi) as [[V0 V1] _].
      unfold s, share, Rdiv; apply Rmult_le_compat_l; [lra|apply Rinv_le_contravar; [apply pow_lt; exact V0|apply pow_incr; lra]].
    + eapply Rle_trans; [exact Fall2|apply Rmult_le_compat_l; [left; apply exp_pos|exact HE]].
    + assert (rr : 0 <= exp (- (z / 2)) * (exp (- (z / 2)) * r)).
      { assert (E0 := exp_pos (- (z / 2))); apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra]. }
      assert (P2 : P' ^ 2 * x - 1 <= P ^ 2 * x - 1).
      { assert (P' ^ 2 <= P ^ 2) by (apply pow_incr; unfold nu', nu in *; lra).
        assert (0 <= x) by (assert (0 <= S) by (apply total_nonneg; intros; apply S1; assumption); lra).
        assert (P' ^ 2 * x <= P ^ 2 * x) by (apply Rmult_le_compat_r; assumption); lra. }
      destruct (Rle_or_lt (P' ^ 2 * x - 1) 0) as [N|N].
      * apply Rle_trans with 0; [|exact rr].
        replace (nu' * (P' ^ 2 * x - 1)) with (- (nu' * - (P' ^ 2 * x - 1))) by ring.
        assert (0 <= nu' * - (P' ^ 2 * x - 1)) by (apply Rmult_le_pos; unfold nu'; lra); lra.
      * apply Rle_trans with (exp (- (z / 2)) * nu * (P ^ 2 * x - 1)); [apply Rmult_le_compat; unfold nu' in *; lra|].
        rewrite Rmult_assoc; apply Rmult_le_compat_l; [left; apply exp_pos|exact HC].
Qed.

(** The error, at every time, for every step size up to 2 x delta^2/(2 k y^2). *)
Theorem shamir_lemma_13_exact_range : forall k j delta gamma y eta x w n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta ->
  x - 1 <= exp (- (x / 2)) -> eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) ->
  bounded_below k j delta gamma w -> product k w <= y ->
  Rabs (product k (descent (fun p => p - y) eta k w n) - y)
    <= exp (- (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta * INR n / 2)) * (y - product k w).
Proof.
  intros k j delta gamma y eta x w n Hk Hj Hd Hy He Hx Hrange B Hp.
  set (z := INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta).
  assert (K0 : 0 < INR k) by (apply lt_0_INR; lia).
  assert (Y2 : 0 < y ^ 2) by (apply pow_lt; exact Hy); assert (D2 : 0 < delta ^ 2) by (apply pow_lt; lra).
  assert (W : forall i, (i < k)%nat -> delta <= w i).
  { destruct B as [B1 B2]; intros i Hi; destruct (Nat.eq_dec i j) as [->|N]; [lra|specialize (B2 i Hi N); lra]. }
  assert (HX : total k (share eta y w) <= x).
  { apply Rle_trans with (INR k * (eta * y ^ 2 / delta ^ 2)).
    - rewrite <- total_const; apply total_le; intros i Hi; specialize (W i Hi); unfold share, Rdiv.
      apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|apply Rinv_le_contravar; [exact D2|apply pow_incr; lra]].
    - apply (Rmult_le_compat_l (INR k * (y ^ 2 / delta ^ 2))) in Hrange.
      + replace (INR k * (y ^ 2 / delta ^ 2) * (2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)))) with x in Hrange by (field; lra).
        replace (INR k * (eta * y ^ 2 / delta ^ 2)) with (INR k * (y ^ 2 / delta ^ 2) * eta) by (field; lra); exact Hrange.
      + apply Rmult_le_pos; [lra|unfold Rdiv; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact D2]]. }
  assert (P0 : 0 < product k w) by (apply product_pos; intros i Hi; specialize (W i Hi); lra).
  set (E0 := 1 - product k w / y).
  assert (Pw : 0 < product k w / y <= 1).
  { split; [apply Rdiv_lt_0_compat; assumption|apply (Rmult_le_reg_r y); [exact Hy|]].
    unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra. }
  assert (Main : let v := descent (fun p => p - y) eta k w n in let r := exp (- (z * INR n / 2)) * E0 in
    below k y w v r \/ above k y eta x z w v r).
  { induction n as [|n IH].
    - left; simpl; replace (- (z * 0 / 2)) with 0 by field; rewrite exp_0, Rmult_1_l.
      unfold below, E0; split; [lra|split; [intros; lra|lra]].
    - simpl descent; cbv zeta in *; set (v := descent (fun p => p - y) eta k w n) in *.
      replace (exp (- (z * INR (S n) / 2)) * E0) with (exp (- (z / 2)) * (exp (- (z * INR n / 2)) * E0)).
      + destruct IH as [L|L].
        * apply (range_from_below k j delta gamma y eta x w v _ z); auto.
        * apply (range_from_above k j delta gamma y eta x w v _ z); auto.
      + rewrite <- Rmult_assoc, <- exp_plus, S_INR; f_equal; f_equal; field. }
  cbv zeta in Main; set (v := descent (fun p => p - y) eta k w n) in *.
  replace (y - product k w) with (y * E0) by (unfold E0; field; lra).
  replace (product k v - y) with (y * (product k v / y - 1)) by (field; lra).
  rewrite Rabs_mult, (Rabs_pos_eq y) by lra.
  replace (exp (- (z * INR n / 2)) * (y * E0)) with (y * (exp (- (z * INR n / 2)) * E0)) by ring.
  apply Rmult_le_compat_l; [lra|]; destruct Main as [[M1 [_ M2]]|[M1 [_ [_ [M2 _]]]]]; apply Rabs_le; lra.
Qed.
