(** False: one step more may be behind the end of the curve. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent CurveSpeed CurveStep CurveRun CurveLanding.
Open Scope R_scope.

Theorem curve_landing_one_more : forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) + 1 -> increase Phi a (S M) + defect < INR n + 3 ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a (S M)) /\
  a (S M) - 3 * longest M <= x n /\
  Rabs (Phi M (a (S M)) - Phi M (x n) - (increase Phi a (S M) - INR n)) <= defect /\
  forall j, (j < J)%nat -> curve M j (x n) * exp (- E M) <= c n j <= curve M j (x n) * exp (E M).
Proof.
  intros; eapply landing_of_descent; eassumption.
Qed.
