(** The nearest point of a convex set of matrices, in the Frobenius norm. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral.
Open Scope R_scope.

(** P is in K, and nothing in K is nearer to B. *)
Definition nearest_in (d : nat) (K : (nat -> nat -> R) -> Prop) (B P : nat -> nat -> R) : Prop :=
  K P /\ forall A, K A -> frobenius d (msub B P) <= frobenius d (msub B A).

Definition convex (K : (nat -> nat -> R) -> Prop) : Prop :=
  forall A B t, K A -> K B -> 0 <= t <= 1 -> K (madd (mscal (1 - t) A) (mscal t B)).

(** K does not see what lies beyond d rows and columns. *)
Definition seen_on (d : nat) (K : (nat -> nat -> R) -> Prop) : Prop := forall A B, same d A B -> K A -> K B.

Lemma inner_zero : forall d A, inner d A A = 0 -> forall i j, (i < d)%nat -> (j < d)%nat -> A i j = 0.
Proof.
  intros d A Z i j Hi Hj; apply (dot_zero d (A i) j); [|exact Hj].
  apply Rle_antisym; [|apply dot_nonneg]; rewrite <- Z.
  exact (total_one d (fun k => dot d (A k) (A k)) i (fun k _ => dot_nonneg d _) Hi).
Qed.

Lemma inner_square_add : forall d A B, inner d (madd A B) (madd A B) = inner d A A + 2 * inner d A B + inner d B B.
Proof. intros; rewrite inner_add_l, !inner_add_r, (inner_comm d B A); ring. Qed.

Lemma inner_sub_r : forall d A B C, inner d A (msub B C) = inner d A B - inner d A C.
Proof. intros; unfold inner; rewrite <- total_minus; apply total_ext; intros; apply dot_minus_r. Qed.

Lemma inner_sub_l : forall d A B C, inner d (msub A B) C = inner d A C - inner d B C.
Proof. intros; rewrite inner_comm, inner_sub_r, (inner_comm d C A), (inner_comm d C B); reflexivity. Qed.

(** Seen from P, B and the points of K lie on opposite sides. *)
Lemma nearest_angle : forall d K B P A, convex K -> nearest_in d K B P -> K A -> inner d (msub B P) (msub A P) <= 0.
Proof.
  intros d K B P A HK [HP Hn] HA; set (D := msub B P) in *; set (M := msub A P).
  assert (T : forall t, 0 <= t <= 1 -> 2 * t * inner d D M <= t ^ 2 * inner d M M).
  { intros t Ht; specialize (Hn _ (HK P A t HP HA Ht)).
    assert (E : msub B (madd (mscal (1 - t) P) (mscal t A)) = madd D (mscal (- t) M))
      by (pointwise i; pointwise j; unfold D, M, msub, madd, mscal; ring).
    rewrite E in Hn; assert (S : frobenius d D ^ 2 <= frobenius d (madd D (mscal (- t) M)) ^ 2)
      by (apply pow_incr; split; [apply frobenius_nonneg|exact Hn]).
    rewrite !frobenius_square, inner_square_add, inner_scal_r, inner_scal_l, inner_scal_r in S; lra. }
  assert (N := inner_nonneg d M); apply Rnot_lt_le; intros P0.
  set (x := inner d D M) in *; set (n := inner d M M) in *; set (t := x / (x + n)).
  assert (t0 : 0 < t) by (apply Rdiv_lt_0_compat; lra).
  assert (Et : t * (x + n) = x) by (unfold t; field; lra).
  assert (t1 : t <= 1) by nra.
  specialize (T t ltac:(lra)).
  assert (2 * x <= t * n); [|nra].
  apply (Rmult_le_reg_l t); [exact t0|]; replace (t * (t * n)) with (t ^ 2 * n) by ring; lra.
Qed.

Lemma angle_nearest : forall d (K : (nat -> nat -> R) -> Prop) B P, K P -> (forall A, K A -> inner d (msub B P) (msub A P) <= 0) -> nearest_in d K B P.
Proof.
  intros d K B P HP H; split; [exact HP|]; intros A HA; specialize (H A HA).
  apply below_by_square; [apply frobenius_nonneg|]; rewrite !frobenius_square.
  assert (E : msub B A = madd (msub B P) (mscal (-1) (msub A P)))
    by (pointwise i; pointwise j; unfold msub, madd, mscal; ring).
  rewrite E, inner_square_add, !inner_scal_r, inner_scal_l; assert (N := inner_nonneg d (msub A P)); lra.
Qed.

(** Every point of K is as near to P as to B, or nearer. *)
Lemma nearest_nearer : forall d K B P A, convex K -> nearest_in d K B P -> K A ->
  frobenius d (msub P A) <= frobenius d (msub B A).
Proof.
  intros d K B P A HK Hn HA; assert (H := nearest_angle d K B P A HK Hn HA).
  apply below_by_square; [apply frobenius_nonneg|]; rewrite !frobenius_square.
  assert (E : msub B A = madd (msub B P) (msub P A)) by (pointwise i; pointwise j; unfold msub, madd; ring).
  assert (F : inner d (msub B P) (msub P A) = - inner d (msub B P) (msub A P)) by (rewrite !inner_sub_r; ring).
  rewrite E, inner_square_add, F; assert (N := inner_nonneg d (msub B P)); lra.
Qed.

Lemma nearest_same : forall d K B B' P P', seen_on d K -> same d B B' -> same d P P' ->
  nearest_in d K B P -> nearest_in d K B' P'.
Proof.
  intros d K B B' P P' HK HB HP [H1 H2]; split; [apply (HK P); assumption|]; intros A HA; specialize (H2 A HA).
  unfold frobenius in *; rewrite <- (inner_same d (msub B P) (msub B' P')), <- (inner_same d (msub B A) (msub B' A));
    [exact H2| |]; apply same_sub; try assumption; apply same_refl.
Qed.

Lemma nearest_unique : forall d K B P P', convex K -> nearest_in d K B P -> nearest_in d K B P' -> same d P P'.
Proof.
  intros d K B P P' HK H H'; assert (A1 := nearest_angle d K B P P' HK H (proj1 H')).
  assert (A2 := nearest_angle d K B P' P HK H' (proj1 H)).
  assert (Z : inner d (msub P P') (msub P P') = 0).
  { apply Rle_antisym; [|apply inner_nonneg].
    repeat rewrite ?inner_sub_l, ?inner_sub_r in A1; repeat rewrite ?inner_sub_l, ?inner_sub_r in A2.
    repeat rewrite ?inner_sub_l, ?inner_sub_r; rewrite (inner_comm d P' P) in *; lra. }
  intros i j Hi Hj; assert (E := inner_zero d _ Z i j Hi Hj); unfold msub in E; lra.
Qed.

(** ** Sums of m_k u_k u_k^T *)

Definition outer_sum (d : nat) (m : nat -> R) (u : nat -> nat -> R) (i j : nat) : R :=
  total d (fun k => m k * (u k i * u k j)).

Lemma mv_outer : forall d m u x i, mv d (outer_sum d m u) x i = total d (fun k => m k * dot d (u k) x * u k i).
Proof.
  intros d m u x i; unfold mv, outer_sum, dot.
  transitivity (total d (fun j => total d (fun k => m k * (u k i * u k j) * x j))).
  - apply total_ext; intros j _; rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring.
  - rewrite total_swap; apply total_ext; intros k _.
    transitivity (m k * u k i * total d (fun j => u k j * x j)); [|ring].
    rewrite <- total_scal; apply total_ext; intros; ring.
Qed.

Lemma outer_form : forall d m u x, dot d x (mv d (outer_sum d m u) x) = total d (fun k => m k * dot d (u k) x ^ 2).
Proof.
  intros d m u x; unfold dot at 1.
  transitivity (total d (fun i => total d (fun k => x i * (m k * dot d (u k) x * u k i)))).
  - apply total_ext; intros i _; rewrite mv_outer, total_scal; reflexivity.
  - rewrite total_swap; apply total_ext; intros k _.
    transitivity (m k * dot d (u k) x * total d (fun i => u k i * x i)); [|unfold dot; ring].
    rewrite <- total_scal; apply total_ext; intros; ring.
Qed.

Lemma inner_outer : forall d m u A, inner d (outer_sum d m u) A = total d (fun k => m k * dot d (u k) (mv d A (u k))).
Proof.
  intros d m u A; unfold inner, dot.
  transitivity (total d (fun i => total d (fun k => m k * u k i * total d (fun j => A i j * u k j)))).
  - apply total_ext; intros i _; unfold outer_sum.
    transitivity (total d (fun j => total d (fun k => m k * (u k i * u k j) * A i j))).
    + apply total_ext; intros j _; rewrite Rmult_comm, <- total_scal; apply total_ext; intros; ring.
    + rewrite total_swap; apply total_ext; intros k _; rewrite <- total_scal; apply total_ext; intros; ring.
  - rewrite total_swap; apply total_ext; intros k _; rewrite <- total_scal; apply total_ext; intros i _.
    unfold mv, dot; ring.
Qed.

Lemma outer_eigen : forall d m u l, orthonormal d d u -> (l < d)%nat -> eigen d (outer_sum d m u) (u l) (m l).
Proof.
  intros d m u l O Hl i Hi; rewrite mv_outer.
  rewrite (total_ext d _ (fun k => m k * u k i * unit_matrix k l)).
  - rewrite (unit_sum d (fun k => m k * u k i)) by exact Hl; reflexivity.
  - intros k Hk; rewrite (O k l Hk Hl); ring.
Qed.

(** Every symmetric matrix is such a sum, and squares add up. *)
Lemma symmetric_outer : forall d A, symmetric d A ->
  exists u a, orthonormal d d u /\ same d A (outer_sum d a u) /\ forall x, dot d x x = total d (fun k => dot d (u k) x ^ 2).
Proof.
  intros d A S; destruct (eigenbasis d A S) as [u [a [O H]]]; exists u, a; split; [exact O|split].
  - apply (basis_equal d u _ _ O); intros l i Hl Hi; rewrite (H l Hl i Hi); symmetry; apply outer_eigen; assumption.
  - intros x; transitivity (dot d (mv d u x) (mv d u x)); [|apply total_ext; intros; unfold mv; ring].
    rewrite adjoint; apply dot_ext; [reflexivity|]; intros i Hi; symmetry; transitivity (mv d unit_matrix x i); [|apply mv_unit; exact Hi].
    rewrite <- mv_mul; apply mv_same; [exact (orthogonal_rows d (tr u) O)|exact Hi].
Qed.
