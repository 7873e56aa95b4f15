(** The false variants of Theorems 2 and 3 in Shamir's words are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw XavierAnyLaw PaperStarts InstancesStarts RefutationsAnyLaw.
Import ListNotations.
Open Scope R_scope.

(** From ones, a step of 1/2 at an odd depth lands on the minimum. *)
Lemma shamir_theorem_3_printed_any_step_is_false : ~ (forall f f' low gap c1 c2 c3,
  assumption_1 f f' low gap -> 0 < c1 ->
  exists c' r k0, 0 < c' /\ 0 < r /\ forall k w eta n,
    (k0 <= k)%nat -> assumption_3 c1 c2 c3 k w -> 0 < eta ->
    f (product k (descent f' eta k w n)) < low + c' -> exp (r * INR k) <= INR n).
Proof.
  intros H.
  destruct (H (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) 0 (1 / 4) 1 1 1 square_satisfies_assumption_1 ltac:(lra))
    as [c' [r [k0 [Hc [Hr A]]]]].
  set (k := (2 * k0 + 1)%nat).
  specialize (A k (fun _ => 1) (1 / 2) 1%nat ltac:(unfold k; lia) (ones_satisfy_assumption_3 1 k) ltac:(lra)).
  assert (P : product k (descent (fun p => 2 * (p + 1)) (1 / 2) k (fun _ => 1) 1) = -1).
  { rewrite (product_ext k _ (fun _ => -1)).
    - rewrite product_const; unfold k; rewrite pow_add, pow_mult; replace ((-1) ^ 2) with 1 by ring; rewrite pow1; ring.
    - intros j Hj; simpl; unfold step; rewrite product_const, pow1; unfold others.
      assert (O : product k (but j (fun _ => 1)) = 1).
      { rewrite (product_ext k _ (fun _ => 1)); [rewrite product_const; apply pow1|].
        intros i _; unfold but; destruct (Nat.eqb i j); reflexivity. }
      rewrite ?O; field. }
  rewrite P in A; specialize (A ltac:(lra)); simpl in A.
  assert (0 < r * INR k) by (apply Rmult_lt_0_compat; [exact Hr|apply lt_0_INR; unfold k; lia]).
  assert (1 + r * INR k < exp (r * INR k)) by (apply exp_ineq1; lra); lra.
Qed.

(** Fair signs have E|w| = 1, and half of their products are at the minimum at once. *)
Lemma shamir_theorem_2_printed_signs_is_false : ~ (forall f f' low gap c1 c2,
  assumption_1 f f' low gap -> 0 <= c1 -> 0 <= c2 < 1 ->
  exists c c' r k0, 0 < c /\ 0 < c' /\ 0 < r /\ forall k (P : weights k) eta,
    (k0 <= k)%nat -> assumption_2 c1 (1 - c2) k P -> 0 < eta <= exp (c * INR k) ->
    at_most P (reaches f f' eta low c' (exp (r * INR k)) k) (exp (- (r * INR k)))).
Proof.
  intros H.
  destruct (H (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) 0 (1 / 4) 1 0 square_satisfies_assumption_1 ltac:(lra) ltac:(lra))
    as [c [c' [r [k0 [Hc [Hc' [Hr A]]]]]]].
  destruct (a_depth_above (1 / r)) as [k1 Hk1].
  set (k := (k0 + k1 + 1)%nat).
  assert (Rk : 1 <= r * INR k).
  { specialize (Hk1 k ltac:(unfold k; lia)); apply (Rmult_le_compat_l r) in Hk1; [|lra].
    replace (r * (1 / r)) with 1 in Hk1 by (field; lra); exact Hk1. }
  assert (S1 : 0 < 1) by lra.
  assert (A2 : assumption_2 1 (1 - 0) k (signed_weights k 1)).
  { split; [split; [exact I|change (mean (signs 1) Rabs <= 1 - 0); rewrite signs_abs by lra; lra]|split; [split; [exact I|]|]].
    - change (mean (signs 1) (fun x => x ^ 2) <= 1); unfold signs; simpl; lra.
    - intros b Hb; split; [exact I|].
      change (mean (signs 1) (within b) <= 1 * b); unfold signs, within; simpl.
      rewrite Rabs_Ropp, Rabs_pos_eq by lra; destruct (Rle_dec 1 b); lra. }
  specialize (A k (signed_weights k 1) 1 ltac:(unfold k; lia) A2).
  assert (E1 : 0 < 1 <= exp (c * INR k)).
  { split; [lra|]; assert (0 <= c * INR k) by (apply Rmult_le_pos; [lra|apply pos_INR]).
    assert (1 + c * INR k <= exp (c * INR k)) by apply exp_ineq1_le; lra. }
  specialize (A E1); apply half_the_signs in A; [|unfold k; lia|lra|].
  - assert (X : exp (- (r * INR k)) * exp (r * INR k) = 1) by (rewrite <- exp_plus, <- exp_0; f_equal; ring).
    assert (Y : 1 + r * INR k < exp (r * INR k)) by (apply exp_ineq1; lra).
    assert (Z : 0 < exp (- (r * INR k))) by apply exp_pos; nra.
  - intros w All Neg; exists 0%nat; split; [simpl; left; apply exp_pos|]; simpl descent.
    assert (P : product k w = -1); [|rewrite P; lra].
    assert (Q : Rabs (product k w) = 1).
    { rewrite product_abs, (product_ext k _ (fun _ => 1)); [rewrite product_const; apply pow1|].
      intros i Hi; destruct (All i Hi) as [-> | ->]; [apply Rabs_R1|rewrite Rabs_left; lra]. }
    rewrite Rabs_left in Q by exact Neg; lra.
Qed.
