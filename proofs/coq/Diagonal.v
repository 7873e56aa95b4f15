(** Diagonal matrices: how they act, multiply and are measured; one entry that differs from 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral.
Open Scope R_scope.

Lemma diagonal_dot : forall d a x i, (i < d)%nat -> dot d (diagonal a i) x = a i * x i.
Proof.
  intros d a x i Hi; transitivity (dot d (fun k => a i * unit_matrix i k) x).
  - apply total_ext; intros k _; unfold diagonal, unit_matrix; destruct (Nat.eqb i k); ring.
  - rewrite dot_scal_l; f_equal; exact (mv_unit d x i Hi).
Qed.

Lemma tr_diagonal : forall a, tr (diagonal a) = diagonal a.
Proof.
  intros a; pointwise i; pointwise j; unfold tr, diagonal; rewrite Nat.eqb_sym.
  destruct (Nat.eqb_spec i j) as [->|N]; reflexivity.
Qed.

Lemma diagonal_symmetric : forall d a, symmetric d (diagonal a).
Proof. intros d a i j _ _; rewrite tr_diagonal; reflexivity. Qed.

Lemma chain_diagonal : forall d a n, same d (chain d (fun l => diagonal (a l)) n) (diagonal (fun i => product n (fun l => a l i))).
Proof.
  intros d a n; induction n as [|n IH]; intros i j Hi Hj; simpl chain.
  - unfold unit_matrix, diagonal; simpl; reflexivity.
  - unfold mul; rewrite diagonal_dot by exact Hi; rewrite IH by assumption; unfold diagonal; simpl product.
    destruct (Nat.eqb i j); ring.
Qed.

(** diag(x, 1, ..., 1) and its eigenvector. *)
Definition corner_entry (x y : R) (i : nat) : R := if Nat.eqb i 0 then x else y.

Lemma corner_eigen : forall d x, eigen d (diagonal (corner_entry x 1)) (corner_entry 1 0) x.
Proof. intros d x i Hi; unfold mv; rewrite diagonal_dot by exact Hi; unfold corner_entry; destruct (Nat.eqb i 0); ring. Qed.

Lemma corner_norm : forall d x, (1 <= d)%nat -> frobenius d (diagonal (corner_entry x 0)) = Rabs x.
Proof.
  intros d x Hd; unfold frobenius; rewrite <- sqrt_Rsqr_abs; f_equal; unfold inner, Rsqr.
  transitivity (mv d unit_matrix (fun _ => x * x) 0%nat); [|apply mv_unit; lia].
  unfold mv at 1, dot at 2; apply total_ext; intros i Hi; rewrite diagonal_dot by exact Hi.
  unfold diagonal, corner_entry, unit_matrix; rewrite Nat.eqb_refl, Nat.eqb_sym; destruct (Nat.eqb 0 i); ring.
Qed.
