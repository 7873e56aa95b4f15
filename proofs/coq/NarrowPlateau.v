(** Theorem 5.1 of Hu, Xiao and Pennington: narrow Gaussian networks stay where they are for exponentially many steps. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Geometry Expectation Remainder Convergence Rectangular AnyLaw Independent NormalLaw PaperStarts ChiSquare IndependentBlocks NarrowFactors NarrowLayers NarrowProducts NarrowSums NarrowMoves NarrowDescent.
Open Scope R_scope.

(** With A the layers at the start, one of the bounds that the descent needs does not hold. *)
Definition large_start (n : nat -> nat) {d : nat} (K : layer_bounds d) (L : nat) (rho u s : R) (A : nat -> nat -> nat -> R) : Prop :=
  u < moved_bound n K rho 0 L A \/
  exists l, (l < L)%nat /\ s < moved_bound n K rho (S l) (L - S l) A * moved_bound n K rho 0 l A.

Lemma large_start_rare : forall n d (K : layer_bounds d) L rho u s, (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) -> 0 <= rho -> 0 < u -> 0 < s ->
  let f := rate K + rho * INR d in
  at_most (law_weights (weights_of n L) normal_law) (fun w => large_start n K L rho u s (normal_layers n L w))
    (INR d * f ^ L / u + INR L * (INR d ^ 2 * f ^ (L - 1)) / s).
Proof.
  intros n d K L rho u s HL Hn Hr Hu Hs f; set (P := law_weights (weights_of n L) normal_law).
  assert (Hd : (1 <= d)%nat) by (specialize (Hn 0%nat ltac:(lia)); lia).
  assert (f0 : 0 <= f).
  { unfold f; assert (R0 := rate_nonneg K); assert (0 <= rho * INR d) by (apply Rmult_le_pos; [exact Hr|apply pos_INR]); lra. }
  assert (d0 := pos_INR d); set (one := fun _ : nat -> nat -> nat -> R => 1).
  assert (Low : decided_below 0 one) by (intros k B A _; reflexivity).
  assert (M1 : mean_of n 0 one 1) by exact (mean_is_const normal_law _ 1).
  set (G := fun l A => moved_bound n K rho (S l) (L - S l) A * moved_bound n K rho 0 l A).
  assert (G0 : forall l A, (l < L)%nat -> 0 <= G l A).
  { intros l A Hl; apply Rmult_le_pos; apply (moved_nonneg n d K L A rho Hn Hr); lia. }
  assert (EG : forall l, (l < L)%nat -> variable P (fun w => G l (normal_layers n L w)) /\
    expectation P (fun w => G l (normal_layers n L w)) <= INR d ^ 2 * f ^ (L - 1)).
  { intros l Hl; destruct (moved_mean n d K rho 0 one 1 Hd Hr ltac:(lra) Low M1 l ltac:(intros; apply Hn; lia)) as [b [B1 B2]]; fold f in B2.
    assert (Low1 : decided_below (0 + l) (fun A => moved_bound n K rho 0 l A * one A)).
    { intros k B A Hk; rewrite (moved_below n d K rho 0 l) by exact Hk; reflexivity. }
    apply (mean_of_more n (0 + l) 1 _ _ Low1) in B1; replace (0 + l + 1)%nat with (S l) in B1 by lia.
    assert (Low2 : decided_below (S l) (fun A => moved_bound n K rho 0 l A * one A)) by (intros k B A Hk; apply Low1; lia).
    destruct (moved_mean n d K rho (S l) _ b Hd Hr ltac:(lra) Low2 B1 (L - S l)%nat ltac:(intros; apply Hn; lia)) as [c [C1 C2]]; fold f in C2.
    replace (S l + (L - S l))%nat with L in C1 by lia.
    assert (C3 : mean_is normal_law (weights_of n L) (fun w => G l (normal_layers n L w)) c)
      by (revert C1; apply mean_is_ext; intros w; unfold G, one; ring).
    destruct C3 as [V E]; split; [exact V|]; eapply Rle_trans; [right; exact E|]; eapply Rle_trans; [apply C2|].
    assert (fp : 0 <= f ^ (L - S l)) by (apply pow_le, f0).
    apply Rle_trans with (INR d * f ^ (L - S l) * (INR d * f ^ l * 1)); [apply Rmult_le_compat_l; [apply Rmult_le_pos; assumption|lra]|].
    right; replace (L - 1)%nat with ((L - S l) + l)%nat by lia; rewrite pow_add; ring. }
  destruct (moved_mean n d K rho 0 one 1 Hd Hr ltac:(lra) Low M1 L ltac:(intros; apply Hn; lia)) as [b [B1 B2]]; fold f in B2; cbn [Nat.add] in B1.
  assert (B3 : mean_is normal_law (weights_of n L) (fun w => moved_bound n K rho 0 L (normal_layers n L w)) b)
    by (revert B1; apply mean_is_ext; intros w; unfold one; ring).
  destruct B3 as [V1 E1]; change (variable P (fun w => moved_bound n K rho 0 L (normal_layers n L w))) in V1.
  change (expectation P (fun w => moved_bound n K rho 0 L (normal_layers n L w)) = b) in E1.
  destruct (variable_total _ P L (fun l w => G l (normal_layers n L w))) as [V2 E2]; [intros l Hl; apply EG; exact Hl|].
  destruct (expectation_scal _ P (/ u) _ V1) as [V3 E3]; destruct (expectation_scal _ P (/ s) _ V2) as [V4 E4].
  destruct (expectation_plus _ P _ _ V3 V4) as [V5 E5].
  assert (iu : 0 < / u) by (apply Rinv_0_lt_compat, Hu); assert (is_ : 0 < / s) by (apply Rinv_0_lt_compat, Hs).
  assert (Out0 : forall A, 0 <= moved_bound n K rho 0 L A) by (intros A; apply (moved_nonneg n d K L A rho Hn Hr); lia).
  assert (Tot0 : forall A, 0 <= total L (fun l => G l A)) by (intros A; apply total_nonneg; intros; apply G0; assumption).
  eexists; split; [exact V5|split; [|split]].
  - intros w; cbv beta; apply Rplus_le_le_0_compat; apply Rmult_le_pos; try lra; [apply Out0|apply Tot0].
  - intros w [H|[l [Hl H]]]; cbv beta; set (A := normal_layers n L w) in *.
    + assert (1 <= / u * moved_bound n K rho 0 L A) by (rewrite <- (Rinv_l u) by lra; apply Rmult_le_compat_l; lra).
      assert (0 <= / s * total L (fun l => G l A)) by (apply Rmult_le_pos; [lra|apply Tot0]); lra.
    + assert (T : G l A <= total L (fun l => G l A)) by (apply (total_one L (fun l => G l A)); [intros; apply G0; assumption|exact Hl]).
      assert (1 <= / s * total L (fun l => G l A)) by (rewrite <- (Rinv_l s) by lra; apply Rmult_le_compat_l; unfold G in *; lra).
      assert (0 <= / u * moved_bound n K rho 0 L A) by (apply Rmult_le_pos; [lra|apply Out0]); lra.
  - rewrite E5, E3, E4, E1, E2; unfold Rdiv; rewrite !(Rmult_comm (/ _)); apply Rplus_le_compat.
    + apply Rmult_le_compat_r; lra.
    + apply Rmult_le_compat_r; [lra|]; rewrite <- total_const; apply total_le; intros l Hl; apply EG; exact Hl.
Qed.

(** With probability at least 1 - d f^L/u - L d^2 f^(L-1)/s, f = rate + rho d, the loss stays near |Y|^2/2 for N steps. *)
Definition leaves_plateau (n : nat -> nat) (L r : nat) (alpha : R) (X Y : nat -> nat -> R) (eta : R) (W : nat -> nat -> nat -> R) (t : nat) : Prop :=
  ~ (4 / 10 * rnorm (n L) r Y ^ 2 < narrow_loss n L r alpha X Y (narrow_descent n L r alpha X Y eta W t) < 6 / 10 * rnorm (n L) r Y ^ 2).

Lemma plateau_probability : forall n d (K : layer_bounds d) L r alpha eta rho kappa u s X Y sigma N, (1 <= L)%nat -> (forall l, (l <= L)%nat -> (1 <= n l <= d)%nat) ->
  (forall l, (l < L)%nat -> 0 < sigma l) -> 0 <= rho -> 0 <= eta -> 0 <= kappa -> (1 + kappa) ^ 2 < 12 / 10 -> 0 < rnorm (n L) r Y -> 0 < u -> 0 < s ->
  output_gain n L alpha sigma * u * rnorm (n 0%nat) r X <= kappa * rnorm (n L) r Y ->
  (forall l, (l < L)%nat -> INR N * one_move n L r alpha eta kappa s X Y sigma l <= rho * layer_scale n sigma l) ->
  let f := rate K + rho * INR d in
  at_most (law_weights (weights_of n L) normal_law)
    (fun w => exists t, (t <= N)%nat /\ leaves_plateau n L r alpha X Y eta (spread_layers sigma (normal_layers n L w)) t)
    (INR d * f ^ L / u + INR L * (INR d ^ 2 * f ^ (L - 1)) / s).
Proof.
  intros n d K L r alpha eta rho kappa u s X Y sigma N HL Hn Hsig Hr He Hk0 Hk1 HY Hu Hs Hout Hslow f.
  assert (B := large_start_rare n d K L rho u s HL Hn Hr Hu Hs); cbv zeta in B; fold f in B; revert B.
  apply at_most_less; [|apply Rle_refl]; intros w [t [Ht Hout']]; apply Classical_Prop.NNPP; intros Good.
  set (A := normal_layers n L w) in *; apply Hout'; clear Hout'.
  assert (Sc : forall l, (l < L)%nat -> 0 < layer_scale n sigma l).
  { intros l Hl; apply Rmult_lt_0_compat; [apply Hsig; exact Hl|apply sqrt_lt_R0, lt_0_INR; specialize (Hn (S l) ltac:(lia)); lia]. }
  assert (g0 : 0 <= output_gain n L alpha sigma) by (apply Rmult_le_pos; [apply Rabs_pos|left; apply scale_pos; intros l Hl; apply Sc; exact Hl]).
  apply (stays_near n d K L r alpha eta rho kappa s X Y sigma A Hn Sc Hr He Hk0 Hk1 HY) with (N := N); [| |exact Hslow|exact Ht].
  - eapply Rle_trans; [|exact Hout]; apply Rmult_le_compat_r; [apply rnorm_nonneg|]; apply Rmult_le_compat_l; [exact g0|].
    apply Rnot_lt_le; intros H; apply Good; left; exact H.
  - intros l Hl; apply Rnot_lt_le; intros H; apply Good; right; exists l; auto.
Qed.
