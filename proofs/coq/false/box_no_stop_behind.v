(** False: without the iterates before the exit.  They may be anywhere behind it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop CurveSpeed CurveStep CurveRun CurveLanding CurveStop BoxStop.
Open Scope R_scope.

Theorem box_no_stop_behind : forall (f f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (a r U A B : nat -> R) near eps sigma
    (x : nat -> R) (c : nat -> nat -> R) (p : nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r -> speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  a 0%nat <= x 0%nat <= a M ->
  loss_fits_box J eps sigma f f' (c 0%nat) (a 0%nat) (a M) -> p = (fun s => product (S J) (descent f' eta (S J) w s)) ->
  (forall s, (s <= n)%nat -> in_box J eps (c 0%nat) (c s) /\ p s = reduced_product J sigma (c s) (x s)) /\
  (forall (value : R -> R) lower upper closed inside, value = f \/ value = (fun v => v) ->
    (forall b, in_box J eps (c 0%nat) b -> avoids lower upper closed inside (value (p 0%nat)) (value (reduced_product J sigma b (a M)))) ->
    forall s, (s <= n)%nat -> ~ belongs lower upper closed inside (value (p s))) /\
  forall (stop : R -> R -> (nat -> R) -> Prop) (K : nat) (marks : nat -> R), (1 <= K)%nat -> marks 0%nat <= a 0%nat -> a M <= marks K ->
    (forall k b y, (k < K)%nat -> in_box J eps (c 0%nat) b -> marks k <= y <= marks (S k) ->
      ~ stop (reduced_product J sigma b y) (y ^ 2) (fun j => b j + y ^ 2)) ->
    forall s, (s <= n)%nat -> ~ stop (p s) (descent f' eta (S J) w s m ^ 2) (fun j => descent f' eta (S J) w s (skip m j) ^ 2).
Proof.
  intros; eapply box_no_stop; eassumption.
Qed.
