(** Instances, continued: random weights of every law.  The law is finite, with E|w| = 4/5 and
    variance 1; the uniform law is [density_weights] of [uniform_is_density]. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw DensityLaw Laws XavierAnyLaw InstancesSteps.
Import ListNotations.
Open Scope R_scope.

Definition four : list (R * R) := [(1 / 5, 1 / 4); (- (1 / 5), 1 / 4); (7 / 5, 1 / 4); (- (7 / 5), 1 / 4)].

Lemma four_is_law : is_law four.
Proof.
  split; [|unfold four; simpl; lra].
  intros x p [E|[E|[E|[E|[]]]]]; injection E; intros; subst; lra.
Qed.

Definition four_weights (k : nat) : weights k := finite_weights k four four_is_law.

Lemma four_sizes : Rabs (1 / 5) = 1 / 5 /\ Rabs (- (1 / 5)) = 1 / 5 /\ Rabs (7 / 5) = 7 / 5 /\ Rabs (- (7 / 5)) = 7 / 5.
Proof. repeat split; rewrite ?Rabs_Ropp; apply Rabs_pos_eq; lra. Qed.

Lemma four_mean : forall k, average (four_weights k) Rabs = 4 / 5.
Proof.
  intros k; destruct four_sizes as [A [B [C D]]].
  change (average (four_weights k) Rabs) with (mean four Rabs); unfold four; simpl; rewrite A, B, C, D; lra.
Qed.

Lemma four_square : forall k, average (four_weights k) (fun x => x ^ 2) = 1.
Proof. intros k; change (mean four (fun x => x ^ 2) = 1); unfold four; simpl; lra. Qed.

Lemma four_within : forall k b, 0 <= b -> average (four_weights k) (within b) <= 5 / 2 * b.
Proof.
  intros k b Hb; destruct four_sizes as [A [B [C D]]].
  change (average (four_weights k) (within b)) with (mean four (within b)); unfold four, within; simpl.
  rewrite A, B, C, D; destruct (Rle_dec (1 / 5) b), (Rle_dec (7 / 5) b); lra.
Qed.

Lemma square_loss : plateau_loss (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) 3 0 (1 / 4).
Proof.
  split; [|split].
  - intros p; auto_derive; [trivial|ring].
  - intros p H; apply Rabs_le_between in H; apply Rabs_le; lra.
  - intros p H; simpl; assert (0 <= (p + 1 / 2) * (p + 3 / 2)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** depth 81: alpha = 81 (4/5)^40 *)
Lemma four_alpha : INR 81 * sqrt (4 / 5) ^ (81 - 1) <= 1 / 16.
Proof.
  assert (E : sqrt (4 / 5) ^ (81 - 1) = (4 / 5) ^ 40).
  { rewrite <- (sqrt_sqrt (4 / 5)) at 2 by lra; rewrite Rpow_mult_distr, <- pow_add; reflexivity. }
  rewrite E; replace 40%nat with (10 * 4)%nat by reflexivity; rewrite pow_mult.
  assert (T : 0 <= (4 / 5) ^ 10 <= 11 / 100) by (split; simpl; lra).
  assert (F : ((4 / 5) ^ 10) ^ 4 <= (11 / 100) ^ 4) by (apply pow_incr; exact T).
  replace (INR 81) with 81 by (rewrite INR_IZR_INZ; reflexivity); simpl in F; simpl; lra.
Qed.

Lemma four_alpha_positive : 0 < INR 81 * sqrt (4 / 5) ^ (81 - 1).
Proof. apply Rmult_lt_0_compat; [apply lt_0_INR; lia|apply pow_lt, sqrt_lt_R0; lra]. Qed.

Lemma finite_laws_are_laws_instance : exists (_ : nat) (law : list (R * R)), is_law law.
Proof. exists 2%nat, four; apply four_is_law. Qed.

Lemma density_laws_are_laws_instance : exists (_ : nat) (rho : R -> R) (a b : R), is_density rho a b.
Proof. exists 2%nat, (fun _ => uniform_density), (- sqrt 3), (sqrt 3); apply uniform_is_density. Qed.

Lemma shamir_lemma_5_any_law_instance :
  exists (k : nat) (P : weights k) (a : R), (1 <= k)%nat /\ 0 < a /\ single P Rabs /\ average P Rabs <= a.
Proof.
  exists 2%nat, (four_weights 2), (4 / 5); split; [lia|split; [lra|split; [exact I|right; apply four_mean]]].
Qed.

Lemma shamir_theorem_2_hitting_time_instance :
  exists (k : nat) (P : weights k) (f f' : R -> R) (eta a alpha delta m M r low gap time : R) (g h : R -> R),
    (2 <= k)%nat /\ 0 < eta /\ single P Rabs /\ average P Rabs <= a /\ 0 < delta /\ 0 < alpha /\
    r = delta / sqrt (INR (k - 1)) * ln 2 /\ 2 * alpha * (m + r) <= 1 / 2 /\
    plateau_loss f f' M low gap /\ time * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= r /\
    single P g /\ (forall x : R, 0 <= g x) /\ (forall x : R, Rabs x < delta -> 1 <= g x) /\
    single P h /\ (forall x : R, 0 <= h x) /\ (forall x : R, m < Rabs x -> 1 <= h x).
Proof.
  exists 2%nat, (four_weights 2), (fun p => (p + 1) ^ 2), (fun p => 2 * (p + 1)), 1, (4 / 5), (1 / 16), 1, 2, 3,
    (1 / sqrt (INR (2 - 1)) * ln 2), 0, (1 / 4), 0, (fun _ => 1), (fun _ => 1).
  assert (L : ln 2 <= 1).
  { rewrite <- (ln_exp 1); left; apply ln_increasing; [lra|].
    assert (1 + 1 < exp 1) by (apply exp_ineq1; lra); lra. }
  assert (L0 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  assert (E : 1 / sqrt (INR (2 - 1)) * ln 2 = ln 2) by (simpl; rewrite sqrt_1; field).
  split; [lia|split; [lra|split; [exact I|split; [right; apply four_mean|]]]].
  parts; try lra; try exact I; try reflexivity; try (apply square_loss); intros; lra.
Qed.

Lemma shamir_theorem_2_instance :
  exists (k : nat) (P : weights k) (f f' : R -> R) (eta a c1 alpha M low gap : R),
    (2 <= k)%nat /\ 0 < eta /\ 0 < a /\ single P Rabs /\ average P Rabs <= a /\
    single P (fun x : R => x ^ 2) /\ average P (fun x : R => x ^ 2) <= 1 /\
    (forall b : R, 0 <= b -> single P (within b) /\ average P (within b) <= c1 * b) /\
    0 < M /\ plateau_loss f f' M low gap /\
    alpha = INR k * sqrt a ^ (k - 1) /\ alpha <= 1 / 16.
Proof.
  exists 81%nat, (four_weights 81), (fun p => (p + 1) ^ 2), (fun p => 2 * (p + 1)), 1, (4 / 5), (5 / 2),
    (INR 81 * sqrt (4 / 5) ^ (81 - 1)), 3, 0, (1 / 4).
  split; [lia|split; [lra|split; [lra|split; [exact I|split; [right; apply four_mean|]]]]].
  split; [exact I|split; [right; apply four_square|split; [intros; split; [exact I|now apply four_within]|]]].
  split; [lra|split; [apply square_loss|split; [reflexivity|apply four_alpha]]].
Qed.
