(* Continuity *)

Lemma cont_const (c t : R) : continuity_pt (fun _ => c) t.
Proof. apply continuity_pt_const; intros x y; reflexivity. Qed.

Lemma cont_id (t : R) : continuity_pt (fun x => x) t.
Proof. apply derivable_continuous_pt, derivable_pt_id. Qed.

Lemma cont_plus u v t : continuity_pt u t -> continuity_pt v t ->
  continuity_pt (fun x => u x + v x) t.
Proof. apply continuity_pt_plus. Qed.

Lemma cont_minus u v t : continuity_pt u t -> continuity_pt v t ->
  continuity_pt (fun x => u x - v x) t.
Proof. apply continuity_pt_minus. Qed.

Lemma cont_neg u t : continuity_pt u t -> continuity_pt (fun x => - u x) t.
Proof. apply continuity_pt_opp. Qed.

Lemma cont_times u v t : continuity_pt u t -> continuity_pt v t ->
  continuity_pt (fun x => u x * v x) t.
Proof. apply continuity_pt_mult. Qed.

Lemma cont_inv u t : u t <> 0 -> continuity_pt u t -> continuity_pt (fun x => / u x) t.
Proof. intros N U; exact (continuity_pt_inv u t U N). Qed.

Lemma cont_div u v t : v t <> 0 -> continuity_pt u t -> continuity_pt v t ->
  continuity_pt (fun x => u x / v x) t.
Proof. intros N U V; exact (cont_times _ _ _ U (cont_inv _ _ N V)). Qed.

Lemma cont_comp f u t : continuity_pt u t -> continuity_pt f (u t) ->
  continuity_pt (fun x => f (u x)) t.
Proof. intros U F; exact (continuity_pt_comp u f t U F). Qed.

Lemma cont_of_der f u t d : continuity_pt u t -> derivable_pt_lim f (u t) d ->
  continuity_pt (fun x => f (u x)) t.
Proof.
  intros U D; apply cont_comp; [exact U|]; apply derivable_continuous_pt; exists d; exact D.
Qed.

Lemma cont_exp u t : continuity_pt u t -> continuity_pt (fun x => exp (u x)) t.
Proof. intros U; exact (cont_of_der _ _ _ _ U (derivable_pt_lim_exp _)). Qed.

Lemma cont_ln u t : 0 < u t -> continuity_pt u t -> continuity_pt (fun x => ln (u x)) t.
Proof. intros P U; exact (cont_of_der _ _ _ _ U (derivable_pt_lim_ln _ P)). Qed.

Lemma cont_sqrt u t : 0 <= u t -> continuity_pt u t -> continuity_pt (fun x => sqrt (u x)) t.
Proof. intros P U; exact (cont_comp _ _ _ U (continuity_pt_sqrt _ P)). Qed.

Lemma cont_sin u t : continuity_pt u t -> continuity_pt (fun x => sin (u x)) t.
Proof. intros U; exact (cont_of_der _ _ _ _ U (derivable_pt_lim_sin _)). Qed.

Lemma cont_cos u t : continuity_pt u t -> continuity_pt (fun x => cos (u x)) t.
Proof. intros U; exact (cont_of_der _ _ _ _ U (derivable_pt_lim_cos _)). Qed.

Lemma cont_sinh u t : continuity_pt u t -> continuity_pt (fun x => sinh (u x)) t.
Proof. intros U; exact (cont_of_der _ _ _ _ U (derivable_pt_lim_sinh _)). Qed.

Lemma cont_cosh u t : continuity_pt u t -> continuity_pt (fun x => cosh (u x)) t.
Proof. intros U; exact (cont_of_der _ _ _ _ U (derivable_pt_lim_cosh _)). Qed.

Lemma cont_tanh u t : continuity_pt u t -> continuity_pt (fun x => tanh (u x)) t.
Proof.
  intros U; apply (cont_div (fun x => sinh (u x)) (fun x => cosh (u x))).
  - generalize (lo_cosh (u t)); lra.
  - apply cont_sinh, U.
  - apply cont_cosh, U.
Qed.

Lemma cont_abs u t : continuity_pt u t -> continuity_pt (fun x => Rabs (u x)) t.
Proof. intros U; exact (cont_comp _ _ _ U (Rcontinuity_abs _)). Qed.

Lemma cont_pow u t n : continuity_pt u t -> continuity_pt (fun x => u x ^ n) t.
Proof. intros U; exact (cont_of_der (fun y => y ^ n) _ _ _ U (derivable_pt_lim_pow _ n)). Qed.

Lemma root_continuous n y : 0 <= y -> continuity_pt (root (S n)) y.
Proof.
  intros [Y | <-].
  - apply derivable_continuous_pt; exists (1 / INR (S n) * exp ((1 / INR (S n) - 1) * ln y) * 1).
    apply (near _ (fun x => exp (1 / INR (S n) * ln x))).
    + exists y; split; [exact Y|]; intros x X; apply Rabs_def2 in X.
      rewrite root_exp by lra; f_equal; unfold Rdiv; ring.
    + exact (Rpower_der _ (fun x => x) y 1 Y (der_id y)).
  - intros e E; exists (e ^ S n); split; [apply pow_lt, E|].
    intros x [_ X]; simpl dist in *; unfold R_dist in *.
    replace (root (S n) 0) with 0 by (unfold root; destruct (Rlt_dec 0 0); lra).
    rewrite Rminus_0_r in *; rewrite Rabs_pos_eq by apply root_ge.
    destruct (Rle_dec x 0) as [N | P].
    + unfold root; destruct (Rlt_dec 0 x); lra.
    + rewrite Rabs_pos_eq in X by lra; destruct (Rlt_dec (root (S n) x) e) as [L | L]; [exact L|].
      exfalso; assert (K : e ^ S n <= root (S n) x ^ S n) by (apply pow_incr; lra).
      rewrite (root_sq n x x) in K; lra.
Qed.

Lemma cont_root u t n : 0 <= u t -> continuity_pt u t -> continuity_pt (fun x => root (S n) (u x)) t.
Proof. intros P U; exact (cont_comp _ _ _ U (root_continuous _ _ P)). Qed.

Lemma cont_whole u t k : u t <> 0 -> continuity_pt u t -> continuity_pt (fun x => powerRZ (u x) k) t.
Proof.
  intros N U; apply (cont_comp (fun y => powerRZ y k)); [exact U|].
  apply derivable_continuous_pt; exists (IZR k * powerRZ (u t) (k - 1) * 1).
  exact (der_whole (fun y => y) (u t) 1 k N (der_id _)).
Qed.

Lemma cont_whole_nat u t k : (0 <= k)%Z -> continuity_pt u t ->
  continuity_pt (fun x => powerRZ (u x) k) t.
Proof.
  intros K U; rewrite <- (Z2Nat.id k K); apply (continuity_pt_ext (fun x => u x ^ Z.to_nat k)).
  - intros x; symmetry; apply whole_nat.
  - apply cont_pow, U.
Qed.

Lemma cont_Rpower u v t : 0 < u t -> continuity_pt u t -> continuity_pt v t ->
  continuity_pt (fun x => Rpower (u x) (v x)) t.
Proof. intros P U V; exact (cont_exp _ _ (cont_times _ _ _ V (cont_ln _ _ P U))). Qed.

(* The mean value theorem *)

Lemma mean_value (f f' : R -> R) a b : a < b ->
  (forall t, a <= t <= b -> continuity_pt f t) ->
  (forall t, a < t < b -> derivable_pt_lim f t (f' t)) ->
  exists c, a < c < b /\ f b - f a = f' c * (b - a).
Proof.
  intros L C D.
  set (p := fun t (T : a < t < b) => exist _ (f' t) (D t T) : derivable_pt f t).
  destruct (MVT f id a b p (fun t _ => derivable_pt_id t) L C) as [c [P E]].
  - intros; apply cont_id.
  - exists c; split; [exact P|].
    assert (K : derive_pt f c (p c P) = f' c) by reflexivity.
    assert (J : derive_pt id c (derivable_pt_id c) = 1) by apply derive_pt_id.
    rewrite K, J in E; unfold id in E; lra.
Qed.

Lemma grows_ge (f f' : R -> R) a x : a <= x ->
  (forall t, a <= t <= x -> continuity_pt f t) ->
  (forall t, a < t < x -> derivable_pt_lim f t (f' t) /\ 0 <= f' t) -> 0 <= f a -> 0 <= f x.
Proof.
  intros [L | <-] C D F; [|exact F].
  destruct (mean_value f f' a x L C) as [c [P E]]; [intros t T; apply D, T|].
  assert (0 <= f' c * (x - a)) by (apply Rmult_le_pos; [apply D, P | lra]); lra.
Qed.

Lemma grows_gt (f f' : R -> R) a x : a <= x ->
  (forall t, a <= t <= x -> continuity_pt f t) ->
  (forall t, a < t < x -> derivable_pt_lim f t (f' t) /\ 0 <= f' t) -> 0 < f a -> 0 < f x.
Proof.
  intros [L | <-] C D F; [|exact F].
  destruct (mean_value f f' a x L C) as [c [P E]]; [intros t T; apply D, T|].
  assert (0 <= f' c * (x - a)) by (apply Rmult_le_pos; [apply D, P | lra]); lra.
Qed.

Lemma grows_open (f f' : R -> R) a x : a < x ->
  (forall t, a <= t <= x -> continuity_pt f t) ->
  (forall t, a < t < x -> derivable_pt_lim f t (f' t) /\ 0 < f' t) -> 0 <= f a -> 0 < f x.
Proof.
  intros L C D F.
  destruct (mean_value f f' a x L C) as [c [P E]]; [intros t T; apply D, T|].
  assert (0 < f' c * (x - a)) by (apply Rmult_lt_0_compat; [apply D, P | lra]); lra.
Qed.

Lemma falls_ge (f f' : R -> R) a x : x <= a ->
  (forall t, x <= t <= a -> continuity_pt f t) ->
  (forall t, x < t < a -> derivable_pt_lim f t (f' t) /\ 0 <= - f' t) -> 0 <= f a -> 0 <= f x.
Proof.
  intros [L | ->] C D F; [|exact F].
  destruct (mean_value f f' x a L C) as [c [P E]]; [intros t T; apply D, T|].
  assert (0 <= - f' c * (a - x)) by (apply Rmult_le_pos; [apply D, P | lra]); lra.
Qed.

Lemma falls_gt (f f' : R -> R) a x : x <= a ->
  (forall t, x <= t <= a -> continuity_pt f t) ->
  (forall t, x < t < a -> derivable_pt_lim f t (f' t) /\ 0 <= - f' t) -> 0 < f a -> 0 < f x.
Proof.
  intros [L | ->] C D F; [|exact F].
  destruct (mean_value f f' x a L C) as [c [P E]]; [intros t T; apply D, T|].
  assert (0 <= - f' c * (a - x)) by (apply Rmult_le_pos; [apply D, P | lra]); lra.
Qed.

Lemma falls_open (f f' : R -> R) a x : x < a ->
  (forall t, x <= t <= a -> continuity_pt f t) ->
  (forall t, x < t < a -> derivable_pt_lim f t (f' t) /\ 0 < - f' t) -> 0 <= f a -> 0 < f x.
Proof.
  intros L C D F.
  destruct (mean_value f f' x a L C) as [c [P E]]; [intros t T; apply D, T|].
  assert (0 < - f' c * (a - x)) by (apply Rmult_lt_0_compat; [apply D, P | lra]); lra.
Qed.

(* From the centre c to x, the values change by at most the slope times the reach. *)
Lemma mean_step (f f' : R -> R) a b c x m r : a <= c <= b -> a <= x <= b ->
  (forall t, a <= t <= b -> derivable_pt_lim f t (f' t) /\ - m <= f' t /\ f' t <= m) ->
  0 <= m -> c - a <= r -> b - c <= r -> - (m * r) <= f x - f c /\ f x - f c <= m * r.
Proof.
  intros C X D M A B.
  assert (K : forall t, a <= t <= b -> continuity_pt f t).
  { intros t T; apply derivable_continuous_pt; exists (f' t); apply D, T. }
  assert (W : forall s e, - m <= s /\ s <= m -> 0 <= e <= r -> - (m * r) <= s * e <= m * r).
  { intros s e S E; assert (m * e <= m * r) by (apply Rmult_le_compat_l; lra).
    assert (s * e <= m * e) by (apply Rmult_le_compat_r; lra).
    assert (- m * e <= s * e) by (apply Rmult_le_compat_r; lra); lra. }
  destruct (Rtotal_order c x) as [L | [<- | L]].
  - destruct (mean_value f f' c x L) as [d [P E]].
    + intros t T; apply K; lra.
    + intros t T; apply D; lra.
    + rewrite E; assert (Q : a <= d <= b) by lra; apply (W _ _ (proj2 (D d Q))); lra.
  - assert (0 <= m * r) by (apply Rmult_le_pos; lra); lra.
  - destruct (mean_value f f' x c L) as [d [P E]].
    + intros t T; apply K; lra.
    + intros t T; apply D; lra.
    + assert (Q : a <= d <= b) by lra.
      assert (V : 0 <= c - x <= r) by lra; generalize (W _ _ (proj2 (D d Q)) V); lra.
Qed.

Lemma tanh_grows a u : a <= u -> tanh a <= tanh u.
Proof.
  intros H; assert (K : 0 <= tanh u - tanh a); [|lra].
  apply (grows_ge (fun x => tanh x - tanh a) (fun x => 1 - tanh x ^ 2) a u H).
  - intros t _; exact (cont_minus _ _ _ (cont_tanh _ _ (cont_id t)) (cont_const (tanh a) t)).
  - intros t _; split.
    + apply (der_eq _ _ _ _ (der_minus _ _ _ _ _ (der_tanh _ _ _ (der_id t)) (der_const (tanh a) t))).
      ring.
    + generalize (lo_tanh t) (hi_tanh t); intros; nra.
  - lra.
Qed.

Lemma lo_tanh_at u a l : a <= u -> l <= (exp a - exp (- a)) / (exp a + exp (- a)) -> l <= tanh u.
Proof. intros A L; rewrite <- tanh_is in L; apply Rle_trans with (1 := L), tanh_grows, A. Qed.

Lemma hi_tanh_at u b h : u <= b -> (exp b - exp (- b)) / (exp b + exp (- b)) <= h -> tanh u <= h.
Proof. intros B H; rewrite <- tanh_is in H; apply Rle_trans with (2 := H), tanh_grows, B. Qed.
