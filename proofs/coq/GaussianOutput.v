(** The last layer at the start: Proposition 6.5 of Du and Hu. Given the columns of H, the norm of A H for a Gaussian A is an
    average of norms of Gaussian vectors, and has the tail of one of them; so no union over the columns is needed. *)
From Coq Require Import Reals Lra Lia Psatz Arith.
From Lemmata Require Import Products Matrix Convergence AnyLaw Independent NormalLaw ChiSquare IndependentBlocks GaussianRow.
Open Scope R_scope.

(** |H|_F^2 of m rows and r columns. *)
Definition columns_square (m r : nat) (H : nat -> nat -> R) : R :=
  total r (fun j => dot m (fun i => H i j) (fun i => H i j)).

(** The square of one column over that of the matrix, times an exponential of what A makes of it. *)
Definition column_share (p m : nat) (g : R) (H A : nat -> nat -> R) (j : nat) : R :=
  let h := fun i => H i j in
  if Rle_dec (dot m h h) 0 then 0 else dot m h h / g * exp (dot p (mv m A h) (mv m A h) / (4 * dot m h h)).

Definition output_factor (p m r : nat) (H A : nat -> nat -> R) : R :=
  let g := columns_square m r H in
  if Rle_dec g 0 then sqrt 2 ^ p else total r (column_share p m g H A).

Lemma columns_square_nonneg : forall m r H, 0 <= columns_square m r H.
Proof. intros; apply total_nonneg; intros; apply dot_nonneg. Qed.

Lemma output_factor_nonneg : forall p m r H A, 0 <= output_factor p m r H A.
Proof.
  intros p m r H A; unfold output_factor; destruct (Rle_dec _ 0) as [Z|Z]; [apply pow_le, sqrt_pos|].
  apply total_nonneg; intros j _; unfold column_share; destruct (Rle_dec _ 0); [lra|].
  apply Rmult_le_pos; [|left; apply exp_pos]; apply Rmult_le_pos; [apply dot_nonneg|left; apply Rinv_0_lt_compat; lra].
Qed.

Lemma column_share_mean : forall p m g H j, 0 < g ->
  mean_is normal_law (p * m) (fun w => column_share p m g H (by_rows m w) j)
    (sqrt 2 ^ p * (dot m (fun i => H i j) (fun i => H i j) / g)).
Proof.
  intros p m g H j Hg; unfold column_share; set (h := fun i => H i j); assert (N := dot_nonneg m h).
  destruct (Rle_dec (dot m h h) 0) as [Z|Z].
  - replace (dot m h h) with 0 by lra; replace (sqrt 2 ^ p * (0 / g)) with 0 by (field; lra); apply mean_is_const.
  - set (l := - / (4 * dot m h h)); assert (E : 1 + 2 * l * dot m h h = / 2) by (unfold l; field; lra).
    assert (M := matrix_mean p m h l ltac:(rewrite E; lra)); rewrite E in M.
    replace (/ sqrt (/ 2)) with (sqrt 2) in M by (rewrite sqrt_inv, Rinv_inv; reflexivity).
    rewrite (Rmult_comm (sqrt 2 ^ p)); apply mean_is_scal; revert M; apply mean_is_ext; intros w; f_equal; unfold l; field; lra.
Qed.

(** E output_factor = 2^(p/2) *)
Lemma output_factor_mean : forall p m r H, mean_is normal_law (p * m) (fun w => output_factor p m r H (by_rows m w)) (sqrt 2 ^ p).
Proof.
  intros p m r H; unfold output_factor; set (g := columns_square m r H); destruct (Rle_dec g 0) as [Z|Z]; [apply mean_is_const|].
  replace (sqrt 2 ^ p) with (total r (fun j => sqrt 2 ^ p * (dot m (fun i => H i j) (fun i => H i j) / g))).
  - apply (mean_is_total normal_law (p * m) r (fun j w => column_share p m g H (by_rows m w) j)).
    intros j _; apply column_share_mean; lra.
  - rewrite total_scal; replace (total r _) with (/ g * g); [field; lra|].
    unfold g at 2; unfold columns_square; rewrite <- total_scal; apply total_ext; intros; unfold Rdiv; apply Rmult_comm.
Qed.

(** It is at least e^(b/4) where |A H|^2 is more than b |H|^2. *)
Lemma output_factor_above : forall p m r H A b,
  b * columns_square m r H < total r (fun j => dot p (mv m A (fun i => H i j)) (mv m A (fun i => H i j))) ->
  exp (b / 4) <= output_factor p m r H A.
Proof.
  intros p m r H A b Hb; unfold output_factor; set (g := columns_square m r H) in *.
  assert (Zero : forall h, dot m h h <= 0 -> dot p (mv m A h) (mv m A h) = 0).
  { intros h Z; assert (N := dot_nonneg m h); apply total_zero; intros i _.
    replace (mv m A h i) with 0; [ring|symmetry; apply total_zero; intros k Hk].
    rewrite (dot_zero m h k) by (try lra; exact Hk); ring. }
  assert (g0 : 0 <= g) by apply columns_square_nonneg; destruct (Rle_dec g 0) as [Z|Z].
  - exfalso; rewrite total_zero in Hb; [replace g with 0 in Hb by lra; lra|].
    intros j Hj; apply Zero; apply Rle_trans with g; [|exact Z].
    apply (total_one r (fun j => dot m (fun i => H i j) (fun i => H i j))); [intros; apply dot_nonneg|exact Hj].
  - set (c := exp (b / 4)); assert (c0 : 0 < c) by apply exp_pos.
    apply Rle_trans with (total r (fun j => c / g * ((1 - b / 4) * dot m (fun i => H i j) (fun i => H i j)
      + / 4 * dot p (mv m A (fun i => H i j)) (mv m A (fun i => H i j))))).
    + rewrite total_scal, total_plus, !total_scal; fold (columns_square m r H); fold g.
      set (T := total r _) in *; replace c with (c / g * g) at 1 by (field; lra).
      apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|lra].
    + apply total_le; intros j _; unfold column_share; set (h := fun i => H i j); assert (N := dot_nonneg m h).
      destruct (Rle_dec (dot m h h) 0) as [Y|Y].
      * rewrite (Zero h Y); replace (dot m h h) with 0 by lra; lra.
      * set (z := dot p (mv m A h) (mv m A h)); set (q := dot m h h) in *.
        replace (z / (4 * q)) with (b / 4 + (z / (4 * q) - b / 4)) by ring; rewrite exp_plus; fold c.
        assert (E := exp_above_line (z / (4 * q) - b / 4)).
        replace (c / g * ((1 - b / 4) * q + / 4 * z)) with (q / g * (c * (1 + (z / (4 * q) - b / 4)))) by (field; lra).
        apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|apply Rmult_le_compat_l; lra].
Qed.

(** The weights after the first a. *)
Definition after (a : nat) (w : nat -> R) : nat -> R := fun i => w (a + i)%nat.

(** |A H|^2 <= (2 p + 4 x) |H|^2 for a Gaussian A of p rows and any H that does not depend on it, but for e^(-x). *)
Lemma last_layer_kept : forall p m b r (H : (nat -> R) -> nat -> nat -> R) x,
  at_most (law_weights (p * m + b) normal_law)
    (fun w => (2 * INR p + 4 * x) * columns_square m r (H (after (p * m) w))
      < total r (fun j => dot p (mv m (by_rows m w) (fun i => H (after (p * m) w) i j))
          (mv m (by_rows m w) (fun i => H (after (p * m) w) i j)))) (exp (- x)).
Proof.
  intros p m b r H x; set (K := (p * m)%nat); set (c := exp (- (INR p / 2 + x))); assert (c0 : 0 < c) by apply exp_pos.
  set (X := fun w => c * output_factor p m r (H (after K w)) (by_rows m w)).
  assert (M : mean_is normal_law (K + b) X (c * sqrt 2 ^ p)).
  { apply (mean_block normal_law K b X (fun _ => c * sqrt 2 ^ p)); [|apply mean_is_const].
    intros u; unfold X; apply mean_is_scal.
    apply (mean_is_ext normal_law K (fun w => output_factor p m r (H u) (by_rows m w))); [|apply output_factor_mean].
    intros w; assert (Eu : after K (join K w u) = u).
    { pointwise i; unfold after, join; destruct (Nat.ltb_spec (K + i) K); [lia|]; f_equal; lia. }
    rewrite Eu; unfold output_factor; destruct (Rle_dec _ 0); [reflexivity|]; apply total_ext; intros j _.
    unfold column_share; destruct (Rle_dec _ 0); [reflexivity|]; do 3 f_equal.
    assert (R : forall i, (i < p)%nat -> mv m (by_rows m w) (fun i => H u i j) i
      = mv m (by_rows m (join K w u)) (fun i => H u i j) i).
    { intros i Hi; apply dot_ext; [|reflexivity]; intros k Hk; unfold by_rows, join.
      destruct (Nat.ltb_spec (i * m + k) K) as [_|B]; [reflexivity|unfold K in B; nia]. }
    apply dot_ext; exact R. }
  destruct M as [V E]; exists X; split; [exact V|split; [|split]].
  - intros w; apply Rmult_le_pos; [lra|apply output_factor_nonneg].
  - intros w Hw; unfold X; apply Rle_trans with (c * exp ((2 * INR p + 4 * x) / 4)).
    + unfold c; rewrite <- exp_plus; replace (- (INR p / 2 + x) + (2 * INR p + 4 * x) / 4) with 0 by field; rewrite exp_0; lra.
    + apply Rmult_le_compat_l; [lra|apply output_factor_above; exact Hw].
  - eapply Rle_trans; [right; exact E|]; unfold c; rewrite Ropp_plus_distr, exp_plus, (Rmult_comm (exp _)), Rmult_assoc.
    rewrite <- (Rmult_1_r (exp (- x))) at 2; apply Rmult_le_compat_l; [left; apply exp_pos|].
    replace (- (INR p / 2)) with (INR p * - / 2) by field; rewrite exp_times, <- Rpow_mult_distr.
    rewrite <- (pow1 p); apply pow_incr; split; [apply Rmult_le_pos; [left; apply exp_pos|apply sqrt_pos]|].
    rewrite exp_Ropp; apply (Rmult_le_reg_l (exp (/ 2))); [apply exp_pos|].
    rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by (assert (P := exp_pos (/ 2)); lra).
    assert (L := exp_above_line (/ 2)); eapply Rle_trans; [|exact L].
    rewrite <- (sqrt_square (1 + / 2)) by lra; apply sqrt_le_1_alt; lra.
Qed.
