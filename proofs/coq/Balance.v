(** Layers that are nearly balanced, from the zero-asymmetric start on: zas.md, (b), (c) and (d).

    |W_(l+1) x|^2 - |W_l^T x|^2 is - g_l |x|^2 up to what a_l and a_(l+1) allow; at the zero-asymmetric
    start g_l is 0, but 1 for the last pair of layers, and a = 0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers.
Open Scope R_scope.

(** Here n is the number of layers that start as identities; the last layer is W_n. *)
Definition gap (n l : nat) : R := if Nat.eqb (S l) n then 1 else 0.

Definition nearly_balanced (d n : nat) (W : nat -> nat -> nat -> R) (g a : nat -> R) : Prop :=
  forall l x, (l < n)%nat ->
    dot d (mv d (W (S l)) x) (mv d (W (S l)) x) + (g l - a (S l)) * dot d x x
      <= dot d (mv d (tr (W l)) x) (mv d (tr (W l)) x)
      <= dot d (mv d (W (S l)) x) (mv d (W (S l)) x) + (g l + a l) * dot d x x.

Lemma gap_last : forall m, gap (S m) m = 1.
Proof. intros; unfold gap; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma gap_inner : forall n l, (S l < n)%nat -> gap n l = 0.
Proof. intros n l H; unfold gap; destruct (Nat.eqb_spec (S l) n); [lia|reflexivity]. Qed.

Lemma gap_nonneg : forall n l, 0 <= gap n l.
Proof. intros; unfold gap; destruct (Nat.eqb (S l) n); lra. Qed.

(** (b) Every inner layer has W_l W_l^T >= 1 - A. *)
Lemma balance_below : forall d n W a A,
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= A -> A < 1 ->
    nearly_balanced d n W (gap n) a ->
  forall l x, (l < n)%nat -> (1 - A) * dot d x x <= dot d (mv d (tr (W l)) x) (mv d (tr (W l)) x).
Proof.
  intros d n W a A Ha HA H1 H; destruct n as [|m]; [intros; lia|].
  assert (T : forall l, (l <= m)%nat -> total (S l) a <= A /\ 0 <= total (S l) a).
  { intros l Hl; split; [|apply total_nonneg; intros; apply Ha; lia].
    apply Rle_trans with (total (S (S m)) a); [|exact HA].
    apply total_mono; [lia|intros; apply Ha; lia]. }
  assert (P : forall l, (l <= m)%nat -> forall x, (1 - (A - total (S l) a)) * dot d x x
    <= dot d (mv d (tr (W l)) x) (mv d (tr (W l)) x)).
  { refine (descend _ m _ _).
    - intros x; destruct (H m x ltac:(lia)) as [B _]; rewrite gap_last in B.
      assert (N := dot_nonneg d x); assert (N' := dot_nonneg d (mv d (W (S m)) x)).
      change (total (S (S m)) a) with (total (S m) a + a (S m)) in HA.
      assert ((1 - (A - total (S m) a)) * dot d x x <= (1 - a (S m)) * dot d x x)
        by (apply Rmult_le_compat_r; lra).
      lra.
    - intros l Hl IH x; destruct (H l x ltac:(lia)) as [B _]; rewrite gap_inner in B by lia.
      assert (C := lower_tr d (W (S l)) (1 - (A - total (S (S l)) a))
        ltac:(specialize (T (S l) ltac:(lia)); lra) IH x).
      change (total (S (S l)) a) with (total (S l) a + a (S l)) in C.
      assert (N := dot_nonneg d x); lra. }
  intros l x Hl; eapply Rle_trans; [|apply P; lia].
  apply Rmult_le_compat_r; [apply dot_nonneg|]; specialize (T l ltac:(lia)); lra.
Qed.

(** (c) From above, with X a bound of |W_n|^2. *)
Lemma balance_above : forall d n W a A X,
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= A -> 0 <= X ->
  nearly_balanced d n W (gap n) a -> bounded d (W n) X ->
  forall l, (l < n)%nat -> bounded d (W l) (1 + X + A).
Proof.
  intros d n W a A X Ha HA HX H Hn; destruct n as [|m]; [intros; lia|].
  change (total (S (S m)) a) with (total (S m) a + a (S m)) in HA.
  assert (Am : 0 <= a (S m)) by (apply Ha; lia).
  assert (T : forall l, (l <= m)%nat -> total l a <= total (S m) a /\ 0 <= total l a).
  { intros l Hl; split; [apply total_mono; [lia|]|apply total_nonneg]; intros; apply Ha; lia. }
  assert (P : forall l, (l <= m)%nat -> bounded d (W l) (1 + X + (total (S m) a - total l a))).
  { refine (descend _ m _ _).
    - rewrite <- (tr_tr (W m)); apply bounded_tr; [simpl; specialize (Ha m ltac:(lia)); lra|].
      intros x; destruct (H m x ltac:(lia)) as [_ B]; rewrite gap_last in B.
      specialize (Hn x); simpl total; lra.
    - intros l Hl IH; rewrite <- (tr_tr (W l)); apply bounded_tr;
        [specialize (T l ltac:(lia)); lra|].
      intros x; destruct (H l x ltac:(lia)) as [_ B]; rewrite gap_inner in B by lia.
      specialize (IH x); simpl total in IH; simpl total; lra. }
  intros l Hl; eapply bounded_mono; [|apply P; lia].
  specialize (T l ltac:(lia)); lra.
Qed.

(** |W y|^2 |x|^2 >= |y|^4 for y = W^T x *)
Lemma ratio_step : forall d W x,
  dot d (mv d (tr W) x) (mv d (tr W) x) ^ 2
    <= dot d (mv d W (mv d (tr W) x)) (mv d W (mv d (tr W) x)) * dot d x x.
Proof.
  intros d W x; rewrite (adjoint d (tr W) x), tr_tr, Rmult_comm; apply cauchy.
Qed.

Lemma ratio_next : forall d W x r, 0 <= r ->
  r * dot d x x <= dot d (mv d (tr W) x) (mv d (tr W) x) ->
  r * dot d (mv d (tr W) x) (mv d (tr W) x)
    <= dot d (mv d W (mv d (tr W) x)) (mv d W (mv d (tr W) x)).
Proof.
  intros d W x r Hr H; assert (C := ratio_step d W x).
  assert (Nx := dot_nonneg d x); assert (Ny := dot_nonneg d (mv d (tr W) x)).
  assert (Nz := dot_nonneg d (mv d W (mv d (tr W) x))).
  set (X := dot d x x) in *; set (Y := dot d (mv d (tr W) x) (mv d (tr W) x)) in *.
  set (Z := dot d (mv d W (mv d (tr W) x)) (mv d W (mv d (tr W) x))) in *.
  destruct (Rle_lt_or_eq_dec 0 X Nx) as [P|P].
  - apply (Rmult_le_reg_r X); [exact P|]; apply Rle_trans with (Y ^ 2); [|exact C].
    replace (r * Y * X) with (Y * (r * X)) by ring; simpl; rewrite Rmult_1_r.
    apply Rmult_le_compat_l; assumption.
  - rewrite <- P, Rmult_0_r in C; replace Y with 0; [lra|].
    symmetry; apply Rsqr_0_uniq; unfold Rsqr; assert (0 <= Y * Y) by (apply Rmult_le_pos; assumption).
    simpl in C; lra.
Qed.

(** (d) The ratios |y_(k-1)|^2 / |y_k|^2 of y_(k-1) = W_k^T y_k fall by the drifts only. *)
Lemma balance_ratios : forall d n W g a, (forall l, 0 <= g l) -> (forall l, (l <= n)%nat -> 0 <= a l) ->
  nearly_balanced d n W g a -> forall l, (l <= n)%nat -> forall y r, total (S l) a <= r ->
    r * dot d y y <= dot d (mv d (W l) y) (mv d (W l) y) ->
    (r - total (S l) a) ^ l * dot d y y
      <= dot d (mv d (tr (chain d W l)) y) (mv d (tr (chain d W l)) y).
Proof.
  intros d n W g a Hg Ha H; induction l as [|l IH]; intros Hl y r Hr Hy.
  - simpl chain; rewrite tr_unit, norm_unit, pow_O; lra.
  - change (total (S (S l)) a) with (total (S l) a + a (S l)) in *.
    assert (A1 : 0 <= a (S l)) by (apply Ha; lia).
    assert (A0 : 0 <= total (S l) a) by (apply total_nonneg; intros; apply Ha; lia).
    destruct (H l y ltac:(lia)) as [B _].
    assert (G : 0 <= g l * dot d y y) by (apply Rmult_le_pos; [apply Hg|apply dot_nonneg]).
    assert (B' : (r - a (S l)) * dot d y y <= dot d (mv d (tr (W l)) y) (mv d (tr (W l)) y)) by lra.
    simpl chain; rewrite tr_mul, mv_mul.
    eapply Rle_trans; [|apply (IH ltac:(lia) (mv d (tr (W l)) y) (r - a (S l)))].
    + replace (r - a (S l) - total (S l) a) with (r - (total (S l) a + a (S l))) by ring.
      set (e := r - (total (S l) a + a (S l))) in *.
      assert (0 <= e ^ l) by (apply pow_le; unfold e; lra).
      replace (e ^ S l * dot d y y) with (e ^ l * (e * dot d y y)) by (simpl; ring).
      apply Rmult_le_compat_l; [assumption|].
      apply Rle_trans with ((r - a (S l)) * dot d y y); [|exact B'].
      apply Rmult_le_compat_r; [apply dot_nonneg|unfold e; lra].
    + lra.
    + apply ratio_next; [lra|exact B'].
Qed.

(** (d) If |W_n^T u|^2 = q |u|^2, the product of all layers takes u to q (1 + q - A)^n |u|^2 or more.
    This holds for every u, so that no singular vector is needed. *)
Lemma balance_last : forall d n W a A u q,
  (forall l, (l <= n)%nat -> 0 <= a l) -> total (S n) a <= A -> A < 1 ->
    nearly_balanced d n W (gap n) a ->
  0 <= q -> dot d (mv d (tr (W n)) u) (mv d (tr (W n)) u) = q * dot d u u ->
  q * (1 + q - A) ^ n * dot d u u
    <= dot d (mv d (tr (chain d W (S n))) u) (mv d (tr (chain d W (S n))) u).
Proof.
  intros d n W a A u q Ha HA H1 H Hq Eq; simpl chain; rewrite tr_mul, mv_mul.
  set (y := mv d (tr (W n)) u) in *.
  replace (q * (1 + q - A) ^ n * dot d u u) with ((1 + q - A) ^ n * dot d y y) by (rewrite Eq; ring).
  assert (Wy : q * dot d y y <= dot d (mv d (W n) y) (mv d (W n) y))
    by (apply ratio_next; [exact Hq|fold y; lra]).
  assert (Ny := dot_nonneg d y).
  destruct n as [|m].
  - simpl chain; rewrite tr_unit, norm_unit, pow_O; lra.
  - change (total (S (S m)) a) with (total (S m) a + a (S m)) in HA.
    assert (A1 : 0 <= a (S m)) by (apply Ha; lia).
    assert (A0 : 0 <= total (S m) a) by (apply total_nonneg; intros; apply Ha; lia).
    destruct (H m y ltac:(lia)) as [B _]; rewrite gap_last in B.
    assert (B' : (1 + q - a (S m)) * dot d y y <= dot d (mv d (tr (W m)) y) (mv d (tr (W m)) y)) by lra.
    simpl chain; rewrite tr_mul, mv_mul.
    eapply Rle_trans; [|apply (balance_ratios d (S m) W _ a (gap_nonneg (S m)) Ha H m ltac:(lia) _
      (1 + q - a (S m)))].
    + apply Rle_trans with ((1 + q - A) ^ m * ((1 + q - a (S m)) * dot d y y)).
      * replace ((1 + q - A) ^ S m * dot d y y) with ((1 + q - A) ^ m * ((1 + q - A) * dot d y y))
          by (simpl; ring).
        apply Rmult_le_compat_l; [apply pow_le; lra|apply Rmult_le_compat_r; lra].
      * apply Rmult_le_compat; [apply pow_le; lra|apply Rmult_le_pos; lra| |exact B'].
        apply pow_incr; lra.
    + lra.
    + apply ratio_next; [lra|exact B'].
Qed.
