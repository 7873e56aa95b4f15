(** Refutations, continued: Theorem 4.1 of Du and Hu with nine times its rate, for one layer of one weight, and Proposition 6.5
    without the size of the target: the output cannot be near 0 and near 100; data that are zero have no positive singular value. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Spectral Margin Transpose Convergence Laws Wide AnyLaw Independent NormalLaw NormalStarts NormalMoments.
From Lemmata Require Import WideData WideRandom WideWidth Spheres DuHuLoss DuHuStart InstancesPropositions RefutationsPropositions InstancesDuHu.
Open Scope R_scope.

(** One layer. *)
Lemma one_layer : forall m w, random_network 1 m 1 1 (lone 1) w 0%nat = lone 1 /\
  random_network 1 m 1 1 (lone 1) w 1%nat = lone (w 0%nat).
Proof.
  intros m w; split; pointwise i; pointwise j; unfold random_network, network.
  - unfold network_scale, mscal; replace (INR m ^ (1 - 1) * INR 1) with 1 by (simpl; ring); rewrite sqrt_1, Rinv_1; ring.
  - change (size 1 m 1 1 1) with 1%nat; change (size 1 m 1 1 0) with 1%nat; destruct i, j; reflexivity.
Qed.

Lemma one_layer_loss : forall d F v, (1 <= d)%nat -> F 0%nat = lone 1 -> F 1%nat = lone v ->
  residual d 2 (mul d (lone 0) (lone 1)) F = lone v /\ loss d 2 (mul d (lone 0) (lone 1)) F = v ^ 2 / 2.
Proof.
  intros d F v Hd F0 F1; assert (E : residual d 2 (mul d (lone 0) (lone 1)) F = lone v).
  { unfold residual; cbn [chain]; rewrite F0, F1, lone_unit, !lone_times by exact Hd.
    pointwise i; pointwise j; unfold msub; destruct i, j; simpl; ring. }
  split; [exact E|]; unfold loss; rewrite E, lone_square by exact Hd; reflexivity.
Qed.

Lemma one_layer_step : forall d F v eta, (1 <= d)%nat -> F 0%nat = lone 1 -> F 1%nat = lone v ->
  wide_descent d 1 (mul d (lone 0) (lone 1)) eta F 1 0%nat = lone 1 /\
  wide_descent d 1 (mul d (lone 0) (lone 1)) eta F 1 1%nat = lone (v - eta * v).
Proof.
  intros d F v eta Hd F0 F1; split; [exact F0|]; destruct (one_layer_loss d F v Hd F0 F1) as [E _].
  simpl wide_descent; unfold wide_step, layers_step, gradient; cbn [Nat.sub back chain]; rewrite E, F0, F1, lone_unit by exact Hd.
  replace (tr (lone 1)) with (lone 1) by (pointwise i; pointwise j; unfold tr; destruct i, j; reflexivity).
  rewrite lone_times by exact Hd; pointwise i; pointwise j; unfold msub, mscal; destruct i, j; simpl; ring.
Qed.

(** The mean of 2 t^2/5 - t^4/25, which is at most 1, and 0 at t = 0. *)
Lemma not_zero_often : forall b, at_most (law_weights 1 normal_law) (fun w => w 0%nat <> 0) b -> 7 / 25 <= b.
Proof.
  intros b [X [VX [X0 [X1 EX]]]]; set (P := law_weights 1 normal_law) in *.
  assert (I := line_plus _ _ _ _ (line_scal _ (2 / 5) _ normal_square) (line_scal _ (- (1 / 25)) _ normal_fourth)).
  apply (line_ext _ (fun t => (2 / 5 * t ^ 2 - 1 / 25 * t ^ 4) * normal_density t)) in I; [|intros; ring].
  destruct (normal_is _ _ I) as [S E]; destruct (coordinate 1 P 0 (fun t => 2 / 5 * t ^ 2 - 1 / 25 * t ^ 4) ltac:(lia) S) as [V EV].
  assert (Low := expectation_le 1 P _ _ V VX).
  replace (7 / 25) with (expectation P (fun w => 2 / 5 * w 0%nat ^ 2 - 1 / 25 * w 0%nat ^ 4)).
  - eapply Rle_trans; [apply Low|exact EX]; intros w; destruct (Req_dec (w 0%nat) 0) as [Z|N].
    + rewrite Z; specialize (X0 w); simpl; lra.
    + specialize (X1 w N); assert (0 <= (1 - w 0%nat ^ 2 / 5) ^ 2) by apply pow2_ge_0; lra.
  - rewrite EV; transitivity (normal_integral (fun t => 2 / 5 * t ^ 2 - 1 / 25 * t ^ 4)); [reflexivity|rewrite E; field].
Qed.

Lemma du_hu_theorem_4_1_ninefold_is_false : ~ (forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  4 * 10 ^ 6 * INR L * width_needed L p r sigma tau phi delta <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ fast_start d p r L X Y Phi eta (3 * tau) phi delta (random_network n m p L X w)) delta).
Proof.
  intros H; destruct (width_of 8000000 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  assert (W := lone_width 1 0 2 ltac:(lra) ltac:(lra) ltac:(lia)).
  assert (A := H m 1%nat m 1%nat 1%nat 1%nat (lone 1) (mul m (lone 0) (lone 1)) (lone 0) (1 / 3) 1 1 0 (1 / 4)
    m1 (le_n m) ltac:(lia) ltac:(lia) (le_n _) (lone_data m 0 m1 ltac:(lra)) ltac:(lra)
    ltac:(rewrite Hm; simpl in *; lra) ltac:(simpl; lra)).
  change (weights_above 1 m 1 1 1) with 1%nat in A; assert (B : 7 / 25 <= 1 / 4); [|lra].
  apply not_zero_often; destruct A as [X [V [X0 [X1 E]]]]; exists X; split; [exact V|split; [exact X0|split; [|exact E]]].
  intros w N; apply X1; intros [_ Fast]; specialize (Fast 1%nat); rewrite fitted_lone in Fast.
  destruct (one_layer m w) as [F0 F1]; set (F := random_network 1 m 1 1 (lone 1) w) in *.
  destruct (one_layer_step m F (w 0%nat) (1 / 3) m1 F0 F1) as [G0 G1].
  rewrite (proj2 (one_layer_loss m _ _ m1 G0 G1)), (proj2 (one_layer_loss m _ _ m1 F0 F1)) in Fast.
  assert (0 < w 0%nat ^ 2) by (destruct (Rdichotomy _ _ N) as [Q|Q]; [replace (w 0%nat ^ 2) with ((- w 0%nat) ^ 2) by ring|];
    apply pow_lt; lra).
  simpl in *; lra.
Qed.

Lemma du_hu_proposition_6_5_any_target_is_false : ~ (forall d n m p r L X Y Phi sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 -> 560000 * INR (L - 1) * INR r <= INR m ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ small_loss d p r L X Y Phi 0 delta (random_network n m p L X w)) (exp (- (INR m / (60000 * INR (L - 1)))) + delta / 2)).
Proof.
  intros H; destruct (width_of 560000 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  assert (A := fun c Hc => H m 1%nat m 1%nat 1%nat 2%nat (lone 1) (mul m (lone c) (lone 1)) (lone c) 1 1 c (1 / 4)
    m1 (le_n m) ltac:(lia) ltac:(lia) (le_n _) (lone_data m c m1 Hc) ltac:(lra) ltac:(rewrite Hm; simpl; lra)).
  assert (U := at_most_either _ _ _ _ _ _ (A 0 ltac:(lra)) (A 100 ltac:(lra))); apply at_most_sure in U.
  - assert (E : exp (- (INR m / (60000 * INR (2 - 1)))) <= / 10); [|lra].
    rewrite exp_Ropp; apply Rinv_le_contravar; [lra|]; eapply Rle_trans; [|apply exp_above_line]; rewrite Hm; simpl; lra.
  - intros w; set (F := random_network 1 m 1 2 (lone 1) w); set (u := chain m F 3 0%nat 0%nat).
    assert (T := log_two); assert (K : Rmax (Rmax 1 (ln (INR 1 / (1 / 4)) / INR 1)) (0 ^ 2) <= 2).
    { replace (INR 1 / (1 / 4)) with (2 * 2) by (simpl; field); rewrite ln_mult by lra; repeat apply Rmax_lub; simpl; lra. }
    assert (Near : forall c, small_loss m 1 1 2 (lone 1) (mul m (lone c) (lone 1)) (lone c) 0 (1 / 4) F -> (u - c) ^ 2 <= 64).
    { intros c S; unfold small_loss in S; rewrite fitted_lone, lone_square in S by exact m1; unfold loss in S.
      rewrite lone_times in S by exact m1; rewrite Rmult_1_r in S.
      assert (Q := first_entry_below m (residual m 3 (lone c) F) m1).
      unfold residual at 1, msub in Q; fold u in Q; simpl (lone _ _ _) in Q; lra. }
    destruct (Rle_lt_dec ((u - 0) ^ 2) 64) as [N0|N0]; [right|left]; intros S; apply Near in S; [|lra].
    simpl in *; nra.
Qed.

Lemma du_hu_data_exists_zero_is_false : ~ (forall d n p X Y, (1 <= d)%nat ->
  columns d n (tr X) -> columns d p (tr Y) -> exists r Phi sigma tau phi y z,
    (1 <= r <= d)%nat /\ data_of d n p r X Y Phi sigma tau phi /\
    dot d y y = 1 /\ eigen d (mul d (tr X) X) y (sigma ^ 2) /\ dot d z z = 1 /\ eigen d (mul d (tr X) X) z (tau ^ 2)).
Proof.
  intros H; set (X := fun _ _ : nat => 0).
  assert (E : columns 1 1 (tr X)) by (intros i j _ Hj; reflexivity).
  destruct (H 1%nat 1%nat 1%nat X X (le_n 1) E E) as [r [Phi [sigma [tau [phi [y [z [Hr [[V [_ [_ [_ [_ [_ [Hst [_ [Low _]]]]]]]]] _]]]]]]]]].
  specialize (Low (fun _ => 1) ltac:(intros j Hj; lia)).
  assert (T : 0 < tau ^ 2) by (apply pow_lt; lra); unfold X, dot, mv, mul, dot in Low; simpl total in Low; lra.
Qed.
