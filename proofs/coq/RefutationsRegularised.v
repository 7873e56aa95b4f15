(** The false variants of the theorems of Bartlett, Helmbold and Long on regularised descent are false. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Margin Nearest.
From Lemmata Require Import PowerProjection PowerRuns RegularisedFailure RegularisedBalls.
Open Scope R_scope.

(** Matrices of one number. *)
Definition one_number (x : R) (_ _ : nat) : R := x.

Lemma one_number_length : forall x, frobenius 1 (one_number x) = Rabs x.
Proof. intros x; unfold frobenius; rewrite <- sqrt_Rsqr_abs; f_equal; unfold inner, dot, one_number, Rsqr; simpl; ring. Qed.

Lemma two_length : frobenius 1 (one_number 2) = 2.
Proof. rewrite one_number_length; apply Rabs_pos_eq; lra. Qed.

Lemma two_apart : frobenius 1 (msub unit_matrix (one_number 2)) = 1.
Proof.
  transitivity (frobenius 1 (one_number (-1))); [|rewrite one_number_length, Rabs_left; lra].
  unfold frobenius; f_equal; unfold inner, dot, msub, one_number, unit_matrix; simpl; ring.
Qed.

Lemma one_number_loss : forall p q, loss 1 1 (one_number q) (fun _ => one_number p) = (p - q) ^ 2 / 2.
Proof. intros p q; unfold loss, residual, inner, dot, msub, chain, mul, dot, one_number, unit_matrix; simpl; field. Qed.

(** One step of size 1/24 from 1 towards 2. *)
Definition descending (t _ : nat) : nat -> nat -> R := if Nat.eqb t 0 then unit_matrix else one_number (25 / 24).

Lemma descending_run : projected_run 1 1 (one_number 2) (1 / 24) (1 ^ 1) 1 descending.
Proof.
  split; [reflexivity|]; intros t Ht; replace t with 0%nat by lia; split; [split|intros l Hl; lia].
  - intros u; unfold chain, mul, mv, dot, descending, one_number, unit_matrix; simpl; assert (S := Rle_0_sqr (u 0%nat)); unfold Rsqr in S; lra.
  - intros A _; apply Rle_trans with 0; [|apply frobenius_nonneg]; apply frobenius_below; [lra|]; right.
    unfold descending, inner, dot, msub, chain, layers_step, gradient, residual, msub, mscal, back, chain, mul, tr, dot, one_number, unit_matrix; simpl; field.
Qed.

Lemma start_descending : loss 1 1 (one_number 2) (descending 0) = 1 / 2.
Proof. unfold loss, residual, inner, dot, msub, chain, mul, dot, descending, one_number, unit_matrix; simpl; field. Qed.

Lemma end_descending : loss 1 1 (one_number 2) (descending 1) = 529 / 1152.
Proof. change (descending 1) with (fun _ : nat => one_number (25 / 24)); rewrite one_number_loss; field. Qed.

(** A quarter turn. *)
Definition quarter (i j : nat) : R := if Nat.eqb i j then 0 else if Nat.ltb i j then -1 else 1.

Lemma power_projection_rate_threefold_is_false : ~ (forall d L Phi eta r s T W t,
  (1 <= d)%nat -> (1 <= L)%nat -> 0 < r <= 1 -> positive_by d (r ^ L) Phi ->
  0 < s -> frobenius d Phi <= s ^ L -> frobenius d (msub unit_matrix Phi) <= s ^ L ->
  0 <= eta -> eta * INR L * s ^ (2 * L - 2) <= 1 / 24 ->
  projected_run d L Phi eta (r ^ L) T W -> (t <= T)%nat ->
  positive_by d (r ^ L) (chain d (W t) L) /\ balanced d L (W t) 0 /\
  loss d L Phi (W t) <= (1 - 3 * (eta * r ^ (2 * L - 2))) ^ t * loss d L Phi (fun _ => unit_matrix)).
Proof.
  intros H; assert (X := H 1%nat 1%nat (one_number 2) (1 / 24) 1 2 1%nat descending 1%nat ltac:(lia) ltac:(lia) ltac:(lra)
    ltac:(intros u; unfold mv, dot, one_number; simpl; assert (S := Rle_0_sqr (u 0%nat)); unfold Rsqr in S; lra) ltac:(lra)
    ltac:(rewrite two_length; lra) ltac:(rewrite two_apart; lra) ltac:(lra) ltac:(simpl; lra) descending_run ltac:(lia)).
  destruct X as [_ [_ X]]; change (fun _ : nat => unit_matrix) with (descending 0) in X.
  rewrite start_descending, end_descending in X; simpl in X; lra.
Qed.

Lemma power_projection_steps_third_is_false : ~ (forall d L Phi eta r s eps T W,
  (1 <= d)%nat -> (1 <= L)%nat -> 0 < r <= 1 -> positive_by d (r ^ L) Phi ->
  0 < s -> frobenius d Phi <= s ^ L -> frobenius d (msub unit_matrix Phi) <= s ^ L ->
  0 < eta -> eta * INR L * s ^ (2 * L - 2) <= 1 / 24 ->
  projected_run d L Phi eta (r ^ L) T W -> 0 < eps ->
  ln (loss d L Phi (fun _ => unit_matrix) / eps) / (3 * (eta * r ^ (2 * L - 2))) <= INR T ->
  loss d L Phi (W T) <= eps).
Proof.
  intros H; assert (E := exp_pos (- (1 / 8))).
  assert (X := H 1%nat 1%nat (one_number 2) (1 / 24) 1 2 (exp (- (1 / 8)) / 2) 1%nat descending ltac:(lia) ltac:(lia) ltac:(lra)
    ltac:(intros u; unfold mv, dot, one_number; simpl; assert (S := Rle_0_sqr (u 0%nat)); unfold Rsqr in S; lra) ltac:(lra)
    ltac:(rewrite two_length; lra) ltac:(rewrite two_apart; lra) ltac:(lra) ltac:(simpl; lra) descending_run ltac:(lra)).
  change (fun _ : nat => unit_matrix) with (descending 0) in X; rewrite start_descending in X.
  replace (1 / 2 / (exp (- (1 / 8)) / 2)) with (/ exp (- (1 / 8))) in X by (field; lra).
  rewrite ln_Rinv, ln_exp in X by exact E; specialize (X ltac:(simpl; lra)); rewrite end_descending in X.
  assert (U := exp_ineq1 (1 / 8) ltac:(lra)); assert (I : exp (- (1 / 8)) * exp (1 / 8) = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
  nra.
Qed.

Lemma power_projection_converges_nonnegative_is_false : ~ (forall d L Phi,
  (1 <= d)%nat -> (1 <= L)%nat -> (forall u, (exists i, (i < d)%nat /\ u i <> 0) -> 0 <= dot d u (mv d Phi u)) ->
  exists eta c, 0 < eta /\ 0 < c /\ (forall T, exists W, projected_run d L Phi eta c T W) /\
    forall eps, 0 < eps -> exists N, forall T W, (N <= T)%nat -> projected_run d L Phi eta c T W -> loss d L Phi (W T) <= eps).
Proof.
  intros H; destruct (H 1%nat 1%nat (one_number 0) ltac:(lia) ltac:(lia)) as [eta [c [_ [Hc [Runs Small]]]]].
  { intros u _; right; unfold mv, dot, one_number; simpl; ring. }
  assert (c2 : 0 < c ^ 2) by (apply pow_lt; exact Hc); destruct (Small (c ^ 2 / 4) ltac:(lra)) as [N HN]; destruct (Runs (S N)) as [W HW].
  specialize (HN (S N) W ltac:(lia) HW); destruct (proj2 HW N ltac:(lia)) as [[P _] _]; specialize (P (fun _ => 1)).
  unfold loss, residual, inner, dot, msub, one_number, mv in *; unfold dot in P; simpl total in *; set (p := chain 1 (W (S N)) 1 0%nat 0%nat) in *; nra.
Qed.

Lemma power_projection_runs_no_layers_is_false : ~ (forall d L Phi eta c T, exists W, projected_run d L Phi eta c T W).
Proof.
  intros H; destruct (H 1%nat 0%nat (one_number 0) 0 2 1%nat) as [W [_ HW]]; destruct (HW 0%nat ltac:(lia)) as [[P _] _].
  specialize (P (fun _ => 1)); unfold dot, mv, chain, dot, unit_matrix in P; simpl in P; lra.
Qed.

Lemma balls_about_identity_around_zero_is_false : ~ (forall d K rho, 0 <= rho -> (forall A, K A <-> frobenius d A <= rho) -> about_identity d K).
Proof.
  intros H; destruct (H 1%nat (fun A => frobenius 1 A <= 1) 1 ltac:(lra) ltac:(intros; apply iff_refl)) as [_ [_ [_ X]]].
  specialize (X (one_number (-1)) (fun _ => 1) ltac:(unfold dot; simpl; ring) ltac:(rewrite one_number_length, Rabs_left; lra)).
  assert (E : frobenius 1 (madd unit_matrix (mul 1 (mirror_at (fun _ => 1)) (msub (one_number (-1)) unit_matrix))) = 3); [|cbv beta in X; lra].
  transitivity (frobenius 1 (one_number 3)); [|rewrite one_number_length; apply Rabs_pos_eq; lra].
  unfold frobenius; f_equal; unfold inner, madd, mul, mirror_at, dot, msub, one_number, unit_matrix; simpl; ring.
Qed.

Lemma regularised_runs_every_set_is_false : ~ (forall d L Phi eta kappa K T,
  symmetric d Phi -> (forall t, (t < T)%nat -> about_identity d (K t)) -> exists W, regularised_run d L Phi eta kappa K T W).
Proof.
  intros H; destruct (H 1%nat 1%nat (one_number 0) (fun _ => 0) (fun _ => 0) (fun _ _ => False) 1%nat) as [W [_ HW]].
  - intros i j _ _; reflexivity.
  - intros t _; split; [|split; [|split]]; unfold seen_on, convex; intros; assumption.
  - apply (HW 0%nat 0%nat); lia.
Qed.

Lemma regularised_failure_even_any_set_is_false : ~ (forall d L Phi eta kappa K T W v mu t,
  Nat.Even L -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  (forall s, (s < T)%nat -> seen_on d (K s) /\ convex (K s)) -> regularised_run d L Phi eta kappa K T W -> (t <= T)%nat ->
  mu ^ 2 / 2 <= loss d L Phi (W t)).
Proof.
  intros H.
  assert (X := H 2%nat 2%nat (mscal (-1) unit_matrix) (fun _ => 0) (fun _ => 0) (fun _ A => same 2 A quarter) 1%nat
    (fun t _ => if Nat.eqb t 0 then unit_matrix else quarter) (unit_matrix 0) 1 1%nat ltac:(exists 1%nat; reflexivity)).
  assert (Y : 1 ^ 2 / 2 <= loss 2 2 (mscal (-1) unit_matrix) (fun _ => quarter)).
  { apply X; try lra; try lia.
    - intros i j _ _; unfold tr, mscal; f_equal; exact (f_equal (fun M => M i j) (eq_sym tr_unit)).
    - exists 0%nat; split; [lia|unfold unit_matrix; simpl; lra].
    - intros i Hi; rewrite mv_mscal, mv_unit by exact Hi; ring.
    - intros s _; split.
      + intros A B E HA; eapply same_trans; [apply same_sym; exact E|exact HA].
      + intros A B t HA HB _ i j Hi Hj; unfold madd, mscal; rewrite (HA i j Hi Hj), (HB i j Hi Hj); ring.
    - split; [reflexivity|]; intros t l Ht _; replace t with 0%nat by lia; split; [apply same_refl|]; intros A HA.
      right; unfold frobenius; f_equal; apply inner_same, same_sub; [apply same_refl|apply same_sym; exact HA]. }
  unfold loss, residual, inner, dot, msub, mscal, chain, mul, dot, unit_matrix, quarter in Y; simpl in Y; lra.
Qed.

Lemma regularised_failure_small_steps_twice_is_false : ~ (forall d L Phi eta kappa K T W v mu t,
  (2 <= L)%nat -> symmetric d Phi -> (exists i, (i < d)%nat /\ v i <> 0) -> eigen d Phi v (- mu) -> 0 < mu ->
  (forall s, (s < T)%nat -> 0 <= eta s /\ eta s * (1 + mu) <= 2 /\ 0 <= kappa s /\ eta s * kappa s <= 1) ->
  (forall s, (s < T)%nat -> about_identity d (K s)) -> regularised_run d L Phi eta kappa K T W -> (t <= T)%nat ->
  mu ^ 2 / 2 <= loss d L Phi (W t)).
Proof.
  intros H.
  assert (X := H 1%nat 3%nat (one_number (-1)) (fun _ => 1) (fun _ => 0) (fun _ _ => True) 1%nat
    (fun t _ => if Nat.eqb t 0 then unit_matrix else one_number (-1)) (fun _ => 1) 1 1%nat ltac:(lia)).
  assert (Y : 1 ^ 2 / 2 <= loss 1 3 (one_number (-1)) (fun _ => one_number (-1))).
  { apply X; try lra; try lia.
    - intros i j _ _; reflexivity.
    - exists 0%nat; split; [lia|lra].
    - intros i _; unfold mv, dot, one_number; simpl; ring.
    - intros; lra.
    - intros s _; split; [|split; [|split]]; unfold seen_on, convex; intros; exact I.
    - split; [reflexivity|]; intros t l Ht Hl; replace t with 0%nat by lia; split; [exact I|]; intros A _.
      apply Rle_trans with 0; [|apply frobenius_nonneg]; apply frobenius_below; [lra|]; right; simpl Nat.eqb; cbv iota.
      unfold penalised, inner, dot, msub, mscal, madd, gradient, residual, one_number.
      destruct l as [|[|[|l]]]; [| | |lia]; unfold back, chain, mul, tr, dot, madd, msub, unit_matrix; simpl; ring. }
  unfold loss, residual, inner, dot, msub, chain, mul, dot, one_number, unit_matrix in Y; simpl in Y; lra.
Qed.
