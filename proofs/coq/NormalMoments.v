(** The standard normal law has the moments 0, 1, 0 and 3; so Claim 2 of Arora, Cohen, Golowich and Hu holds for it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Escape Expectation Remainder Convergence RangeNumbers Laws Xavier AnyLaw.
From Lemmata Require Import Independent Gauss NormalLaw XavierAnyLaw PaperStarts NormalStarts PaperExamples RandomLayers RandomBalance.
Open Scope R_scope.

Lemma power_bell : forall n t, (n <= 3)%nat -> 1 <= t -> 0 <= t ^ n * bell t <= 4096 / t.
Proof.
  intros n t Hn Ht; assert (b0 : 0 < bell t) by apply exp_pos.
  assert (P0 : 0 < t ^ n) by (apply pow_lt; lra).
  split; [apply Rmult_le_pos; lra|].
  assert (Pn : t ^ n <= t ^ 3) by (apply Rle_pow; assumption).
  assert (U := exp_above_line (t ^ 2 / 8)); assert (E : exp (t ^ 2 / 8) ^ 4 * bell t = 1).
  { set (u := t ^ 2 / 8); replace (exp u ^ 4) with (exp (u + u + (u + u))) by (rewrite !exp_plus; ring).
    unfold bell; rewrite <- exp_plus, <- exp_0; f_equal; unfold u; field. }
  assert (t2 : 0 <= t ^ 2 / 8) by (assert (0 <= t ^ 2) by apply pow2_ge_0; lra).
  assert (Q : (t ^ 2 / 8) ^ 4 * bell t <= 1).
  { rewrite <- E; apply Rmult_le_compat_r; [lra|apply pow_incr; lra]. }
  apply (Rmult_le_reg_r t); [lra|]; replace (4096 / t * t) with 4096 by (field; lra).
  apply Rle_trans with (t ^ 8 * bell t).
  - replace (t ^ n * bell t * t) with (t ^ n * t * bell t) by ring; apply Rmult_le_compat_r; [lra|].
    apply Rle_trans with (t ^ 4); [replace (t ^ 4) with (t ^ 3 * t) by ring; apply Rmult_le_compat_r; lra|apply Rle_pow; [exact Ht|lia]].
  - replace (t ^ 8 * bell t) with (4096 * ((t ^ 2 / 8) ^ 4 * bell t)) by field; lra.
Qed.

Lemma power_bell_limit : forall n, (n <= 3)%nat -> is_lim (fun t => t ^ n * bell t) p_infty 0.
Proof.
  intros n Hn; apply is_lim_spec; intros e; assert (e0 := cond_pos e); exists (1 + 4096 / e); intros t Ht.
  assert (d0 : 0 < 4096 / e) by (apply Rdiv_lt_0_compat; lra).
  destruct (power_bell n t Hn ltac:(lra)) as [L U]; rewrite Rminus_0_r, Rabs_pos_eq by exact L; eapply Rle_lt_trans; [exact U|].
  apply (Rmult_lt_reg_r t); [lra|]; replace (4096 / t * t) with 4096 by (field; lra).
  assert (H : 4096 / e < t) by lra; apply (Rmult_lt_compat_l e) in H; [|exact e0].
  replace (e * (4096 / e)) with 4096 in H by (field; lra); exact H.
Qed.

Lemma normal_cube : line (fun x => x ^ 3 * normal_density x) 0.
Proof.
  destruct root_two_pi as [S _]; apply (line_of_primitive _ (fun t => - (/ sqrt (2 * PI) * (t ^ 2 * bell t + 2 * bell t)))).
  - intros x; unfold bell, normal_density; auto_derive; [trivial|].
    change (- (x * (x * 1)) * / 2) with (- x ^ 2 / 2); field; lra.
  - intros x; apply (ex_derive_continuous (fun t => t ^ 3 * normal_density t)); unfold normal_density; auto_derive; trivial.
  - intros x; unfold bell; replace ((- x) ^ 2) with (x ^ 2) by ring; reflexivity.
  - replace (Finite 0) with (Rbar_opp (Rbar_mult (/ sqrt (2 * PI)) (Finite (0 + 2 * 0)))) by (simpl; f_equal; ring).
    apply is_lim_opp, is_lim_scal_l, is_lim_plus'; [apply power_bell_limit; lia|].
    replace (Finite (2 * 0)) with (Rbar_mult 2 0) by (simpl; f_equal; ring); apply is_lim_scal_l, bell_limit.
Qed.

Lemma fourth_bell : forall b, is_RInt (fun x => x ^ 4 * bell x) 0 b (3 * half_bell b - (b ^ 3 * bell b + 3 * (b ^ 1 * bell b))).
Proof.
  intros b.
  assert (D : forall x, is_derive (fun t => 3 * half_bell t - (t ^ 3 * bell t + 3 * (t ^ 1 * bell t))) x (x ^ 4 * bell x)).
  { intros x; assert (H := half_bell_derive x).
    evar_last.
    - apply (is_derive_minus (V := R_NormedModule) (fun t => 3 * half_bell t) (fun t => t ^ 3 * bell t + 3 * (t ^ 1 * bell t)) x
        (3 * bell x) (3 * bell x - x ^ 4 * bell x)); [apply (is_derive_scal half_bell x 3 (bell x)); exact H|].
      unfold bell; auto_derive; [trivial|]; change (exp (- (x * (x * 1)) * / 2)) with (exp (- x ^ 2 / 2)); field.
    - change (3 * bell x - (3 * bell x - x ^ 4 * bell x) = x ^ 4 * bell x); ring. }
  evar_last.
  - apply (is_RInt_derive (V := R_CompleteNormedModule) (fun t => 3 * half_bell t - (t ^ 3 * bell t + 3 * (t ^ 1 * bell t)))).
    + intros x _; apply D.
    + intros x _; apply (ex_derive_continuous (fun t => t ^ 4 * bell t)); unfold bell; auto_derive; trivial.
  - assert (Z : half_bell 0 = 0) by (unfold half_bell; apply (RInt_point (V := R_CompleteNormedModule))).
    change (3 * half_bell b - (b ^ 3 * bell b + 3 * (b ^ 1 * bell b)) - (3 * half_bell 0 - (0 ^ 3 * bell 0 + 3 * (0 ^ 1 * bell 0)))
      = 3 * half_bell b - (b ^ 3 * bell b + 3 * (b ^ 1 * bell b))); rewrite Z; ring.
Qed.

Lemma normal_fourth : line (fun x => x ^ 4 * normal_density x) 3.
Proof.
  destruct root_two_pi as [S [E _]].
  assert (K := line_even (fun x => x ^ 4 * normal_density x)
    (fun b => / sqrt (2 * PI) * (3 * half_bell b - (b ^ 3 * bell b + 3 * (b ^ 1 * bell b)))) (/ sqrt (2 * PI) * (3 * sqrt (PI / 2) - (0 + 3 * 0)))).
  assert (V : 2 * (/ sqrt (2 * PI) * (3 * sqrt (PI / 2) - (0 + 3 * 0))) = 3).
  { replace (2 * (/ sqrt (2 * PI) * (3 * sqrt (PI / 2) - (0 + 3 * 0)))) with (3 * (/ sqrt (2 * PI) * (sqrt (PI / 2) * 2))) by ring.
    rewrite E, Rinv_l by lra; ring. }
  rewrite V in K; apply K.
  - intros x; rewrite normal_density_even; f_equal; ring.
  - intros b _; apply (is_RInt_ext (V := R_NormedModule) (fun x => scal (/ sqrt (2 * PI)) (x ^ 4 * bell x))).
    + intros x _; rewrite normal_density_bell; change (/ sqrt (2 * PI) * (x ^ 4 * bell x) = x ^ 4 * (/ sqrt (2 * PI) * bell x)); ring.
    + apply (is_RInt_scal (V := R_NormedModule)), fourth_bell.
  - assert (T : forall c g l, is_lim g p_infty (Finite l) -> is_lim (fun b => c * g b) p_infty (Finite (c * l)))
      by (intros c g l H; exact (is_lim_scal_l g c p_infty (Finite l) H)).
    apply T, is_lim_minus'; [apply T, half_bell_limit|].
    apply is_lim_plus'; [apply power_bell_limit; lia|apply T, power_bell_limit; lia].
Qed.

Theorem normal_law_moments : forall k, normal_moments (normal_weights k).
Proof.
  intros k m Hm; destruct m as [|[|[|[|[|m]]]]]; try lia.
  - apply normal_is; apply (line_ext (fun x => x * normal_density x)); [intros x; ring|exact normal_mean].
  - exact (normal_is (fun x => x ^ 2) _ normal_square).
  - exact (normal_is (fun x => x ^ 3) _ normal_cube).
  - exact (normal_is (fun x => x ^ 4) _ normal_fourth).
Qed.
