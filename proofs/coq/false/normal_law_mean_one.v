(** False: the variance is 1, the mean size is not. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation AnyLaw Independent Gauss Laws NormalLaw.
Open Scope R_scope.

Theorem normal_law_mean_one : forall k, exists P : weights k,
  (forall X, (variable P X <-> iterates normal_law k X) /\ expectation P X = iterated normal_law k X) /\
  (forall h l, line (fun x => h x * normal_density x) l -> single P h /\ average P h = l) /\
  single P Rabs /\ average P Rabs = 1.
Proof.
  exact normal_law_is_a_law.
Qed.
