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

Lemma good_gives_fast : forall d n m p r L X Y Phi V eta sigma tau phi delta C G w,
  posed d n m p r L X Y Phi V sigma tau phi delta -> wide_enough L p r (INR m) sigma tau phi delta C -> 1 <= G -> 10800000 * G <= C ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  good_start d p r L (mul d (mul d Phi X) V) (network n m p L (turned_data d m p L X V) (network_place n m p L) w) (sqrt (INR m))
    (6 / 5) (4 / 5) (network_scale m p L * sigma) (network_scale m p L * tau) (sqrt (G * INR L)) (error_bound d p X phi delta) ->
  fast_start d p r L X Y Phi eta tau phi delta (random_network n m p L X w).
Proof.
  intros d n m p r L X Y Phi V eta sigma tau phi delta C G w Posed Wide HG HGC He [Sh [B0 HE]].
  destruct (counts d n m p r L X Y Phi V sigma tau phi delta Posed) as [L1 [p1 [r1 [s0 ss]]]].
  destruct (scale_one d n m p r L X Y Phi V sigma tau phi delta Posed) as [a0 [a1 aa]].
  destruct (error_square d n m p r L X Y Phi V sigma tau phi delta Posed) as [e1 e2].
  assert (DS := data_square d n m p r L X Y Phi V sigma tau phi delta Posed).
  split; [apply (error_small d n m p r L X Y Phi V sigma tau phi delta Posed); assumption|].
  assert (Excess := excess_rotated d n m p r L X Y Phi V sigma tau phi delta Posed eta w); cbv zeta in Excess.
  set (F := network n m p L (turned_data d m p L X V) (network_place n m p L) w) in *; set (Y' := mul d (mul d Phi X) V) in *.
  set (a := network_scale m p L) in *; set (s := sqrt (INR m)) in *; set (e0 := error_bound d p X phi delta) in *; set (x := ln (2 / delta)) in *.
  assert (Start := Excess 0%nat); simpl wide_descent in Start.
  destruct Posed as [_ [_ [_ [Hr [HL [[_ [_ [_ [_ [_ [Hst _]]]]]] [Hd _]]]]]]].
  destruct (output_tail r delta (proj1 Hr) Hd) as [x0 _]; fold x in x0.
  set (M := sqrt (G * INR L)) in *; assert (GL : 1 <= G * INR L) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
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
  - apply (width_drift L p r (INR m) sigma tau phi delta C Wide e0 G M s a); auto; try lra; fold x.
    eapply Rle_trans; [exact e2|]; apply Rmult_le_compat_l; [|exact DS].
    assert (0 <= (2 * INR p + 4 * x) / INR p) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
    assert (0 <= phi ^ 2) by apply pow2_ge_0; lra.
  - assert (0 < sigma ^ 2) by (apply pow_lt; lra); rewrite nn.
    apply Rle_trans with (INR p / (3 * INR L * sigma ^ 2) * INR L * (sigma ^ 2 / INR p)); [|right; field; lra].
    apply Rmult_le_compat_r; [left; apply Rdiv_lt_0_compat; lra|apply Rmult_le_compat_r; lra].
  - eapply Rle_trans; [exact Q|right]; do 2 f_equal; rewrite mm; field; lra.
Qed.

Lemma fast_start_likely : forall d n m p r L X Y Phi V eta sigma tau phi delta C C0 c G,
  posed d n m p r L X Y Phi V sigma tau phi delta -> wide_enough L p r (INR m) sigma tau phi delta C ->
  0 < C0 <= C -> 0 < c -> 6 <= c * C -> 1 <= G -> 10800000 * G <= C -> 0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  ranges_kept C0 c -> middles_kept C0 c G ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ fast_start d p r L X Y Phi eta tau phi delta (random_network n m p L X w)) delta.
Proof.
  intros d n m p r L X Y Phi V eta sigma tau phi delta C C0 c G Posed Wide HC0 Hc HcC HG HGC He Ranges Middles.
  destruct (counts d n m p r L X Y Phi V sigma tau phi delta Posed) as [L1 [p1 [r1 [s0 ss]]]].
  destruct (scale_one d n m p r L X Y Phi V sigma tau phi delta Posed) as [a0 _].
  destruct (width_nets L p r (INR m) sigma tau phi delta C Wide) as [_ [Np [Nr _]]].
  destruct (width_terms L p r (INR m) sigma tau phi delta C Wide) as [_ [_ Nl]].
  assert (Fail := width_failures L p r (INR m) sigma tau phi delta C Wide c Hc HcC).
  assert (Rank := posed_ranked d n m p r L X Y Phi V sigma tau phi delta Posed).
  assert (l0 : 0 <= ln (INR L)) by (rewrite <- ln_1; apply ln_le; lra).
  assert (Less : forall y, 0 <= y -> C * INR L * y <= INR m -> C0 * INR L * y <= INR m).
  { intros y Hy H; eapply Rle_trans; [|exact H]; apply Rmult_le_compat_r; [exact Hy|apply Rmult_le_compat_r; lra]. }
  assert (Posed' := Posed); destruct Posed' as [Hn [Hm [Hp [Hr [HL [Data [Hd m0]]]]]]].
  destruct Data as [Rows [PR [Rot [Cols [Fit [Hst [Up [Low [f0 Fb]]]]]]]]].
  assert (x0 := proj1 (output_tail r delta (proj1 Hr) Hd)); set (x := ln (2 / delta)) in *.
  assert (Ex : exp (- x) = delta / 2).
  { unfold x; rewrite exp_Ropp, exp_ln by (apply Rdiv_lt_0_compat; lra); field; lra. }
  assert (U := start_chance d n m p r L (turned_data d m p L X V) C0 c G x (proj1 Rank) (proj1 Hp) (proj1 Hr) HL ltac:(lra) Ranges Middles
    ltac:(lra) (Less (INR p) ltac:(lra) Np) (Less (INR r) ltac:(lra) Nr) (Less _ l0 Nl)); unfold tail_of in U.
  refine (at_most_weaker _ _ _ _ _ _ (at_most_mono _ _ _ _ _ _ U)); [|rewrite Ex; lra].
  intros w Bad [E [Mid Out]]; apply Bad, (good_gives_fast d n m p r L X Y Phi V eta sigma tau phi delta C G w); auto.
  assert (GL : 1 <= G * INR L) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  assert (ED : turned_data d m p L X V = mscal (network_scale m p L) (mul d X V)) by apply mul_scal_l.
  apply (start_is_good d n m p r L (turned_data d m p L X V) (network_place n m p L) w G x Rank); auto; try lra.
  - split; [apply Rmult_lt_0_compat; lra|apply Rmult_le_compat_l; lra].
  - rewrite <- sqrt_1; apply sqrt_le_1_alt; exact GL.
  - right; symmetry; apply pow2_sqrt; lra.
  - intros z; rewrite ED, scaled_length, mv_mul, Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|].
    eapply Rle_trans; [apply Up|]; rewrite turned_length by exact Rot; lra.
  - intros z Hz; rewrite ED, scaled_length, Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|apply Low; exact Hz].
  - rewrite mul_assoc; apply columns_mul; exact Cols.
  - intros j i Hj Hi; unfold tr; rewrite mul_assoc; apply total_zero; intros k Hk.
    assert (Z := PR k i Hk Hi); unfold tr in Z; rewrite Z; ring.
  - apply (error_at_start d n m p r L X Y Phi V sigma tau phi delta Posed).
Qed.
