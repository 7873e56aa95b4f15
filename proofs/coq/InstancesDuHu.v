(** Instances, continued: one input, one output and one sample, 1, for Theorem 4.1 and Proposition 6.5 of Du and Hu; the target is c. *)
From Coq Require Import Reals Lra Lia Arith Psatz ZArith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Spectral Margin Transpose Wide WideData WideWidth DuHuLoss InstancesPropositions.
Open Scope R_scope.

(** c in the first row and column, and zeros. *)
Definition lone (c : R) (i j : nat) : R :=
  match i, j with
  | O, O => c
  | _, _ => 0
  end.

Lemma lone_first : forall d c z, (1 <= d)%nat -> mv d (lone c) z = fun i => match i with O => c * z 0%nat | S _ => 0 end.
Proof.
  intros d c z Hd; pointwise i; unfold mv, dot; rewrite (total_truncate d 1) by (try exact Hd; intros j Hj; destruct i, j; try lia; simpl; ring).
  destruct i; simpl; ring.
Qed.

Lemma lone_length : forall d c z, (1 <= d)%nat -> dot d (mv d (lone c) z) (mv d (lone c) z) = c ^ 2 * z 0%nat ^ 2.
Proof.
  intros d c z Hd; rewrite lone_first by exact Hd; unfold dot.
  rewrite (total_truncate d 1) by first [exact Hd|intros j Hj; destruct j; [lia|ring]]; simpl; ring.
Qed.

Lemma first_below : forall d z, (1 <= d)%nat -> z 0%nat ^ 2 <= dot d z z.
Proof.
  intros d z Hd; replace (z 0%nat ^ 2) with (z 0%nat * z 0%nat) by ring.
  apply (total_one d (fun i => z i * z i)); [intros; apply Rle_0_sqr|lia].
Qed.

Lemma lone_bounded : forall d c, (1 <= d)%nat -> bounded d (lone c) (c ^ 2).
Proof.
  intros d c Hd z; rewrite lone_length by exact Hd; apply Rmult_le_compat_l; [apply pow2_ge_0|apply first_below; exact Hd].
Qed.

Lemma lone_data : forall d c, (1 <= d)%nat -> 0 <= c ->
  data_of d 1 1 1 (lone 1) (mul d (lone c) (lone 1)) (lone c) 1 1 c.
Proof.
  intros d c Hd Hc; exists unit_matrix.
  assert (Low : forall z, dot d (mv d (mul d (lone 1) unit_matrix) z) (mv d (mul d (lone 1) unit_matrix) z) = z 0%nat ^ 2).
  { intros z; rewrite mv_mul, lone_length, mv_unit by lia; ring. }
  assert (Edge : forall b, columns d 1 (tr (lone b))) by (intros b i j _ Hj; unfold tr; destruct i, j; try lia; reflexivity).
  repeat split; try lra.
  - apply Edge.
  - apply Edge.
  - unfold orthogonal; rewrite tr_unit; apply mul_unit_l.
  - intros i j Hi Hj; rewrite mul_unit_r by lia; destruct i, j; try lia; reflexivity.
  - intros i j Hi Hj; apply total_zero; intros k _; unfold msub; ring.
  - apply lone_bounded; exact Hd.
  - intros z Hz; rewrite Low; right; unfold dot; rewrite (total_truncate d 1); [simpl; ring|exact Hd|].
    intros j Hj; rewrite (Hz j Hj); ring.
  - apply lone_bounded; exact Hd.
Qed.

Lemma lone_times : forall d a b, (1 <= d)%nat -> mul d (lone a) (lone b) = lone (a * b).
Proof.
  intros d a b Hd; pointwise i; pointwise j; unfold mul, dot.
  rewrite (total_truncate d 1) by first [exact Hd|intros k Hk; destruct i, k; simpl; lia || ring].
  destruct i, j; simpl; ring.
Qed.

Lemma lone_unit : forall d a, (1 <= d)%nat -> mul d (lone a) unit_matrix = lone a.
Proof.
  intros d a Hd; pointwise i; pointwise j; unfold mul, dot.
  rewrite (total_truncate d 1) by first [exact Hd|intros k Hk; destruct i, k; simpl; lia || ring].
  destruct i, j; unfold unit_matrix; simpl; ring.
Qed.

Lemma lone_square : forall d a, (1 <= d)%nat -> inner d (lone a) (lone a) = a ^ 2.
Proof.
  intros d a Hd; unfold inner, dot; rewrite (total_truncate d 1); [|exact Hd|].
  - cbn [total]; rewrite (total_truncate d 1) by first [exact Hd|intros k Hk; destruct k; [lia|simpl; ring]]; simpl; ring.
  - intros i Hi; apply total_zero; intros k _; destruct i; [lia|simpl; ring].
Qed.

Lemma first_entry_below : forall d A, (1 <= d)%nat -> A 0%nat 0%nat ^ 2 <= inner d A A.
Proof.
  intros d A Hd; apply Rle_trans with (dot d (A 0%nat) (A 0%nat)); [apply first_below; exact Hd|].
  apply (total_one d (fun i => dot d (A i) (A i))); [intros; apply dot_nonneg|lia].
Qed.

Lemma fitted_lone : forall d c, best_loss d (lone 1) (mul d (lone c) (lone 1)) (lone c) = 0.
Proof.
  intros d c; unfold best_loss; replace (inner d _ _) with 0; [field|symmetry; apply total_zero; intros i _].
  apply total_zero; intros j _; unfold msub; ring.
Qed.

Lemma log_two : ln 2 <= 1.
Proof. rewrite <- (ln_exp 1); apply ln_le; [lra|]; assert (T := exp_ineq1_le 1); lra. Qed.

(** kappa = 1. *)
Lemma lone_width : forall L c K, 1 + c ^ 2 <= K -> 2 <= K -> (1 <= L <= 2)%nat -> width_needed L 1 1 1 1 c (1 / 4) <= K.
Proof.
  intros L c K H1 H2 HL; assert (T := log_two); unfold width_needed.
  replace ((1 ^ 2 / 1 ^ 2) ^ 3) with 1 by (simpl; field); simpl (INR 1); rewrite !Rmult_1_l.
  assert (E : ln (1 / (1 / 4)) <= 2).
  { replace (1 / (1 / 4)) with (2 * 2) by field; rewrite ln_mult by lra; lra. }
  assert (F : ln (INR L) <= 1).
  { destruct HL as [H L2]; destruct (Nat.eq_dec L 1) as [->|N]; [simpl; rewrite ln_1; lra|].
    replace L with 2%nat by lia; simpl (INR 2); replace (1 + 1) with 2 by ring; exact T. }
  repeat apply Rmax_lub; lra.
Qed.

Lemma du_hu_theorem_4_1_instance :
  exists (d n m p r L : nat) (X Y Phi : nat -> nat -> R) (eta sigma tau phi delta : R),
    (n <= d)%nat /\ (m <= d)%nat /\ (1 <= p <= d)%nat /\ (1 <= r <= d)%nat /\ (1 <= L)%nat /\
    data_of d n p r X Y Phi sigma tau phi /\ 0 < delta < 1 /\
    4 * 10 ^ 6 * INR L * width_needed L p r sigma tau phi delta <= INR m /\ 0 < eta <= INR p / (3 * INR L * sigma ^ 2).
Proof.
  destruct (width_of 16000000 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  exists m, 1%nat, m, 1%nat, 1%nat, 2%nat, (lone 1), (mul m (lone 1) (lone 1)), (lone 1), (1 / 6), 1, 1, 1, (1 / 4).
  assert (D := lone_data m 1 m1 ltac:(lra)); assert (W := lone_width 2 1 2 ltac:(lra) ltac:(lra) ltac:(lia)).
  repeat (split; [first [lia|exact D|lra]|]); split; [rewrite Hm; simpl in *; lra|simpl; lra].
Qed.

Lemma du_hu_proposition_6_5_instance :
  exists (d n m p r L : nat) (X Y Phi : nat -> nat -> R) (sigma tau phi delta : R),
    (n <= d)%nat /\ (m <= d)%nat /\ (1 <= p <= d)%nat /\ (1 <= r <= d)%nat /\ (2 <= L)%nat /\
    data_of d n p r X Y Phi sigma tau phi /\ 0 < delta < 1 /\ 560000 * INR (L - 1) * INR r <= INR m.
Proof.
  destruct (width_of 560000 ltac:(lia)) as [m Hm]; assert (m1 : (1 <= m)%nat) by (apply INR_le; rewrite Hm; simpl; lra).
  exists m, 1%nat, m, 1%nat, 1%nat, 2%nat, (lone 1), (mul m (lone 1) (lone 1)), (lone 1), 1, 1, 1, (1 / 4).
  assert (D := lone_data m 1 m1 ltac:(lra)).
  repeat (split; [first [lia|exact D|lra]|]); rewrite Hm; simpl; lra.
Qed.

Lemma du_hu_data_exists_instance :
  exists (d n p : nat) (X Y : nat -> nat -> R),
    (exists i j : nat, (i < d)%nat /\ (j < d)%nat /\ X i j <> 0) /\ columns d n (tr X) /\ columns d p (tr Y).
Proof.
  exists 2%nat, 1%nat, 2%nat, (lone 3), unit_matrix; split; [exists 0%nat, 0%nat; repeat split; try lia; simpl; lra|].
  split; intros i j Hi Hj; [unfold tr; destruct i, j; try lia; reflexivity|lia].
Qed.
