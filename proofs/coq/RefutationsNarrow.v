(** The false variants of Lemma 5.3 of Hu, Xiao and Pennington are false: short products are not small.  A single layer of one
    weight is above s with probability 1 - e^(s^2)/sqrt 3 at least, since E e^(-w^2) = 1/sqrt 3. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Remainder Convergence AnyLaw Independent NormalLaw ChiSquare IndependentBlocks GaussianRow NarrowFactors NarrowLayers NarrowProducts.
Open Scope R_scope.

Lemma one_weight_stays : forall L s b, (1 <= L)%nat -> 0 < s <= 1 / 3 ->
  at_most (law_weights (weights_of (fun _ => 1%nat) L) normal_law) (fun w => exists a q x, (a + q <= L)%nat /\ (1 <= q)%nat /\
    s ^ 2 * dot 1 x x < dot 1 (scaled_output (fun _ => 1%nat) (normal_layers (fun _ => 1%nat) L w) a x q)
      (scaled_output (fun _ => 1%nat) (normal_layers (fun _ => 1%nat) L w) a x q)) b -> 1 / 4 <= b.
Proof.
  intros L s b HL Hs; set (n := fun _ : nat => 1%nat); set (K := weights_of n L); set (P := law_weights K normal_law).
  intros [X [V [X0 [X1 EX]]]]; eapply Rle_trans; [|exact EX].
  assert (HK : (1 <= K)%nat) by (unfold K; destruct L as [|L]; [lia|simpl; lia]).
  assert (R0 := row_mean 1 (fun _ => 1) 1 0 ltac:(unfold dot; simpl; lra)).
  assert (One : dot 1 (fun _ => 1) (fun _ => 1) = 1) by (unfold dot; simpl; ring); rewrite One in R0.
  assert (Single : variable P (fun w => exp (- (1 * w 0%nat ^ 2))) /\
    expectation P (fun w => exp (- (1 * w 0%nat ^ 2))) = / sqrt 3).
  { destruct R0 as [[R1 R2] R3]; simpl in R2, R3.
    assert (E : (fun x => exp (- (1 * ((dot 1 (put 0 x (fun _ => 0)) (fun _ => 1) + 0) * ((dot 1 (put 0 x (fun _ => 0)) (fun _ => 1) + 0) * 1)))))
      = (fun t => exp (- (1 * t ^ 2)))).
    { apply FunctionalExtensionality.functional_extensionality; intros t; do 2 f_equal; unfold dot, put; simpl; ring. }
    rewrite E in R2, R3; destruct (coordinate K P 0 (fun t => exp (- (1 * t ^ 2))) HK R2) as [V1 E1]; split; [exact V1|].
    rewrite E1; change (average P (fun t => exp (- (1 * t ^ 2)))) with (normal_integral (fun t => exp (- (1 * t ^ 2)))); rewrite R3.
    replace (- (1 * (0 * (0 * 1)) / (1 + 2 * 1 * 1))) with 0 by field; rewrite exp_0, Rmult_1_l; do 2 f_equal; ring. }
  destruct Single as [VG EG]; destruct (expectation_scal K P (9 / 8) _ VG) as [VH EH].
  destruct (expectation_plus K P X _ V VH) as [VS ES]; destruct (expectation_one K P) as [V1 E1].
  assert (Cover : forall w, 1 <= X w + 9 / 8 * exp (- (1 * w 0%nat ^ 2))).
  { intros w; destruct (Rle_lt_dec (w 0%nat ^ 2) (s ^ 2)) as [Small|Big].
    - assert (U := exp_above_line (- (1 * w 0%nat ^ 2))); assert (s ^ 2 <= 1 / 9) by nra; specialize (X0 w); lra.
    - assert (G := exp_pos (- (1 * w 0%nat ^ 2))); assert (1 <= X w); [|lra]; apply X1.
      destruct L as [|L]; [lia|]; exists L, 1%nat, (fun _ => 1); split; [lia|split; [lia|]]; rewrite One.
      assert (Out : scaled_output n (normal_layers n (S L) w) L (fun _ => 1) 1 0%nat = w 0%nat).
      { cbn [scaled_output normal_layers]; rewrite Nat.add_0_r; unfold with_layer; rewrite Nat.eqb_refl.
        unfold mv, dot, weight_block, n; cbn [total]; simpl; rewrite sqrt_1; field. }
      unfold dot; cbn [total]; fold n; rewrite Out; lra. }
  assert (Le := expectation_le K P _ _ V1 VS Cover); rewrite E1, ES, EH, EG in Le.
  assert (S3 : 17 / 10 <= sqrt 3) by (rewrite <- (sqrt_square (17 / 10)) by lra; apply sqrt_le_1_alt; lra).
  assert (/ sqrt 3 <= / (17 / 10)) by (apply Rinv_le_contravar; lra); lra.
Qed.

(** e^(-x) <= 1/5 from x = 4 on *)
Lemma exp_fifth : forall x, 4 <= x -> exp (- x) <= 1 / 5.
Proof.
  intros x Hx; assert (U := exp_above_line x); rewrite exp_Ropp; replace (1 / 5) with (/ 5) by field; apply Rinv_le_contravar; lra.
Qed.

Lemma hu_xiao_pennington_lemma_5_3_short_is_false : ~ (forall C g, 0 < C -> 0 < g <= 1 -> exists c L0, 0 < c /\ forall n L d, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> INR d <= C * Rpower (INR L) (1 - g) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => exists a q x, (a + q <= L)%nat /\ (1 <= q)%nat /\
    exp (- (c * Rpower (INR L) g)) ^ 2 * dot (n a) x x < dot (n (a + q)%nat) (scaled_output n (normal_layers n L w) a x q)
      (scaled_output n (normal_layers n L w) a x q)) (exp (- (c * Rpower (INR L) g)))).
Proof.
  intros H; destruct (H 1 1 ltac:(lra) ltac:(lra)) as [c [L0 [c0 F]]].
  destruct (nfloor_ex (4 / c) ltac:(left; apply Rdiv_lt_0_compat; lra)) as [l [_ Hl]].
  set (L := (S l + L0)%nat); assert (L1 : 1 <= INR L) by (apply (le_INR 1); unfold L; lia).
  assert (Far : 4 <= c * INR L).
  { assert (B : 4 / c <= INR L) by (unfold L; rewrite plus_INR, S_INR; assert (Q := pos_INR L0); lra).
    apply (Rmult_le_compat_l c) in B; [|lra]; replace (c * (4 / c)) with 4 in B by (field; lra); exact B. }
  specialize (F (fun _ => 1%nat) L 1%nat ltac:(unfold L; lia) ltac:(intros; cbv beta; lia)); replace (1 - 1) with 0 in F by ring.
  rewrite Rpower_O in F by lra; rewrite Rpower_1 in F by lra; specialize (F ltac:(simpl; lra)).
  assert (E := exp_fifth (c * INR L) Far); assert (E0 := exp_pos (- (c * INR L))).
  apply (one_weight_stays L (exp (- (c * INR L)))) in F; [lra|unfold L; lia|lra].
Qed.

(** At depth 96000 and width 1, s = e^(-100), and so is the bound but for 96000^2. *)
Lemma hu_xiao_pennington_lemma_5_3_explicit_short_is_false : ~ (forall n L d, (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => exists a q x, (a + q <= L)%nat /\ (1 <= q)%nat /\
    exp (- (INR L / (960 * INR d))) ^ 2 * dot (n a) x x < dot (n (a + q)%nat) (scaled_output n (normal_layers n L w) a x q)
      (scaled_output n (normal_layers n L w) a x q)) (INR L ^ 2 * INR d * exp (- (INR L / (960 * INR d))))).
Proof.
  intros H; set (L := Z.to_nat 96000); assert (EL : INR L = 96000) by (unfold L; rewrite INR_IZR_INZ, Z2Nat.id by lia; reflexivity).
  assert (L1 : (1 <= L)%nat) by (apply INR_le; rewrite EL; simpl; lra).
  specialize (H (fun _ => 1%nat) L 1%nat L1 ltac:(intros; cbv beta; lia)); rewrite EL in H; change (INR 1) with 1 in H.
  replace (96000 / (960 * 1)) with 100 in H by field.
  apply (one_weight_stays L (exp (- (100)))) in H; [|exact L1|split; [apply exp_pos|assert (E := exp_fifth 100 ltac:(lra)); lra]].
  assert (E : exp (- (100)) <= (1 / 5) ^ 25).
  { replace (- (100)) with (INR 25 * - (4)) by (simpl; ring); rewrite exp_times; apply pow_incr; split; [left; apply exp_pos|apply exp_fifth; lra]. }
  simpl in E; lra.
Qed.
