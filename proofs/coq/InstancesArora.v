(** Instances, continued: Claim 1 and Lemma 1 of Arora, Cohen, Golowich and Hu, both at the border of their margin. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
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

(** One input, two hidden units, one output: layers (3/5, 4/5)^T and (3/5, 4/5), target 4, at the border of the margin. *)
Lemma hidden_pair : exists (dims : nat -> nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R),
  (forall l : nat, (l <= 2)%nat -> (1 <= dims l <= 2)%nat) /\ shaped 2 2 dims W /\
  (forall i j : nat, (i < 2)%nat -> (j < 2)%nat -> (dims 2%nat <= i)%nat \/ (dims 0%nat <= j)%nat -> Phi i j = 0) /\
  frobenius 2 Phi = 2 ^ 2 /\ frobenius 2 (residual 2 2 Phi W) <= sigma_min (dims 2%nat) (dims 0%nat) Phi - 1 ^ 2 /\
  balanced 2 2 W (1 ^ (2 * 2) / (256 * INR 2 ^ 3 * 2 ^ (2 * 2 - 2))).
Proof.
  set (v := fun i : nat => if Nat.eqb i 0 then 3 / 5 else 4 / 5).
  exists (fun l => if Nat.eqb l 1 then 2%nat else 1%nat), (fun i j => if Nat.eqb (i + j) 0 then 4 else 0),
    (fun l i j => if Nat.eqb l 0 then if Nat.eqb j 0 then v i else 0 else if Nat.eqb i 0 then v j else 0).
  split; [intros [|[|[|l]]] Hl; simpl; lia|split; [|split; [|split; [|split]]]].
  - intros [|[|l]] [|[|i]] [|[|j]] Hl Hi Hj Out; simpl in *; try lia; reflexivity.
  - intros [|[|i]] [|[|j]] Hi Hj Out; simpl in *; try lia; reflexivity.
  - unfold frobenius, inner, dot; simpl; replace (2 * (2 * 1)) with (sqrt (4 * 4)) by (rewrite sqrt_square; lra); f_equal; ring.
  - simpl Nat.eqb; cbv iota; rewrite scalar_sigma; simpl Nat.eqb; cbv iota; rewrite Rabs_pos_eq by lra.
    apply frobenius_below; [lra|]; unfold v; compute_layers; lra.
  - intros l Hl; replace l with 0%nat by lia; apply frobenius_below; [simpl; lra|].
    unfold v; compute_layers; lra.
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
  destruct hidden_pair as [dims [Phi [W [H1 [H2 [H3 [H4 [H5 H6]]]]]]]].
  exists 2%nat, 2%nat, dims, Phi, W, (1 / 12582912), 1, 2, 7%nat; repeat split; try lra; try lia; try apply H1; try assumption; simpl; lra.
Qed.
