(** Theorem 3.2 of Nguyen and Mondelli, for every depth L >= 3, all widths and every activation of
    Assumption 2.2: the loss falls geometrically and the weights tend to weights without loss. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep.
From Lemmata Require Import PyramidRun PyramidStart.
Open Scope R_scope.

(** A matrix with a positive least singular value has no more columns than rows. *)
Lemma columns_at_most : forall m n A c, 0 < c -> opbelow m n A c -> (n <= m)%nat.
Proof.
  intros m n A c c0 B; destruct (Nat.le_gt_cases n m) as [|H]; [assumption|exfalso].
  destruct n as [|n]; [lia|].
  destruct (kernel_vector n (fun i => if Nat.ltb i m then A i else fun _ => 0)) as [v [[j [Hj Nj]] K]].
  specialize (B v).
  assert (Z : dot m (mv (S n) A v) (mv (S n) A v) = 0).
  { apply total_zero; intros i Hi; unfold mv; specialize (K i ltac:(lia)).
    replace (Nat.ltb i m) with true in K by (symmetry; apply Nat.ltb_lt; exact Hi); rewrite K; ring. }
  rewrite Z in B; apply Nj, (dot_zero (S n) v j); [|exact Hj].
  assert (P := dot_nonneg (S n) v); assert (0 < c ^ 2) by (apply pow_lt; exact c0).
  apply Rle_antisym; [|exact P]; apply (Rmult_le_reg_l (c ^ 2)); lra.
Qed.

(** Assumption 2.1 is implied: N <= n_1, and the later widths do not grow. *)
Theorem pyramid_is_implied : forall s N n L X W a lambda bar least lambdaF x2 m,
  pyramid_start s N n L X W a lambda bar least lambdaF x2 m ->
  (N <= n 1%nat)%nat /\ forall l, (2 <= l < L)%nat -> (n (S l) <= n l)%nat.
Proof.
  intros s N n L X W a lambda bar least lambdaF x2 m [_ [C [f0 [F _]]]]; split.
  - exact (columns_at_most _ _ _ _ f0 F).
  - intros l Hl; destruct (C l Hl) as [_ [l0 B]]; exact (columns_at_most _ _ _ _ l0 B).
Qed.

Lemma others_divided_least : forall L v m p, 0 < m -> (forall l, (l < L)%nat -> m <= v l) -> (p < L)%nat ->
  others L v p <= product L v / m.
Proof.
  intros L v m p m0 H Hp; apply (Rmult_le_reg_r m); [exact m0|].
  replace (product L v / m * m) with (product L v) by (field; lra).
  rewrite (product_others L v p Hp), Rmult_comm; apply Rmult_le_compat_r; [|apply H; exact Hp].
  apply others_nonneg; intros i Hi; specialize (H i Hi); lra.
Qed.

(** The theorem with any bounds t_l <= 3/2 bar_l of the layers and their radii, for the smoothness only. *)
Lemma pyramid_descends : forall s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha t s2,
  (3 <= L)%nat -> 0 < gamma -> activation s s' gamma beta ->
  pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m ->
  x = rnorm N (n 0%nat) X -> e = sqrt (2 * network_loss (last_linear L s) N n L X Y W) ->
  alpha = pyramid_rate gamma L lambda lambdaF ->
  condition_7 gamma L x e lambda bar lambdaF -> condition_8 gamma L x e lambda bar lambdaF x2 ->
  (forall l, (l < 2)%nat -> a l + 1 <= t l) -> (forall l, (2 <= l < L)%nat -> a l + lambda l / 2 <= t l) ->
  (forall l, (l < L)%nat -> t l <= 3 / 2 * bar l) -> total L (fun p => others L t p ^ 2) <= s2 ->
  0 < eta -> eta * alpha <= 1 ->
  eta * (x ^ 2 * s2 + x * pyramid_reach L bar
    * (INR (L - 1) + INR L * INR (L - 1) / 2 * beta * x * pyramid_reach L bar) * e) <= 1 ->
  (forall k, network_loss (last_linear L s) N n L X Y
      (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k)
    <= (1 - eta * alpha) ^ k * network_loss (last_linear L s) N n L X Y W) /\
  exists Z, network_loss (last_linear L s) N n L X Y Z = 0 /\
    forall k, distance n L (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k) Z
      <= sqrt (1 - eta * alpha) ^ k * pyramid_distance L x e alpha bar.
Proof.
  intros s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha t s2 HL g0 A St Ex Ee Ea C7 C8 Ht2 Ht3 Htb HS eta0 He1 HQ.
  destruct St as [BW [C [f0 [F [x20 [Hx [le0 [bar2 [bar3 [m0 Hm]]]]]]]]]].
  assert (bar0 : forall l, (l < L)%nat -> 0 < bar l) by (intros l Hl; specialize (Hm l Hl); lra).
  assert (lam0 : forall l, (2 <= l < L)%nat -> 0 < lambda l) by (intros l Hl; apply (C l Hl)).
  destruct (pyramid_radii gamma L x e lambda bar lambdaF x2 HL g0 f0 x20 lam0 bar0 C7 C8) as [M0 [M1 [M2 M8]]].
  rewrite <- Ea in M0, M1, M2, M8.
  set (b := fun l => 3 / 2 * bar l) in *.
  set (move := fun l => 2 / alpha * (x * others L b l * e)) in *.
  change (move 0%nat <= 1) in M0; change (move 1%nat <= 1) in M1; change (x2 * move 0%nat <= lambdaF / 2) in M8.
  change (forall l, (2 <= l < L)%nat -> move l <= lambda l / 2) in M2.
  set (rho := fun l => if Nat.eqb l 0 then move 0%nat else if Nat.eqb l 1 then 1 else lambda l / 2).
  assert (rho2 : forall l, (2 <= l)%nat -> rho l = lambda l / 2).
  { intros l Hl; destruct l as [|[|l]]; [lia|lia|reflexivity]. }
  assert (x0 : 0 <= x) by (rewrite Ex; apply rnorm_nonneg); assert (e0 : 0 <= e) by (rewrite Ee; apply sqrt_pos).
  assert (T0 : 0 < tail_product L lambda) by (apply product_pos; intros i Hi; apply lam0; lia).
  assert (alpha0 : 0 < alpha).
  { rewrite Ea; unfold pyramid_rate; assert (0 < gamma ^ 2) by (apply pow_lt; exact g0).
    repeat apply Rmult_lt_0_compat; try apply Rinv_0_lt_compat; try apply pow_lt; lra. }
  assert (move0 : forall l, 0 <= move l).
  { intros l; apply Rmult_le_pos; [apply Rlt_le, Rdiv_lt_0_compat; lra|]; apply Rmult_le_pos; [|exact e0].
    apply Rmult_le_pos; [exact x0|apply others_nonneg; intros i Hi; unfold b; specialize (bar0 i Hi); lra]. }
  assert (rho0 : forall l, (l < L)%nat -> 0 <= rho l).
  { intros l Hl; destruct l as [|[|l]]; [apply move0|unfold rho; simpl; lra|].
    rewrite rho2 by lia; specialize (lam0 (S (S l)) ltac:(lia)); lra. }
  set (g := fun l => if Nat.eqb (S l) L then 1 else gamma).
  set (be := fun l => if Nat.eqb (S l) L then 0 else beta).
  assert (E : e = rnorm N (n L) (network_residual (last_linear L s) n L X Y W)) by (rewrite Ee; apply residual_root).
  assert (Run := network_run (last_linear L s) (last_constant L s') g be N n L X Y W eta a rho t b (fun l => Rmax 1 (b l)) (fun l => lambda l / 2)
    (lambdaF / 2) x2 s2 alpha); cbv zeta in Run; rewrite <- Ex, <- E in Run.
  destruct Run as [R1 [Z [Z0 R2]]].
  - lia.
  - apply last_linear_activations; [lra|exact A].
  - intros l Hl; destruct (BW l Hl) as [a0 _]; split; [exact a0|split; [apply rho0; exact Hl|split; [|apply Htb; exact Hl]]].
    destruct l as [|[|l]]; [unfold rho; simpl|unfold rho; simpl|rewrite rho2 by lia; apply Ht3; lia].
    + assert (T := Ht2 0%nat ltac:(lia)); lra.
    + apply (Ht2 1%nat); lia.
  - exact BW.
  - intros l Hl; destruct (C l Hl) as [_ [l0 Bl]]; split; [lra|].
    rewrite rho2 by lia; replace (lambda l / 2 + lambda l / 2) with (lambda l) by field; exact Bl.
  - lra.
  - exact x20.
  - exact Hx.
  - apply (opbelow_mono _ _ _ lambdaF); [|exact F]; unfold rho; simpl.
    assert (0 <= x2 * move 0%nat) by (apply Rmult_le_pos; auto); lra.
  - intros l Hl; split; [eapply Rle_trans; [apply Htb; exact Hl|apply Rmax_r]|apply Rmax_l].
  - exact HS.
  - rewrite Ea; apply rate_from_halves; assumption.
  - exact alpha0.
  - exact eta0.
  - exact He1.
  - eapply Rle_trans; [right|exact HQ]; f_equal; unfold smoothness, be.
    rewrite (triangle_number L beta) by lia; change (product L (fun l => Rmax 1 (b l))) with (pyramid_reach L bar); field.
  - intros l Hl; fold (move l); destruct l as [|[|l]]; [apply Rle_refl|exact M1|].
    rewrite rho2 by lia; apply M2; lia.
  - split; [exact R1|exists Z; split; [exact Z0|]]; intros k; rewrite distance_sym.
    eapply Rle_trans; [apply distance_below|]; unfold pyramid_distance.
    apply Rle_trans with (total L (fun l => move l * sqrt (1 - eta * alpha) ^ k)).
    + apply total_le; intros l Hl; apply (R2 k l Hl).
    + right; rewrite (total_ext L _ (fun l => sqrt (1 - eta * alpha) ^ k * (4 / 3 * (3 / 2) ^ L * x / alpha * e) * (product L bar / bar l))).
      * rewrite total_scal; ring.
      * intros l Hl; unfold move, b; rewrite others_scal, others_divided by (auto; specialize (bar0 l Hl); lra).
        replace ((3 / 2) ^ L) with (3 / 2 * (3 / 2) ^ (L - 1)) by (replace L with (S (L - 1)) at 2 by lia; reflexivity).
        specialize (bar0 l Hl); field; lra.
Qed.

(** Phi_k <= (1 - eta alpha_0)^k Phi_0 and |theta_k - theta_*| <= (1 - eta alpha_0)^(k/2) Q_1, with theta_* of loss 0. *)
Theorem nguyen_mondelli_theorem_3_2 : forall s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha,
  (3 <= L)%nat -> 0 < gamma -> activation s s' gamma beta ->
  pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m ->
  x = rnorm N (n 0%nat) X -> e = sqrt (2 * network_loss (last_linear L s) N n L X Y W) ->
  alpha = pyramid_rate gamma L lambda lambdaF ->
  condition_7 gamma L x e lambda bar lambdaF -> condition_8 gamma L x e lambda bar lambdaF x2 ->
  0 < eta -> eta * alpha <= 1 -> eta * pyramid_smoothness beta L x e bar m <= 1 ->
  (forall k, network_loss (last_linear L s) N n L X Y
      (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k)
    <= (1 - eta * alpha) ^ k * network_loss (last_linear L s) N n L X Y W) /\
  exists Z, network_loss (last_linear L s) N n L X Y Z = 0 /\
    forall k, distance n L (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k) Z
      <= sqrt (1 - eta * alpha) ^ k * pyramid_distance L x e alpha bar.
Proof.
  intros s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha HL g0 A St Ex Ee Ea C7 C8 eta0 He1 HQ.
  assert (St' := St); destruct St as [BW [C [_ [_ [_ [_ [le0 [bar2 [bar3 [m0 Hm]]]]]]]]]].
  apply (pyramid_descends s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha (fun l => 3 / 2 * bar l)
    (INR L * ((3 / 2) ^ (L - 1) * (product L bar / m)) ^ 2)); auto.
  - intros l Hl; rewrite bar2 by exact Hl; lra.
  - intros l Hl; rewrite bar3 by exact Hl; destruct (C l Hl) as [W1 [l0 Bl]]; destruct (BW l ltac:(lia)) as [a0 Ba].
    assert (Q := below_above _ _ _ _ _ W1 a0 Bl Ba); lra.
  - intros; apply Rle_refl.
  - rewrite <- total_const; apply total_le; intros p Hp; apply pow_incr; rewrite others_scal by exact Hp.
    assert (bar0 : forall i, (i < L)%nat -> 0 <= bar i) by (intros i Hi; specialize (Hm i Hi); lra).
    assert (o0 : 0 <= others L bar p) by (apply others_nonneg; exact bar0).
    assert (h0 : 0 <= (3 / 2) ^ (L - 1)) by (apply pow_le; lra).
    split; [apply Rmult_le_pos; assumption|apply Rmult_le_compat_l; [exact h0|apply others_divided_least; assumption]].
  - eapply Rle_trans; [right|exact HQ]; f_equal; unfold pyramid_smoothness; rewrite !Rpow_mult_distr, <- (pow_mult (3 / 2)).
    rewrite (Nat.mul_comm (L - 1) 2); ring.
Qed.

(** ** The constant Q_0 as remembered *)

Definition recalled_smoothness (beta : R) (L : nat) (x e : R) (bar : nat -> R) (m : R) : R :=
  let r := pyramid_reach L bar in
  INR L * sqrt (INR L) / 2 * (3 / 2) ^ (2 * (L - 1)) * x ^ 2 * (product L bar / m) ^ 2
    + INR L * sqrt (INR L) * x * (1 + INR L * beta * x * r) * r * e.

Lemma recalled_is_larger : forall beta L x e bar m, (4 <= L)%nat -> 0 <= beta -> 0 <= x -> 0 <= e ->
  pyramid_smoothness beta L x e bar m <= recalled_smoothness beta L x e bar m.
Proof.
  intros beta L x e bar m HL b0 x0 e0; unfold pyramid_smoothness, recalled_smoothness.
  set (r := pyramid_reach L bar); assert (l4 : 4 <= INR L) by (apply (le_INR 4) in HL; simpl in HL; lra).
  assert (r0 : 0 <= r) by (apply product_nonneg; intros; eapply Rle_trans; [|apply Rmax_l]; lra).
  assert (s2 : 2 <= sqrt (INR L)) by (rewrite <- (sqrt_pow2 2) by lra; apply sqrt_le_1_alt; lra).
  assert (E : INR (L - 1) = INR L - 1) by (rewrite minus_INR by lia; reflexivity); rewrite E.
  set (l := INR L) in *; set (q := sqrt l) in *.
  assert (lq : 2 * l <= l * q) by (rewrite Rmult_comm; apply Rmult_le_compat_l; lra).
  apply Rplus_le_compat.
  - repeat (apply Rmult_le_compat_r; [first [apply pow2_ge_0|apply pow_le; lra]|]); lra.
  - assert (xr : 0 <= x * r) by (apply Rmult_le_pos; assumption).
    assert (c0 : 0 <= beta * (x * r)) by (apply Rmult_le_pos; assumption).
    replace (l * q * x * (1 + l * beta * x * r) * r * e) with (x * r * (l * q * (1 + l * (beta * (x * r)))) * e) by ring.
    apply Rmult_le_compat_r; [exact e0|]; apply Rmult_le_compat_l; [exact xr|].
    replace (l - 1 + l * (l - 1) / 2 * beta * x * r) with (l - 1 + l * (l - 1) / 2 * (beta * (x * r))) by ring.
    set (c := beta * (x * r)) in *.
    apply Rle_trans with (2 * l * (1 + l * c)).
    + assert (0 <= l * l * c) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
      assert (0 <= l * c) by (apply Rmult_le_pos; lra); lra.
    + apply Rmult_le_compat_r; [|exact lq]; assert (0 <= l * c) by (apply Rmult_le_pos; lra); lra.
Qed.

(** At depth 3 the last layer has |W_2| <= a_2 + lambda_2/2 <= bar_2, two thirds of the bound in Q_0. *)
Definition tighter (bar : nat -> R) (l : nat) : R := match l with 0%nat => 3 / 2 * bar 0%nat | 1%nat => 3 / 2 * bar 1%nat | _ => bar l end.

Lemma recalled_at_3 : forall beta x e bar m, 0 <= beta -> 0 <= x -> 0 <= e -> 0 < m ->
  (forall l, (l < 3)%nat -> m <= bar l) ->
  total 3 (fun p => others 3 (tighter bar) p ^ 2) <= 153 / 16 * (product 3 bar / m) ^ 2 /\
  x ^ 2 * (153 / 16 * (product 3 bar / m) ^ 2) + x * pyramid_reach 3 bar
    * (INR (3 - 1) + INR 3 * INR (3 - 1) / 2 * beta * x * pyramid_reach 3 bar) * e <= recalled_smoothness beta 3 x e bar m.
Proof.
  intros beta x e bar m b0 x0 e0 m0 Hm; split.
  - assert (K : forall p, (p < 3)%nat -> 0 <= others 3 bar p <= product 3 bar / m).
    { intros p Hp; split; [|apply others_divided_least; assumption].
      apply others_nonneg; intros i Hi; specialize (Hm i Hi); lra. }
    assert (K0 := K 0%nat ltac:(lia)); assert (K1 := K 1%nat ltac:(lia)); assert (K2 := K 2%nat ltac:(lia)).
    apply (pow_incr _ _ 2) in K0; apply (pow_incr _ _ 2) in K1; apply (pow_incr _ _ 2) in K2.
    set (P := (product 3 bar / m) ^ 2) in *; clearbody P; unfold others, but, tighter in *; simpl in *; lra.
  - unfold recalled_smoothness; set (r := pyramid_reach 3 bar); set (P := (product 3 bar / m) ^ 2).
    assert (r0 : 0 <= r) by (apply product_nonneg; intros; eapply Rle_trans; [|apply Rmax_l]; lra).
    assert (P0 : 0 <= P) by apply pow2_ge_0; replace (INR 3) with 3 by (simpl; lra).
    replace (INR (3 - 1)) with 2 by (simpl; lra); replace (3 * 2 / 2) with 3 by field.
    assert (q0 : 3 / 2 <= sqrt 3) by (rewrite <- (sqrt_pow2 (3 / 2)) by lra; apply sqrt_le_1_alt; lra).
    set (q := sqrt 3) in *; clearbody q r P.
    assert (xP : 0 <= x ^ 2 * P) by (apply Rmult_le_pos; [apply pow2_ge_0|exact P0]).
    assert (xr : 0 <= x * r) by (apply Rmult_le_pos; assumption).
    assert (xre : 0 <= x * r * e) by (apply Rmult_le_pos; assumption).
    assert (c0 : 0 <= beta * (x * r) * (x * r * e)) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; assumption).
    assert (L1 : 3 / 2 * (x ^ 2 * P) <= q * (x ^ 2 * P)) by (apply Rmult_le_compat_r; assumption).
    assert (L2 : 3 / 2 * (x * r * e) <= q * (x * r * e)) by (apply Rmult_le_compat_r; assumption).
    assert (L3 : 3 / 2 * (beta * (x * r) * (x * r * e)) <= q * (beta * (x * r) * (x * r * e)))
      by (apply Rmult_le_compat_r; assumption).
    change (2 * (3 - 1))%nat with 4%nat; simpl in *; lra.
Qed.

(** The theorem with the constant as remembered, at every depth. *)
Theorem nguyen_mondelli_recalled : forall s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha,
  (3 <= L)%nat -> 0 < gamma -> activation s s' gamma beta ->
  pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m ->
  (exists l, (2 <= l < L)%nat /\ least = lambda l) ->
  x = rnorm N (n 0%nat) X -> e = sqrt (2 * network_loss (last_linear L s) N n L X Y W) ->
  alpha = pyramid_rate gamma L lambda lambdaF ->
  condition_7 gamma L x e lambda bar lambdaF -> condition_8 gamma L x e lambda bar lambdaF x2 ->
  0 < eta -> eta * alpha <= 1 -> eta * recalled_smoothness beta L x e bar m <= 1 ->
  (forall k, network_loss (last_linear L s) N n L X Y
      (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k)
    <= (1 - eta * alpha) ^ k * network_loss (last_linear L s) N n L X Y W) /\
  exists Z, network_loss (last_linear L s) N n L X Y Z = 0 /\
    forall k, distance n L (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k) Z
      <= sqrt (1 - eta * alpha) ^ k * pyramid_distance L x e alpha bar.
Proof.
  intros s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha HL g0 A St Hleast Ex Ee Ea C7 C8 eta0 He1 HQ.
  assert (b0 := activation_beta _ _ _ _ A).
  assert (x0 : 0 <= x) by (rewrite Ex; apply rnorm_nonneg); assert (e0 : 0 <= e) by (rewrite Ee; apply sqrt_pos).
  destruct (Nat.eq_dec L 3) as [E3|N3].
  - subst L; assert (St' := St); destruct St as [BW [C [_ [_ [_ [_ [le0 [bar2 [bar3 [m0 Hm]]]]]]]]]].
    destruct Hleast as [l [Hl El]]; replace l with 2%nat in El by lia.
    destruct (recalled_at_3 beta x e bar m b0 x0 e0 m0 Hm) as [S1 S2].
    apply (pyramid_descends s s' gamma beta N n 3 X Y W a lambda bar least lambdaF x2 m eta x e alpha (tighter bar)
      (153 / 16 * (product 3 bar / m) ^ 2)); auto.
    + intros [|[|i]] Hi; simpl; [rewrite bar2 by lia; lra|rewrite bar2 by lia; lra|lia].
    + intros i Hi; replace i with 2%nat by lia; simpl; rewrite bar3, El by lia.
      destruct (C 2%nat ltac:(lia)) as [_ [l0 _]]; lra.
    + intros [|[|i]] Hi; simpl; [lra|lra|specialize (Hm (S (S i)) Hi); lra].
    + eapply Rle_trans; [|exact HQ]; apply Rmult_le_compat_l; [lra|exact S2].
  - apply (nguyen_mondelli_theorem_3_2 s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m); try assumption.
    eapply Rle_trans; [|exact HQ]; apply Rmult_le_compat_l; [lra|]; apply recalled_is_larger; auto; lia.
Qed.
