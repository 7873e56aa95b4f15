(* Exponentials and logarithms *)

Lemma exp_of u v a : u = v -> exp v = a -> exp u = a.
Proof. intros ->; trivial. Qed.

Lemma exp_sum u v a b : exp u = a -> exp v = b -> exp (u + v) = a * b.
Proof. intros <- <-; apply exp_plus. Qed.

Lemma exp_zero : exp 0 = 1.
Proof. apply exp_0. Qed.

Lemma exp_times u a n c : INR n = c -> exp u = a -> exp (c * u) = a ^ n.
Proof.
  intros <- <-; induction n; [simpl; rewrite Rmult_0_l; apply exp_0|].
  rewrite S_INR, <- tech_pow_Rmult, <- IHn, <- exp_plus; f_equal; ring.
Qed.

Lemma exp_minus u a n c : INR n = c -> exp u = a -> exp (- c * u) * a ^ n = 1.
Proof.
  intros C E; rewrite <- (exp_times u a n c C E), <- exp_plus, <- exp_0; f_equal; ring.
Qed.

Lemma exp_less u a : exp u = a -> exp (- u) * a = 1.
Proof. intros <-; rewrite <- exp_plus, <- exp_0; f_equal; ring. Qed.

Lemma exp_ne u a : exp u = a -> a <> 0.
Proof. intros <-; generalize (exp_pos u); lra. Qed.

Lemma exp_gt u a : exp u = a -> 0 < a.
Proof. intros <-; apply exp_pos. Qed.

Lemma exp_ln_pow u n c : INR n = c -> 0 < u -> exp (c * ln u) = u ^ n.
Proof. intros C U; apply (exp_times _ _ _ _ C); apply exp_ln, U. Qed.

Lemma exp_ln_minus u n c : INR n = c -> 0 < u -> exp (- c * ln u) = / u ^ n.
Proof.
  intros C U; assert (N : u ^ n <> 0) by (apply pow_nonzero; lra).
  apply (Rmult_eq_reg_r (u ^ n)); [ | exact N].
  rewrite (exp_minus (ln u) u n c C (exp_ln u U)); field; exact N.
Qed.

Lemma ln_of u v a : u = v -> ln v = a -> ln u = a.
Proof. intros ->; trivial. Qed.

Lemma ln_times u v a b : 0 < u -> 0 < v -> ln u = a -> ln v = b -> ln (u * v) = a + b.
Proof. intros U V <- <-; apply ln_mult; assumption. Qed.

Lemma ln_over u v a b : 0 < u -> 0 < v -> ln u = a -> ln v = b -> ln (u / v) = a - b.
Proof.
  intros U V <- <-; unfold Rdiv; rewrite ln_mult, ln_Rinv; try assumption; [ring|].
  apply Rinv_0_lt_compat, V.
Qed.

Lemma ln_power u a n c : INR n = c -> 0 < u -> ln u = a -> ln (u ^ n) = c * a.
Proof.
  intros <- U <-; induction n; [simpl; rewrite ln_1; ring|].
  rewrite S_INR, <- tech_pow_Rmult, ln_mult, IHn; [ring | exact U | apply pow_lt, U].
Qed.

Lemma ln_exp_of u a : exp u = a -> ln a = u.
Proof. intros <-; apply ln_exp. Qed.

Lemma over_gt u v : 0 < u -> 0 < v -> 0 < u / v.
Proof. intros; apply Rdiv_lt_0_compat; assumption. Qed.

Lemma other_gt p r u : 0 < p -> u = p * r -> 0 < u -> 0 < r.
Proof. intros P -> H; apply (Rmult_lt_reg_l p); lra. Qed.

Lemma other_ge p r u : 0 < p -> u = p * r -> 0 <= u -> 0 <= r.
Proof. intros P -> H; apply (Rmult_le_reg_l p); lra. Qed.

Lemma pow_gt u n : 0 < u -> 0 < u ^ n.
Proof. apply pow_lt. Qed.

Lemma q_to_over u a b : u * b = a -> b <> 0 -> u = a / b.
Proof. intros <- N; field; exact N. Qed.

(* Hyperbolic functions, extrema, absolute values, circles *)

Lemma cosh_is u : cosh u = (exp u + exp (- u)) / 2.
Proof. reflexivity. Qed.

Lemma sinh_is u : sinh u = (exp u - exp (- u)) / 2.
Proof. reflexivity. Qed.

Lemma tanh_is u : tanh u = (exp u - exp (- u)) / (exp u + exp (- u)).
Proof.
  unfold tanh, sinh, cosh; field; generalize (exp_pos u) (exp_pos (- u)); lra.
Qed.

Lemma tanh_bottom u : exp u + exp (- u) <> 0.
Proof. generalize (exp_pos u) (exp_pos (- u)); lra. Qed.

Lemma max_is u v : Rmax u v = (u + v + Rabs (u - v)) / 2.
Proof. unfold Rmax, Rabs; destruct (Rle_dec u v), (Rcase_abs (u - v)); lra. Qed.

Lemma min_is u v : Rmin u v = (u + v - Rabs (u - v)) / 2.
Proof. unfold Rmin, Rabs; destruct (Rle_dec u v), (Rcase_abs (u - v)); lra. Qed.

Lemma max_more u v w z : Rmax u v = z -> Rmax (Rmax u v) w = (z + w + Rabs (z - w)) / 2.
Proof. intros ->; apply max_is. Qed.

Lemma min_more u v w z : Rmin u v = z -> Rmin (Rmin u v) w = (z + w - Rabs (z - w)) / 2.
Proof. intros ->; apply min_is. Qed.

Lemma abs_plus u : 0 <= u -> Rabs u = u.
Proof. apply Rabs_pos_eq. Qed.

Lemma abs_minus u : 0 <= - u -> Rabs u = - u.
Proof. intros H; apply Rabs_left1; lra. Qed.

Lemma abs_square u p : u = p -> Rabs u ^ 2 = p * p.
Proof. intros <-; rewrite pow2_abs; ring. Qed.

Lemma abs_out m r u : 0 < m -> u = m * r -> Rabs u = m * Rabs r.
Proof. intros M ->; rewrite Rabs_mult, (Rabs_pos_eq m) by lra; reflexivity. Qed.

Lemma sign_plus u : 0 < u -> sign u = 1.
Proof. apply sign_eq_1. Qed.

Lemma sign_minus u : 0 < - u -> sign u = - 1.
Proof. intros H; rewrite sign_eq_m1; lra. Qed.

Lemma cos_square u s : sin u = s -> cos u ^ 2 = 1 - s * s.
Proof. intros <-; generalize (sin2_cos2 u); unfold Rsqr; lra. Qed.

Lemma sin_zero u : u = 0 -> sin u = 0.
Proof. intros ->; apply sin_0. Qed.

Lemma erf_zero u : u = 0 -> erf u = 0.
Proof. intros ->; unfold erf; rewrite RInt_point; unfold zero; simpl; ring. Qed.

Lemma f_same (f : R -> R) u v a : u = v -> f v = a -> f u = a.
Proof. intros ->; trivial. Qed.

(* Roots *)

Lemma sqrt_sq u p : 0 <= u -> u = p -> sqrt u ^ 2 = p.
Proof. intros U <-; apply pow2_sqrt, U. Qed.

Lemma sqrt_of u v : u = v * v -> 0 <= v -> sqrt u = v.
Proof. intros -> V; apply sqrt_square, V. Qed.

Lemma sqrt_abs u v : u = v * v -> sqrt u = Rabs v.
Proof. intros ->; apply sqrt_Rsqr_abs. Qed.

Lemma sqrt_abs_of u v p c : u = p -> v = c -> forall q, 0 <= q -> p = q * q * (c * c) ->
  sqrt u = Rabs v * q.
Proof.
  intros -> -> q Q ->; replace (q * q * (c * c)) with ((c * q) * (c * q)) by ring.
  fold (Rsqr (c * q)); rewrite sqrt_Rsqr_abs, Rabs_mult, (Rabs_pos_eq q Q); reflexivity.
Qed.

Lemma sqrt_gt u : 0 < u -> 0 < sqrt u.
Proof. apply sqrt_lt_R0. Qed.

Lemma sqrt_zero u : u = 0 -> sqrt u = 0.
Proof. intros ->; apply sqrt_0. Qed.

Lemma root_zero n u : u = 0 -> root n u = 0.
Proof. intros ->; unfold root; destruct (Rlt_dec 0 0); [lra | reflexivity]. Qed.

Lemma root_ge n u : 0 <= root n u.
Proof. unfold root; destruct (Rlt_dec 0 u); [left; apply exp_pos | lra]. Qed.

Lemma root_gt n u : 0 < u -> 0 < root n u.
Proof. intros U; unfold root; destruct (Rlt_dec 0 u); [apply exp_pos | contradiction]. Qed.

Lemma root_exp n u : 0 < u -> root n u = exp (ln u / INR n).
Proof. intros U; unfold root; destruct (Rlt_dec 0 u); [reflexivity | contradiction]. Qed.

Lemma root_sq n u p : 0 <= u -> u = p -> root (S n) u ^ S n = p.
Proof.
  intros U <-; destruct U as [U | <-].
  - rewrite root_exp, <- (exp_times (ln u / INR (S n)) _ (S n) _ eq_refl eq_refl) by exact U.
    replace (INR (S n) * (ln u / INR (S n))) with (ln u); [apply exp_ln, U|].
    field; apply not_0_INR; discriminate.
  - unfold root; destruct (Rlt_dec 0 0); [lra | simpl; ring].
Qed.

Lemma pow_less n u v : 0 <= u -> u < v -> u ^ S n < v ^ S n.
Proof.
  intros U V; induction n; [simpl; lra|].
  rewrite <- (tech_pow_Rmult u (S n)), <- (tech_pow_Rmult v (S n)).
  apply Rmult_le_0_lt_compat; [exact U | apply pow_le, U | exact V | exact IHn].
Qed.

Lemma pow_inj n u v : 0 <= u -> 0 <= v -> u ^ S n = v ^ S n -> u = v.
Proof.
  intros U V E; destruct (Rtotal_order u v) as [L|[L|L]]; [ | exact L|].
  - generalize (pow_less n u v U L); lra.
  - generalize (pow_less n v u V L); lra.
Qed.

Lemma root_of n u v : u = v ^ S n -> 0 <= v -> root (S n) u = v.
Proof.
  intros E V; apply (pow_inj n); [apply root_ge | exact V|].
  rewrite (root_sq n u u); [exact E | rewrite E; apply pow_le, V | reflexivity].
Qed.

Lemma sqrt_root u : sqrt u = root 2 u.
Proof.
  destruct (Rlt_dec 0 u) as [U|U].
  - symmetry; apply (root_of 1); [simpl; rewrite Rmult_1_r, sqrt_sqrt; lra | apply sqrt_pos].
  - rewrite sqrt_neg_0 by lra; unfold root; destruct (Rlt_dec 0 u); [contradiction | reflexivity].
Qed.

Lemma root_out n m r u : 0 < m -> u = m ^ S n * r -> root (S n) u = m * root (S n) r.
Proof.
  intros M ->; assert (P : 0 < m ^ S n) by (apply pow_lt, M); destruct (Rle_dec 0 r) as [R|R].
  - apply (root_of n); [|apply Rmult_le_pos; [lra | apply root_ge]].
    rewrite Rpow_mult_distr, (root_sq n r r R eq_refl); reflexivity.
  - assert (N : 0 < m ^ S n * (- r)) by (apply Rmult_lt_0_compat; [exact P | lra]).
    rewrite Ropp_mult_distr_r_reverse in N; unfold root.
    destruct (Rlt_dec 0 (m ^ S n * r)); [lra|]; destruct (Rlt_dec 0 r); [lra | ring].
Qed.

Lemma sqrt_out m r u : 0 < m -> u = m ^ 2 * r -> sqrt u = m * sqrt r.
Proof. rewrite !sqrt_root; apply (root_out 1). Qed.

Lemma root_same n u v a : u = v -> root n v = a -> root n u = a.
Proof. intros ->; trivial. Qed.

Lemma exp_ln_root u n p c : 0 < u -> INR p / INR n = c -> exp (c * ln u) = root n u ^ p.
Proof.
  intros U <-; rewrite root_exp by exact U.
  rewrite <- (exp_times (ln u / INR n) _ p _ eq_refl eq_refl); f_equal; unfold Rdiv; ring.
Qed.

Lemma exp_ln_root_minus u n p c :
  0 < u -> INR p / INR n = c -> exp (- c * ln u) = / root n u ^ p.
Proof.
  intros U C; rewrite <- (exp_ln_root u n p c U C), <- exp_Ropp; f_equal; ring.
Qed.

Lemma exp_ln_sqrt u p c : 0 < u -> INR p / 2 = c -> exp (c * ln u) = sqrt u ^ p.
Proof. rewrite sqrt_root; intros U C; apply exp_ln_root; [exact U | exact C]. Qed.

Lemma exp_ln_sqrt_minus u p c : 0 < u -> INR p / 2 = c -> exp (- c * ln u) = / sqrt u ^ p.
Proof. rewrite sqrt_root; intros U C; apply exp_ln_root_minus; [exact U | exact C]. Qed.

Lemma sqrt_ne u : sqrt u <> 0 -> 0 < u.
Proof.
  intros N; destruct (Rlt_dec 0 u) as [U|U]; [exact U|]; rewrite sqrt_neg_0 in N by lra; lra.
Qed.

Lemma as_root u n p c : 0 < u -> INR p / INR n = c -> root n u ^ p = exp (c * ln u).
Proof. intros; symmetry; apply exp_ln_root; assumption. Qed.

Lemma as_root_one u n c : 0 < u -> INR 1 / INR n = c -> root n u = exp (c * ln u).
Proof. intros U C; rewrite <- (as_root u n 1 c U C); simpl; ring. Qed.

Lemma as_root_minus u n p c : 0 < u -> - (INR p / INR n) = c ->
  / root n u ^ p = exp (c * ln u).
Proof.
  intros U <-; rewrite <- (exp_ln_root_minus u n p _ U eq_refl); f_equal; ring.
Qed.

Lemma as_root_minus_one u n c : 0 < u -> - (INR 1 / INR n) = c -> / root n u = exp (c * ln u).
Proof. intros U C; rewrite <- (as_root_minus u n 1 c U C); simpl; rewrite Rmult_1_r; trivial. Qed.

Lemma as_pow u n c : 0 < u -> INR n = c -> u ^ n = exp (c * ln u).
Proof. intros U C; symmetry; apply (exp_ln_pow u n c C U). Qed.

Lemma as_pow_minus u n c : 0 < u -> - INR n = c -> / u ^ n = exp (c * ln u).
Proof. intros U <-; rewrite (exp_ln_minus u n (INR n) eq_refl U); reflexivity. Qed.

Ltac power_as_exp :=
  cbv beta; rewrite ?sqrt_root;
  first [ apply as_root | apply as_root_one | apply as_root_minus | apply as_root_minus_one
        | apply as_pow | apply as_pow_minus ];
  [ assumption | clear; rewrite ?INR_IZR_INZ; simpl; try lra; field ].

(* Powers *)

Lemma power_is u v : Rpower u v = exp (v * ln u).
Proof. reflexivity. Qed.

Lemma whole_below u z h m :
  0 <= u -> u <= h -> h <= 1 -> (Z.of_nat m <= z)%Z -> powerRZ u z <= h ^ m.
Proof.
  intros U H O M; replace z with (Z.of_nat (m + (Z.to_nat z - m))) by lia.
  rewrite <- pow_powerRZ, pow_add, <- (Rmult_1_r (h ^ m)).
  apply Rmult_le_compat; [apply pow_le, U | apply pow_le, U | apply pow_incr; lra |].
  rewrite <- (pow1 (Z.to_nat z - m)); apply pow_incr; lra.
Qed.

Lemma whole_is u z v : 0 < u -> IZR z = v -> powerRZ u z = exp (v * ln u).
Proof. intros U <-; rewrite powerRZ_Rpower by exact U; reflexivity. Qed.

Lemma whole_one u : powerRZ u 1 = u.
Proof. apply Rmult_1_r. Qed.

Lemma whole_same u v x z a : u = v -> x = z -> powerRZ v z = a -> powerRZ u x = a.
Proof. intros -> ->; trivial. Qed.

Lemma whole_add u x y a b : u <> 0 -> powerRZ u x = a -> powerRZ u y = b ->
  powerRZ u (x + y) = a * b.
Proof. intros U <- <-; apply powerRZ_add, U. Qed.

Lemma whole_nat u n : powerRZ u (Z.of_nat n) = u ^ n.
Proof. symmetry; apply pow_powerRZ. Qed.

Lemma whole_add_nat u x y a b : (0 <= x)%Z -> (0 <= y)%Z -> powerRZ u x = a ->
  powerRZ u y = b -> powerRZ u (x + y) = a * b.
Proof.
  intros X Y <- <-; rewrite <- (Z2Nat.id x X), <- (Z2Nat.id y Y), <- Nat2Z.inj_add.
  rewrite !whole_nat; apply pow_add.
Qed.

Lemma whole_times u x a n : u <> 0 -> powerRZ u x = a -> powerRZ u (Z.of_nat n * x) = a ^ n.
Proof.
  intros U <-; induction n; [reflexivity|].
  rewrite <- tech_pow_Rmult, <- IHn, <- powerRZ_add by exact U; f_equal; lia.
Qed.

Lemma whole_times_nat u x a n : (0 <= x)%Z -> powerRZ u x = a ->
  powerRZ u (Z.of_nat n * x) = a ^ n.
Proof.
  intros X <-; rewrite <- (Z2Nat.id x X), <- Nat2Z.inj_mul, !whole_nat.
  rewrite Nat.mul_comm, pow_mult; reflexivity.
Qed.

Lemma whole_sign n u : 0 < u -> 0 < powerRZ u n.
Proof. apply powerRZ_lt. Qed.

Lemma whole_of_nat u k : (0 <= k)%Z -> powerRZ u k = u ^ Z.to_nat k.
Proof. intros K; rewrite <- (Z2Nat.id k K) at 1; apply whole_nat. Qed.
