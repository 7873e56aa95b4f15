(** The false variants of the theorems on wide networks and any data are false: one layer of one number, 1, the data 1, fitted. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin WideBlocks Wide WideDescent WideTheorem.
From Lemmata Require Import Expectation AnyLaw WidePapers WideData Refutations RefutationsAnyLaw RefutationsWide.
Open Scope R_scope.

Lemma number_mul : forall x y, mul 1 (number x) (number y) = number (x * y).
Proof. intros x y; pointwise i; pointwise j; unfold mul, dot, number; simpl; ring. Qed.

Lemma unit_rotated : rotated 1 (number 1) unit_numbers = unit_numbers.
Proof.
  pointwise l; destruct l as [|l]; [|reflexivity]; simpl rotated; unfold unit_numbers; rewrite number_mul; f_equal; ring.
Qed.

Lemma unit_target : forall x, mul 1 (mul 1 (number x) (number 1)) (number 1) = number x.
Proof. intros x; rewrite !number_mul; f_equal; ring. Qed.

Lemma unit_turn : orthogonal 1 (number 1).
Proof. intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia; compute_layers; ring. Qed.

Lemma unit_fitted : forall x, fitted 1 (number 1) (number x) (number x).
Proof. intros x i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia; compute_layers; ring. Qed.

Lemma unit_best : forall x, best_loss 1 (number 1) (number x) (number x) = 0.
Proof. intros x; unfold best_loss; compute_layers; field. Qed.

Lemma unit_start : forall a b, 1 <= a -> 0 <= b <= 1 ->
  good_start 1 1 1 1 (mul 1 (mul 1 (number (1 - 1 / 400)) (number 1)) (number 1)) (rotated 1 (number 1) unit_numbers) 1 a b 1 1 1 (1 / 400).
Proof.
  intros a b Ha Hb; rewrite unit_target, unit_rotated.
  split; [apply one_shape|split; [apply unit_bounds; assumption|rewrite unit_error by lra; lra]].
Qed.

Lemma du_hu_any_data_ninefold_is_false : ~ (forall k (P : weights k) start d p r L X Y Phi V eta s sigma tau M e0 delta radius nu mu,
  orthogonal d V -> fitted d X Y Phi -> (forall w, start w 0%nat = X) ->
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= M -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) ->
  24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 3 ->
  at_most P (fun w => ~ good_start d p r L (mul d (mul d Phi X) V) (rotated d V (start w)) s (6 / 5) (4 / 5) sigma tau M e0) delta ->
  at_most P (fun w => slower_excess d L X Y Phi eta (9 * eta * INR L * mu ^ 2 / 4) (start w)) delta).
Proof.
  intros H; set (P := signed_weights 1 1); set (y := number (1 - 1 / 400)).
  apply (surely 1 P (fun _ => slower_excess 1 1 (number 1) y y (1 / 3) (9 * (1 / 3) * INR 1 * 1 ^ 2 / 4) unit_numbers)).
  - intros _; exists 1%nat; unfold y; rewrite unit_loss, unit_first, unit_best; simpl; lra.
  - apply (H 1%nat P (fun _ => unit_numbers) 1%nat 1%nat 1%nat 1%nat (number 1) y y (number 1) (1 / 3) 1 1 1 1 (1 / 400) 0
      (1 / 32) 1 1); first [exact unit_turn|apply unit_fitted|reflexivity|wide_side|idtac].
    apply surely_not; intros w N; apply N, unit_start; lra.
Qed.

Lemma hu_xiao_pennington_any_data_fivefold_is_false : ~ (forall k (P : weights k) start d p r L X Y Phi V eta s sigma tau e0 delta
    radius nu mu,
  orthogonal d V -> fitted d X Y Phi -> (forall w, start w 0%nat = X) ->
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) ->
  10 * sigma * ((1 + radius / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  at_most P (fun w => ~ good_start d p r L (mul d (mul d Phi X) V) (rotated d V (start w)) s 1 1 sigma tau 1 e0) delta ->
  at_most P (fun w => slower_excess d L X Y Phi eta (5 * eta * INR L * mu ^ 2 / 2) (start w)) delta).
Proof.
  intros H; set (P := signed_weights 1 1); set (y := number (1 - 1 / 400)).
  apply (surely 1 P (fun _ => slower_excess 1 1 (number 1) y y (1 / 3) (5 * (1 / 3) * INR 1 * 1 ^ 2 / 2) unit_numbers)).
  - intros _; exists 1%nat; unfold y; rewrite unit_loss, unit_first, unit_best; simpl; lra.
  - apply (H 1%nat P (fun _ => unit_numbers) 1%nat 1%nat 1%nat 1%nat (number 1) y y (number 1) (1 / 3) 1 1 1 (1 / 400) 0
      (121 / 10000) 1 1); first [exact unit_turn|apply unit_fitted|reflexivity|wide_side|idtac].
    apply surely_not; intros w N; apply N, unit_start; lra.
Qed.
