(** Descent of wide layers without the condition number of the data in the drift (wide-layers.md, section 5): the products with the data
    are compared with those with an orthonormal basis Q of what the data reach, which no descent changes; and the norm of the error
    falls at the rate 1/4 for m >= 18300 kappa^2 r d beta M^2.

    nu = sigma_max/sqrt(d), mu = sigma_min/sqrt(d) and s the root of the width, as in WideClaims.v. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Expansion ErrorStep ZasNumbers Remainder Convergence RangeNumbers ChiSquare Margin.
From Lemmata Require Import WideBlocks Wide WideDescent WideTheorem AnyLaw WideClaims OrthogonalClaims WideSteps OrthogonalChance.
Open Scope R_scope.

(** Every D z is some Q y with |y| = |D z|, y with k entries. *)
Definition whitens (d k : nat) (Q D : nat -> nat -> R) : Prop := forall z, exists y,
  supported d k y /\ dot d y y = dot d (mv d D z) (mv d D z) /\ forall i, (i < d)%nat -> mv d D z i = mv d Q y i.

Lemma block_with_data : forall d Q V j k, (1 <= j)%nat -> block d (with_data Q V) j k = block d V j k.
Proof. intros d Q V [|j] k Hj; [lia|reflexivity]. Qed.

Lemma chain_with_data : forall d Q V z y, (forall i, (i < d)%nat -> mv d (V 0%nat) z i = mv d Q y i) ->
  forall q i, (i < d)%nat -> mv d (chain d V (S q)) z i = mv d (chain d (with_data Q V) (S q)) y i.
Proof.
  intros d Q V z y H; induction q as [|q IH]; intros i Hi.
  - cbn [chain with_data]; rewrite !mv_mul; rewrite (mv_ext d (V 0%nat) _ z), (mv_ext d Q _ y) by (intros; apply mv_unit; assumption).
    apply H; exact Hi.
  - change (chain d V (S (S q))) with (mul d (V (S q)) (chain d V (S q))).
    change (chain d (with_data Q V) (S (S q))) with (mul d (V (S q)) (chain d (with_data Q V) (S q))).
    rewrite !mv_mul; rewrite (mv_ext d (V (S q)) _ _ IH); reflexivity.
Qed.

(** B(t) for Q gives B(t) for the data. *)
Lemma bounds_whitened : forall d p k r L V Q s u l sigma tau M, 0 <= s -> 0 <= u -> 0 <= l -> 0 <= tau ->
  whitens d k Q (V 0%nat) -> bounded d (V 0%nat) (sigma ^ 2) ->
  (forall z, supported d r z -> tau ^ 2 * dot d z z <= dot d (mv d (V 0%nat) z) (mv d (V 0%nat) z)) ->
  wide_bounds d p k L (with_data Q V) s u l 1 1 M -> wide_bounds d p r L V s u l sigma tau M.
Proof.
  intros d p k r L V Q s u l sigma tau M Hs Hu Hl Ht White Up Low [Top [Bot Mid]]; split; [|split].
  - intros q Hq; specialize (Top q Hq); rewrite block_with_data in Top by lia; exact Top.
  - assert (Same : forall q z, (q < L)%nat -> exists y, supported d k y /\ dot d y y = dot d (mv d (V 0%nat) z) (mv d (V 0%nat) z) /\
      dot d (mv d (chain d V (S q)) z) (mv d (chain d V (S q)) z)
        = dot d (mv d (chain d (with_data Q V) (S q)) y) (mv d (chain d (with_data Q V) (S q)) y)).
    { intros q z Hq; destruct (White z) as [y [Sy [Ey Hy]]]; exists y; split; [exact Sy|split; [exact Ey|]].
      apply dot_ext; intros i Hi; apply chain_with_data; assumption. }
    intros q Hq; destruct (Bot q Hq) as [B1 B2]; split.
    + intros z; destruct (Same q z Hq) as [y [_ [Ey ->]]]; eapply Rle_trans; [apply B1|]; rewrite Ey.
      replace ((u * sigma * s ^ q) ^ 2 * dot d z z) with ((u * 1 * s ^ q) ^ 2 * (sigma ^ 2 * dot d z z)) by ring.
      apply Rmult_le_compat_l; [apply pow2_ge_0|apply Up].
    + intros z Hz; destruct (Same q z Hq) as [y [Sy [Ey ->]]]; eapply Rle_trans; [|apply B2; exact Sy]; rewrite Ey.
      replace ((l * tau * s ^ q) ^ 2 * dot d z z) with ((l * 1 * s ^ q) ^ 2 * (tau ^ 2 * dot d z z)) by ring.
      apply Rmult_le_compat_l; [apply pow2_ge_0|apply Low; exact Hz].
  - intros j n Hj Hn; specialize (Mid j n Hj Hn); rewrite block_with_data in Mid by lia; exact Mid.
Qed.

Definition gaussian_radius (L : nat) (B nu mu : R) : R := 93554 / 10000 * sqrt B * nu / (INR L * mu ^ 2).

(** What stays within the radius is still well conditioned: 1.286 and 0.714 for 6/5 and 4/5. *)
Lemma whitened_near : forall d p k r L F V Q s sigma tau M B nu mu, (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 <= B ->
  0 < mu <= nu -> 18300 * M ^ 2 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 ->
  whitens d k Q (F 0%nat) -> bounded d (F 0%nat) (sigma ^ 2) ->
  (forall z, supported d r z -> tau ^ 2 * dot d z z <= dot d (mv d (F 0%nat) z) (mv d (F 0%nat) z)) ->
  wide_bounds d p k L (with_data Q F) s (6 / 5) (4 / 5) 1 1 M -> V 0%nat = F 0%nat ->
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= gaussian_radius L B nu mu) ->
  wide_bounds d p r L V s (1286 / 1000) (714 / 1000) sigma tau (643 / 600 * M).
Proof.
  intros d p k r L F V Q s sigma tau M B nu mu HL Hs Hst HM HB Hmu Hm White Up Low Bd V0 HV.
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL); assert (m2 : 0 < mu ^ 2) by (apply pow_lt; lra).
  set (b := sqrt B); assert (b0 : 0 <= b) by apply sqrt_pos; assert (bb : b ^ 2 = B) by (apply pow2_sqrt; exact HB).
  set (R := gaussian_radius L B nu mu) in *.
  assert (ER : INR L * R * mu ^ 2 = 93554 / 10000 * b * nu) by (unfold R, gaussian_radius, b; field; lra).
  assert (R0 : 0 <= R).
  { unfold R, gaussian_radius; fold b; apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|].
    left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra. }
  assert (Wide : 93554 / 10000 * b * nu * M <= 6917 / 100000 * s * mu ^ 2).
  { apply below_by_square; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]|].
    replace ((93554 / 10000 * b * nu * M) ^ 2) with ((93554 / 10000) ^ 2 * (M ^ 2 * nu ^ 2 * b ^ 2)) by ring; rewrite bb.
    replace ((6917 / 100000 * s * mu ^ 2) ^ 2) with ((6917 / 100000) ^ 2 * (mu ^ 4 * s ^ 2)) by ring.
    assert (0 <= M ^ 2 * nu ^ 2 * B) by (apply Rmult_le_pos; [apply Rmult_le_pos; apply pow2_ge_0|exact HB]); lra. }
  set (x := R * M / s); assert (x0 : 0 <= x).
  { unfold x; apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; exact Hs]. }
  assert (Room : INR L * x <= 6917 / 100000).
  { apply (Rmult_le_reg_r (s * mu ^ 2)); [apply Rmult_lt_0_compat; assumption|].
    replace (INR L * x * (s * mu ^ 2)) with (INR L * R * mu ^ 2 * M) by (unfold x; field; lra); rewrite ER; lra. }
  set (g := (1 + x) ^ L); assert (G : g <= 643 / 600).
  { apply Rle_trans with (exp (INR L * x)); [rewrite exp_times; apply pow_incr; split; [lra|apply exp_above_line]|].
    apply Rle_trans with (exp (6917 / 100000)); [apply exp_le_compat; exact Room|].
    assert (E := exp_minus_third (6917 / 100000) ltac:(lra)); apply (Rmult_le_reg_r (exp (- (6917 / 100000)))); [apply exp_pos|].
    rewrite <- exp_plus, Rplus_opp_r, exp_0; lra. }
  rewrite <- V0 in White, Up, Low.
  apply (bounds_whitened d p k r L V Q); auto; try lra.
  apply (bounds_kept d p k L (with_data Q F) (with_data Q V) s (6 / 5) (4 / 5) (1286 / 1000) (714 / 1000) 1 1 M (643 / 600 * M) R);
    fold x; fold g; auto; try lra.
  - intros [|i] Hi; [lia|]; apply HV; exact Hi.
  - rewrite Rmult_comm; apply Rmult_le_compat_r; lra.
Qed.

(** A(t) for the norm. *)
Lemma whitened_descent : forall d p k r L Y F Q eta s sigma tau M B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  18300 * M ^ 2 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 -> eta * INR L * nu ^ 2 <= 1 / 3 -> wide_shape d p r L Y F ->
  whitens d k Q (F 0%nat) -> bounded d (F 0%nat) (sigma ^ 2) ->
  (forall z, supported d r z -> tau ^ 2 * dot d z z <= dot d (mv d (F 0%nat) z) (mv d (F 0%nat) z)) ->
  wide_bounds d p k L (with_data Q F) s (6 / 5) (4 / 5) 1 1 M -> loss d (S L) Y F <= B ->
  frobenius d (residual d (S L) Y (wide_descent d L Y eta F t))
    <= (1 - eta * INR L * mu ^ 2 / 4) ^ t * frobenius d (residual d (S L) Y F).
Proof.
  intros d p k r L Y F Q eta s sigma tau M B nu mu t HL Hs Hst HM HB He Enu Emu Hm Hh Sh White Up Low Bd HF.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (mu0 : 0 < mu) by (rewrite Emu; apply Rmult_lt_0_compat; lra).
  assert (nu0 : mu <= nu) by (rewrite Emu, Enu; apply Rmult_le_compat_r; lra).
  assert (m2 : 0 < mu ^ 2) by (apply pow_lt; exact mu0).
  set (x := eta * INR L * mu ^ 2).
  assert (x1 : 0 < x <= 1 / 3).
  { unfold x; split; [apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|exact m2]|].
    eapply Rle_trans; [|exact Hh]; apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|apply pow_incr; lra]. }
  set (b := sqrt B); assert (b0 : 0 <= b) by apply sqrt_pos; assert (bb : b ^ 2 = B) by (apply pow2_sqrt; exact HB).
  assert (b2 : sqrt (2 * B) <= 141422 / 100000 * b).
  { apply below_by_square; [lra|]; rewrite pow2_sqrt by lra.
    replace ((141422 / 100000 * b) ^ 2) with ((141422 / 100000) ^ 2 * b ^ 2) by ring; rewrite bb; lra. }
  assert (Wide : 13527 / 100 * nu * M * b <= mu ^ 2 * s).
  { apply below_by_square; [apply Rmult_le_pos; lra|].
    replace ((13527 / 100 * nu * M * b) ^ 2) with ((13527 / 100) ^ 2 * (M ^ 2 * nu ^ 2 * b ^ 2)) by ring; rewrite bb.
    replace ((mu ^ 2 * s) ^ 2) with (mu ^ 4 * s ^ 2) by ring.
    assert (0 <= M ^ 2 * nu ^ 2 * B) by (apply Rmult_le_pos; [apply Rmult_le_pos; apply pow2_ge_0|exact HB]); lra. }
  set (R := gaussian_radius L B nu mu).
  assert (ER : INR L * R * mu ^ 2 = 93554 / 10000 * b * nu) by (unfold R, gaussian_radius, b; field; lra).
  assert (R0 : 0 <= R).
  { unfold R, gaussian_radius; fold b; apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|].
    left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra. }
  set (M' := 643 / 600 * M); set (c := x / 4); assert (c1 : 0 < c <= 1) by (unfold c; lra).
  set (E := fun q => frobenius d (residual d (S L) Y (wide_descent d L Y eta F q))).
  assert (E0 : forall q, 0 <= E q) by (intros; apply frobenius_nonneg).
  assert (Start : E 0%nat <= sqrt (2 * B)).
  { apply below_by_square; [apply sqrt_pos|]; rewrite pow2_sqrt by lra.
    assert (P := HF); rewrite loss_frobenius in P; unfold E; simpl wide_descent; lra. }
  set (good := fun q => wide_bounds d p r L (wide_descent d L Y eta F q) s (1286 / 1000) (714 / 1000) sigma tau M').
  assert (Near : forall q, (forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F q i) (F i)) <= R) -> good q).
  { intros q HV; apply (whitened_near d p k r L F _ Q s sigma tau M B nu mu); auto; try lra; apply data_not_trained. }
  assert (Step : forall q, good q -> E q <= E 0%nat -> E (S q) <= (1 - c) * E q).
  { intros q Bq Eq; set (W := wide_descent d L Y eta F q) in *.
    assert (Rw : 89 * nu * M' * E q <= mu ^ 2 * s).
    { assert (P : nu * M * E q <= nu * M * (141422 / 100000 * b)) by (apply Rmult_le_compat_l; [apply Rmult_le_pos|]; lra).
      assert (0 <= nu * M * b) by (repeat apply Rmult_le_pos; lra); unfold M'; lra. }
    assert (One := wide_error_step d p r L Y W eta s (1286 / 1000) (714 / 1000) sigma tau M' (1 / 3) nu mu 89 HL Hs ltac:(lra)
      ltac:(unfold M'; lra) Hst He ltac:(lra) ltac:(lra) Enu Emu (shape_kept d p r L Y eta F q HL Sh) Bq Hh ltac:(lra) ltac:(lra) ltac:(lra) Rw).
    cbv zeta in One; fold x in One; change (wide_step d L Y eta W) with (wide_descent d L Y eta F (S q)) in One.
    fold (E (S q)) in One; unfold W in One; fold (E q) in One.
    eapply Rle_trans; [exact One|]; apply Rmult_le_compat_r; [apply E0|]; unfold c; lra. }
  assert (Main : forall q, (forall j, (j <= q)%nat -> E j <= (1 - c) ^ j * E 0%nat /\ good j) /\
    (forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F q i) (F i)) <= R)).
  { induction q as [|q [IH _]].
    - assert (Z : forall i, frobenius d (msub (F i) (F i)) <= R).
      { intros i; replace (frobenius d (msub (F i) (F i))) with 0; [exact R0|symmetry].
        transitivity (frobenius d (fun _ _ => 0)); [f_equal|apply frobenius_zero]; pointwise j; pointwise n; unfold msub; ring. }
      split; [|intros i _; apply Z].
      intros j Hj; replace j with 0%nat by lia; split; [simpl pow; lra|apply Near; intros i _; apply Z].
    - assert (Moves : forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F (S q) i) (F i)) <= R).
      { intros i Hi.
        assert (Sum := moves_sum d p r L Y F eta s (1286 / 1000) (714 / 1000) sigma tau M' B c nu q Hs ltac:(lra) ltac:(lra) HB He
          c1 Enu); cbv zeta in Sum.
        assert (P : c * frobenius d (msub (wide_descent d L Y eta F (S q) i) (F i)) <= eta * ((1286 / 1000) ^ 2 * nu * sqrt (2 * B))).
        { apply Sum; [| |exact Hi].
          - intros j Hj; destruct (IH j Hj) as [A _].
            assert (p0 : 0 <= (1 - c) ^ j) by (apply pow_le; lra).
            rewrite loss_frobenius; fold (E j).
            assert (T : E j ^ 2 <= ((1 - c) ^ j * E 0%nat) ^ 2) by (apply pow_incr; split; [apply E0|exact A]).
            assert (T0 : E 0%nat ^ 2 <= sqrt (2 * B) ^ 2) by (apply pow_incr; split; [apply E0|exact Start]).
            rewrite pow2_sqrt in T0 by lra; rewrite Rpow_mult_distr in T.
            assert (((1 - c) ^ j) ^ 2 * E 0%nat ^ 2 <= ((1 - c) ^ j) ^ 2 * (2 * B)) by (apply Rmult_le_compat_l; [apply pow2_ge_0|lra]).
            lra.
          - intros j Hj; apply (IH j Hj). }
        apply (Rmult_le_reg_l c); [lra|]; eapply Rle_trans; [exact P|].
        apply Rle_trans with (eta * ((1286 / 1000) ^ 2 * nu * (141422 / 100000 * b))).
        - apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_l; [lra|exact b2].
        - replace (c * R) with (eta * (INR L * R * mu ^ 2) / 4) by (unfold c, x; field); rewrite ER.
          assert (0 <= eta * nu * b) by (repeat apply Rmult_le_pos; lra); lra. }
      split; [|exact Moves]; intros j Hj; destruct (Nat.eq_dec j (S q)) as [->|N]; [|apply IH; lia].
      split; [|apply Near, Moves]; destruct (IH q (Nat.le_refl q)) as [A Bq].
      assert (p0 : 0 <= (1 - c) ^ q <= 1).
      { split; [apply pow_le; lra|]; apply Rle_trans with (1 ^ q); [apply pow_incr; lra|rewrite pow1; lra]. }
      assert (Eq : E q <= E 0%nat).
      { eapply Rle_trans; [exact A|]; rewrite <- (Rmult_1_l (E 0%nat)) at 2; apply Rmult_le_compat_r; [apply E0|lra]. }
      eapply Rle_trans; [apply (Step q Bq Eq)|]; change ((1 - c) ^ S q) with ((1 - c) * (1 - c) ^ q); rewrite Rmult_assoc.
      apply Rmult_le_compat_l; [lra|exact A]. }
  destruct (Main t) as [A _]; destruct (A t (Nat.le_refl t)) as [At _]; exact At.
Qed.
