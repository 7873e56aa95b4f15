(** False: no limit on the step size; from ones, a step of 1/2 lands on the minimum of (p + 1)^2 at odd depths. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Xavier AnyLaw XavierAnyLaw NearIdentity PaperStarts.
Open Scope R_scope.

Theorem shamir_theorem_3_printed_any_step : forall f f' low gap c1 c2 c3,
  assumption_1 f f' low gap -> 0 < c1 ->
  exists c' r k0, 0 < c' /\ 0 < r /\ forall k w eta n,
    (k0 <= k)%nat -> assumption_3 c1 c2 c3 k w -> 0 < eta ->
    f (product k (descent f' eta k w n)) < low + c' -> exp (r * INR k) <= INR n.
Proof.
  intros; eapply shamir_theorem_3_printed; eassumption.
Qed.
