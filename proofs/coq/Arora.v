(** Balanced layers with a deficiency margin converge linearly: Theorem 1 of Arora, Cohen, Golowich
    and Hu (balanced-convergence.md), for rectangular layers, with larger steps and less balance.

    Their constants are delta = c^2 / (256 N^3 |Phi|^(2 - 2/N)) and c^(4 - 2/N) / (6144 N^3
    |Phi|^(6 - 4/N)); here delta = c^(2/N) / (5 N^2) and eta <= c^(2/N) / (24 N |Phi|^2) are enough.
    The proof is for two numbers, the balance D and the step x, which may be larger for few layers. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Elimination Layers Balance Drift Expansion Transpose ZasNumbers.
From Lemmata Require Import Remainder Convergence AroraNumbers Margin AroraStep.
Open Scope R_scope.

(** |W - Phi| <= sigma - c, where sigma bounds the smallest singular value of Phi from below; the
    input has p dimensions. *)
Definition thin_margin (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R)
  (c : R) : Prop :=
  exists sigma, 0 <= sigma /\ columns d p (W 0%nat) /\ singular_above d p Phi sigma /\
    frobenius d (residual d L Phi W) <= sigma - c.

(** The same with p the smaller one of the input and the output dimension. *)
Definition deficiency_margin (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R)
  (c : R) : Prop :=
  exists sigma, 0 <= sigma /\
    ((columns d p (W 0%nat) /\ singular_above d p Phi sigma) \/
     (columns d p (tr (W (L - 1)%nat)) /\ singular_above d p (tr Phi) sigma)) /\
    frobenius d (residual d L Phi W) <= sigma - c.

(** ** The theorem *)

Lemma margin_parts : forall d p n Phi W r s, (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ S n -> thin_margin d p (S n) Phi W (r ^ S n) ->
  r <= s /\ frobenius d (residual d (S n) Phi W) <= s ^ S n.
Proof.
  intros d p n Phi W r s Hp Hr Hs HPhi [sigma [S0 [_ [[_ S1] S2]]]].
  assert (F := frobenius_nonneg d (residual d (S n) Phi W)).
  assert (C0 : 0 < r ^ S n) by (apply pow_lt; exact Hr).
  assert (T0 : 0 < s ^ S n) by (apply pow_lt; exact Hs).
  set (x := unit_matrix 0).
  assert (Nx : dot d x x = 1).
  { assert (E := mv_unit d x 0 ltac:(lia)); unfold mv in E; fold x in E; rewrite E; reflexivity. }
  assert (Sx : supported d p x).
  { intros j Hj; unfold x, unit_matrix; destruct (Nat.eqb_spec 0 j); [lia|reflexivity]. }
  assert (B := bounded_frobenius_le d Phi (s ^ S n) ltac:(lra) x).
  specialize (S1 x Sx); rewrite Nx, Rmult_1_r in S1, B.
  assert (Sg : sigma <= s ^ S n) by (apply below_by_square; lra).
  split; [apply (power_le_inv n); lra|lra].
Qed.

(** D for the balance and x for the step. *)
Definition orbit_constants (n : nat) (D x : R) : Prop := step_constant n x /\ D + 5 / 7 * (INR n / INR (S n)) * x <= 1 / 4.

Lemma orbit_constants_any : forall n, orbit_constants n (1 / 5) (1 / 24).
Proof.
  intros n; split; [apply step_constant_any|]; assert (N := pos_INR n); rewrite S_INR.
  assert (INR n / (INR n + 1) <= 1); [|lra].
  apply (Rmult_le_reg_r (INR n + 1)); [lra|]; replace (INR n / (INR n + 1) * (INR n + 1)) with (INR n) by (field; lra); lra.
Qed.

Lemma orbit_at : forall d p n Phi W eta delta r s D x,
  (1 <= n)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s -> orbit_constants n D x ->
  frobenius d Phi = s ^ S n -> thin_margin d p (S n) Phi W (r ^ S n) ->
  balanced d (S n) W delta -> INR n * INR (S n) * delta <= D * r ^ 2 ->
  0 <= eta -> eta * INR (S n) * s ^ (2 * S n) <= x * r ^ 2 ->
  let R t := loss d (S n) Phi (layers_descent d (S n) Phi eta W t) in
  let G t := gradient_square d (S n) Phi (layers_descent d (S n) Phi eta W t) in
  forall t, R t + 7 / 10 * eta * total t G <= R 0%nat /\ columns d p (layers_descent d (S n) Phi
    eta W t 0%nat) /\
    R (S t) <= R t - 7 / 10 * eta * G t /\ R (S t) <= (1 - eta * r ^ (2 * n)) * R t.
Proof.
  intros d p n Phi W eta delta r s D x Hn Hp Hr Hs [HC HDx] HPhi HM HBal Hdel He Heta R G.
  destruct (margin_parts d p n Phi W r s Hp Hr Hs HPhi HM) as [Hrs HE0].
  destruct HM as [sigma [S0 [HcW [[HcP S1] S2]]]].
  set (N := INR (S n)) in *.
  assert (N1 : 1 <= N) by (apply (le_INR 1); lia).
  assert (Zr : 0 < r ^ 2) by (apply pow_lt; exact Hr).
  assert (T2 : 0 < s ^ (2 * S n)) by (apply pow_lt; exact Hs).
  assert (Q0 : 0 < s ^ (2 * n)) by (apply pow_lt; exact Hs).
  assert (ET : s ^ (2 * S n) = s ^ 2 * s ^ (2 * n)) by (rewrite <- pow_add; f_equal; lia).
  assert (N0 : 1 <= INR n) by (apply (le_INR 1); exact Hn).
  assert (x0 : 0 <= x).
  { apply (Rmult_le_reg_r (r ^ 2)); [exact Zr|]; rewrite Rmult_0_l; eapply Rle_trans; [|exact Heta].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]. }
  assert (Hq : eta * N * s ^ (2 * n) <= x).
  { assert (Z2 : 0 < s ^ 2) by (apply pow_lt; exact Hs).
    apply (Rmult_le_reg_r (s ^ 2)); [exact Z2|].
    replace (eta * N * s ^ (2 * n) * s ^ 2) with (eta * N * s ^ (2 * S n)) by (rewrite ET; ring).
    eapply Rle_trans; [exact Heta|apply Rmult_le_compat_l; [exact x0|apply pow_incr; lra]]. }
  assert (D0 : 0 <= delta).
  { eapply Rle_trans; [apply frobenius_nonneg|apply (HBal 0%nat); lia]. }
  assert (Heta' : INR n * (eta * s ^ (2 * S n)) <= INR n / N * x * r ^ 2).
  { replace (INR n * (eta * s ^ (2 * S n))) with (INR n / N * (eta * N * s ^ (2 * S n))) by (field; lra).
    replace (INR n / N * x * r ^ 2) with (INR n / N * (x * r ^ 2)) by ring; apply Rmult_le_compat_l; [|exact Heta].
    apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]. }
  assert (R00 : R 0%nat <= s ^ (2 * S n) / 2).
  { unfold R; simpl layers_descent; rewrite loss_frobenius.
    assert (frobenius d (residual d (S n) Phi W) ^ 2 <= (s ^ S n) ^ 2)
      by (apply pow_incr; split; [apply frobenius_nonneg|exact HE0]).
    rewrite <- pow_mult, (Nat.mul_comm (S n)) in H; lra. }
  assert (Step : forall t, R t + 7 / 10 * eta * total t G <= R 0%nat ->
    columns d p (layers_descent d (S n) Phi eta W t 0%nat) ->
    R (S t) <= R t - 7 / 10 * eta * G t /\ 3 / 4 * r ^ (2 * n) * (2 * R t) <= G t).
  { intros t Ht Hc; set (Wt := layers_descent d (S n) Phi eta W t) in *.
    assert (G0 : 0 <= total t G)
      by (apply total_nonneg; intros; apply total_nonneg; intros; apply inner_nonneg).
    assert (Rt : 0 <= R t) by apply loss_nonneg.
    assert (eG : 0 <= eta * total t G) by (apply Rmult_le_pos; assumption).
    assert (Fe : frobenius d (residual d (S n) Phi Wt) <= frobenius d (residual d (S n) Phi W)).
    { apply below_by_square; [apply frobenius_nonneg|].
      assert (RR : R t <= R 0%nat) by lra; unfold R in RR; simpl layers_descent in RR; fold Wt in RR.
      rewrite !loss_frobenius in RR; lra. }
    set (a := fun l => delta + drifted d (S n) Phi eta W t l).
    assert (NB : INR n * total (S n) a <= r ^ 2 / 4).
    { unfold a; rewrite total_plus, total_const, drifted_total; fold N.
      change (INR n * (N * delta + eta ^ 2 * total t G) <= r ^ 2 / 4).
      assert (X : eta ^ 2 * total t G <= 5 / 7 * (eta * s ^ (2 * S n))).
      { assert (Y : eta * (7 / 10 * eta * total t G) <= eta * (s ^ (2 * S n) / 2))
          by (apply Rmult_le_compat_l; lra); lra. }
      apply (Rmult_le_compat_l (INR n)) in X; [|lra].
      apply (Rmult_le_compat_r (r ^ 2)) in HDx; [|lra]; lra. }
    assert (a0 : 0 <= total (S n) a).
    { apply total_nonneg; intros l _; unfold a; assert (Dr := drifted_nonneg d (S n) Phi eta W t l); lra. }
    apply (arora_one d p n Phi eta Wt a (total (S n) a) r s x); try assumption; try lra; try lia.
    - intros l _; unfold a; assert (Dr := drifted_nonneg d (S n) Phi eta W t l); lra.
    - assert (1 * total (S n) a <= INR n * total (S n) a) by (apply Rmult_le_compat_r; lra); lra.
    - apply balanced_at, balanced_nearly; exact HBal.
    - intros v Hv.
      assert (L := margin_below d p n Phi Wt sigma (r ^ S n) ltac:(left; apply pow_lt; exact Hr) S0 S1
        ltac:(lra) v Hv).
      rewrite <- pow_mult, (Nat.mul_comm (S n)) in L; exact L. }
  assert (Rate : forall t, R (S t) <= R t - 7 / 10 * eta * G t ->
    3 / 4 * r ^ (2 * n) * (2 * R t) <= G t ->
    R (S t) <= (1 - eta * r ^ (2 * n)) * R t).
  { intros t H1 H2; assert (Rt : 0 <= R t) by apply loss_nonneg.
    apply (Rmult_le_compat_l eta) in H2; [|exact He].
    assert (0 <= eta * r ^ (2 * n) * R t).
    { apply Rmult_le_pos; [apply Rmult_le_pos; [exact He|apply pow_le; lra]|exact Rt]. }
    lra. }
  induction t as [|t [I1 [I2 _]]].
  - assert (H0 : R 0%nat + 7 / 10 * eta * total 0 G <= R 0%nat) by (simpl total; lra).
    destruct (Step 0%nat H0 HcW) as [A1 A2]; auto.
  - destruct (Step t I1 I2) as [A1 _].
    assert (H1 : R (S t) + 7 / 10 * eta * total (S t) G <= R 0%nat) by (simpl total; lra).
    assert (H2 : columns d p (layers_descent d (S n) Phi eta W (S t) 0%nat)) by (apply columns_step;
      assumption).
    destruct (Step (S t) H1 H2) as [B1 B2]; auto.
Qed.

(** For any number of layers. *)
Lemma ranges_any : forall n delta eta r s, 0 < s -> 0 <= delta -> delta <= r ^ 2 / (5 * INR (S n) ^ 2) ->
  eta <= r ^ 2 / (24 * INR (S n) * s ^ (2 * S n)) ->
  INR n * INR (S n) * delta <= 1 / 5 * r ^ 2 /\ eta * INR (S n) * s ^ (2 * S n) <= 1 / 24 * r ^ 2.
Proof.
  intros n delta eta r s Hs D0 Hd He; assert (N0 := pos_INR n); assert (EN := S_INR n); set (N := INR (S n)) in *.
  assert (T : 0 < s ^ (2 * S n)) by (apply pow_lt; exact Hs); split.
  - apply (Rmult_le_compat_l (N ^ 2)) in Hd; [|apply pow2_ge_0].
    replace (N ^ 2 * (r ^ 2 / (5 * N ^ 2))) with (1 / 5 * r ^ 2) in Hd by (field; lra).
    assert (0 <= N * delta) by (apply Rmult_le_pos; lra); replace (INR n) with (N - 1) by lra; lra.
  - apply (Rmult_le_compat_r (N * s ^ (2 * S n))) in He; [|apply Rmult_le_pos; lra].
    replace (r ^ 2 / (24 * N * s ^ (2 * S n)) * (N * s ^ (2 * S n))) with (1 / 24 * r ^ 2) in He by (field; split; lra); lra.
Qed.

Lemma arora_orbit : forall d p n Phi W eta delta r s,
  (1 <= n)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ S n -> thin_margin d p (S n) Phi W (r ^ S n) ->
  balanced d (S n) W delta -> delta <= r ^ 2 / (5 * INR (S n) ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR (S n) * s ^ (2 * S n)) ->
  let R t := loss d (S n) Phi (layers_descent d (S n) Phi eta W t) in
  let G t := gradient_square d (S n) Phi (layers_descent d (S n) Phi eta W t) in
  forall t, R t + 7 / 10 * eta * total t G <= R 0%nat /\ columns d p (layers_descent d (S n) Phi
    eta W t 0%nat) /\
    R (S t) <= R t - 7 / 10 * eta * G t /\ R (S t) <= (1 - eta * r ^ (2 * n)) * R t.
Proof.
  intros d p n Phi W eta delta r s Hn Hp Hr Hs HPhi HM HBal Hd [He Heta].
  assert (D0 : 0 <= delta) by (eapply Rle_trans; [apply frobenius_nonneg|apply (HBal 0%nat); lia]).
  destruct (ranges_any n delta eta r s Hs D0 Hd Heta) as [HD Hx].
  exact (orbit_at d p n Phi W eta delta r s _ _ Hn Hp Hr Hs (orbit_constants_any n) HPhi HM HBal HD He Hx).
Qed.

(** The theorem for these two numbers, when the output dimension is the larger. *)
Lemma thin_step : forall d p n Phi W eta delta r s D x t,
  (1 <= n)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s -> orbit_constants n D x ->
  frobenius d Phi = s ^ S n -> thin_margin d p (S n) Phi W (r ^ S n) ->
  balanced d (S n) W delta -> INR n * INR (S n) * delta <= D * r ^ 2 ->
  0 <= eta -> eta * INR (S n) * s ^ (2 * S n) <= x * r ^ 2 ->
  loss d (S n) Phi (layers_descent d (S n) Phi eta W (S t))
    <= (1 - eta * r ^ (2 * n)) * loss d (S n) Phi (layers_descent d (S n) Phi eta W t).
Proof.
  intros d p n Phi W eta delta r s D x t Hn Hp Hr Hs HC HPhi HM HB Hd He Hx.
  apply (orbit_at d p n Phi W eta delta r s D x Hn Hp Hr Hs HC HPhi HM HB Hd He Hx t).
Qed.

Lemma frobenius_tr : forall d A, frobenius d (tr A) = frobenius d A.
Proof. intros; unfold frobenius; rewrite inner_tr; reflexivity. Qed.

Lemma balanced_transposed : forall d L W delta, balanced d L W delta ->
  balanced d L (transposed L W) delta.
Proof.
  intros d L W delta H l Hl; unfold transposed.
  assert (B := H (L - S (S l))%nat ltac:(lia)).
  replace (S (L - S (S l))) with (L - S l)%nat in B by lia.
  rewrite !tr_tr; eapply Rle_trans; [right|exact B].
  unfold frobenius; f_equal; unfold inner, dot; apply total_ext; intros i _; apply total_ext;
    intros j _.
  unfold msub; ring.
Qed.

(** Of the input and the output dimension the output dimension may be the smaller. *)
Lemma margin_transposed : forall d p L Phi W c, (1 <= L)%nat -> deficiency_margin d p L Phi W c ->
  thin_margin d p L Phi W c \/ thin_margin d p L (tr Phi) (transposed L W) c.
Proof.
  intros d p L Phi W c HL [sigma [S0 [[[C S1]|[C S1]] S2]]]; [left|right]; exists sigma.
  - repeat split; try assumption; apply S1.
  - split; [exact S0|split; [exact C|split; [exact S1|]]].
    replace (frobenius d (residual d L (tr Phi) (transposed L W))) with (frobenius d (residual d L
      Phi W));
      [exact S2|].
    rewrite <- (frobenius_tr d (residual d L Phi W)); unfold frobenius; f_equal; symmetry.
    apply inner_same, transposed_residual.
Qed.

(** Whichever is the larger. *)
Lemma orbit_step : forall d p n Phi W eta delta r s D x t,
  (1 <= n)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s -> orbit_constants n D x ->
  frobenius d Phi = s ^ S n -> deficiency_margin d p (S n) Phi W (r ^ S n) ->
  balanced d (S n) W delta -> INR n * INR (S n) * delta <= D * r ^ 2 ->
  0 <= eta -> eta * INR (S n) * s ^ (2 * S n) <= x * r ^ 2 ->
  loss d (S n) Phi (layers_descent d (S n) Phi eta W (S t))
    <= (1 - eta * r ^ (2 * n)) * loss d (S n) Phi (layers_descent d (S n) Phi eta W t).
Proof.
  intros d p n Phi W eta delta r s D x t Hn Hp Hr Hs HC HPhi HM HB Hd He Hx.
  destruct (margin_transposed d p (S n) Phi W (r ^ S n) ltac:(lia) HM) as [M|M].
  - apply (thin_step d p n Phi W eta delta r s D x); assumption.
  - rewrite <- !(layers_transposition d (S n) Phi eta W).
    apply (thin_step d p n (tr Phi) (transposed (S n) W) eta delta r s D x); try assumption.
    + rewrite frobenius_tr; exact HPhi.
    + apply balanced_transposed; exact HB.
Qed.

(** c = r^L and |Phi| = s^L, so that c^(2/L) = r^2 and c^(2 - 2/L) = r^(2L - 2). *)
Theorem arora_descent_step : forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros d p L Phi W eta delta r s t HL Hp Hr Hs HPhi HM HB Hd [He Heta].
  destruct L as [|n]; [lia|]; replace (2 * S n - 2)%nat with (2 * n)%nat by lia.
  assert (D0 : 0 <= delta) by (eapply Rle_trans; [apply frobenius_nonneg|apply (HB 0%nat); lia]).
  destruct (ranges_any n delta eta r s Hs D0 Hd Heta) as [HD Hx].
  apply (orbit_step d p n Phi W eta delta r s _ _ t ltac:(lia) Hp Hr Hs (orbit_constants_any n) HPhi HM HB HD He Hx).
Qed.

(** The rate is at most 1. *)
Lemma arora_rate_at_most_one : forall d p L Phi W eta r s,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  r <= s /\ 0 <= eta * r ^ (2 * L - 2) <= 1.
Proof.
  intros d p L Phi W eta r s HL Hp Hr Hs HPhi HM [He Heta].
  destruct L as [|n]; [lia|].
  assert (Hrs : r <= s).
  { destruct (margin_transposed d p (S n) Phi W (r ^ S n) ltac:(lia) HM) as [M|M].
    - apply (margin_parts d p n Phi W r s); assumption.
    - apply (margin_parts d p n (tr Phi) (transposed (S n) W) r s); try assumption.
      rewrite frobenius_tr; exact HPhi. }
  split; [exact Hrs|].
  assert (K0 : 0 < r ^ (2 * S n - 2)) by (apply pow_lt; exact Hr).
  split; [apply Rmult_le_pos; lra|].
  assert (N1 : 1 <= INR (S n)) by (apply (le_INR 1); lia).
  assert (T2 : 0 < s ^ (2 * S n)) by (apply pow_lt; exact Hs).
  apply (Rmult_le_compat_r (24 * INR (S n) * s ^ (2 * S n))) in Heta;
    [|apply Rmult_le_pos; lra].
  replace (r ^ 2 / (24 * INR (S n) * s ^ (2 * S n)) * (24 * INR (S n) * s ^ (2 * S n))) with (r ^
    2) in Heta
    by (field; split; lra).
  assert (E : r ^ (2 * S n) = r ^ 2 * r ^ (2 * S n - 2)) by (rewrite <- pow_add; f_equal; lia).
  assert (P : r ^ (2 * S n) <= s ^ (2 * S n)) by (apply pow_incr; lra).
  apply (Rmult_le_reg_r (s ^ (2 * S n))); [exact T2|].
  apply (Rmult_le_compat_r (r ^ (2 * S n - 2))) in Heta; [|lra].
  set (k := r ^ (2 * S n - 2)) in *; set (T := s ^ (2 * S n)) in *.
  assert (F : 0 <= eta * k * T) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
  assert (0 <= eta * k * T * (INR (S n) - 1)) by (apply Rmult_le_pos; lra).
  lra.
Qed.

Theorem arora_descent_rate : forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W t) <= (1 - eta * r ^ (2 * L - 2)) ^ t * loss d L Phi W.
Proof.
  intros d p L Phi W eta delta r s t HL Hp Hr Hs HPhi HM HB Hd He.
  destruct (arora_rate_at_most_one d p L Phi W eta r s HL Hp Hr Hs HPhi HM He) as [_ K].
  induction t as [|t IH]; [rewrite pow_O, Rmult_1_l; apply Rle_refl|].
  eapply Rle_trans; [apply (arora_descent_step d p L Phi W eta delta r s); assumption|].
  set (k := eta * r ^ (2 * L - 2)) in *.
  change ((1 - k) ^ S t) with ((1 - k) * (1 - k) ^ t); rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [lra|exact IH].
Qed.
