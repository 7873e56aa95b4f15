(** The false variant of Lemma 6.1 of Du and Hu is false: a hundred layers of one row and one column each are too narrow.
    The norm is kept with probability at most 10/9 (2/pi)^50, since E |w| = sqrt (2/pi). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Remainder Convergence AnyLaw Independent NormalLaw GaussianLayers.
Open Scope R_scope.

Lemma narrow_output : forall A q, passed 1 1 A (fun _ => 1) q 0%nat = product q (fun l => A l 0%nat 0%nat).
Proof.
  intros A q; induction q as [|q IH]; [reflexivity|]; cbn [passed product]; unfold mv, dot; rewrite <- IH.
  replace (fan_in 1 1 q) with 1%nat by (destruct q; reflexivity); simpl; ring.
Qed.

Lemma du_hu_lemma_6_1_any_width_is_false : ~ (forall K place n m q v, (1 <= q)%nat -> (1 <= m)%nat ->
  places_of_their_own K n m q place -> dot n v v = 1 ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_norm n m q (placed_layer place w) v) (exp (- (INR m / (30000 * INR q))))).
Proof.
  intros H; destruct (H 100%nat (fun l _ _ => l) 1%nat 1%nat 100%nat (fun _ => 1)) as [X [V [X0 [X1 E]]]]; [lia|lia| |unfold dot; simpl; ring|].
  { intros l i j Hl Hi Hj; split; [exact Hl|]; intros l' i' j' Hl' Hi' Hj' Same; subst l'.
    assert (F : fan_in 1 1 l = 1%nat) by (destruct l; reflexivity); rewrite F in Hj, Hj'; lia. }
  set (P := law_weights 100 normal_law) in *; set (Y := fun w : nat -> R => product 100 (fun i => Rabs (w i))).
  destruct (normal_is Rabs _ normal_size) as [I A].
  destruct (expectation_product 100 P (fun _ => Rabs)) as [VY EY]; [intros i _; exact I|]; fold Y in VY, EY.
  rewrite product_const in EY; change (average P Rabs) with (normal_integral Rabs) in EY; rewrite A in EY.
  destruct (expectation_scal 100 P (10 / 9) Y VY) as [VZ EZ].
  destruct (expectation_plus 100 P X _ V VZ) as [VS ES]; destruct (expectation_one 100 P) as [V1 E1].
  assert (Cover : forall w, 1 <= X w + 10 / 9 * Y w).
  { intros w; assert (Y0 : 0 <= Y w) by (apply product_nonneg; intros; apply Rabs_pos).
    destruct (Rle_lt_dec (9 / 10) (Y w)) as [L|L]; [assert (N := X0 w); lra|].
    assert (1 <= X w); [|lra]; apply X1; intros [K _]; unfold dot in K; cbn [total] in K.
    rewrite narrow_output in K; unfold placed_layer in K; change (INR 1) with 1 in K; rewrite pow1 in K.
    set (z := product 100 (fun l => w l)) in *; assert (Z : Y w = Rabs z) by (unfold Y, z; rewrite product_abs; reflexivity).
    assert (Q : Rabs z ^ 2 < (9 / 10) ^ 2) by (rewrite <- Z; simpl; nra); rewrite pow2_abs in Q; simpl in Q, K; lra. }
  assert (Le := expectation_le 100 P _ _ V1 VS Cover); rewrite E1, ES, EZ, EY in Le.
  assert (R2 : sqrt (2 / PI) ^ 2 <= 2 / 3).
  { assert (P3 : 3 < PI) by (assert (Q := PI2_3_2); lra).
    rewrite pow2_sqrt by (left; apply Rdiv_lt_0_compat; lra).
    apply (Rmult_le_reg_r PI); [lra|]; replace (2 / PI * PI) with 2 by (field; lra); lra. }
  assert (Small : sqrt (2 / PI) ^ 100 <= 1 / 10000000).
  { replace (sqrt (2 / PI) ^ 100) with ((sqrt (2 / PI) ^ 2) ^ 50) by (rewrite <- pow_mult; reflexivity).
    apply Rle_trans with ((2 / 3) ^ 50); [apply pow_incr; split; [apply pow2_ge_0|exact R2]|].
    replace 50%nat with (10 * 5)%nat by reflexivity; rewrite pow_mult.
    apply Rle_trans with ((18 / 1000) ^ 5); [apply pow_incr|]; simpl; lra. }
  assert (Rate : exp (- (INR 1 / (30000 * INR 100))) <= 1 - 1 / 4000000).
  { replace (INR 100) with 100 by (simpl; lra); change (INR 1) with 1; rewrite exp_Ropp.
    assert (U := exp_above_line (1 / (30000 * 100))).
    apply Rle_trans with (/ (1 + 1 / (30000 * 100))); [apply Rinv_le_contravar; lra|lra]. }
  lra.
Qed.
