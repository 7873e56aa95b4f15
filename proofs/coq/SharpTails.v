(** Lemma 1 of wide-layers.md: Z = |A_q ... A_1 v|^2/m^q, |v| = 1, from above by one of its moments, and from below by a polynomial that
    is near an exponential: so at all places, in whatever order the layers are integrated. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder Convergence RangeNumbers AnyLaw Independent NormalLaw ChiSquare GaussianLayers.
From Lemmata Require Import IndependentBlocks GaussianRow GaussianProduct GaussianTails LayerMoments.
Open Scope R_scope.

(** ** Above *)

Lemma energy_large : forall K place n m q v k s, (1 <= m)%nat -> places_of_their_own K n m q place -> dot n v v = 1 -> 0 < s ->
  at_most (law_weights K normal_law) (fun w => s ^ 2 < energy n m (placed_layer place w) v q)
    (/ s ^ (2 * k) * exp (INR q * (INR k ^ 2 / INR m))).
Proof.
  intros K place n m q v k s Hm Own Hv Hs; assert (P : 0 < s ^ (2 * k)) by (apply pow_lt; exact Hs).
  assert (P' : 0 < / s ^ (2 * k)) by (apply Rinv_0_lt_compat; exact P).
  destruct (mean_is_scal _ _ (/ s ^ (2 * k)) _ _ (placed_moments K place n m q v k Hm Own Hv)) as [V E].
  eexists; split; [exact V|split; [|split]].
  - intros w; apply Rmult_le_pos; [lra|apply pow_le, energy_nonneg; exact Hm].
  - intros w Hw; apply (Rmult_le_reg_l (s ^ (2 * k))); [exact P|]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by lra.
    rewrite pow_mult; apply pow_incr; split; [apply pow2_ge_0|lra].
  - eapply Rle_trans; [right; exact E|]; apply Rmult_le_compat_l; [lra|]; rewrite exp_times; apply pow_incr, layer_moment_below; exact Hm.
Qed.

(** ** Below *)

(** E e^(-a Y) <= e^(-a + a^2/m) *)
Lemma layer_exponential : forall m a, (1 <= m)%nat -> 0 <= a -> (/ sqrt (1 + 2 * a / INR m)) ^ m <= exp (- (a - a ^ 2 / INR m)).
Proof.
  intros m a Hm Ha; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); set (y := 2 * a / INR m).
  assert (y0 : 0 <= y) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact m0]).
  assert (L : exp (y - y ^ 2 / 2) <= 1 + y).
  { assert (0 <= 1 + y - exp (y - y ^ 2 / 2)); [|lra].
    apply (rises_from_zero (fun y => 1 + y - exp (y - y ^ 2 / 2)) (fun y => 1 - (1 - y) * exp (y - y ^ 2 / 2))); [| | |exact y0].
    - replace (0 - 0 ^ 2 / 2) with 0 by field; rewrite exp_0; ring.
    - intros t _; auto_derive; [trivial|]; replace (t * (t * 1) * / 2) with (t ^ 2 / 2) by field; change (t + - (t ^ 2 / 2)) with (t - t ^ 2 / 2); field.
    - intros t Ht; assert (E := exp_above_line (- t)); assert (P := exp_pos (t - t ^ 2 / 2)); assert (0 <= t ^ 2) by apply pow2_ge_0.
      assert (Q : (1 - t) * exp (t - t ^ 2 / 2) <= exp (- t) * exp (t - t ^ 2 / 2)) by (apply Rmult_le_compat_r; lra).
      rewrite <- exp_plus in Q; assert (exp (- t + (t - t ^ 2 / 2)) <= 1) by (rewrite <- exp_0; apply exp_le_compat; lra); lra. }
  assert (S : exp ((y - y ^ 2 / 2) / 2) <= sqrt (1 + y)).
  { rewrite <- (sqrt_square (exp ((y - y ^ 2 / 2) / 2))) by (left; apply exp_pos); apply sqrt_le_1_alt; rewrite <- exp_plus.
    replace ((y - y ^ 2 / 2) / 2 + (y - y ^ 2 / 2) / 2) with (y - y ^ 2 / 2) by field; exact L. }
  replace (- (a - a ^ 2 / INR m)) with (INR m * - ((y - y ^ 2 / 2) / 2)) by (unfold y; field; lra); rewrite exp_times.
  assert (P := exp_pos ((y - y ^ 2 / 2) / 2)); apply pow_incr; split; [left; apply Rinv_0_lt_compat; lra|].
  rewrite exp_Ropp; apply Rinv_le_contravar; [exact P|exact S].
Qed.

(** The same for a = s z: e^(-s min(z, 1)) with a smaller s. *)
Lemma layer_flattens : forall m s s' z, (1 <= m)%nat -> 0 <= s -> s' <= s - s ^ 2 / INR m -> 0 <= s' -> 0 <= z ->
  (/ sqrt (1 + 2 * (s * z) / INR m)) ^ m <= exp (- (s' * z)) + exp (- s').
Proof.
  intros m s s' z Hm Hs Hs' Hs0 Hz; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  assert (A := exp_pos (- (s' * z))); assert (B := exp_pos (- s')).
  assert (i0 : 0 <= / INR m) by (left; apply Rinv_0_lt_compat; exact m0).
  assert (sm : 0 <= s ^ 2 / INR m) by (apply Rmult_le_pos; [apply pow2_ge_0|exact i0]).
  destruct (Rle_lt_dec z 1) as [Z|Z].
  - assert (G := layer_exponential m (s * z) Hm ltac:(apply Rmult_le_pos; assumption)).
    assert (exp (- (s * z - (s * z) ^ 2 / INR m)) <= exp (- (s' * z))); [|lra]; apply exp_le_compat, Ropp_le_contravar.
    apply Rle_trans with ((s - s ^ 2 / INR m) * z); [apply Rmult_le_compat_r; assumption|].
    replace ((s * z) ^ 2 / INR m) with (s ^ 2 / INR m * (z * z)) by (unfold Rdiv; ring).
    assert (s ^ 2 / INR m * (z * z) <= s ^ 2 / INR m * (1 * z)) by (apply Rmult_le_compat_l; [exact sm|apply Rmult_le_compat_r; lra]); lra.
  - assert (G := layer_exponential m s Hm Hs).
    assert (E : exp (- (s - s ^ 2 / INR m)) <= exp (- s')) by (apply exp_le_compat; lra).
    assert ((/ sqrt (1 + 2 * (s * z) / INR m)) ^ m <= (/ sqrt (1 + 2 * s / INR m)) ^ m); [|lra].
    assert (K : forall a, 0 <= a -> 0 < sqrt (1 + 2 * a / INR m)).
    { intros a Ha; apply sqrt_lt_R0; assert (0 <= 2 * a / INR m) by (apply Rmult_le_pos; lra); lra. }
    assert (sz : s <= s * z) by (rewrite <- (Rmult_1_r s) at 1; apply Rmult_le_compat_l; lra).
    apply pow_incr; split; [left; apply Rinv_0_lt_compat, K; lra|]; apply Rinv_le_contravar; [apply K; exact Hs|].
    apply sqrt_le_1_alt, Rplus_le_compat_l; unfold Rdiv; apply Rmult_le_compat_r; lra.
Qed.

(** A polynomial of z, after l layers. *)
Definition polynomial_after (m N : nat) (c : nat -> R) (l : nat) (z : R) : R := total N (fun k => c k * layer_moment m k ^ l * z ^ k).

Lemma after_next : forall m N c l z, (1 <= m)%nat ->
  mean_is normal_law (m * 1) (fun w => polynomial_after m N c l (z * layer_factor m 1 (fun _ => 1) w)) (polynomial_after m N c (S l) z).
Proof.
  intros m N c l z Hm; unfold polynomial_after; assert (One : 0 < dot 1 (fun _ : nat => 1) (fun _ => 1)) by (unfold dot; simpl; lra).
  apply (mean_is_total normal_law (m * 1) N (fun k w => c k * layer_moment m k ^ l * (z * layer_factor m 1 (fun _ => 1) w) ^ k)).
  intros k _; apply (mean_is_ext _ _ (fun w => c k * layer_moment m k ^ l * z ^ k * (1 - shortfall m 1 (by_rows 1 w) (fun _ => 1)) ^ k)).
  - intros w; rewrite Rpow_mult_distr; unfold layer_factor; ring.
  - replace (c k * layer_moment m k ^ S l * z ^ k) with (c k * layer_moment m k ^ l * z ^ k * layer_moment m k) by (simpl; ring).
    apply mean_is_scal; exact (layer_mean_power m k Hm 1%nat (fun _ => 1) One).
Qed.

Lemma after_below : forall m N c p j A B, (1 <= m)%nat -> 0 <= A -> 0 <= B -> 0 <= p ->
  (forall z, 0 <= z -> polynomial_after m N c 0 z <= A * exp (- (p * z)) + B * z ^ j) ->
  forall l, INR l * p <= INR m -> forall z, 0 <= z -> let s := p - INR l * (p ^ 2 / INR m) in
  polynomial_after m N c l z <= A * (exp (- (s * z)) + INR l * exp (- s)) + B * layer_moment m j ^ l * z ^ j.
Proof.
  intros m N c p j A B Hm HA HB Hp H0; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  assert (One : 0 < dot 1 (fun _ : nat => 1) (fun _ => 1)) by (unfold dot; simpl; lra).
  assert (Shrink : forall l, INR l * p <= INR m -> 0 <= p - INR l * (p ^ 2 / INR m) <= p).
  { intros l Hl; assert (l0 := pos_INR l).
    assert (E : INR l * (p ^ 2 / INR m) = INR l * p / INR m * p) by (unfold Rdiv; ring).
    assert (0 <= INR l * p / INR m <= 1).
    { split; [apply Rmult_le_pos; [apply Rmult_le_pos; assumption|left; apply Rinv_0_lt_compat; exact m0]|].
      apply (Rmult_le_reg_r (INR m)); [exact m0|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
    rewrite E; assert (INR l * p / INR m * p <= 1 * p) by (apply Rmult_le_compat_r; lra).
    assert (0 <= INR l * p / INR m * p) by (apply Rmult_le_pos; lra); lra. }
  induction l as [|l IH]; intros Hl z Hz s.
  - unfold s; simpl INR; eapply Rle_trans; [apply H0; exact Hz|right]; rewrite !Rmult_0_l, Rminus_0_r, Rplus_0_r; simpl pow at 3; ring.
  - rewrite S_INR in Hl; assert (Hl' : INR l * p <= INR m) by lra; specialize (IH Hl').
    set (s1 := p - INR l * (p ^ 2 / INR m)) in *; destruct (Shrink l Hl') as [S0 S1]; fold s1 in S0, S1.
    destruct (Shrink (S l) ltac:(rewrite S_INR; exact Hl)) as [T0 T1]; fold s in T0, T1.
    assert (Next : s <= s1 - s1 ^ 2 / INR m).
    { unfold s; rewrite S_INR; unfold s1 at 1; assert (s1 ^ 2 / INR m <= p ^ 2 / INR m); [|lra].
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact m0|apply pow_incr; lra]. }
    set (Y := layer_factor m 1 (fun _ => 1)).
    assert (g0 : 0 < 1 + 2 * (s1 * z) / INR m).
    { assert (0 <= 2 * (s1 * z) / INR m); [|lra]; apply Rmult_le_pos; [assert (0 <= s1 * z) by (apply Rmult_le_pos; assumption); lra|].
      left; apply Rinv_0_lt_compat; exact m0. }
    assert (M1 : mean_is normal_law (m * 1) (fun w => exp (- (s1 * (z * Y w)))) ((/ sqrt (1 + 2 * (s1 * z) / INR m)) ^ m)).
    { assert (Q := mean_is_scal _ _ (exp (- (s1 * z))) _ _ (layer_mean_exp m (s1 * z) Hm g0 1%nat (fun _ => 1) One)).
      unfold shortfall_moment in Q; rewrite <- Rmult_assoc, <- exp_plus, Rplus_opp_l, exp_0, Rmult_1_l in Q; revert Q.
      apply mean_is_ext; intros w; rewrite <- exp_plus; f_equal; unfold Y, layer_factor; ring. }
    assert (M2 := mean_is_scal _ _ (B * layer_moment m j ^ l * z ^ j) _ _ (layer_mean_power m j Hm 1%nat (fun _ => 1) One)).
    assert (M := mean_is_plus _ _ _ _ _ _ (mean_is_scal _ _ A _ _ (mean_is_plus _ _ _ _ _ _ M1 (mean_is_const _ _ (INR l * exp (- s1))))) M2).
    assert (Le := mean_le _ _ _ _ _ (after_next m N c l z Hm) M).
    eapply Rle_trans; [apply Le; intros w|].
    + assert (Y0 : 0 <= Y w) by apply layer_factor_nonneg; assert (P := IH (z * Y w) ltac:(apply Rmult_le_pos; assumption)).
      eapply Rle_trans; [exact P|right]; fold (layer_factor m 1 (fun _ => 1) w); fold Y; rewrite Rpow_mult_distr; ring.
    + assert (F := layer_flattens m s1 s z Hm S0 Next T0 Hz).
      assert (G : exp (- s1) <= exp (- s)).
      { apply exp_le_compat; assert (0 <= s1 ^ 2 / INR m); [|lra].
        apply Rmult_le_pos; [apply pow2_ge_0|left; apply Rinv_0_lt_compat; exact m0]. }
      assert (l0 := pos_INR l); assert (INR l * exp (- s1) <= INR l * exp (- s)) by (apply Rmult_le_compat_l; assumption).
      rewrite S_INR; apply Rplus_le_compat; [apply Rmult_le_compat_l; lra|right; simpl pow; ring].
Qed.

(** (a + b z)^n in powers of z. *)
Lemma power_expanded : forall a b n, exists c, forall z, (a + b * z) ^ n = total (S n) (fun k => c k * z ^ k).
Proof.
  intros a b n; exists (fun k => Binomial.C n k * b ^ k * a ^ (n - k)); intros z; rewrite Rplus_comm, binomial.
  assert (Sums : forall f N, sum_f_R0 f N = total (S N) f).
  { intros f N; induction N as [|N IH]; [simpl; ring|]; rewrite tech5, IH; reflexivity. }
  rewrite Sums; apply total_ext; intros k _; rewrite Rpow_mult_distr; ring.
Qed.

(** P(Z <= 0.81) *)
Lemma energy_small : forall K place n m q v p, (1 <= m)%nat -> places_of_their_own K n m q place -> dot n v v = 1 -> INR q * INR p <= INR m ->
  at_most (law_weights K normal_law) (fun w => energy n m (placed_layer place w) v q <= 81 / 100)
    ((INR q + 1) * exp (- (19 / 100 * INR p) + INR q * (INR p ^ 2 / INR m))
      + (1 / 2) ^ (2 * p) * exp (INR q * (INR (2 * p) ^ 2 / INR m))).
Proof.
  intros K place n m q v p Hm Own Hv Hp; set (Z := fun w => energy n m (placed_layer place w) v q).
  assert (Z0 : forall w, 0 <= Z w) by (intros; apply energy_nonneg; exact Hm).
  destruct (power_expanded (281 / 200) (- (1 / 2)) (2 * p)) as [c Hc].
  assert (M : mean_is normal_law K (fun w => (281 / 200 + - (1 / 2) * Z w) ^ (2 * p)) (polynomial_after m (S (2 * p)) c q 1)).
  { apply (mean_is_ext _ _ (fun w => total (S (2 * p)) (fun k => c k * Z w ^ k))); [intros w; symmetry; apply Hc|].
    unfold polynomial_after; apply (mean_is_total normal_law K (S (2 * p)) (fun k w => c k * Z w ^ k)); intros k _.
    rewrite pow1, Rmult_1_r; apply mean_is_scal, placed_moments; assumption. }
  destruct M as [V E]; exists (fun w => (281 / 200 + - (1 / 2) * Z w) ^ (2 * p)); split; [exact V|split; [|split]].
  - intros w; rewrite pow_mult; apply pow_le, pow2_ge_0.
  - intros w Hw; fold (Z w) in Hw; apply pow_R1_Rle; lra.
  - eapply Rle_trans; [right; exact E|].
    set (A := exp (81 / 100 * INR p)); assert (A0 : 0 < A) by apply exp_pos.
    assert (H : forall z, 0 <= z -> polynomial_after m (S (2 * p)) c 0 z <= A * exp (- (INR p * z)) + (1 / 2) ^ (2 * p) * z ^ (2 * p)).
    { intros z Hz; replace (polynomial_after m (S (2 * p)) c 0 z) with ((281 / 200 + - (1 / 2) * z) ^ (2 * p)).
      2:{ rewrite Hc; unfold polynomial_after; apply total_ext; intros k _; simpl; ring. }
      assert (P1 : 0 < A * exp (- (INR p * z))) by (apply Rmult_lt_0_compat; [exact A0|apply exp_pos]).
      assert (P2 : 0 <= (1 / 2) ^ (2 * p) * z ^ (2 * p)) by (apply Rmult_le_pos; apply pow_le; lra).
      destruct (Rle_lt_dec z (281 / 100)) as [S|G].
      - assert ((281 / 200 + - (1 / 2) * z) ^ (2 * p) <= A * exp (- (INR p * z))); [|lra].
        unfold A; rewrite <- exp_plus; replace (81 / 100 * INR p + - (INR p * z)) with (INR (2 * p) * (81 / 200 - z / 2))
          by (rewrite mult_INR; simpl; field); rewrite exp_times; apply pow_incr; split; [lra|].
        assert (U := exp_above_line (81 / 200 - z / 2)); lra.
      - assert ((281 / 200 + - (1 / 2) * z) ^ (2 * p) <= (1 / 2) ^ (2 * p) * z ^ (2 * p)); [|lra].
        rewrite <- Rpow_mult_distr, !pow_mult; apply pow_incr; split; [apply pow2_ge_0|].
        replace ((281 / 200 + - (1 / 2) * z) ^ 2) with ((1 / 2 * z - 281 / 200) ^ 2) by ring; apply pow_incr; lra. }
    assert (S := after_below m (S (2 * p)) c (INR p) (2 * p) A ((1 / 2) ^ (2 * p)) Hm ltac:(lra) ltac:(apply pow_le; lra) (pos_INR p) H
      q Hp 1 ltac:(lra)); cbv zeta in S; rewrite Rmult_1_r, pow1, Rmult_1_r in S.
    eapply Rle_trans; [exact S|]; apply Rplus_le_compat.
    + right; unfold A; set (s := INR p - _).
      replace (exp (- s) + INR q * exp (- s)) with ((INR q + 1) * exp (- s)) by ring.
      rewrite (Rmult_comm (exp _)), Rmult_assoc, <- exp_plus; do 2 f_equal; unfold s; field.
      assert (0 < INR m) by (apply lt_0_INR; lia); lra.
    + apply Rmult_le_compat_l; [apply pow_le; lra|]; rewrite exp_times; apply pow_incr, layer_moment_below; exact Hm.
Qed.
