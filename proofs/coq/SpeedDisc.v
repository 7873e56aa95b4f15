(** The speed of the reduced coordinate in a complex disc that holds no branch point: 1/u is holomorphic
    there, with the bound of the code. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot.
Open Scope R_scope.

(** ** One factor c + z^2 in the disc about a, nearer than the branch points at the distance sqrt (c + a^2) *)

Definition branch (c a : R) : R := sqrt (c + a ^ 2).

Lemma branch_distance : forall (c a : R), 0 <= c -> Cmod (RtoC a - (0, sqrt c))%C = branch c a /\ Cmod (RtoC a + (0, sqrt
  c))%C = branch c a.
Proof.
  intros c a Hc; assert (S := sqrt_sqrt c Hc); unfold branch, Cmod; revert S; generalize (sqrt c); intros s S; subst c.
  split; f_equal; simpl; ring.
Qed.

Lemma factored : forall (c : R) (z : C), 0 <= c -> (c + z * z)%C = ((z - (0, sqrt c)) * (z + (0, sqrt c)))%C.
Proof.
  intros c [u v] Hc; assert (S := sqrt_sqrt c Hc); revert S; generalize (sqrt c); intros s S; subst c; components.
Qed.

Lemma factor_bounds : forall (c a r : R) (z : C), 0 <= c -> r < branch c a -> disc a r z ->
  (branch c a - r) ^ 2 <= Cmod (c + z * z)%C <= (branch c a + r) ^ 2.
Proof.
  intros c a r z Hc Hr Hz; unfold disc in Hz; destruct (branch_distance c a Hc) as [D1 D2];
  assert (Z := Cmod_ge_0 (z - a)%C).
  rewrite (factored c z Hc), Cmod_mult.
  assert (A1 := Cmod_minus (z - (0, sqrt c))%C (RtoC a - (0, sqrt c))%C).
  assert (A2 := Cmod_minus (z + (0, sqrt c))%C (RtoC a + (0, sqrt c))%C).
  assert (B1 := Cmod_triangle (z - a)%C (RtoC a - (0, sqrt c))%C).
  assert (B2 := Cmod_triangle (z - a)%C (RtoC a + (0, sqrt c))%C).
  replace (z - (0, sqrt c) - (RtoC a - (0, sqrt c)))%C with (z - a)%C in A1 by components.
  replace (z + (0, sqrt c) - (RtoC a + (0, sqrt c)))%C with (z - a)%C in A2 by components.
  replace (z - a + (RtoC a - (0, sqrt c)))%C with (z - (0, sqrt c))%C in B1 by components.
  replace (z - a + (RtoC a + (0, sqrt c)))%C with (z + (0, sqrt c))%C in B2 by components.
  rewrite D1 in A1, B1; rewrite D2 in A2, B2.
  assert (N1 := Cmod_ge_0 (z - (0, sqrt c))%C); assert (N2 := Cmod_ge_0 (z + (0, sqrt c))%C).
  split; simpl; rewrite Rmult_1_r; apply Rmult_le_compat; lra.
Qed.

Lemma factor_slit : forall (c a r : R) (z : C), 0 <= c -> r < branch c a -> disc a r z -> slit (c + z * z)%C.
Proof.
  intros c a r [u v] Hc Hr Hz; unfold disc in Hz; assert (Z := Cmod_ge_0 ((u, v) - a)%C).
  assert (P : 0 <= c + a ^ 2) by (assert (0 <= a ^ 2) by apply pow2_ge_0; lra).
  assert (L : Cmod ((u, v) - a)%C ^ 2 < c + a ^ 2).
  { unfold branch in Hr; rewrite <- (pow2_sqrt (c + a ^ 2) P); set (b := sqrt (c + a ^ 2)) in *; simpl; nra. }
  rewrite modulus_square in L; simpl in L.
  unfold slit; set (w := (c + (u, v) * (u, v))%C); assert (M := modulus_square w); assert (G := Cmod_ge_0 w).
  assert (E1 : fst w = c + (u * u - v * v)) by (unfold w; simpl; ring).
  assert (E2 : snd w = 2 * (u * v)) by (unfold w; simpl; ring).
  destruct (Rlt_or_le 0 (Cmod w + fst w)) as [K|K]; [exact K|exfalso].
  assert (S0 : snd w ^ 2 <= 0) by nra.
  assert (U : u * v = 0) by (rewrite E2 in S0; nra).
  assert (N : c + (u * u - v * v) <= 0) by lra.
  apply Rmult_integral in U; destruct U as [U|U]; subst; nra.
Qed.

(** ** The product of the roots, R(z) *)

Fixpoint croot (J : nat) (c : nat -> R) (z : C) : C :=
  match J with
  | O => RtoC 1
  | S j => (croot j c z * csqrt (c j + z * z))%C
  end.

Lemma holomorphic_croot : forall J (c : nat -> R) (a r : R), (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) ->
  exists R', holomorphic (disc a r) (croot J c) R'.
Proof.
  induction J as [|J IH]; intros c a r H; [eexists; apply holomorphic_constant|].
  destruct (IH c a r ltac:(intros; apply H; lia)) as [R' HR]; destruct (H J ltac:(lia)) as [Hc Hr].
  assert (Sq := holomorphic_times (disc a r) _ _ _ _ (holomorphic_identity _) (holomorphic_identity _)).
  assert (Fa := holomorphic_plus (disc a r) _ _ _ _ (holomorphic_constant _ (RtoC (c J))) Sq).
  assert (Cp := holomorphic_compose (disc a r) slit _ _ _ _ Fa holomorphic_csqrt (fun z Hz => factor_slit (c J) a r z Hc Hr
    Hz)).
  exact (ex_intro _ _ (holomorphic_times (disc a r) _ _ _ _ HR Cp)).
Qed.

Lemma croot_bounds : forall J (c : nat -> R) (a r : R) (z : C), 0 <= r -> (forall j, (j < J)%nat -> 0 <= c j /\ r < branch
  (c j) a) ->
  disc a r z -> product J (fun j => branch (c j) a - r) <= Cmod (croot J c z) <= product J (fun j => branch (c j) a + r).
Proof.
  induction J as [|J IH]; intros c a r z R0 H Hz; [simpl; rewrite Cmod_1; lra|]; simpl croot; simpl product.
  destruct (H J ltac:(lia)) as [Hc Hr]; destruct (IH c a r z R0 ltac:(intros; apply H; lia) Hz) as [L U].
  assert (Sl := factor_slit (c J) a r z Hc Hr Hz); destruct (factor_bounds (c J) a r z Hc Hr Hz) as [B1 B2].
  rewrite <- (csqrt_modulus _ Sl) in B1, B2; rewrite Cmod_mult.
  assert (N := Cmod_ge_0 (csqrt (c J + z * z)%C)); assert (N' := Cmod_ge_0 (croot J c z)).
  assert (Pr : 0 <= product J (fun j => branch (c j) a - r)).
  { apply product_nonneg; intros i Hi; destruct (H i ltac:(lia)); lra. }
  assert (C1 : branch (c J) a - r <= Cmod (csqrt (c J + z * z)%C)) by (apply Rnot_lt_le; intros X; simpl in B1, B2; nra).
  assert (C2 : Cmod (csqrt (c J + z * z)%C) <= branch (c J) a + r) by (apply Rnot_lt_le; intros X; simpl in B1, B2; nra).
  split; apply Rmult_le_compat; lra.
Qed.

(** On the axis it is the R of the reduced coordinate. *)
Lemma croot_real : forall J (c : nat -> R) (x : R), (forall j, (j < J)%nat -> 0 < c j + x ^ 2) -> croot J c x = RtoC (root J
  c x).
Proof.
  intros J c x; unfold root; induction J as [|J IH]; intros H; [reflexivity|]; simpl croot; simpl product.
  rewrite IH by (intros; apply H; lia).
  replace (RtoC (c J) + RtoC x * RtoC x)%C with (RtoC (c J + x ^ 2)) by components.
  rewrite csqrt_real by (apply H; lia); components.
Qed.

Lemma axis_positive : forall (c a r y : R), 0 <= c -> r < branch c a -> disc a r y -> 0 < c + y ^ 2.
Proof.
  intros c a r y Hc Hr Hy; assert (S := factor_slit c a r y Hc Hr Hy); unfold slit in S.
  replace (RtoC c + RtoC y * RtoC y)%C with (RtoC (c + y ^ 2)) in S by components.
  rewrite Cmod_R in S; simpl fst in S; assert (0 <= c + y ^ 2) by (assert (0 <= y ^ 2) by apply pow2_ge_0; lra).
  rewrite Rabs_pos_eq in S by assumption; lra.
Qed.

(** What the code takes for the radius of the disc about 0 that holds p = sigma z R *)
Lemma image_in_disc : forall J (sigma : R) (c : nat -> R) (a r : R) (z : C), sigma ^ 2 = 1 -> 0 <= r ->
  (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) -> disc a r z ->
  Cmod (sigma * (z * croot J c z))%C <= (Rabs a + r) * product J (fun j => branch (c j) a + r).
Proof.
  intros J sigma c a r z Hs R0 H Hz; destruct (croot_bounds J c a r z R0 H Hz) as [_ U].
  assert (S1 : Rabs sigma = 1) by (assert (P := Rabs_pos sigma); rewrite <- (pow2_abs sigma) in Hs; nra).
  rewrite !Cmod_mult, Cmod_R, S1, Rmult_1_l; apply Rmult_le_compat; try apply Cmod_ge_0; [|exact U].
  unfold disc in Hz; assert (T := Cmod_triangle (z - a)%C a); replace (z - a + a)%C with z in T by components.
  rewrite Cmod_R in T; lra.
Qed.

(** The speed itself, and how large it is *)
Lemma speed_in_disc : forall (J : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c : nat -> R) (a r low : R) (B : C -> Prop),
  0 <= r -> sigma ^ 2 = 1 -> (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) ->
  holomorphic B G G' -> (forall p : R, B p -> G p = f' p) -> 0 < low -> (forall p, B p -> low <= Cmod (G p)) ->
  (forall z, disc a r z -> B (sigma * (z * croot J c z))%C) ->
  exists U U' : C -> C, extends (disc a r) U U' (reduced_speed J sigma f' c) /\
    0 < low * product J (fun j => branch (c j) a - r) /\
    (forall z, disc a r z -> low * product J (fun j => branch (c j) a - r) <= Cmod (U z)) /\
    (forall top, (forall p, B p -> Cmod (G p) <= top) -> forall z, disc a r z ->
      Cmod (U z) <= top * product J (fun j => branch (c j) a + r)).
Proof.
  intros J sigma f' G G' c a r low B R0 Hs Hc HG Hf Hlow HB Im.
  destruct (holomorphic_croot J c a r Hc) as [R' HR].
  assert (Pr : 0 < product J (fun j => branch (c j) a - r)).
  { apply product_pos; intros j Hj; destruct (Hc j Hj); lra. }
  assert (S1 : Rabs sigma = 1) by (assert (P := Rabs_pos sigma); rewrite <- (pow2_abs sigma) in Hs; nra).
  assert (Zr := holomorphic_times _ _ _ _ _ (holomorphic_identity (disc a r)) HR).
  assert (Pz := holomorphic_times _ _ _ _ _ (holomorphic_constant (disc a r) (RtoC sigma)) Zr).
  assert (Gz := holomorphic_compose (disc a r) B _ _ _ _ Pz HG Im).
  assert (U1 := holomorphic_times _ _ _ _ _ (holomorphic_constant (disc a r) (RtoC (- sigma))) Gz).
  assert (U := holomorphic_times _ _ _ _ _ U1 HR); cbv beta in U.
  set (u := fun z : C => (RtoC (- sigma) * G (sigma * (z * croot J c z)) * croot J c z)%C) in *.
  assert (Mod : forall z, Cmod (u z) = Cmod (G (sigma * (z * croot J c z))%C) * Cmod (croot J c z)).
  { intros z; unfold u; rewrite !Cmod_mult, Cmod_R, Rabs_Ropp, S1; ring. }
  exists u; eexists; split; [split; [exact U|]|split; [apply Rmult_lt_0_compat; assumption|split]].
  - intros y Hy; assert (I := Im y Hy); unfold u.
    assert (Ax : forall j, (j < J)%nat -> 0 < c j + y ^ 2) by (intros j Hj; destruct (Hc j Hj); apply (axis_positive (c j) a r
      y); assumption).
    rewrite croot_real in * by exact Ax.
    replace (sigma * (y * root J c y))%C with (RtoC (reduced_product J sigma c y)) in * by (unfold reduced_product; components).
    rewrite (Hf _ I); unfold reduced_speed; components.
  - intros z Hz; rewrite Mod; apply Rmult_le_compat; [lra|lra|apply HB, Im, Hz|apply croot_bounds; assumption].
  - intros top Ht z Hz; rewrite Mod; apply Rmult_le_compat; try apply Cmod_ge_0; [apply Ht, Im, Hz|apply croot_bounds;
    assumption].
Qed.

Theorem inverse_speed_in_disc : forall (J : nat) (sigma : R) (f' : R -> R) (G G' : C -> C) (c : nat -> R) (a r low : R) (B :
  C -> Prop),
  0 <= r -> sigma ^ 2 = 1 -> (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) ->
  holomorphic B G G' -> (forall p : R, B p -> G p = f' p) -> 0 < low -> (forall p, B p -> low <= Cmod (G p)) ->
  (forall z, disc a r z -> B (sigma * (z * croot J c z))%C) ->
  exists F F' : C -> C, holomorphic (disc a r) F F' /\
    (forall z, disc a r z -> Cmod (F z) <= 1 / (low * product J (fun j => branch (c j) a - r))) /\
    (forall y : R, disc a r y -> 1 / reduced_speed J sigma f' c y = fst (F y)).
Proof.
  intros J sigma f' G G' c a r low B R0 Hs Hc HG Hf Hlow HB Im.
  destruct (speed_in_disc J sigma f' G G' c a r low B R0 Hs Hc HG Hf Hlow HB Im) as [u [U' [[U Real] [Pos [Low _]]]]].
  assert (Nz : forall z, disc a r z -> u z <> 0) by (intros z Hz; apply Cmod_gt_0; specialize (Low z Hz); lra).
  assert (Iv := holomorphic_compose (disc a r) (fun z => z <> 0) _ _ _ _ U holomorphic_inverse Nz).
  eexists; eexists; split; [exact Iv|]; split.
  - intros z Hz; cbv beta; rewrite Cmod_inv by apply Nz, Hz; unfold Rdiv; rewrite Rmult_1_l.
    apply Rinv_le_contravar; [exact Pos|apply Low, Hz].
  - intros y Hy; cbv beta; assert (N0 := Nz y Hy); rewrite Real in * by exact Hy.
    assert (N1 : reduced_speed J sigma f' c y <> 0) by (intros E; apply N0; rewrite E; reflexivity).
    rewrite <- RtoC_inv by exact N1; simpl; unfold Rdiv; ring.
Qed.
