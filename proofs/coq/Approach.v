(** The approach to a positive target, from any landing (upper-bound.md, sections 1 and 3): Shamir's
    Lemma 13 without delta, in the step size and in the rate.  The smallest weight may be 0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence.
Open Scope R_scope.

(** Weight m is nonnegative and the others are at least gamma. *)
Definition landed (k m : nat) (gamma : R) (w : nat -> R) : Prop :=
  0 <= w m /\ forall i, (i < k)%nat -> i <> m -> gamma <= w i.

Lemma landed_nonneg : forall k m gamma w i, 0 < gamma -> landed k m gamma w -> (i < k)%nat -> 0 <= w i.
Proof.
  intros k m gamma w i Hg [W0 W] Hi; destruct (Nat.eq_dec i m) as [->|N]; [exact W0|].
  specialize (W i Hi N); lra.
Qed.

(** How a step multiplies the weights other than m, less one. *)
Definition growth (k m : nat) (x : R) (w : nat -> R) (i : nat) : R :=
  if Nat.eqb i m then 0 else x * others k w i / w i.

Lemma growth_sum : forall k m gamma x w, (1 <= k)%nat -> (m < k)%nat -> 0 < gamma -> 0 <= x -> landed k m gamma w ->
  (forall i, (i < k)%nat -> 0 <= growth k m x w i) /\
  total k (growth k m x w) <= INR (k - 1) * (x * product k w / gamma ^ 2) /\
  x * others k w m ^ 2 + product k w * total k (growth k m x w) = x * total k (fun i => others k w i ^ 2).
Proof.
  intros k m gamma x w Hk Hm Hg Hx L.
  assert (P : forall i, (i < k)%nat -> 0 <= w i) by (intros i Hi; exact (landed_nonneg k m gamma w i Hg L Hi)).
  assert (Q : forall i, 0 <= others k w i) by (intros; apply others_nonneg; exact P).
  assert (G2 : 0 < gamma ^ 2) by (apply pow_lt; exact Hg).
  destruct L as [W0 W].
  assert (Each : forall i, (i < k)%nat -> i <> m -> growth k m x w i = x * product k w / w i ^ 2 /\ 0 < gamma <= w i).
  { intros i Hi N; specialize (W i Hi N); unfold growth; apply Nat.eqb_neq in N; rewrite N.
    rewrite (product_others k w i Hi); split; [field; lra|lra]. }
  assert (P0 : 0 <= product k w) by (apply product_nonneg; exact P).
  assert (One : forall c, total k (fun i => if Nat.eqb i m then 0 else c) = INR (k - 1) * c).
  { intros c; clear - Hm; revert m Hm; induction k as [|k IH]; intros m Hm; [lia|].
    simpl total; destruct (Nat.eq_dec m k) as [->|N].
    - rewrite Nat.eqb_refl, (total_ext k _ (fun _ => c)).
      + rewrite total_const; replace (S k - 1)%nat with k by lia; ring.
      + intros i Hi; destruct (Nat.eqb_spec i k); [lia|reflexivity].
    - rewrite IH by lia; destruct (Nat.eqb_spec k m) as [E|_]; [lia|].
      replace (S k - 1)%nat with (S (k - 1)) by lia; rewrite S_INR; ring. }
  split; [|split].
  - intros i Hi; unfold growth; destruct (Nat.eqb_spec i m) as [->|N]; [lra|].
    unfold Rdiv; apply Rmult_le_pos; [apply Rmult_le_pos; auto|left; apply Rinv_0_lt_compat].
    specialize (W i Hi N); lra.
  - rewrite <- One; apply total_le; intros i Hi; destruct (Nat.eqb_spec i m) as [->|N].
    + unfold growth; rewrite Nat.eqb_refl; lra.
    + destruct (Each i Hi N) as [-> [_ Wi]]; unfold Rdiv; apply Rmult_le_compat_l; [apply Rmult_le_pos; assumption|].
      apply Rinv_le_contravar; [exact G2|apply pow_incr; lra].
  - rewrite <- !total_scal.
    assert (S : forall (e d : nat -> R) j n, (j < n)%nat -> e j = 0 -> (forall i, (i < n)%nat -> i <> j -> e i = d i) ->
      d j + total n e = total n d).
    { intros e d j n; induction n as [|n IH]; intros Hj Ej Hd; [lia|]; simpl.
      destruct (Nat.eq_dec j n) as [->|N].
      - rewrite Ej, (total_ext n e d); [ring|intros i Hi; apply Hd; lia].
      - rewrite <- IH by (auto; try lia; intros; apply Hd; lia); rewrite (Hd n) by lia; ring. }
    apply (S _ (fun i => x * others k w i ^ 2) m k Hm).
    + unfold growth; rewrite Nat.eqb_refl; ring.
    + intros i Hi N; destruct (Each i Hi N) as [-> Wi]; rewrite (product_others k w i Hi); field; lra.
Qed.

(** No overshoot, and the error shrinks by the sum of the q_i^2. *)
Theorem shamir_lemma_13_no_delta : forall k m gamma y B eta w,
  (2 <= k)%nat -> (m < k)%nat -> 0 < gamma -> 0 < y -> 0 < eta -> landed k m gamma w ->
  product k w <= y -> others k w m <= B -> eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 ->
  product k w <= product k (step (fun p => p - y) eta k w) <= y /\
  y - product k (step (fun p => p - y) eta k w)
    <= (1 - eta * total k (fun i => others k w i ^ 2)) * (y - product k w).
Proof.
  intros k m gamma y B eta w Hk Hm Hg Hy He L Hp HB H1.
  assert (P : forall i, (i < k)%nat -> 0 <= w i) by (intros i Hi; exact (landed_nonneg k m gamma w i Hg L Hi)).
  set (p := product k w) in *; set (v := step (fun p => p - y) eta k w).
  set (q := others k w m) in *.
  assert (p0 : 0 <= p) by (apply product_nonneg; exact P).
  assert (q0 : 0 <= q) by (apply others_nonneg; exact P).
  set (x := eta * (y - p)); assert (x0 : 0 <= x) by (apply Rmult_le_pos; lra).
  destruct (growth_sum k m gamma x w ltac:(lia) Hm Hg x0 L) as [Z0 [Zs Ze]]; fold p q in Zs, Ze.
  set (z := growth k m x w) in *.
  assert (E : product k v = (p + x * q ^ 2) * product k (fun i => 1 + z i)).
  { rewrite (product_others k v m Hm).
    replace (others k v m) with (q * product k (fun i => 1 + z i)).
    - unfold v at 1, step; fold p q; unfold p at 2; rewrite (product_others k w m Hm); fold q; unfold x; ring.
    - unfold q, others; rewrite <- product_mult; apply product_ext; intros i Hi; unfold but, z, growth.
      destruct (Nat.eqb_spec i m) as [->|N]; [ring|].
      destruct L as [_ W]; specialize (W i Hi N); unfold v, step; fold p; unfold x; field; lra. }
  assert (Zlow : 1 + total k z <= product k (fun i => 1 + z i)) by (apply product_above_sum; exact Z0).
  assert (T0 : 0 <= total k z) by (apply total_nonneg; exact Z0).
  assert (xq : 0 <= x * q ^ 2) by (apply Rmult_le_pos; [exact x0|apply pow2_ge_0]).
  assert (Low : p + x * total k (fun i => others k w i ^ 2) <= product k v).
  { rewrite <- Ze, E.
    apply Rle_trans with ((p + x * q ^ 2) * (1 + total k z)); [|apply Rmult_le_compat_l; lra].
    assert (0 <= x * q ^ 2 * total k z) by (apply Rmult_le_pos; assumption); lra. }
  assert (S0 : 0 <= total k (fun i => others k w i ^ 2)) by (apply total_nonneg; intros; apply pow2_ge_0).
  split; [split|].
  - assert (0 <= x * total k (fun i => others k w i ^ 2)) by (apply Rmult_le_pos; assumption); lra.
  - rewrite E.
    set (T := eta * (INR (k - 1) * y ^ 2 / gamma ^ 2)) in *.
    set (s := (y - p) / y).
    assert (G2 : 0 < gamma ^ 2) by (apply pow_lt; exact Hg); assert (Y2 : 0 < y ^ 2) by (apply pow_lt; exact Hy).
    assert (s01 : 0 <= s <= 1).
    { unfold s; split; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact Hy]|].
      apply (Rmult_le_reg_r y); [exact Hy|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra. }
    assert (T1 : 0 <= T).
    { unfold T, Rdiv; apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact G2].
      apply Rmult_le_pos; [apply pos_INR|lra]. }
    assert (A1 : eta * q ^ 2 + T <= 1).
    { assert (q ^ 2 <= B ^ 2) by (apply pow_incr; lra).
      assert (eta * q ^ 2 <= eta * B ^ 2) by (apply Rmult_le_compat_l; lra); unfold T; lra. }
    assert (Ex : total k z <= T * s).
    { eapply Rle_trans; [exact Zs|].
      apply Rle_trans with (T * s * (p / y)); [right; unfold T, s, x; field; lra|].
      rewrite <- (Rmult_1_r (T * s)) at 2; apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
      apply (Rmult_le_reg_r y); [exact Hy|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra. }
    apply Rle_trans with (y * exp (- (T * s)) * exp (T * s)).
    2:{ rewrite Rmult_assoc, <- exp_plus, Rplus_opp_l, exp_0; lra. }
    apply Rmult_le_compat; [lra|lra| |].
    + apply Rle_trans with (y * (1 + - (T * s))); [|apply Rmult_le_compat_l; [lra|apply exp_above_line]].
      apply Rle_trans with (y * (1 - s + (1 - T) * s)); [|right; ring].
      assert (eta * q ^ 2 * s <= (1 - T) * s) by (apply Rmult_le_compat_r; lra).
      apply Rle_trans with (y * (1 - s + eta * q ^ 2 * s)); [right; unfold s, x; field; lra|apply Rmult_le_compat_l; lra].
    + eapply Rle_trans; [apply (product_exp_bound k _ (fun _ => 1) z)|].
      * intros i Hi; specialize (Z0 i Hi); pose proof (exp_above_line (z i)); lra.
      * rewrite product_const, pow1, Rmult_1_l; apply exp_le_compat; exact Ex.
  - apply Rle_trans with (y - (p + x * total k (fun i => others k w i ^ 2))); [lra|right; unfold x; ring].
Qed.

(** ** The orbit *)

(** q is at most B: either the smallest weight is at least A, and q = p/w_m, or no weight is large. *)
Definition room (k m : nat) (y A B : R) (c : nat -> R) : Prop :=
  0 < A /\ y <= A * B /\ others k (fun i => sqrt (c i + A ^ 2)) m <= B.

(** The squared differences to the smallest weight are nonnegative and at most c. *)
Definition spread_below (k m : nat) (c w : nat -> R) : Prop :=
  forall i, (i < k)%nat -> 0 <= w i ^ 2 - w m ^ 2 <= c i.

Lemma others_in_room : forall k m gamma y A B c w, (m < k)%nat -> 0 < gamma ->
  room k m y A B c -> landed k m gamma w -> spread_below k m c w -> product k w <= y -> others k w m <= B.
Proof.
  intros k m gamma y A B c w Hm Hg [HA [HB HO]] L C Hp.
  assert (P : forall i, (i < k)%nat -> 0 <= w i) by (intros i Hi; exact (landed_nonneg k m gamma w i Hg L Hi)).
  assert (q0 : 0 <= others k w m) by (apply others_nonneg; exact P).
  destruct (Rle_or_lt A (w m)) as [Big|Small].
  - apply (Rmult_le_reg_l A); [exact HA|].
    apply Rle_trans with (w m * others k w m); [apply Rmult_le_compat_r; assumption|].
    rewrite <- product_others by exact Hm; lra.
  - eapply Rle_trans; [|exact HO]; apply others_le; intros i Hi; split; [apply P; exact Hi|].
    specialize (C i Hi); assert (w m ^ 2 <= A ^ 2) by (apply pow_incr; split; [apply P; exact Hm|lra]).
    rewrite <- (sqrt_pow2 (w i)) by (apply P; exact Hi); apply sqrt_le_1_alt; lra.
Qed.

Lemma one_of_total : forall k e m, (m < k)%nat -> (forall i, 0 <= e i) -> e m <= total k e.
Proof.
  intros k e m Hm E; induction k as [|k IH]; [lia|]; simpl; destruct (Nat.eq_dec m k) as [->|N].
  - assert (0 <= total k e) by (apply total_nonneg; auto); lra.
  - specialize (IH ltac:(lia)); specialize (E k); lra.
Qed.

Lemma approach_step : forall k m gamma y A B c eta w,
  (2 <= k)%nat -> (m < k)%nat -> 0 < gamma -> 0 < y -> 0 < eta -> room k m y A B c ->
  eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 ->
  landed k m gamma w -> spread_below k m c w -> product k w <= y ->
  let v := step (fun p => p - y) eta k w in
  landed k m gamma v /\ spread_below k m c v /\ (forall i, (i < k)%nat -> w i <= v i) /\
  product k v <= y /\ y - product k v <= (1 - eta * others k w m ^ 2) * (y - product k w).
Proof.
  intros k m gamma y A B c eta w Hk Hm Hg Hy He Room H1 L C Hp v.
  assert (P : forall i, (i < k)%nat -> 0 <= w i) by (intros i Hi; exact (landed_nonneg k m gamma w i Hg L Hi)).
  assert (HB := others_in_room k m gamma y A B c w Hm Hg Room L C Hp).
  destruct (shamir_lemma_13_no_delta k m gamma y B eta w Hk Hm Hg Hy He L Hp HB H1) as [[_ Py] Pe]; fold v in Py, Pe.
  assert (q0 : 0 <= others k w m) by (apply others_nonneg; exact P).
  assert (p0 : 0 <= product k w) by (apply product_nonneg; exact P).
  assert (Up : forall i, (i < k)%nat -> w i <= v i).
  { intros i Hi; unfold v, step; assert (0 <= others k w i) by (apply others_nonneg; exact P).
    assert (0 <= eta * (y - product k w) * others k w i) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|assumption]); lra. }
  assert (G2 : 0 < gamma ^ 2) by (apply pow_lt; exact Hg).
  assert (K1 : 1 <= INR (k - 1)) by (change 1 with (INR 1); apply le_INR; lia).
  assert (eyB : eta * y * B <= gamma).
  { assert (2 * (eta * y * B) <= gamma); [|assert (0 <= eta * y * B) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra); lra].
    assert (y ^ 2 / gamma ^ 2 <= INR (k - 1) * y ^ 2 / gamma ^ 2).
    { unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact G2|].
      rewrite <- (Rmult_1_l (y ^ 2)) at 1; apply Rmult_le_compat_r; [apply pow2_ge_0|exact K1]. }
    assert (F : 2 * (y * B) / gamma <= B ^ 2 + y ^ 2 / gamma ^ 2).
    { assert (0 <= (B - y / gamma) ^ 2) by apply pow2_ge_0.
      replace ((B - y / gamma) ^ 2) with (B ^ 2 + y ^ 2 / gamma ^ 2 - 2 * (y * B) / gamma) in H0 by (field; lra); lra. }
    assert (I : eta * (2 * (y * B) / gamma) <= 1).
    { eapply Rle_trans; [|exact H1]; apply Rmult_le_compat_l; lra. }
    apply (Rmult_le_compat_r gamma) in I; [|lra].
    replace (eta * (2 * (y * B) / gamma) * gamma) with (2 * (eta * y * B)) in I by (field; lra); lra. }
  split; [|split; [|split; [exact Up|split; [exact Py|]]]].
  - destruct L as [W0 W]; split; [specialize (Up m Hm); lra|].
    intros i Hi N; specialize (Up i Hi); specialize (W i Hi N); lra.
  - intros i Hi; destruct (Nat.eq_dec i m) as [->|N]; [specialize (C m Hm); lra|].
    destruct (C i Hi) as [C0 C1].
    destruct (imbalance_contracts (fun p => p - y) eta k w i m Hi Hm N) as [I0 I1]; [|lra|fold v in I0, I1; lra].
    set (r := rest k w i m).
    assert (r0 : 0 <= r) by (apply rest_nonneg; exact P).
    assert (Er : others k w m = w i * r) by (apply others_rest; auto).
    assert (Gi : gamma <= w i) by (apply L; assumption).
    assert (gr : gamma * r <= B) by (eapply Rle_trans; [apply Rmult_le_compat_r; [exact r0|exact Gi]|lra]).
    assert (T : 0 <= eta * (y - product k w) * r <= 1).
    { split; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact r0]|].
      apply (Rmult_le_reg_l gamma); [exact Hg|].
      apply Rle_trans with (eta * y * B); [|lra].
      replace (gamma * (eta * (y - product k w) * r)) with (eta * (y - product k w) * (gamma * r)) by ring.
      apply Rmult_le_compat; [apply Rmult_le_pos; lra|apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra|exact gr]. }
    replace (eta ^ 2 * (product k w - y) ^ 2 * r ^ 2) with ((eta * (y - product k w) * r) ^ 2) by ring.
    rewrite <- (pow1 2); apply pow_incr; exact T.
  - eapply Rle_trans; [exact Pe|]; apply Rmult_le_compat_r; [lra|].
    assert (S : others k w m ^ 2 <= total k (fun i => others k w i ^ 2)).
    { apply (one_of_total k (fun i => others k w i ^ 2) m Hm); intros; apply pow2_ge_0. }
    assert (eta * others k w m ^ 2 <= eta * total k (fun i => others k w i ^ 2)) by (apply Rmult_le_compat_l; lra); lra.
Qed.

(** From a landing below a positive target the error is at most (1 - eta q(0)^2)^n times the first. *)
Lemma shamir_approach : forall k m gamma y A B c eta w n,
  (2 <= k)%nat -> (m < k)%nat -> 0 < gamma -> 0 < y -> 0 < eta -> room k m y A B c ->
  eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 ->
  landed k m gamma w -> spread_below k m c w -> product k w <= y ->
  landed k m gamma (descent (fun p => p - y) eta k w n) /\
  0 <= y - product k (descent (fun p => p - y) eta k w n)
    <= (1 - eta * others k w m ^ 2) ^ n * (y - product k w).
Proof.
  intros k m gamma y A B c eta w n Hk Hm Hg Hy He Room H1 L C Hp.
  assert (P : forall i, (i < k)%nat -> 0 <= w i) by (intros i Hi; exact (landed_nonneg k m gamma w i Hg L Hi)).
  assert (Small : forall u, landed k m gamma u -> spread_below k m c u -> product k u <= y -> 0 <= 1 - eta * others k u m ^ 2).
  { intros u Lu Cu Pu; assert (Q := others_in_room k m gamma y A B c u Hm Hg Room Lu Cu Pu).
    assert (0 <= others k u m) by (apply others_nonneg; intros i Hi; exact (landed_nonneg k m gamma u i Hg Lu Hi)).
    assert (others k u m ^ 2 <= B ^ 2) by (apply pow_incr; lra).
    assert (eta * others k u m ^ 2 <= eta * B ^ 2) by (apply Rmult_le_compat_l; lra).
    assert (G2 : 0 < gamma ^ 2) by (apply pow_lt; exact Hg).
    assert (0 <= eta * (INR (k - 1) * y ^ 2 / gamma ^ 2)); [|lra].
    apply Rmult_le_pos; [lra|]; unfold Rdiv; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact G2].
    apply Rmult_le_pos; [apply pos_INR|apply pow2_ge_0]. }
  assert (Main : let u := descent (fun p => p - y) eta k w n in
    landed k m gamma u /\ spread_below k m c u /\ (forall i, (i < k)%nat -> w i <= u i) /\ product k u <= y /\
    y - product k u <= (1 - eta * others k w m ^ 2) ^ n * (y - product k w)).
  { induction n as [|n IH]; [simpl; repeat split; try assumption; try lra; intros; try apply L; try apply C; try assumption; lra|].
    simpl descent; destruct IH as [L' [C' [U' [P' E']]]]; set (u := descent (fun p => p - y) eta k w n) in *.
    destruct (approach_step k m gamma y A B c eta u Hk Hm Hg Hy He Room H1 L' C' P') as [L2 [C2 [U2 [P2 E2]]]].
    split; [exact L2|split; [exact C2|split; [|split; [exact P2|]]]].
    - intros i Hi; specialize (U' i Hi); specialize (U2 i Hi); lra.
    - eapply Rle_trans; [exact E2|]; simpl.
      assert (Q : others k w m <= others k u m) by (apply others_le; intros i Hi; split; [apply P|apply U']; exact Hi).
      assert (Q0 : 0 <= others k w m) by (apply others_nonneg; exact P).
      assert (Q2 : others k w m ^ 2 <= others k u m ^ 2) by (apply pow_incr; lra).
      assert (eta * others k w m ^ 2 <= eta * others k u m ^ 2) by (apply Rmult_le_compat_l; lra).
      rewrite Rmult_assoc; apply Rmult_le_compat; [apply Small; assumption|lra|lra|exact E']. }
  destruct Main as [M1 [_ [_ [M2 M3]]]]; split; [exact M1|split; [lra|exact M3]].
Qed.
