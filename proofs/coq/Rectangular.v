(** Rectangular matrices: functions of two indices, with the numbers of rows and columns given where a
    norm is taken.

    [mul n A B] sums over the n columns of A, whatever the other two sizes are; here are the Frobenius
    product of m by n matrices, operator bounds from above and below, entrywise products and maps. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms.
Open Scope R_scope.

(** The Frobenius product and norm of m by n matrices. *)
Definition rinner (m n : nat) (A B : nat -> nat -> R) : R := total m (fun i => dot n (A i) (B i)).

Definition rnorm (m n : nat) (A : nat -> nat -> R) : R := sqrt (rinner m n A A).

(** A has m rows and n columns: |A x| <= a |x| and |A x| >= c |x| for all x. *)
Definition opnorm (m n : nat) (A : nat -> nat -> R) (a : R) : Prop :=
  forall x, dot m (mv n A x) (mv n A x) <= a ^ 2 * dot n x x.

Definition opbelow (m n : nat) (A : nat -> nat -> R) (c : R) : Prop :=
  forall x, c ^ 2 * dot n x x <= dot m (mv n A x) (mv n A x).

(** Entry by entry. *)
Definition entries (f : R -> R) (A : nat -> nat -> R) : nat -> nat -> R := fun i j => f (A i j).

Definition hadamard (A B : nat -> nat -> R) : nat -> nat -> R := fun i j => A i j * B i j.

Definition zero_matrix (i j : nat) : R := 0.

(** ** The Frobenius product *)

Lemma rinner_ext : forall m n A B C D,
  (forall i j, (i < m)%nat -> (j < n)%nat -> A i j = C i j) ->
  (forall i j, (i < m)%nat -> (j < n)%nat -> B i j = D i j) -> rinner m n A B = rinner m n C D.
Proof. intros m n A B C D H K; apply total_ext; intros i Hi; apply dot_ext; auto. Qed.

Lemma rinner_comm : forall m n A B, rinner m n A B = rinner m n B A.
Proof. intros; apply total_ext; intros; apply dot_comm. Qed.

Lemma rinner_nonneg : forall m n A, 0 <= rinner m n A A.
Proof. intros; apply total_nonneg; intros; apply dot_nonneg. Qed.

Lemma rinner_add_l : forall m n A B C, rinner m n (madd A B) C = rinner m n A C + rinner m n B C.
Proof. intros; unfold rinner; rewrite <- total_plus; apply total_ext; intros; apply dot_plus_l. Qed.

Lemma rinner_add_r : forall m n A B C, rinner m n A (madd B C) = rinner m n A B + rinner m n A C.
Proof. intros; rewrite !(rinner_comm m n A); apply rinner_add_l. Qed.

Lemma rinner_scal_l : forall m n c A B, rinner m n (mscal c A) B = c * rinner m n A B.
Proof. intros; unfold rinner; rewrite <- total_scal; apply total_ext; intros; apply dot_scal_l. Qed.

Lemma rinner_scal_r : forall m n c A B, rinner m n A (mscal c B) = c * rinner m n A B.
Proof. intros; rewrite !(rinner_comm m n A); apply rinner_scal_l. Qed.

Lemma rinner_zero_r : forall m n A, rinner m n A zero_matrix = 0.
Proof. intros; apply total_zero; intros i _; apply total_zero; intros; apply Rmult_0_r. Qed.

(** The same sum, column by column. *)
Lemma rinner_columns : forall m n A B,
  rinner m n A B = total n (fun j => dot m (fun i => A i j) (fun i => B i j)).
Proof. intros; unfold rinner, dot; apply total_swap. Qed.

Lemma rinner_tr : forall m n A B, rinner m n (tr A) (tr B) = rinner n m A B.
Proof. intros; unfold rinner, dot, tr; apply total_swap. Qed.

Lemma adjoint_rectangular : forall m n A x y, dot m (mv n A x) y = dot n x (mv m (tr A) y).
Proof.
  intros m n A x y; unfold mv, dot, tr.
  transitivity (total m (fun i => total n (fun j => A i j * x j * y i))).
  - apply total_ext; intros; rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring.
  - rewrite total_swap; apply total_ext; intros; rewrite <- total_scal; apply total_ext; intros; ring.
Qed.

(** <A B, C> = <B, A^T C> = <A, C B^T>; A is m by n, B is n by p. *)
Lemma rinner_mul_l : forall m n p A B C,
  rinner m p (mul n A B) C = rinner n p B (mul m (tr A) C).
Proof.
  intros m n p A B C; rewrite !rinner_columns; apply total_ext; intros j _.
  exact (adjoint_rectangular m n A (fun k => B k j) (fun i => C i j)).
Qed.

Lemma rinner_mul_r : forall m n p A B C,
  rinner m p (mul n A B) C = rinner m n A (mul p C (tr B)).
Proof.
  intros m n p A B C; apply total_ext; intros i _.
  transitivity (dot p (mv n (tr B) (A i)) (C i)).
  - apply dot_ext; intros j _; [apply dot_comm|reflexivity].
  - rewrite adjoint_rectangular; apply dot_ext; intros j _; [reflexivity|apply dot_comm].
Qed.

Lemma rinner_hadamard : forall m n S A B, rinner m n (hadamard S A) B = rinner m n A (hadamard S B).
Proof. intros; apply total_ext; intros i _; apply total_ext; intros j _; unfold hadamard; ring. Qed.

(** ** The Frobenius norm *)

Lemma rnorm_nonneg : forall m n A, 0 <= rnorm m n A.
Proof. intros; apply sqrt_pos. Qed.

Lemma rnorm_square : forall m n A, rnorm m n A ^ 2 = rinner m n A A.
Proof. intros; apply pow2_sqrt, rinner_nonneg. Qed.

Lemma rnorm_below : forall m n A c, 0 <= c -> rinner m n A A <= c ^ 2 -> rnorm m n A <= c.
Proof. intros m n A c Hc H; rewrite <- (sqrt_pow2 c Hc); apply sqrt_le_1_alt; exact H. Qed.

Lemma rnorm_above : forall m n A c, 0 <= c -> c ^ 2 <= rinner m n A A -> c <= rnorm m n A.
Proof. intros m n A c Hc H; rewrite <- (sqrt_pow2 c Hc); apply sqrt_le_1_alt; exact H. Qed.

Lemma rnorm_ext : forall m n A B, (forall i j, (i < m)%nat -> (j < n)%nat -> A i j = B i j) ->
  rnorm m n A = rnorm m n B.
Proof. intros; unfold rnorm; f_equal; apply rinner_ext; assumption. Qed.

Lemma rnorm_zero : forall m n, rnorm m n zero_matrix = 0.
Proof. intros; unfold rnorm; rewrite rinner_zero_r; apply sqrt_0. Qed.

Lemma rinner_cauchy : forall m n A B, rinner m n A B ^ 2 <= rinner m n A A * rinner m n B B.
Proof.
  intros m n A B; apply discriminant; [apply rinner_nonneg|]; intros t.
  assert (P := rinner_nonneg m n (madd (mscal t A) B)).
  rewrite rinner_add_l, !rinner_add_r, !rinner_scal_l, !rinner_scal_r, (rinner_comm m n B A) in P; lra.
Qed.

Lemma rinner_below : forall m n A B, rinner m n A B <= rnorm m n A * rnorm m n B.
Proof.
  intros m n A B; apply below_by_square.
  - apply Rmult_le_pos; apply rnorm_nonneg.
  - rewrite Rpow_mult_distr, !rnorm_square; apply rinner_cauchy.
Qed.

Lemma rnorm_add : forall m n A B, rnorm m n (madd A B) <= rnorm m n A + rnorm m n B.
Proof.
  intros m n A B; assert (P := rnorm_nonneg m n A); assert (Q := rnorm_nonneg m n B).
  apply rnorm_below; [lra|].
  rewrite rinner_add_l, !rinner_add_r, (rinner_comm m n B A), <- !rnorm_square.
  assert (C := rinner_below m n A B); nra.
Qed.

Lemma rnorm_scal : forall m n c A, rnorm m n (mscal c A) = Rabs c * rnorm m n A.
Proof.
  intros m n c A; unfold rnorm; rewrite rinner_scal_l, rinner_scal_r, <- Rmult_assoc.
  rewrite sqrt_mult_alt by (apply Rle_0_sqr); f_equal; apply sqrt_Rsqr_abs.
Qed.

Lemma rnorm_entry : forall m n A i j, (i < m)%nat -> (j < n)%nat -> Rabs (A i j) <= rnorm m n A.
Proof.
  intros m n A i j Hi Hj; apply rnorm_above; [apply Rabs_pos|]; rewrite pow2_abs.
  apply Rle_trans with (dot n (A i) (A i)).
  - replace (A i j ^ 2) with (A i j * A i j) by ring.
    apply (total_one n (fun k => A i k * A i k)); [intros; apply Rle_0_sqr|exact Hj].
  - apply (total_one m (fun k => dot n (A k) (A k))); [intros; apply dot_nonneg|exact Hi].
Qed.

(** Entries that are smaller, or larger. *)
Lemma rnorm_entries : forall m n A B,
  (forall i j, (i < m)%nat -> (j < n)%nat -> A i j ^ 2 <= B i j ^ 2) -> rnorm m n A <= rnorm m n B.
Proof.
  intros m n A B H; apply sqrt_le_1_alt, total_le; intros i Hi; apply total_le; intros j Hj.
  specialize (H i j Hi Hj); lra.
Qed.

Lemma rnorm_entries_scal : forall m n A B c, 0 <= c ->
  (forall i j, (i < m)%nat -> (j < n)%nat -> A i j ^ 2 <= (c * B i j) ^ 2) -> rnorm m n A <= c * rnorm m n B.
Proof.
  intros m n A B c Hc H; rewrite <- (Rabs_pos_eq c Hc) at 1; rewrite <- rnorm_scal.
  apply rnorm_entries; exact H.
Qed.

(** Matrices whose entries are at most the squares of another's. *)
Lemma rnorm_squares : forall m n A B c, 0 <= c ->
  (forall i j, (i < m)%nat -> (j < n)%nat -> Rabs (A i j) <= c * B i j ^ 2) ->
  rnorm m n A <= c * rnorm m n B ^ 2.
Proof.
  intros m n A B c Hc H; set (b := rnorm m n B); assert (Hb : 0 <= b) by apply rnorm_nonneg.
  replace (c * b ^ 2) with (c * b * rnorm m n B) by (unfold b; ring).
  apply rnorm_entries_scal; [apply Rmult_le_pos; assumption|]; intros i j Hi Hj.
  rewrite <- (pow2_abs (A i j)), <- (pow2_abs (c * b * B i j)); apply pow_incr; split; [apply Rabs_pos|].
  eapply Rle_trans; [apply (H i j Hi Hj)|].
  rewrite Rabs_mult, (Rabs_pos_eq (c * b)) by (apply Rmult_le_pos; assumption).
  rewrite <- (pow2_abs (B i j)); assert (E := rnorm_entry m n B i j Hi Hj); fold b in E.
  replace (c * Rabs (B i j) ^ 2) with (c * Rabs (B i j) * Rabs (B i j)) by ring.
  apply Rmult_le_compat_r; [apply Rabs_pos|apply Rmult_le_compat_l; assumption].
Qed.

(** ** Operator bounds *)

Lemma opnorm_mono : forall m n A a b, 0 <= a <= b -> opnorm m n A a -> opnorm m n A b.
Proof.
  intros m n A a b H B x; eapply Rle_trans; [apply B|].
  apply Rmult_le_compat_r; [apply dot_nonneg|apply pow_incr; exact H].
Qed.

Lemma opnorm_tr : forall m n A a, opnorm m n A a -> opnorm n m (tr A) a.
Proof.
  intros m n A a B x; set (y := mv m (tr A) x).
  assert (E : dot n y y = dot m x (mv n A y)).
  { unfold y at 1; rewrite adjoint_rectangular, tr_tr; reflexivity. }
  assert (C := cauchy m x (mv n A y)); rewrite <- E in C.
  assert (By := B y); assert (Nx := dot_nonneg m x); assert (Ny := dot_nonneg n y).
  assert (Ha : 0 <= a ^ 2) by apply pow2_ge_0.
  destruct (Rle_lt_or_eq_dec 0 (dot n y y) Ny) as [P|P].
  - apply (Rmult_le_reg_r (dot n y y)); [exact P|].
    apply Rle_trans with (dot m x x * dot m (mv n A y) (mv n A y)); [lra|].
    apply Rle_trans with (dot m x x * (a ^ 2 * dot n y y)); [|lra].
    apply Rmult_le_compat_l; assumption.
  - rewrite <- P; apply Rmult_le_pos; assumption.
Qed.

Lemma opnorm_rnorm : forall m n A, opnorm m n A (rnorm m n A).
Proof.
  intros m n A x; rewrite rnorm_square; unfold dot at 1; unfold rinner.
  rewrite Rmult_comm, <- total_scal; apply total_le; intros i _; unfold mv.
  assert (C := cauchy n (A i) x); lra.
Qed.

(** |A x + B x| <= |A x| + |B x|, by roots. *)
Lemma dot_triangle : forall d x y a b, 0 <= a -> 0 <= b -> dot d x x <= a ^ 2 -> dot d y y <= b ^ 2 ->
  dot d (fun i => x i + y i) (fun i => x i + y i) <= (a + b) ^ 2.
Proof.
  intros d x y a b Ha Hb Hx Hy; rewrite dot_plus_l, !dot_plus_r, (dot_comm d y x).
  assert (C := cauchy d x y).
  assert (K : dot d x y <= a * b).
  { apply below_by_square; [apply Rmult_le_pos; assumption|]; eapply Rle_trans; [exact C|].
    rewrite Rpow_mult_distr; apply Rmult_le_compat; try apply dot_nonneg; assumption. }
  lra.
Qed.

Lemma opnorm_near : forall m n A B a e, 0 <= a -> rnorm m n (msub B A) <= e -> opnorm m n A a ->
  opnorm m n B (a + e).
Proof.
  intros m n A B a e Ha HE HA x; assert (E0 := rnorm_nonneg m n (msub B A)).
  set (r := sqrt (dot n x x)); assert (r0 : 0 <= r) by apply sqrt_pos.
  assert (rr : r ^ 2 = dot n x x) by (apply pow2_sqrt, dot_nonneg).
  rewrite <- rr, <- Rpow_mult_distr, Rmult_plus_distr_r.
  apply Rle_trans with (dot m (fun i => mv n A x i + mv n (msub B A) x i) (fun i => mv n A x i + mv n (msub B A) x i)).
  - right; apply dot_ext; intros i _; unfold mv, msub; rewrite <- dot_plus_l; apply dot_ext; intros; ring.
  - apply dot_triangle; [apply Rmult_le_pos; lra|apply Rmult_le_pos; lra| |]; rewrite Rpow_mult_distr, rr.
    + apply HA.
    + eapply Rle_trans; [apply opnorm_rnorm|]; apply Rmult_le_compat_r; [apply dot_nonneg|].
      apply pow_incr; lra.
Qed.

Lemma opbelow_near : forall m n A B c e, rnorm m n (msub B A) <= e -> e <= c -> opbelow m n A c ->
  opbelow m n B (c - e).
Proof.
  intros m n A B c e HE Hc HA x; assert (E0 := rnorm_nonneg m n (msub B A)).
  set (r := sqrt (dot n x x)); assert (r0 : 0 <= r) by apply sqrt_pos.
  assert (rr : r ^ 2 = dot n x x) by (apply pow2_sqrt, dot_nonneg).
  set (y := sqrt (dot m (mv n B x) (mv n B x))); assert (y0 : 0 <= y) by apply sqrt_pos.
  assert (yy : y ^ 2 = dot m (mv n B x) (mv n B x)) by (apply pow2_sqrt, dot_nonneg).
  assert (K : (c * r) ^ 2 <= (y + e * r) ^ 2).
  { rewrite Rpow_mult_distr, rr; eapply Rle_trans; [apply HA|].
    apply Rle_trans with (dot m (fun i => mv n B x i + mv n (msub A B) x i) (fun i => mv n B x i + mv n (msub A B) x i)).
    - right; apply dot_ext; intros i _; unfold mv, msub; rewrite <- dot_plus_l; apply dot_ext; intros; ring.
    - apply dot_triangle; [exact y0|apply Rmult_le_pos; lra|lra|]; rewrite Rpow_mult_distr, rr.
      eapply Rle_trans; [apply opnorm_rnorm|]; apply Rmult_le_compat_r; [apply dot_nonneg|].
      replace (rnorm m n (msub A B)) with (rnorm m n (msub B A)); [apply pow_incr; lra|].
      unfold rnorm; f_equal; apply total_ext; intros i _; apply total_ext; intros; unfold msub; ring. }
  assert (P : c * r <= y + e * r) by (apply below_by_square; [assert (0 <= e * r) by (apply Rmult_le_pos; lra); lra|exact K]).
  rewrite <- rr, <- yy, <- Rpow_mult_distr; apply pow_incr; split; [apply Rmult_le_pos; lra|lra].
Qed.

(** ** Frobenius norms of products: A is m by n, B is n by p *)

Lemma rnorm_mul_tr : forall m n p A B b, 0 <= b -> opnorm p n B b ->
  rnorm m p (mul n A (tr B)) <= rnorm m n A * b.
Proof.
  intros m n p A B b Hb H; apply rnorm_below; [apply Rmult_le_pos; [apply rnorm_nonneg|exact Hb]|].
  rewrite Rpow_mult_distr, rnorm_square, Rmult_comm; unfold rinner; rewrite <- total_scal.
  apply total_le; intros i _; eapply Rle_trans; [right|apply (H (A i))].
  apply dot_ext; intros j _; unfold mv, mul, tr; apply dot_comm.
Qed.

Lemma rnorm_mul : forall m n p A B b, 0 <= b -> opnorm n p B b ->
  rnorm m p (mul n A B) <= rnorm m n A * b.
Proof.
  intros m n p A B b Hb H; rewrite <- (tr_tr B); apply rnorm_mul_tr; [exact Hb|apply opnorm_tr; exact H].
Qed.

Lemma rnorm_mul_frobenius : forall m n p A B, rnorm m p (mul n A B) <= rnorm m n A * rnorm n p B.
Proof. intros; apply rnorm_mul; [apply rnorm_nonneg|apply opnorm_rnorm]. Qed.

Lemma rnorm_mul_l : forall m n p A B a, 0 <= a -> opnorm m n A a ->
  rnorm m p (mul n A B) <= a * rnorm n p B.
Proof.
  intros m n p A B a Ha H; apply rnorm_below; [apply Rmult_le_pos; [exact Ha|apply rnorm_nonneg]|].
  rewrite Rpow_mult_distr, rnorm_square, !rinner_columns, <- total_scal; apply total_le; intros j _.
  exact (H (fun k => B k j)).
Qed.

Lemma rnorm_mul_tr_above : forall m n p A B c, 0 <= c -> opbelow p n B c ->
  c * rnorm m n A <= rnorm m p (mul n A (tr B)).
Proof.
  intros m n p A B c Hc H; apply rnorm_above; [apply Rmult_le_pos; [exact Hc|apply rnorm_nonneg]|].
  rewrite Rpow_mult_distr, rnorm_square; unfold rinner; rewrite <- total_scal.
  apply total_le; intros i _; eapply Rle_trans; [apply (H (A i))|right].
  apply dot_ext; intros j _; unfold mv, mul, tr; apply dot_comm.
Qed.

Lemma rnorm_mul_l_above : forall m n p A B c, 0 <= c -> opbelow m n A c ->
  c * rnorm n p B <= rnorm m p (mul n A B).
Proof.
  intros m n p A B c Hc H; apply rnorm_above; [apply Rmult_le_pos; [exact Hc|apply rnorm_nonneg]|].
  rewrite Rpow_mult_distr, rnorm_square, !rinner_columns, <- total_scal; apply total_le; intros j _.
  exact (H (fun k => B k j)).
Qed.

Lemma rnorm_tr : forall m n A, rnorm n m (tr A) = rnorm m n A.
Proof. intros; unfold rnorm; rewrite rinner_tr; reflexivity. Qed.
