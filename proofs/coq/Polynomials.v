(** Polynomials as functions: sums, products, division by the factors of zeros; and rules whose nodes are the zeros of a
    polynomial that is orthogonal to all of lower degree. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature.
Open Scope R_scope.

Ltac known H := let E := fresh in assert (E := is_derive_unique _ _ _ H);
  match type of E with Derive ?f ?t = _ => change (Derive (fun x => f x) t) with (Derive f t); rewrite E; clear E end.

(** A polynomial of degree below n *)
Definition poly_below (n : nat) (f : R -> R) : Prop := exists c, forall y, f y = power_sum n c y.

Lemma poly_ext : forall n f g, (forall y, f y = g y) -> poly_below n f -> poly_below n g.
Proof. intros n f g H [c Hc]; exists c; intros y; rewrite <- H; apply Hc. Qed.

Lemma poly_zero : forall f, poly_below 0 f -> forall y, f y = 0.
Proof. intros f [c Hc] y; rewrite Hc; reflexivity. Qed.

Lemma poly_constant : forall f, poly_below 1 f -> forall y z, f y = f z.
Proof. intros f [c Hc] y z; rewrite !Hc; unfold power_sum; simpl; ring. Qed.

Lemma poly_lin : forall n f g k, poly_below n f -> poly_below n g -> poly_below n (fun y => f y + k * g y).
Proof.
  intros n f g k [a Ha] [b Hb]; exists (fun i => a i + k * b i); intros y; rewrite Ha, Hb; unfold power_sum.
  rewrite <- total_scal, <- total_plus; apply total_ext; intros; ring.
Qed.

Lemma poly_scaled : forall n f k, poly_below n f -> poly_below n (fun y => k * f y).
Proof. intros n f k [c Hc]; exists (fun i => k * c i); intros y; rewrite Hc; unfold power_sum; rewrite <- total_scal; apply total_ext; intros; ring. Qed.

Lemma poly_longer : forall n f, poly_below n f -> poly_below (S n) f.
Proof.
  intros n f [c Hc]; exists (fun k => if Nat.ltb k n then c k else 0); intros y; rewrite Hc; unfold power_sum; cbn [total].
  rewrite Nat.ltb_irrefl, Rmult_0_l, Rplus_0_r; apply total_ext; intros k Hk; apply Nat.ltb_lt in Hk; rewrite Hk; reflexivity.
Qed.

Lemma poly_weaken : forall n m f, (n <= m)%nat -> poly_below n f -> poly_below m f.
Proof. intros n m f H; induction H as [|m H IH]; intros P; [exact P|apply poly_longer, IH, P]. Qed.

Lemma poly_const : forall n k, poly_below (S n) (fun _ => k).
Proof. intros n k; apply (poly_weaken 1); [lia|]; exists (fun _ => k); intros y; unfold power_sum; simpl; ring. Qed.

Lemma poly_shift : forall n f, poly_below n f -> poly_below (S n) (fun y => y * f y).
Proof.
  intros n f [c Hc]; exists (fun k => match k with O => 0 | S j => c j end); intros y; rewrite Hc; unfold power_sum.
  rewrite total_first, Rmult_0_l, Rplus_0_l, <- total_scal; apply total_ext; intros k _; simpl; ring.
Qed.

(** f = k + y g *)
Lemma poly_split : forall n f, poly_below (S n) f -> exists k g, poly_below n g /\ forall y, f y = k + y * g y.
Proof.
  intros n f [c Hc]; exists (c 0%nat), (power_sum n (fun i => c (S i))); split; [eexists; reflexivity|]; intros y; rewrite Hc; unfold power_sum.
  rewrite total_first, <- total_scal; simpl; f_equal; [ring|]; apply total_ext; intros; ring.
Qed.

Lemma poly_times : forall n m f g, poly_below (S n) f -> poly_below m g -> poly_below (n + m) (fun y => f y * g y).
Proof.
  induction n as [|n IH]; intros m f g F G; destruct (poly_split _ f F) as [k [h [H E]]].
  - apply (poly_ext m (fun y => k * g y)); [|apply poly_scaled, G]; intros y; rewrite E, (poly_zero h H); ring.
  - apply (poly_ext (S n + m) (fun y => y * (h y * g y) + k * g y)); [intros y; rewrite E; ring|].
    apply (poly_lin _ (fun y => y * (h y * g y)) g k); [|apply (poly_weaken m); [lia|exact G]].
    apply (poly_shift (n + m) (fun y => h y * g y)), IH; assumption.
Qed.

Lemma poly_quotient : forall n f r, poly_below (S n) f -> exists g, poly_below n g /\ forall y, f y - f r = (y - r) * g y.
Proof.
  induction n as [|n IH]; intros f r F.
  - exists (fun _ => 0); split; [exists (fun _ => 0); reflexivity|]; intros y; rewrite (poly_constant f F y r); ring.
  - destruct (poly_split _ f F) as [k [g [G E]]]; destruct (IH g r G) as [h [H Eh]].
    exists (fun y => g y + r * h y); split; [apply poly_lin; [exact G|apply poly_longer, H]|]; intros y; rewrite !E.
    replace (k + y * g y - (k + r * g r)) with ((y - r) * g y + r * (g y - g r)) by ring; rewrite Eh; ring.
Qed.

Lemma poly_divide : forall n f r, poly_below (S n) f -> f r = 0 -> exists g, poly_below n g /\ forall y, f y = (y - r) * g y.
Proof. intros n f r F Z; destruct (poly_quotient n f r F) as [g [G E]]; exists g; split; [exact G|]; intros y; rewrite <- E, Z; ring. Qed.

Definition distinct (n : nat) (x : nat -> R) : Prop := forall i j, (i < n)%nat -> (j < n)%nat -> i <> j -> x i <> x j.

Lemma poly_factor : forall n m f x, poly_below (n + m) f -> distinct n x -> (forall i, (i < n)%nat -> f (x i) = 0) ->
  exists g, poly_below m g /\ forall y, f y = product n (fun i => y - x i) * g y.
Proof.
  induction n as [|n IH]; intros m f x F D Z; [exists f; split; [exact F|intros; simpl; ring]|].
  destruct (IH (S m) f x) as [g [G E]].
  - replace (n + S m)%nat with (S n + m)%nat by lia; exact F.
  - intros i j Hi Hj; apply D; lia.
  - intros i Hi; apply Z; lia.
  - destruct (poly_divide m g (x n) G) as [h [H Eh]].
    + specialize (Z n ltac:(lia)); rewrite E in Z; apply Rmult_integral in Z; destruct Z as [Z|Z]; [exfalso|exact Z].
      revert Z; apply product_nonzero; intros i Hi W; apply (D i n ltac:(lia) ltac:(lia) ltac:(lia)); lra.
    + exists h; split; [exact H|]; intros y; rewrite E, Eh; cbn [product]; ring.
Qed.

Lemma poly_derive : forall n f, poly_below (S n) f -> exists g, poly_below n g /\ forall y, is_derive f y (g y).
Proof.
  induction n as [|n IH]; intros f F; destruct (poly_split _ f F) as [k [g [G E]]].
  - exists (fun _ => 0); split; [exists (fun _ => 0); reflexivity|]; intros y; apply (is_derive_ext (fun _ => k)).
    + intros z; rewrite E, (poly_zero g G); real; ring.
    + apply (is_derive_const (V := R_NormedModule) k).
  - destruct (IH g G) as [h [H Dh]]; exists (fun y => g y + 1 * (y * h y)); split.
    + apply (poly_lin _ g (fun y => y * h y)); [exact G|apply poly_shift, H].
    + intros y; apply (is_derive_ext (fun y => k + y * g y)); [intros z; symmetry; apply E|]; specialize (Dh y).
      auto_derive; [eexists; exact Dh|]; known Dh; real; ring.
Qed.

Lemma poly_good : forall n f, poly_below n f -> good f.
Proof. intros n f [c Hc] x Hx; apply (continuous_ext (power_sum n c)); [intros y; symmetry; apply Hc|apply power_sum_good, Hx]. Qed.

(** What is orthogonal to powers is so to polynomials. *)
Lemma poly_orthogonal : forall n P f, good P -> (forall k, (k < n)%nat -> RInt (fun y => P y * y ^ k) (-1) 1 = 0) -> poly_below n f ->
  RInt (fun y => P y * f y) (-1) 1 = 0.
Proof.
  intros n P f GP H [c Hc]; rewrite (integral_ext _ (fun y => P y * power_sum n c y)) by (intros; rewrite Hc; reflexivity); clear f Hc.
  assert (GT : forall f, good f -> good (fun y => P y * f y))
    by (intros f F t Ht; apply (continuous_mult (K := R_AbsRing) P f); [apply GP, Ht|apply F, Ht]).
  induction n as [|n IH].
  - rewrite (integral_ext _ (fun _ => 0)) by (intros; unfold power_sum; simpl; real; ring); rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; real; ring.
  - rewrite (integral_ext _ (fun y => P y * power_sum n c y + c n * (P y * y ^ n))) by (intros; unfold power_sum; cbn [total]; real; ring).
    assert (G1 : good (fun y => P y * power_sum n c y)) by (apply (GT (power_sum n c)); apply power_sum_good).
    assert (G2 : good (fun y => P y * y ^ n)) by (apply (GT (fun y => y ^ n)); apply pow_good).
    rewrite (good_integral_lin _ _ (c n) (-1) 1 G1 G2) by lra.
    rewrite IH, H by (intros; (apply H || lia); lia); real; ring.
Qed.

(** ** The rule *)

Lemma some_functions : forall (N : nat) (P : nat -> (R -> R) -> Prop), (forall i, (i < N)%nat -> exists q, P i q) ->
  exists q, forall i, (i < N)%nat -> P i (q i).
Proof.
  induction N as [|N IH]; intros P H; [exists (fun _ z => z); intros; lia|].
  destruct (IH P ltac:(intros; apply H; lia)) as [q Hq]; destruct (H N ltac:(lia)) as [e He].
  exists (fun i => if Nat.eqb i N then e else q i); intros i Hi; destruct (Nat.eqb_spec i N) as [->|Ne]; [exact He|apply Hq; lia].
Qed.

Lemma rule_one : forall n x w f i, (i < n)%nat -> (forall j, (j < n)%nat -> j <> i -> f (x j) = 0) -> rule n x w f = w i * f (x i).
Proof.
  intros n x w f i Hi H; unfold rule; revert i Hi H; induction n as [|n IH]; intros i Hi H; [lia|]; cbn [total].
  destruct (Nat.eq_dec i n) as [->|Ne].
  - rewrite total_zero; [ring|]; intros j Hj; rewrite (H j) by lia; ring.
  - rewrite (IH i) by (try lia; intros; apply H; lia); rewrite (H n) by lia; ring.
Qed.

Lemma orthogonal_rule : forall n (P P' : R -> R) (x : nat -> R), poly_below (S n) P -> (forall y, is_derive P y (P' y)) ->
  (forall k, (k < n)%nat -> RInt (fun y => P y * y ^ k) (-1) 1 = 0) -> P 1 ^ 2 = 1 -> P (-1) ^ 2 = 1 ->
  (forall i, (i < n)%nat -> -1 < x i < 1 /\ P (x i) = 0) -> distinct n x ->
  let w i := 2 / ((1 - x i ^ 2) * P' (x i) ^ 2) in
  (forall i, (i < n)%nat -> P' (x i) <> 0) /\ forall f, poly_below (2 * n) f -> rule n x w f = RInt f (-1) 1.
Proof.
  intros n P P' x HP HD HO P1 P2 Hx D w.
  destruct (poly_derive n P HP) as [d [Hd Dd]]; assert (Ed : forall y, d y = P' y)
    by (intros y; rewrite <- (is_derive_unique _ _ _ (Dd y)); apply (is_derive_unique _ _ _ (HD y))).
  destruct (poly_factor n 1 P x) as [kap [K EK]]; [rewrite Nat.add_1_r; exact HP|exact D|intros; apply Hx; assumption|].
  set (N := fun y => product n (fun i => y - x i)) in *; change (forall y, P y = N y * kap y) in EK.
  assert (Ek : forall y, kap y = kap 0) by (intros; apply poly_constant; exact K); set (kp := kap 0) in *.
  assert (K0 : kp <> 0) by (intros Z; rewrite EK, Ek, Z in P1; lra).
  destruct (some_functions n (fun i q => poly_below n q /\ forall y, P y = (y - x i) * q y)) as [q Hq];
    [intros i Hi; apply poly_divide; [exact HP|apply Hx, Hi]|].
  assert (Q0 : forall i j, (i < n)%nat -> (j < n)%nat -> j <> i -> q i (x j) = 0).
  { intros i j Hi Hj Ne; destruct (Hq i Hi) as [_ E]; specialize (E (x j)); rewrite (proj2 (Hx j Hj)) in E.
    symmetry in E; apply Rmult_integral in E; destruct E as [E|E]; [exfalso; apply (D j i Hj Hi Ne); lra|exact E]. }
  assert (Q1 : forall i, (i < n)%nat -> exists q', (forall y, is_derive (q i) y (q' y)) /\ forall y, P' y = q i y + (y - x i) * q' y).
  { intros i Hi; destruct (Hq i Hi) as [F E]; destruct (poly_derive n (q i) (poly_longer _ _ F)) as [q' [_ Dq]]; exists q'.
    split; [exact Dq|]; intros y; rewrite <- (is_derive_unique _ _ _ (HD y)); apply is_derive_unique.
    apply (is_derive_ext (fun y => (y - x i) * q i y)); [intros z; symmetry; apply E|]; specialize (Dq y).
    auto_derive; [eexists; exact Dq|]; known Dq; real; ring. }
  assert (Q2 : forall i, (i < n)%nat -> P' (x i) = q i (x i)) by (intros i Hi; destruct (Q1 i Hi) as [q' [_ E]]; rewrite E; ring).
  assert (Q3 : forall i, (i < n)%nat -> q i (x i) <> 0).
  { intros i Hi Z; destruct (Hq i Hi) as [F E]; destruct (poly_factor n 0 (q i) x) as [g [G Eg]]; [rewrite Nat.add_0_r; exact F|exact D| |].
    - intros j Hj; destruct (Nat.eq_dec j i) as [->|Ne]; [exact Z|apply Q0; assumption].
    - rewrite E, Eg, (poly_zero g G) in P1; lra. }
  split; [intros i Hi; rewrite Q2 by exact Hi; apply Q3, Hi|].
  set (v := fun i => RInt (q i) (-1) 1 / q i (x i)).
  assert (Ex : forall f, poly_below (2 * n) f -> rule n x v f = RInt f (-1) 1).
  { intros f F; set (r := fun y => total n (fun i => f (x i) / q i (x i) * q i y)).
    assert (R0 : forall m, (m <= n)%nat -> poly_below n (fun y => total m (fun i => f (x i) / q i (x i) * q i y)) /\
      RInt (fun y => total m (fun i => f (x i) / q i (x i) * q i y)) (-1) 1 = total m (fun i => v i * f (x i))).
    { induction m as [|m IH]; intros Hm.
      - split; [exists (fun _ => 0); intros y; unfold power_sum; cbn [total]; rewrite total_zero; [reflexivity|intros; ring]|]; cbn [total].
        rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; real; ring.
      - destruct (IH ltac:(lia)) as [I1 I2]; destruct (Hq m ltac:(lia)) as [F' _]; cbn [total]; split.
        + exact (poly_lin n _ (q m) (f (x m) / q m (x m)) I1 F').
        + rewrite good_integral_lin by (try lra; eapply poly_good; eassumption); rewrite I2; f_equal; unfold v; field; apply Q3; lia. }
    destruct (R0 n (Nat.le_refl n)) as [Rp Ri]; fold r in Rp, Ri.
    assert (Rx : forall i, (i < n)%nat -> f (x i) + -1 * r (x i) = 0).
    { intros i Hi; unfold r.
      assert (T : total n (fun j => f (x j) / q j (x j) * q j (x i)) = f (x i)).
      { clear - Hi Q0 Q3; assert (G : forall m, (m <= n)%nat -> total m (fun j => f (x j) / q j (x j) * q j (x i)) = if Nat.ltb i m then f (x i) else 0).
        { induction m as [|m IH]; intros Hm; [reflexivity|]; cbn [total]; rewrite IH by lia; destruct (Nat.eq_dec m i) as [->|Ne].
          - rewrite Nat.ltb_irrefl; replace (Nat.ltb i (S i)) with true by (symmetry; apply Nat.ltb_lt; lia); field; apply Q3, Hi.
          - rewrite (Q0 m i) by lia; destruct (Nat.ltb_spec i m), (Nat.ltb_spec i (S m)); try lia; ring. }
        rewrite G by lia; replace (Nat.ltb i n) with true by (symmetry; apply Nat.ltb_lt; exact Hi); reflexivity. }
      rewrite T; ring. }
    destruct (poly_factor n n (fun y => f y + -1 * r y) x) as [s [S Es]].
    - replace (n + n)%nat with (2 * n)%nat by lia; apply poly_lin; [exact F|apply (poly_weaken n); [lia|exact Rp]].
    - exact D.
    - exact Rx.
    - assert (Z : RInt (fun y => f y + -1 * r y) (-1) 1 = 0).
      { rewrite (integral_ext _ (fun y => P y * (/ kp * s y))).
        - apply (poly_orthogonal n); [exact (poly_good _ P HP)|exact HO|apply poly_scaled, S].
        - intros y; rewrite Es, EK, Ek; unfold N; field; exact K0. }
      rewrite good_integral_lin in Z by (try lra; eapply poly_good; eassumption); unfold rule; rewrite <- Ri; lra. }
  assert (Ew : forall i, (i < n)%nat -> v i = w i).
  { intros i Hi; destruct (Hq i Hi) as [F E]; destruct (Q1 i Hi) as [q' [Dq Eq]]; destruct (Hx i Hi) as [X _].
    set (g := fun y => 2 * (q i y * d y) + -1 * (q i y * q i y)).
    assert (G : poly_below (2 * n) g).
    { apply (poly_lin _ (fun y => 2 * (q i y * d y)) (fun y => q i y * q i y)); [apply (poly_scaled _ (fun y => q i y * d y))|];
        replace (2 * n)%nat with (n + n)%nat by lia; apply poly_times; try assumption; apply poly_longer, F. }
    assert (I := Ex g G); rewrite (rule_one n x v g i Hi) in I by (intros j Hj Ne; unfold g; rewrite Q0 by assumption; ring).
    assert (J : RInt g (-1) 1 = 2 / (1 - x i ^ 2)).
    { assert (A1 : (1 - x i) * q i 1 = P 1) by (symmetry; apply E); assert (A2 : (-1 - x i) * q i (-1) = P (-1)) by (symmetry; apply E).
      apply is_RInt_unique; evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => (y - x i) * (q i y * q i y)) g)|].
      - intros y _; specialize (Dq y); unfold g; rewrite Ed, Eq.
        assert (DD : is_derive (fun y => (y - x i) * (q i y * q i y)) y (q i y * q i y + (y - x i) * (2 * q i y * q' y)))
          by (auto_derive; [repeat split; eexists; exact Dq|known Dq; real; ring]).
        evar_last; [exact DD|real; ring].
      - intros y Hy; rewrite Rmin_left, Rmax_right in Hy by lra; apply (poly_good _ g G); lra.
      - change ((1 - x i) * (q i 1 * q i 1) + - ((-1 - x i) * (q i (-1) * q i (-1))) = 2 / (1 - x i ^ 2)).
        assert (B1 : (1 - x i) * (q i 1 * q i 1) = / (1 - x i)).
        { apply Rmult_eq_reg_l with (1 - x i); [|lra]; rewrite Rinv_r by lra; apply (eq_trans (y := P 1 ^ 2)); [rewrite <- A1; ring|exact P1]. }
        assert (B2 : (-1 - x i) * (q i (-1) * q i (-1)) = / (-1 - x i)).
        { apply Rmult_eq_reg_l with (-1 - x i); [|lra]; rewrite Rinv_r by lra; apply (eq_trans (y := P (-1) ^ 2)); [rewrite <- A2; ring|exact P2]. }
        rewrite B1, B2; field; split; nra. }
    rewrite J in I; unfold g in I; rewrite Ed, Q2 in I by exact Hi; unfold w; rewrite Q2 by exact Hi; specialize (Q3 i Hi).
    set (z := q i (x i)) in *; assert (Nz : z ^ 2 <> 0) by (apply pow_nonzero, Q3); assert (Nx : 1 - x i ^ 2 <> 0) by nra.
    replace (2 * (z * z) + -1 * (z * z)) with (z ^ 2) in I by ring.
    apply Rmult_eq_reg_r with (z ^ 2); [rewrite I; field; split; assumption|exact Nz]. }
  intros f F; rewrite <- Ex by exact F; unfold rule; apply total_ext; intros i Hi; rewrite Ew by exact Hi; reflexivity.
Qed.
