(* Means that are integrals: bounds of them from bounds of integrals over bounded intervals. *)

(** |f w| <= A exp(b |w|). *)
Definition tame (f : R -> R) (A b : R) : Prop := forall w, Rabs (f w) <= A * exp (b * Rabs w).

Lemma tame_ge f A b : tame f A b -> 0 <= A.
Proof.
  intros G; generalize (G 0) (Rabs_pos (f 0)); rewrite Rabs_R0, Rmult_0_r, exp_0; lra.
Qed.

Lemma tame_more f A b A' b' : A <= A' -> b <= b' -> tame f A b -> tame f A' b'.
Proof.
  intros L M G w; apply Rle_trans with (1 := G w), Rmult_le_compat; [apply (tame_ge _ _ _ G) | | exact L |].
  - left; apply exp_pos.
  - apply (lo_exp _ (b * Rabs w)); [|lra]; apply Rmult_le_compat_r; [apply Rabs_pos | exact M].
Qed.

Lemma tame_flat f A : (forall w, - A <= f w <= A) -> tame f A 0.
Proof. intros F w; rewrite Rmult_0_l, exp_0, Rmult_1_r; apply Rabs_le, F. Qed.

Lemma tame_as f A b A' b' : tame f A b -> A = A' -> b = b' -> tame f A' b'.
Proof. intros G <- <-; exact G. Qed.

Lemma tame_same f g A b : (forall w, g w = f w) -> tame g A b -> tame f A b.
Proof. intros H G w; rewrite <- H; apply G. Qed.

Lemma tame_id : tame (fun w => w) 1 1.
Proof. intros w; rewrite !Rmult_1_l; generalize (exp_ineq1_le (Rabs w)); lra. Qed.

Lemma tame_abs u A b : tame u A b -> tame (fun w => Rabs (u w)) A b.
Proof. intros G w; rewrite Rabs_Rabsolu; apply G. Qed.

Lemma tame_neg u A b : tame u A b -> tame (fun w => - u w) A b.
Proof. intros G w; rewrite Rabs_Ropp; apply G. Qed.

Lemma tame_plus u v A B a b c : a <= c -> b <= c -> tame u A a -> tame v B b ->
  tame (fun w => u w + v w) (A + B) c.
Proof.
  intros L M G H w; apply (tame_more _ A a A c) in G; [|lra | exact L].
  apply (tame_more _ B b B c) in H; [|lra | exact M].
  apply Rle_trans with (1 := Rabs_triang _ _); rewrite Rmult_plus_distr_r.
  apply Rplus_le_compat; [apply G | apply H].
Qed.

Lemma tame_minus u v A B a b c : a <= c -> b <= c -> tame u A a -> tame v B b ->
  tame (fun w => u w - v w) (A + B) c.
Proof. intros L M G H; exact (tame_plus _ _ _ _ _ _ _ L M G (tame_neg _ _ _ H)). Qed.

Lemma tame_times u v A B a b : tame u A a -> tame v B b ->
  tame (fun w => u w * v w) (A * B) (a + b).
Proof.
  intros G H w; rewrite Rabs_mult.
  replace (A * B * exp ((a + b) * Rabs w)) with (A * exp (a * Rabs w) * (B * exp (b * Rabs w)))
    by (rewrite Rmult_plus_distr_r, exp_plus; ring).
  apply Rmult_le_compat; [apply Rabs_pos | apply Rabs_pos | apply G | apply H].
Qed.

Lemma tame_over u A b q c : 0 < q -> A / q = c -> tame u A b -> tame (fun w => u w / q) c b.
Proof.
  intros Q <- G w; unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ q))
    by (left; apply Rinv_0_lt_compat, Q).
  rewrite (Rmult_comm A), Rmult_assoc, Rmult_comm; apply Rmult_le_compat_l; [|apply G].
  left; apply Rinv_0_lt_compat, Q.
Qed.

Lemma tame_pow u A b n c : INR n = c -> tame u A b -> tame (fun w => u w ^ n) (A ^ n) (c * b).
Proof.
  intros <- G; induction n as [|n IH].
  - simpl; rewrite Rmult_0_l; apply tame_flat; intros; lra.
  - intros w; rewrite S_INR, Rmult_plus_distr_r, Rmult_1_l, Rplus_comm.
    exact (tame_times _ _ _ _ _ _ G IH w).
Qed.

Lemma root_small n u : root (S n) u <= 1 + Rabs u.
Proof.
  generalize (Rabs_pos u) (Rle_abs u); intros P Q; apply (hi_root _ u (Rabs u)); [exact Q | lra |].
  rewrite <- tech_pow_Rmult, <- (Rmult_1_r (Rabs u)) at 1.
  apply Rmult_le_compat; [exact P | lra | lra | apply pow_R1_Rle; lra].
Qed.

Lemma tame_root n u A b : 0 <= b -> tame u A b -> tame (fun w => root (S n) (u w)) (1 + A) b.
Proof.
  intros B G w; rewrite Rabs_pos_eq by apply root_ge.
  apply Rle_trans with (1 := root_small n (u w)); rewrite Rmult_plus_distr_r.
  apply Rplus_le_compat; [|apply G]; rewrite Rmult_1_l, <- exp_0 at 1.
  apply (lo_exp _ 0); [|lra]; apply Rmult_le_pos; [exact B | apply Rabs_pos].
Qed.

Lemma tame_sqrt u A b : 0 <= b -> tame u A b -> tame (fun w => sqrt (u w)) (1 + A) b.
Proof. intros B G w; rewrite sqrt_root; exact (tame_root 1 u A b B G w). Qed.

Lemma tame_exp u s c A : (forall w, u w <= s * Rabs w + c) -> exp c <= A ->
  tame (fun w => exp (u w)) A s.
Proof.
  intros U C w; rewrite Rabs_pos_eq by (left; apply exp_pos).
  apply Rle_trans with (exp (s * Rabs w + c)); [apply (hi_exp _ _ _ (U w)), Rle_refl|].
  rewrite exp_plus, Rmult_comm; apply Rmult_le_compat_r; [left; apply exp_pos | exact C].
Qed.

(* Tails of the normal law *)

Lemma density_cont w : continuity_pt normal_density w.
Proof.
  apply (cont_div (fun w => exp (- (w ^ 2 / 2))) (fun _ => sqrt (2 * PI))).
  - apply Rgt_not_eq, sqrt_lt_R0; generalize PI_RGT_0; lra.
  - exact (cont_of_der _ (fun x => x) w _ (cont_id w) (bell_der w)).
  - apply cont_const.
Qed.

Lemma weighted_cont f w : continuity_pt f w -> continuity_pt (fun w => f w * normal_density w) w.
Proof. intros C; exact (cont_times _ _ _ C (density_cont w)). Qed.

(** More than the integral of A exp(b w - w^2/2) / sqrt(2 pi) from x on, where x >= 1 and x >= 4 b. *)
Definition normal_tail (A x : R) : R := 2 * A * exp (- (x ^ 2 / 4)) / sqrt (2 * PI).

Lemma root_pi : 0 < sqrt (2 * PI).
Proof. apply sqrt_lt_R0; generalize PI_RGT_0; lra. Qed.

Lemma normal_tail_between f A b x y : (forall w, continuity_pt f w) -> tame f A b -> 1 <= x -> 4 * b <= x ->
  x <= y -> Rabs (RInt (fun w => f w * normal_density w) x y) <= normal_tail A x.
Proof.
  intros C G O B L; generalize root_pi (tame_ge _ _ _ G); intros P A0.
  apply Rle_trans with (normal_tail A x - normal_tail A y).
  - apply (norm_RInt_le (V := R_NormedModule) (fun w => f w * normal_density w)
      (fun w => A * w * exp (- (w ^ 2 / 4)) / sqrt (2 * PI)) x y); [exact L | | |].
    + intros w W; change (Rabs (f w * normal_density w) <= A * w * exp (- (w ^ 2 / 4)) / sqrt (2 * PI)).
      rewrite Rabs_mult, (Rabs_pos_eq (normal_density w)).
      2: { unfold normal_density; apply Rmult_le_pos; left; [apply exp_pos | apply Rinv_0_lt_compat, P]. }
      unfold normal_density, Rdiv; rewrite <- Rmult_assoc; apply Rmult_le_compat_r.
      { left; apply Rinv_0_lt_compat, P. }
      apply Rle_trans with (A * exp (b * Rabs w) * exp (- (w ^ 2 * / 2))).
      { apply Rmult_le_compat_r; [left; apply exp_pos | apply G]. }
      rewrite Rmult_assoc, <- exp_plus, Rmult_assoc; apply Rmult_le_compat_l; [exact A0|].
      rewrite (Rabs_pos_eq w) by lra; rewrite <- (Rmult_1_l (exp (b * w + _))).
      apply Rmult_le_compat; [lra | left; apply exp_pos | lra |].
      apply (hi_exp _ (- (w ^ 2 * / 4))); [|lra].
      assert (0 <= (w - 4 * b) * w) by (apply Rmult_le_pos; lra); lra.
    + apply (RInt_correct (V := R_CompleteNormedModule)), all_integrable.
      intros w; apply weighted_cont, C.
    + replace (normal_tail A x - normal_tail A y) with
        (minus (- normal_tail A y) (- normal_tail A x)) by (unfold minus, plus, opp; simpl; ring).
      apply (is_RInt_derive (V := R_CompleteNormedModule) (fun w => - normal_tail A w)
        (fun w => A * w * exp (- (w ^ 2 / 4)) / sqrt (2 * PI))).
      * intros w _; unfold normal_tail; auto_derive; [trivial | unfold Rdiv; simpl; field; lra].
      * intros w _; apply (ex_derive_continuous (V := R_NormedModule)); auto_derive; lra.
  - assert (0 <= normal_tail A y); [|lra].
    unfold normal_tail; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat, P].
    apply Rmult_le_pos; [lra | left; apply exp_pos].
Qed.

Lemma normal_tail_small A e : 0 <= A -> 0 < e -> exists x, forall y, x <= y -> normal_tail A y < e.
Proof.
  intros A0 E; generalize root_pi; intros P; set (c := 8 * A / sqrt (2 * PI)).
  assert (C : 0 <= c) by (apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat, P]).
  exists (1 + c / e); intros y Y; assert (K : 0 <= c / e).
  { apply Rmult_le_pos; [exact C | left; apply Rinv_0_lt_compat, E]. }
  replace (normal_tail A y) with (c / 4 * exp (- (y ^ 2 / 4))) by (unfold normal_tail, c; field; lra).
  assert (Q : exp (- (y ^ 2 / 4)) * (1 + y ^ 2 / 4) <= 1).
  { apply Rle_trans with (exp (- (y ^ 2 / 4)) * exp (y ^ 2 / 4)).
    - apply Rmult_le_compat_l; [left; apply exp_pos | apply exp_ineq1_le].
    - rewrite <- exp_plus, Rplus_opp_l, exp_0; lra. }
  assert (X : c < e * y).
  { replace c with (e * (c / e)) by (field; lra); apply Rmult_lt_compat_l; lra. }
  assert (S : 0 < exp (- (y ^ 2 / 4))) by apply exp_pos.
  assert (c * exp (- (y ^ 2 / 4)) < 4 * e); [|lra].
  apply (Rmult_lt_reg_r (1 + y ^ 2 / 4)); [nra|].
  apply Rle_lt_trans with (c * 1); [rewrite Rmult_assoc; apply Rmult_le_compat_l; assumption | nra].
Qed.

Lemma normal_half f A b N : (forall w, continuity_pt f w) -> tame f A b -> 1 <= N -> 4 * b <= N ->
  exists a : R, is_lim (fun x => RInt (fun w => f w * normal_density w) 0 x) p_infty a /\
    Rabs (a - RInt (fun w => f w * normal_density w) 0 N) <= normal_tail A N.
Proof.
  intros C G O B; set (F := fun x => RInt (fun w => f w * normal_density w) 0 x).
  assert (D : forall x y, N <= x -> x <= y -> Rabs (F y - F x) <= normal_tail A x).
  { intros x y X Y; replace (F y - F x) with (RInt (fun w => f w * normal_density w) x y).
    - apply (normal_tail_between f A b); [exact C | exact G | lra | lra | exact Y].
    - assert (K : F y = F x + RInt (fun w => f w * normal_density w) x y); [|lra].
      unfold F; symmetry; apply (RInt_Chasles (V := R_CompleteNormedModule));
        apply all_integrable; intros w; apply weighted_cont, C. }
  assert (L : exists a, filterlim F (Rbar_locally p_infty) (locally a)).
  { apply (filterlim_locally_cauchy (U := R_CompleteSpace)); intros e.
    destruct (normal_tail_small A e (tame_ge _ _ _ G) (cond_pos e)) as [x X].
    exists (fun y => Rmax N x < y); split; [exists (Rmax N x); trivial|].
    intros u v U V; generalize (Rmax_l N x) (Rmax_r N x); intros.
    change (Rabs (F v - F u) < e); destruct (Rle_dec u v) as [W | W].
    - apply Rle_lt_trans with (normal_tail A u); [apply D; lra | apply X; lra].
    - rewrite Rabs_minus_sym; apply Rle_lt_trans with (normal_tail A v); [apply D; lra | apply X; lra]. }
  destruct L as [a L]; exists a; split; [exact L|].
  refine (is_lim_le_loc (fun x => Rabs (F x - F N)) (fun _ => normal_tail A N) p_infty
    (Rabs (a - F N)) (normal_tail A N) _ _ _).
  - exists N; intros x X; apply D; lra.
  - apply (lim_comp Rabs (fun x => F x - F N) p_infty (a - F N) (Rcontinuity_abs _)).
    apply (is_lim_minus' _ _ _ a (F N)); [exact L | apply is_lim_const].
  - apply is_lim_const.
Qed.

Lemma turned_cont f : (forall w, continuity_pt f w) -> forall w, continuity_pt (fun w => f (- w)) w.
Proof. intros C w; exact (cont_comp f (fun w => - w) w (cont_neg _ _ (cont_id w)) (C (- w))). Qed.

Lemma turned_is (f : R -> R) a b l : is_RInt f (- b) (- a) l -> is_RInt (fun w => f (- w)) a b l.
Proof.
  intros H; apply (is_RInt_swap (V := R_NormedModule)) in H.
  generalize (is_RInt_comp_opp (V := R_NormedModule) f a b (opp l) H); intros K.
  apply (is_RInt_opp (V := R_NormedModule)) in K; rewrite opp_opp in K.
  refine (is_RInt_ext (V := R_NormedModule) _ _ a b l _ K).
  intros w _; exact (Ropp_involutive (f (- w))).
Qed.

Lemma folded (f g : R -> R) a : 0 <= a -> ex_RInt f (- a) 0 -> ex_RInt f 0 a ->
  (forall w, 0 <= w -> f w + f (- w) = g w) -> RInt f (- a) a = RInt g 0 a.
Proof.
  intros A X Y H; transitivity (RInt f (- a) 0 + RInt f 0 a).
  - symmetry; apply (RInt_Chasles (V := R_CompleteNormedModule)); assumption.
  - replace (RInt f (- a) 0) with (RInt f (- a) (- 0)) by (rewrite Ropp_0; reflexivity).
    assert (Z : is_RInt (fun w => f (- w)) 0 a (RInt f (- a) (- 0))).
    { apply turned_is, (RInt_correct (V := R_CompleteNormedModule)); rewrite Ropp_0; exact X. }
    rewrite <- (is_RInt_unique _ _ _ _ Z).
    symmetry; transitivity (RInt (fun w => plus (f (- w)) (f w)) 0 a).
    + apply RInt_ext; intros w W; rewrite Rmin_left in W by exact A.
      rewrite <- H by lra; unfold plus; simpl; ring.
    + apply (RInt_plus (V := R_CompleteNormedModule)); [eexists; exact Z | exact Y].
Qed.

Lemma turned_limit F a : is_lim F p_infty a -> is_lim (fun w => F (- w)) m_infty a.
Proof.
  intros L; apply (is_lim_comp F (fun w => - w) m_infty a p_infty).
  - exact L.
  - exact (is_lim_opp (fun w => w) m_infty m_infty (is_lim_id m_infty)).
  - exists 0; intros; discriminate.
Qed.

Lemma density_even w : normal_density (- w) = normal_density w.
Proof. unfold normal_density; replace ((- w) ^ 2) with (w ^ 2) by ring; reflexivity. Qed.

(** The mean of a continuous function that does not grow too fast is nearly its integral from -N to N. *)
Lemma normal_near E f A b N : normal_mean E -> (forall w, continuity_pt f w) -> tame f A b ->
  1 <= N -> 4 * b <= N ->
  Rabs (E f - RInt (fun w => f w * normal_density w) (- N) N) <= 2 * normal_tail A N.
Proof.
  intros [_ [_ I]] C G O B; set (F := fun x => RInt (fun w => f w * normal_density w) 0 x).
  assert (C' := weighted_cont f); assert (W : forall w, continuity_pt (fun w => f w * normal_density w) w)
    by (intros w; apply C', C).
  destruct (normal_half f A b N C G O B) as [p [P Q]].
  destruct (normal_half (fun w => f (- w)) A b N (turned_cont f C)) as [q [S T]];
    [intros w; rewrite <- (Rabs_Ropp w); apply G | exact O | exact B |].
  assert (V : forall x, RInt (fun w => f (- w) * normal_density w) 0 x = - F (- x)).
  { intros x; rewrite (RInt_ext _ (fun w => (fun w => f w * normal_density w) (- w))).
    - apply is_RInt_unique, (turned_is (fun w => f w * normal_density w)); rewrite Ropp_0.
      apply (is_RInt_swap (V := R_NormedModule)), (RInt_correct (V := R_CompleteNormedModule)).
      apply all_integrable, W.
    - intros w _; cbv beta; rewrite density_even; reflexivity. }
  assert (J : E f = p - - q).
  { apply (I f F (- q) p 0 0).
    - intros w; apply (continuity_pt_ext F); [reflexivity|].
      apply derivable_continuous_pt; exists (f w * normal_density w); apply is_derive_Reals.
      apply (is_derive_RInt (V := R_NormedModule) (fun w => f w * normal_density w) F 0 w).
      + exists (mkposreal 1 Rlt_0_1); intros y _; apply (RInt_correct (V := R_CompleteNormedModule)).
        apply all_integrable, W.
      + apply continuity_pt_filterlim, W.
    - intros w _ _; apply is_derive_Reals.
      apply (is_derive_RInt (V := R_NormedModule) (fun w => f w * normal_density w) F 0 w).
      + exists (mkposreal 1 Rlt_0_1); intros y _; apply (RInt_correct (V := R_CompleteNormedModule)).
        apply all_integrable, W.
      + apply continuity_pt_filterlim, W.
    - apply (is_lim_ext (fun w => - - F (- - w))).
      { intros w; rewrite !Ropp_involutive; reflexivity. }
      apply (is_lim_opp (fun w => - F (- - w)) m_infty q).
      apply (turned_limit (fun w => - F (- w)) q).
      apply (is_lim_ext _ _ _ _ V), S.
    - exact P. }
  assert (U : RInt (fun w => f w * normal_density w) (- N) N = F N - F (- N)).
  { assert (K : F (- N) + RInt (fun w => f w * normal_density w) (- N) N = F N); [|lra].
    apply (RInt_Chasles (V := R_CompleteNormedModule)); apply all_integrable, W. }
  rewrite J, U; rewrite V in T; fold (F N) in Q.
  replace (p - - q - (F N - F (- N))) with ((p - F N) + (q - - F (- N))) by ring.
  apply Rle_trans with (1 := Rabs_triang _ _); lra.
Qed.

(** Bounds of a mean by those of an integral of what f is on both sides. *)
Lemma normal_between E f g A b N l h p q : normal_mean E -> (forall w, continuity_pt f w) ->
  tame f A b -> 1 <= N -> 4 * b <= N -> (forall w, 0 <= w -> f w + f (- w) = g w) ->
  l <= RInt (fun w => g w * exp (- (w ^ 2 / 2))) 0 N <= h ->
  p <= (l - 4 * A * exp (- (N ^ 2 / 4))) / sqrt (2 * PI) ->
  (h + 4 * A * exp (- (N ^ 2 / 4))) / sqrt (2 * PI) <= q -> p <= E f <= q.
Proof.
  intros M C G O B H [L R] P Q; generalize root_pi; intros S.
  generalize (normal_near E f A b N M C G O B); intros K.
  assert (W : forall w, continuity_pt (fun w => f w * normal_density w) w)
    by (intros w; apply weighted_cont, C).
  assert (V : RInt (fun w => f w * normal_density w) (- N) N =
    RInt (fun w => g w * exp (- (w ^ 2 / 2))) 0 N / sqrt (2 * PI)).
  { rewrite (folded _ (fun w => scal (/ sqrt (2 * PI)) (g w * exp (- (w ^ 2 / 2))))).
    - rewrite (RInt_scal (V := R_CompleteNormedModule)); [unfold scal; simpl; unfold mult; simpl; field; lra|].
      apply (ex_RInt_ext (fun w => (fun w => (f w + f (- w)) * exp (- (w ^ 2 / 2))) w)).
      + intros w Z; rewrite Rmin_left in Z by lra; cbv beta; rewrite H by lra; reflexivity.
      + apply all_integrable; intros w; apply cont_times.
        * exact (cont_plus _ _ _ (C w) (turned_cont f C w)).
        * exact (cont_of_der _ (fun x => x) w _ (cont_id w) (bell_der w)).
    - lra.
    - apply all_integrable, W.
    - apply all_integrable, W.
    - intros w Z; rewrite density_even, <- Rmult_plus_distr_r, H by exact Z.
      unfold normal_density, scal; simpl; unfold mult; simpl; field; lra. }
  rewrite V in K; apply Rabs_le_between in K; unfold normal_tail, Rdiv in *.
  assert (Y : 0 < / sqrt (2 * PI)) by (apply Rinv_0_lt_compat, S).
  set (i := RInt _ 0 N) in *; set (t := exp (- (N ^ 2 * / 4))) in *; set (s := / sqrt (2 * PI)) in *.
  assert (l * s <= i * s) by (apply Rmult_le_compat_r; lra).
  assert (i * s <= h * s) by (apply Rmult_le_compat_r; lra).
  split; nra.
Qed.

Lemma cut_cont f a b : a <= b -> (forall w, a <= w <= b -> continuity_pt f w) -> ex_RInt f a b.
Proof.
  intros L C; apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros w W.
  rewrite Rmin_left, Rmax_right in W by exact L; apply continuity_pt_filterlim, C, W.
Qed.

Lemma uniform_between E f g l h p q : uniform_mean E ->
  (forall w, - sqrt 3 <= w <= sqrt 3 -> continuity_pt f w) ->
  (forall w, 0 <= w -> f w + f (- w) = g w) -> l <= RInt g 0 (sqrt 3) <= h ->
  p <= l / (2 * sqrt 3) -> h / (2 * sqrt 3) <= q -> p <= E f <= q.
Proof.
  intros [_ [_ I]] C H [L R] P Q; assert (S : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
  rewrite I by (apply cut_cont; [lra | exact C]).
  rewrite (folded f g); [| lra | apply cut_cont; [lra | intros; apply C; lra] |
    apply cut_cont; [lra | intros; apply C; lra] | exact H].
  assert (Y : 0 < / (2 * sqrt 3)) by (apply Rinv_0_lt_compat; lra); unfold Rdiv in *.
  split; [apply Rle_trans with (1 := P) | apply Rle_trans with (2 := Q)];
    apply Rmult_le_compat_r; lra.
Qed.

Lemma unit_between E f g l h : unit_mean E -> (forall w, 0 <= w <= 1 -> continuity_pt f w) ->
  (forall w, 0 <= w -> f w = g w) -> l <= RInt g 0 1 <= h -> l <= E f <= h.
Proof.
  intros [_ [_ I]] C H B; rewrite I by (apply cut_cont; [lra | exact C]).
  rewrite (RInt_ext f g); [exact B|]; intros w W; rewrite Rmin_left in W by lra; apply H; lra.
Qed.

Lemma root_over n u c : 0 < u -> INR n = c -> root n u = exp (ln u / c).
Proof. intros U <-; exact (root_exp n u U). Qed.

Lemma even_turned u n k : n = (2 * k)%nat -> (- u) ^ n = u ^ n.
Proof. intros ->; rewrite (pow_even (- u)), Rabs_Ropp, <- pow_even; reflexivity. Qed.
