(** The false variants of the theorems on the scalar flow are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep Flow.
Open Scope R_scope.

(** One weight that falls with speed 1; (sinh, cosh) for f' = -1, in this order and in the other. *)
Definition sinking (_ : nat) (t : R) : R := - t.
Definition hyperbola (i : nat) (t : R) : R := if Nat.eqb i 0 then (exp t - exp (- t)) / 2 else (exp t + exp (- t)) / 2.
Definition swapped (i : nat) (t : R) : R := if Nat.eqb i 0 then (exp t + exp (- t)) / 2 else (exp t - exp (- t)) / 2.

Lemma sinking_flow : forall a b, is_flow (fun _ => 1) 1 sinking a b.
Proof.
  intros a b j t Hj _; replace j with 0%nat by lia; unfold sinking, others, but; simpl.
  auto_derive; [trivial|ring].
Qed.

Lemma hyperbola_flow : forall a b, is_flow (fun _ => -1) 2 hyperbola a b.
Proof.
  intros a b j t Hj _; unfold hyperbola, others, but; destruct j as [|[|j]]; [| |lia]; simpl; (auto_derive; [trivial|field]).
Qed.

Lemma swapped_flow : forall a b, is_flow (fun _ => -1) 2 swapped a b.
Proof.
  intros a b j t Hj _; unfold swapped, others, but; destruct j as [|[|j]]; [| |lia]; simpl; (auto_derive; [trivial|field]).
Qed.

Lemma sinking_derive : forall t, is_derive (sinking 0) t (-1).
Proof. intros t; unfold sinking; auto_derive; [trivial|ring]. Qed.

Lemma up_is_not_down : forall t, ~ is_derive (sinking 0) t 1.
Proof.
  intros t D; apply is_derive_unique in D; rewrite (is_derive_unique _ _ _ (sinking_derive t)) in D; lra.
Qed.

Lemma product_climbs_the_gradient_is_false : ~ (forall (f' : R -> R) k w a b t,
  is_flow f' k w a b -> a < t < b ->
  is_derive (fun x => product k (fun i => w i x)) t
    (f' (product k (fun i => w i t)) * total k (fun j => others k (fun i => w i t) j ^ 2))).
Proof.
  intros H; assert (E := H (fun _ => 1) 1%nat sinking (-1) 1 0 (sinking_flow _ _) ltac:(lra)).
  apply (up_is_not_down 0); apply (is_derive_ext (fun x => product 1 (fun i => sinking i x))).
  - intros x; unfold sinking; simpl; ring.
  - evar_last; [exact E|unfold others, but; simpl; ring].
Qed.

Lemma flow_conserves_sums_is_false : ~ (forall (f' : R -> R) k w a b i j s t,
  is_flow f' k w a b -> (i < k)%nat -> (j < k)%nat -> a < s < b -> a < t < b ->
  w i t ^ 2 + w j t ^ 2 = w i s ^ 2 + w j s ^ 2).
Proof.
  intros H; assert (E := H (fun _ => 1) 1%nat sinking 0 3 0%nat 0%nat 1 2 (sinking_flow _ _) ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra)).
  unfold sinking in E; lra.
Qed.

Lemma flow_reduction_wrong_sign_is_false : ~ (forall (f' : R -> R) k w a b m s t0 t,
  is_flow f' k w a b -> (m < k)%nat -> a < t0 < b -> a < t < b ->
  (forall j, (j < k)%nat -> j <> m -> w m t0 ^ 2 < w j t0 ^ 2) ->
  (forall j, s j = 1 \/ s j = -1) ->
  (forall j, (j < k)%nat -> j <> m -> 0 < s j * w j t0) ->
  let c := fun j => w j t0 ^ 2 - w m t0 ^ 2 in
  let q := others_of k m s c in
  (forall j, (j < k)%nat -> j <> m -> w j t = s j * sqrt (c j + w m t ^ 2)) /\
  product k (fun i => w i t) = w m t * q (w m t) /\
  is_derive (w m) t (f' (w m t * q (w m t)) * q (w m t))).
Proof.
  intros H; destruct (H (fun _ => 1) 1%nat sinking (-1) 1 0%nat (fun _ => 1) 0 0 (sinking_flow _ _) ltac:(lia) ltac:(lra) ltac:(lra)
    ltac:(intros; lia) ltac:(intros; left; reflexivity) ltac:(intros; lia)) as [_ [_ E]].
  apply (up_is_not_down 0); evar_last; [exact E|unfold others_of, others, but; simpl; ring].
Qed.

Lemma product_decreasing_is_false : ~ (forall k m c u v, (m < k)%nat ->
  (forall j, (j < k)%nat -> j <> m -> 0 <= c j) -> u < v ->
  u * others_of k m (fun _ => 1) c u > v * others_of k m (fun _ => 1) c v).
Proof.
  intros H; assert (E := H 1%nat 0%nat (fun _ => 1) 0 1 ltac:(lia) ltac:(intros; lra) ltac:(lra)).
  unfold others_of, others, but in E; simpl in E; lra.
Qed.

Lemma signs_with_own_is_false : ~ (forall k m s c v, (m < k)%nat ->
  others_of k m s c v = product k s * others_of k m (fun _ => 1) c v).
Proof.
  intros H; assert (E := H 1%nat 0%nat (fun _ => -1) (fun _ => 1) 0 ltac:(lia)).
  unfold others_of, others, but in E; simpl in E; lra.
Qed.

Lemma flow_without_tie_is_false : ~ (forall (f' : R -> R) k w a b i j t0 t,
  is_flow f' k w a b -> (forall p : R, continuous f' p) ->
  (i < k)%nat -> (j < k)%nat -> i <> j -> a < t0 < b -> a < t < b ->
  w i t0 <> 0 ->
  (forall l, (l < k)%nat -> w i t0 ^ 2 <= w l t0 ^ 2) ->
  w i t <> 0 /\ 0 < product k (fun l => w l t0) * product k (fun l => w l t)).
Proof.
  intros H; assert (P := exp_pos 1); assert (E1 := exp_ineq1 1 ltac:(lra)).
  assert (I : exp (- (1)) * exp 1 = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
  destruct (H (fun _ => -1) 2%nat hyperbola (-2) 2 0%nat 1%nat (-1) 0 (hyperbola_flow _ _)) as [E _]; try lia; try lra.
  - intros p; apply continuous_const.
  - unfold hyperbola; simpl; replace (- -1) with 1 by ring; replace (-1) with (- (1)) by ring; nra.
  - intros l Hl; destruct l as [|[|l]]; [| |lia]; unfold hyperbola; simpl; [lra|].
    assert (0 < exp (-1) * exp (- -1)) by (apply Rmult_lt_0_compat; apply exp_pos); lra.
  - apply E; unfold hyperbola; simpl; rewrite Ropp_0; field.
Qed.

Lemma zas_flow_on_a_circle_is_false : ~ (forall (f' : R -> R) L w a b t0 t j,
  is_flow f' (S L) w a b -> a < t0 < b -> a < t < b ->
  (forall i, (i < L)%nat -> w i t0 = 1) -> w L t0 = 0 -> (j < L)%nat ->
  w j t ^ 2 = 1 - w L t ^ 2).
Proof.
  intros H; assert (E : swapped 0 1 ^ 2 = 1 - swapped 1 1 ^ 2).
  - apply (H (fun _ => -1) 1%nat swapped (-1) 2 0 1 0%nat (swapped_flow _ _)); try lia; try lra.
    + intros i Hi; replace i with 0%nat by lia; unfold swapped; simpl; rewrite Ropp_0, exp_0; field.
    + unfold swapped; simpl; rewrite Ropp_0; field.
  - assert (E1 := exp_ineq1 1 ltac:(lra)); assert (P := exp_pos (- (1))); unfold swapped in E; simpl in E; nra.
Qed.

Lemma zas_rate_tripled_is_false : ~ (forall phi L w a b t0 t,
  is_flow (fun p => p - phi) (S L) w a b -> a < t0 -> t0 <= t -> t < b ->
  (forall i, (i < L)%nat -> w i t0 = 1) -> w L t0 = 0 ->
  (product (S L) (fun i => w i t) - phi) ^ 2 / 2
    <= exp (- 6 * (t - t0)) * ((product (S L) (fun i => w i t0) - phi) ^ 2 / 2)).
Proof.
  intros H; assert (E := H 1 0%nat (fun _ t => 1 - exp (- t)) (-1) 2 0 1).
  assert (F : is_flow (fun p => p - 1) 1 (fun (_ : nat) t => 1 - exp (- t)) (-1) 2).
  { intros j t Hj _; replace j with 0%nat by lia; unfold others, but; simpl; auto_derive; [trivial|ring]. }
  specialize (E F ltac:(lra) ltac:(lra) ltac:(lra) ltac:(intros; lia) ltac:(simpl; rewrite Ropp_0, exp_0; ring)); simpl in E.
  rewrite Ropp_0, exp_0 in E.
  assert (Q : exp (- (1)) * exp (- (1)) = exp (- 6 * (1 - 0)) * exp 4) by (rewrite <- !exp_plus; f_equal; ring).
  assert (E4 := exp_ineq1 4 ltac:(lra)); assert (P := exp_pos (- 6 * (1 - 0))).
  set (a := exp (- (1))) in *; set (b := exp (- 6 * (1 - 0))) in *; set (c := exp 4) in *; nra.
Qed.

Lemma zas_descent_at_two_is_false : ~ (forall (f' : R -> R) eta L w n,
  (1 <= L)%nat -> (forall i, (i < L)%nat -> w i = 1) -> w L = 0 ->
  (forall s, (s < n)%nat ->
    eta ^ 2 * f' (product (S L) (descent f' eta (S L) w s)) ^ 2
      * rest (S L) (descent f' eta (S L) w s) 0 L ^ 2 <= 2) ->
  (forall i j, (i < L)%nat -> (j < L)%nat ->
    descent f' eta (S L) w n i = descent f' eta (S L) w n j) /\
  0 <= descent f' eta (S L) w n 0 ^ 2 - descent f' eta (S L) w n L ^ 2 <= 1).
Proof.
  intros H; destruct (H (fun _ => 1) (14 / 10) 1%nat (fun i => if Nat.eqb i 0 then 1 else 0) 1%nat ltac:(lia)
    ltac:(intros i Hi; replace i with 0%nat by lia; reflexivity) ltac:(reflexivity)
    ltac:(intros s Hs; replace s with 0%nat by lia; unfold rest, but; simpl; lra)) as [_ E].
  unfold descent, step, others, but in E; simpl in E; lra.
Qed.
