(** The part of D with both places in one cell: the rule for the later place, Lemma I for the earlier one. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  PartialQuadrature Polynomials CellQuadrature HolomorphicCalculus DelayStep DelayBounds CellRules.
Open Scope R_scope.

(** The places between the end m - r of the cell and y, for t from 0 to 1 *)
Definition toward (m r t y : R) : R := m - r + t * (y - (m - r)).

Definition nearby (m r t y : R) : Prop := -1 / 8 < t < 9 / 8 /\ - r / 4 < y - (m - r) < 9 / 4 * r.

Lemma toward_inside : forall m r t y, 0 < r -> nearby m r t y -> disc m (2 * r) (RtoC y) /\ disc m (2 * r) (RtoC (toward m r t
  y)).
Proof.
  intros m r t y Hr [Ht Hy]; split; apply real_disc, Rabs_def1; unfold toward; nra.
Qed.

Lemma nearby_open : forall m r t y, nearby m r t y -> exists d : posreal, forall t' y', Rabs (t' - t) < d -> Rabs (y' - y) < d ->
  nearby m r t' y'.
Proof.
  intros m r t y [Ht Hy].
  set (d := Rmin (Rmin (t - -1 / 8) (9 / 8 - t)) (Rmin (y - (m - r) - - r / 4) (9 / 4 * r - (y - (m - r))))).
  assert (P : 0 < d) by (repeat apply Rmin_glb_lt; lra); exists (mkposreal d P); simpl; intros t' y' A B.
  assert (L1 := Rmin_l (Rmin (t - -1 / 8) (9 / 8 - t)) (Rmin (y - (m - r) - - r / 4) (9 / 4 * r - (y - (m - r))))).
  assert (L2 := Rmin_r (Rmin (t - -1 / 8) (9 / 8 - t)) (Rmin (y - (m - r) - - r / 4) (9 / 4 * r - (y - (m - r))))).
  assert (L3 := Rmin_l (t - -1 / 8) (9 / 8 - t)); assert (L4 := Rmin_r (t - -1 / 8) (9 / 8 - t)).
  assert (L5 := Rmin_l (y - (m - r) - - r / 4) (9 / 4 * r - (y - (m - r)))).
  assert (L6 := Rmin_r (y - (m - r) - - r / 4) (9 / 4 * r - (y - (m - r)))).
  fold d in L1, L2; apply Rabs_def2 in A; apply Rabs_def2 in B; split; lra.
Qed.

(** What the integral over the part up to [toward t y] becomes in t *)
Definition slice (J : nat) (c : nat -> R) (alpha beta : nat -> R -> R) (m r t y : R) : R :=
  total J (fun j => c j * (beta j y * ((y - (m - r)) * alpha j (toward m r t y)))).

Definition partly (J : nat) (c : nat -> R) (alpha beta : nat -> R -> R) (m r t y : R) : R :=
  total J (fun j => c j * (beta j y * RInt (alpha j) (m - r) (toward m r t y))).

Lemma part_derive : forall m r F F' f y, 0 < r -> extends (disc m (2 * r)) F F' f -> disc m (2 * r) (RtoC y) ->
  is_derive (fun q => RInt f (m - r) q) y (f y).
Proof.
  intros m r F F' f y Hr E Hy; apply real_disc, Rabs_def2 in Hy.
  apply (primitive_derive (m - 2 * r) (m + 2 * r) f (m - r) y); [|lra|lra].
  intros z Hz; apply (extends_continuous m (2 * r) F F' f z E), real_disc, Rabs_def1; lra.
Qed.

Lemma partly_derive : forall J c alpha beta (A A' : nat -> C -> C) m r t y, 0 < r ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (A j) (A' j) (alpha j)) -> nearby m r t y ->
  is_derive (fun q => partly J c alpha beta m r q y) t (slice J c alpha beta m r t y).
Proof.
  intros J c alpha beta A A' m r t y Hr HA N; destruct (toward_inside m r t y Hr N) as [_ In].
  apply (total_derive J (fun j q => c j * (beta j y * RInt (alpha j) (m - r) (toward m r q y)))
    (fun j q => c j * (beta j y * ((y - (m - r)) * alpha j (toward m r q y))))); intros j Hj.
  apply (is_derive_scal (fun q => beta j y * RInt (alpha j) (m - r) (toward m r q y))).
  apply (is_derive_scal (fun q => RInt (alpha j) (m - r) (toward m r q y))).
  apply (is_derive_comp (fun q => RInt (alpha j) (m - r) q) (fun q => toward m r q y)).
  - exact (part_derive m r (A j) (A' j) (alpha j) _ Hr (HA j Hj) In).
  - unfold toward; auto_derive; [trivial|ring].
Qed.

Lemma slice_continuous : forall J c alpha beta (A A' B B' : nat -> C -> C) m r t y, 0 < r ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (A j) (A' j) (alpha j)) ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (B j) (B' j) (beta j)) -> nearby m r t y ->
  continuous (fun q : R * R => slice J c alpha beta m r (fst q) (snd q)) (t, y).
Proof.
  intros J c alpha beta A A' B B' m r t y Hr HA HB N; destruct (toward_inside m r t y Hr N) as [In1 In2].
  assert (M0 : forall f g : R * R -> R, continuous f (t, y) -> continuous g (t, y) -> continuous (fun q => f q * g q) (t, y))
    by (intros f g; apply (continuous_mult (K := R_AbsRing) f g)).
  assert (P0 : forall f g : R * R -> R, continuous f (t, y) -> continuous g (t, y) -> continuous (fun q => f q + g q) (t, y))
    by (intros f g; apply (continuous_plus (V := R_NormedModule) f g)).
  assert (Cy : continuous (fun q : R * R => snd q - (m - r)) (t, y))
    by (apply (second_continuous (fun z => z - (m - r))); auto_derive; trivial).
  assert (Ct : continuous (fun q : R * R => toward m r (fst q) (snd q)) (t, y)).
  { unfold toward; apply P0; [apply continuous_const|apply M0; [apply continuous_fst|exact Cy]]. }
  unfold slice; induction J as [|J IH]; simpl; [apply continuous_const|].
  apply P0; [apply IH; intros; [apply HA|apply HB]; lia|].
  apply M0; [apply continuous_const|]; apply M0; [|apply M0; [exact Cy|]].
  - apply (continuous_comp snd (beta J) (t, y)); [apply continuous_snd|].
    apply (extends_continuous m (2 * r) (B J) (B' J)); [apply HB; lia|exact In1].
  - apply (continuous_comp (fun q : R * R => toward m r (fst q) (snd q)) (alpha J) (t, y) Ct).
    apply (extends_continuous m (2 * r) (A J) (A' J)); [apply HA; lia|exact In2].
Qed.

Lemma slice_quadrature : forall J c alpha beta (A A' B B' : nat -> C -> C) m r M n x w t, 0 < r ->
  (forall j, (j < J)%nat -> 0 <= c j) ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (A j) (A' j) (alpha j)) ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (B j) (B' j) (beta j)) ->
  (1 <= n)%nat -> gauss_rule n x w ->
  (forall z z', disc m (2 * r) z -> disc m (2 * r) z' -> total J (fun j => c j * (Cmod (A j z) * Cmod (B j z'))) <= M) ->
  0 <= t <= 1 ->
  Rabs (RInt (slice J c alpha beta m r t) (m - r) (m + r) - r * rule n x w (fun s => slice J c alpha beta m r t (m + r * s)))
    <= r * (3 * r * M) * gauss_factor n.
Proof.
  intros J c alpha beta A A' B B' m r M n x w t Hr Hc HA HB Hn G HM Ht; set (D := disc m (2 * r)) in *.
  set (T := fun z : C => (RtoC (m - r) + t * (z + RtoC (- (m - r))))%C).
  assert (Shift : forall z : C, (z + RtoC (- (m - r)))%C = (z - m + r)%C) by (intros; components).
  assert (Inside : forall z, D z -> D (T z)).
  { intros z Hz; unfold D, disc, T in *.
    replace (RtoC (m - r) + t * (z + RtoC (- (m - r))) - m)%C with (t * (z - m) + RtoC (- (1 - t) * r))%C by components.
    eapply Rle_lt_trans; [apply Cmod_triangle|]; rewrite Cmod_mult, !Cmod_R, (Rabs_pos_eq t), Rabs_mult, Rabs_Ropp,
      !Rabs_pos_eq by lra; assert (P := Cmod_ge_0 (z - m)%C); nra. }
  assert (Far : forall z, D z -> Cmod (z + RtoC (- (m - r)))%C <= 3 * r).
  { intros z Hz; unfold D, disc in Hz; rewrite Shift; eapply Rle_trans; [apply Cmod_triangle|].
    rewrite Cmod_R, Rabs_pos_eq by lra; lra. }
  assert (Hid := holomorphic_identity D).
  assert (HT1 := holomorphic_plus D _ _ _ _ Hid (holomorphic_constant D (RtoC (- (m - r))))).
  assert (HT := holomorphic_plus D _ _ _ _ (holomorphic_constant D (RtoC (m - r)))
    (holomorphic_times D _ _ _ _ (holomorphic_constant D (RtoC t)) HT1)).
  set (T' := fun z : C => (0 + (0 * (z + RtoC (- (m - r))) + t * (1 + 0)))%C).
  change (holomorphic D T T') in HT.
  set (P := fun j z => (B j z * ((z + RtoC (- (m - r))) * A j (T z)))%C).
  assert (HP : exists P' : nat -> C -> C, forall j, (j < J)%nat -> extends D (P j) (P' j)
    (fun y => beta j y * ((y - (m - r)) * alpha j (toward m r t y)))).
  { exists (fun j z => (B' j z * ((z + RtoC (- (m - r))) * A j (T z)) + B j z * ((1 + 0) * A j (T z) + (z + RtoC (- (m - r)))
      * (T' z * A' j (T z))))%C); intros j Hj; split.
    - apply (holomorphic_times D (B j) (B' j)); [apply HB, Hj|].
      apply (holomorphic_times D _ _ (fun z => A j (T z)) (fun z => T' z * A' j (T z))%C HT1).
      exact (holomorphic_compose D D T T' (A j) (A' j) HT (proj1 (HA j Hj)) Inside).
    - intros y Hy; unfold P; rewrite (proj2 (HB j Hj) y Hy).
      replace (T y) with (RtoC (toward m r t y)) by (unfold T, toward; components).
      rewrite (proj2 (HA j Hj)); [components|].
      replace (RtoC (toward m r t y)) with (T y) by (unfold T, toward; components); apply Inside, Hy. }
  destruct HP as [P' HP]; destruct (extends_sum J D P P' _ c HP) as [F' HF].
  assert (Q := cell_quadrature n x w _ F' (slice J c alpha beta m r t) m r (3 * r * M) Hn G Hr (proj1 HF)); cbv beta in Q.
  destruct Q as [_ Q]; [| |unfold gauss_factor;
    replace (r * (3 * r * M) * (16 / 3 * (/ code_rho) ^ (2 * n) / (1 - (/ code_rho) ^ 2)))
      with (r * (16 / 3 * (3 * r * M) * (/ code_rho) ^ (2 * n) / (1 - (/ code_rho) ^ 2))) by (unfold Rdiv; ring); exact Q].
  - intros z Hz; eapply Rle_trans; [apply sum_bound|].
    apply Rle_trans with (Cmod (z + RtoC (- (m - r)))%C * total J (fun j => c j * (Cmod (A j (T z)) * Cmod (B j z)))).
    + rewrite <- total_scal; apply total_le; intros j Hj; rewrite Rabs_pos_eq by apply Hc, Hj; unfold P; rewrite !Cmod_mult;
      right; ring.
    + apply Rmult_le_compat; [apply Cmod_ge_0| |apply Far, Hz|apply HM; [apply Inside|]; exact Hz].
      apply total_nonneg; intros j Hj; apply Rmult_le_pos; [apply Hc, Hj|apply Rmult_le_pos; apply Cmod_ge_0].
  - intros y Hy; exact (eq_sym (f_equal fst (proj2 HF y (cell_inside m r y Hr Hy)))).
Qed.

Lemma cell_nearby : forall m r t y, 0 < r -> 0 <= t <= 1 -> m - r <= y <= m + r -> nearby m r t y.
Proof. intros m r t y Hr Ht Hy; split; lra. Qed.

(** The error as the inner integrals grow from nothing to the whole part *)
Definition growing (J : nat) (c : nat -> R) (alpha beta : nat -> R -> R) (m r : R) (n : nat) (x w : nat -> R) (t : R) : R :=
  RInt (partly J c alpha beta m r t) (m - r) (m + r) + - r * total n (fun i => w i * partly J c alpha beta m r t (m + r * x
    i)).

Lemma growing_derive : forall J c alpha beta (A A' B B' : nat -> C -> C) m r n x w t, 0 < r ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (A j) (A' j) (alpha j)) ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (B j) (B' j) (beta j)) ->
  gauss_rule n x w -> 0 <= t <= 1 ->
  is_derive (growing J c alpha beta m r n x w) t
    (RInt (slice J c alpha beta m r t) (m - r) (m + r) - r * rule n x w (fun s => slice J c alpha beta m r t (m + r * s))).
Proof.
  intros J c alpha beta A A' B B' m r n x w t Hr HA HB G Ht.
  assert (De := fun q y => partly_derive J c alpha beta A A' m r q y Hr HA).
  assert (Near : locally t (fun q => forall y, m - r <= y <= m + r -> nearby m r q y)).
  { assert (P : 0 < 1 / 8) by lra; exists (mkposreal _ P); intros q Hq y Hy; change (Rabs (q - t) < 1 / 8) in Hq.
    apply Rabs_def2 in Hq; split; lra. }
  assert (Order : forall y, Rmin (m - r) (m + r) <= y <= Rmax (m - r) (m + r) -> m - r <= y <= m + r)
    by (intros y; rewrite Rmin_left, Rmax_right by lra; trivial).
  apply (is_derive_plus (V := R_NormedModule) (fun q => RInt (partly J c alpha beta m r q) (m - r) (m + r))
    (fun q => - r * total n (fun i => w i * partly J c alpha beta m r q (m + r * x i)))).
  - evar_last; [apply (is_derive_RInt_param (partly J c alpha beta m r) (m - r) (m + r) t)|].
    + generalize Near; apply filter_imp; intros q Hq y Hy; eexists; apply De, Hq, Order, Hy.
    + intros y Hy; assert (N := cell_nearby m r t y Hr Ht (Order y Hy)).
      apply (continuity_2d_pt_ext_loc (slice J c alpha beta m r)).
      * destruct (nearby_open m r t y N) as [d Hd]; exists d; intros q y' Hq Hy'; symmetry; apply is_derive_unique, De, Hd;
        assumption.
      * apply continuity_2d_pt_filterlim; exact (slice_continuous J c alpha beta A A' B B' m r t y Hr HA HB N).
    + generalize Near; apply filter_imp; intros q Hq; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y Hy.
      destruct (toward_inside m r q y Hr (Hq y (Order y Hy))) as [In1 In2]; unfold partly; apply continuous_total; intros j
        Hj.
      apply (continuous_mult (K := R_AbsRing) (fun _ => c j)); [apply continuous_const|].
      apply (continuous_mult (K := R_AbsRing) (beta j)).
      * apply (extends_continuous m (2 * r) (B j) (B' j)); [apply HB, Hj|exact In1].
      * apply (continuous_comp (fun y => toward m r q y) (fun z => RInt (alpha j) (m - r) z)).
        -- apply (ex_derive_continuous (fun y => toward m r q y)); unfold toward; auto_derive; trivial.
        -- apply (ex_derive_continuous (fun z => RInt (alpha j) (m - r) z)); eexists.
           exact (part_derive m r (A j) (A' j) (alpha j) _ Hr (HA j Hj) In2).
    + apply (RInt_ext (V := R_CompleteNormedModule)); rewrite Rmin_left, Rmax_right by lra; intros y Hy.
      apply is_derive_unique, De, cell_nearby; lra.
  - replace (- (r * rule n x w (fun s => slice J c alpha beta m r t (m + r * s))))
      with (- r * rule n x w (fun s => slice J c alpha beta m r t (m + r * s))) by ring.
    apply (is_derive_scal (fun q => total n (fun i => w i * partly J c alpha beta m r q (m + r * x i)))).
    apply (total_derive n (fun i q => w i * partly J c alpha beta m r q (m + r * x i)) (fun i q => w i * slice J c alpha beta m
      r q (m + r * x i))); intros i Hi.
    apply (is_derive_scal (fun q => partly J c alpha beta m r q (m + r * x i))), De, cell_nearby; try assumption.
    apply cell_node; [exact Hr|apply G, Hi].
Qed.

(** Both places in one cell *)
Lemma triangle_quadrature : forall J (c : nat -> R) (alpha beta : nat -> R -> R) (A A' B B' : nat -> C -> C) (m r M : R)
    (n k : nat) (x w s v : nat -> R) (W : nat -> nat -> R),
  (forall j, (j < J)%nat -> 0 <= c j) -> 0 < r ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (A j) (A' j) (alpha j)) ->
  (forall j, (j < J)%nat -> extends (disc m (2 * r)) (B j) (B' j) (beta j)) ->
  (1 <= n)%nat -> gauss_rule n x w -> (1 <= k)%nat -> gauss_rule k s v -> distinct k s ->
  (forall i, (i < n)%nat -> cumulative_rule k s (W i) (x i)) ->
  (forall z z', disc m (2 * r) z -> disc m (2 * r) z' -> total J (fun j => c j * (Cmod (A j z) * Cmod (B j z'))) <= M) ->
  Rabs (RInt (fun y => total J (fun j => c j * (beta j y * RInt (alpha j) (m - r) y))) (m - r) (m + r)
    - r * total n (fun i => w i * (r * total k (fun l => W i l * total J (fun j => c j * (alpha j (m + r * s l) * beta j (m + r
      * x i)))))))
    <= 4 * r * r * M * (gauss_factor n + cumulative_factor k / 2).
Proof.
  intros J c alpha beta A A' B B' m r M n k x w s v W Hc Hr HA HB Hn G Hk Gk Ap Cu HM.
  set (f := fun y => total J (fun j => c j * (beta j y * RInt (alpha j) (m - r) y))).
  assert (Outer : Rabs (RInt f (m - r) (m + r) - r * rule n x w (fun t => f (m + r * t))) <= r * (3 * r * M) * gauss_factor n).
  { destruct (MVT_gen (growing J c alpha beta m r n x w) 0 1 (fun t => RInt (slice J c alpha beta m r t) (m - r) (m + r)
      - r * rule n x w (fun s => slice J c alpha beta m r t (m + r * s)))) as [t [Ht E]].
    - rewrite Rmin_left, Rmax_right by lra; intros t Ht; apply (growing_derive J c alpha beta A A' B B'); assumption || lra.
    - rewrite Rmin_left, Rmax_right by lra; intros t Ht; apply continuity_pt_filterlim.
      apply (ex_derive_continuous (growing J c alpha beta m r n x w)); eexists;
      apply (growing_derive J c alpha beta A A' B B'); assumption.
    - rewrite Rmin_left, Rmax_right in Ht by lra; cbv beta in E.
      assert (E0 : growing J c alpha beta m r n x w 0 = 0).
      { assert (Z : forall y, partly J c alpha beta m r 0 y = 0).
        { intros y; apply total_zero; intros j _; replace (toward m r 0 y) with (m - r) by (unfold toward; ring).
          rewrite (RInt_point (V := R_CompleteNormedModule)); unfold zero; simpl; ring. }
        unfold growing; rewrite (integral_ext _ _ _ _ Z), total_zero by (intros; rewrite Z; ring).
        replace (RInt (fun _ => 0) (m - r) (m + r)) with 0; [ring|symmetry; apply is_RInt_unique].
        evar_last; [apply (is_RInt_const (V := R_NormedModule))|apply Rmult_0_r]. }
      assert (E1 : growing J c alpha beta m r n x w 1 = RInt f (m - r) (m + r) - r * rule n x w (fun t => f (m + r * t))).
      { assert (O : forall y, partly J c alpha beta m r 1 y = f y).
        { intros y; unfold partly, f; replace (toward m r 1 y) with y by (unfold toward; ring); reflexivity. }
        unfold growing, rule; rewrite (integral_ext _ _ _ _ O), (total_ext n _ (fun i => w i * f (m + r * x i))) by (intros;
          rewrite O; reflexivity); ring. }
      rewrite E0, E1 in E; replace (RInt f (m - r) (m + r) - r * rule n x w (fun t => f (m + r * t)) - 0)
        with (RInt f (m - r) (m + r) - r * rule n x w (fun t => f (m + r * t))) in E by ring; rewrite E, Rmult_minus_distr_l,
          Rmult_1_r, Rmult_0_r, Rminus_0_r.
      apply (slice_quadrature J c alpha beta A A' B B' m r M n x w t); assumption. }
  set (g := fun i => r * total k (fun l => W i l * total J (fun j => c j * (alpha j (m + r * s l) * beta j (m + r * x i))))).
  assert (Inner : forall i, (i < n)%nat -> Rabs (f (m + r * x i) - g i) <= r * M * cumulative_factor k).
  { intros i Hi; set (y := m + r * x i); assert (Xi : -1 <= x i <= 1) by apply G, Hi.
    assert (In : disc m (2 * r) (RtoC y)) by (apply cell_inside, cell_node; assumption).
    assert (Q := weighted_part J alpha A A' m r k s v (W i) (x i) (fun j => c j * beta j y) M Hr HA Hk Gk Ap (Cu i Hi) Xi).
    fold y in Q; replace (f y - g i) with (total J (fun j => c j * beta j y * (RInt (alpha j) (m - r) y - r * rule k s (W i)
      (fun y => alpha j (m + r * y))))).
    - apply Q; intros z Hz; eapply Rle_trans; [|apply (HM z y Hz In)]; apply total_le; intros j Hj.
      rewrite (proj2 (HB j Hj) y In), Cmod_R, Rabs_mult, (Rabs_pos_eq (c j)) by apply Hc, Hj; right; ring.
    - rewrite (total_ext J _ (fun j => c j * (beta j y * RInt (alpha j) (m - r) y) - r * (c j * beta j y * rule k s (W i) (fun
        y => alpha j (m + r * y))))) by (intros; ring).
      rewrite total_minus, total_scal, <- rule_total; unfold f, g, rule; fold y; do 2 f_equal; apply total_ext; intros l _;
      f_equal; apply total_ext; intros; ring. }
  assert (Rest : Rabs (r * rule n x w (fun t => f (m + r * t)) - r * total n (fun i => w i * g i))
    <= r * (2 * (r * M * cumulative_factor k))).
  { unfold rule; rewrite <- Rmult_minus_distr_l, <- total_minus, Rabs_mult, (Rabs_pos_eq r) by lra.
    apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [apply total_abs|].
    rewrite <- (weights_sum n x w Hn G), (Rmult_comm (total n w)), <- total_scal; apply total_le; intros i Hi.
    destruct G as [Wp _]; destruct (Wp i Hi) as [_ P]; rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq (w i)),
      Rmult_comm by exact P; apply Rmult_le_compat_r; [exact P|apply Inner, Hi]. }
  assert (M0 : 0 <= M).
  { assert (Z : disc m (2 * r) (RtoC m)) by (apply cell_inside; lra); eapply Rle_trans; [|apply (HM _ _ Z Z)].
    apply total_nonneg; intros j Hj; apply Rmult_le_pos; [apply Hc, Hj|apply Rmult_le_pos; apply Cmod_ge_0]. }
  fold g; set (a := RInt f (m - r) (m + r)) in *; set (b := r * rule n x w _) in *; set (d := r * total n _) in *.
  assert (T := Rabs_triang (a - b) (b - d)); replace (a - b + (b - d)) with (a - d) in T by ring.
  eapply Rle_trans; [exact T|]; eapply Rle_trans; [apply Rplus_le_compat; [exact Outer|exact Rest]|].
  assert (X : 0 <= r * r * M * gauss_factor n) by (apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|apply gauss_factor_nonneg]); lra.
Qed.
