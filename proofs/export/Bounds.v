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

Lemma lo_zero_times u v : 0 <= u -> u <= 0 -> 0 <= u * v.
Proof. intros A B; rewrite (Rle_antisym _ _ B A); lra. Qed.

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
