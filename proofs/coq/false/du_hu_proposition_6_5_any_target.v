(** False: the loss does not start below the same bound for all targets: the output would be near 0 and near 100. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Layers AnyLaw Independent NormalLaw WideRandom DuHuLoss DuHuTheorem.
Open Scope R_scope.

Theorem du_hu_proposition_6_5_any_target : forall d n m p r L X Y Phi sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 -> 560000 * INR (L - 1) * INR r <= INR m ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ small_loss d p r L X Y Phi 0 delta (random_network n m p L X w)) (exp (- (INR m / (60000 * INR (L - 1)))) + delta / 2).
Proof.
  intros d n m p r L X Y Phi sigma tau phi delta; intros; apply (du_hu_proposition_6_5 d n m p r L X Y Phi sigma tau phi delta); assumption.
Qed.
