(** False: p increases with v. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow.
Open Scope R_scope.

Theorem product_decreasing : forall k m c u v, (m < k)%nat ->
  (forall j, (j < k)%nat -> j <> m -> 0 <= c j) -> u < v ->
  u * others_of k m (fun _ => 1) c u > v * others_of k m (fun _ => 1) c v.
Proof.
  intros; apply product_monotone_in_coordinate; assumption.
Qed.
