(** The false variants of what follows from others in a few lines, of Claim 4, and of the saddles, are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora Identity Spectral BartlettMatrices Diagonal.
From Lemmata Require Import Compositions ClaimFour Saddles Refutations RefutationsBartlett.
Open Scope R_scope.

Lemma three_quarters_near : frobenius 1 (msub unit_matrix (number (3 / 4))) <= 1 / 4.
Proof. apply frobenius_below; [lra|compute_layers; lra]. Qed.

Lemma three_quarters_loss : loss 1 2 (number (3 / 4)) (fun _ => unit_matrix) = 1 / 32.
Proof. compute_layers; lra. Qed.

Lemma balanced_convergence_fivefold_is_false : ~ (forall d p L Phi W eta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W (r ^ (2 * L) / (40 * INR L ^ 2 * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (480 * INR L ^ 2 * s ^ (6 * L - 4)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - 5 * eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t)).
Proof.
  intros H; assert (B : 0 <= 1 ^ (2 * 2) / (40 * INR 2 ^ 2 * 2 ^ (2 * 2 - 2))) by (simpl; lra).
  assert (E := H 1%nat 1%nat 2%nat (number 4) (fun _ => number 1) (1 / 491520) 1 2 0%nat
    ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra) ones_target ones_margin (ones_balanced _ B) ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

Lemma balanced_convergence_depths_fivefold_is_false : ~ (forall d p L Phi W eta r s B C t,
  depth_constants L B C -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) ->
  balanced d L W (r ^ (2 * L) / (B * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (C * s ^ (6 * L - 4)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - 5 * eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t)).
Proof.
  intros H; assert (B : 0 <= 1 ^ (2 * 2) / (9 * 2 ^ (2 * 2 - 2))) by (simpl; lra).
  assert (E := H 1%nat 1%nat 2%nat (number 4) (fun _ => number 1) (1 / 8960) 1 2 9 35 0%nat ltac:(left; auto)
    ltac:(lia) ltac:(lra) ltac:(lra) ones_target ones_margin (ones_balanced _ B) ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

Lemma balanced_start_fivefold_is_false : ~ (forall d p L Phi W eta r s t,
  (2 <= L)%nat -> (1 <= p <= d)%nat -> 0 < r -> 0 < s ->
  frobenius d Phi = s ^ L -> deficiency_margin d p L Phi W (r ^ L) -> balanced d L W 0 ->
  0 <= eta <= r ^ (4 * L - 2) / (240 * INR L ^ 2 * s ^ (6 * L - 4)) ->
  loss d L Phi (layers_descent d L Phi eta W (S t))
    <= (1 - 5 * eta * r ^ (2 * L - 2)) * loss d L Phi (layers_descent d L Phi eta W t)).
Proof.
  intros H.
  assert (E := H 1%nat 1%nat 2%nat (number 4) (fun _ => number 1) (1 / 245760) 1 2 0%nat
    ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra) ones_target ones_margin (ones_balanced 0 (Rle_refl 0)) ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

Lemma bartlett_theorem_1_two_is_false : ~ (forall d L Phi eps T,
  (2 <= L)%nat -> frobenius d (msub unit_matrix Phi) <= 1 / 4 -> 0 < eps ->
  2 * ln (loss d L Phi (fun _ => unit_matrix) / eps) <= INR T ->
  loss d L Phi (layers_descent d L Phi (/ (7 * INR L)) (fun _ => unit_matrix) T) <= eps).
Proof.
  intros H.
  assert (E := H 1%nat 2%nat (number (3 / 4)) (1 / 64) 2%nat ltac:(lia) three_quarters_near ltac:(lra)).
  rewrite three_quarters_loss in E; replace (1 / 32 / (1 / 64)) with 2 in E by field.
  assert (ln 2 <= 1) by (rewrite <- (ln_exp 1); apply ln_le; [lra|assert (1 + 1 < exp 1) by (apply exp_ineq1; lra); lra]).
  specialize (E ltac:(simpl; lra)); replace (/ (7 * INR 2)) with (1 / 14) in E by (simpl; field).
  unfold layers_descent in E; compute_layers; lra.
Qed.

Lemma arora_claim_5_any_depth_is_false : ~ (forall d L Phi v mu, (2 <= L)%nat -> symmetric d Phi ->
  (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  balanced d L (fun _ => unit_matrix) 0 /\
  (exists l i j, (l < L)%nat /\ (i < d)%nat /\ (j < d)%nat /\ gradient d L Phi (fun _ => unit_matrix) l i j <> 0) /\
  forall eta t, mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)).
Proof.
  intros H.
  destruct (H 1%nat 3%nat (number (- (1))) (fun _ => 1) 1 ltac:(lia) (number_symmetric _) one_nonzero (number_eigen _) ltac:(lra))
    as [_ [_ E]]; specialize (E 1 1%nat); simpl layers_descent in E; compute_layers; lra.
Qed.

Lemma identity_radius_limit_any_step_is_false : ~ (forall d mu Phi L eta t, (1 <= d)%nat -> 0 < mu -> Phi = diagonal (corner_entry (- mu) 1) ->
  symmetric d Phi /\ frobenius d (msub unit_matrix Phi) = 1 + mu /\
  (Nat.Even L -> mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)) /\
  ((2 <= L)%nat -> 0 < eta ->
    mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t))).
Proof.
  intros H.
  destruct (H 1%nat 1 _ 3%nat 1 1%nat ltac:(lia) ltac:(lra) eq_refl) as [_ [_ [_ E]]]; specialize (E ltac:(lia) ltac:(lra)).
  simpl layers_descent in E; unfold diagonal, corner_entry in E; compute_layers; lra.
Qed.

(** Two layers near 1, which stay alike and meet the target. *)
Lemma alike_layers : forall t, let V := layers_descent 1 2 unit_matrix (1 / 10) (fun _ => number (9 / 10)) t in
  V 0%nat 0%nat 0%nat = V 1%nat 0%nat 0%nat /\ 9 / 10 <= V 0%nat 0%nat 0%nat <= 1 /\
  1 - V 0%nat 0%nat 0%nat * V 0%nat 0%nat 0%nat <= (9 / 10) ^ t.
Proof.
  induction t as [|t IH]; [simpl; unfold number; lra|]; cbv zeta in *.
  change (layers_descent 1 2 unit_matrix (1 / 10) (fun _ => number (9 / 10)) (S t))
    with (layers_step 1 2 unit_matrix (1 / 10) (layers_descent 1 2 unit_matrix (1 / 10) (fun _ => number (9 / 10)) t)).
  set (V := layers_descent 1 2 unit_matrix (1 / 10) (fun _ => number (9 / 10)) t) in *; clearbody V.
  destruct IH as [E [B P]]; compute_layers; rewrite <- E in *; set (a := V 0%nat 0%nat 0%nat) in *.
  set (e := 1 - a * a) in *; assert (a2 : 81 / 100 <= a * a <= 1) by nra.
  match goal with |- ?x = ?y /\ _ => replace x with (a + 1 / 10 * a * e) by (unfold e; field); replace y with (a + 1 / 10 * a * e) by (unfold e; field) end.
  assert (e0 : 0 <= e <= 19 / 100) by (unfold e; lra).
  assert (F : 1 - (a + 1 / 10 * a * e) * (a + 1 / 10 * a * e) = e * (1 - 2 / 10 * (a * a) - 1 / 100 * (a * a) * e)) by (unfold e; field).
  assert (ae : 0 <= a * a * e <= 1) by nra.
  assert (K : 0 <= e * (1 - 2 / 10 * (a * a) - 1 / 100 * (a * a) * e) <= 9 / 10 * e) by (split; nra).
  split; [reflexivity|split; [split; nra|rewrite F; lra]].
Qed.

Lemma arora_claim_4_every_start_is_false : ~ (forall d N eta c, Nat.Even N -> (2 <= N)%nat -> (1 <= d)%nat -> 0 < eta -> 0 < c < 1 ->
  forall W, frobenius d (residual d N unit_matrix W) <= 1 - c -> exists m, 0 < m /\
    forall t, m <= loss d N unit_matrix (layers_descent d N unit_matrix eta W t)).
Proof.
  intros H.
  destruct (H 1%nat 2%nat (1 / 10) (1 / 2) ltac:(exists 1%nat; reflexivity) ltac:(lia) ltac:(lia) ltac:(lra) ltac:(lra)
    (fun _ => number (9 / 10)) ltac:(apply frobenius_below; [lra|compute_layers; lra])) as [m [M L]].
  destruct (pow_lt_1_zero (9 / 10) ltac:(rewrite Rabs_pos_eq; lra) m M) as [t Ht]; specialize (Ht t (Nat.le_refl t)).
  assert (P : 0 < (9 / 10) ^ t) by (apply pow_lt; lra); rewrite Rabs_pos_eq in Ht by lra.
  destruct (alike_layers t) as [E [B K]]; specialize (L t).
  set (V := layers_descent 1 2 unit_matrix (1 / 10) (fun _ => number (9 / 10)) t) in *; clearbody V.
  compute_layers; rewrite <- E in *; set (a := V 0%nat 0%nat 0%nat) in *; assert (0 <= 1 - a * a <= 1) by nra; nra.
Qed.

Lemma saddle_lowest_term_at_none_is_false : ~ (forall (f : R -> R) (l : R) k w x, is_derive f 0 l ->
  is_lim (fun s => (f (product k (fun i => w i + s * x i)) - f (product k w)) / s ^ zeros k w) 0 (l * lowest k w x)).
Proof.
  intros H.
  assert (D : is_derive (fun p : R => p) 0 1) by apply (is_derive_id (K := R_AbsRing)).
  specialize (H (fun p => p) 1 1%nat (fun _ => 1) (fun _ => 0) D).
  unfold lowest, zeros in H; simpl in H; destruct (Req_EM_T 1 0) as [E|_]; [lra|].
  apply (is_lim_ext _ (fun _ => 0)) in H; [|intros s; simpl; field].
  apply is_lim_unique in H; rewrite Lim_const in H; injection H; lra.
Qed.

Lemma saddle_hessian_one_zero_is_false : ~ (forall (f' : R -> R) k w a b i j,
  (a < k)%nat -> (b < k)%nat -> a <> b -> w a = 0 -> (i < k)%nat -> (j < k)%nat ->
  is_derive (fun y => f' (product k (put i y w)) * others k (put i y w) j) (w i)
    (if Nat.eqb i j then 0 else f' 0 * rest k w i j) /\
  (i = a /\ j = b \/ i = b /\ j = a \/ i = j \/ rest k w i j = 0) /\
  (forall l, (l < k)%nat -> l <> a -> l <> b -> w l = 0 -> rest k w a b = 0) /\
  ((forall l, (l < k)%nat -> l <> a -> l <> b -> w l <> 0) -> rest k w a b <> 0)).
Proof.
  intros H.
  destruct (H (fun p => p) 2%nat (fun i => INR i) 0%nat 1%nat 0%nat 0%nat ltac:(lia) ltac:(lia) ltac:(lia) ltac:(reflexivity) ltac:(lia)
    ltac:(lia)) as [D _]; simpl in D.
  apply is_derive_unique in D; rewrite (Derive_ext _ (fun y => y)) in D by (intros y; unfold others, but, put; simpl; ring).
  rewrite Derive_id in D; lra.
Qed.
