(** False: equal weights delta = gamma attain the factor 2. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Convergence.
Open Scope R_scope.

Theorem lemma_13_pl_tripled : forall k j delta gamma w y,
  (2 <= k)%nat -> (j < k)%nat -> 0 < delta <= gamma -> bounded_below k j delta gamma w ->
  3 * (INR k * delta ^ 2 * gamma ^ (2 * (k - 2))) * ((product k w - y) ^ 2 / 2)
    <= total k (fun i => ((product k w - y) * others k w i) ^ 2).
Proof.
  intros k j delta gamma w y Hk Hj Hd B.
  pose proof (shamir_lemma_13_pl k j delta gamma w y Hk Hj Hd B); lra.
Qed.
