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
  set (K := (3 / 2) ^ (L - 1) * (product L bar / m)).
  set (g := fun l => if Nat.eqb (S l) L then 1 else gamma).
  set (be := fun l => if Nat.eqb (S l) L then 0 else beta).
  assert (E : e = rnorm N (n L) (network_residual (last_linear L s) n L X Y W)) by (rewrite Ee; apply residual_root).
  assert (Run := network_run (last_linear L s) (last_constant L s') g be N n L X Y W eta a rho b (fun l => Rmax 1 (b l)) (fun l => lambda l / 2)
    (lambdaF / 2) x2 K alpha); cbv zeta in Run; rewrite <- Ex, <- E in Run.
  destruct Run as [R1 [Z [Z0 R2]]].
  - lia.
  - apply last_linear_activations; [lra|exact A].
  - intros l Hl; destruct (BW l Hl) as [a0 _]; split; [exact a0|split; [apply rho0; exact Hl|unfold b]].
    destruct l as [|[|l]].
    + unfold rho; simpl; rewrite bar2 by lia; lra.
    + unfold rho; simpl; rewrite bar2 by lia; lra.
    + rewrite rho2, bar3 by lia; destruct (C (S (S l)) ltac:(lia)) as [W1 [l0 Bl]].
      assert (Q := below_above _ _ _ _ _ W1 a0 Bl (proj2 (BW _ Hl))); lra.
  - exact BW.
  - intros l Hl; destruct (C l Hl) as [_ [l0 Bl]]; split; [lra|].
    rewrite rho2 by lia; replace (lambda l / 2 + lambda l / 2) with (lambda l) by field; exact Bl.
  - lra.
  - exact x20.
  - exact Hx.
  - apply (opbelow_mono _ _ _ lambdaF); [|exact F]; unfold rho; simpl.
    assert (0 <= x2 * move 0%nat) by (apply Rmult_le_pos; auto); lra.
  - intros l Hl; split; [apply Rmax_r|apply Rmax_l].
  - intros p Hp; unfold b; rewrite others_scal by exact Hp; apply Rmult_le_compat_l; [apply pow_le; lra|].
    apply (Rmult_le_reg_r m); [exact m0|]; replace (product L bar / m * m) with (product L bar) by (field; lra).
    rewrite (product_others L bar p Hp), Rmult_comm; apply Rmult_le_compat_r; [|apply Hm; exact Hp].
    apply others_nonneg; intros i Hi; specialize (bar0 i Hi); lra.
  - rewrite Ea; apply rate_from_halves; assumption.
  - exact alpha0.
  - exact eta0.
  - exact He1.
  - eapply Rle_trans; [right|exact HQ]; f_equal; unfold smoothness, pyramid_smoothness, K, be; fold (pyramid_reach L bar).
    rewrite (triangle_number L beta) by lia; unfold b; change (product L (fun l => Rmax 1 (3 / 2 * bar l))) with (pyramid_reach L bar).
    rewrite !Rpow_mult_distr, <- (pow_mult (3 / 2)); rewrite (Nat.mul_comm (L - 1) 2); field; lra.
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

(** From depth 4 on the theorem holds with the constant as remembered. *)
Theorem nguyen_mondelli_recalled : forall s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha,
  (4 <= L)%nat -> 0 < gamma -> activation s s' gamma beta ->
  pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m ->
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
  intros s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha HL g0 A St Ex Ee Ea C7 C8 eta0 He1 HQ.
  apply (nguyen_mondelli_theorem_3_2 s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m); try assumption; [lia|].
  eapply Rle_trans; [|exact HQ]; apply Rmult_le_compat_l; [lra|]; apply recalled_is_larger.
  - exact HL.
  - exact (activation_beta _ _ _ _ A).
  - rewrite Ex; apply rnorm_nonneg.
  - rewrite Ee; apply sqrt_pos.
Qed.
