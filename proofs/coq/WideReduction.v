(** Claim B.1 of Du and Hu as printed: the data replaced by the factor C of their reduced decomposition X = C V^T, V^T V = I,
    and the targets by their fitted part. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Wide WideData.
Open Scope R_scope.

(** X = C V^T, where C has r columns and those of V are orthonormal. *)
Definition decomposes (d r : nat) (X C V : nat -> nat -> R) : Prop :=
  same d X (mul d C (tr V)) /\ columns d r C /\
  forall i j, (i < r)%nat -> (j < r)%nat -> mul d (tr V) V i j = unit_matrix i j.

(** F and G are the same layers, on the data X and R. *)
Definition reduces (d : nat) (X C : nat -> nat -> R) (F G : nat -> nat -> nat -> R) : Prop :=
  same d (F 0%nat) X /\ same d (G 0%nat) C /\ forall l, same d (G (S l)) (F (S l)).

Lemma narrow : forall d r A Q C, columns d r A -> columns d r C ->
  (forall i j, (i < r)%nat -> (j < r)%nat -> Q i j = unit_matrix i j) ->
  same d (mul d (mul d A Q) (tr C)) (mul d A (tr C)).
Proof.
  intros d r A Q C HA HC HQ i j Hi Hj; apply total_ext; intros k Hk; unfold tr.
  destruct (Nat.lt_ge_cases k r) as [N|N]; [f_equal|rewrite (HC j k Hj (conj N Hk)); ring].
  unfold mul; rewrite <- (mv_unit d (A i) k Hk); unfold mv; rewrite dot_comm; apply total_ext; intros m Hm.
  destruct (Nat.lt_ge_cases m r) as [M|M]; [|rewrite (HA i m Hi (conj M Hm)); ring].
  rewrite HQ by assumption; f_equal; unfold unit_matrix; rewrite Nat.eqb_sym; reflexivity.
Qed.

Lemma chain_reduced : forall d r X C V F G, decomposes d r X C V -> reduces d X C F G -> forall q,
  same d (chain d F (S q)) (mul d (chain d G (S q)) (tr V)).
Proof.
  intros d r X C V F G Dec [F0 [G0 H]]; induction q as [|q IH].
  - apply same_trans with (F 0%nat); [apply mul_unit_r|]; apply same_trans with X; [exact F0|].
    apply same_trans with (mul d C (tr V)); [apply Dec|]; apply same_mul; [|apply same_refl].
    apply same_trans with (G 0%nat); [apply same_sym; exact G0|apply same_sym, mul_unit_r].
  - change (chain d F (S (S q))) with (mul d (F (S q)) (chain d F (S q))).
    change (chain d G (S (S q))) with (mul d (G (S q)) (chain d G (S q))); rewrite mul_assoc.
    apply same_mul; [apply same_sym, H|exact IH].
Qed.

Lemma reduced_columns : forall d r X C V F G q, decomposes d r X C V -> reduces d X C F G -> columns d r (chain d G (S q)).
Proof.
  intros d r X C V F G q Dec [_ [G0 _]]; apply columns_chain; intros i j Hi Hj; rewrite (G0 i j Hi ltac:(lia)).
  apply Dec; assumption.
Qed.

Lemma reduced_residual : forall d r L X Phi C V F G, decomposes d r X C V -> reduces d X C F G ->
  columns d r (residual d (S L) (mul d Phi C) G).
Proof.
  intros d r L X Phi C V F G Dec H i j Hi Hj; unfold residual, msub; rewrite (reduced_columns d r X C V F G L Dec H i j Hi Hj).
  assert (E : columns d r (mul d Phi C)) by (apply columns_mul, Dec); rewrite (E i j Hi Hj); ring.
Qed.

Lemma misfit_reduced : forall d r L X Phi C V F G, decomposes d r X C V -> reduces d X C F G ->
  same d (misfit d L X Phi F) (mul d (residual d (S L) (mul d Phi C) G) (tr V)).
Proof.
  intros d r L X Phi C V F G Dec H; unfold misfit, residual; rewrite mul_sub_l; apply same_sub.
  - apply (chain_reduced d r X C V); assumption.
  - rewrite mul_assoc; apply same_mul; [apply same_refl|apply Dec].
Qed.

Lemma reduced_kills : forall d X Y Phi C F G q, fitted d X Y Phi -> reduces d X C F G ->
  kills d (msub Y (mul d Phi X)) (tr (chain d F (S q))).
Proof.
  intros d X Y Phi C F G q Fit [F0 _]; apply chain_killed, (kills_same d _ (tr X)); [exact Fit|apply same_tr; exact F0].
Qed.

Lemma turned_back : forall d r X C V A B, decomposes d r X C V -> columns d r A -> columns d r B ->
  same d (mul d (mul d A (tr V)) (tr (mul d B (tr V)))) (mul d A (tr B)).
Proof.
  intros d r X C V A B Dec HA HB; rewrite tr_mul, tr_tr, <- mul_assoc, (mul_assoc d A).
  apply (narrow d r); try assumption; apply Dec.
Qed.

Lemma gradient_reduced : forall d r L X Y Phi C V F G l, decomposes d r X C V -> fitted d X Y Phi -> reduces d X C F G ->
  same d (gradient d (S L) Y F (S l)) (gradient d (S L) (mul d Phi C) G (S l)).
Proof.
  intros d r L X Y Phi C V F G l Dec Fit H; unfold gradient; set (k := (S L - S (S l))%nat).
  set (M := residual d (S L) (mul d Phi C) G).
  apply same_trans with (mul d (mul d (back d G (S (S l)) k M) (tr V)) (tr (mul d (chain d G (S l)) (tr V)))).
  - rewrite (residual_split d L X Y Phi), back_sub, mul_sub_l.
    assert (K := back_kills d F _ _ (reduced_kills d X Y Phi C F G l Fit H) k (S (S l))).
    apply same_trans with (mul d (back d F (S (S l)) k (misfit d L X Phi F)) (tr (chain d F (S l)))).
    + intros i j Hi Hj; unfold msub at 1; rewrite (K i j Hi Hj); ring.
    + apply same_mul; [|apply same_tr, (chain_reduced d r X C V); assumption]; rewrite <- back_mul; apply back_above.
      * intros m; apply same_sym, H.
      * apply (misfit_reduced d r); assumption.
  - apply (turned_back d r X C V _ _ Dec); [apply columns_back, (reduced_residual d r L X Phi C V F G Dec H)|].
    apply (reduced_columns d r X C V F G l Dec H).
Qed.

Lemma loss_reduced : forall d r L X Y Phi C V F G, decomposes d r X C V -> fitted d X Y Phi -> reduces d X C F G ->
  loss d (S L) Y F = loss d (S L) (mul d Phi C) G + best_loss d X Y Phi.
Proof.
  intros d r L X Y Phi C V F G Dec Fit H; unfold loss, best_loss; rewrite (residual_split d L X Y Phi).
  set (E := misfit d L X Phi F); set (M := residual d (S L) (mul d Phi C) G); set (N := msub Y (mul d Phi X)).
  assert (Cross : inner d N E = 0).
  { apply kills_inner; intros i j Hi Hj; unfold E, misfit.
    change (tr (msub (chain d F (S L)) (mul d Phi X))) with (msub (tr (chain d F (S L))) (tr (mul d Phi X))).
    rewrite mul_sub_r; unfold msub at 1; unfold N; rewrite (reduced_kills d X Y Phi C F G L Fit H) by assumption.
    rewrite tr_mul, (kills_right d _ (tr X) (tr Phi) Fit) by assumption; ring. }
  assert (Mr : columns d r M) by (apply (reduced_residual d r L X Phi C V F G Dec H)).
  assert (Norm : inner d E E = inner d M M).
  { unfold E; rewrite (inner_same d _ _ (misfit_reduced d r L X Phi C V F G Dec H)); fold M.
    apply total_ext; intros i Hi; exact (turned_back d r X C V M M Dec Mr Mr i i Hi Hi). }
  replace (msub E N) with (madd E (mscal (-1) N)) by (pointwise i; pointwise j; unfold madd, mscal, msub; ring).
  rewrite inner_add_l, !inner_add_r, !inner_scal_l, !inner_scal_r, (inner_comm d E N), Cross, Norm; field.
Qed.

Lemma descent_reduced : forall d r L X Y Phi C V F G eta t, decomposes d r X C V -> fitted d X Y Phi -> reduces d X C F G ->
  reduces d X C (wide_descent d L Y eta F t) (wide_descent d L (mul d Phi C) eta G t).
Proof.
  intros d r L X Y Phi C V F G eta t Dec Fit H; induction t as [|t IH]; [exact H|]; destruct IH as [I0 [I1 I2]].
  split; [exact I0|split; [exact I1|]]; intros l; simpl wide_descent; unfold wide_step, layers_step.
  apply same_sub; [apply I2|]; apply same_scal, same_sym, (gradient_reduced d r L X Y Phi C V); auto.
  split; [exact I0|split; assumption].
Qed.

(** With Phi X the fitted part of Y: the same gradients, so the same layers for all times; and the loss is higher by OPT, which is
    the loss of Phi and the least of all. *)
Theorem du_hu_claim_b_1 : forall d r L X Y Phi C V F G eta t,
  decomposes d r X C V -> fitted d X Y Phi -> reduces d X C F G ->
  (forall l, same d (gradient d (S L) Y F (S l)) (gradient d (S L) (mul d Phi C) G (S l))) /\
  loss d (S L) Y F = loss d (S L) (mul d Phi C) G + best_loss d X Y Phi /\
  reduces d X C (wide_descent d L Y eta F t) (wide_descent d L (mul d Phi C) eta G t) /\
  forall W, best_loss d X Y Phi <= inner d (msub (mul d W X) Y) (msub (mul d W X) Y) / 2.
Proof.
  intros d r L X Y Phi C V F G eta t Dec Fit H; split; [|split; [|split]].
  - intros l; apply (gradient_reduced d r L X Y Phi C V); assumption.
  - apply (loss_reduced d r L X Y Phi C V); assumption.
  - apply (descent_reduced d r L X Y Phi C V); assumption.
  - intros W; apply best_loss_is_least; exact Fit.
Qed.

(** ** Every data set has such a decomposition, and all targets have a fitted part *)

Lemma eigenvectors_apart : forall d X u a i j, orthonormal d d u ->
  (forall l, (l < d)%nat -> eigen d (mul d (tr X) X) (u l) (a l)) -> (i < d)%nat -> (j < d)%nat ->
  dot d (mv d X (u i)) (mv d X (u j)) = a j * unit_matrix i j.
Proof.
  intros d X u a i j O H Hi Hj; rewrite adjoint, <- mv_mul, <- (O i j Hi Hj), <- dot_scal_r.
  apply dot_ext; [reflexivity|]; intros k Hk; apply H; assumption.
Qed.

(** Those of n orthonormal vectors that X does not kill. *)
Lemma survivors : forall d X u, orthonormal d d u -> forall n, (n <= d)%nat -> exists r f, (r <= n)%nat /\
  (forall k, (k < r)%nat -> (f k < n)%nat /\ dot d (mv d X (u (f k))) (mv d X (u (f k))) <> 0) /\
  (forall k m, (k < r)%nat -> (m < r)%nat -> f k = f m -> k = m) /\
  forall i j, (i < d)%nat ->
    total n (fun l => mv d X (u l) i * u l j) = total r (fun k => mv d X (u (f k)) i * u (f k) j).
Proof.
  intros d X u O; induction n as [|n IH]; intros Hn.
  - exists 0%nat, (fun _ => 0%nat); repeat split; intros; try lia; reflexivity.
  - destruct (IH ltac:(lia)) as [r [f [Hr [In [Inj Sum]]]]].
    destruct (Req_dec (dot d (mv d X (u n)) (mv d X (u n))) 0) as [Z|Z].
    + exists r, f; split; [lia|split; [|split; [exact Inj|]]].
      * intros k Hk; destruct (In k Hk); split; [lia|assumption].
      * intros i j Hi; simpl; rewrite (dot_zero d _ i Z Hi), (Sum i j Hi); ring.
    + exists (S r), (fun k => if Nat.eqb k r then n else f k); split; [lia|split; [|split]].
      * intros k Hk; destruct (Nat.eqb_spec k r); [split; [lia|exact Z]|]; destruct (In k ltac:(lia)); split; [lia|assumption].
      * intros k m Hk Hm; destruct (Nat.eqb_spec k r), (Nat.eqb_spec m r); intros E; try lia.
        -- destruct (In m ltac:(lia)); lia.
        -- destruct (In k ltac:(lia)); lia.
        -- apply Inj; [lia|lia|exact E].
      * intros i j Hi; simpl; rewrite Nat.eqb_refl, (Sum i j Hi); f_equal; apply total_ext; intros k Hk.
        destruct (Nat.eqb_spec k r); [lia|reflexivity].
Qed.

(** C of full column rank, and Phi X the fitted part of Y. *)
Theorem du_hu_claim_b_1_exists : forall d X Y, exists r C V Phi,
  decomposes d r X C V /\ fitted d X Y Phi /\
  forall z, supported d r z -> (forall i, (i < d)%nat -> mv d C z i = 0) -> forall i, (i < d)%nat -> z i = 0.
Proof.
  intros d X Y; assert (Sy : symmetric d (mul d (tr X) X)).
  { unfold symmetric; rewrite tr_mul, tr_tr; apply same_refl. }
  destruct (eigenbasis d _ Sy) as [u [a [O H]]].
  destruct (survivors d X u O d (Nat.le_refl d)) as [r [f [Hr [In [Inj Sum]]]]].
  set (V := fun i k => if Nat.ltb k r then u (f k) i else 0).
  assert (VE : forall k, (k < r)%nat -> (fun i => V i k) = u (f k)).
  { intros k Hk; pointwise i; unfold V; destruct (Nat.ltb_spec k r); [reflexivity|lia]. }
  assert (V0 : columns d r V) by (intros i k _ Hk; unfold V; destruct (Nat.ltb_spec k r); [lia|reflexivity]).
  assert (Ap : forall k m, (k < r)%nat -> (m < r)%nat -> unit_matrix (f k) (f m) = unit_matrix k m).
  { intros k m Hk Hm; unfold unit_matrix; destruct (Nat.eqb_spec (f k) (f m)) as [E|E], (Nat.eqb_spec k m) as [E'|E']; try reflexivity.
    - destruct (E' (Inj k m Hk Hm E)).
    - subst m; destruct (E eq_refl). }
  set (C := mul d X V); assert (C0 : columns d r C) by (apply columns_mul; exact V0).
  assert (Col : forall k, (k < r)%nat -> (fun i => C i k) = mv d X (u (f k))).
  { intros k Hk; pointwise i; unfold C, mul; rewrite (VE k Hk); reflexivity. }
  assert (Whole : same d X (mul d C (tr V))).
  { intros i j Hi Hj; transitivity (mul d X (mul d (tr u) u) i j).
    - rewrite <- (mul_unit_r d X i j Hi Hj); apply same_mul; [apply same_refl| |assumption|assumption].
      apply same_sym; assert (Rt : orthogonal d (tr u)) by exact O.
      assert (Q := orthogonal_rows d (tr u) Rt); rewrite tr_tr in Q; exact Q.
    - rewrite <- mul_assoc; transitivity (total d (fun l => mv d X (u l) i * u l j)); [reflexivity|rewrite (Sum i j Hi)].
      unfold mul at 1, dot; rewrite (total_truncate d r) by
        (try exact Hr; intros k Hk; unfold tr; rewrite (V0 j k Hj Hk); ring).
      apply total_ext; intros k Hk; rewrite <- (Col k Hk); unfold tr; rewrite <- (VE k Hk); reflexivity. }
  set (b := fun k => a (f k)).
  assert (Gram : forall k m, (k < d)%nat -> (m < r)%nat -> mul d (tr C) C k m = b m * unit_matrix k m).
  { intros k m Hk Hm; destruct (Nat.lt_ge_cases k r) as [K|K].
    - rewrite <- (Ap k m K Hm); transitivity (dot d (fun i => C i k) (fun i => C i m)); [reflexivity|].
      rewrite (Col k K), (Col m Hm); apply (eigenvectors_apart d X u a); auto; apply In; assumption.
    - transitivity 0; [apply total_zero; intros i Hi; unfold tr; rewrite (C0 i k Hi (conj K Hk)); ring|].
      unfold unit_matrix; destruct (Nat.eqb_spec k m); [lia|ring]. }
  assert (b0 : forall k, (k < r)%nat -> b k <> 0).
  { intros k Hk E; apply (In k Hk); rewrite <- (Col k Hk); transitivity (mul d (tr C) C k k); [reflexivity|].
    rewrite (Gram k k) by lia; rewrite E; ring. }
  set (U := fun i k => V i k / b k).
  exists r, C, V, (mul d (mul d Y U) (tr C)); split; [|split].
  - split; [exact Whole|split; [exact C0|]]; intros k m Hk Hm.
    transitivity (dot d (fun i => V i k) (fun i => V i m)); [reflexivity|].
    rewrite (VE k Hk), (VE m Hm), <- (Ap k m Hk Hm); apply O; apply In; assumption.
  - apply (kills_same d _ (mul d V (tr C))); [apply kills_right|].
    + intros i k Hi Hk; destruct (Nat.lt_ge_cases k r) as [K|K].
      * rewrite mul_sub_l; unfold msub; rewrite mul_assoc; fold C; rewrite mul_assoc.
        unfold mul at 2; unfold dot; rewrite (total_ext d _ (fun m => mul d Y U i m * b k * unit_matrix m k)).
        -- rewrite unit_sum by exact Hk; unfold mul, dot; rewrite Rmult_comm, <- total_scal.
           rewrite <- total_minus; apply total_zero; intros m Hm; unfold U; field; apply b0; exact K.
        -- intros m Hm; rewrite (Gram m k Hm K); ring.
      * apply total_zero; intros m Hm; rewrite (V0 m k Hm (conj K Hk)); ring.
    + apply same_trans with (tr (mul d C (tr V))); [apply same_tr; exact Whole|]; rewrite tr_mul, tr_tr; apply same_refl.
  - intros z Hz Kz i Hi; destruct (Nat.lt_ge_cases i r) as [K|K]; [|apply Hz; lia].
    apply (Rmult_eq_reg_l (b i)); [|apply b0; exact K]; rewrite Rmult_0_r.
    transitivity (mv d (mul d (tr C) C) z i).
    + unfold mv, dot; rewrite (total_ext d _ (fun m => z m * b i * unit_matrix m i)); [rewrite unit_sum by exact Hi; ring|].
      intros m Hm; destruct (Nat.lt_ge_cases m r) as [M|M]; [rewrite (Gram i m Hi M)|rewrite (Hz m (conj M Hm)); ring].
      unfold unit_matrix; rewrite (Nat.eqb_sym m i); destruct (Nat.eqb_spec i m); [subst; ring|ring].
    + rewrite mv_mul; apply total_zero; intros m Hm; rewrite (Kz m Hm); ring.
Qed.
