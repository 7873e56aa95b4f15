(** Propositions 6.2, 6.3 and 6.4 of Du and Hu from their Lemma 6.1. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Spectral AnyLaw Independent NormalLaw Remainder.
From Lemmata Require Import WidePapers RandomLayers GaussianLayers GaussianLemma Spheres WideStart WideLayout.
Open Scope R_scope.

(** ** Propositions 6.2 and 6.3 *)

Lemma width_parts : forall C c q r m, 0 < C -> 0 < c -> (1 <= q)%nat -> (1 <= r)%nat ->
  (C + 12 / c) * INR q * INR r <= m -> C * INR q <= m /\ 12 * INR r <= c * (m / INR q).
Proof.
  intros C c q r m HC Hc Hq Hr H; assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq).
  assert (r1 : 1 <= INR r) by (apply (le_INR 1); exact Hr); assert (c0 : 0 < 12 / c) by (apply Rdiv_lt_0_compat; lra).
  assert (Cq : 0 < C * INR q) by (apply Rmult_lt_0_compat; lra).
  assert (cq : 0 <= 12 / c * INR q * INR r) by (repeat apply Rmult_le_pos; lra); split.
  - assert (C * INR q * 1 <= C * INR q * INR r) by (apply Rmult_le_compat_l; lra); lra.
  - apply (Rmult_le_reg_r (INR q / c)); [apply Rdiv_lt_0_compat; lra|].
    replace (c * (m / INR q) * (INR q / c)) with m by (field; lra).
    replace (12 * INR r * (INR q / c)) with (12 / c * INR q * INR r) by (field; lra).
    assert (0 <= C * INR q * INR r) by (apply Rmult_le_pos; lra); lra.
Qed.

Lemma range_paid : forall C c K place n m q r X, 0 < C -> 0 < c -> one_vector C c -> (1 <= q)%nat -> (1 <= r)%nat ->
  (C + 12 / c) * INR q * INR r <= INR m -> places_of_their_own K n m q place ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_range n m q (placed_layer place w) r X) (exp (- (c / 2 * INR m / INR q))).
Proof.
  intros C c K place n m q r X HC Hc HV Hq Hr Hm Own; destruct (width_parts C c q r (INR m) HC Hc Hq Hr Hm) as [M1 M2].
  refine (at_most_mono K _ _ _ _ _ (range_kept C c K place n m q r X HV Hq M1 Own)).
  replace (c * INR m / INR q) with (c * (INR m / INR q)) by (unfold Rdiv; ring).
  replace (c / 2 * INR m / INR q) with (c / 2 * (INR m / INR q)) by (unfold Rdiv; ring); apply net_paid; exact M2.
Qed.

(** W X z against X z, so against z where the singular values of X lie between tau and sigma. *)
Lemma data_kept : forall C c K n L m q r X tau sigma, 0 < C -> 0 < c -> one_vector C c -> (1 <= q < L)%nat -> (1 <= r)%nat ->
  hidden_width n L m -> (entries_before n L <= K)%nat -> (C + 12 / c) * INR q * INR r <= INR m ->
  opbelow (n 0%nat) r X tau -> opnorm (n 0%nat) r X sigma ->
  at_most (law_weights K normal_law) (fun w => ~ forall z,
      (4 / 5 * tau) ^ 2 * INR m ^ q * dot r z z
        <= dot m (random_output n w 0 (mv r X z) q) (random_output n w 0 (mv r X z) q)
        <= (6 / 5 * sigma) ^ 2 * INR m ^ q * dot r z z)
    (exp (- (c / 2 * INR m / INR q))).
Proof.
  intros C c K n L m q r X tau sigma HC Hc HV Hq Hr H HK Hm Low Up.
  assert (Own := forward_own K n L m 0 q H ltac:(lia) HK).
  refine (at_most_weaker K _ _ _ _ _ (range_paid C c K (forward_places n 0) (n 0%nat) m q r X HC Hc HV (proj1 Hq) Hr Hm Own)).
  intros w Bad Good; apply Bad; intros z; specialize (Good z); cbv zeta in Good; specialize (Low z); specialize (Up z).
  rewrite (output_passed n w L m 0 (mv r X z) q H) by lia.
  assert (p0 : 0 <= INR m ^ q) by (apply pow_le, pos_INR); set (P := INR m ^ q) in *.
  apply (Rmult_le_compat_l ((4 / 5) ^ 2 * P)) in Low; [|apply Rmult_le_pos; [apply pow2_ge_0|exact p0]].
  apply (Rmult_le_compat_l ((6 / 5) ^ 2 * P)) in Up; [|apply Rmult_le_pos; [apply pow2_ge_0|exact p0]].
  rewrite !Rpow_mult_distr; lra.
Qed.

(** W^T y for all outputs y. *)
Lemma outputs_kept : forall C c K n L m q, 0 < C -> 0 < c -> one_vector C c -> (1 <= q < L)%nat -> (1 <= n L)%nat ->
  hidden_width n L m -> (entries_before n L <= K)%nat -> (C + 12 / c) * INR q * INR (n L) <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~ forall y,
      (4 / 5) ^ 2 * INR m ^ q * dot (n L) y y <= dot m (random_back n w L y q) (random_back n w L y q)
        <= (6 / 5) ^ 2 * INR m ^ q * dot (n L) y y)
    (exp (- (c / 2 * INR m / INR q))).
Proof.
  intros C c K n L m q HC Hc HV Hq Hr H HK Hm.
  assert (Own := backward_own K n L m q H ltac:(lia) HK).
  refine (at_most_weaker K _ _ _ _ _
    (range_paid C c K (backward_places n L) (n L) m q (n L) unit_matrix HC Hc HV (proj1 Hq) Hr Hm Own)).
  intros w Bad Good; apply Bad; intros y; specialize (Good y); cbv zeta in Good.
  rewrite (back_passed n w L m y q H), (passed_ext (n L) m _ y (mv (n L) unit_matrix y) q) by
    (try lia; intros; symmetry; apply mv_unit; assumption).
  rewrite norm_unit in Good; exact Good.
Qed.

(** ** Proposition 6.4: blocks of coordinates *)

(** The coordinates b k, ..., b k + k - 1. *)
Definition block_columns (k b i j : nat) : R := if Nat.eqb i (b * k + j) then 1 else 0.

Definition of_block (k b : nat) (x : nat -> R) (i : nat) : R := if Nat.eqb (i / k) b then x i else 0.

Lemma block_vector : forall k b x i, (1 <= k)%nat -> mv k (block_columns k b) (fun j => x (b * k + j)%nat) i = of_block k b x i.
Proof.
  intros k b x i Hk; unfold mv, dot, of_block.
  assert (D := Nat.div_mod i k ltac:(lia)); assert (M := Nat.mod_upper_bound i k ltac:(lia)).
  destruct (Nat.eqb_spec (i / k) b) as [E|N].
  - rewrite (total_ext k _ (fun j => x (b * k + j)%nat * unit_matrix j (i mod k))).
    + rewrite (unit_sum k (fun j => x (b * k + j)%nat)) by exact M; f_equal; rewrite <- E; lia.
    + intros j Hj; unfold block_columns, unit_matrix; destruct (Nat.eqb_spec i (b * k + j)), (Nat.eqb_spec j (i mod k)); try ring.
      * exfalso; rewrite <- E in *; lia.
      * exfalso; subst j; rewrite <- E in *; lia.
  - apply total_zero; intros j Hj; unfold block_columns; destruct (Nat.eqb_spec i (b * k + j)) as [E|]; [|ring].
    exfalso; apply N; symmetry; apply (Nat.div_unique i k b j); lia.
Qed.

Lemma one_block : forall B g a, (a < B)%nat -> total B (fun b => if Nat.eqb a b then g b else 0) = g a.
Proof.
  intros B g a Ha; rewrite (total_ext B _ (fun b => g b * unit_matrix b a)); [apply unit_sum; exact Ha|].
  intros b _; unfold unit_matrix; rewrite (Nat.eqb_sym a b); destruct (Nat.eqb b a); ring.
Qed.

(** |y_1 + ... + y_B|^2 <= B (|y_1|^2 + ... + |y_B|^2) *)
Lemma sum_square : forall d B y, dot d (fun i => total B (fun b => y b i)) (fun i => total B (fun b => y b i))
  <= INR B * total B (fun b => dot d (y b) (y b)).
Proof.
  intros d B y; unfold dot; rewrite (total_swap B), <- total_scal; apply total_le; intros i _.
  assert (C := total_cauchy B (fun b => y b i)); cbv beta in C.
  rewrite (total_ext B (fun b => y b i * y b i) (fun b => y b i ^ 2)) by (intros; ring); lra.
Qed.

Lemma blocks_together : forall m q A k B c, (1 <= q)%nat -> (1 <= k)%nat -> (m <= B * k)%nat ->
  (forall b, (b < B)%nat -> forall z, let x := mv k (block_columns k b) z in dot m (passed m m A x q) (passed m m A x q) <= c * dot m x x) ->
  forall x, dot m (passed m m A x q) (passed m m A x q) <= INR B * c * dot m x x.
Proof.
  intros m q A k B c Hq Hk HB H x.
  assert (Place : forall i, (i < m)%nat -> (i / k < B)%nat) by (intros i Hi; apply Nat.div_lt_upper_bound; lia).
  set (y := fun b => passed m m A (of_block k b x) q).
  assert (Sum : passed m m A x q = fun i => total B (fun b => y b i)).
  { rewrite (passed_ext m m A x (mv B (fun i b => of_block k b x i) (fun _ => 1)) q Hq).
    - rewrite passed_linear; pointwise i; apply total_ext; intros b _; unfold y; rewrite Rmult_1_r; reflexivity.
    - intros i Hi; rewrite <- (one_block B (fun _ => x i) (i / k) (Place i Hi)); apply total_ext; intros b _; unfold of_block; ring. }
  rewrite Sum; eapply Rle_trans; [apply sum_square|]; rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply pos_INR|].
  assert (Parts : dot m x x = total B (fun b => dot m (of_block k b x) (of_block k b x))).
  { unfold dot; rewrite total_swap; apply total_ext; intros i Hi.
    rewrite <- (one_block B (fun _ => x i * x i) (i / k) (Place i Hi)); apply total_ext; intros b _; unfold of_block.
    destruct (Nat.eqb (i / k) b); ring. }
  rewrite Parts, <- total_scal; apply total_le; intros b Hb.
  assert (U := H b Hb (fun j => x (b * k + j)%nat)); cbv zeta in U.
  replace (mv k (block_columns k b) (fun j => x (b * k + j)%nat)) with (of_block k b x) in U
    by (pointwise i; symmetry; apply block_vector; exact Hk).
  exact U.
Qed.

(** As many coordinates as the tail pays for, and as many blocks as that makes. *)
Lemma block_numbers : forall c m q, 0 < c -> 1 <= q -> 12 * q <= c * INR m -> exists k B, (1 <= k)%nat /\ (m <= B * k)%nat /\
  12 * INR k <= c * (INR m / q) /\ INR B <= (24 / c + 1) * q.
Proof.
  intros c m q Hc Hq Hm; set (t := c * INR m / (12 * q)).
  assert (t1 : 1 <= t).
  { apply (Rmult_le_reg_r (12 * q)); [lra|]; unfold t; replace (c * INR m / (12 * q) * (12 * q)) with (c * INR m) by (field; lra); lra. }
  destruct (nfloor_ex t ltac:(lra)) as [k [K1 K2]].
  assert (Hk : (1 <= k)%nat) by (destruct k; [simpl in K2; lra|lia]).
  assert (k1 : 1 <= INR k) by (apply (le_INR 1); exact Hk).
  exists k, (S (m / k))%nat; split; [exact Hk|split; [|split]].
  - assert (D := Nat.mul_succ_div_gt m k ltac:(lia)); lia.
  - apply Rle_trans with (12 * t); [lra|]; unfold t; right; field; lra.
  - rewrite S_INR; assert (D := le_INR _ _ (Nat.mul_div_le m k ltac:(lia))); rewrite mult_INR in D.
    assert (Q : INR (m / k) <= 24 / c * q); [|lra].
    apply (Rmult_le_reg_l (INR k)); [lra|]; apply Rle_trans with (INR m); [exact D|].
    replace (INR m) with (t / 2 * (24 / c * q)) by (unfold t; field; lra).
    apply Rmult_le_compat_r; [|lra]; apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat|]; lra.
Qed.

Lemma log_one : forall L, (3 <= L)%nat -> 1 <= ln (INR L).
Proof.
  intros L HL; assert (L3 : 3 <= INR L) by (apply (le_INR 3) in HL; simpl in HL; lra).
  rewrite <- (ln_exp 1); apply ln_le; [apply exp_pos|]; assert (E := exp_le_3); lra.
Qed.

(** Middle products of layers anywhere among the weights; the number of blocks is at most e^u q. *)
Lemma middle_paid : forall C c u K place m L q, 0 < C -> 0 < c -> one_vector C c -> (1 <= q < L)%nat -> (3 <= L)%nat ->
  places_of_their_own K m m q place ->
  24 / c + 1 <= exp u -> 0 <= u -> (C + 12 / c + 4 / c * (u + 1)) * INR L * ln (INR L) <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~ forall x,
      dot m (passed m m (placed_layer place w) x q) (passed m m (placed_layer place w) x q)
        <= (6 / 5) ^ 2 * (24 / c + 1) * INR q * INR m ^ q * dot m x x)
    (exp (- (c / 4 * INR m / INR q))).
Proof.
  intros C c u K place m L q HC Hc HV [Hq HL] L3 Own Hu Hu0 Hm.
  assert (l1 := log_one L L3); set (l := ln (INR L)) in *.
  assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq); assert (qL : INR q <= INR L) by (apply le_INR; lia).
  assert (i0 : 0 < / c) by (apply Rinv_0_lt_compat; exact Hc); unfold Rdiv in Hm.
  set (D := 24 / c + 1) in *.
  assert (Big : (C + 12 * / c + 4 * / c * (u + 1)) * (INR q * l) <= INR m).
  { eapply Rle_trans; [|exact Hm]; rewrite (Rmult_assoc _ (INR L)); apply Rmult_le_compat_l.
    - assert (0 <= / c * (u + 1)) by (apply Rmult_le_pos; lra); lra.
    - apply Rmult_le_compat_r; lra. }
  assert (ql : INR q <= INR q * l) by (rewrite <- (Rmult_1_r (INR q)) at 1; apply Rmult_le_compat_l; lra).
  assert (T1 : 0 <= C * (INR q * l)) by (apply Rmult_le_pos; lra).
  assert (T2 : 0 <= / c * (INR q * l)) by (apply Rmult_le_pos; lra).
  assert (T3 : 0 <= / c * (u + 1) * (INR q * l)) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
  assert (M1 : C * INR q <= INR m).
  { apply Rle_trans with (C * (INR q * l)); [apply Rmult_le_compat_l|]; lra. }
  assert (M2 : 12 * INR q <= c * INR m).
  { apply (Rmult_le_reg_l (/ c)); [exact i0|]; rewrite <- (Rmult_assoc (/ c) c), Rinv_l, Rmult_1_l by lra.
    apply Rle_trans with (12 * (/ c * (INR q * l))); [|lra].
    replace (/ c * (12 * INR q)) with (12 * (/ c * INR q)) by ring; apply Rmult_le_compat_l; [lra|].
    apply Rmult_le_compat_l; lra. }
  assert (M3 : 4 * ((u + 1) * (INR q * l)) <= c * INR m).
  { apply (Rmult_le_reg_l (/ c)); [exact i0|]; rewrite <- (Rmult_assoc (/ c) c), Rinv_l, Rmult_1_l by lra; lra. }
  destruct (block_numbers c m (INR q) Hc q1 M2) as [k [B [Hk [HB [Pay Few]]]]].
  fold D in Few.
  set (b := exp (- (c / 2 * (INR m / INR q)))).
  assert (One : forall j, at_most (law_weights K normal_law)
    (fun w => ~ keeps_range m m q (placed_layer place w) k (block_columns k j)) b).
  { intros j; refine (at_most_mono K _ _ _ _ _ (range_kept C c K _ m m q k (block_columns k j) HV Hq M1 Own)).
    replace (c * INR m / INR q) with (c * (INR m / INR q)) by (unfold Rdiv; ring); apply net_paid; exact Pay. }
  assert (U := at_most_some K (law_weights K normal_law) nat _ b (seq 0 B) (fun j _ => One j)); rewrite seq_length in U.
  refine (at_most_weaker K _ _ _ _ _ (at_most_mono K _ _ _ _ _ U)).
  - intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad; intros x.
    apply Rle_trans with (INR B * ((6 / 5) ^ 2 * INR m ^ q) * dot m x x).
    + apply (blocks_together m q _ k B _ Hq Hk HB); intros j Hj z.
      assert (Good : keeps_range m m q (placed_layer place w) k (block_columns k j)); [|apply Good].
      apply Classical_Prop.NNPP; intros F; apply None; exists j; split; [apply in_seq; lia|exact F].
    + apply Rmult_le_compat_r; [apply dot_nonneg|].
      replace ((6 / 5) ^ 2 * D * INR q * INR m ^ q) with (D * INR q * ((6 / 5) ^ 2 * INR m ^ q)) by ring.
      apply Rmult_le_compat_r; [apply Rmult_le_pos; [apply pow2_ge_0|apply pow_le, pos_INR]|exact Few].
  - assert (L0 : 0 < INR L) by lra.
    assert (EB : INR B <= exp (u + l)).
    { eapply Rle_trans; [exact Few|]; rewrite exp_plus; unfold l; rewrite exp_ln by exact L0.
      apply Rmult_le_compat; try lra; unfold D, Rdiv; lra. }
    eapply Rle_trans; [apply Rmult_le_compat_r; [left; apply exp_pos|exact EB]|]; unfold b.
    rewrite <- exp_plus; apply exp_le_compat; set (y := INR m / INR q).
    assert (Y : 4 * ((u + 1) * l) <= c * y).
    { apply (Rmult_le_reg_r (INR q)); [lra|]; unfold y; replace (c * (INR m / INR q) * INR q) with (c * INR m) by (field; lra); lra. }
    replace (c / 4 * INR m / INR q) with (c / 4 * y) by (unfold y, Rdiv; ring).
    assert (u <= u * l) by (rewrite <- (Rmult_1_r u) at 1; apply Rmult_le_compat_l; lra); lra.
Qed.

Lemma middle_passed : forall C c K place m L q, 0 < C -> 0 < c -> one_vector C c -> (1 <= q)%nat -> (q < L)%nat -> (3 <= L)%nat ->
  places_of_their_own K m m q place -> (C + 12 / c + 4 / c * (24 / c + 1)) * INR L * ln (INR L) <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~ forall x,
      dot m (passed m m (placed_layer place w) x q) (passed m m (placed_layer place w) x q)
        <= (6 / 5) ^ 2 * (24 / c + 1) * INR q * INR m ^ q * dot m x x)
    (exp (- (c / 4 * INR m / INR q))).
Proof.
  intros C c K place m L q HC Hc HV Hq HL L3 Own; assert (c0 : 0 < 24 / c) by (apply Rdiv_lt_0_compat; lra).
  apply (middle_paid C c (24 / c) K place m L q); auto; [rewrite Rplus_comm; apply exp_ineq1_le|lra].
Qed.

(** ** With the numbers of Lemma 6.1 *)

Lemma one_vector_numbers : one_vector 200000 (/ 30000).
Proof.
  intros K place n m q v Hq Hm Own Hv; assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq).
  replace (/ 30000 * INR m / INR q) with (INR m / (30000 * INR q)) by (field; lra); apply du_hu_lemma_6_1; assumption.
Qed.

(** W_(i:1) X, for i = q: kappa does not enter. *)
Theorem du_hu_proposition_6_3 : forall K n L m q r X tau sigma,
  (1 <= q < L)%nat -> (1 <= r)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat -> 560000 * INR q * INR r <= INR m ->
  opbelow (n 0%nat) r X tau -> opnorm (n 0%nat) r X sigma ->
  at_most (law_weights K normal_law) (fun w => ~ forall z,
      (4 / 5 * tau) ^ 2 * INR m ^ q * dot r z z
        <= dot m (random_output n w 0 (mv r X z) q) (random_output n w 0 (mv r X z) q)
        <= (6 / 5 * sigma) ^ 2 * INR m ^ q * dot r z z)
    (exp (- (INR m / (60000 * INR q)))).
Proof.
  intros K n L m q r X tau sigma Hq Hr H HK Hm Low Up; assert (q1 : 1 <= INR q) by (apply (le_INR 1); lia).
  replace (INR m / (60000 * INR q)) with (/ 30000 / 2 * INR m / INR q) by (field; lra).
  apply (data_kept 200000 (/ 30000) K n L m q r X tau sigma); auto; try lra; exact one_vector_numbers.
Qed.

(** W_(L:i), for q = L - i + 1: its transpose stretches every y nearly alike, and it is not larger than its transpose. *)
Theorem du_hu_proposition_6_2 : forall K n L m q,
  (1 <= q < L)%nat -> (1 <= n L)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat -> 560000 * INR q * INR (n L) <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~
      ((forall x, dot (n L) (random_output n w (L - q) x q) (random_output n w (L - q) x q) <= (6 / 5) ^ 2 * INR m ^ q * dot m x x) /\
       forall y, (4 / 5) ^ 2 * INR m ^ q * dot (n L) y y <= dot m (random_back n w L y q) (random_back n w L y q)
         <= (6 / 5) ^ 2 * INR m ^ q * dot (n L) y y))
    (exp (- (INR m / (60000 * INR q)))).
Proof.
  intros K n L m q Hq HL H HK Hm; assert (q1 : 1 <= INR q) by (apply (le_INR 1); lia).
  replace (INR m / (60000 * INR q)) with (/ 30000 / 2 * INR m / INR q) by (field; lra).
  refine (at_most_weaker K _ _ _ _ _
    (outputs_kept 200000 (/ 30000) K n L m q ltac:(lra) ltac:(lra) one_vector_numbers Hq HL H HK _)).
  - intros w Bad Good; apply Bad; split; [|exact Good]; intros x; assert (E : n (L - q)%nat = m) by (apply H; lia).
    assert (p0 : 0 <= INR m ^ q) by (apply pow_le, pos_INR); set (s := sqrt (INR m ^ q)).
    assert (ss : (6 / 5 * s) ^ 2 = (6 / 5) ^ 2 * INR m ^ q) by (rewrite Rpow_mult_distr; f_equal; apply pow2_sqrt; exact p0).
    rewrite <- ss, <- E; apply output_above; [lia|]; intros y; rewrite E, ss; apply Good.
  - replace (200000 + 12 / / 30000) with 560000 by field; exact Hm.
Qed.

(** The same for the middle products, wherever their layers are. *)
Lemma middle_numbers : forall K place m L q, (1 <= q < L)%nat -> (3 <= L)%nat -> places_of_their_own K m m q place ->
  3100000 * INR L * ln (INR L) <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~ forall x,
      dot m (passed m m (placed_layer place w) x q) (passed m m (placed_layer place w) x q) <= 1020 ^ 2 * INR q * INR m ^ q * dot m x x)
    (exp (- (INR m / (120000 * INR q)))).
Proof.
  intros K place m L q Hq L3 Own Hm; assert (q1 : 1 <= INR q) by (apply (le_INR 1); lia).
  assert (l1 := log_one L L3); assert (L1 : 0 <= INR L) by apply pos_INR.
  assert (E : 24 / / 30000 + 1 <= exp 20).
  { replace (24 / / 30000 + 1) with 720001 by field; apply Rle_trans with (2 ^ 20); [lra|].
    replace 20 with (INR 20) by (simpl; ring); rewrite <- (Rmult_1_r (INR 20)), <- (ln_exp 1) at 1.
    change (exp (INR 20 * ln (exp 1))) with (Rpower (exp 1) (INR 20)); rewrite Rpower_pow by apply exp_pos.
    apply pow_incr; assert (T := exp_ineq1_le 1); lra. }
  replace (INR m / (120000 * INR q)) with (/ 30000 / 4 * INR m / INR q) by (field; lra).
  refine (at_most_weaker K _ _ _ _ _ (middle_paid 200000 (/ 30000) 20 K place m L q ltac:(lra) ltac:(lra) one_vector_numbers
    Hq L3 Own E ltac:(lra) _)).
  - intros w Bad Good; apply Bad; intros x; eapply Rle_trans; [apply Good|].
    apply Rmult_le_compat_r; [apply dot_nonneg|]; apply Rmult_le_compat_r; [apply pow_le, pos_INR|].
    apply Rmult_le_compat_r; [lra|]; replace (24 / / 30000 + 1) with 720001 by field; lra.
  - eapply Rle_trans; [|exact Hm]; apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_r; [exact L1|].
    replace (200000 + 12 / / 30000 + 4 / / 30000 * (20 + 1)) with 3080000 by field; lra.
Qed.

(** W_(j:i), for q = j - i + 1 hidden layers from layer a = i - 1, counted from 0, on. *)
Theorem du_hu_proposition_6_4 : forall K n L m a q,
  (1 <= a)%nat -> (1 <= q)%nat -> (a + q < L)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat ->
  3100000 * INR L * ln (INR L) <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~ forall x,
      dot m (random_output n w a x q) (random_output n w a x q) <= 1020 ^ 2 * INR q * INR m ^ q * dot (n a) x x)
    (exp (- (INR m / (120000 * INR q)))).
Proof.
  intros K n L m a q Ha Hq HL H HK Hm; assert (Na : n a = m) by (apply H; lia).
  assert (Own := forward_own K n L m a q H HL HK); rewrite Na in *.
  refine (at_most_weaker K _ _ _ _ _ (middle_numbers K _ m L q ltac:(lia) ltac:(lia) Own Hm)).
  intros w Bad Good; apply Bad; intros x; rewrite (output_passed n w L m a x q H HL), Na; apply Good.
Qed.
