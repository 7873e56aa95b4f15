From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Open Scope R_scope.

(* Definitions that statements may mention. *)

(** The n-th root of a number; of a negative number it is 0, and no statement asks for one. *)
Definition root (n : nat) (u : R) : R := if Rlt_dec 0 u then exp (ln u / INR n) else 0.

(** The error function. *)
Definition erf (u : R) : R := 2 / sqrt PI * RInt (fun t => exp (- t ^ 2)) 0 u.

(* Tactics *)

Ltac rational := clear; lra.

Ltac identity := first [ring | field | field; lra].

Ltac numeric := clear; first [lra | interval with (i_prec 200)].

Ltac integers :=
  repeat (rewrite plus_IZR || rewrite minus_IZR || rewrite mult_IZR || rewrite opp_IZR).

Ltac whole_number := integers; reflexivity.

Ltac convert_to H := solve [
  revert H; integers; intros H; exact H ].

Ltac convert_term H := let K := fresh "K" in pose proof H as K; convert_to K.

Ltac natural_number := clear; rewrite ?INR_IZR_INZ; simpl; lra.

(* Comparisons *)

Lemma le_in l r : l <= r -> 0 <= r - l.
Proof. lra. Qed.

Lemma lt_in l r : l < r -> 0 < r - l.
Proof. lra. Qed.

Lemma ge_in l r : l >= r -> 0 <= l - r.
Proof. lra. Qed.

Lemma gt_in l r : l > r -> 0 < l - r.
Proof. lra. Qed.

Lemma eq_in l r : l = r -> l - r = 0.
Proof. lra. Qed.

Lemma ne_in l r : l <> r -> l - r <> 0.
Proof. lra. Qed.

Lemma le_out l r : 0 <= r - l -> l <= r.
Proof. lra. Qed.

Lemma lt_out l r : 0 < r - l -> l < r.
Proof. lra. Qed.

Lemma ge_out l r : 0 <= l - r -> l >= r.
Proof. lra. Qed.

Lemma gt_out l r : 0 < l - r -> l > r.
Proof. lra. Qed.

Lemma eq_out l r : l - r = 0 -> l = r.
Proof. lra. Qed.

Lemma ne_out l r : l - r <> 0 -> l <> r.
Proof. lra. Qed.

Lemma le_zero_in (l r : R) : l <= r -> l <= r.
Proof. trivial. Qed.

Lemma lt_zero_in (l r : R) : l < r -> l < r.
Proof. trivial. Qed.

Lemma ge_zero_in l r : l >= r -> r <= l.
Proof. lra. Qed.

Lemma gt_zero_in l r : l > r -> r < l.
Proof. lra. Qed.

Lemma eq_zero_in (l r : R) : l = r -> l = r.
Proof. trivial. Qed.

Lemma ne_zero_in (l r : R) : l <> r -> l <> r.
Proof. trivial. Qed.

Lemma le_zero_out (l r : R) : l <= r -> l <= r.
Proof. trivial. Qed.

Lemma lt_zero_out (l r : R) : l < r -> l < r.
Proof. trivial. Qed.

Lemma ge_zero_out l r : r <= l -> l >= r.
Proof. lra. Qed.

Lemma gt_zero_out l r : r < l -> l > r.
Proof. lra. Qed.

Lemma eq_zero_out (l r : R) : l = r -> l = r.
Proof. trivial. Qed.

Lemma ne_zero_out (l r : R) : l <> r -> l <> r.
Proof. trivial. Qed.

Lemma ge_of_gt x : 0 < x -> 0 <= x.
Proof. lra. Qed.

Lemma ne_of_gt x : 0 < x -> x <> 0.
Proof. lra. Qed.

Lemma ge_of_eq x : x = 0 -> 0 <= x.
Proof. lra. Qed.

Lemma ne_of_lt x : x < 0 -> x <> 0.
Proof. lra. Qed.

Lemma named (u : R) : exists a, u = a.
Proof. exists u; reflexivity. Qed.

Lemma cases_of u : 0 < u \/ 0 <= - u.
Proof. lra. Qed.

Lemma move_ge u v : u = v -> 0 <= v -> 0 <= u.
Proof. intros ->; trivial. Qed.

Lemma move_gt u v : u = v -> 0 < v -> 0 < u.
Proof. intros ->; trivial. Qed.

Lemma move_eq u v : u = v -> v = 0 -> u = 0.
Proof. intros ->; trivial. Qed.

Lemma move_ne u v : u = v -> v <> 0 -> u <> 0.
Proof. intros ->; trivial. Qed.

Lemma to_ge x v : v <= x -> 0 <= x - v.
Proof. lra. Qed.

Lemma to_gt x v : v < x -> 0 < x - v.
Proof. lra. Qed.

(* Quotients: a term times its denominator is its numerator. *)

Lemma e_plus u v a c : u = a -> v = c -> u + v = a + c.
Proof. intros -> ->; reflexivity. Qed.

Lemma e_minus u v a c : u = a -> v = c -> u - v = a - c.
Proof. intros -> ->; reflexivity. Qed.

Lemma e_times u v a c : u = a -> v = c -> u * v = a * c.
Proof. intros -> ->; reflexivity. Qed.

Lemma e_neg u a : u = a -> - u = - a.
Proof. intros ->; reflexivity. Qed.

Lemma e_pow u a n : u = a -> u ^ n = a ^ n.
Proof. intros ->; reflexivity. Qed.

Lemma e_over u a (q : R) : u = a -> u / q = a / q.
Proof. intros ->; reflexivity. Qed.

Lemma q_plus u v a b c d : u * b = a -> v * d = c -> (u + v) * (b * d) = a * d + c * b.
Proof. intros <- <-; ring. Qed.

Lemma q_minus u v a b c d : u * b = a -> v * d = c -> (u - v) * (b * d) = a * d - c * b.
Proof. intros <- <-; ring. Qed.

Lemma q_plus_same u v a b c : u * b = a -> v * b = c -> (u + v) * b = a + c.
Proof. intros <- <-; ring. Qed.

Lemma q_minus_same u v a b c : u * b = a -> v * b = c -> (u - v) * b = a - c.
Proof. intros <- <-; ring. Qed.

Lemma q_plus_e u v a b c : u * b = a -> v = c -> (u + v) * b = a + c * b.
Proof. intros <- <-; ring. Qed.

Lemma q_minus_e u v a b c : u * b = a -> v = c -> (u - v) * b = a - c * b.
Proof. intros <- <-; ring. Qed.

Lemma e_plus_q u v a c d : u = a -> v * d = c -> (u + v) * d = a * d + c.
Proof. intros <- <-; ring. Qed.

Lemma e_minus_q u v a c d : u = a -> v * d = c -> (u - v) * d = a * d - c.
Proof. intros <- <-; ring. Qed.

Lemma q_times u v a b c d : u * b = a -> v * d = c -> (u * v) * (b * d) = a * c.
Proof. intros <- <-; ring. Qed.

Lemma q_times_e u v a b c : u * b = a -> v = c -> (u * v) * b = a * c.
Proof. intros <- <-; ring. Qed.

Lemma e_times_q u v a c d : u = a -> v * d = c -> (u * v) * d = a * c.
Proof. intros <- <-; ring. Qed.

Lemma q_neg u a b : u * b = a -> (- u) * b = - a.
Proof. intros <-; ring. Qed.

Lemma q_pow u a b n : u * b = a -> (u ^ n) * (b ^ n) = a ^ n.
Proof. intros <-; symmetry; apply Rpow_mult_distr. Qed.

Lemma q_over u a b (q : R) : u * b = a -> (u / q) * b = a / q.
Proof. intros <-; unfold Rdiv; ring. Qed.

Lemma e_inv u a : u = a -> u <> 0 -> / u * a = 1.
Proof. intros <- N; field; exact N. Qed.

Lemma q_inv u a b : u * b = a -> u <> 0 -> / u * a = b.
Proof. intros <- N; field; exact N. Qed.

Lemma e_inv_ne u a : u = a -> u <> 0 -> a <> 0.
Proof. intros <-; trivial. Qed.

Lemma q_inv_ne u a b : u * b = a -> u <> 0 -> b <> 0 -> a <> 0.
Proof. intros <- N M; apply Rmult_integral_contrapositive_currified; assumption. Qed.

Lemma q_div u v a b c d : u * b = a -> / v * d = c -> (u / v) * (b * d) = a * c.
Proof. intros <- <-; unfold Rdiv; ring. Qed.

Lemma e_div u v a c d : u = a -> / v * d = c -> (u / v) * d = a * c.
Proof. intros <- <-; unfold Rdiv; ring. Qed.

Lemma ne_times b d : b <> 0 -> d <> 0 -> b * d <> 0.
Proof. apply Rmult_integral_contrapositive_currified. Qed.

Lemma ne_pow b n : b <> 0 -> b ^ n <> 0.
Proof. intros N; apply pow_nonzero, N. Qed.

Lemma q_eq u v b a : u * b = a -> v * b = a -> b <> 0 -> u = v.
Proof. intros H K N; apply (Rmult_eq_reg_r b); [congruence | exact N]. Qed.

Lemma q_cancel u a b p : u * b = a -> b <> 0 -> a = p * b -> u = p.
Proof. intros H N K; apply (Rmult_eq_reg_r b); [congruence | exact N]. Qed.

Lemma q_same u v a b c d : u * b = a -> v * d = c -> b <> 0 -> d <> 0 -> a * d = c * b -> u = v.
Proof.
  intros <- <- N M K; apply (Rmult_eq_reg_r (b * d)); [|apply ne_times; assumption].
  transitivity (u * b * d); [ring | rewrite K; ring].
Qed.

Lemma q_zero u a b : u * b = a -> b <> 0 -> a = 0 -> u = 0.
Proof. intros H N K; destruct (Rmult_integral u b); [congruence | trivial | contradiction]. Qed.

Lemma q_of_e u a : u = a -> u * 1 = a.
Proof. intros <-; ring. Qed.

Lemma q_scaled u a b d n : u * b = a -> b <> 0 -> a * d = n * b -> u * d = n.
Proof.
  intros <- N K; apply (Rmult_eq_reg_r b); [|exact N].
  rewrite <- K; ring.
Qed.

Lemma e_scaled u a d n : u = a -> a * d = n -> u * d = n.
Proof. intros ->; trivial. Qed.

Lemma one_ne : 1 <> 0.
Proof. lra. Qed.

Lemma q_move w u a b : w = u -> u * b = a -> w * b = a.
Proof. intros ->; trivial. Qed.

Lemma combine q l r s : l = r -> s = 0 -> q * (l - r) + s = 0.
Proof. intros -> ->; ring. Qed.

(* Cones *)

Lemma cone_ge m t s : 0 < m -> m * t = s -> 0 <= s -> 0 <= t.
Proof. intros M <- S; apply (Rmult_le_reg_l m); [exact M | rewrite Rmult_0_r; exact S]. Qed.

Lemma cone_gt m t s : 0 < m -> m * t = s -> 0 < s -> 0 < t.
Proof. intros M <- S; apply (Rmult_lt_reg_l m); [exact M | rewrite Rmult_0_r; exact S]. Qed.

Lemma cone_eq m t s : 0 < m -> m * t = s -> s = 0 -> t = 0.
Proof. intros M <- S; destruct (Rmult_integral m t); [exact S | lra | assumption]. Qed.

Lemma cone_ne m t s : 0 < m -> m * t = s -> 0 < s -> t <> 0.
Proof. intros M <- S ->; lra. Qed.

Lemma cone_negative m t s : 0 < m -> - (m * t) = s -> 0 < s -> t <> 0.
Proof. intros M E S ->; lra. Qed.

Lemma nn_plus u v : 0 <= u -> 0 <= v -> 0 <= u + v.
Proof. lra. Qed.

Lemma pn_plus u v : 0 < u -> 0 <= v -> 0 < u + v.
Proof. lra. Qed.

Lemma np_plus u v : 0 <= u -> 0 < v -> 0 < u + v.
Proof. lra. Qed.

Lemma zz_plus u v : u = 0 -> v = 0 -> u + v = 0.
Proof. lra. Qed.

Lemma nn_times u v : 0 <= u -> 0 <= v -> 0 <= u * v.
Proof. apply Rmult_le_pos. Qed.

Lemma pp_times u v : 0 < u -> 0 < v -> 0 < u * v.
Proof. apply Rmult_lt_0_compat. Qed.

Lemma z_times u v : u = 0 -> u * v = 0.
Proof. intros ->; ring. Qed.

Lemma times_z u v : v = 0 -> u * v = 0.
Proof. intros ->; ring. Qed.

Lemma square_nn u : 0 <= u * u.
Proof. exact (Rle_0_sqr u). Qed.

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

(* Bounds *)

Lemma lo_weak a b u : a <= u -> b <= a -> b <= u.
Proof. lra. Qed.

Lemma hi_weak a b u : u <= a -> a <= b -> u <= b.
Proof. lra. Qed.

Lemma lo_plus u v a b c : a <= u -> b <= v -> c <= a + b -> c <= u + v.
Proof. lra. Qed.

Lemma hi_plus u v a b c : u <= a -> v <= b -> a + b <= c -> u + v <= c.
Proof. lra. Qed.

Lemma lo_minus u v a b c : a <= u -> v <= b -> c <= a - b -> c <= u - v.
Proof. lra. Qed.

Lemma hi_minus u v a b c : u <= a -> b <= v -> a - b <= c -> u - v <= c.
Proof. lra. Qed.

Lemma lo_neg u a : u <= a -> - a <= - u.
Proof. lra. Qed.

Lemma hi_neg u a : a <= u -> - u <= - a.
Proof. lra. Qed.

Lemma lo_neg_as u a c : u <= a -> c <= - a -> c <= - u.
Proof. lra. Qed.

Lemma hi_neg_as u a c : a <= u -> - a <= c -> - u <= c.
Proof. lra. Qed.

Lemma mult_neg_r r a b : r <= 0 -> a <= b -> b * r <= a * r.
Proof. intros; rewrite (Rmult_comm b), (Rmult_comm a); apply Rmult_le_compat_neg_l; assumption. Qed.

Lemma lo_times_pp u v a b c : 0 <= a -> 0 <= b -> a <= u -> b <= v -> c <= a * b -> c <= u * v.
Proof. intros; apply Rle_trans with (a * b); [assumption | apply Rmult_le_compat; assumption]. Qed.

Lemma lo_times_nn u v a b c : a <= 0 -> b <= 0 -> u <= a -> v <= b -> c <= a * b -> c <= u * v.
Proof.
  intros; replace (u * v) with ((- u) * (- v)) by ring.
  apply (lo_times_pp _ _ (- a) (- b)); lra.
Qed.

(* u between 0 and b, v at least c, which is negative *)
Lemma lo_times_pm u v b c l : 0 <= u -> u <= b -> c <= v -> c <= 0 -> l <= b * c -> l <= u * v.
Proof.
  intros; apply Rle_trans with (b * c); [assumption|].
  apply Rle_trans with (u * c).
  - apply mult_neg_r; assumption.
  - apply Rmult_le_compat_l; assumption.
Qed.

(* u between a and 0, v at most d, which is positive *)
Lemma lo_times_mp u v a d l : u <= 0 -> a <= u -> v <= d -> 0 <= d -> l <= a * d -> l <= u * v.
Proof.
  intros; replace (u * v) with ((- u) * (- v)) by ring.
  apply (lo_times_pm _ _ (- a) (- d)); lra.
Qed.

Lemma lo_times_four u v a b c d l : a <= u -> u <= b -> c <= v -> v <= d ->
  l <= a * c -> l <= a * d -> l <= b * c -> l <= b * d -> l <= u * v.
Proof.
  intros A B C D P Q S T; destruct (Rle_dec 0 v) as [V|V].
  - apply Rle_trans with (a * v); [|apply Rmult_le_compat_r; assumption].
    destruct (Rle_dec 0 a) as [W|W].
    + apply Rle_trans with (a * c); [exact P | apply Rmult_le_compat_l; assumption].
    + apply Rle_trans with (a * d); [exact Q | apply Rmult_le_compat_neg_l; lra].
  - apply Rle_trans with (b * v); [|apply mult_neg_r; lra].
    destruct (Rle_dec 0 b) as [W|W].
    + apply Rle_trans with (b * c); [exact S | apply Rmult_le_compat_l; assumption].
    + apply Rle_trans with (b * d); [exact T | apply Rmult_le_compat_neg_l; lra].
Qed.

Lemma times_swap_lo u v l : l <= v * u -> l <= u * v.
Proof. rewrite Rmult_comm; trivial. Qed.

Lemma hi_times u v h : - h <= u * (- v) -> u * v <= h.
Proof. rewrite Ropp_mult_distr_r_reverse; lra. Qed.

Lemma lo_over u v l : l <= u * / v -> l <= u / v.
Proof. trivial. Qed.

Lemma hi_over u v h : u * / v <= h -> u / v <= h.
Proof. trivial. Qed.

Lemma lo_inv v d l : 0 < v -> v <= d -> l * d <= 1 -> l <= / v.
Proof.
  intros V D L; apply Rle_trans with (/ d); [|apply Rinv_le_contravar; lra].
  apply (Rmult_le_reg_r d); [lra|]; rewrite Rinv_l; lra.
Qed.

Lemma lo_inv_zero v : 0 < v -> 0 <= / v.
Proof. intros V; left; apply Rinv_0_lt_compat, V. Qed.

Lemma hi_inv v c h : 0 < c -> c <= v -> 1 <= h * c -> / v <= h.
Proof.
  intros C V H; apply Rle_trans with (/ c); [apply Rinv_le_contravar; lra|].
  apply (Rmult_le_reg_r c); [lra|]; rewrite Rinv_l; lra.
Qed.

Lemma gt_of_ne v : 0 <= v -> v <> 0 -> 0 < v.
Proof. lra. Qed.

Lemma gt_of_lo v c : 0 < c -> c <= v -> 0 < v.
Proof. lra. Qed.

Lemma lo_inv_neg v l : l <= - / (- v) -> l <= / v.
Proof. destruct (Req_dec v 0) as [-> | N]; [rewrite Ropp_0, Rinv_0; lra | rewrite Rinv_opp; lra]. Qed.

Lemma hi_inv_neg v h : - / (- v) <= h -> / v <= h.
Proof. destruct (Req_dec v 0) as [-> | N]; [rewrite Ropp_0, Rinv_0; lra | rewrite Rinv_opp; lra]. Qed.

Lemma lo_pow u a n l : 0 <= a -> a <= u -> l <= a ^ n -> l <= u ^ n.
Proof. intros; apply Rle_trans with (a ^ n); [assumption | apply pow_incr; split; assumption]. Qed.

Lemma hi_pow u b n h : 0 <= u -> u <= b -> b ^ n <= h -> u ^ n <= h.
Proof. intros; apply Rle_trans with (b ^ n); [apply pow_incr; split; assumption | assumption]. Qed.

Lemma pow_even u k : u ^ (2 * k) = Rabs u ^ (2 * k).
Proof. rewrite !pow_mult, pow2_abs; reflexivity. Qed.

Lemma pow_odd_neg u k : u ^ S (2 * k) = - (- u) ^ S (2 * k).
Proof.
  rewrite <- !tech_pow_Rmult, (pow_even (- u)), Rabs_Ropp, <- pow_even; ring.
Qed.

Lemma pow_odd_le u v k : u <= v -> u ^ S (2 * k) <= v ^ S (2 * k).
Proof.
  intros L; destruct (Rle_dec 0 u) as [U|U]; [apply pow_incr; lra|].
  rewrite (pow_odd_neg u k); destruct (Rle_dec 0 v) as [V|V].
  - assert (0 <= (- u) ^ S (2 * k)) by (apply pow_le; lra).
    assert (0 <= v ^ S (2 * k)) by (apply pow_le; lra); lra.
  - rewrite (pow_odd_neg v k); apply Ropp_le_contravar, pow_incr; lra.
Qed.

Lemma lo_odd u a n k l : n = S (2 * k) -> a <= u -> l <= a ^ n -> l <= u ^ n.
Proof. intros -> A L; apply Rle_trans with (1 := L), pow_odd_le, A. Qed.

Lemma hi_odd u b n k h : n = S (2 * k) -> u <= b -> b ^ n <= h -> u ^ n <= h.
Proof. intros -> B H; apply Rle_trans with (2 := H), pow_odd_le, B. Qed.

Lemma lo_even u n k l : n = (2 * k)%nat -> l <= Rabs u ^ n -> l <= u ^ n.
Proof. intros -> H; rewrite pow_even; exact H. Qed.

Lemma hi_even u n k h : n = (2 * k)%nat -> Rabs u ^ n <= h -> u ^ n <= h.
Proof. intros -> H; rewrite pow_even; exact H. Qed.

Lemma lo_abs_plus u a : a <= u -> a <= Rabs u.
Proof. intros H; apply Rle_trans with (1 := H), Rle_abs. Qed.

Lemma lo_abs_minus u b : u <= b -> - b <= Rabs u.
Proof. intros H; rewrite <- Rabs_Ropp; apply Rle_trans with (- u); [lra | apply Rle_abs]. Qed.

Lemma lo_abs u : 0 <= Rabs u.
Proof. apply Rabs_pos. Qed.

Lemma hi_abs u a b h : a <= u -> u <= b -> - h <= a -> b <= h -> Rabs u <= h.
Proof. intros; apply Rabs_le; lra. Qed.

Lemma lo_exp u a l : a <= u -> l <= exp a -> l <= exp u.
Proof.
  intros [A | <-] L; [ | exact L].
  apply Rle_trans with (1 := L); left; apply exp_increasing, A.
Qed.

Lemma hi_exp u b h : u <= b -> exp b <= h -> exp u <= h.
Proof.
  intros [B | ->] H; [ | exact H].
  apply Rle_trans with (2 := H); left; apply exp_increasing, B.
Qed.

Lemma lo_exp_zero u : 0 <= exp u.
Proof. left; apply exp_pos. Qed.

Lemma lo_ln u a l : 0 < a -> a <= u -> l <= ln a -> l <= ln u.
Proof. intros P A L; apply Rle_trans with (1 := L), ln_le; assumption. Qed.

Lemma hi_ln u b h : 0 < u -> u <= b -> ln b <= h -> ln u <= h.
Proof. intros P B H; apply Rle_trans with (2 := H), ln_le; assumption. Qed.

Lemma lo_sqrt u a l : a <= u -> l <= sqrt a -> l <= sqrt u.
Proof. intros A L; apply Rle_trans with (1 := L), sqrt_le_1_alt, A. Qed.

Lemma hi_sqrt u b h : u <= b -> sqrt b <= h -> sqrt u <= h.
Proof. intros B H; apply Rle_trans with (2 := H), sqrt_le_1_alt, B. Qed.

Lemma lo_sqrt_zero u : 0 <= sqrt u.
Proof. apply sqrt_pos. Qed.

Lemma root_mono n u v : u <= v -> root (S n) u <= root (S n) v.
Proof.
  intros L; destruct (Rlt_dec 0 u) as [U|U].
  - rewrite !root_exp by lra; apply (hi_exp _ (ln v / INR (S n))); [|lra].
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, lt_0_INR; lia | apply ln_le; lra].
  - unfold root at 1; destruct (Rlt_dec 0 u); [contradiction | apply root_ge].
Qed.

Lemma lo_root n u a l : a <= u -> 0 <= l -> l ^ S n <= a -> l <= root (S n) u.
Proof.
  intros A L H; rewrite <- (root_of n (l ^ S n) l eq_refl L); apply root_mono; lra.
Qed.

Lemma hi_root n u b h : u <= b -> 0 <= h -> b <= h ^ S n -> root (S n) u <= h.
Proof.
  intros B L H; rewrite <- (root_of n (h ^ S n) h eq_refl L); apply root_mono; lra.
Qed.

Lemma lo_sin u : - 1 <= sin u.
Proof. apply SIN_bound. Qed.

Lemma hi_sin u : sin u <= 1.
Proof. apply SIN_bound. Qed.

Lemma lo_cos u : - 1 <= cos u.
Proof. apply COS_bound. Qed.

Lemma hi_cos u : cos u <= 1.
Proof. apply COS_bound. Qed.

Lemma lo_cosh u : 1 <= cosh u.
Proof.
  unfold cosh; rewrite exp_Ropp; generalize (exp_pos u); intros E.
  assert (K : 0 <= (exp u - 1) * (exp u - 1) * / exp u).
  { apply Rmult_le_pos; [apply square_nn | left; apply Rinv_0_lt_compat, E]. }
  replace ((exp u - 1) * (exp u - 1) * / exp u) with (exp u + / exp u - 2) in K by (field; lra).
  lra.
Qed.

Lemma lo_tanh u : - 1 <= tanh u.
Proof.
  rewrite tanh_is; generalize (exp_pos u) (exp_pos (- u)); intros A B.
  apply (Rmult_le_reg_r (exp u + exp (- u))); [lra|]; unfold Rdiv.
  rewrite Rmult_assoc, Rinv_l; lra.
Qed.

Lemma hi_tanh u : tanh u <= 1.
Proof.
  rewrite tanh_is; generalize (exp_pos u) (exp_pos (- u)); intros A B.
  apply (Rmult_le_reg_r (exp u + exp (- u))); [lra|]; unfold Rdiv.
  rewrite Rmult_assoc, Rinv_l; lra.
Qed.

Lemma as_lo u v l : u = v -> l <= v -> l <= u.
Proof. intros ->; trivial. Qed.

Lemma as_hi u v h : u = v -> v <= h -> u <= h.
Proof. intros ->; trivial. Qed.

Lemma lo_max u v l : l <= u -> l <= Rmax u v.
Proof. intros H; apply Rle_trans with (1 := H), Rmax_l. Qed.

Lemma lo_max_r u v l : l <= v -> l <= Rmax u v.
Proof. intros H; apply Rle_trans with (1 := H), Rmax_r. Qed.

Lemma hi_max u v h : u <= h -> v <= h -> Rmax u v <= h.
Proof. apply Rmax_lub. Qed.

Lemma lo_min u v l : l <= u -> l <= v -> l <= Rmin u v.
Proof. apply Rmin_glb. Qed.

Lemma hi_min u v h : u <= h -> Rmin u v <= h.
Proof. intros H; apply Rle_trans with (2 := H), Rmin_l. Qed.

Lemma hi_min_r u v h : v <= h -> Rmin u v <= h.
Proof. intros H; apply Rle_trans with (2 := H), Rmin_r. Qed.

Lemma lo_sign u : - (1) <= sign u.
Proof.
  destruct (Rtotal_order u 0) as [N | [-> | P]];
    [rewrite (sign_eq_m1 u N) | rewrite sign_0 | rewrite (sign_eq_1 u P)]; lra.
Qed.

Lemma hi_sign u : sign u <= 1.
Proof.
  destruct (Rtotal_order u 0) as [N | [-> | P]];
    [rewrite (sign_eq_m1 u N) | rewrite sign_0 | rewrite (sign_eq_1 u P)]; lra.
Qed.

Lemma hi_sign_zero u : 0 <= - u -> sign u <= 0.
Proof. intros U; apply sign_le_0; lra. Qed.

Lemma hi_sign_minus u : 0 < - u -> sign u <= - (1).
Proof. intros U; rewrite (sign_minus u U); lra. Qed.

Lemma lo_sign_plus u l : 0 < u -> l <= 1 -> l <= sign u.
Proof. intros U; rewrite sign_plus; trivial. Qed.

Lemma lo_sign_zero u : 0 <= u -> 0 <= sign u.
Proof. apply sign_ge_0. Qed.

Lemma ge_of_lo u l : l <= u -> 0 <= l -> 0 <= u.
Proof. lra. Qed.

Lemma gt_of_low u l : l <= u -> 0 < l -> 0 < u.
Proof. lra. Qed.

Lemma lt_of_hi u h : u <= h -> h < 0 -> u <> 0.
Proof. lra. Qed.

Lemma ne_of_low u l : l <= u -> 0 < l -> u <> 0.
Proof. lra. Qed.

Lemma eq_of_both u : 0 <= u -> u <= 0 -> u = 0.
Proof. lra. Qed.

Lemma whole_ge u z : 0 <= u -> 0 <= powerRZ u z.
Proof.
  intros [U | <-]; [left; apply powerRZ_lt, U|].
  destruct z as [| p | p]; simpl; [lra | |].
  - rewrite pow_ne_zero; [lra | generalize (Pos2Nat.is_pos p); lia].
  - rewrite pow_ne_zero, Rinv_0; [lra | generalize (Pos2Nat.is_pos p); lia].
Qed.

(* Integers *)

Lemma next_lo k (q : R) n m : q <= IZR k -> IZR n < q -> m = (n + 1)%Z -> IZR m <= IZR k.
Proof. intros K N ->; apply IZR_le; assert (n < k)%Z by (apply lt_IZR; lra); lia. Qed.

Lemma next_lo_open k (q : R) n m : q < IZR k -> IZR n <= q -> m = (n + 1)%Z -> IZR m <= IZR k.
Proof. intros K N ->; apply IZR_le; assert (n < k)%Z by (apply lt_IZR; lra); lia. Qed.

Lemma next_hi k (q : R) n m : IZR k <= q -> q < IZR n -> m = (n - 1)%Z -> IZR k <= IZR m.
Proof. intros K N ->; apply IZR_le; assert (k < n)%Z by (apply lt_IZR; lra); lia. Qed.

Lemma next_hi_open k (q : R) n m : IZR k < q -> q <= IZR n -> m = (n - 1)%Z -> IZR k <= IZR m.
Proof. intros K N ->; apply IZR_le; assert (k < n)%Z by (apply lt_IZR; lra); lia. Qed.

Lemma induction_from (P : Z -> Prop) m : P m ->
  (forall k, (m <= k)%Z -> P k -> P (k + 1)%Z) -> forall k, (m <= k)%Z -> P k.
Proof.
  intros B S k K; apply (Zlt_lower_bound_ind P m); [ | exact K].
  intros j H J; destruct (Z.eq_dec j m) as [-> | N]; [exact B|].
  replace j with (j - 1 + 1)%Z by lia; apply S; [lia | apply H; lia].
Qed.
