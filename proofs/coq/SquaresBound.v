(** The squares bound (escape-probability.md, section 3): squared weights move together, so that no start leaves
    a plateau soon.  No condition on the step size, on signs or on the smallest weight. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape.
Open Scope R_scope.

(** The product of the weights once every square has grown by beta. *)
Definition grown_product (k : nat) (beta : R) (w : nat -> R) : R := product k (fun j => sqrt (w j ^ 2 + beta)).

Lemma size_below : forall x y, 0 <= y -> x ^ 2 <= y -> Rabs x <= sqrt y.
Proof.
  intros x y Hy H; rewrite <- (sqrt_pow2 (Rabs x)) by apply Rabs_pos.
  apply sqrt_le_1_alt; rewrite pow2_abs; exact H.
Qed.

Lemma grown_others : forall k beta w v j, (j < k)%nat -> 0 < beta ->
  (forall i, (i < k)%nat -> v i ^ 2 <= w i ^ 2 + beta) ->
  Rabs (product k v) <= grown_product k beta w /\ beta * others k v j ^ 2 <= grown_product k beta w ^ 2.
Proof.
  intros k beta w v j Hj Hb H; unfold grown_product.
  set (r := fun i => sqrt (w i ^ 2 + beta)).
  assert (S : forall i, (i < k)%nat -> Rabs (v i) <= r i).
  { intros i Hi; apply size_below; [assert (0 <= w i ^ 2) by apply pow2_ge_0; lra|apply H; exact Hi]. }
  split.
  - rewrite product_abs; apply product_le; intros i Hi; split; [apply Rabs_pos|apply S; exact Hi].
  - assert (Q : Rabs (others k v j) <= others k r j).
    { unfold others; rewrite product_abs; apply product_le; intros i Hi; split; [apply Rabs_pos|].
      unfold but; destruct (Nat.eqb i j); [rewrite Rabs_R1; lra|apply S; exact Hi]. }
    rewrite (product_others k r j Hj).
    assert (rj : r j ^ 2 = w j ^ 2 + beta).
    { unfold r; apply pow2_sqrt; assert (0 <= w j ^ 2) by apply pow2_ge_0; lra. }
    assert (o2 : others k v j ^ 2 <= others k r j ^ 2).
    { rewrite <- (pow2_abs (others k v j)); apply pow_incr; split; [apply Rabs_pos|exact Q]. }
    rewrite Rpow_mult_distr, rj.
    assert (0 <= w j ^ 2) by apply pow2_ge_0; assert (0 <= others k r j ^ 2) by apply pow2_ge_0.
    apply Rle_trans with (beta * others k r j ^ 2); [apply Rmult_le_compat_l; lra|].
    apply Rmult_le_compat_r; lra.
Qed.

(** For every n with n (2 u + u^2) <= 1, u = eta G P / beta: no square has grown by more than beta, and |p| <= P. *)
Theorem squares_bound : forall (f' : R -> R) eta k w beta G u n,
  0 <= eta -> 0 < beta ->
  (forall p, Rabs p <= grown_product k beta w -> Rabs (f' p) <= G) ->
  u = eta * G * grown_product k beta w / beta -> INR n * (2 * u + u ^ 2) <= 1 ->
  (forall j, (j < k)%nat -> descent f' eta k w n j ^ 2 <= w j ^ 2 + beta) /\
  Rabs (product k (descent f' eta k w n)) <= grown_product k beta w.
Proof.
  intros f' eta k w beta G u n He Hb HG Hu Hn; set (P := grown_product k beta w) in *.
  assert (P0 : 0 <= P) by (apply product_nonneg; intros; apply sqrt_pos).
  assert (G0 : 0 <= G).
  { apply Rle_trans with (Rabs (f' 0)); [apply Rabs_pos|apply HG; rewrite Rabs_R0; exact P0]. }
  assert (Eu : beta * u = eta * G * P) by (rewrite Hu; field; lra).
  assert (u0 : 0 <= u).
  { apply (Rmult_le_reg_l beta); [exact Hb|]; rewrite Rmult_0_r, Eu; repeat apply Rmult_le_pos; assumption. }
  set (d := 2 * u + u ^ 2) in *.
  assert (d0 : 0 <= d) by (unfold d; assert (0 <= u ^ 2) by apply pow2_ge_0; lra).
  assert (In : forall v, (forall j, (j < k)%nat -> v j ^ 2 <= w j ^ 2 + beta) -> Rabs (product k v) <= P).
  { intros v Hv; unfold P, grown_product; rewrite product_abs; apply product_le; intros i Hi; split; [apply Rabs_pos|].
    apply size_below; [assert (0 <= w i ^ 2) by apply pow2_ge_0; lra|apply Hv; exact Hi]. }
  assert (K : forall m, (m <= n)%nat -> forall j, (j < k)%nat -> descent f' eta k w m j ^ 2 <= w j ^ 2 + beta * (INR m * d)).
  { induction m as [|m IH]; intros Hm j Hj; [simpl; lra|].
    assert (Md : INR m * d <= 1).
    { apply Rle_trans with (INR n * d); [apply Rmult_le_compat_r; [exact d0|apply le_INR; lia]|exact Hn]. }
    assert (Box : forall i, (i < k)%nat -> descent f' eta k w m i ^ 2 <= w i ^ 2 + beta).
    { intros i Hi; eapply Rle_trans; [apply IH; [lia|exact Hi]|].
      assert (beta * (INR m * d) <= beta * 1) by (apply Rmult_le_compat_l; lra); lra. }
    specialize (IH ltac:(lia) j Hj); simpl descent; unfold step.
    set (v := descent f' eta k w m) in *.
    destruct (grown_others k beta w v j Hj Hb Box) as [Hp Hq]; fold P in Hp, Hq.
    set (p := product k v) in *; set (q := others k v j) in *; set (g := f' p).
    assert (Hg : Rabs g <= G) by (apply HG; exact Hp).
    assert (Ep : p = v j * q) by apply (product_others k v j Hj).
    replace ((v j - eta * g * q) ^ 2) with (v j ^ 2 - 2 * eta * (g * p) + eta ^ 2 * (g ^ 2 * q ^ 2)) by (rewrite Ep; ring).
    assert (gp : - (g * p) <= G * P).
    { apply Rle_trans with (Rabs (g * p)); [rewrite <- Rabs_Ropp; apply Rle_abs|].
      rewrite Rabs_mult; apply Rmult_le_compat; try apply Rabs_pos; assumption. }
    assert (g2 : g ^ 2 <= G ^ 2) by (rewrite <- (pow2_abs g); apply pow_incr; split; [apply Rabs_pos|exact Hg]).
    assert (gq : beta * (eta ^ 2 * (g ^ 2 * q ^ 2)) <= beta * (beta * u ^ 2)).
    { replace (beta * (eta ^ 2 * (g ^ 2 * q ^ 2))) with (eta ^ 2 * (g ^ 2 * (beta * q ^ 2))) by ring.
      replace (beta * (beta * u ^ 2)) with (eta ^ 2 * (G ^ 2 * P ^ 2)) by (replace (beta * (beta * u ^ 2)) with ((beta * u) ^ 2) by ring; rewrite Eu; ring).
      apply Rmult_le_compat_l; [apply pow2_ge_0|]; apply Rmult_le_compat; try apply pow2_ge_0; try assumption.
      apply Rmult_le_pos; [lra|apply pow2_ge_0]. }
    apply Rmult_le_reg_l in gq; [|exact Hb].
    assert (2 * eta * - (g * p) <= 2 * eta * (G * P)) by (apply Rmult_le_compat_l; lra).
    rewrite S_INR; unfold d in *; lra. }
  assert (A : forall j, (j < k)%nat -> descent f' eta k w n j ^ 2 <= w j ^ 2 + beta).
  { intros j Hj; eapply Rle_trans; [apply K; [lia|exact Hj]|].
    assert (beta * (INR n * d) <= beta * 1) by (apply Rmult_le_compat_l; lra); lra. }
  split; [exact A|apply In; exact A].
Qed.

(** The number of steps: |p| <= P for every n up to beta/(2 eta G P) - 1/4. *)
Theorem squares_hitting_time : forall (f' : R -> R) eta k w beta G n,
  0 < eta -> 0 < beta -> 0 < G ->
  (forall p, Rabs p <= grown_product k beta w -> Rabs (f' p) <= G) ->
  INR n <= beta / (2 * eta * G * grown_product k beta w) - 1 / 4 ->
  Rabs (product k (descent f' eta k w n)) <= grown_product k beta w.
Proof.
  intros f' eta k w beta G n He Hb HG HF Hn.
  assert (P0 : 0 < grown_product k beta w).
  { apply product_pos; intros i Hi; apply sqrt_lt_R0; assert (0 <= w i ^ 2) by apply pow2_ge_0; lra. }
  set (P := grown_product k beta w) in *; set (u := eta * G * P / beta).
  assert (D0 : 0 < eta * G * P) by (repeat apply Rmult_lt_0_compat; assumption).
  assert (u0 : 0 < u) by (apply Rdiv_lt_0_compat; assumption).
  destruct (squares_bound f' eta k w beta G u n ltac:(lra) Hb HF eq_refl) as [_ B]; [|exact B].
  assert (E : beta / (2 * eta * G * P) = 1 / (2 * u)) by (unfold u; field; lra).
  rewrite E in Hn; apply (Rmult_le_compat_r (2 * u + u ^ 2)) in Hn; [|assert (0 <= u ^ 2) by apply pow2_ge_0; lra].
  replace ((1 / (2 * u) - 1 / 4) * (2 * u + u ^ 2)) with (1 - u ^ 2 / 4) in Hn by (field; lra).
  assert (0 <= u ^ 2) by apply pow2_ge_0; lra.
Qed.
