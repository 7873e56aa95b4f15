(** False: a single layer of one weight is not exponentially small in the depth; only long products are. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Rectangular AnyLaw Independent NormalLaw NarrowLayers NarrowMoves NarrowMoved NarrowStart.
Open Scope R_scope.

Theorem hu_xiao_pennington_good_start_short : forall C g, 0 < C -> 0 < g <= 1 -> exists c, 0 < c /\ forall delta, 0 < delta -> exists K L0, 0 < K /\ forall n L d, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> INR d <= C * Rpower (INR L) (1 - g) ->
  at_most (law_weights (weights_of n L) normal_law) (fun w => ~ ((forall a q, (1 <= q)%nat -> (a + q <= L)%nat ->
      opnorm (n (a + q)%nat) (n a) (plain_product n (start_layers n (normal_layers n L w)) a q) (K * INR L ^ 3)) /\
    forall a q, (a + q <= L)%nat -> (1 <= q)%nat ->
      opnorm (n (a + q)%nat) (n a) (plain_product n (start_layers n (normal_layers n L w)) a q) (exp (- (c * Rpower (INR L) g))))) delta.
Proof.
  intros C g HC Hg; exact (hu_xiao_pennington_good_start C g HC Hg).
Qed.
