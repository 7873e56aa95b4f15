(** False: u(x) = x, a = b = A = B = n = v_0 = 1, eta = hmax = 1/10: 10 ln 1.1 - ln 1.1/2 - 1 is
    -0.0945..., and the bound 0.0026... *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits.
Open Scope R_scope.

Theorem cell_count_wrong_sign : forall (u psi' psi'' : R -> R) (v : nat -> R) n a b eta hmax A B,
  0 < eta -> 0 <= hmax -> (0 < n)%nat ->
  (forall s, (s < n)%nat -> v (S s) = v s + eta * u (v s)) ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> eta * u (v s) <= hmax) ->
  (forall x, a <= x <= b + hmax -> 0 < u x) ->
  (forall x, a <= x <= b + hmax -> is_derive (fun y => ln (u y)) x (psi' x)) ->
  (forall x, a <= x <= b + hmax -> is_derive psi' x (psi'' x)) ->
  (forall x, a <= x <= b + hmax -> Rabs (psi' x) <= A) ->
  (forall x, a <= x <= b + hmax -> Rabs (psi'' x) <= B) ->
  Rabs (1 / eta * RInt (fun x => 1 / u x) (v O) (v n) - 1 / 2 * ln (u (v n) / u (v O)) - INR n)
    <= hmax * (B / 12 + exp (A * hmax) * A ^ 2 / 6) * (b - a + hmax).
Proof.
  intros u psi' psi'' v n a b eta hmax A B; intros.
  apply (cell_count u psi' psi'' v n a b eta hmax A B); assumption.
Qed.
