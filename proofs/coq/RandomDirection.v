(** Random vectors whose law no rotation changes.  Given their length, exp(- l d cos^2) has a mean of at most 1/sqrt(1 + 2 l), where cos is
    the cosine of the angle to a fixed direction.  The mean over the direction is compared with that over normal vectors
    on the nets of the sphere, so that integrals over both at once are not needed. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Remainder Convergence Spectral AnyLaw Independent NormalLaw NormalStarts IndependentBlocks GaussianRow Nets Spheres.
Import ListNotations.
Open Scope R_scope.

(** The first d places of v, turned by Q. *)
Definition turned (d : nat) (Q : nat -> nat -> R) (v : nat -> R) (i : nat) : R := if Nat.ltb i d then mv d Q v i else v i.

(** The cosine of the angle between u and v where u has length 1. *)
Definition cosine (d : nat) (u v : nat -> R) : R := dot d u v / norm2 d v.

(** No orthogonal matrix changes the law P of a vector, whose coordinates need not be independent (of one alone only constants need have an
    average); and bounded variables may be multiplied by bounded continuous functions of <u, v>/|v|. *)
Definition rotation_invariant (d : nat) (P : weights d) : Prop :=
  (forall Q X, orthonormal d d Q -> variable P X ->
    variable P (fun v => X (turned d Q v)) /\ expectation P (fun v => X (turned d Q v)) = expectation P X) /\
  (forall u X c M, variable P X -> (forall v, Rabs (X v) <= M) -> (forall x, continuous c x) -> (forall x, Rabs (c x) <= M) ->
    variable P (fun v => X v * c (cosine d u v))).

(** ** Reflections *)

Lemma norm2_dot : forall d v, norm2 d v = sqrt (dot d v v).
Proof. intros d v; unfold norm2, dot; f_equal; apply total_ext; intros i _; ring. Qed.

Definition householder (w : nat -> R) (i j : nat) : R := unit_matrix i j - 2 * w i * w j.

Lemma reflected : forall d w v i, (i < d)%nat -> mv d (householder w) v i = v i - 2 * dot d w v * w i.
Proof.
  intros d w v i Hi; transitivity (mv d unit_matrix v i - 2 * w i * dot d w v).
  - unfold mv, dot; rewrite <- total_scal, <- total_minus; apply total_ext; intros j _; unfold householder; ring.
  - rewrite mv_unit by exact Hi; ring.
Qed.

Lemma reflection_orthonormal : forall d w, dot d w w = 1 -> orthonormal d d (householder w).
Proof.
  intros d w Hw i j Hi Hj.
  assert (E : dot d (householder w i) (householder w j) = mv d (householder w) (householder w j) i) by reflexivity.
  rewrite E, reflected by exact Hi.
  assert (F : dot d w (householder w j) = - w j).
  { rewrite dot_comm; change (mv d (householder w) w j = - w j); rewrite reflected, Hw by exact Hj; ring. }
  rewrite F; unfold householder; replace (unit_matrix j i) with (unit_matrix i j); [ring|].
  unfold unit_matrix; rewrite Nat.eqb_sym; reflexivity.
Qed.

Lemma turned_dot : forall d w u v, dot d u (turned d (householder w) v) = dot d u v - 2 * dot d w v * dot d u w.
Proof.
  intros d w u v; rewrite (dot_ext d u (turned d (householder w) v) u (fun i => v i - 2 * dot d w v * w i)).
  - rewrite dot_minus_r, dot_scal_r; ring.
  - reflexivity.
  - intros i Hi; unfold turned; destruct (Nat.ltb_spec i d); [apply reflected; exact Hi|lia].
Qed.

Lemma turned_length : forall d w v, dot d w w = 1 -> norm2 d (turned d (householder w) v) = norm2 d v.
Proof.
  intros d w v Hw; rewrite !norm2_dot; f_equal; set (t := turned d (householder w) v).
  assert (E : dot d t t = dot d t v - 2 * dot d w v * dot d t w) by apply turned_dot.
  rewrite E, !(dot_comm d t); unfold t; rewrite !turned_dot, Hw, (dot_comm d v w); ring.
Qed.

(** A householder takes one unit vector to the other. *)
Lemma unit_swapped : forall d u y, dot d u u = 1 -> dot d y y = 1 -> (forall i, (i < d)%nat -> u i = y i) \/
  exists w, dot d w w = 1 /\ forall v, dot d u (turned d (householder w) v) = dot d y v.
Proof.
  intros d u y Hu Hy; set (D := fun i => u i - y i).
  assert (DD : dot d D D = 2 - 2 * dot d u y).
  { unfold D; rewrite dot_minus_l, !dot_minus_r, Hu, Hy, (dot_comm d y u); ring. }
  destruct (Rle_lt_or_eq_dec 0 _ (dot_nonneg d D)) as [P|Z].
  - right; destruct (unit_multiple d D P) as [w [r [Hw ED]]]; exists w; split; [exact Hw|]; intros v; rewrite turned_dot.
    assert (rr : dot d D D = r * r) by (rewrite ED, dot_scal_l, dot_scal_r, Hw; ring).
    assert (Dv : forall x, dot d D x = r * dot d w x) by (intros x; rewrite ED; apply dot_scal_l).
    assert (D1 : dot d D v = dot d u v - dot d y v) by apply dot_minus_l.
    assert (D2 : dot d D u = 1 - dot d u y) by (unfold D; rewrite dot_minus_l, Hu, (dot_comm d y u); reflexivity).
    rewrite Dv in D1, D2; assert (R : r <> 0) by (intros ->; lra).
    rewrite (dot_comm d u w); apply (Rmult_eq_reg_l (r * r)); [|nra].
    replace (r * r * (dot d u v - 2 * dot d w v * dot d w u)) with (r * r * dot d u v - 2 * (r * dot d w v) * (r * dot d w u)) by ring.
    rewrite D1, D2; replace (r * r) with (2 - 2 * dot d u y) by lra; ring.
  - left; intros i Hi; assert (K := dot_zero d D i (eq_sym Z) Hi); unfold D in K; lra.
Qed.

(** The mean of a radial variable times a function of the cosine is the same for all directions. *)
Definition radial (d : nat) (J : (nat -> R) -> R) : Prop := forall v t, norm2 d v = norm2 d t -> J v = J t.

Lemma same_in_all_directions : forall d P J c M u y, rotation_invariant d P -> variable P J -> radial d J ->
  (forall v, Rabs (J v) <= M) -> (forall x, continuous c x) -> (forall x, Rabs (c x) <= M) -> dot d u u = 1 -> dot d y y = 1 ->
  expectation P (fun v => J v * c (cosine d u v)) = expectation P (fun v => J v * c (cosine d y v)).
Proof.
  intros d P J c M u y [Turn Times] VJ RJ BJ Cc Bc Hu Hy; destruct (unit_swapped d u y Hu Hy) as [E|[w [Hw E]]].
  - destruct (variable_ext d P (fun v => J v * c (cosine d y v)) (fun v => J v * c (cosine d u v))) as [_ K];
      [|apply (Times y J c M); assumption|exact K].
    intros v; unfold cosine; do 3 f_equal; apply dot_ext; [intros i Hi; symmetry; apply E; exact Hi|reflexivity].
  - destruct (Turn (householder w) _ (reflection_orthonormal d w Hw) (Times u J c M VJ BJ Cc Bc)) as [V1 E1].
    rewrite <- E1; apply variable_ext with (2 := Times y J c M VJ BJ Cc Bc); intros v.
    unfold cosine; rewrite E, turned_length by exact Hw; f_equal; apply RJ; symmetry; apply turned_length; exact Hw.
Qed.

(** ** From the direction to normal vectors *)

Definition unit_ramp (x : R) : R := Rmax 0 (Rmin 1 x).

Lemma unit_ramp_facts : forall x, 0 <= unit_ramp x <= 1 /\ (1 <= x -> unit_ramp x = 1) /\ (x <= 0 -> unit_ramp x = 0).
Proof. intros x; unfold unit_ramp, Rmax, Rmin; repeat destruct (Rle_dec _ _); repeat split; intros; lra. Qed.

Lemma unit_ramp_continuous : forall a b x, continuous (fun x => unit_ramp (a * x + b)) x.
Proof.
  intros a b x; apply filterlim_locally; intros e; assert (e0 := cond_pos e); assert (A := Rabs_pos a).
  assert (D : 0 < e / (Rabs a + 1)) by (apply Rdiv_lt_0_compat; lra).
  exists (mkposreal _ D); intros y Hy; change (Rabs (y - x) < e / (Rabs a + 1)) in Hy.
  change (Rabs (unit_ramp (a * y + b) - unit_ramp (a * x + b)) < e).
  apply Rle_lt_trans with (Rabs (a * y + b - (a * x + b))).
  - unfold unit_ramp, Rmax, Rmin; repeat destruct (Rle_dec _ _); unfold Rabs; repeat destruct (Rcase_abs _); lra.
  - replace (a * y + b - (a * x + b)) with (a * (y - x)) by ring; rewrite Rabs_mult.
    apply Rle_lt_trans with (Rabs a * (e / (Rabs a + 1))); [apply Rmult_le_compat_l; lra|].
    apply (Rmult_lt_reg_r (Rabs a + 1)); [lra|]; replace (Rabs a * (e / (Rabs a + 1)) * (Rabs a + 1)) with (Rabs a * e) by (field; lra); lra.
Qed.

Lemma cosine_unit : forall d v, 0 < dot d v v -> let n := fun i => / norm2 d v * v i in
  dot d n n = 1 /\ forall u, cosine d u v = dot d u n.
Proof.
  intros d v P n; assert (S : norm2 d v * norm2 d v = dot d v v) by (rewrite norm2_dot; apply sqrt_sqrt; lra).
  assert (S0 : 0 < norm2 d v) by (rewrite norm2_dot; apply sqrt_lt_R0; exact P); split.
  - unfold n; rewrite dot_scal_l, dot_scal_r, <- S; field; lra.
  - intros u; unfold n, cosine; rewrite dot_scal_r; field; lra.
Qed.

Lemma exp_difference : forall a b, 0 <= a -> 0 <= b -> exp (- a) <= exp (- b) + Rabs (b - a).
Proof.
  intros a b Ha Hb; destruct (Rle_lt_dec b a) as [L|L].
  - assert (E : exp (- a) <= exp (- b)) by (apply exp_le_compat; lra); assert (R := Rabs_pos (b - a)); lra.
  - rewrite Rabs_pos_eq by lra; assert (U := exp_above_line (- (b - a))); assert (E : exp (- a) <= 1) by (rewrite <- exp_0; apply exp_le_compat; lra).
    assert (Q : exp (- b) = exp (- a) * exp (- (b - a))) by (rewrite <- exp_plus; f_equal; ring); rewrite Q.
    assert (P := exp_pos (- a)); apply (Rmult_le_compat_l (exp (- a))) in U; [|lra].
    assert (exp (- a) * (b - a) <= 1 * (b - a)) by (apply Rmult_le_compat_r; lra); lra.
Qed.

(** Two unit vectors near each other see a vector g nearly the same. *)
Lemma near_units : forall d l e n w g, 0 < l -> 0 < e -> dot d n n = 1 -> dot d w w = 1 ->
  dot d (fun i => n i - w i) (fun i => n i - w i) <= 2 * e ^ 2 ->
  exp (- (l * dot d g n ^ 2)) <= exp (- (l * dot d g w ^ 2)) + 3 * e * l * dot d g g.
Proof.
  intros d l e n w g Hl He Hn Hw Near; assert (s1 := pow2_ge_0 (dot d g n)); assert (s2 := pow2_ge_0 (dot d g w)).
  eapply Rle_trans; [apply (exp_difference _ (l * dot d g w ^ 2)); apply Rmult_le_pos; lra|]; apply Rplus_le_compat_l.
  replace (l * dot d g w ^ 2 - l * dot d g n ^ 2) with (l * (dot d g w ^ 2 - dot d g n ^ 2)) by ring.
  rewrite Rabs_mult, (Rabs_pos_eq l) by lra; replace (3 * e * l * dot d g g) with (l * (3 * e * dot d g g)) by ring.
  apply Rmult_le_compat_l; [lra|]; set (a := fun i => n i - w i) in *; set (b := fun i => n i + w i).
  assert (A : dot d g a = dot d g n - dot d g w) by apply dot_minus_r; assert (B : dot d g b = dot d g n + dot d g w) by apply dot_plus_r.
  assert (BB : dot d b b <= 4).
  { assert (Z := dot_nonneg d a); unfold a in Z; unfold b; rewrite dot_minus_l, !dot_minus_r in Z; rewrite dot_plus_l, !dot_plus_r, Hn, Hw in *.
    rewrite (dot_comm d w n) in *; lra. }
  assert (C : forall x, dot d g x ^ 2 <= dot d g g * dot d x x) by (intros x; apply cauchy).
  assert (G := dot_nonneg d g); assert (CA := C a); assert (CB := C b).
  assert (KA : dot d g a ^ 2 <= dot d g g * (2 * e ^ 2)) by (eapply Rle_trans; [exact CA|apply Rmult_le_compat_l; assumption]).
  assert (KB : dot d g b ^ 2 <= dot d g g * 4) by (eapply Rle_trans; [exact CB|apply Rmult_le_compat_l; assumption]).
  replace (dot d g w ^ 2 - dot d g n ^ 2) with (- (dot d g a * dot d g b)) by (rewrite A, B; ring); rewrite Rabs_Ropp.
  apply (Rmult_le_reg_l (2 * e)); [lra|].
  apply Rle_trans with (dot d g a ^ 2 + (e * dot d g b) ^ 2).
  - assert (Z := pow2_ge_0 (Rabs (dot d g a) - e * Rabs (dot d g b))); rewrite Rabs_mult.
    rewrite <- (pow2_abs (dot d g a)), Rpow_mult_distr, <- (pow2_abs (dot d g b)); lra.
  - rewrite Rpow_mult_distr; apply (Rmult_le_compat_l (e ^ 2)) in KB; [|apply pow2_ge_0]; lra.
Qed.

(** A variable on the vectors whose direction is near a list: the mean of exp(- l <v/|v|, g>^2) is below a function of g whose mean over
    normal g is exact. *)
Lemma covered_mean : forall d P l e net, rotation_invariant d P -> 0 < l -> 0 < e -> (forall w, In w net -> dot d w w = 1) ->
  forall X, variable P X -> (forall v, 0 <= X v <= 1) ->
  (forall v, X v <> 0 -> 0 < dot d v v /\ exists w, In w net /\ 1 - e ^ 2 / 2 <= cosine d w v) ->
  exists N, mean_is normal_law d N (/ sqrt (1 + 2 * l) * expectation P X) /\
    forall g, expectation P (fun v => X v * exp (- (l * cosine d g v ^ 2))) <= N g + 3 * e * l * dot d g g * expectation P X.
Proof.
  intros d P l e net RP Hl He; destruct RP as [_ Times].
  assert (Gc : forall x, continuous (fun x => exp (- (l * x ^ 2))) x).
  { intros x; apply (ex_derive_continuous (fun x => exp (- (l * x ^ 2)))); auto_derive; trivial. }
  assert (Gb : forall x, Rabs (exp (- (l * x ^ 2))) <= 1).
  { intros x; rewrite Rabs_pos_eq by (left; apply exp_pos); rewrite <- exp_0; apply exp_le_compat.
    assert (0 <= l * x ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]); lra. }
  assert (Bd : forall X : (nat -> R) -> R, (forall v, 0 <= X v <= 1) -> forall v, Rabs (X v) <= 1).
  { intros X H v; rewrite Rabs_pos_eq; apply H. }
  induction net as [|w net IH]; intros Units X VX BX Near.
  - assert (Z : forall v, X v = 0).
    { intros v; destruct (Req_EM_T (X v) 0) as [E|E]; [exact E|destruct (Near v E) as [_ [w [[] _]]]]. }
    destruct (expectation_scal d P 0 _ VX) as [V0 E0].
    assert (EX : expectation P X = 0).
    { destruct (variable_ext d P _ X (fun v => eq_trans (Rmult_0_l (X v)) (eq_sym (Z v))) V0) as [_ K]; rewrite K, E0; ring. }
    exists (fun _ => 0); split; [rewrite EX, Rmult_0_r; apply mean_is_const|]; intros g.
    destruct (variable_ext d P _ (fun v => X v * exp (- (l * cosine d g v ^ 2))) (fun v => eq_trans (Rmult_0_l (X v)) (eq_sym (eq_trans
      (f_equal (fun t => t * exp (- (l * cosine d g v ^ 2))) (Z v)) (Rmult_0_l _)))) V0) as [_ K]; rewrite K, E0, EX; lra.
  - assert (Uw := Units w (or_introl eq_refl)); assert (e2 : 0 < e ^ 2) by (apply pow_lt; exact He).
    set (c := fun x => unit_ramp (2 / e ^ 2 * x + (2 - 2 / e ^ 2))).
    assert (cB : forall x, 0 <= c x <= 1) by (intros x; apply unit_ramp_facts).
    assert (cR : forall x, Rabs (c x) <= 1) by (intros x; rewrite Rabs_pos_eq; apply cB).
    assert (Lin : forall x, 2 / e ^ 2 * x + (2 - 2 / e ^ 2) = 2 / e ^ 2 * (x - (1 - e ^ 2))) by (intros x; field; lra).
    assert (q0 : 0 < 2 / e ^ 2) by (apply Rdiv_lt_0_compat; lra).
    assert (c1 : forall x, 1 - e ^ 2 / 2 <= x -> c x = 1).
    { intros x Hx; apply unit_ramp_facts; rewrite Lin; replace 1 with (2 / e ^ 2 * (e ^ 2 / 2)) at 1 by (field; lra); apply Rmult_le_compat_l; lra. }
    assert (c0 : forall x, c x <> 0 -> 1 - e ^ 2 < x).
    { intros x Hx; apply Rnot_le_lt; intros L; apply Hx; apply unit_ramp_facts; rewrite Lin.
      assert (0 <= 2 / e ^ 2 * - (x - (1 - e ^ 2))) by (apply Rmult_le_pos; lra); lra. }
    set (Y := fun v => X v * c (cosine d w v)); set (Z := fun v => X v + -1 * Y v).
    assert (VY : variable P Y) by (apply (Times w X c 1); [exact VX|apply Bd; exact BX|intros; apply unit_ramp_continuous|exact cR]).
    destruct (expectation_scal d P (-1) _ VY) as [VY' EY']; destruct (expectation_plus d P _ _ VX VY') as [VZ EZ]; fold Z in VZ, EZ.
    assert (BY : forall v, 0 <= Y v <= X v).
    { intros v; destruct (BX v) as [B1 B2]; destruct (cB (cosine d w v)) as [C1 C2]; unfold Y; split; [apply Rmult_le_pos; lra|].
      apply Rle_trans with (X v * 1); [apply Rmult_le_compat_l; lra|lra]. }
    assert (BZ : forall v, 0 <= Z v <= 1) by (intros v; unfold Z; specialize (BY v); specialize (BX v); lra).
    assert (BY1 : forall v, 0 <= Y v <= 1) by (intros v; specialize (BY v); specialize (BX v); lra).
    destruct (IH (fun u Hu => Units u (or_intror Hu)) Z VZ BZ) as [N [MN HN]].
    { intros v Hv; destruct (Near v) as [V0 [u [[<-|Iu] Hu]]].
      - intros E; apply Hv; unfold Z, Y; rewrite E; ring.
      - exfalso; apply Hv; unfold Z, Y; rewrite (c1 _ Hu); ring.
      - split; [exact V0|exists u; auto]. }
    exists (fun g => N g + expectation P Y * exp (- (l * (dot d g w + 0) ^ 2))); split.
    { replace (/ sqrt (1 + 2 * l) * expectation P X) with (/ sqrt (1 + 2 * l) * expectation P Z + expectation P Y * / sqrt (1 + 2 * l)).
      - apply mean_is_plus; [exact MN|]; apply mean_is_scal; assert (M := row_mean d w l 0); rewrite Uw, !Rmult_1_r in M.
        specialize (M ltac:(lra)); replace (- (l * 0 ^ 2 / (1 + 2 * l))) with 0 in M by (field; lra); rewrite exp_0, Rmult_1_l in M; exact M.
      - rewrite EZ, EY'; ring. }
    intros g; assert (VX' := Times g X _ 1 VX (Bd X BX) Gc Gb); assert (VY2 := Times g Y _ 1 VY (Bd Y BY1) Gc Gb).
    assert (VZ2 := Times g Z _ 1 VZ (Bd Z BZ) Gc Gb); destruct (expectation_plus d P _ _ VZ2 VY2) as [VS ES].
    assert (Sum : forall v, Z v * exp (- (l * cosine d g v ^ 2)) + Y v * exp (- (l * cosine d g v ^ 2)) = X v * exp (- (l * cosine d g v ^ 2))).
    { intros v; unfold Z; ring. }
    destruct (variable_ext d P _ _ Sum VS) as [_ ->].
    rewrite ES; specialize (HN g); set (h := exp (- (l * (dot d g w + 0) ^ 2))) in *.
    destruct (expectation_scal d P (h + 3 * e * l * dot d g g) _ VY) as [V3 E3].
    assert (L : expectation P (fun v => Y v * exp (- (l * cosine d g v ^ 2))) <= (h + 3 * e * l * dot d g g) * expectation P Y).
    { rewrite <- E3; apply expectation_le; [exact VY2|exact V3|]; intros v; rewrite (Rmult_comm (Y v)).
      destruct (Req_EM_T (Y v) 0) as [->|NY]; [lra|]; apply Rmult_le_compat_r; [apply BY|].
      assert (NX : X v <> 0) by (intros E; apply NY; unfold Y; rewrite E; ring).
      assert (Nc : c (cosine d w v) <> 0) by (intros E; apply NY; unfold Y; rewrite E; ring).
      destruct (Near v NX) as [V0 _]; destruct (cosine_unit d v V0) as [Un Eu]; rewrite Eu; apply c0 in Nc; rewrite Eu in Nc.
      unfold h; rewrite Rplus_0_r; apply near_units; try assumption.
      rewrite dot_minus_l, !dot_minus_r, Un, Uw, (dot_comm d _ w); lra. }
    rewrite EZ, EY' in HN; lra.
Qed.

Lemma bell_continuous_any : forall l x, continuous (fun x => exp (- (l * x ^ 2))) x.
Proof. intros l x; apply (ex_derive_continuous (fun x => exp (- (l * x ^ 2)))); auto_derive; trivial. Qed.

Lemma bell_bounded : forall l x, 0 <= l -> Rabs (exp (- (l * x ^ 2))) <= 1.
Proof.
  intros l x Hl; rewrite Rabs_pos_eq by (left; apply exp_pos); rewrite <- exp_0; apply exp_le_compat.
  assert (0 <= l * x ^ 2) by (apply Rmult_le_pos; [exact Hl|apply pow2_ge_0]); lra.
Qed.

Lemma normal_length : forall d, mean_is normal_law d (fun g => dot d g g) (INR d).
Proof.
  intros d; apply (mean_is_ext normal_law d (fun g => total d (fun i => g i ^ 2))).
  { intros g; apply total_ext; intros i _; ring. }
  destruct (normal_is (fun x => x ^ 2) _ normal_square) as [I E].
  replace (INR d) with (total d (fun _ => 1)) by (rewrite total_const; ring).
  apply mean_is_total; intros i Hi; destruct (coordinate d (law_weights d normal_law) i (fun x => x ^ 2) Hi I) as [V K].
  split; [exact V|]; transitivity (normal_integral (fun x => x ^ 2)); [exact K|exact E].
Qed.

Lemma vector_parts : forall d u g, dot d u u = 1 -> exists y r, dot d y y = 1 /\ dot d g g = r ^ 2 /\ forall v, dot d g v = r * dot d y v.
Proof.
  intros d u g Hu; destruct (Rle_lt_or_eq_dec 0 _ (dot_nonneg d g)) as [P|Z].
  - destruct (unit_multiple d g P) as [y [r [Hy ->]]]; exists y, r; split; [exact Hy|split].
    + rewrite dot_scal_l, dot_scal_r, Hy; ring.
    + intros v; apply dot_scal_l.
  - exists u, 0; split; [exact Hu|split; [rewrite <- Z; ring|]]; intros v; rewrite Rmult_0_l.
    apply total_zero; intros i Hi; rewrite (dot_zero d g i (eq_sym Z) Hi); ring.
Qed.

(** E exp(- l d cos^2) <= 1/sqrt(1 + 2 l), given that J = 1. *)
Lemma direction_mean : forall d P l J u, (1 <= d)%nat -> rotation_invariant d P -> 0 < l -> variable P J -> radial d J ->
  (forall v, 0 <= J v <= 1) -> (forall v, J v <> 0 -> 0 < dot d v v) -> dot d u u = 1 ->
  expectation P (fun v => J v * exp (- (l * INR d * cosine d u v ^ 2))) <= / sqrt (1 + 2 * l) * expectation P J.
Proof.
  intros d P l J u Hd RP Hl VJ RJ BJ J0 Hu; assert (D := lt_0_INR d Hd); assert (ld : 0 < l * INR d) by (apply Rmult_lt_0_compat; lra).
  set (K := / sqrt (1 + 2 * l)); destruct RP as [Turn Times]; assert (RP := conj Turn Times : rotation_invariant d P).
  assert (Bd : forall v, Rabs (J v) <= 1) by (intros v; rewrite Rabs_pos_eq; apply BJ).
  set (a := fun x => exp (- (l * INR d * x ^ 2))); set (b := fun x => x ^ 2 * a x).
  set (M := 1 + / (l * INR d)); assert (I0 : 0 < / (l * INR d)) by (apply Rinv_0_lt_compat; exact ld).
  assert (aM : forall x, Rabs (a x) <= M) by (intros x; unfold M; assert (B := bell_bounded (l * INR d) x ltac:(lra)); unfold a; lra).
  assert (bM : forall x, Rabs (b x) <= M).
  { intros x; unfold b; set (q := x ^ 2); assert (q0 : 0 <= q) by apply pow2_ge_0; assert (E0 := exp_pos (- (l * INR d * q))).
    fold (a x); assert (A0 : 0 < a x) by exact E0; rewrite Rabs_pos_eq by (apply Rmult_le_pos; lra).
    assert (P1 : a x * exp (l * INR d * q) = 1) by (unfold a; fold q; rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
    assert (U := exp_above_line (l * INR d * q)); apply (Rmult_le_compat_l (a x)) in U; [|lra].
    apply (Rmult_le_reg_l (l * INR d)); [exact ld|]; replace (l * INR d * M) with (l * INR d + 1) by (unfold M; field; lra); lra. }
  assert (ac : forall x, continuous a x) by (intros x; apply bell_continuous_any).
  assert (bc : forall x, continuous b x).
  { intros x; apply (ex_derive_continuous b); unfold b, a; auto_derive; trivial. }
  assert (BM : forall v, Rabs (J v) <= M) by (intros v; specialize (Bd v); unfold M; lra).
  set (A := expectation P (fun v => J v * a (cosine d u v))); set (B := expectation P (fun v => J v * b (cosine d u v))).
  assert (One : forall g, A <= expectation P (fun v => J v * exp (- (l * cosine d g v ^ 2))) + l * (dot d g g - INR d) * B).
  { intros g; destruct (vector_parts d u g Hu) as [y [r [Hy [Eg Ey]]]].
    assert (EA : A = expectation P (fun v => J v * a (cosine d y v))) by (apply (same_in_all_directions d P J a M); assumption).
    assert (EB : B = expectation P (fun v => J v * b (cosine d y v))) by (apply (same_in_all_directions d P J b M); assumption).
    assert (VA := Times y J a M VJ BM ac aM); assert (VB := Times y J b M VJ BM bc bM).
    assert (VG := Times g J _ 1 VJ Bd (bell_continuous_any l) (fun x => bell_bounded l x (Rlt_le _ _ Hl))).
    destruct (expectation_scal d P (l * (dot d g g - INR d)) _ VB) as [V1 E1]; destruct (expectation_plus d P _ _ VG V1) as [V2 E2].
    rewrite EB, <- E1, <- E2, EA; apply expectation_le; [exact VA|exact V2|]; intros v; unfold b; set (z := cosine d y v).
    replace (cosine d g v) with (r * z) by (unfold z, cosine; rewrite Ey; unfold Rdiv; ring).
    replace (J v * exp (- (l * (r * z) ^ 2)) + l * (dot d g g - INR d) * (J v * (z ^ 2 * a z)))
      with (J v * (exp (- (l * (r * z) ^ 2)) + l * (r ^ 2 - INR d) * z ^ 2 * a z)) by (rewrite Eg; ring).
    apply Rmult_le_compat_l; [apply BJ|].
    assert (Q : exp (- (l * (r * z) ^ 2)) = a z * exp (- (l * (r ^ 2 - INR d) * z ^ 2))) by (unfold a; rewrite <- exp_plus; f_equal; ring).
    rewrite Q; assert (U := exp_above_line (- (l * (r ^ 2 - INR d) * z ^ 2))); assert (A0 : 0 < a z) by apply exp_pos.
    apply (Rmult_le_compat_l (a z)) in U; lra. }
  assert (EJ : 0 <= expectation P J).
  { destruct (expectation_scal d P 0 _ VJ) as [V0 E0]; rewrite Rmult_0_l in E0; rewrite <- E0.
    apply expectation_le; [exact V0|exact VJ|]; intros v; rewrite Rmult_0_l; apply BJ. }
  apply le_epsilon; intros eps Heps; fold K; change (A <= K * expectation P J + eps).
  set (s := 3 * l * INR d * expectation P J); assert (s0 : 0 <= s) by (unfold s; repeat apply Rmult_le_pos; lra).
  set (e := eps / (s + 1)); assert (e0 : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  assert (es : e * s <= eps).
  { apply (Rmult_le_reg_r (s + 1)); [lra|]; replace (e * s * (s + 1)) with (eps * s) by (unfold e; field; lra).
    apply Rmult_le_compat_l; lra. }
  destruct (sphere_net d e e0) as [net [_ Net]].
  destruct (covered_mean d P l e net RP Hl e0 (proj1 Net) J VJ BJ) as [N [MN HN]].
  { intros v Hv; assert (V0 := J0 v Hv); split; [exact V0|]; destruct (cosine_unit d v V0) as [Un Eu].
    destruct (proj2 Net _ Un) as [w [Iw Near]]; exists w; split; [exact Iw|]; rewrite Eu.
    assert (Uw := proj1 Net w Iw); rewrite dot_minus_l, !dot_minus_r, Un, Uw in Near.
    rewrite (dot_comm d _ w) in Near; lra. }
  assert (ML := normal_length d); assert (MC := mean_is_const normal_law d (- (l * INR d * B))).
  destruct (mean_is_plus _ _ _ _ _ _ (mean_is_plus _ _ _ _ _ _ MN (mean_is_scal _ _ (3 * e * l * expectation P J + l * B) _ _ ML)) MC) as [W1 W2].
  destruct (mean_is_const normal_law d A) as [C1 C2].
  assert (L := iterated_le normal_law d _ _ C1 W1); rewrite C2, W2 in L; fold K in L.
  apply Rle_trans with (K * expectation P J + (3 * e * l * expectation P J + l * B) * INR d + - (l * INR d * B)); [apply L|].
  - intros g; specialize (One g); specialize (HN g); lra.
  - unfold s in es; lra.
Qed.
