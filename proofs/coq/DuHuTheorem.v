(** Theorem 4.1 of Du and Hu, whole: from independent standard normal weights and data of any rank to the losses of all iterates,
    with a number for its universal constant; and their Proposition 6.5. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Remainder Layers Margin Wide AnyLaw Independent NormalLaw.
From Lemmata Require Import GaussianLayers Spheres WideStart WidePropositions WideRandom WideChance WideWidth DuHuLoss DuHuStart GaussianPaper.
Open Scope R_scope.

Lemma ranges_numbers : ranges_kept 560000 (/ 60000).
Proof.
  intros K place n m q r X Hq Hr Hm Own.
  assert (A := range_paid 200000 (/ 30000) K place n m q r X ltac:(lra) ltac:(lra) one_vector_numbers Hq Hr).
  replace (200000 + 12 / / 30000) with 560000 in A by field; replace (/ 30000 / 2) with (/ 60000) in A by field; auto.
Qed.

(** L layers of width m, n inputs and p outputs; kappa = sigma^2/tau^2 and phi bounds |Phi|. *)
Theorem du_hu_theorem_4_1 : forall d n m p r L X Y Phi eta sigma tau phi delta,
  (n <= d)%nat -> (m <= d)%nat -> (1 <= p <= d)%nat -> (1 <= r <= d)%nat -> (1 <= L)%nat ->
  data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  4 * 10 ^ 6 * INR L * width_needed L p r sigma tau phi delta <= INR m ->
  0 < eta <= INR p / (3 * INR L * sigma ^ 2) ->
  at_most (law_weights (weights_above n m p L L) normal_law)
    (fun w => ~ fast_start d p r L X Y Phi eta tau phi delta (random_network n m p L X w)) delta.
Proof.
  intros d n m p r L X Y Phi eta sigma tau phi delta Hn Hm Hp Hr HL Data Hd Width He.
  apply (gaussian_layers_width d n m p r L X Y Phi eta sigma tau phi delta); auto; eapply Rle_trans; [|exact Width].
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL); assert (p1 : 1 <= INR p) by (apply (le_INR 1); lia).
  apply Rmult_le_compat_l; [lra|]; destruct Data as [V Rot]; assert (Hst : 0 < tau <= sigma) by apply Rot; unfold width_squared, width_needed.
  assert (t2 : 0 < tau ^ 2) by (apply pow_lt; lra); assert (k1 : 1 <= sigma ^ 2 / tau ^ 2).
  { apply (Rmult_le_reg_r (tau ^ 2)); [exact t2|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra; apply pow_incr; lra. }
  assert (k : (sigma ^ 2 / tau ^ 2) ^ 2 <= (sigma ^ 2 / tau ^ 2) ^ 3) by (apply Rle_pow; [exact k1|lia]).
  assert (rk : INR r * (sigma ^ 2 / tau ^ 2) ^ 2 <= INR r * (sigma ^ 2 / tau ^ 2) ^ 3) by (apply Rmult_le_compat_l; [apply pos_INR|exact k]).
  assert (f0 : 0 <= phi ^ 2) by apply pow2_ge_0; destruct (inverse_delta r delta (proj1 Hr) Hd) as [i0 i1].
  assert (Grow : forall a b a' b', a <= a' -> b <= b' -> Rmax a b <= Rmax a' b').
  { intros a b a' b' Ha Hb; apply Rmax_lub; [apply Rle_trans with a'; [exact Ha|apply Rmax_l]|apply Rle_trans with b'; [exact Hb|apply Rmax_r]]. }
  apply Grow; [apply Grow|apply Rle_refl].
  - apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_r; [lra|exact rk].
  - apply Rmult_le_compat_r; [lra|exact rk].
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
