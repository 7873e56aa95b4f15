(** Instances, continued: Claim 1 and Lemma 1 of Arora, Cohen, Golowich and Hu, both at the border of their margin. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Margin Arora AroraPaper Singular AroraLemma.
From Lemmata Require Import Refutations.
Open Scope R_scope.

Lemma scalar_sigma : forall A, sigma_min 1 1 A = Rabs (A 0%nat 0%nat).
Proof.
  intros A; unfold sigma_min; simpl Nat.leb; cbv iota.
  assert (E : forall x, sqrt (dot 1 (mv 1 A x) (mv 1 A x)) = Rabs (A 0%nat 0%nat) * Rabs (x 0%nat)).
  { intros x; rewrite <- Rabs_mult, <- sqrt_Rsqr_abs; f_equal; unfold mv, dot, Rsqr; simpl; ring. }
  assert (U : forall x, dot 1 x x = 1 -> Rabs (x 0%nat) = 1).
  { intros x Hx; rewrite <- sqrt_Rsqr_abs; replace (Rsqr (x 0%nat)) with 1; [apply sqrt_1|].
    rewrite <- Hx; unfold dot, Rsqr; simpl; ring. }
  destruct (least_stretch_glb 1 1 A (Nat.le_refl 1)) as [H1 H2]; apply Rle_antisym.
  - destruct (unit_vector 1 (Nat.le_refl 1)) as [x Hx]; specialize (H1 x Hx).
    rewrite E, (U x Hx), Rmult_1_r in H1; exact H1.
  - apply H2; intros x Hx; rewrite E, (U x Hx); lra.
Qed.

Lemma scalar_distance : forall x y, rnorm 1 1 (msub (number x) (number y)) = Rabs (x - y).
Proof.
  intros x y; unfold rnorm, rinner, dot, msub, number; simpl.
  rewrite <- sqrt_Rsqr_abs; f_equal; unfold Rsqr; ring.
Qed.

Lemma arora_claim_1_instance :
  exists (m n : nat) (Phi W W' : nat -> nat -> R) (c : R), (1 <= m)%nat /\ (1 <= n)%nat /\
  rnorm m n (msub W Phi) <= sigma_min m n Phi - c /\ rnorm m n (msub W' Phi) <= rnorm m n (msub W Phi).
Proof.
  exists 1%nat, 1%nat, (number 1), (number (1 / 2)), (number (3 / 2)), (1 / 2).
  rewrite scalar_sigma, !scalar_distance; unfold number.
  rewrite (Rabs_left (1 / 2 - 1)), (Rabs_pos_eq 1), (Rabs_pos_eq (3 / 2 - 1)) by lra.
  repeat split; try lia; lra.
Qed.

Lemma arora_lemma_1_instance :
  exists (d L : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta r s : R)
    (_ : nat), (2 <= L)%nat /\ (forall l : nat, (l <= L)%nat -> (1 <= dims l <= d)%nat) /\ shaped d L dims W /\
  (forall i j : nat, (i < d)%nat -> (j < d)%nat -> (dims L <= i)%nat \/ (dims 0%nat <= j)%nat -> Phi i j = 0) /\
  0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\
  frobenius d (residual d L Phi W) <= sigma_min (dims L) (dims 0%nat) Phi - r ^ L /\
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) /\
  0 <= eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)).
Proof.
  exists 1%nat, 2%nat, (fun _ => 1%nat), (number 4), (fun _ => number 1), (1 / 12582912), 1, 2, 7%nat.
  split; [lia|split; [intros; lia|split; [intros l i j; lia|split; [intros i j; lia|]]]].
  split; [lra|split; [lra|split; [exact ones_target|split]]].
  - rewrite scalar_sigma; unfold number; rewrite Rabs_pos_eq by lra.
    apply frobenius_below; [lra|]; compute_layers; lra.
  - split; [apply ones_balanced; exact ones_paper_balance|simpl; lra].
Qed.
