(** The false variants of the sandwich are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound Sandwich SandwichCrossing SandwichPositive.
From Lemmata Require Import InstancesSandwich.
Open Scope R_scope.

(** One weight: the distance to -1 shrinks by 1 - eta a step. *)
Lemma one_weight : forall eta w n,
  product 1 (descent (fun p => p + 1) eta 1 w n) = -1 + (1 - eta) ^ n * (w 0%nat + 1).
Proof.
  intros eta w n; simpl product; rewrite Rmult_1_l; induction n as [|n IH]; [simpl; lra|].
  simpl descent; unfold step, others, but; simpl product; simpl Nat.eqb; cbv iota; rewrite !Rmult_1_l, IH; simpl; ring.
Qed.

Lemma grown_one_weight : forall x w y, 0 <= y -> w 0%nat ^ 2 + x = y ^ 2 -> grown_product 1 x w = y.
Proof. intros x w y Hy E; change (1 * sqrt (w 0%nat ^ 2 + x) = y); rewrite E, sqrt_pow2 by exact Hy; ring. Qed.

Lemma sandwich_negative_longer_is_false : ~ (forall eta k w beta, 0 < eta -> -1 / 2 < product k w < 0 -> are_levels beta ->
  forall n t, n = 0%nat \/ grown_product k (beta n) w < 1 / 2 -> INR t < 5 / 2 * climb_least eta k w beta 0 n ->
  -1 / 2 < product k (descent (fun p => p + 1) eta k w t)).
Proof.
  intros H; set (b := 8901 / 1000000); set (w := fun _ : nat => - (49 / 100)).
  assert (G : grown_product 1 b w = 499 / 1000) by (apply grown_one_weight; unfold w, b; lra).
  assert (E := H (1 / 500) 1%nat w (fun i => b * INR i) ltac:(lra) ltac:(unfold w; simpl; lra)
    ltac:(apply levels_of_naturals; unfold b; lra) 1%nat 10%nat).
  assert (R : level_rise (1 / 500) 1 w (fun i => b * INR i) 1 = 23453 / 11126250).
  { unfold level_rise; simpl INR; rewrite Rmult_1_r, G; unfold b; field. }
  assert (C : climb_least (1 / 500) 1 w (fun i => b * INR i) 0 1 = b / (23453 / 11126250)).
  { unfold climb_least; simpl total; simpl Nat.eqb; cbv iota; rewrite R; simpl INR.
    rewrite Rmult_1_r, Rmult_0_r, !Rminus_0_r, Rplus_0_l; apply Rmax_right; unfold b; lra. }
  assert (T : INR 10 = 10) by (rewrite INR_IZR_INZ; reflexivity); rewrite one_weight, C, T in E.
  simpl INR in E; rewrite Rmult_1_r, G in E.
  specialize (E ltac:(right; lra) ltac:(unfold b; lra)); unfold w in E; simpl in E; lra.
Qed.

Lemma sandwich_negative_no_rounding_is_false : ~ (forall eta k w beta, 0 < eta -> -1 / 2 < product k w < 0 -> are_levels beta ->
  forall n, (forall i, (i < n)%nat -> grown_product k (beta i) w < 1 / 2) -> 1 / 2 <= grown_product k (beta n) w ->
  exists t, INR t <= climb_most eta k w beta 1 n - INR n /\ product k (descent (fun p => p + 1) eta k w t) <= -1 / 2).
Proof.
  intros H; set (w := fun _ : nat => - (1 / 4)).
  assert (G0 : grown_product 1 (3 / 16 * INR 0) w = 1 / 4) by (apply grown_one_weight; unfold w; simpl; lra).
  assert (G1 : grown_product 1 (3 / 16 * INR 1) w = 1 / 2) by (apply grown_one_weight; unfold w; simpl; lra).
  destruct (H (9 / 10) 1%nat w (fun i => 3 / 16 * INR i) ltac:(lra) ltac:(unfold w; simpl; lra)
    ltac:(apply levels_of_naturals; lra) 1%nat) as [t [T1 T2]].
  - intros i Hi; replace i with 0%nat by lia; rewrite G0; lra.
  - rewrite G1; lra.
  - assert (C : climb_most (9 / 10) 1 w (fun i => 3 / 16 * INR i) 1 1 = 5 / 9 + 1).
    { unfold climb_most; change (0 + ((3 / 16 * INR 1 - 3 / 16 * INR 0) / (2 * (9 / 10) * (1 - 1 * grown_product 1 (3 / 16 * INR 0) w)
        * (1 * grown_product 1 (3 / 16 * INR 0) w)) + 1) = 5 / 9 + 1); rewrite G0; simpl; field. }
    rewrite C in T1; change (INR 1) with 1 in T1.
    destruct t as [|t]; [unfold w in T2; simpl in T2; lra|rewrite S_INR in T1; assert (0 <= INR t) by apply pos_INR; lra].
Qed.

(** As it was first written: 2 a for a + b. *)
Lemma sandwich_positive_whole_way_is_false : ~ (forall eta k m w a H s beta, 0 < eta -> 0 < product k w -> are_levels beta ->
  (m < k)%nat -> a = Rabs (w m) -> (forall j, (j < k)%nat -> j <> m -> a < Rabs (w j)) ->
  H = eta * (1 + product k w) * Rabs (others k w m) -> H <= a ->
  total k (crossing_share m w H) <= s <= 1 / 2 ->
  forall n t, n = 0%nat \/ grown_product k (beta n) w < 1 / 2 ->
  INR t < 2 * a / H + climb_least eta k w beta (level_rise eta k w beta 1) n ->
  -1 / 2 < product k (descent (fun p => p + 1) eta k w t)).
Proof.
  intros H.
  assert (E : Rabs (1 / 10) = 1 / 10) by (apply Rabs_pos_eq; lra).
  assert (E' : Rabs 100 = 100) by (apply Rabs_pos_eq; lra).
  assert (X := H (9 / 100000) 2%nat 0%nat (two_weights (1 / 10) 100) (1 / 10) (99 / 1000) (1 / 2) (fun i => 1 * INR i)).
  assert (Y : -1 / 2 < product 2 (descent (fun p => p + 1) (9 / 100000) 2 (two_weights (1 / 10) 100) 2)).
  { apply (X ltac:(lra)) with (n := 0%nat).
    - unfold two_weights; simpl; lra.
    - apply levels_of_naturals; lra.
    - lia.
    - unfold two_weights; simpl; lra.
    - intros j Hj N; unfold two_weights; destruct (Nat.eqb_spec j 0); [lia|]; rewrite E'; lra.
    - unfold others, but, two_weights; simpl; rewrite Rabs_pos_eq; lra.
    - lra.
    - unfold crossing_share, two_weights; simpl; rewrite E; lra.
    - left; reflexivity.
    - unfold climb_least; simpl; lra. }
  unfold descent, step, others, but, two_weights in Y; simpl in Y; lra.
Qed.
