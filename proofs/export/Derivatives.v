(* Derivatives *)

Lemma der_eq f t d d' : derivable_pt_lim f t d -> d = d' -> derivable_pt_lim f t d'.
Proof. intros H <-; exact H. Qed.

Lemma der_const (c t : R) : derivable_pt_lim (fun _ => c) t 0.
Proof. apply derivable_pt_lim_const. Qed.

Lemma der_id (t : R) : derivable_pt_lim (fun x => x) t 1.
Proof. apply derivable_pt_lim_id. Qed.

Lemma der_plus u v t du dv : derivable_pt_lim u t du -> derivable_pt_lim v t dv ->
  derivable_pt_lim (fun x => u x + v x) t (du + dv).
Proof. intros U V; exact (derivable_pt_lim_plus _ _ _ _ _ U V). Qed.

Lemma der_minus u v t du dv : derivable_pt_lim u t du -> derivable_pt_lim v t dv ->
  derivable_pt_lim (fun x => u x - v x) t (du - dv).
Proof. intros U V; exact (derivable_pt_lim_minus _ _ _ _ _ U V). Qed.

Lemma der_neg u t du : derivable_pt_lim u t du -> derivable_pt_lim (fun x => - u x) t (- du).
Proof. intros U; exact (derivable_pt_lim_opp _ _ _ U). Qed.

Lemma der_times u v t du dv : derivable_pt_lim u t du -> derivable_pt_lim v t dv ->
  derivable_pt_lim (fun x => u x * v x) t (v t * du + u t * dv).
Proof.
  intros U V; apply (der_eq _ _ _ _ (derivable_pt_lim_mult _ _ _ _ _ U V)); ring.
Qed.

Lemma der_comp f u t du df : derivable_pt_lim u t du -> derivable_pt_lim f (u t) df ->
  derivable_pt_lim (fun x => f (u x)) t (df * du).
Proof. intros U F; exact (derivable_pt_lim_comp _ _ _ _ _ U F). Qed.

Lemma der_exp u t du : derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => exp (u x)) t (exp (u t) * du).
Proof. intros U; exact (der_comp _ _ _ _ _ U (derivable_pt_lim_exp _)). Qed.

Lemma der_inv u t du : u t <> 0 -> derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => / u x) t (- (1 / u t ^ 2) * du).
Proof.
  intros N U; apply is_derive_Reals.
  replace (- (1 / u t ^ 2) * du) with (- du / u t ^ 2) by (field; exact N).
  apply is_derive_inv; [apply is_derive_Reals, U | exact N].
Qed.

Lemma der_div u v t du dv : v t <> 0 -> derivable_pt_lim u t du -> derivable_pt_lim v t dv ->
  derivable_pt_lim (fun x => u x / v x) t (1 / v t * du + - (u t / v t ^ 2) * dv).
Proof.
  intros N U V; apply (der_eq _ _ _ _ (der_times _ _ _ _ _ U (der_inv _ _ _ N V))).
  field; exact N.
Qed.

Lemma der_ln u t du : 0 < u t -> derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => ln (u x)) t (1 / u t * du).
Proof.
  intros P U; apply (der_eq _ _ _ _ (der_comp _ _ _ _ _ U (derivable_pt_lim_ln _ P))).
  field; lra.
Qed.

Lemma der_sqrt u t du : 0 < u t -> derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => sqrt (u x)) t (1 / 2 / sqrt (u t) * du).
Proof.
  intros P U; apply (der_eq _ _ _ _ (der_comp _ _ _ _ _ U (derivable_pt_lim_sqrt _ P))).
  field; generalize (sqrt_lt_R0 _ P); lra.
Qed.

Lemma der_sin u t du : derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => sin (u x)) t (cos (u t) * du).
Proof. intros U; exact (der_comp _ _ _ _ _ U (derivable_pt_lim_sin _)). Qed.

Lemma der_cos u t du : derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => cos (u x)) t (- sin (u t) * du).
Proof. intros U; exact (der_comp _ _ _ _ _ U (derivable_pt_lim_cos _)). Qed.

Lemma der_sinh u t du : derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => sinh (u x)) t (cosh (u t) * du).
Proof. intros U; exact (der_comp _ _ _ _ _ U (derivable_pt_lim_sinh _)). Qed.

Lemma der_cosh u t du : derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => cosh (u x)) t (sinh (u t) * du).
Proof. intros U; exact (der_comp _ _ _ _ _ U (derivable_pt_lim_cosh _)). Qed.

Lemma der_tanh u t du : derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => tanh (u x)) t ((1 - tanh (u t) ^ 2) * du).
Proof.
  intros U; assert (C : cosh (u t) <> 0) by (generalize (lo_cosh (u t)); lra).
  apply (der_eq _ _ _ _ (der_div (fun x => sinh (u x)) (fun x => cosh (u x)) _ _ _ C
    (der_sinh _ _ _ U) (der_cosh _ _ _ U))).
  unfold tanh; field; exact C.
Qed.

Lemma der_pow u t du n c : INR (S n) = c -> derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => u x ^ S n) t (c * u t ^ n * du).
Proof.
  intros <- U; exact (der_comp (fun y => y ^ S n) _ _ _ _ U (derivable_pt_lim_pow (u t) (S n))).
Qed.

Lemma der_pow_inv u t du n c : u t <> 0 -> INR (S n) = c -> derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => / u x ^ S n) t (- c * / u t ^ S (S n) * du).
Proof.
  intros N C U.
  assert (P : u t ^ S n <> 0) by (apply pow_nonzero, N).
  apply (der_eq _ _ _ _ (der_inv _ _ _ P (der_pow _ _ _ _ _ C U))).
  assert (u t ^ n <> 0) by (apply pow_nonzero, N).
  rewrite <- !tech_pow_Rmult; field; split; assumption.
Qed.

Lemma near (f g : R -> R) t d : (exists e, 0 < e /\ forall x, Rabs (x - t) < e -> f x = g x) ->
  derivable_pt_lim g t d -> derivable_pt_lim f t d.
Proof.
  intros [e [E H]] D; apply is_derive_Reals.
  apply (is_derive_ext_loc g); [|apply is_derive_Reals, D].
  exists (mkposreal e E); intros x X; symmetry; apply H, X.
Qed.

Lemma positive_near u t du : 0 < u t -> derivable_pt_lim u t du ->
  exists e, 0 < e /\ forall x, Rabs (x - t) < e -> 0 < u x.
Proof.
  intros P D.
  assert (C : continuity_pt u t) by (apply derivable_continuous_pt; exists du; exact D).
  destruct (C (u t) P) as [e [E H]]; exists e; split; [exact E|]; intros x X.
  destruct (Req_dec t x) as [<- | N]; [exact P|].
  assert (K : Rabs (u x - u t) < u t).
  { apply H; split; [split; [exact I | exact N] | exact X]. }
  apply Rabs_def2 in K; lra.
Qed.

Lemma Rpower_der r u t du : 0 < u t -> derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => exp (r * ln (u x))) t (r * exp ((r - 1) * ln (u t)) * du).
Proof.
  intros P U.
  apply (der_eq _ _ _ _ (der_exp _ _ _ (der_times _ _ _ _ _ (der_const r t) (der_ln _ _ _ P U)))).
  replace ((r - 1) * ln (u t)) with (r * ln (u t) + - ln (u t)) by ring.
  rewrite exp_plus, exp_Ropp, exp_ln by exact P; field; lra.
Qed.

Lemma der_root_to u t du n (f g : R -> R) r : 0 < u t -> derivable_pt_lim u t du ->
  (forall x, 0 < x -> f x = exp (r * ln x)) -> (forall x, 0 < x -> g x = exp ((r - 1) * ln x)) ->
  n = r -> derivable_pt_lim (fun x => f (u x)) t (n * g (u t) * du).
Proof.
  intros P U F G ->; rewrite (G _ P).
  apply (near _ (fun x => exp (r * ln (u x)))); [|apply Rpower_der; assumption].
  destruct (positive_near _ _ _ P U) as [e [E H]]; exists e; split; [exact E|].
  intros x X; apply F, H, X.
Qed.

Lemma der_Rpower u v t du dv : 0 < u t -> derivable_pt_lim u t du -> derivable_pt_lim v t dv ->
  derivable_pt_lim (fun x => Rpower (u x) (v x)) t
    (v t * Rpower (u t) (v t - 1) * du + Rpower (u t) (v t) * ln (u t) * dv).
Proof.
  intros P U V; unfold Rpower.
  apply (der_eq _ _ _ _ (der_exp _ _ _ (der_times _ _ _ _ _ V (der_ln _ _ _ P U)))).
  replace ((v t - 1) * ln (u t)) with (v t * ln (u t) + - ln (u t)) by ring.
  rewrite exp_plus, exp_Ropp, exp_ln by exact P; field; lra.
Qed.

Lemma whole_pred u k : u <> 0 -> powerRZ u (k - 1) = powerRZ u k * / u.
Proof. intros N; unfold Z.sub; rewrite powerRZ_add by exact N; simpl; field; exact N. Qed.

Lemma der_whole u t du k : u t <> 0 -> derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => powerRZ (u x) k) t (IZR k * powerRZ (u t) (k - 1) * du).
Proof.
  intros N U; destruct (Z.le_gt_cases 0 k) as [K|K].
  - rewrite whole_pred by exact N; rewrite <- (Z2Nat.id k K); generalize (Z.to_nat k); intros n.
    apply (near _ (fun x => u x ^ n)).
    { exists 1; split; [lra|]; intros; apply whole_nat. }
    rewrite whole_nat, <- INR_IZR_INZ; destruct n.
    + apply (der_eq _ _ _ _ (der_const 1 t)); simpl; ring.
    + apply (der_eq _ _ _ _ (der_pow _ _ _ n _ eq_refl U)); simpl; field; exact N.
  - destruct k as [| p | p]; try lia.
    change (Z.neg p) with (- Z.pos p)%Z; rewrite <- (positive_nat_Z p).
    destruct (Pos2Nat.is_succ p) as [n E]; rewrite E.
    apply (near _ (fun x => / u x ^ S n)).
    { exists 1; split; [lra|]; intros; rewrite powerRZ_neg', whole_nat; reflexivity. }
    apply (der_eq _ _ _ _ (der_pow_inv _ _ _ n _ N eq_refl U)).
    rewrite whole_pred, powerRZ_neg', whole_nat, opp_IZR, <- INR_IZR_INZ by exact N.
    assert (u t ^ n <> 0) by (apply pow_nonzero, N).
    rewrite <- !tech_pow_Rmult; field; split; assumption.
Qed.

Lemma der_whole_nat u t du k : (0 <= k - 1)%Z -> derivable_pt_lim u t du ->
  derivable_pt_lim (fun x => powerRZ (u x) k) t (IZR k * powerRZ (u t) (k - 1) * du).
Proof.
  intros K U; destruct (Z_of_nat_complete _ K) as [n E].
  assert (F : k = Z.of_nat (S n)) by lia.
  apply (near _ (fun x => u x ^ S n)).
  { exists 1; split; [lra|]; intros; rewrite F; apply whole_nat. }
  rewrite E, whole_nat, F, <- INR_IZR_INZ; exact (der_pow _ _ _ n _ eq_refl U).
Qed.
