(** The false variants of Claim 3 of Arora, Cohen, Golowich and Hu are false, already for one weight: it is negative half of the time, and a
    small multiple of it is small. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora AnyLaw Independent NormalLaw NormalStarts IndependentBlocks NarrowLayers AroraRandom ClaimThree GaussianRow Convergence LinearForms LayerDrops.
Open Scope R_scope.

Definition only_one (l : nat) : nat := 1%nat.
Definition all_one (i j : nat) : R := 1.

Lemma all_one_length : frobenius 1 all_one = 1.
Proof. unfold frobenius, inner, dot, all_one; simpl; replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1. Qed.

Lemma all_one_zero : forall i j, (i < 1)%nat -> (j < 1)%nat -> (only_one 1 <= i \/ only_one 0 <= j)%nat -> all_one i j = 0.
Proof. unfold only_one; intros; lia. Qed.

(** One weight has a margin only where it is large enough. *)
Lemma single_margin : forall s c w, deficiency_margin 1 1 1 all_one (gaussian_start 1 only_one s w) c -> c <= s * w 0%nat.
Proof.
  intros s c w [sigma [S0 [Sing H]]].
  assert (S1 : sigma <= 1).
  { assert (Q : sigma ^ 2 <= 1 ^ 2); [|apply below_by_square; lra].
    destruct Sing as [[_ [_ K]]|[_ [_ K]]]; specialize (K (fun _ => 1) ltac:(intros j Hj; lia));
      unfold mv, dot, all_one, tr in K; simpl in K; simpl; lra. }
  unfold frobenius in H; assert (E : inner 1 (residual 1 1 all_one (gaussian_start 1 only_one s w)) (residual 1 1 all_one (gaussian_start 1 only_one s w))
    = (s * w 0%nat - 1) ^ 2).
  { unfold inner, dot, residual, msub, all_one, gaussian_start, transposed, tr, mscal; simpl; unfold mul, dot, mscal, tr, with_layer, weight_block, unit_matrix, only_one; simpl; ring. }
  rewrite E in H; rewrite <- Rsqr_pow2, sqrt_Rsqr_abs in H.
  assert (B := Rle_abs (- (s * w 0%nat - 1))); rewrite Rabs_Ropp in B; lra.
Qed.

Lemma one_weight_mean : forall X Y e, mean_is normal_law 1 Y e -> (forall w, Y w <= X w) -> variable (normal_weights 1) X -> e <= expectation (normal_weights 1) X.
Proof.
  intros X Y e [V E] H VX; rewrite <- E; apply (expectation_le 1 (normal_weights 1)); assumption.
Qed.

Lemma smallest_constants : Rpower 1 (/ INR 1) = 1 /\ Rpower (100000 * INR (only_one 0) ^ 3 * 1 * 200000) (/ INR (2 * 1)) = 100000 * sqrt 2.
Proof.
  split.
  - unfold Rpower; rewrite ln_1, Rmult_0_r; apply exp_0.
  - unfold only_one; simpl INR; replace (/ (1 + 1)) with (/ 2) by (f_equal; ring); rewrite Rpower_sqrt by lra.
    replace (100000 * 1 ^ 3 * 1 * 200000) with (100000 * 100000 * 2) by ring.
    rewrite sqrt_mult, sqrt_square by lra; reflexivity.
Qed.

Lemma arora_claim_3_other_side_is_false :
  ~ (forall (C1 : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (s c F D : R),
  200000 <= C1 -> (1 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) -> dims N = 1%nat ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  F = frobenius d Phi -> D = product (N - 1) (fun l => INR (dims (S l))) -> 0 < F -> 0 < c ->
  C1 * INR N * Rpower (c * F / D) (/ INR (2 * N)) <= s <=
    Rpower F (/ INR N) / Rpower (100000 * INR (dims 0%nat) ^ 3 * D * C1) (/ INR (2 * N)) ->
  at_most (normal_weights (weights_of (fun q => dims (N - q)%nat) N))
    (fun w => ~ deficiency_margin d 1 N Phi (gaussian_start N dims s w) c) (1 - 51 / 100)).
Proof.
  intros H; destruct smallest_constants as [E1 E2]; assert (S2 : 0 < sqrt 2) by (apply sqrt_lt_R0; lra).
  set (s := 1 / (100000 * sqrt 2)); assert (s0 : 0 < s) by (apply Rdiv_lt_0_compat; lra).
  set (c := (s / 200000) ^ 2); assert (c0 : 0 < c) by (apply pow_lt, Rdiv_lt_0_compat; lra).
  specialize (H 200000 1%nat 1%nat only_one all_one s c 1 1 (Rle_refl _) (le_n 1) ltac:(intros; unfold only_one; lia) eq_refl all_one_zero
    (eq_sym all_one_length) eq_refl ltac:(lra) c0); rewrite E1, E2 in H.
  destruct H as [X [VX [X0 [X1 EX]]]].
  { split; [|right; reflexivity]; replace (c * 1 / 1) with (c) by field; simpl INR; replace (/ (1 + 1)) with (/ 2) by (f_equal; ring).
    rewrite Rpower_sqrt by exact c0; unfold c; rewrite sqrt_pow2 by (left; apply Rdiv_lt_0_compat; lra); right; field. }
  change (weights_of (fun q => only_one (1 - q)) 1) with 1%nat in *.
  set (t := / 1000); assert (t0 : 0 < t) by (unfold t; lra).
  assert (u1 : dot 1 (fun _ => -1) (fun _ => -1) = 1) by (unfold dot; simpl; ring).
  assert (M := mean_is_plus _ _ _ _ _ _ (mean_is_const normal_law 1 1) (mean_is_scal _ _ (-1) _ _ (lean_has_mean 1 (fun _ => -1) t u1 t0))).
  assert (L := one_weight_mean X _ _ M); assert (B := proj2 (lean_mean_below t t0)).
  assert (Q : 1 + -1 * lean_mean t <= expectation (normal_weights 1) X); [|unfold t in *; lra].
  apply L; [|exact VX]; intros w; destruct (lean_above t (dot 1 w (fun _ => -1)) t0) as [P1 P2].
  destruct (Rlt_le_dec (w 0%nat) 0) as [Neg|Pos].
  - assert (1 <= X w); [|lra]; apply X1; intros D; apply single_margin in D; assert (s * w 0%nat < s * 0) by (apply Rmult_lt_compat_l; lra); lra.
  - assert (1 <= lean t (dot 1 w (fun _ => -1))); [|specialize (X0 w); lra]; apply P2; unfold dot; simpl; lra.
Qed.

Lemma arora_claim_3_any_small_is_false :
  ~ (forall (C1 : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (s c F D : R),
  200000 <= C1 -> (1 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) -> dims N = 1%nat ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  F = frobenius d Phi -> D = product (N - 1) (fun l => INR (dims (S l))) -> 0 < F -> 0 < c ->
  0 < s <= Rpower F (/ INR N) / Rpower (100000 * INR (dims 0%nat) ^ 3 * D * C1) (/ INR (2 * N)) ->
  at_most (normal_weights (weights_of (fun q => dims (N - q)%nat) N))
    (fun w => ~ deficiency_margin d 1 N Phi (gaussian_start N dims s w) c) (1 - 49 / 100)).
Proof.
  intros H; destruct smallest_constants as [E1 E2]; assert (S2 : 1 <= sqrt 2) by (rewrite <- sqrt_1; apply sqrt_le_1_alt; lra).
  set (s := 1 / (100000 * sqrt 2)); assert (s0 : 0 < s) by (apply Rdiv_lt_0_compat; lra).
  assert (s1 : s <= 1 / 100000) by (apply Rmult_le_compat_l; [lra|apply Rinv_le_contravar; lra]).
  specialize (H 200000 1%nat 1%nat only_one all_one s (1 / 2) 1 1 (Rle_refl _) (le_n 1) ltac:(intros; unfold only_one; lia) eq_refl all_one_zero
    (eq_sym all_one_length) eq_refl ltac:(lra) ltac:(lra)); rewrite E1, E2 in H.
  destruct H as [X [VX [X0 [X1 EX]]]]; [split; [exact s0|right; reflexivity]|].
  change (weights_of (fun q => only_one (1 - q)) 1) with 1%nat in *.
  assert (One : dot 1 (fun _ => 1) (fun _ => 1) = 1) by (unfold dot; simpl; ring).
  assert (M := row_mean 1 (fun _ => 1) (- (1 / 4)) 0 ltac:(rewrite One; lra)); rewrite One in M.
  assert (M2 := mean_is_plus _ _ _ _ _ _ (mean_is_const normal_law 1 1) (mean_is_scal _ _ (- (1 / 4)) _ _ M)).
  assert (L := one_weight_mean X _ _ M2).
  assert (Q : sqrt (1 + 2 * - (1 / 4) * 1) >= 7 / 10).
  { apply Rle_ge; rewrite <- (sqrt_pow2 (7 / 10)) by lra; apply sqrt_le_1_alt; lra. }
  assert (I : / sqrt (1 + 2 * - (1 / 4) * 1) <= 10 / 7).
  { replace (10 / 7) with (/ (7 / 10)) by field; apply Rinv_le_contravar; lra. }
  replace (- (- (1 / 4) * 0 ^ 2 / (1 + 2 * - (1 / 4) * 1))) with 0 in L by field; rewrite exp_0 in L.
  assert (R : 1 + - (1 / 4) * (1 * / sqrt (1 + 2 * - (1 / 4) * 1)) <= expectation (normal_weights 1) X); [|lra].
  apply L; [|exact VX]; intros w; set (z := dot 1 w (fun _ => 1) + 0); assert (Ez : z = w 0%nat) by (unfold z, dot; simpl; ring).
  assert (P := exp_pos (- (- (1 / 4) * z ^ 2))); destruct (Rlt_le_dec (s * w 0%nat) (1 / 2)) as [Small|Large].
  - assert (1 <= X w); [|lra]; apply X1; intros D; apply single_margin in D; lra.
  - assert (W : 100 <= w 0%nat).
    { apply Rnot_lt_le; intros N; destruct (Rle_lt_dec (w 0%nat) 0) as [Neg|Pos]; [assert (0 <= s * - w 0%nat) by (apply Rmult_le_pos; lra); lra|].
      assert (s * w 0%nat <= 1 / 100000 * 100) by (apply Rmult_le_compat; lra); lra. }
    assert (U := exp_above_line (- (- (1 / 4) * z ^ 2))); rewrite Ez in *.
    assert (100 * 100 <= w 0%nat ^ 2) by (simpl; rewrite Rmult_1_r; apply Rmult_le_compat; lra); specialize (X0 w); lra.
Qed.
