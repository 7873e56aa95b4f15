(** The sandwich (escape-probability.md, section 5), from a positive product: crossing and climb together. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Geometry Escape OneStep SquaresBound Sandwich TheoremFour RangeNumbers Range.
From Lemmata Require Import Crossing SandwichCrossing.
Open Scope R_scope.

(** After the crossing every P_i has lost the factor sqrt (1 - S) at most. *)
Lemma kept_grown : forall eta k m w H S v x, positive_start eta k m w H S -> kept k m w H v -> v m <= - w m ->
  0 <= x -> sqrt (1 - S) * grown_product k x w <= grown_product k x v.
Proof.
  intros eta k m w H S v x HS HK Hv Hx.
  destruct (start_facts eta k m w H S HS) as [q0 [p0 [Ep [H0 F]]]].
  destruct (kept_below eta k m w H S v HS HK) as [B _].
  destruct HS as [He [Hm [Ha [Hw [EH [HH [HSt S1]]]]]]].
  assert (s1 : forall i, (i < k)%nat -> 0 <= crossing_share m w H i <= 1).
  { intros i Hi; destruct (Nat.eq_dec i m) as [->|N].
    - unfold crossing_share; rewrite Nat.eqb_refl; lra.
    - destruct (F i Hi N) as [_ [X _]]; lra. }
  destruct (product_below_sum k (crossing_share m w H) s1) as [PS _].
  assert (SP : forall n y, (forall i, (i < n)%nat -> 0 <= y i) -> sqrt (product n y) = product n (fun i => sqrt (y i))).
  { induction n as [|n IH]; intros y Hy; simpl; [apply sqrt_1|].
    rewrite sqrt_mult_alt, IH; auto; apply product_nonneg; auto. }
  apply Rle_trans with (sqrt (product k (fun i => 1 - crossing_share m w H i)) * grown_product k x w).
  { apply Rmult_le_compat_r; [apply product_nonneg; intros; apply sqrt_pos|apply sqrt_le_1_alt; lra]. }
  rewrite SP by (intros i Hi; specialize (s1 i Hi); lra).
  unfold grown_product; rewrite <- product_mult; apply product_le; intros i Hi.
  split; [apply Rmult_le_pos; apply sqrt_pos|].
  rewrite <- sqrt_mult_alt by (specialize (s1 i Hi); lra); apply sqrt_le_1_alt.
  assert (vm : w m ^ 2 <= v m ^ 2).
  { replace (v m ^ 2) with ((- v m) ^ 2) by ring; apply pow_incr; lra. }
  specialize (s1 i Hi); destruct (Nat.eq_dec i m) as [->|N].
  - unfold crossing_share; rewrite Nat.eqb_refl; lra.
  - specialize (B i Hi N); set (e := crossing_share m w H i) in *.
    assert (0 <= e * (w m ^ 2 + x)).
    { apply Rmult_le_pos; [lra|]; assert (0 <= w m ^ 2) by apply pow2_ge_0; lra. }
    lra.
Qed.

Lemma sandwich_crossed : forall eta k m w H S beta, positive_start eta k m w H S -> are_levels beta ->
  let p := product k w in
  (forall n t, n = 0%nat \/ grown_product k (beta n) w < 1 / 2 ->
    INR t < (w m + Rmin (w m) (w m / (2 * p))) / H + climb_least eta k w beta (level_rise eta k w beta 1) n ->
    -1 / 2 < product k (descent (fun p => p + 1) eta k w t)) /\
  (forall n, (forall i, (i < n)%nat -> sqrt (1 - S) * grown_product k (beta i) w < 1 / 2) ->
    1 / 2 <= sqrt (1 - S) * grown_product k (beta n) w ->
    exists t, INR t <= 4 * w m / (eta * sqrt (1 - S) * crossing_width k m w) + 1
        + climb_most eta k w beta (sqrt (1 - S)) n /\
      product k (descent (fun p => p + 1) eta k w t) <= -1 / 2).
Proof.
  intros eta k m w H S beta HS HB p.
  destruct (start_facts eta k m w H S HS) as [q0 [p0 [Ep [H0 F]]]].
  destruct (crossing_ends eta k m w H S HS) as [T [T1 [T2 [T3 T4]]]].
  assert (Orb := crossing_orbit eta k m w H S HS); cbv zeta in Orb.
  set (v := descent (fun p => p + 1) eta k w) in *.
  destruct (Orb T T2) as [KT [LT _]].
  assert (HS' := HS); destruct HS' as [He [Hm [Ha [Hw [EH [HH [HSt S1]]]]]]].
  assert (R0 : 0 < sqrt (1 - S)) by (apply sqrt_lt_R0; lra).
  (* where it ends *)
  assert (End : v T m <= - w m \/ (- w m < v T m /\ product k (v T) <= -1 / 2)).
  { destruct (Rle_or_lt (v T m) (- w m)) as [L|L]; [left; exact L|right; split; [exact L|]].
    apply Rnot_lt_le; intros O; apply T3; split; assumption. }
  assert (Short : - w m < v T m -> product k (v T) <= -1 / 2 -> 1 / 2 <= - v T m * others k w m).
  { intros L O; rewrite (product_others k (v T) m Hm) in O.
    destruct (kept_below eta k m w H S (v T) HS KT) as [_ [_ Q]].
    assert (X : Rabs (v T m) <= w m) by (destruct KT as [[_ KT] _]; apply Rabs_le; lra); specialize (Q X).
    assert (v0 : 0 <= - v T m).
    { apply Rnot_lt_le; intros G; assert (0 <= v T m * others k (v T) m) by (apply Rmult_le_pos; lra); lra. }
    assert (- v T m * others k (v T) m <= - v T m * others k w m) by (apply Rmult_le_compat_l; lra); lra. }
  assert (Far : v T m <= - Rmin (w m) (w m / (2 * p))).
  { destruct End as [L|[L O]]; [assert (M := Rmin_l (w m) (w m / (2 * p))); lra|].
    specialize (Short L O); assert (M := Rmin_r (w m) (w m / (2 * p))).
    assert (w m / (2 * p) <= - v T m); [|lra].
    apply (Rmult_le_reg_r (others k w m)); [exact q0|].
    replace (w m / (2 * p) * others k w m) with (1 / 2); [exact Short|].
    unfold p; rewrite Ep; field; lra. }
  assert (Time : (w m + Rmin (w m) (w m / (2 * p))) / H <= INR T).
  { apply (Rmult_le_reg_r H); [exact H0|].
    replace ((w m + Rmin (w m) (w m / (2 * p))) / H * H) with (w m + Rmin (w m) (w m / (2 * p))) by (field; lra); lra. }
  assert (Neg : v T m <= - w m -> product k (v T) < 0).
  { intros L; rewrite (product_others k (v T) m Hm).
    assert (0 < others k (v T) m).
    { unfold others; apply product_pos; intros i Hi; unfold but; destruct (Nat.eqb_spec i m) as [|N]; [lra|].
      apply (proj2 KT i Hi N). }
    assert (0 < - v T m * others k (v T) m) by (apply Rmult_lt_0_compat; lra); lra. }
  assert (Later : forall t, (T <= t)%nat -> v t = descent (fun p => p + 1) eta k (v T) (t - T)).
  { intros t Ht; unfold v; rewrite <- descent_later; f_equal; lia. }
  split.
  - intros n t HP Ht; destruct (Nat.lt_ge_cases t T) as [L|L]; [apply (T2 t L)|].
    fold (v t); rewrite (Later t L).
    assert (tT : INR (t - T) < climb_least eta k w beta (level_rise eta k w beta 1) n) by (rewrite minus_INR by exact L; lra).
    destruct n as [|n]; [unfold climb_least in tT; simpl in tT; assert (0 <= INR (t - T)) by apply pos_INR; lra|].
    destruct HP as [HP|HP]; [lia|].
    assert (b0 : forall i, 0 <= beta i) by (intros i; rewrite <- (proj1 HB); apply levels_mono; [exact HB|lia]).
    assert (Pi : forall i, (i <= Datatypes.S n)%nat -> grown_product k (beta i) w < 1 / 2).
    { intros i Hi; eapply Rle_lt_trans; [apply grown_mono|exact HP]; split; [apply b0|apply levels_mono; auto]. }
    assert (p1 : p < 1 / 2).
    { specialize (Pi 0%nat ltac:(lia)); rewrite (proj1 HB), grown_zero, Rabs_pos_eq in Pi; unfold p; lra. }
    assert (LT' : v T m <= - w m).
    { destruct End as [E|[E O]]; [exact E|exfalso]; specialize (Short E O).
      assert (- v T m * others k w m <= w m * others k w m) by (apply Rmult_le_compat_r; lra); unfold p in p1; lra. }
    (* the step that ends it *)
    assert (Ris : forall i j, (1 <= i <= Datatypes.S n)%nat -> (j < k)%nat -> v T j ^ 2 <= w j ^ 2 + level_rise eta k w beta i).
    { intros i j Hi Hj; destruct T as [|s]; [lia|].
      destruct (Orb s ltac:(intros r Hr; apply T2; lia)) as [Ks _].
      destruct (crossing_move eta k m w H S (v s) HS Ks (T2 s ltac:(lia))) as [[_ M2] [_ [_ M4]]].
      change (step (fun p => p + 1) eta k (v s)) with (v (Datatypes.S s)) in M2.
      assert (vs : v s m <= 0) by lra.
      assert (Ps : product k (v s) <= 0).
      { rewrite (product_others k (v s) m Hm).
        assert (0 <= others k (v s) m).
        { apply product_nonneg; intros r Hr; unfold but; destruct (Nat.eqb_spec r m) as [|N]; [lra|].
          destruct (proj2 Ks r Hr N); lra. }
        assert (0 <= - v s m * others k (v s) m) by (apply Rmult_le_pos; lra); lra. }
      destruct (level_step eta k w (v s) beta i 0 He) as [L1 _]; auto.
      - apply levels_pos; [exact HB|lia].
      - apply Pi; lia.
      - intros r Hr; specialize (M4 r Hr); lra.
      - specialize (L1 j Hj); rewrite Rplus_0_l in L1; exact L1. }
    apply (climb_from_below eta k w (v T) (level_rise eta k w beta 1) beta (Datatypes.S n)); auto.
    intros j Hj; apply Ris; [lia|exact Hj].
  - intros n Hlow Hhigh.
    assert (C0 : 0 <= climb_most eta k w beta (sqrt (1 - S)) n).
    { apply total_nonneg; intros i Hi; specialize (Hlow i Hi).
      assert (G : 0 < grown_product k (beta i) w).
      { eapply Rlt_le_trans; [|apply (grown_mono k 0 (beta i) w)].
        - rewrite grown_zero; apply Rabs_pos_lt; lra.
        - split; [lra|rewrite <- (proj1 HB); apply levels_mono; [exact HB|lia]]. }
      assert (X : 0 < sqrt (1 - S) * grown_product k (beta i) w) by (apply Rmult_lt_0_compat; assumption).
      set (x := sqrt (1 - S) * grown_product k (beta i) w) in *; destruct HB as [_ HB]; specialize (HB i).
      assert (0 <= (beta (Datatypes.S i) - beta i) / (2 * eta * (1 - x) * x)); [|lra].
      apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; lra]. }
    destruct (Rle_or_lt (product k (v T)) (-1 / 2)) as [Hit|Not]; [exists T; split; [lra|exact Hit]|].
    assert (LT' : v T m <= - w m) by (destruct End as [E|[E O]]; [exact E|lra]).
    destruct (climb_from_above eta k w (v T) (sqrt (1 - S)) beta n He R0) as [s [Hs Ps]]; auto.
    + intros x Hx; apply (kept_grown eta k m w H S); assumption.
    + rewrite grown_zero; apply Rabs_pos_lt; lra.
    + exists (T + s)%nat; split; [rewrite plus_INR; lra|].
      rewrite (Later (T + s)%nat) by lia; replace (T + s - T)%nat with s by lia; lra.
Qed.

(** ** Every sign *)

Lemma positive_signs : forall eta k w t, 0 < product k w ->
  product k (sizes w) = product k w /\
  product k (descent (fun p => p + 1) eta k (sizes w) t) = product k (descent (fun p => p + 1) eta k w t).
Proof.
  intros eta k w t Hp.
  assert (Ev : (fun i => sign w i * w i) = sizes w)
    by (apply FunctionalExtensionality.functional_extensionality, sign_sizes).
  assert (EA : product k (sizes w) = product k w).
  { unfold sizes; rewrite <- product_abs; apply Rabs_pos_eq; lra. }
  assert (S : product k (sign w) = 1).
  { destruct (signs_product k (sign w) (sign_cases w)) as [S|S]; [exact S|exfalso].
    rewrite <- Ev, product_mult, S in EA; lra. }
  split; [exact EA|].
  destruct (sign_symmetry (fun p => p) (fun p => p + 1) eta k (sign w) w t (sign_cases w)) as [_ E].
  rewrite Ev, S in E; rewrite Rmult_1_l in E; rewrite <- E; f_equal; f_equal.
  apply FunctionalExtensionality.functional_extensionality; intros p; ring.
Qed.

Lemma grown_sizes : forall k x w, grown_product k x (sizes w) = grown_product k x w.
Proof. intros; apply product_ext; intros i _; unfold sizes; rewrite pow2_abs; reflexivity. Qed.

Theorem sandwich_positive : forall eta k m w a H s beta, 0 < eta -> 0 < product k w -> are_levels beta ->
  (m < k)%nat -> a = Rabs (w m) -> (forall j, (j < k)%nat -> j <> m -> a < Rabs (w j)) ->
  H = eta * (1 + product k w) * Rabs (others k w m) -> H <= a ->
  total k (crossing_share m w H) <= s <= 1 / 2 ->
  (forall n t, n = 0%nat \/ grown_product k (beta n) w < 1 / 2 ->
    INR t < (a + Rmin a (a / (2 * product k w))) / H + climb_least eta k w beta (level_rise eta k w beta 1) n ->
    -1 / 2 < product k (descent (fun p => p + 1) eta k w t)) /\
  (forall n, (forall i, (i < n)%nat -> sqrt (1 - s) * grown_product k (beta i) w < 1 / 2) ->
    1 / 2 <= sqrt (1 - s) * grown_product k (beta n) w ->
    exists t, INR t <= 4 * a / (eta * sqrt (1 - s) * crossing_width k m w) + 1
        + climb_most eta k w beta (sqrt (1 - s)) n /\
      product k (descent (fun p => p + 1) eta k w t) <= -1 / 2).
Proof.
  intros eta k m w a H s beta He Hp HB Hm -> Hw EH HH HS.
  destruct (positive_signs eta k w 0 Hp) as [EA _].
  assert (G : forall x, grown_product k x (sizes w) = grown_product k x w) by (intros; apply grown_sizes).
  assert (EL : forall i, level_rise eta k (sizes w) beta i = level_rise eta k w beta i)
    by (intros; unfold level_rise; rewrite G; reflexivity).
  assert (EC : crossing_width k m (sizes w) = crossing_width k m w).
  { unfold crossing_width, others; apply product_ext; intros i _; unfold but, sizes.
    destruct (Nat.eqb i m); [reflexivity|rewrite !pow2_abs; reflexivity]. }
  assert (EM : forall kappa n, climb_most eta k (sizes w) beta kappa n = climb_most eta k w beta kappa n)
    by (intros; apply total_ext; intros; rewrite !G; reflexivity).
  assert (ELe : forall o n, climb_least eta k (sizes w) beta o n = climb_least eta k w beta o n)
    by (intros; apply total_ext; intros i _; rewrite !EL; reflexivity).
  assert (w0 : 0 < Rabs (w m)) by (apply Rabs_pos_lt, (factor_nonzero k w m Hm); lra).
  assert (PS : positive_start eta k m (sizes w) H s).
  { split; [exact He|split; [exact Hm|split; [exact w0|split; [exact Hw|split; [|split; [exact HH|]]]]]].
    - rewrite EA, EH, others_abs; reflexivity.
    - replace (total k (crossing_share m (sizes w) H)) with (total k (crossing_share m w H)); [exact HS|].
      apply total_ext; intros i _; unfold crossing_share, sizes; destruct (Nat.eqb i m); [reflexivity|].
      rewrite !pow2_abs, Rabs_Rabsolu; reflexivity. }
  destruct (sandwich_crossed eta k m (sizes w) H s beta PS HB) as [Low High]; cbv zeta in Low.
  unfold sizes at 2 3 4 in Low; fold (sizes w) in Low; rewrite EA in Low; split.
  - intros n t HP Ht; rewrite <- (proj2 (positive_signs eta k w t Hp)); apply (Low n t).
    + rewrite G; exact HP.
    + rewrite ELe, EL; exact Ht.
  - intros n Hlow Hhigh; destruct (High n) as [t [T1 T2]].
    + intros i Hi; rewrite G; apply Hlow; exact Hi.
    + rewrite G; exact Hhigh.
    + exists t; split.
      * rewrite EC, EM in T1; exact T1.
      * rewrite <- (proj2 (positive_signs eta k w t Hp)); exact T2.
Qed.
