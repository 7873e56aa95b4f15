(** Deep linear networks: L layers W_0, ..., W_(L-1), all d by d, and the loss
    R = |W_(L-1) ... W_0 - Phi|^2 / 2 in the Frobenius norm.

    The gradient is written out as back-propagation: layer l has the gradient
    (W_(l+1)^T ... W_(L-1)^T E) (W_(l-1) ... W_0)^T with E = W_(L-1) ... W_0 - Phi; that it is the
    gradient of the loss is proved in Gradient.v. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms.
Open Scope R_scope.

(** W_(l-1) ... W_0 *)
Fixpoint chain (d : nat) (W : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  match l with
  | O => unit_matrix
  | S k => mul d (W k) (chain d W k)
  end.

(** W_l^T W_(l+1)^T ... W_(l+k-1)^T E *)
Fixpoint back (d : nat) (W : nat -> nat -> nat -> R) (l k : nat)
  (E : nat -> nat -> R) : nat -> nat -> R :=
  match k with
  | O => E
  | S m => mul d (tr (W l)) (back d W (S l) m E)
  end.

Definition residual (d L : nat) (Phi : nat -> nat -> R)
  (W : nat -> nat -> nat -> R) : nat -> nat -> R :=
  msub (chain d W L) Phi.

Definition loss (d L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) : R :=
  inner d (residual d L Phi W) (residual d L Phi W) / 2.

Definition gradient (d L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R)
  (l : nat) : nat -> nat -> R :=
  mul d (back d W (S l) (L - S l) (residual d L Phi W)) (tr (chain d W l)).

Definition layers_step (d L : nat) (Phi : nat -> nat -> R) (eta : R)
  (W : nat -> nat -> nat -> R) : nat -> nat -> nat -> R :=
  fun l => msub (W l) (mscal eta (gradient d L Phi W l)).

Fixpoint layers_descent (d L : nat) (Phi : nat -> nat -> R) (eta : R) (W : nat -> nat -> nat -> R)
  (t : nat) : nat -> nat -> nat -> R :=
  match t with
  | O => W
  | S s => layers_step d L Phi eta (layers_descent d L Phi eta W s)
  end.

(** The zero-asymmetric start of Wu, Wang and Ma: identities, and zero for the last layer. *)
Definition zero_asymmetric (L l : nat) : nat -> nat -> R :=
  if Nat.ltb (S l) L then unit_matrix else fun _ _ => 0.

(** Sum over layers of the squared norm of the gradient. *)
Definition gradient_square (d L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) : R :=
  total L (fun l => inner d (gradient d L Phi W l) (gradient d L Phi W l)).

(** The derivative of the chain in the direction D. *)
Fixpoint chain_slope (d : nat) (W D : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  match l with
  | O => fun _ _ => 0
  | S k => madd (mul d (W k) (chain_slope d W D k)) (mul d (D k) (chain d W k))
  end.

(** ** Small facts *)

Lemma descend : forall (P : nat -> Prop) n, P n ->
  (forall l, (l < n)%nat -> P (S l) -> P l) -> forall l, (l <= n)%nat -> P l.
Proof.
  intros P n Hn H l Hl; replace l with (n - (n - l))%nat by lia.
  generalize (n - l)%nat; intros k; induction k as [|k IH].
  - rewrite Nat.sub_0_r; exact Hn.
  - destruct (Nat.le_gt_cases n k).
    + replace (n - S k)%nat with (n - k)%nat by lia; exact IH.
    + apply H; [lia|]; replace (S (n - S k)) with (n - k)%nat by lia; exact IH.
Qed.

Lemma back_step : forall d W L E l, (S l < L)%nat ->
  back d W (S l) (L - S l) E = mul d (tr (W (S l))) (back d W (S (S l)) (L - S (S l)) E).
Proof. intros d W L E l H; replace (L - S l)%nat with (S (L - S (S l))) by lia; reflexivity. Qed.

Lemma back_last : forall d W n E, back d W (S n) (S n - S n) E = E.
Proof. intros; rewrite Nat.sub_diag; reflexivity. Qed.

(** G_(l+1) and G_l are one matrix seen from two sides: W_(l+1)^T G_(l+1) = G_l W_l^T. *)
Lemma gradient_shared : forall d L Phi W l, (S l < L)%nat ->
  mul d (tr (W (S l))) (gradient d L Phi W (S l)) = mul d (gradient d L Phi W l) (tr (W l)).
Proof.
  intros d L Phi W l H; unfold gradient; rewrite (back_step d W L _ l H); simpl chain.
  rewrite tr_mul, !mul_assoc; reflexivity.
Qed.

(** The first-order change of the loss is the sum of the products with the gradients. *)
Lemma slope_is_gradient : forall d L Phi W D,
  inner d (residual d L Phi W) (chain_slope d W D L) = total L (fun l => inner d (gradient d L Phi
    W l) (D l)).
Proof.
  intros d L Phi W D; set (E := residual d L Phi W).
  assert (H : forall l, (l < L)%nat ->
    inner d (back d W (S l) (L - S l) E) (chain_slope d W D (S l))
      = total (S l) (fun k => inner d (gradient d L Phi W k) (D k))).
  { induction l as [|l IH]; intros Hl; simpl chain_slope; simpl total; rewrite inner_add_r;
      apply (f_equal2 Rplus).
    - rewrite inner_comm, inner_mul_l, inner_comm.
      apply total_zero; intros i _; apply total_zero; intros j _.
      apply Rmult_0_r.
    - rewrite inner_comm, inner_mul_r, inner_comm; reflexivity.
    - rewrite inner_comm, inner_mul_l, inner_comm, <- (back_step d W L E l Hl).
      apply IH; lia.
    - rewrite inner_comm, inner_mul_r, inner_comm; reflexivity. }
  destruct L as [|n]; [|rewrite <- (H n), back_last by lia; reflexivity].
  apply total_zero; intros i _; apply total_zero; intros j _; apply Rmult_0_r.
Qed.

Lemma loss_nonneg : forall d L Phi W, 0 <= loss d L Phi W.
Proof. intros; unfold loss; assert (P := inner_nonneg d (residual d L Phi W)); lra. Qed.

Lemma loss_frobenius : forall d L Phi W, loss d L Phi W = frobenius d (residual d L Phi W) ^ 2 / 2.
Proof. intros; rewrite frobenius_square; reflexivity. Qed.

(** ** The zero-asymmetric start *)

Lemma start_inner : forall n l, (l < n)%nat -> zero_asymmetric (S n) l = unit_matrix.
Proof. intros n l H; unfold zero_asymmetric; destruct (Nat.ltb_spec (S l) (S n));
  [reflexivity|lia]. Qed.

Lemma start_last : forall n, zero_asymmetric (S n) n = fun _ _ => 0.
Proof. intros n; unfold zero_asymmetric; destruct (Nat.ltb_spec (S n) (S n)); [lia|reflexivity]. Qed.

Lemma start_loss : forall d n Phi, loss d (S n) Phi (zero_asymmetric (S n)) = inner d Phi Phi / 2.
Proof.
  intros d n Phi; unfold loss, residual, Rdiv; apply Rmult_eq_compat_r; simpl chain; rewrite start_last.
  apply total_ext; intros i _; apply total_ext; intros j _; unfold msub, mul, dot.
  rewrite total_zero by (intros; ring); ring.
Qed.

(** ** Operator bounds of chains *)

Lemma bounded_chain : forall d W b l, 0 <= b -> (forall k, (k < l)%nat -> bounded d (W k) (b ^ 2)) ->
  bounded d (chain d W l) ((b ^ l) ^ 2).
Proof.
  induction l as [|l IH]; intros Hb H; simpl chain.
  - rewrite pow_O, pow1; apply bounded_unit.
  - replace ((b ^ S l) ^ 2) with (b ^ 2 * (b ^ l) ^ 2) by (simpl; ring).
    apply bounded_mul; [apply pow2_ge_0|apply H; lia|apply IH; [exact Hb|intros; apply H; lia]].
Qed.

(** If all |W_k^T x|^2 >= c |x|^2, the chain has |chain^T x|^2 >= c^l |x|^2. *)
Lemma chain_below : forall d W c l, 0 <= c ->
  (forall k x, (k < l)%nat -> c * dot d x x <= dot d (mv d (tr (W k)) x) (mv d (tr (W k)) x)) ->
  forall x, c ^ l * dot d x x <= dot d (mv d (tr (chain d W l)) x) (mv d (tr (chain d W l)) x).
Proof.
  induction l as [|l IH]; intros Hc H x; simpl chain.
  - rewrite tr_unit, norm_unit; simpl; lra.
  - rewrite tr_mul, mv_mul; eapply Rle_trans; [|apply IH; [exact Hc|intros; apply H; lia]].
    replace (c ^ S l * dot d x x) with (c ^ l * (c * dot d x x)) by (simpl; ring).
    apply Rmult_le_compat_l; [apply pow_le; exact Hc|apply H; lia].
Qed.
