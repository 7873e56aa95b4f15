(** Instances, continued: the squares bound. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape SquaresBound.
Open Scope R_scope.

(** Two weights at zero: P = beta. *)
Lemma grown_zeros : grown_product 2 (1 / 16) (fun _ => 0) = 1 / 16.
Proof.
  unfold grown_product; simpl; replace (0 * (0 * 1) + 1 / 16) with ((1 / 4) ^ 2) by field.
  rewrite sqrt_pow2 by lra; field.
Qed.

Lemma square_slope : forall p, Rabs p <= grown_product 2 (1 / 16) (fun _ => 0) -> Rabs (p + 1) <= 17 / 16.
Proof. intros p H; rewrite grown_zeros in H; apply Rabs_le_between in H; apply Rabs_le; lra. Qed.

Lemma squares_bound_instance : exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (beta G u : R) (n : nat),
  0 <= eta /\ 0 < beta /\ (forall p : R, Rabs p <= grown_product k beta w -> Rabs (f' p) <= G) /\
  u = eta * G * grown_product k beta w / beta /\ INR n * (2 * u + u ^ 2) <= 1.
Proof.
  exists (fun p => p + 1), (1 / 10), 2%nat, (fun _ => 0), (1 / 16), (17 / 16), (17 / 160), 1%nat.
  split; [lra|split; [lra|split; [apply square_slope|split; [rewrite grown_zeros; field|simpl; lra]]]].
Qed.

Lemma squares_hitting_time_instance : exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (beta G : R) (n : nat),
  0 < eta /\ 0 < beta /\ 0 < G /\ (forall p : R, Rabs p <= grown_product k beta w -> Rabs (f' p) <= G) /\
  INR n <= beta / (2 * eta * G * grown_product k beta w) - 1 / 4.
Proof.
  exists (fun p => p + 1), (1 / 10), 2%nat, (fun _ => 0), (1 / 16), (17 / 16), 1%nat.
  split; [lra|split; [lra|split; [lra|split; [apply square_slope|rewrite grown_zeros; simpl; lra]]]].
Qed.
