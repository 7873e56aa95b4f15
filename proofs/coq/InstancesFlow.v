(** Instances, continued: one eigenvalue, flows, laws and constants. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep Geometry Bartlett Flow Laws Constants InstancesSteps.
From Lemmata Require Import ModifiedLoss RefutationsModified.
Open Scope R_scope.

Lemma exponential_flow : forall a b, is_flow (fun _ => -1) 2 (fun _ => exp) a b.
Proof.
  intros a b j t Hj _; rewrite others_const by exact Hj; auto_derive; [trivial|simpl; ring].
Qed.

(** (cosh t, sinh t): the zero-asymmetric start for a linear loss. *)
Definition hyperbola (j : nat) (t : R) : R :=
  match j with O => (exp t + exp (- t)) / 2 | _ => (exp t - exp (- t)) / 2 end.

Lemma hyperbola_flow : forall a b, is_flow (fun _ => -1) 2 hyperbola a b.
Proof.
  intros a b [|[|j]] t Hj _; try lia; unfold hyperbola, others, but; simpl;
    auto_derive; trivial; field.
Qed.

Lemma hyperbola_start_0 : hyperbola 0 0 = 1.
Proof. unfold hyperbola; rewrite Ropp_0, exp_0; field. Qed.

Lemma hyperbola_start_1 : hyperbola 1 0 = 0.
Proof. unfold hyperbola; rewrite Ropp_0, exp_0; field. Qed.

(** ** Bartlett *)

Lemma bartlett_layers_equal_instance :
  exists (_ : R) (L : nat) (_ : R) (_ j : nat), (j < L)%nat.
Proof.
  exists (1 / 8), 2%nat, 4, 3%nat, 0%nat.
  lia.
Qed.

Lemma bartlett_no_overshoot_instance :
  exists (eta : R) (L : nat) (p P : R) (_ : nat), (1 <= L)%nat /\ 0 < eta /\ 0 < p /\ p <= P /\ 1
    <= P /\ eta * INR L * P ^ (2 * L - 2) <= 1.
Proof.
  exists (1 / 8), 2%nat, 2, 2, 3%nat.
  parts; try lia; try lra; simpl; lra.
Qed.

Lemma bartlett_rate_instance :
  exists (eta : R) (L : nat) (p P m : R) (_ : nat), (1 <= L)%nat /\ 0 < eta /\ 0 < p /\ p <= P /\
    1 <= P /\ eta * INR L * P ^ (2 * L - 2) <= 1 /\ 0 < m /\ m <= p /\ m <= 1.
Proof.
  exists (1 / 8), 2%nat, 2, 2, 1, 3%nat.
  parts; try lia; try lra; simpl; lra.
Qed.

Lemma bartlett_failure_even_instance :
  exists (_ : R) (L : nat) (mu : R) (_ : nat), Nat.Even L /\ 0 < mu.
Proof.
  exists 1, 2%nat, 1, 3%nat.
  split; [now exists 1%nat|lra].
Qed.

Lemma bartlett_failure_odd_instance :
  exists (eta : R) (L : nat) (mu : R) (_ : nat), (2 <= L)%nat /\ 0 < eta /\ 0 < mu /\ eta * (1 +
    mu) < 1.
Proof.
  exists (1 / 4), 3%nat, 1, 3%nat.
  parts; try lia; try lra.
Qed.

(** ** Flow *)

Lemma flow_product_derivative_instance :
  exists (f' : R -> R) (k : nat) (w : nat -> R -> R) (a b t : R), is_flow f' k w a b /\ a < t < b.
Proof.
  exists (fun _ => -1), 2%nat, (fun _ => exp), (-1), 1, 0.
  split; [apply exponential_flow|lra].
Qed.

Lemma flow_conservation_instance :
  exists (f' : R -> R) (k : nat) (w : nat -> R -> R) (a b : R) (i j : nat) (s t : R), is_flow f'
    k w a b /\ (i < k)%nat /\ (j < k)%nat /\ a < s < b /\ a < t < b.
Proof.
  exists (fun _ => -1), 2%nat, hyperbola, (-1), 1, 0%nat, 1%nat, 0, (1 / 2).
  split; [apply hyperbola_flow|parts; try lia; lra].
Qed.

Lemma flow_reduction_instance :
  exists (f' : R -> R) (k : nat) (w : nat -> R -> R) (a b : R) (m : nat) (s : nat -> R) (t0 t :
    R), is_flow f' k w a b /\ (m < k)%nat /\ a < t0 < b /\ a < t < b /\ (forall j : nat, (j <
    k)%nat -> j <> m -> w m t0 ^ 2 < w j t0 ^ 2) /\ (forall j : nat, s j = 1 \/ s j = -1) /\
    (forall j : nat, (j < k)%nat -> j <> m -> 0 < s j * w j t0).
Proof.
  exists (fun _ => -1), 2%nat, hyperbola, (-1), 1, 1%nat, (fun _ => 1), 0, (1 / 2).
  split; [apply hyperbola_flow|parts; try lia; try lra].
  - intros [|[|j]] Hj N; try lia; rewrite hyperbola_start_0, hyperbola_start_1; lra.
  - intros; left; reflexivity.
  - intros [|[|j]] Hj N; try lia; rewrite hyperbola_start_0; lra.
Qed.

Lemma product_monotone_in_coordinate_instance :
  exists (k m : nat) (c : nat -> R) (u v : R), (m < k)%nat /\ (forall j : nat, (j < k)%nat -> j
    <> m -> 0 <= c j) /\ u < v.
Proof.
  exists 2%nat, 0%nat, (fun _ => 1), 0, 1.
  parts; try lia; try lra; intros; lra.
Qed.

Lemma signs_factor_out_instance :
  exists (k m : nat) (_ _ : nat -> R) (_ : R), (m < k)%nat.
Proof.
  exists 2%nat, 0%nat, (fun _ => 1), (fun _ => 1), 0.
  lia.
Qed.

Lemma flow_tie_never_escapes_instance :
  exists (f' : R -> R) (k : nat) (w : nat -> R -> R) (a b : R) (i j : nat) (t0 t : R), is_flow f'
    k w a b /\ (forall p : R, continuous f' p) /\ (i < k)%nat /\ (j < k)%nat /\ i <> j /\ a < t0
    < b /\ a < t < b /\ w i t0 ^ 2 = w j t0 ^ 2 /\ w i t0 <> 0 /\ (forall l : nat, (l < k)%nat ->
    w i t0 ^ 2 <= w l t0 ^ 2).
Proof.
  exists (fun _ => -1), 2%nat, (fun _ => exp), (-1), 1, 0%nat, 1%nat, 0, (1 / 2).
  split; [apply exponential_flow|split; [intros; apply continuous_const|]].
  parts; try lia; try lra; intros; rewrite exp_0; lra.
Qed.

Lemma zas_flow_invariant_instance :
  exists (f' : R -> R) (L : nat) (w : nat -> R -> R) (a b t0 t : R) (j : nat), is_flow f' (S L) w
    a b /\ a < t0 < b /\ a < t < b /\ (forall i : nat, (i < L)%nat -> w i t0 = 1) /\ w L t0 = 0
    /\ (j < L)%nat.
Proof.
  exists (fun _ => -1), 1%nat, hyperbola, (-1), 1, 0, (1 / 2), 0%nat.
  split; [apply hyperbola_flow|parts; try lia; try lra].
  - intros [|i] Hi; try lia; exact hyperbola_start_0.
  - exact hyperbola_start_1.
Qed.

Lemma zas_flow_rate_instance :
  exists (phi : R) (L : nat) (w : nat -> R -> R) (a b t0 t : R), is_flow (fun p : R => p - phi)
    (S L) w a b /\ a < t0 /\ t0 <= t /\ t < b /\ (forall i : nat, (i < L)%nat -> w i t0 = 1) /\ w
    L t0 = 0.
Proof.
  exists 1, 0%nat, (fun _ t => 1 - exp (- t)), (-1), 1, 0, (1 / 2).
  split; [|parts; try lra; [intros; lia|rewrite Ropp_0, exp_0; ring]].
  intros [|j] t Hj _; try lia; unfold others, but; simpl; auto_derive; [trivial|ring].
Qed.

Lemma zas_descent_invariants_instance :
  exists (f' : R -> R) (eta : R) (L : nat) (w : nat -> R) (n : nat), (1 <= L)%nat /\ (forall i :
    nat, (i < L)%nat -> w i = 1) /\ w L = 0 /\ (forall s : nat, (s < n)%nat -> eta ^ 2 * f'
    (product (S L) (descent f' eta (S L) w s)) ^ 2 * rest (S L) (descent f' eta (S L) w s) 0 L ^
    2 <= 1).
Proof.
  exists (fun _ => 1), (1 / 2), 1%nat, (fun i => if Nat.eqb i 0 then 1 else 0), 1%nat.
  split; [lia|split; [intros [|i] Hi; [reflexivity|lia]|split; [reflexivity|]]].
  intros [|s] Hs; [|lia]; unfold rest, but; simpl; lra.
Qed.

(** ** Laws *)

Lemma gaussian_mean_abs_instance :
  exists T : R, 0 <= T.
Proof.
  exists 1.
  lra.
Qed.

(** ** Constants *)

Lemma shamir_lemma_1_gaussian_instance :
  exists T : R, 0 <= T.
Proof.
  exists 1.
  lra.
Qed.

(** F = x^2/2 in one variable, where the remainder is a third of eta^3 to first order. *)
Lemma flow_of_modified_loss_instance :
  exists (k : nat) (F : (nat -> R) -> R) (g : (nat -> R) -> nat -> R) (H : (nat -> R) -> nat -> nat -> R)
    (T : (nat -> R) -> nat -> nat -> nat -> R) (eta A B C : R) (w : nat -> R -> R),
    0 <= eta /\ three_derivatives k F g H T /\ flows k (modified_gradient k eta g H) eta w /\
    (forall t : R, 0 <= t <= eta -> derivatives_within k g H T A B C (fun j : nat => w j t)).
Proof.
  exists 1%nat, half_square, first_variable, curvature_one, no_third, (1 / 10), 1, 1, 0, (falling (1 / 10)).
  split; [lra|split; [exact half_square_derivatives|split; [apply half_square_flows|apply half_square_within; lra]]].
Qed.

(** ** Closed forms: the logistic curve, p = 1/(1 + e^(-2t)) for two equal weights, and 1/t for three *)

Definition logistic_weight (_ : nat) (t : R) : R := / sqrt (1 + exp (- (2 * t))).

Lemma logistic_flow : forall a b, is_flow (fun p => 1 * (p - 1)) 2 logistic_weight a b.
Proof.
  intros a b j t Hj _; unfold logistic_weight; rewrite others_const by exact Hj; cbn [product]; assert (E := exp_pos (- (2 * t))).
  assert (S2 := sqrt_sqrt (1 + exp (- (2 * t))) ltac:(lra)); assert (S0 : 0 < sqrt (1 + exp (- (2 * t)))) by (apply sqrt_lt_R0; lra).
  auto_derive; [split; [lra|split; [lra|exact I]]|]; simpl pow; set (r := sqrt (1 + exp (- (2 * t)))) in *.
  replace (exp (- (2 * t))) with (r * r - 1) by lra; field; lra.
Qed.

Lemma inverse_flow : is_flow (fun _ => 1) (1 + 2) (fun _ t => / t) 0 3.
Proof. intros j t Hj Ht; rewrite others_const by exact Hj; auto_derive; [lra|]; simpl; field; lra. Qed.

Lemma flow_two_layers_instance : exists (a y : R) (w : nat -> R -> R) (lo hi s t : R), is_flow (fun p : R => a * (p - y)) 2 w lo hi /\ lo < s < hi /\ lo < t < hi /\
  w 0%nat s + w 1%nat s <> 0 /\ 0 < y ^ 2 + (w 0%nat s ^ 2 - w 1%nat s ^ 2) ^ 2.
Proof.
  exists 1, 1, logistic_weight, (-5), 5, 0, 1; split; [apply logistic_flow|]; split; [lra|]; split; [lra|]; split; [|unfold logistic_weight; rewrite Rminus_eq_0; lra].
  assert (P : 0 < logistic_weight 0 0) by (apply Rinv_0_lt_compat, sqrt_lt_R0; assert (E := exp_pos (- (2 * 0))); lra); unfold logistic_weight in *; lra.
Qed.

Lemma flow_balanced_power_instance : exists (a : R) (m : nat) (w : nat -> R -> R) (lo hi s t : R), is_flow (fun _ : R => a) (m + 2) w lo hi /\
  lo < s < hi /\ lo < t < hi /\ 0 < w 0%nat s /\ (forall j : nat, (j < m + 2)%nat -> w j s = w 0%nat s).
Proof.
  exists 1, 1%nat, (fun _ t => / t), 0, 3, 1, 2; split; [exact inverse_flow|]; split; [lra|]; split; [lra|]; split; [lra|reflexivity].
Qed.
