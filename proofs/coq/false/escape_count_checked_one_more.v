(** False: the speed is 1 and the exit 10 steps away; step 11 is behind it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks.
Open Scope R_scope.

Theorem escape_count_checked_one_more : forall J N M n a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape
    delta weight X Z low together steep (D : R -> R) tau,
  0 < eta -> 0 <= eps < 1 -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  chi_moves J eps (c 0%nat) (a 0%nat) (a (S M)) chi zeta ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) ->
  (forall c', in_box J eps (c 0%nat) c' ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D (a M) - D (x 0%nat))) ->
  INR n <= tau - (defect M eta a U A B + total (S M)
    (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i)) + overshoot M eta a U A X weight) ->
  before_exit x (a M) (S (S n)) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + total (S M)
      (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i)).
Proof.
  intros J N M n a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape delta weight X Z low together steep D tau
    He Heps HP HS Hsens Hchi HK Hc0 Hx0 Orb HD Htau Hn.
  assert (HF := kernels_bounded J N M eps eta (c 0%nat) a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep He Heps HP HS Hsens Hchi HK Hc0).
  unfold checked_error in *.
  assert (B0 : in_box J eps (c 0%nat) (c 0%nat)).
  { intros j Hj; specialize (Hc0 j Hj); assert (0 <= c 0%nat j * eps) by (apply Rmult_le_pos; lra); lra. }
  eapply (escape_count J M n a r U A B near u psi' psi'' chi x c eta eps drift _ _ _ _ D (tau - overshoot M eta a U A X weight));
    try eassumption; try lra.
  intros c' y Hc' Hy; specialize (Htau c' Hc').
  assert (Behind := delay_behind J N M eps eta (c 0%nat) a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep D y He HP HS Hsens HK Hc0 B0 HD Hy); lra.
Qed.
