(** False: a single layer of one weight is not exponentially small in the depth; only long products are. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw NarrowLayers NarrowProducts.
Open Scope R_scope.

Theorem hu_xiao_pennington_lemma_5_3_explicit_short : forall n L d, (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => exists a q x, (a + q <= L)%nat /\ (1 <= q)%nat /\
    exp (- (INR L / (960 * INR d))) ^ 2 * dot (n a) x x < dot (n (a + q)%nat) (scaled_output n (normal_layers n L w) a x q)
      (scaled_output n (normal_layers n L w) a x q)) (INR L ^ 2 * INR d * exp (- (INR L / (960 * INR d)))).
Proof.
  intros n L d HL Hn; exact (hu_xiao_pennington_lemma_5_3_explicit n L d HL Hn).
Qed.
