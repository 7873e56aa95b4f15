(** No earlier stop on the way of a skip (escape-counts.md, section 3): all iterates up to the last are in the box of the squared
    differences, so that a condition which is false on a cover of the way, for all of the box, stops none of them. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount
  CountChecks CountFormula ReducedSpeed CountDescent EarlierStop CurveSpeed CurveStep CurveRun CurveLanding CurveStop.
Open Scope R_scope.

(** f' is the derivative of f wherever the orbit may be. *)
Definition loss_fits_box (J : nat) (eps sigma : R) (f f' : R -> R) (c0 : nat -> R) (lo hi : R) : Prop :=
  forall c y, in_box J eps c0 c -> lo <= y <= hi -> is_derive f (reduced_product J sigma c y) (f' (reduced_product J sigma c y)).

(** What is known of the speed at one place of the box *)
Lemma piece_checks : forall J M eps eta sigma f' f'' f''' c0 a r U A B near c y, 0 < eta -> 0 <= eps < 1 -> (forall j, (j < J)%nat -> 0 <= c0 j) ->
  pieces_fit M a r -> speeds_within J M eps eta sigma f' f'' f''' c0 a r U A B near -> in_box J eps c0 c -> a 0%nat <= y <= a (S M) ->
  0 < reduced_speed J sigma f' c y /\
  forall j, (j < J)%nat -> 0 <= c j /\ 0 < c j + y ^ 2 /\ (eta * reduced_speed J sigma f' c y) ^ 2 <= c j + y ^ 2.
Proof.
  intros J M eps eta sigma f' f'' f''' c0 a r U A B near c y He Heps Hc0 HP [HW [_ [_ [Hone _]]]] Hc Hy.
  destruct (in_some_piece M a r y HP Hy) as [i [Hi [Wi _]]]; destruct (HW c i y Hc Hi Wi) as [_ [[P PU] [_ [_ Near]]]].
  split; [exact P|]; intros j Hj; destruct (Near j Hj) as [N1 N2]; destruct (Hc j Hj) as [L _]; specialize (Hc0 j Hj).
  split; [eapply Rle_trans; [|exact L]; apply Rmult_le_pos; lra|]; split; [exact N1|].
  set (u := reduced_speed J sigma f' c y) in *; assert (I0 : 0 < / (c j + y ^ 2)) by (apply Rinv_0_lt_compat; exact N1).
  assert (h0 : 0 <= eta * u) by (apply Rmult_le_pos; lra).
  apply (Rmult_le_reg_r (/ (c j + y ^ 2))); [exact I0|rewrite Rinv_r by lra].
  eapply Rle_trans; [|apply (Hone i j Hi Hj)]; apply Rmult_le_compat; try lra; [apply pow2_ge_0|].
  apply pow_incr; split; [exact h0|apply Rmult_le_compat_l; lra].
Qed.

(** Every iterate that is not behind the exit is in the box. *)
Lemma descent_in_box : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) M n a r U A B near eps sigma x c,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r -> speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a M) ->
  forall s, (s <= n)%nat -> in_box J eps (c 0%nat) (c s).
Proof.
  intros f' f'' f''' eta J m d w M n a r U A B near eps sigma x c Hm Hd He Heps Es Ex Ec Hc0 HP HW Hx.
  set (u := reduced_speed J sigma f'); assert (HS := within_fit J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near HW); fold u in HS.
  set (y := fun s => fst (reduced J eta u (x 0%nat) (c 0%nat) s)); set (b := fun s => snd (reduced J eta u (x 0%nat) (c 0%nat) s)).
  assert (Orb : reduced_orbit J eta u y b) by apply reduced_is_orbit.
  assert (Same : forall k, (k <= n)%nat -> (forall s, (s <= k)%nat -> in_box J eps (c 0%nat) (b s) /\ a 0%nat <= y s <= a (S M)) ->
    (forall s, (s <= k)%nat -> x s = y s) /\ forall s j, (s <= k)%nat -> (j < J)%nat -> c s j = b s j).
  { intros k Hk Kept; destruct (descent_follows f' eta J m d w k Hm Hd) as [Xs Cs]; [|rewrite Ex, Ec; unfold y, b, u; rewrite Es, Ex, Ec; split; assumption].
    rewrite <- Es, <- Ex, <- Ec; intros s Hs j Hj; destruct (Kept s Hs) as [Box In].
    apply (piece_checks J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near (b s) (y s) He Heps Hc0 HP HW Box In), Hj. }
  assert (All : forall k, (k <= n)%nat -> forall s, (s <= k)%nat -> in_box J eps (c 0%nat) (b s) /\ a 0%nat <= y s <= a (S M)).
  { induction k as [|k IH]; intros Hk.
    - apply (orbit_kept J M eps eta a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') y b He (proj1 Heps) HP HS Hc0
        (Hx 0%nat ltac:(lia)) Orb 0%nat); intros s Hs; lia.
    - assert (IH' := IH ltac:(lia)); destruct (Same k ltac:(lia) IH') as [Xs _].
      apply (orbit_kept J M eps eta a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''') y b He (proj1 Heps) HP HS Hc0
        (Hx 0%nat ltac:(lia)) Orb (S k)); intros s Hs; rewrite <- Xs by lia; apply Hx; lia. }
  intros s Hs j Hj; destruct (Same n ltac:(lia) (All n ltac:(lia))) as [_ Cs]; rewrite (Cs s j Hs Hj); apply (All n ltac:(lia) s Hs), Hj.
Qed.

(** z increases with the coordinate. *)
Lemma height_rises : forall J c y z, y <= z -> height J c y <= height J c z.
Proof.
  intros J c y z H; unfold height, root.
  assert (Up : forall s t, s ^ 2 <= t ^ 2 -> 0 <= product J (fun j => sqrt (c j + s ^ 2)) <= product J (fun j => sqrt (c j + t ^ 2))).
  { intros s t Hst; split; [apply product_nonneg; intros; apply sqrt_pos|]; apply product_le; intros j _; split; [apply sqrt_pos|apply sqrt_le_1_alt; lra]. }
  destruct (Rle_dec 0 y) as [Y|Y], (Rle_dec 0 z) as [Z|Z]; try lra.
  - destruct (Up y z ltac:(nra)) as [U1 U2]; apply Rmult_le_compat; lra.
  - destruct (Up y y ltac:(lra)) as [U1 _]; destruct (Up z z ltac:(lra)) as [V1 _]; assert (0 <= z * product J (fun j => sqrt (c j + z ^ 2))) by (apply Rmult_le_pos; lra).
    assert (0 <= - y * product J (fun j => sqrt (c j + y ^ 2))) by (apply Rmult_le_pos; lra); lra.
  - destruct (Up z y ltac:(nra)) as [U1 U2]; assert (- z * product J (fun j => sqrt (c j + z ^ 2)) <= - y * product J (fun j => sqrt (c j + y ^ 2))) by (apply Rmult_le_compat; lra); lra.
Qed.

(** Every iterate of a skip is in the box, at p and at the squares of the weights that the box gives; so no iterate stops the descent where
    a condition on the product or the loss avoids its target between the start and the exit, for all of the box there, or where any
    condition is false on a cover of the way, for all of the box. *)
Theorem box_no_stop : forall (f f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (a r U A B : nat -> R) near eps sigma
    (x : nat -> R) (c : nat -> nat -> R) (p : nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> x = coordinate f' eta J m d w -> c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r -> speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a M) ->
  loss_fits_box J eps sigma f f' (c 0%nat) (a 0%nat) (a M) -> p = (fun s => product (S J) (descent f' eta (S J) w s)) ->
  (forall s, (s <= n)%nat -> in_box J eps (c 0%nat) (c s) /\ p s = reduced_product J sigma (c s) (x s)) /\
  (forall (value : R -> R) lower upper closed inside, value = f \/ value = (fun v => v) ->
    (forall b, in_box J eps (c 0%nat) b -> avoids lower upper closed inside (value (p 0%nat)) (value (reduced_product J sigma b (a M)))) ->
    forall s, (s <= n)%nat -> ~ belongs lower upper closed inside (value (p s))) /\
  forall (stop : R -> R -> (nat -> R) -> Prop) (K : nat) (marks : nat -> R), (1 <= K)%nat -> marks 0%nat <= a 0%nat -> a M <= marks K ->
    (forall k b y, (k < K)%nat -> in_box J eps (c 0%nat) b -> marks k <= y <= marks (S k) ->
      ~ stop (reduced_product J sigma b y) (y ^ 2) (fun j => b j + y ^ 2)) ->
    forall s, (s <= n)%nat -> ~ stop (p s) (descent f' eta (S J) w s m ^ 2) (fun j => descent f' eta (S J) w s (skip m j) ^ 2).
Proof.
  intros f f' f'' f''' eta J m d w M n a r U A B near eps sigma x c p Hm Hd He Heps Es Ex Ec Hc0 HP HW Hx Loss Ep.
  assert (S2 : sigma * sigma = 1) by (rewrite Es; apply orientation_square, Hd).
  assert (Box := descent_in_box f' f'' f''' eta J m d w M n a r U A B near eps sigma x c Hm Hd He Heps Es Ex Ec Hc0 HP HW Hx).
  assert (aM : a M <= a (S M)) by (left; apply HP; lia).
  assert (There := fun b y => piece_checks J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near b y He Heps Hc0 HP HW).
  assert (Run : forall s, (s <= n)%nat -> sigma * p 0%nat <= sigma * p s <= sigma * p n /\ sigma * p s = height J (c s) (x s)).
  { rewrite Ep; apply (product_runs f' eta J m d w n sigma x c Hm Hd He Es Ex Ec Hc0); intros s Hs.
    destruct (There (c s) (x s) (Box s ltac:(lia))) as [T1 T2]; [assert (X := Hx s ltac:(lia)); lra|].
    split; [exact T1|]; intros j Hj; split; apply (T2 j Hj). }
  assert (At : forall s, (s <= n)%nat -> p s = reduced_product J sigma (c s) (x s)).
  { intros s Hs; unfold reduced_product; fold (height J (c s) (x s)); rewrite <- (proj2 (Run s Hs)), <- Rmult_assoc, S2; ring. }
  split; [intros s Hs; split; [apply Box, Hs|apply At, Hs]|]; split.
  - intros value lower upper closed inside Hv Av s Hs; assert (X0 := Hx 0%nat ltac:(lia)); assert (Xn := Hx n ltac:(lia)).
    set (e := reduced_product J sigma (c n) (a M)).
    assert (Ee : sigma * e = height J (c n) (a M)) by (unfold e, reduced_product; rewrite <- Rmult_assoc, S2; unfold height; ring).
    assert (G : forall b y, in_box J eps (c 0%nat) b -> a 0%nat <= y <= a M -> (forall j, (j < J)%nat -> 0 < b j + y ^ 2) /\ downhill sigma f f' (height J b y)).
    { intros b y Hb Hy; destruct (There b y Hb ltac:(lra)) as [T1 T2]; assert (Near : forall j, (j < J)%nat -> 0 < b j + y ^ 2) by (intros j Hj; apply (T2 j Hj)).
      split; [exact Near|]; apply downhill_there; [exact Near|exact T1|apply Loss; assumption]. }
    assert (Way : holds_between (downhill sigma f f') (sigma * p 0%nat) (sigma * e)).
    { rewrite Ee, (proj2 (Run 0%nat ltac:(lia))); apply (between_joined _ _ (height J (c n) (x 0%nat))).
      - set (g := fun t j => c 0%nat j + t * (c n j - c 0%nat j)).
        replace (height J (c 0%nat) (x 0%nat)) with (height J (g 0) (x 0%nat)) by (unfold height; f_equal; apply root_ext; intros j _; unfold g; ring).
        replace (height J (c n) (x 0%nat)) with (height J (g 1) (x 0%nat)) by (unfold height; f_equal; apply root_ext; intros j _; unfold g; ring).
        apply (between_values _ (fun t => height J (g t) (x 0%nat)) 0 1); [lra|]; intros t Ht.
        destruct (G (g t) (x 0%nat)) as [Near Gt]; [|exact X0|split; [|exact Gt]].
        + intros j Hj; destruct (Box n ltac:(lia) j Hj) as [L1 L2]; unfold g; specialize (Hc0 j Hj); split; nra.
        + apply (height_along J (fun j t => g t j) (fun _ => x 0%nat)); [|apply continuous_const]; intros j Hj; split; [|apply Near, Hj].
          apply (ex_derive_continuous (fun t => g t j)); unfold g; auto_derive; trivial.
      - apply (between_values _ (height J (c n)) (x 0%nat) (a M)); [lra|]; intros t Ht; destruct (G (c n) t (Box n ltac:(lia)) ltac:(lra)) as [Near Gt].
        split; [|exact Gt]; apply (height_along J (fun j _ => c n j) (fun l => l)); [|apply continuous_id]; intros j Hj; split; [apply continuous_const|apply Near, Hj]. }
    refine (proj2 (way_down sigma f f' (p 0%nat) (p s) e S2 Way _) value lower upper closed inside Hv (Av (c n) (Box n ltac:(lia)))).
    destruct (Run s Hs) as [[R1 R2] _]; split; [exact R1|]; eapply Rle_trans; [exact R2|].
    rewrite Ee, (proj2 (Run n ltac:(lia))); apply height_rises; lra.
  - intros stop K marks HK H1 H2 Hstop s Hs; destruct (piece_of marks K (x s) HK) as [k [Hk Ik]]; [assert (X := Hx s Hs); lra|].
    assert (Xs : descent f' eta (S J) w s m ^ 2 = x s ^ 2).
    { rewrite Ex; unfold coordinate; replace ((d * descent f' eta (S J) w s m) ^ 2) with (d ^ 2 * descent f' eta (S J) w s m ^ 2) by ring; rewrite Hd; ring. }
    assert (Sq : (fun j => descent f' eta (S J) w s (skip m j) ^ 2) = fun j => c s j + x s ^ 2).
    { apply FunctionalExtensionality.functional_extensionality; intros j; rewrite <- Xs, Ec; unfold differences; ring. }
    rewrite At, Xs, Sq by exact Hs; apply (Hstop k); [exact Hk|apply Box, Hs|exact Ik].
Qed.
