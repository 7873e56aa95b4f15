(** Theorem 4.1 of Hu, Xiao and Pennington, whole: random orthogonal layers, independent, the last of which has a law that does not see
    an orthogonal factor; data of any rank, and as many samples as one likes. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin ErrorStep WideBlocks Wide WideData WideGood.
From Lemmata Require Import DuHuLoss OrthogonalClaims OrthogonalLayers LayerLaws TurnedMoments OrthogonalChance WithinWidth.
Open Scope R_scope.

(** The network on the data X, with its scale. *)
Definition orthogonal_network (m p L : nat) (X : nat -> nat -> R) (W : nat -> nat -> nat -> R) : nat -> nat -> nat -> R :=
  with_data (mscal (network_scale m p L) X) W.

(** The excess of the loss starts below beta |X|_F^2; it falls by 1 - c in each step, and the distance to the fitted part by 1 - 0.63 c. *)
Definition fast_excess (d L : nat) (X Y Phi : nat -> nat -> R) (eta c beta : R) (F : nat -> nat -> nat -> R) : Prop :=
  loss d (S L) Y F - best_loss d X Y Phi <= beta * inner d X X /\
  forall t, let W := wide_descent d L Y eta F t in
    frobenius d (misfit d L X Phi W) <= (1 - 63 / 100 * c) ^ t * frobenius d (misfit d L X Phi F) /\
    loss d (S L) Y W - best_loss d X Y Phi <= (1 - c) ^ t * (loss d (S L) Y F - best_loss d X Y Phi).

(** The bound of the loss at the start for an output of square a/p |X|_F^2 or less. *)
Definition start_bound (p : nat) (a phi : R) : R := (sqrt (a / INR p) + phi) ^ 2 / 2.

(** On data turned into r columns, read as matrices of the width m. *)
Definition turned_network (d m p L : nat) (X V : nat -> nat -> R) (W : nat -> nat -> nat -> R) : nat -> nat -> nat -> R :=
  with_data (mul d (mscal (network_scale m p L) X) V) W.

Lemma rank_below : forall d n p r X Y Phi V sigma tau phi, (r <= d)%nat -> rotated_data d n p r X Y Phi V sigma tau phi ->
  INR r * tau ^ 2 <= inner d X X.
Proof.
  intros d n p r X Y Phi V sigma tau phi Hr [_ [_ [Rot [_ [_ [_ [_ [Low _]]]]]]]].
  rewrite <- (turned_square d X V Rot), inner_by_columns, <- total_const.
  apply Rle_trans with (total r (fun j => dot d (mv d (mul d X V) (unit_matrix j)) (mv d (mul d X V) (unit_matrix j)))).
  - apply total_le; intros j Hj; assert (L := Low (unit_matrix j)).
    assert (E : dot d (unit_matrix j) (unit_matrix j) = 1).
    { assert (E := mv_unit d (unit_matrix j) j ltac:(lia)); unfold mv in E; rewrite E; unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity. }
    rewrite E, Rmult_1_r in L; apply L; intros i Hi; unfold unit_matrix; destruct (Nat.eqb_spec j i); [lia|reflexivity].
  - apply total_mono; [exact Hr|]; intros; apply dot_nonneg.
Qed.

Lemma turned_reads : forall d n m p r L X Y Phi V sigma tau phi W, (n <= m <= d)%nat -> (p <= m)%nat -> (r <= m)%nat -> (2 <= L)%nat ->
  rotated_data d n p r X Y Phi V sigma tau phi -> layers_in (orthogonal_layer n m p L) L W ->
  (forall l, (l <= L)%nat -> zero_beyond d m (turned_network d m p L X V W l)) /\ zero_beyond d m (mul d (mul d Phi X) V).
Proof.
  intros d n m p r L X Y Phi V sigma tau phi W Hn Hp Hr HL [Rows [PR [_ [Cols _]]]] HW; split.
  - intros [|l] Hl.
    + intros i j Hi Hj H; change (mul d (mscal (network_scale m p L) X) V i j = 0); rewrite mul_scal_l; unfold mscal.
      replace (mul d X V i j) with 0; [ring|symmetry]; destruct H as [H|H]; [|apply Cols; lia].
      apply total_zero; intros k Hk; assert (E := Rows k i Hk ltac:(lia)); unfold tr in E; rewrite E; ring.
    + intros i j _ _ H; destruct (HW (S l) ltac:(lia)) as [Z _]; apply Z; exact H.
  - intros i j Hi Hj [H|H]; rewrite mul_assoc; [|apply total_zero; intros k Hk; rewrite (Cols k j) by lia; ring].
    apply total_zero; intros k Hk; assert (E := PR k i Hk ltac:(lia)); unfold tr in E; rewrite E; ring.
Qed.

Lemma turned_shape : forall d n m p r L X Y Phi V sigma tau phi W, (n <= m <= d)%nat -> (p <= m)%nat -> (r <= m)%nat -> (2 <= L)%nat ->
  rotated_data d n p r X Y Phi V sigma tau phi -> layers_in (orthogonal_layer n m p L) L W ->
  wide_shape m p r L (mul d (mul d Phi X) V) (turned_network d m p L X V W).
Proof.
  intros d n m p r L X Y Phi V sigma tau phi W Hn Hp Hr HL [Rows [PR [_ [Cols _]]]] HW.
  assert (C : columns d r (mul d (mul d Phi X) V)) by (rewrite mul_assoc; apply columns_mul; exact Cols).
  split; [|split; [|split]].
  - intros i j Hi Hj; apply C; lia.
  - intros j i Hj Hi; unfold tr; rewrite mul_assoc; apply total_zero; intros k Hk.
    assert (E := PR k i Hk ltac:(lia)); unfold tr in E; rewrite E; ring.
  - intros i j Hi Hj; change (mul d (mscal (network_scale m p L) X) V i j = 0); rewrite mul_scal_l; unfold mscal.
    rewrite (Cols i j) by lia; ring.
  - destruct L as [|q]; [lia|]; destruct (HW (S q) ltac:(lia)) as [_ [_ [T _]]]; apply T; reflexivity.
Qed.

Lemma turned_data_bounds : forall d n m p r L X Y Phi V sigma tau phi W, (n <= m <= d)%nat -> (r <= m)%nat -> 0 < network_scale m p L ->
  rotated_data d n p r X Y Phi V sigma tau phi ->
  data_bounds m n r (turned_network d m p L X V W 0%nat) (network_scale m p L * sigma) (network_scale m p L * tau).
Proof.
  intros d n m p r L X Y Phi V sigma tau phi W Hn Hr a0 [Rows [_ [Rot [Cols [_ [_ [Up [Low _]]]]]]]]; set (a := network_scale m p L) in *.
  change (turned_network d m p L X V W 0%nat) with (mul d (mscal a X) V); rewrite mul_scal_l; set (Z := mul d X V) in *.
  assert (ZR : forall i j, (n <= i < d)%nat -> Z i j = 0).
  { intros i j Hi; apply total_zero; intros k Hk; assert (E := Rows k i Hk Hi); unfold tr in E; rewrite E; ring. }
  assert (Len : forall x, let x' := fun j => if Nat.ltb j m then x j else 0 in
    dot m (mv m (mscal a Z) x) (mv m (mscal a Z) x) = a ^ 2 * dot d (mv d Z x') (mv d Z x') /\ dot d x' x' = dot m x x).
  { intros x x'; assert (Ex : forall j, (j < m)%nat -> x' j = x j) by (intros j Hj; unfold x'; destruct (Nat.ltb_spec j m); [reflexivity|lia]).
    assert (Z' : forall j, (m <= j)%nat -> x' j = 0) by (intros j Hj; unfold x'; destruct (Nat.ltb_spec j m); [lia|reflexivity]).
    assert (M : forall i, mv d Z x' i = mv m Z x i).
    { intros i; unfold mv, dot; rewrite (total_truncate d m); [|lia|intros j Hj; rewrite Z' by lia; ring].
      apply total_ext; intros j Hj; rewrite Ex by exact Hj; reflexivity. }
    split.
    - rewrite scaled_length; f_equal; symmetry; unfold dot at 1; rewrite (total_truncate d m); [|lia|].
      + apply total_ext; intros i _; rewrite M; reflexivity.
      + intros i Hi; rewrite M; replace (mv m Z x i) with 0; [ring|symmetry]; apply total_zero; intros j Hj; rewrite ZR by lia; ring.
    - unfold dot; rewrite (total_truncate d m); [|lia|intros j Hj; rewrite Z' by lia; ring].
      apply total_ext; intros j Hj; rewrite Ex by exact Hj; reflexivity. }
  split; [|split].
  - intros j i Hj Hi; unfold tr, mscal; rewrite ZR by lia; ring.
  - intros x; destruct (Len x) as [-> E]; rewrite <- E, Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|].
    unfold Z; rewrite mv_mul; eapply Rle_trans; [apply Up|]; rewrite turned_length by exact Rot; lra.
  - intros z Hz; destruct (Len z) as [-> E]; rewrite <- E, Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|].
    apply Low; intros j Hj; cbv beta; destruct (Nat.ltb_spec j m); [apply Hz; lia|reflexivity].
Qed.

(** Descent on the data, turned or not. *)
Lemma excess_turned : forall d n m p r L X Y Phi V sigma tau phi eta W t, posed d n m p r L X Y Phi V sigma tau phi (1 / 2) ->
  let F := orthogonal_network m p L X W in let Y' := mul d (mul d Phi X) V in
  let E := frobenius d (residual d (S L) Y' (wide_descent d L Y' eta (turned_network d m p L X V W) t)) in
  frobenius d (misfit d L X Phi (wide_descent d L Y eta F t)) = E /\
  loss d (S L) Y (wide_descent d L Y eta F t) - best_loss d X Y Phi = E ^ 2 / 2.
Proof.
  intros d n m p r L X Y Phi V sigma tau phi eta W t Posed F Y'; assert (Scaled := scaled_fit d n m p r L X Y Phi V sigma tau phi _ Posed).
  destruct (scale_one d n m p r L X Y Phi V sigma tau phi _ Posed) as [a0 _]; set (a := network_scale m p L) in *.
  destruct Posed as [_ [_ [_ [_ [_ [[_ [_ [Rot [_ [Fit _]]]]] _]]]]]].
  assert (Fit' : fitted d (mscal a X) Y (mscal (/ a) Phi)).
  { intros i j Hi Hj; rewrite Scaled; change (tr (mscal a X)) with (mscal a (tr X)); rewrite mul_scal_right.
    unfold mscal; rewrite (Fit i j Hi Hj); ring. }
  assert (ER : rotated d V F = turned_network d m p L X V W) by (pointwise l; destruct l; reflexivity).
  assert (EY : mul d (mul d (mscal (/ a) Phi) (mscal a X)) V = Y') by (rewrite Scaled; reflexivity).
  destruct (descent_mirrored d L (mscal a X) Y (mscal (/ a) Phi) V eta F Rot Fit' eq_refl t) as [Ft Mt]; rewrite EY, ER in Mt.
  assert (Res := residual_mirrored d L (mscal a X) (mscal (/ a) Phi) V _ _ Mt); rewrite EY in Res.
  assert (EM : misfit d L (mscal a X) (mscal (/ a) Phi) (wide_descent d L Y eta F t) = misfit d L X Phi (wide_descent d L Y eta F t))
    by (unfold misfit; rewrite Scaled; reflexivity).
  rewrite EM in Res; intros E; assert (EE : frobenius d (misfit d L X Phi (wide_descent d L Y eta F t)) = E).
  { unfold E; rewrite (frobenius_same d _ _ Res); unfold frobenius; rewrite turned_square by exact Rot; reflexivity. }
  split; [exact EE|].
  assert (LM := loss_mirrored d L (mscal a X) Y (mscal (/ a) Phi) V _ _ Rot Fit' Ft Mt); rewrite EY in LM.
  assert (EB : best_loss d (mscal a X) Y (mscal (/ a) Phi) = best_loss d X Y Phi) by (unfold best_loss; rewrite Scaled; reflexivity).
  rewrite LM, EB, loss_frobenius; unfold E; ring.
Qed.

(** An output of the right size is enough: for the loss at the start, *)
Lemma orthogonal_start_small : forall d n m p r L X Y Phi V sigma tau phi a W,
  posed d n m p r L X Y Phi V sigma tau phi (1 / 2) -> 0 <= a -> ~ output_large d m L (mscal (network_scale m p L) X) a W ->
  loss d (S L) Y (orthogonal_network m p L X W) - best_loss d X Y Phi <= start_bound p a phi * inner d X X.
Proof.
  intros d n m p r L X Y Phi V sigma tau phi a W Posed Ha Small.
  assert (Turned := excess_turned d n m p r L X Y Phi V sigma tau phi 0 W 0 Posed); cbv zeta in Turned; simpl wide_descent in Turned.
  destruct (counts d n m p r L X Y Phi V sigma tau phi _ Posed) as [L1 [p1 _]].
  destruct (scale_one d n m p r L X Y Phi V sigma tau phi _ Posed) as [al0 [_ al2]].
  destruct Posed as [_ [_ [_ [_ [_ [[_ [_ [_ [_ [_ [_ [_ [_ [f0 Fb]]]]]]]]] _]]]]]].
  set (al := network_scale m p L) in *; set (F := orthogonal_network m p L X W) in *; set (N := inner d X X) in *.
  assert (q0 : 0 <= a / INR p) by (apply Rmult_le_pos; [exact Ha|left; apply Rinv_0_lt_compat; lra]).
  assert (Out : frobenius d (chain d F (S L)) <= sqrt (a / INR p) * frobenius d X).
  { apply frobenius_below; [apply Rmult_le_pos; [apply sqrt_pos|apply frobenius_nonneg]|].
    rewrite Rpow_mult_distr, pow2_sqrt, frobenius_square by exact q0; fold N.
    unfold output_large in Small; apply Rnot_lt_le in Small; rewrite inner_scal_l, inner_scal_r in Small; fold N in Small.
    change (with_data (mscal al X) W) with F in Small; eapply Rle_trans; [exact Small|right].
    apply (Rmult_eq_reg_r (INR p)); [|lra]; replace (a / INR p * N * INR p) with (a * N) by (field; lra).
    replace (a * (INR m ^ (L - 1) * (al * (al * N))) * INR p) with (a * N * (al ^ 2 * INR m ^ (L - 1) * INR p)) by ring; rewrite al2; ring. }
  assert (Err : frobenius d (misfit d L X Phi F) <= (sqrt (a / INR p) + phi) * frobenius d X).
  { eapply Rle_trans; [apply frobenius_sub|]; rewrite Rmult_plus_distr_r; apply Rplus_le_compat; [exact Out|].
    apply frobenius_mul; [exact f0|exact Fb]. }
  destruct Turned as [T1 T2]; rewrite T2, <- T1.
  assert (P := pow_incr _ _ 2 (conj (frobenius_nonneg d _) Err)); rewrite Rpow_mult_distr, (frobenius_square d X) in P; fold N in P.
  unfold start_bound; lra.
Qed.

(** and for all steps. *)
Lemma orthogonal_fast : forall d n m p r L X Y Phi V eta sigma tau phi a W, (n <= m)%nat -> (p <= m)%nat -> (r <= m)%nat -> (2 <= L)%nat ->
  posed d n m p r L X Y Phi V sigma tau phi (1 / 2) -> 0 <= a ->
  813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * start_bound p a phi) <= INR m -> 0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_in (orthogonal_layer n m p L) L W -> ~ output_large d m L (mscal (network_scale m p L) X) a W ->
  fast_excess d L X Y Phi eta (eta * INR L * tau ^ 2 / INR p) (start_bound p a phi) (orthogonal_network m p L X W).
Proof.
  intros d n m p r L X Y Phi V eta sigma tau phi a W Hn Hp Hr HL Posed Ha Hm He HW Small.
  assert (Turned := fun t => excess_turned d n m p r L X Y Phi V sigma tau phi eta W t Posed); cbv zeta in Turned.
  destruct (counts d n m p r L X Y Phi V sigma tau phi _ Posed) as [L1 [p1 [r1 [s0 ss]]]].
  destruct (scale_one d n m p r L X Y Phi V sigma tau phi _ Posed) as [al0 [al1 al2]].
  assert (Posed' := Posed); destruct Posed' as [Hnd [Hmd [Hpd [Hrd [_ [Data [_ m0]]]]]]].
  destruct (turned_reads d n m p r L X Y Phi V sigma tau phi W ltac:(lia) Hp Hr HL Data HW) as [In InY].
  assert (Shape := turned_shape d n m p r L X Y Phi V sigma tau phi W ltac:(lia) Hp Hr HL Data HW).
  assert (Bounds := turned_data_bounds d n m p r L X Y Phi V sigma tau phi W ltac:(lia) Hr al0 Data).
  assert (Start := orthogonal_layers_start n m p L W (mul d (mscal (network_scale m p L) X) V) HL HW).
  destruct Data as [_ [_ [Rot [_ [_ [Hst [_ [_ [f0 Fb]]]]]]]]].
  set (al := network_scale m p L) in *; set (s := sqrt (INR m)) in *; set (Y' := mul d (mul d Phi X) V) in *.
  set (G := turned_network d m p L X V W) in *; change (with_data (mul d (mscal al X) V) W) with G in Start.
  set (F := orthogonal_network m p L X W) in *; set (N := inner d X X) in *; assert (N0 : 0 <= N) by apply inner_nonneg.
  assert (LB := orthogonal_start_small d n m p r L X Y Phi V sigma tau phi a W Posed Ha Small); fold F N in LB.
  set (beta := start_bound p a phi) in *.
  assert (b0 : 0 <= beta) by (unfold beta, start_bound; apply Rmult_le_pos; [apply pow2_ge_0|lra]).
  split; [exact LB|].
  assert (Within := fun t => residual_within d m L Y' eta G t Hmd In InY).
  assert (LG : loss m (S L) Y' G <= beta * N).
  { assert (W0 := Within 0%nat); simpl wide_descent in W0; rewrite loss_frobenius, <- W0.
    destruct (Turned 0%nat) as [_ T2]; simpl wide_descent in T2; fold F in T2; lra. }
  set (nu := al * sigma * s ^ (L - 1)); set (mu := al * tau * s ^ (L - 1)).
  assert (ab : (al * s ^ (L - 1)) ^ 2 = / INR p).
  { assert (hh : sqrt (INR p) ^ 2 = INR p) by (apply pow2_sqrt; lra).
    apply (Rmult_eq_reg_r (INR p)); [|lra]; rewrite Rinv_l by lra; rewrite <- hh at 1; rewrite <- Rpow_mult_distr, al1; ring. }
  assert (nn : nu ^ 2 = sigma ^ 2 / INR p).
  { replace nu with (sigma * (al * s ^ (L - 1))) by (unfold nu; ring); rewrite Rpow_mult_distr, ab; reflexivity. }
  assert (mm : mu ^ 2 = tau ^ 2 / INR p).
  { replace mu with (tau * (al * s ^ (L - 1))) by (unfold mu; ring); rewrite Rpow_mult_distr, ab; reflexivity. }
  assert (t2 : 0 < tau ^ 2) by (apply pow_lt; lra); assert (s2 : 0 < sigma ^ 2) by (apply pow_lt; lra).
  assert (Width : 813 * nu ^ 2 * (beta * N) <= mu ^ 4 * s ^ 2).
  { rewrite ss; replace (mu ^ 4) with (mu ^ 2 * mu ^ 2) by ring; rewrite mm, nn.
    apply Rle_trans with (tau ^ 2 / INR p * (tau ^ 2 / INR p) * (813 * (sigma ^ 2 * N / tau ^ 4) * (INR p * beta))).
    - right; field; split; lra.
    - apply Rmult_le_compat_l; [|exact Hm]; apply Rmult_le_pos; left; apply Rdiv_lt_0_compat; lra. }
  assert (Step : eta * INR L * nu ^ 2 <= 1 / 2).
  { rewrite nn; apply Rle_trans with (INR p / (2 * INR L * sigma ^ 2) * INR L * (sigma ^ 2 / INR p)); [|right; field; lra].
    apply Rmult_le_compat_r; [left; apply Rdiv_lt_0_compat; lra|apply Rmult_le_compat_r; lra]. }
  intros t; destruct (orthogonal_layers m p n r L Y' G eta s (al * sigma) (al * tau) (beta * N) nu mu t) as [R1 [R2 _]]; auto; try lia; try lra.
  { split; [apply Rmult_lt_0_compat; lra|apply Rmult_le_compat_l; lra]. }
  { apply Rmult_le_pos; assumption. }
  destruct (Turned t) as [T1 T2]; destruct (Turned 0%nat) as [S1 S2]; simpl wide_descent in S1, S2; fold F in T1, T2, S1, S2.
  assert (W0 := Within 0%nat); simpl wide_descent in W0; cbv zeta; rewrite T1, T2, S1, S2, (Within t), W0.
  rewrite !loss_frobenius in R2; replace (eta * INR L * tau ^ 2 / INR p) with (eta * INR L * mu ^ 2) by (rewrite mm; field; lra).
  split; [exact R1|exact R2].
Qed.

(** ** With the law of the start *)

Lemma start_posed : forall d n m p r L X Y Phi V sigma tau phi, (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat ->
  rotated_data d n p r X Y Phi V sigma tau phi -> posed d n m p r L X Y Phi V sigma tau phi (1 / 2).
Proof.
  intros d n m p r L X Y Phi V sigma tau phi Hn Hp Hr HL Data; repeat split; try lia; try lra; try apply Data; apply lt_0_INR; lia.
Qed.

Lemma data_positive : forall d n p r X Y Phi V sigma tau phi, (1 <= r <= d)%nat -> rotated_data d n p r X Y Phi V sigma tau phi -> 0 < inner d X X.
Proof.
  intros d n p r X Y Phi V sigma tau phi Hr Data; eapply Rlt_le_trans; [|apply (rank_below d n p r X Y Phi V sigma tau phi); [lia|exact Data]].
  assert (1 <= INR r) by (apply (le_INR 1); lia); apply Rmult_lt_0_compat; [lra|apply pow_lt; apply Data].
Qed.

(** The moment of order K gives the probability that the output is large. *)
Lemma output_chance : forall d n m p r L K X Y Phi V sigma tau phi a delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> rotated_data d n p r X Y Phi V sigma tau phi -> delta < 1 ->
  0 < a -> turning m K (Q L) -> chi_moment p K <= delta * a ^ K ->
  layers_at_most (orthogonal_layer n m p L) Q L (output_large d m L (mscal (network_scale m p L) X) a) delta.
Proof.
  intros d n m p r L K X Y Phi V sigma tau phi a delta Q Hn Hp Hr HL Data Hd Ha Turn HK.
  assert (Posed := start_posed d n m p r L X Y Phi V sigma tau phi Hn Hp Hr HL Data).
  destruct (scale_one d n m p r L X Y Phi V sigma tau phi _ Posed) as [al0 _].
  assert (X0 := data_positive d n p r X Y Phi V sigma tau phi Hr Data); destruct Data as [Rows _].
  assert (K1 : (1 <= K)%nat) by (destruct K; [unfold chi_moment in HK; simpl in HK; lra|lia]).
  destruct (orthogonal_output d n m p L K (mscal (network_scale m p L) X) a Q Hn Hp HL) as [Z [V1 [V2 [V3 V4]]]]; auto.
  - intros j i Hj Hi; unfold tr, mscal; assert (E := Rows j i Hj Hi); unfold tr in E; rewrite E; ring.
  - rewrite inner_scal_l, inner_scal_r; repeat apply Rmult_lt_0_compat; assumption.
  - exists Z; split; [exact V1|split; [exact V2|split; [exact V3|]]]; eapply Rle_trans; [exact V4|].
    assert (0 < a ^ K) by (apply pow_lt; exact Ha); apply (Rmult_le_reg_r (a ^ K)); [assumption|]; unfold Rdiv.
    rewrite Rmult_assoc, Rinv_l by lra; lra.
Qed.

Lemma chi_moment_one : forall p k, (1 <= p)%nat -> 1 <= chi_moment p k.
Proof.
  intros p k Hp; assert (p1 : 1 <= INR p) by (apply (le_INR 1); exact Hp); unfold chi_moment.
  rewrite <- (pow1 k), <- product_const; apply product_le; intros i _; assert (i0 := pos_INR i); lra.
Qed.

(** a and K: the moment of order K of a chi-square is at most delta a^K.  With a = p + 2 sqrt (p x) + 2 x and delta = e^(-x) there is
    such a K (OrthogonalTail.v). *)
Theorem orthogonal_layers_random : forall d n m p r L K X Y Phi eta sigma tau phi a delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  0 < a -> turning m K (Q L) -> chi_moment p K <= delta * a ^ K ->
  813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * start_bound p a phi) <= INR m -> 0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L
    (fun W => ~ fast_excess d L X Y Phi eta (eta * INR L * tau ^ 2 / INR p) (start_bound p a phi) (orthogonal_network m p L X W)) delta.
Proof.
  intros d n m p r L K X Y Phi eta sigma tau phi a delta Q Hn Hp Hr HL [V Data] Hd Ha Turn HK Hm He.
  assert (Posed := start_posed d n m p r L X Y Phi V sigma tau phi Hn Hp Hr HL Data).
  assert (p1 : 1 <= INR p) by (apply (le_INR 1); lia); assert (Rank := rank_below d n p r X Y Phi V sigma tau phi ltac:(lia) Data).
  assert (a1 : 1 <= a).
  { apply Rnot_lt_le; intros A; assert (C := chi_moment_one p K ltac:(lia)); assert (P := pow_incr a 1 K ltac:(lra)).
    rewrite pow1 in P; assert (0 <= a ^ K) by (apply pow_le; lra).
    assert (delta * a ^ K <= delta * 1) by (apply Rmult_le_compat_l; lra); lra. }
  assert (Hrm : (r <= m)%nat).
  { apply INR_le; eapply Rle_trans; [|exact Hm]; destruct Data as [_ [_ [_ [_ [_ [Hst [_ [_ [f0 _]]]]]]]]].
    assert (t2 : 0 < tau ^ 2) by (apply pow_lt; lra); assert (ts : tau ^ 2 <= sigma ^ 2) by (apply pow_incr; lra).
    assert (r0 := pos_INR r); assert (q0 : 0 <= a / INR p) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
    assert (B : 1 / 2 <= INR p * start_bound p a phi).
    { apply Rle_trans with (INR p * (a / INR p / 2)); [replace (INR p * (a / INR p / 2)) with (a / 2) by (field; lra); lra|apply Rmult_le_compat_l; [lra|]].
      unfold start_bound; assert (s0 := sqrt_pos (a / INR p)); assert (P := pow_incr (sqrt (a / INR p)) (sqrt (a / INR p) + phi) 2 ltac:(lra)).
      rewrite pow2_sqrt in P by exact q0; lra. }
    assert (A : INR r <= sigma ^ 2 * inner d X X / tau ^ 4).
    { apply (Rmult_le_reg_r (tau ^ 4)); [replace (tau ^ 4) with (tau ^ 2 * tau ^ 2) by ring; apply Rmult_lt_0_compat; exact t2|].
      replace (sigma ^ 2 * inner d X X / tau ^ 4 * tau ^ 4) with (sigma ^ 2 * inner d X X) by (field; lra).
      replace (INR r * tau ^ 4) with (tau ^ 2 * (INR r * tau ^ 2)) by ring.
      apply Rmult_le_compat; try lra; apply Rmult_le_pos; lra. }
    apply Rle_trans with (813 * INR r * (1 / 2)); [lra|]; apply Rmult_le_compat; try lra; apply Rmult_le_compat_l; lra. }
  refine (layers_at_most_weaker _ Q L _ _ delta _ (output_chance d n m p r L K X Y Phi V sigma tau phi a delta Q Hn Hp Hr HL Data
    (proj2 Hd) Ha Turn HK)).
  intros W HW Bad; apply Classical_Prop.NNPP; intros Small; apply Bad.
  apply (orthogonal_fast d n m p r L X Y Phi V eta sigma tau phi a W); auto; try lia; lra.
Qed.
