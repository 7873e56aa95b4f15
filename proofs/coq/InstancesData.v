(** Instances, continued: wide networks on data that are neither of full column rank nor fitted. One input, one output and
    two samples (3/10, 4/10), rotated onto (1/2, 0); two layers of one number, 2 each; the targets are 4 - 1/200 times the
    samples, and (-4/5, 3/5) that no layers reach, whence the best loss is 1/2. *)
From Coq Require Import Reals Lra Lia Arith Psatz List.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin WideBlocks Wide WideDescent WideTheorem.
From Lemmata Require Import Expectation AnyLaw WidePapers WideData Refutations RefutationsAnyLaw RefutationsWide InstancesSteps InstancesWide.
Open Scope R_scope.

(** A two by two matrix. *)
Definition square (p q u v : R) (i j : nat) : R :=
  match i, j with
  | 0%nat, 0%nat => p
  | 0%nat, 1%nat => q
  | 1%nat, 0%nat => u
  | 1%nat, 1%nat => v
  | _, _ => 0
  end.

Definition samples : nat -> nat -> R := square (3 / 10) (4 / 10) 0 0.
Definition turn : nat -> nat -> R := square (3 / 5) (- (4 / 5)) (4 / 5) (3 / 5).
Definition least_fit : nat -> nat -> R := square (4 - 1 / 200) 0 0 0.
Definition targets : nat -> nat -> R := madd (mul 2 least_fit samples) (square (- (4 / 5)) (3 / 5) 0 0).
Definition narrow_layers (l : nat) : nat -> nat -> R := match l with O => samples | _ => square 2 0 0 0 end.

Ltac flat := unfold block; cbn [chain]; unfold rotated, narrow_layers, targets, least_fit, samples, turn, square, tr, mv, mul, madd, msub, dot,
  unit_matrix in *; simpl in *.

Ltac both := intros i j Hi Hj; destruct i as [|[|i]]; [| |lia]; (destruct j as [|[|j]]; [| |lia]).

Lemma turn_orthogonal : orthogonal 2 turn.
Proof. both; flat; field. Qed.

Lemma targets_fitted : fitted 2 samples targets least_fit.
Proof. both; flat; field. Qed.

Lemma rotated_shape : wide_shape 2 1 1 2 (mul 2 (mul 2 least_fit samples) turn) (rotated 2 turn narrow_layers).
Proof.
  repeat split; intros i j Hi Hj; replace j with 1%nat by lia; (destruct i as [|[|i]]; [| |lia]); flat; field.
Qed.

Lemma rotated_bounds : forall a b, 1 <= a -> 0 <= b <= 1 ->
  wide_bounds 2 1 1 2 (rotated 2 turn narrow_layers) 2 a b (1 / 2) (1 / 2) 1.
Proof.
  intros a b Ha Hb.
  assert (a2 : 1 <= a ^ 2) by (rewrite <- (pow1 2); apply pow_incr; lra).
  assert (b2 : 0 <= b ^ 2 <= 1) by (split; [apply pow2_ge_0|rewrite <- (pow1 2); apply pow_incr; lra]).
  assert (Up : forall c x, 0 <= c -> c * x 0%nat ^ 2 <= a ^ 2 * c * dot 2 x x).
  { intros c x Hc; unfold dot; simpl total.
    assert (X0 := pow2_ge_0 (x 0%nat)); assert (X1 := pow2_ge_0 (x 1%nat)).
    assert (c * x 0%nat ^ 2 <= a ^ 2 * (c * x 0%nat ^ 2)).
    { rewrite <- (Rmult_1_l (c * x 0%nat ^ 2)) at 1; apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption|exact a2]. }
    assert (0 <= a ^ 2 * c * x 1%nat ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|exact X1]); lra. }
  assert (Low : forall c x, 0 <= c -> supported 2 1 x -> b ^ 2 * c * dot 2 x x <= c * x 0%nat ^ 2).
  { intros c x Hc Hx; unfold dot; simpl total; rewrite (Hx 1%nat) by lia; assert (X0 := pow2_ge_0 (x 0%nat)).
    assert (b ^ 2 * (c * x 0%nat ^ 2) <= 1 * (c * x 0%nat ^ 2))
      by (apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption|lra]); lra. }
  split; [|split].
  - intros q Hq; destruct q as [|[|q]]; [| |lia]; split.
    + intros x; change (block 2 (rotated 2 turn narrow_layers) (3 - 0) 0) with unit_matrix; rewrite norm_unit.
      apply (Rle_trans _ (1 * dot 2 x x)); [lra|]; apply Rmult_le_compat_r; [apply dot_nonneg|simpl in *; lra].
    + intros y _; change (block 2 (rotated 2 turn narrow_layers) (3 - 0) 0) with unit_matrix; rewrite tr_unit, norm_unit.
      apply (Rle_trans _ (1 * dot 2 y y)); [|lra]; apply Rmult_le_compat_r; [apply dot_nonneg|simpl in *; lra].
    + intros x; assert (U := Up 4 x ltac:(lra)); eapply Rle_trans; [right|eapply Rle_trans; [exact U|right]]; flat; field.
    + intros y Hy; assert (U := Low 4 y ltac:(lra) Hy); eapply Rle_trans; [right|eapply Rle_trans; [exact U|right]]; flat; field.
  - intros q Hq; destruct q as [|[|q]]; [| |lia]; split.
    + intros x; assert (U := Up (1 / 4) x ltac:(lra)); eapply Rle_trans; [right|eapply Rle_trans; [exact U|right]]; flat; field.
    + intros y Hy; assert (U := Low (1 / 4) y ltac:(lra) Hy); eapply Rle_trans; [right|eapply Rle_trans; [exact U|right]]; flat; field.
    + intros x; assert (U := Up 1 x ltac:(lra)); eapply Rle_trans; [right|eapply Rle_trans; [exact U|right]]; flat; field.
    + intros y Hy; assert (U := Low 1 y ltac:(lra) Hy); eapply Rle_trans; [right|eapply Rle_trans; [exact U|right]]; flat; field.
  - intros j k Hj Hk; replace k with 0%nat by lia; intros x; unfold block; simpl chain; rewrite norm_unit; simpl; lra.
Qed.

Lemma rotated_error : frobenius 2 (residual 2 3 (mul 2 (mul 2 least_fit samples) turn) (rotated 2 turn narrow_layers)) = 1 / 400.
Proof.
  transitivity (sqrt ((1 / 400) ^ 2)); [unfold frobenius; f_equal|apply sqrt_pow2; lra].
  unfold residual, chain, inner; flat; field.
Qed.

Lemma rotated_start : forall a b e, 1 <= a -> 0 <= b <= 1 -> 1 / 400 <= e -> good_start 2 1 1 2 (mul 2 (mul 2 least_fit samples) turn)
  (rotated 2 turn narrow_layers) 2 a b (1 / 2) (1 / 2) 1 e.
Proof.
  intros a b e Ha Hb He; split; [apply rotated_shape|split; [apply rotated_bounds; assumption|rewrite rotated_error; lra]].
Qed.

Lemma du_hu_any_data_instance :
  exists (k : nat) (P : weights k) (start : (nat -> R) -> nat -> nat -> nat -> R) (d p r L : nat)
    (X Y Phi V : nat -> nat -> R) (eta s sigma tau M e0 delta radius nu mu : R),
    orthogonal d V /\ fitted d X Y Phi /\ (forall w : nat -> R, start w 0%nat = X) /\
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 1 <= M /\ 0 < eta /\
    nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\ radius = 25 / 2 * nu * e0 / (INR L * mu ^ 2) /\
    24 * sigma * ((1 + radius * M / s) ^ L - 1) <= tau /\ eta * INR L * nu ^ 2 <= 1 / 3 /\
    at_most P (fun w : nat -> R => ~ good_start d p r L (mul d (mul d Phi X) V) (rotated d V (start w)) s (6 / 5) (4 / 5) sigma
      tau M e0) delta.
Proof.
  exists 1%nat, (signed_weights 1 1), (fun _ => narrow_layers), 2%nat, 1%nat, 1%nat, 2%nat, samples, targets, least_fit, turn,
    (1 / 6), 2, (1 / 2), (1 / 2), 1, (3299 / 500000), 0, (3299 / 80000), 1, 1.
  split; [exact turn_orthogonal|split; [exact targets_fitted|split; [reflexivity|]]].
  parts; try two_side.
  apply surely_not; intros w N; apply N, rotated_start; lra.
Qed.

Lemma hu_xiao_pennington_any_data_instance :
  exists (k : nat) (P : weights k) (start : (nat -> R) -> nat -> nat -> nat -> R) (d p r L : nat)
    (X Y Phi V : nat -> nat -> R) (eta s sigma tau e0 delta radius nu mu : R),
    orthogonal d V /\ fitted d X Y Phi /\ (forall w : nat -> R, start w 0%nat = X) /\
    (1 <= L)%nat /\ 0 < s /\ 0 < tau <= sigma /\ 0 < eta /\
    nu = sigma * s ^ (L - 1) /\ mu = tau * s ^ (L - 1) /\ radius = 121 / 25 * nu * e0 / (INR L * mu ^ 2) /\
    10 * sigma * ((1 + radius / s) ^ L - 1) <= tau /\ eta * INR L * nu ^ 2 <= 1 / 2 /\
    at_most P (fun w : nat -> R => ~ good_start d p r L (mul d (mul d Phi X) V) (rotated d V (start w)) s 1 1 sigma tau 1 e0)
      delta.
Proof.
  exists 1%nat, (signed_weights 1 1), (fun _ => narrow_layers), 2%nat, 1%nat, 1%nat, 2%nat, samples, targets, least_fit, turn,
    (1 / 4), 2, (1 / 2), (1 / 2), (4033 / 100000), 0, (487993 / 5000000), 1, 1.
  split; [exact turn_orthogonal|split; [exact targets_fitted|split; [reflexivity|]]].
  parts; try two_side.
  apply surely_not; intros w N; apply N, rotated_start; lra.
Qed.
