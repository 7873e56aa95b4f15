(** Lemma C of escape-counts.md: a function that is holomorphic in an ellipse is bounded on [-1, 1] by its
    values at the zeros of a Chebyshev polynomial. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature.
Open Scope R_scope.

(** The zeros of T_n are cos(angle n i), i < n. *)
Definition angle (n i : nat) : R := (2 * INR i + 1) * PI / (2 * INR n).

Lemma angle_sum : forall n k, (1 <= n)%nat -> (0 < k < 2 * n)%nat -> total n (fun i => cos (INR k * angle n i)) = 0.
Proof.
  intros n k Hn Hk; assert (P := PI_RGT_0); assert (N : 0 < INR n) by (apply lt_0_INR; lia).
  set (h := INR k * PI / (2 * INR n)).
  assert (K : 0 < INR k < 2 * INR n).
  { split; [apply lt_0_INR; lia|]; replace 2 with (INR 2) by reflexivity; rewrite <- mult_INR; apply lt_INR; lia. }
  assert (H : 0 < h < PI).
  { unfold h; split; [apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; lra|lra]|apply Rlt_div_l; [lra|]; nra]. }
  assert (Sh : 0 < sin h) by (apply sin_gt_0; lra).
  assert (T : forall j, 2 * sin h * total j (fun i => cos (INR k * angle n i)) = sin (2 * INR j * h)).
  { induction j as [|j IH]; [simpl; rewrite !Rmult_0_r, Rmult_0_l, sin_0; ring|]; cbn [total].
    rewrite Rmult_plus_distr_l, IH; replace (INR k * angle n j) with (2 * INR j * h + h) by (unfold angle, h; field; lra).
    replace (2 * INR (S j) * h) with (2 * INR j * h + h + h) by (rewrite S_INR; ring).
    replace (sin (2 * INR j * h)) with (sin (2 * INR j * h + h - h)) by (f_equal; ring).
    rewrite sin_minus, (sin_plus (2 * INR j * h + h)); ring. }
  specialize (T n); replace (2 * INR n * h) with (IZR (Z.of_nat k) * PI) in T by (rewrite <- INR_IZR_INZ; unfold h; field;
  lra).
  rewrite sin_multiple in T; apply Rmult_integral in T; destruct T as [T|T]; [lra|exact T].
Qed.

(** The coefficients of the polynomial of degree below n through values at the nodes, and its value at y *)
Definition node_coefficient (n : nat) (f : R -> R) (m : nat) : R :=
  (if Nat.eqb m 0 then 1 else 2) / INR n * total n (fun i => f (cos (angle n i)) * cos (INR m * angle n i)).

Definition interpolant (n : nat) (f : R -> R) (y : R) : R := total n (fun m => node_coefficient n f m * chebyshev m y).

Lemma interpolant_lin : forall n f g c y, interpolant n (fun t => f t + c * g t) y = interpolant n f y + c * interpolant n g
  y.
Proof.
  intros n f g c y; unfold interpolant; rewrite <- total_scal, <- total_plus; apply total_ext; intros m _.
  unfold node_coefficient; rewrite (total_ext n _ (fun i => f (cos (angle n i)) * cos (INR m * angle n i)
    + c * (g (cos (angle n i)) * cos (INR m * angle n i)))) by (intros; ring).
  rewrite total_plus, total_scal; ring.
Qed.

Lemma interpolant_bound : forall n f s y, (1 <= n)%nat -> (forall i, (i < n)%nat -> Rabs (f (cos (angle n i))) <= s) ->
  -1 <= y <= 1 -> Rabs (interpolant n f y) <= 2 * INR n * s.
Proof.
  intros n f s y Hn Hs Hy; assert (N : 0 < INR n) by (apply lt_0_INR; lia).
  assert (s0 : 0 <= s) by (specialize (Hs 0%nat ltac:(lia)); assert (K := Rabs_pos (f (cos (angle n 0)))); lra).
  assert (B : forall m, Rabs (node_coefficient n f m) <= 2 * s).
  { intros m; unfold node_coefficient; rewrite Rabs_mult.
    assert (A : Rabs ((if Nat.eqb m 0 then 1 else 2) / INR n) <= 2 / INR n).
    { unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ INR n)) by (left; apply Rinv_0_lt_compat, N).
      apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, N|]; destruct (Nat.eqb m 0); rewrite Rabs_pos_eq; lra. }
    assert (T : Rabs (total n (fun i => f (cos (angle n i)) * cos (INR m * angle n i))) <= INR n * s).
    { eapply Rle_trans; [apply total_abs|]; rewrite <- total_const; apply total_le; intros i Hi; rewrite Rabs_mult.
      rewrite <- (Rmult_1_r s); apply Rmult_le_compat; try apply Rabs_pos; [apply Hs, Hi|apply Rabs_le, COS_bound]. }
    replace (2 * s) with (2 / INR n * (INR n * s)) by (field; lra).
    apply Rmult_le_compat; try apply Rabs_pos; assumption. }
  unfold interpolant; eapply Rle_trans; [apply total_abs|].
  replace (2 * INR n * s) with (INR n * (2 * s)) by ring; rewrite <- total_const; apply total_le; intros m _.
  rewrite Rabs_mult, <- (Rmult_1_r (2 * s)); apply Rmult_le_compat; try apply Rabs_pos; [apply B|apply chebyshev_bound, Hy].
Qed.

Lemma total_single : forall n e j, (j < n)%nat -> (forall i, (i < n)%nat -> i <> j -> e i = 0) -> total n e = e j.
Proof.
  induction n as [|n IH]; intros e j Hj H; [lia|]; cbn [total]; destruct (Nat.eq_dec j n) as [->|N].
  - rewrite total_zero; [ring|]; intros i Hi; apply H; lia.
  - rewrite (IH e j) by (try lia; intros; apply H; lia); rewrite (H n) by lia; ring.
Qed.

Lemma interpolant_low : forall n k y, (k < n)%nat -> interpolant n (chebyshev k) y = chebyshev k y.
Proof.
  intros n k y Hk; assert (N : 0 < INR n) by (apply lt_0_INR; lia).
  assert (Z : forall m, (m < n)%nat -> (m <= k)%nat \/ (k <= m)%nat) by (intros; lia).
  assert (Pr : forall m, total n (fun i => chebyshev k (cos (angle n i)) * cos (INR m * angle n i)) =
    / 2 * (total n (fun i => cos (INR (k + m) * angle n i)) + total n (fun i => cos ((INR k - INR m) * angle n i)))).
  { intros m; rewrite <- total_plus, <- total_scal; apply total_ext; intros i _; rewrite chebyshev_cos, plus_INR.
    replace ((INR k + INR m) * angle n i) with (INR k * angle n i + INR m * angle n i) by ring.
    replace ((INR k - INR m) * angle n i) with (INR k * angle n i - INR m * angle n i) by ring.
    rewrite cos_plus, cos_minus; field. }
  unfold interpolant; rewrite (total_single n _ k Hk).
  - unfold node_coefficient; rewrite Pr; rewrite (total_ext n (fun i => cos ((INR k - INR k) * angle n i)) (fun _ => 1))
      by (intros; rewrite Rminus_eq_0, Rmult_0_l, cos_0; reflexivity); rewrite total_const.
    destruct k as [|k].
    + rewrite (total_ext n _ (fun _ => 1)) by (intros; simpl; rewrite Rmult_0_l, cos_0; reflexivity).
      rewrite total_const; simpl; field; lra.
    + rewrite angle_sum by lia; change (Nat.eqb (S k) 0) with false; cbv iota; field; lra.
  - intros m Hm Ne; unfold node_coefficient; rewrite Pr, angle_sum by lia.
    assert (D : total n (fun i => cos ((INR k - INR m) * angle n i)) = 0).
    { destruct (le_lt_dec m k) as [L|L].
      - rewrite <- (angle_sum n (k - m)) by lia; apply total_ext; intros i _; rewrite minus_INR by lia; reflexivity.
      - rewrite <- (angle_sum n (m - k)) by lia; apply total_ext; intros i _; rewrite minus_INR by lia.
        rewrite <- cos_neg; f_equal; ring. }
    rewrite D; ring.
Qed.

(** On the nodes every T_m is a T_k with k < n, up to its sign, or zero. *)
Lemma on_nodes : forall n m, (1 <= n)%nat -> exists (e : R) (k : nat), Rabs e <= 1 /\ (k < n)%nat /\
  forall i, (i < n)%nat -> chebyshev m (cos (angle n i)) = e * chebyshev k (cos (angle n i)).
Proof.
  intros n m Hn; assert (N : 0 < INR n) by (apply lt_0_INR; lia).
  assert (Half : forall i, INR n * angle n i = INR i * PI + PI / 2) by (intros; unfold angle; field; lra).
  assert (Si : forall i, sin (INR i * PI) = 0) by (intros i; rewrite INR_IZR_INZ; apply sin_multiple).
  (* T_(n + j) = - T_(n - j) on the nodes *)
  assert (Fold : forall j i, (j <= n)%nat -> chebyshev (n + j) (cos (angle n i)) = - chebyshev (n - j) (cos (angle n i))).
  { intros j i Hj; rewrite !chebyshev_cos, plus_INR, minus_INR by lia.
    rewrite Rmult_plus_distr_r, Rmult_minus_distr_r, Half, cos_plus, cos_minus, cos_plus, cos_PI2, sin_PI2, Si; ring. }
  assert (Turn : forall j i, chebyshev (2 * n + j) (cos (angle n i)) = - chebyshev j (cos (angle n i))).
  { intros j i; rewrite !chebyshev_cos, plus_INR, mult_INR; replace (INR 2) with 2 by reflexivity.
    replace ((2 * INR n + INR j) * angle n i) with (INR j * angle n i + 2 * (INR n * angle n i)) by ring.
    rewrite Half; replace (INR j * angle n i + 2 * (INR i * PI + PI / 2)) with (INR j * angle n i + PI + 2 * INR i * PI) by
      field.
    rewrite cos_period, neg_cos; reflexivity. }
  induction m as [m IH] using lt_wf_ind.
  destruct (le_lt_dec (2 * n) m) as [A|A].
  - destruct (IH (m - 2 * n)%nat ltac:(lia)) as [e [k [He [Hk H]]]]; exists (- e), k; rewrite Rabs_Ropp.
    split; [exact He|split; [exact Hk|]]; intros i Hi; replace m with (2 * n + (m - 2 * n))%nat at 1 by lia.
    rewrite Turn, H by exact Hi; ring.
  - destruct (le_lt_dec n m) as [B|B].
    + destruct (Nat.eq_dec m n) as [->|Ne].
      * exists 0, 0%nat; rewrite Rabs_R0; split; [lra|split; [lia|]]; intros i _.
        assert (X := Fold 0%nat i ltac:(lia)); rewrite Nat.add_0_r, Nat.sub_0_r in X; lra.
      * exists (-1), (2 * n - m)%nat; rewrite Rabs_left by lra; split; [lra|split; [lia|]]; intros i _.
        assert (X := Fold (m - n)%nat i ltac:(lia)); replace (n + (m - n))%nat with m in X by lia.
        replace (n - (m - n))%nat with (2 * n - m)%nat in X by lia; lra.
    + exists 1, m; rewrite Rabs_R1; split; [lra|split; [exact B|]]; intros; ring.
Qed.

Lemma interpolant_values : forall n f g y, (forall i, (i < n)%nat -> f (cos (angle n i)) = g (cos (angle n i))) ->
  interpolant n f y = interpolant n g y.
Proof.
  intros n f g y H; unfold interpolant, node_coefficient; apply total_ext; intros m _; do 2 f_equal.
  apply total_ext; intros i Hi; rewrite (H i Hi); reflexivity.
Qed.

Lemma interpolant_high : forall n m y, (1 <= n)%nat -> -1 <= y <= 1 -> Rabs (chebyshev m y - interpolant n (chebyshev m) y)
  <= 2.
Proof.
  intros n m y Hn Hy; destruct (on_nodes n m Hn) as [e [k [He [Hk H]]]].
  rewrite (interpolant_values n _ (fun t => 0 + e * chebyshev k t)) by (intros i Hi; rewrite (H i Hi); ring).
  rewrite (interpolant_lin n (fun _ => 0)), (interpolant_low n k y Hk).
  assert (Z : interpolant n (fun _ => 0) y = 0).
  { unfold interpolant, node_coefficient; apply total_zero; intros j _; rewrite (total_zero n); [ring|intros; ring]. }
  rewrite Z, Rplus_0_l; assert (A := chebyshev_bound m y Hy); assert (B := chebyshev_bound k y Hy).
  assert (D : Rabs (e * chebyshev k y) <= 1 * 1) by (rewrite Rabs_mult; apply Rmult_le_compat; try apply Rabs_pos;
  assumption).
  assert (T := Rabs_triang (chebyshev m y) (- (e * chebyshev k y))); rewrite Rabs_Ropp in T; unfold Rminus; lra.
Qed.

Theorem chebyshev_supremum : forall (n : nat) (F F' : C -> C) (rho M s y : R),
  (1 <= n)%nat -> 1 < rho -> holomorphic (ellipse rho) F F' -> (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  (forall i, (i < n)%nat -> Rabs (fst (F (cos (angle n i)))) <= s) -> -1 <= y <= 1 ->
  Rabs (fst (F y)) <= 2 * INR n * s + 4 * M * (/ rho) ^ n / (1 - / rho).
Proof.
  intros n F F' rho M s y Hn Hr HF HM Hs Hy.
  assert (Q : 0 < / rho < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (HK := fun m => coefficient_bound F F' rho M m Hr HF HM).
  assert (D := real_derive F F' rho Hr HF).
  set (q := / rho) in *; set (f := fun t : R => fst (F t)) in *.
  assert (M0 : 0 <= M) by (specialize (HM (RtoC 0) (segment_inside rho 0 Hr ltac:(lra)));
  assert (P := Cmod_ge_0 (F (RtoC 0))); lra).
  set (E := fun g : R -> R => g y - interpolant n g y).
  assert (N0 : 0 <= INR n) by apply pos_INR.
  assert (Lin : linear_on E) by (intros g h c _ _; unfold E; rewrite interpolant_lin; ring).
  assert (Sm : small_on E (1 + 2 * INR n)).
  { intros g d _ Hg; unfold E; assert (X := Hg y Hy).
    assert (Y := interpolant_bound n g d y Hn (fun i _ => Hg _ (COS_bound (angle n i))) Hy).
    assert (T := Rabs_triang (g y) (- interpolant n g y)); rewrite Rabs_Ropp in T; unfold Rminus; lra. }
  assert (I := interpolant_bound n f s y Hn Hs Hy).
  assert (X : Rabs (E f) <= 4 * M * q ^ n / (1 - q)).
  { destruct n as [|p]; [lia|].
    apply (through_series E _ Lin Sm f (fun t => fst (F' t)) (2 * M) q _ (fun j => p + j)%nat);
    [exact D|lra|exact HK|intros; lia|].
    intros j; rewrite (of_partial E _ Lin Sm).
    assert (Low : forall m, (m < S p)%nat -> E (chebyshev m) = 0) by (intros m Hm; unfold E;
    rewrite interpolant_low by exact Hm; ring).
    rewrite (Low 0%nat), Rmult_0_r, Rplus_0_l by lia; eapply Rle_trans; [apply total_abs|].
    apply Rle_trans with (4 * M * q ^ S p / (1 - q) * (1 - q ^ j)).
    - induction j as [|j IH].
      + rewrite Nat.add_0_r, total_zero; [simpl; lra|]; intros i Hi; rewrite (Low (S i)) by lia; rewrite Rmult_0_r;
        apply Rabs_R0.
      + rewrite Nat.add_succ_r; cbn [total]; rewrite Rabs_mult.
        assert (Y : Rabs (coefficient f (S (p + j))) * Rabs (E (chebyshev (S (p + j)))) <= 2 * M * q ^ S (p + j) * 2)
          by (apply Rmult_le_compat; try apply Rabs_pos; [apply HK|apply (interpolant_high (S p)); [lia|exact Hy]]).
        replace (S (p + j)) with (S p + j)%nat in * by lia; rewrite pow_add in Y.
        replace (4 * M * q ^ S p / (1 - q) * (1 - q ^ S j)) with
          (4 * M * q ^ S p / (1 - q) * (1 - q ^ j) + 2 * M * (q ^ S p * q ^ j) * 2) by (simpl; field; lra).
        lra.
    - rewrite <- (Rmult_1_r (4 * M * q ^ S p / (1 - q))) at 2; apply Rmult_le_compat_l.
      + apply Rle_mult_inv_pos; [apply Rmult_le_pos; [lra|apply pow_le; lra]|lra].
      + assert (0 <= q ^ j) by (apply pow_le; lra); lra. }
  assert (T := Rabs_triang (E f) (interpolant n f y)); replace (E f + interpolant n f y) with (f y) in T by (unfold E; ring).
  change (Rabs (f y) <= 2 * INR n * s + 4 * M * q ^ n / (1 - q)); lra.
Qed.
