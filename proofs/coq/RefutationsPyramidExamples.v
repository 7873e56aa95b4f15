(** The false variant of the example of Nguyen and Mondelli's Assumption 3.1 is false: three weights 1, 0, 1 and the target e are at (7) where
    192 e = 1. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Rectangular Pyramid PyramidBounds PyramidStart PyramidExamples Refutations RefutationsPyramid.
Open Scope R_scope.

Lemma nguyen_mondelli_assumption_3_1_any_target_is_false : ~ (forall s N n L X W a lambda bar least lambdaF x2 m gamma x, 0 < gamma ->
  pyramid_start s N n L X W a lambda bar least lambdaF x2 m -> x = rnorm N (n 0%nat) X ->
  exists r, 0 < r /\ forall Y e, e = sqrt (2 * network_loss s N n L X Y W) -> r <= e ->
    condition_7 gamma L x e lambda bar lambdaF /\ condition_8 gamma L x e lambda bar lambdaF x2).
Proof.
  intros H; destruct (H (last_linear 3 (fun x => x)) 1%nat ones 3%nat (number 1) (numbers hollow) hollow (fun _ => 1) hollow_bar 1 1 1 (2 / 3) 1 1
    ltac:(lra) (hollow_start 3 (le_n 3)) one_norm) as [r [r0 F]].
  destruct (F (number (r + 1)) (r + 1)) as [[_ [C _]] _]; [apply hollow_root; [lra|apply hollow_loss]|lra|].
  unfold pyramid_factor, tail_product in C; simpl in C; lra.
Qed.
