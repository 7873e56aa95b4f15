(** Claim 4 of Arora, Cohen, Golowich and Hu: without balance a margin is not enough.  Even depth, every size, every step size,
    every margin below sigma_min = 1: a start from which descent to the identity never comes near. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Rcomplements.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Geometry Bartlett BartlettMatrices Diagonal.
Open Scope R_scope.

(** ** Layers with a common eigenvector, each with its own eigenvalue *)

Lemma product_append : forall a b x, product (a + b) x = product a x * product b (fun i => x (a + i)%nat).
Proof.
  intros a b x; induction b as [|b IH]; [rewrite Nat.add_0_r; simpl; ring|].
  replace (a + S b)%nat with (S (a + b)) by lia; simpl product; rewrite IH; ring.
Qed.

Lemma product_one : forall x, product 1 x = x 0%nat.
Proof. intros x; simpl; ring. Qed.

Lemma others_halves : forall L x l, (l < L)%nat ->
  others L x l = product (L - S l) (fun i => x (S l + i)%nat) * product l x.
Proof.
  intros L x l Hl; unfold others; replace L with (l + (1 + (L - S l)))%nat at 1 by lia.
  rewrite product_append, product_append, product_one, Nat.add_0_r, but_same.
  rewrite (product_ext l (but l x) x) by (intros i Hi; apply but_other; lia).
  rewrite (product_ext _ (fun i => but l x (l + (1 + i))%nat) (fun i => x (S l + i)%nat)); [ring|].
  intros i Hi; rewrite but_other by lia; f_equal; lia.
Qed.

Definition acts_each (d L : nat) (W : nat -> nat -> nat -> R) (v x : nat -> R) : Prop :=
  forall l, (l < L)%nat -> eigen d (W l) v (x l) /\ eigen d (tr (W l)) v (x l).

Lemma eigen_chain_each : forall d L W v x, acts_each d L W v x -> forall l, (l <= L)%nat ->
  eigen d (chain d W l) v (product l x) /\ eigen d (tr (chain d W l)) v (product l x).
Proof.
  intros d L W v x H; induction l as [|l IH]; intros Hl; simpl chain; simpl product.
  - rewrite tr_unit; split; apply eigen_unit.
  - destruct (IH ltac:(lia)) as [I J]; destruct (H l ltac:(lia)) as [P Q]; split.
    + rewrite Rmult_comm; apply eigen_mul; assumption.
    + rewrite tr_mul; apply eigen_mul; assumption.
Qed.

Lemma eigen_back_each : forall d L W v x E e, acts_each d L W v x -> eigen d E v e -> eigen d (tr E) v e ->
  forall k l, (l + k <= L)%nat ->
  eigen d (back d W l k E) v (product k (fun i => x (l + i)%nat) * e) /\
  eigen d (tr (back d W l k E)) v (product k (fun i => x (l + i)%nat) * e).
Proof.
  intros d L W v x E e H HE HT; induction k as [|k IH]; intros l Hl.
  - simpl; rewrite Rmult_1_l; auto.
  - assert (S1 : product (S k) (fun i => x (l + i)%nat) = x l * product k (fun i => x (S l + i)%nat)).
    { change (S k) with (1 + k)%nat; rewrite product_append, product_one, Nat.add_0_r; f_equal.
      apply product_ext; intros i _; f_equal; lia. }
    simpl back; rewrite S1; destruct (IH (S l) ltac:(lia)) as [I J]; destruct (H l ltac:(lia)) as [P Q]; rewrite Rmult_assoc; split.
    + apply eigen_mul; assumption.
    + rewrite tr_mul, tr_tr, Rmult_comm; apply eigen_mul; assumption.
Qed.

Lemma step_acts_each : forall d L Phi eta W v x lambda, acts_each d L W v x ->
  eigen d Phi v lambda -> eigen d (tr Phi) v lambda ->
  acts_each d L (layers_step d L Phi eta W) v (step (fun p => p - lambda) eta L x).
Proof.
  intros d L Phi eta W v x lambda H P Q l Hl.
  destruct (eigen_chain_each d L W v x H L (Nat.le_refl L)) as [F F'].
  assert (E : eigen d (residual d L Phi W) v (product L x - lambda)) by (apply eigen_sub; assumption).
  assert (E' : eigen d (tr (residual d L Phi W)) v (product L x - lambda))
    by exact (eigen_sub d (tr (chain d W L)) (tr Phi) v _ _ F' Q).
  destruct (eigen_back_each d L W v x _ _ H E E' (L - S l) (S l) ltac:(lia)) as [B B'].
  destruct (eigen_chain_each d L W v x H l ltac:(lia)) as [C C']; destruct (H l Hl) as [A A'].
  unfold step; rewrite (others_halves L x l Hl).
  replace (eta * (product L x - lambda) * (product (L - S l) (fun i => x (S l + i)%nat) * product l x))
    with (eta * (product (L - S l) (fun i => x (S l + i)%nat) * (product L x - lambda) * product l x)) by ring.
  split.
  - apply eigen_sub, eigen_mscal, eigen_mul; assumption.
  - apply (eigen_sub d (tr (W l)) (mscal eta (tr (gradient d L Phi W l)))); [exact A'|].
    apply eigen_mscal; unfold gradient; rewrite tr_mul, tr_tr, Rmult_comm; apply eigen_mul; assumption.
Qed.

Lemma descent_acts_each : forall d L Phi eta W v x lambda t, acts_each d L W v x ->
  eigen d Phi v lambda -> eigen d (tr Phi) v lambda ->
  acts_each d L (layers_descent d L Phi eta W t) v (descent (fun p => p - lambda) eta L x t).
Proof.
  intros d L Phi eta W v x lambda t H P Q; induction t as [|t IH]; [exact H|].
  apply (step_acts_each d L Phi eta _ v _ lambda IH P Q).
Qed.

(** ** Scalars that run away: all of one sign, which alternates *)

(** All weights have the sign s, and sizes between B and C. *)
Definition one_sign (N : nat) (s B C : R) (x : nat -> R) : Prop :=
  (s = 1 \/ s = -1) /\ forall j, (j < N)%nat -> B <= s * x j <= C.

Lemma one_sign_product : forall N s B C x, Nat.Even N -> 0 <= B -> one_sign N s B C x -> B ^ N <= product N x <= C ^ N.
Proof.
  intros N s B C x [h ->] HB [Hs H].
  assert (E : product (2 * h) x = product (2 * h) (fun j => s * x j)).
  { rewrite (product_mult _ (fun _ => s)), product_const, pow_mult.
    replace (s ^ 2) with 1 by (destruct Hs as [-> | ->]; ring); rewrite pow1; ring. }
  rewrite E, <- (product_const (2 * h) B), <- (product_const (2 * h) C).
  split; apply product_le; intros i Hi; specialize (H i Hi); lra.
Qed.

Lemma one_sign_others : forall N s B C x j, (j < N)%nat -> 0 <= B -> one_sign N s B C x ->
  B ^ (N - 1) <= others N (fun i => s * x i) j <= C ^ (N - 1).
Proof.
  intros N s B C x j Hj HB [_ H]; rewrite <- (others_const N B j Hj), <- (others_const N C j Hj).
  split; apply others_le; intros i Hi; specialize (H i Hi); lra.
Qed.

Lemma one_sign_step : forall N s B C eta x, Nat.Even N -> (2 <= N)%nat -> 0 < eta -> 2 <= B -> B <= C ->
  20 * C <= eta * B ^ (2 * N - 1) -> one_sign N s B C x ->
  one_sign N (- s) (9 * C) (eta * C ^ (2 * N - 1)) (step (fun p => p - 1) eta N x).
Proof.
  intros N s B C eta x HE HN He HB HBC HL O.
  assert (P := one_sign_product N s B C x HE ltac:(lra) O); assert (O' := one_sign_others N s B C x).
  destruct O as [Hs H]; split; [destruct Hs as [-> | ->]; [right|left]; ring|].
  intros j Hj; specialize (O' j Hj ltac:(lra) (conj Hs H)); specialize (H j Hj).
  set (p := product N x) in *; set (q := others N (fun i => s * x i) j) in *.
  assert (p2 : 2 <= p).
  { destruct P as [P _]; eapply Rle_trans; [exact HB|]; eapply Rle_trans; [|exact P].
    replace N with (S (N - 1)) by lia; simpl pow; assert (1 <= B ^ (N - 1)) by (apply pow_R1_Rle; lra); nra. }
  assert (Q : s * others N x j = q).
  { destruct HE as [h ->]; unfold q, others.
    transitivity (product (2 * h) (fun i => but j (fun _ => s) i * but j x i)).
    - rewrite product_mult; change (product (2 * h) (but j (fun _ => s))) with (others (2 * h) (fun _ => s) j).
      rewrite others_const by exact Hj; f_equal; destruct Hs as [-> | ->]; [rewrite pow1; reflexivity|].
      replace (2 * h - 1)%nat with (S (2 * (h - 1))) by lia; rewrite pow_1_odd; reflexivity.
    - apply product_ext; intros i _; unfold but; destruct (Nat.eqb i j); ring. }
  assert (Exp : - s * step (fun p => p - 1) eta N x j = eta * (p - 1) * q - s * x j).
  { unfold step; fold p; rewrite <- Q; destruct Hs as [-> | ->]; ring. }
  rewrite Exp; assert (B0 : 0 < B ^ (N - 1)) by (apply pow_lt; lra); assert (C0 : 0 < C ^ (N - 1)) by (apply pow_lt; lra).
  assert (EB : B ^ (2 * N - 1) = B ^ N * B ^ (N - 1)) by (rewrite <- pow_add; f_equal; lia).
  assert (EC : C ^ (2 * N - 1) = C ^ N * C ^ (N - 1)) by (rewrite <- pow_add; f_equal; lia).
  assert (BN : 0 < B ^ N) by (apply pow_lt; lra).
  split.
  - assert (B ^ N * B ^ (N - 1) <= p * q) by (apply Rmult_le_compat; lra).
    assert (0 <= (p - 2) * q) by (apply Rmult_le_pos; lra); assert (p * q <= 2 * ((p - 1) * q)) by lra.
    assert (eta * (B ^ N * B ^ (N - 1)) <= eta * (2 * ((p - 1) * q))) by (apply Rmult_le_compat_l; lra).
    rewrite EB in HL; lra.
  - assert ((p - 1) * q <= C ^ N * C ^ (N - 1)) by (apply Rmult_le_compat; lra).
    assert (eta * ((p - 1) * q) <= eta * (C ^ N * C ^ (N - 1))) by (apply Rmult_le_compat_l; lra).
    rewrite EC; lra.
Qed.

(** So it goes on for ever, and the product is 2 or more. *)
Lemma one_sign_for_ever : forall N eta x t, Nat.Even N -> (2 <= N)%nat -> 0 < eta ->
  (exists s B C, 2 <= B /\ B <= C /\ 20 * C <= eta * B ^ (2 * N - 1) /\ one_sign N s B C (step (fun p => p - 1) eta N x)) ->
  exists s B C, 2 <= B /\ B <= C /\ 20 * C <= eta * B ^ (2 * N - 1) /\ one_sign N s B C (descent (fun p => p - 1) eta N x (S t)).
Proof.
  intros N eta x t HE HN He H; induction t as [|t IH]; [exact H|].
  destruct IH as [s [B [C [HB [HBC [HL O]]]]]].
  assert (N9 : 20 <= 9 ^ (2 * N - 1)).
  { apply Rle_trans with (9 ^ 2); [lra|apply Rle_pow; [lra|lia]]. }
  assert (CB : B ^ (2 * N - 1) <= C ^ (2 * N - 1)) by (apply pow_incr; lra).
  exists (- s), (9 * C), (eta * C ^ (2 * N - 1)).
  split; [lra|]; split; [|split; [|apply (one_sign_step N s B C); assumption]].
  - assert (eta * B ^ (2 * N - 1) <= eta * C ^ (2 * N - 1)) by (apply Rmult_le_compat_l; lra); lra.
  - rewrite Rpow_mult_distr.
    assert (0 < eta * C ^ (2 * N - 1)) by (apply Rmult_lt_0_compat; [exact He|apply pow_lt; lra]).
    replace (eta * (9 ^ (2 * N - 1) * C ^ (2 * N - 1))) with (9 ^ (2 * N - 1) * (eta * C ^ (2 * N - 1))) by ring.
    apply Rmult_le_compat_r; lra.
Qed.

Lemma one_sign_misses : forall N s B C x, Nat.Even N -> (2 <= N)%nat -> 2 <= B -> one_sign N s B C x -> 2 <= product N x.
Proof.
  intros N s B C x HE HN HB O; destruct (one_sign_product N s B C x HE ltac:(lra) O) as [P _].
  eapply Rle_trans; [|exact P]; replace N with (S (N - 1)) by lia; simpl pow.
  assert (1 <= B ^ (N - 1)) by (apply pow_R1_Rle; lra); nra.
Qed.

(** ** The start: N - 1 weights A and one c/A^(N-1) *)

Definition unbalanced (N : nat) (A c : R) (i : nat) : R := if Nat.eqb i 0 then c / A ^ (N - 1) else A.

Lemma unbalanced_others : forall N A c, (2 <= N)%nat -> 0 < A -> others N (unbalanced N A c) 0 = A ^ (N - 1).
Proof.
  intros N A c HN HA; rewrite <- (others_const N A 0 ltac:(lia)); apply product_ext; intros i _.
  unfold but, unbalanced; destruct (Nat.eqb i 0); reflexivity.
Qed.

Lemma unbalanced_product : forall N A c, (2 <= N)%nat -> 0 < A -> product N (unbalanced N A c) = c.
Proof.
  intros N A c HN HA; rewrite (product_others N _ 0) by lia; rewrite unbalanced_others by assumption.
  unfold unbalanced; simpl Nat.eqb; cbv iota; field; apply pow_nonzero; lra.
Qed.

Lemma unbalanced_runs_away : forall N eta c, (2 <= N)%nat -> 0 < eta -> 0 < c < 1 -> exists A, 0 < A /\
  exists s B C, 2 <= B /\ B <= C /\ 20 * C <= eta * B ^ (2 * N - 1) /\
    one_sign N s B C (step (fun p => p - 1) eta N (unbalanced N A c)).
Proof.
  intros N eta c HN He Hc; set (k := Rmin 1 (eta * (1 - c))).
  assert (ec : 0 < eta * (1 - c)) by (apply Rmult_lt_0_compat; lra).
  assert (k0 : 0 < k) by (apply Rmin_glb_lt; lra); assert (k1 : k <= 1) by apply Rmin_l; assert (k2 : k <= eta * (1 - c)) by apply Rmin_r.
  assert (K : 0 < eta * k ^ (2 * N - 1)) by (apply Rmult_lt_0_compat; [exact He|apply pow_lt; exact k0]).
  set (A := 1 + 2 / k + 40 * (1 + eta) / (eta * k ^ (2 * N - 1))).
  assert (a1 : 0 < 2 / k) by (apply Rdiv_lt_0_compat; lra).
  assert (a2 : 0 < 40 * (1 + eta) / (eta * k ^ (2 * N - 1))) by (apply Rdiv_lt_0_compat; lra).
  assert (A1 : 1 <= A) by (unfold A; lra); exists A; split; [lra|].
  assert (P0 : 1 <= A ^ (N - 1)) by (apply pow_R1_Rle; exact A1).
  assert (PA : A <= A ^ (N - 1)).
  { replace (N - 1)%nat with (S (N - 2)) by lia; simpl pow; assert (1 <= A ^ (N - 2)) by (apply pow_R1_Rle; exact A1); nra. }
  exists 1, (k * A), ((2 + 2 * eta) * A ^ (N - 1)).
  assert (B2 : 2 <= k * A).
  { apply Rle_trans with (k * (2 / k)); [right; field; lra|apply Rmult_le_compat_l; unfold A; lra]. }
  assert (BA : k * A <= A) by (assert (k * A <= 1 * A) by (apply Rmult_le_compat_r; lra); lra).
  assert (AC : A ^ (N - 1) <= (2 + 2 * eta) * A ^ (N - 1)) by nra.
  split; [exact B2|]; split; [lra|]; split; [|split; [left; reflexivity|]].
  - rewrite Rpow_mult_distr; replace (A ^ (2 * N - 1)) with (A * (A ^ (N - 1) * A ^ (N - 1))).
    2:{ rewrite <- pow_add; change (A * A ^ (N - 1 + (N - 1))) with (A ^ S (N - 1 + (N - 1))); f_equal; lia. }
    replace (eta * (k ^ (2 * N - 1) * (A * (A ^ (N - 1) * A ^ (N - 1)))))
      with (eta * k ^ (2 * N - 1) * A * A ^ (N - 1) * A ^ (N - 1)) by ring.
    replace (20 * ((2 + 2 * eta) * A ^ (N - 1))) with (40 * (1 + eta) * 1 * A ^ (N - 1)) by ring.
    apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat; try lra.
    apply Rle_trans with (eta * k ^ (2 * N - 1) * (40 * (1 + eta) / (eta * k ^ (2 * N - 1)))); [right; field; split; [apply pow_nonzero|]; lra|].
    apply Rmult_le_compat_l; [lra|unfold A; lra].
  - intros j Hj; rewrite Rmult_1_l; unfold step; rewrite unbalanced_product by lra || lia.
    assert (cA : 0 < c / A ^ (N - 1) <= 1).
    { split; [apply Rdiv_lt_0_compat; lra|]; apply (Rmult_le_reg_r (A ^ (N - 1))); [lra|].
      unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
    destruct (Nat.eq_dec j 0) as [->|N0].
    + rewrite unbalanced_others by lra || lia; unfold unbalanced; simpl Nat.eqb; cbv iota.
      assert (k * A <= eta * (1 - c) * A ^ (N - 1)) by (apply Rmult_le_compat; lra).
      assert (eta * (1 - c) * A ^ (N - 1) <= eta * A ^ (N - 1)) by (apply Rmult_le_compat_r; [lra|]; assert (0 <= eta * c) by (apply Rmult_le_pos; lra); lra).
      assert (0 <= eta * A ^ (N - 1)) by (apply Rmult_le_pos; lra); split; nra.
    + assert (V : unbalanced N A c j = A) by (unfold unbalanced; destruct (Nat.eqb_spec j 0); [lia|reflexivity]).
      assert (E := product_others N (unbalanced N A c) j Hj); rewrite unbalanced_product, V in E by lra || lia; rewrite V.
      assert (O : 0 < others N (unbalanced N A c) j <= 1) by (split; nra).
      assert (0 <= eta * (1 - c) * others N (unbalanced N A c) j) by (apply Rmult_le_pos; lra).
      assert (eta * (1 - c) * others N (unbalanced N A c) j <= eta * (1 - c) * 1) by (apply Rmult_le_compat_l; lra).
      assert (eta * A ^ (N - 1) >= eta * 1) by (apply Rmult_ge_compat_l; lra).
      split; nra.
Qed.

(** The target is the identity, whose sigma_min is 1, so that margin c means |W - I| <= 1 - c. *)
Theorem arora_claim_4 : forall d N eta c, Nat.Even N -> (2 <= N)%nat -> (1 <= d)%nat -> 0 < eta -> 0 < c < 1 ->
  exists W m, frobenius d (residual d N unit_matrix W) <= 1 - c /\ 0 < m /\
    forall t, m <= loss d N unit_matrix (layers_descent d N unit_matrix eta W t).
Proof.
  intros d N eta c HE HN Hd He Hc; destruct (unbalanced_runs_away N eta c HN He Hc) as [A [HA Run]].
  set (x := unbalanced N A c) in *; exists (fun l => diagonal (corner_entry (x l) 1)), ((1 - c) ^ 2 / 2).
  assert (V : exists i, (i < d)%nat /\ corner_entry 1 0 i <> 0) by (exists 0%nat; split; [lia|unfold corner_entry; simpl; lra]).
  assert (Act : acts_each d N (fun l => diagonal (corner_entry (x l) 1)) (corner_entry 1 0) x)
    by (intros l _; rewrite tr_diagonal; split; apply corner_eigen).
  assert (F0 : frobenius d (residual d N unit_matrix (fun l => diagonal (corner_entry (x l) 1))) = 1 - c).
  { transitivity (frobenius d (diagonal (corner_entry (c - 1) 0))).
    - unfold frobenius; f_equal; apply inner_same; intros i j Hi Hj; unfold residual, msub; rewrite chain_diagonal by assumption.
      rewrite <- (unbalanced_product N A c HN HA); fold x; unfold diagonal, unit_matrix, corner_entry.
      destruct (Nat.eqb i j); [|ring]; destruct (Nat.eqb i 0); [reflexivity|rewrite product_const, pow1; ring].
    - rewrite corner_norm by exact Hd; rewrite Rabs_left1; lra. }
  split; [lra|split; [assert (0 < (1 - c) ^ 2) by (apply pow_lt; lra); lra|]].
  intros [|t]; [simpl layers_descent; rewrite loss_frobenius, F0; lra|].
  assert (I1 := eigen_unit d (corner_entry 1 0)).
  assert (X := descent_acts_each d N unit_matrix eta _ _ x 1 (S t) Act I1); rewrite tr_unit in X; specialize (X I1).
  destruct (eigen_chain_each d N _ _ _ X N (Nat.le_refl N)) as [F _].
  destruct (one_sign_for_ever N eta x t HE HN He Run) as [s [B [C [HB [_ [_ O]]]]]].
  assert (P := one_sign_misses N s B C _ HE HN HB O).
  apply Rle_trans with (1 ^ 2 / 2); [assert ((1 - c) ^ 2 <= 1 ^ 2) by (apply pow_incr; lra); lra|].
  apply (eigen_loss d N unit_matrix _ _ _ 1 V (eigen_sub d _ unit_matrix _ _ _ F I1)); lra.
Qed.
