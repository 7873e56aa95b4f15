(** Identity start and |Phi - I| <= 1/10: identity-initialisation.md, section 2.  The layers stay within 1/(3 L) of the identity.

    The rate is that of the error itself: the step is I - eta M on it, to first order, with M symmetric and eta M below 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ErrorStep.
From Lemmata Require Import ZasNumbers Remainder Convergence AroraNumbers Margin AroraStep Arora IdentityNumbers Identity IdentityMargin.
Open Scope R_scope.

(** ** The step on the error, to first order *)

Definition error_moves (d n : nat) (eta : R) (W : nat -> nat -> nat -> R) (F : nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  mscal (- eta) (error_gradient d n W F l).

Definition error_step (d n : nat) (eta : R) (W : nat -> nat -> nat -> R) (F : nat -> nat -> R) : nat -> nat -> R :=
  madd F (chain_slope d W (error_moves d n eta W F) (S n)).

Lemma error_step_contracts : forall d n eta W E m M, 0 <= eta ->
  (forall F l, (l <= n)%nat -> m * inner d F F <= inner d (error_gradient d n W F l) (error_gradient d n W F l) <= M * inner d F F) ->
  eta * INR (S n) * M <= 1 -> eta * INR (S n) * m < 1 ->
  frobenius d (error_step d n eta W E) <= (1 - eta * INR (S n) * m) * frobenius d E.
Proof.
  intros d n eta W E m M He H HM Hm; set (N := INR (S n)) in *.
  assert (Low : forall F, eta * N * m * inner d F F
    <= total (S n) (fun l => eta * inner d (error_gradient d n W F l) (error_gradient d n W F l))).
  { intros F; rewrite total_scal; replace (eta * N * m * inner d F F) with (eta * (N * (m * inner d F F))) by ring.
    apply Rmult_le_compat_l; [exact He|]; unfold N; rewrite <- total_const; apply total_le; intros l Hl; apply H; lia. }
  apply (errors_contract d n (fun _ => eta) W E (1 - eta * N * m)); [lra| | |].
  - intros F; rewrite total_scal; apply Rle_trans with (eta * (N * (M * inner d F F))).
    + apply Rmult_le_compat_l; [exact He|]; unfold N; rewrite <- total_const; apply total_le; intros l Hl; apply H; lia.
    + replace (eta * (N * (M * inner d F F))) with (eta * N * M * inner d F F) by ring.
      rewrite <- (Rmult_1_l (inner d F F)) at 2; apply Rmult_le_compat_r; [apply inner_nonneg|exact HM].
  - specialize (Low E); lra.
  - match goal with |- inner d ?K _ - _ <= _ => specialize (Low K); lra end.
Qed.

(** ** Numbers *)

Lemma exp_one_below : exp 1 <= 25 / 9.
Proof.
  assert (E := exp_below_reciprocal (1 / 32) 32 ltac:(lra)).
  replace (INR 32 * (1 / 32)) with 1 in E by (simpl; field).
  assert (P : 9 / 25 <= (1 - 1 / 32) ^ 32) by lra.
  assert (X := exp_pos 1).
  assert (exp 1 * (9 / 25) <= exp 1 * (1 - 1 / 32) ^ 32) by (apply Rmult_le_compat_l; lra); lra.
Qed.

Lemma third_root : let a := exp (1 / 3) in 1 < a /\ a ^ 3 <= 25 / 9 /\ exp (- (2 / 3)) = / a ^ 2.
Proof.
  intros a; assert (E3 : a ^ 3 = exp 1) by (unfold a; simpl; rewrite Rmult_1_r, <- !exp_plus; f_equal; field).
  split; [|split; [rewrite E3; exact exp_one_below|]].
  - assert (1 + 1 / 3 < a) by (apply exp_ineq1; lra); lra.
  - rewrite exp_Ropp; f_equal; unfold a; simpl; rewrite Rmult_1_r, <- exp_plus; f_equal; field.
Qed.

Lemma layers_near : forall n u, (1 <= n)%nat -> u = 1 / (3 * INR (S n)) ->
  (1 + u) ^ n <= exp (1 / 3) /\ 1 <= exp (1 / 3) * (1 - u) ^ n /\ 0 < u < 1.
Proof.
  intros n u Hn ->; assert (n1 : 1 <= INR n) by (apply (le_INR 1); exact Hn); rewrite S_INR; set (N := INR n) in *.
  assert (u0 : 0 < 1 / (3 * (N + 1))) by (apply Rdiv_lt_0_compat; lra).
  assert (u1 : 1 / (3 * (N + 1)) < 1).
  { apply (Rmult_lt_reg_r (3 * (N + 1))); [lra|]; replace (1 / (3 * (N + 1)) * (3 * (N + 1))) with 1 by (field; lra); lra. }
  set (u := 1 / (3 * (N + 1))) in *; split; [|split; [|lra]].
  - eapply Rle_trans; [apply power_below_exp_plus; lra|]; apply exp_le_compat; fold N.
    assert (N * u = 1 / 3 - u) by (unfold u; field; lra); lra.
  - assert (V : / (1 - u) = 1 + 1 / (3 * N + 2)) by (unfold u; field; repeat split; lra).
    assert (v0 : 0 < 1 / (3 * N + 2)) by (apply Rdiv_lt_0_compat; lra).
    assert (P : (1 + 1 / (3 * N + 2)) ^ n <= exp (1 / 3)).
    { eapply Rle_trans; [apply power_below_exp_plus; lra|]; apply exp_le_compat; fold N.
      assert (N * (1 / (3 * N + 2)) = 1 / 3 - 2 / 3 * (1 / (3 * N + 2))) by (field; lra); lra. }
    rewrite <- V in P; assert (B : 0 < (1 - u) ^ n) by (apply pow_lt; lra).
    apply (Rmult_le_compat_r ((1 - u) ^ n)) in P; [|lra].
    rewrite <- Rpow_mult_distr, Rinv_l, pow1 in P by lra; exact P.
Qed.

(** ** One step *)

Lemma tenth_one : forall d n Phi eta V,
  let N := INR (S n) in let a := exp (1 / 3) in let e := frobenius d (residual d (S n) Phi V) in
  (1 <= n)%nat -> 0 <= eta -> eta * N * a ^ 2 <= 1 -> e <= 1 / 10 ->
  (forall l, (l <= n)%nat -> frobenius d (msub (V l) unit_matrix) <= 1 / (3 * N)) ->
  (forall l, (l <= n)%nat -> frobenius d (gradient d (S n) Phi V l) <= a * e) /\
  frobenius d (residual d (S n) Phi (layers_step d (S n) Phi eta V)) <= (1 - 5 / 6 * (eta * N / a ^ 2)) * e.
Proof.
  intros d n Phi eta V N a e Hn He Hq He10 HV.
  destruct third_root as [a1 [a3 _]]; fold a in a1, a3.
  set (u := 1 / (3 * N)); destruct (layers_near n u Hn eq_refl) as [U1 [U2 U3]]; fold a in U1, U2.
  assert (N2 : 2 <= N) by (apply (le_INR 2); lia); assert (e0 : 0 <= e) by apply frobenius_nonneg.
  assert (a2 : 0 < a ^ 2) by (apply pow_lt; lra).
  assert (Dev : forall l, (l <= n)%nat -> bounded d (msub unit_matrix (V l)) (u ^ 2)).
  { intros l Hl; apply bounded_frobenius_le.
    replace (msub unit_matrix (V l)) with (mscal (-1) (msub (V l) unit_matrix))
      by (pointwise i; pointwise j; unfold mscal, msub; ring).
    rewrite frobenius_opp; apply HV; exact Hl. }
  assert (BV : forall l, (l <= n)%nat -> bounded d (V l) ((1 + u) ^ 2)).
  { intros l Hl; replace (V l) with (madd unit_matrix (msub (V l) unit_matrix))
      by (pointwise i; pointwise j; unfold madd, msub; ring).
    apply bounded_add; [lra|lra|rewrite pow1; apply bounded_unit|apply bounded_frobenius_le, HV; exact Hl]. }
  assert (LV : forall l, (l <= n)%nat ->
    (forall x, (1 - u) ^ 2 * dot d x x <= dot d (mv d (V l) x) (mv d (V l) x)) /\
    (forall x, (1 - u) ^ 2 * dot d x x <= dot d (mv d (tr (V l)) x) (mv d (tr (V l)) x))).
  { intros l Hl; split; intros x; apply near_identity_below; try lra; [apply Dev; exact Hl|].
    replace (msub unit_matrix (tr (V l))) with (tr (msub unit_matrix (V l))) by (rewrite <- tr_unit at 2; reflexivity).
    apply bounded_tr; [apply pow2_ge_0|apply Dev; exact Hl]. }
  (* the gradient of any error F, from both sides *)
  assert (Share : forall F l, (l <= n)%nat ->
    / a ^ 2 * inner d F F <= inner d (error_gradient d n V F l) (error_gradient d n V F l) <= a ^ 2 * inner d F F).
  { intros F l Hl; assert (F0 := inner_nonneg d F); split.
    - assert (G := gradient_from_below d n (msub (chain d V (S n)) F) V ((1 - u) ^ 2) l (pow2_ge_0 _) Hl LV).
      unfold loss in G; rewrite error_residual in G; fold (error_gradient d n V F l) in G.
      eapply Rle_trans; [|exact G]; replace (2 * (inner d F F / 2)) with (inner d F F) by field.
      apply Rmult_le_compat_r; [exact F0|]; rewrite <- pow_mult, Nat.mul_comm, pow_mult.
      apply (Rmult_le_reg_l (a ^ 2)); [exact a2|]; rewrite Rinv_r by lra; rewrite <- Rpow_mult_distr.
      apply Rle_trans with (1 ^ 2); [lra|apply pow_incr; lra].
    - assert (G := gradient_equal_bound d n (msub (chain d V (S n)) F) V (1 + u) (frobenius d F) ltac:(lra)
        (frobenius_nonneg d F) BV ltac:(rewrite error_residual; lra) l Hl); fold (error_gradient d n V F l) in G.
      rewrite <- !frobenius_square, <- Rpow_mult_distr; apply pow_incr; split; [apply frobenius_nonneg|].
      eapply Rle_trans; [exact G|]; apply Rmult_le_compat_r; [apply frobenius_nonneg|exact U1]. }
  assert (G1 : forall l, (l <= n)%nat -> frobenius d (gradient d (S n) Phi V l) <= a * e).
  { intros l Hl; rewrite <- gradient_of_error; apply frobenius_below; [apply Rmult_le_pos; lra|].
    destruct (Share (residual d (S n) Phi V) l Hl) as [_ G]; rewrite Rpow_mult_distr; unfold e; rewrite frobenius_square; exact G. }
  split; [exact G1|].
  set (kappa := eta * N / a ^ 2).
  assert (y0 : 0 <= eta * N) by (apply Rmult_le_pos; lra).
  assert (k1 : kappa < 1).
  { apply (Rmult_lt_reg_r (a ^ 2)); [exact a2|]; replace (kappa * a ^ 2) with (eta * N) by (unfold kappa; field; lra).
    assert (A1 : 1 < a ^ 2) by (replace (a ^ 2) with (a * a) by ring; nra).
    assert (eta * N * 1 <= eta * N * a ^ 2) by (apply Rmult_le_compat_l; lra); lra. }
  set (E := residual d (S n) Phi V) in *; set (D := error_moves d n eta V E).
  assert (ED : forall l, D l = mscal (- eta) (gradient d (S n) Phi V l))
    by (intros l; unfold D, error_moves, E; rewrite gradient_of_error; reflexivity).
  assert (EV : layers_step d (S n) Phi eta V = (fun l => madd (V l) (D l))).
  { pointwise l; rewrite ED; pointwise i; pointwise j; unfold layers_step, madd, msub, mscal; ring. }
  assert (First : frobenius d (error_step d n eta V E) <= (1 - kappa) * e).
  { assert (X := error_step_contracts d n eta V E (/ a ^ 2) (a ^ 2) He Share Hq k1); exact X. }
  set (h := eta * (a * e)); assert (h0 : 0 <= h) by (apply Rmult_le_pos; [exact He|apply Rmult_le_pos; lra]).
  assert (FD : forall l, (l <= n)%nat -> frobenius d (D l) <= h).
  { intros l Hl; rewrite ED; replace (frobenius d (mscal (- eta) (gradient d (S n) Phi V l)))
      with (eta * frobenius d (gradient d (S n) Phi V l)).
    - apply Rmult_le_compat_l; [exact He|apply G1; exact Hl].
    - rewrite <- frobenius_scal by exact He; unfold frobenius; f_equal; rewrite !inner_scal_l, !inner_scal_r; ring. }
  set (b := (1 + u) * (1 + h)).
  assert (uh : 0 <= u * h) by (apply Rmult_le_pos; lra).
  assert (b1 : 1 <= b) by (unfold b; lra).
  assert (BB : forall k, (k < S n)%nat -> bounded d (V k) (b ^ 2) /\ bounded d (madd (V k) (D k)) (b ^ 2)).
  { intros k Hk; split.
    - apply (bounded_mono d _ ((1 + u) ^ 2)); [apply pow_incr; unfold b; lra|apply BV; lia].
    - apply (bounded_mono d _ ((1 + u + h) ^ 2)); [apply pow_incr; unfold b; lra|].
      apply bounded_add; [lra|exact h0|apply BV; lia|apply bounded_frobenius_le, FD; lia]. }
  destruct (equal_layers d V D b (S n) ltac:(lra) BB (S n) (Nat.le_refl _)) as [_ [_ C]]; cbv zeta in C.
  set (H := msub (msub (chain d (fun k => madd (V k) (D k)) (S n)) (chain d V (S n))) (chain_slope d V D (S n))) in *.
  replace (residual d (S n) Phi (layers_step d (S n) Phi eta V)) with (madd (error_step d n eta V E) H).
  2:{ rewrite EV; pointwise i; pointwise j; unfold H, error_step; fold D; unfold E, residual, madd, msub; ring. }
  eapply Rle_trans; [apply frobenius_add|].
  assert (f0 : 0 <= frobenius d H) by apply frobenius_nonneg; set (f := frobenius d H) in *.
  set (z := N * h).
  assert (S0 : 0 <= total (S n) (fun k => frobenius d (D k)) <= z).
  { split; [apply total_nonneg; intros; apply frobenius_nonneg|].
    unfold z, N; rewrite <- total_const; apply total_le; intros; apply FD; lia. }
  assert (S2 : total (S n) (fun k => frobenius d (D k)) ^ 2 <= z ^ 2) by (apply pow_incr; exact S0).
  assert (Ez : z = eta * N * a * e) by (unfold z, h; ring).
  assert (z1 : a * z <= 1 / 10).
  { rewrite Ez; replace (a * (eta * N * a * e)) with (eta * N * a ^ 2 * e) by ring.
    apply Rle_trans with (1 * e); [apply Rmult_le_compat_r; assumption|lra]. }
  assert (z0 : 0 <= z) by (apply Rmult_le_pos; lra).
  assert (z2 : z <= 1 / 10) by (apply Rle_trans with (a * z); [rewrite <- (Rmult_1_l z) at 1; apply Rmult_le_compat_r; lra|lra]).
  assert (Bn : b ^ n <= a * (10 / 9)).
  { unfold b; rewrite Rpow_mult_distr; apply Rmult_le_compat; [apply pow_le; lra|apply pow_le; lra|exact U1|].
    apply Rle_trans with ((1 + h) ^ S n); [apply Rle_pow; [lra|lia]|].
    assert (P := power_reciprocal (S n) h h0); fold N in P; fold z in P.
    assert (0 < (1 + h) ^ S n) by (apply pow_lt; lra).
    assert ((1 + h) ^ S n * (9 / 10) <= (1 + h) ^ S n * (1 - z)) by (apply Rmult_le_compat_l; lra); lra. }
  assert (F : f <= a * (10 / 9) * (z ^ 2 / 2)).
  { assert (b2 : 0 < b ^ 2) by (apply pow_lt; lra).
    assert (bn : 1 <= b ^ (n - 1)) by (apply pow_R1_Rle; exact b1).
    apply Rle_trans with (b ^ (n - 1) * (z ^ 2 / 2)).
    - apply (Rmult_le_reg_l (b ^ 2)); [exact b2|]; eapply Rle_trans; [exact C|].
      replace (S n) with (2 + (n - 1))%nat at 1 by lia; rewrite pow_add.
      replace (b ^ 2 * (b ^ (n - 1) * (z ^ 2 / 2))) with (b ^ 2 * b ^ (n - 1) / 2 * z ^ 2) by field.
      replace (b ^ 2 * b ^ (n - 1) * total (S n) (fun k => frobenius d (D k)) ^ 2 / 2)
        with (b ^ 2 * b ^ (n - 1) / 2 * total (S n) (fun k => frobenius d (D k)) ^ 2) by field.
      apply Rmult_le_compat_l; [|exact S2]; assert (0 <= b ^ 2 * b ^ (n - 1)) by (apply Rmult_le_pos; lra); lra.
    - apply Rmult_le_compat_r; [assert (0 <= z ^ 2) by apply pow2_ge_0; lra|].
      eapply Rle_trans; [|exact Bn]; apply Rle_pow; [exact b1|lia]. }
  assert (Sixth : a * (10 / 9) * (z ^ 2 / 2) <= kappa / 6 * e).
  { replace (z ^ 2) with (z * z) by ring; rewrite Ez at 2.
    replace (a * (10 / 9) * (z * (eta * N * a * e) / 2)) with (kappa * e * (5 / 9 * (a ^ 3 * (a * z))))
      by (unfold kappa; field; lra).
    replace (kappa / 6 * e) with (kappa * e * (1 / 6)) by field.
    apply Rmult_le_compat_l.
    - apply Rmult_le_pos; [apply Rmult_le_pos; [exact y0|left; apply Rinv_0_lt_compat; exact a2]|exact e0].
    - assert (0 <= a * z) by (apply Rmult_le_pos; lra).
      assert (a ^ 3 * (a * z) <= 25 / 9 * (1 / 10)) by (apply Rmult_le_compat; try lra; apply pow_le; lra); lra. }
  replace ((1 - 5 / 6 * kappa) * e) with ((1 - kappa) * e + kappa / 6 * e) by field; lra.
Qed.

(** ** The theorem *)

Theorem identity_tenth_rate : forall d L Phi eta t, (2 <= L)%nat -> frobenius d (msub unit_matrix Phi) <= 1 / 10 ->
  0 <= eta <= exp (- (2 / 3)) / INR L ->
  let W := layers_descent d L Phi eta (fun _ => unit_matrix) t in
  frobenius d (residual d L Phi W)
    <= (1 - 5 / 6 * exp (- (2 / 3)) * eta * INR L) ^ t * frobenius d (msub unit_matrix Phi) /\
  forall l, (l < L)%nat -> frobenius d (msub (W l) unit_matrix) <= 1 / (3 * INR L).
Proof.
  intros d L Phi eta t HL HF [He Heta]; destruct L as [|n]; [lia|]; cbv zeta.
  destruct third_root as [a1 [a3 Ea]]; set (a := exp (1 / 3)) in *; rewrite Ea in *.
  assert (N2 : 2 <= INR (S n)) by (apply (le_INR 2); exact HL); set (N := INR (S n)) in *.
  assert (a2 : 0 < a ^ 2) by (apply pow_lt; lra).
  set (r := frobenius d (msub unit_matrix Phi)) in *; assert (r0 : 0 <= r) by apply frobenius_nonneg.
  assert (Hq : eta * N * a ^ 2 <= 1).
  { apply (Rmult_le_compat_r (N * a ^ 2)) in Heta; [|apply Rmult_le_pos; lra].
    replace (/ a ^ 2 / N * (N * a ^ 2)) with 1 in Heta by (field; lra); lra. }
  set (kappa := eta * N / a ^ 2).
  replace (1 - 5 / 6 * / a ^ 2 * eta * N) with (1 - 5 / 6 * kappa) by (unfold kappa; field; lra).
  assert (y0 : 0 <= eta * N) by (apply Rmult_le_pos; lra).
  assert (k0 : 0 <= kappa) by (apply Rmult_le_pos; [exact y0|left; apply Rinv_0_lt_compat; exact a2]).
  assert (k1 : kappa <= 1).
  { apply (Rmult_le_reg_r (a ^ 2)); [exact a2|]; replace (kappa * a ^ 2) with (eta * N) by (unfold kappa; field; lra).
    assert (1 <= a ^ 2) by (apply pow_R1_Rle; lra).
    assert (eta * N * 1 <= eta * N * a ^ 2) by (apply Rmult_le_compat_l; lra); lra. }
  set (c := 6 / 5 * (a ^ 3 / N)).
  assert (c0 : 0 <= c) by (unfold c; assert (0 <= a ^ 3 / N) by (apply Rmult_le_pos; [apply pow_le; lra|left; apply Rinv_0_lt_compat; lra]); lra).
  assert (cr : c * r <= 1 / (3 * N)).
  { apply Rle_trans with (c * (1 / 10)); [apply Rmult_le_compat_l; assumption|].
    apply (Rmult_le_reg_r N); [lra|]; unfold c.
    replace (6 / 5 * (a ^ 3 / N) * (1 / 10) * N) with (6 / 50 * a ^ 3) by (field; lra).
    replace (1 / (3 * N) * N) with (1 / 3) by (field; lra); lra. }
  set (W := layers_descent d (S n) Phi eta (fun _ => unit_matrix)).
  assert (Inv : forall t, frobenius d (residual d (S n) Phi (W t)) <= (1 - 5 / 6 * kappa) ^ t * r /\
    frobenius d (residual d (S n) Phi (W t)) <= r /\
    forall l, (l <= n)%nat -> frobenius d (msub (W t l) unit_matrix) + c * frobenius d (residual d (S n) Phi (W t)) <= c * r).
  { clear t; induction t as [|t [I1 [I2 I3]]].
    - change (W 0%nat) with (fun _ : nat => unit_matrix); rewrite identity_residual; fold r.
      split; [simpl; lra|split; [lra|intros l _]].
      replace (msub unit_matrix unit_matrix) with (fun _ _ : nat => 0) by (pointwise i; pointwise j; unfold msub; ring).
      rewrite frobenius_zero; lra.
    - set (e := frobenius d (residual d (S n) Phi (W t))) in *; assert (e0 : 0 <= e) by apply frobenius_nonneg.
      assert (Ball : forall l, (l <= n)%nat -> frobenius d (msub (W t l) unit_matrix) <= 1 / (3 * N)).
      { intros l Hl; specialize (I3 l Hl); assert (0 <= c * e) by (apply Rmult_le_pos; assumption); lra. }
      destruct (tenth_one d n Phi eta (W t) ltac:(lia) He Hq ltac:(fold e; lra) Ball) as [G S1]; cbv zeta in G, S1.
      fold a N e in G, S1; fold kappa in S1.
      change (W (S t)) with (layers_step d (S n) Phi eta (W t)).
      set (e' := frobenius d (residual d (S n) Phi (layers_step d (S n) Phi eta (W t)))) in *.
      split; [|split].
      + change ((1 - 5 / 6 * kappa) ^ S t) with ((1 - 5 / 6 * kappa) * (1 - 5 / 6 * kappa) ^ t); rewrite Rmult_assoc.
        eapply Rle_trans; [exact S1|apply Rmult_le_compat_l; [lra|exact I1]].
      + assert (0 <= kappa * e) by (apply Rmult_le_pos; assumption); lra.
      + intros l Hl; specialize (I3 l Hl); specialize (G l Hl).
        replace (msub (layers_step d (S n) Phi eta (W t) l) unit_matrix)
          with (madd (msub (W t l) unit_matrix) (mscal (-1) (mscal eta (gradient d (S n) Phi (W t) l))))
          by (pointwise i; pointwise j; unfold layers_step, madd, msub, mscal; ring).
        eapply Rle_trans; [apply Rplus_le_compat_r, frobenius_add|]; rewrite frobenius_opp, frobenius_scal by exact He.
        assert (X : eta * frobenius d (gradient d (S n) Phi (W t) l) <= eta * (a * e)) by (apply Rmult_le_compat_l; assumption).
        assert (Y : c * e' <= c * ((1 - 5 / 6 * kappa) * e)) by (apply Rmult_le_compat_l; assumption).
        replace (c * ((1 - 5 / 6 * kappa) * e)) with (c * e - eta * (a * e)) in Y by (unfold c, kappa; field; lra); lra. }
  destruct (Inv t) as [I1 [_ I3]]; split; [exact I1|].
  intros l Hl; specialize (I3 l ltac:(lia)).
  assert (0 <= c * frobenius d (residual d (S n) Phi (W t))) by (apply Rmult_le_pos; [exact c0|apply frobenius_nonneg]).
  unfold W in *; lra.
Qed.
