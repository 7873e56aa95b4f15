(** Bartlett, Helmbold and Long, targets with u^T Phi u > 0 that need not be symmetric: gradient descent from the identity
    with two regularisers.  After each step the product goes to the nearest matrix with u^T P u >= c |u|^2, and this one is
    written as a product of balanced layers, whose singular values are the same.

    Projection on a convex set that Phi is in brings the product no further from Phi; balanced layers need no margin. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Remainder Convergence AroraNumbers Margin AroraStep.
From Lemmata Require Import Diagonal Decomposition AroraProcedure Nearest.
Open Scope R_scope.

(** u^T A u >= c |u|^2 *)
Definition positive_by (d : nat) (c : R) (A : nat -> nat -> R) : Prop :=
  forall u, c * dot d u u <= dot d u (mv d A u).

(** One step: descent, then the projection, then layers that are balanced and have the projected product. *)
Definition projected_step (d L : nat) (Phi : nat -> nat -> R) (eta c : R) (W V : nat -> nat -> nat -> R) : Prop :=
  nearest_in d (positive_by d c) (chain d (layers_step d L Phi eta W) L) (chain d V L) /\ balanced d L V 0.

(** T such steps from the identity. *)
Definition projected_run (d L : nat) (Phi : nat -> nat -> R) (eta c : R) (T : nat) (W : nat -> nat -> nat -> nat -> R) : Prop :=
  W 0%nat = (fun _ => unit_matrix) /\ forall t, (t < T)%nat -> projected_step d L Phi eta c (W t) (W (S t)).

(** ** The set of the projection *)

Lemma positive_same : forall d c, seen_on d (positive_by d c).
Proof.
  intros d c A B H HA u; eapply Rle_trans; [apply HA|right; apply dot_ext; [reflexivity|]].
  intros i Hi; apply mv_same; assumption.
Qed.

Lemma positive_convex : forall d c, convex (positive_by d c).
Proof.
  intros d c A B t HA HB Ht u; specialize (HA u); specialize (HB u).
  assert (E : dot d u (mv d (madd (mscal (1 - t) A) (mscal t B)) u) = (1 - t) * dot d u (mv d A u) + t * dot d u (mv d B u)).
  { rewrite <- !dot_scal_r, <- dot_plus_r; f_equal; pointwise i; unfold mv.
    rewrite <- (dot_scal_l d (1 - t)), <- (dot_scal_l d t), <- dot_plus_l; reflexivity. }
  rewrite E; apply (Rmult_le_compat_l (1 - t)) in HA; [|lra]; apply (Rmult_le_compat_l t) in HB; lra.
Qed.

Lemma positive_unit : forall d c, c <= 1 -> positive_by d c unit_matrix.
Proof.
  intros d c Hc u; rewrite (dot_ext d u (mv d unit_matrix u) u u (fun _ _ => eq_refl) (mv_unit d u)).
  assert (N := dot_nonneg d u); rewrite <- (Rmult_1_l (dot d u u)) at 2; apply Rmult_le_compat_r; assumption.
Qed.

Lemma positive_below : forall d c A, 0 <= c -> positive_by d c A ->
  forall x, c ^ 2 * dot d x x <= dot d (mv d A x) (mv d A x).
Proof.
  intros d c A Hc H x; specialize (H x); assert (N := dot_nonneg d x); assert (C := cauchy d x (mv d A x)).
  destruct (Rle_lt_or_eq_dec 0 _ N) as [P|Z]; [|rewrite <- Z, Rmult_0_r; apply dot_nonneg].
  apply (Rmult_le_reg_l (dot d x x)); [exact P|]; eapply Rle_trans; [|exact C].
  replace (dot d x x * (c ^ 2 * dot d x x)) with ((c * dot d x x) ^ 2) by ring.
  apply pow_incr; split; [apply Rmult_le_pos; lra|exact H].
Qed.

Lemma positive_at_most : forall d c A, (1 <= d)%nat -> 0 <= c -> positive_by d c A -> c <= frobenius d A.
Proof.
  intros d c A Hd Hc H; assert (B := bounded_frobenius d A (unit_matrix 0)).
  assert (P := positive_below d c A Hc H (unit_matrix 0)).
  assert (E : dot d (unit_matrix 0) (unit_matrix 0) = 1)
    by (assert (E := mv_unit d (unit_matrix 0) 0 ltac:(lia)); unfold mv in E; rewrite E; reflexivity).
  rewrite E in B, P; rewrite <- frobenius_square in B; apply below_by_square; [apply frobenius_nonneg|lra].
Qed.

(** ** The rate *)

Lemma projected_once : forall d n Phi eta r s W V, (1 <= d)%nat -> 0 < r -> positive_by d (r ^ S n) Phi ->
  frobenius d Phi <= s ^ S n -> 0 < s -> 0 <= eta -> eta * INR (S n) * s ^ (2 * n) <= 1 / 24 ->
  balanced d (S n) W 0 -> positive_by d (r ^ S n) (chain d W (S n)) -> frobenius d (residual d (S n) Phi W) <= s ^ S n ->
  projected_step d (S n) Phi eta (r ^ S n) W V ->
  loss d (S n) Phi V <= (1 - eta * r ^ (2 * n)) * loss d (S n) Phi W.
Proof.
  intros d n Phi eta r s W V Hd Hr HPhi Fphi Hs He Hq HB HP HE [Hn _].
  assert (R0 : 0 < r ^ S n) by (apply pow_lt; exact Hr).
  assert (Hrs : r <= s).
  { apply (power_le_inv n); [lra|]; eapply Rle_trans; [apply (positive_at_most d _ Phi Hd (Rlt_le _ _ R0) HPhi)|exact Fphi]. }
  destruct (arora_one d d n Phi eta W (fun _ => 0) 0 r s (1 / 24)) as [A1 A2]; try assumption; try lra; try lia.
  - apply step_constant_any.
  - intros; lra.
  - rewrite total_zero by reflexivity; lra.
  - apply Rle_trans with 0; [lra|]; assert (0 < r ^ 2) by (apply pow_lt; exact Hr); lra.
  - assert (0 < r ^ 2) by (apply pow_lt; exact Hr); lra.
  - apply balanced_nearly; exact HB.
  - intros i j Hi Hj; lia.
  - intros i j Hi Hj; lia.
  - intros x _; rewrite Nat.mul_comm, pow_mult; apply positive_below; [lra|exact HP].
  - assert (Near := nearest_nearer d _ _ _ Phi (positive_convex d _) Hn HPhi).
    assert (Le : loss d (S n) Phi V <= loss d (S n) Phi (layers_step d (S n) Phi eta W)).
    { rewrite !loss_frobenius; unfold residual; unfold Rdiv; apply Rmult_le_compat_r; [lra|].
      apply pow_incr; split; [apply frobenius_nonneg|exact Near]. }
    assert (Rt := loss_nonneg d (S n) Phi W); apply (Rmult_le_compat_l eta) in A2; [|exact He].
    assert (0 <= eta * r ^ (2 * n) * loss d (S n) Phi W).
    { apply Rmult_le_pos; [apply Rmult_le_pos; [exact He|apply pow_le; lra]|exact Rt]. }
    lra.
Qed.

Lemma unit_chain : forall d l, same d (chain d (fun _ => unit_matrix) l) unit_matrix.
Proof.
  intros d l; induction l as [|l IH]; [apply same_refl|]; simpl chain; eapply same_trans; [apply mul_unit_l|exact IH].
Qed.

Lemma unit_balanced : forall d L, balanced d L (fun _ => unit_matrix) 0.
Proof.
  intros d L l _; rewrite tr_unit; right; unfold frobenius.
  assert (E : msub (mul d unit_matrix unit_matrix) (mul d unit_matrix unit_matrix) = mscal 0 unit_matrix)
    by (pointwise i; pointwise j; unfold msub, mscal; ring).
  rewrite E, inner_scal_l, Rmult_0_l; apply sqrt_0.
Qed.

(** c = r^L is at most 1, u^T Phi u >= c |u|^2, and s^L is at least |Phi| and |Phi - I|. *)
Theorem power_projection_rate : forall d L Phi eta r s T W t,
  (1 <= d)%nat -> (1 <= L)%nat -> 0 < r <= 1 -> positive_by d (r ^ L) Phi ->
  0 < s -> frobenius d Phi <= s ^ L -> frobenius d (msub unit_matrix Phi) <= s ^ L ->
  0 <= eta -> eta * INR L * s ^ (2 * L - 2) <= 1 / 24 ->
  projected_run d L Phi eta (r ^ L) T W -> (t <= T)%nat ->
  positive_by d (r ^ L) (chain d (W t) L) /\ balanced d L (W t) 0 /\
  loss d L Phi (W t) <= (1 - eta * r ^ (2 * L - 2)) ^ t * loss d L Phi (fun _ => unit_matrix).
Proof.
  intros d L Phi eta r s T W t Hd HL Hr HPhi Hs F1 F2 He Hq [W0 HW]; destruct L as [|n]; [lia|].
  replace (2 * S n - 2)%nat with (2 * n)%nat in * by lia; set (L := S n) in *; set (k := eta * r ^ (2 * n)) in *.
  assert (c1 : r ^ L <= 1) by (rewrite <- (pow1 L); apply pow_incr; lra).
  assert (R0 : 0 < r ^ L) by (apply pow_lt; lra).
  assert (Hrs : r <= s).
  { apply (power_le_inv n); [lra|]; eapply Rle_trans; [apply (positive_at_most d _ Phi Hd (Rlt_le _ _ R0) HPhi)|exact F1]. }
  assert (k0 : 0 <= k) by (apply Rmult_le_pos; [exact He|apply pow_le; lra]).
  assert (k1 : k <= 1).
  { assert (l1 : 1 <= INR L) by (apply (le_INR 1); unfold L; lia).
    assert (P : r ^ (2 * n) <= s ^ (2 * n)) by (apply pow_incr; lra).
    assert (k <= eta * s ^ (2 * n)) by (apply Rmult_le_compat_l; assumption).
    assert (0 <= eta * s ^ (2 * n)) by (apply Rmult_le_pos; [exact He|apply pow_le; lra]); nra. }
  assert (E0 : frobenius d (residual d L Phi (fun _ => unit_matrix)) <= s ^ L).
  { eapply Rle_trans; [right|exact F2]; unfold frobenius; f_equal; apply inner_same, same_sub; [apply unit_chain|apply same_refl]. }
  set (l0 := loss d L Phi (fun _ => unit_matrix)) in *.
  induction t as [|t IH]; intros Ht.
  - rewrite W0; split; [|split; [apply unit_balanced|unfold l0; simpl; lra]].
    apply (positive_same d _ unit_matrix); [apply same_sym, unit_chain|apply positive_unit; exact c1].
  - destruct (IH ltac:(lia)) as [I1 [I2 I3]]; assert (St := HW t ltac:(lia)); destruct St as [[S1 S2] S3].
    split; [exact S1|split; [exact S3|]].
    assert (Q : 0 <= (1 - k) ^ t <= 1)
      by (split; [apply pow_le; lra|assert (X := pow_incr (1 - k) 1 t ltac:(lra)); rewrite pow1 in X; exact X]).
    assert (L0 : 0 <= l0) by apply loss_nonneg.
    assert (E : frobenius d (residual d L Phi (W t)) <= s ^ L).
    { eapply Rle_trans; [|exact E0]; apply below_by_square; [apply frobenius_nonneg|].
      assert (X : loss d L Phi (W t) <= l0) by nra; unfold l0 in X; rewrite !loss_frobenius in X; lra. }
    assert (X := projected_once d n Phi eta r s (W t) (W (S t)) Hd (proj1 Hr) HPhi F1 Hs He Hq I2 I1 E (HW t ltac:(lia))).
    fold k in X; change ((1 - k) ^ S t) with ((1 - k) * (1 - k) ^ t); rewrite Rmult_assoc.
    eapply Rle_trans; [exact X|apply Rmult_le_compat_l; [lra|exact I3]].
Qed.

(** So many steps are enough: with the largest step size 24 L (s/r)^(2L-2) ln (loss at the start/eps). *)
Theorem power_projection_steps : forall d L Phi eta r s eps T W,
  (1 <= d)%nat -> (1 <= L)%nat -> 0 < r <= 1 -> positive_by d (r ^ L) Phi ->
  0 < s -> frobenius d Phi <= s ^ L -> frobenius d (msub unit_matrix Phi) <= s ^ L ->
  0 < eta -> eta * INR L * s ^ (2 * L - 2) <= 1 / 24 ->
  projected_run d L Phi eta (r ^ L) T W -> 0 < eps ->
  ln (loss d L Phi (fun _ => unit_matrix) / eps) / (eta * r ^ (2 * L - 2)) <= INR T ->
  loss d L Phi (W T) <= eps.
Proof.
  intros d L Phi eta r s eps T W Hd HL Hr HPhi Hs F1 F2 He Hq HW Heps HT.
  destruct (power_projection_rate d L Phi eta r s T W T Hd HL Hr HPhi Hs F1 F2 (Rlt_le _ _ He) Hq HW (Nat.le_refl T)) as [_ [_ H]].
  set (R := loss d L Phi (fun _ => unit_matrix)) in *; assert (R0 : 0 <= R) by apply loss_nonneg.
  assert (R1 : 0 < r ^ L) by (apply pow_lt; lra).
  assert (Hrs : r <= s).
  { destruct L as [|n]; [lia|]; apply (power_le_inv n); [lra|].
    eapply Rle_trans; [apply (positive_at_most d _ Phi Hd (Rlt_le _ _ R1) HPhi)|exact F1]. }
  assert (K0 : 0 < eta * r ^ (2 * L - 2)) by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
  assert (K1 : eta * r ^ (2 * L - 2) <= 1).
  { assert (l1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
    assert (P : r ^ (2 * L - 2) <= s ^ (2 * L - 2)) by (apply pow_incr; lra).
    assert (eta * r ^ (2 * L - 2) <= eta * s ^ (2 * L - 2)) by (apply Rmult_le_compat_l; lra).
    assert (0 <= eta * s ^ (2 * L - 2)) by (apply Rmult_le_pos; [lra|apply pow_le; lra]); nra. }
  set (k := eta * r ^ (2 * L - 2)) in *; eapply Rle_trans; [exact H|].
  destruct (Rle_lt_or_eq_dec 0 R R0) as [Rp|Rz]; [|rewrite <- Rz, Rmult_0_r; lra].
  apply Rle_trans with (exp (- k * INR T) * R); [apply Rmult_le_compat_r; [lra|apply power_below_exp; lra]|].
  apply (Rmult_le_compat_l k) in HT; [|lra]; replace (k * (ln (R / eps) / k)) with (ln (R / eps)) in HT by (field; lra).
  apply Rle_trans with (exp (- ln (R / eps)) * R); [apply Rmult_le_compat_r; [lra|apply exp_le_compat; lra]|].
  rewrite <- ln_Rinv, exp_ln by (try apply Rinv_0_lt_compat; apply Rdiv_lt_0_compat; lra); right; field; split; lra.
Qed.
