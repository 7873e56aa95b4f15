(** The false variants of the squares bound are false: one weight that is large against sqrt beta is all but sharp. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound.
Open Scope R_scope.

Lemma line : forall eta w n, descent (fun _ => 1) eta 1 w n 0%nat = w 0%nat - INR n * eta.
Proof.
  intros eta w; induction n as [|n IH]; [simpl; lra|].
  simpl descent; unfold step; rewrite IH; unfold others, but; simpl product; simpl Nat.eqb; cbv iota.
  rewrite S_INR; ring.
Qed.

Lemma grown_one : grown_product 1 1 (fun _ => - (99 / 20)) = 101 / 20.
Proof.
  unfold grown_product; simpl; replace (- (99 / 20) * (- (99 / 20) * 1) + 1) with ((101 / 20) ^ 2) by field.
  rewrite sqrt_pow2 by lra; field.
Qed.

Lemma hundred_and_one : INR 101 = 101.
Proof. rewrite INR_IZR_INZ; reflexivity. Qed.

Lemma squares_bound_longer_is_false : ~ (forall (f' : R -> R) eta k w beta G u n,
  0 <= eta -> 0 < beta ->
  (forall p, Rabs p <= grown_product k beta w -> Rabs (f' p) <= G) ->
  u = eta * G * grown_product k beta w / beta -> INR n * (2 * u + u ^ 2) <= 103 / 100 ->
  (forall j, (j < k)%nat -> descent f' eta k w n j ^ 2 <= w j ^ 2 + beta) /\
  Rabs (product k (descent f' eta k w n)) <= grown_product k beta w).
Proof.
  intros H.
  destruct (H (fun _ => 1) (1 / 1000) 1%nat (fun _ => - (99 / 20)) 1 1 (101 / 20000) 101%nat ltac:(lra) ltac:(lra)) as [A _].
  - intros p _; rewrite Rabs_R1; apply Rle_refl.
  - rewrite grown_one; field.
  - rewrite hundred_and_one; lra.
  - specialize (A 0%nat ltac:(lia)); rewrite line, hundred_and_one in A; lra.
Qed.

Lemma squares_hitting_time_longer_is_false : ~ (forall (f' : R -> R) eta k w beta G n,
  0 < eta -> 0 < beta -> 0 < G ->
  (forall p, Rabs p <= grown_product k beta w -> Rabs (f' p) <= G) ->
  INR n <= 103 / 100 * (beta / (2 * eta * G * grown_product k beta w)) ->
  Rabs (product k (descent f' eta k w n)) <= grown_product k beta w).
Proof.
  intros H.
  specialize (H (fun _ => 1) (1 / 1000) 1%nat (fun _ => - (99 / 20)) 1 1 101%nat ltac:(lra) ltac:(lra) ltac:(lra)).
  specialize (H ltac:(intros p _; cbv beta; rewrite Rabs_R1; apply Rle_refl)); rewrite grown_one, hundred_and_one in H; specialize (H ltac:(lra)).
  assert (E : product 1 (descent (fun _ => 1) (1 / 1000) 1 (fun _ => - (99 / 20)) 101) = - (99 / 20) - 101 * (1 / 1000)).
  { change (1 * descent (fun _ => 1) (1 / 1000) 1 (fun _ => - (99 / 20)) 101 0%nat = - (99 / 20) - 101 * (1 / 1000)).
    rewrite line, hundred_and_one; ring. }
  rewrite E, Rabs_left in H; lra.
Qed.
