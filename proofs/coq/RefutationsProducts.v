(** The false variants of Lemma 5 and Procedure 1 of Arora, Cohen, Golowich and Hu, and of the identity start near the identity, are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Transpose Margin Arora AroraPaper Singular AroraLemma.
From Lemmata Require Import Spectral Diagonal Decomposition AroraProducts AroraProcedure Identity IdentityTenth Refutations InstancesArora RefutationsLayers.
Open Scope R_scope.

Lemma identity_tenth_rate_double_is_false : ~ (forall d L Phi eta t, (2 <= L)%nat -> frobenius d (msub unit_matrix Phi) <= 1 / 10 ->
  0 <= eta <= exp (- (2 / 3)) / INR L ->
  let W := layers_descent d L Phi eta (fun _ => unit_matrix) t in
  frobenius d (residual d L Phi W)
    <= (1 - 2 * exp (- (2 / 3)) * eta * INR L) ^ t * frobenius d (msub unit_matrix Phi) /\
  forall l, (l < L)%nat -> frobenius d (msub (W l) unit_matrix) <= 1 / (3 * INR L)).
Proof.
  intros H; destruct third_root as [a1 [a3 Ea]]; set (a := exp (1 / 3)) in *.
  assert (F : frobenius 1 (msub unit_matrix (number (1001 / 1000))) <= 1 / 1000)
    by (apply frobenius_below; [lra|compute_layers; lra]).
  assert (A1 : a <= 1406 / 1000).
  { destruct (Rle_or_lt a (1406 / 1000)) as [Le|Gt]; [exact Le|].
    assert ((1406 / 1000) ^ 3 <= a ^ 3) by (apply pow_incr; lra); lra. }
  assert (A2 : a ^ 2 <= (1406 / 1000) ^ 2) by (apply pow_incr; lra).
  assert (P2 : 0 < a ^ 2) by (apply pow_lt; lra).
  assert (I2 : 505 / 1000 <= / a ^ 2).
  { apply (Rmult_le_reg_r (a ^ 2)); [exact P2|]; rewrite Rinv_l by lra; lra. }
  assert (X : 0 <= 1 / 100 <= exp (- (2 / 3)) / INR 2) by (rewrite Ea; replace (INR 2) with 2 by (simpl; ring); lra).
  destruct (H 1%nat 2%nat (number (1001 / 1000)) (1 / 100) 1%nat ltac:(lia) ltac:(lra) X) as [E _].
  rewrite Ea in E; set (f0 := frobenius 1 (msub unit_matrix (number (1001 / 1000)))) in *.
  assert (G : frobenius 1 (residual 1 2 (number (1001 / 1000))
    (layers_descent 1 2 (number (1001 / 1000)) (1 / 100) (fun _ => unit_matrix) 1)) ^ 2 = ((98 / 100 - 1 / 10000000) / 1000) ^ 2)
    by (rewrite frobenius_square; unfold layers_descent; compute_layers; lra).
  match type of G with ?x ^ 2 = _ => set (f := x) in *; assert (f1 : 0 <= f) by apply frobenius_nonneg end.
  assert (f0' : 0 <= f0) by apply frobenius_nonneg.
  assert (K : f <= (1 - 2 * (505 / 1000) * (1 / 100) * 2) * (1 / 1000)).
  { eapply Rle_trans; [exact E|]; replace (INR 2) with 2 by (simpl; ring); rewrite pow_1; apply Rmult_le_compat; [|exact f0'|lra|exact F].
    assert (/ a ^ 2 <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; [lra|]; replace (a ^ 2) with (a * a) by ring; nra); lra. }
  nra.
Qed.

Lemma quarter_step : 0 <= 1 / 4 <= exp (- (2 / 3)) / INR 2.
Proof.
  destruct third_root as [a1 [a3 Ea]]; set (a := exp (1 / 3)) in *; rewrite Ea; replace (INR 2) with 2 by (simpl; ring).
  assert (A1 : a <= 1406 / 1000).
  { destruct (Rle_or_lt a (1406 / 1000)) as [Le|Gt]; [exact Le|].
    assert ((1406 / 1000) ^ 3 <= a ^ 3) by (apply pow_incr; lra); lra. }
  assert (A2 : a ^ 2 <= (1406 / 1000) ^ 2) by (apply pow_incr; lra); assert (P2 : 0 < a ^ 2) by (apply pow_lt; lra).
  assert (505 / 1000 <= / a ^ 2) by (apply (Rmult_le_reg_r (a ^ 2)); [exact P2|]; rewrite Rinv_l by lra; lra); lra.
Qed.

Lemma identity_tenth_rate_nearer_is_false : ~ (forall d L Phi eta t, (2 <= L)%nat -> frobenius d (msub unit_matrix Phi) <= 1 / 10 ->
  0 <= eta <= exp (- (2 / 3)) / INR L ->
  let W := layers_descent d L Phi eta (fun _ => unit_matrix) t in
  frobenius d (residual d L Phi W)
    <= (1 - 5 / 6 * exp (- (2 / 3)) * eta * INR L) ^ t * frobenius d (msub unit_matrix Phi) /\
  forall l, (l < L)%nat -> frobenius d (msub (W l) unit_matrix) <= 1 / (12 * INR L)).
Proof.
  intros H.
  destruct (H 1%nat 2%nat (number (9 / 10)) (1 / 4) 3%nat ltac:(lia) ltac:(apply frobenius_below; [lra|compute_layers; lra]) quarter_step)
    as [_ B]; specialize (B 0%nat ltac:(lia)); cbv zeta in B.
  match type of B with ?x <= _ => assert (F : 0 <= x) by apply frobenius_nonneg; assert (S : x ^ 2 <= (1 / (12 * INR 2)) ^ 2) by (apply pow_incr; lra) end.
  rewrite frobenius_square in S; unfold layers_descent in S; clear B F; compute_layers; lra.
Qed.

Lemma arora_lemma_5_less_is_false : ~ (forall d N dims W nu M, (1 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) ->
  shaped d N dims W -> 0 <= M -> 0 <= nu -> balanced d N W nu -> (forall l, (l < N)%nat -> bounded d (W l) (M ^ 2)) ->
  (forall j, (1 <= j <= N)%nat ->
    let P := chain d W j in
    frobenius d (msub (mul d P (tr P)) (power d (mul d (W (j - 1)%nat) (tr (W (j - 1)%nat))) j))
      <= nu * M ^ (2 * (j - 1)) * (9 / 20 * (INR j * INR (j - 1))) /\
    frobenius d (msub (mul d (tr P) P) (power d (mul d (tr (W 0%nat)) (W 0%nat)) j))
      <= nu * M ^ (2 * (j - 1)) * (9 / 20 * (INR j * INR (j - 1)))) /\
  sigma_min (dims N) (dims 0%nat) (chain d W N) ^ 2 - nu * M ^ (2 * (N - 1)) * (INR N * INR (N - 1) / 2)
    <= Rmax (sigma_min (dims N) (dims (N - 1)%nat) (W (N - 1)%nat)) (sigma_min (dims 1%nat) (dims 0%nat) (W 0%nat)) ^ (2 * N)).
Proof.
  intros H.
  assert (U0 : uneven 0 = number (1 - 1 / 480)) by reflexivity; assert (U1 : uneven 1 = number (1 + 1 / 480)) by reflexivity.
  destruct (H 1%nat 2%nat (fun _ => 1%nat) uneven (1 / 120) (481 / 480)) as [E _]; try lia; try lra.
  - intros ? ? ? ? ? ?; cbv beta; lia.
  - exact uneven_balanced.
  - intros l Hl; destruct l as [|[|l]]; [rewrite U0|rewrite U1|lia]; apply number_bounded; lra.
  - destruct (E 2%nat ltac:(lia)) as [E1 _]; cbv zeta in E1; simpl Nat.sub in E1.
    match type of E1 with frobenius _ ?x <= _ => set (D := x) in *; assert (f0 := frobenius_nonneg 1 D) end.
    assert (G : frobenius 1 D ^ 2 = ((481 / 480) ^ 2 / 120) ^ 2).
    { rewrite frobenius_square; unfold D, power; simpl chain; rewrite U0, U1; compute_layers; lra. }
    simpl in E1; simpl in G; nra.
Qed.

Lemma arora_procedure_1_narrower_is_false : ~ (forall d N dims A, (2 <= N)%nat ->
  (forall l, (l <= N)%nat -> (Nat.min (dims N) (dims 0%nat) <= S (dims l) <= S d)%nat) ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> A i j = 0) ->
  (exists p U V s a, decomposition d (dims N) (dims 0%nat) p A U V s /\ forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) /\
  forall p U V s a, decomposition d (dims N) (dims 0%nat) p A U V s ->
    (forall i, (i < d)%nat -> 0 <= a i /\ a i ^ N = s i) ->
    let W := decomposed_layers d N U V a in
    same d (chain d W N) A /\
    (forall l, (S l < N)%nat -> same d (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l)))) /\
    shaped d N dims W).
Proof.
  intros H; set (dims := fun l : nat => if Nat.eqb l 1 then 0%nat else 1%nat).
  destruct (H 1%nat 2%nat dims (number 1)) as [_ K].
  - lia.
  - intros [|[|[|l]]] Hl; unfold dims; simpl; lia.
  - intros i j Hi Hj; unfold dims; simpl; lia.
  - destruct (K 1%nat (number 1) (number 1) (fun _ => 1) (fun _ => 1)) as [_ [_ S]].
    + unfold dims; repeat split; simpl; try lia; try (intros; lra); try (intros; lia).
      * intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia; unfold dot, tr, number, unit_matrix; simpl; ring.
      * intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia; unfold dot, tr, number, unit_matrix; simpl; ring.
      * intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia; unfold diagonal; compute_layers; ring.
    + intros; split; [lra|ring].
    + specialize (S 0%nat 0%nat 0%nat ltac:(lia) ltac:(lia) ltac:(lia)); unfold dims, decomposed_layers, diagonal in S; compute_layers.
      specialize (S ltac:(lia)); lra.
Qed.
