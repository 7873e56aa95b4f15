(** False: more outputs than the width: W^T has a kernel. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Rectangular AnyLaw Independent NormalLaw RandomLayers WideLayout WidePropositions.
Open Scope R_scope.

Theorem du_hu_proposition_6_2_any_outputs : forall K n L m q,
  (1 <= q < L)%nat -> (1 <= n L)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat -> 560000 * INR q <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~
      ((forall x, dot (n L) (random_output n w (L - q) x q) (random_output n w (L - q) x q) <= (6 / 5) ^ 2 * INR m ^ q * dot m x x) /\
       forall y, (4 / 5) ^ 2 * INR m ^ q * dot (n L) y y <= dot m (random_back n w L y q) (random_back n w L y q)
         <= (6 / 5) ^ 2 * INR m ^ q * dot (n L) y y))
    (exp (- (INR m / (60000 * INR q)))).
Proof.
  intros K n L m q; intros; apply (du_hu_proposition_6_2 K n L m q); assumption.
Qed.
