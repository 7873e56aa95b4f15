(** One step: Claim 7.3 of Du and Hu, for the norm of the error, and Claim 4.5 of Hu, Xiao and Pennington; nu, mu and s as in
    WideClaims.v.

    The error is multiplied by I - eta P, P symmetric with eigenvalues between L l^4 mu^2 and L u^4 nu^2, up to higher orders. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Expansion ErrorStep ZasNumbers Margin WideBlocks Wide WideDescent WideTheorem WideClaims OrthogonalClaims.
Open Scope R_scope.

(** ** Shapes *)

Lemma mul_zero_r : forall d A i j, mul d A (fun _ _ => 0) i j = 0.
Proof. intros; apply total_zero; intros; ring. Qed.

Lemma slope_columns : forall d r F D k, columns d r (F 0%nat) -> D 0%nat = (fun _ _ => 0) ->
  columns d r (chain_slope d F D (S k)).
Proof.
  intros d r F D k H0 HD; induction k as [|k IH]; intros i j Hi Hj.
  - simpl; unfold madd; rewrite mul_zero_r, HD, Rplus_0_l; apply total_zero; intros; ring.
  - change (chain_slope d F D (S (S k))) with (madd (mul d (F (S k)) (chain_slope d F D (S k))) (mul d (D (S k)) (chain d F (S k)))).
    unfold madd; rewrite (columns_mul d r _ _ IH i j Hi Hj), (columns_mul d r _ _ (columns_chain d r F k H0) i j Hi Hj); ring.
Qed.

Lemma rows_mul : forall d p A B, columns d p (tr A) -> columns d p (tr (mul d A B)).
Proof.
  intros d p A B H i j Hi Hj; unfold tr; apply total_zero; intros k Hk; assert (Z := H k j Hk Hj); unfold tr in Z; rewrite Z; ring.
Qed.

Lemma columns_add : forall d p A B, columns d p A -> columns d p B -> columns d p (madd A B).
Proof. intros d p A B HA HB i j Hi Hj; unfold madd; rewrite HA, HB by assumption; ring. Qed.

(** An error of the right shape is the residual of some target. *)
Lemma shaped_target : forall d p r L Y F G, (1 <= L)%nat -> wide_shape d p r L Y F -> columns d r G -> columns d p (tr G) ->
  wide_shape d p r L (msub (chain d F (S L)) G) F.
Proof.
  intros d p r L Y F G HL [_ [_ [F0 FL]]] Gr Gp; split; [|split; [|split; assumption]]; intros i j Hi Hj; unfold tr, msub.
  - rewrite (columns_chain d r F L F0 i j Hi Hj), (Gr i j Hi Hj); ring.
  - assert (Z := Gp i j Hi Hj); unfold tr in Z; rewrite Z.
    change (chain d F (S L)) with (mul d (F L) (chain d F L)).
    assert (X := rows_mul d p (F L) (chain d F L) FL i j Hi Hj); unfold tr in X; rewrite X; ring.
Qed.

Lemma shape_kept : forall d p r L Y eta F t, (1 <= L)%nat -> wide_shape d p r L Y F ->
  wide_shape d p r L Y (wide_descent d L Y eta F t).
Proof. intros d p r L Y eta F t HL H; induction t as [|t IH]; [exact H|apply shape_of_step; assumption]. Qed.

(** ** The first order *)

Lemma wide_first_order : forall d p r L Y F eta s u l sigma tau M nu mu,
  (1 <= L)%nat -> 0 < s -> 0 <= u -> 0 <= sigma -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s u l sigma tau M ->
  eta * INR L * (u ^ 2 * nu) ^ 2 <= 1 -> eta * INR L * (l ^ 2 * mu) ^ 2 < 1 ->
  frobenius d (madd (residual d (S L) Y F) (chain_slope d F (wide_move d L Y eta F) (S L)))
    <= (1 - eta * INR L * (l ^ 2 * mu) ^ 2) * frobenius d (residual d (S L) Y F).
Proof.
  intros d p r L Y F eta s u l sigma tau M nu mu HL Hs Hu Hsg He Enu Emu Sh Bd Hup Hlow.
  set (E := residual d (S L) Y F); set (etas := fun k : nat => match k with O => 0 | S _ => eta end).
  set (K := madd E (chain_slope d F (wide_move d L Y eta F) (S L))).
  assert (EK : K = madd E (chain_slope d F (fun k => mscal (- etas k) (error_gradient d L F E k)) (S L))).
  { unfold K; do 2 f_equal; pointwise k; destruct k as [|k].
    - pointwise i; pointwise j; unfold wide_move, mscal, etas; ring.
    - unfold wide_move, etas, E; rewrite gradient_of_error; reflexivity. }
  assert (Terms : forall G, total (S L) (fun k => etas k * inner d (error_gradient d L F G k) (error_gradient d L F G k))
    = eta * total L (fun k => inner d (error_gradient d L F G (S k)) (error_gradient d L F G (S k)))).
  { intros G; rewrite total_first, <- total_scal; unfold etas; ring. }
  assert (Up : forall G, total (S L) (fun k => etas k * inner d (error_gradient d L F G k) (error_gradient d L F G k)) <= inner d G G).
  { intros G; rewrite Terms; apply Rle_trans with (eta * (INR L * ((u ^ 2 * nu) ^ 2 * inner d G G))).
    - apply Rmult_le_compat_l; [lra|]; rewrite <- total_const; apply total_le; intros k Hk.
      assert (A := wide_gradient_above d p r L (msub (chain d F (S L)) G) F s u l sigma tau M k Hs Hu Hsg Bd Hk).
      rewrite error_residual, <- Enu in A; rewrite <- !frobenius_square, <- Rpow_mult_distr.
      apply pow_incr; split; [apply frobenius_nonneg|exact A].
    - replace (eta * (INR L * ((u ^ 2 * nu) ^ 2 * inner d G G))) with (eta * INR L * (u ^ 2 * nu) ^ 2 * inner d G G) by ring.
      rewrite <- (Rmult_1_l (inner d G G)) at 2; apply Rmult_le_compat_r; [apply inner_nonneg|exact Hup]. }
  assert (Low : forall G, columns d r G -> columns d p (tr G) ->
    inner d G G - total (S L) (fun k => etas k * inner d (error_gradient d L F G k) (error_gradient d L F G k))
      <= (1 - eta * INR L * (l ^ 2 * mu) ^ 2) * inner d G G).
  { intros G Gr Gp; rewrite Terms.
    assert (X : eta * (INR L * ((l ^ 2 * mu) ^ 2 * inner d G G))
      <= eta * total L (fun k => inner d (error_gradient d L F G (S k)) (error_gradient d L F G (S k)))); [|lra].
    apply Rmult_le_compat_l; [lra|]; rewrite <- total_const; apply total_le; intros k Hk.
    assert (A := wide_gradient_below d p r L (msub (chain d F (S L)) G) F s u l sigma tau M k Hs Bd
      (shaped_target d p r L Y F G HL Sh Gr Gp) Hk).
    rewrite error_residual, <- Emu in A; exact A. }
  destruct (wide_residual_shape d p r L Y F HL Sh) as [Er Ep].
  assert (Kr : columns d r K).
  { apply columns_add; [exact Er|]; apply slope_columns; [apply Sh|reflexivity]. }
  assert (Kp : columns d p (tr K)).
  { change (tr K) with (madd (tr E) (tr (chain_slope d F (wide_move d L Y eta F) (S L)))).
    apply columns_add; [exact Ep|]; destruct L as [|n]; [lia|].
    change (tr (chain_slope d F (wide_move d (S n) Y eta F) (S (S n))))
      with (madd (tr (mul d (F (S n)) (chain_slope d F (wide_move d (S n) Y eta F) (S n))))
        (tr (mul d (wide_move d (S n) Y eta F (S n)) (chain d F (S n))))).
    assert (FL : columns d p (tr (F (S n)))) by apply Sh.
    apply columns_add; apply rows_mul; [exact FL|]; intros i j Hi Hj.
    destruct (shape_of_step d p r (S n) Y eta F HL Sh) as [_ [_ [_ VL]]].
    assert (Z := VL i j Hi Hj); assert (Z' := FL i j Hi Hj); rewrite wide_step_move in Z; unfold tr, madd in Z, Z'; unfold tr; lra. }
  rewrite EK in *; apply (errors_contract d L etas F E); [lra|exact Up|apply Low; assumption|apply Low; assumption].
Qed.

(** ** One step *)

(** w is what the width leaves of the higher orders. *)
Lemma wide_error_step : forall d p r L Y F eta s u l sigma tau M h nu mu w,
  let V := wide_step d L Y eta F in
  (1 <= L)%nat -> 0 < s -> 1 <= u -> 1 <= M -> 0 < tau <= sigma -> 0 < eta -> u <= 2 * l -> l <= 1 ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> wide_shape d p r L Y F -> wide_bounds d p r L F s u l sigma tau M ->
  eta * INR L * nu ^ 2 <= h -> h * u ^ 4 <= 1 -> h * u ^ 2 <= 14 / 23 ->
  14 <= w -> w * nu * M * frobenius d (residual d (S L) Y F) <= mu ^ 2 * s ->
  frobenius d (residual d (S L) Y V)
    <= (1 - (l ^ 4 - 23 / 44 / w * u ^ 6 * h) * (eta * INR L * mu ^ 2)) * frobenius d (residual d (S L) Y F).
Proof.
  intros d p r L Y F eta s u l sigma tau M h nu mu w V HL Hs Hu HM Hst He Hul Hl Enu Emu Sh Bd Hh Hu4 Hu2 w14 Hw.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (mu0 : 0 < mu) by (rewrite Emu; apply Rmult_lt_0_compat; lra).
  assert (nu0 : mu <= nu) by (rewrite Emu, Enu; apply Rmult_le_compat_r; lra).
  assert (eL : 0 < eta * INR L) by (apply Rmult_lt_0_compat; lra).
  set (E := residual d (S L) Y F) in *; set (e := frobenius d E) in *; assert (e0 : 0 <= e) by apply frobenius_nonneg.
  set (D := wide_move d L Y eta F).
  assert (u2 : 1 <= u ^ 2) by (simpl; rewrite Rmult_1_r; replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  assert (Dk : forall k, (k < L)%nat -> frobenius d (D (S k)) <= eta * (u ^ 2 * nu * e)).
  { intros k Hk; unfold D; rewrite move_norm by lra; apply Rmult_le_compat_l; [lra|].
    eapply Rle_trans; [apply (wide_gradient_above d p r L Y F s u l sigma tau M); auto; lra|].
    rewrite <- Enu; fold E; apply Rle_refl. }
  set (R := eta * (u ^ 2 * nu * e)); set (x := R * M / s).
  assert (R0 : 0 <= R) by (unfold R; repeat apply Rmult_le_pos; lra).
  assert (x0 : 0 <= x) by (unfold x; apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; exact Hs]).
  assert (nuw : nu * M * e / s <= mu ^ 2 / w).
  { apply (Rmult_le_reg_r (s * w)); [apply Rmult_lt_0_compat; lra|].
    replace (nu * M * e / s * (s * w)) with (w * nu * M * e) by (field; lra).
    replace (mu ^ 2 / w * (s * w)) with (mu ^ 2 * s) by (field; lra); exact Hw. }
  assert (nue : nu * M * e / s <= mu ^ 2 / 14).
  { eapply Rle_trans; [exact nuw|]; apply Rmult_le_compat_l; [apply pow2_ge_0|apply Rinv_le_contravar; lra]. }
  assert (Lx : INR L * x * nu <= mu / 23).
  { replace (INR L * x * nu) with (eta * INR L * nu * u ^ 2 * (nu * M * e / s)) by (unfold x, R; field; lra).
    assert (P1 : 0 <= eta * INR L * nu * u ^ 2) by (repeat apply Rmult_le_pos; lra).
    apply Rle_trans with (eta * INR L * nu * u ^ 2 * (mu ^ 2 / 14)); [apply Rmult_le_compat_l; assumption|].
    replace (eta * INR L * nu * u ^ 2 * (mu ^ 2 / 14)) with (u ^ 2 * (eta * INR L * nu * mu) * mu / 14) by field.
    assert (P2 : eta * INR L * nu * mu <= h).
    { eapply Rle_trans; [|exact Hh]; simpl; rewrite Rmult_1_r, <- Rmult_assoc; apply Rmult_le_compat_l; [apply Rmult_le_pos|]; lra. }
    assert (P3 : u ^ 2 * (eta * INR L * nu * mu) <= 14 / 23).
    { eapply Rle_trans; [apply Rmult_le_compat_l; [lra|exact P2]|lra]. }
    apply (Rmult_le_compat_r mu) in P3; lra. }
  set (z := INR L * x) in *; assert (z0 : 0 <= z) by (apply Rmult_le_pos; lra).
  assert (z1 : z <= 1 / 23) by (apply (Rmult_le_reg_r nu); lra).
  set (g := (1 + x) ^ L).
  assert (g1 : 1 <= g) by (apply pow_R1_Rle; lra).
  assert (G : g * (1 - z) <= 1) by (apply power_reciprocal; exact x0).
  assert (G1 : g <= 23 / 22).
  { apply (Rmult_le_reg_r (22 / 23)); [lra|]; apply Rle_trans with (g * (1 - z)); [apply Rmult_le_compat_l; lra|lra]. }
  assert (Gz : g - 1 <= 23 / 22 * z) by (assert (g * z <= 23 / 22 * z) by (apply Rmult_le_compat_r; lra); lra).
  assert (Gn : 22 * (g - 1) * nu <= mu).
  { apply Rle_trans with (22 * (23 / 22 * z) * nu); [apply Rmult_le_compat_r; lra|lra]. }
  assert (Gs : 22 * (g - 1) * sigma <= tau).
  { apply (Rmult_le_reg_r (s ^ (L - 1))); [exact s1|]; rewrite <- Emu, Rmult_assoc, <- Enu; exact Gn. }
  assert (Us : u * sigma * (g - 1) <= l * tau).
  { replace (u * sigma * (g - 1)) with (u * ((g - 1) * sigma)) by ring.
    apply Rle_trans with (2 * l * (tau / 22)); [apply Rmult_le_compat; try lra; apply Rmult_le_pos; lra|].
    assert (0 <= l * tau) by (apply Rmult_le_pos; lra); lra. }
  assert (Ug : u * (g - 1) <= l).
  { apply Rle_trans with (2 * l * (1 / 22)); [apply Rmult_le_compat; lra|lra]. }
  assert (Wider : forall W, W 0%nat = F 0%nat -> (forall i, (1 <= i <= L)%nat -> frobenius d (msub (W i) (F i)) <= R) ->
    wide_bounds d p r L W s (23 / 22 * u) 0 sigma tau (23 / 22 * M)).
  { intros W W0 HW; apply (bounds_kept d p r L F W s u l (23 / 22 * u) 0 sigma tau M (23 / 22 * M) R); fold x; fold g; auto; try lra.
    - rewrite (Rmult_comm (23 / 22)); apply Rmult_le_compat_l; lra.
    - rewrite (Rmult_comm (23 / 22)); apply Rmult_le_compat_l; lra. }
  assert (EV : V = fun k => madd (F k) (D k)) by apply wide_step_move.
  assert (BV : wide_bounds d p r L V s (23 / 22 * u) 0 sigma tau (23 / 22 * M)).
  { apply Wider; [reflexivity|]; intros [|i] Hi; [lia|].
    replace (msub (V (S i)) (F (S i))) with (D (S i)); [apply Dk; lia|].
    rewrite EV; pointwise j; pointwise k; unfold msub, madd; ring. }
  rewrite EV in BV.
  destruct (wide_changes d p r L F D s u (23 / 22 * u) l sigma tau M HL Hs ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)
    eq_refl Bd (fun q Hq => proj1 (proj1 BV q Hq))) as [_ C2].
  rewrite <- Enu in C2; set (T := total L (fun i => frobenius d (D (S i)))) in *.
  assert (T0 : 0 <= T) by (apply total_nonneg; intros; apply frobenius_nonneg).
  assert (T1 : T <= INR L * R) by (unfold T; rewrite <- total_const; apply total_le; exact Dk).
  assert (First := wide_first_order d p r L Y F eta s u l sigma tau M nu mu HL Hs ltac:(lra) ltac:(lra) He Enu Emu Sh Bd).
  fold E e D in First; set (X := eta * INR L * mu ^ 2) in *.
  assert (X0 : 0 < X) by (unfold X; apply Rmult_lt_0_compat; [exact eL|apply pow_lt; exact mu0]).
  assert (Xh : X <= h).
  { eapply Rle_trans; [|exact Hh]; apply Rmult_le_compat_l; [lra|apply pow_incr; lra]. }
  assert (l4 : l ^ 4 <= 1) by (rewrite <- (pow1 4); apply pow_incr; lra).
  specialize (First ltac:(replace (eta * INR L * (u ^ 2 * nu) ^ 2) with (eta * INR L * nu ^ 2 * u ^ 4) by ring;
    eapply Rle_trans; [apply Rmult_le_compat_r; [apply pow_le; lra|exact Hh]|exact Hu4])).
  replace (eta * INR L * (l ^ 2 * mu) ^ 2) with (l ^ 4 * X) in First by (unfold X; ring).
  assert (h1 : h <= 14 / 23).
  { assert (0 <= h) by lra; assert (h * 1 <= h * u ^ 2) by (apply Rmult_le_compat_l; lra); lra. }
  specialize (First ltac:(assert (l ^ 4 * X <= 1 * X) by (apply Rmult_le_compat_r; lra); lra)).
  assert (Split : residual d (S L) Y V = madd (madd E (chain_slope d F D (S L)))
    (msub (msub (chain d (fun k => madd (F k) (D k)) (S L)) (chain d F (S L))) (chain_slope d F D (S L)))).
  { rewrite EV; pointwise i; pointwise j; unfold E, residual, madd, msub; ring. }
  rewrite Split; eapply Rle_trans; [apply frobenius_add|].
  assert (High : 23 / 22 * u * u * nu * M / s * (T ^ 2 / 2) <= 23 / 44 / w * u ^ 6 * h * X * e).
  { assert (Q0 : 0 <= 23 / 22 * u * u * nu * M / s).
    { apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact Hs]; repeat apply Rmult_le_pos; lra. }
    apply Rle_trans with (23 / 22 * u * u * nu * M / s * ((INR L * R) ^ 2 / 2)).
    - apply Rmult_le_compat_l; [exact Q0|]; assert (T ^ 2 <= (INR L * R) ^ 2) by (apply pow_incr; lra); lra.
    - replace (23 / 22 * u * u * nu * M / s * ((INR L * R) ^ 2 / 2))
        with (23 / 44 * u ^ 6 * (eta * INR L * nu ^ 2) * (eta * INR L) * (nu * M * e / s) * e)
        by (unfold R; field; lra).
      apply Rmult_le_compat_r; [exact e0|].
      assert (u6 : 0 <= u ^ 6) by (apply pow_le; lra).
      assert (n2 : 0 <= eta * INR L * nu ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
      apply Rle_trans with (23 / 44 * u ^ 6 * h * (eta * INR L) * (mu ^ 2 / w)).
      + apply Rmult_le_compat; try lra.
        * apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos; [lra|exact u6]|exact n2]|lra].
        * apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact Hs]; repeat apply Rmult_le_pos; lra.
        * apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_l; [|exact Hh]; apply Rmult_le_pos; [lra|exact u6].
      + right; unfold X; field; lra. }
  lra.
Qed.

(** From the norm of the error to the loss. *)
Lemma loss_below : forall d L Y F V c, 0 <= c -> frobenius d (residual d L Y V) <= c * frobenius d (residual d L Y F) ->
  loss d L Y V <= c ^ 2 * loss d L Y F.
Proof.
  intros d L Y F V c Hc H; rewrite !loss_frobenius.
  assert (P : frobenius d (residual d L Y V) ^ 2 <= (c * frobenius d (residual d L Y F)) ^ 2)
    by (apply pow_incr; split; [apply frobenius_nonneg|exact H]).
  rewrite Rpow_mult_distr in P; lra.
Qed.

(** K sqrt L bounds the middle products at time t, and C = 400 K^2: A(t) and B(t) give A(t + 1). *)
Theorem du_hu_claim_7_3 : forall d p r L Y F eta s sigma tau K B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= K -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) ->
  mu = tau * s ^ (L - 1) -> eta * INR L * nu ^ 2 <= 1 / 3 -> 400 * K ^ 2 * INR L * nu ^ 4 * B <= mu ^ 6 * s ^ 2 ->
  wide_shape d p r L Y F -> loss d (S L) Y F <= B ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 4) ^ t * loss d (S L) Y F ->
  wide_bounds d p r L (wide_descent d L Y eta F t) s (5 / 4) (3 / 4) sigma tau (K * sqrt (INR L)) ->
  frobenius d (residual d (S L) Y (wide_descent d L Y eta F (S t)))
    <= (1 - eta * INR L * mu ^ 2 / 4) * frobenius d (residual d (S L) Y (wide_descent d L Y eta F t)) /\
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - eta * INR L * mu ^ 2 / 4) ^ S t * loss d (S L) Y F.
Proof.
  intros d p r L Y F eta s sigma tau K B nu mu t HL Hs Hst HK HB He Enu Emu Hh Hm Sh HF HA HBt.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (mu0 : 0 < mu) by (rewrite Emu; apply Rmult_lt_0_compat; lra).
  assert (nu0 : mu <= nu) by (rewrite Emu, Enu; apply Rmult_le_compat_r; lra).
  set (W := wide_descent d L Y eta F t) in *; set (x := eta * INR L * mu ^ 2) in *.
  assert (x1 : 0 < x <= 1 / 3).
  { unfold x; split; [apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|apply pow_lt; exact mu0]|].
    eapply Rle_trans; [|exact Hh]; apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|apply pow_incr; lra]. }
  assert (F0 := loss_nonneg d (S L) Y F); assert (c01 : 0 <= (1 - x / 4) ^ t <= 1).
  { split; [apply pow_le; lra|]; apply Rle_trans with (1 ^ t); [apply pow_incr; lra|rewrite pow1; lra]. }
  assert (HW : loss d (S L) Y W <= B).
  { eapply Rle_trans; [exact HA|]; assert ((1 - x / 4) ^ t * loss d (S L) Y F <= 1 * loss d (S L) Y F)
      by (apply Rmult_le_compat_r; lra); lra. }
  set (e := frobenius d (residual d (S L) Y W)); assert (e0 : 0 <= e) by apply frobenius_nonneg.
  assert (ee : e ^ 2 <= 2 * B) by (rewrite loss_frobenius in HW; fold e in HW; lra).
  set (q := sqrt (INR L)) in *; assert (qq : q ^ 2 = INR L) by (apply pow2_sqrt; lra).
  assert (q1 : 1 <= q) by (unfold q; rewrite <- sqrt_1; apply sqrt_le_1_alt; exact L1).
  assert (M1 : 1 <= K * q) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  assert (Room : 14 * nu * (K * q) * e <= mu ^ 2 * s).
  { apply below_by_square; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|]; apply (Rmult_le_reg_r (nu ^ 2)); [apply pow_lt; lra|].
    apply Rle_trans with (196 * nu ^ 4 * K ^ 2 * q ^ 2 * (2 * B)).
    - replace ((14 * nu * (K * q) * e) ^ 2 * nu ^ 2) with (196 * nu ^ 4 * K ^ 2 * q ^ 2 * e ^ 2) by ring.
      apply Rmult_le_compat_l; [|exact ee].
      assert (0 <= nu ^ 4) by (apply pow_le; lra); assert (0 <= K ^ 2) by apply pow2_ge_0; assert (0 <= q ^ 2) by apply pow2_ge_0.
      repeat apply Rmult_le_pos; lra.
    - rewrite qq; apply Rle_trans with (mu ^ 6 * s ^ 2).
      + assert (P : 0 <= K ^ 2 * INR L * nu ^ 4 * B); [|lra].
        assert (0 <= nu ^ 4) by (apply pow_le; lra); assert (0 <= K ^ 2) by apply pow2_ge_0.
        repeat apply Rmult_le_pos; lra.
      + replace ((mu ^ 2 * s) ^ 2 * nu ^ 2) with (mu ^ 4 * s ^ 2 * nu ^ 2) by ring.
        replace (mu ^ 6 * s ^ 2) with (mu ^ 4 * s ^ 2 * mu ^ 2) by ring.
        apply Rmult_le_compat_l; [apply Rmult_le_pos; [apply pow_le; lra|apply pow2_ge_0]|apply pow_incr; lra]. }
  assert (One := wide_error_step d p r L Y W eta s (5 / 4) (3 / 4) sigma tau (K * q) (1 / 3) nu mu 14 HL Hs ltac:(lra) M1 Hst He
    ltac:(lra) ltac:(lra) Enu Emu (shape_kept d p r L Y eta F t HL Sh) HBt Hh ltac:(lra) ltac:(lra) ltac:(lra) Room).
  cbv zeta in One; fold e x in One; change (wide_step d L Y eta W) with (wide_descent d L Y eta F (S t)) in One.
  assert (Norm : frobenius d (residual d (S L) Y (wide_descent d L Y eta F (S t))) <= (1 - x / 4) * e).
  { eapply Rle_trans; [exact One|]; apply Rmult_le_compat_r; [exact e0|]; lra. }
  split; [exact Norm|].
  assert (Ls := loss_below d (S L) Y W _ (1 - x / 4) ltac:(lra) Norm).
  change ((1 - x / 4) ^ S t) with ((1 - x / 4) * (1 - x / 4) ^ t); rewrite Rmult_assoc.
  apply Rle_trans with ((1 - x / 4) * loss d (S L) Y W); [|apply Rmult_le_compat_l; lra].
  eapply Rle_trans; [exact Ls|]; apply Rmult_le_compat_r; [apply loss_nonneg|].
  replace ((1 - x / 4) ^ 2) with (1 - x / 4 - x / 4 * (1 - x / 4)) by field.
  assert (0 <= x / 4 * (1 - x / 4)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** A(t) and B(t) give A(t + 1), for the width of Claim 4.4 with the radius of Claim 4.3. *)
Theorem hu_xiao_pennington_claim_4_5 : forall d p n r L Y F eta s sigma tau B nu mu radius t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  radius = 8 * sqrt B * nu / (INR L * mu ^ 2) -> INR L * radius <= 953 / 10000 * s -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  wide_shape d p r L Y F -> data_bounds d n r (F 0%nat) sigma tau -> loss d (S L) Y F <= B ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 2) ^ t * loss d (S L) Y F ->
  orthogonal_bounds d p n L (wide_descent d L Y eta F t) s (11 / 10) (9 / 10) ->
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - eta * INR L * mu ^ 2) * loss d (S L) Y (wide_descent d L Y eta F t) /\
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - eta * INR L * mu ^ 2 / 2) ^ S t * loss d (S L) Y F.
Proof.
  intros d p n r L Y F eta s sigma tau B nu mu radius t HL Hs Hst HB He Enu Emu ER HR Hh Sh HX HF HA HBt.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (mu0 : 0 < mu) by (rewrite Emu; apply Rmult_lt_0_compat; lra).
  assert (nu0 : mu <= nu) by (rewrite Emu, Enu; apply Rmult_le_compat_r; lra).
  assert (m2 : 0 < mu ^ 2) by (apply pow_lt; exact mu0).
  set (W := wide_descent d L Y eta F t) in *; set (x := eta * INR L * mu ^ 2) in *.
  assert (x1 : 0 < x <= 1 / 2).
  { unfold x; split; [apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|exact m2]|].
    eapply Rle_trans; [|exact Hh]; apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|apply pow_incr; lra]. }
  assert (F0 := loss_nonneg d (S L) Y F); assert (c01 : 0 <= (1 - x / 2) ^ t <= 1).
  { split; [apply pow_le; lra|]; apply Rle_trans with (1 ^ t); [apply pow_incr; lra|rewrite pow1; lra]. }
  assert (HW : loss d (S L) Y W <= B).
  { eapply Rle_trans; [exact HA|]; assert ((1 - x / 2) ^ t * loss d (S L) Y F <= 1 * loss d (S L) Y F)
      by (apply Rmult_le_compat_r; lra); lra. }
  set (e := frobenius d (residual d (S L) Y W)); assert (e0 : 0 <= e) by apply frobenius_nonneg.
  set (b := sqrt B) in *; assert (b0 : 0 <= b) by apply sqrt_pos; assert (bb : b ^ 2 = B) by (apply pow2_sqrt; exact HB).
  assert (eb : e <= 3 / 2 * b).
  { apply below_by_square; [lra|]; rewrite loss_frobenius in HW; fold e in HW.
    replace ((3 / 2 * b) ^ 2) with (9 / 4 * b ^ 2) by field; lra. }
  assert (Rb : 8 * b * nu <= 953 / 10000 * s * mu ^ 2).
  { apply (Rmult_le_reg_r (/ mu ^ 2)); [apply Rinv_0_lt_compat; exact m2|].
    replace (953 / 10000 * s * mu ^ 2 * / mu ^ 2) with (953 / 10000 * s) by (field; lra).
    replace (8 * b * nu * / mu ^ 2) with (INR L * radius) by (rewrite ER; field; lra); exact HR. }
  assert (Room : 14 * nu * (11 / 10) * e <= mu ^ 2 * s).
  { assert (nu * e <= nu * (3 / 2 * b)) by (apply Rmult_le_compat_l; lra).
    assert (0 <= s * mu ^ 2) by (apply Rmult_le_pos; lra); lra. }
  assert (One := wide_error_step d p r L Y W eta s (11 / 10) (9 / 10) sigma tau (11 / 10) (1 / 2) nu mu 14 HL Hs ltac:(lra)
    ltac:(lra) Hst He ltac:(lra) ltac:(lra) Enu Emu (shape_kept d p r L Y eta F t HL Sh)
    (orthogonal_is_wide d p n r L W s (11 / 10) (9 / 10) sigma tau Hs
      ltac:(unfold W; rewrite data_not_trained; exact HX) HBt) Hh ltac:(lra) ltac:(lra) ltac:(lra) Room).
  cbv zeta in One; fold e x in One; change (wide_step d L Y eta W) with (wide_descent d L Y eta F (S t)) in One.
  assert (Norm : frobenius d (residual d (S L) Y (wide_descent d L Y eta F (S t))) <= (1 - 6 / 10 * x) * e).
  { eapply Rle_trans; [exact One|]; apply Rmult_le_compat_r; [exact e0|]; lra. }
  assert (Ls := loss_below d (S L) Y W _ (1 - 6 / 10 * x) ltac:(lra) Norm).
  assert (W0 := loss_nonneg d (S L) Y W).
  assert (Fast : loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - x) * loss d (S L) Y W).
  { eapply Rle_trans; [exact Ls|]; apply Rmult_le_compat_r; [exact W0|].
    assert (x * x <= x * (1 / 2)) by (apply Rmult_le_compat_l; lra); simpl; lra. }
  split; [exact Fast|].
  change ((1 - x / 2) ^ S t) with ((1 - x / 2) * (1 - x / 2) ^ t); rewrite Rmult_assoc.
  apply Rle_trans with ((1 - x / 2) * loss d (S L) Y W); [|apply Rmult_le_compat_l; lra].
  eapply Rle_trans; [exact Fast|]; apply Rmult_le_compat_r; lra.
Qed.
