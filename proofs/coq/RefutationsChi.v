(** False variants of the bound of E sqrt (Z/d) and of Theorem 5.1 of Hu, Xiao and Pennington with numbers are false: one degree of freedom; and one
    weight of small scale, which a step of size 1 sends to its target, although in units of the scale the step is long. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Rectangular AnyLaw Independent NormalLaw RefutationsPropositions ChiSquareMoments ChiSquareRoot ChiSquareMean.
From Lemmata Require Import NarrowLayers NarrowMoves NarrowDescent NarrowPlateau NarrowSharp InstancesChi.
Open Scope R_scope.

Lemma chi_mean_below_2022_is_false : ~ (forall d c mu, (1 <= d)%nat -> ray (chi_square_density d c) 1 ->
  ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu -> mu <= 1 - 2022 / 10000 / INR d).
Proof.
  intros F; destruct (chi_mean_exists 1%nat (le_n 1)) as [c [mu [H Hmu]]]; assert (B := F 1%nat c mu ltac:(lia) H Hmu); simpl (INR 1) in B.
  rewrite (chi_quotient_one mu (chi_quotient_is 1 c mu ltac:(lia) H Hmu)) in B; destruct root_two_pi as [S _]; assert (P := pi_between).
  apply (Rmult_le_compat_r (sqrt (2 * PI))) in B; [|lra]; replace (2 / sqrt (2 * PI) * sqrt (2 * PI)) with 2 in B by (field; lra).
  assert (Q : sqrt (2 * PI) ^ 2 = 2 * PI) by (apply pow2_sqrt; lra); assert (2 ^ 2 <= ((1 - 2022 / 10000 / 1) * sqrt (2 * PI)) ^ 2) by (apply pow_incr; lra).
  rewrite Rpow_mult_distr, Q in *; lra.
Qed.

Lemma one_step_to_target : forall W, narrow_loss one_wide 1 1 1 all_ones all_ones (narrow_descent one_wide 1 1 1 all_ones all_ones 1 W 1) = 0.
Proof.
  intros W; unfold narrow_loss; rewrite rnorm_square; unfold rinner, dot, one_wide; cbn [total].
  assert (E : forall V, narrow_error (fun _ => 1%nat) 1 1 1 all_ones all_ones V 0%nat 0%nat = V 0%nat 0%nat 0%nat - 1).
  { intros V; unfold narrow_error, msub, mscal, mul, dot, all_ones; cbn [total plain_product Nat.add]; unfold mul, dot, unit_matrix; cbn [total Nat.eqb]; ring. }
  rewrite E; cbn [narrow_descent]; unfold msub, mscal, narrow_slope, mul, dot, tr, mscal; cbn [total Nat.sub plain_product Nat.add].
  rewrite E; unfold unit_matrix, all_ones, mul, dot; cbn [total Nat.eqb]; field.
Qed.

Lemma narrow_layers_plateau_pace_is_false : ~ (forall (n : nat -> nat) (L d r : nat) (alpha eta rho delta c mu pace : R) (X Y : nat -> nat -> R) (sigma : nat -> R),
  (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> (forall l, (l < L)%nat -> 0 < sigma l) ->
  ray (chi_square_density d c) 1 -> ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu ->
  0 < rho -> 0 < delta -> 0 <= eta -> 0 < rnorm (n L) r Y ->
  (forall l, (l < L)%nat -> eta * / (INR (n (S l)) * sigma l) * (output_gain n L alpha sigma * rnorm (n 0%nat) r X * rnorm (n L) r Y) <= pace) ->
  narrow_omega n L d r alpha (mu + rho * INR d) X Y sigma < delta ->
  at_most (law_weights (weights_of n L) normal_law)
    (fun w => exists t, INR t * (10955 / 10000 * INR L * INR d ^ 2 * (mu + rho * INR d) ^ (L - 1) * pace)
        <= rho * (delta - narrow_omega n L d r alpha (mu + rho * INR d) X Y sigma) /\
      leaves_plateau n L r alpha X Y eta (spread_layers sigma (normal_layers n L w)) t) delta).
Proof.
  intros F; destruct (chi_mean_exists 1%nat (le_n 1)) as [c [mu [H Hmu]]]; assert (B := chi_mean_below 1 c mu ltac:(lia) H Hmu); simpl (INR 1) in B.
  assert (mu0 : 0 <= mu) by (apply (sharp_bounds 1 c mu 1 ltac:(lia) H Hmu ltac:(lra))).
  assert (Om : narrow_omega one_wide 1 1 1 1 (mu + 4 * INR 1) all_ones all_ones (fun _ => 1 / 1000) <= 1 / 19).
  { unfold narrow_omega, narrow_gain; rewrite ones_gain by lra; unfold one_wide; rewrite ones_length; simpl; lra. }
  set (om := narrow_omega one_wide 1 1 1 1 (mu + 4 * INR 1) all_ones all_ones (fun _ => 1 / 1000)) in *.
  assert (A := F one_wide 1%nat 1%nat 1%nat 1 1 4 (1 / 2) c mu 1 all_ones all_ones (fun _ => 1 / 1000) ltac:(lia) ltac:(intros; unfold one_wide; lia)
    ltac:(intros; lra) H Hmu ltac:(lra) ltac:(lra) ltac:(lra)); clear F.
  specialize (A ltac:(unfold one_wide; rewrite ones_length; lra)).
  specialize (A ltac:(intros l _; rewrite ones_gain by lra; unfold one_wide; rewrite ones_length; simpl; lra) ltac:(fold om; lra)); fold om in A.
  apply at_most_sure in A; [lra|]; intros w; exists 1%nat; split; [simpl; simpl in Om; lra|].
  unfold leaves_plateau; rewrite one_step_to_target; change (one_wide 1) with 1%nat; rewrite ones_length; lra.
Qed.
