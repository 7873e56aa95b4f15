(** False: untied, w = (1/10, 1) with eta g r = 1/2 moves w_0 to -2/5. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem single_weight_never_crosses : forall (f' : R -> R) eta k w i j n,
  (i < k)%nat -> (j < k)%nat -> i <> j -> 0 < w i ->
  (forall s, (s < n)%nat -> Rabs (eta * f' (product k (descent f' eta k w s))
    * rest k (descent f' eta k w s) i j) < 1) ->
  0 < descent f' eta k w n i.
Proof.
  intros f' eta k w i j n Hi Hj N P H.
  apply (tied_weight_never_crosses f' eta k w i j n); assumption.
Qed.
