(** Shamir's Theorems 2 and 3 in his words: Assumptions 1 to 3 with constants that do not depend on the depth,
    and constants of the conclusion that depend on these alone. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Xavier AnyLaw XavierAnyLaw NearIdentity Remainder.
Open Scope R_scope.

(** Assumption 1, low being inf f and gap the distance from there to the infimum over p >= -1/2. *)
Definition assumption_1 (f f' : R -> R) (low gap : R) : Prop :=
  (forall p, is_derive f p (f' p)) /\
  (forall z, 0 < z -> exists M, forall p q, - (1 / 2) <= p < z -> - (1 / 2) <= q < z ->
    Rabs (f p - f q) <= M * Rabs (p - q)) /\
  (forall p q, - (1 / 2) <= p < q -> f p < f q) /\
  0 < gap /\ (forall p, - (1 / 2) <= p -> low + gap <= f p).

(** Assumption 2 with its constants c1 and 1 - a: variance 1, P(|w| <= b) <= c1 b, E|w| <= a. *)
Definition assumption_2 (c1 a : R) (k : nat) (P : weights k) : Prop :=
  (single P Rabs /\ average P Rabs <= a) /\
  (single P (fun x => x ^ 2) /\ average P (fun x => x ^ 2) <= 1) /\
  (forall b, 0 <= b -> single P (within b) /\ average P (within b) <= c1 * b).

(** Assumption 3. *)
Definition assumption_3 (c1 c2 c3 : R) (k : nat) (w : nat -> R) : Prop :=
  (forall i, (i < k)%nat -> Rabs (w i - 1) <= Rpower (INR k) (- c1)) /\ c2 <= product k w <= c3.

Lemma slope_between : forall f p l low high room, is_derive f p l -> 0 < room ->
  (forall h, 0 < h < room -> low <= (f (p + h) - f p) / h <= high) -> low <= l <= high.
Proof.
  intros f p l low high room D Hr H; apply is_derive_Reals in D.
  assert (N : forall e, 0 < e -> low - e <= l <= high + e).
  { intros e He; destruct (D e He) as [d Hd]; set (h := Rmin (d / 2) (room / 2)).
    assert (d0 := cond_pos d).
    assert (h0 : 0 < h) by (unfold h; apply Rmin_glb_lt; lra).
    assert (h1 : h <= d / 2) by apply Rmin_l; assert (h2 : h <= room / 2) by apply Rmin_r.
    specialize (Hd h ltac:(lra) ltac:(rewrite Rabs_right; lra)); apply Rabs_def2 in Hd.
    specialize (H h ltac:(lra)); lra. }
  split; apply le_epsilon; intros e He; specialize (N e He); lra.
Qed.

Lemma slopes_of_assumption_1 : forall f f' low gap z, assumption_1 f f' low gap -> 0 < z ->
  exists M, 0 < M /\ forall p, - (1 / 2) <= p < z -> 0 <= f' p <= M.
Proof.
  intros f f' low gap z [D [Li [In _]]] Hz; destruct (Li z Hz) as [M HM].
  exists (Rmax 1 M); split; [assert (1 <= Rmax 1 M) by apply Rmax_l; lra|]; intros p Hp.
  apply (slope_between f p (f' p) 0 (Rmax 1 M) (z - p) (D p) ltac:(lra)); intros h Hh.
  assert (U := In p (p + h) ltac:(lra)); assert (V := HM (p + h) p ltac:(lra) ltac:(lra)).
  rewrite (Rabs_right (f (p + h) - f p)) in V by lra.
  replace (p + h - p) with h in V by ring; rewrite (Rabs_right h) in V by lra.
  assert (M <= Rmax 1 M) by apply Rmax_r.
  split.
  - unfold Rdiv; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra].
  - apply (Rmult_le_reg_r h); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    eapply Rle_trans; [exact V|apply Rmult_le_compat_r; lra].
Qed.

(** Constants beyond which a depth is large enough. *)
Lemma a_depth_above : forall x, exists k0, forall k, (k0 <= k)%nat -> x <= INR k.
Proof.
  intros x; exists (Z.to_nat (up (Rmax 0 x))); intros k Hk.
  apply Rle_trans with (INR (Z.to_nat (up (Rmax 0 x)))); [|apply le_INR; exact Hk].
  assert (A := archimed (Rmax 0 x)); assert (0 <= Rmax 0 x) by apply Rmax_l; assert (x <= Rmax 0 x) by apply Rmax_r.
  assert (0 <= up (Rmax 0 x))%Z by (apply le_IZR; lra).
  rewrite INR_IZR_INZ, Z2Nat.id by assumption; lra.
Qed.

(** Theorem 3: near the identity, for every step size up to a constant, e^(r k) steps at least. *)
Theorem shamir_theorem_3_printed : forall f f' low gap c1 c2 c3,
  assumption_1 f f' low gap -> 0 < c1 ->
  exists c c' r k0, 0 < c /\ 0 < c' /\ 0 < r /\ forall k w eta n,
    (k0 <= k)%nat -> assumption_3 c1 c2 c3 k w -> 0 < eta <= c ->
    f (product k (descent f' eta k w n)) < low + c' -> exp (r * INR k) <= INR n.
Proof.
  intros f f' low gap c1 c2 c3 HA H1.
  set (C := Rmax 1 c3); assert (C1 : 1 <= C) by apply Rmax_l; assert (C3 : c3 <= C) by apply Rmax_r.
  destruct (slopes_of_assumption_1 f f' low gap (C + 1) HA ltac:(lra)) as [M [M0 HM]].
  destruct HA as [D [_ [_ [g0 Hg]]]].
  destruct (a_depth_above (Rmax 10 (exp (ln 16 / c1)))) as [k0 Hk0].
  assert (l2 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  exists (/ (8 * C * M)), gap, (ln 2 / 4), k0.
  assert (P0 : 0 < 8 * C * M) by (repeat apply Rmult_lt_0_compat; lra).
  repeat split; try lra; [apply Rinv_0_lt_compat; exact P0|].
  intros k w eta n Hk [Hw [_ Hp]] He Hf.
  specialize (Hk0 k Hk).
  assert (K10 : 10 <= INR k) by (eapply Rle_trans; [apply Rmax_l|exact Hk0]).
  assert (Kc : exp (ln 16 / c1) <= INR k) by (eapply Rle_trans; [apply Rmax_r|exact Hk0]).
  assert (L16 : ln 16 / c1 <= ln (INR k)).
  { rewrite <- (ln_exp (ln 16 / c1)); apply Rcomplements.ln_le; [apply exp_pos|exact Kc]. }
  assert (R16 : Rpower (INR k) (- c1) <= 1 / 16).
  { unfold Rpower; replace (1 / 16) with (exp (- ln 16)) by (rewrite exp_Ropp, exp_ln by lra; lra).
    apply exp_le_compat; apply (Rmult_le_compat_r c1) in L16; [|lra].
    unfold Rdiv in L16; rewrite Rmult_assoc, Rinv_l in L16 by lra; lra. }
  assert (E8 : eta * M * C <= 1 / 8).
  { assert (X : eta * (8 * C * M) <= 1).
    { replace 1 with (/ (8 * C * M) * (8 * C * M)) by (field; lra); apply Rmult_le_compat_r; lra. }
    lra. }
  assert (EM0 : 0 < eta * M) by (apply Rmult_lt_0_compat; lra).
  assert (EM : eta * M <= 1 / 8).
  { apply Rle_trans with (eta * M * C); [|exact E8]; rewrite <- (Rmult_1_r (eta * M)) at 1; apply Rmult_le_compat_l; lra. }
  destruct (Rlt_le_dec (INR n * (4 * eta * M)) (sqrt 2 ^ (k - 1))) as [Hn|Hn].
  - exfalso.
    destruct (shamir_theorem_3_exponential f f' eta k w C M n) as [_ F]; try assumption; try lra.
    + intros i Hi; eapply Rle_trans; [apply Hw; exact Hi|exact R16].
    + intros p Hpc; apply HM; lra.
    + assert (G := Hg 0 ltac:(lra)); lra.
  - assert (n0 := pos_INR n).
    assert (B : sqrt 2 ^ (k - 1) <= INR n).
    { eapply Rle_trans; [exact Hn|]; rewrite <- (Rmult_1_r (INR n)) at 2; apply Rmult_le_compat_l; lra. }
    eapply Rle_trans; [|exact B].
    rewrite <- Rpower_pow by (apply sqrt_lt_R0; lra).
    rewrite <- Rpower_sqrt, Rpower_mult by lra; unfold Rpower; apply exp_le_compat.
    assert (Ek : INR (k - 1) = INR k - 1) by (rewrite minus_INR; [reflexivity|]; apply INR_le; simpl; lra).
    rewrite Ek; assert (0 <= (INR k - 10) * ln 2) by (apply Rmult_le_pos; lra); lra.
Qed.

(** Powers of the depth are small against its exponential. *)
Lemma squares_below_exponential : forall K m x, 0 <= K -> 0 < m -> 27 * K / m ^ 3 <= x -> 0 <= x -> K * x ^ 2 <= exp (m * x).
Proof.
  intros K m x HK Hm Hx x0.
  assert (E : 1 + m * x / 3 <= exp (m * x / 3)) by apply exp_ineq1_le.
  assert (y0 : 0 <= m * x / 3) by (assert (0 <= m * x) by (apply Rmult_le_pos; lra); lra).
  assert (P : (m * x / 3) ^ 3 <= exp (m * x / 3) ^ 3) by (apply pow_incr; lra).
  assert (X : exp (m * x / 3) ^ 3 = exp (m * x)) by (simpl; rewrite Rmult_1_r, <- !exp_plus; f_equal; field).
  rewrite X in P; eapply Rle_trans; [|exact P].
  assert (m3 : 0 < m ^ 3) by (apply pow_lt; exact Hm).
  apply (Rmult_le_compat_r (m ^ 3 / 27 * x ^ 2)) in Hx; [|apply Rmult_le_pos; [lra|apply pow2_ge_0]].
  replace (27 * K / m ^ 3 * (m ^ 3 / 27 * x ^ 2)) with (K * x ^ 2) in Hx by (field; lra).
  eapply Rle_trans; [exact Hx|right; field].
Qed.

Lemma at_most_less : forall k (P : weights k) (A B : (nat -> R) -> Prop) b b',
  (forall w, B w -> A w) -> b <= b' -> at_most P A b -> at_most P B b'.
Proof.
  intros k P A B b b' HAB Hb [X [V [X0 [X1 EX]]]]; exists X; repeat split; auto; lra.
Qed.

(** Theorem 2: for every step size up to e^(c k), with probability 1 - e^(-r k), e^(r k) steps at least. *)
Theorem shamir_theorem_2_printed : forall f f' low gap c1 c2,
  assumption_1 f f' low gap -> 0 <= c1 -> 0 < c2 < 1 ->
  exists c c' r k0, 0 < c /\ 0 < c' /\ 0 < r /\ forall k (P : weights k) eta,
    (k0 <= k)%nat -> assumption_2 c1 (1 - c2) k P -> 0 < eta <= exp (c * INR k) ->
    at_most P (reaches f f' eta low c' (exp (r * INR k)) k) (exp (- (r * INR k))).
Proof.
  intros f f' low gap c1 c2 HA H1 H2; set (a := 1 - c2).
  destruct (slopes_of_assumption_1 f f' low gap 1 HA ltac:(lra)) as [M [M0 HM]].
  destruct HA as [D [_ [_ [g0 Hg]]]].
  set (lam := - ln a / 4).
  assert (l0 : 0 < lam).
  { assert (ln a < ln 1) by (apply ln_increasing; unfold a; lra); rewrite ln_1 in *; unfold lam; lra. }
  assert (l2 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  set (K := (16 + (c1 + 2) + 2 * M / ln 2) * exp (2 * lam)).
  assert (M2 : 0 < 2 * M / ln 2) by (apply Rdiv_lt_0_compat; lra).
  assert (K0 : 0 <= K) by (apply Rmult_le_pos; [lra|left; apply exp_pos]).
  destruct (a_depth_above (Rmax 2 (27 * K / (lam / 2) ^ 3))) as [k0 Hk0].
  exists (lam / 4), gap, (lam / 4), k0; repeat split; try lra.
  intros k P eta Hk [[S1 A1] [[S2 A2] Hc]] He; specialize (Hk0 k Hk).
  assert (K2 : 2 <= INR k) by (eapply Rle_trans; [apply Rmax_l|exact Hk0]).
  assert (Kx : 27 * K / (lam / 2) ^ 3 <= INR k) by (eapply Rle_trans; [apply Rmax_r|exact Hk0]).
  assert (B := squares_below_exponential K (lam / 2) (INR k) K0 ltac:(lra) Kx ltac:(lra)).
  assert (k2 : (2 <= k)%nat) by (apply INR_le; simpl; lra).
  set (x := INR k) in *.
  (* a^((k-1)/2) = e^(-2 lam (k-1)) *)
  assert (Ea : sqrt a ^ (k - 1) = exp (- (2 * lam * (x - 1)))).
  { rewrite <- Rpower_pow by (apply sqrt_lt_R0; unfold a; lra).
    rewrite <- Rpower_sqrt, Rpower_mult by (unfold a; lra); unfold Rpower.
    rewrite minus_INR by lia; fold x; simpl INR; f_equal; unfold lam; field. }
  set (alpha := x * sqrt a ^ (k - 1)).
  set (u := exp (- (lam * (x - 1)))).
  assert (u0 : 0 < u) by apply exp_pos.
  assert (Eu : sqrt a ^ (k - 1) = u * u) by (rewrite Ea; unfold u; rewrite <- exp_plus; f_equal; ring).
  assert (u1 : u <= 1).
  { apply Rle_trans with (exp 0); [unfold u; apply exp_le_compat|rewrite exp_0; lra].
    assert (0 <= lam * (x - 1)) by (apply Rmult_le_pos; lra); lra. }
  set (v := exp (- (lam / 4 * x))).
  assert (v0 : 0 < v) by apply exp_pos.
  assert (v1 : v <= 1).
  { apply Rle_trans with (exp 0); [unfold v; apply exp_le_compat|rewrite exp_0; lra].
    assert (0 <= lam / 4 * x) by (apply Rmult_le_pos; lra); lra. }
  (* K x^2 u <= e^(2 lam) e^(lam x/2) e^(-lam (x-1)): what beats all powers of the depth *)
  assert (Big : (16 + (c1 + 2) + 2 * M / ln 2) * x ^ 2 * u <= v * v).
  { apply (Rmult_le_reg_r (exp (2 * lam) * exp (lam / 2 * x))); [apply Rmult_lt_0_compat; apply exp_pos|].
    replace (v * v * (exp (2 * lam) * exp (lam / 2 * x))) with (exp (2 * lam)).
    2:{ unfold v; rewrite <- !exp_plus; f_equal; field. }
    replace ((16 + (c1 + 2) + 2 * M / ln 2) * x ^ 2 * u * (exp (2 * lam) * exp (lam / 2 * x)))
      with (K * x ^ 2 * (u * exp (lam / 2 * x))) by (unfold K; ring).
    apply Rle_trans with (exp (lam / 2 * x) * (u * exp (lam / 2 * x))).
    - apply Rmult_le_compat_r; [apply Rmult_le_pos; left; [exact u0|apply exp_pos]|exact B].
    - unfold u; rewrite <- !exp_plus; apply exp_le_compat; lra. }
  assert (x2 : x <= x ^ 2) by (clear - K2; nra).
  assert (X1 : 1 <= x ^ 2) by lra.
  assert (xu : 0 < x ^ 2 * u) by (apply Rmult_lt_0_compat; lra).
  assert (vv : v * v <= v) by (clear - v0 v1; nra).
  assert (B16 : 16 * (x ^ 2 * u) <= v * v).
  { eapply Rle_trans; [|exact Big]; rewrite Rmult_assoc; apply Rmult_le_compat_r; lra. }
  assert (Bc : (c1 + 2) * (x ^ 2 * u) <= v * v).
  { eapply Rle_trans; [|exact Big]; rewrite Rmult_assoc; apply Rmult_le_compat_r; lra. }
  assert (BM : 2 * M / ln 2 * (x ^ 2 * u) <= v * v).
  { eapply Rle_trans; [|exact Big]; rewrite Rmult_assoc; apply Rmult_le_compat_r; lra. }
  assert (al0 : 0 < alpha) by (unfold alpha; rewrite Eu; repeat apply Rmult_lt_0_compat; lra).
  assert (al : alpha <= x ^ 2 * u).
  { unfold alpha; rewrite Eu; apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|].
    rewrite <- (Rmult_1_r u) at 3; apply Rmult_le_compat_l; lra. }
  assert (sal : sqrt alpha <= x * u).
  { rewrite <- (sqrt_pow2 (x * u)) by (apply Rmult_le_pos; lra); apply sqrt_le_1_alt.
    unfold alpha; rewrite Eu; replace ((x * u) ^ 2) with (x ^ 2 * (u * u)) by ring.
    apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact x2]. }
  assert (sa0 : 0 < sqrt alpha) by (apply sqrt_lt_R0; exact al0).
  refine (at_most_less k P _ _ _ _ _ _
    (shamir_theorem_2 k P f f' eta a c1 alpha M low gap k2 (proj1 He) ltac:(unfold a; lra) S1 A1 S2 A2 Hc M0 _ eq_refl _)).
  - intros w [n [Hn Hf]]; exists n; split; [|exact Hf]; eapply Rle_trans; [exact Hn|]; fold x.
    assert (den : 0 < 2 * x * eta * M * sqrt alpha) by (repeat apply Rmult_lt_0_compat; lra).
    apply (Rmult_le_reg_r (2 * x * eta * M * sqrt alpha)); [exact den|].
    replace (ln 2 / (2 * x * eta * M * sqrt alpha) * (2 * x * eta * M * sqrt alpha)) with (ln 2)
      by (field; repeat split; lra).
    apply Rle_trans with (exp (lam / 4 * x) * (2 * x * exp (lam / 4 * x) * M * (x * u))).
    + apply Rmult_le_compat_l; [left; apply exp_pos|].
      apply Rmult_le_compat; try lra; [repeat apply Rmult_le_pos; lra|].
      apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_l; lra.
    + assert (Q : exp (lam / 4 * x) * v = 1) by (unfold v; rewrite <- exp_plus, <- exp_0; f_equal; ring).
      assert (e0 : 0 < exp (lam / 4 * x)) by apply exp_pos.
      replace (exp (lam / 4 * x) * (2 * x * exp (lam / 4 * x) * M * (x * u)))
        with (ln 2 * (2 * M / ln 2 * (x ^ 2 * u)) * (exp (lam / 4 * x) * exp (lam / 4 * x))) by (field; lra).
      apply Rle_trans with (ln 2 * (v * v) * (exp (lam / 4 * x) * exp (lam / 4 * x))).
      * apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra].
      * right; replace (ln 2 * (v * v) * (exp (lam / 4 * x) * exp (lam / 4 * x)))
          with (ln 2 * (exp (lam / 4 * x) * v) * (exp (lam / 4 * x) * v)) by ring; rewrite Q; ring.
  - fold x; fold v; eapply Rle_trans; [|eapply Rle_trans; [exact Bc|exact vv]].
    rewrite Eu; replace ((c1 + 2) * (x ^ 2 * u)) with (x ^ 2 * u + x * (c1 + 1) * (x * u)) by ring.
    apply Rplus_le_compat.
    + rewrite <- (Rmult_1_l (u * u)); apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|].
      rewrite <- (Rmult_1_r u) at 3; apply Rmult_le_compat_l; lra.
    + apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact sal].
  - split; [exact D|split; [|exact Hg]]; intros p Hp; apply Rabs_le_between in Hp.
    destruct (HM p ltac:(lra)); rewrite Rabs_right; lra.
  - eapply Rle_trans; [exact al|]; assert (v * v <= 1) by lra; lra.
Qed.
