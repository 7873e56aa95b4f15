(** The false variants of Claim 1 and Lemma 1 of Arora, Cohen, Golowich and Hu are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Margin Arora AroraPaper Singular AroraLemma.
From Lemmata Require Import Refutations InstancesArora.
Open Scope R_scope.

Lemma arora_claim_1_further_is_false : ~ (forall m n Phi W W' c, (1 <= m)%nat -> (1 <= n)%nat ->
  rnorm m n (msub W Phi) <= sigma_min m n Phi - c ->
  rnorm m n (msub W' Phi) <= 101 / 100 * rnorm m n (msub W Phi) -> c <= sigma_min m n W').
Proof.
  intros H.
  assert (E := H 1%nat 1%nat (number 1) (number (1 / 2)) (number (99 / 200)) (1 / 2) ltac:(lia) ltac:(lia)).
  rewrite !scalar_sigma, !scalar_distance in E; unfold number in E.
  rewrite (Rabs_left (1 / 2 - 1)), (Rabs_left (99 / 200 - 1)), (Rabs_pos_eq 1), (Rabs_pos_eq (99 / 200)) in E by lra.
  specialize (E ltac:(lra) ltac:(lra)); lra.
Qed.

Lemma arora_lemma_1_fivefold_is_false : ~ (forall d L dims Phi W eta r s t,
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
        * frobenius d (residual d L Phi (layers_descent d L Phi eta W t)) ^ 2).
Proof.
  intros H.
  destruct (H 1%nat 2%nat (fun _ => 1%nat) (number 4) (fun _ => number 1) (1 / 12582912) 1 2 0%nat) as [_ E];
    try lia; try lra; try (intros ? ? ?; cbv beta; lia); try (intros ? ?; cbv beta; lia); try exact ones_target.
  - cbv beta; rewrite scalar_sigma; unfold number; rewrite Rabs_pos_eq by lra.
    apply frobenius_below; [lra|]; compute_layers; lra.
  - apply ones_balanced; exact ones_paper_balance.
  - simpl; lra.
  - cbv beta in E; rewrite scalar_sigma in E; unfold layers_descent in E.
    replace (Rabs (chain 1 (fun _ => number 1) 2 0%nat 0%nat)) with 1 in E
      by (compute_layers; rewrite Rabs_pos_eq; lra).
    rewrite frobenius_square in E; unfold Rpower in E; rewrite ln_1, Rmult_0_r, exp_0 in E.
    compute_layers; lra.
Qed.
