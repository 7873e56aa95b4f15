(** False: what lies beyond the first terms is left out of the count. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev EllipseChebyshev CurveResiduals CurvePanels CurveBorder.
Open Scope R_scope.

Theorem curve_border_no_tail : forall (J n n' terms : nat) (a a' r r' rho longest : R) (coef coef' : nat -> nat -> R) (count count' : nat -> R)
    (least : nat -> R) (jump slip : R),
  0 < r -> 0 < r' -> a + r = a' - r' -> 0 <= longest -> longest <= r / 10 -> longest <= r' / 10 -> 1 < rho -> 11 / 5 < rho + / rho -> (1 <= terms)%nat ->
  0 <= jump ->
  (forall j, (j < J)%nat -> (forall m, coef j m = 0 /\ coef' j m = 0) \/
    0 < least j /\ least j <= means coef j - spread n (coef j) rho /\ least j <= means coef' j - spread n' (coef' j) rho /\
    mismatch terms n n' r r' longest (coef j) (coef' j) <= jump * least j) ->
  total (terms - 1) (fun q => differs n n' r r' longest count count' (S q)) <= slip ->
  0 <= jump /\ 20 * longest <= a' + r' - (a + r) /\ forall y, a + r <= y <= a + r + longest ->
    (forall j, (j < J)%nat -> Rabs (panel_curve n a r coef j y - panel_curve n' a' r' coef' j y)
      <= jump * Rmin (panel_curve n a r coef j y) (panel_curve n' a' r' coef' j y)) /\
    Rabs (series n' count' ((y - a') / r') - series n' count' ((a + r - a') / r') - (series n count ((y - a) / r) - series n count ((a + r - a) / r))) <= slip.
Proof.
  intros; eapply curve_border; eassumption.
Qed.
