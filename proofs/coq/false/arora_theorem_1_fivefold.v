(** False: layers (1, 1), target 4, the largest step, and eps such that one step would do. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin Arora AroraPaper.
Open Scope R_scope.

Theorem arora_theorem_1_fivefold : forall d p L Phi W eta r s eps T,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) ->
  0 < eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) -> 0 < eps ->
  ln (loss d L Phi W / eps) / (5 * (eta * r ^ (2 * L - 2))) <= INR T ->
  loss d L Phi (layers_descent d L Phi eta W T) <= eps.
Proof.
  intros d p L Phi W eta r s eps T HL Hp Hr Hs HPhi HM HB He Heps HT.
  apply (arora_theorem_1 d p L Phi W eta r s); assumption.
Qed.
