(** Theorem 4.1 of Du and Hu, given Propositions 6.2, 6.3 and 6.4: from the data and the width to the losses of all iterates. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin WideBlocks Wide AnyLaw Independent NormalLaw.
From Lemmata Require Import WidePapers WideData ErrorStep GaussianLayers Spheres WideStart WideRandom WideGood WideChance WideWidth DuHuLoss.
Open Scope R_scope.

(** The loss starts small, and falls linearly. *)
Definition fast_start (d p r L : nat) (X Y Phi : nat -> nat -> R) (eta tau phi delta : R) (F : nat -> nat -> nat -> R) : Prop :=
  small_loss d p r L X Y Phi phi delta F /\
  forall t, loss d (S L) Y (wide_descent d L Y eta F t) - best_loss d X Y Phi
    <= (1 - eta * INR L * tau ^ 2 / (4 * INR p)) ^ t * (loss d (S L) Y F - best_loss d X Y Phi).

Section Start.

Variables (d n m p r L : nat) (X Y Phi V : nat -> nat -> R) (eta sigma tau phi delta C C0 c G : R).
Hypotheses (Hn : (n <= d)%nat) (Hm : (m <= d)%nat) (Hp : (1 <= p <= d)%nat) (Hr : (1 <= r <= d)%nat) (HL : (1 <= L)%nat).
Hypotheses (Data : rotated_data d n p r X Y Phi V sigma tau phi) (Hd : 0 < delta < 1).
Hypotheses (HC0 : 0 < C0 <= C) (Hc : 0 < c) (HcC : 6 <= c * C) (HG : 1 <= G) (HGC : 10800000 * G <= C).
Hypotheses (Width : C * INR L * width_needed L p r sigma tau phi delta <= INR m).
Hypotheses (He : 0 < eta <= INR p / (3 * INR L * sigma ^ 2)).

Let a := network_scale m p L.
Let s := sqrt (INR m).
Let x := ln (2 / delta).
Let D := mul d (mscal a X) V.
Let Y' := mul d (mul d Phi X) V.
Let e0 := (sqrt (36 / 25 * ((2 * INR p + 4 * x) / INR p)) + phi) * frobenius d X.

Lemma width_positive : 1 <= INR L /\ 1 <= INR p /\ 0 < INR m /\ 0 < s /\ s ^ 2 = INR m.
Proof.
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL); assert (p1 : 1 <= INR p) by (apply (le_INR 1); lia).
  destruct Data as [_ [_ [_ [_ [_ [Hst _]]]]]].
  destruct (width_nets L p r (INR m) sigma tau phi delta C HL ltac:(lia) ltac:(lia) Hst Hd ltac:(lra) Width) as [N _].
  assert (0 < C * INR L) by (apply Rmult_lt_0_compat; lra).
  repeat split; try lra; [apply sqrt_lt_R0; lra|apply pow2_sqrt; lra].
Qed.

Lemma good_gives_fast : forall w, good_start d p r L Y' (network n m p L D (network_place n m p L) w) s (6 / 5) (4 / 5)
    (a * sigma) (a * tau) (sqrt (G * INR L)) e0 ->
  fast_start d p r L X Y Phi eta tau phi delta (random_network n m p L X w).
Proof.
  intros w [Sh [B0 HE]]; destruct width_positive as [L1 [p1 [m0 [s0 ss]]]].
  assert (Data' := Data); destruct Data' as [_ [_ [_ [_ [_ [Hst _]]]]]].
  destruct (scale_one d n m p r L Hn Hm Hp Hr HL m0) as [a0 [a1 aa]]; fold a s in a0, a1, aa.
  destruct (error_square d n m p r L X Y Phi V sigma tau phi delta Hn Hm Hp Hr HL Data Hd m0) as [e1 e2]; fold x in e1, e2; fold e0 in e1, e2.
  assert (DS := data_square d n m p r L X Y Phi V sigma tau phi Hn Hm Hp Hr HL Data).
  destruct (tail_nonneg d n m p r L X Y Phi V sigma tau phi delta Hn Hm Hp Hr HL Data Hd) as [x0 xl]; fold x in x0, xl.
  split; [apply (error_small d n m p r L X Y Phi V sigma tau phi delta); assumption|].
  assert (Excess := fun t => excess_rotated d n m p r L X Y Phi V sigma tau phi Hn Hm Hp Hr HL Data m0 eta w t); cbv zeta in Excess.
  set (F := network n m p L D (network_place n m p L) w) in *.
  assert (Start := Excess 0%nat); simpl wide_descent in Start.
  set (M := sqrt (G * INR L)) in *.
  assert (GL : 1 <= G * INR L) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  assert (M1 : 1 <= M) by (unfold M; rewrite <- sqrt_1; apply sqrt_le_1_alt; exact GL).
  assert (MM : M ^ 2 = G * INR L) by (apply pow2_sqrt; lra).
  set (nu := a * sigma * s ^ (L - 1)); set (mu := a * tau * s ^ (L - 1)).
  assert (h0 : 0 < sqrt (INR p)) by (apply sqrt_lt_R0; lra); assert (hh : sqrt (INR p) ^ 2 = INR p) by (apply pow2_sqrt; lra).
  assert (ab : (a * s ^ (L - 1)) ^ 2 = / INR p).
  { apply (Rmult_eq_reg_r (INR p)); [|lra]; rewrite Rinv_l by lra; rewrite <- hh, <- Rpow_mult_distr, a1; ring. }
  assert (nn : nu ^ 2 = sigma ^ 2 / INR p).
  { replace nu with (sigma * (a * s ^ (L - 1))) by (unfold nu; ring); rewrite Rpow_mult_distr, ab; reflexivity. }
  assert (mm : mu ^ 2 = tau ^ 2 / INR p).
  { replace mu with (tau * (a * s ^ (L - 1))) by (unfold mu; ring); rewrite Rpow_mult_distr, ab; reflexivity. }
  intros t; rewrite Excess, Start.
  destruct (du_hu_descent d p r L Y' F eta s (a * sigma) (a * tau) M e0 (25 / 2 * nu * e0 / (INR L * mu ^ 2)) nu mu t) as [Q _];
    auto; try lra.
  - split; [apply Rmult_lt_0_compat; lra|apply Rmult_le_compat_l; lra].
  - apply (width_drift L p r (INR m) sigma tau phi delta C HL ltac:(lia) ltac:(lia) Hst Hd ltac:(lra) Width e0 G M s a); auto; try lra.
    eapply Rle_trans; [exact e2|]; apply Rmult_le_compat_l; [|exact DS].
    assert (0 <= (2 * INR p + 4 * x) / INR p) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
    assert (0 <= phi ^ 2) by apply pow2_ge_0; fold x; lra.
  - assert (0 < sigma ^ 2) by (apply pow_lt; lra); rewrite nn.
    apply Rle_trans with (INR p / (3 * INR L * sigma ^ 2) * INR L * (sigma ^ 2 / INR p)); [|right; field; lra].
    apply Rmult_le_compat_r; [left; apply Rdiv_lt_0_compat; lra|apply Rmult_le_compat_r; lra].
  - eapply Rle_trans; [exact Q|right]; do 2 f_equal; rewrite mm; field; lra.
Qed.

Lemma fast_start_likely : ranges_kept C0 c -> middles_kept C0 c G ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ fast_start d p r L X Y Phi eta tau phi delta (random_network n m p L X w)) delta.
Proof.
  intros Ranges Middles; assert (Data' := Data); destruct Data' as [Rows [PR [Rot [Cols [Fit [Hst [Up [Low [f0 Fb]]]]]]]]].
  destruct width_positive as [L1 [p1 [m0 [s0 ss]]]]; destruct (scale_one d n m p r L Hn Hm Hp Hr HL m0) as [a0 _]; fold a in a0.
  destruct (tail_nonneg d n m p r L X Y Phi V sigma tau phi delta Hn Hm Hp Hr HL Data Hd) as [x0 _]; fold x in x0.
  destruct (width_nets L p r (INR m) sigma tau phi delta C HL ltac:(lia) ltac:(lia) Hst Hd ltac:(lra) Width) as [_ [Np [Nr _]]].
  destruct (width_terms L p r (INR m) sigma tau phi delta C HL ltac:(lia) ltac:(lia) Hst ltac:(lra) Width) as [_ [_ Nl]].
  assert (r1 : 1 <= INR r) by (apply (le_INR 1); lia); assert (l0 : 0 <= ln (INR L)) by (rewrite <- ln_1; apply ln_le; lra).
  assert (Less : forall y, 0 <= y -> C * INR L * y <= INR m -> C0 * INR L * y <= INR m).
  { intros y Hy H; eapply Rle_trans; [|exact H]; apply Rmult_le_compat_r; [exact Hy|apply Rmult_le_compat_r; lra]. }
  assert (ED : D = mscal a (mul d X V)) by (unfold D; apply mul_scal_l).
  assert (RowsD := rows_of_data d n m p r L X Y Phi V sigma tau phi Data); fold a D in RowsD.
  assert (ColsD := columns_of_data d n m p r L X Y Phi V sigma tau phi Data); fold a D in ColsD.
  assert (Fail := width_failures L p r (INR m) sigma tau phi delta C HL ltac:(lia) ltac:(lia) Hst Hd ltac:(lra) Width c Hc HcC).
  assert (Ex : exp (- x) = delta / 2).
  { unfold x; rewrite exp_Ropp, exp_ln by (apply Rdiv_lt_0_compat; lra); field; lra. }
  assert (U := start_chance d n m p r L D C0 c G x Hn Hm Hp Hr HL RowsD ltac:(lra) Ranges Middles ltac:(lra)
    (Less (INR p) ltac:(lra) Np) (Less (INR r) ltac:(lra) Nr) (Less _ l0 Nl)).
  refine (at_most_weaker _ _ _ _ _ _ (at_most_mono _ _ _ _ _ _ U)); [|rewrite Ex; lra].
  intros w Bad [E [Mid Out]]; apply Bad, good_gives_fast.
  assert (GL : 1 <= G * INR L) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  apply (start_is_good d n m p r L D (network_place n m p L) w G x Hn Hm ltac:(lia) ltac:(lia) HL RowsD ColsD); auto; try lra.
  - split; [apply Rmult_lt_0_compat; lra|apply Rmult_le_compat_l; lra].
  - rewrite <- sqrt_1; apply sqrt_le_1_alt; exact GL.
  - right; symmetry; apply pow2_sqrt; lra.
  - intros z; rewrite ED, scaled_length, mv_mul, Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|].
    eapply Rle_trans; [apply Up|]; rewrite turned_length by exact Rot; lra.
  - intros z Hz; rewrite ED, scaled_length, Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|apply Low; exact Hz].
  - unfold Y'; rewrite mul_assoc; apply columns_mul; exact Cols.
  - intros j i Hj Hi; unfold tr, Y'; rewrite mul_assoc; apply total_zero; intros k Hk.
    assert (Z := PR k i Hk Hi); unfold tr in Z; rewrite Z; ring.
  - apply (error_at_start d n m p r L X Y Phi V sigma tau phi delta Hn Hm Hp Hr HL Data Hd m0).
Qed.

End Start.
