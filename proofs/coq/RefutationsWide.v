(** The false variants of the theorems on wide networks are false: one layer of one number, 1, and the
    data 1; the error falls by the factor 1 - eta in each step. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem.
From Lemmata Require Import Expectation AnyLaw WidePapers Refutations RefutationsAnyLaw.
Open Scope R_scope.

Definition unit_numbers (l : nat) : nat -> nat -> R := number 1.

Lemma one_by_one : forall A x, dot 1 (mv 1 A x) (mv 1 A x) = A 0%nat 0%nat ^ 2 * dot 1 x x.
Proof. intros; unfold mv, dot; simpl; ring. Qed.

Lemma one_shape : forall L Y F, wide_shape 1 1 1 L Y F.
Proof. intros L Y F; repeat split; intros i j _ Hj; lia. Qed.

Lemma unit_bounds : forall a b, 1 <= a -> 0 <= b <= 1 -> wide_bounds 1 1 1 1 unit_numbers 1 a b 1 1 1.
Proof.
  intros a b Ha Hb.
  assert (One : forall x, x = 1 -> x ^ 2 <= (a * 1 ^ 0) ^ 2 /\ (b * 1 ^ 0) ^ 2 <= x ^ 2).
  { intros x ->; rewrite pow_O, !Rmult_1_r; split; apply pow_incr; lra. }
  assert (Up : forall A c, A 0%nat 0%nat ^ 2 <= c ^ 2 -> bounded 1 A (c ^ 2)).
  { intros A c H x; rewrite one_by_one; apply Rmult_le_compat_r; [apply dot_nonneg|exact H]. }
  split; [|split; [|intros; lia]]; intros q Hq; replace q with 0%nat by lia; split.
  - apply Up, One; unfold block; simpl; unfold unit_matrix; simpl; reflexivity.
  - intros y _; rewrite one_by_one; apply Rmult_le_compat_r; [apply dot_nonneg|].
    apply One; unfold block, tr; simpl; unfold unit_matrix; simpl; reflexivity.
  - replace (a * 1 * 1 ^ 0) with (a * 1 ^ 0) by ring; apply Up, One.
    simpl; unfold mul, dot, unit_numbers, number, unit_matrix; simpl; ring.
  - intros y _; rewrite one_by_one; apply Rmult_le_compat_r; [apply dot_nonneg|].
    replace (b * 1 * 1 ^ 0) with (b * 1 ^ 0) by ring; apply One.
    simpl; unfold mul, dot, unit_numbers, number, unit_matrix; simpl; ring.
Qed.

Lemma unit_error : forall e, 0 <= e -> frobenius 1 (residual 1 2 (number (1 - e)) unit_numbers) = e.
Proof.
  intros e He; transitivity (sqrt (e ^ 2)); [unfold frobenius; f_equal|apply sqrt_pow2; exact He].
  unfold unit_numbers; compute_layers; ring.
Qed.

Lemma unit_loss : forall e, loss 1 2 (number (1 - e)) unit_numbers = e ^ 2 / 2.
Proof. intros e; unfold unit_numbers; compute_layers; field. Qed.

Lemma unit_first : forall e eta,
  loss 1 2 (number (1 - e)) (wide_descent 1 1 (number (1 - e)) eta unit_numbers 1) = (1 - eta) ^ 2 * (e ^ 2 / 2).
Proof.
  intros e eta; simpl wide_descent; unfold wide_step, unit_numbers; compute_layers; field.
Qed.

Ltac wide_side := first [lia | lra | simpl; ring | apply one_shape | apply unit_bounds; lra | simpl; lra
  | simpl; field | rewrite unit_error by lra; simpl; lra].

Ltac wide_false := match goal with
  | E : loss _ _ _ _ <= _ |- False => rewrite unit_loss, unit_first in E; simpl in E; lra
  | |- _ => wide_side
  end.

Lemma wide_descent_rate_hundredfold_is_false : ~ (forall d p r L Y F eta s a b u l sigma tau M M' radius theta nu mu t,
  (1 <= L)%nat -> 0 < s -> 1 <= a -> 0 < tau <= sigma -> 1 <= M -> 0 <= radius -> 0 < l <= b -> b <= a ->
  0 < eta -> 0 < theta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s a b sigma tau M ->
  a * (1 + radius * M / s) ^ L <= u -> M * (1 + radius * M / s) ^ L <= M' ->
  a * sigma * ((1 + radius * M / s) ^ L - 1) <= (b - l) * tau ->
  eta * INR L * u ^ 4 * nu ^ 2 / 2
    + eta * INR L * u ^ 2 * nu * M' * frobenius d (residual d (S L) Y F) / (2 * s) + theta <= 1 ->
  u ^ 2 * nu * frobenius d (residual d (S L) Y F) <= radius * (theta * INR L * l ^ 4 * mu ^ 2) ->
  loss d (S L) Y (wide_descent d L Y eta F t)
    <= (1 - 200 * theta * eta * INR L * l ^ 4 * mu ^ 2) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius).
Proof.
  intros H.
  destruct (H 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 256)) unit_numbers (1 / 32) 1 1 1 2 (1 / 2) 1 1 1 2 (1 / 2)
    (1 / 2) 1 1 1%nat) as [E _]; wide_false.
Qed.

Lemma du_hu_descent_ninefold_is_false : ~ (forall d p r L Y F eta s sigma tau M e0 radius nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau M ->
  frobenius d (residual d (S L) Y F) <= e0 -> radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) ->
  24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 3 ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - 9 * eta * INR L * mu ^ 2 / 4) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius).
Proof.
  intros H.
  destruct (H 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 400)) unit_numbers (1 / 3) 1 1 1 1 (1 / 400) (1 / 32) 1 1
    1%nat) as [E _]; wide_false.
Qed.

Lemma hu_xiao_pennington_descent_fivefold_is_false : ~ (forall d p r L Y F eta s sigma tau e0 radius nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  wide_shape d p r L Y F -> wide_bounds d p r L F s 1 1 sigma tau 1 ->
  frobenius d (residual d (S L) Y F) <= e0 -> radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) ->
  10 * sigma * ((1 + radius / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - 5 * eta * INR L * mu ^ 2 / 2) ^ t * loss d (S L) Y F /\
  forall i, (1 <= i <= L)%nat -> frobenius d (msub (wide_descent d L Y eta F t i) (F i)) <= radius).
Proof.
  intros H.
  destruct (H 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 400)) unit_numbers (1 / 3) 1 1 1 (1 / 400) (121 / 10000) 1 1
    1%nat) as [E _]; wide_false.
Qed.

(** A start that does not depend on the weights is bad with probability 0, and slower surely. *)
Lemma surely_not : forall k (P : weights k) (A : (nat -> R) -> Prop), (forall w, ~ A w) -> at_most P A 0.
Proof.
  intros k P A H; destruct (variable_total k P 0 (fun _ _ => 0)) as [V E]; [intros; lia|]; simpl in V, E.
  exists (fun _ => 0); repeat split; [exact V|intros; lra|intros w Hw; destruct (H w Hw)|lra].
Qed.

Lemma surely : forall k (P : weights k) (A : (nat -> R) -> Prop), (forall w, A w) -> ~ at_most P A 0.
Proof.
  intros k P A H [X [V [_ [X1 E]]]]; destruct (expectation_one k P) as [V1 E1].
  assert (expectation P (fun _ => 1) <= expectation P X) by (apply expectation_le; auto); lra.
Qed.

Lemma du_hu_given_start_ninefold_is_false : ~ (forall k (P : weights k) start d p r L Y eta s sigma tau M e0 delta radius nu mu,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) ->
  24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 3 ->
  at_most P (fun w => ~ good_start d p r L Y (start w) s (6 / 5) (4 / 5) sigma tau M e0) delta ->
  at_most P (fun w => slower d L Y eta (9 * eta * INR L * mu ^ 2 / 4) (start w)) delta).
Proof.
  intros H; set (P := signed_weights 1 1).
  apply (surely 1 P (fun _ => slower 1 1 (number (1 - 1 / 400)) (1 / 3) (9 * (1 / 3) * INR 1 * 1 ^ 2 / 4) unit_numbers)).
  - intros _; exists 1%nat; rewrite unit_loss, unit_first; simpl; lra.
  - apply (H 1%nat P (fun _ => unit_numbers) 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 400)) (1 / 3) 1 1 1 1 (1 / 400) 0
      (1 / 32) 1 1); first [wide_side|idtac].
    apply surely_not; intros w N; apply N; split; [apply one_shape|split; [apply unit_bounds; lra|]].
    rewrite unit_error by lra; lra.
Qed.

Lemma hu_xiao_pennington_given_start_fivefold_is_false : ~ (forall k (P : weights k) start d p r L Y eta s sigma tau e0 delta radius nu mu,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) ->
  10 * sigma * ((1 + radius / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  at_most P (fun w => ~ good_start d p r L Y (start w) s 1 1 sigma tau 1 e0) delta ->
  at_most P (fun w => slower d L Y eta (5 * eta * INR L * mu ^ 2 / 2) (start w)) delta).
Proof.
  intros H; set (P := signed_weights 1 1).
  apply (surely 1 P (fun _ => slower 1 1 (number (1 - 1 / 400)) (1 / 3) (5 * (1 / 3) * INR 1 * 1 ^ 2 / 2) unit_numbers)).
  - intros _; exists 1%nat; rewrite unit_loss, unit_first; simpl; lra.
  - apply (H 1%nat P (fun _ => unit_numbers) 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 400)) (1 / 3) 1 1 1 (1 / 400) 0
      (121 / 10000) 1 1); first [wide_side|idtac].
    apply surely_not; intros w N; apply N; split; [apply one_shape|split; [apply unit_bounds; lra|]].
    rewrite unit_error by lra; lra.
Qed.

