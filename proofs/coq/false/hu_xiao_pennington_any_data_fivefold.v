(** False: one layer of one number: the loss falls by (1 - eta)^2, not by 1 - 5 eta/2. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin WideBlocks Wide WideDescent WideTheorem AnyLaw WidePapers WideData.
Open Scope R_scope.

Theorem hu_xiao_pennington_any_data_fivefold : forall k (P : weights k) start d p r L X Y Phi V eta s sigma tau e0 delta radius nu mu,
  orthogonal d V -> fitted d X Y Phi -> (forall w, start w 0%nat = X) ->
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 < eta ->
  nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) -> radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) ->
  10 * sigma * ((1 + radius / s) ^ L - 1) <= tau -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  at_most P (fun w => ~ good_start d p r L (mul d (mul d Phi X) V) (rotated d V (start w)) s 1 1 sigma tau 1 e0) delta ->
  at_most P (fun w => slower_excess d L X Y Phi eta (5 * eta * INR L * mu ^ 2 / 2) (start w)) delta.
Proof.
  intros k P start d p r L X Y Phi V eta s sigma tau e0 delta radius nu mu; intros; apply (hu_xiao_pennington_any_data k P start d p r L X Y Phi V eta s sigma tau e0 delta radius nu mu); assumption.
Qed.
