(** For the refutation of a variant of the count from what the code checks: the speed is 1, as in
    InstancesCount.v; nothing delays, and the bounds of the drift are those of one squared difference.  The instance
    of that count, with a delay, is in InstancesLinear.v. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks InstancesSteps InstancesCount InstancesDelay.
Open Scope R_scope.

Lemma even_weight : forall d y, 50 <= d -> d / (d + y ^ 2) ^ 2 <= 1.
Proof.
  intros d y H; assert (Y := pow2_ge_0 y); assert (P : 0 < (d + y ^ 2) ^ 2) by (apply pow_lt; lra).
  apply (Rmult_le_reg_r ((d + y ^ 2) ^ 2)); [exact P|unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; nra].
Qed.

Lemma even_chi : chi_moves 1 (1 / 2) (fun _ => 100) 0 2 (fun _ _ => 0) (fun _ _ => 0).
Proof.
  intros c c' y l _ _ _ _; evar_last; [apply (is_derive_const (V := R_NormedModule) 0)|].
  unfold zero; simpl; unfold Rdiv; ring.
Qed.

Lemma even_kernels : kernels_fit 1 1 1 (1 / 2) (1 / 10) (fun _ => 100) INR even_r (fun _ => 1) (fun _ => 0) (fun _ _ => / 50)
  (fun _ _ => 1) (fun _ _ => 0) (fun _ _ => 0) (fun _ => 0%nat) (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 2)
  (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1) (fun _ => 2) 0.
Proof.
  split; [intros; lia|]; do 4 (split; [intros; lra|]); split; [|split; [intros; lra|split; [intros; lra|split]]].
  - intros i y _ _; split; [lra|split; [|split]].
    + intros d Hd; rewrite Rabs_R0; split; [lra|split; [lra|]].
      destruct (Hd 0%nat ltac:(lia)) as [D _]; assert (W := even_weight (d 0%nat) y ltac:(lra)); cbn [total]; lra.
    + intros g Hg; replace g with 0%nat by lia; unfold in_group; cbn [total Nat.eqb].
      assert (W := even_weight 100 y ltac:(lra)); lra.
    + intros j _; assert (Y := pow2_ge_0 y); assert (E : y ^ 2 = Rabs y ^ 2) by (symmetry; apply pow2_abs).
      apply (Rmult_le_reg_r (100 + y ^ 2)); [lra|unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra].
      assert (0 <= (Rabs y - 1) ^ 2) by apply pow2_ge_0; nra.
  - intros i _; cbn [total]; lra.
  - intros i j Hi _; destruct i as [|[|i]]; [| |lia]; simpl; lra.
Qed.

Lemma even_checked_error : total 2 (fun i => checked_error 1 1 (1 / 2) (1 / 10) INR even_r (fun _ => 1) (fun _ => 0)
  (fun _ _ => 1) (fun _ _ => 1) (fun _ _ => 2) (fun _ => 1) (fun _ => 0) (fun _ => 0) (fun _ => 1) (fun _ => 2) 0 i
  * (INR (S i) - INR i)) = 0.
Proof.
  unfold checked_error, delay_error, over_later, kernel_drift, kernel_slope; simpl; unfold Rdiv; ring.
Qed.
