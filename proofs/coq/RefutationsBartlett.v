(** The false variants of the theorems of Bartlett, Helmbold and Long on matrices are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
From Lemmata Require Import Refutations.
Import ListNotations.
Open Scope R_scope.

(** ** Targets that are not symmetric: [corner] is ((0, 1), (0, 0)) *)

Lemma spectral_theorem_every_matrix_is_false : ~ (forall (d : nat) (A : nat -> nat -> R), (1 <= d)%nat ->
  exists Q a, orthogonal d Q /\ same d A (mul d Q (mul d (diagonal a) (tr Q)))).
Proof.
  intros H; destruct (H 2%nat corner ltac:(lia)) as [Q [a [_ S]]].
  assert (E := S 0%nat 1%nat ltac:(lia) ltac:(lia)); assert (F := S 1%nat 0%nat ltac:(lia) ltac:(lia)).
  unfold corner, mul, dot, tr, diagonal in E, F; simpl in E, F; lra.
Qed.

Lemma corner_layer : layers_descent 2 2 corner (1 / 2) (fun _ => unit_matrix) 2 0%nat 1%nat 0%nat = -1 / 16.
Proof. simpl layers_descent; compute_layers; unfold corner; simpl; field. Qed.

Lemma bartlett_reduction_every_target_is_false : ~ (forall d L Phi eta v lambda t l,
  eigen d Phi v lambda -> (l < L)%nat ->
  eigen d (layers_descent d L Phi eta (fun _ => unit_matrix) t l) v (layer eta L lambda t)).
Proof.
  intros H.
  assert (E := H 2%nat 2%nat corner (1 / 2) (fun i => if Nat.eqb i 0 then 1 else 0) 0 2%nat 0%nat).
  assert (Z : eigen 2 corner (fun i => if Nat.eqb i 0 then 1 else 0) 0).
  { intros [|[|i]] Hi; [| |lia]; unfold mv, dot, corner; simpl; ring. }
  specialize (E Z ltac:(lia) 1%nat ltac:(lia)); assert (C := corner_layer).
  set (V := layers_descent 2 2 corner (1 / 2) (fun _ => unit_matrix) 2) in *.
  unfold mv, dot in E; simpl total in E; simpl Nat.eqb in E; cbv iota in E; lra.
Qed.

Lemma corner_polynomial : forall c, matrix_polynomial 2 c corner 1%nat 0%nat = 0.
Proof.
  induction c as [|a c IH]; [reflexivity|]; simpl; unfold madd, mscal, mul, dot, corner, unit_matrix; simpl; ring.
Qed.

Lemma bartlett_layers_polynomial_every_target_is_false : ~ (forall eta L t, exists c, forall d Phi l,
  (l < L)%nat ->
  same d (layers_descent d L Phi eta (fun _ => unit_matrix) t l) (matrix_polynomial d c Phi)).
Proof.
  intros H; destruct (H (1 / 2) 2%nat 2%nat) as [c E].
  specialize (E 2%nat corner 0%nat ltac:(lia) 1%nat 0%nat ltac:(lia) ltac:(lia)).
  rewrite corner_layer, corner_polynomial in E; lra.
Qed.

(** ** One number: Phi = 2, one layer *)

Lemma number_symmetric : forall x, symmetric 1 (number x).
Proof. intros x i j _ _; reflexivity. Qed.

Lemma number_form : forall x y, dot 1 y (mv 1 (number x) y) = x * dot 1 y y.
Proof. intros; unfold mv, dot, number; simpl; ring. Qed.

Lemma number_eigen : forall x, eigen 1 (number x) (fun _ => 1) x.
Proof. intros x i Hi; unfold mv, dot, number; simpl; ring. Qed.

Lemma start_error : frobenius 1 (msub unit_matrix (number 2)) = 1.
Proof.
  unfold frobenius, inner, dot, msub, unit_matrix, number; simpl.
  replace (0 + (0 + (1 - 2) * (1 - 2))) with 1 by ring; apply sqrt_1.
Qed.

Lemma first_error : forall eta,
  frobenius 1 (residual 1 1 (number 2) (layers_descent 1 1 (number 2) eta (fun _ => unit_matrix) 1)) ^ 2
    = (1 - eta) ^ 2.
Proof. intros; rewrite frobenius_square; simpl layers_descent; compute_layers; ring. Qed.

Lemma bartlett_positive_rate_doubled_is_false : ~ (forall d L Phi eta m P t,
  (1 <= L)%nat -> symmetric d Phi -> 0 < m <= 1 -> 1 <= P ->
  (forall x, m ^ L * dot d x x <= dot d x (mv d Phi x) <= P ^ L * dot d x x) ->
  0 < eta -> eta * INR L * P ^ (2 * L - 2) <= 1 ->
  frobenius d (residual d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t))
    <= (1 - 2 * eta * INR L * m ^ (2 * L - 2)) ^ t * frobenius d (msub unit_matrix Phi)).
Proof.
  intros H.
  specialize (H 1%nat 1%nat (number 2) (1 / 4) 1 2 1%nat ltac:(lia) (number_symmetric 2) ltac:(lra) ltac:(lra)).
  specialize (H ltac:(intros x; rewrite number_form; assert (N := dot_nonneg 1 x); simpl pow; lra)
    ltac:(lra) ltac:(simpl; lra)).
  rewrite start_error in H; assert (E := first_error (1 / 4)).
  set (f := frobenius 1 _) in *; assert (N : 0 <= f) by apply frobenius_nonneg; simpl in H, E; nra.
Qed.

Lemma bartlett_positive_rate_threefold_step_is_false : ~ (forall d L Phi eta m P t,
  (1 <= L)%nat -> symmetric d Phi -> 0 < m <= 1 -> 1 <= P ->
  (forall x, m ^ L * dot d x x <= dot d x (mv d Phi x) <= P ^ L * dot d x x) ->
  0 < eta -> eta * INR L * P ^ (2 * L - 2) <= 3 ->
  frobenius d (residual d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t))
    <= (1 - eta * INR L * m ^ (2 * L - 2)) ^ t * frobenius d (msub unit_matrix Phi)).
Proof.
  intros H.
  specialize (H 1%nat 1%nat (number 2) 3 1 2 1%nat ltac:(lia) (number_symmetric 2) ltac:(lra) ltac:(lra)).
  specialize (H ltac:(intros x; rewrite number_form; assert (N := dot_nonneg 1 x); simpl pow; lra)
    ltac:(lra) ltac:(simpl; lra)).
  rewrite start_error in H.
  set (f := frobenius 1 _) in *; assert (N : 0 <= f) by apply frobenius_nonneg; simpl in H; lra.
Qed.

Lemma bartlett_positive_steps_quarter_is_false : ~ (forall d L Phi eta mu s eps T,
  (1 <= L)%nat -> symmetric d Phi -> 0 < mu <= 1 -> 0 <= s -> bounded d Phi s ->
  (forall x, mu * dot d x x <= dot d x (mv d Phi x)) ->
  0 < eta -> eta * INR L * (1 + s) <= 1 -> 0 < eps ->
  ln (loss d L Phi (fun _ => unit_matrix) / eps) / (8 * eta * INR L * mu ^ 2) <= INR T ->
  loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) T) <= eps).
Proof.
  intros H.
  specialize (H 1%nat 1%nat (number 2) (1 / 5) 1 4 (1 / 4) 1%nat ltac:(lia) (number_symmetric 2)
    ltac:(lra) ltac:(lra)).
  assert (E : ln 2 <= 1).
  { rewrite <- (ln_exp 1); left; apply ln_increasing; [lra|].
    assert (1 + 1 < exp 1) by (apply exp_ineq1; lra); lra. }
  replace (loss 1 1 (number 2) (fun _ => unit_matrix)) with (1 / 2) in H
    by (compute_layers; field).
  replace (1 / 2 / (1 / 4)) with 2 in H by field.
  specialize (H ltac:(intros x; unfold mv, dot, number; simpl; right; ring)
    ltac:(intros x; rewrite number_form; assert (N := dot_nonneg 1 x); lra)
    ltac:(lra) ltac:(simpl; lra) ltac:(lra) ltac:(simpl; lra)).
  simpl layers_descent in H; compute_layers; lra.
Qed.

(** ** Negative numbers *)

Lemma one_nonzero : exists i, (i < 1)%nat /\ (fun _ : nat => 1) i <> 0.
Proof. exists 0%nat; split; [lia|lra]. Qed.

Lemma bartlett_negative_even_at_odd_is_false : ~ (forall d L Phi eta v mu t,
  Nat.Odd L -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) ->
  0 < mu ->
  mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)).
Proof.
  intros H.
  specialize (H 1%nat 1%nat (number (- (1))) (1 / 2) (fun _ => 1) 1 2%nat ltac:(exists 0%nat; reflexivity)
    (number_symmetric _) one_nonzero (number_eigen _) ltac:(lra)).
  simpl layers_descent in H; compute_layers; lra.
Qed.

Lemma bartlett_negative_any_step_is_false : ~ (forall d L Phi eta v mu t,
  (2 <= L)%nat -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) ->
  0 < mu -> 0 < eta -> eta * mu <= 1 ->
  mu ^ 2 / 2 <= loss d L Phi (layers_descent d L Phi eta (fun _ => unit_matrix) t)).
Proof.
  intros H.
  specialize (H 1%nat 3%nat (number (- (1))) 1 (fun _ => 1) 1 1%nat ltac:(lia) (number_symmetric _)
    one_nonzero (number_eigen _) ltac:(lra) ltac:(lra) ltac:(lra)).
  simpl layers_descent in H; compute_layers; lra.
Qed.
