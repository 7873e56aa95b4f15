(** The false variants of Theorem C are false: the weights 1/5000 and 1 of the instance, f = - p; and one weight, with steps
    of exactly 1/20 from 0. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent CurveSpeed CurveStep CurveRun CurveLanding InstancesCurve.
Open Scope R_scope.

Definition even_end (i : nat) : R := 209 / 200 * INR i.

Lemma even_speed : forall c x, reduced_speed 0 1 (fun _ => -1) c x = 1.
Proof. intros; unfold reduced_speed, root; simpl; ring. Qed.

Lemma even_checks : curve_checks 0 0 1 (fun _ => -1) (fun _ => 0) (1 / 20) 0 even_end (fun _ _ _ => 0) (fun _ _ _ => 0)
  (fun _ y => 20 * y) (fun _ _ => 20) (fun _ => 1 / 20) (fun _ => 1 / 20) (fun _ => 1) (fun _ => 0) (fun _ => 1 / 100) (fun _ => 0)
  (fun _ => 0) (fun _ => 0) (fun _ => 20) (fun _ => 0) (fun _ => 0) (fun _ => 22) (fun _ => 0) 0.
Proof.
  split; [|split; [intros; lia|split; [lra|]]].
  - intros i Hi; replace i with 0%nat by lia; unfold even_end, panel_fits; simpl INR.
    do 6 (split; [lra|]); split; [lra|]; split; [lra|]; split; [|split].
    + intros c y Hy _; rewrite even_speed; split; [apply (is_derive_const (V := R_NormedModule) (-1))|]; split; [lra|].
      cbn [total]; split; [rewrite Rmult_0_r; lra|intros; lia].
    + intros y Hy; split; [intros; lia|]; split; [auto_derive; [trivial|ring]|rewrite Rabs_pos_eq; lra].
    + intros y Hy; cbv zeta; rewrite even_speed; split; [intros; lia|].
      replace (20 * (y + 1 / 20 * 1) - 20 * y - 1) with 0 by field; rewrite Rabs_R0; lra.
  - intros i Hi; replace i with 0%nat by lia; unfold even_end; cbn [entry]; simpl INR; split; [lra|].
    rewrite Rmult_0_r, Rplus_0_r, Rmult_0_l; lra.
Qed.

Lemma even_runs : forall n, coordinate (fun _ => -1) (1 / 20) 0 0 1 (fun _ => 0) n = INR n / 20.
Proof.
  intros n; unfold coordinate; rewrite Rmult_1_l; induction n as [|n IH]; [simpl; field|].
  change (step (fun _ => -1) (1 / 20) 1 (descent (fun _ => -1) (1 / 20) 1 (fun _ => 0) n) 0%nat = INR (S n) / 20).
  unfold step; rewrite IH, S_INR; unfold others, but; simpl; field.
Qed.

(** The smaller weight of the instance grows by 1/1000 at least in every step. *)
Lemma slow_runs : forall s, let w := descent (fun _ => -1) (1 / 1000) 2 slow_start s in 1 / 5000 + INR s / 1000 <= w 0%nat /\ 1 <= w 1%nat.
Proof.
  induction s as [|s IH]; [unfold slow_start; simpl; lra|]; cbv zeta in *.
  change (descent (fun _ => -1) (1 / 1000) 2 slow_start (S s)) with (step (fun _ => -1) (1 / 1000) 2 (descent (fun _ => -1) (1 / 1000) 2 slow_start s)).
  set (v := descent (fun _ => -1) (1 / 1000) 2 slow_start s) in *; destruct IH as [A B]; assert (P := pos_INR s); rewrite S_INR.
  unfold step, others, but; simpl; lra.
Qed.

(** Step 50 is behind the end. *)
Lemma curve_landing_one_more_is_false : ~ (forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
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
  forall j, (j < J)%nat -> curve M j (x n) * exp (- E M) <= c n j <= curve M j (x n) * exp (E M)).
Proof.
  intros H; set (e := curve_defect 1 (fun _ => 4 / 1000) (fun _ => 1 / 800) (fun _ => 1 / 2) (fun i => 1000 + INR i) (fun _ => 1 / 800)
    (fun _ => 27) slow_stray (1 / 5000 * (1000 + INR 0))).
  destruct (H (fun _ => -1) (fun _ => 0) (1 / 1000) 1%nat 0%nat 1 slow_start 1%nat 50%nat (1 / 500) slow_end slow_curve
    (fun _ _ _ => - (1 / 1000)) slow_count (fun i _ => 1000 + INR i) (fun _ => 98 / 100000) (fun _ => 1 / 800) (fun _ => 9 / 10)
    (fun _ => 1 / 2) (fun _ => 1 / 1000) (fun _ => 2 / 1000) (fun _ => / 1000000) (fun _ => 4 / 1000) (fun i => 1000 + INR i)
    (fun _ => 1 / 900) (fun _ => 1 / 800) (fun _ => 27) slow_stray (1 / 10000) (1 / 5000) e
    (coordinate (fun _ => -1) (1 / 1000) 1 0 1 slow_start) (differences (fun _ => -1) (1 / 1000) 1 0 slow_start)) as [K _].
  - lia.
  - ring.
  - lra.
  - reflexivity.
  - reflexivity.
  - rewrite slow_orientation; apply slow_checks.
  - rewrite slow_place; unfold slow_end; simpl; lra.
  - unfold slow_end; simpl; lra.
  - rewrite slow_place; apply slow_beside.
  - intros y _; simpl; lra.
  - reflexivity.
  - replace (INR 50) with 50 by (rewrite INR_IZR_INZ; reflexivity); unfold e, curve_defect, missed, increase, slow_count, slow_stray, slow_end.
    cbn [total]; simpl; lra.
  - replace (INR 50) with 50 by (rewrite INR_IZR_INZ; reflexivity); unfold e, curve_defect, missed, increase, slow_count, slow_stray, slow_end.
    cbn [total]; simpl; lra.
  - destruct (K 50%nat ltac:(lia)) as [_ U]; destruct (slow_runs 50) as [R _].
    replace (INR 50) with 50 in R by (rewrite INR_IZR_INZ; reflexivity); unfold coordinate, slow_end in U.
    replace (INR 2) with 2 in U by (simpl; ring); set (z := descent (fun _ => -1) (1 / 1000) 2 slow_start 50 0%nat) in *; lra.
Qed.

(** Step 18 is 2.9 steps before the end. *)
Lemma curve_landing_two_steps_is_false : ~ (forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a (S M)) /\
  a (S M) - 2 * longest M <= x n /\
  Rabs (Phi M (a (S M)) - Phi M (x n) - (increase Phi a (S M) - INR n)) <= defect /\
  forall j, (j < J)%nat -> curve M j (x n) * exp (- E M) <= c n j <= curve M j (x n) * exp (E M)).
Proof.
  intros H.
  destruct (H (fun _ => -1) (fun _ => 0) (1 / 20) 0%nat 0%nat 1 (fun _ => 0) 0%nat 18%nat 0 even_end (fun _ _ _ => 0) (fun _ _ _ => 0)
    (fun _ y => 20 * y) (fun _ _ => 20) (fun _ => 1 / 20) (fun _ => 1 / 20) (fun _ => 1) (fun _ => 0) (fun _ => 1 / 100) (fun _ => 0)
    (fun _ => 0) (fun _ => 0) (fun _ => 20) (fun _ => 0) (fun _ => 0) (fun _ => 22) (fun _ => 0) 0 0 0
    (coordinate (fun _ => -1) (1 / 20) 0 0 1 (fun _ => 0)) (differences (fun _ => -1) (1 / 20) 0 0 (fun _ => 0))) as [K [L _]].
  - lia.
  - ring.
  - lra.
  - reflexivity.
  - reflexivity.
  - replace (orientation 0 0 1 (fun _ => 0)) with 1 by (unfold orientation; simpl; ring); apply even_checks.
  - rewrite even_runs; unfold even_end; simpl; lra.
  - unfold even_end; simpl; lra.
  - intros j Hj; lia.
  - intros; lra.
  - unfold curve_defect, missed; cbn [total]; ring.
  - unfold increase, even_end; cbn [total]; simpl; lra.
  - unfold increase, even_end; cbn [total]; simpl; lra.
  - rewrite even_runs in L; unfold even_end in L; simpl in L; lra.
Qed.
