(** False: one layer: R(t) = (1 - eta)^(2t) R(0), and (1 - 1/4)^2 > 1 - 5/8. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers ZasDescent.
Open Scope R_scope.

Theorem wu_descent_rate_above_two : forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta -> eta * (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1 ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t)
    <= (1 - 5 / 2 * eta) ^ t * loss d L Phi (zero_asymmetric L).
Proof.
  intros d L Phi eta t HL He Hr; apply wu_descent_rate; assumption.
Qed.
