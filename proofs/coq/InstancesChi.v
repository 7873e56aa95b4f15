(** Instances of the bound of E sqrt (Z/d), and of Theorem 5.1 of Hu, Xiao and Pennington with numbers: 100 layers of one weight. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Rectangular ChiSquareMoments ChiSquareRoot ChiSquareMean NarrowMoves NarrowDescent NarrowSharp.
Open Scope R_scope.

Lemma chi_mean_exists : exists c mu, ray (chi_square_density 1 c) 1 /\ ray (fun t => sqrt (t / INR 1) * chi_square_density 1 c t) mu.
Proof.
  destruct (chi_square_moments 1 (/ 2) ltac:(lia) ltac:(simpl; lra)) as [c [a [H [A _]]]]; exists c, a; split; [exact H|].
  revert A; apply ray_ext; intros t Ht; rewrite Rpower_sqrt by exact Ht; simpl (INR 1); unfold Rdiv; rewrite Rinv_1, Rmult_1_r; reflexivity.
Qed.

Lemma chi_mean_below_instance : exists (d : nat) (c mu : R), (1 <= d)%nat /\ ray (chi_square_density d c) 1 /\
  ray (fun t : R => sqrt (t / INR d) * chi_square_density d c t) mu.
Proof. destruct chi_mean_exists as [c [mu H]]; exists 1%nat, c, mu; split; [lia|exact H]. Qed.

Definition one_wide (_ : nat) : nat := 1%nat.
Definition all_ones (_ _ : nat) : R := 1.

Lemma ones_length : rnorm 1 1 all_ones = 1.
Proof. unfold rnorm, rinner, dot, all_ones; cbn [total]; replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1. Qed.

Lemma ones_gain : forall L s, 0 < s -> output_gain one_wide L 1 (fun _ => s) = s ^ L.
Proof.
  intros L s Hs; unfold output_gain, piece_scale; rewrite Rabs_R1, Rmult_1_l, (product_ext L _ (fun _ => s)); [apply product_const|].
  intros l _; unfold layer_scale, one_wide; simpl (INR 1); rewrite sqrt_1; ring.
Qed.

Lemma nine_tenths : (9 / 10) ^ 100 <= 1 / 1000.
Proof.
  replace 100%nat with (20 * 5)%nat by reflexivity; rewrite pow_mult; apply Rle_trans with ((1 / 5) ^ 5); [|simpl; lra].
  apply pow_incr; split; [apply pow_le; lra|simpl; lra].
Qed.

Lemma narrow_layers_plateau_instance : exists (n : nat -> nat) (L d r : nat) (alpha eta rho delta c mu pace : R) (X Y : nat -> nat -> R) (sigma : nat -> R),
  (1 <= L)%nat /\ (forall l : nat, (l <= L)%nat -> (1 <= n l <= d)%nat) /\ (forall l : nat, (l < L)%nat -> 0 < sigma l) /\
  ray (chi_square_density d c) 1 /\ ray (fun t : R => sqrt (t / INR d) * chi_square_density d c t) mu /\
  0 < rho /\ 0 < delta /\ 0 <= eta /\ 0 < rnorm (n L) r Y /\ narrow_pace n L r alpha eta X Y sigma pace /\
  narrow_omega n L d r alpha (mu + rho * INR d) X Y sigma < delta.
Proof.
  destruct chi_mean_exists as [c [mu [H Hmu]]]; assert (B := chi_mean_below 1 c mu ltac:(lia) H Hmu); simpl (INR 1) in B.
  assert (mu0 : 0 <= mu) by (apply (sharp_bounds 1 c mu 1 ltac:(lia) H Hmu ltac:(lra))).
  exists one_wide, 100%nat, 1%nat, 1%nat, 1, 1, (1 / 10), (1 / 10), c, mu, 1, all_ones, all_ones, (fun _ => 1).
  split; [lia|split; [intros; unfold one_wide; lia|split; [intros; lra|split; [exact H|split; [exact Hmu|split; [lra|split; [lra|split; [lra|split; [|split]]]]]]]]].
  - unfold one_wide; rewrite ones_length; lra.
  - intros l _; rewrite ones_gain, pow1 by lra; unfold one_wide; rewrite ones_length; simpl INR; right; field.
  - unfold narrow_omega, narrow_gain; rewrite ones_gain, pow1 by lra; unfold one_wide; rewrite ones_length; simpl (INR 1).
    assert (P : (mu + 1 / 10 * 1) ^ 100 <= (9 / 10) ^ 100) by (apply pow_incr; lra); assert (N := nine_tenths).
    set (p := (mu + 1 / 10 * 1) ^ 100) in *; set (q := (9 / 10) ^ 100) in *; lra.
Qed.
