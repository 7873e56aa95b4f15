(** Instances: for every theorem with hypotheses, values that satisfy all of them.  Each statement
    is the theorem's own list of hypotheses with "exists" for "forall"; the two are compared. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder OneStep Escape Geometry Convergence Expectation Xavier Bartlett Flow.
From Lemmata Require Import Matrix Norms Layers Gradient ZasDescent ZasFlow ZasFlowStart ZasSharp Transpose Margin Arora Identity Refutations.
Import ListNotations.
Open Scope R_scope.

Ltac parts := repeat match goal with |- _ /\ _ => split end.

(** ** Witnesses *)

Definition coin : list (R * R) := [(0, 1 / 2); (1, 1 / 2)].

Lemma coin_is_law : is_law coin.
Proof.
  split; [|unfold coin; simpl; lra].
  intros x p [E|[E|[]]]; injection E; intros; subst; lra.
Qed.

Lemma ln_two : ln 2 <= 1.
Proof.
  rewrite <- (ln_exp 1); left; apply ln_increasing; [lra|].
  assert (1 + 1 < exp 1) by (apply exp_ineq1; lra); lra.
Qed.

Lemma ln_two_positive : 0 < ln 2.
Proof. rewrite <- ln_1; apply ln_increasing; lra. Qed.

Lemma root_of_two : 0 <= sqrt (INR 2) <= 2.
Proof.
  split; [apply sqrt_pos|]; rewrite <- (sqrt_square 2) by lra.
  apply sqrt_le_1_alt; simpl; lra.
Qed.

Lemma root_of_half : 0 <= sqrt (1 / 2) <= 1.
Proof.
  split; [apply sqrt_pos|].
  assert (H : sqrt (1 / 2) <= sqrt 1) by (apply sqrt_le_1_alt; lra); rewrite sqrt_1 in H; exact H.
Qed.

Lemma small_move : norm2 2 (fun i : nat => 1 - 1) <= 1 / sqrt (INR (2 - 1)) * ln (2 / 1).
Proof.
  unfold norm2; simpl; rewrite Rminus_eq_0, Rmult_0_l, !Rplus_0_l, sqrt_0, sqrt_1.
  assert (0 < ln (2 / 1)) by (rewrite <- ln_1; apply ln_increasing; lra); lra.
Qed.

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

(** ** Remainder *)

Lemma trapezoid_remainder_instance :
  exists (f f' f'' : R -> R) (v h B : R), 0 <= h /\ (forall x : R, v <= x <= v + h -> is_derive f
    x (f' x)) /\ (forall x : R, v <= x <= v + h -> is_derive f' x (f'' x)) /\ (forall x : R, v <=
    x <= v + h -> Rabs (f'' x) <= B).
Proof.
  exists (fun x => x ^ 2), (fun x => 2 * x), (fun _ => 2), 0, 1, 2.
  split; [lra|split; [|split]]; intros x _.
  - auto_derive; [trivial|ring].
  - auto_derive; [trivial|ring].
  - rewrite Rabs_pos_eq; lra.
Qed.

Lemma abel_defect_instance :
  exists (u psi' psi'' : R -> R) (v h eta A B : R), 0 < eta /\ 0 < h /\ h = eta * u v /\ (forall
    x : R, v <= x <= v + h -> 0 < u x) /\ (forall x : R, v <= x <= v + h -> is_derive (fun y :
    R_AbsRing => ln (u y)) x (psi' x)) /\ (forall x : R, v <= x <= v + h -> is_derive psi' x
    (psi'' x)) /\ (forall x : R, v <= x <= v + h -> Rabs (psi' x) <= A) /\ (forall x : R, v <= x
    <= v + h -> Rabs (psi'' x) <= B).
Proof.
  exists exp, (fun _ => 1), (fun _ => 0), 0, 1, 1, 1, 0.
  parts; try lra; try (intros x _).
  - rewrite exp_0; ring.
  - apply exp_pos.
  - apply (is_derive_ext (fun y => y)); [intros y; symmetry; apply ln_exp|apply (is_derive_id (K := R_AbsRing))].
  - apply (is_derive_const (V := R_NormedModule)).
  - rewrite Rabs_R1; lra.
  - rewrite Rabs_R0; lra.
Qed.

Lemma cell_steps_length_instance :
  exists (v : nat -> R) (n : nat) (a b hmax : R), a <= b /\ 0 <= hmax /\ (forall s : nat, (s <
    n)%nat -> a <= v s <= b) /\ (forall s : nat, (s < n)%nat -> v (S s) - v s <= hmax).
Proof.
  exists INR, 2%nat, 0, 1, 1.
  parts; try lra; intros [|[|s]] Hs; try lia; simpl; lra.
Qed.

Lemma cell_sum_bound_instance :
  exists (v F : nat -> R) (n : nat) (a b hmax M : R), a <= b /\ 0 <= hmax /\ 0 <= M /\ (forall s
    : nat, (s < n)%nat -> a <= v s <= b) /\ (forall s : nat, (s < n)%nat -> 0 <= v (S s) - v s <=
    hmax) /\ (forall s : nat, (s < n)%nat -> F s <= M).
Proof.
  exists INR, INR, 2%nat, 0, 1, 1, 1.
  parts; try lra; intros s Hs; destruct s as [|[|s]]; try lia; simpl; lra.
Qed.

Lemma contraction_one_step_instance :
  exists c x : R, 0 <= c /\ 0 <= x <= 1.
Proof.
  exists 1, (1 / 2).
  parts; try lia; try lra.
Qed.

Lemma contraction_magnitude_instance :
  exists x : R, 0 <= x <= 2.
Proof.
  exists 1.
  parts; try lia; try lra.
Qed.

Lemma contraction_drift_instance :
  exists (c x : nat -> R) (n : nat), 0 <= c 0%nat /\ (forall s : nat, (s < n)%nat -> c (S s) = c
    s * (1 - x s)) /\ (forall s : nat, (s < n)%nat -> 0 <= x s <= 1).
Proof.
  exists (fun n => (1 / 2) ^ n), (fun _ => 1 / 2), 2%nat.
  split; [simpl; lra|split; intros s Hs; [simpl; field|lra]].
Qed.

Lemma abel_sum_instance :
  exists (Phi : R -> R) (v e : nat -> R) (n : nat), (forall s : nat, (s < n)%nat -> 1 - e s <=
    Phi (v (S s)) - Phi (v s) <= 1 + e s).
Proof.
  exists (fun x => x), INR, (fun _ => 1 / 10), 2%nat.
  intros s Hs; rewrite S_INR; lra.
Qed.

Lemma abel_enclosure_instance :
  exists (Phi : R -> R) (D : R -> Prop) (v e : nat -> R) (n : nat), (forall x y : R, D x -> D y
    -> x < y -> Phi x < Phi y) /\ (forall s : nat, (s < n)%nat -> 1 - e s <= Phi (v (S s)) - Phi
    (v s) <= 1 + e s) /\ D (v n).
Proof.
  exists (fun x => x), (fun _ => True), INR, (fun _ => 1 / 10), 2%nat.
  split; [intros; assumption|split; [intros s Hs; rewrite S_INR; lra|exact I]].
Qed.

Lemma step_map_increasing_instance :
  exists (u u' : R -> R) (eta a b x y : R), (forall z : R, a <= z <= b -> is_derive u z (u' z))
    /\ (forall z : R, a <= z <= b -> Rabs (eta * u' z) < 1) /\ a <= x /\ x < y <= b.
Proof.
  exists (fun x => x), (fun _ => 1), (1 / 2), 0, 1, 0, 1.
  split; [intros z _; apply (is_derive_id (K := R_AbsRing))|split; [|lra]].
  intros z _; rewrite Rabs_pos_eq; lra.
Qed.

Lemma ordered_orbits_instance :
  exists (lo up : nat -> R -> R) (D : R -> Prop) (x y : nat -> R) (n : nat), (forall (s : nat) (a
    b : R), D a -> D b -> a <= b -> lo s a <= lo s b) /\ (forall (s : nat) (a : R), D a -> lo s a
    <= up s a) /\ (forall s : nat, (s < n)%nat -> x (S s) <= lo s (x s) /\ up s (y s) <= y (S s))
    /\ (forall s : nat, (s <= n)%nat -> D (x s) /\ D (y s)) /\ x 0%nat <= y 0%nat.
Proof.
  exists (fun _ x => x), (fun _ x => x + 1), (fun _ => True), (fun _ => 0), INR, 2%nat.
  split; [intros; assumption|split; [intros; lra|split; [|split; [intros; split; exact I|simpl; lra]]]].
  intros s Hs; rewrite S_INR; lra.
Qed.

Lemma cell_count_instance :
  exists (u psi' psi'' : R -> R) (v : nat -> R) (n : nat) (a b eta hmax A B : R), 0 < eta /\ 0 <=
    hmax /\ (0 < n)%nat /\ (forall s : nat, (s < n)%nat -> v (S s) = v s + eta * u (v s)) /\
    (forall s : nat, (s < n)%nat -> a <= v s <= b) /\ (forall s : nat, (s < n)%nat -> eta * u (v
    s) <= hmax) /\ (forall x : R, a <= x <= b + hmax -> 0 < u x) /\ (forall x : R, a <= x <= b +
    hmax -> is_derive (fun y : R_AbsRing => ln (u y)) x (psi' x)) /\ (forall x : R, a <= x <= b +
    hmax -> is_derive psi' x (psi'' x)) /\ (forall x : R, a <= x <= b + hmax -> Rabs (psi' x) <=
    A) /\ (forall x : R, a <= x <= b + hmax -> Rabs (psi'' x) <= B).
Proof.
  exists (fun _ => 1), (fun _ => 0), (fun _ => 0), INR, 2%nat, 0, 1, 1, 1, 0, 0.
  split; [lra|split; [lra|split; [lia|split; [intros s _; rewrite S_INR; ring|split]]]].
  - intros [|[|s]] Hs; try lia; simpl; lra.
  - parts; intros; try lra; try apply (is_derive_const (V := R_NormedModule)); rewrite Rabs_R0; lra.
Qed.

(** ** OneStep *)

Lemma step_is_gradient_instance :
  exists (f f' : R -> R) (_ : R) (k : nat) (w : nat -> R) (j : nat), (j < k)%nat /\ is_derive f
    (product k w) (f' (product k w)).
Proof.
  exists (fun x => x ^ 2 / 2), (fun x => x), (1 / 2), 2%nat, (fun _ => 1), 0%nat.
  split; [lia|auto_derive; [trivial|field]].
Qed.

Lemma pair_factorisation_instance :
  exists (_ : R -> R) (_ : R) (k : nat) (_ : nat -> R) (i j : nat), (i < k)%nat /\ (j < k)%nat /\
    i <> j.
Proof.
  exists (fun x => x), (1 / 2), 2%nat, (fun i => if Nat.eqb i 0 then 1 else 0), 0%nat, 1%nat.
  parts; try lia; try lra.
Qed.

Lemma discrete_balancedness_instance :
  exists (_ : R -> R) (_ : R) (k : nat) (_ : nat -> R) (i j : nat), (i < k)%nat /\ (j < k)%nat /\
    i <> j.
Proof.
  exists (fun x => x), (1 / 2), 2%nat, (fun i => if Nat.eqb i 0 then 1 else 0), 0%nat, 1%nat.
  parts; try lia; try lra.
Qed.

Lemma balancedness_monotone_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (i j : nat), (i < k)%nat /\ (j < k)%nat
    /\ i <> j /\ eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2 <= 2.
Proof.
  exists (fun _ => 1), 1, 2%nat, (fun i => if Nat.eqb i 0 then 1 else 0), 0%nat, 1%nat.
  parts; try lia; unfold rest, but; simpl; lra.
Qed.

Lemma balancedness_grows_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (i j : nat), (i < k)%nat /\ (j < k)%nat
    /\ i <> j /\ 2 < eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2 /\ w i ^ 2 <> w j ^ 2.
Proof.
  exists (fun _ => 2), 1, 2%nat, (fun i => if Nat.eqb i 0 then 1 else 0), 0%nat, 1%nat.
  parts; try lia; unfold rest, but; simpl; lra.
Qed.

Lemma balancedness_two_is_sharp_instance :
  exists (c : R) (k : nat), 2 < c /\ (2 <= k)%nat.
Proof.
  exists 3, 2%nat.
  parts; try lia; try lra.
Qed.

Lemma imbalance_contracts_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (j m : nat), (j < k)%nat /\ (m < k)%nat
    /\ j <> m /\ eta ^ 2 * f' (product k w) ^ 2 * rest k w j m ^ 2 <= 1 /\ w m ^ 2 <= w j ^ 2.
Proof.
  exists (fun _ => 1), (1 / 2), 2%nat, (fun i => if Nat.eqb i 0 then 1 else 0), 0%nat, 1%nat.
  parts; try lia; unfold rest, but; simpl; lra.
Qed.

Lemma imbalance_drift_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (j m n : nat), (j < k)%nat /\ (m <
    k)%nat /\ j <> m /\ w m ^ 2 <= w j ^ 2 /\ (forall s : nat, (s < n)%nat -> eta ^ 2 * f'
    (product k (descent f' eta k w s)) ^ 2 * rest k (descent f' eta k w s) j m ^ 2 <= 1).
Proof.
  exists (fun _ => 1), (1 / 2), 2%nat, (fun i => if Nat.eqb i 0 then 1 else 0), 0%nat, 1%nat, 1%nat.
  parts; try lia; simpl; try lra.
  intros [|s] Hs; [|lia]; unfold rest, but; simpl; lra.
Qed.

Lemma sign_symmetry_instance :
  exists (_ _ : R -> R) (_ : R) (_ : nat) (s _ : nat -> R) (_ : nat), (forall i : nat, s i = 1 \/
    s i = -1).
Proof.
  exists (fun x => x ^ 2 / 2), (fun x => x), 1, 2%nat, (fun i => if Nat.eqb i 0 then -1 else 1), (fun _ => 1), 1%nat.
  intros [|i]; simpl; auto.
Qed.

Lemma sign_symmetry_square_instance :
  exists (_ _ : R) (_ : nat) (s _ : nat -> R) (_ : nat), (forall i : nat, s i = 1 \/ s i = -1).
Proof.
  exists 1, 1, 2%nat, (fun i => if Nat.eqb i 0 then -1 else 1), (fun _ => 1), 1%nat.
  intros [|i]; simpl; auto.
Qed.

Lemma tie_is_kept_instance :
  exists (_ : R -> R) (_ : R) (k : nat) (w : nat -> R) (i j _ : nat), (i < k)%nat /\ (j < k)%nat
    /\ i <> j /\ w i = w j.
Proof.
  exists (fun x => x), 1, 2%nat, (fun _ => 1), 0%nat, 1%nat, 1%nat.
  parts; try lia; try lra.
Qed.

Lemma tied_weight_never_crosses_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (i j n : nat), (i < k)%nat /\ (j <
    k)%nat /\ i <> j /\ w i = w j /\ 0 < w i /\ (forall s : nat, (s < n)%nat -> Rabs (eta * f'
    (product k (descent f' eta k w s)) * rest k (descent f' eta k w s) i j) < 1).
Proof.
  exists (fun x => x), (1 / 2), 2%nat, (fun _ => 1), 0%nat, 1%nat, 1%nat.
  parts; try lia; try lra; intros [|s] Hs; try lia.
  unfold rest, but; simpl; rewrite Rabs_pos_eq; lra.
Qed.

Lemma shamir_lemma_8_instance :
  exists (f' : R -> R) (_ : R) (k : nat) (w : nat -> R) (i j : nat) (C C' M : R), (i < k)%nat /\
    (j < k)%nat /\ i <> j /\ 0 < C /\ (forall l : nat, (l < k)%nat -> C <= w l) /\ product k w <=
    C' /\ (forall p : R, 0 < p <= C' -> Rabs (f' p) <= M).
Proof.
  exists (fun _ => 1), 1, 2%nat, (fun _ => 1), 0%nat, 1%nat, (1 / 2), 1, 1.
  parts; try lia; try lra; intros; simpl; try lra.
  rewrite Rabs_R1; lra.
Qed.

Lemma shamir_lemma_14_instance :
  exists (y eta : R) (k : nat) (w : nat -> R) (i j n : nat), y < 0 /\ 0 < eta /\ (i < k)%nat /\
    (j < k)%nat /\ w j <= w i /\ (forall s l : nat, (s < n)%nat -> (l < k)%nat -> 0 <= descent
    (fun p : R => p - y) eta k w s l).
Proof.
  exists (-1), (1 / 4), 2%nat, (fun _ => 1), 0%nat, 1%nat, 1%nat.
  parts; try lia; try lra; intros [|s] l Hs Hl; try lia; simpl; lra.
Qed.

(** ** Escape *)

Lemma box_escape_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta G Q : R) (n : nat), 0 < eta /\ 0
    < delta /\ (forall p : R, Rabs p <= product k (fun i : nat => Rabs (w i) + delta) -> Rabs (f'
    p) <= G) /\ (forall j : nat, (j < k)%nat -> others k (fun i : nat => Rabs (w i) + delta) j <=
    Q) /\ INR n * (eta * G * Q) <= delta.
Proof.
  exists (fun _ => 1), (1 / 8), 2%nat, (fun _ => 1), 1, 1, 2, 4%nat.
  parts; try lra.
  - intros; rewrite Rabs_R1; lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_R1; lra.
  - simpl; lra.
Qed.

Lemma box_hitting_time_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (delta G Q : R) (n : nat), 0 < eta /\ 0
    < delta /\ 0 < G /\ 0 < Q /\ (forall p : R, Rabs p <= product k (fun i : nat => Rabs (w i) +
    delta) -> Rabs (f' p) <= G) /\ (forall j : nat, (j < k)%nat -> others k (fun i : nat => Rabs
    (w i) + delta) j <= Q) /\ product k (fun i : nat => Rabs (w i) + delta) < Rabs (product k
    (descent f' eta k w n)).
Proof.
  exists (fun _ => -1), 1, 2%nat, (fun _ => 1), (1 / 2), 1, (3 / 2), 1%nat.
  parts; try lra.
  - intros; rewrite Rabs_left; lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_R1; lra.
  - unfold descent, step, others, but; simpl; rewrite Rabs_R1, Rabs_pos_eq; lra.
Qed.

Lemma shamir_theorem_2_deterministic_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (alpha delta m M r : R) (n : nat), (2
    <= k)%nat /\ 0 < eta /\ 0 < delta /\ 0 < alpha /\ (forall j : nat, (j < k)%nat -> Rabs
    (others k w j) <= alpha) /\ (forall i : nat, (i < k)%nat -> delta <= Rabs (w i) <= m) /\ r =
    delta / sqrt (INR (k - 1)) * ln 2 /\ (forall p : R, Rabs p <= 2 * alpha * (m + r) -> Rabs (f'
    p) <= M) /\ INR n * (eta * (sqrt (INR k) * (2 * alpha) * M)) <= r.
Proof.
  exists (fun _ => 1), (ln 2 / 8), 2%nat, (fun _ => 1), 1, 1, 1, 1, (1 / sqrt (INR (2 - 1)) * ln 2), 1%nat.
  pose proof ln_two_positive; parts; try lia; try lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_pos_eq; lra.
  - intros; rewrite Rabs_R1; lra.
  - intros; rewrite Rabs_R1; lra.
  - pose proof root_of_two; simpl INR in *; rewrite sqrt_1; nra.
Qed.

Lemma near_identity_last_phase_instance :
  exists (f' : R -> R) (eta : R) (k : nat) (w : nat -> R) (M : R) (n : nat), 0 < eta /\ 0 < M /\
    (1 <= k)%nat /\ (forall j : nat, (j < k)%nat -> 2 / 3 <= w j <= 3 / 4) /\ (forall p : R, 0 <=
    p <= (3 / 4) ^ k -> 0 <= f' p <= M) /\ INR n <= (4 / 3) ^ k / (12 * eta * M).
Proof.
  exists (fun _ => 1), (1 / 24), 2%nat, (fun _ => 2 / 3), 1, 3%nat.
  parts; try lia; try lra; intros; try lra.
  replace ((4 / 3) ^ 2 / (12 * (1 / 24) * 1)) with (32 / 9) by (simpl; field); simpl; lra.
Qed.

(** ** Geometry *)

Lemma shamir_lemma_6_products_instance :
  exists (k : nat) (w v : nat -> R) (alpha beta delta : R), (2 <= k)%nat /\ 0 < delta /\ 0 <
    alpha /\ 0 < beta /\ (forall j : nat, (j < k)%nat -> Rabs (others k w j) <= alpha) /\ (forall
    i : nat, (i < k)%nat -> delta <= Rabs (w i)) /\ norm2 k (fun i : nat => v i - w i) <= delta /
    sqrt (INR (k - 1)) * ln (beta / alpha).
Proof.
  exists 2%nat, (fun _ => 1), (fun _ => 1), 1, 2, 1.
  parts; try lia; try lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_pos_eq; lra.
  - intros; rewrite Rabs_R1; lra.
  - exact small_move.
Qed.

Lemma shamir_lemma_6_instance :
  exists (f' : R -> R) (k : nat) (w v : nat -> R) (alpha beta delta m M : R), (2 <= k)%nat /\ 0 <
    delta /\ 0 < alpha /\ 0 < beta /\ (forall j : nat, (j < k)%nat -> Rabs (others k w j) <=
    alpha) /\ (forall i : nat, (i < k)%nat -> delta <= Rabs (w i)) /\ norm2 k (fun i : nat => v i
    - w i) <= delta / sqrt (INR (k - 1)) * ln (beta / alpha) /\ (forall i : nat, (i < k)%nat ->
    Rabs (v i) <= m) /\ (forall p : R, Rabs p <= beta * m -> Rabs (f' p) <= M).
Proof.
  exists (fun x => x), 2%nat, (fun _ => 1), (fun _ => 1), 1, 2, 1, 1, 2.
  parts; try lia; try lra.
  - intros [|[|j]] Hj; try lia; unfold others, but; simpl; rewrite Rabs_pos_eq; lra.
  - intros; rewrite Rabs_R1; lra.
  - exact small_move.
  - intros; rewrite Rabs_R1; lra.
  - intros; lra.
Qed.

Lemma shamir_lemma_7_instance :
  exists (k : nat) (w : nat -> R) (a x : R), (1 <= k)%nat /\ 0 < a /\ (forall i : nat, (i <
    k)%nat -> a < w i) /\ 0 < x /\ x ^ k = product k w.
Proof.
  exists 2%nat, (fun _ => 2), 1, 2.
  parts; try lia; try lra; intros; simpl; lra.
Qed.

(** ** Convergence *)

Lemma shamir_lemma_13_pl_instance :
  exists (k j : nat) (delta gamma : R) (w : nat -> R) (_ : R), (2 <= k)%nat /\ (j < k)%nat /\ 0 <
    delta <= gamma /\ bounded_below k j delta gamma w.
Proof.
  exists 2%nat, 0%nat, 1, 1, (fun _ => 1), 2.
  parts; try lia; try lra; split; intros; lra.
Qed.

Lemma shamir_lemma_13_step_instance :
  exists (k j : nat) (delta gamma y eta : R) (w : nat -> R), (2 <= k)%nat /\ (j < k)%nat /\ 0 <
    delta <= gamma /\ 0 < y /\ 0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) /\ bounded_below k j
    delta gamma w /\ product k w <= y.
Proof.
  exists 2%nat, 0%nat, 1, 1, 2, (1 / 16), (fun _ => 1).
  split; [lia|split; [lia|split; [lra|split; [lra|split; [|split; [split; intros; lra|simpl; lra]]]]]].
  simpl INR; split; [lra|]; replace (1 ^ 2 / (2 * (1 + 1) * 2 ^ 2)) with (1 / 16) by (simpl; field); lra.
Qed.

Lemma shamir_lemma_13_contraction_instance :
  exists (k j : nat) (delta gamma y eta : R) (w : nat -> R) (_ : nat), (2 <= k)%nat /\ (j <
    k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) /\
    bounded_below k j delta gamma w /\ product k w <= y.
Proof.
  exists 2%nat, 0%nat, 1, 1, 2, (1 / 16), (fun _ => 1), 5%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [|split; [split; intros; lra|simpl; lra]]]]]].
  simpl INR; split; [lra|]; replace (1 ^ 2 / (2 * (1 + 1) * 2 ^ 2)) with (1 / 16) by (simpl; field); lra.
Qed.

Lemma shamir_lemma_13_instance :
  exists (k j : nat) (delta gamma y eta : R) (w : nat -> R) (eps : R) (n : nat), (2 <= k)%nat /\
    (j < k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) /\
    bounded_below k j delta gamma w /\ product k w < y /\ 0 < eps /\ ln (y ^ 2 / (2 * eps)) /
    (INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR (n + 1).
Proof.
  exists 2%nat, 0%nat, 1, 1, 2, (1 / 16), (fun _ => 1), 1, 7%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [|split; [split; intros; lra|split; [simpl; lra|split; [lra|]]]]]]]].
  - simpl INR; split; [lra|]; replace (1 ^ 2 / (2 * (1 + 1) * 2 ^ 2)) with (1 / 16) by (simpl; field); lra.
  - replace (2 ^ 2 / (2 * 1)) with 2 by field; pose proof ln_two.
    replace (INR 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * (1 / 16)) with (/ 8) by (simpl; field).
    unfold Rdiv; rewrite Rinv_inv; simpl; lra.
Qed.

Lemma shamir_lemma_13_sharper_instance :
  exists (k j : nat) (delta gamma y eta : R) (w : nat -> R) (eps : R) (n : nat), (2 <= k)%nat /\
    (j < k)%nat /\ 0 < delta <= gamma /\ 0 < y /\ 0 < eta <= delta ^ 2 / (2 * INR k * y ^ 2) /\
    bounded_below k j delta gamma w /\ product k w < y /\ 0 < eps /\ ln (y ^ 2 / (2 * eps)) / (2
    * INR k * delta ^ 2 * gamma ^ (2 * (k - 2)) * eta) <= INR n.
Proof.
  exists 2%nat, 0%nat, 1, 1, 2, (1 / 16), (fun _ => 1), 1, 4%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [|split; [split; intros; lra|split; [simpl; lra|split; [lra|]]]]]]]].
  - simpl INR; split; [lra|]; replace (1 ^ 2 / (2 * (1 + 1) * 2 ^ 2)) with (1 / 16) by (simpl; field); lra.
  - replace (2 ^ 2 / (2 * 1)) with 2 by field; pose proof ln_two.
    replace (2 * INR 2 * 1 ^ 2 * 1 ^ (2 * (2 - 2)) * (1 / 16)) with (/ 4) by (simpl; field).
    unfold Rdiv; rewrite Rinv_inv; simpl; lra.
Qed.

(** ** Expectation *)

Lemma markov_inequality_instance :
  exists (law : list (R * R)) (_ : nat) (t : R) (X : (nat -> R) -> R), is_law law /\ 0 < t /\
    (forall w : nat -> R, 0 <= X w).
Proof.
  exists coin, 2%nat, 1, (fun w => Rabs (w O)).
  split; [exact coin_is_law|split; [lra|intros; apply Rabs_pos]].
Qed.

Lemma shamir_lemma_5_instance :
  exists (law : list (R * R)) (k : nat) (a : R), is_law law /\ (1 <= k)%nat /\ 0 < a /\ mean law
    Rabs <= a.
Proof.
  exists coin, 2%nat, (1 / 2).
  split; [exact coin_is_law|split; [lia|split; [lra|]]].
  unfold coin; simpl; rewrite Rabs_R0, Rabs_R1; lra.
Qed.

(** ** Xavier *)

Lemma shamir_theorem_2_explicit_instance :
  exists (law : list (R * R)) (f' : R -> R) (eta : R) (k : nat) (a alpha delta m M r : R) (n :
    nat), is_law law /\ (2 <= k)%nat /\ 0 < eta /\ 0 < a /\ mean law Rabs <= a /\ 0 < delta /\
    alpha = INR k * sqrt a ^ (k - 1) /\ r = delta / sqrt (INR (k - 1)) * ln 2 /\ (forall p : R,
    Rabs p <= 2 * alpha * (m + r) -> Rabs (f' p) <= M) /\ INR n * (eta * (sqrt (INR k) * (2 *
    alpha) * M)) <= r.
Proof.
  exists coin, (fun _ => 1), (ln 2 / 16), 2%nat, (1 / 2), (INR 2 * sqrt (1 / 2) ^ (2 - 1)), 1, 1, 1, (1 / sqrt (INR (2 - 1)) * ln 2), 1%nat.
  pose proof ln_two_positive; split; [exact coin_is_law|parts; try lia; try lra].
  - unfold coin; simpl; rewrite Rabs_R0, Rabs_R1; lra.
  - intros; rewrite Rabs_R1; lra.
  - pose proof root_of_two; pose proof root_of_half; simpl INR in *; rewrite sqrt_1; simpl pow.
    assert (sqrt (1 + 1) * sqrt (1 / 2) <= 2 * 1) by (apply Rmult_le_compat; lra).
    nra.
Qed.

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

(** ** Matrices *)

Lemma number_square : forall x, frobenius 2 (number x) ^ 2 = 4 * x ^ 2.
Proof. intros; rewrite frobenius_square; unfold inner, dot, number; simpl; ring. Qed.

Lemma layers_balancedness_instance :
  exists (_ L : nat) (_ : nat -> nat -> R) (_ : R) (_ : nat -> nat -> nat -> R) (l : nat), (S l < L)%nat.
Proof. exists 2%nat, 2%nat, (number 1), 1, (fun _ => number 1), 0%nat; lia. Qed.

Lemma layers_conservation_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R) (a b : R) (l i j :
    nat) (s t : R), is_layers_flow d L Phi W a b /\ (S l < L)%nat /\ (i < d)%nat /\ (j < d)%nat /\
    a < s < b /\ a < t < b.
Proof.
  exists 1%nat, 2%nat, (number 0), decaying, (-1 / 2), 2, 0%nat, 0%nat, 0%nat, 0, 1.
  split; [exact decaying_flow|parts; try lia; lra].
Qed.

Lemma wu_flow_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R) (a b t0 t : R), (1 <=
    L)%nat /\ is_layers_flow d L Phi W a b /\ a < t0 /\ t0 <= t /\ t < b /\ (forall l i j : nat, (l <
    L)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j).
Proof.
  exists 1%nat, 1%nat, (number 1), relaxing, (-1), 2, 0, 1.
  split; [lia|split; [exact relaxing_flow|parts; try lra; exact relaxing_start]].
Qed.

Lemma wu_descent_step_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (_ : nat), (1 <= L)%nat /\ 0 <= eta /\ eta *
    (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1.
Proof.
  exists 2%nat, 3%nat, (number 1), (1 / 129), 7%nat.
  split; [lia|split; [lra|rewrite number_square; simpl; lra]].
Qed.

Lemma wu_descent_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (_ : nat), (1 <= L)%nat /\ 0 <= eta /\ eta *
    (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1.
Proof. exact wu_descent_step_instance. Qed.

Lemma wu_descent_paper_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (_ : nat), (1 <= L)%nat /\ 0 <= eta <=
    Rmin (/ (4 * INR L ^ 3 * wu_scale L (frobenius d Phi) ^ 6)) (/ (144 * INR L ^ 2 * wu_scale L
    (frobenius d Phi) ^ 4)).
Proof.
  exists 2%nat, 9%nat, (number (1 / 2)), (/ 186624), 7%nat.
  assert (F : frobenius 2 (number (1 / 2)) = 1).
  { unfold frobenius, inner, dot, number; simpl.
    match goal with |- sqrt ?x = 1 => replace x with 1 by field end; apply sqrt_1. }
  assert (Q : sqrt (INR 9) = 3) by (replace (INR 9) with (3 * 3) by (simpl; ring); apply sqrt_square; lra).
  assert (X : wu_scale 9 1 = 2).
  { unfold wu_scale; rewrite Q, (Rmax_left (3 / 3)), Rmax_left; lra. }
  rewrite F, X; split; [lia|split; [lra|apply Rmin_glb; simpl; lra]].
Qed.

Lemma arora_descent_step_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta delta r s : R) (_ :
    nat), (2 <= L)%nat /\ (1 <= p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\
    deficiency_margin d p L Phi W (r ^ L) /\ balanced d L W delta /\ delta <= r ^ 2 / (5 * INR L ^ 2)
    /\ 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)).
Proof.
  exists 1%nat, 1%nat, 2%nat, (number 4), (fun _ => number 1), (1 / 768), 0, 1, 2, 7%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [exact ones_target|split; [exact ones_margin|]]]]]].
  split; [apply ones_balanced; lra|simpl; lra].
Qed.

Lemma arora_descent_rate_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta delta r s : R) (_ :
    nat), (2 <= L)%nat /\ (1 <= p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\
    deficiency_margin d p L Phi W (r ^ L) /\ balanced d L W delta /\ delta <= r ^ 2 / (5 * INR L ^ 2)
    /\ 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)).
Proof. exact arora_descent_step_instance. Qed.

Lemma arora_theorem_1_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta r s eps : R) (T :
    nat), (2 <= L)%nat /\ (1 <= p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\
    deficiency_margin d p L Phi W (r ^ L) /\ balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 *
    L - 2))) /\ 0 < eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) /\ 0 < eps /\ ln
    (loss d L Phi W / eps) / (eta * r ^ (2 * L - 2)) <= INR T.
Proof.
  exists 1%nat, 1%nat, 2%nat, (number 4), (fun _ => number 1), (1 / 12582912), 1, 2, (9 / 2), 0%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [exact ones_target|split; [exact ones_margin|]]]]]].
  split; [apply ones_balanced; exact ones_paper_balance|split; [simpl; lra|split; [lra|]]].
  replace (loss 1 2 (number 4) (fun _ => number 1)) with (9 / 2) by (compute_layers; lra).
  replace (9 / 2 / (9 / 2)) with 1 by field; rewrite ln_1; unfold Rdiv; rewrite Rmult_0_l; simpl; lra.
Qed.

Lemma identity_start_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (rho eta r s : R) (_ : nat), (2 <= L)%nat /\ (1 <=
    d)%nat /\ 0 <= rho /\ 0 < r /\ 0 < s /\ frobenius d (msub unit_matrix Phi) <= rho /\ r ^ L = 1 - 2
    * rho /\ frobenius d Phi = s ^ L /\ 0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)).
Proof.
  exists 1%nat, 2%nat, (number (121 / 100)), (255 / 1000), (1 / 1000), (7 / 10), (11 / 10), 7%nat.
  split; [lia|split; [lia|parts; try lra]].
  - apply frobenius_below; [lra|compute_layers; lra].
  - rewrite number_frobenius; lra.
  - simpl; lra.
Qed.

Lemma wu_flow_from_start_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R) (b t0 t : R), (1 <=
    L)%nat /\ is_layers_flow d L Phi W t0 b /\ t0 < t < b /\ (forall l i j : nat, (l < L)%nat -> (i <
    d)%nat -> (j < d)%nat -> filterlim (fun x : R => W l x i j) (at_right t0) (locally
    (zero_asymmetric L l i j))).
Proof.
  exists 1%nat, 1%nat, (number 1), relaxing, 2, 0, 1.
  split; [lia|split; [exact relaxing_flow_from_start|split; [lra|exact relaxing_from_start]]].
Qed.

Lemma wu_first_step_instance :
  exists (_ L : nat) (_ : nat -> nat -> R) (_ : R), (1 <= L)%nat.
Proof. exists 2%nat, 3%nat, (number 1), 1; lia. Qed.

Lemma wu_flow_slope_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (W : nat -> R -> nat -> nat -> R) (a b t0 : R), (1 <=
    L)%nat /\ is_layers_flow d L Phi W a b /\ a < t0 < b /\ (forall l i j : nat, (l < L)%nat -> (i <
    d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j).
Proof.
  exists 1%nat, 1%nat, (number 1), relaxing, (-1), 2, 0.
  split; [lia|split; [exact relaxing_flow|split; [lra|exact relaxing_start]]].
Qed.

Lemma identity_radius_step_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (r eta : R) (_ : nat), (2 <= L)%nat /\ r < 1 / 2 /\
    frobenius d (msub unit_matrix Phi) <= r /\ 0 <= eta <= / (7 * INR L).
Proof.
  exists 1%nat, 3%nat, (number (3 / 5)), (2 / 5), (1 / 21), 7%nat.
  split; [lia|split; [lra|split; [apply frobenius_below; [lra|compute_layers; lra]|simpl; lra]]].
Qed.

Lemma identity_radius_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (r eta : R) (_ : nat), (2 <= L)%nat /\ r < 1 / 2 /\
    frobenius d (msub unit_matrix Phi) <= r /\ 0 <= eta <= / (7 * INR L).
Proof. exact identity_radius_step_instance. Qed.

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
