(** False: from equal weights the difference cannot become less than zero in modulus. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products OneStep.
Open Scope R_scope.

Theorem lemma_8_negative_constant : forall (f' : R -> R) eta k w i j C C' M,
  (i < k)%nat -> (j < k)%nat -> i <> j -> 0 < C ->
  (forall l, (l < k)%nat -> C <= w l) -> product k w <= C' ->
  (forall p, 0 < p <= C' -> Rabs (f' p) <= M) ->
  Rabs ((step f' eta k w i) ^ 2 - (step f' eta k w j) ^ 2)
    <= Rabs (w i ^ 2 - w j ^ 2) - (M / C) ^ 2 * eta ^ 2 * product k w ^ 2.
Proof.
  intros f' eta k w i j C C' M Hi Hj N HC Hw HP HM.
  pose proof (shamir_lemma_8 f' eta k w i j C C' M Hi Hj N HC Hw HP HM); lra.
Qed.
