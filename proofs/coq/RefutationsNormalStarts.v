(** The false variant of Assumption 2 for standard normal weights is false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw Independent Gauss NormalLaw XavierAnyLaw PaperStarts NormalStarts.
Open Scope R_scope.

Lemma half_bell_above : 7 / 16 <= half_bell (1 / 2).
Proof.
  unfold half_bell.
  replace (7 / 16) with (RInt (fun _ => 7 / 8) 0 (1 / 2)).
  2:{ rewrite (RInt_const (V := R_CompleteNormedModule)); change ((1 / 2 - 0) * (7 / 8) = 7 / 16); field. }
  apply RInt_le; [lra|apply ex_RInt_const|apply bell_integrable|].
  intros x Hx; unfold bell; assert (U := exp_above_line (- x ^ 2 / 2)).
  assert (x ^ 2 <= (1 / 2) ^ 2) by (apply pow_incr; lra); simpl in *; lra.
Qed.

Lemma normal_assumption_2_half_is_false : ~ (forall k, assumption_2 (1 / 2) (1 - 1 / 6) k (normal_weights k)).
Proof.
  intros H; destruct (H 1%nat) as [_ [_ W]]; destruct (W (1 / 2) ltac:(lra)) as [_ B].
  destruct (normal_is (within (1 / 2)) _ (normal_within (1 / 2) ltac:(lra))) as [_ E].
  change (normal_integral (within (1 / 2)) <= 1 / 2 * (1 / 2)) in B; rewrite E in B.
  destruct root_two_pi as [S _]; assert (P := PI_4); assert (Q := half_bell_above).
  assert (R : sqrt (2 * PI) <= 3) by (rewrite <- (sqrt_square 3) by lra; apply sqrt_le_1_alt; lra).
  apply (Rmult_le_compat_r (sqrt (2 * PI))) in B; [|lra].
  replace (2 * (/ sqrt (2 * PI) * half_bell (1 / 2)) * sqrt (2 * PI)) with (2 * half_bell (1 / 2)) in B by (field; lra).
  lra.
Qed.
