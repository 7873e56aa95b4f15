(** The theorem of wide-layers.md with one formula for the width, that of Theorem 4.1 of Du and Hu with kappa^2 for kappa^3 and
    4 10^6 for the universal constant: the width pays for the failures of the start, too. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin Remainder Convergence RangeNumbers ChiSquare Wide AnyLaw Independent NormalLaw.
From Lemmata Require Import WidePapers WideData WideRandom WideWidth DuHuLoss DuHuStart OrthogonalTheorem GaussianChance GaussianWidth.
Open Scope R_scope.

(** The maximum, for kappa = sigma^2/tau^2. *)
Definition width_squared (L p r : nat) (sigma tau phi delta : R) : R :=
  Rmax (Rmax (INR r * (sigma ^ 2 / tau ^ 2) ^ 2 * INR p * (1 + phi ^ 2)) (INR r * (sigma ^ 2 / tau ^ 2) ^ 2 * ln (INR r / delta)))
    (ln (INR L)).

Lemma log_two_below : ln 2 <= 7 / 10.
Proof.
  rewrite <- (ln_exp (7 / 10)); apply ln_le; [lra|].
  assert (E := exp_minus_second (7 / 40) ltac:(lra)); assert (P := exp_pos (- (7 / 40))).
  assert (Q : exp (- (7 / 40)) ^ 4 <= (84032 / 100000) ^ 4) by (apply pow_incr; lra).
  rewrite <- exp_times in Q; replace (INR 4 * - (7 / 40)) with (- (7 / 10)) in Q by (simpl; field).
  assert (One : exp (7 / 10) * exp (- (7 / 10)) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0); assert (P7 := exp_pos (7 / 10)).
  assert (exp (7 / 10) * exp (- (7 / 10)) <= exp (7 / 10) * (1 / 2)); [|lra]; apply Rmult_le_compat_l; lra.
Qed.

(** beta in terms of p, log (r/delta) and phi *)
Lemma gaussian_loss_below : forall p r phi delta, (1 <= p)%nat -> (1 <= r)%nat -> 0 <= phi -> 0 < delta < 1 ->
  0 <= gaussian_loss p phi delta /\
  INR p * gaussian_loss p phi delta <= 384 / 100 * INR p + 281 / 100 * ln (INR r / delta) + 217 / 100 * (phi ^ 2 * INR p).
Proof.
  intros p r phi delta Hp Hr Hf Hd; assert (p1 : 1 <= INR p) by (apply (le_INR 1); exact Hp).
  destruct (inverse_delta r delta Hr Hd) as [i0 i1]; set (l := ln (INR r / delta)) in *.
  assert (x1 : 0 <= ln (2 / delta) <= 7 / 10 + l).
  { unfold Rdiv at 1 2; rewrite ln_mult by (try apply Rinv_0_lt_compat; lra); assert (T := log_two_below).
    assert (0 <= ln 2) by (rewrite <- ln_1; apply ln_le; lra); lra. }
  unfold gaussian_loss; set (x := ln (2 / delta)) in *; set (a := output_size p x).
  assert (A : 0 <= a <= 41 / 10 * INR p + 3 * l).
  { split; [apply output_size_nonneg; lra|]; unfold a, output_size.
    assert (S := sqrt_pos (INR p * x)); assert (SS : sqrt (INR p * x) ^ 2 = INR p * x) by (apply pow2_sqrt; apply Rmult_le_pos; lra).
    assert (2 * sqrt (INR p * x) <= INR p + x); [|lra].
    apply below_by_square; [lra|]; replace ((2 * sqrt (INR p * x)) ^ 2) with (4 * sqrt (INR p * x) ^ 2) by ring; rewrite SS.
    assert (0 <= (INR p - x) ^ 2) by apply pow2_ge_0; lra. }
  unfold start_bound; set (s := sqrt (36 / 25 * a / INR p)).
  assert (q0 : 0 <= 36 / 25 * a / INR p) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
  assert (s2 : s ^ 2 = 36 / 25 * a / INR p) by (apply pow2_sqrt; exact q0).
  split; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|].
  assert (Young : (s + phi) ^ 2 <= 13 / 10 * s ^ 2 + 13 / 3 * phi ^ 2) by (assert (0 <= (3 / 10 * s - phi) ^ 2) by apply pow2_ge_0; lra).
  rewrite s2 in Young; apply (Rmult_le_compat_l (INR p)) in Young; [|lra].
  replace (INR p * (13 / 10 * (36 / 25 * a / INR p) + 13 / 3 * phi ^ 2)) with (468 / 250 * a + 13 / 3 * (phi ^ 2 * INR p)) in Young by (field; lra).
  assert (0 <= phi ^ 2 * INR p) by (apply Rmult_le_pos; [apply pow2_ge_0|lra]); lra.
Qed.

(** The terms of the width. *)
Lemma squared_terms : forall L p r m sigma tau phi delta, (1 <= L)%nat -> (1 <= p)%nat -> (1 <= r)%nat -> 0 < tau <= sigma -> 0 < delta < 1 ->
  4 * 10 ^ 6 * INR L * width_squared L p r sigma tau phi delta <= m ->
  let k2 := (sigma ^ 2 / tau ^ 2) ^ 2 in
  1 <= k2 /\ 4000000 * (INR L * (INR r * k2 * INR p * (1 + phi ^ 2))) <= m /\ 4000000 * (INR L * (INR r * k2 * ln (INR r / delta))) <= m /\
  4000000 * (INR L * ln (INR L)) <= m.
Proof.
  intros L p r m sigma tau phi delta HL Hp Hr Hst Hd Hm k2; assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (t2 : 0 < tau ^ 2) by (apply pow_lt; lra).
  assert (K : 1 <= k2).
  { unfold k2; apply pow_R1_Rle; apply (Rmult_le_reg_r (tau ^ 2)); [exact t2|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra.
    apply pow_incr; lra. }
  unfold width_squared in Hm; fold k2 in Hm; set (l := ln (INR r / delta)) in *.
  set (A := INR r * k2 * INR p * (1 + phi ^ 2)) in *; set (B := INR r * k2 * l) in *; set (M := Rmax (Rmax A B) (ln (INR L))) in *.
  assert (A1 : A <= M) by (eapply Rle_trans; [apply (Rmax_l A B)|apply Rmax_l]).
  assert (B1 : B <= M) by (eapply Rle_trans; [apply (Rmax_r A B)|apply Rmax_l]).
  assert (C1 : ln (INR L) <= M) by apply Rmax_r.
  assert (E : 4000000 * (INR L * M) <= m) by (eapply Rle_trans; [right|exact Hm]; ring).
  assert (G : forall y, y <= M -> 4000000 * (INR L * y) <= m).
  { intros y Hy; eapply Rle_trans; [|exact E]; apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; lra]. }
  auto.
Qed.

(** m/L = y/0.009 *)
Lemma failures_paid : forall L p r m delta, (1 <= L)%nat -> (1 <= p)%nat -> (1 <= r)%nat -> 0 < delta < 1 ->
  4000000 * (INR L * INR p) <= INR m -> 4000000 * (INR L * INR r) <= INR m -> 4000000 * (INR L * ln (/ delta)) <= INR m ->
  4000000 * (INR L * ln (INR L)) <= INR m -> start_failure m p r L <= delta / 2.
Proof.
  intros L p r m delta HL Hp Hr Hd Wp Wr Wd Wl; assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (p1 : 1 <= INR p) by (apply (le_INR 1); exact Hp); assert (r1 : 1 <= INR r) by (apply (le_INR 1); exact Hr).
  set (y := 9 / 1000 * (INR m / INR L)).
  assert (Less : forall z, 4000000 * (INR L * z) <= INR m -> 36000 * z <= y).
  { intros z Hz; unfold y; apply (Rmult_le_reg_r (INR L)); [lra|]; replace (9 / 1000 * (INR m / INR L) * INR L) with (9 / 1000 * INR m) by (field; lra); lra. }
  apply Less in Wp, Wr, Wd, Wl.
  eapply Rle_trans; [apply failure_below; assumption|]; fold y.
  assert (Net : forall k, 36000 * INR k <= y -> 25 ^ k <= exp (y / 10)).
  { intros k Hk; apply Rle_trans with (exp (INR k * 24)); [rewrite exp_times; apply pow_incr; assert (U := exp_above_line 24); lra|].
    apply exp_le_compat; assert (0 <= INR k) by apply pos_INR; lra. }
  assert (P := Net p Wp); assert (Q := Net r Wr); set (e := exp (y / 10)) in *; assert (e0 : 0 < e) by apply exp_pos.
  assert (EL : INR L ^ 3 <= e).
  { replace (INR L) with (exp (ln (INR L))) by (apply exp_ln; lra); rewrite <- exp_times; apply exp_le_compat; simpl.
    assert (0 <= ln (INR L)) by (rewrite <- ln_1; apply ln_le; lra); lra. }
  assert (D : / delta <= e).
  { replace (/ delta) with (exp (ln (/ delta))) by (apply exp_ln, Rinv_0_lt_compat; lra); apply exp_le_compat.
    assert (0 <= ln (/ delta)); [|lra]; rewrite <- ln_1; apply ln_le; [lra|]; rewrite <- Rinv_1; apply Rinv_le_contravar; lra. }
  assert (S : 16 <= e) by (assert (U := exp_above_line (y / 10)); fold e in U; lra).
  assert (L3 : 0 <= INR L ^ 3) by (apply pow_le; lra).
  assert (N : 0 <= 25 ^ p + 25 ^ r) by (assert (0 < 25 ^ p) by (apply pow_lt; lra); assert (0 < 25 ^ r) by (apply pow_lt; lra); lra).
  assert (T : INR L ^ 3 * (25 ^ p + 25 ^ r) <= e * (2 * e)) by (apply Rmult_le_compat; lra).
  assert (X : exp (- y) * (e * e * e * e) <= 1).
  { unfold e; rewrite <- !exp_plus, <- exp_0; apply exp_le_compat; lra. }
  apply (Rmult_le_reg_r (/ delta)); [apply Rinv_0_lt_compat; lra|]; replace (delta / 2 * / delta) with (1 / 2) by (field; lra).
  assert (x0 : 0 < exp (- y)) by apply exp_pos; assert (d0 : 0 < / delta) by (apply Rinv_0_lt_compat; lra).
  replace (4 * INR L ^ 3 * (25 ^ p + 25 ^ r) * exp (- y) * / delta) with (4 * exp (- y) * (INR L ^ 3 * (25 ^ p + 25 ^ r) * / delta)) by ring.
  apply Rle_trans with (4 * exp (- y) * (e * (2 * e) * e)).
  - apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat; try lra; apply Rmult_le_pos; lra.
  - assert (16 * (exp (- y) * (e * e * e)) <= e * (exp (- y) * (e * e * e))) by (apply Rmult_le_compat_r; [repeat apply Rmult_le_pos; lra|exact S]); lra.
Qed.

(** L layers of width m, n inputs and p outputs; kappa = sigma^2/tau^2 and phi bounds |Phi|. *)
Theorem gaussian_layers_width : forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  4 * 10 ^ 6 * INR L * width_squared L p r sigma tau phi delta <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ fast_start d p r L X Y Phi eta tau phi delta (random_network n m p L X w)) delta.
Proof.
  intros d n m p r L X Y Phi eta sigma tau phi delta Hn Hm Hp Hr HL Data Hd Width He; assert (Data' := Data).
  destruct Data' as [V Rot]; assert (Hst : 0 < tau <= sigma) by apply Rot; assert (f0 : 0 <= phi) by apply Rot.
  destruct (squared_terms L p r (INR m) sigma tau phi delta HL (proj1 Hp) (proj1 Hr) Hst Hd Width) as [K [TA [TB TL]]].
  destruct (gaussian_loss_below p r phi delta (proj1 Hp) (proj1 Hr) f0 Hd) as [b0 B].
  destruct (inverse_delta r delta (proj1 Hr) Hd) as [i0 i1].
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL); assert (p1 : 1 <= INR p) by (apply (le_INR 1); lia).
  assert (r1 : 1 <= INR r) by (apply (le_INR 1); lia); assert (f2 : 0 <= phi ^ 2) by apply pow2_ge_0.
  set (k2 := (sigma ^ 2 / tau ^ 2) ^ 2) in *; set (l := ln (INR r / delta)) in *.
  assert (rk : INR r <= INR r * k2) by (rewrite <- (Rmult_1_r (INR r)) at 1; apply Rmult_le_compat_l; lra).
  assert (rp : INR r * 1 <= INR r * INR p) by (apply Rmult_le_compat_l; lra); assert (pr : 1 * INR p <= INR r * INR p) by (apply Rmult_le_compat_r; lra).
  assert (Top : INR r * INR p <= INR r * k2 * INR p * (1 + phi ^ 2)).
  { rewrite <- (Rmult_1_r (INR r * INR p)); apply Rmult_le_compat; [apply Rmult_le_pos; lra|lra|apply Rmult_le_compat_r; lra|lra]. }
  assert (Tail : ln (/ delta) <= INR r * k2 * l).
  { apply Rle_trans with (1 * l); [lra|]; apply Rmult_le_compat_r; lra. }
  assert (Room : forall y z, y <= z -> 4000000 * (INR L * z) <= INR m -> 4000000 * (INR L * y) <= INR m).
  { intros y z Hy Hz; eapply Rle_trans; [|exact Hz]; apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; lra]. }
  assert (Fail : start_failure m p r L <= delta / 2).
  { apply failures_paid; auto; try lia; [refine (Room _ _ _ TA); lra|refine (Room _ _ _ TA); lra|refine (Room _ _ Tail TB)]. }
  assert (q0 : 0 <= sigma ^ 2 * inner d X X / tau ^ 4 <= INR r * k2).
  { assert (t4 : 0 < tau ^ 4) by (apply pow_lt; lra); split.
    - apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|apply inner_nonneg]|left; apply Rinv_0_lt_compat; exact t4].
    - replace (INR r * k2) with (sigma ^ 2 * (INR r * sigma ^ 2) / tau ^ 4) by (unfold k2; field; lra).
      unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; exact t4|]; apply Rmult_le_compat_l; [apply pow2_ge_0|].
      assert (m0 : 0 < INR m).
      { assert (0 < INR L * (INR r * k2 * INR p * (1 + phi ^ 2))) by (apply Rmult_lt_0_compat; lra); lra. }
      apply (data_square d n m p r L X Y Phi V sigma tau phi (1 / 2)); repeat split; try assumption; try lia; try lra; apply Rot. }
  assert (M : 1 <= middle_size L <= 30 * INR L).
  { split; [apply Rmax_l|]; apply Rmax_lub; [lra|]; apply Rmult_le_compat_l; [lra|apply le_INR; lia]. }
  assert (Wide : 18300 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * gaussian_loss p phi delta) * middle_size L <= INR m).
  { set (q := sigma ^ 2 * inner d X X / tau ^ 4) in *; set (b := INR p * gaussian_loss p phi delta) in *.
    assert (bp : 0 <= b) by (apply Rmult_le_pos; lra).
    assert (Q : q * b <= INR r * k2 * (384 / 100 * (INR p * (1 + phi ^ 2)) + 281 / 100 * l)).
    { apply Rmult_le_compat; try lra; assert (0 <= phi ^ 2 * INR p) by (apply Rmult_le_pos; lra); lra. }
    assert (N : 0 <= q * b) by (apply Rmult_le_pos; lra).
    assert (Q2 : q * b * middle_size L <= q * b * (30 * INR L)) by (apply Rmult_le_compat_l; lra).
    assert (Q3 : q * b * (30 * INR L) <= INR r * k2 * (384 / 100 * (INR p * (1 + phi ^ 2)) + 281 / 100 * l) * (30 * INR L)) by (apply Rmult_le_compat_r; lra).
    assert (m0 := pos_INR m); lra. }
  refine (at_most_weaker _ _ _ _ _ _ (gaussian_layers_whole d n m p r L X Y Phi eta sigma tau phi delta Hn Hm Hp Hr HL Data Hd Fail Wide He)).
  intros w Bad [Start Fast]; apply Bad; set (F := random_network n m p L X w) in *; split.
  - unfold small_loss; eapply Rle_trans; [exact Start|]; apply Rmult_le_compat_r; [apply inner_nonneg|].
    fold l; set (K' := Rmax (Rmax 1 (l / INR p)) (phi ^ 2)).
    assert (K1 : 1 <= K') by (eapply Rle_trans; [apply (Rmax_l 1 (l / INR p))|apply Rmax_l]).
    assert (K2 : l / INR p <= K') by (eapply Rle_trans; [apply (Rmax_r 1 (l / INR p))|apply Rmax_l]).
    assert (K3 : phi ^ 2 <= K') by apply Rmax_r.
    apply (Rmult_le_reg_l (INR p)); [lra|]; eapply Rle_trans; [exact B|].
    apply (Rmult_le_compat_l (INR p)) in K1; [|lra]; apply (Rmult_le_compat_l (INR p)) in K2; [|lra]; apply (Rmult_le_compat_l (INR p)) in K3; [|lra].
    replace (INR p * (l / INR p)) with l in K2 by (field; lra); lra.
  - intros t; destruct (Fast t) as [_ Q]; eapply Rle_trans; [exact Q|].
    assert (E0 : 0 <= loss d (S L) Y F - best_loss d X Y Phi).
    { assert (Posed : posed d n m p r L X Y Phi V sigma tau phi (1 / 2)).
      { assert (0 < INR L * (INR r * k2 * INR p * (1 + phi ^ 2))) by (apply Rmult_lt_0_compat; lra).
        repeat split; try assumption; try lia; try lra; apply Rot. }
      assert (E := excess_rotated d n m p r L X Y Phi V sigma tau phi (1 / 2) Posed eta w 0%nat); cbv zeta in E; simpl wide_descent in E.
      fold F in E; rewrite E; apply loss_nonneg. }
    apply Rmult_le_compat_r; [exact E0|].
    set (c := eta * INR L * tau ^ 2 / (4 * INR p)); assert (c1 : 0 <= c <= 1).
    { assert (s2 : 0 < sigma ^ 2) by (apply pow_lt; lra); assert (ts : tau ^ 2 <= sigma ^ 2) by (apply pow_incr; lra).
      assert (X1 : eta * (3 * INR L * sigma ^ 2) <= INR p).
      { apply (Rmult_le_reg_r (/ (3 * INR L * sigma ^ 2))); [apply Rinv_0_lt_compat; repeat apply Rmult_lt_0_compat; lra|].
        rewrite Rmult_assoc, Rinv_r, Rmult_1_r; [apply He|]; assert (0 < 3 * INR L * sigma ^ 2) by (repeat apply Rmult_lt_0_compat; lra); lra. }
      assert (X2 : eta * INR L * tau ^ 2 <= eta * INR L * sigma ^ 2) by (apply Rmult_le_compat_l; [apply Rmult_le_pos|]; lra).
      assert (X3 : 0 <= eta * INR L * tau ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; try lra; apply pow2_ge_0).
      unfold c; split; [apply Rmult_le_pos; [exact X3|left; apply Rinv_0_lt_compat; lra]|].
      apply (Rmult_le_reg_r (4 * INR p)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
    assert (u : 0 <= (1 - c) ^ t <= 1).
    { split; [apply pow_le; lra|]; apply Rle_trans with (1 ^ t); [apply pow_incr; lra|rewrite pow1; lra]. }
    assert ((1 - c) ^ t * (1 - c) ^ t <= (1 - c) ^ t * 1) by (apply Rmult_le_compat_l; lra); simpl; lra.
Qed.
