(** False: polynomials in ((0, 1), (0, 0)) are upper triangular, the first of two layers is not. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
Open Scope R_scope.

Theorem bartlett_layers_polynomial_every_target : forall eta L t, exists c, forall d Phi l,
  (l < L)%nat ->
  same d (layers_descent d L Phi eta (fun _ => unit_matrix) t l) (matrix_polynomial d c Phi).
Proof.
  intros eta L t; destruct (bartlett_layers_polynomial eta L t) as [c H].
  exists c; intros; apply H; assumption.
Qed.
