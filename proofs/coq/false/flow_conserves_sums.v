(** False: the flow conserves differences of squares, not sums. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow.
Open Scope R_scope.

Theorem flow_conserves_sums : forall (f' : R -> R) k w a b i j s t,
  is_flow f' k w a b -> (i < k)%nat -> (j < k)%nat -> a < s < b -> a < t < b ->
  w i t ^ 2 + w j t ^ 2 = w i s ^ 2 + w j s ^ 2.
Proof.
  intros f' k w a b i j s t H Hi Hj Hs Ht.
  pose proof (flow_conservation f' k w a b i j s t H Hi Hj Hs Ht); lra.
Qed.
