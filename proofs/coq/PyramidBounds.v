(** Bounds for networks with activations: Lemmas 4.1 to 4.3 of Nguyen and Mondelli.

    |F_l| and the gradient from above; the gradient of the second layer from below, the inequality
    of Polyak and Lojasiewicz; how far the features move with the weights. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Remainder Rectangular Pyramid.
Open Scope R_scope.

(** Assumption 2.2: s' in [gamma, 1], |s(x)| <= |x|, s' beta-Lipschitz. *)
Definition activation (s s' : R -> R) (gamma beta : R) : Prop :=
  (forall x, is_derive s x (s' x)) /\ (forall x, gamma <= s' x <= 1) /\
  (forall x, Rabs (s x) <= Rabs x) /\ (forall x y, Rabs (s' x - s' y) <= beta * Rabs (x - y)).

Definition activations (L : nat) (s s' : nat -> R -> R) (gamma beta : nat -> R) : Prop :=
  forall l, (l < L)%nat -> 0 <= gamma l /\ activation (s l) (s' l) (gamma l) (beta l).

(** |W_l| <= b_l for the spectral norms of the layers l < L. *)
Definition layers_within (n : nat -> nat) (L : nat) (W : nat -> nat -> nat -> R) (b : nat -> R) : Prop :=
  forall l, (l < L)%nat -> 0 <= b l /\ opnorm (n l) (n (S l)) (W l) (b l).

(** ** One activation *)

Lemma slope_bound : forall g g' c x y, (forall z, is_derive g z (g' z)) -> (forall z, Rabs (g' z) <= c) ->
  Rabs (g y - g x) <= c * Rabs (y - x).
Proof.
  intros g g' c x y D B; destruct (MVT_gen g x y g') as [z [_ E]].
  - intros; apply D.
  - intros; apply continuity_pt_filterlim, (ex_derive_continuous g); eexists; apply D.
  - rewrite E, Rabs_mult; apply Rmult_le_compat_r; [apply Rabs_pos|apply B].
Qed.

Lemma activation_beta : forall s s' gamma beta, activation s s' gamma beta -> 0 <= beta.
Proof.
  intros s s' gamma beta [_ [_ [_ H]]]; specialize (H 1 0).
  rewrite Rminus_0_r, Rabs_R1, Rmult_1_r in H; eapply Rle_trans; [apply Rabs_pos|exact H].
Qed.

Lemma segment_derive : forall s s' x h t, (forall x, is_derive s x (s' x)) ->
  is_derive (fun t => s (x + t * h)) t (h * s' (x + t * h)).
Proof.
  intros s s' x h t D; apply (is_derive_comp s (fun t => x + t * h) t (s' (x + t * h)) h); [apply D|].
  auto_derive; [trivial|ring].
Qed.

Lemma activation_moves : forall s s' gamma beta x y, 0 <= gamma -> activation s s' gamma beta ->
  Rabs (s y - s x) <= Rabs (y - x).
Proof.
  intros s s' gamma beta x y Hg [D [B _]]; set (h := y - x).
  assert (G := growth_bound (fun t => s (x + t * h)) (fun t => Rabs h * t) (fun t => h * s' (x + t * h))
    (fun _ => Rabs h) 0 1 ltac:(lra)).
  cbv beta in G; replace (x + 1 * h) with y in G by (unfold h; ring).
  replace (x + 0 * h) with x in G by ring; rewrite Rmult_1_r, Rmult_0_r, Rminus_0_r in G; apply G.
  - intros t _; apply segment_derive; exact D.
  - intros t _; auto_derive; [trivial|ring].
  - intros t _; specialize (B (x + t * h)); rewrite Rabs_mult, (Rabs_pos_eq (s' _)) by lra.
    rewrite <- (Rmult_1_r (Rabs h)) at 2; apply Rmult_le_compat_l; [apply Rabs_pos|lra].
Qed.

Lemma activation_taylor : forall s s' gamma beta x y, activation s s' gamma beta ->
  Rabs (s y - s x - s' x * (y - x)) <= beta / 2 * (y - x) ^ 2.
Proof.
  intros s s' gamma beta x y [D [_ [_ C]]]; set (h := y - x).
  assert (G := growth_bound (fun t => s (x + t * h) - t * (s' x * h)) (fun t => beta * h ^ 2 * t ^ 2 / 2)
    (fun t => h * s' (x + t * h) - s' x * h) (fun t => beta * h ^ 2 * t) 0 1 ltac:(lra)).
  cbv beta in G; replace (x + 1 * h) with y in G by (unfold h; ring).
  replace (x + 0 * h) with x in G by ring.
  replace (s y - s x - s' x * h) with (s y - 1 * (s' x * h) - (s x - 0 * (s' x * h))) by ring.
  replace (beta / 2 * h ^ 2) with (beta * h ^ 2 * 1 ^ 2 / 2 - beta * h ^ 2 * 0 ^ 2 / 2) by field; apply G.
  - intros t _; apply (is_derive_minus (V := R_NormedModule) (fun t => s (x + t * h)) (fun t => t * (s' x * h))).
    + apply segment_derive; exact D.
    + auto_derive; [trivial|ring].
  - intros t _; auto_derive; [trivial|field].
  - intros t Ht; replace (h * s' (x + t * h) - s' x * h) with (h * (s' (x + t * h) - s' x)) by ring.
    rewrite Rabs_mult; specialize (C (x + t * h) x).
    replace (x + t * h - x) with (t * h) in C by ring; rewrite Rabs_mult, (Rabs_pos_eq t) in C by lra.
    apply Rle_trans with (Rabs h * (beta * (t * Rabs h))); [apply Rmult_le_compat_l; [apply Rabs_pos|exact C]|].
    right; rewrite <- (pow2_abs h); ring.
Qed.

Lemma linear_activation : activation (fun x => x) (fun _ => 1) 1 0.
Proof.
  split; [intros x; auto_derive; [trivial|ring]|split; [intros; lra|split; intros; [lra|]]].
  rewrite Rminus_diag_eq, Rabs_R0 by reflexivity; lra.
Qed.

Lemma last_linear_activations : forall L s s' gamma beta, 0 <= gamma -> activation s s' gamma beta ->
  activations L (last_linear L s) (last_constant L s')
    (fun l => if Nat.eqb (S l) L then 1 else gamma) (fun l => if Nat.eqb (S l) L then 0 else beta).
Proof.
  intros L s s' gamma beta Hg A l Hl; split; [destruct (Nat.eqb (S l) L); lra|].
  unfold last_linear, last_constant; destruct (Nat.eqb (S l) L); [apply linear_activation|exact A].
Qed.

(** ** Products with one factor left out *)

Lemma product_app : forall a c w, product (a + c) w = product a w * product c (fun i => w (a + i)%nat).
Proof.
  intros a c w; induction c as [|c IH]; [rewrite Nat.add_0_r; simpl; ring|].
  rewrite Nat.add_succ_r; simpl; rewrite IH; ring.
Qed.

Lemma others_below : forall l b p, (p < l)%nat -> others (S l) b p = others l b p * b l.
Proof. intros; unfold others; simpl; rewrite but_other by lia; reflexivity. Qed.

Lemma others_top : forall l b, others (S l) b l = product l b.
Proof.
  intros l b; unfold others; simpl; rewrite but_same, Rmult_1_r; apply product_ext; intros.
  apply but_other; lia.
Qed.

Lemma others_apart : forall L b l, (l < L)%nat ->
  others L b l = product l b * product (L - S l) (fun i => b (S l + i)%nat).
Proof.
  intros L b l H; unfold others; replace L with (S l + (L - S l))%nat at 1 by lia.
  rewrite product_app; apply (f_equal2 Rmult); [apply others_top|].
  apply product_ext; intros; apply but_other; lia.
Qed.

(** ** Features, and the gradient from above *)

(** Lemma 4.1: |F_l| <= |X| (product of |W_p|, p < l). *)
Theorem network_features_norm : forall s s' gamma beta N n L X W b l,
  activations L s s' gamma beta -> layers_within n L W b -> (l <= L)%nat ->
  rnorm N (n l) (features s n X W l) <= rnorm N (n 0%nat) X * product l b.
Proof.
  intros s s' gamma beta N n L X W b l A B; induction l as [|l IH]; intros Hl; [simpl; lra|].
  specialize (IH ltac:(lia)); destruct (A l ltac:(lia)) as [_ [_ [_ [S _]]]]; destruct (B l ltac:(lia)) as [b0 Bl].
  simpl; apply Rle_trans with (rnorm N (n (Datatypes.S l)) (mul (n l) (features s n X W l) (W l))).
  - apply rnorm_entries; intros i j _ _; unfold entries; set (x := mul _ _ _ i j).
    rewrite <- (pow2_abs (s l x)), <- (pow2_abs x); apply pow_incr; split; [apply Rabs_pos|apply S].
  - eapply Rle_trans; [apply rnorm_mul; [exact b0|exact Bl]|].
    rewrite <- Rmult_assoc; apply Rmult_le_compat_r; assumption.
Qed.

Lemma through_above : forall s s' gamma beta N n L X W l B, activations L s s' gamma beta -> (l < L)%nat ->
  rnorm N (n (S l)) (through s s' n X W l B) <= rnorm N (n (S l)) B.
Proof.
  intros s s' gamma beta N n L X W l B A Hl; destruct (A l Hl) as [g0 [_ [S _]]].
  apply rnorm_entries; intros i j _ _; unfold through, hadamard, entries.
  specialize (S (inputs s n X W l i j)); rewrite Rpow_mult_distr; rewrite <- (Rmult_1_l (B i j ^ 2)) at 2.
  apply Rmult_le_compat_r; [apply pow2_ge_0|]; rewrite <- (pow1 2); apply pow_incr; lra.
Qed.

Lemma through_below : forall s s' gamma beta N n L X W l B, activations L s s' gamma beta -> (l < L)%nat ->
  gamma l * rnorm N (n (S l)) B <= rnorm N (n (S l)) (through s s' n X W l B).
Proof.
  intros s s' gamma beta N n L X W l B A Hl; destruct (A l Hl) as [g0 [_ [S _]]].
  rewrite <- (Rabs_pos_eq (gamma l) g0), <- rnorm_scal.
  apply rnorm_entries; intros i j _ _; unfold through, hadamard, entries, mscal.
  specialize (S (inputs s n X W l i j)); rewrite !Rpow_mult_distr.
  apply Rmult_le_compat_r; [apply pow2_ge_0|apply pow_incr; lra].
Qed.

Lemma backward_above : forall s s' gamma beta N n L X W b E k l, activations L s s' gamma beta ->
  layers_within n L W b -> (l + k <= L)%nat ->
  rnorm N (n l) (backward s s' n X W l k E) <= product k (fun i => b (l + i)%nat) * rnorm N (n (l + k)%nat) E.
Proof.
  intros s s' gamma beta N n L X W b E; induction k as [|k IH]; intros l A B Hl.
  - rewrite Nat.add_0_r; simpl; lra.
  - specialize (IH (S l) A B ltac:(lia)); destruct (B l ltac:(lia)) as [b0 Bl]; simpl backward.
    eapply Rle_trans; [apply rnorm_mul_tr; [exact b0|exact Bl]|].
    replace (S k) with (1 + k)%nat by lia; rewrite product_app; simpl product at 1; rewrite Nat.add_0_r, Rmult_1_l.
    rewrite (product_ext k (fun i => b (l + (1 + i))%nat) (fun i => b (S l + i)%nat)) by (intros; f_equal; lia).
    replace (l + (1 + k))%nat with (S l + k)%nat by lia.
    rewrite Rmult_comm, Rmult_assoc; apply Rmult_le_compat_l; [exact b0|].
    eapply Rle_trans; [eapply through_above; [exact A|lia]|exact IH].
Qed.

(** Lemma 4.1: |G_l| <= |X| (product of |W_p|, p <> l) |F_L - Y|. *)
Theorem network_gradient_above : forall s s' gamma beta N n L X Y W b l,
  activations L s s' gamma beta -> layers_within n L W b -> (l < L)%nat ->
  rnorm (n l) (n (S l)) (network_gradient s s' N n L X Y W l)
    <= rnorm N (n 0%nat) X * others L b l * rnorm N (n L) (network_residual s n L X Y W).
Proof.
  intros s s' gamma beta N n L X Y W b l A B Hl; unfold network_gradient.
  eapply Rle_trans; [apply rnorm_mul_frobenius|rewrite rnorm_tr, (others_apart L b l Hl)].
  assert (P := network_features_norm s s' gamma beta N n L X W b l A B ltac:(lia)).
  set (E := network_residual s n L X Y W).
  assert (Q := backward_above s s' gamma beta N n L X W b E (L - S l) (S l) A B ltac:(lia)).
  replace (S l + (L - S l))%nat with L in Q by lia.
  assert (T := through_above s s' gamma beta N n L X W l (backward s s' n X W (S l) (L - S l) E) A Hl).
  apply Rle_trans with (rnorm N (n 0%nat) X * product l b
    * (product (L - S l) (fun i => b (S l + i)%nat) * rnorm N (n L) E)); [|right; ring].
  apply Rmult_le_compat; try apply rnorm_nonneg; [exact P|eapply Rle_trans; [exact T|exact Q]].
Qed.

(** ** The gradient of the second layer from below *)

Lemma backward_below : forall s s' gamma beta N n L X W c E k l, activations L s s' gamma beta ->
  (forall i, (l <= i < L)%nat -> 0 <= c i /\ opbelow (n i) (n (S i)) (W i) (c i)) -> (l + k <= L)%nat ->
  product k (fun i => c (l + i)%nat * gamma (l + i)%nat) * rnorm N (n (l + k)%nat) E
    <= rnorm N (n l) (backward s s' n X W l k E).
Proof.
  intros s s' gamma beta N n L X W c E; induction k as [|k IH]; intros l A C Hl.
  - rewrite Nat.add_0_r; simpl; lra.
  - specialize (IH (S l) A ltac:(intros; apply C; lia) ltac:(lia)).
    destruct (C l ltac:(lia)) as [c0 Cl]; destruct (A l ltac:(lia)) as [g0 _]; simpl backward.
    eapply Rle_trans; [|apply rnorm_mul_tr_above; [exact c0|exact Cl]].
    replace (S k) with (1 + k)%nat by lia; rewrite product_app; simpl product at 1; rewrite Nat.add_0_r, Rmult_1_l.
    rewrite (product_ext k (fun i => c (l + (1 + i))%nat * gamma (l + (1 + i))%nat)
      (fun i => c (S l + i)%nat * gamma (S l + i)%nat))
      by (intros i _; replace (l + (1 + i))%nat with (S l + i)%nat by lia; reflexivity).
    replace (l + (1 + k))%nat with (S l + k)%nat by lia.
    rewrite !Rmult_assoc; apply Rmult_le_compat_l; [exact c0|].
    eapply Rle_trans; [apply Rmult_le_compat_l; [exact g0|exact IH]|eapply through_below; [exact A|lia]].
Qed.

(** Lemma 4.2: |G_1| >= sigma_min(F_1) gamma_1 (product of sigma_min(W_p) gamma_p, p >= 2) |F_L - Y|, where W_1 is
    the second layer.  That the least singular values are positive asks for the pyramid: F_1 has at least as
    many columns as samples, and the later layers have no more columns than rows. *)
Theorem network_gradient_below : forall s s' gamma beta N n L X Y W c f,
  (2 <= L)%nat -> activations L s s' gamma beta ->
  (forall l, (2 <= l < L)%nat -> 0 <= c l /\ opbelow (n l) (n (S l)) (W l) (c l)) ->
  0 <= f -> opbelow (n 1%nat) N (tr (features s n X W 1)) f ->
  f * (gamma 1%nat * product (L - 2) (fun i => c (2 + i)%nat * gamma (2 + i)%nat))
      * rnorm N (n L) (network_residual s n L X Y W)
    <= rnorm (n 1%nat) (n 2%nat) (network_gradient s s' N n L X Y W 1).
Proof.
  intros s s' gamma beta N n L X Y W c f HL A C f0 Hf; unfold network_gradient.
  eapply Rle_trans; [|apply rnorm_mul_l_above; [exact f0|exact Hf]].
  set (E := network_residual s n L X Y W).
  assert (Q := backward_below s s' gamma beta N n L X W c E (L - 2) 2 A C ltac:(lia)).
  replace (2 + (L - 2))%nat with L in Q by lia.
  assert (T := through_below s s' gamma beta N n L X W 1 (backward s s' n X W 2 (L - 2) E) A ltac:(lia)).
  destruct (A 1%nat ltac:(lia)) as [g0 _].
  rewrite !Rmult_assoc; apply Rmult_le_compat_l; [exact f0|].
  eapply Rle_trans; [apply Rmult_le_compat_l; [exact g0|exact Q]|exact T].
Qed.
