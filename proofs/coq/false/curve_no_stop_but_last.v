(** False: without the derivative of the loss on the last panel. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop CurveSpeed CurveStep CurveRun CurveLanding CurveStop.
Open Scope R_scope.

Theorem curve_no_stop_but_last : forall (f f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect sigma : R) (x : nat -> R) (c : nat -> nat -> R)
    (p : nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  (forall i c y, (i < M)%nat -> a i <= y <= a (S i) -> beside J tube (fun j => curve i j y) c ->
    is_derive f (reduced_product J sigma c y) (f' (reduced_product J sigma c y))) -> p = (fun s => product (S J) (descent f' eta (S J) w s)) ->
  (forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n /\ f (p n) <= f (p s) <= f (p 0%nat)) /\
  forall (value : R -> R) lower upper closed inside, value = f \/ value = (fun v => v) ->
    avoids lower upper closed inside (value (p 0%nat)) (value (p n)) ->
    forall s, (s <= n)%nat -> ~ belongs lower upper closed inside (value (p s)).
Proof.
  intros; eapply curve_no_stop; eassumption.
Qed.
