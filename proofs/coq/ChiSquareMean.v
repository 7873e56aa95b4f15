(** E sqrt (Z/d) <= 1 - 0.2021/d for chi-square Z with d >= 1 degrees of freedom: over 1 - 0.2021/d it grows along d, d + 2, d + 4, ... for
    d >= 2, by integration by parts, and is never above 1, by Cauchy and Schwarz; at d = 1 it is sqrt (2/pi). *)
From Coq Require Import Reals Lra Lia Arith Psatz Machin.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Remainder Convergence Gauss NormalLaw ChiSquareMoments ChiSquareRoot.
Open Scope R_scope.

(** The two integrals of which E sqrt (Z/d) is the quotient. *)
Definition chi_quotient (d : nat) (mu : R) : Prop := exists A B, 0 < A /\ 0 < B /\ ray (power_bell_half (INR d / 2 - 1)) A /\
  ray (power_bell_half (INR d / 2 - / 2)) B /\ mu = B / (A * sqrt (INR d)).

Lemma chi_quotient_is : forall d c mu, (1 <= d)%nat -> ray (chi_square_density d c) 1 ->
  ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu -> chi_quotient d mu.
Proof.
  intros d c mu Hd H Hmu; assert (d0 : 0 < INR d) by (apply lt_0_INR; lia); assert (S : 0 < sqrt (INR d)) by (apply sqrt_lt_R0; exact d0).
  destruct (half_integral (INR d / 2) ltac:(lra)) as [A [A0 HA]]; destruct (half_integral (INR d / 2 + / 2) ltac:(lra)) as [B [B0 HB]].
  replace (INR d / 2 + / 2 - 1) with (INR d / 2 - / 2) in HB by field; exists A, B; repeat (split; [assumption|]).
  assert (E : c * A = 1).
  { apply (ray_unique (chi_square_density d c)); [|exact H]; generalize (ray_scal _ c _ HA); apply ray_ext; intros u Hu.
    assert (P := density_power d c 0 u Hu); rewrite Rpower_O, Rmult_1_l in P by exact Hu; rewrite P; do 2 f_equal; ring. }
  apply (ray_unique _ _ _ Hmu); replace (B / (A * sqrt (INR d))) with (c / sqrt (INR d) * B).
  - generalize (ray_scal _ (c / sqrt (INR d)) _ HB); apply ray_ext; intros t Ht; assert (P := density_power d c (/ 2) t Ht).
    replace (INR d / 2 + / 2 - 1) with (INR d / 2 - / 2) in P by field; rewrite Rpower_sqrt in P by exact Ht.
    rewrite sqrt_div by lra; transitivity (/ sqrt (INR d) * (sqrt t * chi_square_density d c t)); [rewrite P|]; field; lra.
  - assert (c <> 0) by (intros Z; rewrite Z, Rmult_0_l in E; lra); replace A with (/ c) by (apply (Rmult_eq_reg_l c); [rewrite Rinv_r, E; lra|assumption]); field; lra.
Qed.

Lemma chi_quotient_next : forall d mu, (1 <= d)%nat -> chi_quotient d mu -> chi_quotient (S (S d)) (mu * ((INR d + 1) / sqrt (INR d * (INR d + 2)))).
Proof.
  intros d mu Hd [A [B [A0 [B0 [HA [HB E]]]]]]; assert (d0 : 0 < INR d) by (apply lt_0_INR; lia).
  exists (2 * (INR d / 2) * A), (2 * (INR d / 2 + / 2) * B); assert (Sd : INR (S (S d)) = INR d + 2) by (rewrite !S_INR; ring).
  split; [apply Rmult_lt_0_compat; lra|split; [apply Rmult_lt_0_compat; lra|split; [|split]]]; rewrite ?Sd.
  - replace ((INR d + 2) / 2 - 1) with (INR d / 2) by field; apply half_next; [lra|exact HA].
  - replace ((INR d + 2) / 2 - / 2) with (INR d / 2 + / 2) by field; apply half_next; [lra|].
    replace (INR d / 2 + / 2 - 1) with (INR d / 2 - / 2) by field; exact HB.
  - rewrite E, sqrt_mult by lra; assert (S : 0 < sqrt (INR d)) by (apply sqrt_lt_R0; exact d0).
    assert (S2 : 0 < sqrt (INR d + 2)) by (apply sqrt_lt_R0; lra); assert (SS : sqrt (INR d) * sqrt (INR d) = INR d) by (apply sqrt_sqrt; lra).
    set (s2 := sqrt (INR d + 2)) in *; set (s := sqrt (INR d)) in *; rewrite <- SS; field; repeat split; try lra.
Qed.

(** Cauchy and Schwarz *)
Lemma chi_quotient_below_one : forall d mu, (1 <= d)%nat -> chi_quotient d mu -> 0 < mu <= 1.
Proof.
  intros d mu Hd [A [B [A0 [B0 [HA [HB E]]]]]]; assert (d0 : 0 < INR d) by (apply lt_0_INR; lia); assert (S : 0 < sqrt (INR d)) by (apply sqrt_lt_R0; exact d0).
  assert (AS : 0 < A * sqrt (INR d)) by (apply Rmult_lt_0_compat; assumption); split; [rewrite E; apply Rdiv_lt_0_compat; assumption|].
  set (z := B / A); assert (zA : z * A = B) by (unfold z; field; lra); assert (HC := half_next (INR d / 2) A ltac:(lra) HA).
  assert (Q := ray_plus _ _ _ _ HC (ray_plus _ _ _ _ (ray_scal _ (-2 * z) _ HB) (ray_scal _ (z ^ 2) _ HA))); apply ray_nonneg in Q.
  - replace (2 * (INR d / 2) * A + (-2 * z * B + z ^ 2 * A)) with (A * (INR d - z ^ 2)) in Q by (rewrite <- zA; field).
    assert (z2 : z ^ 2 <= INR d).
    { apply Rnot_lt_le; intros N; assert (0 < A * - (INR d - z ^ 2)) by (apply Rmult_lt_0_compat; lra); lra. }
    rewrite E; apply (Rmult_le_reg_r (A * sqrt (INR d))); [exact AS|]; replace (B / (A * sqrt (INR d)) * (A * sqrt (INR d))) with B by (field; lra).
    rewrite Rmult_1_l, <- zA, Rmult_comm; apply Rmult_le_compat_l; [lra|]; apply below_by_square; [lra|]; rewrite pow2_sqrt by lra; exact z2.
  - intros t Ht; set (p := power_bell_half (INR d / 2 - 1) t); assert (P0 : 0 < p) by apply exp_pos.
    assert (E1 : power_bell_half (INR d / 2) t = p * t).
    { transitivity (p * exp (ln t)); [unfold p, power_bell_half; rewrite <- exp_plus; f_equal; field|rewrite exp_ln by exact Ht; reflexivity]. }
    assert (E2 : power_bell_half (INR d / 2 - / 2) t = p * sqrt t).
    { unfold p, power_bell_half; rewrite <- (Rpower_sqrt t Ht); unfold Rpower; rewrite <- exp_plus; f_equal; field. }
    rewrite E1, E2; replace (p * t + (-2 * z * (p * sqrt t) + z ^ 2 * p)) with (p * (sqrt t * sqrt t - 2 * z * sqrt t + z ^ 2)) by (rewrite sqrt_sqrt by lra; ring).
    apply Rmult_le_pos; [lra|]; assert (0 <= (sqrt t - z) ^ 2) by apply pow2_ge_0; lra.
Qed.

(** ** One degree of freedom *)

Lemma chi_quotient_one : forall mu, chi_quotient 1 mu -> mu = 2 / sqrt (2 * PI).
Proof.
  intros mu [A [B [A0 [B0 [HA [HB E]]]]]]; simpl (INR 1) in *; rewrite sqrt_1, Rmult_1_r in E; destruct root_two_pi as [S [ES _]].
  assert (EA : A = sqrt (2 * PI) - 0).
  { apply (ray_unique _ _ _ HA); apply (ray_of_primitive _ (fun t => 2 * half_bell (sqrt t))).
    - intros t Ht; assert (s0 : 0 < sqrt t) by (apply sqrt_lt_R0; exact Ht).
      evar_last; [apply (is_derive_scal (fun t => half_bell (sqrt t))), (is_derive_comp half_bell sqrt); [apply half_bell_derive|auto_derive; [exact Ht|reflexivity]]|].
      change (2 * (1 * / (2 * sqrt t) * bell (sqrt t)) = power_bell_half (1 / 2 - 1) t).
      assert (P : power_bell_half (1 / 2 - 1) t = / sqrt t * bell (sqrt t)).
      { unfold bell, power_bell_half; rewrite <- (Rpower_sqrt t Ht), <- Rpower_Ropp; unfold Rpower; rewrite <- exp_plus; f_equal.
        assert (X : exp (/ 2 * ln t) ^ 2 = t) by (change (Rpower t (/ 2) ^ 2 = t); rewrite Rpower_sqrt by exact Ht; apply pow2_sqrt; lra).
        replace (- exp (/ 2 * ln t) ^ 2 / 2) with (- t / 2) by (rewrite X; reflexivity); field. }
      rewrite P; field; lra.
    - intros t Ht; apply half_continuous; exact Ht.
    - assert (C : continuous (fun t => 2 * half_bell (sqrt t)) 0).
      { apply (continuous_scal_r (V := R_NormedModule) 2 (fun t => half_bell (sqrt t))), (continuous_comp sqrt half_bell).
        - apply continuity_pt_filterlim, continuity_pt_sqrt; lra.
        - apply (ex_derive_continuous half_bell); eexists; apply half_bell_derive. }
      assert (Z : 2 * half_bell (sqrt 0) = 0) by (rewrite sqrt_0; unfold half_bell; rewrite (RInt_point (V := R_CompleteNormedModule)); apply Rmult_0_r).
      intros P HP; rewrite <- Z in HP; destruct (C P HP) as [e He]; exists e; intros y Hy _; apply He; exact Hy.
    - replace (sqrt (2 * PI)) with (2 * sqrt (PI / 2)) by lra; apply (is_lim_scal_l (fun t => half_bell (sqrt t)) 2 p_infty (sqrt (PI / 2))).
      intros P HP; destruct (half_bell_limit P HP) as [M HM]; exists (Rmax M 0 ^ 2); intros t Ht; apply HM.
      apply Rle_lt_trans with (Rmax M 0); [apply Rmax_l|]; assert (m0 := Rmax_r M 0); rewrite <- (sqrt_pow2 (Rmax M 0)) by exact m0.
      apply sqrt_lt_1_alt; split; [apply pow2_ge_0|exact Ht]. }
  assert (EB : B = 0 - - 2).
  { apply (ray_unique _ _ _ HB); apply (ray_of_primitive _ (fun t => - 2 * exp (- t / 2))).
    - intros t Ht; unfold power_bell_half; auto_derive; [trivial|]; replace ((1 / 2 - / 2) * ln t - t / 2) with (- t / 2) by field; unfold Rdiv; ring_simplify; field.
    - intros t Ht; apply half_continuous; exact Ht.
    - assert (C : continuous (fun t => - 2 * exp (- t / 2)) 0) by (apply (ex_derive_continuous (fun t => - 2 * exp (- t / 2))); auto_derive; trivial).
      assert (Z : - 2 * exp (- 0 / 2) = - 2) by (replace (- 0 / 2) with 0 by field; rewrite exp_0; ring).
      intros P HP; rewrite <- Z in HP; destruct (C P HP) as [e He]; exists e; intros y Hy _; apply He; exact Hy.
    - replace (Finite 0) with (Finite (- 2 * 0)) by (f_equal; ring); apply (is_lim_scal_l (fun t => exp (- t / 2)) (- 2) p_infty 0).
      apply is_lim_spec; intros e; assert (e0 := cond_pos e); exists (2 * - ln e); intros t Ht.
      rewrite Rminus_0_r, Rabs_pos_eq by (left; apply exp_pos); rewrite <- (exp_ln e e0); apply exp_increasing; lra. }
  rewrite E, EA, EB; f_equal; ring.
Qed.

Lemma pi_between : 31415 / 10000 < PI < 31422 / 10000.
Proof. assert (H := PI_2_3_7_ineq 2); unfold tg_alt, PI_2_3_7_tg, Ratan_seq in H; simpl in H; lra. Qed.

(** ** All of them *)

Lemma chi_bound_step : forall x, 2 <= x -> 1 - 2021 / 10000 / (x + 2) <= (1 - 2021 / 10000 / x) * ((x + 1) / sqrt (x * (x + 2))).
Proof.
  intros x Hx; assert (P : 0 < x * (x + 2)) by (apply Rmult_lt_0_compat; lra); assert (S : 0 < sqrt (x * (x + 2))) by (apply sqrt_lt_R0; exact P).
  apply (Rmult_le_reg_r (sqrt (x * (x + 2)))); [exact S|].
  replace ((1 - 2021 / 10000 / x) * ((x + 1) / sqrt (x * (x + 2))) * sqrt (x * (x + 2))) with ((x - 2021 / 10000) * (x + 1) / x) by (field; lra).
  apply (Rmult_le_reg_r (x * (x + 2))); [exact P|].
  replace ((1 - 2021 / 10000 / (x + 2)) * sqrt (x * (x + 2)) * (x * (x + 2))) with ((x + 2 - 2021 / 10000) * x * sqrt (x * (x + 2))) by (field; lra).
  replace ((x - 2021 / 10000) * (x + 1) / x * (x * (x + 2))) with ((x - 2021 / 10000) * (x + 1) * (x + 2)) by (field; lra).
  apply below_by_square; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]|].
  rewrite !Rpow_mult_distr, pow2_sqrt by lra; assert (E : exists y, 0 <= y /\ x = 2 + y) by (exists (x - 2); lra); destruct E as [y [Hy ->]].
  assert (Y2 : 0 <= y ^ 2) by apply pow2_ge_0; assert (Y3 : 0 <= y ^ 3) by (apply pow_le; exact Hy); assert (Y4 : 0 <= y ^ 4) by (apply pow_le; exact Hy).
  assert (D : ((2 + y - 2021 / 10000) ^ 2 * (2 + y + 1) ^ 2 * (2 + y + 2) ^ 2 - (2 + y + 2 - 2021 / 10000) ^ 2 * (2 + y) ^ 2 * ((2 + y) * (2 + y + 2)))
    = (2 + y + 2) * ((1 - 4 * (2021 / 10000)) * (2 + y) ^ 3 + (2 - 10 * (2021 / 10000) + 4 * (2021 / 10000) ^ 2) * (2 + y) ^ 2
       + (5 * (2021 / 10000) ^ 2 - 4 * (2021 / 10000)) * (2 + y) + 2 * (2021 / 10000) ^ 2)) by ring.
  assert (0 <= (2 + y + 2) * ((1 - 4 * (2021 / 10000)) * (2 + y) ^ 3 + (2 - 10 * (2021 / 10000) + 4 * (2021 / 10000) ^ 2) * (2 + y) ^ 2
       + (5 * (2021 / 10000) ^ 2 - 4 * (2021 / 10000)) * (2 + y) + 2 * (2021 / 10000) ^ 2)); [apply Rmult_le_pos; [lra|]|lra].
  simpl; simpl in *; lra.
Qed.

Theorem chi_mean_below : forall d c mu, (1 <= d)%nat -> ray (chi_square_density d c) 1 ->
  ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu -> mu <= 1 - 2021 / 10000 / INR d.
Proof.
  intros d c mu Hd H Hmu; assert (Q := chi_quotient_is d c mu Hd H Hmu); clear c H Hmu; destruct (Nat.eq_dec d 1) as [->|N].
  - apply chi_quotient_one in Q; rewrite Q; simpl (INR 1); destruct root_two_pi as [S _]; assert (P := pi_between).
    apply (Rmult_le_reg_r (sqrt (2 * PI))); [exact S|]; replace (2 / sqrt (2 * PI) * sqrt (2 * PI)) with 2 by (field; lra).
    replace 2 with (sqrt (2 * 2)) at 1 by (apply sqrt_square; lra).
    replace (1 - 2021 / 10000 / 1) with (sqrt ((7979 / 10000) * (7979 / 10000))) by (rewrite sqrt_square by lra; field).
    rewrite <- sqrt_mult by lra; apply sqrt_le_1_alt; lra.
  - assert (d2 : 2 <= INR d) by (apply (le_INR 2); lia); set (u := fun n => 1 - 2021 / 10000 / (INR d + 2 * INR n)).
    assert (Pos : forall n, 0 < INR d + 2 * INR n) by (intros n; assert (n0 := pos_INR n); lra).
    assert (u0 : forall n, 0 < u n).
    { intros n; unfold u; assert (n0 := pos_INR n); assert (2021 / 10000 / (INR d + 2 * INR n) < 1); [|lra].
      apply (Rmult_lt_reg_r (INR d + 2 * INR n)); [apply Pos|]; replace (2021 / 10000 / (INR d + 2 * INR n) * (INR d + 2 * INR n)) with (2021 / 10000) by (field; specialize (Pos n); lra); lra. }
    assert (E0 : 1 - 2021 / 10000 / INR d = u 0%nat) by (unfold u; simpl (INR 0); rewrite Rmult_0_r, Rplus_0_r; reflexivity).
    rewrite E0; apply Rnot_lt_le; intros More; set (q := mu / u 0%nat); assert (q1 : 1 < q).
    { apply (Rmult_lt_reg_r (u 0%nat)); [apply u0|]; unfold q; replace (mu / u 0%nat * u 0%nat) with mu by (field; specialize (u0 0%nat); lra); lra. }
    assert (All : forall n, exists nu, chi_quotient (d + 2 * n) nu /\ q * u n <= nu).
    { induction n as [|n [nu [C L]]].
      - exists mu; rewrite Nat.mul_0_r, Nat.add_0_r; split; [exact Q|right; unfold q; field; specialize (u0 0%nat); lra].
      - exists (nu * ((INR (d + 2 * n) + 1) / sqrt (INR (d + 2 * n) * (INR (d + 2 * n) + 2)))); split.
        + replace (d + 2 * S n)%nat with (S (S (d + 2 * n))) by lia; apply chi_quotient_next; [lia|exact C].
        + assert (Ex : INR (d + 2 * n) = INR d + 2 * INR n) by (rewrite plus_INR, mult_INR; simpl (INR 2); ring); rewrite Ex; set (x := INR d + 2 * INR n) in *.
          assert (n0 := pos_INR n); assert (B := chi_bound_step x ltac:(unfold x; lra)); fold x in u0.
          assert (Eu : u (S n) = 1 - 2021 / 10000 / (x + 2)) by (unfold u, x; rewrite S_INR; do 2 f_equal; ring); rewrite Eu.
          assert (K : 0 < (x + 1) / sqrt (x * (x + 2))) by (apply Rdiv_lt_0_compat; [unfold x; lra|apply sqrt_lt_R0, Rmult_lt_0_compat; unfold x; lra]).
          change (u n) with (1 - 2021 / 10000 / x) in L; apply (Rmult_le_compat_l q) in B; [|lra].
          apply (Rmult_le_compat_r ((x + 1) / sqrt (x * (x + 2)))) in L; [|lra]; lra. }
    destruct (nfloor_ex (q / (q - 1)) ltac:(left; apply Rdiv_lt_0_compat; lra)) as [n [_ Hn]]; destruct (All n) as [nu [C L]].
    destruct (chi_quotient_below_one (d + 2 * n) nu ltac:(lia) C) as [_ L1]; specialize (Pos n); unfold u in L.
    apply (Rmult_lt_compat_r (q - 1)) in Hn; [|lra]; replace (q / (q - 1) * (q - 1)) with q in Hn by (field; lra).
    assert (L2 : q * (1 - 2021 / 10000 / (INR d + 2 * INR n)) * (INR d + 2 * INR n) <= 1 * (INR d + 2 * INR n)) by (apply Rmult_le_compat_r; lra).
    replace (q * (1 - 2021 / 10000 / (INR d + 2 * INR n)) * (INR d + 2 * INR n)) with (q * (INR d + 2 * INR n) - q * (2021 / 10000)) in L2 by (field; lra).
    assert (n0 := pos_INR n); assert (0 <= (q - 1) * (INR d + INR n - 1)) by (apply Rmult_le_pos; lra); lra.
Qed.
