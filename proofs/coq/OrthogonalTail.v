(** Moments see the tail of a chi-square at least as well as exponentials do: with the a of Laurent and Massart, one of the moments is
    below e^(-x) a^K. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix DuHuLoss LayerLaws OrthogonalChance OrthogonalTheorem.
Open Scope R_scope.

(** The first n terms of the exponential of moments, and their derivative. *)
Definition moment_sum (p n : nat) (t : R) : R := total n (fun k => chi_moment p k / INR (fact k) * t ^ k).
Definition moment_slope (p n : nat) (t : R) : R := total n (fun k => chi_moment p k / INR (fact k) * (INR k * t ^ pred k)).

Lemma moment_sum_derive : forall p n t, is_derive (moment_sum p n) t (moment_slope p n t).
Proof.
  intros p n t; unfold moment_sum, moment_slope; induction n as [|n IH]; simpl total; [apply (is_derive_const (V := R_NormedModule))|].
  apply (is_derive_plus (V := R_NormedModule)); [exact IH|].
  set (c := chi_moment p n / INR (fact n)); auto_derive; [trivial|ring].
Qed.

Lemma moment_sum_grows : forall p n t, 0 <= t -> 0 <= moment_sum p n t /\
  (1 - 2 * t) * moment_slope p n t <= INR p * moment_sum p n t.
Proof.
  intros p n t Ht; assert (M0 : forall k, 0 <= chi_moment p k).
  { intros k; apply product_nonneg; intros i _; assert (P := pos_INR p); assert (i0 := pos_INR i); lra. }
  assert (c0 : forall k, 0 <= chi_moment p k / INR (fact k)).
  { intros k; apply Rmult_le_pos; [apply M0|left; apply Rinv_0_lt_compat, INR_fact_lt_0]. }
  split; [apply total_nonneg; intros k _; apply Rmult_le_pos; [apply c0|apply pow_le; exact Ht]|].
  assert (H : moment_slope p n t <= INR p * moment_sum p n t + 2 * t * moment_slope p n t); [|lra].
  assert (Next : moment_slope p (S n) t = INR p * moment_sum p n t + 2 * t * moment_slope p n t).
  { clear; induction n as [|n IH].
    - unfold moment_slope, moment_sum; simpl; ring.
    - assert (A1 : moment_slope p (S (S n)) t = moment_slope p (S n) t + chi_moment p (S n) / INR (fact (S n)) * (INR (S n) * t ^ n))
        by reflexivity.
      assert (A2 : moment_slope p (S n) t = moment_slope p n t + chi_moment p n / INR (fact n) * (INR n * t ^ pred n)) by reflexivity.
      assert (A3 : moment_sum p (S n) t = moment_sum p n t + chi_moment p n / INR (fact n) * t ^ n) by reflexivity.
      rewrite A1, A3; rewrite IH at 1; rewrite A2.
      assert (F : INR (fact (S n)) = INR (S n) * INR (fact n)) by (rewrite <- mult_INR; reflexivity).
      assert (f0 := INR_fact_lt_0 n); assert (n0 : 0 < INR (S n)) by (apply lt_0_INR; lia).
      replace (chi_moment p (S n)) with (chi_moment p n * (INR p + 2 * INR n)) by reflexivity; rewrite F.
      assert (T : t * (INR n * t ^ pred n) = INR n * t ^ n) by (destruct n as [|n]; [simpl; ring|simpl pred; simpl pow; ring]).
      replace (2 * t * (moment_slope p n t + chi_moment p n / INR (fact n) * (INR n * t ^ pred n)))
        with (2 * t * moment_slope p n t + 2 * (chi_moment p n / INR (fact n)) * (t * (INR n * t ^ pred n))) by ring.
      rewrite T; field; lra. }
  rewrite <- Next; change (moment_slope p (S n) t) with (moment_slope p n t + chi_moment p n / INR (fact n) * (INR n * t ^ pred n)).
  assert (0 <= chi_moment p n / INR (fact n) * (INR n * t ^ pred n)); [|lra].
  apply Rmult_le_pos; [apply c0|apply Rmult_le_pos; [apply pos_INR|apply pow_le; exact Ht]].
Qed.

(** p t + p t^2/(1 - 2 t), the bound of Laurent and Massart of the logarithm. *)
Definition log_bound (p t : R) : R := p * t + p * t ^ 2 / (1 - 2 * t).

Lemma moment_sum_below : forall p n t, 0 <= t < 1 / 2 -> moment_sum p n t <= exp (log_bound (INR p) t).
Proof.
  intros p n t Ht; assert (p0 := pos_INR p); set (q := INR p) in *.
  set (h' := fun s => q + q * (2 * s - 2 * s ^ 2) / (1 - 2 * s) ^ 2).
  set (g := fun s => moment_sum p n s * exp (- log_bound q s)).
  set (g' := fun s => moment_slope p n s * exp (- log_bound q s) + moment_sum p n s * (- h' s * exp (- log_bound q s))).
  assert (D : forall s, 0 <= s < 1 / 2 -> is_derive g s (g' s)).
  { intros s Hs; unfold g, g'; apply (is_derive_mult (moment_sum p n) (fun s => exp (- log_bound q s)) s).
    - apply moment_sum_derive.
    - unfold log_bound, h'; auto_derive; [lra|]; simpl pow; unfold Rminus, Rdiv; field; lra.
    - intros; apply Rmult_comm. }
  assert (Neg : forall s, 0 <= s < 1 / 2 -> g' s <= 0).
  { intros s Hs; destruct (moment_sum_grows p n s (proj1 Hs)) as [S0 S1]; fold q in S1; assert (e0 := exp_pos (- log_bound q s)).
    assert (r0 : 0 < 1 - 2 * s) by lra.
    assert (H : q / (1 - 2 * s) <= h' s).
    { unfold h'; replace (q + q * (2 * s - 2 * s ^ 2) / (1 - 2 * s) ^ 2)
        with (q / (1 - 2 * s) + 2 * q * s ^ 2 * (/ (1 - 2 * s)) ^ 2) by (field; lra).
      assert (0 <= 2 * q * s ^ 2 * (/ (1 - 2 * s)) ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|apply pow2_ge_0]); lra. }
    assert (Sl : moment_slope p n s <= q / (1 - 2 * s) * moment_sum p n s).
    { apply (Rmult_le_reg_l (1 - 2 * s)); [exact r0|].
      replace ((1 - 2 * s) * (q / (1 - 2 * s) * moment_sum p n s)) with (q * moment_sum p n s) by (field; lra); exact S1. }
    assert (moment_slope p n s <= h' s * moment_sum p n s) by (eapply Rle_trans; [exact Sl|apply Rmult_le_compat_r; assumption]).
    unfold g'; replace (moment_slope p n s * exp (- log_bound q s) + moment_sum p n s * (- h' s * exp (- log_bound q s)))
      with (- ((h' s * moment_sum p n s - moment_slope p n s) * exp (- log_bound q s))) by ring.
    assert (0 <= (h' s * moment_sum p n s - moment_slope p n s) * exp (- log_bound q s)) by (apply Rmult_le_pos; lra); lra. }
  destruct (MVT_gen g 0 t g') as [c [Hc E]].
  - intros s Hs; rewrite Rmin_left, Rmax_right in Hs by lra; apply D; lra.
  - intros s Hs; rewrite Rmin_left, Rmax_right in Hs by lra; apply derivable_continuous_pt; exists (g' s); apply is_derive_Reals, D; lra.
  - rewrite Rmin_left, Rmax_right in Hc by lra; assert (N := Neg c ltac:(lra)).
    assert (G0 : g 0 <= 1).
    { unfold g, log_bound; replace (- (q * 0 + q * 0 ^ 2 / (1 - 2 * 0))) with 0 by field; rewrite exp_0, Rmult_1_r.
      unfold moment_sum; clear; destruct n as [|n]; [simpl; lra|].
      induction n as [|n IH]; [simpl; unfold chi_moment; simpl; lra|].
      change (total (S (S n)) ?f) with (total (S n) f + f (S n)); cbv beta; rewrite pow_i by lia; lra. }
    assert (Gt : g t <= 1) by (assert (0 <= - g' c * (t - 0)) by (apply Rmult_le_pos; lra); lra).
    unfold g in Gt; rewrite exp_Ropp in Gt; assert (e0 := exp_pos (log_bound q t)).
    apply (Rmult_le_compat_r (exp (log_bound q t))) in Gt; [|lra].
    rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l in Gt by lra; exact Gt.
Qed.

(** One of the moments is good enough. *)
Theorem chi_square_order : forall p x, (1 <= p)%nat -> 0 < x ->
  exists K, chi_moment p K <= exp (- x) * (INR p + 2 * sqrt (INR p * x) + 2 * x) ^ K.
Proof.
  intros p x Hp Hx; apply Classical_Prop.NNPP; intros None; set (a := INR p + 2 * sqrt (INR p * x) + 2 * x) in *.
  assert (All : forall K, exp (- x) * a ^ K <= chi_moment p K).
  { intros K; apply Rnot_lt_le; intros H; apply None; exists K; lra. }
  assert (p1 : 1 <= INR p) by (apply (le_INR 1); exact Hp).
  set (u := sqrt (x / INR p)); assert (q0 : 0 < x / INR p) by (apply Rdiv_lt_0_compat; lra).
  assert (u0 : 0 < u) by (apply sqrt_lt_R0; exact q0); assert (uu : INR p * (u * u) = x) by (unfold u; rewrite sqrt_sqrt by lra; field; lra).
  assert (Ea : a = INR p + 2 * INR p * u + 2 * INR p * (u * u)).
  { unfold a; replace (INR p * x) with ((INR p * u) * (INR p * u)) by (rewrite <- uu; ring).
    rewrite sqrt_square by (apply Rmult_le_pos; lra); rewrite <- uu; ring. }
  set (t := u / (1 + 2 * u)); assert (t0 : 0 <= t < 1 / 2).
  { unfold t; split; [left; apply Rdiv_lt_0_compat; lra|]; apply (Rmult_lt_reg_r (1 + 2 * u)); [lra|].
    replace (u / (1 + 2 * u) * (1 + 2 * u)) with u by (field; lra); lra. }
  assert (Et : log_bound (INR p) t = t * a - x) by (rewrite Ea, <- uu; unfold log_bound, t; field; lra).
  assert (ex : 0 < exp (- x) < 1) by (split; [apply exp_pos|rewrite <- exp_0; apply exp_increasing; lra]).
  destruct (proj2_sig (exist_exp (t * a)) ((1 - exp (- x)) / 2) ltac:(lra)) as [N HN]; specialize (HN N (le_n N)).
  change (proj1_sig (exist_exp (t * a))) with (exp (t * a)) in HN; unfold R_dist in HN.
  assert (Up := moment_sum_below p (S N) t t0); rewrite Et in Up; unfold Rminus in Up; rewrite exp_plus in Up.
  assert (Low : (1 - exp (- x)) + exp (- x) * sum_f_R0 (fun i => / INR (fact i) * (t * a) ^ i) N <= moment_sum p (S N) t).
  { clear HN Up; induction N as [|N IH].
    - unfold moment_sum, chi_moment; simpl; lra.
    - change (moment_sum p (S (S N)) t) with (moment_sum p (S N) t + chi_moment p (S N) / INR (fact (S N)) * t ^ S N).
      cbn [sum_f_R0]; assert (f0 := INR_fact_lt_0 (S N)); assert (P : 0 <= t ^ S N) by (apply pow_le; lra).
      assert (exp (- x) * (/ INR (fact (S N)) * (t * a) ^ S N) <= chi_moment p (S N) / INR (fact (S N)) * t ^ S N); [|lra].
      rewrite Rpow_mult_distr; replace (exp (- x) * (/ INR (fact (S N)) * (t ^ S N * a ^ S N)))
        with (exp (- x) * a ^ S N / INR (fact (S N)) * t ^ S N) by (field; lra).
      apply Rmult_le_compat_r; [exact P|]; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact f0|apply All]. }
  set (s := sum_f_R0 (fun i => / INR (fact i) * (t * a) ^ i) N) in *; assert (A := Rle_abs (- (s - exp (t * a)))); rewrite Rabs_Ropp in A.
  assert (exp (- x) * (exp (t * a) - s) <= 1 * ((1 - exp (- x)) / 2)) by (destruct (Rle_lt_dec 0 (exp (t * a) - s));
    [apply Rmult_le_compat; lra|assert (0 <= exp (- x) * (s - exp (t * a))) by (apply Rmult_le_pos; lra); lra]).
  lra.
Qed.

(** With it, and so for a law that is turning for every K. *)
Theorem orthogonal_layers_whole : forall p x, (1 <= p)%nat -> 0 < x -> exists K,
  forall d n m r L X Y Phi eta sigma tau phi (Q : layer_laws n m p L), let beta := start_bound p (INR p + 2 * sqrt (INR p * x) + 2 * x) phi in
  (n <= m <= d)%nat -> (p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> turning m K (Q L) ->
  813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * beta) <= INR m -> 0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L
    (fun W => ~ fast_excess d L X Y Phi eta (eta * INR L * tau ^ 2 / INR p) beta (orthogonal_network m p L X W)) (exp (- x)).
Proof.
  intros p x Hp Hx; destruct (chi_square_order p x Hp Hx) as [K HK]; exists K.
  intros d n m r L X Y Phi eta sigma tau phi Q beta Hn Hm Hr HL Data Turn Width He.
  assert (p1 : 1 <= INR p) by (apply (le_INR 1); exact Hp); assert (s0 := sqrt_pos (INR p * x)).
  apply (orthogonal_layers_random d n m p r L K X Y Phi eta sigma tau phi (INR p + 2 * sqrt (INR p * x) + 2 * x) (exp (- x)) Q); auto; try lra.
  split; [apply exp_pos|rewrite <- exp_0; apply exp_increasing; lra].
Qed.
