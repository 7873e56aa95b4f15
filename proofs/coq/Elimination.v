(** Square matrices by elimination: more unknowns than equations have a solution that is not
    zero; so |A^T x|^2 >= c |x|^2 for all x gives |A x|^2 >= c |x|^2 for all x.  This replaces the
    fact that A A^T and A^T A have the same eigenvalues. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms.
Open Scope R_scope.

(** All indices but p, in order. *)
Definition skip (p j : nat) : nat := if Nat.ltb j p then j else S j.

Lemma total_skip : forall n p f, (p <= n)%nat -> total (S n) f = f p + total n (fun j => f (skip p j)).
Proof.
  induction n as [|n IH]; intros p f Hp.
  - replace p with 0%nat by lia; simpl; ring.
  - destruct (Nat.eq_dec p (S n)) as [->|N].
    + change (total (S (S n)) f) with (total (S n) f + f (S n)).
      rewrite (total_ext (S n) (fun j => f (skip (S n) j)) f); [ring|].
      intros j Hj; unfold skip; destruct (Nat.ltb_spec j (S n)); [reflexivity|lia].
    + change (total (S (S n)) f) with (total (S n) f + f (S n)).
      rewrite (IH p f) by lia; simpl total.
      replace (f (skip p n)) with (f (S n)); [ring|].
      unfold skip; destruct (Nat.ltb_spec n p); [lia|reflexivity].
Qed.

Lemma nonzero_or_all : forall n (f : nat -> R),
  (exists p, (p < n)%nat /\ f p <> 0) \/ forall p, (p < n)%nat -> f p = 0.
Proof.
  induction n as [|n IH]; intros f; [right; intros; lia|].
  destruct (IH f) as [[p [Hp Np]]|Z]; [left; exists p; split; [lia|exact Np]|].
  destruct (Req_dec (f n) 0) as [E|E]; [right|left; exists n; split; [lia|exact E]].
  intros p Hp; destruct (Nat.eq_dec p n) as [->|N]; [exact E|apply Z; lia].
Qed.

(** n equations in n + 1 unknowns. *)
Lemma kernel_vector : forall n (M : nat -> nat -> R),
  exists v, (exists j, (j < S n)%nat /\ v j <> 0) /\ forall i, (i < n)%nat -> dot (S n) (M i) v = 0.
Proof.
  induction n as [|n IH]; intros M.
  - exists (fun _ => 1); split; [exists 0%nat; split; [lia|lra]|intros; lia].
  - destruct (nonzero_or_all (S (S n)) (M n)) as [[p [Hp Np]]|Z].
    + destruct (IH (fun i j => M i (skip p j) - M i p / M n p * M n (skip p j))) as [u [[j [Hj Nj]] K]].
      set (T := total (S n) (fun j => M n (skip p j) * u j)).
      exists (fun j => if Nat.eqb j p then - T / M n p
        else u (if Nat.ltb j p then j else Nat.pred j)).
      assert (V : forall i, (if Nat.eqb (skip p i) p then - T / M n p
        else u (if Nat.ltb (skip p i) p then skip p i else Nat.pred (skip p i))) = u i).
      { intros i; unfold skip; destruct (Nat.ltb_spec i p).
        - destruct (Nat.eqb_spec i p); [lia|]; destruct (Nat.ltb_spec i p); [reflexivity|lia].
        - destruct (Nat.eqb_spec (S i) p); [lia|]; destruct (Nat.ltb_spec (S i) p); [lia|reflexivity]. }
      split.
      * exists (skip p j); split; [unfold skip; destruct (Nat.ltb_spec j p); lia|rewrite V; exact Nj].
      * assert (D : forall i, dot (S (S n)) (M i) (fun j => if Nat.eqb j p then - T / M n p
          else u (if Nat.ltb j p then j else Nat.pred j))
          = M i p * (- T / M n p) + total (S n) (fun j => M i (skip p j) * u j)).
        { intros i; unfold dot; rewrite (total_skip (S n) p) by lia; rewrite Nat.eqb_refl.
          apply f_equal; apply total_ext; intros k _; rewrite V; reflexivity. }
        intros i Hi; rewrite D; destruct (Nat.eq_dec i n) as [->|N].
        -- fold T; field; exact Np.
        -- specialize (K i ltac:(lia)); unfold dot in K.
           rewrite (total_ext (S n) _ (fun j => M i (skip p j) * u j
             - M i p / M n p * (M n (skip p j) * u j))) in K by (intros; ring).
           rewrite total_minus, total_scal in K; fold T in K.
           replace (total (S n) (fun j => M i (skip p j) * u j)) with (M i p / M n p * T) by lra.
           field; exact Np.
    + destruct (IH M) as [u [[j [Hj Nj]] K]].
      exists (fun j => if Nat.eqb j (S n) then 0 else u j); split.
      * exists j; split; [lia|]; destruct (Nat.eqb_spec j (S n)); [lia|exact Nj].
      * intros i Hi; unfold dot.
        destruct (Nat.eq_dec i n) as [->|N].
        -- apply total_zero; intros k Hk; rewrite (Z k Hk); ring.
        -- change (total (S n) (fun k => M i k * (if Nat.eqb k (S n) then 0 else u k))
             + M i (S n) * (if Nat.eqb (S n) (S n) then 0 else u (S n)) = 0).
           rewrite Nat.eqb_refl, Rmult_0_r, Rplus_0_r.
           rewrite <- (K i) by lia; apply total_ext; intros k Hk.
           destruct (Nat.eqb_spec k (S n)); [lia|reflexivity].
Qed.

(** An injective square matrix is surjective. *)
Lemma solvable : forall d A,
  (forall v, (forall i, (i < d)%nat -> mv d A v i = 0) -> forall j, (j < d)%nat -> v j = 0) ->
  forall x, exists y, forall i, (i < d)%nat -> mv d A y i = x i.
Proof.
  intros d A H x.
  destruct (kernel_vector d (fun i j => if Nat.eqb j d then x i else A i j)) as [v [[j [Hj Nj]] K]].
  assert (E : forall i, (i < d)%nat -> mv d A v i + x i * v d = 0).
  { intros i Hi; rewrite <- (K i Hi); unfold mv, dot; simpl; rewrite Nat.eqb_refl.
    apply (f_equal2 Rplus); [|reflexivity]; apply total_ext; intros k Hk.
    destruct (Nat.eqb_spec k d); [lia|reflexivity]. }
  assert (Nd : v d <> 0).
  { intros Z; apply Nj; destruct (Nat.eq_dec j d) as [->|N]; [exact Z|].
    apply H; [|lia]; intros i Hi; specialize (E i Hi); rewrite Z in E; lra. }
  exists (fun j => - / v d * v j); intros i Hi.
  unfold mv; rewrite dot_scal_r; specialize (E i Hi); unfold mv in E.
  replace (dot d (A i) v) with (- (x i * v d)) by lra; field; exact Nd.
Qed.

Lemma lower_tr : forall d A c, 0 < c ->
  (forall x, c * dot d x x <= dot d (mv d (tr A) x) (mv d (tr A) x)) ->
  forall x, c * dot d x x <= dot d (mv d A x) (mv d A x).
Proof.
  intros d A c Hc H x.
  destruct (solvable d (tr A)) with (x := x) as [y Hy].
  { intros v Z j Hj; apply (dot_zero d v); [|exact Hj].
    specialize (H v).
    replace (dot d (mv d (tr A) v) (mv d (tr A) v)) with 0 in H
      by (symmetry; apply total_zero; intros i Hi; rewrite (Z i Hi); ring).
    assert (N := dot_nonneg d v); nra. }
  specialize (H y).
  rewrite (dot_ext d _ (mv d (tr A) y) x x) in H by exact Hy.
  assert (E : dot d x x = dot d (mv d A x) y)
    by (rewrite adjoint; apply dot_ext; intros; [reflexivity|symmetry; apply Hy; assumption]).
  assert (C := cauchy d (mv d A x) y); rewrite <- E in C.
  assert (Nx := dot_nonneg d x); assert (Na := dot_nonneg d (mv d A x)).
  set (n := dot d x x) in *; set (a := dot d (mv d A x) (mv d A x)) in *.
  destruct (Rle_lt_or_eq_dec 0 n Nx) as [P|P]; [|rewrite <- P; lra].
  apply (Rmult_le_reg_r n); [exact P|].
  apply Rle_trans with (c * (a * dot d y y)); [nra|].
  replace (c * (a * dot d y y)) with (a * (c * dot d y y)) by ring.
  apply Rmult_le_compat_l; assumption.
Qed.
