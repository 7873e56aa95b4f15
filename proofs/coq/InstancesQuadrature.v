(** Instances, continued: quadrature of T_2 in the ellipse with sum of the semi-axes 5, and of
    T_1 in ellipses of any size. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature ChebyshevNodes CellQuadrature.
Open Scope R_scope.

(** T_2 and its derivative *)
Definition parabola (z : C) : C := (2 * z * z - 1)%C.
Definition incline (z : C) : C := (4 * z)%C.

Lemma parabola_holomorphic : forall D, holomorphic D parabola incline.
Proof.
  intros D z _; split.
  - apply complex_derive; intros e; exists (pos_div_2 e); intros y Hy.
    replace (parabola y - parabola z - (y - z) * incline z)%C with (2 * ((y - z) * (y - z)))%C
      by (unfold parabola, incline; components).
    rewrite !Cmod_mult, Cmod_R, (Rabs_pos_eq 2), <- Rmult_assoc by lra; apply Rmult_le_compat_r; [apply Cmod_ge_0|].
    simpl in Hy; lra.
  - unfold incline.
    apply (continuous_ext (fun z : C => (4 * fst z, 4 * snd z))); [intros [x y]; components|].
    apply (continuous_comp_2 (U := C_UniformSpace) (V := R_UniformSpace) (W := R_UniformSpace) (X := C_UniformSpace)
      (fun z : C => 4 * fst z) (fun z : C => 4 * snd z) (fun x y => (x, y)) z).
    + apply (continuous_mult (K := R_AbsRing) (fun _ => 4) fst); [apply continuous_const|apply continuous_fst].
    + apply (continuous_mult (K := R_AbsRing) (fun _ => 4) snd); [apply continuous_const|apply continuous_snd].
    + apply (continuous_ext (fun z : R * R => z)); [intros [x y]; reflexivity|apply continuous_id].
Qed.

Lemma Cmod_square : forall z : C, Cmod z ^ 2 = fst z ^ 2 + snd z ^ 2.
Proof. intros z; unfold Cmod; apply pow2_sqrt, Rplus_le_le_0_compat; apply pow2_ge_0. Qed.

(** The sum of the distances to the foci, squared, is 2 |z|^2 + 2 + 2 |z^2 - 1|. *)
Lemma parabola_bound : forall rho z, 1 < rho -> ellipse rho z -> Cmod (parabola z) <= (rho ^ 2 + / rho ^ 2) / 2.
Proof.
  intros rho z Hr Hz; unfold ellipse in Hz.
  assert (A := Cmod_ge_0 (z - 1)%C); assert (B := Cmod_ge_0 (z + 1)%C).
  assert (P : Cmod (parabola z) <= Cmod (z - 1)%C * Cmod (z + 1)%C + Cmod z * Cmod z).
  { rewrite <- !Cmod_mult; replace (parabola z) with ((z - 1) * (z + 1) + z * z)%C by (unfold parabola; components).
    apply Cmod_triangle. }
  assert (Q : Cmod (z - 1)%C ^ 2 + Cmod (z + 1)%C ^ 2 = 2 * Cmod z ^ 2 + 2).
  { rewrite !Cmod_square; destruct z as [x y]; simpl; ring. }
  assert (S2 : (Cmod (z - 1)%C + Cmod (z + 1)%C) ^ 2 <= (rho + / rho) ^ 2) by (apply pow_incr; lra).
  assert (R2 : (rho + / rho) ^ 2 = rho ^ 2 + / rho ^ 2 + 2) by (field; lra).
  simpl in *; lra.
Qed.

Lemma midpoint_is_gauss : gauss_rule 1 (fun _ => 0) (fun _ => 2).
Proof.
  split; [|split].
  - intros i _; lra.
  - intros i _; lra.
  - intros m Hm; unfold rule; simpl total; destruct m as [|[|m]]; [| |lia].
    + assert (I := is_RInt_const (V := R_NormedModule) (-1) 1 1); apply (is_RInt_unique (V := R_CompleteNormedModule)) in I.
      change (RInt (fun y => y ^ 0) (-1) 1 = (1 - -1) * 1) in I; rewrite I; simpl; real; ring.
    + assert (I : is_RInt (fun y => y) (-1) 1 (minus (1 ^ 2 / 2) ((-1) ^ 2 / 2))).
      { apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y ^ 2 / 2) (fun y => y)).
        - intros y _; auto_derive; [trivial|simpl; field].
        - intros y _; apply continuous_id. }
      apply (is_RInt_unique (V := R_CompleteNormedModule)) in I; rewrite (integral_ext _ (fun y => y)) by (intros; simpl; ring).
      rewrite I; change (0 + 2 * 0 ^ 1 = 1 ^ 2 / 2 + - ((-1) ^ 2 / 2)); simpl; field.
Qed.

Lemma gauss_quadrature_instance :
  exists (n : nat) (x w : nat -> R) (F F' : C -> C) (rho M : R),
    (1 <= n)%nat /\ gauss_rule n x w /\ 1 < rho /\ holomorphic (ellipse rho) F F' /\
    (forall z : C, ellipse rho z -> Cmod (F z) <= M).
Proof.
  exists 1%nat, (fun _ => 0), (fun _ => 2), parabola, incline, 5, ((5 ^ 2 + / 5 ^ 2) / 2).
  split; [lia|]; split; [exact midpoint_is_gauss|]; split; [lra|]; split; [apply parabola_holomorphic|].
  intros z Hz; apply parabola_bound; [lra|exact Hz].
Qed.

(** T_1 and its derivative *)
Lemma line_holomorphic : forall D, holomorphic D (fun z => z) (fun _ => RtoC 1).
Proof.
  intros D z _; split; [|apply continuous_const].
  apply complex_derive; intros e; exists e; intros y Hy.
  replace (y - z - (y - z) * 1)%C with (RtoC 0) by components; rewrite Cmod_0.
  apply Rmult_le_pos; [left; apply cond_pos|apply Cmod_ge_0].
Qed.

Lemma line_bound : forall rho z, ellipse rho z -> Cmod z <= (rho + / rho) / 2.
Proof.
  intros rho z Hz; unfold ellipse in Hz; assert (T := Cmod_triangle (z - 1)%C (z + 1)%C).
  replace (z - 1 + (z + 1))%C with (2 * z)%C in T by components.
  rewrite Cmod_mult, Cmod_R, Rabs_pos_eq in T by lra; lra.
Qed.

Lemma partial_quadrature_instance :
  exists (n : nat) (x w c : nat -> R) (F F' : C -> C) (rho M t : R),
    (1 <= n)%nat /\ gauss_rule n x w /\ 1 < rho /\ holomorphic (ellipse rho) F F' /\
    (forall z : C, ellipse rho z -> Cmod (F z) <= M) /\
    (forall i : nat, (i < n)%nat -> power_sum n c (x i) = fst (F (x i))) /\ -1 <= t <= 1.
Proof.
  exists 1%nat, (fun _ => 0), (fun _ => 2), (fun _ => 0), (fun z => z), (fun _ => RtoC 1), 5, ((5 + / 5) / 2), 0.
  split; [lia|]; split; [exact midpoint_is_gauss|]; split; [lra|]; split; [apply line_holomorphic|].
  split; [apply line_bound|]; split; [|lra]; intros i _; unfold power_sum; simpl; ring.
Qed.

Lemma chebyshev_supremum_instance :
  exists (n : nat) (F F' : C -> C) (rho M s y : R),
    (1 <= n)%nat /\ 1 < rho /\ holomorphic (ellipse rho) F F' /\
    (forall z : C, ellipse rho z -> Cmod (F z) <= M) /\
    (forall i : nat, (i < n)%nat -> Rabs (fst (F (cos (angle n i)))) <= s) /\ -1 <= y <= 1.
Proof.
  exists 1%nat, (fun z => z), (fun _ => RtoC 1), 5, ((5 + / 5) / 2), 0, 1.
  split; [lia|]; split; [lra|]; split; [apply line_holomorphic|]; split; [apply line_bound|]; split; [|lra].
  intros [|i] Hi; [|lia]; unfold angle; simpl.
  replace ((2 * 0 + 1) * PI / (2 * 1)) with (PI / 2) by field; rewrite cos_PI2, Rabs_R0; lra.
Qed.

Lemma cells_quadrature_instance :
  exists (N : nat) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) (F F' : nat -> C -> C) (M : nat -> R) (g : R -> R),
    (forall i : nat, (i < N)%nat -> a i < a (S i)) /\
    (forall i : nat, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) /\
    (forall i : nat, (i < N)%nat -> holomorphic (disc (middle a i) (2 * half a i)) (F i) (F' i)) /\
    (forall (i : nat) (z : C), (i < N)%nat -> disc (middle a i) (2 * half a i) z -> Cmod (F i z) <= M i) /\
    (forall (i : nat) (y : R), (i < N)%nat -> a i <= y <= a (S i) -> g y = fst (F i y)).
Proof.
  exists 2%nat, INR, (fun _ => 1%nat), (fun _ _ => 0), (fun _ _ => 2), (fun _ z => z), (fun _ _ => RtoC 1),
    (fun i => INR i + 3 / 2), (fun y => y).
  split; [intros i _; rewrite S_INR; lra|]; split; [intros i _; split; [lia|exact midpoint_is_gauss]|].
  split; [intros i _; apply line_holomorphic|]; split; [|reflexivity].
  intros i z _ Hz; unfold disc, half, middle in Hz; rewrite S_INR in Hz; assert (P := pos_INR i).
  replace z with (z - ((INR i + (INR i + 1)) / 2)%R + ((INR i + (INR i + 1)) / 2)%R)%C by components.
  eapply Rle_trans; [apply Cmod_triangle|]; rewrite Cmod_R, (Rabs_pos_eq ((INR i + (INR i + 1)) / 2)) by lra; lra.
Qed.
