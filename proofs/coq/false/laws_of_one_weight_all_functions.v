(** False: the law that is 0 surely and averages constants only. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation AnyLaw Independent Gauss Laws NormalLaw.
Open Scope R_scope.

Theorem laws_of_one_weight_all_functions : forall (k : nat) (Q : law), exists P : weights k,
  (forall X, (variable P X <-> iterates Q k X) /\ expectation P X = iterated Q k X) /\
  (forall h, single P h) /\ (forall h, (single P h <-> integrable Q h) /\ average P h = integral Q h).
Proof.
  exact laws_of_one_weight.
Qed.
