(** The factor that bounds one Gaussian layer of a narrow network: with z = 1 - |W x|^2/(m |x|^2), a function of z that is at
    least sqrt (1 - z), and its mean, at most 1 - 1/(48 m).  The norm itself is no exponential; this function is one. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder Convergence RangeNumbers AnyLaw Independent NormalLaw NormalStarts PaperExamples ChiSquare RandomLayers GaussianLayers IndependentBlocks GaussianRow GaussianProduct.
Open Scope R_scope.

(** 1 - z/2 - (e^z - 1 - z)/12 *)
Definition root_above (z : R) : R := 13 / 12 + (- (5 / 12) * z + - (1 / 12) * exp (1 * z)).

Lemma square_root_below : forall z, z <= 1 -> sqrt (1 - z) <= root_above z.
Proof.
  intros z Hz; unfold root_above; rewrite Rmult_1_l; set (s := sqrt (1 - z)); assert (s0 : 0 <= s) by apply sqrt_pos.
  assert (ss : s * s = 1 - z) by (apply sqrt_sqrt; lra).
  assert (H : exp z - 1 - z <= 6 * (s - 1) ^ 2); [|nra].
  assert (Z : z = (1 - s) * (1 + s)) by lra.
  destruct (Rle_lt_dec 0 z) as [P|N].
  - (* e^z - 1 - z <= 3/2 z^2, and s <= 1 *)
    assert (E := exp_remainder (- z)); rewrite Ropp_involutive, Rabs_Ropp, (Rabs_pos_eq z) in E by exact P.
    apply Rabs_le_between in E; assert (E3 : exp z <= 3) by (eapply Rle_trans; [apply exp_le_compat; exact Hz|exact exp_le_3]).
    assert (z2 : 0 <= z ^ 2) by apply pow2_ge_0; assert (exp z * z ^ 2 <= 3 * z ^ 2) by (apply Rmult_le_compat_r; assumption).
    assert (s1 : s <= 1) by nra.
    assert (Q : z ^ 2 <= 4 * (s - 1) ^ 2).
    { rewrite Z; replace (((1 - s) * (1 + s)) ^ 2) with ((s - 1) ^ 2 * (1 + s) ^ 2) by ring.
      assert (0 <= (s - 1) ^ 2) by apply pow2_ge_0; assert ((1 + s) ^ 2 <= 4) by nra; nra. }
    replace ((- z) ^ 2) with (z ^ 2) in E by ring; lra.
  - assert (E := exp_minus_second (- z) ltac:(lra)); rewrite Ropp_involutive in E.
    assert (s1 : 1 <= s) by nra.
    destruct (Rle_lt_dec s 2) as [A|A].
    + assert (Q : (- z) ^ 2 <= 9 * (s - 1) ^ 2).
      { rewrite Z; replace ((- ((1 - s) * (1 + s))) ^ 2) with ((s - 1) ^ 2 * (1 + s) ^ 2) by ring.
        assert (0 <= (s - 1) ^ 2) by apply pow2_ge_0; assert ((1 + s) ^ 2 <= 9) by nra; nra. }
      assert (0 <= (s - 1) ^ 2) by apply pow2_ge_0; lra.
    + assert (exp z <= 1) by (rewrite <- exp_0; apply exp_le_compat; lra); nra.
Qed.

(** ** Its mean *)

Lemma layer_mean_shortfall : forall m, (1 <= m)%nat -> layer_mean m (fun z => z) 0.
Proof.
  intros m Hm d x Hx; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  set (n := fun l => match l with O => d | S _ => m end).
  destruct (normal_is (fun t => t) _ normal_mean) as [S1 A1]; destruct (normal_is (fun t => t ^ 2) _ normal_square) as [S2 A2].
  destruct (output_square (m * d) (law_weights (m * d) normal_law) 1 n 0 x 1 S1 A1 S2 A2 ltac:(lia) ltac:(simpl; lia)) as [V E].
  cbn [product pow Nat.add n] in E.
  assert (M : mean_is normal_law (m * d) (fun w => dot m (mv d (by_rows d w) x) (mv d (by_rows d w) x)) (INR m * dot d x x)).
  { split; [exact V|]; transitivity (1 * 1 * (1 * INR m) * dot d x x); [exact E|ring]. }
  apply (mean_is_scal _ _ (- / (INR m * dot d x x))) in M.
  assert (M' := mean_is_plus _ _ _ _ _ _ (mean_is_const normal_law (m * d) 1) M).
  replace 0 with (1 + - / (INR m * dot d x x) * (INR m * dot d x x)) by (field; lra).
  revert M'; apply mean_is_ext; intros w; unfold shortfall; field; lra.
Qed.

Definition root_mean (m : nat) : R := 13 / 12 + (- (5 / 12) * 0 + - (1 / 12) * shortfall_moment m 1).

Lemma root_has_mean : forall m, (1 <= m)%nat -> layer_mean m root_above (root_mean m).
Proof.
  intros m Hm; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); apply layer_mean_plus; [apply layer_mean_const|].
  apply layer_mean_plus; apply layer_mean_scal; [apply layer_mean_shortfall; exact Hm|apply layer_mean_exp; [exact Hm|]].
  assert (0 < 2 * 1 / INR m) by (apply Rdiv_lt_0_compat; lra); lra.
Qed.

(** E e^z >= 1 + 1/(4 m), from 1 + t <= e^(t - t^2/8) for 0 <= t <= 2 *)
Lemma root_mean_below : forall m, (1 <= m)%nat -> root_mean m <= 1 - / (48 * INR m).
Proof.
  intros m Hm; assert (m1 : 1 <= INR m) by (apply (le_INR 1); exact Hm); set (t := 2 * 1 / INR m).
  assert (t0 : 0 < t) by (apply Rdiv_lt_0_compat; lra).
  assert (t2 : t <= 2) by (apply (Rmult_le_reg_r (INR m)); [lra|]; unfold t; replace (2 * 1 / INR m * INR m) with 2 by (field; lra); lra).
  set (r := (t - t ^ 2 / 8) / 2); assert (r0 : 0 <= r) by (unfold r; nra).
  assert (Up : sqrt (1 + t) <= exp r).
  { assert (L := exp_above_line r); assert (P := exp_pos r).
    rewrite <- (sqrt_square (exp r)) by lra; apply sqrt_le_1_alt; apply Rle_trans with ((1 + r) * (1 + r)); [|apply Rmult_le_compat; lra].
    assert (E : (1 - t / 8) ^ 2 >= 1 / 2) by nra; assert (0 <= t ^ 2) by apply pow2_ge_0.
    replace ((1 + r) * (1 + r)) with (1 + t - t ^ 2 / 8 + t ^ 2 / 4 * (1 - t / 8) ^ 2) by (unfold r; field); nra. }
  assert (S : 0 < sqrt (1 + t)) by (apply sqrt_lt_R0; lra).
  assert (B : 1 + / (4 * INR m) <= shortfall_moment m 1).
  { apply Rle_trans with (exp (/ (4 * INR m))); [apply exp_above_line|].
    apply Rle_trans with (exp 1 * exp (- r) ^ m).
    - rewrite <- exp_times, <- exp_plus; right; f_equal; unfold r, t; field; lra.
    - unfold shortfall_moment; fold t; apply Rmult_le_compat_l; [left; apply exp_pos|]; apply pow_incr; split; [left; apply exp_pos|].
      rewrite exp_Ropp; apply Rinv_le_contravar; assumption. }
  unfold root_mean; replace (/ (48 * INR m)) with (1 / 12 * / (4 * INR m)) by (field; lra); lra.
Qed.

(** The mean of the factor for all widths up to d. *)
Definition narrow_rate (d : nat) : R := 1 - / (48 * INR d).

Definition root_factor (m d : nat) (z : R) : R := (narrow_rate d - root_mean m) + root_above z.

Lemma narrow_rate_between : forall d, (1 <= d)%nat -> 0 < narrow_rate d < 1.
Proof.
  intros d Hd; assert (d1 : 1 <= INR d) by (apply (le_INR 1); exact Hd); unfold narrow_rate.
  assert (0 < / (48 * INR d)) by (apply Rinv_0_lt_compat; lra).
  assert (/ (48 * INR d) <= / 48) by (apply Rinv_le_contravar; lra); lra.
Qed.

Lemma root_factor_mean : forall m d, (1 <= m)%nat -> layer_mean m (root_factor m d) (narrow_rate d).
Proof.
  intros m d Hm; replace (narrow_rate d) with ((narrow_rate d - root_mean m) + root_mean m) by ring.
  apply layer_mean_plus; [apply layer_mean_const|apply root_has_mean; exact Hm].
Qed.

Lemma root_factor_above : forall m d z, (1 <= m <= d)%nat -> z <= 1 -> sqrt (1 - z) <= root_factor m d z.
Proof.
  intros m d z [Hm Hd] Hz; assert (m1 : 1 <= INR m) by (apply (le_INR 1); exact Hm); assert (D := le_INR _ _ Hd).
  assert (R1 := root_mean_below m Hm); assert (R2 := square_root_below z Hz).
  assert (/ (48 * INR d) <= / (48 * INR m)) by (apply Rinv_le_contravar; lra).
  unfold root_factor, narrow_rate; lra.
Qed.

(** Functions of the shortfalls of layers with at most d rows, all of one mean, that are at least the lengths. *)
Record layer_bounds (d : nat) : Type := {
  rate : R;
  bound_of : nat -> R -> R;
  rate_nonneg : 0 <= rate;
  bound_mean : forall m, (1 <= m <= d)%nat -> layer_mean m (bound_of m) rate;
  bound_above : forall m z, (1 <= m <= d)%nat -> z <= 1 -> sqrt (1 - z) <= bound_of m z
}.

Arguments rate {d} K : rename.
Arguments bound_of {d} K m z : rename.
Arguments rate_nonneg {d} K : rename.
Arguments bound_mean {d} K m H : rename.
Arguments bound_above {d} K m z H G : rename.

Lemma narrow_bounds : forall d, (1 <= d)%nat -> exists K : layer_bounds d, rate K = narrow_rate d.
Proof.
  intros d Hd; assert (R := narrow_rate_between d Hd).
  unshelve eexists {| rate := narrow_rate d; bound_of := fun m => root_factor m d |}; [lra| | |reflexivity].
  - intros m Hm; apply root_factor_mean; lia.
  - intros m z Hm Hz; apply root_factor_above; assumption.
Qed.
