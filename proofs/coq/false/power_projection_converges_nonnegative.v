(** False: Phi = 0: a product that is c or more stays away from it. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest PowerProjection PowerRuns.
Open Scope R_scope.

Theorem power_projection_converges_nonnegative : forall d L Phi,
  (1 <= d)%nat -> (1 <= L)%nat -> (forall u, (exists i, (i < d)%nat /\ u i <> 0) -> 0 <= dot d u (mv d Phi u)) ->
  exists eta c, 0 < eta /\ 0 < c /\ (forall T, exists W, projected_run d L Phi eta c T W) /\
    forall eps, 0 < eps -> exists N, forall T W, (N <= T)%nat -> projected_run d L Phi eta c T W -> loss d L Phi (W T) <= eps.
Proof. exact power_projection_converges. Qed.
