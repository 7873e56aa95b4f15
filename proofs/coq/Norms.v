(** Cauchy-Schwarz, operator bounds as quadratic forms, and the Frobenius norm.

    [bounded d A s] says |A x|^2 <= s |x|^2 for all x, that is, the spectral norm is at most the
    root of s; no spectral theorem is needed for it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix.
Open Scope R_scope.

Definition bounded (d : nat) (A : nat -> nat -> R) (s : R) : Prop :=
  forall x, dot d (mv d A x) (mv d A x) <= s * dot d x x.

Definition frobenius (d : nat) (A : nat -> nat -> R) : R := sqrt (inner d A A).

(** ** Cauchy-Schwarz *)

Lemma below_by_square : forall x y, 0 <= y -> x ^ 2 <= y ^ 2 -> x <= y.
Proof.
  intros x y Hy H; apply Rnot_lt_le; intros L.
  assert (0 < (x - y) * (x + y)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

Lemma discriminant : forall a b c, 0 <= a -> (forall t, 0 <= a * t ^ 2 + 2 * t * b + c) ->
  b ^ 2 <= a * c.
Proof.
  intros a b c Ha H; destruct (Req_dec a 0) as [->|Z].
  - destruct (Req_dec b 0) as [->|B]; [lra|exfalso].
    specialize (H (- (c + 1) / (2 * b))).
    replace (0 * (- (c + 1) / (2 * b)) ^ 2 + 2 * (- (c + 1) / (2 * b)) * b + c)
      with (-1) in H by (field; exact B); lra.
  - specialize (H (- b / a)).
    apply (Rmult_le_compat_l a) in H; [|lra]; rewrite Rmult_0_r in H.
    replace (a * (a * (- b / a) ^ 2 + 2 * (- b / a) * b + c))
      with (a * c - b ^ 2) in H by (field; exact Z); lra.
Qed.

Lemma cauchy : forall d x y, dot d x y ^ 2 <= dot d x x * dot d y y.
Proof.
  intros d x y; apply discriminant; [apply dot_nonneg|]; intros t.
  assert (P := dot_nonneg d (fun i => t * x i + y i)).
  rewrite dot_plus_l, !dot_plus_r, !dot_scal_l, !dot_scal_r, (dot_comm d y x) in P; lra.
Qed.

Lemma inner_cauchy : forall d A B, inner d A B ^ 2 <= inner d A A * inner d B B.
Proof.
  intros d A B; apply discriminant; [apply inner_nonneg|]; intros t.
  assert (P := inner_nonneg d (madd (mscal t A) B)).
  rewrite inner_add_l, !inner_add_r, !inner_scal_l, !inner_scal_r, (inner_comm d B A) in P; lra.
Qed.

(** (sum of n terms)^2 <= n times the sum of squares *)
Lemma total_cauchy : forall n g, total n g ^ 2 <= INR n * total n (fun i => g i ^ 2).
Proof.
  intros n g; assert (C := cauchy n (fun _ => 1) g); unfold dot in C.
  rewrite (total_ext n (fun i => 1 * g i) g), total_const in C by (intros; ring).
  rewrite (total_ext n (fun i => g i * g i) (fun i => g i ^ 2)) in C by (intros; ring); lra.
Qed.

(** ** Operator bounds *)

Lemma bounded_mono : forall d A s r, s <= r -> bounded d A s -> bounded d A r.
Proof.
  intros d A s r H B x; eapply Rle_trans; [apply B|].
  apply Rmult_le_compat_r; [apply dot_nonneg|exact H].
Qed.

Lemma bounded_unit : forall d, bounded d unit_matrix 1.
Proof.
  intros d x; rewrite norm_unit; lra.
Qed.

Lemma bounded_tr : forall d A s, 0 <= s -> bounded d A s -> bounded d (tr A) s.
Proof.
  intros d A s Hs B x; set (y := mv d (tr A) x).
  assert (E : dot d y y = dot d x (mv d A y)) by (unfold y; rewrite adjoint, tr_tr; reflexivity).
  assert (C := cauchy d x (mv d A y)); rewrite <- E in C.
  assert (By := B y).
  assert (Nx := dot_nonneg d x); assert (Ny := dot_nonneg d y).
  destruct (Rle_lt_or_eq_dec 0 (dot d y y) Ny) as [P|P].
  - apply (Rmult_le_reg_r (dot d y y)); [exact P|].
    apply Rle_trans with (dot d x x * dot d (mv d A y) (mv d A y)); [lra|].
    apply Rle_trans with (dot d x x * (s * dot d y y)); [|lra].
    apply Rmult_le_compat_l; assumption.
  - rewrite <- P; apply Rmult_le_pos; assumption.
Qed.

Lemma bounded_mul : forall d A B s r, 0 <= s -> bounded d A s -> bounded d B r ->
  bounded d (mul d A B) (s * r).
Proof.
  intros d A B s r Hs HA HB x; rewrite mv_mul; eapply Rle_trans; [apply HA|].
  rewrite Rmult_assoc; apply Rmult_le_compat_l; [exact Hs|apply HB].
Qed.

Lemma bounded_frobenius : forall d A, bounded d A (inner d A A).
Proof.
  intros d A x; unfold dot at 1; unfold inner; rewrite Rmult_comm, <- total_scal.
  apply total_le; intros i _; unfold mv.
  assert (C := cauchy d (A i) x); lra.
Qed.

(** Spectral norms satisfy the triangle inequality. *)
Lemma bounded_add : forall d A B a b, 0 <= a -> 0 <= b ->
  bounded d A (a ^ 2) -> bounded d B (b ^ 2) -> bounded d (madd A B) ((a + b) ^ 2).
Proof.
  intros d A B a b Ha Hb HA HB x.
  assert (E : mv d (madd A B) x = (fun i => mv d A x i + mv d B x i)).
  { pointwise i; apply dot_plus_l. }
  rewrite E, dot_plus_l, !dot_plus_r, (dot_comm d (mv d B x)).
  specialize (HA x); specialize (HB x).
  assert (C := cauchy d (mv d A x) (mv d B x)).
  assert (Nx := dot_nonneg d x).
  set (p := dot d (mv d A x) (mv d A x)) in *; set (q := dot d (mv d B x) (mv d B x)) in *.
  set (c := dot d (mv d A x) (mv d B x)) in *; set (n := dot d x x) in *.
  assert (Np : 0 <= p) by apply dot_nonneg; assert (Nq : 0 <= q) by apply dot_nonneg.
  assert (Hc : c <= a * b * n).
  { apply below_by_square; [repeat apply Rmult_le_pos; assumption|].
    apply Rle_trans with (p * q); [exact C|].
    replace ((a * b * n) ^ 2) with ((a ^ 2 * n) * (b ^ 2 * n)) by ring.
    apply Rmult_le_compat; assumption. }
  replace ((a + b) ^ 2 * n) with (a ^ 2 * n + 2 * (a * b * n) + b ^ 2 * n) by ring; lra.
Qed.

Lemma bounded_scal : forall d c A s, bounded d A s -> bounded d (mscal c A) (c ^ 2 * s).
Proof.
  intros d c A s H x.
  assert (E : mv d (mscal c A) x = (fun i => c * mv d A x i)).
  { pointwise i; apply dot_scal_l. }
  rewrite E, dot_scal_l, dot_scal_r; specialize (H x).
  assert (0 <= c ^ 2) by apply pow2_ge_0.
  assert (c ^ 2 * dot d (mv d A x) (mv d A x) <= c ^ 2 * (s * dot d x x))
    by (apply Rmult_le_compat_l; assumption).
  lra.
Qed.

(** ** Frobenius norms of products *)

Lemma inner_mul_bounded : forall d A B s, bounded d A s ->
  inner d (mul d A B) (mul d A B) <= s * inner d B B.
Proof.
  intros d A B s H; rewrite !inner_columns, <- total_scal; apply total_le; intros j _.
  exact (H (fun k => B k j)).
Qed.

Lemma inner_mul_bounded_r : forall d A B s, 0 <= s -> bounded d B s ->
  inner d (mul d A B) (mul d A B) <= s * inner d A A.
Proof.
  intros d A B s Hs H; rewrite <- (inner_tr d (mul d A B)), <- (inner_tr d A), tr_mul.
  apply inner_mul_bounded, bounded_tr; assumption.
Qed.

(** If |B^T x|^2 >= c |x|^2 for all x, then |A B|^2 >= c |A|^2. *)
Lemma inner_mul_below : forall d A B c,
  (forall x, c * dot d x x <= dot d (mv d (tr B) x) (mv d (tr B) x)) ->
  c * inner d A A <= inner d (mul d A B) (mul d A B).
Proof.
  intros d A B c H; unfold inner; rewrite <- total_scal; apply total_le; intros i _.
  eapply Rle_trans; [apply (H (A i))|right].
  apply dot_ext; intros j _; unfold mv, mul; apply dot_comm.
Qed.

Lemma inner_mul_below_l : forall d A B c, (forall x, c * dot d x x <= dot d (mv d A x) (mv d A x)) ->
  c * inner d B B <= inner d (mul d A B) (mul d A B).
Proof.
  intros d A B c H; rewrite !inner_columns, <- total_scal; apply total_le; intros j _.
  exact (H (fun k => B k j)).
Qed.

(** ** The Frobenius norm *)

Lemma frobenius_nonneg : forall d A, 0 <= frobenius d A.
Proof. intros; apply sqrt_pos. Qed.

Lemma frobenius_square : forall d A, frobenius d A ^ 2 = inner d A A.
Proof. intros; apply pow2_sqrt, inner_nonneg. Qed.

Lemma frobenius_below : forall d A c, 0 <= c -> inner d A A <= c ^ 2 -> frobenius d A <= c.
Proof.
  intros d A c Hc H; rewrite <- (sqrt_pow2 c Hc); apply sqrt_le_1_alt; exact H.
Qed.

Lemma inner_below : forall d A B, inner d A B <= frobenius d A * frobenius d B.
Proof.
  intros d A B; apply below_by_square.
  - apply Rmult_le_pos; apply frobenius_nonneg.
  - rewrite Rpow_mult_distr, !frobenius_square; apply inner_cauchy.
Qed.

Lemma frobenius_add : forall d A B, frobenius d (madd A B) <= frobenius d A + frobenius d B.
Proof.
  intros d A B; assert (P := frobenius_nonneg d A); assert (Q := frobenius_nonneg d B).
  apply frobenius_below; [lra|].
  rewrite inner_add_l, !inner_add_r, (inner_comm d B A), <- !frobenius_square.
  assert (C := inner_below d A B); nra.
Qed.

Lemma frobenius_scal : forall d c A, 0 <= c -> frobenius d (mscal c A) = c * frobenius d A.
Proof.
  intros d c A Hc; unfold frobenius.
  rewrite inner_scal_l, inner_scal_r, <- Rmult_assoc, sqrt_mult_alt, sqrt_square; auto.
  apply Rmult_le_pos; exact Hc.
Qed.

Lemma frobenius_mul : forall d A B a, 0 <= a -> bounded d A (a ^ 2) ->
  frobenius d (mul d A B) <= a * frobenius d B.
Proof.
  intros d A B a Ha H; apply frobenius_below; [apply Rmult_le_pos; [exact Ha|apply frobenius_nonneg]|].
  rewrite Rpow_mult_distr, frobenius_square; apply inner_mul_bounded; exact H.
Qed.

Lemma frobenius_mul_r : forall d A B b, 0 <= b -> bounded d B (b ^ 2) ->
  frobenius d (mul d A B) <= frobenius d A * b.
Proof.
  intros d A B b Hb H; apply frobenius_below; [apply Rmult_le_pos; [apply frobenius_nonneg|exact Hb]|].
  rewrite Rpow_mult_distr, frobenius_square, Rmult_comm.
  apply inner_mul_bounded_r; [apply pow2_ge_0|exact H].
Qed.

Lemma bounded_frobenius_square : forall d A, bounded d A (frobenius d A ^ 2).
Proof. intros; rewrite frobenius_square; apply bounded_frobenius. Qed.
