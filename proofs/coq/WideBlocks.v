(** Products of consecutive layers, and how far they move when every layer moves by R at most.

    [block d F j k] is F_(j+k-1) ... F_j.  A recursion H_(l+1) = F_l H_l + A_l is summed with the
    blocks above it, so that no layer is bounded on its own. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Expansion.
Open Scope R_scope.

Definition block (d : nat) (F : nat -> nat -> nat -> R) (j k : nat) : nat -> nat -> R :=
  chain d (fun l => F (j + l)%nat) k.

Lemma frobenius_same : forall d A B, same d A B -> frobenius d A = frobenius d B.
Proof. intros d A B H; unfold frobenius; f_equal; apply inner_same; exact H. Qed.

Lemma same_add : forall d A B C D, same d A C -> same d B D -> same d (madd A B) (madd C D).
Proof. intros d A B C D H K i j Hi Hj; unfold madd; rewrite H, K; auto. Qed.

Lemma block_left : forall d F j k, same d (block d F j (S k)) (mul d (block d F (S j) k) (F j)).
Proof.
  intros d F j; induction k as [|k IH].
  - unfold block; simpl; rewrite Nat.add_0_r; eapply same_trans; [apply mul_unit_r|apply same_sym, mul_unit_l].
  - change (block d F j (S (S k))) with (mul d (F (j + S k)%nat) (block d F j (S k))).
    change (block d F (S j) (S k)) with (mul d (F (S j + k)%nat) (block d F (S j) k)); rewrite mul_assoc.
    replace (S j + k)%nat with (j + S k)%nat by lia; apply same_mul; [apply same_refl|exact IH].
Qed.

Lemma telescoped : forall d F (H A : nat -> nat -> nat -> R) n,
  frobenius d (H 0%nat) = 0 ->
  (forall l, (l < n)%nat -> same d (H (S l)) (madd (mul d (F l) (H l)) (A l))) ->
  frobenius d (H n) <= total n (fun l => frobenius d (mul d (block d F (S l) (n - S l)) (A l))).
Proof.
  intros d F H A n H0 HS.
  set (y := fun l => mul d (block d F l (n - l)) (H l)).
  assert (K : forall l, (l <= n)%nat -> frobenius d (y l)
    <= total l (fun l => frobenius d (mul d (block d F (S l) (n - S l)) (A l)))).
  { induction l as [|l IH]; intros Hl.
    - simpl; apply frobenius_below; [lra|]; unfold y.
      eapply Rle_trans; [apply inner_mul_bounded, bounded_frobenius_square|].
      rewrite <- (frobenius_square d (H 0%nat)), H0; lra.
    - specialize (IH ltac:(lia)); simpl total.
      assert (E : same d (y (S l)) (madd (y l) (mul d (block d F (S l) (n - S l)) (A l)))).
      { unfold y; eapply same_trans; [apply same_mul; [apply same_refl|apply HS; lia]|].
        rewrite mul_add_r; apply same_add; [|apply same_refl]; rewrite <- mul_assoc.
        apply same_mul; [|apply same_refl]; replace (n - l)%nat with (S (n - S l)) by lia.
        apply same_sym, block_left. }
      rewrite (frobenius_same d _ _ E); eapply Rle_trans; [apply frobenius_add|lra]. }
  specialize (K n (Nat.le_refl n)); unfold y in K; rewrite Nat.sub_diag in K.
  rewrite (frobenius_same d (mul d (block d F n 0) (H n)) (H n)) in K; [exact K|apply mul_unit_l].
Qed.

(** ** Numbers: errors that feed on smaller errors *)

Lemma geometric_sum : forall x n, x * total n (fun r => (1 + x) ^ r) = (1 + x) ^ n - 1.
Proof. intros x; induction n as [|n IH]; simpl; [ring|rewrite Rmult_plus_distr_l, IH; ring]. Qed.

Lemma total_reverse : forall n f, total n (fun i => f (n - S i)%nat) = total n f.
Proof.
  induction n as [|n IH]; intros f; [reflexivity|].
  transitivity (f n + total n f); [|simpl; ring].
  rewrite <- (IH f).
  assert (G : forall m g, total (S m) g = g 0%nat + total m (fun i => g (S i))).
  { induction m as [|m IHm]; intros g; [simpl; ring|].
    change (total (S (S m)) g) with (total (S m) g + g (S m)); rewrite IHm; simpl; ring. }
  rewrite G; replace (S n - 1)%nat with n by lia; reflexivity.
Qed.

Lemma errors_grow : forall (err : nat -> R) Q A s R M,
  0 < s -> 0 <= A -> 0 <= R -> 0 <= M ->
  (forall q, (q <= Q)%nat -> err q <= total q (fun i => (A * s ^ (q - S i) + err (q - S i)%nat) * (R * (M * s ^ i)))) ->
  forall q, (q <= Q)%nat -> err q <= A * s ^ q * ((1 + R * M / s) ^ q - 1).
Proof.
  intros err Q A s R M Hs HA HR HM H q; set (x := R * M / s).
  assert (x0 : 0 <= x) by (unfold x; apply Rmult_le_pos; [apply Rmult_le_pos; assumption|left; apply Rinv_0_lt_compat; exact Hs]).
  assert (xs : R * M = x * s) by (unfold x; field; lra); clearbody x.
  induction q as [q IH] using lt_wf_ind; intros Hq.
  eapply Rle_trans; [apply (H q Hq)|].
  apply Rle_trans with (total q (fun i => A * s ^ q * (x * (1 + x) ^ (q - S i)))).
  - apply total_le; intros i Hi; specialize (IH (q - S i)%nat ltac:(lia) ltac:(lia)).
    assert (P : 0 <= R * (M * s ^ i)).
    { apply Rmult_le_pos; [exact HR|apply Rmult_le_pos; [exact HM|apply pow_le; lra]]. }
    apply Rle_trans with (A * s ^ (q - S i) * (1 + x) ^ (q - S i) * (R * (M * s ^ i))).
    + apply Rmult_le_compat_r; [exact P|lra].
    + right; replace (R * (M * s ^ i)) with (x * (s * s ^ i)) by (transitivity (R * M * s ^ i); [rewrite xs|]; ring).
      replace (s ^ q) with (s ^ (q - S i) * (s * s ^ i)); [ring|].
      change (s * s ^ i) with (s ^ S i); rewrite <- pow_add; f_equal; lia.
  - right; rewrite total_scal, total_scal, (total_reverse q (fun r => (1 + x) ^ r)), geometric_sum; ring.
Qed.

(** ** Blocks *)

(** A product of three: operator, Frobenius, operator. *)
Lemma frobenius_three : forall d A D B a g b, 0 <= a -> 0 <= b -> bounded d A (a ^ 2) -> bounded d B (b ^ 2) ->
  frobenius d D <= g -> frobenius d (mul d A (mul d D B)) <= a * (g * b).
Proof.
  intros d A D B a g b Ha Hb HA HB HD; eapply Rle_trans; [apply (frobenius_mul d A _ a Ha HA)|].
  apply Rmult_le_compat_l; [exact Ha|]; eapply Rle_trans; [apply (frobenius_mul_r d D B b Hb HB)|].
  apply Rmult_le_compat_r; assumption.
Qed.

(** A matrix near a bounded one. *)
Lemma bounded_near : forall d V W a e, 0 <= a -> 0 <= e -> bounded d W (a ^ 2) -> frobenius d (msub V W) <= e ->
  bounded d V ((a + e) ^ 2).
Proof.
  intros d V W a e Ha He HW HE.
  assert (E : V = madd W (msub V W)) by (pointwise i; pointwise j; unfold madd, msub; ring).
  rewrite E; apply bounded_add; auto; apply bounded_frobenius_le; exact HE.
Qed.

Lemma block_change : forall d (V W : nat -> nat -> nat -> R) j l,
  same d (msub (block d V j (S l)) (block d W j (S l)))
    (madd (mul d (V (j + l)%nat) (msub (block d V j l) (block d W j l)))
      (mul d (msub (V (j + l)%nat) (W (j + l)%nat)) (block d W j l))).
Proof.
  intros d V W j l i m Hi Hm.
  change (block d V j (S l)) with (mul d (V (j + l)%nat) (block d V j l)).
  change (block d W j (S l)) with (mul d (W (j + l)%nat) (block d W j l)).
  rewrite mul_sub_r, mul_sub_l; unfold madd, msub; ring.
Qed.

Lemma block_zero_change : forall d V W j, frobenius d (msub (block d V j 0) (block d W j 0)) = 0.
Proof. intros; apply chain_zero_change. Qed.

Lemma block_moved : forall d (V W : nat -> nat -> nat -> R) j k,
  frobenius d (msub (block d V j k) (block d W j k))
    <= total k (fun i => frobenius d (mul d (block d V (S (j + i)) (k - S i))
         (mul d (msub (V (j + i)%nat) (W (j + i)%nat)) (block d W j i)))).
Proof.
  intros d V W j k.
  assert (T := telescoped d (fun l => V (j + l)%nat) (fun l => msub (block d V j l) (block d W j l))
    (fun l => mul d (msub (V (j + l)%nat) (W (j + l)%nat)) (block d W j l)) k (block_zero_change d V W j)
    (fun l _ => block_change d V W j l)).
  eapply Rle_trans; [exact T|right; apply total_ext; intros i _].
  unfold block; replace (fun l : nat => V (j + (S i + l))%nat) with (fun l : nat => V (S (j + i) + l)%nat);
    [reflexivity|].
  pointwise l; f_equal; lia.
Qed.

(** Blocks that end at the same place, or lie anywhere: A bounds them at the start, M those below. *)
Lemma blocks_move : forall d (V W : nat -> nat -> nat -> R) (at_ : nat -> nat) Q A M s R,
  0 < s -> 1 <= A -> 1 <= M -> 0 <= R ->
  (forall q, (q <= Q)%nat -> bounded d (block d W (at_ q) q) ((A * s ^ q) ^ 2)) ->
  (forall q i, (q <= Q)%nat -> (i < q)%nat -> S (at_ q + i) = at_ (q - S i)%nat) ->
  (forall q i, (q <= Q)%nat -> (i < q)%nat -> bounded d (block d W (at_ q) i) ((M * s ^ i) ^ 2)) ->
  (forall q i, (q <= Q)%nat -> (i < q)%nat -> frobenius d (msub (V (at_ q + i)%nat) (W (at_ q + i)%nat)) <= R) ->
  forall q, (q <= Q)%nat ->
  frobenius d (msub (block d V (at_ q) q) (block d W (at_ q) q)) <= A * s ^ q * ((1 + R * M / s) ^ q - 1).
Proof.
  intros d V W at_ Q A M s R Hs HA HM HR HW Hat HB HD.
  apply (errors_grow (fun q => frobenius d (msub (block d V (at_ q) q) (block d W (at_ q) q))) Q A s R M); try lra.
  intros q Hq; eapply Rle_trans; [apply block_moved|apply total_le; intros i Hi].
  rewrite (Hat q i Hq Hi).
  apply frobenius_three.
  - apply Rplus_le_le_0_compat; [apply Rmult_le_pos; [lra|apply pow_le; lra]|apply frobenius_nonneg].
  - apply Rmult_le_pos; [lra|apply pow_le; lra].
  - apply bounded_near with (block d W (at_ (q - S i)%nat) (q - S i)).
    + apply Rmult_le_pos; [lra|apply pow_le; lra].
    + apply frobenius_nonneg.
    + apply HW; lia.
    + lra.
  - apply HB; assumption.
  - apply HD; assumption.
Qed.

(** Products with the data: chains from the first layer, which does not move. *)
Lemma chains_move : forall d (V W : nat -> nat -> nat -> R) Q A M s R,
  0 < s -> 0 <= A -> 1 <= M -> 0 <= R -> V 0%nat = W 0%nat ->
  (forall q, (q <= Q)%nat -> bounded d (chain d W (S q)) ((A * s ^ q) ^ 2)) ->
  (forall q i, (q <= Q)%nat -> (i < q)%nat -> bounded d (block d W (S (S i)) (q - S i)) ((M * s ^ (q - S i)) ^ 2)) ->
  (forall i, (i < Q)%nat -> frobenius d (msub (V (S i)) (W (S i))) <= R) ->
  forall q, (q <= Q)%nat ->
  frobenius d (msub (chain d V (S q)) (chain d W (S q))) <= A * s ^ q * ((1 + R * M / s) ^ q - 1).
Proof.
  intros d V W Q A M s R Hs HA HM HR H0 HW HB HD.
  apply (errors_grow (fun q => frobenius d (msub (chain d V (S q)) (chain d W (S q)))) Q A s R M); try lra.
  intros q Hq.
  assert (T := telescoped d (fun l => W (S l)) (fun l => msub (chain d V (S l)) (chain d W (S l)))
    (fun l => mul d (msub (V (S l)) (W (S l))) (chain d V (S l))) q).
  eapply Rle_trans; [apply T|].
  - rewrite (frobenius_same d _ (fun _ _ => 0)); [apply frobenius_zero|].
    intros i j _ _; unfold msub; simpl; rewrite H0; ring.
  - intros l _ i j _ _; change (chain d V (S (S l))) with (mul d (V (S l)) (chain d V (S l))).
    change (chain d W (S (S l))) with (mul d (W (S l)) (chain d W (S l))).
    rewrite mul_sub_r, mul_sub_l; unfold madd, msub; ring.
  - rewrite <- (total_reverse q (fun i => (A * s ^ (q - S i) + frobenius d (msub (chain d V (S (q - S i)))
      (chain d W (S (q - S i))))) * (R * (M * s ^ i)))); apply total_le; intros i Hi.
    replace (q - S (q - S i))%nat with i by lia.
    eapply Rle_trans; [apply (frobenius_three d _ _ _ (M * s ^ (q - S i)) R
      (A * s ^ i + frobenius d (msub (chain d V (S i)) (chain d W (S i)))))|right; ring].
    + apply Rmult_le_pos; [lra|apply pow_le; lra].
    + apply Rplus_le_le_0_compat; [apply Rmult_le_pos; [exact HA|apply pow_le; lra]|apply frobenius_nonneg].
    + assert (E : (fun l : nat => (fun l => W (S l)) (S i + l)%nat) = (fun l => W (S (S i) + l)%nat)) by reflexivity.
      exact (HB q i Hq Hi).
    + apply bounded_near with (chain d W (S i)).
      * apply Rmult_le_pos; [exact HA|apply pow_le; lra].
      * apply frobenius_nonneg.
      * apply HW; lia.
      * lra.
    + apply HD; lia.
Qed.
