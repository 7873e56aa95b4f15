(** Numeric constants, by interval arithmetic inside the kernel (multi-precision: no hardware
    floats, so the only extra primitives are 63-bit integers). *)
From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Lemmata Require Import Laws.
Open Scope R_scope.

(** Shamir, Lemma 1: E|w| < 0.8 for the standard normal law, truncated at any T or not. *)
Theorem shamir_lemma_1_gaussian : forall T, 0 <= T ->
  RInt (fun x => 2 * (x * normal_density x)) 0 T < 8 / 10 /\ sqrt (2 / PI) < 8 / 10.
Proof.
  intros T HT.
  assert (C : sqrt (2 / PI) < 8 / 10) by (interval with (i_prec 60)).
  split; [|exact C].
  rewrite (is_RInt_unique _ _ _ _ (gaussian_mean_abs T HT)).
  assert (0 < exp (- T ^ 2 / 2)) by apply exp_pos.
  assert (0 <= sqrt (2 / PI)) by apply sqrt_pos; nra.
Qed.

(** Shamir, Lemma 1: E|w| < 0.9 for the uniform law of unit variance. *)
Theorem shamir_lemma_1_uniform :
  RInt (fun x => 2 * (x * uniform_density)) 0 (sqrt 3) < 9 / 10 /\ sqrt 3 / 2 < 9 / 10.
Proof.
  assert (C : sqrt 3 / 2 < 9 / 10) by (interval with (i_prec 60)).
  split; [|exact C]; rewrite (is_RInt_unique _ _ _ _ uniform_mean_abs); exact C.
Qed.

(** Limits of E ln|w|, the sharp exponents: 1 - ln 3 / 2 for the uniform law, to 12 digits. *)
Theorem uniform_exponent :
  450693855665 / 1000000000000 < 1 - ln 3 / 2 < 450693855666 / 1000000000000.
Proof. split; interval with (i_prec 80). Qed.

(** Bartlett near identity: (3/5) e / 10 = 0.163... < 1/6, and the movement (6/5) e / 10 < 1/3. *)
Theorem near_identity_constants : 6 / 10 * exp 1 / 10 < 1 / 6 /\ 6 / 5 * exp 1 / 10 < 1 / 3.
Proof. split; interval with (i_prec 60). Qed.
