(** False: three layers of one number that move from 1 to 21/20: two of them make 1.1025. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem WideClaims OrthogonalClaims.
Open Scope R_scope.

Theorem hu_xiao_pennington_claim_4_4_further : forall d p n L F V s radius,
  0 < s -> 0 <= radius -> INR L * radius <= 3 / 20 * s -> orthogonal_start d p n L s F ->
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= radius) ->
  orthogonal_bounds d p n L V s (11 / 10) (9 / 10).
Proof.
  intros d p n L F V s radius; intros; apply (hu_xiao_pennington_claim_4_4 d p n L F V s radius); assumption.
Qed.
