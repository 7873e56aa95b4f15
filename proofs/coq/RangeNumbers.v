(** The real numbers of the exact range of Shamir's Lemma 13 (upper-bound.md, section 1a). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry Convergence.
Open Scope R_scope.

Lemma rises_from_zero : forall (f f' : R -> R), f 0 = 0 ->
  (forall s, 0 <= s -> is_derive f s (f' s)) -> (forall s, 0 <= s -> 0 <= f' s) -> forall s, 0 <= s -> 0 <= f s.
Proof.
  intros f f' F0 D P s Hs; destruct (MVT_gen f 0 s f') as [z [Hz E]].
  - intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht; apply D; lra.
  - intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht; apply continuity_pt_filterlim.
    apply (ex_derive_continuous f t); eexists; apply D; lra.
  - rewrite Rmin_left, Rmax_right in Hz by lra; rewrite F0, !Rminus_0_r in E; rewrite E.
    apply Rmult_le_pos; [apply P; lra|exact Hs].
Qed.

Lemma exp_minus_second : forall s, 0 <= s -> exp (- s) <= 1 - s + s ^ 2 / 2.
Proof.
  intros s Hs; assert (0 <= 1 - s + s ^ 2 / 2 - exp (- s)); [|lra].
  apply (rises_from_zero (fun t => 1 - t + t ^ 2 / 2 - exp (- t)) (fun t => - 1 + t + exp (- t))); try exact Hs.
  - rewrite Ropp_0, exp_0; field.
  - intros t _; auto_derive; [trivial|field].
  - intros t _; assert (E := exp_above_line (- t)); lra.
Qed.

Lemma exp_minus_third : forall s, 0 <= s -> 1 - s + s ^ 2 / 2 - s ^ 3 / 6 <= exp (- s).
Proof.
  intros s Hs; assert (0 <= exp (- s) - (1 - s + s ^ 2 / 2 - s ^ 3 / 6)); [|lra].
  apply (rises_from_zero (fun t => exp (- t) - (1 - t + t ^ 2 / 2 - t ^ 3 / 6))
    (fun t => 1 - t + t ^ 2 / 2 - exp (- t))); try exact Hs.
  - rewrite Ropp_0, exp_0; field.
  - intros t _; auto_derive; [trivial|field].
  - intros t Ht; assert (E := exp_minus_second t Ht); lra.
Qed.

Lemma exp_plus_second : forall s, 0 <= s <= 3 / 8 -> exp s <= 1 + s + 3 / 5 * s ^ 2.
Proof.
  intros s Hs; assert (E := exp_minus_third s ltac:(lra)).
  assert (P : 0 < exp (- s)) by apply exp_pos.
  apply (Rmult_le_reg_r (exp (- s))); [exact P|]; rewrite <- exp_plus, Rplus_opp_r, exp_0.
  apply Rle_trans with ((1 + s + 3 / 5 * s ^ 2) * (1 - s + s ^ 2 / 2 - s ^ 3 / 6)).
  - replace ((1 + s + 3 / 5 * s ^ 2) * (1 - s + s ^ 2 / 2 - s ^ 3 / 6))
      with (1 + s ^ 2 * (1 / 10 - 4 / 15 * s + s ^ 2 * (2 / 15 - s / 10))) by field.
    assert (0 <= s ^ 2) by apply pow2_ge_0.
    assert (0 <= 1 / 10 - 4 / 15 * s + s ^ 2 * (2 / 15 - s / 10)) by nra.
    assert (0 <= s ^ 2 * (1 / 10 - 4 / 15 * s + s ^ 2 * (2 / 15 - s / 10))) by (apply Rmult_le_pos; assumption); lra.
  - apply Rmult_le_compat_l; [assert (0 <= s ^ 2) by apply pow2_ge_0; lra|exact E].
Qed.

(** x - 1 <= e^(-x/2) says x <= 1.47767...; 3/2 is what is needed. *)
Lemma range_below : forall x, x - 1 <= exp (- (x / 2)) -> x <= 3 / 2.
Proof.
  intros x Hx; apply Rnot_lt_le; intros L.
  assert (E : exp (- (x / 2)) <= exp (- (3 / 4))) by (apply exp_le_compat; lra).
  assert (H : exp (- (3 / 8)) <= 89 / 128) by (assert (F := exp_minus_second (3 / 8) ltac:(lra)); lra).
  assert (P : 0 < exp (- (3 / 8))) by apply exp_pos.
  replace (- (3 / 4)) with (- (3 / 8) + - (3 / 8)) in E by field; rewrite exp_plus in E; nra.
Qed.

(** The overshoot nu of a step from 1 - eps. *)
Lemma overshoot : forall x eps nu, 1 <= x <= 3 / 2 -> 0 <= eps <= 1 -> 0 <= nu ->
  1 + nu <= (1 - eps) * exp (x * (eps * (1 - eps))) ->
  nu <= (x - 1) * (eps * (1 - eps)) /\ nu * (1 + 16 / 5 * eps) <= (x - 1) * eps.
Proof.
  intros x eps nu Hx He Hn H.
  assert (k0 : 0 <= eps * (1 - eps) <= 1 / 4) by (split; [apply Rmult_le_pos; lra|assert (F := pow2_ge_0 (eps - 1 / 2)); lra]).
  assert (s0 : 0 <= x * (eps * (1 - eps)) <= 3 / 8).
  { split; [apply Rmult_le_pos; lra|replace (3 / 8) with (3 / 2 * (1 / 4)) by field; apply Rmult_le_compat; lra]. }
  assert (E := exp_plus_second _ s0).
  assert (N : nu <= eps * (- 1 + x * (1 - eps) ^ 2 + 3 / 5 * x ^ 2 * eps * (1 - eps) ^ 3)).
  { assert (F : (1 - eps) * exp (x * (eps * (1 - eps)))
      <= (1 - eps) * (1 + x * (eps * (1 - eps)) + 3 / 5 * (x * (eps * (1 - eps))) ^ 2)) by (apply Rmult_le_compat_l; lra).
    lra. }
  set (m := 1 - eps) in *; assert (m0 : 0 <= m <= 1) by (unfold m; lra).
  replace eps with (1 - m) in * by (unfold m; ring).
  assert (m2 : 0 <= m ^ 2 <= 1) by (split; [apply pow2_ge_0|rewrite <- (pow1 2); apply pow_incr; exact m0]).
  assert (m3 : 0 <= m ^ 3 <= m) by (simpl in *; nra).
  assert (x2 : 1 <= x ^ 2 <= 9 / 4).
  { replace (9 / 4) with ((3 / 2) ^ 2) by field; rewrite <- (pow1 2) at 1; split; apply pow_incr; lra. }
  split; (eapply Rle_trans; [|]).
  - exact N.
  - assert (G : x ^ 2 * m ^ 3 <= 9 / 4 * m) by (apply Rmult_le_compat; lra).
    assert (G' : 1 * m <= x * m) by (apply Rmult_le_compat_r; lra).
    replace ((x - 1) * ((1 - m) * m)) with ((1 - m) * ((x - 1) * m)) by ring; apply Rmult_le_compat_l; [lra|].
    assert (0 <= (1 - m) * (1 + x * m - 3 / 5 * x ^ 2 * m ^ 3)) by (apply Rmult_le_pos; lra); lra.
  - apply Rmult_le_compat_r; [lra|exact N].
  - replace ((1 - m) * (-1 + x * m ^ 2 + 3 / 5 * x ^ 2 * (1 - m) * m ^ 3) * (1 + 16 / 5 * (1 - m)))
      with ((1 - m) * ((-1 + x * m ^ 2 + 3 / 5 * x ^ 2 * (1 - m) * m ^ 3) * (1 + 16 / 5 * (1 - m)))) by ring.
    rewrite (Rmult_comm (x - 1)); apply Rmult_le_compat_l; [lra|].
    (* divided by eps: a convex function of x, negative at 1 and at 3/2 *)
    set (q := fun t => 16 / 5 * (-1 + t * m ^ 2 + 3 / 5 * t ^ 2 * (1 - m) * m ^ 3) + (- t * (1 + m) + 3 / 5 * t ^ 2 * m ^ 3)).
    assert (Q1 : q 1 <= 0).
    { assert (0 <= (1 - m) * (m ^ 3)) by (apply Rmult_le_pos; lra).
      assert ((1 - m) * m ^ 3 <= (1 - m) * 1) by (apply Rmult_le_compat_l; lra).
      unfold q; replace (1 ^ 2) with 1 by ring; lra. }
    assert (Q2 : q (3 / 2) <= 0).
    { assert (0 <= (1 - m) * (93 / 20 + 123 / 20 * m + 27 / 20 * m ^ 2 - 108 / 25 * m ^ 3)) by (apply Rmult_le_pos; lra).
      unfold q; lra. }
    assert (Cv : q x <= 0).
    { replace (q x) with ((3 - 2 * x) * q 1 + (2 * x - 2) * q (3 / 2)
        - (x - 1) * (3 / 2 - x) * (3 / 5 * m ^ 3 * (16 / 5 * (1 - m) + 1))) by (unfold q; field).
      assert (0 <= (x - 1) * (3 / 2 - x) * (3 / 5 * m ^ 3 * (16 / 5 * (1 - m) + 1))).
      { apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply Rmult_le_pos; lra]. }
      assert (0 <= (3 - 2 * x) * - q 1) by (apply Rmult_le_pos; lra).
      assert (0 <= (2 * x - 2) * - q (3 / 2)) by (apply Rmult_le_pos; lra); lra. }
    assert (Z : 0 <= (1 - m) * - q x) by (apply Rmult_le_pos; lra); unfold q in Z; lra.
Qed.

(** From above to below in one step, together with the overshoot. *)
Lemma overshoot_pair : forall x eps nu, 1 <= x <= 3 / 2 -> 0 <= eps <= 1 -> 0 <= nu <= 1 / 8 ->
  nu * (1 + 16 / 5 * eps) <= (x - 1) * eps -> nu * ((1 + nu) ^ 2 * x - 1) <= (x - 1) ^ 2 * eps.
Proof.
  intros x eps nu Hx He Hn H.
  assert (N : nu <= (x - 1) * eps) by nra.
  assert (X : x * (2 + nu) <= 16 / 5).
  { apply Rle_trans with (3 / 2 * (17 / 8)); [apply Rmult_le_compat; lra|lra]. }
  assert (B : (1 + nu) ^ 2 * x - 1 <= (x - 1) * (1 + 16 / 5 * eps)).
  { replace ((1 + nu) ^ 2 * x - 1) with (x - 1 + nu * (x * (2 + nu))) by ring.
    assert (nu * (x * (2 + nu)) <= (x - 1) * eps * (16 / 5)) by (apply Rmult_le_compat; try lra; apply Rmult_le_pos; lra); lra. }
  apply Rle_trans with (nu * ((x - 1) * (1 + 16 / 5 * eps))); [apply Rmult_le_compat_l; lra|].
  replace (nu * ((x - 1) * (1 + 16 / 5 * eps))) with ((x - 1) * (nu * (1 + 16 / 5 * eps))) by ring.
  replace ((x - 1) ^ 2 * eps) with ((x - 1) * ((x - 1) * eps)) by ring; apply Rmult_le_compat_l; lra.
Qed.
