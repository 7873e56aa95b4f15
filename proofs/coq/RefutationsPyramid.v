(** The false variants of the theorems on networks with activations are false.  All examples are one by one;
    in most the activation is linear, and three weights 1, 0, 1 make the rate of Theorem 3.2 and its
    distance as sharp as they can be there. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves PyramidStep PyramidRun.
From Lemmata Require Import PyramidStart NguyenMondelli Gauss NormalLaw SmoothedReLU Refutations.
Open Scope R_scope.

Definition ones (l : nat) : nat := 1%nat.

(** Layers that are numbers. *)
Definition numbers (w : nat -> R) (l : nat) : nat -> nat -> R := number (w l).

Ltac compute_network := unfold network_loss, network_step, network_gradient, network_residual, distance, weights_inner,
  through, inputs, backward, features, hadamard, entries, last_linear, last_constant, rinner, mul, dot, tr, msub, madd, mscal,
  numbers, number, ones in *; simpl in *;
  unfold through, hadamard, entries, inputs, mul, dot in *; simpl in *.

Lemma opnorm_number : forall w a, w ^ 2 <= a ^ 2 -> opnorm 1 1 (number w) a.
Proof.
  intros w a H x; replace (dot 1 (mv 1 (number w) x) (mv 1 (number w) x)) with (w ^ 2 * dot 1 x x)
    by (unfold mv, dot, number; simpl; ring); apply Rmult_le_compat_r; [apply dot_nonneg|exact H].
Qed.

Lemma opbelow_number : forall w c, c ^ 2 <= w ^ 2 -> opbelow 1 1 (number w) c.
Proof.
  intros w c H x; replace (dot 1 (mv 1 (number w) x) (mv 1 (number w) x)) with (w ^ 2 * dot 1 x x)
    by (unfold mv, dot, number; simpl; ring); apply Rmult_le_compat_r; [apply dot_nonneg|exact H].
Qed.

Lemma rnorm_one : forall A, rnorm 1 1 A = Rabs (A 0%nat 0%nat).
Proof.
  intros A; unfold rnorm, rinner, dot; simpl; rewrite !Rplus_0_l; apply sqrt_Rsqr_abs.
Qed.

Lemma linear_activations : forall L,
  activations L (fun _ x => x) (fun _ _ => 1) (fun _ => 1) (fun _ => 0).
Proof. intros L l _; split; [lra|exact linear_activation]. Qed.

Lemma within_numbers : forall L w b, (forall l, (l < L)%nat -> 0 <= b l /\ w l ^ 2 <= b l ^ 2) ->
  layers_within ones L (numbers w) b.
Proof. intros L w b H l Hl; destruct (H l Hl); split; [assumption|apply opnorm_number; assumption]. Qed.

(** ** Lemmas 4.1 to 4.3: one or two layers *)

Lemma network_features_norm_halved_is_false : ~ (forall s s' gamma beta N n L X W b l,
  activations L s s' gamma beta -> layers_within n L W b -> (l <= L)%nat ->
  rnorm N (n l) (features s n X W l) <= rnorm N (n 0%nat) X * product l b / 2).
Proof.
  intros H; specialize (H (fun _ x => x) (fun _ _ => 1) (fun _ => 1) (fun _ => 0) 1%nat ones 1%nat (number 1)
    (numbers (fun _ => 1)) (fun _ => 1) 1%nat (linear_activations 1)
    ltac:(apply within_numbers; intros; lra) ltac:(lia)).
  change (rnorm 1 1 (features (fun _ x => x) ones (number 1) (numbers (fun _ => 1)) 1)
    <= rnorm 1 1 (number 1) * (1 * 1) / 2) in H.
  rewrite !rnorm_one in H; compute_network; rewrite Rabs_pos_eq, Rabs_pos_eq in H by lra; lra.
Qed.

Lemma network_gradient_above_halved_is_false : ~ (forall s s' gamma beta N n L X Y W b l,
  activations L s s' gamma beta -> layers_within n L W b -> (l < L)%nat ->
  rnorm (n l) (n (S l)) (network_gradient s s' N n L X Y W l)
    <= rnorm N (n 0%nat) X * others L b l * rnorm N (n L) (network_residual s n L X Y W) / 2).
Proof.
  intros H; specialize (H (fun _ x => x) (fun _ _ => 1) (fun _ => 1) (fun _ => 0) 1%nat ones 1%nat (number 1) (number 0)
    (numbers (fun _ => 1)) (fun _ => 1) 0%nat (linear_activations 1)
    ltac:(apply within_numbers; intros; lra) ltac:(lia)).
  change (rnorm 1 1 (network_gradient (fun _ x => x) (fun _ _ => 1) 1 ones 1 (number 1) (number 0) (numbers (fun _ => 1)) 0)
    <= rnorm 1 1 (number 1) * others 1 (fun _ => 1) 0
      * rnorm 1 1 (network_residual (fun _ x => x) ones 1 (number 1) (number 0) (numbers (fun _ => 1))) / 2) in H.
  rewrite !rnorm_one in H; unfold others, but in H; compute_network.
  ring_simplify (1 * 1 * (1 * 1)) in H; rewrite Rabs_pos_eq, Rabs_pos_eq, Rabs_pos_eq in H by lra; lra.
Qed.

Lemma network_gradient_below_doubled_is_false : ~ (forall s s' gamma beta N n L X Y W c f,
  (2 <= L)%nat -> activations L s s' gamma beta ->
  (forall l, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (W l) (c l)) ->
  0 <= f -> opbelow (n 1%nat) N (tr (features s n X W 1)) f ->
  2 * f * (gamma 1%nat * product (L - 2) (fun i => c (2 + i)%nat * gamma (2 + i)%nat))
      * rnorm N (n L) (network_residual s n L X Y W)
    <= rnorm (n 1%nat) (n 2%nat) (network_gradient s s' N n L X Y W 1)).
Proof.
  intros H; specialize (H (fun _ x => x) (fun _ _ => 1) (fun _ => 1) (fun _ => 0) 1%nat ones 2%nat (number 1) (number 0)
    (numbers (fun _ => 1)) (fun _ => 1) 1 ltac:(lia) (linear_activations 2) ltac:(intros; lia) ltac:(lra)).
  assert (F : opbelow 1 1 (tr (features (fun _ x => x) ones (number 1) (numbers (fun _ => 1)) 1)) 1).
  { intros x; compute_network; unfold mv, dot; simpl; lra. }
  specialize (H F); clear F.
  change (2 * 1 * (1 * 1) * rnorm 1 1 (network_residual (fun _ x => x) ones 2 (number 1) (number 0) (numbers (fun _ => 1)))
    <= rnorm 1 1 (network_gradient (fun _ x => x) (fun _ _ => 1) 1 ones 2 (number 1) (number 0) (numbers (fun _ => 1)) 1)) in H.
  rewrite !rnorm_one in H; compute_network.
  rewrite Rabs_pos_eq, Rabs_pos_eq in H by lra; lra.
Qed.

Lemma network_features_move_halved_is_false : ~ (forall s s' gamma beta N n L X b V W l, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> (l <= L)%nat ->
  rnorm N (n l) (msub (features s n X V l) (features s n X W l))
    <= rnorm N (n 0%nat) X * total l (fun p => others l b p * rnorm (n p) (n (S p)) (msub (V p) (W p))) / 2).
Proof.
  intros H; specialize (H (fun _ x => x) (fun _ _ => 1) (fun _ => 1) (fun _ => 0) 1%nat ones 1%nat (number 1)
    (fun _ => 2) (numbers (fun _ => 2)) (numbers (fun _ => 1)) 1%nat (linear_activations 1)
    ltac:(apply within_numbers; intros; lra) ltac:(apply within_numbers; intros; lra) ltac:(lia)).
  change (rnorm 1 1 (msub (features (fun _ x => x) ones (number 1) (numbers (fun _ => 2)) 1)
      (features (fun _ x => x) ones (number 1) (numbers (fun _ => 1)) 1))
    <= rnorm 1 1 (number 1) * (0 + others 1 (fun _ => 2) 0 * rnorm 1 1 (msub (number 2) (number 1))) / 2) in H.
  rewrite !rnorm_one in H; unfold others, but in H; compute_network.
  rewrite Rabs_pos_eq, Rabs_pos_eq, Rabs_pos_eq in H by lra; lra.
Qed.

Lemma network_output_lipschitz_halved_is_false : ~ (forall s s' gamma beta N n L X b V W K, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> 0 <= K -> (forall p, (p < L)%nat -> others L b p <= K) ->
  rnorm N (n L) (msub (features s n X V L) (features s n X W L))
    <= sqrt (INR L) * rnorm N (n 0%nat) X * K * distance n L V W / 2).
Proof.
  intros H; specialize (H (fun _ x => x) (fun _ _ => 1) (fun _ => 1) (fun _ => 0) 1%nat ones 1%nat (number 1)
    (fun _ => 2) (numbers (fun _ => 2)) (numbers (fun _ => 1)) 1 (linear_activations 1)
    ltac:(apply within_numbers; intros; lra) ltac:(apply within_numbers; intros; lra) ltac:(lra)
    ltac:(intros [|p] Hp; unfold others, but; simpl; [lra|lia])).
  assert (Sq : distance ones 1 (numbers (fun _ => 2)) (numbers (fun _ => 1)) <= 1).
  { apply below_by_square; [lra|rewrite distance_square; compute_network; lra]. }
  change (rnorm 1 1 (msub (features (fun _ x => x) ones (number 1) (numbers (fun _ => 2)) 1)
      (features (fun _ x => x) ones (number 1) (numbers (fun _ => 1)) 1))
    <= sqrt 1 * rnorm 1 1 (number 1) * 1 * distance ones 1 (numbers (fun _ => 2)) (numbers (fun _ => 1)) / 2) in H.
  rewrite !rnorm_one, sqrt_1 in H; set (dist := distance _ _ _ _) in *; clearbody dist; compute_network.
  rewrite Rabs_pos_eq, Rabs_pos_eq in H by lra; lra.
Qed.

(** ** The gradient, and the second order *)

Lemma network_gradient_ascending_is_false : ~ (forall s s' gamma beta N n L X Y W D, (1 <= L)%nat ->
  activations L s s' gamma beta ->
  is_derive (fun t => network_loss s N n L X Y (fun l => madd (W l) (mscal t (D l)))) 0
    (- total L (fun l => rinner (n l) (n (S l)) (network_gradient s s' N n L X Y W l) (D l)))).
Proof.
  intros H; set (W := numbers (fun _ => 1)).
  assert (A := linear_activations 1).
  assert (P := network_gradient_is_gradient (fun _ x => x) (fun _ _ => 1) _ _ 1%nat ones 1%nat (number 1) (number 0) W W
    ltac:(lia) A).
  assert (Q := H (fun _ x => x) (fun _ _ => 1) _ _ 1%nat ones 1%nat (number 1) (number 0) W W ltac:(lia) A).
  assert (E := eq_trans (eq_sym (is_derive_unique _ _ _ P)) (is_derive_unique _ _ _ Q)).
  unfold W in E; clear - E; compute_network; lra.
Qed.

(** Three weights 1 + t and the target 1: the loss is ((1 + t)^3 - 1)^2/2, and 3 sqrt(3)/2 < 3. *)
Lemma network_smoothness_recalled_is_false : ~ (forall s s' gamma beta N n L X Y b r V W s2 e, (1 <= L)%nat ->
  activations L s s' gamma beta -> layers_within n L V b -> layers_within n L W b ->
  (forall k, (k < L)%nat -> b k <= r k /\ 1 <= r k) -> total L (fun p => others L b p ^ 2) <= s2 ->
  rnorm N (n L) (network_residual s n L X Y W) <= e ->
  Rabs (network_loss s N n L X Y V - network_loss s N n L X Y W
      - weights_inner n L (network_gradient s s' N n L X Y W) (fun k => msub (V k) (W k)))
    <= (sqrt (INR L) / 2 * rnorm N (n 0%nat) X ^ 2 * s2 + rnorm N (n 0%nat) X * product L r
        * (INR (L - 1) + rnorm N (n 0%nat) X * product L r * total L (fun k => beta k * INR (S k))) * e) / 2
      * distance n L V W ^ 2).
Proof.
  intros H; specialize (H (fun _ x => x) (fun _ _ => 1) (fun _ => 1) (fun _ => 0) 1%nat ones 3%nat (number 1) (number 1)
    (fun _ => 101 / 100) (fun _ => 101 / 100) (numbers (fun _ => 101 / 100)) (numbers (fun _ => 1)) (3 * (101 / 100) ^ 4) 0
    ltac:(lia) (linear_activations 3) ltac:(apply within_numbers; intros; lra) ltac:(apply within_numbers; intros; lra)
    ltac:(intros; lra)).
  specialize (H ltac:(unfold others, but; simpl; lra)).
  assert (Z : rnorm 1 1 (network_residual (fun _ x => x) ones 3 (number 1) (number 1) (numbers (fun _ => 1))) <= 0).
  { rewrite rnorm_one; right; rewrite <- Rabs_R0; f_equal; compute_network; ring. }
  specialize (H Z); clear Z; rewrite distance_square in H.
  change (rnorm 1 (ones 0%nat) (number 1)) with (rnorm 1 1 (number 1)) in H; rewrite rnorm_one in H.
  assert (S3 : sqrt 3 <= 7 / 4) by (rewrite <- (sqrt_pow2 (7 / 4)) by lra; apply sqrt_le_1_alt; lra).
  replace (INR 3) with 3 in H by (simpl; lra).
  set (root := sqrt 3) in *; assert (R0 : 0 <= root) by apply sqrt_pos; clearbody root.
  apply (Rle_trans _ _ _ (Rle_abs _)) in H; compute_network; rewrite Rabs_pos_eq in H by lra; lra.
Qed.

(** ** The shape: the second layer may grow *)

Definition grown (l : nat) : nat := match l with 2%nat => 2%nat | _ => 1%nat end.

Lemma grown_start : pyramid_start (fun _ x => x) 1 grown 3 (number 1) (fun _ => number 1) (fun _ => 2) (fun _ => 1)
  (fun _ => 2) 0 1 1 1.
Proof.
  assert (Up : forall m n, (m <= 2)%nat -> (n <= 2)%nat -> opnorm m n (number 1) 2).
  { intros m n Hm Hn x; unfold mv, number.
    assert (C := cauchy n (fun _ => 1) x); assert (N := dot_nonneg n x).
    assert (One : dot n (fun _ => 1) (fun _ => 1) <= 2).
    { unfold dot; rewrite total_const; assert (INR n <= 2) by (apply (le_INR n 2); exact Hn); lra. }
    set (y := dot n (fun _ => 1) x) in *.
    assert (E : dot m (fun _ : nat => y) (fun _ : nat => y) = INR m * y ^ 2) by (unfold dot; rewrite total_const; ring).
    assert (M : 0 <= INR m <= 2) by (split; [apply pos_INR|apply (le_INR m 2); exact Hm]).
    assert (y2 : 0 <= y ^ 2) by apply pow2_ge_0.
    assert (K : y ^ 2 <= 2 * dot n x x) by (eapply Rle_trans; [exact C|apply Rmult_le_compat_r; assumption]).
    eapply Rle_trans; [right; exact E|].
    apply Rle_trans with (2 * y ^ 2); [apply Rmult_le_compat_r; lra|lra]. }
  repeat split; try lra; try (intros; lra).
  - apply Up; destruct l as [|[|[|l]]]; simpl; lia.
  - destruct l as [|[|[|l]]]; simpl; lia.
  - replace l with 2%nat by lia; intros x; compute_network; unfold mv, dot; simpl.
    assert (0 <= x 0%nat * x 0%nat) by apply Rle_0_sqr; lra.
  - intros x; compute_network; unfold mv, dot; simpl; lra.
  - intros x; simpl grown; unfold mv, dot, number; simpl; lra.
Qed.

Lemma pyramid_from_second_is_false : ~ (forall s N n L X W a lambda bar least lambdaF x2 m,
  pyramid_start s N n L X W a lambda bar least lambdaF x2 m ->
  (N <= n 1%nat)%nat /\ forall l, (1 <= l < L)%nat -> (n (S l) <= n l)%nat).
Proof.
  intros H; destruct (H _ _ _ _ _ _ _ _ _ _ _ _ _ grown_start) as [_ P]; specialize (P 1%nat ltac:(lia)); simpl in P; lia.
Qed.

(** ** Theorem 3.2: the weights 1, 0, 1 *)

Definition hollow (l : nat) : R := match l with 1%nat => 0 | _ => 1 end.

Definition hollow_bar (l : nat) : R := match l with 0%nat => 4 / 3 | 1%nat => 2 / 3 | _ => 2 end.

Lemma hollow_start : forall L, (3 <= L)%nat ->
  pyramid_start (last_linear L (fun x => x)) 1 ones L (number 1) (numbers hollow) hollow (fun _ => 1) hollow_bar 1 1 1 (2 / 3).
Proof.
  intros L HL; repeat split; try lra; try (intros; lra).
  - destruct l as [|[|l]]; simpl; lra.
  - apply opnorm_number; destruct l as [|[|l]]; simpl; lra.
  - unfold ones; lia.
  - destruct l as [|[|l]]; [lia|lia|]; apply opbelow_number; simpl; lra.
  - intros x; unfold last_linear; compute_network; destruct L as [|[|L]]; [lia|lia|]; unfold mv, dot; simpl; lra.
  - apply opnorm_number; lra.
  - intros l Hl; destruct l as [|[|l]]; [simpl; lra|simpl; lra|lia].
  - intros l Hl; destruct l as [|[|l]]; [lia|lia|simpl; lra].
  - intros l Hl; destruct l as [|[|l]]; simpl; lra.
Qed.

Lemma hollow_root : forall L y, 0 <= y -> network_loss (last_linear L (fun x => x)) 1 ones L (number 1) (number y) (numbers hollow)
  = y ^ 2 / 2 -> y = sqrt (2 * network_loss (last_linear L (fun x => x)) 1 ones L (number 1) (number y) (numbers hollow)).
Proof. intros L y Hy E; rewrite E; replace (2 * (y ^ 2 / 2)) with (y ^ 2) by field; symmetry; apply sqrt_pow2, Hy. Qed.

Lemma hollow_reach : forall l, Rmax 1 (3 / 2 * hollow_bar l) = match l with 0%nat => 2 | 1%nat => 1 | _ => 3 end.
Proof.
  intros [|[|l]]; simpl; [rewrite Rmax_right by lra; field|rewrite Rmax_left by lra; reflexivity|rewrite Rmax_right by lra; field].
Qed.

Ltac hollow_side := unfold condition_7, condition_8, pyramid_factor, pyramid_smoothness, recalled_smoothness, pyramid_reach,
  tail_product; rewrite ?(product_ext _ (fun l => Rmax 1 (3 / 2 * hollow_bar l)) _ (fun l _ => hollow_reach l));
  repeat split; try (intros [|[|l]] Hl; [lia|lia|]); simpl; lra.

Lemma hollow_rate : forall gamma L, pyramid_rate gamma L (fun _ => 1) 1 = 4 / gamma ^ 4 * (gamma ^ 2 / 4) ^ L.
Proof. intros; unfold pyramid_rate, tail_product; rewrite product_const, !pow1; ring. Qed.

(** The first step leaves ((1 - eta) e)^2/2. *)
Lemma hollow_step : forall e eta, let L := 3%nat in
  network_loss (last_linear L (fun x => x)) 1 ones L (number 1) (number e)
    (network_descent (last_linear L (fun x => x)) (last_constant L (fun _ => 1)) 1 ones L (number 1) (number e) eta
      (numbers hollow) 1) = (1 - eta) ^ 2 * (e ^ 2 / 2).
Proof. intros e eta L; unfold L, network_descent; compute_network; field. Qed.

Lemma hollow_loss : forall e, let L := 3%nat in
  network_loss (last_linear L (fun x => x)) 1 ones L (number 1) (number e) (numbers hollow) = e ^ 2 / 2.
Proof. intros e L; unfold L; compute_network; field. Qed.

Lemma one_norm : 1 = rnorm 1 (ones 0%nat) (number 1).
Proof. change (1 = rnorm 1 1 (number 1)); rewrite rnorm_one; symmetry; apply Rabs_R1. Qed.

Lemma nguyen_mondelli_thirtythreefold_is_false : ~ (forall s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha,
  (3 <= L)%nat -> 0 < gamma -> activation s s' gamma beta ->
  pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m ->
  x = rnorm N (n 0%nat) X -> e = sqrt (2 * network_loss (last_linear L s) N n L X Y W) ->
  alpha = pyramid_rate gamma L lambda lambdaF ->
  condition_7 gamma L x e lambda bar lambdaF -> condition_8 gamma L x e lambda bar lambdaF x2 ->
  0 < eta -> eta * alpha <= 1 -> eta * pyramid_smoothness beta L x e bar m <= 1 ->
  (forall k, network_loss (last_linear L s) N n L X Y
      (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k)
    <= (1 - 33 * eta * alpha) ^ k * network_loss (last_linear L s) N n L X Y W) /\
  exists Z, network_loss (last_linear L s) N n L X Y Z = 0 /\
    forall k, distance n L (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k) Z
      <= sqrt (1 - eta * alpha) ^ k * pyramid_distance L x e alpha bar).
Proof.
  intros H; set (e := 1 / 192).
  destruct (H (fun x => x) (fun _ => 1) 1 0 1%nat ones 3%nat (number 1) (number e) (numbers hollow) hollow (fun _ => 1)
    hollow_bar 1 1 1 (2 / 3) (1 / 110) 1 e (1 / 16)) as [K _]; try lia; try lra.
  - exact linear_activation.
  - apply hollow_start; lia.
  - exact one_norm.
  - apply hollow_root; [unfold e; lra|apply hollow_loss].
  - rewrite hollow_rate; simpl; field.
  - unfold e; hollow_side.
  - unfold e; hollow_side.
  - unfold e; hollow_side.
  - specialize (K 1%nat); rewrite hollow_step, hollow_loss in K; unfold e in K; simpl in K; lra.
Qed.

(** At the start already: weights with product e are at a distance of about e. *)
Lemma nguyen_mondelli_nearer_is_false : ~ (forall s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha,
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
      <= sqrt (1 - eta * alpha) ^ k * pyramid_distance L x e alpha bar / 370).
Proof.
  intros H; set (e := 1 / 192).
  destruct (H (fun x => x) (fun _ => 1) 1 0 1%nat ones 3%nat (number 1) (number e) (numbers hollow) hollow (fun _ => 1)
    hollow_bar 1 1 1 (2 / 3) (1 / 110) 1 e (1 / 16)) as [_ [Z [Z0 D]]]; try lia; try lra.
  - exact linear_activation.
  - apply hollow_start; lia.
  - exact one_norm.
  - apply hollow_root; [unfold e; lra|apply hollow_loss].
  - rewrite hollow_rate; simpl; field.
  - unfold e; hollow_side.
  - unfold e; hollow_side.
  - unfold e; hollow_side.
  - specialize (D 0%nat); set (d := 24 / 25 * e).
    assert (B : sqrt (1 - 1 / 110 * (1 / 16)) ^ 0 * pyramid_distance 3 1 e (1 / 16) hollow_bar / 370 <= d)
      by (unfold pyramid_distance, d; simpl; unfold e; lra).
    apply (Rle_trans _ _ _ D) in B; clear D.
    assert (D0 : 0 <= distance ones 3 (numbers hollow) Z) by apply sqrt_pos.
    assert (Sq : distance ones 3 (numbers hollow) Z ^ 2 <= d ^ 2) by (apply pow_incr; split; [exact D0|exact B]).
    rewrite distance_square in Sq; clear B D0 H; compute_network.
    set (z0 := Z 0%nat 0%nat 0%nat) in *; set (z1 := Z 1%nat 0%nat 0%nat) in *; set (z2 := Z 2%nat 0%nat 0%nat) in *.
    assert (P0 : 0 <= (1 - z0) ^ 2) by apply pow2_ge_0; assert (P1 : 0 <= (0 - z1) ^ 2) by apply pow2_ge_0.
    assert (P2 : 0 <= (1 - z2) ^ 2) by apply pow2_ge_0; simpl in P0, P1, P2.
    assert (d0 : 0 <= d) by (unfold d, e; lra).
    assert (A0 : Rabs (1 - z0) <= d) by (apply below_by_square; [exact d0|rewrite pow2_abs; simpl; lra]).
    assert (A1 : Rabs (0 - z1) <= d) by (apply below_by_square; [exact d0|rewrite pow2_abs; simpl; lra]).
    assert (A2 : Rabs (1 - z2) <= d) by (apply below_by_square; [exact d0|rewrite pow2_abs; simpl; lra]).
    apply Rabs_le_between in A0; apply Rabs_le_between in A1; apply Rabs_le_between in A2.
    assert (E : z0 * z2 * z1 = e).
    { assert (Q : (z0 * z2 * z1 - e) * (z0 * z2 * z1 - e) = 0) by lra; apply Rsqr_0_uniq in Q; lra. }
    assert (z0 * z2 <= (1 + d) * (1 + d)) by (apply Rmult_le_compat; unfold d, e in *; lra).
    assert (z02 : 0 <= z0 * z2) by (apply Rmult_le_pos; unfold d, e in *; lra).
    assert (z0 * z2 * z1 <= z0 * z2 * d) by (apply Rmult_le_compat_l; lra).
    assert (z0 * z2 * d <= (1 + d) * (1 + d) * d) by (apply Rmult_le_compat_r; lra).
    unfold d, e in *; lra.
Qed.

Lemma nguyen_mondelli_recalled_thirtythreefold_is_false : ~ (forall s s' gamma beta N n L X Y W a lambda bar least lambdaF x2 m eta x e alpha,
  (3 <= L)%nat -> 0 < gamma -> activation s s' gamma beta ->
  pyramid_start (last_linear L s) N n L X W a lambda bar least lambdaF x2 m ->
  (exists l, (2 <= l < L)%nat /\ least = lambda l) ->
  x = rnorm N (n 0%nat) X -> e = sqrt (2 * network_loss (last_linear L s) N n L X Y W) ->
  alpha = pyramid_rate gamma L lambda lambdaF ->
  condition_7 gamma L x e lambda bar lambdaF -> condition_8 gamma L x e lambda bar lambdaF x2 ->
  0 < eta -> eta * alpha <= 1 -> eta * recalled_smoothness beta L x e bar m <= 1 ->
  (forall k, network_loss (last_linear L s) N n L X Y
      (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k)
    <= (1 - 33 * eta * alpha) ^ k * network_loss (last_linear L s) N n L X Y W) /\
  exists Z, network_loss (last_linear L s) N n L X Y Z = 0 /\
    forall k, distance n L (network_descent (last_linear L s) (last_constant L s') N n L X Y eta W k) Z
      <= sqrt (1 - eta * alpha) ^ k * pyramid_distance L x e alpha bar).
Proof.
  intros H; set (e := 1 / 192).
  assert (S3 : sqrt 3 <= 7 / 4) by (rewrite <- (sqrt_pow2 (7 / 4)) by lra; apply sqrt_le_1_alt; lra).
  destruct (H (fun x => x) (fun _ => 1) 1 0 1%nat ones 3%nat (number 1) (number e) (numbers hollow) hollow (fun _ => 1)
    hollow_bar 1 1 1 (2 / 3) (1 / 100) 1 e (1 / 16)) as [K _]; try lia; try lra.
  - exact linear_activation.
  - apply hollow_start; lia.
  - exists 2%nat; split; [lia|reflexivity].
  - exact one_norm.
  - apply hollow_root; [unfold e; lra|apply hollow_loss].
  - rewrite hollow_rate; simpl; field.
  - unfold e; hollow_side.
  - unfold e; hollow_side.
  - unfold recalled_smoothness; replace (INR 3) with 3 by (simpl; lra); set (root := sqrt 3) in *; clearbody root.
    unfold e; hollow_side.
  - specialize (K 1%nat); rewrite hollow_step, hollow_loss in K; unfold e in K; simpl in K; lra.
Qed.

(** The slope of the slope at 0 is beta, and what is smoothed is one function. *)
Lemma nguyen_mondelli_assumption_2_2_flatter_is_false : ~ (forall gamma beta, 0 < gamma < 1 -> 0 < beta ->
  exists s s', smoothed_relu gamma beta s /\ activation s s' gamma (99 / 100 * beta)).
Proof.
  intros H; destruct (H (1 / 2) 1 ltac:(lra) ltac:(lra)) as [s [s' [S [D [_ [_ Flat]]]]]].
  destruct root_two_pi as [r0 _]; set (k := sqrt (2 * PI) * 1 / (1 - 1 / 2)).
  assert (k0 : 0 < k) by (unfold k; lra).
  assert (E : forall x, s x = relu_formula (1 / 2) k x).
  { intros x; assert (U := line_unique _ _ (S x)).
    assert (V := line_unique _ _ (relu_smoothed (1 / 2) 1 k ltac:(lra) ltac:(lra) eq_refl x)); lra. }
  assert (E' : forall x, s' x = relu_slope (1 / 2) k x).
  { intros x; rewrite <- (is_derive_unique s x (s' x) (D x)).
    rewrite (Derive_ext s (relu_formula (1 / 2) k)) by exact E; apply is_derive_unique, relu_derive, k0. }
  assert (Q := relu_second (1 / 2) k 0); apply is_derive_Reals in Q; destruct (Q (1 / 200) ltac:(lra)) as [d L].
  assert (d0 := cond_pos d); specialize (L (d / 2) ltac:(lra) ltac:(rewrite Rabs_pos_eq; lra)).
  rewrite Rplus_0_l, <- !E' in L; specialize (Flat (d / 2) 0); rewrite Rminus_0_r, (Rabs_pos_eq (d / 2)) in Flat by lra.
  replace ((1 - 1 / 2) * (k * bell (k * 0) / sqrt (2 * PI))) with 1 in L.
  2:{ unfold bell, k; replace (- (sqrt (2 * PI) * 1 / (1 - 1 / 2) * 0) ^ 2 / 2) with 0 by (simpl; field); rewrite exp_0; field; lra. }
  apply Rabs_le_between in Flat; apply Rabs_def2 in L.
  assert (B : (s' (d / 2) - s' 0) / (d / 2) * (d / 2) <= 99 / 100 * (d / 2)) by (replace ((s' (d / 2) - s' 0) / (d / 2) * (d / 2))
    with (s' (d / 2) - s' 0) by (field; lra); lra).
  apply Rmult_le_reg_r in B; lra.
Qed.
