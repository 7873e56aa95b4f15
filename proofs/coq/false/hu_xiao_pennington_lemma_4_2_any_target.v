(** False: a target of 100, of which the bound of the loss does not speak. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix Layers Wide WideData DuHuLoss OrthogonalClaims LayerLaws OrthogonalChance OrthogonalTheorem OrthogonalPaper.
Open Scope R_scope.

Theorem hu_xiao_pennington_lemma_4_2_any_target : forall d n m p r L K X Y Phi sigma tau phi delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  turning m K (Q L) -> ln (/ delta) <= INR K ->
  (forall W, layers_in (orthogonal_layer n m p L) L W -> orthogonal_bounds m p n L W (sqrt (INR m)) 1 1) /\
  layers_at_most (orthogonal_layer n m p L) Q L (fun W => ~ loss d (S L) Y (orthogonal_network m p L X W) - best_loss d X Y Phi
  <= 9 * paper_size p r 0 delta * inner d X X) delta.
Proof.
  intros d n m p r L K X Y Phi sigma tau phi delta Q; intros; apply (hu_xiao_pennington_lemma_4_2 d n m p r L K X Y Phi sigma tau phi delta Q); assumption.
Qed.
