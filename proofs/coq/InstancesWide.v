(** Instances, continued: wide networks.  Two layers that turn and stretch by 2 = s each, and data that do so by 1/2; nothing is
    diagonal.  Each entry of the target is a little less than that of the product. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem.
From Lemmata Require Import Expectation AnyLaw WidePapers Refutations RefutationsAnyLaw RefutationsWide InstancesSteps InstancesTwo.
Open Scope R_scope.

Definition two_layers (l : nat) : nat -> nat -> R :=
  match l with O => rotor (3 / 10) (4 / 10) | 1%nat => rotor (6 / 5) (8 / 5) | _ => mirror (8 / 5) (6 / 5) end.

Lemma two_layer : forall j, stretches (two_layers (S j)) 4.
Proof.
  intros [|j]; unfold two_layers; replace 4 with ((6 / 5) ^ 2 + (8 / 5) ^ 2) by field; [apply rotor_stretches|].
  rewrite Rplus_comm; apply mirror_stretches.
Qed.

Lemma two_block : forall j k, stretches (block 2 two_layers (S j) k) (4 ^ k).
Proof.
  intros j k; induction k as [|k IH]; [apply unit_stretches|].
  change (block 2 two_layers (S j) (S k)) with (mul 2 (two_layers (S j + k)%nat) (block 2 two_layers (S j) k)).
  apply mul_stretches; [apply two_layer|exact IH].
Qed.

Lemma two_chain : forall q, stretches (chain 2 two_layers (S q)) (1 / 4 * 4 ^ q).
Proof.
  induction q as [|q IH].
  - replace (1 / 4 * 4 ^ 0) with (((3 / 10) ^ 2 + (4 / 10) ^ 2) * 1) by (simpl; field).
    apply (mul_stretches (two_layers 0) unit_matrix); [apply rotor_stretches|apply unit_stretches].
  - change (chain 2 two_layers (S (S q))) with (mul 2 (two_layers (S q)) (chain 2 two_layers (S q))).
    replace (1 / 4 * 4 ^ S q) with (4 * (1 / 4 * 4 ^ q)) by (simpl; field); apply mul_stretches; [apply two_layer|exact IH].
Qed.

Lemma two_bounds : forall a b, 1 <= a -> 0 <= b <= 1 -> wide_bounds 2 2 2 2 two_layers 2 a b (1 / 2) (1 / 2) 1.
Proof.
  intros a b Ha Hb.
  assert (P : forall q, 0 < 2 ^ q) by (intros; apply pow_lt; lra).
  assert (Sq : forall q, 4 ^ q = (2 ^ q) ^ 2) by (intros; replace 4 with (2 * 2) by ring; rewrite Rpow_mult_distr; ring).
  assert (Range : forall q, (b * 2 ^ q) ^ 2 <= (2 ^ q) ^ 2 <= (a * 2 ^ q) ^ 2).
  { intros q; specialize (P q).
    assert (0 <= b * 2 ^ q <= 2 ^ q) by (split; [apply Rmult_le_pos|rewrite <- (Rmult_1_l (2 ^ q)) at 2; apply Rmult_le_compat_r]; lra).
    assert (2 ^ q <= a * 2 ^ q) by (rewrite <- (Rmult_1_l (2 ^ q)) at 1; apply Rmult_le_compat_r; lra).
    split; apply pow_incr; lra. }
  split; [|split].
  - intros q Hq; replace (3 - q)%nat with (S (2 - q)) by lia.
    split; [intros x; rewrite (proj1 (two_block _ _ x))|intros y _; rewrite (proj2 (two_block _ _ y))]; rewrite Sq;
      apply Rmult_le_compat_r; try apply dot_nonneg; apply Range.
  - intros q Hq.
    split; [intros x; rewrite (proj1 (two_chain _ x))|intros y _; rewrite (proj1 (two_chain _ y))]; rewrite Sq;
      apply Rmult_le_compat_r; try apply dot_nonneg; specialize (Range q).
    + replace ((a * (1 / 2) * 2 ^ q) ^ 2) with (1 / 4 * (a * 2 ^ q) ^ 2) by field; lra.
    + replace ((b * (1 / 2) * 2 ^ q) ^ 2) with (1 / 4 * (b * 2 ^ q) ^ 2) by field; lra.
  - intros j k Hj Hk x; destruct j as [|j]; [lia|]; rewrite (proj1 (two_block _ _ x)), Sq, Rmult_1_l; apply Rle_refl.
Qed.

(** At a distance of e from the product *)
Definition two_target (e : R) (i j : nat) : R := chain 2 two_layers 3 i j - e / 2.

Lemma two_error : forall e, 0 <= e -> frobenius 2 (residual 2 3 (two_target e) two_layers) = e.
Proof.
  intros e He; transitivity (sqrt (e ^ 2)); [unfold frobenius; f_equal|apply sqrt_pow2; exact He].
  unfold inner, dot, residual, msub, two_target; cbn [total]; set (P := chain 2 two_layers 3); field.
Qed.

Lemma two_shape : forall L Y F, wide_shape 2 2 2 L Y F.
Proof. intros L Y F; repeat split; intros i j _ Hj; lia. Qed.

Ltac two_side := first [lia | lra | simpl; field | apply two_shape | apply two_bounds; lra | simpl; lra
  | rewrite two_error by lra; simpl; lra].

(** All five inequalities between the constants are equalities. *)
Lemma wide_descent_rate_instance :
  exists (d p r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R)
    (eta s a b u l sigma tau M M' radius theta nu mu : R) (_ : nat),
    (1 <= L)%nat /\ 0 < s /\ 1 <= a /\ 0 < tau <= sigma /\ 1 <= M /\ 0 <= radius /\ 0 < l <= b /\ b <= a /\
    0 < eta /\ 0 < theta /\ nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    wide_shape d p r L Y F /\ wide_bounds d p r L F s a b sigma tau M /\
    a * (1 + radius * M / s) ^ L <= u /\ M * (1 + radius * M / s) ^ L <= M' /\
    a * sigma * ((1 + radius * M / s) ^ L - 1) <= (b - l) * tau /\
    eta * INR L * u ^ 4 * nu ^ 2 / 2
      + eta * INR L * u ^ 2 * nu * M' * frobenius d (residual d (S L) Y F) / (2 * s) + theta <= 1 /\
    u ^ 2 * nu * frobenius d (residual d (S L) Y F) <= radius * (theta * INR L * l ^ 4 * mu ^ 2).
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, (two_target (2401 / 320000)), two_layers, (2097152 / 25060025), 2, 1, 1, (25 / 16), (7 / 16), (1 / 2), (1 / 2),
    1, (25 / 16), (1 / 2), (1 / 2), 1, 1, 0%nat.
  parts; two_side.
Qed.

(** At the border of the step size and of the start; the distance allowed is a root, and up to a ten-thousandth that. *)
Lemma du_hu_descent_instance :
  exists (d p r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R)
    (eta s sigma tau M e0 radius nu mu : R) (_ : nat),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 1 <= M /\ 0 < eta /\
    nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    wide_shape d p r L Y F /\ wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau M /\
    frobenius d (residual d (S L) Y F) <= e0 /\ radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) /\
    24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau /\ eta * INR L * nu ^ 2 <= 1 / 3.
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, (two_target (3299 / 500000)), two_layers, (1 / 6), 2, (1 / 2), (1 / 2), 1, (3299 / 500000),
    (3299 / 80000), 1, 1, 0%nat.
  parts; two_side.
Qed.

Lemma hu_xiao_pennington_descent_instance :
  exists (d p r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R)
    (eta s sigma tau e0 radius nu mu : R) (_ : nat),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 0 < eta /\
    nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    wide_shape d p r L Y F /\ wide_bounds d p r L F s 1 1 sigma tau 1 /\
    frobenius d (residual d (S L) Y F) <= e0 /\ radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) /\
    10 * sigma * ((1 + radius / s) ^ L - 1) <= tau /\ eta * INR L * nu ^ 2 <= 1 / 2.
Proof.
  exists 2%nat, 2%nat, 2%nat, 2%nat, (two_target (4033 / 100000)), two_layers, (1 / 4), 2, (1 / 2), (1 / 2), (4033 / 100000),
    (487993 / 5000000), 1, 1, 0%nat.
  parts; two_side.
Qed.

Lemma du_hu_given_start_instance :
  exists (k : nat) (P : weights k) (start : (nat -> R) -> nat -> nat -> nat -> R) (d p r L : nat)
    (Y : nat -> nat -> R) (eta s sigma tau M e0 delta radius nu mu : R),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 1 <= M /\ 0 < eta /\
    nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\ radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) /\
    24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau /\ eta * INR L * nu ^ 2 <= 1 / 3 /\
    at_most P (fun w : nat -> R => ~ good_start d p r L Y (start w) s (6 / 5) (4 / 5) sigma tau M e0) delta.
Proof.
  exists 1%nat, (signed_weights 1 1), (fun _ => two_layers), 2%nat, 2%nat, 2%nat, 2%nat, (two_target (3299 / 500000)), (1 / 6), 2,
    (1 / 2), (1 / 2), 1, (3299 / 500000), 0, (3299 / 80000), 1, 1.
  parts; try two_side.
  apply surely_not; intros w N; apply N; split; [apply two_shape|split; [apply two_bounds; lra|]].
  rewrite two_error by lra; lra.
Qed.

Lemma hu_xiao_pennington_given_start_instance :
  exists (k : nat) (P : weights k) (start : (nat -> R) -> nat -> nat -> nat -> R) (d p r L : nat)
    (Y : nat -> nat -> R) (eta s sigma tau e0 delta radius nu mu : R),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 0 < eta /\
    nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\ radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) /\
    10 * sigma * ((1 + radius / s) ^ L - 1) <= tau /\ eta * INR L * nu ^ 2 <= 1 / 2 /\
    at_most P (fun w : nat -> R => ~ good_start d p r L Y (start w) s 1 1 sigma tau 1 e0) delta.
Proof.
  exists 1%nat, (signed_weights 1 1), (fun _ => two_layers), 2%nat, 2%nat, 2%nat, 2%nat, (two_target (4033 / 100000)), (1 / 4), 2,
    (1 / 2), (1 / 2), (4033 / 100000), 0, (487993 / 5000000), 1, 1.
  parts; try two_side.
  apply surely_not; intros w N; apply N; split; [apply two_shape|split; [apply two_bounds; lra|]].
  rewrite two_error by lra; lra.
Qed.
