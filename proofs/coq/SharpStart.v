(** Lemmas 1 to 4 of wide-layers.md for the layers of a random network, with all constants: one vector, the ends, the middle, the output. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Remainder Convergence RangeNumbers Spectral AnyLaw Independent NormalLaw ChiSquare GaussianLayers IndependentBlocks.
From Lemmata Require Import GaussianRow GaussianProduct GaussianTails GaussianOutput Nets Spheres WidePapers WideStart WidePropositions WideRandom WideGood WideChance LayerMoments SharpTails.
Open Scope R_scope.

(** ** One vector *)

Lemma energy_of_passed : forall n m q A v, (1 <= q)%nat -> (1 <= m)%nat ->
  dot m (passed n m A v q) (passed n m A v q) = energy n m A v q * INR m ^ q.
Proof.
  intros n m q A v Hq Hm; assert (P : 0 < INR m ^ q) by (apply pow_lt, lt_0_INR; lia).
  unfold energy; destruct q as [|q]; [lia|]; change (fan_in n m (S q)) with m; field; lra.
Qed.

(** What one vector loses in q layers of width m. *)
Definition vector_tail (m q : nat) : R := (INR q + 3) * exp (- (9 / 1000 * (INR m / INR q))).

Lemma exp_by_inverse : forall x y, 0 <= x -> 0 < y -> 1 <= y * (1 - x + x ^ 2 / 2 - x ^ 3 / 6) -> exp x <= y.
Proof.
  intros x y Hx Hy H; assert (E := exp_minus_third x Hx); apply (Rmult_le_reg_r (exp (- x))); [apply exp_pos|].
  rewrite <- exp_plus, Rplus_opp_r, exp_0; eapply Rle_trans; [exact H|apply Rmult_le_compat_l; lra].
Qed.

(** A whole number k within 1 of g r spoils the best exponent g^2 r by 1/r. *)
Lemma nearly_best : forall g r k, 0 < r -> k <= g * r < k + 1 -> - (2 * g) * k + k ^ 2 / r <= - g ^ 2 * r + / r.
Proof.
  intros g r k Hr Hk; apply (Rmult_le_reg_r r); [exact Hr|].
  replace ((- (2 * g) * k + k ^ 2 / r) * r) with ((g * r - k) ^ 2 - (g * r) ^ 2) by (field; lra).
  replace ((- g ^ 2 * r + / r) * r) with (1 - (g * r) ^ 2) by (field; lra).
  assert ((g * r - k) ^ 2 <= 1 ^ 2) by (apply pow_incr; lra); lra.
Qed.

Lemma inverse_power_below : forall s g k, 0 < s -> exp g <= s -> / s ^ (2 * k) <= exp (- (2 * g) * INR k).
Proof.
  intros s g k Hs Hg; replace (- (2 * g) * INR k) with (- (INR (2 * k) * g)) by (rewrite mult_INR; simpl; ring).
  rewrite exp_Ropp; apply Rinv_le_contravar; [apply exp_pos|]; rewrite exp_times; apply pow_incr; split; [left; apply exp_pos|exact Hg].
Qed.

(** One image is stretched by more than s >= e^g. *)
Lemma stretched : forall K place n m q v s g, (1 <= q)%nat -> (1 <= m)%nat -> places_of_their_own K n m q place -> dot n v v = 1 ->
  0 <= g -> 0 < s -> exp g <= s ->
  at_most (law_weights K normal_law) (fun w => s ^ 2 * INR m ^ q < dot m (passed n m (placed_layer place w) v q) (passed n m (placed_layer place w) v q))
    (exp (- g ^ 2 * (INR m / INR q) + / (INR m / INR q))).
Proof.
  intros K place n m q v s g Hq Hm Own Hv Hg Hs HE; assert (q0 : 0 < INR q) by (apply lt_0_INR; lia).
  assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (P : 0 < INR m ^ q) by (apply pow_lt; exact m0).
  set (r := INR m / INR q); assert (r0 : 0 < r) by (apply Rdiv_lt_0_compat; assumption).
  destruct (nfloor_ex (g * r) ltac:(apply Rmult_le_pos; lra)) as [k Hk].
  refine (at_most_weaker K _ _ _ _ _ (at_most_mono K _ _ _ _ _ (energy_large K place n m q v k s Hm Own Hv Hs))).
  - intros w; rewrite energy_of_passed by assumption; apply Rmult_lt_reg_r; exact P.
  - replace (INR q * (INR k ^ 2 / INR m)) with (INR k ^ 2 / r) by (unfold r; field; lra).
    eapply Rle_trans; [apply Rmult_le_compat_r; [left; apply exp_pos|apply (inverse_power_below s g k Hs HE)]|].
    rewrite <- exp_plus; apply exp_le_compat, nearly_best; assumption.
Qed.

Lemma one_vector_sharp : forall K place n m q v, (1 <= q)%nat -> 200 * INR q <= INR m -> places_of_their_own K n m q place -> dot n v v = 1 ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_norm n m q (placed_layer place w) v) (vector_tail m q).
Proof.
  intros K place n m q v Hq Hm Own Hv; assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq).
  assert (m0 : 0 < INR m) by lra; assert (Hm1 : (1 <= m)%nat) by (apply (INR_lt 0 m) in m0; lia).
  set (r := INR m / INR q); assert (Er : INR m = r * INR q) by (unfold r; field; lra).
  assert (r0 : 200 <= r) by (apply (Rmult_le_reg_r (INR q)); lra).
  destruct (nfloor_ex (95 / 1000 * r) ltac:(lra)) as [p Hp]; assert (B := nearly_best (95 / 1000) r (INR p) ltac:(lra) Hp).
  assert (ir : / r <= 1 / 200) by (unfold Rdiv; rewrite Rmult_1_l; apply Rinv_le_contravar; lra).
  assert (Ep : forall j : R, INR q * (j / INR m) = j / r) by (intros j; unfold r; field; lra).
  set (E := exp (- (9 / 1000 * r))); assert (E0 : 0 < E) by apply exp_pos.
  assert (qp : INR q * INR p <= INR m) by (rewrite Er, Rmult_comm; apply Rmult_le_compat_r; lra).
  assert (pr : INR p ^ 2 / r <= 95 / 1000 * INR p).
  { replace (INR p ^ 2 / r) with (INR p * (INR p / r)) by (unfold Rdiv; ring); rewrite (Rmult_comm (95 / 1000)); apply Rmult_le_compat_l; [apply pos_INR|].
    apply (Rmult_le_reg_r r); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
  assert (Up := energy_large K place n m q v p (11 / 10) Hm1 Own Hv ltac:(lra)); assert (Low := energy_small K place n m q v p Hm1 Own Hv qp).
  refine (at_most_weaker K _ _ _ _ _ (at_most_mono K _ _ _ _ _ (at_most_either K _ _ _ _ _ Up Low))).
  - intros w Bad; unfold keeps_norm in Bad; rewrite energy_of_passed in Bad by assumption.
    assert (P : 0 < INR m ^ q) by (apply pow_lt; exact m0); set (Z := energy n m _ v q) in *.
    destruct (Rlt_le_dec ((11 / 10) ^ 2) Z) as [G|G]; [left; exact G|right].
    apply Rnot_lt_le; intros S; apply Bad; split; apply Rmult_le_compat_r; lra.
  - unfold vector_tail; fold r E; rewrite !Ep.
    assert (T1 : / (11 / 10) ^ (2 * p) * exp (INR p ^ 2 / r) <= E).
    { eapply Rle_trans; [apply Rmult_le_compat_r; [left; apply exp_pos|apply (inverse_power_below (11 / 10) (95 / 1000) p ltac:(lra))]|].
      - apply exp_by_inverse; lra.
      - rewrite <- exp_plus; apply exp_le_compat; lra. }
    assert (T2 : exp (- (19 / 100 * INR p) + INR p ^ 2 / r) <= E) by (apply exp_le_compat; lra).
    assert (T3 : (1 / 2) ^ (2 * p) * exp (INR (2 * p) ^ 2 / r) <= E).
    { assert (H : (1 / 2) ^ (2 * p) <= exp (- INR p)).
      { rewrite pow_mult; replace (- INR p) with (INR p * - (1)) by ring; rewrite exp_times; apply pow_incr; split; [apply pow2_ge_0|].
        rewrite exp_Ropp; replace ((1 / 2) ^ 2) with (/ 4) by field; apply Rinv_le_contravar; [apply exp_pos|]; assert (T := exp_le_3); lra. }
      apply Rle_trans with (exp (- INR p) * exp (INR (2 * p) ^ 2 / r)); [apply Rmult_le_compat_r; [left; apply exp_pos|exact H]|].
      rewrite <- exp_plus; apply exp_le_compat; rewrite mult_INR; simpl (INR 2).
      replace (((1 + 1) * INR p) ^ 2 / r) with (4 * (INR p ^ 2 / r)) by (field; lra); lra. }
    assert ((INR q + 1) * exp (- (19 / 100 * INR p) + INR p ^ 2 / r) <= (INR q + 1) * E) by (apply Rmult_le_compat_l; lra); lra.
Qed.

(** ** The ends *)

Lemma range_sharp : forall K place n m q p u, (1 <= q)%nat -> 200 * INR q <= INR m -> places_of_their_own K n m q place -> orthonormal n p u ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_range n m q (placed_layer place w) p (tr u)) (25 ^ p * vector_tail m q).
Proof.
  intros K place n m q p u Hq Hm Own O.
  destruct (sphere_net p (/ 12) ltac:(lra)) as [net [Len Net]]; replace (1 + 2 / / 12) with 25 in Len by field.
  assert (b0 : 0 < vector_tail m q).
  { unfold vector_tail; assert (Q := pos_INR q); apply Rmult_lt_0_compat; [lra|apply exp_pos]. }
  assert (U := at_most_some K (law_weights K normal_law) _ (fun v w => ~ keeps_norm n m q (placed_layer place w) (mv p (tr u) v)) (vector_tail m q) net).
  apply (at_most_mono K _ _ (INR (length net) * vector_tail m q)); [apply Rmult_le_compat_r; [lra|exact Len]|].
  refine (at_most_weaker K _ _ _ _ _ (U _)).
  - intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad, (keeps_net n m q _ p u net O Net).
    intros v Iv; apply Classical_Prop.NNPP; intros F; apply None; exists v; auto.
  - intros v Iv; apply one_vector_sharp; auto; rewrite orthonormal_length by exact O; apply Net; exact Iv.
Qed.

(** ** The middle *)

(** What q layers of width m fail to do: to stretch no vector by more than sqrt (30 q). *)
Definition middle_tail (m q : nat) : R := 3 * INR q * 15 ^ S (m / (3 * q)) * exp (- (98 / 100 * (INR m / INR q))).

Lemma exp_below_stretch : exp (993 / 1000) <= 27 / 10.
Proof.
  replace (993 / 1000) with (INR 8 * (993 / 8000)) by (simpl; field); rewrite exp_times.
  assert (E := exp_by_inverse (993 / 8000) (113218 / 100000) ltac:(lra) ltac:(lra) ltac:(lra)).
  apply Rle_trans with ((113218 / 100000) ^ 8); [apply pow_incr; split; [left; apply exp_pos|exact E]|lra].
Qed.

Lemma stretch_kept : forall K place n m q r X, (1 <= q)%nat -> 200 * INR q <= INR m -> places_of_their_own K n m q place ->
  at_most (law_weights K normal_law) (fun w => ~ forall z, let x := mv r X z in
      dot m (passed n m (placed_layer place w) x q) (passed n m (placed_layer place w) x q) <= (63 / 20) ^ 2 * INR m ^ q * dot n x x)
    (15 ^ r * exp (- (98 / 100 * (INR m / INR q)))).
Proof.
  intros K place n m q r X Hq Hm Own; assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq).
  assert (m0 : 0 < INR m) by lra; assert (Hm1 : (1 <= m)%nat) by (apply (INR_lt 0 m) in m0; lia).
  assert (r0 : 200 <= INR m / INR q).
  { apply (Rmult_le_reg_r (INR q)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
  assert (ir : / (INR m / INR q) <= 1 / 200) by (unfold Rdiv at 2; rewrite Rmult_1_l; apply Rinv_le_contravar; lra).
  destruct (orthonormal_span n r X) as [p [u [Hp [O Sp]]]].
  destruct (sphere_net p (/ 7) ltac:(lra)) as [net [Len Net]]; replace (1 + 2 / / 7) with 15 in Len by field.
  set (b := exp (- (98 / 100 * (INR m / INR q)))); assert (b0 : 0 < b) by apply exp_pos.
  assert (c0 : 0 <= INR m ^ q) by (apply pow_le; lra); set (s := sqrt (INR m ^ q)); assert (s0 : 0 <= s) by apply sqrt_pos.
  assert (ss : s ^ 2 = INR m ^ q) by (apply pow2_sqrt; exact c0).
  assert (U := at_most_some K (law_weights K normal_law) _ (fun v w => (27 / 10) ^ 2 * INR m ^ q
    < dot m (passed n m (placed_layer place w) (mv p (tr u) v) q) (passed n m (placed_layer place w) (mv p (tr u) v) q)) b net).
  apply (at_most_mono K _ _ (INR (length net) * b)).
  { apply Rmult_le_compat_r; [lra|]; eapply Rle_trans; [exact Len|apply Rle_pow; [lra|exact Hp]]. }
  refine (at_most_weaker K _ _ _ _ _ (U _)).
  - intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad; intros z; cbv zeta; destruct (Sp z) as [y Y].
    set (M := fun i l => passed n m (placed_layer place w) (fun k => tr u k l) q i).
    assert (Lin : forall y, passed n m (placed_layer place w) (mv p (tr u) y) q = mv p M y) by (intros; apply passed_linear).
    rewrite (passed_ext n m _ (mv r X z) (mv p (tr u) y) q Hq Y), (dot_ext n _ _ _ _ Y Y), Lin, orthonormal_length by exact O.
    assert (N := net_above m p M (/ 7) net (27 / 10 * s) ltac:(lra) ltac:(lra) Net); replace (27 / 10 * s / (1 - / 7)) with (63 / 20 * s) in N by field.
    assert (Q : opnorm m p M (63 / 20 * s)).
    { apply N; intros v Iv; rewrite Rpow_mult_distr, ss, <- Lin; apply Rnot_lt_le; intros F; apply None; exists v; auto. }
    specialize (Q y); rewrite Rpow_mult_distr, ss in Q; exact Q.
  - intros v Iv; refine (at_most_mono K _ _ _ _ _ (stretched K place n m q (mv p (tr u) v) (27 / 10) (993 / 1000) Hq Hm1 Own _ _ _ exp_below_stretch)); try lra.
    + apply exp_le_compat; lra.
    + rewrite orthonormal_length by exact O; apply Net; exact Iv.
Qed.

Lemma middle_sharp : forall K place m q, (1 <= q)%nat -> 200 * INR q <= INR m -> places_of_their_own K m m q place ->
  at_most (law_weights K normal_law) (fun w => ~ forall x,
      dot m (passed m m (placed_layer place w) x q) (passed m m (placed_layer place w) x q) <= 30 * INR q * INR m ^ q * dot m x x)
    (middle_tail m q).
Proof.
  intros K place m q Hq Hm Own; set (k := S (m / (3 * q))); set (B := (3 * q)%nat).
  assert (HB : (m <= B * k)%nat) by (assert (D := Nat.mul_succ_div_gt m (3 * q) ltac:(lia)); fold B in D; unfold k; fold B; lia).
  assert (EB : INR B = 3 * INR q) by (unfold B; rewrite mult_INR; simpl; ring).
  set (b := 15 ^ k * exp (- (98 / 100 * (INR m / INR q)))).
  assert (U := at_most_some K (law_weights K normal_law) nat _ b (seq 0 B) (fun j _ => stretch_kept K place m m q k (block_columns k j) Hq Hm Own)).
  rewrite seq_length, EB in U; replace (3 * INR q * b) with (middle_tail m q) in U by (unfold middle_tail, b; fold k; ring).
  refine (at_most_weaker K _ _ _ _ _ U); intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad; intros x.
  apply Rle_trans with (INR B * ((63 / 20) ^ 2 * INR m ^ q) * dot m x x).
  - apply (blocks_together m q _ k B _ Hq ltac:(unfold k; lia) HB); intros j Hj; apply Classical_Prop.NNPP; intros F; apply None.
    exists j; split; [apply in_seq; lia|exact F].
  - rewrite EB; apply Rmult_le_compat_r; [apply dot_nonneg|]; assert (c0 : 0 <= INR q * INR m ^ q) by (apply Rmult_le_pos; [apply pos_INR|apply pow_le, pos_INR]); lra.
Qed.
