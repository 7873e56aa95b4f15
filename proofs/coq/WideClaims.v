(** The claims of Du and Hu about layers near their start: Claims 7.1 and 7.2, each on its own and with the paper's constants.

    nu and mu are the extreme singular values of the data over the root of the number of outputs, so that 24 sqrt B nu/(L mu^2)
    is 24 sqrt(B d_out) |X|/(L sigma_min^2); s is the root of the width. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Expansion ZasNumbers Margin WideBlocks Wide WideDescent WideTheorem.
Open Scope R_scope.

(** ** Claim 7.2 *)

(** K sqrt L bounds the middle products at the start, and C = 360000 K^2. *)
Theorem du_hu_claim_7_2 : forall d p r L F V s sigma tau K B nu mu radius,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= K -> 0 <= B -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  radius = 24 * sqrt B * nu / (INR L * mu ^ 2) -> 360000 * K ^ 2 * INR L * nu ^ 4 * B <= mu ^ 6 * s ^ 2 ->
  wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau (K * sqrt (INR L)) -> V 0%nat = F 0%nat ->
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= radius) ->
  wide_bounds d p r L V s (5 / 4) (3 / 4) sigma tau (25 / 24 * K * sqrt (INR L)).
Proof.
  intros d p r L F V s sigma tau K B nu mu radius HL Hs Hst HK HB Enu Emu ER Hm B0 H0 HD.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (mu0 : 0 < mu) by (rewrite Emu; apply Rmult_lt_0_compat; lra).
  assert (nu0 : 0 < nu) by (rewrite Enu; apply Rmult_lt_0_compat; lra).
  set (b := sqrt B) in *; assert (bb : b ^ 2 = B) by (apply pow2_sqrt; exact HB); assert (b0 : 0 <= b) by apply sqrt_pos.
  set (q := sqrt (INR L)) in *; assert (qq : q ^ 2 = INR L) by (apply pow2_sqrt; lra).
  assert (q1 : 1 <= q) by (unfold q; rewrite <- sqrt_1; apply sqrt_le_1_alt; exact L1).
  assert (M1 : 1 <= K * q) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  assert (m2 : 0 < mu ^ 2) by (apply pow_lt; exact mu0); assert (m3 : 0 < mu ^ 3) by (apply pow_lt; exact mu0).
  set (y := radius * (K * q) / s); set (z := INR L * y).
  assert (Ez : z * (mu ^ 2 * s) = 24 * (K * q * b * nu)) by (unfold z, y; rewrite ER; field; lra).
  assert (Wide : 600 * (K * q * b * nu) * nu <= mu ^ 3 * s).
  { apply below_by_square; [apply Rmult_le_pos; lra|].
    replace ((600 * (K * q * b * nu) * nu) ^ 2) with (360000 * K ^ 2 * q ^ 2 * nu ^ 4 * b ^ 2) by ring.
    rewrite qq, bb; replace ((mu ^ 3 * s) ^ 2) with (mu ^ 6 * s ^ 2) by ring; exact Hm. }
  assert (y0 : 0 <= y).
  { unfold y; rewrite ER; unfold Rdiv; repeat apply Rmult_le_pos; try lra; left; apply Rinv_0_lt_compat; try lra.
    apply Rmult_lt_0_compat; lra. }
  assert (z0 : 0 <= z) by (apply Rmult_le_pos; lra).
  assert (Zr : 25 * z * nu <= mu).
  { apply (Rmult_le_reg_r (mu ^ 2 * s)); [apply Rmult_lt_0_compat; lra|].
    replace (25 * z * nu * (mu ^ 2 * s)) with (25 * nu * (z * (mu ^ 2 * s))) by ring; rewrite Ez.
    replace (mu * (mu ^ 2 * s)) with (mu ^ 3 * s) by ring; lra. }
  assert (Zs : 25 * z * sigma <= tau).
  { apply (Rmult_le_reg_r (s ^ (L - 1))); [exact s1|]; rewrite <- Emu, Rmult_assoc, <- Enu; exact Zr. }
  assert (Z1 : z <= 1 / 25).
  { apply (Rmult_le_reg_r sigma); [lra|]; lra. }
  set (g := (1 + y) ^ L) in *.
  assert (g0 : 1 <= g) by (apply pow_R1_Rle; lra).
  assert (G : g * (1 - z) <= 1) by (apply power_reciprocal; exact y0).
  assert (G1 : g <= 25 / 24).
  { apply (Rmult_le_reg_r (24 / 25)); [lra|]; apply Rle_trans with (g * (1 - z)); [apply Rmult_le_compat_l; lra|lra]. }
  assert (Gz : g - 1 <= 25 / 24 * z).
  { assert (g * z <= 25 / 24 * z) by (apply Rmult_le_compat_r; lra); lra. }
  assert (Gs : 24 * (g - 1) * sigma <= tau).
  { apply Rle_trans with (24 * (25 / 24 * z) * sigma); [|lra]; apply Rmult_le_compat_r; lra. }
  apply (bounds_kept d p r L F V s (6 / 5) (4 / 5) (5 / 4) (3 / 4) sigma tau (K * q) (25 / 24 * K * q) radius);
    fold y; fold g; auto; try lra.
  - rewrite ER; unfold Rdiv; repeat apply Rmult_le_pos; try lra; left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra.
  - apply Rle_trans with (K * q * (25 / 24)); [apply Rmult_le_compat_l; lra|lra].
Qed.

(** ** Claim 7.1 *)

Lemma data_not_trained : forall d L Y eta F t, wide_descent d L Y eta F t 0%nat = F 0%nat.
Proof. intros d L Y eta F; induction t as [|t IH]; [reflexivity|exact IH]. Qed.

(** While the loss decays and B(t) holds, each layer moves by less than the geometric sum. *)
Lemma moves_sum : forall d p r L Y F eta s u l sigma tau M B c nu t,
  let W := wide_descent d L Y eta F in
  0 < s -> 0 <= u -> 0 <= sigma -> 0 <= B -> 0 < eta -> 0 < c <= 1 -> nu = sigma * s ^ (L - 1) ->
  (forall n, (n <= t)%nat -> loss d (S L) Y (W n) <= ((1 - c) ^ n) ^ 2 * B) ->
  (forall n, (n <= t)%nat -> wide_bounds d p r L (W n) s u l sigma tau M) ->
  forall i, (1 <= i <= L)%nat -> c * frobenius d (msub (W (S t) i) (F i)) <= eta * (u ^ 2 * nu * sqrt (2 * B)).
Proof.
  intros d p r L Y F eta s u l sigma tau M B c nu t W Hs Hu Hsg HB He Hc Enu HA HBt i Hi.
  set (b := sqrt (2 * B)); assert (b0 : 0 <= b) by apply sqrt_pos; assert (bb : b ^ 2 = 2 * B) by (apply pow2_sqrt; lra).
  assert (nu0 : 0 <= nu) by (rewrite Enu; apply Rmult_le_pos; [exact Hsg|apply pow_le; lra]).
  set (g := eta * (u ^ 2 * nu * b)).
  assert (g0 : 0 <= g).
  { unfold g; apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|exact nu0]|exact b0]. }
  assert (Main : forall n, (n <= S t)%nat -> frobenius d (msub (W n i) (F i)) <= g * total n (fun m => (1 - c) ^ m)).
  { induction n as [|n IH]; intros Hn.
    - simpl total; rewrite Rmult_0_r; right; transitivity (frobenius d (fun _ _ => 0)); [f_equal|apply frobenius_zero].
      pointwise j; pointwise k; unfold W, msub; simpl; ring.
    - destruct i as [|i]; [lia|].
      assert (E : msub (W (S n) (S i)) (F (S i))
        = madd (msub (W n (S i)) (F (S i))) (mscal (- eta) (gradient d (S L) Y (W n) (S i)))).
      { pointwise j; pointwise k; change (W (S n) (S i)) with (layers_step d (S L) Y eta (W n) (S i)).
        unfold layers_step, madd, msub, mscal; ring. }
      rewrite E; eapply Rle_trans; [apply frobenius_add|]; simpl total; rewrite Rmult_plus_distr_l.
      apply Rplus_le_compat; [apply IH; lia|].
      assert (Mo := move_norm d L Y eta (W n) i ltac:(lra)).
      change (wide_move d L Y eta (W n) (S i)) with (mscal (- eta) (gradient d (S L) Y (W n) (S i))) in Mo.
      rewrite Mo; unfold g; rewrite Rmult_assoc; apply Rmult_le_compat_l; [lra|].
      eapply Rle_trans; [apply (wide_gradient_above d p r L Y (W n) s u l sigma tau M); auto; try lia; apply HBt; lia|].
      rewrite <- Enu, Rmult_assoc, (Rmult_assoc (u ^ 2)), (Rmult_assoc (u ^ 2)), <- !Rmult_assoc.
      rewrite (Rmult_assoc (u ^ 2 * nu)); apply Rmult_le_compat_l; [apply Rmult_le_pos; [apply pow2_ge_0|exact nu0]|].
      assert (p0 : 0 <= (1 - c) ^ n) by (apply pow_le; lra).
      apply below_by_square; [apply Rmult_le_pos; assumption|].
      rewrite Rpow_mult_distr, bb; assert (A := HA n ltac:(lia)); rewrite loss_frobenius in A; lra. }
  eapply Rle_trans; [apply Rmult_le_compat_l; [lra|apply (Main (S t)); lia]|].
  assert (S1 := rate_sum c (S t) Hc).
  replace (c * (g * total (S t) (fun m => (1 - c) ^ m))) with (g * (c * total (S t) (fun m => (1 - c) ^ m))) by ring.
  rewrite <- (Rmult_1_r g) at 2; apply Rmult_le_compat_l; assumption.
Qed.

Lemma half_rate : forall x n B l, 0 <= x <= 1 -> 0 <= B -> l <= (1 - x) ^ n * B -> l <= ((1 - x / 2) ^ n) ^ 2 * B.
Proof.
  intros x n B l Hx HB H; eapply Rle_trans; [exact H|]; apply Rmult_le_compat_r; [exact HB|].
  rewrite <- pow_mult, Nat.mul_comm, pow_mult; apply pow_incr.
  assert (0 <= x ^ 2) by apply pow2_ge_0; simpl in *; lra.
Qed.

Lemma moves_radius : forall d p r L Y F eta s u l sigma tau M B nu mu rate K t,
  let W := wide_descent d L Y eta F in
  (1 <= L)%nat -> 0 < s -> 0 <= u -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> 0 < rate ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> rate * (eta * INR L * mu ^ 2) <= 1 -> 0 <= K ->
  2 * (2 * u ^ 2) ^ 2 <= (rate * K) ^ 2 ->
  (forall n, (n <= t)%nat -> loss d (S L) Y (W n) <= (1 - rate * (eta * INR L * mu ^ 2)) ^ n * B) ->
  (forall n, (n <= t)%nat -> wide_bounds d p r L (W n) s u l sigma tau M) ->
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (W (S t) i) (F i)) <= K * sqrt B * nu / (INR L * mu ^ 2).
Proof.
  intros d p r L Y F eta s u l sigma tau M B nu mu rate K t W HL Hs Hu Hst HB He Hr Enu Emu H1 HK Hn HA HBt i Hi.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (mu0 : 0 < mu) by (rewrite Emu; apply Rmult_lt_0_compat; lra).
  assert (nu0 : 0 < nu) by (rewrite Enu; apply Rmult_lt_0_compat; lra).
  assert (m2 : 0 < INR L * mu ^ 2) by (apply Rmult_lt_0_compat; [lra|apply pow_lt; exact mu0]).
  set (x := rate * (eta * INR L * mu ^ 2)) in *.
  assert (x0 : 0 < x) by (unfold x; rewrite Rmult_assoc; repeat apply Rmult_lt_0_compat; lra).
  assert (Mv := moves_sum d p r L Y F eta s u l sigma tau M B (x / 2) nu t Hs Hu ltac:(lra) HB He ltac:(lra) Enu
    (fun n Hn => half_rate x n B _ ltac:(lra) HB (HA n Hn)) HBt i Hi); fold W in Mv.
  set (D := frobenius d (msub (W (S t) i) (F i))) in *.
  rewrite sqrt_mult_alt in Mv by lra; set (b := sqrt B) in *; assert (b0 : 0 <= b) by apply sqrt_pos.
  assert (R2 : 2 * u ^ 2 * sqrt 2 <= rate * K).
  { apply below_by_square; [apply Rmult_le_pos; lra|].
    replace ((2 * u ^ 2 * sqrt 2) ^ 2) with (sqrt 2 ^ 2 * (2 * u ^ 2) ^ 2) by ring; rewrite pow2_sqrt by lra; exact Hn. }
  apply (Rmult_le_reg_l x); [exact x0|].
  replace (x * (K * b * nu / (INR L * mu ^ 2))) with (eta * (rate * K * (b * nu))) by (unfold x; field; lra).
  apply Rle_trans with (2 * (eta * (u ^ 2 * nu * (sqrt 2 * b)))); [lra|].
  replace (2 * (eta * (u ^ 2 * nu * (sqrt 2 * b)))) with (eta * (2 * u ^ 2 * sqrt 2 * (b * nu))) by ring.
  apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact R2].
Qed.

(** A(0), ..., A(t) and B(0), ..., B(t) give C(t + 1). *)
Theorem du_hu_claim_7_1 : forall d p r L Y F eta s sigma tau M B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  eta * INR L * mu ^ 2 <= 4 ->
  (forall n, (n <= t)%nat -> loss d (S L) Y (wide_descent d L Y eta F n) <= (1 - eta * INR L * mu ^ 2 / 4) ^ n * B) ->
  (forall n, (n <= t)%nat -> wide_bounds d p r L (wide_descent d L Y eta F n) s (5 / 4) (3 / 4) sigma tau M) ->
  forall i, (1 <= i <= L)%nat ->
    frobenius d (msub (wide_descent d L Y eta F (S t) i) (F i)) <= 24 * sqrt B * nu / (INR L * mu ^ 2).
Proof.
  intros d p r L Y F eta s sigma tau M B nu mu t HL Hs Hst HB He Enu Emu H1 HA HBt.
  apply (moves_radius d p r L Y F eta s (5 / 4) (3 / 4) sigma tau M B nu mu (1 / 4) 24); auto; try lra.
  intros n Hn; replace (1 / 4 * (eta * INR L * mu ^ 2)) with (eta * INR L * mu ^ 2 / 4) by field; apply HA; exact Hn.
Qed.
