(** False: the empty law gives 1 the average 0. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw XavierAnyLaw.
Open Scope R_scope.

Theorem finite_laws_without_mass : forall k law, (forall x p, In (x, p) law -> 0 <= p) ->
  exists P : weights k, (forall X, variable P X /\ expectation P X = expect law k X) /\
    (forall h, single P h /\ average P h = mean law h).
Proof.
  intros k law H; apply finite_laws_are_laws; assumption.
Qed.
