(** Networks with activations: how far the features move when the weights do, and the remainder of the
    first order.

    W are the weights before, V those after.  No second derivative is needed, and no point between W
    and V: the remainder r_l obeys r_(l+1) = (remainder of the activation) + s'_l (r_l W_l + f_l D_l),
    where f_l is the move of the features and D = V - W. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds.
Open Scope R_scope.

(** |V_l - W_l| *)
Definition layer_move (n : nat -> nat) (V W : nat -> nat -> nat -> R) (l : nat) : R :=
  rnorm (n l) (n (S l)) (msub (V l) (W l)).

(** |X| sum over p < l of (product of b_q, q < l, q <> p) |V_p - W_p| *)
Definition feature_move (N : nat) (n : nat -> nat) (X : nat -> nat -> R) (b : nat -> R)
  (V W : nat -> nat -> nat -> R) (l : nat) : R :=
  rnorm N (n 0%nat) X * total l (fun p => others l b p * layer_move n V W p).

Lemma layer_move_nonneg : forall n V W l, 0 <= layer_move n V W l.
Proof. intros; apply rnorm_nonneg. Qed.

Lemma feature_move_step : forall N n X b V W l,
  feature_move N n X b V W (S l)
    = feature_move N n X b V W l * b l + rnorm N (n 0%nat) X * product l b * layer_move n V W l.
Proof.
  intros; unfold feature_move; simpl total; rewrite others_top.
  rewrite (total_ext l _ (fun p => b l * (others l b p * layer_move n V W p)))
    by (intros p Hp; rewrite (others_below l b p Hp); ring).
  rewrite total_scal; ring.
Qed.

Lemma inputs_move : forall s s' gamma beta N n L X b V W l, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> (l < L)%nat ->
  rnorm N (n l) (msub (features s n X V l) (features s n X W l)) <= feature_move N n X b V W l ->
  rnorm N (n (S l)) (msub (inputs s n X V l) (inputs s n X W l)) <= feature_move N n X b V W (S l).
Proof.
  intros s s' gamma beta N n L X b V W l A BV BW Hl H; rewrite feature_move_step.
  destruct (BV l Hl) as [b0 Bl].
  assert (P := network_features_norm s s' gamma beta N n L X W b l A BW ltac:(lia)).
  rewrite (rnorm_ext N (n (S l)) _ (madd (mul (n l) (msub (features s n X V l) (features s n X W l)) (V l))
    (mul (n l) (features s n X W l) (msub (V l) (W l)))));
    [|intros i j _ _; unfold inputs; rewrite mul_sub_l, mul_sub_r; unfold madd, msub; ring].
  eapply Rle_trans; [apply rnorm_add|]; apply Rplus_le_compat.
  - eapply Rle_trans; [apply rnorm_mul; [exact b0|exact Bl]|apply Rmult_le_compat_r; assumption].
  - eapply Rle_trans; [apply rnorm_mul_frobenius|apply Rmult_le_compat_r; [apply rnorm_nonneg|exact P]].
Qed.

Lemma features_below_inputs : forall s s' gamma beta N n L X V W l, activations L s s' gamma beta -> (l < L)%nat ->
  rnorm N (n (S l)) (msub (features s n X V (S l)) (features s n X W (S l)))
    <= rnorm N (n (S l)) (msub (inputs s n X V l) (inputs s n X W l)).
Proof.
  intros s s' gamma beta N n L X V W l A Hl; destruct (A l Hl) as [g0 Al].
  apply rnorm_entries; intros i j _ _.
  change (msub (features s n X V (S l)) (features s n X W (S l)) i j)
    with (s l (inputs s n X V l i j) - s l (inputs s n X W l i j)).
  change (msub (inputs s n X V l) (inputs s n X W l) i j) with (inputs s n X V l i j - inputs s n X W l i j).
  rewrite <- (pow2_abs (s l _ - _)), <- (pow2_abs (inputs _ _ _ _ _ _ _ - _)); apply pow_incr.
  split; [apply Rabs_pos|apply (activation_moves (s l) (s' l) (gamma l) (beta l)); assumption].
Qed.

(** Lemma 4.3: |F_l(V) - F_l(W)| is at most |X| sum over p of (product of b_q, q <> p) |V_p - W_p|. *)
Theorem network_features_move : forall s s' gamma beta N n L X b V W l, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> (l <= L)%nat ->
  rnorm N (n l) (msub (features s n X V l) (features s n X W l))
    <= rnorm N (n 0%nat) X * total l (fun p => others l b p * rnorm (n p) (n (S p)) (msub (V p) (W p))).
Proof.
  intros s s' gamma beta N n L X b V W l A BV BW Hl.
  change (rnorm N (n l) (msub (features s n X V l) (features s n X W l)) <= feature_move N n X b V W l).
  induction l as [|l IH].
  - unfold feature_move; simpl; rewrite Rmult_0_r; right; rewrite <- (rnorm_zero N (n 0%nat)).
    apply rnorm_ext; intros; unfold msub, zero_matrix; ring.
  - eapply Rle_trans; [eapply features_below_inputs; [exact A|lia]|].
    eapply inputs_move; [exact A|exact BV|exact BW|lia|apply IH; lia].
Qed.

(** The first layer: |F_1(V) - F_1(W)| <= |X| |V_0 - W_0|, with the spectral norm of X. *)
Lemma first_features_move : forall s s' gamma beta N n L X a V W, (1 <= L)%nat -> activations L s s' gamma beta ->
  0 <= a -> opnorm N (n 0%nat) X a ->
  rnorm N (n 1%nat) (msub (features s n X V 1) (features s n X W 1)) <= a * layer_move n V W 0.
Proof.
  intros s s' gamma beta N n L X a V W HL A a0 Ha.
  eapply Rle_trans; [eapply features_below_inputs; [exact A|lia]|].
  rewrite (rnorm_ext N (n 1%nat) _ (mul (n 0%nat) X (msub (V 0%nat) (W 0%nat)))).
  - apply rnorm_mul_l; assumption.
  - intros; unfold inputs; simpl; rewrite mul_sub_r; reflexivity.
Qed.

(** ** The remainder of the first order *)

Definition network_remainder (s s' : nat -> R -> R) (n : nat -> nat) (X : nat -> nat -> R)
  (V W : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  msub (msub (features s n X V l) (features s n X W l)) (tangent s s' n X W (fun k => msub (V k) (W k)) l).

Lemma remainder_step : forall s s' gamma beta N n L X b V W l, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> (l < L)%nat ->
  rnorm N (n (S l)) (network_remainder s s' n X V W (S l))
    <= beta l / 2 * feature_move N n X b V W (S l) ^ 2
       + (rnorm N (n l) (network_remainder s s' n X V W l) * b l + feature_move N n X b V W l * layer_move n V W l).
Proof.
  intros s s' gamma beta N n L X b V W l A BV BW Hl; destruct (A l Hl) as [g0 Al]; destruct (BW l Hl) as [b0 Bl].
  assert (M := network_features_move s s' gamma beta N n L X b V W l A BV BW ltac:(lia)).
  assert (I := inputs_move s s' gamma beta N n L X b V W l A BV BW Hl M).
  assert (beta0 := activation_beta _ _ _ _ Al).
  set (D := fun k => msub (V k) (W k)); set (T := tangent s s' n X W D l).
  set (GV := inputs s n X V l) in *; set (GW := inputs s n X W l) in *.
  set (A1 := fun i j => s l (GV i j) - s l (GW i j) - s' l (GW i j) * (GV i j - GW i j)).
  set (A2 := madd (mul (n l) (network_remainder s s' n X V W l) (W l))
    (mul (n l) (msub (features s n X V l) (features s n X W l)) (D l))).
  rewrite (rnorm_ext N (n (S l)) _ (madd A1 (through s s' n X W l A2))).
  - eapply Rle_trans; [apply rnorm_add|]; apply Rplus_le_compat.
    + eapply Rle_trans; [apply (rnorm_squares N (n (S l)) A1 (msub GV GW) (beta l / 2)); [lra|]|].
      * intros i j _ _; unfold A1, msub; exact (activation_taylor (s l) (s' l) (gamma l) (beta l) _ _ Al).
      * apply Rmult_le_compat_l; [lra|apply pow_incr; split; [apply rnorm_nonneg|exact I]].
    + eapply Rle_trans; [eapply through_above; [exact A|exact Hl]|].
      eapply Rle_trans; [apply rnorm_add|]; apply Rplus_le_compat; [apply rnorm_mul; assumption|].
      eapply Rle_trans; [apply rnorm_mul_frobenius|apply Rmult_le_compat_r; [apply rnorm_nonneg|exact M]].
  - intros i j _ _; unfold network_remainder, msub, madd at 1.
    change (features s n X V (S l) i j) with (s l (GV i j)); change (features s n X W (S l) i j) with (s l (GW i j)).
    change (tangent s s' n X W (fun k i0 j0 => V k i0 j0 - W k i0 j0) (S l) i j)
      with (s' l (GW i j) * (mul (n l) T (W l) i j + mul (n l) (features s n X W l) (D l) i j)).
    change (through s s' n X W l A2 i j) with (s' l (GW i j) * A2 i j).
    assert (E : A2 i j = GV i j - GW i j - (mul (n l) T (W l) i j + mul (n l) (features s n X W l) (D l) i j)).
    { unfold A2, madd, network_remainder; fold D; fold T; rewrite !mul_sub_l; unfold D at 1 2; rewrite !mul_sub_r.
      unfold GV, GW, inputs, D; rewrite mul_sub_r; unfold msub; ring. }
    rewrite E; unfold A1; ring.
Qed.

(** With every factor at most r_l, r_l >= 1: sums in place of products with one factor left out. *)
Lemma feature_move_short : forall N n X b r V W l, (forall k, (k < l)%nat -> 0 <= b k <= r k /\ 1 <= r k) ->
  feature_move N n X b V W l <= rnorm N (n 0%nat) X * product l r * total l (layer_move n V W).
Proof.
  intros N n X b r V W l H; unfold feature_move; rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply rnorm_nonneg|].
  rewrite <- total_scal; apply total_le; intros p Hp; apply Rmult_le_compat_r; [apply layer_move_nonneg|].
  apply product_le; intros i Hi; unfold but; specialize (H i Hi); destruct (Nat.eqb i p); lra.
Qed.

Lemma feature_move_nonneg : forall N n X b V W l, (forall k, (k < l)%nat -> 0 <= b k) -> 0 <= feature_move N n X b V W l.
Proof.
  intros N n X b V W l H; apply Rmult_le_pos; [apply rnorm_nonneg|]; apply total_nonneg; intros p Hp.
  apply Rmult_le_pos; [apply others_nonneg; exact H|apply layer_move_nonneg].
Qed.

Lemma product_at_least_one : forall l r, (forall k, (k < l)%nat -> 1 <= r k) -> 1 <= product l r.
Proof.
  intros l r H; rewrite <- (pow1 l), <- product_const; apply product_le; intros i Hi; specialize (H i Hi); lra.
Qed.

Lemma remainder_bound : forall s s' gamma beta N n L X b r V W l, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> (forall k, (k < L)%nat -> b k <= r k /\ 1 <= r k) -> (l <= L)%nat ->
  rnorm N (n l) (network_remainder s s' n X V W l)
    <= rnorm N (n 0%nat) X * product l r * total l (fun k => total k (layer_move n V W) * layer_move n V W k)
       + (rnorm N (n 0%nat) X * product l r) ^ 2 / 2 * total l (fun k => beta k * total (S k) (layer_move n V W) ^ 2).
Proof.
  intros s s' gamma beta N n L X b r V W l A BV BW Hr; set (x := rnorm N (n 0%nat) X); set (d := layer_move n V W).
  assert (x0 : 0 <= x) by apply rnorm_nonneg; assert (d0 : forall k, 0 <= d k) by (intros; apply layer_move_nonneg).
  assert (T0 : forall k, 0 <= total k d) by (intros; apply total_nonneg; auto).
  induction l as [|l IH]; intros Hl.
  - simpl; rewrite !Rmult_0_r, Rplus_0_l; right; rewrite <- (rnorm_zero N (n 0%nat)); apply rnorm_ext; intros.
    unfold network_remainder, msub, zero_matrix; simpl; unfold zero_matrix; ring.
  - specialize (IH ltac:(lia)); destruct (Hr l ltac:(lia)) as [br r1]; destruct (BW l ltac:(lia)) as [b0 _].
    destruct (A l ltac:(lia)) as [_ Al]; assert (beta0 := activation_beta _ _ _ _ Al).
    assert (Z := remainder_step s s' gamma beta N n L X b V W l A BV BW ltac:(lia)).
    assert (Hb : forall k, (k < S l)%nat -> 0 <= b k <= r k /\ 1 <= r k).
    { intros k Hk; destruct (Hr k ltac:(lia)); destruct (BW k ltac:(lia)); lra. }
    assert (F1 := feature_move_short N n X b r V W (S l) Hb).
    assert (F0 := feature_move_short N n X b r V W l ltac:(intros; apply Hb; lia)).
    assert (F1p := feature_move_nonneg N n X b V W (S l) ltac:(intros; apply Hb; lia)).
    fold x d in F1, F0, Z.
    assert (P1 : 1 <= product l r) by (apply product_at_least_one; intros; apply Hr; lia).
    set (R := product l r) in *.
    assert (ER : product (S l) r = R * r l) by reflexivity; rewrite ER in *.
    set (Pl := total l (fun k => total k d * d k)) in *.
    set (Vl := total l (fun k => beta k * total (S k) d ^ 2)) in *.
    change (total (S l) (fun k => total k d * d k)) with (Pl + total l d * d l).
    change (total (S l) (fun k => beta k * total (S k) d ^ 2)) with (Vl + beta l * total (S l) d ^ 2).
    assert (Pl0 : 0 <= Pl) by (apply total_nonneg; intros; apply Rmult_le_pos; auto).
    assert (Vl0 : 0 <= Vl).
    { apply total_nonneg; intros k Hk; destruct (A k ltac:(lia)) as [_ Ak].
      apply Rmult_le_pos; [exact (activation_beta _ _ _ _ Ak)|apply pow2_ge_0]. }
    assert (xR : 0 <= x * R) by (apply Rmult_le_pos; lra).
    eapply Rle_trans; [exact Z|].
    apply Rle_trans with (beta l / 2 * (x * (R * r l) * total (S l) d) ^ 2
      + ((x * R * Pl + (x * R) ^ 2 / 2 * Vl) * r l + x * R * total l d * d l * r l)).
    + apply Rplus_le_compat; [|apply Rplus_le_compat].
      * apply Rmult_le_compat_l; [lra|apply pow_incr; lra].
      * apply Rmult_le_compat; [apply rnorm_nonneg|lra|exact IH|lra].
      * apply Rle_trans with (x * R * total l d * d l); [apply Rmult_le_compat_r; auto|].
        rewrite <- (Rmult_1_r (x * R * total l d * d l)) at 1; apply Rmult_le_compat_l; [|exact r1].
        repeat apply Rmult_le_pos; auto; lra.
    + apply Rle_trans with (beta l / 2 * (x * (R * r l) * total (S l) d) ^ 2
        + ((x * R * Pl * r l + (x * R) ^ 2 / 2 * Vl * r l ^ 2) + x * R * total l d * d l * r l)); [|right; field].
      assert ((x * R) ^ 2 / 2 * Vl * r l <= (x * R) ^ 2 / 2 * Vl * r l ^ 2); [|lra].
      apply Rmult_le_compat_l; [|nra].
      apply Rmult_le_pos; [assert (0 <= (x * R) ^ 2) by apply pow2_ge_0; lra|exact Vl0].
Qed.
