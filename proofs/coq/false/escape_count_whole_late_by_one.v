(** False: a count that is late by one. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix PieceSums Plateau EscapeCount Delay DelayStep CertifiedCount.
Open Scope R_scope.

Theorem escape_count_whole_late_by_one : forall J M n a r U A B near u psi' psi'' chi x c eta eps drift E E' K G (D : R -> R) tau,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  delays_fit J M eps eta (c 0%nat) a r U near u chi drift E E' K G ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) ->
  (forall c' y, in_box J eps (c 0%nat) c' -> a M <= y <= Rmin (a (S M)) (a M + eta * U M) ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D y - D (x 0%nat)) + 1) ->
  INR n <= tau - (defect M eta a U A B
    + total (S M) (fun i => delay_error M eta a r U E E' K G i * (a (S i) - a i))) ->
  before_exit x (a M) (S n) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + total (S M) (fun i => delay_error M eta a r U E E' K G i * (a (S i) - a i)).
Proof.
  intros J M n a r U A B near u psi' psi'' chi x c eta eps drift E E' K G D tau; intros.
  apply (escape_count J M n a r U A B near u psi' psi'' chi x c eta eps drift E E' K G D tau); assumption.
Qed.
