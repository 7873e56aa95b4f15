(** Gradient flow w_j' = - f'(p) q_j on an open interval of time: conservation, the monotone
    coordinate and its equation, ties, and the zero-asymmetric start of Wu, Wang and Ma. *)
From Coq Require Import Reals Ranalysis5 Lra Lia Psatz Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder OneStep.
Open Scope R_scope.

Definition is_flow (f' : R -> R) (k : nat) (w : nat -> R -> R) (a b : R) : Prop :=
  forall j t, (j < k)%nat -> a < t < b ->
    is_derive (w j) t (- f' (product k (fun i => w i t)) * others k (fun i => w i t) j).

(** ** Calculus *)

Lemma nondecreasing : forall (F F' : R -> R) s t, s <= t ->
  (forall x, s <= x <= t -> is_derive F x (F' x)) -> (forall x, s <= x <= t -> 0 <= F' x) -> F s <= F t.
Proof.
  intros F F' s t Hst D P.
  assert (G := growth_bound (fun _ => 0) F (fun _ => 0) F' s t Hst); cbv beta in G.
  rewrite Rminus_0_r, Rabs_R0 in G.
  enough (0 <= F t - F s) by lra; apply G; auto.
  intros x _; apply (is_derive_const (V := R_NormedModule)).
Qed.

Lemma constant_between : forall (F : R -> R) a b s t, a < s < b -> a < t < b ->
  (forall x, a < x < b -> is_derive F x 0) -> F s = F t.
Proof.
  assert (W : forall (F : R -> R) s t, s <= t -> (forall x, s <= x <= t -> is_derive F x 0) -> F s = F t).
  { intros F s t Hst D.
    assert (G := growth_bound F (fun _ => 0) (fun _ => 0) (fun _ => 0) s t Hst D); cbv beta in G.
    rewrite Rminus_0_r, Rabs_R0 in G.
    assert (H : Rabs (F t - F s) <= 0).
    { apply G; [intros; apply (is_derive_const (V := R_NormedModule))|intros; lra]. }
    apply Rabs_le_between in H; lra. }
  intros F a b s t Hs Ht D; destruct (Rle_or_lt s t) as [C|C].
  - apply W; [exact C|intros; apply D; lra].
  - symmetry; apply W; [lra|intros; apply D; lra].
Qed.

Lemma product_derivative : forall k (w : nat -> R -> R) (dw : nat -> R) t,
  (forall j, (j < k)%nat -> is_derive (w j) t (dw j)) ->
  is_derive (fun x => product k (fun i => w i x)) t
    (total k (fun j => dw j * others k (fun i => w i t) j)).
Proof.
  induction k as [|k IH]; intros w dw t H; [simpl; apply (is_derive_const (V := R_NormedModule))|].
  simpl product; simpl total.
  replace (total k (fun j => dw j * others (S k) (fun i => w i t) j)
      + dw k * others (S k) (fun i => w i t) k)
    with (plus (mult (total k (fun j => dw j * others k (fun i => w i t) j)) (w k t))
      (mult (product k (fun i => w i t)) (dw k))).
  - apply (is_derive_mult (fun x => product k (fun i => w i x)) (w k)).
    + apply IH; intros j Hj; apply H; lia.
    + apply H; lia.
    + exact Rmult_comm.
  - change (total k (fun j => dw j * others k (fun i => w i t) j) * w k t
      + product k (fun i => w i t) * dw k
      = total k (fun j => dw j * others (S k) (fun i => w i t) j)
        + dw k * others (S k) (fun i => w i t) k).
    apply (f_equal2 Rplus).
    + rewrite Rmult_comm, <- total_scal; apply total_ext; intros j Hj.
      assert (E : others (S k) (fun i => w i t) j = others k (fun i => w i t) j * w k t)
        by (unfold others; simpl; rewrite but_other by lia; reflexivity).
      rewrite E; ring.
    + assert (E : others (S k) (fun i => w i t) k = product k (fun i => w i t)).
      { unfold others; simpl; rewrite but_same, Rmult_1_r.
        apply product_ext; intros i Hi; rewrite but_other by lia; reflexivity. }
      rewrite E; apply Rmult_comm.
Qed.

Lemma product_continuous : forall k (w : nat -> R -> R) t,
  (forall j, (j < k)%nat -> continuous (w j) t) -> continuous (fun x => product k (fun i => w i x)) t.
Proof.
  induction k as [|k IH]; intros w t H; simpl; [apply continuous_const|].
  apply (continuous_mult (K := R_AbsRing)); [apply IH; intros j Hj; apply H; lia|apply H; lia].
Qed.

Lemma flow_continuous : forall f' k w a b j t, is_flow f' k w a b -> (j < k)%nat -> a < t < b ->
  continuous (w j) t.
Proof. intros; apply (ex_derive_continuous (w j)); eexists; apply H; assumption. Qed.

(** The product moves against f': p' = - f'(p) sum q_j^2. *)
Theorem flow_product_derivative : forall (f' : R -> R) k w a b t,
  is_flow f' k w a b -> a < t < b ->
  is_derive (fun x => product k (fun i => w i x)) t
    (- f' (product k (fun i => w i t)) * total k (fun j => others k (fun i => w i t) j ^ 2)).
Proof.
  intros f' k w a b t H Ht.
  rewrite <- total_scal.
  rewrite (total_ext k _ (fun j => (- f' (product k (fun i => w i t)) * others k (fun i => w i t) j)
    * others k (fun i => w i t) j)) by (intros; ring).
  apply (product_derivative k w (fun j => - f' (product k (fun i => w i t)) * others k (fun i => w i t) j)).
  intros j Hj; apply H; assumption.
Qed.

(** ** Conservation *)

Theorem flow_conservation : forall (f' : R -> R) k w a b i j s t,
  is_flow f' k w a b -> (i < k)%nat -> (j < k)%nat -> a < s < b -> a < t < b ->
  w i t ^ 2 - w j t ^ 2 = w i s ^ 2 - w j s ^ 2.
Proof.
  intros f' k w a b i j s t H Hi Hj Hs Ht.
  apply (constant_between (fun x => w i x ^ 2 - w j x ^ 2) a b t s Ht Hs).
  intros x Hx; assert (Di := H i x Hi Hx); assert (Dj := H j x Hj Hx).
  assert (Ei := product_others k (fun i => w i x) i Hi); assert (Ej := product_others k (fun i => w i x) j Hj).
  cbv beta in Ei, Ej.
  set (g := f' (product k (fun i => w i x))) in *.
  evar_last.
  - apply (is_derive_minus (V := R_NormedModule) (fun x => w i x ^ 2) (fun x => w j x ^ 2));
      apply (is_derive_pow (w _) 2); [exact Di|exact Dj].
  - unfold minus, plus, opp; simpl.
    transitivity (-2 * g * (w i x * others k (fun i => w i x) i - w j x * others k (fun i => w i x) j));
      [ring|].
    rewrite <- Ei, <- Ej; ring.
Qed.

(** ** Reduction to one monotone coordinate *)

(** A weight that never vanishes keeps its sign. *)
Lemma keeps_sign : forall (y : R -> R) a b s t, a < s < b -> a < t < b ->
  (forall x, a < x < b -> continuous y x) -> (forall x, a < x < b -> y x <> 0) -> 0 < y s -> 0 < y t.
Proof.
  intros y a b s t Hs Ht C N P; apply Rnot_le_lt; intros [L|L]; [|now apply (N t)].
  assert (Cp : forall x, a < x < b -> continuity_pt y x)
    by (intros; apply continuity_pt_filterlim, C; assumption).
  destruct (Rlt_or_le s t) as [O|O].
  - destruct (IVT_interv (fun x => - y x) s t) as [z [Hz Ez]]; try lra.
    + intros x Hx; apply continuity_pt_opp, Cp; lra.
    + apply (N z); lra.
  - assert (t < s) by (destruct O as [O|O]; [exact O|subst; lra]).
    destruct (IVT_interv y t s) as [z [Hz Ez]]; try lra.
    + intros x Hx; apply Cp; lra.
    + apply (N z); lra.
Qed.

(** The other weights as functions of v = w_m: s_j sqrt (c_j + v^2); s_j = 1 or -1 is the sign at
    the start and c_j the conserved difference w_j^2 - w_m^2. *)
Definition others_of (k m : nat) (s c : nat -> R) (v : R) : R :=
  others k (fun j => s j * sqrt (c j + v ^ 2)) m.

Theorem flow_reduction : forall (f' : R -> R) k w a b m s t0 t,
  is_flow f' k w a b -> (m < k)%nat -> a < t0 < b -> a < t < b ->
  (forall j, (j < k)%nat -> j <> m -> w m t0 ^ 2 < w j t0 ^ 2) ->
  (forall j, s j = 1 \/ s j = -1) ->
  (forall j, (j < k)%nat -> j <> m -> 0 < s j * w j t0) ->
  let c := fun j => w j t0 ^ 2 - w m t0 ^ 2 in
  let q := others_of k m s c in
  (forall j, (j < k)%nat -> j <> m -> w j t = s j * sqrt (c j + w m t ^ 2)) /\
  product k (fun i => w i t) = w m t * q (w m t) /\
  is_derive (w m) t (- f' (w m t * q (w m t)) * q (w m t)).
Proof.
  intros f' k w a b m s t0 t H Hm H0 Ht Hc Hs Hsw c q.
  assert (Q : forall j x, (j < k)%nat -> a < x < b -> w j x ^ 2 = c j + w m x ^ 2).
  { intros j x Hj Hx; unfold c.
    assert (E := flow_conservation f' k w a b j m t0 x H Hj Hm H0 Hx); lra. }
  assert (W : forall j, (j < k)%nat -> j <> m -> w j t = s j * sqrt (c j + w m t ^ 2)).
  { intros j Hj N.
    assert (P : 0 < s j * w j t).
    { apply (keeps_sign (fun x => s j * w j x) a b t0 t H0 Ht).
      - intros x Hx; apply (continuous_mult (K := R_AbsRing) (fun _ => s j)); [apply continuous_const|].
        now apply (flow_continuous f' k w a b).
      - intros x Hx E; assert (Ex := Q j x Hj Hx); specialize (Hc j Hj N).
        assert (w j x = 0) by (destruct (Hs j) as [Z|Z]; rewrite Z in E; lra).
        rewrite H1 in Ex; unfold c in Ex; assert (0 <= w m x ^ 2) by apply pow2_ge_0; simpl in Ex; nra.
      - now apply Hsw. }
    rewrite <- (Q j t Hj Ht).
    destruct (Hs j) as [Z|Z]; rewrite Z in P |- *.
    - rewrite sqrt_pow2 by lra; ring.
    - replace (w j t ^ 2) with ((- w j t) ^ 2) by ring; rewrite sqrt_pow2 by lra; ring. }
  assert (Eq : others k (fun i => w i t) m = q (w m t)).
  { unfold q, others_of; apply product_ext; intros j Hj; unfold but.
    destruct (Nat.eqb_spec j m); auto. }
  assert (Ep : product k (fun i => w i t) = w m t * q (w m t))
    by (rewrite (product_others k (fun i => w i t) m Hm), Eq; reflexivity).
  split; [exact W|split; [exact Ep|]].
  rewrite <- Eq at 2; rewrite <- Ep; now apply H.
Qed.

(** p = v prod sqrt (c_j + v^2) is strictly increasing in v, ties (c_j = 0) included; the signs
    multiply it by sigma = prod s_j. *)
Theorem product_monotone_in_coordinate : forall k m c u v, (m < k)%nat ->
  (forall j, (j < k)%nat -> j <> m -> 0 <= c j) -> u < v ->
  u * others_of k m (fun _ => 1) c u < v * others_of k m (fun _ => 1) c v.
Proof.
  intros k m c u v Hm Hc Huv.
  assert (N : forall x, 0 <= others_of k m (fun _ => 1) c x).
  { intros x; apply product_nonneg; intros j Hj; unfold but; destruct (Nat.eqb j m); [lra|].
    rewrite Rmult_1_l; apply sqrt_pos. }
  assert (P : forall x, x <> 0 -> 0 < others_of k m (fun _ => 1) c x).
  { intros x Hx; apply product_pos; intros j Hj; unfold but; destruct (Nat.eqb_spec j m); [lra|].
    rewrite Rmult_1_l; apply sqrt_lt_R0; specialize (Hc j Hj n).
    assert (0 < x ^ 2) by (apply pow2_gt_0; exact Hx); lra. }
  assert (Inc : forall x y, x ^ 2 <= y ^ 2 ->
    others_of k m (fun _ => 1) c x <= others_of k m (fun _ => 1) c y).
  { intros x y Hxy; apply product_le; intros j Hj; unfold but; destruct (Nat.eqb j m); [lra|].
    rewrite !Rmult_1_l; split; [apply sqrt_pos|apply sqrt_le_1_alt; lra]. }
  destruct (Rle_or_lt 0 u) as [U|U].
  - assert (I := Inc u v ltac:(apply pow_incr; lra)); specialize (P v ltac:(lra)).
    specialize (N u); nra.
  - destruct (Rle_or_lt v 0) as [V|V].
    + assert (I := Inc v u ltac:(replace (v ^ 2) with ((- v) ^ 2) by ring;
        replace (u ^ 2) with ((- u) ^ 2) by ring; apply pow_incr; lra)).
      specialize (P u ltac:(lra)); specialize (N v); nra.
    + assert (A := P u ltac:(lra)); assert (B := P v ltac:(lra)); nra.
Qed.

Theorem signs_factor_out : forall k m s c v, (m < k)%nat ->
  others_of k m s c v = product k (but m s) * others_of k m (fun _ => 1) c v.
Proof.
  intros k m s c v Hm; unfold others_of, others; rewrite <- product_mult.
  apply product_ext; intros j Hj; unfold but; destruct (Nat.eqb j m); ring.
Qed.

(** ** Ties: the flow never crosses zero *)

(** Solutions of y' = alpha y that are nonzero once are nonzero always. *)
Lemma linear_never_zero : forall (alpha y : R -> R) a b s t, a < s < b -> a < t < b ->
  (forall x, a < x < b -> continuous alpha x) ->
  (forall x, a < x < b -> is_derive y x (alpha x * y x)) -> y s <> 0 -> y t <> 0.
Proof.
  intros alpha y a b s t Hs Ht C D Ns.
  assert (K : exists K, forall x, Rmin s t <= x <= Rmax s t -> Rabs (alpha x) <= K).
  { destruct (continuity_ab_maj (fun x => Rabs (alpha x)) (Rmin s t) (Rmax s t)) as [z [Hz _]].
    - apply Rmin_Rmax.
    - intros x Hx; apply (continuity_pt_comp alpha Rabs).
      + apply continuity_pt_filterlim, C; revert Hx; unfold Rmin, Rmax; destruct (Rle_dec s t); lra.
      + apply Rcontinuity_abs.
    - exists (Rabs (alpha z)); exact Hz. }
  destruct K as [K HK].
  assert (Dy : forall e x, a < x < b ->
    is_derive (fun x => y x ^ 2 * exp (2 * e * (x - s))) x
      (2 * (alpha x + e) * (y x ^ 2 * exp (2 * e * (x - s))))).
  { intros e x Hx; evar_last.
    - apply (is_derive_mult (fun x => y x ^ 2) (fun x => exp (2 * e * (x - s))) x
        (INR 2 * (alpha x * y x) * y x ^ pred 2) (2 * e * exp (2 * e * (x - s)))).
      + apply (is_derive_pow y 2); apply D; exact Hx.
      + auto_derive; [trivial|unfold Rminus; ring].
      + exact Rmult_comm.
    - change (INR 2 * (alpha x * y x) * y x ^ pred 2 * exp (2 * e * (x - s))
        + y x ^ 2 * (2 * e * exp (2 * e * (x - s))) = 2 * (alpha x + e) * (y x ^ 2 * exp (2 * e * (x - s)))).
      simpl; ring. }
  assert (E0 : forall e x, 0 <= y x ^ 2 * exp (2 * e * (x - s)))
    by (intros; apply Rmult_le_pos; [apply pow2_ge_0|left; apply exp_pos]).
  assert (Y0 : 0 < y s ^ 2) by (apply pow2_gt_0; exact Ns).
  intros Z; destruct (Rle_or_lt s t) as [O|O].
  - rewrite Rmin_left, Rmax_right in HK by lra.
    assert (M := nondecreasing (fun x => y x ^ 2 * exp (2 * K * (x - s))) _ s t O
      (fun x Hx => Dy K x ltac:(lra))); cbv beta in M.
    rewrite Z, Rminus_eq_0, Rmult_0_r, exp_0 in M.
    assert (y s ^ 2 * 1 <= 0 ^ 2 * exp (2 * K * (t - s))); [|lra].
    apply M; intros x Hx; apply Rmult_le_pos; [|apply E0].
    specialize (HK x Hx); apply Rabs_le_between in HK; lra.
  - rewrite Rmin_right, Rmax_left in HK by lra.
    assert (M := nondecreasing (fun x => - (y x ^ 2 * exp (2 * - K * (x - s)))) (fun x =>
      - (2 * (alpha x + - K) * (y x ^ 2 * exp (2 * - K * (x - s))))) t s ltac:(lra)); cbv beta in M.
    rewrite Z, Rminus_eq_0, Rmult_0_r, exp_0 in M.
    assert (- (0 ^ 2 * exp (2 * - K * (t - s))) <= - (y s ^ 2 * 1)); [|lra].
    apply M.
    + intros x Hx; apply (is_derive_opp (V := R_NormedModule) (fun x => y x ^ 2 * exp (2 * - K * (x - s)))).
      apply Dy; lra.
    + intros x Hx; specialize (HK x Hx); apply Rabs_le_between in HK; specialize (E0 (- K) x).
      set (z := y x ^ 2 * exp (2 * - K * (x - s))) in *; nra.
Qed.

(** If two weights tie in modulus, neither reaches zero; if they are the smallest, p never does. *)
Theorem flow_tie_never_escapes : forall (f' : R -> R) k w a b i j t0 t,
  is_flow f' k w a b -> (forall p : R, continuous f' p) ->
  (i < k)%nat -> (j < k)%nat -> i <> j -> a < t0 < b -> a < t < b ->
  w i t0 ^ 2 = w j t0 ^ 2 -> w i t0 <> 0 ->
  (forall l, (l < k)%nat -> w i t0 ^ 2 <= w l t0 ^ 2) ->
  w i t <> 0 /\ 0 < product k (fun l => w l t0) * product k (fun l => w l t).
Proof.
  intros f' k w a b i j t0 t H Cf Hi Hj N H0 Ht Tie Nz Small.
  set (al := fun x => - f' (product k (fun l => w l x)) * rest k (fun l => w l x) i j).
  assert (Ca : forall x, a < x < b -> continuous al x).
  { intros x Hx; unfold al; apply (continuous_mult (K := R_AbsRing)).
    - apply (continuous_opp (V := R_NormedModule) (fun x => f' (product k (fun l => w l x)))).
      apply (continuous_comp (fun x => product k (fun l => w l x)) f'); [|apply Cf].
      apply product_continuous; intros l Hl; now apply (flow_continuous f' k w a b).
    - unfold rest; apply (product_continuous k (fun l x => but i (but j (fun l => w l x)) l)).
      intros l Hl; unfold but; destruct (Nat.eqb l i); [apply continuous_const|].
      destruct (Nat.eqb l j); [apply continuous_const|now apply (flow_continuous f' k w a b)]. }
  assert (Di : forall x, a < x < b -> is_derive (w i) x (al x * w j x)).
  { intros x Hx; replace (al x * w j x) with
      (- f' (product k (fun l => w l x)) * others k (fun l => w l x) i); [now apply H|].
    unfold al; rewrite (others_rest k (fun l => w l x) j i Hj), (rest_comm k _ j i) by auto; ring. }
  assert (Dj : forall x, a < x < b -> is_derive (w j) x (al x * w i x)).
  { intros x Hx; replace (al x * w i x) with
      (- f' (product k (fun l => w l x)) * others k (fun l => w l x) j); [now apply H|].
    unfold al; rewrite (others_rest k (fun l => w l x) i j Hi) by auto; ring. }
  assert (Any : forall x, a < x < b -> w i x <> 0).
  { intros x Hx E.
    assert (Q := flow_conservation f' k w a b i j t0 x H Hi Hj H0 Hx).
    assert (Ej : w j x = 0) by (rewrite E, Tie in Q; simpl in Q; nra).
    destruct (Req_dec (w i t0) (w j t0)) as [S|S].
    - apply (linear_never_zero al (fun x => w i x + w j x) a b t0 x H0 Hx Ca); [|lra|lra].
      intros z Hz; replace (al z * (w i z + w j z)) with (plus (al z * w j z) (al z * w i z))
        by (unfold plus; simpl; ring).
      apply (is_derive_plus (V := R_NormedModule)); auto.
    - assert (w i t0 = - w j t0) by (assert ((w i t0 - w j t0) * (w i t0 + w j t0) = 0) by lra;
        apply Rmult_integral in H1; destruct H1; lra).
      apply (linear_never_zero (fun x => - al x) (fun x => w i x - w j x) a b t0 x H0 Hx); [| |lra|lra].
      + intros z Hz; apply (continuous_opp (V := R_NormedModule) al); auto.
      + intros z Hz; replace (- al z * (w i z - w j z)) with (minus (al z * w j z) (al z * w i z))
          by (unfold minus, plus, opp; simpl; ring).
        apply (is_derive_minus (V := R_NormedModule)); auto. }
  split; [now apply Any|].
  assert (Pn : forall x, a < x < b -> product k (fun l => w l x) <> 0).
  { intros x Hx; apply product_nonzero; intros l Hl E.
    assert (Q := flow_conservation f' k w a b l i t0 x H Hl Hi H0 Hx).
    specialize (Small l Hl); rewrite E in Q.
    assert (0 < w i x ^ 2) by (apply pow2_gt_0, Any, Hx); simpl in *; lra. }
  apply (keeps_sign (fun x => product k (fun l => w l t0) * product k (fun l => w l x)) a b t0 t H0 Ht).
  - intros x Hx; apply (continuous_mult (K := R_AbsRing) (fun _ => product k (fun l => w l t0)));
      [apply continuous_const|].
    apply product_continuous; intros l Hl; now apply (flow_continuous f' k w a b).
  - intros x Hx; apply Rmult_integral_contrapositive_currified; apply Pn; lra.
  - specialize (Pn t0 H0); nra.
Qed.
