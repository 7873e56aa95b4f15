(** Integrals against cosines: orthogonality and Bessel's inequality. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix.
Open Scope R_scope.

Ltac real := match goal with |- ?a = ?b => change (@eq R a b) end.

(** The integral of Q(t) cos(m t) over a period. *)
Definition against (Q : R -> R) (m : nat) : R := RInt (fun t => Q t * cos (INR m * t)) (- PI) PI.

Definition everywhere (f : R -> R) : Prop := forall t, continuous f t.

Lemma everywhere_integrable : forall f a b, everywhere f -> ex_RInt f a b.
Proof. intros f a b H; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t _; apply H. Qed.

Lemma integral_ext : forall (f g : R -> R) a b, (forall t, f t = g t) -> RInt f a b = RInt g a b :> R.
Proof. intros f g a b H; apply RInt_ext; intros t _; apply H. Qed.

Lemma everywhere_cos : forall m, everywhere (fun t => cos (INR m * t)).
Proof. intros m t; apply (ex_derive_continuous (fun t => cos (INR m * t))); auto_derive; trivial. Qed.

Lemma everywhere_mult : forall f g, everywhere f -> everywhere g -> everywhere (fun t => f t * g t).
Proof. intros f g F G t; apply (continuous_mult (K := R_AbsRing) f g); auto. Qed.

Lemma everywhere_square : forall f, everywhere f -> everywhere (fun t => f t ^ 2).
Proof.
  intros f F t; apply (continuous_ext (fun t => f t * f t)); [intros; real; ring|apply everywhere_mult; exact F].
Qed.

Lemma everywhere_lin : forall f g c, everywhere f -> everywhere g -> everywhere (fun t => f t + c * g t).
Proof.
  intros f g c F G t; apply (continuous_plus (V := R_NormedModule) f (fun t => c * g t)); [apply F|].
  apply (continuous_mult (K := R_AbsRing) (fun _ => c) g); [apply continuous_const|apply G].
Qed.

Lemma integral_lin : forall f g c a b, everywhere f -> everywhere g ->
  RInt (fun t => f t + c * g t) a b = RInt f a b + c * RInt g a b :> R.
Proof.
  intros f g c a b F G.
  rewrite (RInt_plus (V := R_CompleteNormedModule) f (fun t => c * g t)).
  - rewrite (RInt_scal (V := R_CompleteNormedModule) g); [reflexivity|apply everywhere_integrable, G].
  - apply everywhere_integrable, F.
  - apply (ex_RInt_scal (V := R_NormedModule) g), everywhere_integrable, G.
Qed.

(** ** Bessel's inequality *)

Lemma sin_multiple : forall k : Z, sin (IZR k * PI) = 0.
Proof. intros k; apply sin_eq_0_1; exists k; reflexivity. Qed.

Lemma cos_integral : forall k : Z, (k <> 0)%Z -> is_RInt (fun t => cos (IZR k * t)) (- PI) PI 0.
Proof.
  intros k Hk; assert (K : IZR k <> 0) by (apply IZR_neq; exact Hk).
  evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun t => sin (IZR k * t) / IZR k))|].
  - intros t _; auto_derive; [trivial|field; exact K].
  - intros t _; apply (ex_derive_continuous (fun t => cos (IZR k * t))); auto_derive; trivial.
  - change (sin (IZR k * PI) / IZR k + - (sin (IZR k * - PI) / IZR k) = 0).
    replace (IZR k * - PI) with (- (IZR k * PI)) by ring; rewrite sin_neg, sin_multiple; field; exact K.
Qed.

Lemma cos_orthogonal : forall m k, (m <> k)%nat -> against (fun t => cos (INR m * t)) k = 0.
Proof.
  intros m k H; apply is_RInt_unique.
  apply (is_RInt_ext (V := R_NormedModule)
    (fun t => scal (/ 2) (plus (cos (IZR (Z.of_nat m + Z.of_nat k) * t)) (cos (IZR (Z.of_nat m - Z.of_nat k) * t))))).
  - intros t _; rewrite plus_IZR, minus_IZR, <- !INR_IZR_INZ.
    replace ((INR m + INR k) * t) with (INR m * t + INR k * t) by ring.
    replace ((INR m - INR k) * t) with (INR m * t - INR k * t) by ring.
    unfold scal, plus; simpl; unfold mult; simpl; rewrite cos_plus, cos_minus; field.
  - replace 0 with (scal (/ 2) (plus 0 0)) by (unfold scal, plus; simpl; unfold mult; simpl; ring).
    apply (is_RInt_scal (V := R_NormedModule)), (is_RInt_plus (V := R_NormedModule)); apply cos_integral; lia.
Qed.

Lemma cos_square : forall m, against (fun t => cos (INR (S m) * t)) (S m) = PI.
Proof.
  intros m; apply is_RInt_unique.
  assert (E : scal (/ 2) (plus (scal (PI - - PI) 1) 0) = PI) by (unfold scal, plus; simpl; unfold mult; simpl; field).
  rewrite <- E at 3; clear E.
  apply (is_RInt_ext (V := R_NormedModule) (fun t => scal (/ 2) (plus 1 (cos (IZR (2 * Z.of_nat (S m)) * t))))).
  - intros t _; rewrite mult_IZR, <- INR_IZR_INZ; replace (2 * INR (S m) * t) with (2 * (INR (S m) * t)) by ring.
    rewrite cos_2a_cos; unfold scal, plus; simpl; unfold mult; simpl; field.
  - apply (is_RInt_scal (V := R_NormedModule)), (is_RInt_plus (V := R_NormedModule)).
    + apply (is_RInt_const (V := R_NormedModule)).
    + apply cos_integral; lia.
Qed.

(** Q less its first N cosines *)
Fixpoint less (Q : R -> R) (N : nat) (t : R) : R :=
  match N with
  | O => Q t
  | S n => less Q n t + - (against Q (S n) / PI) * cos (INR (S n) * t)
  end.

Lemma less_everywhere : forall Q N, everywhere Q -> everywhere (less Q N).
Proof. intros Q N H; induction N as [|N IH]; [exact H|]; apply everywhere_lin; [exact IH|apply everywhere_cos]. Qed.

Lemma less_against : forall Q N k, everywhere Q -> (N < k)%nat -> against (less Q N) k = against Q k.
Proof.
  intros Q N k H; induction N as [|N IH]; intros Hk; [reflexivity|]; rewrite <- IH by lia; unfold against at 1.
  rewrite (integral_ext _ (fun t => less Q N t * cos (INR k * t)
    + - (against Q (S N) / PI) * (cos (INR (S N) * t) * cos (INR k * t)))).
  - assert (C := everywhere_cos k).
    rewrite (integral_lin _ _ _ _ _ (everywhere_mult _ _ (less_everywhere Q N H) C) (everywhere_mult _ _ (everywhere_cos (S
      N)) C)).
    assert (E := cos_orthogonal (S N) k ltac:(lia)); unfold against in *; rewrite E; ring.
  - intros t; cbn [less]; ring.
Qed.

Lemma less_square : forall Q N, everywhere Q -> RInt (fun t => less Q N t ^ 2) (- PI) PI
  = RInt (fun t => Q t ^ 2) (- PI) PI - / PI * total N (fun m => against Q (S m) ^ 2) :> R.
Proof.
  intros Q N H; assert (P := PI_neq0); induction N as [|N IH]; [unfold less; simpl total; real;
  rewrite Rmult_0_r, Rminus_0_r; reflexivity|].
  assert (C := less_everywhere Q N H); assert (L := less_against Q N (S N) H ltac:(lia)); assert (S1 := cos_square N).
  assert (Co := everywhere_cos (S N)); set (b := against Q (S N)) in *.
  rewrite (integral_ext _ (fun t => (less Q N t ^ 2
    + (- (2 * b / PI)) * (less Q N t * cos (INR (S N) * t))) + (b / PI) ^ 2 * (cos (INR (S N) * t) * cos (INR (S N) * t)))).
  - assert (C2 := everywhere_square _ C).
    assert (C1 := everywhere_mult _ _ C Co); assert (C0 := everywhere_mult _ _ Co Co).
    rewrite (integral_lin _ _ _ _ _ (everywhere_lin _ _ (- (2 * b / PI)) C2 C1) C0), (integral_lin _ _ _ _ _ C2 C1), IH;
    unfold against in L, S1; rewrite L, S1; simpl total; fold b; real; field; exact P.
  - intros t; cbn [less]; fold b; real; field; exact P.
Qed.

Lemma bessel : forall Q N, everywhere Q -> total N (fun m => against Q (S m) ^ 2) <= PI * RInt (fun t => Q t ^ 2) (- PI) PI.
Proof.
  intros Q N H; assert (P := PI_RGT_0); assert (E := less_square Q N H).
  assert (0 <= RInt (fun t => less Q N t ^ 2) (- PI) PI).
  { apply RInt_ge_0; [lra| |intros; apply pow2_ge_0].
    apply everywhere_integrable, everywhere_square, less_everywhere, H. }
  apply Rmult_le_reg_l with (/ PI); [apply Rinv_0_lt_compat, P|]; rewrite <- Rmult_assoc, Rinv_l by lra; lra.
Qed.

Lemma against_vanishes : forall Q, everywhere Q -> is_lim_seq (against Q) 0.
Proof.
  intros Q H; set (s := fun N => total N (fun m => against Q (S m) ^ 2)).
  destruct (ex_finite_lim_seq_incr s (PI * RInt (fun t => Q t ^ 2) (- PI) PI)) as [l Hl].
  - intros n; unfold s; simpl; assert (0 <= against Q (S n) ^ 2) by apply pow2_ge_0; simpl in *; lra.
  - intros n; apply bessel, H.
  - apply is_lim_seq_incr_1, is_lim_seq_spec; intros eps.
    assert (D := is_lim_seq_minus' _ _ _ _ (proj1 (is_lim_seq_incr_1 _ _) Hl) Hl); rewrite Rminus_eq_0 in D.
    apply is_lim_seq_spec in D.
    assert (E2 : 0 < eps * eps) by (apply Rmult_lt_0_compat; apply cond_pos).
    destruct (D (mkposreal _ E2)) as [M HM]; exists M; intros n Hn; specialize (HM n Hn).
    unfold s in HM; simpl total in HM; simpl in HM; rewrite Rminus_0_r in HM |- *.
    replace (total n (fun m => against Q (S m) * (against Q (S m) * 1)) + against Q (S n) * (against Q (S n) * 1)
      - total n (fun m => against Q (S m) * (against Q (S m) * 1))) with (Rsqr (against Q (S n))) in HM by (unfold Rsqr;
        ring).
    assert (0 < eps) by apply cond_pos.
    rewrite <- (Rabs_pos_eq eps) by lra; apply Rsqr_lt_abs_0; unfold Rsqr at 2.
    eapply Rle_lt_trans; [apply Rle_abs|exact HM].
Qed.
