(** Gradient descent on networks with activations: while the weights stay near the start the loss falls by a
    factor in each step, and while it does they stay near the start and tend to weights without loss.

    a_l and rho_l are norm and radius of layer l, t_l bounds both together, and b_l >= t_l; c_l is what is left of the least
    singular value of a later layer, f of that of the first features. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep.
Open Scope R_scope.

(** ** Geometric steps *)

Lemma root_rate : forall z, 0 <= z <= 1 -> 0 <= sqrt (1 - z) <= 1 - z / 2.
Proof.
  intros z H; split; [apply sqrt_pos|]; rewrite <- (sqrt_pow2 (1 - z / 2)) by lra.
  apply sqrt_le_1_alt; assert (0 <= z ^ 2) by apply pow2_ge_0; lra.
Qed.

Lemma root_power : forall z k, z <= 1 -> (sqrt (1 - z) ^ k) ^ 2 = (1 - z) ^ k.
Proof. intros z k H; rewrite <- pow_mult, Nat.mul_comm, pow_mult, pow2_sqrt by lra; reflexivity. Qed.

Lemma root_sum : forall z k, 0 <= z <= 1 -> z * total k (fun j => sqrt (1 - z) ^ j) <= 2.
Proof.
  intros z k H; destruct (root_rate z H) as [q0 q1]; set (q := sqrt (1 - z)) in *.
  assert (T0 : 0 <= total k (fun j => q ^ j)) by (apply total_nonneg; intros; apply pow_le; exact q0).
  assert (E : (1 - q) * total k (fun j => q ^ j) = 1 - q ^ k).
  { clear; induction k as [|k IH]; simpl; [ring|rewrite Rmult_plus_distr_l, IH; ring]. }
  assert (0 <= q ^ k) by (apply pow_le; exact q0).
  assert (z / 2 * total k (fun j => q ^ j) <= (1 - q) * total k (fun j => q ^ j)) by (apply Rmult_le_compat_r; lra).
  lra.
Qed.

Lemma total_limit : forall n (u : nat -> nat -> R) (l : nat -> R), (forall i, (i < n)%nat -> is_lim_seq (u i) (l i)) ->
  is_lim_seq (fun k => total n (fun i => u i k)) (total n l).
Proof.
  induction n as [|n IH]; intros u l H; simpl; [apply is_lim_seq_const|].
  apply (is_lim_seq_plus' (fun k => total n (fun i => u i k)) (u n)); [apply IH; auto with arith|apply H; lia].
Qed.

Lemma vanishing : forall z C q, 0 <= z -> 0 <= q < 1 -> (forall k, z <= C * q ^ k) -> z = 0.
Proof.
  intros z C q z0 Hq H; destruct (Rle_lt_or_eq_dec 0 z z0) as [P|]; [exfalso|auto].
  assert (C0 : 0 < C) by (specialize (H 0%nat); simpl in H; lra).
  destruct (pow_lt_1_zero q ltac:(rewrite Rabs_pos_eq; lra) (z / C) ltac:(apply Rdiv_lt_0_compat; assumption)) as [k Hk].
  specialize (Hk k (Nat.le_refl k)); rewrite Rabs_pos_eq in Hk by (apply pow_le; lra).
  apply (Rmult_lt_compat_l C) in Hk; [|exact C0]; specialize (H k).
  replace (C * (z / C)) with z in Hk by (field; lra); lra.
Qed.

(** Matrices that move by at most T q^k after step k have a limit, no further from step k. *)
Lemma matrix_limit : forall m n (A : nat -> nat -> nat -> R) T q, 0 <= q < 1 -> 0 <= T ->
  (forall k j, rnorm m n (msub (A (k + j)%nat) (A k)) <= T * q ^ k) ->
  forall k, rnorm m n (msub (fun i j => real (Lim_seq (fun k => A k i j))) (A k)) <= T * q ^ k.
Proof.
  intros m n A T q Hq T0 H k.
  assert (Conv : forall i j, (i < m)%nat -> (j < n)%nat ->
    is_lim_seq (fun k => A k i j) (real (Lim_seq (fun k => A k i j)))).
  { intros i j Hi Hj; apply Lim_seq_correct', ex_lim_seq_cauchy_corr; intros eps.
    assert (P : 0 < eps / (2 * T + 1)) by (apply Rdiv_lt_0_compat; [apply cond_pos|lra]).
    destruct (pow_lt_1_zero q ltac:(rewrite Rabs_pos_eq; lra) _ P) as [K HK]; exists K.
    specialize (HK K (Nat.le_refl K)); rewrite Rabs_pos_eq in HK by (apply pow_le; lra).
    assert (Small : (2 * T + 1) * q ^ K < eps).
    { apply (Rmult_lt_compat_l (2 * T + 1)) in HK; [|lra].
      replace ((2 * T + 1) * (eps / (2 * T + 1))) with (pos eps) in HK by (field; lra); exact HK. }
    assert (Near : forall p, (K <= p)%nat -> Rabs (A p i j - A K i j) <= T * q ^ K).
    { intros p Hp; eapply Rle_trans; [|apply (H K (p - K)%nat)]; replace (K + (p - K))%nat with p by lia.
      apply (rnorm_entry m n (msub (A p) (A K)) i j Hi Hj). }
    intros p r Hp Hr; assert (N1 := Near p Hp); assert (N2 := Near r Hr).
    assert (0 <= q ^ K) by (apply pow_le; lra); rewrite Rabs_minus_sym in N2.
    replace (A p i j - A r i j) with (A p i j - A K i j + (A K i j - A r i j)) by ring.
    eapply Rle_lt_trans; [apply Rabs_triang|lra]. }
  apply rnorm_below; [apply Rmult_le_pos; [exact T0|apply pow_le; lra]|].
  set (B := fun i j => real (Lim_seq (fun k => A k i j))).
  apply (is_lim_seq_le (fun j => rinner m n (msub (A (k + j)%nat) (A k)) (msub (A (k + j)%nat) (A k)))
    (fun _ => (T * q ^ k) ^ 2) (rinner m n (msub B (A k)) (msub B (A k))) ((T * q ^ k) ^ 2)).
  - intros j; rewrite <- rnorm_square; apply pow_incr; split; [apply rnorm_nonneg|apply H].
  - apply total_limit; intros i Hi; apply total_limit; intros j Hj.
    assert (Z : is_lim_seq (fun p => A (k + p)%nat i j - A k i j) (B i j - A k i j)).
    { apply is_lim_seq_minus'; [|apply is_lim_seq_const].
      apply (is_lim_seq_ext (fun p => A (p + k)%nat i j)); [intros; f_equal; lia|].
      apply (is_lim_seq_incr_n (fun p => A p i j)); apply Conv; assumption. }
    exact (is_lim_seq_mult' _ _ _ _ Z Z).
  - apply is_lim_seq_const.
Qed.

(** ** The region *)

Lemma region_kept : forall s s' gamma beta N n L X W V a rho b c f x2, (2 <= L)%nat -> activations L s s' gamma beta ->
  (forall l, (l < L)%nat -> 0 <= a l /\ 0 <= rho l /\ a l + rho l <= b l) -> layers_within n L W a ->
  (forall l, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (W l) (c l + rho l)) ->
  0 <= f -> 0 <= x2 -> opnorm N (n 0%nat) X x2 ->
  opbelow (n 1%nat) N (tr (features s n X W 1)) (f + x2 * rho 0%nat) ->
  (forall l, (l < L)%nat -> layer_move n V W l <= rho l) ->
  layers_within n L V b /\ (forall l, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (V l) (c l)) /\
  opbelow (n 1%nat) N (tr (features s n X V 1)) f.
Proof.
  intros s s' gamma beta N n L X W V a rho b c f x2 HL A Ha BW C f0 x20 Hx F H.
  split; [|split].
  - intros l Hl; destruct (Ha l Hl) as [a0 [r0 ab]]; destruct (BW l Hl) as [_ Bl]; split; [lra|].
    apply (opnorm_mono _ _ _ (a l + rho l)); [lra|]; apply (opnorm_near _ _ (W l)); auto; apply H; exact Hl.
  - intros l Hl; destruct (C l Hl) as [c0 Cl]; split; [exact c0|].
    replace (c l) with (c l + rho l - rho l) by ring.
    apply (opbelow_near _ _ (W l)); [apply H; lia|lra|exact Cl].
  - replace f with (f + x2 * rho 0%nat - x2 * rho 0%nat) by ring.
    apply (opbelow_near _ _ (tr (features s n X W 1))); [|lra|exact F].
    change (msub (tr (features s n X V 1)) (tr (features s n X W 1)))
      with (tr (msub (features s n X V 1) (features s n X W 1))); rewrite rnorm_tr.
    eapply Rle_trans; [eapply (first_features_move s s' gamma beta N n L X x2 V W); [lia|exact A|exact x20|exact Hx]|].
    apply Rmult_le_compat_l; [exact x20|apply H; lia].
Qed.

(** The gradient of all layers is at least that of the second. *)
Lemma gradient_pl : forall s s' gamma beta N n L X Y W c f alpha, (2 <= L)%nat -> activations L s s' gamma beta ->
  (forall l, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (W l) (c l)) ->
  0 <= f -> opbelow (n 1%nat) N (tr (features s n X W 1)) f ->
  alpha = (f * (gamma 1%nat * product (L - 2) (fun i => c (2 + i)%nat * gamma (2 + i)%nat))) ^ 2 ->
  let G := network_gradient s s' N n L X Y W in
  2 * alpha * network_loss s N n L X Y W <= weights_inner n L G G.
Proof.
  intros s s' gamma beta N n L X Y W c f alpha HL A C f0 F Ea G.
  assert (Z := network_gradient_below s s' gamma beta N n L X Y W c f HL A C f0 F); fold G in Z.
  apply Rle_trans with (rnorm (n 1%nat) (n 2%nat) (G 1%nat) ^ 2).
  - rewrite loss_norm, Ea; set (e := rnorm N (n L) _) in *; set (g := f * _) in *.
    replace (2 * g ^ 2 * (e ^ 2 / 2)) with ((g * e) ^ 2) by field.
    apply pow_incr; split; [|exact Z]; apply Rmult_le_pos; [|apply rnorm_nonneg].
    apply Rmult_le_pos; [exact f0|]; apply Rmult_le_pos; [apply (A 1%nat); lia|].
    apply product_nonneg; intros i Hi; apply Rmult_le_pos; [apply (C (2 + i)%nat)|apply (A (2 + i)%nat)]; lia.
  - rewrite weights_inner_norms; apply (total_one L (fun l => rnorm (n l) (n (S l)) (G l) ^ 2)); [|lia].
    intros; apply pow2_ge_0.
Qed.

(** ** All steps *)

Lemma network_run : forall s s' gamma beta N n L X Y W eta a rho t b r c f x2 s2 alpha,
  let run := network_descent s s' N n L X Y eta W in
  let x := rnorm N (n 0%nat) X in
  let e := rnorm N (n L) (network_residual s n L X Y W) in
  (2 <= L)%nat -> activations L s s' gamma beta ->
  (forall l, (l < L)%nat -> 0 <= a l /\ 0 <= rho l /\ a l + rho l <= t l /\ t l <= b l) -> layers_within n L W a ->
  (forall l, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (W l) (c l + rho l)) ->
  0 <= f -> 0 <= x2 -> opnorm N (n 0%nat) X x2 ->
  opbelow (n 1%nat) N (tr (features s n X W 1)) (f + x2 * rho 0%nat) ->
  (forall l, (l < L)%nat -> t l <= r l /\ 1 <= r l) -> total L (fun p => others L t p ^ 2) <= s2 ->
  alpha = (f * (gamma 1%nat * product (L - 2) (fun i => c (2 + i)%nat * gamma (2 + i)%nat))) ^ 2 ->
  0 < alpha -> 0 < eta -> eta * alpha <= 1 -> eta * smoothness L beta x s2 (product L r) e <= 1 ->
  (forall l, (l < L)%nat -> 2 / alpha * (x * others L b l * e) <= rho l) ->
  (forall k, network_loss s N n L X Y (run k) <= (1 - eta * alpha) ^ k * network_loss s N n L X Y W) /\
  exists Z, network_loss s N n L X Y Z = 0 /\ forall k l, (l < L)%nat ->
    rnorm (n l) (n (S l)) (msub (Z l) (run k l)) <= 2 / alpha * (x * others L b l * e) * sqrt (1 - eta * alpha) ^ k.
Proof.
  intros s s' gamma beta N n L X Y W eta a rho t b r c f x2 s2 alpha run x e HL A Ha BW C f0 x20 Hx F Hr HS Ea alpha0 eta0
    He1 HQ Rad.
  assert (z01 : 0 < eta * alpha <= 1) by (split; [apply Rmult_lt_0_compat; assumption|exact He1]).
  set (q := sqrt (1 - eta * alpha)); destruct (root_rate (eta * alpha) ltac:(lra)) as [q0 q1]; fold q in q0, q1.
  assert (qk : forall k, 0 <= q ^ k) by (intros; apply pow_le; exact q0).
  assert (x0 : 0 <= x) by apply rnorm_nonneg; assert (e0 : 0 <= e) by apply rnorm_nonneg.
  assert (b0 : forall l, (l < L)%nat -> 0 <= b l) by (intros l Hl; destruct (Ha l Hl) as [? [? [? ?]]]; lra).
  set (M := fun l => x * others L b l * e).
  assert (M0 : forall l, 0 <= M l).
  { intros l; unfold M; apply Rmult_le_pos; [|exact e0]; apply Rmult_le_pos; [exact x0|apply others_nonneg; exact b0]. }
  assert (Sum : forall l k, eta * M l * total k (fun j => q ^ j) <= 2 / alpha * M l).
  { intros l k; assert (S := root_sum (eta * alpha) k ltac:(lra)); fold q in S.
    apply (Rmult_le_reg_l alpha); [exact alpha0|]; replace (alpha * (2 / alpha * M l)) with (M l * 2) by (field; lra).
    replace (alpha * (eta * M l * total k (fun j => q ^ j))) with (M l * (eta * alpha * total k (fun j => q ^ j))) by ring.
    apply Rmult_le_compat_l; [apply M0|exact S]. }
  assert (Region : forall V, (forall l, (l < L)%nat -> layer_move n V W l <= rho l) ->
    layers_within n L V t /\ (forall l, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (V l) (c l)) /\
    opbelow (n 1%nat) N (tr (features s n X V 1)) f).
  { intros V; apply (region_kept s s' gamma beta N n L X W V a rho t c f x2); auto.
    intros l Hl; destruct (Ha l Hl) as [? [? [? ?]]]; auto. }
  assert (Wider : forall V, layers_within n L V t -> layers_within n L V b).
  { intros V B l Hl; destruct (Ha l Hl) as [? [? [? ?]]]; destruct (B l Hl) as [t0 Bl]; split; [lra|].
    apply (opnorm_mono _ _ _ (t l)); [lra|exact Bl]. }
  assert (Res : forall k, network_loss s N n L X Y (run k) <= (1 - eta * alpha) ^ k * network_loss s N n L X Y W ->
    rnorm N (n L) (network_residual s n L X Y (run k)) <= q ^ k * e).
  { intros k H; rewrite !loss_norm in H; fold e in H; apply below_by_square; [apply Rmult_le_pos; auto|].
    rewrite Rpow_mult_distr; unfold q; rewrite root_power by lra; lra. }
  assert (Move : forall V k l, (l < L)%nat -> layers_within n L V b ->
    rnorm N (n L) (network_residual s n L X Y V) <= q ^ k * e ->
    layer_move n (network_step s s' N n L X Y eta V) V l <= eta * M l * q ^ k).
  { intros V k l Hl BV HE; unfold layer_move, network_step.
    rewrite (rnorm_ext _ _ _ (mscal (- eta) (network_gradient s s' N n L X Y V l)))
      by (intros; unfold msub, mscal; ring).
    rewrite rnorm_scal, Rabs_Ropp, Rabs_pos_eq, Rmult_assoc by lra; apply Rmult_le_compat_l; [lra|].
    eapply Rle_trans; [apply (network_gradient_above s s' gamma beta N n L X Y V b l A BV Hl)|]; fold x.
    replace (M l * q ^ k) with (x * others L b l * (q ^ k * e)) by (unfold M; ring).
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [exact x0|apply others_nonneg; exact b0]|exact HE]. }
  assert (Tri : forall U V Z l, layer_move n U Z l <= layer_move n U V l + layer_move n V Z l).
  { intros U V Z l; unfold layer_move; eapply Rle_trans; [right|apply rnorm_add]; apply rnorm_ext; intros; unfold msub, madd; ring. }
  assert (Main : forall k, network_loss s N n L X Y (run k) <= (1 - eta * alpha) ^ k * network_loss s N n L X Y W /\
    forall l, (l < L)%nat -> layer_move n (run k) W l <= eta * M l * total k (fun j => q ^ j)).
  { induction k as [|k [IHl IHm]].
    - split; [rewrite pow_O, Rmult_1_l; apply Rle_refl|]; intros l _; unfold layer_move; change (run 0%nat) with W; change (total 0 _) with 0; rewrite Rmult_0_r; right; rewrite <- (rnorm_zero (n l) (n (S l))).
      apply rnorm_ext; intros; unfold msub, zero_matrix; ring.
    - assert (Rk := Region (run k) ltac:(intros l Hl; eapply Rle_trans; [apply IHm; exact Hl|
        eapply Rle_trans; [apply Sum|apply Rad; exact Hl]])).
      destruct Rk as [Bk [Ck Fk]]; assert (Ek := Res k IHl).
      assert (Mk : forall l, (l < L)%nat -> layer_move n (run (S k)) W l <= eta * M l * total (S k) (fun j => q ^ j)).
      { intros l Hl; eapply Rle_trans; [apply (Tri _ (run k))|]; specialize (IHm l Hl).
        assert (Z := Move (run k) k l Hl (Wider _ Bk) Ek); change (run (S k)) with (network_step s s' N n L X Y eta (run k)).
        simpl total; lra. }
      split; [|exact Mk].
      assert (RSk := Region (run (S k)) ltac:(intros l Hl; eapply Rle_trans; [apply Mk; exact Hl|
        eapply Rle_trans; [apply Sum|apply Rad; exact Hl]])).
      destruct RSk as [BSk _].
      assert (One := network_one_step s s' gamma beta N n L X Y t r (run k) s2 e eta alpha ltac:(lia) A ltac:(lra)
        BSk Bk Hr HS).
      assert (qk1 : q ^ k <= 1) by (rewrite <- (pow1 k); apply pow_incr; lra).
      assert (Z := One ltac:(eapply Rle_trans; [exact Ek|rewrite <- (Rmult_1_l e) at 2; apply Rmult_le_compat_r; lra])
        HQ (gradient_pl s s' gamma beta N n L X Y (run k) c f alpha HL A Ck f0 Fk Ea)).
      change (run (S k)) with (network_step s s' N n L X Y eta (run k)).
      eapply Rle_trans; [exact Z|]; simpl; rewrite Rmult_assoc; apply Rmult_le_compat_l; [lra|exact IHl]. }
  split; [intros k; apply Main|].
  assert (Bk : forall k, layers_within n L (run k) b).
  { intros k; apply Wider, Region; intros l Hl; eapply Rle_trans; [apply (Main k); exact Hl|].
    eapply Rle_trans; [apply Sum|apply Rad; exact Hl]. }
  assert (Later : forall l k j, (l < L)%nat -> layer_move n (run (k + j)%nat) (run k) l <= 2 / alpha * M l * q ^ k).
  { intros l k j Hl; apply Rle_trans with (eta * M l * total j (fun i => q ^ i) * q ^ k).
    - induction j as [|j IH].
      + rewrite Nat.add_0_r; simpl; rewrite Rmult_0_r, Rmult_0_l; right; rewrite <- (rnorm_zero (n l) (n (S l))).
        apply rnorm_ext; intros; unfold msub, zero_matrix; ring.
      + eapply Rle_trans; [apply (Tri _ (run (k + j)%nat))|]; rewrite Nat.add_succ_r.
        assert (Z := Move (run (k + j)%nat) (k + j)%nat l Hl (Bk _) (Res _ (proj1 (Main _)))); rewrite pow_add in Z.
        change (run (S (k + j))) with (network_step s s' N n L X Y eta (run (k + j)%nat)); simpl total; lra.
    - apply Rmult_le_compat_r; [apply qk|apply Sum]. }
  assert (T0 : forall l, 0 <= 2 / alpha * M l).
  { intros l; apply Rmult_le_pos; [apply Rlt_le, Rdiv_lt_0_compat; lra|apply M0]. }
  set (Z := fun l i j => real (Lim_seq (fun k => run k l i j))).
  assert (Near : forall k l, (l < L)%nat -> layer_move n Z (run k) l <= 2 / alpha * M l * q ^ k).
  { intros k l Hl; apply (matrix_limit (n l) (n (S l)) (fun k => run k l) (2 / alpha * M l) q); [lra|apply T0|].
    intros k' j; apply Later; exact Hl. }
  exists Z; split; [|intros k l Hl; apply Near; exact Hl].
  assert (BZ : layers_within n L Z b).
  { apply Wider, Region; intros l Hl; assert (P := Near 0%nat l Hl); simpl in P; rewrite Rmult_1_r in P.
    eapply Rle_trans; [exact P|apply Rad; exact Hl]. }
  rewrite loss_norm; rewrite (vanishing (rnorm N (n L) (network_residual s n L X Y Z))
    (e + x * total L (fun p => others L b p * (2 / alpha * M p))) q); [simpl; field|apply rnorm_nonneg|lra|].
  intros k; rewrite Rmult_plus_distr_r.
  rewrite (rnorm_ext N (n L) _ (madd (network_residual s n L X Y (run k)) (msub (features s n X Z L) (features s n X (run k) L))))
    by (intros; unfold network_residual, madd, msub; ring).
  eapply Rle_trans; [apply rnorm_add|]; apply Rplus_le_compat.
  - rewrite Rmult_comm; apply Res, Main.
  - eapply Rle_trans; [apply (network_features_move s s' gamma beta N n L X b Z (run k) L A BZ (Bk k) (Nat.le_refl L))|].
    fold x; rewrite Rmult_assoc; apply Rmult_le_compat_l; [exact x0|].
    rewrite Rmult_comm, <- total_scal; apply total_le; intros p Hp.
    replace (q ^ k * (others L b p * (2 / alpha * M p))) with (others L b p * (2 / alpha * M p * q ^ k)) by ring.
    apply Rmult_le_compat_l; [apply others_nonneg; exact b0|apply Near; exact Hp].
Qed.
