(** Shamir's Theorem 3, whole: from weights within delta of 1 the product stays positive for a number of
    steps that is exponential in the depth (near-identity.md). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry OneStep Xavier.
Open Scope R_scope.

(** All weights are at least b, and the squares of any two are within 4 delta. *)
Definition near_plateau (k : nat) (delta b : R) (v : nat -> R) : Prop :=
  (forall i, (i < k)%nat -> b <= v i) /\
  forall i j, (i < k)%nat -> (j < k)%nat -> Rabs (v i ^ 2 - v j ^ 2) <= 4 * delta.

(** One step: H bounds the moves once a weight is below rho; before, the condition on c bounds them. *)
Lemma near_plateau_step : forall (f' : R -> R) eta k v delta c G rho b,
  0 < eta -> 0 < rho -> rho ^ 2 + 4 * delta <= 1 -> 0 < b <= rho / 2 ->
  (forall p, 0 <= p <= c -> 0 <= f' p <= G) -> eta * G <= 1 ->
  (exists m, (m < k)%nat /\ v m < rho) \/ eta * G * c <= rho ^ 2 / 2 -> product k v <= c -> near_plateau k delta b v ->
  let H := eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1) in
  near_plateau k delta (b - H) (step f' eta k v) /\ forall i, (i < k)%nat -> step f' eta k v i <= v i.
Proof.
  intros f' eta k v delta c G rho b He Hr Hone Hb Hf H1 H2 Hp [Low Pair] H.
  assert (Pos : forall i, (i < k)%nat -> 0 < v i) by (intros i Hi; specialize (Low i Hi); lra).
  assert (P0 : 0 < product k v) by (apply product_pos; exact Pos).
  destruct (Hf (product k v) ltac:(lra)) as [g0 g1]; set (g := f' (product k v)) in *.
  assert (Q0 : forall j, 0 <= others k v j) by (intros; apply others_nonneg; intros i Hi; left; auto).
  assert (R0 : forall i j, 0 <= rest k v i j) by (intros; apply rest_nonneg; intros l Hl; left; auto).
  assert (eg : 0 <= eta * g <= eta * G) by (split; [apply Rmult_le_pos|apply Rmult_le_compat_l]; lra).
  assert (H0 : 0 <= H) by (apply Rmult_le_pos; [lra|apply pow_le, sqrt_pos]).
  assert (Down : forall i, (i < k)%nat -> step f' eta k v i <= v i).
  { intros i Hi; unfold step; fold g; assert (0 <= eta * g * others k v i) by (apply Rmult_le_pos; [lra|apply Q0]); lra. }
  assert (Main : (forall i, (i < k)%nat -> b - H <= step f' eta k v i) /\
    forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> eta * g * rest k v i j <= 1).
  { destruct (all_or_one k (fun i => rho <= v i)) as [Up|[m [Hm Nm]]].
    - intros i; destruct (Rle_dec rho (v i)); tauto.
    - destruct H2 as [[m [Hm Nm]]|H2]; [specialize (Up m Hm); lra|]; split.
      + intros i Hi; unfold step; fold g.
        assert (E := product_others k v i Hi); specialize (Up i Hi).
        assert (M : eta * g * others k v i <= rho / 2); [|lra].
        apply (Rmult_le_reg_l rho); [exact Hr|].
        assert (rho * others k v i <= v i * others k v i) by (apply Rmult_le_compat_r; [apply Q0|exact Up]).
        apply Rle_trans with (eta * g * c).
        * replace (rho * (eta * g * others k v i)) with (eta * g * (rho * others k v i)) by ring.
          apply Rmult_le_compat_l; lra.
        * assert (eta * g * c <= eta * G * c) by (apply Rmult_le_compat_r; lra).
          replace (rho * (rho / 2)) with (rho ^ 2 / 2) by field; lra.
      + intros i j Hi Hj Nij.
        assert (E := product_pair k v i j Hi Hj Nij).
        assert (Ui := Up i Hi); assert (Uj := Up j Hj).
        assert (rho * rho <= v i * v j) by (apply Rmult_le_compat; lra).
        assert (rho * rho * rest k v i j <= v i * v j * rest k v i j) by (apply Rmult_le_compat_r; [apply R0|assumption]).
        assert (rr : 0 < rho * rho) by (apply Rmult_lt_0_compat; exact Hr).
        apply (Rmult_le_reg_l (rho * rho)); [exact rr|].
        apply Rle_trans with (eta * g * c).
        * replace (rho * rho * (eta * g * rest k v i j)) with (eta * g * (rho * rho * rest k v i j)) by ring.
          apply Rmult_le_compat_l; lra.
        * assert (eta * g * c <= eta * G * c) by (apply Rmult_le_compat_r; lra).
          replace (rho ^ 2 / 2) with (rho * rho / 2) in H2 by field; lra.
    - set (s := sqrt (rho ^ 2 + 4 * delta)) in *.
      assert (vm : 0 < v m < rho) by (split; [apply Pos; exact Hm|lra]).
      assert (d0 : 0 <= 4 * delta) by (eapply Rle_trans; [apply Rabs_pos|apply (Pair m m Hm Hm)]).
      assert (S2 : s * s = rho ^ 2 + 4 * delta) by (apply sqrt_sqrt; assert (0 <= rho ^ 2) by apply pow2_ge_0; lra).
      assert (s0 : 0 <= s) by apply sqrt_pos.
      assert (Top : forall i, (i < k)%nat -> 0 <= v i <= s).
      { intros i Hi; split; [left; apply Pos; exact Hi|]; apply Rsqr_incr_0_var; [|exact s0]; unfold Rsqr.
        assert (A := Pair i m Hi Hm); apply Rabs_le_between in A.
        assert (v m ^ 2 <= rho ^ 2) by (apply pow_incr; lra); simpl in *; lra. }
      assert (s1 : s <= 1) by (apply Rsqr_incr_0_var; [unfold Rsqr; lra|lra]).
      split.
      + intros i Hi; unfold step; fold g.
        assert (O : others k v i <= s ^ (k - 1)).
        { rewrite <- (others_const k s i Hi); apply others_le; exact Top. }
        assert (eta * g * others k v i <= H) by (apply Rmult_le_compat; try lra; apply Q0).
        specialize (Low i Hi); lra.
      + intros i j Hi Hj _.
        assert (rest k v i j <= 1).
        { unfold rest; rewrite <- (pow1 k), <- product_const; apply product_le; intros l Hl; unfold but.
          destruct (Nat.eqb l i); [lra|destruct (Nat.eqb l j); [lra|]]; specialize (Top l Hl); lra. }
        replace 1 with (1 * 1) by ring; apply Rmult_le_compat; try lra; apply R0. }
  destruct Main as [Main1 Main2]; split; [split; [exact Main1|]|exact Down].
  intros i j Hi Hj; destruct (Nat.eq_dec i j) as [->|Nij].
  - rewrite Rminus_eq_0, Rabs_R0; eapply Rle_trans; [apply Rabs_pos|apply (Pair j j Hj Hj)].
  - assert (M := Main2 i j Hi Hj Nij); specialize (R0 i j).
    assert (0 <= eta * g * rest k v i j) by (apply Rmult_le_pos; lra).
    assert (E := discrete_balancedness f' eta k v i j Hi Hj Nij); fold g in E; rewrite E, Rabs_mult.
    eapply Rle_trans; [|apply (Pair i j Hi Hj)]; rewrite <- (Rmult_1_r (Rabs (v i ^ 2 - v j ^ 2))) at 2.
    apply Rmult_le_compat_l; [apply Rabs_pos|].
    assert (S : 0 <= (eta * g * rest k v i j) ^ 2 <= 1) by (split; [apply pow2_ge_0|rewrite <- (pow1 2); apply pow_incr; lra]).
    apply Rabs_le; simpl in *; lra.
Qed.

Lemma near_identity_orbit : forall (f' : R -> R) eta k w delta c G rho n,
  0 < eta -> 0 < rho < 1 - delta -> rho ^ 2 + 4 * delta <= 1 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, 0 <= p <= c -> 0 <= f' p <= G) -> eta * G <= 1 -> eta * G * c <= rho ^ 2 / 2 ->
  let H := eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1) in
  INR n * H < rho / 2 -> 0 <= H ->
  near_plateau k delta (rho / 2 - INR n * H) (descent f' eta k w n) /\
  product k (descent f' eta k w n) <= c.
Proof.
  intros f' eta k w delta c G rho n He [Hr Hrd] Hone Hw Hp Hf H1 H2 H Hn H0.
  induction n as [|n IH]; simpl descent.
  - split; [split|exact Hp].
    + intros i Hi; specialize (Hw i Hi); apply Rabs_le_between in Hw; simpl; lra.
    + intros i j Hi Hj; assert (Wi := Hw i Hi); assert (Wj := Hw j Hj).
      apply Rabs_le_between in Wi; apply Rabs_le_between in Wj; assert (0 <= delta) by lra.
      assert (D : forall x, 1 - delta <= x <= 1 + delta -> (1 - delta) ^ 2 <= x ^ 2 <= (1 + delta) ^ 2)
        by (intros x Hx; split; apply pow_incr; lra).
      assert (Di := D (w i) ltac:(lra)); assert (Dj := D (w j) ltac:(lra)); apply Rabs_le; lra.
  - rewrite S_INR in *; destruct IH as [I1 I2]; [lra|].
    set (v := descent f' eta k w n) in *.
    assert (b0 : 0 <= INR n * H) by (apply Rmult_le_pos; [apply pos_INR|exact H0]).
    destruct (near_plateau_step f' eta k v delta c G rho (rho / 2 - INR n * H) He Hr Hone ltac:(lra) Hf H1 (or_intror H2) I2 I1)
      as [S1 S2]; fold H in S1.
    replace (rho / 2 - (INR n + 1) * H) with (rho / 2 - INR n * H - H) by ring; split; [exact S1|].
    eapply Rle_trans; [|exact I2]; apply product_le; intros i Hi; split; [|apply S2; exact Hi].
    destruct S1 as [L _]; specialize (L i Hi); lra.
Qed.

Lemma near_weights_positive : forall k w delta, delta < 1 -> (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> 0 < product k w.
Proof. intros k w delta Hd Hw; apply product_pos; intros i Hi; specialize (Hw i Hi); apply Rabs_le_between in Hw; lra. Qed.

Lemma increasing_above_zero : forall (f f' : R -> R) c G p, (forall p, is_derive f p (f' p)) ->
  (forall p, 0 <= p <= c -> 0 <= f' p <= G) -> 0 < p <= c -> f 0 <= f p.
Proof.
  intros f f' c G p Df Hf Hp; destruct (MVT_gen f 0 p f') as [z [Hz E]].
  - intros x _; apply Df.
  - intros x _; apply continuity_pt_filterlim.
    assert (Ed : ex_derive f x) by (exists (f' x); apply Df); exact (ex_derive_continuous f x Ed).
  - rewrite Rmin_left, Rmax_right in Hz by lra; destruct (Hf z ltac:(lra)) as [g0 _].
    assert (0 <= f' z * (p - 0)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** Weights within delta of 1, f increasing on [0, c] with slopes of G or less: the product is positive,
    and the loss at least f 0, for every n below (rho / 2) / (eta G (rho^2 + 4 delta)^((k-1)/2)). *)
Theorem shamir_theorem_3 : forall (f f' : R -> R) eta k w delta c G rho n,
  0 < eta -> 0 < rho < 1 - delta -> rho ^ 2 + 4 * delta <= 1 ->
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= delta) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 -> eta * G * c <= rho ^ 2 / 2 ->
  INR n * (eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1)) < rho / 2 ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w delta c G rho n He Hr Hone Hw Hp Df Hf H1 H2 Hn.
  assert (P := near_weights_positive k w delta ltac:(lra) Hw).
  assert (G0 := Hf 0 ltac:(lra)).
  assert (H0 : 0 <= eta * G * sqrt (rho ^ 2 + 4 * delta) ^ (k - 1))
    by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply pow_le, sqrt_pos]).
  destruct (near_identity_orbit f' eta k w delta c G rho n He Hr Hone Hw Hp Hf H1 H2 Hn H0) as [[L _] Q].
  assert (p0 : 0 < product k (descent f' eta k w n)) by (apply product_pos; intros i Hi; specialize (L i Hi); lra).
  split; [exact p0|apply (increasing_above_zero f f' c G); try assumption; split; assumption].
Qed.

(** delta <= 1/16, as k^(-c1) is for k >= 16^(1/c1), and eta <= 1/(8 c G), 1/G: more than
    2^((k-1)/2)/(4 eta G) steps. *)
Theorem shamir_theorem_3_exponential : forall (f f' : R -> R) eta k w c G n,
  0 < eta -> (forall i, (i < k)%nat -> Rabs (w i - 1) <= 1 / 16) -> product k w <= c ->
  (forall p, is_derive f p (f' p)) -> (forall p, 0 <= p <= c -> 0 <= f' p <= G) ->
  eta * G <= 1 -> 8 * (eta * G * c) <= 1 ->
  INR n * (4 * eta * G) < sqrt 2 ^ (k - 1) ->
  0 < product k (descent f' eta k w n) /\ f 0 <= f (product k (descent f' eta k w n)).
Proof.
  intros f f' eta k w c G n He Hw Hp Df Hf H1 H2 Hn.
  apply (shamir_theorem_3 f f' eta k w (1 / 16) c G (1 / 2) n); auto; try lra.
  replace ((1 / 2) ^ 2 + 4 * (1 / 16)) with (/ 2) by field.
  assert (E : sqrt (/ 2) ^ (k - 1) * sqrt 2 ^ (k - 1) = 1).
  { rewrite <- Rpow_mult_distr, <- sqrt_mult_alt by lra; rewrite Rinv_l, sqrt_1, pow1; lra. }
  assert (S0 : 0 < sqrt (/ 2) ^ (k - 1)) by (apply pow_lt, sqrt_lt_R0; lra).
  apply (Rmult_lt_compat_r (sqrt (/ 2) ^ (k - 1))) in Hn; [|exact S0]; lra.
Qed.
