(** The constants of Du and Hu and of Hu, Xiao and Pennington: what their theorems say once the start is as
    their lemmas find it with high probability; and the theorems with that probability as hypothesis.

    nu and mu are the extreme singular values of the data over the root of the number of outputs, so that
    eta L nu^2 <= 1/3 is eta <= d_out/(3 L |X|^2); s is the root of the width. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Margin Wide WideTheorem AnyLaw.
Open Scope R_scope.

Lemma bernoulli_power : forall x n, 0 <= x -> INR n * x <= (1 + x) ^ n - 1.
Proof.
  intros x n Hx; induction n as [|n IH]; [simpl; lra|].
  rewrite S_INR; simpl pow; assert (0 <= INR n * x) by (apply Rmult_le_pos; [apply pos_INR|exact Hx]).
  assert (0 <= x * ((1 + x) ^ n - 1)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** K is the constant of the radius radius = K nu e0/(L mu^2), h that of the step size. *)
Lemma wide_with_constants : forall d p r L Y F eta s a b u l sigma tau M e0 radius K h y theta nu mu t,
  (1 <= L)%nat -> 0 < s -> 1 <= a -> 0 < tau <= sigma -> 1 <= M -> 0 < l <= b -> b <= a -> 0 <= u ->
  0 < eta -> 0 < theta -> 0 < K -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s a b sigma tau M ->
  frobenius d (residual d (S L) Y F) <= e0 -> radius = K * nu * e0 / (INR L * mu ^ 2) ->
  a * sigma * ((1 + radius * M / s) ^ L - 1) <= (b - l) * tau -> (1 + radius * M / s) ^ L - 1 <= y ->
  a * (1 + y) <= u -> eta * INR L * nu ^ 2 <= h ->
  h * u ^ 4 / 2 + h * u ^ 2 * (1 + y) * y / (2 * K) + theta <= 1 -> u ^ 2 <= K * theta * l ^ 4 ->
  loss d (S L) Y (wide_descent d L Y eta F t)
    <= (1 - 2 * theta * eta * INR L * l ^ 4 * mu ^ 2) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius.
Proof.
  intros d p r L Y F eta s a b u l sigma tau M e0 radius K h y theta nu mu t HL Hs Ha Hst HM Hl Hba Hu0 He Hth HK
    Enu Emu Sh B0 HE ER Hb Hy Hu Hh Hnum HK2.
  assert (s1 : 0 < s ^ (L - 1)) by (apply pow_lt; exact Hs).
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
  assert (nu0 : 0 < nu) by (rewrite Enu; apply Rmult_lt_0_compat; lra).
  assert (mu0 : 0 < mu <= nu).
  { rewrite Emu, Enu; split; [apply Rmult_lt_0_compat|apply Rmult_le_compat_r]; lra. }
  set (ee := frobenius d (residual d (S L) Y F)) in *.
  assert (ee0 : 0 <= ee) by apply frobenius_nonneg.
  assert (m2 : 0 < mu ^ 2) by (apply pow_lt; lra).
  assert (Lm : 0 < INR L * mu ^ 2) by (apply Rmult_lt_0_compat; lra).
  assert (RL : radius * (INR L * mu ^ 2) = K * nu * e0) by (rewrite ER; field; lra).
  assert (R0 : 0 <= radius).
  { rewrite ER; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact Lm].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]. }
  set (x := radius * M / s) in *.
  assert (xs : x * s = radius * M) by (unfold x; field; lra).
  assert (x0 : 0 <= x).
  { unfold x; apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; exact Hs]. }
  assert (Bern := bernoulli_power x L x0); set (w := (1 + x) ^ L) in *.
  assert (w1 : 1 <= w) by (apply pow_R1_Rle; lra).
  assert (u2 : 0 <= u ^ 2) by apply pow2_ge_0.
  assert (eL : 0 < eta * INR L) by (apply Rmult_lt_0_compat; lra).
  assert (h0 : 0 < h).
  { eapply Rlt_le_trans; [|exact Hh]; apply Rmult_lt_0_compat; [exact eL|apply pow_lt; lra]. }
  apply (wide_descent_rate d p r L Y F eta s a b u l sigma tau M (M * w) radius theta nu mu t); auto; fold x; fold w; fold ee.
  - eapply Rle_trans; [|exact Hu]; apply Rmult_le_compat_l; lra.
  - lra.
  - assert (T1 : eta * INR L * u ^ 4 * nu ^ 2 / 2 <= h * u ^ 4 / 2).
    { assert (0 <= u ^ 4) by (apply pow_le; exact Hu0).
      assert (eta * INR L * nu ^ 2 * u ^ 4 <= h * u ^ 4) by (apply Rmult_le_compat_r; lra); lra. }
    assert (NE : nu * M * ee <= y * s * mu ^ 2 / K).
    { apply Rle_trans with (nu * M * e0); [apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact HE]|].
      apply (Rmult_le_reg_l K); [exact HK|].
      replace (K * (nu * M * e0)) with (M * (radius * (INR L * mu ^ 2))) by (rewrite RL; ring).
      replace (K * (y * s * mu ^ 2 / K)) with (y * s * mu ^ 2) by (field; lra).
      replace (M * (radius * (INR L * mu ^ 2))) with (INR L * x * s * mu ^ 2)
        by (transitivity (INR L * (x * s) * mu ^ 2); [|rewrite xs]; ring).
      apply Rmult_le_compat_r; [lra|apply Rmult_le_compat_r; lra]. }
    assert (T2 : eta * INR L * u ^ 2 * nu * (M * w) * ee / (2 * s) <= h * u ^ 2 * (1 + y) * y / (2 * K)).
    { replace (eta * INR L * u ^ 2 * nu * (M * w) * ee / (2 * s)) with (eta * INR L * u ^ 2 * w / (2 * s) * (nu * M * ee))
        by (field; lra).
      assert (c0 : 0 <= eta * INR L * u ^ 2 * w / (2 * s)).
      { apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; lra].
        apply Rmult_le_pos; [apply Rmult_le_pos|]; lra. }
      apply Rle_trans with (eta * INR L * u ^ 2 * w / (2 * s) * (y * s * mu ^ 2 / K)); [apply Rmult_le_compat_l; assumption|].
      replace (eta * INR L * u ^ 2 * w / (2 * s) * (y * s * mu ^ 2 / K))
        with (eta * INR L * mu ^ 2 * (w * (u ^ 2 * y / (2 * K)))) by (field; lra).
      replace (h * u ^ 2 * (1 + y) * y / (2 * K)) with (h * ((1 + y) * (u ^ 2 * y / (2 * K)))) by (field; lra).
      assert (q0 : 0 <= u ^ 2 * y / (2 * K)).
      { apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; lra]. }
      apply Rmult_le_compat.
      - apply Rmult_le_pos; lra.
      - apply Rmult_le_pos; lra.
      - eapply Rle_trans; [|exact Hh]; apply Rmult_le_compat_l; [lra|apply pow_incr; lra].
      - apply Rmult_le_compat_r; lra. }
    lra.
  - replace (radius * (theta * INR L * l ^ 4 * mu ^ 2)) with (theta * l ^ 4 * (radius * (INR L * mu ^ 2))) by ring; rewrite RL.
    apply Rle_trans with (u ^ 2 * (nu * e0)).
    + rewrite Rmult_assoc; apply Rmult_le_compat_l; [exact u2|apply Rmult_le_compat_l; lra].
    + replace (theta * l ^ 4 * (K * nu * e0)) with (K * theta * l ^ 4 * (nu * e0)) by ring.
      apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact HK2].
Qed.

(** Gaussian layers: singular values in [4/5, 6/5], middle products at most M. *)
Theorem du_hu_descent : forall d p r L Y F eta s sigma tau M e0 radius nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau M ->
  frobenius d (residual d (S L) Y F) <= e0 -> radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) ->
  24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 3 ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 4) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius.
Proof.
  intros d p r L Y F eta s sigma tau M e0 radius nu mu t HL Hs Hst HM He Enu Emu Sh B0 HE ER Hb Hh.
  replace (1 - eta * INR L * mu ^ 2 / 4) with (1 - 2 * (32 / 81) * eta * INR L * (3 / 4) ^ 4 * mu ^ 2) by field.
  apply (wide_with_constants d p r L Y F eta s (6 / 5) (4 / 5) (5 / 4) (3 / 4) sigma tau M e0 radius (25 / 2) (1 / 3)
    (1 / 24) (32 / 81) nu mu t); auto; try lra.
  apply (Rmult_le_reg_l sigma); [lra|]; lra.
Qed.

(** Orthogonal layers: all singular values 1. *)
Theorem hu_xiao_pennington_descent : forall d p r L Y F eta s sigma tau e0 radius nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s 1 1 sigma tau 1 ->
  frobenius d (residual d (S L) Y F) <= e0 -> radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) ->
  10 * sigma * ((1 + radius / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 2) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius.
Proof.
  intros d p r L Y F eta s sigma tau e0 radius nu mu t HL Hs Hst He Enu Emu Sh B0 HE ER Hb Hh.
  replace (1 - eta * INR L * mu ^ 2 / 2) with (1 - 2 * (2500 / 6561) * eta * INR L * (9 / 10) ^ 4 * mu ^ 2) by field.
  assert (E : radius * 1 / s = radius / s) by (field; lra).
  apply (wide_with_constants d p r L Y F eta s 1 1 (11 / 10) (9 / 10) sigma tau 1 e0 radius (121 / 25) (1 / 2)
    (1 / 10) (2500 / 6561) nu mu t); auto; rewrite ?E; try lra.
  apply (Rmult_le_reg_l sigma); [lra|]; lra.
Qed.

(** ** With the probability of the start as hypothesis *)

(** Some iterate has a loss above the bound. *)
Definition slower (d L : nat) (Y : nat -> nat -> R) (eta c : R) (F : nat -> nat -> nat -> R) : Prop :=
  exists t, (1 - c) ^ t * loss d (S L) Y F < loss d (S L) Y (wide_descent d L Y eta F t).

Definition good_start (d p r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R)
  (s a b sigma tau M e0 : R) : Prop :=
  wide_shape d p r L Y F /\ wide_bounds d p r L F s a b sigma tau M /\
  frobenius d (residual d (S L) Y F) <= e0.

Lemma at_most_weaker : forall k (P : weights k) (A B : (nat -> R) -> Prop) delta,
  (forall w, B w -> A w) -> at_most P A delta -> at_most P B delta.
Proof. intros k P A B delta H [X [V [X0 [X1 E]]]]; exists X; auto 6. Qed.

Theorem du_hu_given_start : forall k (P : weights k) start d p r L Y eta s sigma tau M e0 delta radius nu mu,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) ->
  24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 3 ->
  at_most P (fun w => ~ good_start d p r L Y (start w) s (6 / 5) (4 / 5) sigma tau M e0) delta ->
  at_most P (fun w => slower d L Y eta (eta * INR L * mu ^ 2 / 4) (start w)) delta.
Proof.
  intros k P start d p r L Y eta s sigma tau M e0 delta radius nu mu HL Hs Hst HM He Enu Emu ER Hb Hh HP.
  refine (at_most_weaker k P _ _ delta _ HP); intros w [t Ht] [Sh [B0 HE]].
  destruct (du_hu_descent d p r L Y (start w) eta s sigma tau M e0 radius nu mu t HL Hs Hst HM He Enu Emu Sh B0 HE ER Hb Hh)
    as [Q _]; lra.
Qed.

Theorem hu_xiao_pennington_given_start : forall k (P : weights k) start d p r L Y eta s sigma tau e0 delta radius nu mu,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) ->
  10 * sigma * ((1 + radius / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  at_most P (fun w => ~ good_start d p r L Y (start w) s 1 1 sigma tau 1 e0) delta ->
  at_most P (fun w => slower d L Y eta (eta * INR L * mu ^ 2 / 2) (start w)) delta.
Proof.
  intros k P start d p r L Y eta s sigma tau e0 delta radius nu mu HL Hs Hst He Enu Emu ER Hb Hh HP.
  refine (at_most_weaker k P _ _ delta _ HP); intros w [t Ht] [Sh [B0 HE]].
  destruct (hu_xiao_pennington_descent d p r L Y (start w) eta s sigma tau e0 radius nu mu t HL Hs Hst He Enu Emu Sh B0 HE
    ER Hb Hh) as [Q _]; lra.
Qed.
