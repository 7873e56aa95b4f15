(** Two panels of the invariant curve at their border (escape-counts.md, section 6): the Taylor coefficients of Chebyshev sums at 1 and -1,
    and what the curve and the increase of the count change by up to one step behind it, as numerics/certified/curve.py adds it up. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature EllipseChebyshev CurveResiduals CurvePanels.
Open Scope R_scope.

(** ** Taylor coefficients at 1 *)

(** The coefficient of s^q in T_m(1 + s), x = m *)
Fixpoint taylor (q : nat) (x : R) : R :=
  match q with O => 1 | S p => taylor p x * ((x ^ 2 - INR p ^ 2) / ((2 * INR p + 1) * (INR p + 1))) end.

(** (x - q) ... (x + q), and what divides it *)
Fixpoint centred (q : nat) (x : R) : R := match q with O => x | S p => centred p x * (x ^ 2 - INR (S p) ^ 2) end.
Fixpoint divisor (q : nat) : R := match q with O => 1 | S p => divisor p * ((2 * INR p + 1) * (INR p + 1)) end.

Lemma divisor_pos : forall q, 0 < divisor q.
Proof.
  induction q as [|q IH]; [simpl; lra|]; cbn [divisor]; assert (P := pos_INR q).
  apply Rmult_lt_0_compat; [exact IH|apply Rmult_lt_0_compat; lra].
Qed.

Lemma taylor_centred : forall q x, taylor (S q) x = x * centred q x / divisor (S q).
Proof.
  induction q as [|q IH]; intros x; [cbn [taylor centred divisor]; simpl INR; field|].
  assert (P := divisor_pos (S q)); assert (Q := pos_INR (S q)).
  change (taylor (S (S q)) x) with (taylor (S q) x * ((x ^ 2 - INR (S q) ^ 2) / ((2 * INR (S q) + 1) * (INR (S q) + 1)))).
  rewrite IH; change (centred (S q) x) with (centred q x * (x ^ 2 - INR (S q) ^ 2)).
  change (divisor (S (S q))) with (divisor (S q) * ((2 * INR (S q) + 1) * (INR (S q) + 1))); field; repeat split; lra.
Qed.

Lemma centred_up : forall q x, centred (S q) (x + 1) = centred q x * (x + INR (S q)) * (x + INR (S q) + 1).
Proof.
  induction q as [|q IH]; intros x; [cbn [centred]; simpl INR; ring|].
  change (centred (S (S q)) (x + 1)) with (centred (S q) (x + 1) * ((x + 1) ^ 2 - INR (S (S q)) ^ 2)); rewrite IH.
  change (centred (S q) x) with (centred q x * (x ^ 2 - INR (S q) ^ 2)); rewrite (S_INR (S q)); ring.
Qed.

Lemma centred_down : forall q x, centred (S q) (x - 1) = centred q x * (x - INR (S q)) * (x - INR (S q) - 1).
Proof.
  induction q as [|q IH]; intros x; [cbn [centred]; simpl INR; ring|].
  change (centred (S (S q)) (x - 1)) with (centred (S q) (x - 1) * ((x - 1) ^ 2 - INR (S (S q)) ^ 2)); rewrite IH.
  change (centred (S q) x) with (centred q x * (x ^ 2 - INR (S q) ^ 2)); rewrite (S_INR (S q)); ring.
Qed.

Lemma taylor_differences : forall q x, taylor (S q) (x + 1) = 2 * taylor (S q) x - taylor (S q) (x - 1) + 2 * taylor q x.
Proof.
  intros [|q] x; [cbn [taylor]; simpl INR; field|].
  rewrite (taylor_centred (S q)), (taylor_centred (S q)), (taylor_centred (S q)), (taylor_centred q), centred_up, centred_down.
  change (centred (S q) x) with (centred q x * (x ^ 2 - INR (S q) ^ 2)).
  change (divisor (S (S q))) with (divisor (S q) * ((2 * INR (S q) + 1) * (INR (S q) + 1))).
  assert (P := divisor_pos (S q)); assert (Q := pos_INR (S q)); field; repeat split; lra.
Qed.

Lemma taylor_ends : forall m l, taylor (S m + l) (INR m) = 0.
Proof.
  intros m l; induction l as [|l IH].
  - rewrite Nat.add_0_r; cbn [taylor]; unfold Rdiv; rewrite Rminus_eq_0; ring.
  - rewrite Nat.add_succ_r; change (taylor (S (S m + l)) (INR m)) with (taylor (S m + l) (INR m)
      * ((INR m ^ 2 - INR (S m + l) ^ 2) / ((2 * INR (S m + l) + 1) * (INR (S m + l) + 1)))); rewrite IH; ring.
Qed.

Lemma taylor_exact : forall s m n, (m <= n)%nat -> chebyshev m (1 + s) = total (S n) (fun q => taylor q (INR m) * s ^ q).
Proof.
  intros s; apply (two_steps (fun m => forall n, (m <= n)%nat -> chebyshev m (1 + s) = total (S n) (fun q => taylor q (INR m) * s ^ q))).
  - intros n _; rewrite total_first, (total_zero n); [simpl; ring|]; intros i _.
    assert (E := taylor_ends 0 i); change (taylor (S i) (INR 0) = 0) in E; rewrite E; ring.
  - intros [|n] Hn; [lia|]; rewrite !total_first, (total_zero n); [cbn [taylor]; simpl; field|]; intros i _.
    assert (E := taylor_ends 1 i); change (taylor (S (S i)) (INR 1) = 0) in E; rewrite E; ring.
  - intros m H0 H1 [|n] Hn; [lia|]; rewrite chebyshev_rec.
    assert (A := H1 (S n) ltac:(lia)); assert (B := H0 (S n) ltac:(lia)); assert (D := H1 n ltac:(lia)).
    rewrite total_first in A, B; rewrite total_first.
    rewrite (total_ext (S n) (fun i => taylor (S i) (INR (S (S m))) * s ^ S i) (fun i => 2 * (taylor (S i) (INR (S m)) * s ^ S i)
      + ((-1) * (taylor (S i) (INR m) * s ^ S i) + 2 * s * (taylor i (INR (S m)) * s ^ i)))).
    + rewrite !total_plus, !total_scal, <- D; cbn [taylor] in *; simpl pow in *; lra.
    + intros i _; rewrite (S_INR (S m)), taylor_differences; replace (INR (S m) - 1) with (INR m) by (rewrite S_INR; ring); simpl pow; ring.
Qed.

(** ** Sums of Chebyshev polynomials at an end e = 1 or -1 *)

Lemma chebyshev_end : forall e m x, e = 1 \/ e = -1 -> chebyshev m (e * x) = e ^ m * chebyshev m x.
Proof.
  intros e m x [->| ->]; [rewrite Rmult_1_l, pow1; ring|]; replace (-1 * x) with (- x) by ring; apply chebyshev_parity.
Qed.

Definition at_end (n : nat) (c : nat -> R) (e : R) (q : nat) : R := total (S n) (fun m => e ^ (m + q) * taylor q (INR m) * c m).

(** Bounds what lies beyond the first terms at a distance of at most ratio *)
Definition taylor_tail (n : nat) (c : nat -> R) (terms : nat) (ratio : R) : R :=
  total (S n) (fun m => Rabs (c m) * total (S n - terms) (fun l => Rabs (taylor (terms + l) (INR m)) * ratio ^ (terms + l))).

Lemma total_joined : forall p q f, total (p + q) f = total p f + total q (fun l => f (p + l)%nat).
Proof.
  intros p q f; induction q as [|q IH]; [rewrite Nat.add_0_r; simpl; ring|]; rewrite Nat.add_succ_r; cbn [total]; rewrite IH; ring.
Qed.

Lemma pow_end : forall e q, e = 1 \/ e = -1 -> Rabs (e ^ q) = 1.
Proof. intros e q [->| ->]; [rewrite pow1; apply Rabs_R1|apply pow_1_abs]. Qed.

Lemma series_near_end : forall n c e terms ratio s, e = 1 \/ e = -1 -> Rabs s <= ratio ->
  Rabs (series n c (e + s) - total terms (fun q => at_end n c e q * s ^ q)) <= taylor_tail n c terms ratio.
Proof.
  intros n c e terms ratio s He Hs; assert (E2 : e * e = 1) by (destruct He as [->| ->]; ring).
  set (later := fun m => total (S n - terms) (fun l => e ^ (m + (terms + l)) * taylor (terms + l) (INR m) * s ^ (terms + l))).
  assert (Each : forall m, (m < S n)%nat -> chebyshev m (e + s) = total terms (fun q => e ^ (m + q) * taylor q (INR m) * s ^ q) + later m).
  { intros m Hm; replace (e + s) with (e * (1 + e * s)) by (rewrite Rmult_plus_distr_l, <- Rmult_assoc, E2; ring).
    rewrite (chebyshev_end e m _ He), (taylor_exact (e * s) m (pred (terms + (S n - terms)))) by lia.
    replace (S (pred (terms + (S n - terms)))) with (terms + (S n - terms))%nat by lia; unfold later; rewrite <- (total_joined terms _
      (fun q => e ^ (m + q) * taylor q (INR m) * s ^ q)), <- total_scal; apply total_ext; intros q _; rewrite Rpow_mult_distr, pow_add; ring. }
  assert (Sum : series n c (e + s) - total terms (fun q => at_end n c e q * s ^ q) = total (S n) (fun m => c m * later m)).
  { unfold series; rewrite (total_ext (S n) (fun m => c m * chebyshev m (e + s)) (fun m => total terms (fun q => e ^ (m + q) * taylor q (INR m) * c m * s ^ q)
      + c m * later m)).
    - rewrite total_plus, total_swap, (total_ext terms (fun q => at_end n c e q * s ^ q)
        (fun q => total (S n) (fun m => e ^ (m + q) * taylor q (INR m) * c m * s ^ q))); [ring|].
      intros q _; unfold at_end; rewrite Rmult_comm, <- total_scal; apply total_ext; intros m _; ring.
    - intros m Hm; rewrite (Each m Hm), Rmult_plus_distr_l; f_equal; rewrite <- total_scal; apply total_ext; intros q _; ring. }
  rewrite Sum; eapply Rle_trans; [apply total_abs|]; apply total_le; intros m _; rewrite Rabs_mult.
  apply Rmult_le_compat_l; [apply Rabs_pos|]; unfold later; eapply Rle_trans; [apply total_abs|]; apply total_le; intros l _.
  rewrite !Rabs_mult, (pow_end e _ He), Rmult_1_l, <- RPow_abs; apply Rmult_le_compat_l; [apply Rabs_pos|].
  apply pow_incr; split; [apply Rabs_pos|exact Hs].
Qed.

Lemma series_end : forall n c e, e = 1 \/ e = -1 -> series n c e = at_end n c e 0.
Proof.
  intros n c e He; unfold series, at_end; apply total_ext; intros m _; rewrite Nat.add_0_r.
  assert (T := chebyshev_end e m 1 He); rewrite Rmult_1_r, chebyshev_one in T; rewrite T; cbn [taylor]; ring.
Qed.

Lemma tail_nonneg : forall n c terms ratio, 0 <= ratio -> 0 <= taylor_tail n c terms ratio.
Proof.
  intros n c terms ratio H; unfold taylor_tail; apply total_nonneg; intros m _; apply Rmult_le_pos; [apply Rabs_pos|].
  apply total_nonneg; intros l _; apply Rmult_le_pos; [apply Rabs_pos|apply pow_le, H].
Qed.

(** ** At the border *)

Definition tails (terms n n' : nat) (r r' reach : R) (c c' : nat -> R) : R :=
  taylor_tail n c terms (reach / r) + taylor_tail n' c' terms (reach / r').
Definition differs (n n' : nat) (r r' reach : R) (c c' : nat -> R) (q : nat) : R :=
  Rabs (at_end n c 1 q * (reach / r) ^ q - at_end n' c' (-1) q * (reach / r') ^ q).

(** What the code adds up for a squared difference, and for the count, where the first term does not matter *)
Definition mismatch (terms n n' : nat) (r r' reach : R) (c c' : nat -> R) : R :=
  tails terms n n' r r' reach c c' + total terms (differs n n' r r' reach c c').
Definition count_mismatch (terms n n' : nat) (r r' reach : R) (c c' : nat -> R) : R :=
  tails terms n n' r r' reach c c' + total (terms - 1) (fun q => differs n n' r r' reach c c' (S q)).

Lemma scaled_differ : forall n n' r r' reach c c' q z, 0 < r -> 0 < r' -> 0 <= z <= reach ->
  Rabs (at_end n c 1 q * (z / r) ^ q - at_end n' c' (-1) q * (z / r') ^ q) <= differs n n' r r' reach c c' q.
Proof.
  intros n n' r r' reach c c' q z Hr Hr' Hz; unfold differs; set (p := at_end n c 1 q); set (p' := at_end n' c' (-1) q).
  assert (E : forall w, p * (w / r) ^ q - p' * (w / r') ^ q = w ^ q * (p * (/ r) ^ q - p' * (/ r') ^ q))
    by (intros w; unfold Rdiv; rewrite !Rpow_mult_distr; ring).
  rewrite !E, !Rabs_mult; apply Rmult_le_compat_r; [apply Rabs_pos|]; rewrite !Rabs_pos_eq by (apply pow_le; lra); apply pow_incr; lra.
Qed.

Lemma at_border : forall n n' terms r r' reach c c' z, 0 < r -> 0 < r' -> 0 <= z <= reach ->
  Rabs (series n c (1 + z / r) - series n' c' (-1 + z / r') - total terms (fun q => at_end n c 1 q * (z / r) ^ q - at_end n' c' (-1) q * (z / r') ^ q))
    <= tails terms n n' r r' reach c c'.
Proof.
  intros n n' terms r r' reach c c' z Hr Hr' Hz.
  assert (Q : forall k, 0 < k -> Rabs (z / k) <= reach / k) by (intros k Hk; assert (0 < / k) by (apply Rinv_0_lt_compat, Hk);
    rewrite Rabs_pos_eq; unfold Rdiv; [apply Rmult_le_compat_r; lra|apply Rmult_le_pos; lra]).
  assert (A := series_near_end n c 1 terms _ _ (or_introl eq_refl) (Q r Hr)); assert (B := series_near_end n' c' (-1) terms _ _ (or_intror eq_refl) (Q r' Hr')).
  rewrite total_minus; unfold tails; apply Rabs_le_between in A; apply Rabs_le_between in B; apply Rabs_le; lra.
Qed.

Lemma squares_at_border : forall n n' terms r r' reach c c' z, 0 < r -> 0 < r' -> 0 <= z <= reach ->
  Rabs (series n c (1 + z / r) - series n' c' (-1 + z / r')) <= mismatch terms n n' r r' reach c c'.
Proof.
  intros n n' terms r r' reach c c' z Hr Hr' Hz; assert (A := at_border n n' terms r r' reach c c' z Hr Hr' Hz).
  set (f := fun q => at_end n c 1 q * (z / r) ^ q - at_end n' c' (-1) q * (z / r') ^ q) in *.
  assert (B : Rabs (total terms f) <= total terms (differs n n' r r' reach c c'))
    by (eapply Rle_trans; [apply total_abs|]; apply total_le; intros q _; apply scaled_differ; assumption).
  unfold mismatch; apply Rabs_le_between in A; apply Rabs_le_between in B; apply Rabs_le; lra.
Qed.

Lemma counts_at_border : forall n n' terms r r' reach c c' z, 0 < r -> 0 < r' -> 0 <= z <= reach -> (1 <= terms)%nat ->
  Rabs (series n' c' (-1 + z / r') - series n' c' (-1) - (series n c (1 + z / r) - series n c 1)) <= count_mismatch terms n n' r r' reach c c'.
Proof.
  intros n n' [|t] r r' reach c c' z Hr Hr' Hz Ht; [lia|]; assert (A := at_border n n' (S t) r r' reach c c' z Hr Hr' Hz); rewrite total_first in A.
  rewrite (series_end n c 1 (or_introl eq_refl)), (series_end n' c' (-1) (or_intror eq_refl)).
  set (f := fun q => at_end n c 1 (S q) * (z / r) ^ S q - at_end n' c' (-1) (S q) * (z / r') ^ S q) in *; simpl pow in A; rewrite !Rmult_1_r in A.
  assert (B : Rabs (total t f) <= total t (fun q => differs n n' r r' reach c c' (S q)))
    by (eapply Rle_trans; [apply total_abs|]; apply total_le; intros q _; apply scaled_differ; assumption).
  unfold count_mismatch; replace (S t - 1)%nat with t by lia; change (fun i : nat => at_end n c 1 (S i) * (z / r * (z / r) ^ i) - at_end n' c' (-1) (S i) * (z / r' * (z / r') ^ i)) with f in A.
  apply Rabs_le_between in A; apply Rabs_le_between in B; apply Rabs_le; lra.
Qed.

(** What [curve_checks] asks of two panels that follow each other *)
Theorem curve_border : forall (J n n' terms : nat) (a a' r r' rho longest : R) (coef coef' : nat -> nat -> R) (count count' : nat -> R)
    (least : nat -> R) (jump slip : R),
  0 < r -> 0 < r' -> a + r = a' - r' -> 0 <= longest -> longest <= r / 10 -> longest <= r' / 10 -> 1 < rho -> 11 / 5 < rho + / rho -> (1 <= terms)%nat ->
  0 <= jump ->
  (forall j, (j < J)%nat -> (forall m, coef j m = 0 /\ coef' j m = 0) \/
    0 < least j /\ least j <= means coef j - spread n (coef j) rho /\ least j <= means coef' j - spread n' (coef' j) rho /\
    mismatch terms n n' r r' longest (coef j) (coef' j) <= jump * least j) ->
  count_mismatch terms n n' r r' longest count count' <= slip ->
  0 <= jump /\ 20 * longest <= a' + r' - (a + r) /\ forall y, a + r <= y <= a + r + longest ->
    (forall j, (j < J)%nat -> Rabs (panel_curve n a r coef j y - panel_curve n' a' r' coef' j y)
      <= jump * Rmin (panel_curve n a r coef j y) (panel_curve n' a' r' coef' j y)) /\
    Rabs (series n' count' ((y - a') / r') - series n' count' ((a + r - a') / r') - (series n count ((y - a) / r) - series n count ((a + r - a) / r))) <= slip.
Proof.
  intros J n n' terms a a' r r' rho longest coef coef' count count' least jump slip Hr Hr' Hb Hl Hl1 Hl2 Hrho Hw Ht Hj HJ Hs.
  split; [exact Hj|]; split; [lra|]; intros y Hy; set (z := y - (a + r)).
  assert (Hz : 0 <= z <= longest) by (unfold z; lra).
  assert (E : (y - a) / r = 1 + z / r) by (unfold z; field; lra).
  assert (E' : (y - a') / r' = -1 + z / r') by (unfold z; rewrite Hb; field; lra).
  assert (In : forall n c t, -1 <= t <= 11 / 10 -> c 0%nat - spread n c rho <= series n c t).
  { intros k c t T; assert (S := csum_spread k c rho t Hrho (real_inside rho t T Hw)).
    rewrite csum_real, <- RtoC_minus, Cmod_R in S; apply Rabs_le_between in S; lra. }
  assert (Z : forall k, 0 < k -> longest <= k / 10 -> 0 <= z / k <= 1 / 10)
    by (intros k Hk Lk; split; [apply Rle_mult_inv_pos; lra|apply Rle_div_l; lra]).
  destruct (Z r Hr Hl1) as [Z1 Z2]; destruct (Z r' Hr' Hl2) as [Z3 Z4]; split.
  - intros j Hjj; unfold panel_curve; rewrite E, E'; destruct (HJ j Hjj) as [Tie|[L0 [L1 [L2 Mm]]]].
    + unfold series; rewrite !total_zero by (intros m _; destruct (Tie m) as [T1 T2]; rewrite ?T1, ?T2; ring).
      rewrite Rminus_eq_0, Rabs_R0, Rmin_left by lra; lra.
    + eapply Rle_trans; [apply (squares_at_border n n' terms r r' longest); assumption|]; eapply Rle_trans; [exact Mm|].
      apply Rmult_le_compat_l; [exact Hj|]; unfold means in *; apply Rmin_glb; [apply (Rle_trans _ _ _ L1), In|apply (Rle_trans _ _ _ L2), In]; lra.
  - replace ((a + r - a) / r) with 1 by (field; lra); replace ((a + r - a') / r') with (-1) by (rewrite Hb; field; lra); rewrite E, E'.
    eapply Rle_trans; [apply (counts_at_border n n' terms r r' longest); assumption|exact Hs].
Qed.
