(** False: the empty set satisfies all that is asked of a set, and has no nearest point. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest RegularisedFailure RegularisedBalls.
Open Scope R_scope.

Theorem regularised_runs_every_set : forall d L Phi eta kappa K T,
  symmetric d Phi -> (forall t, (t < T)%nat -> about_identity d (K t)) -> exists W, regularised_run d L Phi eta kappa K T W.
Proof. exact regularised_runs. Qed.
