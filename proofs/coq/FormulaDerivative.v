(** The derivative of a formula by the rules: the formula of f'' that numerics/loss.py makes of that of f', and so on.  Wherever the
    formula is regular, on balls of complex or real numbers, so is its derivative, and it is the derivative. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayBounds ReducedSpeed Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime EllipseChebyshev Formulas.
Open Scope R_scope.

(** The rules.  The cosine is the sine a quarter turn later. *)
Fixpoint derived (f : formula) : formula :=
  match f with
  | Place => Number 1 | Number _ => Number 0 | Plus a b => Plus (derived a) (derived b)
  | Times a b => Plus (Times (derived a) b) (Times a (derived b))
  | Inverse a => Times (Number (-1)) (Times (derived a) (Times (Inverse a) (Inverse a)))
  | Exp a => Times (derived a) (Exp a) | Sin a => Times (derived a) (Sin (Plus a (Number (PI / 2))))
  | Root a => Times (derived a) (Inverse (Times (Number 2) (Root a))) | Log a => Times (derived a) (Inverse a)
  end.

Lemma holomorphic_as : forall D F G H, holomorphic D F G -> (forall z, D z -> G z = H z) -> (forall z, D z -> continuous H z) ->
  holomorphic D F H.
Proof. intros D F G H HF E C z Hz; split; [rewrite <- (E z Hz); apply (HF z Hz)|apply (C z Hz)]. Qed.

Lemma formula_continuous : forall B f, regular B f -> forall z, B z -> continuous (complex_value f) z.
Proof. intros B f R z Hz; destruct (formula_continues B f R) as [[G HG] _]; exact (holomorphic_continuous _ _ _ _ HG Hz). Qed.

Lemma holomorphic_csin : forall D, holomorphic D csin (fun z => csin (z + RtoC (PI / 2))%C).
Proof.
  intros D; set (i := (0, 1) : C).
  assert (X : forall k : C, holomorphic D (fun z => cexp (k * z)%C) (fun z => ((0 * z + k * 1) * cexp (k * z))%C)).
  { intros k; apply (holomorphic_compose D (fun _ => True) (fun z => (k * z)%C) (fun z => (0 * z + k * 1)%C) cexp cexp); [|apply holomorphic_cexp|trivial].
    apply (holomorphic_times D (fun _ => k) (fun _ => RtoC 0) (fun z => z) (fun _ => RtoC 1)); [apply holomorphic_constant|apply holomorphic_identity]. }
  assert (S := holomorphic_times D (fun _ => (0, (- / 2)%R) : C) (fun _ => RtoC 0) _ _ (holomorphic_constant D (0, (- / 2)%R))
    (holomorphic_plus D _ _ _ _ (X i) (holomorphic_times D (fun _ => RtoC (-1)) (fun _ => RtoC 0) _ _ (holomorphic_constant D (-1)) (X (- i)%C)))).
  assert (E : forall z : C, csin z = ((0, (- / 2)%R) * (cexp (i * z) + RtoC (-1) * cexp (- i * z)))%C).
  { intros [a b]; unfold cexp, csin, sinh, cosh, i; unfold Cmult, Cplus, Copp, RtoC; cbn [fst snd].
    replace (0 * a - 1 * b) with (- b) by ring; replace (0 * b + 1 * a) with a by ring.
    replace (- 0 * a - - (1) * b) with b by ring; replace (- 0 * b + - (1) * a) with (- a) by ring; rewrite cos_neg, sin_neg.
    apply injective_projections; cbn [fst snd]; field. }
  intros z Hz; split.
  - apply (is_derive_ext (K := C_AbsRing) (V := C_NormedModule) (fun z => ((0, (- / 2)%R) * (cexp (i * z) + RtoC (-1) * cexp (- i * z)))%C)); [intros t; symmetry; apply E|].
    destruct (S z Hz) as [Dz _]; match type of Dz with is_derive _ _ ?l => replace (csin (z + RtoC (PI / 2))%C) with l end; [exact Dz|]; cbv beta.
    replace (RtoC (-1)) with (- RtoC 1)%C by (apply injective_projections; simpl; ring).
    transitivity ((0, (- / 2)%R) * (i * (cexp (i * z) + cexp (- i * z))))%C; [ring|].
    destruct z as [a b]; unfold cexp, csin, sinh, cosh, i; unfold Cmult, Cplus, Copp, RtoC; cbn [fst snd].
    rewrite (sin_plus a), (cos_plus a), sin_PI2, cos_PI2, Rplus_0_r.
    replace (0 * a - 1 * b) with (- b) by ring; replace (0 * b + 1 * a) with a by ring.
    replace (- 0 * a - - (1) * b) with b by ring; replace (- 0 * b + - (1) * a) with (- a) by ring; rewrite cos_neg, sin_neg.
    apply injective_projections; cbn [fst snd]; field.
  - destruct (analytic_compose (fun _ => True) (fun _ => True) (fun z => (z + RtoC (PI / 2))%C) csin) as [G HG].
    + apply (analytic_plus (fun _ => True) (fun z => z) (fun _ => RtoC (PI / 2))); [apply analytic_identity|apply analytic_constant].
    + apply analytic_csin.
    + trivial.
    + exact (holomorphic_continuous _ _ _ _ HG I).
Qed.

(** The complex derivative, and that it is regular again *)
Lemma derived_continues : forall (B : C -> Prop) (f : formula), regular B f ->
  regular B (derived f) /\ holomorphic B (complex_value f) (complex_value (derived f)).
Proof.
  intros B f; induction f as [|r|a IHa b IHb|a IHa b IHb|a IHa|a IHa|a IHa|a IHa|a IHa]; simpl regular.
  - intros _; split; [exact I|exact (holomorphic_identity B)].
  - intros _; split; [exact I|exact (holomorphic_constant B (RtoC r))].
  - intros [Ra Rb]; destruct (IHa Ra) as [A Ha]; destruct (IHb Rb) as [A' Hb]; split; [split; assumption|exact (holomorphic_plus B _ _ _ _ Ha Hb)].
  - intros [Ra Rb]; destruct (IHa Ra) as [A Ha]; destruct (IHb Rb) as [A' Hb]; split; [repeat split; assumption|exact (holomorphic_times B _ _ _ _ Ha Hb)].
  - intros [Ra N]; destruct (IHa Ra) as [A Ha].
    assert (R : regular B (derived (Inverse a))) by (simpl; repeat split; assumption); split; [exact R|].
    apply (holomorphic_as B _ _ _ (holomorphic_compose B (fun z => z <> 0) _ _ _ _ Ha holomorphic_inverse N)); [|apply (formula_continuous B _ R)].
    intros z _; simpl; components.
  - intros Ra; destruct (IHa Ra) as [A Ha]; split; [split; assumption|].
    exact (holomorphic_compose B (fun _ => True) _ _ _ _ Ha (holomorphic_cexp _) (fun _ _ => I)).
  - intros Ra; destruct (IHa Ra) as [A Ha]; split; [simpl; repeat split; assumption|].
    exact (holomorphic_compose B (fun _ => True) _ _ _ _ Ha (holomorphic_csin _) (fun _ _ => I)).
  - intros [Ra S]; destruct (IHa Ra) as [A Ha]; split; [|exact (holomorphic_compose B slit _ _ _ _ Ha holomorphic_csqrt S)].
    simpl; repeat split; try assumption; intros z Hz; apply twice_not_zero, csqrt_not_zero, S, Hz.
  - intros [Ra S]; destruct (IHa Ra) as [A Ha]; split; [|exact (holomorphic_compose B slit _ _ _ _ Ha holomorphic_clog S)].
    simpl; repeat split; try assumption; intros z Hz; apply Cmod_gt_0, slit_not_zero, S, Hz.
Qed.

(** The real derivative *)
Lemma derived_real : forall (B : C -> Prop) (f : formula), regular B f ->
  forall p : R, B p -> is_derive (real_value f) p (real_value (derived f) p).
Proof.
  intros B f; induction f as [|r|a IHa b IHb|a IHa b IHb|a IHa|a IHa|a IHa|a IHa|a IHa]; simpl regular; intros R p Hp.
  - simpl; apply (is_derive_id (K := R_AbsRing)).
  - simpl; apply (is_derive_const (V := R_NormedModule)).
  - destruct R as [Ra Rb]; simpl; apply (is_derive_plus (V := R_NormedModule)); [apply IHa|apply IHb]; assumption.
  - destruct R as [Ra Rb]; assert (A := IHa Ra p Hp); assert (D := IHb Rb p Hp); simpl.
    exact (is_derive_mult (K := R_AbsRing) (real_value a) (real_value b) p _ _ A D Rmult_comm).
  - destruct R as [Ra N]; assert (A := IHa Ra p Hp); assert (E := proj2 (formula_continues B a Ra) p Hp); specialize (N p Hp); rewrite E in N.
    assert (N0 : real_value a p <> 0) by (intros Z; apply N; rewrite Z; reflexivity); simpl.
    replace (-1 * (real_value (derived a) p * (/ real_value a p * / real_value a p))) with (- real_value (derived a) p / real_value a p ^ 2) by (field; exact N0).
    exact (is_derive_inv (real_value a) p _ A N0).
  - assert (A := IHa R p Hp); exact (is_derive_comp exp (real_value a) p _ _ (is_derive_exp _) A).
  - assert (A := IHa R p Hp); simpl; rewrite sin_plus, sin_PI2, cos_PI2, Rmult_0_r, Rmult_1_r, Rplus_0_l.
    exact (is_derive_comp sin (real_value a) p _ _ (is_derive_sin _) A).
  - destruct R as [Ra S]; assert (A := IHa Ra p Hp); assert (E := proj2 (formula_continues B a Ra) p Hp); specialize (S p Hp); rewrite E in S.
    assert (V : 0 < real_value a p) by (unfold slit in S; rewrite Cmod_R in S; cbn [fst RtoC] in S; unfold Rabs in S; destruct (Rcase_abs (real_value a p)); lra).
    replace (real_value (derived (Root a)) p) with (real_value (derived a) p / (2 * sqrt (real_value a p))) by reflexivity.
    exact (is_derive_sqrt (real_value a) p _ A V).
  - destruct R as [Ra S]; assert (A := IHa Ra p Hp); assert (E := proj2 (formula_continues B a Ra) p Hp); specialize (S p Hp); rewrite E in S.
    assert (V : 0 < real_value a p) by (unfold slit in S; rewrite Cmod_R in S; cbn [fst RtoC] in S; unfold Rabs in S; destruct (Rcase_abs (real_value a p)); lra).
    exact (is_derive_comp ln (real_value a) p _ _ (is_derive_ln _ V) A).
Qed.

(** f'' and f''' are the formulas that the rules make of that of f', and continue it to complex numbers, wherever f' is regular. *)
Theorem formula_derivative : forall (B : C -> Prop) (f : formula), regular B f ->
  regular B (derived f) /\ holomorphic B (complex_value f) (complex_value (derived f)) /\
  (forall p : R, B p -> complex_value (derived f) p = real_value (derived f) p /\ is_derive (real_value f) p (real_value (derived f) p)).
Proof.
  intros B f R; destruct (derived_continues B f R) as [R' H]; split; [exact R'|]; split; [exact H|].
  intros p Hp; split; [exact (proj2 (formula_continues B (derived f) R') p Hp)|exact (derived_real B f R p Hp)].
Qed.
