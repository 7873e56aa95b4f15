(** A panel of the invariant curve from what panel_bounds.py checks on the ellipse around it: bounds of the speed, of its
    sensitivity and of the slopes, for every orbit in the tube (escape-counts.md, section 6). *)
From Coq Require Import Reals Lra Lia Arith Psatz Ranalysis5.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature ChebyshevNodes CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  SpeedImage CurveSpeed CurveStep EllipseChebyshev CurveDisc CurveResiduals.
Open Scope R_scope.

(** ** Slopes *)

Definition series_slope (n : nat) (a : nat -> R) (t : R) : R := total (S n) (fun m => a m * (INR m * second m t)).
Definition panel_slope (n : nat) (a r : R) (coef : nat -> nat -> R) (j : nat) (y : R) : R := series_slope n (coef j) ((y - a) / r) / r.

(** |df/dt| in the ellipse *)
Definition steepness (n : nat) (a : nat -> R) (rho : R) : R := total n (fun m => Rabs (a (S m)) * (INR (S m) ^ 2 * rho ^ m)).

Lemma second_next : forall m t, second (S m) t = chebyshev m t + t * second m t.
Proof.
  intros [|m] t; [simpl; ring|]; rewrite chebyshev_second, second_rec; ring.
Qed.

Lemma second_bound : forall rho (t : R) m, 1 < rho -> ellipse rho t -> Rabs (second (S m) t) <= INR (S m) * rho ^ m.
Proof.
  intros rho t m Hr Ht; assert (I : 0 < / rho < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (T : Rabs t <= rho) by (assert (K := ellipse_modulus rho t Ht); rewrite Cmod_R in K; lra).
  induction m as [|m IH]; [simpl; rewrite Rabs_R1; lra|]; rewrite second_next; eapply Rle_trans; [apply Rabs_triang|].
  assert (B := ccheb_bound rho t (S m) Hr Ht); rewrite ccheb_real, Cmod_R in B; rewrite Rabs_mult.
  assert (Rabs t * Rabs (second (S m) t) <= rho * (INR (S m) * rho ^ m)) by (apply Rmult_le_compat; try apply Rabs_pos; assumption).
  rewrite (S_INR (S m)); simpl pow in *; lra.
Qed.

Lemma series_steep : forall n a rho (t : R), 1 < rho -> ellipse rho t -> Rabs (series_slope n a t) <= steepness n a rho.
Proof.
  intros n a rho t Hr Ht; unfold series_slope, steepness; rewrite total_first; simpl INR at 1; rewrite Rmult_0_l, Rmult_0_r, Rplus_0_l.
  eapply Rle_trans; [apply total_abs|]; apply total_le; intros m _; rewrite Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos|].
  rewrite Rabs_mult, (Rabs_pos_eq (INR (S m))) by apply pos_INR; replace (INR (S m) ^ 2 * rho ^ m) with (INR (S m) * (INR (S m) * rho ^ m)) by ring.
  apply Rmult_le_compat_l; [apply pos_INR|apply second_bound; assumption].
Qed.

Lemma series_derive : forall n c t, is_derive (series n c) t (series_slope n c t).
Proof.
  intros n c t; unfold series, series_slope; induction (S n) as [|m IH]; [apply (is_derive_const (V := R_NormedModule) 0)|].
  cbn [total]; apply (is_derive_plus (V := R_NormedModule) (fun x => total m (fun i => c i * chebyshev i x)) (fun x => c m * chebyshev m x)); [exact IH|].
  apply (is_derive_scal (chebyshev m)), chebyshev_derive.
Qed.

Lemma panel_derive : forall n a r c y, r <> 0 -> is_derive (fun y => series n c ((y - a) / r)) y (series_slope n c ((y - a) / r) / r).
Proof.
  intros n a r c y Hr; replace (series_slope n c ((y - a) / r) / r) with (/ r * series_slope n c ((y - a) / r)) by (unfold Rdiv; ring).
  apply (is_derive_comp (V := R_NormedModule) (series n c) (fun y => (y - a) / r)); [apply series_derive|auto_derive; [trivial|field; exact Hr]].
Qed.

(** ** At one point of the disc *)

Lemma at_point : forall J sigma c0 s a A B (c : nat -> R) (y : R), sigma ^ 2 = 1 -> 0 <= A -> stay_apart J c0 s a A -> image J sigma c0 s a A B ->
  Rabs (y - a) < A -> (forall j, (j < J)%nat -> Rabs (c j - c0 j) <= s j) ->
  (forall j, (j < J)%nat -> 0 < c j + y ^ 2 /\ (branch (c0 j) a - A) ^ 2 * (1 - drift_share c0 s a A j) <= c j + y ^ 2) /\
  B (reduced_product J sigma c y) /\ root_low J c0 s a A <= root J c y <= root_high J c0 s a A.
Proof.
  intros J sigma c0 s a A B c y Hs HA H Im Hy Hc.
  assert (D : disc a A y) by (unfold disc; rewrite <- RtoC_minus, Cmod_R; exact Hy).
  assert (Cc : forall j, (j < J)%nat -> Cmod (RtoC (c j) - c0 j)%C <= s j) by (intros j Hj; rewrite <- RtoC_minus, Cmod_R; apply Hc, Hj).
  destruct (mroot_real J c0 s a A c y H D Hc) as [P E].
  assert (Bd := mroot_bounds J c0 s a A (fun j => RtoC (c j)) y HA H D Cc); assert (I := image_holds J sigma c0 s a A B (fun j => RtoC (c j)) y Hs HA H Im D Cc).
  assert (R0 := root_pos J c y P); rewrite E in Bd, I; rewrite Cmod_R, Rabs_pos_eq in Bd by lra; rewrite <- !RtoC_mult in I.
  split; [|split; [exact I|exact Bd]]; intros j Hj; split; [apply P, Hj|].
  destruct (drift_bound J c0 s a A (fun j => RtoC (c j)) y H D Cc j Hj) as [_ [_ L]]; specialize (P j Hj).
  replace (RtoC (c j) + RtoC y * RtoC y)%C with (RtoC (c j + y ^ 2)) in L by components; rewrite Cmod_R, Rabs_pos_eq in L by lra; exact L.
Qed.

(** ** The sign of the speed: along a path on which it is never zero *)

Lemma root_along : forall J (C : nat -> R -> R) (X : R -> R) t, (forall j, (j < J)%nat -> continuous (C j) t /\ 0 < C j t + X t ^ 2) -> continuous X t ->
  continuous (fun l => root J (fun j => C j l) (X l)) t.
Proof.
  intros J C X t H HX; unfold root; induction J as [|J IH]; [apply continuous_const|]; cbn [product]; destruct (H J ltac:(lia)) as [HC P].
  apply (continuous_mult (K := R_AbsRing) (fun l => product J (fun j => sqrt (C j l + X l ^ 2))) (fun l => sqrt (C J l + X l ^ 2))); [apply IH; intros; apply H; lia|].
  apply (continuous_comp (fun l => C J l + X l ^ 2) sqrt).
  - apply (continuous_plus (V := R_NormedModule) (C J) (fun l => X l ^ 2)); [exact HC|].
    apply (continuous_comp X (fun y => y ^ 2) t HX), (ex_derive_continuous (fun y => y ^ 2)); auto_derive; trivial.
  - apply (ex_derive_continuous sqrt); auto_derive; exact P.
Qed.

Lemma keeps_sign : forall (g : R -> R), (forall l, 0 <= l <= 1 -> continuous g l /\ g l <> 0) -> 0 < g 0 -> 0 < g 1.
Proof.
  intros g H H0; apply Rnot_le_lt; intros H1; assert (N := proj2 (H 1 ltac:(lra))).
  destruct (IVT_interv (fun l => - g l) 0 1) as [z [Hz E]]; try lra.
  - intros l Hl; apply continuity_pt_opp, continuity_pt_filterlim, H; lra.
  - apply (proj2 (H z Hz)); lra.
Qed.

(** ** The panel *)

(** The spread of the squared differences in the tube *)
Definition tube_spread (n : nat) (coef : nat -> nat -> R) (rho tube : R) (j : nat) : R :=
  spread n (coef j) rho + (means coef j + spread n (coef j) rho) * (2 * tube).

Definition sums (n : nat) (a r : R) (coef : nat -> nat -> R) (rho tube : R) (j : nat) : R :=
  (branch (means coef j) a - axis r rho) ^ 2 * (1 - drift_share (means coef) (tube_spread n coef rho tube) a (axis r rho) j).

(** What is checked on the ellipse of semi-axis sum rho: no branch point, and where p lies f'' is the derivative of f', |f'| is between bottom
    and top, and |chi| is at most chi. *)
Definition tube_disc (J n : nat) (sigma : R) (f' f'' : R -> R) (a r rho tube : R) (coef : nat -> nat -> R) (B : C -> Prop)
    (bottom top chi : R) : Prop :=
  stay_apart J (means coef) (tube_spread n coef rho tube) a (axis r rho) /\
  image J sigma (means coef) (tube_spread n coef rho tube) a (axis r rho) B /\
  forall p : R, B p -> is_derive f' p (f'' p) /\ bottom <= Rabs (f' p) <= top /\ Rabs (1 + p * (f'' p / f' p)) <= chi.

Lemma tube_near : forall J n a r coef rho tube c (y : R), 0 < r -> 1 < rho -> 0 <= tube <= 1 / 8 -> a - r <= y <= a + r ->
  (forall j, (j < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j) ->
  beside J tube (fun j => panel_curve n a r coef j y) c ->
  forall j, (j < J)%nat -> Rabs (panel_curve n a r coef j y - means coef j) <= spread n (coef j) rho /\
    Rabs (c j - panel_curve n a r coef j y) <= (means coef j + spread n (coef j) rho) * (2 * tube) /\ Rabs (c j - means coef j) <= tube_spread n coef rho tube j.
Proof.
  intros J n a r coef rho tube c y Hr Hrho Ht Hy Half H j Hj; specialize (H j Hj); specialize (Half j Hj).
  assert (T : -1 <= (y - a) / r <= 1) by (split; [apply Rle_div_r|apply Rle_div_l]; lra).
  assert (S := csum_spread n (coef j) rho ((y - a) / r)%R Hrho (segment_inside rho _ Hrho T)); rewrite csum_real, <- RtoC_minus, Cmod_R in S.
  change (Rabs (panel_curve n a r coef j y - means coef j) <= spread n (coef j) rho) in S; split; [exact S|].
  assert (s0 := Rle_trans _ _ _ (Rabs_pos _) S); apply Rabs_le_between in S; set (v := panel_curve n a r coef j y) in *; cbv beta in H; fold v in H.
  unfold tube_spread in *; set (s := spread n (coef j) rho) in *; set (m := means coef j) in *.
  assert (m0 : 0 <= m).
  { apply Rnot_lt_le; intros N; assert (0 <= s * (2 * tube)) by (apply Rmult_le_pos; lra).
    assert (m * (1 / 4) <= m * (2 * tube)) by (apply Rmult_le_compat_neg_l; lra); lra. }
  assert (v0 : 0 <= v) by (assert (0 <= (m + s) * (2 * tube)) by (apply Rmult_le_pos; lra); lra).
  assert (E1 := exp_ineq1_le (- tube)); assert (E2 : exp tube <= 1 + 2 * tube).
  { assert (P := exp_pos tube); assert (I : exp tube * exp (- tube) = 1) by (rewrite <- exp_plus, Rplus_opp_r, exp_0; reflexivity).
    assert (exp tube * (1 + - tube) <= 1) by (rewrite <- I; apply Rmult_le_compat_l; lra).
    apply (Rmult_le_reg_r (1 + - tube)); [lra|]; assert (0 <= tube * (1 - 2 * tube)) by (apply Rmult_le_pos; lra); lra. }
  assert (U : v * exp tube <= v * (1 + 2 * tube)) by (apply Rmult_le_compat_l; lra).
  assert (L : v * (1 + - tube) <= v * exp (- tube)) by (apply Rmult_le_compat_l; lra).
  assert (W : v * (2 * tube) <= (m + s) * (2 * tube)) by (apply Rmult_le_compat_r; lra); assert (0 <= v * tube) by (apply Rmult_le_pos; lra).
  split; apply Rabs_le; split; lra.
Qed.

Lemma real_inside : forall rho (t : R), -1 <= t <= 11 / 10 -> 11 / 5 < rho + / rho -> ellipse rho t.
Proof.
  intros rho t Ht H; unfold ellipse; rewrite <- RtoC_minus, <- RtoC_plus, !Cmod_R; rewrite (Rabs_pos_eq (t + 1)) by lra.
  unfold Rabs; destruct (Rcase_abs (t - 1)); lra.
Qed.

Lemma wide_axis : forall r rho y a, 0 < r -> 11 / 5 < rho + / rho -> a - r <= y <= a + r -> Rabs (y - a) < axis r rho /\ 11 / 10 * r < axis r rho.
Proof.
  intros r rho y a Hr H Hy; assert (W : 11 / 10 * r < axis r rho) by (unfold axis; rewrite Rmult_comm; apply Rmult_lt_compat_l; lra).
  split; [|exact W]; apply Rle_lt_trans with r; [apply Rabs_le; lra|lra].
Qed.

Lemma sums_positive : forall J n a r coef rho tube j, stay_apart J (means coef) (tube_spread n coef rho tube) a (axis r rho) -> (j < J)%nat ->
  0 < sums n a r coef rho tube j.
Proof. intros J n a r coef rho tube j H Hj; destruct (share_half J _ _ a _ H j Hj) as [S [P _]]; unfold sums; apply Rmult_lt_0_compat; lra. Qed.

Lemma in_segment : forall lo hi x y l, lo <= x <= hi -> lo <= y <= hi -> 0 <= l <= 1 -> lo <= x + l * (y - x) <= hi.
Proof.
  intros lo hi x y l Hx Hy Hl; assert (0 <= (1 - l) * (x - lo)) by (apply Rmult_le_pos; lra).
  assert (0 <= l * (y - lo)) by (apply Rmult_le_pos; lra); assert (0 <= (1 - l) * (hi - x)) by (apply Rmult_le_pos; lra).
  assert (0 <= l * (hi - y)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** The speed in the tube *)
Lemma tube_speed : forall J n sigma f' f'' a r rho tube coef B bottom top chi c (y y0 : R),
  sigma ^ 2 = 1 -> 0 < r -> 1 < rho -> 11 / 5 < rho + / rho -> 0 <= tube <= 1 / 8 -> tube_disc J n sigma f' f'' a r rho tube coef B bottom top chi ->
  (forall j, (j < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j) -> 0 < bottom ->
  a - r <= y0 <= a + r -> 0 < reduced_speed J sigma f' (fun j => panel_curve n a r coef j y0) y0 ->
  a - r <= y <= a + r -> beside J tube (fun j => panel_curve n a r coef j y) c ->
  let s := tube_spread n coef rho tube in
  bottom * root_low J (means coef) s a (axis r rho) <= reduced_speed J sigma f' c y <= top * root_high J (means coef) s a (axis r rho).
Proof.
  intros J n sigma f' f'' a r rho tube coef B bottom top chi c y y0 Hs Hr Hrho Hw Ht [HA [Im HB]] Half Hb Hy0 Pos Hy Hc s.
  assert (A0 := axis_nonneg r rho Hr Hrho).
  assert (S1 : Rabs sigma = 1) by (assert (X := Rabs_pos sigma); rewrite <- (pow2_abs sigma) in Hs; nra).
  assert (Low : 0 < root_low J (means coef) s a (axis r rho)).
  { unfold root_low; apply Rmult_lt_0_compat; apply product_pos; intros j Hj; [destruct (HA j Hj) as [_ [_ [X _]]]; lra|].
    destruct (share_half J _ _ a _ HA j Hj) as [X _]; apply sqrt_lt_R0; unfold s; lra. }
  assert (At : forall d z, a - r <= z <= a + r -> (forall j, (j < J)%nat -> Rabs (d j - means coef j) <= s j) ->
    (forall j, (j < J)%nat -> 0 < d j + z ^ 2) /\ ex_derive f' (reduced_product J sigma d z) /\
    bottom * root_low J (means coef) s a (axis r rho) <= Rabs (reduced_speed J sigma f' d z) <= top * root_high J (means coef) s a (axis r rho)).
  { intros d z Hz Hd; destruct (wide_axis r rho z a Hr Hw Hz) as [Za _].
    destruct (at_point J sigma (means coef) s a (axis r rho) B d z Hs A0 HA Im Za Hd) as [P [I [L U]]]; destruct (HB _ I) as [D [[F1 F2] _]].
    split; [intros j Hj; apply P, Hj|]; split; [eexists; exact D|]; unfold reduced_speed; rewrite !Rabs_mult, Rabs_Ropp, S1, Rmult_1_l.
    rewrite (Rabs_pos_eq (root J d z)) by lra; split; apply Rmult_le_compat; try lra; apply Rabs_pos. }
  set (C := fun j l => panel_curve n a r coef j (y0 + l * (y - y0)) + l * (c j - panel_curve n a r coef j y)); set (Y := fun l => y0 + l * (y - y0)).
  assert (In : forall l, 0 <= l <= 1 -> a - r <= Y l <= a + r) by (intros l Hl; assert (A1 := in_segment (a - r) (a + r) y0 y l Hy0 Hy Hl); exact A1).
  assert (Itself : forall z, a - r <= z <= a + r -> beside J tube (fun j => panel_curve n a r coef j z) (fun j => panel_curve n a r coef j z)).
  { intros z Hz; apply beside_itself; [lra|]; intros j Hj; assert (T : -1 <= (z - a) / r <= 1) by (split; [apply Rle_div_r|apply Rle_div_l]; lra).
    assert (L := least_on_panel n (coef j) rho _ Hrho T); specialize (Half j Hj); unfold tube_spread, means in *; destruct (HA j Hj) as [M0 [_ _]]; unfold means in M0.
    assert (Sp := csum_spread n (coef j) rho ((z - a) / r)%R Hrho (segment_inside rho _ Hrho T)); assert (Sp0 := Rle_trans _ _ _ (Cmod_ge_0 _) Sp).
    assert (0 <= (coef j 0%nat + spread n (coef j) rho) * (2 * tube)) by (apply Rmult_le_pos; lra); unfold panel_curve; lra. }
  assert (Near : forall l, 0 <= l <= 1 -> forall j, (j < J)%nat -> Rabs (C j l - means coef j) <= s j).
  { intros l Hl j Hj; destruct (tube_near J n a r coef rho tube c y Hr Hrho Ht Hy Half Hc j Hj) as [_ [W _]].
    destruct (tube_near J n a r coef rho tube _ (Y l) Hr Hrho Ht (In l Hl) Half (Itself _ (In l Hl)) j Hj) as [V _].
    unfold C, s, tube_spread; fold (Y l); replace (panel_curve n a r coef j (Y l) + l * (c j - panel_curve n a r coef j y) - means coef j)
      with (panel_curve n a r coef j (Y l) - means coef j + l * (c j - panel_curve n a r coef j y)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_mult, (Rabs_pos_eq l) by lra; assert (X := Rabs_pos (c j - panel_curve n a r coef j y)).
    assert (l * Rabs (c j - panel_curve n a r coef j y) <= 1 * Rabs (c j - panel_curve n a r coef j y)) by (apply Rmult_le_compat_r; lra); lra. }
  assert (G : 0 < reduced_speed J sigma f' (fun j => C j 1) (Y 1)).
  { apply (keeps_sign (fun l => reduced_speed J sigma f' (fun j => C j l) (Y l))).
    - intros l Hl; destruct (At (fun j => C j l) (Y l) (In l Hl) (Near l Hl)) as [P [[D HD] [L _]]].
      assert (CY : continuous Y l) by (apply (ex_derive_continuous Y); unfold Y; auto_derive; trivial).
      assert (CR : continuous (fun l => root J (fun j => C j l) (Y l)) l).
      { apply (root_along J C Y l); [|exact CY]; intros j Hj; split; [|apply P, Hj]; unfold C.
        apply (continuous_plus (V := R_NormedModule) (fun l => panel_curve n a r coef j (y0 + l * (y - y0))) (fun l => l * (c j - panel_curve n a r coef j y))).
        - apply (continuous_comp Y (panel_curve n a r coef j) l CY), (ex_derive_continuous (panel_curve n a r coef j)); eexists; apply panel_derive; lra.
        - apply (ex_derive_continuous (fun l => l * (c j - panel_curve n a r coef j y))); auto_derive; trivial. }
      split.
      + unfold reduced_speed.
        apply (continuous_mult (K := R_AbsRing) (fun l => - sigma * f' (reduced_product J sigma (fun j => C j l) (Y l))) (fun l => root J (fun j => C j l) (Y l))); [|exact CR].
        apply (continuous_mult (K := R_AbsRing) (fun _ => - sigma)); [apply continuous_const|].
        apply (continuous_comp (fun l => reduced_product J sigma (fun j => C j l) (Y l)) f').
        * unfold reduced_product; apply (continuous_mult (K := R_AbsRing) (fun _ => sigma)); [apply continuous_const|apply (continuous_mult (K := R_AbsRing) Y); assumption].
        * apply (ex_derive_continuous f'); eexists; exact HD.
      + intros Z; rewrite Z, Rabs_R0 in L; assert (0 < bottom * root_low J (means coef) s a (axis r rho)) by (apply Rmult_lt_0_compat; assumption); lra.
    - replace (Y 0) with y0 by (unfold Y; ring).
      replace (reduced_speed J sigma f' (fun j => C j 0) y0) with (reduced_speed J sigma f' (fun j => panel_curve n a r coef j y0) y0); [exact Pos|].
      unfold reduced_speed, reduced_product, root; rewrite (product_ext J _ (fun j => sqrt (C j 0 + y0 ^ 2))); [reflexivity|].
      intros j _; unfold C; replace (y0 + 0 * (y - y0)) with y0 by ring; rewrite Rmult_0_l, Rplus_0_r; reflexivity. }
  replace (Y 1) with y in G by (unfold Y; ring).
  replace (reduced_speed J sigma f' (fun j => C j 1) y) with (reduced_speed J sigma f' c y) in G.
  - destruct (At c y Hy) as [_ [_ B2]]; [intros j Hj; apply (tube_near J n a r coef rho tube c y Hr Hrho Ht Hy Half Hc j Hj)|].
    rewrite Rabs_pos_eq in B2 by lra; exact B2.
  - unfold reduced_speed, reduced_product, root; rewrite (product_ext J _ (fun j => sqrt (C j 1 + y ^ 2))); [reflexivity|].
    intros j _; unfold C; replace (y0 + 1 * (y - y0)) with y by ring; do 2 f_equal; ring.
Qed.

(** All that [curve_landing] asks of one panel *)
Theorem panel_checked : forall (J n : nat) (sigma : R) (f' f'' : R -> R) (eta a r rho tube : R) (coef : nat -> nat -> R) (count : nat -> R)
    (B : C -> Prop) (bottom top chi y0 low longest near half shrink slope leaves miss tilt : R),
  sigma ^ 2 = 1 -> 0 < eta -> 0 < r -> 1 < rho -> 11 / 5 < rho + / rho -> 0 <= tube <= 1 / 8 ->
  tube_disc J n sigma f' f'' a r rho tube coef B bottom top chi -> 0 < bottom ->
  (forall j, (j < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j /\ (0 < means coef j \/ forall m, coef j m = 0)) ->
  a - r <= y0 <= a + r -> 0 < reduced_speed J sigma f' (fun j => panel_curve n a r coef j y0) y0 ->
  0 < low <= eta * (bottom * root_low J (means coef) (tube_spread n coef rho tube) a (axis r rho)) ->
  eta * (top * root_high J (means coef) (tube_spread n coef rho tube) a (axis r rho)) <= longest -> longest <= r / 10 ->
  0 < near -> (forall j, (j < J)%nat -> 0 < means coef j -> near <= sums n a r coef rho tube j) ->
  longest ^ 2 <= shrink * near -> shrink < 1 / 2 ->
  chi * total J (fun j => (means coef j + tube_spread n coef rho tube j) / sums n a r coef rho tube j) <= 2 * half ->
  0 <= slope -> (forall j, (j < J)%nat -> steepness n (coef j) rho / r <= slope * (means coef j - tube_spread n coef rho tube j)) ->
  steepness n count rho / r <= tilt -> 0 <= leaves < 1 / 2 ->
  curve_solves J sigma f' eta (a - r) (a + r) (panel_curve n a r coef) (fun y => series n count ((y - a) / r)) leaves miss ->
  panel_fits J sigma f' f'' eta tube (a - r) (a + r) (panel_curve n a r coef) (panel_slope n a r coef)
    (fun y => series n count ((y - a) / r)) (fun y => series_slope n count ((y - a) / r) / r)
    low longest near half shrink slope leaves miss tilt.
Proof.
  intros J n sigma f' f'' eta a r rho tube coef count B bottom top chi y0 low longest near half shrink slope leaves miss tilt Hs He Hr Hrho Hw Ht
    HT Hb HJ Hy0 Pos Hlow Hlong Hl10 Hn Hnear Hsh Hs2 Hchi Hsl Hsteep Htilt Hlv Hsol.
  assert (Half : forall j, (j < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j) by (intros j Hj; apply HJ, Hj).
  assert (HT' := HT); destruct HT' as [HA [Im HB]]; assert (A0 := axis_nonneg r rho Hr Hrho).
  set (s := tube_spread n coef rho tube) in *.
  assert (Spread : forall j, (j < J)%nat -> 0 <= spread n (coef j) rho <= s j).
  { intros j Hj; assert (Sp := csum_spread n (coef j) rho (RtoC 0) Hrho (segment_inside rho 0 Hrho ltac:(lra))); assert (X := Rle_trans _ _ _ (Cmod_ge_0 _) Sp).
    split; [exact X|]; unfold s, tube_spread; destruct (HA j Hj) as [M0 _]; assert (0 <= (means coef j + spread n (coef j) rho) * (2 * tube)) by (apply Rmult_le_pos; lra); lra. }
  (* The curve on the overhang too *)
  assert (Curve : forall y, a - r <= y <= a + r + longest -> forall j, (j < J)%nat -> means coef j - s j <= panel_curve n a r coef j y <= means coef j + s j).
  { intros y Hy j Hj; assert (T : -1 <= (y - a) / r <= 11 / 10) by (split; [apply Rle_div_r|apply Rle_div_l]; lra).
    assert (Sp := csum_spread n (coef j) rho ((y - a) / r)%R Hrho (real_inside rho _ T Hw)); rewrite csum_real, <- RtoC_minus, Cmod_R in Sp.
    apply Rabs_le_between in Sp; destruct (Spread j Hj); unfold panel_curve, means; lra. }
  assert (Close : speeds_close J sigma f' f'' eta tube (a - r) (a + r) (panel_curve n a r coef) low longest near half).
  { intros c y Hy Hc; destruct (wide_axis r rho y a Hr Hw Hy) as [Ya Wide].
    assert (Nr : forall j, (j < J)%nat -> Rabs (c j - means coef j) <= s j) by (intros j Hj; apply (tube_near J n a r coef rho tube c y Hr Hrho Ht Hy Half Hc j Hj)).
    destruct (at_point J sigma (means coef) s a (axis r rho) B c y Hs A0 HA Im Ya Nr) as [P [I _]]; destruct (HB _ I) as [D [_ X]].
    destruct (tube_speed J n sigma f' f'' a r rho tube coef B bottom top chi c y y0 Hs Hr Hrho Hw Ht HT Half Hb Hy0 Pos Hy Hc) as [L U]; fold s in L, U.
    assert (E1 : eta * (bottom * root_low J (means coef) s a (axis r rho)) <= eta * reduced_speed J sigma f' c y) by (apply Rmult_le_compat_l; lra).
    assert (E2 : eta * reduced_speed J sigma f' c y <= eta * (top * root_high J (means coef) s a (axis r rho))) by (apply Rmult_le_compat_l; lra).
    split; [exact D|]; split; [lra|]; split.
    - change (reduced_chi J sigma f' f'' c y) with (1 + reduced_product J sigma c y * (f'' (reduced_product J sigma c y) / f' (reduced_product J sigma c y))).
      eapply Rle_trans; [|exact Hchi]; apply Rmult_le_compat; [apply Rabs_pos| |exact X|].
      + apply total_nonneg; intros j Hj; destruct (P j Hj) as [P1 _]; specialize (Nr j Hj); specialize (Half j Hj); fold s in Half; apply Rabs_le_between in Nr.
        destruct (Spread j Hj); apply Rle_mult_inv_pos; lra.
      + apply total_le; intros j Hj; destruct (P j Hj) as [P1 P2]; change (sums n a r coef rho tube j <= c j + y ^ 2) in P2.
        assert (Sp := sums_positive J n a r coef rho tube j HA Hj); specialize (Nr j Hj); specialize (Half j Hj); fold s in Half; apply Rabs_le_between in Nr.
        destruct (Spread j Hj); unfold Rdiv; apply Rmult_le_compat; [lra|left; apply Rinv_0_lt_compat; lra|lra|apply Rinv_le_contravar; assumption].
    - intros j Hj; destruct (P j Hj) as [P1 P2]; change (sums n a r coef rho tube j <= c j + y ^ 2) in P2; destruct (HJ j Hj) as [_ [M|Z]].
      + specialize (Hnear j Hj M); assert (0 <= (1 - shrink) * near) by (apply Rmult_le_pos; lra); split; [lra|intros _; lra].
      + assert (V : panel_curve n a r coef j y = 0) by (unfold panel_curve, series; apply total_zero; intros m _; rewrite Z; ring).
        split; [|intros K; rewrite V in K; lra].
        destruct (HA j Hj) as [_ [_ [Bj _]]]; unfold branch, means in Bj; rewrite Z, Rplus_0_l in Bj.
        replace (a ^ 2) with (Rsqr a) in Bj by (unfold Rsqr; ring); rewrite sqrt_Rsqr_abs in Bj.
        assert (C0 : 0 <= c j) by (specialize (Hc j Hj); cbv beta in Hc; rewrite V in Hc; lra).
        assert (L0 : 0 <= longest) by lra; assert (Y : longest <= Rabs y).
        { assert (T := Rabs_triang_inv a (a - y)); replace (a - (a - y)) with y in T by ring; assert (Rabs (a - y) <= r) by (apply Rabs_le; lra); lra. }
        assert (longest ^ 2 <= y ^ 2) by (rewrite <- (pow2_abs y); apply pow_incr; lra); lra. }
  assert (Ends : forall z, a - r <= z <= a + r -> beside J tube (fun j => panel_curve n a r coef j z) (fun j => panel_curve n a r coef j z)).
  { intros z Hz; apply beside_itself; [lra|]; intros j Hj; assert (L0 : 0 <= longest).
    { apply Rle_trans with (eta * (top * root_high J (means coef) s a (axis r rho))); [|exact Hlong]; apply Rmult_le_pos; [lra|].
      destruct (wide_axis r rho y0 a Hr Hw Hy0) as [Ya _].
      assert (N0 : forall i, (i < J)%nat -> Rabs (means coef i - means coef i) <= s i) by (intros i Hi; rewrite Rminus_eq_0, Rabs_R0; destruct (Spread i Hi); lra).
      destruct (at_point J sigma (means coef) s a (axis r rho) B (means coef) y0 Hs A0 HA Im Ya N0) as [P [I [L U]]]; destruct (HB _ I) as [_ [[_ F] _]].
      apply Rmult_le_pos; [eapply Rle_trans; [apply Rabs_pos|exact F]|]; eapply Rle_trans; [|exact U]; left; apply root_pos; intros i Hi; apply P, Hi. }
    specialize (Curve z ltac:(lra) j Hj); specialize (Half j Hj); fold s in Half; destruct (Spread j Hj); lra. }
  destruct (Close _ y0 Hy0 (Ends y0 Hy0)) as [_ [Sp _]].
  assert (Half0 : 0 <= half).
  { destruct (Close _ y0 Hy0 (Ends y0 Hy0)) as [_ [_ [K N]]]; assert (X := Rabs_pos (reduced_chi J sigma f' f'' (fun j => panel_curve n a r coef j y0) y0)).
    assert (0 <= total J (fun j => panel_curve n a r coef j y0 / (panel_curve n a r coef j y0 + y0 ^ 2))).
    { apply total_nonneg; intros j Hj; destruct (N j Hj) as [N1 _]; specialize (Curve y0 ltac:(lra) j Hj); specialize (Half j Hj); fold s in Half; destruct (Spread j Hj).
      apply Rle_mult_inv_pos; [lra|]; eapply Rlt_le_trans; [|exact N1]; apply pow_lt; lra. }
    assert (0 <= Rabs (reduced_chi J sigma f' f'' (fun j => panel_curve n a r coef j y0) y0)
      * total J (fun j => panel_curve n a r coef j y0 / (panel_curve n a r coef j y0 + y0 ^ 2))) by (apply Rmult_le_pos; assumption); lra. }
  split; [lra|]; split; [exact Hn|]; split; [exact Hsh|]; split; [exact Hs2|]; split; [exact Half0|]; split; [exact Hsl|]; split; [exact Hlv|].
  split; [lra|]; split; [exact Close|]; split; [|exact Hsol].
  intros y Hy; assert (T : -1 <= (y - a) / r <= 11 / 10) by (split; [apply Rle_div_r|apply Rle_div_l]; lra); assert (In := real_inside rho _ T Hw).
  assert (Dv : forall c k, steepness n c rho / r <= k -> Rabs (series_slope n c ((y - a) / r) / r) <= k).
  { intros c k Hk; eapply Rle_trans; [|exact Hk]; unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ r)) by (left; apply Rinv_0_lt_compat; lra).
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|apply series_steep; assumption]. }
  split; [|split; [apply panel_derive; lra|apply Dv, Htilt]].
  intros j Hj; specialize (Curve y Hy j Hj); specialize (Half j Hj); fold s in Half; destruct (Spread j Hj); split; [apply panel_derive; lra|]; split; [lra|].
  eapply Rle_trans; [apply Dv, (Hsteep j Hj)|]; fold s; apply Rmult_le_compat_l; lra.
Qed.
