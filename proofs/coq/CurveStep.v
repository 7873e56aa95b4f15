(** One step beside the curve of the orbit (escape-counts.md, section 6): how far ln c_j gets from a curve
    that solves the equation of one step up to a residual, and what the count of steps misses. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry ReducedSpeed CurveSpeed.
Open Scope R_scope.

(** ** What is checked on a panel [lo, hi], for every c within the tube around the curve *)

Definition speeds_close (J : nat) (sigma : R) (f' f'' : R -> R) (eta tube lo hi : R) (curve : nat -> R -> R)
  (low longest near half : R) : Prop :=
  forall c y, lo <= y <= hi -> beside J tube (fun j => curve j y) c ->
    is_derive f' (reduced_product J sigma c y) (f'' (reduced_product J sigma c y)) /\
    low <= eta * reduced_speed J sigma f' c y <= longest /\
    Rabs (reduced_chi J sigma f' f'' c y) * total J (fun j => c j / (c j + y ^ 2)) <= 2 * half /\
    forall j, (j < J)%nat -> longest ^ 2 <= c j + y ^ 2 /\ (0 < curve j y -> near <= c j + y ^ 2).

Definition curve_smooth (J : nat) (lo hi : R) (curve curve' : nat -> R -> R) (slope : R) (Phi Phi' : R -> R) (tilt : R) : Prop :=
  forall y, lo <= y <= hi ->
    (forall j, (j < J)%nat -> is_derive (curve j) y (curve' j y) /\ 0 <= curve j y /\ Rabs (curve' j y) <= slope * curve j y) /\
    is_derive Phi y (Phi' y) /\ Rabs (Phi' y) <= tilt.

(** The equations of one step, up to residuals *)
Definition curve_solves (J : nat) (sigma : R) (f' : R -> R) (eta lo hi : R) (curve : nat -> R -> R) (Phi : R -> R)
  (leaves miss : R) : Prop :=
  forall y, lo <= y <= hi -> let h := eta * reduced_speed J sigma f' (fun j => curve j y) y in
    (forall j, (j < J)%nat ->
      4 * Rabs (curve j y * (1 - h ^ 2 / (curve j y + y ^ 2)) - curve j (y + h)) <= leaves * curve j y) /\
    Rabs (Phi (y + h) - Phi y - 1) <= miss.

(** By what a step stretches the distance from the curve, per unit of its length *)
Definition stretch (tube longest near half shrink slope : R) : R :=
  exp (half * tube) * (longest / near / (1 - shrink) * (1 + 2 * half) + slope * half).

(** All that is checked on one panel *)
Definition panel_fits (J : nat) (sigma : R) (f' f'' : R -> R) (eta tube lo hi : R) (curve curve' : nat -> R -> R) (Phi Phi' : R -> R)
  (low longest near half shrink slope leaves miss tilt : R) : Prop :=
  0 < low <= longest /\ 0 < near /\ longest ^ 2 <= shrink * near /\ shrink < 1 / 2 /\ 0 <= half /\ 0 <= slope /\ 0 <= leaves < 1 / 2 /\
  20 * longest <= hi - lo /\
  speeds_close J sigma f' f'' eta tube lo hi curve low longest near half /\
  curve_smooth J lo (hi + longest) curve curve' slope Phi Phi' tilt /\
  curve_solves J sigma f' eta lo hi curve Phi leaves miss.

Lemma stretch_nonneg : forall J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt,
  panel_fits J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt ->
  0 <= stretch tube longest near half shrink slope.
Proof.
  intros J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt [L [Nr [_ [Sh [Hf [Sl _]]]]]].
  assert (0 < / near) by (apply Rinv_0_lt_compat; exact Nr); assert (0 < / (1 - shrink)) by (apply Rinv_0_lt_compat; lra).
  unfold stretch; apply Rmult_le_pos; [left; apply exp_pos|]; apply Rplus_le_le_0_compat; [|apply Rmult_le_pos; lra].
  apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; lra.
Qed.

(** The step on the curve and the step beside it *)
Lemma steps_beside : forall J sigma f' f'' eta tube lo hi curve low longest near half x c e,
  0 < eta -> 0 < low -> 0 <= e <= tube -> lo <= x <= hi -> (forall j, (j < J)%nat -> 0 <= curve j x) ->
  speeds_close J sigma f' f'' eta tube lo hi curve low longest near half ->
  beside J e (fun j => curve j x) c ->
  let h := eta * reduced_speed J sigma f' c x in
  let k := eta * reduced_speed J sigma f' (fun j => curve j x) x in
  0 <= half /\ low <= h <= longest /\ low <= k <= longest /\ h <= k * exp (half * e) /\ k <= h * exp (half * e).
Proof.
  intros J sigma f' f'' eta tube lo hi curve low longest near half x c e He Hlow Hte Hx Pos HS Hc h k.
  assert (Wide : forall b, beside J e (fun j => curve j x) b -> beside J tube (fun j => curve j x) b)
    by (intros b Hb; apply (beside_weaken J e); [lra|exact Pos|exact Hb]).
  assert (W0 := beside_itself J e (fun j => curve j x) ltac:(lra) Pos).
  destruct (HS c x Hx (Wide _ Hc)) as [_ [Hh _]]; destruct (HS _ x Hx (Wide _ W0)) as [_ [Hk [Hchi Near]]].
  assert (L2 : 0 < longest ^ 2) by (apply pow_lt; unfold k in Hk; lra).
  assert (half0 : 0 <= half).
  { assert (0 <= total J (fun j => curve j x / (curve j x + x ^ 2))).
    { apply total_nonneg; intros j Hj; destruct (Near j Hj) as [N _]; apply Rmult_le_pos; [apply Pos; exact Hj|left; apply Rinv_0_lt_compat; lra]. }
    assert (P := Rabs_pos (reduced_chi J sigma f' f'' (fun j => curve j x) x)).
    assert (Q := Rmult_le_pos _ _ P H); cbv beta in *; lra. }
  destruct (speed_moves J sigma f' f'' (fun j => curve j x) c x e half) as [A B].
  - lra.
  - exact Pos.
  - exact Hc.
  - intros b Hb; destruct (HS b x Hx (Wide _ Hb)) as [D [S [X N]]]; split; [exact D|]; split.
    + apply (Rmult_lt_reg_l eta); [exact He|]; rewrite Rmult_0_r; lra.
    + split; [|exact X]; intros j Hj; destruct (N j Hj) as [N1 _]; lra.
  - unfold h, k; split; [exact half0|]; split; [exact Hh|]; split; [exact Hk|]; split; rewrite Rmult_assoc; apply Rmult_le_compat_l; lra.
Qed.

(** ** Lemma C1: the distance from the curve after one step *)

Lemma beside_factors : forall curve c e, curve <= c * exp e -> c <= curve * exp e -> curve * exp (- e) <= c <= curve * exp e.
Proof.
  intros curve c e A B; split; [|exact B]; assert (P := exp_pos (- e)); assert (I : exp e * exp (- e) = 1)
    by (rewrite <- exp_plus, Rplus_opp_r, exp_0; reflexivity).
  apply (Rmult_le_compat_r (exp (- e))) in A; [rewrite Rmult_assoc, I in A; lra|lra].
Qed.

Lemma factors_beside : forall curve c e, curve * exp (- e) <= c -> curve <= c * exp e.
Proof.
  intros curve c e A; assert (P := exp_pos e); assert (I : exp (- e) * exp e = 1)
    by (rewrite <- exp_plus, Rplus_opp_l, exp_0; reflexivity).
  apply (Rmult_le_compat_r (exp e)) in A; [rewrite Rmult_assoc, I in A; lra|lra].
Qed.

(** A residual of a quarter of l, relative to the value before *)
Lemma residual_factor : forall v p after l, 0 <= v -> 0 <= p <= 1 / 2 -> 0 <= l <= 1 / 2 ->
  4 * Rabs (v * (1 - p) - after) <= l * v -> v * (1 - p) <= after * exp l /\ after <= v * (1 - p) * exp l.
Proof.
  intros v p after l Hv Hp Hl H.
  assert (V : v <= 2 * (v * (1 - p))) by nra; assert (A : Rabs (v * (1 - p) - after) <= l / 2 * (v * (1 - p))) by nra.
  apply Rabs_le_between in A; assert (E := exp_ineq1_le l); assert (W : 0 <= v * (1 - p)) by nra; set (z := v * (1 - p)) in *.
  split; [|nra].
  apply (Rle_trans _ (z * (1 - l / 2) * (1 + l))); [nra|].
  assert (0 <= after) by nra; apply (Rle_trans _ (after * (1 + l))); [apply Rmult_le_compat_r; lra|nra].
Qed.

Lemma square_below : forall z H L, 0 <= z <= H -> H <= L -> z ^ 2 <= H * L.
Proof. intros; replace (z ^ 2) with (z * z) by ring; apply Rmult_le_compat; lra. Qed.

Lemma shifted_factor : forall c v X e, 0 <= e -> 0 <= X -> c <= v * exp e -> c + X <= (v + X) * exp e.
Proof.
  intros c v X e He HX H; rewrite Rmult_plus_distr_r; apply Rplus_le_compat; [exact H|].
  assert (K := exp_ineq1_le e); rewrite <- (Rmult_1_r X) at 1; apply Rmult_le_compat_l; lra.
Qed.

Lemma stray_step : forall J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt x c e,
  0 < eta -> panel_fits J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt ->
  lo <= x <= hi -> 0 <= e <= tube -> beside J e (fun j => curve j x) c ->
  let h := eta * reduced_speed J sigma f' c x in
  beside J (e * (1 + h * stretch tube longest near half shrink slope) + leaves) (fun j => curve j (x + h))
    (fun j => c j * (1 - h ^ 2 / (c j + x ^ 2))).
Proof.
  intros J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt x c e He
    [Hlow [Hnear [Hsh [Hhalf [_ [Hsl [Hl [_ [HS [HC HR]]]]]]]]]] Hx Hte Hc h.
  assert (Pos : forall j, (j < J)%nat -> 0 <= curve j x) by (intros j Hj; apply (HC x); [lra|exact Hj]).
  set (k := eta * reduced_speed J sigma f' (fun j => curve j x) x).
  destruct (steps_beside J sigma f' f'' eta tube lo hi curve low longest near half x c e He ltac:(lra) Hte Hx Pos HS Hc)
    as [half0 [Hh [Hk [A B]]]]; fold h k in Hh, Hk, A, B.
  set (d := half * e) in *; assert (d0 : 0 <= d) by (apply Rmult_le_pos; lra).
  set (H := Rmax h k).
  assert (HM : h <= H /\ k <= H /\ H <= longest) by (unfold H; split; [apply Rmax_l|split; [apply Rmax_r|apply Rmax_lub; lra]]).
  assert (HE : H <= h * exp (half * tube)).
  { apply (Rle_trans _ (h * exp d)).
    - unfold H; apply Rmax_lub; [|exact B]; assert (K := exp_ineq1_le d); rewrite <- (Rmult_1_r h) at 1; apply Rmult_le_compat_l; lra.
    - apply Rmult_le_compat_l; [lra|]; apply exp_le_compat, Rmult_le_compat_l; lra. }
  assert (Apart : Rabs (k - h) <= H * d) by (apply factor_apart; lra).
  destruct (HR x Hx) as [Res _]; fold k in Res.
  assert (W0 := beside_weaken J 0 tube (fun j => curve j x) (fun j => curve j x) ltac:(lra) Pos (beside_itself J 0 _ ltac:(lra) Pos)).
  destruct (HS _ x Hx W0) as [_ [_ [_ N0]]]; destruct (HS c x Hx (beside_weaken J e tube _ _ (proj2 Hte) Pos Hc)) as [_ [_ [_ N1]]].
  assert (Grow : forall j, (j < J)%nat -> forall p q, lo <= p <= hi + longest -> lo <= q <= hi + longest ->
    curve j p <= curve j q * exp (slope * Rabs (p - q))).
  { intros j Hj; apply (relative_growth (curve j) (curve' j)); intros y Hy; destruct (HC y Hy) as [C _]; destruct (C j Hj) as [C1 [_ C2]]; split; assumption. }
  assert (At : forall j, (j < J)%nat -> 0 <= curve j (x + h)) by (intros j Hj; apply (HC (x + h)); [lra|exact Hj]).
  set (sg := slope * (H * d)).
  assert (Slide : forall j, (j < J)%nat -> curve j (x + h) <= curve j (x + k) * exp sg /\ curve j (x + k) <= curve j (x + h) * exp sg).
  { intros j Hj.
    assert (Sl : exp (slope * Rabs (k - h)) <= exp sg) by (apply exp_le_compat, Rmult_le_compat_l; assumption).
    assert (Ak : 0 <= curve j (x + k)) by (apply (HC (x + k)); [lra|exact Hj]).
    split; eapply Rle_trans.
    - apply (Grow j Hj (x + h) (x + k)); lra.
    - replace (x + h - (x + k)) with (- (k - h)) by ring; rewrite Rabs_Ropp; apply Rmult_le_compat_l; assumption.
    - apply (Grow j Hj (x + k) (x + h)); lra.
    - replace (x + k - (x + h)) with (k - h) by ring; apply Rmult_le_compat_l; [apply At; exact Hj|exact Sl]. }
  set (b := (1 + 2 * half) * e); set (Q := H * longest / near); set (al := Q / (1 - shrink) * b).
  assert (b0 : 0 <= b) by (apply Rmult_le_pos; lra).
  assert (Qs : 0 <= Q <= shrink).
  { unfold Q; split; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; exact Hnear]|].
    apply (Rmult_le_reg_r near); [exact Hnear|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    apply (Rle_trans _ (longest ^ 2)); [|exact Hsh]; replace (longest ^ 2) with (longest * longest) by ring; apply Rmult_le_compat_r; lra. }
  assert (Al0 : 0 <= al) by (apply Rmult_le_pos; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]|exact b0]).
  assert (End : e + al + leaves + sg <= e * (1 + h * stretch tube longest near half shrink slope) + leaves).
  { assert (K : al + sg = H * ((longest / near / (1 - shrink) * (1 + 2 * half) + slope * half) * e))
      by (unfold al, sg, Q, b, d; field; lra).
    assert (Z : 0 <= longest / near / (1 - shrink)).
    { apply Rmult_le_pos; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; exact Hnear]|left; apply Rinv_0_lt_compat; lra]. }
    assert (Z2 : 0 <= (longest / near / (1 - shrink) * (1 + 2 * half) + slope * half) * e)
      by (apply Rmult_le_pos; [apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra|lra]).
    apply (Rmult_le_compat_r _ _ _ Z2) in HE; unfold stretch; lra. }
  intros j Hj; specialize (Pos j Hj); specialize (At j Hj); specialize (Hc j Hj); destruct (Slide j Hj) as [S1 S2]; specialize (Res j Hj).
  destruct (N0 j Hj) as [M0 L0]; destruct (N1 j Hj) as [M1 L1].
  set (v := curve j x) in *; set (after := curve j (x + k)) in *; set (there := curve j (x + h)) in *; cbv beta in Hc.
  assert (long2 : 0 < longest ^ 2) by (apply pow_lt; lra).
  set (q := h ^ 2 / (c j + x ^ 2)) in *; set (p := k ^ 2 / (v + x ^ 2)) in *.
  destruct (Rle_dec v 0) as [Zero|Positive].
  - assert (v0 : v = 0) by lra; assert (cj : c j = 0) by (rewrite v0 in Hc; lra).
    rewrite v0 in Res; assert (after = 0).
    { assert (K := Rabs_pos (0 * (1 - p) - after)); assert (K0 : Rabs (0 * (1 - p) - after) = 0) by lra.
      apply Rabs_eq_0 in K0; lra. }
    assert (there <= 0) by (replace after with 0 in S1 by lra; lra); rewrite cj; replace there with 0 by lra; lra.
  - assert (V : 0 < v) by lra; specialize (L0 V); specialize (L1 V); destruct Hc as [Hc1 Hc2].
    assert (Sq : forall z, 0 <= z <= H -> z ^ 2 <= H * longest) by (intros; apply square_below; lra).
    assert (Div : forall s y, near <= s -> 0 <= y <= H * longest -> 0 <= y / s <= Q).
    { intros s y Hs Hy; assert (Is : 0 < / s) by (apply Rinv_0_lt_compat; lra); assert (/ s <= / near) by (apply Rinv_le_contravar; lra).
      unfold Q, Rdiv; split; [apply Rmult_le_pos; lra|apply Rmult_le_compat; lra]. }
    assert (q0 : 0 <= q <= Q) by (apply Div; [exact L1|split; [apply pow2_ge_0|apply Sq; lra]]).
    assert (p0 : 0 <= p <= Q) by (apply Div; [exact L0|split; [apply pow2_ge_0|apply Sq; lra]]).
    assert (Back : v <= c j * exp e) by (apply factors_beside; exact Hc1).
    assert (Ee := exp_ineq1_le e); assert (x2 := pow2_ge_0 x).
    assert (Ratio : forall a z s t, 0 <= a -> 0 <= z -> near <= s -> near <= t -> a <= z * exp d -> t <= s * exp e -> a ^ 2 / s <= z ^ 2 / t * exp b).
    { intros a z s t Ha Hz Hs Ht Ka Kt.
      assert (Eb : exp b = exp d * exp d * exp e) by (rewrite <- !exp_plus; f_equal; unfold b, d; ring).
      apply (Rmult_le_reg_r (s * t)); [apply Rmult_lt_0_compat; lra|].
      replace (a ^ 2 / s * (s * t)) with (a ^ 2 * t) by (field; lra).
      replace (z ^ 2 / t * exp b * (s * t)) with (z * exp d * (z * exp d) * (s * exp e)) by (rewrite Eb; field; lra).
      apply Rmult_le_compat; [apply pow2_ge_0|lra| |exact Kt].
      replace (a ^ 2) with (a * a) by ring; apply Rmult_le_compat; assumption. }
    assert (Rpq : q <= p * exp b) by (apply Ratio; try lra; apply shifted_factor; lra).
    assert (Rqp : p <= q * exp b) by (apply Ratio; try lra; apply shifted_factor; lra).
    assert (F1 := shrink_apart q p b Q shrink b0 q0 p0 (proj2 Qs) ltac:(lra) Rqp); fold al in F1.
    assert (F2 := shrink_apart p q b Q shrink b0 p0 q0 (proj2 Qs) ltac:(lra) Rpq); fold al in F2.
    destruct (residual_factor v p after leaves Pos ltac:(lra) ltac:(lra) Res) as [G1 G2].
    assert (Next : forall e', e + al + leaves + sg <= e' -> exp e * exp al * exp leaves * exp sg <= exp e')
      by (intros e' He'; rewrite <- !exp_plus; apply exp_le_compat; exact He').
    specialize (Next _ End); set (e' := e * _ + leaves) in *.
    assert (P1 := exp_pos e); assert (P2 := exp_pos al); assert (P3 := exp_pos leaves); assert (P4 := exp_pos sg).
    assert (cp : 0 < c j) by (eapply Rlt_le_trans; [|exact Hc1]; apply Rmult_lt_0_compat; [exact V|apply exp_pos]).
    apply beside_factors.
    + apply (Rle_trans _ (c j * (1 - q) * (exp e * exp al * exp leaves * exp sg))); [|apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact Next]].
      apply (Rle_trans _ _ _ S1); replace (c j * (1 - q) * (exp e * exp al * exp leaves * exp sg))
        with (c j * exp e * ((1 - q) * exp al) * exp leaves * exp sg) by ring.
      apply Rmult_le_compat_r; [lra|]; apply (Rle_trans _ _ _ G2); apply Rmult_le_compat_r; [lra|].
      apply Rmult_le_compat; lra.
    + apply (Rle_trans _ (there * (exp e * exp al * exp leaves * exp sg))); [|apply Rmult_le_compat_l; assumption].
      apply (Rle_trans _ (v * exp e * ((1 - p) * exp al))); [apply Rmult_le_compat; lra|].
      replace (v * exp e * ((1 - p) * exp al)) with (v * (1 - p) * (exp e * exp al)) by ring.
      replace (there * (exp e * exp al * exp leaves * exp sg)) with (there * exp sg * exp leaves * (exp e * exp al)) by ring.
      apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|]; apply (Rle_trans _ _ _ G1); apply Rmult_le_compat_r; lra.
Qed.

(** Lemma C2: what the count of a step misses *)
Lemma count_step : forall J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt x c e,
  0 < eta -> panel_fits J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt ->
  lo <= x <= hi -> 0 <= e <= tube -> beside J e (fun j => curve j x) c ->
  let h := eta * reduced_speed J sigma f' c x in
  low <= h <= longest /\ Rabs (Phi (x + h) - Phi x - 1) <= miss + longest * half * tilt * e.
Proof.
  intros J sigma f' f'' eta tube lo hi curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt x c e He
    [Hlow [Hnear [Hsh [Hhalf [_ [Hsl [Hl [_ [HS [HC HR]]]]]]]]]] Hx Hte Hc h.
  assert (Pos : forall j, (j < J)%nat -> 0 <= curve j x) by (intros j Hj; apply (HC x); [lra|exact Hj]).
  set (k := eta * reduced_speed J sigma f' (fun j => curve j x) x).
  destruct (steps_beside J sigma f' f'' eta tube lo hi curve low longest near half x c e He ltac:(lra) Hte Hx Pos HS Hc)
    as [half0 [Hh [Hk [A B]]]]; fold h k in Hh, Hk, A, B.
  split; [exact Hh|].
  assert (d0 : 0 <= half * e) by (apply Rmult_le_pos; lra).
  assert (Apart : Rabs (h - k) <= longest * (half * e)) by (apply factor_apart; lra).
  destruct (HR x Hx) as [_ Res]; fold k in Res.
  assert (Slide : Rabs (Phi (x + h) - Phi (x + k)) <= tilt * Rabs (h - k)).
  { assert (G : forall p q, p <= q -> lo <= p -> q <= hi + longest -> Rabs (Phi q - Phi p) <= tilt * (q - p)).
    { intros p q Hpq Hp Hq; replace (tilt * (q - p)) with (tilt * q - tilt * p) by ring.
      apply (growth_bound Phi (fun y => tilt * y) Phi' (fun _ => tilt)); [exact Hpq| | |].
      - intros y Hy; apply (HC y); lra.
      - intros y _; auto_derive; [trivial|ring].
      - intros y Hy; apply (HC y); lra. }
    destruct (Rle_dec h k) as [C|C].
    - replace (Rabs (h - k)) with (x + k - (x + h)) by (rewrite Rabs_left1; lra); rewrite Rabs_minus_sym; apply G; lra.
    - replace (Rabs (h - k)) with (x + h - (x + k)) by (rewrite Rabs_pos_eq; lra); apply G; lra. }
  assert (tilt0 : 0 <= tilt) by (destruct (HC x ltac:(lra)) as [_ [_ T]]; eapply Rle_trans; [apply Rabs_pos|exact T]).
  apply (Rmult_le_compat_l tilt) in Apart; [|exact tilt0].
  replace (Phi (x + h) - Phi x - 1) with (Phi (x + k) - Phi x - 1 + (Phi (x + h) - Phi (x + k))) by ring.
  eapply Rle_trans; [apply Rabs_triang|]; lra.
Qed.
