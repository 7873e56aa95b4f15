(** Networks with activations: the loss at V against its first order at W, the gradient, and one step of
    gradient descent. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidMoves.
Open Scope R_scope.

(** A bound of the second order of the loss: x = |X|, s2 at least the sum over p of (product of b_q, q <> p)^2, M at
    least every product of some of the b_p, e at least the norm of the residual. *)
Definition smoothness (L : nat) (beta : nat -> R) (x s2 M e : R) : R :=
  x ^ 2 * s2 + x * M * (INR (L - 1) + x * M * total L (fun k => beta k * INR (S k))) * e.

(** ** Sums of moves against |D|^2 *)

Lemma ordered_moves : forall d n, 2 * total n (fun k => total k d * d k) + total n (fun k => d k ^ 2) = total n d ^ 2.
Proof. intros d n; induction n as [|n IH]; simpl total; [simpl; ring|]; simpl in *; lra. Qed.

Lemma squares_mono : forall d k n, (k <= n)%nat -> total k (fun i => d i ^ 2) <= total n (fun i => d i ^ 2).
Proof. intros; apply total_mono; [assumption|intros; apply pow2_ge_0]. Qed.

Lemma pairs_bound : forall d n, (1 <= n)%nat ->
  2 * total n (fun k => total k d * d k) <= INR (n - 1) * total n (fun k => d k ^ 2).
Proof.
  intros d n Hn; assert (E := ordered_moves d n); assert (C := total_cauchy n d).
  rewrite minus_INR by exact Hn; simpl (INR 1); lra.
Qed.

Lemma weighted_bound : forall beta d n m, (n <= m)%nat -> (forall k, (k < n)%nat -> 0 <= beta k) ->
  total n (fun k => beta k * total (S k) d ^ 2) <= total n (fun k => beta k * INR (S k)) * total m (fun k => d k ^ 2).
Proof.
  intros beta d n m Hn Hb; rewrite Rmult_comm, <- total_scal; apply total_le; intros k Hk.
  replace (total m (fun i => d i ^ 2) * (beta k * INR (S k)))
    with (beta k * (INR (S k) * total m (fun i => d i ^ 2))) by ring.
  apply Rmult_le_compat_l; [auto|]; eapply Rle_trans; [apply total_cauchy|].
  apply Rmult_le_compat_l; [apply pos_INR|apply squares_mono; lia].
Qed.

(** ** The output, Lipschitz in the weights *)

(** |F_L(V) - F_L(W)| <= sqrt(L) |X| K |V - W|; K is at least (product of all b_p)/(the least b_p). *)
Theorem network_output_lipschitz : forall s s' gamma beta N n L X b V W K, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> 0 <= K -> (forall p, (p < L)%nat -> others L b p <= K) ->
  rnorm N (n L) (msub (features s n X V L) (features s n X W L))
    <= sqrt (INR L) * rnorm N (n 0%nat) X * K * distance n L V W.
Proof.
  intros s s' gamma beta N n L X b V W K A BV BW K0 HK; set (x := rnorm N (n 0%nat) X); set (d := layer_move n V W).
  assert (x0 : 0 <= x) by apply rnorm_nonneg; assert (d0 : forall k, 0 <= d k) by (intros; apply layer_move_nonneg).
  assert (xK : 0 <= x * K) by (apply Rmult_le_pos; assumption).
  assert (M := network_features_move s s' gamma beta N n L X b V W L A BV BW (Nat.le_refl L)); fold x in M.
  apply Rle_trans with (x * K * total L d).
  - eapply Rle_trans; [exact M|rewrite Rmult_assoc; apply Rmult_le_compat_l; [exact x0|]].
    rewrite <- total_scal; apply total_le; intros p Hp; apply Rmult_le_compat_r; [apply d0|apply HK; exact Hp].
  - replace (sqrt (INR L) * x * K * distance n L V W) with (x * K * (sqrt (INR L) * distance n L V W)) by ring.
    apply Rmult_le_compat_l; [exact xK|apply below_by_square].
    + apply Rmult_le_pos; apply sqrt_pos.
    + rewrite Rpow_mult_distr, pow2_sqrt by apply pos_INR; rewrite distance_square, weights_inner_norms.
      apply total_cauchy.
Qed.

(** The same by the sum of the squares of these products. *)
Lemma output_move_square : forall s s' gamma beta N n L X b V W s2, activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> total L (fun p => others L b p ^ 2) <= s2 ->
  rnorm N (n L) (msub (features s n X V L) (features s n X W L)) ^ 2 <= rnorm N (n 0%nat) X ^ 2 * s2 * distance n L V W ^ 2.
Proof.
  intros s s' gamma beta N n L X b V W s2 A BV BW HS; set (d := layer_move n V W).
  assert (M := network_features_move s s' gamma beta N n L X b V W L A BV BW (Nat.le_refl L)).
  assert (M2 := pow_incr _ _ 2 (conj (rnorm_nonneg _ _ _) M)); eapply Rle_trans; [exact M2|].
  rewrite Rpow_mult_distr, Rmult_assoc; apply Rmult_le_compat_l; [apply pow2_ge_0|].
  change (total L (fun p => others L b p * d p) ^ 2 <= s2 * distance n L V W ^ 2).
  assert (C := cauchy L (others L b) d); unfold dot in C; eapply Rle_trans; [exact C|].
  rewrite distance_square, weights_inner_norms.
  apply Rmult_le_compat; [apply total_nonneg; intros; apply Rle_0_sqr|apply total_nonneg; intros; apply Rle_0_sqr| |].
  - eapply Rle_trans; [right|exact HS]; apply total_ext; intros; ring.
  - right; apply total_ext; intros; unfold d, layer_move; ring.
Qed.

(** ** The loss against its first order *)

(** The loss is smooth: what the descent lemma asks of it. *)
Theorem network_smoothness : forall s s' gamma beta N n L X Y b r V W s2 e, (1 <= L)%nat -> activations L s s' gamma beta ->
  layers_within n L V b -> layers_within n L W b -> (forall k, (k < L)%nat -> b k <= r k /\ 1 <= r k) ->
  total L (fun p => others L b p ^ 2) <= s2 -> rnorm N (n L) (network_residual s n L X Y W) <= e ->
  Rabs (network_loss s N n L X Y V - network_loss s N n L X Y W
      - weights_inner n L (network_gradient s s' N n L X Y W) (fun k => msub (V k) (W k)))
    <= smoothness L beta (rnorm N (n 0%nat) X) s2 (product L r) e / 2 * distance n L V W ^ 2.
Proof.
  intros s s' gamma beta N n L X Y b r V W s2 e HL A BV BW Hr HS He; rewrite distance_square; set (D := fun k => msub (V k) (W k)).
  set (E := network_residual s n L X Y W) in *; set (f := msub (features s n X V L) (features s n X W L)).
  set (T := tangent s s' n X W D L); set (H := network_remainder s s' n X V W L).
  assert (Ef : f = madd T H).
  { unfold f, H, T, network_remainder; fold D; pointwise i; pointwise j; unfold madd, msub; ring. }
  assert (Loss : network_loss s N n L X Y V - network_loss s N n L X Y W
      - weights_inner n L (network_gradient s s' N n L X Y W) D = rinner N (n L) E H + rinner N (n L) f f / 2).
  { unfold network_loss; replace (network_residual s n L X Y V) with (madd E f)
      by (unfold E, f, network_residual; pointwise i; pointwise j; unfold madd, msub; ring).
    fold E; rewrite <- (network_slope s s' N n L X Y W D); fold E T.
    rewrite rinner_add_l, !rinner_add_r, (rinner_comm N (n L) f E).
    replace (rinner N (n L) E f) with (rinner N (n L) E T + rinner N (n L) E H)
      by (rewrite Ef, rinner_add_r; reflexivity); field. }
  rewrite Loss; clear Loss.
  set (d := layer_move n V W); set (D2 := weights_inner n L D D).
  assert (ED : D2 = total L (fun k => d k ^ 2)) by (apply weights_inner_norms).
  set (x := rnorm N (n 0%nat) X); assert (x0 : 0 <= x) by apply rnorm_nonneg.
  set (R := product L r).
  assert (R1 : 1 <= R) by (apply product_at_least_one; intros; apply Hr; assumption).
  assert (xR : 0 <= x * R) by (apply Rmult_le_pos; lra).
  (* the move of the output *)
  assert (F : rinner N (n L) f f <= x ^ 2 * s2 * D2).
  { assert (M := output_move_square s s' gamma beta N n L X b V W s2 A BV BW HS); fold f x in M.
    rewrite rnorm_square, distance_square in M; exact M. }
  (* the remainder *)
  set (S1 := total L (fun k => beta k * INR (S k))).
  assert (G : rnorm N (n L) H <= x * R * (INR (L - 1) + x * R * S1) / 2 * D2).
  { assert (M := remainder_bound s s' gamma beta N n L X b r V W L A BV BW Hr (Nat.le_refl L)).
    fold H x R d in M; eapply Rle_trans; [exact M|].
    assert (P := pairs_bound d L HL); rewrite <- ED in P.
    assert (Z := weighted_bound beta d L L (Nat.le_refl L)
      ltac:(intros k Hk; destruct (A k Hk) as [_ Ak]; exact (activation_beta _ _ _ _ Ak))).
    rewrite <- ED in Z; fold S1 in Z.
    assert (xR2 : 0 <= (x * R) ^ 2 / 2) by (assert (0 <= (x * R) ^ 2) by apply pow2_ge_0; lra).
    apply (Rmult_le_compat_l (x * R)) in P; [|exact xR]; apply (Rmult_le_compat_l ((x * R) ^ 2 / 2)) in Z; [|exact xR2].
    lra. }
  assert (F0 := rinner_nonneg N (n L) f).
  assert (C := rinner_below N (n L) E H); assert (C' := rinner_below N (n L) (mscal (-1) E) H).
  rewrite rinner_scal_l, rnorm_scal, Rabs_m1, Rmult_1_l in C'.
  assert (EH : rnorm N (n L) E * rnorm N (n L) H <= e * (x * R * (INR (L - 1) + x * R * S1) / 2 * D2)).
  { apply Rmult_le_compat; [apply rnorm_nonneg|apply rnorm_nonneg|exact He|exact G]. }
  unfold smoothness; fold S1; apply Rabs_le; split; lra.
Qed.

(** ** The gradient is the gradient *)

Lemma quadratic_derive : forall f g C, 0 <= C ->
  (forall t, Rabs t <= 1 -> Rabs (f t - f 0 - t * g) <= C * t ^ 2) -> is_derive f 0 g.
Proof.
  intros f g C HC H; apply is_derive_Reals; intros eps Heps.
  assert (P : 0 < Rmin 1 (eps / (C + 1))).
  { apply Rmin_pos; [lra|apply Rdiv_lt_0_compat; lra]. }
  exists (mkposreal _ P); intros h Hh Hd; simpl in Hd; rewrite Rplus_0_l.
  assert (H1 := Rmin_l 1 (eps / (C + 1))); assert (H2 := Rmin_r 1 (eps / (C + 1))).
  assert (h0 : 0 < Rabs h) by (apply Rabs_pos_lt; exact Hh).
  specialize (H h ltac:(lra)).
  replace ((f h - f 0) / h - g) with ((f h - f 0 - h * g) / h) by (field; exact Hh).
  unfold Rdiv; rewrite Rabs_mult, Rabs_inv.
  apply (Rmult_lt_reg_r (Rabs h)); [exact h0|]; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply Rle_lt_trans with (C * Rabs h ^ 2); [rewrite pow2_abs; exact H|].
  replace (C * Rabs h ^ 2) with (C * Rabs h * Rabs h) by ring; apply Rmult_lt_compat_r; [exact h0|].
  apply Rle_lt_trans with ((C + 1) * Rabs h - Rabs h); [right; ring|].
  assert ((C + 1) * Rabs h <= eps); [|lra].
  apply Rle_trans with ((C + 1) * (eps / (C + 1))); [apply Rmult_le_compat_l; lra|right; field; lra].
Qed.

(** In every direction D the loss has the slope sum over l of <G_l, D_l>. *)
Theorem network_gradient_is_gradient : forall s s' gamma beta N n L X Y W D, (1 <= L)%nat ->
  activations L s s' gamma beta ->
  is_derive (fun t => network_loss s N n L X Y (fun l => madd (W l) (mscal t (D l)))) 0
    (total L (fun l => rinner (n l) (n (S l)) (network_gradient s s' N n L X Y W l) (D l))).
Proof.
  intros s s' gamma beta N n L X Y W D HL A.
  set (b := fun l => rnorm (n l) (n (S l)) (W l) + rnorm (n l) (n (S l)) (D l)).
  assert (b0 : forall l, 0 <= b l).
  { intros l; unfold b; assert (P := rnorm_nonneg (n l) (n (S l)) (W l)); assert (Q := rnorm_nonneg (n l) (n (S l)) (D l)); lra. }
  assert (Near : forall t, Rabs t <= 1 -> layers_within n L (fun l => madd (W l) (mscal t (D l))) b).
  { intros t Ht l Hl; split; [apply b0|]; apply (opnorm_near _ _ (W l)); [apply rnorm_nonneg| |apply opnorm_rnorm].
    rewrite (rnorm_ext _ _ _ (mscal t (D l))) by (intros; unfold madd, msub; ring).
    rewrite rnorm_scal; rewrite <- (Rmult_1_l (rnorm _ _ (D l))) at 2; apply Rmult_le_compat_r; [apply rnorm_nonneg|exact Ht]. }
  set (K := total L (fun p => others L b p ^ 2)).
  assert (E0 : W = (fun l => madd (W l) (mscal 0 (D l)))).
  { pointwise l; pointwise i; pointwise j; unfold madd, mscal; ring. }
  assert (BW : layers_within n L W b) by (rewrite E0; apply Near; rewrite Rabs_R0; lra).
  set (e := rnorm N (n L) (network_residual s n L X Y W)).
  set (q := smoothness L beta (rnorm N (n 0%nat) X) K (product L (fun l => b l + 1)) e).
  apply (quadratic_derive _ _ (Rabs q / 2 * weights_inner n L D D)).
  - apply Rmult_le_pos; [assert (0 <= Rabs q) by apply Rabs_pos; lra|apply weights_inner_nonneg].
  - intros t Ht; assert (Z := network_smoothness s s' gamma beta N n L X Y b (fun l => b l + 1) _ W K e HL A (Near t Ht) BW
      ltac:(intros; specialize (b0 k); lra) (Rle_refl K) (Rle_refl _)).
    fold q in Z; rewrite distance_square in Z; cbv beta in Z; rewrite <- E0.
    replace (fun k => msub (madd (W k) (mscal t (D k))) (W k)) with (fun k => mscal t (D k)) in Z
      by (pointwise l; pointwise i; pointwise j; unfold madd, msub; ring).
    rewrite weights_inner_scal_r, weights_inner_scal in Z; eapply Rle_trans; [exact Z|].
    assert (Q := Rle_abs q); assert (0 <= t ^ 2 * weights_inner n L D D)
      by (apply Rmult_le_pos; [apply pow2_ge_0|apply weights_inner_nonneg]).
    apply Rle_trans with (q / 2 * (t ^ 2 * weights_inner n L D D)); [right; ring|].
    apply Rle_trans with (Rabs q / 2 * (t ^ 2 * weights_inner n L D D)); [|right; ring].
    apply Rmult_le_compat_r; lra.
Qed.

(** ** One step *)

Lemma network_one_step : forall s s' gamma beta N n L X Y b r W s2 e eta alpha, (1 <= L)%nat ->
  activations L s s' gamma beta -> 0 <= eta ->
  let V := network_step s s' N n L X Y eta W in
  let G := network_gradient s s' N n L X Y W in
  layers_within n L V b -> layers_within n L W b -> (forall k, (k < L)%nat -> b k <= r k /\ 1 <= r k) ->
  total L (fun p => others L b p ^ 2) <= s2 -> rnorm N (n L) (network_residual s n L X Y W) <= e ->
  eta * smoothness L beta (rnorm N (n 0%nat) X) s2 (product L r) e <= 1 ->
  2 * alpha * network_loss s N n L X Y W <= weights_inner n L G G ->
  network_loss s N n L X Y V <= (1 - eta * alpha) * network_loss s N n L X Y W.
Proof.
  intros s s' gamma beta N n L X Y b r W s2 e eta alpha HL A eta0 V G BV BW Hr HS He Hq Hpl.
  assert (Z := network_smoothness s s' gamma beta N n L X Y b r V W s2 e HL A BV BW Hr HS He); rewrite distance_square in Z.
  set (q := smoothness L beta (rnorm N (n 0%nat) X) s2 (product L r) e) in *.
  replace (fun k => msub (V k) (W k)) with (fun k => mscal (- eta) (G k)) in Z
    by (pointwise l; pointwise i; pointwise j; unfold V, network_step, G, msub, mscal; ring).
  rewrite weights_inner_scal_r, weights_inner_scal in Z; fold G in Z.
  set (G2 := weights_inner n L G G) in *; assert (G0 : 0 <= G2) by apply weights_inner_nonneg.
  apply Rabs_le_between in Z; destruct Z as [_ Z].
  assert (eta * G2 * (eta * q) <= eta * G2 * 1) by (apply Rmult_le_compat_l; [apply Rmult_le_pos; assumption|exact Hq]).
  assert (eta * (2 * alpha * network_loss s N n L X Y W) <= eta * G2) by (apply Rmult_le_compat_l; assumption).
  lra.
Qed.
