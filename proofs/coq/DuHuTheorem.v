(** Theorem 4.1 of Du and Hu, whole: from independent standard normal weights and data of any rank to the losses of all iterates,
    with a number for its universal constant. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Lemmata Require Import Products Matrix Norms Remainder Layers Margin Wide AnyLaw Independent NormalLaw.
From Lemmata Require Import GaussianLayers Spheres WideStart WidePropositions WideRandom WideChance WideWidth DuHuLoss DuHuStart.
Open Scope R_scope.

Lemma ranges_numbers : ranges_kept 560000 (/ 60000).
Proof.
  intros K place n m q r X Hq Hr Hm Own.
  assert (A := range_paid 200000 (/ 30000) K place n m q r X ltac:(lra) ltac:(lra) one_vector_numbers Hq Hr).
  replace (200000 + 12 / / 30000) with 560000 in A by field; replace (/ 30000 / 2) with (/ 60000) in A by field; auto.
Qed.

Lemma ranges_weaker : forall C c C' c', 0 <= C <= C' -> 0 <= c' <= c -> ranges_kept C c -> ranges_kept C' c'.
Proof.
  intros C c C' c' HC Hc H K place n m q r X Hq Hr Hm Own; assert (q1 : 1 <= INR q) by (apply (le_INR 1); exact Hq).
  assert (r0 := pos_INR r); assert (m0 := pos_INR m); refine (at_most_mono K _ _ _ _ _ (H K place n m q r X Hq Hr _ Own)).
  - apply exp_le_compat, Ropp_le_contravar; unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
    apply Rmult_le_compat_r; [exact m0|lra].
  - eapply Rle_trans; [|exact Hm]; apply Rmult_le_compat_r; [exact r0|apply Rmult_le_compat_r; lra].
Qed.

Lemma middles_numbers : middles_kept 3100000 (/ 120000) (1020 ^ 2).
Proof.
  intros K place m L q Hq L3 Hm Own; assert (q1 : 1 <= INR q) by (apply (le_INR 1); lia).
  replace (/ 120000 * INR m / INR q) with (INR m / (120000 * INR q)) by (field; lra); apply (middle_numbers K place m L q); assumption.
Qed.

(** L layers of width m, n inputs and p outputs; kappa = sigma^2/tau^2 and phi bounds |Phi|. *)
Theorem du_hu_theorem_4_1 : forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  12 * 10 ^ 12 * INR L * width_needed L p r sigma tau phi delta <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ fast_start d p r L X Y Phi eta tau phi delta (random_network n m p L X w)) delta.
Proof.
  intros d n m p r L X Y Phi eta sigma tau phi delta Hn Hm Hp Hr HL [V Data] Hd Width He.
  assert (Wide : wide_enough L p r (INR m) sigma tau phi delta (12 * 10 ^ 12)).
  { destruct Data as [_ [_ [_ [_ [_ [Hst _]]]]]]; repeat split; try assumption; try lia; lra. }
  assert (m0 : 0 < INR m).
  { destruct (width_nets L p r (INR m) sigma tau phi delta _ Wide) as [N _]; assert (1 <= INR L) by (apply (le_INR 1); exact HL); lra. }
  assert (Posed : posed d n m p r L X Y Phi V sigma tau phi delta) by (repeat split; try assumption; try lia; try lra; apply Data).
  apply (fast_start_likely d n m p r L X Y Phi V eta sigma tau phi delta (12 * 10 ^ 12) 3100000 (/ 120000) (1020 ^ 2)); auto; try lra;
    [|exact middles_numbers].
  apply (ranges_weaker 560000 (/ 60000)); [lra|lra|exact ranges_numbers].
Qed.

(** The initial loss; L = 1 has no layers below the last one. *)
Theorem du_hu_proposition_6_5 : forall d n m p r L X Y Phi sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 -> 560000 * INR (L - 1) * INR r <= INR m ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ small_loss d p r L X Y Phi phi delta (random_network n m p L X w)) (exp (- (INR m / (60000 * INR (L - 1)))) + delta / 2).
Proof.
  intros d n m p r L X Y Phi sigma tau phi delta Hn Hm Hp Hr HL [V Data] Hd Width.
  assert (l1 : 1 <= INR (L - 1)) by (apply (le_INR 1); lia); assert (r1 : 1 <= INR r) by (apply (le_INR 1); lia).
  assert (lr : 1 * 1 <= INR (L - 1) * INR r) by (apply Rmult_le_compat; lra).
  replace (INR m / (60000 * INR (L - 1))) with (/ 60000 * INR m / INR (L - 1)) by (field; lra).
  assert (Posed : posed d n m p r L X Y Phi V sigma tau phi delta) by (repeat split; try assumption; try lia; try lra; apply Data).
  apply (small_loss_likely d n m p r L X Y Phi V sigma tau phi delta Posed 560000 (/ 60000)); auto.
  exact ranges_numbers.
Qed.
