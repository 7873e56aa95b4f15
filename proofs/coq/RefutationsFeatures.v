(** The false variant of Nguyen and Mondelli's Lemma 3.4 is false: distinct samples are not enough, as cos(u) = cos(-u). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw ExpectedFeatures InstancesFeatures.
Open Scope R_scope.

Lemma nguyen_mondelli_lemma_3_4_apart_is_false : ~ (forall d N sigma X M c, smooth sigma ->
  (forall K, exists k, (K <= k)%nat /\ Derive_n sigma (2 * k) 0 <> 0) -> (c < d)%nat -> (forall i, (i < N)%nat -> X i c <> 0) ->
  (forall i j, (i < j < N)%nat -> X i c <> X j c) -> expected_features d N sigma X M ->
  exists lambda, 0 < lambda /\ forall v, lambda * dot N v v <= dot N v (mv N M v)).
Proof.
  intros H; set (m := normal_integral (fun t => cos (1 * t) * cos (1 * t))); set (sample := fun i : nat => match i with O => 1 | S _ => -1 end).
  assert (Same : forall i t, cos (dot 1 (fun _ => sample i) t) = cos (dot 1 (fun _ => 1) t)).
  { intros i t; unfold dot, sample; simpl; destruct i; [reflexivity|]; rewrite <- cos_neg; f_equal; ring. }
  assert (E : expected_features 1 2 cos (fun i _ => sample i) (fun _ _ => m)).
  { intros i j _ _; destruct (cosine_product 1 1) as [V E].
    destruct (variable_ext 1 (law_weights 1 normal_law) (fun u => cos (dot 1 (fun _ => 1) u) * cos (dot 1 (fun _ => 1) u)) (fun u => cos (dot 1 (fun _ => sample i) u) * cos (dot 1 (fun _ => sample j) u))
      ltac:(intros w; cbv beta; rewrite !Same; reflexivity) V) as [V' E'].
    split; [exact V'|rewrite E'; exact E]. }
  destruct (H 1%nat 2%nat cos (fun i _ => sample i) (fun _ _ => m) 0%nat cosine_smooth cosine_even ltac:(lia)) as [lambda [L0 L]]; [| |exact E|].
  - intros [|i] _; unfold sample; lra.
  - intros [|i] [|j] Hij; unfold sample; first [lia | lra].
  - specialize (L sample); unfold mv, dot, sample in L; simpl in L; lra.
Qed.
