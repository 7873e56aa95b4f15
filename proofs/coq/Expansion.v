(** One step of gradient descent, expanded exactly: zas.md, (e).

    For V_l = W_l + D_l the change of the product is its slope and a remainder that obeys
    H_(l+1) = V_l H_l + D_l slope_l.  So the loss after the step is bounded by norms at the two ends
    of the segment; neither a second derivative nor points in between are needed. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers.
Open Scope R_scope.

Lemma chain_change : forall d W D l,
  let V := fun k => madd (W k) (D k) in
  msub (chain d V (S l)) (chain d W (S l))
    = madd (mul d (V l) (msub (chain d V l) (chain d W l))) (mul d (D l) (chain d W l)).
Proof.
  intros d W D l V; simpl chain; rewrite mul_sub_r.
  replace (mul d (V l) (chain d W l)) with (madd (mul d (W l) (chain d W l)) (mul d (D l)
    (chain d W l)))
    by (symmetry; apply mul_add_l).
  pointwise i; pointwise j; unfold msub, madd; ring.
Qed.

Lemma chain_remainder : forall d W D l,
  let V := fun k => madd (W k) (D k) in
  let H := fun k => msub (msub (chain d V k) (chain d W k)) (chain_slope d W D k) in
  H (S l) = madd (mul d (V l) (H l)) (mul d (D l) (chain_slope d W D l)).
Proof.
  intros d W D l V H.
  assert (E : H (S l) = msub (msub (chain d V (S l)) (chain d W (S l))) (chain_slope d W D (S l)))
    by reflexivity.
  assert (C := chain_change d W D l); cbv zeta in C; fold V in C.
  rewrite E, C; unfold H; rewrite (mul_sub_r d (V l) (msub _ _)); simpl chain_slope.
  replace (mul d (V l) (chain_slope d W D l))
    with (madd (mul d (W l) (chain_slope d W D l)) (mul d (D l) (chain_slope d W D l)))
    by (symmetry; apply mul_add_l).
  pointwise i; pointwise j; unfold msub, madd; ring.
Qed.

Lemma frobenius_zero : forall d, frobenius d (fun _ _ => 0) = 0.
Proof.
  intros d; unfold frobenius; transitivity (sqrt 0); [f_equal|apply sqrt_0].
  apply total_zero; intros; apply total_zero; intros; apply Rmult_0_l.
Qed.

Lemma chain_zero_change : forall d V W, frobenius d (msub (chain d V 0) (chain d W 0)) = 0.
Proof.
  intros d V W; transitivity (frobenius d (fun _ _ => 0)); [f_equal|apply frobenius_zero].
  pointwise i; pointwise j; unfold msub; simpl; ring.
Qed.

Lemma bounded_frobenius_le : forall d A g, frobenius d A <= g -> bounded d A (g ^ 2).
Proof.
  intros d A g H; eapply bounded_mono; [|apply bounded_frobenius_square].
  apply pow_incr; split; [apply frobenius_nonneg|exact H].
Qed.

(** Inner layers: slope, change and remainder, with b >= 1 a bound of every layer before and after
    the step, and g_l = |D_l|. *)
Lemma inner_layers : forall d W D b n,
  let V := fun k => madd (W k) (D k) in
  let g := fun k => frobenius d (D k) in
  1 <= b -> (forall k, (k < n)%nat -> bounded d (W k) (b ^ 2) /\ bounded d (V k) (b ^ 2)) ->
  forall l, (l <= n)%nat ->
  frobenius d (chain_slope d W D l) <= b ^ l * total l g /\
  frobenius d (msub (chain d V l) (chain d W l)) <= b ^ l * total l g /\
  frobenius d (msub (msub (chain d V l) (chain d W l)) (chain_slope d W D l))
    <= b ^ l * total l g ^ 2 / 2.
Proof.
  intros d W D b n V g Hb HB; induction l as [|l IH]; intros Hl.
  - rewrite chain_zero_change; simpl chain_slope; simpl total.
    replace (msub (msub (chain d V 0) (chain d W 0)) (fun _ _ : nat => 0))
      with (msub (chain d V 0) (chain d W 0))
      by (pointwise i; pointwise j; unfold msub; simpl; ring).
    rewrite chain_zero_change, frobenius_zero; simpl; lra.
  - assert (C1 := chain_change d W D l); assert (C2 := chain_remainder d W D l).
    cbv zeta in C1, C2; fold V in C1, C2.
    destruct (IH ltac:(lia)) as [I1 [I2 I3]]; destruct (HB l ltac:(lia)) as [BW BV].
    assert (BC : bounded d (chain d W l) ((b ^ l) ^ 2))
      by (apply bounded_chain; [lra|intros k Hk; apply (HB k); lia]).
    assert (P0 : 1 <= b ^ l) by (apply pow_R1_Rle; exact Hb).
    assert (S0 : 0 <= total l g) by (apply total_nonneg; intros; apply frobenius_nonneg).
    assert (G0 : 0 <= g l) by apply frobenius_nonneg.
    assert (F : frobenius d (mul d (D l) (chain d W l)) <= g l * b ^ l)
      by (apply frobenius_mul_r; [lra|exact BC]).
    assert (Step : forall M, frobenius d M <= b ^ l * total l g ->
      b * frobenius d M + g l * b ^ l <= b ^ S l * total (S l) g).
    { intros M HM; simpl.
      apply Rle_trans with (b * (b ^ l * total l g) + 1 * (g l * b ^ l)).
      - rewrite Rmult_1_l; apply Rplus_le_compat_r, Rmult_le_compat_l; lra.
      - replace (b * b ^ l * (total l g + g l)) with (b * (b ^ l * total l g) + b * (g l * b ^ l))
        by ring.
        apply Rplus_le_compat_l, Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact Hb]. }
    split; [|split].
    + simpl chain_slope; eapply Rle_trans; [apply frobenius_add|].
      eapply Rle_trans; [|apply (Step _ I1)].
      apply Rplus_le_compat; [apply frobenius_mul; [lra|exact BW]|exact F].
    + rewrite C1; eapply Rle_trans; [apply frobenius_add|].
      eapply Rle_trans; [|apply (Step _ I2)].
      apply Rplus_le_compat; [apply frobenius_mul; [lra|exact BV]|exact F].
    + rewrite C2; eapply Rle_trans; [apply frobenius_add|].
      assert (R1 : frobenius d (mul d (V l) (msub (msub (chain d V l) (chain d W l))
        (chain_slope d W D l)))
        <= b * (b ^ l * total l g ^ 2 / 2)).
      { eapply Rle_trans; [apply (frobenius_mul d _ _ b); [lra|exact BV]|].
        apply Rmult_le_compat_l; lra. }
      assert (R2 : frobenius d (mul d (D l) (chain_slope d W D l)) <= g l * (b ^ l * total l g)).
      { eapply Rle_trans; [apply (frobenius_mul d _ _ (g l)); [exact G0|]|apply Rmult_le_compat_l; lra].
        apply bounded_frobenius_square. }
      eapply Rle_trans; [apply Rplus_le_compat; [exact R1|exact R2]|].
      simpl total; simpl pow.
      assert (0 <= (b - 1) * (g l * (b ^ l * total l g))).
      { repeat apply Rmult_le_pos; lra. }
      assert (0 <= b * (b ^ l * (g l * g l))) by (repeat apply Rmult_le_pos; lra).
      lra.
Qed.

(** The same with any b > 0 and one factor less for each layer that is left out. *)
Lemma equal_layers : forall d W D b n,
  let V := fun k => madd (W k) (D k) in
  let g := fun k => frobenius d (D k) in
  0 < b -> (forall k, (k < n)%nat -> bounded d (W k) (b ^ 2) /\ bounded d (V k) (b ^ 2)) ->
  forall l, (l <= n)%nat ->
  b * frobenius d (chain_slope d W D l) <= b ^ l * total l g /\
  b * frobenius d (msub (chain d V l) (chain d W l)) <= b ^ l * total l g /\
  b ^ 2 * frobenius d (msub (msub (chain d V l) (chain d W l)) (chain_slope d W D l))
    <= b ^ l * total l g ^ 2 / 2.
Proof.
  intros d W D b n V g Hb HB; induction l as [|l IH]; intros Hl.
  - rewrite chain_zero_change; simpl chain_slope; simpl total.
    replace (msub (msub (chain d V 0) (chain d W 0)) (fun _ _ : nat => 0))
      with (msub (chain d V 0) (chain d W 0))
      by (pointwise i; pointwise j; unfold msub; simpl; ring).
    rewrite chain_zero_change, frobenius_zero; simpl; lra.
  - assert (C1 := chain_change d W D l); assert (C2 := chain_remainder d W D l).
    cbv zeta in C1, C2; fold V in C1, C2.
    destruct (IH ltac:(lia)) as [I1 [I2 I3]]; destruct (HB l ltac:(lia)) as [BW BV].
    assert (BC : bounded d (chain d W l) ((b ^ l) ^ 2))
      by (apply bounded_chain; [lra|intros k Hk; apply (HB k); lia]).
    assert (P0 : 0 < b ^ l) by (apply pow_lt; exact Hb).
    assert (G0 : 0 <= g l) by apply frobenius_nonneg.
    assert (F : frobenius d (mul d (D l) (chain d W l)) <= g l * b ^ l)
      by (apply frobenius_mul_r; [lra|exact BC]).
    assert (Step : forall M A, bounded d A (b ^ 2) -> b * frobenius d M <= b ^ l * total l g ->
      b * frobenius d (madd (mul d A M) (mul d (D l) (chain d W l))) <= b ^ S l * total (S l) g).
    { intros M A HA HM.
      apply Rle_trans with (b * (b * frobenius d M + g l * b ^ l)).
      - apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [apply frobenius_add|].
        apply Rplus_le_compat; [apply frobenius_mul; [lra|exact HA]|exact F].
      - apply (Rmult_le_compat_l b) in HM; [|lra]; simpl; lra. }
    split; [|split].
    + simpl chain_slope; apply Step; assumption.
    + rewrite C1; apply Step; assumption.
    + rewrite C2.
      assert (R1 := frobenius_mul d (V l) (msub (msub (chain d V l) (chain d W l))
        (chain_slope d W D l))
        b ltac:(lra) BV).
      assert (R2 : frobenius d (mul d (D l) (chain_slope d W D l)) <= g l * frobenius d
        (chain_slope d W D l))
        by (apply frobenius_mul; [exact G0|apply bounded_frobenius_square]).
      set (h := frobenius d (msub (msub (chain d V l) (chain d W l)) (chain_slope d W D l))) in *.
      set (f := frobenius d (chain_slope d W D l)) in *.
      apply Rle_trans with (b ^ 2 * (b * h + g l * f)).
      { apply Rmult_le_compat_l; [apply pow2_ge_0|]; eapply Rle_trans; [apply frobenius_add|lra]. }
      apply (Rmult_le_compat_l b) in I3; [|lra].
      apply (Rmult_le_compat_l (b * g l)) in I1; [|apply Rmult_le_pos; lra].
      assert (0 <= b * b ^ l * (g l) ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos;
        lra|apply pow2_ge_0]).
      simpl total; simpl pow in *; lra.
Qed.

(** All layers: m bounds the product of the inner ones, c the last layer after the step. *)
Lemma whole_change : forall d W D b c n,
  let V := fun k => madd (W k) (D k) in
  let s := total n (fun k => frobenius d (D k)) in
  let v := frobenius d (D n) in
  let m := b ^ n in
  1 <= b -> 0 <= c -> (forall k, (k < n)%nat -> bounded d (W k) (b ^ 2) /\ bounded d (V k) (b ^ 2)) ->
  bounded d (V n) (c ^ 2) ->
  frobenius d (msub (chain d V (S n)) (chain d W (S n))) <= c * m * s + m * v /\
  frobenius d (msub (msub (chain d V (S n)) (chain d W (S n))) (chain_slope d W D (S n)))
    <= c * m * s ^ 2 / 2 + m * v * s.
Proof.
  intros d W D b c n V s v m Hb Hc HB Hn.
  assert (C1 := chain_change d W D n); assert (C2 := chain_remainder d W D n).
  cbv zeta in C1, C2; fold V in C1, C2.
  destruct (inner_layers d W D b n Hb HB n (Nat.le_refl n)) as [I1 [I2 I3]]; fold V s m in I1, I2, I3.
  assert (BC : bounded d (chain d W n) (m ^ 2))
    by (apply bounded_chain; [lra|intros k Hk; apply (HB k); exact Hk]).
  assert (M0 : 1 <= m) by (apply pow_R1_Rle; exact Hb).
  assert (V0 : 0 <= v) by apply frobenius_nonneg.
  split.
  - rewrite C1; eapply Rle_trans; [apply frobenius_add|].
    apply Rplus_le_compat.
    + eapply Rle_trans; [apply (frobenius_mul d _ _ c Hc Hn)|].
      rewrite Rmult_assoc; apply Rmult_le_compat_l; assumption.
    + rewrite Rmult_comm; apply frobenius_mul_r; [lra|exact BC].
  - rewrite C2; eapply Rle_trans; [apply frobenius_add|].
    apply Rplus_le_compat.
    + eapply Rle_trans; [apply (frobenius_mul d _ _ c Hc Hn)|].
      replace (c * m * s ^ 2 / 2) with (c * (m * s ^ 2 / 2)) by (unfold Rdiv; ring).
      apply Rmult_le_compat_l; assumption.
    + eapply Rle_trans; [apply (frobenius_mul d _ _ v V0)|].
      * apply bounded_frobenius_square.
      * replace (m * v * s) with (v * (m * s)) by ring; apply Rmult_le_compat_l; assumption.
Qed.

(** The loss after the step. *)
Lemma loss_expansion : forall d n Phi W D p h,
  let V := fun k => madd (W k) (D k) in
  frobenius d (msub (chain d V (S n)) (chain d W (S n))) <= p ->
  frobenius d (msub (msub (chain d V (S n)) (chain d W (S n))) (chain_slope d W D (S n))) <= h ->
  loss d (S n) Phi V <= loss d (S n) Phi W
    + total (S n) (fun l => inner d (gradient d (S n) Phi W l) (D l))
    + frobenius d (residual d (S n) Phi W) * h + p ^ 2 / 2.
Proof.
  intros d n Phi W D p h V Hp Hh.
  set (E := residual d (S n) Phi W).
  set (Q := msub (chain d V (S n)) (chain d W (S n))) in *.
  set (T := chain_slope d W D (S n)) in *.
  assert (EV : residual d (S n) Phi V = madd E Q).
  { pointwise i; pointwise j; unfold E, Q, residual, madd, msub; ring. }
  assert (EQ : Q = madd T (msub Q T)).
  { pointwise i; pointwise j; unfold madd, msub; ring. }
  assert (Sl : inner d E T = total (S n) (fun l => inner d (gradient d (S n) Phi W l) (D l)))
    by apply slope_is_gradient.
  assert (I1 : inner d E Q = inner d E T + inner d E (msub Q T)) by (rewrite EQ at 1;
    apply inner_add_r).
  assert (I2 : inner d E (msub Q T) <= frobenius d E * h).
  { eapply Rle_trans; [apply inner_below|]; apply Rmult_le_compat_l;
    [apply frobenius_nonneg|exact Hh]. }
  assert (I3 : inner d Q Q <= p ^ 2).
  { rewrite <- frobenius_square; apply pow_incr; split; [apply frobenius_nonneg|exact Hp]. }
  unfold loss; fold E; rewrite EV, inner_add_l, !inner_add_r, (inner_comm d Q E), <- Sl; lra.
Qed.
