(** Singular value decompositions, from the spectral theorem for A^T A. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers Transpose Spectral Diagonal.
Open Scope R_scope.

(** A = U S V^T, A zero outside of m rows and n columns: of U and V the first p columns count; these are orthonormal,
    and S is zero beyond them. *)
Definition decomposition (d m n p : nat) (A U V : nat -> nat -> R) (s : nat -> R) : Prop :=
  (p <= Nat.min m n)%nat /\
  orthonormal d p (tr U) /\ (forall i j, (m <= i < d)%nat -> (j < p)%nat -> U i j = 0) /\
  orthonormal d p (tr V) /\ (forall i j, (n <= i < d)%nat -> (j < p)%nat -> V i j = 0) /\
  (forall i, (i < d)%nat -> 0 <= s i) /\ (forall i, (p <= i < d)%nat -> s i = 0) /\
  same d A (mul d U (mul d (diagonal s) (tr V))).

(** No more than n orthonormal vectors live on n coordinates. *)
Lemma orthonormal_few : forall d p n u, orthonormal d p u ->
  (forall l i, (l < p)%nat -> (n <= i < d)%nat -> u l i = 0) -> (p <= n)%nat.
Proof.
  intros d p n u O Z; destruct (Nat.le_gt_cases p n) as [L|L]; [exact L|exfalso].
  destruct (kernel_vector n (fun i l => u l i)) as [x [[j [Hj Nj]] K]].
  assert (C : forall i, (i < d)%nat -> total (S n) (fun l => u l i * x l) = 0).
  { intros i Hi; destruct (Nat.lt_ge_cases i n) as [A|A]; [exact (K i A)|].
    apply total_zero; intros l Hl; rewrite (Z l i) by lia; ring. }
  apply Nj; transitivity (dot d (u j) (fun i => total (S n) (fun l => u l i * x l))).
  - transitivity (total (S n) (fun l => x l * dot d (u l) (u j))).
    + rewrite <- (unit_sum (S n) x j Hj); apply total_ext; intros l Hl; f_equal; symmetry; apply O; lia.
    + unfold dot at 2; transitivity (total d (fun i => total (S n) (fun l => u j i * (u l i * x l)))).
      * rewrite total_swap; apply total_ext; intros l _; unfold dot; rewrite <- total_scal; apply total_ext; intros; ring.
      * apply total_ext; intros i _; rewrite <- total_scal; reflexivity.
  - apply total_zero; intros i Hi; rewrite C by exact Hi; ring.
Qed.

(** Eigenvectors in an order in which the positive eigenvalues come first. *)
Lemma positive_first : forall d A u a, orthonormal d d u -> (forall l, (l < d)%nat -> eigen d A (u l) (a l)) ->
  (forall l, (l < d)%nat -> 0 <= a l) ->
  exists v b p, (p <= d)%nat /\ orthonormal d d v /\ (forall l, (l < d)%nat -> eigen d A (v l) (b l)) /\
    (forall l, (l < p)%nat -> 0 < b l) /\ (forall l, (p <= l < d)%nat -> b l = 0).
Proof.
  intros d A u a O E P.
  assert (K : forall n, (n <= d)%nat -> exists v b p, (p <= n)%nat /\ orthonormal d d v /\
    (forall l, (l < d)%nat -> eigen d A (v l) (b l) /\ 0 <= b l) /\
    (forall l, (l < p)%nat -> 0 < b l) /\ (forall l, (p <= l < n)%nat -> b l = 0)).
  { induction n as [|n IH]; intros Hn.
    - exists u, a, 0%nat; split; [lia|split; [exact O|split; [split; auto|split; intros; lia]]].
    - destruct (IH ltac:(lia)) as [v [b [p [Hp [O' [E' [P' Z']]]]]]].
      destruct (Req_dec (b n) 0) as [B|B].
      + exists v, b, p; split; [lia|split; [exact O'|split; [exact E'|split; [exact P'|]]]].
        intros l Hl; destruct (Nat.eq_dec l n) as [->|Ne]; [exact B|apply Z'; lia].
      + set (t := fun i => if Nat.eqb i p then n else if Nat.eqb i n then p else i).
        assert (T : forall i, (i < d)%nat -> (t i < d)%nat)
          by (intros i Hi; unfold t; destruct (Nat.eqb_spec i p); [lia|destruct (Nat.eqb_spec i n); lia]).
        assert (I : forall i j, unit_matrix (t i) (t j) = unit_matrix i j).
        { intros i j; unfold unit_matrix, t.
          destruct (Nat.eqb_spec i p), (Nat.eqb_spec j p), (Nat.eqb_spec i n), (Nat.eqb_spec j n), (Nat.eqb_spec i j);
            try reflexivity; try lia;
            match goal with |- context [Nat.eqb ?x ?y] => destruct (Nat.eqb_spec x y); try reflexivity; lia end. }
        assert (Tp : t p = n) by (unfold t; rewrite Nat.eqb_refl; reflexivity).
        exists (fun l => v (t l)), (fun l => b (t l)), (S p); split; [lia|split; [|split; [|split]]].
        * intros i j Hi Hj; rewrite O' by (apply T; assumption); apply I.
        * intros l Hl; apply E', T; exact Hl.
        * intros l Hl; destruct (Nat.eq_dec l p) as [->|Ne].
          -- rewrite Tp; destruct (E' n ltac:(lia)) as [_ B0]; lra.
          -- replace (t l) with l; [apply P'; lia|].
             unfold t; destruct (Nat.eqb_spec l p); [lia|destruct (Nat.eqb_spec l n); lia].
        * intros l Hl; apply Z'; unfold t; destruct (Nat.eqb_spec l p); [lia|destruct (Nat.eqb_spec l n); lia]. }
  destruct (K d (Nat.le_refl d)) as [v [b [p [Hp [O' [E' [P' Z']]]]]]].
  exists v, b, p; split; [exact Hp|split; [exact O'|split; [intros l Hl; apply E'; exact Hl|split; assumption]]].
Qed.

Lemma decomposition_exists : forall d m n A,
  (forall i j, (i < d)%nat -> (j < d)%nat -> (m <= i \/ n <= j)%nat -> A i j = 0) ->
  exists p U V s, decomposition d m n p A U V s.
Proof.
  intros d m n A HA; set (G := mul d (tr A) A).
  assert (SG : symmetric d G) by (intros i j _ _; unfold G, mul, tr; apply dot_comm).
  assert (Form : forall x y a, eigen d G y a -> dot d (mv d A x) (mv d A y) = a * dot d x y).
  { intros x y a E; rewrite adjoint, <- mv_mul; fold G.
    rewrite (dot_ext d x _ x (fun i => a * y i)) by (try reflexivity; exact E); apply dot_scal_r. }
  destruct (eigenbasis d G SG) as [u [a [O E]]].
  destruct (positive_first d G u a O E) as [v [b [p [Hp [O' [E' [P Z]]]]]]].
  { intros l Hl; assert (F := Form (u l) (u l) (a l) (E l Hl)); rewrite O in F by exact Hl.
    unfold unit_matrix in F; rewrite Nat.eqb_refl, Rmult_1_r in F; rewrite <- F; apply dot_nonneg. }
  set (s := fun l => sqrt (b l)); set (U := fun i l => if Nat.ltb l p then mv d A (v l) i / s l else 0).
  assert (s0 : forall l, (l < p)%nat -> 0 < s l) by (intros l Hl; apply sqrt_lt_R0, P; exact Hl).
  assert (ss : forall l, (l < p)%nat -> s l * s l = b l) by (intros l Hl; apply sqrt_sqrt; left; apply P; exact Hl).
  assert (OU : orthonormal d p (tr U)).
  { intros i j Hi Hj; rewrite (dot_ext d (tr U i) (tr U j) (fun k => / s i * mv d A (v i) k) (fun k => / s j * mv d A (v j) k)).
    - rewrite dot_scal_l, dot_scal_r, (Form (v i) (v j) (b j)) by (apply E'; lia); rewrite O' by lia.
      unfold unit_matrix; destruct (Nat.eqb_spec i j) as [->|_]; [|ring].
      rewrite <- (ss j Hj); field; specialize (s0 j Hj); lra.
    - intros k _; unfold tr, U; destruct (Nat.ltb_spec i p); [unfold Rdiv; ring|lia].
    - intros k _; unfold tr, U; destruct (Nat.ltb_spec j p); [unfold Rdiv; ring|lia]. }
  assert (ZU : forall i l, (m <= i < d)%nat -> (l < p)%nat -> U i l = 0).
  { intros i l Hi Hl; unfold U; destruct (Nat.ltb_spec l p); [|reflexivity].
    replace (mv d A (v l) i) with 0; [unfold Rdiv; ring|symmetry; apply total_zero; intros k Hk; rewrite HA by lia; ring]. }
  assert (ZV : forall l i, (l < p)%nat -> (n <= i < d)%nat -> v l i = 0).
  { intros l i Hl Hi; specialize (P l Hl); assert (F := E' l ltac:(lia) i ltac:(lia)); unfold G in F; rewrite mv_mul in F.
    replace (mv d (tr A) (mv d A (v l)) i) with 0 in F by (symmetry; apply total_zero; intros k Hk; unfold tr; rewrite HA by lia; ring).
    symmetry in F; apply Rmult_integral in F; destruct F as [F|F]; [lra|exact F]. }
  assert (OV : orthonormal d p v) by (intros i j Hi Hj; apply O'; lia).
  exists p, U, (tr v), s; split; [|split; [exact OU|split; [exact ZU|split; [exact OV|split; [|split; [|split]]]]]].
  - apply Nat.min_glb; [apply (orthonormal_few d p m (tr U) OU)|apply (orthonormal_few d p n v OV)].
    + intros l i Hl Hi; apply ZU; assumption.
    + exact ZV.
  - intros i j Hi Hj; apply ZV; assumption.
  - intros i _; apply sqrt_pos.
  - intros i Hi; unfold s; rewrite Z by exact Hi; apply sqrt_0.
  - apply (basis_equal d v); [exact O'|]; intros l i Hl Hi; rewrite !mv_mul, tr_tr.
    rewrite (mv_ext d (diagonal s) (mv d v (v l)) (fun k => unit_matrix k l)) by (intros; apply O'; assumption).
    rewrite (mv_ext d U _ (fun k => s l * unit_matrix k l)).
    + rewrite mv_scal; unfold mv at 2, dot; rewrite (unit_sum d (U i)) by exact Hl.
      unfold U; destruct (Nat.ltb_spec l p) as [L|L].
      * field; specialize (s0 l L); lra.
      * rewrite Rmult_0_r; apply (dot_zero d); [|exact Hi].
        rewrite (Form (v l) (v l) (b l)) by (apply E'; exact Hl); rewrite Z by lia; ring.
    + intros k Hk; unfold mv, dot; rewrite (unit_sum d (diagonal s k)) by exact Hl; unfold diagonal, unit_matrix.
      destruct (Nat.eqb_spec k l); [subst; ring|ring].
Qed.
