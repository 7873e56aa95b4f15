(** The false variant of Theorem 2 of Arora, Cohen, Golowich and Hu is false: without the time of the first phase the loss is still
    about |Phi|^2/2 where |Phi|^2/8 is claimed, whenever the start is not long. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Convergence Spectral Diagonal Decomposition AnyLaw NormalStarts ChiSquare Spheres.
From Lemmata Require Import AroraProcedure AroraRandom RefutationsPropositions InstancesRandomStart.
Open Scope R_scope.

Lemma entry_of_inner : forall d A i j, (i < d)%nat -> (j < d)%nat -> A i j ^ 2 <= inner d A A.
Proof.
  intros d A i j Hi Hj; apply Rle_trans with (dot d (A i) (A i)).
  - replace (A i j ^ 2) with (A i j * A i j) by ring; apply (total_one d (fun j => A i j * A i j)); [intros; apply Rle_0_sqr|exact Hj].
  - apply (total_one d (fun i => dot d (A i) (A i))); [intros; apply dot_nonneg|exact Hi].
Qed.

Lemma arora_theorem_2_one_phase_is_false :
  ~ (forall (p a : R) (d N : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (sigma f r eta : R),
  0 < p < 1 / 2 -> (9 / (1 / 2 - p)) ^ 2 <= a -> (2 <= N)%nat -> (forall l, (l <= N)%nat -> (1 <= dims l <= d)%nat) ->
  dims N = 1%nat -> 64 / (1 / 2 - p) <= INR (dims 0%nat) ->
  (forall i j, (i < d)%nat -> (j < d)%nat -> (dims N <= i \/ dims 0%nat <= j)%nat -> Phi i j = 0) ->
  0 < f -> 0 < r -> frobenius d Phi = f ^ N -> r ^ N = sigma ^ 2 * INR (dims 0%nat) ->
  0 < sigma <= f ^ N / sqrt (a * INR (dims 0%nat) ^ 2) ->
  0 < eta <= r ^ (4 * N - 2) / (100000 * INR N ^ 3 * f ^ (10 * N - 6)) ->
  at_most (normal_weights (dims 0%nat)) (fun w => ~ forall q U V s z eps T,
      decomposition d (dims N) (dims 0%nat) q (random_row (dims 0%nat) sigma w) U V s ->
      (forall i, (i < d)%nat -> 0 <= z i /\ z i ^ N = s i) -> 0 < eps ->
      4 / eta * (/ f ^ (2 * N - 2) * ln (f ^ (2 * N) / (8 * eps))) <= INR T ->
      loss d N Phi (layers_descent d N Phi eta (decomposed_layers d N U V z) T) <= eps)
    (1 - p)).
Proof.
  intros H; assert (A := H (1 / 4) 1296 256%nat 2%nat (one_output 256) corner_target (1 / 9216) 1 (1 / 576)
    ((1 / 576) ^ (4 * 2 - 2) / (100000 * INR 2 ^ 3 * 1 ^ (10 * 2 - 6)))); clear H.
  change (one_output 256 2) with 1%nat in A; change (one_output 256 0) with 256%nat in A.
  rewrite number_256, root_of_spread, corner_target_length in A by lia.
  specialize (A ltac:(lra) ltac:(lra) ltac:(lia) ltac:(intros l _; apply one_output_fits; lia) eq_refl ltac:(lra)
    ltac:(intros i j _ _; apply corner_target_zero; lia) ltac:(lra) ltac:(lra) ltac:(simpl; lra) ltac:(simpl; lra)
    ltac:(simpl; lra) ltac:(simpl; lra)).
  set (eta := (1 / 576) ^ (4 * 2 - 2) / (100000 * INR 2 ^ 3 * 1 ^ (10 * 2 - 6))) in A.
  assert (B := at_most_either _ _ _ _ _ _ A (arora_lemma_9 256)); apply at_most_sure in B.
  - rewrite number_256 in B; assert (E : exp (- (256 / 16)) <= / 17); [|lra].
    rewrite exp_Ropp; apply Rinv_le_contravar; [lra|]; eapply Rle_trans; [|apply exp_above_line]; lra.
  - intros w; destruct (Classical_Prop.classic (INR 256 / 2 <= chi_square 256 w <= 2 * INR 256)) as [Good|Out]; [left|right; exact Out].
    intros G; rewrite number_256 in Good.
    destruct (arora_procedure_1 256 2 (one_output 256) (random_row 256 (1 / 9216) w)) as [[q [U [V [s [z [D Hz]]]]]] P]; [lia| | |].
    + intros l _; destruct (one_output_fits 256 l ltac:(lia)); change (one_output 256 2) with 1%nat; lia.
    + intros i j _ _; change (one_output 256 2) with 1%nat; change (one_output 256 0) with 256%nat; intros Z; apply random_row_zero; exact Z.
    + destruct (P q U V s z D Hz) as [Chain _].
      assert (L := G q U V s z (1 / 8) 0%nat D Hz ltac:(lra)); clear G P.
      replace (1 ^ (2 * 2) / (8 * (1 / 8))) with 1 in L by (simpl; field); rewrite ln_1, !Rmult_0_r in L.
      specialize (L ltac:(simpl; lra)); unfold loss in L; simpl layers_descent in L.
      assert (E := entry_of_inner 256 (residual 256 2 corner_target (decomposed_layers 256 2 U V z)) 0 0 ltac:(lia) ltac:(lia)).
      unfold residual at 1, msub at 1 in E; rewrite (Chain 0%nat 0%nat) in E by lia.
      replace (random_row 256 (1 / 9216) w 0%nat 0%nat) with (1 / 9216 * w 0%nat) in E by reflexivity.
      replace (corner_target 0%nat 0%nat) with 1 in E by reflexivity.
      assert (W : w 0%nat ^ 2 <= chi_square 256 w) by (apply (total_one 256 (fun i => w i ^ 2)); [intros; apply pow2_ge_0|lia]).
      assert (w 0%nat <= 32) by (apply below_by_square; lra).
      assert ((1 / 2) ^ 2 < (1 - 1 / 9216 * w 0%nat) ^ 2) by (simpl; nra); simpl in *; lra.
Qed.
