(** Shamir's Theorem 2 for every law, whole: one event for all steps up to a time, the loss f and its
    suboptimality, and every constant explicit. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Xavier AnyLaw.
Open Scope R_scope.

(** f' is the derivative of f and at most M for |p| <= 1/2; f is at least low + gap from -1/2 on.  With
    low = inf f, gap is the constant c' of Assumption 1. *)
Definition plateau_loss (f f' : R -> R) (M low gap : R) : Prop :=
  (forall p, is_derive f p (f' p)) /\ (forall p, Rabs p <= 1 / 2 -> Rabs (f' p) <= M) /\
  (forall p, - (1 / 2) <= p -> low + gap <= f p).

(** Gradient descent from w has a suboptimality below gap after some n <= time steps. *)
Definition reaches (f f' : R -> R) (eta low gap time : R) (k : nat) (w : nat -> R) : Prop :=
  exists n, INR n <= time /\ f (product k (descent f' eta k w n)) < low + gap.

(** g is at least the indicator of |x| < delta, h of |x| > m. *)
Theorem shamir_theorem_2_hitting_time : forall k (P : weights k) f f' eta a alpha delta m M r low gap time g h,
  (2 <= k)%nat -> 0 < eta -> single P Rabs -> average P Rabs <= a -> 0 < delta -> 0 < alpha ->
  r = delta / sqrt (INR (k - 1)) * ln 2 -> 2 * alpha * (m + r) <= 1 / 2 ->
  plateau_loss f f' M low gap -> time * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= r ->
  single P g -> (forall x, 0 <= g x) -> (forall x, Rabs x < delta -> 1 <= g x) ->
  single P h -> (forall x, 0 <= h x) -> (forall x, m < Rabs x -> 1 <= h x) ->
  at_most P (reaches f f' eta low gap time k)
    (/ alpha * (INR k * a ^ (k - 1)) + INR k * average P g + INR k * average P h).
Proof.
  intros k P f f' eta a alpha delta m M r low gap time g h Hk He Hs Hm Hd Hal Hr Hhalf [_ [HM Hgap]] Ht
    Sg g0 g1 Sh h0 h1.
  destruct (others_sum k P a alpha ltac:(lia) Hs Hm Hal) as [V1 [N1 [M1 E1]]].
  set (X1 := fun w => / alpha * total k (fun j => Rabs (others k w j))) in *.
  destruct (variable_total k P k (fun j w => g (w j))) as [V2 E2]; [intros; now apply coordinate|].
  destruct (variable_total k P k (fun j w => h (w j))) as [V3 E3]; [intros; now apply coordinate|].
  destruct (expectation_plus k P _ _ V1 V2) as [V4 E4].
  destruct (expectation_plus k P _ _ V4 V3) as [V5 E5].
  assert (N1' : forall w, 0 <= X1 w) by exact N1; clear N1.
  assert (M1' : forall w, alpha <= maximum k (fun j => Rabs (others k w j)) -> 1 <= X1 w) by exact M1; clear M1.
  assert (G0 : forall w, 0 <= total k (fun j => g (w j))) by (intros; apply total_nonneg; auto).
  assert (H0 : forall w, 0 <= total k (fun j => h (w j))) by (intros; apply total_nonneg; auto).
  eexists; split; [exact V5|split; [|split]].
  - intros w; specialize (N1' w); specialize (G0 w); specialize (H0 w); cbv beta; lra.
  - intros w [n [Hn Low]]; cbv beta; specialize (N1' w); specialize (G0 w); specialize (H0 w).
    destruct (Rle_dec alpha (maximum k (fun j => Rabs (others k w j)))) as [B|B]; [specialize (M1' w B); lra|].
    destruct (all_or_one k (fun i => delta <= Rabs (w i) <= m)) as [Good|[i [Hi N]]].
    + intros i; destruct (Rle_dec delta (Rabs (w i))), (Rle_dec (Rabs (w i)) m);
        first [left; split; assumption|right; intros [? ?]; contradiction].
    + exfalso.
      assert (M0 : 0 <= M) by (eapply Rle_trans; [apply Rabs_pos|apply (HM 0)]; rewrite Rabs_R0; lra).
      destruct (shamir_theorem_2_deterministic f' eta k w alpha delta m M r n Hk He Hd Hal) as [_ Q]; auto.
      * intros j Hj; apply Rnot_le_lt in B; left; eapply Rle_lt_trans; [|exact B].
        exact (maximum_is_upper k (fun j => Rabs (others k w j)) j Hj).
      * intros p Hp; apply HM; lra.
      * eapply Rle_trans; [|exact Ht]; apply Rmult_le_compat_r; [|exact Hn].
        apply Rmult_le_pos; [lra|apply Rmult_le_pos; [|exact M0]].
        apply Rmult_le_pos; [apply sqrt_pos|lra].
      * set (p := product k (descent f' eta k w n)) in *; assert (A := Rle_trans _ _ _ Q Hhalf).
        apply Rabs_le_between in A; specialize (Hgap p ltac:(lra)); lra.
    + assert (T1 := total_term k (fun i => g (w i)) i (fun i _ => g0 (w i)) Hi).
      assert (T2 := total_term k (fun i => h (w i)) i (fun i _ => h0 (w i)) Hi).
      cbv beta in T1, T2; assert (P1 := g0 (w i)); assert (P2 := h0 (w i)).
      destruct (Rle_dec delta (Rabs (w i))) as [D|D]; [|specialize (g1 (w i) ltac:(lra)); lra].
      destruct (Rle_dec (Rabs (w i)) m) as [D'|D']; [tauto|specialize (h1 (w i) ltac:(lra)); lra].
  - rewrite E5, E4, E2, E3.
    rewrite (total_ext k _ (fun _ => average P g)) by (intros; now apply coordinate).
    rewrite (total_ext k (fun j => expectation P (fun w => h (w j))) (fun _ => average P h)) by (intros; now apply coordinate).
    rewrite !total_const; lra.
Qed.

(** The indicator of |x| <= b *)
Definition within (b x : R) : R := if Rle_dec (Rabs x) b then 1 else 0.

(** Assumption 2: variance 1, P(|w| <= b) <= c1 b, E|w| <= a; alpha = k a^((k-1)/2). *)
Theorem shamir_theorem_2 : forall k (P : weights k) f f' eta a c1 alpha M low gap,
  (2 <= k)%nat -> 0 < eta -> 0 < a -> single P Rabs -> average P Rabs <= a ->
  single P (fun x => x ^ 2) -> average P (fun x => x ^ 2) <= 1 ->
  (forall b, 0 <= b -> single P (within b) /\ average P (within b) <= c1 * b) ->
  0 < M -> plateau_loss f f' M low gap ->
  alpha = INR k * sqrt a ^ (k - 1) -> alpha <= 1 / 16 ->
  at_most P (reaches f f' eta low gap (ln 2 / (2 * INR k * eta * M * sqrt alpha)) k)
    (sqrt a ^ (k - 1) + INR k * (c1 + 1) * sqrt alpha).
Proof.
  intros k P f f' eta a c1 alpha M low gap Hk He Ha Hs Hm S2 A2 Hc HM HL Ealpha Hal.
  assert (K2 : 2 <= INR k) by (apply (le_INR 2); exact Hk).
  assert (R0 : 0 < sqrt a ^ (k - 1)) by (apply pow_lt, sqrt_lt_R0, Ha).
  assert (A0 : 0 < alpha) by (rewrite Ealpha; apply Rmult_lt_0_compat; lra).
  set (d := sqrt alpha).
  assert (d0 : 0 < d) by (apply sqrt_lt_R0; exact A0).
  assert (dd : d * d = alpha) by (apply sqrt_sqrt; lra).
  set (s := sqrt d).
  assert (s0 : 0 < s) by (apply sqrt_lt_R0; exact d0).
  assert (ss : s * s = d) by (apply sqrt_sqrt; lra).
  assert (d4 : d <= 1 / 4) by (apply Rnot_lt_le; intros L; nra).
  assert (s2 : s <= 1 / 2) by (apply Rnot_lt_le; intros L; nra).
  assert (L0 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  assert (L1 : ln 2 <= 1).
  { rewrite <- (ln_exp 1); left; apply ln_increasing; [lra|].
    assert (1 + 1 < exp 1) by (apply exp_ineq1; lra); lra. }
  assert (q1 : 1 <= sqrt (INR (k - 1))).
  { rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt; apply (le_INR 1); lia. }
  set (q := sqrt (INR (k - 1))) in *.
  set (r := d / q * ln 2).
  assert (r1 : 0 <= r <= d).
  { unfold r, Rdiv; assert (0 < / q <= 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_le_contravar; lra]).
    split; [repeat apply Rmult_le_pos; lra|].
    rewrite Rmult_assoc; rewrite <- (Rmult_1_r d) at 2; apply Rmult_le_compat_l; [lra|].
    replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra. }
  destruct (Hc d ltac:(lra)) as [Sd Ad].
  destruct (average_scal k P d (fun x => x ^ 2) S2) as [Sh Ah].
  assert (T := shamir_theorem_2_hitting_time k P f f' eta a alpha d (/ s) M r low gap
    (ln 2 / (2 * INR k * eta * M * d)) (within d) (fun x => d * x ^ 2) Hk He Hs Hm d0 A0 eq_refl).
  assert (Half : 2 * alpha * (/ s + r) <= 1 / 2).
  { rewrite <- dd; rewrite <- ss at 1 2.
    replace (2 * (s * s * (s * s)) * (/ s + r)) with (2 * (s * (s * s)) + 2 * (s * s * (s * s)) * r) by (field; lra).
    rewrite ss; assert (s * d <= 1 / 2 * (1 / 4)) by (apply Rmult_le_compat; lra).
    assert (d * d * r <= 1 / 16 * (1 / 4)) by (rewrite dd; apply Rmult_le_compat; lra); lra. }
  specialize (T Half HL).
  assert (Time : ln 2 / (2 * INR k * eta * M * d) * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= r).
  { assert (SK : sqrt (INR k) * sqrt (INR k) = INR k) by (apply sqrt_sqrt; lra).
    assert (SK0 : 0 < sqrt (INR k)) by (apply sqrt_lt_R0; lra).
    assert (qK : q <= sqrt (INR k)) by (apply sqrt_le_1_alt, le_INR; lia).
    rewrite <- dd; replace (ln 2 / (2 * INR k * eta * M * d) * (eta * (sqrt (INR k) * (2 * (d * d)) * M)))
      with (d * ln 2 * (sqrt (INR k) / INR k)) by (field; repeat split; lra).
    unfold r; replace (d / q * ln 2) with (d * ln 2 * / q) by (field; lra).
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
    rewrite <- SK at 2; replace (sqrt (INR k) / (sqrt (INR k) * sqrt (INR k))) with (/ sqrt (INR k)) by (field; lra).
    apply Rinv_le_contravar; lra. }
  specialize (T Time Sd).
  destruct T as [X [VX [X0 [X1 EX]]]].
  - intros x; unfold within; destruct (Rle_dec (Rabs x) d); lra.
  - intros x Hx; unfold within; destruct (Rle_dec (Rabs x) d); lra.
  - exact Sh.
  - intros x; apply Rmult_le_pos; [lra|apply pow2_ge_0].
  - intros x Hx; assert (0 < / s) by (apply Rinv_0_lt_compat; exact s0).
    assert (Q : (/ s) ^ 2 <= x ^ 2) by (rewrite <- (pow2_abs x); apply pow_incr; lra).
    apply (Rmult_le_compat_l d) in Q; [|lra].
    replace (d * (/ s) ^ 2) with 1 in Q by (rewrite <- ss; field; lra); exact Q.
  - exists X; split; [exact VX|split; [exact X0|split; [exact X1|]]].
    eapply Rle_trans; [exact EX|]; fold d; rewrite Ah.
    replace (/ alpha * (INR k * a ^ (k - 1))) with (sqrt a ^ (k - 1)).
    2:{ rewrite (half_powers a) by lra; rewrite Ealpha; field; split; lra. }
    assert (INR k * average P (within d) <= INR k * (c1 * d)) by (apply Rmult_le_compat_l; lra).
    assert (INR k * (d * average P (fun x => x ^ 2)) <= INR k * (d * 1))
      by (apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; lra]).
    lra.
Qed.
