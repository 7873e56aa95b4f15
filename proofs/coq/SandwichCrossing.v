(** The sandwich (escape-probability.md, section 5), second half: from a positive product the smallest weight
    crosses zero first, from a to -a, by steps of at most H; the differences c_j = w_j^2 - w_m^2 lose the share
    H (2 a + H)/c_j at most.  After it the first half applies. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape OneStep SquaresBound Sandwich.
From Lemmata Require Import Remainder Convergence Approach Crossing TheoremFour RangeNumbers Range.
Open Scope R_scope.

(** The share of c_j that the crossing may cost. *)
Definition crossing_share (m : nat) (w : nat -> R) (H : R) (j : nat) : R :=
  if Nat.eqb j m then 0 else H * (2 * Rabs (w m) + H) / (w j ^ 2 - w m ^ 2).

(** The other weights, once the smallest one is zero: the product of sqrt c_j. *)
Definition crossing_width (k m : nat) (w : nat -> R) : R := others k (fun j => sqrt (w j ^ 2 - w m ^ 2)) m.

(** ** Positive weights *)

(** The start, and an iterate of the crossing. *)
Definition positive_start (eta : R) (k m : nat) (w : nat -> R) (H S : R) : Prop :=
  0 < eta /\ (m < k)%nat /\ 0 < w m /\ (forall j, (j < k)%nat -> j <> m -> w m < w j) /\
  H = eta * (1 + product k w) * others k w m /\ H <= w m /\
  total k (crossing_share m w H) <= S <= 1 / 2.

Definition kept (k m : nat) (w : nat -> R) (H : R) (v : nat -> R) : Prop :=
  - w m - H < v m <= w m /\
  forall j, (j < k)%nat -> j <> m -> 0 < v j /\
    w j ^ 2 - w m ^ 2 - H * (w m - v m) <= v j ^ 2 - v m ^ 2 <= w j ^ 2 - w m ^ 2.

Definition inside (k m : nat) (w v : nat -> R) : Prop := - w m < v m /\ -1 / 2 < product k v.

Lemma others_le_but : forall k u w m, (forall i, (i < k)%nat -> i <> m -> 0 <= u i <= w i) ->
  0 <= others k u m <= others k w m.
Proof.
  intros k u w m H; unfold others; split.
  - apply product_nonneg; intros i Hi; unfold but; destruct (Nat.eqb_spec i m); [lra|apply H; assumption].
  - apply product_le; intros i Hi; unfold but; destruct (Nat.eqb_spec i m); [lra|apply H; assumption].
Qed.

Lemma start_facts : forall eta k m w H S, positive_start eta k m w H S ->
  0 < others k w m /\ 0 < product k w /\ product k w = w m * others k w m /\ 0 < H /\
  forall j, (j < k)%nat -> j <> m -> 0 < w j ^ 2 - w m ^ 2 /\ 0 <= crossing_share m w H j <= 1 / 2 /\
    2 * (H * (2 * w m + H)) <= w j ^ 2 - w m ^ 2 /\
    (w j ^ 2 - w m ^ 2) * crossing_share m w H j = H * (2 * w m + H).
Proof.
  intros eta k m w H S [He [Hm [Ha [Hw [EH [HH [HS S1]]]]]]].
  assert (Pos : forall j, (j < k)%nat -> 0 < w j).
  { intros j Hj; destruct (Nat.eq_dec j m) as [->|N]; [exact Ha|specialize (Hw j Hj N); lra]. }
  assert (q0 : 0 < others k w m) by (apply others_pos; exact Pos).
  assert (Ep := product_others k w m Hm).
  assert (p0 : 0 < product k w) by (rewrite Ep; apply Rmult_lt_0_compat; assumption).
  assert (H0 : 0 < H) by (rewrite EH; apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|exact q0]).
  assert (c0 : forall j, (j < k)%nat -> j <> m -> 0 < w j ^ 2 - w m ^ 2).
  { intros j Hj N; specialize (Hw j Hj N).
    assert (0 < (w j - w m) * (w j + w m)) by (apply Rmult_lt_0_compat; lra); lra. }
  assert (x0 : 0 <= H * (2 * w m + H)) by (apply Rmult_le_pos; lra).
  assert (s0 : forall j, (j < k)%nat -> 0 <= crossing_share m w H j).
  { intros j Hj; unfold crossing_share; destruct (Nat.eqb_spec j m); [lra|].
    rewrite (Rabs_pos_eq (w m)) by lra; apply Rmult_le_pos; [exact x0|left; apply Rinv_0_lt_compat, c0; assumption]. }
  split; [exact q0|split; [exact p0|split; [exact Ep|split; [exact H0|]]]]; intros j Hj N.
  assert (c1 := c0 j Hj N); assert (E : (w j ^ 2 - w m ^ 2) * crossing_share m w H j = H * (2 * w m + H)).
  { unfold crossing_share; destruct (Nat.eqb_spec j m); [contradiction|].
    rewrite (Rabs_pos_eq (w m)) by lra; field; lra. }
  assert (L : crossing_share m w H j <= 1 / 2).
  { eapply Rle_trans; [apply (total_one k (crossing_share m w H) j s0 Hj)|lra]. }
  split; [exact c1|split; [split; [apply s0; exact Hj|exact L]|split; [|exact E]]].
  rewrite <- E; apply (Rmult_le_compat_l (w j ^ 2 - w m ^ 2)) in L; lra.
Qed.

(** What holds at an iterate that is inside. *)
Lemma kept_below : forall eta k m w H S v, positive_start eta k m w H S -> kept k m w H v ->
  (forall j, (j < k)%nat -> j <> m -> (w j ^ 2 - w m ^ 2) * (1 - crossing_share m w H j) <= v j ^ 2 - v m ^ 2) /\
  sqrt (1 - S) * crossing_width k m w <= others k v m /\
  (Rabs (v m) <= w m -> 0 < others k v m <= others k w m).
Proof.
  intros eta k m w H S v HS [Kx K]; destruct (start_facts eta k m w H S HS) as [q0 [p0 [Ep [H0 F]]]].
  destruct HS as [He [Hm [Ha [Hw [EH [HH [HSt S1]]]]]]].
  assert (B : forall j, (j < k)%nat -> j <> m ->
    (w j ^ 2 - w m ^ 2) * (1 - crossing_share m w H j) <= v j ^ 2 - v m ^ 2).
  { intros j Hj N; destruct (F j Hj N) as [c0 [_ [_ E]]]; destruct (K j Hj N) as [_ [L _]].
    assert (H * (w m - v m) <= H * (2 * w m + H)) by (apply Rmult_le_compat_l; lra); lra. }
  split; [exact B|split].
  - assert (PS := product_below_sum k (crossing_share m w H)).
    assert (s1 : forall i, (i < k)%nat -> 0 <= crossing_share m w H i <= 1).
    { intros i Hi; destruct (Nat.eq_dec i m) as [->|N].
      - unfold crossing_share; rewrite Nat.eqb_refl; lra.
      - destruct (F i Hi N) as [_ [X _]]; lra. }
    specialize (PS s1); destruct PS as [PS _].
    apply Rle_trans with (sqrt (product k (fun i => 1 - crossing_share m w H i)) * crossing_width k m w).
    { apply Rmult_le_compat_r; [|apply sqrt_le_1_alt; lra].
      unfold crossing_width; apply others_nonneg; intros; apply sqrt_pos. }
    assert (SP : forall n x, (forall i, (i < n)%nat -> 0 <= x i) -> sqrt (product n x) = product n (fun i => sqrt (x i))).
    { induction n as [|n IH]; intros x Hx; simpl; [apply sqrt_1|].
      rewrite sqrt_mult_alt, IH; auto; apply product_nonneg; auto. }
    rewrite SP by (intros i Hi; specialize (s1 i Hi); lra).
    unfold crossing_width, others; rewrite <- product_mult; apply product_le; intros i Hi; unfold but.
    destruct (Nat.eqb_spec i m) as [->|N].
    + rewrite Rmult_1_r; split; [apply sqrt_pos|]; unfold crossing_share; rewrite Nat.eqb_refl, Rminus_0_r, sqrt_1; lra.
    + split; [apply Rmult_le_pos; apply sqrt_pos|].
      destruct (F i Hi N) as [c0 [Sh _]]; specialize (B i Hi N); destruct (K i Hi N) as [v0 _].
      rewrite <- sqrt_mult_alt by lra; rewrite <- (sqrt_pow2 (v i)) by lra; apply sqrt_le_1_alt.
      assert (0 <= v m ^ 2) by apply pow2_ge_0; lra.
  - intros Hv; split.
    + unfold others; apply product_pos; intros i Hi; unfold but; destruct (Nat.eqb_spec i m); [lra|apply K; assumption].
    + apply others_le_but; intros i Hi N; destruct (K i Hi N) as [v0 [_ L]]; split; [lra|].
      apply square_order; [lra|specialize (Hw i Hi N); lra|].
      assert (v m ^ 2 <= w m ^ 2) by (rewrite <- (pow2_abs (v m)); apply pow_incr; split; [apply Rabs_pos|exact Hv]); lra.
Qed.

Lemma crossing_move : forall eta k m w H S v, positive_start eta k m w H S -> kept k m w H v -> inside k m w v ->
  let u := step (fun p => p + 1) eta k v in
  eta / 2 * (sqrt (1 - S) * crossing_width k m w) <= v m - u m <= H /\ 0 < v m - u m /\ kept k m w H u /\
  forall j, (j < k)%nat -> v j ^ 2 <= w j ^ 2.
Proof.
  intros eta k m w H S v HS HK HI u.
  destruct (start_facts eta k m w H S HS) as [q0 [p0 [Ep [H0 F]]]].
  destruct (kept_below eta k m w H S v HS HK) as [B [W Q]].
  destruct HS as [He [Hm [Ha [Hw [EH [HH [HSt S1]]]]]]]; destruct HK as [Kx K]; destruct HI as [I1 I2].
  assert (Av : Rabs (v m) <= w m) by (apply Rabs_le; lra).
  specialize (Q Av); assert (Pv := product_others k v m Hm).
  set (q := others k v m) in *; set (g := product k v + 1) in *.
  assert (gP : g <= 1 + product k w).
  { unfold g; rewrite Pv, Ep; assert (v m * q <= w m * others k w m); [|lra].
    apply Rle_trans with (w m * q); [apply Rmult_le_compat_r|apply Rmult_le_compat_l]; lra. }
  set (h := eta * g * q).
  assert (g2 : 1 / 2 < g) by (unfold g; lra).
  assert (Eh : v m - u m = h) by (unfold u, step, h, g; fold q; ring).
  assert (h0 : 0 < h) by (unfold h; apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|lra]).
  assert (hH : h <= H).
  { rewrite EH; unfold h; apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra| |lra].
    apply Rmult_le_compat_l; lra. }
  assert (vm2 : v m ^ 2 <= w m ^ 2) by (rewrite <- (pow2_abs (v m)); apply pow_incr; split; [apply Rabs_pos|exact Av]).
  rewrite Eh; split; [split; [|exact hH]|split; [exact h0|split]].
  - unfold h; replace (eta * g * q) with (eta * (g * q)) by ring.
    replace (eta / 2 * (sqrt (1 - S) * crossing_width k m w))
      with (eta * (1 / 2 * (sqrt (1 - S) * crossing_width k m w))) by field.
    apply Rmult_le_compat_l; [lra|].
    apply Rle_trans with (1 / 2 * q); [apply Rmult_le_compat_l; lra|apply Rmult_le_compat_r; lra].
  - split; [lra|]; intros j Hj N.
    destruct (F j Hj N) as [c0 [_ [C2 _]]]; destruct (K j Hj N) as [vj [K1 K2]].
    assert (Q1 : q = v j * rest k v j m) by (apply others_rest; assumption).
    assert (Q2 : others k v j = v m * rest k v j m) by (rewrite rest_comm; apply others_rest; auto).
    set (z := eta * g * rest k v j m).
    assert (Ehz : h = z * v j) by (unfold h, z; rewrite Q1; ring).
    assert (Uj : u j = v j - z * v m) by (unfold u, step, z, g; rewrite Q2; ring).
    assert (Um : u m = v m - z * v j) by lra.
    assert (Hvm : H * (w m - v m) <= H * (2 * w m)) by (apply Rmult_le_compat_l; lra).
    assert (HH2 : 0 <= H * H) by (apply Rmult_le_pos; lra).
    assert (Hwm : 0 < H * w m) by (apply Rmult_lt_0_compat; lra).
    assert (c1 : 0 <= v j ^ 2 - v m ^ 2) by lra.
    assert (vm0 : 0 <= v m ^ 2) by apply pow2_ge_0.
    split.
    + rewrite Uj; apply (Rmult_lt_reg_r (v j)); [exact vj|]; rewrite Rmult_0_l.
      replace ((v j - z * v m) * v j) with (v j ^ 2 - h * v m) by (rewrite Ehz; ring).
      assert (h * v m <= H * w m).
      { apply Rle_trans with (h * w m); [apply Rmult_le_compat_l; lra|apply Rmult_le_compat_r; lra]. }
      lra.
    + replace (u j ^ 2 - u m ^ 2) with ((v j ^ 2 - v m ^ 2) * (1 - z ^ 2)) by (rewrite Uj, Um; ring).
      assert (z2 : 0 <= z ^ 2) by apply pow2_ge_0.
      assert (D0 : 0 <= (v j ^ 2 - v m ^ 2) * z ^ 2) by (apply Rmult_le_pos; assumption).
      assert (D1 : (v j ^ 2 - v m ^ 2) * z ^ 2 <= H * h).
      { apply Rle_trans with (v j ^ 2 * z ^ 2); [apply Rmult_le_compat_r; lra|].
        replace (v j ^ 2 * z ^ 2) with (h * h) by (rewrite Ehz; ring); apply Rmult_le_compat_r; lra. }
      rewrite Um; replace (H * (w m - (v m - z * v j))) with (H * (w m - v m) + H * h) by (rewrite Ehz; ring); lra.
  - intros j Hj; destruct (Nat.eq_dec j m) as [->|N]; [exact vm2|]; destruct (K j Hj N) as [_ [_ L]]; lra.
Qed.

Lemma crossing_orbit : forall eta k m w H S, positive_start eta k m w H S ->
  let v := descent (fun p => p + 1) eta k w in
  forall t, (forall s, (s < t)%nat -> inside k m w (v s)) ->
    kept k m w H (v t) /\
    w m - INR t * H <= v t m <= w m - INR t * (eta / 2 * (sqrt (1 - S) * crossing_width k m w)).
Proof.
  intros eta k m w H S HS v; set (d := eta / 2 * (sqrt (1 - S) * crossing_width k m w)).
  assert (H0 : 0 < H) by apply (start_facts eta k m w H S HS).
  induction t as [|t IH]; intros Hin.
  - destruct HS as [He [Hm [Ha [Hw _]]]]; split.
    + split; [unfold v; simpl; lra|]; intros j Hj N; specialize (Hw j Hj N); unfold v; simpl descent.
      split; [lra|]; rewrite Rminus_eq_0, Rmult_0_r; lra.
    + unfold v; simpl; lra.
  - destruct (IH ltac:(intros; apply Hin; lia)) as [K Bd].
    destruct (crossing_move eta k m w H S (v t) HS K (Hin t ltac:(lia))) as [[M1 M2] [_ [K' _]]]; fold d in M1.
    change (step (fun p => p + 1) eta k (v t)) with (v (Datatypes.S t)) in M1, M2, K'.
    split; [exact K'|rewrite S_INR; lra].
Qed.

(** The crossing ends: T is the first time outside. *)
Lemma crossing_ends : forall eta k m w H S, positive_start eta k m w H S ->
  let v := descent (fun p => p + 1) eta k w in
  exists T, (1 <= T)%nat /\ (forall s, (s < T)%nat -> inside k m w (v s)) /\ ~ inside k m w (v T) /\
    INR T <= 4 * w m / (eta * sqrt (1 - S) * crossing_width k m w) + 1.
Proof.
  intros eta k m w H S HS v.
  assert (Orb := crossing_orbit eta k m w H S HS); cbv zeta in Orb; fold v in Orb.
  destruct (start_facts eta k m w H S HS) as [q0 [p0 [Ep [H0 F]]]].
  destruct HS as [He [Hm [Ha [Hw [EH [HH [HSt S1]]]]]]].
  assert (C0 : 0 < crossing_width k m w).
  { unfold crossing_width, others; apply product_pos; intros i Hi; unfold but.
    destruct (Nat.eqb_spec i m) as [|N]; [lra|apply sqrt_lt_R0, (F i Hi N)]. }
  assert (R0 : 0 < sqrt (1 - S)) by (apply sqrt_lt_R0; lra).
  set (d := eta / 2 * (sqrt (1 - S) * crossing_width k m w)) in *.
  assert (d0 : 0 < d) by (unfold d; apply Rmult_lt_0_compat; [lra|apply Rmult_lt_0_compat; assumption]).
  assert (Ed : 4 * w m / (eta * sqrt (1 - S) * crossing_width k m w) = 2 * w m / d).
  { unfold d; field; repeat split; lra. }
  rewrite Ed.
  assert (Late : forall t, (forall s, (s <= t)%nat -> inside k m w (v s)) -> INR t < 2 * w m / d).
  { intros t Hin; destruct (Orb t ltac:(intros; apply Hin; lia)) as [_ [_ L]].
    destruct (Hin t (Nat.le_refl t)) as [I _].
    apply (Rmult_lt_reg_r d); [exact d0|]; replace (2 * w m / d * d) with (2 * w m) by (field; lra); lra. }
  assert (Q : 0 <= 2 * w m / d) by (left; apply Rdiv_lt_0_compat; lra).
  destruct (natural_above _ Q) as [n [n1 n2]].
  assert (Dec : forall s, inside k m w (v s) \/ ~ inside k m w (v s)).
  { intros s; unfold inside; destruct (Rlt_dec (- w m) (v s m)), (Rlt_dec (-1 / 2) (product k (v s))); tauto. }
  destruct (decided_below (Datatypes.S n) _ Dec) as [All|[s [_ Os]]].
  { exfalso; assert (INR n < 2 * w m / d); [|lra]; apply Late; intros s Hs; apply All; lia. }
  destruct (first_time (fun s => inside k m w (v s)) s Dec Os) as [T [_ [T1 T3]]].
  exists T; split; [|split; [exact T3|split; [exact T1|]]].
  - destruct T as [|T]; [exfalso; apply T1; unfold v; split; simpl; lra|lia].
  - destruct T as [|T]; [simpl; lra|].
    assert (L := Late T ltac:(intros r Hr; apply T3; lia)); rewrite S_INR; lra.
Qed.
