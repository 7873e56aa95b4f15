(** Nearly balanced layers with a margin: one step of gradient descent (balanced-convergence.md, section 5).

    The loss after a step is expanded exactly (Expansion.v), and the smallest of the ratios
    |y_(l-1)|^2 / |y_l|^2 is left out (Margin.v) where the paper compares powers of Gram matrices. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin.
Open Scope R_scope.

Lemma gradient_equal_bound : forall d n Phi W b e, 0 <= b -> 0 <= e ->
  (forall k, (k <= n)%nat -> bounded d (W k) (b ^ 2)) -> frobenius d (residual d (S n) Phi W) <= e ->
  forall l, (l <= n)%nat -> frobenius d (gradient d (S n) Phi W l) <= b ^ n * e.
Proof.
  intros d n Phi W b e Hb He HB HE l Hl; set (E := residual d (S n) Phi W) in *.
  assert (P : forall k, 0 <= b ^ k) by (intros; apply pow_le; exact Hb).
  assert (H : forall k, (k <= n)%nat -> b ^ k * frobenius d (back d W (S k)
    (S n - S k) E) <= b ^ n * e).
  { refine (descend _ n _ _).
    - rewrite back_last; apply Rmult_le_compat_l; [apply P|exact HE].
    - intros k Hk IH; eapply Rle_trans; [|apply IH].
      rewrite (back_step d W (S n) E k) by lia.
      set (F := back d W (S (S k)) (S n - S (S k)) E).
      apply Rle_trans with (b ^ k * (b * frobenius d F)); [|right; simpl; ring].
      apply Rmult_le_compat_l; [apply P|].
      apply frobenius_mul; [exact Hb|apply bounded_tr; [apply pow2_ge_0|apply HB; lia]]. }
  eapply Rle_trans; [|apply (H l Hl)].
  unfold gradient; fold E; rewrite Rmult_comm; apply frobenius_mul_r; [apply P|].
  apply bounded_tr; [apply pow2_ge_0|apply bounded_chain; [exact Hb|intros; apply HB; lia]].
Qed.

Lemma gradient_rows_below : forall d p n Phi W k, columns d p (residual d (S n) Phi W) ->
  (forall x, supported d p x -> k * dot d x x <= dot d (mv d (chain d W n) x) (mv d (chain d W n) x)) ->
  k * (2 * loss d (S n) Phi W) <= gradient_square d (S n) Phi W.
Proof.
  intros d p n Phi W k Hcol H; unfold gradient_square; simpl total.
  assert (N : 0 <= total n (fun l => inner d (gradient d (S n) Phi W l) (gradient d (S n) Phi W l)))
    by (apply total_nonneg; intros; apply inner_nonneg).
  apply Rle_trans with (inner d (gradient d (S n) Phi W n) (gradient d (S n) Phi W n)); [|lra].
  unfold gradient at 1 2; rewrite back_last; unfold loss; set (E := residual d (S n) Phi W) in *.
  replace (k * (2 * (inner d E E / 2))) with (k * inner d E E) by field.
  unfold inner; rewrite <- total_scal; apply total_le; intros i Hi.
  eapply Rle_trans; [apply H; intros j Hj; apply Hcol; assumption|right].
  apply dot_ext; intros j _; unfold mv, mul, tr; apply dot_comm.
Qed.

Lemma arora_one : forall d p n Phi eta W a B r s x,
  (p <= d)%nat -> 0 < r -> r <= s -> step_constant n x -> 0 <= eta -> eta * INR (S n) * s ^ (2 * n) <= x ->
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= B -> INR n * B <= r ^ 2 / 4 -> B <= r ^ 2 ->
  nearly_balanced d n W (fun _ => 0) a -> columns d p (W 0%nat) -> columns d p Phi ->
  frobenius d Phi <= s ^ S n -> frobenius d (residual d (S n) Phi W) <= s ^ S n ->
  (forall x, supported d p x ->
    r ^ (2 * S n) * dot d x x <= dot d (mv d (chain d W (S n)) x) (mv d (chain d W (S n)) x)) ->
  loss d (S n) Phi (layers_step d (S n) Phi eta W)
    <= loss d (S n) Phi W - 7 / 10 * eta * gradient_square d (S n) Phi W /\
  3 / 4 * r ^ (2 * n) * (2 * loss d (S n) Phi W) <= gradient_square d (S n) Phi W.
Proof.
  intros d p n Phi eta W a B r s x Hp Hr Hrs [K [y [U1 [U2 [HK [Hxy [Hy [HU1 [HU2 [U0 HU]]]]]]]]]] He Hq Ha HB HnB HBr H
    HcW HcP HPhi HE HP.
  split; [|apply (gradient_rows_below d p); [apply columns_residual; assumption|];
    apply (all_but_last d p n W a B r); assumption].
  assert (N := pos_INR n); assert (EN := S_INR n).
  assert (R2 : r ^ 2 <= s ^ 2) by (apply pow_incr; lra).
  assert (S2 : 0 < s ^ 2) by (apply pow_lt; lra).
  assert (B0 : 0 <= B).
  { eapply Rle_trans; [|exact HB]; apply total_nonneg; intros; apply Ha; lia. }
  assert (T : 0 < s ^ S n) by (apply pow_lt; lra).
  assert (ET : (2 * s ^ S n) ^ 2 = 4 * s ^ (2 * S n))
    by (rewrite Rpow_mult_distr, <- pow_mult, (Nat.mul_comm (S n)); ring).
  destruct (power_root n (4 * s ^ (2 * S n))) as [Z [HZ EZ]].
  { rewrite <- ET; apply pow2_ge_0. }
  assert (HsZ : s ^ 2 <= Z).
  { apply (power_le_inv n); [exact HZ|]; rewrite EZ, <- pow_mult.
    assert (0 < s ^ (2 * S n)) by (apply pow_lt; lra); lra. }
  assert (FC : frobenius d (chain d W (S n)) <= 2 * s ^ S n).
  { replace (chain d W (S n)) with (madd (residual d (S n) Phi W) Phi)
      by (pointwise i; pointwise j; unfold residual, madd, msub; ring).
    eapply Rle_trans; [apply frobenius_add|lra]. }
  assert (BL : bounded d (W n) (Z + B)).
  { apply (balanced_last d n W a B Z (2 * s ^ S n)); auto;
      [lra|apply bounded_frobenius_le; exact FC|rewrite EZ, ET; reflexivity]. }
  set (b0 := sqrt (Z + 2 * B)).
  assert (Eb0 : b0 ^ 2 = Z + 2 * B) by (apply pow2_sqrt; lra).
  assert (Hb0 : 0 < b0) by (apply sqrt_lt_R0; lra).
  assert (BW : forall l, (l <= n)%nat -> bounded d (W l) (b0 ^ 2)).
  { intros l Hl; rewrite Eb0; replace (Z + 2 * B) with (Z + B + B) by ring.
    apply (balanced_above d n W a B (Z + B)); auto; lra. }
  set (M := b0 ^ n); assert (HM : 0 < M) by (apply pow_lt; exact Hb0).
  set (h := eta * M * s ^ S n / b0).
  assert (NB : INR n * (2 * B) <= s ^ 2 / 2) by lra.
  assert (Hsb : s <= b0) by (apply below_by_square; lra).
  destruct (arora_bounds n eta s b0 h x K y U1 U2) as [K1 [K2 H0]]; auto; try lra.
  { apply (HK s (2 * B) Z b0); auto; lra. }
  set (b := b0 * (1 + h)) in *; set (m := b ^ n) in *; set (q := s ^ (2 * n)) in *.
  assert (Hb : 0 < b) by (apply Rmult_lt_0_compat; lra).
  assert (Hm : 0 < m) by (apply pow_lt; exact Hb).
  set (e := frobenius d (residual d (S n) Phi W)) in *.
  assert (E0 : 0 <= e) by apply frobenius_nonneg.
  assert (G1 : forall l, (l <= n)%nat -> frobenius d (gradient d (S n) Phi W l) <= M * s ^ S n)
    by (apply gradient_equal_bound; auto; lra).
  set (G := gradient d (S n) Phi W) in *.
  set (D := fun l => mscal (- eta) (G l)).
  assert (EV : layers_step d (S n) Phi eta W = (fun l => madd (W l) (D l))).
  { pointwise l; pointwise i; pointwise j; unfold layers_step, D, madd, msub, mscal; fold G; ring. }
  assert (FD : forall l, frobenius d (D l) = eta * frobenius d (G l)).
  { intros l; rewrite <- frobenius_scal by exact He; unfold frobenius, D; f_equal.
    rewrite !inner_scal_l, !inner_scal_r; ring. }
  assert (BV : forall k, (k < S n)%nat -> bounded d (W k) (b ^ 2) /\ bounded d (madd (W k) (D k))
    (b ^ 2)).
  { intros k Hk; assert (0 <= b0 * h) by (apply Rmult_le_pos; lra); split.
    - apply (bounded_mono d (W k) (b0 ^ 2)); [apply pow_incr; unfold b; lra|apply BW; lia].
    - replace b with (b0 + eta * (M * s ^ S n)) by (unfold b, h; field; lra).
      apply bounded_add; [lra|apply Rmult_le_pos; [exact He|apply Rmult_le_pos; lra]|apply BW; lia|].
      apply bounded_frobenius_le; rewrite FD; apply Rmult_le_compat_l; [exact He|apply G1; lia]. }
  destruct (equal_layers d W D b (S n) Hb BV (S n) (Nat.le_refl _)) as [_ [C1 C2]].
  rewrite (total_ext (S n) (fun k => frobenius d (D k)) (fun k => eta * frobenius d (G k))) in C1, C2
    by (intros; apply FD).
  rewrite total_scal in C1, C2; set (g := total (S n) (fun k => frobenius d (G k))) in *.
  set (Q := gradient_square d (S n) Phi W).
  assert (G0 : 0 <= g) by (apply total_nonneg; intros; apply frobenius_nonneg).
  assert (Sg : g ^ 2 <= INR (S n) * Q).
  { unfold g, Q, gradient_square; eapply Rle_trans; [apply total_cauchy|right; f_equal].
    apply total_ext; intros; apply frobenius_square. }
  assert (Q0 : 0 <= Q) by (apply total_nonneg; intros; apply inner_nonneg).
  assert (D1 : frobenius d (msub (chain d (fun k => madd (W k) (D k)) (S n)) (chain d W (S n)))
    <= m * (eta * g)).
  { apply (Rmult_le_reg_l b); [exact Hb|]; eapply Rle_trans; [exact C1|right; unfold m; simpl; ring]. }
  assert (D2 : frobenius d (msub (msub (chain d (fun k => madd (W k) (D k)) (S n)) (chain d W (S n)))
    (chain_slope d W D (S n))) <= m / b * (eta * g) ^ 2 / 2).
  { apply (Rmult_le_reg_l (b ^ 2)); [apply pow_lt; exact Hb|].
    eapply Rle_trans; [exact C2|right; unfold m; simpl; field; lra]. }
  assert (Ex := loss_expansion d n Phi W D _ _ D1 D2); cbv zeta in Ex.
  rewrite <- EV in Ex; fold e in Ex.
  assert (Gr : total (S n) (fun l => inner d (gradient d (S n) Phi W l) (D l)) = - eta * Q).
  { unfold Q, gradient_square; rewrite <- total_scal; apply total_ext; intros l _.
    unfold D; apply inner_scal_r. }
  rewrite Gr in Ex.
  assert (P2 : 0 <= (eta * g) ^ 2) by apply pow2_ge_0.
  assert (F1 : e * (m / b * (eta * g) ^ 2 / 2) <= U2 * q * ((eta * g) ^ 2 / 2)).
  { replace (e * (m / b * (eta * g) ^ 2 / 2)) with (e * (m / b) * ((eta * g) ^ 2 / 2)) by (field; lra).
    apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [|exact K2].
    replace (s ^ S n * m / b) with (s ^ S n * (m / b)) by (field; lra).
    apply Rmult_le_compat_r; [|exact HE].
    apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact Hb]. }
  assert (F2 : (m * (eta * g)) ^ 2 / 2 <= U1 * q * ((eta * g) ^ 2 / 2)).
  { rewrite Rpow_mult_distr; unfold Rdiv; rewrite Rmult_assoc; apply Rmult_le_compat_r; lra. }
  assert (F3 : q * (eta * g) ^ 2 <= x * (eta * Q)).
  { apply Rle_trans with (eta * INR (S n) * q * (eta * Q)).
    - replace (q * (eta * g) ^ 2) with (eta * eta * q * g ^ 2) by ring.
      replace (eta * INR (S n) * q * (eta * Q)) with (eta * eta * q * (INR (S n) * Q)) by ring.
      apply Rmult_le_compat_l; [|exact Sg].
      apply Rmult_le_pos; [apply Rmult_le_pos; exact He|unfold q; apply pow_le; lra].
    - apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption|exact Hq]. }
  assert (P : 0 <= eta * Q) by (apply Rmult_le_pos; assumption).
  assert (U : 0 <= U1) by (apply (Rmult_le_reg_r q); [|rewrite Rmult_0_l; eapply Rle_trans; [apply pow2_ge_0|exact K1]];
    apply pow_lt; lra).
  assert (F4 : (U1 + U2) * (q * (eta * g) ^ 2) <= (U1 + U2) * (x * (eta * Q))) by (apply Rmult_le_compat_l; lra).
  assert (F5 : x * (U1 + U2) * (eta * Q) <= 3 / 5 * (eta * Q)) by (apply Rmult_le_compat_r; assumption).
  fold Q; lra.
Qed.
