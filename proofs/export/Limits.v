(* Limits at infinity: e is one of its two ends. *)

Lemma lim_const (c : R) e : is_lim (fun _ => c) e c.
Proof. apply is_lim_const. Qed.

Lemma lim_id e : is_lim (fun t => t) e e.
Proof. apply is_lim_id. Qed.

Lemma lim_as f g e l : (forall t, f t = g t) -> is_lim f e l -> is_lim g e l.
Proof. intros H; apply is_lim_ext, H. Qed.

Lemma lim_plus u v e a b c : is_lim u e a -> is_lim v e b -> is_Rbar_plus a b c ->
  is_lim (fun t => u t + v t) e c.
Proof. apply is_lim_plus. Qed.

Lemma lim_neg u e a : is_lim u e a -> is_lim (fun t => - u t) e (Rbar_opp a).
Proof. apply is_lim_opp. Qed.

Lemma lim_minus u v e a b c : is_lim u e a -> is_lim v e b -> is_Rbar_minus a b c ->
  is_lim (fun t => u t - v t) e c.
Proof. apply is_lim_minus. Qed.

Lemma lim_times u v e a b c : is_lim u e a -> is_lim v e b -> is_Rbar_mult a b c ->
  is_lim (fun t => u t * v t) e c.
Proof.
  intros U V M; rewrite <- (is_Rbar_mult_unique _ _ _ M); apply is_lim_mult; try assumption.
  unfold ex_Rbar_mult; destruct a, b; trivial; intros ->; unfold is_Rbar_mult in M; simpl in M;
    destruct (Rle_dec 0 0) as [H|H]; try lra; destruct (Rle_lt_or_eq_dec 0 0 H); (lra || discriminate).
Qed.

Lemma up_up : is_Rbar_mult p_infty p_infty p_infty.
Proof. apply is_Rbar_mult_p_infty_pos; exact I. Qed.

Lemma up_down : is_Rbar_mult p_infty m_infty m_infty.
Proof. apply is_Rbar_mult_p_infty_neg; exact I. Qed.

Lemma down_down : is_Rbar_mult m_infty m_infty p_infty.
Proof. apply is_Rbar_mult_m_infty_neg; exact I. Qed.

Lemma up_plus (c : R) : 0 < c -> is_Rbar_mult p_infty c p_infty.
Proof. intros C; apply is_Rbar_mult_p_infty_pos; exact C. Qed.

Lemma up_minus (c : R) : 0 < - c -> is_Rbar_mult p_infty c m_infty.
Proof. intros C; apply is_Rbar_mult_p_infty_neg; simpl; lra. Qed.

Lemma down_plus (c : R) : 0 < c -> is_Rbar_mult m_infty c m_infty.
Proof. intros C; apply is_Rbar_mult_m_infty_pos; exact C. Qed.

Lemma down_minus (c : R) : 0 < - c -> is_Rbar_mult m_infty c p_infty.
Proof. intros C; apply is_Rbar_mult_m_infty_neg; simpl; lra. Qed.

Lemma lim_inv u e (a : R) : a <> 0 -> is_lim u e a -> is_lim (fun t => / u t) e (/ a).
Proof. intros N U; apply (is_lim_inv u e a U); intros E; injection E; exact N. Qed.

Lemma lim_inv_up u e : is_lim u e p_infty -> is_lim (fun t => / u t) e 0.
Proof. intros U; apply (is_lim_inv u e p_infty U); discriminate. Qed.

Lemma lim_inv_down u e : is_lim u e m_infty -> is_lim (fun t => / u t) e 0.
Proof. intros U; apply (is_lim_inv u e m_infty U); discriminate. Qed.

Lemma lim_comp f u e (a : R) : continuity_pt f a -> is_lim u e a -> is_lim (fun t => f (u t)) e (f a).
Proof.
  intros F U; apply (is_lim_comp_continuous u f e a U).
  apply continuity_pt_filterlim, F.
Qed.

Lemma lim_far f u e l k : is_lim f l k -> is_lim u e l -> l = p_infty \/ l = m_infty ->
  e = p_infty \/ e = m_infty -> is_lim (fun t => f (u t)) e k.
Proof.
  intros F U L E; apply (is_lim_comp f u e k l F U).
  destruct L as [-> | ->], E as [-> | ->]; exists 0; intros; discriminate.
Qed.

Lemma exp_up : is_lim exp p_infty p_infty.
Proof. exact is_lim_exp_p. Qed.

Lemma exp_down : is_lim exp m_infty 0.
Proof. exact is_lim_exp_m. Qed.

Lemma ln_up : is_lim ln p_infty p_infty.
Proof. exact is_lim_ln_p. Qed.

Lemma sqrt_up : is_lim sqrt p_infty p_infty.
Proof. apply (is_lim_sqrt_p (fun t => t) p_infty), is_lim_id. Qed.

Lemma root_up n : is_lim (root (S n)) p_infty p_infty.
Proof.
  apply (is_lim_ext_loc (fun u => exp (ln u * / INR (S n)))).
  { exists 0; intros u P; unfold root; destruct (Rlt_dec 0 u); [reflexivity | lra]. }
  apply (lim_far exp _ p_infty p_infty p_infty exp_up); try (left; reflexivity).
  apply (lim_times _ _ p_infty p_infty (/ INR (S n)) p_infty ln_up (lim_const _ _)).
  apply up_plus, Rinv_0_lt_compat, lt_0_INR, Nat.lt_0_succ.
Qed.

Lemma pow_up n : is_lim (fun u => u ^ S n) p_infty p_infty.
Proof.
  induction n.
  - apply (lim_as (fun u => u)); [intros; simpl; ring | apply lim_id].
  - exact (lim_times (fun u => u) (fun u => u ^ S n) _ _ _ _ (lim_id _) IHn up_up).
Qed.

Lemma pow_down_even n k : (S n = 2 * k)%nat -> is_lim (fun u => u ^ S n) m_infty p_infty.
Proof.
  intros H; apply (lim_as (fun u => (- u) ^ S n)).
  { intros u; rewrite H, !pow_mult; f_equal; ring. }
  apply (lim_far (fun u => u ^ S n) (fun u => - u) m_infty p_infty p_infty (pow_up n)); auto.
  exact (lim_neg _ _ _ (lim_id m_infty)).
Qed.

Lemma pow_down_odd n k : (n = 2 * k)%nat -> is_lim (fun u => u ^ S n) m_infty m_infty.
Proof.
  intros H; apply (lim_as (fun u => - (- u) ^ S n)).
  { intros u; rewrite <- !tech_pow_Rmult, H, !pow_mult.
    replace ((- u) ^ 2) with (u ^ 2) by ring; ring. }
  apply (lim_neg (fun u => (- u) ^ S n) m_infty p_infty).
  apply (lim_far (fun u => u ^ S n) (fun u => - u) m_infty p_infty p_infty (pow_up n)); auto.
  exact (lim_neg _ _ _ (lim_id m_infty)).
Qed.

Lemma sinh_up : is_lim sinh p_infty p_infty.
Proof.
  apply (lim_times (fun u => exp u - exp (- u)) (fun _ => / 2) _ p_infty (/ 2) _);
    [|apply lim_const | apply up_plus; lra].
  apply (lim_minus exp (fun u => exp (- u)) p_infty p_infty 0 p_infty exp_up); [|reflexivity].
  apply (lim_far exp (fun u => - u) p_infty m_infty 0 exp_down); auto.
  exact (lim_neg _ _ _ (lim_id p_infty)).
Qed.

Lemma cosh_up : is_lim cosh p_infty p_infty.
Proof.
  apply (lim_times (fun u => exp u + exp (- u)) (fun _ => / 2) _ p_infty (/ 2) _);
    [|apply lim_const | apply up_plus; lra].
  apply (lim_plus exp (fun u => exp (- u)) p_infty p_infty 0 p_infty exp_up); [|reflexivity].
  apply (lim_far exp (fun u => - u) p_infty m_infty 0 exp_down); auto.
  exact (lim_neg _ _ _ (lim_id p_infty)).
Qed.

Lemma turned u : is_lim u p_infty p_infty -> is_lim (fun t => u (- t)) m_infty p_infty.
Proof.
  intros U; apply (lim_far u (fun t => - t) m_infty p_infty p_infty U); auto.
  exact (lim_neg _ _ _ (lim_id m_infty)).
Qed.

Lemma sinh_down : is_lim sinh m_infty m_infty.
Proof.
  apply (lim_as (fun t => - sinh (- t))); [intros t; unfold sinh; rewrite Ropp_involutive; field|].
  exact (lim_neg _ _ _ (turned _ sinh_up)).
Qed.

Lemma cosh_down : is_lim cosh m_infty p_infty.
Proof.
  apply (lim_as (fun t => cosh (- t))); [intros t; unfold cosh; rewrite Ropp_involutive; field|].
  exact (turned _ cosh_up).
Qed.

Lemma tanh_up : is_lim tanh p_infty 1.
Proof.
  apply (lim_as (fun t => 1 - 2 * / (exp (2 * t) + 1))).
  { intros t; rewrite tanh_is; replace (2 * t) with (t + t) by ring; rewrite exp_plus, exp_Ropp.
    generalize (exp_pos t); intros P; field; split; nra. }
  replace (Finite 1) with (Finite (1 - 2 * 0)) by (f_equal; ring).
  apply (lim_minus (fun _ => 1) _ p_infty 1 (2 * 0) (1 - 2 * 0) (lim_const 1 _)); [|reflexivity].
  apply (lim_times (fun _ => 2) _ p_infty 2 0 (2 * 0) (lim_const 2 _)); [|reflexivity].
  apply lim_inv_up, (lim_plus _ _ p_infty p_infty 1 p_infty); [| apply lim_const | reflexivity].
  apply (lim_far exp (fun t => 2 * t) p_infty p_infty p_infty exp_up); auto.
  apply (lim_times _ _ p_infty 2 p_infty p_infty (lim_const 2 _) (lim_id _)).
  apply is_Rbar_mult_sym, up_plus; lra.
Qed.

Lemma tanh_down : is_lim tanh m_infty (- (1)).
Proof.
  apply (lim_as (fun t => - tanh (- t))).
  { intros t; rewrite !tanh_is, Ropp_involutive.
    field; generalize (exp_pos t) (exp_pos (- t)); lra. }
  apply (lim_neg (fun t => tanh (- t)) m_infty 1).
  apply (lim_far tanh (fun t => - t) m_infty p_infty 1 tanh_up); auto.
  exact (lim_neg _ _ _ (lim_id m_infty)).
Qed.

Lemma rest_le x : rest_of_bell x <= exp (- x ^ 2).
Proof.
  unfold rest_of_bell; replace (exp (- x ^ 2)) with (RInt (fun _ => exp (- x ^ 2)) 0 1)
    by (rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; ring).
  apply RInt_le; [lra | apply rest_integrable | apply ex_RInt_const |]; intros t _.
  generalize (one_more t); intros T; apply (Rmult_le_reg_r (1 + t ^ 2)); [exact T|].
  unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply (Rle_trans _ (exp (- x ^ 2))).
  - destruct (Req_dec (x ^ 2 * t ^ 2) 0) as [Z | Z].
    + right; f_equal; lra.
    + left; apply exp_increasing; generalize (pow2_ge_0 x) (pow2_ge_0 t); nra.
  - generalize (exp_pos (- x ^ 2)) (pow2_ge_0 t); nra.
Qed.

Lemma erf_ge u : 0 <= u -> 0 <= erf u.
Proof.
  intros U; unfold erf; apply Rmult_le_pos.
  - left; apply Rdiv_lt_0_compat; [lra | apply sqrt_lt_R0, PI_RGT_0].
  - apply RInt_ge_0; [exact U | apply bell_integrable | intros; left; apply exp_pos].
Qed.

Lemma erf_near_one u : 0 <= u -> 1 - 4 / PI * exp (- (u ^ 2 / 2)) <= erf u.
Proof.
  intros U; generalize (bell_total u) (rest_le u) PI_RGT_0 (erf_ge u U) (hi_erf u); intros T L P G H.
  assert (S : 0 < sqrt PI) by (apply sqrt_lt_R0, P).
  assert (E : erf u ^ 2 = 1 - 4 / PI * rest_of_bell u).
  { unfold erf; fold (bell_integral u).
    replace ((2 / sqrt PI * bell_integral u) ^ 2) with
      (4 * bell_integral u ^ 2 / (sqrt PI * sqrt PI)) by (field; lra).
    rewrite sqrt_sqrt by lra; replace (bell_integral u ^ 2) with (PI / 4 - rest_of_bell u) by lra.
    field; lra. }
  assert (M : exp (- u ^ 2) <= exp (- (u ^ 2 / 2))).
  { destruct (Req_dec (u ^ 2) 0) as [-> | Z]; [right; f_equal; lra|].
    left; apply exp_increasing; generalize (pow2_ge_0 u); lra. }
  assert (K : 4 / PI * rest_of_bell u <= 4 / PI * exp (- (u ^ 2 / 2))).
  { apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra | lra]. }
  nra.
Qed.

Lemma erf_up : is_lim erf p_infty 1.
Proof.
  apply (is_lim_le_le_loc (fun u => 1 - 4 / PI * exp (- (u ^ 2 / 2))) (fun _ => 1)).
  - exists 0; intros u U; split; [apply erf_near_one; lra | apply hi_erf].
  - replace (Finite 1) with (Finite (1 - 4 / PI * 0)) by (f_equal; ring).
    apply (lim_minus (fun _ => 1) _ p_infty 1 (4 / PI * 0) _ (lim_const 1 _)); [|reflexivity].
    exact (lim_times (fun _ => 4 / PI) _ p_infty (4 / PI) 0 _ (lim_const _ _) bell_far eq_refl).
  - apply lim_const.
Qed.

Lemma erf_odd u : erf (- u) = - erf u.
Proof.
  unfold erf; rewrite Ropp_mult_distr_r; f_equal.
  generalize (RInt_comp_lin (V := R_CompleteNormedModule) (fun t => exp (- t ^ 2)) (- (1)) 0 0 u).
  replace (- (1) * 0 + 0) with 0 by ring; replace (- (1) * u + 0) with (- u) by ring.
  intros H; rewrite <- H by apply bell_integrable.
  rewrite (RInt_ext _ (fun t => opp (exp (- t ^ 2)))).
  - exact (RInt_opp (V := R_CompleteNormedModule) _ 0 u (bell_integrable 0 u)).
  - intros t _; unfold scal, opp; simpl; unfold mult; simpl.
    replace ((- (1) * t + 0) * ((- (1) * t + 0) * 1)) with (t * (t * 1)) by ring; ring.
Qed.

Lemma erf_down : is_lim erf m_infty (- (1)).
Proof.
  apply (lim_as (fun t => - erf (- t))); [intros t; rewrite erf_odd; ring|].
  apply (lim_neg (fun t => erf (- t)) m_infty 1).
  apply (lim_far erf (fun t => - t) m_infty p_infty 1 erf_up); auto.
  exact (lim_neg _ _ _ (lim_id m_infty)).
Qed.

Lemma falls_on (f f' : R -> R) x y : x <= y ->
  (forall t, x <= t -> continuity_pt f t) ->
  (forall t, x < t -> derivable_pt_lim f t (f' t) /\ 0 <= - f' t) -> f y <= f x.
Proof.
  intros [L | <-] C D; [|lra].
  destruct (mean_value f f' x y L) as [c [P E]].
  - intros t T; apply C, T.
  - intros t T; apply D, T.
  - assert (0 <= - f' c * (y - x)) by (apply Rmult_le_pos; [apply D, P | lra]); lra.
Qed.

Lemma falls_to_ge (f f' : R -> R) x (l : Rbar) :
  (forall t, x <= t -> continuity_pt f t) ->
  (forall t, x < t -> derivable_pt_lim f t (f' t) /\ 0 <= - f' t) ->
  is_lim f p_infty l -> Rbar_le 0 l -> 0 <= f x.
Proof.
  intros C D L Z; apply (Rbar_le_trans 0 l (f x) Z).
  apply (is_lim_le_loc f (fun _ => f x) p_infty); [| exact L | apply is_lim_const].
  exists x; intros y Y; apply (falls_on f f' x y); [lra | exact C | exact D].
Qed.

Lemma falls_to_gt (f f' : R -> R) x (l : Rbar) :
  (forall t, x <= t -> continuity_pt f t) ->
  (forall t, x < t -> derivable_pt_lim f t (f' t) /\ 0 < - f' t) ->
  is_lim f p_infty l -> Rbar_le 0 l -> 0 < f x.
Proof.
  intros C D L Z; assert (N : 0 <= f (x + 1)).
  { apply (falls_to_ge f f' (x + 1) l); try assumption.
    - intros t T; apply C; lra.
    - intros t T; destruct (D t) as [A B]; [lra | split; [exact A | lra]]. }
  destruct (mean_value f f' x (x + 1)) as [c [P E]]; [lra | intros t T; apply C, T | |].
  - intros t T; apply D, T.
  - destruct (D c) as [_ B]; [apply P | lra].
Qed.

Lemma turned_path (f f' : R -> R) x t : t = - x -> derivable_pt_lim f x (f' x) ->
  derivable_pt_lim (fun t => f (- t)) t (- f' (- t)).
Proof.
  intros -> D; apply (der_eq _ _ (f' (- - x) * - (1))); [|ring].
  apply (der_comp f (fun t => - t)); [exact (der_neg _ _ _ (der_id _))|].
  rewrite Ropp_involutive; exact D.
Qed.

Lemma rises_from_ge (f f' : R -> R) x (l : Rbar) :
  (forall t, t <= x -> continuity_pt f t) ->
  (forall t, t < x -> derivable_pt_lim f t (f' t) /\ 0 <= f' t) ->
  is_lim f m_infty l -> Rbar_le 0 l -> 0 <= f x.
Proof.
  intros C D L Z; rewrite <- (Ropp_involutive x).
  apply (falls_to_ge (fun t => f (- t)) (fun t => - f' (- t)) (- x) l); [| | |exact Z].
  - intros t T; apply (cont_comp f (fun t => - t)); [apply cont_neg, cont_id | apply C; lra].
  - intros t T; destruct (D (- t)) as [A B]; [lra|]; split; [|lra].
    apply (turned_path f f' (- t)); [ring | exact A].
  - apply (lim_far f (fun t => - t) p_infty m_infty l L); auto.
    exact (lim_neg _ _ _ (lim_id p_infty)).
Qed.

Lemma rises_from_gt (f f' : R -> R) x (l : Rbar) :
  (forall t, t <= x -> continuity_pt f t) ->
  (forall t, t < x -> derivable_pt_lim f t (f' t) /\ 0 < f' t) ->
  is_lim f m_infty l -> Rbar_le 0 l -> 0 < f x.
Proof.
  intros C D L Z; rewrite <- (Ropp_involutive x).
  apply (falls_to_gt (fun t => f (- t)) (fun t => - f' (- t)) (- x) l); [| | |exact Z].
  - intros t T; apply (cont_comp f (fun t => - t)); [apply cont_neg, cont_id | apply C; lra].
  - intros t T; destruct (D (- t)) as [A B]; [lra|]; split; [|lra].
    apply (turned_path f f' (- t)); [ring | exact A].
  - apply (lim_far f (fun t => - t) p_infty m_infty l L); auto.
    exact (lim_neg _ _ _ (lim_id p_infty)).
Qed.
