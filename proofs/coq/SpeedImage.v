(** Where p = sigma z R(z) lies for z in the disc: the smaller of the two discs of the code. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc.
Open Scope R_scope.

(** A root p of 1 + s, |s| <= tau < 1: p - 1 = s/(p + 1), and the real part of p is at least sqrt (1 - tau). *)
Lemma root_near_one : forall (s : C) (tau : R), Cmod s <= tau -> 0 <= tau < 1 ->
  slit (1 + s)%C /\ Cmod (csqrt (1 + s) - 1)%C <= / sqrt (1 - tau) - 1 /\
  Rabs (snd (csqrt (1 + s)%C)) < fst (csqrt (1 + s)%C).
Proof.
  intros s tau Hs Ht; assert (F := fst_bound s); apply Rabs_le_between in F.
  assert (L := Cmod_minus (1 + s)%C 1); replace (1 + s - 1)%C with s in L by components; rewrite Cmod_1 in L.
  assert (Re : 1 - tau <= fst (1 + s)%C) by (simpl; lra).
  assert (Sl : slit (1 + s)%C) by (unfold slit; lra); split; [exact Sl|].
  assert (Q := csqrt_square _ Sl); assert (P := csqrt_right _ Sl).
  set (q := sqrt (1 - tau)).
  assert (q0 : 0 < q) by (apply sqrt_lt_R0; lra); assert (q2 : q * q = 1 - tau) by (apply sqrt_sqrt; lra).
  assert (Rp : q <= fst (csqrt (1 + s)%C)) by (unfold csqrt, q; cbn [fst]; apply sqrt_le_1_alt; lra).
  assert (Ip : Rabs (snd (csqrt (1 + s)%C)) < fst (csqrt (1 + s)%C)).
  { assert (E : fst (csqrt (1 + s)%C) ^ 2 - snd (csqrt (1 + s)%C) ^ 2 = fst (1 + s)%C) by (rewrite <- Q at 3; simpl; ring).
    apply Rnot_le_lt; intros X; assert (Y := Rabs_pos (snd (csqrt (1 + s)%C))); rewrite <- (pow2_abs (snd _)) in E; nra. }
  split; [|exact Ip]; set (p := csqrt (1 + s)%C) in *.
  assert (E : s = ((p - 1) * (p + 1))%C) by (replace s with (1 + s - 1)%C by components; rewrite <- Q; components).
  assert (B : 1 + q <= Cmod (p + 1)%C).
  { assert (X : fst (p + 1)%C = fst p + 1) by reflexivity; assert (Y := fst_bound (p + 1)%C); rewrite X in Y.
    assert (W := Rle_abs (fst p + 1)); lra. }
  assert (M : Cmod (p - 1)%C * (1 + q) <= tau).
  { eapply Rle_trans; [|exact Hs]; rewrite E, Cmod_mult; apply Rmult_le_compat_l; [apply Cmod_ge_0|exact B]. }
  assert (T : (1 - q) * (1 + q) = tau) by (replace ((1 - q) * (1 + q)) with (1 - q * q) by ring; lra).
  assert (D : Cmod (p - 1)%C <= 1 - q) by (apply Rmult_le_reg_r with (1 + q); lra).
  assert (I : q * / q = 1) by (apply Rinv_r; lra); assert (0 < / q) by (apply Rinv_0_lt_compat, q0).
  assert (0 <= (1 - q) ^ 2 * / q) by (apply Rmult_le_pos; [apply pow2_ge_0|lra]).
  replace ((1 - q) ^ 2 * / q) with (/ q - 2 + q) in * by (field; lra); lra.
Qed.

Lemma near_one_times : forall (p q : C) (a b : R), Cmod (p - 1)%C <= a - 1 -> Cmod (q - 1)%C <= b - 1 ->
  Cmod (p * q - 1)%C <= a * b - 1.
Proof.
  intros p q a b Hp Hq; assert (P := Cmod_ge_0 (p - 1)%C); assert (Q := Cmod_ge_0 (q - 1)%C).
  replace (p * q - 1)%C with ((p - 1) * (q - 1) + ((p - 1) + (q - 1)))%C by components.
  assert (T1 := Cmod_triangle ((p - 1) * (q - 1))%C ((p - 1) + (q - 1))%C); assert (T2 := Cmod_triangle (p - 1)%C (q - 1)%C).
  rewrite Cmod_mult in T1.
  assert (Cmod (p - 1)%C * Cmod (q - 1)%C <= (a - 1) * (b - 1)) by (apply Rmult_le_compat; lra); nra.
Qed.

(** A root in the right half plane is the principal one. *)
Lemma principal : forall p w : C, slit w -> 0 < fst p -> (p * p)%C = w -> csqrt w = p.
Proof.
  intros p w H P E; assert (Q := csqrt_right w H); assert (S := csqrt_square w H).
  assert (Z : ((csqrt w - p) * (csqrt w + p))%C = 0).
  { replace ((csqrt w - p) * (csqrt w + p))%C with (csqrt w * csqrt w - p * p)%C by ring; rewrite S, E; ring. }
  assert (N : (csqrt w + p)%C <> 0) by (intros X; assert (Y := f_equal fst X); simpl in Y; simpl in Q; lra).
  assert (D : Cmod (csqrt w - p)%C = 0).
  { assert (Y := f_equal Cmod Z); rewrite Cmod_mult, Cmod_0 in Y; apply Rmult_integral in Y; destruct Y as [Y|Y]; [exact Y|].
    apply Cmod_gt_0 in N; lra. }
  apply Cmod_eq_0 in D; replace (csqrt w) with (csqrt w - p + p)%C by ring; rewrite D; ring.
Qed.

(** One factor, relative to its value at the centre *)
Lemma factor_near_one : forall (c a r : R) (z : C), 0 <= c -> 0 <= r < branch c a -> disc a r z ->
  Cmod (csqrt (c + z * z) * / branch c a - 1)%C <= branch c a / (branch c a - r) - 1.
Proof.
  intros c a r z Hc Hr Hz; unfold disc in Hz; set (d := branch c a) in *; assert (d0 : 0 < d) by lra.
  set (e := (0, sqrt c) : C); destruct (branch_distance c a Hc) as [D1 D2]; fold d e in D1, D2.
  assert (d2 : d * d = c + a ^ 2) by (unfold d, branch; apply sqrt_sqrt; assert (0 <= a ^ 2) by apply pow2_ge_0; lra).
  assert (N1 : (RtoC a - e)%C <> 0) by (apply Cmod_gt_0; rewrite D1; exact d0).
  assert (N2 : (RtoC a + e)%C <> 0) by (apply Cmod_gt_0; rewrite D2; exact d0).
  assert (Nd : RtoC d <> 0) by (apply Cmod_gt_0; rewrite Cmod_R, Rabs_pos_eq by lra; exact d0).
  set (s1 := ((z - a) * / (RtoC a - e))%C); set (s2 := ((z - a) * / (RtoC a + e))%C).
  set (tau := r / d); assert (T : 0 <= tau < 1) by (unfold tau; split; [apply Rle_mult_inv_pos; lra|apply Rlt_div_l; lra]).
  assert (B1 : Cmod s1 <= tau).
  { unfold s1, tau; rewrite Cmod_mult, Cmod_inv, D1 by exact N1; apply Rmult_le_compat_r; [left;
  apply Rinv_0_lt_compat, d0|lra]. }
  assert (B2 : Cmod s2 <= tau).
  { unfold s2, tau; rewrite Cmod_mult, Cmod_inv, D2 by exact N2; apply Rmult_le_compat_r; [left;
  apply Rinv_0_lt_compat, d0|lra]. }
  destruct (root_near_one s1 tau B1 T) as [S1 [M1 I1]]; destruct (root_near_one s2 tau B2 T) as [S2 [M2 I2]].
  set (p1 := csqrt (1 + s1)%C) in *; set (p2 := csqrt (1 + s2)%C) in *.
  assert (Sl : slit (c + z * z)%C) by exact (factor_slit c a r z Hc (proj2 Hr) Hz).
  assert (E : csqrt (c + z * z)%C = (d * (p1 * p2))%C).
  { apply principal; [exact Sl| |].
    - destruct p1 as [u1 v1], p2 as [u2 v2]; simpl in *; assert (X := Rabs_pos v1); assert (Y := Rabs_pos v2).
      assert (V : v1 * v2 <= Rabs v1 * Rabs v2) by (rewrite <- Rabs_mult; apply Rle_abs).
      assert (W : Rabs v1 * Rabs v2 < u1 * u2) by (apply Rmult_le_0_lt_compat; assumption).
      assert (0 < d * (u1 * u2 - v1 * v2)) by (apply Rmult_lt_0_compat; lra); lra.
    - replace (d * (p1 * p2) * (d * (p1 * p2)))%C with (d * d * ((p1 * p1) * (p2 * p2)))%C by ring.
      unfold p1, p2; rewrite (csqrt_square _ S1), (csqrt_square _ S2).
      assert (Dd : (RtoC d * RtoC d)%C = ((RtoC a - e) * (RtoC a + e))%C).
      { rewrite <- RtoC_mult, d2; replace (RtoC (c + a ^ 2)) with (c + a * a)%C by components; apply (factored c a Hc). }
      rewrite Dd, (factored c z Hc); fold e; unfold s1, s2; field; split; assumption. }
  rewrite E; replace (d * (p1 * p2) * / d)%C with (p1 * p2)%C by (field; exact Nd).
  replace (d / (d - r)) with (/ sqrt (1 - tau) * / sqrt (1 - tau)); [apply near_one_times; assumption|].
  assert (q0 : 0 < sqrt (1 - tau)) by (apply sqrt_lt_R0; lra).
  replace (d / (d - r)) with (/ (1 - tau)) by (unfold tau; field; lra).
  rewrite <- (sqrt_sqrt (1 - tau)) at 3 by lra; field; lra.
Qed.

Lemma croot_near : forall J (c : nat -> R) (a r : R) (z : C), 0 <= r -> (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c
  j) a) ->
  disc a r z -> Cmod (croot J c z * / product J (fun j => branch (c j) a) - 1)%C
    <= product J (fun j => branch (c j) a) / product J (fun j => branch (c j) a - r) - 1.
Proof.
  induction J as [|J IH]; intros c a r z R0 H Hz.
  - cbn [croot product]; rewrite <- RtoC_inv by lra.
    replace (RtoC 1 * RtoC (/ 1) - 1)%C with (RtoC 0) by (rewrite Rinv_1; components); rewrite Cmod_0; lra.
  - specialize (IH c a r z R0 ltac:(intros; apply H; lia) Hz); destruct (H J ltac:(lia)) as [Hc Hr].
    assert (N := factor_near_one (c J) a r z Hc (conj R0 Hr) Hz); simpl croot; simpl product.
    assert (P : 0 < product J (fun j => branch (c j) a)) by (apply product_pos; intros j Hj; destruct (H j ltac:(lia)); lra).
    assert (P' : 0 < product J (fun j => branch (c j) a - r)) by (apply product_pos; intros j Hj; destruct (H j ltac:(lia));
    lra).
    set (A := product J (fun j => branch (c j) a)) in *; set (A' := product J (fun j => branch (c j) a - r)) in *.
    set (d := branch (c J) a) in *.
    assert (NA : RtoC A <> 0) by (apply Cmod_gt_0; rewrite Cmod_R, Rabs_pos_eq; lra).
    assert (Nd : RtoC d <> 0) by (apply Cmod_gt_0; rewrite Cmod_R, Rabs_pos_eq; lra).
    replace (A * d / (A' * (d - r))) with (A / A' * (d / (d - r))) by (field; lra); rewrite RtoC_mult.
    replace (croot J c z * csqrt (c J + z * z) * / (A * d))%C with (croot J c z * / A * (csqrt (c J + z * z) * / d))%C
      by (field; split; assumption).
    apply near_one_times; assumption.
Qed.

Lemma image_in_near_disc : forall J (sigma : R) (c : nat -> R) (a r : R) (z : C), sigma ^ 2 = 1 -> 0 <= r < Rabs a ->
  (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) -> disc a r z ->
  let at_centre := a * product J (fun j => branch (c j) a) in
  Cmod (sigma * (z * croot J c z) - (sigma * at_centre)%R)%C <= Rabs at_centre *
    (Rabs a / (Rabs a - r) * (product J (fun j => branch (c j) a) / product J (fun j => branch (c j) a - r)) - 1).
Proof.
  intros J sigma c a r z Hs Hr H Hz m; unfold m; clear m.
  assert (N := croot_near J c a r z (proj1 Hr) H Hz).
  assert (P : 0 < product J (fun j => branch (c j) a)) by (apply product_pos; intros j Hj; destruct (H j Hj); lra).
  set (A := product J (fun j => branch (c j) a)) in *; set (A' := product J (fun j => branch (c j) a - r)) in *.
  assert (S1 : Rabs sigma = 1) by (assert (X := Rabs_pos sigma); rewrite <- (pow2_abs sigma) in Hs; nra).
  assert (Na : RtoC a <> 0) by (apply Cmod_gt_0; rewrite Cmod_R; lra).
  assert (NA : RtoC A <> 0) by (apply Cmod_gt_0; rewrite Cmod_R, Rabs_pos_eq; lra).
  assert (Z : Cmod (z * / a - 1)%C <= Rabs a / (Rabs a - r) - 1).
  { replace (z * / a - 1)%C with ((z - a) * / a)%C by (field; exact Na); unfold disc in Hz.
    rewrite Cmod_mult, Cmod_inv, Cmod_R by exact Na;
    replace (Rabs a / (Rabs a - r) - 1) with (r * / (Rabs a - r)) by (field; lra).
    apply Rmult_le_compat; [apply Cmod_ge_0|left; apply Rinv_0_lt_compat; lra|lra|apply Rinv_le_contravar; lra]. }
  assert (T := near_one_times _ _ _ _ Z N).
  rewrite !RtoC_mult; replace (sigma * (z * croot J c z) - sigma * (a * A))%C
    with (sigma * (a * A) * (z * / a * (croot J c z * / A) - 1))%C by (field; split; assumption).
  rewrite !Cmod_mult, !Cmod_R, S1, Rmult_1_l, <- Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos|exact T].
Qed.
