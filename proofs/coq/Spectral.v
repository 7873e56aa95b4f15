(** The spectral theorem for symmetric matrices, from elimination and the completeness of R.

    Let M be the supremum of x . A x / |x|^2.  If M - A were injective it would have an inverse,
    |x|^2 <= s |(M - A) x|^2 <= s k x . (M - A) x, and M - 1/(s k) would be a smaller upper bound; so
    M is an eigenvalue.  Eigenvectors found already are moved below all others, and the next one is
    orthogonal to them. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coq Require Classical_Prop.
From Coquelicot Require Import Rcomplements.
From Lemmata Require Import Products Matrix Norms Elimination Transpose.
Open Scope R_scope.

Definition symmetric (d : nat) (A : nat -> nat -> R) : Prop := same d A (tr A).

(** A v = a v; v may be zero. *)
Definition eigen (d : nat) (A : nat -> nat -> R) (v : nat -> R) (a : R) : Prop :=
  forall i, (i < d)%nat -> mv d A v i = a * v i.

Definition diagonal (a : nat -> R) (i j : nat) : R := if Nat.eqb i j then a i else 0.

(** The columns are orthonormal. *)
Definition orthogonal (d : nat) (Q : nat -> nat -> R) : Prop := same d (mul d (tr Q) Q) unit_matrix.

(** ** Vectors on the range *)

Lemma mv_ext : forall d A x y, (forall i, (i < d)%nat -> x i = y i) -> mv d A x = mv d A y.
Proof. intros d A x y H; pointwise i; apply dot_ext; [reflexivity|exact H]. Qed.

Lemma mv_same : forall d A B x i, same d A B -> (i < d)%nat -> mv d A x i = mv d B x i.
Proof. intros d A B x i H Hi; apply dot_ext; intros; [apply H; assumption|reflexivity]. Qed.

Lemma mv_scal : forall d A c x, mv d A (fun i => c * x i) = fun i => c * mv d A x i.
Proof. intros; pointwise i; apply dot_scal_r. Qed.

Lemma mv_plus : forall d A x y, mv d A (fun i => x i + y i) = fun i => mv d A x i + mv d A y i.
Proof. intros; pointwise i; apply dot_plus_r. Qed.

Lemma mv_sub : forall d A B x, mv d (msub A B) x = fun i => mv d A x i - mv d B x i.
Proof. intros; pointwise i; apply dot_minus_l. Qed.

Lemma mv_mscal : forall d c A x, mv d (mscal c A) x = fun i => c * mv d A x i.
Proof. intros; pointwise i; apply dot_scal_l. Qed.

Lemma dot_positive : forall d x, (exists i, (i < d)%nat /\ x i <> 0) -> 0 < dot d x x.
Proof.
  intros d x [i [Hi N]]; destruct (Rle_lt_or_eq_dec 0 _ (dot_nonneg d x)) as [P|Z]; [exact P|].
  exfalso; apply N, (dot_zero d x i); [symmetry; exact Z|exact Hi].
Qed.

Lemma symmetric_move : forall d A x y, symmetric d A -> dot d (mv d A x) y = dot d x (mv d A y).
Proof.
  intros d A x y H; rewrite adjoint; apply dot_ext; intros i Hi; [reflexivity|].
  symmetry; apply mv_same; assumption.
Qed.

(** Quadratic forms are at most (1 + |A|^2) |x|^2 / 2, up to sign. *)
Lemma form_bound : forall d A x,
  Rabs (dot d x (mv d A x)) <= (1 + inner d A A) / 2 * dot d x x.
Proof.
  intros d A x; assert (B := bounded_frobenius d A x).
  assert (P := dot_nonneg d (fun i => x i + mv d A x i)).
  assert (M := dot_nonneg d (fun i => x i - mv d A x i)).
  rewrite dot_plus_l, !dot_plus_r, (dot_comm d (mv d A x) x) in P.
  rewrite dot_minus_l, !dot_minus_r, (dot_comm d (mv d A x) x) in M.
  apply Rabs_le; lra.
Qed.

(** ** An injective symmetric matrix is bounded below *)

Lemma right_inverse : forall d B,
  (forall v, (forall i, (i < d)%nat -> mv d B v i = 0) -> forall j, (j < d)%nat -> v j = 0) ->
  exists C, same d (mul d B C) unit_matrix.
Proof.
  intros d B H.
  assert (K : forall n, exists C, forall i j, (i < d)%nat -> (j < n)%nat -> mul d B C i j = unit_matrix i j).
  { induction n as [|n [C IH]]; [exists B; intros; lia|].
    destruct (solvable d B H (fun i => unit_matrix i n)) as [y Hy].
    exists (fun i j => if Nat.eqb j n then y i else C i j); intros i j Hi Hj.
    destruct (Nat.eq_dec j n) as [->|N].
    - rewrite <- (Hy i Hi); apply dot_ext; intros; [reflexivity|rewrite Nat.eqb_refl; reflexivity].
    - rewrite <- (IH i j Hi ltac:(lia)); apply dot_ext; intros; [reflexivity|].
      destruct (Nat.eqb_spec j n); [lia|reflexivity]. }
  destruct (K d) as [C HC]; exists C; intros i j; apply HC.
Qed.

Lemma injective_below : forall d B, symmetric d B ->
  (forall v, (forall i, (i < d)%nat -> mv d B v i = 0) -> forall j, (j < d)%nat -> v j = 0) ->
  exists s, 0 < s /\ forall x, dot d x x <= s * dot d (mv d B x) (mv d B x).
Proof.
  intros d B S H; destruct (right_inverse d B H) as [C HC].
  exists (1 + inner d (tr C) (tr C)); split; [assert (P := inner_nonneg d (tr C)); lra|]; intros x.
  assert (E : forall i, (i < d)%nat -> mv d (tr C) (mv d B x) i = x i).
  { intros i Hi; rewrite <- mv_mul, <- (mv_unit d x i Hi); apply mv_same; [|exact Hi].
    apply same_trans with (mul d (tr C) (tr B)); [apply same_mul; [apply same_refl|exact S]|].
    rewrite <- tr_mul, <- tr_unit; apply same_tr; exact HC. }
  rewrite (dot_ext d x x _ _ (fun i Hi => eq_sym (E i Hi)) (fun i Hi => eq_sym (E i Hi))).
  eapply Rle_trans; [apply bounded_frobenius|]; assert (P := dot_nonneg d (mv d B x)); lra.
Qed.

(** ** The largest eigenvalue *)

(** If x . B x >= 0 for all x then |B x|^2 <= k x . B x. *)
Lemma positive_form : forall d B x, symmetric d B -> (forall y, 0 <= dot d y (mv d B y)) ->
  dot d (mv d B x) (mv d B x) <= (1 + inner d B B) / 2 * dot d x (mv d B x).
Proof.
  intros d B x S P; set (y := mv d B x); set (k := (1 + inner d B B) / 2).
  assert (C : dot d y y ^ 2 <= dot d y (mv d B y) * dot d x y).
  { apply discriminant; [apply P|]; intros t.
    assert (Q := P (fun i => t * y i + x i)).
    rewrite mv_plus, mv_scal, dot_plus_l, !dot_plus_r, !dot_scal_l, !dot_scal_r in Q; fold y in Q.
    rewrite <- (symmetric_move d B x y S) in Q; fold y in Q; lra. }
  assert (F := form_bound d B y); fold k in F; apply Rabs_le_between in F.
  assert (Y := dot_nonneg d y); assert (X := P x); fold y in X.
  destruct (Rle_lt_or_eq_dec 0 (dot d y y) Y) as [Z|Z].
  - apply (Rmult_le_reg_l (dot d y y)); [exact Z|].
    apply Rle_trans with (dot d y (mv d B y) * dot d x y); [lra|].
    apply Rle_trans with (k * dot d y y * dot d x y); [apply Rmult_le_compat_r; lra|lra].
  - rewrite <- Z; apply Rmult_le_pos; [|exact X].
    unfold k; assert (I := inner_nonneg d B); lra.
Qed.

Lemma shifted_form : forall d A M x i, (i < d)%nat ->
  mv d (msub (mscal M unit_matrix) A) x i = M * x i - mv d A x i.
Proof. intros; rewrite mv_sub, mv_mscal, mv_unit by assumption; reflexivity. Qed.

Lemma largest_eigenvalue : forall d A, (1 <= d)%nat -> symmetric d A ->
  exists M v, (forall x, dot d x (mv d A x) <= M * dot d x x) /\
    (exists j, (j < d)%nat /\ v j <> 0) /\ eigen d A v M.
Proof.
  intros d A Hd S.
  set (E := fun y => exists x, 0 < dot d x x /\ y = dot d x (mv d A x) / dot d x x).
  destruct (completeness E) as [M [Up Least]].
  { exists ((1 + inner d A A) / 2); intros y [x [P ->]].
    assert (F := form_bound d A x); apply Rabs_le_between in F.
    apply (Rmult_le_reg_r (dot d x x)); [exact P|].
    replace (dot d x (mv d A x) / dot d x x * dot d x x) with (dot d x (mv d A x)) by (field; lra); lra. }
  { exists (dot d (unit_matrix 0%nat) (mv d A (unit_matrix 0%nat)) / dot d (unit_matrix 0%nat) (unit_matrix 0%nat)).
    exists (unit_matrix 0%nat); split; [|reflexivity].
    apply dot_positive; exists 0%nat; split; [lia|unfold unit_matrix; simpl; lra]. }
  assert (Form : forall x, dot d x (mv d A x) <= M * dot d x x).
  { intros x; destruct (Rle_lt_or_eq_dec 0 _ (dot_nonneg d x)) as [P|Z].
    - assert (U := Up _ (ex_intro _ x (conj P eq_refl))).
      apply (Rmult_le_compat_r (dot d x x)) in U; [|lra].
      replace (dot d x (mv d A x) / dot d x x * dot d x x) with (dot d x (mv d A x)) in U by (field; lra); lra.
    - rewrite <- Z, Rmult_0_r; right; apply total_zero; intros i Hi.
      rewrite (dot_zero d x i (eq_sym Z) Hi); ring. }
  exists M; set (B := msub (mscal M unit_matrix) A).
  assert (SB : symmetric d B).
  { intros i j Hi Hj; unfold B, msub, mscal, tr; rewrite (S i j Hi Hj).
    unfold tr; rewrite <- (f_equal (fun U => U i j) tr_unit); reflexivity. }
  assert (FB : forall x, dot d x (mv d B x) = M * dot d x x - dot d x (mv d A x)).
  { intros x; rewrite <- dot_scal_r, <- dot_minus_r; apply dot_ext; intros i Hi; [reflexivity|].
    apply shifted_form; exact Hi. }
  destruct (Classical_Prop.classic (exists v, (exists j, (j < d)%nat /\ v j <> 0) /\
    forall i, (i < d)%nat -> mv d B v i = 0)) as [[v [N Z]]|None].
  - exists v; split; [exact Form|split; [exact N|]]; intros i Hi.
    specialize (Z i Hi); unfold B in Z; rewrite shifted_form in Z by exact Hi; lra.
  - exfalso.
    destruct (injective_below d B SB) as [s [Ps Hs]].
    { intros v Z j Hj; apply Classical_Prop.NNPP; intros N; apply None; exists v; split; [exists j; auto|exact Z]. }
    set (k := (1 + inner d B B) / 2).
    assert (Pk : 0 < k) by (unfold k; assert (I := inner_nonneg d B); lra).
    assert (Psk : 0 < s * k) by (apply Rmult_lt_0_compat; assumption).
    assert (L : M <= M - / (s * k)).
    { apply Least; intros y [x [P ->]].
      assert (H := positive_form d B x SB); fold k in H.
      assert (H' : dot d (mv d B x) (mv d B x) <= k * dot d x (mv d B x)).
      { apply H; intros z; rewrite FB; specialize (Form z); lra. }
      specialize (Hs x); apply (Rmult_le_compat_l s) in H'; [|lra].
      assert (G : dot d x x <= s * k * (M * dot d x x - dot d x (mv d A x))) by (rewrite <- FB; lra).
      apply (Rmult_le_reg_r (dot d x x)); [exact P|].
      replace (dot d x (mv d A x) / dot d x x * dot d x x) with (dot d x (mv d A x)) by (field; lra).
      apply (Rmult_le_compat_l (/ (s * k))) in G; [|left; apply Rinv_0_lt_compat; exact Psk].
      rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l in G by lra; lra. }
    assert (0 < / (s * k)) by (apply Rinv_0_lt_compat; exact Psk); lra.
Qed.

(** ** All eigenvalues *)

Definition orthonormal (d k : nat) (u : nat -> nat -> R) : Prop :=
  forall i j, (i < k)%nat -> (j < k)%nat -> dot d (u i) (u j) = unit_matrix i j.

(** Any k < d vectors leave room for an orthogonal one. *)
Lemma room : forall d k (u : nat -> nat -> R), (k < d)%nat ->
  exists z, (exists j, (j < d)%nat /\ z j <> 0) /\ forall l, (l < k)%nat -> dot d (u l) z = 0.
Proof.
  intros [|n] k u Hk; [lia|].
  destruct (kernel_vector n (fun i => if Nat.ltb i k then u i else fun _ => 0)) as [z [N Z]].
  exists z; split; [exact N|]; intros l Hl; specialize (Z l ltac:(lia)).
  destruct (Nat.ltb_spec l k); [exact Z|lia].
Qed.

(** A - c sum_l u_l u_l^T *)
Definition lowered (k : nat) (c : R) (u A : nat -> nat -> R) (i j : nat) : R :=
  A i j - c * total k (fun l => u l i * u l j).

Lemma mv_lowered : forall d k c u A x,
  mv d (lowered k c u A) x = fun i => mv d A x i - c * total k (fun l => u l i * dot d (u l) x).
Proof.
  intros d k c u A x; pointwise i; unfold mv, lowered.
  rewrite (dot_minus_l d (A i)), (dot_scal_l d c); f_equal; f_equal.
  induction k as [|k IH]; simpl; [apply total_zero; intros; ring|].
  rewrite (dot_plus_l d (fun j => total k (fun l => u l i * u l j))), IH, (dot_scal_l d (u k i)); reflexivity.
Qed.

Lemma unit_sum : forall k f j, (j < k)%nat -> total k (fun l => f l * unit_matrix l j) = f j.
Proof.
  intros k f j Hj; transitivity (mv k unit_matrix f j); [|apply mv_unit; exact Hj].
  apply total_ext; intros l _; rewrite Rmult_comm; f_equal; apply (f_equal (fun U => U j l) tr_unit).
Qed.

Lemma next_eigenvector : forall d k A u a, (k < d)%nat -> symmetric d A ->
  orthonormal d k u -> (forall l, (l < k)%nat -> eigen d A (u l) (a l)) ->
  exists v b, dot d v v = 1 /\ (forall l, (l < k)%nat -> dot d (u l) v = 0) /\ eigen d A v b.
Proof.
  intros d k A u a Hk S O H.
  set (K := (1 + inner d A A) / 2); set (c := 2 * K + 1).
  assert (FK : forall x, Rabs (dot d x (mv d A x)) <= K * dot d x x) by apply form_bound.
  set (A' := lowered k c u A).
  assert (S' : symmetric d A').
  { intros i j Hi Hj; unfold A', lowered, tr; rewrite (S i j Hi Hj); unfold tr; f_equal; f_equal.
    apply total_ext; intros; ring. }
  destruct (largest_eigenvalue d A' ltac:(lia) S') as [M [v [Form [N Ev]]]].
  assert (MK : - K <= M).
  { destruct (room d k u Hk) as [z [Nz Z]]; assert (P := dot_positive d z Nz).
    specialize (Form z); unfold A' in Form; rewrite mv_lowered in Form.
    rewrite dot_minus_r, dot_scal_r in Form.
    replace (dot d z (fun i => total k (fun l => u l i * dot d (u l) z))) with 0 in Form.
    - specialize (FK z); apply Rabs_le_between in FK.
      apply (Rmult_le_reg_r (dot d z z)); [exact P|]; lra.
    - symmetry; apply total_zero; intros i _; rewrite total_zero; [ring|].
      intros l Hl; rewrite (Z l Hl); ring. }
  assert (Perp : forall l, (l < k)%nat -> dot d (u l) v = 0).
  { intros l Hl.
    assert (El : eigen d A' (u l) (a l - c)).
    { intros i Hi; unfold A'; rewrite mv_lowered, (H l Hl i Hi).
      rewrite (total_ext k _ (fun m => u m i * unit_matrix m l)) by (intros; rewrite O; auto).
      rewrite unit_sum by exact Hl; ring. }
    assert (al : a l <= K).
    { assert (F := FK (u l)); apply Rabs_le_between in F.
      rewrite (dot_ext d _ (mv d A (u l)) (u l) (fun i => a l * u l i) (fun _ _ => eq_refl) (H l Hl)) in F.
      rewrite dot_scal_r, (O l l Hl Hl) in F; unfold unit_matrix in F; rewrite Nat.eqb_refl in F; lra. }
    assert (X := symmetric_move d A' (u l) v S').
    rewrite (dot_ext d (mv d A' (u l)) v (fun i => (a l - c) * u l i) v El (fun _ _ => eq_refl)) in X.
    rewrite (dot_ext d (u l) (mv d A' v) (u l) (fun i => M * v i) (fun _ _ => eq_refl) Ev) in X.
    rewrite dot_scal_l, dot_scal_r in X.
    assert (Y : (M - (a l - c)) * dot d (u l) v = 0) by lra.
    apply Rmult_integral in Y; destruct Y as [Y|Y]; [unfold c in Y; lra|exact Y]. }
  assert (P := dot_positive d v N); assert (Q : 0 < sqrt (dot d v v)) by (apply sqrt_lt_R0; exact P).
  exists (fun i => / sqrt (dot d v v) * v i), M; split; [|split].
  - rewrite dot_scal_l, dot_scal_r; rewrite <- (sqrt_sqrt (dot d v v)) at 3 by lra; field; lra.
  - intros l Hl; rewrite dot_scal_r, (Perp l Hl); ring.
  - intros i Hi; rewrite mv_scal.
    specialize (Ev i Hi); unfold A' in Ev; rewrite mv_lowered in Ev.
    rewrite total_zero in Ev by (intros l Hl; rewrite (Perp l Hl); ring).
    replace (mv d A v i) with (M * v i) by lra; ring.
Qed.

Lemma eigenbasis : forall d A, symmetric d A ->
  exists u a, orthonormal d d u /\ forall l, (l < d)%nat -> eigen d A (u l) (a l).
Proof.
  intros d A S.
  assert (K : forall k, (k <= d)%nat -> exists u a, orthonormal d k u /\
    forall l, (l < k)%nat -> eigen d A (u l) (a l)).
  { induction k as [|k IH]; intros Hk; [exists A, (fun _ => 0); split; intros i; intros; lia|].
    destruct (IH ltac:(lia)) as [u [a [O H]]].
    destruct (next_eigenvector d k A u a ltac:(lia) S O H) as [v [b [N [P E]]]].
    exists (fun l => if Nat.eqb l k then v else u l), (fun l => if Nat.eqb l k then b else a l); split.
    - intros i j Hi Hj; unfold unit_matrix.
      destruct (Nat.eqb_spec i k), (Nat.eqb_spec j k), (Nat.eqb_spec i j); try lia; try exact N.
      + rewrite dot_comm; apply P; lia.
      + apply P; lia.
      + subst; rewrite O by lia; unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity.
      + rewrite O by lia; unfold unit_matrix; destruct (Nat.eqb_spec i j); [lia|reflexivity].
    - intros l Hl; destruct (Nat.eqb_spec l k); [exact E|apply H; lia]. }
  exact (K d (Nat.le_refl d)).
Qed.

(** ** What an orthonormal basis determines *)

Lemma orthogonal_rows : forall d Q, orthogonal d Q -> same d (mul d Q (tr Q)) unit_matrix.
Proof.
  intros d Q H.
  destruct (right_inverse d Q) as [C HC].
  { intros v Z j Hj; rewrite <- (mv_unit d v j Hj), <- (mv_same d _ _ v j H Hj), mv_mul.
    apply total_zero; intros i Hi; rewrite (Z i Hi); ring. }
  assert (E : same d C (tr Q)).
  { apply same_trans with (mul d (mul d (tr Q) Q) C).
    - apply same_sym; eapply same_trans; [apply same_mul; [exact H|apply same_refl]|apply mul_unit_l].
    - rewrite mul_assoc; eapply same_trans; [apply same_mul; [apply same_refl|exact HC]|apply mul_unit_r]. }
  eapply same_trans; [|exact HC]; apply same_mul; [apply same_refl|apply same_sym; exact E].
Qed.

(** Frobenius norms are sums over an orthonormal basis. *)
Lemma basis_square : forall d u A, orthonormal d d u ->
  inner d A A = total d (fun l => dot d (mv d A (u l)) (mv d A (u l))).
Proof.
  intros d u A O; rewrite <- inner_columns with (A := mul d A (tr u)) (B := mul d A (tr u)).
  rewrite inner_mul_r, mul_assoc; apply inner_ext; intros i j Hi Hj; [reflexivity|symmetry].
  assert (R : same d (mul d (tr u) (tr (tr u))) unit_matrix) by (apply orthogonal_rows; exact O).
  apply (same_trans d _ (mul d A unit_matrix)); [apply same_mul; [apply same_refl|exact R]|apply mul_unit_r|
    exact Hi|exact Hj].
Qed.

Lemma basis_equal : forall d u A B, orthonormal d d u ->
  (forall l i, (l < d)%nat -> (i < d)%nat -> mv d A (u l) i = mv d B (u l) i) -> same d A B.
Proof.
  intros d u A B O H i j Hi Hj.
  assert (Z : inner d (msub A B) (msub A B) = 0).
  { rewrite (basis_square d u _ O); apply total_zero; intros l Hl; apply total_zero; intros k Hk.
    rewrite mv_sub, H by assumption; ring. }
  assert (D : dot d (msub A B i) (msub A B i) = 0).
  { apply Rle_antisym; [|apply dot_nonneg]; rewrite <- Z.
    exact (total_one d (fun k => dot d (msub A B k) (msub A B k)) i (fun k _ => dot_nonneg d _) Hi). }
  assert (E := dot_zero d _ j D Hj); unfold msub in E; lra.
Qed.

Theorem spectral_theorem : forall d A, symmetric d A ->
  exists Q a, orthogonal d Q /\ same d A (mul d Q (mul d (diagonal a) (tr Q))).
Proof.
  intros d A S; destruct (eigenbasis d A S) as [u [a [O H]]].
  exists (tr u), a; split; [exact O|].
  apply (basis_equal d u); [exact O|]; intros l i Hl Hi.
  rewrite (H l Hl i Hi), !mv_mul, tr_tr.
  rewrite (mv_ext d (diagonal a) (mv d u (u l)) (fun k => unit_matrix k l)) by (intros; apply O; assumption).
  rewrite (mv_ext d (tr u) _ (fun k => a l * unit_matrix k l)).
  - rewrite mv_scal; f_equal; unfold mv, dot, tr.
    rewrite (unit_sum d (fun k => u k i)) by exact Hl; reflexivity.
  - intros k Hk; unfold mv, dot.
    rewrite (unit_sum d (diagonal a k)) by exact Hl; unfold diagonal, unit_matrix.
    destruct (Nat.eqb_spec k l); [subst; ring|ring].
Qed.
