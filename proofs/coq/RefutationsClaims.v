(** The false variants of the claims of Du and Hu and of Hu, Xiao and Pennington are false: layers of one number. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Layers Margin WideBlocks Wide WideDescent WideTheorem WideClaims OrthogonalClaims WideSteps.
From Lemmata Require Import Transpose WideData WideReduction AnyLaw WidePapers OrthogonalLayers Refutations RefutationsAnyLaw RefutationsWide.
Open Scope R_scope.

Lemma number_bounded : forall A a, A 0%nat 0%nat ^ 2 <= a -> bounded 1 A a.
Proof. intros A a H x; rewrite one_by_one; apply Rmult_le_compat_r; [apply dot_nonneg|exact H]. Qed.

Lemma number_move : forall x y, frobenius 1 (msub (number x) (number y)) = Rabs (x - y).
Proof.
  intros x y; rewrite <- (sqrt_Rsqr_abs (x - y)); unfold frobenius, Rsqr; f_equal; unfold inner, dot, msub, number; simpl; ring.
Qed.

(** The first step of a layer of one number, at the error 1. *)
Lemma unit_move : forall eta, frobenius 1 (msub (wide_descent 1 1 (number 0) eta unit_numbers 1 1%nat) (unit_numbers 1%nat)) = Rabs eta.
Proof.
  intros eta; rewrite <- (Rabs_Ropp eta), <- (sqrt_Rsqr_abs (- eta)); unfold frobenius, Rsqr; f_equal.
  simpl wide_descent; unfold wide_step, unit_numbers; compute_layers; ring.
Qed.

Lemma unit_half : loss 1 2 (number 0) unit_numbers = 1 / 2.
Proof. unfold unit_numbers; compute_layers; field. Qed.

Lemma unit_data : data_bounds 1 1 1 (unit_numbers 0%nat) 1 1.
Proof.
  split; [intros i j _ Hj; lia|split].
  - apply number_bounded; unfold unit_numbers, number; lra.
  - intros z _; rewrite one_by_one; unfold unit_numbers, number; lra.
Qed.

(** One layer has no product to be bounded but itself. *)
Lemma unit_orthogonal : orthogonal_bounds 1 1 1 1 unit_numbers 1 (11 / 10) (9 / 10).
Proof.
  intros j k Hj Hk; assert (E : block 1 unit_numbers j k 0%nat 0%nat = 1).
  { destruct k as [|[|k]]; [reflexivity| |lia]; unfold block, unit_numbers; compute_layers; ring. }
  rewrite pow1, !Rmult_1_r; split; [|split].
  - apply number_bounded; rewrite E; lra.
  - intros _ x _; rewrite one_by_one, E; assert (P := dot_nonneg 1 x); lra.
  - intros _ y _; rewrite one_by_one; unfold tr; rewrite E; assert (P := dot_nonneg 1 y); lra.
Qed.

Lemma du_hu_claim_7_1_any_step_is_false : ~ (forall d p r L Y F eta s sigma tau M B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  (forall n, (n <= t)%nat -> loss d (S L) Y (wide_descent d L Y eta F n) <= (1 - eta * INR L * mu ^ 2 / 4) ^ n * B) ->
  (forall n, (n <= t)%nat -> wide_bounds d p r L (wide_descent d L Y eta F n) s (5 / 4) (3 / 4) sigma tau M) ->
  forall i, (1 <= i <= L)%nat ->
    frobenius d (msub (wide_descent d L Y eta F (S t) i) (F i)) <= 24 * sqrt B * nu / (INR L * mu ^ 2)).
Proof.
  intros H; assert (X := H 1%nat 1%nat 1%nat 1%nat (number 0) unit_numbers 25 1 1 1 1 1 1 1 0%nat ltac:(lia) ltac:(lra) ltac:(lra)
    ltac:(lra) ltac:(lra) ltac:(simpl; ring) ltac:(simpl; ring)).
  assert (Z := X ltac:(intros q Hq; replace q with 0%nat by lia; simpl wide_descent; rewrite unit_half; simpl; lra)
    ltac:(intros q Hq; replace q with 0%nat by lia; apply unit_bounds; lra) 1%nat ltac:(lia)).
  rewrite unit_move, sqrt_1 in Z; simpl in Z; rewrite Rabs_right in Z; lra.
Qed.

Lemma du_hu_claim_7_2_narrower_is_false : ~ (forall d p r L F V s sigma tau K B nu mu radius,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= K -> 0 <= B -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  radius = 24 * sqrt B * nu / (INR L * mu ^ 2) -> 20000 * K ^ 2 * INR L * nu ^ 4 * B <= mu ^ 6 * s ^ 2 ->
  wide_bounds d p r L F s (6 / 5) (4 / 5) sigma tau (K * sqrt (INR L)) -> V 0%nat = F 0%nat ->
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= radius) ->
  wide_bounds d p r L V s (5 / 4) (3 / 4) sigma tau (25 / 24 * K * sqrt (INR L))).
Proof.
  intros H; set (F := fun l : nat => number (match l with 1%nat => 6 / 5 | _ => 1 end)).
  set (V := fun l : nat => number (match l with 1%nat => 69 / 55 | _ => 1 end)).
  assert (S2 : 1 <= sqrt 2) by (rewrite <- sqrt_1; apply sqrt_le_1_alt; lra).
  assert (B : sqrt (1 / 48400) = 1 / 220) by (rewrite <- (sqrt_pow2 (1 / 220)) by lra; f_equal; field).
  destruct (H 1%nat 1%nat 1%nat 2%nat F V 1 1 1 1 (1 / 48400) 1 1 (3 / 55)) as [_ [Bot _]]; try lia; try lra; try (simpl; ring).
  - rewrite B; simpl; field.
  - simpl; lra.
  - simpl INR; replace (1 + 1) with 2 by ring; split; [|split].
    + intros q Hq; assert (E : block 1 F (3 - q) q 0%nat 0%nat = 1).
      { destruct q as [|[|q]]; [reflexivity| |lia]; unfold block, F; compute_layers; ring. }
      rewrite pow1, !Rmult_1_r; split; [apply number_bounded; rewrite E; lra|].
      intros y _; rewrite one_by_one; unfold tr; rewrite E; assert (P := dot_nonneg 1 y); lra.
    + intros q Hq; assert (E : chain 1 F (S q) 0%nat 0%nat = 1 \/ chain 1 F (S q) 0%nat 0%nat = 6 / 5).
      { destruct q as [|[|q]]; [left|right|lia]; unfold F; compute_layers; field. }
      rewrite pow1, !Rmult_1_r; split; [apply number_bounded; destruct E as [-> | ->]; lra|].
      intros y _; rewrite one_by_one; assert (P := dot_nonneg 1 y); destruct E as [-> | ->]; lra.
    + intros j k Hj Hk; assert (E : block 1 F j k 0%nat 0%nat = 1).
      { destruct k as [|[|k]]; [reflexivity| |lia]; replace j with 2%nat by lia; unfold block, F; compute_layers; ring. }
      apply number_bounded; rewrite E, (pow1 k), Rmult_1_l, Rmult_1_r; apply pow_incr; lra.
  - reflexivity.
  - intros i Hi; destruct i as [|[|[|i]]]; try lia; unfold V, F; rewrite number_move.
    + rewrite Rabs_right; lra.
    + replace (1 - 1) with 0 by ring; rewrite Rabs_R0; lra.
  - destruct (Bot 1%nat ltac:(lia)) as [Z _]; specialize (Z (fun _ => 1)); rewrite one_by_one in Z.
    replace (chain 1 V 2 0%nat 0%nat) with (69 / 55) in Z by (unfold V; compute_layers; field).
    unfold dot in Z; simpl in Z; lra.
Qed.

Lemma du_hu_claim_7_3_fivefold_is_false : ~ (forall d p r L Y F eta s sigma tau K B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 1 <= K -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) ->
  mu = tau * s ^ (L - 1) -> eta * INR L * nu ^ 2 <= 1 / 3 -> 400 * K ^ 2 * INR L * nu ^ 4 * B <= mu ^ 6 * s ^ 2 ->
  wide_shape d p r L Y F -> loss d (S L) Y F <= B ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 4) ^ t * loss d (S L) Y F ->
  wide_bounds d p r L (wide_descent d L Y eta F t) s (5 / 4) (3 / 4) sigma tau (K * sqrt (INR L)) ->
  frobenius d (residual d (S L) Y (wide_descent d L Y eta F (S t)))
    <= (1 - 5 * eta * INR L * mu ^ 2 / 4) * frobenius d (residual d (S L) Y (wide_descent d L Y eta F t)) /\
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - eta * INR L * mu ^ 2 / 4) ^ S t * loss d (S L) Y F).
Proof.
  intros H; assert (B : 1 <= 1 * sqrt (INR 1)) by (simpl INR; rewrite sqrt_1; lra).
  destruct (H 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 50)) unit_numbers (1 / 3) 1 1 1 1 (1 / 1000) 1 1 0%nat) as [E _]; try lia; try lra;
    try (simpl; ring).
  - simpl; lra.
  - simpl; lra.
  - apply one_shape.
  - rewrite unit_loss; lra.
  - simpl wide_descent; simpl pow; lra.
  - simpl INR; rewrite sqrt_1, Rmult_1_l; apply unit_bounds; lra.
  - change (wide_descent 1 1 (number (1 - 1 / 50)) (1 / 3) unit_numbers 0) with unit_numbers in E; rewrite unit_error in E by lra.
    assert (Q := unit_first (1 / 50) (1 / 3)); rewrite loss_frobenius in Q.
    set (e := frobenius 1 (residual 1 2 (number (1 - 1 / 50)) (wide_descent 1 1 (number (1 - 1 / 50)) (1 / 3) unit_numbers 1))) in *.
    assert (e0 : 0 <= e) by apply frobenius_nonneg; simpl INR in E.
    assert (e ^ 2 <= (7 / 600) ^ 2) by (apply pow_incr; lra); lra.
Qed.

Lemma hu_xiao_pennington_claim_4_3_any_step_is_false : ~ (forall d p n r L Y F eta s sigma tau B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  data_bounds d n r (F 0%nat) sigma tau ->
  (forall q, (q <= t)%nat -> loss d (S L) Y (wide_descent d L Y eta F q) <= (1 - eta * INR L * mu ^ 2 / 2) ^ q * B) ->
  (forall q, (q <= t)%nat -> orthogonal_bounds d p n L (wide_descent d L Y eta F q) s (11 / 10) (9 / 10)) ->
  forall i, (1 <= i <= L)%nat ->
    frobenius d (msub (wide_descent d L Y eta F (S t) i) (F i)) <= 8 * sqrt B * nu / (INR L * mu ^ 2)).
Proof.
  intros H; assert (X := H 1%nat 1%nat 1%nat 1%nat 1%nat (number 0) unit_numbers 9 1 1 1 1 1 1 0%nat ltac:(lia) ltac:(lra) ltac:(lra)
    ltac:(lra) ltac:(lra) ltac:(simpl; ring) ltac:(simpl; ring) unit_data).
  assert (Z := X ltac:(intros q Hq; replace q with 0%nat by lia; simpl wide_descent; rewrite unit_half; simpl; lra)
    ltac:(intros q Hq; replace q with 0%nat by lia; apply unit_orthogonal) 1%nat ltac:(lia)).
  rewrite unit_move, sqrt_1 in Z; simpl in Z; rewrite Rabs_right in Z; lra.
Qed.

Lemma hu_xiao_pennington_claim_4_4_further_is_false : ~ (forall d p n L F V s radius,
  0 < s -> 0 <= radius -> INR L * radius <= 3 / 20 * s -> orthogonal_start d p n L s F ->
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (V i) (F i)) <= radius) ->
  orthogonal_bounds d p n L V s (11 / 10) (9 / 10)).
Proof.
  intros H; set (F := fun _ : nat => number 1); set (V := fun _ : nat => number (21 / 20)).
  assert (T : forall A, A 0%nat 0%nat = 1 -> turns 1 1 1 A).
  { intros A E; split; [intros i j _ Hj; lia|]; intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia.
    unfold mul, dot, tr, unit_matrix; simpl; rewrite E; ring. }
  assert (Z := H 1%nat 1%nat 1%nat 3%nat F V 1 (1 / 20)); destruct (Z ltac:(lra) ltac:(lra) ltac:(simpl; lra)
    ltac:(split; [apply T; reflexivity|split; [apply T; reflexivity|intros l _; split; apply T; reflexivity]])
    ltac:(intros i _; unfold V, F; rewrite number_move, Rabs_right; lra) 1%nat 2%nat ltac:(lia) ltac:(lia)) as [Up _].
  specialize (Up (fun _ => 1)); rewrite one_by_one in Up.
  replace (block 1 V 1 2 0%nat 0%nat) with ((21 / 20) ^ 2) in Up by (unfold block, V; compute_layers; field).
  unfold dot in Up; simpl in Up; lra.
Qed.

Lemma hu_xiao_pennington_claim_4_5_threefold_is_false : ~ (forall d p n r L Y F eta s sigma tau B nu mu radius t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  radius = 8 * sqrt B * nu / (INR L * mu ^ 2) -> INR L * radius <= 953 / 10000 * s -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  wide_shape d p r L Y F -> data_bounds d n r (F 0%nat) sigma tau -> loss d (S L) Y F <= B ->
  loss d (S L) Y (wide_descent d L Y eta F t) <= (1 - eta * INR L * mu ^ 2 / 2) ^ t * loss d (S L) Y F ->
  orthogonal_bounds d p n L (wide_descent d L Y eta F t) s (11 / 10) (9 / 10) ->
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - 3 * eta * INR L * mu ^ 2) * loss d (S L) Y (wide_descent d L Y eta F t) /\
  loss d (S L) Y (wide_descent d L Y eta F (S t)) <= (1 - eta * INR L * mu ^ 2 / 2) ^ S t * loss d (S L) Y F).
Proof.
  intros H; assert (B : sqrt (1 / 10000) = 1 / 100) by (rewrite <- (sqrt_pow2 (1 / 100)) by lra; f_equal; field).
  destruct (H 1%nat 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 100)) unit_numbers (1 / 3) 1 1 1 (1 / 10000) 1 1 (2 / 25) 0%nat) as [E _];
    try lia; try lra; try (simpl; ring).
  - rewrite B; simpl; field.
  - simpl; lra.
  - simpl; lra.
  - apply one_shape.
  - exact unit_data.
  - rewrite unit_loss; lra.
  - simpl wide_descent; simpl pow; lra.
  - exact unit_orthogonal.
  - rewrite unit_first in E; simpl wide_descent in E; rewrite unit_loss in E; simpl in E; lra.
Qed.

Lemma du_hu_claim_b_1_not_fitted_is_false : ~ (forall d r L X Y Phi C V F G eta t,
  decomposes d r X C V -> reduces d X C F G ->
  (forall l, same d (gradient d (S L) Y F (S l)) (gradient d (S L) (mul d Phi C) G (S l))) /\
  loss d (S L) Y F = loss d (S L) (mul d Phi C) G + best_loss d X Y Phi /\
  reduces d X C (wide_descent d L Y eta F t) (wide_descent d L (mul d Phi C) eta G t) /\
  forall W, best_loss d X Y Phi <= inner d (msub (mul d W X) Y) (msub (mul d W X) Y) / 2).
Proof.
  intros H; assert (One : forall i j, (i < 1)%nat -> (j < 1)%nat -> mul 1 (tr (number 1)) (number 1) i j = unit_matrix i j).
  { intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia; compute_layers; ring. }
  destruct (H 1%nat 1%nat 1%nat (number 1) (number 1) (number 0) (number 1) (number 1) unit_numbers unit_numbers 0 0%nat) as [_ [E _]].
  - split; [|split; [intros i j _ Hj; lia|exact One]].
    intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia; compute_layers; ring.
  - split; [apply same_refl|split; [apply same_refl|intros l; apply same_refl]].
  - unfold best_loss, unit_numbers in E; compute_layers; lra.
Qed.

Lemma du_hu_claim_b_1_exists_all_columns_is_false : ~ (forall d X Y, exists r C V Phi,
  decomposes d r X C V /\ fitted d X Y Phi /\
  forall z, (forall i, (i < d)%nat -> mv d C z i = 0) -> forall i, (i < d)%nat -> z i = 0).
Proof.
  intros H; destruct (H 1%nat (number 0) (number 0)) as [r [C [V [Phi [[Dec [C0 One]] [_ Full]]]]]].
  assert (Z : C 0%nat 0%nat = 0).
  { destruct r as [|r]; [apply C0; lia|]; assert (E := Dec 0%nat 0%nat ltac:(lia) ltac:(lia)).
    assert (O := One 0%nat 0%nat ltac:(lia) ltac:(lia)); compute_layers.
    assert (C 0%nat 0%nat = C 0%nat 0%nat * (V 0%nat 0%nat * V 0%nat 0%nat)) by (replace (V 0%nat 0%nat * V 0%nat 0%nat) with 1 by lra; ring).
    replace (C 0%nat 0%nat * (V 0%nat 0%nat * V 0%nat 0%nat)) with (C 0%nat 0%nat * V 0%nat 0%nat * V 0%nat 0%nat) in * by ring.
    replace (C 0%nat 0%nat * V 0%nat 0%nat) with 0 in * by lra; lra. }
  assert (X := Full (fun _ => 1)); specialize (X ltac:(intros i Hi; replace i with 0%nat by lia; unfold mv, dot; simpl; rewrite Z; ring) 0%nat ltac:(lia)).
  simpl in X; lra.
Qed.

(** ** The rate of the norm is at most 1 *)

Lemma unit_start : orthogonal_start 1 1 1 1 1 unit_numbers.
Proof.
  assert (T : forall A, A 0%nat 0%nat = 1 -> turns 1 1 1 A).
  { intros A E; split; [intros i j _ Hj; lia|]; intros i j Hi Hj; replace i with 0%nat by lia; replace j with 0%nat by lia.
    unfold mul, dot, tr, unit_matrix; simpl; rewrite E; ring. }
  split; [apply T; reflexivity|split; [apply T; reflexivity|intros l Hl; lia]].
Qed.

Lemma unit_past_one : ~ frobenius 1 (residual 1 2 (number (1 - 1 / 100)) (wide_descent 1 1 (number (1 - 1 / 100)) (1 / 3) unit_numbers 1))
  <= (1 - 101 / 100 * (1 / 3 * INR 1 * 1 ^ 2)) ^ 1 * frobenius 1 (residual 1 2 (number (1 - 1 / 100)) unit_numbers).
Proof.
  intros E; rewrite unit_error in E by lra; assert (Q := unit_first (1 / 100) (1 / 3)); rewrite loss_frobenius in Q.
  set (e := frobenius 1 (residual 1 2 (number (1 - 1 / 100)) (wide_descent 1 1 (number (1 - 1 / 100)) (1 / 3) unit_numbers 1))) in *.
  assert (e0 : 0 <= e) by apply frobenius_nonneg; simpl INR in E; simpl in E.
  assert (e ^ 2 <= (199 / 30000) ^ 2) by (apply pow_incr; lra); lra.
Qed.

Lemma orthogonal_layers_past_one_is_false : ~ (forall d p n r L Y F eta s sigma tau B nu mu t,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  813 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  wide_shape d p r L Y F -> data_bounds d n r (F 0%nat) sigma tau -> orthogonal_start d p n L s F -> loss d (S L) Y F <= B ->
  let W := wide_descent d L Y eta F t in
  frobenius d (residual d (S L) Y W) <= (1 - 101 / 100 * (eta * INR L * mu ^ 2)) ^ t * frobenius d (residual d (S L) Y F) /\
  loss d (S L) Y W <= (1 - eta * INR L * mu ^ 2) ^ t * loss d (S L) Y F /\
  (forall i, (1 <= i <= L)%nat -> frobenius d (msub (W i) (F i)) <= orthogonal_radius L B nu mu) /\
  orthogonal_bounds d p n L W s (11 / 10) (9 / 10)).
Proof.
  intros H; apply unit_past_one.
  apply (H 1%nat 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 100)) unit_numbers (1 / 3) 1 1 1 (1 / 1000) 1 1 1%nat); try lia; try lra;
    try (simpl; lra); [apply one_shape|exact unit_data|exact unit_start|rewrite unit_loss; lra].
Qed.

Lemma orthogonal_layers_given_start_past_one_is_false : ~ (forall k (P : weights k) start d p n r L Y eta s sigma tau B delta nu mu,
  (1 <= L)%nat -> 0 < s -> 0 < tau <= sigma -> 0 <= B -> 0 < eta -> nu = sigma * s ^ (L - 1) -> mu = tau * s ^ (L - 1) ->
  813 * nu ^ 2 * B <= mu ^ 4 * s ^ 2 -> eta * INR L * nu ^ 2 <= 1 / 2 ->
  at_most P (fun w => ~ good_orthogonal_start d p n r L Y (start w) s sigma tau B) delta ->
  at_most P (fun w => error_slower d L Y eta (101 / 100 * (eta * INR L * mu ^ 2)) (start w) \/
    slower d L Y eta (eta * INR L * mu ^ 2) (start w)) delta).
Proof.
  intros H; set (P := signed_weights 1 1).
  apply (surely 1 P (fun _ => error_slower 1 1 (number (1 - 1 / 100)) (1 / 3) (101 / 100 * (1 / 3 * INR 1 * 1 ^ 2)) unit_numbers \/
    slower 1 1 (number (1 - 1 / 100)) (1 / 3) (1 / 3 * INR 1 * 1 ^ 2) unit_numbers)).
  - intros _; left; exists 1%nat; apply Rnot_le_lt, unit_past_one.
  - apply (H 1%nat P (fun _ => unit_numbers) 1%nat 1%nat 1%nat 1%nat 1%nat (number (1 - 1 / 100)) (1 / 3) 1 1 1 (1 / 1000) 0 1 1);
      try lia; try lra; try (simpl; lra).
    apply surely_not; intros w N; apply N; split; [apply one_shape|split; [exact unit_data|split; [exact unit_start|]]].
    rewrite unit_loss; lra.
Qed.
