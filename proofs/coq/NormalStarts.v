(** Shamir's Theorem 2 for standard normal weights: they satisfy his Assumption 2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw Independent Gauss NormalLaw XavierAnyLaw PaperStarts.
Open Scope R_scope.

(** Independent standard normal weights. *)
Definition normal_weights (k : nat) : weights k := law_weights k normal_law.

(** ** The second moment *)

Lemma square_bell : forall b, is_RInt (fun x => x ^ 2 * bell x) 0 b (half_bell b - b * bell b).
Proof.
  intros b.
  assert (D : forall x, is_derive (fun t => half_bell t - t * bell t) x (x ^ 2 * bell x)).
  { intros x; assert (H := half_bell_derive x).
    evar_last.
    - apply (is_derive_minus (V := R_NormedModule) half_bell (fun t => t * bell t) x (bell x) (bell x - x ^ 2 * bell x)); [exact H|].
      unfold bell; auto_derive; [trivial|]; change (exp (- (x * (x * 1)) * / 2)) with (exp (- x ^ 2 / 2)); field.
    - change (bell x - (bell x - x ^ 2 * bell x) = x ^ 2 * bell x); ring. }
  evar_last.
  - apply (is_RInt_derive (V := R_CompleteNormedModule) (fun t => half_bell t - t * bell t)).
    + intros x _; apply D.
    + intros x _; apply (ex_derive_continuous (fun t => t ^ 2 * bell t)); unfold bell; auto_derive; trivial.
  - change (half_bell b - b * bell b - (half_bell 0 - 0 * bell 0) = half_bell b - b * bell b).
    assert (Z : half_bell 0 = 0) by (unfold half_bell; apply (RInt_point (V := R_CompleteNormedModule))).
    rewrite Z; ring.
Qed.

Lemma bell_times_limit : is_lim (fun b => b * bell b) p_infty 0.
Proof.
  apply is_lim_spec; intros e; assert (e0 := cond_pos e).
  exists (1 + 2 / e); intros t Ht; assert (d0 : 0 < 2 / e) by (apply Rdiv_lt_0_compat; lra).
  rewrite Rminus_0_r, Rabs_pos_eq by (apply Rmult_le_pos; [lra|left; apply exp_pos]).
  unfold bell.
  assert (t2 : 0 < t ^ 2 / 2) by (assert (0 < t ^ 2) by (apply pow_lt; lra); lra).
  assert (E : exp (- t ^ 2 / 2) <= / (t ^ 2 / 2)).
  { replace (- t ^ 2 / 2) with (- (t ^ 2 / 2)) by field; rewrite exp_Ropp; apply Rinv_le_contravar; [lra|].
    assert (U := exp_above_line (t ^ 2 / 2)); lra. }
  apply Rle_lt_trans with (t * / (t ^ 2 / 2)); [apply Rmult_le_compat_l; lra|].
  replace (t * / (t ^ 2 / 2)) with (2 / t) by (field; lra).
  apply (Rmult_lt_reg_r t); [lra|]; replace (2 / t * t) with 2 by (field; lra).
  assert (H : 2 / e < t) by lra; apply (Rmult_lt_compat_r e) in H; [|exact e0].
  replace (2 / e * e) with 2 in H by (field; lra); lra.
Qed.

Lemma normal_square : line (fun x => x ^ 2 * normal_density x) 1.
Proof.
  destruct root_two_pi as [S [E _]].
  assert (K := line_even (fun x => x ^ 2 * normal_density x) (fun b => / sqrt (2 * PI) * (half_bell b - b * bell b))
    (/ sqrt (2 * PI) * sqrt (PI / 2))).
  replace (2 * (/ sqrt (2 * PI) * sqrt (PI / 2))) with 1 in K.
  2:{ rewrite <- E at 1; assert (P := PI_RGT_0); assert (0 < sqrt (PI / 2)) by (apply sqrt_lt_R0; lra); field; lra. }
  apply K.
  - intros x; rewrite normal_density_even; f_equal; ring.
  - intros b _; apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (/ sqrt (2 * PI)) (x ^ 2 * bell x))).
    + intros x _; rewrite normal_density_bell; change (/ sqrt (2 * PI) * (x ^ 2 * bell x) = x ^ 2 * (/ sqrt (2 * PI) * bell x)); ring.
    + apply (is_RInt_scal (V := R_NormedModule)), square_bell.
  - apply (is_lim_scal_l (fun b => half_bell b - b * bell b) (/ sqrt (2 * PI)) p_infty (sqrt (PI / 2))).
    replace (Finite (sqrt (PI / 2))) with (Finite (sqrt (PI / 2) - 0)) by (f_equal; ring).
    apply is_lim_minus'; [apply half_bell_limit|apply bell_times_limit].
Qed.

(** ** Small weights *)

Lemma half_bell_below : forall b, 0 <= b -> half_bell b <= b.
Proof.
  intros b Hb; unfold half_bell.
  replace b with (RInt (fun _ => 1) 0 b) at 2.
  2:{ rewrite (RInt_const (V := R_CompleteNormedModule)); change ((b - 0) * 1 = b); ring. }
  apply RInt_le; [exact Hb|apply bell_integrable|apply ex_RInt_const|].
  intros x _; unfold bell; rewrite <- exp_0; apply exp_le_compat.
  assert (0 <= x ^ 2) by apply pow2_ge_0; lra.
Qed.

Lemma normal_within : forall b, 0 <= b -> line (fun x => within b x * normal_density x) (2 * (/ sqrt (2 * PI) * half_bell b)).
Proof.
  intros b Hb.
  apply (line_even (fun x => within b x * normal_density x) (fun t => / sqrt (2 * PI) * half_bell (Rmin t b))).
  - intros x; unfold within; rewrite Rabs_Ropp, normal_density_even; reflexivity.
  - intros t Ht.
    assert (In : forall c, 0 <= c <= b -> is_RInt (fun x => within b x * normal_density x) 0 c (/ sqrt (2 * PI) * half_bell c)).
    { intros c Hc; apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (/ sqrt (2 * PI)) (bell x))).
      - intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx; unfold within.
        rewrite Rabs_pos_eq by lra; destruct (Rle_dec x b) as [_|N]; [|lra].
        rewrite normal_density_bell; change (/ sqrt (2 * PI) * bell x = 1 * (/ sqrt (2 * PI) * bell x)); ring.
      - apply (is_RInt_scal (V := R_NormedModule)), (RInt_correct (V := R_CompleteNormedModule)), bell_integrable. }
    destruct (Rle_lt_dec t b) as [L|L]; [rewrite Rmin_left by exact L; apply In; lra|].
    rewrite Rmin_right by lra.
    replace (/ sqrt (2 * PI) * half_bell b) with (plus (/ sqrt (2 * PI) * half_bell b) 0) by apply Rplus_0_r.
    apply (is_RInt_Chasles (V := R_NormedModule)) with b; [apply In; lra|].
    apply (is_RInt_ext (V := R_NormedModule) (fun _ => 0)).
    + intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx; unfold within.
      rewrite Rabs_pos_eq by lra; destruct (Rle_dec x b) as [N|_]; [lra|]; symmetry; apply Rmult_0_l.
    + evar_last; [apply (is_RInt_const (V := R_NormedModule))|change ((t - b) * 0 = 0); ring].
  - apply (is_lim_ext_loc (fun _ => / sqrt (2 * PI) * half_bell b)); [|apply is_lim_const].
    exists b; intros t Ht; rewrite Rmin_right by lra; reflexivity.
Qed.

(** Assumption 2 with c1 = 1 and 1 - c2 = 5/6, at every depth. *)
Theorem normal_assumption_2 : forall k, assumption_2 1 (1 - 1 / 6) k (normal_weights k).
Proof.
  intros k; destruct root_two_pi as [S _]; assert (P3 : 3 < PI) by (assert (H := PI2_3_2); lra).
  split; [|split].
  - destruct (normal_is Rabs _ normal_size) as [I E]; split; [exact I|].
    change (normal_integral Rabs <= 1 - 1 / 6); rewrite E.
    rewrite <- (sqrt_pow2 (1 - 1 / 6)) by lra; apply sqrt_le_1_alt.
    apply (Rmult_le_reg_r PI); [lra|]; replace (2 / PI * PI) with 2 by (field; lra); simpl; lra.
  - destruct (normal_is (fun x => x ^ 2) _ normal_square) as [I E]; split; [exact I|].
    change (normal_integral (fun x => x ^ 2) <= 1); rewrite E; lra.
  - intros b Hb; destruct (normal_is (within b) _ (normal_within b Hb)) as [I E]; split; [exact I|].
    change (normal_integral (within b) <= 1 * b); rewrite E.
    assert (H := half_bell_below b Hb).
    assert (Q : 2 <= sqrt (2 * PI)).
    { rewrite <- (sqrt_square 2) at 1 by lra; apply sqrt_le_1_alt; lra. }
    apply (Rmult_le_reg_r (sqrt (2 * PI))); [exact S|].
    replace (2 * (/ sqrt (2 * PI) * half_bell b) * sqrt (2 * PI)) with (2 * half_bell b) by (field; lra).
    assert (2 * b <= sqrt (2 * PI) * b) by (apply Rmult_le_compat_r; lra); lra.
Qed.

(** Theorem 2 for standard normal weights: the probability of a suboptimality below c' within e^(r k) steps. *)
Lemma shamir_theorem_2_normal : forall f f' low gap, assumption_1 f f' low gap ->
  exists c c' r k0, 0 < c /\ 0 < c' /\ 0 < r /\ forall k eta,
    (k0 <= k)%nat -> 0 < eta <= exp (c * INR k) ->
    at_most (normal_weights k) (reaches f f' eta low c' (exp (r * INR k)) k) (exp (- (r * INR k))).
Proof.
  intros f f' low gap HA.
  destruct (shamir_theorem_2_printed f f' low gap 1 (1 / 6) HA ltac:(lra) ltac:(lra)) as [c [c' [r [k0 [Hc [Hc' [Hr A]]]]]]].
  exists c, c', r, k0; repeat split; try assumption; intros k eta Hk He.
  exact (A k (normal_weights k) eta Hk (normal_assumption_2 k) He).
Qed.
