(** Bartlett, Helmbold and Long, one eigenvalue at a time: descent from the identity, so that all
    layers stay equal and lambda+ = lambda + eta lambda^(L-1) (phi - lambda^L), lambda(0) = 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Geometry.
Open Scope R_scope.

Fixpoint layer (eta : R) (L : nat) (phi : R) (n : nat) : R :=
  match n with
  | O => 1
  | S m => layer eta L phi m + eta * layer eta L phi m ^ (L - 1) * (phi - layer eta L phi m ^ L)
  end.

(** The recursion is gradient descent on (prod w - phi)^2 / 2 from w = (1, ..., 1). *)
Theorem bartlett_layers_equal : forall eta L phi n j, (j < L)%nat ->
  descent (fun p => p - phi) eta L (fun _ => 1) n j = layer eta L phi n.
Proof.
  intros eta L phi n; induction n as [|n IH]; intros j Hj; simpl; [reflexivity|].
  set (v := descent (fun p => p - phi) eta L (fun _ => 1) n) in *; set (l := layer eta L phi n) in *.
  assert (P : product L v = l ^ L) by (rewrite <- product_const; apply product_ext; exact IH).
  assert (O : others L v j = l ^ (L - 1)).
  { rewrite <- (others_const L l j Hj); apply product_ext; intros i Hi; unfold but.
    destruct (Nat.eqb i j); auto. }
  unfold step; rewrite (IH j Hj), P, O; ring.
Qed.

Lemma pow_difference : forall m x y, 0 <= y <= x ->
  INR (S m) * y ^ m * (x - y) <= x ^ S m - y ^ S m <= INR (S m) * x ^ m * (x - y).
Proof.
  intros m x y H; induction m as [|m [IH1 IH2]]; [simpl; lra|].
  assert (Py : 0 <= y ^ S m) by (apply pow_le; lra).
  assert (Px : 0 <= x ^ S m) by (apply pow_le; lra).
  assert (Pxy : y ^ S m <= x ^ S m) by (apply pow_incr; lra).
  rewrite (S_INR (S m)).
  split.
  - replace (x ^ S (S m) - y ^ S (S m)) with (x * (x ^ S m - y ^ S m) + y ^ S m * (x - y)) by (simpl; ring).
    replace ((INR (S m) + 1) * y ^ S m * (x - y))
      with (y * (INR (S m) * y ^ m * (x - y)) + y ^ S m * (x - y)) by (simpl pow; ring).
    apply Rplus_le_compat_r; apply Rle_trans with (y * (x ^ S m - y ^ S m)).
    + apply Rmult_le_compat_l; lra.
    + apply Rmult_le_compat_r; lra.
  - replace (x ^ S (S m) - y ^ S (S m)) with (y * (x ^ S m - y ^ S m) + x ^ S m * (x - y)) by (simpl; ring).
    replace ((INR (S m) + 1) * x ^ S m * (x - y))
      with (x * (INR (S m) * x ^ m * (x - y)) + x ^ S m * (x - y)) by (simpl pow; ring).
    apply Rplus_le_compat_r; apply Rle_trans with (x * (x ^ S m - y ^ S m)).
    + apply Rmult_le_compat_r; lra.
    + apply Rmult_le_compat_l; lra.
Qed.

Lemma pow_difference_at : forall L x y, (1 <= L)%nat -> 0 <= y <= x ->
  INR L * y ^ (L - 1) * (x - y) <= x ^ L - y ^ L <= INR L * x ^ (L - 1) * (x - y).
Proof.
  intros L x y HL H; destruct L as [|m]; [lia|].
  replace (S m - 1)%nat with m by lia; now apply pow_difference.
Qed.

(** ** Positive targets, phi = p^L: no overshoot, and a rate that does not depend on L *)

(** Lambda^(1/L) = P >= max(1, p); the step condition is eta <= 1 / (L Lambda^(2 - 2/L)). *)
Lemma bartlett_one_step : forall eta L p P l,
  (1 <= L)%nat -> 0 < eta -> 0 < p -> p <= P -> 1 <= P ->
  eta * INR L * P ^ (2 * L - 2) <= 1 ->
  let next := l + eta * l ^ (L - 1) * (p ^ L - l ^ L) in
  (1 <= l <= p -> l <= next <= p) /\ (p <= l <= 1 -> p <= next <= l).
Proof.
  intros eta L p P l HL He Hp HpP HP1 Hstep next.
  assert (L0 : 0 <= INR L) by apply pos_INR.
  assert (PP : P ^ (2 * L - 2) = P ^ (L - 1) * P ^ (L - 1))
    by (rewrite <- pow_add; f_equal; lia).
  assert (Brk : forall a b, 0 <= a <= P -> 0 <= b <= P ->
    eta * a ^ (L - 1) * (INR L * b ^ (L - 1)) <= 1).
  { intros a b Ha Hb; eapply Rle_trans; [|exact Hstep]; rewrite PP.
    assert (a ^ (L - 1) <= P ^ (L - 1)) by (now apply pow_incr).
    assert (b ^ (L - 1) <= P ^ (L - 1)) by (now apply pow_incr).
    assert (0 <= a ^ (L - 1)) by (now apply pow_le).
    assert (0 <= b ^ (L - 1)) by (now apply pow_le).
    replace (eta * INR L * (P ^ (L - 1) * P ^ (L - 1)))
      with (eta * INR L * P ^ (L - 1) * P ^ (L - 1)) by ring.
    replace (eta * a ^ (L - 1) * (INR L * b ^ (L - 1)))
      with (eta * INR L * a ^ (L - 1) * b ^ (L - 1)) by ring.
    assert (0 <= eta * INR L) by (apply Rmult_le_pos; lra).
    apply Rmult_le_compat; auto; [now apply Rmult_le_pos|now apply Rmult_le_compat_l]. }
  split; intros Hl; unfold next.
  - destruct (pow_difference_at L p l HL) as [_ U]; [lra|].
    assert (0 <= l ^ (L - 1)) by (apply pow_le; lra).
    assert (l ^ L <= p ^ L) by (apply pow_incr; lra).
    assert (E : 0 <= eta * l ^ (L - 1)) by (apply Rmult_le_pos; lra).
    split; [assert (0 <= eta * l ^ (L - 1) * (p ^ L - l ^ L)) by (apply Rmult_le_pos; lra); lra|].
    assert (B := Brk l p ltac:(lra) ltac:(lra)).
    apply (Rmult_le_compat_l _ _ _ E) in U.
    replace (eta * l ^ (L - 1) * (INR L * p ^ (L - 1) * (p - l)))
      with (eta * l ^ (L - 1) * (INR L * p ^ (L - 1)) * (p - l)) in U by ring.
    assert (eta * l ^ (L - 1) * (INR L * p ^ (L - 1)) * (p - l) <= 1 * (p - l))
      by (apply Rmult_le_compat_r; lra).
    lra.
  - destruct (pow_difference_at L l p HL) as [_ U]; [lra|].
    assert (0 <= l ^ (L - 1)) by (apply pow_le; lra).
    assert (p ^ L <= l ^ L) by (apply pow_incr; lra).
    assert (E : 0 <= eta * l ^ (L - 1)) by (apply Rmult_le_pos; lra).
    split; [|assert (0 <= eta * l ^ (L - 1) * (l ^ L - p ^ L)) by (apply Rmult_le_pos; lra); lra].
    assert (B := Brk l l ltac:(lra) ltac:(lra)).
    apply (Rmult_le_compat_l _ _ _ E) in U.
    replace (eta * l ^ (L - 1) * (INR L * l ^ (L - 1) * (l - p)))
      with (eta * l ^ (L - 1) * (INR L * l ^ (L - 1)) * (l - p)) in U by ring.
    assert (eta * l ^ (L - 1) * (INR L * l ^ (L - 1)) * (l - p) <= 1 * (l - p))
      by (apply Rmult_le_compat_r; lra).
    lra.
Qed.

Theorem bartlett_no_overshoot : forall eta L p P n,
  (1 <= L)%nat -> 0 < eta -> 0 < p -> p <= P -> 1 <= P ->
  eta * INR L * P ^ (2 * L - 2) <= 1 ->
  (1 <= p -> 1 <= layer eta L (p ^ L) n <= layer eta L (p ^ L) (S n) /\
             layer eta L (p ^ L) (S n) <= p) /\
  (p <= 1 -> p <= layer eta L (p ^ L) (S n) <= layer eta L (p ^ L) n /\
             layer eta L (p ^ L) n <= 1).
Proof.
  intros eta L p P n HL He Hp HpP HP1 Hstep.
  assert (One := fun l => bartlett_one_step eta L p P l HL He Hp HpP HP1 Hstep); cbv zeta in One.
  split; intros C.
  - assert (I : 1 <= layer eta L (p ^ L) n <= p).
    { induction n as [|n IH]; [simpl; lra|].
      simpl layer; destruct (proj1 (One (layer eta L (p ^ L) n)) IH); lra. }
    simpl layer; destruct (proj1 (One (layer eta L (p ^ L) n)) I); lra.
  - assert (I : p <= layer eta L (p ^ L) n <= 1).
    { induction n as [|n IH]; [simpl; lra|].
      simpl layer; destruct (proj2 (One (layer eta L (p ^ L) n)) IH); lra. }
    simpl layer; destruct (proj2 (One (layer eta L (p ^ L) n)) I); lra.
Qed.

(** m = mu^(1/L) <= min(1, p): the rate is 1 - eta L mu^(2 - 2/L). *)
Theorem bartlett_rate : forall eta L p P m n,
  (1 <= L)%nat -> 0 < eta -> 0 < p -> p <= P -> 1 <= P ->
  eta * INR L * P ^ (2 * L - 2) <= 1 ->
  0 < m -> m <= p -> m <= 1 ->
  Rabs (layer eta L (p ^ L) n ^ L - p ^ L) <= (1 - eta * INR L * m ^ (2 * L - 2)) ^ n * Rabs (1 - p ^ L).
Proof.
  intros eta L p P m n HL He Hp HpP HP1 Hstep Hm Hmp Hm1.
  assert (N := fun n => bartlett_no_overshoot eta L p P n HL He Hp HpP HP1 Hstep).
  assert (L0 : 0 <= INR L) by apply pos_INR.
  assert (MM : m ^ (2 * L - 2) = m ^ (L - 1) * m ^ (L - 1)) by (rewrite <- pow_add; f_equal; lia).
  assert (MP : m ^ (2 * L - 2) <= P ^ (2 * L - 2)) by (apply pow_incr; lra).
  set (r := eta * INR L * m ^ (2 * L - 2)).
  assert (R1 : r <= 1).
  { eapply Rle_trans; [|exact Hstep]; apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact MP]. }
  assert (Gain : forall a b, m <= a -> m <= b ->
    r <= eta * INR L * (a ^ (L - 1) * b ^ (L - 1))).
  { intros a b Ha Hb; unfold r; rewrite MM; apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
    apply Rmult_le_compat; try (apply pow_le; lra); apply pow_incr; lra. }
  induction n as [|n IH]; [simpl; rewrite pow1; lra|].
  assert (Step : Rabs (layer eta L (p ^ L) (S n) ^ L - p ^ L)
    <= (1 - r) * Rabs (layer eta L (p ^ L) n ^ L - p ^ L)).
  { set (l := layer eta L (p ^ L) n) in *; set (l' := layer eta L (p ^ L) (S n)).
    assert (E : l' = l + eta * l ^ (L - 1) * (p ^ L - l ^ L)) by reflexivity.
    destruct (N n) as [N1 N2]; fold l l' in N1, N2.
    destruct (Rle_or_lt 1 p) as [C|C].
    - destruct (N1 C) as [[A1 A2] A3].
      destruct (pow_difference_at L l' l HL) as [D _]; [lra|].
      assert (l ^ L <= l' ^ L) by (apply pow_incr; lra).
      assert (l' ^ L <= p ^ L) by (apply pow_incr; lra).
      rewrite !Rabs_left1 by lra.
      replace (l' - l) with (eta * l ^ (L - 1) * (p ^ L - l ^ L)) in D by (rewrite E; ring).
      assert (G := Gain l l ltac:(lra) ltac:(lra)).
      apply (Rmult_le_compat_r (p ^ L - l ^ L)) in G; [|lra].
      replace (INR L * l ^ (L - 1) * (eta * l ^ (L - 1) * (p ^ L - l ^ L)))
        with (eta * INR L * (l ^ (L - 1) * l ^ (L - 1)) * (p ^ L - l ^ L)) in D by ring.
      lra.
    - destruct (N2 ltac:(lra)) as [[A1 A2] A3].
      destruct (pow_difference_at L l l' HL) as [D _]; [lra|].
      assert (l' ^ L <= l ^ L) by (apply pow_incr; lra).
      assert (p ^ L <= l' ^ L) by (apply pow_incr; lra).
      rewrite !Rabs_pos_eq by lra.
      replace (l - l') with (eta * l ^ (L - 1) * (l ^ L - p ^ L)) in D by (rewrite E; ring).
      assert (G := Gain l' l ltac:(lra) ltac:(lra)).
      apply (Rmult_le_compat_r (l ^ L - p ^ L)) in G; [|lra].
      replace (INR L * l' ^ (L - 1) * (eta * l ^ (L - 1) * (l ^ L - p ^ L)))
        with (eta * INR L * (l' ^ (L - 1) * l ^ (L - 1)) * (l ^ L - p ^ L)) in D by ring.
      lra. }
  eapply Rle_trans; [exact Step|].
  replace ((1 - r) ^ S n * Rabs (1 - p ^ L)) with ((1 - r) * ((1 - r) ^ n * Rabs (1 - p ^ L)))
    by (simpl; ring).
  apply Rmult_le_compat_l; lra.
Qed.

(** ** Negative targets phi = -mu: the loss never falls below mu^2 / 2 *)

Theorem bartlett_failure_even : forall eta L mu n,
  Nat.Even L -> 0 < mu -> mu ^ 2 / 2 <= (layer eta L (- mu) n ^ L - - mu) ^ 2 / 2.
Proof.
  intros eta L mu n [h ->] Hmu.
  assert (0 <= layer eta (2 * h) (- mu) n ^ (2 * h)) by (rewrite pow_mult; apply pow_le, pow2_ge_0).
  nra.
Qed.

Theorem bartlett_failure_odd : forall eta L mu n,
  (2 <= L)%nat -> 0 < eta -> 0 < mu -> eta * (1 + mu) < 1 ->
  0 < layer eta L (- mu) n <= 1 /\ mu ^ 2 / 2 <= (layer eta L (- mu) n ^ L - - mu) ^ 2 / 2.
Proof.
  intros eta L mu n HL He Hmu Hs.
  assert (I : 0 < layer eta L (- mu) n <= 1).
  { induction n as [|n IH]; [simpl; lra|]; simpl layer.
    set (l := layer eta L (- mu) n) in *.
    assert (B : forall k, 0 < l ^ k <= 1).
    { intros k; split; [apply pow_lt; lra|]; pose proof (pow_incr l 1 k ltac:(lra)) as J.
      rewrite pow1 in J; exact J. }
    assert (E : l + eta * l ^ (L - 1) * (- mu - l ^ L) = l * (1 - eta * (l ^ (L - 2) * (l ^ L + mu)))).
    { replace (l ^ (L - 1)) with (l * l ^ (L - 2)); [ring|].
      replace (L - 1)%nat with (S (L - 2)) by lia; reflexivity. }
    rewrite E; clear E.
    assert (P1 := B (L - 2)%nat); assert (P2 := B L).
    assert (0 <= l ^ (L - 2) * (l ^ L + mu) <= 1 + mu) by nra.
    assert (Y : 0 <= eta * (l ^ (L - 2) * (l ^ L + mu)) <= eta * (1 + mu))
      by (split; [apply Rmult_le_pos|apply Rmult_le_compat_l]; lra).
    set (z := eta * (l ^ (L - 2) * (l ^ L + mu))) in *; clearbody z l.
    split; [apply Rmult_lt_0_compat; lra|]; replace 1 with (1 * 1) by ring.
    apply Rmult_le_compat; lra. }
  split; [exact I|].
  assert (0 < layer eta L (- mu) n ^ L) by (apply pow_lt; lra); nra.
Qed.
