(** Lemma 4.2 and Theorem 4.1 of Hu, Xiao and Pennington, in the paper's form, with numbers for its universal constants: 9 in the bound of
    the loss at the start, 7317 in the width. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Wide WideData DuHuLoss OrthogonalClaims.
From Lemmata Require Import LayerLaws TurnedMoments OrthogonalChance OrthogonalTheorem.
Open Scope R_scope.

Lemma turning_lower : forall supp (Q : matrix_law supp) m k K, (k <= K)%nat -> turning m K Q -> turning m k Q.
Proof. intros supp Q m k K Hk T F HF; apply T, (entries_higher m (2 * k)); [exact HF|lia]. Qed.

(** The least order k >= ln (1/delta). *)
Lemma least_order : forall x K, 0 < x -> x <= INR K -> exists k, (1 <= k <= K)%nat /\ x <= INR k <= x + 1.
Proof.
  intros x K Hx HK; destruct (nfloor_ex x ltac:(lra)) as [n [N1 N2]]; destruct (Req_dec x (INR n)) as [E|N].
  - exists n; split; [|lra]; split; [apply (INR_lt 0 n); simpl; lra|apply INR_le; lra].
  - exists (S n); rewrite S_INR; split; [|lra]; split; [lia|]; apply (INR_lt n K); lra.
Qed.

Lemma order_enough : forall p k delta, (1 <= p)%nat -> 0 < delta -> ln (/ delta) <= INR k ->
  chi_moment p k <= delta * (3 * (INR p + 2 * INR k)) ^ k.
Proof.
  intros p k delta Hp Hd Hk; assert (p1 : 1 <= INR p) by (apply (le_INR 1); exact Hp); assert (k0 := pos_INR k).
  assert (M : chi_moment p k <= (INR p + 2 * INR k) ^ k).
  { unfold chi_moment; rewrite <- product_const; apply product_le; intros i Hi; assert (i0 := pos_INR i).
    assert (I := le_INR i k ltac:(lia)); lra. }
  assert (E : / delta <= 3 ^ k).
  { rewrite <- (exp_ln (/ delta)) by (apply Rinv_0_lt_compat; exact Hd); apply Rle_trans with (exp (INR k)).
    - destruct Hk as [Hk|Hk]; [left; apply exp_increasing; exact Hk|rewrite Hk; right; reflexivity].
    - replace (INR k) with (INR k * 1) by ring; rewrite ChiSquare.exp_times; apply pow_incr; split; [left; apply exp_pos|apply exp_le_3]. }
  assert (D : 1 <= delta * 3 ^ k) by (rewrite <- (Rinv_r delta) by lra; apply Rmult_le_compat_l; lra).
  eapply Rle_trans; [exact M|]; rewrite Rpow_mult_distr, <- Rmult_assoc; rewrite <- (Rmult_1_l ((INR p + 2 * INR k) ^ k)) at 1.
  apply Rmult_le_compat_r; [apply pow_le; lra|exact D].
Qed.

(** 1 + ln (r/delta)/p + phi^2 *)
Definition paper_size (p r : nat) (phi delta : R) : R := 1 + ln (INR r / delta) / INR p + phi ^ 2.

Lemma paper_bound : forall p r k phi delta, (1 <= p)%nat -> (1 <= r)%nat -> 0 < delta < 1 -> 0 <= phi -> INR k <= ln (/ delta) + 1 ->
  start_bound p (3 * (INR p + 2 * INR k)) phi <= 9 * paper_size p r phi delta.
Proof.
  intros p r k phi delta Hp Hr Hd Hf Hk; assert (p1 : 1 <= INR p) by (apply (le_INR 1); exact Hp); assert (r1 : 1 <= INR r) by (apply (le_INR 1); exact Hr).
  assert (k0 := pos_INR k); unfold start_bound, paper_size; set (q := 3 * (INR p + 2 * INR k) / INR p).
  assert (q0 : 0 <= q) by (unfold q; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
  assert (ss := pow2_sqrt q q0); set (s := sqrt q) in *; assert (0 <= (s - phi) ^ 2) by apply pow2_ge_0.
  assert (Ln : ln (/ delta) <= ln (INR r / delta)).
  { apply Rcomplements.ln_le; [apply Rinv_0_lt_compat; lra|]; unfold Rdiv; rewrite <- (Rmult_1_l (/ delta)) at 1.
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|exact r1]. }
  set (l := ln (INR r / delta)) in *.
  assert (Q : q <= 9 + 6 * (l / INR p)).
  { replace q with (3 + 6 * (INR k / INR p)) by (unfold q; field; lra).
    assert (INR k / INR p <= 1 + l / INR p); [|lra].
    apply Rle_trans with ((l + 1) / INR p).
    - unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|lra].
    - replace ((l + 1) / INR p) with (/ INR p + l / INR p) by (field; lra); assert (/ INR p <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra); lra. }
  assert (l0 : 0 <= l / INR p).
  { assert (0 <= ln (/ delta)) by (rewrite <- ln_1; apply Rcomplements.ln_le; [lra|]; rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
    apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]. }
  assert (0 <= phi ^ 2) by apply pow2_ge_0; lra.
Qed.

(** Lemma 4.2: products of the layers, but the whole, are isometries up to scale, for every such start; and the loss at the start. *)
Theorem hu_xiao_pennington_lemma_4_2 : forall d n m p r L K X Y Phi sigma tau phi delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  turning m K (Q L) -> ln (/ delta) <= INR K ->
  (forall W, layers_in (orthogonal_layer n m p L) L W -> orthogonal_bounds m p n L W (sqrt (INR m)) 1 1) /\
  layers_at_most (orthogonal_layer n m p L) Q L (fun W => ~ loss d (S L) Y (orthogonal_network m p L X W) - best_loss d X Y Phi
    <= 9 * paper_size p r phi delta * inner d X X) delta.
Proof.
  intros d n m p r L K X Y Phi sigma tau phi delta Q Hn Hp Hr HL [V Data] Hd Turn HK; split.
  - intros W HW; assert (s0 : 0 < sqrt (INR m)) by (apply sqrt_lt_R0, lt_0_INR; lia).
    assert (St := orthogonal_layers_start n m p L W (W 0%nat) HL HW).
    assert (E : with_data (W 0%nat) W = W) by (pointwise l; destruct l; reflexivity); rewrite E in St.
    intros j k Hj Hk; rewrite !Rmult_1_l; split; [|split].
    + apply (start_block_bounded m p n L); assumption.
    + intros Hl x Hx; right; symmetry; apply (start_block_keeps m p n L); assumption.
    + intros Hl y Hy; right; symmetry; apply (start_block_keeps_back m p n L); assumption.
  - assert (l0 : 0 < ln (/ delta)) by (rewrite <- ln_1; apply ln_increasing; [lra|]; rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
    destruct (least_order _ K l0 HK) as [k [Hk [K1 K2]]]; assert (k0 := pos_INR k); assert (p1 : 1 <= INR p) by (apply (le_INR 1); lia).
    assert (Posed := start_posed d n m p r L X Y Phi V sigma tau phi Hn Hp Hr HL Data).
    refine (layers_at_most_weaker _ Q L _ _ delta _ (output_chance d n m p r L k X Y Phi V sigma tau phi (3 * (INR p + 2 * INR k)) delta Q Hn
      Hp Hr HL Data (proj2 Hd) ltac:(lra) (turning_lower _ _ m k K (proj2 Hk) Turn) (order_enough p k delta ltac:(lia) (proj1 Hd) K1))).
    intros W HW Bad; apply Classical_Prop.NNPP; intros Small; apply Bad.
    eapply Rle_trans; [apply (orthogonal_start_small d n m p r L X Y Phi V sigma tau phi (3 * (INR p + 2 * INR k)) W Posed ltac:(lra) Small)|].
    apply Rmult_le_compat_r; [apply inner_nonneg|]; apply paper_bound; try assumption; try lia; apply Data.
Qed.

(** Theorem 4.1: n inputs, p outputs, L layers of width m, and data X of rank r with |X| <= sigma; tau is its smallest singular value that
    is not zero.  So sigma^2 |X|_F^2/tau^4 is r~ kappa^2. *)
Theorem hu_xiao_pennington_theorem_4_1 : forall d n m p r L K X Y Phi eta sigma tau phi delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  turning m K (Q L) -> ln (/ delta) <= INR K ->
  7317 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * (1 + phi ^ 2) + ln (INR r / delta)) <= INR m ->
  0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L
    (fun W => ~ fast_excess d L X Y Phi eta (eta * INR L * tau ^ 2 / INR p) (9 * paper_size p r phi delta) (orthogonal_network m p L X W)) delta.
Proof.
  intros d n m p r L K X Y Phi eta sigma tau phi delta Q Hn Hp Hr HL Data Hd Turn HK Hm He.
  assert (l0 : 0 < ln (/ delta)) by (rewrite <- ln_1; apply ln_increasing; [lra|]; rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
  destruct (least_order _ K l0 HK) as [k [Hk [K1 K2]]]; assert (k0 := pos_INR k); assert (p1 : 1 <= INR p) by (apply (le_INR 1); lia).
  assert (f0 : 0 <= phi) by (destruct Data as [V Data]; apply Data).
  assert (B := paper_bound p r k phi delta ltac:(lia) ltac:(lia) Hd f0 K2); set (a := 3 * (INR p + 2 * INR k)) in *.
  assert (Width : 813 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * start_bound p a phi) <= INR m).
  { eapply Rle_trans; [|exact Hm]; set (c := sigma ^ 2 * inner d X X / tau ^ 4).
    assert (c0 : 0 <= c).
    { destruct Data as [V [_ [_ [_ [_ [_ [Hst _]]]]]]]; unfold c; apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|apply inner_nonneg]|].
      left; apply Rinv_0_lt_compat, pow_lt; lra. }
    replace (7317 * c * (INR p * (1 + phi ^ 2) + ln (INR r / delta))) with (813 * c * (INR p * (9 * paper_size p r phi delta)))
      by (unfold paper_size; field; lra).
    apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_l; lra. }
  refine (layers_at_most_weaker _ Q L _ _ delta _ (orthogonal_layers_random d n m p r L k X Y Phi eta sigma tau phi a delta Q Hn Hp Hr HL Data
    Hd ltac:(unfold a; lra) (turning_lower _ _ m k K (proj2 Hk) Turn) (order_enough p k delta ltac:(lia) (proj1 Hd) K1) Width He)).
  intros W _ Bad Good; apply Bad; destruct Good as [G1 G2]; split; [|exact G2].
  eapply Rle_trans; [exact G1|]; apply Rmult_le_compat_r; [apply inner_nonneg|exact B].
Qed.
