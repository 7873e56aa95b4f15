(** False: without a bound of the steps.  From -1 and 1 a step of 3 leads to 2 and -2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop.
Open Scope R_scope.

Theorem no_earlier_stop_any_step : forall (f' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (n : nat) sigma x c,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  (forall s, (s < n)%nat -> 0 < reduced_speed J sigma f' (c s) (x s) /\ forall j, (j < J)%nat -> 0 < c s j + x s ^ 2) ->
  let p s := product (S J) (descent f' eta (S J) w s) in
  forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n.
Proof.
  intros f' eta J m d w n sigma x c Hm Hd He Es Ex Ec Hc H.
  exact (no_earlier_stop f' eta J m d w n sigma x c Hm Hd He Es Ex Ec Hc H).
Qed.
