(** The real numbers in the descent theorem of zas.md: no matrices here.

    n inner layers, y = eta n phi^2 with eta + 16 y <= 1, alpha = 3 y / 2.  Where zas.md has
    exponentials and their chords, this file has (1 + A)^n (1 - n A) <= 1, and all is rational. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Norms.
Open Scope R_scope.

(** ** Powers *)

Lemma bernoulli : forall n A, 0 <= A <= 1 -> 1 - INR n * A <= (1 - A) ^ n.
Proof.
  induction n as [|n IH]; intros A HA; [simpl; lra|].
  rewrite S_INR; simpl; specialize (IH A HA).
  assert (N := pos_INR n).
  assert ((1 - A) * (1 - INR n * A) <= (1 - A) * (1 - A) ^ n) by (apply Rmult_le_compat_l; lra).
  assert (0 <= INR n * (A * A)) by (apply Rmult_le_pos; [lra|apply Rle_0_sqr]); lra.
Qed.

Lemma power_reciprocal : forall n h, 0 <= h -> (1 + h) ^ n * (1 - INR n * h) <= 1.
Proof.
  induction n as [|n IH]; intros h Hh; [simpl; lra|].
  rewrite S_INR; simpl; specialize (IH h Hh).
  assert (0 < (1 + h) ^ n) by (apply pow_lt; lra); assert (N := pos_INR n).
  apply Rle_trans with ((1 + h) ^ n * (1 - INR n * h)); [|exact IH].
  replace ((1 + h) * (1 + h) ^ n * (1 - (INR n + 1) * h))
    with ((1 + h) ^ n * ((1 + h) * (1 - (INR n + 1) * h))) by ring.
  apply Rmult_le_compat_l; [lra|].
  assert (0 <= INR n * (h * h)) by (apply Rmult_le_pos; [lra|apply Rle_0_sqr]); nra.
Qed.

Lemma power_above_one : forall n x, 0 <= x -> (1 + x) ^ n <= 1 + INR n * (x * (1 + x) ^ n).
Proof.
  induction n as [|n IH]; intros x Hx; [simpl; lra|].
  rewrite S_INR; simpl; specialize (IH x Hx); assert (N := pos_INR n).
  assert (1 <= (1 + x) ^ n) by (apply pow_R1_Rle; lra).
  set (p := (1 + x) ^ n) in *.
  assert (0 <= INR n * (x * p)) by (repeat apply Rmult_le_pos; lra).
  assert (0 <= x * (INR n * (x * p))) by (apply Rmult_le_pos; lra).
  assert (0 <= x * (x * p)) by (repeat apply Rmult_le_pos; lra).
  lra.
Qed.

Lemma root_exists : forall n C, 0 <= C -> exists X, 0 <= X /\ X * (1 + X) ^ n = C.
Proof.
  intros n C HC.
  destruct (IVT_gen (fun x => x * (1 + x) ^ n) 0 C C) as [X [HX E]].
  - intros x; apply continuity_pt_filterlim, (ex_derive_continuous (fun x => x * (1 + x) ^ n)).
    auto_derive; trivial.
  - assert (1 <= (1 + C) ^ n) by (apply pow_R1_Rle; lra).
    rewrite Rmult_0_l, Rmin_left, Rmax_right by nra; nra.
  - rewrite Rmin_left, Rmax_right in HX by lra; exists X; split; [lra|exact E].
Qed.

(** (d) The last layer: q (1 + q - A)^n <= C keeps q below the root X. *)
Lemma last_layer_bound : forall n A a X C q, 0 <= A < 1 -> INR n * A <= 1 - a -> 0 < a -> 0 <= X ->
  X * (1 + X) ^ n * a = C -> 0 <= q -> q * (1 + q - A) ^ n <= C -> q <= X.
Proof.
  intros n A a X C q HA Hn Ha HX EX Hq H; apply Rnot_lt_le; intros L.
  assert (B := bernoulli n A ltac:(lra)).
  assert (P1 : (1 + X) ^ n <= (1 + q) ^ n) by (apply pow_incr; lra).
  assert (P2 : ((1 + q) * (1 - A)) ^ n <= (1 + q - A) ^ n) by (apply pow_incr; nra).
  rewrite Rpow_mult_distr in P2.
  assert (P0 : 1 <= (1 + X) ^ n) by (apply pow_R1_Rle; lra).
  assert (P3 : (1 + X) ^ n * a <= (1 + q - A) ^ n).
  { eapply Rle_trans; [|exact P2]; apply Rmult_le_compat; lra. }
  assert (P4 : q * ((1 + X) ^ n * a) <= q * (1 + q - A) ^ n) by (apply Rmult_le_compat_l; lra).
  assert (0 < (1 + X) ^ n * a) by (apply Rmult_lt_0_compat; lra).
  assert (X * ((1 + X) ^ n * a) < q * ((1 + X) ^ n * a)) by (apply Rmult_lt_compat_r; lra).
  lra.
Qed.

(** (e) The bounds of the layers along the step: K = c m <= 3 phi and eta m^2 <= p. *)
Lemma step_bounds : forall n eta phi A X b0 h,
  let y := eta * INR n * phi ^ 2 in
  let a := 1 - 3 / 2 * y in
  let M := b0 ^ n in
  let m := (b0 * (1 + h)) ^ n in
  0 <= eta -> 0 <= phi -> eta + 16 * y <= 1 -> 0 <= A -> INR n * A <= 3 / 2 * y -> 0 <= X ->
  X * (1 + X) ^ n * a = 4 * phi ^ 2 -> 0 <= b0 -> b0 ^ 2 = (1 + X) * (1 + A) ->
  h = eta * phi * (sqrt X * M) ->
  (sqrt X + eta * phi * M) * m <= 3 * phi /\ eta * m ^ 2 * (1 + 3 * y) <= 4 / 3 * (1 - 9 * y).
Proof.
  intros n eta phi A X b0 h y a M m He Hp Hr HA HnA HX EX Hb0 Eb0 Eh.
  assert (N := pos_INR n).
  assert (Y0 : 0 <= y) by (unfold y; repeat apply Rmult_le_pos; try lra; apply pow2_ge_0).
  assert (Ha : 29 / 32 <= a <= 1) by (unfold a; lra).
  set (g := a - 2 * y); assert (Hg : 25 / 32 <= g <= 1) by (unfold g, a; lra).
  assert (M0 : 0 <= M) by (apply pow_le; exact Hb0).
  assert (X1 : 1 <= (1 + X) ^ n) by (apply pow_R1_Rle; lra).
  (* M^2 a <= (1 + X)^n *)
  assert (M2 : M ^ 2 * a <= (1 + X) ^ n).
  { replace (M ^ 2) with ((1 + X) ^ n * (1 + A) ^ n)
      by (rewrite <- Rpow_mult_distr, <- Eb0; unfold M; rewrite <- !pow_mult; f_equal; lia).
    assert (R := power_reciprocal n A HA).
    assert (0 < (1 + A) ^ n) by (apply pow_lt; lra).
    assert ((1 + A) ^ n * a <= (1 + A) ^ n * (1 - INR n * A))
      by (apply Rmult_le_compat_l; unfold a; lra).
    rewrite Rmult_assoc; apply Rle_trans with ((1 + X) ^ n * 1); [apply Rmult_le_compat_l; lra|lra]. }
  (* eta M^2 a^2 <= eta a + 4 y *)
  assert (T1 : eta * (M ^ 2 * a ^ 2) <= eta * a + 4 * y).
  { assert (P := power_above_one n X HX).
    assert (Q : (1 + X) ^ n * a <= a + INR n * (4 * phi ^ 2)).
    { rewrite <- EX; apply Rle_trans with ((1 + INR n * (X * (1 + X) ^ n)) * a);
        [apply Rmult_le_compat_r; lra|right; ring]. }
    replace (eta * a + 4 * y) with (eta * (a + INR n * (4 * phi ^ 2))) by (unfold y; ring).
    apply Rmult_le_compat_l; [exact He|].
    apply Rle_trans with ((1 + X) ^ n * a); [|exact Q].
    replace (M ^ 2 * a ^ 2) with (M ^ 2 * a * a) by ring; apply Rmult_le_compat_r; lra. }
  (* sqrt X M a <= 2 phi *)
  assert (S0 : 0 <= sqrt X * M) by (apply Rmult_le_pos; [apply sqrt_pos|exact M0]).
  assert (T2 : sqrt X * M * a <= 2 * phi).
  { apply below_by_square; [lra|].
    replace ((sqrt X * M * a) ^ 2) with (sqrt X ^ 2 * (M ^ 2 * a) * a) by ring.
    rewrite pow2_sqrt by exact HX.
    assert (X * (M ^ 2 * a) * a <= X * (1 + X) ^ n * a)
      by (apply Rmult_le_compat_r; [lra|apply Rmult_le_compat_l; lra]).
    lra. }
  (* B g <= a for B = (1 + h)^n *)
  set (B := (1 + h) ^ n).
  assert (H0 : 0 <= h) by (rewrite Eh; apply Rmult_le_pos; [apply Rmult_le_pos; assumption|exact S0]).
  assert (B0 : 0 < B) by (apply pow_lt; lra).
  assert (T3 : B * g <= a).
  { assert (R := power_reciprocal n h H0); fold B in R.
    assert (NH : INR n * h * a <= 2 * y).
    { rewrite Eh; replace (INR n * (eta * phi * (sqrt X * M)) * a)
        with (eta * INR n * phi * (sqrt X * M * a)) by ring.
      replace (2 * y) with (eta * INR n * phi * (2 * phi)) by (unfold y; ring).
      apply Rmult_le_compat_l; [repeat apply Rmult_le_pos; lra|exact T2]. }
    apply Rle_trans with (B * (a - INR n * h * a)); [apply Rmult_le_compat_l; unfold g; lra|].
    replace (B * (a - INR n * h * a)) with (B * (1 - INR n * h) * a) by ring.
    apply Rle_trans with (1 * a); [apply Rmult_le_compat_r; lra|lra]. }
  assert (Em : m = M * B) by (unfold m, M, B; apply Rpow_mult_distr).
  assert (Bg : 0 <= B * g) by (apply Rmult_le_pos; lra).
  split.
  - apply (Rmult_le_reg_r (g * a)); [apply Rmult_lt_0_compat; lra|].
    apply Rle_trans with (phi * (2 * a + eta * a + 4 * y)).
    + rewrite Em; replace ((sqrt X + eta * phi * M) * (M * B) * (g * a))
        with ((sqrt X * M + eta * phi * M ^ 2) * a * (B * g)) by ring.
      assert (Z0 : 0 <= (sqrt X * M + eta * phi * M ^ 2) * a).
      { apply Rmult_le_pos; [|lra]; apply Rplus_le_le_0_compat; [exact S0|].
        repeat apply Rmult_le_pos; try lra; apply pow2_ge_0. }
      apply Rle_trans with ((sqrt X * M + eta * phi * M ^ 2) * a * a).
      * apply Rmult_le_compat_l; [exact Z0|exact T3].
      * replace ((sqrt X * M + eta * phi * M ^ 2) * a * a)
          with (sqrt X * M * a * a + phi * (eta * (M ^ 2 * a ^ 2))) by ring.
        assert (sqrt X * M * a * a <= 2 * phi * a) by (apply Rmult_le_compat_r; lra).
        assert (phi * (eta * (M ^ 2 * a ^ 2)) <= phi * (eta * a + 4 * y))
          by (apply Rmult_le_compat_l; lra).
        lra.
    + rewrite (Rmult_comm 3 phi), Rmult_assoc; apply Rmult_le_compat_l; [exact Hp|].
      assert (eta * a <= (1 - 16 * y) * a) by (apply Rmult_le_compat_r; lra).
      assert (0 <= y * (1 / 16 - y)) by (apply Rmult_le_pos; lra).
      unfold g, a in *; lra.
  - apply (Rmult_le_reg_r (g ^ 2)); [apply pow_lt; lra|].
    apply Rle_trans with ((eta * a + 4 * y) * (1 + 3 * y)).
    + rewrite Em; replace (eta * (M * B) ^ 2 * (1 + 3 * y) * g ^ 2)
        with (eta * M ^ 2 * (B * g) ^ 2 * (1 + 3 * y)) by ring.
      apply Rmult_le_compat_r; [lra|].
      apply Rle_trans with (eta * M ^ 2 * a ^ 2); [|lra].
      apply Rmult_le_compat_l; [apply Rmult_le_pos; [exact He|apply pow2_ge_0]|].
      apply pow_incr; lra.
    + assert (E1 : eta * a <= (1 - 16 * y) * a) by (apply Rmult_le_compat_r; lra).
      apply Rle_trans with (((1 - 16 * y) * a + 4 * y) * (1 + 3 * y));
        [apply Rmult_le_compat_r; lra|].
      assert (Y1 : y <= 1 / 16) by lra.
      assert (0 <= y ^ 2 * (1 / 16 - y)) by (apply Rmult_le_pos; [apply pow2_ge_0|lra]).
      assert (0 <= (y - 21 / 400) ^ 2) by apply pow2_ge_0.
      unfold g, a; lra.
Qed.

(** (e) The quadratic form of the step, with q = sum of |G_l|^2 over inner layers, s = sum of |G_l|,
    w = |G_n|; it is at most 2/3 of the square of the gradient. *)
Lemma step_form : forall eta N phi q s w m K e,
  let y := eta * N * phi ^ 2 in
  0 <= eta -> 0 <= N -> 0 <= phi -> y <= 1 / 16 -> 0 <= e <= phi -> 0 <= K <= 3 * phi -> 0 <= m ->
  eta * m ^ 2 * (1 + 3 * y) <= 4 / 3 * (1 - 9 * y) -> 0 <= s -> 0 <= w -> 0 <= q -> s ^ 2 <= N * q ->
  eta * ((K * s + m * w) ^ 2 / 2 + e * (K * s ^ 2 / 2 + m * w * s)) <= 2 / 3 * (q + w ^ 2).
Proof.
  intros eta N phi q s w m K e y He HN Hphi Hy Hep HK Hm Hp Hs Hw Hq Hsq.
  set (z := phi * s); assert (Z0 : 0 <= z) by (apply Rmult_le_pos; assumption).
  assert (Y0 : 0 <= y) by (unfold y; repeat apply Rmult_le_pos; try lra; apply pow2_ge_0).
  assert (mw : 0 <= m * w) by (apply Rmult_le_pos; assumption).
  assert (F1 : (K * s + m * w) ^ 2 <= (3 * z + m * w) ^ 2).
  { apply pow_incr; assert (K * s <= 3 * phi * s) by (apply Rmult_le_compat_r; lra).
    assert (0 <= K * s) by (apply Rmult_le_pos; lra); unfold z; lra. }
  assert (F2 : e * (K * s ^ 2 / 2 + m * w * s) <= phi * (3 * phi * s ^ 2 / 2 + m * w * s)).
  { assert (S2 : 0 <= s ^ 2) by apply pow2_ge_0.
    assert (K * s ^ 2 <= 3 * phi * s ^ 2) by (apply Rmult_le_compat_r; lra).
    assert (0 <= K * s ^ 2) by (apply Rmult_le_pos; lra).
    assert (0 <= m * w * s) by (apply Rmult_le_pos; lra).
    apply Rmult_le_compat; lra. }
  assert (F3 : eta * z ^ 2 <= y * q).
  { unfold z, y; replace (eta * N * phi ^ 2 * q) with (eta * phi ^ 2 * (N * q)) by ring.
    replace (eta * (phi * s) ^ 2) with (eta * phi ^ 2 * s ^ 2) by ring.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|exact Hsq]. }
  apply Rle_trans with (eta * (6 * z ^ 2 + 4 * z * (m * w) + (m * w) ^ 2 / 2)).
  { apply Rmult_le_compat_l; [exact He|].
    assert (F2' : phi * (3 * phi * s ^ 2 / 2 + m * w * s) = 3 / 2 * z ^ 2 + z * (m * w))
      by (unfold z; field).
    lra. }
  set (p := eta * m ^ 2) in *; set (t := 4 / 3 * (1 - 9 * y)) in *.
  assert (T0 : 0 < t) by (unfold t; lra).
  assert (P0 : 0 <= p) by (apply Rmult_le_pos; [exact He|apply pow2_ge_0]).
  (* t (4/3 - p) >= 16 y p *)
  assert (D : 0 <= t * (4 / 3 - p) - 16 * y * p).
  { assert (0 <= t - p * (1 + 3 * y)) by lra; replace (t * (4 / 3 - p) - 16 * y * p) with
      (4 / 3 * (t - p * (1 + 3 * y))) by (unfold t; field); lra. }
  destruct (Rle_lt_or_eq_dec 0 y Y0) as [Yp|Yz].
  - enough (0 <= t * q + (4 / 3 - p) * w ^ 2 - 8 * (eta * z * (m * w))).
    { assert (Ep : eta * (m * w) ^ 2 = p * w ^ 2) by (unfold p; ring).
      assert (t * q = 4 / 3 * q - 12 * (y * q)) by (unfold t; field).
      lra. }
    apply (Rmult_le_reg_l (y * t)); [apply Rmult_lt_0_compat; assumption|rewrite Rmult_0_r].
    assert (C1 : t * t * (eta * z ^ 2) <= t * t * (y * q))
      by (apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact F3]).
    assert (C2 : 0 <= eta * (t * z - 4 * y * (m * w)) ^ 2)
      by (apply Rmult_le_pos; [exact He|apply pow2_ge_0]).
    assert (C3 : 0 <= y * w ^ 2 * (t * (4 / 3 - p) - 16 * y * p)).
    { apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|exact D]. }
    replace (y * t * (t * q + (4 / 3 - p) * w ^ 2 - 8 * (eta * z * (m * w))))
      with ((t * t * (y * q) - t * t * (eta * z ^ 2)) + eta * (t * z - 4 * y * (m * w)) ^ 2
        + y * w ^ 2 * (t * (4 / 3 - p) - 16 * y * p)) by (unfold p; ring).
    lra.
  - assert (F0 : eta * z = 0).
    { rewrite <- Yz in F3; destruct (Req_dec eta 0) as [E0|N0]; [rewrite E0; ring|].
      replace z with 0; [ring|].
      assert (0 <= eta * z ^ 2) by (apply Rmult_le_pos; [exact He|apply pow2_ge_0]).
      assert (Z2 : eta * z ^ 2 = 0) by lra.
      destruct (Rmult_integral _ _ Z2) as [E1|E1]; [contradiction|].
      symmetry; apply Rsqr_0_uniq; unfold Rsqr; simpl in E1; lra. }
    replace (eta * (6 * z ^ 2 + 4 * z * (m * w) + (m * w) ^ 2 / 2))
      with (eta * z * (6 * z + 4 * (m * w)) + p * w ^ 2 / 2) by (unfold p; field).
    rewrite F0, Rmult_0_l, Rplus_0_l.
    assert (p <= 4 / 3) by (rewrite <- Yz in Hp; unfold t in *; rewrite <- Yz in Hp; lra).
    assert (p * w ^ 2 <= 4 / 3 * w ^ 2) by (apply Rmult_le_compat_r; [apply pow2_ge_0|lra]).
    lra.
Qed.
