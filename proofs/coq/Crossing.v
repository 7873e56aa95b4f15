(** Shamir's Lemmas 15 and 16: from nonnegative weights of distinct sizes and with a negative target the
    smallest weight crosses zero in time, lands close to it, and goes on (upper-bound.md, section 3). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Remainder Geometry OneStep.
Open Scope R_scope.

(** u is later than w: no weight is larger, no gap to weight m smaller, no squared difference larger. *)
Definition later (k m : nat) (w u : nat -> R) : Prop :=
  u m <= w m /\ forall i, (i < k)%nat -> i <> m ->
    w i - w m <= u i - u m /\ u i <= w i /\ 0 <= u i ^ 2 - u m ^ 2 <= w i ^ 2 - w m ^ 2.

(** The product of the gaps, each less h. *)
Definition gaps (k m : nat) (h : R) (w : nat -> R) : R := others k (fun i => w i - w m - h) m.

(** How far the crossing step can go. *)
Definition longest (k m : nat) (y eta : R) (w : nat -> R) : R := eta * (product k w - y) * others k w m.

Definition smallest (k m : nat) (w : nat -> R) : Prop :=
  0 <= w m /\ forall i, (i < k)%nat -> i <> m -> w m < w i.

Lemma others_ge : forall k m u w, (forall i, (i < k)%nat -> i <> m -> 0 <= u i <= w i) ->
  0 <= others k u m <= others k w m.
Proof.
  intros k m u w H; split.
  - apply product_nonneg; intros i Hi; unfold but; destruct (Nat.eqb_spec i m); [lra|apply H; auto].
  - apply product_le; intros i Hi; unfold but; destruct (Nat.eqb_spec i m); [lra|apply H; auto].
Qed.

Lemma crossing_step : forall k m y eta w u,
  (m < k)%nat -> y < 0 -> 0 < eta -> smallest k m w ->
  (forall i, (i < k)%nat -> i <> m -> eta * (product k w - y) * rest k w i m <= 1) ->
  later k m w u -> 0 <= u m ->
  let v := step (fun p => p - y) eta k u in
  later k m w v /\ u m - longest k m y eta w <= v m <= u m - eta * - y * gaps k m 0 w.
Proof.
  intros k m y eta w u Hm Hy He [W0 W] Hr [Lm L] U0 v.
  assert (U : forall i, (i < k)%nat -> 0 <= u i <= w i).
  { intros i Hi; destruct (Nat.eq_dec i m) as [->|N]; [lra|].
    destruct (L i Hi N) as [L1 [L2 _]]; specialize (W i Hi N); lra. }
  assert (pu : 0 <= product k u <= product k w).
  { split; [apply product_nonneg; intros; apply U; assumption|apply product_le; exact U]. }
  assert (Q0 : forall i, 0 <= others k u i <= others k w i).
  { intros i; split; [apply others_nonneg; intros; apply U; assumption|apply others_le; exact U]. }
  assert (eg : eta * - y <= eta * (product k u - y) <= eta * (product k w - y)) by (split; apply Rmult_le_compat_l; lra).
  assert (ey : 0 < eta * - y) by (apply Rmult_lt_0_compat; lra).
  assert (Down : forall i, v i <= u i).
  { intros i; unfold v, step; destruct (Q0 i) as [q0 _].
    assert (0 <= eta * (product k u - y) * others k u i) by (apply Rmult_le_pos; lra); lra. }
  split; [split|split].
  - specialize (Down m); lra.
  - intros i Hi N; destruct (L i Hi N) as [L1 [L2 [L3 L4]]]; specialize (W i Hi N).
    assert (r0 : 0 <= rest k u i m) by (apply rest_nonneg; intros; apply U; assumption).
    assert (r1 : rest k u i m <= rest k w i m).
    { apply product_le; intros l Hl; unfold but.
      destruct (Nat.eqb l i); [lra|destruct (Nat.eqb l m); [lra|apply U; exact Hl]]. }
    assert (T : 0 <= eta * (product k u - y) * rest k u i m <= 1).
    { split; [apply Rmult_le_pos; lra|].
      eapply Rle_trans; [|apply (Hr i Hi N)]; apply Rmult_le_compat; lra. }
    split; [|split; [specialize (Down i); lra|]].
    + destruct (pair_factorisation (fun p => p - y) eta k u i m Hi Hm N) as [_ D]; fold v in D; rewrite D.
      assert (0 <= (u i - u m) * (eta * (product k u - y) * rest k u i m)) by (apply Rmult_le_pos; lra); lra.
    + destruct (imbalance_contracts (fun p => p - y) eta k u i m Hi Hm N) as [I0 I1]; [|lra|fold v in I0, I1; lra].
      replace (eta ^ 2 * (product k u - y) ^ 2 * rest k u i m ^ 2)
        with ((eta * (product k u - y) * rest k u i m) ^ 2) by ring.
      rewrite <- (pow1 2); apply pow_incr; exact T.
  - unfold v, step, longest; destruct (Q0 m) as [q0 q1].
    assert (eta * (product k u - y) * others k u m <= eta * (product k w - y) * others k w m)
      by (apply Rmult_le_compat; lra); lra.
  - unfold v, step.
    assert (G : 0 <= gaps k m 0 w <= others k u m).
    { apply others_ge; intros i Hi N; destruct (L i Hi N) as [L1 _]; specialize (W i Hi N); lra. }
    assert (eta * - y * gaps k m 0 w <= eta * (product k u - y) * others k u m) by (apply Rmult_le_compat; lra); lra.
Qed.

(** Lemma 15: the smallest weight is zero or less after at most N1 steps.  Lemma 16, first half: it lands
    within the length of one step, and all other weights are ahead of it as before. *)
Theorem shamir_lemma_15 : forall k m y eta w N1,
  (m < k)%nat -> y < 0 -> 0 < eta -> smallest k m w ->
  (forall i, (i < k)%nat -> i <> m -> eta * (product k w - y) * rest k w i m <= 1) ->
  w m <= INR N1 * (eta * - y * gaps k m 0 w) ->
  exists N, (N <= N1)%nat /\ (forall s, (s < N)%nat -> 0 < descent (fun p => p - y) eta k w s m) /\
    later k m w (descent (fun p => p - y) eta k w N) /\
    - longest k m y eta w <= descent (fun p => p - y) eta k w N m <= 0.
Proof.
  intros k m y eta w N1 Hm Hy He HW Hr HN.
  set (orbit := descent (fun p => p - y) eta k w).
  assert (W : forall i, (i < k)%nat -> 0 <= w i).
  { intros i Hi; destruct HW as [W0 W]; destruct (Nat.eq_dec i m) as [->|N]; [exact W0|specialize (W i Hi N); lra]. }
  assert (h0 : 0 <= longest k m y eta w).
  { unfold longest; assert (0 <= product k w) by (apply product_nonneg; exact W).
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply others_nonneg; exact W]. }
  assert (Start : later k m w w).
  { split; [lra|]; intros i Hi N; destruct HW as [W0 HW]; specialize (HW i Hi N).
    assert (w m ^ 2 <= w i ^ 2) by (apply pow_incr; lra); lra. }
  assert (Main : forall n,
    (exists N, (N <= n)%nat /\ (forall s, (s < N)%nat -> 0 < orbit s m) /\ later k m w (orbit N) /\
      - longest k m y eta w <= orbit N m <= 0) \/
    ((forall s, (s <= n)%nat -> 0 < orbit s m) /\ later k m w (orbit n) /\
      orbit n m <= w m - INR n * (eta * - y * gaps k m 0 w))).
  { induction n as [|n [[N [N0 N2]]|[A1 [A2 A3]]]].
    - destruct (Rle_or_lt (w m) 0) as [Z|Z].
      + left; exists 0%nat; split; [lia|split; [intros s Hs; lia|split; [exact Start|]]].
        destruct HW as [W0 _]; unfold orbit; simpl; lra.
      + right; split; [intros s Hs; replace s with 0%nat by lia; exact Z|split; [exact Start|unfold orbit; simpl; lra]].
    - left; exists N; split; [lia|exact N2].
    - assert (P := A1 n (Nat.le_refl n)).
      destruct (crossing_step k m y eta w (orbit n) Hm Hy He HW Hr A2 ltac:(lra)) as [S1 [S2 S3]].
      change (step (fun p => p - y) eta k (orbit n)) with (orbit (S n)) in S1, S2, S3.
      destruct (Rle_or_lt (orbit (S n) m) 0) as [Z|Z].
      + left; exists (S n); split; [lia|split; [intros s Hs; apply A1; lia|split; [exact S1|lra]]].
      + right; split; [|split; [exact S1|rewrite S_INR; lra]].
        intros s Hs; destruct (Nat.eq_dec s (S n)) as [->|N]; [exact Z|apply A1; lia]. }
  destruct (Main N1) as [M|[A1 [A2 A3]]]; [exact M|].
  specialize (A1 N1 (Nat.le_refl N1)); lra.
Qed.

(** Lemma 16: where the crossing lands, what is left of the gaps, and how long the next step is. *)
Theorem shamir_lemma_16 : forall k m y eta w N,
  (m < k)%nat -> y < 0 -> 0 < eta -> smallest k m w ->
  (forall i, (i < k)%nat -> i <> m -> longest k m y eta w <= w i - w m) ->
  longest k m y eta w * others k w m <= - y / 2 ->
  later k m w (descent (fun p => p - y) eta k w N) ->
  - longest k m y eta w <= descent (fun p => p - y) eta k w N m <= 0 ->
  gaps k m (longest k m y eta w) w <= others k (descent (fun p => p - y) eta k w N) m <= others k w m /\
  descent (fun p => p - y) eta k w (S N) m
    <= descent (fun p => p - y) eta k w N m - eta * - y / 2 * gaps k m (longest k m y eta w) w.
Proof.
  intros k m y eta w N Hm Hy He HW Hh Hp; set (u := descent (fun p => p - y) eta k w N); intros [Lm L] Hu.
  set (h := longest k m y eta w) in *.
  assert (Q : 0 <= gaps k m h w <= others k u m).
  { apply others_ge; intros i Hi N'; specialize (Hh i Hi N'); destruct (L i Hi N') as [L1 _]; lra. }
  assert (Q1 : 0 <= others k u m <= others k w m).
  { apply others_ge; intros i Hi N'; specialize (Hh i Hi N'); destruct (L i Hi N') as [L1 [L2 _]]; lra. }
  split; [lra|].
  change (descent (fun p => p - y) eta k w (S N) m) with (step (fun p => p - y) eta k u m); unfold step.
  assert (Hprod : y / 2 <= product k u).
  { rewrite (product_others k u m Hm).
    assert (- u m * others k u m <= h * others k w m) by (apply Rmult_le_compat; lra); lra. }
  assert (eta * - y / 2 * gaps k m h w <= eta * (product k u - y) * others k u m); [|lra].
  assert (0 < eta * - y) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_le_compat; try lra.
  replace (eta * - y / 2) with (eta * (- y / 2)) by field; apply Rmult_le_compat_l; lra.
Qed.
