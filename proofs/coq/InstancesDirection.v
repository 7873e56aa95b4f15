(** For Lemma 8 of Arora, Cohen, Golowich and Hu: indicators of lengths, and a law on the line, where the orthogonal matrices are 1 and -1: V = 1 or
    V = -1 with probability 1/2. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation AnyLaw Spectral RandomDirection RandomMargin.
Import ListNotations.
Open Scope R_scope.

Definition two_signs : list (R * R) := [(1, 1 / 2); (-1, 1 / 2)].

Lemma two_signs_law : is_law two_signs.
Proof. split; [intros x p [H|[H|[]]]; inversion H; lra|simpl; lra]. Qed.

Definition sign_weights : weights 1 := finite_weights 1 two_signs two_signs_law.

(** The vector (s, 0, 0, ...). *)
Definition on_line (s : R) : nat -> R := put 0 s (fun _ => 0).

Lemma sign_mean : forall X, variable sign_weights X /\ expectation sign_weights X = (X (on_line 1) + X (on_line (-1))) / 2.
Proof. intros X; split; [exact I|]; unfold sign_weights, on_line; simpl; field. Qed.

Lemma sign_rotated : rotation_invariant 1 sign_weights.
Proof.
  split; [|intros; exact I]; intros Q X HQ _; split; [exact I|]; rewrite !(proj2 (sign_mean _)); cbv beta.
  assert (T : forall s, turned 1 Q (on_line s) = on_line (Q 0%nat 0%nat * s)).
  { intros s; pointwise i; unfold turned, on_line, put, mv, dot; destruct i as [|i]; simpl; [ring|reflexivity]. }
  rewrite !T; assert (E := HQ 0%nat 0%nat ltac:(lia) ltac:(lia)); unfold dot, unit_matrix in E; simpl in E.
  assert (S : Q 0%nat 0%nat = 1 \/ Q 0%nat 0%nat = -1).
  { assert (Z : (Q 0%nat 0%nat - 1) * (Q 0%nat 0%nat + 1) = 0) by lra; destruct (Rmult_integral _ _ Z); [left|right]; lra. }
  destruct S as [-> | ->]; [rewrite !Rmult_1_l; reflexivity|].
  replace (-1 * 1) with (-1) by ring; replace (-1 * -1) with 1 by ring; field.
Qed.

Lemma line_length : forall s, norm2 1 (on_line s) = Rabs s.
Proof. intros s; unfold norm2; simpl; rewrite <- sqrt_Rsqr_abs; f_equal; unfold on_line, put, Rsqr; simpl; ring. Qed.

Definition length_between (d : nat) (Phi : nat -> R) (b1 b2 : R) (v : nat -> R) : R :=
  if Rle_dec (norm2 d Phi / sqrt (b2 * INR d)) (norm2 d v) then if Rle_dec (norm2 d v) (norm2 d Phi / sqrt (b1 * INR d)) then 1 else 0 else 0.

Lemma length_between_indicates : forall d Phi b1 b2 v,
  (length_within d Phi b1 b2 v /\ length_between d Phi b1 b2 v = 1) \/ (~ length_within d Phi b1 b2 v /\ length_between d Phi b1 b2 v = 0).
Proof. intros d Phi b1 b2 v; unfold length_within, length_between; destruct (Rle_dec _ _); [destruct (Rle_dec _ _)|]; tauto. Qed.

(** |Phi| = s, b1 = s^2, b2 = 4 s^2: the length of V is the largest allowed. *)
Lemma length_between_sure : forall s, 0 < s -> expectation sign_weights (length_between 1 (on_line s) (s * s) ((2 * s) * (2 * s))) = 1.
Proof.
  intros s Hs; rewrite (proj2 (sign_mean _)).
  assert (U : forall t, Rabs t = 1 -> length_between 1 (on_line s) (s * s) ((2 * s) * (2 * s)) (on_line t) = 1).
  { intros t Ht; destruct (length_between_indicates 1 (on_line s) (s * s) ((2 * s) * (2 * s)) (on_line t)) as [[_ E]|[N _]]; [exact E|exfalso; apply N; unfold length_within].
    rewrite !line_length, Ht, (Rabs_pos_eq s) by lra; simpl INR; rewrite !Rmult_1_r, !sqrt_square by lra.
    replace (s / (2 * s)) with (1 / 2) by (field; lra); replace (s / s) with 1 by (field; lra); lra. }
  rewrite (U 1) by apply Rabs_R1; rewrite (U (-1)) by (rewrite Rabs_left; lra); lra.
Qed.
