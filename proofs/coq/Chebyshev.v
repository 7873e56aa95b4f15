(** Chebyshev polynomials: cosines, derivatives, integrals, and the expansion of a function that has a
    derivative.  No complex analysis and no theorem on Fourier series is used. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix.
Open Scope R_scope.

(** T_0 = 1, T_1 = x, T_(m+2) = 2 x T_(m+1) - T_m; and U_(m-1) likewise from 0 and 1. *)
Fixpoint chebyshev (m : nat) (x : R) : R :=
  match m with
  | O => 1
  | S k => match k with O => x | S j => 2 * x * chebyshev k x - chebyshev j x end
  end.

Fixpoint second (m : nat) (x : R) : R :=
  match m with
  | O => 0
  | S k => match k with O => 1 | S j => 2 * x * second k x - second j x end
  end.

Lemma two_steps : forall P : nat -> Prop, P 0%nat -> P 1%nat -> (forall m, P m -> P (S m) -> P (S (S m))) -> forall m, P m.
Proof.
  intros P H0 H1 H m; assert (K : P m /\ P (S m)); [|apply K].
  induction m as [|m [IH IH']]; split; auto.
Qed.

Lemma chebyshev_rec : forall m x, chebyshev (S (S m)) x = 2 * x * chebyshev (S m) x - chebyshev m x.
Proof. reflexivity. Qed.

Lemma second_rec : forall m x, second (S (S m)) x = 2 * x * second (S m) x - second m x.
Proof. reflexivity. Qed.

Lemma cos_next : forall m t, cos (INR (S (S m)) * t) = 2 * cos t * cos (INR (S m) * t) - cos (INR m * t).
Proof.
  intros m t; replace (INR (S (S m)) * t) with (INR (S m) * t + t) by (rewrite (S_INR (S m)); ring).
  replace (INR m * t) with (INR (S m) * t - t) by (rewrite (S_INR m); ring).
  rewrite cos_plus, cos_minus; ring.
Qed.

Lemma chebyshev_cos : forall m t, chebyshev m (cos t) = cos (INR m * t).
Proof.
  intros m t; revert m; apply two_steps; [simpl; rewrite Rmult_0_l, cos_0; reflexivity|simpl; rewrite Rmult_1_l;
  reflexivity|].
  intros m H0 H1; rewrite chebyshev_rec, cos_next, H0, H1; reflexivity.
Qed.

Lemma chebyshev_bound : forall m x, -1 <= x <= 1 -> Rabs (chebyshev m x) <= 1.
Proof.
  intros m x Hx; rewrite <- (cos_acos x Hx), chebyshev_cos; apply Rabs_le, COS_bound.
Qed.

Lemma chebyshev_one : forall m, chebyshev m 1 = 1.
Proof. intros m; rewrite <- cos_0, chebyshev_cos, Rmult_0_r, cos_0; reflexivity. Qed.

Lemma chebyshev_parity : forall m x, chebyshev m (- x) = (-1) ^ m * chebyshev m x.
Proof.
  intros m x; revert m; apply two_steps; [simpl; ring|simpl; ring|].
  intros m H0 H1; rewrite !chebyshev_rec, H0, H1; simpl; ring.
Qed.

Lemma chebyshev_second : forall m x, chebyshev (S m) x = x * second (S m) x - second m x.
Proof.
  intros m x; revert m; apply two_steps; [simpl; ring|simpl; ring|].
  intros m H0 H1; rewrite (chebyshev_rec (S m)), H0, H1, (second_rec (S m)), (second_rec m); ring.
Qed.

Lemma chebyshev_derive : forall m x, is_derive (chebyshev m) x (INR m * second m x).
Proof.
  intros m x; revert m; apply two_steps.
  - simpl; rewrite Rmult_0_l; apply (is_derive_const (V := R_NormedModule)).
  - simpl; rewrite Rmult_1_r; apply (is_derive_id (K := R_AbsRing)).
  - intros m H0 H1.
    apply (is_derive_ext (fun y => 2 * y * chebyshev (S m) y - chebyshev m y)); [intros; reflexivity|].
    replace (INR (S (S m)) * second (S (S m)) x)
      with (2 * chebyshev (S m) x + 2 * x * (INR (S m) * second (S m) x) - INR m * second m x)
      by (rewrite chebyshev_second, second_rec, !S_INR; ring).
    apply (is_derive_minus (V := R_NormedModule)); [|exact H0].
    apply (is_derive_mult (fun y => 2 * y) (chebyshev (S m)) x 2 _); [|exact H1|intros; apply Rmult_comm].
    auto_derive; [trivial|ring].
Qed.

Lemma chebyshev_continuous : forall m x, continuous (chebyshev m) x.
Proof. intros m x; apply (ex_derive_continuous (chebyshev m)); eexists; apply chebyshev_derive. Qed.

Lemma chebyshev_integrable : forall m a b, ex_RInt (chebyshev m) a b.
Proof. intros; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros; apply chebyshev_continuous. Qed.

(** 2 T_(m+2) is the derivative of T_(m+3)/(m+3) - T_(m+1)/(m+1). *)
Lemma chebyshev_antiderivative : forall m x,
  is_derive (fun y => (chebyshev (S (S (S m))) y / INR (S (S (S m))) - chebyshev (S m) y / INR (S m)) / 2) x
    (chebyshev (S (S m)) x).
Proof.
  intros m x.
  assert (P : INR (S m) <> 0) by (apply not_0_INR; lia).
  assert (Q : INR (S (S (S m))) <> 0) by (apply not_0_INR; lia).
  assert (F := chebyshev_derive (S (S (S m))) x); assert (G := chebyshev_derive (S m) x).
  assert (E : chebyshev (S (S m)) x = (second (S (S (S m))) x - second (S m) x) / 2)
    by (rewrite chebyshev_second, (second_rec (S m)); field).
  rewrite E; clear E; revert F G;
  generalize (second (S (S (S m))) x), (second (S m) x), (chebyshev (S (S (S m)))), (chebyshev (S m)).
  revert P Q; generalize (INR (S m)), (INR (S (S (S m)))); intros p q P Q a b f g F G.
  auto_derive.
  - repeat split; eexists; eassumption.
  - replace (Derive (fun y : R => f y) x) with (q * a) by (symmetry; exact (is_derive_unique f x _ F)).
    replace (Derive (fun y : R => g y) x) with (p * b) by (symmetry; exact (is_derive_unique g x _ G)).
    field; auto.
Qed.

Lemma chebyshev_integral : forall m, RInt (chebyshev (S (S m))) (-1) 1
  = (1 + (-1) ^ m) / 2 * (/ INR (S (S (S m))) - / INR (S m)).
Proof.
  intros m; apply is_RInt_unique; evar_last.
  - apply (is_RInt_derive (V := R_CompleteNormedModule)
      (fun y => (chebyshev (S (S (S m))) y / INR (S (S (S m))) - chebyshev (S m) y / INR (S m)) / 2)).
    + intros x _; apply chebyshev_antiderivative.
    + intros x _; apply chebyshev_continuous.
  - assert (P : forall k, INR (S k) <> 0) by (intros; apply not_0_INR; lia).
    unfold minus, plus, opp; cbv [NormedModule.sort R_NormedModule R_CompleteNormedModule]; simpl AbelianGroup.plus.
    change ((chebyshev (S (S (S m))) 1 / INR (S (S (S m))) - chebyshev (S m) 1 / INR (S m)) / 2
      + - ((chebyshev (S (S (S m))) (- (1)) / INR (S (S (S m))) - chebyshev (S m) (- (1)) / INR (S m)) / 2) =
      (1 + (-1) ^ m) / 2 * (/ INR (S (S (S m))) - / INR (S m))).
    rewrite !chebyshev_parity, !chebyshev_one, <- !tech_pow_Rmult; field; split; apply P.
Qed.

Lemma chebyshev_integral_odd : forall m, Nat.Odd m -> RInt (chebyshev m) (-1) 1 = 0.
Proof.
  intros [|[|m]] [k Hk]; [lia| |].
  - apply is_RInt_unique; evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => y ^ 2 / 2))|].
    + intros x _; auto_derive; [trivial|simpl; field].
    + intros x _; apply chebyshev_continuous.
    + change (1 ^ 2 / 2 + - ((-1) ^ 2 / 2) = 0); field.
  - rewrite chebyshev_integral; replace m with (2 * (k - 1) + 1)%nat at 1 by lia.
    rewrite pow_add, pow_mult; replace ((-1) ^ 2) with 1 by ring; rewrite pow1, pow_1; lra.
Qed.

Lemma chebyshev_integral_bound : forall m, (2 <= m)%nat -> Rabs (RInt (chebyshev m) (-1) 1) <= 2 / 3.
Proof.
  intros [|[|m]] Hm; [lia|lia|]; rewrite chebyshev_integral, Rabs_mult.
  assert (0 <= INR m) by apply pos_INR.
  assert (H1 : Rabs ((1 + (-1) ^ m) / 2) <= 1).
  { assert (K := pow_1_abs m); assert (T := Rabs_triang 1 ((-1) ^ m)); rewrite Rabs_R1, K in T.
    unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ 2)) by lra; lra. }
  assert (H2 : Rabs (/ INR (S (S (S m))) - / INR (S m)) <= 2 / 3).
  { rewrite !S_INR; replace (/ (INR m + 1 + 1 + 1) - / (INR m + 1)) with (- (2 / ((INR m + 1) * (INR m + 3)))) by (field;
  lra).
    rewrite Rabs_Ropp, Rabs_pos_eq by (apply Rle_mult_inv_pos; [lra|apply Rmult_lt_0_compat; lra]).
    apply Rle_div_l; [apply Rmult_lt_0_compat; lra|]; nra. }
  assert (0 <= Rabs (/ INR (S (S (S m))) - / INR (S m))) by apply Rabs_pos.
  assert (0 <= Rabs ((1 + (-1) ^ m) / 2)) by apply Rabs_pos; nra.
Qed.
