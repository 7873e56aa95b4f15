(** The mean of sqrt (Z/m), Z chi-square with m degrees of freedom, from sums of exponentials: for every layer of at most d rows the
    length that it gives to a vector, over that of the vector, is below a function whose mean is as near to that at d as one likes. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Remainder Convergence RangeNumbers ZasNumbers AnyLaw Independent NormalLaw ChiSquare ChiSquareMoments.
From Lemmata Require Import IndependentBlocks GaussianRow GaussianProduct NarrowFactors RootSums.
Open Scope R_scope.

(** ** Integrals over (0, infinity) *)

Lemma ray_nonneg : forall f l, ray f l -> (forall t, 0 < t -> 0 <= f t) -> 0 <= l.
Proof.
  intros f l L H; apply Rnot_lt_le; intros N; assert (D : 0 < - l) by lra.
  assert (P : locally l (fun y => y < 0)).
  { exists (mkposreal _ D); intros y Hy; change (Rabs (y - l) < - l) in Hy; apply Rabs_def2 in Hy; lra. }
  assert (Q : filter_prod (at_right 0) (Rbar_locally p_infty) (fun ab => exists y, is_RInt f (fst ab) (snd ab) y /\ y < 0)) by exact (L _ P).
  destruct (filter_ex _ (filter_and _ _ Q ray_domain)) as [[a b] [[y [I Hy]] [Ha Hb]]]; simpl in *.
  assert (J := is_RInt_ge_0 f a b y ltac:(lra) I ltac:(intros; apply H; lra)); lra.
Qed.

Lemma ray_le : forall f g a b, ray f a -> ray g b -> (forall t, 0 < t -> f t <= g t) -> a <= b.
Proof.
  intros f g a b F G H; assert (P := ray_nonneg _ _ (ray_plus _ _ _ _ G (ray_scal _ (-1) _ F))); cbv beta in P.
  assert (0 <= b + -1 * a); [|lra]; apply P; intros t Ht; specialize (H t Ht); lra.
Qed.

Lemma ray_unique : forall f a b, ray f a -> ray f b -> a = b.
Proof. intros f a b F G; apply Rle_antisym; apply (ray_le f f); try assumption; intros; lra. Qed.

Lemma ray_stretch : forall f l q, 0 < q -> ray f l -> ray (fun t => f (q * t)) (/ q * l).
Proof.
  intros f l q Hq L P [e HP]; assert (e0 := cond_pos e); assert (D : 0 < q * e) by (apply Rmult_lt_0_compat; assumption).
  assert (N : locally l (fun y => P (/ q * y))).
  { exists (mkposreal _ D); intros y Hy; apply HP; change (Rabs (y - l) < q * e) in Hy; change (Rabs (/ q * y - / q * l) < e).
    replace (/ q * y - / q * l) with (/ q * (y - l)) by ring; rewrite Rabs_mult, (Rabs_pos_eq (/ q)) by (left; apply Rinv_0_lt_compat, Hq).
    apply (Rmult_lt_reg_l q); [exact Hq|]; rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra; exact Hy. }
  destruct (L _ N) as [A B [d HA] [M HB] H]; assert (d0 := cond_pos d); assert (D' : 0 < d / q) by (apply Rdiv_lt_0_compat; assumption).
  apply (Filter_prod _ _ _ (fun a => 0 < a /\ a < d / q) (fun b => M / q < b)).
  - exists (mkposreal _ D'); intros a Ha a0; split; [exact a0|]; change (Rabs (a - 0) < d / q) in Ha; rewrite Rminus_0_r, Rabs_pos_eq in Ha; lra.
  - exists (M / q); auto.
  - intros a b [a0 Ha] Hb; assert (qa : 0 < q * a) by (apply Rmult_lt_0_compat; assumption).
    apply (Rmult_lt_compat_l q) in Ha; [|exact Hq]; apply (Rmult_lt_compat_l q) in Hb; [|exact Hq].
    replace (q * (d / q)) with (pos d) in Ha by (field; lra); replace (q * (M / q)) with M in Hb by (field; lra).
    destruct (H (q * a) (q * b)) as [y [I Hy]]; [apply HA; [change (Rabs (q * a - 0) < d); rewrite Rminus_0_r, Rabs_pos_eq; lra|exact qa]|apply HB; exact Hb|].
    simpl in *; exists (/ q * y); split; [|exact Hy].
    assert (I' : is_RInt f (q * a + 0) (q * b + 0) y) by (rewrite !Rplus_0_r; exact I).
    apply (is_RInt_comp_lin (V := R_NormedModule)), (is_RInt_scal (V := R_NormedModule) _ _ _ (/ q)) in I'; revert I'.
    apply (is_RInt_ext (V := R_NormedModule)); intros t _; change (/ q * (q * f (q * t + 0)) = f (q * t)); rewrite Rplus_0_r; field; lra.
Qed.

Lemma ray_total : forall n (f : nat -> R -> R) e, (forall k, (k < n)%nat -> ray (f k) (e k)) -> forall g c, ray g c ->
  ray (fun t => total n (fun k => f k t) + g t) (total n e + c).
Proof.
  induction n as [|n IH]; intros f e H g c G; cbn [total].
  - apply (ray_ext g); [intros; ring|rewrite Rplus_0_l; exact G].
  - assert (F := ray_plus _ _ _ _ (IH f e ltac:(intros; apply H; lia) g c G) (H n ltac:(lia))).
    replace (total n e + e n + c) with (total n e + c + e n) by ring; revert F; apply ray_ext; intros; ring.
Qed.

(** ** Chi-square *)

Lemma density_nonneg : forall m c t, (1 <= m)%nat -> ray (chi_square_density m c) 1 -> 0 < t -> 0 <= chi_square_density m c t.
Proof.
  intros m c t Hm H Ht; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  assert (c0 : 0 <= c).
  { destruct (half_integral (INR m / 2) ltac:(lra)) as [K [K0 HK]]; assert (S := ray_scal _ c _ HK).
    assert (E : c * K = 1).
    { apply (ray_unique (chi_square_density m c)); [|exact H]; revert S; apply ray_ext; intros u Hu.
      assert (P := density_power m c 0 u Hu); rewrite Rpower_O, Rmult_1_l in P by exact Hu; rewrite P; do 2 f_equal; ring. }
    apply Rnot_lt_le; intros N; assert (0 <= - c * K) by (apply Rmult_le_pos; lra); lra. }
  apply Rmult_le_pos; [exact c0|]; apply Rmult_le_pos; left; apply exp_pos.
Qed.

(** E exp(- l Z/m) = (1 + 2 l/m)^(-m/2) *)
Lemma chi_square_exponential : forall m c l, (1 <= m)%nat -> ray (chi_square_density m c) 1 -> 0 <= l ->
  ray (fun t => exp (- (l * (t / INR m))) * chi_square_density m c t) ((/ sqrt (1 + 2 * l / INR m)) ^ m).
Proof.
  intros m c l Hm H Hl; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); set (q := 1 + 2 * l / INR m).
  assert (q0 : 0 < q) by (unfold q; assert (0 <= 2 * l / INR m) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, m0]); lra).
  set (p := INR m / 2 - 1); assert (S := ray_scal _ (Rpower q (- p)) _ (ray_stretch _ 1 q q0 H)).
  replace ((/ sqrt q) ^ m) with (Rpower q (- p) * (/ q * 1)).
  - revert S; apply ray_ext; intros t Ht; unfold chi_square_density; fold p.
    replace (- (q * t) / 2) with (- (l * (t / INR m)) + - t / 2) by (unfold q; field; lra); rewrite exp_plus.
    rewrite <- (Rpower_mult_distr q t p) by assumption; replace (Rpower q (- p) * (c * (Rpower q p * Rpower t p * (exp (- (l * (t / INR m))) * exp (- t / 2)))))
      with (Rpower q (- p) * Rpower q p * (exp (- (l * (t / INR m))) * (c * (Rpower t p * exp (- t / 2))))) by ring.
    rewrite <- Rpower_plus, Rplus_opp_l, Rpower_O, Rmult_1_l by exact q0; reflexivity.
  - rewrite Rmult_1_r; assert (I : / q = Rpower q (- (1))) by (rewrite Rpower_Ropp, Rpower_1 by exact q0; reflexivity).
    assert (R : / sqrt q = Rpower q (- / 2)) by (rewrite Rpower_Ropp, Rpower_sqrt by exact q0; reflexivity).
    rewrite I, R, <- Rpower_plus, <- Rpower_pow by apply exp_pos; rewrite Rpower_mult; f_equal; unfold p; field.
Qed.

Lemma chi_square_first : forall m c, (1 <= m)%nat -> ray (chi_square_density m c) 1 -> ray (fun t => t / INR m * chi_square_density m c t) 1.
Proof.
  intros m c Hm H; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); destruct (half_integral (INR m / 2) ltac:(lra)) as [K [K0 HK]].
  assert (E : c * K = 1).
  { apply (ray_unique (chi_square_density m c)); [|exact H]; generalize (ray_scal _ c _ HK); apply ray_ext; intros u Hu.
    assert (P := density_power m c 0 u Hu); rewrite Rpower_O, Rmult_1_l in P by exact Hu; rewrite P; do 2 f_equal; ring. }
  assert (N := ray_scal _ (c / INR m) _ (half_next (INR m / 2) K ltac:(lra) HK)).
  replace 1 with (c / INR m * (2 * (INR m / 2) * K)) by (rewrite <- E; field; lra); revert N; apply ray_ext; intros t Ht.
  assert (P := density_power m c 1 t Ht); rewrite Rpower_1 in P by exact Ht; replace (INR m / 2 + 1 - 1) with (INR m / 2) in P by ring.
  transitivity (/ INR m * (t * chi_square_density m c t)); [rewrite P|]; unfold Rdiv; ring.
Qed.

(** ** Sums of exponentials *)

Definition exponential_mean (h : R) (J m : nat) : R := total (2 * J + 1) (fun k =>
  exp (- ((INR k - INR J) * h)) * (1 - (/ sqrt (1 + 2 * exp (2 * ((INR k - INR J) * h)) / INR m)) ^ m)).

Lemma chi_square_sum : forall m c h J C a, (1 <= m)%nat -> ray (chi_square_density m c) 1 ->
  ray (fun t => C * (exponential_sum h J (t / INR m) + a * (1 + t / INR m)) * chi_square_density m c t) (C * (exponential_mean h J m + 2 * a)).
Proof.
  intros m c h J C a Hm H; set (e := fun k => exp (- ((INR k - INR J) * h)) * (1 - (/ sqrt (1 + 2 * exp (2 * ((INR k - INR J) * h)) / INR m)) ^ m)).
  set (f := fun k t => exponential_term ((INR k - INR J) * h) (t / INR m) * chi_square_density m c t).
  assert (Each : forall k, (k < 2 * J + 1)%nat -> ray (f k) (e k)).
  { intros k _; unfold f, e, exponential_term; set (x := (INR k - INR J) * h).
    assert (X := chi_square_exponential m c (exp (2 * x)) Hm H (Rlt_le _ _ (exp_pos _))).
    generalize (ray_scal _ (exp (- x)) _ (ray_plus _ _ _ _ H (ray_scal _ (-1) _ X))).
    replace (exp (- x) * (1 + -1 * (/ sqrt (1 + 2 * exp (2 * x) / INR m)) ^ m)) with (exp (- x) * (1 - (/ sqrt (1 + 2 * exp (2 * x) / INR m)) ^ m)) by ring.
    apply ray_ext; intros t Ht; ring. }
  assert (G := ray_scal _ a _ (ray_plus _ _ _ _ H (chi_square_first m c Hm H))).
  assert (T := ray_scal _ C _ (ray_total (2 * J + 1) f e Each _ _ G)).
  replace (C * (exponential_mean h J m + 2 * a)) with (C * (total (2 * J + 1) e + a * (1 + 1))) by (unfold exponential_mean; fold e; ring).
  revert T; apply ray_ext; intros t Ht; unfold exponential_sum.
  replace (total (2 * J + 1) (fun k => f k t)) with (chi_square_density m c t * total (2 * J + 1) (fun k => exponential_term ((INR k - INR J) * h) (t / INR m))); [ring|].
  rewrite <- total_scal; apply total_ext; intros; unfold f; ring.
Qed.

Lemma layer_mean_total : forall m n (f : nat -> R -> R) e, (forall k, (k < n)%nat -> layer_mean m (f k) (e k)) ->
  layer_mean m (fun z => total n (fun k => f k z)) (total n e).
Proof.
  intros m n f e; induction n as [|n IH]; intros H; cbn [total]; [apply layer_mean_const|].
  apply layer_mean_plus; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma layer_sum : forall m h J C a, (1 <= m)%nat ->
  layer_mean m (fun z => C * (exponential_sum h J (1 - z) + a * (1 + (1 - z)))) (C * (exponential_mean h J m + 2 * a)).
Proof.
  intros m h J C a Hm; assert (m0 : 0 < INR m) by (apply lt_0_INR; lia).
  apply layer_mean_scal, layer_mean_plus.
  - apply layer_mean_total; intros k _; unfold exponential_term; set (x := (INR k - INR J) * h); set (l := exp (2 * x)).
    assert (l0 : 0 < l) by apply exp_pos; apply layer_mean_scal.
    assert (M := layer_mean_plus _ _ _ _ _ (layer_mean_const m 1) (layer_mean_scal m (- exp (- l)) _ _ (layer_mean_exp m l Hm ltac:(
      assert (0 < 2 * l / INR m) by (apply Rdiv_lt_0_compat; lra); lra)))).
    replace (1 - (/ sqrt (1 + 2 * l / INR m)) ^ m) with (1 + - exp (- l) * shortfall_moment m l).
    + revert M; apply layer_mean_ext; intros z; replace (- (l * (1 - z))) with (- l + l * z) by ring; rewrite exp_plus; ring.
    + unfold shortfall_moment; rewrite <- Rmult_assoc, <- Ropp_mult_distr_l, <- exp_plus, Rplus_opp_l, exp_0; ring.
  - assert (M := layer_mean_scal m a _ _ (layer_mean_plus _ _ _ _ _ (layer_mean_const m 2) (layer_mean_scal m (-1) _ _ (layer_mean_shortfall m Hm)))).
    replace (2 * a) with (a * (2 + -1 * 0)) by ring; revert M; apply layer_mean_ext; intros z; ring.
Qed.

(** (1 + x/m)^m grows with m *)
Lemma compound_grows : forall x m n, 0 <= x -> (1 <= m <= n)%nat -> (1 + x / INR m) ^ m <= (1 + x / INR n) ^ n.
Proof.
  intros x m n Hx [Hm Hn]; induction n as [|n IH]; [lia|]; destruct (Nat.eq_dec m (S n)) as [->|N]; [lra|].
  eapply Rle_trans; [apply IH; lia|]; clear IH; assert (n1 : 1 <= INR n) by (apply (le_INR 1); lia); rewrite S_INR.
  set (b := INR n) in *; set (A := x / ((b + 1) * (b + x))); assert (P : 0 < (b + 1) * (b + x)) by (apply Rmult_lt_0_compat; lra).
  assert (HA : 0 <= A <= 1).
  { split; [apply Rmult_le_pos; [exact Hx|left; apply Rinv_0_lt_compat, P]|]; apply (Rmult_le_reg_r ((b + 1) * (b + x))); [exact P|].
    unfold A; replace (x / ((b + 1) * (b + x)) * ((b + 1) * (b + x))) with x by (field; lra); assert (0 <= b * (b + x)) by (apply Rmult_le_pos; lra); lra. }
  assert (B := bernoulli (S n) A HA); rewrite S_INR in B; fold b in B.
  assert (E : 1 + x / (b + 1) = (1 + x / b) * (1 - A)) by (unfold A; field; lra).
  rewrite E, Rpow_mult_distr; assert (Q : 0 < 1 + x / b) by (assert (0 <= x / b) by (apply Rmult_le_pos; [exact Hx|left; apply Rinv_0_lt_compat; lra]); lra).
  apply Rle_trans with ((1 + x / b) ^ S n * (1 - (b + 1) * A)); [|apply Rmult_le_compat_l; [apply pow_le; lra|exact B]].
  right; cbn [pow]; replace (1 - (b + 1) * A) with (/ (1 + x / b)) by (unfold A; field; lra); field; lra.
Qed.

Lemma exponential_mean_grows : forall h J m d, (1 <= m <= d)%nat -> exponential_mean h J m <= exponential_mean h J d.
Proof.
  intros h J m d H; apply total_le; intros k _; set (x := (INR k - INR J) * h); set (l := 2 * exp (2 * x)).
  assert (l0 : 0 < l) by (unfold l; assert (P := exp_pos (2 * x)); lra); apply Rmult_le_compat_l; [left; apply exp_pos|].
  assert (Root : forall n, (1 <= n)%nat -> (/ sqrt (1 + l / INR n)) ^ n = / sqrt ((1 + l / INR n) ^ n)).
  { intros n Hn; assert (n0 : 0 < INR n) by (apply lt_0_INR; lia); assert (0 < l / INR n) by (apply Rdiv_lt_0_compat; assumption).
    rewrite pow_inv; f_equal; symmetry; rewrite <- (sqrt_pow2 (sqrt (1 + l / INR n) ^ n)) by (apply pow_le, sqrt_pos).
    f_equal; rewrite <- pow_mult, Nat.mul_comm, pow_mult, pow2_sqrt by lra; reflexivity. }
  rewrite !Root by lia; assert (G := compound_grows l m d (Rlt_le _ _ l0) H).
  assert (m0 : 0 < INR m) by (apply lt_0_INR; lia); assert (0 < l / INR m) by (apply Rdiv_lt_0_compat; assumption).
  assert (/ sqrt ((1 + l / INR d) ^ d) <= / sqrt ((1 + l / INR m) ^ m)); [|lra].
  apply Rinv_le_contravar; [apply sqrt_lt_R0, pow_lt; lra|apply sqrt_le_1_alt; exact G].
Qed.

(** Bounds of layers with a mean near E sqrt (Z/d), for all widths up to d. *)
Lemma sharp_bounds : forall d c mu eps, (1 <= d)%nat -> ray (chi_square_density d c) 1 ->
  ray (fun t => sqrt (t / INR d) * chi_square_density d c t) mu -> 0 < eps -> 0 <= mu /\ exists K : layer_bounds d, rate K = mu + eps.
Proof.
  intros d c mu eps Hd H Hmu He; assert (d0 : 0 < INR d) by (apply lt_0_INR; lia).
  assert (Dens : forall t, 0 < t -> 0 <= chi_square_density d c t) by (intros; apply density_nonneg; assumption).
  assert (mu0 : 0 <= mu) by (apply (ray_nonneg _ _ Hmu); intros t Ht; apply Rmult_le_pos; [apply sqrt_pos|apply Dens, Ht]).
  split; [exact mu0|]; set (e := eps / (mu + 2)); assert (e0 : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  destruct (root_by_exponentials e e0) as [h [J [C [a [C0 [a0 Near]]]]]].
  assert (Top : C * (exponential_mean h J d + 2 * a) <= mu + eps).
  { assert (R := ray_plus _ _ _ _ (ray_scal _ (1 + e) _ Hmu) (ray_scal _ e _ (ray_plus _ _ _ _ H (chi_square_first d c Hd H)))).
    replace (mu + eps) with ((1 + e) * mu + e * (1 + 1)) by (unfold e; field; lra).
    apply (ray_le _ _ _ _ (chi_square_sum d c h J C a Hd H) R); intros t Ht.
    assert (Y : 0 <= t / INR d) by (left; apply Rdiv_lt_0_compat; assumption); destruct (Near _ Y) as [_ U].
    apply (Rmult_le_compat_r (chi_square_density d c t)) in U; [|apply Dens, Ht]; eapply Rle_trans; [exact U|right; ring]. }
  unshelve eexists {| rate := mu + eps; bound_of := fun m z =>
    (mu + eps - C * (exponential_mean h J m + 2 * a)) + C * (exponential_sum h J (1 - z) + a * (1 + (1 - z))) |}; [lra| | |reflexivity].
  - intros m Hm; set (T := C * (exponential_mean h J m + 2 * a)).
    assert (M := layer_mean_plus _ _ _ _ _ (layer_mean_const m (mu + eps - T)) (layer_sum m h J C a ltac:(lia))); fold T in M.
    replace (mu + eps - T + T) with (mu + eps) in M by ring; exact M.
  - intros m z Hm Hz; destruct (Near (1 - z) ltac:(lra)) as [L _]; assert (G := exponential_mean_grows h J m d Hm).
    assert (C * (exponential_mean h J m + 2 * a) <= C * (exponential_mean h J d + 2 * a)) by (apply Rmult_le_compat_l; lra); lra.
Qed.
