(** The certified escape count for gradient descent itself: the weights are the reduced coordinate and the
    squared differences as long as the checks hold, and nothing is assumed of derivatives of the speed. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks CountFormula ReducedSpeed.
Open Scope R_scope.

(** The sign of a weight *)
Definition side (x : R) : R := if Rle_dec 0 x then 1 else -1.

(** sigma of escape-counts.md, d the direction in which weight m moves: p = sigma x R, x = d w_m *)
Definition orientation (J m : nat) (d : R) (w : nat -> R) : R := d * product J (fun j => side (w (skip m j))).

(** The reduced coordinate and the squared differences along descent on J + 1 weights *)
Definition coordinate (f' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (s : nat) : R :=
  d * descent f' eta (S J) w s m.

Definition differences (f' : R -> R) (eta : R) (J m : nat) (w : nat -> R) (s j : nat) : R :=
  descent f' eta (S J) w s (skip m j) ^ 2 - descent f' eta (S J) w s m ^ 2.

(** [speeds_fit] of Plateau.v without its derivatives, which are computed: what balls enclose. *)
Definition speeds_within (J M : nat) (eps eta sigma : R) (f' f'' f''' : R -> R) (c0 a r U A B : nat -> R)
  (near : nat -> nat -> R) : Prop :=
  (forall c i y, in_box J eps c0 c -> (i <= M)%nat -> a i - r i <= y <= a (S i) + r (S i) ->
    smooth_at f' f'' f''' (reduced_product J sigma c y) /\
    0 < reduced_speed J sigma f' c y <= U i /\ Rabs (reduced_first J sigma f' f'' c y) <= A i /\
    Rabs (reduced_second J sigma f' f'' f''' c y) <= B i /\
    forall j, (j < J)%nat -> 0 < c j + y ^ 2 /\ / (c j + y ^ 2) <= near i j) /\
  (forall i, (i < M)%nat -> eta * U i <= r (S i)) /\
  (forall i, (i <= M)%nat -> eta * U i * A i < 2) /\
  (forall i j, (i <= M)%nat -> (j < J)%nat -> (eta * U i) ^ 2 * near i j <= 1) /\
  (forall j, (j < J)%nat -> 0 < c0 j -> total (S M) (fun i => eta * U i * near i j * (a (S i) - a i)) <= eps).

Lemma within_fit : forall J M eps eta sigma f' f'' f''' c0 a r U A B near,
  speeds_within J M eps eta sigma f' f'' f''' c0 a r U A B near ->
  speeds_fit J M eps eta c0 a r U A B near (reduced_speed J sigma f') (reduced_first J sigma f' f'')
    (reduced_second J sigma f' f'' f''').
Proof.
  intros J M eps eta sigma f' f'' f''' c0 a r U A B near [H Rest]; split; [|exact Rest].
  intros c i y Hc Hi Hy; destruct (H c i y Hc Hi Hy) as [Sm [[P PU] [HA [HB Near]]]].
  assert (N : forall j, (j < J)%nat -> 0 < c j + y ^ 2) by (intros j Hj; apply Near; exact Hj).
  assert (G : good_place J sigma f' f'' f''' c y) by exact (conj P (conj Sm N)).
  split; [split; assumption|]; split; [apply (psi_derive J sigma f' f'' f'''); exact G|].
  split; [apply psi'_derive; exact G|]; auto.
Qed.

(** ** The weights are the reduced coordinate *)

Lemma product_skip : forall n p f, (p <= n)%nat -> product (S n) f = f p * product n (fun j => f (skip p j)).
Proof.
  induction n as [|n IH]; intros p f Hp.
  - replace p with 0%nat by lia; simpl; ring.
  - change (product (S (S n)) f) with (product (S n) f * f (S n)).
    destruct (Nat.eq_dec p (S n)) as [->|N].
    + rewrite (product_ext (S n) (fun j => f (skip (S n) j)) f); [ring|].
      intros j Hj; unfold skip; destruct (Nat.ltb_spec j (S n)); [reflexivity|lia].
    + rewrite (IH p f) by lia; simpl product.
      replace (f (skip p n)) with (f (S n)); [ring|].
      unfold skip; destruct (Nat.ltb_spec n p); [lia|reflexivity].
Qed.

Lemma skip_range : forall m J j, (m <= J)%nat -> (j < J)%nat -> (skip m j < S J)%nat /\ skip m j <> m.
Proof. intros m J j Hm Hj; unfold skip; destruct (Nat.ltb_spec j m); lia. Qed.

Lemma skip_others : forall J m w, (m <= J)%nat -> others (S J) w m = product J (fun j => w (skip m j)).
Proof.
  intros J m w Hm; unfold others; rewrite (product_skip J m) by exact Hm; rewrite but_same, Rmult_1_l.
  apply product_ext; intros j Hj; apply but_other, (skip_range m J j Hm Hj).
Qed.

Lemma side_square : forall x, side x * side x = 1.
Proof. intros x; unfold side; destruct (Rle_dec 0 x); ring. Qed.

Lemma side_abs : forall x, x = side x * Rabs x.
Proof.
  intros x; unfold side; destruct (Rle_dec 0 x); [rewrite Rabs_pos_eq by assumption|rewrite Rabs_left by lra]; ring.
Qed.

Lemma sides_square : forall J w, product J (fun j => side (w j)) * product J (fun j => side (w j)) = 1.
Proof. intros; rewrite <- product_mult, (product_ext J _ (fun _ => 1)); [rewrite product_const; apply pow1|intros; apply side_square]. Qed.

(** The weights are at x and c. *)
Definition placed (J m : nat) (d : R) (e : nat -> R) (w : nat -> R) (x : R) (c : nat -> R) : Prop :=
  d * w m = x /\ forall j, (j < J)%nat -> w (skip m j) = e j * sqrt (c j + x ^ 2).

Lemma placed_step : forall (f' : R -> R) eta J m d e sigma w x c,
  (m <= J)%nat -> d * d = 1 -> (forall j, (j < J)%nat -> e j * e j = 1) -> sigma = d * product J e ->
  placed J m d e w x c -> (forall j, (j < J)%nat -> 0 <= c j /\ 0 < c j + x ^ 2) ->
  let h := eta * reduced_speed J sigma f' c x in
  (forall j, (j < J)%nat -> h ^ 2 <= c j + x ^ 2) ->
  placed J m d e (step f' eta (S J) w) (x + h) (fun j => c j * (1 - h ^ 2 / (c j + x ^ 2))).
Proof.
  intros f' eta J m d e sigma w x c Hm Hd He Hs [W1 W2] Near h Small.
  assert (Wm : w m = d * x) by (rewrite <- W1, <- Rmult_assoc, Hd; ring).
  assert (Q : others (S J) w m = product J e * root J c x).
  { rewrite skip_others by exact Hm; unfold root; rewrite <- product_mult; apply product_ext; exact W2. }
  assert (P : product (S J) w = reduced_product J sigma c x).
  { rewrite (product_others (S J) w m) by lia; rewrite Wm, Q, Hs; unfold reduced_product; ring. }
  set (p := reduced_product J sigma c x) in *.
  assert (EP : product J e * product J e = 1).
  { rewrite <- product_mult, (product_ext J _ (fun _ => 1)); [rewrite product_const; apply pow1|exact He]. }
  split.
  - unfold step; rewrite P, Q, Wm; unfold h, reduced_speed; fold p; rewrite Hs.
    replace (d * (d * x - eta * f' p * (product J e * root J c x))) with (d * d * x - eta * (d * product J e) * f' p * root J c x) by ring.
    rewrite Hd; ring.
  - intros j Hj; destruct (Near j Hj) as [C N]; specialize (Small j Hj); destruct (skip_range m J j Hm Hj) as [Hk Nk].
    set (y := sqrt (c j + x ^ 2)); assert (Y : 0 < y) by (apply sqrt_lt_R0; exact N).
    assert (YY : y * y = c j + x ^ 2) by (apply sqrt_sqrt; lra).
    assert (E1 := He j Hj).
    assert (N1 : e j <> 0) by (intros Z; rewrite Z in E1; lra).
    assert (F : eta * f' p * p = - (h * x)).
    { assert (SS : sigma * sigma = 1).
      { rewrite Hs; replace (d * product J e * (d * product J e)) with (d * d * (product J e * product J e)) by ring; rewrite Hd, EP; ring. }
      unfold h, reduced_speed; fold p.
      assert (Ep : p = sigma * (x * root J c x)) by reflexivity.
      replace (eta * f' p * p) with (eta * f' p * (sigma * (x * root J c x))) by (rewrite <- Ep; reflexivity); ring. }
    assert (O : others (S J) w (skip m j) = p / (e j * y)).
    { rewrite <- P, (product_others (S J) w (skip m j) Hk), (W2 j Hj); fold y; field; split; lra. }
    assert (V : step f' eta (S J) w (skip m j) = e j * ((y * y + h * x) / y)).
    { unfold step; rewrite P, O, (W2 j Hj); fold y.
      replace (eta * f' p * (p / (e j * y))) with (eta * f' p * p / (e j * y)) by (field; split; lra).
      rewrite F; replace (/ (e j * y)) with (e j / y).
      - unfold Rdiv at 1; replace (/ (e j * y)) with (e j / y); [field; lra|].
        replace (e j / y) with (e j * e j / (e j * y)) by (field; split; lra); rewrite E1; field; split; lra.
      - replace (e j / y) with (e j * e j / (e j * y)) by (field; split; lra); rewrite E1; field; split; lra. }
    rewrite V; f_equal.
    assert (HX : 0 <= y * y + h * x).
    { rewrite YY; assert (0 <= (h + x) ^ 2) by apply pow2_ge_0; simpl in *; nra. }
    replace (c j * (1 - h ^ 2 / (c j + x ^ 2)) + (x + h) ^ 2) with (((y * y + h * x) / y) ^ 2).
    + symmetry; apply sqrt_pow2; unfold Rdiv; apply Rmult_le_pos; [exact HX|left; apply Rinv_0_lt_compat; exact Y].
    + rewrite <- YY; replace (c j) with (y * y - x ^ 2) by (rewrite YY; ring); field; lra.
Qed.

(** The reduced orbit by its own recursion. *)
Fixpoint reduced (J : nat) (eta : R) (u : (nat -> R) -> R -> R) (x : R) (c : nat -> R) (s : nat) : R * (nat -> R) :=
  match s with
  | O => (x, c)
  | S t => let z := reduced J eta u x c t in
      (fst z + eta * u (snd z) (fst z), fun j => snd z j * (1 - (eta * u (snd z) (fst z)) ^ 2 / (snd z j + fst z ^ 2)))
  end.

Lemma reduced_is_orbit : forall J eta u x c,
  reduced_orbit J eta u (fun s => fst (reduced J eta u x c s)) (fun s => snd (reduced J eta u x c s)).
Proof. intros J eta u x c s; simpl; split; [reflexivity|intros; reflexivity]. Qed.

(** As long as the squared differences stay nonnegative and no step is longer than the distances, the weights of
    gradient descent are at the reduced coordinate and the squared differences of the recursion. *)
Lemma descent_follows : forall (f' : R -> R) eta J m d w n,
  let u := reduced_speed J (orientation J m d w) f' in
  let y s := fst (reduced J eta u (coordinate f' eta J m d w 0) (differences f' eta J m w 0) s) in
  let b s := snd (reduced J eta u (coordinate f' eta J m d w 0) (differences f' eta J m w 0) s) in
  (m <= J)%nat -> d ^ 2 = 1 ->
  (forall s, (s <= n)%nat -> forall j, (j < J)%nat ->
    0 <= b s j /\ 0 < b s j + y s ^ 2 /\ (eta * u (b s) (y s)) ^ 2 <= b s j + y s ^ 2) ->
  (forall s, (s <= n)%nat -> coordinate f' eta J m d w s = y s) /\
  (forall s j, (s <= n)%nat -> (j < J)%nat -> differences f' eta J m w s j = b s j).
Proof.
  intros f' eta J m d w n u y b Hm Hd H.
  assert (d2 : d * d = 1) by (rewrite <- Hd; ring).
  set (e := fun j => side (w (skip m j))).
  assert (Placed : forall s, (s <= n)%nat -> placed J m d e (descent f' eta (S J) w s) (y s) (b s)).
  { induction s as [|s IH]; intros Hsn.
    - split; [reflexivity|]; intros j Hj; unfold e.
      change (descent f' eta (S J) w 0 (skip m j)) with (w (skip m j)).
      apply (eq_trans (side_abs (w (skip m j)))); f_equal; rewrite <- sqrt_Rsqr_abs; f_equal; unfold Rsqr, y, b, differences, coordinate; simpl.
      replace (d * w m * (d * w m * 1)) with (d * d * (w m * w m)) by ring; rewrite d2; ring.
    - specialize (H s ltac:(lia)).
      simpl descent; apply (placed_step f' eta J m d e (orientation J m d w) (descent f' eta (S J) w s) (y s) (b s)).
      + exact Hm.
      + exact d2.
      + intros j _; apply side_square.
      + reflexivity.
      + apply IH; lia.
      + intros j Hj; destruct (H j Hj) as [H1 [H2 _]]; split; assumption.
      + intros j Hj; apply (H j Hj). }
  split; [intros s Hs; apply (Placed s Hs)|].
  intros s j Hs Hj; destruct (Placed s Hs) as [P1 P2]; unfold differences; rewrite (P2 j Hj).
  destruct (H s Hs j Hj) as [_ [Pos _]].
  assert (Q : sqrt (b s j + y s ^ 2) * sqrt (b s j + y s ^ 2) = b s j + y s ^ 2) by (apply sqrt_sqrt; lra).
  assert (E : descent f' eta (S J) w s m ^ 2 = y s ^ 2).
  { rewrite <- P1; replace ((d * descent f' eta (S J) w s m) ^ 2) with (d * d * descent f' eta (S J) w s m ^ 2) by ring.
    rewrite d2; ring. }
  rewrite E; replace ((e j * sqrt (b s j + y s ^ 2)) ^ 2) with (e j * e j * (sqrt (b s j + y s ^ 2) * sqrt (b s j + y s ^ 2))) by ring.
  rewrite Q; unfold e; rewrite side_square; ring.
Qed.

(** The same bounds hold at equal values. *)
Lemma root_ext : forall J c c' x, (forall j, (j < J)%nat -> c j = c' j) -> root J c x = root J c' x.
Proof. intros J c c' x H; apply product_ext; intros j Hj; rewrite H by exact Hj; reflexivity. Qed.

Lemma speed_ext : forall J sigma f' c c' x, (forall j, (j < J)%nat -> c j = c' j) ->
  reduced_speed J sigma f' c x = reduced_speed J sigma f' c' x.
Proof. intros; unfold reduced_speed, reduced_product; rewrite (root_ext J c c') by assumption; reflexivity. Qed.

Lemma count_of_descent : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) N M n a r U A B near eps
    group drift rho shape delta weight X Z low together steep (D : R -> R) tau,
  let sigma := orientation J m d w in
  let u := reduced_speed J sigma f' in
  let x := coordinate f' eta J m d w in
  let c := differences f' eta J m w in
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r ->
  speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
    group drift rho shape delta weight X Z low together steep ->
  a 0%nat <= x 0%nat <= a M ->
  (forall v, on M a v -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M) v)) ->
  (forall c', in_box J eps (c 0%nat) c' ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) ->
  let error := defect M eta a U A B + total (S M)
    (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i)) in
  INR n <= tau - (error + overshoot M eta a U A X weight) ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a M) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n)) <= error.
Proof.
  intros f' f'' f''' eta J m d w N M n a r U A B near eps group drift rho shape delta weight X Z low together steep D tau
    sigma u x c Hm Hd He Heps Hc0 HP HW HK Hx0 HD Htau error Hn.
  assert (HS := within_fit J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near HW); fold u in HS.
  set (y := fun s => fst (reduced J eta u (x 0%nat) (c 0%nat) s)).
  set (b := fun s => snd (reduced J eta u (x 0%nat) (c 0%nat) s)).
  assert (Orb : reduced_orbit J eta u y b) by apply reduced_is_orbit.
  assert (aM : a M <= a (S M)) by (left; apply HP; lia).
  assert (All : forall c' z, in_box J eps (c 0%nat) c' -> a 0%nat <= z <= a (S M) -> good_place J sigma f' f'' f''' c' z).
  { intros c' z Hc' Hz; destruct (in_some_piece M a r z HP Hz) as [i [Hi [Wi _]]].
    destruct HW as [HW _]; destruct (HW c' i z Hc' Hi Wi) as [Sm [[P _] [_ [_ Near]]]].
    split; [exact P|]; split; [exact Sm|]; intros j Hj; apply Near; exact Hj. }
  destruct (speed_sensitive J sigma f' f'' f''' eps (c 0%nat) (a 0%nat) (a (S M)) All ltac:(lra) Hc0) as [Sens Chi].
  destruct (escape_count_checked J N M n a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''')
    (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''') y b eta eps group drift rho shape delta weight X Z low
    together steep D tau) as [Before Place]; try assumption.
  assert (Kept := orbit_kept J M eps eta a r U A B near u (reduced_first J sigma f' f'') (reduced_second J sigma f' f'' f''')
    y b He (proj1 Heps) HP HS Hc0 Hx0 Orb (S n) Before).
  destruct (descent_follows f' eta J m d w n Hm Hd) as [Xs Cs].
  { intros s Hs j Hj; change (0 <= b s j /\ 0 < b s j + y s ^ 2 /\ (eta * u (b s) (y s)) ^ 2 <= b s j + y s ^ 2); destruct (Kept s ltac:(lia)) as [Box _]; assert (Bs := Before s ltac:(lia)).
    assert (ys : a 0%nat <= y s <= a M) by (split; [apply (Kept s); lia|exact Bs]).
    assert (HM := proj1 HP).
    destruct (piece_of a M (y s) HM ys) as [i [Hi Ki]].
    assert (0 <= r i) by (apply HP; lia); assert (0 <= r (S i)) by (apply HP; lia).
    destruct HW as [HW [_ [_ [Hone _]]]].
    destruct (HW (b s) i (y s) Box ltac:(lia) ltac:(lra)) as [_ [[Pu PU] [_ [_ Near]]]].
    destruct (Near j Hj) as [N1 N2]; fold u in Pu, PU.
    split; [|split; [exact N1|]].
    - destruct (Box j Hj) as [L _]; specialize (Hc0 j Hj).
      eapply Rle_trans; [|exact L]; apply Rmult_le_pos; [exact Hc0|lra].
    - assert (I0 : 0 < / (b s j + y s ^ 2)) by (apply Rinv_0_lt_compat; exact N1).
      assert (h0 : 0 <= eta * u (b s) (y s)) by (apply Rmult_le_pos; lra).
      apply (Rmult_le_reg_r (/ (b s j + y s ^ 2))); [exact I0|rewrite Rinv_r by lra].
      eapply Rle_trans; [|apply (Hone i j ltac:(lia) Hj)]; apply Rmult_le_compat; try lra.
      + apply pow2_ge_0.
      + apply pow_incr; split; [exact h0|apply Rmult_le_compat_l; lra]. }
  change (forall s, (s <= n)%nat -> x s = y s) in Xs; change (forall s j, (s <= n)%nat -> (j < J)%nat -> c s j = b s j) in Cs.
  split.
  - intros s Hs; rewrite Xs by exact Hs; split; [apply (Kept s); lia|apply Before; lia].
  - assert (Un : forall z, u (c n) z = u (b n) z) by (intros z; apply speed_ext; intros j Hj; apply Cs; [lia|exact Hj]).
    rewrite !Un, (Xs n) by lia; rewrite (RInt_ext (fun z => 1 / u (c n) z) (fun z => 1 / u (b n) z)) by (intros z _; rewrite Un; reflexivity).
    exact Place.
Qed.

Lemma count_of_defects : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep (D : R -> R) tau error,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> u = reduced_speed J sigma f' -> x = coordinate f' eta J m d w ->
  c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r ->
  speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
    group drift rho shape delta weight X Z low together steep ->
  a 0%nat <= x 0%nat <= a M ->
  (forall v, on M a v -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M) v)) ->
  (forall c', in_box J eps (c 0%nat) c' ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) ->
  error = added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep ->
  INR n <= tau - error ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a M) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n)) <= error.
Proof.
  intros f' f'' f''' eta J m d w N M n a r U A B near eps sigma u x c group drift rho shape delta weight X Z low together steep D
    tau error Hm Hd He Heps Es Eu Ex Ec Hc0 HP HW HK Hx0 HD Htau Ee Hn; subst.
  assert (Enough := added_defect_suffices J N M eps eta _ a r U A B near _ _ _ group drift rho shape delta weight X Z low together steep
    He Heps HP HK).
  assert (Over : 0 <= overshoot M eta a U A X weight).
  { destruct HK as [_ [_ [Hw [HUA _]]]]; destruct (Hw M) as [W0 [X0 _]]; destruct (HUA M) as [U0 _].
    assert (a M < a (S M)) by (apply HP; lia); assert (E0 := exp_pos (A M * (eta * U M))).
    unfold overshoot; apply Rmult_le_pos; [|lra]; apply Rmult_le_pos; [|apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact W0]].
    assert (0 <= eta * U M) by (apply Rmult_le_pos; lra); lra. }
  destruct (count_of_descent f' f'' f''' eta J m d w N M n a r U A B near eps group drift rho shape delta weight X Z low together
    steep D tau) as [Before Place]; try assumption; [lra|].
  split; [exact Before|eapply Rle_trans; [exact Place|lra]].
Qed.

(** No step of gradient descent up to n is behind the exit, and step n lies where the Abel function says; with the
    defect that the code adds up. *)
Theorem escape_count_descent : forall (f' f'' f''' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (N M n : nat)
    (a r U A B : nat -> R) near eps sigma u x c group drift rho shape delta weight X Z low together steep (D : R -> R) tau error,
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> 0 <= eps < 1 ->
  sigma = orientation J m d w -> u = reduced_speed J sigma f' -> x = coordinate f' eta J m d w ->
  c = differences f' eta J m w -> (forall j, (j < J)%nat -> 0 <= c 0%nat j) ->
  pieces_fit M a r ->
  speeds_within J M eps eta sigma f' f'' f''' (c 0%nat) a r U A B near ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u (reduced_chi J sigma f' f'') (reduced_zeta J sigma f' f'' f''')
    group drift rho shape delta weight X Z low together steep ->
  a 0%nat <= x 0%nat <= a M ->
  (forall v, on M a v -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') (c 0%nat) (a M) v)) ->
  (forall c', in_box J eps (c 0%nat) c' ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) ->
  error = added_defect N M eps eta a r U A B rho shape delta weight X Z low together steep ->
  INR n <= tau - error ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a M) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n)) <= error.
Proof.
  intros; eapply count_of_defects; eassumption.
Qed.
