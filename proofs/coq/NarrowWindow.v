(** Lemma 5.5 of Hu, Xiao and Pennington: near a good start the loss is in its window, and all gradients are tiny. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Remainder Convergence Rectangular ChiSquare NarrowLayers NarrowProducts NarrowSums NarrowMoves NarrowDescent NarrowMoved.
Open Scope R_scope.

(** W_l = sqrt(d_l) sigma_l A_l *)
Definition rescaled_layers (n : nat -> nat) (sigma : nat -> R) (A : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R := mscal (layer_scale n sigma l) (A l).

Lemma scaled_product : forall n sigma A a q, plain_product n (rescaled_layers n sigma A) a q = mscal (piece_scale n sigma a q) (plain_product n A a q).
Proof.
  intros n sigma A a q; induction q as [|q IH].
  - pointwise i; pointwise j; unfold mscal, piece_scale; cbn [product plain_product]; ring.
  - cbn [plain_product]; rewrite IH; unfold rescaled_layers, piece_scale; cbn [product]; pointwise i; pointwise j; unfold mul, mscal.
    set (P := product q _); set (s := layer_scale n sigma (a + q)); unfold dot; rewrite <- total_scal; apply total_ext; intros k _; ring.
Qed.

Lemma opnorm_scaled : forall m n A a s, opnorm m n A a -> opnorm m n (mscal s A) (s * a).
Proof.
  intros m n A a s H x; replace (mv n (mscal s A) x) with (fun i => s * mv n A x i) by (pointwise i; unfold mv, mscal; rewrite dot_scal_l; reflexivity).
  rewrite dot_scal_l, dot_scal_r, Rpow_mult_distr; assert (B := Rmult_le_compat_l _ _ _ (pow2_ge_0 s) (H x)); lra.
Qed.

Lemma gain_square : forall n L alpha sigma, output_gain n L alpha sigma ^ 2 = alpha ^ 2 * product L (fun l => INR (n (S l)) * sigma l ^ 2).
Proof.
  intros n L alpha sigma; unfold output_gain, piece_scale; rewrite Rpow_mult_distr, pow2_abs; f_equal.
  induction L as [|L IH]; cbn [product]; [ring|]; rewrite Rpow_mult_distr, IH; f_equal; unfold layer_scale; cbn [Nat.add].
  rewrite Rpow_mult_distr, pow2_sqrt by apply pos_INR; ring.
Qed.

Theorem hu_xiao_pennington_lemma_5_5 : forall K c g H k, 0 < K -> 0 < c -> 0 < g -> 1 <= H -> exists L0, forall n L r alpha X Y sigma A B, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l)%nat) -> (forall l, (l < L)%nat -> 0 < sigma l) -> alpha ^ 2 * product L (fun l => INR (n (S l)) * sigma l ^ 2) <= INR L ^ k ->
  rnorm (n 0%nat) r X <= H -> / H <= rnorm (n L) r Y <= H -> narrow_start n L K c g A -> moved_little n L c g A B -> let V := rescaled_layers n sigma B in
  (4 / 10 * rnorm (n L) r Y ^ 2 < narrow_loss n L r alpha X Y V < 6 / 10 * rnorm (n L) r Y ^ 2) /\
  forall l, (l < L)%nat -> rnorm (n (S l)) (n l) (narrow_slope n L r alpha X Y V l) <= / (sqrt (INR (n (S l))) * sigma l) * exp (- (9 / 10 * c * Rpower (INR L) g)).
Proof.
  intros K c g H k HK Hc Hg HH; destruct (hu_xiao_pennington_lemma_5_4 K c g HK Hc Hg) as [L1 Moved].
  assert (H2 : 1 <= H ^ 2) by (rewrite <- (pow1 2); apply pow_incr; lra).
  destruct (powers_below (22 * H ^ 2 + 10 * H ^ 2 * K) (c / 10) g (k + 3) ltac:(assert (0 < H ^ 2 * K) by (apply Rmult_lt_0_compat; lra); lra) ltac:(lra) Hg) as [L2 [_ HP]].
  destruct (nfloor_ex (/ K) ltac:(left; apply Rinv_0_lt_compat, HK)) as [L3 [_ HL3]].
  exists (2 + L1 + L2 + S L3)%nat; intros n L r alpha X Y sigma A B HL Hn Hsig Gain HX HY Good Near V.
  destruct (Moved n L A B ltac:(lia) Good Near) as [Any Far]; specialize (HP L ltac:(lia)).
  assert (l1 : 1 <= INR L) by (apply (le_INR 1); lia); assert (lK : / K < INR L) by (assert (M := le_INR _ _ (ltac:(lia) : (S L3 <= L)%nat)); rewrite S_INR in M; lra).
  set (x := Rpower (INR L) g) in *; set (e := exp (- (c / 10 * x))); assert (e0 : 0 < e) by apply exp_pos; set (T := exp (- (c * x))) in *.
  assert (T0 : 0 < T) by apply exp_pos; set (s := K * INR L ^ 3); replace (2 * K * INR L ^ 3) with (2 * s) in Any by (unfold s; ring).
  assert (s1 : 1 <= s).
  { unfold s; assert (U : K * / K <= K * INR L) by (apply Rmult_le_compat_l; lra); rewrite Rinv_r in U by lra; assert (INR L ^ 1 <= INR L ^ 3) by (apply Rle_pow; [exact l1|lia]).
    assert (K * INR L <= K * INR L ^ 3) by (apply Rmult_le_compat_l; lra); lra. }
  assert (Tiny : exp (- (9 / 10 * c * x)) * e = T) by (unfold e, T; rewrite <- exp_plus; f_equal; field); set (t := exp (- (9 / 10 * c * x))) in *.
  assert (t0 : 0 < t) by apply exp_pos; assert (t1 : T <= e).
  { unfold T, e; apply exp_le_compat; assert (0 < c * x) by (apply Rmult_lt_0_compat; [lra|apply exp_pos]); lra. }
  assert (Small : (22 * H ^ 2 + 10 * H ^ 2 * K) * INR L ^ (k + 3) * e <= 1).
  { unfold e; rewrite exp_Ropp; apply (Rmult_le_reg_r (exp (c / 10 * x))); [apply exp_pos|]; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by (apply Rgt_not_eq, exp_pos); exact HP. }
  assert (lk : 1 <= INR L ^ k) by (apply pow_R1_Rle; exact l1); assert (l3 : 1 <= INR L ^ 3) by (apply pow_R1_Rle; exact l1).
  assert (Sc : forall l, (l < L)%nat -> 0 < layer_scale n sigma l).
  { intros l Hl; apply Rmult_lt_0_compat; [apply Hsig; exact Hl|apply sqrt_lt_R0, lt_0_INR; specialize (Hn (S l) ltac:(lia)); lia]. }
  assert (G0 : 0 <= output_gain n L alpha sigma) by (apply Rmult_le_pos; [apply Rabs_pos|left; apply scale_pos; intros l Hl; apply Sc; exact Hl]).
  assert (G1 : output_gain n L alpha sigma <= INR L ^ k).
  { apply Rnot_lt_le; intros N; rewrite <- gain_square in Gain; replace (output_gain n L alpha sigma ^ 2) with (output_gain n L alpha sigma * output_gain n L alpha sigma) in Gain by ring.
    assert (INR L ^ k * INR L ^ k < output_gain n L alpha sigma * output_gain n L alpha sigma) by (apply Rmult_le_0_lt_compat; lra).
    assert (INR L ^ k * 1 <= INR L ^ k * INR L ^ k) by (apply Rmult_le_compat_l; lra); lra. }
  assert (HY0 : 0 < / H) by (apply Rinv_0_lt_compat; lra); assert (x0 := rnorm_nonneg (n 0%nat) r X).
  set (bound := fun _ q : nat => if Nat.leb L (4 * q) then 2 * T else 2 * s).
  assert (Products : forall a q, (a + q <= L)%nat -> 0 <= bound a q /\ opnorm (n (a + q)%nat) (n a) (plain_product n V a q) (piece_scale n sigma a q * bound a q)).
  { intros a q Hq; unfold V, bound; rewrite scaled_product; destruct (Nat.leb_spec L (4 * q)) as [F|_]; (split; [lra|apply opnorm_scaled]); [apply Far; assumption|].
    destruct q as [|q]; [|apply Any; lia]; rewrite Nat.add_0_r; intros z; cbn [plain_product].
    rewrite (dot_ext (n a) (mv (n a) unit_matrix z) (mv (n a) unit_matrix z) z z) by (intros; apply mv_unit; assumption).
    assert (D := dot_nonneg (n a) z); assert (1 ^ 2 <= (2 * s) ^ 2) by (apply pow_incr; lra); nra. }
  destruct (small_products n L r alpha (1 / 11) (4 * s * T) X Y sigma V bound Sc ltac:(lra) ltac:(lra) ltac:(lra) Products) as [Window Slopes].
  - unfold bound; rewrite (proj2 (Nat.leb_le L (4 * L)) ltac:(lia)); apply Rle_trans with (INR L ^ k * (2 * e) * H).
    + apply Rmult_le_compat; [apply Rmult_le_pos; lra|exact x0|apply Rmult_le_compat; lra|exact HX].
    + assert (Z : 22 * H ^ 2 * INR L ^ k * e <= 1).
      { eapply Rle_trans; [|exact Small]; apply Rmult_le_compat_r; [lra|]; rewrite pow_add; assert (0 <= H ^ 2 * K) by (apply Rmult_le_pos; lra).
        assert (INR L ^ k * 1 <= INR L ^ k * INR L ^ 3) by (apply Rmult_le_compat_l; lra); apply Rmult_le_compat; lra. }
      apply Rle_trans with (1 / 11 * / H); [|lra]; apply (Rmult_le_reg_r (11 * H)); [lra|]; replace (1 / 11 * / H * (11 * H)) with 1 by (field; lra).
      replace (INR L ^ k * (2 * e) * H * (11 * H)) with (22 * H ^ 2 * INR L ^ k * e) by ring; exact Z.
  - intros l Hl; unfold bound; destruct (Nat.leb_spec L (4 * (L - S l))) as [_|F1]; destruct (Nat.leb_spec L (4 * l)) as [_|F2]; try lia; try lra.
    assert (T <= s); [|assert (T * T <= s * T) by (apply Rmult_le_compat_r; lra); lra]; apply Rle_trans with 1; [|exact s1]; unfold T; rewrite <- exp_0; apply exp_le_compat; assert (0 < c * x) by (apply Rmult_lt_0_compat; [lra|apply exp_pos]); lra.
  - split; [exact Window|]; intros l Hl; eapply Rle_trans; [apply Slopes, Hl|]; assert (sc := Sc l Hl); assert (si := Hsig l Hl).
    replace (/ (sqrt (INR (n (S l))) * sigma l)) with (/ layer_scale n sigma l) by (unfold layer_scale; f_equal; ring).
    set (i := / layer_scale n sigma l); assert (i0 : 0 < i) by (apply Rinv_0_lt_compat, sc); unfold Rdiv; fold i.
    apply Rle_trans with (i * (INR L ^ k * (4 * s * T) * (12 / 11 * H ^ 2))).
    + replace (output_gain n L alpha sigma * i * (4 * s * T) * ((1 + 1 * / 11) * rnorm (n L) r Y * rnorm (n 0%nat) r X))
        with (i * (output_gain n L alpha sigma * (4 * s * T) * (12 / 11 * (rnorm (n L) r Y * rnorm (n 0%nat) r X)))) by field.
      assert (st : 0 <= 4 * s * T) by (apply Rmult_le_pos; lra); assert (yx : rnorm (n L) r Y * rnorm (n 0%nat) r X <= H ^ 2) by (replace (H ^ 2) with (H * H) by ring; apply Rmult_le_compat; lra).
      assert (yx0 : 0 <= rnorm (n L) r Y * rnorm (n 0%nat) r X) by (apply Rmult_le_pos; lra).
      apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat; [apply Rmult_le_pos; assumption|lra|apply Rmult_le_compat_r; assumption|lra].
    + apply Rmult_le_compat_l; [lra|]; rewrite <- Tiny; apply Rle_trans with (t * ((22 * H ^ 2 + 10 * H ^ 2 * K) * INR L ^ (k + 3) * e)).
      * replace (INR L ^ k * (4 * s * (t * e)) * (12 / 11 * H ^ 2)) with (t * (48 / 11 * H ^ 2 * K * (INR L ^ k * INR L ^ 3) * e)) by (unfold s; field).
        apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_r; [lra|]; rewrite pow_add; apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|]; assert (0 <= H ^ 2 * K) by (apply Rmult_le_pos; lra); lra.
      * rewrite <- (Rmult_1_r t) at 2; apply Rmult_le_compat_l; lra.
Qed.
