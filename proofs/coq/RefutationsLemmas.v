(** The false variants of Shamir's Lemmas 5 to 7 and 13, of the box bound and of Theorem 2 for finite laws are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Products Geometry OneStep Convergence Escape Expectation Xavier.
Import ListNotations.
Open Scope R_scope.

Definition two_thirds (i : nat) : R := if Nat.eqb i 0 then 2 / 3 else 3 / 4.
Ltac calc := unfold descent, step, others, rest, but, product, total, two_thirds in *; simpl in *.

Lemma ones_bounded : bounded_below 2 0 1 1 (fun _ => 1).
Proof. split; intros; lra. Qed.

Lemma lemma_13_pl_tripled_is_false : ~ (forall k j delta gamma w y,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> bounded_below k j delta gamma w ->
  3 * (INR k * delta ^ 2 * gamma ^ (2 * (k - 2))) * ((product k w - y) ^ 2 / 2)
    <= total k (fun i => ((product k w - y) * others k w i) ^ 2)).
Proof.
  intros H; assert (E := H 2%nat 0%nat 1 1 (fun _ => 1) 0 ltac:(lia) ltac:(lia) ltac:(lra) ones_bounded); calc; lra.
Qed.

Lemma lemma_13_step_rate_doubled_is_false : ~ (forall k j delta gamma y eta w,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w <= y ->
  product k (step (fun p => p - y) eta k w) <= y /\
  (product k (step (fun p => p - y) eta k w) - y) ^ 2 / 2
    <= (1 - 2 * INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) * ((product k w - y) ^ 2 / 2)).
Proof.
  intros H; destruct (H 2%nat 0%nat 1 1 (11 / 10) (1 / 10) (fun _ => 1) ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra) ltac:(simpl; lra)
    ones_bounded ltac:(calc; lra)) as [_ E].
  calc; lra.
Qed.

Lemma lemma_13_step_size_free_is_false : ~ (forall k j delta gamma y eta w n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta ->
  bounded_below k j delta gamma w -> product k w <= y ->
  bounded_below k j delta gamma (descent (fun p => p - y) eta k w n) /\
  0 <= y - product k (descent (fun p => p - y) eta k w n)
    <= (1 - INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) ^ n * (y - product k w)).
Proof.
  intros H; destruct (H 2%nat 0%nat 1 1 2 2 (fun _ => 1) 1%nat ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)
    ones_bounded ltac:(calc; lra)) as [_ E].
  calc; lra.
Qed.

Lemma lemma_13_from_above_is_false : ~ (forall k j delta gamma y eta w eps n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> 0 < eps ->
  ln (y ^ 2 / (2 * eps)) / (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR (n + 1) ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps).
Proof.
  intros H; assert (E := H 2%nat 0%nat 1 1 1 (1 / 4) (fun _ => 2) (1 / 2) 0%nat ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra)
    ltac:(simpl; lra) ltac:(split; intros; lra) ltac:(lra)).
  replace (1 ^ 2 / (2 * (1 / 2))) with 1 in E by field; rewrite ln_1 in E; unfold Rdiv in E at 1; rewrite Rmult_0_l in E.
  specialize (E ltac:(simpl; lra)); calc; lra.
Qed.

Lemma lemma_13_no_time_is_false : ~ (forall k j delta gamma y eta w eps n,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> 0 < y ->
  0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) ->
  bounded_below k j delta gamma w -> product k w < y -> 0 < eps ->
  ln (y ^ 2 / (2 * eps)) / (8 * INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n ->
  (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps).
Proof.
  intros H; assert (E := H 2%nat 0%nat 1 1 2 (1 / 16) (fun _ => 1) (274 / 1000) 2%nat ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra)
    ltac:(simpl; lra) ones_bounded ltac:(calc; lra) ltac:(lra)).
  assert (K : ln (2 ^ 2 / (2 * (274 / 1000))) / (8 * INR 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * (1 / 16)) <= INR 2).
  { replace (8 * INR 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * (1 / 16)) with 1 by (simpl; field); simpl INR; interval with (i_prec 60). }
  specialize (E K); calc; lra.
Qed.

Lemma box_escape_doubled_is_false : ~ (forall (f' : R -> R) eta k w delta G Q n,
  0 < eta -> 0 < delta ->
  (forall p, Rabs p <= product k (fun i => Rabs (w i) + delta) -> Rabs (f' p) <= G) ->
  (forall j, (j < k)%nat -> others k (fun i => Rabs (w i) + delta) j <= Q) ->
  INR n * (eta * G * Q) <= 2 * delta ->
  (forall j, (j < k)%nat -> Rabs (descent f' eta k w n j - w j) <= INR n * (eta * G * Q)) /\
  Rabs (product k (descent f' eta k w n)) <= product k (fun i => Rabs (w i) + delta)).
Proof.
  intros H; destruct (H (fun _ => 1) 1 1%nat (fun _ => 0) 1 1 1 2%nat ltac:(lra) ltac:(lra) ltac:(intros; cbv beta; rewrite Rabs_R1; lra)
    ltac:(intros j Hj; replace j with 0%nat by lia; calc; lra) ltac:(simpl; lra)) as [_ E].
  calc; split_Rabs; lra.
Qed.

Lemma box_hitting_time_doubled_is_false : ~ (forall (f' : R -> R) eta k w delta G Q n,
  0 < eta -> 0 < delta -> 0 < G -> 0 < Q ->
  (forall p, Rabs p <= product k (fun i => Rabs (w i) + delta) -> Rabs (f' p) <= G) ->
  (forall j, (j < k)%nat -> others k (fun i => Rabs (w i) + delta) j <= Q) ->
  product k (fun i => Rabs (w i) + delta) < Rabs (product k (descent f' eta k w n)) ->
  2 * delta / (eta * G * Q) < INR n).
Proof.
  intros H; assert (E := H (fun _ => -1) 1 1%nat (fun _ => 0) 1 1 1 2%nat ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)
    ltac:(intros; cbv beta; split_Rabs; lra) ltac:(intros j Hj; replace j with 0%nat by lia; calc; lra) ltac:(calc; split_Rabs; lra)).
  simpl in E; lra.
Qed.

Lemma theorem_2_time_tripled_is_false : ~ (forall (f' : R -> R) eta k w alpha delta m M r n,
  (2 <= k)%nat -> 0 < eta -> 0 < delta -> 0 < alpha ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i) <= m) ->
  r = delta / sqrt (INR (k - 1)) * ln 2 ->
  (forall p, Rabs p <= 2 * alpha * (m + r) -> Rabs (f' p) <= M) ->
  INR n * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= 3 * r ->
  norm2 k (fun i => descent f' eta k w n i - w i) <= r /\
  Rabs (product k (descent f' eta k w n)) <= 2 * alpha * (m + r)).
Proof.
  intros H; assert (L : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  assert (S2 : 0 < sqrt 2) by (apply sqrt_lt_R0; lra); assert (SS : sqrt 2 * sqrt 2 = 2) by (apply sqrt_sqrt; lra).
  set (eta := 3 * ln 2 / (2 * sqrt 2)); assert (P : 0 < eta) by (apply Rdiv_lt_0_compat; lra).
  destruct (H (fun _ => -1) eta 2%nat (fun _ => 1) 1 1 1 1 (ln 2) 1%nat) as [E _]; try lia; try lra.
  - intros j Hj; destruct j as [|[|j]]; [| |lia]; calc; split_Rabs; lra.
  - intros; cbv beta; rewrite Rabs_R1; lra.
  - simpl; rewrite sqrt_1; field.
  - intros; cbv beta; split_Rabs; lra.
  - simpl; replace (1 + 1) with 2 by ring; unfold eta; right; field; lra.
  - unfold norm2 in E; apply (fun h => sqrt_le_0 _ ((ln 2) ^ 2) h) in E || idtac.
    assert (T : total 2 (fun i => (descent (fun _ => -1) eta 2 (fun _ => 1) 1 i - 1) ^ 2) = 2 * eta ^ 2) by (calc; ring).
    rewrite T in E; assert (Q : sqrt (2 * eta ^ 2) * sqrt (2 * eta ^ 2) = 2 * eta ^ 2) by (apply sqrt_sqrt; nra).
    assert (V : 2 * eta ^ 2 = 9 / 4 * ln 2 ^ 2).
    { unfold eta; replace (2 * (3 * ln 2 / (2 * sqrt 2)) ^ 2) with (9 * ln 2 ^ 2 / (2 * (sqrt 2 * sqrt 2))) by (field; lra).
      rewrite SS; field. }
    assert (Q0 := sqrt_pos (2 * eta ^ 2)); nra.
Qed.

Lemma near_identity_without_depth_is_false : ~ (forall (f' : R -> R) eta k w M n,
  0 < eta -> 0 < M -> (1 <= k)%nat ->
  (forall j, (j < k)%nat -> 2 / 3 <= w j <= 3 / 4) ->
  (forall p, 0 <= p <= (3 / 4) ^ k -> 0 <= f' p <= M) ->
  INR n <= (4 / 3) ^ (2 * k) / (12 * eta * M) ->
  (forall j, (j < k)%nat -> 1 / 2 <= descent f' eta k w n j <= 3 / 4) /\
  0 < product k (descent f' eta k w n)).
Proof.
  intros H; destruct (H (fun _ => 1) (64 / 243) 2%nat two_thirds 1 1%nat ltac:(lra) ltac:(lra) ltac:(lia)
    ltac:(intros j Hj; destruct j as [|[|j]]; [| |lia]; calc; lra) ltac:(intros; lra) ltac:(simpl; lra)) as [E _].
  specialize (E 0%nat ltac:(lia)); calc; lra.
Qed.

Lemma markov_without_sign_is_false : ~ (forall law k t (X : (nat -> R) -> R),
  is_law law -> 0 < t -> t * probability_above law k t X <= expect law k X).
Proof.
  intros H; assert (E := H [(1, 1 / 2); (-1, 1 / 2)] 1%nat 1 (fun w => w 0%nat)).
  assert (L : is_law [(1, 1 / 2); (-1, 1 / 2)]).
  { split; [|simpl; lra]; intros x p [K|[K|[]]]; injection K as _ <-; lra. }
  specialize (E L ltac:(lra)); unfold probability_above, expect, put in E; simpl in E.
  destruct (Rle_dec 1 1); [|lra]; destruct (Rle_dec 1 (-1)); lra.
Qed.

Lemma lemma_5_at_zero_is_false : ~ (forall law k a,
  is_law law -> (1 <= k)%nat -> 0 <= a -> mean law Rabs <= a ->
  probability_above law k (INR k * sqrt a ^ (k - 1))
    (fun w => maximum k (fun j => Rabs (others k w j))) <= sqrt a ^ (k - 1)).
Proof.
  intros H; assert (L : is_law [(0, 1)]) by (split; [intros x p [K|[]]; injection K as _ <-; lra|simpl; lra]).
  assert (E := H [(0, 1)] 2%nat 0 L ltac:(lia) ltac:(lra) ltac:(simpl; rewrite Rabs_R0; lra)).
  unfold probability_above in E; simpl in E; rewrite sqrt_0 in E.
  match type of E with context [Rle_dec ?a ?b] => destruct (Rle_dec a b) as [_|N]; [lra|apply N] end.
  rewrite Rmult_0_l, Rmult_0_r; apply (Rle_trans _ (Rmax 0 (Rabs (others 2 (put 0 0 (put 1 0 (fun _ => 0))) 0)))).
  - apply Rmax_l.
  - apply Rmax_l.
Qed.

Lemma lemma_6_radius_tripled_is_false : ~ (forall k w v alpha beta delta,
  (2 <= k)%nat -> 0 < delta -> 0 < alpha -> 0 < beta ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i)) ->
  norm2 k (fun i => v i - w i) <= 3 * delta / sqrt (INR (k - 1)) * ln (beta / alpha) ->
  forall j, (j < k)%nat -> Rabs (others k v j) <= beta).
Proof.
  intros H; set (v := fun i : nat => if Nat.eqb i 0 then 1 else 3).
  assert (E := H 2%nat (fun _ => 1) v 1 2 1 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)
    ltac:(intros j Hj; destruct j as [|[|j]]; [| |lia]; calc; split_Rabs; lra) ltac:(intros; cbv beta; rewrite Rabs_R1; lra)).
  assert (N : norm2 2 (fun i => v i - 1) <= 3 * 1 / sqrt (INR (2 - 1)) * ln (2 / 1)).
  { unfold norm2, v; simpl; replace (0 + (1 - 1) * ((1 - 1) * 1) + (3 - 1) * ((3 - 1) * 1)) with (2 ^ 2) by ring.
    rewrite sqrt_pow2, sqrt_1 by lra; interval with (i_prec 60). }
  specialize (E N 0%nat ltac:(lia)); unfold v in E; calc; split_Rabs; lra.
Qed.

Lemma lemma_6_gradient_without_root_is_false : ~ (forall (f' : R -> R) k w v alpha beta delta m M,
  (2 <= k)%nat -> 0 < delta -> 0 < alpha -> 0 < beta ->
  (forall j, (j < k)%nat -> Rabs (others k w j) <= alpha) ->
  (forall i, (i < k)%nat -> delta <= Rabs (w i)) ->
  norm2 k (fun i => v i - w i) <= delta / sqrt (INR (k - 1)) * ln (beta / alpha) ->
  (forall i, (i < k)%nat -> Rabs (v i) <= m) ->
  (forall p, Rabs p <= beta * m -> Rabs (f' p) <= M) ->
  (forall j, (j < k)%nat -> Rabs (others k v j) <= beta) /\
  Rabs (product k v) <= beta * m /\
  norm2 k (fun j => f' (product k v) * others k v j) <= beta * M).
Proof.
  intros H; destruct (H (fun _ => 1) 2%nat (fun _ => 1) (fun _ => 1) 1 1 1 1 1 ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra)
    ltac:(intros j Hj; destruct j as [|[|j]]; [| |lia]; calc; split_Rabs; lra) ltac:(intros; cbv beta; rewrite Rabs_R1; lra)) as [_ [_ E]].
  - unfold norm2; simpl; replace (1 / 1) with 1 by field; rewrite ln_1, Rmult_0_r.
    replace (0 + (1 - 1) * ((1 - 1) * 1) + (1 - 1) * ((1 - 1) * 1)) with 0 by ring; rewrite sqrt_0; lra.
  - intros; cbv beta; rewrite Rabs_R1; lra.
  - intros; cbv beta; rewrite Rabs_R1; lra.
  - unfold norm2 in E; calc; replace (0 + 1 * (1 * 1 * 1) * (1 * (1 * 1 * 1) * 1) + 1 * (1 * 1 * 1) * (1 * (1 * 1 * 1) * 1)) with 2 in E by ring.
    assert (Q : sqrt 2 * sqrt 2 = 2) by (apply sqrt_sqrt; lra); assert (Q0 := sqrt_pos 2); nra.
Qed.

Lemma lemma_7_reversed_is_false : ~ (forall k w a x,
  (1 <= k)%nat -> 0 < a -> (forall i, (i < k)%nat -> a < w i) -> 0 < x -> x ^ k = product k w ->
  (x - a) ^ k <= product k (fun i => w i - a)).
Proof.
  intros H; assert (E := H 2%nat (fun i => if Nat.eqb i 0 then 2 else 8) 1 4 ltac:(lia) ltac:(lra)
    ltac:(intros i _; cbv beta; destruct (Nat.eqb i 0); lra) ltac:(lra) ltac:(simpl; lra)).
  simpl in E; lra.
Qed.

Lemma theorem_2_any_time_is_false : ~ (forall law (f' : R -> R) eta k a alpha delta m M r n,
  is_law law -> (2 <= k)%nat -> 0 < eta -> 0 < a -> mean law Rabs <= a -> 0 < delta ->
  alpha = INR k * sqrt a ^ (k - 1) ->
  r = delta / sqrt (INR (k - 1)) * ln 2 ->
  (forall p, Rabs p <= 2 * alpha * (m + r) -> Rabs (f' p) <= M) ->
  escape_probability law f' eta k n (2 * alpha * (m + r))
    <= sqrt a ^ (k - 1) + INR k * small law delta + INR k * large law m).
Proof.
  intros H; set (law := [(1 / 100, 1)]).
  assert (L : is_law law) by (split; [intros x p [K|[]]; injection K as _ <-; lra|simpl; lra]).
  assert (A : Rabs (1 / 100) = 1 / 100) by (apply Rabs_pos_eq; lra).
  assert (S : sqrt (1 / 100) = 1 / 10) by (replace (1 / 100) with ((1 / 10) ^ 2) by field; apply sqrt_pow2; lra).
  assert (ln2 : ln 2 <= 1) by interval with (i_prec 60).
  assert (E := H law (fun _ => -1) 100 2%nat (1 / 100) (2 / 10) (1 / 100) (1 / 100) 1 (1 / 100 * ln 2) 1%nat L ltac:(lia) ltac:(lra) ltac:(lra)
    ltac:(simpl; rewrite A; lra) ltac:(lra)).
  rewrite S in E; specialize (E ltac:(simpl; lra) ltac:(simpl; rewrite sqrt_1; field) ltac:(intros; cbv beta; split_Rabs; lra)).
  unfold escape_probability, small, large, law in E; simpl in E; rewrite A in E.
  destruct (Rlt_dec (1 / 100) (1 / 100)) as [B|_]; [lra|].
  match type of E with context [Rle_dec ?a ?b] => destruct (Rle_dec a b) as [B|_]; [|lra] end.
  unfold put, step, others, but in B; simpl in B; split_Rabs; lra.
Qed.
