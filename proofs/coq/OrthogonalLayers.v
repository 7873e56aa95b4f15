(** Theorem 4.1 of Hu, Xiao and Pennington with the width 813 kappa^2 r d beta, the radius 2.717 and the rate 0.63 of the norm
    (orthogonal.md, section 1): what follows from an orthogonal start, for all steps; then with the probability of its loss.

    nu = sigma_max/sqrt(d), mu = sigma_min/sqrt(d) and s the root of the width, as in WideClaims.v; so 813 nu^2 B <= mu^4 s^2 is
    m >= 813 (sigma_max/sigma_min^2)^2 d B, with B the bound of the loss at the start. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Expansion ErrorStep ZasNumbers Margin WideBlocks Wide WideDescent.
From Lemmata Require Import WideTheorem AnyLaw WideClaims OrthogonalClaims WideSteps WidePapers.
Open Scope R_scope.

Definition orthogonal_radius (L : nat) (B nu mu : R) : R := 2717 / 1000 * sqrt B * nu / (INR L * mu ^ 2).

(** A(t) for the norm and for the loss, C(t) and B(t). *)
Theorem orthogonal_layers : forall d p n r L Y F eta s sigma tau B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  813 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  wide_shape d p r L Y F -> data_bounds d n r (F 0%nat) sigma tau -> orthogonal_start d p n L s F -> loss d (S L) Y F <= B ->
  let W := wide_descent d L Y eta F t in
  frobenius d (residual d (S L) Y W) <= (1 - 63 / 100 * (eta * INR L * mu ^ 2)) ^ t * frobenius d (residual d (S L) Y F) /\
  loss d (S L) Y W <= (1 - eta * INR L * mu ^ 2) ^ t * loss d (S L) Y F /\
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (W i) (F i)) <= orthogonal_radius L B nu mu) /\
  orthogonal_bounds d p n L W s (11 / 10) (9 / 10).
Proof.
  intros d p n r L Y F eta s sigma tau B nu mu t HL Hs Hst HB He Enu Emu Hm Hh Sh HX St HF.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (mu0 : 0 < mu) by (rewrite Emu; apply Rmult_lt_0_compat; lra).
  assert (nu0 : mu <= nu) by (rewrite Emu, Enu; apply Rmult_le_compat_r; lra).
  assert (m2 : 0 < mu ^ 2) by (apply pow_lt; exact mu0).
  set (x := eta * INR L * mu ^ 2).
  assert (x1 : 0 < x <= 1 / 2).
  { unfold x; split; [apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra|exact m2]|].
    eapply Rle_trans; [|exact Hh]; apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|apply pow_incr; lra]. }
  set (b := sqrt B); assert (b0 : 0 <= b) by apply sqrt_pos; assert (bb : b ^ 2 = B) by (apply pow2_sqrt; exact HB).
  assert (b2 : sqrt (2 * B) <= 14143 / 10000 * b).
  { apply below_by_square; [lra|]; rewrite pow2_sqrt by lra.
    replace ((14143 / 10000 * b) ^ 2) with ((14143 / 10000) ^ 2 * b ^ 2) by ring; rewrite bb; lra. }
  assert (Wide : 2717 / 1000 * b * nu <= 953 / 10000 * s * mu ^ 2).
  { apply below_by_square; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]|].
    replace ((2717 / 1000 * b * nu) ^ 2) with ((2717 / 1000) ^ 2 * nu ^ 2 * b ^ 2) by ring; rewrite bb.
    replace ((953 / 10000 * s * mu ^ 2) ^ 2) with ((953 / 10000) ^ 2 * (mu ^ 4 * s ^ 2)) by ring.
    assert (0 <= nu ^ 2 * B) by (apply Rmult_le_pos; [apply pow2_ge_0|exact HB]); lra. }
  set (R := orthogonal_radius L B nu mu).
  assert (ER : INR L * R * mu ^ 2 = 2717 / 1000 * b * nu) by (unfold R, orthogonal_radius, b; field; lra).
  assert (R0 : 0 <= R).
  { unfold R, orthogonal_radius; fold b; apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|].
    left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra. }
  assert (Room : INR L * R <= 953 / 10000 * s) by (apply (Rmult_le_reg_r (mu ^ 2)); lra).
  assert (Near : forall V, (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= R) ->
    orthogonal_bounds d p n L V s (11 / 10) (9 / 10)).
  { intros V HV; exact (hu_xiao_pennington_claim_4_4 d p n L F V s R Hs R0 Room St HV). }
  set (c := 63 / 100 * x); assert (c1 : 0 < c <= 1) by (unfold c; lra).
  set (E := fun q => frobenius d (residual d (S L) Y (wide_descent d L Y eta F q))).
  assert (E0 : forall q, 0 <= E q) by (intros; apply frobenius_nonneg).
  assert (Start : E 0%nat <= sqrt (2 * B)).
  { apply below_by_square; [apply sqrt_pos|]; rewrite pow2_sqrt by lra.
    assert (Q := HF); rewrite loss_frobenius in Q; unfold E; simpl wide_descent; lra. }
  assert (Step : forall q, orthogonal_bounds d p n L (wide_descent d L Y eta F q) s (11 / 10) (9 / 10) -> E q <= E 0%nat ->
    E (S q) <= (1 - c) * E q).
  { intros q Bq Eq; set (W := wide_descent d L Y eta F q).
    assert (Rw : 18 * nu * (11 / 10) * E q <= mu ^ 2 * s).
    { assert (nu * E q <= nu * (14143 / 10000 * b)) by (apply Rmult_le_compat_l; lra).
      assert (0 <= s * mu ^ 2) by (apply Rmult_le_pos; lra); lra. }
    assert (One := wide_error_step d p r L Y W eta s (11 / 10) (9 / 10) sigma tau (11 / 10) (1 / 2) nu mu 18 HL Hs ltac:(lra)
      ltac:(lra) Hst He ltac:(lra) ltac:(lra) Enu Emu (shape_kept d p r L Y eta F q HL Sh)
      (orthogonal_is_wide d p n r L W s (11 / 10) (9 / 10) sigma tau Hs
        ltac:(unfold W; rewrite data_not_trained; exact HX) Bq) Hh ltac:(lra) ltac:(lra) ltac:(lra) Rw).
    cbv zeta in One; fold x in One; change (wide_step d L Y eta W) with (wide_descent d L Y eta F (S q)) in One.
    fold (E (S q)) in One; unfold W in One; fold (E q) in One.
    eapply Rle_trans; [exact One|]; apply Rmult_le_compat_r; [apply E0|]; unfold c; lra. }
  assert (Main : forall q, (forall j, (j <= q)%nat ->
    E j <= (1 - c) ^ j * E 0%nat /\ orthogonal_bounds d p n L (wide_descent d L Y eta F j) s (11 / 10) (9 / 10)) /\
    (forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F q i) (F i)) <= R)).
  { induction q as [|q [IH _]].
    - assert (Z : forall i, frobenius d (msub (F i) (F i)) <= R).
      { intros i; replace (frobenius d (msub (F i) (F i))) with 0; [exact R0|symmetry].
        transitivity (frobenius d (fun _ _ => 0)); [f_equal|apply frobenius_zero]; pointwise j; pointwise k; unfold msub; ring. }
      split; [|intros i _; apply Z].
      intros j Hj; replace j with 0%nat by lia; split; [simpl pow; lra|apply Near; intros i _; apply Z].
    - assert (Moves : forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F (S q) i) (F i)) <= R).
      { intros i Hi.
        assert (Sum := moves_sum d p r L Y F eta s (11 / 10) (9 / 10) sigma tau (11 / 10) B c nu q Hs ltac:(lra) ltac:(lra) HB He
          c1 Enu); cbv zeta in Sum.
        assert (Q : c * frobenius d (msub (wide_descent d L Y eta F (S q) i) (F i)) <= eta * ((11 / 10) ^ 2 * nu * sqrt (2 * B))).
        { apply Sum; [| |exact Hi].
          - intros j Hj; destruct (IH j Hj) as [A _].
            assert (p0 : 0 <= (1 - c) ^ j) by (apply pow_le; lra).
            rewrite loss_frobenius; fold (E j).
            assert (P : E j ^ 2 <= ((1 - c) ^ j * E 0%nat) ^ 2) by (apply pow_incr; split; [apply E0|exact A]).
            assert (P0 : E 0%nat ^ 2 <= sqrt (2 * B) ^ 2) by (apply pow_incr; split; [apply E0|exact Start]).
            rewrite pow2_sqrt in P0 by lra; rewrite Rpow_mult_distr in P.
            assert (((1 - c) ^ j) ^ 2 * E 0%nat ^ 2 <= ((1 - c) ^ j) ^ 2 * (2 * B)) by (apply Rmult_le_compat_l; [apply pow2_ge_0|lra]).
            lra.
          - intros j Hj; apply (orthogonal_is_wide d p n); [exact Hs|rewrite data_not_trained; exact HX|apply IH, Hj]. }
        apply (Rmult_le_reg_l c); [lra|]; eapply Rle_trans; [exact Q|].
        apply Rle_trans with (eta * ((11 / 10) ^ 2 * nu * (14143 / 10000 * b))).
        - apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_l; [lra|exact b2].
        - replace (c * R) with (63 / 100 * eta * (INR L * R * mu ^ 2)) by (unfold c, x; ring); rewrite ER.
          assert (0 <= eta * nu * b) by (repeat apply Rmult_le_pos; lra); lra. }
      split; [|exact Moves]; intros j Hj; destruct (Nat.eq_dec j (S q)) as [->|N]; [|apply IH; lia].
      split; [|apply Near, Moves]; destruct (IH q (Nat.le_refl q)) as [A Bq].
      assert (p0 : 0 <= (1 - c) ^ q <= 1).
      { split; [apply pow_le; lra|]; apply Rle_trans with (1 ^ q); [apply pow_incr; lra|rewrite pow1; lra]. }
      assert (Eq : E q <= E 0%nat).
      { eapply Rle_trans; [exact A|]; rewrite <- (Rmult_1_l (E 0%nat)) at 2; apply Rmult_le_compat_r; [apply E0|lra]. }
      eapply Rle_trans; [apply (Step q Bq Eq)|]; change ((1 - c) ^ S q) with ((1 - c) * (1 - c) ^ q); rewrite Rmult_assoc.
      apply Rmult_le_compat_l; [lra|exact A]. }
  destruct (Main t) as [A M]; destruct (A t (Nat.le_refl t)) as [At Bt]; cbv zeta.
  split; [exact At|split; [|split; [exact M|exact Bt]]].
  assert (Ls := loss_below d (S L) Y F (wide_descent d L Y eta F t) ((1 - c) ^ t) ltac:(apply pow_le; lra) At).
  eapply Rle_trans; [exact Ls|]; apply Rmult_le_compat_r; [apply loss_nonneg|].
  rewrite <- pow_mult, Nat.mul_comm, pow_mult; apply pow_incr; split; [apply pow2_ge_0|].
  assert (x * x <= x * (1 / 2)) by (apply Rmult_le_compat_l; lra); unfold c; simpl; lra.
Qed.

(** ** With the probability of the start as hypothesis *)

(** The start is orthogonal, the data have their singular values in [tau, sigma], and the loss is at most B. *)
Definition good_orthogonal_start (d p n r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R) (s sigma tau B : R) : Prop :=
  wide_shape d p r L Y F /\ data_bounds d n r (F 0%nat) sigma tau /\ orthogonal_start d p n L s F /\ loss d (S L) Y F <= B.

(** Some iterate has an error above the bound. *)
Definition error_slower (d L : nat) (Y : nat -> nat -> R) (eta c : R) (F : nat -> nat -> nat -> R) : Prop :=
  exists t, (1 - c) ^ t * frobenius d (residual d (S L) Y F) < frobenius d (residual d (S L) Y (wide_descent d L Y eta F t)).

Theorem orthogonal_layers_given_start : forall k (P : weights k) start d p n r L Y eta s sigma tau B delta nu mu,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  813 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  at_most P (fun w => ~ good_orthogonal_start d p n r L Y (start w) s sigma tau B) delta ->
  at_most P (fun w => error_slower d L Y eta (63 / 100 * (eta * INR L * mu ^ 2)) (start w) \/
    slower d L Y eta (eta * INR L * mu ^ 2) (start w)) delta.
Proof.
  intros k P start d p n r L Y eta s sigma tau B delta nu mu HL Hs Hst HB He Enu Emu Hm Hh HP.
  refine (at_most_weaker k P _ _ delta _ HP); intros w Slow [Sh [HX [St HF]]].
  assert (All := fun t => orthogonal_layers d p n r L Y (start w) eta s sigma tau B nu mu t HL Hs Hst HB He Enu Emu Hm Hh Sh HX St HF).
  destruct Slow as [[t Ht]|[t Ht]]; destruct (All t) as [A1 [A2 _]]; lra.
Qed.
