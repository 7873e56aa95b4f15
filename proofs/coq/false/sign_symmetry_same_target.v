(** False: one flipped sign needs the target -y. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem sign_symmetry_same_target : forall y eta k (s w : nat -> R) n,
  (forall i, s i = 1 \/ s i = -1) ->
  (forall j, (j < k)%nat ->
    descent (fun p => p - y) eta k (fun i => s i * w i) n j
      = s j * descent (fun p => p - y) eta k w n j) /\
  (product k (descent (fun p => p - y) eta k (fun i => s i * w i) n)
      - y) ^ 2 / 2
    = (product k (descent (fun p => p - y) eta k w n) - y) ^ 2 / 2.
Proof.
  intros; apply sign_symmetry_square; assumption.
Qed.
