(* The gamma function by Gauss's product, and what it is at x + 1. *)

(** x (x + 1) ... (x + n) *)
Fixpoint risen (x : R) (n : nat) : R :=
  match n with
  | O => x
  | S m => risen x m * (x + INR (S m))
  end.

(** m! m^x / (x (x + 1) ... (x + m)) for m = n + 1 *)
Definition gauss_product (x : R) (n : nat) : R :=
  INR (fact (S n)) * Rpower (INR (S n)) x / risen x (S n).

(** The gamma function of x > 0. *)
Definition gamma (x : R) : R := real (Lim_seq (gauss_product x)).

Lemma count_gt n : 0 < INR (S n).
Proof. apply lt_0_INR; lia. Qed.

Lemma risen_gt x n : 0 < x -> 0 < risen x n.
Proof.
  intros X; induction n as [|n N]; [exact X|].
  change (risen x (S n)) with (risen x n * (x + INR (S n))).
  generalize (count_gt n); intros K; apply Rmult_lt_0_compat; [exact N | lra].
Qed.

Lemma risen_next x n : x * risen (x + 1) n = risen x (S n).
Proof.
  induction n as [|n N]; [simpl; ring|].
  change (risen (x + 1) (S n)) with (risen (x + 1) n * (x + 1 + INR (S n))).
  change (risen x (S (S n))) with (risen x (S n) * (x + INR (S (S n)))).
  rewrite <- N, (S_INR (S n)); ring.
Qed.

Lemma gauss_gt x n : 0 < x -> 0 < gauss_product x n.
Proof.
  intros X; apply Rdiv_lt_0_compat; [|apply risen_gt, X].
  apply Rmult_lt_0_compat; [apply INR_fact_lt_0 | apply exp_pos].
Qed.

(* From one n to the next *)
Definition gauss_ratio (x : R) (n : nat) : R :=
  exp (x * (ln (INR (S (S n))) - ln (INR (S n)))) * (INR (S (S n)) / (x + INR (S (S n)))).

Lemma gauss_step x n : 0 < x -> gauss_product x (S n) = gauss_product x n * gauss_ratio x n.
Proof.
  intros X; unfold gauss_product, gauss_ratio, Rpower.
  rewrite Rmult_minus_distr_l; unfold Rminus; rewrite exp_plus, exp_Ropp.
  change (risen x (S (S n))) with (risen x (S n) * (x + INR (S (S n)))).
  change (fact (S (S n))) with ((S (S n)) * fact (S n))%nat; rewrite mult_INR.
  generalize (risen_gt x (S n) X) (count_gt (S n)) (exp_pos (x * ln (INR (S n)))).
  intros A B C; field; repeat split; lra.
Qed.

Lemma ln_below t : 0 < t -> ln t <= t - 1.
Proof. intros T; generalize (exp_ineq1_le (ln t)); rewrite exp_ln by exact T; lra. Qed.

Lemma gauss_grows x n : 0 < x -> gauss_product x n <= gauss_product x (S n).
Proof.
  intros X; rewrite gauss_step by exact X; generalize (gauss_gt x n X); intros G.
  generalize (count_gt n) (count_gt (S n)) (S_INR (S n)); unfold gauss_ratio.
  generalize (INR (S (S n))) (INR (S n)); intros m k K M E.
  assert (L : / m <= ln m - ln k).
  { generalize (ln_below (k / m) ltac:(apply Rdiv_lt_0_compat; lra)).
    unfold Rdiv; rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; lra).
    replace (k * / m) with (1 - / m) by (rewrite E; field; lra); lra. }
  generalize (exp_ineq1_le (x * (ln m - ln k))); intros I.
  assert (J : x * / m <= x * (ln m - ln k)) by (apply Rmult_le_compat_l; lra).
  assert (S : 1 <= exp (x * (ln m - ln k)) * (m / (x + m))).
  { apply Rle_trans with ((1 + x * / m) * (m / (x + m))).
    - right; field; split; lra.
    - apply Rmult_le_compat_r; [left; apply Rdiv_lt_0_compat; lra | lra]. }
  rewrite <- (Rmult_1_r (gauss_product x n)) at 1; apply Rmult_le_compat_l; lra.
Qed.

Lemma gauss_bounded x n : 0 < x ->
  gauss_product x n * exp (x * (1 + x) / INR (S n)) <= gauss_product x 0 * exp (x * (1 + x)).
Proof.
  intros X; induction n as [|n N].
  - right; f_equal; f_equal; simpl; field.
  - apply Rle_trans with (2 := N); rewrite gauss_step by exact X.
    rewrite Rmult_assoc; apply Rmult_le_compat_l; [left; apply gauss_gt, X|].
    generalize (count_gt n) (count_gt (S n)) (S_INR (S n)); unfold gauss_ratio.
    generalize (INR (S (S n))) (INR (S n)); intros m k K M E.
    rewrite <- (exp_ln (m / (x + m))) by (apply Rdiv_lt_0_compat; lra).
    rewrite <- !exp_plus; apply (hi_exp _ (x * (1 + x) / k)); [|lra].
    generalize (ln_below (m / k) ltac:(apply Rdiv_lt_0_compat; lra)); unfold Rdiv at 1.
    rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; lra); intros P.
    generalize (ln_below (m / (x + m)) ltac:(apply Rdiv_lt_0_compat; lra)); intros Q.
    assert (U : x * (ln m - ln k) <= x * / k).
    { apply Rmult_le_compat_l; [lra|].
      replace (/ k) with (m / k - 1) by (rewrite E; field; lra); lra. }
    assert (V : x * / k + (m / (x + m) - 1) + x * (1 + x) / m <= x * (1 + x) / k).
    { assert (W : 0 <= x * (1 + x) * x / (k * m * (x + m))).
      { apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra | left; apply Rinv_0_lt_compat].
        repeat apply Rmult_lt_0_compat; lra. }
      replace (x * (1 + x) * x / (k * m * (x + m))) with
        (x * (1 + x) / k - (x * / k + (m / (x + m) - 1) + x * (1 + x) / m)) in W
        by (rewrite E; field; lra); lra. }
    lra.
Qed.

Lemma gamma_limit x : 0 < x -> is_lim_seq (gauss_product x) (gamma x).
Proof.
  intros X; apply Lim_seq_correct', (ex_finite_lim_seq_incr _ (gauss_product x 0 * exp (x * (1 + x)))).
  - intros n; apply gauss_grows, X.
  - intros n; apply Rle_trans with (2 := gauss_bounded x n X).
    rewrite <- (Rmult_1_r (gauss_product x n)) at 1.
    apply Rmult_le_compat_l; [left; apply gauss_gt, X|].
    apply Rle_trans with (exp 0); [right; symmetry; apply exp_0|].
    apply (hi_exp _ (x * (1 + x) / INR (S n))); [|lra].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra | left; apply Rinv_0_lt_compat, count_gt].
Qed.

Lemma gamma_gt x : 0 < x -> 0 < gamma x.
Proof.
  intros X; apply Rlt_le_trans with (1 := gauss_gt x 0 X).
  apply (is_lim_seq_incr_compare _ _ (gamma_limit x X)).
  intros n; apply gauss_grows, X.
Qed.

Lemma one_over_count c : 0 < c -> is_lim_seq (fun n => / (c + INR (S n))) 0.
Proof.
  intros C; apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => / INR (S n))).
  - intros n; generalize (count_gt n); generalize (INR (S n)); intros k N.
    split; [left; apply Rinv_0_lt_compat; lra | apply Rinv_le_contravar; lra].
  - apply is_lim_seq_const.
  - apply (is_lim_seq_incr_1 (fun n => / INR n)).
    apply (is_lim_seq_inv INR p_infty); [apply is_lim_seq_INR | discriminate].
Qed.

Lemma gamma_next x : 0 < x -> gamma (x + 1) = x * gamma x.
Proof.
  intros X; assert (Y : 0 < x + 1) by lra.
  assert (F : is_lim_seq (fun n => x - x * (x + 1) * / (x + 1 + INR (S n))) (x - x * (x + 1) * 0)).
  { apply is_lim_seq_minus'; [apply is_lim_seq_const|].
    apply (is_lim_seq_scal_l _ (x * (x + 1)) 0), one_over_count, Y. }
  generalize (is_lim_seq_mult' _ _ _ _ F (gamma_limit x X)); intros L.
  assert (M : is_lim_seq (gauss_product (x + 1)) ((x - x * (x + 1) * 0) * gamma x)).
  { apply (is_lim_seq_ext (fun n => (x - x * (x + 1) * / (x + 1 + INR (S n))) * gauss_product x n)).
    2: exact L.
    intros n; unfold gauss_product.
    unfold Rpower; rewrite Rmult_plus_distr_r, exp_plus, Rmult_1_l, exp_ln by apply count_gt.
    apply (Rmult_eq_reg_r (x * risen (x + 1) (S n))).
    2: generalize (risen_gt (x + 1) (S n) Y); intros; apply Rmult_integral_contrapositive; lra.
    generalize (risen_gt (x + 1) (S n) Y) (risen_gt x (S n) X) (count_gt n); intros A B C.
    transitivity (x * (INR (fact (S n)) * (exp (x * ln (INR (S n))) * INR (S n)))); [|field; lra].
    rewrite risen_next; change (risen x (S (S n))) with (risen x (S n) * (x + INR (S (S n)))).
    rewrite (S_INR (S n)); field; lra. }
  rewrite Rmult_0_r, Rminus_0_r in M.
  generalize (is_lim_seq_unique _ _ (gamma_limit _ Y)) (is_lim_seq_unique _ _ M); intros -> E.
  injection E; trivial.
Qed.

Lemma risen_one n : risen 1 n = INR (fact (S n)).
Proof.
  induction n as [|n N]; [simpl; ring|].
  change (risen 1 (S n)) with (risen 1 n * (1 + INR (S n))).
  change (fact (S (S n))) with ((S (S n)) * fact (S n))%nat.
  rewrite N, mult_INR, (S_INR (S n)); ring.
Qed.

Lemma gamma_one : gamma 1 = 1.
Proof.
  assert (M : is_lim_seq (gauss_product 1) (1 - 0)).
  { apply (is_lim_seq_ext (fun n => 1 - / (1 + INR (S n)))).
    - intros n; unfold gauss_product; rewrite Rpower_1, risen_one by apply count_gt.
      change (fact (S (S n))) with ((S (S n)) * fact (S n))%nat; rewrite mult_INR, (S_INR (S n)).
      generalize (INR_fact_lt_0 (S n)) (count_gt n); intros A B; field; lra.
    - apply is_lim_seq_minus'; [apply is_lim_seq_const | apply one_over_count; lra]. }
  generalize (is_lim_seq_unique _ _ M); unfold gamma; intros ->; simpl; ring.
Qed.

Lemma gamma_at_one u : u = 1 -> gamma u = 1.
Proof. intros ->; exact gamma_one. Qed.

Lemma up_gt v : 0 < v -> 0 < v + 1.
Proof. lra. Qed.
