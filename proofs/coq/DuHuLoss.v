(** The initial loss of a random network: Proposition 6.5 of Du and Hu. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin WideBlocks Wide AnyLaw Independent NormalLaw.
From Lemmata Require Import WidePapers WideData ErrorStep GaussianLayers Spheres WideStart WideRandom WideGood WideChance WideWidth.
Open Scope R_scope.

(** The scale of the network and its data; the layers W_1, ..., W_L have independent entries. *)
Definition network_scale (m p L : nat) : R := / sqrt (INR m ^ (L - 1) * INR p).

Definition random_network (n m p L : nat) (X : nat -> nat -> R) (w : nat -> R) : nat -> nat -> nat -> R :=
  network n m p L (mscal (network_scale m p L) X) (network_place n m p L) w.

(** V is a rotation of the samples that puts X, of n rows and rank r, into the first r columns; its singular values lie between tau and
    sigma; Phi X is the fitted part of Y, and Phi has p rows and a norm of at most phi. *)
Definition rotated_data (d n p r : nat) (X Y Phi V : nat -> nat -> R) (sigma tau phi : R) : Prop :=
  columns d n (tr X) /\ columns d p (tr Phi) /\ orthogonal d V /\ columns d r (mul d X V) /\ fitted d X Y Phi /\
  0 < tau <= sigma /\ bounded d X (sigma ^ 2) /\
  (forall z, supported d r z -> tau ^ 2 * dot d z z <= dot d (mv d (mul d X V) z) (mv d (mul d X V) z)) /\
  0 <= phi /\ bounded d Phi (phi ^ 2).

Definition data_of (d n p r : nat) (X Y Phi : nat -> nat -> R) (sigma tau phi : R) : Prop :=
  exists V, rotated_data d n p r X Y Phi V sigma tau phi.

(** The loss is at most O(max{1, ln (r/delta)/p, phi^2}) |X|_F^2 above the best one. *)
Definition small_loss (d p r L : nat) (X Y Phi : nat -> nat -> R) (phi delta : R) (F : nat -> nat -> nat -> R) : Prop :=
  loss d (S L) Y F - best_loss d X Y Phi <= 16 * Rmax (Rmax 1 (ln (INR r / delta) / INR p)) (phi ^ 2) * inner d X X.

Lemma turned_length : forall d V z, orthogonal d V -> dot d (mv d V z) (mv d V z) = dot d z z.
Proof.
  intros d V z Rot; rewrite adjoint, <- mv_mul; apply dot_ext; [reflexivity|]; intros i Hi.
  rewrite (mv_same d _ unit_matrix z i Rot Hi); apply mv_unit; exact Hi.
Qed.

Lemma turned_square : forall d A V, orthogonal d V -> inner d (mul d A V) (mul d A V) = inner d A A.
Proof.
  intros d A V Rot; rewrite inner_mul_r; apply inner_ext; [reflexivity|]; intros i j Hi Hj; rewrite mul_assoc.
  rewrite (same_mul d A _ A _ (same_refl d A) (orthogonal_rows d V Rot) i j Hi Hj); apply mul_unit_r; assumption.
Qed.

Lemma scaled_length : forall d c A z, dot d (mv d (mscal c A) z) (mv d (mscal c A) z) = c ^ 2 * dot d (mv d A z) (mv d A z).
Proof. intros; rewrite mv_mscal, dot_scal_l, dot_scal_r; ring. Qed.

(** The data with their scale, turned. *)
Definition turned_data (d m p L : nat) (X V : nat -> nat -> R) : nat -> nat -> R := mul d (mscal (network_scale m p L) X) V.

(** The bound of the initial error, |U(0) - Phi X|_F. *)
Definition error_bound (d p : nat) (X : nat -> nat -> R) (phi delta : R) : R :=
  (sqrt (36 / 25 * ((2 * INR p + 4 * ln (2 / delta)) / INR p)) + phi) * frobenius d X.

(** All of it, for matrices of d rows and columns. *)
Definition posed (d n m p r L : nat) (X Y Phi V : nat -> nat -> R) (sigma tau phi delta : R) : Prop :=
  (n <= d)%nat /\ (m <= d)%nat /\ (1 <= p <= d)%nat /\ (1 <= r <= d)%nat /\ (1 <= L)%nat /\
  rotated_data d n p r X Y Phi V sigma tau phi /\ 0 < delta < 1 /\ 0 < INR m.

Lemma counts : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  1 <= INR L /\ 1 <= INR p /\ 1 <= INR r /\ 0 < sqrt (INR m) /\ sqrt (INR m) ^ 2 = INR m.
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  set (s := sqrt (INR m)).
  repeat split; try (apply (le_INR 1); lia); [apply sqrt_lt_R0; exact m0|apply pow2_sqrt; lra].
Qed.

Lemma scale_one : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  0 < network_scale m p L /\ network_scale m p L * sqrt (INR m) ^ (L - 1) * sqrt (INR p) = 1 /\
  network_scale m p L ^ 2 * INR m ^ (L - 1) * INR p = 1.
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  set (a := network_scale m p L).
  set (s := sqrt (INR m)).
  assert (counts := counts d n m p r L X Y Phi V sigma tau phi delta Posed); fold a s in counts.
  destruct counts as [L1 [p1 [r1 [s0 ss]]]].
  assert (q0 : 0 < INR m ^ (L - 1) * INR p) by (apply Rmult_lt_0_compat; [apply pow_lt; exact m0|lra]).
  assert (R0 : 0 < sqrt (INR m ^ (L - 1) * INR p)) by (apply sqrt_lt_R0; exact q0).
  assert (E : sqrt (INR m ^ (L - 1) * INR p) = s ^ (L - 1) * sqrt (INR p)).
  { rewrite sqrt_mult_alt by (apply pow_le; lra); f_equal; rewrite <- ss, <- pow_mult, Nat.mul_comm, pow_mult.
    apply sqrt_pow2, pow_le; lra. }
  unfold a, network_scale; split; [apply Rinv_0_lt_compat; exact R0|split].
  - rewrite Rmult_assoc, <- E; apply Rinv_l; lra.
  - rewrite Rmult_assoc, pow_inv, pow2_sqrt by lra; apply Rinv_l; lra.
Qed.

Lemma data_square : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  inner d X X <= INR r * sigma ^ 2.
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  destruct Data as [_ [_ [Rot [Cols [_ [_ [Up _]]]]]]].
  rewrite <- (turned_square d X V Rot), inner_by_columns.
  rewrite (total_truncate d r); [|lia|].
  - rewrite <- (Rmult_1_r (INR r * sigma ^ 2)), Rmult_assoc, <- total_const; apply total_le; intros j Hj; rewrite mv_mul.
    eapply Rle_trans; [apply Up|]; rewrite turned_length by exact Rot; right; f_equal.
    assert (E := mv_unit d (unit_matrix j) j ltac:(lia)); unfold mv in E; rewrite E; unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity.
  - intros j Hj; apply total_zero; intros i Hi; rewrite column_of by lia; rewrite (Cols i j Hi Hj); ring.
Qed.

Lemma error_square : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  0 <= error_bound d p X phi delta /\
  error_bound d p X phi delta ^ 2 <= 2 * (36 / 25 * ((2 * INR p + 4 * ln (2 / delta)) / INR p) + phi ^ 2) * inner d X X.
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  set (x := ln (2 / delta)).
  set (e0 := error_bound d p X phi delta).
  assert (counts := counts d n m p r L X Y Phi V sigma tau phi delta Posed); fold x e0 in counts.
  assert (tail_nonneg := output_tail r delta (proj1 Hr) Hd); fold x e0 in tail_nonneg.
  destruct Data as [_ [_ [_ [_ [_ [_ [_ [_ [f0 _]]]]]]]]]; destruct counts as [L1 [p1 _]]; destruct tail_nonneg as [x0 _].
  set (q := 36 / 25 * ((2 * INR p + 4 * x) / INR p)) in *.
  assert (q0 : 0 <= q).
  { unfold q; apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]. }
  assert (S0 := sqrt_pos q); assert (SS : sqrt q ^ 2 = q) by (apply pow2_sqrt; exact q0); split.
  - unfold e0, error_bound; fold x q; apply Rmult_le_pos; [lra|apply frobenius_nonneg].
  - unfold e0, error_bound; fold x q; rewrite Rpow_mult_distr, frobenius_square; apply Rmult_le_compat_r; [apply inner_nonneg|].
    assert (0 <= (sqrt q - phi) ^ 2) by apply pow2_ge_0; lra.
Qed.

Lemma error_at_start : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  sqrt ((2 * INR p + 4 * ln (2 / delta)) * ((6 / 5) ^ 2 * INR m ^ (L - 1) * inner d (turned_data d m p L X V) (turned_data d m p L X V))) + frobenius d (mul d (mul d Phi X) V)
    <= error_bound d p X phi delta.
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  set (a := network_scale m p L).
  set (x := ln (2 / delta)).
  set (D := turned_data d m p L X V).
  set (Y' := mul d (mul d Phi X) V).
  set (e0 := error_bound d p X phi delta).
  assert (counts := counts d n m p r L X Y Phi V sigma tau phi delta Posed); fold a x D Y' e0 in counts.
  assert (scale_one := scale_one d n m p r L X Y Phi V sigma tau phi delta Posed); fold a x D Y' e0 in scale_one.
  assert (tail_nonneg := output_tail r delta (proj1 Hr) Hd); fold a x D Y' e0 in tail_nonneg.
  destruct Data as [_ [_ [Rot [_ [_ [_ [_ [_ [f0 Fb]]]]]]]]]; destruct counts as [L1 [p1 _]]; destruct tail_nonneg as [x0 _].
  destruct scale_one as [a0 [_ aa]].
  assert (ED : inner d D D = a ^ 2 * inner d X X).
  { unfold D, turned_data; fold a; rewrite turned_square by exact Rot; rewrite inner_scal_l, inner_scal_r; ring. }
  replace ((2 * INR p + 4 * x) * ((6 / 5) ^ 2 * INR m ^ (L - 1) * inner d D D))
    with (36 / 25 * ((2 * INR p + 4 * x) / INR p) * inner d X X).
  2:{ rewrite ED; replace (36 / 25 * ((2 * INR p + 4 * x) / INR p) * inner d X X)
        with (36 / 25 * ((2 * INR p + 4 * x) / INR p) * inner d X X * (a ^ 2 * INR m ^ (L - 1) * INR p)) by (rewrite aa; ring).
      field; lra. }
  rewrite sqrt_mult_alt.
  2:{ apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]. }
  unfold e0, error_bound; fold x; rewrite Rmult_plus_distr_r; apply Rplus_le_compat_l.
  apply Rle_trans with (frobenius d (mul d Phi X)); [|apply frobenius_mul; [exact f0|exact Fb]].
  right; unfold frobenius, Y'; f_equal; apply turned_square; exact Rot.
Qed.

Lemma scaled_fit : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  mul d (mscal (/ (network_scale m p L)) Phi) (mscal (network_scale m p L) X) = mul d Phi X.
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  set (a := network_scale m p L).
  assert (scale_one := scale_one d n m p r L X Y Phi V sigma tau phi delta Posed); fold a in scale_one.
  destruct scale_one as [a0 _]; rewrite mul_scal_l, mul_scal_right; pointwise i; pointwise j; unfold mscal; field; lra.
Qed.

Lemma excess_rotated : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  forall eta w t, let F := random_network n m p L X w in
  loss d (S L) Y (wide_descent d L Y eta F t) - best_loss d X Y Phi
    = loss d (S L) (mul d (mul d Phi X) V) (wide_descent d L (mul d (mul d Phi X) V) eta (network n m p L (turned_data d m p L X V) (network_place n m p L) w) t).
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  set (a := network_scale m p L).
  set (D := turned_data d m p L X V).
  set (Y' := mul d (mul d Phi X) V).
  assert (scaled_fit := scaled_fit d n m p r L X Y Phi V sigma tau phi delta Posed); fold a D Y' in scaled_fit.
  intros eta w t F; destruct Data as [_ [_ [Rot [_ [Fit _]]]]].
  assert (ER : rotated d V F = network n m p L D (network_place n m p L) w) by (pointwise l; destruct l; reflexivity).
  assert (Fit' : fitted d (mscal a X) Y (mscal (/ a) Phi)).
  { intros i j Hi Hj; rewrite scaled_fit; change (tr (mscal a X)) with (mscal a (tr X)); rewrite mul_scal_right.
    unfold mscal; rewrite (Fit i j Hi Hj); ring. }
  assert (EY : mul d (mul d (mscal (/ a) Phi) (mscal a X)) V = Y') by (rewrite scaled_fit; reflexivity).
  assert (EB : best_loss d (mscal a X) Y (mscal (/ a) Phi) = best_loss d X Y Phi) by (unfold best_loss; rewrite scaled_fit; reflexivity).
  destruct (descent_mirrored d L (mscal a X) Y (mscal (/ a) Phi) V eta F Rot Fit' eq_refl t) as [Ft Mt].
  rewrite EY, ER in Mt; assert (E := loss_mirrored d L (mscal a X) Y (mscal (/ a) Phi) V _ _ Rot Fit' Ft Mt).
  rewrite EY, EB in E; rewrite E; ring.
Qed.

Lemma error_small : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  forall w, frobenius d (residual d (S L) (mul d (mul d Phi X) V) (network n m p L (turned_data d m p L X V) (network_place n m p L) w)) <= error_bound d p X phi delta ->
  small_loss d p r L X Y Phi phi delta (random_network n m p L X w).
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  set (a := network_scale m p L).
  set (x := ln (2 / delta)).
  set (D := turned_data d m p L X V).
  set (Y' := mul d (mul d Phi X) V).
  set (e0 := error_bound d p X phi delta).
  assert (counts := counts d n m p r L X Y Phi V sigma tau phi delta Posed); fold a x D Y' e0 in counts.
  assert (tail_nonneg := output_tail r delta (proj1 Hr) Hd); fold a x D Y' e0 in tail_nonneg.
  assert (error_square := error_square d n m p r L X Y Phi V sigma tau phi delta Posed); fold a x D Y' e0 in error_square.
  assert (excess_rotated := excess_rotated d n m p r L X Y Phi V sigma tau phi delta Posed); fold a x D Y' e0 in excess_rotated.
  intros w HE; destruct counts as [L1 [p1 [r1 [s0 ss]]]]; destruct error_square as [e1 e2]; destruct tail_nonneg as [x0 xl].
  assert (Start := excess_rotated 0 w 0%nat); cbv zeta in Start; simpl wide_descent in Start.
  unfold small_loss; rewrite Start, loss_frobenius; set (T := inner d X X) in *; assert (T0 : 0 <= T) by apply inner_nonneg.
  assert (E1 := pow_incr _ _ 2 (conj (frobenius_nonneg d _) HE)).
  set (l := ln (INR r / delta)) in *; set (K := Rmax (Rmax 1 (l / INR p)) (phi ^ 2)).
  assert (K1 : 1 <= K) by (eapply Rle_trans; [apply (Rmax_l 1 (l / INR p))|apply Rmax_l]).
  assert (K2 : l / INR p <= K) by (eapply Rle_trans; [apply (Rmax_r 1 (l / INR p))|apply Rmax_l]).
  assert (K3 : phi ^ 2 <= K) by apply Rmax_r.
  assert (Q : (2 * INR p + 4 * x) / INR p <= 10 * K).
  { apply Rle_trans with (2 + 4 / INR p + 4 * (l / INR p)).
    - replace (2 + 4 / INR p + 4 * (l / INR p)) with ((2 * INR p + 4 * (1 + l)) / INR p) by (field; lra).
      unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|lra].
    - assert (/ INR p <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra); unfold Rdiv at 1; lra. }
  assert (Bound : (36 / 25 * ((2 * INR p + 4 * x) / INR p) + phi ^ 2) * T <= 16 * K * T) by (apply Rmult_le_compat_r; lra).
  lra.
Qed.

Lemma posed_ranked : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  ranked d n m p r L (turned_data d m p L X V).
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta [Hn [Hm [Hp [Hr [HL [[Rows [_ [_ [Cols _]]]] _]]]]]].
  unfold turned_data; rewrite mul_scal_l; repeat split; try lia.
  - intros j i Hj Hi; unfold tr, mscal; replace (mul d X V i j) with 0; [ring|symmetry; apply total_zero; intros k Hk].
    assert (Z := Rows k i Hk Hi); unfold tr in Z; rewrite Z; ring.
  - intros i j Hi Hj; unfold mscal; rewrite (Cols i j Hi Hj); ring.
Qed.

Lemma small_loss_likely : forall d n m p r L X Y Phi V sigma tau phi delta, posed d n m p r L X Y Phi V sigma tau phi delta ->
  forall C0 c, ranges_kept C0 c -> (2 <= L)%nat -> C0 * INR (L - 1) * INR r <= INR m ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ small_loss d p r L X Y Phi phi delta (random_network n m p L X w)) (exp (- (c * INR m / INR (L - 1))) + delta / 2).
Proof.
  intros d n m p r L X Y Phi V sigma tau phi delta Posed; assert (Posed' := Posed).
  destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  set (a := network_scale m p L).
  set (x := ln (2 / delta)).
  set (D := turned_data d m p L X V).
  set (Y' := mul d (mul d Phi X) V).
  set (e0 := error_bound d p X phi delta).
  assert (tail_nonneg := output_tail r delta (proj1 Hr) Hd); fold a x D Y' e0 in tail_nonneg.
  assert (error_at_start := error_at_start d n m p r L X Y Phi V sigma tau phi delta Posed); fold a x D Y' e0 in error_at_start.
  assert (error_small := error_small d n m p r L X Y Phi V sigma tau phi delta Posed); fold a x D Y' e0 in error_small.
  assert (Rank := posed_ranked d n m p r L X Y Phi V sigma tau phi delta Posed); fold D in Rank; assert (Fit := proj1 Rank).
  intros C0 c Ranges HL2 Width; destruct tail_nonneg as [x0 _].
  assert (Ex : exp (- x) = delta / 2).
  { unfold x; rewrite exp_Ropp, exp_ln by (apply Rdiv_lt_0_compat; lra); field; lra. }
  assert (A := Ranges (weights_above n m p L L) (up_place (network_place n m p L)) n m (L - 1)%nat r D ltac:(lia) ltac:(lia) Width
    (up_own n m p L (L - 1) ltac:(lia))).
  assert (B := output_chance d n m p L D x Fit HL); rewrite Ex in B.
  refine (at_most_weaker _ _ _ _ _ _ (at_most_either _ _ _ _ _ _ A B)).
  intros w Bad; apply Classical_Prop.NNPP; intros None; apply Bad, error_small.
  assert (Kept : lower_kept n m r D (network_place n m p L) w (L - 1)).
  { right; apply Classical_Prop.NNPP; intros N; apply None; left; exact N. }
  assert (Out : output_below d n m p L D (network_place n m p L) w x).
  { apply Classical_Prop.NNPP; intros N; apply None; right; exact N. }
  apply (error_below d n m p r L D (network_place n m p L) w x Rank Y' e0
    Kept Out x0); apply error_at_start.
Qed.
