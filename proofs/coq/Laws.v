(** The first absolute moment of the two laws of Shamir's Lemma 1, by integration. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** The standard normal law, and the uniform law on [-sqrt 3, sqrt 3]; both are even, so that
    E|w| is twice the integral over x > 0. *)
Definition normal_density (x : R) : R := exp (- x ^ 2 / 2) / sqrt (2 * PI).
Definition uniform_density : R := 1 / (2 * sqrt 3).

(** E (|w|; |w| <= T) = sqrt (2/pi) (1 - e^(-T^2/2)), which tends to sqrt (2/pi). *)
Theorem gaussian_mean_abs : forall T, 0 <= T ->
  is_RInt (fun x => 2 * (x * normal_density x)) 0 T (sqrt (2 / PI) * (1 - exp (- T ^ 2 / 2))).
Proof.
  intros T HT.
  assert (P : 0 < PI) by apply PI_RGT_0.
  assert (S2 : 0 < sqrt (2 * PI)) by (apply sqrt_lt_R0; lra).
  assert (E : sqrt (2 / PI) = 2 / sqrt (2 * PI)).
  { apply (Rmult_eq_reg_r (sqrt (2 * PI))); [|lra].
    rewrite <- sqrt_mult_alt by (left; apply Rdiv_lt_0_compat; lra).
    replace (2 / PI * (2 * PI)) with (2 * 2) by (field; lra).
    rewrite sqrt_square by lra; field; lra. }
  rewrite E.
  replace (2 / sqrt (2 * PI) * (1 - exp (- T ^ 2 / 2))) with
    (minus (- (2 / sqrt (2 * PI)) * exp (- T ^ 2 / 2)) (- (2 / sqrt (2 * PI)) * exp (- 0 ^ 2 / 2))).
  - apply (is_RInt_derive (fun x => - (2 / sqrt (2 * PI)) * exp (- x ^ 2 / 2))).
    + intros x _; unfold normal_density; auto_derive; [trivial|].
      replace (- (x * (x * 1)) * / 2) with (- x ^ 2 / 2) by (simpl; field).
      simpl; field; lra.
    + intros x _; apply (ex_derive_continuous (fun x => 2 * (x * normal_density x))).
      unfold normal_density; auto_derive; lra.
  - replace (exp (- 0 ^ 2 / 2)) with 1
      by (replace (- 0 ^ 2 / 2) with 0 by (simpl; field); now rewrite exp_0).
    unfold minus, plus, opp; simpl; ring.
Qed.

Theorem uniform_mean_abs :
  is_RInt (fun x => 2 * (x * uniform_density)) 0 (sqrt 3) (sqrt 3 / 2).
Proof.
  assert (S3 : 0 < sqrt 3) by (apply sqrt_lt_R0; lra).
  replace (sqrt 3 / 2) with (minus (sqrt 3 ^ 2 * (1 / (2 * sqrt 3))) (0 ^ 2 * (1 / (2 * sqrt 3))))
    by (unfold minus, plus, opp; simpl; field; lra).
  apply (is_RInt_derive (fun x => x ^ 2 * (1 / (2 * sqrt 3)))).
  - intros x _; unfold uniform_density; auto_derive; [lra|field; lra].
  - intros x _; apply (ex_derive_continuous (fun x => 2 * (x * uniform_density))).
    auto_derive; trivial.
Qed.
