(** The deterministic theorem on wide networks, and the constants of Du and Hu and of Hu, Xiao and
    Pennington. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Expansion Margin WideBlocks Wide WideDescent.
Open Scope R_scope.

Lemma shape_of_step : forall d p r L Y eta F, (1 <= L)%nat -> wide_shape d p r L Y F ->
  wide_shape d p r L Y (wide_step d L Y eta F).
Proof.
  intros d p r L Y eta F HL Sh; destruct (wide_residual_shape d p r L Y F HL Sh) as [_ Ep].
  destruct Sh as [Yr [Yp [F0 FL]]]; split; [exact Yr|split; [exact Yp|split; [exact F0|]]].
  destruct L as [|n]; [lia|]; intros i j Hi Hj.
  change (tr (wide_step d (S n) Y eta F (S n)) i j)
    with (F (S n) j i - eta * gradient d (S (S n)) Y F (S n) j i).
  assert (Z := FL i j Hi Hj); unfold tr in Z; rewrite Z.
  replace (gradient d (S (S n)) Y F (S n) j i) with 0; [ring|symmetry].
  unfold gradient; rewrite back_last; apply total_zero; intros k Hk.
  assert (Q := Ep k j Hk Hj); unfold tr in Q; rewrite Q; ring.
Qed.

Lemma rate_sum : forall c n, 0 < c <= 1 -> c * total n (fun t => (1 - c) ^ t) <= 1.
Proof.
  intros c n Hc.
  assert (E : c * total n (fun t => (1 - c) ^ t) = 1 - (1 - c) ^ n)
    by (induction n as [|n IH]; simpl; [ring|rewrite Rmult_plus_distr_l, IH; ring]).
  assert (0 <= (1 - c) ^ n) by (apply pow_le; lra); lra.
Qed.

(** With e0 the error at the start, nu = sigma s^(L-1) and mu = tau s^(L-1), the extreme singular values of the
    data in the output's scale. *)
Theorem wide_descent_rate : forall d p r L Y F eta s a b u l sigma tau M M' radius theta nu mu t,
  (1 <= L)%nat -> 0 < s -> 1 <= a -> 0 < tau <= sigma -> 1 <= M -> 0 <= radius -> 0 < l <= b -> b <= a ->
  0 < eta -> 0 < theta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s a b sigma tau M ->
  a * (1 + radius * M / s) ^ L <= u -> M * (1 + radius * M / s) ^ L <= M' ->
  a * sigma * ((1 + radius * M / s) ^ L - 1) <= (b - l) * tau ->
  eta * INR L * u ^ 4 * nu ^ 2 / 2
    + eta * INR L * u ^ 2 * nu * M' * frobenius d (residual d (S L) Y F) / (2 * s) + theta <= 1 ->
  u ^ 2 * nu * frobenius d (residual d (S L) Y F) <= radius * (theta * INR L * l ^ 4 * mu ^ 2) ->
  loss d (S L) Y (wide_descent d L Y eta F t)
    <= (1 - 2 * theta * eta * INR L * l ^ 4 * mu ^ 2) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius.
Proof.
  intros d p r L Y F eta s a b u l sigma tau M M' radius theta nu mu t HL Hs Ha Hst HM HR Hl Hba He Hth Enu Emu
    Sh B0 Hu HM' Hb Hc HRad.
  set (x := radius * M / s) in *.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (x0 : 0 <= x).
  { unfold x; apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; exact Hs]. }
  assert (xL : 1 <= (1 + x) ^ L) by (apply pow_R1_Rle; lra).
  assert (ua : a <= u) by (assert (a * 1 <= a * (1 + x) ^ L) by (apply Rmult_le_compat_l; lra); lra).
  assert (M1 : M <= M') by (assert (M * 1 <= M * (1 + x) ^ L) by (apply Rmult_le_compat_l; lra); lra).
  assert (nu0 : 0 < nu) by (rewrite Enu; apply Rmult_lt_0_compat; lra).
  assert (mu0 : 0 < mu <= nu).
  { rewrite Emu, Enu; split; [apply Rmult_lt_0_compat|apply Rmult_le_compat_r]; lra. }
  assert (Hb2 : a * ((1 + x) ^ L - 1) <= b - l).
  { apply (Rmult_le_reg_r sigma); [lra|].
    assert ((b - l) * tau <= (b - l) * sigma) by (apply Rmult_le_compat_l; lra); lra. }
  set (e0 := frobenius d (residual d (S L) Y F)) in *.
  assert (e00 : 0 <= e0) by apply frobenius_nonneg.
  set (z := eta * INR L * l ^ 4 * mu ^ 2).
  assert (eL : 0 < eta * INR L) by (apply Rmult_lt_0_compat; lra).
  assert (l4 : 0 < l ^ 4) by (apply pow_lt; lra); assert (m2 : 0 < mu ^ 2) by (apply pow_lt; lra).
  assert (z0 : 0 < z) by (unfold z; repeat apply Rmult_lt_0_compat; lra).
  assert (zu : z <= eta * INR L * u ^ 4 * nu ^ 2).
  { unfold z; apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra| |apply pow_incr; lra].
    apply Rmult_le_compat_l; [lra|apply pow_incr; lra]. }
  assert (q0 : 0 <= eta * INR L * u ^ 2 * nu * M' * e0 / (2 * s)).
  { assert (0 <= u ^ 2) by apply pow2_ge_0.
    apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; lra].
    apply Rmult_le_pos; [|exact e00]; apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; [|lra].
    apply Rmult_le_pos; lra. }
  assert (zt : z <= 2 * (1 - theta)) by lra.
  set (rho := 2 * theta * eta * INR L * l ^ 4 * mu ^ 2) in *.
  assert (Erho : rho = 2 * theta * z) by (unfold rho, z; ring).
  assert (rho0 : 0 < rho) by (rewrite Erho; apply Rmult_lt_0_compat; lra).
  assert (rho1 : rho <= 1).
  { assert (theta * z <= theta * (2 * (1 - theta))) by (apply Rmult_le_compat_l; lra).
    assert (0 <= (1 - 2 * theta) ^ 2) by apply pow2_ge_0; simpl in *; lra. }
  set (c := rho / 2); set (W := wide_descent d L Y eta F).
  assert (c01 : 0 < c <= 1) by (unfold c; lra).
  assert (Radius : forall n, eta * (u ^ 2 * nu * e0) * total n (fun t => (1 - c) ^ t) <= radius).
  { intros n; assert (S := rate_sum c n c01).
    assert (T0 : 0 <= total n (fun t => (1 - c) ^ t)) by (apply total_nonneg; intros; apply pow_le; lra).
    assert (K : eta * (u ^ 2 * nu * e0) <= radius * c).
    { unfold c; rewrite Erho; unfold z; apply (Rmult_le_compat_l eta) in HRad; lra. }
    apply Rle_trans with (radius * c * total n (fun t => (1 - c) ^ t)); [apply Rmult_le_compat_r; assumption|].
    rewrite Rmult_assoc; rewrite <- (Rmult_1_r radius) at 2; apply Rmult_le_compat_l; assumption. }
  assert (Main : forall n,
    (forall i, (1 <= i <= L)%nat -> frobenius d (msub (W n i) (F i))
      <= eta * (u ^ 2 * nu * e0) * total n (fun t => (1 - c) ^ t)) /\
    frobenius d (residual d (S L) Y (W n)) <= (1 - c) ^ n * e0 /\
    loss d (S L) Y (W n) <= (1 - rho) ^ n * loss d (S L) Y F /\
    wide_shape d p r L Y (W n) /\ W n 0%nat = F 0%nat).
  { assert (Kept : forall n, (forall i, (1 <= i <= L)%nat -> frobenius d (msub (W n i) (F i))
        <= eta * (u ^ 2 * nu * e0) * total n (fun t => (1 - c) ^ t)) -> W n 0%nat = F 0%nat ->
      wide_bounds d p r L (W n) s u l sigma tau M').
    { intros n Hn H0; apply (bounds_kept d p r L F (W n) s a b u l sigma tau M M' radius); auto; try lra.
      intros i Hi; eapply Rle_trans; [apply Hn; exact Hi|apply Radius]. }
    induction n as [|n [I1 [I2 [I3 [I4 I5]]]]].
    - split; [|split; [|split; [|split; [exact Sh|reflexivity]]]].
      + intros i Hi; simpl total; rewrite Rmult_0_r; right.
        transitivity (frobenius d (fun _ _ => 0)); [f_equal|apply frobenius_zero].
        pointwise j; pointwise k; unfold W, msub; simpl; ring.
      + unfold W; simpl; fold e0; lra.
      + unfold W; simpl; lra.
    - assert (Bn := Kept n I1 I5).
      assert (cn : 0 <= (1 - c) ^ n <= 1).
      { split; [apply pow_le; lra|]; apply Rle_trans with (1 ^ n); [apply pow_incr; lra|rewrite pow1; lra]. }
      assert (En : frobenius d (residual d (S L) Y (W n)) <= e0).
      { eapply Rle_trans; [exact I2|]; rewrite <- (Rmult_1_l e0) at 2; apply Rmult_le_compat_r; lra. }
      assert (J1 : forall i, (1 <= i <= L)%nat -> frobenius d (msub (W (S n) i) (F i))
        <= eta * (u ^ 2 * nu * e0) * total (S n) (fun t => (1 - c) ^ t)).
      { intros [|i] Hi; [lia|].
        assert (E : msub (W (S n) (S i)) (F (S i))
          = madd (msub (W n (S i)) (F (S i))) (mscal (- eta) (gradient d (S L) Y (W n) (S i)))).
        { pointwise j; pointwise k; change (W (S n) (S i)) with (layers_step d (S L) Y eta (W n) (S i)).
          unfold layers_step, madd, msub, mscal; ring. }
        rewrite E; eapply Rle_trans; [apply frobenius_add|]; simpl total; rewrite Rmult_plus_distr_l.
        apply Rplus_le_compat; [apply I1; exact Hi|].
        assert (Gn := wide_gradient_above d p r L Y (W n) s u l sigma tau M' i Hs ltac:(lra) ltac:(lra) Bn ltac:(lia)).
        rewrite <- Enu in Gn.
        assert (Mo := move_norm d L Y eta (W n) i ltac:(lra)).
        change (wide_move d L Y eta (W n) (S i)) with (mscal (- eta) (gradient d (S L) Y (W n) (S i))) in Mo.
        rewrite Mo; replace (eta * (u ^ 2 * nu * e0) * (1 - c) ^ n) with (eta * (u ^ 2 * nu * ((1 - c) ^ n * e0))) by ring.
        apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [exact Gn|].
        apply Rmult_le_compat_l; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|exact I2]. }
      assert (J5 : W (S n) 0%nat = F 0%nat) by exact I5.
      assert (Bn' := Kept (S n) J1 J5).
      assert (One := wide_one_step d p r L Y (W n) eta s u l sigma tau M' e0 theta HL Hs ltac:(lra) ltac:(lra)
        ltac:(lra) ltac:(lra) ltac:(lra) I4 Bn Bn' En).
      cbv zeta in One; rewrite <- Enu, <- Emu in One.
      specialize (One Hc); fold rho in One; change (wide_step d L Y eta (W n)) with (W (S n)) in One.
      split; [exact J1|split; [|split; [|split; [|exact J5]]]].
      + apply below_by_square; [apply Rmult_le_pos; [apply pow_le; lra|exact e00]|].
        rewrite !loss_frobenius in One.
        assert (F1 := frobenius_nonneg d (residual d (S L) Y (W n))).
        assert (P : frobenius d (residual d (S L) Y (W n)) ^ 2 <= ((1 - c) ^ n * e0) ^ 2)
          by (apply pow_incr; split; assumption).
        replace (((1 - c) ^ S n * e0) ^ 2) with ((1 - c) ^ 2 * ((1 - c) ^ n * e0) ^ 2) by (simpl; ring).
        apply Rle_trans with ((1 - c) ^ 2 * frobenius d (residual d (S L) Y (W n)) ^ 2);
          [|apply Rmult_le_compat_l; [apply pow2_ge_0|exact P]].
        apply Rle_trans with ((1 - rho) * frobenius d (residual d (S L) Y (W n)) ^ 2); [lra|].
        apply Rmult_le_compat_r; [apply pow2_ge_0|].
        replace ((1 - c) ^ 2) with (1 - rho + c ^ 2) by (unfold c; field).
        assert (0 <= c ^ 2) by apply pow2_ge_0; lra.
      + eapply Rle_trans; [exact One|]; change ((1 - rho) ^ S n) with ((1 - rho) * (1 - rho) ^ n).
        rewrite Rmult_assoc; apply Rmult_le_compat_l; [lra|exact I3].
      + apply (shape_of_step d p r L Y eta (W n) HL I4). }
  destruct (Main t) as [Q1 [_ [Q3 _]]]; split; [exact Q3|].
  intros i Hi; eapply Rle_trans; [apply Q1; exact Hi|apply Radius].
Qed.
