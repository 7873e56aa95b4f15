(** False: one layer, target 1, eta = 1/11664: R(1) = (1 - eta)^2 R(0). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers ZasDescent.
Open Scope R_scope.

Theorem wu_descent_paper_above_two : forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta <= Rmin (/ (4 * INR L ^ 3 * wu_scale L (frobenius d Phi) ^ 6))
                                (/ (144 * INR L ^ 2 * wu_scale L (frobenius d Phi) ^ 4)) ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t)
    <= (1 - 5 / 2 * eta) ^ t * loss d L Phi (zero_asymmetric L).
Proof.
  intros d L Phi eta t HL He; apply wu_descent_paper; assumption.
Qed.
