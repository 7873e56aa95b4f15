(** The certified count, whole (escape-counts.md): direct steps, skips and ways along the invariant curve, one after the other, each with what the code
    checks for every start of a region.  Nothing is assumed but these checks. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent Chebyshev ChebyshevSeries Ellipse
  EllipseChebyshev ChebyshevNodes CurveSpeed CurveStep CurveDisc CurveResiduals CurvePanels CurveBorder CurveRun CurveLanding CurveStop CurvePlace BoxStop Formulas FormulaDerivative
  CentredStep CertifiedPhases.
Open Scope R_scope.

(** ** Along the curve *)

(** [tube_disc] of CurvePanels.v, for a formula *)
Definition tube_checked (J n : nat) (sigma : R) (loss : formula) (a r rho tube : R) (coef : nat -> nat -> R) (B : C -> Prop) (bottom top chi : R) : Prop :=
  stay_apart J (means coef) (tube_spread n coef rho tube) a (axis r rho) /\
  image J sigma (means coef) (tube_spread n coef rho tube) a (axis r rho) B /\ regular B loss /\
  forall p : R, B p -> bottom <= Rabs (slope_of loss p) <= top /\ Rabs (1 + p * (curvature_of loss p / slope_of loss p)) <= chi.

(** [panel_disc] of CurveResiduals.v, for a formula *)
Definition ellipse_checked (J n : nat) (sigma : R) (loss : formula) (a r rho : R) (coef : nat -> nat -> R) (B : C -> Prop) (top : R) : Prop :=
  stay_apart J (means coef) (spreads n coef rho) a (axis r rho) /\ regular B loss /\ (forall p, B p -> Cmod (complex_value (derived loss) p) <= top) /\
  image J sigma (means coef) (spreads n coef rho) a (axis r rho) B.

(** All checks of panel_bounds.py on one panel; rho the ellipse of the tube, wider that of the residuals *)
Definition panel_checks (J n : nat) (sigma : R) (loss : formula) (eta a r rho tube : R) (coef : nat -> nat -> R) (count : nat -> R) (B : C -> Prop)
    (bottom top chi y0 low longest near half shrink slope leaves miss tilt : R) (wider beyond least_at : R) (B' : C -> Prop) (top' ahead : R)
    (at_node : nat -> R) (count_node : R) : Prop :=
  0 < r /\ 1 < rho /\ 11 / 5 < rho + / rho /\ tube_checked J n sigma loss a r rho tube coef B bottom top chi /\ 0 < bottom /\
  (forall j, (j < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j /\ (0 < means coef j \/ forall m, coef j m = 0)) /\
  a - r <= y0 <= a + r /\ 0 < reduced_speed J sigma (slope_of loss) (fun j => panel_curve n a r coef j y0) y0 /\
  0 < low <= eta * (bottom * root_low J (means coef) (tube_spread n coef rho tube) a (axis r rho)) /\
  eta * (top * root_high J (means coef) (tube_spread n coef rho tube) a (axis r rho)) <= longest /\ longest <= r / 10 /\
  0 < near /\ (forall j, (j < J)%nat -> 0 < means coef j -> near <= sums n a r coef rho tube j) /\ longest ^ 2 <= shrink * near /\ shrink < 1 / 2 /\
  chi * total J (fun j => (means coef j + tube_spread n coef rho tube j) / sums n a r coef rho tube j) <= 2 * half /\
  0 <= slope /\ (forall j, (j < J)%nat -> steepness n (coef j) rho / r <= slope * (means coef j - tube_spread n coef rho tube j)) /\
  steepness n count rho / r <= tilt /\ 0 <= leaves < 1 / 2 /\
  (1 <= n)%nat /\ 1 < wider /\ 1 < beyond /\ 1 < least_at /\ ellipse_checked J n sigma loss a r wider coef B' top' /\
  eta * (top' * root_high J (means coef) (spreads n coef wider) a (axis r wider)) <= ahead /\ wider + / wider + 2 * (ahead / r) <= beyond + / beyond /\
  at_nodes J n sigma (slope_of loss) eta a r coef count at_node count_node /\
  (forall j, (j < J)%nat -> 4 * on_panel_bound n wider (at_node j) (drift_size n a r wider beyond ahead coef j)
    <= leaves * (means coef j - spread n (coef j) least_at)) /\
  on_panel_bound n wider count_node (count_size n wider beyond count) <= miss.

Definition panel_phi (n : nat) (count : nat -> R) (a r : R) (y : R) : R := series n count ((y - a) / r).
Definition panel_phi_slope (n : nat) (count : nat -> R) (a r : R) (y : R) : R := series_slope n count ((y - a) / r) / r.

Lemma panel_of_checks : forall J n sigma loss eta a r rho tube coef count B bottom top chi y0 low longest near half shrink slope leaves miss tilt wider beyond
    least_at B' top' ahead at_node count_node, sigma ^ 2 = 1 -> 0 < eta -> 0 <= tube <= 1 / 8 ->
  panel_checks J n sigma loss eta a r rho tube coef count B bottom top chi y0 low longest near half shrink slope leaves miss tilt wider beyond
    least_at B' top' ahead at_node count_node ->
  panel_fits J sigma (slope_of loss) (curvature_of loss) eta tube (a - r) (a + r) (panel_curve n a r coef) (panel_slope n a r coef)
    (panel_phi n count a r) (panel_phi_slope n count a r) low longest near half shrink slope leaves miss tilt.
Proof.
  intros J n sigma loss eta a r rho tube coef count B bottom top chi y0 low longest near half shrink slope leaves miss tilt wider beyond
    least_at B' top' ahead at_node count_node Hs He Ht [H1 [H2 [H3 [[T1 [T2 [T3 T4]]] [H5 [H6 [H7 [H8 [H9 [H10 [H11 [H12 [H13 [H14 [H15 [H16 [H17 [H18 [H19 [H20
    [H21 [H22 [H23 [H24 [[E1 [E2 [E3 E4]]] [H26 [H27 [H28 [H29 H30]]]]]]]]]]]]]]]]]]]]]]]]]]]]].
  apply (panel_checked J n sigma (slope_of loss) (curvature_of loss) eta a r rho tube coef count B bottom top chi y0); try assumption.
  - split; [exact T1|]; split; [exact T2|]; intros p Hp; split; [|apply T4, Hp].
    destruct (formula_derivative _ _ T3) as [R1 _]; destruct (formula_derivative _ _ R1) as [_ [_ D2]]; apply (D2 p Hp).
  - destruct (formula_derivative _ _ E2) as [R1 [_ D1]]; destruct (formula_derivative _ _ R1) as [_ [Hol _]].
    apply (panel_residuals J n sigma (slope_of loss) (complex_value (derived loss)) (complex_value (derived (derived loss))) eta a r wider beyond least_at coef count B' top' ahead at_node count_node);
      try assumption; [lra|].
    split; [exact E1|]; split; [exact Hol|]; split; [intros p Hp; apply (D1 p Hp)|]; split; assumption.
Qed.

(** p lies in the image of the tube. *)
Lemma tube_place : forall J n sigma a r rho tube coef (B : C -> Prop) c (y : R), sigma ^ 2 = 1 -> 0 < r -> 1 < rho -> 11 / 5 < rho + / rho -> 0 <= tube <= 1 / 8 ->
  stay_apart J (means coef) (tube_spread n coef rho tube) a (axis r rho) -> image J sigma (means coef) (tube_spread n coef rho tube) a (axis r rho) B ->
  (forall j, (j < J)%nat -> 2 * tube_spread n coef rho tube j <= means coef j) -> a - r <= y <= a + r ->
  beside J tube (fun j => panel_curve n a r coef j y) c -> B (RtoC (reduced_product J sigma c y)).
Proof.
  intros J n sigma a r rho tube coef B c y Hs Hr Hrho Hw Ht HA Im Half Hy Hc; destruct (wide_axis r rho y a Hr Hw Hy) as [Za _].
  assert (T := tube_near J n a r coef rho tube c y Hr Hrho Ht Hy Half Hc).
  destruct (at_point J sigma (means coef) (tube_spread n coef rho tube) a (axis r rho) B c y Hs (axis_nonneg r rho Hr Hrho) HA Im Za (fun j Hj => proj2 (proj2 (T j Hj))))
    as [_ [I _]]; exact I.
Qed.

Lemma placed_product : forall J m d e w x c sigma, (m <= J)%nat -> d * d = 1 -> sigma = d * product J e -> placed J m d e w x c ->
  product (S J) w = reduced_product J sigma c x.
Proof.
  intros J m d e w x c sigma Hm Hd Hs [W1 W2]; assert (Wm : w m = d * x) by (rewrite <- W1, <- Rmult_assoc, Hd; ring).
  assert (Q : others (S J) w m = product J e * root J c x).
  { rewrite skip_others by exact Hm; unfold root; rewrite <- product_mult; apply product_ext; exact W2. }
  rewrite (product_others (S J) w m) by lia; rewrite Wm, Q, Hs; unfold reduced_product; ring.
Qed.

Inductive followed (loss : formula) (eta : R) (J : nat) (stop : R -> (nat -> R) -> Prop) (w : nat -> R) (n : nat) (C : region) : Prop :=
  follow_checked : forall (m : nat) (d sigma : R) (M : nat) (tube : R) (a mid rad : nat -> R) (deg : nat -> nat) (rho : nat -> R) (coef : nat -> nat -> nat -> R) (count : nat -> nat -> R)
    (B B' : nat -> Complex.C -> Prop) (bottom top chi y0 low longest near half shrink slope leaves miss tilt wider beyond least_at top' ahead : nat -> R)
    (at_node : nat -> nat -> R) (count_node : nat -> R) (terms : nat -> nat) (rho' : nat -> R) (least : nat -> nat -> R) (jump slip N E : nat -> R) (e0 gap defect x : R) (c : nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> sigma = orientation J m d w -> x = d * w m -> c = (fun j => w (skip m j) ^ 2 - w m ^ 2) -> 0 <= tube <= 1 / 8 ->
  (forall i, (i <= M)%nat -> a i = mid i - rad i /\ a (S i) = mid i + rad i /\
    panel_checks J (deg i) sigma loss eta (mid i) (rad i) (rho i) tube (coef i) (count i) (B i) (bottom i) (top i) (chi i) (y0 i) (low i) (longest i) (near i) (half i)
      (shrink i) (slope i) (leaves i) (miss i) (tilt i) (wider i) (beyond i) (least_at i) (B' i) (top' i) (ahead i) (at_node i) (count_node i)) ->
  (forall i, (i < M)%nat -> 0 <= jump i /\ longest i <= rad (S i) / 10 /\ 1 < rho' i /\ 11 / 5 < rho' i + / rho' i /\ (1 <= terms i)%nat /\
    (forall j, (j < J)%nat -> (forall l, coef i j l = 0 /\ coef (S i) j l = 0) \/
      0 < least i j /\ least i j <= means (coef i) j - spread (deg i) (coef i j) (rho' i) /\ least i j <= means (coef (S i)) j - spread (deg (S i)) (coef (S i) j) (rho' i) /\
      mismatch (terms i) (deg i) (deg (S i)) (rad i) (rad (S i)) (longest i) (coef i j) (coef (S i) j) <= jump i * least i j) /\
    count_mismatch (terms i) (deg i) (deg (S i)) (rad i) (rad (S i)) (longest i) (count i) (count (S i)) <= slip i) ->
  0 <= e0 -> (forall i, (i <= M)%nat -> (a (S i) - a i) / low i + 1 <= N i /\
    (entry e0 E jump i + N i * leaves i) * exp ((a (S i) - a i + longest i) * stretch tube (longest i) (near i) (half i) (shrink i) (slope i)) <= E i <= tube) ->
  a 0%nat <= x <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => panel_curve (deg 0%nat) (mid 0%nat) (rad 0%nat) (coef 0%nat) j x) c ->
  let Phi i := panel_phi (deg i) (count i) (mid i) (rad i) in let Phi' i := panel_phi_slope (deg i) (count i) (mid i) (rad i) in
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  ((exists value lower upper closed inside, plain loss stop value lower upper closed inside /\
     forall v, C v -> avoids lower upper closed inside (value (product (S J) w)) (value (product (S J) v))) \/
   (forall i b y q, (i <= M)%nat -> a i <= y <= a (S i) -> (forall j, (j < J)%nat -> Rabs (b j - means (coef i) j) <= tube_spread (deg i) (coef i) (rho i) tube j) ->
     squares_at J m b y q -> ~ stop (reduced_product J sigma b y) q)) ->
  (forall v x' c', placed J m d (fun j => side (w (skip m j))) v x' c' -> a (S M) - 3 * longest M <= x' <= a (S M) ->
    (forall lo hi under over middle : R, lo <= x' <= hi -> lo <= middle <= hi -> a M <= lo -> hi <= a (S M) + longest M -> 0 < under ->
      (forall t, lo <= t <= hi -> under <= Phi' M t <= over) -> exists slope_n miss_n : R, under <= slope_n <= over /\ Rabs miss_n <= defect /\
        x' = middle + (Phi M (a (S M)) - (increase Phi a (S M) - INR n + miss_n) - Phi M middle) / slope_n) ->
    (forall j, (j < J)%nat -> panel_curve (deg M) (mid M) (rad M) (coef M) j x' * exp (- E M) <= c' j <= panel_curve (deg M) (mid M) (rad M) (coef M) j x' * exp (E M)) -> C v) ->
  followed loss eta J stop w n C.

Lemma follow_phase : forall loss eta J stop w n C, followed loss eta J stop w n C ->
  (forall s, (s <= n)%nat -> ~ stops (S J) stop (descent (slope_of loss) eta (S J) w s)) /\ C (descent (slope_of loss) eta (S J) w n).
Proof.
  intros loss eta J stop w n C K; destruct K as [m d sigma M tube a mid rad deg rho coef count B B' bottom top chi y0 low longest near half shrink slope leaves miss tilt wider beyond
    least_at top' ahead at_node count_node terms rho' least jump slip N E e0 gap defect x0 c0 Hm Hd He Es Ex Ec Ht HP HB H0 HE Hx0 Hgap Hc0 Phi Phi' Mono Ed Hn1 Hn2 Hstop Land].
  set (f' := slope_of loss) in *; set (f'' := curvature_of loss); set (x := coordinate f' eta J m d w); set (c := differences f' eta J m w).
  assert (X0 : x 0%nat = x0) by (rewrite Ex; reflexivity); assert (C0 : c 0%nat = c0) by (rewrite Ec; reflexivity); rewrite <- X0, <- C0 in *.
  assert (d2 : d * d = 1) by (rewrite <- Hd; ring); assert (S2 : sigma ^ 2 = 1) by (replace (sigma ^ 2) with (sigma * sigma) by ring; rewrite Es; apply orientation_square, Hd).
  set (curve := fun i j y => panel_curve (deg i) (mid i) (rad i) (coef i) j y); set (curve' := fun i j y => panel_slope (deg i) (mid i) (rad i) (coef i) j y).
  assert (Panels : forall i, (i <= M)%nat -> panel_fits J sigma f' f'' eta tube (a i) (a (S i)) (curve i) (curve' i) (Phi i) (Phi' i) (low i) (longest i) (near i) (half i) (shrink i)
    (slope i) (leaves i) (miss i) (tilt i)).
  { intros i Hi; destruct (HP i Hi) as [A1 [A2 P]]; rewrite A1, A2; exact (panel_of_checks _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ S2 He Ht P). }
  assert (Checks : curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0).
  { split; [exact Panels|]; split; [|split; [exact H0|exact HE]].
    intros i Hi; destruct (HB i Hi) as [B1 [B2 [B3 [B4 [B5 [B6 B7]]]]]]; destruct (HP i ltac:(lia)) as [A1 [A2 P]]; destruct (HP (S i) Hi) as [A3 [A4 P']].
    destruct P as [R1 [_ [_ [_ [_ [_ [_ [_ [_ [_ [L1 _]]]]]]]]]]]; destruct P' as [R2 _].
    assert (L0 : 0 <= longest i) by (destruct (Panels i ltac:(lia)) as [L _]; lra).
    destruct (curve_border J (deg i) (deg (S i)) (terms i) (mid i) (mid (S i)) (rad i) (rad (S i)) (rho' i) (longest i) (coef i) (coef (S i)) (count i) (count (S i)) (least i) (jump i) (slip i))
      as [Q1 [Q2 Q3]]; try assumption; [rewrite <- A2; exact A3|].
    split; [exact Q1|]; rewrite A4, A2; split; [exact Q2|]; intros y Hy; destruct (Q3 y Hy) as [Q4 Q5]; split; [exact Q4|exact Q5]. }
  destruct (landing_in_tube f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 gap defect x c)
    as [Tube [_ [_ Drift]]]; try assumption; try reflexivity; [rewrite <- Es; exact Checks|].
  destruct (curve_place f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 gap defect x c)
    as [Near Newton]; try assumption; try reflexivity; [rewrite <- Es; exact Checks|].
  assert (Placed : forall s, (s <= n)%nat -> placed J m d (fun j => side (w (skip m j))) (descent f' eta (S J) w s) (x s) (c s)).
  { apply (placed_along f' eta J m d w n x c Hm Hd eq_refl eq_refl); intros s Hs j Hj; rewrite <- Es; destruct (Tube s ltac:(lia)) as [_ [i [Hi [Hx Hc]]]].
    destruct (Panels i Hi) as [L [_ [_ [_ [_ [_ [_ [_ [HS [HC _]]]]]]]]]]; destruct (HS (c s) (x s) Hx Hc) as [_ [[U1 U2] [_ Q]]]; destruct (Q j Hj) as [Q1 _].
    assert (P2 : 0 < longest i ^ 2) by (apply pow_lt; lra); destruct (HC (x s) ltac:(lra)) as [HC1 _]; destruct (HC1 j Hj) as [_ [Cp _]]; destruct (Hc j Hj) as [Hc1 _].
    split; [eapply Rle_trans; [|exact Hc1]; apply Rmult_le_pos; [exact Cp|left; apply exp_pos]|]; split; [lra|]; eapply Rle_trans; [|exact Q1]; apply pow_incr; lra. }
  assert (Prod : forall s, (s <= n)%nat -> product (S J) (descent f' eta (S J) w s) = reduced_product J sigma (c s) (x s)).
  { intros s Hs; apply (placed_product J m d (fun j => side (w (skip m j))) (descent f' eta (S J) w s)); [exact Hm|exact d2|exact Es|apply Placed, Hs]. }
  assert (LF : loss_fits J M sigma (real_value loss) f' tube a curve).
  { intros i b y Hi Hy Hb; destruct (HP i Hi) as [A1 [A2 [R1 [R2 [Rg [[T1 [T2 [T3 _]]] [_ [R6 _]]]]]]]].
    assert (Half : forall j, (j < J)%nat -> 2 * tube_spread (deg i) (coef i) (rho i) tube j <= means (coef i) j) by (intros j Hj; apply R6, Hj).
    destruct (formula_derivative _ _ T3) as [_ [_ D1]]; apply (D1 (reduced_product J sigma b y)).
    apply (tube_place J (deg i) sigma (mid i) (rad i) (rho i) tube (coef i) (B i) b y); try assumption; lra. }
  assert (Cn : C (descent f' eta (S J) w n)).
  { apply (Land _ (x n) (c n)); [apply Placed; lia|exact Near|exact Newton|exact Drift]. }
  destruct (curve_no_stop (real_value loss) f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 gap defect sigma x c
    (fun s => product (S J) (descent f' eta (S J) w s))) as [_ Plain]; try assumption; try reflexivity.
  split; [|exact Cn]; intros s Hs St; destruct Hstop as [[value [lower [upper [closed [inside [[Hv Hb] Av]]]]]]|Cover].
  - apply (Plain value lower upper closed inside Hv (Av _ Cn) s Hs), (Hb _ _ St).
  - destruct (Tube s Hs) as [_ [i [Hi [Hx Hc]]]]; unfold stops in St; rewrite (Prod s Hs) in St; revert St; apply (Cover i (c s) (x s)); [exact Hi|exact Hx| |].
    + destruct (HP i Hi) as [A1 [A2 [R1 [R2 [_ [_ [_ [R6 _]]]]]]]]; intros j Hj.
      apply (tube_near J (deg i) (mid i) (rad i) (coef i) (rho i) tube (c s) (x s)); try assumption; [rewrite <- A1, <- A2; exact Hx|intros l Hl; apply R6, Hl].
    + assert (Sq : descent f' eta (S J) w s m ^ 2 = x s ^ 2).
      { unfold x, coordinate; replace ((d * descent f' eta (S J) w s m) ^ 2) with (d ^ 2 * descent f' eta (S J) w s m ^ 2) by ring; rewrite Hd; ring. }
      split; [exact Sq|]; intros j Hj; rewrite <- Sq; unfold c, differences; ring.
Qed.

(** ** Direct steps *)

Lemma product_within : forall k m centre W w radius gradient, (m < k)%nat -> 0 <= gradient -> (forall i, (i < k)%nat -> Rabs (centre i) + radius <= W i) ->
  (forall i, (i < k)%nat -> i <> m -> 0 < W i) -> gradient_bound k m W <= gradient ^ 2 -> in_ball k centre radius w -> Rabs (product k w - product k centre) <= radius * gradient.
Proof.
  intros k m centre W w radius gradient Hm Hg HW HWp Hgr Hw.
  apply (centred_step (fun _ => 0) (fun _ => 0) 0 k m centre (step (fun _ => 0) 0 k centre) W w radius gradient (coupling_of k m W) 0 (Rabs 0 + 0 * (radius * gradient)) 1 0);
    try assumption; try lra; try reflexivity.
  - intros p _; split; [apply (is_derive_const (V := R_NormedModule))|]; split; [rewrite Rabs_R0; lra|]; replace (1 - 0 * 0 * gradient ^ 2) with 1 by ring; rewrite Rabs_R1; lra.
  - unfold in_ball, length2; rewrite (total_ext k _ (fun _ => 0)) by (intros; ring); rewrite total_zero by reflexivity; rewrite sqrt_0; lra.
Qed.

(** A step from the region B into the region C, about their centres: the checks of centred.py *)
Inductive stepped (loss : formula) (eta : R) (k : nat) (B C : region) : Prop :=
  step_checked : forall (m : nat) (centre centre' W : nat -> R) (radius gradient coupling curve steepest bend rounding : R),
  (m < k)%nat -> 0 <= eta -> 0 <= gradient -> (forall i, (i < k)%nat -> Rabs (centre i) + radius <= W i) -> (forall i, (i < k)%nat -> i <> m -> 0 < W i) ->
  gradient_bound k m W <= gradient ^ 2 -> coupling_of k m W <= coupling ->
  (forall p, Rabs (p - product k centre) <= radius * gradient ->
    defined_at loss p /\ Rabs (curvature_of loss p) <= curve /\ Rabs (1 - eta * curvature_of loss p * gradient ^ 2) <= bend) -> 1 <= bend ->
  steepest = Rabs (slope_of loss (product k centre)) + curve * (radius * gradient) ->
  in_ball k (step (slope_of loss) eta k centre) rounding centre' ->
  (forall w, B w -> in_ball k centre radius w) ->
  (forall v, in_ball k centre' ((bend + eta * steepest * coupling) * radius + rounding) v -> C v) -> stepped loss eta k B C.

Lemma step_phase : forall loss eta k B C w, stepped loss eta k B C -> B w -> C (step (slope_of loss) eta k w).
Proof.
  intros loss eta k B C w K Bw; destruct K as [m centre centre' W radius gradient coupling curve steepest bend rounding Hm He Hg HW HWp Hgr Hco Hf Hb Est Hc' HB HC].
  apply HC, (centred_step (slope_of loss) (curvature_of loss) eta k m centre centre' W w radius gradient coupling curve steepest bend rounding); try assumption.
  - intros p Hp; destruct (Hf p Hp) as [D F]; split; [apply (proj1 (proj2 (defined_smooth loss p D)))|exact F].
  - apply HB, Bw.
Qed.

(** ** The count *)

(** counted A l n B: from the region A, step n is in the region B, and no step before l satisfies the condition. *)
Inductive counted (loss : formula) (eta : R) (J : nat) (stop : R -> (nat -> R) -> Prop) (A : region) : nat -> nat -> region -> Prop :=
| begins : counted loss eta J stop A 0 0 A
| encloses : forall l n (B C : region), counted loss eta J stop A l n B -> (forall w, B w -> C w) -> counted loss eta J stop A l n C
| multiplies : forall l n (B : region) m centre W radius gradient, counted loss eta J stop A l n B -> (m < S J)%nat -> 0 <= gradient ->
    (forall i, (i < S J)%nat -> Rabs (centre i) + radius <= W i) -> (forall i, (i < S J)%nat -> i <> m -> 0 < W i) ->
    gradient_bound (S J) m W <= gradient ^ 2 -> (forall w, B w -> in_ball (S J) centre radius w) ->
    counted loss eta J stop A l n (fun w => B w /\ Rabs (product (S J) w - product (S J) centre) <= radius * gradient)
| decides : forall l n (B : region), counted loss eta J stop A l n B -> (n <= l)%nat -> (forall w, B w -> ~ stops (S J) stop w) -> counted loss eta J stop A (S n) n B
| steps : forall l n (B C : region), counted loss eta J stop A l n B -> stepped loss eta (S J) B C -> counted loss eta J stop A l (S n) C
| skips : forall l n k (B C : region), counted loss eta J stop A l n B -> (n <= l)%nat -> (forall w, B w -> skipped loss eta J stop w k C) -> counted loss eta J stop A (S (n + k)) (n + k) C
(* Behind a step of which the condition is not known to be false, l stays. *)
| leaps : forall l n k (B C : region), counted loss eta J stop A l n B -> (forall w, B w -> skipped loss eta J stop w k C) -> counted loss eta J stop A l (n + k) C
| follows : forall l n k (B C : region), counted loss eta J stop A l n B -> (n <= l)%nat -> (forall w, B w -> followed loss eta J stop w k C) -> counted loss eta J stop A (S (n + k)) (n + k) C.

Lemma descent_later : forall f' eta k w n s, descent f' eta k w (n + s) = descent f' eta k (descent f' eta k w n) s.
Proof. intros f' eta k w n s; induction s as [|s IH]; [rewrite Nat.add_0_r; reflexivity|]; rewrite Nat.add_succ_r; simpl; rewrite IH; reflexivity. Qed.

Lemma counted_means : forall loss eta J stop A l n B, counted loss eta J stop A l n B -> forall w, A w ->
  let v s := descent (slope_of loss) eta (S J) w s in (forall s, (s < l)%nat -> ~ stops (S J) stop (v s)) /\ B (v n).
Proof.
  intros loss eta J stop A l n B R w Aw v.
  assert (Go : forall k C n l (B : region), (n <= l)%nat -> (forall s, (s < l)%nat -> ~ stops (S J) stop (v s)) -> B (v n) ->
    (forall w, B w -> (forall s, (s <= k)%nat -> ~ stops (S J) stop (descent (slope_of loss) eta (S J) w s)) /\ C (descent (slope_of loss) eta (S J) w k)) ->
    (forall s, (s < S (n + k))%nat -> ~ stops (S J) stop (v s)) /\ (C : region) (v (n + k)%nat)).
  { intros k C n' l' B' Hnl Hl HB H; destruct (H _ HB) as [H1 H2]; unfold v in *; split; [|rewrite descent_later; exact H2].
    intros s Hs; destruct (le_lt_dec n' s) as [L|L]; [|apply Hl; lia]; replace s with (n' + (s - n'))%nat by lia; rewrite descent_later; apply H1; lia. }
  induction R as [|l n B C R [H1 H2] H|l n B m centre W radius gradient R [H1 H2] Hm Hg HW HWp Hgr HB|l n B R [H1 H2] Hl H|l n B C R [H1 H2] H|l n k B C R [H1 H2] Hl H|l n k B C R [H1 H2] H|l n k B C R [H1 H2] Hl H].
  - split; [intros; lia|exact Aw].
  - split; [exact H1|apply H, H2].
  - split; [exact H1|]; split; [exact H2|apply (product_within (S J) m centre W); auto].
  - split; [|exact H2]; intros s Hs; destruct (Nat.eq_dec s n) as [->|N]; [apply H, H2|apply H1; lia].
  - split; [exact H1|]; unfold v; simpl; apply (step_phase loss eta (S J) B C), H2; exact H.
  - apply (Go k C n l B Hl H1 H2); intros u Bu; apply (skip_phase loss eta J stop u k C), H, Bu.
  - split; [exact H1|]; unfold v; rewrite descent_later; exact (proj2 (skip_phase loss eta J stop _ k C (H _ H2))).
  - apply (Go k C n l B Hl H1 H2); intros u Bu; apply (follow_phase loss eta J stop u k C), H, Bu.
Qed.

(** The first step of gradient descent at which the condition holds is at least l, and, if it holds on the last region, at most n. *)
Theorem certified_count : forall (loss : formula) (eta : R) (J : nat) (stop : R -> (nat -> R) -> Prop) (A B : region) (l n : nat) (w : nat -> R),
  counted loss eta J stop A l n B -> A w -> let v s := descent (slope_of loss) eta (S J) w s in
  (forall s, (s < l)%nat -> ~ stops (S J) stop (v s)) /\
  ((forall u, B u -> stops (S J) stop u) ->
   exists N, (l <= N <= n)%nat /\ stops (S J) stop (v N) /\ forall s, (s < N)%nat -> ~ stops (S J) stop (v s)).
Proof.
  intros loss eta J stop A B l n w R Aw v; destruct (counted_means loss eta J stop A l n B R w Aw) as [H1 H2]; split; [exact H1|]; intros HB.
  assert (First : forall m, (forall s, (s < m)%nat -> ~ stops (S J) stop (v s)) \/ exists N, (N < m)%nat /\ stops (S J) stop (v N) /\ forall s, (s < N)%nat -> ~ stops (S J) stop (v s)).
  { induction m as [|m IH]; [left; intros; lia|]; destruct IH as [IH|[N [H3 H4]]]; [|right; exists N; split; [lia|exact H4]].
    destruct (Classical_Prop.classic (stops (S J) stop (v m))) as [Y|Y]; [right; exists m; repeat split; [lia|exact Y|exact IH]|left].
    intros s Hs; destruct (Nat.eq_dec s m) as [->|Ne]; [exact Y|apply IH; lia]. }
  destruct (First (S n)) as [No|[N [H3 [H4 H5]]]]; [exfalso; exact (No n ltac:(lia) (HB _ H2))|].
  exists N; split; [|split; assumption]; split; [|lia]; destruct (le_lt_dec l N) as [L|L]; [exact L|exfalso; exact (H1 N L H4)].
Qed.
