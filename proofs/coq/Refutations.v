(** The false variants of the theorems on matrices are false: each negation is proved here, so that
    no constant or sign of theirs is there by accident.  Almost all examples are 1 by 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Gradient Balance Drift ZasDescent ZasFlow.
From Lemmata Require Import ZasFlowStart ZasSharp Transpose BalancedProduct Margin Arora AroraPaper Identity.
Open Scope R_scope.

Definition number (x : R) (i j : nat) : R := x.

Lemma number_norm : forall x, frobenius 1 (number x) ^ 2 = x ^ 2.
Proof. intros; rewrite frobenius_square; unfold inner, dot, number; simpl; ring. Qed.

Ltac compute_layers := unfold loss, layers_step, gradient, residual, zero_asymmetric, chain, back,
  tr, mul,
  msub, madd, mscal, inner, dot, total, number, unit_matrix in *; simpl in *.

(** ** Drift *)

Lemma layers_balancedness_first_order_is_false : ~ (forall d L Phi eta W l, (S l < L)%nat ->
  let V := layers_step d L Phi eta W in
  let G := gradient d L Phi W in
  msub (mul d (tr (V (S l))) (V (S l))) (mul d (V l) (tr (V l)))
    = madd (msub (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l))))
        (mscal eta (msub (mul d (tr (G (S l))) (G (S l))) (mul d (G l) (tr (G l)))))).
Proof.
  intros H.
  assert (E := H 1%nat 2%nat (number 0) 2 (fun l => number (INR l + 1)) 0%nat ltac:(lia)).
  apply (f_equal (fun M => M 0%nat 0%nat)) in E; compute_layers; lra.
Qed.

(** ** Descent *)

Lemma wu_descent_step_wider_is_false : ~ (forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta -> eta * (1 + (INR L - 1) * frobenius d Phi ^ 2 / 4) <= 1 ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) (S t))
    <= (1 - 3 / 5 * eta) * loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t)).
Proof.
  intros H; specialize (H 1%nat 2%nat (number (13 / 10)) (2 / 3) 2%nat ltac:(lia) ltac:(lra)).
  rewrite number_norm in H; specialize (H ltac:(simpl; lra)).
  unfold layers_descent in H; compute_layers; lra.
Qed.

Lemma wu_descent_rate_above_two_is_false : ~ (forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta -> eta * (1 + 16 * (INR L - 1) * frobenius d Phi ^ 2) <= 1 ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t)
    <= (1 - 5 / 2 * eta) ^ t * loss d L Phi (zero_asymmetric L)).
Proof.
  intros H; specialize (H 1%nat 1%nat (number 1) (1 / 4) 1%nat ltac:(lia) ltac:(lra) ltac:(simpl; lra)).
  unfold layers_descent in H; compute_layers; lra.
Qed.

Lemma wu_descent_paper_above_two_is_false : ~ (forall d L Phi eta t,
  (1 <= L)%nat -> 0 <= eta <= Rmin (/ (4 * INR L ^ 3 * wu_scale L (frobenius d Phi) ^ 6))
                                (/ (144 * INR L ^ 2 * wu_scale L (frobenius d Phi) ^ 4)) ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t)
    <= (1 - 5 / 2 * eta) ^ t * loss d L Phi (zero_asymmetric L)).
Proof.
  intros H; specialize (H 1%nat 1%nat (number 1) (/ 11664) 1%nat ltac:(lia)).
  assert (F : frobenius 1 (number 1) = 1).
  { unfold frobenius, inner, dot, number; simpl.
    replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1. }
  assert (S : wu_scale 1 1 = 3).
  { unfold wu_scale; simpl INR; rewrite sqrt_1, (Rmax_left (3 / 1)), Rmax_right; lra. }
  rewrite F, S in H.
  assert (B : / 11664 <= Rmin (/ (4 * INR 1 ^ 3 * 3 ^ 6)) (/ (144 * INR 1 ^ 2 * 3 ^ 4)))
    by (apply Rmin_glb; simpl; lra).
  assert (P : 0 <= / 11664) by lra; specialize (H (conj P B)); clear P B;
    unfold layers_descent in H; compute_layers; lra.
Qed.

(** ** Gradient *)

Lemma layers_gradient_ascending_is_false : ~ (forall d L Phi W D,
  is_derive (fun s => loss d L Phi (fun l => madd (W l) (mscal s (D l)))) 0
    (- total L (fun l => inner d (gradient d L Phi W l) (D l)))).
Proof.
  intros H; set (Z := fun _ : nat => number 0); set (D := fun _ : nat => number 1).
  specialize (H 1%nat 1%nat (number 1) Z D).
  assert (G := layers_gradient 1 1 (number 1) Z D).
  apply is_derive_unique in H; apply is_derive_unique in G; rewrite G in H.
  unfold Z, D in H; compute_layers; lra.
Qed.

(** ** Flow *)

(** Two equal layers and target 0: w' = - w^3. *)
Definition decaying (l : nat) (t : R) (i j : nat) : R := / sqrt (1 + 2 * t).

Lemma decaying_flow : is_layers_flow 1 2 (number 0) decaying (-1 / 2) 2.
Proof.
  intros l i j t Hl Hi Hj Ht; replace i with 0%nat by lia; replace j with 0%nat by lia.
  assert (P : 0 < 1 + 2 * t) by lra; assert (S := sqrt_lt_R0 _ P);
    assert (Q := sqrt_sqrt (1 + 2 * t) ltac:(lra)).
  replace (- gradient 1 2 (number 0) (fun k => decaying k t) l 0%nat 0%nat) with (- (/ sqrt (1 + 2
    * t)) ^ 3).
  - unfold decaying; auto_derive; [split; [exact P|split; [lra|trivial]]|field; lra].
  - destruct l as [|[|l]]; [| |lia]; unfold decaying; compute_layers; ring.
Qed.

Lemma layers_conservation_of_sums_is_false : ~ (forall d L Phi W a b l i j s t,
  is_layers_flow d L Phi W a b -> (S l < L)%nat -> (i < d)%nat -> (j < d)%nat ->
  a < s < b -> a < t < b ->
  madd (mul d (tr (W (S l) t)) (W (S l) t)) (mul d (W l t) (tr (W l t))) i j
    = madd (mul d (tr (W (S l) s)) (W (S l) s)) (mul d (W l s) (tr (W l s))) i j).
Proof.
  intros H.
  assert (E := H 1%nat 2%nat (number 0) decaying (-1 / 2) 2 0%nat 0%nat 0%nat 0 1 decaying_flow
    ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra)).
  unfold decaying in E; compute_layers.
  replace (1 + 2 * 0) with 1 in E by ring; rewrite sqrt_1, Rinv_1 in E.
  assert (P := sqrt_lt_R0 (1 + 2 * 1) ltac:(lra)); assert (Q := sqrt_sqrt (1 + 2 * 1) ltac:(lra)).
  assert (I : / sqrt (1 + 2 * 1) * / sqrt (1 + 2 * 1) = / 3) by (rewrite <- Rinv_mult, Q; f_equal;
    ring).
  lra.
Qed.

(** One layer: w' = 1 - w from 0. *)
Definition relaxing (l : nat) (t : R) (i j : nat) : R := 1 - exp (- t).

Lemma relaxing_flow : is_layers_flow 1 1 (number 1) relaxing (-1) 2.
Proof.
  intros l i j t Hl Hi Hj Ht; replace l with 0%nat by lia; replace i with 0%nat by lia;
    replace j with 0%nat by lia.
  replace (- gradient 1 1 (number 1) (fun k => relaxing k t) 0 0%nat 0%nat) with (exp (- t)).
  - unfold relaxing; auto_derive; [trivial|ring].
  - unfold relaxing; compute_layers; ring.
Qed.

Lemma relaxing_start : forall l i j, (l < 1)%nat -> (i < 1)%nat -> (j < 1)%nat ->
  relaxing l 0 i j = zero_asymmetric 1 l i j.
Proof.
  intros [|l] i j Hl Hi Hj; [|lia]; unfold relaxing, zero_asymmetric; simpl; rewrite Ropp_0, exp_0;
    ring.
Qed.

Lemma wu_flow_rate_doubled_is_false : ~ (forall d L Phi W a b t0 t,
  (1 <= L)%nat -> is_layers_flow d L Phi W a b -> a < t0 -> t0 <= t -> t < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j) ->
  loss d L Phi (fun l => W l t) <= exp (- 4 * (t - t0)) * loss d L Phi (fun l => W l t0)).
Proof.
  intros H.
  assert (E := H 1%nat 1%nat (number 1) relaxing (-1) 2 0 1 ltac:(lia) relaxing_flow ltac:(lra)
    ltac:(lra)
    ltac:(lra) relaxing_start).
  unfold relaxing in E; compute_layers; rewrite Ropp_0, exp_0 in E.
  replace (-4 * (1 - 0)) with (- (1) + (- (1) + (-2))) in E by ring; rewrite !exp_plus in E.
  assert (P := exp_pos (- (1))); assert (Q : exp (-2) < exp 0) by (apply exp_increasing; lra).
  rewrite exp_0 in Q; set (u := exp (- (1))) in *; set (v := exp (-2)) in *.
  assert (0 < u * u * (1 - v)) by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  lra.
Qed.

Lemma relaxing_from_start : forall l i j, (l < 1)%nat -> (i < 1)%nat -> (j < 1)%nat ->
  filterlim (fun x => relaxing l x i j) (at_right 0) (locally (zero_asymmetric 1 l i j)).
Proof.
  intros l i j Hl Hi Hj; rewrite <- (relaxing_start l i j Hl Hi Hj).
  apply (filterlim_filter_le_1 (F := locally 0)); [intros P HP; apply filter_le_within; exact HP|].
  apply (ex_derive_continuous (fun x => relaxing l x i j)); unfold relaxing; auto_derive; trivial.
Qed.

Lemma relaxing_flow_from_start : is_layers_flow 1 1 (number 1) relaxing 0 2.
Proof. intros l i j t Hl Hi Hj Ht; apply relaxing_flow; auto; lra. Qed.

Lemma wu_flow_from_start_doubled_is_false : ~ (forall d L Phi W b t0 t,
  (1 <= L)%nat -> is_layers_flow d L Phi W t0 b -> t0 < t < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat ->
    filterlim (fun x => W l x i j) (at_right t0) (locally (zero_asymmetric L l i j))) ->
  loss d L Phi (fun l => W l t) <= exp (- 4 * (t - t0)) * loss d L Phi (zero_asymmetric L)).
Proof.
  intros H.
  assert (E := H 1%nat 1%nat (number 1) relaxing 2 0 1 ltac:(lia) relaxing_flow_from_start ltac:(lra)
    relaxing_from_start).
  unfold relaxing in E; compute_layers.
  replace (-4 * (1 - 0)) with (- (1) + (- (1) + (-2))) in E by ring; rewrite !exp_plus in E.
  assert (P := exp_pos (- (1))); assert (Q : exp (-2) < exp 0) by (apply exp_increasing; lra).
  rewrite exp_0 in Q; set (u := exp (- (1))) in *; set (v := exp (-2)) in *.
  assert (0 < u * u * (1 - v)) by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  lra.
Qed.

(** ** The first step and the first moment *)

Lemma wu_first_step_linear_is_false : ~ (forall d L Phi eta, (1 <= L)%nat ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) 1)
    = (1 - 2 * eta) * loss d L Phi (zero_asymmetric L)).
Proof.
  intros H; specialize (H 1%nat 1%nat (number 1) 1 ltac:(lia)).
  unfold layers_descent in H; compute_layers; lra.
Qed.

Lemma wu_flow_slope_doubled_is_false : ~ (forall d L Phi W a b t0,
  (1 <= L)%nat -> is_layers_flow d L Phi W a b -> a < t0 < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j) ->
  is_derive (fun t => loss d L Phi (fun l => W l t)) t0 (- 4 * loss d L Phi (fun l => W l t0))).
Proof.
  intros H.
  assert (F := H 1%nat 1%nat (number 1) relaxing (-1) 2 0 ltac:(lia) relaxing_flow ltac:(lra) relaxing_start).
  assert (T := wu_flow_slope 1 1 (number 1) relaxing (-1) 2 0 ltac:(lia) relaxing_flow ltac:(lra) relaxing_start).
  apply is_derive_unique in F; apply is_derive_unique in T; rewrite T in F.
  unfold relaxing in F; compute_layers; rewrite Ropp_0, exp_0 in F; lra.
Qed.

(** ** Transposition *)

(** The 2 by 2 matrix with a single 1, not on the diagonal. *)
Definition corner (i j : nat) : R := if andb (Nat.eqb i 0) (Nat.eqb j 1) then 1 else 0.

Lemma layers_transposition_same_target_is_false : ~ (forall d L Phi eta W t,
  loss d L Phi (layers_descent d L Phi eta (transposed L W) t)
    = loss d L Phi (layers_descent d L Phi eta W t)).
Proof.
  intros H; specialize (H 2%nat 1%nat corner 0 (fun _ => corner) 0%nat).
  unfold layers_descent, transposed, corner in H; compute_layers; lra.
Qed.

(** ** Balanced layers: the layers (1, 1) and the target 4 *)

Lemma number_frobenius : forall x, 0 <= x -> frobenius 1 (number x) = x.
Proof.
  intros x Hx; unfold frobenius, inner, dot, number; simpl.
  replace (0 + (0 + x * x)) with (x * x) by ring; apply sqrt_square; exact Hx.
Qed.

Lemma ones_margin : deficiency_margin 1 1 2 (number 4) (fun _ => number 1) (1 ^ 2).
Proof.
  exists 4; split; [lra|split; [left; split; [intros i j Hi Hj; lia|split; [intros i j Hi Hj; lia|]]|]].
  - intros x _; unfold mv, dot, number; simpl; lra.
  - apply frobenius_below; [lra|compute_layers; lra].
Qed.

Lemma ones_balanced : forall delta, 0 <= delta -> balanced 1 2 (fun _ => number 1) delta.
Proof.
  intros delta Hd l Hl; apply frobenius_below; [exact Hd|].
  replace (inner 1 _ _) with 0; [apply pow2_ge_0|compute_layers; ring].
Qed.

Lemma ones_target : frobenius 1 (number 4) = 2 ^ 2.
Proof. rewrite number_frobenius; lra. Qed.

Lemma ones_paper_balance : 0 <= 1 ^ (2 * 2) / (256 * INR 2 ^ 3 * 2 ^ (2 * 2 - 2)).
Proof. simpl; lra. Qed.

Lemma arora_descent_step_fivefold_is_false : ~ (forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - 5 * eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t)).
Proof.
  intros H.
  assert (E := H 1%nat 1%nat 2%nat (number 4) (fun _ => number 1) (1 / 768) 0 1 2 0%nat
    ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra) ones_target ones_margin (ones_balanced 0 (Rle_refl 0))
    ltac:(simpl; lra) ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

Lemma arora_descent_rate_fivefold_is_false : ~ (forall d p L Phi W eta delta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W delta -> delta <= r ^ 2 / (5 * INR L ^ 2) ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta W t) <= (1 - 5 * eta * r ^ (2 * L - 2)) ^ t * loss d L
    Phi W).
Proof.
  intros H.
  assert (E := H 1%nat 1%nat 2%nat (number 4) (fun _ => number 1) (1 / 768) 0 1 2 1%nat
    ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra) ones_target ones_margin (ones_balanced 0 (Rle_refl 0))
    ltac:(simpl; lra) ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

Lemma arora_theorem_1_fivefold_is_false : ~ (forall d p L Phi W eta r s eps T,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) ->
  0 < eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) -> 0 < eps ->
  ln (loss d L Phi W / eps) / (5 * (eta * r ^ (2 * L - 2))) <= INR T ->
  loss d L Phi (layers_descent d L Phi eta W T) <= eps).
Proof.
  intros H; set (x := 1 / 12582912); set (R := loss 1 2 (number 4) (fun _ => number 1)).
  assert (ER : R = 9 / 2) by (unfold R; compute_layers; lra).
  assert (X : 0 < exp (- (5 * x))) by apply exp_pos.
  assert (E := H 1%nat 1%nat 2%nat (number 4) (fun _ => number 1) x 1 2 (R * exp (- (5 * x))) 1%nat
    ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra) ones_target ones_margin (ones_balanced _
      ones_paper_balance)
    ltac:(unfold x; simpl; lra) ltac:(rewrite ER; apply Rmult_lt_0_compat; lra)).
  fold R in E.
  assert (L : ln (R / (R * exp (- (5 * x)))) = 5 * x).
  { rewrite exp_Ropp; replace (R / (R * / exp (5 * x))) with (exp (5 * x)); [apply ln_exp|].
    field; split; [apply Rgt_not_eq, exp_pos|rewrite ER; lra]. }
  rewrite L, pow1, Rmult_1_r in E; specialize (E ltac:(unfold x; simpl; lra)).
  assert (I : exp (- (5 * x)) * (1 + 5 * x) <= 1).
  { assert (E1 : exp (- (5 * x)) * exp (5 * x) = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
    rewrite <- E1 at 2; apply Rmult_le_compat_l; [lra|left; apply exp_ineq1; unfold x; lra]. }
  assert (L1 : loss 1 2 (number 4) (layers_descent 1 2 (number 4) x (fun _ => number 1) 1)
    = 9 / 2 * (1 - 2 * x - 3 * x ^ 2) ^ 2).
  { unfold layers_descent; compute_layers; field. }
  rewrite L1, ER in E; set (u := exp (- (5 * x))) in *.
  assert (9 / 2 * (1 - 2 * x - 3 * x ^ 2) ^ 2 * (1 + 5 * x) <= 9 / 2).
  { apply Rle_trans with (9 / 2 * u * (1 + 5 * x)); [apply Rmult_le_compat_r; [unfold x;
    lra|lra]|lra]. }
  unfold x in *; lra.
Qed.

Lemma identity_start_rate_tenfold_is_false : ~ (forall d L Phi rho eta r s t,
  (2 <= L)%nat -> (1 <= d)%nat -> 0 <= rho -> 0 < r -> 0 < s ->
  frobenius d (msub unit_matrix Phi) <= rho -> r ^ L = 1 - 2 * rho -> frobenius d Phi = s ^ L ->
  0 <= eta <= r ^ 2 / (24 * INR L * s ^ (2 * L)) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)
    <= (1 - 10 * eta * r ^ (2 * L - 2)) ^ t * loss d L Phi (fun _ => unit_matrix)).
Proof.
  intros H.
  assert (F : frobenius 1 (msub unit_matrix (number (121 / 100))) <= 255 / 1000)
    by (apply frobenius_below; [lra|compute_layers; lra]).
  assert (E := H 1%nat 2%nat (number (121 / 100)) (255 / 1000) (1 / 1000) (7 / 10) (11 / 10) 1%nat
    ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra) F ltac:(lra)
    ltac:(rewrite number_frobenius; lra) ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

Lemma identity_radius_step_tripled_is_false : ~ (forall d L Phi r eta t,
  (2 <= L)%nat -> r < 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= eta <= / (7 * INR L) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) (S t))
    <= (1 - 8 / 3 * eta * INR L * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3)
      * loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)).
Proof.
  intros H.
  assert (F : frobenius 1 (msub unit_matrix (number (101 / 100))) <= 1 / 100)
    by (apply frobenius_below; [lra|compute_layers; lra]).
  assert (E := H 1%nat 2%nat (number (101 / 100)) (1 / 100) (1 / 100) 0%nat ltac:(lia) ltac:(lra) F
    ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

Lemma identity_radius_rate_tripled_is_false : ~ (forall d L Phi r eta t,
  (2 <= L)%nat -> r < 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= eta <= / (7 * INR L) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)
    <= (1 - 8 / 3 * eta * INR L * (1 - 2 * r) ^ 4 / (1 + 2 * r) ^ 3) ^ t
      * loss d L Phi (fun _ => unit_matrix)).
Proof.
  intros H.
  assert (F : frobenius 1 (msub unit_matrix (number (101 / 100))) <= 1 / 100)
    by (apply frobenius_below; [lra|compute_layers; lra]).
  assert (E := H 1%nat 2%nat (number (101 / 100)) (1 / 100) (1 / 100) 1%nat ltac:(lia) ltac:(lra) F
    ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

(** One matrix unit, not symmetric: W^T W is not W W^T. *)
Lemma balanced_product_other_side_is_false : ~ (forall d n W, (1 <= n)%nat ->
  (forall l, (S l < n)%nat -> same d (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) ->
  same d (mul d (tr (chain d W n)) (chain d W n)) (chain d (fun _ => mul d (W (n - 1)%nat) (tr (W (n - 1)%nat))) n)).
Proof.
  intros H; assert (E := H 2%nat 1%nat (fun _ => corner) ltac:(lia) ltac:(intros; lia) 0%nat 0%nat ltac:(lia) ltac:(lia)).
  unfold corner in E; compute_layers; lra.
Qed.
