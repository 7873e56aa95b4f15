(** The standard normal law on the whole line is a law in the sense of Independent.v, with improper
    integrals; so Theorem 2 of Shamir holds for it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Remainder Convergence RangeNumbers Laws AnyLaw Independent Gauss.
Open Scope R_scope.

Definition normal_integrable (h : R -> R) : Prop := exists l, line (fun x => h x * normal_density x) l.
Definition normal_integral (h : R -> R) : R :=
  RInt_gen (fun x => h x * normal_density x) (Rbar_locally m_infty) (Rbar_locally p_infty).

Lemma line_unique : forall f l, line f l -> RInt_gen f (Rbar_locally m_infty) (Rbar_locally p_infty) = l.
Proof. intros f l H; exact (is_RInt_gen_unique (V := R_CompleteNormedModule) f l H). Qed.

Lemma line_plus : forall f g a b, line f a -> line g b -> line (fun x => f x + g x) (a + b).
Proof. intros f g a b Hf Hg; exact (is_RInt_gen_plus (V := R_NormedModule) f g a b Hf Hg). Qed.

Lemma line_scal : forall f c a, line f a -> line (fun x => c * f x) (c * a).
Proof. intros f c a Hf; exact (is_RInt_gen_scal (V := R_NormedModule) f c a Hf). Qed.

Lemma line_ext : forall f g l, (forall x, f x = g x) -> line f l -> line g l.
Proof.
  intros f g l H L; replace g with f; [exact L|apply FunctionalExtensionality.functional_extensionality; exact H].
Qed.

Lemma line_nonneg : forall f l, line f l -> (forall x, 0 <= f x) -> 0 <= l.
Proof.
  intros f l L H; apply Rnot_lt_le; intros N.
  assert (D : 0 < - l) by lra.
  assert (K : locally l (fun y => Rabs (y - l) < - l)) by (exists (mkposreal _ D); intros y Hy; exact Hy).
  destruct (L _ K) as [A B [a0 HA] [b0 HB] Q].
  assert (Ma := Rmin_l a0 0); assert (Mb := Rmin_r a0 0); assert (Mc := Rmax_l b0 0); assert (Md := Rmax_r b0 0).
  destruct (Q (Rmin a0 0 - 1) (Rmax b0 0 + 1)) as [y [I Hy]]; [apply HA; lra|apply HB; lra|].
  simpl in I.
  assert (Y : 0 <= y).
  { apply (is_RInt_le (fun _ => 0) f (Rmin a0 0 - 1) (Rmax b0 0 + 1) 0 y); [lra| |exact I|intros; apply H].
    evar_last; [apply (is_RInt_const (V := R_NormedModule))|unfold scal; simpl; unfold mult; simpl; apply Rmult_0_r]. }
  rewrite Rabs_pos_eq in Hy; lra.
Qed.

Lemma normal_is : forall h l, line (fun x => h x * normal_density x) l -> normal_integrable h /\ normal_integral h = l.
Proof.
  intros h l L; split; [exists l; exact L|].
  unfold normal_integral; rewrite (line_unique (fun x => h x * normal_density x) l L); reflexivity.
Qed.

Lemma normal_get : forall h, normal_integrable h -> line (fun x => h x * normal_density x) (normal_integral h).
Proof. intros h [l L]; unfold normal_integral; rewrite (line_unique _ _ L); exact L. Qed.

Lemma normal_density_bell : forall x, normal_density x = / sqrt (2 * PI) * bell x.
Proof. intros; unfold normal_density, bell, Rdiv; ring. Qed.

Lemma root_two_pi : 0 < sqrt (2 * PI) /\ sqrt (PI / 2) * 2 = sqrt (2 * PI) /\ sqrt (2 / PI) = 2 / sqrt (2 * PI).
Proof.
  assert (P := PI_RGT_0); assert (S : 0 < sqrt (2 * PI)) by (apply sqrt_lt_R0; lra).
  split; [exact S|split].
  - rewrite <- (sqrt_square 2) at 2 by lra; rewrite <- sqrt_mult_alt by lra; f_equal; field.
  - apply (Rmult_eq_reg_r (sqrt (2 * PI))); [|lra].
    rewrite <- sqrt_mult_alt by (left; apply Rdiv_lt_0_compat; lra).
    replace (2 / PI * (2 * PI)) with (2 * 2) by (field; lra); rewrite sqrt_square by lra; field; lra.
Qed.

Lemma normal_density_even : forall x, normal_density (- x) = normal_density x.
Proof. intros x; unfold normal_density; replace ((- x) ^ 2) with (x ^ 2) by ring; reflexivity. Qed.

Lemma normal_one : line (fun x => 1 * normal_density x) 1.
Proof.
  destruct root_two_pi as [S [E _]].
  assert (K := line_even (fun x => 1 * normal_density x) (fun b => / sqrt (2 * PI) * half_bell b)
    (/ sqrt (2 * PI) * sqrt (PI / 2))).
  replace (2 * (/ sqrt (2 * PI) * sqrt (PI / 2))) with 1 in K.
  2:{ rewrite <- E at 1; assert (P := PI_RGT_0); assert (0 < sqrt (PI / 2)) by (apply sqrt_lt_R0; lra); field; lra. }
  apply K.
  - intros x; rewrite normal_density_even; reflexivity.
  - intros b _; apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (/ sqrt (2 * PI)) (bell x))).
    + intros x _; rewrite normal_density_bell; unfold scal; simpl; unfold mult; simpl; symmetry; apply Rmult_1_l.
    + apply (is_RInt_scal (V := R_NormedModule)), (RInt_correct (V := R_CompleteNormedModule)), bell_integrable.
  - apply (is_lim_scal_l half_bell (/ sqrt (2 * PI)) p_infty (sqrt (PI / 2))), half_bell_limit.
Qed.

Definition normal_law : law.
Proof.
  refine {| integrable := normal_integrable; integral := normal_integral |}.
  - apply normal_is, normal_one.
  - intros g h Hg Hh; apply normal_is.
    apply (line_ext (fun x => g x * normal_density x + h x * normal_density x)); [intros; ring|].
    exact (line_plus _ _ _ _ (normal_get g Hg) (normal_get h Hh)).
  - intros c h Hh; apply normal_is.
    apply (line_ext (fun x => c * (h x * normal_density x))); [intros; ring|].
    exact (line_scal _ c _ (normal_get h Hh)).
  - intros g h Hg Hh Le.
    assert (L := line_plus _ _ _ _ (normal_get h Hh) (line_scal _ (-1) _ (normal_get g Hg))).
    apply line_nonneg in L; [lra|].
    intros x; assert (D : 0 <= normal_density x).
    { unfold normal_density, Rdiv; apply Rmult_le_pos; [left; apply exp_pos|left; apply Rinv_0_lt_compat, root_two_pi]. }
    assert (g x * normal_density x <= h x * normal_density x) by (apply Rmult_le_compat_r; auto); lra.
Defined.

(** ** Its first moment *)

Lemma bell_limit : is_lim bell p_infty 0.
Proof.
  apply is_lim_spec; intros e; assert (e0 := cond_pos e).
  exists (1 + 2 / e); intros t Ht; assert (d0 : 0 < 2 / e) by (apply Rdiv_lt_0_compat; lra).
  unfold bell; rewrite Rminus_0_r, Rabs_pos_eq by (left; apply exp_pos).
  assert (E : exp (- t ^ 2 / 2) <= / (t / 2)).
  { replace (- t ^ 2 / 2) with (- (t ^ 2 / 2)) by field; rewrite exp_Ropp; apply Rinv_le_contravar; [lra|].
    assert (U := exp_above_line (t ^ 2 / 2)); assert (t * 1 <= t * t) by (apply Rmult_le_compat_l; lra); simpl in *; lra. }
  eapply Rle_lt_trans; [exact E|]; apply (Rmult_lt_reg_r (t / 2)); [lra|]; rewrite Rinv_l by lra.
  assert (H : 2 / e < t) by lra; apply (Rmult_lt_compat_r e) in H; [|exact e0].
  replace (2 / e * e) with 2 in H by (field; lra); lra.
Qed.

Lemma normal_size : line (fun x => Rabs x * normal_density x) (sqrt (2 / PI)).
Proof.
  assert (K := line_even (fun x => Rabs x * normal_density x) (fun b => sqrt (2 / PI) / 2 * (1 - bell b)) (sqrt (2 / PI) / 2)).
  replace (2 * (sqrt (2 / PI) / 2)) with (sqrt (2 / PI)) in K by field; apply K.
  - intros x; rewrite normal_density_even, Rabs_Ropp; reflexivity.
  - intros b Hb; assert (G := gaussian_mean_abs b Hb); fold (bell b) in G.
    apply (is_RInt_scal (V := R_NormedModule) _ _ _ (1 / 2)) in G.
    apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (1 / 2) (2 * (x * normal_density x)))).
    + intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx; rewrite (Rabs_pos_eq x) by lra.
      change (1 / 2 * (2 * (x * normal_density x)) = x * normal_density x); field.
    + replace (sqrt (2 / PI) / 2 * (1 - bell b)) with (1 / 2 * (sqrt (2 / PI) * (1 - bell b))) by field; exact G.
  - replace (Finite (sqrt (2 / PI) / 2)) with (Rbar_mult (sqrt (2 / PI) / 2) (Finite (1 - 0)))
      by (simpl; f_equal; ring).
    apply is_lim_scal_l, (is_lim_minus' (fun _ => 1) bell p_infty 1 0); [apply is_lim_const|exact bell_limit].
Qed.

(** Independent standard normal weights: all functions with an integral against the density have an
    average, and E|w| = sqrt (2/pi). *)
Theorem normal_law_is_a_law : forall k, exists P : weights k,
  (forall X, (variable P X <-> iterates normal_law k X) /\ expectation P X = iterated normal_law k X) /\
  (forall h l, line (fun x => h x * normal_density x) l -> single P h /\ average P h = l) /\
  single P Rabs /\ average P Rabs = sqrt (2 / PI).
Proof.
  intros k; exists (law_weights k normal_law); split; [intros X; split; [split; auto|reflexivity]|].
  split; [intros h l L; exact (normal_is h l L)|exact (normal_is Rabs _ normal_size)].
Qed.
