(** The descent of wide networks: while B(t) holds each step multiplies the loss by a factor, and while it
    does the layers stay near the start. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Expansion Margin WideBlocks Wide.
Open Scope R_scope.

(** ** The gradient of one layer *)

Lemma back_block : forall d F k l E, same d (back d F l k E) (mul d (tr (block d F l k)) E).
Proof.
  intros d F; induction k as [|k IH]; intros l E.
  - unfold block; simpl; rewrite tr_unit; apply same_sym, mul_unit_l.
  - simpl back; apply same_trans with (mul d (tr (F l)) (mul d (tr (block d F (S l) k)) E)).
    + apply same_mul; [apply same_refl|apply IH].
    + rewrite <- mul_assoc, <- tr_mul; apply same_mul; [|apply same_refl].
      apply same_tr, same_sym, block_left.
Qed.

Lemma wide_gradient_block : forall d L Y F i,
  same d (gradient d (S L) Y F (S i))
    (mul d (mul d (tr (block d F (S (S i)) (L - S i))) (residual d (S L) Y F)) (tr (chain d F (S i)))).
Proof.
  intros d L Y F i; apply same_mul; [|apply same_refl].
  replace (S L - S (S i))%nat with (L - S i)%nat by lia; apply back_block.
Qed.

Lemma block_as_top : forall d L F i, (i < L)%nat -> block d F (S (S i)) (L - S i) = block d F (S L - (L - S i)) (L - S i).
Proof. intros; f_equal; lia. Qed.

Section Bounds.

Lemma wide_gradient_above : forall d p r L Y F s u l sigma tau M i,
  0 < s -> 0 <= u -> 0 <= sigma -> wide_bounds d p r L F s u l sigma tau M -> (i < L)%nat ->
  frobenius d (gradient d (S L) Y F (S i)) <= u ^ 2 * (sigma * s ^ (L - 1)) * frobenius d (residual d (S L) Y F).
Proof.
  intros d p r L Y F s u l sigma tau M i Hs Hu Hsg [Top [Bot _]] Hi.
  rewrite (frobenius_same d _ _ (wide_gradient_block d L Y F i)).
  assert (s1 : 0 < s ^ (L - S i)) by (apply pow_lt; exact Hs); assert (s2 : 0 < s ^ i) by (apply pow_lt; exact Hs).
  destruct (Top (L - S i)%nat ltac:(lia)) as [T _]; rewrite <- block_as_top in T by exact Hi.
  destruct (Bot i Hi) as [B _].
  assert (us : 0 <= u * sigma * s ^ i) by (repeat apply Rmult_le_pos; lra).
  assert (u1 : 0 <= u * s ^ (L - S i)) by (apply Rmult_le_pos; lra).
  eapply Rle_trans; [apply (frobenius_mul_r d _ _ (u * sigma * s ^ i) us)|].
  - apply bounded_tr; [apply pow2_ge_0|exact B].
  - apply Rle_trans with (u * s ^ (L - S i) * frobenius d (residual d (S L) Y F) * (u * sigma * s ^ i)).
    + apply Rmult_le_compat_r; [exact us|]; apply (frobenius_mul d _ _ _ u1).
      apply bounded_tr; [apply pow2_ge_0|exact T].
    + right; replace (L - 1)%nat with (L - S i + i)%nat by lia; rewrite pow_add; ring.
Qed.

Lemma rows_supported : forall d r A i, columns d r A -> (i < d)%nat -> supported d r (A i).
Proof. intros d r A i H Hi j Hj; apply H; assumption. Qed.

Lemma columns_mul : forall d r A B, columns d r B -> columns d r (mul d A B).
Proof. intros d r A B H i j Hi Hj; apply total_zero; intros k Hk; rewrite (H k j Hk Hj); ring. Qed.

Lemma wide_residual_shape : forall d p r L Y F, (1 <= L)%nat -> wide_shape d p r L Y F ->
  columns d r (residual d (S L) Y F) /\ columns d p (tr (residual d (S L) Y F)).
Proof.
  intros d p r L Y F HL [Yr [Yp [F0 FL]]]; split; intros i j Hi Hj; unfold residual, tr, msub.
  - rewrite (columns_chain d r F L F0 i j Hi Hj), (Yr i j Hi Hj); ring.
  - assert (E := Yp i j Hi Hj); unfold tr in E; rewrite E.
    change (chain d F (S L)) with (mul d (F L) (chain d F L)).
    replace (mul d (F L) (chain d F L) j i) with 0; [ring|symmetry; apply total_zero; intros k Hk].
    assert (Z := FL k j Hk Hj); unfold tr in Z; rewrite Z; ring.
Qed.

Lemma wide_gradient_below : forall d p r L Y F s u l sigma tau M i,
  0 < s -> wide_bounds d p r L F s u l sigma tau M -> wide_shape d p r L Y F -> (i < L)%nat ->
  (l ^ 2 * (tau * s ^ (L - 1))) ^ 2 * inner d (residual d (S L) Y F) (residual d (S L) Y F)
    <= inner d (gradient d (S L) Y F (S i)) (gradient d (S L) Y F (S i)).
Proof.
  intros d p r L Y F s u l sigma tau M i Hs [Top [Bot _]] Sh Hi.
  destruct (wide_residual_shape d p r L Y F ltac:(lia) Sh) as [Er Ep]; set (E := residual d (S L) Y F) in *.
  rewrite (inner_same d _ _ (wide_gradient_block d L Y F i)); fold E.
  destruct (Top (L - S i)%nat ltac:(lia)) as [_ T]; rewrite <- block_as_top in T by exact Hi.
  destruct (Bot i Hi) as [_ B].
  set (A := tr (block d F (S (S i)) (L - S i))) in *; set (C := chain d F (S i)) in *.
  assert (I1 : (l * s ^ (L - S i)) ^ 2 * inner d E E <= inner d (mul d A E) (mul d A E)).
  { rewrite !inner_columns, <- total_scal; apply total_le; intros j Hj.
    exact (T (fun k => E k j) (rows_supported d p (tr E) j Ep Hj)). }
  assert (I2 : (l * tau * s ^ i) ^ 2 * inner d (mul d A E) (mul d A E)
    <= inner d (mul d (mul d A E) (tr C)) (mul d (mul d A E) (tr C))).
  { unfold inner at 1 2; rewrite <- total_scal; apply total_le; intros j Hj.
    eapply Rle_trans; [apply (B (mul d A E j)), (rows_supported d r _ j); [apply columns_mul; exact Er|exact Hj]|].
    right; apply dot_ext; intros k _; unfold mv, mul; apply dot_comm. }
  eapply Rle_trans; [|exact I2].
  apply (Rmult_le_compat_l ((l * tau * s ^ i) ^ 2)) in I1; [|apply pow2_ge_0].
  eapply Rle_trans; [right|exact I1].
  replace (L - 1)%nat with (L - S i + i)%nat by lia; rewrite pow_add; ring.
Qed.

End Bounds.

(** ** One step *)

Lemma total_first : forall n f, total (S n) f = f 0%nat + total n (fun i => f (S i)).
Proof.
  induction n as [|n IH]; intros f; [simpl; ring|].
  change (total (S (S n)) f) with (total (S n) f + f (S n)); rewrite IH; simpl; ring.
Qed.

Lemma ordered_pairs : forall n g, (forall i, (i < n)%nat -> 0 <= g i) ->
  total n (fun l => g l * total l g) <= total n g ^ 2 / 2.
Proof.
  induction n as [|n IH]; intros g H; [simpl; lra|]; simpl total.
  specialize (IH g ltac:(auto with arith)); assert (0 <= g n ^ 2) by apply pow2_ge_0; simpl in *; lra.
Qed.

Definition wide_move (d L : nat) (Y : nat -> nat -> R) (eta : R) (F : nat -> nat -> nat -> R) (l : nat)
  : nat -> nat -> R :=
  match l with
  | O => fun _ _ => 0
  | S _ => mscal (- eta) (gradient d (S L) Y F l)
  end.

Lemma wide_step_move : forall d L Y eta F,
  wide_step d L Y eta F = fun k => madd (F k) (wide_move d L Y eta F k).
Proof.
  intros; pointwise k; pointwise i; pointwise j; destruct k; unfold wide_step, wide_move, layers_step, madd, msub, mscal; ring.
Qed.

Lemma move_norm : forall d L Y eta F i, 0 <= eta ->
  frobenius d (wide_move d L Y eta F (S i)) = eta * frobenius d (gradient d (S L) Y F (S i)).
Proof.
  intros d L Y eta F i He; rewrite <- (frobenius_scal d eta) by exact He; unfold frobenius; f_equal.
  unfold wide_move; rewrite !inner_scal_l, !inner_scal_r; ring.
Qed.

(** Of the layers after the step only the products at the top count, at most v s^q. *)
Lemma wide_changes : forall d p r L F D s u v l sigma tau M,
  let V := fun k => madd (F k) (D k) in
  let g := fun i => frobenius d (D (S i)) in
  (1 <= L)%nat -> 0 < s -> 0 <= u -> 0 <= v -> 0 <= sigma -> 0 <= M -> D 0%nat = (fun _ _ => 0) ->
  wide_bounds d p r L F s u l sigma tau M -> (forall q, (q < L)%nat -> bounded d (block d V (S L - q) q) ((v * s ^ q) ^ 2)) ->
  frobenius d (msub (chain d V (S L)) (chain d F (S L))) <= v * u * (sigma * s ^ (L - 1)) * total L g /\
  frobenius d (msub (msub (chain d V (S L)) (chain d F (S L))) (chain_slope d F D (S L)))
    <= v * u * (sigma * s ^ (L - 1)) * M / s * (total L g ^ 2 / 2).
Proof.
  intros d p r L F D s u v l sigma tau M V g HL Hs Hu Hv Hsg HM D0 [TF [BF MF]] TV.
  set (nu := sigma * s ^ (L - 1)).
  assert (sq : forall q, 0 < s ^ q) by (intros; apply pow_lt; exact Hs).
  assert (g0 : forall i, 0 <= g i) by (intros; apply frobenius_nonneg).
  assert (Zero : forall A B, frobenius d (mul d A (mul d (D 0%nat) B)) = 0).
  { intros A B; rewrite D0; transitivity (frobenius d (fun _ _ => 0)); [f_equal|apply frobenius_zero].
    pointwise i; pointwise j; apply total_zero; intros k _.
    replace (mul d (fun _ _ : nat => 0) B k j) with 0; [ring|symmetry; apply total_zero; intros; ring]. }
  assert (TopV : forall i, (i < L)%nat -> bounded d (block d V (S (S i)) (L - S i)) ((v * s ^ (L - S i)) ^ 2)).
  { intros i Hi; rewrite block_as_top by exact Hi; apply TV; lia. }
  assert (SlopeB : forall i, (i < L)%nat -> s * frobenius d (chain_slope d F D (S i))
    <= M * u * sigma * s ^ i * total i g).
  { intros i Hi.
    assert (T := telescoped d F (chain_slope d F D) (fun k => mul d (D k) (chain d F k)) (S i) (frobenius_zero d)
      (fun k _ => same_refl d _)).
    rewrite total_first, Zero, Rplus_0_l in T.
    apply (Rmult_le_compat_l s) in T; [|lra]; eapply Rle_trans; [exact T|].
    rewrite <- total_scal, <- total_scal; apply total_le; intros k Hk.
    replace (S i - S (S k))%nat with (i - S k)%nat by lia.
    assert (X := frobenius_three d (block d F (S (S k)) (i - S k)) (D (S k)) (chain d F (S k))
      (M * s ^ (i - S k)) (g k) (u * sigma * s ^ k)).
    eapply Rle_trans; [apply Rmult_le_compat_l; [lra|apply X]|].
    - apply Rmult_le_pos; [exact HM|left; apply sq].
    - apply Rmult_le_pos; [apply Rmult_le_pos; assumption|left; apply sq].
    - apply MF; lia.
    - apply BF; lia.
    - apply Rle_refl.
    - right; replace (s ^ i) with (s * (s ^ (i - S k) * s ^ k)); [ring|].
      rewrite <- pow_add; change (s * s ^ (i - S k + k)) with (s ^ S (i - S k + k)); f_equal; lia. }
  split.
  - assert (T := telescoped d V (fun k => msub (chain d V k) (chain d F k)) (fun k => mul d (D k) (chain d F k)) (S L)
      (chain_zero_change d V F)).
    eapply Rle_trans; [apply T|].
    + intros k _; assert (C := chain_change d F D k); cbv zeta in C; fold V in C; rewrite C; apply same_refl.
    + rewrite total_first, Zero, Rplus_0_l, <- total_scal; apply total_le; intros i Hi.
      replace (S L - S (S i))%nat with (L - S i)%nat by lia.
      eapply Rle_trans; [apply (frobenius_three d _ (D (S i)) _ (v * s ^ (L - S i)) (g i) (u * sigma * s ^ i))|].
      * apply Rmult_le_pos; [exact Hv|left; apply sq].
      * apply Rmult_le_pos; [apply Rmult_le_pos; assumption|left; apply sq].
      * apply TopV; exact Hi.
      * apply BF; exact Hi.
      * apply Rle_refl.
      * right; unfold nu; replace (L - 1)%nat with (L - S i + i)%nat by lia; rewrite pow_add; ring.
  - assert (T := telescoped d V (fun k => msub (msub (chain d V k) (chain d F k)) (chain_slope d F D k))
      (fun k => mul d (D k) (chain_slope d F D k)) (S L)).
    eapply Rle_trans; [apply T|].
    + simpl chain_slope; transitivity (frobenius d (msub (chain d V 0) (chain d F 0))); [f_equal|apply chain_zero_change].
      pointwise i; pointwise j; unfold msub; ring.
    + intros k _; assert (C := chain_remainder d F D k); cbv zeta in C; fold V in C; rewrite C; apply same_refl.
    + rewrite total_first, Zero, Rplus_0_l.
      apply Rle_trans with (total L (fun i => v * u * nu * M / s * (g i * total i g))).
      * apply total_le; intros i Hi; replace (S L - S (S i))%nat with (L - S i)%nat by lia.
        specialize (SlopeB i Hi).
        eapply Rle_trans; [apply (frobenius_mul d _ _ (v * s ^ (L - S i)))|].
        -- apply Rmult_le_pos; [exact Hv|left; apply sq].
        -- apply TopV; exact Hi.
        -- assert (Q : frobenius d (mul d (D (S i)) (chain_slope d F D (S i)))
             <= g i * frobenius d (chain_slope d F D (S i)))
             by (apply frobenius_mul; [apply g0|apply bounded_frobenius_square]).
           apply Rle_trans with (v * s ^ (L - S i) * (g i * frobenius d (chain_slope d F D (S i)))).
           { apply Rmult_le_compat_l; [apply Rmult_le_pos; [exact Hv|left; apply sq]|exact Q]. }
           apply (Rmult_le_reg_l s); [exact Hs|].
           replace (s * (v * s ^ (L - S i) * (g i * frobenius d (chain_slope d F D (S i)))))
             with (v * s ^ (L - S i) * g i * (s * frobenius d (chain_slope d F D (S i)))) by ring.
           eapply Rle_trans; [apply Rmult_le_compat_l; [|exact SlopeB]|].
           { apply Rmult_le_pos; [apply Rmult_le_pos; [exact Hv|left; apply sq]|apply g0]. }
           right; unfold nu; replace (L - 1)%nat with (L - S i + i)%nat by lia; rewrite pow_add; field; lra.
      * rewrite total_scal; apply Rmult_le_compat_l.
        -- assert (0 < / s) by (apply Rinv_0_lt_compat; exact Hs); assert (0 <= v * u) by (apply Rmult_le_pos; assumption).
           assert (0 <= nu) by (apply Rmult_le_pos; [exact Hsg|left; apply sq]).
           unfold Rdiv; apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos|]|]; lra.
        -- apply ordered_pairs; intros; apply g0.
Qed.

(** ** The loss after one step *)

Lemma wide_one_step : forall d p r L Y F eta s u l sigma tau M e0 theta,
  let V := wide_step d L Y eta F in
  (1 <= L)%nat -> 0 < s -> 0 <= u -> 0 <= sigma -> 0 <= M -> 0 <= eta -> 0 <= theta ->
  wide_shape d p r L Y F ->
  wide_bounds d p r L F s u l sigma tau M -> wide_bounds d p r L V s u l sigma tau M ->
  frobenius d (residual d (S L) Y F) <= e0 ->
  let nu := sigma * s ^ (L - 1) in let mu := tau * s ^ (L - 1) in
  eta * INR L * u ^ 4 * nu ^ 2 / 2 + eta * INR L * u ^ 2 * nu * M * e0 / (2 * s) + theta <= 1 ->
  loss d (S L) Y V <= (1 - 2 * theta * eta * INR L * l ^ 4 * mu ^ 2) * loss d (S L) Y F.
Proof.
  intros d p r L Y F eta s u l sigma tau M e0 theta V HL Hs Hu Hsg HM He Hth Sh BF BV HE nu mu Hc.
  set (D := wide_move d L Y eta F).
  assert (EV : V = fun k => madd (F k) (D k)) by apply wide_step_move.
  set (G := fun i => gradient d (S L) Y F (S i)).
  set (g := fun i => frobenius d (D (S i))).
  rewrite EV in BV.
  destruct (wide_changes d p r L F D s u u l sigma tau M HL Hs Hu Hu Hsg HM eq_refl BF (fun q Hq => proj1 (proj1 BV q Hq))) as [C1 C2].
  replace (u * u) with (u ^ 2) in C1, C2 by ring; fold g nu in C1, C2; rewrite EV.
  assert (X := loss_expansion d L Y F D _ _ C1 C2).
  set (Gamma := total L (fun i => inner d (G i) (G i))).
  assert (Sl : total (S L) (fun k => inner d (gradient d (S L) Y F k) (D k)) = - eta * Gamma).
  { rewrite total_first; change (D 0%nat) with (fun _ _ : nat => 0).
    replace (inner d (gradient d (S L) Y F 0) (fun _ _ => 0)) with 0
      by (symmetry; apply total_zero; intros i _; apply total_zero; intros; ring).
    unfold Gamma; rewrite <- total_scal, Rplus_0_l; apply total_ext; intros i _.
    change (D (S i)) with (mscal (- eta) (G i)); apply inner_scal_r. }
  rewrite Sl in X.
  assert (gG : forall i, g i ^ 2 = eta ^ 2 * inner d (G i) (G i)).
  { intros i; unfold g, D; rewrite move_norm by exact He; rewrite Rpow_mult_distr, frobenius_square; reflexivity. }
  assert (SS : total L g ^ 2 <= INR L * (eta ^ 2 * Gamma)).
  { eapply Rle_trans; [apply total_cauchy|]; apply Rmult_le_compat_l; [apply pos_INR|].
    unfold Gamma; rewrite <- total_scal; right; apply total_ext; intros; apply gG. }
  assert (Gam0 : 0 <= Gamma) by (apply total_nonneg; intros; apply inner_nonneg).
  assert (nu0 : 0 <= nu) by (apply Rmult_le_pos; [exact Hsg|apply pow_le; lra]).
  assert (S2 : 0 <= total L g ^ 2) by apply pow2_ge_0.
  assert (Fr := frobenius_nonneg d (residual d (S L) Y F)).
  assert (s0 : 0 < / s) by (apply Rinv_0_lt_compat; exact Hs).
  assert (K0 : 0 <= u ^ 2 * nu * M / s).
  { assert (0 <= u ^ 2) by apply pow2_ge_0; unfold Rdiv.
    apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos|]|]; lra. }
  assert (h0 : 0 <= u ^ 2 * nu * M / s * (total L g ^ 2 / 2)) by (apply Rmult_le_pos; lra).
  assert (T1 : frobenius d (residual d (S L) Y F) * (u ^ 2 * nu * M / s * (total L g ^ 2 / 2))
    <= eta * INR L * u ^ 2 * nu * M * e0 / (2 * s) * (eta * Gamma)).
  { apply Rle_trans with (e0 * (u ^ 2 * nu * M / s * (INR L * (eta ^ 2 * Gamma) / 2))).
    - apply Rmult_le_compat; try assumption; apply Rmult_le_compat_l; [exact K0|lra].
    - right; field; lra. }
  assert (T2 : (u ^ 2 * nu * total L g) ^ 2 / 2 <= eta * INR L * u ^ 4 * nu ^ 2 / 2 * (eta * Gamma)).
  { replace ((u ^ 2 * nu * total L g) ^ 2 / 2) with (u ^ 4 * nu ^ 2 / 2 * total L g ^ 2) by field.
    replace (eta * INR L * u ^ 4 * nu ^ 2 / 2 * (eta * Gamma)) with (u ^ 4 * nu ^ 2 / 2 * (INR L * (eta ^ 2 * Gamma))) by field.
    apply Rmult_le_compat_l; [|exact SS].
    assert (0 <= u ^ 4) by (apply pow_le; exact Hu); assert (0 <= nu ^ 2) by apply pow2_ge_0.
    assert (0 <= u ^ 4 * nu ^ 2) by (apply Rmult_le_pos; assumption); lra. }
  assert (Low : INR L * ((l ^ 2 * mu) ^ 2 * (2 * loss d (S L) Y F)) <= Gamma).
  { rewrite <- total_const; apply total_le; intros i Hi.
    assert (Y1 := wide_gradient_below d p r L Y F s u l sigma tau M i Hs BF Sh Hi); fold mu in Y1.
    unfold loss; eapply Rle_trans; [right|exact Y1]; field. }
  assert (eG : 0 <= eta * Gamma) by (apply Rmult_le_pos; assumption).
  apply (Rmult_le_compat_r (eta * Gamma)) in Hc; [|exact eG].
  assert (Low' : theta * eta * (INR L * ((l ^ 2 * mu) ^ 2 * (2 * loss d (S L) Y F))) <= theta * eta * Gamma)
    by (apply Rmult_le_compat_l; [apply Rmult_le_pos; assumption|exact Low]).
  replace ((1 - 2 * theta * eta * INR L * l ^ 4 * mu ^ 2) * loss d (S L) Y F)
    with (loss d (S L) Y F - theta * eta * (INR L * ((l ^ 2 * mu) ^ 2 * (2 * loss d (S L) Y F)))) by ring.
  lra.
Qed.
