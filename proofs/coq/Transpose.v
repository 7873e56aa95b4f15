(** Transposing all layers and the target changes nothing: layer l becomes W_(L-1-l)^T.

    Equalities are on the range i, j < d only, since the empty product is the unit matrix. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers.
Open Scope R_scope.

Definition same (d : nat) (A B : nat -> nat -> R) : Prop :=
  forall i j, (i < d)%nat -> (j < d)%nat -> A i j = B i j.

Definition transposed (L : nat) (W : nat -> nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  tr (W (L - S l)%nat).

Lemma same_refl : forall d A, same d A A.
Proof. intros d A i j _ _; reflexivity. Qed.

Lemma same_sym : forall d A B, same d A B -> same d B A.
Proof. intros d A B H i j Hi Hj; symmetry; apply H; assumption. Qed.

Lemma same_trans : forall d A B C, same d A B -> same d B C -> same d A C.
Proof. intros d A B C H K i j Hi Hj; rewrite (H i j Hi Hj); apply K; assumption. Qed.

Lemma same_mul : forall d A B C D, same d A C -> same d B D -> same d (mul d A B) (mul d C D).
Proof.
  intros d A B C D H K i j Hi Hj; apply dot_ext; intros k Hk; [apply H|apply K]; assumption.
Qed.

Lemma same_tr : forall d A B, same d A B -> same d (tr A) (tr B).
Proof. intros d A B H i j Hi Hj; apply H; assumption. Qed.

Lemma same_sub : forall d A B C D, same d A C -> same d B D -> same d (msub A B) (msub C D).
Proof. intros d A B C D H K i j Hi Hj; unfold msub; rewrite H, K; auto. Qed.

Lemma same_scal : forall d c A B, same d A B -> same d (mscal c A) (mscal c B).
Proof. intros d c A B H i j Hi Hj; unfold mscal; rewrite H; auto. Qed.

Lemma mul_unit_l : forall d A, same d (mul d unit_matrix A) A.
Proof. intros d A i j Hi Hj; exact (mv_unit d (fun k => A k j) i Hi). Qed.

Lemma mul_unit_r : forall d A, same d (mul d A unit_matrix) A.
Proof.
  intros d A; apply same_trans with (tr (mul d unit_matrix (tr A))).
  - rewrite tr_mul, tr_unit, tr_tr; apply same_refl.
  - apply same_tr, mul_unit_l.
Qed.

Lemma inner_same : forall d A B, same d A B -> inner d A A = inner d B B.
Proof. intros d A B H; apply inner_ext; exact H. Qed.

(** ** Layers that agree on the range *)

Lemma chain_same : forall d V W L, (forall l, (l < L)%nat -> same d (V l) (W l)) ->
  forall l, (l <= L)%nat -> same d (chain d V l) (chain d W l).
Proof.
  intros d V W L H; induction l as [|l IH]; intros Hl; simpl; [apply same_refl|].
  apply same_mul; [apply H|apply IH]; lia.
Qed.

Lemma back_same : forall d V W L E F, (forall l, (l < L)%nat -> same d (V l) (W l)) -> same d E F ->
  forall k l, (l + k <= L)%nat -> same d (back d V l k E) (back d W l k F).
Proof.
  intros d V W L E F H HE; induction k as [|k IH]; intros l Hl; simpl; [exact HE|].
  apply same_mul; [apply same_tr, H|apply IH]; lia.
Qed.

Lemma residual_same : forall d L Phi V W, (forall l, (l < L)%nat -> same d (V l) (W l)) ->
  same d (residual d L Phi V) (residual d L Phi W).
Proof. intros; apply same_sub; [apply (chain_same d V W L); auto|apply same_refl]. Qed.

Lemma gradient_same : forall d L Phi V W, (forall l, (l < L)%nat -> same d (V l) (W l)) ->
  forall l, (l < L)%nat -> same d (gradient d L Phi V l) (gradient d L Phi W l).
Proof.
  intros d L Phi V W H l Hl; apply same_mul.
  - apply (back_same d V W L); [exact H|apply residual_same; exact H|lia].
  - apply same_tr, (chain_same d V W L H); lia.
Qed.

(** ** The transposed network *)

Lemma transposed_back : forall d L W E k, (k <= L)%nat ->
  same d (back d (transposed L W) (L - k) k E) (mul d (chain d W k) E).
Proof.
  intros d L W E; induction k as [|k IH]; intros Hk.
  - apply same_sym, mul_unit_l.
  - simpl chain; rewrite mul_assoc; simpl back.
    replace (S (L - S k)) with (L - k)%nat by lia.
    apply same_mul; [|apply IH; lia].
    unfold transposed; replace (L - S (L - S k))%nat with k by lia; rewrite tr_tr; apply same_refl.
Qed.

Lemma transposed_chain : forall d L W E k, (k <= L)%nat ->
  same d (mul d (tr E) (tr (chain d (transposed L W) k))) (tr (back d W (L - k) k E)).
Proof.
  intros d L W E; induction k as [|k IH]; intros Hk.
  - simpl chain; rewrite tr_unit; apply mul_unit_r.
  - simpl chain; rewrite tr_mul, <- mul_assoc; simpl back; rewrite tr_mul, tr_tr.
    replace (S (L - S k)) with (L - k)%nat by lia.
    apply same_mul; [apply IH; lia|apply same_refl].
Qed.

Lemma transposed_product : forall d L W,
  same d (chain d (transposed L W) L) (tr (chain d W L)).
Proof.
  intros d L W; rewrite <- (tr_tr (chain d (transposed L W) L)); apply same_tr.
  assert (H : forall k, (k <= L)%nat ->
    same d (mul d (tr (chain d (transposed L W) k)) (chain d W (L - k))) (chain d W L)).
  { induction k as [|k IH]; intros Hk.
    - simpl chain; rewrite tr_unit, Nat.sub_0_r; apply mul_unit_l.
    - eapply same_trans; [|apply IH; lia].
      replace (L - k)%nat with (S (L - S k)) by lia; simpl chain; rewrite tr_mul, mul_assoc;
        apply same_refl. }
  eapply same_trans; [|apply (H L (Nat.le_refl L))].
  rewrite Nat.sub_diag; apply same_sym, mul_unit_r.
Qed.

Lemma transposed_residual : forall d L Phi W,
  same d (residual d L (tr Phi) (transposed L W)) (tr (residual d L Phi W)).
Proof.
  intros d L Phi W i j Hi Hj; unfold residual, msub; rewrite (transposed_product d L W i j Hi Hj).
  reflexivity.
Qed.

Lemma transposed_gradient : forall d L Phi W l, (l < L)%nat ->
  same d (gradient d L (tr Phi) (transposed L W) l) (tr (gradient d L Phi W (L - S l))).
Proof.
  intros d L Phi W l Hl; unfold gradient.
  set (E := residual d L Phi W); set (E' := residual d L (tr Phi) (transposed L W)).
  rewrite tr_mul, tr_tr.
  replace (S (L - S l)) with (L - l)%nat by lia; replace (L - (L - l))%nat with l by lia.
  apply same_trans with (mul d (chain d W (L - S l)) (mul d (tr E) (tr (chain d (transposed L W) l)))).
  - rewrite <- mul_assoc; apply same_mul; [|apply same_refl].
    assert (B := transposed_back d L W E' (L - S l) ltac:(lia)).
    replace (L - (L - S l))%nat with (S l) in B by lia.
    eapply same_trans; [exact B|apply same_mul; [apply same_refl|apply transposed_residual]].
  - apply same_mul; [apply same_refl|apply transposed_chain; lia].
Qed.

Lemma transposed_loss : forall d L Phi W, loss d L (tr Phi) (transposed L W) = loss d L Phi W.
Proof.
  intros; unfold loss, Rdiv; apply Rmult_eq_compat_r; rewrite <- (inner_tr d (residual d L Phi W)).
  apply inner_same, transposed_residual.
Qed.

Lemma loss_same : forall d L Phi V W, (forall l, (l < L)%nat -> same d (V l) (W l)) ->
  loss d L Phi V = loss d L Phi W.
Proof.
  intros; unfold loss, Rdiv; apply Rmult_eq_compat_r, inner_same, residual_same; assumption.
Qed.

(** Gradient descent commutes with transposition. *)
Lemma transposed_descent : forall d L Phi eta W t l, (l < L)%nat ->
  same d (layers_descent d L (tr Phi) eta (transposed L W) t l)
         (transposed L (layers_descent d L Phi eta W t) l).
Proof.
  intros d L Phi eta W; induction t as [|t IH]; intros l Hl; simpl layers_descent; [apply same_refl|].
  set (V := layers_descent d L (tr Phi) eta (transposed L W) t) in *.
  set (U := layers_descent d L Phi eta W t) in *.
  unfold layers_step at 1.
  change (transposed L (layers_step d L Phi eta U) l)
    with (msub (transposed L U l) (mscal eta (tr (gradient d L Phi U (L - S l))))).
  apply same_sub; [apply IH; exact Hl|apply same_scal].
  eapply same_trans; [apply (gradient_same d L (tr Phi) V (transposed L U) IH l Hl)|].
  apply transposed_gradient; exact Hl.
Qed.

Theorem layers_transposition : forall d L Phi eta W t,
  loss d L (tr Phi) (layers_descent d L (tr Phi) eta (transposed L W) t)
    = loss d L Phi (layers_descent d L Phi eta W t).
Proof.
  intros; transitivity (loss d L (tr Phi) (transposed L (layers_descent d L Phi eta W t))).
  - apply loss_same; intros; apply transposed_descent; assumption.
  - apply transposed_loss.
Qed.
