(* Laws, by what their expectations are: of a function of one draw, so that independent draws are
   expectations inside of expectations. *)

(** E is linear. *)
Definition linear_mean (E : (R -> R) -> R) : Prop :=
  forall a b f g, E (fun w => a * f w + b * g w) = a * E f + b * E g.

(** The moments of the standard normal law: 1, 0, 1, 0, 3, 0, 15, ... *)
Fixpoint normal_moment (n : nat) : R :=
  match n with
  | O => 1
  | S O => 0
  | S (S m) => (INR m + 1) * normal_moment m
  end.

(** The density of the standard normal law. *)
Definition normal_density (w : R) : R := exp (- (w ^ 2 / 2)) / sqrt (2 * PI).

(** The expectation of a standard normal draw: by moments, and as an integral, where f times the
    density has, but at two points, the continuous antiderivative F with limits at both ends. *)
Definition normal_mean (E : (R -> R) -> R) : Prop :=
  linear_mean E /\ (forall n, E (fun w => w ^ n) = normal_moment n) /\
  forall (f F : R -> R) (a b c d : R), (forall w, continuity_pt F w) ->
    (forall w, w <> c -> w <> d -> derivable_pt_lim F w (f w * normal_density w)) ->
    is_lim F m_infty a -> is_lim F p_infty b -> E f = b - a.

(** The moments of the uniform law on [- sqrt 3, sqrt 3]: 3 ^ k / (2 k + 1) for n = 2 k. *)
Definition uniform_moment (n : nat) : R :=
  if Nat.even n then 3 ^ Nat.div2 n / (INR n + 1) else 0.

(** The expectation of a draw of that law: by moments, and as an integral. *)
Definition uniform_mean (E : (R -> R) -> R) : Prop :=
  linear_mean E /\ (forall n, E (fun w => w ^ n) = uniform_moment n) /\
  forall f, ex_RInt f (- sqrt 3) (sqrt 3) ->
    E f = RInt f (- sqrt 3) (sqrt 3) / (2 * sqrt 3).

(** The expectation of a draw of the uniform law on [0, 1]: by moments, and as an integral. *)
Definition unit_mean (E : (R -> R) -> R) : Prop :=
  linear_mean E /\ (forall n, E (fun w => w ^ n) = / (INR n + 1)) /\
  forall f, ex_RInt f 0 1 -> E f = RInt f 0 1.

(** The expectation of a random sign. *)
Definition sign_mean (f : R -> R) : R := (f 1 + f (- (1))) / 2.

Lemma sign_mean_is f : sign_mean f = 1 / 2 * (f 1 + f (- (1))).
Proof. unfold sign_mean; field. Qed.

Lemma sign_mean_linear : linear_mean sign_mean.
Proof. intros a b f g; unfold sign_mean; field. Qed.

Lemma mean_same (E : (R -> R) -> R) f g : (forall w, f w = g w) -> E f = E g.
Proof. intros H; f_equal; apply FunctionalExtensionality.functional_extensionality, H. Qed.

Lemma all_integrable f a b : (forall w, continuity_pt f w) -> ex_RInt f a b.
Proof.
  intros C; apply (ex_RInt_continuous (V := R_CompleteNormedModule)).
  intros w _; apply continuity_pt_filterlim, C.
Qed.

Lemma root_three : 173 / 100 < sqrt 3 < 7 / 4.
Proof. split; interval with (i_prec 60). Qed.

Lemma mean_last (E : (R -> R) -> R) c n m : linear_mean E -> E (fun w => w ^ n) = m ->
  E (fun w => c * w ^ n) = c * m.
Proof.
  intros L <-; rewrite (mean_same E _ (fun w => c * w ^ n + 0 * w ^ n)) by (intros; ring).
  rewrite (L c 0 (fun w => w ^ n) (fun w => w ^ n)); ring.
Qed.

Lemma mean_more (E : (R -> R) -> R) c n m f s : linear_mean E -> E (fun w => w ^ n) = m ->
  E f = s -> E (fun w => c * w ^ n + f w) = c * m + s.
Proof.
  intros L <- <-; rewrite (mean_same E _ (fun w => c * w ^ n + 1 * f w)) by (intros; ring).
  rewrite (L c 1 (fun w => w ^ n) f); ring.
Qed.

(* E |w| *)

Lemma bell_far : is_lim (fun w => exp (- (w ^ 2 / 2))) p_infty 0.
Proof.
  apply (is_lim_comp exp (fun w => - (w ^ 2 / 2)) p_infty 0 m_infty).
  - apply is_lim_exp_m.
  - apply (is_lim_le_m_loc (fun w => - w) (fun w => - (w ^ 2 / 2))).
    + exists 2; intros w W; nra.
    + exact (is_lim_opp (fun w => w) p_infty p_infty (is_lim_id p_infty)).
  - exists 0; intros; discriminate.
Qed.

Lemma bell_far_left : is_lim (fun w => exp (- (w ^ 2 / 2))) m_infty 0.
Proof.
  apply (is_lim_comp exp (fun w => - (w ^ 2 / 2)) m_infty 0 m_infty).
  - apply is_lim_exp_m.
  - apply (is_lim_le_m_loc (fun w => w) (fun w => - (w ^ 2 / 2))).
    + exists (- 2); intros w W; nra.
    + exact (is_lim_id m_infty).
  - exists 0; intros; discriminate.
Qed.

Lemma bell_der w : derivable_pt_lim (fun w => exp (- (w ^ 2 / 2))) w (- w * exp (- (w ^ 2 / 2))).
Proof.
  assert (D : derivable_pt_lim (fun w => - (w ^ 2 / 2)) w (- w)).
  { apply is_derive_Reals; auto_derive; [trivial | simpl; field]. }
  apply (der_eq _ _ _ _ (der_exp _ _ _ D)); ring.
Qed.

(* An antiderivative of |w| times the bell: 1 - bell on the right, bell - 1 on the left. *)
Definition bell_area (w : R) : R :=
  if Rle_dec 0 w then 1 - exp (- (w ^ 2 / 2)) else exp (- (w ^ 2 / 2)) - 1.

Lemma bell_area_der w : derivable_pt_lim bell_area w (Rabs w * exp (- (w ^ 2 / 2))).
Proof.
  destruct (Rtotal_order w 0) as [N | [-> | P]].
  - apply (near _ (fun w => exp (- (w ^ 2 / 2)) - 1)).
    + exists (- w); split; [lra|]; intros x X; apply Rabs_def2 in X.
      unfold bell_area; destruct (Rle_dec 0 x); [lra | reflexivity].
    + rewrite Rabs_left by exact N.
      apply (der_eq _ _ _ _ (der_minus _ _ _ _ _ (bell_der w) (der_const 1 w))); ring.
  - rewrite Rabs_R0, Rmult_0_l; intros e E.
    destruct (bell_der 0 e E) as [d D]; exists d; intros h H K.
    generalize (D h H K); rewrite Rplus_0_l, Ropp_0, Rmult_0_l, !Rminus_0_r.
    unfold bell_area; destruct (Rle_dec 0 0) as [_ | L]; [|lra].
    replace (exp (- (0 ^ 2 / 2))) with 1 by (rewrite <- exp_0; f_equal; simpl; lra).
    intros J; destruct (Rle_dec 0 h) as [P | P]; [|].
    + replace ((1 - exp (- (h ^ 2 / 2)) - (1 - 1)) / h) with (- ((exp (- (h ^ 2 / 2)) - 1) / h))
        by (field; exact H).
      rewrite Rabs_Ropp; exact J.
    + replace (exp (- (h ^ 2 / 2)) - 1 - (1 - 1)) with (exp (- (h ^ 2 / 2)) - 1) by ring; exact J.
  - apply (near _ (fun w => 1 - exp (- (w ^ 2 / 2)))).
    + exists w; split; [lra|]; intros x X; apply Rabs_def2 in X.
      unfold bell_area; destruct (Rle_dec 0 x); [reflexivity | lra].
    + rewrite Rabs_right by lra.
      apply (der_eq _ _ _ _ (der_minus _ _ _ _ _ (der_const 1 w) (bell_der w))); ring.
Qed.

Lemma normal_abs E : normal_mean E -> E (fun w => Rabs w) = sqrt (2 / PI).
Proof.
  intros [_ [_ I]]; assert (Q : 0 < sqrt (2 * PI)) by (apply sqrt_lt_R0; generalize PI_RGT_0; lra).
  assert (D : forall w, derivable_pt_lim (fun w => bell_area w / sqrt (2 * PI)) w
    (Rabs w * normal_density w)).
  { intros w; unfold normal_density.
    apply (der_eq _ _ _ _ (der_times _ _ _ _ _ (bell_area_der w) (der_const (/ sqrt (2 * PI)) w))).
    unfold Rdiv; ring. }
  rewrite (I _ (fun w => bell_area w / sqrt (2 * PI)) (- 1 / sqrt (2 * PI)) (1 / sqrt (2 * PI)) 0 0).
  - replace (2 / PI) with (Rsqr (2 / sqrt (2 * PI))).
    + rewrite sqrt_Rsqr; [field; lra | left; apply Rdiv_lt_0_compat; lra].
    + generalize PI_RGT_0; intros P; unfold Rsqr.
      replace (2 / sqrt (2 * PI) * (2 / sqrt (2 * PI)))
        with (4 / (sqrt (2 * PI) * sqrt (2 * PI))) by (field; lra).
      rewrite sqrt_sqrt by lra; field; lra.
  - intros w; exact (cont_of_der _ (fun x => x) w _ (cont_id w) (D w)).
  - intros w _ _; apply D.
  - apply (is_lim_ext_loc (fun w => (exp (- (w ^ 2 / 2)) - 1) * / sqrt (2 * PI))).
    { exists 0; intros w W; unfold bell_area; destruct (Rle_dec 0 w); [lra | reflexivity]. }
    replace (Finite (- 1 / sqrt (2 * PI))) with (Rbar_mult (0 - 1) (/ sqrt (2 * PI)))
      by (simpl; f_equal; unfold Rdiv; ring).
    apply is_lim_scal_r, (is_lim_minus' _ _ _ 0 1 bell_far_left (is_lim_const 1 m_infty)).
  - apply (is_lim_ext_loc (fun w => (1 - exp (- (w ^ 2 / 2))) * / sqrt (2 * PI))).
    { exists 0; intros w W; unfold bell_area; destruct (Rle_dec 0 w); [reflexivity | lra]. }
    replace (Finite (1 / sqrt (2 * PI))) with (Rbar_mult (1 - 0) (/ sqrt (2 * PI)))
      by (simpl; f_equal; unfold Rdiv; ring).
    apply is_lim_scal_r, (is_lim_minus' _ _ _ 1 0 (is_lim_const 1 p_infty) bell_far).
Qed.

Lemma abs_half (x : R) : derivable_pt_lim (fun w => w * Rabs w / 2) x (Rabs x).
Proof.
  destruct (Rtotal_order x 0) as [N | [-> | P]].
  - apply (near _ (fun w => - (w * w) / 2)).
    + exists (- x); split; [lra|]; intros y Y; apply Rabs_def2 in Y.
      rewrite (Rabs_left y) by lra; field.
    + rewrite Rabs_left by exact N; apply is_derive_Reals; auto_derive; [trivial | field].
  - rewrite Rabs_R0; intros e E; exists (mkposreal e E); intros h H K; simpl in K.
    rewrite Rplus_0_l; replace ((h * Rabs h / 2 - 0 * Rabs 0 / 2) / h - 0) with (Rabs h / 2)
      by (field; exact H).
    rewrite Rabs_pos_eq; generalize (Rabs_pos h); lra.
  - apply (near _ (fun w => w * w / 2)).
    + exists x; split; [lra|]; intros y Y; apply Rabs_def2 in Y.
      rewrite (Rabs_right y) by lra; field.
    + rewrite Rabs_right by lra; apply is_derive_Reals; auto_derive; [trivial | field].
Qed.

Lemma uniform_abs E : uniform_mean E -> E (fun w => Rabs w) = sqrt 3 / 2.
Proof.
  intros [_ [_ I]]; assert (Q : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
  rewrite I by (apply all_integrable, Rcontinuity_abs).
  rewrite (is_RInt_unique _ _ _ (sqrt 3 * Rabs (sqrt 3) / 2 - - sqrt 3 * Rabs (- sqrt 3) / 2)).
  - rewrite Rabs_Ropp, Rabs_pos_eq by lra; field; lra.
  - apply (is_RInt_derive (V := R_CompleteNormedModule) (fun w => w * Rabs w / 2) Rabs).
    + intros x _; apply is_derive_Reals, abs_half.
    + intros x _; apply continuity_pt_filterlim, Rcontinuity_abs.
Qed.

Lemma unit_abs E : unit_mean E -> E (fun w => Rabs w) = 1 / 2.
Proof.
  intros [_ [_ I]]; rewrite I by (apply all_integrable, Rcontinuity_abs).
  rewrite (is_RInt_unique _ _ _ (1 * Rabs 1 / 2 - 0 * Rabs 0 / 2)).
  - rewrite Rabs_R1; field.
  - apply (is_RInt_derive (V := R_CompleteNormedModule) (fun w => w * Rabs w / 2) Rabs).
    + intros x _; apply is_derive_Reals, abs_half.
    + intros x _; apply continuity_pt_filterlim, Rcontinuity_abs.
Qed.

Ltac moment := unfold uniform_moment; simpl; lra.
