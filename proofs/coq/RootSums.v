(** Square roots as sums of exponentials: with t(x, y) = e^(-x) (1 - exp(- e^(2x) y)), a sum of t over a long, fine grid of x, and a
    remainder a (1 + y), are a multiple of sqrt y up to a factor near 1, for all y >= 0 at once. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Lemmata Require Import Products Matrix Remainder Convergence RangeNumbers ChiSquare.
Open Scope R_scope.

Definition exponential_term (x y : R) : R := exp (- x) * (1 - exp (- (exp (2 * x) * y))).

(** The points (k - J) h for k <= 2 J. *)
Definition exponential_sum (h : R) (J : nat) (y : R) : R := total (2 * J + 1) (fun k => exponential_term ((INR k - INR J) * h) y).

(** What the terms beyond J add up to. *)
Definition exponential_rest (h : R) (J : nat) : R := exp (- (INR (S J) * h)) / (1 - exp (- h)).

Lemma term_nonneg : forall x y, 0 <= y -> 0 <= exponential_term x y.
Proof.
  intros x y Hy; apply Rmult_le_pos; [left; apply exp_pos|]; assert (P : 0 <= exp (2 * x) * y) by (apply Rmult_le_pos; [left; apply exp_pos|exact Hy]).
  assert (E : exp (- (exp (2 * x) * y)) <= 1) by (rewrite <- exp_0; apply exp_le_compat; lra); lra.
Qed.

Lemma term_below : forall x y, 0 <= y -> exponential_term x y <= exp (- x) /\ exponential_term x y <= exp x * y.
Proof.
  intros x y Hy; unfold exponential_term; assert (P := exp_pos (- x)); split.
  - assert (E := exp_pos (- (exp (2 * x) * y))); apply Rle_trans with (exp (- x) * 1); [apply Rmult_le_compat_l; lra|lra].
  - assert (U := exp_above_line (- (exp (2 * x) * y))); apply Rle_trans with (exp (- x) * (exp (2 * x) * y)); [apply Rmult_le_compat_l; lra|].
    right; rewrite <- Rmult_assoc, <- exp_plus; do 2 f_equal; ring.
Qed.

(** t(x, y) = sqrt y t(x + (ln y)/2, 1) *)
Lemma term_scaled : forall x y, 0 < y -> exponential_term x y = sqrt y * exponential_term (x + ln y / 2) 1.
Proof.
  intros x y Hy; assert (S : 0 < sqrt y) by (apply sqrt_lt_R0; exact Hy); assert (SS : sqrt y * sqrt y = y) by (apply sqrt_sqrt; lra).
  assert (E : exp (ln y / 2) = sqrt y).
  { rewrite <- (sqrt_square (exp (ln y / 2))) by (left; apply exp_pos); f_equal; rewrite <- exp_plus.
    replace (ln y / 2 + ln y / 2) with (ln y) by field; apply exp_ln; exact Hy. }
  assert (I : exp (- (x + ln y / 2)) = exp (- x) * / sqrt y).
  { replace (- (x + ln y / 2)) with (- x + - (ln y / 2)) by ring; rewrite exp_plus, (exp_Ropp (ln y / 2)), E; reflexivity. }
  assert (K : exp (2 * (x + ln y / 2)) = exp (2 * x) * y).
  { replace (2 * (x + ln y / 2)) with (2 * x + ln y) by field; rewrite exp_plus, exp_ln by exact Hy; reflexivity. }
  unfold exponential_term; rewrite I, K, Rmult_1_r; field; lra.
Qed.

(** Between two points of the grid. *)
Lemma term_between : forall x r h, 0 <= r <= h -> exp (- h) * exponential_term x 1 <= exponential_term (x + r) 1 <= exp h * exponential_term (x + h) 1.
Proof.
  intros x r h Hr; unfold exponential_term; rewrite !Rmult_1_r.
  assert (Up : forall a b, a <= b -> 1 - exp (- exp (2 * a)) <= 1 - exp (- exp (2 * b))).
  { intros a b H; assert (exp (2 * a) <= exp (2 * b)) by (apply exp_le_compat; lra).
    assert (exp (- exp (2 * b)) <= exp (- exp (2 * a))) by (apply exp_le_compat; lra); lra. }
  assert (Pos : forall a, 0 <= 1 - exp (- exp (2 * a))).
  { intros a; assert (P := exp_pos (2 * a)); assert (exp (- exp (2 * a)) <= 1) by (rewrite <- exp_0; apply exp_le_compat; lra); lra. }
  rewrite <- !Rmult_assoc, <- !exp_plus; split; apply Rmult_le_compat; try apply Pos; try (left; apply exp_pos); try (apply exp_le_compat; lra); apply Up; lra.
Qed.

Lemma total_shorter : forall m n f, (forall k, 0 <= f k) -> (m <= n)%nat -> total m f <= total n f.
Proof.
  intros m n f H L; induction n as [|n IH]; [replace m with 0%nat by lia; lra|].
  destruct (Nat.eq_dec m (S n)) as [->|N]; [lra|]; specialize (IH ltac:(lia)); specialize (H n); simpl; lra.
Qed.

Lemma total_first : forall n f, total (S n) f = f 0%nat + total n (fun k => f (S k)).
Proof. intros n f; induction n as [|n IH]; [simpl; ring|]; simpl in *; rewrite IH; ring. Qed.

Lemma total_window : forall a n N f, (forall k, 0 <= f k) -> (a + n <= N)%nat -> total n (fun k => f (a + k)%nat) <= total N f.
Proof.
  intros a n N f H L; apply Rle_trans with (total (a + n) f); [|apply total_shorter; assumption].
  clear L; revert f H; induction a as [|a IH]; intros f H; [apply Rle_refl|]; cbn [Nat.add]; rewrite total_first; specialize (IH (fun k => f (S k)) (fun k => H (S k))).
  specialize (H 0%nat); cbv beta in IH; lra.
Qed.

(** A longer sum with its smaller rest is not larger. *)
Lemma longer_sum : forall h J M y, 0 < h -> 0 <= y -> (J <= M)%nat ->
  exponential_sum h M y + exponential_rest h M * (1 + y) <= exponential_sum h J y + exponential_rest h J * (1 + y).
Proof.
  intros h J M y Hh Hy HM; induction M as [|M IH]; [replace J with 0%nat by lia; lra|].
  destruct (Nat.eq_dec J (S M)) as [->|N]; [lra|]; eapply Rle_trans; [|apply IH; lia]; clear IH HM N.
  set (q := exp (- h)); assert (q1 : q < 1) by (unfold q; rewrite <- exp_0; apply exp_increasing; lra).
  assert (E : exponential_rest h M = exp (- (INR (S M) * h)) + exponential_rest h (S M)).
  { unfold exponential_rest; fold q; rewrite (S_INR (S M)); replace (- ((INR (S M) + 1) * h)) with (- (INR (S M) * h) + - h) by ring.
    rewrite exp_plus; fold q; field; lra. }
  rewrite E; unfold exponential_sum; replace (2 * S M + 1)%nat with (S (S (2 * M + 1))) by lia; rewrite total_first; cbn [total].
  assert (Mid : total (2 * M + 1) (fun k => exponential_term ((INR (S k) - INR (S M)) * h) y) = total (2 * M + 1) (fun k => exponential_term ((INR k - INR M) * h) y)).
  { apply total_ext; intros k _; rewrite !S_INR; do 2 f_equal; ring. }
  rewrite Mid; set (s := INR (S M) * h) in *.
  replace ((INR 0 - INR (S M)) * h) with (- s) by (unfold s; simpl (INR 0); ring).
  replace ((INR (S (2 * M + 1)) - INR (S M)) * h) with s by (unfold s; rewrite !S_INR, plus_INR, mult_INR; simpl; ring).
  destruct (term_below (- s) y Hy) as [_ B1]; destruct (term_below s y Hy) as [B2 _]; lra.
Qed.

(** A window of the grid anywhere. *)
Lemma window_below : forall h J y p, 0 < h -> 0 <= y ->
  total (2 * J + 1) (fun k => exponential_term ((INR k - INR J - IZR p) * h) y) <= exponential_sum h J y + exponential_rest h J * (1 + y).
Proof.
  intros h J y p Hh Hy; set (M := (J + Z.abs_nat p)%nat); set (a := Z.to_nat (Z.of_nat M - Z.of_nat J - p)).
  assert (Ea : INR a = INR M - INR J - IZR p).
  { unfold a; rewrite INR_IZR_INZ, Z2Nat.id by (unfold M; lia); rewrite !minus_IZR, <- !INR_IZR_INZ; reflexivity. }
  apply Rle_trans with (exponential_sum h M y + exponential_rest h M * (1 + y)); [|apply longer_sum; try assumption; unfold M; lia].
  apply Rle_trans with (exponential_sum h M y).
  - unfold exponential_sum; rewrite (total_ext (2 * J + 1) _ (fun k => exponential_term ((INR (a + k) - INR M) * h) y)).
    + apply (total_window a (2 * J + 1) (2 * M + 1) (fun k => exponential_term ((INR k - INR M) * h) y)); [intros; apply term_nonneg; exact Hy|].
      unfold a, M; lia.
    + intros k _; rewrite plus_INR, Ea; do 2 f_equal; ring.
  - assert (0 <= exponential_rest h M * (1 + y)); [|lra]; apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; [left; apply exp_pos|].
    left; apply Rinv_0_lt_compat; assert (exp (- h) < 1) by (rewrite <- exp_0; apply exp_increasing; lra); lra.
Qed.

Lemma grid_place : forall h x, 0 < h -> exists p r, 0 <= r <= h /\ x = IZR p * h + r.
Proof.
  intros h x Hh; destruct (archimed (x / h)) as [U L]; exists (up (x / h) - 1)%Z, (x - (IZR (up (x / h)) - 1) * h).
  rewrite minus_IZR; assert (E : x = x / h * h) by (field; lra); split; [|ring].
  set (u := IZR (up (x / h))) in *; set (q := x / h) in *; rewrite E; split.
  - assert (0 <= (q - (u - 1)) * h) by (apply Rmult_le_pos; lra); lra.
  - assert (0 <= (u - q) * h) by (apply Rmult_le_pos; lra); lra.
Qed.

Lemma root_near_sum : forall h J y, 0 < h -> 0 <= y -> let s := exponential_sum h J 1 in let a := exponential_rest h J in
  sqrt y * s <= exp h * (exponential_sum h J y + a * (1 + y)) /\ exponential_sum h J y <= exp h * (sqrt y * (s + 2 * a)).
Proof.
  intros h J y Hh Hy s a; assert (q1 : exp (- h) < 1) by (rewrite <- exp_0; apply exp_increasing; lra).
  assert (a0 : 0 <= a) by (apply Rmult_le_pos; [left; apply exp_pos|left; apply Rinv_0_lt_compat; lra]); assert (E0 := exp_pos h).
  destruct (Rle_lt_or_eq_dec 0 y Hy) as [P|<-].
  2:{ assert (Z : exponential_sum h J 0 = 0).
      { apply total_zero; intros k _; unfold exponential_term; rewrite Rmult_0_r, Ropp_0, exp_0; ring. }
      rewrite Z, sqrt_0; split; [|lra]; rewrite Rmult_0_l; apply Rmult_le_pos; lra. }
  assert (S : 0 < sqrt y) by (apply sqrt_lt_R0; exact P); destruct (grid_place h (ln y / 2) Hh) as [p [r [Hr E]]]; split.
  - apply Rle_trans with (exp h * total (2 * J + 1) (fun k => exponential_term ((INR k - INR J - IZR p) * h) y)).
    + unfold s, exponential_sum; rewrite <- !total_scal; apply total_le; intros k _; rewrite (term_scaled _ y P), E.
      replace ((INR k - INR J - IZR p) * h + (IZR p * h + r)) with ((INR k - INR J) * h + r) by ring.
      destruct (term_between ((INR k - INR J) * h) r h Hr) as [B _].
      apply (Rmult_le_compat_l (exp h * sqrt y)) in B; [|apply Rmult_le_pos; lra].
      replace (exp h * sqrt y * (exp (- h) * exponential_term ((INR k - INR J) * h) 1)) with
        (exp h * exp (- h) * (sqrt y * exponential_term ((INR k - INR J) * h) 1)) in B by ring.
      rewrite <- exp_plus, Rplus_opp_r, exp_0 in B; lra.
    + apply Rmult_le_compat_l; [lra|apply window_below; lra].
  - assert (W := window_below h J 1 (- p - 1) Hh ltac:(lra)); fold s a in W; replace (a * (1 + 1)) with (2 * a) in W by ring.
    apply Rle_trans with (exp h * (sqrt y * total (2 * J + 1) (fun k => exponential_term ((INR k - INR J - IZR (- p - 1)) * h) 1))).
    + unfold exponential_sum; rewrite <- !total_scal; apply total_le; intros k _; rewrite (term_scaled _ y P), E.
      replace ((INR k - INR J) * h + (IZR p * h + r)) with (((INR k - INR J) * h + IZR p * h) + r) by ring.
      destruct (term_between ((INR k - INR J) * h + IZR p * h) r h Hr) as [_ B].
      rewrite minus_IZR, opp_IZR; replace ((INR k - INR J - (- IZR p - 1)) * h) with ((INR k - INR J) * h + IZR p * h + h) by ring.
      apply (Rmult_le_compat_l (sqrt y)) in B; lra.
    + apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; [lra|exact W]].
Qed.

(** c (sum + a (1 + y)) is between sqrt y and (1 + e) sqrt y + e (1 + y). *)
Lemma root_by_exponentials : forall e, 0 < e -> exists h J c a, 0 < c /\ 0 <= a /\ forall y, 0 <= y ->
  sqrt y <= c * (exponential_sum h J y + a * (1 + y)) <= (1 + e) * sqrt y + e * (1 + y).
Proof.
  intros e He; set (g := Rmin e 1); assert (g0 : 0 < g) by (unfold g, Rmin; destruct (Rle_dec e 1); lra).
  assert (g1 : g <= 1) by apply Rmin_r; assert (ge : g <= e) by apply Rmin_l.
  set (h := ln (1 + g / 8)); assert (Eh : exp h = 1 + g / 8) by (apply exp_ln; lra).
  assert (Hh : 0 < h) by (unfold h; rewrite <- ln_1; apply ln_increasing; lra).
  set (q := exp (- h)); assert (q0 : 0 < q) by apply exp_pos; assert (q1 : q < 1) by (unfold q; rewrite <- exp_0; apply exp_increasing; lra).
  assert (Small : exists J, exponential_rest h J <= g / 16).
  { destruct (pow_lt_1_zero q ltac:(rewrite Rabs_pos_eq; lra) (g / 16 * (1 - q)) ltac:(apply Rmult_lt_0_compat; lra)) as [J HJ].
    exists J; specialize (HJ (S J) ltac:(lia)); rewrite Rabs_pos_eq in HJ by (apply pow_le; lra).
    assert (Eq : exp (- (INR (S J) * h)) = q ^ S J) by (unfold q; rewrite <- exp_times; f_equal; ring).
    unfold exponential_rest; fold q; rewrite Eq; apply (Rmult_le_reg_r (1 - q)); [lra|].
    replace (q ^ S J / (1 - q) * (1 - q)) with (q ^ S J) by (field; lra); lra. }
  destruct Small as [J HJ]; set (a := exponential_rest h J) in *; set (s := exponential_sum h J 1).
  assert (a0 : 0 <= a) by (apply Rmult_le_pos; [left; apply exp_pos|left; apply Rinv_0_lt_compat; fold q; lra]).
  assert (s1 : 1 / 2 <= s).
  { apply Rle_trans with (exponential_term 0 1).
    - unfold exponential_term; rewrite Ropp_0, Rmult_0_r, !exp_0, Rmult_1_r, exp_Ropp; assert (U := exp_above_line 1).
      assert (/ exp 1 <= / 2) by (apply Rinv_le_contravar; lra); lra.
    - assert (W := total_window J 1 (2 * J + 1) (fun k => exponential_term ((INR k - INR J) * h) 1) ltac:(intros; apply term_nonneg; lra) ltac:(lia)).
      change (0 + exponential_term ((INR (J + 0) - INR J) * h) 1 <= s) in W; rewrite Nat.add_0_r in W; replace ((INR J - INR J) * h) with 0 in W by ring; lra. }
  exists h, J, (exp h / s), a; split; [apply Rdiv_lt_0_compat; lra|split; [exact a0|]]; intros y Hy.
  destruct (root_near_sum h J y Hh Hy) as [L U]; fold s a in L, U; set (z := exponential_sum h J y) in *; assert (r0 := sqrt_pos y); split.
  - apply (Rmult_le_reg_r s); [lra|]; replace (exp h / s * (z + a * (1 + y)) * s) with (exp h * (z + a * (1 + y))) by (field; lra); exact L.
  - apply (Rmult_le_reg_r s); [lra|]; replace (exp h / s * (z + a * (1 + y)) * s) with (exp h * z + exp h * (a * (1 + y))) by (field; lra).
    rewrite Eh in *; assert (A1 : 2 * a <= g / 4 * s) by (assert (g / 4 * (1 / 2) <= g / 4 * s) by (apply Rmult_le_compat_l; lra); lra).
    assert (A2 : (1 + g / 8) * z <= (1 + g / 8) * ((1 + g / 8) * (sqrt y * (s + 2 * a)))) by (apply Rmult_le_compat_l; lra).
    assert (A3 : sqrt y * (s + 2 * a) <= sqrt y * ((1 + g / 4) * s)) by (apply Rmult_le_compat_l; lra).
    assert (A4 : (1 + g / 8) * ((1 + g / 8) * (sqrt y * (s + 2 * a))) <= (1 + g / 8) * ((1 + g / 8) * (sqrt y * ((1 + g / 4) * s)))).
    { apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; lra]. }
    assert (rs : 0 <= sqrt y * s) by (apply Rmult_le_pos; lra).
    assert (A5 : (1 + g / 8) * ((1 + g / 8) * (sqrt y * ((1 + g / 4) * s))) <= (1 + e) * (sqrt y * s)).
    { replace ((1 + g / 8) * ((1 + g / 8) * (sqrt y * ((1 + g / 4) * s)))) with ((1 + g / 8) * (1 + g / 8) * (1 + g / 4) * (sqrt y * s)) by ring.
      apply Rmult_le_compat_r; [exact rs|]; assert (0 <= g * (1 - g)) by (apply Rmult_le_pos; lra); assert (0 <= g * g * (1 - g)) by (apply Rmult_le_pos; nra); nra. }
    assert (A6 : (1 + g / 8) * (a * (1 + y)) <= e * (1 + y) * s).
    { replace (e * (1 + y) * s) with (e * s * (1 + y)) by ring; rewrite <- Rmult_assoc; apply Rmult_le_compat_r; [lra|].
      apply Rle_trans with (2 * (g / 16)); [apply Rmult_le_compat; lra|]; apply Rle_trans with (e * (1 / 2)); [lra|apply Rmult_le_compat_l; lra]. }
    lra.
Qed.
