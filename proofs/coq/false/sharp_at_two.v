(** False: at exactly 2 the imbalance keeps its modulus, so it does not grow. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem sharp_at_two : forall c k, 2 <= c -> (2 <= k)%nat ->
  exists (f' : R -> R) eta w,
    0 < eta /\
    eta ^ 2 * f' (product k w) ^ 2 * rest k w 0 1 ^ 2 = c /\
    Rabs (w O ^ 2 - w 1%nat ^ 2) < Rabs ((step f' eta k w 0) ^ 2 - (step f' eta k w 1) ^ 2).
Proof.
  intros c k Hc Hk; apply balancedness_two_is_sharp; [lra|exact Hk].
Qed.
