(** The Gaussian integral, and improper integrals of even functions over the line. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Convergence RangeNumbers Laws.
Open Scope R_scope.

Definition line (f : R -> R) (l : R) : Prop := is_RInt_gen f (Rbar_locally m_infty) (Rbar_locally p_infty) l.

Lemma line_even : forall (f G : R -> R) (L : R), (forall x, f (- x) = f x) -> (forall b, 0 <= b -> is_RInt f 0 b (G b)) ->
  is_lim G p_infty L -> line f (2 * L).
Proof.
  intros f G L Even HG HL P [d HP].
  assert (D2 : 0 < d / 2) by (assert (C := cond_pos d); lra).
  assert (K : locally L (fun y => Rabs (y - L) < d / 2)) by (exists (mkposreal _ D2); intros y Hy; exact Hy).
  destruct (HL _ K) as [T HT].
  apply (Filter_prod _ _ _ (fun a => a < - Rmax T 0) (fun b => Rmax T 0 < b)).
  - exists (- Rmax T 0); intros a Ha; exact Ha.
  - exists (Rmax T 0); intros b Hb; exact Hb.
  - intros a b Ha Hb; simpl.
    assert (M0 := Rmax_r T 0); assert (M1 := Rmax_l T 0).
    exists (G (- a) + G b); split.
    + apply (is_RInt_Chasles (V := R_NormedModule)) with 0; [|apply HG; lra].
      assert (I : is_RInt f 0 (- a) (G (- a))) by (apply HG; lra).
      assert (I' : is_RInt f (- 0) (- a) (G (- a))) by (rewrite Ropp_0; exact I).
      assert (J := is_RInt_comp_opp (V := R_NormedModule) f 0 a (G (- a)) I').
      apply (is_RInt_swap (V := R_NormedModule)) in J.
      apply (is_RInt_ext (V := R_NormedModule) (fun y => opp (opp (f (- y))))).
      * intros x _; rewrite opp_opp; apply Even.
      * replace (G (- a)) with (opp (opp (G (- a)))) by apply opp_opp.
        apply (is_RInt_opp (V := R_NormedModule)); exact J.
    + apply HP; change (Rabs (G (- a) + G b - 2 * L) < d).
      assert (X := HT (- a) ltac:(lra)); assert (Y := HT b ltac:(lra)).
      replace (G (- a) + G b - 2 * L) with ((G (- a) - L) + (G b - L)) by ring.
      eapply Rle_lt_trans; [apply Rabs_triang|lra].
Qed.

(** ** The integral of e^(-x^2/2) *)

Definition bell (x : R) : R := exp (- x ^ 2 / 2).
Definition half_bell (t : R) : R := RInt bell 0 t.

Lemma bell_continuous : forall x, continuous bell x.
Proof. intros x; apply (ex_derive_continuous bell); unfold bell; auto_derive; trivial. Qed.

Lemma bell_integrable : forall a b, ex_RInt bell a b.
Proof. intros a b; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros x _; apply bell_continuous. Qed.

Lemma half_bell_derive : forall t, is_derive half_bell t (bell t).
Proof.
  intros t; unfold half_bell; apply (is_derive_RInt (V := R_NormedModule) bell (fun t => RInt bell 0 t) 0 t).
  - exists (mkposreal 1 Rlt_0_1); intros y _; apply (RInt_correct (V := R_CompleteNormedModule)), bell_integrable.
  - apply bell_continuous.
Qed.

Definition slab (t u : R) : R := 2 * exp (- t ^ 2 * (1 + u ^ 2) / 2) / (1 + u ^ 2).

Lemma one_plus_square : forall u, 0 < 1 + u ^ 2.
Proof. intros u; assert (P := pow2_ge_0 u); lra. Qed.

Lemma slab_derive : forall t u, is_derive (fun s => slab s u) t (- (2 * t) * exp (- t ^ 2 * (1 + u ^ 2) / 2)).
Proof.
  intros t u; unfold slab; assert (P := one_plus_square u).
  auto_derive; [simpl in *; lra|].
  replace (- (t * (t * 1)) * (1 + u * (u * 1)) * / 2) with (- t ^ 2 * (1 + u ^ 2) / 2) by (simpl; field).
  simpl in *; field; lra.
Qed.

Lemma slab_continuous : forall t u, continuous (slab t) u.
Proof.
  intros t u; apply (ex_derive_continuous (slab t)); unfold slab; auto_derive; assert (P := one_plus_square u); simpl in *; lra.
Qed.

Lemma slabs_derive : forall t, is_derive (fun s => RInt (slab s) 0 1) t (- (2 * bell t * half_bell t)).
Proof.
  intros t.
  assert (E : RInt (fun u => Derive (fun s => slab s u) t) 0 1 = - (2 * bell t * half_bell t)).
  { rewrite (RInt_ext _ (fun u => scal (- (2 * bell t)) (t * bell (t * u + 0)))).
    - rewrite (RInt_scal (V := R_CompleteNormedModule)).
      + assert (C := RInt_comp_lin (V := R_CompleteNormedModule) bell t 0 0 1).
        specialize (C (bell_integrable _ _)); rewrite Rmult_0_r, Rmult_1_r, !Rplus_0_r in C.
        change (RInt (fun y => t * bell (t * y + 0)) 0 1 = half_bell t) in C.
        change (- (2 * bell t) * RInt (fun y => t * bell (t * y + 0)) 0 1 = - (2 * bell t * half_bell t)); rewrite C; ring.
      + apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros u _.
        apply (ex_derive_continuous (fun u => t * bell (t * u + 0))); unfold bell; auto_derive; trivial.
    - intros u _; change (Derive (fun s => slab s u) t = scal (- (2 * bell t)) (t * bell (t * u + 0))).
      etransitivity; [apply is_derive_unique, slab_derive|].
      change (- (2 * t) * exp (- t ^ 2 * (1 + u ^ 2) / 2) = - (2 * bell t) * (t * bell (t * u + 0))).
      unfold bell; replace (- t ^ 2 * (1 + u ^ 2) / 2) with (- t ^ 2 / 2 + - (t * u + 0) ^ 2 / 2) by field.
      rewrite exp_plus; ring. }
  rewrite <- E; apply is_derive_RInt_param.
  - exists (mkposreal 1 Rlt_0_1); intros s _ u _; eexists; apply slab_derive.
  - intros u _; apply (continuity_2d_pt_ext (fun s v => - (2 * s) * exp (- s ^ 2 * (1 + v ^ 2) / 2))).
    + intros s v; symmetry; apply is_derive_unique, slab_derive.
    + apply (continuity_2d_pt_mult (fun s v => - (2 * s))).
      * apply (continuity_2d_pt_ext (fun s v => (-2) * s)); [intros; ring|].
        apply continuity_2d_pt_mult; [apply continuity_2d_pt_const|apply continuity_2d_pt_id1].
      * apply (continuity_1d_2d_pt_comp exp (fun s v => - s ^ 2 * (1 + v ^ 2) / 2)).
        -- apply derivable_continuous_pt, derivable_pt_exp.
        -- apply (continuity_2d_pt_ext (fun s v => (- (1 / 2)) * (s * s * (1 + v * v)))); [intros; field|].
           apply continuity_2d_pt_mult; [apply continuity_2d_pt_const|].
           apply continuity_2d_pt_mult; [apply continuity_2d_pt_mult; apply continuity_2d_pt_id1|].
           apply continuity_2d_pt_plus; [apply continuity_2d_pt_const|].
           apply continuity_2d_pt_mult; apply continuity_2d_pt_id2.
  - exists (mkposreal 1 Rlt_0_1); intros s _; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros u _.
    apply slab_continuous.
Qed.

Lemma slabs_start : RInt (slab 0) 0 1 = PI / 2.
Proof.
  replace (PI / 2) with (2 * atan 1 - 2 * atan 0) by (rewrite atan_1, atan_0; field).
  apply is_RInt_unique; apply (is_RInt_ext (fun u => 2 * (/ (1 + u ^ 2)))).
  - intros u _; change (2 * / (1 + u ^ 2) = 2 * exp (- 0 ^ 2 * (1 + u ^ 2) / 2) / (1 + u ^ 2)).
    replace (- 0 ^ 2 * (1 + u ^ 2) / 2) with 0 by (simpl; field); rewrite exp_0; unfold Rdiv; ring.
  - apply (is_RInt_derive (fun u => 2 * atan u)).
    + intros u _; replace (1 + u ^ 2) with (1 + Rsqr u) by (unfold Rsqr; ring).
      apply is_derive_scal, is_derive_atan.
    + intros u _; apply (ex_derive_continuous (fun u => 2 * / (1 + u ^ 2))); auto_derive; assert (P := one_plus_square u); simpl in *; lra.
Qed.

Lemma half_bell_square : forall t, half_bell t ^ 2 + RInt (slab t) 0 1 = PI / 2.
Proof.
  assert (D : forall t, is_derive (fun s => half_bell s ^ 2 + RInt (slab s) 0 1) t 0).
  { intros t; evar_last.
    - apply (is_derive_plus (V := R_NormedModule)); [apply (is_derive_pow half_bell 2 t), half_bell_derive|apply slabs_derive].
    - unfold plus; simpl; ring. }
  assert (C : forall t, half_bell t ^ 2 + RInt (slab t) 0 1 = half_bell 0 ^ 2 + RInt (slab 0) 0 1).
  { intros t; destruct (MVT_gen (fun s => half_bell s ^ 2 + RInt (slab s) 0 1) 0 t (fun _ => 0)) as [z [_ E]].
    - intros s _; apply D.
    - intros s _; apply continuity_pt_filterlim.
      apply (ex_derive_continuous (fun s => half_bell s ^ 2 + RInt (slab s) 0 1)); eexists; apply D.
    - lra. }
  intros t; rewrite C, slabs_start; unfold half_bell; rewrite (RInt_point (V := R_CompleteNormedModule)).
  change zero with 0; ring.
Qed.

Lemma half_bell_limit : is_lim half_bell p_infty (sqrt (PI / 2)).
Proof.
  assert (P0 := PI_RGT_0).
  assert (Nonneg : forall t, 0 <= t -> 0 <= half_bell t).
  { intros t Ht; unfold half_bell; apply RInt_ge_0; [exact Ht|apply bell_integrable|intros; left; apply exp_pos]. }
  assert (Tail : forall t, 0 <= RInt (slab t) 0 1 <= 2 * exp (- t ^ 2 / 2)).
  { intros t; assert (I : ex_RInt (slab t) 0 1).
    { apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros u _; apply slab_continuous. }
    assert (B : forall u, 0 <= slab t u <= 2 * exp (- t ^ 2 / 2)).
    { intros u; assert (Q := one_plus_square u); assert (E := exp_pos (- t ^ 2 * (1 + u ^ 2) / 2)); unfold slab, Rdiv at 1.
      assert (J : 0 < / (1 + u ^ 2) <= 1).
      { split; [apply Rinv_0_lt_compat; exact Q|rewrite <- Rinv_1; apply Rinv_le_contravar; assert (R := pow2_ge_0 u); lra]. }
      split; [apply Rmult_le_pos; lra|].
      assert (exp (- t ^ 2 * (1 + u ^ 2) / 2) <= exp (- t ^ 2 / 2)).
      { apply exp_le_compat; assert (0 <= t ^ 2 * u ^ 2) by (apply Rmult_le_pos; apply pow2_ge_0); lra. }
      apply Rle_trans with (2 * exp (- t ^ 2 * (1 + u ^ 2) / 2) * 1); [apply Rmult_le_compat_l; lra|lra]. }
    split; [apply RInt_ge_0; [lra|exact I|intros; apply B]|].
    replace (2 * exp (- t ^ 2 / 2)) with (RInt (fun _ => 2 * exp (- t ^ 2 / 2)) 0 1).
    - apply RInt_le; [lra|exact I|apply (ex_RInt_const (V := R_NormedModule))|intros; apply B].
    - rewrite (RInt_const (V := R_CompleteNormedModule)); unfold scal; simpl; unfold mult; simpl; ring. }
  set (g := sqrt (PI / 2)); assert (g2 : g * g = PI / 2) by (apply sqrt_sqrt; lra).
  assert (g0 : 0 < g) by (apply sqrt_lt_R0; lra).
  (* g - half_bell t = tail/(g + half_bell t) *)
  assert (Close : forall t, 0 <= t -> 0 <= g - half_bell t <= 2 / g * exp (- t ^ 2 / 2)).
  { intros t Ht; specialize (Nonneg t Ht); specialize (Tail t); assert (S := half_bell_square t).
    assert (F : (g - half_bell t) * (g + half_bell t) = RInt (slab t) 0 1) by (simpl in S; lra).
    assert (K : 0 <= g - half_bell t).
    { apply (Rmult_le_reg_r (g + half_bell t)); lra. }
    split; [exact K|]; apply (Rmult_le_reg_r g); [exact g0|].
    replace (2 / g * exp (- t ^ 2 / 2) * g) with (2 * exp (- t ^ 2 / 2)) by (field; lra).
    assert (0 <= (g - half_bell t) * half_bell t) by (apply Rmult_le_pos; lra); lra. }
  apply is_lim_spec; intros e; assert (e0 := cond_pos e).
  set (T := 1 + 4 / (g * e)); assert (T0 : 0 < 4 / (g * e)).
  { apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; assumption]. }
  exists T; intros t Ht; assert (t1 : 1 < t) by (unfold T in Ht; lra); specialize (Close t ltac:(lra)).
  rewrite <- Rabs_Ropp, Rabs_pos_eq by lra; replace (- (half_bell t - g)) with (g - half_bell t) by ring.
  eapply Rle_lt_trans; [apply Close|].
  (* e^(-t^2/2) <= 1/(1 + t^2/2) <= 2/t *)
  assert (E : exp (- t ^ 2 / 2) <= / (t / 2)).
  { replace (- t ^ 2 / 2) with (- (t ^ 2 / 2)) by field; rewrite exp_Ropp; apply Rinv_le_contravar; [lra|].
    assert (U := exp_above_line (t ^ 2 / 2)); assert (t * 1 <= t * t) by (apply Rmult_le_compat_l; lra); simpl in *; lra. }
  apply Rle_lt_trans with (2 / g * / (t / 2)).
  - apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|exact E].
  - replace (2 / g * / (t / 2)) with (4 / (g * t)) by (field; lra).
    apply (Rmult_lt_reg_r (g * t)); [apply Rmult_lt_0_compat; lra|].
    replace (4 / (g * t) * (g * t)) with 4 by (field; lra).
    assert (4 / (g * e) < t) by (unfold T in Ht; lra).
    apply (Rmult_lt_compat_r (g * e)) in H; [|apply Rmult_lt_0_compat; assumption].
    replace (4 / (g * e) * (g * e)) with 4 in H by (field; lra); lra.
Qed.
