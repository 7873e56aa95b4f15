(** False: three weights 1/t move along 1/t, not along 1/(2 t - 1). *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Flow ClosedForms.
Open Scope R_scope.

Theorem flow_balanced_power_next : forall (a : R) (m : nat) (w : nat -> R -> R) (lo hi s t : R), is_flow (fun _ => a) (m + 2) w lo hi -> lo < s < hi -> lo < t < hi ->
  0 < w 0%nat s -> (forall j, (j < m + 2)%nat -> w j s = w 0%nat s) ->
  forall j, (j < m + 2)%nat -> 0 < w j t /\ / w j t ^ m = / w 0%nat s ^ m + a * INR (m + 1) * (t - s).
Proof.
  exact flow_balanced_power.
Qed.
