(** Drift of balanced layers under gradient descent: zas.md, (a), for any start and target. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lemmata Require Import Products Matrix Norms Layers Balance.
Open Scope R_scope.

(** One step adds eta^2 (G_(l+1)^T G_(l+1) - G_l G_l^T) to W_(l+1)^T W_(l+1) - W_l W_l^T, exactly. *)
Theorem layers_balancedness : forall d L Phi eta W l, (S l < L)%nat ->
  let V := layers_step d L Phi eta W in
  let G := gradient d L Phi W in
  msub (mul d (tr (V (S l))) (V (S l))) (mul d (V l) (tr (V l)))
    = madd (msub (mul d (tr (W (S l))) (W (S l))) (mul d (W l) (tr (W l))))
        (mscal (eta ^ 2) (msub (mul d (tr (G (S l))) (G (S l))) (mul d (G l) (tr (G l))))).
Proof.
  intros d L Phi eta W l H V G.
  assert (S1 : mul d (tr (W (S l))) (G (S l)) = mul d (G l) (tr (W l))) by (apply gradient_shared;
    exact H).
  assert (S2 : mul d (tr (G (S l))) (W (S l)) = mul d (W l) (tr (G l))).
  { assert (E := f_equal tr S1); rewrite !tr_mul, !tr_tr in E; exact E. }
  assert (X : forall k, tr (V k) = msub (tr (W k)) (mscal eta (tr (G k)))) by reflexivity.
  assert (R : forall c A B, mul d A (mscal c B) = mscal c (mul d A B)).
  { intros c A B; pointwise i; pointwise j; apply dot_scal_r. }
  rewrite !X; unfold V, layers_step; fold G.
  rewrite !mul_sub_l, !mul_sub_r, !mul_scal_l, !R, S1, S2.
  pointwise i; pointwise j; unfold madd, msub, mscal; ring.
Qed.

Lemma quadratic_form : forall d A x, dot d x (mv d (mul d (tr A) A) x) = dot d (mv d A x) (mv d A x).
Proof. intros; rewrite mv_mul, <- adjoint; reflexivity. Qed.

Lemma difference_form : forall d A B x,
  dot d (mv d A x) (mv d A x) - dot d (mv d (tr B) x) (mv d (tr B) x)
    = dot d x (mv d (msub (mul d (tr A) A) (mul d B (tr B))) x).
Proof.
  intros d A B x; rewrite <- quadratic_form, <- (quadratic_form d (tr B)), tr_tr, <- dot_minus_r.
  f_equal; pointwise i; unfold mv; rewrite <- dot_minus_l; reflexivity.
Qed.

Lemma drift : forall d L Phi eta W l x, (S l < L)%nat ->
  let V := layers_step d L Phi eta W in
  let G := gradient d L Phi W in
  dot d (mv d (V (S l)) x) (mv d (V (S l)) x) - dot d (mv d (tr (V l)) x) (mv d (tr (V l)) x)
    = dot d (mv d (W (S l)) x) (mv d (W (S l)) x) - dot d (mv d (tr (W l)) x) (mv d (tr (W l)) x)
      + eta ^ 2 * (dot d (mv d (G (S l)) x) (mv d (G (S l)) x)
                   - dot d (mv d (tr (G l)) x) (mv d (tr (G l)) x)).
Proof.
  intros d L Phi eta W l x H V G.
  assert (E := layers_balancedness d L Phi eta W l H); cbv zeta in E; fold V G in E.
  assert (Q : forall A B C D c,
    dot d x (mv d (madd (msub (mul d (tr A) A) (mul d (tr B) B)) (mscal c (msub (mul d (tr C) C)
      (mul d (tr D) D)))) x)
    = dot d (mv d A x) (mv d A x) - dot d (mv d B x) (mv d B x)
      + c * (dot d (mv d C x) (mv d C x) - dot d (mv d D x) (mv d D x))).
  { intros A B C D c; rewrite <- !quadratic_form, <- dot_minus_r, <- dot_minus_r, <- dot_scal_r,
    <- dot_plus_r.
    f_equal; pointwise i; unfold mv.
    rewrite <- !dot_minus_l, <- dot_scal_l, <- dot_plus_l; reflexivity. }
  transitivity (dot d x (mv d (msub (mul d (tr (V (S l))) (V (S l))) (mul d (V l) (tr (V l)))) x)).
  - rewrite <- (Rplus_0_r (_ - _)), <- (Rmult_0_l (0 - 0)); symmetry.
    assert (Q0 := Q (V (S l)) (tr (V l)) (fun _ _ => 0) (fun _ _ => 0) 0).
    rewrite Rmult_0_l, Rplus_0_r in Q0; rewrite Rmult_0_l, Rplus_0_r, <- Q0.
    f_equal; f_equal; pointwise i; pointwise j; unfold madd, mscal; rewrite Rmult_0_l, Rplus_0_r.
    reflexivity.
  - rewrite E; exact (Q (W (S l)) (tr (W l)) (G (S l)) (tr (G l)) (eta ^ 2)).
Qed.

(** The squared gradients of layer l up to time t, times eta^2. *)
Definition drifted (d L : nat) (Phi : nat -> nat -> R) (eta : R) (W : nat -> nat -> nat -> R)
  (t l : nat) : R :=
  eta ^ 2 * total t (fun s => inner d (gradient d L Phi (layers_descent d L Phi eta W s) l)
                                     (gradient d L Phi (layers_descent d L Phi eta W s) l)).

Lemma drifted_nonneg : forall d L Phi eta W t l, 0 <= drifted d L Phi eta W t l.
Proof.
  intros; apply Rmult_le_pos; [apply pow2_ge_0|apply total_nonneg; intros; apply inner_nonneg].
Qed.

Lemma drifted_total : forall d L Phi eta W t,
  total L (drifted d L Phi eta W t)
    = eta ^ 2 * total t (fun s => gradient_square d L Phi (layers_descent d L Phi eta W s)).
Proof. intros; unfold drifted, gradient_square; rewrite total_scal, total_swap; reflexivity. Qed.

Lemma drift_bounds : forall d n Phi eta W g a,
  nearly_balanced d n W g a ->
  nearly_balanced d n (layers_step d (S n) Phi eta W) g
    (fun l => a l + eta ^ 2 * inner d (gradient d (S n) Phi W l) (gradient d (S n) Phi W l)).
Proof.
  intros d n Phi eta W g a H l x Hl.
  assert (D := drift d (S n) Phi eta W l x ltac:(lia)); cbv zeta in D.
  destruct (H l x Hl) as [B1 B2].
  set (V := layers_step d (S n) Phi eta W) in *; set (G := gradient d (S n) Phi W) in *.
  assert (E0 : 0 <= eta ^ 2) by apply pow2_ge_0.
  assert (G1 := bounded_frobenius d (G (S l)) x).
  assert (G2 := bounded_tr d (G l) _ (inner_nonneg d (G l)) (bounded_frobenius d (G l)) x).
  apply (Rmult_le_compat_l (eta ^ 2)) in G1; [|exact E0].
  apply (Rmult_le_compat_l (eta ^ 2)) in G2; [|exact E0].
  assert (P1 : 0 <= eta ^ 2 * dot d (mv d (G (S l)) x) (mv d (G (S l)) x))
    by (apply Rmult_le_pos; [exact E0|apply dot_nonneg]).
  assert (P2 : 0 <= eta ^ 2 * dot d (mv d (tr (G l)) x) (mv d (tr (G l)) x))
    by (apply Rmult_le_pos; [exact E0|apply dot_nonneg]).
  split; lra.
Qed.

(** From any start: what the start allows, and the drift. *)
Lemma balanced_at : forall d n Phi eta W g a, nearly_balanced d n W g a -> forall t,
  nearly_balanced d n (layers_descent d (S n) Phi eta W t) g (fun l => a l + drifted d (S n) Phi
    eta W t l).
Proof.
  intros d n Phi eta W g a H; induction t as [|t IH]; intros l x Hl.
  - destruct (H l x Hl) as [B1 B2]; unfold drifted; simpl layers_descent; simpl total; lra.
  - destruct (drift_bounds d n Phi eta _ _ _ IH l x Hl) as [B1 B2]; unfold drifted in *.
    simpl layers_descent; simpl total; lra.
Qed.
