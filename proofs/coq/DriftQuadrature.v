(** The delay D of escape-counts.md, section 3, lies within the ball that [drift_delay] computes. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau Delay DelayStep DelayBounds ReducedSpeed
  Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature
  HolomorphicCalculus SquareRoot SpeedDisc CellRules LegendreWeights TriangleQuadrature CellsDelay.
Open Scope R_scope.

(** What is checked on the disc of cell i, about [spot i] ([Cell.middle]) with the radius [axis i]: it contains the disc of
    twice the radius of the cell and is nearer than a fraction [part] (REACH) of the way to the branch points; on the set
    B i, which contains the image of p, f' and f'' continue to G and its derivative, with the bounds of [ReducedFlow.disc]. *)
Definition drifts_fit (J N : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (part : R) (c a spot axis low top sens : nat ->
    R) (B : nat -> C -> Prop) : Prop :=
  forall i, (i < N)%nat ->
    Rabs (middle a i - spot i) + 2 * half a i <= axis i /\
    (forall j, (j < J)%nat -> 0 <= c j /\ axis i <= part * branch (c j) (spot i)) /\
    holomorphic (B i) G G' /\ holomorphic (B i) G' G'' /\ (forall p : R, B i p -> G p = f' p /\ G' p = f'' p) /\ 0 < low i /\
    (forall p, B i p -> low i <= Cmod (G p) <= top i /\ Cmod (1 + p * (G' p * / G p))%C <= sens i) /\
    (forall z, disc (spot i) (axis i) z -> B i (sigma * (z * croot J c z))%C).

(** The rules in the cells, and those of the inner integrals *)
Definition rules_fit (N : nat) (n : nat -> nat) (x w : nat -> nat -> R) (k : nat -> nat) (s v : nat -> nat -> R) : Prop :=
  forall i, (i < N)%nat -> ((1 <= n i)%nat /\ gauss_rule (n i) (x i) (w i)) /\ (1 <= k i)%nat /\ gauss_rule (k i) (s i) (v i).

(** [gauss.cumulative]: the inner weights, for the part of cell i up to its node b *)
Definition inner_weights (x : nat -> nat -> R) (k : nat -> nat) (s v : nat -> nat -> R) (i b l : nat) : R :=
  legendre_weights (k i) (s i) (v i) (x i b) l.

(** [early], [late] of [_delay]: what bounds the kernel, group by group *)
Definition group_root (J : nat) (group : nat -> nat) (c : nat -> R) (g : nat) (y : R) : R :=
  sqrt (total J (in_group group g (fun j => c j / (c j + y ^ 2) ^ 2))).

Definition early (J : nat) (group : nat -> nat) (c a spot axis top : nat -> R) (i g : nat) : R :=
  2 * half a i * (top i * product J (fun j => branch (c j) (spot i) + axis i)) * group_root J group c g (spot i).

Definition late (J : nat) (part : R) (group : nat -> nat) (c a spot axis low sens : nat -> R) (i g : nat) : R :=
  1 / (1 - part) ^ 4 * (half a i * (1 / (low i * product J (fun j => branch (c j) (spot i) - axis i))) * sens i)
    * group_root J group c g (spot i).

Definition pair_bound (J N : nat) (part : R) (group : nat -> nat) (c a spot axis low top sens : nat -> R) (l i : nat) : R :=
  total N (fun g => late J part group c a spot axis low sens i g * early J group c a spot axis top l g).

Lemma disc_shift : forall (m r m' r' : R) z, Rabs (m - m') + r <= r' -> disc m r z -> disc m' r' z.
Proof.
  intros m r m' r' z H Hz; unfold disc in *; replace (z - m')%C with (z - m + (m - m')%R)%C by components.
  eapply Rle_lt_trans; [apply Cmod_triangle|]; rewrite Cmod_R; lra.
Qed.

(** 1/(c + z^2) in the disc, and its bound *)
Lemma inverse_factor : forall c a r part, 0 <= c -> 0 <= part < 1 -> 0 < r -> r <= part * branch c a ->
  exists F', extends (disc a r) (fun z => / (c + z * z))%C F' (fun y => / (c + y ^ 2)) /\
    forall z, disc a r z -> Cmod (/ (c + z * z))%C <= / (1 - part) ^ 2 * / (c + a ^ 2).
Proof.
  intros c a r part Hc Hp Hr H; assert (B : r < branch c a) by (assert (P := sqrt_pos (c + a ^ 2)); unfold branch in *; nra).
  assert (Low := fun z => factor_bounds c a r z Hc B).
  assert (Nz : forall z, disc a r z -> (c + z * z)%C <> 0).
  { intros z Hz; apply Cmod_gt_0; destruct (Low z Hz) as [L _]; assert (0 < (branch c a - r) ^ 2) by (apply pow_lt; lra); lra. }
  assert (Q := holomorphic_plus (disc a r) _ _ _ _ (holomorphic_constant _ (RtoC c))
    (holomorphic_times _ _ _ _ _ (holomorphic_identity _) (holomorphic_identity _))).
  assert (Iv := holomorphic_compose (disc a r) (fun z => z <> 0) _ _ _ _ Q holomorphic_inverse Nz); cbv beta in Iv.
  eexists; split; [split; [exact Iv|]|].
  - intros y Hy; replace (RtoC c + RtoC y * RtoC y)%C with (RtoC (c + y ^ 2)) by components; symmetry; apply RtoC_inv.
    apply Rgt_not_eq, (axis_positive c a r y); assumption.
  - intros z Hz; rewrite Cmod_inv by apply Nz, Hz; destruct (Low z Hz) as [L _].
    assert (S2 : branch c a ^ 2 = c + a ^ 2) by (unfold branch; apply pow2_sqrt; assert (0 <= a ^ 2) by apply pow2_ge_0; lra).
    rewrite <- Rinv_mult, <- S2; apply Rinv_le_contravar.
    + apply Rmult_lt_0_compat; apply pow_lt; lra.
    + eapply Rle_trans; [|exact L]; rewrite <- Rpow_mult_distr; apply pow_incr; split; [|lra].
      apply Rmult_le_pos; lra.
Qed.

(** chi in the disc *)
Lemma chi_in_disc : forall (J : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (c : nat -> R) (a r low sens : R) (B : C ->
    Prop),
  (forall j, (j < J)%nat -> 0 <= c j /\ r < branch (c j) a) ->
  holomorphic B G G' -> holomorphic B G' G'' -> (forall p : R, B p -> G p = f' p /\ G' p = f'' p) -> 0 < low ->
  (forall p, B p -> low <= Cmod (G p) /\ Cmod (1 + p * (G' p * / G p))%C <= sens) ->
  (forall z, disc a r z -> B (sigma * (z * croot J c z))%C) ->
  exists X X', extends (disc a r) X X' (reduced_chi J sigma f' f'' c) /\ forall z, disc a r z -> Cmod (X z) <= sens.
Proof.
  intros J sigma f' f'' G G' G'' c a r low sens B Hc HG HG' Hf Hlow HB Im.
  destruct (holomorphic_croot J c a r Hc) as [R' HR].
  assert (Zr := holomorphic_times _ _ _ _ _ (holomorphic_identity (disc a r)) HR).
  assert (Pz := holomorphic_times _ _ _ _ _ (holomorphic_constant (disc a r) (RtoC sigma)) Zr).
  assert (Nz : forall p, B p -> G p <> 0) by (intros p Hp; apply Cmod_gt_0; destruct (HB p Hp); lra).
  assert (Iv := holomorphic_compose B (fun z => z <> 0) _ _ _ _ HG holomorphic_inverse Nz).
  assert (Qt := holomorphic_times B _ _ _ _ HG' Iv).
  assert (Pt := holomorphic_times B _ _ _ _ (holomorphic_identity B) Qt).
  assert (Ch := holomorphic_plus B _ _ _ _ (holomorphic_constant B (RtoC 1)) Pt).
  assert (X := holomorphic_compose (disc a r) B _ _ _ _ Pz Ch Im); cbv beta in X.
  eexists; eexists; split; [split; [exact X|]|].
  - intros y Hy; assert (I := Im y Hy).
    assert (Ax : forall j, (j < J)%nat -> 0 < c j + y ^ 2) by (intros j Hj; destruct (Hc j Hj); apply (axis_positive (c j) a r
      y); assumption).
    cbv beta; rewrite croot_real in * by exact Ax.
    replace (sigma * (y * root J c y))%C with (RtoC (reduced_product J sigma c y)) in * by (unfold reduced_product; components).
    assert (N := Nz _ I); destruct (Hf _ I) as [E1 E2]; rewrite E1, E2 in *; unfold reduced_chi; cbv zeta.
    assert (N1 : f' (reduced_product J sigma c y) <> 0) by (intros Z; apply N; rewrite Z; reflexivity).
    rewrite <- RtoC_inv by exact N1; unfold Rdiv; components.
  - intros z Hz; apply (HB _ (Im z Hz)).
Qed.

(** The two factors of the kernel on one cell, term by term *)
Definition early_term (J : nat) (sigma : R) (f' : R -> R) (c : nat -> R) (j : nat) (y : R) : R :=
  reduced_speed J sigma f' c y * / (c j + y ^ 2).

Definition late_term (J : nat) (sigma : R) (f' f'' : R -> R) (c : nat -> R) (j : nat) (y : R) : R :=
  / 2 * (reduced_chi J sigma f' f'' c y * / reduced_speed J sigma f' c y) * / (c j + y ^ 2).

Lemma kernel_of_terms : forall J sigma f' f'' (c : nat -> R) y z,
  1 / 2 * delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c c y z
    = total J (fun j => c j * (early_term J sigma f' c j y * late_term J sigma f' f'' c j z)).
Proof.
  intros J sigma f' f'' c y z; unfold delay_kernel, kappa, early_term, late_term.
  rewrite (total_ext J (fun j => c j * _) (fun j => reduced_speed J sigma f' c y * (/ 2 * (reduced_chi J sigma f' f'' c z * /
    reduced_speed J sigma f' c z)) * (c j / ((c j + y ^ 2) * (c j + z ^ 2))))).
  - rewrite total_scal; unfold Rdiv; ring.
  - intros j _; unfold Rdiv; rewrite Rinv_mult; ring.
Qed.

Lemma terms_in_disc : forall (J : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (part : R) (c : nat -> R)
    (m h spot axis low top sens : R) (B : C -> Prop),
  sigma ^ 2 = 1 -> 0 <= part < 1 -> 0 < h -> Rabs (m - spot) + 2 * h <= axis ->
  (forall j, (j < J)%nat -> 0 <= c j /\ axis <= part * branch (c j) spot) ->
  holomorphic B G G' -> holomorphic B G' G'' -> (forall p : R, B p -> G p = f' p /\ G' p = f'' p) -> 0 < low ->
  (forall p, B p -> low <= Cmod (G p) <= top /\ Cmod (1 + p * (G' p * / G p))%C <= sens) ->
  (forall z, disc spot axis z -> B (sigma * (z * croot J c z))%C) ->
  exists A A' E E' : nat -> C -> C, forall j, (j < J)%nat ->
    extends (disc m (2 * h)) (A j) (A' j) (early_term J sigma f' c j) /\
    extends (disc m (2 * h)) (E j) (E' j) (late_term J sigma f' f'' c j) /\
    forall z, disc m (2 * h) z ->
      Cmod (A j z) <= top * product J (fun j => branch (c j) spot + axis) * (/ (1 - part) ^ 2 * / (c j + spot ^ 2)) /\
      Cmod (E j z) <= / 2 * (sens * (1 / (low * product J (fun j => branch (c j) spot - axis)))) * (/ (1 - part) ^ 2 * / (c j +
        spot ^ 2)).
Proof.
  intros J sigma f' f'' G G' G'' part c m h spot axis low top sens B Hs Hp Hh Hm Hc HG HG' Hf Hlow HB Im.
  assert (Ax : 0 < axis) by (assert (P := Rabs_pos (m - spot)); lra).
  assert (Hb : forall j, (j < J)%nat -> 0 <= c j /\ axis < branch (c j) spot).
  { intros j Hj; destruct (Hc j Hj) as [C0 L]; split; [exact C0|]; assert (P := sqrt_pos (c j + spot ^ 2));
    unfold branch in *; nra. }
  destruct (speed_in_disc J sigma f' G G' c spot axis low B (Rlt_le _ _ Ax) Hs Hb HG (fun p H => proj1 (Hf p H)) Hlow
    (fun p H => proj1 (proj1 (HB p H))) Im) as [U [U' [[HU RU] [Pos [Low Top]]]]].
  specialize (Top top (fun p H => proj2 (proj1 (HB p H)))).
  destruct (chi_in_disc J sigma f' f'' G G' G'' c spot axis low sens B Hb HG HG' Hf Hlow
    (fun p H => conj (proj1 (proj1 (HB p H))) (proj2 (HB p H))) Im) as [X [X' [[HX RX] BX]]].
  assert (Nz : forall z, disc spot axis z -> U z <> 0) by (intros z Hz; apply Cmod_gt_0; specialize (Low z Hz); lra).
  assert (Iv := holomorphic_compose (disc spot axis) (fun z => z <> 0) _ _ _ _ HU holomorphic_inverse Nz).
  assert (P1 := holomorphic_times _ _ _ _ _ HX Iv).
  assert (P2 := holomorphic_times _ _ _ _ _ (holomorphic_constant (disc spot axis) (RtoC (/ 2))) P1); cbv beta in P2.
  assert (Fs : exists F' : nat -> C -> C, forall j, (j < J)%nat ->
    extends (disc spot axis) (fun z => / (c j + z * z))%C (F' j) (fun y => / (c j + y ^ 2)) /\
    forall z, disc spot axis z -> Cmod (/ (c j + z * z))%C <= / (1 - part) ^ 2 * / (c j + spot ^ 2)).
  { clear - Hc Hp Ax; induction J as [|J IH]; [exists (fun _ z => z); intros; lia|].
    destruct IH as [F' HF]; [intros; apply Hc; lia|]; destruct (Hc J ltac:(lia)) as [C0 L].
    destruct (inverse_factor (c J) spot axis part C0 Hp Ax L) as [E HE].
    exists (fun j => if Nat.eqb j J then E else F' j); intros j Hj; destruct (Nat.eqb_spec j J) as [->|Ne]; [exact HE|apply HF;
      lia]. }
  destruct Fs as [F' HF]; assert (Sub : forall z, disc m (2 * h) z -> disc spot axis z) by (intros z; apply disc_shift; exact
    Hm).
  assert (Less : forall (D D' : C -> Prop) F F1 f, (forall z, D z -> D' z) -> extends D' F F1 f -> extends D F F1 f)
    by (intros D D' F F1 f HD [K1 K2]; split; [intros z Hz; apply K1, HD, Hz|intros y Hy; apply K2, HD, Hy]).
  exists (fun j z => (U z * / (c j + z * z))%C), (fun j z => (U' z * / (c j + z * z) + U z * F' j z)%C).
  eexists; exists (fun j z => ((0 * (X z * / U z) + RtoC (/ 2) * (X' z * / U z + X z * (U' z * - (/ U z * / U z)))) * / (c j + z *
    z) + RtoC (/ 2) * (X z * / U z) * F' j z)%C).
  intros j Hj; destruct (HF j Hj) as [[HFj RFj] BFj]; split; [|split].
  - apply (Less _ _ _ _ _ Sub); split; [exact (holomorphic_times _ _ _ _ _ HU HFj)|].
    intros y Hy; rewrite (RU y Hy), (RFj y Hy); unfold early_term; components.
  - apply (Less _ _ _ _ _ Sub); split; [exact (holomorphic_times _ _ _ _ _ P2 HFj)|].
    intros y Hy; cbv beta; rewrite (RFj y Hy), (RX y Hy); assert (N := Nz y Hy); rewrite (RU y Hy) in *.
    rewrite <- RtoC_inv by (intros Z; apply N; rewrite Z; reflexivity); unfold late_term; components.
  - intros z Hz; apply Sub in Hz; cbv beta; specialize (BFj z Hz); assert (K := Cmod_ge_0 (/ (c j + z * z))%C); split.
    + rewrite Cmod_mult; apply Rmult_le_compat; try apply Cmod_ge_0; [apply Top, Hz|exact BFj].
    + rewrite !Cmod_mult, Cmod_R, (Rabs_pos_eq (/ 2)) by lra; apply Rmult_le_compat; try exact K; [|  |exact BFj].
      * apply Rmult_le_pos; [lra|apply Rmult_le_pos; apply Cmod_ge_0].
      * apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat; try apply Cmod_ge_0; [apply BX, Hz|].
        rewrite Cmod_inv by apply Nz, Hz; unfold Rdiv; rewrite Rmult_1_l; apply Rinv_le_contravar; [exact Pos|apply Low, Hz].
Qed.

(** Cauchy and Schwarz, group by group *)
Lemma weights_by_group : forall J N group (c : nat -> R) y z, (forall j, (j < J)%nat -> (group j < N)%nat) ->
  (forall j, (j < J)%nat -> 0 <= c j /\ 0 < c j + y ^ 2 /\ 0 < c j + z ^ 2) ->
  total J (fun j => c j * (/ (c j + y ^ 2) * / (c j + z ^ 2)))
    <= total N (fun g => group_root J group c g z * group_root J group c g y).
Proof.
  intros J N group c y z Hg H.
  assert (E := total_by_group J N group (fun _ => 1) (fun j => c j / ((c j + y ^ 2) * (c j + z ^ 2))) Hg).
  rewrite (total_ext J _ (fun j => 1 * (c j / ((c j + y ^ 2) * (c j + z ^ 2))))) by (intros; rewrite <- Rinv_mult; unfold Rdiv;
    ring).
  rewrite E; apply total_le; intros g _; rewrite Rmult_1_l, Rmult_comm; unfold group_root.
  assert (P : forall x, (forall j, (j < J)%nat -> 0 <= c j /\ 0 < c j + x ^ 2) ->
    0 <= total J (in_group group g (fun j => c j / (c j + x ^ 2) ^ 2))).
  { intros x Hx; apply total_nonneg; intros j Hj; destruct (Hx j Hj) as [C0 X]; unfold in_group; destruct (Nat.eqb _ _); [|lra].
    apply Rle_mult_inv_pos; [exact C0|apply pow_lt, X]. }
  apply group_kappa; try apply sqrt_pos; [exact H| |]; right; symmetry; apply pow2_sqrt, P; intros j Hj; destruct (H j Hj) as
    [C0 [Y Z]]; split; assumption.
Qed.

Theorem drift_delay_quadrature : forall (J N groups : nat) (sigma : R) (f' f'' : R -> R) (G G' G'' : C -> C) (part : R)
    (c a spot axis low top sens : nat -> R) (B : nat -> C -> Prop) (group first n : nat -> nat) (x w : nat -> nat -> R)
    (k : nat -> nat) (s v : nat -> nat -> R),
  sigma ^ 2 = 1 -> 0 <= part < 1 -> (forall i, (i < N)%nat -> a i < a (S i)) ->
  rules_fit N n x w k s v -> drifts_fit J N sigma f' f'' G G' G'' part c a spot axis low top sens B ->
  (forall j, (j < J)%nat -> (group j < groups)%nat) -> (forall i, (i < N)%nat -> (first i <= i)%nat) ->
  Rabs (RInt (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c (a N)) (a 0%nat) (a N)
    - drift_sum N first (fun y z => 1 / 2 * delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c c y z)
        a n x w k s (inner_weights x k s v))
    <= drift_error N first n k (pair_bound J groups part group c a spot axis low top sens).
Proof.
  intros J N groups sigma f' f'' G G' G'' part c a spot axis low top sens B group first n x w k s v Hs Hp Ha HR HD Hg HF.
  assert (Half : forall i, (i < N)%nat -> 0 < half a i) by (intros i Hi; specialize (Ha i Hi); unfold half; lra).
  set (W := inner_weights x k s v).
  assert (Inner : forall i, (i < N)%nat -> (1 <= k i)%nat /\ gauss_rule (k i) (s i) (v i) /\ distinct (k i) (s i) /\
    forall b, (b < n i)%nat -> cumulative_rule (k i) (s i) (W i b) (x i b)).
  { intros i Hi; destruct (HR i Hi) as [[_ [Hx _]] [Hk Gk]]; split; [exact Hk|]; split; [exact Gk|]; split.
    - exact (gauss_nodes_distinct (k i) (s i) (v i) Hk Gk).
    - intros b Hb; apply cumulative_weights; [exact Hk|exact Gk|apply Hx, Hb]. }
  set (al := early_term J sigma f' c); set (be := late_term J sigma f' f'' c).
  set (top' := fun i => top i * product J (fun j => branch (c j) (spot i) + axis i)).
  set (inv := fun i => sens i * (1 / (low i * product J (fun j => branch (c j) (spot i) - axis i)))).
  set (q := fun i j => / (1 - part) ^ 2 * / (c j + spot i ^ 2)).
  assert (Terms : exists A A' E E' : nat -> nat -> C -> C, forall i, (i < N)%nat -> forall j, (j < J)%nat ->
    extends (disc (middle a i) (2 * half a i)) (A i j) (A' i j) (al j) /\
    extends (disc (middle a i) (2 * half a i)) (E i j) (E' i j) (be j) /\
    forall z, disc (middle a i) (2 * half a i) z ->
      Cmod (A i j z) <= top' i * q i j /\ Cmod (E i j z) <= / 2 * inv i * q i j).
  { clear HR HF Inner; induction N as [|N IH]; [exists (fun _ _ z => z), (fun _ _ z => z), (fun _ _ z => z), (fun _ _ z => z);
      intros; lia|].
    destruct IH as [A [A' [E [E' H]]]]; [intros; apply Ha; lia|intros i Hi; apply HD; lia|intros; apply Half; lia|].
    destruct (HD N ltac:(lia)) as [Hm [Hc [H1 [H2 [H3 [H4 [H5 H6]]]]]]].
    destruct (terms_in_disc J sigma f' f'' G G' G'' part c (middle a N) (half a N) (spot N) (axis N) (low N) (top N) (sens N) (B
      N) Hs Hp (Half N ltac:(lia)) Hm Hc H1 H2 H3 H4 H5 H6) as [a1 [a2 [e1 [e2 K]]]].
    exists (fun i => if Nat.eqb i N then a1 else A i), (fun i => if Nat.eqb i N then a2 else A' i), (fun i => if Nat.eqb i N then
      e1 else E i), (fun i => if Nat.eqb i N then e2 else E' i); intros i Hi; destruct (Nat.eqb_spec i N) as [->|Ne];
      [exact K|apply H; lia]. }
  destruct Terms as [A [A' [E [E' HT]]]].
  assert (Kernel := kernel_of_terms J sigma f' f'' c); fold al be in Kernel.
  destruct N as [|N]; [rewrite (RInt_point (V := R_CompleteNormedModule)); unfold drift_sum, drift_error, zero; simpl;
    rewrite Rminus_0_r, Rabs_R0; lra|].
  destruct (cells_cover N a Ha) as [lo [hi [Within Cover]]].
  assert (Cb : forall j, (j < J)%nat -> continuous_within lo hi (be j)).
  { intros j Hj y Hy; destruct (Cover y Hy) as [i [Hi D]]; destruct (HT i Hi j Hj) as [_ [K _]];
    exact (extends_continuous _ _ _ _ _ _ K D). }
  assert (Hc : forall j, (j < J)%nat -> 0 <= c j) by (intros j Hj; destruct (HD 0%nat ltac:(lia)) as [_ [H _]]; apply H, Hj).
  assert (Q := iterated_cells (S N) J c al be A A' E E' a (pair_bound J groups part group c a spot axis low top sens) first n x w
    k s v W Hc Ha (fun i Hi => proj1 (HR i Hi)) Inner
    (fun i j Hi Hj => conj (proj1 (HT i Hi j Hj)) (proj1 (proj2 (HT i Hi j Hj))))).
  assert (Rate : RInt (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c (a (S N))) (a 0%nat) (a (S N))
    = RInt (fun y => total J (fun j => c j * (al j y * RInt (be j) y (a (S N))))) (a 0%nat) (a (S N))).
  { assert (Rise := rising a (S N) (fun i Hi => Rlt_le _ _ (Ha i Hi)) 0 (S N) ltac:(lia)).
    apply (RInt_ext (V := R_CompleteNormedModule)); rewrite Rmin_left, Rmax_right by lra; intros y Hy; unfold delay_rate.
    assert (Wl := Within 0%nat ltac:(lia)); assert (Wr := Within (S N) ltac:(lia)); assert (Yin : lo < y < hi) by lra.
    assert (I := weighted_integral J (fun j => c j * al j y) be y (a (S N))
      (fun j Hj => within_integrable lo hi _ _ _ (Cb j Hj) Yin Wr)).
    apply (is_RInt_scal (V := R_NormedModule) _ _ _ 2) in I.
    assert (I2 : is_RInt (fun z => delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c c y z) y (a (S N))
      (2 * total J (fun j => c j * al j y * RInt (be j) y (a (S N))))).
    { refine (is_RInt_ext (V := R_NormedModule) _ _ _ _ _ _ I); intros z _; unfold scal; simpl; unfold mult; simpl.
      rewrite (total_ext J _ (fun j => c j * (al j y * be j z))) by (intros; ring); rewrite <- Kernel; field. }
    rewrite (is_RInt_unique _ _ _ _ I2), <- Rmult_assoc; replace (1 / 2 * 2) with 1 by field; rewrite Rmult_1_l;
    apply total_ext; intros; ring. }
  assert (Same : drift_sum (S N) first (fun y z => 1 / 2 * delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c
    c y z) a n x w k s W = drift_sum (S N) first (fun y z => total J (fun j => c j * (al j y * be j z))) a n x w k s W).
  { f_equal; do 2 (apply FunctionalExtensionality.functional_extensionality; intro); apply Kernel. }
  rewrite Rate, Same; apply Q; [|exact HF].
  intros l i z z' Hl Hi Hz Hz'; assert (Hl' : (l < S N)%nat) by lia.
  assert (Spot : forall m j, (m < S N)%nat -> (j < J)%nat -> 0 < c j + spot m ^ 2).
  { intros m j Hm Hj; destruct (HD m Hm) as [D1 [D2 _]]; specialize (Half m Hm); destruct (D2 j Hj) as [C0 D3].
    apply Rnot_le_lt; intros Z; assert (0 <= spot m ^ 2) by apply pow2_ge_0; assert (P := Rabs_pos (middle a m - spot m)).
    assert (Z0 : branch (c j) (spot m) = 0) by (unfold branch; replace (c j + spot m ^ 2) with 0 by lra; apply sqrt_0).
    rewrite Z0 in D3; lra. }
  assert (Nonneg : forall m, (m < S N)%nat -> (1 <= J)%nat -> 0 <= top' m /\ 0 <= inv m).
  { intros m Hm HJ; assert (hm := Half m Hm); destruct (HT m Hm 0%nat ltac:(lia)) as [_ [_ K]].
    destruct (K (middle a m) ltac:(apply cell_inside; lra)) as [K1 K2]; assert (q0 : 0 < q m 0%nat).
    { unfold q; apply Rmult_lt_0_compat; apply Rinv_0_lt_compat; [apply pow_lt; lra|apply Spot; [exact Hm|lia]]. }
    assert (P1 := Rle_trans _ _ _ (Cmod_ge_0 _) K1); assert (P2 := Rle_trans _ _ _ (Cmod_ge_0 _) K2).
    split; [apply Rmult_le_reg_r with (q m 0%nat); lra|].
    apply Rmult_le_reg_r with (q m 0%nat); [exact q0|]; rewrite Rmult_0_l; lra. }
  destruct (Nat.eq_dec J 0) as [J0|J1].
  { subst J; simpl; rewrite Rmult_0_r; unfold pair_bound; apply total_nonneg; intros g _; unfold late, early, group_root; simpl;
    rewrite sqrt_0, !Rmult_0_r; lra. }
  destruct (Nonneg l Hl' ltac:(lia)) as [T0 _]; destruct (Nonneg i Hi ltac:(lia)) as [_ I0].
  assert (hl := Half l Hl'); assert (hi0 := Half i Hi).
  apply Rle_trans with (4 * half a l * half a i * (top' l * (/ 2 * inv i) * (/ (1 - part) ^ 2 * / (1 - part) ^ 2)
    * total groups (fun g => group_root J group c g (spot i) * group_root J group c g (spot l)))).
  - apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
    apply Rle_trans with (top' l * (/ 2 * inv i) * (/ (1 - part) ^ 2 * / (1 - part) ^ 2) * total J (fun j => c j * (/ (c j + spot l
      ^ 2) * / (c j + spot i ^ 2)))).
    + rewrite <- total_scal; apply total_le; intros j Hj; destruct (HT l Hl' j Hj) as [_ [_ K1]]; destruct (HT i Hi j Hj) as [_ [_
        K2]].
      destruct (K1 z Hz) as [K1' _]; destruct (K2 z' Hz') as [_ K2']; unfold q in K1', K2'.
      replace (top' l * (/ 2 * inv i) * (/ (1 - part) ^ 2 * / (1 - part) ^ 2) * (c j * (/ (c j + spot l ^ 2) * / (c j + spot i ^
        2)))) with (c j * (top' l * (/ (1 - part) ^ 2 * / (c j + spot l ^ 2)) * (/ 2 * inv i * (/ (1 - part) ^ 2 * / (c j + spot i ^
          2))))) by ring.
      apply Rmult_le_compat_l; [apply Hc, Hj|]; apply Rmult_le_compat; try apply Cmod_ge_0; assumption.
    + assert (V : 0 < / (1 - part) ^ 2) by (apply Rinv_0_lt_compat, pow_lt; lra).
      apply Rmult_le_compat_l; [apply Rmult_le_pos; apply Rmult_le_pos; lra|].
      apply weights_by_group; [exact Hg|]; intros j Hj; split; [apply Hc, Hj|split; apply Spot; assumption].
  - right; unfold pair_bound; rewrite <- !total_scal; apply total_ext; intros g _; unfold late, early, inv, top'.
    replace (1 / (1 - part) ^ 4) with (/ (1 - part) ^ 2 * / (1 - part) ^ 2)
      by (rewrite <- Rinv_mult; unfold Rdiv; rewrite Rmult_1_l; f_equal; ring).
    set (V := / (1 - part) ^ 2); unfold Rdiv; set (L := / (low i * _)); field.
Qed.
