(** A step of gradient descent on the error, to first order: E - eta M E with M symmetric.  If eta M is between 0 and 1 and
    at least 1 - s on E and on what becomes of it, the error shrinks by the factor s. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers.
Open Scope R_scope.

(** The gradient of layer l if the error were F. *)
Definition error_gradient (d n : nat) (W : nat -> nat -> nat -> R) (F : nat -> nat -> R) (l : nat) : nat -> nat -> R :=
  gradient d (S n) (msub (chain d W (S n)) F) W l.

Lemma error_residual : forall d n W F, residual d (S n) (msub (chain d W (S n)) F) W = F.
Proof. intros; pointwise i; pointwise j; unfold residual, msub; ring. Qed.

Lemma gradient_of_error : forall d n Phi W l, error_gradient d n W (residual d (S n) Phi W) l = gradient d (S n) Phi W l.
Proof. intros; unfold error_gradient, gradient; rewrite error_residual; reflexivity. Qed.

Lemma mul_scal_right : forall d c A B, mul d A (mscal c B) = mscal c (mul d A B).
Proof. intros; pointwise i; pointwise j; apply dot_scal_r. Qed.

Lemma error_linear : forall d n W E F c l,
  error_gradient d n W (madd E (mscal c F)) l = madd (error_gradient d n W E l) (mscal c (error_gradient d n W F l)).
Proof.
  intros d n W E F c l; unfold error_gradient, gradient; rewrite !error_residual.
  assert (B : forall k j, back d W j k (madd E (mscal c F)) = madd (back d W j k E) (mscal c (back d W j k F))).
  { induction k as [|k IH]; intros j; [reflexivity|]; simpl back; rewrite IH, mul_add_r, mul_scal_right; reflexivity. }
  rewrite B, mul_add_l, mul_scal_l; reflexivity.
Qed.

(** Each layer may have its own step size; 0 for layers that are not trained. *)
Lemma errors_contract : forall d n (eta : nat -> R) W E s,
  let Q := fun F => total (S n) (fun l => eta l * inner d (error_gradient d n W F l) (error_gradient d n W F l)) in
  let K := madd E (chain_slope d W (fun l => mscal (- eta l) (error_gradient d n W E l)) (S n)) in
  0 < s -> (forall F, Q F <= inner d F F) -> inner d E E - Q E <= s * inner d E E -> inner d K K - Q K <= s * inner d K K ->
  frobenius d K <= s * frobenius d E.
Proof.
  intros d n eta W E s Q K s0 Up LE LK.
  set (T := total (S n) (fun l => eta l * inner d (error_gradient d n W K l) (error_gradient d n W E l))).
  assert (Form : forall F, inner d F K = inner d F E
    - total (S n) (fun l => eta l * inner d (error_gradient d n W F l) (error_gradient d n W E l))).
  { intros F; unfold K; rewrite inner_add_r; rewrite <- (error_residual d n W F) at 2; rewrite slope_is_gradient.
    rewrite (total_ext (S n) _ (fun l => -1 * (eta l * inner d (error_gradient d n W F l) (error_gradient d n W E l))))
      by (intros l _; rewrite inner_scal_r; unfold error_gradient; ring).
    rewrite total_scal; ring. }
  assert (EK := Form E); assert (KK := Form K); fold (Q E) in EK; fold T in KK.
  assert (Sq : Q (madd E (mscal (- / s) K)) = Q E - 2 / s * T + / s ^ 2 * Q K).
  { unfold Q, T; rewrite <- !total_scal, <- total_minus, <- total_plus; apply total_ext; intros l _; rewrite error_linear.
    rewrite !inner_add_l, !inner_add_r, !inner_scal_l, !inner_scal_r, (inner_comm d (error_gradient d n W E l) (error_gradient d n W K l)).
    field; lra. }
  assert (In : inner d (madd E (mscal (- / s) K)) (madd E (mscal (- / s) K))
    = inner d E E - 2 / s * inner d K E + / s ^ 2 * inner d K K).
  { rewrite !inner_add_l, !inner_add_r, !inner_scal_l, !inner_scal_r, (inner_comm d E K); field; lra. }
  assert (P := Up (madd E (mscal (- / s) K))); rewrite Sq, In in P.
  set (k := inner d K K) in *; set (x := inner d K E) in *.
  assert (R : k <= s * (inner d E E - Q E)).
  { apply (Rmult_le_reg_r (/ s)); [apply Rinv_0_lt_compat; exact s0|].
    replace (s * (inner d E E - Q E) * / s) with (inner d E E - Q E) by (field; lra).
    assert (X : / s ^ 2 * (k - Q K) <= k * / s).
    { apply Rle_trans with (/ s ^ 2 * (s * k)); [|right; field; lra].
      apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat, pow_lt; exact s0|exact LK]. }
    assert (Z : 2 / s * k = 2 / s * x - 2 / s * T) by (rewrite KK; ring).
    assert (V : 2 / s * k = 2 * (k * / s)) by (field; lra); lra. }
  apply below_by_square; [apply Rmult_le_pos; [lra|apply frobenius_nonneg]|].
  rewrite Rpow_mult_distr, !frobenius_square; fold K k.
  assert (s * (inner d E E - Q E) <= s * (s * inner d E E)) by (apply Rmult_le_compat_l; lra).
  simpl; lra.
Qed.
