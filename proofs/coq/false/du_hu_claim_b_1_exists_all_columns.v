(** False: of the data 0 no factor has a first column that is not 0. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin WideBlocks Wide WideDescent WideTheorem WideData WideReduction.
Open Scope R_scope.

Theorem du_hu_claim_b_1_exists_all_columns : forall d X Y, exists r C V Phi,
  decomposes d r X C V /\ fitted d X Y Phi /\
  forall z, (forall i, (i < d)%nat -> mv d C z i = 0) -> forall i, (i < d)%nat -> z i = 0.
Proof.
  intros d X Y; destruct (du_hu_claim_b_1_exists d X Y) as [r [C [V [Phi H]]]]; exists r, C, V, Phi; exact H.
Qed.
