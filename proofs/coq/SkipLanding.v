(** Where a skip lands (escape-counts.md, section 3), from what the code computes: the number of steps, the place of the last iterate
    and its squared differences, all with the integrals replaced by their sums and errors. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep
  DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed CountDescent Chebyshev Bessel ChebyshevSeries Ellipse
  EllipseCoefficients Quadrature PartialQuadrature Polynomials LegendreRule CellQuadrature HolomorphicCalculus SquareRoot SpeedDisc FlowTime CellRules
  LegendreWeights TriangleQuadrature CellsDelay DriftQuadrature CountQuadrature SkipPlace SkipLeaves SkipDrift SkipCells BoxStop.
Open Scope R_scope.

(** [widest] of [_step_back]: the whole way, or more than the last steps can be *)
Definition far_enough (J M : nat) (eps eta : R) (c0 a U A : nat -> R) (u : (nat -> R) -> R -> R) (wide hull stiff ahead : R) : Prop :=
  wide = a M - a 0%nat \/
  (0 < wide /\ a 0%nat <= a M - wide /\ 0 <= stiff /\ (forall i, (i <= M)%nat -> eta * U i * A i <= stiff) /\
   (forall c y, in_box J eps c0 c -> a M - wide <= y <= a M -> u c y <= hull) /\ eta * hull * (ahead + 1) * exp stiff < wide).

(** What is checked near the exit: psi'' for every c of the box; for the first c the speed, chi, the weight and 1/(c_j + y^2) *)
Definition exit_fits (J : nat) (eps sigma : R) (f' f'' f''' : R -> R) (c0 : nat -> R) (exit wide second slow fast chi weight : R) (far : nat -> R) : Prop :=
  0 <= second /\ 0 < slow /\ 0 <= weight /\
  (forall c y, in_box J eps c0 c -> exit - wide <= y <= exit -> Rabs (reduced_second J sigma f' f'' f''' c y) <= second) /\
  forall y, exit - wide <= y <= exit -> slow <= reduced_speed J sigma f' c0 y <= fast /\ Rabs (reduced_chi J sigma f' f'' c0 y) <= chi /\
    total J (fun j => c0 j / (c0 j + y ^ 2) ^ 2) <= weight /\ forall j, (j < J)%nat -> / (c0 j + y ^ 2) <= far j.

(** x is t before the exit, where the Abel function falls by between lo and hi over t ([_drop], times t) *)
Definition near_exit (eta exit wide second slope speed lo hi x : R) : Prop :=
  exists t rest curve : R, x = exit - t /\ 0 <= t <= wide /\
    Rabs rest <= exp (log_turn slope second t) * (log_turn slope second t ^ 2 + second * t ^ 2) / 6 /\ Rabs curve <= second * t / 2 /\
    lo <= t * ((1 + slope * t / 2 + rest) / (eta * speed) + (slope + curve) / 2) <= hi.

(** As long as it is not behind the exit, the descent is the orbit of the reduced coordinate. *)
Lemma same_orbit : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) M n a r U A B near eps sigma x c,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r -> speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a M) ->
  let z s := reduced J eta (reduced_speed J sigma f') (x 0%nat) (c 0%nat) s in
  (forall s, (s <= n)%nat -> x s = fst (z s)) /\ forall s j, (s <= n)%nat -> (j < J)%nat -> c s j = snd (z s) j.
Proof.
  intros f' f'' f''' eta J m d w M n a r U A B near eps sigma x c Hm Hd He Heps Es Ex Ec Hc0 HP HW Hx z.
  set (u := reduced_speed J sigma f') in *; assert (HS := within_fit J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near HW); fold u in HS.
  set (y := fun s => fst (z s)); set (b := fun s => snd (z s)).
  assert (Orb : reduced_orbit J eta u y b) by apply reduced_is_orbit.
  assert (Same : forall k, (k <= n)%nat -> (forall s, (s <= k)%nat -> in_box J eps (c 0%nat) (b s) /\ a 0%nat <= y s <= a (S M)) ->
    (forall s, (s <= k)%nat -> x s = y s) /\ forall s j, (s <= k)%nat -> (j < J)%nat -> c s j = b s j).
  { intros k Hk Kept; destruct (descent_follows f' eta J m d w k Hm Hd) as [Xs Cs]; [|rewrite Ex, Ec; unfold y, b, z, u; rewrite Es, Ex, Ec; split; assumption].
    rewrite <- Es, <- Ex, <- Ec; intros s Hs j Hj; destruct (Kept s Hs) as [Box In].
    apply (piece_checks J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near (b s) (y s) He Heps Hc0 HP HW Box In), Hj. }
  assert (All : forall k, (k <= n)%nat -> forall s, (s <= k)%nat -> in_box J eps (c 0%nat) (b s) /\ a 0%nat <= y s <= a (S M)).
  { induction k as [|k IH]; intros Hk.
    - apply (orbit_kept J M eps eta a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') y b He (proj1 Heps) HP HS Hc0
        (Hx 0%nat ltac:(lia)) Orb 0%nat); intros s Hs; lia.
    - assert (IH' := IH ltac:(lia)); destruct (Same k ltac:(lia) IH') as [Xs _].
      apply (orbit_kept J M eps eta a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') y b He (proj1 Heps) HP HS Hc0
        (Hx 0%nat ltac:(lia)) Orb (S k)); intros s Hs; rewrite <- Xs by lia; apply Hx; lia. }
  exact (Same n ltac:(lia) (All n ltac:(lia))).
Qed.

Lemma flux_part : forall (g : R -> R) lo hi p q K, lo <= p -> p <= q -> q <= hi -> ex_RInt g lo hi -> (forall y, p <= y <= q -> 0 <= g y <= K) ->
  ex_RInt g p q /\ 0 <= RInt g p q <= (q - p) * K.
Proof.
  intros g lo hi p q K H1 H2 H3 I B.
  assert (I1 : ex_RInt g p hi) by (apply (ex_RInt_Chasles_2 (V := R_CompleteNormedModule) g lo p hi); [lra|exact I]).
  assert (I2 : ex_RInt g p q) by (apply (ex_RInt_Chasles_1 (V := R_CompleteNormedModule) g p q hi); [lra|exact I1]).
  split; [exact I2|]; split; [apply RInt_ge_0; [exact H2|exact I2|intros y Hy; apply B; lra]|].
  eapply Rle_trans; [apply Rle_abs|]; apply abs_RInt_le_const; [exact H2|exact I2|]; intros y Hy; rewrite Rabs_pos_eq; apply B; lra.
Qed.

Theorem skip_landing : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep error
    (G G' G'' : C -> C) (gap slowest logs : R)
    (cells : nat) (marks lowest : nat -> R) (regions : nat -> C -> Prop) (nodes : nat -> nat) (place share : nat -> nat -> R)
    (parts : nat) (part : R) (ends spot axis least most sens : nat -> R) (image : nat -> C -> Prop) (first nodes' : nat -> nat)
    (place' share' : nat -> nat -> R) (inner : nat -> nat) (s v : nat -> nat -> R)
    (time_s time_e drift_s drift_e start ahead wide hull stiff second slow fast chi_exit weight_exit : R) (far uneven : nat -> R) (close : nat -> nat -> R)
    (used : nat -> bool) (nodes2 : nat -> nat) (place2 share2 : nat -> nat -> R),
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
  time_s = time_sum J cells sigma f' (c 0%nat) marks nodes place share -> time_e = time_error J cells (c 0%nat) marks lowest nodes ->
  drift_s = drift_sum parts first (fun y z => 1 / 2 * delay_kernel J u (reduced_chi J sigma f' f'') (c 0%nat) (c 0%nat) y z)
        ends nodes' place' share' inner s (inner_weights place' inner s v) ->
  drift_e = drift_error parts first nodes' inner (pair_bound J N part group (c 0%nat) ends spot axis least most sens) ->
  start = start_delay N M a r U low rho X gap ->
  INR n <= 1 / eta * (time_s - time_e - gap / slowest) + logs + (drift_s - drift_e) - start - error ->
  (forall c', in_box J eps (c 0%nat) c' ->
    1 / eta * (time_s + time_e) + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (drift_s + drift_e) + start + error - INR n <= ahead) ->
  far_enough J M eps eta (c 0%nat) a U A u wide hull stiff ahead ->
  exit_fits J eps sigma f' f'' f''' (c 0%nat) (a M) wide second slow fast chi_exit weight_exit far ->
  uneven_fits J M eps eta U A near group shape delta together steep uneven ->
  (forall c' i j y, in_box J eps (c 0%nat) c' -> (i <= M)%nat -> (j < J)%nat -> a i - r i <= y <= a (S i) + r (S i) -> / (c' j + y ^ 2) <= close i j) ->
  (forall i, (i < parts)%nat -> used i = true -> (1 <= nodes2 i)%nat /\ gauss_rule (nodes2 i) (place2 i) (share2 i)) ->
  (forall t, (t <= n)%nat -> a 0%nat <= x t <= a M) /\ in_box J eps (c 0%nat) (c n) /\
  (let log_end := 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) in
   let missing := wide ^ 2 * (fast / slow) * chi_exit * weight_exit / 4 in
   near_exit eta (a M) wide second (reduced_first J sigma f' f'' (c n) (a M)) (u (c n) (a M))
     (1 / eta * (time_s - time_e - gap / slowest) + log_end + (drift_s - drift_e) - start - error - missing - INR n)
     (1 / eta * (time_s + time_e) + log_end + (drift_s + drift_e) + start + error + missing - INR n) (x n)) /\
  forall j, (j < J)%nat -> 0 < c 0%nat j -> exists e : R,
    Rabs e <= unevenness M eta a U close uneven j + wide * (eta * fast * far j) + gap * (eta * U 0%nat * close 0%nat j)
      + cells_error parts used ends nodes2 (fun i => eta * early_bound J part (c 0%nat) spot axis most j i) /\
    c n j = c 0%nat j * exp (- (cells_sum parts used ends nodes2 place2 share2 (flux u eta (c 0%nat) j) + e)).
Proof.
  intros f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep
    error G G' G'' gap slowest logs cells marks lowest regions nodes place share parts part ends spot axis least most sens image first
    nodes' place' share' inner s v time_s time_e drift_s drift_e start ahead wide hull stiff second slow fast chi_exit weight_exit far uneven close
    used nodes2 place2 share2 Hm Hd He Heps Es Eu Ex Ec Hc0 HP HW HK Ee Hx0 Hgap Hslow Hlogs At0 At1 AtS AtG AtD En0 En1
    EnS Hpart EnR EnD Hfirst Ets Ete Eds Ede Est Hn Hahead Hwide [Sec0 [Slow0 [Wt0 [Hsec Hexit]]]] Hun Hclose Hused.
  assert (HM := proj1 HP); assert (Ha := proj1 (proj2 HP)).
  assert (Rise := rising a (S M) (fun i Hi => Rlt_le _ _ (Ha i ltac:(lia)))).
  assert (A1 : a 1%nat <= a M) by (apply Rise; lia); assert (AM : a M < a (S M)) by (apply Ha; lia); assert (A01 : a 0%nat < a 1%nat) by (apply Ha; lia).
  assert (Hx0' : a 0%nat <= x 0%nat <= a M) by lra.
  assert (B0 : in_box J eps (c 0%nat) (c 0%nat)).
  { intros j Hj; specialize (Hc0 j Hj); assert (0 <= c 0%nat j * eps) by (apply Rmult_le_pos; lra); lra. }
  assert (Good : forall c' y, in_box J eps (c 0%nat) c' -> a 0%nat <= y <= a (S M) -> good_place J sigma f' f'' f''' c' y).
  { intros c' y Hc' Hy; destruct (in_some_piece M a r y HP Hy) as [i [Hi [Wi _]]].
    destruct (proj1 HW c' i y Hc' Hi Wi) as [Sm [[P _] [_ [_ Near]]]]; split; [exact P|]; split; [exact Sm|]; intros j Hj; apply Near; exact Hj. }
  assert (HS := within_fit J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near HW); rewrite <- Eu in HS.
  assert (S2 : sigma ^ 2 = 1).
  { rewrite Es; unfold orientation; rewrite Rpow_mult_distr, Hd, Rmult_1_l; simpl; rewrite Rmult_1_r; apply sides_square. }
  destruct (escape_count_quadrature f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep
    error G G' G'' gap slowest logs cells marks lowest regions nodes place share parts part ends spot axis least most sens image first
    nodes' place' share' inner s v) as [Before Place]; try assumption.
  { rewrite <- Ets, <- Ete, <- Eds, <- Ede, <- Est; exact Hn. }
  split; [exact Before|].
  assert (Box := descent_in_box f' f'' f''' eta J m d w M n a r U A B near eps sigma x c Hm Hd He Heps Es Ex Ec Hc0 HP HW Before).
  assert (Bn := Box n (Nat.le_refl n)); split; [exact Bn|].
  assert (Xn := Before n (Nat.le_refl n)).
  (* T and D, on both sides *)
  destruct (delay_primitive J sigma f' f'' f''' (c 0%nat) (a 0%nat) (a (S M)) (a M) (fun y => Good (c 0%nat) y B0) ltac:(lra)) as [D HD].
  rewrite <- Eu in HD; set (rate := delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M)) in *.
  assert (Part : forall p q, a 0%nat <= p <= a (S M) -> a 0%nat <= q <= a (S M) -> is_RInt rate p q (D q - D p))
    by (intros p q Hp Hq; exact (proj2 (HD q Hq) p Hp)).
  set (T := RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)) in *.
  assert (HT : time_s - time_e - gap / slowest <= T <= time_s + time_e).
  { assert (Q := flow_time_quadrature J cells sigma f' G G' (c 0%nat) marks lowest regions nodes place share S2 AtS AtG AtD).
    rewrite <- Eu, At0, At1, <- Ets, <- Ete in Q.
    assert (I : ex_RInt (fun z => 1 / u (c 0%nat) z) (a 0%nat) (a M)).
    { apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros y; rewrite Rmin_left, Rmax_right by lra; intros Hy.
      apply (continuous_mult (K := R_AbsRing) (fun _ => 1)); [apply continuous_const|].
      rewrite Eu; apply (inverse_speed_continuous J sigma f' f'' f''' (c 0%nat) y (Good _ y B0 ltac:(lra))). }
    destruct (flux_part (fun z => 1 / u (c 0%nat) z) (a 0%nat) (a M) (a 0%nat) (x 0%nat) (1 / slowest)) as [I1 L]; try lra; [exact I| |].
    { intros y Hy; destruct (Hslow y ltac:(lra)) as [L1 L2]; unfold Rdiv; rewrite !Rmult_1_l; split; [left; apply Rinv_0_lt_compat; lra|apply Rinv_le_contravar; assumption]. }
    assert (I2 : ex_RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)) by (apply (ex_RInt_Chasles_2 (V := R_CompleteNormedModule) _ (a 0%nat)); [lra|exact I]).
    assert (Ch := RInt_Chasles (V := R_CompleteNormedModule) _ (a 0%nat) (x 0%nat) (a M) I1 I2).
    match type of Ch with plus ?p ?q = ?t => change (p + q = t) in Ch end; fold T in Ch.
    destruct (Hslow (a 0%nat) ltac:(lra)) as [L1 _].
    assert (L3 : (x 0%nat - a 0%nat) * (1 / slowest) <= gap / slowest).
    { unfold Rdiv; rewrite Rmult_1_l; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, L1|lra]. }
    rewrite <- Ch in Q; apply Rabs_le_between in Q; lra. }
  assert (HDs : drift_s - drift_e - start <= D (a M) - D (x 0%nat) <= drift_s + drift_e + start).
  { assert (Q := drift_delay_quadrature J parts N sigma f' f'' G G' G'' part (c 0%nat) ends spot axis least most sens image group
      first nodes' place' share' inner s v S2 Hpart EnS EnR EnD (proj1 HK) Hfirst).
    rewrite <- Eu, En0, En1, <- Eds, <- Ede in Q; fold rate in Q.
    rewrite (is_RInt_unique _ _ _ _ (Part (a 0%nat) (a M) ltac:(lra) ltac:(lra))) in Q.
    assert (Rt : forall y, a 0%nat <= y <= a 1%nat -> Rabs (rate y) <= total N (fun g => U 0%nat * rho 0%nat g / 2 * roots_later M a r low rho X 0 g)).
    { intros y Hy; unfold rate; rewrite Eu; rewrite Eu in HK; apply (rate_at_start J N M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near group drift rho shape delta weight
        X Z low together steep y); try assumption; try lra; intros z Hz; apply Good; assumption. }
    assert (L : Rabs (D (x 0%nat) - D (a 0%nat)) <= (x 0%nat - a 0%nat) * total N (fun g => U 0%nat * rho 0%nat g / 2 * roots_later M a r low rho X 0 g)).
    { assert (I := Part (a 0%nat) (x 0%nat) ltac:(lra) ltac:(lra)); rewrite <- (is_RInt_unique _ _ _ _ I).
      apply abs_RInt_le_const; [lra|eexists; exact I|]; intros y Hy; apply Rt; lra. }
    assert (L2 : (x 0%nat - a 0%nat) * total N (fun g => U 0%nat * rho 0%nat g / 2 * roots_later M a r low rho X 0 g) <= start).
    { rewrite Est; unfold start_delay; apply Rmult_le_compat_r; [|lra]; eapply Rle_trans; [apply Rabs_pos|apply (Rt (a 0%nat)); lra]. }
    apply Rabs_le_between in Q; apply Rabs_le_between in L; lra. }
  rewrite (is_RInt_unique _ _ _ _ (Part (x 0%nat) (x n) ltac:(lra) ltac:(lra))) in Place.
  assert (Pe : 0 < 1 / eta) by (apply Rdiv_lt_0_compat; lra).
  assert (HT1 : 1 / eta * (time_s - time_e - gap / slowest) <= 1 / eta * T) by (apply Rmult_le_compat_l; lra).
  assert (HT2 : 1 / eta * T <= 1 / eta * (time_s + time_e)) by (apply Rmult_le_compat_l; lra).
  (* the orbit of the reduced coordinate *)
  destruct (same_orbit f' f'' f''' eta J m d w M n a r U A B near eps sigma x c Hm Hd He Heps Es Ex Ec Hc0 HP HW Before) as [Xs Cs].
  rewrite <- Eu in Xs, Cs; set (y := fun s => fst (reduced J eta u (x 0%nat) (c 0%nat) s)) in *; set (b := fun s => snd (reduced J eta u (x 0%nat) (c 0%nat) s)).
  change (forall s, (s <= n)%nat -> x s = y s) in Xs; change (forall s j, (s <= n)%nat -> (j < J)%nat -> c s j = b s j) in Cs.
  assert (Orb : reduced_orbit J eta u y b) by apply reduced_is_orbit.
  destruct (speed_sensitive J sigma f' f'' f''' eps (c 0%nat) (a 0%nat) (a (S M)) Good ltac:(lra) Hc0) as [Sens Chi]; rewrite <- Eu in Sens.
  (* not far from the exit *)
  assert (Wide : a 0%nat <= a M - wide /\ 0 <= a M - x n <= wide).
  { destruct Hwide as [Whole|[W1 [W2 [W3 [W4 [W5 W6]]]]]]; [rewrite Whole; split; lra|]; split; [exact W2|]; split; [lra|].
    destruct (leaves J N M a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
      y b eta eps group drift rho shape delta weight X Z low together steep D He Heps HP HS Sens Chi HK Hc0 Hx0' Orb (fun v Hv => proj1 (HD v Hv))) as [k [Bk [Out Count]]].
    assert (Hnk : (n <= k)%nat).
    { destruct (le_lt_dec n k) as [L|L]; [exact L|]; exfalso; rewrite <- (Xs (S k) L) in Out; assert (Q := Before (S k) L); lra. }
    assert (Kb : in_box J eps (c 0%nat) (b k)).
    { apply (orbit_kept J M eps eta a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') y b He (proj1 Heps) HP HS Hc0 Hx0' Orb (S k) Bk k); lia. }
    assert (Enough := added_defect_suffices J N M eps eta (c 0%nat) a r U A B near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''') group drift rho shape delta weight X Z low together steep
      He Heps HP HK); rewrite <- Ee in Enough.
    specialize (Hahead (b k) Kb); change (y 0%nat) with (x 0%nat) in Count; change (b 0%nat) with (c 0%nat) in Count; fold T in Count.
    rewrite (Xs n (Nat.le_refl n)); apply (not_far J M a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') y b eta eps n k wide hull stiff ahead);
      try assumption; try lra.
    intros i; apply (proj1 (proj2 (proj2 (proj2 HK))) i). }
  destruct Wide as [Wd Tw].
  split.
  - destruct (skip_place J n sigma f' f'' f''' (c 0%nat) (c n) D u eta (a M) (a M - x n) wide (reduced_first J sigma f' f'' (c n) (a M)) second slow fast chi_exit weight_exit
      (1 / eta * T + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) - D (x 0%nat)) error) as [rest [curve [e [R1 [R2 [R3 R4]]]]]]; try assumption; try reflexivity.
    + intros z Hz; split; [apply Good; [exact Bn|lra]|apply Hsec; assumption].
    + intros z Hz; destruct (Hexit z Hz) as [E1 [E2 [E3 _]]]; split; [apply Good; [exact B0|lra]|]; repeat split; assumption || apply E1.
    + intros z Hz; apply HD; lra.
    + replace (a M - (a M - x n)) with (x n) by ring; eapply Rle_trans; [|exact Place]; right; f_equal; ring.
    + exists (a M - x n), rest, curve; split; [ring|]; split; [exact Tw|]; split; [exact R1|]; split; [exact R2|]; rewrite R4.
      apply Rabs_le_between in R3; lra.
  - intros j Hj Cj.
    assert (By : before_exit y (a M) n) by (intros t Ht; rewrite <- Xs by lia; apply Before; lia).
    destruct (losses_along J N M n a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
      y b eta eps group drift rho shape delta weight X Z low together steep close uneven He Heps HP HS Sens Chi HK Hc0 Hx0' Orb By Hun Hclose j Hj Cj) as [e [E1 [_ E3]]].
    change (b 0%nat) with (c 0%nat) in E1, E3; change (y 0%nat) with (x 0%nat) in E3; rewrite <- Xs in E3 by lia; rewrite <- (Cs n j (Nat.le_refl n) Hj) in E3.
    destruct (flux_cells J parts sigma f' f'' G G' G'' part (c 0%nat) ends spot axis least most sens image used nodes2 place2 share2 eta j S2 Hpart He EnS Hused EnD Hj) as [I Q].
    rewrite <- Eu, En0, En1 in Q; rewrite <- Eu, En0, En1 in I; set (g := flux u eta (c 0%nat) j) in *.
    assert (g0 : forall z, a 0%nat <= z <= a (S M) -> 0 <= g z).
    { intros z Hz; destruct (Good (c 0%nat) z B0 Hz) as [P [_ Nz]]; rewrite <- Eu in P; unfold g, flux; apply Rle_mult_inv_pos; [apply Rmult_le_pos; lra|apply Nz, Hj]. }
    assert (r0 : 0 <= r 0%nat) by (apply HP; lia); assert (r1 : 0 <= r 1%nat) by (apply HP; lia).
    destruct (flux_part g (a 0%nat) (a M) (a 0%nat) (x 0%nat) (eta * U 0%nat * close 0%nat j)) as [I1 L1]; try lra; [exact I| |].
    { intros z Hz; split; [apply g0; lra|]; destruct (proj1 HS (c 0%nat) 0%nat z B0 ltac:(lia) ltac:(lra)) as [[P PU] [_ [_ [_ [_ Nz]]]]]; destruct (Nz j Hj) as [N1 _].
      assert (Cl := Hclose (c 0%nat) 0%nat j z B0 ltac:(lia) Hj ltac:(lra)); unfold g, flux, Rdiv; apply Rmult_le_compat; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, N1| |exact Cl].
      apply Rmult_le_compat_l; lra. }
    destruct (flux_part g (a 0%nat) (a M) (x n) (a M) (eta * fast * far j)) as [I2 L2]; try lra; [exact I| |].
    { intros z Hz; split; [apply g0; lra|]; destruct (Hexit z ltac:(lra)) as [[F1 F2] [_ [_ F3]]]; rewrite <- Eu in F1, F2; destruct (Good (c 0%nat) z B0 ltac:(lra)) as [P [_ Nz]].
      unfold g, flux, Rdiv; apply Rmult_le_compat; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, Nz, Hj| |apply F3, Hj]; apply Rmult_le_compat_l; lra. }
    assert (I3 : ex_RInt g (x 0%nat) (a M)) by (apply (ex_RInt_Chasles_2 (V := R_CompleteNormedModule) g (a 0%nat)); [lra|exact I]).
    assert (mono : x 0%nat <= x n).
    { assert (Up : forall t, (t <= n)%nat -> x 0%nat <= y t); [|rewrite (Xs n) by lia; apply Up; lia].
      induction t as [|t IH]; intros Ht; [apply Rle_refl|]; specialize (IH ltac:(lia)); rewrite (proj1 (Orb t)).
      assert (Kb : in_box J eps (c 0%nat) (b t) /\ a 0%nat <= y t <= a (S M)).
      { apply (orbit_kept J M eps eta a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') y b He (proj1 Heps) HP HS Hc0 Hx0' Orb n By t); lia. }
      destruct (Good (b t) (y t) (proj1 Kb) (proj2 Kb)) as [P _]; rewrite <- Eu in P; assert (0 < eta * u (b t) (y t)) by (apply Rmult_lt_0_compat; assumption); lra. }
    assert (I4 : ex_RInt g (x 0%nat) (x n)) by (apply (ex_RInt_Chasles_1 (V := R_CompleteNormedModule) g (x 0%nat) (x n) (a M)); [lra|exact I3]).
    assert (C1 := RInt_Chasles (V := R_CompleteNormedModule) g _ _ _ I1 I3); change (RInt g (a 0%nat) (x 0%nat) + RInt g (x 0%nat) (a M) = RInt g (a 0%nat) (a M)) in C1.
    assert (C2 := RInt_Chasles (V := R_CompleteNormedModule) g _ _ _ I4 I2); change (RInt g (x 0%nat) (x n) + RInt g (x n) (a M) = RInt g (x 0%nat) (a M)) in C2.
    exists (RInt g (x 0%nat) (x n) + e - cells_sum parts used ends nodes2 place2 share2 g); split; [|rewrite E3; f_equal; f_equal; ring].
    assert (P0 : 0 <= eta * U 0%nat * close 0%nat j).
    { destruct (proj1 HS (c 0%nat) 0%nat (a 0%nat) B0 ltac:(lia) ltac:(lra)) as [[P PU] [_ [_ [_ [_ Nz]]]]]; destruct (Nz j Hj) as [N1 _].
      assert (Cl := Hclose (c 0%nat) 0%nat j (a 0%nat) B0 ltac:(lia) Hj ltac:(lra)); assert (0 < / (c 0%nat j + a 0%nat ^ 2)) by (apply Rinv_0_lt_compat, N1).
      apply Rmult_le_pos; [apply Rmult_le_pos|]; lra. }
    assert (P1 : 0 <= eta * fast * far j).
    { destruct (Hexit (a M) ltac:(lra)) as [[F1 F2] [_ [_ F3]]]; specialize (F3 j Hj); destruct (Good (c 0%nat) (a M) B0 ltac:(lra)) as [_ [_ Nz]].
      assert (0 < / (c 0%nat j + a M ^ 2)) by (apply Rinv_0_lt_compat, Nz, Hj); apply Rmult_le_pos; [apply Rmult_le_pos|]; lra. }
    assert ((x 0%nat - a 0%nat) * (eta * U 0%nat * close 0%nat j) <= gap * (eta * U 0%nat * close 0%nat j)) by (apply Rmult_le_compat_r; lra).
    assert ((a M - x n) * (eta * fast * far j) <= wide * (eta * fast * far j)) by (apply Rmult_le_compat_r; lra).
    apply Rabs_le_between in E1; apply Rabs_le_between in Q; apply Rabs_le; lra.
Qed.
