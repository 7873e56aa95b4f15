(** Negations of false variants, continued: quadrature. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature ChebyshevNodes InstancesQuadrature.
Open Scope R_scope.

Lemma gauss_quadrature_less_than_half_is_false : ~ (forall (n : nat) (x w : nat -> R) (F F' : C -> C) (rho M : R),
  (1 <= n)%nat -> gauss_rule n x w -> 1 < rho -> holomorphic (ellipse rho) F F' ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  Rabs (RInt (fun t => fst (F t)) (-1) 1 - rule n x w (fun t => fst (F t)))
    <= 5 / 2 * M * (/ rho) ^ (2 * n) / (1 - (/ rho) ^ 2)).
Proof.
  intros H; specialize (H 1%nat (fun _ => 0) (fun _ => 2) parabola incline 5 ((5 ^ 2 + / 5 ^ 2) / 2) ltac:(lia)
    midpoint_is_gauss ltac:(lra) (parabola_holomorphic _) (fun z => parabola_bound 5 z ltac:(lra))).
  assert (E : RInt (fun t => fst (parabola t)) (-1) 1 = - (2 / 3)).
  { rewrite (integral_ext _ (fun y => 2 * y * y - 1)) by (intros t; unfold parabola; simpl; ring).
    apply is_RInt_unique; evar_last;
      [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => 2 / 3 * y ^ 3 - y) (fun y => 2 * y * y - 1))|].
    - intros y _; auto_derive; [trivial|simpl; field].
    - intros y _; apply (ex_derive_continuous (fun y => 2 * y * y - 1)); auto_derive; trivial.
    - change (2 / 3 * 1 ^ 3 - 1 + - (2 / 3 * (-1) ^ 3 - -1) = - (2 / 3)); field. }
  rewrite E in H; unfold rule in H; simpl in H.
  replace (- (2 / 3) - (0 + 2 * ((2 * 0 - 0 * 0) * 0 - (2 * 0 + 0 * 0) * 0 + - (1)))) with (4 / 3) in H by field.
  rewrite Rabs_pos_eq in H by lra; lra.
Qed.

Lemma partial_quadrature_one_more_is_false : ~ (forall (n : nat) (x w c : nat -> R) (F F' : C -> C) (rho M t : R),
  (1 <= n)%nat -> gauss_rule n x w -> 1 < rho -> holomorphic (ellipse rho) F F' ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  (forall i, (i < n)%nat -> power_sum n c (x i) = fst (F (x i))) -> -1 <= t <= 1 ->
  Rabs (RInt (fun y => fst (F y)) (-1) t - RInt (power_sum n c) (-1) t) <= 8 * M * (/ rho) ^ S n / (1 - / rho)).
Proof.
  intros H; specialize (H 1%nat (fun _ => 0) (fun _ => 2) (fun _ => 0) (fun z => z) (fun _ => RtoC 1) 20 ((20 + / 20) / 2) 0
    ltac:(lia) midpoint_is_gauss ltac:(lra) (line_holomorphic _) (line_bound 20)
    ltac:(intros i _; unfold power_sum; simpl; ring) ltac:(lra)).
  assert (E : RInt (fun y => fst (RtoC y)) (-1) 0 = - (1 / 2)).
  { rewrite (integral_ext _ (fun y => y)) by (intros t; reflexivity).
    apply is_RInt_unique; evar_last;
      [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y ^ 2 / 2) (fun y => y))|].
    - intros y _; auto_derive; [trivial|simpl; field].
    - intros y _; apply continuous_id.
    - change (0 ^ 2 / 2 + - ((-1) ^ 2 / 2) = - (1 / 2)); field. }
  assert (Z : RInt (power_sum 1 (fun _ => 0)) (-1) 0 = 0).
  { rewrite (integral_ext _ (fun _ => 0)) by (intros t; unfold power_sum; simpl; ring).
    apply is_RInt_unique; evar_last; [apply (is_RInt_const (V := R_NormedModule))|].
    unfold scal; simpl; unfold mult; simpl; ring. }
  cbv beta in H; rewrite E, Z, Rminus_0_r, Rabs_Ropp, Rabs_pos_eq in H by lra; simpl in H; lra.
Qed.

Lemma chebyshev_supremum_less_than_half_is_false : ~ (forall (n : nat) (F F' : C -> C) (rho M s y : R),
  (1 <= n)%nat -> 1 < rho -> holomorphic (ellipse rho) F F' -> (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  (forall i, (i < n)%nat -> Rabs (fst (F (cos (angle n i)))) <= s) -> -1 <= y <= 1 ->
  Rabs (fst (F y)) <= 2 * INR n * s + 19 / 10 * M * (/ rho) ^ n / (1 - / rho)).
Proof.
  intros H; specialize (H 1%nat (fun z => z) (fun _ => RtoC 1) 100 ((100 + / 100) / 2) 0 1 ltac:(lia) ltac:(lra)
    (line_holomorphic _) (line_bound 100)).
  assert (N : forall i, (i < 1)%nat -> Rabs (fst (RtoC (cos (angle 1 i)))) <= 0).
  { intros [|i] Hi; [|lia]; unfold angle; simpl.
    replace ((2 * 0 + 1) * PI / (2 * 1)) with (PI / 2) by field; rewrite cos_PI2, Rabs_R0; lra. }
  specialize (H N ltac:(lra)); simpl in H; rewrite Rabs_pos_eq in H by lra; lra.
Qed.
