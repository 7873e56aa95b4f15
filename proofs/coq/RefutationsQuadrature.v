(** Negations of false variants, continued: quadrature. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Chebyshev Bessel ChebyshevSeries Ellipse EllipseCoefficients Quadrature
  InstancesQuadrature.
Open Scope R_scope.

Lemma gauss_quadrature_less_than_half_is_false : ~ (forall (n : nat) (x w : nat -> R) (F F' : C -> C) (rho M : R),
  (1 <= n)%nat -> gauss_rule n x w -> 1 < rho -> holomorphic (ellipse rho) F F' ->
  (forall z, ellipse rho z -> Cmod (F z) <= M) ->
  Rabs (RInt (fun t => fst (F t)) (-1) 1 - rule n x w (fun t => fst (F t)))
    <= 5 / 2 * M * (/ rho) ^ (2 * n) / (1 - (/ rho) ^ 2)).
Proof.
  intros H; specialize (H 1%nat (fun _ => 0) (fun _ => 2) parabola incline 5 ((5 ^ 2 + / 5 ^ 2) / 2) ltac:(lia)
    midpoint_is_gauss ltac:(lra) (parabola_holomorphic _) (fun z => parabola_bound 5 z ltac:(lra))).
  assert (E : RInt (fun t => fst (parabola t)) (-1) 1 = - (2 / 3)).
  { rewrite (integral_ext _ (fun y => 2 * y * y - 1)) by (intros t; unfold parabola; simpl; ring).
    apply is_RInt_unique; evar_last;
      [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun y => 2 / 3 * y ^ 3 - y) (fun y => 2 * y * y - 1))|].
    - intros y _; auto_derive; [trivial|simpl; field].
    - intros y _; apply (ex_derive_continuous (fun y => 2 * y * y - 1)); auto_derive; trivial.
    - change (2 / 3 * 1 ^ 3 - 1 + - (2 / 3 * (-1) ^ 3 - -1) = - (2 / 3)); field. }
  rewrite E in H; unfold rule in H; simpl in H.
  replace (- (2 / 3) - (0 + 2 * ((2 * 0 - 0 * 0) * 0 - (2 * 0 + 0 * 0) * 0 + - (1)))) with (4 / 3) in H by field.
  rewrite Rabs_pos_eq in H by lra; lra.
Qed.
