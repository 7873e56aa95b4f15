(** False: a = b = 0, v = (0, 1), F = M = hmax = 1, n = 1: the one step has length 1. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits.
Open Scope R_scope.

Theorem cell_sum_without_last : forall (v F : nat -> R) n a b hmax M,
  a <= b -> 0 <= hmax -> 0 <= M ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> 0 <= v (S s) - v s <= hmax) ->
  (forall s, (s < n)%nat -> F s <= M) ->
  total n (fun s => (v (S s) - v s) * F s) <= M * (b - a).
Proof.
  intros v F n a b hmax M Hab Hm HM Hin Hstep HF.
  apply Rle_trans with (M * total n (fun s => v (S s) - v s)).
  - rewrite <- total_scal; apply total_le; intros s Hs.
    rewrite Rmult_comm; apply Rmult_le_compat_r; [apply Hstep|apply HF]; lia.
  - apply Rmult_le_compat_l; [lra|].
    apply cell_steps_length; auto; intros s Hs; apply Hstep; exact Hs.
Qed.
