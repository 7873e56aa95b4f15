(** Shamir's Lemmas 15 and 16 under Assumption 4, in his words; the one-step inequality of his Lemma 13 at depth 2. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Geometry OneStep Convergence Approach Crossing TheoremFour TheoremFourPaper.
Open Scope R_scope.

(** ** What Assumption 4 gives, for steps k^(-c) *)

(** Steps that small, for every depth. *)
Lemma printed_step : forall k c1 c4 c M, (2 <= k)%nat -> 0 < c1 <= M -> 1 <= M -> 0 <= c4 ->
  2 * c4 + 2 + ln (20 * M ^ 8 / c1) / ln 2 <= c ->
  let kappa := Rpower (INR k) (- c4) in let eta := Rpower (INR k) (- c) in
  0 < kappa <= 1 /\ 0 < eta <= 1 /\ eta <= c1 * kappa / (80 * M ^ 8).
Proof.
  intros k c1 c4 c M Hk H1 HM H4 Hc kappa eta.
  assert (Ki : 2 <= INR k) by (change 2 with (INR 2); apply le_INR; exact Hk).
  destruct (ln_depth k Hk) as [[L2 Lk] KL]; set (l := ln (INR k)) in *.
  assert (Ek : kappa = exp (- c4 * l)) by reflexivity; assert (Ee : eta = exp (- c * l)) by reflexivity.
  assert (M8 : 1 <= M ^ 8) by (apply pow_R1_Rle; exact HM).
  set (F := 20 * M ^ 8 / c1) in *.
  assert (M1 : M <= M ^ 8) by (rewrite <- (pow_1 M) at 1; apply Rle_pow; [exact HM|lia]).
  assert (F1 : 1 <= F) by (unfold F; apply (Rmult_le_reg_r c1); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra).
  assert (F0 : 0 <= ln F) by (rewrite <- ln_1; apply Rcomplements.ln_le; lra).
  assert (q0 : 0 <= ln F / ln 2) by (apply Rmult_le_pos; [exact F0|left; apply Rinv_0_lt_compat; lra]).
  assert (Fl : ln F <= (c - 2 * c4 - 2) * l).
  { apply Rle_trans with (ln F / ln 2 * l); [|apply Rmult_le_compat_r; lra].
    apply Rle_trans with (ln F / ln 2 * ln 2); [right; field; lra|apply Rmult_le_compat_l; lra]. }
  assert (cl : 0 <= c4 * l) by (apply Rmult_le_pos; lra).
  assert (HK : 0 < kappa <= 1) by (split; [apply exp_pos|rewrite Ek, <- exp_0; apply exp_le_compat; lra]).
  split; [exact HK|split].
  - split; [apply exp_pos|rewrite Ee, <- exp_0; apply exp_le_compat].
    assert (0 <= c * l) by (apply Rmult_le_pos; lra); lra.
  - assert (E : c1 * kappa / (80 * M ^ 8) = exp (- ln F + - c4 * l) / 4).
    { rewrite exp_plus, exp_Ropp, exp_ln, <- Ek by lra; unfold F; field; split; lra. }
    rewrite E, Ee; apply Rle_trans with (exp (- ln F + - c4 * l + - (2 * l))).
    + apply exp_le_compat; lra.
    + rewrite exp_plus, exp_Ropp; apply Rmult_le_compat_l; [left; apply exp_pos|].
      apply Rinv_le_contravar; [lra|]; replace (2 * l) with (l + l) by ring; rewrite exp_plus; unfold l; rewrite exp_ln by lra; nra.
Qed.

Lemma printed_gaps : forall k c4 kappa, (2 <= k)%nat -> 0 <= c4 -> kappa = Rpower (INR k) (- c4) ->
  0 < (kappa / 2) ^ (k - 1) /\ / (kappa / 2) ^ (k - 1) <= exp ((1 + c4) * (INR k * ln (INR k))).
Proof.
  intros k c4 kappa Hk H4 Ek; destruct (ln_depth k Hk) as [[L2 Lk] KL]; set (l := ln (INR k)) in *.
  assert (Ki : 0 < INR k) by (apply (lt_INR 0); lia).
  assert (k0 : 0 < kappa) by (rewrite Ek; apply exp_pos).
  assert (k1 : kappa <= 1).
  { rewrite Ek; unfold Rpower; fold l; rewrite <- exp_0; apply exp_le_compat; assert (0 <= c4 * l) by (apply Rmult_le_pos; lra); lra. }
  split; [apply pow_lt; lra|]; rewrite <- pow_inv by lra.
  assert (B : 1 <= / (kappa / 2)) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  apply Rle_trans with ((/ (kappa / 2)) ^ k); [apply Rle_pow; [exact B|lia]|].
  rewrite <- (exp_ln (/ (kappa / 2))) by lra.
  rewrite <- Rpower_pow by apply exp_pos; unfold Rpower; rewrite ln_exp; apply exp_le_compat.
  rewrite ln_Rinv, ln_ratio by lra; rewrite Ek; unfold Rpower; rewrite ln_exp; fold l.
  replace ((1 + c4) * (INR k * l)) with (INR k * ((1 + c4) * l)) by ring; apply Rmult_le_compat_l; lra.
Qed.

(** The smallest weight m of a nonnegative start: the hypotheses of Lemmas 15 and 16 hold. *)
Lemma printed_start : forall k m w c1 M kappa eta, (2 <= k)%nat -> (m < k)%nat -> 0 < c1 <= M -> 1 <= M -> 0 < kappa <= 1 ->
  0 < eta <= 1 -> eta <= c1 * kappa / (80 * M ^ 8) -> apart k m M kappa w ->
  smallest k m w /\
  (forall i, (i < k)%nat -> i <> m -> eta * (product k w - - c1) * rest k w i m <= 1) /\
  0 <= longest k m (- c1) eta w <= 2 * M ^ 5 * eta /\ longest k m (- c1) eta w <= kappa / 2 /\
  longest k m (- c1) eta w * others k w m <= c1 / 2.
Proof.
  intros k m w c1 M kappa eta Hk Hm H1 HM HK He Hs A; destruct (sizes_bounds k m M kappa w Hk Hm HM A) as [[O0 O1] [P0 P1]].
  destruct A as [W1 W2].
  assert (M8 : 1 <= M ^ 8) by (apply pow_R1_Rle; exact HM); assert (M2 : 1 <= M ^ 2) by (apply pow_R1_Rle; exact HM).
  assert (X : 80 * M ^ 8 * eta <= c1 * kappa).
  { apply (Rmult_le_compat_l (80 * M ^ 8)) in Hs; [|lra].
    replace (80 * M ^ 8 * (c1 * kappa / (80 * M ^ 8))) with (c1 * kappa) in Hs by (field; lra); exact Hs. }
  assert (Mm : forall j, (j <= 7)%nat -> M * M ^ j <= M ^ 8).
  { intros j Hj; change (M * M ^ j) with (M ^ S j); apply Rle_pow; [exact HM|lia]. }
  assert (M3 : M <= M ^ 3) by (rewrite <- (pow_1 M) at 1; apply Rle_pow; [exact HM|lia]).
  assert (Pc : 0 <= product k w - - c1 <= 2 * M ^ 3) by lra.
  assert (ck : c1 * kappa <= c1) by (rewrite <- (Rmult_1_r c1) at 2; apply Rmult_le_compat_l; lra).
  assert (ckM : c1 * kappa <= M * kappa) by (apply Rmult_le_compat_r; lra).
  assert (Lo : 0 <= longest k m (- c1) eta w <= 2 * M ^ 5 * eta).
  { unfold longest; split; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact O0]|].
    replace (2 * M ^ 5 * eta) with (eta * (2 * M ^ 3) * M ^ 2) by ring.
    apply Rmult_le_compat; [apply Rmult_le_pos; lra|exact O0|apply Rmult_le_compat_l; lra|exact O1]. }
  assert (e0 : 0 <= M ^ 8 * eta) by (apply Rmult_le_pos; lra).
  split; [|split; [|split; [exact Lo|split]]].
  - split; [apply W1; exact Hm|]; intros i Hi N; destruct (W2 i Hi N); lra.
  - intros i Hi N; destruct (W2 i Hi N) as [_ R].
    assert (R0 : 0 <= rest k w i m) by (apply rest_nonneg; intros; apply W1; assumption).
    apply Rle_trans with (eta * (2 * M ^ 3) * M).
    + apply Rmult_le_compat; [apply Rmult_le_pos; lra|exact R0|apply Rmult_le_compat_l; lra|exact R].
    + replace (eta * (2 * M ^ 3) * M) with (2 * (M * M ^ 3) * eta) by ring.
      (* c1 kappa <= M and 80 M^8 eta <= M *)
      apply (Rmult_le_reg_l M); [lra|].
      assert (Y : M * (M * M ^ 3) <= M ^ 8) by (replace (M * (M * M ^ 3)) with (M * M ^ 4) by ring; apply Mm; lia).
      assert (Z : M * (M * M ^ 3) * eta <= M ^ 8 * eta) by (apply Rmult_le_compat_r; lra).
      assert (M * kappa <= M * 1) by (apply Rmult_le_compat_l; lra); lra.
  - apply (Rmult_le_reg_l M); [lra|].
    assert (Y : M * M ^ 5 * eta <= M ^ 8 * eta) by (apply Rmult_le_compat_r; [lra|apply Mm; lia]).
    assert (V : M * longest k m (- c1) eta w <= M * (2 * M ^ 5 * eta)) by (apply Rmult_le_compat_l; lra); lra.
  - apply Rle_trans with (2 * M ^ 5 * eta * M ^ 2); [apply Rmult_le_compat; lra|].
    assert (Y : M * M ^ 6 * eta <= M ^ 8 * eta) by (apply Rmult_le_compat_r; [lra|apply Mm; lia]).
    replace (2 * M ^ 5 * eta * M ^ 2) with (2 * (M * M ^ 6 * eta)) by ring; lra.
Qed.

Lemma printed_apart : forall k w c1 c2 c3 c4 M m, c2 <= M -> c3 <= M -> assumption_4 c1 c2 c3 c4 k w ->
  (forall i, (i < k)%nat -> 0 <= w i) -> (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
  apart k m M (Rpower (INR k) (- c4)) w.
Proof.
  intros k w c1 c2 c3 c4 M m H2 H3 [A1 [_ A3]] W0 Hm Low; split.
  - intros i Hi; specialize (A1 i Hi); rewrite Rabs_pos_eq in A1 by (apply W0; exact Hi); split; [apply W0; exact Hi|lra].
  - intros i Hi N; destruct (A3 i m Hi Hm N) as [S R].
    rewrite !(Rabs_pos_eq (w _)) in S by (apply W0; assumption); rewrite Rabs_pos_eq in S by (specialize (Low i Hi); lra).
    split; [lra|eapply Rle_trans; [apply Rle_abs|lra]].
Qed.

(** What both lemmas need, with M above all constants. *)
Lemma printed_crossing : forall c1 c2 c3 c4 c M k w m, (2 <= k)%nat -> 0 < c1 <= M -> c2 <= M -> c3 <= M -> 1 <= M -> 0 <= c4 ->
  2 * c4 + 2 + ln (20 * M ^ 8 / c1) / ln 2 <= c -> assumption_4 c1 c2 c3 c4 k w ->
  (forall i, (i < k)%nat -> 0 <= w i) -> (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
  let eta := Rpower (INR k) (- c) in let v := descent (fun p => p + c1) eta k w in let X := exp ((1 + c4) * (INR k * ln (INR k))) in
  exists N, INR N <= (M / c1 + 1) * X / eta /\ (forall s, (s < N)%nat -> 0 < v s m) /\
    - (2 * M ^ 5 * eta) <= v N m <= 0 /\ v (S N) m <= - eta * (c1 / 2 * / X).
Proof.
  intros c1 c2 c3 c4 c M k w m Hk H1 H2 H3 HM H4 Hc HA W0 Hm Low eta v X.
  destruct (printed_step k c1 c4 c M Hk H1 HM H4 Hc) as [HK [He Hs]]; fold eta in He, Hs.
  set (kappa := Rpower (INR k) (- c4)) in *.
  assert (Ap : apart k m M kappa w) by (apply (printed_apart k w c1 c2 c3 c4); assumption).
  destruct (printed_start k m w c1 M kappa eta Hk Hm H1 HM HK He Hs Ap) as [Sm [Re [Lo [Lk Lq]]]].
  destruct (printed_gaps k c4 kappa Hk H4 eq_refl) as [G0 G1]; fold X in G1; set (G := (kappa / 2) ^ (k - 1)) in *.
  assert (Ev : v = descent (fun p => p - - c1) eta k w)
    by (unfold v; f_equal; apply FunctionalExtensionality.functional_extensionality; intros; ring).
  assert (Gz : G <= gaps k m 0 w) by (apply (sizes_gaps k m M); [exact Hm|exact Ap|lra]).
  assert (Gh : G <= gaps k m (longest k m (- c1) eta w) w) by (apply (sizes_gaps k m M); [exact Hm|exact Ap|lra]).
  assert (X1 : 1 <= X).
  { apply Rle_trans with (exp 0); [rewrite exp_0; lra|apply exp_le_compat, Rmult_le_pos; [lra|]].
    destruct (ln_depth k Hk) as [_ KL]; lra. }
  assert (eG : 0 < eta * c1 * G) by (repeat apply Rmult_lt_0_compat; lra).
  destruct (steps_for (M / (eta * c1 * G))) as [N1 [Nl Nh]]; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact eG]|].
  destruct (shamir_lemma_15 k m (- c1) eta w N1) as [N [HN [Pos [La Land]]]]; try assumption; try lra.
  { rewrite Ropp_involutive; apply Rle_trans with M; [apply Ap; exact Hm|].
    apply Rle_trans with (INR N1 * (eta * c1 * G)).
    - apply (Rmult_le_compat_r (eta * c1 * G)) in Nl; [|lra].
      replace (M / (eta * c1 * G) * (eta * c1 * G)) with M in Nl by (field; repeat split; lra); exact Nl.
    - apply Rmult_le_compat_l; [apply pos_INR|apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact Gz]]. }
  rewrite <- Ev in Pos, La, Land; exists N; split; [|split; [exact Pos|split; [lra|]]].
  - apply Rle_trans with (INR N1); [apply le_INR; exact HN|]; eapply Rle_trans; [exact Nh|].
    replace (M / (eta * c1 * G)) with (M / c1 * / G / eta) by (field; repeat split; lra).
    assert (q0 : 0 <= M / c1) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
    apply Rle_trans with (M / c1 * X / eta + X / eta); [|right; field; split; lra].
    assert (ie : 1 <= / eta) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
    apply Rplus_le_compat.
    + apply Rmult_le_compat_r; [lra|apply Rmult_le_compat_l; assumption].
    + rewrite <- (Rmult_1_l 1); apply Rmult_le_compat; lra.
  - destruct (shamir_lemma_16 k m (- c1) eta w N) as [_ Next]; try assumption; try lra.
    + intros i Hi Ni; destruct (proj2 Ap i Hi Ni); lra.
    + rewrite <- Ev; exact La.
    + rewrite <- Ev; exact Land.
    + rewrite <- Ev, Ropp_involutive in Next; eapply Rle_trans; [exact Next|].
      assert (iX : / X <= G).
      { rewrite <- (Rinv_inv G); apply Rinv_le_contravar; [apply Rinv_0_lt_compat; exact G0|exact G1]. }
      assert (Y : eta * c1 / 2 * / X <= eta * c1 / 2 * gaps k m (longest k m (- c1) eta w) w).
      { apply Rmult_le_compat_l; [assert (0 <= eta * c1) by (apply Rmult_le_pos; lra); lra|lra]. }
      lra.
Qed.

(** ** The lemmas *)

Lemma exponents : forall a b x, 0 <= a -> 1 <= x -> a * exp (b * x) <= exp ((a + b) * x) /\ exp (- ((a + b) * x)) <= exp (- (b * x)) * exp (- a).
Proof.
  intros a b x Ha Hx; assert (ax : a <= a * x) by (rewrite <- (Rmult_1_r a) at 1; apply Rmult_le_compat_l; assumption); split.
  - replace ((a + b) * x) with (a * x + b * x) by ring; rewrite exp_plus; apply Rmult_le_compat_r; [left; apply exp_pos|].
    assert (X := exp_above_line a); assert (Y := exp_le_compat a (a * x) ax); lra.
  - rewrite <- exp_plus; apply exp_le_compat; lra.
Qed.

(** The smallest weight becomes nonpositive after at most e^(C k ln k)/eta steps. *)
Theorem shamir_lemma_15_printed : forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w m,
    (2 <= k)%nat -> assumption_4 c1 c2 c3 c4 k w -> (forall i, (i < k)%nat -> 0 <= w i) ->
    (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
    exists N, INR N <= exp (C * (INR k * ln (INR k))) / Rpower (INR k) (- c) /\
      descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m <= 0.
Proof.
  intros c1 c2 c3 c4 H1 H4; set (M := 1 + c1 + Rabs c2 + Rabs c3).
  assert (A2 := Rle_abs c2); assert (A3 := Rle_abs c3); assert (B2 := Rabs_pos c2); assert (B3 := Rabs_pos c3).
  exists (2 * c4 + 2 + ln (20 * M ^ 8 / c1) / ln 2); intros c Hc.
  exists (M / c1 + 1 + (1 + c4)); intros k w m Hk HA W0 Hm Low.
  destruct (printed_crossing c1 c2 c3 c4 c M k w m Hk) as [N [HN [_ [[_ L] _]]]]; try assumption; try (unfold M; lra).
  exists N; split; [|exact L]; eapply Rle_trans; [exact HN|].
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, exp_pos|].
  destruct (ln_depth k Hk) as [_ KL]; apply exponents; [|exact KL].
  assert (0 <= M / c1) by (apply Rmult_le_pos; [unfold M; lra|left; apply Rinv_0_lt_compat; exact H1]); lra.
Qed.

(** The step that crosses lands in [- C eta, 0], and the next step leads to at most - eta e^(- C k ln k). *)
Theorem shamir_lemma_16_printed : forall c1 c2 c3 c4, 0 < c1 -> 0 <= c4 ->
  exists c0, forall c, c0 <= c -> exists C, forall k w m N,
    (2 <= k)%nat -> assumption_4 c1 c2 c3 c4 k w -> (forall i, (i < k)%nat -> 0 <= w i) ->
    (m < k)%nat -> (forall i, (i < k)%nat -> w m <= w i) ->
    (forall s, (s < N)%nat -> 0 < descent (fun p => p + c1) (Rpower (INR k) (- c)) k w s m) ->
    descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m <= 0 ->
    - (C * Rpower (INR k) (- c)) <= descent (fun p => p + c1) (Rpower (INR k) (- c)) k w N m /\
    descent (fun p => p + c1) (Rpower (INR k) (- c)) k w (S N) m
      <= - Rpower (INR k) (- c) * exp (- (C * (INR k * ln (INR k)))).
Proof.
  intros c1 c2 c3 c4 H1 H4; set (M := 1 + c1 + Rabs c2 + Rabs c3).
  assert (A2 := Rle_abs c2); assert (A3 := Rle_abs c3); assert (B2 := Rabs_pos c2); assert (B3 := Rabs_pos c3).
  exists (2 * c4 + 2 + ln (20 * M ^ 8 / c1) / ln 2); intros c Hc.
  set (a := 2 * M ^ 5 + Rabs (ln (2 / c1))); assert (M5 : 0 <= 2 * M ^ 5) by (apply Rmult_le_pos; [lra|apply pow_le; unfold M; lra]).
  assert (Al := Rle_abs (ln (2 / c1))); assert (Ap := Rabs_pos (ln (2 / c1))).
  exists (a + (1 + c4)); intros k w m N Hk HA W0 Hm Low Pos Land.
  destruct (printed_crossing c1 c2 c3 c4 c M k w m Hk) as [N' [_ [Pos' [[L1 L2] Next]]]]; try assumption; try (unfold M; lra).
  set (eta := Rpower (INR k) (- c)) in *; set (v := descent (fun p => p + c1) eta k w) in *.
  assert (N' = N) as ->.
  { destruct (Nat.lt_trichotomy N' N) as [Lt|[E|Gt]]; [specialize (Pos N' Lt); lra|exact E|specialize (Pos' N Gt); lra]. }
  assert (e0 : 0 < eta) by apply exp_pos; split.
  - eapply Rle_trans; [|exact L1]; apply Ropp_le_contravar, Rmult_le_compat_r; [lra|unfold a; lra].
  - eapply Rle_trans; [exact Next|].
    rewrite !Ropp_mult_distr_l_reverse; apply Ropp_le_contravar, Rmult_le_compat_l; [lra|].
    destruct (ln_depth k Hk) as [_ KL]; set (x := INR k * ln (INR k)) in *.
    destruct (exponents a (1 + c4) x ltac:(unfold a; lra) KL) as [_ E]; eapply Rle_trans; [exact E|].
    rewrite exp_Ropp, Rmult_comm; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, exp_pos|].
    apply Rle_trans with (exp (- ln (2 / c1))); [apply exp_le_compat; unfold a; lra|].
    rewrite exp_Ropp, exp_ln by (apply Rdiv_lt_0_compat; lra); right; field; lra.
Qed.

(** ** One step of Lemma 13, depth 2 *)

(** No overshoot and the printed rate up to twice the printed step size; beyond it the rate itself may exceed 1. *)
Theorem shamir_lemma_13_one_step : forall delta y w eta,
  0 < delta -> (forall i, (i < 2)%nat -> delta <= w i) -> product 2 w <= y -> 0 <= eta <= 2 * (delta ^ 2 / (2 * 2 * y ^ 2)) ->
  product 2 (step (fun p => p - y) eta 2 w) <= y /\
  (product 2 (step (fun p => p - y) eta 2 w) - y) ^ 2 / 2 <= (1 - 2 * delta ^ 2 * eta) * ((product 2 w - y) ^ 2 / 2) /\
  forall c, 2 < c -> exists y' w', (forall i, (i < 2)%nat -> 1 <= w' i) /\ product 2 w' < y' /\
    let eta' := c * (1 ^ 2 / (2 * 2 * y' ^ 2)) in
    (1 - 2 * 1 ^ 2 * eta') * ((product 2 w' - y') ^ 2 / 2)
      < (product 2 (step (fun p => p - y') eta' 2 w') - y') ^ 2 / 2.
Proof.
  intros delta y w eta Hd Hw Hy [He Heta].
  assert (Stays : product 2 (step (fun p => p - y) eta 2 w) <= y).
  { assert (W0 := Hw 0%nat ltac:(lia)); assert (W1 := Hw 1%nat ltac:(lia)).
    unfold step, others, but; simpl in *; set (a := w 0%nat) in *; set (b := w 1%nat) in *.
    replace (1 * a * b) with (a * b) in * by ring; set (p := a * b) in *.
    assert (D2 : delta * delta <= p) by (unfold p; apply Rmult_le_compat; lra).
    assert (dd : 0 < delta * delta) by (apply Rmult_lt_0_compat; lra).
    assert (y2 : 0 < y * y) by (apply Rmult_lt_0_compat; lra).
    assert (E : eta * (y * y) <= delta * delta / 2).
    { apply (Rmult_le_compat_r (y * y)) in Heta; [|lra].
      replace (2 * (delta * (delta * 1) / (2 * 2 * (y * (y * 1)))) * (y * y)) with (delta * delta / 2) in Heta by (field; lra); exact Heta. }
    assert (A : delta * delta * (a * a + b * b) <= delta * delta * (delta * delta) + p * p).
    { assert (0 <= (a * a - delta * delta) * (b * b - delta * delta)) by (apply Rmult_le_pos; nra); unfold p; nra. }
    set (g := y - p); assert (g0 : 0 <= g) by (unfold g; lra).
    match goal with |- ?l <= y => replace l with (p + g * (eta * (a * a + b * b) + eta * (eta * (g * p)))) by (unfold g, p; ring) end.
    enough (T : eta * (a * a + b * b) + eta * (eta * (g * p)) <= 1).
    { apply Rle_trans with (p + g * 1); [apply Rplus_le_compat_l, Rmult_le_compat_l; assumption|unfold g; lra]. }
    assert (S0 : 0 <= a * a + b * b) by nra.
    (* both terms over y^4 *)
    apply (Rmult_le_reg_r (y * y * (y * y))); [apply Rmult_lt_0_compat; lra|].
    set (Y := y * y) in *; set (h := eta * Y) in *; set (D := delta * delta) in *.
    assert (h0 : 0 <= h) by (apply Rmult_le_pos; lra).
    replace ((eta * (a * a + b * b) + eta * (eta * (g * p))) * (Y * Y)) with (h * (a * a + b * b) * Y + h * h * (g * p)) by (unfold h; ring).
    assert (T1 : h * (a * a + b * b) <= p * p).
    { apply Rle_trans with (D / 2 * (a * a + b * b)); [apply Rmult_le_compat_r; assumption|].
      assert (D * D <= p * p) by (apply Rmult_le_compat; lra); lra. }
    assert (T2 : h * h <= p * p / 4) by (assert (h * h <= D / 2 * (D / 2)) by (apply Rmult_le_compat; lra);
      assert (D * D <= p * p) by (apply Rmult_le_compat; lra); lra).
    assert (gp : 0 <= g * p) by (apply Rmult_le_pos; lra).
    apply Rle_trans with (p * p * Y + p * p / 4 * (g * p)).
    + apply Rplus_le_compat; [apply Rmult_le_compat_r; lra|apply Rmult_le_compat_r; lra].
    + rewrite Rmult_1_l; assert (Ey : y = p + g) by (unfold g; ring); unfold Y; rewrite Ey.
      assert (p0 : 0 <= p) by lra.
      assert (0 <= p * p * p * g) by (repeat apply Rmult_le_pos; lra); assert (0 <= p * p * g * g) by (repeat apply Rmult_le_pos; lra).
      assert (0 <= p * g * g * g) by (repeat apply Rmult_le_pos; lra); assert (0 <= g * g * g * g) by (repeat apply Rmult_le_pos; lra); nra. }
  split; [exact Stays|split].
  - assert (W0 := Hw 0%nat ltac:(lia)); assert (W1 := Hw 1%nat ltac:(lia)).
    unfold step, others, but in *; simpl in *; set (a := w 0%nat) in *; set (b := w 1%nat) in *.
    replace (1 * a * b) with (a * b) in * by ring; set (p := a * b) in *.
    set (g := y - p); assert (g0 : 0 <= g) by (unfold g; lra).
    set (s := eta * (a * a + b * b)); set (q := eta * (eta * (g * p))).
    match goal with |- (?l - y) * _ / 2 <= _ => assert (El : l = p + g * (s + q)) by (unfold s, q, g, p; ring) end.
    rewrite El in *; clear El.
    (* the new error is g u with 0 <= g u and u = 1 - s - q <= 1 - 2 delta^2 eta *)
    assert (p0 : 0 <= p) by (apply Rmult_le_pos; lra).
    assert (q0 : 0 <= q) by (apply Rmult_le_pos; [exact He|apply Rmult_le_pos; [exact He|apply Rmult_le_pos; assumption]]).
    assert (sd : 2 * (delta * delta) * eta <= s).
    { unfold s; rewrite (Rmult_comm eta); apply Rmult_le_compat_r; [exact He|].
      assert (delta * delta <= a * a) by (apply Rmult_le_compat; lra); assert (delta * delta <= b * b) by (apply Rmult_le_compat; lra); lra. }
    assert (d0 : 0 <= 2 * (delta * delta) * eta) by (apply Rmult_le_pos; [assert (0 <= delta * delta) by (apply Rmult_le_pos; lra); lra|exact He]).
    assert (u0 : 0 <= g * (1 - s - q)) by (unfold g in *; lra).
    assert (A : 0 <= g * (1 - s - q) * (g * (s + q))) by (apply Rmult_le_pos; [exact u0|apply Rmult_le_pos; lra]).
    assert (B : 0 <= g * g * (s + q - 2 * (delta * delta) * eta)) by (apply Rmult_le_pos; [apply Rmult_le_pos; exact g0|lra]).
    replace y with (p + g) by (unfold g; ring); nra.
  - intros c Hc; set (e := Rmin 1 ((c - 2) / 8)).
    assert (e1 : e <= 1) by apply Rmin_l; assert (e2 : e <= (c - 2) / 8) by apply Rmin_r.
    assert (e0 : 0 < e) by (unfold e; apply Rmin_glb_lt; lra).
    exists (1 + e), (fun _ => 1); split; [intros; lra|split; [simpl; lra|]].
    intros eta'; assert (r : 1 < 2 * eta').
    { unfold eta'; assert (e3 : e * e <= e) by (rewrite <- (Rmult_1_r e) at 3; apply Rmult_le_compat_l; lra).
      assert (y2 : 0 < (1 + e) ^ 2) by (apply pow_lt; lra).
      apply (Rmult_lt_reg_r ((1 + e) ^ 2)); [exact y2|].
      replace (2 * (c * (1 ^ 2 / (2 * 2 * (1 + e) ^ 2))) * (1 + e) ^ 2) with (c / 2) by (field; lra); lra. }
    apply Rlt_le_trans with 0.
    2:{ match goal with |- 0 <= ?x ^ 2 / 2 => assert (0 <= x ^ 2) by apply pow2_ge_0; lra end. }
    simpl product; replace ((1 * 1 * 1 - (1 + e)) ^ 2 / 2) with (e * e / 2) by field.
    assert (0 < e * e) by (apply Rmult_lt_0_compat; exact e0); assert (0 < (2 * eta' - 1) * (e * e / 2)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.
