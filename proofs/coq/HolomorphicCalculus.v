(** Products, inverses, compositions and sums of holomorphic functions, and functions of a real variable that continue to such. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  CellQuadrature.
Open Scope R_scope.

(** ** Continuity, by real and imaginary parts *)

Lemma by_parts : forall (f : C -> C) z, continuous (fun y => fst (f y)) z -> continuous (fun y => snd (f y)) z -> continuous
  f z.
Proof.
  intros f z A B; apply (continuous_ext (fun y => (fst (f y), snd (f y)))); [intros y; destruct (f y); reflexivity|].
  apply (continuous_comp_2 (U := C_UniformSpace) (V := R_UniformSpace) (W := R_UniformSpace) (X := C_UniformSpace)
    (fun y => fst (f y)) (fun y => snd (f y)) (fun x y => (x, y)) z A B).
  apply (continuous_ext (fun z : R * R => z)); [intros [u v]; reflexivity|apply continuous_id].
Qed.

Lemma parts_of : forall (f : C -> C) z, continuous f z -> continuous (fun y => fst (f y)) z /\ continuous (fun y => snd (f
  y)) z.
Proof. intros f z H; split;
[apply (continuous_comp f fst z H), continuous_fst|apply (continuous_comp f snd z H), continuous_snd]. Qed.

Lemma times_continuous : forall (f g : C -> C) z, continuous f z -> continuous g z -> continuous (fun y => (f y * g y)%C) z.
Proof.
  intros f g z F G; destruct (parts_of f z F) as [F1 F2]; destruct (parts_of g z G) as [G1 G2].
  assert (M0 : forall a b : C -> R, continuous a z -> continuous b z -> continuous (fun y => a y * b y) z)
    by (intros a b; apply (continuous_mult (K := R_AbsRing) a b)).
  apply by_parts.
  - exact (continuous_minus (V := R_NormedModule) _ _ z (M0 _ _ F1 G1) (M0 _ _ F2 G2)).
  - exact (continuous_plus (V := R_NormedModule) _ _ z (M0 _ _ F1 G2) (M0 _ _ F2 G1)).
Qed.

Lemma plus_continuous : forall (f g : C -> C) z, continuous f z -> continuous g z -> continuous (fun y => (f y + g y)%C) z.
Proof.
  intros f g z F G; destruct (parts_of f z F) as [F1 F2]; destruct (parts_of g z G) as [G1 G2]; apply by_parts.
  - exact (continuous_plus (V := R_NormedModule) _ _ z F1 G1).
  - exact (continuous_plus (V := R_NormedModule) _ _ z F2 G2).
Qed.

Lemma near_distance : forall (z : C) (P : C -> Prop), (exists d : posreal, forall y : C, Cmod (y - z)%C < d -> P y) ->
  locally z P.
Proof. intros z P [d H]; generalize (near_C z d); apply filter_imp, H. Qed.

Lemma continuous_by : forall (f : C -> C) (z : C) (K d : posreal),
  (forall y : C, Cmod (y - z)%C < d -> Cmod (f y - f z)%C <= K * Cmod (y - z)%C) -> continuous f z.
Proof.
  intros f z K d H P [e He]; apply near_distance.
  assert (Q : 0 < e / K) by (apply Rdiv_lt_0_compat; apply cond_pos).
  exists (mkposreal _ (Rmin_pos d (e / K) (cond_pos d) Q)); intros y Hy; simpl in Hy; apply He, C_NormedModule_mixin_compat1.
  assert (A := Rmin_l d (e / K)); assert (B := Rmin_r d (e / K)); eapply Rle_lt_trans; [apply (H y); lra|].
  apply Rlt_le_trans with (K * (e / K)); [apply Rmult_lt_compat_l; [apply cond_pos|lra]|right; field;
  apply Rgt_not_eq, cond_pos].
Qed.

(** ** Derivatives *)

Lemma to_ring : forall (F : C -> C) z l, is_derive (K := C_AbsRing) (V := C_NormedModule) F z l ->
  is_derive (K := C_AbsRing) (V := AbsRing_NormedModule C_AbsRing) F z l.
Proof. intros F z l [_ H]; split; [apply is_linear_scal_l|exact H]. Qed.

Lemma from_ring : forall (F : C -> C) z l, is_derive (K := C_AbsRing) (V := AbsRing_NormedModule C_AbsRing) F z l ->
  is_derive (K := C_AbsRing) (V := C_NormedModule) F z l.
Proof. intros F z l [_ H]; split; [apply is_linear_scal_l|exact H]. Qed.

Lemma holomorphic_times : forall D F F' G G', holomorphic D F F' -> holomorphic D G G' ->
  holomorphic D (fun z => (F z * G z)%C) (fun z => (F' z * G z + F z * G' z)%C).
Proof.
  intros D F F' G G' HF HG z Hz; destruct (HF z Hz) as [DF CF']; destruct (HG z Hz) as [DG CG'].
  assert (CF := holomorphic_continuous _ _ _ _ HF Hz); assert (CG := holomorphic_continuous _ _ _ _ HG Hz); split.
  - apply from_ring; apply to_ring in DF; apply to_ring in DG.
    exact (is_derive_mult (K := C_AbsRing) F G z _ _ DF DG Cmult_comm).
  - apply plus_continuous; apply times_continuous; assumption.
Qed.

Lemma holomorphic_plus : forall D F F' G G', holomorphic D F F' -> holomorphic D G G' ->
  holomorphic D (fun z => (F z + G z)%C) (fun z => (F' z + G' z)%C).
Proof.
  intros D F F' G G' HF HG z Hz; destruct (HF z Hz) as [DF CF']; destruct (HG z Hz) as [DG CG']; split.
  - exact (is_derive_plus (K := C_AbsRing) (V := C_NormedModule) F G z _ _ DF DG).
  - apply plus_continuous; assumption.
Qed.

Lemma holomorphic_compose : forall D B F F' G G', holomorphic D F F' -> holomorphic B G G' -> (forall z, D z -> B (F z)) ->
  holomorphic D (fun z => G (F z)) (fun z => (F' z * G' (F z))%C).
Proof.
  intros D B F F' G G' HF HG H z Hz; destruct (HF z Hz) as [DF CF']; destruct (HG _ (H z Hz)) as [DG CG'].
  assert (CF := holomorphic_continuous _ _ _ _ HF Hz); split.
  - apply from_ring; apply to_ring in DF; apply to_ring in DG.
    exact (is_derive_comp (K := C_AbsRing) (V := AbsRing_NormedModule C_AbsRing) G F z _ _ DG DF).
  - apply times_continuous; [exact CF'|exact (continuous_comp F G' z CF CG')].
Qed.

Lemma holomorphic_constant : forall D c, holomorphic D (fun _ => c) (fun _ => RtoC 0).
Proof.
  intros D c z _; split; [|apply continuous_const].
  apply complex_derive; intros e; exists e; intros y _; replace (c - c - (y - z) * 0)%C with (RtoC 0) by components.
  rewrite Cmod_0; apply Rmult_le_pos; [left; apply cond_pos|apply Cmod_ge_0].
Qed.

Lemma holomorphic_identity : forall D, holomorphic D (fun z => z) (fun _ => RtoC 1).
Proof.
  intros D z _; split; [|apply continuous_const].
  apply complex_derive; intros e; exists e; intros y _; replace (y - z - (y - z) * 1)%C with (RtoC 0) by components.
  rewrite Cmod_0; apply Rmult_le_pos; [left; apply cond_pos|apply Cmod_ge_0].
Qed.

Lemma Cmod_minus : forall y z : C, Cmod z - Cmod (y - z)%C <= Cmod y.
Proof.
  intros y z; assert (T := Cmod_triangle y (- (y - z))%C); rewrite Cmod_opp in T.
  replace (y + - (y - z))%C with z in T by components; lra.
Qed.

Lemma holomorphic_inverse : holomorphic (fun z => z <> 0) (fun z => / z)%C (fun z => - (/ z * / z))%C.
Proof.
  assert (Lip : forall z y : C, z <> 0 -> Cmod (y - z)%C < Cmod z / 2 -> y <> 0 /\ Cmod (/ y)%C <= 2 / Cmod z /\
    (/ y - / z)%C = (- ((y - z) * (/ y * / z)))%C).
  { intros z y Hz Hy; assert (P := proj1 (Cmod_gt_0 z) Hz); assert (K := Cmod_minus y z).
    assert (Y : 0 < Cmod y) by lra; assert (Ny : y <> 0) by (apply Cmod_gt_0; exact Y); split; [exact Ny|]; split.
    - rewrite Cmod_inv by exact Ny; replace (2 / Cmod z) with (/ (Cmod z / 2)) by (field; lra); apply Rinv_le_contravar; lra.
    - field; split; assumption. }
  assert (Cont : forall z : C, z <> 0 -> continuous (fun y : C => (/ y)%C) z).
  { intros z Hz; assert (P := proj1 (Cmod_gt_0 z) Hz).
    assert (P1 : 0 < 2 / Cmod z * / Cmod z) by (apply Rmult_lt_0_compat; [apply Rdiv_lt_0_compat;
    lra|apply Rinv_0_lt_compat, P]).
    assert (P2 : 0 < Cmod z / 2) by lra.
    apply (continuous_by _ z (mkposreal _ P1) (mkposreal _ P2)); intros y Hy; simpl in *;
    destruct (Lip z y Hz Hy) as [Ny [B E]].
    rewrite E, Cmod_opp, !Cmod_mult, (Cmod_inv z Hz), Rmult_comm; apply Rmult_le_compat_r; [apply Cmod_ge_0|].
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, P|exact B]. }
  intros z Hz; assert (P := proj1 (Cmod_gt_0 z) Hz); split.
  - apply complex_derive; intros e; set (K := 2 / Cmod z * / Cmod z * / Cmod z).
    assert (P1 : 0 < K) by (unfold K; repeat apply Rmult_lt_0_compat; try lra; apply Rinv_0_lt_compat, P).
    assert (P2 : 0 < Rmin (Cmod z / 2) (e / K)) by (apply Rmin_pos; [lra|apply Rdiv_lt_0_compat; [apply cond_pos|exact P1]]).
    exists (mkposreal _ P2); intros y Hy; simpl in Hy; assert (A := Rmin_l (Cmod z / 2) (e / K));
    assert (B := Rmin_r (Cmod z / 2) (e / K)).
    destruct (Lip z y Hz ltac:(lra)) as [Ny [By _]].
    replace (/ y - / z - (y - z) * - (/ z * / z))%C with ((y - z) * ((y - z) * (/ y * / z * / z)))%C by (field; split;
    assumption).
    rewrite !Cmod_mult, (Cmod_inv z Hz), Rmult_comm; apply Rmult_le_compat_r; [apply Cmod_ge_0|].
    apply Rle_trans with (e / K * K); [|right; field; lra].
    apply Rmult_le_compat; [apply Cmod_ge_0| |lra|].
    + repeat apply Rmult_le_pos; try apply Cmod_ge_0; left; apply Rinv_0_lt_compat, P.
    + unfold K; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, P|]; apply Rmult_le_compat_r; [left;
      apply Rinv_0_lt_compat, P|exact By].
  - apply (continuous_ext (fun y : C => (RtoC (-1) * (/ y * / y))%C)); [intros y; components|].
    apply times_continuous; [apply continuous_const|apply times_continuous; apply Cont, Hz].
Qed.

(** ** Functions of a real variable that continue to holomorphic functions, and their sums *)

Definition extends (D : C -> Prop) (F F' : C -> C) (f : R -> R) : Prop :=
  holomorphic D F F' /\ forall y : R, D y -> F y = RtoC (f y).

Lemma real_disc : forall (m r y : R), disc m r y <-> Rabs (y - m) < r.
Proof. intros m r y; unfold disc; rewrite <- RtoC_minus, Cmod_R; reflexivity. Qed.

Lemma disc_near : forall m r y : R, disc m r y -> locally y (fun t : R => disc m r t).
Proof.
  intros m r y H; apply real_disc in H; assert (P : 0 < r - Rabs (y - m)) by lra; exists (mkposreal _ P); intros t Ht.
  change (Rabs (t - y) < r - Rabs (y - m)) in Ht; apply real_disc.
  assert (T := Rabs_triang (t - y) (y - m)); replace (t - y + (y - m)) with (t - m) in T by ring; lra.
Qed.

Lemma extends_derive : forall m r F F' f y, extends (disc m r) F F' f -> disc m r (RtoC y) -> is_derive f y (fst (F' y)).
Proof.
  intros m r F F' f y [H E] Hy; apply (is_derive_ext_loc (fun t : R => fst (F (t, 0)))).
  - generalize (disc_near m r y Hy); apply filter_imp; intros t Ht; change (t, 0) with (RtoC t); rewrite E by exact Ht;
    reflexivity.
  - replace (fst (F' y)) with (fst (F' y * (1, 0)%R)%C) by (simpl; ring).
    apply (part_along fst F (F' y) (fun t => t) (fun _ => 0) y 1 0); [left; reflexivity|apply (H _ Hy)| |].
    + apply (is_derive_id (K := R_AbsRing)).
    + apply (is_derive_const (V := R_NormedModule)).
Qed.

Lemma extends_continuous : forall m r F F' f y, extends (disc m r) F F' f -> disc m r (RtoC y) -> continuous f y.
Proof. intros; apply (ex_derive_continuous f); eexists; eapply extends_derive; eassumption. Qed.

Fixpoint ctotal (J : nat) (f : nat -> C) : C :=
  match J with
  | O => RtoC 0
  | S j => (ctotal j f + f j)%C
  end.

Lemma ctotal_real : forall J (f : nat -> C) (e : nat -> R), (forall j, (j < J)%nat -> f j = RtoC (e j)) -> ctotal J f = RtoC
  (total J e).
Proof.
  induction J as [|J IH]; intros f e H; [reflexivity|]; simpl; rewrite (IH f e), (H J) by auto with arith; components.
Qed.

Lemma ctotal_bound : forall J f, Cmod (ctotal J f) <= total J (fun j => Cmod (f j)).
Proof.
  induction J as [|J IH]; intros f; simpl; [rewrite Cmod_0; lra|]; eapply Rle_trans; [apply Cmod_triangle|].
  apply Rplus_le_compat_r, IH.
Qed.

Lemma ctotal_holomorphic : forall J D (F F' : nat -> C -> C), (forall j, (j < J)%nat -> holomorphic D (F j) (F' j)) ->
  holomorphic D (fun z => ctotal J (fun j => F j z)) (fun z => ctotal J (fun j => F' j z)).
Proof.
  induction J as [|J IH]; intros D F F' H; simpl; [apply holomorphic_constant|].
  apply (holomorphic_plus D (fun z => ctotal J (fun j => F j z))); [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma extends_sum : forall J D (A A' : nat -> C -> C) (alpha : nat -> R -> R) (e : nat -> R),
  (forall j, (j < J)%nat -> extends D (A j) (A' j) (alpha j)) ->
  exists F', extends D (fun z => ctotal J (fun j => (e j * A j z)%C)) F' (fun y => total J (fun j => e j * alpha j y)).
Proof.
  intros J D A A' alpha e H; exists (fun z => ctotal J (fun j => (0 * A j z + e j * A' j z)%C)); split.
  - apply (ctotal_holomorphic J D (fun j z => (e j * A j z)%C) (fun j z => (0 * A j z + e j * A' j z)%C)); intros j Hj.
    apply (holomorphic_times D (fun _ => RtoC (e j)) (fun _ => RtoC 0) (A j) (A' j)); [apply holomorphic_constant|apply H, Hj].
  - intros y Hy; apply ctotal_real; intros j Hj; rewrite (proj2 (H j Hj) y Hy); components.
Qed.

Lemma sum_bound : forall J (e : nat -> R) (f : nat -> C), Cmod (ctotal J (fun j => (e j * f j)%C)) <= total J (fun j => Rabs
  (e j) * Cmod (f j)).
Proof.
  intros; eapply Rle_trans; [apply ctotal_bound|]; apply total_le; intros; rewrite Cmod_mult, Cmod_R; apply Rle_refl.
Qed.
