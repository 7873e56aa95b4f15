(** The width of Theorem 4.1 of Du and Hu, m >= C L max{r kappa^3 p (1 + phi^2), r kappa^3 ln (r/delta), ln L}, and the logarithms in it. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Convergence.
Open Scope R_scope.

(** The maximum, for kappa = sigma^2/tau^2. *)
Definition width_needed (L p r : nat) (sigma tau phi delta : R) : R :=
  Rmax (Rmax (INR r * (sigma ^ 2 / tau ^ 2) ^ 3 * INR p * (1 + phi ^ 2)) (INR r * (sigma ^ 2 / tau ^ 2) ^ 3 * ln (INR r / delta)))
    (ln (INR L)).

Lemma inverse_delta : forall r delta, (1 <= r)%nat -> 0 < delta < 1 -> 0 <= ln (/ delta) <= ln (INR r / delta).
Proof.
  intros r delta Hr Hd; assert (r1 : 1 <= INR r) by (apply (le_INR 1); exact Hr).
  assert (i1 : 1 < / delta) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
  rewrite <- ln_1; split; apply ln_le; try lra; unfold Rdiv; rewrite <- (Rmult_1_l (/ delta)) at 1; apply Rmult_le_compat_r; lra.
Qed.

(** The failures allowed for the last layer, ln (2/delta), cost little. *)
Lemma output_tail : forall r delta, (1 <= r)%nat -> 0 < delta < 1 -> 0 <= ln (2 / delta) <= 1 + ln (INR r / delta).
Proof.
  intros r delta Hr Hd; destruct (inverse_delta r delta Hr Hd) as [i0 i1]; unfold Rdiv at 1 2.
  rewrite ln_mult by (try apply Rinv_0_lt_compat; lra); assert (E := exp_above_line (ln 2)); rewrite exp_ln in E by lra.
  assert (0 <= ln 2) by (rewrite <- ln_1; apply ln_le; lra); lra.
Qed.
