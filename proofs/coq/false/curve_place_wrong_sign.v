(** False: the correction with the wrong sign. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent CurveSpeed CurveStep CurveRun CurveLanding CurvePlace.
Open Scope R_scope.

Theorem curve_place_wrong_sign : forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  a (S M) - 3 * longest M <= x n <= a (S M) /\
  forall lo hi least most middle : R, lo <= x n <= hi -> lo <= middle <= hi -> a M <= lo -> hi <= a (S M) + longest M -> 0 < least ->
    (forall t, lo <= t <= hi -> least <= Phi' M t <= most) ->
    exists slope miss_n : R, least <= slope <= most /\ Rabs miss_n <= defect /\
      x n = middle - (Phi M (a (S M)) - (increase Phi a (S M) - INR n + miss_n) - Phi M middle) / slope.
Proof.
  intros; eapply curve_place; eassumption.
Qed.
