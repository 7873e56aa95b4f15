(** Instances, continued: wide networks.  Two layers of one number, 2 = s each, and the data 1/2, so that the
    product is 2; the target is 2 - 1/400. *)
From Coq Require Import Reals Lra Lia Psatz Arith List.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem.
From Lemmata Require Import Expectation AnyLaw WidePapers Refutations RefutationsAnyLaw RefutationsWide InstancesSteps.
Open Scope R_scope.

Definition two_numbers (l : nat) : nat -> nat -> R := match l with O => number (1 / 2) | _ => number 2 end.

Lemma two_block : forall j k, block 1 two_numbers (S j) k 0%nat 0%nat = 2 ^ k.
Proof.
  intros j k; induction k as [|k IH]; [reflexivity|].
  change (block 1 two_numbers (S j) (S k)) with (mul 1 (two_numbers (S j + k)%nat) (block 1 two_numbers (S j) k)).
  unfold mul, dot; simpl total; rewrite IH; simpl; unfold number; ring.
Qed.

Lemma two_chain : forall q, chain 1 two_numbers (S q) 0%nat 0%nat = 1 / 2 * 2 ^ q.
Proof.
  induction q as [|q IH]; [unfold chain, two_numbers, mul, dot, number, unit_matrix; simpl; ring|].
  change (chain 1 two_numbers (S (S q)) 0%nat 0%nat)
    with (0 + two_numbers (S q) 0%nat 0%nat * chain 1 two_numbers (S q) 0%nat 0%nat).
  rewrite IH; simpl; unfold number; ring.
Qed.

Lemma two_bounds : forall a b, 1 <= a -> 0 <= b <= 1 -> wide_bounds 1 1 1 2 two_numbers 2 a b (1 / 2) (1 / 2) 1.
Proof.
  intros a b Ha Hb.
  assert (P : forall q, 0 < 2 ^ q) by (intros; apply pow_lt; lra).
  split; [|split].
  - intros q Hq; replace (3 - q)%nat with (S (2 - q)) by lia; specialize (P q).
    assert (0 <= b * 2 ^ q <= 2 ^ q) by (split; [apply Rmult_le_pos|rewrite <- (Rmult_1_l (2 ^ q)) at 2; apply Rmult_le_compat_r]; lra).
    assert (2 ^ q <= a * 2 ^ q) by (rewrite <- (Rmult_1_l (2 ^ q)) at 1; apply Rmult_le_compat_r; lra).
    split; [intros x|intros y _]; rewrite one_by_one; unfold tr; rewrite two_block;
      apply Rmult_le_compat_r; try apply dot_nonneg; apply pow_incr; lra.
  - intros q Hq; specialize (P q).
    assert (0 <= b * 2 ^ q <= 2 ^ q) by (split; [apply Rmult_le_pos|rewrite <- (Rmult_1_l (2 ^ q)) at 2; apply Rmult_le_compat_r]; lra).
    assert (2 ^ q <= a * 2 ^ q) by (rewrite <- (Rmult_1_l (2 ^ q)) at 1; apply Rmult_le_compat_r; lra).
    split; [intros x|intros y _]; rewrite one_by_one, two_chain;
      apply Rmult_le_compat_r; try apply dot_nonneg; apply pow_incr; lra.
  - intros j k Hj Hk x; destruct j as [|j]; [lia|]; rewrite one_by_one, two_block, Rmult_1_l.
    apply Rle_refl.
Qed.

Lemma two_error : forall e, 0 <= e -> frobenius 1 (residual 1 3 (number (2 - e)) two_numbers) = e.
Proof.
  intros e He; transitivity (sqrt (e ^ 2)); [unfold frobenius; f_equal|apply sqrt_pow2; exact He].
  unfold two_numbers; compute_layers; field.
Qed.

Ltac two_side := first [lia | lra | simpl; field | apply one_shape | apply two_bounds; lra | simpl; lra
  | rewrite two_error by lra; simpl; lra].

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
  exists 1%nat, 1%nat, 1%nat, 2%nat, (number (2 - 1 / 512)), two_numbers, (1 / 64), 2, 1, 1, 2, (1 / 2), (1 / 2), (1 / 2),
    1, 2, (1 / 8), (1 / 2), 1, 1, 0%nat.
  parts; two_side.
Qed.

(** At the border of the step size. *)
Lemma du_hu_descent_instance :
  exists (d p r L : nat) (Y : nat -> nat -> R) (F : nat -> nat -> nat -> R)
    (eta s sigma tau M e0 radius nu mu : R) (_ : nat),
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 1 <= M /\ 0 < eta /\
    nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\
    wide_shape d p r L Y F /\ wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau M /\
    frobenius d (residual d (S L) Y F) <= e0 /\ radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) /\
    24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau /\ eta * INR L * nu ^ 2 <= 1 / 3.
Proof.
  exists 1%nat, 1%nat, 1%nat, 2%nat, (number (2 - 1 / 400)), two_numbers, (1 / 6), 2, (1 / 2), (1 / 2), 1, (1 / 400),
    (1 / 64), 1, 1, 0%nat.
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
  exists 1%nat, 1%nat, 1%nat, 2%nat, (number (2 - 1 / 400)), two_numbers, (1 / 4), 2, (1 / 2), (1 / 2), (1 / 400),
    (121 / 20000), 1, 1, 0%nat.
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
  exists 1%nat, (signed_weights 1 1), (fun _ => two_numbers), 1%nat, 1%nat, 1%nat, 2%nat, (number (2 - 1 / 400)), (1 / 6), 2,
    (1 / 2), (1 / 2), 1, (1 / 400), 0, (1 / 64), 1, 1.
  parts; try two_side.
  apply surely_not; intros w N; apply N; split; [apply one_shape|split; [apply two_bounds; lra|]].
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
  exists 1%nat, (signed_weights 1 1), (fun _ => two_numbers), 1%nat, 1%nat, 1%nat, 2%nat, (number (2 - 1 / 400)), (1 / 4), 2,
    (1 / 2), (1 / 2), (1 / 400), 0, (121 / 20000), 1, 1.
  parts; try two_side.
  apply surely_not; intros w N; apply N; split; [apply one_shape|split; [apply two_bounds; lra|]].
  rewrite two_error by lra; lra.
Qed.
