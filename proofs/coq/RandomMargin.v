(** Lemma 8 of Arora, Cohen, Golowich and Hu: a random vector whose law no rotation changes has a margin with constant probability. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Remainder Convergence IdentityNumbers Laws AnyLaw Gauss NormalLaw NormalPowers Spheres RandomDirection.
Open Scope R_scope.

(** ** The normal distribution function *)

Definition normal_distribution (y : R) : R := RInt_gen normal_density (Rbar_locally m_infty) (at_point y).

Lemma half_bell_odd : forall t, half_bell (- t) = - half_bell t.
Proof.
  intros t; unfold half_bell.
  assert (I : is_RInt bell (- 0) (- t) (RInt bell 0 (- t))).
  { rewrite Ropp_0; apply (RInt_correct (V := R_CompleteNormedModule)), bell_integrable. }
  apply (is_RInt_comp_opp (V := R_NormedModule)), (is_RInt_opp (V := R_NormedModule)) in I.
  apply (is_RInt_ext (V := R_NormedModule) _ bell) in I; [apply (is_RInt_unique (V := R_CompleteNormedModule)) in I|].
  - rewrite I; symmetry; apply Ropp_involutive.
  - intros x _; rewrite opp_opp; apply bell_even.
Qed.

Lemma normal_distribution_half : forall y, normal_distribution y = 1 / 2 + / sqrt (2 * PI) * half_bell y.
Proof.
  intros y; destruct root_two_pi as [S [E _]]; set (q := / sqrt (2 * PI)); assert (q0 : 0 < q) by (apply Rinv_0_lt_compat; exact S).
  assert (Half : q * sqrt (PI / 2) = 1 / 2) by (unfold q; rewrite <- E; assert (P := PI_RGT_0); assert (0 < sqrt (PI / 2)) by (apply sqrt_lt_R0; lra); field; lra).
  unfold normal_distribution; apply is_RInt_gen_unique; rewrite <- Half; intros U [d HU].
  assert (D : 0 < d / q) by (apply Rdiv_lt_0_compat; [apply cond_pos|exact q0]).
  destruct (half_bell_limit (fun z => Rabs (z - sqrt (PI / 2)) < d / q)) as [T HT].
  { exists (mkposreal _ D); intros z Hz; exact Hz. }
  apply (Filter_prod _ _ _ (fun a => a < - T) (fun b => b = y)).
  - exists (- T); auto.
  - reflexivity.
  - intros a b Ha ->; simpl; exists (q * half_bell y - q * half_bell a); split.
    + apply (is_RInt_ext (V := R_NormedModule) (fun x => scal q (bell x))).
      * intros x _; rewrite normal_density_bell; reflexivity.
      * replace (q * half_bell y - q * half_bell a) with (scal q (minus (half_bell y) (half_bell a))) by (unfold scal, minus, plus, opp; simpl; unfold mult; simpl; ring).
        apply (is_RInt_scal (V := R_NormedModule)).
        apply (is_RInt_derive (V := R_CompleteNormedModule) half_bell); intros x _; [apply half_bell_derive|apply bell_continuous].
    + apply HU; change (Rabs (q * half_bell y - q * half_bell a - (q * sqrt (PI / 2) + q * half_bell y)) < d).
      specialize (HT (- a) ltac:(lra)); rewrite half_bell_odd in HT.
      replace (q * half_bell y - q * half_bell a - (q * sqrt (PI / 2) + q * half_bell y)) with (q * (- half_bell a - sqrt (PI / 2))) by ring.
      rewrite Rabs_mult, (Rabs_pos_eq q) by lra; apply (Rmult_lt_compat_l q) in HT; [|exact q0].
      replace (q * (d / q)) with (pos d) in HT by (field; lra); exact HT.
Qed.

Lemma half_bell_above : forall s, 0 <= s -> s - s ^ 3 / 6 <= half_bell s.
Proof.
  intros s Hs; unfold half_bell.
  assert (I : is_RInt (fun x => 1 - x ^ 2 / 2) 0 s (s - s ^ 3 / 6)).
  { evar_last.
    - apply (is_RInt_derive (V := R_CompleteNormedModule) (fun x => x - x ^ 3 / 6)).
      + intros x _; auto_derive; [trivial|field].
      + intros x _; apply (ex_derive_continuous (fun x => 1 - x ^ 2 / 2)); auto_derive; trivial.
    - unfold minus, plus, opp; simpl; field. }
  rewrite <- (is_RInt_unique _ _ _ _ I); apply RInt_le; [exact Hs|eexists; exact I|apply bell_integrable|].
  intros x _; unfold bell; assert (U := exp_above_line (- x ^ 2 / 2)); lra.
Qed.

Lemma half_bell_monotone : forall a b, a <= b -> half_bell a <= half_bell b.
Proof.
  intros a b H; unfold half_bell.
  assert (C := RInt_Chasles (V := R_CompleteNormedModule) bell 0 a b (bell_integrable 0 a) (bell_integrable a b)).
  change (RInt bell 0 a + RInt bell a b = RInt bell 0 b) in C.
  assert (0 <= RInt bell a b); [|lra]; apply RInt_ge_0; [exact H|apply bell_integrable|intros; left; apply exp_pos].
Qed.

Lemma root_two_pi_inverse : 1000 / 2829 <= / sqrt (2 * PI).
Proof.
  destruct root_two_pi as [S _]; assert (P := PI_4); replace (1000 / 2829) with (/ (2829 / 1000)) by field; apply Rinv_le_contravar; [exact S|].
  rewrite <- (sqrt_square (2829 / 1000)) by lra; apply sqrt_le_1_alt; lra.
Qed.

Lemma exp_half_below : exp (1 / 2) <= 42 / 25.
Proof.
  assert (E := exp_below_reciprocal (1 / 16) 8 ltac:(lra)); replace (INR 8 * (1 / 16)) with (1 / 2) in E by (simpl; field).
  apply (Rmult_le_reg_r ((1 - 1 / 16) ^ 8)); [apply pow_lt; lra|]; eapply Rle_trans; [exact E|simpl; lra].
Qed.

(** 33/40 s = 11/10 of 3/4 s, the cosine times sqrt d that suffices. *)
Lemma few_small_cosines : forall s, 0 < s -> 33 / 40 * s < 1 ->
  33 / 40 * s * exp ((1 - (33 / 40 * s) ^ 2) / 2) <= 4 * (/ sqrt (2 * PI) * half_bell s).
Proof.
  intros s Hs Hs1; set (t := 33 / 40 * s) in *; assert (H := half_bell_above s ltac:(lra)).
  assert (Q : 1000 / 2829 <= / sqrt (2 * PI)) by apply root_two_pi_inverse.
  assert (s2 : 0 < s ^ 2) by (apply pow_lt; exact Hs); assert (s3 : s ^ 2 <= 3 / 2).
  { apply Rle_trans with ((40 / 33) ^ 2); [apply pow_incr; unfold t in *; lra|lra]. }
  assert (Low : 0 <= s - s ^ 3 / 6) by (replace (s - s ^ 3 / 6) with (s * (1 - s ^ 2 / 6)) by field; apply Rmult_le_pos; lra).
  assert (E : exp ((1 - t ^ 2) / 2) <= (42 / 25) / (1 + t ^ 2 / 2)).
  { replace ((1 - t ^ 2) / 2) with (1 / 2 + - (t ^ 2 / 2)) by field; rewrite exp_plus, exp_Ropp; assert (U := exp_above_line (t ^ 2 / 2)).
    assert (0 <= t ^ 2) by apply pow2_ge_0; unfold Rdiv at 3; apply Rmult_le_compat; [left; apply exp_pos|left; apply Rinv_0_lt_compat, exp_pos|exact exp_half_below|].
    apply Rinv_le_contravar; lra. }
  apply Rle_trans with (t * ((42 / 25) / (1 + t ^ 2 / 2))); [apply Rmult_le_compat_l; [unfold t; lra|exact E]|].
  apply Rle_trans with (4 * (1000 / 2829 * (s - s ^ 3 / 6))).
  - assert (T : 0 < 1 + t ^ 2 / 2) by (assert (0 <= t ^ 2) by apply pow2_ge_0; lra).
    apply (Rmult_le_reg_r (1 + t ^ 2 / 2)); [exact T|].
    replace (t * ((42 / 25) / (1 + t ^ 2 / 2)) * (1 + t ^ 2 / 2)) with (s * (33 / 40 * (42 / 25))) by (unfold t; field; fold t; lra).
    replace (4 * (1000 / 2829 * (s - s ^ 3 / 6)) * (1 + t ^ 2 / 2)) with (s * (4000 / 2829 * ((1 - s ^ 2 / 6) * (1 + (33 / 40) ^ 2 * s ^ 2 / 2))))
      by (unfold t; field).
    apply Rmult_le_compat_l; [lra|]; set (x := s ^ 2) in *; assert (0 <= x * (3 / 2 - x)) by (apply Rmult_le_pos; lra); lra.
  - apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat; lra.
Qed.

(** ** The direction *)

(** An odd function of x, 0 for |x| <= t, 1 for x >= q. *)
Definition odd_step (r t q x : R) : R := unit_ramp (r / (q - t) * x + - (t / (q - t))) - unit_ramp (- (r / (q - t)) * x + - (t / (q - t))).

Lemma odd_step_facts : forall r t q x, 0 < t < q -> -1 <= odd_step r t q x <= 1 /\ odd_step r t q (- x) = - odd_step r t q x /\
  (r * x < t -> odd_step r t q x <= 0) /\ (r * x <= - q -> odd_step r t q x = -1) /\ continuous (odd_step r t q) x.
Proof.
  intros r t q x Ht; unfold odd_step; assert (I0 : 0 < / (q - t)) by (apply Rinv_0_lt_compat; lra).
  replace (r / (q - t) * x + - (t / (q - t))) with (/ (q - t) * (r * x - t)) by (field; lra).
  replace (- (r / (q - t)) * x + - (t / (q - t))) with (/ (q - t) * (- (r * x) - t)) by (field; lra).
  replace (r / (q - t) * - x + - (t / (q - t))) with (/ (q - t) * (- (r * x) - t)) by (field; lra).
  replace (- (r / (q - t)) * - x + - (t / (q - t))) with (/ (q - t) * (r * x - t)) by (field; lra).
  destruct (unit_ramp_facts (/ (q - t) * (r * x - t))) as [A [A1 A0]]; destruct (unit_ramp_facts (/ (q - t) * (- (r * x) - t))) as [B [B1 B0]].
  assert (Neg : forall z, z <= 0 -> / (q - t) * z <= 0).
  { intros z Hz; assert (0 <= / (q - t) * - z) by (apply Rmult_le_pos; lra); lra. }
  split; [lra|split; [lra|split; [|split]]].
  - intros L; rewrite A0 by (apply Neg; lra); lra.
  - intros L; rewrite A0 by (apply Neg; lra); rewrite B1; [lra|].
    rewrite <- (Rinv_l (q - t)) at 1 by lra; apply Rmult_le_compat_l; lra.
  - apply (continuous_minus (V := R_NormedModule) (fun x => unit_ramp (r / (q - t) * x + - (t / (q - t))))); apply unit_ramp_continuous.
Qed.

(** The cosine is below t/sqrt d with a probability of 1/2 + q exp((1 - q^2)/2)/2 at most, q > t, given that J = 1. *)
Lemma small_cosine : forall d P J u t q, (1 <= d)%nat -> rotation_invariant d P -> variable P J -> radial d J ->
  (forall v, 0 <= J v <= 1) -> (forall v, J v <> 0 -> 0 < dot d v v) -> dot d u u = 1 -> 0 < t < q -> q < 1 ->
  exists Y, variable P (fun v => J v * Y v) /\ (forall v, 0 <= Y v) /\ (forall v, sqrt (INR d) * cosine d u v < t -> 1 <= Y v) /\
    expectation P (fun v => J v * Y v) <= (1 / 2 + q * exp ((1 - q ^ 2) / 2) / 2) * expectation P J.
Proof.
  intros d P J u t q Hd RP VJ RJ BJ J0 Hu Ht Hq; set (r := sqrt (INR d)); assert (D := lt_0_INR d Hd).
  assert (rr : r ^ 2 = INR d) by (apply pow2_sqrt; lra); set (l := (/ q ^ 2 - 1) / 2); assert (q2 : 0 < q ^ 2) by (apply pow_lt; lra).
  assert (i2 : 1 < / q ^ 2).
  { rewrite <- Rinv_1; apply Rinv_lt_contravar; [lra|]; assert (0 < q * (1 - q)) by (apply Rmult_lt_0_compat; lra); simpl; lra. }
  assert (l0 : 0 < l) by (unfold l; lra); assert (El : 1 + 2 * l = / q ^ 2) by (unfold l; field; lra).
  assert (ld : 0 <= l * INR d) by (apply Rmult_le_pos; lra).
  set (h := odd_step r t q); set (b := fun x => exp (- (l * INR d * x ^ 2))); set (K := exp ((1 - q ^ 2) / 2)).
  assert (K0 : 0 < K) by apply exp_pos.
  assert (hB : forall x, Rabs (h x) <= 1) by (intros x; apply Rabs_le; destruct (odd_step_facts r t q x Ht) as [B _]; exact B).
  assert (hc : forall x, continuous h x) by (intros x; apply odd_step_facts; exact Ht).
  assert (Bd : forall v, Rabs (J v) <= 1) by (intros v; rewrite Rabs_pos_eq; apply BJ).
  assert (Times := proj2 RP); assert (Vh := Times u J h 1 VJ Bd hc hB).
  assert (Vb := Times u J b 1 VJ Bd (bell_continuous_any _) (fun x => bell_bounded _ x ld)).
  assert (Eh : expectation P (fun v => J v * h (cosine d u v)) = 0).
  { set (y := fun i => -1 * u i); assert (Hy : dot d y y = 1) by (unfold y; rewrite dot_scal_l, dot_scal_r, Hu; ring).
    assert (S := same_in_all_directions d P J h 1 y u RP VJ RJ Bd hc hB Hy Hu); destruct (expectation_scal d P (-1) _ Vh) as [V1 E1].
    assert (Flip : forall v, -1 * (J v * h (cosine d u v)) = J v * h (cosine d y v)).
    { intros v; assert (C : cosine d y v = - cosine d u v) by (unfold y, cosine; rewrite dot_scal_l; unfold Rdiv; ring).
      rewrite C; unfold h; destruct (odd_step_facts r t q (cosine d u v) Ht) as [_ [-> _]]; ring. }
    destruct (variable_ext d P _ _ Flip V1) as [_ E2].
    lra. }
  assert (Eb : expectation P (fun v => J v * b (cosine d u v)) <= / sqrt (1 + 2 * l) * expectation P J) by exact (direction_mean d P l J u Hd RP l0 VJ RJ BJ J0 Hu).
  assert (Root : / sqrt (1 + 2 * l) = q).
  { rewrite El, sqrt_inv, sqrt_pow2, Rinv_inv by lra; reflexivity. }
  rewrite Root in Eb.
  destruct (expectation_scal d P (1 / 2) _ VJ) as [V1 E1]; destruct (expectation_scal d P (- (1 / 2)) _ Vh) as [V2 E2].
  destruct (expectation_scal d P (K / 2) _ Vb) as [V3 E3]; destruct (expectation_plus d P _ _ V1 V2) as [V4 E4].
  destruct (expectation_plus d P _ _ V4 V3) as [V5 E5]; rewrite E4, E1, E2, E3, Eh in E5.
  set (Y := fun v => 1 / 2 - h (cosine d u v) / 2 + K / 2 * b (cosine d u v)).
  assert (Sum : forall v, 1 / 2 * J v + - (1 / 2) * (J v * h (cosine d u v)) + K / 2 * (J v * b (cosine d u v)) = J v * Y v).
  { intros v; unfold Y; field. }
  destruct (variable_ext d P _ _ Sum V5) as [VY EY]; exists Y; split; [exact VY|split; [|split]].
  - intros v; unfold Y; assert (B := hB (cosine d u v)); apply Rabs_le_between in B.
    assert (0 < K / 2 * b (cosine d u v)) by (apply Rmult_lt_0_compat; [lra|apply exp_pos]); lra.
  - intros v Hv; unfold Y; set (x := cosine d u v) in *; destruct (odd_step_facts r t q x Ht) as [_ [_ [H1 [H2 _]]]]; fold h in H1, H2.
    specialize (H1 Hv); destruct (Rle_lt_dec (r * x) (- q)) as [L|L].
    + rewrite (H2 L); assert (0 < K / 2 * b x) by (apply Rmult_lt_0_compat; [lra|apply exp_pos]); lra.
    + assert (1 <= K * b x); [|lra]; unfold K, b; rewrite <- exp_plus; apply Rle_trans with (exp 0); [rewrite exp_0; lra|apply exp_le_compat].
      assert (X : (r * x) ^ 2 <= q ^ 2) by (assert (0 <= (q - r * x) * (q + r * x)) by (apply Rmult_le_pos; lra); lra).
      apply (Rmult_le_compat_l l) in X; [|lra]; rewrite Rpow_mult_distr, rr in X.
      replace (l * q ^ 2) with ((1 - q ^ 2) / 2) in X by (unfold l; field; lra).
      replace (- (l * INR d * x ^ 2)) with (- (l * (INR d * x ^ 2))) by ring; lra.
  - rewrite EY, E5; apply (Rmult_le_compat_l (K / 2)) in Eb; [|lra].
    change (1 / 2 * expectation P J + - (1 / 2) * 0 + K / 2 * expectation P (fun v => J v * b (cosine d u v)) <= (1 / 2 + q * K / 2) * expectation P J); lra.
Qed.

(** ** The margin *)

(** The bounds of the length of v. *)
Definition length_within (d : nat) (Phi : nat -> R) (b1 b2 : R) (v : nat -> R) : Prop :=
  norm2 d Phi / sqrt (b2 * INR d) <= norm2 d v <= norm2 d Phi / sqrt (b1 * INR d).

(** The margin of a row v to a row Phi, whose least singular value is its length. *)
Definition row_has_margin (d : nat) (Phi v : nat -> R) (c : R) : Prop := norm2 d (fun i => v i - Phi i) <= norm2 d Phi - c.

Lemma margin_of_cosine : forall d Phi v b1 b2, (1 <= d)%nat -> 0 < norm2 d Phi -> 1 <= b1 < b2 ->
  length_within d Phi b1 b2 v ->
  3 / 2 / sqrt b1 <= sqrt (INR d) * cosine d (fun i => / norm2 d Phi * Phi i) v -> row_has_margin d Phi v (norm2 d Phi / (b2 * INR d)).
Proof.
  intros d Phi v b1 b2 Hd HF Hb HR HC; unfold length_within in HR; unfold row_has_margin; set (F := norm2 d Phi) in *; set (x := norm2 d v) in *.
  assert (D1 : 1 <= INR d) by (apply (le_INR 1); exact Hd).
  assert (D := lt_0_INR d Hd); assert (s1 : 0 < sqrt b1) by (apply sqrt_lt_R0; lra); assert (sd : 0 < sqrt (INR d)) by (apply sqrt_lt_R0; lra).
  assert (bd1 : 0 < b1 * INR d) by (apply Rmult_lt_0_compat; lra); assert (bd2 : 0 < b2 * INR d) by (apply Rmult_lt_0_compat; lra).
  assert (Order : b1 * INR d <= b2 * INR d) by (apply Rmult_le_compat_r; lra).
  assert (b2d : 1 <= b2 * INR d) by (rewrite <- (Rmult_1_r 1) at 1; apply Rmult_le_compat; lra).
  set (p := sqrt (b1 * INR d)) in *; set (q := sqrt (b2 * INR d)) in *; assert (p0 : 0 < p) by (apply sqrt_lt_R0; exact bd1).
  assert (q0 : 0 < q) by (apply sqrt_lt_R0; exact bd2); assert (pq : p <= q) by (apply sqrt_le_1_alt; exact Order).
  assert (pp : p = sqrt b1 * sqrt (INR d)) by (apply sqrt_mult; lra); assert (qq : q * q = b2 * INR d) by (apply sqrt_sqrt; lra).
  destruct HR as [R1 R2]; assert (x0 : 0 < x) by (eapply Rlt_le_trans; [apply Rdiv_lt_0_compat; [exact HF|exact q0]|exact R1]).
  assert (FF : F * F = dot d Phi Phi) by (unfold F; rewrite norm2_dot; apply sqrt_sqrt, dot_nonneg).
  assert (xx : x * x = dot d v v) by (unfold x; rewrite norm2_dot; apply sqrt_sqrt, dot_nonneg).
  assert (Dot : 3 / 2 * (x * F) <= p * dot d Phi v).
  { apply (Rmult_le_compat_l (sqrt b1 * (x * F))) in HC; [|apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra]].
    unfold cosine in HC; fold x in HC; rewrite dot_scal_l in HC.
    replace (sqrt b1 * (x * F) * (3 / 2 / sqrt b1)) with (3 / 2 * (x * F)) in HC by (field; lra).
    replace (sqrt b1 * (x * F) * (sqrt (INR d) * (/ F * dot d Phi v / x))) with (sqrt b1 * sqrt (INR d) * dot d Phi v) in HC by (field; lra).
    rewrite <- pp in HC; exact HC. }
  rewrite <- qq; set (c := F / (q * q)); assert (cq : c * q * q = F) by (unfold c; field; lra).
  assert (cF : c <= F) by (unfold c; rewrite qq; apply (Rmult_le_reg_r (b2 * INR d)); [exact bd2|];
    replace (F / (b2 * INR d) * (b2 * INR d)) with (F * 1) by (field; lra); apply Rmult_le_compat_l; lra).
  apply (Rmult_le_compat_r q) in R1; [|lra]; replace (F / q * q) with F in R1 by (field; lra).
  apply (Rmult_le_compat_r p) in R2; [|lra]; replace (F / p * p) with F in R2 by (field; lra).
  (* x^2 + 2 c F <= 3 x F / p *)
  assert (Two : x * x + 2 * (c * F) <= 2 * dot d Phi v).
  { apply (Rmult_le_reg_l p); [exact p0|].
    assert (A1 : x * (x * p) <= x * F) by (apply Rmult_le_compat_l; lra).
    assert (A2 : p * (c * F) <= x * F).
    { apply (Rmult_le_reg_l q); [exact q0|]; apply Rle_trans with (q * (q * (c * F))).
      - apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_r; [|exact pq].
        apply Rmult_le_pos; [unfold c; left; apply Rdiv_lt_0_compat; [exact HF|apply Rmult_lt_0_compat; lra]|lra].
      - replace (q * (q * (c * F))) with (F * F) by (rewrite <- cq at 1; ring); replace (q * (x * F)) with (x * q * F) by ring.
        apply Rmult_le_compat_r; lra. }
    lra. }
  rewrite norm2_dot; rewrite <- (sqrt_square (F - c)) by lra; apply sqrt_le_1_alt.
  rewrite dot_minus_l, !dot_minus_r, (dot_comm d v Phi), <- xx, <- FF; assert (0 <= c * c) by apply Rle_0_sqr; lra.
Qed.

(** Lemma 8, for every d >= 1. [inside] is the indicator of the lengths. *)
Theorem arora_lemma_8 : forall (d : nat) (P : weights d) (Phi : nat -> R) (b1 b2 eps : R) (inside : (nat -> R) -> R),
  (1 <= d)%nat -> rotation_invariant d P -> 0 < norm2 d Phi -> 1 <= b1 < b2 -> eps <= 1 -> variable P inside ->
  (forall v, (length_within d Phi b1 b2 v /\ inside v = 1) \/ (~ length_within d Phi b1 b2 v /\ inside v = 0)) -> 1 - eps <= expectation P inside ->
  at_most P (fun v => ~ row_has_margin d Phi v (norm2 d Phi / (b2 * INR d)))
    (1 - (1 - eps) * ((3 - 4 * normal_distribution (2 / sqrt b1)) / 2)).
Proof.
  intros d P Phi b1 b2 eps J Hd RP HF Hb Heps VJ HJ EJ; set (s := 2 / sqrt b1); set (F := norm2 d Phi) in *.
  assert (D := lt_0_INR d Hd); assert (s1 : 0 < sqrt b1) by (apply sqrt_lt_R0; lra); assert (s0 : 0 < s) by (apply Rdiv_lt_0_compat; lra).
  rewrite normal_distribution_half; set (H := / sqrt (2 * PI) * half_bell s).
  destruct (expectation_one d P) as [VO EO].
  assert (Sure : (3 - 4 * (1 / 2 + H)) / 2 <= 0 -> at_most P (fun v => ~ row_has_margin d Phi v (F / (b2 * INR d))) (1 - (1 - eps) * ((3 - 4 * (1 / 2 + H)) / 2))).
  { intros N; exists (fun _ => 1); split; [exact VO|split; [intros; lra|split; [intros; lra|]]]; rewrite EO.
    assert (0 <= (1 - eps) * - ((3 - 4 * (1 / 2 + H)) / 2)) by (apply Rmult_le_pos; lra); lra. }
  destruct (Rle_lt_dec ((3 - 4 * (1 / 2 + H)) / 2) 0) as [N|Pos]; [exact (Sure N)|clear Sure].
  assert (Small : 33 / 40 * s < 1).
  { apply Rnot_le_lt; intros L; assert (M := half_bell_monotone (6 / 5) s ltac:(lra)); assert (A := half_bell_above (6 / 5) ltac:(lra)).
    assert (Q : 1000 / 2829 <= / sqrt (2 * PI)) by apply root_two_pi_inverse; assert (1 / 4 <= H); [|lra]; unfold H.
    apply Rle_trans with (1000 / 2829 * (9 / 10)); [lra|]; apply Rmult_le_compat; lra. }
  assert (BJ : forall v, 0 <= J v <= 1) by (intros v; destruct (HJ v) as [[_ ->]|[_ ->]]; lra).
  assert (RJ : radial d J).
  { intros v t E; assert (A := HJ v); assert (B := HJ t); unfold length_within in A, B; rewrite E in A; destruct A as [[A ->]|[A ->]], B as [[B ->]|[B ->]]; tauto. }
  assert (J0 : forall v, J v <> 0 -> 0 < dot d v v).
  { intros v Hv; destruct (HJ v) as [[[W _] _]|[_ E]]; [|contradiction]; fold F in W.
    assert (0 < F / sqrt (b2 * INR d)) by (apply Rdiv_lt_0_compat; [exact HF|apply sqrt_lt_R0, Rmult_lt_0_compat; lra]).
    destruct (Rle_lt_or_eq_dec 0 _ (dot_nonneg d v)) as [G|G]; [exact G|]; rewrite (norm2_dot d v), <- G, sqrt_0 in W; lra. }
  set (u := fun i => / F * Phi i); assert (Hu : dot d u u = 1).
  { assert (FF : F * F = dot d Phi Phi) by (unfold F; rewrite norm2_dot; apply sqrt_sqrt, dot_nonneg).
    unfold u; rewrite dot_scal_l, dot_scal_r, <- FF; field; lra. }
  destruct (small_cosine d P J u (3 / 4 * s) (33 / 40 * s) Hd RP VJ RJ BJ J0 Hu ltac:(lra) Small) as [Y [VY [Y0 [Y1 EY]]]].
  destruct (expectation_scal d P (-1) _ VJ) as [V1 E1]; destruct (expectation_plus d P _ _ VO V1) as [V2 E2].
  destruct (expectation_plus d P _ _ V2 VY) as [V3 E3]; rewrite E2, E1, EO in E3.
  eexists; split; [exact V3|split; [|split; [|rewrite E3]]].
  - intros v; cbv beta; destruct (BJ v) as [B0 B1]; assert (0 <= J v * Y v) by (apply Rmult_le_pos; [exact B0|apply Y0]); lra.
  - intros v Bad; cbv beta; destruct (HJ v) as [[W ->]|[_ ->]]; [|lra].
    destruct (Rlt_le_dec (sqrt (INR d) * cosine d u v) (3 / 4 * s)) as [L|L]; [specialize (Y1 v L); lra|].
    exfalso; apply Bad; apply (margin_of_cosine d Phi v b1 b2 Hd HF Hb W); fold F; fold u.
    replace (3 / 2 / sqrt b1) with (3 / 4 * s) by (unfold s; field; lra); exact L.
  - assert (K := few_small_cosines s s0 Small); fold H in K; set (k := 33 / 40 * s * exp ((1 - (33 / 40 * s) ^ 2) / 2)) in *.
    assert (E0 : 0 <= expectation P J).
    { destruct (expectation_scal d P 0 _ VJ) as [V0 Z]; rewrite Rmult_0_l in Z; rewrite <- Z.
      apply expectation_le; [exact V0|exact VJ|]; intros v; rewrite Rmult_0_l; apply BJ. }
    assert (X1 : k * expectation P J <= 4 * H * expectation P J) by (apply Rmult_le_compat_r; assumption).
    assert (X2 : (1 - eps) * ((3 - 4 * (1 / 2 + H)) / 2) <= expectation P J * ((3 - 4 * (1 / 2 + H)) / 2)) by (apply Rmult_le_compat_r; lra).
    lra.
Qed.
