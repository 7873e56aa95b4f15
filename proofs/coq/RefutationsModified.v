(** The false variant of the theorem on the modified loss is false: for F = x^2/2 the flow is e^(-(1 + eta/2) t). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Products Matrix Remainder Layers Gradient ModifiedLoss.
Open Scope R_scope.

Definition half_square (x : nat -> R) : R := x 0%nat ^ 2 / 2.
Definition first_variable (x : nat -> R) (_ : nat) : R := x 0%nat.
Definition curvature_one (_ : nat -> R) (_ _ : nat) : R := 1.
Definition no_third (_ : nat -> R) (_ _ _ : nat) : R := 0.
Definition falling (eta : R) (_ : nat) (t : R) : R := exp (- (1 + eta / 2) * t).

Lemma half_square_derivatives : three_derivatives 1 half_square first_variable curvature_one no_third.
Proof.
  split; [|split; [|split; [|reflexivity]]].
  - intros w v t D; specialize (D 0%nat ltac:(lia)); unfold half_square, first_variable.
    apply (is_derive_ext (fun s => / 2 * w 0%nat s ^ 2)); [intros s; change (/ 2 * w 0%nat s ^ 2 = w 0%nat s ^ 2 / 2); field|].
    evar_last; [apply (is_derive_scal (fun s => w 0%nat s ^ 2) t (/ 2)), (is_derive_pow (w 0%nat) 2 t (v 0%nat)), D|simpl; field].
  - intros i _ w v t D; specialize (D 0%nat ltac:(lia)); unfold first_variable, curvature_one.
    evar_last; [exact D|simpl; ring].
  - intros i j _ _ w v t _; unfold curvature_one, no_third.
    evar_last; [apply (is_derive_const (V := R_NormedModule))|simpl; change zero with 0; ring].
Qed.

Lemma half_square_flows : forall eta, flows 1 (modified_gradient 1 eta first_variable curvature_one) eta (falling eta).
Proof.
  intros eta j t _ _; unfold falling, modified_gradient, curved, first_variable, curvature_one; simpl total.
  auto_derive; [trivial|field].
Qed.

Lemma half_square_within : forall eta, 0 <= eta -> forall t, 0 <= t <= eta ->
  derivatives_within 1 first_variable curvature_one no_third 1 1 0 (fun j => falling eta j t).
Proof.
  intros eta He t Ht i Hi; unfold first_variable, curvature_one, no_third, falling; simpl; rewrite Rabs_R1, Rabs_R0; split; [|lra].
  rewrite Rabs_pos_eq by (left; apply exp_pos); rewrite <- exp_0 at 2.
  assert (0 <= (1 + eta / 2) * t) by (apply Rmult_le_pos; lra).
  destruct (Rle_lt_or_eq_dec (- (1 + eta / 2) * t) 0) as [N| ->]; [lra|left; apply exp_increasing, N|lra].
Qed.

Lemma flow_of_modified_loss_tenth_less_is_false : ~ (forall k F g H T eta A B C w, 0 <= eta -> three_derivatives k F g H T ->
  flows k (modified_gradient k eta g H) eta w ->
  (forall t, 0 <= t <= eta -> derivatives_within k g H T A B C (fun j => w j t)) ->
  has_gradient k (modified_loss k eta F g) (modified_gradient k eta g H) /\
  (forall i, (i < k)%nat -> Rabs (w i eta - descended eta g (fun j => w j 0) i) <= 9 / 10 * flow_remainder eta A B C) /\
  (forall i j, (i < k)%nat -> (j < k)%nat -> let v := descended eta g (fun j => w j 0) in
    Rabs ((w i eta ^ 2 - w j eta ^ 2) - (v i ^ 2 - v j ^ 2))
      <= flow_remainder eta A B C * (Rabs (w i eta + v i) + Rabs (w j eta + v j)))).
Proof.
  intros X; destruct (X 1%nat half_square first_variable curvature_one no_third (1 / 10) 1 1 0 (falling (1 / 10)) ltac:(lra)
    half_square_derivatives (half_square_flows (1 / 10)) (half_square_within (1 / 10) ltac:(lra))) as [_ [Close _]].
  specialize (Close 0%nat ltac:(lia)); apply Rabs_le_between in Close; destruct Close as [_ Close]; revert Close.
  unfold descended, falling, first_variable, flow_remainder; rewrite Rmult_0_r, exp_0; intros K.
  assert (L : 90032 / 100000 <= exp (- (1 + 1 / 10 / 2) * (1 / 10))) by interval with (i_prec 60).
  lra.
Qed.
