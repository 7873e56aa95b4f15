(** False: v' = - f'(v q) q; with plus it climbs. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow.
Open Scope R_scope.

Theorem flow_reduction_wrong_sign : forall (f' : R -> R) k w a b m s t0 t,
  is_flow f' k w a b -> (m < k)%nat -> a < t0 < b -> a < t < b ->
  (forall j, (j < k)%nat -> j <> m -> w m t0 ^ 2 < w j t0 ^ 2) ->
  (forall j, s j = 1 \/ s j = -1) ->
  (forall j, (j < k)%nat -> j <> m -> 0 < s j * w j t0) ->
  let c := fun j => w j t0 ^ 2 - w m t0 ^ 2 in
  let q := others_of k m s c in
  (forall j, (j < k)%nat -> j <> m -> w j t = s j * sqrt (c j + w m t ^ 2)) /\
  product k (fun i => w i t) = w m t * q (w m t) /\
  is_derive (w m) t (f' (w m t * q (w m t)) * q (w m t)).
Proof.
  intros f' k w a b m s t0 t H Hm H0 Ht Hc Hs Hsw.
  exact (flow_reduction f' k w a b m s t0 t H Hm H0 Ht Hc Hs Hsw).
Qed.
