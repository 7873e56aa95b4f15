(** A random start is good where its products of layers keep the lengths of all vectors: B(0) of Wide.v and the initial error. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Transpose Spectral Margin WideBlocks Wide WidePapers GaussianLayers WideStart WideRandom.
Open Scope R_scope.

(** The data have r columns. *)
Definition ranked (d n m p r L : nat) (D : nat -> nat -> R) : Prop :=
  fits d n m p D /\ (r <= d)%nat /\ (1 <= L)%nat /\ columns d r D.

Definition ends_kept (n m p r L : nat) (D : nat -> nat -> R) (place : nat -> nat -> nat -> nat) (w : nat -> R) : Prop :=
  forall q, (1 <= q < L)%nat ->
  keeps_range p m q (placed_layer (down_place place L) w) p unit_matrix /\
  keeps_range n m q (placed_layer (up_place place) w) r D.

Definition middles_below (m L : nat) (place : nat -> nat -> nat -> nat) (w : nat -> R) (G : R) : Prop :=
  forall a k, (2 <= a)%nat -> (1 <= k)%nat -> (a + k <= L)%nat -> forall y,
  let z := passed m m (placed_layer (from_place place a) w) y k in dot m z z <= G * INR k * INR m ^ k * dot m y y.

Definition output_below (d n m p L : nat) (D : nat -> nat -> R) (place : nat -> nat -> nat -> nat) (w : nat -> R) (x : R) : Prop :=
  let F := network n m p L D place w in
  inner d (chain d F (S L)) (chain d F (S L)) <= (2 * INR p + 4 * x) * inner d (chain d F L) (chain d F L).

Lemma dot_part : forall d k y, (k <= d)%nat -> dot k y y <= dot d y y.
Proof. intros d k y Hk; apply total_mono; [exact Hk|]; intros i _; apply Rle_0_sqr. Qed.

Lemma tops_kept : forall d n m p r L D place w, ranked d n m p r L D ->
  forall q y, ends_kept n m p r L D place w -> (q < L)%nat -> let z := mv d (tr (block d (network n m p L D place w) (S L - q) q)) y in
  dot d z z <= (6 / 5) ^ 2 * INR m ^ q * dot d y y /\ (supported d p y -> (4 / 5) ^ 2 * INR m ^ q * dot d y y <= dot d z z).
Proof.
  intros d n m p r L D place w Rank; assert (Rank' := Rank); destruct Rank' as [Fit [Hr [HL Cols]]].
  assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp Rows]]].
  set (F := network n m p L D place w).
  intros q y E Hq z; unfold z; clear z; destruct (Nat.eq_dec q 0) as [->|N].
  - change (block d F (S L - 0) 0) with unit_matrix; rewrite tr_unit, norm_unit; assert (P := dot_nonneg d y); simpl; lra.
  - assert (T := top_square d n m p L D place w Fit q y ltac:(lia)); cbv zeta in T; fold F in T; rewrite T.
    destruct (E q ltac:(lia)) as [K _]; specialize (K y); cbv zeta in K.
    rewrite norm_unit, <- (passed_ext p m _ y (mv p unit_matrix y) q) in K by (try lia; intros; symmetry; apply mv_unit; assumption).
    assert (P := dot_part d p y Hp); assert (c0 : 0 <= INR m ^ q) by (apply pow_le, pos_INR).
    split.
    + eapply Rle_trans; [apply K|]; apply Rmult_le_compat_l; [apply Rmult_le_pos; [apply pow2_ge_0|exact c0]|exact P].
    + intros Hy; rewrite (dot_narrow d p y y) by (try exact Hp; auto); apply K.
Qed.

Lemma data_narrow : forall d r D z i, (r <= d)%nat -> columns d r D -> (i < d)%nat -> mv d D z i = mv r D z i.
Proof.
  intros d r D z i Hr Cols Hi; unfold mv, dot; apply total_truncate; [exact Hr|]; intros j Hj; rewrite (Cols i j Hi Hj); ring.
Qed.

Definition lower_kept (n m r : nat) (D : nat -> nat -> R) (place : nat -> nat -> nat -> nat) (w : nat -> R) (q : nat) : Prop :=
  q = 0%nat \/ keeps_range n m q (placed_layer (up_place place) w) r D.

Lemma lower_square : forall d n m p r L D place w, ranked d n m p r L D ->
  forall q z, lower_kept n m r D place w q -> (q < L)%nat -> let y := mv d (chain d (network n m p L D place w) (S q)) z in
  (4 / 5) ^ 2 * INR m ^ q * dot d (mv d D z) (mv d D z) <= dot d y y <= (6 / 5) ^ 2 * INR m ^ q * dot d (mv d D z) (mv d D z).
Proof.
  intros d n m p r L D place w Rank; assert (Rank' := Rank); destruct Rank' as [Fit [Hr [HL Cols]]].
  assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp Rows]]].
  set (F := network n m p L D place w).
  intros q z E Hq y; unfold y; clear y; destruct (Nat.eq_dec q 0) as [->|N].
  - rewrite (dot_ext d (mv d (chain d F 1) z) (mv d (chain d F 1) z) (mv d D z) (mv d D z))
      by (intros i Hi; apply (data_first d n m p L D place w Fit z i Hi)).
    assert (P := dot_nonneg d (mv d D z)); simpl; lra.
  - assert (T := chain_square d n m p L D place w Fit q z Hq); cbv zeta in T; fold F in T; rewrite T, size_between by lia.
    destruct E as [E|K]; [lia|]; specialize (K z); cbv zeta in K.
    rewrite (passed_ext n m _ (mv d D z) (mv r D z) q) by (try lia; intros; apply data_narrow; try assumption; lia).
    replace (dot d (mv d D z) (mv d D z)) with (dot n (mv r D z) (mv r D z)); [exact K|symmetry].
    apply dot_narrow; [exact Hn|intros; apply data_narrow; try assumption; lia|].
    intros i Hi; apply total_zero; intros j Hj; assert (Z := Rows j i Hj Hi); unfold tr in Z; rewrite Z; ring.
Qed.

Lemma ends_lower : forall d n m p r L D place w, ranked d n m p r L D ->
  forall q, ends_kept n m p r L D place w -> (q < L)%nat -> lower_kept n m r D place w q.
Proof.
  intros d n m p r L D place w Rank; assert (Rank' := Rank); destruct Rank' as [Fit [Hr [HL Cols]]].
  assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp Rows]]].
  intros q E Hq; destruct (Nat.eq_dec q 0) as [Z|N]; [left; exact Z|right; apply (E q); lia].
Qed.

Lemma bounds_at_start : forall d n m p r L D place w G, ranked d n m p r L D ->
  forall s sigma tau M, ends_kept n m p r L D place w -> middles_below m L place w G -> s ^ 2 = INR m -> 0 < tau <= sigma -> 1 <= M -> 0 <= G ->
  G * INR (L - 2) <= M ^ 2 -> bounded d D (sigma ^ 2) -> (forall z, supported d r z -> tau ^ 2 * dot d z z <= dot d (mv d D z) (mv d D z)) ->
  wide_bounds d p r L (network n m p L D place w) s (6 / 5) (4 / 5) sigma tau M.
Proof.
  intros d n m p r L D place w G Rank; assert (Rank' := Rank); destruct Rank' as [Fit [Hr [HL Cols]]].
  assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp Rows]]].
  set (F := network n m p L D place w).
  assert (tops_kept := tops_kept d n m p r L D place w Rank); fold F in tops_kept.
  assert (lower_square := lower_square d n m p r L D place w Rank); fold F in lower_square.
  assert (ends_lower := ends_lower d n m p r L D place w Rank); fold F in ends_lower.
  intros s sigma tau M E Mid Hs Hst HM HG HGM Up Low.
  assert (sq : forall c q, (c * s ^ q) ^ 2 = c ^ 2 * INR m ^ q)
    by (intros; rewrite Rpow_mult_distr, <- (pow_mult s q 2), Nat.mul_comm, pow_mult, Hs; reflexivity).
  assert (c0 : forall q, 0 <= INR m ^ q) by (intros; apply pow_le, pos_INR).
  split; [|split].
  - intros q Hq; split.
    + rewrite <- (tr_tr (block d F (S L - q) q)); apply bounded_tr; [apply pow2_ge_0|].
      intros y; rewrite sq; apply (tops_kept q y E Hq).
    + intros y Hy; rewrite sq; apply (tops_kept q y E Hq); exact Hy.
  - intros q Hq; assert (c9 : 0 <= (4 / 5) ^ 2 * INR m ^ q) by (apply Rmult_le_pos; [apply pow2_ge_0|apply c0]).
    assert (c6 : 0 <= (6 / 5) ^ 2 * INR m ^ q) by (apply Rmult_le_pos; [apply pow2_ge_0|apply c0]); split.
    + intros z; destruct (lower_square q z (ends_lower q E Hq) Hq) as [_ K]; eapply Rle_trans; [exact K|].
      rewrite sq, Rpow_mult_distr; eapply Rle_trans; [apply Rmult_le_compat_l; [exact c6|apply Up]|right; ring].
    + intros z Hz; destruct (lower_square q z (ends_lower q E Hq) Hq) as [K _]; eapply Rle_trans; [|exact K].
      rewrite sq, Rpow_mult_distr; eapply Rle_trans; [right|apply Rmult_le_compat_l; [exact c9|apply Low; exact Hz]]; ring.
  - intros a k Ha Hk y; rewrite sq; destruct (Nat.eq_dec k 0) as [->|N].
    + change (block d F a 0) with unit_matrix; rewrite norm_unit; simpl (INR m ^ 0); rewrite Rmult_1_r.
      rewrite <- (Rmult_1_l (dot d y y)) at 1; apply Rmult_le_compat_r; [apply dot_nonneg|]; rewrite <- (pow1 2); apply pow_incr; lra.
    + assert (T := middle_square d n m p L D place w Fit a k y Ha ltac:(lia) Hk); cbv zeta in T; fold F in T; rewrite T.
      eapply Rle_trans; [apply (Mid a k Ha ltac:(lia) Hk)|].
      assert (kL : INR k <= INR (L - 2)) by (apply le_INR; lia); assert (k0 := pos_INR k).
      apply Rmult_le_compat; [apply Rmult_le_pos; [apply Rmult_le_pos; assumption|apply c0]|apply dot_nonneg| |apply dot_part; exact Hm].
      apply Rmult_le_compat_r; [apply c0|]; eapply Rle_trans; [|exact HGM]; apply Rmult_le_compat_l; assumption.
Qed.

Lemma column_of : forall d A j i, (j < d)%nat -> mv d A (unit_matrix j) i = A i j.
Proof.
  intros d A j i Hj; unfold mv; rewrite dot_comm; rewrite <- (mv_unit d (A i) j Hj); reflexivity.
Qed.

Lemma inner_by_columns : forall d A, inner d A A = total d (fun j => dot d (mv d A (unit_matrix j)) (mv d A (unit_matrix j))).
Proof.
  intros d A; rewrite inner_columns; apply total_ext; intros j Hj; apply dot_ext; intros i _; symmetry; apply column_of; exact Hj.
Qed.

(** |W_L ... W_1 D|_F^2 *)
Lemma output_at_start : forall d n m p r L D place w x, ranked d n m p r L D ->
  lower_kept n m r D place w (L - 1) -> output_below d n m p L D place w x -> 0 <= x ->
  inner d (chain d (network n m p L D place w) (S L)) (chain d (network n m p L D place w) (S L)) <= (2 * INR p + 4 * x) * ((6 / 5) ^ 2 * INR m ^ (L - 1) * inner d D D).
Proof.
  intros d n m p r L D place w x Rank; assert (Rank' := Rank); destruct Rank' as [Fit [Hr [HL Cols]]].
  assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp Rows]]].
  set (F := network n m p L D place w).
  assert (lower_square := lower_square d n m p r L D place w Rank); fold F in lower_square.
  intros E Out Hx; eapply Rle_trans; [exact Out|]; apply Rmult_le_compat_l; [assert (P := pos_INR p); lra|].
  rewrite !inner_by_columns, <- total_scal; apply total_le; intros j Hj.
  assert (K := lower_square (L - 1)%nat (unit_matrix j) E ltac:(lia)); cbv zeta in K; replace (S (L - 1)) with L in K by lia; apply K.
Qed.

Lemma frobenius_sub : forall d A B, frobenius d (msub A B) <= frobenius d A + frobenius d B.
Proof.
  intros d A B; replace (msub A B) with (madd A (mscal (-1) B)) by (pointwise i; pointwise j; unfold msub, madd, mscal; ring).
  eapply Rle_trans; [apply frobenius_add|]; right; f_equal; unfold frobenius; f_equal; rewrite inner_scal_l, inner_scal_r; ring.
Qed.

Lemma error_below : forall d n m p r L D place w x, ranked d n m p r L D ->
  forall Y e0, lower_kept n m r D place w (L - 1) -> output_below d n m p L D place w x -> 0 <= x ->
  sqrt ((2 * INR p + 4 * x) * ((6 / 5) ^ 2 * INR m ^ (L - 1) * inner d D D)) + frobenius d Y <= e0 ->
  frobenius d (residual d (S L) Y (network n m p L D place w)) <= e0.
Proof.
  intros d n m p r L D place w x Rank; assert (Rank' := Rank); destruct Rank' as [Fit [Hr [HL Cols]]].
  assert (Fit' := Fit); destruct Fit' as [Hn [Hm [Hp Rows]]].
  set (F := network n m p L D place w).
  assert (output_at_start := output_at_start d n m p r L D place w x Rank); fold F in output_at_start.
  intros Y e0 E Out Hx He; eapply Rle_trans; [apply frobenius_sub|]; eapply Rle_trans; [|exact He]; apply Rplus_le_compat_r.
  apply sqrt_le_1_alt, output_at_start; assumption.
Qed.
