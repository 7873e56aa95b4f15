(** The false variant of the decoupled rate is false: the first step attains the rate. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Margin ZasScalar ZasDecoupled InstancesDecoupled.
Open Scope R_scope.

Lemma zas_decoupled_rate_faster_is_false : ~ (forall d p L Phi eta s t, (2 <= L)%nat -> (p <= d)%nat -> columns d p Phi ->
  0 <= s -> bounded d Phi ((s ^ L) ^ 2) ->
  0 <= eta -> eta * (1 + 2 * INR (L - 1) * Rmin ((s ^ L) ^ 2) (s ^ (2 * L - 2))) <= 1 ->
  let E t := loss d L Phi (layers_descent d L Phi eta (zero_asymmetric_of p L) t) in
  E (S t) <= (1 - 101 / 100 * eta) ^ 2 * E t).
Proof.
  intros H.
  assert (C : columns 1 1 (fun i j => 1)) by (intros i j Hi Hj; lia).
  assert (B : bounded 1 (fun i j => 1) ((1 ^ 2) ^ 2)) by (intros x; unfold dot, mv, dot; simpl; lra).
  assert (Q : 1 / 3 * (1 + 2 * INR (2 - 1) * Rmin ((1 ^ 2) ^ 2) (1 ^ (2 * 2 - 2))) <= 1)
    by (rewrite !pow1, Rmin_left by lra; simpl; lra).
  assert (E := H 1%nat 1%nat 2%nat (fun i j => 1) (1 / 3) 1 0%nat ltac:(lia) ltac:(lia) C ltac:(lra) B ltac:(lra) Q).
  destruct (zas_decoupled_rate 1 1 2 (fun i j => 1) (1 / 3) 1 0 ltac:(lia) ltac:(lia) C ltac:(lra) B ltac:(lra) Q) as [_ A].
  cbv beta zeta in E, A; rewrite A in E.
  assert (L0 : loss 1 2 (fun i j => 1) (layers_descent 1 2 (fun i j => 1) (1 / 3) (zero_asymmetric_of 1 2) 0) = 1 / 2).
  { unfold loss, residual, inner, dot, msub, layers_descent, zero_asymmetric_of, unit_of, chain, mul, dot, unit_matrix; simpl; field. }
  rewrite L0 in E; lra.
Qed.
