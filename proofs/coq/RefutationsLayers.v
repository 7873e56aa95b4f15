(** The false variants of Lemmas 2, 6 and 7 of Arora, Cohen, Golowich and Hu, and of the identity start, are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Margin Arora AroraPaper Singular AroraLemma AroraLayers.
From Lemmata Require Import Identity IdentityMargin ZasSharp Refutations InstancesArora.
Open Scope R_scope.

Lemma number_bounded : forall x s, x ^ 2 <= s -> bounded 1 (number x) s.
Proof.
  intros x s H v; unfold mv, dot, number; simpl.
  assert (0 <= (s - x ^ 2) * (v 0%nat * v 0%nat)) by (apply Rmult_le_pos; [lra|nra]); nra.
Qed.

Lemma number_bounded_inv : forall x s, bounded 1 (number x) s -> x ^ 2 <= s.
Proof. intros x s H; specialize (H (fun _ => 1)); unfold mv, dot, number in H; simpl in *; lra. Qed.

Lemma identity_margin_rate_faster_is_false : ~ (forall d L Phi r q eta t,
  (2 <= L)%nat -> r < 1 / 2 -> frobenius d (msub unit_matrix Phi) <= r ->
  0 <= q -> q ^ L = 1 - 2 * r -> 0 <= eta <= q ^ 2 / (7 * INR L) ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) (S t))
    <= (1 - 19 / 10 * eta * INR L * q ^ (2 * L - 2))
      * loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)).
Proof.
  intros H.
  assert (F : frobenius 1 (msub unit_matrix (number (1 + 999 / 500000))) <= 999 / 500000)
    by (apply frobenius_below; [lra|compute_layers; lra]).
  assert (E := H 1%nat 2%nat (number (1 + 999 / 500000)) (999 / 500000) (998 / 1000) (71 / 1000) 0%nat ltac:(lia) ltac:(lra) F
    ltac:(lra) ltac:(lra) ltac:(simpl; lra)).
  unfold layers_descent in E; compute_layers; lra.
Qed.

(** The first layer a little larger than the second: the product is below 1. *)
Definition uneven (l : nat) : nat -> nat -> R := number (if Nat.eqb l 0 then 1 - 1 / 480 else 1 + 1 / 480).

Lemma uneven_product : bounded 1 (chain 1 uneven 2) ((1 ^ 2) ^ 2).
Proof.
  intros v; unfold mv, dot, uneven; compute_layers.
  assert (0 <= v 0%nat * v 0%nat) by nra; set (x := v 0%nat) in *; ring_simplify; nra.
Qed.

Lemma uneven_balanced : balanced 1 2 uneven (1 / 120).
Proof.
  intros l Hl; replace l with 0%nat by lia; apply frobenius_below; [lra|].
  unfold uneven; compute_layers; lra.
Qed.

Lemma arora_lemma_6_one_is_false : ~ (forall d N W c b nu j, (1 <= N)%nat -> 0 <= c -> 0 <= b -> b ^ N = 1 ->
  bounded d (chain d W N) ((c ^ N) ^ 2) -> balanced d N W nu -> nu <= c ^ 2 / (30 * INR N ^ 2) -> (j < N)%nat ->
  bounded d (mul d (W j) (tr (W j))) ((b * c ^ 2) ^ 2) /\ bounded d (W j) (b * c ^ 2)).
Proof.
  intros H.
  destruct (H 1%nat 2%nat uneven 1 1 (1 / 120) 1%nat ltac:(lia) ltac:(lra) ltac:(lra) ltac:(lra) uneven_product uneven_balanced
    ltac:(simpl; lra) ltac:(lia)) as [_ B].
  unfold uneven in B; cbv [Nat.eqb] in B; apply number_bounded_inv in B; lra.
Qed.

Lemma arora_lemma_7_half_is_false : ~ (forall d N Phi W eta M B, (2 <= N)%nat -> 0 < M -> 0 <= eta ->
  (forall l, (l < N)%nat -> bounded d (W l) (M ^ 2)) -> frobenius d (residual d N Phi W) <= B ->
  eta * M ^ (N - 2) * B * INR N <= 1 / 2 ->
  frobenius d (msub (msub (chain d (layers_step d N Phi eta W) N) (chain d W N))
      (chain_slope d W (fun l => mscal (- eta) (gradient d N Phi W l)) N))
    <= 1 / 2 * M ^ N * (INR N * eta * M ^ (N - 2) * frobenius d (residual d N Phi W)) ^ 2).
Proof.
  intros H.
  assert (F : frobenius 1 (residual 1 10 (number 2) (fun _ => number 1)) ^ 2 = 1)
    by (rewrite frobenius_square; compute_layers; lra).
  assert (E := H 1%nat 10%nat (number 2) (fun _ => number 1) (1 / 20) 1 1 ltac:(lia) ltac:(lra) ltac:(lra)
    ltac:(intros; apply number_bounded; lra)
    ltac:(apply frobenius_below; [lra|compute_layers; lra]) ltac:(simpl; lra)).
  set (g := frobenius 1 (residual 1 10 (number 2) (fun _ => number 1))) in *.
  assert (G : frobenius 1 (msub (msub (chain 1 (layers_step 1 10 (number 2) (1 / 20) (fun _ => number 1)) 10)
      (chain 1 (fun _ => number 1) 10))
      (chain_slope 1 (fun _ => number 1) (fun l => mscal (- (1 / 20)) (gradient 1 10 (number 2) (fun _ => number 1) l)) 10)) ^ 2
      = ((21 / 20) ^ 10 - 3 / 2) ^ 2)
    by (rewrite frobenius_square; unfold chain_slope; compute_layers; lra).
  match type of G with ?x ^ 2 = _ => set (f := x) in *; assert (F0 : 0 <= f) by apply frobenius_nonneg end.
  replace (1 / 2 * 1 ^ 10 * (INR 10 * (1 / 20) * 1 ^ (10 - 2) * g) ^ 2) with (1 / 8 * g ^ 2) in E by (simpl; field).
  rewrite F in E; nra.
Qed.

Lemma large_layers : frobenius 1 (residual 1 2 (number 4) (fun _ => number (2823 / 1000))) <= 397 / 100.
Proof. apply frobenius_below; [lra|compute_layers; lra]. Qed.

Lemma arora_lemma_2_norms_is_false : ~ (forall d L dims Phi W eta r s b t,
  (2 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= dims l <= d)%nat) -> shaped d L dims W ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims L <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < r -> 0 < s -> frobenius d Phi = s ^ L ->
  frobenius d (residual d L Phi W) <= sigma_min (dims L) (dims 0%nat) Phi - r ^ L ->
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) ->
  0 <= eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) -> 0 <= b -> b ^ L = 199 / 100 * s ^ L ->
  let V := layers_descent d L Phi eta W t in
  balanced d L V (2 * (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2)))) /\
  (loss d L Phi (layers_descent d L Phi eta W (S t)) <= loss d L Phi V
     - eta / 2 * Rpower (sigma_min (dims L) (dims 0%nat) (chain d V L)) (2 * INR (L - 1) / INR L)
         * frobenius d (residual d L Phi V) ^ 2 /\
   frobenius d (residual d L Phi V) <= frobenius d Phi) /\
  (forall l, (l < L)%nat -> bounded d (V l) (b ^ 2))).
Proof.
  intros H; assert (E := pow2_sqrt (199 / 25) ltac:(lra)).
  destruct (H 1%nat 2%nat (fun _ => 1%nat) (number 4) (fun _ => number (2823 / 1000)) 0 (15 / 100) 2 (sqrt (199 / 25)) 0%nat) as [_ [_ B]];
    try lia; try lra; try (intros ? ? ?; cbv beta; lia); try (intros ? ?; cbv beta; lia); try exact ones_target.
  - cbv beta; rewrite scalar_sigma; unfold number at 3; rewrite Rabs_pos_eq by lra.
    eapply Rle_trans; [exact large_layers|lra].
  - intros l Hl; apply frobenius_below; [simpl; lra|]; compute_layers; lra.
  - simpl; lra.
  - apply sqrt_pos.
  - specialize (B 0%nat ltac:(lia)); rewrite E in B; simpl layers_descent in B; apply number_bounded_inv in B; lra.
Qed.

Lemma zas_first_step_rate_sooner_is_false : ~ (forall d L Phi eta, (1 <= L)%nat ->
  let Rt t := loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t) in
  Rt 1%nat = (1 - eta) ^ 2 * Rt 0%nat /\
  (0 < Rt 0%nat -> (Rt 1%nat <= (1 - eta / 2) * Rt 0%nat <-> 0 <= eta <= 149 / 100))).
Proof.
  intros H; destruct (H 1%nat 2%nat (number 1) (3 / 2) ltac:(lia)) as [E S].
  assert (P : 0 < loss 1 2 (number 1) (layers_descent 1 2 (number 1) (3 / 2) (zero_asymmetric 2) 0))
    by (simpl layers_descent; compute_layers; lra).
  destruct (S P) as [S1 _]; rewrite E in S1; assert (X : 0 <= 3 / 2 <= 149 / 100) by (apply S1; lra); lra.
Qed.
