(** Theorem 3 near the identity in two stages, and its exponent k ln k (near-identity.md, sections 1 and 2): once a weight
    is below rho0 the moves are short, and below rho they are shorter still. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Convergence Xavier NearIdentity.
Open Scope R_scope.

Lemma near_fine_orbit : forall (f' : R -> R) eta k w delta c G rho0 rho n,
  0 < eta -> 0 < rho0 < 1 - delta -> rho0 ^ 2 + 4 * delta <= 1 -> 0 < rho <= rho0 / 2 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, 0 <= p <= c -> 0 <= f' p <= G) -> eta * G <= 1 -> eta * G * c <= rho0 ^ 2 / 2 ->
  eta * G * sqrt (rho0 ^ 2 + 4 * delta) ^ (k - 1) <= rho / 2 ->
  let H := eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1) in
  INR n * H < rho / 2 -> 0 <= H ->
  near_plateau k delta (rho / 2 - INR n * H) (descent f' eta k w n) /\ product k (descent f' eta k w n) <= c.
Proof.
  intros f' eta k w delta c G rho0 rho n He [Hr0 Hrd] Hone [Hr Hrr] Hw Hp Hf H1 H2 Hfine H Hn H0.
  induction n as [|n IH]; simpl descent.
  - destruct (near_identity_orbit f' eta k w delta c G rho0 0 He (conj Hr0 Hrd) Hone Hw Hp Hf H1 H2) as [[L Pair] Q].
    + simpl INR; lra.
    + apply Rmult_le_pos; [|apply pow_le, sqrt_pos].
      assert (P := near_weights_positive k w delta ltac:(lra) Hw); specialize (Hf 0 ltac:(lra)); apply Rmult_le_pos; lra.
    + split; [split|exact Q]; simpl in *; [intros i Hi; specialize (L i Hi); lra|exact Pair].
  - rewrite S_INR in *; destruct IH as [I1 I2]; [lra|].
    set (v := descent f' eta k w n) in *.
    assert (b0 : 0 <= INR n * H) by (apply Rmult_le_pos; [apply pos_INR|exact H0]).
    assert (sq : rho ^ 2 <= rho0 ^ 2) by (apply pow_incr; lra).
    assert (Main : near_plateau k delta (rho / 2 - (INR n + 1) * H) (step f' eta k v) /\
      forall i, (i < k)%nat -> step f' eta k v i <= v i).
    { destruct (all_or_one k (fun i => rho <= v i)) as [Up|[m [Hm Nm]]].
      - intros i; destruct (Rle_dec rho (v i)); tauto.
      - destruct (near_plateau_step f' eta k v delta c G rho0 rho He Hr0 Hone ltac:(lra) Hf H1 (or_intror H2) I2)
          as [[L Pair] Down]; [split; [exact Up|apply I1]|].
        split; [split; [|exact Pair]|exact Down]; intros i Hi; specialize (L i Hi); lra.
      - destruct (near_plateau_step f' eta k v delta c G rho (rho / 2 - INR n * H) He Hr ltac:(lra) ltac:(lra) Hf H1) as [S1 S2];
          [left; exists m; split; [exact Hm|lra]|exact I2|exact I1|].
        fold H in S1; replace (rho / 2 - (INR n + 1) * H) with (rho / 2 - INR n * H - H) by ring; split; assumption. }
    destruct Main as [S1 S2]; split; [exact S1|].
    eapply Rle_trans; [|exact I2]; apply product_le; intros i Hi; split; [|apply S2; exact Hi].
    destruct S1 as [L _]; specialize (L i Hi); lra.
Qed.

(** The plateau entered in two stages: rho0 for the step size, any finer rho that the moves below rho0 do not jump. *)
Theorem near_identity_two_stages : forall (f f' : R -> R) eta k w delta c G rho0 rho n,
  0 < eta -> 0 < rho0 < 1 - delta -> rho0 ^ 2 + 4 * delta <= 1 -> 0 < rho <= rho0 / 2 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 -> eta * G * c <= rho0 ^ 2 / 2 ->
  eta * G * sqrt (rho0 ^ 2 + 4 * delta) ^ (k - 1) <= rho / 2 ->
  INR n * (eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1)) < rho / 2 ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w delta c G rho0 rho n He Hr0 Hone Hr Hw Hp Df Hf H1 H2 Hfine Hn.
  assert (P := near_weights_positive k w delta ltac:(lra) Hw); assert (G0 := Hf 0 ltac:(lra)).
  assert (H0 : 0 <= eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1))
    by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply pow_le, sqrt_pos]).
  destruct (near_fine_orbit f' eta k w delta c G rho0 rho n He Hr0 Hone Hr Hw Hp Hf H1 H2 Hfine Hn H0) as [[L _] Q].
  assert (p0 : 0 < product k (descent f' eta k w n)) by (apply product_pos; intros i Hi; specialize (L i Hi); lra).
  split; [exact p0|apply (increasing_above_zero f f' c G); try assumption; split; assumption].
Qed.

(** (1 + 1/(k-2))^((k-1)/2) <= 2, and the plateau is not jumped: k (k - 2) <= 2^(k-1). *)
Lemma plateau_depth_factor : forall k, (16 <= k)%nat -> sqrt (1 + / INR (k - 2)) ^ (k - 1) <= 2.
Proof.
  intros k Hk; set (x := INR (k - 2)).
  assert (x14 : 14 <= x) by (replace 14 with (INR 14) by (simpl; lra); apply le_INR; lia).
  assert (I0 : 0 < / x <= / 14) by (split; [apply Rinv_0_lt_compat; lra|apply Rinv_le_contravar; lra]).
  apply Rsqr_incr_0_var; [unfold Rsqr|lra].
  rewrite <- Rpow_mult_distr, sqrt_sqrt by lra.
  assert (E := power_below_exp (- / x) (k - 1)); replace (1 - - / x) with (1 + / x) in E by ring.
  eapply Rle_trans; [apply E; lra|]; rewrite Ropp_involutive, Rmult_comm; replace (INR (k - 1)) with (x + 1) by (unfold x; rewrite <- S_INR; f_equal; lia).
  replace ((x + 1) * / x) with (1 + / x) by (field; lra); rewrite exp_plus.
  assert (E1 := exp_le_3); assert (E2 : exp (/ x) <= 14 / 13); [|assert (0 < exp 1) by apply exp_pos; assert (0 < exp (/ x)) by apply exp_pos; nra].
  assert (B : 1 + - / x < exp (- / x)) by (apply exp_ineq1; lra).
  rewrite exp_Ropp in B; assert (0 < exp (/ x)) by apply exp_pos.
  apply (Rmult_lt_compat_l (exp (/ x))) in B; [|lra]; rewrite Rinv_r in B by lra; nra.
Qed.

Lemma depth_below_powers : forall k, (16 <= k)%nat -> INR k * INR (k - 2) <= 2 ^ (k - 1).
Proof.
  intros k Hk; induction Hk as [|k Hk IH]; [simpl; lra|].
  replace (S k - 1)%nat with (S (k - 1)) by lia; replace (S k - 2)%nat with (S (k - 2)) by lia.
  rewrite !S_INR; simpl pow; assert (I : INR (k - 2) = INR k - 2) by (rewrite minus_INR by lia; simpl; lra).
  assert (16 <= INR k) by (replace 16 with (INR 16) by (simpl; lra); apply le_INR; exact Hk); rewrite I in *; nra.
Qed.

(** More than exponential: with 1/k <= delta <= 1/16, as delta = k^(-c1) with c1 <= 1 is from k = 16^(1/c1) on, at least
    1/2 sqrt(delta/(k-2)) (4 delta)^(-(k-1)/2) / (eta G) steps; the logarithm is (c1/2) k ln k - O(k). *)
Theorem near_identity_k_log_k : forall (f f' : R -> R) eta k w delta c G n,
  0 < eta -> 1 <= INR k * delta -> delta <= 1 / 16 -> (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 -> 8 * (eta * G * c) <= 1 ->
  INR n * (2 * (eta * G) * sqrt (4 * delta) ^ (k - 1)) < sqrt (delta / INR (k - 2)) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w delta c G n He Dk D16 Hw Hp Df Hf H1 H2 Hn.
  assert (K0 : 0 <= INR k) by apply pos_INR.
  assert (Hk : (16 <= k)%nat) by (apply INR_le; replace (INR 16) with 16 by (simpl; lra); nra).
  assert (d0 : 0 < delta) by nra.
  set (x := INR (k - 2)) in *; set (t := sqrt (delta / x)) in *.
  assert (x14 : 14 <= x) by (replace 14 with (INR 14) by (simpl; lra); apply le_INR; lia).
  assert (q0 : 0 < delta / x) by (apply Rdiv_lt_0_compat; lra).
  assert (t0 : 0 < t) by (apply sqrt_lt_R0; exact q0).
  assert (T2 : t * t = delta / x) by (apply sqrt_sqrt; lra).
  assert (Gp : 0 <= eta * G) by (apply Rmult_le_pos; [lra|specialize (Hf 0); assert (P := near_weights_positive k w delta ltac:(lra) Hw); lra]).
  assert (Tq : t <= 1 / 8).
  { apply Rsqr_incr_0_var; [unfold Rsqr; rewrite T2; apply (Rmult_le_reg_r x); [lra|]; unfold Rdiv at 1; rewrite Rmult_assoc, Rinv_l; lra|lra]. }
  apply (near_identity_two_stages f f' eta k w delta c G (1 / 2) (2 * t) n); try assumption; try lra.
  - apply Rle_trans with (1 * t); [apply Rmult_le_compat; try lra; [apply pow_le, sqrt_pos|]|lra].
    apply Rle_trans with (sqrt (/ 2) ^ (k - 1)); [apply pow_incr; split; [apply sqrt_pos|apply sqrt_le_1_alt; lra]|].
    apply Rsqr_incr_0_var; [|lra]; unfold Rsqr; rewrite T2, <- Rpow_mult_distr, sqrt_sqrt, pow_inv by lra.
    assert (B := depth_below_powers k Hk); fold x in B.
    assert (P2 : 0 < 2 ^ (k - 1)) by (apply pow_lt; lra).
    apply (Rmult_le_reg_l (2 ^ (k - 1))); [exact P2|]; rewrite Rinv_r by lra.
    apply Rle_trans with (INR k * x * (delta / x)); [|apply Rmult_le_compat_r; lra].
    replace (INR k * x * (delta / x)) with (INR k * delta) by (field; lra); exact Dk.
  - replace ((2 * t) ^ 2 + 4 * delta) with (4 * delta * (1 + / x)) by (replace ((2 * t) ^ 2) with (4 * (t * t)) by ring; rewrite T2; field; lra).
    rewrite sqrt_mult_alt, Rpow_mult_distr by lra; replace (2 * t / 2) with t by field.
    eapply Rle_lt_trans; [|exact Hn]; apply Rmult_le_compat_l; [apply pos_INR|].
    assert (F := plateau_depth_factor k Hk); fold x in F.
    assert (R0 : 0 <= sqrt (4 * delta) ^ (k - 1)) by apply pow_le, sqrt_pos.
    assert (0 <= eta * G * sqrt (4 * delta) ^ (k - 1)) by (apply Rmult_le_pos; assumption).
    replace (2 * (eta * G) * sqrt (4 * delta) ^ (k - 1)) with (eta * G * sqrt (4 * delta) ^ (k - 1) * 2) by ring.
    rewrite <- Rmult_assoc; apply Rmult_le_compat_l; assumption.
Qed.

(** delta = k^(-c1), c1 <= 1: more than e^((c1/2) k ln k - k ln 2 - (c1 + 1/2) ln k) steps. *)
Theorem near_identity_exponent : forall (f f' : R -> R) eta k w c1 c G n,
  0 < eta -> (2 <= k)%nat -> 0 < c1 <= 1 -> Rpower (INR k) (- c1) <= 1 / 16 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= Rpower (INR k) (- c1)) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 -> 8 * (eta * G * c) <= 1 ->
  INR n <= exp (c1 / 2 * INR k * ln (INR k) - INR k * ln 2 - (c1 + 1 / 2) * ln (INR k)) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w c1 c G n He Hk Hc D16 Hw Hp Df Hf H1 H2 Hn.
  assert (K2 : 2 <= INR k) by (replace 2 with (INR 2) by (simpl; lra); apply le_INR; exact Hk).
  set (delta := Rpower (INR k) (- c1)) in *.
  assert (d0 : 0 < delta) by apply exp_pos.
  assert (Dk : 1 <= INR k * delta).
  { assert (B : Rpower (INR k) 0 <= Rpower (INR k) (1 + - c1)) by (apply Rle_Rpower; lra).
    rewrite Rpower_O, Rpower_plus, Rpower_1 in B by lra; exact B. }
  assert (K16 : 16 <= INR k) by nra.
  assert (Gp : 0 <= eta * G) by (apply Rmult_le_pos; [lra|specialize (Hf 0); assert (P := near_weights_positive k w delta ltac:(lra) Hw); lra]).
  assert (K16' : (16 <= k)%nat) by (apply INR_le; replace (INR 16) with 16 by (simpl; lra); exact K16).
  assert (Kx : INR (k - 2) = INR k - 2) by (rewrite minus_INR by lia; simpl; lra).
  apply (near_identity_k_log_k f f' eta k w delta c G n); try assumption.
  assert (L1 : ln delta = - c1 * ln (INR k)) by apply ln_exp.
  assert (S : forall y, 0 < y -> sqrt y = exp (/ 2 * ln y)) by (intros y Hy; rewrite <- Rpower_sqrt by exact Hy; reflexivity).
  assert (P : sqrt (4 * delta) ^ (k - 1) = exp ((INR k - 1) * (ln 2 + / 2 * ln delta))).
  { rewrite <- Rpower_pow by (apply sqrt_lt_R0; lra); unfold Rpower; rewrite minus_INR by lia; f_equal; f_equal.
    rewrite S by lra; rewrite ln_exp, ln_mult by lra; replace 4 with (2 * 2) by ring; rewrite ln_mult by lra; simpl; field. }
  rewrite P, S, (ln_div delta) by (rewrite ?Kx; try apply Rdiv_lt_0_compat; lra).
  assert (Lx : ln (INR (k - 2)) < ln (INR k)) by (apply ln_increasing; rewrite Kx; lra).
  apply Rle_lt_trans with (exp (c1 / 2 * INR k * ln (INR k) - INR k * ln 2 - (c1 + 1 / 2) * ln (INR k)) *
    (2 * exp ((INR k - 1) * (ln 2 + / 2 * ln delta)))).
  - apply Rmult_le_compat; try assumption; [apply pos_INR|assert (0 <= exp ((INR k - 1) * (ln 2 + / 2 * ln delta))) by (left; apply exp_pos)..].
    + apply Rmult_le_pos; [|assumption]; lra.
    + apply Rmult_le_compat_r; [assumption|lra].
  - assert (E : forall y, 2 * exp y = exp (ln 2 + y)) by (intros y; rewrite exp_plus, exp_ln by lra; reflexivity).
    rewrite E, <- exp_plus; apply exp_increasing; rewrite L1; lra.
Qed.
