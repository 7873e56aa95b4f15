(** Assumption 3.1 of Nguyen and Mondelli is met: from a start with positive least singular values, (7) and (8) hold for all targets that are
    near enough to its output. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidStart.
Open Scope R_scope.

Theorem nguyen_mondelli_assumption_3_1 : forall s N n L X W a lambda bar least lambdaF x2 m gamma x, 0 < gamma ->
  pyramid_start s N n L X W a lambda bar least lambdaF x2 m -> x = rnorm N (n 0%nat) X ->
  exists r, 0 < r /\ forall Y e, e = sqrt (2 * network_loss s N n L X Y W) -> e <= r ->
    condition_7 gamma L x e lambda bar lambdaF /\ condition_8 gamma L x e lambda bar lambdaF x2.
Proof.
  intros s N n L X W a lambda bar least lambdaF x2 m gamma x g0 [_ [Low [F0 [_ [x20 [_ [_ [_ [_ [m0 Hm]]]]]]]]]] Ex.
  assert (B0 : forall l, (2 <= l < L)%nat -> 0 < lambda l * bar l).
  { intros l Hl; destruct (Low l Hl) as [_ [A _]]; specialize (Hm l ltac:(lia)); apply Rmult_lt_0_compat; lra. }
  assert (K0 : 0 <= pyramid_factor gamma L x 1 lambda bar).
  { unfold pyramid_factor; rewrite Rmult_1_r; apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos|]|].
    - assert (P := pow_lt gamma 4 g0); lra.
    - apply pow_le; left; apply Rdiv_lt_0_compat; [lra|apply pow_lt; exact g0].
    - rewrite Ex; apply rnorm_nonneg.
    - assert (P : 0 < tail_product L lambda) by (apply product_pos; intros i Hi; apply (Low (2 + i)%nat); lia).
      assert (Q : 0 < tail_product L bar) by (apply product_pos; intros i Hi; specialize (Hm (2 + i)%nat ltac:(lia)); lra).
      left; apply Rdiv_lt_0_compat; [exact Q|apply pow_lt; exact P]. }
  set (k := pyramid_factor gamma L x 1 lambda bar) in *; set (c := fun l => Rabs (2 * bar 0%nat * bar 1%nat / (lambda l * bar l))).
  set (D := total L c + Rabs (bar 0%nat) + Rabs (bar 1%nat) + 2 * x2 * Rabs (bar 1%nat)).
  assert (T0 : 0 <= total L c) by (apply total_nonneg; intros; apply Rabs_pos).
  assert (A0 := Rabs_pos (bar 0%nat)); assert (A1 := Rabs_pos (bar 1%nat)); assert (A2 : 0 <= 2 * x2 * Rabs (bar 1%nat)) by (apply Rmult_le_pos; lra).
  assert (D0 : 0 <= k * D) by (apply Rmult_le_pos; [exact K0|unfold D; lra]).
  set (f := Rmin (lambdaF ^ 2) (lambdaF ^ 3)); assert (f0 : 0 < f) by (apply Rmin_glb_lt; apply pow_lt; exact F0).
  exists (f / (1 + k * D)); split; [apply Rdiv_lt_0_compat; lra|]; intros Y e Ee He.
  assert (e0 : 0 <= e) by (rewrite Ee; apply sqrt_pos).
  assert (Near : forall z, Rabs z <= D -> e * k * z <= f).
  { intros z Hz; apply Rle_trans with (e * (1 + k * D)).
    - rewrite Rmult_assoc; apply Rmult_le_compat_l; [exact e0|]; apply Rle_trans with (k * D); [|lra].
      apply Rmult_le_compat_l; [exact K0|]; assert (Z := Rle_abs z); lra.
    - apply (Rmult_le_compat_r (1 + k * D)) in He; [|lra]; replace (f / (1 + k * D) * (1 + k * D)) with f in He by (field; lra); exact He. }
  assert (Fe : pyramid_factor gamma L x e lambda bar = e * k) by (unfold k, pyramid_factor; ring).
  assert (f2 := Rmin_l (lambdaF ^ 2) (lambdaF ^ 3)); assert (f3 := Rmin_r (lambdaF ^ 2) (lambdaF ^ 3)); fold f in f2, f3.
  unfold condition_7, condition_8; rewrite Fe; split; [split; [|split]|].
  - intros l Hl; eapply Rle_trans; [apply Near|exact f2].
    assert (T := total_one L c l ltac:(intros; apply Rabs_pos) ltac:(lia)); unfold c at 1 in T; unfold D; lra.
  - eapply Rle_trans; [apply Near|exact f2]; unfold D; lra.
  - eapply Rle_trans; [apply Near|exact f2]; unfold D; lra.
  - replace (2 * x2 * (e * k) * bar 1%nat) with (e * k * (2 * x2 * bar 1%nat)) by ring; eapply Rle_trans; [apply Near|exact f3].
    rewrite Rabs_mult, (Rabs_right (2 * x2)) by lra; unfold D; lra.
Qed.
