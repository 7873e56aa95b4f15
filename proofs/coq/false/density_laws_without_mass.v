(** False: the density 0 gives 1 the average 0. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw XavierAnyLaw DensityLaw.
Open Scope R_scope.

Theorem density_laws_without_mass : forall k rho a b, a <= b -> (forall x, 0 <= rho x) -> ex_RInt rho a b ->
  exists P : weights k,
    (forall X, (variable P X <-> density_variable rho a b k X) /\ expectation P X = density_expect rho a b k X) /\
    (forall h, (single P h <-> ex_RInt (fun x => h x * rho x) a b) /\
      average P h = RInt (fun x => h x * rho x) a b).
Proof.
  intros k rho a b; intros; apply density_laws_are_laws; assumption.
Qed.
