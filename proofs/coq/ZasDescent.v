(** Gradient descent from the zero-asymmetric start, for matrices: the theorem of zas.md, section 2.

    For L >= 1 layers, every dimension d, every target Phi and every step eta >= 0 with
    eta (1 + 16 (L - 1) |Phi|^2) <= 1, R(t) <= (1 - 3 eta / 5)^t R(0) for all t; the range and the
    rate that Wu, Wang and Ma print are a corollary. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion ZasNumbers.
Open Scope R_scope.

(** ** The start *)

Lemma start_balanced : forall d n, nearly_balanced d n (zero_asymmetric (S n)) (gap n) (fun _ => 0).
Proof.
  intros d n l x Hl; rewrite (start_inner n l Hl), tr_unit, norm_unit.
  destruct (Nat.eq_dec (S l) n) as [<-|N].
  - rewrite start_last, gap_last.
    replace (dot d (mv d (fun _ _ => 0) x) (mv d (fun _ _ => 0) x)) with 0; [lra|].
    symmetry; apply total_zero; intros i _; unfold mv, dot; rewrite (total_zero d) by (intros;
      ring); ring.
  - rewrite start_inner, norm_unit, gap_inner by lia; lra.
Qed.

(** ** (e) One step *)

Lemma gradient_inner_bound : forall d n Phi W b r e, 1 <= b -> 0 <= r -> 0 <= e ->
  (forall k, (k < n)%nat -> bounded d (W k) (b ^ 2)) -> bounded d (W n) (r ^ 2) ->
  frobenius d (residual d (S n) Phi W) <= e ->
  (forall l, (l < n)%nat -> frobenius d (gradient d (S n) Phi W l) <= r * b ^ n * e) /\
  frobenius d (gradient d (S n) Phi W n) <= b ^ n * e.
Proof.
  intros d n Phi W b r e Hb Hr He HB Hn HE; set (E := residual d (S n) Phi W) in *.
  assert (BC : forall l, (l <= n)%nat -> bounded d (tr (chain d W l)) ((b ^ l) ^ 2)).
  { intros l Hl; apply bounded_tr; [apply pow2_ge_0|apply bounded_chain; [lra|intros; apply HB; lia]]. }
  assert (P : forall l, 1 <= b ^ l) by (intros; apply pow_R1_Rle; exact Hb).
  split.
  - intros l Hl; destruct n as [|m]; [lia|].
    assert (H : forall k, (k <= m)%nat ->
      b ^ S k * frobenius d (back d W (S k) (S (S m) - S k) E) <= r * b ^ S m * e).
    { refine (descend _ m _ _).
      - rewrite back_step, back_last by lia.
        apply Rle_trans with (b ^ S m * (r * e)); [|right; ring].
        apply Rmult_le_compat_l; [specialize (P (S m)); lra|].
        apply Rle_trans with (r * frobenius d E); [|apply Rmult_le_compat_l; assumption].
        apply frobenius_mul; [exact Hr|apply bounded_tr; [apply pow2_ge_0|exact Hn]].
      - intros k Hk IH; eapply Rle_trans; [|apply IH].
        rewrite (back_step d W (S (S m)) E k) by lia.
        set (F := back d W (S (S k)) (S (S m) - S (S k)) E).
        apply Rle_trans with (b ^ S k * (b * frobenius d F)); [|right; simpl; ring].
        apply Rmult_le_compat_l; [specialize (P (S k)); lra|].
        apply frobenius_mul; [lra|apply bounded_tr; [apply pow2_ge_0|apply HB; lia]]. }
    eapply Rle_trans; [|apply (H l); lia].
    unfold gradient; fold E; set (F := back d W (S l) (S (S m) - S l) E).
    eapply Rle_trans; [apply (frobenius_mul_r d F _ (b ^ l)); [specialize (P l); lra|apply BC; lia]|].
    assert (0 <= frobenius d F) by apply frobenius_nonneg.
    rewrite Rmult_comm; apply Rmult_le_compat_r; [assumption|].
    simpl; specialize (P l); assert (0 <= (b - 1) * b ^ l) by (apply Rmult_le_pos; lra); lra.
  - unfold gradient; fold E; rewrite back_last.
    eapply Rle_trans; [apply (frobenius_mul_r d E _ (b ^ n)); [specialize (P n); lra|apply BC; lia]|].
    rewrite Rmult_comm; apply Rmult_le_compat_l; [specialize (P n); lra|exact HE].
Qed.

Lemma gradient_below : forall d n Phi W c, 0 < c ->
  (forall x, c * dot d x x <= dot d (mv d (tr (chain d W n)) x) (mv d (tr (chain d W n)) x)) ->
  c * (2 * loss d (S n) Phi W) <= gradient_square d (S n) Phi W.
Proof.
  intros d n Phi W c Hc H; unfold gradient_square; simpl total.
  assert (N : 0 <= total n (fun l => inner d (gradient d (S n) Phi W l) (gradient d (S n) Phi W l)))
    by (apply total_nonneg; intros; apply inner_nonneg).
  apply Rle_trans with (inner d (gradient d (S n) Phi W n) (gradient d (S n) Phi W n)); [|lra].
  unfold gradient at 1 2; rewrite back_last; unfold loss.
  replace (c * (2 * (inner d (residual d (S n) Phi W) (residual d (S n) Phi W) / 2)))
    with (c * inner d (residual d (S n) Phi W) (residual d (S n) Phi W)) by field.
  apply inner_mul_below; rewrite tr_tr; apply lower_tr; assumption.
Qed.

(** The last layer is at most the root X. *)
Lemma last_layer : forall d n Phi W a A phi c X, 0 <= phi ->
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= A -> 0 <= A < 1 -> INR n * A <= 1 - c ->
    0 < c ->
  nearly_balanced d n W (gap n) a -> frobenius d Phi <= phi -> frobenius d (residual d (S n) Phi W)
    <= phi ->
  0 <= X -> X * (1 + X) ^ n * c = 4 * phi ^ 2 -> bounded d (W n) X.
Proof.
  intros d n Phi W a A phi c X Hp Ha HA A1 HnA Hc H HPhi HE HX EX.
  rewrite <- (tr_tr (W n)); apply bounded_tr; [exact HX|]; intros u.
  assert (Nu := dot_nonneg d u); set (y := mv d (tr (W n)) u); assert (Ny := dot_nonneg d y).
  destruct (Rle_lt_or_eq_dec 0 (dot d u u) Nu) as [Pu|Pu].
  - set (q := dot d y y / dot d u u).
    assert (Eq : dot d y y = q * dot d u u) by (unfold q; field; lra).
    assert (Hq : 0 <= q) by (apply Rmult_le_pos; [exact Ny|left; apply Rinv_0_lt_compat; exact Pu]).
    rewrite Eq; apply Rmult_le_compat_r; [exact Nu|].
    apply (last_layer_bound n A c X (4 * phi ^ 2)); auto.
    apply (Rmult_le_reg_r (dot d u u)); [exact Pu|].
    eapply Rle_trans; [apply (balance_last d n W a A u q); auto; lra|].
    set (P := chain d W (S n)).
    assert (EP : P = madd (residual d (S n) Phi W) Phi).
    { pointwise i; pointwise j; unfold P, residual, madd, msub; ring. }
    assert (FP : frobenius d P <= 2 * phi)
      by (rewrite EP; eapply Rle_trans; [apply frobenius_add|lra]).
    replace (4 * phi ^ 2) with ((2 * phi) ^ 2) by ring.
    apply (bounded_tr d P ((2 * phi) ^ 2) (pow2_ge_0 _) (bounded_frobenius_le d P (2 * phi) FP) u).
  - assert (C := ratio_step d (W n) u); fold y in C; rewrite <- Pu, Rmult_0_r in C.
    replace (dot d y y) with 0; [rewrite <- Pu; lra|].
    symmetry; apply Rsqr_0_uniq; unfold Rsqr; assert (0 <= dot d y y * dot d y y)
      by (apply Rmult_le_pos; exact Ny).
    simpl in C; lra.
Qed.

(** Everything about one step: it descends by a third of eta |G|^2, and |G|^2 is large. *)
Lemma zas_step : forall d n Phi eta W a A,
  let phi := frobenius d Phi in
  let y := eta * INR n * phi ^ 2 in
  0 <= eta -> eta + 16 * y <= 1 ->
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= A -> 0 <= A < 1 -> INR n * A <= 3 / 2 * y ->
  nearly_balanced d n W (gap n) a -> loss d (S n) Phi W <= phi ^ 2 / 2 ->
  loss d (S n) Phi (layers_step d (S n) Phi eta W)
    <= loss d (S n) Phi W - eta / 3 * gradient_square d (S n) Phi W /\
  (1 - 3 / 2 * y) * (2 * loss d (S n) Phi W) <= gradient_square d (S n) Phi W.
Proof.
  intros d n Phi eta W a A phi y He Hr Ha HA A1 HnA HB HR.
  assert (N := pos_INR n).
  assert (Hp : 0 <= phi) by apply frobenius_nonneg.
  assert (Y0 : 0 <= y) by (unfold y; apply Rmult_le_pos; [apply Rmult_le_pos;
    assumption|apply pow2_ge_0]).
  set (c := 1 - 3 / 2 * y) in *; assert (Hc : 29 / 32 <= c <= 1) by (unfold c; lra).
  set (e := frobenius d (residual d (S n) Phi W)).
  assert (E0 : 0 <= e) by apply frobenius_nonneg.
  assert (E1 : e <= phi).
  { apply below_by_square; [exact Hp|]; rewrite loss_frobenius in HR; fold e in HR; lra. }
  destruct (root_exists n (4 * phi ^ 2 / c)) as [X [HX EX]].
  { assert (0 <= phi ^ 2) by apply pow2_ge_0; assert (0 < / c) by (apply Rinv_0_lt_compat; lra).
    unfold Rdiv; apply Rmult_le_pos; lra. }
  assert (EX' : X * (1 + X) ^ n * c = 4 * phi ^ 2) by (rewrite EX; field; lra).
  assert (BX : bounded d (W n) X).
  { apply (last_layer d n Phi W a A phi c X); auto; try (unfold c; lra); apply Rle_refl. }
  set (b0 := sqrt ((1 + X) * (1 + A))).
  assert (B0 : 0 <= (1 + X) * (1 + A)) by (apply Rmult_le_pos; lra).
  assert (Eb0 : b0 ^ 2 = (1 + X) * (1 + A)) by (apply pow2_sqrt; exact B0).
  assert (Hb0 : 1 <= b0).
  { unfold b0; rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt; assert (0 <= X * A)
    by (apply Rmult_le_pos; lra); lra. }
  set (M := b0 ^ n); assert (HM : 1 <= M) by (apply pow_R1_Rle; exact Hb0).
  set (r := sqrt X); assert (R0 : 0 <= r) by apply sqrt_pos.
  assert (Er : r ^ 2 = X) by (apply pow2_sqrt; exact HX).
  set (h := eta * phi * (r * M)).
  assert (H0 : 0 <= h) by (unfold h; repeat apply Rmult_le_pos; lra).
  set (b := b0 * (1 + h)).
  assert (Hb : b0 + h <= b) by (unfold b; assert (0 <= h * (b0 - 1)) by (apply Rmult_le_pos; lra); lra).
  destruct (step_bounds n eta phi A X b0 h) as [K1 K2]; auto; try lra.
  fold y in K2; fold M r b in K1, K2.
  set (m := b ^ n) in *; set (cl := r + eta * phi * M) in *.
  assert (Hm : 0 <= m) by (apply pow_le; lra).
  assert (Hcl : 0 <= cl) by (unfold cl; apply Rplus_le_le_0_compat; [lra|repeat apply Rmult_le_pos;
    lra]).
  assert (BW : forall k, (k < n)%nat -> bounded d (W k) (b0 ^ 2)).
  { intros k Hk; apply (bounded_mono d (W k) (1 + X + A)).
    - rewrite Eb0; assert (0 <= X * A) by (apply Rmult_le_pos; lra); lra.
    - apply (balance_above d n W a A X); auto. }
  destruct (gradient_inner_bound d n Phi W b0 r phi) as [G1 G2]; auto; [rewrite Er; exact BX|].
  fold M in G1, G2; set (G := gradient d (S n) Phi W) in *.
  set (D := fun l => mscal (- eta) (G l)).
  assert (EV : layers_step d (S n) Phi eta W = (fun l => madd (W l) (D l))).
  { pointwise l; pointwise i; pointwise j.
    unfold layers_step, D, madd, msub, mscal; fold G; ring. }
  assert (FD : forall l, frobenius d (D l) = eta * frobenius d (G l)).
  { intros l; rewrite <- frobenius_scal by exact He; unfold frobenius, D; f_equal.
    rewrite !inner_scal_l, !inner_scal_r; ring. }
  assert (BV : forall k, (k < n)%nat -> bounded d (W k) (b ^ 2) /\ bounded d (madd (W k) (D k))
    (b ^ 2)).
  { intros k Hk; split.
    - apply (bounded_mono d (W k) (b0 ^ 2)); [apply pow_incr; lra|apply BW; exact Hk].
    - apply (bounded_mono d _ ((b0 + h) ^ 2)); [apply pow_incr; lra|].
      apply bounded_add; [lra|exact H0|apply BW; exact Hk|].
      apply bounded_frobenius_le; rewrite FD; unfold h.
      replace (eta * phi * (r * M)) with (eta * (r * M * phi)) by ring.
      apply Rmult_le_compat_l; [exact He|apply G1; exact Hk]. }
  assert (BVn : bounded d (madd (W n) (D n)) (cl ^ 2)).
  { unfold cl; apply bounded_add; [exact R0|repeat apply Rmult_le_pos; lra|rewrite Er; exact BX|].
    apply bounded_frobenius_le; rewrite FD.
    replace (eta * phi * M) with (eta * (M * phi)) by ring.
    apply Rmult_le_compat_l; assumption. }
  destruct (whole_change d W D b cl n) as [C1 C2]; auto; [lra|].
  fold m in C1, C2.
  assert (Ex := loss_expansion d n Phi W D _ _ C1 C2); cbv zeta in Ex.
  rewrite <- EV in Ex; fold e in Ex.
  rewrite (total_ext n (fun k => frobenius d (D k)) (fun k => eta * frobenius d (G k))) in Ex
    by (intros; apply FD).
  rewrite total_scal, FD in Ex.
  set (s := total n (fun k => frobenius d (G k))) in *; set (w := frobenius d (G n)) in *.
  assert (Gr : total (S n) (fun l => inner d (gradient d (S n) Phi W l) (D l))
    = - eta * gradient_square d (S n) Phi W).
  { unfold gradient_square; rewrite <- total_scal; apply total_ext; intros l _.
    unfold D; apply inner_scal_r. }
  rewrite Gr in Ex.
  set (q := total n (fun l => inner d (G l) (G l))).
  assert (Gq : gradient_square d (S n) Phi W = q + w ^ 2)
    by (unfold gradient_square; simpl total; fold G q; unfold w; rewrite frobenius_square; reflexivity).
  assert (Q0 : 0 <= q) by (apply total_nonneg; intros; apply inner_nonneg).
  assert (S0 : 0 <= s) by (apply total_nonneg; intros; apply frobenius_nonneg).
  assert (W0 : 0 <= w) by apply frobenius_nonneg.
  assert (Sq : s ^ 2 <= INR n * q).
  { unfold s, q; eapply Rle_trans; [apply total_cauchy|right; f_equal].
    apply total_ext; intros; apply frobenius_square. }
  split.
  - assert (F := step_form eta (INR n) phi q s w m (cl * m) e); cbv zeta in F; fold y in F.
    assert (F' : eta * ((cl * m * s + m * w) ^ 2 / 2 + e * (cl * m * s ^ 2 / 2 + m * w * s)) <= 2 /
      3 * (q + w ^ 2)).
    { apply F; auto; try lra; split; [apply Rmult_le_pos; assumption|exact K1]. }
    apply (Rmult_le_compat_l eta) in F'; [|exact He].
    rewrite Gq in Ex |- *; lra.
  - apply gradient_below; [lra|]; intros x.
    apply Rle_trans with ((1 - A) ^ n * dot d x x).
    + apply Rmult_le_compat_r; [apply dot_nonneg|].
      eapply Rle_trans; [|apply bernoulli; lra]; unfold c; lra.
    + apply chain_below; [lra|]; intros k z Hk; apply (balance_below d n W a A); auto; lra.
Qed.

(** ** The theorem *)

Lemma zas_orbit : forall d n Phi eta,
  let phi := frobenius d Phi in
  let R t := loss d (S n) Phi (layers_descent d (S n) Phi eta (zero_asymmetric (S n)) t) in
  let G t := gradient_square d (S n) Phi (layers_descent d (S n) Phi eta (zero_asymmetric (S n)) t) in
  0 <= eta -> eta * (1 + 16 * INR n * phi ^ 2) <= 1 ->
  forall t, R t + eta / 3 * total t G <= phi ^ 2 / 2 /\ R (S t) <= R t - eta / 3 * G t /\
    R (S t) <= (1 - 3 / 5 * eta) * R t.
Proof.
  intros d n Phi eta phi R G He Hr.
  set (W := layers_descent d (S n) Phi eta (zero_asymmetric (S n))) in *.
  assert (Hy : eta + 16 * (eta * INR n * phi ^ 2) <= 1) by lra.
  set (y := eta * INR n * phi ^ 2) in *.
  assert (N := pos_INR n).
  assert (Y0 : 0 <= y) by (unfold y; apply Rmult_le_pos; [apply Rmult_le_pos;
    assumption|apply pow2_ge_0]).
  assert (Step : forall t, R t + eta / 3 * total t G <= phi ^ 2 / 2 ->
    R (S t) <= R t - eta / 3 * G t /\ (1 - 3 / 2 * y) * (2 * R t) <= G t).
  { intros t Ht.
    assert (G0 : 0 <= total t G)
      by (apply total_nonneg; intros; apply total_nonneg; intros; apply inner_nonneg).
    assert (R0 : 0 <= R t) by apply loss_nonneg.
    assert (eG : 0 <= eta / 3 * total t G) by (apply Rmult_le_pos; lra).
    assert (HR : loss d (S n) Phi (W t) <= phi ^ 2 / 2) by (change (R t <= phi ^ 2 / 2); lra).
    destruct n as [|m].
    - apply (zas_step d 0 Phi eta (W t) (fun _ => 0) 0).
      + exact He.
      + exact Hy.
      + intros; lra.
      + rewrite total_const; lra.
      + lra.
      + simpl INR; simpl INR in Y0; fold phi; lra.
      + intros l x Hl; lia.
      + exact HR.
    - set (A := 3 / 2 * (eta * phi ^ 2)).
      assert (P0 : 0 <= eta * phi ^ 2) by (apply Rmult_le_pos; [exact He|apply pow2_ge_0]).
      assert (Ey : y = INR (S m) * (eta * phi ^ 2)) by (unfold y; ring).
      assert (N1 : 1 <= INR (S m)) by (rewrite S_INR; assert (Q := pos_INR m); lra).
      assert (Py : eta * phi ^ 2 <= y).
      { rewrite Ey; rewrite <- (Rmult_1_l (eta * phi ^ 2)) at 1; apply Rmult_le_compat_r; assumption. }
      apply (zas_step d (S m) Phi eta (W t)
        (fun l => 0 + drifted d (S (S m)) Phi eta (zero_asymmetric (S (S m))) t l) A).
      + exact He.
      + exact Hy.
      + intros l _; rewrite Rplus_0_l; apply drifted_nonneg.
      + rewrite total_plus, total_const, Rmult_0_r, Rplus_0_l, drifted_total; fold W.
        change (eta ^ 2 * total t G <= A); unfold A.
        assert (eta * (eta / 3 * total t G) <= eta * (phi ^ 2 / 2)) by (apply Rmult_le_compat_l; lra).
        lra.
      + unfold A; lra.
      + fold phi; fold y; unfold A; lra.
      + apply balanced_at, start_balanced.
      + exact HR. }
  assert (Rate : forall t, R (S t) <= R t - eta / 3 * G t -> (1 - 3 / 2 * y) * (2 * R t) <= G t ->
    R (S t) <= (1 - 3 / 5 * eta) * R t).
  { intros t H1 H2; assert (Rt : 0 <= R t) by apply loss_nonneg.
    assert (eta * R t * y <= eta * R t * (1 / 16)) by (apply Rmult_le_compat_l;
      [apply Rmult_le_pos|]; lra).
    assert (eta * ((1 - 3 / 2 * y) * (2 * R t)) <= eta * G t) by (apply Rmult_le_compat_l; assumption).
    assert (0 <= eta * R t) by (apply Rmult_le_pos; assumption); lra. }
  induction t as [|t [I1 _]].
  - assert (E0 : R 0%nat = phi ^ 2 / 2).
    { unfold R, W; simpl layers_descent; rewrite start_loss; unfold phi; rewrite frobenius_square;
      reflexivity. }
    assert (H0 : R 0%nat + eta / 3 * total 0 G <= phi ^ 2 / 2) by (simpl total; lra).
    destruct (Step 0%nat H0) as [S1 S2]; auto.
  - destruct (Step t I1) as [S0 _].
    assert (H1 : R (S t) + eta / 3 * total (S t) G <= phi ^ 2 / 2) by (simpl total; lra).
    destruct (Step (S t) H1) as [S1 S2]; auto.
Qed.

(** Every step multiplies the loss by 1 - 3 eta / 5 or less, *)
Theorem wu_descent_step : forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta -> eta * (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1 ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) (S t))
    <= (1 - 3 / 5 * eta) * loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t).
Proof.
  intros d L Phi eta t HL He Hr; destruct L as [|n]; [lia|].
  rewrite S_INR in Hr; replace (INR n + 1 - 1) with (INR n) in Hr by ring.
  apply (zas_orbit d n Phi eta He Hr t).
Qed.

Lemma step_at_most_one : forall L phi eta, (1 <= L)%nat -> 0 <= eta ->
  eta * (1 + 16 * (INR L - 1) * phi ^ 2) <= 1 -> eta <= 1.
Proof.
  intros L phi eta HL He Hr; destruct L as [|n]; [lia|]; rewrite S_INR in Hr.
  assert (N := pos_INR n); assert (P := pow2_ge_0 phi).
  assert (0 <= eta * (INR n * phi ^ 2)) by (apply Rmult_le_pos; [|apply Rmult_le_pos]; assumption); lra.
Qed.

(** and so the whole orbit has that rate. *)
Theorem wu_descent_rate : forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta -> eta * (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1 ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t)
    <= (1 - 3 / 5 * eta) ^ t * loss d L Phi (zero_asymmetric L).
Proof.
  intros d L Phi eta t HL He Hr; assert (E1 := step_at_most_one L (frobenius d Phi) eta HL He Hr).
  induction t as [|t IH]; [simpl; lra|].
  eapply Rle_trans; [apply wu_descent_step; assumption|].
  simpl pow; rewrite Rmult_assoc; apply Rmult_le_compat_l; [lra|exact IH].
Qed.

(** ** The theorem of the paper *)

(** xi = max (2 |Phi|, 3 / sqrt L, 1) *)
Definition wu_scale (L : nat) (phi : R) : R := Rmax (2 * phi) (Rmax (3 / sqrt (INR L)) 1).

(** Its range lies in ours, and its rate is slower. *)
Lemma range_contains_paper : forall L phi eta, (1 <= L)%nat -> 0 <= eta ->
  eta <= / (144 * INR L ^ 2 * wu_scale L phi ^ 4) -> 0 <= phi ->
  eta * (1 + 16 * (INR L - 1) * phi ^ 2) <= 1.
Proof.
  intros L phi eta HL He H Hp; set (xi := wu_scale L phi) in *.
  assert (X1 : 1 <= xi) by (unfold xi, wu_scale; eapply Rle_trans; [apply Rmax_r|apply Rmax_r]).
  assert (X2 : 2 * phi <= xi) by apply Rmax_l.
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (P2 : (2 * phi) ^ 2 <= xi ^ 2) by (apply pow_incr; lra).
  assert (Q1 : 1 <= xi ^ 2) by (apply pow_R1_Rle; exact X1).
  assert (Q2 : xi ^ 2 <= xi ^ 4) by (apply Rle_pow; [exact X1|lia]).
  assert (L2 : INR L <= INR L ^ 2) by (simpl; nra).
  assert (B : 1 + 16 * (INR L - 1) * phi ^ 2 <= 144 * INR L ^ 2 * xi ^ 4).
  { apply Rle_trans with (4 * INR L * xi ^ 2).
    - replace (16 * (INR L - 1) * phi ^ 2) with (4 * ((INR L - 1) * (2 * phi) ^ 2)) by ring.
      assert ((INR L - 1) * (2 * phi) ^ 2 <= (INR L - 1) * xi ^ 2) by (apply Rmult_le_compat_l; lra).
      lra.
    - assert (INR L * xi ^ 2 <= INR L ^ 2 * xi ^ 4) by (apply Rmult_le_compat; lra).
      assert (0 <= INR L ^ 2 * xi ^ 4) by (apply Rmult_le_pos; lra); lra. }
  assert (D : 0 < 144 * INR L ^ 2 * xi ^ 4).
  { apply Rmult_lt_0_compat; [|lra]; apply Rmult_lt_0_compat; lra. }
  apply Rle_trans with (eta * (144 * INR L ^ 2 * xi ^ 4)); [apply Rmult_le_compat_l; assumption|].
  apply (Rmult_le_compat_r (144 * INR L ^ 2 * xi ^ 4)) in H; [|lra].
  rewrite Rinv_l in H by lra; exact H.
Qed.

Theorem wu_descent_paper : forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta <= Rmin (/ (4 * INR L ^ 3 * wu_scale L (frobenius d Phi) ^ 6))
                                (/ (144 * INR L ^ 2 * wu_scale L (frobenius d Phi) ^ 4)) ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t)
    <= (1 - eta / 2) ^ t * loss d L Phi (zero_asymmetric L).
Proof.
  intros d L Phi eta t HL [He Hr].
  assert (H : eta * (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1).
  { apply range_contains_paper; [exact HL|exact He| |apply frobenius_nonneg].
    eapply Rle_trans; [exact Hr|apply Rmin_r]. }
  assert (E1 := step_at_most_one L (frobenius d Phi) eta HL He H).
  eapply Rle_trans; [apply wu_descent_rate; assumption|].
  apply Rmult_le_compat_r; [apply loss_nonneg|apply pow_incr; lra].
Qed.
