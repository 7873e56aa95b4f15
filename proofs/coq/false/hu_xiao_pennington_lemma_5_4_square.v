(** False: one layer of the start may have norm K L^3, and it need not move. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Rectangular AnyLaw Independent NormalLaw NarrowLayers NarrowMoves NarrowMoved.
Open Scope R_scope.

Theorem hu_xiao_pennington_lemma_5_4_square : forall K c g, 0 < K -> 0 < c -> 0 < g -> exists L0, forall n L A B, (L0 <= L)%nat ->
  narrow_start n L K c g A -> moved_little n L c g A B ->
  (forall a q, (1 <= q)%nat -> (a + q <= L)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n B a q) (2 * K * INR L ^ 2)) /\
  forall a q, (a + q <= L)%nat -> (L <= 4 * q)%nat -> opnorm (n (a + q)%nat) (n a) (plain_product n B a q) (2 * exp (- (c * Rpower (INR L) g))).
Proof.
  intros K c g HK Hc Hg; exact (hu_xiao_pennington_lemma_5_4 K c g HK Hc Hg).
Qed.
