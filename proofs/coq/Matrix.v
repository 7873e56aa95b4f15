(** Matrices of every size: functions of two indices, of which the first d count in each.

    Sums stop at d, whatever stands beyond; so products are associative, distributive and
    transposed as equalities of functions, and only the unit matrix has to look at the range.
    [dot], [mv], [mul], [inner] are the scalar product, A x, A B and the Frobenius product. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products.
Open Scope R_scope.

Definition dot (d : nat) (x y : nat -> R) : R := total d (fun i => x i * y i).

Definition mv (d : nat) (A : nat -> nat -> R) (x : nat -> R) : nat -> R := fun i => dot d (A i) x.

Definition tr (A : nat -> nat -> R) : nat -> nat -> R := fun i j => A j i.

Definition mul (d : nat) (A B : nat -> nat -> R) : nat -> nat -> R :=
  fun i j => dot d (A i) (fun k => B k j).

Definition madd (A B : nat -> nat -> R) : nat -> nat -> R := fun i j => A i j + B i j.

Definition msub (A B : nat -> nat -> R) : nat -> nat -> R := fun i j => A i j - B i j.

Definition mscal (c : R) (A : nat -> nat -> R) : nat -> nat -> R := fun i j => c * A i j.

Definition unit_matrix (i j : nat) : R := if Nat.eqb i j then 1 else 0.

Definition inner (d : nat) (A B : nat -> nat -> R) : R := total d (fun i => dot d (A i) (B i)).

(** Equality of functions, argument by argument. *)
Ltac pointwise x := apply FunctionalExtensionality.functional_extensionality; intros x.

(** ** Sums *)

Lemma total_zero : forall n e, (forall i, (i < n)%nat -> e i = 0) -> total n e = 0.
Proof.
  intros n e H; rewrite (total_ext n e (fun _ => 0) H), total_const; ring.
Qed.

Lemma total_swap : forall m n f,
  total m (fun i => total n (fun j => f i j)) = total n (fun j => total m (fun i => f i j)).
Proof.
  induction m as [|m IH]; intros n f; simpl.
  - symmetry; apply total_zero; reflexivity.
  - rewrite IH, <- total_plus; reflexivity.
Qed.

Lemma total_minus : forall n e f, total n (fun i => e i - f i) = total n e - total n f.
Proof. induction n as [|n IH]; intros; simpl; [ring|rewrite IH; ring]. Qed.

Lemma total_one : forall n e j, (forall i, (i < n)%nat -> 0 <= e i) -> (j < n)%nat ->
  e j <= total n e.
Proof.
  induction n as [|n IH]; intros e j H Hj; [lia|]; simpl.
  assert (0 <= total n e) by (apply total_nonneg; intros; apply H; lia).
  destruct (Nat.eq_dec j n) as [->|N]; [lra|].
  assert (e j <= total n e) by (apply IH; [intros; apply H|]; lia).
  assert (0 <= e n) by (apply H; lia); lra.
Qed.

(** Partial sums of nonnegative terms grow. *)
Lemma total_mono : forall n m e, (m <= n)%nat -> (forall i, (i < n)%nat -> 0 <= e i) ->
  total m e <= total n e.
Proof.
  induction n as [|n IH]; intros m e Hm H; [replace m with 0%nat by lia; lra|].
  destruct (Nat.eq_dec m (S n)) as [->|N]; [lra|]; simpl.
  assert (total m e <= total n e) by (apply IH; [lia|intros; apply H; lia]).
  assert (0 <= e n) by (apply H; lia); lra.
Qed.

(** ** Vectors *)

Lemma dot_ext : forall d x y u v, (forall i, (i < d)%nat -> x i = u i) ->
  (forall i, (i < d)%nat -> y i = v i) -> dot d x y = dot d u v.
Proof. intros d x y u v H K; apply total_ext; intros i Hi; rewrite H, K; auto. Qed.

Lemma dot_comm : forall d x y, dot d x y = dot d y x.
Proof. intros; apply total_ext; intros; apply Rmult_comm. Qed.

Lemma dot_nonneg : forall d x, 0 <= dot d x x.
Proof. intros; apply total_nonneg; intros; apply Rle_0_sqr. Qed.

Lemma dot_zero : forall d x i, dot d x x = 0 -> (i < d)%nat -> x i = 0.
Proof.
  intros d x i H Hi.
  assert (T : x i * x i <= dot d x x)
    by (apply (total_one d (fun i => x i * x i)); [intros; apply Rle_0_sqr|exact Hi]).
  apply Rsqr_0_uniq; unfold Rsqr; assert (0 <= x i * x i) by apply Rle_0_sqr; lra.
Qed.

Lemma dot_plus_l : forall d x y z, dot d (fun i => x i + y i) z = dot d x z + dot d y z.
Proof.
  intros; unfold dot; rewrite <- total_plus; apply total_ext; intros; ring.
Qed.

Lemma dot_minus_l : forall d x y z, dot d (fun i => x i - y i) z = dot d x z - dot d y z.
Proof.
  intros; unfold dot; rewrite <- total_minus; apply total_ext; intros; ring.
Qed.

Lemma dot_scal_l : forall d c x y, dot d (fun i => c * x i) y = c * dot d x y.
Proof. intros; unfold dot; rewrite <- total_scal; apply total_ext; intros; ring. Qed.

Lemma dot_plus_r : forall d x y z, dot d z (fun i => x i + y i) = dot d z x + dot d z y.
Proof. intros; rewrite !(dot_comm d z); apply dot_plus_l. Qed.

Lemma dot_minus_r : forall d x y z, dot d z (fun i => x i - y i) = dot d z x - dot d z y.
Proof. intros; rewrite !(dot_comm d z); apply dot_minus_l. Qed.

Lemma dot_scal_r : forall d c x y, dot d y (fun i => c * x i) = c * dot d y x.
Proof. intros; rewrite !(dot_comm d y); apply dot_scal_l. Qed.

(** ** Products *)

Lemma mul_assoc : forall d A B C, mul d (mul d A B) C = mul d A (mul d B C).
Proof.
  intros d A B C; pointwise i; pointwise j; unfold mul, dot.
  transitivity (total d (fun k => total d (fun l => A i l * B l k * C k j))).
  - apply total_ext; intros k _.
    rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring.
  - rewrite total_swap; apply total_ext; intros l _.
    rewrite <- total_scal; apply total_ext; intros; ring.
Qed.

Lemma tr_mul : forall d A B, tr (mul d A B) = mul d (tr B) (tr A).
Proof. intros d A B; pointwise i; pointwise j; apply dot_comm. Qed.

Lemma tr_tr : forall A, tr (tr A) = A.
Proof. reflexivity. Qed.

Lemma mul_add_l : forall d A B C, mul d (madd A B) C = madd (mul d A C) (mul d B C).
Proof. intros d A B C; pointwise i; pointwise j; apply dot_plus_l. Qed.

Lemma mul_add_r : forall d A B C, mul d A (madd B C) = madd (mul d A B) (mul d A C).
Proof. intros d A B C; pointwise i; pointwise j; apply dot_plus_r. Qed.

Lemma mul_sub_l : forall d A B C, mul d (msub A B) C = msub (mul d A C) (mul d B C).
Proof. intros d A B C; pointwise i; pointwise j; apply dot_minus_l. Qed.

Lemma mul_sub_r : forall d A B C, mul d A (msub B C) = msub (mul d A B) (mul d A C).
Proof. intros d A B C; pointwise i; pointwise j; apply dot_minus_r. Qed.

Lemma mul_scal_l : forall d c A B, mul d (mscal c A) B = mscal c (mul d A B).
Proof. intros d c A B; pointwise i; pointwise j; apply dot_scal_l. Qed.

Lemma mv_mul : forall d A B x, mv d (mul d A B) x = mv d A (mv d B x).
Proof.
  intros d A B x; pointwise i.
  exact (f_equal (fun M => M i 0%nat) (mul_assoc d A B (fun k _ => x k))).
Qed.

Lemma mv_unit : forall d x i, (i < d)%nat -> mv d unit_matrix x i = x i.
Proof.
  intros d x i Hi; unfold mv, dot.
  induction d as [|d IH]; [lia|]; simpl; unfold unit_matrix at 2.
  destruct (Nat.eq_dec i d) as [->|N].
  - rewrite Nat.eqb_refl, total_zero; [ring|].
    intros k Hk; unfold unit_matrix; destruct (Nat.eqb_spec d k); [lia|ring].
  - destruct (Nat.eqb_spec i d); [lia|]; rewrite IH by lia; ring.
Qed.

Lemma norm_unit : forall d x, dot d (mv d unit_matrix x) (mv d unit_matrix x) = dot d x x.
Proof. intros; apply dot_ext; intros; apply mv_unit; assumption. Qed.

Lemma tr_unit : tr unit_matrix = unit_matrix.
Proof.
  pointwise i; pointwise j; unfold tr, unit_matrix; rewrite Nat.eqb_sym; reflexivity.
Qed.

(** A x . y = x . A^T y *)
Lemma adjoint : forall d A x y, dot d (mv d A x) y = dot d x (mv d (tr A) y).
Proof.
  intros d A x y; unfold mv, dot, tr.
  transitivity (total d (fun i => total d (fun j => A i j * x j * y i))).
  - apply total_ext; intros; rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring.
  - rewrite total_swap; apply total_ext; intros; rewrite <- total_scal; apply total_ext; intros; ring.
Qed.

(** ** The Frobenius product *)

Lemma inner_ext : forall d A B C D,
  (forall i j, (i < d)%nat -> (j < d)%nat -> A i j = C i j) ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> B i j = D i j) -> inner d A B = inner d C D.
Proof. intros d A B C D H K; apply total_ext; intros i Hi; apply dot_ext; auto. Qed.

Lemma inner_comm : forall d A B, inner d A B = inner d B A.
Proof. intros; apply total_ext; intros; apply dot_comm. Qed.

Lemma inner_nonneg : forall d A, 0 <= inner d A A.
Proof. intros; apply total_nonneg; intros; apply dot_nonneg. Qed.

Lemma inner_add_l : forall d A B C, inner d (madd A B) C = inner d A C + inner d B C.
Proof.
  intros; unfold inner; rewrite <- total_plus; apply total_ext; intros; apply dot_plus_l.
Qed.

Lemma inner_add_r : forall d A B C, inner d A (madd B C) = inner d A B + inner d A C.
Proof. intros; rewrite !(inner_comm d A); apply inner_add_l. Qed.

Lemma inner_scal_l : forall d c A B, inner d (mscal c A) B = c * inner d A B.
Proof. intros; unfold inner; rewrite <- total_scal; apply total_ext; intros; apply dot_scal_l. Qed.

Lemma inner_scal_r : forall d c A B, inner d A (mscal c B) = c * inner d A B.
Proof. intros; rewrite !(inner_comm d A); apply inner_scal_l. Qed.

Lemma inner_tr : forall d A B, inner d (tr A) (tr B) = inner d A B.
Proof. intros; unfold inner, dot, tr; apply total_swap. Qed.

(** The Frobenius product column by column. *)
Lemma inner_columns : forall d A B,
  inner d A B = total d (fun j => dot d (fun i => A i j) (fun i => B i j)).
Proof. intros; unfold inner, dot; apply total_swap. Qed.

Lemma inner_mul_l : forall d A B C, inner d (mul d A B) C = inner d B (mul d (tr A) C).
Proof.
  intros; rewrite !inner_columns; apply total_ext; intros j _.
  exact (adjoint d A (fun k => B k j) (fun i => C i j)).
Qed.

Lemma inner_mul_r : forall d A B C, inner d (mul d A B) C = inner d A (mul d C (tr B)).
Proof.
  intros; rewrite <- inner_tr, tr_mul, inner_mul_l, <- inner_tr, tr_mul, !tr_tr; reflexivity.
Qed.
