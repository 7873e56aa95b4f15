(** False: one layer of one weight, 1 or -1: its square is above 81/100 surely. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw Rectangular RandomLayers RandomProducts.
Open Scope R_scope.

Theorem hu_xiao_pennington_lemma_5_2_half : forall k (P : weights k) n L c delta,
  single P (fun t => t) -> average P (fun t => t) = 0 -> single P (fun t => t ^ 2) -> average P (fun t => t ^ 2) = 1 ->
  (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= L)%nat) -> (entries_before n L <= k)%nat ->
  0 < delta -> INR L ^ 3 / (2 * delta) <= c ^ 2 ->
  at_most P (fun w => exists a q x, (1 <= q)%nat /\ (a + q <= L)%nat /\ c ^ 2 * dot (n a) x x < scaled_square n w a x q) delta.
Proof.
  intros k P n L c delta; intros; apply (hu_xiao_pennington_lemma_5_2 k P n L c delta); assumption.
Qed.
