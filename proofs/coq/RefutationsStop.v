(** The false variants of the theorems on stop conditions are false: one weight, with steps of exactly 1/20 from 0; and f = - ln p
    from the weights 1 and 10. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop CurveSpeed CurveStep CurveRun CurveLanding CurveStop BoxStop CurvePlace InstancesCurve RefutationsCurve
  InstancesSteps InstancesCount InstancesDescent RefutationsDescent InstancesStop.
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

Lemma log_second_grows : forall s, 10 <= descent log' (1 / 10) 2 one_and_ten s 1%nat.
Proof.
  induction s as [|s IH]; [unfold one_and_ten; simpl; lra|]; destruct (log_runs s) as [A [B _]].
  change (descent log' (1 / 10) 2 one_and_ten (S s)) with (step log' (1 / 10) 2 (descent log' (1 / 10) 2 one_and_ten s)).
  set (v := descent log' (1 / 10) 2 one_and_ten s) in *.
  replace (step log' (1 / 10) 2 v 1%nat) with (v 1%nat + / (10 * v 1%nat)) by (unfold step, log', others, but; simpl; field; lra).
  assert (0 < / (10 * v 1%nat)) by (apply Rinv_0_lt_compat; lra); lra.
Qed.

(** Step 25 is behind the exit, with p above 21. *)
Lemma box_no_stop_behind_is_false : ~ (forall (f f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (a r U A B : nat -> R) near eps sigma
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
    forall s, (s <= n)%nat -> ~ stop (p s) (descent f' eta (S J) w s m ^ 2) (fun j => descent f' eta (S J) w s (skip m j) ^ 2)).
Proof.
  intros H; set (p := fun s => product 2 (descent log' (1 / 10) 2 one_and_ten s)).
  destruct (H (fun v => - ln v) log' log'' log''' (1 / 10) 1%nat 0%nat 1 one_and_ten 1%nat 25%nat ahead ahead_r (fun _ => 1) (fun _ => 1) (fun _ => 1)
    (fun _ _ => / 74) (1 / 4) 1 log_place log_squares p) as [_ [K _]].
  - lia.
  - ring.
  - lra.
  - lra.
  - apply log_orientation.
  - reflexivity.
  - reflexivity.
  - intros j _; rewrite log_start; lra.
  - apply log_pieces.
  - apply log_within.
  - rewrite log_place_start; unfold ahead; simpl; lra.
  - apply log_loss.
  - reflexivity.
  - assert (P0 : p 0%nat = 10) by (unfold p, one_and_ten; simpl; ring).
    refine (K (fun v => v) (Some 21) None true true (or_intror eq_refl) _ 25%nat (Nat.le_refl _) _).
    + intros b Hb; assert (B := log_box b Hb); cbv beta; rewrite P0; set (e := reduced_product 1 1 b (ahead 1)).
      assert (E : e < 21).
      { unfold e, reduced_product, root; cbn [product]; replace (ahead 1) with 2 by (unfold ahead; simpl; ring).
        assert (S : sqrt (b 0%nat + 2 ^ 2) <= 1015 / 100) by (rewrite <- (sqrt_pow2 (1015 / 100)) by lra; apply sqrt_le_1_alt; lra); lra. }
      unfold avoids, belongs, interval, under; cbn [negb]; repeat split; intros; lra.
    + unfold belongs, interval; cbn [negb]; split; [|trivial]; cbv beta; destruct (log_runs 25) as [A [B [C _]]]; assert (D := log_second_grows 25).
      replace (INR 25) with 25 in C by (rewrite INR_IZR_INZ; reflexivity).
      unfold p; cbn [product]; set (v := descent log' (1 / 10) 2 one_and_ten 25) in *; nra.
Qed.

(** Step 18 is at 9/10, and the correction from 1 leads to 11/10. *)
Lemma curve_place_wrong_sign_is_false : ~ (forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
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
      x n = middle - (Phi M (a (S M)) - (increase Phi a (S M) - INR n + miss_n) - Phi M middle) / slope).
Proof.
  intros H.
  destruct (H (fun _ => -1) (fun _ => 0) (1 / 20) 0%nat 0%nat 1 (fun _ => 0) 0%nat 18%nat 0 even_end (fun _ _ _ => 0) (fun _ _ _ => 0)
    (fun _ y => 20 * y) (fun _ _ => 20) (fun _ => 1 / 20) (fun _ => 1 / 20) (fun _ => 1) (fun _ => 0) (fun _ => 1 / 100) (fun _ => 0)
    (fun _ => 0) (fun _ => 0) (fun _ => 20) (fun _ => 0) (fun _ => 0) (fun _ => 22) (fun _ => 0) 0 0 0
    (coordinate (fun _ => -1) (1 / 20) 0 0 1 (fun _ => 0)) (differences (fun _ => -1) (1 / 20) 0 0 (fun _ => 0))) as [_ K].
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
  - assert (X : INR 18 = 18) by (rewrite INR_IZR_INZ; reflexivity); rewrite even_runs, X in K.
    assert (E0 : even_end 0 = 0) by (unfold even_end; simpl; ring); assert (E1 : even_end 1 = 209 / 200) by (unfold even_end; simpl; ring).
    unfold increase in K; cbn [total] in K; rewrite E0, E1 in K.
    destruct (K (9 / 10) 1 20 20 1 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(intros; lra)) as [s [e [Hs [He V]]]].
    apply Rabs_le_between in He; replace s with 20 in V by lra; lra.
Qed.
