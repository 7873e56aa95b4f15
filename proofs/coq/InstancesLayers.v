(** Instances of Lemmas 2, 6 and 7 of Arora, Cohen, Golowich and Hu and of the identity start, at the border of what they assume. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Margin Arora AroraPaper Singular AroraLemma AroraLayers.
From Lemmata Require Import Identity IdentityMargin ZasSharp Spectral Refutations InstancesArora RefutationsLayers.
Open Scope R_scope.

(** diag(9/16, 1): 1 - 2 r = 1/8, and the largest step. *)
Lemma identity_margin_rate_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (r q eta : R) (_ : nat), (2 <= L)%nat /\ r < 1 / 2 /\
    frobenius d (msub unit_matrix Phi) <= r /\ 0 <= q /\ q ^ L = 1 - 2 * r /\ 0 <= eta <= q ^ 2 / (7 * INR L).
Proof.
  exists 2%nat, 3%nat, (diagonal (fun i => if Nat.eqb i 0 then 9 / 16 else 1)), (7 / 16), (1 / 2), (1 / 84), 7%nat.
  split; [lia|split; [lra|split; [apply frobenius_below; [lra|unfold diagonal; compute_layers; lra]|]]].
  split; [lra|split; [lra|simpl; lra]].
Qed.

Lemma zas_first_step_rate_instance : exists (_ L : nat) (_ : nat -> nat -> R) (_ : R), (1 <= L)%nat.
Proof. exists 2%nat, 3%nat, (number 1), (3 / 2); lia. Qed.

(** The largest imbalance; one layer is larger than the root of the product. *)
Lemma arora_lemma_6_instance :
  exists (d N : nat) (W : nat -> nat -> nat -> R) (c b nu : R) (j : nat), (1 <= N)%nat /\ 0 <= c /\ 0 <= b /\ b ^ N = 2 /\
    bounded d (chain d W N) ((c ^ N) ^ 2) /\ balanced d N W nu /\ nu <= c ^ 2 / (30 * INR N ^ 2) /\ (j < N)%nat.
Proof.
  exists 1%nat, 2%nat, uneven, 1, (sqrt 2), (1 / 120), 1%nat.
  split; [lia|split; [lra|split; [apply sqrt_pos|split; [apply pow2_sqrt; lra|]]]].
  split; [exact uneven_product|split; [exact uneven_balanced|split; [simpl; lra|lia]]].
Qed.

(** The largest step, three layers. *)
Lemma arora_lemma_7_instance :
  exists (d N : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta M B : R), (2 <= N)%nat /\ 0 < M /\ 0 <= eta /\
    (forall l : nat, (l < N)%nat -> bounded d (W l) (M ^ 2)) /\ frobenius d (residual d N Phi W) <= B /\
    eta * M ^ (N - 2) * B * INR N <= 1 / 2.
Proof.
  exists 1%nat, 3%nat, (number 10), (fun _ => number 2), (1 / 24), 2, 2.
  split; [lia|split; [lra|split; [lra|split; [intros; apply number_bounded; lra|]]]].
  split; [apply frobenius_below; [lra|compute_layers; lra]|simpl; lra].
Qed.

Lemma arora_lemma_2_instance :
  exists (d L : nat) (dims : nat -> nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta r s b : R)
    (_ : nat), (2 <= L)%nat /\ (forall l : nat, (l <= L)%nat -> (1 <= dims l <= d)%nat) /\ shaped d L dims W /\
  (forall i j : nat, (i < d)%nat -> (j < d)%nat -> (dims L <= i)%nat \/ (dims 0%nat <= j)%nat -> Phi i j = 0) /\
  0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\
  frobenius d (residual d L Phi W) <= sigma_min (dims L) (dims 0%nat) Phi - r ^ L /\
  balanced d L W (r ^ (2 * L) / (256 * INR L ^ 3 * s ^ (2 * L - 2))) /\
  0 <= eta <= r ^ (4 * L - 2) / (6144 * INR L ^ 3 * s ^ (6 * L - 4)) /\ 0 <= b /\ b ^ L = 4 * s ^ L.
Proof.
  destruct hidden_pair as [dims [Phi [W [H1 [H2 [H3 [H4 [H5 H6]]]]]]]].
  exists 2%nat, 2%nat, dims, Phi, W, (1 / 12582912), 1, 2, 4, 7%nat; repeat split; try lra; try lia; try apply H1; try assumption; simpl; lra.
Qed.
