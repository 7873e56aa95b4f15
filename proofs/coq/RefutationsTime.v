(** Negations of false variants, continued: the flow time. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc
  PartialQuadrature ChebyshevNodes FlowTime InstancesQuadrature.
Open Scope R_scope.

Lemma inverse_speed_in_disc_at_centre_is_false : ~ (forall (J : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c : nat -> R) (a r low : R) (B : C -> Prop),
  0 <= r -> sigma ^ 2 = 1 -> (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) ->
  holomorphic B G G' -> (forall p : R, B p -> G p = f' p) -> 0 < low -> (forall p, B p -> low <= Cmod (G p)) ->
  (forall z, disc a r z -> B (sigma * (z * croot J c z))%C) ->
  exists F F' : C -> C, holomorphic (disc a r) F F' /\
    (forall z, disc a r z -> Cmod (F z) <= 1 / (low * product J (fun j => branch (c j) a))) /\
    (forall y : R, disc a r y -> 1 / reduced_speed J sigma f' c y = fst (F y))).
Proof.
  intros H.
  assert (D : disc 1 1 (RtoC (1 / 2))) by (unfold disc; rewrite <- RtoC_minus, Cmod_R; apply Rabs_def1; lra).
  assert (A3 : forall j, (j < 1)%nat -> 0 <= (fun _ : nat => 1) j /\ 1 < branch ((fun _ : nat => 1) j) 1).
  { intros j _; split; [lra|]; unfold branch; rewrite <- sqrt_1 at 1; apply sqrt_lt_1; lra. }
  assert (A7 : forall p : C, True -> 1 <= Cmod (RtoC (-1))) by (intros p _; rewrite Cmod_R, Rabs_left by lra; lra).
  destruct (H 1%nat 1 (fun _ => -1) (fun _ => RtoC (-1)) (fun _ => RtoC 0) (fun _ => 1) 1 1 1 (fun _ => True) ltac:(lra) ltac:(ring)
    A3 (holomorphic_constant _ _) ltac:(reflexivity) ltac:(lra) A7 ltac:(intros; exact I)) as [F [F' [_ [Bd Re]]]].
  specialize (Bd _ D); specialize (Re _ D); assert (Fb := Rle_trans _ _ _ (Rle_abs _) (fst_bound (F (RtoC (1 / 2))))).
  unfold reduced_speed, root, branch in *; simpl in Bd, Re; rewrite <- Re in Fb.
  set (s := sqrt (1 + 1 * (1 * 1))) in *; set (t := sqrt (1 + 1 / 2 * (1 / 2 * 1))) in *.
  assert (T : 0 < t) by (apply sqrt_lt_R0; lra); assert (St : t < s) by (apply sqrt_lt_1; lra).
  replace (1 / (- (1) * -1 * (1 * t))) with (/ t) in Fb by (field; lra).
  replace (1 / (1 * (1 * s))) with (/ s) in Bd by (field; lra).
  assert (/ s < / t) by (apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra|exact St]); lra.
Qed.

Lemma flow_time_quadrature_one_more_is_false : ~ (forall (J N : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c a low : nat -> R)
    (B : nat -> C -> Prop) (n : nat -> nat) (x w : nat -> nat -> R),
  sigma ^ 2 = 1 -> (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  discs_fit J N sigma f' G G' c a low B ->
  Rabs (RInt (fun y => 1 / reduced_speed J sigma f' c y) (a 0%nat) (a N) - time_sum J N sigma f' c a n x w)
    <= time_error J N c a low (fun i => S (n i))).
Proof.
  intros H; set (a := fun i => 2 * INR i - 1).
  assert (Mid : middle a 0 = 0) by (unfold middle, a; simpl; field).
  assert (Hal : half a 0 = 1) by (unfold half, a; simpl; field).
  set (B := fun z : C => Cmod z < 2).
  assert (Size : forall z, B z -> 4 - Cmod z ^ 2 <= Cmod (4 + z * z)%C <= 8).
  { intros z Hz; unfold B in Hz; assert (P := Cmod_ge_0 z); assert (T := Cmod_triangle 4 (z * z)%C).
    assert (L := Cmod_minus (4 + z * z)%C 4); replace (4 + z * z - 4)%C with (z * z)%C in L by components.
    rewrite Cmod_mult in L, T; rewrite Cmod_R, Rabs_pos_eq in L, T by lra; simpl; nra. }
  assert (Nz : forall z, B z -> (4 + z * z)%C <> 0).
  { intros z Hz; apply Cmod_gt_0; destruct (Size z Hz) as [L _]; unfold B in Hz; assert (P := Cmod_ge_0 z); simpl in L; nra. }
  assert (Q := holomorphic_plus B _ _ _ _ (holomorphic_constant B (RtoC 4))
    (holomorphic_times B _ _ _ _ (holomorphic_identity B) (holomorphic_identity B))).
  assert (G := holomorphic_times B _ _ _ _ (holomorphic_constant B (RtoC (-1)))
    (holomorphic_compose B (fun z => z <> 0) _ _ _ _ Q holomorphic_inverse Nz)); cbv beta in G.
  set (g := fun z : C => (RtoC (-1) * / (4 + z * z))%C).
  assert (GG : exists g', holomorphic B g g') by (eexists; exact G); clear G; destruct GG as [g' G].
  specialize (H 0%nat 1%nat 1 (fun p => - / (4 + p ^ 2)) g g' (fun _ => 0) a (fun _ => 1 / 8) (fun _ => B) (fun _ => 1%nat)
    (fun _ _ => 0) (fun _ _ => 2) ltac:(ring) ltac:(intros i _; unfold a; rewrite S_INR; lra)
    ltac:(intros i _; split; [lia|exact midpoint_is_gauss])).
  assert (Fit : discs_fit 0 1 1 (fun p => - / (4 + p ^ 2)) g g' (fun _ => 0) a (fun _ => 1 / 8) (fun _ => B)).
  { intros [|i] Hi; [|lia]; split; [intros; lia|]; split; [exact G|]; split; [|split; [lra|split]].
    - intros p _; unfold g; assert (S : 0 < 4 + p ^ 2) by (assert (0 <= p ^ 2) by apply pow2_ge_0; lra).
      replace (RtoC 4 + RtoC p * RtoC p)%C with (RtoC (4 + p ^ 2)) by components.
      rewrite <- RtoC_inv by lra; components.
    - intros p Hp; destruct (Size p Hp) as [_ U]; assert (N := Nz p Hp); unfold g; rewrite Cmod_mult, Cmod_R, Rabs_left, Cmod_inv by (lra || exact N).
      apply Cmod_gt_0 in N; replace (1 / 8) with (/ 8) by field.
      replace (- (-1) * / Cmod (4 + p * p)%C) with (/ Cmod (4 + p * p)%C) by ring; apply Rinv_le_contravar; assumption.
    - intros z Hz; rewrite Mid, Hal in Hz; unfold disc in Hz; unfold B; simpl croot.
      replace (1 * (z * 1))%C with (z - 0)%C by components; lra. }
  specialize (H Fit); unfold time_sum, time_error, rule in H; cbn [total product] in H; rewrite Mid, Hal in H.
  unfold a in H; simpl INR in H; replace (2 * 0 - 1) with (-1) in H by ring; replace (2 * 1 - 1) with 1 in H by ring.
  assert (U : forall y, 1 / reduced_speed 0 1 (fun p => - / (4 + p ^ 2)) (fun _ => 0) y = 4 + y ^ 2).
  { intros y; unfold reduced_speed, reduced_product, root; simpl product; assert (0 <= y ^ 2) by apply pow2_ge_0.
    replace (1 * (y * 1)) with y by ring; field; lra. }
  rewrite U in H; rewrite (integral_ext _ _ _ _ U) in H.
  assert (I : RInt (fun y => 4 + y ^ 2) (-1) 1 = 8 + 2 / 3).
  { apply is_RInt_unique; evar_last;
      [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => 4 * y + y ^ 3 / 3) (fun y => 4 + y ^ 2))|].
    - intros y _; auto_derive; [trivial|simpl; field].
    - intros y _; apply (ex_derive_continuous (fun y => 4 + y ^ 2)); auto_derive; trivial.
    - change (4 * 1 + 1 ^ 3 / 3 + - (4 * -1 + (-1) ^ 3 / 3) = 8 + 2 / 3); field. }
  rewrite I in H; replace (8 + 2 / 3 - (0 + 1 * (0 + 2 * (4 + (0 + 1 * 0) ^ 2)))) with (2 / 3) in H by field.
  rewrite Rabs_pos_eq in H by lra; destruct code_rho_inverse as [_ E]; rewrite E in H; simpl in H.
  assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (L := sqrt_pos 3); set (s := sqrt 3) in *.
  assert (Lo : 1732 / 1000 < s) by nra.
  assert (K : (2 - s) * ((2 - s) * ((2 - s) * ((2 - s) * 1))) = 97 - 56 * s).
  { replace ((2 - s) * ((2 - s) * ((2 - s) * ((2 - s) * 1)))) with ((4 - 4 * s + s * s) * (4 - 4 * s + s * s)) by ring.
    rewrite S3; replace ((4 - 4 * s + 3) * (4 - 4 * s + 3)) with (49 - 56 * s + 16 * (s * s)) by ring; rewrite S3; ring. }
  assert (D : 1 - (2 - s) * ((2 - s) * 1) = 4 * s - 6) by nra.
  rewrite K, D in H.
  assert (X : 0 + 1 * (16 / 3 * (1 / (1 / 8 * 1)) * (97 - 56 * s) / (4 * s - 6)) < 2 / 3); [|lra].
  replace (16 / 3 * (1 / (1 / 8 * 1))) with (128 / 3) by field; rewrite Rplus_0_l, Rmult_1_l; apply Rlt_div_l; lra.
Qed.
