(** False: with eta = 1/4 and two layers 1 - 2 c is zero, but a target of 1 and an output of 0 are half way after one step. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix Layers Wide WideData DuHuLoss LayerLaws OrthogonalChance OrthogonalTheorem OrthogonalPaper.
Open Scope R_scope.

Theorem hu_xiao_pennington_theorem_4_1_twofold : forall d n m p r L K X Y Phi eta sigma tau phi delta (Q : layer_laws n m p L),
  (n <= m <= d)%nat -> (1 <= p <= m)%nat -> (1 <= r <= d)%nat -> (2 <= L)%nat -> data_of d n p r X Y Phi sigma tau phi -> 0 < delta < 1 ->
  turning m K (Q L) -> ln (/ delta) <= INR K ->
  7317 * (sigma ^ 2 * inner d X X / tau ^ 4) * (INR p * (1 + phi ^ 2) + ln (INR r / delta)) <= INR m ->
  0 < eta <= INR p / (2 * INR L * sigma ^ 2) ->
  layers_at_most (orthogonal_layer n m p L) Q L (fun W => ~ fast_excess d L X Y Phi eta (2 * (eta * INR L * tau ^ 2 / INR p))
  (9 * paper_size p r phi delta) (orthogonal_network m p L X W)) delta.
Proof.
  intros d n m p r L K X Y Phi eta sigma tau phi delta Q; intros; apply (hu_xiao_pennington_theorem_4_1 d n m p r L K X Y Phi eta sigma tau phi delta Q); assumption.
Qed.
