(** The false variant of Theorem 5.1 of Hu, Xiao and Pennington is false: without the upper bound of (10) on the scales, the
    first loss is large.  A product of L weights is above e^L in size unless a weight is within e, with probability 3 L e at most. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Remainder Convergence Rectangular AnyLaw Independent NormalLaw ChiSquare IndependentBlocks GaussianRow NarrowFactors NarrowLayers NarrowProducts NarrowSums NarrowMoves NarrowDescent NarrowPlateau NarrowTheorem.
Open Scope R_scope.

Lemma weight_of_layer : forall L w l, (l < L)%nat -> normal_layers (fun _ => 1%nat) L w l 0%nat 0%nat = w (L - S l)%nat.
Proof.
  induction L as [|L IH]; intros w l Hl; [lia|]; cbn [normal_layers]; unfold with_layer; destruct (Nat.eqb_spec l L) as [->|N].
  - rewrite Nat.sub_diag; reflexivity.
  - rewrite IH by lia; f_equal; lia.
Qed.

Lemma product_of_ones : forall L w q, (q <= L)%nat ->
  plain_product (fun _ => 1%nat) (spread_layers (fun _ => 1) (normal_layers (fun _ => 1%nat) L w)) 0 q 0%nat 0%nat
    = product q (fun l => w (L - S l)%nat).
Proof.
  intros L w q; induction q as [|q IH]; intros Hq; [reflexivity|]; cbn [plain_product product]; unfold mul, dot; cbn [total].
  rewrite IH by lia; unfold spread_layers; cbn [Nat.add]; rewrite weight_of_layer by lia; ring.
Qed.

Lemma weights_of_ones : forall L, weights_of (fun _ => 1%nat) L = L.
Proof. induction L as [|L IH]; [reflexivity|]; cbn [weights_of]; rewrite IH; lia. Qed.

(** E e^(1 - w^2/e^2) <= 3 e *)
Lemma within_small : forall L j e, (j < L)%nat -> 0 < e ->
  variable (law_weights L normal_law) (fun w => exp (1 - / e ^ 2 * w j ^ 2)) /\
  expectation (law_weights L normal_law) (fun w => exp (1 - / e ^ 2 * w j ^ 2)) <= 3 * e.
Proof.
  intros L j e Hj He; set (P := law_weights L normal_law); assert (e2 : 0 < / e ^ 2) by (apply Rinv_0_lt_compat, pow_lt, He).
  assert (Line := normal_square_exponential (/ e ^ 2) 1 0 ltac:(lra)).
  destruct (normal_is (fun t => exp (- (/ e ^ 2 * (1 * t + 0) ^ 2))) _ Line) as [S1 A1].
  destruct (coordinate L P j _ Hj S1) as [V E]; destruct (expectation_scal L P (exp 1) _ V) as [V2 E2].
  assert (Same : forall w, exp 1 * exp (- (/ e ^ 2 * (1 * w j + 0) ^ 2)) = exp (1 - / e ^ 2 * w j ^ 2)).
  { intros w; rewrite <- exp_plus; f_equal; ring. }
  destruct (variable_ext L P _ _ Same V2) as [V3 E3]; split; [exact V3|]; rewrite E3, E2, E.
  change (average P (fun t => exp (- (/ e ^ 2 * (1 * t + 0) ^ 2)))) with (normal_integral (fun t => exp (- (/ e ^ 2 * (1 * t + 0) ^ 2)))).
  rewrite A1; assert (R0 : / sqrt (1 + 2 * / e ^ 2 * 1 ^ 2) <= e).
  { rewrite <- (Rinv_inv e) at 2; apply Rinv_le_contravar; [apply Rinv_0_lt_compat, He|].
    rewrite <- (sqrt_square (/ e)) by (left; apply Rinv_0_lt_compat, He); apply sqrt_le_1_alt.
    replace (/ e * / e) with (/ e ^ 2) by (field; lra); lra. }
  assert (Z : exp (- (/ e ^ 2 * 0 ^ 2 / (1 + 2 * / e ^ 2 * 1 ^ 2))) = 1).
  { rewrite <- exp_0; f_equal; unfold Rdiv; ring. }
  rewrite Z, Rmult_1_l; apply Rmult_le_compat; [left; apply exp_pos|left; apply Rinv_0_lt_compat, sqrt_lt_R0; lra|exact exp_le_3|exact R0].
Qed.

Lemma unit_norm : rnorm 1 1 (fun _ _ => 1) = 1.
Proof. unfold rnorm, rinner, dot; cbn [total]; replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1. Qed.

Lemma hu_xiao_pennington_theorem_5_1_any_scale_is_false : ~ (forall C g B k, 0 < C -> 0 < g <= 1 -> 1 <= B -> exists L0 : nat,
  forall n L d r alpha eta X Y sigma, (L0 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  INR d <= C * Rpower (INR L) (1 - g) -> (forall l, (l < L)%nat -> 0 < sigma l) ->
  (forall l, (l < L)%nat -> / INR L ^ k <= INR (n (S l)) * sigma l ^ 2) ->
  rnorm (n 0%nat) r X <= B -> / B <= rnorm (n L) r Y <= B -> 0 <= eta <= exp (Rpower (INR L) g / (768 * C)) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => exists t, INR t <= exp (Rpower (INR L) g / (768 * C)) /\
    leaves_plateau n L r alpha X Y eta (spread_layers sigma (normal_layers n L w)) t) (1 / 10)).
Proof.
  intros H; destruct (H 1 1 1 0%nat ltac:(lra) ltac:(lra) ltac:(lra)) as [L0 F]; clear H.
  set (L := S L0); assert (L1 : 1 <= INR L) by (apply (le_INR 1); unfold L; lia).
  set (e := / (4 * INR L)); assert (e0 : 0 < e) by (apply Rinv_0_lt_compat; lra).
  assert (eL : 0 < e ^ L) by (apply pow_lt, e0); set (alpha := 3 / e ^ L).
  specialize (F (fun _ => 1%nat) L 1%nat 1%nat alpha 0 (fun _ _ => 1) (fun _ _ => 1) (fun _ => 1) ltac:(unfold L; lia) ltac:(intros; cbv beta; lia)).
  replace (1 - 1) with 0 in F by ring; rewrite Rpower_O in F by lra; cbv beta in F; rewrite unit_norm in F; change (INR 1) with 1 in F.
  specialize (F ltac:(lra) ltac:(intros; lra) ltac:(intros; cbn [pow]; rewrite Rinv_1; lra) ltac:(lra) ltac:(rewrite Rinv_1; lra)).
  specialize (F ltac:(split; [lra|left; apply exp_pos])); rewrite weights_of_ones in F; set (P := law_weights L normal_law) in F.
  destruct F as [X [V [X0 [X1 EX]]]].
  destruct (variable_total L P L (fun j w => exp (1 - / e ^ 2 * w j ^ 2))) as [V2 E2]; [intros j Hj; apply within_small; assumption|].
  destruct (expectation_plus L P X _ V V2) as [V3 E3]; destruct (expectation_one L P) as [V1 E1].
  assert (Cover : forall w, 1 <= X w + total L (fun j => exp (1 - / e ^ 2 * w j ^ 2))).
  { intros w; assert (T0 : forall j, (j < L)%nat -> 0 <= exp (1 - / e ^ 2 * w j ^ 2)) by (intros; left; apply exp_pos).
    destruct (Classical_Prop.classic (exists j, (j < L)%nat /\ w j ^ 2 <= e ^ 2)) as [[j [Hj Small]]|Far].
    - assert (T := total_one L _ j T0 Hj); cbv beta in T; assert (1 <= exp (1 - / e ^ 2 * w j ^ 2)); [|specialize (X0 w); lra].
      rewrite <- exp_0 at 1; apply exp_le_compat; assert (i0 : 0 < / e ^ 2) by (apply Rinv_0_lt_compat, pow_lt, e0).
      apply (Rmult_le_compat_l (/ e ^ 2)) in Small; [|lra]; rewrite Rinv_l in Small by (apply pow_nonzero; lra); lra.
    - assert (Tn : 0 <= total L (fun j => exp (1 - / e ^ 2 * w j ^ 2))) by (apply total_nonneg; exact T0).
      assert (1 <= X w); [|lra]; apply X1; exists 0%nat; split; [simpl; left; apply exp_pos|]; unfold leaves_plateau; cbv beta; rewrite unit_norm.
      unfold narrow_loss; cbn [narrow_descent]; rewrite rnorm_square; unfold rinner, dot; cbn [total]; intros [_ Win].
      assert (Err : narrow_error (fun _ => 1%nat) L 1 alpha (fun _ _ => 1) (fun _ _ => 1)
        (spread_layers (fun _ => 1) (normal_layers (fun _ => 1%nat) L w)) 0%nat 0%nat = alpha * product L (fun l => w (L - S l)%nat) - 1).
      { unfold narrow_error, msub, mscal, mul, dot; cbn [total]; rewrite product_of_ones by lia; ring. }
      rewrite Err in Win; set (p := product L (fun l => w (L - S l)%nat)) in *.
      assert (Ap : e ^ L <= Rabs p).
      { unfold p; rewrite product_abs, <- product_const; apply product_le; intros l Hl; split; [lra|].
        apply Rnot_lt_le; intros N; apply Far; exists (L - S l)%nat; split; [lia|]; rewrite <- pow2_abs; apply pow_incr; split; [apply Rabs_pos|lra]. }
      assert (Bp : 3 <= Rabs (alpha * p)).
      { rewrite Rabs_mult, (Rabs_pos_eq alpha) by (left; apply Rdiv_lt_0_compat; lra); unfold alpha.
        apply (Rmult_le_reg_r (e ^ L)); [exact eL|]; replace (3 / e ^ L * Rabs p * e ^ L) with (3 * Rabs p) by (field; lra); lra. }
      set (z := alpha * p) in *; destruct (Rle_lt_dec 0 z) as [Zp|Zn]; [rewrite Rabs_pos_eq in Bp by exact Zp|rewrite Rabs_left in Bp by exact Zn]; nra. }
  assert (Le := expectation_le L P _ _ V1 V3 Cover); rewrite E1, E3, E2 in Le.
  assert (Sum : total L (fun j => expectation P (fun w => exp (1 - / e ^ 2 * w j ^ 2))) <= INR L * (3 * e)).
  { rewrite <- total_const; apply total_le; intros j Hj; apply within_small; assumption. }
  assert (Num : INR L * (3 * e) = 3 / 4) by (unfold e; field; lra); lra.
Qed.
