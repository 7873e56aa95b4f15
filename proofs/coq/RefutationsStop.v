(** The false variants of the theorems on stop conditions are false: one weight, with steps of exactly 1/20 from 0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop CurveSpeed CurveStep CurveRun CurveLanding CurveStop InstancesCurve RefutationsCurve InstancesStop.
Open Scope R_scope.

(** Nothing is known of a loss that is p itself. *)
Lemma curve_no_stop_but_last_is_false : ~ (forall (f f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
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
    forall s, (s <= n)%nat -> ~ belongs lower upper closed inside (value (p s))).
Proof.
  intros H; set (w := fun _ : nat => 0).
  destruct (H (fun v => v) (fun _ => -1) (fun _ => 0) (1 / 20) 0%nat 0%nat 1 w 0%nat 18%nat 0 even_end (fun _ _ _ => 0) (fun _ _ _ => 0)
    (fun _ y => 20 * y) (fun _ _ => 20) (fun _ => 1 / 20) (fun _ => 1 / 20) (fun _ => 1) (fun _ => 0) (fun _ => 1 / 100) (fun _ => 0)
    (fun _ => 0) (fun _ => 0) (fun _ => 20) (fun _ => 0) (fun _ => 0) (fun _ => 22) (fun _ => 0) 0 0 0 1
    (coordinate (fun _ => -1) (1 / 20) 0 0 1 w) (differences (fun _ => -1) (1 / 20) 0 0 w)
    (fun s => product 1 (descent (fun _ => -1) (1 / 20) 1 w s))) as [K _].
  - lia.
  - ring.
  - lra.
  - unfold orientation; simpl; ring.
  - reflexivity.
  - reflexivity.
  - apply even_checks.
  - unfold w; rewrite even_runs; unfold even_end; simpl; lra.
  - unfold even_end; simpl; lra.
  - intros j Hj; lia.
  - intros; lra.
  - unfold curve_defect, missed; cbn [total]; ring.
  - unfold increase, even_end; cbn [total]; simpl; lra.
  - unfold increase, even_end; cbn [total]; simpl; lra.
  - intros; lia.
  - reflexivity.
  - assert (P : forall s, product 1 (descent (fun _ => -1) (1 / 20) 1 w s) = INR s / 20).
    { intros s; rewrite <- even_runs; unfold coordinate, w; cbn [product]; ring. }
    destruct (K 0%nat ltac:(lia)) as [_ [F _]]; rewrite !P in F; simpl in F; lra.
Qed.
