(** False: with eta = 1/4 and two layers 1 - 2 c is zero, but a target of 1 and an output of 0 are half way after one step. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix Layers Wide WideData DuHuLoss LayerLaws OrthogonalChance OrthogonalTheorem.
Open Scope R_scope.

Theorem orthogonal_layers_random_twofold : forall d n m p r L K X Y Phi eta sigma tau phi a delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  0 < a -> turning m K (Q L) -> chi_moment p K <= delta * a ^ K ->
  813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * start_bound p a phi) <= INR m -> 0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L (fun W => ~ fast_excess d L X Y Phi eta (2 * (eta * INR L * tau ^ 2 / INR p))
  (start_bound p a phi) (orthogonal_network m p L X W)) delta.
Proof.
  intros d n m p r L K X Y Phi eta sigma tau phi a delta Q; intros; apply (orthogonal_layers_random d n m p r L K X Y Phi eta sigma tau phi a delta Q); assumption.
Qed.
