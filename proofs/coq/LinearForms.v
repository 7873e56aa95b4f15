(** Linear forms of independent normal weights.  A bounded Lipschitz function of one has a mean, which is 0 where the function is
    odd; so a form of unit direction is below t > 0 with a probability of 1/2 + 3 t or less. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Convergence AnyLaw Independent Laws Gauss NormalLaw NormalStarts IndependentBlocks GaussianRow.
Open Scope R_scope.

(** ** Bounded continuous functions have a mean *)

Lemma line_halves : forall (f G H : R -> R) (L M : R), (forall b, 0 <= b -> is_RInt f 0 b (G b)) ->
  (forall b, 0 <= b -> is_RInt (fun x => f (- x)) 0 b (H b)) -> is_lim G p_infty L -> is_lim H p_infty M -> line f (L + M).
Proof.
  intros f G H L M HG HH LG LH P [d HP].
  assert (D2 : 0 < d / 2) by (assert (C := cond_pos d); lra).
  assert (Near : forall l, locally l (fun y => Rabs (y - l) < d / 2)) by (intros l; exists (mkposreal _ D2); intros y Hy; exact Hy).
  destruct (LG _ (Near L)) as [T HT]; destruct (LH _ (Near M)) as [U HU].
  apply (Filter_prod _ _ _ (fun a => a < - Rmax U 0) (fun b => Rmax T 0 < b)).
  - exists (- Rmax U 0); intros a Ha; exact Ha.
  - exists (Rmax T 0); intros b Hb; exact Hb.
  - intros a b Ha Hb; simpl.
    assert (M0 := Rmax_r T 0); assert (M1 := Rmax_l T 0); assert (N0 := Rmax_r U 0); assert (N1 := Rmax_l U 0).
    exists (H (- a) + G b); split.
    + apply (is_RInt_Chasles (V := R_NormedModule)) with 0; [|apply HG; lra].
      assert (I' : is_RInt (fun x => f (- x)) (- 0) (- a) (H (- a))) by (rewrite Ropp_0; apply HH; lra).
      assert (J := is_RInt_comp_opp (V := R_NormedModule) (fun x => f (- x)) 0 a (H (- a)) I').
      apply (is_RInt_swap (V := R_NormedModule)) in J.
      apply (is_RInt_ext (V := R_NormedModule) (fun y => opp (opp (f (- - y))))).
      * intros x _; rewrite opp_opp, Ropp_involutive; reflexivity.
      * replace (H (- a)) with (opp (opp (H (- a)))) by apply opp_opp.
        apply (is_RInt_opp (V := R_NormedModule)); exact J.
    + apply HP; change (Rabs (H (- a) + G b - (L + M)) < d).
      assert (X := HU (- a) ltac:(lra)); assert (Y := HT b ltac:(lra)).
      replace (H (- a) + G b - (L + M)) with ((H (- a) - M) + (G b - L)) by ring.
      eapply Rle_lt_trans; [apply Rabs_triang|lra].
Qed.

Lemma weighted_integrable : forall h a b, (forall x, continuous h x) -> ex_RInt (fun x => h x * normal_density x) a b.
Proof.
  intros h a b C; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros x _.
  apply (continuous_mult (K := R_AbsRing) h normal_density); [apply C|].
  apply (ex_derive_continuous normal_density); unfold normal_density; auto_derive; trivial.
Qed.

Lemma bounded_half : forall (h : R -> R) K, (forall x, continuous h x) -> (forall x, Rabs (h x) <= K) ->
  exists L : R, is_lim (fun b => RInt (fun x => h x * normal_density x) 0 b) p_infty L.
Proof.
  intros h K C B; assert (K0 : 0 <= K) by (eapply Rle_trans; [apply Rabs_pos|apply (B 0)]).
  destruct root_two_pi as [S _]; assert (I0 : 0 < / sqrt (2 * PI)) by (apply Rinv_0_lt_compat; exact S).
  set (q := K * / sqrt (2 * PI)); assert (q0 : 0 <= q) by (apply Rmult_le_pos; lra).
  set (phi := fun x => h x * normal_density x).
  assert (I : forall a b, ex_RInt phi a b) by (intros; apply weighted_integrable; exact C).
  assert (G : forall a b, a <= b -> Rabs (RInt phi a b) <= q * (half_bell b - half_bell a)).
  { intros a b Hab; apply (norm_RInt_le (V := R_NormedModule) phi (fun x => scal q (bell x)) a b); [exact Hab| | |].
    - intros x _; change (Rabs (phi x) <= q * bell x); unfold phi, q; rewrite Rabs_mult, normal_density_bell.
      assert (b0 : 0 < bell x) by apply exp_pos.
      assert (P : 0 <= / sqrt (2 * PI) * bell x) by (apply Rmult_le_pos; lra); rewrite (Rabs_pos_eq _ P), Rmult_assoc.
      apply Rmult_le_compat_r; [exact P|apply B].
    - apply (RInt_correct (V := R_CompleteNormedModule)), I.
    - apply (is_RInt_scal (V := R_NormedModule)).
      apply (is_RInt_derive (V := R_CompleteNormedModule) half_bell); intros x _; [apply half_bell_derive|apply bell_continuous]. }
  assert (Split : forall u v, RInt phi 0 v - RInt phi 0 u = RInt phi u v).
  { intros u v; assert (E := RInt_Chasles (V := R_CompleteNormedModule) phi 0 u v (I 0 u) (I u v)).
    change (RInt phi 0 u + RInt phi u v = RInt phi 0 v) in E; lra. }
  apply (filterlim_locally_cauchy (F := Rbar_locally p_infty) (fun b => RInt phi 0 b : R_CompleteNormedModule)).
  intros e; assert (e0 := cond_pos e).
  assert (D : 0 < e / (2 * (q + 1))) by (apply Rdiv_lt_0_compat; lra).
  destruct (half_bell_limit (fun y => Rabs (y - sqrt (PI / 2)) < e / (2 * (q + 1)))) as [T HT].
  { exists (mkposreal _ D); intros y Hy; exact Hy. }
  exists (fun u => T < u); split; [exists T; auto|].
  assert (Way : forall u v, T < u -> u <= v -> Rabs (RInt phi 0 v - RInt phi 0 u) < e).
  { intros u v Hu Huv; rewrite Split; eapply Rle_lt_trans; [apply G; exact Huv|].
    assert (X := HT u Hu); assert (Y := HT v ltac:(lra)); apply Rabs_def2 in X; apply Rabs_def2 in Y.
    apply Rle_lt_trans with (q * (e / (q + 1))).
    - apply Rmult_le_compat_l; [exact q0|]; replace (e / (q + 1)) with (2 * (e / (2 * (q + 1)))) by (field; lra); lra.
    - apply (Rmult_lt_reg_r (q + 1)); [lra|]; replace (q * (e / (q + 1)) * (q + 1)) with (q * e) by (field; lra); lra. }
  intros u v Hu Hv; change (Rabs (RInt phi 0 v - RInt phi 0 u) < e).
  destruct (Rle_lt_dec u v) as [L|L]; [apply Way; assumption|rewrite Rabs_minus_sym; apply Way; lra].
Qed.

Lemma bounded_normal : forall h K, (forall x, continuous h x) -> (forall x, Rabs (h x) <= K) -> normal_integrable h.
Proof.
  intros h K C B.
  assert (C' : forall x, continuous (fun x => h (- x)) x).
  { intros x; apply (continuous_comp Ropp h); [apply (ex_derive_continuous Ropp); auto_derive; trivial|apply C]. }
  destruct (bounded_half h K C B) as [L HL]; destruct (bounded_half (fun x => h (- x)) K C' (fun x => B (- x))) as [M HM].
  exists (L + M); apply (line_halves _ (fun b => RInt (fun x => h x * normal_density x) 0 b)
    (fun b => RInt (fun x => h (- x) * normal_density x) 0 b)); try assumption; intros b _.
  - apply (RInt_correct (V := R_CompleteNormedModule)), weighted_integrable; exact C.
  - apply (is_RInt_ext (V := R_NormedModule) (fun x => h (- x) * normal_density x)).
    + intros x _; rewrite normal_density_even; reflexivity.
    + apply (RInt_correct (V := R_CompleteNormedModule)), weighted_integrable; exact C'.
Qed.

Lemma line_opp : forall f l, line f l -> line (fun x => f (- x)) l.
Proof.
  intros f l L P HP; destruct (L P HP) as [A B [a0 HA] [b0 HB] H].
  apply (Filter_prod _ _ _ (fun a => a < - b0) (fun b => - a0 < b)).
  - exists (- b0); auto.
  - exists (- a0); auto.
  - intros a b Ha Hb; simpl.
    destruct (H (- b) (- a)) as [y [I Hy]]; [apply HA; lra|apply HB; lra|]; simpl in I; exists y; split; [|exact Hy].
    apply (is_RInt_swap (V := R_NormedModule)), (is_RInt_comp_opp (V := R_NormedModule)) in I.
    apply (is_RInt_ext (V := R_NormedModule) (fun x => opp (opp (f (- x))))); [intros x _; apply opp_opp|].
    rewrite <- (opp_opp y); apply (is_RInt_opp (V := R_NormedModule)); exact I.
Qed.

Lemma normal_opposite : forall h, normal_integrable h -> normal_integral (fun x => h (- x)) = normal_integral h.
Proof.
  intros h I; apply normal_is; apply (line_ext (fun x => h (- x) * normal_density (- x))).
  - intros x; rewrite normal_density_even; reflexivity.
  - apply (line_opp (fun x => h x * normal_density x)), normal_get, I.
Qed.

Lemma normal_within_bound : forall h k, normal_integrable h -> (forall x, Rabs (h x) <= k) -> Rabs (normal_integral h) <= k.
Proof.
  intros h k I B; destruct (integral_one normal_law) as [I1 E1].
  assert (Const : forall c, integrable normal_law (fun _ => c) /\ integral normal_law (fun _ => c) = c).
  { intros c; destruct (integral_scal normal_law c _ I1) as [J E]; rewrite E1 in E; cbv beta in J, E.
    rewrite Rmult_1_r in J; rewrite !Rmult_1_r in E; split; assumption. }
  destruct (Const k) as [Ik Ek]; destruct (Const (- k)) as [In En]; apply Rabs_le; split.
  - rewrite <- En; apply (integral_le normal_law); try assumption; intros x; specialize (B x); apply Rabs_le_between in B; lra.
  - rewrite <- Ek; apply (integral_le normal_law); try assumption; intros x; specialize (B x); apply Rabs_le_between in B; lra.
Qed.

(** ** Bounded Lipschitz functions of a linear form *)

Definition tame (K : R) (f : R -> R) : Prop :=
  (forall x, Rabs (f x) <= K) /\ forall x y, Rabs (f x - f y) <= K * Rabs (x - y).

Definition odd_function (f : R -> R) : Prop := forall x, f (- x) = - f x.

Lemma tame_continuous : forall K f x, tame K f -> continuous f x.
Proof.
  intros K f x [B L]; assert (K0 : 0 <= K) by (eapply Rle_trans; [apply Rabs_pos|apply (B 0)]).
  apply filterlim_locally; intros e; assert (e0 := cond_pos e).
  assert (D : 0 < e / (K + 1)) by (apply Rdiv_lt_0_compat; lra).
  exists (mkposreal _ D); intros y Hy; change (Rabs (y - x) < e / (K + 1)) in Hy; change (Rabs (f y - f x) < e).
  eapply Rle_lt_trans; [apply L|]; apply Rle_lt_trans with (K * (e / (K + 1))); [apply Rmult_le_compat_l; lra|].
  apply (Rmult_lt_reg_r (K + 1)); [lra|]; replace (K * (e / (K + 1)) * (K + 1)) with (K * e) by (field; lra); lra.
Qed.

Lemma tame_average : forall K f a, tame K f -> let m := fun c => normal_integral (fun t => f (c + a * t)) in
  (forall c, normal_integrable (fun t => f (c + a * t))) /\ tame K m /\ (odd_function f -> odd_function m).
Proof.
  intros K f a Hf m.
  assert (I : forall c, normal_integrable (fun t => f (c + a * t))).
  { intros c; apply (bounded_normal _ K); [|intros x; apply Hf]; intros x.
    apply (continuous_comp (fun t => c + a * t) f); [|apply (tame_continuous K f); exact Hf].
    apply (ex_derive_continuous (fun t => c + a * t)); auto_derive; trivial. }
  assert (Minus : forall g h, normal_integrable g -> normal_integrable h ->
    normal_integrable (fun x => g x + -1 * h x) /\ normal_integral (fun x => g x + -1 * h x) = normal_integral g - normal_integral h).
  { intros g h Ig Ih; destruct (integral_scal normal_law (-1) h Ih) as [J1 E1].
    destruct (integral_plus normal_law g _ Ig J1) as [J2 E2]; split; [exact J2|].
    change (integral normal_law (fun x => g x + -1 * h x) = integral normal_law g - integral normal_law h); rewrite E2, E1; ring. }
  split; [exact I|split; [split|]].
  - intros c; apply normal_within_bound; [apply I|intros x; apply Hf].
  - intros c c'; destruct (Minus _ _ (I c) (I c')) as [J E]; unfold m; rewrite <- E; apply normal_within_bound; [exact J|].
    intros x; replace (f (c + a * x) + -1 * f (c' + a * x)) with (f (c + a * x) - f (c' + a * x)) by ring.
    replace (c - c') with (c + a * x - (c' + a * x)) by ring; apply Hf.
  - intros Odd c; unfold m; rewrite <- (normal_opposite _ (I c)).
    destruct (integral_scal normal_law (-1) (fun t => f (c + a * - t))) as [_ E].
    { destruct (I c) as [l Hl]; exists l; apply line_opp in Hl; revert Hl; apply line_ext; intros x; rewrite normal_density_even; reflexivity. }
    transitivity (integral normal_law (fun t => -1 * f (c + a * - t))).
    + change (normal_integral (fun t => f (- c + a * t)) = normal_integral (fun t => -1 * f (c + a * - t))).
      f_equal; pointwise t; replace (- c + a * t) with (- (c + a * - t)) by ring; rewrite Odd; ring.
    + rewrite E; change (-1 * normal_integral (fun t => f (c + a * - t)) = - normal_integral (fun t => f (c + a * - t))); ring.
Qed.

Lemma linear_mean : forall d x K f, tame K f -> exists m, tame K m /\ (odd_function f -> odd_function m) /\
  forall c, mean_is normal_law d (fun w => f (c + dot d w x)) (m c).
Proof.
  induction d as [|d IH]; intros x K f Hf.
  - exists f; split; [exact Hf|split; [auto|]]; intros c; split; [exact I|]; cbn; f_equal; ring.
  - destruct (IH x K f Hf) as [m [Hm [Om Em]]]; destruct (tame_average K m (x d) Hm) as [I [Hm' Om']].
    exists (fun c => normal_integral (fun t => m (c + x d * t))); split; [exact Hm'|split; [auto|]]; intros c.
    assert (Each : forall t, mean_is normal_law d (fun w => f (c + dot (S d) (put d t w) x)) (m (c + x d * t))).
    { intros t; apply (mean_is_ext normal_law d (fun w => f (c + x d * t + dot d w x))); [|apply Em].
      intros w; f_equal; change (dot (S d) (put d t w) x) with (dot d (put d t w) x + put d t w d * x d).
      rewrite put_same, (dot_ext d (put d t w) x w x); [ring| |reflexivity]; intros i Hi; apply put_other; lia. }
    assert (E : (fun t => iterated normal_law d (fun w => f (c + dot (S d) (put d t w) x))) = (fun t => m (c + x d * t)))
      by (pointwise t; apply Each).
    split; [split|].
    + intros t; apply Each.
    + rewrite E; apply I.
    + transitivity (integral normal_law (fun t => m (c + x d * t))); [simpl; f_equal; exact E|reflexivity].
Qed.

Lemma odd_mean : forall d x K f, tame K f -> odd_function f -> mean_is normal_law d (fun w => f (dot d w x)) 0.
Proof.
  intros d x K f Hf Odd; destruct (linear_mean d x K f Hf) as [m [_ [Om Em]]].
  assert (Z : m 0 = 0) by (assert (E := Om Odd 0); rewrite Ropp_0 in E; lra); rewrite <- Z.
  apply (mean_is_ext normal_law d (fun w => f (0 + dot d w x))); [intros w; f_equal; ring|apply Em].
Qed.

(** ** Half of the weights are on either side *)

Definition ramp (u : R) : R := Rmax (-1) (Rmin 1 u).

Lemma ramp_facts : forall u, -1 <= ramp u <= 1 /\ (u <= -1 -> ramp u = -1) /\ ramp (- u) = - ramp u.
Proof.
  intros u; unfold ramp, Rmax, Rmin; destruct (Rle_dec 1 u), (Rle_dec 1 (- u)); repeat destruct (Rle_dec _ _); repeat split; intros; lra.
Qed.

Lemma ramp_moves : forall u v, Rabs (ramp u - ramp v) <= Rabs (u - v).
Proof.
  intros u v; unfold ramp, Rmax, Rmin; destruct (Rle_dec 1 u), (Rle_dec 1 v); repeat destruct (Rle_dec _ _); unfold Rabs;
    repeat destruct (Rcase_abs _); lra.
Qed.

Lemma ramp_tame : forall t, 0 < t -> tame (1 + / t) (fun x => ramp (/ t * x)).
Proof.
  intros t Ht; assert (I0 : 0 < / t) by (apply Rinv_0_lt_compat; exact Ht); split.
  - intros x; destruct (ramp_facts (/ t * x)) as [B _]; apply Rabs_le; lra.
  - intros x y; eapply Rle_trans; [apply ramp_moves|]; replace (/ t * x - / t * y) with (/ t * (x - y)) by ring.
    rewrite Rabs_mult, (Rabs_pos_eq (/ t)) by lra; apply Rmult_le_compat_r; [apply Rabs_pos|lra].
Qed.

(** At least 1 for u < t. *)
Definition lean (t u : R) : R := 1 / 2 + - (1 / 2) * ramp (/ t * u) + exp 1 * exp (- ((/ t) ^ 2 * (u + 0) ^ 2)).

Definition lean_mean (t : R) : R := 1 / 2 + - (1 / 2) * 0 + exp 1 * (exp (- ((/ t) ^ 2 * 0 ^ 2 / (1 + 2 * (/ t) ^ 2 * 1))) * / sqrt (1 + 2 * (/ t) ^ 2 * 1)).

Lemma lean_has_mean : forall d u t, dot d u u = 1 -> 0 < t -> mean_is normal_law d (fun w => lean t (dot d w u)) (lean_mean t).
Proof.
  intros d u t Hu Ht; assert (I0 : 0 < / t) by (apply Rinv_0_lt_compat; exact Ht); assert (l0 : 0 < (/ t) ^ 2) by (apply pow_lt; exact I0).
  assert (M1 := odd_mean d u (1 + / t) _ (ramp_tame t Ht)); assert (M2 := row_mean d u ((/ t) ^ 2) 0); rewrite Hu in M2; specialize (M2 ltac:(lra)).
  assert (Odd : odd_function (fun x => ramp (/ t * x))).
  { intros x; replace (/ t * - x) with (- (/ t * x)) by ring; apply ramp_facts. }
  exact (mean_is_plus _ _ _ _ _ _ (mean_is_plus _ _ _ _ _ _ (mean_is_const normal_law d (1 / 2)) (mean_is_scal _ _ (- (1 / 2)) _ _ (M1 Odd)))
    (mean_is_scal _ _ (exp 1) _ _ M2)).
Qed.

Lemma lean_mean_below : forall t, 0 < t -> 0 <= lean_mean t <= 1 / 2 + 3 * t.
Proof.
  intros t Ht; assert (I0 : 0 < / t) by (apply Rinv_0_lt_compat; exact Ht); unfold lean_mean; set (l := (/ t) ^ 2).
  assert (l0 : 0 < l) by (apply pow_lt; exact I0).
  replace (- (l * 0 ^ 2 / (1 + 2 * l * 1))) with 0 by (field; lra); rewrite exp_0.
  assert (s0 : / t <= sqrt (1 + 2 * l * 1)).
  { rewrite <- (sqrt_pow2 (/ t)) by lra; apply sqrt_le_1_alt; fold l; lra. }
  assert (J : / sqrt (1 + 2 * l * 1) <= t) by (rewrite <- (Rinv_inv t); apply Rinv_le_contravar; assumption).
  assert (J0 : 0 < / sqrt (1 + 2 * l * 1)) by (apply Rinv_0_lt_compat; lra).
  assert (E3 := exp_le_3); assert (E0 := exp_pos 1).
  assert (0 <= exp 1 * (1 * / sqrt (1 + 2 * l * 1)) <= 3 * t); [|lra].
  rewrite Rmult_1_l; split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra].
Qed.

Lemma lean_above : forall t u, 0 < t -> 0 < lean t u /\ (u < t -> 1 <= lean t u).
Proof.
  intros t u Ht; unfold lean; rewrite Rplus_0_r; set (z := / t * u); replace ((/ t) ^ 2 * u ^ 2) with (z ^ 2) by (unfold z; ring).
  rewrite <- exp_plus; assert (P := exp_pos (1 + - z ^ 2)); destruct (ramp_facts z) as [B [Low _]]; split; [lra|]; intros Hu.
  assert (W : z < 1).
  { apply (Rmult_lt_reg_l t); [exact Ht|]; unfold z; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by lra; exact Hu. }
  destruct (Rle_lt_dec z (-1)) as [L|L]; [rewrite (Low L); lra|].
  assert (Q : z ^ 2 <= 1) by (assert (0 <= (1 - z) * (1 + z)) by (apply Rmult_le_pos; lra); lra).
  assert (U := exp_above_line (1 + - z ^ 2)); lra.
Qed.

Lemma linear_form_below : forall d u t, dot d u u = 1 -> 0 < t ->
  at_most (normal_weights d) (fun w => dot d w u < t) (1 / 2 + 3 * t).
Proof.
  intros d u t Hu Ht; destruct (lean_has_mean d u t Hu Ht) as [V E]; eexists; split; [exact V|split; [|split]].
  - intros w; left; apply lean_above; exact Ht.
  - intros w Hw; apply lean_above; assumption.
  - change (iterated normal_law d (fun w => lean t (dot d w u)) <= 1 / 2 + 3 * t); rewrite E; apply lean_mean_below; exact Ht.
Qed.
