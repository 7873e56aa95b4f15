(** False: a law that is turning for polynomials of degree 0, that is, any law; the last layer along the axis on which the input lies. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix DuHuLoss LayerLaws OrthogonalChance OrthogonalTheorem OrthogonalTail.
Open Scope R_scope.

Theorem orthogonal_layers_whole_any_order : forall p x, (1 <= p)%nat -> 0 < x -> forall K,
  forall d n m r L X Y Phi eta sigma tau phi (Q : layer_laws n m p L), let beta := start_bound p (INR p + 2 * sqrt (INR p * x) + 2 * x) phi in
  (n <= m <= d)%nat -> (p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> turning m K (Q L) ->
  813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * beta) <= INR m -> 0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L
    (fun W => ~ fast_excess d L X Y Phi eta (eta * INR L * tau ^ 2 / INR p) beta (orthogonal_network m p L X W)) (exp (- x)).
Proof.
  exact orthogonal_layers_whole.
Qed.
