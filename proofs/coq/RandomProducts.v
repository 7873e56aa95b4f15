(** Lemma 5.2 of Hu, Xiao and Pennington: no product of consecutive random layers is large. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw Rectangular RandomLayers.
Open Scope R_scope.

(** |A_(a+q-1) ... A_a x|^2 with A_l = W_l/sqrt d_l, d_l the number of rows of W_l. *)
Definition scaled_square (n : nat -> nat) (w : nat -> R) (a : nat) (x : nat -> R) (q : nat) : R :=
  dot (n (a + q)%nat) (random_output n w a x q) (random_output n w a x q) / product q (fun l => INR (n (S (a + l)))).

Lemma output_linear : forall n w a x q i, (i < n (a + q))%nat ->
  random_output n w a x q i = dot (n a) x (fun c => random_output n w a (unit_matrix c) q i).
Proof.
  intros n w a x q; induction q as [|q IH]; intros i Hi.
  - rewrite Nat.add_0_r in Hi; simpl; transitivity (mv (n a) unit_matrix x i); [symmetry; apply mv_unit; exact Hi|].
    apply total_ext; intros c _; rewrite Rmult_comm; f_equal; unfold unit_matrix; rewrite Nat.eqb_sym; reflexivity.
  - simpl; unfold mv at 1, dot.
    rewrite (total_ext _ _ (fun j => total (n a) (fun c => x c * (random_layer n w (a + q) i j * random_output n w a (unit_matrix c) q j)))).
    + rewrite total_swap; apply total_ext; intros c _; rewrite total_scal; reflexivity.
    + intros j Hj; rewrite (IH j Hj); unfold dot; rewrite <- total_scal; apply total_ext; intros c _; ring.
Qed.

(** The norm of the product is at most the sum over its columns. *)
Lemma square_by_columns : forall n w a x q, (forall l, (l < q)%nat -> (1 <= n (S (a + l)))%nat) ->
  scaled_square n w a x q <= total (n a) (fun c => scaled_square n w a (unit_matrix c) q) * dot (n a) x x.
Proof.
  intros n w a x q Hn; set (p := product q (fun l => INR (n (S (a + l))))).
  assert (p0 : 0 < p) by (apply product_pos; intros l Hl; apply lt_0_INR; specialize (Hn l Hl); lia).
  unfold scaled_square; fold p; apply (Rmult_le_reg_r p); [exact p0|].
  replace (dot (n (a + q)%nat) (random_output n w a x q) (random_output n w a x q) / p * p)
    with (dot (n (a + q)%nat) (random_output n w a x q) (random_output n w a x q)) by (field; lra).
  rewrite (total_ext _ _ (fun c => / p * dot (n (a + q)%nat) (random_output n w a (unit_matrix c) q) (random_output n w a (unit_matrix c) q)))
    by (intros c _; unfold Rdiv; ring).
  rewrite total_scal; set (T := total (n a) (fun c => dot (n (a + q)%nat) (random_output n w a (unit_matrix c) q) (random_output n w a (unit_matrix c) q))).
  replace (/ p * T * dot (n a) x x * p) with (dot (n a) x x * T) by (field; lra).
  unfold T, dot at 1 3; rewrite total_swap, <- total_scal; apply total_le; intros i Hi.
  rewrite (output_linear n w a x q i Hi).
  assert (C := cauchy (n a) x (fun c => random_output n w a (unit_matrix c) q i)); simpl in C; unfold dot in *; lra.
Qed.

Lemma unit_square : forall d c, (c < d)%nat -> dot d (unit_matrix c) (unit_matrix c) = 1.
Proof.
  intros d c Hc; transitivity (mv d unit_matrix (unit_matrix c) c); [reflexivity|]; rewrite mv_unit by exact Hc.
  unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity.
Qed.

(** E of the sum over the columns is their number. *)
Lemma columns_moment : forall k (P : weights k) n a q, single P (fun t => t) -> average P (fun t => t) = 0 ->
  single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = 1 -> (1 <= q)%nat -> (entries_before n (a + q) <= k)%nat ->
  (forall l, (l < q)%nat -> (1 <= n (S (a + l)))%nat) ->
  variable P (fun w => total (n a) (fun c => scaled_square n w a (unit_matrix c) q)) /\
  expectation P (fun w => total (n a) (fun c => scaled_square n w a (unit_matrix c) q)) = INR (n a).
Proof.
  intros k P n a q S1 A1 S2 A2 Hq Hk Hn; set (p := product q (fun l => INR (n (S (a + l))))).
  assert (p0 : 0 < p) by (apply product_pos; intros l Hl; apply lt_0_INR; specialize (Hn l Hl); lia).
  assert (Each : forall c, (c < n a)%nat -> variable P (fun w => scaled_square n w a (unit_matrix c) q) /\
    expectation P (fun w => scaled_square n w a (unit_matrix c) q) = 1).
  { intros c Hc; destruct (output_square k P 1 n a (unit_matrix c) q S1 A1 S2 A2 Hq Hk) as [V E].
    destruct (expectation_scal k P (/ p) _ V) as [V' E'].
    assert (Point : forall w, / p * dot (n (a + q)%nat) (random_output n w a (unit_matrix c) q) (random_output n w a (unit_matrix c) q)
      = scaled_square n w a (unit_matrix c) q) by (intros w; unfold scaled_square, Rdiv; apply Rmult_comm).
    destruct (variable_ext k P _ _ Point V') as [V2 E2]; split; [exact V2|]; rewrite E2, E', E, pow1, unit_square by exact Hc.
    fold p; field; lra. }
  destruct (variable_total k P (n a) (fun c w => scaled_square n w a (unit_matrix c) q)) as [V E]; [intros c Hc; apply Each; exact Hc|].
  split; [exact V|rewrite E, (total_ext _ _ (fun _ => 1)) by (intros c Hc; apply Each; exact Hc)].
  rewrite total_const; ring.
Qed.

(** With widths between 1 and L: all norms at once are at most c, for c^2 >= L^3/delta, so for c = L^3/delta. *)
Theorem hu_xiao_pennington_lemma_5_2 : forall k (P : weights k) n L c delta,
  single P (fun t => t) -> average P (fun t => t) = 0 -> single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = 1 ->
  (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= L)%nat) -> (entries_before n L <= k)%nat ->
  0 < delta -> INR L ^ 3 / delta <= c ^ 2 ->
  at_most P (fun w => exists a q x, (1 <= q)%nat /\ (a + q <= L)%nat /\ c ^ 2 * dot (n a) x x < scaled_square n w a x q) delta.
Proof.
  intros k P n L c delta S1 A1 S2 A2 HL Hn Hk Hd Hc.
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (L3 : 0 < INR L ^ 3) by (apply pow_lt; lra).
  assert (c2 : 0 < c ^ 2) by (eapply Rlt_le_trans; [|exact Hc]; apply Rdiv_lt_0_compat; assumption).
  assert (Before : forall l, (l <= L)%nat -> (entries_before n l <= k)%nat).
  { intros l Hl; apply Nat.le_trans with (entries_before n L); [|exact Hk]; clear - Hl.
    induction Hl as [|m _ IH]; [apply Nat.le_refl|simpl; lia]. }
  destruct (expectation_scal k P 0 _ (proj1 (expectation_one k P))) as [V0 E0].
  set (Z := fun a q w => if Nat.leb (a + S q) L then total (n a) (fun c => scaled_square n w a (unit_matrix c) (S q)) else 0 * 1).
  assert (Z0 : forall a q w, 0 <= Z a q w).
  { intros a q w; unfold Z; destruct (Nat.leb_spec (a + S q) L) as [H|H]; [|lra]; apply total_nonneg; intros b _.
    unfold scaled_square, Rdiv; apply Rmult_le_pos; [apply dot_nonneg|left; apply Rinv_0_lt_compat, product_pos].
    intros l Hl; apply lt_0_INR; specialize (Hn (S (a + l)) ltac:(lia)); lia. }
  assert (EZ : forall a q, (a < L)%nat -> variable P (Z a q) /\ expectation P (Z a q) <= INR L).
  { intros a q Ha; unfold Z; destruct (Nat.leb_spec (a + S q) L) as [H|H].
    - destruct (columns_moment k P n a (S q) S1 A1 S2 A2 ltac:(lia) (Before _ H)) as [V E];
        [intros l Hl; apply Hn; lia|]; split; [exact V|rewrite E]; apply le_INR, Hn; lia.
    - split; [exact V0|rewrite E0; lra]. }
  assert (Row : forall a, (a < L)%nat -> variable P (fun w => total L (fun q => Z a q w)) /\
    expectation P (fun w => total L (fun q => Z a q w)) <= INR L * INR L).
  { intros a Ha; destruct (variable_total k P L (Z a)) as [V E]; [intros q _; apply EZ; exact Ha|].
    split; [exact V|rewrite E, <- total_const]; apply total_le; intros q _; apply EZ; exact Ha. }
  destruct (variable_total k P L (fun a w => total L (fun q => Z a q w))) as [V E]; [intros a Ha; apply Row; exact Ha|].
  destruct (expectation_scal k P (/ c ^ 2) _ V) as [V' E']; assert (i2 : 0 < / c ^ 2) by (apply Rinv_0_lt_compat; exact c2).
  eexists; split; [exact V'|split; [|split]].
  - intros w; cbv beta; apply Rmult_le_pos; [lra|]; apply total_nonneg; intros a _; apply total_nonneg; intros q _; apply Z0.
  - intros w [a [q [x [Hq [Haq Big]]]]]; cbv beta; destruct q as [|q]; [lia|].
    assert (Cols : forall l, (l < S q)%nat -> (1 <= n (S (a + l)))%nat) by (intros l Hl; apply Hn; lia).
    assert (B := square_by_columns n w a x (S q) Cols); set (T := total (n a) (fun c => scaled_square n w a (unit_matrix c) (S q))) in *.
    assert (X0 := dot_nonneg (n a) x).
    assert (cT : c ^ 2 <= T).
    { apply Rnot_lt_le; intros N; assert (T * dot (n a) x x <= c ^ 2 * dot (n a) x x) by (apply Rmult_le_compat_r; lra); lra. }
    assert (TZ : T <= total L (fun a => total L (fun q => Z a q w))).
    { apply Rle_trans with (total L (fun q => Z a q w)).
      - apply Rle_trans with (Z a q w); [|apply (total_one L (fun q => Z a q w)); [intros; apply Z0|lia]].
        unfold Z; destruct (Nat.leb_spec (a + S q) L); [apply Rle_refl|lia].
      - apply (total_one L (fun a => total L (fun q => Z a q w))); [intros; apply total_nonneg; intros; apply Z0|lia]. }
    apply (Rmult_le_reg_l (c ^ 2)); [exact c2|]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra; lra.
  - rewrite E', E; apply (Rmult_le_reg_l (c ^ 2)); [exact c2|]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
    apply Rle_trans with (INR L ^ 3).
    + replace (INR L ^ 3) with (INR L * (INR L * INR L)) by ring; rewrite <- (total_const L (INR L * INR L)).
      apply total_le; intros a Ha; apply Row; exact Ha.
    + apply (Rmult_le_compat_r delta) in Hc; [|lra]; replace (INR L ^ 3 / delta * delta) with (INR L ^ 3) in Hc by (field; lra); exact Hc.
Qed.
