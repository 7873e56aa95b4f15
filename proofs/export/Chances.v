(* Chances of events of one draw: means of what is 1 where they hold, and 0 elsewhere. *)

(** 1 if a >= b, and 0 otherwise. *)
Definition at_least (a b : R) : R := if Rle_dec b a then 1 else 0.

(** 1 if a > b, and 0 otherwise. *)
Definition beyond (a b : R) : R := if Rlt_dec b a then 1 else 0.

Lemma cont_max u v t : continuity_pt u t -> continuity_pt v t ->
  continuity_pt (fun x => Rmax (u x) (v x)) t.
Proof.
  intros U V; apply (continuity_pt_ext (fun x => (u x + v x + Rabs (u x - v x)) * / 2)).
  - intros x; rewrite max_is; reflexivity.
  - apply cont_times; [|apply cont_const].
    exact (cont_plus _ _ _ (cont_plus _ _ _ U V) (cont_abs _ _ (cont_minus _ _ _ U V))).
Qed.

Lemma cont_min u v t : continuity_pt u t -> continuity_pt v t ->
  continuity_pt (fun x => Rmin (u x) (v x)) t.
Proof.
  intros U V; apply (continuity_pt_ext (fun x => (u x + v x - Rabs (u x - v x)) * / 2)).
  - intros x; rewrite min_is; reflexivity.
  - apply cont_times; [|apply cont_const].
    exact (cont_minus _ _ _ (cont_plus _ _ _ U V) (cont_abs _ _ (cont_minus _ _ _ U V))).
Qed.

Definition normal_up_to (w : R) : R := 1 / 2 * (1 + erf (w / sqrt 2)).

Lemma normal_up_to_der w : derivable_pt_lim normal_up_to w (1 * normal_density w).
Proof.
  assert (T : 0 < sqrt 2) by (apply sqrt_lt_R0; lra).
  assert (P : 0 < sqrt PI) by (apply sqrt_lt_R0, PI_RGT_0).
  assert (D : derivable_pt_lim (fun x => x / sqrt 2) w (/ sqrt 2)).
  { apply is_derive_Reals; auto_derive; [trivial | field; lra]. }
  apply (der_eq _ _ _ _ (der_times _ _ _ _ _ (der_const (1 / 2) w)
    (der_plus _ _ _ _ _ (der_const 1 w) (der_erf _ _ _ D)))).
  unfold normal_density; rewrite sqrt_mult by (try lra; left; apply PI_RGT_0).
  replace (- (w / sqrt 2) ^ 2) with (- (w ^ 2 / 2)); [field; lra|].
  unfold Rdiv; rewrite Rpow_mult_distr, pow_inv.
  replace (sqrt 2 ^ 2) with (sqrt 2 * sqrt 2) by ring; rewrite sqrt_sqrt by lra; reflexivity.
Qed.

Lemma normal_up_to_cont u t : continuity_pt u t -> continuity_pt (fun w => normal_up_to (u w)) t.
Proof. intros U; exact (cont_of_der normal_up_to u t _ U (normal_up_to_der (u t))). Qed.

Lemma normal_up_to_low : is_lim normal_up_to m_infty 0.
Proof.
  replace (Finite 0) with (Finite (1 / 2 * (1 + - (1)))) by (f_equal; field).
  apply (lim_times (fun _ => 1 / 2) _ m_infty (1 / 2) (1 + - (1)) _ (lim_const _ _)); [|reflexivity].
  apply (lim_plus (fun _ => 1) _ m_infty 1 (- (1)) _ (lim_const _ _)); [|reflexivity].
  apply (is_lim_comp erf (fun w => w / sqrt 2) m_infty (- (1)) m_infty).
  - exact erf_down.
  - assert (T : 0 < / sqrt 2) by (apply Rinv_0_lt_compat, sqrt_lt_R0; lra).
    assert (M : Rbar_mult m_infty (/ sqrt 2) = m_infty).
    { unfold Rbar_mult, Rbar_mult'; destruct (Rle_dec 0 (/ sqrt 2)) as [L | L]; [|lra].
      destruct (Rle_lt_or_eq_dec 0 (/ sqrt 2) L); [reflexivity | lra]. }
    generalize (is_lim_scal_r (fun w => w) (/ sqrt 2) m_infty m_infty (is_lim_id m_infty)).
    rewrite M; trivial.
  - exists 0; intros; discriminate.
Qed.

(* What is 1 below T and 0 above it, whatever it is at T *)
Lemma normal_left E f T : normal_mean E -> (forall w, w < T -> f w = 1) ->
  (forall w, T < w -> f w = 0) -> E f = 1 / 2 * (1 + erf (T / sqrt 2)).
Proof.
  intros [_ [_ I]] L A; fold (normal_up_to T).
  rewrite (I f (fun w => normal_up_to (Rmin w T)) 0 (normal_up_to T) T T); [ring | | | |].
  - intros w; apply (normal_up_to_cont (fun w => Rmin w T)), cont_min; [apply cont_id | apply cont_const].
  - intros w N _; destruct (Rlt_dec w T) as [W | W].
    + rewrite (L w W); apply (near _ normal_up_to); [|apply normal_up_to_der].
      exists (T - w); split; [lra|]; intros x X; apply Rabs_def2 in X.
      rewrite Rmin_left; [reflexivity | lra].
    + rewrite (A w) by lra; rewrite Rmult_0_l.
      apply (near _ (fun _ => normal_up_to T)); [|apply der_const].
      exists (w - T); split; [lra|]; intros x X; apply Rabs_def2 in X.
      rewrite Rmin_right; [reflexivity | lra].
  - apply (is_lim_ext_loc normal_up_to); [|exact normal_up_to_low].
    exists T; intros w W; rewrite Rmin_left; [reflexivity | lra].
  - apply (is_lim_ext_loc (fun _ => normal_up_to T)); [|apply is_lim_const].
    exists T; intros w W; rewrite Rmin_right; [reflexivity | lra].
Qed.

Lemma normal_inside E f U : normal_mean E -> 0 <= U -> (forall w, Rabs w < U -> f w = 1) ->
  (forall w, U < Rabs w -> f w = 0) -> E f = erf (U / sqrt 2).
Proof.
  intros [_ [_ I]] P L A; replace (erf (U / sqrt 2)) with (normal_up_to U - normal_up_to (- U)).
  2: { unfold normal_up_to; replace (- U / sqrt 2) with (- (U / sqrt 2)) by (unfold Rdiv; ring).
       rewrite erf_odd; field. }
  rewrite (I f (fun w => normal_up_to (Rmax (- U) (Rmin w U))) (normal_up_to (- U)) (normal_up_to U)
    (- U) U); [ring | | | |].
  - intros w; apply (normal_up_to_cont (fun w => Rmax (- U) (Rmin w U))).
    apply cont_max; [apply cont_const | apply cont_min; [apply cont_id | apply cont_const]].
  - intros w M N; destruct (Rlt_dec w (- U)) as [W | W]; [|destruct (Rlt_dec w U) as [V | V]].
    + rewrite (A w) by (rewrite Rabs_left; lra); rewrite Rmult_0_l.
      apply (near _ (fun _ => normal_up_to (- U))); [|apply der_const].
      exists (- U - w); split; [lra|]; intros x X; apply Rabs_def2 in X.
      rewrite (Rmin_left x U), Rmax_left by lra; reflexivity.
    + rewrite (L w) by (apply Rabs_def1; lra).
      apply (near _ normal_up_to); [|apply normal_up_to_der].
      exists (Rmin (U - w) (w + U)); split; [apply Rmin_pos; lra|]; intros x X.
      generalize (Rmin_l (U - w) (w + U)) (Rmin_r (U - w) (w + U)); intros; apply Rabs_def2 in X.
      rewrite (Rmin_left x U), Rmax_right by lra; reflexivity.
    + rewrite (A w) by (rewrite Rabs_right; lra); rewrite Rmult_0_l.
      apply (near _ (fun _ => normal_up_to U)); [|apply der_const].
      exists (w - U); split; [lra|]; intros x X; apply Rabs_def2 in X.
      rewrite (Rmin_right x U), Rmax_right by lra; reflexivity.
  - apply (is_lim_ext_loc (fun _ => normal_up_to (- U))); [|apply is_lim_const].
    exists (- U); intros w W; rewrite (Rmin_left w U), Rmax_left by lra; reflexivity.
  - apply (is_lim_ext_loc (fun _ => normal_up_to U)); [|apply is_lim_const].
    exists U; intros w W; rewrite (Rmin_right w U), Rmax_right by lra; reflexivity.
Qed.

Lemma normal_other E f : normal_mean E -> E f = 1 - E (fun w => 1 - f w).
Proof.
  intros [L [M _]]; generalize (M 0%nat); simpl; intros O.
  rewrite (mean_same E (fun w => 1 - f w) (fun w => 1 * 1 + - (1) * f w)) by (intros; ring).
  rewrite (L 1 (- (1)) (fun _ => 1) f), O; ring.
Qed.

Lemma normal_right E f T : normal_mean E -> (forall w, w < T -> f w = 0) ->
  (forall w, T < w -> f w = 1) -> E f = 1 - 1 / 2 * (1 + erf (T / sqrt 2)).
Proof.
  intros N L A; rewrite (normal_other E f N); f_equal; apply normal_left; [exact N | |].
  - intros w W; rewrite (L w W); ring.
  - intros w W; rewrite (A w W); ring.
Qed.

Lemma normal_outside E f U : normal_mean E -> 0 <= U -> (forall w, Rabs w < U -> f w = 0) ->
  (forall w, U < Rabs w -> f w = 1) -> E f = 1 - erf (U / sqrt 2).
Proof.
  intros N P L A; rewrite (normal_other E f N); f_equal; apply normal_inside; [exact N | exact P | |].
  - intros w W; rewrite (L w W); ring.
  - intros w W; rewrite (A w W); ring.
Qed.

Lemma flat_integral (f : R -> R) c a b : a <= b -> (forall w, a < w < b -> f w = c) ->
  is_RInt f a b ((b - a) * c).
Proof.
  intros L H; refine (is_RInt_ext (V := R_NormedModule) (fun _ => c) f a b _ _ (is_RInt_const a b c)).
  intros w W; rewrite Rmin_left, Rmax_right in W by exact L; symmetry; exact (H w W).
Qed.

Lemma share_inside (T : R) : Rmin T (sqrt 3) / sqrt 3 = Rmin (T / sqrt 3) 1.
Proof.
  assert (S : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
  assert (V : 0 < / sqrt 3) by (apply Rinv_0_lt_compat, S).
  assert (O : sqrt 3 * / sqrt 3 = 1) by (field; lra); unfold Rdiv.
  destruct (Rle_dec T (sqrt 3)) as [L | L].
  - rewrite !Rmin_left; [reflexivity | | exact L]; rewrite <- O; apply Rmult_le_compat_r; lra.
  - rewrite !Rmin_right; [exact O | | lra]; rewrite <- O; apply Rmult_le_compat_r; lra.
Qed.

Lemma uniform_inside E f U : uniform_mean E -> 0 <= U -> (forall w, Rabs w < U -> f w = 1) ->
  (forall w, U < Rabs w -> f w = 0) -> E f = Rmax (Rmin (U / sqrt 3) 1) (- (1)).
Proof.
  intros [_ [_ I]] P L A; assert (S : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
  generalize (Rmin_l U (sqrt 3)) (Rmin_r U (sqrt 3)) (Rmin_glb _ _ _ P (Rlt_le _ _ S)).
  rewrite <- share_inside; set (m := Rmin U (sqrt 3)); intros M N O.
  assert (D : m <= U) by exact M; assert (K : m < sqrt 3 -> m = U).
  { unfold m; intros W; apply Rmin_left; destruct (Rle_dec U (sqrt 3)) as [X | X]; [exact X|].
    rewrite Rmin_right in W; lra. }
  assert (J : is_RInt f (- sqrt 3) (sqrt 3) (2 * m)).
  { replace (2 * m) with (plus (plus ((- m - - sqrt 3) * 0) ((m - - m) * 1)) ((sqrt 3 - m) * 0))
      by (unfold plus; simpl; ring).
    apply (is_RInt_Chasles (V := R_NormedModule) f _ m);
      [apply (is_RInt_Chasles (V := R_NormedModule) f _ (- m))|]; apply flat_integral; try lra.
    - intros w W; apply A; rewrite <- K, Rabs_left by lra; lra.
    - intros w W; apply L, Rabs_def1; lra.
    - intros w W; apply A; rewrite <- K, Rabs_right by lra; lra. }
  rewrite I by (eexists; exact J); rewrite (is_RInt_unique _ _ _ _ J).
  rewrite Rmax_left; [field; lra|].
  apply Rle_trans with 0; [lra|]; apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat, S].
Qed.

Lemma uniform_left E f T : uniform_mean E -> (forall w, w < T -> f w = 1) ->
  (forall w, T < w -> f w = 0) -> E f = 1 / 2 * (1 + Rmax (Rmin (T / sqrt 3) 1) (- (1))).
Proof.
  intros [_ [_ I]] L A; assert (S : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
  set (m := Rmax (Rmin T (sqrt 3)) (- sqrt 3)).
  assert (Q : - sqrt 3 <= m <= sqrt 3).
  { unfold m; split; [apply Rmax_r | apply Rmax_lub; [apply Rmin_r | lra]]. }
  assert (K : Rmax (Rmin (T / sqrt 3) 1) (- (1)) = m / sqrt 3).
  { rewrite <- share_inside; unfold m, Rdiv; rewrite Rmult_max_distr_r
      by (left; apply Rinv_0_lt_compat, S).
    f_equal; field; lra. }
  assert (J : is_RInt f (- sqrt 3) (sqrt 3) (m + sqrt 3)).
  { replace (m + sqrt 3) with (plus ((m - - sqrt 3) * 1) ((sqrt 3 - m) * 0))
      by (unfold plus; simpl; ring).
    apply (is_RInt_Chasles (V := R_NormedModule) f _ m); apply flat_integral; try lra; intros w W.
    - apply L; unfold m in W; destruct (Rle_dec (Rmin T (sqrt 3)) (- sqrt 3)) as [X | X].
      + rewrite Rmax_right in W; lra.
      + rewrite Rmax_left in W by lra; generalize (Rmin_l T (sqrt 3)); lra.
    - apply A; generalize (Rmax_l (Rmin T (sqrt 3)) (- sqrt 3)); fold m; intros Y.
      destruct (Rle_dec T (sqrt 3)); [rewrite Rmin_left in Y | rewrite Rmin_right in Y]; lra. }
  rewrite I by (eexists; exact J); rewrite (is_RInt_unique _ _ _ _ J), K; field; lra.
Qed.

Lemma uniform_other E f : uniform_mean E -> E f = 1 - E (fun w => 1 - f w).
Proof.
  intros [L [M _]]; assert (O : E (fun _ => 1) = 1) by (generalize (M 0%nat); moment).
  rewrite (mean_same E (fun w => 1 - f w) (fun w => 1 * 1 + - (1) * f w)) by (intros; ring).
  rewrite (L 1 (- (1)) (fun _ => 1) f), O; ring.
Qed.

Lemma uniform_right E f T : uniform_mean E -> (forall w, w < T -> f w = 0) ->
  (forall w, T < w -> f w = 1) -> E f = 1 - 1 / 2 * (1 + Rmax (Rmin (T / sqrt 3) 1) (- (1))).
Proof.
  intros N L A; rewrite (uniform_other E f N); f_equal; apply uniform_left; [exact N | |].
  - intros w W; rewrite (L w W); ring.
  - intros w W; rewrite (A w W); ring.
Qed.

Lemma uniform_outside E f U : uniform_mean E -> 0 <= U -> (forall w, Rabs w < U -> f w = 0) ->
  (forall w, U < Rabs w -> f w = 1) -> E f = 1 - Rmax (Rmin (U / sqrt 3) 1) (- (1)).
Proof.
  intros N P L A; rewrite (uniform_other E f N); f_equal.
  apply uniform_inside; [exact N | exact P | |].
  - intros w W; rewrite (L w W); ring.
  - intros w W; rewrite (A w W); ring.
Qed.

Lemma unit_left E f T : unit_mean E -> (forall w, 0 < w -> w < T -> f w = 1) ->
  (forall w, 0 < w -> T < w -> f w = 0) -> E f = Rmax (Rmin T 1) 0.
Proof.
  intros [_ [_ I]] L A; set (m := Rmax (Rmin T 1) 0).
  assert (Q : 0 <= m <= 1).
  { unfold m; split; [apply Rmax_r | apply Rmax_lub; [apply Rmin_r | lra]]. }
  assert (J : is_RInt f 0 1 m).
  { replace m with (plus ((m - 0) * 1) ((1 - m) * 0)) by (unfold plus; simpl; ring).
    apply (is_RInt_Chasles (V := R_NormedModule) f _ m); apply flat_integral; try lra; intros w W.
    - apply L; [lra|]; unfold m in W; destruct (Rle_dec (Rmin T 1) 0) as [X | X].
      + rewrite Rmax_right in W; lra.
      + rewrite Rmax_left in W by lra; generalize (Rmin_l T 1); lra.
    - apply A; [lra|]; generalize (Rmax_l (Rmin T 1) 0); fold m; intros Y.
      destruct (Rle_dec T 1); [rewrite Rmin_left in Y | rewrite Rmin_right in Y]; lra. }
  rewrite I by (eexists; exact J); exact (is_RInt_unique _ _ _ _ J).
Qed.

Lemma unit_right E f T : unit_mean E -> (forall w, 0 < w -> w < T -> f w = 0) ->
  (forall w, 0 < w -> T < w -> f w = 1) -> E f = 1 - Rmax (Rmin T 1) 0.
Proof.
  intros N L A; rewrite <- (unit_left E (fun w => 1 - f w) T N).
  - destruct N as [M [K _]]; assert (O : E (fun _ => 1) = 1) by (generalize (K 0%nat); moment).
    rewrite (mean_same E (fun w => 1 - f w) (fun w => 1 * 1 + - (1) * f w)) by (intros; ring).
    rewrite (M 1 (- (1)) (fun _ => 1) f), O; ring.
  - intros w P W; rewrite (L w P W); ring.
  - intros w P W; rewrite (A w P W); ring.
Qed.

Lemma square_below m w : 0 <= m -> Rabs w < sqrt m -> w ^ 2 < m.
Proof.
  intros M W; rewrite <- pow2_abs, <- (pow2_sqrt m M).
  generalize (Rabs_pos w) (sqrt_pos m); intros; nra.
Qed.

Lemma square_above m w : 0 <= m -> sqrt m < Rabs w -> m < w ^ 2.
Proof.
  intros M W; rewrite <- pow2_abs; rewrite <- (pow2_sqrt m M) at 1.
  generalize (Rabs_pos w) (sqrt_pos m); intros; nra.
Qed.

Ltac event :=
  let w := fresh "w" in let h := fresh "h" in intros w h; cbv beta;
  try (apply square_below in h; [|apply Rmax_r]); try (apply square_above in h; [|apply Rmax_r]);
  generalize (Rabs_pos w) (pow2_ge_0 w); intros;
  unfold Rmax in h; try (destruct (Rle_dec _ 0) in h);
  unfold at_least, beyond;
  match goal with |- (if ?d then _ else _) = _ => destruct d end; try reflexivity; exfalso; lra.

Ltac event_of_unit :=
  let w := fresh "w" in let p := fresh "p" in let h := fresh "h" in intros w p h; cbv beta;
  try (rewrite <- (Rabs_pos_eq w (Rlt_le _ _ p)) in h; apply square_below in h; [|apply Rmax_r]);
  try (rewrite <- (Rabs_pos_eq w (Rlt_le _ _ p)) in h; apply square_above in h; [|apply Rmax_r]);
  generalize (Rabs_pos_eq w (Rlt_le _ _ p)) (pow2_ge_0 w); intros;
  unfold Rmax in h; try (destruct (Rle_dec _ 0) in h);
  unfold at_least, beyond;
  match goal with |- (if ?d then _ else _) = _ => destruct d end; try reflexivity; exfalso; lra.
