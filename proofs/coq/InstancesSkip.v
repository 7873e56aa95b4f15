(** Instances, continued: where the last iterate of a skip is. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks
  CountFormula ReducedSpeed CountDescent CountQuadrature SkipPlace.
Open Scope R_scope.

(** The place of the last iterate: one weight, f' = - exp, so that u = exp, near the exit 0 *)
Definition swelling (p : R) : R := - exp p.

Lemma swelling_speed : forall c y, reduced_speed 0 1 swelling c y = exp y.
Proof. intros; unfold reduced_speed, reduced_product, root, swelling; cbn [product]; replace (1 * (y * 1)) with y by ring; ring. Qed.

Lemma swelling_first : forall c y, reduced_first 0 1 swelling swelling c y = 1.
Proof.
  intros; unfold reduced_first, slopes, root, swelling; cbn [product total]; assert (P := exp_pos (reduced_product 0 1 c y)); field; lra.
Qed.

Lemma swelling_second : forall c y, reduced_second 0 1 swelling swelling swelling c y = 0.
Proof.
  intros; unfold reduced_second, slopes, bends, root, swelling; cbn [product total]; assert (P := exp_pos (reduced_product 0 1 c y)); field; lra.
Qed.

Lemma swelling_good : forall c y, good_place 0 1 swelling swelling swelling c y.
Proof.
  intros c y; split; [rewrite swelling_speed; apply exp_pos|]; split; [|intros j Hj; lia].
  split; unfold swelling; auto_derive; trivial; ring.
Qed.

Lemma swelling_near : forall c, slow_near 0 1 swelling swelling swelling c (9 / 10) 1 2 0 (0 - 1 / 10) 0.
Proof.
  intros c y Hy; split; [apply swelling_good|]; rewrite swelling_speed; split; [|split; [|simpl; lra]].
  - assert (E := exp_ineq1_le y); split; [lra|]; rewrite <- exp_0; apply exp_le_compat; lra.
  - unfold reduced_chi, reduced_product, root, swelling; cbn [product]; replace (1 * (y * 1)) with y by ring; assert (P := exp_pos y).
    replace (1 + y * (- exp y / - exp y)) with (1 + y) by (field; lra); apply Rabs_le; lra.
Qed.

Lemma swelling_rate : forall c v, is_derive (fun _ : R => 0) v (delay_rate 0 (reduced_speed 0 1 swelling) (reduced_chi 0 1 swelling swelling) c 0 v).
Proof.
  intros c v; unfold delay_rate; rewrite (RInt_ext _ (fun _ => 0)).
  - rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; rewrite !Rmult_0_r; apply (is_derive_const (V := R_NormedModule) 0).
  - intros y _; unfold delay_kernel, kappa; cbn [total]; unfold Rdiv; rewrite Rmult_0_r, Rmult_0_l; reflexivity.
Qed.

Definition swelling_count : R := 1 / 1 * RInt (fun z => 1 / reduced_speed 0 1 swelling (fun _ => 0) z) (0 - 1 / 10) 0
  + 1 / 2 * ln (reduced_speed 0 1 swelling (fun _ => 0) 0 / reduced_speed 0 1 swelling (fun _ => 0) (0 - 1 / 10)).

Lemma skip_place_instance : exists (J n : nat) (sigma : R) (f' f'' f''' : R -> R) (c0 c : nat -> R) (D : R -> R)
    (u : (nat -> R) -> R -> R)
    (eta exit t widest slope second slow fast X weight T error : R),
  u = reduced_speed J sigma f' /\ slope = reduced_first J sigma f' f'' c exit /\ 0 < eta /\ 0 <= t <= widest /\ 0 <= second /\ 0 < slow /\ 0 <= weight /\ (forall j, (j < J)%nat -> 0 <= c0 j) /\
  (forall y, exit - widest <= y <= exit -> good_place J sigma f' f'' f''' c y /\ Rabs (reduced_second J sigma f' f'' f''' c y) <= second) /\
  slow_near J sigma f' f'' f''' c0 slow fast X weight (exit - widest) exit /\
  (forall v, exit - widest <= v <= exit -> is_derive D v (delay_rate J u (reduced_chi J sigma f' f'') c0 exit v)) /\
  Rabs (1 / eta * RInt (fun z => 1 / u c z) (exit - t) exit + 1 / 2 * ln (u c exit / u c (exit - t)) - (T + D (exit - t) - INR n)) <= error.
Proof.
  exists 0%nat, 0%nat, 1, swelling, swelling, swelling, (fun _ => 0), (fun _ => 0), (fun _ => 0), (reduced_speed 0 1 swelling), 1, 0, (1 / 10), (1 / 10), 1, 0, (9 / 10), 1, 2, 0, swelling_count, 0.
  split; [reflexivity|]; split; [symmetry; apply swelling_first|]; do 5 (split; [lra|]); split; [intros j Hj; lia|]; split; [|split; [apply swelling_near|split; [intros v _; apply swelling_rate|]]].
  - intros y _; split; [apply swelling_good|rewrite swelling_second, Rabs_R0; lra].
  - fold swelling_count; replace (swelling_count - (swelling_count + 0 - INR 0)) with 0 by (simpl; ring); rewrite Rabs_R0; lra.
Qed.
