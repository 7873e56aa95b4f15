(** The real numbers in the theorem on balanced layers with a margin.

    N = n + 1 layers, c = r^N the margin, |Phi| = s^N; so c^(2 - 2/N) is r^(2n) and |Phi|^(2 - 2/N) is
    s^(2n). *)
From Coq Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Norms ZasNumbers.
Open Scope R_scope.

Lemma power_root : forall n C, 0 <= C -> exists Z, 0 <= Z /\ Z ^ S n = C.
Proof.
  intros n C HC.
  destruct (IVT_gen (fun x => x ^ S n) 0 (1 + C) C) as [Z [HZ E]].
  - intros x; apply continuity_pt_filterlim, (ex_derive_continuous (fun x => x ^ S n)).
    auto_derive; trivial.
  - assert (1 + C <= (1 + C) ^ S n) by (rewrite <- (pow_1 (1 + C)) at 1; apply Rle_pow; [lra|lia]).
    rewrite pow_ne_zero, Rmin_left, Rmax_right by (try lia; lra); lra.
  - rewrite Rmin_left, Rmax_right in HZ by lra; exists Z; split; [lra|exact E].
Qed.

Lemma power_le_inv : forall n x y, 0 <= y -> x ^ S n <= y ^ S n -> x <= y.
Proof.
  intros n x y Hy H; apply Rnot_lt_le; intros L.
  assert (y ^ n <= x ^ n) by (apply pow_incr; lra).
  assert (y ^ S n < x ^ S n); [|lra]; simpl.
  assert (0 < x ^ n) by (apply pow_lt; lra).
  apply Rle_lt_trans with (y * x ^ n); [apply Rmult_le_compat_l; assumption|].
  apply Rmult_lt_compat_r; assumption.
Qed.

(** The smallest of n + 1 factors may be left out: rho is the ratio of the last layer, Q the product of
    the others, z = r^2. *)
Lemma leave_out_smallest : forall n r B rho Q, 0 < r -> 0 <= B -> INR n * B <= r ^ 2 / 4 ->
  B <= r ^ 2 ->
  0 <= rho -> 0 <= Q -> r ^ (2 * S n) <= rho * Q -> (B <= rho -> (rho - B) ^ n <= Q) ->
  3 / 4 * r ^ (2 * n) <= Q.
Proof.
  intros n r B rho Q Hr HB HnB HBr Hrho HQ H1 H2.
  assert (Z : 0 < r ^ 2) by (apply pow_lt; exact Hr).
  assert (K : 0 < r ^ (2 * n)) by (apply pow_lt; exact Hr).
  assert (E : r ^ (2 * S n) = r ^ 2 * r ^ (2 * n)) by (rewrite <- pow_add; f_equal; lia).
  destruct (Rle_or_lt rho (r ^ 2)) as [L|L].
  - apply Rle_trans with (r ^ (2 * n)); [lra|].
    apply (Rmult_le_reg_l (r ^ 2)); [exact Z|]; rewrite <- E.
    eapply Rle_trans; [exact H1|apply Rmult_le_compat_r; assumption].
  - eapply Rle_trans; [|apply H2; lra].
    set (u := B / r ^ 2).
    assert (EB : B = r ^ 2 * u) by (unfold u; field; lra).
    assert (U : 0 <= u <= 1).
    { split; [apply Rmult_le_pos; [exact HB|left; apply Rinv_0_lt_compat; exact Z]|].
      apply (Rmult_le_reg_l (r ^ 2)); [exact Z|lra]. }
    assert (NU : INR n * u <= 1 / 4).
    { apply (Rmult_le_reg_l (r ^ 2)); [exact Z|].
      replace (r ^ 2 * (INR n * u)) with (INR n * B) by (rewrite EB; ring); lra. }
    apply Rle_trans with ((r ^ 2 * (1 - u)) ^ n).
    + rewrite Rpow_mult_distr, <- pow_mult, Rmult_comm.
      apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [|apply bernoulli; exact U]; lra.
    + apply pow_incr; split; [apply Rmult_le_pos; lra|lra].
Qed.

(** Bounds of the layers before and after a step. *)
Lemma arora_bounds : forall n eta s B Z b0 h,
  let N := INR (S n) in
  let q := s ^ (2 * n) in
  let M := b0 ^ n in
  let b := b0 * (1 + h) in
  let m := b ^ n in
  0 < s -> 0 <= eta -> eta * N * q <= 1 / 24 -> 0 <= B -> INR n * B <= s ^ 2 / 2 ->
  s ^ 2 <= Z -> Z ^ S n = 4 * s ^ (2 * S n) -> 0 < b0 -> b0 ^ 2 = Z + B ->
  h = eta * M * s ^ S n / b0 ->
  m ^ 2 <= 21 / 2 * q /\ s ^ S n * m / b <= 13 / 4 * q /\ 0 <= h.
Proof.
  intros n eta s B Z b0 h N q M b m Hs He Hr HB HnB HZ EZ Hb0 Eb0 Eh.
  assert (S2 : 0 < s ^ 2) by (apply pow_lt; exact Hs).
  assert (Q0 : 0 < q) by (apply pow_lt; exact Hs).
  assert (N0 := pos_INR n).
  assert (EN : N = INR n + 1) by apply S_INR.
  assert (Eq : s ^ (2 * S n) = s ^ 2 * q) by (unfold q; rewrite <- pow_add; f_equal; lia).
  assert (Zn : 0 < Z ^ n) by (apply pow_lt; lra).
  (* Z^n <= 4 q *)
  assert (Z1 : Z ^ n <= 4 * q).
  { apply (Rmult_le_reg_l (s ^ 2)); [exact S2|].
    apply Rle_trans with (Z * Z ^ n); [apply Rmult_le_compat_r; lra|].
    change (Z * Z ^ n) with (Z ^ S n); rewrite EZ, Eq; lra. }
  assert (M0 : 0 < M) by (apply pow_lt; exact Hb0).
  (* M^2 <= 16/3 q *)
  set (u := B / Z).
  assert (EB : B = Z * u) by (unfold u; field; lra).
  assert (U0 : 0 <= u) by (apply Rmult_le_pos; [exact HB|left; apply Rinv_0_lt_compat; lra]).
  assert (NU : INR n * u <= 1 / 2).
  { apply (Rmult_le_reg_l Z); [lra|].
    replace (Z * (INR n * u)) with (INR n * B) by (rewrite EB; ring); lra. }
  assert (M2 : M ^ 2 <= 8 * q).
  { replace (M ^ 2) with (Z ^ n * (1 + u) ^ n).
    - assert (R := power_reciprocal n u U0); assert (0 < (1 + u) ^ n) by (apply pow_lt; lra).
      assert ((1 + u) ^ n * (1 / 2) <= (1 + u) ^ n * (1 - INR n * u)) by (apply Rmult_le_compat_l; lra).
      apply Rle_trans with (4 * q * 2); [apply Rmult_le_compat; lra|lra].
    - rewrite <- Rpow_mult_distr; replace (Z * (1 + u)) with (b0 ^ 2) by (rewrite Eb0, EB; ring).
      unfold M; rewrite <- !pow_mult; f_equal; lia. }
  assert (B0 : s ^ 2 <= b0 ^ 2) by (rewrite Eb0; lra).
  assert (B1 : s <= b0) by (apply below_by_square; lra).
  assert (T : 0 < s ^ S n) by (apply pow_lt; exact Hs).
  assert (H0 : 0 <= h).
  { rewrite Eh; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact Hb0].
    apply Rmult_le_pos; [apply Rmult_le_pos|]; lra. }
  (* n h <= 1/8 *)
  assert (SS : s ^ S n = s * s ^ n) by reflexivity.
  assert (Sn : (s ^ n) ^ 2 = q) by (unfold q; rewrite <- pow_mult; f_equal; lia).
  assert (Sp : 0 < s ^ n) by (apply pow_lt; exact Hs).
  assert (H1 : h <= eta * M * s ^ n).
  { rewrite Eh; apply (Rmult_le_reg_r b0); [exact Hb0|].
    replace (eta * M * s ^ S n / b0 * b0) with (eta * M * s ^ n * s) by (rewrite SS; field; lra).
    apply Rmult_le_compat_l; [repeat apply Rmult_le_pos; lra|exact B1]. }
  assert (NH : INR n * h <= 1 / 8).
  { apply Rle_trans with (INR n * (eta * M * s ^ n)); [apply Rmult_le_compat_l; assumption|].
    apply below_by_square; [lra|].
    replace ((INR n * (eta * M * s ^ n)) ^ 2) with ((INR n * eta) ^ 2 * (M ^ 2 * (s ^ n) ^ 2)) by ring.
    rewrite Sn.
    apply Rle_trans with ((INR n * eta) ^ 2 * (8 * q * q)).
    - apply Rmult_le_compat_l; [apply pow2_ge_0|apply Rmult_le_compat_r; lra].
    - replace ((INR n * eta) ^ 2 * (8 * q * q)) with (8 * (eta * INR n * q) ^ 2) by ring.
      assert (0 <= eta * INR n * q) by (repeat apply Rmult_le_pos; lra).
      assert (eta * INR n * q <= 1 / 24).
      { eapply Rle_trans; [|exact Hr]; apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_l; lra. }
      assert ((eta * INR n * q) ^ 2 <= (1 / 24) ^ 2) by (apply pow_incr; lra); lra. }
  (* m^2 <= 21/2 q *)
  set (G := (1 + h) ^ n).
  assert (G0 : 0 < G) by (apply pow_lt; lra).
  assert (G1 : G <= 8 / 7).
  { assert (R := power_reciprocal n h H0); fold G in R.
    assert (G * (7 / 8) <= G * (1 - INR n * h)) by (apply Rmult_le_compat_l; lra); lra. }
  assert (Em : m = M * G) by (unfold m, M, G, b; apply Rpow_mult_distr).
  assert (m2 : m ^ 2 <= 21 / 2 * q).
  { rewrite Em, Rpow_mult_distr.
    apply Rle_trans with (8 * q * (8 / 7) ^ 2); [|lra].
    apply Rmult_le_compat; [apply pow2_ge_0|apply pow2_ge_0|exact M2|apply pow_incr; lra]. }
  assert (Hb : s <= b).
  { unfold b; assert (0 <= b0 * h) by (apply Rmult_le_pos; lra); lra. }
  split; [exact m2|split; [|exact H0]].
  assert (m0 : 0 <= m) by (rewrite Em; apply Rmult_le_pos; lra).
  apply (Rmult_le_reg_r b); [lra|].
  replace (s ^ S n * m / b * b) with (s ^ n * m * s) by (rewrite SS; field; lra).
  apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra| |exact Hb].
  apply below_by_square; [lra|].
  rewrite Rpow_mult_distr, Sn.
  apply Rle_trans with (q * (21 / 2 * q)); [apply Rmult_le_compat_l; lra|].
  assert (0 < q * q) by (apply Rmult_lt_0_compat; exact Q0); lra.
Qed.
