(** The false variants of Lemmas 15 and 16 as Shamir states them, and of the one-step inequality of his Lemma 13, are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper CrossingPaper.
Open Scope R_scope.

Lemma shamir_lemma_15_printed_at_zero_is_false : ~ (forall c1 c2 c3 c4, 0 <= c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w m,
    (2 <= k)%nat -> assumption_4 c1 c2 c3 c4 k w -> (forall i, (i < k)%nat -> 0 <= w i) ->
    (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
    exists N, INR N <= exp (C * (INR k * ln (INR k))) / Rpower (INR k) (- c) /\
      descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m <= 0).
Proof.
  intros H; destruct (H 0 2 1 1 ltac:(lra) ltac:(lra)) as [c0 H0].
  set (c := Rmax c0 10); assert (c10 : 10 <= c) by apply Rmax_r; destruct (H0 c (Rmax_l _ _)) as [C HC].
  set (w := fun i : nat => INR i + 1).
  destruct (HC 2%nat w 0%nat ltac:(lia)) as [N [_ L]]; try lia.
  - split; [|split].
    + intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; rewrite Rabs_pos_eq; lra.
    + unfold w; simpl; lra.
    + intros i j Hi Hj Ne; replace (Rpower (INR 2) (- (1))) with (1 / 2)
        by (rewrite Rpower_Ropp, Rpower_1 by (simpl; lra); simpl; field).
      destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; unfold w, rest, but; simpl; split;
        unfold Rabs; repeat destruct (Rcase_abs _); lra.
  - intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; lra.
  - intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; lra.
  - set (eta := Rpower (INR 2) (- c)) in *; assert (e0 : 0 < eta) by apply exp_pos.
    assert (e1 : eta <= 1 / 6).
    { destruct (ln_depth 2 ltac:(lia)) as [[L2 _] _]; unfold eta, Rpower; simpl INR.
      apply Rle_trans with (exp (- (5))); [apply exp_le_compat; replace (1 + 1) with 2 by ring; nra|].
      rewrite exp_Ropp; assert (6 <= exp 5) by (assert (X := exp_above_line 5); lra).
      apply Rle_trans with (/ 6); [apply Rinv_le_contravar; lra|lra]. }
    assert (Inv : forall t, 0 < descent (fun p => p + 0) eta 2 w t 0%nat <= 1 /\ 0 < descent (fun p => p + 0) eta 2 w t 1%nat <= 2).
    { induction t as [|t [I1 I2]]; [unfold w; simpl; lra|].
      change (descent (fun p => p + 0) eta 2 w (S t)) with (step (fun p => p + 0) eta 2 (descent (fun p => p + 0) eta 2 w t)).
      set (v := descent (fun p => p + 0) eta 2 w t) in *; unfold step, others, but; simpl.
      set (a := v 0%nat) in *; set (b := v 1%nat) in *.
      replace (a - eta * (1 * a * b + 0) * (1 * 1 * b)) with (a * (1 - eta * (b * b))) by ring.
      replace (b - eta * (1 * a * b + 0) * (1 * a * 1)) with (b * (1 - eta * (a * a))) by ring.
      assert (A : 0 <= a * a <= 1) by nra; assert (B : 0 <= b * b <= 4) by nra.
      assert (Ea : 0 <= eta * (a * a) <= 1 / 6 * 1) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
      assert (Eb : 0 <= eta * (b * b) <= 1 / 6 * 4) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
      split; split; nra. }
    destruct (Inv N) as [I _]; lra.
Qed.

Lemma shamir_lemma_16_printed_eta_is_false : ~ (forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w m N,
    (2 <= k)%nat -> assumption_4 c1 c2 c3 c4 k w -> (forall i, (i < k)%nat -> 0 <= w i) ->
    (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
    (forall s, (s < N)%nat -> 0 < descent (fun p => p + c1) (Rpower (INR k) (- c)) k w s m) ->
    descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m <= 0 ->
    - (C * Rpower (INR k) (- c)) <= descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m /\
    descent (fun p => p + c1) (Rpower (INR k) (- c)) k w (S N) m
      <= - Rpower (INR k) (- c)).
Proof.
  intros H; destruct (H 1 1 1 1 ltac:(lra) ltac:(lra)) as [c0 H0].
  destruct (H0 c0 (Rle_refl _)) as [C HC]; set (w := fun i : nat => INR i / 2).
  destruct (HC 2%nat w 0%nat 0%nat ltac:(lia)) as [_ L]; try lia.
  - split; [|split].
    + intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; rewrite Rabs_pos_eq; lra.
    + unfold w; simpl; lra.
    + intros i j Hi Hj Ne; replace (Rpower (INR 2) (- (1))) with (1 / 2)
        by (rewrite Rpower_Ropp, Rpower_1 by (simpl; lra); simpl; field).
      destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; unfold w, rest, but; simpl; split;
        unfold Rabs; repeat destruct (Rcase_abs _); lra.
  - intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; lra.
  - intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold w; simpl; lra.
  - unfold w; simpl; lra.
  - assert (e0 : 0 < Rpower (INR 2) (- c0)) by apply exp_pos.
    set (eta := Rpower (INR 2) (- c0)) in *; change (step (fun p => p + 1) eta 2 w 0%nat <= - eta) in L.
    unfold step, others, but, w in L; simpl in L; lra.
Qed.

Lemma shamir_lemma_13_one_step_longer_is_false : ~ (forall delta y w eta,
  0 < delta -> (forall i, (i < 2)%nat -> delta <= w i) -> product 2 w <= y -> 0 <= eta <= 21 / 10 * (delta ^ 2 / (2 * 2 * y ^ 2)) ->
  product 2 (step (fun p => p - y) eta 2 w) <= y /\
  exists y' w', (forall i, (i < 2)%nat -> 1 <= w' i) /\ product 2 w' <= y' /\
    let eta' := 2001 / 1000 * (1 ^ 2 / (2 * 2 * y' ^ 2)) in
    (1 - 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * eta') * ((product 2 w' - y') ^ 2 / 2)
      < (product 2 (step (fun p => p - y') eta' 2 w') - y') ^ 2 / 2).
Proof.
  intros H; destruct (H 1 (101 / 100) (fun _ => 1) (21 / 10 * (1 ^ 2 / (2 * 2 * (101 / 100) ^ 2))) ltac:(lra) ltac:(intros; lra) ltac:(simpl; lra)
    ltac:(split; [simpl; lra|apply Rle_refl])) as [E _].
  unfold step, others, but in E; simpl in E; lra.
Qed.
