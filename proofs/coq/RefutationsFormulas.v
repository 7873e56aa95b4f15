(** Negations of false variants, continued: 1/z near 0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev Bessel
  ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime EllipseChebyshev Formulas.
Open Scope R_scope.

Lemma formula_continues_but_one_is_false : ~ (forall (B : C -> Prop) (f : formula), regular (fun z => B z /\ z <> 0) f ->
  (exists G', holomorphic B (complex_value f) G') /\ forall p : R, B p -> complex_value f p = real_value f p).
Proof.
  intros H; destruct (H (fun _ => True) (Inverse Place)) as [[G' HG] _]; [simpl; split; [trivial|intros z [_ N]; exact N]|].
  simpl complex_value in HG; assert (Cn := holomorphic_continuous _ _ _ _ HG (I : (fun _ : C => True) (RtoC 0))).
  destruct (Cn _ (near_C (/ RtoC 0)%C (mkposreal 1 Rlt_0_1))) as [d Hd]; cbn [pos] in Hd.
  assert (Far : forall t : R, 0 < t < d -> / t - Cmod (/ RtoC 0)%C < 1).
  { intros t Ht; assert (K := Hd (RtoC t)); assert (N : RtoC t <> 0) by (apply Cmod_gt_0; rewrite Cmod_R, Rabs_pos_eq; lra).
    assert (K' : Cmod (/ RtoC t - / RtoC 0)%C < 1).
    { apply K, C_NormedModule_mixin_compat1; change (Cmod (RtoC t - RtoC 0)%C < d); rewrite <- RtoC_minus, Cmod_R, Rminus_0_r, Rabs_pos_eq; lra. }
    assert (T := Cmod_minus (RtoC 0) (RtoC t)); assert (T2 := Cmod_triangle (/ RtoC t - / RtoC 0)%C (/ RtoC 0)%C).
    replace (/ RtoC t - / RtoC 0 + / RtoC 0)%C with (/ RtoC t)%C in T2 by ring; rewrite Cmod_inv, Cmod_R, (Rabs_pos_eq t) in T2 by (lra || exact N); lra. }
  set (m := Cmod (/ RtoC 0)%C) in *; assert (m0 : 0 <= m) by apply Cmod_ge_0; assert (D := cond_pos d).
  assert (M1 := Rmin_l (d / 2) (/ (m + 2))); assert (M2 := Rmin_r (d / 2) (/ (m + 2))); assert (I0 : 0 < / (m + 2)) by (apply Rinv_0_lt_compat; lra).
  assert (P : 0 < Rmin (d / 2) (/ (m + 2))) by (apply Rmin_pos; lra); specialize (Far (Rmin (d / 2) (/ (m + 2))) ltac:(lra)).
  assert (Q : / / (m + 2) <= / Rmin (d / 2) (/ (m + 2))) by (apply Rinv_le_contravar; assumption); rewrite Rinv_inv in Q by lra; lra.
Qed.
