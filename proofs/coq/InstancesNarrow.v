(** Instances, continued: ten layers of one row and one column; width and depth in proportion. *)
From Coq Require Import Reals Lra Lia Arith.
Open Scope R_scope.

Lemma hu_xiao_pennington_lemma_5_3_explicit_instance : exists (n : nat -> nat) (L d : nat),
  (1 <= L)%nat /\ (forall l : nat, (l <= L)%nat -> (1 <= n l <= d)%nat).
Proof. exists (fun _ => 1%nat), 10%nat, 1%nat; split; [lia|intros; lia]. Qed.

Lemma hu_xiao_pennington_lemma_5_3_instance : exists (C g : R), 0 < C /\ 0 < g <= 1.
Proof. exists 1, 1; lra. Qed.
