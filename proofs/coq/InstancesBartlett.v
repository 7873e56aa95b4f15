(** Instances, continued: Bartlett, Helmbold and Long on matrices. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
From Lemmata Require Import InstancesSteps.
Open Scope R_scope.

(** ((a, b), (b, a)) has the eigenvectors (1, 1) and (1, -1), with eigenvalues a + b and a - b. *)
Definition pair (a b : R) (i j : nat) : R := if Nat.eqb i j then a else b.
Definition alternating (i : nat) : R := if Nat.eqb i 0 then 1 else -1.

Ltac two i := destruct i as [|[|i]]; [| |lia].

Lemma pair_symmetric : forall a b, symmetric 2 (pair a b).
Proof. intros a b i j Hi Hj; two i; two j; reflexivity. Qed.

Lemma pair_eigen : forall a b, eigen 2 (pair a b) alternating (a - b).
Proof. intros a b i Hi; two i; unfold mv, dot, pair, alternating; simpl; ring. Qed.

Lemma alternating_nonzero : exists i, (i < 2)%nat /\ alternating i <> 0.
Proof. exists 0%nat; split; [lia|unfold alternating; simpl; lra]. Qed.

Lemma pair_form : forall a b x, dot 2 x (mv 2 (pair a b) x)
  = a * dot 2 x x + 2 * b * (x 0%nat * x 1%nat).
Proof. intros; unfold mv, dot, pair; simpl; ring. Qed.

Lemma pair_bounds : forall a b x, 0 <= b ->
  (a - b) * dot 2 x x <= dot 2 x (mv 2 (pair a b) x) <= (a + b) * dot 2 x x.
Proof.
  intros a b x Hb; rewrite pair_form; unfold dot; simpl.
  assert (P := Rle_0_sqr (x 0%nat + x 1%nat)); assert (Q := Rle_0_sqr (x 0%nat - x 1%nat)); unfold Rsqr in *.
  apply (Rmult_le_compat_l b) in P; [|exact Hb]; apply (Rmult_le_compat_l b) in Q; [|exact Hb]; lra.
Qed.

Lemma spectral_theorem_instance :
  exists (d : nat) (A : nat -> nat -> R), symmetric d A.
Proof. exists 2%nat, (pair 2 1); apply pair_symmetric. Qed.

Lemma bartlett_reduction_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (_ : R) (v : nat -> R) (lambda : R) (_ l : nat),
    symmetric d Phi /\ eigen d Phi v lambda /\ (l < L)%nat.
Proof.
  exists 2%nat, 3%nat, (pair 2 1), 1, alternating, (2 - 1), 0%nat, 2%nat.
  parts; [apply pair_symmetric|apply pair_eigen|lia].
Qed.

(** Eigenvalues 1 and 3 of two layers, at the border of the step size for P = 2. *)
Lemma bartlett_positive_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta m P : R) (_ : nat),
    (1 <= L)%nat /\ symmetric d Phi /\ 0 < m <= 1 /\ 1 <= P /\
    (forall x : nat -> R, m ^ L * dot d x x <= dot d x (mv d Phi x) <= P ^ L * dot d x x) /\
    0 < eta /\ eta * INR L * P ^ (2 * L - 2) <= 1.
Proof.
  exists 2%nat, 2%nat, (pair 2 1), (1 / 8), 1, 2, 0%nat.
  split; [lia|split; [apply pair_symmetric|split; [lra|split; [lra|]]]]; split; [|simpl; lra].
  intros x; assert (B := pair_bounds 2 1 x ltac:(lra)); assert (N := dot_nonneg 2 x); simpl pow; lra.
Qed.

Lemma bartlett_positive_steps_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta mu s eps : R) (T : nat),
    (1 <= L)%nat /\ symmetric d Phi /\ 0 < mu <= 1 /\ 0 <= s /\ bounded d Phi s /\
    (forall x : nat -> R, mu * dot d x x <= dot d x (mv d Phi x)) /\
    0 < eta /\ eta * INR L * (1 + s) <= 1 /\ 0 < eps /\
    ln (loss d L Phi (fun _ : nat => unit_matrix) / eps) / (2 * eta * INR L * mu ^ 2) <= INR T.
Proof.
  exists 2%nat, 2%nat, (pair 2 1), (1 / 22), 1, 10, 2, 0%nat.
  split; [lia|split; [apply pair_symmetric|split; [lra|split; [lra|]]]].
  split; [|split; [|split; [lra|split; [simpl; lra|split; [lra|]]]]].
  - replace 10 with (inner 2 (pair 2 1) (pair 2 1)); [apply bounded_frobenius|].
    unfold inner, dot, pair; simpl; ring.
  - intros x; assert (B := pair_bounds 2 1 x ltac:(lra)); lra.
  - replace (loss 2 2 (pair 2 1) (fun _ => unit_matrix)) with 2.
    + replace (2 / 2) with 1 by field; rewrite ln_1; simpl; lra.
    + unfold loss, residual, inner, dot, msub, chain, mul, dot, unit_matrix, pair; simpl; field.
Qed.

Lemma bartlett_negative_even_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (_ : R) (v : nat -> R) (mu : R) (_ : nat),
    Nat.Even L /\ symmetric d Phi /\ (exists i : nat, (i < d)%nat /\ v i <> 0) /\
    eigen d Phi v (- mu) /\ 0 < mu.
Proof.
  exists 2%nat, 2%nat, (pair 1 2), 1, alternating, 1, 0%nat.
  parts; [exists 1%nat; reflexivity|apply pair_symmetric|apply alternating_nonzero| |lra].
  replace (- (1)) with (1 - 2) by ring; apply pair_eigen.
Qed.

Lemma bartlett_negative_small_steps_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eta : R) (v : nat -> R) (mu : R) (_ : nat),
    (2 <= L)%nat /\ symmetric d Phi /\ (exists i : nat, (i < d)%nat /\ v i <> 0) /\
    eigen d Phi v (- mu) /\ 0 < mu /\ 0 < eta /\ eta * (1 + mu) < 1.
Proof.
  exists 2%nat, 3%nat, (pair 1 2), (2 / 5), alternating, 1, 0%nat.
  parts; [lia|apply pair_symmetric|apply alternating_nonzero| |lra|lra|lra].
  replace (- (1)) with (1 - 2) by ring; apply pair_eigen.
Qed.
