(** The false variants of the numbers of the normal and the uniform law are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Laws.
Open Scope R_scope.

Lemma gaussian_below_079_is_false : ~ (forall T, 0 <= T ->
  RInt (fun x => 2 * (x * normal_density x)) 0 T < 79 / 100 /\ sqrt (2 / PI) < 79 / 100).
Proof.
  intros H; destruct (H 0 ltac:(lra)) as [_ E]; apply (Rlt_not_le _ _ E); interval with (i_prec 60).
Qed.

Lemma uniform_below_086_is_false : ~ (RInt (fun x => 2 * (x * uniform_density)) 0 (sqrt 3) < 86 / 100 /\ sqrt 3 / 2 < 86 / 100).
Proof.
  intros [_ E]; apply (Rlt_not_le _ _ E); interval with (i_prec 60).
Qed.

Lemma uniform_exponent_last_digit_is_false : ~ (450693855666 / 1000000000000 < 1 - ln 3 / 2 < 450693855667 / 1000000000000).
Proof.
  intros [E _]; apply (Rlt_not_le _ _ E); interval with (i_prec 60).
Qed.

Lemma near_identity_below_016_is_false : ~ (6 / 10 * exp 1 / 10 < 4 / 25 /\ 6 / 5 * exp 1 / 10 < 1 / 3).
Proof.
  intros [E _]; apply (Rlt_not_le _ _ E); interval with (i_prec 60).
Qed.

Lemma gaussian_without_half_is_false : ~ (forall T, 0 <= T ->
  is_RInt (fun x => 2 * (x * normal_density x)) 0 T (sqrt (2 / PI) * (1 - exp (- T ^ 2)))).
Proof.
  intros H; specialize (H 1 ltac:(lra)); apply (is_RInt_unique (V := R_CompleteNormedModule)) in H.
  rewrite (is_RInt_unique (V := R_CompleteNormedModule) _ _ _ _ (gaussian_mean_abs 1 ltac:(lra))) in H.
  assert (K : sqrt (2 / PI) * (1 - exp (- 1 ^ 2 / 2)) < sqrt (2 / PI) * (1 - exp (- 1 ^ 2))) by interval with (i_prec 60); lra.
Qed.

Lemma uniform_mean_doubled_is_false : ~ (is_RInt (fun x => 2 * (x * uniform_density)) 0 (sqrt 3) (sqrt 3)).
Proof.
  intros H; apply (is_RInt_unique (V := R_CompleteNormedModule)) in H.
  rewrite (is_RInt_unique (V := R_CompleteNormedModule) _ _ _ _ uniform_mean_abs) in H.
  assert (0 < sqrt 3) by (apply sqrt_lt_R0; lra); lra.
Qed.
