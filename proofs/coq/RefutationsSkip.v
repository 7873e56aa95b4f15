(** Negations of false variants, continued: where the last iterate of a skip is. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks
  CountFormula ReducedSpeed CountDescent CountQuadrature SkipPlace InstancesSkip.
Open Scope R_scope.

(** u = exp, 1/10 before the exit: with both signs a tenth would be at most the sum of the two remainders. *)
Lemma skip_place_wrong_sign_is_false : ~ (forall (J n : nat) (sigma : R) (f' f'' f''' : R -> R) (c0 c : nat -> R) (D : R -> R)
    (u : (nat -> R) -> R -> R)
    (eta exit t widest slope second slow fast X weight T error : R),
  u = reduced_speed J sigma f' -> slope = reduced_first J sigma f' f'' c exit -> 0 < eta -> 0 <= t <= widest -> 0 <= second -> 0 < slow -> 0 <= weight -> (forall j, (j < J)%nat -> 0 <= c0 j) ->
  (forall y, exit - widest <= y <= exit -> good_place J sigma f' f'' f''' c y /\ Rabs (reduced_second J sigma f' f'' f''' c y) <= second) ->
  slow_near J sigma f' f'' f''' c0 slow fast X weight (exit - widest) exit ->
  (forall v, exit - widest <= v <= exit -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') c0 exit v)) ->
  Rabs (1 / eta * RInt (fun z => 1 / u c z) (exit - t) exit + 1 / 2 * ln (u c exit / u c (exit - t)) - (T + D (exit - t) - INR n)) <= error ->
  exists rest curve e : R,
    Rabs rest <= exp (log_turn slope second t) * (log_turn slope second t ^ 2 + second * t ^ 2) / 6 /\ Rabs curve <= second * t / 2 /\
    Rabs e <= error + widest ^ 2 * (fast / slow) * X * weight / 4 /\
    t * ((1 - slope * t / 2 + rest) / (eta * u c exit) + (slope + curve) / 2) = T + D exit - INR n + e).
Proof.
  intros H; assert (K := skip_place).
  specialize (H 0%nat 0%nat 1 swelling swelling swelling (fun _ => 0) (fun _ => 0) (fun _ => 0) (reduced_speed 0 1 swelling) 1 0 (1 / 10) (1 / 10) 1 0 (9 / 10) 1 2 0 swelling_count 0).
  specialize (K 0%nat 0%nat 1 swelling swelling swelling (fun _ => 0) (fun _ => 0) (fun _ => 0) (reduced_speed 0 1 swelling) 1 0 (1 / 10) (1 / 10) 1 0 (9 / 10) 1 2 0 swelling_count 0).
  specialize (H eq_refl (eq_sym (swelling_first _ _))); specialize (K eq_refl (eq_sym (swelling_first _ _))); fold swelling_count in H, K; rewrite swelling_speed, exp_0 in H, K; unfold log_turn in H, K; rewrite Rabs_R1 in H, K.
  assert (G : forall y, 0 - 1 / 10 <= y <= 0 -> good_place 0 1 swelling swelling swelling (fun _ => 0) y /\ Rabs (reduced_second 0 1 swelling swelling swelling (fun _ => 0) y) <= 0)
    by (intros y _; split; [apply swelling_good|rewrite swelling_second, Rabs_R0; lra]).
  assert (P : Rabs (swelling_count - (swelling_count + 0 - INR 0)) <= 0)
    by (replace (swelling_count - (swelling_count + 0 - INR 0)) with 0 by (simpl; ring); rewrite Rabs_R0; lra).
  destruct (H ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(intros j Hj; lia) G (swelling_near _) (fun v _ => swelling_rate _ v)) as [r [q [e [A [B [C E]]]]]];
    [exact P|].
  destruct (K ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(intros j Hj; lia) G (swelling_near _) (fun v _ => swelling_rate _ v)) as [r' [q' [e' [A' [B' [C' E']]]]]];
    [exact P|].
  assert (X : exp (1 * (1 / 10) + 0 * (1 / 10) ^ 2 / 2) <= 10 / 9).
  { replace (1 * (1 / 10) + 0 * (1 / 10) ^ 2 / 2) with (- - (1 / 10)) by field; rewrite exp_Ropp; replace (10 / 9) with (/ (9 / 10)) by field.
    apply Rinv_le_contravar; [lra|]; assert (Y := exp_ineq1_le (- (1 / 10))); lra. }
  set (z := exp _) in *; assert (Bd : z * ((1 * (1 / 10) + 0 * (1 / 10) ^ 2 / 2) ^ 2 + 0 * (1 / 10) ^ 2) / 6 <= 1 / 540).
  { replace (z * ((1 * (1 / 10) + 0 * (1 / 10) ^ 2 / 2) ^ 2 + 0 * (1 / 10) ^ 2) / 6) with (z / 600) by field; lra. }
  apply Rabs_le_between in A; apply Rabs_le_between in A'; apply Rabs_le_between in B; apply Rabs_le_between in B';
    apply Rabs_le_between in C; apply Rabs_le_between in C'; lra.
Qed.
