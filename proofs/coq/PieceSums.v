(** Lemma S of escape-counts.md: sums over steps become sums over pieces.

    Piece i is [a i, a (S i)]; pieces 0, ..., M - 1 reach from a 0 to the exit a M, and piece M is the
    overhang of one step behind it.  [r (S i)] is at least the length of every step that begins in
    piece i, and [r i] how far piece i is widened to the left. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix.
Open Scope R_scope.

Definition clamp (a : nat -> R) (i : nat) (y : R) : R := Rmax (a i) (Rmin y (a (S i))).

Lemma clamp_range : forall a i y, a i <= a (S i) -> a i <= clamp a i y <= a (S i).
Proof.
  intros a i y H; unfold clamp, Rmax, Rmin.
  destruct (Rle_dec y (a (S i))), (Rle_dec (a i) _); lra.
Qed.

Lemma clamp_mono : forall a i x y, x <= y -> clamp a i x <= clamp a i y.
Proof.
  intros a i x y H; unfold clamp, Rmax, Rmin.
  destruct (Rle_dec x (a (S i))), (Rle_dec y (a (S i))); repeat destruct (Rle_dec (a i) _); lra.
Qed.

(** Where the clamps of x < y differ, the interval [x, y] meets the piece. *)
Lemma clamp_meets : forall a i x y, a i <= a (S i) -> x <= y -> clamp a i x < clamp a i y ->
  x < a (S i) /\ a i < y.
Proof.
  intros a i x y H L; unfold clamp, Rmax, Rmin.
  destruct (Rle_dec x (a (S i))), (Rle_dec y (a (S i))); repeat destruct (Rle_dec (a i) _); lra.
Qed.

Lemma clamp_sum : forall a n y, (forall i, (i < n)%nat -> a i <= a (S i)) -> a 0%nat <= y ->
  total n (fun i => clamp a i y - a i) = Rmin y (a n) - a 0%nat.
Proof.
  induction n as [|n IH]; intros y H Hy; simpl.
  - rewrite Rmin_right by exact Hy; ring.
  - rewrite IH by (try exact Hy; intros; apply H; lia); specialize (H n ltac:(lia)).
    unfold clamp, Rmax, Rmin.
    destruct (Rle_dec y (a (S n))), (Rle_dec y (a n)); destruct (Rle_dec (a n) _); lra.
Qed.

Lemma rising : forall (a : nat -> R) n, (forall i, (i < n)%nat -> a i <= a (S i)) ->
  forall i j, (i <= j <= n)%nat -> a i <= a j.
Proof.
  intros a n H i j [Hi Hj]; induction j as [|j IH]; [replace i with 0%nat by lia; lra|].
  destruct (Nat.eq_dec i (S j)) as [->|N]; [lra|].
  specialize (IH ltac:(lia) ltac:(lia)); specialize (H j ltac:(lia)); lra.
Qed.

Lemma piece_of : forall (a : nat -> R) M y, (1 <= M)%nat -> a 0%nat <= y <= a M ->
  exists i, (i < M)%nat /\ a i <= y <= a (S i).
Proof.
  induction M as [|M IH]; intros y HM Hy; [lia|].
  destruct (Rle_or_lt (a M) y) as [C|C]; [exists M; split; [lia|lra]|].
  destruct M as [|M]; [lra|].
  destruct (IH y ltac:(lia) ltac:(lra)) as [i [Hi K]]; exists i; split; [lia|exact K].
Qed.

Lemma piece_sum_clamped : forall (M n : nat) (a r x F V : nat -> R),
  (1 <= M)%nat ->
  (forall i, (i <= M)%nat -> a i <= a (S i)) ->
  (forall i, (i <= S M)%nat -> 0 <= r i) ->
  (forall i, (i < M)%nat -> r (S i) <= a (S (S i)) - a (S i)) ->
  (forall s, (s < n)%nat -> a 0%nat <= x s <= a M) ->
  (forall s, (s < n)%nat -> x s <= x (S s)) ->
  (forall s i, (s < n)%nat -> (i < M)%nat -> a i <= x s <= a (S i) -> x (S s) - x s <= r (S i)) ->
  (forall i, (i <= M)%nat -> 0 <= V i) ->
  (forall s i, (s < n)%nat -> (i <= M)%nat -> a i - r i <= x s <= a (S i) ->
    x (S s) <= a (S i) + r (S i) -> F s <= V i) ->
  total n (fun s => (x (S s) - x s) * F s) <= total (S M) (fun i => V i * (clamp a i (x n) - clamp a i (x 0%nat))).
Proof.
  intros M n a r x F V HM Ha Hr Hl Hx Hup Hst HV HF.
  assert (Ha' : forall i, (i < S M)%nat -> a i <= a (S i)) by (intros; apply Ha; lia).
  assert (Mono := rising a (S M) Ha').
  (* a step ends in its own piece or in the next one *)
  assert (Next : forall s i, (s < n)%nat -> (i < M)%nat -> a i <= x s <= a (S i) -> x (S s) <= a (S (S i))).
  { intros s i Hs Hi K; specialize (Hst s i Hs Hi K); specialize (Hl i Hi); lra. }
  assert (End : forall s, (s < n)%nat -> a 0%nat <= x (S s) <= a (S M)).
  { intros s Hs; split; [specialize (Hx s Hs); specialize (Hup s Hs); lra|].
    destruct (piece_of a M (x s) HM (Hx s Hs)) as [i [Hi K]].
    eapply Rle_trans; [apply (Next s i Hs Hi K)|apply Mono; lia]. }
  assert (Step : forall s, (s < n)%nat -> (x (S s) - x s) * F s
    <= total (S M) (fun i => V i * (clamp a i (x (S s)) - clamp a i (x s)))).
  { intros s Hs.
    assert (E : x (S s) - x s = total (S M) (fun i => clamp a i (x (S s)) - clamp a i (x s))).
    { rewrite (total_ext _ _ (fun i => (clamp a i (x (S s)) - a i) - (clamp a i (x s) - a i))) by (intros; ring).
      destruct (End s Hs) as [E0 E1]; destruct (Hx s Hs) as [X0 X1].
      assert (a M <= a (S M)) by (apply Ha; lia).
      rewrite total_minus, !clamp_sum, !Rmin_left by (auto; lra); ring. }
    rewrite E, Rmult_comm, <- total_scal; apply total_le; intros i Hi.
    assert (D := clamp_mono a i _ _ (Hup s Hs)).
    destruct (Rle_lt_or_eq_dec _ _ D) as [D'|D']; [|rewrite D', Rminus_eq_0; lra].
    apply Rmult_le_compat_r; [lra|].
    destruct (clamp_meets a i _ _ (Ha' i Hi) (Hup s Hs) D') as [Q1 Q2].
    assert (R0 : 0 <= r i) by (apply Hr; lia); assert (R1 : 0 <= r (S i)) by (apply Hr; lia).
    destruct (Rle_or_lt (a i) (x s)) as [C|C].
    - apply HF; auto; [lia|split; lra|].
      destruct (Nat.eq_dec i M) as [->|N]; [destruct (End s Hs); lra|].
      specialize (Hst s i Hs ltac:(lia) ltac:(lra)); lra.
    - destruct (piece_of a M (x s) HM (Hx s Hs)) as [m [Hm K]].
      assert (m < i)%nat by (apply Nat.nle_gt; intros L; assert (a i <= a m) by (apply Mono; lia); lra).
      assert (i = S m).
      { assert (X := Next s m Hs Hm K).
        destruct (Nat.eq_dec i (S m)) as [|N]; [assumption|].
        assert (a (S (S m)) <= a i) by (apply Mono; lia); lra. }
      subst i; assert (X := Next s m Hs Hm K); specialize (Hst s m Hs Hm K).
      apply HF; auto; [split; lra|lra]. }
  eapply Rle_trans; [apply total_le; intros s Hs; apply (Step s Hs)|].
  rewrite total_swap; apply total_le; intros i Hi; rewrite total_scal.
  apply Rmult_le_compat_l; [apply HV; lia|right].
  induction n as [|n IH]; simpl; [ring|rewrite IH; [ring|..]; intros; auto].
Qed.

Theorem piece_sum : forall (M n : nat) (a r x F V : nat -> R),
  (1 <= M)%nat ->
  (forall i, (i <= M)%nat -> a i <= a (S i)) ->
  (forall i, (i <= S M)%nat -> 0 <= r i) ->
  (forall i, (i < M)%nat -> r (S i) <= a (S (S i)) - a (S i)) ->
  (forall s, (s < n)%nat -> a 0%nat <= x s <= a M) ->
  (forall s, (s < n)%nat -> x s <= x (S s)) ->
  (forall s i, (s < n)%nat -> (i < M)%nat -> a i <= x s <= a (S i) -> x (S s) - x s <= r (S i)) ->
  (forall i, (i <= M)%nat -> 0 <= V i) ->
  (forall s i, (s < n)%nat -> (i <= M)%nat -> a i - r i <= x s <= a (S i) ->
    x (S s) <= a (S i) + r (S i) -> F s <= V i) ->
  total n (fun s => (x (S s) - x s) * F s) <= total (S M) (fun i => V i * (a (S i) - a i)).
Proof.
  intros M n a r x F V HM Ha Hr Hl Hx Hup Hst HV HF.
  eapply Rle_trans; [apply (piece_sum_clamped M n a r x F V); assumption|].
  apply total_le; intros i Hi; apply Rmult_le_compat_l; [apply HV; lia|].
  assert (Ai : a i <= a (S i)) by (apply Ha; lia).
  assert (P := clamp_range a i (x n) Ai); assert (Q := clamp_range a i (x 0%nat) Ai); lra.
Qed.

(** The steps that end in piece m or before it meet no later piece. *)
Lemma piece_sum_until : forall (M n : nat) (a r x F V : nat -> R) m,
  (1 <= M)%nat ->
  (forall i, (i <= M)%nat -> a i <= a (S i)) ->
  (forall i, (i <= S M)%nat -> 0 <= r i) ->
  (forall i, (i < M)%nat -> r (S i) <= a (S (S i)) - a (S i)) ->
  (forall s, (s < n)%nat -> a 0%nat <= x s <= a M) ->
  (forall s, (s < n)%nat -> x s <= x (S s)) ->
  (forall s i, (s < n)%nat -> (i < M)%nat -> a i <= x s <= a (S i) -> x (S s) - x s <= r (S i)) ->
  (forall i, (i <= M)%nat -> 0 <= V i) ->
  (forall s i, (s < n)%nat -> (i <= M)%nat -> a i - r i <= x s <= a (S i) ->
    x (S s) <= a (S i) + r (S i) -> F s <= V i) ->
  (m <= M)%nat -> x n <= a (S m) ->
  total n (fun s => (x (S s) - x s) * F s) <= total (S m) (fun i => V i * (a (S i) - a i)).
Proof.
  intros M n a r x F V m HM Ha Hr Hl Hx Hup Hst HV HF Hm Hn.
  assert (Ha' : forall i, (i < S M)%nat -> a i <= a (S i)) by (intros; apply Ha; lia).
  assert (Mono := rising a (S M) Ha').
  assert (X0 : forall k, (k <= n)%nat -> x 0%nat <= x k).
  { induction k as [|k IH]; intros Hk; [lra|]; specialize (IH ltac:(lia)); specialize (Hup k ltac:(lia)); lra. }
  specialize (X0 n (Nat.le_refl n)).
  eapply Rle_trans; [apply (piece_sum_clamped M n a r x F V); assumption|].
  assert (Split : forall q, (m <= q <= M)%nat ->
    total (S q) (fun i => V i * (clamp a i (x n) - clamp a i (x 0%nat)))
      <= total (S m) (fun i => V i * (a (S i) - a i))); [|apply (Split M); lia].
  induction q as [|q IH]; intros Hq.
  - replace m with 0%nat by lia; apply total_le; intros i Hi; apply Rmult_le_compat_l; [apply HV; lia|].
    assert (Ai : a i <= a (S i)) by (apply Ha; lia).
    assert (P := clamp_range a i (x n) Ai); assert (Q := clamp_range a i (x 0%nat) Ai); lra.
  - destruct (Nat.eq_dec m (S q)) as [->|N].
    + apply total_le; intros i Hi; apply Rmult_le_compat_l; [apply HV; lia|].
      assert (Ai : a i <= a (S i)) by (apply Ha; lia).
      assert (P := clamp_range a i (x n) Ai); assert (Q := clamp_range a i (x 0%nat) Ai); lra.
    + simpl total; specialize (IH ltac:(lia)); simpl total in IH.
      assert (L : a (S m) <= a (S q)) by (apply Mono; lia).
      assert (Aq : a (S q) <= a (S (S q))) by (apply Ha; lia).
      assert (C : forall y, y <= a (S q) -> clamp a (S q) y = a (S q)).
      { intros y Hy; unfold clamp; rewrite Rmin_left, Rmax_left by lra; reflexivity. }
      rewrite !C by lra; lra.
Qed.
