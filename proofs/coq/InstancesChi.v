(** Instances of the bound of E sqrt (Z/d), and of Theorem 5.1 of Hu, Xiao and Pennington with numbers: 200 layers of width 2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Rectangular ChiSquareMoments ChiSquareRoot ChiSquareMean NarrowMoves NarrowDescent NarrowSharp.
Open Scope R_scope.

Lemma chi_mean_exists : forall d, (1 <= d)%nat ->
  exists c mu, ray (chi_square_density d c) 1 /\ ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu.
Proof.
  intros d Hd; assert (D := lt_0_INR d Hd); destruct (chi_square_moments d (/ 2) Hd ltac:(lra)) as [c [a [H [A _]]]].
  exists c, (/ sqrt (INR d) * a); split; [exact H|]; apply (ray_scal _ (/ sqrt (INR d))) in A; revert A; apply ray_ext; intros t Ht.
  rewrite Rpower_sqrt, sqrt_div_alt by assumption; unfold Rdiv; ring.
Qed.

Lemma chi_mean_below_instance : exists (d : nat) (c mu : R), (1 <= d)%nat /\ ray (chi_square_density d c) 1 /\
  ray (fun t : R => sqrt (t / INR d) * chi_square_density d c t) mu.
Proof. destruct (chi_mean_exists 3%nat ltac:(lia)) as [c [mu H]]; exists 3%nat, c, mu; split; [lia|exact H]. Qed.

Definition one_wide (_ : nat) : nat := 1%nat.
Definition all_ones (_ _ : nat) : R := 1.

Lemma ones_length : rnorm 1 1 all_ones = 1.
Proof. unfold rnorm, rinner, dot, all_ones; cbn [total]; replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1. Qed.

Lemma ones_gain : forall L s, 0 < s -> output_gain one_wide L 1 (fun _ => s) = s ^ L.
Proof.
  intros L s Hs; unfold output_gain, piece_scale; rewrite Rabs_R1, Rmult_1_l, (product_ext L _ (fun _ => s)); [apply product_const|].
  intros l _; unfold layer_scale, one_wide; simpl (INR 1); rewrite sqrt_1; ring.
Qed.

(** Layers of 2 by 2 weights of variance 1/2. *)
Definition two_wide (_ : nat) : nat := 2%nat.

Lemma twos_length : rnorm 2 2 all_ones = 2.
Proof. unfold rnorm, rinner, dot, all_ones; cbn [total]; transitivity (sqrt (2 * 2)); [f_equal; ring|apply sqrt_square; lra]. Qed.

Lemma twos_scale : / sqrt 2 * sqrt (INR 2) = 1.
Proof. replace (INR 2) with 2 by (simpl; ring); apply Rinv_l, Rgt_not_eq, sqrt_lt_R0; lra. Qed.

Lemma twos_gain : forall L, output_gain two_wide L 1 (fun _ => / sqrt 2) = 1.
Proof.
  intros L; unfold output_gain, piece_scale; rewrite Rabs_R1, Rmult_1_l, (product_ext L _ (fun _ => 1)); [rewrite product_const; apply pow1|].
  intros l _; exact twos_scale.
Qed.

Lemma power_small : (91895 / 100000) ^ 64 <= 448 / 100000.
Proof.
  replace 64%nat with (8 * 8)%nat by reflexivity; rewrite pow_mult; apply Rle_trans with ((5086 / 10000) ^ 8); [|simpl; lra].
  apply pow_incr; split; [apply pow_le; lra|simpl; lra].
Qed.

(** 64 layers with rho = 1/100. *)
Lemma twos_omega : forall mu, 0 <= mu <= 89895 / 100000 ->
  0 <= narrow_omega two_wide 64 2 2 1 (mu + 1 / 100 * INR 2) all_ones all_ones (fun _ => / sqrt 2) <= 94 / 1000.
Proof.
  intros mu Hmu; unfold narrow_omega, narrow_gain; rewrite twos_gain; unfold two_wide; rewrite twos_length; simpl (INR 2).
  assert (P : 0 <= (mu + 1 / 100 * (1 + 1)) ^ 64 <= (91895 / 100000) ^ 64) by (split; [apply pow_le|apply pow_incr]; lra).
  assert (N := power_small); set (p := (mu + 1 / 100 * (1 + 1)) ^ 64) in *; set (q := (91895 / 100000) ^ 64) in *; lra.
Qed.

(** omega is up to 0.094, delta is 1/1000 more; with steps of 10^(-7) the plateau lasts for some of them. *)
Lemma narrow_layers_plateau_instance : exists (n : nat -> nat) (L d r : nat) (alpha eta rho delta c mu pace : R) (X Y : nat -> nat -> R) (sigma : nat -> R),
  (1 <= L)%nat /\ (forall l : nat, (l <= L)%nat -> (1 <= n l <= d)%nat) /\ (forall l : nat, (l < L)%nat -> 0 < sigma l) /\
  ray (chi_square_density d c) 1 /\ ray (fun t : R => sqrt (t / INR d) * chi_square_density d c t) mu /\
  0 < rho /\ 0 < delta /\ 0 <= eta /\ 0 < rnorm (n L) r Y /\ narrow_pace n L r alpha eta X Y sigma pace /\
  narrow_omega n L d r alpha (mu + rho * INR d) X Y sigma < delta.
Proof.
  destruct (chi_mean_exists 2%nat ltac:(lia)) as [c [mu [H Hmu]]]; assert (B := chi_mean_below 2 c mu ltac:(lia) H Hmu); simpl (INR 2) in B.
  assert (mu0 : 0 <= mu) by (apply (sharp_bounds 2 c mu 1 ltac:(lia) H Hmu ltac:(lra))); assert (W := twos_omega mu ltac:(lra)).
  assert (S : 0 < / sqrt 2) by (apply Rinv_0_lt_compat, sqrt_lt_R0; lra); set (small := / 10000000).
  exists two_wide, 64%nat, 2%nat, 2%nat, 1, small, (1 / 100),
    (narrow_omega two_wide 64 2 2 1 (mu + 1 / 100 * INR 2) all_ones all_ones (fun _ => / sqrt 2) + 1 / 1000),
    c, mu, (4 * small), all_ones, all_ones, (fun _ => / sqrt 2).
  split; [lia|split; [intros; unfold two_wide; lia|split; [intros; exact S|split; [exact H|split; [exact Hmu|]]]]].
  split; [lra|split; [lra|split; [unfold small; lra|split; [|split; [|lra]]]]].
  - unfold two_wide; rewrite twos_length; lra.
  - intros l _; rewrite twos_gain; unfold two_wide; rewrite twos_length, pow_inv, pow2_sqrt by lra; simpl INR; right; field.
Qed.
