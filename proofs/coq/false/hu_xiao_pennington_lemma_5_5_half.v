(** False: where the output is zero the loss is |Y|^2/2, and not above it. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Rectangular AnyLaw Independent NormalLaw NarrowLayers NarrowMoves NarrowDescent NarrowMoved NarrowWindow.
Open Scope R_scope.

Theorem hu_xiao_pennington_lemma_5_5_half : forall K c g H k, 0 < K -> 0 < c -> 0 < g -> 1 <= H -> exists L0, forall n L r alpha X Y sigma A B, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l)%nat) -> (forall l, (l < L)%nat -> 0 < sigma l) -> alpha ^ 2 * product L (fun l => INR (n (S l)) * sigma l ^ 2) <= INR L ^ k ->
  rnorm (n 0%nat) r X <= H -> / H <= rnorm (n L) r Y <= H -> narrow_start n L K c g A -> moved_little n L c g A B -> let V := rescaled_layers n sigma B in
  (5 / 10 * rnorm (n L) r Y ^ 2 < narrow_loss n L r alpha X Y V < 6 / 10 * rnorm (n L) r Y ^ 2) /\
  forall l, (l < L)%nat -> rnorm (n (S l)) (n l) (narrow_slope n L r alpha X Y V l) <= / (sqrt (INR (n (S l))) * sigma l) * exp (- (9 / 10 * c * Rpower (INR L) g)).
Proof.
  intros K c g H k HK Hc Hg HH; exact (hu_xiao_pennington_lemma_5_5 K c g H k HK Hc Hg HH).
Qed.
