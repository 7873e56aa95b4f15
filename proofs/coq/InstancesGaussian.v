(** Instances, continued: one layer of 200000 rows and one column, the narrowest that Lemma 6.1 of Du and Hu allows. *)
From Coq Require Import Reals Lra Lia ZArith Arith.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw GaussianLayers.
Open Scope R_scope.

Lemma du_hu_lemma_6_1_instance : exists (K : nat) (place : nat -> nat -> nat -> nat) (n m q : nat) (v : nat -> R),
  (1 <= q)%nat /\ 200000 * INR q <= INR m /\ places_of_their_own K n m q place /\ dot n v v = 1.
Proof.
  set (m := Z.to_nat 200000); exists m, (fun _ i _ => i), 1%nat, m, 1%nat, (fun _ => 1).
  assert (E : INR m = 200000) by (unfold m; rewrite INR_IZR_INZ, Z2Nat.id by lia; reflexivity).
  split; [lia|split; [rewrite E; simpl; lra|split; [|unfold dot; simpl; ring]]].
  intros l i j Hl Hi Hj; assert (l = 0%nat) by lia; subst l; cbn [fan_in] in Hj; split; [exact Hi|].
  intros l' i' j' Hl' Hi' Hj' Same; assert (l' = 0%nat) by lia; subst l'; cbn [fan_in] in Hj'; lia.
Qed.
