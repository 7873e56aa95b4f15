(** Lemma I of escape-counts.md: the integral over a part of the interval, from the values at the nodes of
    the rule, through the polynomial of degree below n that takes these values. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature.
Open Scope R_scope.

(** c_0 + c_1 y + ... + c_(n-1) y^(n-1) *)
Definition power_sum (n : nat) (c : nat -> R) (y : R) : R := total n (fun k => c k * y ^ k).

Lemma pow_good : forall k, good (fun t => t ^ k).
Proof. intros k t _; apply (ex_derive_continuous (fun t => t ^ k)); auto_derive; trivial. Qed.

Lemma good_scaled : forall c f, good f -> good (fun t => c * f t).
Proof.
  intros c f F t Ht; apply (continuous_mult (K := R_AbsRing) (fun _ => c) f); [apply continuous_const|apply F, Ht].
Qed.

Lemma total_good : forall n (f : nat -> R -> R), (forall k, (k < n)%nat -> good (f k)) -> good (fun t => total n (fun k => f
  k t)).
Proof.
  induction n as [|n IH]; intros f F; [intros t _; apply continuous_const|]; intros t Ht; cbn [total].
  apply (continuous_plus (V := R_NormedModule) (fun t => total n (fun k => f k t)) (f n)); [apply IH|apply F];
  auto with arith.
Qed.

Lemma power_sum_good : forall n c, good (power_sum n c).
Proof. intros n c; apply (total_good n (fun k t => c k * t ^ k)); intros k _; apply good_scaled, pow_good. Qed.

(** The Chebyshev partial sums are polynomials. *)
Lemma chebyshev_polynomial : forall m, exists c, forall y, chebyshev m y = power_sum (S m) c y.
Proof.
  assert (Longer : forall n c, exists c', forall y, power_sum n c y = power_sum (S n) c' y).
  { intros n c; exists (fun k => if Nat.ltb k n then c k else 0); intros y; unfold power_sum; cbn [total].
    rewrite Nat.ltb_irrefl, Rmult_0_l, Rplus_0_r; apply total_ext; intros k Hk.
    apply Nat.ltb_lt in Hk; rewrite Hk; reflexivity. }
  assert (Shift : forall n c, exists c', forall y, y * power_sum n c y = power_sum (S n) c' y).
  { intros n c; exists (fun k => match k with O => 0 | S j => c j end); intros y; unfold power_sum.
    rewrite total_first, Rmult_0_l, Rplus_0_l, <- total_scal; apply total_ext; intros k _; simpl; ring. }
  apply two_steps.
  - exists (fun _ => 1); intros y; unfold power_sum; simpl; ring.
  - exists (fun k => INR k); intros y; unfold power_sum; simpl; ring.
  - intros m [a Ha] [b Hb]; destruct (Longer (S m) a) as [a1 Ha1]; destruct (Longer (S (S m)) a1) as [a2 Ha2].
    destruct (Shift (S (S m)) b) as [b1 Hb1]; exists (fun k => 2 * b1 k - a2 k); intros y.
    rewrite chebyshev_rec, Ha, Hb, Ha1, Ha2; unfold power_sum in *.
    replace (2 * y * total (S (S m)) (fun k => b k * y ^ k)) with (2 * (y * total (S (S m)) (fun k => b k * y ^ k))) by ring.
    rewrite Hb1, <- total_scal, <- total_minus; apply total_ext; intros k _; ring.
Qed.

Lemma partial_polynomial : forall f N, exists c, forall y, partial f N y = power_sum (S N) c y.
Proof.
  intros f; induction N as [|N [a Ha]].
  - exists (fun _ => coefficient f 0 / 2); intros y; unfold partial, power_sum; simpl; ring.
  - destruct (chebyshev_polynomial (S N)) as [b Hb].
    exists (fun k => (if Nat.ltb k (S N) then a k else 0) + coefficient f (S N) * b k); intros y.
    replace (partial f (S N) y) with (partial f N y + coefficient f (S N) * chebyshev (S N) y)
      by (unfold partial; cbn [total]; ring).
    rewrite Ha, Hb; unfold power_sum; rewrite <- total_scal.
    replace (total (S N) (fun k => a k * y ^ k)) with (total (S (S N)) (fun k => (if Nat.ltb k (S N) then a k else 0) * y ^
      k)).
    + rewrite <- total_plus; apply total_ext; intros k _; ring.
    + set (m := S N); cbn [total]; rewrite Nat.ltb_irrefl, Rmult_0_l, Rplus_0_r; apply total_ext; intros k Hk.
      apply Nat.ltb_lt in Hk; rewrite Hk; reflexivity.
Qed.

(** A linear functional that vanishes on powers below N vanishes on their combinations. *)
Lemma vanishing_total : forall E A, linear_on E -> small_on E A -> forall n (f : nat -> R -> R),
  (forall k, (k < n)%nat -> good (f k) /\ E (f k) = 0) -> E (fun t => total n (fun k => f k t)) = 0.
Proof.
  intros E A Lin Sm n f H; induction n as [|n IH].
  - assert (Z : good (fun _ => 0)) by (intros t _; apply continuous_const); simpl.
    assert (L := Lin _ _ 1 Z Z); assert (K := equal_values E A Lin Sm _ (fun _ => 0) (good_lin _ _ 1 Z Z) Z
      ltac:(intros; cbv beta; ring)); lra.
  - destruct (H n ltac:(lia)) as [G0 E0]; specialize (IH ltac:(intros; apply H; lia)).
    assert (G1 : good (fun t => total n (fun k => f k t))) by (apply total_good; intros k Hk; apply H; lia).
    assert (L := Lin _ _ 1 G1 G0); rewrite IH, E0 in L; cbn [total].
    rewrite (equal_values E A Lin Sm _ (fun t => total n (fun k => f k t) + 1 * f n t)); [lra| | |intros; ring].
    + intros t Ht; apply (continuous_plus (V := R_NormedModule) _ (f n)); [apply G1, Ht|apply G0, Ht].
    + apply good_lin; assumption.
Qed.

(** The rule integrates the square of a polynomial of degree below n. *)
Lemma square_exact : forall n x w c, (1 <= n)%nat -> gauss_rule n x w ->
  RInt (fun t => power_sum n c t ^ 2) (-1) 1 = rule n x w (fun t => power_sum n c t ^ 2).
Proof.
  intros n x w c Hn G; assert (Lin := error_linear n x w); assert (Sm := error_small n x w Hn G).
  assert (P : forall k, (k < 2 * n)%nat -> gauss_error n x w (fun t => t ^ k) = 0).
  { intros k Hk; destruct G as [_ [_ H]]; unfold gauss_error; rewrite (H k Hk); ring. }
  assert (S1 : forall a f, good f -> gauss_error n x w f = 0 -> gauss_error n x w (fun t => a * f t) = 0).
  { intros a f F E; assert (K := vanishing_total _ 4 Lin Sm 0 (fun _ _ => 0) ltac:(intros; lia)); simpl in K.
    assert (Z : good (fun _ => 0)) by (intros t _; apply continuous_const).
    assert (L := Lin _ _ a Z F); rewrite K, E in L.
    rewrite (equal_values _ 4 Lin Sm _ (fun t => 0 + a * f t)); [lra|apply good_scaled, F|apply good_lin; assumption|intros;
    ring]. }
  assert (E : gauss_error n x w (fun t => total n (fun k => c k * total n (fun l => c l * t ^ (k + l)))) = 0).
  { apply (vanishing_total _ 4 Lin Sm n (fun k t => c k * total n (fun l => c l * t ^ (k + l)))); intros k Hk.
    assert (G1 : good (fun t => total n (fun l => c l * t ^ (k + l))))
      by (apply (total_good n (fun l t => c l * t ^ (k + l))); intros l _; apply good_scaled, pow_good).
    split; [apply good_scaled, G1|]; apply S1; [exact G1|].
    apply (vanishing_total _ 4 Lin Sm n (fun l t => c l * t ^ (k + l))); intros l Hl.
    split; [apply good_scaled, pow_good|]; apply S1; [apply pow_good|apply P; lia]. }
  assert (Eq : forall t, total n (fun k => c k * total n (fun l => c l * t ^ (k + l))) = power_sum n c t ^ 2).
  { intros t; unfold power_sum; simpl; rewrite Rmult_1_r, <- total_scal; apply total_ext; intros k _.
    rewrite (Rmult_comm (total n _) (c k * t ^ k)), <- !total_scal; apply total_ext; intros l _; rewrite pow_add; ring. }
  unfold gauss_error in E; rewrite (integral_ext _ _ _ _ Eq) in E.
  unfold rule in E; rewrite (total_ext n (fun i => w i * _) (fun i => w i * power_sum n c (x i) ^ 2)) in E
    by (intros i _; rewrite Eq; reflexivity).
  unfold rule; apply Rminus_diag_uniq; exact E.
Qed.

(** Cauchy and Schwarz, as (|g| - d)^2 >= 0: from the mean square d^2 to the integral over a part. *)
Lemma part_integral : forall g d t, good g -> 0 <= d -> -1 <= t <= 1 -> RInt (fun y => g y ^ 2) (-1) 1 <= 2 * d ^ 2 ->
  Rabs (RInt g (-1) t) <= 2 * d.
Proof.
  intros g d t G Hd Ht H.
  assert (G2 : good (fun y => g y ^ 2)).
  { intros y Hy; apply (continuous_ext (fun y => g y * g y)); [intros; real; ring|].
    apply (continuous_mult (K := R_AbsRing) g g); apply G, Hy. }
  assert (Ab : Rabs (RInt g (-1) t) <= RInt (fun y => Rabs (g y)) (-1) t).
  { apply abs_RInt_le; [lra|apply good_integrable; [exact G|lra|lra]]. }
  assert (GA : good (fun y => Rabs (g y))) by (intros y Hy; apply (continuous_comp g Rabs y);
  [apply G, Hy|apply continuous_Rabs]).
  assert (On : forall e, 0 < e -> Rabs (RInt g (-1) t) <= 2 * (d + e)).
  { intros e He.
    assert (Le : RInt (fun y => Rabs (g y)) (-1) t <= RInt (fun y => (d + e) / 2 + / (2 * (d + e)) * g y ^ 2) (-1) t).
    { assert (Gc : good (fun _ => (d + e) / 2)) by (intros y _; apply continuous_const).
      apply RInt_le; [lra|apply good_integrable; [exact GA|lra|lra]| |].
      - apply good_integrable; [apply (good_lin (fun _ => (d + e) / 2)); assumption|lra|lra].
      - intros y _; rewrite <- (pow2_abs (g y)); set (a := Rabs (g y)).
        assert (X : (d + e) / 2 + / (2 * (d + e)) * a ^ 2 - a = (a - (d + e)) ^ 2 * / (2 * (d + e))) by (field; lra).
        assert (0 <= (a - (d + e)) ^ 2 * / (2 * (d + e))); [|lra].
        apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat; lra]. }
    assert (Gc : good (fun _ => (d + e) / 2)) by (intros y _; apply continuous_const).
    rewrite (good_integral_lin (fun _ => (d + e) / 2) (fun y => g y ^ 2)) in Le by (assumption || lra).
    assert (I1 := is_RInt_const (V := R_NormedModule) (-1) t ((d + e) / 2)).
    apply (is_RInt_unique (V := R_CompleteNormedModule)) in I1.
    change (RInt (fun _ => (d + e) / 2) (-1) t = (t - -1) * ((d + e) / 2)) in I1; rewrite I1 in Le.
    assert (I2 : RInt (fun y => g y ^ 2) (-1) t <= 2 * d ^ 2).
    { eapply Rle_trans; [|exact H].
      assert (m1 : -1 <= -1 <= 1) by lra; assert (p1 : -1 <= 1 <= 1) by lra.
      assert (Ch := RInt_Chasles (V := R_CompleteNormedModule) (fun y => g y ^ 2) (-1) t 1
        (good_integrable _ (-1) t G2 m1 Ht) (good_integrable _ t 1 G2 Ht p1)).
      change (RInt (fun y => g y ^ 2) (-1) t + RInt (fun y => g y ^ 2) t 1 = RInt (fun y => g y ^ 2) (-1) 1) in Ch.
      rewrite <- Ch; rewrite <- (Rplus_0_r (RInt (fun y => g y ^ 2) (-1) t)) at 1; apply Rplus_le_compat_l.
      apply RInt_ge_0; [lra|apply good_integrable; [exact G2|lra|lra]|intros; apply pow2_ge_0]. }
    assert (I3 : / (2 * (d + e)) * RInt (fun y => g y ^ 2) (-1) t <= d + e).
    { apply Rmult_le_reg_l with (2 * (d + e)); [lra|]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
      eapply Rle_trans; [exact I2|]; nra. }
    assert (I4 : (t - -1) * ((d + e) / 2) <= 2 * ((d + e) / 2)) by (apply Rmult_le_compat_r; lra).
    eapply Rle_trans; [exact Ab|]; eapply Rle_trans; [exact Le|]; eapply Rle_trans; [apply Rplus_le_compat;
    [exact I4|exact I3]|]; lra. }
  apply le_epsilon; intros e He; specialize (On (e / 2) ltac:(lra)); lra.
Qed.

Theorem partial_quadrature : forall (n : nat) (x w c : nat -> R) (F F' : C -> C) (rho M t : R),
  (1 <= n)%nat -> gauss_rule n x w -> 1 < rho -> holomorphic (ellipse rho) F F' ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  (forall i, (i < n)%nat -> power_sum n c (x i) = fst (F (x i))) -> -1 <= t <= 1 ->
  Rabs (RInt (fun y => fst (F y)) (-1) t - RInt (power_sum n c) (-1) t) <= 8 * M * (/ rho) ^ n / (1 - / rho).
Proof.
  intros n x w c F F' rho M t Hn G Hr HF HM Hc Ht.
  assert (Q : 0 < / rho < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (HK := fun m => coefficient_bound F F' rho M m Hr HF HM).
  set (q := / rho) in *; set (f := fun y : R => fst (F y)) in *.
  assert (M0 : 0 <= M) by (specialize (HM (RtoC 0) (segment_inside rho 0 Hr ltac:(lra)));
  assert (P := Cmod_ge_0 (F (RtoC 0))); lra).
  destruct n as [|p]; [lia|].
  assert (Df : forall y, -1 <= y <= 1 -> is_derive f y (fst (F' y))) by (apply (real_derive F F' rho); assumption).
  assert (Gf : good f) by (intros y Hy; apply (ex_derive_continuous f); eexists; apply Df, Hy).
  set (d := 2 * M * q ^ S p / (1 - q)).
  assert (d0 : 0 <= d) by (apply Rle_mult_inv_pos; [apply Rmult_le_pos; [lra|apply pow_le; lra]|lra]).
  assert (Rem : forall y, -1 <= y <= 1 -> Rabs (f y - partial f p y) <= d)
    by (intros y Hy; exact (chebyshev_remainder f y _ (2 * M) q p Gf Hy (Df y Hy) ltac:(lra) HK)).
  destruct (partial_polynomial f p) as [b Hb].
  assert (Gb := power_sum_good (S p) b); assert (Gc := power_sum_good (S p) c).
  set (e := fun k => c k + -1 * b k).
  assert (He : forall y, power_sum (S p) e y = power_sum (S p) c y - partial f p y).
  { intros y; rewrite Hb; unfold power_sum, e; rewrite <- total_minus; apply total_ext; intros; ring. }
  assert (Sq : RInt (fun y => power_sum (S p) e y ^ 2) (-1) 1 <= 2 * d ^ 2).
  { rewrite (square_exact (S p) x w e Hn G); eapply Rle_trans; [apply Rle_abs|].
    unfold rule; eapply Rle_trans; [apply total_abs|];
    rewrite <- (weights_sum (S p) x w Hn G), (Rmult_comm (total _ w)), <- total_scal.
    apply total_le; intros i Hi; destruct G as [W _]; destruct (W i Hi) as [X P].
    rewrite Rabs_mult, (Rabs_pos_eq (w i)), Rmult_comm by exact P; apply Rmult_le_compat_r; [exact P|].
    rewrite He, (Hc i Hi), <- RPow_abs; apply pow_incr; split; [apply Rabs_pos|apply Rem, X]. }
  assert (I1 := part_integral (power_sum (S p) e) d t (power_sum_good (S p) e) d0 Ht Sq).
  assert (I2 : Rabs (RInt (fun y => f y + -1 * partial f p y) (-1) t) <= 2 * d).
  { eapply Rle_trans; [apply (abs_RInt_le_const _ (-1) t d); [lra| |]|nra].
    - apply good_integrable; [apply good_lin; [exact Gf|apply good_partial]|lra|lra].
    - intros y Hy; replace (f y + -1 * partial f p y) with (f y - partial f p y) by ring; apply Rem; lra. }
  assert (Gp := good_partial f p).
  rewrite (good_integral_lin f (partial f p) (-1) (-1) t Gf Gp) in I2 by lra.
  assert (I3 : RInt (power_sum (S p) e) (-1) t = RInt (power_sum (S p) c) (-1) t + -1 * RInt (partial f p) (-1) t).
  { rewrite <- (good_integral_lin (power_sum (S p) c) (partial f p) (-1) (-1) t Gc Gp) by lra; apply integral_ext; intros y; rewrite He;
  real; ring. }
  rewrite I3 in I1; replace (8 * M * q ^ S p / (1 - q)) with (2 * d + 2 * d) by (unfold d; field; lra).
  eapply Rle_trans; [|apply Rplus_le_compat; [exact I2|exact I1]].
  set (A := RInt f (-1) t); set (B := RInt (partial f p) (-1) t); set (D := RInt (power_sum (S p) c) (-1) t).
  assert (T := Rabs_triang (A + -1 * B) (- (D + -1 * B))); rewrite Rabs_Ropp in T.
  replace (A + -1 * B + - (D + -1 * B)) with (A - D) in T by ring; exact T.
Qed.
