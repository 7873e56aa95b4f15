(** False: a hundred layers of one row and one column keep the norm of 1 too rarely. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix AnyLaw Independent NormalLaw GaussianLayers GaussianLemma.
Open Scope R_scope.

Theorem du_hu_lemma_6_1_any_width : forall K place n m q v, (1 <= q)%nat -> (1 <= m)%nat ->
  places_of_their_own K n m q place -> dot n v v = 1 ->
  at_most (law_weights K normal_law) (fun w => ~ keeps_norm n m q (placed_layer place w) v) (exp (- (INR m / (30000 * INR q)))).
Proof.
  intros K place n m q v Hq Hm Own Hv; apply du_hu_lemma_6_1; assumption.
Qed.
