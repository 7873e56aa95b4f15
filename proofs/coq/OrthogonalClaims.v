(** The claims of Hu, Xiao and Pennington: 4.3 and 4.4, each on its own and with the paper's constants; nu, mu and s as in WideClaims.v. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Expansion Margin WideBlocks Wide WideDescent WideTheorem WideClaims.
Open Scope R_scope.

(** ** Numbers *)

(** (1 + y)^n is at most (2 + n y)/(2 - n y), as exp(n y) is. *)
Lemma power_by_quotient : forall y n, 0 <= y -> INR n * y < 2 -> (1 + y) ^ n * (2 - INR n * y) <= 2 + INR n * y.
Proof.
  intros y n Hy; induction n as [|n IH]; intros H; [simpl; lra|].
  rewrite S_INR in *; set (a := INR n * y).
  assert (a0 : 0 <= a) by (apply Rmult_le_pos; [apply pos_INR|exact Hy]).
  assert (Ea : (INR n + 1) * y = a + y) by (unfold a; ring); rewrite Ea in *.
  specialize (IH ltac:(fold a; lra)); fold a in IH; simpl pow; set (P := (1 + y) ^ n) in *.
  apply (Rmult_le_reg_l (2 - a)); [lra|].
  apply Rle_trans with ((1 + y) * (2 - (a + y)) * (2 + a)).
  - replace ((2 - a) * ((1 + y) * P * (2 - (a + y)))) with ((1 + y) * (2 - (a + y)) * (P * (2 - a))) by ring.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact IH].
  - assert (0 <= y * a ^ 2) by (apply Rmult_le_pos; [exact Hy|apply pow2_ge_0]).
    assert (0 <= (2 + a) * y ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]); lra.
Qed.

(** The 0.0953 of Claim 4.4: a fourth of it, four times. *)
Lemma tenth_room : forall y L, 0 <= y -> INR L * y <= 953 / 10000 -> (1 + y) ^ L <= 11 / 10.
Proof.
  intros y L Hy H; set (z := y / 4); assert (z0 : 0 <= z) by (unfold z; lra).
  assert (N : INR L * z <= 953 / 40000) by (unfold z; lra).
  assert (N0 : 0 <= INR L * z) by (apply Rmult_le_pos; [apply pos_INR|exact z0]).
  assert (P := power_by_quotient z L z0 ltac:(lra)); set (Q := (1 + z) ^ L) in *.
  assert (Q0 : 0 <= Q) by (apply pow_le; lra).
  assert (Q1 : Q <= 80953 / 79047).
  { apply (Rmult_le_reg_r (79047 / 40000)); [lra|]; apply Rle_trans with (Q * (2 - INR L * z)); [|lra].
    apply Rmult_le_compat_l; lra. }
  apply Rle_trans with ((Q ^ 2) ^ 2).
  - replace ((Q ^ 2) ^ 2) with (Q ^ 4) by ring; unfold Q; rewrite <- pow_mult, Nat.mul_comm, pow_mult.
    apply pow_incr; split; [lra|].
    assert (0 <= z ^ 2) by apply pow2_ge_0; assert (0 <= z ^ 3) by (apply pow_le; exact z0).
    assert (0 <= z ^ 4) by (apply pow_le; exact z0); replace y with (4 * z) by (unfold z; field).
    replace ((1 + z) ^ 4) with (1 + 4 * z + 6 * z ^ 2 + 4 * z ^ 3 + z ^ 4) by ring; lra.
  - assert (S2 : Q ^ 2 <= 1048806 / 1000000).
    { apply Rle_trans with ((80953 / 79047) ^ 2); [apply pow_incr; lra|simpl; lra]. }
    assert (S0 : 0 <= Q ^ 2) by apply pow2_ge_0.
    apply Rle_trans with ((1048806 / 1000000) ^ 2); [apply pow_incr; lra|simpl; lra].
Qed.

(** ** Claim 4.4 of Hu, Xiao and Pennington *)

(** The first n columns of A are orthogonal to each other, of length s: A^T A = s^2 I. *)
Definition turns (d n : nat) (s : R) (A : nat -> nat -> R) : Prop :=
  columns d n A /\ forall i j, (i < n)%nat -> (j < n)%nat -> mul d (tr A) A i j = s ^ 2 * unit_matrix i j.

(** The orthogonal start: W_1^T W_1 = s^2 I on n inputs, W_l^T W_l = W_l W_l^T = s^2 I between, W_L W_L^T = s^2 I on p
    outputs. *)
Definition orthogonal_start (d p n L : nat) (s : R) (F : nat -> nat -> nat -> R) : Prop :=
  turns d n s (F 1%nat) /\ turns d p s (tr (F L)) /\
  forall l, (1 < l < L)%nat -> turns d d s (F l) /\ turns d d s (tr (F l)).

Lemma turns_keep : forall d n s A x, turns d n s A -> supported d n x ->
  dot d (mv d A x) (mv d A x) = s ^ 2 * dot d x x.
Proof.
  intros d n s A x [_ H] Hx; rewrite adjoint, <- mv_mul, <- dot_scal_r.
  apply total_ext; intros i Hi; destruct (Nat.lt_ge_cases i n) as [N|N]; [|rewrite (Hx i (conj N Hi)); ring].
  f_equal; unfold mv at 1, dot; rewrite <- (mv_unit d x i Hi); unfold mv, dot; rewrite <- total_scal.
  apply total_ext; intros j Hj; destruct (Nat.lt_ge_cases j n) as [M|M]; [rewrite (H i j N M)|rewrite (Hx j (conj M Hj))]; ring.
Qed.

Lemma turns_bounded : forall d n s A, turns d n s A -> bounded d A (s ^ 2).
Proof.
  intros d n s A T x; set (y := fun i => if Nat.ltb i n then x i else 0).
  assert (Y : supported d n y) by (intros j Hj; unfold y; destruct (Nat.ltb_spec j n); [lia|reflexivity]).
  replace (mv d A x) with (fun i => mv d A x i) by reflexivity.
  rewrite (dot_ext d (fun i => mv d A x i) (fun i => mv d A x i) (mv d A y) (mv d A y)).
  - rewrite (turns_keep d n s A y T Y); apply Rmult_le_compat_l; [apply pow2_ge_0|].
    apply total_le; intros i _; unfold y; destruct (Nat.ltb i n); [lra|rewrite Rmult_0_l; apply Rle_0_sqr].
  - intros i Hi; apply total_ext; intros j Hj; unfold y; destruct (Nat.ltb_spec j n); [reflexivity|].
    rewrite (proj1 T i j Hi (conj H Hj)); ring.
  - intros i Hi; apply total_ext; intros j Hj; unfold y; destruct (Nat.ltb_spec j n); [reflexivity|].
    rewrite (proj1 T i j Hi (conj H Hj)); ring.
Qed.

Lemma start_bounded : forall d p n L s F l, orthogonal_start d p n L s F -> (1 <= l <= L)%nat -> bounded d (F l) (s ^ 2).
Proof.
  intros d p n L s F l [T1 [TL Tm]] Hl.
  destruct (Nat.eq_dec l 1) as [->|N]; [apply (turns_bounded d n); exact T1|].
  destruct (Nat.eq_dec l L) as [->|N'].
  - rewrite <- (tr_tr (F L)); apply bounded_tr; [apply pow2_ge_0|apply (turns_bounded d p); exact TL].
  - apply (turns_bounded d d), Tm; lia.
Qed.

Lemma start_block_bounded : forall d p n L s F j k, 0 < s -> orthogonal_start d p n L s F ->
  (1 <= j)%nat -> (j + k <= S L)%nat -> bounded d (block d F j k) ((s ^ k) ^ 2).
Proof.
  intros d p n L s F j k Hs St Hj Hk; apply bounded_chain; [lra|]; intros i Hi.
  apply (start_bounded d p n L); [exact St|lia].
Qed.

Lemma start_block_keeps : forall d p n L s F j k x, orthogonal_start d p n L s F -> (1 <= j)%nat -> (j + k <= L)%nat -> (j = 1%nat -> supported d n x) ->
  dot d (mv d (block d F j k) x) (mv d (block d F j k) x) = (s ^ k) ^ 2 * dot d x x.
Proof.
  intros d p n L s F j k x Start Hj; induction k as [|k IH]; intros Hk Hx.
  - change (block d F j 0) with unit_matrix; rewrite norm_unit; simpl; ring.
  - change (block d F j (S k)) with (mul d (F (j + k)%nat) (block d F j k)); rewrite mv_mul.
    replace ((s ^ S k) ^ 2 * dot d x x) with (s ^ 2 * ((s ^ k) ^ 2 * dot d x x)) by (simpl; ring).
    rewrite <- (IH ltac:(lia) Hx); destruct Start as [T1 [_ Tm]].
    destruct (Nat.eq_dec (j + k) 1) as [E|N].
    + rewrite E; apply (turns_keep d n); [exact T1|]; replace k with 0%nat by lia.
      intros i Hi; change (block d F j 0) with unit_matrix; rewrite mv_unit by lia; apply (Hx ltac:(lia)); exact Hi.
    + apply (turns_keep d d); [apply Tm; lia|intros i Hi; lia].
Qed.

Lemma start_block_keeps_back : forall d p n L s F k j y, orthogonal_start d p n L s F -> (2 <= j)%nat -> (j + k <= S L)%nat -> ((j + k)%nat = S L -> supported d p y) ->
  dot d (mv d (tr (block d F j k)) y) (mv d (tr (block d F j k)) y) = (s ^ k) ^ 2 * dot d y y.
Proof.
  intros d p n L s F k j y Start; revert j y; induction k as [|k IH]; intros j y Hj Hk Hy.
  - change (block d F j 0) with unit_matrix; rewrite tr_unit, norm_unit; simpl; ring.
  - assert (E : same d (tr (block d F j (S k))) (mul d (tr (F j)) (tr (block d F (S j) k)))).
    { rewrite <- tr_mul; apply same_tr, block_left. }
    rewrite (dot_ext d _ _ (mv d (tr (F j)) (mv d (tr (block d F (S j) k)) y)) (mv d (tr (F j)) (mv d (tr (block d F (S j) k)) y))).
    + replace ((s ^ S k) ^ 2 * dot d y y) with (s ^ 2 * ((s ^ k) ^ 2 * dot d y y)) by (simpl; ring).
      rewrite <- (IH (S j) y ltac:(lia) ltac:(lia)) by (intros Q; apply Hy; lia).
      destruct Start as [_ [TL Tm]]; destruct (Nat.eq_dec j L) as [Q|N].
      * rewrite Q in *; apply (turns_keep d p); [exact TL|]; replace k with 0%nat by lia.
        intros i Hi; change (block d F (S L) 0) with unit_matrix; rewrite tr_unit, mv_unit by lia.
        apply (Hy ltac:(lia)); exact Hi.
      * apply (turns_keep d d); [apply Tm; lia|intros i Hi; lia].
    + intros i Hi; rewrite <- mv_mul; apply dot_ext; [intros m Hm; apply E; assumption|reflexivity].
    + intros i Hi; rewrite <- mv_mul; apply dot_ext; [intros m Hm; apply E; assumption|reflexivity].
Qed.

(** B(t): the singular values of all products of layers 1, ..., L are in [b, a] s^k; from below as far as a product has
    singular values that are not zero: not for the whole. *)
Definition orthogonal_bounds (d p n L : nat) (V : nat -> nat -> nat -> R) (s a b : R) : Prop :=
  forall j k, (1 <= j)%nat -> (j + k <= S L)%nat ->
    bounded d (block d V j k) ((a * s ^ k) ^ 2) /\
    ((j + k <= L)%nat -> forall x, (j = 1%nat -> supported d n x) ->
      (b * s ^ k) ^ 2 * dot d x x <= dot d (mv d (block d V j k) x) (mv d (block d V j k) x)) /\
    ((2 <= j)%nat -> forall y, ((j + k)%nat = S L -> supported d p y) ->
      (b * s ^ k) ^ 2 * dot d y y <= dot d (mv d (tr (block d V j k)) y) (mv d (tr (block d V j k)) y)).

(** C(t) gives B(t) if the layers move by a radius each, L radius <= 0.0953 s. *)
Theorem hu_xiao_pennington_claim_4_4 : forall d p n L F V s radius,
  0 < s -> 0 <= radius -> INR L * radius <= 953 / 10000 * s -> orthogonal_start d p n L s F ->
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= radius) ->
  orthogonal_bounds d p n L V s (11 / 10) (9 / 10).
Proof.
  intros d p n L F V s radius Hs HR Hw St HD j k Hj Hk.
  assert (sk : 0 < s ^ k) by (apply pow_lt; exact Hs).
  assert (x0 : 0 <= radius * 1 / s) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact Hs]).
  assert (Room : (1 + radius * 1 / s) ^ L <= 11 / 10).
  { apply tenth_room; [exact x0|]; apply (Rmult_le_reg_r s); [exact Hs|].
    replace (INR L * (radius * 1 / s) * s) with (INR L * radius) by (field; lra); exact Hw. }
  assert (Move : frobenius d (msub (block d V j k) (block d F j k)) <= 1 / 10 * s ^ k).
  { replace j with (j + k - k)%nat by lia.
    eapply Rle_trans; [apply (blocks_move d V F (fun q => j + k - q)%nat k 1 1 s radius); auto; try lra; try lia|].
    - intros q Hq; rewrite Rmult_1_l; apply (start_block_bounded d p n L); auto; lia.
    - intros q i Hq Hi; rewrite Rmult_1_l; apply (start_block_bounded d p n L); auto; lia.
    - intros q i Hq Hi; apply HD; lia.
    - destruct (power_room (radius * 1 / s) k L x0 ltac:(lia)) as [_ P].
      rewrite Rmult_1_l, Rmult_comm; apply Rmult_le_compat_r; lra. }
  split; [|split].
  - replace (11 / 10 * s ^ k) with (s ^ k + 1 / 10 * s ^ k) by field.
    apply bounded_near with (block d F j k); try lra; apply (start_block_bounded d p n L); auto.
  - intros Hl x Hx; replace (9 / 10 * s ^ k) with (s ^ k - 1 / 10 * s ^ k) by field.
    apply below_near with (block d F j k); try lra.
    right; symmetry; apply (start_block_keeps d p n L); auto.
  - intros Hl y Hy; replace (9 / 10 * s ^ k) with (s ^ k - 1 / 10 * s ^ k) by field.
    apply below_near with (tr (block d F j k)); try lra.
    + replace (msub (tr (block d V j k)) (tr (block d F j k))) with (tr (msub (block d V j k) (block d F j k))) by reflexivity.
      unfold frobenius; rewrite inner_tr; exact Move.
    + right; symmetry; apply (start_block_keeps_back d p n L); auto.
Qed.

(** ** Claim 4.3 *)

(** Data with the scale of the network in them: n inputs, r samples, singular values in [tau, sigma]. *)
Definition data_bounds (d n r : nat) (X : nat -> nat -> R) (sigma tau : R) : Prop :=
  columns d n (tr X) /\ bounded d X (sigma ^ 2) /\
  forall z, supported d r z -> tau ^ 2 * dot d z z <= dot d (mv d X z) (mv d X z).

Lemma orthogonal_is_wide : forall d p n r L V s a b sigma tau, 0 < s ->
  data_bounds d n r (V 0%nat) sigma tau -> orthogonal_bounds d p n L V s a b -> wide_bounds d p r L V s a b sigma tau a.
Proof.
  intros d p n r L V s a b sigma tau Hs [Xn [Xa Xb]] H.
  assert (E : forall q x, dot d (mv d (chain d V (S q)) x) (mv d (chain d V (S q)) x)
    = dot d (mv d (block d V 1 q) (mv d (V 0%nat) x)) (mv d (block d V 1 q) (mv d (V 0%nat) x))).
  { intros q x; rewrite <- mv_mul; assert (B := block_left d V 0 q); change (block d V 0 (S q)) with (chain d V (S q)) in B.
    apply dot_ext; intros i Hi; apply dot_ext; try reflexivity; intros m Hm; apply B; assumption. }
  split; [|split].
  - intros q Hq; destruct (H (S L - q)%nat q ltac:(lia) ltac:(lia)) as [Up [_ Low]]; split; [exact Up|].
    intros y Hy; apply Low; [lia|intros _; exact Hy].
  - intros q Hq; destruct (H 1%nat q ltac:(lia) ltac:(lia)) as [Up [Low _]]; split.
    + intros x; rewrite E; eapply Rle_trans; [apply Up|].
      replace ((a * sigma * s ^ q) ^ 2 * dot d x x) with ((a * s ^ q) ^ 2 * (sigma ^ 2 * dot d x x)) by ring.
      apply Rmult_le_compat_l; [apply pow2_ge_0|apply Xa].
    + intros z Hz; rewrite E; eapply Rle_trans; [|apply Low; [lia|intros _]].
      * replace ((b * tau * s ^ q) ^ 2 * dot d z z) with ((b * s ^ q) ^ 2 * (tau ^ 2 * dot d z z)) by ring.
        apply Rmult_le_compat_l; [apply pow2_ge_0|apply Xb; exact Hz].
      * intros i Hi; apply total_zero; intros m Hm; assert (Z := Xn m i Hm Hi); unfold tr in Z; rewrite Z; ring.
  - intros j k Hj Hk; apply (H j k); lia.
Qed.

(** A(0), ..., A(t) and B(0), ..., B(t) give C(t + 1). *)
Theorem hu_xiao_pennington_claim_4_3 : forall d p n r L Y F eta s sigma tau B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  eta * INR L * mu ^ 2 <= 2 -> data_bounds d n r (F 0%nat) sigma tau ->
  (forall q, (q <= t)%nat -> loss d (S L) Y (wide_descent d L Y eta F q) <= (1 - eta * INR L * mu ^ 2 / 2) ^ q * B) ->
  (forall q, (q <= t)%nat -> orthogonal_bounds d p n L (wide_descent d L Y eta F q) s (11 / 10) (9 / 10)) ->
  forall i, (1 <= i <= L)%nat ->
    frobenius d (msub (wide_descent d L Y eta F (S t) i) (F i)) <= 8 * sqrt B * nu / (INR L * mu ^ 2).
Proof.
  intros d p n r L Y F eta s sigma tau B nu mu t HL Hs Hst HB He Enu Emu H1 HX HA HBt.
  apply (moves_radius d p r L Y F eta s (11 / 10) (9 / 10) sigma tau (11 / 10) B nu mu (1 / 2) 8); auto; try lra.
  - intros q Hq; replace (1 / 2 * (eta * INR L * mu ^ 2)) with (eta * INR L * mu ^ 2 / 2) by field; apply HA; exact Hq.
  - intros q Hq; apply (orthogonal_is_wide d p n); auto; rewrite data_not_trained; exact HX.
Qed.
