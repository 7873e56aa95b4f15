(** Negations of false variants, continued: quadrature. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature ChebyshevNodes CellQuadrature InstancesQuadrature.
Open Scope R_scope.

Lemma parabola_integral : RInt (fun t => fst (parabola t)) (-1) 1 = - (2 / 3).
Proof.
  rewrite (integral_ext _ (fun y => 2 * y * y - 1)) by (intros t; unfold parabola; simpl; ring).
  apply is_RInt_unique; evar_last;
    [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => 2 / 3 * y ^ 3 - y) (fun y => 2 * y * y - 1))|].
  - intros y _; auto_derive; [trivial|simpl; field].
  - intros y _; apply (ex_derive_continuous (fun y => 2 * y * y - 1)); auto_derive; trivial.
  - change (2 / 3 * 1 ^ 3 - 1 + - (2 / 3 * (-1) ^ 3 - -1) = - (2 / 3)); field.
Qed.

Lemma gauss_quadrature_less_than_half_is_false : ~ (forall (n : nat) (x w : nat -> R) (F F' : C -> C) (rho M : R),
  (1 <= n)%nat -> gauss_rule n x w -> 1 < rho -> holomorphic (ellipse rho) F F' ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  Rabs (RInt (fun t => fst (F t)) (-1) 1 - rule n x w (fun t => fst (F t)))
    <= 5 / 2 * M * (/ rho) ^ (2 * n) / (1 - (/ rho) ^ 2)).
Proof.
  intros H; specialize (H 1%nat (fun _ => 0) (fun _ => 2) parabola incline 5 ((5 ^ 2 + / 5 ^ 2) / 2) ltac:(lia)
    midpoint_is_gauss ltac:(lra) (parabola_holomorphic _) (fun z => parabola_bound 5 z ltac:(lra))).
  assert (E := parabola_integral).
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

Lemma cells_quadrature_one_more_is_false : ~ (forall (N : nat) (a : nat -> R) (n : nat -> nat) (x w : nat -> nat -> R) (F F' : nat -> C -> C)
    (M : nat -> R) (g : R -> R),
  (forall i, (i < N)%nat -> a i < a (S i)) ->
  (forall i, (i < N)%nat -> (1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) ->
  (forall i, (i < N)%nat -> holomorphic (disc (middle a i) (2 * half a i)) (F i) (F' i)) ->
  (forall i z, (i < N)%nat -> disc (middle a i) (2 * half a i) z -> Cmod (F i z) <= M i) ->
  (forall i y, (i < N)%nat -> a i <= y <= a (S i) -> g y = fst (F i y)) ->
  Rabs (RInt g (a 0%nat) (a N) - total N (fun i => half a i * rule (n i) (x i) (w i) (fun t => g (middle a i + half a i * t))))
    <= total N (fun i => half a i * (16 / 3 * M i * (/ code_rho) ^ S (2 * n i) / (1 - (/ code_rho) ^ 2)))).
Proof.
  intros H; set (a := fun i => 2 * INR i - 1).
  assert (Mid : middle a 0 = 0) by (unfold middle, a; simpl; field).
  assert (Hal : half a 0 = 1) by (unfold half, a; simpl; field).
  assert (B : forall (i : nat) (z : C), (i < 1)%nat -> disc (middle a i) (2 * half a i) z -> Cmod (parabola z) <= 9).
  { intros [|i] z Hi Hz; [|lia]; rewrite Mid, Hal in Hz; unfold disc in Hz.
    replace (z - 0)%C with z in Hz by components.
    replace (parabola z) with (2 * (z * z) + (-1)%R)%C by (unfold parabola; components).
    eapply Rle_trans; [apply Cmod_triangle|]; rewrite !Cmod_mult, !Cmod_R, (Rabs_pos_eq 2), (Rabs_left (-1)) by lra.
    assert (P := Cmod_ge_0 z); nra. }
  specialize (H 1%nat a (fun _ => 1%nat) (fun _ _ => 0) (fun _ _ => 2) (fun _ => parabola) (fun _ => incline) (fun _ => 9)
    (fun y => fst (parabola y)) ltac:(intros i _; unfold a; rewrite S_INR; lra)
    ltac:(intros i _; split; [lia|exact midpoint_is_gauss]) ltac:(intros i _; apply parabola_holomorphic) B ltac:(reflexivity)).
  cbn [total] in H; rewrite Mid, Hal in H; unfold a in H; simpl INR in H; unfold rule in H; cbn [total] in H.
  replace (2 * 0 - 1) with (-1) in H by ring; replace (2 * 1 - 1) with 1 in H by ring; rewrite parabola_integral in H.
  assert (V : fst (parabola (0 + 1 * 0)%R) = -1) by (unfold parabola; simpl; ring); rewrite V in H; clear V B Mid Hal.
  replace (- (2 / 3) - (0 + 1 * (0 + 2 * -1))) with (4 / 3) in H by field; rewrite Rabs_pos_eq in H by lra.
  destruct code_rho_inverse as [_ E]; rewrite E in H; simpl in H.
  assert (S3 := sqrt_sqrt 3 ltac:(lra)); assert (L := sqrt_pos 3); set (s := sqrt 3) in *.
  assert (Lo : 1732 / 1000 < s) by nra.
  assert (K : (2 - s) * ((2 - s) * ((2 - s) * 1)) = 26 - 15 * s) by nra.
  assert (D : 1 - (2 - s) * ((2 - s) * 1) = 4 * s - 6) by nra.
  rewrite K, D in H.
  assert (X : 0 + 1 * (16 / 3 * 9 * (26 - 15 * s) / (4 * s - 6)) < 4 / 3); [|lra].
  rewrite Rplus_0_l, Rmult_1_l; apply Rlt_div_l; lra.
Qed.
