(** False: every step with x > 0 makes the difference smaller. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem imbalance_drift_upwards : forall (f' : R -> R) eta k w j m n,
  (j < k)%nat -> (m < k)%nat -> j <> m -> w m ^ 2 <= w j ^ 2 ->
  (forall s, (s < n)%nat -> eta ^ 2 * f' (product k (descent f' eta k w s)) ^ 2
    * rest k (descent f' eta k w s) j m ^ 2 <= 1) ->
  (w j ^ 2 - w m ^ 2) * (1 + total n (fun s => eta ^ 2 * f' (product k (descent f' eta k w s)) ^ 2
      * rest k (descent f' eta k w s) j m ^ 2))
    <= descent f' eta k w n j ^ 2 - descent f' eta k w n m ^ 2 <= w j ^ 2 - w m ^ 2.
Proof.
  intros f' eta k w j m n Hj Hm N Hc Hx; apply imbalance_drift; assumption.
Qed.
