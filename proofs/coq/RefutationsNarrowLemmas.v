(** The false variants of Lemmas 5.4 and 5.5 of Hu, Xiao and Pennington, and of their start, are false, and that of the gradient. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Remainder Convergence Rectangular AnyLaw Independent NormalLaw PaperStarts ChiSquare IndependentBlocks
  NarrowFactors NarrowLayers NarrowProducts NarrowSums NarrowMoves NarrowDescent NarrowMoved NarrowWindow NarrowStart NarrowGradient RefutationsNarrow.
Open Scope R_scope.

(** Layers of one weight: the first is t, the others are zero, so that products of more than one are zero. *)
Definition only_first (t : R) (l _ _ : nat) : R := match l with O => t | S _ => 0 end.

Lemma first_output : forall t x a p, plain_output (fun _ => 1%nat) (only_first t) a x (S p) = fun _ => match (a + p)%nat with O => t * x 0%nat | S _ => 0 end.
Proof.
  intros t x a p; cbn [plain_output]; pointwise i; unfold mv, dot; cbn [total]; destruct (a + p)%nat as [|m] eqn:E; unfold only_first; [|ring].
  replace p with 0%nat by lia; cbn [plain_output]; ring.
Qed.

Lemma first_products : forall t s a p, (match (a + p)%nat with O => t ^ 2 <= s ^ 2 | S _ => True end) -> opnorm 1 1 (plain_product (fun _ => 1%nat) (only_first t) a (S p)) s.
Proof.
  intros t s a p H x; rewrite (dot_ext 1 _ _ (plain_output (fun _ => 1%nat) (only_first t) a x (S p)) (plain_output (fun _ => 1%nat) (only_first t) a x (S p)))
    by (intros i Hi; apply (product_outputs (fun _ => 1%nat)); exact Hi).
  rewrite first_output; destruct (a + p)%nat; unfold dot; cbn [total]; rewrite !Rplus_0_l; assert (Q := Rle_0_sqr (x 0%nat)); unfold Rsqr in Q; [|nra].
  replace (t * x 0%nat * (t * x 0%nat)) with (t ^ 2 * (x 0%nat * x 0%nat)) by ring; apply Rmult_le_compat_r; assumption.
Qed.

Lemma first_good : forall t L K c g, t ^ 2 <= (K * INR L ^ 3) ^ 2 -> narrow_start (fun _ => 1%nat) L K c g (only_first t) /\ moved_little (fun _ => 1%nat) L c g (only_first t) (only_first t).
Proof.
  intros t L K c g H; split; [split|].
  - intros a [|p] Hp _; [lia|]; apply first_products; destruct (a + p)%nat; [exact H|exact I].
  - intros a [|p] Haq Hp; [lia|]; apply first_products; destruct (a + p)%nat eqn:E; [lia|exact I].
  - intros l _ x; replace (msub (only_first t l) (only_first t l)) with (fun _ _ : nat => 0) by (pointwise i; pointwise j; unfold msub; ring).
    unfold mv, dot; cbn [total]; rewrite !Rmult_0_l, !Rplus_0_l, Rmult_0_l; apply Rmult_le_pos; [apply pow2_ge_0|].
    rewrite <- (Rplus_0_l (x 0%nat * x 0%nat)); apply (dot_nonneg 1 x).
Qed.

(** A start may have one layer of norm K L^3. *)
Lemma hu_xiao_pennington_lemma_5_4_square_is_false : ~ (forall K c g, 0 < K -> 0 < c -> 0 < g -> exists L0, forall n L A B, (L0 <= L)%nat ->
  narrow_start n L K c g A -> moved_little n L c g A B ->
  (forall a q, (1 <= q)%nat -> (a + q <= L)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n B a q) (2 * K * INR L ^ 2)) /\
  forall a q, (a + q <= L)%nat -> (L <= 4 * q)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n B a q) (2 * exp (- (c * Rpower (INR L) g)))).
Proof.
  intros H; destruct (H 1 1 1 ltac:(lra) ltac:(lra) ltac:(lra)) as [L0 F]; set (L := (3 + L0)%nat); assert (L3 : 3 <= INR L) by (assert (M := le_INR 3 L ltac:(unfold L; lia)); simpl (INR 3) in M; lra).
  set (t := INR L ^ 3); destruct (first_good t L 1 1 1 ltac:(unfold t; rewrite Rmult_1_l; lra)) as [G M].
  destruct (F (fun _ => 1%nat) L _ _ ltac:(unfold L; lia) G M) as [B _]; specialize (B 0%nat 1%nat ltac:(lia) ltac:(unfold L; lia) (fun _ => 1)).
  rewrite (dot_ext 1 _ _ (fun _ => t * 1) (fun _ => t * 1)) in B.
  2, 3: intros i Hi; transitivity (plain_output (fun _ => 1%nat) (only_first t) 0 (fun _ => 1) 1 i); [apply (product_outputs (fun _ => 1%nat)); exact Hi|rewrite first_output; reflexivity].
  unfold dot in B; cbn [total] in B; unfold t in B; assert (L2 : 9 <= INR L ^ 2) by nra.
  assert (E : INR L ^ 3 * INR L ^ 3 <= 4 * (INR L ^ 2 * INR L ^ 2)) by (simpl in *; lra).
  replace (INR L ^ 3 * INR L ^ 3) with (INR L ^ 2 * (INR L ^ 2 * INR L ^ 2)) in E by ring; nra.
Qed.

(** Without layers the loss is |Y|^2/2. *)
Lemma hu_xiao_pennington_lemma_5_5_half_is_false : ~ (forall K c g H k, 0 < K -> 0 < c -> 0 < g -> 1 <= H -> exists L0, forall n L r alpha X Y sigma A B, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l)%nat) -> (forall l, (l < L)%nat -> 0 < sigma l) -> alpha ^ 2 * product L (fun l => INR (n (S l)) * sigma l ^ 2) <= INR L ^ k ->
  rnorm (n 0%nat) r X <= H -> / H <= rnorm (n L) r Y <= H -> narrow_start n L K c g A -> moved_little n L c g A B -> let V := rescaled_layers n sigma B in
  (5 / 10 * rnorm (n L) r Y ^ 2 < narrow_loss n L r alpha X Y V < 6 / 10 * rnorm (n L) r Y ^ 2) /\
  forall l, (l < L)%nat -> rnorm (n (S l)) (n l) (narrow_slope n L r alpha X Y V l) <= / (sqrt (INR (n (S l))) * sigma l) * exp (- (9 / 10 * c * Rpower (INR L) g))).
Proof.
  intros H; destruct (H 1 1 1 1 0%nat ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)) as [L0 F]; set (L := S L0).
  destruct (first_good 0 L 1 1 1 ltac:(rewrite pow_i by lia; apply pow2_ge_0)) as [G M].
  assert (U : rnorm 1 1 (fun _ _ => 1) = 1) by (unfold rnorm, rinner, dot; cbn [total]; replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1).
  destruct (F (fun _ => 1%nat) L 1%nat 1 (fun _ _ => 1) (fun _ _ => 1) (fun _ => 1) (only_first 0) (only_first 0) ltac:(unfold L; lia) ltac:(intros; cbv beta; lia) ltac:(intros; cbv beta; lra)) as [[Low _] _]; try exact G; try exact M.
  - rewrite (product_ext L _ (fun _ => 1)) by (intros; simpl; ring); rewrite product_const, !pow1; simpl; lra.
  - cbv beta; rewrite U; lra.
  - cbv beta; rewrite U, Rinv_1; lra.
  - cbv beta in Low; rewrite U in Low; revert Low; unfold narrow_loss.
    assert (E : rnorm 1 1 (narrow_error (fun _ => 1%nat) L 1 1 (fun _ _ => 1) (fun _ _ => 1) (rescaled_layers (fun _ => 1%nat) (fun _ => 1) (only_first 0))) = rnorm 1 1 (fun _ _ => 1)).
    { unfold rnorm; f_equal; unfold rinner; cbn [total]; unfold dot; cbn [total].
      assert (Z : narrow_error (fun _ => 1%nat) L 1 1 (fun _ _ => 1) (fun _ _ => 1) (rescaled_layers (fun _ => 1%nat) (fun _ => 1) (only_first 0)) 0%nat 0%nat = -1); [|rewrite Z; ring].
      unfold narrow_error, msub, mscal, mul at 1, dot; cbn [total]; unfold L; cbn [plain_product]; unfold mul, dot; cbn [total]; unfold rescaled_layers at 1, mscal, only_first; cbn [Nat.add].
      destruct L0; ring. }
    rewrite E, U; lra.
Qed.

(** A single layer of one weight is not exponentially small. *)
Lemma hu_xiao_pennington_good_start_short_is_false : ~ (forall C g, 0 < C -> 0 < g <= 1 -> exists c, 0 < c /\ forall delta, 0 < delta -> exists K L0, 0 < K /\ forall n L d, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> INR d <= C * Rpower (INR L) (1 - g) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => ~ ((forall a q, (1 <= q)%nat -> (a + q <= L)%nat ->
      opnorm (n (a + q)%nat) (n a) (plain_product n (start_layers n (normal_layers n L w)) a q) (K * INR L ^ 3)) /\
    forall a q, (a + q <= L)%nat -> (1 <= q)%nat ->
      opnorm (n (a + q)%nat) (n a) (plain_product n (start_layers n (normal_layers n L w)) a q) (exp (- (c * Rpower (INR L) g))))) delta).
Proof.
  intros H; destruct (H 1 1 ltac:(lra) ltac:(lra)) as [c [c0 F']]; destruct (F' (1 / 10) ltac:(lra)) as [K [L0 [_ F]]].
  destruct (nfloor_ex (4 / c) ltac:(left; apply Rdiv_lt_0_compat; lra)) as [l [_ Hl]].
  set (L := (S l + L0)%nat); assert (L1 : 1 <= INR L) by (apply (le_INR 1); unfold L; lia).
  assert (Far : 4 <= c * INR L).
  { assert (B : 4 / c <= INR L) by (unfold L; rewrite plus_INR, S_INR; assert (Q := pos_INR L0); lra).
    apply (Rmult_le_compat_l c) in B; [|lra]; replace (c * (4 / c)) with 4 in B by (field; lra); exact B. }
  specialize (F (fun _ => 1%nat) L 1%nat ltac:(unfold L; lia) ltac:(intros; cbv beta; lia)); replace (1 - 1) with 0 in F by ring.
  rewrite Rpower_O in F by lra; rewrite Rpower_1 in F by lra; specialize (F ltac:(simpl; lra)).
  assert (E := exp_fifth (c * INR L) Far); assert (E0 := exp_pos (- (c * INR L))).
  apply (at_most_less _ _ _ (fun w => exists a q x, (a + q <= L)%nat /\ (1 <= q)%nat /\
    exp (- (c * INR L)) ^ 2 * dot 1 x x < dot 1 (scaled_output (fun _ => 1%nat) (normal_layers (fun _ => 1%nat) L w) a x q)
      (scaled_output (fun _ => 1%nat) (normal_layers (fun _ => 1%nat) L w) a x q)) _ (1 / 10)) in F; [|intros w [a [q [x [H1 [H2 H3]]]]] [_ N]|apply Rle_refl].
  - apply (one_weight_stays L (exp (- (c * INR L)))) in F; [lra|unfold L; lia|lra].
  - specialize (N a q H1 H2); apply (output_of_product (fun _ => 1%nat) (start_layers (fun _ => 1%nat) (normal_layers (fun _ => 1%nat) L w)) a q _ x) in N; rewrite start_output in N; lra.
Qed.

(** One weight, the loss is 1/2 whatever stands beyond it, and the formula is 1 there. *)
Lemma narrow_slope_past_last_is_false : ~ (forall n L r alpha X Y V l D, (l <= L)%nat -> exists q, forall t,
  narrow_loss n L r alpha X Y (with_layer l (madd (V l) (mscal t D)) V)
    = narrow_loss n L r alpha X Y V + t * rinner (n (S l)) (n l) (narrow_slope n L r alpha X Y V l) D + t ^ 2 * q).
Proof.
  intros H; set (one := fun _ _ : nat => 1).
  destruct (H (fun _ => 1%nat) 1%nat 1%nat 1 one (fun _ _ => 0) (fun _ => one) 1%nat one (le_n 1)) as [q Q].
  assert (E : forall t, t * 1 + t ^ 2 * q = 0); [|assert (E1 := E 1); assert (E2 := E (-1)); lra].
  intros t; specialize (Q t); unfold narrow_loss in Q; rewrite !rnorm_square in Q.
  unfold rinner, narrow_slope, narrow_error, madd, msub, mscal, mul, tr, with_layer, dot in Q; simpl in Q; unfold mul, dot, unit_matrix, one in Q; simpl in Q; lra.
Qed.
