(** The false variant of Lemma 8 of Arora, Cohen, Golowich and Hu is false: -1 has no margin to a positive number, and is V with probability 1/2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry AnyLaw Gauss NormalLaw NormalStarts Spectral RandomDirection RandomMargin InstancesDirection.
Open Scope R_scope.

Lemma arora_lemma_8_larger_is_false :
  ~ (forall (d : nat) (P : weights d) (Phi : nat -> R) (b1 b2 eps : R) (inside : (nat -> R) -> R),
  (1 <= d)%nat -> rotation_invariant d P -> 0 < norm2 d Phi -> 1 <= b1 < b2 -> eps <= 1 -> variable P inside ->
  (forall v, (length_within d Phi b1 b2 v /\ inside v = 1) \/ (~ length_within d Phi b1 b2 v /\ inside v = 0)) -> 1 - eps <= expectation P inside ->
  at_most P (fun v => ~ row_has_margin d Phi v (norm2 d Phi / (b2 * INR d)))
    (1 - (1 - eps) * ((31 / 10 - 4 * normal_distribution (2 / sqrt b1)) / 2))).
Proof.
  intros H; assert (F : norm2 1 (on_line 100) = 100) by (rewrite line_length; apply Rabs_pos_eq; lra).
  destruct (H 1%nat sign_weights (on_line 100) (100 * 100) ((2 * 100) * (2 * 100)) 0 (length_between 1 (on_line 100) (100 * 100) ((2 * 100) * (2 * 100)))
    ltac:(lia) sign_rotated ltac:(rewrite F; lra) ltac:(lra) ltac:(lra) I (length_between_indicates 1 _ _ _)
    ltac:(rewrite length_between_sure; lra)) as [X [_ [X0 [X1 EX]]]].
  rewrite (proj2 (sign_mean _)) in EX; specialize (X0 (on_line 1)); assert (B : 1 <= X (on_line (-1))).
  { apply X1; unfold row_has_margin; rewrite F; simpl INR; rewrite Rmult_1_r; intros M.
    assert (E : (fun i => on_line (-1) i - on_line 100 i) = on_line (-101)).
    { pointwise i; unfold on_line, put; destruct (Nat.eqb i 0); lra. }
    rewrite E, line_length, Rabs_left in M; lra. }
  rewrite normal_distribution_half, sqrt_square in EX by lra; assert (A := half_bell_below (2 / 100) ltac:(lra)).
  assert (Q : / sqrt (2 * PI) <= 1).
  { rewrite <- Rinv_1; apply Rinv_le_contravar; [lra|]; rewrite <- sqrt_1; apply sqrt_le_1_alt; assert (P := PI2_3_2); lra. }
  assert (q0 : 0 < / sqrt (2 * PI)) by (apply Rinv_0_lt_compat, root_two_pi).
  assert (/ sqrt (2 * PI) * half_bell (2 / 100) <= 1 * (2 / 100)); [|lra].
  apply Rle_trans with (/ sqrt (2 * PI) * (2 / 100)); [apply Rmult_le_compat_l; lra|apply Rmult_le_compat_r; lra].
Qed.
