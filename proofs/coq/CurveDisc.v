(** The root R where the squared differences depend on the place: on an ellipse around a panel of the invariant curve
    they are near values c0, and R is the root for c0 times factors near 1 (escape-counts.md, section 6). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev
  Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc SpeedImage
  EllipseChebyshev.
Open Scope R_scope.

(** ** Factors near 1 *)

Fixpoint droot (J : nat) (e : nat -> C) : C :=
  match J with O => RtoC 1 | S j => (droot j e * csqrt (1 + e j))%C end.

Lemma droot_bounds : forall J e tau, (forall j, (j < J)%nat -> Cmod (e j) <= tau j /\ 0 <= tau j < 1) ->
  product J (fun j => sqrt (1 - tau j)) <= Cmod (droot J e) <= product J (fun j => / sqrt (1 - tau j)) /\
  Cmod (droot J e - 1)%C <= product J (fun j => / sqrt (1 - tau j)) - 1.
Proof.
  induction J as [|J IH]; intros e tau H.
  - cbn [droot product]; replace (1 - 1)%C with (RtoC 0) by components; rewrite Cmod_1, Cmod_0; lra.
  - destruct (IH e tau ltac:(intros; apply H; lia)) as [[L U] N]; destruct (H J ltac:(lia)) as [He Ht].
    destruct (root_near_one (e J) (tau J) He Ht) as [Sl [Near _]]; cbn [droot product].
    assert (M := near_one_times _ _ _ _ N Near); split; [|exact M].
    assert (T := Cmod_triangle (droot J e * csqrt (1 + e J) - 1)%C 1).
    replace (droot J e * csqrt (1 + e J) - 1 + 1)%C with (droot J e * csqrt (1 + e J))%C in T by ring.
    rewrite Cmod_1 in T; split; [|lra]; rewrite Cmod_mult; apply Rmult_le_compat.
    + apply product_nonneg; intros; apply sqrt_pos.
    + apply sqrt_pos.
    + exact L.
    + assert (Q := csqrt_modulus _ Sl); assert (C0 := Cmod_ge_0 (csqrt (1 + e J)%C)); assert (K := Cmod_minus (1 + e J)%C 1).
      replace (1 + e J - 1)%C with (e J) in K by ring; rewrite Cmod_1 in K.
      rewrite <- (sqrt_pow2 (Cmod (csqrt (1 + e J)%C))) by exact C0; rewrite Q; apply sqrt_le_1_alt; lra.
Qed.

Lemma analytic_droot : forall D J (e : nat -> C -> C), (forall j, (j < J)%nat -> analytic D (e j) /\ forall z, D z -> Cmod (e j z) < 1) ->
  analytic D (fun z => droot J (fun j => e j z)).
Proof.
  intros D J e H; induction J as [|J IH]; [exact (analytic_constant D (RtoC 1))|].
  destruct (H J ltac:(lia)) as [HJ B]; cbn [droot].
  apply (analytic_times D (fun z => droot J (fun j => e j z)) (fun z => csqrt (1 + e J z)%C)); [apply IH; intros; apply H; lia|].
  apply (analytic_compose D slit (fun z => (1 + e J z)%C) csqrt).
  - apply analytic_plus; [apply analytic_constant|exact HJ].
  - eexists; exact holomorphic_csqrt.
  - intros z Hz; apply (root_near_one (e J z) (Cmod (e J z))); [apply Rle_refl|split; [apply Cmod_ge_0|apply B, Hz]].
Qed.

(** ** The root, with c near c0 *)

Definition drifts (c0 : nat -> R) (c : nat -> C) (z : C) (j : nat) : C := ((c j - c0 j) * / (c0 j + z * z))%C.
Definition mroot (J : nat) (c0 : nat -> R) (c : nat -> C) (z : C) : C := (croot J c0 z * droot J (drifts c0 c z))%C.

(** The share of the drift, and the bounds that ReducedFlow.disc has for R, given the share *)
Definition drift_share (c0 s : nat -> R) (a A : R) (j : nat) : R := s j / (branch (c0 j) a - A) ^ 2.
Definition root_low (J : nat) (c0 s : nat -> R) (a A : R) : R :=
  product J (fun j => branch (c0 j) a - A) * product J (fun j => sqrt (1 - drift_share c0 s a A j)).
Definition root_high (J : nat) (c0 s : nat -> R) (a A : R) : R :=
  product J (fun j => branch (c0 j) a + A) * product J (fun j => / sqrt (1 - drift_share c0 s a A j)).

(** What is checked of the distances to the branch points: the disc of radius A holds none, for any c within s of c0. *)
Definition stay_apart (J : nat) (c0 s : nat -> R) (a A : R) : Prop :=
  forall j, (j < J)%nat -> 0 <= c0 j /\ 0 <= s j /\ A < branch (c0 j) a /\ 2 * s j < (branch (c0 j) a - A) ^ 2.

Lemma apart_old : forall J c0 s a A, stay_apart J c0 s a A -> forall j, (j < J)%nat -> 0 <= c0 j /\ A < branch (c0 j) a.
Proof. intros J c0 s a A H j Hj; destruct (H j Hj) as [H1 [_ [H2 _]]]; split; assumption. Qed.

Lemma share_half : forall J c0 s a A, stay_apart J c0 s a A -> forall j, (j < J)%nat ->
  0 <= drift_share c0 s a A j < 1 / 2 /\ 0 < (branch (c0 j) a - A) ^ 2 /\ s j = drift_share c0 s a A j * (branch (c0 j) a - A) ^ 2.
Proof.
  intros J c0 s a A H j Hj; destruct (H j Hj) as [_ [S0 [Hb Hs]]]; unfold drift_share.
  assert (P : 0 < (branch (c0 j) a - A) ^ 2) by (apply pow_lt; lra); set (g := (branch (c0 j) a - A) ^ 2) in *.
  split; [split; [apply Rle_mult_inv_pos; assumption|apply Rlt_div_l; lra]|split; [exact P|field; lra]].
Qed.

Lemma drift_bound : forall J c0 s a A (c : nat -> C) z, stay_apart J c0 s a A -> disc a A z -> (forall j, (j < J)%nat -> Cmod (c j - c0 j)%C <= s j) ->
  forall j, (j < J)%nat -> Cmod (drifts c0 c z j) <= drift_share c0 s a A j /\ (c0 j + z * z)%C <> 0 /\
    (branch (c0 j) a - A) ^ 2 * (1 - drift_share c0 s a A j) <= Cmod (c j + z * z)%C.
Proof.
  intros J c0 s a A c z H Hz Hc j Hj; destruct (share_half J c0 s a A H j Hj) as [Sh [P Es]].
  destruct (H j Hj) as [C0 [_ [Hb _]]]; destruct (factor_bounds (c0 j) a A z C0 Hb Hz) as [L _]; specialize (Hc j Hj).
  assert (N : (c0 j + z * z)%C <> 0) by (apply Cmod_gt_0; lra).
  split; [|split; [exact N|]].
  - unfold drifts, drift_share, Rdiv; rewrite Cmod_mult, Cmod_inv by exact N; apply Rmult_le_compat; [apply Cmod_ge_0| |exact Hc|apply Rinv_le_contravar; lra].
    left; apply Rinv_0_lt_compat; lra.
  - assert (K := Cmod_minus (c j + z * z)%C (c0 j + z * z)%C); replace (c j + z * z - (c0 j + z * z))%C with (c j - c0 j)%C in K by ring; lra.
Qed.

Lemma mroot_bounds : forall J c0 s a A (c : nat -> C) z, 0 <= A -> stay_apart J c0 s a A -> disc a A z ->
  (forall j, (j < J)%nat -> Cmod (c j - c0 j)%C <= s j) -> root_low J c0 s a A <= Cmod (mroot J c0 c z) <= root_high J c0 s a A.
Proof.
  intros J c0 s a A c z HA H Hz Hc; unfold mroot, root_low, root_high; rewrite Cmod_mult.
  destruct (croot_bounds J c0 a A z HA (apart_old J c0 s a A H) Hz) as [L U].
  destruct (droot_bounds J (drifts c0 c z) (drift_share c0 s a A)) as [[L' U'] _].
  { intros j Hj; destruct (share_half J c0 s a A H j Hj); split; [apply (drift_bound J c0 s a A c z H Hz Hc j Hj)|lra]. }
  assert (0 <= product J (fun j => branch (c0 j) a - A)).
  { apply product_nonneg; intros j Hj; destruct (H j Hj) as [_ [_ [Hb _]]]; lra. }
  assert (0 <= product J (fun j => sqrt (1 - drift_share c0 s a A j))) by (apply product_nonneg; intros; apply sqrt_pos).
  split; apply Rmult_le_compat; try apply Cmod_ge_0; assumption.
Qed.

(** On the axis it is the R of the reduced coordinate. *)
Lemma mroot_real : forall J c0 s a A (c : nat -> R) (y : R), stay_apart J c0 s a A -> disc a A y ->
  (forall j, (j < J)%nat -> Rabs (c j - c0 j) <= s j) ->
  (forall j, (j < J)%nat -> 0 < c j + y ^ 2) /\ mroot J c0 (fun j => RtoC (c j)) y = RtoC (root J c y).
Proof.
  intros J c0 s a A c y H Hy Hc.
  assert (P0 : forall j, (j < J)%nat -> 0 < c0 j + y ^ 2).
  { intros j Hj; destruct (H j Hj) as [C0 [_ [Hb _]]]; apply (axis_positive (c0 j) a A y); assumption. }
  assert (Cc : forall j, (j < J)%nat -> Cmod (RtoC (c j) - c0 j)%C <= s j) by (intros j Hj; rewrite <- RtoC_minus, Cmod_R; apply Hc, Hj).
  assert (E : forall j, (j < J)%nat -> drifts c0 (fun j => RtoC (c j)) y j = RtoC ((c j - c0 j) / (c0 j + y ^ 2)) /\
    -1 < (c j - c0 j) / (c0 j + y ^ 2)).
  { intros j Hj; specialize (P0 j Hj); assert (F : drifts c0 (fun j => RtoC (c j)) y j = RtoC ((c j - c0 j) / (c0 j + y ^ 2))).
    { unfold drifts; replace (RtoC (c0 j) + RtoC y * RtoC y)%C with (RtoC (c0 j + y ^ 2)) by components.
      rewrite <- RtoC_inv by lra; unfold Rdiv; rewrite RtoC_mult, RtoC_minus; reflexivity. }
    split; [exact F|].
    destruct (drift_bound J c0 s a A (fun j => RtoC (c j)) y H Hy Cc j Hj) as [B _]; destruct (share_half J c0 s a A H j Hj) as [Sh _].
    rewrite F, Cmod_R in B; apply Rabs_le_between in B; lra. }
  assert (P : forall j, (j < J)%nat -> 0 < c j + y ^ 2).
  { intros j Hj; destruct (E j Hj) as [_ B]; specialize (P0 j Hj).
    apply (Rmult_lt_compat_r (c0 j + y ^ 2)) in B; [|exact P0].
    replace ((c j - c0 j) / (c0 j + y ^ 2) * (c0 j + y ^ 2)) with (c j - c0 j) in B by (field; lra); lra. }
  split; [exact P|]; unfold mroot; rewrite croot_real by exact P0.
  unfold root; clear H Hy Hc Cc; induction J as [|J IH]; [cbn [product droot]; components|].
  cbn [product droot]; rewrite RtoC_mult.
  assert (Sw : forall p q u v : C, (p * q * (u * v))%C = (p * u * (q * v))%C) by (intros; ring); rewrite Sw; clear Sw.
  rewrite IH by (intros; (apply P0 || apply E || apply P); lia).
  destruct (E J ltac:(lia)) as [F B]; specialize (P0 J ltac:(lia)); specialize (P J ltac:(lia)); rewrite F.
  replace (1 + RtoC ((c J - c0 J) / (c0 J + y ^ 2)))%C with (RtoC (1 + (c J - c0 J) / (c0 J + y ^ 2))) by components.
  rewrite csqrt_real by lra; rewrite <- !RtoC_mult, <- sqrt_mult by lra.
  replace ((c0 J + y ^ 2) * (1 + (c J - c0 J) / (c0 J + y ^ 2))) with (c J + y ^ 2) by (field; lra); reflexivity.
Qed.

(** ** Where p lies: ReducedFlow.disc takes the smaller of two discs. *)

Definition image (J : nat) (sigma : R) (c0 s : nat -> R) (a A : R) (B : C -> Prop) : Prop :=
  let at_centre := a * product J (fun j => branch (c0 j) a) in
  (forall p, Cmod p <= (Rabs a + A) * root_high J c0 s a A -> B p) \/
  (A < Rabs a /\ forall p, Cmod (p - (sigma * at_centre)%R)%C <= Rabs at_centre *
    (Rabs a / (Rabs a - A) * (product J (fun j => branch (c0 j) a) / root_low J c0 s a A) - 1) -> B p).

Lemma image_holds : forall J sigma c0 s a A B (c : nat -> C) z, sigma ^ 2 = 1 -> 0 <= A -> stay_apart J c0 s a A -> image J sigma c0 s a A B ->
  disc a A z -> (forall j, (j < J)%nat -> Cmod (c j - c0 j)%C <= s j) -> B (sigma * (z * mroot J c0 c z))%C.
Proof.
  intros J sigma c0 s a A B c z Hs HA H Im Hz Hc.
  assert (S1 : Rabs sigma = 1) by (assert (X := Rabs_pos sigma); rewrite <- (pow2_abs sigma) in Hs; nra).
  assert (Zd := Hz); unfold disc in Zd; destruct Im as [Im|[Far Im]]; apply Im.
  - rewrite !Cmod_mult, Cmod_R, S1, Rmult_1_l; apply Rmult_le_compat; try apply Cmod_ge_0; [|apply (mroot_bounds J c0 s a A); assumption].
    assert (T := Cmod_triangle (z - a)%C a); replace (z - a + a)%C with z in T by ring; rewrite Cmod_R in T; lra.
  - assert (N := croot_near J c0 a A z HA (apart_old J c0 s a A H) Hz).
    destruct (droot_bounds J (drifts c0 c z) (drift_share c0 s a A)) as [_ N'].
    { intros j Hj; destruct (share_half J c0 s a A H j Hj); split; [apply (drift_bound J c0 s a A c z H Hz Hc j Hj)|lra]. }
    assert (M := near_one_times _ _ _ _ N N'); clear N N'.
    assert (P : 0 < product J (fun j => branch (c0 j) a)) by (apply product_pos; intros j Hj; destruct (H j Hj) as [_ [_ [Hb _]]]; lra).
    assert (P' : 0 < product J (fun j => branch (c0 j) a - A)) by (apply product_pos; intros j Hj; destruct (H j Hj) as [_ [_ [Hb _]]]; lra).
    assert (P2 : forall n, (n <= J)%nat -> 0 < product n (fun j => sqrt (1 - drift_share c0 s a A j)) /\
      product n (fun j => / sqrt (1 - drift_share c0 s a A j)) = / product n (fun j => sqrt (1 - drift_share c0 s a A j))).
    { induction n as [|n IH]; intros Hn; [cbn [product]; lra|]; destruct (IH ltac:(lia)) as [I1 I2]; cbn [product].
      destruct (share_half J c0 s a A H n ltac:(lia)) as [Sh _]; assert (Q : 0 < sqrt (1 - drift_share c0 s a A n)) by (apply sqrt_lt_R0; lra).
      split; [apply Rmult_lt_0_compat; assumption|rewrite I2; field; lra]. }
    destruct (P2 J (Nat.le_refl J)) as [P3 E3]; rewrite E3 in M; unfold root_low.
    set (V := product J (fun j => branch (c0 j) a)) in *; set (V' := product J (fun j => branch (c0 j) a - A)) in *.
    set (W := product J (fun j => sqrt (1 - drift_share c0 s a A j))) in *.
    assert (Na : RtoC a <> 0) by (apply Cmod_gt_0; rewrite Cmod_R; lra).
    assert (NV : RtoC V <> 0) by (apply Cmod_gt_0; rewrite Cmod_R, Rabs_pos_eq; lra).
    assert (Z : Cmod (z * / a - 1)%C <= Rabs a / (Rabs a - A) - 1).
    { replace (z * / a - 1)%C with ((z - a) * / a)%C by (field; exact Na).
      rewrite Cmod_mult, Cmod_inv, Cmod_R by exact Na; replace (Rabs a / (Rabs a - A) - 1) with (A * / (Rabs a - A)) by (field; lra).
      apply Rmult_le_compat; [apply Cmod_ge_0|left; apply Rinv_0_lt_compat; lra|lra|apply Rinv_le_contravar; lra]. }
    assert (T := near_one_times _ _ _ _ Z M); unfold mroot.
    rewrite !RtoC_mult; replace (sigma * (z * (croot J c0 z * droot J (drifts c0 c z))) - sigma * (a * V))%C
      with (sigma * (a * V) * (z * / a * (croot J c0 z * / V * droot J (drifts c0 c z)) - 1))%C by (field; split; assumption).
    rewrite !Cmod_mult, !Cmod_R, S1, Rmult_1_l, <- Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos|].
    replace (V / (V' * W)) with (V / V' * / W) by (field; lra); exact T.
Qed.
