(** False: for w = 0 the threshold 0 is attained surely. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Geometry Expectation Xavier AnyLaw XavierAnyLaw.
Open Scope R_scope.

Theorem shamir_lemma_5_any_law_at_zero : forall k (P : weights k) a,
  (1 <= k)%nat -> 0 <= a -> single P Rabs -> average P Rabs <= a ->
  at_most P (fun w => INR k * sqrt a ^ (k - 1) <= maximum k (fun j => Rabs (others k w j))) (sqrt a ^ (k - 1)).
Proof.
  intros k P a Hk Ha Hs Hm; apply shamir_lemma_5_any_law; assumption.
Qed.
