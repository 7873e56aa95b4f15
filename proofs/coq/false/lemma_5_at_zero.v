(** False: a = 0 forces w = 0, and then the maximum is 0 >= k 0 with probability 1 (k >= 2). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Expectation.
Open Scope R_scope.

Theorem lemma_5_at_zero : forall law k a,
  is_law law -> (1 <= k)%nat -> 0 <= a -> mean law Rabs <= a ->
  probability_above law k (INR k * sqrt a ^ (k - 1))
    (fun w => maximum k (fun j => Rabs (others k w j))) <= sqrt a ^ (k - 1).
Proof.
  intros law k a Hl Hk Ha Hm; apply shamir_lemma_5; auto; lra.
Qed.
