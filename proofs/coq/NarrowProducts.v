(** Lemma 5.3 of Hu, Xiao and Pennington: long products of narrow Gaussian layers are exponentially small. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Remainder Convergence AnyLaw Independent NormalLaw PaperStarts ChiSquare IndependentBlocks NarrowFactors NarrowLayers.
Open Scope R_scope.

(** Of L layers, q >= L/10 successive ones make a vector longer than s times what it was. *)
Definition long_product_above (n : nat -> nat) (L : nat) (A : nat -> nat -> nat -> R) (s : R) : Prop :=
  exists a q x, (a + q <= L)%nat /\ INR L <= 10 * INR q /\
    s ^ 2 * dot (n a) x x < dot (n (a + q)%nat) (scaled_output n A a x q) (scaled_output n A a x q).

Lemma narrow_power : forall d q x, (1 <= d)%nat -> x <= INR q -> narrow_rate d ^ q <= exp (- (x / (48 * INR d))).
Proof.
  intros d q x Hd Hx; assert (d1 : 1 <= INR d) by (apply (le_INR 1); exact Hd); assert (Rt := narrow_rate_between d Hd).
  apply Rle_trans with (exp (- / (48 * INR d)) ^ q).
  - apply pow_incr; split; [lra|]; assert (U := exp_above_line (- / (48 * INR d))); unfold narrow_rate; lra.
  - rewrite <- exp_times; apply exp_le_compat.
    assert (0 < / (48 * INR d)) by (apply Rinv_0_lt_compat; lra).
    assert (x * / (48 * INR d) <= INR q * / (48 * INR d)) by (apply Rmult_le_compat_r; lra); unfold Rdiv; lra.
Qed.

(** Of the products that are picked, none is large: Markov for bounds of all of them. *)
Lemma picked_products : forall n L d (pick : nat -> nat -> bool) s m, (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> 0 < s -> 0 <= m ->
  (forall a q, pick a (S q) = true -> (a + S q <= L)%nat /\ INR d * narrow_rate d ^ S q <= m) ->
  at_most (law_weights (weights_of n L) normal_law)
    (fun w => exists a q x, pick a (S q) = true /\
      s ^ 2 * dot (n a) x x < dot (n (a + S q)%nat) (scaled_output n (normal_layers n L w) a x (S q)) (scaled_output n (normal_layers n L w) a x (S q)))
    (INR L ^ 2 * m / s).
Proof.
  intros n L d pick s m HL Hn s0 m0 Pick; set (P := law_weights (weights_of n L) normal_law).
  assert (Hd : (1 <= d)%nat) by (specialize (Hn 0%nat ltac:(lia)); lia); destruct (narrow_bounds d Hd) as [K EK].
  set (Z := fun a q A => if pick a (S q) then guards n K a (S q) A else 0).
  assert (Z0 : forall a q A, 0 <= Z a q A).
  { intros a q A; unfold Z; destruct (pick a (S q)) eqn:E; [|lra]; apply Pick in E; apply total_nonneg; intros c Hc.
    apply guard_nonneg; [intros l Hl; apply Hn; lia|].
    transitivity (mv (n a) unit_matrix (unit_matrix c) c); [reflexivity|]; rewrite mv_unit by exact Hc.
    unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity. }
  assert (Var : forall a q, variable P (fun w => Z a q (normal_layers n L w)) /\ expectation P (fun w => Z a q (normal_layers n L w)) <= m).
  { intros a q; assert (EZ : exists e, mean_of n L (Z a q) e /\ e <= m).
    - unfold Z; destruct (pick a (S q)) eqn:E; [|exists 0; split; [exact (mean_is_const normal_law (weights_of n L) 0)|exact m0]].
      apply Pick in E; destruct E as [H1 H2].
      assert (M := guards_mean n d K a (S q) (fun _ => 1) 1 ltac:(intros l Hl; apply Hn; lia) ltac:(intros k B A _; reflexivity) (mean_is_const _ _ 1)).
      apply (mean_of_more n (a + S q) (L - (a + S q))) in M.
      2:{ intros k B A Hk; f_equal; apply total_ext; intros c _; apply (guard_below n d K a); exact Hk. }
      replace (a + S q + (L - (a + S q)))%nat with L in M by lia; rewrite EK in M.
      exists (INR (n a) * narrow_rate d ^ S q * 1); split; [revert M; apply mean_is_ext; intros w; ring|]; rewrite Rmult_1_r; eapply Rle_trans; [|exact H2].
      assert (Rt := narrow_rate_between d Hd); apply Rmult_le_compat_r; [apply pow_le; lra|apply le_INR, Hn; lia].
    - destruct EZ as [e [[V E] B]]; split; [exact V|]; eapply Rle_trans; [right; exact E|exact B]. }
  assert (Row : forall a, variable P (fun w => total L (fun q => Z a q (normal_layers n L w))) /\
    expectation P (fun w => total L (fun q => Z a q (normal_layers n L w))) <= INR L * m).
  { intros a; destruct (variable_total _ P L (fun q w => Z a q (normal_layers n L w))) as [V E]; [intros q _; apply Var|].
    split; [exact V|rewrite E, <- total_const]; apply total_le; intros q _; apply Var. }
  destruct (variable_total _ P L (fun a w => total L (fun q => Z a q (normal_layers n L w)))) as [V E]; [intros a _; apply Row|].
  destruct (expectation_scal _ P (/ s) _ V) as [V' E']; assert (i0 : 0 < / s) by (apply Rinv_0_lt_compat, s0).
  eexists; split; [exact V'|split; [|split]].
  - intros w; cbv beta; apply Rmult_le_pos; [lra|]; apply total_nonneg; intros a _; apply total_nonneg; intros q _; apply Z0.
  - intros w [a [q [x [Hq Big]]]]; cbv beta; set (A := normal_layers n L w) in *; destruct (Pick a q Hq) as [Haq _]; assert (X0 := dot_nonneg (n a) x).
    assert (B := guards_above n d K a (S q) A x ltac:(intros l Hl; apply Hn; lia)).
    assert (G : s <= Z a q A).
    { assert (z := Z0 a q A); unfold Z in *; rewrite Hq in *; apply Rnot_lt_le; intros N.
      assert (Sq : guards n K a (S q) A ^ 2 <= s ^ 2) by (apply pow_incr; lra).
      assert (guards n K a (S q) A ^ 2 * dot (n a) x x <= s ^ 2 * dot (n a) x x) by (apply Rmult_le_compat_r; assumption); lra. }
    assert (T : Z a q A <= total L (fun a => total L (fun q => Z a q A))).
    { apply Rle_trans with (total L (fun q => Z a q A)).
      - apply (total_one L (fun q => Z a q A)); [intros; apply Z0|lia].
      - apply (total_one L (fun a => total L (fun q => Z a q A))); [intros; apply total_nonneg; intros; apply Z0|lia]. }
    rewrite <- (Rinv_l s) by lra; apply Rmult_le_compat_l; lra.
  - rewrite E', E; replace (INR L ^ 2 * m / s) with (/ s * (INR L * (INR L * m))) by (field; lra); apply Rmult_le_compat_l; [lra|].
    rewrite <- total_const; apply total_le; intros a _; apply Row.
Qed.

Theorem hu_xiao_pennington_lemma_5_3_explicit : forall n L d, (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  at_most (law_weights (weights_of n L) normal_law)
    (fun w => long_product_above n L (normal_layers n L w) (exp (- (INR L / (960 * INR d)))))
    (INR L ^ 2 * INR d * exp (- (INR L / (960 * INR d)))).
Proof.
  intros n L d HL Hn; set (s := exp (- (INR L / (960 * INR d)))).
  assert (Hd : (1 <= d)%nat) by (specialize (Hn 0%nat ltac:(lia)); lia).
  assert (d1 : 1 <= INR d) by (apply (le_INR 1); exact Hd); assert (s0 : 0 < s) by apply exp_pos.
  assert (S2 : exp (- (INR L / 10 / (48 * INR d))) = s * s) by (unfold s; rewrite <- exp_plus; f_equal; field; lra).
  assert (B := picked_products n L d (fun a q => andb (Nat.leb (a + q) L) (Nat.leb L (10 * q))) s (INR d * (s * s)) HL Hn s0
    ltac:(apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra])).
  eapply at_most_less; [| |apply B].
  - intros w [a [q [x [Haq [Hq Big]]]]]; assert (L1 : 1 <= INR L) by (apply (le_INR 1); exact HL).
    destruct q as [|q]; [simpl in Hq; lra|]; exists a, q, x; split; [|exact Big].
    apply andb_true_intro; split; apply Nat.leb_le; [exact Haq|]; apply INR_le; rewrite mult_INR; simpl (INR 10); lra.
  - right; field; lra.
  - intros a q H; apply andb_prop in H; destruct H as [H1 H2]; apply Nat.leb_le in H1; apply Nat.leb_le in H2; split; [exact H1|].
    apply Rmult_le_compat_l; [lra|]; rewrite <- S2; apply narrow_power; [exact Hd|].
    apply le_INR in H2; rewrite mult_INR in H2; replace (INR 10) with 10 in H2 by (simpl; ring); lra.
Qed.

(** e^(a L^g) grows faster than L^p. *)
Lemma powers_below : forall K a g p, 0 < K -> 0 < a -> 0 < g ->
  exists L0, (1 <= L0)%nat /\ forall L, (L0 <= L)%nat -> K * INR L ^ p <= exp (a * Rpower (INR L) g).
Proof.
  intros K a g p HK Ha Hg; assert (p0 := pos_INR (S p)).
  destruct (nfloor_ex (INR (S p) / g)) as [k0 [_ Hk]]; [apply Rmult_le_pos; [exact p0|left; apply Rinv_0_lt_compat, Hg]|].
  set (k := S k0); assert (k0' : INR (S p) / g < INR k) by (unfold k; rewrite (S_INR k0); exact Hk).
  assert (k1 : 0 < INR k) by (apply lt_0_INR; unfold k; lia).
  assert (gk : INR (S p) <= g * INR k).
  { apply (Rmult_lt_compat_r g) in k0'; [|exact Hg]; replace (INR (S p) / g * g) with (INR (S p)) in k0' by (field; lra); lra. }
  set (b := (a / INR k) ^ k); assert (b0 : 0 < b) by (apply pow_lt, Rdiv_lt_0_compat; assumption).
  destruct (nfloor_ex (K / b) ltac:(left; apply Rdiv_lt_0_compat; assumption)) as [l0 [_ Hl]].
  exists (S l0); split; [lia|]; intros L HL; assert (L1 : 1 <= INR L) by (apply (le_INR 1); lia).
  assert (KL : K <= b * INR L).
  { assert (M := le_INR _ _ HL); rewrite S_INR in M; apply (Rmult_le_reg_l (/ b)); [apply Rinv_0_lt_compat, b0|].
    rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra; unfold Rdiv in Hl; lra. }
  set (x := Rpower (INR L) g); assert (x0 : 0 < x) by apply exp_pos.
  assert (Pw : INR L ^ S p <= x ^ k).
  { unfold x; rewrite <- (Rpower_pow k) by apply exp_pos; rewrite Rpower_mult, <- (Rpower_pow (S p)) by lra.
    apply Rle_Rpower; [exact L1|exact gk]. }
  apply Rle_trans with (b * x ^ k).
  - apply Rle_trans with (b * INR L ^ S p); [|apply Rmult_le_compat_l; lra].
    replace (b * INR L ^ S p) with (b * INR L * INR L ^ p) by (cbn [pow]; ring); apply Rmult_le_compat_r; [apply pow_le; lra|exact KL].
  - replace (a * x) with (INR k * (a / INR k * x)) by (field; lra); rewrite exp_times; unfold b; rewrite <- Rpow_mult_distr.
    assert (0 < a / INR k * x) by (apply Rmult_lt_0_compat; [apply Rdiv_lt_0_compat; assumption|exact x0]).
    apply pow_incr; split; [lra|]; assert (U := exp_above_line (a / INR k * x)); lra.
Qed.

Theorem hu_xiao_pennington_lemma_5_3 : forall C g, 0 < C -> 0 < g <= 1 -> exists c L0, 0 < c /\ forall n L d, (L0 <= L)%nat ->
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> INR d <= C * Rpower (INR L) (1 - g) ->
  at_most (law_weights (weights_of n L) normal_law)
    (fun w => long_product_above n L (normal_layers n L w) (exp (- (c * Rpower (INR L) g)))) (exp (- (c * Rpower (INR L) g))).
Proof.
  intros C g HC Hg; set (c := / (1920 * C)); assert (c0 : 0 < c) by (apply Rinv_0_lt_compat; lra).
  destruct (powers_below C c g 3 HC c0 ltac:(lra)) as [L0 [H0 HP]]; exists c, L0; split; [exact c0|]; intros n L d HL Hn Hd.
  assert (L1 : 1 <= INR L) by (apply (le_INR 1); lia); set (x := Rpower (INR L) g) in *; assert (x0 : 0 < x) by apply exp_pos.
  assert (d1 : 1 <= INR d) by (apply (le_INR 1); specialize (Hn 0%nat ltac:(lia)); lia).
  assert (Lx : Rpower (INR L) (1 - g) * x = INR L) by (unfold x; rewrite <- Rpower_plus; replace (1 - g + g) with 1 by ring; apply Rpower_1; lra).
  assert (Le : 2 * (c * x) <= INR L / (960 * INR d)).
  { apply (Rmult_le_reg_r (960 * INR d * C)); [apply Rmult_lt_0_compat; lra|].
    replace (2 * (c * x) * (960 * INR d * C)) with (INR d * x) by (unfold c; field; lra).
    replace (INR L / (960 * INR d) * (960 * INR d * C)) with (C * INR L) by (field; lra).
    rewrite <- Lx, <- Rmult_assoc; apply Rmult_le_compat_r; lra. }
  assert (B := hu_xiao_pennington_lemma_5_3_explicit n L d ltac:(lia) Hn); revert B; apply at_most_less.
  - intros w [a [q [v [H1 [H2 H3]]]]]; exists a, q, v; split; [exact H1|split; [exact H2|]]; eapply Rle_lt_trans; [|exact H3].
    apply Rmult_le_compat_r; [apply dot_nonneg|]; apply pow_incr; split; [left; apply exp_pos|].
    assert (0 < c * x) by (apply Rmult_lt_0_compat; assumption); apply exp_le_compat; lra.
  - assert (R1 : Rpower (INR L) (1 - g) <= INR L).
    { rewrite <- (Rpower_1 (INR L)) at 2 by lra; apply Rle_Rpower; lra. }
    assert (dL : INR d <= C * INR L) by (eapply Rle_trans; [exact Hd|apply Rmult_le_compat_l; lra]).
    apply Rle_trans with (C * INR L ^ 3 * exp (- (2 * (c * x)))).
    + apply Rmult_le_compat; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|left; apply exp_pos| |apply exp_le_compat; lra].
      replace (C * INR L ^ 3) with (INR L ^ 2 * (C * INR L)) by ring; apply Rmult_le_compat_l; [apply pow2_ge_0|exact dL].
    + apply Rle_trans with (exp (c * x) * exp (- (2 * (c * x)))); [apply Rmult_le_compat_r; [left; apply exp_pos|apply HP; exact HL]|].
      rewrite <- exp_plus; right; f_equal; ring.
Qed.
