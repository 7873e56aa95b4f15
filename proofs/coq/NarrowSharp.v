(** Theorem 5.1 of Hu, Xiao and Pennington with every constant a number: the exponent is that of E sqrt (Z/d), Z chi-square. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Remainder Convergence RangeNumbers Rectangular AnyLaw Independent NormalLaw PaperStarts ChiSquare ChiSquareMoments.
From Lemmata Require Import IndependentBlocks NarrowFactors NarrowLayers NarrowProducts NarrowSums NarrowMoves NarrowDescent NarrowPlateau ChiSquareRoot.
Open Scope R_scope.

(** The gain |alpha| prod sqrt(d_i) sigma_i |X|/|Y|, and how small it has to be after L layers of mean f, over 0.0954. *)
Definition narrow_gain (n : nat -> nat) (L r : nat) (alpha : R) (X Y : nat -> nat -> R) (sigma : nat -> R) : R :=
  output_gain n L alpha sigma * rnorm (n 0%nat) r X / rnorm (n L) r Y.

Definition narrow_omega (n : nat -> nat) (L d r : nat) (alpha f : R) (X Y : nat -> nat -> R) (sigma : nat -> R) : R :=
  narrow_gain n L r alpha X Y sigma * INR d * f ^ L / (954 / 10000).

(** The pace is at least eta G |X| |Y|/(d_l sigma_l^2) in every layer, G the gain times |Y|/|X|. *)
Definition narrow_pace (n : nat -> nat) (L r : nat) (alpha eta : R) (X Y : nat -> nat -> R) (sigma : nat -> R) (pace : R) : Prop :=
  forall l, (l < L)%nat -> eta * / (INR (n (S l)) * sigma l ^ 2) * (output_gain n L alpha sigma * rnorm (n 0%nat) r X * rnorm (n L) r Y) <= pace.

Lemma small_excess : forall f L m, 0 <= f -> (1 <= L)%nat -> (m <= L)%nat -> (f * (1 + / (40000 * INR L))) ^ m <= f ^ m * (40000 / 39999).
Proof.
  intros f L m Hf HL Hm; assert (l1 : 1 <= INR L) by (apply (le_INR 1); exact HL); set (e := / (40000 * INR L)).
  assert (e0 : 0 < e) by (apply Rinv_0_lt_compat; lra); rewrite Rpow_mult_distr; apply Rmult_le_compat_l; [apply pow_le; exact Hf|].
  apply Rle_trans with (exp (INR m * e)).
  - rewrite exp_times; apply pow_incr; split; [lra|apply exp_above_line].
  - apply Rle_trans with (exp (1 / 40000)).
    + apply exp_le_compat; apply le_INR in Hm; apply Rle_trans with (INR L * e); [apply Rmult_le_compat_r; lra|right; unfold e; field; lra].
    + assert (U := exp_above_line (- (1 / 40000))); rewrite exp_Ropp in U; assert (P := exp_pos (1 / 40000)).
      apply (Rmult_le_compat_l (exp (1 / 40000))) in U; [|lra]; rewrite Rinv_r in U by lra; lra.
Qed.

(** With probability at least 1 - delta the loss stays between 0.4 |Y|^2 and 0.6 |Y|^2 for rho (delta - omega)/(1.0955 L d^2 f^(L-1) pace) steps. *)
Theorem narrow_layers_plateau : forall (n : nat -> nat) (L d r : nat) (alpha eta rho delta c mu pace : R) (X Y : nat -> nat -> R) (sigma : nat -> R),
  (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> (forall l, (l < L)%nat -> 0 < sigma l) ->
  ray (chi_square_density d c) 1 -> ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu ->
  0 < rho -> 0 < delta -> 0 <= eta -> 0 < rnorm (n L) r Y -> narrow_pace n L r alpha eta X Y sigma pace ->
  narrow_omega n L d r alpha (mu + rho * INR d) X Y sigma < delta ->
  at_most (law_weights (weights_of n L) normal_law)
    (fun w => exists t, INR t * (10955 / 10000 * INR L * INR d ^ 2 * (mu + rho * INR d) ^ (L - 1) * pace)
        <= rho * (delta - narrow_omega n L d r alpha (mu + rho * INR d) X Y sigma) /\
      leaves_plateau n L r alpha X Y eta (spread_layers sigma (normal_layers n L w)) t) delta.
Proof.
  intros n L d r alpha eta rho delta c mu pace X Y sigma HL Hn Hsig Hc Hmu Hr Hdelta Heta HY Hpace Homega.
  assert (Hd : (1 <= d)%nat) by (specialize (Hn 0%nat ltac:(lia)); lia); assert (d1 : 1 <= INR d) by (apply (le_INR 1); exact Hd).
  assert (l1 : 1 <= INR L) by (apply (le_INR 1); exact HL); set (D := INR d) in *; set (f := mu + rho * D) in *.
  set (omega := narrow_omega n L d r alpha f X Y sigma) in *.
  assert (mu0 : 0 <= mu) by (apply (sharp_bounds d c mu 1 Hd Hc Hmu ltac:(lra))).
  assert (f0 : 0 < f) by (unfold f; assert (0 < rho * D) by (apply Rmult_lt_0_compat; lra); lra).
  set (e := / (40000 * INR L)); assert (e0 : 0 < e) by (apply Rinv_0_lt_compat; lra).
  destruct (sharp_bounds d c mu (f * e) Hd Hc Hmu ltac:(apply Rmult_lt_0_compat; assumption)) as [_ [K EK]].
  set (F := f * (1 + e)); assert (F0 : 0 < F) by (apply Rmult_lt_0_compat; lra).
  assert (EF : rate K + rho * D = F) by (rewrite EK; unfold F, f; ring).
  assert (FL := small_excess f L L (Rlt_le _ _ f0) HL (Nat.le_refl L)); assert (FL1 := small_excess f L (L - 1) (Rlt_le _ _ f0) HL ltac:(lia)).
  fold e F in FL, FL1; set (x := rnorm (n 0%nat) r X) in *; set (y := rnorm (n L) r Y) in *; assert (x0 : 0 <= x) by apply rnorm_nonneg.
  assert (Sc : forall l, (l < L)%nat -> 0 < layer_scale n sigma l).
  { intros l Hl; apply Rmult_lt_0_compat; [apply Hsig; exact Hl|apply sqrt_lt_R0, lt_0_INR; specialize (Hn (S l) ltac:(lia)); lia]. }
  set (G := output_gain n L alpha sigma) in *.
  assert (G0 : 0 <= G) by (apply Rmult_le_pos; [apply Rabs_pos|left; apply scale_pos; intros l Hl; apply Sc; exact Hl]).
  assert (fL : 0 < f ^ L) by (apply pow_lt; exact f0); assert (fL1 : 0 < f ^ (L - 1)) by (apply pow_lt; exact f0).
  assert (FLp : 0 < F ^ L) by (apply pow_lt; exact F0); assert (FL1p : 0 < F ^ (L - 1)) by (apply pow_lt; exact F0); assert (D2 : 0 < D ^ 2) by (apply pow_lt; lra).
  assert (Eo : omega = G * x * D * f ^ L / (954 / 10000 * y)) by (unfold omega, narrow_omega, narrow_gain; fold G x y D; field; lra).
  assert (Gx : 0 <= G * x) by (apply Rmult_le_pos; assumption); set (th := 99999 / 100000); set (kappa := 9544 / 100000).
  assert (k0 : 0 < kappa) by (unfold kappa; lra); assert (th1 : 0 < th < 1) by (unfold th; lra).
  assert (o0 : 0 <= omega).
  { rewrite Eo; apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra]. }
  set (s := INR L * (D ^ 2 * F ^ (L - 1)) / (th * (delta - omega))).
  assert (td : 0 < th * (delta - omega)) by (apply Rmult_lt_0_compat; unfold th; lra).
  assert (s1 : 0 < INR L * (D ^ 2 * F ^ (L - 1))) by (apply Rmult_lt_0_compat; [lra|apply Rmult_lt_0_compat; assumption]).
  assert (s0 : 0 < s) by (apply Rdiv_lt_0_compat; assumption).
  (* what the output is at most *)
  assert (Out : exists u, 0 < u /\ G * u * x <= kappa * y /\ D * F ^ L / u <= omega + (1 - th) * (delta - omega)).
  { assert (DF : 0 < D * F ^ L) by (apply Rmult_lt_0_compat; lra); destruct (Rle_lt_or_eq_dec 0 (G * x) Gx) as [P|Z].
    - assert (ky : 0 < kappa * y) by (apply Rmult_lt_0_compat; [unfold kappa; lra|exact HY]); exists (kappa * y / (G * x)).
      assert (Gn : G <> 0) by (intros Z; rewrite Z, Rmult_0_l in P; lra); assert (xn : x <> 0) by (intros Z; rewrite Z, Rmult_0_r in P; lra).
      split; [apply Rdiv_lt_0_compat; assumption|split].
      + right; replace (G * (kappa * y / (G * x)) * x) with (kappa * y / (G * x) * (G * x)) by ring; field; split; assumption.
      + assert (0 <= (1 - th) * (delta - omega)) by (apply Rmult_le_pos; unfold th; lra); apply Rle_trans with omega; [|lra].
        replace (D * F ^ L / (kappa * y / (G * x))) with (D * F ^ L * (G * x) / (kappa * y)) by (field; repeat split; try assumption; lra).
        rewrite Eo; apply (Rmult_le_reg_r (kappa * y)); [exact ky|].
        replace (D * F ^ L * (G * x) / (kappa * y) * (kappa * y)) with (F ^ L * (D * (G * x))) by (field; lra).
        replace (G * x * D * f ^ L / (954 / 10000 * y) * (kappa * y)) with (f ^ L * (9544 / 9540) * (D * (G * x))) by (unfold kappa; field; lra).
        apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|lra].
    - exists (D * F ^ L / ((1 - th) * delta)); assert (tp : 0 < (1 - th) * delta) by (apply Rmult_lt_0_compat; unfold th; lra).
      assert (oz : omega = 0) by (rewrite Eo, <- Z; unfold Rdiv; ring); rewrite oz; split; [apply Rdiv_lt_0_compat; assumption|split].
      + replace (G * (D * F ^ L / ((1 - th) * delta)) * x) with (G * x * (D * F ^ L / ((1 - th) * delta))) by ring; rewrite <- Z, Rmult_0_l.
        apply Rmult_le_pos; [unfold kappa; lra|lra].
      + right; field; lra. }
  destruct Out as [u [u0 [Hu Pu]]].
  assert (B := large_start_rare n d K L rho u s HL Hn (Rlt_le _ _ Hr) u0 s0); cbv zeta in B; fold D in B; rewrite EF in B; revert B; apply at_most_less.
  - intros w [t [Ht Leaves]]; apply Classical_Prop.NNPP; intros Good; set (A := normal_layers n L w) in *; apply Leaves; clear Leaves.
    apply (stays_near n d K L r alpha eta rho kappa s X Y sigma A Hn Sc (Rlt_le _ _ Hr) Heta ltac:(unfold kappa; lra) ltac:(unfold kappa; lra) HY) with (N := t); [| | |lia].
    + fold G x y; eapply Rle_trans; [|exact Hu]; apply Rmult_le_compat_r; [exact x0|]; apply Rmult_le_compat_l; [exact G0|].
      apply Rnot_lt_le; intros H; apply Good; left; exact H.
    + intros l Hl; apply Rnot_lt_le; intros H; apply Good; right; exists l; auto.
    + intros l Hl; unfold one_move; fold G x y; specialize (Hpace l Hl); specialize (Sc l Hl); set (sc := layer_scale n sigma l) in *.
      assert (sc2 : INR (n (S l)) * sigma l ^ 2 = sc ^ 2) by (unfold sc, layer_scale; rewrite Rpow_mult_distr, pow2_sqrt by apply pos_INR; ring).
      rewrite sc2 in Hpace; fold G x y in Hpace; assert (sq : 0 < sc ^ 2) by (apply pow_lt; exact Sc).
      replace (INR t * (eta * (G / sc * s * ((1 + kappa) * y * x)))) with (INR t * s * (1 + kappa) * (eta * / sc ^ 2 * (G * x * y)) * sc) by (field; lra).
      apply Rmult_le_compat_r; [lra|]; assert (t0 := pos_INR t).
      assert (p0 : 0 <= eta * / sc ^ 2 * (G * x * y)).
      { apply Rmult_le_pos; [apply Rmult_le_pos; [exact Heta|left; apply Rinv_0_lt_compat, sq]|apply Rmult_le_pos; lra]. }
      apply Rle_trans with (INR t * s * (1 + kappa) * pace).
      { apply Rmult_le_compat_l; [|exact Hpace]; apply Rmult_le_pos; [apply Rmult_le_pos; lra|unfold kappa; lra]. }
      apply (Rmult_le_reg_r (th * (delta - omega))); [exact td|].
      replace (INR t * s * (1 + kappa) * pace * (th * (delta - omega))) with (INR t * INR L * D ^ 2 * pace * (1 + kappa) * F ^ (L - 1)) by (unfold s; field; lra).
      assert (W : 0 <= INR t * INR L * D ^ 2 * pace).
      { apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]. }
      apply Rle_trans with (INR t * INR L * D ^ 2 * pace * (1 + kappa) * (f ^ (L - 1) * (40000 / 39999))).
      { apply Rmult_le_compat_l; [apply Rmult_le_pos; [exact W|unfold kappa; lra]|exact FL1]. }
      apply Rle_trans with (th * (INR t * INR L * D ^ 2 * pace * f ^ (L - 1) * (10955 / 10000))).
      { assert (0 <= INR t * INR L * D ^ 2 * pace * f ^ (L - 1)) by (apply Rmult_le_pos; lra); unfold kappa, th; lra. }
      replace (rho * (th * (delta - omega))) with (th * (rho * (delta - omega))) by ring; apply Rmult_le_compat_l; [unfold th; lra|].
      eapply Rle_trans; [right|exact Ht]; ring.
  - assert (E : INR L * (D ^ 2 * F ^ (L - 1)) / s = th * (delta - omega)) by (unfold s; field; repeat split; lra); rewrite E; lra.
Qed.
