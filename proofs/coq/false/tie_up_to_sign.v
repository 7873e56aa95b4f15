(** False: w = (1, -1) at n = 0. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem tie_up_to_sign : forall (f' : R -> R) eta k w i j n,
  (i < k)%nat -> (j < k)%nat -> i <> j -> w i ^ 2 = w j ^ 2 ->
  descent f' eta k w n i = descent f' eta k w n j.
Proof.
  intros f' eta k w i j n Hi Hj N T; induction n as [|n IH]; simpl; [exact T|].
  apply Rminus_diag_uniq.
  rewrite (proj2 (pair_factorisation f' eta k (descent f' eta k w n) i j Hi Hj N)), IH; ring.
Qed.
