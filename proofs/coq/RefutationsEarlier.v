(** Negations of false variants, continued: a step so long that both weights change their signs. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop.
Open Scope R_scope.

Lemma no_earlier_stop_any_step_is_false : ~ (forall (f' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (n : nat) sigma x c,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  (forall s, (s < n)%nat -> 0 < reduced_speed J sigma f' (c s) (x s) /\ forall j, (j < J)%nat -> 0 < c s j + x s ^ 2) ->
  let p s := product (S J) (descent f' eta (S J) w s) in
  forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n).
Proof.
  intros H; set (w := fun i => if Nat.eqb i 0 then -1 else 1).
  assert (K := H (fun _ => -1) 3 1%nat 0%nat 1 w 1%nat 1 _ _ ltac:(lia) ltac:(ring) ltac:(lra)
    ltac:(unfold orientation, w, skip, side; simpl; destruct (Rle_dec 0 1); lra) eq_refl eq_refl
    ltac:(intros [|j] Hj; [unfold differences, w, skip; simpl; lra|lia])).
  assert (L : forall s, (s < 1)%nat -> 0 < reduced_speed 1 1 (fun _ => -1) (differences (fun _ => -1) 3 1 0 w s) (coordinate (fun _ => -1) 3 1 0 1 w s) /\
    forall j, (j < 1)%nat -> 0 < differences (fun _ => -1) 3 1 0 w s j + coordinate (fun _ => -1) 3 1 0 1 w s ^ 2).
  { intros [|s] Hs; [|lia].
    assert (X : coordinate (fun _ => -1) 3 1 0 1 w 0 = -1) by (unfold coordinate, w; simpl; ring).
    assert (C : differences (fun _ => -1) 3 1 0 w 0 0 = 0) by (unfold differences, w, skip; simpl; ring); split.
    - unfold reduced_speed, root; cbn [product]; rewrite X, C; replace (0 + (-1) ^ 2) with 1 by ring; rewrite sqrt_1; lra.
    - intros [|j] Hj; [rewrite X, C; lra|lia]. }
  specialize (K L 1%nat (Nat.le_refl 1)); destruct K as [K _]; unfold step, others, but, w in K; simpl in K; unfold step, others, but in K; simpl in K; lra.
Qed.
