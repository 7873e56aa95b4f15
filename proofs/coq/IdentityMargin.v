(** Identity start and |Phi - I| <= r < 1/2, with the rate on the scale of the margin: identity-initialisation.md, section 4.

    The smallest singular value of each layer is read off from the ratios |W_l z| / |z| along the orbit of a vector, as its
    largest one is in Margin.v; no singular vector is needed. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose.
From Lemmata Require Import ZasNumbers Remainder Convergence AroraNumbers Margin Arora IdentityNumbers Identity.
Open Scope R_scope.

(** ** Layers from below *)

(** One ratio bounds the one before it. *)
Lemma ratio_before : forall d V U x q a, 0 <= q -> 0 <= a ->
  dot d (mv d V (mv d U x)) (mv d V (mv d U x)) <= q * dot d (mv d U x) (mv d U x) ->
  dot d (mv d (tr U) (mv d U x)) (mv d (tr U) (mv d U x))
    <= dot d (mv d V (mv d U x)) (mv d V (mv d U x)) + a * dot d (mv d U x) (mv d U x) ->
  dot d (mv d U x) (mv d U x) <= (q + a) * dot d x x.
Proof.
  intros d V U x q a Hq Ha H1 H2; set (y := mv d U x) in *.
  assert (Nx := dot_nonneg d x); assert (Ny := dot_nonneg d y).
  destruct (Rle_lt_or_eq_dec 0 (dot d y y) Ny) as [P|Z]; [|rewrite <- Z; apply Rmult_le_pos; lra].
  assert (C := cauchy d x (mv d (tr U) y)); rewrite <- (adjoint d U x y) in C; fold y in C.
  apply (Rmult_le_reg_r (dot d y y)); [exact P|].
  apply Rle_trans with (dot d x x * dot d (mv d (tr U) y) (mv d (tr U) y)); [simpl in C; lra|].
  replace ((q + a) * dot d x x * dot d y y) with (dot d x x * ((q + a) * dot d y y)) by ring.
  apply Rmult_le_compat_l; lra.
Qed.

Lemma last_from_below : forall d n W a A b, 0 < b -> (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= A ->
  nearly_balanced d n W (fun _ => 0) a ->
  (forall x, b ^ S n * dot d x x <= dot d (mv d (chain d W (S n)) x) (mv d (chain d W (S n)) x)) ->
  forall v, (b - A) * dot d v v <= dot d (mv d (W n) v) (mv d (W n) v).
Proof.
  intros d n W a A b Hb Ha HA H HC v.
  assert (A0 : 0 <= total n a) by (apply total_nonneg; intros; apply Ha; lia).
  assert (An := Ha n (Nat.le_refl n)); simpl total in HA.
  assert (Bn : 0 < b ^ S n) by (apply pow_lt; exact Hb).
  destruct (solvable d (chain d W n)) with (x := v) as [z Hz].
  { intros u Z j Hj; apply (dot_zero d u); [|exact Hj]; specialize (HC u); assert (Nu := dot_nonneg d u).
    assert (E : dot d (mv d (chain d W (S n)) u) (mv d (chain d W (S n)) u) = 0).
    { simpl chain; rewrite mv_mul; apply total_zero; intros i Hi; unfold mv at 1, dot.
      rewrite total_zero by (intros k Hk; rewrite (Z k Hk); ring); ring. }
    rewrite E in HC; nra. }
  set (X := fun l => mv d (chain d W l) z).
  assert (XS : forall l, X (S l) = mv d (W l) (X l)) by (intros l; apply mv_mul).
  assert (M : forall i, (i < d)%nat -> mv d (W n) v i = X (S n) i).
  { intros i Hi; rewrite XS; unfold mv; apply dot_ext; [reflexivity|intros k Hk; symmetry; apply Hz; exact Hk]. }
  rewrite (dot_ext d (mv d (W n) v) (mv d (W n) v) _ _ M M).
  rewrite (dot_ext d v v (X n) (X n)) by (intros; symmetry; apply Hz; assumption).
  assert (Nv := dot_nonneg d (X n)).
  destruct (Rle_lt_or_eq_dec 0 (dot d (X n) (X n)) Nv) as [P|Z].
  2:{ rewrite <- Z, Rmult_0_r; apply dot_nonneg. }
  set (s := dot d (X (S n)) (X (S n)) / dot d (X n) (X n)).
  assert (Es : dot d (X (S n)) (X (S n)) = s * dot d (X n) (X n)) by (unfold s; field; lra).
  assert (s0 : 0 <= s) by (apply Rmult_le_pos; [apply dot_nonneg|left; apply Rinv_0_lt_compat; exact P]).
  rewrite Es; apply Rmult_le_compat_r; [exact Nv|].
  assert (T : forall l, (l <= n)%nat -> 0 <= total l a <= total n a).
  { intros l Hl; split; [apply total_nonneg|apply total_mono; [lia|]]; intros; apply Ha; lia. }
  assert (R : forall l, (l <= n)%nat ->
    dot d (X (S l)) (X (S l)) <= (s + (total n a - total l a)) * dot d (X l) (X l)).
  { refine (descend _ n _ _); [rewrite Es; right; ring|].
    intros l Hl IH; specialize (T (S l) Hl); simpl total in T; simpl total in IH.
    assert (Al := Ha l ltac:(lia)).
    rewrite (XS (S l)), (XS l) in IH; rewrite (XS l).
    replace (s + (total n a - total l a)) with (s + (total n a - (total l a + a l)) + a l) by ring.
    apply (ratio_before d (W (S l))); [lra|exact Al|exact IH|].
    destruct (H l (mv d (W l) (X l)) Hl) as [_ U]; lra. }
  assert (G : forall l, (l <= S n)%nat -> dot d (X l) (X l) <= (s + A) ^ l * dot d z z).
  { induction l as [|l IH]; intros Hl.
    - unfold X; simpl chain; rewrite norm_unit; simpl; lra.
    - eapply Rle_trans; [apply R; lia|]; specialize (IH ltac:(lia)); specialize (T l ltac:(lia)).
      assert (Q := dot_nonneg d (X l)); simpl pow; rewrite Rmult_assoc.
      apply Rle_trans with ((s + A) * dot d (X l) (X l)); [apply Rmult_le_compat_r; lra|].
      apply Rmult_le_compat_l; [lra|exact IH]. }
  assert (Nz := dot_nonneg d z); assert (Gn := G (S n) (Nat.le_refl _)); specialize (HC z); fold (X (S n)) in HC.
  destruct (Rle_lt_or_eq_dec 0 (dot d z z) Nz) as [Pz|Zz].
  2:{ assert (Q := G n (Nat.le_succ_diag_r n)); rewrite <- Zz, Rmult_0_r in Q; lra. }
  enough (b <= s + A) by lra.
  apply (power_le_inv n); [lra|]; apply (Rmult_le_reg_r (dot d z z)); [exact Pz|lra].
Qed.

Lemma layers_from_below : forall d n W a A b, 0 < b -> (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= A ->
  2 * A < b -> nearly_balanced d n W (fun _ => 0) a ->
  (forall x, b ^ S n * dot d x x <= dot d (mv d (chain d W (S n)) x) (mv d (chain d W (S n)) x)) ->
  forall l, (l <= n)%nat ->
  (forall x, (b - 2 * A) * dot d x x <= dot d (mv d (W l) x) (mv d (W l) x)) /\
  (forall x, (b - 2 * A) * dot d x x <= dot d (mv d (tr (W l)) x) (mv d (tr (W l)) x)).
Proof.
  intros d n W a A b Hb Ha HA HAb H HC.
  assert (T : forall l, (l <= n)%nat -> 0 <= total (S l) a <= total (S n) a).
  { intros l Hl; split; [apply total_nonneg|apply total_mono; [lia|]]; intros; apply Ha; lia. }
  assert (P : forall l, (l <= n)%nat -> forall x,
    (b - A - (total (S n) a - total (S l) a)) * dot d x x <= dot d (mv d (W l) x) (mv d (W l) x)).
  { refine (descend _ n _ _).
    - intros x; replace (b - A - (total (S n) a - total (S n) a)) with (b - A) by ring.
      apply (last_from_below d n W a A b); assumption.
    - intros l Hl IH; assert (Tl := T l ltac:(lia)); assert (Ts := T (S l) Hl).
      apply lower_tr; [lra|]; intros x; destruct (H l x Hl) as [U _]; specialize (IH x).
      change (total (S (S l)) a) with (total (S l) a + a (S l)) in IH; lra. }
  intros l Hl; assert (Tl := T l Hl).
  assert (B : forall x, (b - 2 * A) * dot d x x <= dot d (mv d (W l) x) (mv d (W l) x)).
  { intros x; eapply Rle_trans; [|apply P; exact Hl]; apply Rmult_le_compat_r; [apply dot_nonneg|lra]. }
  split; [exact B|]; apply lower_tr; [lra|]; rewrite tr_tr; exact B.
Qed.

(** ** Every gradient from below *)

Lemma gradient_from_below : forall d n Phi W m l, 0 <= m -> (l <= n)%nat ->
  (forall k, (k <= n)%nat ->
    (forall x, m * dot d x x <= dot d (mv d (W k) x) (mv d (W k) x)) /\
    (forall x, m * dot d x x <= dot d (mv d (tr (W k)) x) (mv d (tr (W k)) x))) ->
  m ^ n * (2 * loss d (S n) Phi W) <= inner d (gradient d (S n) Phi W l) (gradient d (S n) Phi W l).
Proof.
  intros d n Phi W m l Hm Hl H; unfold gradient, loss; set (E := residual d (S n) Phi W).
  replace (2 * (inner d E E / 2)) with (inner d E E) by field.
  assert (B : forall k, (k <= n)%nat -> m ^ (n - k) * inner d E E
    <= inner d (back d W (S k) (S n - S k) E) (back d W (S k) (S n - S k) E)).
  { refine (descend _ n _ _).
    - rewrite back_last, Nat.sub_diag; simpl; lra.
    - intros k Hk IH; rewrite (back_step d W (S n) E k) by lia.
      set (F := back d W (S (S k)) (S n - S (S k)) E) in *.
      apply Rle_trans with (m * inner d F F); [|apply inner_mul_below_l; apply H; lia].
      replace (n - k)%nat with (S (n - S k)) by lia; simpl pow; rewrite Rmult_assoc.
      apply Rmult_le_compat_l; assumption. }
  set (F := back d W (S l) (S n - S l) E) in *.
  apply Rle_trans with (m ^ l * inner d F F).
  - replace n with (l + (n - l))%nat at 1 by lia; rewrite pow_add, Rmult_assoc.
    apply Rmult_le_compat_l; [apply pow_le; exact Hm|apply B; exact Hl].
  - apply inner_mul_below; rewrite tr_tr.
    assert (C : forall k, (k <= S n)%nat -> forall x, m ^ k * dot d x x <= dot d (mv d (chain d W k) x) (mv d (chain d W k) x)).
    { induction k as [|k IH]; intros Hk x.
      - simpl chain; rewrite norm_unit; simpl; lra.
      - simpl chain; rewrite mv_mul; simpl pow; rewrite Rmult_assoc.
        apply Rle_trans with (m * dot d (mv d (chain d W k) x) (mv d (chain d W k) x)).
        + apply Rmult_le_compat_l; [exact Hm|apply IH; lia].
        + apply (H k ltac:(lia)). }
    apply C; lia.
Qed.

(** ** The theorem *)

(** q^L = 1 - 2 r: the step q^2/(7 L) is c^(2/L)/(7 L), and q^(2 L - 2) is c^(2 - 2/L). *)
Theorem identity_margin_rate : forall d L Phi r q eta t,
  (2 <= L)%nat -> r < 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= q -> q ^ L = 1 - 2 * r -> 0 <= eta <= q ^ 2 / (7 * INR L) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) (S t))
    <= (1 - 13 / 14 * eta * INR L * q ^ (2 * L - 2))
      * loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t).
Proof.
  intros d L Phi r q eta t HL Hr HF Hq Eq [He Heta]; destruct L as [|n]; [lia|].
  replace (2 * S n - 2)%nat with (2 * n)%nat by lia.
  assert (F0 := frobenius_nonneg d (msub unit_matrix Phi)).
  assert (N2 : 2 <= INR (S n)) by (apply (le_INR 2); exact HL); set (N := INR (S n)) in *.
  assert (q1 : q <= 1) by (apply (power_le_inv n); [lra|rewrite pow1, Eq; lra]).
  assert (Q0 : 0 < q).
  { destruct (Rle_lt_or_eq_dec 0 q Hq) as [P|Z]; [exact P|]; rewrite <- Z, pow_i in Eq by lia; lra. }
  set (b := q ^ 2) in *; assert (b0 : 0 < b) by (apply pow_lt; exact Q0).
  assert (b1 : b <= 1) by (rewrite <- (pow1 2); apply pow_incr; lra).
  assert (Hb : eta * N <= b / 7).
  { apply (Rmult_le_compat_r N) in Heta; [|lra].
    replace (b / (7 * N) * N) with (b / 7) in Heta by (field; lra); exact Heta. }
  destruct (identity_orbit d n Phi r eta ltac:(lia) ltac:(lra) HF He ltac:(fold N; lra) t) as [I1 [I2 _]].
  set (W := layers_descent d (S n) Phi eta (fun _ => unit_matrix)) in *.
  set (G := fun t => gradient_square d (S n) Phi (W t)) in *.
  change (loss d (S n) Phi (W t) + eta / 2 * total t G <= r ^ 2 / 2) in I1.
  change (loss d (S n) Phi (W (S t)) <= loss d (S n) Phi (W t) - eta / 2 * G t) in I2.
  assert (R0 : 0 <= loss d (S n) Phi (W t)) by apply loss_nonneg.
  assert (G0 : 0 <= total t G) by (apply total_nonneg; intros; apply total_nonneg; intros; apply inner_nonneg).
  assert (eG : 0 <= eta * total t G) by (apply Rmult_le_pos; assumption).
  set (A := eta * r ^ 2); assert (r2 : 0 <= r ^ 2 <= 1 / 4) by (simpl; split; nra).
  assert (A0 : 0 <= A) by (apply Rmult_le_pos; lra).
  assert (NA : N * A <= b / 28).
  { unfold A; replace (N * (eta * r ^ 2)) with (eta * N * r ^ 2) by ring.
    apply Rle_trans with (b / 7 * (1 / 4)); [apply Rmult_le_compat; try lra; apply Rmult_le_pos; lra|lra]. }
  set (a := fun l => 0 + drifted d (S n) Phi eta (fun _ => unit_matrix) t l).
  assert (Ta : total (S n) a <= A).
  { unfold a; rewrite total_plus, total_const, Rmult_0_r, Rplus_0_l, drifted_total.
    change (eta ^ 2 * total t G <= A); unfold A.
    assert (eta * (eta / 2 * total t G) <= eta * (r ^ 2 / 2)) by (apply Rmult_le_compat_l; lra); lra. }
  assert (FE : frobenius d (residual d (S n) Phi (W t)) <= r).
  { apply below_by_square; [lra|]; rewrite loss_frobenius in I1; lra. }
  assert (C : forall x, b ^ S n * dot d x x <= dot d (mv d (chain d (W t) (S n)) x) (mv d (chain d (W t) (S n)) x)).
  { intros x; replace (b ^ S n) with ((1 - 2 * r) ^ 2) by (rewrite <- Eq; unfold b; rewrite <- !pow_mult; f_equal; lia).
    apply near_identity_below; [lra|apply bounded_frobenius_le, (product_near d n Phi (W t) r); assumption]. }
  assert (A2 : 2 * A < b) by (assert (2 * A <= N * A) by (apply Rmult_le_compat_r; lra); lra).
  assert (B := layers_from_below d n (W t) a A b b0
    ltac:(intros l _; unfold a; rewrite Rplus_0_l; apply drifted_nonneg) Ta A2
    (balanced_at d n Phi eta (fun _ => unit_matrix) (fun _ => 0) (fun _ => 0) (identity_balanced d n) t) C).
  assert (Each : forall l, (l < S n)%nat -> (b - 2 * A) ^ n * (2 * loss d (S n) Phi (W t))
    <= inner d (gradient d (S n) Phi (W t) l) (gradient d (S n) Phi (W t) l))
    by (intros l Hl; apply gradient_from_below; [lra|lia|exact B]).
  apply total_le in Each; rewrite total_const in Each; fold N in Each; fold (gradient_square d (S n) Phi (W t)) in Each.
  change (gradient_square d (S n) Phi (W t)) with (G t) in Each.
  assert (Pn : 13 / 14 * q ^ (2 * n) <= (b - 2 * A) ^ n).
  { replace (b - 2 * A) with (b * (1 - 2 * A / b)) by (field; lra); rewrite Rpow_mult_distr, pow_mult; fold b.
    assert (x0 : 0 <= 2 * A / b) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact b0]).
    assert (x1 : N * (2 * A / b) <= 1 / 14).
    { apply (Rmult_le_reg_r b); [exact b0|]; replace (N * (2 * A / b) * b) with (2 * (N * A)) by (field; lra); lra. }
    assert (N * (2 * A / b) = INR n * (2 * A / b) + 2 * A / b) by (unfold N; rewrite S_INR; ring).
    assert (n0 : 0 <= INR n * (2 * A / b)) by (apply Rmult_le_pos; [apply pos_INR|exact x0]).
    assert (Be := bernoulli n (2 * A / b) ltac:(lra)).
    rewrite (Rmult_comm (13 / 14)); apply Rmult_le_compat_l; [apply pow_le; lra|lra]. }
  assert (K : eta / 2 * (N * (13 / 14 * q ^ (2 * n) * (2 * loss d (S n) Phi (W t)))) <= eta / 2 * G t).
  { apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [|exact Each].
    apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_r; lra]. }
  lra.
Qed.
