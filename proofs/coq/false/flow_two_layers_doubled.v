(** False: the logistic curve does not move twice as fast. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow ClosedForms.
Open Scope R_scope.

Theorem flow_two_layers_doubled : forall (a y : R) (w : nat -> R -> R) (lo hi s t : R), is_flow (fun p => a * (p - y)) 2 w lo hi -> lo < s < hi -> lo < t < hi ->
  w 0%nat s + w 1%nat s <> 0 -> 0 < y ^ 2 + (w 0%nat s ^ 2 - w 1%nat s ^ 2) ^ 2 ->
  let c := w 0%nat s ^ 2 - w 1%nat s ^ 2 in let D := sqrt (4 * y ^ 2 + c ^ 2) in let S := (w 0%nat s + w 1%nat s) ^ 2 in
  let E := exp (- (2 * a * D * (t - s))) in let u := w 0%nat t + w 1%nat t in
  let below := S - (2 * y - D) - E * (S - (2 * y + D)) in
  below <> 0 /\ u ^ 2 = ((2 * y + D) * (S - (2 * y - D)) - (2 * y - D) * E * (S - (2 * y + D))) / below /\
  0 < (w 0%nat s + w 1%nat s) * u /\ w 0%nat t = (u + c / u) / 2 /\ w 1%nat t = (u - c / u) / 2.
Proof.
  exact flow_two_layers.
Qed.
