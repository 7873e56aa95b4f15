(** Instances of what follows from others in a few lines, of Claim 4, and of the saddles. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Margin Arora Identity Spectral BartlettMatrices Diagonal.
From Lemmata Require Import Compositions ClaimFour Saddles Refutations RefutationsBartlett RefutationsCompositions.
Open Scope R_scope.

(** The largest step, c = 1, |Phi| = 4. *)
Lemma balanced_convergence_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta r s : R) (_ : nat), (2 <= L)%nat /\ (1 <=
    p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\ deficiency_margin d p L Phi W (r ^ L) /\ balanced d L W (r ^
    (2 * L) / (40 * INR L ^ 2 * s ^ (2 * L - 2))) /\ 0 <= eta <= r ^ (4 * L - 2) / (480 * INR L ^ 2 * s ^ (6 * L - 4)).
Proof.
  exists 1%nat, 1%nat, 2%nat, (number 4), (fun _ => number 1), (1 / 491520), 1, 2, 7%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [exact ones_target|split; [exact ones_margin|]]]]]].
  split; [apply ones_balanced; simpl; lra|simpl; lra].
Qed.

(** At the border of the step size. *)
Lemma balanced_convergence_depths_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta r s B C : R) (_ : nat), depth_constants L B C /\
    (1 <= p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\ deficiency_margin d p L Phi W (r ^ L) /\
    balanced d L W (r ^ (2 * L) / (B * s ^ (2 * L - 2))) /\ 0 <= eta <= r ^ (4 * L - 2) / (C * s ^ (6 * L - 4)).
Proof.
  exists 1%nat, 1%nat, 2%nat, (number 4), (fun _ => number 1), (1 / 8960), 1, 2, 9, 35, 7%nat.
  split; [left; auto|split; [lia|split; [lra|split; [lra|split; [exact ones_target|split; [exact ones_margin|]]]]]].
  split; [apply ones_balanced; simpl; lra|simpl; lra].
Qed.

Lemma balanced_start_instance :
  exists (d p L : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (eta r s : R) (_ : nat), (2 <= L)%nat /\ (1 <=
    p <= d)%nat /\ 0 < r /\ 0 < s /\ frobenius d Phi = s ^ L /\ deficiency_margin d p L Phi W (r ^ L) /\ balanced d L W 0 /\
    0 <= eta <= r ^ (4 * L - 2) / (240 * INR L ^ 2 * s ^ (6 * L - 4)).
Proof.
  exists 1%nat, 1%nat, 2%nat, (number 4), (fun _ => number 1), (1 / 245760), 1, 2, 7%nat.
  split; [lia|split; [lia|split; [lra|split; [lra|split; [exact ones_target|split; [exact ones_margin|]]]]]].
  split; [apply ones_balanced; lra|simpl; lra].
Qed.

(** At the border of the distance and of the number of steps. *)
Lemma bartlett_theorem_1_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (eps : R) (T : nat), (2 <= L)%nat /\ frobenius d (msub unit_matrix Phi) <= 1 /
    4 /\ 0 < eps /\ 426 * ln (loss d L Phi (fun _ : nat => unit_matrix) / eps) <= INR T.
Proof.
  exists 1%nat, 2%nat, (number (3 / 4)), (1 / 32 * / exp (/ 426)), 1%nat.
  assert (E : 0 < exp (/ 426)) by apply exp_pos.
  split; [lia|]; split; [exact three_quarters_near|]; split; [apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat; exact E]|].
  rewrite three_quarters_loss; replace (1 / 32 / (1 / 32 * / exp (/ 426))) with (exp (/ 426)) by (field; lra).
  rewrite ln_exp; simpl; lra.
Qed.

Lemma arora_claim_5_instance :
  exists (d L : nat) (Phi : nat -> nat -> R) (v : nat -> R) (mu : R), Nat.Even L /\ (2 <= L)%nat /\ symmetric d Phi /\
    (exists i : nat, (i < d)%nat /\ v i <> 0) /\ eigen d Phi v (- mu) /\ 0 < mu.
Proof.
  exists 1%nat, 2%nat, (number (- (1))), (fun _ => 1), 1; split; [exists 1%nat; reflexivity|]; split; [lia|].
  split; [apply number_symmetric|]; split; [exact one_nonzero|]; split; [apply number_eigen|lra].
Qed.

Lemma identity_radius_limit_instance :
  exists (d : nat) (mu : R) (Phi : nat -> nat -> R) (_ : nat) (_ : R) (_ : nat), (1 <= d)%nat /\ 0 < mu /\ Phi = diagonal
    (corner_entry (- mu) 1).
Proof. exists 3%nat, (1 / 10), (diagonal (corner_entry (- (1 / 10)) 1)), 2%nat, 5, 7%nat; split; [lia|split; [lra|reflexivity]]. Qed.

Lemma arora_claim_4_instance : exists (d N : nat) (eta c : R), Nat.Even N /\ (2 <= N)%nat /\ (1 <= d)%nat /\ 0 < eta /\ 0 < c < 1.
Proof. exists 3%nat, 2%nat, (1 / 1000), (99 / 100); split; [exists 1%nat; reflexivity|]; do 2 (split; [lia|]); lra. Qed.

(** Two zero weights of three. *)
Lemma saddle_lowest_term_instance :
  exists (f : R -> R) (l : R) (k : nat) (w _ : nat -> R), is_derive f 0 l /\ (1 <= zeros k w)%nat.
Proof.
  exists (fun p => (p + 1) ^ 2 / 2), 1, 3%nat, (fun i => if Nat.eqb i 2 then 5 else 0), (fun i => INR i + 1).
  split; [auto_derive; [trivial|field]|]; simpl; destruct (Req_EM_T 0 0); [lia|lra].
Qed.

Lemma saddle_hessian_instance :
  exists (_ : R -> R) (k : nat) (w : nat -> R) (a b i j : nat), (a < k)%nat /\ (b < k)%nat /\ a <> b /\ w a = 0 /\ w b = 0
    /\ (i < k)%nat /\ (j < k)%nat.
Proof.
  exists (fun p => p + 1), 3%nat, (fun i => if Nat.eqb i 2 then 5 else 0), 0%nat, 1%nat, 1%nat, 0%nat.
  repeat split; try lia; reflexivity.
Qed.
