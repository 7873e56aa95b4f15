(** The false variants of the closed forms of the flow are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow ClosedForms InstancesFlow.
Open Scope R_scope.

(** From s = 0 to t = 1 on the logistic curve of y = 1, where c = 0 and D = 2 *)
Lemma flow_two_layers_doubled_is_false : ~ (forall (a y : R) (w : nat -> R -> R) (lo hi s t : R), is_flow (fun p => a * (p - y)) 2 w lo hi -> lo < s < hi -> lo < t < hi ->
  w 0%nat s + w 1%nat s <> 0 -> 0 < y ^ 2 + (w 0%nat s ^ 2 - w 1%nat s ^ 2) ^ 2 ->
  let c := w 0%nat s ^ 2 - w 1%nat s ^ 2 in let D := sqrt (4 * y ^ 2 + c ^ 2) in let S := (w 0%nat s + w 1%nat s) ^ 2 in
  let E := exp (- (2 * a * D * (t - s))) in let u := w 0%nat t + w 1%nat t in
  let below := S - (2 * y - D) - E * (S - (2 * y + D)) in
  below <> 0 /\ u ^ 2 = ((2 * y + D) * (S - (2 * y - D)) - (2 * y - D) * E * (S - (2 * y + D))) / below /\
  0 < (w 0%nat s + w 1%nat s) * u /\ w 0%nat t = (u + c / u) / 2 /\ w 1%nat t = (u - c / u) / 2).
Proof.
  intros H; assert (P : forall t, 0 < logistic_weight 0 t) by (intros t; apply Rinv_0_lt_compat, sqrt_lt_R0; assert (E := exp_pos (- (2 * t))); lra).
  assert (P0 := P 0); destruct (H 1 1 logistic_weight (-5) 5 0 1 (logistic_flow _ _) ltac:(lra) ltac:(lra) ltac:(unfold logistic_weight in *; lra) ltac:(unfold logistic_weight; rewrite Rminus_eq_0; lra)) as [_ [K _]].
  assert (Sq : forall t, (logistic_weight 0 t + logistic_weight 1 t) ^ 2 = 4 / (1 + exp (- (2 * t)))).
  { intros t; unfold logistic_weight; assert (E := exp_pos (- (2 * t))); assert (S2 := sqrt_sqrt (1 + exp (- (2 * t))) ltac:(lra)).
    assert (S0 : 0 < sqrt (1 + exp (- (2 * t)))) by (apply sqrt_lt_R0; lra); set (r := sqrt (1 + exp (- (2 * t)))) in *; transitivity (4 / (r * r)); [field; lra|rewrite S2; reflexivity]. }
  revert K; rewrite !Sq; replace (logistic_weight 0 0 ^ 2 - logistic_weight 1 0 ^ 2) with 0 by (unfold logistic_weight; ring).
  replace (4 * 1 ^ 2 + 0 ^ 2) with (2 ^ 2) by ring; rewrite sqrt_pow2 by lra; replace (- (2 * 0)) with 0 by ring; rewrite exp_0.
  replace (- (2 * 1 * 2 * (1 - 0))) with (- (2 * 1) + - (2 * 1)) by ring; rewrite exp_plus; set (e := exp (- (2 * 1))); assert (e0 : 0 < e) by apply exp_pos.
  assert (e1 : e < 1) by (assert (X : exp (- (2 * 1)) < exp 0) by (apply exp_increasing; lra); rewrite exp_0 in X; exact X).
  replace (((2 * 1 + 2) * (4 / (1 + 1) - (2 * 1 - 2)) - (2 * 1 - 2) * (e * e) * (4 / (1 + 1) - (2 * 1 + 2))) / (4 / (1 + 1) - (2 * 1 - 2) - e * e * (4 / (1 + 1) - (2 * 1 + 2))))
    with (4 / (1 + e * e)) by (field; nra).
  intros K; assert (Q : 4 / (1 + e) * ((1 + e) * (1 + e * e)) = 4 / (1 + e * e) * ((1 + e) * (1 + e * e))) by (rewrite K; reflexivity).
  replace (4 / (1 + e) * ((1 + e) * (1 + e * e))) with (4 * (1 + e * e)) in Q by (field; lra).
  replace (4 / (1 + e * e) * ((1 + e) * (1 + e * e))) with (4 * (1 + e)) in Q by (field; nra); nra.
Qed.

Lemma flow_balanced_power_next_is_false : ~ (forall (a : R) (m : nat) (w : nat -> R -> R) (lo hi s t : R), is_flow (fun _ => a) (m + 2) w lo hi -> lo < s < hi -> lo < t < hi ->
  0 < w 0%nat s -> (forall j, (j < m + 2)%nat -> w j s = w 0%nat s) ->
  forall j, (j < m + 2)%nat -> 0 < w j t /\ / w j t ^ m = / w 0%nat s ^ m + a * INR (m + 1) * (t - s)).
Proof.
  intros H; destruct (H 1 1%nat (fun _ t => / t) 0 3 1 2 inverse_flow ltac:(lra) ltac:(lra) ltac:(cbv beta; lra) ltac:(reflexivity) 0%nat ltac:(lia)) as [_ K]; simpl in K; lra.
Qed.
