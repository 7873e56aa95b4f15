(** Instances, continued: one step of 1/5 from the weights 1, 1 (a tie) and 2, for f = - p. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop.
Open Scope R_scope.

Definition tie_and_two : nat -> R := fun i => if Nat.eqb i 2 then 2 else 1.

Lemma no_earlier_stop_instance :
  exists (f' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (n : nat) (sigma : R) (x : nat -> R) (c : nat -> nat -> R),
    (m <= J)%nat /\ d ^ 2 = 1 /\ 0 < eta /\ sigma = orientation J m d w /\ x = coordinate f' eta J m d w /\ c = differences f' eta J m w /\
    (forall j : nat, (j < J)%nat -> 0 <= c 0%nat j) /\
    (forall s : nat, (s < n)%nat -> 0 < reduced_speed J sigma f' (c s) (x s) /\
      (forall j : nat, (j < J)%nat -> 0 < c s j + x s ^ 2 /\ (eta * reduced_speed J sigma f' (c s) (x s)) ^ 2 <= c s j + x s ^ 2)).
Proof.
  assert (R4 : sqrt 4 = 2) by (replace 4 with (2 * 2) by ring; apply sqrt_square; lra).
  exists (fun _ => -1), (1 / 10), 2%nat, 0%nat, 1, tie_and_two, 1%nat, 1, (coordinate (fun _ => -1) (1 / 10) 2 0 1 tie_and_two),
    (differences (fun _ => -1) (1 / 10) 2 0 tie_and_two).
  split; [lia|]; split; [ring|]; split; [lra|]; split.
  { unfold orientation, tie_and_two, skip, side; simpl; destruct (Rle_dec 0 1), (Rle_dec 0 2); lra. }
  do 2 (split; [reflexivity|]); split.
  - intros [|[|j]] Hj; [| |lia]; unfold differences, tie_and_two, skip; simpl; lra.
  - intros [|s] Hs; [|lia]; set (x := coordinate _ _ _ _ _ _ _); set (c := differences _ _ _ _ _ _).
    assert (X : x = 1) by (unfold x, coordinate, tie_and_two; simpl; ring).
    assert (C : c 0%nat = 0 /\ c 1%nat = 3) by (unfold c, differences, tie_and_two, skip; simpl; split; ring); destruct C as [C0 C1].
    assert (U : reduced_speed 2 1 (fun _ => -1) c x = 2).
    { unfold reduced_speed, root; cbn [product]; rewrite C0, C1, X; replace (0 + 1 ^ 2) with 1 by ring; replace (3 + 1 ^ 2) with 4 by ring.
      rewrite sqrt_1, R4; ring. }
    rewrite U, X; split; [lra|]; intros [|[|j]] Hj; [rewrite C0|rewrite C1|lia]; lra.
Qed.
