(** The false variants of the remainder lemmas of certified escape counts are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

Lemma exp_integral : forall h, RInt (fun x => 1 / exp x) 0 (0 + h) = 1 - exp (- h).
Proof.
  intros h; apply is_RInt_unique; evar_last; [apply (is_RInt_derive (fun x => - exp (- x)) (fun x => 1 / exp x))|].
  - intros x _; auto_derive; [trivial|rewrite exp_Ropp; field; apply Rgt_not_eq, exp_pos].
  - intros x _; apply (continuous_ext (fun x => exp (- x))).
    + intros y; rewrite exp_Ropp; unfold Rdiv; rewrite Rmult_1_l; reflexivity.
    + apply (ex_derive_continuous (fun x => exp (- x))); auto_derive; trivial.
  - unfold minus, plus, opp; simpl; rewrite Rplus_0_l, Ropp_0, exp_0; ring.
Qed.

Lemma trapezoid_24_is_false : ~ (forall (f f' f'' : R -> R) v h B,
  0 <= h ->
  (forall x, v <= x <= v + h -> is_derive f x (f' x)) ->
  (forall x, v <= x <= v + h -> is_derive f' x (f'' x)) ->
  (forall x, v <= x <= v + h -> Rabs (f'' x) <= B) ->
  Rabs (RInt f v (v + h) - h * (f v + f (v + h)) / 2) <= B * h ^ 3 / 24).
Proof.
  intros H; assert (E := H (fun x => x ^ 2) (fun x => 2 * x) (fun _ => 2) 0 1 2 ltac:(lra)
    ltac:(intros; auto_derive; [trivial|ring]) ltac:(intros; auto_derive; [trivial|ring]) ltac:(intros; rewrite Rabs_pos_eq; lra)).
  rewrite (is_RInt_unique (fun x => x ^ 2) 0 (0 + 1) (1 / 3)) in E.
  - rewrite Rplus_0_l in E; simpl in E; split_Rabs; lra.
  - evar_last; [apply (is_RInt_derive (fun x => x ^ 3 / 3) (fun x => x ^ 2))|].
    + intros x _; auto_derive; [trivial|field].
    + intros x _; apply (ex_derive_continuous (fun x => x ^ 2)); auto_derive; trivial.
    + unfold minus, plus, opp; simpl; field.
Qed.

Lemma abel_defect_without_log_is_false : ~ (forall (u psi' psi'' : R -> R) v h eta A B,
  0 < eta -> 0 < h -> h = eta * u v ->
  (forall x, v <= x <= v + h -> 0 < u x) ->
  (forall x, v <= x <= v + h -> is_derive (fun y => ln (u y)) x (psi' x)) ->
  (forall x, v <= x <= v + h -> is_derive psi' x (psi'' x)) ->
  (forall x, v <= x <= v + h -> Rabs (psi' x) <= A) ->
  (forall x, v <= x <= v + h -> Rabs (psi'' x) <= B) ->
  Rabs (1 / eta * RInt (fun x => 1 / u x) v (v + h) - 1)
    <= h ^ 2 * (B / 12 + exp (A * h) * A ^ 2 / 6)).
Proof.
  intros H; assert (E := H exp (fun _ => 1) (fun _ => 0) 0 (1 / 10) (1 / 10) 1 0 ltac:(lra) ltac:(lra) ltac:(rewrite exp_0; ring)
    ltac:(intros; apply exp_pos)).
  rewrite exp_integral in E; revert E; intros E.
  assert (K : Rabs (1 / (1 / 10) * (1 - exp (- (1 / 10))) - 1) <= (1 / 10) ^ 2 * (0 / 12 + exp (1 * (1 / 10)) * 1 ^ 2 / 6)).
  { apply E; intros; [apply (is_derive_ext (fun y => y)); [intros; rewrite ln_exp; reflexivity|apply (is_derive_id (K := R_AbsRing))]|
      apply (is_derive_const (V := R_NormedModule) 1)|rewrite Rabs_R1; lra|rewrite Rabs_R0; lra]. }
  apply (Rle_not_lt _ _ K); interval with (i_prec 60).
Qed.

Lemma abel_defect_trapezoid_only_is_false : ~ (forall (u psi' psi'' : R -> R) v h eta A B,
  0 < eta -> 0 < h -> h = eta * u v ->
  (forall x, v <= x <= v + h -> 0 < u x) ->
  (forall x, v <= x <= v + h -> is_derive (fun y => ln (u y)) x (psi' x)) ->
  (forall x, v <= x <= v + h -> is_derive psi' x (psi'' x)) ->
  (forall x, v <= x <= v + h -> Rabs (psi' x) <= A) ->
  (forall x, v <= x <= v + h -> Rabs (psi'' x) <= B) ->
  Rabs (1 / eta * RInt (fun x => 1 / u x) v (v + h) - 1 + 1 / 2 * ln (u (v + h) / u v))
    <= h ^ 2 * (B / 12)).
Proof.
  intros H; assert (E := H exp (fun _ => 1) (fun _ => 0) 0 (1 / 10) (1 / 10) 1 0 ltac:(lra) ltac:(lra) ltac:(rewrite exp_0; ring)
    ltac:(intros; apply exp_pos)).
  rewrite exp_integral, Rplus_0_l, exp_0, Rdiv_1, ln_exp in E.
  assert (K : Rabs (1 / (1 / 10) * (1 - exp (- (1 / 10))) - 1 + 1 / 2 * (1 / 10)) <= (1 / 10) ^ 2 * (0 / 12)).
  { apply E; intros; [apply (is_derive_ext (fun y => y)); [intros; rewrite ln_exp; reflexivity|apply (is_derive_id (K := R_AbsRing))]|
      apply (is_derive_const (V := R_NormedModule) 1)|rewrite Rabs_R1; lra|rewrite Rabs_R0; lra]. }
  apply (Rle_not_lt _ _ K); interval with (i_prec 60).
Qed.

Lemma cell_steps_without_last_is_false : ~ (forall (v : nat -> R) n a b hmax,
  a <= b -> 0 <= hmax ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> v (S s) - v s <= hmax) ->
  total n (fun s => v (S s) - v s) <= b - a).
Proof.
  intros H; assert (E := H INR 1%nat 0 0 1 ltac:(lra) ltac:(lra) ltac:(intros s Hs; replace s with 0%nat by lia; simpl; lra)
    ltac:(intros s Hs; replace s with 0%nat by lia; simpl; lra)).
  simpl in E; lra.
Qed.

Lemma cell_sum_without_last_is_false : ~ (forall (v F : nat -> R) n a b hmax M,
  a <= b -> 0 <= hmax -> 0 <= M ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> 0 <= v (S s) - v s <= hmax) ->
  (forall s, (s < n)%nat -> F s <= M) ->
  total n (fun s => (v (S s) - v s) * F s) <= M * (b - a)).
Proof.
  intros H; assert (E := H INR (fun _ => 1) 1%nat 0 0 1 1 ltac:(lra) ltac:(lra) ltac:(lra)
    ltac:(intros s Hs; replace s with 0%nat by lia; simpl; lra) ltac:(intros s Hs; replace s with 0%nat by lia; simpl; lra)
    ltac:(intros; lra)).
  simpl in E; lra.
Qed.

Lemma contraction_past_one_is_false : ~ (forall c x, 0 <= c -> 0 <= x <= 2 -> 0 <= c * (1 - x) <= c).
Proof.
  intros H; specialize (H 1 2 ltac:(lra) ltac:(lra)); lra.
Qed.

Lemma contraction_magnitude_three_is_false : ~ (forall x, 0 <= x <= 3 -> Rabs (1 - x) <= 1).
Proof.
  intros H; specialize (H 3 ltac:(lra)); split_Rabs; lra.
Qed.

Lemma contraction_drift_half_is_false : ~ (forall (c x : nat -> R) n,
  0 <= c O ->
  (forall s, (s < n)%nat -> c (S s) = c s * (1 - x s)) ->
  (forall s, (s < n)%nat -> 0 <= x s <= 1) ->
  0 <= c n /\ c O * (1 - total n x / 2) <= c n <= c O).
Proof.
  intros H; destruct (H (fun s => 1 - INR s) (fun _ => 1) 1%nat) as [_ E]; [simpl; lra| |intros; lra|simpl in E; lra].
  intros s Hs; replace s with 0%nat by lia; simpl; lra.
Qed.

Lemma abel_sum_largest_is_false : ~ (forall (Phi : R -> R) (v e : nat -> R) n,
  (forall s, (s < n)%nat -> 1 - e s <= Phi (v (S s)) - Phi (v s) <= 1 + e s) ->
  Rabs (Phi (v n) - Phi (v O) - INR n) <= e O).
Proof.
  intros H; assert (E := H (fun x => x) (fun s => match s with 0%nat => 0 | 1%nat => 1 | _ => 3 end) INR 2%nat).
  assert (K : Rabs (3 - 0 - INR 2) <= INR 0); [|simpl in K; split_Rabs; lra].
  apply E; intros s Hs; destruct s as [|[|s]]; [| |lia]; simpl; lra.
Qed.

Lemma abel_enclosure_without_defects_is_false : ~ (forall (Phi : R -> R) (D : R -> Prop) (v e : nat -> R) n,
  (forall x y, D x -> D y -> x < y -> Phi x < Phi y) ->
  (forall s, (s < n)%nat -> 1 - e s <= Phi (v (S s)) - Phi (v s) <= 1 + e s) ->
  D (v n) ->
  (forall x, D x -> Phi x <= Phi (v O) + INR n -> x <= v n) /\
  (forall x, D x -> Phi (v O) + INR n <= Phi x -> v n <= x)).
Proof.
  intros H; destruct (H (fun x => x) (fun _ => True) (fun _ => 0) (fun _ => 1) 1%nat ltac:(intros; assumption) ltac:(intros; lra) I) as [E _].
  specialize (E 1 I ltac:(simpl; lra)); lra.
Qed.

Lemma step_map_at_two_is_false : ~ (forall (u u' : R -> R) eta a b x y,
  (forall z, a <= z <= b -> is_derive u z (u' z)) ->
  (forall z, a <= z <= b -> Rabs (eta * u' z) < 2) ->
  a <= x -> x < y <= b ->
  x + eta * u x < y + eta * u y).
Proof.
  intros H; assert (E := H (fun x => - (3 / 2) * x) (fun _ => - (3 / 2)) 1 0 1 0 1 ltac:(intros; auto_derive; [trivial|ring])
    ltac:(intros; split_Rabs; lra) ltac:(lra) ltac:(lra)).
  lra.
Qed.

Lemma ordered_orbits_falling_is_false : ~ (forall (lo up : nat -> R -> R) (D : R -> Prop) (x y : nat -> R) n,
  (forall s a b, D a -> D b -> a <= b -> lo s b <= lo s a) ->
  (forall s a, D a -> lo s a <= up s a) ->
  (forall s, (s < n)%nat -> x (S s) <= lo s (x s) /\ up s (y s) <= y (S s)) ->
  (forall s, (s <= n)%nat -> D (x s) /\ D (y s)) ->
  x O <= y O -> x n <= y n).
Proof.
  intros H; assert (E := H (fun _ a => - a) (fun _ a => - a) (fun _ => True) (fun _ => 0) (fun s => 1 - 2 * INR s) 1%nat
    ltac:(intros; lra) ltac:(intros; lra) ltac:(intros s Hs; replace s with 0%nat by lia; simpl; lra) ltac:(intros; split; exact I)
    ltac:(simpl; lra)).
  simpl in E; lra.
Qed.

Lemma cell_count_wrong_sign_is_false : ~ (forall (u psi' psi'' : R -> R) (v : nat -> R) n a b eta hmax A B,
  0 < eta -> 0 <= hmax -> (0 < n)%nat ->
  (forall s, (s < n)%nat -> v (S s) = v s + eta * u (v s)) ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> eta * u (v s) <= hmax) ->
  (forall x, a <= x <= b + hmax -> 0 < u x) ->
  (forall x, a <= x <= b + hmax -> is_derive (fun y => ln (u y)) x (psi' x)) ->
  (forall x, a <= x <= b + hmax -> is_derive psi' x (psi'' x)) ->
  (forall x, a <= x <= b + hmax -> Rabs (psi' x) <= A) ->
  (forall x, a <= x <= b + hmax -> Rabs (psi'' x) <= B) ->
  Rabs (1 / eta * RInt (fun x => 1 / u x) (v O) (v n) - 1 / 2 * ln (u (v n) / u (v O)) - INR n)
    <= hmax * (B / 12 + exp (A * hmax) * A ^ 2 / 6) * (b - a + hmax)).
Proof.
  intros H; assert (E := H (fun x => x) (fun x => / x) (fun x => - / x ^ 2) (fun s => 1 + INR s / 10) 1%nat 1 1 (1 / 10) (1 / 10) 1 1
    ltac:(lra) ltac:(lra) ltac:(lia)).
  assert (K : Rabs (1 / (1 / 10) * RInt (fun x => 1 / x) (1 + INR 0 / 10) (1 + INR 1 / 10)
    - 1 / 2 * ln ((1 + INR 1 / 10) / (1 + INR 0 / 10)) - INR 1) <= 1 / 10 * (1 / 12 + exp (1 * (1 / 10)) * 1 ^ 2 / 6) * (1 - 1 + 1 / 10)).
  { apply E.
    - intros s Hs; replace s with 0%nat by lia; simpl; lra.
    - intros s Hs; replace s with 0%nat by lia; simpl; lra.
    - intros s Hs; replace s with 0%nat by lia; simpl; lra.
    - intros; lra.
    - intros x Hx; auto_derive; [lra|field; lra].
    - intros x Hx; auto_derive; [lra|field; lra].
    - intros x Hx; assert (/ x <= / 1) by (apply Rinv_le_contravar; lra); rewrite Rabs_pos_eq; [lra|left; apply Rinv_0_lt_compat; lra].
    - intros x Hx; assert (X : 1 <= x ^ 2) by (rewrite <- (pow1 2); apply pow_incr; lra).
      assert (/ x ^ 2 <= / 1) by (apply Rinv_le_contravar; lra).
      rewrite Rabs_Ropp, Rabs_pos_eq; [lra|left; apply Rinv_0_lt_compat; lra]. }
  rewrite (is_RInt_unique (fun x => 1 / x) (1 + INR 0 / 10) (1 + INR 1 / 10) (ln (11 / 10) - ln 1)) in K.
  - simpl in K; replace ((1 + 1 / 10) / (1 + 0 / 10)) with (11 / 10) in K by field; rewrite ln_1 in K.
    apply (Rle_not_lt _ _ K); interval with (i_prec 60).
  - simpl; replace (1 + 0 / 10) with 1 by field; replace (1 + 1 / 10) with (11 / 10) by field.
    apply (is_RInt_derive ln (fun x => 1 / x)).
    + intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx; auto_derive; [lra|field; lra].
    + intros x; rewrite Rmin_left, Rmax_right by lra; intros Hx.
      apply (ex_derive_continuous (fun x => 1 / x)); auto_derive; lra.
Qed.
