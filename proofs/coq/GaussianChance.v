(** The random start fails with the probability of wide-layers.md, every constant a number: the ends of Lemma 2, the middle products of
    Lemma 3, block by block, and the output of Lemma 4. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Rectangular Remainder RangeNumbers ChiSquare Spectral Transpose AnyLaw Independent NormalLaw GaussianLayers GaussianOutput.
From Lemmata Require Import Layers Nets Spheres WidePapers WideStart WideRandom WideGood WideChance LayerMoments SharpStart.
Open Scope R_scope.

(** 25^p + 25^r vectors for the ends; L - 1 - q places for q layers in the middle. *)
Definition start_failure (m p r L : nat) : R :=
  total (L - 1) (fun i => (25 ^ p + 25 ^ r) * vector_tail m (S i)) + total (L - 2) (fun i => INR (L - 2 - i) * middle_tail m (S i)).

Lemma at_most_total : forall k (P : weights k) N (event : nat -> (nat -> R) -> Prop) b, (forall i, (i < N)%nat -> at_most P (event i) (b i)) ->
  at_most P (fun w => exists i, (i < N)%nat /\ event i w) (total N b).
Proof.
  intros k P N event b; induction N as [|N IH]; intros H.
  - apply at_most_zero; intros w [i [Hi _]]; lia.
  - simpl total; refine (at_most_weaker k P _ _ _ _ (at_most_either k P _ _ _ _ (IH (fun i Hi => H i ltac:(lia))) (H N ltac:(lia)))).
    intros w [i [Hi Hw]]; destruct (Nat.eq_dec i N) as [->|Ni]; [right; exact Hw|left; exists i; split; [lia|exact Hw]].
Qed.

Lemma vector_tail_pos : forall m q, 0 < vector_tail m q.
Proof. intros m q; unfold vector_tail; assert (Q := pos_INR q); apply Rmult_lt_0_compat; [lra|apply exp_pos]. Qed.

Lemma middle_tail_nonneg : forall m q, 0 <= middle_tail m q.
Proof.
  intros m q; unfold middle_tail; apply Rmult_le_pos; [|left; apply exp_pos].
  apply Rmult_le_pos; [assert (Q := pos_INR q); lra|apply pow_le; lra].
Qed.

(** A small failure needs a large width. *)
Lemma failure_width : forall m p r L q, start_failure m p r L < 1 -> (1 <= q < L)%nat -> 200 * INR q <= INR m.
Proof.
  intros m p r L q H Hq; assert (q1 : 1 <= INR q) by (apply (le_INR 1); lia); apply Rnot_lt_le; intros N.
  assert (One : forall k, 1 <= 25 ^ k) by (intros; apply pow_R1_Rle; lra); assert (P := One p); assert (Q := One r).
  assert (T1 : (25 ^ p + 25 ^ r) * vector_tail m q <= total (L - 1) (fun i => (25 ^ p + 25 ^ r) * vector_tail m (S i))).
  { replace q with (S (q - 1)) by lia; apply (total_one (L - 1) (fun i => (25 ^ p + 25 ^ r) * vector_tail m (S i))); [|lia].
    intros i _; apply Rmult_le_pos; [lra|left; apply vector_tail_pos]. }
  assert (T2 : 0 <= total (L - 2) (fun i => INR (L - 2 - i) * middle_tail m (S i))).
  { apply total_nonneg; intros i _; apply Rmult_le_pos; [apply pos_INR|apply middle_tail_nonneg]. }
  assert (V := vector_tail_pos m q); assert (E : 1 * (2 * vector_tail m q) <= (25 ^ p + 25 ^ r) * vector_tail m q)
    by (rewrite Rmult_1_l; apply Rmult_le_compat_r; lra).
  unfold start_failure in H; assert (B : vector_tail m q < 1 / 2) by lra; unfold vector_tail in B.
  assert (X : exp (- 2) <= exp (- (9 / 1000 * (INR m / INR q)))).
  { apply exp_le_compat; assert (INR m / INR q <= 200); [|lra].
    apply (Rmult_le_reg_r (INR q)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
  assert (Y : 1 / 8 <= exp (- 2)).
  { replace (- 2) with (INR 4 * - (1 / 2)) by (simpl; field); rewrite exp_times; assert (G := exp_minus_third (1 / 2) ltac:(lra)).
    apply Rle_trans with ((6041 / 10000) ^ 4); [lra|apply pow_incr; lra]. }
  assert (4 * (1 / 8) <= (INR q + 3) * exp (- (9 / 1000 * (INR m / INR q)))) by (apply Rmult_le_compat; lra); lra.
Qed.

Lemma unit_orthonormal : forall p, orthonormal p p unit_matrix.
Proof.
  intros p i j Hi Hj; transitivity (unit_matrix j i); [exact (mv_unit p (unit_matrix j) i Hi)|].
  unfold unit_matrix; rewrite Nat.eqb_sym; reflexivity.
Qed.

Lemma ends_sharp : forall n m p r L k u, (k <= r)%nat -> orthonormal n k u -> start_failure m p r L < 1 ->
  at_most (law_weights (weights_above n m p L L) normal_law) (fun w => ~ forall q, (1 <= q < L)%nat ->
      keeps_range p m q (placed_layer (down_place (network_place n m p L) L) w) p unit_matrix /\
      keeps_range n m q (placed_layer (up_place (network_place n m p L)) w) k (tr u))
    (total (L - 1) (fun i => (25 ^ p + 25 ^ r) * vector_tail m (S i))).
Proof.
  intros n m p r L k u Hk O Small; set (place := network_place n m p L); set (K := weights_above n m p L L); set (P := law_weights K normal_law).
  set (bad := fun q w => ~ keeps_range p m q (placed_layer (down_place place L) w) p (tr unit_matrix) \/
    ~ keeps_range n m q (placed_layer (up_place place) w) k (tr u)).
  refine (at_most_weaker K P _ _ _ _ (at_most_total K P (L - 1) (fun i => bad (S i)) _ _)).
  - intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad; intros q Hq.
    split; apply Classical_Prop.NNPP; intros N; apply None; exists (q - 1)%nat; (split; [lia|]); replace (S (q - 1)) with q by lia;
      [left; rewrite tr_unit; exact N|right; exact N].
  - intros i Hi; assert (W := failure_width m p r L (S i) Small ltac:(lia)).
    assert (A := range_sharp K (down_place place L) p m (S i) p unit_matrix ltac:(lia) W (down_own n m p L (S i) ltac:(lia)) (unit_orthonormal p)).
    assert (B := range_sharp K (up_place place) n m (S i) k u ltac:(lia) W (up_own n m p L (S i) ltac:(lia)) O).
    refine (at_most_mono K P _ _ _ _ (at_most_either K P _ _ _ _ A B)); rewrite Rmult_plus_distr_r; apply Rplus_le_compat_l.
    apply Rmult_le_compat_r; [left; apply vector_tail_pos|apply Rle_pow; [lra|exact Hk]].
Qed.

Lemma middles_sharp : forall n m p r L, start_failure m p r L < 1 ->
  at_most (law_weights (weights_above n m p L L) normal_law) (fun w => ~ middles_below m L (network_place n m p L) w 30)
    (total (L - 2) (fun i => INR (L - 2 - i) * middle_tail m (S i))).
Proof.
  intros n m p r L Small; set (place := network_place n m p L); set (K := weights_above n m p L L); set (P := law_weights K normal_law).
  set (bad := fun q a w => ~ forall y, dot m (passed m m (placed_layer (from_place place a) w) y q) (passed m m (placed_layer (from_place place a) w) y q)
    <= 30 * INR q * INR m ^ q * dot m y y).
  refine (at_most_weaker K P _ _ _ _ (at_most_total K P (L - 2) (fun i w => exists a, In a (seq 2 (L - 2 - i)) /\ bad (S i) a w) _ _)).
  - intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad; intros a k Ha Hk HaL; apply Classical_Prop.NNPP; intros N; apply None.
    exists (k - 1)%nat; split; [lia|]; exists a; replace (S (k - 1)) with k by lia; split; [apply in_seq; lia|].
    intros Good; apply N; intros y; apply Good.
  - intros i Hi; assert (W := failure_width m p r L (S i) Small ltac:(lia)).
    assert (U := at_most_some K P nat (fun a => bad (S i) a) (middle_tail m (S i)) (seq 2 (L - 2 - i))); rewrite seq_length in U.
    apply U; intros a Ia; apply in_seq in Ia; apply (middle_sharp K (from_place place a) m (S i) ltac:(lia) W).
    apply from_own; lia.
Qed.

(** The bound of Laurent and Massart. *)
Definition output_size (p : nat) (x : R) : R := INR p + 2 * sqrt (INR p * x) + 2 * x.

Lemma output_size_nonneg : forall p x, 0 <= x -> 0 <= output_size p x.
Proof. intros p x Hx; unfold output_size; assert (P := pos_INR p); assert (S := sqrt_pos (INR p * x)); lra. Qed.

Lemma output_sharp : forall d n m p L D x, fits d n m p D -> (1 <= L)%nat -> (1 <= p)%nat -> 0 <= x ->
  at_most (law_weights (weights_above n m p L L) normal_law) (fun w => let F := network n m p L D (network_place n m p L) w in
    output_size p x * inner d (chain d F L) (chain d F L) < inner d (chain d F (S L)) (chain d F (S L))) (exp (- x)).
Proof.
  intros d n m p L D x Fit HL Hp Hx; apply (last_layer_chance d n m p L D _ _ Fit HL); intros s k r lower.
  assert (p1 : 1 <= INR p) by (apply (le_INR 1); exact Hp).
  set (u := sqrt (x / INR p)); assert (q0 : 0 <= x / INR p) by (apply Rmult_le_pos; [exact Hx|left; apply Rinv_0_lt_compat; lra]).
  assert (u0 : 0 <= u) by apply sqrt_pos; assert (uu : INR p * (u * u) = x) by (unfold u; rewrite sqrt_sqrt by exact q0; field; lra).
  set (t := u / (1 + 2 * u)); assert (t0 : 0 <= t < 1 / 2).
  { unfold t; split; [apply Rmult_le_pos; [exact u0|left; apply Rinv_0_lt_compat; lra]|].
    apply (Rmult_lt_reg_r (1 + 2 * u)); [lra|]; unfold Rdiv at 1; rewrite Rmult_assoc, Rinv_l by lra; lra. }
  refine (at_most_mono _ _ _ _ _ _ (last_layer_tail t (output_size p x) p s k r lower t0)).
  assert (Ea : output_size p x = INR p * (1 + 2 * u + 2 * (u * u))).
  { unfold output_size; replace (INR p * x) with ((INR p * u) * (INR p * u)) by (rewrite <- uu; ring).
    rewrite sqrt_square by (apply Rmult_le_pos; lra); rewrite <- uu; ring. }
  set (l := ln (1 + 2 * u)); assert (el : exp l = 1 + 2 * u) by (apply exp_ln; lra).
  assert (Sm : square_moment t = exp (l / 2)).
  { unfold square_moment; replace (1 - 2 * t) with (/ (1 + 2 * u)) by (unfold t; field; lra).
    rewrite sqrt_inv, Rinv_inv, <- el; replace (exp l) with (exp (l / 2) * exp (l / 2)) by (rewrite <- exp_plus; f_equal; field).
    apply sqrt_square; left; apply exp_pos. }
  rewrite Sm, <- exp_times, <- exp_plus; apply exp_le_compat; rewrite Ea, <- uu.
  assert (E := log_entropy (2 * u) ltac:(lra)); fold l in E.
  assert (H : l <= 2 * (u + u * u) / (1 + 2 * u)).
  { apply (Rmult_le_reg_r (1 + 2 * u)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra; lra. }
  apply (Rmult_le_compat_l (INR p / 2)) in H; [|lra].
  replace (INR p / 2 * (2 * (u + u * u) / (1 + 2 * u))) with (t * (INR p * (1 + 2 * u + 2 * (u * u))) - INR p * (u * u)) in H
    by (unfold t; field; lra).
  lra.
Qed.

(** ** The failure in one formula *)

(** log 15 <= 2.73 *)
Lemma fifteen_below : forall k, 15 ^ k <= exp (273 / 100 * INR k).
Proof.
  intros k; rewrite Rmult_comm, exp_times; apply pow_incr; split; [lra|].
  replace (273 / 100) with (INR 20 * (273 / 2000)) by (simpl; field); rewrite exp_times.
  assert (E := exp_minus_second (273 / 2000) ltac:(lra)); assert (P := exp_pos (- (273 / 2000))).
  assert (Q : exp (- (273 / 2000)) ^ 20 <= (872817 / 1000000) ^ 20) by (apply pow_incr; lra).
  assert (One : exp (273 / 2000) ^ 20 * exp (- (273 / 2000)) ^ 20 = 1) by (rewrite <- Rpow_mult_distr, <- exp_plus, Rplus_opp_r, exp_0; apply pow1).
  assert (P20 : 0 < exp (273 / 2000) ^ 20) by (apply pow_lt, exp_pos).
  assert (exp (273 / 2000) ^ 20 * exp (- (273 / 2000)) ^ 20 <= exp (273 / 2000) ^ 20 * (1 / 15)); [|lra].
  apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [exact Q|lra].
Qed.

Lemma middle_tail_below : forall m q, (1 <= q)%nat -> middle_tail m q <= 45 * INR q * exp (- (7 / 100 * (INR m / INR q))).
Proof.
  intros m q Hq; assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq); unfold middle_tail.
  assert (D := le_INR _ _ (Nat.mul_div_le m (3 * q) ltac:(lia))); rewrite !mult_INR in D; simpl (INR 3) in D.
  set (k := (m / (3 * q))%nat) in *; simpl pow; assert (F := fifteen_below k).
  assert (K : 273 / 100 * INR k <= 91 / 100 * (INR m / INR q)).
  { apply (Rmult_le_reg_r (INR q)); [lra|]; replace (91 / 100 * (INR m / INR q) * INR q) with (91 / 100 * INR m) by (field; lra); lra. }
  replace (3 * INR q * (15 * 15 ^ k) * exp (- (98 / 100 * (INR m / INR q))))
    with (45 * INR q * (15 ^ k * exp (- (98 / 100 * (INR m / INR q))))) by ring.
  apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [apply Rmult_le_compat_r; [left; apply exp_pos|exact F]|].
  rewrite <- exp_plus; apply exp_le_compat; lra.
Qed.

Lemma failure_below : forall m p r L, (1 <= p)%nat -> (1 <= r)%nat -> (1 <= L)%nat ->
  start_failure m p r L <= 4 * INR L ^ 3 * (25 ^ p + 25 ^ r) * exp (- (9 / 1000 * (INR m / INR L))).
Proof.
  intros m p r L Hp Hr HL; assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL); assert (m0 := pos_INR m).
  set (E := exp (- (9 / 1000 * (INR m / INR L)))); assert (E0 : 0 < E) by apply exp_pos.
  assert (Big : forall k, (1 <= k)%nat -> 25 <= 25 ^ k).
  { intros k Hk; rewrite <- (pow_1 25) at 1; apply Rle_pow; [lra|exact Hk]. }
  assert (P := Big p Hp); assert (Q := Big r Hr); set (B := 25 ^ p + 25 ^ r) in *; assert (B0 : 50 <= B) by (unfold B; lra).
  assert (Less : forall q, (1 <= q <= L)%nat -> 1 <= INR q <= INR L /\ 0 <= INR m / INR L <= INR m / INR q).
  { intros q Hq; assert (q1 : 1 <= INR q) by (apply (le_INR 1); lia); assert (qL : INR q <= INR L) by (apply le_INR; lia).
    repeat split; try assumption; unfold Rdiv; [apply Rmult_le_pos; [exact m0|left; apply Rinv_0_lt_compat; lra]|].
    apply Rmult_le_compat_l; [exact m0|apply Rinv_le_contravar; lra]. }
  assert (N1 : INR (L - 1) <= INR L) by (apply le_INR; lia); assert (N2 : INR (L - 2) <= INR L) by (apply le_INR; lia).
  assert (L3 : INR L * INR L * E <= INR L ^ 3 * E).
  { apply Rmult_le_compat_r; [lra|]; assert (0 <= INR L * INR L * (INR L - 1)) by (repeat apply Rmult_le_pos; lra); simpl; lra. }
  assert (T1 : total (L - 1) (fun i => B * vector_tail m (S i)) <= 3 * B * (INR L ^ 3 * E)).
  { apply Rle_trans with (total (L - 1) (fun _ => 3 * B * (INR L * E))).
    - apply total_le; intros i Hi; destruct (Less (S i) ltac:(lia)) as [q1 q2]; unfold vector_tail.
      assert (S1 : INR (S i) + 1 <= INR L) by (rewrite <- S_INR; apply le_INR; lia).
      assert (X : exp (- (9 / 1000 * (INR m / INR (S i)))) <= E) by (apply exp_le_compat; lra).
      replace (3 * B * (INR L * E)) with (B * (3 * INR L * E)) by ring; apply Rmult_le_compat_l; [lra|].
      apply Rmult_le_compat; try lra; left; apply exp_pos.
    - rewrite total_const; replace (INR (L - 1) * (3 * B * (INR L * E))) with (3 * B * (INR (L - 1) * (INR L * E))) by ring.
      apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [|exact L3]; rewrite (Rmult_assoc (INR L)); apply Rmult_le_compat_r; [|exact N1].
      apply Rmult_le_pos; lra. }
  assert (T2 : total (L - 2) (fun i => INR (L - 2 - i) * middle_tail m (S i)) <= 45 * (INR L ^ 3 * E)).
  { apply Rle_trans with (total (L - 2) (fun _ => INR L * (45 * INR L * E))).
    - apply total_le; intros i Hi; destruct (Less (S i) ltac:(lia)) as [q1 q2].
      assert (N : INR (L - 2 - i) <= INR L) by (apply le_INR; lia); assert (M0 := middle_tail_nonneg m (S i)).
      assert (M := middle_tail_below m (S i) ltac:(lia)).
      assert (X : exp (- (7 / 100 * (INR m / INR (S i)))) <= E) by (apply exp_le_compat; lra).
      apply Rmult_le_compat; [apply pos_INR|exact M0|exact N|]; eapply Rle_trans; [exact M|].
      apply Rmult_le_compat; try lra; left; apply exp_pos.
    - rewrite total_const; apply Rle_trans with (INR L * (INR L * (45 * INR L * E))); [|right; simpl; ring].
      apply Rmult_le_compat_r; [|exact N2]; repeat apply Rmult_le_pos; lra. }
  assert (Y : 0 <= INR L ^ 3 * E) by (apply Rmult_le_pos; [apply pow_le; lra|lra]).
  assert (Z : 45 * (INR L ^ 3 * E) <= B * (INR L ^ 3 * E)) by (apply Rmult_le_compat_r; lra).
  unfold start_failure; fold B; lra.
Qed.
