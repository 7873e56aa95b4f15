(** The certified count with its integrals computed: what is left to assume is what the code checks in ball arithmetic. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature.
Open Scope R_scope.

(** ** A primitive of the delay's rate, on the pieces only *)

(** The nearest point of [lo, hi] *)
Definition nearest (lo hi y : R) : R := (lo + hi + Rabs (y - lo) - Rabs (y - hi)) / 2.

Lemma nearest_within : forall lo hi y, lo <= hi -> lo <= nearest lo hi y <= hi.
Proof. intros lo hi y H; unfold nearest, Rabs; destruct (Rcase_abs (y - lo)), (Rcase_abs (y - hi)); lra. Qed.

Lemma nearest_inside : forall lo hi y, lo <= y <= hi -> nearest lo hi y = y.
Proof. intros lo hi y H; unfold nearest; rewrite (Rabs_pos_eq (y - lo)), Rabs_left1 by lra; field. Qed.

Lemma nearest_continuous : forall lo hi y, continuous (nearest lo hi) y.
Proof.
  intros lo hi y; assert (D : forall p, continuous (fun z => Rabs (z - p)) y).
  { intros p; apply (continuous_comp (fun z => z - p) Rabs); [|apply continuous_Rabs].
    apply (ex_derive_continuous (fun z => z - p)); auto_derive; trivial. }
  apply (continuous_ext (fun z => / 2 * (lo + hi + (Rabs (z - lo) - Rabs (z - hi))))); [intros z; unfold nearest; real; field|].
  apply (continuous_mult (K := R_AbsRing) (fun _ => / 2)); [apply continuous_const|].
  apply (continuous_plus (V := R_NormedModule) (fun _ => lo + hi)); [apply continuous_const|].
  apply (continuous_minus (V := R_NormedModule)); apply D.
Qed.

Lemma held_continuous : forall lo hi (f : R -> R) y, lo <= hi -> (forall z, lo <= z <= hi -> continuous f z) ->
  continuous (fun z => f (nearest lo hi z)) y.
Proof.
  intros lo hi f y H F; apply (continuous_comp (nearest lo hi) f); [apply nearest_continuous|apply F, nearest_within, H].
Qed.

Lemma speed_continuous : forall J sigma (f' f'' f''' : R -> R) c y, good_place J sigma f' f'' f''' c y ->
  continuous (reduced_speed J sigma f' c) y.
Proof.
  intros J sigma f' f'' f''' c y Gp; assert (DR := root_derive J sigma f' f'' f''' c y Gp); destruct Gp as [_ [[D1 _] _]].
  apply (ex_derive_continuous (reduced_speed J sigma f' c)); unfold reduced_speed, reduced_product in *; auto_derive.
  repeat split; eexists; eassumption.
Qed.

Lemma inverse_speed_continuous : forall J sigma (f' f'' f''' : R -> R) c y, good_place J sigma f' f'' f''' c y ->
  continuous (fun z => / reduced_speed J sigma f' c z) y.
Proof.
  intros J sigma f' f'' f''' c y Gp; apply continuity_pt_filterlim, continuity_pt_inv.
  - apply continuity_pt_filterlim, (speed_continuous J sigma f' f'' f''' c y Gp).
  - destruct Gp as [P _]; lra.
Qed.

Lemma delay_primitive : forall J sigma (f' f'' f''' : R -> R) c lo hi exit,
  (forall y, lo <= y <= hi -> good_place J sigma f' f'' f''' c y) -> lo <= exit <= hi ->
  exists D : R -> R, forall v, lo <= v <= hi ->
    is_derive D v (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c exit v) /\
    forall p, lo <= p <= hi ->
      is_RInt (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c exit) p v (D v - D p).
Proof.
  intros J sigma f' f'' f''' c lo hi exit Good He; assert (Hlh : lo <= hi) by lra.
  set (rate := delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c exit).
  set (al := fun j => early_term J sigma f' c j); set (be := fun j => late_term J sigma f' f'' c j).
  assert (Fac : forall j y, (j < J)%nat -> lo <= y <= hi -> continuous (fun z => / (c j + z ^ 2)) y).
  { intros j y Hj Hy; destruct (Good y Hy) as [_ [_ N]]; specialize (N j Hj).
    apply (ex_derive_continuous (fun z => / (c j + z ^ 2))); auto_derive; simpl in *; lra. }
  assert (Ca : forall j y, (j < J)%nat -> lo <= y <= hi -> continuous (al j) y).
  { intros j y Hj Hy; apply (continuous_mult (K := R_AbsRing) (reduced_speed J sigma f' c)); [|apply Fac; assumption].
    apply (speed_continuous J sigma f' f'' f'''), Good, Hy. }
  assert (Cb : forall j y, (j < J)%nat -> lo <= y <= hi -> continuous (be j) y).
  { intros j y Hj Hy; assert (Gp := Good y Hy).
    apply (continuous_mult (K := R_AbsRing) (fun z => / 2 * (reduced_chi J sigma f' f'' c z * / reduced_speed J sigma f' c z)));
      [|apply Fac; assumption].
    apply (continuous_mult (K := R_AbsRing) (fun _ => / 2)); [apply continuous_const|].
    apply (continuous_mult (K := R_AbsRing) (reduced_chi J sigma f' f'' c)).
    - exact (chi_continuous J sigma f' f'' f''' c y Gp).
    - exact (inverse_speed_continuous J sigma f' f'' f''' c y Gp). }
  set (held := fun (f : R -> R) z => f (nearest lo hi z)).
  set (g := fun v => total J (fun j => c j * (held (al j) v * RInt (held (be j)) v exit))).
  assert (Ib : forall j p q, (j < J)%nat -> ex_RInt (held (be j)) p q).
  { intros j p q Hj; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y _; apply held_continuous; [exact Hlh|].
    intros z Hz; apply Cb; assumption. }
  assert (Cg : forall y, continuous g y).
  { intros y; apply (continuous_total J (fun j v => c j * (held (al j) v * RInt (held (be j)) v exit))); intros j Hj.
    apply (continuous_mult (K := R_AbsRing) (fun _ => c j)); [apply continuous_const|].
    apply (continuous_mult (K := R_AbsRing) (held (al j))); [apply held_continuous; [exact Hlh|intros; apply Ca; assumption]|].
    apply (ex_derive_continuous (fun v => RInt (held (be j)) v exit)); eexists.
    apply (is_derive_RInt' (V := R_NormedModule) (held (be j)) _ y exit).
    - exists (mkposreal 1 Rlt_0_1); intros z _; apply (RInt_correct (V := R_CompleteNormedModule)), Ib, Hj.
    - apply held_continuous; [exact Hlh|intros; apply Cb; assumption]. }
  assert (Same : forall v, lo <= v <= hi -> g v = rate v).
  { intros v Hv; unfold g, rate, delay_rate.
    assert (I := weighted_integral J (fun j => c j * held (al j) v) (fun j => held (be j)) v exit (fun j Hj => Ib j v exit Hj)).
    apply (is_RInt_scal (V := R_NormedModule) _ _ _ 2) in I.
    rewrite (total_ext J _ (fun j => c j * held (al j) v * RInt (held (be j)) v exit)) by (intros; ring).
    assert (I2 : is_RInt (fun z => delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c c v z) v exit
      (2 * total J (fun j => c j * held (al j) v * RInt (held (be j)) v exit))).
    { refine (is_RInt_ext (V := R_NormedModule) _ _ _ _ _ _ I); intros z Hz; unfold scal; simpl; unfold mult; simpl.
      assert (Zin : lo <= z <= hi) by (revert Hz; unfold Rmin, Rmax; destruct (Rle_dec v exit); intros; lra).
      unfold held; rewrite (nearest_inside lo hi v Hv), (nearest_inside lo hi z Zin).
      rewrite (total_ext J _ (fun j => c j * (early_term J sigma f' c j v * late_term J sigma f' f'' c j z))) by (intros; unfold
        al, be; ring).
      rewrite <- kernel_of_terms; field. }
    rewrite (is_RInt_unique _ _ _ _ I2); field. }
  assert (Ig : forall p q, is_RInt g p q (RInt g p q)) by (intros; apply (RInt_correct (V := R_CompleteNormedModule)),
    (ex_RInt_continuous (V := R_CompleteNormedModule)); intros; apply Cg).
  exists (fun v => RInt g lo v); intros v Hv; split.
  - rewrite <- Same by exact Hv; apply (is_derive_RInt (V := R_NormedModule) g _ lo); [|apply Cg].
    exists (mkposreal 1 Rlt_0_1); intros z _; apply Ig.
  - intros p Hp; apply (is_RInt_ext (V := R_NormedModule) g).
    + intros z Hz; apply Same; revert Hz; unfold Rmin, Rmax; destruct (Rle_dec p v); intros; lra.
    + replace (RInt g lo v - RInt g lo p) with (RInt g p v); [apply Ig|].
      assert (Ch := RInt_Chasles (V := R_CompleteNormedModule) g lo p v (ex_intro _ _ (Ig lo p)) (ex_intro _ _ (Ig p v))).
      change (RInt g lo p + RInt g p v = RInt g lo v) in Ch; lra.
Qed.

(** ** How fast the delay grows on the first piece: what the start's ball costs *)

(** [gap * half * later] of [_defects] *)
Definition start_delay (N M : nat) (a r U low : nat -> R) (rho : nat -> nat -> R) (X : nat -> R) (gap : R) : R :=
  gap * total N (fun g => U 0%nat * rho 0%nat g / 2 * roots_later M a r low rho X 0 g).

Lemma kernel_on_piece : forall J N group (c0 : nat -> R) u chi v y U X low (rho rho' : nat -> R),
  (forall j, (j < J)%nat -> (group j < N)%nat) -> (forall g, 0 <= rho g /\ 0 <= rho' g) ->
  0 < u c0 v <= U -> 0 < low <= u c0 y -> Rabs (chi c0 y) <= X ->
  (forall j, (j < J)%nat -> 0 <= c0 j /\ 0 < c0 j + v ^ 2 /\ 0 < c0 j + y ^ 2) ->
  (forall g, (g < N)%nat -> total J (in_group group g (fun j => c0 j / (c0 j + v ^ 2) ^ 2)) <= rho g ^ 2 /\
    total J (in_group group g (fun j => c0 j / (c0 j + y ^ 2) ^ 2)) <= rho' g ^ 2) ->
  Rabs (delay_kernel J u chi c0 c0 v y) <= total N (fun g => U * rho g * (rho' g * X / low)).
Proof.
  intros J N group c0 u chi v y U X low rho rho' Hg Hr HU HL HX Pos HK.
  assert (K : 0 <= kappa J c0 c0 v y <= total N (fun g => rho g * rho' g)).
  { split.
    - apply total_nonneg; intros j Hj; destruct (Pos j Hj) as [C0 [C1 C2]]; apply Rle_mult_inv_pos; [exact C0|].
      apply Rmult_lt_0_compat; assumption.
    - assert (E := total_by_group J N group (fun _ => 1) (fun j => c0 j / ((c0 j + v ^ 2) * (c0 j + y ^ 2))) Hg).
      unfold kappa; rewrite (total_ext J _ (fun j => 1 * (c0 j / ((c0 j + v ^ 2) * (c0 j + y ^ 2))))) by (intros; ring).
      rewrite E; apply total_le; intros g Hgn; rewrite Rmult_1_l; destruct (Hr g) as [R0 R1]; destruct (HK g Hgn).
      apply group_kappa; assumption. }
  unfold delay_kernel, Rdiv; rewrite !Rabs_mult, (Rabs_pos_eq (u c0 v)), (Rabs_pos_eq (kappa J c0 c0 v y)),
    (Rabs_pos_eq (/ u c0 y)) by (lra || (left; apply Rinv_0_lt_compat; lra)).
  apply Rle_trans with (U * X * total N (fun g => rho g * rho' g) * / low).
  - assert (P := Rabs_pos (chi c0 y)); assert (0 <= U * X) by (apply Rmult_le_pos; lra).
    apply Rmult_le_compat; [|left; apply Rinv_0_lt_compat; lra| |apply Rinv_le_contravar; lra].
    + apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply K].
    + apply Rmult_le_compat; [apply Rmult_le_pos; lra|apply K|apply Rmult_le_compat; lra|apply K].
  - right; rewrite (Rmult_comm (U * X * _)), <- Rmult_assoc, <- total_scal; apply total_ext; intros; ring.
Qed.

Lemma rate_at_start : forall J N M eps eta sigma (f' f'' f''' : R -> R) c0 a r U A B near group drift rho shape delta weight X Z low
    together steep v,
  0 <= eps -> (forall j, (j < J)%nat -> 0 <= c0 j) -> pieces_fit M a r ->
  speeds_within J M eps eta sigma f' f'' f''' c0 a r U A B near ->
  kernels_fit J N M eps eta c0 a r U A near (reduced_speed J sigma f') (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f''
    f''') group drift rho shape delta weight X Z low together steep ->
  a 0%nat <= v <= a 1%nat ->
  (forall y, a 0%nat <= y <= a (S M) -> good_place J sigma f' f'' f''' c0 y) ->
  Rabs (delay_rate J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 (a M) v)
    <= total N (fun g => U 0%nat * rho 0%nat g / 2 * roots_later M a r low rho X 0 g).
Proof.
  intros J N M eps eta sigma f' f'' f''' c0 a r U A B near group drift rho shape delta weight X Z low together steep v Heps Hc0 HP
    [HS _] [Hg [Hr [Hw [_ [_ [Hpiece _]]]]]] Hv Good.
  assert (HM := proj1 HP); assert (Ha := proj1 (proj2 HP)); assert (Hr0 := proj1 (proj2 (proj2 HP))).
  assert (Rise := rising a (S M) (fun i Hi => Rlt_le _ _ (Ha i ltac:(lia)))).
  assert (A1 : a 1%nat <= a M) by (apply Rise; lia); assert (AM : a M <= a (S M)) by (apply Rise; lia).
  assert (R0 : 0 <= r 0%nat) by (apply Hr0; lia); assert (R1 : 0 <= r 1%nat) by (apply Hr0; lia).
  assert (B0 : in_box J eps c0 c0).
  { intros j Hj; specialize (Hc0 j Hj); assert (0 <= c0 j * eps) by (apply Rmult_le_pos; lra); lra. }
  set (e := fun l => total N (fun g => U 0%nat * rho 0%nat g * (rho l g * X l / low l))).
  assert (E0 : forall l, 0 <= e l).
  { intros l; destruct (HS c0 0%nat v B0 ltac:(lia) ltac:(lra)) as [_ [PU _]]; apply total_nonneg; intros g _.
    destruct (Hr 0%nat g) as [Q0 _]; destruct (Hr l g) as [Q1 _]; destruct (Hw l) as [_ [X0 [_ [L0 _]]]].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply Rle_mult_inv_pos; [apply Rmult_le_pos; assumption|exact L0]]. }
  destruct (delay_primitive J sigma f' f'' f''' c0 (a 0%nat) (a (S M)) (a M) Good ltac:(lra)) as [D HD].
  assert (Ex : ex_RInt (fun y => delay_kernel J (reduced_speed J sigma f') (reduced_chi J sigma f' f'') c0 c0 v y) v (a M)).
  { apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y Hy.
    assert (Yin : a 0%nat <= y <= a (S M)) by (revert Hy; unfold Rmin, Rmax; destruct (Rle_dec v (a M)); intros; lra).
    assert (Gp := Good y Yin); unfold delay_kernel.
    apply (continuous_mult (K := R_AbsRing) (fun y => _ * _) (fun y => / reduced_speed J sigma f' c0 y));
      [apply (continuous_mult (K := R_AbsRing) (fun y => _ * _))|exact (inverse_speed_continuous J sigma f' f'' f''' c0 y Gp)].
    - apply (continuous_mult (K := R_AbsRing) (fun _ => reduced_speed J sigma f' c0 v)); [apply continuous_const|].
      exact (chi_continuous J sigma f' f'' f''' c0 y Gp).
    - unfold kappa; apply continuous_total; intros j Hj; destruct Gp as [_ [_ N1]]; specialize (N1 j Hj).
      destruct (Good v ltac:(lra)) as [_ [_ N2]]; specialize (N2 j Hj).
      apply (ex_derive_continuous (fun s => c0 j / ((c0 j + v ^ 2) * (c0 j + s ^ 2)))).
      auto_derive; apply Rgt_not_eq, Rmult_lt_0_compat; simpl in *; lra. }
  unfold delay_rate; rewrite Rabs_mult, (Rabs_pos_eq (1 / 2)) by lra.
  apply Rle_trans with (1 / 2 * over_later M a r 0 e).
  - apply Rmult_le_compat_l; [lra|].
    apply (RInt_over_later M a r 0 e _ v (a M) HP ltac:(lia) E0 ltac:(lra) ltac:(lra) Ex); intros t y Ht Hy Hin.
    rewrite Rmin_left, Rmax_right in Hin by lra; unfold e; rewrite Nat.add_0_l.
    assert (rt : 0 <= r t) by (apply Hr0; lia); assert (rSt : 0 <= r (S t)) by (apply Hr0; lia).
    assert (Yt : a t - r t <= y <= a (S t) + r (S t)).
    { destruct t as [|t]; simpl reach in Hy; simpl in *; lra. }
    destruct (Hpiece 0%nat v ltac:(lia) ltac:(lra)) as [_ [_ [Kv _]]].
    destruct (Hpiece t y ltac:(lia) Yt) as [Lt [Xt [Ky _]]]; destruct (Xt c0 B0) as [Xt' _].
    destruct (HS c0 0%nat v B0 ltac:(lia) ltac:(lra)) as [_ [PU _]].
    apply (kernel_on_piece J N group c0 _ _ v y (U 0%nat) (X t) (low t) (rho 0%nat) (rho t) Hg).
    + intros g; split; apply Hr.
    + exact PU.
    + split; [apply Hw|exact Lt].
    + exact Xt'.
    + intros j Hj; split; [apply Hc0, Hj|]; split; [apply (Good v); [lra|exact Hj]|apply (Good y); [lra|exact Hj]].
    + intros g Hgn; split; [apply Kv|apply Ky]; exact Hgn.
  - right; unfold e; rewrite over_later_groups, <- total_scal; apply total_ext; intros g _; rewrite over_later_scal.
    unfold roots_later; field.
Qed.

Theorem escape_count_quadrature : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (G G' G'' : C -> C) (gap slowest logs : R)
    (cells : nat) (marks lowest : nat -> R) (regions : nat -> C -> Prop) (nodes : nat -> nat) (place share : nat -> nat -> R)
    (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image : nat -> C -> Prop) (first nodes' : nat -> nat)
    (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> u = reduced_speed J sigma f' -> x = coordinate f' eta J m d w ->
  c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r ->
  speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
    group drift rho shape delta weight X Z low together steep ->
  error = added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> a 0%nat + gap <= a 1%nat ->
  (forall y, a 0%nat <= y <= a 0%nat + gap -> 0 < slowest <= u (c 0%nat) y) ->
  (forall c', in_box J eps (c 0%nat) c' -> logs <= 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat))) ->
  marks 0%nat = a 0%nat -> marks cells = a M -> (forall i, (i < cells)%nat -> marks i < marks (S i)) ->
  (forall i, (i < cells)%nat -> (1 <= nodes i)%nat /\ gauss_rule (nodes i) (place i) (share i)) ->
  discs_fit J cells sigma f' G G' (c 0%nat) marks lowest regions ->
  ends 0%nat = a 0%nat -> ends parts = a M -> (forall i, (i < parts)%nat -> ends i < ends (S i)) ->
  0 <= part < 1 -> rules_fit parts nodes' place' share' inner s v ->
  drifts_fit J parts sigma f' f'' G G' G'' part (c 0%nat) ends spot axis least most sens image ->
  (forall i, (i < parts)%nat -> (first i <= i)%nat) ->
  INR n <= 1 / eta * (time_sum J cells sigma f' (c 0%nat) marks nodes place share - time_error J cells (c 0%nat) marks lowest nodes
      - gap / slowest) + logs
    + (drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z)
        ends nodes' place' share' inner s (inner_weights place' inner s v)
      - drift_error parts first nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least most sens))
    - start_delay N M a r U low rho X gap - error ->
  (forall t, (t <= n)%nat -> a 0%nat <= x t <= a M) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat))
      + RInt (delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M)) (x 0%nat) (x n) - INR n)) <= error.
Proof.
  intros f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep
    error G G' G'' gap slowest logs cells marks lowest regions nodes place share parts part ends spot axis least most sens image first
    nodes' place' share' inner s v Hm Hd He Heps Es Eu Ex Ec Hc0 HP HS HK Ee Hx0 Hgap Hslow Hlogs At0 At1 AtS AtG AtD En0 En1
    EnS Hpart EnR EnD Hfirst Hn.
  assert (HM := proj1 HP); assert (Ha := proj1 (proj2 HP)).
  assert (Rise := rising a (S M) (fun i Hi => Rlt_le _ _ (Ha i ltac:(lia)))).
  assert (A1 : a 1%nat <= a M) by (apply Rise; lia); assert (AM : a M <= a (S M)) by (apply Rise; lia).
  assert (A01 : a 0%nat <= a 1%nat) by (apply Rise; lia).
  assert (B0 : in_box J eps (c 0%nat) (c 0%nat)).
  { intros j Hj; specialize (Hc0 j Hj); assert (0 <= c 0%nat j * eps) by (apply Rmult_le_pos; lra); lra. }
  assert (Good : forall y, a 0%nat <= y <= a (S M) -> good_place J sigma f' f'' f''' (c 0%nat) y).
  { intros y Hy; destruct (in_some_piece M a r y HP Hy) as [i [Hi [Wi _]]].
    destruct (proj1 HS (c 0%nat) i y B0 Hi Wi) as [Sm [[P _] [_ [_ Near]]]].
    split; [exact P|]; split; [exact Sm|]; intros j Hj; apply Near; exact Hj. }
  destruct (delay_primitive J sigma f' f'' f''' (c 0%nat) (a 0%nat) (a (S M)) (a M) Good ltac:(lra)) as [D HD].
  rewrite <- Eu in HD; set (rate := delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M)) in *.
  assert (Hgap0 : 0 <= gap) by lra.
  assert (Part : forall p q, a 0%nat <= p <= a (S M) -> a 0%nat <= q <= a (S M) -> is_RInt rate p q (D q - D p))
    by (intros p q Hp Hq; exact (proj2 (HD q Hq) p Hp)).
  assert (HT : time_sum J cells sigma f' (c 0%nat) marks nodes place share - time_error J cells (c 0%nat) marks lowest nodes - gap /
    slowest <= RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)).
  { assert (S2 : sigma ^ 2 = 1).
    { rewrite Es; unfold orientation; rewrite Rpow_mult_distr, Hd, Rmult_1_l; simpl; rewrite Rmult_1_r; apply sides_square. }
    assert (Q := flow_time_quadrature J cells sigma f' G G' (c 0%nat) marks lowest regions nodes place share S2 AtS AtG AtD).
    rewrite <- Eu, At0, At1 in Q.
    assert (I : forall p q, a 0%nat <= p <= a M -> a 0%nat <= q <= a M -> ex_RInt (fun z => 1 / u (c 0%nat) z) p q).
    { intros p q Hp Hq; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y Hy.
      assert (Yin : a 0%nat <= y <= a (S M)) by (revert Hy; unfold Rmin, Rmax; destruct (Rle_dec p q); intros; lra).
      apply (continuous_mult (K := R_AbsRing) (fun _ => 1)); [apply continuous_const|].
      rewrite Eu; exact (inverse_speed_continuous J sigma f' f'' f''' (c 0%nat) y (Good y Yin)). }
    assert (I1 := I (a 0%nat) (x 0%nat) ltac:(lra) ltac:(lra)); assert (I2 := I (x 0%nat) (a M) ltac:(lra) ltac:(lra)).
    assert (Ch := RInt_Chasles (V := R_CompleteNormedModule) _ (a 0%nat) (x 0%nat) (a M) I1 I2).
    match type of Ch with plus ?p ?q = ?t => change (p + q = t) in Ch end.
    assert (L : Rabs (RInt (fun z => 1 / u (c 0%nat) z) (a 0%nat) (x 0%nat)) <= (x 0%nat - a 0%nat) * (1 / slowest)).
    { apply abs_RInt_le_const; [lra|exact I1|]; intros y Hy; destruct (Hslow y ltac:(lra)) as [L1 L2].
      rewrite Rabs_pos_eq; unfold Rdiv; rewrite !Rmult_1_l; [apply Rinv_le_contravar; assumption|left;
      apply Rinv_0_lt_compat; lra]. }
    destruct (Hslow (a 0%nat) ltac:(lra)) as [L1 _].
    assert (L3 : (x 0%nat - a 0%nat) * (1 / slowest) <= gap / slowest).
    { unfold Rdiv; rewrite Rmult_1_l; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, L1|lra]. }
    rewrite <- Ch in Q; apply Rabs_le_between in Q; assert (L4 := Rle_abs (RInt (fun z => 1 / u (c 0%nat) z) (a 0%nat) (x 0%nat))).
    lra. }
  assert (HDs : drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z) ends
      nodes' place' share' inner s (inner_weights place' inner s v) - drift_error parts first nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least
      most sens) - start_delay N M a r U low rho X gap <= D (a M) - D (x 0%nat)).
  { assert (S2 : sigma ^ 2 = 1).
    { rewrite Es; unfold orientation; rewrite Rpow_mult_distr, Hd, Rmult_1_l; simpl; rewrite Rmult_1_r; apply sides_square. }
    assert (Q := drift_delay_quadrature J parts N sigma f' f'' G G' G'' part (c 0%nat) ends spot axis least most sens image group
      first nodes' place' share' inner s v S2 Hpart EnS EnR EnD (proj1 HK) Hfirst).
    rewrite <- Eu, En0, En1 in Q; fold rate in Q.
    rewrite (is_RInt_unique _ _ _ _ (Part (a 0%nat) (a M) ltac:(lra) ltac:(lra))) in Q.
    assert (L : Rabs (D (x 0%nat) - D (a 0%nat)) <= (x 0%nat - a 0%nat) * total N (fun g => U 0%nat * rho 0%nat g / 2 *
      roots_later M a r low rho X 0 g)).
    { assert (I := Part (a 0%nat) (x 0%nat) ltac:(lra) ltac:(lra)); rewrite <- (is_RInt_unique _ _ _ _ I).
      apply abs_RInt_le_const; [lra|eexists; exact I|]; intros y Hy; unfold rate; rewrite Eu.
      rewrite Eu in HK; apply (rate_at_start J N M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near group drift rho shape delta weight
        X Z low together steep y); try assumption; lra. }
    assert (L2 : (x 0%nat - a 0%nat) * total N (fun g => U 0%nat * rho 0%nat g / 2 * roots_later M a r low rho X 0 g)
      <= start_delay N M a r U low rho X gap).
    { unfold start_delay; apply Rmult_le_compat_r; [|lra].
      eapply Rle_trans; [apply Rabs_pos|]; rewrite Eu in HK; apply (rate_at_start J N M eps eta sigma f' f'' f''' (c 0%nat) a r U A B
        near group drift rho shape delta weight X Z low together steep (a 0%nat)); try assumption; lra. }
    apply Rabs_le_between in Q; assert (L4 := Rle_abs (D (x 0%nat) - D (a 0%nat))); lra. }
  destruct (escape_count_descent f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low
    together steep D (1 / eta * (time_sum J cells sigma f' (c 0%nat) marks nodes place share - time_error J cells (c 0%nat) marks lowest
      nodes - gap / slowest) + logs + (drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c
        0%nat) (c 0%nat) y z) ends nodes' place' share' inner s (inner_weights place' inner s v) - drift_error parts first nodes' inner (pair_bound J N part group (c
          0%nat) ends spot axis least most sens)) - start_delay N M a r U low rho X gap) error) as [Before Place]; try assumption.
  - lra.
  - intros y Hy; exact (proj1 (HD y Hy)).
  - intros c' Hc'; specialize (Hlogs c' Hc').
    assert (P : 0 <= 1 / eta) by (apply Rle_mult_inv_pos; lra).
    assert (T := Rmult_le_compat_l _ _ _ P HT).
    eapply Rle_trans; [|apply Rplus_le_compat; [apply Rplus_le_compat; [exact T|exact Hlogs]|exact HDs]].
    right; ring.
  - split; [exact Before|].
    assert (Xn := Before n (le_n n)); assert (In0 : a 0%nat <= x 0%nat <= a (S M)) by lra.
    assert (Inn : a 0%nat <= x n <= a (S M)) by lra.
    rewrite (is_RInt_unique _ _ _ _ (Part _ _ In0 Inn)); exact Place.
Qed.
