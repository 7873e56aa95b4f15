(** The range of Range.v in the paper's words (a number of steps), and that no larger one will do. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry Convergence RangeNumbers Range.
Open Scope R_scope.

(** Lemma 13's number of steps, for step sizes up to x times twice the printed one. *)
Theorem shamir_lemma_13_exact_range_steps : forall k j delta gamma y eta x w eps n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y -> 0 < eta ->
  x - 1 <= exp (- (x / 2)) -> eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) ->
  bounded_below k j delta gamma w -> product k w <= y -> 0 < eps ->
  ln (y ^ 2 / (2 * eps)) / (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps.
Proof.
  intros k j delta gamma y eta x w eps n Hk Hj Hd Hy He Hx Hrange B Hp Heps Hn.
  assert (M := shamir_lemma_13_exact_range k j delta gamma y eta x w n Hk Hj Hd Hy He Hx Hrange B Hp).
  set (z := INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) in *.
  set (e := product k (descent (fun p => p - y) eta k w n) - y) in *.
  assert (z0 : 0 < z).
  { unfold z; repeat apply Rmult_lt_0_compat; try lra; [apply lt_0_INR; lia|apply pow_lt; lra]. }
  assert (P0 : 0 < product k w).
  { apply product_pos; intros i Hi; destruct B as [B1 B2]; destruct (Nat.eq_dec i j) as [->|N]; [lra|specialize (B2 i Hi N); lra]. }
  assert (Y2 : 0 < y ^ 2) by (apply pow_lt; exact Hy).
  assert (E2 : e ^ 2 <= (exp (- (z * INR n / 2)) * y) ^ 2).
  { rewrite <- (pow2_abs e); apply pow_incr; split; [apply Rabs_pos|].
    eapply Rle_trans; [exact M|apply Rmult_le_compat_l; [left; apply exp_pos|lra]]. }
  replace ((exp (- (z * INR n / 2)) * y) ^ 2) with (exp (- (z * INR n / 2)) * exp (- (z * INR n / 2)) * y ^ 2) in E2 by ring.
  rewrite <- exp_plus in E2; replace (- (z * INR n / 2) + - (z * INR n / 2)) with (- (z * INR n)) in E2 by field.
  assert (L : exp (- (z * INR n)) <= 2 * eps / y ^ 2).
  { apply (Rmult_le_compat_l z) in Hn; [|lra].
    replace (z * (ln (y ^ 2 / (2 * eps)) / z)) with (ln (y ^ 2 / (2 * eps))) in Hn by (field; lra).
    rewrite <- (exp_ln (2 * eps / y ^ 2)) by (apply Rdiv_lt_0_compat; lra); apply exp_le_compat.
    replace (2 * eps / y ^ 2) with (/ (y ^ 2 / (2 * eps))) by (field; split; lra).
    rewrite ln_Rinv by (apply Rdiv_lt_0_compat; lra); lra. }
  apply (Rmult_le_compat_r (y ^ 2)) in L; [|lra].
  replace (2 * eps / y ^ 2 * y ^ 2) with (2 * eps) in L by (field; lra); lra.
Qed.

(** Two weights 1 and a target a little above 1: the first step is too long. *)
Theorem shamir_lemma_13_exact_range_sharp : forall x, exp (- (x / 2)) < x - 1 ->
  exists k j delta gamma y eta w n,
    (2 <= k)%nat /\ (j < k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta /\
    eta <= 2 * x * (delta ^ 2 / (2 * INR k * y ^ 2)) /\ bounded_below k j delta gamma w /\ product k w <= y /\
    exp (- (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta * INR n / 2)) * (y - product k w)
      < Rabs (product k (descent (fun p => p - y) eta k w n) - y).
Proof.
  intros x Hx; assert (Ex := exp_pos (- (x / 2))); assert (Kx : x <= 2 \/ 2 < x) by lra.
  set (m := x - 1 - exp (- (x / 2))); assert (m0 : 0 < m) by (unfold m; lra).
  (* X < x still has exp (-X/2) < X - 1 *)
  set (X := x - Rmin (m / 2) (1 / 2)).
  assert (t0 : 0 < Rmin (m / 2) (1 / 2) <= m / 2 /\ Rmin (m / 2) (1 / 2) <= 1 / 2).
  { split; [split; [apply Rmin_glb_lt; lra|apply Rmin_l]|apply Rmin_r]. }
  assert (X1 : 1 < X) by (unfold X, m in *; lra).
  assert (HX : exp (- (X / 2)) < X - 1).
  { assert (D : exp (- (X / 2)) - exp (- (x / 2)) <= (x - X) / 2).
    { replace (exp (- (x / 2))) with (exp (- (X / 2)) * exp (- ((x - X) / 2))) by (rewrite <- exp_plus; f_equal; field).
      assert (E := exp_above_line (- ((x - X) / 2))).
      assert (e1 : exp (- (X / 2)) <= 1) by (rewrite <- exp_0; apply exp_le_compat; lra).
      assert (e0 := exp_pos (- (X / 2))).
      assert (0 <= (x - X) / 2) by (unfold X; lra).
      assert (exp (- (X / 2)) * (1 + - ((x - X) / 2)) <= exp (- (X / 2)) * exp (- ((x - X) / 2)))
        by (apply Rmult_le_compat_l; lra).
      assert (exp (- (X / 2)) * ((x - X) / 2) <= 1 * ((x - X) / 2)) by (apply Rmult_le_compat_r; lra).
      lra. }
    unfold X, m in *; lra. }
  set (y := sqrt (x / X)).
  assert (Y2 : y ^ 2 = x / X) by (apply pow2_sqrt; left; apply Rdiv_lt_0_compat; unfold X in *; lra).
  assert (Yone : 1 < y).
  { rewrite <- sqrt_1; apply sqrt_lt_1_alt; split; [lra|].
    apply (Rmult_lt_reg_r X); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; unfold X; lra. }
  exists 2%nat, 0%nat, 1, 1, y, (X / 2), (fun _ => 1), 1%nat.
  assert (xp : 0 < x) by (unfold X in *; lra).
  split; [lia|split; [lia|split; [lra|split; [lra|split; [lra|split; [|split; [|split]]]]]]].
  - replace (INR 2) with 2 by (simpl; ring); rewrite Y2; right; field; lra.
  - split; [lra|intros; lra].
  - simpl; lra.
  - replace (product 2 (fun _ => 1)) with 1 by (simpl; ring).
    replace (INR 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * (X / 2) * INR 1 / 2) with (X / 2) by (simpl; field).
    assert (P : product 2 (descent (fun p => p - y) (X / 2) 2 (fun _ => 1) 1) = (1 + X / 2 * (y - 1)) ^ 2).
    { simpl; unfold step, others, but; simpl; field. }
    rewrite P; replace ((1 + X / 2 * (y - 1)) ^ 2 - y) with ((X - 1) * (y - 1) + (X / 2 * (y - 1)) ^ 2) by field.
    assert (0 <= (X / 2 * (y - 1)) ^ 2) by apply pow2_ge_0.
    assert (exp (- (X / 2)) * (y - 1) < (X - 1) * (y - 1)) by (apply Rmult_lt_compat_r; lra).
    assert (0 < (X - 1) * (y - 1)) by (apply Rmult_lt_0_compat; lra).
    rewrite Rabs_pos_eq; lra.
Qed.
