(** Sums of Chebyshev polynomials at complex points: in the ellipse with sum of the semi-axes rho, |T_m| <= rho^m. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  CellQuadrature HolomorphicCalculus SquareRoot.
Open Scope R_scope.

(** Holomorphic, whatever the derivative *)
Definition analytic (D : C -> Prop) (F : C -> C) : Prop := exists F', holomorphic D F F'.

Lemma analytic_constant : forall D c, analytic D (fun _ => c).
Proof. intros; eexists; apply holomorphic_constant. Qed.

Lemma analytic_identity : forall D, analytic D (fun z => z).
Proof. intros; eexists; apply holomorphic_identity. Qed.

Lemma analytic_plus : forall D F G, analytic D F -> analytic D G -> analytic D (fun z => (F z + G z)%C).
Proof. intros D F G [F' HF] [G' HG]; eexists; apply (holomorphic_plus D F F' G G' HF HG). Qed.

Lemma analytic_times : forall D F G, analytic D F -> analytic D G -> analytic D (fun z => (F z * G z)%C).
Proof. intros D F G [F' HF] [G' HG]; eexists; apply (holomorphic_times D F F' G G' HF HG). Qed.

Lemma analytic_compose : forall D B F G, analytic D F -> analytic B G -> (forall z, D z -> B (F z)) -> analytic D (fun z => G (F z)).
Proof. intros D B F G [F' HF] [G' HG] H; eexists; apply (holomorphic_compose D B F F' G G' HF HG H). Qed.

Lemma analytic_inverse : forall D F, analytic D F -> (forall z, D z -> F z <> 0) -> analytic D (fun z => (/ F z)%C).
Proof.
  intros D F HF H; apply (analytic_compose D (fun z => z <> 0) F (fun z => / z)%C HF); [|exact H].
  eexists; exact holomorphic_inverse.
Qed.

Lemma analytic_minus : forall D F G, analytic D F -> analytic D G -> analytic D (fun z => (F z + RtoC (-1) * G z)%C).
Proof. intros D F G HF HG; apply analytic_plus; [exact HF|apply analytic_times; [apply analytic_constant|exact HG]]. Qed.

Lemma analytic_ext : forall D F G, (forall z, F z = G z) -> analytic D F -> analytic D G.
Proof.
  intros D F G H [F' HF]; exists F'; intros z Hz; destruct (HF z Hz) as [Dz Cz]; split; [|exact Cz].
  exact (is_derive_ext (K := C_AbsRing) (V := C_NormedModule) F G z (F' z) H Dz).
Qed.

(** ** The polynomials *)

Fixpoint ccheb (m : nat) (z : C) : C :=
  match m with
  | O => RtoC 1
  | S k => match k with O => z | S j => (2 * z * ccheb k z - ccheb j z)%C end
  end.

Lemma ccheb_real : forall m (x : R), ccheb m x = RtoC (chebyshev m x).
Proof.
  intros m x; revert m; apply two_steps; [reflexivity|reflexivity|]; intros m H0 H1.
  change (2 * x * ccheb (S m) x - ccheb m x = RtoC (2 * x * chebyshev (S m) x - chebyshev m x))%C.
  rewrite H0, H1; components.
Qed.

Lemma analytic_ccheb : forall D m, analytic D (ccheb m).
Proof.
  intros D; apply two_steps; [apply (analytic_constant D)|apply analytic_identity|]; intros m H0 H1.
  apply (analytic_ext D (fun z => (2 * z * ccheb (S m) z + RtoC (-1) * ccheb m z)%C)).
  - intros z; change (ccheb (S (S m)) z) with (2 * z * ccheb (S m) z - ccheb m z)%C; destruct (ccheb m z); components.
  - apply analytic_minus; [|exact H0]; apply analytic_times; [|exact H1].
    apply analytic_times; [apply analytic_constant|apply analytic_identity].
Qed.

Lemma around_next : forall s t a b, around (a + s) (b + t) = (2 * around s t * around a b - around (a - s) (b - t))%C.
Proof.
  intros; unfold around; rewrite cos_plus, cos_minus, sin_plus, sin_minus; unfold cosh, sinh.
  replace (exp (a + s)) with (exp a * exp s) by (symmetry; apply exp_plus).
  replace (exp (a - s)) with (exp a * exp (- s)) by (symmetry; apply exp_plus).
  replace (exp (- (a + s))) with (exp (- a) * exp (- s)) by (rewrite <- exp_plus; f_equal; ring).
  replace (exp (- (a - s))) with (exp (- a) * exp s) by (rewrite <- exp_plus; f_equal; ring).
  unfold Cmult, Cminus, Cplus, Copp, RtoC; apply injective_projections; cbn [fst snd]; field.
Qed.

Lemma ccheb_around : forall s t m, ccheb m (around s t) = around (INR m * s) (INR m * t).
Proof.
  intros s t; apply two_steps.
  - unfold around; simpl; rewrite !Rmult_0_l, cosh_0, sinh_0, cos_0, sin_0; unfold RtoC; f_equal; ring.
  - simpl INR; rewrite !Rmult_1_l; reflexivity.
  - intros m H0 H1; change (2 * around s t * ccheb (S m) (around s t) - ccheb m (around s t) = around (INR (S (S m)) * s) (INR (S (S m)) * t))%C.
    rewrite H0, H1; replace (INR (S (S m)) * s) with (INR (S m) * s + s) by (rewrite !S_INR; ring).
    replace (INR (S (S m)) * t) with (INR (S m) * t + t) by (rewrite !S_INR; ring); rewrite around_next.
    replace (INR (S m) * s - s) with (INR m * s) by (rewrite S_INR; ring).
    replace (INR (S m) * t - t) with (INR m * t) by (rewrite S_INR; ring); reflexivity.
Qed.

(** Every point of the ellipse is on a confocal one. *)
Lemma ellipse_around : forall rho z, 1 < rho -> ellipse rho z -> exists s t, 0 <= s < ln rho /\ z = around s t.
Proof.
  intros rho z Hr Hz; unfold ellipse in Hz; set (p := Cmod (z - 1)%C) in *; set (q := Cmod (z + 1)%C) in *.
  assert (P := modulus_square (z - 1)%C); assert (Q := modulus_square (z + 1)%C); fold p in P; fold q in Q.
  assert (p0 : 0 <= p) by apply Cmod_ge_0; assert (q0 : 0 <= q) by apply Cmod_ge_0.
  destruct z as [x y]; simpl fst in P, Q; simpl snd in P, Q.
  set (al := (p + q) / 2); set (be := (q - p) / 2).
  assert (X : al * be = x) by (unfold al, be; replace ((p + q) / 2 * ((q - p) / 2)) with ((q ^ 2 - p ^ 2) / 4) by field; rewrite P, Q; field).
  assert (Sm : al ^ 2 + be ^ 2 = x ^ 2 + y ^ 2 + 1)
    by (unfold al, be; replace (((p + q) / 2) ^ 2 + ((q - p) / 2) ^ 2) with ((q ^ 2 + p ^ 2) / 2) by field; rewrite P, Q; field).
  assert (Y : y ^ 2 = (al ^ 2 - 1) * (1 - be ^ 2))
    by (replace ((al ^ 2 - 1) * (1 - be ^ 2)) with (al ^ 2 + be ^ 2 - 1 - (al * be) ^ 2) by ring; rewrite Sm, X; ring).
  assert (A : 1 <= al).
  { assert (T := Cmod_triangle ((x, y) + 1)%C (- ((x, y) - 1))%C); rewrite Cmod_opp in T; fold p q in T.
    replace ((x, y) + 1 + - ((x, y) - 1))%C with (RtoC 2) in T by components; rewrite Cmod_R, Rabs_pos_eq in T by lra; unfold al; lra. }
  assert (B : -1 <= be <= 1).
  { assert (T1 := Cmod_triangle ((x, y) - 1)%C 2); assert (T2 := Cmod_minus ((x, y) - 1)%C ((x, y) + 1)%C).
    replace ((x, y) - 1 + 2)%C with ((x, y) + 1)%C in T1 by components.
    replace ((x, y) - 1 - ((x, y) + 1))%C with (RtoC (-2)) in T2 by components.
    rewrite Cmod_R, Rabs_pos_eq in T1 by lra; rewrite Cmod_R, Rabs_left in T2 by lra; fold p q in T1, T2.
    assert (T3 := Cmod_minus ((x, y) + 1)%C ((x, y) - 1)%C); replace ((x, y) + 1 - ((x, y) - 1))%C with (RtoC 2) in T3 by components.
    rewrite Cmod_R, Rabs_pos_eq in T3 by lra; fold p q in T3; unfold be; split; lra. }
  set (r := sqrt (al ^ 2 - 1)); assert (r0 : 0 <= r) by apply sqrt_pos; assert (r2 : r * r = al ^ 2 - 1) by (apply sqrt_sqrt; nra).
  assert (w1 : 1 <= al + r) by lra; assert (Iw : / (al + r) = al - r) by (apply Rmult_eq_reg_l with (al + r); [rewrite Rinv_r by lra; nra|lra]).
  assert (W : al + r < rho).
  { apply Rnot_le_lt; intros L; assert (Le : rho + / rho <= al + r + / (al + r)); [|rewrite Iw in Le; unfold al in Le; lra].
    assert (E : al + r + / (al + r) - (rho + / rho) = (al + r - rho) * (rho * (al + r) - 1) * / (rho * (al + r))) by (field; lra).
    assert (0 <= (al + r - rho) * (rho * (al + r) - 1) * / (rho * (al + r))); [|lra].
    assert (1 * 1 <= rho * (al + r)) by (apply Rmult_le_compat; lra).
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; lra]. }
  assert (E1 : exp (ln (al + r)) = al + r) by (apply exp_ln; lra).
  assert (E2 : exp (- ln (al + r)) = al - r) by (rewrite exp_Ropp, E1; exact Iw).
  assert (S : sin (acos be) = sqrt (1 - be ^ 2)) by (rewrite sin_acos by exact B; unfold Rsqr; f_equal; ring).
  set (v := sqrt (1 - be ^ 2)) in *; assert (v0 : 0 <= v) by apply sqrt_pos; assert (v2 : v * v = 1 - be ^ 2) by (apply sqrt_sqrt; nra).
  assert (Ys : y = r * v \/ y = - (r * v)).
  { assert (Z : (y - r * v) * (y + r * v) = 0)
      by (replace ((y - r * v) * (y + r * v)) with (y ^ 2 - r * r * (v * v)) by ring; rewrite Y, r2, v2; ring); apply Rmult_integral in Z; destruct Z; [left|right]; lra. }
  exists (ln (al + r)); assert (L : 0 <= ln (al + r) < ln rho)
    by (split; [rewrite <- ln_1; apply ln_le; lra|apply ln_increasing; lra]).
  destruct Ys as [Ys|Ys]; [exists (acos be)|exists (- acos be)]; split; try exact L; unfold around, cosh, sinh; rewrite ?cos_neg, ?sin_neg, E1, E2, cos_acos, S by exact B;
    f_equal; [rewrite <- X|rewrite Ys|rewrite <- X|rewrite Ys]; field.
Qed.

Lemma exp_times : forall m s, exp (INR m * s) = exp s ^ m.
Proof.
  induction m as [|m IH]; intros s; [simpl; rewrite Rmult_0_l; apply exp_0|].
  rewrite S_INR, Rmult_plus_distr_r, exp_plus, IH, Rmult_1_l; simpl; ring.
Qed.

Lemma around_modulus : forall s t, 0 <= s -> Cmod (around s t) <= exp s.
Proof.
  intros s t Hs; assert (C1 := cosh_one s); assert (E := cosh_square s); assert (T := sin2_cos2 t); unfold Rsqr in T.
  apply (Rle_trans _ (cosh s)).
  - apply Rsqr_incr_0_var; [|lra]; rewrite !Rsqr_pow2, modulus_square; unfold around; simpl fst; simpl snd.
    replace (cosh s ^ 2) with (cosh s ^ 2 * (sin t * sin t + cos t * cos t)) by (rewrite T; ring); assert (0 <= sin t * sin t) by nra; nra.
  - unfold cosh; assert (exp (- s) <= exp s) by (destruct Hs as [Hs|<-]; [left; apply exp_increasing; lra|rewrite Ropp_0; lra]); lra.
Qed.

Lemma ccheb_bound : forall rho z m, 1 < rho -> ellipse rho z -> Cmod (ccheb m z) <= rho ^ m.
Proof.
  intros rho z m Hr Hz; destruct (ellipse_around rho z Hr Hz) as [s [t [Hs ->]]]; rewrite ccheb_around.
  eapply Rle_trans; [apply around_modulus, Rmult_le_pos; [apply pos_INR|lra]|]; rewrite exp_times; apply pow_incr; split; [left; apply exp_pos|].
  rewrite <- (exp_ln rho) by lra; left; apply exp_increasing; lra.
Qed.

(** ** Sums of them *)

(** [a 0] T_0 + ... + [a n] T_n, and what it is on the axis *)
Fixpoint csum (n : nat) (a : nat -> R) (z : C) : C :=
  match n with O => RtoC (a 0%nat) | S m => (csum m a z + a n * ccheb n z)%C end.

Definition series (n : nat) (a : nat -> R) (x : R) : R := total (S n) (fun m => a m * chebyshev m x).

(** |f - a_0| in the ellipse *)
Definition spread (n : nat) (a : nat -> R) (rho : R) : R := total n (fun m => Rabs (a (S m)) * rho ^ S m).

Lemma csum_real : forall n a (x : R), csum n a x = RtoC (series n a x).
Proof.
  intros n a x; induction n as [|n IH]; [unfold series; simpl; unfold RtoC; f_equal; ring|].
  cbn [csum]; rewrite IH, ccheb_real; unfold series; cbn [total]; components.
Qed.

Lemma analytic_csum : forall D n a, analytic D (csum n a).
Proof.
  intros D n a; induction n as [|n IH]; [apply (analytic_constant D)|].
  apply (analytic_plus D (csum n a) (fun z => (a (S n) * ccheb (S n) z)%C)); [exact IH|].
  apply (analytic_times D (fun _ => RtoC (a (S n))) (ccheb (S n))); [apply analytic_constant|apply analytic_ccheb].
Qed.

Lemma csum_spread : forall n a rho z, 1 < rho -> ellipse rho z -> Cmod (csum n a z - a 0%nat)%C <= spread n a rho.
Proof.
  intros n a rho z Hr Hz; unfold spread; induction n as [|n IH].
  - cbn [csum total]; replace (a 0%nat - a 0%nat)%C with (RtoC 0) by components; rewrite Cmod_0; lra.
  - cbn [csum]; replace (csum n a z + a (S n) * ccheb (S n) z - a 0%nat)%C with (csum n a z - a 0%nat + a (S n) * ccheb (S n) z)%C by ring.
    eapply Rle_trans; [apply Cmod_triangle|]; cbn [total]; apply Rplus_le_compat; [exact IH|].
    rewrite Cmod_mult, Cmod_R; apply Rmult_le_compat_l; [apply Rabs_pos|apply ccheb_bound; assumption].
Qed.

(** A point that moves by d at most stays in the ellipse whose larger semi-axis is longer by d. *)
Lemma ellipse_moves : forall rho rho' d z w, ellipse rho z -> Cmod w <= d -> rho + / rho + 2 * d <= rho' + / rho' -> ellipse rho' (z + w)%C.
Proof.
  intros rho rho' d z w Hz Hw H; unfold ellipse in *.
  assert (A := Cmod_triangle (z - 1)%C w); assert (B := Cmod_triangle (z + 1)%C w).
  replace (z - 1 + w)%C with (z + w - 1)%C in A by ring; replace (z + 1 + w)%C with (z + w + 1)%C in B by ring; lra.
Qed.

Lemma ellipse_modulus : forall rho z, ellipse rho z -> Cmod z < (rho + / rho) / 2.
Proof.
  intros rho z Hz; unfold ellipse in Hz; assert (T := Cmod_triangle (z - 1)%C (z + 1)%C).
  replace (z - 1 + (z + 1))%C with (2 * z)%C in T by components; rewrite Cmod_mult, Cmod_R, Rabs_pos_eq in T by lra; lra.
Qed.
