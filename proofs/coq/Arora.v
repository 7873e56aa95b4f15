(** Balanced layers with a deficiency margin converge linearly: Theorem 1 of Arora, Cohen, Golowich
    and Hu (balanced-convergence.md), for rectangular layers, with larger steps and less balance.

    Their constants are delta = c^2 / (256 N^3 |Phi|^(2 - 2/N)) and c^(4 - 2/N) / (6144 N^3
    |Phi|^(6 - 4/N)); here delta = c^(2/N) / (5 N^2) and eta <= c^(2/N) / (24 N |Phi|^2) are enough.
    The loss after a step is expanded exactly (Expansion.v), and the smallest of the ratios
    |y_(l-1)|^2 / |y_l|^2 is left out (Margin.v) where the paper compares powers of Gram matrices. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin.
Open Scope R_scope.

(** |W - Phi| <= sigma - c, where sigma bounds the smallest singular value of Phi from below; the
    input has p dimensions. *)
Definition thin_margin (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R)
  (c : R) : Prop :=
  exists sigma, 0 <= sigma /\ columns d p (W 0%nat) /\ singular_above d p Phi sigma /\
    frobenius d (residual d L Phi W) <= sigma - c.

(** The same with p the smaller one of the input and the output dimension. *)
Definition deficiency_margin (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R)
  (c : R) : Prop :=
  exists sigma, 0 <= sigma /\
    ((columns d p (W 0%nat) /\ singular_above d p Phi sigma) \/
     (columns d p (tr (W (L - 1)%nat)) /\ singular_above d p (tr Phi) sigma)) /\
    frobenius d (residual d L Phi W) <= sigma - c.

(** ** One step *)

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

Lemma arora_one : forall d p n Phi eta W a B r s,
  (p <= d)%nat -> 0 < r -> r <= s -> 0 <= eta -> eta * INR (S n) * s ^ (2 * n) <= 1 / 24 ->
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= B -> INR (S n) * B <= r ^ 2 / 4 ->
  nearly_balanced d n W (fun _ => 0) a -> columns d p (W 0%nat) -> columns d p Phi ->
  frobenius d Phi <= s ^ S n -> frobenius d (residual d (S n) Phi W) <= s ^ S n ->
  (forall x, supported d p x ->
    r ^ (2 * S n) * dot d x x <= dot d (mv d (chain d W (S n)) x) (mv d (chain d W (S n)) x)) ->
  loss d (S n) Phi (layers_step d (S n) Phi eta W)
    <= loss d (S n) Phi W - 7 / 10 * eta * gradient_square d (S n) Phi W /\
  3 / 4 * r ^ (2 * n) * (2 * loss d (S n) Phi W) <= gradient_square d (S n) Phi W.
Proof.
  intros d p n Phi eta W a B r s Hp Hr Hrs He Hq Ha HB HnB H HcW HcP HPhi HE HP.
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
  assert (NB : INR n * (2 * B) <= s ^ 2 / 2).
  { rewrite EN in HnB; lra. }
  destruct (arora_bounds n eta s (2 * B) Z b0 h) as [K1 [K2 H0]]; auto; try lra.
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
  assert (F1 : e * (m / b * (eta * g) ^ 2 / 2) <= 13 / 4 * q * ((eta * g) ^ 2 / 2)).
  { replace (e * (m / b * (eta * g) ^ 2 / 2)) with (e * (m / b) * ((eta * g) ^ 2 / 2)) by (field; lra).
    apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [|exact K2].
    replace (s ^ S n * m / b) with (s ^ S n * (m / b)) by (field; lra).
    apply Rmult_le_compat_r; [|exact HE].
    apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact Hb]. }
  assert (F2 : (m * (eta * g)) ^ 2 / 2 <= 21 / 2 * q * ((eta * g) ^ 2 / 2)).
  { rewrite Rpow_mult_distr; unfold Rdiv; rewrite Rmult_assoc; apply Rmult_le_compat_r; lra. }
  assert (F3 : q * (eta * g) ^ 2 <= 1 / 24 * (eta * Q)).
  { apply Rle_trans with (eta * INR (S n) * q * (eta * Q)).
    - replace (q * (eta * g) ^ 2) with (eta * eta * q * g ^ 2) by ring.
      replace (eta * INR (S n) * q * (eta * Q)) with (eta * eta * q * (INR (S n) * Q)) by ring.
      apply Rmult_le_compat_l; [|exact Sg].
      apply Rmult_le_pos; [apply Rmult_le_pos; exact He|unfold q; apply pow_le; lra].
    - apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption|exact Hq]. }
  assert (0 <= eta * Q) by (apply Rmult_le_pos; assumption).
  fold Q; lra.
Qed.

(** ** The theorem *)

Lemma margin_parts : forall d p n Phi W r s, (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ S n -> thin_margin d p (S n) Phi W (r ^ S n) ->
  r <= s /\ frobenius d (residual d (S n) Phi W) <= s ^ S n.
Proof.
  intros d p n Phi W r s Hp Hr Hs HPhi [sigma [S0 [_ [[_ S1] S2]]]].
  assert (F := frobenius_nonneg d (residual d (S n) Phi W)).
  assert (C0 : 0 < r ^ S n) by (apply pow_lt; exact Hr).
  assert (T0 : 0 < s ^ S n) by (apply pow_lt; exact Hs).
  set (x := unit_matrix 0).
  assert (Nx : dot d x x = 1).
  { assert (E := mv_unit d x 0 ltac:(lia)); unfold mv in E; fold x in E; rewrite E; reflexivity. }
  assert (Sx : supported d p x).
  { intros j Hj; unfold x, unit_matrix; destruct (Nat.eqb_spec 0 j); [lia|reflexivity]. }
  assert (B := bounded_frobenius_le d Phi (s ^ S n) ltac:(lra) x).
  specialize (S1 x Sx); rewrite Nx, Rmult_1_r in S1, B.
  assert (Sg : sigma <= s ^ S n) by (apply below_by_square; lra).
  split; [apply (power_le_inv n); lra|lra].
Qed.

Lemma arora_orbit : forall d p n Phi W eta delta r s,
  (1 <= n)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ S n -> thin_margin d p (S n) Phi W (r ^ S n) ->
  balanced d (S n) W delta -> delta <= r ^ 2 / (5 * INR (S n) ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR (S n) * s ^ (2 * S n)) ->
  let R t := loss d (S n) Phi (layers_descent d (S n) Phi eta W t) in
  let G t := gradient_square d (S n) Phi (layers_descent d (S n) Phi eta W t) in
  forall t, R t + 7 / 10 * eta * total t G <= R 0%nat /\ columns d p (layers_descent d (S n) Phi
    eta W t 0%nat) /\
    R (S t) <= R t - 7 / 10 * eta * G t /\ R (S t) <= (1 - eta * r ^ (2 * n)) * R t.
Proof.
  intros d p n Phi W eta delta r s Hn Hp Hr Hs HPhi HM HBal Hdel [He Heta] R G.
  destruct (margin_parts d p n Phi W r s Hp Hr Hs HPhi HM) as [Hrs HE0].
  destruct HM as [sigma [S0 [HcW [[HcP S1] S2]]]].
  set (N := INR (S n)) in *.
  assert (N1 : 1 <= N) by (apply (le_INR 1); lia).
  assert (Zr : 0 < r ^ 2) by (apply pow_lt; exact Hr).
  assert (T2 : 0 < s ^ (2 * S n)) by (apply pow_lt; exact Hs).
  assert (Q0 : 0 < s ^ (2 * n)) by (apply pow_lt; exact Hs).
  assert (ET : s ^ (2 * S n) = s ^ 2 * s ^ (2 * n)) by (rewrite <- pow_add; f_equal; lia).
  assert (Heta' : eta * N * s ^ (2 * S n) <= r ^ 2 / 24).
  { apply (Rmult_le_compat_r (N * s ^ (2 * S n))) in Heta; [|apply Rmult_le_pos; lra].
    replace (r ^ 2 / (24 * N * s ^ (2 * S n)) * (N * s ^ (2 * S n))) with (r ^ 2 / 24) in Heta
      by (field; split; lra); lra. }
  assert (Hq : eta * N * s ^ (2 * n) <= 1 / 24).
  { assert (Z2 : 0 < s ^ 2) by (apply pow_lt; exact Hs).
    apply (Rmult_le_reg_r (s ^ 2)); [exact Z2|].
    replace (eta * N * s ^ (2 * n) * s ^ 2) with (eta * N * s ^ (2 * S n)) by (rewrite ET; ring).
    assert (r ^ 2 <= s ^ 2) by (apply pow_incr; lra); lra. }
  assert (D0 : 0 <= delta).
  { eapply Rle_trans; [apply frobenius_nonneg|apply (HBal 0%nat); lia]. }
  assert (Hdel' : N * (N * delta) <= r ^ 2 / 5).
  { apply (Rmult_le_compat_l (N ^ 2)) in Hdel; [|apply pow2_ge_0].
    replace (N ^ 2 * (r ^ 2 / (5 * N ^ 2))) with (r ^ 2 / 5) in Hdel by (field; lra).
    simpl in *; lra. }
  assert (R00 : R 0%nat <= s ^ (2 * S n) / 2).
  { unfold R; simpl layers_descent; rewrite loss_frobenius.
    assert (frobenius d (residual d (S n) Phi W) ^ 2 <= (s ^ S n) ^ 2)
      by (apply pow_incr; split; [apply frobenius_nonneg|exact HE0]).
    rewrite <- pow_mult, (Nat.mul_comm (S n)) in H; lra. }
  assert (Step : forall t, R t + 7 / 10 * eta * total t G <= R 0%nat ->
    columns d p (layers_descent d (S n) Phi eta W t 0%nat) ->
    R (S t) <= R t - 7 / 10 * eta * G t /\ 3 / 4 * r ^ (2 * n) * (2 * R t) <= G t).
  { intros t Ht Hc; set (Wt := layers_descent d (S n) Phi eta W t) in *.
    assert (G0 : 0 <= total t G)
      by (apply total_nonneg; intros; apply total_nonneg; intros; apply inner_nonneg).
    assert (Rt : 0 <= R t) by apply loss_nonneg.
    assert (eG : 0 <= eta * total t G) by (apply Rmult_le_pos; assumption).
    assert (Fe : frobenius d (residual d (S n) Phi Wt) <= frobenius d (residual d (S n) Phi W)).
    { apply below_by_square; [apply frobenius_nonneg|].
      assert (RR : R t <= R 0%nat) by lra; unfold R in RR; simpl layers_descent in RR; fold Wt in RR.
      rewrite !loss_frobenius in RR; lra. }
    set (a := fun l => delta + drifted d (S n) Phi eta W t l).
    apply (arora_one d p n Phi eta Wt a (total (S n) a) r s); try assumption; try lra; try lia.
    - intros l _; unfold a; assert (Dr := drifted_nonneg d (S n) Phi eta W t l); lra.
    - unfold a; rewrite total_plus, total_const, drifted_total; fold N.
      change (N * (N * delta + eta ^ 2 * total t G) <= r ^ 2 / 4).
      assert (X : eta ^ 2 * total t G <= 5 / 7 * (eta * s ^ (2 * S n))).
      { assert (Y : eta * (7 / 10 * eta * total t G) <= eta * (s ^ (2 * S n) / 2))
          by (apply Rmult_le_compat_l; lra); lra. }
      apply (Rmult_le_compat_l N) in X; [|lra]; lra.
    - apply balanced_at, balanced_nearly; exact HBal.
    - intros x Hx.
      assert (L := margin_below d p n Phi Wt sigma (r ^ S n) ltac:(left; apply pow_lt; exact Hr) S0 S1
        ltac:(lra) x Hx).
      rewrite <- pow_mult, (Nat.mul_comm (S n)) in L; exact L. }
  assert (Rate : forall t, R (S t) <= R t - 7 / 10 * eta * G t ->
    3 / 4 * r ^ (2 * n) * (2 * R t) <= G t ->
    R (S t) <= (1 - eta * r ^ (2 * n)) * R t).
  { intros t H1 H2; assert (Rt : 0 <= R t) by apply loss_nonneg.
    apply (Rmult_le_compat_l eta) in H2; [|exact He].
    assert (0 <= eta * r ^ (2 * n) * R t).
    { apply Rmult_le_pos; [apply Rmult_le_pos; [exact He|apply pow_le; lra]|exact Rt]. }
    lra. }
  induction t as [|t [I1 [I2 _]]].
  - assert (H0 : R 0%nat + 7 / 10 * eta * total 0 G <= R 0%nat) by (simpl total; lra).
    destruct (Step 0%nat H0 HcW) as [A1 A2]; auto.
  - destruct (Step t I1 I2) as [A1 _].
    assert (H1 : R (S t) + 7 / 10 * eta * total (S t) G <= R 0%nat) by (simpl total; lra).
    assert (H2 : columns d p (layers_descent d (S n) Phi eta W (S t) 0%nat)) by (apply columns_step;
      assumption).
    destruct (Step (S t) H1 H2) as [B1 B2]; auto.
Qed.

Lemma thin_step : forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> thin_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p L Phi W eta delta r s t HL Hp Hr Hs HPhi HM HB Hd He.
  destruct L as [|n]; [lia|]; replace (2 * S n - 2)%nat with (2 * n)%nat by lia.
  apply (arora_orbit d p n Phi W eta delta r s ltac:(lia) Hp Hr Hs HPhi HM HB Hd He t).
Qed.

Lemma frobenius_tr : forall d A, frobenius d (tr A) = frobenius d A.
Proof. intros; unfold frobenius; rewrite inner_tr; reflexivity. Qed.

Lemma balanced_transposed : forall d L W delta, balanced d L W delta ->
  balanced d L (transposed L W) delta.
Proof.
  intros d L W delta H l Hl; unfold transposed.
  assert (B := H (L - S (S l))%nat ltac:(lia)).
  replace (S (L - S (S l))) with (L - S l)%nat in B by lia.
  rewrite !tr_tr; eapply Rle_trans; [right|exact B].
  unfold frobenius; f_equal; unfold inner, dot; apply total_ext; intros i _; apply total_ext;
    intros j _.
  unfold msub; ring.
Qed.

(** Of the input and the output dimension the output dimension may be the smaller. *)
Lemma margin_transposed : forall d p L Phi W c, (1 <= L)%nat -> deficiency_margin d p L Phi W c ->
  thin_margin d p L Phi W c \/ thin_margin d p L (tr Phi) (transposed L W) c.
Proof.
  intros d p L Phi W c HL [sigma [S0 [[[C S1]|[C S1]] S2]]]; [left|right]; exists sigma.
  - repeat split; try assumption; apply S1.
  - split; [exact S0|split; [exact C|split; [exact S1|]]].
    replace (frobenius d (residual d L (tr Phi) (transposed L W))) with (frobenius d (residual d L
      Phi W));
      [exact S2|].
    rewrite <- (frobenius_tr d (residual d L Phi W)); unfold frobenius; f_equal; symmetry.
    apply inner_same, transposed_residual.
Qed.

(** c = r^L and |Phi| = s^L, so that c^(2/L) = r^2 and c^(2 - 2/L) = r^(2L - 2). *)
Theorem arora_descent_step : forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p L Phi W eta delta r s t HL Hp Hr Hs HPhi HM HB Hd He.
  destruct (margin_transposed d p L Phi W (r ^ L) ltac:(lia) HM) as [M|M].
  - apply (thin_step d p L Phi W eta delta r s); assumption.
  - rewrite <- !(layers_transposition d L Phi eta W).
    apply (thin_step d p L (tr Phi) (transposed L W) eta delta r s); try assumption.
    + rewrite frobenius_tr; exact HPhi.
    + apply balanced_transposed; exact HB.
Qed.

(** The rate is at most 1. *)
Lemma arora_rate_at_most_one : forall d p L Phi W eta r s,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  r <= s /\ 0 <= eta * r ^ (2 * L - 2) <= 1.
Proof.
  intros d p L Phi W eta r s HL Hp Hr Hs HPhi HM [He Heta].
  destruct L as [|n]; [lia|].
  assert (Hrs : r <= s).
  { destruct (margin_transposed d p (S n) Phi W (r ^ S n) ltac:(lia) HM) as [M|M].
    - apply (margin_parts d p n Phi W r s); assumption.
    - apply (margin_parts d p n (tr Phi) (transposed (S n) W) r s); try assumption.
      rewrite frobenius_tr; exact HPhi. }
  split; [exact Hrs|].
  assert (K0 : 0 < r ^ (2 * S n - 2)) by (apply pow_lt; exact Hr).
  split; [apply Rmult_le_pos; lra|].
  assert (N1 : 1 <= INR (S n)) by (apply (le_INR 1); lia).
  assert (T2 : 0 < s ^ (2 * S n)) by (apply pow_lt; exact Hs).
  apply (Rmult_le_compat_r (24 * INR (S n) * s ^ (2 * S n))) in Heta;
    [|apply Rmult_le_pos; lra].
  replace (r ^ 2 / (24 * INR (S n) * s ^ (2 * S n)) * (24 * INR (S n) * s ^ (2 * S n))) with (r ^
    2) in Heta
    by (field; split; lra).
  assert (E : r ^ (2 * S n) = r ^ 2 * r ^ (2 * S n - 2)) by (rewrite <- pow_add; f_equal; lia).
  assert (P : r ^ (2 * S n) <= s ^ (2 * S n)) by (apply pow_incr; lra).
  apply (Rmult_le_reg_r (s ^ (2 * S n))); [exact T2|].
  apply (Rmult_le_compat_r (r ^ (2 * S n - 2))) in Heta; [|lra].
  set (k := r ^ (2 * S n - 2)) in *; set (T := s ^ (2 * S n)) in *.
  assert (F : 0 <= eta * k * T) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
  assert (0 <= eta * k * T * (INR (S n) - 1)) by (apply Rmult_le_pos; lra).
  lra.
Qed.

Theorem arora_descent_rate : forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W t) <= (1 - eta * r ^ (2 * L - 2)) ^ t * loss d L Phi W.
Proof.
  intros d p L Phi W eta delta r s t HL Hp Hr Hs HPhi HM HB Hd He.
  destruct (arora_rate_at_most_one d p L Phi W eta r s HL Hp Hr Hs HPhi HM He) as [_ K].
  induction t as [|t IH]; [rewrite pow_O, Rmult_1_l; apply Rle_refl|].
  eapply Rle_trans; [apply (arora_descent_step d p L Phi W eta delta r s); assumption|].
  set (k := eta * r ^ (2 * L - 2)) in *.
  change ((1 - k) ^ S t) with ((1 - k) * (1 - k) ^ t); rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [lra|exact IH].
Qed.
