(** Refutations, continued: the theorem of wide-layers.md, and its one formula for the width, with nine times the rate: one layer of one weight. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Lemmata Require Import Products Matrix Norms Layers Margin Wide AnyLaw Independent NormalLaw WideData WideRandom DuHuLoss DuHuStart OrthogonalTheorem.
From Lemmata Require Import GaussianChance GaussianWidth GaussianPaper InstancesPropositions InstancesDuHu InstancesWidth RefutationsDuHu.
Open Scope R_scope.

Lemma gaussian_layers_whole_ninefold_is_false : ~ (forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 -> start_failure m p r L <= delta / 2 ->
  18300 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * gaussian_loss p phi delta) * middle_size L <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ steady_excess d L X Y Phi eta (9 * (eta * INR L * tau ^ 2 / (4 * INR p))) (gaussian_loss p phi delta) (random_network n m p L X w)) delta).
Proof.
  intros H; destruct (width_of 300000 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  assert (B := lone_start_bound 0 ltac:(lra)).
  assert (A := H m 1%nat m 1%nat 1%nat 1%nat (lone 1) (mul m (lone 0) (lone 1)) (lone 0) (1 / 3) 1 1 0 (1 / 4)).
  set (beta := gaussian_loss _ _ _) in *.
  specialize (A m1 (le_n m) ltac:(lia) ltac:(lia) (le_n _) (lone_data m 0 m1 ltac:(lra)) ltac:(lra)
    ltac:(unfold start_failure; simpl; lra)
    ltac:(rewrite lone_square, Hm by exact m1; unfold middle_size; rewrite Rmax_left by (simpl; lra); simpl; lra) ltac:(simpl; lra)).
  change (weights_above 1 m 1 1 1) with 1%nat in A; assert (Q : 7 / 25 <= 1 / 4); [|lra].
  apply not_zero_often; destruct A as [X [V [X0 [X1 E]]]]; exists X; split; [exact V|split; [exact X0|split; [|exact E]]].
  intros w N; apply X1; intros [_ Fast]; destruct (Fast 1%nat) as [_ Bad]; rewrite fitted_lone in Bad.
  destruct (one_layer m w) as [F0 F1]; set (F := random_network 1 m 1 1 (lone 1) w) in *.
  destruct (one_layer_step m F (w 0%nat) (1 / 3) m1 F0 F1) as [G0 G1].
  rewrite (proj2 (one_layer_loss m _ _ m1 G0 G1)), (proj2 (one_layer_loss m _ _ m1 F0 F1)) in Bad.
  assert (0 < w 0%nat ^ 2) by (destruct (Rdichotomy _ _ N) as [P|P]; [replace (w 0%nat ^ 2) with ((- w 0%nat) ^ 2) by ring|];
    apply pow_lt; lra).
  simpl in *; lra.
Qed.

Lemma gaussian_layers_width_ninefold_is_false : ~ (forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  4 * 10 ^ 6 * INR L * width_squared L p r sigma tau phi delta <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ fast_start d p r L X Y Phi eta (3 * tau) phi delta (random_network n m p L X w)) delta).
Proof.
  intros H; destruct (width_of 8000000 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  assert (W := lone_width_squared 1 0 ltac:(lra) ltac:(lia)).
  assert (A := H m 1%nat m 1%nat 1%nat 1%nat (lone 1) (mul m (lone 0) (lone 1)) (lone 0) (1 / 3) 1 1 0 (1 / 4)
    m1 (le_n m) ltac:(lia) ltac:(lia) (le_n _) (lone_data m 0 m1 ltac:(lra)) ltac:(lra)
    ltac:(rewrite Hm; simpl in *; lra) ltac:(simpl; lra)).
  change (weights_above 1 m 1 1 1) with 1%nat in A; assert (Q : 7 / 25 <= 1 / 4); [|lra].
  apply not_zero_often; destruct A as [X [V [X0 [X1 E]]]]; exists X; split; [exact V|split; [exact X0|split; [|exact E]]].
  intros w N; apply X1; intros [_ Fast]; specialize (Fast 1%nat); rewrite fitted_lone in Fast.
  destruct (one_layer m w) as [F0 F1]; set (F := random_network 1 m 1 1 (lone 1) w) in *.
  destruct (one_layer_step m F (w 0%nat) (1 / 3) m1 F0 F1) as [G0 G1].
  rewrite (proj2 (one_layer_loss m _ _ m1 G0 G1)), (proj2 (one_layer_loss m _ _ m1 F0 F1)) in Fast.
  assert (0 < w 0%nat ^ 2) by (destruct (Rdichotomy _ _ N) as [P|P]; [replace (w 0%nat ^ 2) with ((- w 0%nat) ^ 2) by ring|];
    apply pow_lt; lra).
  simpl in *; lra.
Qed.
