(** Lemma 6.1 of Du and Hu: a product of Gaussian layers keeps the norm of one vector. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder AnyLaw Independent NormalLaw GaussianLayers IndependentBlocks GaussianProduct GaussianFactors GaussianTails GaussianNumbers GaussianPlaces.
Open Scope R_scope.

Lemma lost_norm : forall n m q A v p, (1 <= q)%nat -> (1 <= m)%nat -> ~ keeps_norm n m q A v ->
  (361 / 10000) ^ p <= (energy n m A v q - 1) ^ (2 * p).
Proof.
  intros n m q A v p Hq Hm H; assert (M : 0 < INR m ^ q) by (apply pow_lt, lt_0_INR; lia).
  rewrite pow_mult; apply pow_incr; split; [lra|]; unfold keeps_norm in H.
  replace (energy n m A v q) with (dot m (passed n m A v q) (passed n m A v q) / INR m ^ q) by (destruct q; [lia|reflexivity]).
  set (Y := dot m (passed n m A v q) (passed n m A v q)) in *; set (Z := Y / INR m ^ q).
  assert (E : Y = Z * INR m ^ q) by (unfold Z; field; lra); rewrite E in H.
  destruct (Rle_lt_dec (81 / 100) Z) as [L|L]; [destruct (Rle_lt_dec Z (121 / 100)) as [U|U]|].
  - destruct H; split; apply Rmult_le_compat_r; lra.
  - simpl; nra.
  - simpl; nra.
Qed.

Theorem du_hu_lemma_6_1 : forall K place n m q v, (1 <= q)%nat -> 200000 * INR q <= INR m ->
  places_of_their_own K n m q place -> dot n v v = 1 ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_norm n m q (placed_layer place w) v) (exp (- (INR m / (30000 * INR q)))).
Proof.
  intros K place n m q v Hq Hm Own Hv.
  assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq); assert (m0 : 0 < INR m) by lra.
  assert (Hm1 : (1 <= m)%nat) by (apply (INR_lt 0 m) in m0; lia).
  set (r := INR m / INR q); assert (R : INR m = r * INR q) by (unfold r; field; lra).
  assert (r0 : 200000 <= r) by (apply (Rmult_le_reg_r (INR q)); lra).
  destruct (nfloor_ex (r / 25000) ltac:(lra)) as [p [P1 P2]].
  assert (Hp : (8 <= p)%nat) by (apply (INR_lt 7 p); simpl; lra).
  destruct (numbers_of_layers m q p Hq Hp) as [e1 [e2 [e3 [E1 [E2 [E3 [M1 [M2 [M3 B]]]]]]]]].
  { rewrite R; apply Rmult_le_compat_r; lra. }
  destruct (central_moment_moved K n m q place v (2 * p) Own) as [V1 [V2 E]].
  destruct (deviation_bound_mean n m p v q e1 e2 e3 M1 M2 M3) as [V3 E4].
  assert (Le := expectation_le (entries_of n m q) (law_weights (entries_of n m q) normal_law) _ _ V1 V3
    (fun w => deviation_below n m p e1 e2 e3 (layers_in_order n m q w) v q Hm1 ltac:(lia) E1 E2 E3 Hv)).
  assert (Le' : expectation (law_weights K normal_law) (fun w => (energy n m (placed_layer place w) v q - 1) ^ (2 * p))
    <= (361 / 10000) ^ p * exp (- INR p)).
  { rewrite E; eapply Rle_trans; [exact Le|]; eapply Rle_trans; [right; exact E4|exact B]. }
  set (c := (361 / 10000) ^ p) in *; assert (c0 : 0 < c) by (apply pow_lt; lra).
  destruct (expectation_scal K (law_weights K normal_law) (/ c) _ V2) as [V5 E5].
  assert (i0 : 0 < / c) by (apply Rinv_0_lt_compat, c0).
  eexists; split; [exact V5|split; [|split]].
  - intros w; apply Rmult_le_pos; [lra|]; rewrite pow_mult; apply pow_le, pow2_ge_0.
  - intros w Hw; apply (lost_norm n m q _ v p Hq Hm1) in Hw; fold c in Hw.
    apply Rle_trans with (/ c * c); [rewrite Rinv_l by lra; lra|apply Rmult_le_compat_l; lra].
  - rewrite E5; apply Rle_trans with (/ c * (c * exp (- INR p))); [apply Rmult_le_compat_l; lra|].
    rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra; apply exp_le_compat.
    replace (INR m / (30000 * INR q)) with (r / 30000) by (unfold r; field; lra); lra.
Qed.

(** The same with universal constants, as it is printed. *)
Lemma du_hu_one_vector : exists C c, 0 < C /\ 0 < c /\ one_vector C c.
Proof.
  exists 200000, (/ 30000); split; [lra|split; [lra|]]; intros K place n m q v Hq Hm Own Hv.
  replace (/ 30000 * INR m / INR q) with (INR m / (30000 * INR q)); [apply du_hu_lemma_6_1; assumption|].
  assert (1 <= INR q) by (apply (le_INR 1); exact Hq); field; lra.
Qed.
