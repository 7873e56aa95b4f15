(** A function with a derivative is the sum of its Chebyshev series.

    With f(x) = f(y) + (x - y) q(x) the partial sums at y telescope: they miss f(y) by two coefficients of
    q only, and these tend to zero by Bessel's inequality. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel.
Open Scope R_scope.

Definition coefficient (f : R -> R) (m : nat) : R := / PI * against (fun t => f (cos t)) m.

(** a_0/2 + a_1 T_1 + ... + a_N T_N *)
Definition partial (f : R -> R) (N : nat) (x : R) : R :=
  coefficient f 0 / 2 + total N (fun m => coefficient f (S m) * chebyshev (S m) x).

(** ** The partial sums telescope *)

(** The coefficients of (cos t - y) Q from those of Q. *)
Lemma against_step : forall Q y m, everywhere Q ->
  against (fun t => (cos t - y) * Q t) (S m) = (against Q (S (S m)) + against Q m) / 2 - y * against Q (S m).
Proof.
  intros Q y m H.
  assert (K : forall k, everywhere (fun t => Q t * cos (INR k * t))) by (intros; apply everywhere_mult;
  [exact H|apply everywhere_cos]).
  unfold against at 1.
  rewrite (integral_ext _ (fun t => (0 + / 2 * (Q t * cos (INR (S (S m)) * t)) + / 2 * (Q t * cos (INR m * t)))
    + - y * (Q t * cos (INR (S m) * t)))) by (intros t; rewrite cos_next; real; field).
  assert (Z : everywhere (fun _ => 0)) by (intros t; apply continuous_const).
  rewrite (integral_lin _ _ _ _ _ (everywhere_lin _ _ _ (everywhere_lin _ _ _ Z (K (S (S m)))) (K m)) (K (S m))),
    (integral_lin _ _ _ _ _ (everywhere_lin _ _ _ Z (K (S (S m)))) (K m)), (integral_lin _ _ _ _ _ Z (K (S (S m)))).
  assert (E : RInt (fun _ : R => 0) (- PI) PI = 0 :> R) by (apply is_RInt_unique; evar_last;
    [apply (is_RInt_const (V := R_NormedModule))|unfold scal; simpl; unfold mult; simpl; ring]).
  rewrite E; unfold against; real; field.
Qed.

Lemma against_step_0 : forall Q y, everywhere Q -> against (fun t => (cos t - y) * Q t) 0 = against Q 1 - y * against Q 0.
Proof.
  intros Q y H.
  assert (K : forall k, everywhere (fun t => Q t * cos (INR k * t))) by (intros; apply everywhere_mult;
  [exact H|apply everywhere_cos]).
  unfold against at 1.
  rewrite (integral_ext _ (fun t => Q t * cos (INR 1 * t) + - y * (Q t * cos (INR 0 * t))))
    by (intros t; simpl INR; rewrite Rmult_1_l, Rmult_0_l, cos_0; real; ring).
  rewrite integral_lin by auto; unfold against; real; ring.
Qed.

Lemma telescope : forall Q y N, everywhere Q ->
  against (fun t => (cos t - y) * Q t) 0 / 2 + total N (fun m => against (fun t => (cos t - y) * Q t) (S m) * chebyshev (S
    m) y)
  = (against Q (S N) * chebyshev N y - against Q N * chebyshev (S N) y) / 2.
Proof.
  intros Q y N H; induction N as [|N IH].
  - simpl total; rewrite against_step_0 by exact H; simpl; real; field.
  - cbn [total]; rewrite <- Rplus_assoc, IH, against_step, chebyshev_rec by exact H; real; field.
Qed.

Lemma vanishing_times : forall a b : nat -> R, is_lim_seq a 0 -> (forall n, Rabs (b n) <= 1) -> is_lim_seq (fun n => a n * b
  n) 0.
Proof.
  intros a b A B; apply is_lim_seq_spec; apply is_lim_seq_spec in A; intros e; destruct (A e) as [M HM].
  exists M; intros n Hn; specialize (HM n Hn); rewrite Rminus_0_r in *; rewrite Rabs_mult.
  eapply Rle_lt_trans; [|exact HM]; rewrite <- Rmult_1_r; apply Rmult_le_compat_l; [apply Rabs_pos|apply B].
Qed.

(** (f(x) - f(y))/(x - y), and the derivative at y *)
Definition quotient (f : R -> R) (y l x : R) : R := if Req_EM_T x y then l else (f x - f y) / (x - y).

Lemma quotient_times : forall f y l x, f x = f y + (x - y) * quotient f y l x.
Proof.
  intros f y l x; unfold quotient; destruct (Req_EM_T x y) as [->|N]; [ring|field; lra].
Qed.

Lemma quotient_continuous : forall f y l x, continuous f x -> is_derive f y l -> continuous (quotient f y l) x.
Proof.
  intros f y l x Cf D; destruct (Req_dec x y) as [->|N].
  - apply is_derive_Reals in D; intros P [e He].
    destruct (D e (cond_pos e)) as [d Hd]; exists d; intros z Hz; apply He; change (Rabs (z - y) < d) in Hz.
    change (Rabs (quotient f y l z - quotient f y l y) < e).
    unfold quotient; destruct (Req_EM_T y y) as [_|X]; [|lra]; destruct (Req_EM_T z y) as [->|N].
    + rewrite Rminus_eq_0, Rabs_R0; apply cond_pos.
    + assert (X : z - y <> 0) by lra; specialize (Hd (z - y) X Hz); rewrite Rplus_minus in Hd; exact Hd.
  - apply (continuous_ext_loc _ (fun z => (f z - f y) * / (z - y))).
    + assert (P : 0 < Rabs (x - y)) by (apply Rabs_pos_lt; lra).
      exists (mkposreal _ P); intros z Hz; change (Rabs (z - x) < Rabs (x - y)) in Hz.
      unfold quotient; destruct (Req_EM_T z y) as [->|M]; [rewrite Rabs_minus_sym in Hz; lra|reflexivity].
    + apply (continuous_mult (K := R_AbsRing) (fun z => f z - f y) (fun z => / (z - y))).
      * apply (continuous_minus (V := R_NormedModule) f (fun _ => f y)); [exact Cf|apply continuous_const].
      * apply (ex_derive_continuous (fun z => / (z - y))); auto_derive; lra.
Qed.

Lemma constant_coefficients : forall m, against (fun _ => 1) (S m) = 0 /\ against (fun _ => 1) 0 = 2 * PI.
Proof.
  intros m; split.
  - rewrite <- (cos_orthogonal 0 (S m)) by lia; unfold against; apply integral_ext; intros t; f_equal.
    change (INR 0) with 0; rewrite Rmult_0_l, cos_0; reflexivity.
  - unfold against; rewrite (integral_ext _ (fun _ => 1)) by (intros t; simpl; rewrite Rmult_0_l, cos_0; real; ring).
    apply is_RInt_unique; evar_last; [apply (is_RInt_const (V := R_NormedModule))|].
    unfold scal; simpl; unfold mult; simpl; ring.
Qed.

Lemma chebyshev_series : forall (f : R -> R) (y l : R),
  (forall x, -1 <= x <= 1 -> continuous f x) -> -1 <= y <= 1 -> is_derive f y l ->
  is_lim_seq (fun N => partial f N y) (f y).
Proof.
  intros f y l Cf Hy D; assert (P := PI_neq0).
  set (Q := fun t => quotient f y l (cos t)).
  assert (HQ : everywhere Q).
  { intros t; apply (continuous_comp cos (quotient f y l) t); [apply (ex_derive_continuous cos); auto_derive; trivial|].
    apply quotient_continuous; [apply Cf, COS_bound|exact D]. }
  assert (A : forall m, against (fun t => f (cos t)) m = against (fun t => (cos t - y) * Q t) m + f y * against (fun _ => 1)
    m).
  { intros m; unfold against; rewrite <- integral_lin.
    - apply integral_ext; intros t; rewrite (quotient_times f y l (cos t)); fold (Q t); real; ring.
    - apply everywhere_mult; [|apply everywhere_cos]; apply everywhere_mult; [|exact HQ].
      intros t; apply (ex_derive_continuous (fun t => cos t - y)); auto_derive; trivial.
    - apply everywhere_mult; [intros t; apply continuous_const|apply everywhere_cos]. }
  apply (is_lim_seq_ext (fun N => f y + / (2 * PI) * (against Q (S N) * chebyshev N y - against Q N * chebyshev (S N) y))).
  - intros N; assert (T := telescope Q y N HQ); unfold partial, coefficient.
    destruct (constant_coefficients 0) as [_ C0].
    rewrite (total_ext _ _ (fun m => / PI * (against (fun t => (cos t - y) * Q t) (S m) * chebyshev (S m) y))).
    + rewrite total_scal, A, C0.
      set (a := against (fun t => (cos t - y) * Q t) 0) in *; set (s := total N _) in *.
      replace (/ (2 * PI) * (against Q (S N) * chebyshev N y - against Q N * chebyshev (S N) y)) with (/ PI * (a / 2 + s))
        by (rewrite T; field; exact P); field; exact P.
    + intros m _; destruct (constant_coefficients m) as [C _]; rewrite A, C; ring.
  - replace (Finite (f y)) with (Finite (f y + / (2 * PI) * (0 - 0))) by (f_equal; ring).
    apply is_lim_seq_plus'; [apply is_lim_seq_const|].
    assert (L1 : is_lim_seq (fun N => against Q (S N) * chebyshev N y) 0).
    { apply (vanishing_times (fun N => against Q (S N)) (fun N => chebyshev N y)).
      - apply (is_lim_seq_incr_1 (against Q)), against_vanishes, HQ.
      - intros N; apply chebyshev_bound, Hy. }
    assert (L2 : is_lim_seq (fun N => against Q N * chebyshev (S N) y) 0).
    { apply (vanishing_times (against Q) (fun N => chebyshev (S N) y)).
      - apply against_vanishes, HQ.
      - intros N; apply chebyshev_bound, Hy. }
    exact (is_lim_seq_scal_l _ (/ (2 * PI)) _ (is_lim_seq_minus' _ _ _ _ L1 L2)).
Qed.

(** Geometric coefficients give a geometric remainder. *)
Lemma chebyshev_remainder : forall (f : R -> R) (y l K q : R) (N : nat),
  (forall x, -1 <= x <= 1 -> continuous f x) -> -1 <= y <= 1 -> is_derive f y l ->
  0 <= q < 1 -> (forall m, Rabs (coefficient f m) <= K * q ^ m) ->
  Rabs (f y - partial f N y) <= K * q ^ S N / (1 - q).
Proof.
  intros f y l K q N Cf Hy D Hq HK.
  assert (K0 : 0 <= K) by (specialize (HK 0%nat); simpl in HK; assert (0 <= Rabs (coefficient f 0)) by apply Rabs_pos; lra).
  assert (S1 : forall k, Rabs (partial f (N + k) y - partial f N y) <= K * q ^ S N / (1 - q) * (1 - q ^ k)).
  { induction k as [|k IH]; [rewrite Nat.add_0_r, Rminus_eq_0, Rabs_R0; simpl; lra|].
    replace (partial f (N + S k) y) with (partial f (N + k) y + coefficient f (S (N + k)) * chebyshev (S (N + k)) y)
      by (rewrite Nat.add_succ_r; unfold partial; cbn [total]; ring).
    assert (B : Rabs (coefficient f (S (N + k)) * chebyshev (S (N + k)) y) <= K * q ^ S (N + k)).
    { rewrite Rabs_mult; rewrite <- (Rmult_1_r (K * _)); apply Rmult_le_compat; try apply Rabs_pos;
    [apply HK|apply chebyshev_bound, Hy]. }
    assert (T := Rabs_triang (partial f (N + k) y - partial f N y) (coefficient f (S (N + k)) * chebyshev (S (N + k)) y)).
    replace (partial f (N + k) y + coefficient f (S (N + k)) * chebyshev (S (N + k)) y - partial f N y)
      with (partial f (N + k) y - partial f N y + coefficient f (S (N + k)) * chebyshev (S (N + k)) y) by ring.
    replace (K * q ^ S N / (1 - q) * (1 - q ^ S k)) with (K * q ^ S N / (1 - q) * (1 - q ^ k) + K * q ^ S (N + k))
      by (rewrite <- Nat.add_succ_l, pow_add; simpl; field; lra); lra. }
  assert (L := chebyshev_series f y l Cf Hy D).
  apply (is_lim_seq_le (fun k => Rabs (partial f (N + k) y - partial f N y)) (fun _ => K * q ^ S N / (1 - q))
    (Rabs (f y - partial f N y)) (K * q ^ S N / (1 - q))); [| |apply is_lim_seq_const].
  - intros k; eapply Rle_trans; [apply S1|]; rewrite <- (Rmult_1_r (K * q ^ S N / (1 - q))) at 2.
    apply Rmult_le_compat_l; [apply Rle_div_r; [lra|]; rewrite Rmult_0_l; apply Rmult_le_pos; [exact K0|apply pow_le; lra]|].
    assert (0 <= q ^ k) by (apply pow_le; lra); lra.
  - apply (is_lim_seq_abs _ (f y - partial f N y)), is_lim_seq_minus'; [|apply is_lim_seq_const].
    apply (is_lim_seq_ext (fun k => partial f (k + N) y)); [intros k; rewrite Nat.add_comm; reflexivity|].
    exact (proj1 (is_lim_seq_incr_n (fun k => partial f k y) N (f y)) L).
Qed.
