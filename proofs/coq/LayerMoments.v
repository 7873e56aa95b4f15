(** All moments of one Gaussian layer: E Y^k for Y = |A x|^2/(m |x|^2) is the same for all x, since E e^(-t Y) is; and at most e^(k^2/m),
    as with the digamma function, but from exponentials alone.  So E Z^k = (E Y^k)^q for Z = |A_q ... A_1 v|^2/m^q, |v| = 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder Convergence RangeNumbers AnyLaw Independent NormalLaw ChiSquare GaussianLayers.
From Lemmata Require Import IndependentBlocks GaussianRow GaussianProduct GaussianTails NormalPowers PolynomialMoments GaussianPlaces.
Open Scope R_scope.

(** ** Laplace transforms have their moments *)

(** The first k terms of e^(-s). *)
Definition exp_terms (k : nat) (s : R) : R := total k (fun j => / INR (fact j) * (- s) ^ j).

Lemma exp_terms_start : forall k, exp_terms (S k) 0 = 1.
Proof.
  intros k; unfold exp_terms; induction k as [|k IH]; [simpl; field|].
  change (total (S (S k)) (fun j => / INR (fact j) * (- 0) ^ j))
    with (total (S k) (fun j => / INR (fact j) * (- 0) ^ j) + / INR (fact (S k)) * (- 0) ^ S k).
  rewrite IH, Ropp_0, pow_i by lia; ring.
Qed.

Lemma exp_terms_derive : forall k s, is_derive (exp_terms (S k)) s (- exp_terms k s).
Proof.
  induction k as [|k IH]; intros s.
  - apply (is_derive_ext (fun _ => 1)); [intros t; unfold exp_terms; simpl; field|].
    replace (- exp_terms 0 s) with 0 by (unfold exp_terms; simpl; ring); apply (is_derive_const (V := R_NormedModule)).
  - assert (f0 : 0 < INR (fact k)) by apply INR_fact_lt_0; assert (k0 : 0 < INR (S k)) by (apply lt_0_INR; lia).
    apply (is_derive_ext (fun t => exp_terms (S k) t + / INR (fact (S k)) * (- t) ^ S k)); [reflexivity|].
    replace (- exp_terms (S k) s) with (- exp_terms k s + - (/ INR (fact k) * (- s) ^ k)) by (unfold exp_terms; simpl total; ring).
    apply (is_derive_plus (V := R_NormedModule)); [apply IH|].
    replace (INR (fact (S k))) with (INR (S k) * INR (fact k)) by (rewrite <- mult_INR; reflexivity).
    set (c := INR (fact k)) in *; set (b := INR (S k)) in *; evar_last.
    + apply (is_derive_scal (fun t => (- t) ^ S k) s); apply (is_derive_pow (fun t => - t) (S k) s (-1)).
      auto_derive; [trivial|ring].
    + fold b; simpl pred; field; lra.
Qed.

(** The rest is of the next term's sign, and no larger. *)
Lemma exp_terms_near : forall k s, 0 <= s -> 0 <= (- 1) ^ k * (exp (- s) - exp_terms k s) <= s ^ k / INR (fact k).
Proof.
  induction k as [|k IH]; intros s Hs.
  - unfold exp_terms; simpl; rewrite Rminus_0_r; assert (P := exp_pos (- s)).
    assert (exp (- s) <= 1) by (rewrite <- exp_0; apply exp_le_compat; lra); lra.
  - assert (f0 : 0 < INR (fact k)) by apply INR_fact_lt_0; assert (k0 : 0 < INR (S k)) by (apply lt_0_INR; lia).
    set (f := fun t => (- 1) ^ S k * (exp (- t) - exp_terms (S k) t)); set (f' := fun t => (- 1) ^ k * (exp (- t) - exp_terms k t)).
    assert (D : forall t, is_derive f t (f' t)).
    { intros t; unfold f, f'; evar_last.
      - apply (is_derive_scal (fun t => exp (- t) - exp_terms (S k) t) t).
        apply (is_derive_minus (V := R_NormedModule) (fun t => exp (- t))); [|apply exp_terms_derive].
        instantiate (1 := - exp (- t)); auto_derive; [trivial|ring].
      - unfold minus, plus, opp; simpl; ring. }
    assert (F0 : f 0 = 0) by (unfold f; rewrite Ropp_0, exp_0, exp_terms_start; ring).
    change (0 <= f s <= s ^ S k / INR (fact (S k))); split.
    + apply (rises_from_zero f f'); [exact F0|intros t _; apply D|intros t Ht; apply IH; exact Ht|exact Hs].
    + replace (INR (fact (S k))) with (INR (S k) * INR (fact k)) by (rewrite <- mult_INR; reflexivity).
      assert (0 <= s ^ S k / (INR (S k) * INR (fact k)) - f s); [|lra].
      apply (rises_from_zero (fun t => t ^ S k / (INR (S k) * INR (fact k)) - f t) (fun t => t ^ k / INR (fact k) - f' t)); [| | |exact Hs].
      * rewrite F0, pow_i by lia; field; lra.
      * intros t _; apply (is_derive_minus (V := R_NormedModule) (fun t => t ^ S k / (INR (S k) * INR (fact k)))); [|apply D].
        set (b := INR (S k)) in *; set (c := INR (fact k)) in *; evar_last.
        -- apply (is_derive_ext (fun t => / (b * c) * t ^ S k)); [intros u; unfold Rdiv; apply Rmult_comm|].
           apply (is_derive_scal (fun t => t ^ S k) t); apply (is_derive_pow (fun t => t) (S k) t 1); auto_derive; [trivial|ring].
        -- fold b; simpl pred; field; lra.
      * intros t Ht; assert (A := IH t Ht); fold f'; unfold f'; lra.
Qed.

Lemma mean_le : forall K F G a b, mean_is normal_law K F a -> mean_is normal_law K G b -> (forall w, F w <= G w) -> a <= b.
Proof. intros K F G a b [F1 <-] [G1 <-] H; apply iterated_le; assumption. Qed.

Lemma laplace_near : forall K Y e phi t k, (forall w, 0 <= Y w) -> (forall j, mean_is normal_law K (fun w => Y w ^ j) (e j)) -> 0 <= t ->
  mean_is normal_law K (fun w => exp (- (t * Y w))) phi ->
  0 <= (- 1) ^ k * (phi - total k (fun j => / INR (fact j) * (- t) ^ j * e j)) <= t ^ k / INR (fact k) * e k.
Proof.
  intros K Y e phi t k Y0 HY Ht HP; assert (Tot : mean_is normal_law K (fun w => exp_terms k (t * Y w))
    (total k (fun j => / INR (fact j) * (- t) ^ j * e j))).
  { unfold exp_terms; apply (mean_is_total normal_law K k (fun j w => / INR (fact j) * (- (t * Y w)) ^ j)); intros j _.
    apply (mean_is_ext normal_law K (fun w => / INR (fact j) * (- t) ^ j * Y w ^ j)); [|apply mean_is_scal, HY].
    intros w; replace (- (t * Y w)) with (- t * Y w) by ring; rewrite Rpow_mult_distr; ring. }
  assert (Rest : mean_is normal_law K (fun w => (- 1) ^ k * (exp (- (t * Y w)) - exp_terms k (t * Y w)))
    ((- 1) ^ k * (phi - total k (fun j => / INR (fact j) * (- t) ^ j * e j)))).
  { apply mean_is_scal; unfold Rminus; apply mean_is_plus; [exact HP|].
    apply (mean_is_scal normal_law K (- 1)) in Tot; replace (- total k (fun j => / INR (fact j) * (- t) ^ j * e j))
      with (- 1 * total k (fun j => / INR (fact j) * (- t) ^ j * e j)) by ring.
    revert Tot; apply mean_is_ext; intros; ring. }
  assert (N : forall w, 0 <= t * Y w) by (intros; apply Rmult_le_pos; auto); split.
  - apply (mean_le K (fun _ => 0) _ 0 _ (mean_is_const _ _ 0) Rest); intros w; apply exp_terms_near, N.
  - apply (mean_le K _ (fun w => t ^ k / INR (fact k) * Y w ^ k) _ _ Rest); [apply mean_is_scal, HY|].
    intros w; destruct (exp_terms_near k (t * Y w) (N w)) as [_ U]; eapply Rle_trans; [exact U|right].
    rewrite Rpow_mult_distr; unfold Rdiv; ring.
Qed.

Lemma laplace_moments : forall K K' Y Y' e e' (phi : R -> R), (forall w, 0 <= Y w) -> (forall w, 0 <= Y' w) ->
  (forall j, mean_is normal_law K (fun w => Y w ^ j) (e j)) -> (forall j, mean_is normal_law K' (fun w => Y' w ^ j) (e' j)) ->
  (forall t, 0 <= t -> mean_is normal_law K (fun w => exp (- (t * Y w))) (phi t)) ->
  (forall t, 0 <= t -> mean_is normal_law K' (fun w => exp (- (t * Y' w))) (phi t)) -> forall k, e k = e' k.
Proof.
  intros K K' Y Y' e e' phi Y0 Y0' HY HY' HP HP'.
  induction k as [k IH] using lt_wf_ind; set (D := Rabs (e k - e' k)).
  assert (f0 : 0 < INR (fact k)) by apply INR_fact_lt_0; assert (g0 : 0 < INR (fact (S k))) by apply INR_fact_lt_0.
  set (C := INR (fact k) * ((Rabs (e (S k)) + Rabs (e' (S k))) / INR (fact (S k)))).
  assert (C0 : 0 <= C).
  { unfold C; apply Rmult_le_pos; [lra|]; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact g0].
    assert (P := Rabs_pos (e (S k))); assert (P' := Rabs_pos (e' (S k))); lra. }
  assert (Each : forall t, 0 < t -> D <= t * C).
  { intros t Ht; assert (A := laplace_near K Y e (phi t) t (S k) Y0 HY ltac:(lra) (HP t ltac:(lra))).
    assert (B := laplace_near K' Y' e' (phi t) t (S k) Y0' HY' ltac:(lra) (HP' t ltac:(lra))).
    cbn [total] in A, B; rewrite (total_ext k (fun j => / INR (fact j) * (- t) ^ j * e' j) (fun j => / INR (fact j) * (- t) ^ j * e j)) in B
      by (intros j Hj; rewrite (IH j Hj); reflexivity).
    set (T := total k _) in *; set (s := t ^ S k / INR (fact (S k))) in *.
    assert (s0 : 0 < s) by (apply Rdiv_lt_0_compat; [apply pow_lt; exact Ht|exact g0]).
    assert (U : s * e (S k) <= s * Rabs (e (S k))) by (apply Rmult_le_compat_l; [lra|apply Rle_abs]).
    assert (U' : s * e' (S k) <= s * Rabs (e' (S k))) by (apply Rmult_le_compat_l; [lra|apply Rle_abs]).
    assert (Sg : Rabs ((- 1) ^ S k) = 1) by apply pow_1_abs.
    assert (Q : Rabs ((- 1) ^ S k * (/ INR (fact k) * (- t) ^ k * (e k - e' k))) <= s * (Rabs (e (S k)) + Rabs (e' (S k)))).
    { apply Rabs_le; set (g := (- 1) ^ S k) in *; set (x := / INR (fact k) * (- t) ^ k) in *.
      replace (g * (x * (e k - e' k))) with (g * (phi t - (T + x * e' k)) - g * (phi t - (T + x * e k))) by ring.
      assert (P := Rabs_pos (e (S k))); assert (P' := Rabs_pos (e' (S k))).
      assert (0 <= s * Rabs (e (S k))) by (apply Rmult_le_pos; lra); assert (0 <= s * Rabs (e' (S k))) by (apply Rmult_le_pos; lra); lra. }
    rewrite !Rabs_mult, Sg, Rabs_inv, <- RPow_abs, Rabs_Ropp, (Rabs_pos_eq t), (Rabs_pos_eq (INR (fact k))) in Q by lra; fold D in Q.
    assert (p0 : 0 < t ^ k) by (apply pow_lt; exact Ht).
    apply (Rmult_le_reg_l (/ INR (fact k) * t ^ k)); [apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat; exact f0|exact p0]|].
    apply Rle_trans with (s * (Rabs (e (S k)) + Rabs (e' (S k)))); [lra|right; unfold s, C; simpl pow; field; lra]. }
  destruct (Req_dec (e k) (e' k)) as [Eq|N]; [exact Eq|exfalso].
  assert (D0 : 0 < D) by (unfold D; apply Rabs_pos_lt; lra).
  assert (E := Each (D / (2 * (C + 1))) ltac:(apply Rdiv_lt_0_compat; lra)).
  apply (Rmult_le_compat_r (2 * (C + 1))) in E; [|lra].
  replace (D / (2 * (C + 1)) * C * (2 * (C + 1))) with (D * C) in E by (field; lra).
  assert (0 < D * (C + 2)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

(** ** One layer *)

(** Y = |A x|^2/(m |x|^2) *)
Definition layer_factor (m d : nat) (x : nat -> R) (w : nat -> R) : R := 1 - shortfall m d (by_rows d w) x.

Lemma layer_factor_nonneg : forall m d x w, 0 <= layer_factor m d x w.
Proof.
  intros m d x w; unfold layer_factor, shortfall; set (y := dot m _ _); assert (N : 0 <= y) by apply dot_nonneg.
  assert (X := dot_nonneg d x); assert (M := pos_INR m); assert (P : 0 <= INR m * dot d x x) by (apply Rmult_le_pos; assumption).
  replace (1 - (1 - y / (INR m * dot d x x))) with (y / (INR m * dot d x x)) by ring.
  destruct (Rle_lt_or_eq_dec 0 _ P) as [Q|Z]; [|rewrite <- Z; unfold Rdiv; rewrite RIneq.Rinv_0; lra].
  apply Rmult_le_pos; [exact N|left; apply Rinv_0_lt_compat; exact Q].
Qed.

Lemma layer_factor_polynomial : forall m d x, polynomial_in (m * d) (layer_factor m d x).
Proof.
  intros m d x; apply (polynomial_ext _ (fun w => / (INR m * dot d x x) * dot m (mv d (by_rows d w) x) (mv d (by_rows d w) x))).
  { intros w; unfold layer_factor, shortfall, Rdiv; ring. }
  assert (Row : forall i, (i < m)%nat -> polynomial_in (m * d) (fun w => mv d (by_rows d w) x i)).
  { intros i Hi; apply (polynomial_total _ d (fun j w => by_rows d w i j * x j)); intros j Hj; unfold by_rows.
    apply (polynomial_times _ (i * d + j) (fun _ => x j)); [nia|apply polynomial_const]. }
  apply polynomial_scaled, (polynomial_total _ m (fun i w => mv d (by_rows d w) x i * mv d (by_rows d w) x i)).
  intros i Hi; apply polynomial_mult; apply Row; exact Hi.
Qed.

Lemma polynomial_has_mean : forall K F, polynomial_in K F -> mean_is normal_law K F (iterated normal_law K F).
Proof.
  intros K F H; destruct (polynomial_moved K K (law_weights K normal_law) (law_weights K normal_law) _ (fun i => i) (normal_has_moments K)
    (normal_has_moments K) ltac:(split; auto) F H) as [V _]; split; [exact V|reflexivity].
Qed.

Definition layer_moment (m k : nat) : R := iterated normal_law (m * 1) (fun w => layer_factor m 1 (fun _ => 1) w ^ k).

Lemma layer_mean_power : forall m k, (1 <= m)%nat -> layer_mean m (fun z => (1 - z) ^ k) (layer_moment m k).
Proof.
  intros m k Hm d x Hx; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  set (e := fun j => iterated normal_law (m * d) (fun w => layer_factor m d x w ^ j)).
  assert (HY : forall j, mean_is normal_law (m * d) (fun w => layer_factor m d x w ^ j) (e j)).
  { intros j; apply polynomial_has_mean, (polynomial_power _ (layer_factor m d x)), layer_factor_polynomial. }
  assert (HY' : forall j, mean_is normal_law (m * 1) (fun w => layer_factor m 1 (fun _ => 1) w ^ j) (layer_moment m j)).
  { intros j; apply polynomial_has_mean, (polynomial_power _ (layer_factor m 1 (fun _ => 1))), layer_factor_polynomial. }
  assert (L : forall t d' x', 0 <= t -> 0 < dot d' x' x' ->
    mean_is normal_law (m * d') (fun w => exp (- (t * layer_factor m d' x' w))) (exp (- t) * shortfall_moment m t)).
  { intros t d' x' Ht Hx'; assert (P : 0 < 1 + 2 * t / INR m).
    { assert (0 <= 2 * t / INR m); [|lra]; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact m0]. }
    assert (Q := mean_is_scal _ _ (exp (- t)) _ _ (layer_mean_exp m t Hm P d' x' Hx')); revert Q; apply mean_is_ext; intros w.
    rewrite <- exp_plus; f_equal; unfold layer_factor; ring. }
  assert (One : 0 < dot 1 (fun _ : nat => 1) (fun _ => 1)) by (unfold dot; simpl; lra).
  rewrite <- (laplace_moments (m * d) (m * 1) (layer_factor m d x) (layer_factor m 1 (fun _ => 1)) e (layer_moment m)
    (fun t => exp (- t) * shortfall_moment m t) (layer_factor_nonneg m d x) (layer_factor_nonneg m 1 _) HY HY'
    (fun t Ht => L t d x Ht Hx) (fun t Ht => L t 1%nat (fun _ => 1) Ht One) k).
  exact (HY k).
Qed.

(** (1 + x) log (1 + x) <= x + x^2/2 *)
Lemma log_entropy : forall x, 0 <= x -> (1 + x) * ln (1 + x) <= x + x ^ 2 / 2.
Proof.
  intros x Hx; assert (0 <= x + x ^ 2 / 2 - (1 + x) * ln (1 + x)); [|lra].
  apply (rises_from_zero (fun x => x + x ^ 2 / 2 - (1 + x) * ln (1 + x)) (fun x => x - ln (1 + x))); [| | |exact Hx].
  - rewrite Rplus_0_r, ln_1; field.
  - intros t Ht; auto_derive; [lra|field; lra].
  - intros t Ht; assert (E := exp_above_line t); assert (L := ln_le (1 + t) (exp t) ltac:(lra) E); rewrite ln_exp in L; lra.
Qed.

(** E Y^k <= e^(k^2/m), and at least 0 *)
Lemma layer_moment_below : forall m k, (1 <= m)%nat -> 0 <= layer_moment m k <= exp (INR k ^ 2 / INR m).
Proof.
  intros m k Hm; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (k0 := pos_INR k).
  assert (One : 0 < dot 1 (fun _ : nat => 1) (fun _ => 1)) by (unfold dot; simpl; lra).
  assert (M := layer_mean_power m k Hm 1%nat (fun _ => 1) One); split.
  { apply (mean_le _ (fun _ => 0) _ 0 _ (mean_is_const _ _ 0) M); intros w; apply pow_le, (layer_factor_nonneg m 1 (fun _ => 1) w). }
  set (x := 2 * INR k / INR m); assert (x0 : 0 <= x) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact m0]).
  assert (xm : INR m * x = 2 * INR k) by (unfold x; field; lra); set (t := INR k / (1 + x)).
  assert (P : 1 + 2 * - t / INR m = / (1 + x)) by (unfold t; rewrite <- (Rmult_1_r (2 * - _)); replace (INR k) with (INR m * x / 2) by lra; field; lra).
  assert (i0 : 0 < / (1 + x)) by (apply Rinv_0_lt_compat; lra).
  assert (N := layer_mean_exp m (- t) Hm ltac:(rewrite P; exact i0) 1%nat (fun _ => 1) One).
  set (l := ln (1 + x)); assert (el : exp l = 1 + x) by (apply exp_ln; lra).
  set (c := exp (INR k * l - INR k + t)).
  assert (B := mean_le _ _ _ _ _ M (mean_is_scal _ _ c _ _ N)); cbv beta in B.
  eapply Rle_trans; [apply B|].
  - intros w; set (z := shortfall m 1 (by_rows 1 w) (fun _ => 1)).
    assert (Y : 0 <= 1 - z) by apply (layer_factor_nonneg m 1 (fun _ => 1) w); unfold c; rewrite <- exp_plus.
    replace (INR k * l - INR k + t + - t * z) with (INR k * (l + ((1 - z) / (1 + x) - 1))) by (unfold t; field; lra).
    rewrite exp_times; apply pow_incr; split; [exact Y|]; rewrite exp_plus, el.
    assert (U := exp_above_line ((1 - z) / (1 + x) - 1)); apply Rle_trans with ((1 + x) * (1 + ((1 - z) / (1 + x) - 1))).
    + right; field; lra.
    + apply Rmult_le_compat_l; lra.
  - unfold shortfall_moment; rewrite P.
    assert (S : / sqrt (/ (1 + x)) = exp (l / 2)).
    { rewrite sqrt_inv, Rinv_inv, <- el; replace (exp l) with (exp (l / 2) * exp (l / 2)) by (rewrite <- exp_plus; f_equal; field).
      apply sqrt_square; left; apply exp_pos. }
    rewrite S, <- exp_times; unfold c; rewrite <- !exp_plus; apply exp_le_compat.
    assert (E := log_entropy x x0); fold l in E; apply (Rmult_le_compat_l (INR m / 2)) in E; [|lra].
    replace (INR m / 2 * ((1 + x) * l)) with (INR m * (l / 2) + INR m * x * l / 2) in E by field; rewrite xm in E.
    replace (INR m / 2 * (x + x ^ 2 / 2)) with (INR m * x / 2 + INR m * x * x / 4) in E by field; rewrite xm in E.
    replace (INR k ^ 2 / INR m) with (2 * INR k * x / 4) by (unfold x; field; lra); lra.
Qed.

(** ** Products of layers, at any places *)

Lemma energy_moments : forall n m v k q, (1 <= m)%nat -> dot n v v = 1 ->
  mean_is normal_law (entries_of n m q) (fun w => energy n m (layers_in_order n m q w) v q ^ k) (layer_moment m k ^ q).
Proof.
  intros n m v k q Hm Hv; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); induction q as [|q IH].
  - apply (mean_is_ext _ _ (fun _ => 1)); [|exact (mean_is_const _ _ 1)]; intros w; rewrite energy_start, Hv, pow1; reflexivity.
  - cbn [entries_of]; set (d := fan_in n m q).
    apply (mean_block normal_law (m * d) (entries_of n m q) _ (fun u => layer_moment m k * energy n m (layers_in_order n m q u) v q ^ k));
      [|apply mean_is_scal; exact IH].
    intros u; set (x := passed n m (layers_in_order n m q u) v q); set (Z := energy n m (layers_in_order n m q u) v q).
    assert (Low : forall w, passed n m (layers_in_order n m (S q) (join (m * d) w u)) v q = x).
    { intros w; apply passed_ext; intros l i j Hl; apply ordered_lower; exact Hl. }
    assert (ZZ : forall w, energy n m (layers_in_order n m (S q) (join (m * d) w u)) v q = Z).
    { intros w; unfold Z, energy; fold d x; rewrite Low; reflexivity. }
    destruct (Rle_lt_dec Z 0) as [N|P].
    + apply (mean_is_ext _ _ (fun _ => 0 ^ k)).
      { intros w; rewrite energy_zero; [reflexivity|exact Hm|rewrite ZZ; exact N]. }
      replace Z with 0 by (assert (Q := energy_nonneg n m (layers_in_order n m q u) v q Hm); fold Z in Q; lra).
      destruct k as [|k]; [|rewrite pow_i, Rmult_0_r by lia; apply mean_is_const].
      replace (layer_moment m 0 * 0 ^ 0) with (0 ^ 0); [apply mean_is_const|].
      destruct (mean_is_const normal_law (m * 1) 1) as [_ E]; unfold layer_moment; simpl pow; rewrite E; ring.
    + assert (X : 0 < dot d x x).
      { unfold Z, energy in P; fold d x in P; replace (dot d x x) with (dot d x x / INR m ^ q * INR m ^ q)
          by (field; apply pow_nonzero; lra); apply Rmult_lt_0_compat; [exact P|apply pow_lt; exact m0]. }
      assert (M := mean_is_scal _ _ (Z ^ k) _ _ (layer_mean_power m k Hm d x X)); rewrite (Rmult_comm (Z ^ k)) in M.
      revert M; apply mean_is_ext; intros w.
      rewrite energy_step by (rewrite ?ZZ; assumption); rewrite ZZ, <- Rpow_mult_distr; do 2 f_equal; f_equal.
      unfold shortfall_of; fold d; rewrite Low; unfold shortfall; do 2 f_equal.
      apply dot_ext; intros i Hi; apply dot_ext; try reflexivity; intros j Hj; symmetry; apply ordered_last; assumption.
Qed.

Lemma placed_moments : forall K place n m q v k, (1 <= m)%nat -> places_of_their_own K n m q place -> dot n v v = 1 ->
  mean_is normal_law K (fun w => energy n m (placed_layer place w) v q ^ k) (layer_moment m k ^ q).
Proof.
  intros K place n m q v k Hm Own Hv; destruct (energy_moments n m v k q Hm Hv) as [V0 E0].
  assert (F : polynomial_in (entries_of n m q) (fun w => energy n m (layers_in_order n m q w) v q ^ k))
    by (apply (polynomial_power _ (fun w => energy n m (layers_in_order n m q w) v q)), energy_polynomial).
  destruct (polynomial_moved (entries_of n m q) K (law_weights (entries_of n m q) normal_law) (law_weights K normal_law) _
    (moved_entry n m q place) (normal_has_moments _) (normal_has_moments _) (moved_one_to_one K n m q place Own) _ F) as [_ [V2 E]].
  cbv beta in V2, E.
  assert (X : (fun w : nat -> R => energy n m (layers_in_order n m q (fun c => w (moved_entry n m q place c))) v q ^ k)
    = (fun w => energy n m (placed_layer place w) v q ^ k)) by (pointwise w; rewrite energy_moved; reflexivity).
  rewrite X in V2, E; split; [exact V2|]; change (expectation (law_weights K normal_law) (fun w => energy n m (placed_layer place w) v q ^ k)
    = layer_moment m k ^ q); rewrite E; exact E0.
Qed.
