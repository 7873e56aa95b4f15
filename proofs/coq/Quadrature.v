(** Lemma G of escape-counts.md: the error of Gauss-Legendre quadrature for a function that is holomorphic
    in an ellipse.  Of the rule nothing is used but that it is exact on polynomials of degree below 2 n, has
    no negative weight and is symmetric. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients.
Open Scope R_scope.

Definition rule (n : nat) (x w : nat -> R) (f : R -> R) : R := total n (fun i => w i * f (x i)).

Definition gauss_rule (n : nat) (x w : nat -> R) : Prop :=
  (forall i, (i < n)%nat -> -1 <= x i <= 1 /\ 0 <= w i) /\
  (forall i, (i < n)%nat -> x (n - 1 - i)%nat = - x i /\ w (n - 1 - i)%nat = w i) /\
  (forall m, (m < 2 * n)%nat -> rule n x w (fun y => y ^ m) = RInt (fun y => y ^ m) (-1) 1).

(** ** Linear functionals of continuous functions on [-1, 1], through the Chebyshev series *)

Definition good (f : R -> R) : Prop := forall x, -1 <= x <= 1 -> continuous f x.

Definition linear_on (E : (R -> R) -> R) : Prop :=
  forall f g c, good f -> good g -> E (fun x => f x + c * g x) = E f + c * E g.

Definition small_on (E : (R -> R) -> R) (A : R) : Prop :=
  forall g d, good g -> (forall x, -1 <= x <= 1 -> Rabs (g x) <= d) -> Rabs (E g) <= A * d.

Lemma good_lin : forall f g c, good f -> good g -> good (fun x => f x + c * g x).
Proof.
  intros f g c F G x Hx; apply (continuous_plus (V := R_NormedModule) f (fun x => c * g x)); [apply F, Hx|].
  apply (continuous_mult (K := R_AbsRing) (fun _ => c) g); [apply continuous_const|apply G, Hx].
Qed.

Lemma good_chebyshev : forall m, good (chebyshev m).
Proof. intros m x _; apply chebyshev_continuous. Qed.

Lemma good_partial : forall f N, good (partial f N).
Proof.
  intros f N; induction N as [|N IH].
  - intros x _; apply (continuous_ext (fun _ => coefficient f 0 / 2)); [|apply continuous_const].
    intros y; unfold partial; simpl; real; ring.
  - intros x Hx; apply (continuous_ext (fun y => partial f N y + coefficient f (S N) * chebyshev (S N) y)).
    + intros y; unfold partial; cbn [total]; real; ring.
    + apply (good_lin (partial f N) (chebyshev (S N)) (coefficient f (S N)) IH (good_chebyshev (S N)) x Hx).
Qed.

Lemma equal_values : forall E A, linear_on E -> small_on E A ->
  forall f g, good f -> good g -> (forall x, -1 <= x <= 1 -> f x = g x) -> E f = E g.
Proof.
  intros E A linear small f g F G H; assert (L := linear f g (-1) F G).
  assert (Z : Rabs (E (fun x => f x + -1 * g x)) <= A * 0).
  { apply small; [apply good_lin; assumption|]; intros x Hx; rewrite (H x Hx); replace (g x + -1 * g x) with 0 by ring.
    rewrite Rabs_R0; lra. }
  rewrite Rmult_0_r in Z; assert (P := Rabs_pos (E (fun x => f x + -1 * g x))).
  assert (N : E (fun x => f x + -1 * g x) = 0) by (destruct (Req_dec (E (fun x => f x + -1 * g x)) 0) as [K|K]; [exact K|];
    apply Rabs_pos_lt in K; lra).
  lra.
Qed.

Lemma of_partial : forall E A, linear_on E -> small_on E A -> forall f N,
  E (partial f N) = coefficient f 0 / 2 * E (chebyshev 0) + total N (fun m => coefficient f (S m) * E (chebyshev (S m))).
Proof.
  intros E A linear small f N; induction N as [|N IH].
  - assert (Z : good (fun _ => 0)) by (intros x _; apply continuous_const).
    assert (Z0 : E (fun _ => 0) = 0).
    { assert (L := linear _ _ 1 Z Z); assert (K := equal_values E A linear small (fun _ => 0 + 1 * 0) (fun _ => 0)
        (good_lin _ _ 1 Z Z) Z ltac:(intros; cbv beta; ring)); lra. }
    assert (L := linear _ _ (coefficient f 0 / 2) Z (good_chebyshev 0)).
    assert (K := equal_values E A linear small (partial f 0) _ (good_partial f 0) (good_lin _ _ (coefficient f 0 / 2) Z
      (good_chebyshev 0))
      ltac:(intros x _; unfold partial; cbn [total chebyshev]; field)).
    simpl total; lra.
  - assert (L := linear _ _ (coefficient f (S N)) (good_partial f N) (good_chebyshev (S N))).
    assert (K := equal_values E A linear small (partial f (S N)) _ (good_partial f (S N))
      (good_lin _ _ (coefficient f (S N)) (good_partial f N) (good_chebyshev (S N)))
      ltac:(intros x _; unfold partial; cbn [total]; ring)).
    cbn [total]; lra.
Qed.

(** A bound for the partial sums is one for the function. *)
Lemma through_series : forall (E : (R -> R) -> R) (A : R), linear_on E -> small_on E A -> forall (f f' : R -> R) (K q B : R)
  (N : nat -> nat),
  (forall x, -1 <= x <= 1 -> is_derive f x (f' x)) -> 0 <= q < 1 -> (forall m, Rabs (coefficient f m) <= K * q ^ m) ->
  (forall j, (j <= N j)%nat) -> (forall j, Rabs (E (partial f (N j))) <= B) -> Rabs (E f) <= B.
Proof.
  intros E A linear small f f' K q B N D Hq HK HN HB.
  assert (F : good f) by (intros x Hx; apply (ex_derive_continuous f); exists (f' x); exact (D x Hx)).
  assert (K0 : 0 <= K) by (specialize (HK 0%nat); simpl in HK; assert (0 <= Rabs (coefficient f 0)) by apply Rabs_pos; lra).
  assert (A0 : 0 <= A).
  { assert (X := small (chebyshev 0) 1 (good_chebyshev 0) (chebyshev_bound 0)).
    assert (0 <= Rabs (E (chebyshev 0))) by apply Rabs_pos; lra. }
  assert (S1 : forall j, Rabs (E f) <= B + A * (K * q ^ j / (1 - q))).
  { intros j; assert (L := linear f (partial f (N j)) (-1) F (good_partial f (N j))).
    assert (R1 : Rabs (E (fun x => f x + -1 * partial f (N j) x)) <= A * (K * q ^ j / (1 - q))).
    { apply small; [apply good_lin; [exact F|apply good_partial]|]; intros x Hx.
      replace (f x + -1 * partial f (N j) x) with (f x - partial f (N j) x) by ring.
      eapply Rle_trans; [apply (chebyshev_remainder f x (f' x) K q (N j) F Hx (D x Hx) Hq HK)|].
      unfold Rdiv; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|apply Rmult_le_compat_l; [exact K0|]].
      replace (S (N j)) with (j + (S (N j) - j))%nat by (specialize (HN j); lia); rewrite pow_add.
      assert (P1 : q ^ (S (N j) - j) <= 1) by (rewrite <- (pow1 (S (N j) - j)); apply pow_incr; lra).
      assert (P2 : 0 <= q ^ j) by (apply pow_le; lra).
      assert (P3 := Rmult_le_compat_l _ _ _ P2 P1); lra. }
    rewrite L in R1; specialize (HB j); assert (T := Rabs_triang (E f + -1 * E (partial f (N j))) (E (partial f (N j)))).
    replace (E f + -1 * E (partial f (N j)) + E (partial f (N j))) with (E f) in T by ring; lra. }
  apply (is_lim_seq_le (fun _ => Rabs (E f)) (fun j => B + A * (K * q ^ j / (1 - q))) (Rabs (E f)) B S1 (is_lim_seq_const
    _)).
  replace (Finite B) with (Finite (B + A * K / (1 - q) * 0)) by (f_equal; ring).
  apply (is_lim_seq_ext (fun j => B + A * K / (1 - q) * q ^ j)); [intros j; field; lra|].
  apply is_lim_seq_plus'; [apply is_lim_seq_const|].
  apply (is_lim_seq_scal_l (fun j => q ^ j) (A * K / (1 - q)) 0), is_lim_seq_geom; rewrite Rabs_pos_eq; lra.
Qed.
(** ** The error of the rule *)

Definition gauss_error (n : nat) (x w : nat -> R) (f : R -> R) : R := RInt f (-1) 1 - rule n x w f.

Lemma good_integrable : forall f a b, good f -> -1 <= a <= 1 -> -1 <= b <= 1 -> ex_RInt f a b.
Proof.
  intros f a b F Ha Hb; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t Ht; apply F.
  split; [apply Rle_trans with (Rmin a b); [apply Rmin_glb; lra|lra]|apply Rle_trans with (Rmax a b); [lra|apply Rmax_lub;
  lra]].
Qed.

Lemma good_integral_lin : forall f g c a b, good f -> good g -> -1 <= a <= 1 -> -1 <= b <= 1 ->
  RInt (fun t => f t + c * g t) a b = RInt f a b + c * RInt g a b :> R.
Proof.
  intros f g c a b F G Ha Hb.
  rewrite (RInt_plus (V := R_CompleteNormedModule) f (fun t => c * g t)).
  - rewrite (RInt_scal (V := R_CompleteNormedModule) g); [reflexivity|apply good_integrable; assumption].
  - apply good_integrable; assumption.
  - apply (ex_RInt_scal (V := R_NormedModule) g), good_integrable; assumption.
Qed.

Lemma rule_lin : forall n x w f g c, rule n x w (fun t => f t + c * g t) = rule n x w f + c * rule n x w g.
Proof. intros n x w f g c; unfold rule; rewrite <- total_scal, <- total_plus; apply total_ext; intros; ring. Qed.

Lemma total_first : forall n e, total (S n) e = e 0%nat + total n (fun i => e (S i)).
Proof. induction n as [|n IH]; intros e; [simpl; ring|]; cbn [total]; cbn [total] in IH; rewrite IH; ring. Qed.

Lemma total_reverse : forall n e, total n e = total n (fun i => e (n - 1 - i)%nat).
Proof.
  induction n as [|n IH]; intros e; [reflexivity|]; rewrite (total_first n (fun i => e (S n - 1 - i)%nat)).
  cbn [total]; rewrite IH, Rplus_comm; f_equal; [f_equal; lia|apply total_ext; intros i Hi; f_equal; lia].
Qed.

Lemma weights_sum : forall n x w, (1 <= n)%nat -> gauss_rule n x w -> total n w = 2.
Proof.
  intros n x w one_n gauss; destruct gauss as [_ [_ H]]; specialize (H 0%nat ltac:(lia)); unfold rule in H; simpl in H.
  rewrite (total_ext n w (fun i => w i * 1)) by (intros; ring); rewrite H; apply is_RInt_unique.
  evar_last; [apply (is_RInt_const (V := R_NormedModule))|unfold scal; simpl; unfold mult; simpl; ring].
Qed.

Lemma rule_small : forall n x w g d, (1 <= n)%nat -> gauss_rule n x w -> (forall t, -1 <= t <= 1 -> Rabs (g t) <= d) -> Rabs
  (rule n x w g) <= 2 * d.
Proof.
  intros n x w g d one_n gauss H; assert (WS := weights_sum n x w one_n gauss); destruct gauss as [W _]; unfold rule;
  eapply Rle_trans; [apply total_abs|].
  rewrite <- WS, (Rmult_comm (total n w)), <- total_scal; apply total_le; intros i Hi; destruct (W i Hi) as [X P].
  rewrite Rabs_mult, (Rabs_pos_eq (w i)), Rmult_comm by exact P; apply Rmult_le_compat_r; [exact P|apply H, X].
Qed.

Lemma error_linear : forall n x w, linear_on (gauss_error n x w).
Proof. intros n x w f g c F G; unfold gauss_error; rewrite rule_lin, good_integral_lin by (assumption || lra); ring. Qed.

Lemma error_small : forall n x w, (1 <= n)%nat -> gauss_rule n x w -> small_on (gauss_error n x w) 4.
Proof.
  intros n x w one_n gauss g d G H; assert (R1 := rule_small n x w g d one_n gauss H).
  assert (I : Rabs (RInt g (-1) 1) <= (1 - -1) * d) by (apply abs_RInt_le_const; [lra|apply good_integrable; try assumption;
  lra|exact H]).
  unfold gauss_error; assert (T := Rabs_triang (RInt g (-1) 1) (- rule n x w g)); rewrite Rabs_Ropp in T.
  eapply Rle_trans; [exact T|]; lra.
Qed.

Lemma good_pow_times : forall k f, good f -> good (fun t => t ^ k * f t).
Proof.
  intros k f F t Ht; apply (continuous_mult (K := R_AbsRing) (fun t => t ^ k) f); [|apply F, Ht].
  apply (ex_derive_continuous (fun t => t ^ k)); auto_derive; trivial.
Qed.

(** Exact on y^k T_m, k + m < 2 n *)
Lemma error_low : forall n x w, (1 <= n)%nat -> gauss_rule n x w -> forall m k, (k + m < 2 * n)%nat -> gauss_error n x w
  (fun t => t ^ k * chebyshev m t) = 0.
Proof.
  intros n x w one_n gauss.
  assert (Eq := equal_values (gauss_error n x w) 4 (error_linear n x w) (error_small n x w one_n gauss)).
  assert (P : forall k, (k < 2 * n)%nat -> gauss_error n x w (fun t => t ^ k) = 0).
  { intros k Hk; destruct gauss as [_ [_ H]]; unfold gauss_error; rewrite (H k Hk); ring. }
  assert (G1 : forall k, good (fun t => t ^ k)) by (intros k t _; apply (ex_derive_continuous (fun t => t ^ k));
  auto_derive; trivial).
  apply (two_steps (fun m => forall k, (k + m < 2 * n)%nat -> gauss_error n x w (fun t => t ^ k * chebyshev m t) = 0)).
  - intros k Hk; rewrite <- (P k) by lia; apply Eq; [apply good_pow_times, good_chebyshev|apply G1|intros; simpl; ring].
  - intros k Hk; rewrite <- (P (S k)) by lia; apply Eq; [apply good_pow_times, good_chebyshev|apply G1|intros; simpl; ring].
  - intros m H0 H1 k Hk.
    assert (C0 := good_pow_times k _ (good_chebyshev m)); assert (C1 := good_pow_times (S k) _ (good_chebyshev (S m))).
    assert (L := error_linear n x w _ _ (-2) C0 C1); rewrite (H0 k), (H1 (S k)) in L by lia.
    assert (Z : good (fun _ => 0)) by (intros t _; apply continuous_const).
    assert (L' := error_linear n x w _ _ (-1) Z (good_lin _ _ (-2) C0 C1)); cbv beta in L'; rewrite L in L'.
    assert (X := error_linear n x w _ _ (-1) Z Z); cbv beta in X.
    assert (Y := Eq (fun _ => 0 + -1 * 0) (fun _ => 0) (good_lin _ _ (-1) Z Z) Z ltac:(intros; cbv beta; ring)).
    rewrite (Eq _ (fun t => 0 + -1 * (t ^ k * chebyshev m t + -2 * (t ^ S k * chebyshev (S m) t)))); [lra| | |].
    + apply good_pow_times, good_chebyshev.
    + apply good_lin; [exact Z|apply good_lin; assumption].
    + intros t _; rewrite chebyshev_rec; simpl; ring.
Qed.

Lemma error_exact : forall n x w, (1 <= n)%nat -> gauss_rule n x w -> forall m, (m < 2 * n)%nat -> gauss_error n x w
  (chebyshev m) = 0.
Proof.
  intros n x w one_n gauss m Hm; rewrite <- (error_low n x w one_n gauss m 0) by lia.
  apply (equal_values (gauss_error n x w) 4 (error_linear n x w) (error_small n x w one_n gauss)).
  - apply good_chebyshev.
  - apply good_pow_times, good_chebyshev.
  - intros; simpl; ring.
Qed.

Lemma error_odd : forall n x w, gauss_rule n x w -> forall m, Nat.Odd m -> gauss_error n x w (chebyshev m) = 0.
Proof.
  intros n x w gauss m Hm; unfold gauss_error; rewrite chebyshev_integral_odd by exact Hm.
  assert (S1 : rule n x w (chebyshev m) = - rule n x w (chebyshev m)); [|lra].
  destruct gauss as [_ [Y _]]; unfold rule at 1; rewrite total_reverse.
  rewrite (total_ext n _ (fun i => -1 * (w i * chebyshev m (x i)))); [rewrite total_scal; unfold rule; ring|].
  intros i Hi; destruct (Y i Hi) as [-> ->]; rewrite chebyshev_parity; destruct Hm as [k ->].
  rewrite pow_add, pow_mult; replace ((-1) ^ 2) with 1 by ring; rewrite pow1; ring.
Qed.

Lemma error_any : forall n x w, (1 <= n)%nat -> gauss_rule n x w -> forall m, (2 <= m)%nat -> Rabs (gauss_error n x w
  (chebyshev m)) <= 8 / 3.
Proof.
  intros n x w one_n gauss m Hm; assert (I := chebyshev_integral_bound m Hm);
  assert (R1 := rule_small n x w _ 1 one_n gauss (chebyshev_bound m)).
  unfold gauss_error; assert (T := Rabs_triang (RInt (chebyshev m) (-1) 1) (- rule n x w (chebyshev m))).
  rewrite Rabs_Ropp in T; eapply Rle_trans; [exact T|]; lra.
Qed.
Lemma real_derive : forall F F' rho, 1 < rho -> holomorphic (ellipse rho) F F' ->
  forall t : R, -1 <= t <= 1 -> is_derive (fun y : R => fst (F y)) t (fst (F' t)).
Proof.
  intros F F' rho Hr HF t Ht; assert (D := proj1 (HF _ (segment_inside rho t Hr Ht))).
  replace (fst (F' t)) with (fst (F' t * (1, 0)%R)%C) by (simpl; ring).
  apply (part_along fst F (F' t) (fun y => y) (fun _ => 0) t 1 0); [left; reflexivity|exact D| |].
  - apply (is_derive_id (K := R_AbsRing)).
  - apply (is_derive_const (V := R_NormedModule)).
Qed.

Theorem gauss_quadrature : forall (n : nat) (x w : nat -> R) (F F' : C -> C) (rho M : R),
  (1 <= n)%nat -> gauss_rule n x w -> 1 < rho -> holomorphic (ellipse rho) F F' ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  Rabs (RInt (fun t => fst (F t)) (-1) 1 - rule n x w (fun t => fst (F t)))
    <= 16 / 3 * M * (/ rho) ^ (2 * n) / (1 - (/ rho) ^ 2).
Proof.
  intros n x w F F' rho M Hn G Hr HF HM.
  assert (Q : 0 < / rho < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (HK := fun m => coefficient_bound F F' rho M m Hr HF HM).
  assert (Lin := error_linear n x w); assert (Sm := error_small n x w Hn G).
  set (q := / rho) in *; set (f := fun t => fst (F t)) in *.
  assert (Q2 : q ^ 2 < 1) by (simpl; nra).
  assert (M0 : 0 <= M) by (specialize (HM (RtoC 0) (segment_inside rho 0 Hr ltac:(lra)));
  assert (P := Cmod_ge_0 (F (RtoC 0))); lra).
  change (Rabs (gauss_error n x w f) <= 16 / 3 * M * q ^ (2 * n) / (1 - q ^ 2)).
  destruct n as [|p]; [lia|].
  apply (through_series (gauss_error (S p) x w) 4 Lin Sm f (fun t => fst (F' t)) (2 * M) q _ (fun j => 2 * p + 1 + 2 *
    j)%nat);
    [|lra|exact HK|intros; lia|].
  - apply (real_derive F F' rho); assumption.
  - intros j; rewrite (of_partial _ 4 Lin Sm), (error_exact (S p) x w Hn G 0), Rmult_0_r, Rplus_0_l by lia.
    eapply Rle_trans; [apply total_abs|].
    apply Rle_trans with (16 / 3 * M * q ^ (2 * S p) / (1 - q ^ 2) * (1 - q ^ (2 * j))).
    + induction j as [|j IH].
      * rewrite total_zero; [simpl; lra|]; intros i Hi; rewrite error_exact by (assumption || lia); rewrite Rmult_0_r;
        apply Rabs_R0.
      * replace (2 * p + 1 + 2 * S j)%nat with (S (S (2 * p + 1 + 2 * j))) by lia; cbn [total].
        rewrite (error_odd (S p) x w G (S (S (2 * p + 1 + 2 * j)))) by (exists (S (p + j)); lia).
        rewrite Rmult_0_r, Rabs_R0, Rplus_0_r, Rabs_mult.
        assert (X := error_any (S p) x w Hn G (S (2 * p + 1 + 2 * j)) ltac:(lia)).
        specialize (HK (S (2 * p + 1 + 2 * j))).
        assert (Y : Rabs (coefficient f (S (2 * p + 1 + 2 * j))) * Rabs (gauss_error (S p) x w (chebyshev (S (2 * p + 1 + 2
          * j))))
          <= 2 * M * q ^ S (2 * p + 1 + 2 * j) * (8 / 3)) by (apply Rmult_le_compat; try apply Rabs_pos; assumption).
        replace (S (2 * p + 1 + 2 * j)) with (2 * S p + 2 * j)%nat in * by lia; rewrite pow_add in Y.
        replace (2 * S j)%nat with (2 * j + 2)%nat by lia; rewrite (pow_add q (2 * j) 2).
        replace (16 / 3 * M * q ^ (2 * S p) / (1 - q ^ 2) * (1 - q ^ (2 * j) * q ^ 2)) with
          (16 / 3 * M * q ^ (2 * S p) / (1 - q ^ 2) * (1 - q ^ (2 * j)) + 2 * M * (q ^ (2 * S p) * q ^ (2 * j)) * (8 / 3))
            by (field; lra).
        lra.
    + rewrite <- (Rmult_1_r (16 / 3 * M * q ^ (2 * S p) / (1 - q ^ 2))) at 2; apply Rmult_le_compat_l.
      * apply Rle_mult_inv_pos; [apply Rmult_le_pos; [lra|apply pow_le; lra]|lra].
      * assert (0 <= q ^ (2 * j)) by (apply pow_le; lra); lra.
Qed.
