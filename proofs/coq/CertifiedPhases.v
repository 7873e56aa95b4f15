(** The phases of a certified count, each from what is checked for every start of a region: a skip, and the way along the invariant
    curve.  The loss is a formula, its derivatives are those of the rules; the condition is about the product and the squares of the weights. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature SkipPlace SkipLeaves SkipDrift SkipCells EarlierStop CurveStop BoxStop SkipLanding
  Formulas FormulaDerivative.
Open Scope R_scope.

Definition region := (nat -> R) -> Prop.

(** f', f'', f''' by the rules *)
Definition slope_of (loss : formula) : R -> R := real_value (derived loss).
Definition curvature_of (loss : formula) : R -> R := real_value (derived (derived loss)).
Definition third_of (loss : formula) : R -> R := real_value (derived (derived (derived loss))).

(** At p no denominator is zero, and no argument of a root or a logarithm is negative or zero. *)
Definition defined_at (loss : formula) (p : R) : Prop := regular (fun z => z = RtoC p) loss.

Lemma defined_smooth : forall loss p, defined_at loss p ->
  is_derive (real_value loss) p (slope_of loss p) /\ smooth_at (slope_of loss) (curvature_of loss) (third_of loss) p.
Proof.
  intros loss p H; set (B := fun z : C => z = RtoC p) in *.
  destruct (formula_derivative B loss H) as [H1 [_ D1]]; destruct (formula_derivative B _ H1) as [H2 [_ D2]]; destruct (formula_derivative B _ H2) as [_ [_ D3]].
  split; [|split]; [apply (D1 p)|apply (D2 p)|apply (D3 p)]; reflexivity.
Qed.

Lemma regular_smaller : forall (B B' : C -> Prop) f, (forall z, B' z -> B z) -> regular B f -> regular B' f.
Proof.
  intros B B' f HB; induction f as [|r|a IHa b IHb|a IHa b IHb|a IHa|a IHa|a IHa|a IHa|a IHa]; simpl; try tauto.
  - intros [A N]; split; [tauto|intros z Hz; apply N, HB, Hz].
  - intros [A N]; split; [tauto|intros z Hz; apply N, HB, Hz].
  - intros [A N]; split; [tauto|intros z Hz; apply N, HB, Hz].
Qed.

(** ** What is checked, for a formula *)

(** [speeds_within] of CountDescent.v *)
Definition speeds_checked (J M : nat) (eps eta sigma : R) (loss : formula) (c0 a r U A B : nat -> R) (near : nat -> nat -> R) : Prop :=
  let u := reduced_speed J sigma (slope_of loss) in
  (forall c i y, in_box J eps c0 c -> (i <= M)%nat -> a i - r i <= y <= a (S i) + r (S i) ->
    defined_at loss (reduced_product J sigma c y) /\ 0 < u c y <= U i /\ Rabs (reduced_first J sigma (slope_of loss) (curvature_of loss) c y) <= A i /\
    Rabs (reduced_second J sigma (slope_of loss) (curvature_of loss) (third_of loss) c y) <= B i /\
    forall j, (j < J)%nat -> 0 < c j + y ^ 2 /\ / (c j + y ^ 2) <= near i j) /\
  (forall i, (i < M)%nat -> eta * U i <= r (S i)) /\ (forall i, (i <= M)%nat -> eta * U i * A i < 2) /\
  (forall i j, (i <= M)%nat -> (j < J)%nat -> (eta * U i) ^ 2 * near i j <= 1) /\
  (forall j, (j < J)%nat -> 0 < c0 j -> total (S M) (fun i => eta * U i * near i j * (a (S i) - a i)) <= eps).

Lemma speeds_of_formula : forall J M eps eta sigma loss c0 a r U A B near,
  speeds_checked J M eps eta sigma loss c0 a r U A B near ->
  speeds_within J M eps eta sigma (slope_of loss) (curvature_of loss) (third_of loss) c0 a r U A B near.
Proof.
  intros J M eps eta sigma loss c0 a r U A B near [H Rest]; split; [|exact Rest]; intros c i y Hc Hi Hy.
  destruct (H c i y Hc Hi Hy) as [D Bd]; split; [apply defined_smooth, D|exact Bd].
Qed.

(** [discs_fit] of FlowTime.v *)
Definition discs_checked (J N : nat) (sigma : R) (loss : formula) (c a low : nat -> R) (B : nat -> C -> Prop) : Prop :=
  forall i, (i < N)%nat ->
    (forall j, (j < J)%nat -> 0 <= c j /\ 2 * half a i < branch (c j) (middle a i)) /\ regular (B i) loss /\ 0 < low i /\
    (forall p, B i p -> low i <= Cmod (complex_value (derived loss) p)) /\
    (forall z, disc (middle a i) (2 * half a i) z -> B i (sigma * (z * croot J c z))%C).

Lemma discs_of_formula : forall J N sigma loss c a low B, discs_checked J N sigma loss c a low B ->
  discs_fit J N sigma (slope_of loss) (complex_value (derived loss)) (complex_value (derived (derived loss))) c a low B.
Proof.
  intros J N sigma loss c a low B H i Hi; destruct (H i Hi) as [H1 [H2 [H3 [H4 H5]]]].
  destruct (formula_derivative _ _ H2) as [R1 [_ D1]]; destruct (formula_derivative _ _ R1) as [_ [Hol _]].
  split; [exact H1|]; split; [exact Hol|]; split; [intros p Hp; apply (D1 p Hp)|]; repeat split; assumption.
Qed.

(** [drifts_fit] of DriftQuadrature.v *)
Definition drifts_checked (J N : nat) (sigma : R) (loss : formula) (part : R) (c a spot axis low top sens : nat -> R) (B : nat -> C -> Prop) : Prop :=
  let G := complex_value (derived loss) in let G' := complex_value (derived (derived loss)) in
  forall i, (i < N)%nat ->
    Rabs (middle a i - spot i) + 2 * half a i <= axis i /\ (forall j, (j < J)%nat -> 0 <= c j /\ axis i <= part * branch (c j) (spot i)) /\
    regular (B i) loss /\ 0 < low i /\
    (forall p, B i p -> low i <= Cmod (G p) <= top i /\ Cmod (1 + p * (G' p * / G p))%C <= sens i) /\
    (forall z, disc (spot i) (axis i) z -> B i (sigma * (z * croot J c z))%C).

Lemma drifts_of_formula : forall J N sigma loss part c a spot axis low top sens B, drifts_checked J N sigma loss part c a spot axis low top sens B ->
  drifts_fit J N sigma (slope_of loss) (curvature_of loss) (complex_value (derived loss)) (complex_value (derived (derived loss)))
    (complex_value (derived (derived (derived loss)))) part c a spot axis low top sens B.
Proof.
  intros J N sigma loss part c a spot axis low top sens B H i Hi; destruct (H i Hi) as [H1 [H2 [H3 [H4 [H5 H6]]]]].
  destruct (formula_derivative _ _ H3) as [R1 [_ D1]]; destruct (formula_derivative _ _ R1) as [R2 [Hol D2]]; destruct (formula_derivative _ _ R2) as [_ [Hol2 _]].
  split; [exact H1|]; split; [exact H2|]; split; [exact Hol|]; split; [exact Hol2|]; split; [|exact (conj H4 (conj H5 H6))].
  intros p Hp; split; [apply (D1 p Hp)|apply (D2 p Hp)].
Qed.

(** ** Conditions *)

Definition stops (k : nat) (stop : R -> (nat -> R) -> Prop) (v : nat -> R) : Prop := stop (product k v) (fun i => v i ^ 2).

(** q are the squares of the weights at the coordinate y and the squared differences c. *)
Definition squares_at (J m : nat) (c : nat -> R) (y : R) (q : nat -> R) : Prop := q m = y ^ 2 /\ forall j, (j < J)%nat -> q (skip m j) = c j + y ^ 2.

(** A condition on the product or the loss, that a value is in an interval or outside of it *)
Definition plain (loss : formula) (stop : R -> (nat -> R) -> Prop) (value : R -> R) (lower upper : option R) (closed inside : bool) : Prop :=
  (value = real_value loss \/ value = (fun v => v)) /\ forall p q, stop p q -> belongs lower upper closed inside (value p).

(** ** The weights are where the coordinate and the squared differences say *)

Lemma placed_along : forall (f' : R -> R) eta J m d w n x c, (m <= J)%nat -> d ^ 2 = 1 -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  (forall s, (s < n)%nat -> forall j, (j < J)%nat -> 0 <= c s j /\ 0 < c s j + x s ^ 2 /\
    (eta * reduced_speed J (orientation J m d w) f' (c s) (x s)) ^ 2 <= c s j + x s ^ 2) ->
  forall s, (s <= n)%nat -> placed J m d (fun j => side (w (skip m j))) (descent f' eta (S J) w s) (x s) (c s).
Proof.
  intros f' eta J m d w n x c Hm Hd Ex Ec H; assert (d2 : d * d = 1) by (rewrite <- Hd; ring).
  assert (Sq : forall s, descent f' eta (S J) w s m ^ 2 = x s ^ 2).
  { intros s; rewrite Ex; unfold coordinate; replace ((d * descent f' eta (S J) w s m) ^ 2) with (d ^ 2 * descent f' eta (S J) w s m ^ 2) by ring; rewrite Hd; ring. }
  assert (Cx : forall s j, c s j + x s ^ 2 = descent f' eta (S J) w s (skip m j) ^ 2) by (intros s j; rewrite <- Sq, Ec; unfold differences; ring).
  assert (Xs : forall s, d * descent f' eta (S J) w s m = x s) by (intros s; rewrite Ex; reflexivity).
  induction s as [|s IH]; intros Hs; (split; [apply Xs|]); intros j Hj; rewrite Cx.
  - change (descent f' eta (S J) w 0 (skip m j)) with (w (skip m j)); rewrite <- (Rsqr_pow2 (w (skip m j))), sqrt_Rsqr_abs; apply side_abs.
  - assert (P := placed_step f' eta J m d (fun j => side (w (skip m j))) (orientation J m d w) (descent f' eta (S J) w s) (x s) (c s) Hm d2
      (fun j _ => side_square (w (skip m j))) eq_refl (IH ltac:(lia)) (fun j Hj => conj (proj1 (H s ltac:(lia) j Hj)) (proj1 (proj2 (H s ltac:(lia) j Hj))))
      (fun j Hj => proj2 (proj2 (H s ltac:(lia) j Hj)))).
    destruct P as [_ P]; specialize (P j Hj); change (descent f' eta (S J) w (S s)) with (step f' eta (S J) (descent f' eta (S J) w s)).
    set (v := step f' eta (S J) (descent f' eta (S J) w s) (skip m j)) in *; set (z := sqrt _) in P; assert (Z0 : 0 <= z) by apply sqrt_pos.
    cbv beta in P; rewrite P; f_equal; rewrite Rpow_mult_distr; replace (side (w (skip m j)) ^ 2) with 1 by (symmetry; simpl; rewrite Rmult_1_r; apply side_square).
    rewrite Rmult_1_l; symmetry; apply sqrt_pow2, Z0.
Qed.

(** ** A skip *)

(** From the start w, n steps are skipped, and the weights after them are in C.  The hypotheses are the checks of plateau.py, drift.py and
    crossing.py, and that the condition is false for the box. *)
Inductive skipped (loss : formula) (eta : R) (J : nat) (stop : R -> (nat -> R) -> Prop) (w : nat -> R) (n : nat) (C : region) : Prop :=
  skip_checked : forall (m : nat) (d : R) (N M : nat) (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (gap slowest logs : R) (cells : nat) (marks lowest : nat -> R) (regions : nat -> Complex.C -> Prop) (nodes : nat -> nat) (place share : nat -> nat -> R)
    (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image : nat -> Complex.C -> Prop) (first nodes' : nat -> nat)
    (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat -> nat -> R)
    (time_s time_e drift_s drift_e start ahead wide hull stiff second slow fast chi_exit weight_exit missing : R) (far uneven : nat -> R) (close : nat -> nat -> R)
    (used : nat -> bool) (nodes2 : nat -> nat) (place2 share2 : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> u = reduced_speed J sigma (slope_of loss) -> x = d * w m -> c = (fun j => w (skip m j) ^ 2 - w m ^ 2) ->
  (forall j, (j < J)%nat -> 0 <= c j) ->
  pieces_fit M a r -> speeds_checked J M eps eta sigma loss c a r U A B near ->
  kernels_fit J N M eps eta c a r U A near u (reduced_chi J sigma (slope_of loss) (curvature_of loss))
    (reduced_zeta J sigma (slope_of loss) (curvature_of loss) (third_of loss)) group drift rho shape delta weight X Z low together steep ->
  error = added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep ->
  a 0%nat <= x <= a 0%nat + gap -> a 0%nat + gap <= a 1%nat ->
  (forall y, a 0%nat <= y <= a 0%nat + gap -> 0 < slowest <= u c y) ->
  (forall c', in_box J eps c c' -> logs <= 1 / 2 * ln (u c' (a M) / u c x)) ->
  marks 0%nat = a 0%nat -> marks cells = a M -> (forall i, (i < cells)%nat -> marks i < marks (S i)) ->
  (forall i, (i < cells)%nat -> (1 <= nodes i)%nat /\ gauss_rule (nodes i) (place i) (share i)) ->
  discs_checked J cells sigma loss c marks lowest regions ->
  ends 0%nat = a 0%nat -> ends parts = a M -> (forall i, (i < parts)%nat -> ends i < ends (S i)) ->
  0 <= part < 1 -> rules_fit parts nodes' place' share' inner s v ->
  drifts_checked J parts sigma loss part c ends spot axis least most sens image ->
  (forall i, (i < parts)%nat -> (first i <= i)%nat) ->
  time_s = time_sum J cells sigma (slope_of loss) c marks nodes place share -> time_e = time_error J cells c marks lowest nodes ->
  drift_s = drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma (slope_of loss) (curvature_of loss)) c c y z)
        ends nodes' place' share' inner s (inner_weights place' inner s v) ->
  drift_e = drift_error parts first nodes' inner (pair_bound J N part group c ends spot axis least most sens) ->
  start = start_delay N M a r U low rho X gap ->
  INR n <= 1 / eta * (time_s - time_e - gap / slowest) + logs + (drift_s - drift_e) - start - error ->
  (forall c', in_box J eps c c' ->
    1 / eta * (time_s + time_e) + 1 / 2 * ln (u c' (a M) / u c x) + (drift_s + drift_e) + start + error - INR n <= ahead) ->
  far_enough J M eps eta c a U A u wide hull stiff ahead ->
  exit_fits J eps sigma (slope_of loss) (curvature_of loss) (third_of loss) c (a M) wide second slow fast chi_exit weight_exit far ->
  uneven_fits J M eps eta U A near group shape delta together steep uneven ->
  (forall c' i j y, in_box J eps c c' -> (i <= M)%nat -> (j < J)%nat -> a i - r i <= y <= a (S i) + r (S i) -> / (c' j + y ^ 2) <= close i j) ->
  (forall i, (i < parts)%nat -> used i = true -> (1 <= nodes2 i)%nat /\ gauss_rule (nodes2 i) (place2 i) (share2 i)) ->
  ((exists value lower upper closed inside, plain loss stop value lower upper closed inside /\
     forall b, in_box J eps c b -> avoids lower upper closed inside (value (product (S J) w)) (value (reduced_product J sigma b (a M)))) \/
   (forall b y q, in_box J eps c b -> a 0%nat <= y <= a M -> squares_at J m b y q -> ~ stop (reduced_product J sigma b y) q)) ->
  missing = wide ^ 2 * (fast / slow) * chi_exit * weight_exit / 4 ->
  (forall v x' c', placed J m d (fun j => side (w (skip m j))) v x' c' -> in_box J eps c c' ->
    (let log_end := 1 / 2 * ln (u c' (a M) / u c x) in
     near_exit eta (a M) wide second (reduced_first J sigma (slope_of loss) (curvature_of loss) c' (a M)) (u c' (a M))
       (1 / eta * (time_s - time_e - gap / slowest) + log_end + (drift_s - drift_e) - start - error - missing - INR n)
       (1 / eta * (time_s + time_e) + log_end + (drift_s + drift_e) + start + error + missing - INR n) x') ->
    (forall j, (j < J)%nat -> 0 < c j -> exists e : R,
      Rabs e <= unevenness M eta a U close uneven j + wide * (eta * fast * far j) + gap * (eta * U 0%nat * close 0%nat j)
        + cells_error parts used ends nodes2 (fun i => eta * early_bound J part c spot axis most j i) /\
      c' j = c j * exp (- (cells_sum parts used ends nodes2 place2 share2 (flux u eta c j) + e))) -> C v) ->
  skipped loss eta J stop w n C.

Lemma skip_phase : forall loss eta J stop w n C, skipped loss eta J stop w n C ->
  (forall s, (s <= n)%nat -> ~ stops (S J) stop (descent (slope_of loss) eta (S J) w s)) /\ C (descent (slope_of loss) eta (S J) w n).
Proof.
  intros loss eta J stop w n C K; destruct K as [m d N M a r U A B near eps sigma u x0 c0 group drift rho shape delta weight X Z low together steep error gap slowest logs cells marks lowest
    regions nodes place share parts part ends spot axis least most sens image first nodes' place' share' inner s v time_s time_e drift_s drift_e start ahead wide hull stiff
    second slow fast chi_exit weight_exit missing far uneven close used nodes2 place2 share2 Hm Hd He Heps Es Eu Ex Ec Hc0 HP HW HK Ee Hx0 Hgap Hslow Hlogs At0 At1 AtS AtG AtD En0 En1
    EnS Hpart EnR EnD Hfirst Ets Ete Eds Ede Est Hn Hahead Hwide Hexit Hun Hclose Hused Hstop Emi Land].
  set (f' := slope_of loss) in *; set (x := coordinate f' eta J m d w); set (c := differences f' eta J m w).
  assert (X0 : x 0%nat = x0) by (rewrite Ex; reflexivity); assert (C0 : c 0%nat = c0) by (rewrite Ec; reflexivity).
  assert (HW' := speeds_of_formula _ _ _ _ _ _ _ _ _ _ _ _ _ HW); rewrite <- X0, <- C0 in *.
  destruct (skip_landing f' (curvature_of loss) (third_of loss) eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (complex_value (derived loss)) (complex_value (derived (derived loss))) (complex_value (derived (derived (derived loss)))) gap slowest logs cells marks lowest
    regions nodes place share parts part ends spot axis least most sens image first nodes' place' share' inner s v time_s time_e drift_s drift_e start ahead wide hull stiff
    second slow fast chi_exit weight_exit far uneven close used nodes2 place2 share2) as [Before [Box [Near Sq]]]; try assumption; try reflexivity.
  { apply discs_of_formula, AtD. }
  { apply drifts_of_formula, EnD. }
  assert (aM : a M < a (S M)) by (apply HP; lia).
  assert (LF : loss_fits_box J eps sigma (real_value loss) f' (c 0%nat) (a 0%nat) (a M)).
  { intros b y Hb Hy; destruct (in_some_piece M a r y HP) as [i [Hi [Wi _]]]; [split; lra|]; apply defined_smooth, (proj1 HW b i y Hb Hi Wi). }
  destruct (box_no_stop (real_value loss) f' (curvature_of loss) (third_of loss) eta J m d w M n a r U A B near eps sigma x c (fun s => product (S J) (descent f' eta (S J) w s)))
    as [All [Plain Joined]]; try assumption; try reflexivity.
  assert (S2 : forall s, descent f' eta (S J) w s m ^ 2 = x s ^ 2).
  { intros t; unfold x, coordinate; replace ((d * descent f' eta (S J) w t m) ^ 2) with (d ^ 2 * descent f' eta (S J) w t m ^ 2) by ring; rewrite Hd; ring. }
  split.
  - intros t Ht St; destruct Hstop as [[value [lower [upper [closed [inside [[Hv Hs] Av]]]]]]|Cover].
    + apply (Plain value lower upper closed inside Hv Av t Ht), (Hs _ _ St).
    + destruct (All t Ht) as [Bt Pt]; unfold stops in St; cbv beta in Pt; rewrite Pt in St; revert St; apply (Cover (c t) (x t)); [exact Bt|apply Before, Ht|].
      split; [apply S2|]; intros j Hj; rewrite <- S2; unfold c, differences; ring.
  - apply (Land _ (x n) (c n)); [|exact Box|rewrite Emi; exact Near|exact Sq].
    apply (placed_along f' eta J m d w n x c Hm Hd eq_refl eq_refl); [|lia]; intros t Ht j Hj; rewrite <- Es.
    apply (piece_checks J M eps eta sigma f' (curvature_of loss) (third_of loss) (c 0%nat) a r U A B near (c t) (x t) He Heps Hc0 HP HW' (proj1 (All t ltac:(lia)))); [|exact Hj].
    assert (Q := Before t ltac:(lia)); lra.
Qed.
