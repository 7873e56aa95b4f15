(** The false variants of Shamir's Lemmas 9 and 10 are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep NearLemmas InstancesNear.
Open Scope R_scope.

(** Moves of eta M beta only: from (1/2, 1) the first weight moves by eta, and beta = 1/2. *)
Lemma shamir_lemma_9_half_moves_is_false : ~ (forall (f' : R -> R) eta k w beta mu M n,
  (2 <= k)%nat -> 0 < eta -> 0 < mu -> 0 < beta -> (forall p, 0 < p <= beta -> mu <= f' p <= M) -> product k w <= beta ->
  (forall s i, (s <= n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k w s i) ->
  (forall s i, (s <= n)%nat -> (i < k)%nat ->
    Rabs (descent f' eta k w (S s) i - descent f' eta k w s i) <= eta * M * beta) /\
  (beta <= exp 2 -> exp 1 / mu * Rpower beta (1 / INR k - 1) / (eta * INR k) <= INR n ->
    product k (descent f' eta k w n) <= beta / exp 1)).
Proof.
  intros H.
  destruct (H (fun _ => 1) 1 2%nat (fun i => if Nat.eqb i 0 then 1 / 2 else 1) (1 / 2) 1 1 0%nat ltac:(lia) ltac:(lra) ltac:(lra)
    ltac:(lra)) as [K _].
  - intros; lra.
  - simpl; lra.
  - intros s i Hs Hi; replace s with 0%nat by lia; destruct i as [|[|i]]; [| |lia]; simpl; lra.
  - specialize (K 0%nat 0%nat ltac:(lia) ltac:(lia)); unfold descent, step, others, but in K; simpl in K.
    rewrite Rabs_left in K by lra; lra.
Qed.

(** A gap of 5/2 delta only: from (11/10, 9/10) one step leads to a gap of 27/100. *)
Lemma shamir_lemma_10_nearer_is_false : ~ (forall (f' : R -> R) eta k w delta c M n,
  0 < eta -> (forall p, 0 < p <= c -> 0 <= f' p <= M) -> delta <= 1 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c -> (4 * eta * M * c) ^ 2 <= 2 ->
  (forall s i, (s <= n)%nat -> (i < k)%nat -> 1 / 2 <= descent f' eta k w s i) ->
  forall s, (s <= n)%nat ->
    (forall i j, (i < k)%nat -> (j < k)%nat -> Rabs (descent f' eta k w s i - descent f' eta k w s j) <= 5 / 2 * delta) /\
    (forall i, (i < k)%nat -> descent f' eta k w (S s) i <= descent f' eta k w s i
      <= descent f' eta k w (S s) i + 2 * eta * M * c) /\
    ((S s <= n)%nat -> product k (descent f' eta k w (S s)) <= product k (descent f' eta k w s))).
Proof.
  intros H.
  destruct (H (fun _ => 1) (7 / 20) 2%nat apart (1 / 10) (99 / 100) 1 1%nat ltac:(lra)) with (s := 1%nat) as [K _].
  - intros; lra.
  - lra.
  - intros i Hi; destruct i as [|[|i]]; [| |lia]; unfold apart; simpl; apply Rabs_le; lra.
  - unfold apart; simpl; lra.
  - simpl; lra.
  - intros s i Hs Hi; destruct s as [|[|s]]; [| |lia]; (destruct i as [|[|i]]; [| |lia]); unfold descent, step, others, but, apart; simpl; lra.
  - lia.
  - specialize (K 0%nat 1%nat ltac:(lia) ltac:(lia)); unfold descent, step, others, but, apart in K; simpl in K.
    rewrite Rabs_pos_eq in K by lra; lra.
Qed.
