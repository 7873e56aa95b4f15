(** The false variants of the theorems on random weights of every law are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw DensityLaw XavierAnyLaw.
Import ListNotations.
Open Scope R_scope.

(** s or -s, each with probability 1/2: half of all products are negative. *)
Definition signs (s : R) : list (R * R) := [(s, 1 / 2); (- s, 1 / 2)].

Lemma signs_is_law : forall s, is_law (signs s).
Proof.
  intros s; split; [|unfold signs; simpl; lra].
  intros x p [E|[E|[]]]; injection E; intros; subst; lra.
Qed.

Definition signed_weights (k : nat) (s : R) : weights k := finite_weights k (signs s) (signs_is_law s).

Lemma signs_abs : forall s, 0 < s -> mean (signs s) Rabs = s.
Proof.
  intros s Hs; unfold signs; simpl; rewrite Rabs_Ropp, Rabs_pos_eq by lra; lra.
Qed.

(** An event that contains all sign patterns with a negative product has a probability of 1/2. *)
Lemma half_the_signs : forall k s (event : (nat -> R) -> Prop) b, (1 <= k)%nat -> 0 < s ->
  (forall w, (forall i, (i < k)%nat -> w i = s \/ w i = - s) -> product k w < 0 -> event w) ->
  at_most (signed_weights k s) event b -> 1 / 2 <= b.
Proof.
  intros k s event b Hk Hs Hev [X [_ [X0 [X1 EX]]]]; eapply Rle_trans; [|exact EX].
  set (on := fun x => if Req_EM_T x s then 1 else if Req_EM_T x (- s) then 1 else 0).
  set (sg := fun x => if Req_EM_T x s then 1 else if Req_EM_T x (- s) then -1 else 0).
  set (Y := fun w => 1 / 2 * product k (fun i => on (w i)) + - (1 / 2) * product k (fun i => sg (w i))).
  assert (EY : expect (signs s) k Y = 1 / 2).
  { unfold Y; rewrite expect_plus, !expect_scal, (expect_product (signs s) k (fun _ => on)),
      (expect_product (signs s) k (fun _ => sg)), !product_const.
    assert (mean (signs s) on = 1 /\ mean (signs s) sg = 0) as [-> ->].
    { unfold signs, on, sg; simpl; destruct (Req_EM_T s s) as [_|N]; [|lra].
      destruct (Req_EM_T (- s) s) as [N|_]; [lra|]; destruct (Req_EM_T (- s) (- s)) as [_|N]; lra. }
    rewrite pow1, pow_i by lia; lra. }
  rewrite <- EY; change (expect (signs s) k Y <= expect (signs s) k X).
  apply expect_le; [apply signs_is_law|]; intros w.
  destruct (all_or_one k (fun i => w i = s \/ w i = - s)) as [All|[i [Hi N]]].
  - intros i; destruct (Req_dec (w i) s); [left; left; assumption|].
    destruct (Req_dec (w i) (- s)); [left; right; assumption|right; tauto].
  - assert (On : product k (fun i => on (w i)) = 1).
    { rewrite (product_ext k _ (fun _ => 1)); [rewrite product_const; apply pow1|].
      intros i Hi; unfold on; destruct (Req_EM_T (w i) s) as [E|N]; [reflexivity|].
      destruct (Req_EM_T (w i) (- s)); [reflexivity|destruct (All i Hi); contradiction]. }
    assert (Sg : product k w = s ^ k * product k (fun i => sg (w i))).
    { rewrite <- product_const, <- product_mult; apply product_ext; intros i Hi; unfold sg.
      destruct (Req_EM_T (w i) s) as [E|N]; [lra|].
      destruct (Req_EM_T (w i) (- s)) as [E|N']; [lra|destruct (All i Hi); contradiction]. }
    assert (One : Rabs (product k (fun i => sg (w i))) = 1).
    { rewrite product_abs, (product_ext k _ (fun _ => 1)); [rewrite product_const; apply pow1|].
      intros i Hi; unfold sg; destruct (Req_EM_T (w i) s) as [E|N]; [apply Rabs_R1|].
      destruct (Req_EM_T (w i) (- s)) as [E|N']; [rewrite Rabs_left; lra|destruct (All i Hi); contradiction]. }
    assert (Ps : 0 < s ^ k) by (apply pow_lt; exact Hs).
    unfold Y; rewrite On; destruct (Rle_or_lt 0 (product k (fun i => sg (w i)))) as [C|C].
    + rewrite Rabs_pos_eq in One by exact C; rewrite One; specialize (X0 w); lra.
    + assert (product k w < 0).
      { rewrite Sg; apply Ropp_lt_cancel; rewrite Ropp_0, Ropp_mult_distr_r; apply Rmult_lt_0_compat; lra. }
      rewrite Rabs_left in One by exact C; specialize (X1 w (Hev w All H)); lra.
  - assert (Z : on (w i) = 0 /\ sg (w i) = 0).
    { unfold on, sg; destruct (Req_EM_T (w i) s); [tauto|]; destruct (Req_EM_T (w i) (- s)); [tauto|]; lra. }
    unfold Y; rewrite (product_split k (fun i => on (w i)) i Hi), (product_split k (fun i => sg (w i)) i Hi).
    destruct Z as [-> ->]; specialize (X0 w); lra.
Qed.

Lemma zero_is_law : is_law [(0, 1)].
Proof. split; [intros x p [E|[]]; injection E; intros; lra|simpl; lra]. Qed.

Lemma shamir_lemma_5_any_law_at_zero_is_false : ~ (forall k (P : weights k) a,
  (1 <= k)%nat -> 0 <= a -> single P Rabs -> average P Rabs <= a ->
  at_most P (fun w => INR k * sqrt a ^ (k - 1) <= maximum k (fun j => Rabs (others k w j))) (sqrt a ^ (k - 1))).
Proof.
  intros H.
  destruct (H 2%nat (finite_weights 2 [(0, 1)] zero_is_law) 0 ltac:(lia) ltac:(lra) I) as [X [_ [_ [X1 EX]]]].
  { right; change (mean [(0, 1)] Rabs = 0); simpl; rewrite Rabs_R0; lra. }
  rewrite sqrt_0 in EX; simpl (0 ^ (2 - 1)) in EX.
  assert (1 <= expectation (finite_weights 2 [(0, 1)] zero_is_law) X); [|lra].
  eapply Rle_trans; [right; symmetry; apply (expectation_one 2 (finite_weights 2 [(0, 1)] zero_is_law))|].
  apply expectation_le; [exact I|exact I|]; intros w; apply X1.
  rewrite sqrt_0; simpl; eapply Rle_trans; [|apply Rmax_l]; eapply Rle_trans; [|apply Rmax_l]; lra.
Qed.

Lemma shamir_theorem_2_hitting_time_any_is_false : ~ (forall k (P : weights k) f f' eta a alpha delta m M r low gap time g h,
  (2 <= k)%nat -> 0 < eta -> single P Rabs -> average P Rabs <= a -> 0 < delta -> 0 < alpha ->
  r = delta / sqrt (INR (k - 1)) * ln 2 -> 2 * alpha * (m + r) <= 1 / 2 ->
  plateau_loss f f' M low gap -> 0 <= time ->
  single P g -> (forall x, 0 <= g x) -> (forall x, Rabs x < delta -> 1 <= g x) ->
  single P h -> (forall x, 0 <= h x) -> (forall x, m < Rabs x -> 1 <= h x) ->
  at_most P (reaches f f' eta low gap time k)
    (/ alpha * (INR k * a ^ (k - 1)) + INR k * average P g + INR k * average P h)).
Proof.
  intros H.
  set (s := 1 / 100); set (eta := 99 / (2 * (1 - s * s))).
  assert (E1 : 1 / sqrt (INR (2 - 1)) * ln 2 = ln 2) by (simpl; rewrite sqrt_1; field).
  assert (L : 0 < ln 2 <= 1).
  { split; [rewrite <- ln_1; apply ln_increasing; lra|].
    rewrite <- (ln_exp 1); left; apply ln_increasing; [lra|].
    assert (1 + 1 < exp 1) by (apply exp_ineq1; lra); lra. }
  assert (He : 0 < eta) by (unfold eta, s; lra).
  set (g := fun x => if Rlt_dec (Rabs x) s then 1 else 0); set (h := fun x => if Rlt_dec s (Rabs x) then 1 else 0).
  assert (B := H 2%nat (signed_weights 2 s) (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) eta s (1 / 10) s s 3
    (s / sqrt (INR (2 - 1)) * ln 2) 0 (1 / 4) 1 g h ltac:(lia) He I).
  assert (Q : s / sqrt (INR (2 - 1)) * ln 2 <= s).
  { replace (s / sqrt (INR (2 - 1)) * ln 2) with (s * ln 2) by (simpl; rewrite sqrt_1; field).
    unfold s; lra. }
  specialize (B ltac:(right; apply signs_abs; unfold s; lra) ltac:(unfold s; lra) ltac:(lra) eq_refl
    ltac:(unfold s in *; lra)).
  assert (PL : plateau_loss (fun p => (p + 1) ^ 2) (fun p => 2 * (p + 1)) 3 0 (1 / 4)).
  { split; [|split].
    - intros p; auto_derive; [trivial|ring].
    - intros p Hp; apply Rabs_le_between in Hp; apply Rabs_le; lra.
    - intros p Hp; simpl; assert (0 <= (p + 1 / 2) * (p + 3 / 2)) by (apply Rmult_le_pos; lra); lra. }
  specialize (B PL ltac:(lra) I).
  specialize (B ltac:(intros x; unfold g; destruct (Rlt_dec (Rabs x) s); lra)
    ltac:(intros x Hx; unfold g; destruct (Rlt_dec (Rabs x) s); lra) I
    ltac:(intros x; unfold h; destruct (Rlt_dec s (Rabs x)); lra)
    ltac:(intros x Hx; unfold h; destruct (Rlt_dec s (Rabs x)); lra)).
  assert (s0 : 0 < s) by (unfold s; lra).
  apply half_the_signs in B; [|lia|exact s0|].
  - assert (G : average (signed_weights 2 s) g = 0 /\ average (signed_weights 2 s) h = 0).
    { change (mean (signs s) g = 0 /\ mean (signs s) h = 0); unfold signs, g, h; simpl.
      rewrite Rabs_Ropp, Rabs_pos_eq by lra.
      destruct (Rlt_dec s s) as [N|_]; [lra|]; lra. }
    destruct G as [G1 G2]; rewrite G1, G2 in B; unfold s in B; simpl in B; lra.
  - intros w All Neg; exists 1%nat; split; [simpl; lra|].
    assert (A0 := All 0%nat ltac:(lia)); assert (A1 := All 1%nat ltac:(lia)); simpl in Neg.
    assert (P : w 0%nat * w 1%nat = - (s * s)).
    { destruct A0 as [E0|E0], A1 as [E1'|E1']; rewrite E0, E1' in *; try lra;
        assert (0 < s * s) by (apply Rmult_lt_0_compat; lra); lra. }
    assert (P' : product 2 (descent (fun p => 2 * (p + 1)) eta 2 w 1) = -1).
    { simpl; unfold step, others, but; simpl.
      replace (1 * w 0%nat * w 1%nat) with (- (s * s)) by lra.
      set (f := eta * (2 * (- (s * s) + 1))).
      assert (F : f = 99) by (unfold f, eta, s; field).
      replace (1 * (w 0%nat - f * (1 * 1 * w 1%nat)) * (w 1%nat - f * (1 * w 0%nat * 1)))
        with (w 0%nat * w 1%nat * (1 + f ^ 2) - f * (w 0%nat ^ 2 + w 1%nat ^ 2)) by ring.
      rewrite P, F; destruct A0 as [-> | ->], A1 as [-> | ->]; unfold s; field. }
    rewrite P'; lra.
Qed.

Lemma shamir_theorem_2_from_zero_is_false : ~ (forall k (P : weights k) f f' eta a c1 alpha M low gap,
  (2 <= k)%nat -> 0 < eta -> 0 < a -> single P Rabs -> average P Rabs <= a ->
  single P (fun x => x ^ 2) -> average P (fun x => x ^ 2) <= 1 ->
  (forall b, 0 <= b -> single P (within b) /\ average P (within b) <= c1 * b) ->
  0 < M -> (forall p, is_derive f p (f' p)) ->
  (forall p, Rabs p <= 1 / 2 -> Rabs (f' p) <= M) -> (forall p, 0 <= p -> low + gap <= f p) ->
  alpha = INR k * sqrt a ^ (k - 1) -> alpha <= 1 / 16 ->
  at_most P (reaches f f' eta low gap (ln 2 / (2 * INR k * eta * M * sqrt alpha)) k)
    (sqrt a ^ (k - 1) + INR k * (c1 + 1) * sqrt alpha)).
Proof.
  intros H; set (s := 1 / 16).
  assert (s0 : 0 < s) by (unfold s; lra).
  assert (Root : sqrt s = 1 / 4).
  { replace s with (1 / 4 * (1 / 4)) by (unfold s; field); apply sqrt_square; lra. }
  set (alpha := INR 17 * sqrt s ^ (17 - 1)).
  assert (Ea : alpha = 17 * (1 / 4) ^ 16).
  { unfold alpha; rewrite Root; replace (INR 17) with 17 by (rewrite INR_IZR_INZ; reflexivity); reflexivity. }
  assert (B := H 17%nat (signed_weights 17 s) (fun p => p) (fun _ => 1) 1 s 16 alpha 1 0 0 ltac:(lia) ltac:(lra) s0 I).
  specialize (B ltac:(right; apply signs_abs; exact s0) I).
  specialize (B ltac:(change (mean (signs s) (fun x => x ^ 2) <= 1); unfold signs, s; simpl; lra)).
  assert (W : forall b, 0 <= b -> single (signed_weights 17 s) (within b) /\
    average (signed_weights 17 s) (within b) <= 16 * b).
  { intros b Hb; split; [exact I|].
    change (mean (signs s) (within b) <= 16 * b); unfold signs, within; simpl.
    rewrite Rabs_Ropp, Rabs_pos_eq by lra; destruct (Rle_dec s b) as [C|C]; unfold s in C; lra. }
  specialize (B W ltac:(lra) ltac:(intros p; apply (is_derive_id (K := R_AbsRing)))).
  specialize (B ltac:(intros p _; cbv beta; rewrite Rabs_R1; lra) ltac:(intros p Hp; lra) eq_refl
    ltac:(rewrite Ea; simpl; lra)).
  apply half_the_signs in B; [|lia|exact s0|].
  - assert (D : sqrt alpha <= 1 / 10000).
    { rewrite <- (sqrt_square (1 / 10000)) by lra; apply sqrt_le_1_alt; rewrite Ea; simpl; lra. }
    rewrite Root in B; replace (INR 17) with 17 in B by (rewrite INR_IZR_INZ; reflexivity); simpl in B; lra.
  - intros w _ Neg; exists 0%nat; split; [|simpl; simpl in Neg; lra].
    simpl (INR 0); unfold Rdiv; apply Rmult_le_pos; [rewrite <- ln_1; left; apply ln_increasing; lra|].
    left; apply Rinv_0_lt_compat; repeat apply Rmult_lt_0_compat; try lra.
    + apply lt_0_INR; lia.
    + apply sqrt_lt_R0; rewrite Ea; simpl; lra.
Qed.

Lemma finite_laws_without_mass_is_false : ~ (forall k law, (forall x p, In (x, p) law -> 0 <= p) ->
  exists P : weights k, (forall X, variable P X /\ expectation P X = expect law k X) /\
    (forall h, single P h /\ average P h = mean law h)).
Proof.
  intros H; destruct (H 1%nat [] ltac:(intros x p [])) as [P [_ A]].
  destruct (A (fun _ => 1)) as [_ E]; rewrite (proj2 (average_one 1 P)) in E; simpl in E; lra.
Qed.

Lemma density_laws_without_mass_is_false : ~ (forall k rho a b, a <= b -> (forall x, 0 <= rho x) -> ex_RInt rho a b ->
  exists P : weights k,
    (forall X, (variable P X <-> density_variable rho a b k X) /\ expectation P X = density_expect rho a b k X) /\
    (forall h, (single P h <-> ex_RInt (fun x => h x * rho x) a b) /\
      average P h = RInt (fun x => h x * rho x) a b)).
Proof.
  intros H.
  destruct (H 1%nat (fun _ => 0) 0 1 ltac:(lra) ltac:(intros; lra) (ex_RInt_const (V := R_NormedModule) 0 1 0)) as [P [_ A]].
  destruct (A (fun _ => 1)) as [_ E]; rewrite (proj2 (average_one 1 P)) in E.
  rewrite (RInt_ext _ (fun _ => 0)) in E by (intros; apply Rmult_0_r).
  rewrite (RInt_const (V := R_CompleteNormedModule)) in E; unfold scal in E; simpl in E; unfold mult in E; simpl in E; lra.
Qed.

