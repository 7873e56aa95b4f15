(** The principal square root of a complex number, and that it is holomorphic. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus.
Open Scope R_scope.

(** ** The principal square root *)

Definition slit (w : C) : Prop := 0 < Cmod w + fst w.
Definition csqrt (w : C) : C := (sqrt ((Cmod w + fst w) / 2), snd w / (2 * sqrt ((Cmod w + fst w) / 2))).

Lemma modulus_square : forall z : C, Cmod z ^ 2 = fst z ^ 2 + snd z ^ 2.
Proof. intros z; unfold Cmod; apply pow2_sqrt, Rplus_le_le_0_compat; apply pow2_ge_0. Qed.

Lemma csqrt_right : forall w, slit w -> 0 < fst (csqrt w).
Proof. intros w H; unfold slit in H; simpl; apply sqrt_lt_R0; lra. Qed.

Lemma csqrt_square : forall w, slit w -> (csqrt w * csqrt w)%C = w.
Proof.
  intros w H; assert (P := csqrt_right w H); unfold slit in H; assert (M := modulus_square w).
  unfold csqrt in *; simpl in P; set (r := sqrt ((Cmod w + fst w) / 2)) in *.
  assert (R2 : r * r = (Cmod w + fst w) / 2) by (apply sqrt_sqrt; lra).
  destruct w as [u v]; simpl fst in *; simpl snd in *; unfold Cmult; simpl; apply injective_projections; simpl.
  - assert (E : r * r * (4 * (r * r)) - v * v = 4 * (r * r) * u) by (rewrite R2; simpl in M; nra).
    replace (v / (2 * r) * (v / (2 * r))) with (v * v / (4 * (r * r))) by (field; lra).
    apply Rmult_eq_reg_l with (4 * (r * r)); [|nra].
    replace (4 * (r * r) * (r * r - v * v / (4 * (r * r)))) with (r * r * (4 * (r * r)) - v * v) by (field; lra); exact E.
  - field; lra.
Qed.

Lemma csqrt_modulus : forall w, slit w -> Cmod (csqrt w) ^ 2 = Cmod w.
Proof. intros w H; rewrite <- (csqrt_square w H) at 2; rewrite Cmod_mult; ring. Qed.

Lemma csqrt_not_zero : forall w, slit w -> csqrt w <> 0.
Proof. intros w H E; assert (P := csqrt_right w H); rewrite E in P; simpl in P; lra. Qed.

Lemma csqrt_real : forall p : R, 0 < p -> csqrt p = RtoC (sqrt p).
Proof.
  intros p Hp; unfold csqrt; rewrite Cmod_R, Rabs_pos_eq by lra; simpl; replace ((p + p) / 2) with p by field.
  unfold RtoC; f_equal; unfold Rdiv; ring.
Qed.

Lemma slit_near : forall w, slit w -> exists d : posreal, forall y : C, Cmod (y - w)%C < d -> slit y.
Proof.
  intros w H; unfold slit in H; assert (P : 0 < (Cmod w + fst w) / 2) by lra; exists (mkposreal _ P); intros y Hy;
  simpl in Hy.
  assert (A := Cmod_minus y w); assert (B := fst_bound (y - w)%C); simpl in B.
  assert (B' : - (Cmod (y - w)%C) <= fst y + - fst w) by (apply Rabs_le_between in B; simpl in B; lra).
  unfold slit; lra.
Qed.

Lemma csqrt_difference : forall w y, slit w -> slit y -> Cmod (csqrt y - csqrt w)%C <= / fst (csqrt w) * Cmod (y - w)%C.
Proof.
  intros w y Hw Hy; assert (P := csqrt_right w Hw); assert (Q := csqrt_right y Hy).
  assert (E : (y - w)%C = ((csqrt y - csqrt w) * (csqrt y + csqrt w))%C).
  { rewrite <- (csqrt_square w Hw) at 1; rewrite <- (csqrt_square y Hy) at 1; ring. }
  assert (B : fst (csqrt w) <= Cmod (csqrt y + csqrt w)%C).
  { eapply Rle_trans; [|eapply Rle_trans; [apply Rle_abs|apply fst_bound]]; simpl fst at 2; simpl in P, Q |- *; lra. }
  rewrite E, Cmod_mult; set (t := Cmod (csqrt y - csqrt w)%C); assert (T := Cmod_ge_0 (csqrt y - csqrt w)%C); fold t in T.
  apply Rmult_le_reg_l with (fst (csqrt w)); [exact P|]; rewrite <- Rmult_assoc, Rinv_r by lra; rewrite Rmult_1_l.
  rewrite (Rmult_comm t); apply Rmult_le_compat_r; assumption.
Qed.

Lemma csqrt_continuous : forall w, slit w -> continuous csqrt w.
Proof.
  intros w H; destruct (slit_near w H) as [d Hd].
  apply (continuous_by csqrt w (mkposreal _ (Rinv_0_lt_compat _ (csqrt_right w H))) d).
  intros y Hy; apply csqrt_difference; [exact H|apply Hd, Hy].
Qed.

Lemma twice_not_zero : forall z : C, z <> 0 -> (2 * z)%C <> 0.
Proof.
  intros z H; apply Cmod_gt_0; rewrite Cmod_mult, Cmod_R, Rabs_pos_eq by lra; apply Cmod_gt_0 in H; lra.
Qed.

Lemma two_not_zero : RtoC 2 <> 0.
Proof. apply Cmod_gt_0; rewrite Cmod_R, Rabs_pos_eq; lra. Qed.

Lemma holomorphic_csqrt : holomorphic slit csqrt (fun w => / (2 * csqrt w))%C.
Proof.
  intros w H; assert (N := csqrt_not_zero w H); assert (P := csqrt_right w H); split.
  - apply complex_derive; intros e; destruct (slit_near w H) as [d Hd].
    set (k := / fst (csqrt w)); assert (K : 0 < k) by (apply Rinv_0_lt_compat, P).
    set (s := Cmod (2 * csqrt w)%C).
    assert (S0 : 0 < s) by (apply Cmod_gt_0, twice_not_zero, N).
    assert (Q : 0 < e * s / (k * k)) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [apply cond_pos|exact S0]|nra]).
    exists (mkposreal _ (Rmin_pos d _ (cond_pos d) Q)); intros y Hy; simpl in Hy.
    assert (A := Rmin_l d (e * s / (k * k))); assert (B := Rmin_r d (e * s / (k * k))).
    assert (Sy : slit y) by (apply Hd; lra).
    assert (L := csqrt_difference w y H Sy); fold k in L.
    assert (E : (csqrt y - csqrt w - (y - w) * / (2 * csqrt w))%C
      = (- ((csqrt y - csqrt w) * (csqrt y - csqrt w) * / (2 * csqrt w)))%C).
    { replace (y - w)%C with (csqrt y * csqrt y - csqrt w * csqrt w)%C by (rewrite !csqrt_square by assumption; reflexivity).
      assert (Two : RtoC 2 = (1 + 1)%C) by components; assert (T0 := two_not_zero); rewrite Two in *; field; split;
      assumption. }
    rewrite E, Cmod_opp, !Cmod_mult, Cmod_inv by (apply Cmod_gt_0; exact S0); fold s.
    set (t := Cmod (y - w)%C) in *; assert (T : 0 <= t) by apply Cmod_ge_0.
    set (v := Cmod (csqrt y - csqrt w)%C) in *; assert (V : 0 <= v) by apply Cmod_ge_0.
    apply Rle_trans with (k * t * (k * t) * / s).
    + apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, S0|apply Rmult_le_compat; assumption].
    + apply Rle_trans with (k * k * (e * s / (k * k)) * / s * t); [|right; field; split; lra].
      replace (k * t * (k * t) * / s) with (k * k * t * / s * t) by ring.
      apply Rmult_le_compat_r; [exact T|]; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, S0|].
      apply Rmult_le_compat_l; [nra|lra].
  - apply (continuous_comp (fun y => 2 * csqrt y)%C (fun z : C => / z)%C w).
    + apply times_continuous; [apply continuous_const|apply csqrt_continuous, H].
    + exact (holomorphic_continuous _ _ _ _ holomorphic_inverse (twice_not_zero _ N)).
Qed.
