(** The false variant of Lemma 9 of Arora, Cohen, Golowich and Hu is false: for one degree of freedom. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw Independent Gauss NormalLaw XavierAnyLaw PaperStarts NormalStarts ChiSquare.
Open Scope R_scope.

Lemma half_bell_seven_tenths : 52 / 100 <= half_bell (7 / 10).
Proof.
  unfold half_bell; apply Rle_trans with (RInt (fun _ => 3 / 4) 0 (7 / 10)).
  - rewrite (RInt_const (V := R_CompleteNormedModule)); change (52 / 100 <= (7 / 10 - 0) * (3 / 4)); lra.
  - apply RInt_le; [lra|apply ex_RInt_const|apply bell_integrable|].
    intros x Hx; unfold bell; assert (U := exp_above_line (- x ^ 2 / 2)).
    assert (x ^ 2 <= (7 / 10) ^ 2) by (apply pow_incr; lra); simpl in *; lra.
Qed.

Lemma arora_lemma_9_sixth_is_false : ~ (forall d,
  at_most (normal_weights d) (fun w => ~ (INR d / 2 <= chi_square d w <= 2 * INR d)) (1 / 3 * exp (- (INR d / 16)))).
Proof.
  intros H; destruct (H 1%nat) as [X [V [X0 [X1 E]]]]; destruct root_two_pi as [S _]; assert (P := PI_4).
  destruct (normal_is (within (7 / 10)) _ (normal_within (7 / 10) ltac:(lra))) as [I A].
  destruct (coordinate 1 (normal_weights 1) 0 (within (7 / 10)) ltac:(lia) I) as [VW EW].
  assert (Le : expectation (normal_weights 1) (fun w => within (7 / 10) (w 0%nat)) <= expectation (normal_weights 1) X).
  { apply expectation_le; [exact VW|exact V|]; intros w; unfold within; destruct (Rle_dec (Rabs (w 0%nat)) (7 / 10)) as [L|L]; [|apply X0].
    apply X1; unfold chi_square; simpl; intros [B _].
    assert (Q : Rabs (w 0%nat) ^ 2 <= (7 / 10) ^ 2) by (apply pow_incr; split; [apply Rabs_pos|exact L]).
    rewrite pow2_abs in Q; simpl in Q; lra. }
  assert (EV : expectation (normal_weights 1) (fun w => within (7 / 10) (w 0%nat)) = 2 * (/ sqrt (2 * PI) * half_bell (7 / 10)))
    by (rewrite EW; exact A).
  assert (Q := half_bell_seven_tenths).
  assert (R : sqrt (2 * PI) <= 3) by (rewrite <- (sqrt_square 3) by lra; apply sqrt_le_1_alt; lra).
  assert (Big : 34 / 100 <= 2 * (/ sqrt (2 * PI) * half_bell (7 / 10))).
  { apply (Rmult_le_reg_r (sqrt (2 * PI))); [exact S|].
    replace (2 * (/ sqrt (2 * PI) * half_bell (7 / 10)) * sqrt (2 * PI)) with (2 * half_bell (7 / 10)) by (field; lra); lra. }
  assert (Small : exp (- (INR 1 / 16)) <= 1).
  { rewrite <- exp_0; apply exp_le_compat; simpl; lra. }
  lra.
Qed.
