(** The theorem of wide-layers.md, whole: independent standard normal weights, data of any rank, and every constant a number. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Transpose Spectral Margin ErrorStep WideBlocks Wide WideDescent AnyLaw Independent NormalLaw.
From Lemmata Require Import WidePapers WideData GaussianLayers Spheres WideStart WideRandom WideGood WideChance DuHuLoss WideSteps OrthogonalChance OrthogonalTheorem.
From Lemmata Require Import WhitenedDescent SharpStart GaussianChance.
Open Scope R_scope.

(** The excess of the loss starts below beta |X|_F^2; the distance to the fitted part falls by 1 - c in each step. *)
Definition steady_excess (d L : nat) (X Y Phi : nat -> nat -> R) (eta c beta : R) (F : nat -> nat -> nat -> R) : Prop :=
  loss d (S L) Y F - best_loss d X Y Phi <= beta * inner d X X /\
  forall t, let W := wide_descent d L Y eta F t in
    frobenius d (misfit d L X Phi W) <= (1 - c) ^ t * frobenius d (misfit d L X Phi F) /\
    loss d (S L) Y W - best_loss d X Y Phi <= ((1 - c) ^ t) ^ 2 * (loss d (S L) Y F - best_loss d X Y Phi).

(** beta: |U(0) - Phi X|_F^2/2 is at most beta |X|_F^2, but for the probability delta/2 *)
Definition gaussian_loss (p : nat) (phi delta : R) : R := start_bound p (36 / 25 * output_size p (ln (2 / delta))) phi.

(** M^2: the middle products have at most L - 2 layers. *)
Definition middle_size (L : nat) : R := Rmax 1 (30 * INR (L - 2)).

(** ** A basis of the data *)

Definition basis (n k : nat) (u : nat -> nat -> R) (i j : nat) : R :=
  if Nat.ltb i n then if Nat.ltb j k then u j i else 0 else 0.

Lemma basis_in : forall n k u y i, (i < n)%nat -> mv k (basis n k u) y i = mv k (tr u) y i.
Proof.
  intros n k u y i Hi; apply dot_ext; [|reflexivity]; intros j Hj; unfold basis, tr.
  destruct (Nat.ltb_spec i n), (Nat.ltb_spec j k); try lia; reflexivity.
Qed.

Lemma basis_wide : forall d n k u y i, (k <= d)%nat -> mv d (basis n k u) y i = mv k (basis n k u) y i.
Proof.
  intros d n k u y i Hk; apply total_truncate; [exact Hk|]; intros j Hj; unfold basis.
  destruct (Nat.ltb i n); [destruct (Nat.ltb_spec j k); [lia|]|]; ring.
Qed.

Lemma basis_out : forall n k u y i, (n <= i)%nat -> mv k (basis n k u) y i = 0.
Proof. intros n k u y i Hi; apply total_zero; intros j _; unfold basis; destruct (Nat.ltb_spec i n); [lia|ring]. Qed.

Lemma basis_length : forall d n k u y, (n <= d)%nat -> (k <= d)%nat -> orthonormal n k u ->
  dot d (mv d (basis n k u) y) (mv d (basis n k u) y) = dot k y y.
Proof.
  intros d n k u y Hn Hk O; rewrite <- (orthonormal_length n k u y O); apply dot_narrow; [exact Hn| |].
  - intros i Hi; rewrite basis_wide, basis_in by assumption; reflexivity.
  - intros i Hi; rewrite basis_wide, basis_out by (assumption || lia); reflexivity.
Qed.

Lemma basis_ranked : forall d n m p k L u, (n <= d)%nat -> (m <= d)%nat -> (p <= d)%nat -> (k <= d)%nat -> (1 <= L)%nat ->
  ranked d n m p k L (basis n k u).
Proof.
  intros d n m p k L u Hn Hm Hp Hk HL; repeat split; try assumption.
  - intros j i _ Hi; unfold tr, basis; destruct (Nat.ltb_spec i n); [lia|reflexivity].
  - intros i j _ Hj; unfold basis; destruct (Nat.ltb i n); [destruct (Nat.ltb_spec j k); [lia|reflexivity]|reflexivity].
Qed.

Lemma basis_whitens : forall d n m p r k L D u, ranked d n m p r L D -> (k <= d)%nat -> orthonormal n k u ->
  (forall z, exists y, forall i, (i < n)%nat -> mv r D z i = mv k (tr u) y i) -> whitens d k (basis n k u) D.
Proof.
  intros d n m p r k L D u [[Hn [_ [_ Rows]]] [Hr [_ Cols]]] Hk O Sp z; destruct (Sp z) as [y Y].
  set (y' := fun j => if Nat.ltb j k then y j else 0).
  assert (Yy : forall j, (j < k)%nat -> y' j = y j) by (intros j Hj; unfold y'; destruct (Nat.ltb_spec j k); [reflexivity|lia]).
  assert (E : forall i, (i < d)%nat -> mv d D z i = mv d (basis n k u) y' i).
  { intros i Hi; rewrite basis_wide by exact Hk; destruct (Nat.lt_ge_cases i n) as [In|Out].
    - rewrite (data_narrow d r D z i Hr Cols Hi), (Y i In), basis_in by exact In; apply dot_ext; [reflexivity|]; intros j Hj; symmetry; apply Yy; exact Hj.
    - rewrite basis_out by exact Out; apply total_zero; intros j Hj; assert (Z := Rows j i Hj ltac:(lia)); unfold tr in Z; rewrite Z; ring. }
  exists y'; split; [intros j Hj; unfold y'; destruct (Nat.ltb_spec j k); [lia|reflexivity]|split; [|exact E]].
  rewrite (dot_ext d (mv d D z) (mv d D z) _ _ E E), basis_length by assumption.
  apply dot_narrow; [exact Hk|reflexivity|]; intros j Hj; unfold y'; destruct (Nat.ltb_spec j k); [lia|reflexivity].
Qed.

(** ** From the start to all steps *)

Lemma basis_bounds : forall d n m p k L u w, (n <= d)%nat -> (m <= d)%nat -> (p <= d)%nat -> (k <= d)%nat -> (1 <= L)%nat -> orthonormal n k u ->
  (forall q, (1 <= q < L)%nat -> keeps_range p m q (placed_layer (down_place (network_place n m p L) L) w) p unit_matrix /\
    keeps_range n m q (placed_layer (up_place (network_place n m p L)) w) k (tr u)) ->
  middles_below m L (network_place n m p L) w 30 ->
  wide_bounds d p k L (network n m p L (basis n k u) (network_place n m p L) w) (sqrt (INR m)) (6 / 5) (4 / 5) 1 1 (sqrt (middle_size L)).
Proof.
  intros d n m p k L u w Hn Hm Hp Hk HL O Ends Mid; assert (M1 := Rmax_l 1 (30 * INR (L - 2))); fold (middle_size L) in M1.
  apply (bounds_at_start d n m p k L (basis n k u) (network_place n m p L) w 30 (basis_ranked d n m p k L u Hn Hm Hp Hk HL)); try lra; auto.
  - intros q Hq; destruct (Ends q Hq) as [A B]; split; [exact A|].
    apply (range_within n m q _ k _ k u (proj1 Hq) O); [|exact B]; intros z; exists z; intros i Hi; apply basis_in; exact Hi.
  - apply pow2_sqrt, pos_INR.
  - rewrite <- sqrt_1; apply sqrt_le_1_alt; exact M1.
  - rewrite pow2_sqrt by lra; apply Rmax_r.
  - intros z; rewrite basis_length, pow1, Rmult_1_l by assumption; apply dot_part; exact Hk.
  - intros z Hz; rewrite basis_length, pow1, Rmult_1_l by assumption; right; apply dot_narrow; [exact Hk|reflexivity|exact Hz].
Qed.

(** |U(0) - Phi X|_F, for data that are turned. *)
Lemma gaussian_error : forall d n m p r k L X Y Phi V u sigma tau phi a w, posed d n m p r L X Y Phi V sigma tau phi (1 / 2) -> 0 <= a ->
  let D := turned_data d m p L X V in let F := network n m p L D (network_place n m p L) w in
  orthonormal n k u -> (forall z, exists y, forall i, (i < n)%nat -> mv r D z i = mv k (tr u) y i) ->
  (forall q, (1 <= q < L)%nat -> keeps_range n m q (placed_layer (up_place (network_place n m p L)) w) k (tr u)) ->
  inner d (chain d F (S L)) (chain d F (S L)) <= a * inner d (chain d F L) (chain d F L) ->
  frobenius d (residual d (S L) (mul d (mul d Phi X) V) F) ^ 2 / 2 <= start_bound p (36 / 25 * a) phi * inner d X X.
Proof.
  intros d n m p r k L X Y Phi V u sigma tau phi a w Posed Ha D F O Sp Ends Out.
  destruct (counts d n m p r L X Y Phi V sigma tau phi _ Posed) as [L1 [p1 _]].
  destruct (scale_one d n m p r L X Y Phi V sigma tau phi _ Posed) as [al0 [_ al2]].
  assert (Rank := posed_ranked d n m p r L X Y Phi V sigma tau phi _ Posed); fold D in Rank.
  destruct Posed as [_ [_ [_ [_ [HL [[_ [_ [Rot [_ [_ [_ [_ [_ [f0 Fb]]]]]]]]] _]]]]]].
  set (al := network_scale m p L) in *; set (N := inner d X X).
  assert (ED : inner d D D = al ^ 2 * N).
  { unfold D, turned_data; fold al; rewrite turned_square by exact Rot; rewrite inner_scal_l, inner_scal_r; fold N; ring. }
  assert (Low : inner d (chain d F L) (chain d F L) <= (6 / 5) ^ 2 * INR m ^ (L - 1) * inner d D D).
  { rewrite !inner_by_columns, <- total_scal; apply total_le; intros j Hj.
    assert (Kept : lower_kept n m r D (network_place n m p L) w (L - 1)).
    { destruct (Nat.eq_dec (L - 1) 0) as [Z|Nz]; [left; exact Z|right].
      apply (range_within n m (L - 1) _ r D k u ltac:(lia) O Sp), Ends; lia. }
    assert (K := lower_square d n m p r L D (network_place n m p L) w Rank (L - 1)%nat (unit_matrix j) Kept ltac:(lia)); cbv zeta in K.
    fold F in K; replace (S (L - 1)) with L in K by lia; apply K. }
  assert (q0 : 0 <= 36 / 25 * a / INR p) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
  assert (Top : frobenius d (chain d F (S L)) <= sqrt (36 / 25 * a / INR p) * frobenius d X).
  { apply frobenius_below; [apply Rmult_le_pos; [apply sqrt_pos|apply frobenius_nonneg]|].
    rewrite Rpow_mult_distr, pow2_sqrt, frobenius_square by exact q0; fold N.
    eapply Rle_trans; [exact Out|]; eapply Rle_trans; [apply Rmult_le_compat_l; [exact Ha|exact Low]|rewrite ED; right].
    apply (Rmult_eq_reg_r (INR p)); [|lra]; replace (36 / 25 * a / INR p * N * INR p) with (36 / 25 * a * N) by (field; lra).
    replace (a * ((6 / 5) ^ 2 * INR m ^ (L - 1) * (al ^ 2 * N)) * INR p) with (36 / 25 * a * N * (al ^ 2 * INR m ^ (L - 1) * INR p)) by field.
    rewrite al2; ring. }
  assert (Err : frobenius d (residual d (S L) (mul d (mul d Phi X) V) F) <= (sqrt (36 / 25 * a / INR p) + phi) * frobenius d X).
  { eapply Rle_trans; [apply frobenius_sub|]; rewrite Rmult_plus_distr_r; apply Rplus_le_compat; [exact Top|].
    apply Rle_trans with (frobenius d (mul d Phi X)); [|apply frobenius_mul; [exact f0|exact Fb]].
    right; unfold frobenius; f_equal; apply turned_square; exact Rot. }
  assert (P := pow_incr _ _ 2 (conj (frobenius_nonneg d _) Err)); rewrite Rpow_mult_distr, (frobenius_square d X) in P; fold N in P.
  unfold start_bound; lra.
Qed.

Lemma gaussian_steady : forall d n m p r k L X Y Phi V u eta sigma tau phi a w, posed d n m p r L X Y Phi V sigma tau phi (1 / 2) -> 0 <= a ->
  let D := turned_data d m p L X V in let F := network n m p L D (network_place n m p L) w in let beta := start_bound p (36 / 25 * a) phi in
  (k <= r)%nat -> orthonormal n k u -> (forall z, exists y, forall i, (i < n)%nat -> mv r D z i = mv k (tr u) y i) ->
  18300 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * beta) * middle_size L <= INR m -> 0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  (forall q, (1 <= q < L)%nat -> keeps_range p m q (placed_layer (down_place (network_place n m p L) L) w) p unit_matrix /\
    keeps_range n m q (placed_layer (up_place (network_place n m p L)) w) k (tr u)) ->
  middles_below m L (network_place n m p L) w 30 ->
  inner d (chain d F (S L)) (chain d F (S L)) <= a * inner d (chain d F L) (chain d F L) ->
  steady_excess d L X Y Phi eta (eta * INR L * tau ^ 2 / (4 * INR p)) beta (random_network n m p L X w).
Proof.
  intros d n m p r k L X Y Phi V u eta sigma tau phi a w Posed Ha D F beta Hk O Sp Hm He Ends Mid Out.
  assert (Err := gaussian_error d n m p r k L X Y Phi V u sigma tau phi a w Posed Ha O Sp (fun q Hq => proj2 (Ends q Hq)) Out).
  fold D F beta in Err.
  assert (Turned := fun t => excess_turned d n m p r L X Y Phi V sigma tau phi eta F t Posed); cbv zeta in Turned.
  replace (turned_network d m p L X V F) with F in Turned by (pointwise l; destruct l; reflexivity).
  replace (orthogonal_network m p L X F) with (random_network n m p L X w) in Turned by (pointwise l; destruct l; reflexivity).
  destruct (counts d n m p r L X Y Phi V sigma tau phi _ Posed) as [L1 [p1 [r1 [s0 ss]]]].
  destruct (scale_one d n m p r L X Y Phi V sigma tau phi _ Posed) as [al0 [al1 al2]].
  assert (Rank := posed_ranked d n m p r L X Y Phi V sigma tau phi _ Posed); fold D in Rank.
  destruct Posed as [Hn [Hmd [Hp [Hr [HL [[Rows [PR [Rot [Cols [_ [Hst [Up [Low [f0 Fb]]]]]]]]] [_ m0]]]]]]].
  assert (Bounds := basis_bounds d n m p k L u w Hn Hmd ltac:(lia) ltac:(lia) HL O Ends Mid).
  replace (network n m p L (basis n k u) (network_place n m p L) w) with (with_data (basis n k u) F) in Bounds by (pointwise l; destruct l; reflexivity).
  assert (White := basis_whitens d n m p r k L D u Rank ltac:(lia) O Sp).
  set (al := network_scale m p L) in *; set (s := sqrt (INR m)) in *; set (Y' := mul d (mul d Phi X) V) in *; set (N := inner d X X) in *.
  assert (N0 : 0 <= N) by apply inner_nonneg; assert (b0 : 0 <= beta) by (unfold beta, start_bound; apply Rmult_le_pos; [apply pow2_ge_0|lra]).
  set (M := sqrt (middle_size L)) in *; assert (Q1 := Rmax_l 1 (30 * INR (L - 2))); fold (middle_size L) in Q1.
  assert (MM : M ^ 2 = middle_size L) by (apply pow2_sqrt; lra).
  assert (M1 : 1 <= M) by (unfold M; rewrite <- sqrt_1; apply sqrt_le_1_alt; exact Q1).
  set (nu := al * sigma * s ^ (L - 1)); set (mu := al * tau * s ^ (L - 1)).
  assert (ab : (al * s ^ (L - 1)) ^ 2 = / INR p).
  { assert (hh : sqrt (INR p) ^ 2 = INR p) by (apply pow2_sqrt; lra).
    apply (Rmult_eq_reg_r (INR p)); [|lra]; rewrite Rinv_l by lra; rewrite <- hh at 1; rewrite <- Rpow_mult_distr, al1; ring. }
  assert (nn : nu ^ 2 = sigma ^ 2 / INR p).
  { replace nu with (sigma * (al * s ^ (L - 1))) by (unfold nu; ring); rewrite Rpow_mult_distr, ab; reflexivity. }
  assert (mm : mu ^ 2 = tau ^ 2 / INR p).
  { replace mu with (tau * (al * s ^ (L - 1))) by (unfold mu; ring); rewrite Rpow_mult_distr, ab; reflexivity. }
  assert (t2 : 0 < tau ^ 2) by (apply pow_lt; lra); assert (s2 : 0 < sigma ^ 2) by (apply pow_lt; lra).
  assert (Width : 18300 * M ^ 2 * nu ^ 2 * (beta * N) <= mu ^ 4 * s ^ 2).
  { rewrite MM, ss, nn; replace (mu ^ 4) with (mu ^ 2 * mu ^ 2) by ring; rewrite mm.
    apply (Rmult_le_reg_r (INR p ^ 2 / tau ^ 4)); [apply Rdiv_lt_0_compat; apply pow_lt; lra|].
    eapply Rle_trans; [|eapply Rle_trans; [exact Hm|]]; right; field; lra. }
  assert (Step : eta * INR L * nu ^ 2 <= 1 / 3).
  { rewrite nn; apply Rle_trans with (INR p / (3 * INR L * sigma ^ 2) * INR L * (sigma ^ 2 / INR p)); [|right; field; lra].
    apply Rmult_le_compat_r; [left; apply Rdiv_lt_0_compat; lra|apply Rmult_le_compat_r; lra]. }
  assert (Shape : wide_shape d p r L Y' F).
  { split; [|split; [|split]].
    - unfold Y'; rewrite mul_assoc; apply columns_mul; exact Cols.
    - intros j i Hj Hi; unfold Y', tr; rewrite mul_assoc; apply total_zero; intros q Hq.
      assert (Z := PR q i Hq Hi); unfold tr in Z; rewrite Z; ring.
    - apply Rank.
    - intros j i Hj Hi; apply network_rows; [exact HL|rewrite size_last by exact HL; lia]. }
  assert (ED : D = mscal al (mul d X V)) by apply mul_scal_l.
  assert (UpD : bounded d D ((al * sigma) ^ 2)).
  { intros z; rewrite ED, scaled_length, mv_mul, Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|].
    eapply Rle_trans; [apply Up|]; rewrite turned_length by exact Rot; lra. }
  assert (LowD : forall z, supported d r z -> (al * tau) ^ 2 * dot d z z <= dot d (mv d D z) (mv d D z)).
  { intros z Hz; rewrite ED, scaled_length, Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|apply Low; exact Hz]. }
  assert (T0 := Turned 0%nat); simpl wide_descent in T0; destruct T0 as [T1 T2].
  split; [rewrite T2; exact Err|].
  set (c := eta * INR L * tau ^ 2 / (4 * INR p)); assert (Ec : eta * INR L * mu ^ 2 / 4 = c) by (rewrite mm; unfold c; field; lra).
  assert (Norm : forall t, frobenius d (residual d (S L) Y' (wide_descent d L Y' eta F t)) <= (1 - c) ^ t * frobenius d (residual d (S L) Y' F)).
  { intros t; rewrite <- Ec; apply (whitened_descent d p k r L Y' F (basis n k u) eta s (al * sigma) (al * tau) M (beta * N) nu mu t);
      auto; try lra.
    - split; [apply Rmult_lt_0_compat; lra|apply Rmult_le_compat_l; lra].
    - apply Rmult_le_pos; assumption.
    - rewrite loss_frobenius; fold N in Err; lra. }
  intros t; destruct (Turned t) as [U1 U2]; cbv zeta; split; [rewrite U1, T1; apply Norm|].
  rewrite U2, T2; assert (P := pow_incr _ _ 2 (conj (frobenius_nonneg d _) (Norm t))); rewrite Rpow_mult_distr in P; lra.
Qed.

(** L layers of width m, n inputs and p outputs; phi bounds |Phi|. *)
Theorem gaussian_layers_whole : forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 -> start_failure m p r L <= delta / 2 ->
  18300 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * gaussian_loss p phi delta) * middle_size L <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ steady_excess d L X Y Phi eta (eta * INR L * tau ^ 2 / (4 * INR p)) (gaussian_loss p phi delta) (random_network n m p L X w)) delta.
Proof.
  intros d n m p r L X Y Phi eta sigma tau phi delta Hn Hm Hp Hr HL [V Data] Hd Fail Width He.
  set (beta := gaussian_loss p phi delta) in *; unfold gaussian_loss in beta; set (x := ln (2 / delta)) in *; assert (x0 : 0 <= x) by (apply (WideWidth.output_tail r delta (proj1 Hr) Hd)).
  assert (a0 := output_size_nonneg p x x0); set (a := output_size p x) in *.
  assert (p1 : 1 <= INR p) by (apply (le_INR 1); lia).
  assert (m0 : 0 < INR m).
  { destruct m as [|m']; [exfalso|apply lt_0_INR; lia].
    assert (Tau : INR r * tau ^ 2 <= inner d X X) by (apply (rank_below d n p r X Y Phi V sigma tau phi ltac:(lia) Data)).
    destruct Data as [_ [_ [_ [_ [_ [Hst [_ [_ [f0 _]]]]]]]]]; assert (t2 : 0 < tau ^ 2) by (apply pow_lt; lra).
    assert (r1 : 1 <= INR r) by (apply (le_INR 1); lia); assert (1 * tau ^ 2 <= INR r * tau ^ 2) by (apply Rmult_le_compat_r; lra).
    assert (B0 : 0 < beta).
    { unfold beta, start_bound; assert (0 < sqrt (36 / 25 * a / INR p)).
      { apply sqrt_lt_R0; apply Rdiv_lt_0_compat; [|lra]; assert (INR p <= a); [|lra].
        unfold a, output_size; assert (S := sqrt_pos (INR p * x)); lra. }
      assert (0 < (sqrt (36 / 25 * a / INR p) + phi) ^ 2) by (apply pow_lt; lra); lra. }
    assert (Q1 := Rmax_l 1 (30 * INR (L - 2))); fold (middle_size L) in Q1; simpl INR in Width.
    set (q := sigma ^ 2 * inner d X X / tau ^ 4) in *; assert (0 < q).
    { apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [apply pow_lt; lra|lra]|apply pow_lt; lra]. }
    assert (0 < 18300 * q * (INR p * beta) * middle_size L); [|lra].
    clearbody beta q; repeat apply Rmult_lt_0_compat; lra. }
  assert (Posed : posed d n m p r L X Y Phi V sigma tau phi (1 / 2)) by (repeat split; try assumption; try lia; try lra; apply Data).
  assert (Rank := posed_ranked d n m p r L X Y Phi V sigma tau phi _ Posed); set (D := turned_data d m p L X V) in *.
  destruct (orthonormal_span n r D) as [k [u [Hk [O Sp]]]].
  assert (Small : start_failure m p r L < 1) by lra.
  assert (Ex : exp (- x) = delta / 2).
  { unfold x; rewrite exp_Ropp, exp_ln by (apply Rdiv_lt_0_compat; lra); field; lra. }
  assert (Out := output_sharp d n m p L D x (proj1 Rank) HL (proj1 Hp) x0); rewrite Ex in Out; fold a in Out.
  assert (U := at_most_either _ _ _ _ _ _ (at_most_either _ _ _ _ _ _ (ends_sharp n m p r L k u Hk O Small) (middles_sharp n m p r L Small)) Out).
  fold (start_failure m p r L) in U.
  refine (at_most_weaker _ _ _ _ _ _ (at_most_mono _ _ _ _ _ _ U)); [|lra].
  intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad.
  apply (gaussian_steady d n m p r k L X Y Phi V u eta sigma tau phi a w Posed a0 Hk O Sp Width He).
  - apply Classical_Prop.NNPP; intros Q; apply None; left; left; exact Q.
  - apply Classical_Prop.NNPP; intros Q; apply None; left; right; exact Q.
  - apply Rnot_lt_le; intros Q; apply None; right; exact Q.
Qed.
