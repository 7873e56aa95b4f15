(** The last layer at the start: Proposition 6.5 of Du and Hu. Given the columns of H, the norm of A H for a Gaussian A is an
    average of norms of Gaussian vectors, and has the tail of one of them; so no union over the columns is needed. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Convergence AnyLaw Independent NormalLaw ChiSquare IndependentBlocks GaussianRow.
Open Scope R_scope.

(** |H|_F^2 of m rows and r columns. *)
Definition columns_square (m r : nat) (H : nat -> nat -> R) : R :=
  total r (fun j => dot m (fun i => H i j) (fun i => H i j)).

(** The square of one column over that of the matrix, times an exponential of what A makes of it. *)
Definition column_share (t : R) (p m : nat) (g : R) (H A : nat -> nat -> R) (j : nat) : R :=
  let h := fun i => H i j in
  if Rle_dec (dot m h h) 0 then 0 else dot m h h / g * exp (t * (dot p (mv m A h) (mv m A h) / dot m h h)).

(** E e^(t z^2) for a normal z *)
Definition square_moment (t : R) : R := / sqrt (1 - 2 * t).

Definition output_factor (t : R) (p m r : nat) (H A : nat -> nat -> R) : R :=
  let g := columns_square m r H in
  if Rle_dec g 0 then square_moment t ^ p else total r (column_share t p m g H A).

Lemma columns_square_nonneg : forall m r H, 0 <= columns_square m r H.
Proof. intros; apply total_nonneg; intros; apply dot_nonneg. Qed.

Lemma square_moment_pos : forall t, t < 1 / 2 -> 0 < square_moment t.
Proof. intros t Ht; apply Rinv_0_lt_compat, sqrt_lt_R0; lra. Qed.

Lemma output_factor_nonneg : forall t p m r H A, t < 1 / 2 -> 0 <= output_factor t p m r H A.
Proof.
  intros t p m r H A Ht; unfold output_factor; destruct (Rle_dec _ 0) as [Z|Z]; [left; apply pow_lt, square_moment_pos; exact Ht|].
  apply total_nonneg; intros j _; unfold column_share; destruct (Rle_dec _ 0); [lra|].
  apply Rmult_le_pos; [|left; apply exp_pos]; apply Rmult_le_pos; [apply dot_nonneg|left; apply Rinv_0_lt_compat; lra].
Qed.

Lemma column_share_mean : forall t p m g H j, t < 1 / 2 -> 0 < g ->
  mean_is normal_law (p * m) (fun w => column_share t p m g H (by_rows m w) j)
    (square_moment t ^ p * (dot m (fun i => H i j) (fun i => H i j) / g)).
Proof.
  intros t p m g H j Ht Hg; unfold column_share; set (h := fun i => H i j); assert (N := dot_nonneg m h).
  destruct (Rle_dec (dot m h h) 0) as [Z|Z].
  - replace (dot m h h) with 0 by lra; replace (square_moment t ^ p * (0 / g)) with 0 by (field; lra); apply mean_is_const.
  - set (l := - (t / dot m h h)); assert (E : 1 + 2 * l * dot m h h = 1 - 2 * t) by (unfold l; field; lra).
    assert (M := matrix_mean p m h l ltac:(rewrite E; lra)); rewrite E in M; fold (square_moment t) in M.
    rewrite (Rmult_comm (square_moment t ^ p)); apply mean_is_scal; revert M; apply mean_is_ext; intros w; f_equal; unfold l; field; lra.
Qed.

(** E output_factor = (1 - 2 t)^(-p/2) *)
Lemma output_factor_mean : forall t p m r H, t < 1 / 2 ->
  mean_is normal_law (p * m) (fun w => output_factor t p m r H (by_rows m w)) (square_moment t ^ p).
Proof.
  intros t p m r H Ht; unfold output_factor; set (g := columns_square m r H); destruct (Rle_dec g 0) as [Z|Z]; [apply mean_is_const|].
  replace (square_moment t ^ p) with (total r (fun j => square_moment t ^ p * (dot m (fun i => H i j) (fun i => H i j) / g))).
  - apply (mean_is_total normal_law (p * m) r (fun j w => column_share t p m g H (by_rows m w) j)).
    intros j _; apply column_share_mean; lra.
  - rewrite total_scal; replace (total r _) with (/ g * g); [field; lra|].
    unfold g at 2; unfold columns_square; rewrite <- total_scal; apply total_ext; intros; unfold Rdiv; apply Rmult_comm.
Qed.

(** It is at least e^(t b) where |A H|^2 is more than b |H|^2. *)
Lemma output_factor_above : forall t p m r H A b, 0 <= t ->
  b * columns_square m r H < total r (fun j => dot p (mv m A (fun i => H i j)) (mv m A (fun i => H i j))) ->
  exp (t * b) <= output_factor t p m r H A.
Proof.
  intros t p m r H A b Ht Hb; unfold output_factor; set (g := columns_square m r H) in *.
  assert (Zero : forall h, dot m h h <= 0 -> dot p (mv m A h) (mv m A h) = 0).
  { intros h Z; assert (N := dot_nonneg m h); apply total_zero; intros i _.
    replace (mv m A h i) with 0; [ring|symmetry; apply total_zero; intros k Hk].
    rewrite (dot_zero m h k) by (try lra; exact Hk); ring. }
  assert (g0 : 0 <= g) by apply columns_square_nonneg; destruct (Rle_dec g 0) as [Z|Z].
  - exfalso; rewrite total_zero in Hb; [replace g with 0 in Hb by lra; lra|].
    intros j Hj; apply Zero; apply Rle_trans with g; [|exact Z].
    apply (total_one r (fun j => dot m (fun i => H i j) (fun i => H i j))); [intros; apply dot_nonneg|exact Hj].
  - set (c := exp (t * b)); assert (c0 : 0 < c) by apply exp_pos.
    apply Rle_trans with (total r (fun j => c / g * ((1 - t * b) * dot m (fun i => H i j) (fun i => H i j)
      + t * dot p (mv m A (fun i => H i j)) (mv m A (fun i => H i j))))).
    + rewrite total_scal, total_plus, !total_scal; fold (columns_square m r H); fold g.
      set (T := total r _) in *; replace c with (c / g * g) at 1 by (field; lra).
      apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|].
      assert (t * (b * g) <= t * T) by (apply Rmult_le_compat_l; lra); lra.
    + apply total_le; intros j _; unfold column_share; set (h := fun i => H i j); assert (N := dot_nonneg m h).
      destruct (Rle_dec (dot m h h) 0) as [Y|Y].
      * rewrite (Zero h Y); replace (dot m h h) with 0 by lra; lra.
      * set (z := dot p (mv m A h) (mv m A h)); set (q := dot m h h) in *.
        replace (t * (z / q)) with (t * b + (t * (z / q) - t * b)) by ring; rewrite exp_plus; fold c.
        assert (E := exp_above_line (t * (z / q) - t * b)).
        replace (c / g * ((1 - t * b) * q + t * z)) with (q / g * (c * (1 + (t * (z / q) - t * b)))) by (field; lra).
        apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|apply Rmult_le_compat_l; lra].
Qed.

(** The weights after the first a. *)
Definition after (a : nat) (w : nat -> R) : nat -> R := fun i => w (a + i)%nat.

(** P(|A H|^2 > a |H|^2) <= e^(-t a) (1 - 2 t)^(-p/2) for a Gaussian A of p rows and any H that does not depend on it. *)
Lemma last_layer_tail : forall t a p m b r (H : (nat -> R) -> nat -> nat -> R), 0 <= t < 1 / 2 ->
  at_most (law_weights (p * m + b) normal_law)
    (fun w => a * columns_square m r (H (after (p * m) w))
      < total r (fun j => dot p (mv m (by_rows m w) (fun i => H (after (p * m) w) i j))
          (mv m (by_rows m w) (fun i => H (after (p * m) w) i j)))) (exp (- (t * a)) * square_moment t ^ p).
Proof.
  intros t a p m b r H Ht; set (K := (p * m)%nat); set (c := exp (- (t * a))); assert (c0 : 0 < c) by apply exp_pos.
  set (X := fun w => c * output_factor t p m r (H (after K w)) (by_rows m w)).
  assert (M : mean_is normal_law (K + b) X (c * square_moment t ^ p)).
  { apply (mean_block normal_law K b X (fun _ => c * square_moment t ^ p)); [|apply mean_is_const].
    intros u; unfold X; apply mean_is_scal.
    apply (mean_is_ext normal_law K (fun w => output_factor t p m r (H u) (by_rows m w))); [|apply output_factor_mean; lra].
    intros w; assert (Eu : after K (join K w u) = u).
    { pointwise i; unfold after, join; destruct (Nat.ltb_spec (K + i) K); [lia|]; f_equal; lia. }
    rewrite Eu; unfold output_factor; destruct (Rle_dec _ 0); [reflexivity|]; apply total_ext; intros j _.
    unfold column_share; destruct (Rle_dec _ 0); [reflexivity|]; do 4 f_equal.
    assert (R : forall i, (i < p)%nat -> mv m (by_rows m w) (fun i => H u i j) i
      = mv m (by_rows m (join K w u)) (fun i => H u i j) i).
    { intros i Hi; apply dot_ext; [|reflexivity]; intros k Hk; unfold by_rows, join.
      destruct (Nat.ltb_spec (i * m + k) K) as [_|B]; [reflexivity|unfold K in B; nia]. }
    apply dot_ext; exact R. }
  destruct M as [V E]; exists X; split; [exact V|split; [|split; [|right; exact E]]].
  - intros w; apply Rmult_le_pos; [lra|apply output_factor_nonneg; lra].
  - intros w Hw; unfold X; apply Rle_trans with (c * exp (t * a)).
    + unfold c; rewrite <- exp_plus, Rplus_opp_l, exp_0; lra.
    + apply Rmult_le_compat_l; [lra|apply output_factor_above; [lra|exact Hw]].
Qed.

(** |A H|^2 <= (2 p + 4 x) |H|^2, but for e^(-x). *)
Lemma last_layer_kept : forall p m b r (H : (nat -> R) -> nat -> nat -> R) x,
  at_most (law_weights (p * m + b) normal_law)
    (fun w => (2 * INR p + 4 * x) * columns_square m r (H (after (p * m) w))
      < total r (fun j => dot p (mv m (by_rows m w) (fun i => H (after (p * m) w) i j))
          (mv m (by_rows m w) (fun i => H (after (p * m) w) i j)))) (exp (- x)).
Proof.
  intros p m b r H x; assert (A := last_layer_tail (1 / 4) (2 * INR p + 4 * x) p m b r H ltac:(lra)).
  destruct A as [X [V [X0 [X1 E]]]]; exists X; split; [exact V|split; [exact X0|split; [exact X1|]]]; eapply Rle_trans; [exact E|].
  replace (- (1 / 4 * (2 * INR p + 4 * x))) with (- x + INR p * - / 2) by field; rewrite exp_plus, exp_times, Rmult_assoc, <- Rpow_mult_distr.
  rewrite <- (Rmult_1_r (exp (- x))) at 2; apply Rmult_le_compat_l; [left; apply exp_pos|].
  assert (G : square_moment (1 / 4) = sqrt 2).
  { unfold square_moment; replace (1 - 2 * (1 / 4)) with (/ 2) by field; rewrite sqrt_inv; apply Rinv_inv. }
  rewrite G, <- (pow1 p); apply pow_incr; split; [apply Rmult_le_pos; [left; apply exp_pos|apply sqrt_pos]|].
  rewrite exp_Ropp; apply (Rmult_le_reg_l (exp (/ 2))); [apply exp_pos|].
  rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l, Rmult_1_r by (assert (P := exp_pos (/ 2)); lra).
  assert (L := exp_above_line (/ 2)); eapply Rle_trans; [|exact L].
  rewrite <- (sqrt_square (1 + / 2)) by lra; apply sqrt_le_1_alt; lra.
Qed.
