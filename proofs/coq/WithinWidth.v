(** Matrices that are zero from row and column m on may be read as m by m matrices or as larger ones: products, gradients, descent and
    loss are the same. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Wide.
Open Scope R_scope.

(** A is zero from row and column m on. *)
Definition zero_beyond (d m : nat) (A : nat -> nat -> R) : Prop :=
  forall i j, (i < d)%nat -> (j < d)%nat -> (m <= i \/ m <= j)%nat -> A i j = 0.

Definition reads (d m : nat) (A B : nat -> nat -> R) : Prop := zero_beyond d m A /\ same d A B.

Lemma reads_self : forall d m A, zero_beyond d m A -> reads d m A A.
Proof. intros d m A H; split; [exact H|apply same_refl]. Qed.

Lemma reads_mul : forall d m A B C D, (m <= d)%nat -> reads d m A B -> reads d m C D -> reads d m (mul d A C) (mul m B D).
Proof.
  intros d m A B C D Hm [A0 AB] [C0 CD]; split.
  - intros i j Hi Hj [H|H]; apply total_zero; intros k Hk; [rewrite (A0 i k Hi Hk (or_introl H))|rewrite (C0 k j Hk Hj (or_intror H))]; ring.
  - intros i j Hi Hj; unfold mul, dot; rewrite (total_truncate d m); [|exact Hm|intros k Hk; rewrite (A0 i k) by lia; ring].
    apply total_ext; intros k Hk; rewrite AB, CD by lia; reflexivity.
Qed.

Lemma reads_tr : forall d m A B, reads d m A B -> reads d m (tr A) (tr B).
Proof.
  intros d m A B [A0 AB]; split; [|apply same_tr; exact AB]; intros i j Hi Hj H; apply A0; [exact Hj|exact Hi|]; destruct H; auto.
Qed.

Lemma reads_sub : forall d m A B C D, reads d m A B -> reads d m C D -> reads d m (msub A C) (msub B D).
Proof.
  intros d m A B C D [A0 AB] [C0 CD]; split; [|apply same_sub; assumption].
  intros i j Hi Hj H; unfold msub; rewrite A0, C0 by assumption; ring.
Qed.

Lemma reads_scal : forall d m c A B, reads d m A B -> reads d m (mscal c A) (mscal c B).
Proof.
  intros d m c A B [A0 AB]; split; [|apply same_scal; exact AB]; intros i j Hi Hj H; unfold mscal; rewrite A0 by assumption; ring.
Qed.

Lemma reads_inner : forall d m A B, (m <= d)%nat -> reads d m A B -> inner d A A = inner m B B.
Proof.
  intros d m A B Hm [A0 AB]; unfold inner; rewrite (total_truncate d m); [|exact Hm|].
  - apply total_ext; intros i Hi; unfold dot; rewrite (total_truncate d m); [|exact Hm|intros j Hj; rewrite (A0 i j) by lia; ring].
    apply total_ext; intros j Hj; rewrite AB by lia; reflexivity.
  - intros i Hi; apply total_zero; intros j Hj; rewrite (A0 i j) by lia; ring.
Qed.

Lemma reads_first : forall d m A B, (m <= d)%nat -> reads d m A B -> reads d m (mul d A unit_matrix) (mul m B unit_matrix).
Proof.
  intros d m A B Hm [A0 AB]; split.
  - intros i j Hi Hj H; rewrite mul_unit_r by assumption; apply A0; assumption.
  - intros i j Hi Hj; rewrite mul_unit_r by assumption; destruct (Nat.lt_ge_cases j m) as [J|J].
    + rewrite AB by assumption; symmetry; exact (unit_sum m (fun k => B i k) j J).
    + rewrite (A0 i j) by auto; symmetry; apply total_zero; intros k Hk; unfold unit_matrix; destruct (Nat.eqb_spec k j); [lia|ring].
Qed.

(** ** Networks *)

Lemma reads_chain : forall d m L F G, (m <= d)%nat -> (forall l, (l <= L)%nat -> reads d m (F l) (G l)) ->
  forall q, (q <= L)%nat -> reads d m (chain d F (S q)) (chain m G (S q)).
Proof.
  intros d m L F G Hm H; induction q as [|q IH]; intros Hq; [apply reads_first; [exact Hm|apply H; lia]|].
  change (chain d F (S (S q))) with (mul d (F (S q)) (chain d F (S q))).
  change (chain m G (S (S q))) with (mul m (G (S q)) (chain m G (S q))).
  apply reads_mul; [exact Hm|apply H; lia|apply IH; lia].
Qed.

Lemma reads_back : forall d m L F G E E', (m <= d)%nat -> (forall l, (l <= L)%nat -> reads d m (F l) (G l)) -> reads d m E E' ->
  forall k l, (l + k <= S L)%nat -> reads d m (back d F l k E) (back m G l k E').
Proof.
  intros d m L F G E E' Hm H HE; induction k as [|k IH]; intros l Hl; simpl; [exact HE|].
  apply reads_mul; [exact Hm|apply reads_tr, H; lia|apply IH; lia].
Qed.

Lemma reads_residual : forall d m L F G Y, (m <= d)%nat -> (forall l, (l <= L)%nat -> reads d m (F l) (G l)) -> zero_beyond d m Y ->
  reads d m (residual d (S L) Y F) (residual m (S L) Y G).
Proof. intros d m L F G Y Hm H HY; apply reads_sub; [apply (reads_chain d m L); auto|apply reads_self; exact HY]. Qed.

Lemma reads_descent : forall d m L Y eta F, (m <= d)%nat -> (forall l, (l <= L)%nat -> zero_beyond d m (F l)) -> zero_beyond d m Y ->
  forall t l, (l <= L)%nat -> reads d m (wide_descent d L Y eta F t l) (wide_descent m L Y eta F t l).
Proof.
  intros d m L Y eta F Hm HF HY; induction t as [|t IH]; intros l Hl; [apply reads_self, HF; exact Hl|].
  simpl wide_descent; unfold wide_step; destruct l as [|l]; [apply IH; lia|].
  apply reads_sub; [apply IH; exact Hl|]; apply reads_scal; unfold gradient; apply reads_mul; [exact Hm| |].
  - apply (reads_back d m L); [exact Hm|exact IH|apply reads_residual; assumption|lia].
  - apply reads_tr, (reads_chain d m L); [exact Hm|exact IH|lia].
Qed.

(** The residual, and so the loss, of every iterate. *)
Lemma residual_within : forall d m L Y eta F t, (m <= d)%nat -> (forall l, (l <= L)%nat -> zero_beyond d m (F l)) -> zero_beyond d m Y ->
  frobenius d (residual d (S L) Y (wide_descent d L Y eta F t)) = frobenius m (residual m (S L) Y (wide_descent m L Y eta F t)).
Proof.
  intros d m L Y eta F t Hm HF HY; unfold frobenius; f_equal; apply reads_inner; [exact Hm|].
  apply reads_residual; [exact Hm| |exact HY]; intros l Hl; apply reads_descent; assumption.
Qed.
