(** The false variants of Theorem 4 of Shamir and its lemmas are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper InstancesSteps InstancesFour.
Open Scope R_scope.

(** Twice the step size, from the weights 1 and 1 towards 3/2: the product becomes (17/13)^2. *)
Lemma shamir_lemma_13_no_delta_doubled_is_false : ~ (forall k m gamma y B eta w,
  (2 <= k)%nat -> (m < k)%nat -> 0 < gamma -> 0 < y -> 0 < eta -> landed k m gamma w ->
  product k w <= y -> others k w m <= B -> eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 2 ->
  product k w <= product k (step (fun p => p - y) eta k w) <= y /\
  y - product k (step (fun p => p - y) eta k w)
    <= (1 - eta * total k (fun i => others k w i ^ 2)) * (y - product k w)).
Proof.
  intros H; destruct (H 2%nat 0%nat 1 (3 / 2) 1 (8 / 13) (duo 1 1)) as [[_ P] _];
    unfold landed, others, but, duo in *; simpl in *; try lia; try lra.
  - split; [lra|second; lra].
  - revert P; unfold step, others, but; simpl; lra.
Qed.

(** Half the steps: 1/10 needs two steps of 11/180 where a bound by the gap alone says 1/10 in one. *)
Lemma shamir_lemma_15_halved_is_false : ~ (forall k m y eta w N1,
  (m < k)%nat -> y < 0 -> 0 < eta -> smallest k m w ->
  (forall i, (i < k)%nat -> i <> m -> eta * (product k w - y) * rest k w i m <= 1) ->
  w m <= 2 * INR N1 * (eta * - y * gaps k m 0 w) ->
  exists N, (N <= N1)%nat /\ (forall s, (s < N)%nat -> 0 < descent (fun p => p - y) eta k w s m) /\
    later k m w (descent (fun p => p - y) eta k w N) /\
    - longest k m y eta w <= descent (fun p => p - y) eta k w N m <= 0).
Proof.
  intros H; destruct (H 2%nat 0%nat (-1) (1 / 18) (duo (1 / 10) 1) 1%nat) as [N [HN [_ [_ [_ P]]]]]; try lia; try lra.
  - unfold smallest, duo; split; [lra|second; lra].
  - second; rewrite duo_rest; simpl; lra.
  - unfold gaps, others, but, duo; simpl; lra.
  - destruct N as [|[|N]]; [| |lia]; revert P; simpl; unfold step, others, but, duo; simpl; lra.
Qed.

(** The next step at full length, which needs |p| = 0 after the crossing. *)
Lemma shamir_lemma_16_whole_is_false : ~ (forall k m y eta w N,
  (m < k)%nat -> y < 0 -> 0 < eta -> smallest k m w ->
  (forall i, (i < k)%nat -> i <> m -> longest k m y eta w <= w i - w m) ->
  longest k m y eta w * others k w m <= - y / 2 ->
  later k m w (descent (fun p => p - y) eta k w N) ->
  - longest k m y eta w <= descent (fun p => p - y) eta k w N m <= 0 ->
  gaps k m (longest k m y eta w) w <= others k (descent (fun p => p - y) eta k w N) m <= others k w m /\
  descent (fun p => p - y) eta k w (S N) m
    <= descent (fun p => p - y) eta k w N m - eta * - y * gaps k m (longest k m y eta w) w).
Proof.
  intros H; destruct (H 2%nat 0%nat (-1) (1 / 250) (duo (1 / 100) 10) 1%nat) as [_ P]; try lia; try lra.
  - unfold smallest, duo; split; [lra|second; lra].
  - second; unfold longest, others, but, duo; simpl; lra.
  - unfold longest, others, but, duo; simpl; lra.
  - split; [simpl; unfold step, others, but, duo; simpl; lra|second].
    simpl; unfold step, others, but, duo; simpl; lra.
  - unfold longest; simpl; unfold step, others, but, duo; simpl; lra.
  - revert P; unfold gaps, longest; simpl; unfold step, others, but, duo; simpl; lra.
Qed.

(** One step less: from the weights 0 and 1, before any step. *)
Lemma shamir_theorem_4_one_step_less_is_false : ~ (forall k m y eta w A B gamma eps N1 N2 n,
  (2 <= k)%nat -> (m < k)%nat -> y < 0 -> 0 < eta -> 0 < eps ->
  y < product k w -> smallest k m (sizes w) ->
  0 < gamma -> (forall i, (i < k)%nat -> i <> m -> gamma <= sizes w i - sizes w m - longest k m y eta (sizes w)) ->
  longest k m y eta (sizes w) * others k (sizes w) m <= - y ->
  (forall i, (i < k)%nat -> i <> m -> eta * (product k (sizes w) - y) * rest k (sizes w) i m <= 1) ->
  room k m (- y) A B (fun i => sizes w i ^ 2 - sizes w m ^ 2) ->
  eta * (B ^ 2 + INR (k - 1) * y ^ 2 / gamma ^ 2) <= 1 ->
  sizes w m <= INR N1 * (eta * - y * gaps k m 0 (sizes w)) ->
  ln (- y / sqrt (2 * eps)) <= INR N2 * (eta * gaps k m (longest k m y eta (sizes w)) (sizes w) ^ 2) ->
  (N1 + N2 <= S n)%nat -> (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2 <= eps).
Proof.
  intros H.
  assert (K : (product 2 (descent (fun p => p - -1) (1 / 8) 2 (duo 0 1) 0) - -1) ^ 2 / 2 <= (512 / 561) ^ 2 / 2);
    [|unfold duo in K; simpl in K; lra].
  apply (H 2%nat 0%nat (-1) (1 / 8) (duo 0 1) 1 (3 / 2) (7 / 8) ((512 / 561) ^ 2 / 2) 0%nat 1%nat 0%nat);
    rewrite ?duo_sizes by lra; unfold smallest, longest, gaps, room, others, but; simpl; try lia; try lra.
  - split; [lra|second; simpl; lra].
  - second; simpl; lra.
  - second; rewrite duo_rest; simpl; lra.
  - replace (1 * 1 * _) with (sqrt 2) by (rewrite Rmult_1_l, Rmult_1_l; f_equal; lra).
    split; [lra|split; [lra|]]; apply Rsqr_incr_0_var; [unfold Rsqr; rewrite sqrt_sqrt; lra|lra].
  - replace (2 * (512 / 561 * (512 / 561 * 1) / 2)) with (512 / 561 * (512 / 561)) by field; rewrite sqrt_square by lra.
    replace (- -1 / (512 / 561)) with (561 / 512) by field.
    assert (E := exp_above_line (ln (561 / 512))); rewrite exp_ln in E by lra; lra.
Qed.

(** Any power: eta = 2^8 from the weights 0 and 1. *)
Lemma shamir_theorem_4_exponential_any_power_is_false : ~ (forall c1 c2 c3 c4 c M k w eps n,
  (2 <= k)%nat -> 0 < c1 <= M -> c2 <= M -> c3 <= M -> 1 <= M -> 0 <= c4 -> 0 < eps ->
  assumption_4 c1 c2 c3 c4 k w ->
  exp ((c + 2 * c4 + M / c1 + M + 4) * (INR k * ln (INR k))) * Rmax 1 (ln (1 / eps)) <= INR n ->
  (product k (descent (fun p => p + c1) (Rpower (INR k) (- c)) k w n) + c1) ^ 2 / 2 <= eps).
Proof.
  intros H; specialize (H 1 1 1 0 (-8) 1 2%nat (duo 0 1) 1 1%nat).
  assert (E : Rpower (INR 2) (- -8) = 256).
  { replace (- -8) with (INR 8) by (simpl; ring); rewrite Rpower_pow by (simpl; lra); simpl; ring. }
  rewrite E in H.
  assert (K : (product 2 (descent (fun p => p + 1) 256 2 (duo 0 1) 1) + 1) ^ 2 / 2 <= 1).
  { apply H; try lia; try lra.
    - split; [|split].
      + intros [|[|i]] Hi; [| |lia]; unfold duo; rewrite Rabs_pos_eq; lra.
      + unfold duo; simpl; lra.
      + assert (P : Rpower (INR 2) (- 0) = 1) by (rewrite Ropp_0; apply Rpower_O; simpl; lra).
        intros [|[|i]] [|[|j]] Hi Hj N; try lia; rewrite P; unfold rest, but, duo; simpl; rewrite !Rabs_R0, ?Rabs_R1;
          (split; [|rewrite Rabs_pos_eq; lra]).
        * rewrite Rabs_left; lra.
        * rewrite Rabs_pos_eq; lra.
    - replace (1 / 1) with 1 by field; rewrite ln_1, Rmax_left by lra.
      replace (INR 1) with 1 by reflexivity; rewrite Rmult_1_r.
      destruct (ln_depth 2 (Nat.le_refl 2)) as [_ L].
      apply Rle_trans with (exp 0); [apply Remainder.exp_le_compat|rewrite exp_0]; lra. }
  revert K; simpl; unfold step, others, but, duo; simpl; lra.
Qed.

(** One exponent for every power: with steps that are small enough, nothing moves in n steps. *)
Lemma slow_start : forall eta n, 0 <= eta -> 8 * (INR n * eta) <= 1 ->
  let u := descent (fun p => p + 1) eta 2 (duo 0 1) n in
  - (2 * (INR n * eta)) <= u 0%nat <= 0 /\ 1 <= u 1%nat <= 1 + INR n * eta.
Proof.
  intros eta n He; induction n as [|n IH]; intros Hn; [simpl; unfold duo; lra|].
  rewrite S_INR in Hn; destruct IH as [[A B] [C D]]; [lra|].
  simpl descent; set (u := descent (fun p => p + 1) eta 2 (duo 0 1) n) in *.
  assert (E0 : step (fun p => p + 1) eta 2 u 0 = u 0%nat - eta * (u 0%nat * u 1%nat + 1) * u 1%nat).
  { unfold step, others, but; simpl; ring. }
  assert (E1 : step (fun p => p + 1) eta 2 u 1 = u 1%nat - eta * (u 0%nat * u 1%nat + 1) * u 0%nat).
  { unfold step, others, but; simpl; ring. }
  cbv zeta; rewrite E0, E1, S_INR; assert (N0 : 0 <= INR n * eta) by (apply Rmult_le_pos; [apply pos_INR|exact He]).
  set (s := INR n * eta) in *; set (x := u 0%nat) in *; set (z := u 1%nat) in *.
  assert (s8 : s <= 1 / 8) by (unfold s; lra).
  assert (Xl : 0 <= - x * z) by (apply Rmult_le_pos; lra).
  assert (Xu : - x * z <= 1 / 4 * 2) by (apply Rmult_le_compat; lra).
  assert (X : -1 <= x * z <= 0) by lra.
  assert (G : 0 <= eta * (x * z + 1) <= eta).
  { split; [apply Rmult_le_pos; lra|rewrite <- (Rmult_1_r eta) at 2; apply Rmult_le_compat_l; lra]. }
  set (g := eta * (x * z + 1)) in *.
  assert (0 <= g * z <= eta * 2) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
  assert (0 <= g * - x <= eta * 1) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]).
  replace ((INR n + 1) * eta) with (s + eta) by (unfold s; ring); lra.
Qed.

Lemma shamir_theorem_4_printed_one_exponent_is_false : ~ (forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0 C, forall c, c0 <= c -> forall k w eps n,
    (2 <= k)%nat -> 0 < eps -> assumption_4 c1 c2 c3 c4 k w ->
    exp (C * (INR k * ln (INR k))) * Rmax 1 (ln (1 / eps)) <= INR n ->
    (product k (descent (fun p => p + c1) (Rpower (INR k) (- c)) k w n) + c1) ^ 2 / 2 <= eps).
Proof.
  intros H; destruct (H 1 1 1 0 ltac:(lra) ltac:(lra)) as [c0 [C F]].
  set (bound := exp (C * (INR 2 * ln (INR 2))) * Rmax 1 (ln (1 / (1 / 16)))).
  destruct (nfloor_ex bound) as [b Hb].
  { apply Rmult_le_pos; [left; apply exp_pos|]; assert (R := Rmax_l 1 (ln (1 / (1 / 16)))); lra. }
  set (n := S b); assert (n1 : 1 <= INR n) by (unfold n; rewrite S_INR; assert (P := pos_INR b); lra).
  set (c := Rmax c0 (ln (8 * INR n) / ln 2)).
  destruct (ln_depth 2 (Nat.le_refl 2)) as [[L2 _] _].
  specialize (F c (Rmax_l _ _) 2%nat (duo 0 1) (1 / 16) n (Nat.le_refl 2) ltac:(lra)).
  set (eta := Rpower (INR 2) (- c)) in *.
  assert (e0 : 0 < eta) by apply exp_pos.
  assert (Small : 8 * (INR n * eta) <= 1).
  { rewrite <- Rmult_assoc, <- (exp_ln (8 * INR n)) by lra.
    unfold eta, Rpower; rewrite <- exp_plus; apply Rle_trans with (exp 0); [apply Remainder.exp_le_compat|rewrite exp_0; lra].
    assert (R := Rmax_r c0 (ln (8 * INR n) / ln 2)); fold c in R.
    apply (Rmult_le_compat_r (ln 2)) in R; [|lra].
    replace (ln (8 * INR n) / ln 2 * ln 2) with (ln (8 * INR n)) in R by (field; lra); change (INR 2) with 2; lra. }
  destruct (slow_start eta n ltac:(lra) Small) as [[A B] [D E]].
  assert (K : (product 2 (descent (fun p => p + 1) eta 2 (duo 0 1) n) + 1) ^ 2 / 2 <= 1 / 16).
  { apply F.
    - split; [|split].
      + intros [|[|i]] Hi; [| |lia]; unfold duo; rewrite Rabs_pos_eq; lra.
      + unfold duo; simpl; lra.
      + assert (P : Rpower (INR 2) (- 0) = 1) by (rewrite Ropp_0; apply Rpower_O; simpl; lra).
        intros [|[|i]] [|[|j]] Hi Hj N; try lia; rewrite P; unfold rest, but, duo; simpl; rewrite !Rabs_R0, ?Rabs_R1;
          (split; [|rewrite Rabs_pos_eq; lra]).
        * rewrite Rabs_left; lra.
        * rewrite Rabs_pos_eq; lra.
    - fold bound; unfold n; rewrite S_INR; lra. }
  revert K; set (u := descent (fun p => p + 1) eta 2 (duo 0 1) n) in *; simpl product; rewrite Rmult_1_l.
  assert (Xl : 0 <= - u 0%nat * u 1%nat) by (apply Rmult_le_pos; lra).
  assert (Xu : - u 0%nat * u 1%nat <= 1 / 4 * (5 / 4)) by (apply Rmult_le_compat; lra).
  set (p := u 0%nat * u 1%nat) in *; assert (P : - (5 / 16) <= p) by (unfold p; lra).
  assert ((11 / 16) ^ 2 <= (p + 1) ^ 2) by (apply pow_incr; lra); lra.
Qed.
