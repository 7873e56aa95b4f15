(** False: one layer of two inputs and one output would need one row with two orthogonal columns. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix Transpose Spectral Margin OrthogonalClaims LayerLaws OrthogonalChance OrthogonalExamples.
Open Scope R_scope.

Theorem hu_xiao_pennington_orthogonal_start_one_layer : forall n m p L Q, (n <= m)%nat -> (p <= m)%nat -> (1 <= L)%nat ->
  (forall l, (1 <= l <= L)%nat -> orthogonal m (Q l)) -> layers_in (orthogonal_layer n m p L) L (layers_of_orthogonal n m p L Q).
Proof.
  intros n m p L Q Hn Hp HL H; exact (hu_xiao_pennington_orthogonal_start n m p L Q Hn Hp HL H).
Qed.
