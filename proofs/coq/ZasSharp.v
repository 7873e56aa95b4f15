(** The first step and the first moment from the zero-asymmetric start: only the last layer moves, so
    R(1) = (1 - eta)^2 R(0) and R' = - 2 R at the start, for every size, depth and target. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Gradient Transpose.
Open Scope R_scope.

(** Layers that agree with the start have these gradients. *)
Lemma start_gradient : forall d n Phi W,
  (forall l, (l <= n)%nat -> same d (W l) (zero_asymmetric (S n) l)) ->
  (forall l, (l < n)%nat -> same d (gradient d (S n) Phi W l) (fun _ _ => 0)) /\
  same d (gradient d (S n) Phi W n) (mscal (-1) Phi).
Proof.
  intros d n Phi W H; set (Z := zero_asymmetric (S n)).
  assert (HW : forall l, (l < S n)%nat -> same d (W l) (Z l)) by (intros; apply H; lia).
  assert (C : forall l, (l <= n)%nat -> same d (chain d Z l) unit_matrix).
  { induction l as [|l IH]; intros Hl; [apply same_refl|]; simpl chain; unfold Z at 1.
    rewrite start_inner by lia; eapply same_trans; [apply mul_unit_l|apply IH; lia]. }
  assert (B : forall E k l, (S k + l = S n)%nat -> same d (back d Z l (S k) E) (fun _ _ => 0)).
  { intros E; induction k as [|k IH]; intros l Hl i j Hi Hj; apply total_zero; intros m Hm.
    - replace l with n by lia; unfold Z, tr; rewrite start_last; ring.
    - fold (back d Z (S l)); change (tr (Z l) i m * back d Z (S l) (S k) E m j = 0).
      rewrite (IH (S l) ltac:(lia) m j Hm Hj); ring. }
  split.
  - intros l Hl; eapply same_trans; [apply (gradient_same d (S n) Phi W Z HW); lia|].
    intros i j Hi Hj; apply total_zero; intros k Hk.
    replace (S n - S l)%nat with (S (n - S l)) by lia.
    rewrite (B (residual d (S n) Phi Z) (n - S l)%nat (S l) ltac:(lia) i k Hi Hk); ring.
  - eapply same_trans; [apply (gradient_same d (S n) Phi W Z HW); lia|].
    unfold gradient; rewrite back_last.
    apply same_trans with (mul d (residual d (S n) Phi Z) unit_matrix).
    + apply same_mul; [apply same_refl|]; rewrite <- tr_unit; apply same_tr, C; lia.
    + eapply same_trans; [apply mul_unit_r|]; intros i j Hi Hj; unfold residual, msub, mscal; simpl chain.
      replace (mul d (Z n) (chain d Z n) i j) with 0; [ring|symmetry; apply total_zero; intros k _].
      unfold Z; rewrite start_last; ring.
Qed.

Theorem wu_first_step : forall d L Phi eta, (1 <= L)%nat ->
  loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) 1)
    = (1 - eta) ^ 2 * loss d L Phi (zero_asymmetric L).
Proof.
  intros d L Phi eta HL; destruct L as [|n]; [lia|].
  destruct (start_gradient d n Phi (zero_asymmetric (S n))) as [G1 G2]; [intros; apply same_refl|].
  set (V := layers_descent d (S n) Phi eta (zero_asymmetric (S n)) 1).
  assert (V1 : forall l, (l < n)%nat -> same d (V l) unit_matrix).
  { intros l Hl i j Hi Hj; unfold V; simpl layers_descent; unfold layers_step, msub, mscal.
    rewrite (G1 l Hl i j Hi Hj), start_inner by exact Hl; ring. }
  assert (V2 : same d (V n) (mscal eta Phi)).
  { intros i j Hi Hj; unfold V; simpl layers_descent; unfold layers_step, msub, mscal.
    rewrite (G2 i j Hi Hj), start_last; unfold mscal; ring. }
  assert (C : forall l, (l <= n)%nat -> same d (chain d V l) unit_matrix).
  { induction l as [|l IH]; intros Hl; [apply same_refl|]; simpl chain.
    apply same_trans with (mul d unit_matrix unit_matrix); [apply same_mul; [apply V1|apply IH]; lia|].
    apply mul_unit_l. }
  assert (E : same d (residual d (S n) Phi V) (mscal (eta - 1) Phi)).
  { intros i j Hi Hj; unfold residual, msub; simpl chain.
    rewrite (same_mul d (V n) (chain d V n) (mscal eta Phi) unit_matrix V2 (C n (Nat.le_refl n)) i j Hi Hj).
    rewrite (mul_unit_r d (mscal eta Phi) i j Hi Hj); unfold mscal; ring. }
  rewrite start_loss; unfold loss; rewrite (inner_same d _ _ E), inner_scal_l, inner_scal_r; field.
Qed.

(** So the rate 1 - eta/2 begins exactly with the steps up to 3/2. *)
Theorem zas_first_step_rate : forall d L Phi eta, (1 <= L)%nat ->
  let Rt t := loss d L Phi (layers_descent d L Phi eta (zero_asymmetric L) t) in
  Rt 1%nat = (1 - eta) ^ 2 * Rt 0%nat /\
  (0 < Rt 0%nat -> (Rt 1%nat <= (1 - eta / 2) * Rt 0%nat <-> 0 <= eta <= 3 / 2)).
Proof.
  intros d L Phi eta HL Rt; assert (E : Rt 1%nat = (1 - eta) ^ 2 * Rt 0%nat) by (apply wu_first_step; exact HL).
  split; [exact E|]; intros P; rewrite E; split; intros H.
  - apply Rmult_le_reg_r in H; [|exact P]; split; nra.
  - apply Rmult_le_compat_r; [lra|nra].
Qed.

Theorem wu_flow_slope : forall d L Phi W a b t0,
  (1 <= L)%nat -> is_layers_flow d L Phi W a b -> a < t0 < b ->
  (forall l i j, (l < L)%nat -> (i < d)%nat -> (j < d)%nat -> W l t0 i j = zero_asymmetric L l i j) ->
  is_derive (fun t => loss d L Phi (fun l => W l t)) t0 (- 2 * loss d L Phi (fun l => W l t0)).
Proof.
  intros d L Phi W a b t0 HL H H0 HI; destruct L as [|n]; [lia|].
  destruct (start_gradient d n Phi (fun l => W l t0)) as [G1 G2].
  { intros l Hl i j Hi Hj; apply HI; auto; lia. }
  set (G := gradient d (S n) Phi (fun k => W k t0)) in *.
  replace (- 2 * loss d (S n) Phi (fun l => W l t0)) with (total (S n) (fun l => inner d (G l) (mscal (-1) (G l)))).
  - apply loss_derive; intros l Hl i j Hi Hj; unfold mscal.
    replace (-1 * G l i j) with (- G l i j) by ring; apply H; assumption.
  - rewrite (loss_same d (S n) Phi (fun l => W l t0) (zero_asymmetric (S n)))
      by (intros l Hl i j Hi Hj; apply HI; auto).
    rewrite start_loss; simpl total; rewrite total_zero.
    + rewrite inner_scal_r, (inner_same d _ _ G2), inner_scal_l, inner_scal_r; field.
    + intros l Hl; rewrite inner_scal_r, (inner_same d _ _ (G1 l Hl)).
      unfold inner, dot; rewrite total_zero; [ring|intros i _; apply total_zero; intros; ring].
Qed.
