(** Negations of false variants, continued: the rule of Gauss and Legendre, formulas in complex numbers, no earlier stop. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime EllipseChebyshev Formulas.
Open Scope R_scope.

Lemma legendre_rule_one_more_is_false : ~ (forall (n : nat) (x : nat -> R),
  (forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0 /\ x (n - 1 - i)%nat = - x i) -> distinct n x ->
  gauss_rule n x (fun i => legendre_weight n (x i)) /\
  rule n x (fun i => legendre_weight n (x i)) (fun y => y ^ (2 * n)) = RInt (fun y => y ^ (2 * n)) (-1) 1).
Proof.
  intros H; destruct (H 1%nat (fun _ => 0)) as [_ K].
  - intros i _; simpl; lra.
  - intros i j Hi Hj Ne; lia.
  - change (2 * 1)%nat with 2%nat in K; unfold rule in K; cbn [total] in K.
    assert (I : RInt (fun y => y ^ 2) (-1) 1 = 2 / 3).
    { apply is_RInt_unique; evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y ^ 3 / 3) (fun y => y ^ 2))|].
      - intros y _; auto_derive; [trivial|simpl; field].
      - intros y _; apply (ex_derive_continuous (fun y => y ^ 2)); auto_derive; trivial.
      - change (1 ^ 3 / 3 + - ((-1) ^ 3 / 3) = 2 / 3); field. }
    rewrite I in K; simpl in K; lra.
Qed.

(** Both intervals around the larger node of P_4: the mean of x^2 would be too large. *)
Lemma legendre_nodes_may_meet_is_false : ~ (forall (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat ->
  (forall i, (i < k)%nat -> 0 < lo i /\ lo i <= hi i /\ hi i < 1 /\ legendre n (lo i) * legendre n (hi i) <= 0) ->
  (forall i j, (i < j < k)%nat -> lo j <= lo i) ->
  exists x : nat -> R, gauss_rule n x (fun i => legendre_weight n (x i)) /\
    forall i, (i < k)%nat -> lo i <= x i <= hi i /\ x (n - 1 - i)%nat = - x i /\
      legendre_weight n (x i) = 2 * (1 - x i ^ 2) / (INR n * legendre (n - 1) (x i)) ^ 2).
Proof.
  intros H; assert (F : forall y, legendre 4 y = (35 * y ^ 4 - 30 * y ^ 2 + 3) / 8) by (intros y; simpl; field).
  destruct (H 2%nat 4%nat (fun _ => 8 / 10) (fun _ => 9 / 10) ltac:(reflexivity)) as [x [G X]].
  - intros i _; rewrite !F; lra.
  - intros; lra.
  - assert (S := weights_sum 4 x _ ltac:(lia) G); destruct G as [W [_ E]]; specialize (E 2%nat ltac:(lia)).
    assert (I : RInt (fun y => y ^ 2) (-1) 1 = 2 / 3).
    { apply is_RInt_unique; evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y ^ 3 / 3) (fun y => y ^ 2))|].
      - intros y _; auto_derive; [trivial|simpl; field].
      - intros y _; apply (ex_derive_continuous (fun y => y ^ 2)); auto_derive; trivial.
      - change (1 ^ 3 / 3 + - ((-1) ^ 3 / 3) = 2 / 3); field. }
    rewrite I in E; unfold rule in E; set (w := fun i => legendre_weight 4 (x i)) in *.
    assert (B : 64 / 100 * total 4 w <= total 4 (fun i => w i * x i ^ 2)); [|change (fun i => w i * x i ^ 2) with (fun i => legendre_weight 4 (x i) * x i ^ 2) in B; rewrite S, E in B; lra].
    rewrite <- total_scal; apply total_le; intros i Hi; destruct (W i Hi) as [_ P]; change (0 <= w i) in P.
    assert (Q : 64 / 100 <= x i ^ 2); [|rewrite Rmult_comm; apply Rmult_le_compat_l; assumption].
    destruct (X 0%nat ltac:(lia)) as [X0 [X3 _]]; destruct (X 1%nat ltac:(lia)) as [X1 [X2 _]]; simpl in X3, X2.
    destruct i as [|[|[|[|i]]]]; [nra|nra|rewrite X2; nra|rewrite X3; nra|lia].
Qed.

(** Both balls that are computed again are around the larger node of P_4. *)
Lemma legendre_same_nodes_meeting_is_false : ~ (forall (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat -> holds_zeros k n lo hi ->
  exists x : nat -> R, gauss_rule n x (fun i => legendre_weight n (x i)) /\
    (forall i, (i < k)%nat -> x (n - 1 - i)%nat = - x i /\ legendre_weight n (x i) = 2 * (1 - x i ^ 2) / (INR n * legendre (n - 1) (x i)) ^ 2) /\
    forall lo' hi' : nat -> R, (forall i, (i < k)%nat -> 0 < lo' i /\ lo' i <= hi' i /\ hi' i < 1 /\ legendre n (lo' i) * legendre n (hi' i) <= 0) -> forall i, (i < k)%nat -> lo' i <= x i <= hi' i).
Proof.
  intros H; assert (F : forall y, legendre 4 y = (35 * y ^ 4 - 30 * y ^ 2 + 3) / 8) by (intros y; simpl; field).
  assert (Z : holds_zeros 2 4 (fun i => match i with O => 8 / 10 | _ => 3 / 10 end) (fun i => match i with O => 9 / 10 | _ => 4 / 10 end)).
  { split; [intros [|[|i]] Hi; [| |lia]; rewrite !F; lra|intros i j Hij; replace i with 0%nat by lia; replace j with 1%nat by lia; lra]. }
  destruct (H 2%nat 4%nat _ _ ltac:(reflexivity) Z) as [x [_ [_ X]]].
  assert (A := X _ _ (proj1 Z) 1%nat ltac:(lia)); assert (B := X (fun _ => 8 / 10) (fun _ => 9 / 10) ltac:(intros i _; rewrite !F; lra) 1%nat ltac:(lia)).
  cbv beta iota in A; lra.
Qed.

(** ** Formulas *)

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

(** ** No earlier stop *)

Lemma no_earlier_stop_any_step_is_false : ~ (forall (f' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (n : nat) sigma x c,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  (forall s, (s < n)%nat -> 0 < reduced_speed J sigma f' (c s) (x s) /\ forall j, (j < J)%nat -> 0 < c s j + x s ^ 2) ->
  let p s := product (S J) (descent f' eta (S J) w s) in
  forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n).
Proof.
  intros H; set (w := fun i => if Nat.eqb i 0 then -1 else 1).
  assert (K := H (fun _ => -1) 3 1%nat 0%nat 1 w 1%nat 1 _ _ ltac:(lia) ltac:(ring) ltac:(lra)
    ltac:(unfold orientation, w, skip, side; simpl; destruct (Rle_dec 0 1); lra) eq_refl eq_refl
    ltac:(intros [|j] Hj; [unfold differences, w, skip; simpl; lra|lia])).
  assert (L : forall s, (s < 1)%nat -> 0 < reduced_speed 1 1 (fun _ => -1) (differences (fun _ => -1) 3 1 0 w s) (coordinate (fun _ => -1) 3 1 0 1 w s) /\
    forall j, (j < 1)%nat -> 0 < differences (fun _ => -1) 3 1 0 w s j + coordinate (fun _ => -1) 3 1 0 1 w s ^ 2).
  { intros [|s] Hs; [|lia].
    assert (X : coordinate (fun _ => -1) 3 1 0 1 w 0 = -1) by (unfold coordinate, w; simpl; ring).
    assert (C : differences (fun _ => -1) 3 1 0 w 0 0 = 0) by (unfold differences, w, skip; simpl; ring); split.
    - unfold reduced_speed, root; cbn [product]; rewrite X, C; replace (0 + (-1) ^ 2) with 1 by ring; rewrite sqrt_1; lra.
    - intros [|j] Hj; [rewrite X, C; lra|lia]. }
  specialize (K L 1%nat (Nat.le_refl 1)); destruct K as [K _]; unfold step, others, but, w in K; simpl in K; unfold step, others, but in K; simpl in K; lra.
Qed.
