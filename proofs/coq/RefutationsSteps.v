(** The false variants of the theorems on one step and on one eigenvalue are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep Bartlett.
Open Scope R_scope.

Definition one_zero (i : nat) : R := if Nat.eqb i 0 then 1 else 0.
Ltac calc := unfold layer, descent, step, others, rest, but, one_zero, product, total in *; simpl in *.

Lemma step_plus_gradient_is_false : ~ (forall (f f' : R -> R) eta k w j, (j < k)%nat ->
  is_derive f (product k w) (f' (product k w)) ->
  is_derive (fun x => f (product k (put j x w))) (w j) (f' (product k w) * others k w j) /\
  step f' eta k w j = w j + eta * Derive (fun x => f (product k (put j x w))) (w j)).
Proof.
  intros H; destruct (H (fun x => x) (fun _ => 1) 1 1%nat (fun _ => 0) 0%nat ltac:(lia)) as [D E].
  - apply (is_derive_id (K := R_AbsRing)).
  - match type of E with context [Derive ?f ?x] => rewrite (is_derive_unique f x _ D) in E end; calc; lra.
Qed.

Lemma pair_signs_swapped_is_false : ~ (forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  step f' eta k w i + step f' eta k w j
    = (w i + w j) * (1 + eta * f' (product k w) * rest k w i j) /\
  step f' eta k w i - step f' eta k w j
    = (w i - w j) * (1 + eta * f' (product k w) * rest k w i j)).
Proof.
  intros H; destruct (H (fun _ => 1) 1 2%nat (fun _ => 1) 0%nat 1%nat ltac:(lia) ltac:(lia) ltac:(lia)) as [E _]; calc; lra.
Qed.

Lemma balancedness_conserved_is_false : ~ (forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  (step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2
    = (w i ^ 2 - w j ^ 2)).
Proof.
  intros H; assert (E := H (fun _ => 1) 1 2%nat one_zero 0%nat 1%nat ltac:(lia) ltac:(lia) ltac:(lia)); calc; lra.
Qed.

Lemma balancedness_three_is_false : ~ (forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2 <= 3 ->
  Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2) <= Rabs (w i ^ 2 - w j ^ 2)).
Proof.
  intros H; assert (E := H (fun _ => 1) (17 / 10) 2%nat one_zero 0%nat 1%nat ltac:(lia) ltac:(lia) ltac:(lia) ltac:(calc; lra)).
  calc; split_Rabs; lra.
Qed.

Lemma balancedness_grows_from_one_is_false : ~ (forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  1 < eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2 -> w i ^ 2 <> w j ^ 2 ->
  Rabs (w i ^ 2 - w j ^ 2) < Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2)).
Proof.
  intros H; assert (E := H (fun _ => 1) (11 / 10) 2%nat one_zero 0%nat 1%nat ltac:(lia) ltac:(lia) ltac:(lia) ltac:(calc; lra)
    ltac:(calc; lra)).
  calc; split_Rabs; lra.
Qed.

Lemma sharp_at_two_is_false : ~ (forall c k, 2 <= c -> (2 <= k)%nat ->
  exists (f' : R -> R) eta w,
    0 < eta /\
    eta ^ 2 * f' (product k w) ^ 2 * rest k w 0 1 ^ 2 = c /\
    Rabs (w O ^ 2 - w 1%nat ^ 2) < Rabs ((step f' eta k w 0) ^ 2 - (step f' eta k w 1) ^ 2)).
Proof.
  intros H; destruct (H 2 2%nat ltac:(lra) ltac:(lia)) as [f' [eta [w [_ [E K]]]]].
  rewrite (discrete_balancedness f' eta 2 w 0 1), E in K by lia.
  replace ((w 0%nat ^ 2 - w 1%nat ^ 2) * (1 - 2)) with (- (w 0%nat ^ 2 - w 1%nat ^ 2)) in K by ring.
  rewrite Rabs_Ropp in K; lra.
Qed.

Lemma imbalance_contracts_at_two_is_false : ~ (forall (f' : R -> R) eta k w j m,
  (j < k)%nat -> (m < k)%nat -> j <> m ->
  eta ^ 2 * f' (product k w) ^ 2 * rest k w j m ^ 2 <= 2 ->
  w m ^ 2 <= w j ^ 2 ->
  0 <= (step f' eta k w j) ^ 2 - (step f' eta k w m) ^ 2 <= w j ^ 2 - w m ^ 2).
Proof.
  intros H; assert (E := H (fun _ => 1) (14 / 10) 2%nat one_zero 0%nat 1%nat ltac:(lia) ltac:(lia) ltac:(lia) ltac:(calc; lra)
    ltac:(calc; lra)).
  calc; lra.
Qed.

Lemma imbalance_drift_upwards_is_false : ~ (forall (f' : R -> R) eta k w j m n,
  (j < k)%nat -> (m < k)%nat -> j <> m -> w m ^ 2 <= w j ^ 2 ->
  (forall s, (s < n)%nat -> eta ^ 2 * f' (product k (descent f' eta k w s)) ^ 2
    * rest k (descent f' eta k w s) j m ^ 2 <= 1) ->
  (w j ^ 2 - w m ^ 2) * (1 + total n (fun s => eta ^ 2 * f' (product k (descent f' eta k w s)) ^ 2
      * rest k (descent f' eta k w s) j m ^ 2))
    <= descent f' eta k w n j ^ 2 - descent f' eta k w n m ^ 2 <= w j ^ 2 - w m ^ 2).
Proof.
  intros H; destruct (H (fun _ => 1) (1 / 2) 2%nat one_zero 0%nat 1%nat 1%nat ltac:(lia) ltac:(lia) ltac:(lia) ltac:(calc; lra)) as [E K].
  - intros s Hs; replace s with 0%nat by lia; calc; lra.
  - calc; lra.
Qed.

Lemma sign_symmetry_any_factor_is_false : ~ (forall (f f' : R -> R) eta k (s w : nat -> R) n,
  (forall j, (j < k)%nat ->
    descent (fun p => product k s * f' (product k s * p)) eta k (fun i => s i * w i) n j
      = s j * descent f' eta k w n j) /\
  f (product k s * product k
      (descent (fun p => product k s * f' (product k s * p)) eta k (fun i => s i * w i) n))
    = f (product k (descent f' eta k w n))).
Proof.
  intros H; destruct (H (fun x => x) (fun _ => 1) 0 1%nat (fun _ => 2) (fun _ => 1) 0%nat) as [_ E]; calc; lra.
Qed.

Lemma sign_symmetry_same_target_is_false : ~ (forall y eta k (s w : nat -> R) n,
  (forall i, s i = 1 \/ s i = -1) ->
  (forall j, (j < k)%nat ->
    descent (fun p => p - y) eta k (fun i => s i * w i) n j
      = s j * descent (fun p => p - y) eta k w n j) /\
  (product k (descent (fun p => p - y) eta k (fun i => s i * w i) n)
      - y) ^ 2 / 2
    = (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2).
Proof.
  intros H; destruct (H 1 0 1%nat (fun _ => -1) (fun _ => 1) 0%nat ltac:(intros; right; reflexivity)) as [_ E]; calc; lra.
Qed.

Lemma tie_up_to_sign_is_false : ~ (forall (f' : R -> R) eta k w i j n,
  (i < k)%nat -> (j < k)%nat -> i <> j -> w i ^ 2 = w j ^ 2 ->
  descent f' eta k w n i = descent f' eta k w n j).
Proof.
  intros H; assert (E := H (fun _ => 1) 1 2%nat (fun i => if Nat.eqb i 0 then 1 else -1) 0%nat 1%nat 0%nat ltac:(lia) ltac:(lia) ltac:(lia)
    ltac:(simpl; lra)).
  simpl in E; lra.
Qed.

Lemma single_weight_never_crosses_is_false : ~ (forall (f' : R -> R) eta k w i j n,
  (i < k)%nat -> (j < k)%nat -> i <> j -> 0 < w i ->
  (forall s, (s < n)%nat -> Rabs (eta * f' (product k (descent f' eta k w s))
    * rest k (descent f' eta k w s) i j) < 1) ->
  0 < descent f' eta k w n i).
Proof.
  intros H; assert (E : 0 < descent (fun _ => 1) (1 / 2) 2 (fun i => if Nat.eqb i 0 then 1 / 10 else 1) 1 0).
  - apply (H _ _ _ _ 0%nat 1%nat); try lia; [simpl; lra|].
    intros s Hs; replace s with 0%nat by lia; calc; split_Rabs; lra.
  - calc; lra.
Qed.

Lemma lemma_8_negative_constant_is_false : ~ (forall (f' : R -> R) eta k w i j C C' M,
  (i < k)%nat -> (j < k)%nat -> i <> j -> 0 < C ->
  (forall l, (l < k)%nat -> C <= w l) -> product k w <= C' ->
  (forall p, 0 < p <= C' -> Rabs (f' p) <= M) ->
  Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2)
    <= Rabs (w i ^ 2 - w j ^ 2) - (M / C) ^ 2 * eta ^ 2 * product k w ^ 2).
Proof.
  intros H; assert (E := H (fun _ => 1) 1 2%nat (fun _ => 1) 0%nat 1%nat 1 1 1 ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lra) ltac:(intros; lra)
    ltac:(simpl; lra) ltac:(intros; cbv beta; rewrite Rabs_R1; lra)).
  calc; split_Rabs; lra.
Qed.

Lemma lemma_14_positive_target_is_false : ~ (forall y eta k w i j n,
  0 < y -> 0 < eta -> (i < k)%nat -> (j < k)%nat -> w j <= w i ->
  (forall s l, (s < n)%nat -> (l < k)%nat -> 0 <= descent (fun p => p - y) eta k w s l) ->
  w i - w j <= descent (fun p => p - y) eta k w n i - descent (fun p => p - y) eta k w n j).
Proof.
  intros H; assert (E := H 1 (1 / 2) 2%nat one_zero 0%nat 1%nat 1%nat ltac:(lra) ltac:(lra) ltac:(lia) ltac:(lia) ltac:(calc; lra)).
  assert (K : forall s l, (s < 1)%nat -> (l < 2)%nat -> 0 <= descent (fun p => p - 1) (1 / 2) 2 one_zero s l).
  { intros s l Hs Hl; replace s with 0%nat by lia; destruct l as [|[|l]]; [| |lia]; calc; lra. }
  specialize (E K); calc; lra.
Qed.

Lemma bartlett_layers_beyond_is_false : ~ (forall eta L phi n j,
  descent (fun p => p - phi) eta L (fun _ => 1) n j = layer eta L phi n).
Proof.
  intros H; assert (E := H (1 / 10) 1%nat 2 2%nat 1%nat); calc; lra.
Qed.

Lemma bartlett_overshoot_is_false : ~ (forall eta L p P n,
  (1 <= L)%nat -> 0 < eta -> 0 < p -> p <= P -> 1 <= P ->
  eta * INR L * P ^ (2 * L - 2) <= 3 ->
  (1 <= p -> 1 <= layer eta L (p ^ L) n <= layer eta L (p ^ L) (S n) /\
             layer eta L (p ^ L) (S n) <= p) /\
  (p <= 1 -> p <= layer eta L (p ^ L) (S n) <= layer eta L (p ^ L) n /\
             layer eta L (p ^ L) n <= 1)).
Proof.
  intros H; destruct (H 3 1%nat 2 2 0%nat ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(simpl; lra)) as [E _].
  specialize (E ltac:(lra)); calc; lra.
Qed.

Lemma bartlett_rate_doubled_is_false : ~ (forall eta L p P m n,
  (1 <= L)%nat -> 0 < eta -> 0 < p -> p <= P -> 1 <= P ->
  eta * INR L * P ^ (2 * L - 2) <= 1 ->
  0 < m -> m <= p -> m <= 1 ->
  Rabs (layer eta L (p ^ L) n ^ L - p ^ L) <= (1 - 2 * eta * INR L * m ^ (2 * L - 2)) ^ n * Rabs (1 - p ^ L)).
Proof.
  intros H; assert (E := H (1 / 2) 1%nat 2 2 1 1%nat ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(simpl; lra) ltac:(lra)
    ltac:(lra) ltac:(lra)).
  calc; split_Rabs; lra.
Qed.

Lemma bartlett_failure_at_odd_is_false : ~ (forall eta L mu n,
  Nat.Odd L -> 0 < mu -> mu ^ 2 / 2 <= (layer eta L (- mu) n ^ L - - mu) ^ 2 / 2).
Proof.
  intros H; assert (E := H 1 1%nat 1 1%nat ltac:(exists 0%nat; reflexivity) ltac:(lra)); calc; lra.
Qed.

Lemma bartlett_failure_any_step_is_false : ~ (forall eta L mu n,
  (2 <= L)%nat -> 0 < eta -> 0 < mu ->
  0 < layer eta L (- mu) n <= 1 /\ mu ^ 2 / 2 <= (layer eta L (- mu) n ^ L - - mu) ^ 2 / 2).
Proof.
  intros H; destruct (H 1 3%nat 1 1%nat ltac:(lia) ltac:(lra) ltac:(lra)) as [E _]; calc; lra.
Qed.
