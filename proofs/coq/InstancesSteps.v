(** Instances: for every theorem with hypotheses, values that satisfy all of them.  Each statement
    is the theorem's own list of hypotheses with "exists" for "forall"; the two are compared.

    Here: remainders of escape counts, and single steps. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder OneStep.
Open Scope R_scope.

Ltac parts := repeat match goal with |- _ /\ _ => split end.

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
