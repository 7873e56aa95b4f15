(** The rule of Gauss and Legendre (escape-counts.md, section 4): the zeros of the Legendre polynomial P_n, with the
    weights 2/((1 - x^2) P_n'(x)^2), are exact below degree 2n; where P_n changes its sign, such zeros are. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials.
Open Scope R_scope.

(** ** Legendre polynomials and their derivatives, by the recurrence *)

Fixpoint legendre (m : nat) (x : R) : R :=
  match m with
  | O => 1
  | S k => match k with O => x | S j => ((2 * INR k + 1) * x * legendre k x - INR k * legendre j x) / INR m end
  end.

Fixpoint legendre_slope (m : nat) (x : R) : R :=
  match m with
  | O => 0
  | S k => match k with O => 1
    | S j => ((2 * INR k + 1) * (legendre k x + x * legendre_slope k x) - INR k * legendre_slope j x) / INR m end
  end.

Lemma legendre_rec : forall m x,
  (INR m + 2) * legendre (S (S m)) x = (2 * INR m + 3) * x * legendre (S m) x - (INR m + 1) * legendre m x.
Proof.
  intros m x; change (legendre (S (S m)) x) with (((2 * INR (S m) + 1) * x * legendre (S m) x - INR (S m) * legendre m x) / INR (S (S m))).
  rewrite !S_INR; assert (P := pos_INR m); field; lra.
Qed.

Lemma legendre_slope_rec : forall m x, (INR m + 2) * legendre_slope (S (S m)) x
  = (2 * INR m + 3) * (legendre (S m) x + x * legendre_slope (S m) x) - (INR m + 1) * legendre_slope m x.
Proof.
  intros m x; change (legendre_slope (S (S m)) x) with
    (((2 * INR (S m) + 1) * (legendre (S m) x + x * legendre_slope (S m) x) - INR (S m) * legendre_slope m x) / INR (S (S m))).
  rewrite !S_INR; assert (P := pos_INR m); field; lra.
Qed.

Lemma legendre_polynomial : forall m, poly_below (S m) (legendre m).
Proof.
  apply two_steps; [exact (poly_const 0 1)| |].
  - apply (poly_ext 2 (fun y => y * 1)); [intros; simpl; ring|apply (poly_shift 1 (fun _ => 1)), poly_const].
  - intros m H0 H1; assert (P := pos_INR m).
    apply (poly_ext _ (fun y => (2 * INR m + 3) / (INR m + 2) * (y * legendre (S m) y) + - ((INR m + 1) / (INR m + 2)) * legendre m y)).
    + intros y; apply Rmult_eq_reg_l with (INR m + 2); [|lra]; rewrite legendre_rec; field; lra.
    + apply (poly_lin _ (fun y => (2 * INR m + 3) / (INR m + 2) * (y * legendre (S m) y)) (legendre m)).
      * apply (poly_scaled _ (fun y => y * legendre (S m) y)), poly_shift, H1.
      * apply (poly_weaken (S m)); [lia|exact H0].
Qed.

Lemma legendre_derive : forall m x, is_derive (legendre m) x (legendre_slope m x).
Proof.
  intros m x; revert m; apply two_steps; [apply (is_derive_const (V := R_NormedModule) 1)|apply (is_derive_id (K := R_AbsRing) x)|].
  intros m H0 H1; assert (P := pos_INR m).
  apply (is_derive_ext (fun y => ((2 * INR m + 3) * y * legendre (S m) y - (INR m + 1) * legendre m y) / (INR m + 2))).
  - intros y; rewrite <- legendre_rec; real; field; lra.
  - replace (legendre_slope (S (S m)) x) with (((2 * INR m + 3) * (legendre (S m) x + x * legendre_slope (S m) x) - (INR m + 1) * legendre_slope m x) / (INR m + 2))
      by (rewrite <- legendre_slope_rec; field; lra).
    set (f := legendre m) in *; set (g := legendre (S m)) in *.
    auto_derive; [repeat split; eexists; eassumption|]; known H0; known H1; real; field; lra.
Qed.

(** The derivatives of three in a row *)
Lemma legendre_ladder : forall m x,
  legendre_slope (S m) x = x * legendre_slope m x + (INR m + 1) * legendre m x /\
  x * legendre_slope (S m) x - legendre_slope m x = (INR m + 1) * legendre (S m) x /\
  (x ^ 2 - 1) * legendre_slope (S m) x = (INR m + 1) * (x * legendre (S m) x - legendre m x).
Proof.
  intros m x; induction m as [|m [A [B C]]]; [simpl; repeat split; ring|].
  assert (P := pos_INR m); assert (R := legendre_rec m x); assert (D := legendre_slope_rec m x); rewrite S_INR.
  set (p0 := legendre m x) in *; set (p1 := legendre (S m) x) in *; set (p2 := legendre (S (S m)) x) in *.
  set (d0 := legendre_slope m x) in *; set (d1 := legendre_slope (S m) x) in *; set (d2 := legendre_slope (S (S m)) x) in *; set (k := INR m) in *.
  assert (E : d2 = x * d1 + (k + 1 + 1) * p1).
  { apply Rmult_eq_reg_l with (k + 2); [|lra]; rewrite D; replace d0 with (x * d1 - (k + 1) * p1) by lra; ring. }
  split; [exact E|]; rewrite E; split.
  - replace (x * (x * d1 + (k + 1 + 1) * p1) - d1) with ((x ^ 2 - 1) * d1 + (k + 2) * x * p1) by ring; rewrite C; lra.
  - replace ((x ^ 2 - 1) * (x * d1 + (k + 1 + 1) * p1)) with (x * ((x ^ 2 - 1) * d1) + (k + 2) * (x ^ 2 - 1) * p1) by ring.
    rewrite C; replace ((k + 1 + 1) * (x * p2 - p1)) with (x * ((k + 2) * p2) - (k + 2) * p1) by ring; rewrite R; ring.
Qed.

Lemma legendre_ends : forall m, legendre m 1 = 1 /\ legendre m (-1) = (-1) ^ m.
Proof.
  apply two_steps; [simpl; split; ring|simpl; split; ring|]; intros m [A0 B0] [A1 B1]; assert (P := pos_INR m).
  split; apply Rmult_eq_reg_l with (INR m + 2); try lra; rewrite legendre_rec; [rewrite A0, A1|rewrite B0, B1; simpl]; ring.
Qed.

Lemma legendre_parity : forall m x, legendre m (- x) = (-1) ^ m * legendre m x /\ legendre_slope m (- x) = - (-1) ^ m * legendre_slope m x.
Proof.
  intros m x; revert m; apply two_steps; [simpl; split; ring|simpl; split; ring|]; intros m [A0 B0] [A1 B1]; assert (P := pos_INR m); split.
  - apply Rmult_eq_reg_l with (INR m + 2); [|lra]; replace ((INR m + 2) * ((-1) ^ S (S m) * legendre (S (S m)) x))
      with ((-1) ^ m * ((INR m + 2) * legendre (S (S m)) x)) by (simpl; ring); rewrite !legendre_rec, A0, A1; simpl; ring.
  - apply Rmult_eq_reg_l with (INR m + 2); [|lra]; replace ((INR m + 2) * (- (-1) ^ S (S m) * legendre_slope (S (S m)) x))
      with (- (-1) ^ m * ((INR m + 2) * legendre_slope (S (S m)) x)) by (simpl; ring); rewrite !legendre_slope_rec, A1, B0, B1; simpl; ring.
Qed.

(** ** Orthogonality *)

Lemma legendre_good : forall m, good (legendre m).
Proof. intros m; exact (poly_good _ _ (legendre_polynomial m)). Qed.

Lemma legendre_mean : forall m, RInt (legendre (S m)) (-1) 1 = 0.
Proof.
  intros m; apply is_RInt_unique; assert (P := pos_INR m); destruct (legendre_ends m) as [A0 B0]; destruct (legendre_ends (S (S m))) as [A2 B2].
  evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => (legendre (S (S m)) y - legendre m y) / (2 * INR m + 3)) (legendre (S m)))|].
  - intros y _; destruct (legendre_ladder (S m) y) as [A _]; destruct (legendre_ladder m y) as [_ [B _]]; rewrite S_INR in A.
    assert (D2 := legendre_derive (S (S m)) y); assert (D0 := legendre_derive m y).
    set (f := legendre (S (S m))) in *; set (g := legendre m) in *; set (p := legendre (S m)) in *.
    assert (DD : is_derive (fun y => (f y - g y) / (2 * INR m + 3)) y ((legendre_slope (S (S m)) y - legendre_slope m y) / (2 * INR m + 3)))
      by (auto_derive; [repeat split; eexists; eassumption|known D2; known D0; real; field; lra]).
    evar_last; [exact DD|]; rewrite A; replace (legendre_slope m y) with (y * legendre_slope (S m) y - (INR m + 1) * p y) by lra; real; field; lra.
  - intros y Hy; rewrite Rmin_left, Rmax_right in Hy by lra; apply legendre_good; lra.
  - change ((legendre (S (S m)) 1 - legendre m 1) / (2 * INR m + 3) + - ((legendre (S (S m)) (-1) - legendre m (-1)) / (2 * INR m + 3)) = 0).
    rewrite A0, B0, A2, B2; simpl; field; lra.
Qed.

Lemma legendre_orthogonal : forall k m, (k < m)%nat -> RInt (fun y => legendre m y * y ^ k) (-1) 1 = 0.
Proof.
  induction k as [|k IH]; intros m Hm.
  - destruct m as [|m]; [lia|]; rewrite (integral_ext _ (legendre (S m))) by (intros; simpl; real; ring); apply legendre_mean.
  - destruct m as [|[|m]]; try lia; assert (P := pos_INR m); assert (Q : 0 < 2 * INR (S m) + 3) by (assert (X := pos_INR (S m)); lra).
    assert (G : forall i, good (fun y => legendre i y * y ^ k))
      by (intros i t Ht; apply (continuous_mult (K := R_AbsRing) (legendre i) (fun y => y ^ k)); [apply legendre_good, Ht|apply pow_good, Ht]).
    rewrite (integral_ext _ (fun y => (INR (S m) + 2) / (2 * INR (S m) + 3) * (legendre (S (S (S m))) y * y ^ k)
      + (INR (S m) + 1) / (2 * INR (S m) + 3) * (legendre (S m) y * y ^ k))).
    + rewrite (good_integral_lin (fun y => (INR (S m) + 2) / (2 * INR (S m) + 3) * (legendre (S (S (S m))) y * y ^ k)) (fun y => legendre (S m) y * y ^ k)
        ((INR (S m) + 1) / (2 * INR (S m) + 3)) (-1) 1 (good_scaled _ _ (G _)) (G _)) by lra.
      rewrite (integral_ext _ (fun y => 0 + (INR (S m) + 2) / (2 * INR (S m) + 3) * (legendre (S (S (S m))) y * y ^ k))) by (intros; ring).
      rewrite (good_integral_lin (fun _ => 0) (fun y => legendre (S (S (S m))) y * y ^ k) ((INR (S m) + 2) / (2 * INR (S m) + 3)) (-1) 1) by (match goal with |- good (fun _ => 0) => intros t _; apply continuous_const | |- good _ => apply G | _ => lra end).
      rewrite RInt_const, !IH by lia; unfold scal; simpl; unfold mult; simpl; real; field; simpl in Q; lra.
    + intros y; assert (R := legendre_rec (S m) y); simpl pow; set (z := y ^ k).
      replace (legendre (S (S m)) y * (y * z)) with ((2 * INR (S m) + 3) * y * legendre (S (S m)) y * z / (2 * INR (S m) + 3)) by (field; lra).
      replace ((2 * INR (S m) + 3) * y * legendre (S (S m)) y) with ((INR (S m) + 2) * legendre (S (S (S m))) y + (INR (S m) + 1) * legendre (S m) y) by lra.
      field; lra.
Qed.

(** ** The rule *)

(** The weights as Arb computes them *)
Definition legendre_weight (n : nat) (x : R) : R := 2 / ((1 - x ^ 2) * legendre_slope n x ^ 2).

Lemma sign_square : forall m, ((-1) ^ m) ^ 2 = 1.
Proof. intros m; rewrite <- pow_mult, Nat.mul_comm, pow_mult; replace ((-1) ^ 2) with 1 by ring; apply pow1. Qed.

Lemma simple_zeros : forall n x, (forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0) -> distinct n x ->
  (forall i, (i < n)%nat -> legendre_slope n (x i) <> 0) /\
  forall f, poly_below (2 * n) f -> rule n x (fun i => legendre_weight n (x i)) f = RInt f (-1) 1.
Proof.
  intros n x H D; destruct (legendre_ends n) as [E1 E2].
  exact (orthogonal_rule n (legendre n) (legendre_slope n) x (legendre_polynomial n) (legendre_derive n)
    (fun k Hk => legendre_orthogonal k n Hk) ltac:(rewrite E1; ring) ltac:(rewrite E2; apply sign_square) H D).
Qed.

(** From P_(n-1) instead of the derivative *)
Lemma legendre_weight_value : forall n x, -1 < x < 1 -> legendre (S n) x = 0 -> legendre n x <> 0 ->
  legendre_weight (S n) x = 2 * (1 - x ^ 2) / (INR (S n) * legendre n x) ^ 2.
Proof.
  intros n x Hx Z N; destruct (legendre_ladder n x) as [_ [_ C]]; assert (P := pos_INR n); unfold legendre_weight; rewrite Z, Rmult_0_r in C; rewrite S_INR.
  set (p := legendre n x) in *; assert (X : 1 - x ^ 2 <> 0) by nra.
  assert (E : legendre_slope (S n) x = (INR n + 1) * p / (1 - x ^ 2)).
  { apply Rmult_eq_reg_l with (x ^ 2 - 1); [rewrite C; field; exact X|lra]. }
  rewrite E; field; repeat split; try assumption; lra.
Qed.

Theorem legendre_rule : forall (n : nat) (x : nat -> R),
  (forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0 /\ x (n - 1 - i)%nat = - x i) -> distinct n x ->
  gauss_rule n x (fun i => legendre_weight n (x i)).
Proof.
  intros n x H D.
  destruct (simple_zeros n x ltac:(intros i Hi; destruct (H i Hi) as [A [B _]]; split; assumption) D) as [N R].
  split; [|split].
  - intros i Hi; destruct (H i Hi) as [A _]; split; [lra|]; unfold legendre_weight; specialize (N i Hi).
    assert (0 < legendre_slope n (x i) ^ 2) by (rewrite <- Rsqr_pow2; apply Rsqr_pos_lt, N).
    apply Rle_mult_inv_pos; [lra|apply Rmult_lt_0_compat; [nra|assumption]].
  - intros i Hi; destruct (H i Hi) as [_ [_ E]]; split; [exact E|]; rewrite E; unfold legendre_weight; destruct (legendre_parity n (x i)) as [_ P]; rewrite P.
    replace ((- (-1) ^ n * legendre_slope n (x i)) ^ 2) with (((-1) ^ n) ^ 2 * legendre_slope n (x i) ^ 2) by ring; rewrite sign_square.
    do 2 f_equal; ring.
  - intros m Hm; apply R; exists (fun k => if Nat.eqb k m then 1 else 0); intros y; unfold power_sum.
    clear - Hm; revert Hm; generalize (2 * n)%nat.
    assert (Z : forall j, (j <= m)%nat -> total j (fun k => (if Nat.eqb k m then 1 else 0) * y ^ k) = 0).
    { intros j Hj; apply total_zero; intros k Hk; destruct (Nat.eqb_spec k m); [lia|ring]. }
    intros l; induction l as [|j IH]; intros Hj; [lia|]; cbn [total]; destruct (Nat.eq_dec m j) as [->|Ne].
    + rewrite Z, Nat.eqb_refl by lia; ring.
    + rewrite <- IH by lia; destruct (Nat.eqb_spec j m); [lia|ring].
Qed.

(** What the code checks of the positive nodes: P_n changes its sign in intervals of (0, 1) that do not meet, from the right to the left. *)
Definition holds_zeros (k n : nat) (lo hi : nat -> R) : Prop :=
  (forall i, (i < k)%nat -> 0 < lo i /\ lo i <= hi i /\ hi i < 1 /\ legendre n (lo i) * legendre n (hi i) <= 0) /\
  forall i j, (i < j < k)%nat -> hi j < lo i.

Lemma legendre_zeros : forall (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat -> holds_zeros k n lo hi ->
  exists x : nat -> R, (forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0) /\ distinct n x /\
    (forall i, (i < n)%nat -> x (n - 1 - i)%nat = - x i) /\ (forall i, (i < k)%nat -> lo i <= x i <= hi i).
Proof.
  intros k m lo hi -> [H Apart]; set (n := (2 * k)%nat) in *.
  assert (Z : exists z, forall i, (i < k)%nat -> lo i <= z i <= hi i /\ legendre n (z i) = 0).
  { destruct (some_functions k (fun i q => lo i <= q 0 <= hi i /\ legendre n (q 0) = 0)) as [q Hq].
    - intros i Hi; destruct (H i Hi) as [L1 [L2 [L3 S]]].
      assert (C : continuity (legendre n)).
      { intros y; apply continuity_pt_filterlim, (ex_derive_continuous (legendre n)); exists (legendre_slope n y); apply legendre_derive. }
      destruct (IVT_cor (legendre n) (lo i) (hi i) C ltac:(lra) S) as [y Hy]; exists (fun _ => y); exact Hy.
    - exists (fun i => q i 0); exact Hq. }
  destruct Z as [z Hz]; set (x := fun i => if Nat.ltb i k then z i else - z (n - 1 - i)%nat).
  assert (Low : forall i, (i < k)%nat -> x i = z i) by (intros i Hi; unfold x; apply Nat.ltb_lt in Hi; rewrite Hi; reflexivity).
  assert (High : forall i, (k <= i)%nat -> x i = - z (n - 1 - i)%nat) by (intros i Hi; unfold x; apply Nat.ltb_ge in Hi; rewrite Hi; reflexivity).
  assert (Mirror : forall i, (i < n)%nat -> x (n - 1 - i)%nat = - x i).
  { intros i Hi; destruct (le_lt_dec k i) as [L|L]; unfold n in *.
    - rewrite (High i L), Low by lia; ring.
    - rewrite (Low i L), High by lia; do 2 f_equal; lia. }
  assert (Ze : forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0).
  { intros i Hi; destruct (le_lt_dec k i) as [L|L].
    - rewrite High by exact L; destruct (Hz (n - 1 - i)%nat ltac:(unfold n in *; lia)) as [B E];
      destruct (H (n - 1 - i)%nat ltac:(unfold n in *; lia)) as [A1 [A2 [A3 _]]]; destruct (legendre_parity n (z (n - 1 - i)%nat)) as [P _].
      split; [lra|]; rewrite P, E; ring.
    - rewrite Low by exact L; destruct (Hz i L) as [B E]; destruct (H i L) as [A1 [A2 [A3 _]]]; split; [lra|exact E]. }
  assert (D1 : forall i j, (i < j < k)%nat -> z j < z i).
  { intros i j Hij; specialize (Apart i j Hij); destruct (Hz i ltac:(lia)), (Hz j ltac:(lia)); lra. }
  assert (D : forall i j, (i < j < n)%nat -> x i <> x j).
  { intros i j Hij; destruct (le_lt_dec k j) as [L|L].
    - rewrite (High j L); destruct (Hz (n - 1 - j)%nat ltac:(unfold n in *; lia)) as [B _]; destruct (H (n - 1 - j)%nat ltac:(unfold n in *; lia)) as [A [_ [_ _]]].
      destruct (le_lt_dec k i) as [M|M].
      + rewrite (High i M); assert (X := D1 (n - 1 - j)%nat (n - 1 - i)%nat ltac:(unfold n in *; lia)); lra.
      + rewrite (Low i M); destruct (Hz i M) as [B' _]; destruct (H i M) as [A' [_ [_ _]]]; lra.
    - rewrite (Low j L), (Low i ltac:(lia)); assert (X := D1 i j ltac:(lia)); lra. }
  assert (DD : distinct n x).
  { intros i j Hi Hj Ne; destruct (le_lt_dec i j) as [L|L]; [apply D; lia|intros E; apply (D j i); [lia|symmetry; exact E]]. }
  exists x; split; [exact Ze|]; split; [exact DD|]; split; [exact Mirror|]; intros i Hi; rewrite Low by exact Hi; apply Hz, Hi.
Qed.

Lemma zeros_rule : forall k n x, n = (2 * k)%nat -> (forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0) -> distinct n x ->
  (forall i, (i < n)%nat -> x (n - 1 - i)%nat = - x i) ->
  gauss_rule n x (fun i => legendre_weight n (x i)) /\
  forall i, (i < k)%nat -> legendre_weight n (x i) = 2 * (1 - x i ^ 2) / (INR n * legendre (n - 1) (x i)) ^ 2.
Proof.
  intros k n x En Ze DD Mirror; split.
  - apply legendre_rule; [intros i Hi; destruct (Ze i Hi) as [A B]; split; [exact A|split; [exact B|apply Mirror, Hi]]|exact DD].
  - intros i Hi; destruct (Ze i ltac:(lia)) as [A B]; replace n with (S (n - 1)) in B |- * at 1 2 by lia.
    apply legendre_weight_value; [exact A|exact B|]; intros C.
    destruct (legendre_ladder (n - 1) (x i)) as [_ [_ E]]; rewrite B, C, !Rmult_0_r, Rminus_0_r, Rmult_0_r in E.
    apply Rmult_integral in E; destruct E as [E|E]; [nra|].
    assert (N := proj1 (simple_zeros n x Ze DD)); apply (N i ltac:(lia)); replace n with (S (n - 1)) by lia; exact E.
Qed.

(** What the code checks of the nodes: P_n, n = 2k, changes its sign in k intervals of (0, 1) that do not meet; the other
    nodes are minus these. *)
Theorem legendre_nodes : forall (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat ->
  (forall i, (i < k)%nat -> 0 < lo i /\ lo i <= hi i /\ hi i < 1 /\ legendre n (lo i) * legendre n (hi i) <= 0) ->
  (forall i j, (i < j < k)%nat -> hi j < lo i) ->
  exists x : nat -> R, gauss_rule n x (fun i => legendre_weight n (x i)) /\
    forall i, (i < k)%nat -> lo i <= x i <= hi i /\ x (n - 1 - i)%nat = - x i /\
      legendre_weight n (x i) = 2 * (1 - x i ^ 2) / (INR n * legendre (n - 1) (x i)) ^ 2.
Proof.
  intros k n lo hi En H Apart; destruct (legendre_zeros k n lo hi En (conj H Apart)) as [x [Ze [DD [Mirror In]]]].
  destruct (zeros_rule k n x En Ze DD Mirror) as [Rule Weight]; exists x; split; [exact Rule|].
  intros i Hi; split; [apply In, Hi|split; [apply Mirror; lia|apply Weight, Hi]].
Qed.

(** P_n has no more than n zeros. *)
Lemma legendre_zero_among : forall n x y, (forall i, (i < n)%nat -> -1 < x i < 1 /\ legendre n (x i) = 0) -> distinct n x -> legendre n y = 0 ->
  exists i, (i < n)%nat /\ x i = y.
Proof.
  intros n x y Ze DD Hy; assert (Dec : forall m, (exists i, (i < m)%nat /\ x i = y) \/ forall i, (i < m)%nat -> x i <> y).
  { induction m as [|m [[i [Hi E]]|IH]]; [right; intros; lia|left; exists i; split; [lia|exact E]|].
    destruct (Req_dec (x m) y) as [E|E]; [left; exists m; split; [lia|exact E]|right; intros i Hi; destruct (Nat.eq_dec i m) as [->|Ne]; [exact E|apply IH; lia]]. }
  destruct (Dec n) as [E|N]; [exact E|exfalso].
  set (z := fun i => if Nat.eqb i n then y else x i).
  assert (Zn : z n = y) by (unfold z; rewrite Nat.eqb_refl; reflexivity).
  assert (Zi : forall i, (i < n)%nat -> z i = x i) by (intros i Hi; unfold z; destruct (Nat.eqb_spec i n); [lia|reflexivity]).
  destruct (poly_factor (S n) 0 (legendre n) z) as [g [G E]].
  - rewrite Nat.add_0_r; apply legendre_polynomial.
  - intros i j Hi Hj Ne; destruct (Nat.eq_dec i n) as [->|Ni], (Nat.eq_dec j n) as [->|Nj]; try lia.
    + rewrite Zn, Zi by lia; intros X; apply (N j ltac:(lia)); symmetry; exact X.
    + rewrite Zn, Zi by lia; apply N; lia.
    + rewrite !Zi by lia; apply DD; lia.
  - intros i Hi; destruct (Nat.eq_dec i n) as [->|Ni]; [rewrite Zn; exact Hy|rewrite Zi by lia; apply Ze; lia].
  - assert (O := proj1 (legendre_ends n)); rewrite E, (poly_zero g G) in O; lra.
Qed.

(** However often and finely the balls of the nodes are computed, they hold the same nodes. *)
Theorem legendre_same_nodes : forall (k n : nat) (lo hi : nat -> R), n = (2 * k)%nat -> holds_zeros k n lo hi ->
  exists x : nat -> R, gauss_rule n x (fun i => legendre_weight n (x i)) /\
    (forall i, (i < k)%nat -> x (n - 1 - i)%nat = - x i /\ legendre_weight n (x i) = 2 * (1 - x i ^ 2) / (INR n * legendre (n - 1) (x i)) ^ 2) /\
    forall lo' hi' : nat -> R, holds_zeros k n lo' hi' -> forall i, (i < k)%nat -> lo' i <= x i <= hi' i.
Proof.
  intros k n lo hi En H; destruct (legendre_zeros k n lo hi En H) as [x [Ze [DD [Mirror In]]]].
  destruct (zeros_rule k n x En Ze DD Mirror) as [Rule Weight]; exists x; split; [exact Rule|]; split; [intros i Hi; split; [apply Mirror; lia|apply Weight, Hi]|].
  intros lo' hi' H'; destruct (legendre_zeros k n lo' hi' En H') as [y [Ze' [DD' [Mirror' In']]]].
  assert (Pos : forall i, (i < k)%nat -> 0 < x i /\ 0 < y i).
  { intros i Hi; destruct (proj1 H i Hi) as [A _]; destruct (proj1 H' i Hi) as [B _]; specialize (In i Hi); specialize (In' i Hi); lra. }
  assert (Down : forall i j, (i < j < k)%nat -> x j < x i /\ y j < y i).
  { intros i j Hij; assert (A := proj2 H i j Hij); assert (B := proj2 H' i j Hij); assert (I := In i ltac:(lia)); assert (I2 := In j ltac:(lia)).
    assert (I' := In' i ltac:(lia)); assert (I2' := In' j ltac:(lia)); lra. }
  assert (Among : forall u v, (forall i, (i < n)%nat -> -1 < u i < 1 /\ legendre n (u i) = 0) -> distinct n u ->
    (forall i, (i < n)%nat -> u (n - 1 - i)%nat = - u i) -> (forall i, (i < k)%nat -> 0 < u i) -> legendre n v = 0 -> 0 < v -> exists j, (j < k)%nat /\ u j = v).
  { intros u v Zu Du Mu Pu Zv Pv; destruct (legendre_zero_among n u v Zu Du Zv) as [j [Hj E]]; destruct (le_lt_dec k j) as [L|L]; [|exists j; split; assumption].
    exfalso; assert (X := Pu (n - 1 - j)%nat ltac:(lia)); rewrite Mu in X by exact Hj; lra. }
  assert (Same : forall m i, (i <= m)%nat -> (i < k)%nat -> x i = y i).
  { induction m as [|m IH]; intros i Hm Hi.
    all: destruct (Among x (y i) Ze DD Mirror (fun j Hj => proj1 (Pos j Hj)) (proj2 (Ze' i ltac:(lia))) (proj2 (Pos i Hi))) as [j [Hj Ej]].
    all: destruct (Among y (x i) Ze' DD' Mirror' (fun j Hj => proj2 (Pos j Hj)) (proj2 (Ze i ltac:(lia))) (proj1 (Pos i Hi))) as [l [Hl El]].
    all: destruct (Nat.lt_trichotomy j i) as [C|[C|C]]; [|subst j; exact Ej|]; destruct (Nat.lt_trichotomy l i) as [D|[D|D]];
      try (subst l; symmetry; exact El); try lia.
    all: try (assert (X := Down i j ltac:(lia)); assert (Y := Down i l ltac:(lia)); lra).
    all: try (assert (X := IH j ltac:(lia) Hj); assert (Y := Down j i ltac:(lia)); lra).
    all: try (assert (X := IH l ltac:(lia) Hl); assert (Y := Down l i ltac:(lia)); lra). }
  intros i Hi; rewrite (Same i i (Nat.le_refl i) Hi); apply In', Hi.
Qed.
