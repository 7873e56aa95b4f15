(** The uniform law on a circle, with the mean 1/(2 pi) int_0^(2 pi): what no orthogonal matrix of the plane changes, polynomials of
    whatever degree among them.  With it, instances of Lemma 8 of Arora, Cohen, Golowich and Hu in the plane, and of random
    orthogonal layers for every order K. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Transpose Spectral Margin AnyLaw RandomDirection RandomMargin.
From Lemmata Require Import Wide WideData DuHuLoss OrthogonalClaims LayerLaws TurnedMoments OrthogonalChance OrthogonalTheorem OrthogonalPaper.
From Lemmata Require Import InstancesDuHu InstancesDirection InstancesOrthogonal.
Open Scope R_scope.

(** ** Means over a period *)

Definition circle_mean (g : R -> R) : R := / (2 * PI) * RInt g 0 (2 * PI).

Lemma integrable_period : forall (g : R -> R) a b, (forall t, continuous g t) -> ex_RInt g a b.
Proof. intros g a b C; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros; apply C. Qed.

Lemma circle_mean_ext : forall g h, (forall t, g t = h t) -> circle_mean g = circle_mean h.
Proof. intros g h E; unfold circle_mean; f_equal; apply (RInt_ext (V := R_CompleteNormedModule)); intros t _; apply E. Qed.

Lemma circle_mean_const : forall c, circle_mean (fun _ => c) = c.
Proof.
  intros c; unfold circle_mean; rewrite RInt_const; change (/ (2 * PI) * ((2 * PI - 0) * c) = c); assert (P := PI_RGT_0); field; lra.
Qed.

Lemma circle_mean_plus : forall g h : R -> R, (forall t, continuous g t) -> (forall t, continuous h t) ->
  circle_mean (fun t => g t + h t) = circle_mean g + circle_mean h.
Proof.
  intros g h G H; unfold circle_mean; rewrite <- Rmult_plus_distr_l; f_equal.
  apply (RInt_plus (V := R_CompleteNormedModule)); apply integrable_period; assumption.
Qed.

Lemma circle_mean_scal : forall c (g : R -> R), (forall t, continuous g t) -> circle_mean (fun t => c * g t) = c * circle_mean g.
Proof.
  intros c g G; unfold circle_mean; transitivity (/ (2 * PI) * (c * RInt g 0 (2 * PI))); [f_equal|ring].
  apply (RInt_scal (V := R_CompleteNormedModule)), integrable_period; exact G.
Qed.

Lemma circle_mean_le : forall g h : R -> R, (forall t, continuous g t) -> (forall t, continuous h t) -> (forall t, g t <= h t) ->
  circle_mean g <= circle_mean h.
Proof.
  intros g h G H L; assert (P := PI_RGT_0); unfold circle_mean; apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat; lra|].
  apply RInt_le; [lra|apply integrable_period; exact G|apply integrable_period; exact H|intros; apply L].
Qed.

(** u t + v for t, u = 1 or -1. *)
Lemma circle_mean_turned : forall (g : R -> R) u v, (forall t, continuous g t) -> (forall t, g (t + 2 * PI) = g t) -> u = 1 \/ u = -1 ->
  circle_mean (fun t => g (u * t + v)) = circle_mean g.
Proof.
  intros g u v C Per Hu; assert (P := PI_RGT_0); unfold circle_mean; f_equal.
  assert (Line : forall a, u * RInt (fun t => g (u * t + v)) 0 a = RInt g v (u * a + v)).
  { intros a; assert (S := RInt_comp_lin (V := R_CompleteNormedModule) g u v 0 a (integrable_period g _ _ C)).
    rewrite Rmult_0_r, Rplus_0_l in S; rewrite <- S; symmetry.
    apply (RInt_scal (V := R_CompleteNormedModule)), integrable_period; intros t.
    apply (continuous_comp (fun t => u * t + v) g); [apply (ex_derive_continuous (fun t => u * t + v)); auto_derive; trivial|apply C]. }
  assert (Chasles : forall a b c, RInt g a b + RInt g b c = RInt g a c).
  { intros a b c; apply (RInt_Chasles (V := R_CompleteNormedModule)); apply integrable_period; exact C. }
  assert (Shift : forall a, RInt g a (a + 2 * PI) = RInt g 0 (2 * PI)).
  { intros a; assert (S := RInt_comp_lin (V := R_CompleteNormedModule) g 1 (2 * PI) 0 a (integrable_period g _ _ C)).
    rewrite Rmult_0_r, Rplus_0_l, Rmult_1_l in S.
    assert (E : RInt g 0 a = RInt g (2 * PI) (a + 2 * PI)).
    { rewrite <- S; symmetry; apply (RInt_ext (V := R_CompleteNormedModule)); intros t _; change (1 * g (1 * t + 2 * PI) = g t); rewrite Per, !Rmult_1_l; reflexivity. }
    assert (A := Chasles 0 a (a + 2 * PI)); assert (B := Chasles 0 (2 * PI) (a + 2 * PI)); lra. }
  assert (L := Line (2 * PI)); destruct Hu as [-> | ->].
  - rewrite Rmult_1_l in L; rewrite L, Rmult_1_l, (Rplus_comm (2 * PI)); apply Shift.
  - assert (A := Shift (-1 * (2 * PI) + v)); replace (-1 * (2 * PI) + v + 2 * PI) with v in A by ring.
    assert (B := Chasles v (-1 * (2 * PI) + v) v); rewrite A, (RInt_point (V := R_CompleteNormedModule)) in B.
    change (@zero R_CompleteNormedModule) with 0 in B; lra.
Qed.

(** ** The plane *)

(** The point of the circle of radius s at the angle t, and zeros. *)
Definition circle (s t : R) (i : nat) : R :=
  match i with
  | O => s * cos t
  | S O => s * sin t
  | _ => 0
  end.

Lemma circle_continuous : forall s i t, continuous (fun t => circle s t i) t.
Proof.
  intros s i t; destruct i as [|[|i]]; simpl; [| |apply continuous_const].
  - apply (ex_derive_continuous (fun t => s * cos t)); auto_derive; trivial.
  - apply (ex_derive_continuous (fun t => s * sin t)); auto_derive; trivial.
Qed.

Lemma circle_period : forall s t, circle s (t + 2 * PI) = circle s t.
Proof.
  intros s t; pointwise i; destruct i as [|[|i]]; simpl; [| |reflexivity].
  - rewrite cos_plus, cos_2PI, sin_2PI; ring.
  - rewrite sin_plus, cos_2PI, sin_2PI; ring.
Qed.

Lemma circle_square : forall s t, dot 2 (circle s t) (circle s t) = s ^ 2.
Proof.
  intros s t; assert (T := sin2_cos2 t); unfold Rsqr in T; unfold dot; cbn [total circle].
  transitivity (s ^ 2 * (sin t * sin t + cos t * cos t)); [ring|rewrite T; ring].
Qed.

Lemma angle_of : forall x z, x ^ 2 + z ^ 2 = 1 -> exists v, cos v = x /\ sin v = z.
Proof.
  intros x z H; assert (Z2 := pow2_ge_0 z); assert (Hx : -1 <= x <= 1).
  { split; apply Rnot_lt_le; intros L; [assert (0 < (-1 - x) * (1 - x))|assert (0 < (x - 1) * (x + 1))]; try (apply Rmult_lt_0_compat; lra); lra. }
  assert (S := sin_acos x Hx); assert (E : 1 - x² = z²) by (unfold Rsqr; lra); rewrite E, sqrt_Rsqr_abs in S; assert (C := cos_acos x Hx).
  destruct (Rle_lt_dec 0 z) as [Z|Z].
  - exists (acos x); split; [exact C|rewrite S; apply Rabs_pos_eq; exact Z].
  - exists (- acos x); split; [rewrite cos_neg; exact C|rewrite sin_neg, S, Rabs_left by exact Z; ring].
Qed.

(** Two orthonormal vectors of the plane: what they make of the circle. *)
Lemma circle_turned : forall x y z w, x * x + y * y = 1 -> z * z + w * w = 1 -> x * z + y * w = 0 -> exists u v, (u = 1 \/ u = -1) /\
  forall s t, s * cos t * x + s * sin t * y = s * cos (u * t + v) /\ s * cos t * z + s * sin t * w = s * sin (u * t + v).
Proof.
  intros x y z w H1 H2 H3; set (u := x * w - y * z).
  assert (W : w = u * x).
  { transitivity (w * (x * x + y * y) - y * (x * z + y * w)); [rewrite H1, H3; ring|unfold u; ring]. }
  assert (Y : z = - (u * y)).
  { transitivity (z * (x * x + y * y) - x * (x * z + y * w)); [rewrite H1, H3; ring|unfold u; ring]. }
  assert (UU : (u - 1) * (u + 1) = 0).
  { transitivity (u * u * (x * x + y * y) - 1); [rewrite H1; ring|rewrite <- H2, W, Y; ring]. }
  assert (Hu : u = 1 \/ u = -1) by (destruct (Rmult_integral _ _ UU); [left|right]; lra).
  destruct (angle_of x z) as [v [Cv Sv]]; [rewrite <- H1, Y; destruct Hu as [-> | ->]; ring|].
  exists u, v; split; [exact Hu|]; intros s t; rewrite cos_plus, sin_plus, Cv, Sv, W, Y.
  destruct Hu as [-> | ->]; rewrite ?Rmult_1_l; [split; ring|].
  replace (-1 * t) with (- t) by ring; rewrite cos_neg, sin_neg; split; ring.
Qed.

(** ** Lemma 8 of Arora, Cohen, Golowich and Hu *)

Definition circle_weights : weights 2.
Proof.
  refine {| variable := fun X => forall t, continuous (fun t => X (circle 1 t)) t; expectation := fun X => circle_mean (fun t => X (circle 1 t));
    single := fun h => forall x, h x = h 0; average := fun h => h 0 |}.
  - split; [intros; apply continuous_const|apply circle_mean_const].
  - intros X Y VX VY; split; [intros t; apply (continuous_plus (V := R_NormedModule)); [apply VX|apply VY]|apply circle_mean_plus; assumption].
  - intros c X VX; split; [intros t; apply (continuous_scal_r (V := R_NormedModule) c); apply VX|apply circle_mean_scal; exact VX].
  - intros X Y VX VY L; apply circle_mean_le; auto.
  - split; reflexivity.
  - intros c h H; split; [intros x; rewrite (H x); reflexivity|reflexivity].
  - intros h H; assert (E : forall w : nat -> R, product 2 (fun i => h i (w i)) = product 2 (fun i => h i 0)).
    { intros w; apply product_ext; intros i Hi; apply H; exact Hi. }
    split.
    + intros t; apply (continuous_ext (fun _ => product 2 (fun i => h i 0))); [intros; symmetry; apply E|apply continuous_const].
    + rewrite <- (circle_mean_const (product 2 (fun i => h i 0))); apply circle_mean_ext; intros t; apply E.
Defined.

Lemma turned_continuous : forall (g : R -> R) u v, (forall t, continuous g t) -> forall t, continuous (fun t => g (u * t + v)) t.
Proof.
  intros g u v C t; apply (continuous_comp (fun t => u * t + v) g); [|apply C].
  apply (ex_derive_continuous (fun t => u * t + v)); auto_derive; trivial.
Qed.

Lemma circle_rotated : rotation_invariant 2 circle_weights.
Proof.
  split.
  - intros Q X HQ VX; assert (G := fun i j Hi Hj => HQ i j Hi Hj); unfold dot, unit_matrix in G; cbn [total] in G.
    destruct (circle_turned (Q 0 0)%nat (Q 0 1)%nat (Q 1 0)%nat (Q 1 1)%nat) as [u [v [Hu T]]].
    { assert (E := G 0%nat 0%nat ltac:(lia) ltac:(lia)); simpl in E; lra. }
    { assert (E := G 1%nat 1%nat ltac:(lia) ltac:(lia)); simpl in E; lra. }
    { assert (E := G 0%nat 1%nat ltac:(lia) ltac:(lia)); simpl in E; lra. }
    assert (E : forall t, RandomDirection.turned 2 Q (circle 1 t) = circle 1 (u * t + v)).
    { intros t; destruct (T 1 t) as [T0 T1]; pointwise i; unfold RandomDirection.turned, mv, dot; destruct i as [|[|i]]; cbn [total circle Nat.ltb Nat.leb].
      - rewrite <- T0; ring.
      - rewrite <- T1; ring.
      - reflexivity. }
    split.
    + intros t; apply (continuous_ext (fun t => X (circle 1 (u * t + v)))); [intros r; apply f_equal; symmetry; apply E|].
      exact (turned_continuous (fun t => X (circle 1 t)) u v VX t).
    + apply eq_trans with (circle_mean (fun t => X (circle 1 (u * t + v)))); [apply circle_mean_ext; intros t; apply f_equal, E|].
      apply (circle_mean_turned (fun t => X (circle 1 t)) u v VX); [intros t; rewrite circle_period; reflexivity|exact Hu].
  - intros u X c M VX _ Hc _ t; apply (continuous_mult (K := R_AbsRing)); [apply VX|].
    apply (continuous_comp (fun t => cosine 2 u (circle 1 t)) c); [|apply Hc].
    apply (continuous_ext (fun t => u 0%nat * cos t + u 1%nat * sin t)).
    + intros x; change (u 0%nat * cos x + u 1%nat * sin x = cosine 2 u (circle 1 x)); unfold cosine.
      rewrite norm2_dot, circle_square, pow1, sqrt_1; unfold dot; cbn [total circle]; field.
    + apply (ex_derive_continuous (fun t => u 0%nat * cos t + u 1%nat * sin t)); auto_derive; trivial.
Qed.

(** |Phi| = 100, b1 = 5000, b2 = 20000: |V| = 1 is the largest length allowed, and the probability of the margin at least 0.44. *)
Lemma arora_lemma_8_instance : exists (d : nat) (P : weights d) (Phi : nat -> R) (b1 b2 eps : R) (inside : (nat -> R) -> R),
  (1 <= d)%nat /\ rotation_invariant d P /\ 0 < norm2 d Phi /\ 1 <= b1 < b2 /\ eps <= 1 /\ variable P inside /\
  (forall v, (length_within d Phi b1 b2 v /\ inside v = 1) \/ (~ length_within d Phi b1 b2 v /\ inside v = 0)) /\ 1 - eps <= expectation P inside.
Proof.
  set (Phi := circle 100 0); assert (F : norm2 2 Phi = 100) by (rewrite norm2_dot; unfold Phi; rewrite circle_square; apply sqrt_pow2; lra).
  assert (One : forall t, length_between 2 Phi 5000 20000 (circle 1 t) = 1).
  { intros t; destruct (length_between_indicates 2 Phi 5000 20000 (circle 1 t)) as [[_ E]|[N _]]; [exact E|exfalso; apply N].
    unfold length_within; rewrite F, norm2_dot, circle_square, pow1, sqrt_1; replace (5000 * INR 2) with (100 * 100) by (simpl; ring).
    replace (20000 * INR 2) with (200 * 200) by (simpl; ring); rewrite !sqrt_square by lra; lra. }
  exists 2%nat, circle_weights, Phi, 5000, 20000, 0, (length_between 2 Phi 5000 20000).
  split; [lia|split; [exact circle_rotated|]]; split; [rewrite F; lra|split; [lra|split; [lra|split; [|split]]]].
  - intros t; apply (continuous_ext (fun _ => 1)); [intros r; symmetry; apply One|apply continuous_const].
  - apply length_between_indicates.
  - apply Rle_trans with (circle_mean (fun _ => 1)); [rewrite circle_mean_const; lra|right; symmetry; apply circle_mean_ext; exact One].
Qed.

(** ** Orthogonal layers of width 2: the last one is a row on the circle of radius sqrt 2 *)

Lemma circle_layer : forall n L t, (2 <= L)%nat -> orthogonal_layer n 2 1 L L (row (circle (sqrt (INR 2)) t)).
Proof.
  intros n L t HL; split; [|split; [intros E; lia|split; [intros _|intros E; lia]]].
  - intros i j [H|H]; destruct i as [|i]; simpl; try reflexivity; try lia; destruct j as [|[|j]]; try lia; reflexivity.
  - split; [intros i j Hi Hj; destruct j; [lia|reflexivity]|]; intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia.
    transitivity (sqrt (INR 2) ^ 2); [apply circle_square|unfold unit_matrix; rewrite Nat.eqb_refl; ring].
Qed.

Definition circle_law (n L : nat) (HL : (2 <= L)%nat) : matrix_law (orthogonal_layer n 2 1 L L).
Proof.
  set (at_angle := fun t => row (circle (sqrt (INR 2)) t)); assert (In := fun t => circle_layer n L t HL).
  refine {| averaged := fun F => forall t, continuous (fun t => F (at_angle t)) t; matrix_mean := fun F => circle_mean (fun t => F (at_angle t)) |}.
  - split; [intros; apply continuous_const|apply circle_mean_const].
  - intros F G VF VG; split; [intros t; apply (continuous_plus (V := R_NormedModule)); [apply VF|apply VG]|apply circle_mean_plus; assumption].
  - intros c F VF; split; [intros t; apply (continuous_scal_r (V := R_NormedModule) c); apply VF|apply circle_mean_scal; exact VF].
  - intros F G VF VG Le; apply circle_mean_le; auto; intros t; apply Le, In.
  - intros F G VF E t; apply (continuous_ext (fun t => F (at_angle t))); [intros x; apply E, In|apply VF].
Defined.

Lemma polynomial_continuous : forall s m n F, entries_polynomial m n F -> forall t, continuous (fun t => F (row (circle s t))) t.
Proof.
  intros s m n F H; induction H as [n c|n i j F Hi Hj H IH|n F G HF IF HG IG]; intros t.
  - apply continuous_const.
  - apply (continuous_mult (K := R_AbsRing)); [|apply IH]; destruct i as [|i]; simpl; [apply circle_continuous|apply continuous_const].
  - apply (continuous_plus (V := R_NormedModule)); [apply IF|apply IG].
Qed.

Lemma polynomial_same : forall m n F A B, entries_polynomial m n F -> same m A B -> F A = F B.
Proof.
  intros m n F A B H S; induction H as [n c|n i j F Hi Hj H IH|n F G HF IF HG IG]; [reflexivity|rewrite IH, (S i j) by assumption; reflexivity|].
  rewrite IF, IG; reflexivity.
Qed.

Lemma circle_turning : forall n L HL K, turning 2 K (circle_law n L HL).
Proof.
  intros n L HL K F HF; set (s := sqrt (INR 2)); assert (V := polynomial_continuous s 2 (2 * K) F HF); split; [exact V|]; intros O HO.
  assert (G := fun i j Hi Hj => HO i j Hi Hj); unfold mul, dot, tr, unit_matrix in G; cbn [total] in G.
  destruct (circle_turned (O 0 0)%nat (O 1 0)%nat (O 0 1)%nat (O 1 1)%nat) as [u [v [Hu T]]].
  { assert (E := G 0%nat 0%nat ltac:(lia) ltac:(lia)); simpl in E; lra. }
  { assert (E := G 1%nat 1%nat ltac:(lia) ltac:(lia)); simpl in E; lra. }
  { assert (E := G 0%nat 1%nat ltac:(lia) ltac:(lia)); simpl in E; lra. }
  assert (E : forall t, F (mul 2 (row (circle s t)) O) = F (row (circle s (u * t + v)))).
  { intros t; destruct (T s t) as [T0 T1]; apply (polynomial_same 2 (2 * K) F _ _ HF); intros i j Hi Hj; unfold mul, dot; cbn [total].
    destruct i as [|[|i]]; [|simpl; ring|lia]; destruct j as [|[|j]]; [| |lia]; cbn [row circle].
    - rewrite <- T0; ring.
    - rewrite <- T1; ring. }
  split.
  - intros t; apply (continuous_ext (fun t => F (row (circle s (u * t + v))))); [intros r; symmetry; apply E|].
    exact (turned_continuous (fun t => F (row (circle s t))) u v V t).
  - apply eq_trans with (circle_mean (fun t => F (row (circle s (u * t + v))))); [apply circle_mean_ext; exact E|].
    apply (circle_mean_turned (fun t => F (row (circle s t))) u v V); [intros t; rewrite circle_period; reflexivity|exact Hu].
Qed.

Lemma turned_moments_instance : exists (supp : (nat -> nat -> R) -> Prop) (Q : matrix_law supp) (m p : nat) (s : R) (K k : nat) (_ : nat -> R),
  (1 <= m)%nat /\ (p <= m)%nat /\ turning m K Q /\ (forall A : nat -> nat -> R, supp A -> turns m p s (tr A)) /\ (k <= K)%nat.
Proof.
  exists (orthogonal_layer 2 2 1 3 3), (circle_law 2 3 ltac:(lia)), 2%nat, 1%nat, (sqrt (INR 2)), 7%nat, 7%nat, (fun _ => 1).
  split; [lia|split; [lia|split; [apply circle_turning|split; [|lia]]]]; intros A [_ [_ [H _]]]; apply H; reflexivity.
Qed.

(** The first two places on the diagonal. *)
Definition pair (c : R) (i j : nat) : R :=
  match i, j with
  | O, O | S O, S O => c
  | _, _ => 0
  end.

Lemma pair_turns : turns 2 2 (sqrt (INR 2)) (pair (sqrt (INR 2))).
Proof.
  split; [intros i j Hi Hj; lia|]; intros i j Hi Hj; unfold mul, dot, tr, unit_matrix; cbn [total].
  destruct i as [|[|i]]; [| |lia]; (destruct j as [|[|j]]; [| |lia]); simpl; ring.
Qed.

Lemma pair_layer : forall l, (1 <= l <= 2)%nat -> orthogonal_layer 2 2 1 3 l (pair (sqrt (INR 2))).
Proof.
  assert (T : tr (pair (sqrt (INR 2))) = pair (sqrt (INR 2))).
  { pointwise i; pointwise j; unfold tr; destruct i as [|[|i]], j as [|[|j]]; reflexivity. }
  intros l Hl; split; [|split; [intros _; exact pair_turns|split; [intros E; lia|intros _; rewrite T; split; exact pair_turns]]].
  intros i j H; destruct i as [|[|i]], j as [|[|j]]; try reflexivity; lia.
Qed.

Lemma empty_layer : forall l, (l < 1 \/ 3 < l)%nat -> orthogonal_layer 2 2 1 3 l (fun _ _ => 0).
Proof. intros l H; split; [reflexivity|split; [intros E; lia|split; intros E; lia]]. Qed.

Definition circle_laws : layer_laws 2 2 1 3.
Proof.
  intros l; destruct l as [|[|[|[|l]]]].
  - exact (fixed_law _ _ (empty_layer 0 ltac:(lia))).
  - exact (fixed_law _ _ (pair_layer 1 ltac:(lia))).
  - exact (fixed_law _ _ (pair_layer 2 ltac:(lia))).
  - exact (circle_law 2 3 ltac:(lia)).
  - exact (fixed_law _ _ (empty_layer (S (S (S (S l)))) ltac:(lia))).
Defined.

(** Three samples, (1, 0), (0, 1) and 0, with the targets 2, 0 and 1, of which the last cannot be met. *)
Definition three_targets (i j : nat) : R :=
  match i, j with
  | O, O => 2
  | O, S (S O) => 1
  | _, _ => 0
  end.

Lemma three_data : data_of 4 2 1 2 (pair 1) three_targets (lone 2) 1 1 2.
Proof.
  assert (Len : forall z, dot 4 (mv 4 (pair 1) z) (mv 4 (pair 1) z) = z 0%nat * z 0%nat + z 1%nat * z 1%nat).
  { intros z; unfold mv, dot; cbn [total pair]; ring. }
  exists unit_matrix; repeat split; try lra.
  - intros i j Hi Hj; unfold tr; destruct i as [|[|i]], j as [|[|j]]; try reflexivity; lia.
  - intros i j Hi Hj; unfold tr; destruct i, j; try lia; reflexivity.
  - unfold orthogonal; rewrite tr_unit; apply mul_unit_l.
  - intros i j Hi Hj; rewrite mul_unit_r by lia; destruct i as [|[|i]], j as [|[|j]]; try lia; reflexivity.
  - intros i j Hi Hj; unfold mul, dot, msub, tr; cbn [total].
    destruct i as [|i]; destruct j as [|[|j]]; cbn [three_targets lone pair]; ring.
  - intros z; rewrite Len; unfold dot; cbn [total]; assert (P := Rle_0_sqr (z 2%nat)); assert (Q := Rle_0_sqr (z 3%nat)); unfold Rsqr in P, Q; lra.
  - intros z Hz; rewrite mv_mul, Len, !mv_unit by lia; unfold dot; cbn [total]; rewrite (Hz 2%nat), (Hz 3%nat) by lia; lra.
  - apply lone_bounded; lia.
Qed.

(** delta = 1/100. *)
Lemma hu_xiao_pennington_lemma_4_2_instance :
  exists (d n m p r L K : nat) (X Y Phi : nat -> nat -> R) (sigma tau phi delta : R) (Q : layer_laws n m p L),
    (n <= m <= d)%nat /\ (1 <= p <= m)%nat /\ (1 <= r <= d)%nat /\ (2 <= L)%nat /\ data_of d n p r X Y Phi sigma tau phi /\ 0 < delta < 1 /\
    turning m K (Q L) /\ ln (/ delta) <= INR K.
Proof.
  exists 4%nat, 2%nat, 2%nat, 1%nat, 2%nat, 3%nat, 7%nat, (pair 1), three_targets, (lone 2), 1, 1, 2, (1 / 100), circle_laws.
  repeat (split; [first [lia|lra|exact three_data|apply circle_turning]|]).
  rewrite <- (ln_exp (INR 7)); apply ln_le; [lra|]; replace (INR 7) with (INR 7 * 1) by ring; rewrite ChiSquare.exp_times.
  assert (E := exp_ineq1_le 1); apply Rle_trans with (2 ^ 7); [lra|apply pow_incr; lra].
Qed.
