(** Wide networks, the deterministic half of Du and Hu and of Hu, Xiao and Pennington (wide-layers.md,
    section 5): if the start satisfies B(0), the loss falls linearly for all times.

    Layer 0 is the data, with the scale of the network in it, and is not trained; layers 1, ..., L are.
    Products that contain the last layer have p rows, those that contain the data r columns. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Expansion Margin WideBlocks.
Open Scope R_scope.

(** Gradient descent on layers 1, ..., L. *)
Definition wide_step (d L : nat) (Y : nat -> nat -> R) (eta : R) (F : nat -> nat -> nat -> R)
  (l : nat) : nat -> nat -> R :=
  match l with
  | O => F 0%nat
  | S _ => layers_step d (S L) Y eta F l
  end.

Fixpoint wide_descent (d L : nat) (Y : nat -> nat -> R) (eta : R) (F : nat -> nat -> nat -> R)
  (t : nat) : nat -> nat -> nat -> R :=
  match t with
  | O => F
  | S n => wide_step d L Y eta (wide_descent d L Y eta F n)
  end.

(** B(t): with s^q for q layers, products with the last layer have singular values in [b, a], products
    with the data in [b tau, a sigma], all others at most M. *)
Definition wide_bounds (d p r L : nat) (F : nat -> nat -> nat -> R) (s a b sigma tau M : R) : Prop :=
  (forall q, (q < L)%nat -> bounded d (block d F (S L - q) q) ((a * s ^ q) ^ 2) /\
    forall y, supported d p y -> (b * s ^ q) ^ 2 * dot d y y
      <= dot d (mv d (tr (block d F (S L - q) q)) y) (mv d (tr (block d F (S L - q) q)) y)) /\
  (forall q, (q < L)%nat -> bounded d (chain d F (S q)) ((a * sigma * s ^ q) ^ 2) /\
    forall z, supported d r z -> (b * tau * s ^ q) ^ 2 * dot d z z
      <= dot d (mv d (chain d F (S q)) z) (mv d (chain d F (S q)) z)) /\
  (forall j k, (2 <= j)%nat -> (j + k <= L)%nat -> bounded d (block d F j k) ((M * s ^ k) ^ 2)).

(** p outputs, r columns of data. *)
Definition wide_shape (d p r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R) : Prop :=
  columns d r Y /\ columns d p (tr Y) /\ columns d r (F 0%nat) /\ columns d p (tr (F L)).

(** ** Norms of vectors *)

Lemma dot_triangle_below : forall d x y a e, 0 <= e -> e <= a -> a ^ 2 <= dot d x x ->
  dot d (fun i => y i - x i) (fun i => y i - x i) <= e ^ 2 -> (a - e) ^ 2 <= dot d y y.
Proof.
  intros d x y a e He Hea Hx HE.
  rewrite dot_minus_l, !dot_minus_r, (dot_comm d x y) in HE.
  assert (C := cauchy d y x); set (X := dot d x x) in *; set (Z := dot d y y) in *; set (P := dot d y x) in *.
  assert (X0 : 0 <= X) by apply dot_nonneg; assert (Z0 : 0 <= Z) by apply dot_nonneg.
  set (n := sqrt X); set (m := sqrt Z).
  assert (nn : n * n = X) by (apply sqrt_sqrt; exact X0); assert (mm : m * m = Z) by (apply sqrt_sqrt; exact Z0).
  assert (n0 : 0 <= n) by apply sqrt_pos; assert (m0 : 0 <= m) by apply sqrt_pos.
  assert (PM : P <= m * n).
  { apply below_by_square; [apply Rmult_le_pos; assumption|].
    replace ((m * n) ^ 2) with (Z * X) by (rewrite <- nn, <- mm; ring); exact C. }
  assert (an : a <= n) by (apply below_by_square; [exact n0|replace (n ^ 2) with X by (rewrite <- nn; ring); exact Hx]).
  assert (ne : n - m <= e).
  { apply below_by_square; [exact He|].
    replace ((n - m) ^ 2) with (X + Z - 2 * (m * n)) by (rewrite <- nn, <- mm; ring); lra. }
  replace Z with (m ^ 2) by (rewrite <- mm; ring); apply pow_incr; lra.
Qed.

(** A matrix near one that is bounded below. *)
Lemma below_near : forall d V W a e x, 0 <= e -> e <= a -> frobenius d (msub V W) <= e ->
  a ^ 2 * dot d x x <= dot d (mv d W x) (mv d W x) -> (a - e) ^ 2 * dot d x x <= dot d (mv d V x) (mv d V x).
Proof.
  intros d V W a e x He Hea HE H.
  set (n := sqrt (dot d x x)); assert (N := dot_nonneg d x).
  assert (nn : n * n = dot d x x) by (apply sqrt_sqrt; exact N); assert (n0 : 0 <= n) by apply sqrt_pos.
  replace ((a - e) ^ 2 * dot d x x) with ((a * n - e * n) ^ 2) by (rewrite <- nn; ring).
  apply (dot_triangle_below d (mv d W x)).
  - apply Rmult_le_pos; assumption.
  - apply Rmult_le_compat_r; assumption.
  - replace ((a * n) ^ 2) with (a ^ 2 * dot d x x) by (rewrite <- nn; ring); exact H.
  - assert (B := bounded_frobenius_le d _ e HE x).
    replace ((e * n) ^ 2) with (e ^ 2 * dot d x x) by (rewrite <- nn; ring).
    eapply Rle_trans; [right|exact B]; apply dot_ext; intros i _; symmetry; apply dot_minus_l.
Qed.

(** ** B(t) from C(t) *)

Lemma power_room : forall x q L, 0 <= x -> (q <= L)%nat -> 0 <= (1 + x) ^ q - 1 <= (1 + x) ^ L - 1.
Proof.
  intros x q L Hx Hq; assert (1 <= (1 + x) ^ q) by (apply pow_R1_Rle; lra).
  assert ((1 + x) ^ q <= (1 + x) ^ L) by (apply Rle_pow; [lra|exact Hq]); lra.
Qed.

Lemma bounds_kept : forall d p r L F V s a b u l sigma tau M M' R,
  0 < s -> 1 <= a -> 0 <= tau <= sigma -> 1 <= M -> 0 <= R -> 0 <= l <= b ->
  wide_bounds d p r L F s a b sigma tau M -> V 0%nat = F 0%nat ->
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= R) ->
  a * (1 + R * M / s) ^ L <= u -> M * (1 + R * M / s) ^ L <= M' ->
  a * sigma * ((1 + R * M / s) ^ L - 1) <= (b - l) * tau ->
  a * ((1 + R * M / s) ^ L - 1) <= b - l ->
  wide_bounds d p r L V s u l sigma tau M'.
Proof.
  intros d p r L F V s a b u l sigma tau M M' R Hs Ha Hst HM HR Hl [Top [Bot Mid]] H0 HD Hu HM' Hb1 Hb2.
  set (x := R * M / s) in *.
  assert (x0 : 0 <= x).
  { unfold x; apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; exact Hs]. }
  assert (sq : forall q, 0 < s ^ q) by (intros; apply pow_lt; exact Hs).
  split; [|split].
  - intros q Hq.
    assert (T : frobenius d (msub (block d V (S L - q) q) (block d F (S L - q) q)) <= a * s ^ q * ((1 + x) ^ q - 1)).
    { apply (blocks_move d V F (fun q => S L - q)%nat (L - 1) a M s R); auto; try lia.
      - intros q' Hq'; apply Top; lia.
      - intros q' i Hq' Hi; apply Mid; lia.
      - intros q' i Hq' Hi; apply HD; lia. }
    assert (P := power_room x q L x0 ltac:(lia)); specialize (sq q).
    assert (aq : 0 <= a * s ^ q) by (apply Rmult_le_pos; lra).
    assert (e0 : 0 <= a * s ^ q * ((1 + x) ^ q - 1)) by (apply Rmult_le_pos; lra).
    destruct (Top q Hq) as [T1 T2]; split.
    + eapply bounded_mono; [|apply (bounded_near d _ _ _ _ aq e0 T1 T)].
      apply pow_incr; split; [lra|].
      apply Rle_trans with (a * (1 + x) ^ L * s ^ q); [|apply Rmult_le_compat_r; lra].
      replace (a * s ^ q + a * s ^ q * ((1 + x) ^ q - 1)) with (a * (1 + x) ^ q * s ^ q) by ring.
      apply Rmult_le_compat_r; [lra|apply Rmult_le_compat_l; lra].
    + intros y Hy; specialize (T2 y Hy).
      assert (T' : frobenius d (msub (tr (block d V (S L - q) q)) (tr (block d F (S L - q) q)))
        <= (b - l) * s ^ q).
      { replace (msub (tr (block d V (S L - q) q)) (tr (block d F (S L - q) q)))
          with (tr (msub (block d V (S L - q) q) (block d F (S L - q) q))) by reflexivity.
        unfold frobenius; rewrite inner_tr; fold (frobenius d (msub (block d V (S L - q) q) (block d F (S L - q) q))).
        eapply Rle_trans; [exact T|].
        replace (a * s ^ q * ((1 + x) ^ q - 1)) with (a * ((1 + x) ^ q - 1) * s ^ q) by ring.
        apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [|exact Hb2]; apply Rmult_le_compat_l; lra. }
      assert (Z := below_near d _ _ (b * s ^ q) ((b - l) * s ^ q) y
        ltac:(apply Rmult_le_pos; lra) ltac:(apply Rmult_le_compat_r; lra) T' T2).
      replace (b * s ^ q - (b - l) * s ^ q) with (l * s ^ q) in Z by ring; exact Z.
  - intros q Hq.
    assert (as0 : 0 <= a * sigma) by (apply Rmult_le_pos; lra).
    assert (T : frobenius d (msub (chain d V (S q)) (chain d F (S q))) <= a * sigma * s ^ q * ((1 + x) ^ q - 1)).
    { apply (chains_move d V F (L - 1) (a * sigma) M s R); auto; try lia.
      - intros q' Hq'; apply Bot; lia.
      - intros q' i Hq' Hi; apply Mid; lia.
      - intros i Hi; apply HD; lia. }
    assert (P := power_room x q L x0 ltac:(lia)); specialize (sq q).
    assert (aq : 0 <= a * sigma * s ^ q) by (apply Rmult_le_pos; lra).
    assert (e0 : 0 <= a * sigma * s ^ q * ((1 + x) ^ q - 1)) by (apply Rmult_le_pos; lra).
    destruct (Bot q Hq) as [T1 T2]; split.
    + eapply bounded_mono; [|apply (bounded_near d _ _ _ _ aq e0 T1 T)].
      apply pow_incr; split; [lra|].
      apply Rle_trans with (a * (1 + x) ^ L * (sigma * s ^ q)).
      * replace (a * sigma * s ^ q + a * sigma * s ^ q * ((1 + x) ^ q - 1)) with (a * (1 + x) ^ q * (sigma * s ^ q)) by ring.
        apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra].
      * rewrite Rmult_assoc; rewrite <- Rmult_assoc; apply Rle_trans with (u * (sigma * s ^ q)); [|lra].
        apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact Hu].
    + intros z Hz; specialize (T2 z Hz).
      assert (T' : frobenius d (msub (chain d V (S q)) (chain d F (S q))) <= (b - l) * tau * s ^ q).
      { eapply Rle_trans; [exact T|].
        replace (a * sigma * s ^ q * ((1 + x) ^ q - 1)) with (a * sigma * ((1 + x) ^ q - 1) * s ^ q) by ring.
        apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [|exact Hb1]; apply Rmult_le_compat_l; lra. }
      assert (bt : 0 <= (b - l) * tau <= b * tau) by (split; [apply Rmult_le_pos|apply Rmult_le_compat_r]; lra).
      assert (Z := below_near d _ _ (b * tau * s ^ q) ((b - l) * tau * s ^ q) z
        ltac:(apply Rmult_le_pos; lra) ltac:(apply Rmult_le_compat_r; lra) T' T2).
      replace (b * tau * s ^ q - (b - l) * tau * s ^ q) with (l * tau * s ^ q) in Z by ring; exact Z.
  - intros j k Hj Hk.
    assert (T : frobenius d (msub (block d V j k) (block d F j k)) <= M * s ^ k * ((1 + x) ^ k - 1)).
    { assert (E : (j + k - k)%nat = j) by lia.
      assert (B : frobenius d (msub (block d V (j + k - k) k) (block d F (j + k - k) k)) <= M * s ^ k * ((1 + x) ^ k - 1)).
      { apply (blocks_move d V F (fun q => j + k - q)%nat k M M s R); auto; try lia.
        - intros q Hq; apply Mid; lia.
        - intros q i Hq Hi; apply Mid; lia.
        - intros q i Hq Hi; apply HD; lia. }
      rewrite E in B; exact B. }
    assert (P := power_room x k L x0 ltac:(lia)); specialize (sq k).
    assert (aq : 0 <= M * s ^ k) by (apply Rmult_le_pos; lra).
    assert (e0 : 0 <= M * s ^ k * ((1 + x) ^ k - 1)) by (apply Rmult_le_pos; lra).
    eapply bounded_mono; [|apply (bounded_near d _ _ _ _ aq e0 (Mid j k Hj Hk) T)].
    apply pow_incr; split; [lra|].
    apply Rle_trans with (M * (1 + x) ^ L * s ^ k); [|apply Rmult_le_compat_r; lra].
    replace (M * s ^ k + M * s ^ k * ((1 + x) ^ k - 1)) with (M * (1 + x) ^ k * s ^ k) by ring.
    apply Rmult_le_compat_r; [lra|apply Rmult_le_compat_l; lra].
Qed.
