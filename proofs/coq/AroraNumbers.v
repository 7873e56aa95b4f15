(** The real numbers in the theorem on balanced layers with a margin.

    N = n + 1 layers, c = r^N the margin, |Phi| = s^N; so c^(2 - 2/N) is r^(2n) and |Phi|^(2 - 2/N) is
    s^(2n). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
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

(** Layers of norm b0 at most before a step: b0^(2n) against K q, for any depth and for two layers. *)
Definition norm_constant (n : nat) (K : R) : Prop := forall s B Z b0, 0 < s -> 0 <= B -> INR n * B <= s ^ 2 / 2 ->
  s ^ 2 <= Z -> Z ^ S n = 4 * s ^ (2 * S n) -> 0 < b0 -> b0 ^ 2 = Z + B -> (b0 ^ n) ^ 2 <= K * s ^ (2 * n).

Lemma norm_constant_any : forall n, norm_constant n 8.
Proof.
  intros n s B Z b0 Hs HB HnB HZ EZ Hb0 Eb0; set (q := s ^ (2 * n)).
  assert (S2 : 0 < s ^ 2) by (apply pow_lt; exact Hs).
  assert (Q0 : 0 < q) by (apply pow_lt; exact Hs).
  assert (N0 := pos_INR n).
  assert (Eq : s ^ (2 * S n) = s ^ 2 * q) by (unfold q; rewrite <- pow_add; f_equal; lia).
  assert (Zn : 0 < Z ^ n) by (apply pow_lt; lra).
  (* Z^n <= 4 q *)
  assert (Z1 : Z ^ n <= 4 * q).
  { apply (Rmult_le_reg_l (s ^ 2)); [exact S2|].
    apply Rle_trans with (Z * Z ^ n); [apply Rmult_le_compat_r; lra|].
    change (Z * Z ^ n) with (Z ^ S n); rewrite EZ, Eq; lra. }
  set (u := B / Z).
  assert (EB : B = Z * u) by (unfold u; field; lra).
  assert (U0 : 0 <= u) by (apply Rmult_le_pos; [exact HB|left; apply Rinv_0_lt_compat; lra]).
  assert (NU : INR n * u <= 1 / 2).
  { apply (Rmult_le_reg_l Z); [lra|].
    replace (Z * (INR n * u)) with (INR n * B) by (rewrite EB; ring); lra. }
  replace ((b0 ^ n) ^ 2) with (Z ^ n * (1 + u) ^ n).
  - assert (R := power_reciprocal n u U0); assert (0 < (1 + u) ^ n) by (apply pow_lt; lra).
    assert ((1 + u) ^ n * (1 / 2) <= (1 + u) ^ n * (1 - INR n * u)) by (apply Rmult_le_compat_l; lra).
    apply Rle_trans with (4 * q * 2); [apply Rmult_le_compat; lra|lra].
  - rewrite <- Rpow_mult_distr; replace (Z * (1 + u)) with (b0 ^ 2) by (rewrite Eb0, EB; ring).
    rewrite <- !pow_mult; f_equal; lia.
Qed.

Lemma norm_constant_two : norm_constant 1 (5 / 2).
Proof.
  intros s B Z b0 Hs HB HnB HZ EZ Hb0 Eb0; rewrite pow_1, Eb0; simpl INR in HnB; change (2 * 1)%nat with 2%nat.
  assert (S2 : 0 < s ^ 2) by (apply pow_lt; exact Hs).
  assert (E : (Z - 2 * s ^ 2) * (Z + 2 * s ^ 2) = 0) by (simpl in EZ |- *; lra).
  apply Rmult_integral in E; destruct E; lra.
Qed.

(** The steps x = eta N q that the proof allows: y bounds n h, U1 and U2 the two parts of the second order, which takes
    at most 3/10 of what the first order gains. *)
Definition step_constant (n : nat) (x : R) : Prop := exists K y U1 U2,
  norm_constant n K /\ x ^ 2 * K <= y ^ 2 /\ 0 <= y < 1 /\ K <= U1 * (1 - y) ^ 2 /\ U1 <= U2 ^ 2 /\ 0 <= U2 /\
  x * (U1 + U2) <= 3 / 5.

Lemma step_constant_any : forall n, step_constant n (1 / 24).
Proof. intros n; exists 8, (1 / 8), (21 / 2), (13 / 4); split; [apply norm_constant_any|repeat split; lra]. Qed.

Lemma step_constant_two : step_constant 1 (2 / 35).
Proof. exists (5 / 2), (1 / 11), (31 / 10), (9 / 5); split; [apply norm_constant_two|repeat split; lra]. Qed.

(** Bounds of the layers before and after a step. *)
Lemma arora_bounds : forall n eta s b0 h x K y U1 U2,
  let N := INR (S n) in
  let q := s ^ (2 * n) in
  let M := b0 ^ n in
  let b := b0 * (1 + h) in
  let m := b ^ n in
  0 < s -> 0 <= eta -> eta * N * q <= x -> s <= b0 -> M ^ 2 <= K * q ->
  x ^ 2 * K <= y ^ 2 -> 0 <= y < 1 -> K <= U1 * (1 - y) ^ 2 -> U1 <= U2 ^ 2 -> 0 <= U2 ->
  h = eta * M * s ^ S n / b0 ->
  m ^ 2 <= U1 * q /\ s ^ S n * m / b <= U2 * q /\ 0 <= h.
Proof.
  intros n eta s b0 h x K y U1 U2 N q M b m Hs He Hr B1 M2 Hxy Hy HU1 HU2 U0 Eh.
  assert (Q0 : 0 < q) by (apply pow_lt; exact Hs).
  assert (N0 := pos_INR n).
  assert (EN : N = INR n + 1) by apply S_INR.
  assert (Hb0 : 0 < b0) by lra.
  assert (M0 : 0 < M) by (apply pow_lt; exact Hb0).
  assert (K0 : 0 <= K).
  { apply (Rmult_le_reg_r q); [exact Q0|]; assert (0 <= M ^ 2) by apply pow2_ge_0; lra. }
  assert (T : 0 < s ^ S n) by (apply pow_lt; exact Hs).
  assert (H0 : 0 <= h).
  { rewrite Eh; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact Hb0].
    apply Rmult_le_pos; [apply Rmult_le_pos|]; lra. }
  (* n h <= y *)
  assert (SS : s ^ S n = s * s ^ n) by reflexivity.
  assert (Sn : (s ^ n) ^ 2 = q) by (unfold q; rewrite <- pow_mult; f_equal; lia).
  assert (Sp : 0 < s ^ n) by (apply pow_lt; exact Hs).
  assert (H1 : h <= eta * M * s ^ n).
  { rewrite Eh; apply (Rmult_le_reg_r b0); [exact Hb0|].
    replace (eta * M * s ^ S n / b0 * b0) with (eta * M * s ^ n * s) by (rewrite SS; field; lra).
    apply Rmult_le_compat_l; [repeat apply Rmult_le_pos; lra|exact B1]. }
  assert (NH : INR n * h <= y).
  { apply Rle_trans with (INR n * (eta * M * s ^ n)); [apply Rmult_le_compat_l; assumption|].
    apply below_by_square; [lra|].
    replace ((INR n * (eta * M * s ^ n)) ^ 2) with ((INR n * eta) ^ 2 * (M ^ 2 * (s ^ n) ^ 2)) by ring.
    rewrite Sn.
    apply Rle_trans with ((INR n * eta) ^ 2 * (K * q * q)).
    - apply Rmult_le_compat_l; [apply pow2_ge_0|apply Rmult_le_compat_r; lra].
    - replace ((INR n * eta) ^ 2 * (K * q * q)) with ((eta * INR n * q) ^ 2 * K) by ring.
      assert (0 <= eta * INR n * q) by (repeat apply Rmult_le_pos; lra).
      assert (eta * INR n * q <= x).
      { eapply Rle_trans; [|exact Hr]; apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_l; lra. }
      eapply Rle_trans; [|exact Hxy]; apply Rmult_le_compat_r; [exact K0|apply pow_incr; lra]. }
  (* m^2 <= U1 q *)
  set (G := (1 + h) ^ n).
  assert (G0 : 0 < G) by (apply pow_lt; lra).
  assert (G1 : G * (1 - y) <= 1).
  { assert (R := power_reciprocal n h H0); fold G in R.
    assert (G * (1 - y) <= G * (1 - INR n * h)) by (apply Rmult_le_compat_l; lra); lra. }
  assert (Em : m = M * G) by (unfold m, M, G, b; apply Rpow_mult_distr).
  assert (Y0 : 0 < (1 - y) ^ 2) by (apply pow_lt; lra).
  assert (m2 : m ^ 2 <= U1 * q).
  { apply (Rmult_le_reg_r ((1 - y) ^ 2)); [exact Y0|].
    rewrite Em; replace ((M * G) ^ 2 * (1 - y) ^ 2) with (M ^ 2 * (G * (1 - y)) ^ 2) by ring.
    apply Rle_trans with (K * q * 1).
    - apply Rmult_le_compat; [apply pow2_ge_0|apply pow2_ge_0|exact M2|].
      assert (Z : (G * (1 - y)) ^ 2 <= 1 ^ 2) by (apply pow_incr; split; [apply Rmult_le_pos; lra|exact G1]); lra.
    - rewrite Rmult_1_r; replace (U1 * q * (1 - y) ^ 2) with (U1 * (1 - y) ^ 2 * q) by ring; apply Rmult_le_compat_r; lra. }
  assert (Hb : s <= b).
  { unfold b; assert (0 <= b0 * h) by (apply Rmult_le_pos; lra); lra. }
  split; [exact m2|split; [|exact H0]].
  assert (m0 : 0 <= m) by (rewrite Em; apply Rmult_le_pos; lra).
  apply (Rmult_le_reg_r b); [lra|].
  replace (s ^ S n * m / b * b) with (s ^ n * m * s) by (rewrite SS; field; lra).
  assert (UQ : 0 <= U2 * q) by (apply Rmult_le_pos; lra).
  apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra| |exact Hb].
  apply below_by_square; [exact UQ|].
  rewrite Rpow_mult_distr, Sn.
  apply Rle_trans with (q * (U1 * q)); [apply Rmult_le_compat_l; lra|].
  replace ((U2 * q) ^ 2) with (q * (U2 ^ 2 * q)) by ring; apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_r; lra].
Qed.
