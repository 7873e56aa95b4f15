(** The standard normal law has all its moments. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Convergence RangeNumbers Laws AnyLaw Independent Gauss NormalLaw.
Open Scope R_scope.

Lemma any_power_bell : forall n t, 1 <= t -> 0 <= t ^ n * bell t <= (2 * INR (S n)) ^ S n / t.
Proof.
  intros n t Ht; assert (b0 : 0 < bell t) by apply exp_pos; assert (P0 : 0 < t ^ n) by (apply pow_lt; lra).
  assert (k0 : 0 < INR (S n)) by (apply lt_0_INR; lia).
  split; [apply Rmult_le_pos; lra|].
  set (u := t ^ 2 / 2 / INR (S n)); assert (t2 : 0 < t ^ 2) by (apply pow_lt; lra).
  assert (u0 : 0 <= u) by (unfold u, Rdiv; repeat apply Rmult_le_pos; try lra; left; apply Rinv_0_lt_compat; lra).
  assert (E : exp u ^ S n * bell t = 1).
  { assert (X : forall k, exp u ^ k = exp (INR k * u)).
    { induction k as [|k IH]; [rewrite Rmult_0_l, exp_0; reflexivity|]; rewrite S_INR.
      replace ((INR k + 1) * u) with (u + INR k * u) by ring; rewrite exp_plus, <- IH; reflexivity. }
    rewrite X; unfold bell; rewrite <- exp_plus, <- exp_0; f_equal; unfold u; field; lra. }
  assert (Q : u ^ S n * bell t <= 1).
  { rewrite <- E; apply Rmult_le_compat_r; [lra|apply pow_incr; assert (U := exp_above_line u); lra]. }
  apply (Rmult_le_reg_r t); [lra|].
  replace ((2 * INR (S n)) ^ S n / t * t) with ((2 * INR (S n)) ^ S n) by (field; lra).
  apply Rle_trans with ((t ^ 2) ^ S n * bell t).
  - replace (t ^ n * bell t * t) with (t ^ S n * bell t) by (simpl; ring); apply Rmult_le_compat_r; [lra|].
    rewrite <- pow_mult; apply Rle_pow; [exact Ht|lia].
  - replace (t ^ 2) with (2 * INR (S n) * u) by (unfold u; field; lra); rewrite Rpow_mult_distr, Rmult_assoc.
    assert (0 <= (2 * INR (S n)) ^ S n) by (apply pow_le; lra).
    assert ((2 * INR (S n)) ^ S n * (u ^ S n * bell t) <= (2 * INR (S n)) ^ S n * 1) by (apply Rmult_le_compat_l; assumption); lra.
Qed.

Lemma any_power_bell_limit : forall n, is_lim (fun t => t ^ n * bell t) p_infty 0.
Proof.
  intros n; set (M := (2 * INR (S n)) ^ S n); assert (M0 : 0 < M).
  { apply pow_lt; assert (0 < INR (S n)) by (apply lt_0_INR; lia); lra. }
  apply is_lim_spec; intros e; assert (e0 := cond_pos e); exists (1 + M / e); intros t Ht.
  assert (d0 : 0 < M / e) by (apply Rdiv_lt_0_compat; lra).
  destruct (any_power_bell n t ltac:(lra)) as [L U]; fold M in U.
  rewrite Rminus_0_r, Rabs_pos_eq by exact L; eapply Rle_lt_trans; [exact U|].
  apply (Rmult_lt_reg_r t); [lra|]; replace (M / t * t) with M by (field; lra).
  assert (H : M / e < t) by lra; apply (Rmult_lt_compat_l e) in H; [|exact e0].
  replace (e * (M / e)) with M in H by (field; lra); exact H.
Qed.

(** What is a derivative of a function that vanishes at infinity has the integral 0. *)
Lemma line_of_vanishing : forall (f G : R -> R) c, (forall x, is_derive G x (f x)) -> (forall x, continuous f x) ->
  (forall x, c * G (- x) = G x) -> is_lim G p_infty 0 -> line f 0.
Proof.
  intros f G c D C Parity Up.
  assert (F : f = Derive G) by (apply FunctionalExtensionality.functional_extensionality; intros x; symmetry; apply is_derive_unique, D).
  assert (Down : is_lim G m_infty 0).
  { apply (is_lim_ext (fun t => c * G (- t))); [exact Parity|].
    replace (Finite 0) with (Rbar_mult c 0) by (simpl; f_equal; ring); apply is_lim_scal_l.
    apply (is_lim_comp G Ropp m_infty 0 p_infty); [exact Up| |exists 0; intros t _ H; discriminate H].
    replace p_infty with (Rbar_opp m_infty) by reflexivity; apply is_lim_opp, is_lim_id. }
  unfold line; rewrite F; replace 0 with (0 - 0) by ring; apply is_RInt_gen_Derive.
  - apply filter_forall; intros ab x _; eexists; apply D.
  - apply filter_forall; intros ab x _; rewrite <- F; apply C.
  - exact Down.
  - exact Up.
Qed.

Lemma bell_derive : forall x, is_derive bell x (- x * bell x).
Proof. intros x; unfold bell; auto_derive; [trivial|]; change (- (x * (x * 1)) * / 2) with (- x ^ 2 / 2); field. Qed.

Lemma bell_even : forall x, bell (- x) = bell x.
Proof. intros x; unfold bell; replace ((- x) ^ 2) with (x ^ 2) by ring; reflexivity. Qed.

Lemma power_bell_derivative : forall n, line (fun x => INR (S n) * (x ^ n * bell x) + - 1 * (x ^ S (S n) * bell x)) 0.
Proof.
  intros n; apply (line_of_vanishing _ (fun x => x ^ S n * bell x) ((- 1) ^ S n)); [| | |apply any_power_bell_limit].
  - intros x; evar_last.
    + apply (is_derive_mult (K := R_AbsRing) (fun x => x ^ S n) bell x (INR (S n) * x ^ n) (- x * bell x)).
      * evar_last; [apply is_derive_pow, is_derive_id|cbn [pred]; change (@one R_AbsRing) with 1; ring].
      * apply bell_derive.
      * intros; apply Rmult_comm.
    + change (INR (S n) * x ^ n * bell x + x ^ S n * (- x * bell x) = INR (S n) * (x ^ n * bell x) + - 1 * (x ^ S (S n) * bell x)).
      simpl pow; ring.
  - intros x; apply (ex_derive_continuous (fun x => INR (S n) * (x ^ n * bell x) + - 1 * (x ^ S (S n) * bell x))).
    unfold bell; auto_derive; trivial.
  - intros x; rewrite bell_even, <- Rmult_assoc, <- Rpow_mult_distr; do 2 f_equal; ring.
Qed.

Lemma normal_powers : forall n, normal_integrable (fun x => x ^ n).
Proof.
  assert (Bell : forall n, (exists l, line (fun x => x ^ n * bell x) l) -> normal_integrable (fun x => x ^ n)).
  { intros n [l L]; exists (/ sqrt (2 * PI) * l).
    apply (line_ext (fun x => / sqrt (2 * PI) * (x ^ n * bell x))); [|apply line_scal, L].
    intros x; rewrite normal_density_bell; ring. }
  intros n; apply Bell.
  assert (Two : (exists l, line (fun x => x ^ n * bell x) l) /\ exists l, line (fun x => x ^ S n * bell x) l); [|apply Two].
  induction n as [|n [[l L] IH]].
  - destruct root_two_pi as [S _]; split.
    + exists (sqrt (2 * PI) * 1); apply (line_ext (fun x => sqrt (2 * PI) * (1 * normal_density x))); [|apply line_scal, normal_one].
      intros x; rewrite normal_density_bell; simpl pow; field; lra.
    + exists 0.
      assert (Odd : line (fun x => - x * bell x) 0).
      { apply (line_of_vanishing _ bell 1); [exact bell_derive| |intros x; rewrite bell_even; ring|exact bell_limit].
        intros x; apply (ex_derive_continuous (fun x => - x * bell x)); unfold bell; auto_derive; trivial. }
      apply (line_ext (fun x => - 1 * (- x * bell x))); [intros x; simpl pow; ring|].
      replace 0 with (- 1 * 0) by ring; apply line_scal; exact Odd.
  - split; [exact IH|]; exists (INR (S n) * l + - 1 * 0).
    apply (line_ext (fun x => INR (S n) * (x ^ n * bell x) + - 1 * (INR (S n) * (x ^ n * bell x) + - 1 * (x ^ S (S n) * bell x))));
      [intros x; ring|].
    apply line_plus; [apply line_scal, L|apply line_scal, power_bell_derivative].
Qed.
