(** False: more samples than the width: W X has a kernel. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lemmata Require Import Products Matrix Rectangular AnyLaw Independent NormalLaw RandomLayers WideLayout WidePropositions.
Open Scope R_scope.

Theorem du_hu_proposition_6_3_any_rank : forall K n L m q r X tau sigma,
  (1 <= q < L)%nat -> (1 <= r)%nat -> hidden_width n L m -> (entries_before n L <= K)%nat -> 560000 * INR q <= INR m ->
  opbelow (n 0%nat) r X tau -> opnorm (n 0%nat) r X sigma ->
  at_most (law_weights K normal_law) (fun w => ~ forall z,
      (4 / 5 * tau) ^ 2 * INR m ^ q * dot r z z
        <= dot m (random_output n w 0 (mv r X z) q) (random_output n w 0 (mv r X z) q)
        <= (6 / 5 * sigma) ^ 2 * INR m ^ q * dot r z z)
    (exp (- (INR m / (60000 * INR q)))).
Proof.
  intros K n L m q r X tau sigma; intros; apply (du_hu_proposition_6_3 K n L m q r X tau sigma); assumption.
Qed.
