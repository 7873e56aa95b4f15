(** One step of gradient descent, exactly: pairs of weights, balancedness, symmetry, gradient. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits.
Open Scope R_scope.

(** ** The step is gradient descent: eta times the true partial derivative *)

Theorem step_is_gradient : forall (f f' : R -> R) eta k w j, (j < k)%nat ->
  is_derive f (product k w) (f' (product k w)) ->
  is_derive (fun x => f (product k (put j x w))) (w j) (f' (product k w) * others k w j) /\
  step f' eta k w j = w j - eta * Derive (fun x => f (product k (put j x w))) (w j).
Proof.
  intros f f' eta k w j Hj D.
  assert (G : is_derive (fun x => f (product k (put j x w))) (w j) (f' (product k w) * others k w j)).
  { apply (is_derive_ext (fun x => f (x * others k w j))).
    { intros x; now rewrite product_put. }
    replace (f' (product k w) * others k w j) with (scal (others k w j) (f' (product k w)))
      by (unfold scal; simpl; unfold mult; simpl; ring).
    apply (is_derive_comp (V := R_NormedModule) f (fun x => x * others k w j)).
    - rewrite <- product_others by exact Hj; exact D.
    - auto_derive; [trivial|ring]. }
  split; [exact G|]; unfold step.
  assert (E : Derive (fun x => f (product k (put j x w))) (w j) = f' (product k w) * others k w j)
    by (apply is_derive_unique; exact G).
  rewrite E; ring.
Qed.

(** ** Pairs *)

Lemma squares_nonneg : forall a b c, 0 <= a ^ 2 * b ^ 2 * c ^ 2.
Proof. intros; replace (a ^ 2 * b ^ 2 * c ^ 2) with ((a * b * c) ^ 2) by ring; apply pow2_ge_0. Qed.

Theorem pair_factorisation : forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  step f' eta k w i + step f' eta k w j
    = (w i + w j) * (1 - eta * f' (product k w) * rest k w i j) /\
  step f' eta k w i - step f' eta k w j
    = (w i - w j) * (1 + eta * f' (product k w) * rest k w i j).
Proof.
  intros f' eta k w i j Hi Hj N; unfold step.
  rewrite (others_rest k w i j Hi N), (others_rest k w j i Hj) by auto.
  rewrite (rest_comm k w j i); split; ring.
Qed.

Theorem discrete_balancedness : forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  (step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2
    = (w i ^ 2 - w j ^ 2) * (1 - eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2).
Proof.
  intros f' eta k w i j Hi Hj N.
  destruct (pair_factorisation f' eta k w i j Hi Hj N) as [S D].
  replace (step f' eta k w i ^ 2 - step f' eta k w j ^ 2) with
    ((step f' eta k w i + step f' eta k w j) * (step f' eta k w i - step f' eta k w j)) by ring.
  rewrite S, D; ring.
Qed.

Theorem balancedness_monotone : forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2 <= 2 ->
  Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2) <= Rabs (w i ^ 2 - w j ^ 2).
Proof.
  intros f' eta k w i j Hi Hj N H; rewrite discrete_balancedness by assumption.
  rewrite Rabs_mult; set (x := eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2) in *.
  assert (0 <= x) by apply squares_nonneg.
  assert (Rabs (1 - x) <= 1) by (apply Rabs_le; lra).
  assert (0 <= Rabs (w i ^ 2 - w j ^ 2)) by apply Rabs_pos; nra.
Qed.

(** Above 2 every imbalance grows, and every number above 2 occurs, at every depth k >= 2. *)
Theorem balancedness_grows : forall (f' : R -> R) eta k w i j,
  (i < k)%nat -> (j < k)%nat -> i <> j ->
  2 < eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2 -> w i ^ 2 <> w j ^ 2 ->
  Rabs (w i ^ 2 - w j ^ 2) < Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2).
Proof.
  intros f' eta k w i j Hi Hj N H D; rewrite discrete_balancedness by assumption.
  rewrite Rabs_mult; set (x := eta ^ 2 * f' (product k w) ^ 2 * rest k w i j ^ 2) in *.
  assert (1 < Rabs (1 - x)) by (rewrite Rabs_left; lra).
  assert (0 < Rabs (w i ^ 2 - w j ^ 2)) by (apply Rabs_pos_lt; lra); nra.
Qed.

Theorem balancedness_two_is_sharp : forall c k, 2 < c -> (2 <= k)%nat ->
  exists (f' : R -> R) eta w,
    0 < eta /\
    eta ^ 2 * f' (product k w) ^ 2 * rest k w 0 1 ^ 2 = c /\
    Rabs (w O ^ 2 - w 1%nat ^ 2) < Rabs ((step f' eta k w 0) ^ 2 - (step f' eta k w 1) ^ 2).
Proof.
  intros c k Hc Hk.
  set (w := fun i => if Nat.eqb i 1 then 0 else 1).
  assert (Rest : rest k w 0 1 = 1).
  { unfold rest; rewrite (product_ext k _ (fun _ => 1)); [rewrite product_const; apply pow1|].
    intros i _; unfold but, w; destruct i as [|[|i]]; reflexivity. }
  assert (E : 1 ^ 2 * sqrt c ^ 2 * rest k w 0 1 ^ 2 = c).
  { rewrite Rest; simpl; rewrite !Rmult_1_r, Rmult_1_l; apply sqrt_sqrt; lra. }
  exists (fun _ => sqrt c), 1, w; split; [lra|split; [exact E|]].
  apply balancedness_grows; try lia; [rewrite E; exact Hc|unfold w; simpl; lra].
Qed.

(** R3 for the step itself: c = w_j^2 - w_m^2 contracts exactly and keeps its sign. *)
Theorem imbalance_contracts : forall (f' : R -> R) eta k w j m,
  (j < k)%nat -> (m < k)%nat -> j <> m ->
  eta ^ 2 * f' (product k w) ^ 2 * rest k w j m ^ 2 <= 1 ->
  w m ^ 2 <= w j ^ 2 ->
  0 <= (step f' eta k w j) ^ 2 - (step f' eta k w m) ^ 2 <= w j ^ 2 - w m ^ 2.
Proof.
  intros f' eta k w j m Hj Hm N Hx Hc; rewrite discrete_balancedness by assumption.
  assert (0 <= eta ^ 2 * f' (product k w) ^ 2 * rest k w j m ^ 2)
    by apply squares_nonneg.
  nra.
Qed.

Theorem imbalance_drift : forall (f' : R -> R) eta k w j m n,
  (j < k)%nat -> (m < k)%nat -> j <> m -> w m ^ 2 <= w j ^ 2 ->
  (forall s, (s < n)%nat -> eta ^ 2 * f' (product k (descent f' eta k w s)) ^ 2
    * rest k (descent f' eta k w s) j m ^ 2 <= 1) ->
  (w j ^ 2 - w m ^ 2) * (1 - total n (fun s => eta ^ 2 * f' (product k (descent f' eta k w s)) ^ 2
      * rest k (descent f' eta k w s) j m ^ 2))
    <= descent f' eta k w n j ^ 2 - descent f' eta k w n m ^ 2 <= w j ^ 2 - w m ^ 2.
Proof.
  intros f' eta k w j m n Hj Hm N Hc Hx.
  apply (contraction_drift (fun s => descent f' eta k w s j ^ 2 - descent f' eta k w s m ^ 2)
    (fun s => eta ^ 2 * f' (product k (descent f' eta k w s)) ^ 2
      * rest k (descent f' eta k w s) j m ^ 2) n).
  - simpl; simpl in Hc; lra.
  - intros s _; apply discrete_balancedness; assumption.
  - intros s Hs; split; [apply squares_nonneg|apply Hx; exact Hs].
Qed.

(** ** Sign symmetry (Shamir, Lemma 11) *)

(** Flipping signs s_i = 1 or -1 of the weights turns descent on f(p) into descent on f(s p),
    s = prod s_i, whose derivative is s f'(s p): trajectories correspond, and so do values. *)
Theorem sign_symmetry : forall (f f' : R -> R) eta k (s w : nat -> R) n,
  (forall i, s i = 1 \/ s i = -1) ->
  (forall j, (j < k)%nat ->
    descent (fun p => product k s * f' (product k s * p)) eta k (fun i => s i * w i) n j
      = s j * descent f' eta k w n j) /\
  f (product k s * product k
      (descent (fun p => product k s * f' (product k s * p)) eta k (fun i => s i * w i) n))
    = f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k s w n Hs.
  assert (Q : forall i, s i * s i = 1) by (intros i; destruct (Hs i) as [-> | ->]; ring).
  assert (QP : product k s * product k s = 1).
  { rewrite <- product_mult, (product_ext k _ (fun _ => 1)) by auto.
    rewrite product_const; apply pow1. }
  set (F' := fun p => product k s * f' (product k s * p)).
  assert (M : forall j, (j < k)%nat ->
    descent F' eta k (fun i => s i * w i) n j = s j * descent f' eta k w n j).
  { induction n as [|n IH]; intros j Hj; simpl; [reflexivity|].
    set (v := descent f' eta k w n) in *; set (u := descent F' eta k _ n) in *.
    assert (PU : product k u = product k s * product k v)
      by (rewrite <- product_mult; apply product_ext; exact IH).
    assert (OU : others k u j = product k s * s j * others k v j).
    { rewrite (product_split k s j Hj).
      replace (s j * product k (but j s) * s j) with (s j * s j * product k (but j s)) by ring.
      rewrite Q, Rmult_1_l; unfold others; rewrite <- product_mult.
      apply product_ext; intros i Hi; unfold but; destruct (Nat.eqb i j); [ring|auto]. }
    unfold step; rewrite IH, OU, PU by exact Hj; unfold F'; cbv beta.
    rewrite <- (Rmult_assoc (product k s) (product k s)), QP, Rmult_1_l.
    replace (eta * (product k s * f' (product k v)) * (product k s * s j * others k v j))
      with (product k s * product k s * (eta * f' (product k v) * s j * others k v j)) by ring.
    rewrite QP; ring. }
  split; [exact M|].
  rewrite (product_ext k _ _ M), product_mult, <- Rmult_assoc, QP, Rmult_1_l; reflexivity.
Qed.

(** For the square loss the flipped problem has target s y. *)
Theorem sign_symmetry_square : forall y eta k (s w : nat -> R) n,
  (forall i, s i = 1 \/ s i = -1) ->
  (forall j, (j < k)%nat ->
    descent (fun p => p - product k s * y) eta k (fun i => s i * w i) n j
      = s j * descent (fun p => p - y) eta k w n j) /\
  (product k (descent (fun p => p - product k s * y) eta k (fun i => s i * w i) n)
      - product k s * y) ^ 2 / 2
    = (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2.
Proof.
  intros y eta k s w n Hs.
  assert (Q : forall i, s i * s i = 1) by (intros i; destruct (Hs i) as [-> | ->]; ring).
  assert (QP : product k s * product k s = 1).
  { rewrite <- product_mult, (product_ext k _ (fun _ => 1)) by auto.
    rewrite product_const; apply pow1. }
  assert (E : forall m j, (j < k)%nat ->
    descent (fun p => p - product k s * y) eta k (fun i => s i * w i) m j
    = descent (fun p => product k s * (product k s * p - y)) eta k (fun i => s i * w i) m j).
  { induction m as [|m IH]; intros j Hj; simpl; [reflexivity|].
    unfold step; rewrite (product_ext k _ _ IH), (IH j Hj); unfold others.
    rewrite (product_ext k (but j (descent _ _ _ _ m)) (but j (descent
      (fun p => product k s * (product k s * p - y)) eta k (fun i => s i * w i) m))).
    - set (P := product k (descent (fun p => product k s * (product k s * p - y)) _ _ _ m)).
      replace (product k s * (product k s * P - y)) with (product k s * product k s * P - product k s * y)
        by ring; rewrite QP, Rmult_1_l; reflexivity.
    - intros i Hi; unfold but; destruct (Nat.eqb i j); auto. }
  destruct (sign_symmetry (fun p => p) (fun p => p - y) eta k s w n Hs) as [M _].
  split; [intros j Hj; rewrite E by exact Hj; now apply M|].
  rewrite (product_ext k _ _ (E n)), (product_ext k _ _ M), product_mult.
  replace ((product k s * product k (descent (fun p => p - y) eta k w n) - product k s * y) ^ 2)
    with (product k s * product k s * (product k (descent (fun p => p - y) eta k w n) - y) ^ 2) by ring.
  rewrite QP, Rmult_1_l; reflexivity.
Qed.

(** ** Exact ties *)

Theorem tie_is_kept : forall (f' : R -> R) eta k w i j n,
  (i < k)%nat -> (j < k)%nat -> i <> j -> w i = w j ->
  descent f' eta k w n i = descent f' eta k w n j.
Proof.
  intros f' eta k w i j n Hi Hj N T; induction n as [|n IH]; simpl; [exact T|].
  apply Rminus_diag_uniq.
  rewrite (proj2 (pair_factorisation f' eta k (descent f' eta k w n) i j Hi Hj N)), IH; ring.
Qed.

(** A tied weight moves by a factor 1 - eta g r: it never reaches zero while eta |g r| < 1. *)
Theorem tied_weight_never_crosses : forall (f' : R -> R) eta k w i j n,
  (i < k)%nat -> (j < k)%nat -> i <> j -> w i = w j -> 0 < w i ->
  (forall s, (s < n)%nat -> Rabs (eta * f' (product k (descent f' eta k w s))
    * rest k (descent f' eta k w s) i j) < 1) ->
  0 < descent f' eta k w n i.
Proof.
  intros f' eta k w i j n Hi Hj N T P; induction n as [|n IH]; intros H; simpl; [exact P|].
  assert (E := tie_is_kept f' eta k w i j n Hi Hj N T).
  specialize (IH ltac:(auto with arith)); specialize (H n ltac:(lia)).
  set (v := descent f' eta k w n) in *.
  assert (S : step f' eta k v i = v i * (1 - eta * f' (product k v) * rest k v i j)).
  { unfold step; rewrite (others_rest k v j i Hj) by auto.
    rewrite (rest_comm k v j i), <- E; ring. }
  rewrite S; apply Rabs_lt_between in H; apply Rmult_lt_0_compat; lra.
Qed.

(** ** Shamir, Lemma 8, with C'' = (M/C)^2 *)

Theorem shamir_lemma_8 : forall (f' : R -> R) eta k w i j C C' M,
  (i < k)%nat -> (j < k)%nat -> i <> j -> 0 < C ->
  (forall l, (l < k)%nat -> C <= w l) -> product k w <= C' ->
  (forall p, 0 < p <= C' -> Rabs (f' p) <= M) ->
  Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2)
    <= Rabs (w i ^ 2 - w j ^ 2) + (M / C) ^ 2 * eta ^ 2 * product k w ^ 2.
Proof.
  intros f' eta k w i j C C' M Hi Hj N HC Hw HP HM.
  rewrite discrete_balancedness by assumption.
  assert (Pos : 0 < product k w) by (apply product_pos; intros l Hl; specialize (Hw l Hl); lra).
  specialize (HM (product k w) (conj Pos HP)).
  assert (PP := product_pair k w i j Hi Hj N).
  assert (Wi := Hw i Hi); assert (Wj := Hw j Hj).
  set (g := f' (product k w)) in *; set (p := product k w) in *; set (r := rest k w i j) in *.
  assert (G2 : g ^ 2 <= M ^ 2) by (rewrite <- (pow2_abs g); apply pow_incr; split; [apply Rabs_pos|exact HM]).
  assert (K : Rabs (w i ^ 2 - w j ^ 2) * r ^ 2 <= p ^ 2 / C ^ 2).
  { assert (0 <= r ^ 2) by apply pow2_ge_0.
    apply (Rmult_le_reg_r (C ^ 2)); [nra|].
    replace (p ^ 2 / C ^ 2 * C ^ 2) with (p ^ 2) by (field; lra).
    replace (p ^ 2) with (w i ^ 2 * w j ^ 2 * r ^ 2) by (rewrite PP; ring).
    replace (Rabs (w i ^ 2 - w j ^ 2) * r ^ 2 * C ^ 2)
      with (Rabs (w i ^ 2 - w j ^ 2) * C ^ 2 * r ^ 2) by ring.
    apply Rmult_le_compat_r; [assumption|].
    assert (C ^ 2 <= w i ^ 2) by (apply pow_incr; lra).
    assert (C ^ 2 <= w j ^ 2) by (apply pow_incr; lra).
    assert (0 < C ^ 2) by nra.
    unfold Rabs; destruct (Rcase_abs (w i ^ 2 - w j ^ 2)); nra. }
  replace ((w i ^ 2 - w j ^ 2) * (1 - eta ^ 2 * g ^ 2 * r ^ 2))
    with ((w i ^ 2 - w j ^ 2) + - (eta ^ 2 * g ^ 2 * ((w i ^ 2 - w j ^ 2) * r ^ 2))) by ring.
  eapply Rle_trans; [apply Rabs_triang|]; apply Rplus_le_compat_l.
  rewrite Rabs_Ropp, Rabs_mult, (Rabs_mult _ (r ^ 2)).
  assert (0 <= eta ^ 2) by apply pow2_ge_0; assert (0 <= g ^ 2) by apply pow2_ge_0.
  rewrite (Rabs_pos_eq (r ^ 2)) by apply pow2_ge_0.
  rewrite (Rabs_pos_eq (eta ^ 2 * g ^ 2)) by now apply Rmult_le_pos.
  replace ((M / C) ^ 2 * eta ^ 2 * p ^ 2) with (eta ^ 2 * M ^ 2 * (p ^ 2 / C ^ 2)) by (field; lra).
  apply Rmult_le_compat; [now apply Rmult_le_pos| |apply Rmult_le_compat_l; assumption|exact K].
  apply Rmult_le_pos; [apply Rabs_pos|apply pow2_ge_0].
Qed.

(** ** Shamir, Lemma 14: y < 0, weights nonnegative, gaps never shrink *)

Theorem shamir_lemma_14 : forall y eta k w i j n,
  y < 0 -> 0 < eta -> (i < k)%nat -> (j < k)%nat -> w j <= w i ->
  (forall s l, (s < n)%nat -> (l < k)%nat -> 0 <= descent (fun p => p - y) eta k w s l) ->
  w i - w j <= descent (fun p => p - y) eta k w n i - descent (fun p => p - y) eta k w n j.
Proof.
  intros y eta k w i j n Hy He Hi Hj Hij; induction n as [|n IH]; intros H; simpl; [lra|].
  specialize (IH ltac:(auto with arith)); eapply Rle_trans; [exact IH|].
  destruct (Nat.eq_dec i j) as [->|N]; [lra|].
  rewrite (proj2 (pair_factorisation (fun p => p - y) eta k (descent _ eta k w n) i j Hi Hj N)).
  set (v := descent (fun p => p - y) eta k w n) in *.
  assert (V : forall l, (l < k)%nat -> 0 <= v l) by (intros l Hl; apply (H n l); auto).
  assert (0 <= product k v) by (apply product_nonneg; exact V).
  assert (0 <= rest k v i j) by (apply rest_nonneg; exact V).
  assert (0 <= eta * (product k v - y) * rest k v i j)
    by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|assumption]).
  nra.
Qed.
