(** Where the last iterate of a skip is (escape-counts.md, section 3): what the Abel function falls by over a distance t below the exit,
    from the slope of ln u at the exit and a bound of its second derivative, as numerics/certified/crossing.py computes it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks
  CountFormula ReducedSpeed CountDescent CountQuadrature.
Open Scope R_scope.

(** Bounds |ln u(exit) - ln u(exit - t)| *)
Definition log_turn (slope second t : R) : R := Rabs slope * t + second * t ^ 2 / 2.

(** Derivatives of ln u, and a bound of the second, on an interval *)
Definition log_bends (u psi' psi'' : R -> R) (second lo hi : R) : Prop :=
  forall y, lo <= y <= hi -> (0 < u y /\ continuous u y) /\ is_derive (fun z => ln (u z)) y (psi' y) /\ is_derive psi' y (psi'' y) /\ Rabs (psi'' y) <= second.

Lemma log_falls : forall u psi' psi'' second lo hi, log_bends u psi' psi'' second lo hi -> forall y, lo <= y <= hi ->
  Rabs (ln (u hi) - ln (u y) - psi' hi * (hi - y)) <= second * (hi - y) ^ 2 / 2.
Proof.
  intros u psi' psi'' second lo hi H y Hy.
  assert (S : forall z, y <= z <= hi -> Rabs (psi' z - psi' hi) <= second * (hi - z)).
  { intros z Hz; rewrite Rabs_minus_sym; apply (Rle_trans _ (second * hi - second * z)); [|lra].
    apply (growth_bound psi' (fun v => second * v) psi'' (fun _ => second)); [lra| | |].
    - intros v Hv; apply (H v); lra.
    - intros v _; auto_derive; [trivial|ring].
    - intros v Hv; apply (H v); lra. }
  assert (B := growth_bound (fun z => ln (u z) - psi' hi * z) (fun z => - (second * (hi - z) ^ 2 / 2)) (fun z => psi' z - psi' hi)
    (fun z => second * (hi - z)) y hi ltac:(lra)); cbv beta in B.
  replace (ln (u hi) - ln (u y) - psi' hi * (hi - y)) with (ln (u hi) - psi' hi * hi - (ln (u y) - psi' hi * y)) by ring.
  eapply Rle_trans; [apply B|right; field]; [| |exact S].
  - intros z Hz; apply (is_derive_minus (V := R_NormedModule) (fun z => ln (u z)) (fun z => psi' hi * z)); [apply (H z); lra|].
    auto_derive; [trivial|ring].
  - intros z Hz; auto_derive; [trivial|field].
Qed.

(** The inverse speed, to first order in the distance from the exit *)
Lemma inverse_falls : forall u psi' psi'' second lo hi, log_bends u psi' psi'' second lo hi -> 0 <= second -> forall y, lo <= y <= hi ->
  let L := Rabs (psi' hi) + second * (hi - lo) / 2 in
  Rabs (u hi * (1 / u y) - (1 + psi' hi * (hi - y))) <= (second + exp (L * (hi - lo)) * L ^ 2) / 2 * (hi - y) ^ 2.
Proof.
  intros u psi' psi'' second lo hi H H0 y Hy L; set (s := hi - y); set (t := hi - lo) in *; assert (St : 0 <= s <= t) by (unfold s, t; lra).
  assert (B := log_falls u psi' psi'' second lo hi H y Hy); fold s in B; destruct (H y Hy) as [[Py _] _]; destruct (H hi ltac:(lra)) as [[Ph _] _].
  set (mu := ln (u hi) - ln (u y)) in *; assert (E : u hi * (1 / u y) = exp (- - mu)).
  { rewrite Ropp_involutive; unfold mu; rewrite <- ln_ratio, exp_ln by (try assumption; apply Rdiv_lt_0_compat; assumption); field; lra. }
  assert (X := exp_remainder (- mu)); rewrite <- E, Rabs_Ropp in X; replace ((- mu) ^ 2) with (mu ^ 2) in X by ring.
  assert (L0 : 0 <= L) by (unfold L; assert (Q := Rabs_pos (psi' hi)); assert (0 <= second * t) by (apply Rmult_le_pos; lra); lra).
  assert (M : Rabs mu <= L * s).
  { replace mu with (psi' hi * s + (mu - psi' hi * s)) by ring; eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_mult, (Rabs_pos_eq s) by lra.
    unfold L; assert (second * s ^ 2 <= second * t * s); [|lra]; replace (second * s ^ 2) with (second * s * s) by ring.
    apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_l; lra. }
  assert (M2 : mu ^ 2 <= L ^ 2 * s ^ 2) by (rewrite <- Rpow_mult_distr, <- (pow2_abs mu); apply pow_incr; split; [apply Rabs_pos|exact M]).
  assert (Ex : exp (Rabs mu) * mu ^ 2 <= exp (L * t) * (L ^ 2 * s ^ 2)).
  { apply Rmult_le_compat; [left; apply exp_pos|apply pow2_ge_0|apply exp_le_compat|exact M2].
    eapply Rle_trans; [exact M|]; apply Rmult_le_compat_l; lra. }
  apply Rabs_le_between in B; apply Rabs_le_between in X; apply Rabs_le; split; lra.
Qed.

(** The Abel function over the distance t: [crossing._drop], times t *)
Lemma falls_over : forall (u psi' psi'' : R -> R) (eta exit t second : R),
  0 < eta -> 0 <= t -> 0 <= second -> log_bends u psi' psi'' second (exit - t) exit ->
  exists rest curve : R,
    Rabs rest <= exp (log_turn (psi' exit) second t) * (log_turn (psi' exit) second t ^ 2 + second * t ^ 2) / 6 /\ Rabs curve <= second * t / 2 /\
    1 / eta * RInt (fun y => 1 / u y) (exit - t) exit + 1 / 2 * ln (u exit / u (exit - t))
      = t * ((1 + psi' exit * t / 2 + rest) / (eta * u exit) + (psi' exit + curve) / 2).
Proof.
  intros u psi' psi'' eta exit t second He Ht Hs H; destruct (H exit ltac:(lra)) as [[Pe _] _]; destruct (H (exit - t) ltac:(lra)) as [[Pt _] _].
  destruct (Req_dec t 0) as [->|Nt].
  { exists 0, 0; rewrite !Rabs_R0; split; [|split; [lra|]].
    - unfold log_turn; assert (P := exp_pos (Rabs (psi' exit) * 0 + second * 0 ^ 2 / 2)); apply Rle_mult_inv_pos; [|lra].
      apply Rmult_le_pos; [lra|]; simpl; lra.
    - rewrite Rminus_0_r, RInt_point; unfold zero; simpl; unfold Rdiv; rewrite Rinv_r, ln_1 by lra; ring. }
  set (L := Rabs (psi' exit) + second * t / 2); set (K := (second + exp (L * t) * L ^ 2) / 2).
  assert (C : ex_RInt (fun y => 1 / u y) (exit - t) exit).
  { apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y; rewrite Rmin_left, Rmax_right by lra; intros Hy.
    destruct (H y Hy) as [[Py Cu] _]; apply (continuous_mult (K := R_AbsRing) (fun _ => 1)); [apply continuous_const|].
    apply continuity_pt_filterlim, continuity_pt_inv; [apply continuity_pt_filterlim, Cu|lra]. }
  destruct C as [I HI]; rewrite (is_RInt_unique _ _ _ _ HI).
  assert (Hp : is_RInt (fun y => 1 + psi' exit * (exit - y)) (exit - t) exit (t + psi' exit * t ^ 2 / 2)).
  { evar_last; [apply (is_RInt_derive (fun y => y - psi' exit * (exit - y) ^ 2 / 2) (fun y => 1 + psi' exit * (exit - y)))|].
    - intros y _; auto_derive; [trivial|field].
    - intros y _; apply (ex_derive_continuous (fun y => 1 + psi' exit * (exit - y))); auto_derive; trivial.
    - unfold minus, plus, opp; simpl; field. }
  assert (Hk : is_RInt (fun y => K * (exit - y) ^ 2) (exit - t) exit (K * t ^ 3 / 3)).
  { evar_last; [apply (is_RInt_derive (fun y => - (K * (exit - y) ^ 3 / 3)) (fun y => K * (exit - y) ^ 2))|].
    - intros y _; auto_derive; [trivial|field].
    - intros y _; apply (ex_derive_continuous (fun y => K * (exit - y) ^ 2)); auto_derive; trivial.
    - unfold minus, plus, opp; simpl; field. }
  assert (Hd : is_RInt (fun y => u exit * (1 / u y) - (1 + psi' exit * (exit - y))) (exit - t) exit (u exit * I - (t + psi' exit * t ^ 2 / 2)))
    by (apply (is_RInt_minus (V := R_NormedModule)); [apply (is_RInt_scal (V := R_NormedModule) (fun y => 1 / u y)), HI|exact Hp]).
  set (g := u exit * I - (t + psi' exit * t ^ 2 / 2)) in *.
  assert (G : Rabs g <= K * t ^ 3 / 3).
  { apply (norm_RInt_le (V := R_NormedModule) (fun y => u exit * (1 / u y) - (1 + psi' exit * (exit - y))) (fun y => K * (exit - y) ^ 2) (exit - t) exit g (K * t ^ 3 / 3) ltac:(lra)); [|exact Hd|exact Hk].
    intros y Hy; assert (B := inverse_falls u psi' psi'' second (exit - t) exit H Hs y Hy); cbv zeta in B.
    replace (exit - (exit - t)) with t in B by ring; exact B. }
  assert (Lt : L * t = log_turn (psi' exit) second t) by (unfold L, log_turn; field).
  assert (F := log_falls u psi' psi'' second (exit - t) exit H (exit - t) ltac:(lra)); replace (exit - (exit - t)) with t in F by ring.
  set (q := ln (u exit) - ln (u (exit - t)) - psi' exit * t) in *.
  assert (T0 : 0 < t) by lra; exists (g / t), (q / t); split; [|split].
  - unfold Rdiv at 1; rewrite Rabs_mult, (Rabs_pos_eq (/ t)) by (left; apply Rinv_0_lt_compat; lra); apply Rle_div_l; [lra|].
    eapply Rle_trans; [exact G|]; rewrite <- Lt; set (e := exp (L * t)) in *.
    assert (E1 : 1 <= e).
    { unfold e; rewrite <- exp_0; apply exp_le_compat, Rmult_le_pos; [|lra]; unfold L; assert (Q := Rabs_pos (psi' exit)).
      assert (0 <= second * t) by (apply Rmult_le_pos; lra); lra. }
    assert (T3 : 0 <= second * t ^ 3) by (apply Rmult_le_pos; [lra|apply pow_le; lra]).
    assert (second * t ^ 3 <= e * (second * t ^ 3)) by (rewrite <- (Rmult_1_l (second * t ^ 3)) at 1; apply Rmult_le_compat_r; lra).
    unfold K; fold e; replace (e * ((L * t) ^ 2 + second * t ^ 2) / 6 * t) with ((e * L ^ 2 * t ^ 3 + e * (second * t ^ 3)) / 6) by field.
    replace ((second + e * L ^ 2) / 2 * t ^ 3 / 3) with ((second * t ^ 3 + e * L ^ 2 * t ^ 3) / 6) by field; lra.
  - unfold Rdiv at 1; rewrite Rabs_mult, (Rabs_pos_eq (/ t)) by (left; apply Rinv_0_lt_compat; lra); apply Rle_div_l; [lra|].
    eapply Rle_trans; [exact F|right; field].
  - rewrite ln_ratio by assumption; replace (ln (u exit) - ln (u (exit - t))) with (psi' exit * t + q) by (unfold q; ring).
    replace I with ((t + psi' exit * t ^ 2 / 2 + g) / u exit) by (unfold g; field; lra); field; repeat split; lra.
Qed.

(** ** The part of the delay between the last iterate and the exit *)

(** What holds of the squared differences at the start, near the exit *)
Definition slow_near (J : nat) (sigma : R) (f' f'' f''' : R -> R) (c0 : nat -> R) (slow fast X weight lo hi : R) : Prop :=
  forall y, lo <= y <= hi -> good_place J sigma f' f'' f''' c0 y /\ slow <= reduced_speed J sigma f' c0 y <= fast /\
    Rabs (reduced_chi J sigma f' f'' c0 y) <= X /\ total J (fun j => c0 j / (c0 j + y ^ 2) ^ 2) <= weight.

Lemma kernel_near : forall J sigma (f' f'' f''' : R -> R) c0 slow fast X weight lo hi v y, 0 < slow -> 0 <= weight ->
  (forall j, (j < J)%nat -> 0 <= c0 j) -> slow_near J sigma f' f'' f''' c0 slow fast X weight lo hi -> lo <= v <= hi -> lo <= y <= hi ->
  continuous (delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 c0 v) y /\
  Rabs (delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 c0 v y) <= fast / slow * X * weight.
Proof.
  intros J sigma f' f'' f''' c0 slow fast X weight lo hi v y Hs Hw Hc H Hv Hy.
  destruct (H v Hv) as [Gv [Sv [_ Wv]]]; destruct (H y Hy) as [Gy [Sy [Xy Wy]]]; destruct Gv as [_ [_ Nv]]; assert (Ny := proj2 (proj2 Gy)); split.
  - unfold delay_kernel, Rdiv; apply (continuous_mult (K := R_AbsRing) (fun z => reduced_speed J sigma f' c0 v * reduced_chi J sigma f' f'' c0 z
      * kappa J c0 c0 v z)); [|exact (inverse_speed_continuous J sigma f' f'' f''' c0 y Gy)].
    apply (continuous_mult (K := R_AbsRing) (fun z => reduced_speed J sigma f' c0 v * reduced_chi J sigma f' f'' c0 z)).
    + apply (continuous_mult (K := R_AbsRing) (fun _ => reduced_speed J sigma f' c0 v)); [apply continuous_const|].
      exact (chi_continuous J sigma f' f'' f''' c0 y Gy).
    + apply (continuous_total J (fun j z => c0 j / ((c0 j + v ^ 2) * (c0 j + z ^ 2)))); intros j Hj; specialize (Nv j Hj); specialize (Ny j Hj).
      apply (ex_derive_continuous (fun z => c0 j / ((c0 j + v ^ 2) * (c0 j + z ^ 2)))); auto_derive; simpl in *.
      apply Rmult_integral_contrapositive_currified; lra.
  - assert (Kap : 0 <= kappa J c0 c0 v y <= weight).
    { apply kappa_range; [exact Hw| |exact Wv|exact Wy]; intros j Hj; split; [apply Hc, Hj|split; [apply Nv, Hj|apply Ny, Hj]]. }
    set (u := reduced_speed J sigma f' c0) in *.
    replace (delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 c0 v y)
      with (u v / u y * reduced_chi J sigma f' f'' c0 y * kappa J c0 c0 v y) by (unfold delay_kernel, u; field; fold u; lra).
    assert (D0 : 0 <= u v / u y <= fast / slow).
    { split; [left; apply Rdiv_lt_0_compat; lra|]; unfold Rdiv; apply Rmult_le_compat; try lra; [left; apply Rinv_0_lt_compat; lra|].
      apply Rinv_le_contravar; lra. }
    rewrite !Rabs_mult, (Rabs_pos_eq (u v / u y)), (Rabs_pos_eq (kappa J c0 c0 v y)) by lra.
    apply Rmult_le_compat; [apply Rmult_le_pos; [lra|apply Rabs_pos]|lra| |lra]; apply Rmult_le_compat; try lra; apply Rabs_pos.
Qed.

Lemma delay_missing : forall J sigma (f' f'' f''' : R -> R) c0 slow fast X weight exit widest t (D : R -> R), 0 < slow -> 0 <= weight ->
  (forall j, (j < J)%nat -> 0 <= c0 j) -> slow_near J sigma f' f'' f''' c0 slow fast X weight (exit - widest) exit -> 0 <= t <= widest ->
  (forall v, exit - widest <= v <= exit -> is_derive D v (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 exit v)) ->
  Rabs (D exit - D (exit - t)) <= widest ^ 2 * (fast / slow) * X * weight / 4.
Proof.
  intros J sigma f' f'' f''' c0 slow fast X weight exit widest t D Hs Hw Hc H Ht HD; set (K := fast / slow * X * weight).
  assert (K0 : 0 <= K) by (eapply Rle_trans; [apply Rabs_pos|]; apply (kernel_near J sigma f' f'' f''' c0 slow fast X weight (exit - widest) exit exit exit);
    try assumption; lra).
  apply (Rle_trans _ (- (K / 4 * (exit - exit) ^ 2) - - (K / 4 * (exit - (exit - t)) ^ 2))).
  - apply (growth_bound D (fun v => - (K / 4 * (exit - v) ^ 2)) (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 exit)
      (fun v => K / 2 * (exit - v))); [lra| | |].
    + intros v Hv; apply HD; lra.
    + intros v _; auto_derive; [trivial|field].
    + intros v Hv; unfold delay_rate; rewrite Rabs_mult, (Rabs_pos_eq (1 / 2)) by lra.
      assert (N : forall y, v <= y <= exit -> continuous (delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 c0 v) y /\
        Rabs (delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 c0 v y) <= K)
        by (intros y Hy; apply (kernel_near J sigma f' f'' f''' c0 slow fast X weight (exit - widest) exit v y); try assumption; lra).
      assert (B : Rabs (RInt (fun y => delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 c0 v y) v exit) <= (exit - v) * K).
      { apply abs_RInt_le_const; [lra| |intros y Hy; apply N; lra]; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y.
        rewrite Rmin_left, Rmax_right by lra; intros Hy; apply N, Hy. }
      lra.
  - assert (T2 : t ^ 2 <= widest ^ 2) by (apply pow_incr; lra).
    replace (widest ^ 2 * (fast / slow) * X * weight / 4) with (K / 4 * widest ^ 2) by (unfold K; field; lra).
    replace (- (K / 4 * (exit - exit) ^ 2) - - (K / 4 * (exit - (exit - t)) ^ 2)) with (K / 4 * t ^ 2) by ring; apply Rmult_le_compat_l; lra.
Qed.

(** Where the last iterate is, from what [escape_count_descent] says of it: T is what tau has besides D *)
Theorem skip_place : forall (J n : nat) (sigma : R) (f' f'' f''' : R -> R) (c0 c : nat -> R) (D : R -> R)
    (u : (nat -> R) -> R -> R)
    (eta exit t widest slope second slow fast X weight T error : R),
  u = reduced_speed J sigma f' -> slope = reduced_first J sigma f' f'' c exit -> 0 < eta -> 0 <= t <= widest -> 0 <= second -> 0 < slow -> 0 <= weight -> (forall j, (j < J)%nat -> 0 <= c0 j) ->
  (forall y, exit - widest <= y <= exit -> good_place J sigma f' f'' f''' c y /\ Rabs (reduced_second J sigma f' f'' f''' c y) <= second) ->
  slow_near J sigma f' f'' f''' c0 slow fast X weight (exit - widest) exit ->
  (forall v, exit - widest <= v <= exit -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') c0 exit v)) ->
  Rabs (1 / eta * RInt (fun z => 1 / u c z) (exit - t) exit + 1 / 2 * ln (u c exit / u c (exit - t)) - (T + D (exit - t) - INR n)) <= error ->
  exists rest curve e : R,
    Rabs rest <= exp (log_turn slope second t) * (log_turn slope second t ^ 2 + second * t ^ 2) / 6 /\ Rabs curve <= second * t / 2 /\
    Rabs e <= error + widest ^ 2 * (fast / slow) * X * weight / 4 /\
    t * ((1 + slope * t / 2 + rest) / (eta * u c exit) + (slope + curve) / 2) = T + D exit - INR n + e.
Proof.
  intros J n sigma f' f'' f''' c0 c D u eta exit t widest slope second slow fast X weight T error -> -> He Ht Hs Hsl Hw Hc0 Hc Hn HD Place.
  assert (Bends : log_bends (reduced_speed J sigma f' c) (reduced_first J sigma f' f'' c) (reduced_second J sigma f' f'' f''' c) second (exit - t) exit).
  { intros y Hy; destruct (Hc y ltac:(lra)) as [G S]; split; [split; [apply G|exact (speed_continuous J sigma f' f'' f''' c y G)]|].
    split; [exact (psi_derive J sigma f' f'' f''' c y G)|]; split; [exact (psi'_derive J sigma f' f'' f''' c y G)|exact S]. }
  destruct (falls_over (reduced_speed J sigma f' c) _ _ eta exit t second He (proj1 Ht) Hs Bends) as [rest [curve [R1 [R2 E]]]].
  assert (M := delay_missing J sigma f' f'' f''' c0 slow fast X weight exit widest t D Hsl Hw Hc0 Hn Ht HD).
  set (lhs := 1 / eta * RInt (fun y => 1 / reduced_speed J sigma f' c y) (exit - t) exit + 1 / 2 * ln (reduced_speed J sigma f' c exit / reduced_speed J sigma f' c (exit - t))) in *.
  exists rest, curve, (lhs - (T + D exit - INR n)); split; [exact R1|]; split; [exact R2|]; split; [|rewrite <- E; ring].
  apply Rabs_le_between in M; apply Rabs_le_between in Place; apply Rabs_le; lra.
Qed.
