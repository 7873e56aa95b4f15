(** Gradient descent on the layers of a narrow network: while its layers have moved by at most rho of their scales, the output is
    small, so the loss is near |Y|^2/2, and so are the gradients; so the layers move slowly, and none of this ends soon. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Rectangular AnyLaw Independent NormalLaw IndependentBlocks NarrowFactors NarrowLayers NarrowSums NarrowMoves.
Open Scope R_scope.

(** alpha W_L ... W_1 X - Y for r samples, half its square, and the gradient in layer l (counted from 0):
    alpha (W_L ... W_(l+2))^T (alpha W_L ... W_1 X - Y) (W_l ... W_1 X)^T. *)
Definition narrow_error (n : nat -> nat) (L r : nat) (alpha : R) (X Y : nat -> nat -> R) (V : nat -> nat -> nat -> R) : nat -> nat -> R :=
  msub (mscal alpha (mul (n 0%nat) (plain_product n V 0 L) X)) Y.

Definition narrow_loss (n : nat -> nat) (L r : nat) (alpha : R) (X Y : nat -> nat -> R) (V : nat -> nat -> nat -> R) : R :=
  rnorm (n L) r (narrow_error n L r alpha X Y V) ^ 2 / 2.

Definition narrow_slope (n : nat -> nat) (L r : nat) (alpha : R) (X Y : nat -> nat -> R) (V : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  mscal alpha (mul (n L) (tr (plain_product n V (S l) (L - S l)))
    (mul r (narrow_error n L r alpha X Y V) (tr (mul (n 0%nat) (plain_product n V 0 l) X)))).

Fixpoint narrow_descent (n : nat -> nat) (L r : nat) (alpha : R) (X Y : nat -> nat -> R) (eta : R) (W : nat -> nat -> nat -> R)
  (t : nat) : nat -> nat -> nat -> R :=
  match t with
  | O => W
  | S k => let V := narrow_descent n L r alpha X Y eta W k in
      fun l => msub (V l) (mscal eta (narrow_slope n L r alpha X Y V l))
  end.

(** alpha times the scales of all layers; how far layer l moves in one step at most. *)
Definition output_gain (n : nat -> nat) (L : nat) (alpha : R) (sigma : nat -> R) : R := Rabs alpha * piece_scale n sigma 0 L.

Definition one_move (n : nat -> nat) (L r : nat) (alpha eta kappa s : R) (X Y : nat -> nat -> R) (sigma : nat -> R) (l : nat) : R :=
  eta * (output_gain n L alpha sigma / layer_scale n sigma l * s * ((1 + kappa) * rnorm (n L) r Y * rnorm (n 0%nat) r X)).

Lemma rnorm_difference : forall m p A B, rnorm m p (msub A B) <= rnorm m p A + rnorm m p B.
Proof.
  intros m p A B; replace (msub A B) with (madd A (mscal (-1) B)) by (pointwise i; pointwise j; unfold msub, madd, mscal; ring).
  eapply Rle_trans; [apply rnorm_add|]; rewrite rnorm_scal; replace (Rabs (-1)) with 1; [lra|].
  rewrite Rabs_left; lra.
Qed.

Lemma rnorm_subtracted : forall m p A B, rnorm m p B <= rnorm m p (msub A B) + rnorm m p A.
Proof.
  intros m p A B; replace B with (msub A (msub A B)) at 1 by (pointwise i; pointwise j; unfold msub; ring).
  assert (H := rnorm_difference m p A (msub A B)); lra.
Qed.

(** While every product of layers is small, the loss is in its window and the slopes are small. *)
Lemma small_products : forall (n : nat -> nat) (L r : nat) (alpha kappa s : R) (X Y : nat -> nat -> R) (sigma : nat -> R) (V : nat -> nat -> nat -> R) (bound : nat -> nat -> R),
  (forall l, (l < L)%nat -> 0 < layer_scale n sigma l) -> 0 <= kappa -> (1 + kappa) ^ 2 < 12 / 10 -> 0 < rnorm (n L) r Y ->
  (forall a q, (a + q <= L)%nat -> 0 <= bound a q /\ opnorm (n (a + q)%nat) (n a) (plain_product n V a q) (piece_scale n sigma a q * bound a q)) ->
  output_gain n L alpha sigma * bound 0%nat L * rnorm (n 0%nat) r X <= kappa * rnorm (n L) r Y ->
  (forall l, (l < L)%nat -> bound (S l) (L - S l)%nat * bound 0%nat l <= s) ->
  (4 / 10 * rnorm (n L) r Y ^ 2 < narrow_loss n L r alpha X Y V < 6 / 10 * rnorm (n L) r Y ^ 2) /\
  forall l, (l < L)%nat -> rnorm (n (S l)) (n l) (narrow_slope n L r alpha X Y V l)
    <= output_gain n L alpha sigma / layer_scale n sigma l * s * ((1 + kappa) * rnorm (n L) r Y * rnorm (n 0%nat) r X).
Proof.
  intros n L r alpha kappa s X Y sigma V bound scales kappa_nonneg kappa_small target products small_output small_slopes; set (y := rnorm (n L) r Y) in *; set (x := rnorm (n 0%nat) r X) in *; assert (x0 : 0 <= x) by apply rnorm_nonneg; assert (y0 : 0 < y) by exact target.
  assert (P0 : forall b k, (b + k <= L)%nat -> 0 < piece_scale n sigma b k) by (intros b k H; apply scale_pos; intros; apply scales; lia).
  assert (M0 : forall a q, (a + q <= L)%nat -> 0 <= bound a q) by (intros; apply products; assumption).
  assert (Op : forall a q, (a + q <= L)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n V a q) (piece_scale n sigma a q * bound a q)) by (intros; apply products; assumption).
  set (U := mscal alpha (mul (n 0%nat) (plain_product n V 0 L) X)).
  assert (HU : rnorm (n L) r U <= kappa * y).
  { unfold U; rewrite rnorm_scal; eapply Rle_trans; [|exact small_output]; unfold output_gain; rewrite !Rmult_assoc.
    apply Rmult_le_compat_l; [apply Rabs_pos|]; rewrite <- Rmult_assoc; fold x.
    apply (rnorm_mul_l (n L) (n 0%nat) r); [apply Rmult_le_pos; [left; apply P0; lia|apply M0; lia]|apply (Op 0%nat L (Nat.le_refl _))]. }
  set (E := narrow_error n L r alpha X Y V).
  assert (E1 : rnorm (n L) r E <= (1 + kappa) * y) by (unfold E, narrow_error; fold U; assert (H := rnorm_difference (n L) r U Y); fold y in H; lra).
  assert (E2 : (1 - kappa) * y <= rnorm (n L) r E) by (unfold E, narrow_error; fold U; assert (H := rnorm_subtracted (n L) r U Y); fold y in H; lra).
  split.
  - unfold narrow_loss; fold E.
    assert (S1 : rnorm (n L) r E ^ 2 <= ((1 + kappa) * y) ^ 2) by (apply pow_incr; split; [apply rnorm_nonneg|exact E1]).
    assert (k1 : kappa < 1 / 10) by (simpl in kappa_small; nra).
    assert (S2 : ((1 - kappa) * y) ^ 2 <= rnorm (n L) r E ^ 2) by (apply pow_incr; split; [apply Rmult_le_pos; lra|exact E2]).
    rewrite Rpow_mult_distr in S1, S2; assert (y2 : 0 < y ^ 2) by (apply pow_lt; exact target).
    assert (0 < (12 / 10 - (1 + kappa) ^ 2) * y ^ 2) by (apply Rmult_lt_0_compat; lra).
    assert (0 <= kappa ^ 2 * y ^ 2) by (apply Rmult_le_pos; [apply pow2_ge_0|lra]); lra.
  - intros l Hl; unfold narrow_slope; fold E; rewrite rnorm_scal.
    set (T1 := bound (S l) (L - S l)%nat); set (T2 := bound 0%nat l).
    set (P1 := piece_scale n sigma (S l) (L - S l)); set (P2 := piece_scale n sigma 0 l).
    assert (t1 : 0 <= T1) by (apply M0; lia); assert (t2 : 0 <= T2) by (apply M0; lia).
    assert (p1 : 0 < P1) by (apply P0; lia); assert (p2 : 0 < P2) by (apply P0; lia).
    assert (O1 := Op (S l) (L - S l)%nat ltac:(lia)); replace (S l + (L - S l))%nat with L in O1 by lia; fold P1 T1 in O1.
    assert (O2 := Op 0%nat l ltac:(lia)); cbn [Nat.add] in O2; fold P2 T2 in O2.
    set (Z := mul (n 0%nat) (plain_product n V 0 l) X).
    assert (HZ : rnorm (n l) r Z <= P2 * T2 * x) by (apply rnorm_mul_l; [apply Rmult_le_pos; lra|exact O2]).
    assert (R1 := rnorm_mul_l (n (S l)) (n L) (n l) _ (mul r E (tr Z)) (P1 * T1) ltac:(apply Rmult_le_pos; lra) (opnorm_tr _ _ _ _ O1)).
    assert (R2 := rnorm_mul_frobenius (n L) r (n l) E (tr Z)); rewrite rnorm_tr in R2.
    assert (e0 := rnorm_nonneg (n L) r E); assert (z0 := rnorm_nonneg (n l) r Z).
    assert (R3 : rnorm (n L) r E * rnorm (n l) r Z <= (1 + kappa) * y * (P2 * T2 * x)) by (apply Rmult_le_compat; assumption).
    assert (Scale : P1 * (layer_scale n sigma l * P2) = piece_scale n sigma 0 L).
    { unfold P1, P2, piece_scale; replace (product L (fun k => layer_scale n sigma (0 + k)))
        with (product (l + S (L - S l)) (fun k => layer_scale n sigma (0 + k))) by (f_equal; lia).
      clear; generalize (L - S l)%nat as k; induction k as [|k IHk].
      - cbn [product]; rewrite Nat.add_1_r; cbn [product Nat.add]; ring.
      - replace (l + S (S k))%nat with (S (l + S k)) by lia; cbn [product] in *; rewrite <- IHk.
        replace (S l + k)%nat with (0 + (l + S k))%nat by lia; ring. }
    assert (sc := scales l Hl); assert (a0 := Rabs_pos alpha).
    apply Rle_trans with (Rabs alpha * (P1 * T1 * ((1 + kappa) * y * (P2 * T2 * x)))).
    + apply Rmult_le_compat_l; [exact a0|]; eapply Rle_trans; [exact R1|].
      apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|lra].
    + apply Rle_trans with (Rabs alpha * (P1 * P2) * (T1 * T2) * ((1 + kappa) * y * x)); [right; ring|].
      assert (G : Rabs alpha * (P1 * P2) = output_gain n L alpha sigma / layer_scale n sigma l) by (unfold output_gain; rewrite <- Scale; field; lra).
      rewrite G; apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|]; apply Rmult_le_compat_l; [|apply small_slopes; exact Hl].
      rewrite <- G; apply Rmult_le_pos; [exact a0|apply Rmult_le_pos; lra].
Qed.

Lemma near_start : forall (n : nat -> nat) (d : nat) (K : layer_bounds d) (L r : nat) (alpha eta rho kappa s : R) (X Y : nat -> nat -> R) (sigma : nat -> R) (A : nat -> nat -> nat -> R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> (forall l, (l < L)%nat -> 0 < layer_scale n sigma l) -> 0 <= rho -> 0 <= eta -> 0 <= kappa -> (1 + kappa) ^ 2 < 12 / 10 -> 0 < rnorm (n L) r Y ->
  output_gain n L alpha sigma * moved_bound n K rho 0 L A * rnorm (n 0%nat) r X <= kappa * rnorm (n L) r Y ->
  (forall l, (l < L)%nat -> moved_bound n K rho (S l) (L - S l) A * moved_bound n K rho 0 l A <= s) ->
  forall V, near_layers n L sigma A rho V ->
  (4 / 10 * rnorm (n L) r Y ^ 2 < narrow_loss n L r alpha X Y V < 6 / 10 * rnorm (n L) r Y ^ 2) /\
  forall l, (l < L)%nat -> rnorm (n (S l)) (n l) (mscal eta (narrow_slope n L r alpha X Y V l)) <= one_move n L r alpha eta kappa s X Y sigma l.
Proof.
  intros n d K L r alpha eta rho kappa s X Y sigma A widths scales rho_nonneg eta_nonneg kappa_nonneg kappa_small target small_output small_slopes V Hm.
  destruct (small_products n L r alpha kappa s X Y sigma V (fun a q => moved_bound n K rho a q A) scales kappa_nonneg kappa_small target) as [Window Slopes]; try assumption.
  - intros a q H; split; [apply (moved_nonneg n d K L A rho widths rho_nonneg); exact H|apply (moved_opnorm n d K L sigma A V rho widths scales rho_nonneg Hm); exact H].
  - split; [exact Window|]; intros l Hl; rewrite rnorm_scal, Rabs_pos_eq by exact eta_nonneg; apply Rmult_le_compat_l; [exact eta_nonneg|apply Slopes, Hl].
Qed.

Lemma stays_near : forall (n : nat -> nat) (d : nat) (K : layer_bounds d) (L r : nat) (alpha eta rho kappa s : R) (X Y : nat -> nat -> R) (sigma : nat -> R) (A : nat -> nat -> nat -> R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> (forall l, (l < L)%nat -> 0 < layer_scale n sigma l) -> 0 <= rho -> 0 <= eta -> 0 <= kappa -> (1 + kappa) ^ 2 < 12 / 10 -> 0 < rnorm (n L) r Y ->
  output_gain n L alpha sigma * moved_bound n K rho 0 L A * rnorm (n 0%nat) r X <= kappa * rnorm (n L) r Y ->
  (forall l, (l < L)%nat -> moved_bound n K rho (S l) (L - S l) A * moved_bound n K rho 0 l A <= s) ->
  forall N, (forall l, (l < L)%nat -> INR N * one_move n L r alpha eta kappa s X Y sigma l <= rho * layer_scale n sigma l) -> forall t, (t <= N)%nat ->
  4 / 10 * rnorm (n L) r Y ^ 2 < narrow_loss n L r alpha X Y (narrow_descent n L r alpha X Y eta (spread_layers sigma A) t)
    < 6 / 10 * rnorm (n L) r Y ^ 2.
Proof.
  intros n d K L r alpha eta rho kappa s X Y sigma A widths scales rho_nonneg eta_nonneg kappa_nonneg kappa_small target small_output small_slopes N HN; set (V := narrow_descent n L r alpha X Y eta (spread_layers sigma A)).
  assert (Pos : forall l, (l < L)%nat -> 0 <= one_move n L r alpha eta kappa s X Y sigma l).
  { intros l Hl; eapply Rle_trans; [|apply (proj2 (near_start n d K L r alpha eta rho kappa s X Y sigma A widths scales rho_nonneg eta_nonneg kappa_nonneg kappa_small target small_output small_slopes (spread_layers sigma A) ltac:(
      intros k Hk; replace (msub (spread_layers sigma A k) (spread_layers sigma A k)) with zero_matrix
        by (pointwise i; pointwise j; unfold msub, zero_matrix; ring);
      rewrite rnorm_zero; apply Rmult_le_pos; [exact rho_nonneg|left; apply scales; exact Hk])) l Hl)]; apply rnorm_nonneg. }
  assert (Near : forall t, (t <= N)%nat -> forall l, (l < L)%nat ->
    rnorm (n (S l)) (n l) (msub (V t l) (spread_layers sigma A l)) <= INR t * one_move n L r alpha eta kappa s X Y sigma l).
  { induction t as [|t IH]; intros Ht l Hl.
    - change (V 0%nat l) with (spread_layers sigma A l); replace (msub (spread_layers sigma A l) (spread_layers sigma A l)) with zero_matrix
        by (pointwise i; pointwise j; unfold msub, zero_matrix; ring).
      rewrite rnorm_zero; simpl; lra.
    - assert (B : rnorm (n (S l)) (n l) (mscal eta (narrow_slope n L r alpha X Y (V t) l)) <= one_move n L r alpha eta kappa s X Y sigma l).
      { apply (near_start n d K L r alpha eta rho kappa s X Y sigma A widths scales rho_nonneg eta_nonneg kappa_nonneg kappa_small target small_output small_slopes); [|exact Hl]; intros k Hk; eapply Rle_trans; [apply IH; [lia|exact Hk]|].
        eapply Rle_trans; [|apply HN; exact Hk]; apply Rmult_le_compat_r; [apply Pos; exact Hk|apply le_INR; lia]. }
      specialize (IH ltac:(lia) l Hl); rewrite S_INR.
      replace (msub (V (S t) l) (spread_layers sigma A l)) with
        (msub (msub (V t l) (spread_layers sigma A l)) (mscal eta (narrow_slope n L r alpha X Y (V t) l)))
        by (pointwise i; pointwise j; unfold V; cbn [narrow_descent]; unfold msub; ring).
      eapply Rle_trans; [apply rnorm_difference|]; lra. }
  intros t Ht; apply (near_start n d K L r alpha eta rho kappa s X Y sigma A widths scales rho_nonneg eta_nonneg kappa_nonneg kappa_small target small_output small_slopes); intros l Hl; eapply Rle_trans; [apply Near; assumption|].
  eapply Rle_trans; [|apply HN; exact Hl]; apply Rmult_le_compat_r; [apply Pos; exact Hl|apply le_INR; exact Ht].
Qed.
