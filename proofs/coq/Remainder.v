(** Remainder lemmas of the certified escape count.

    The count of gradient-descent steps is enclosed through an approximate Abel coordinate
    Phi(v) = (1/eta) int dx/u(x) + (1/2) ln u(v) of the map v -> v + eta u(v): each step raises
    Phi by 1 up to a defect that the first two derivatives of ln u bound. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products.
Open Scope R_scope.

(** ** Two tools *)

(** If |G'| <= H' on [a,b] then G grows by no more than H. *)
Lemma growth_bound : forall (G H g h : R -> R) a b, a <= b ->
  (forall x, a <= x <= b -> is_derive G x (g x)) ->
  (forall x, a <= x <= b -> is_derive H x (h x)) ->
  (forall x, a <= x <= b -> Rabs (g x) <= h x) ->
  Rabs (G b - G a) <= H b - H a.
Proof.
  intros G H g h a b Hab HG HH Hle.
  assert (M : forall K k', (forall x, a <= x <= b -> is_derive K x (k' x)) ->
    (forall x, a <= x <= b -> 0 <= k' x) -> 0 <= K b - K a).
  { intros K k' HK Hk.
    destruct (MVT_gen K a b k') as [c [Hc E]].
    - intros x; rewrite Rmin_left, Rmax_right by lra; intros; apply HK; lra.
    - intros x; rewrite Rmin_left, Rmax_right by lra; intros.
      apply continuity_pt_filterlim, (ex_derive_continuous K x); eexists; apply HK; lra.
    - rewrite Rmin_left, Rmax_right in Hc by lra.
      rewrite E; apply Rmult_le_pos; [apply Hk; lra|lra]. }
  assert (P := M (fun x => H x - G x) (fun x => h x - g x)).
  assert (Q := M (fun x => H x + G x) (fun x => h x + g x)).
  apply Rabs_le; split.
  - enough (0 <= (H b + G b) - (H a + G a)) by lra; apply Q; intros x Hx.
    + apply (is_derive_plus (V := R_NormedModule) H G); auto.
    + specialize (Hle x Hx); apply Rabs_le_between in Hle; lra.
  - enough (0 <= (H b - G b) - (H a - G a)) by lra; apply P; intros x Hx.
    + apply (is_derive_minus (V := R_NormedModule) H G); auto.
    + specialize (Hle x Hx); apply Rabs_le_between in Hle; lra.
Qed.

(** e^(-x) to second order, with a bound for either sign of x. *)
Lemma exp_remainder : forall x, Rabs (exp (- x) - 1 + x) <= exp (Rabs x) * x ^ 2 / 2.
Proof.
  assert (P : forall x, 0 <= x -> 0 <= exp (- x) - 1 + x <= x ^ 2 / 2).
  { intros x Hx.
    assert (D0 : forall y, is_derive (fun z => exp (- z) - 1 + z) y (1 - exp (- y))).
    { intros y; auto_derive; [trivial|ring]. }
    assert (E : forall y, 0 <= y -> Rabs (1 - exp (- y)) <= y).
    { intros y Hy.
      assert (exp (- y) <= 1) by (rewrite <- exp_0; destruct (Req_dec y 0) as [->|];
        [right; f_equal; ring|left; apply exp_increasing; lra]).
      assert (1 + - y <= exp (- y)) by (destruct (Req_dec y 0) as [->|N];
        [rewrite Ropp_0, exp_0; lra|left; apply exp_ineq1; lra]).
      rewrite Rabs_pos_eq; lra. }
    assert (1 + - x <= exp (- x)) by (destruct (Req_dec x 0) as [->|N];
        [rewrite Ropp_0, exp_0; lra|left; apply exp_ineq1; lra]).
    split; [lra|].
    assert (B := growth_bound (fun z => exp (- z) - 1 + z) (fun z => z ^ 2 / 2)
      (fun y => 1 - exp (- y)) (fun y => y) 0 x Hx).
    cbv beta in B; rewrite Ropp_0, exp_0 in B.
    assert (Rabs (exp (- x) - 1 + x - (1 - 1 + 0)) <= x ^ 2 / 2 - 0 ^ 2 / 2).
    { apply B; intros y Hy; [apply D0| |apply E; lra].
      auto_derive; [trivial|field]. }
    apply Rabs_le_between in H0; lra. }
  assert (N : forall x, 0 <= x -> 0 <= exp x - 1 - x <= exp x * x ^ 2 / 2).
  { intros x Hx.
    assert (1 + x <= exp x) by (destruct (Req_dec x 0) as [->|N];
      [rewrite exp_0; lra|left; apply exp_ineq1; lra]).
    split; [lra|].
    (* e^x - 1 - x = e^x (1 - e^-x - x e^-x), and the bracket is at most x^2/2 *)
    assert (B := growth_bound (fun z => 1 - exp (- z) - z * exp (- z)) (fun z => z ^ 2 / 2)
      (fun y => y * exp (- y)) (fun y => y) 0 x Hx).
    cbv beta in B; rewrite Ropp_0, exp_0 in B.
    assert (Rabs (1 - exp (- x) - x * exp (- x) - (1 - 1 - 0 * 1)) <= x ^ 2 / 2 - 0 ^ 2 / 2).
    { apply B; intros y Hy.
      - auto_derive; [trivial|ring].
      - auto_derive; [trivial|field].
      - assert (0 < exp (- y)) by apply exp_pos.
        assert (exp (- y) <= 1) by (rewrite <- exp_0; destruct (Req_dec y 0) as [->|];
          [right; f_equal; ring|left; apply exp_increasing; lra]).
        rewrite Rabs_pos_eq; nra. }
    apply Rabs_le_between in H0.
    assert (exp x * exp (- x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
    assert (0 < exp x) by apply exp_pos.
    replace (exp x - 1 - x) with (exp x * (1 - exp (- x) - x * exp (- x)))
      by (transitivity (exp x - exp x * exp (- x) * (1 + x)); [ring|rewrite H1; ring]).
    nra. }
  intros x; destruct (Rle_or_lt 0 x) as [H|H].
  - destruct (P x H) as [Q1 Q2]; rewrite (Rabs_pos_eq _ Q1), (Rabs_pos_eq x H).
    assert (1 <= exp x) by (destruct (Req_dec x 0) as [->|M];
      [rewrite exp_0; lra|left; rewrite <- exp_0; apply exp_increasing; lra]).
    assert (0 <= x ^ 2) by nra; nra.
  - destruct (N (- x)) as [Q1 Q2]; [lra|].
    rewrite (Rabs_left x H); replace (exp (- x) - 1 + x) with (exp (- x) - 1 - - x) by ring.
    rewrite (Rabs_pos_eq _ Q1); replace (x ^ 2) with ((- x) ^ 2) by ring; exact Q2.
Qed.

Lemma ln_ratio : forall x y, 0 < x -> 0 < y -> ln (x / y) = ln x - ln y.
Proof.
  intros x y Hx Hy; unfold Rdiv; rewrite ln_mult; [rewrite ln_Rinv by assumption; ring|assumption|].
  now apply Rinv_0_lt_compat.
Qed.

Lemma ln_ratio_one : forall x, 0 < x -> 0 = ln (x / x).
Proof. intros x Hx; rewrite ln_ratio by assumption; ring. Qed.

Lemma exp_le_compat : forall x y, x <= y -> exp x <= exp y.
Proof.
  intros x y [H|H]; [left; now apply exp_increasing|right; now rewrite H].
Qed.

(** ** R1. Sum against integral: the Abel defect of one step *)

Lemma shifted_square_integral : forall v h, is_RInt (fun x => (x - v) ^ 2) v (v + h) (h ^ 3 / 3).
Proof.
  intros v h.
  replace (h ^ 3 / 3) with (minus ((v + h - v) ^ 3 / 3) ((v - v) ^ 3 / 3))
    by (unfold minus, plus, opp; simpl; field).
  apply (is_RInt_derive (fun x => (x - v) ^ 3 / 3)).
  - intros x _; auto_derive; [trivial|field].
  - intros x _; apply (ex_derive_continuous (fun x => (x - v) ^ 2)); auto_derive; trivial.
Qed.

(** The trapezoid rule, its second derivative bounded but not assumed continuous. *)
Theorem trapezoid_remainder : forall (f f' f'' : R -> R) v h B,
  0 <= h ->
  (forall x, v <= x <= v + h -> is_derive f x (f' x)) ->
  (forall x, v <= x <= v + h -> is_derive f' x (f'' x)) ->
  (forall x, v <= x <= v + h -> Rabs (f'' x) <= B) ->
  Rabs (RInt f v (v + h) - h * (f v + f (v + h)) / 2) <= B * h ^ 3 / 12.
Proof.
  intros f f' f'' v h B Hh D1 D2 HB.
  assert (C1 : forall x, v <= x <= v + h -> continuous f x)
    by (intros; apply (ex_derive_continuous f); eexists; apply D1; lra).
  assert (C2 : forall x, v <= x <= v + h -> continuous f' x)
    by (intros; apply (ex_derive_continuous f'); eexists; apply D2; lra).
  assert (I1 : is_RInt f v (v + h) (RInt f v (v + h))).
  { apply (RInt_correct f), (ex_RInt_continuous f).
    rewrite Rmin_left, Rmax_right by lra; exact C1. }
  assert (I2 : is_RInt (fun x => f x + (x - v) * f' x) v (v + h) (h * f (v + h))).
  { replace (h * f (v + h)) with (minus ((v + h - v) * f (v + h)) ((v - v) * f v))
      by (unfold minus, plus, opp; simpl; ring).
    apply (is_RInt_derive (fun x => (x - v) * f x));
      rewrite Rmin_left, Rmax_right by lra; intros x Hx.
    - replace (f x + (x - v) * f' x) with (plus (mult 1 (f x)) (mult (x - v) (f' x)))
        by (unfold plus, mult; simpl; ring).
      apply (is_derive_mult (fun x => x - v) f x 1 (f' x)); [|apply D1; lra|intros; apply Rmult_comm].
      auto_derive; [trivial|ring].
    - apply (continuous_plus (V := R_NormedModule)); [auto|].
      apply (continuous_mult (K := R_AbsRing) (fun x => x - v)); [|auto].
      apply (ex_derive_continuous (fun x => x - v)); auto_derive; trivial. }
  (* the integrand 2 f - f(v) - (f + (x-v) f') is the Taylor remainder at x, seen from v *)
  assert (I3 : is_RInt (fun x => f x - f v - (x - v) * f' x) v (v + h)
    (2 * RInt f v (v + h) - h * f v - h * f (v + h))).
  { apply (is_RInt_ext (fun x => minus (minus (scal 2 (f x)) (f v)) (f x + (x - v) * f' x))).
    { intros; unfold minus, plus, opp, scal; simpl; unfold mult; simpl; ring. }
    replace (2 * RInt f v (v + h) - h * f v - h * f (v + h)) with
      (minus (minus (scal 2 (RInt f v (v + h))) (scal (v + h - v) (f v))) (h * f (v + h)))
      by (unfold minus, plus, opp, scal; simpl; unfold mult; simpl; ring).
    apply (is_RInt_minus (V := R_NormedModule)); [apply (is_RInt_minus (V := R_NormedModule))|exact I2].
    - apply (is_RInt_scal (V := R_NormedModule)); exact I1.
    - apply (is_RInt_const (V := R_NormedModule)). }
  assert (T : forall x, v <= x <= v + h -> Rabs (f x - f v - (x - v) * f' x) <= B / 2 * (x - v) ^ 2).
  { intros x Hx.
    assert (G := growth_bound (fun y => f y - f v - (y - v) * f' y) (fun y => B / 2 * (y - v) ^ 2)
      (fun y => - (y - v) * f'' y) (fun y => B * (y - v)) v x (proj1 Hx)).
    cbv beta in G.
    replace (f x - f v - (x - v) * f' x - (f v - f v - (v - v) * f' v))
      with (f x - f v - (x - v) * f' x) in G by ring.
    replace (B / 2 * (x - v) ^ 2 - B / 2 * (v - v) ^ 2) with (B / 2 * (x - v) ^ 2) in G by field.
    apply G; intros y Hy.
    - evar_last.
      + apply (is_derive_minus (V := R_NormedModule) (fun y => f y - f v) (fun y => (y - v) * f' y)).
        * apply (is_derive_minus (V := R_NormedModule) f (fun _ => f v));
            [apply D1; lra|apply is_derive_const].
        * apply (is_derive_mult (fun x => x - v) f' y 1 (f'' y)); [|apply D2; lra|intros; apply Rmult_comm].
          auto_derive; [trivial|ring].
      + unfold minus, plus, opp, mult, zero; simpl; ring.
    - auto_derive; [trivial|field].
    - rewrite Rabs_mult, Rabs_Ropp, Rabs_pos_eq by lra.
      rewrite Rmult_comm; apply Rmult_le_compat_r; [lra|apply HB; lra]. }
  assert (S := norm_RInt_le (V := R_NormedModule) _ _ v (v + h) _ _ ltac:(lra) T I3
    (is_RInt_scal (V := R_NormedModule) _ _ _ (B / 2) _ (shifted_square_integral v h))).
  unfold norm, scal in S; simpl in S; unfold abs, mult in S; simpl in S.
  replace (RInt f v (v + h) - h * (f v + f (v + h)) / 2)
    with ((2 * RInt f v (v + h) - h * f v - h * f (v + h)) / 2) by field.
  rewrite Rabs_div, (Rabs_pos_eq 2) by lra.
  apply (Rmult_le_reg_r 2); [lra|].
  unfold Rdiv at 1; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  eapply Rle_trans; [exact S|]; right; field.
Qed.

Theorem abel_defect : forall (u psi' psi'' : R -> R) v h eta A B,
  0 < eta -> 0 < h -> h = eta * u v ->
  (forall x, v <= x <= v + h -> 0 < u x) ->
  (forall x, v <= x <= v + h -> is_derive (fun y => ln (u y)) x (psi' x)) ->
  (forall x, v <= x <= v + h -> is_derive psi' x (psi'' x)) ->
  (forall x, v <= x <= v + h -> Rabs (psi' x) <= A) ->
  (forall x, v <= x <= v + h -> Rabs (psi'' x) <= B) ->
  Rabs (1 / eta * RInt (fun x => 1 / u x) v (v + h) - 1 + 1 / 2 * ln (u (v + h) / u v))
    <= h ^ 2 * (B / 12 + exp (A * h) * A ^ 2 / 6).
Proof.
  intros u psi' psi'' v h eta A B He Hh Eh Pu D1 D2 HA HB.
  set (f := fun y => ln (u y)).
  assert (A0 : 0 <= A) by (eapply Rle_trans; [apply Rabs_pos|apply (HA v); lra]).
  assert (C1 : forall x, v <= x <= v + h -> continuous f x)
    by (intros; apply (ex_derive_continuous f); eexists; apply D1; lra).
  assert (L : forall x, v <= x <= v + h -> Rabs (f x - f v) <= A * (x - v)).
  { intros x Hx.
    assert (G := growth_bound f (fun y => A * (y - v)) psi' (fun _ => A) v x (proj1 Hx)).
    cbv beta in G; replace (A * (x - v) - A * (v - v)) with (A * (x - v)) in G by ring.
    apply G; intros y Hy; [apply D1; lra| |apply HA; lra].
    auto_derive; [trivial|ring]. }
  set (J := RInt (fun x => exp (- (f x - f v))) v (v + h)).
  set (I := RInt f v (v + h)).
  assert (IJ : is_RInt (fun x => exp (- (f x - f v))) v (v + h) J).
  { apply (RInt_correct (fun x => exp (- (f x - f v)))), (ex_RInt_continuous (V := R_CompleteNormedModule)).
    rewrite Rmin_left, Rmax_right by lra; intros x Hx.
    apply (continuous_comp (fun x => - (f x - f v)) exp).
    - apply (continuous_opp (V := R_NormedModule) (fun x => f x - f v)).
      apply (continuous_minus (V := R_NormedModule) f); [auto|apply continuous_const].
    - apply (ex_derive_continuous exp); auto_derive; trivial. }
  assert (II : is_RInt f v (v + h) I).
  { apply (RInt_correct f), (ex_RInt_continuous f).
    rewrite Rmin_left, Rmax_right by lra; exact C1. }
  assert (IR : is_RInt (fun x => exp (- (f x - f v)) - 1 + (f x - f v)) v (v + h)
    (J - h + (I - h * f v))).
  { apply (is_RInt_ext (fun x => plus (minus (exp (- (f x - f v))) 1) (minus (f x) (f v)))).
    { intros; reflexivity. }
    replace (J - h + (I - h * f v)) with
      (plus (minus J (scal (v + h - v) 1)) (minus I (scal (v + h - v) (f v))))
      by (unfold minus, plus, opp, scal; simpl; unfold mult; simpl; ring).
    apply (is_RInt_plus (V := R_NormedModule)); apply (is_RInt_minus (V := R_NormedModule));
      auto; apply (is_RInt_const (V := R_NormedModule)). }
  assert (T : forall x, v <= x <= v + h ->
    Rabs (exp (- (f x - f v)) - 1 + (f x - f v)) <= exp (A * h) * A ^ 2 / 2 * (x - v) ^ 2).
  { intros x Hx; specialize (L x Hx).
    eapply Rle_trans; [apply exp_remainder|].
    assert (M : exp (Rabs (f x - f v)) <= exp (A * h)).
    { assert (Rabs (f x - f v) <= A * h) by (eapply Rle_trans; [exact L|apply Rmult_le_compat_l; lra]).
      destruct (Rle_lt_or_eq_dec _ _ H) as [K|K]; [left; now apply exp_increasing|right; now rewrite K]. }
    assert (S : (f x - f v) ^ 2 <= (A * (x - v)) ^ 2).
    { rewrite <- (pow2_abs (f x - f v)); apply pow_incr; split; [apply Rabs_pos|exact L]. }
    replace (exp (A * h) * A ^ 2 / 2 * (x - v) ^ 2) with (exp (A * h) * (A * (x - v)) ^ 2 / 2) by field.
    apply Rmult_le_compat_r; [lra|].
    apply Rmult_le_compat; [left; apply exp_pos|apply pow2_ge_0|exact M|exact S]. }
  assert (S := norm_RInt_le (V := R_NormedModule) _ _ v (v + h) _ _ ltac:(lra) T IR
    (is_RInt_scal (V := R_NormedModule) _ _ _ (exp (A * h) * A ^ 2 / 2) _ (shifted_square_integral v h))).
  unfold norm, scal in S; simpl in S; unfold abs, mult in S; simpl in S.
  assert (W := trapezoid_remainder f psi' psi'' v h B ltac:(lra) D1 D2 HB); fold I in W.
  assert (Ev : u v = exp (f v)) by (unfold f; rewrite exp_ln; [reflexivity|apply Pu; lra]).
  assert (E1 : RInt (fun x => 1 / u x) v (v + h) = J / u v).
  { assert (Q := is_RInt_scal (V := R_NormedModule) _ _ _ (/ u v) _ IJ).
    rewrite (is_RInt_unique (V := R_CompleteNormedModule) _ v (v + h) (scal (/ u v) J)).
    - unfold scal; simpl; unfold mult; simpl; unfold Rdiv; ring.
    - eapply (is_RInt_ext (V := R_NormedModule)); [|exact Q].
      rewrite Rmin_left, Rmax_right by lra; intros x Hx.
      unfold scal; simpl; unfold mult; simpl.
      assert (Ex : u x = exp (f x)) by (unfold f; rewrite exp_ln; [reflexivity|apply Pu; lra]).
      rewrite Ev, Ex; replace (- (f x - f v)) with (f v + - f x) by ring.
      rewrite exp_plus, exp_Ropp.
      assert (0 < exp (f v)) by apply exp_pos; assert (0 < exp (f x)) by apply exp_pos.
      field; lra. }
  assert (P0 : 0 < u v) by (apply Pu; lra).
  assert (P1 : 0 < u (v + h)) by (apply Pu; lra).
  replace (ln (u (v + h) / u v)) with (f (v + h) - f v) by (unfold f; rewrite ln_ratio; auto).
  rewrite E1; replace (1 / eta * (J / u v)) with (J / h) by (rewrite Eh; field; lra).
  replace (J / h - 1 + 1 / 2 * (f (v + h) - f v)) with
    ((J - h + (I - h * f v) - (I - h * (f v + f (v + h)) / 2)) / h) by (field; lra).
  rewrite Rabs_div, (Rabs_pos_eq h) by lra.
  apply (Rmult_le_reg_r h); [lra|].
  unfold Rdiv at 1; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  eapply Rle_trans; [apply (Rabs_triang _ (- (I - _)))|]; rewrite Rabs_Ropp.
  nra.
Qed.
