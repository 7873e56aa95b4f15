(** The zero-asymmetric start decouples (zas.md, section 2): on an eigenvector v of Phi^T Phi all inner layers act
    as one number a, and the last one as b Phi.  So the scalar recursion of ZasScalar.v is all there is to know, for
    rectangular targets: Phi has p columns, and as many rows as it likes. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Bartlett BartlettMatrices.
From Lemmata Require Import AroraNumbers Expansion Margin ZasScalar.
Open Scope R_scope.

(** The unit matrix of size p, zero outside. *)
Definition unit_of (p i j : nat) : R := if Nat.eqb i j then (if Nat.ltb i p then 1 else 0) else 0.

(** W_0 = ... = W_(L-2) = the unit matrix of size p, W_(L-1) = 0. *)
Definition zero_asymmetric_of (p L l : nat) : nat -> nat -> R :=
  if Nat.ltb (S l) L then unit_of p else fun _ _ => 0.

(** ** One eigenvector *)

Definition decoupled (d n : nat) (Phi : nat -> nat -> R) (W : nat -> nat -> nat -> R) (v : nat -> R) (lambda a b : R) : Prop :=
  acts d n W v a /\
  (forall i, (i < d)%nat -> mv d (W n) v i = b * mv d Phi v i) /\
  (forall i, (i < d)%nat -> mv d (tr (W n)) (mv d Phi v) i = b * lambda * v i).

Lemma target_back : forall d Phi v lambda, eigen d (mul d (tr Phi) Phi) v lambda ->
  forall i, (i < d)%nat -> mv d (tr Phi) (mv d Phi v) i = lambda * v i.
Proof. intros d Phi v lambda H i Hi; rewrite <- mv_mul; apply H; exact Hi. Qed.

(** E v = (b a^n - 1) Phi v, and E^T Phi v = (b a^n - 1) lambda v *)
Lemma decoupled_residual : forall d n Phi W v lambda a b, eigen d (mul d (tr Phi) Phi) v lambda ->
  decoupled d n Phi W v lambda a b ->
  (forall i, (i < d)%nat -> mv d (residual d (S n) Phi W) v i = (b * a ^ n - 1) * mv d Phi v i) /\
  (forall i, (i < d)%nat -> mv d (tr (residual d (S n) Phi W)) (mv d Phi v) i = (b * a ^ n - 1) * lambda * v i).
Proof.
  intros d n Phi W v lambda a b Hv [HA [HB HT]]; destruct (eigen_chain d n W v a HA n (Nat.le_refl n)) as [C1 C2].
  split; intros i Hi.
  - unfold residual; rewrite mv_sub; simpl chain; rewrite mv_mul, (mv_ext d (W n) _ _ C1), mv_scal, (HB i Hi); ring.
  - change (tr (residual d (S n) Phi W)) with (msub (tr (chain d W (S n))) (tr Phi)); rewrite mv_sub.
    simpl chain; rewrite tr_mul, mv_mul, (mv_ext d (tr (chain d W n)) _ _ HT), mv_scal, (C2 i Hi).
    rewrite (target_back d Phi v lambda Hv i Hi); ring.
Qed.

Lemma decoupled_back : forall d n Phi W v lambda a b, eigen d (mul d (tr Phi) Phi) v lambda ->
  decoupled d n Phi W v lambda a b -> forall k l, (l + k = n)%nat ->
  let B := back d W l (S k) (residual d (S n) Phi W) in
  eigen d B v (a ^ k * ((b * a ^ n - 1) * (b * lambda))) /\ eigen d (tr B) v (a ^ k * ((b * a ^ n - 1) * (b * lambda))).
Proof.
  intros d n Phi W v lambda a b Hv HD; destruct (decoupled_residual d n Phi W v lambda a b Hv HD) as [R1 R2].
  destruct HD as [HA [HB HT]]; set (E := residual d (S n) Phi W) in *.
  induction k as [|k IH]; intros l Hl.
  - replace l with n by lia; simpl; split; intros i Hi.
    + rewrite mv_mul, (mv_ext d (tr (W n)) _ _ R1), mv_scal, (HT i Hi); ring.
    + rewrite tr_mul, tr_tr, mv_mul, (mv_ext d (tr E) _ _ HB), mv_scal, (R2 i Hi); ring.
  - destruct (IH (S l) ltac:(lia)) as [I J]; destruct (HA l ltac:(lia)) as [P Q].
    change (back d W l (S (S k)) E) with (mul d (tr (W l)) (back d W (S l) (S k) E)); cbv zeta.
    change (a ^ S k) with (a * a ^ k); split.
    + rewrite Rmult_assoc; apply eigen_mul; assumption.
    + rewrite tr_mul, tr_tr, (Rmult_comm a), Rmult_assoc, (Rmult_comm a), <- Rmult_assoc; apply eigen_mul; assumption.
Qed.

Lemma decoupled_step : forall d k Phi eta W v lambda a b, eigen d (mul d (tr Phi) Phi) v lambda ->
  let n := S k in decoupled d n Phi W v lambda a b ->
  let e := 1 - b * a ^ n in
  decoupled d n Phi (layers_step d (S n) Phi eta W) v lambda (a + eta * e * lambda * b * a ^ k) (b + eta * e * a ^ n).
Proof.
  intros d k Phi eta W v lambda a b Hv n HD e.
  destruct (decoupled_residual d n Phi W v lambda a b Hv HD) as [R1 R2].
  assert (BK := decoupled_back d n Phi W v lambda a b Hv HD).
  destruct HD as [HA [HB HT]]; set (E := residual d (S n) Phi W) in *.
  split; [|split].
  - intros l Hl; destruct (HA l Hl) as [P Q].
    destruct (eigen_chain d n W v a HA l ltac:(lia)) as [C1 C2].
    destruct (BK (n - S l)%nat (S l) ltac:(lia)) as [I J]; replace (S (n - S l)) with (S n - S l)%nat in I, J by lia.
    assert (EK : a ^ k = a ^ (n - S l) * a ^ l) by (rewrite <- pow_add; f_equal; unfold n in *; lia).
    assert (G1 : eigen d (gradient d (S n) Phi W l) v (- (e * lambda * b * a ^ k))).
    { unfold gradient; fold E; replace (- (e * lambda * b * a ^ k))
        with (a ^ (n - S l) * ((b * a ^ n - 1) * (b * lambda)) * a ^ l).
      - apply eigen_mul; assumption.
      - unfold e; rewrite EK; ring. }
    assert (G2 : eigen d (tr (gradient d (S n) Phi W l)) v (- (e * lambda * b * a ^ k))).
    { unfold gradient; fold E; rewrite tr_mul, tr_tr; replace (- (e * lambda * b * a ^ k))
        with (a ^ l * (a ^ (n - S l) * ((b * a ^ n - 1) * (b * lambda)))).
      - apply eigen_mul; assumption.
      - unfold e; rewrite EK; ring. }
    replace (a + eta * e * lambda * b * a ^ k) with (a - eta * - (e * lambda * b * a ^ k)) by ring.
    split; [exact (eigen_sub d _ _ v _ _ P (eigen_mscal d eta _ v _ G1))|].
    exact (eigen_sub d _ _ v _ _ Q (eigen_mscal d eta _ v _ G2)).
  - intros i Hi; destruct (eigen_chain d n W v a HA n (Nat.le_refl n)) as [C1 C2].
    unfold layers_step; rewrite mv_sub, mv_mscal, (HB i Hi); unfold gradient; rewrite back_last; fold E.
    rewrite mv_mul, (mv_ext d E _ _ C2), mv_scal, (R1 i Hi); unfold e; ring.
  - intros i Hi; destruct (eigen_chain d n W v a HA n (Nat.le_refl n)) as [C1 C2].
    change (tr (layers_step d (S n) Phi eta W n)) with (msub (tr (W n)) (mscal eta (tr (gradient d (S n) Phi W n)))).
    rewrite mv_sub, mv_mscal, (HT i Hi); unfold gradient; rewrite back_last; fold E.
    rewrite tr_mul, tr_tr, mv_mul, (mv_ext d (chain d W n) _ _ R2), mv_scal, (C1 i Hi); unfold e; ring.
Qed.

Lemma start_decoupled : forall d p n Phi v lambda, supported d p v ->
  decoupled d n Phi (zero_asymmetric_of p (S n)) v lambda 1 0.
Proof.
  intros d p n Phi v lambda Hv.
  assert (U : eigen d (unit_of p) v 1).
  { intros i Hi; destruct (Nat.lt_ge_cases i p) as [C|C].
    - rewrite Rmult_1_l, <- (mv_unit d v i Hi); apply dot_ext; [|reflexivity].
      intros j Hj; unfold unit_of, unit_matrix; destruct (Nat.eqb i j), (Nat.ltb_spec i p); try reflexivity; lia.
    - rewrite (Hv i) by lia; rewrite Rmult_0_r; apply total_zero; intros j Hj; unfold unit_of.
      destruct (Nat.eqb i j), (Nat.ltb_spec i p); try lia; ring. }
  assert (T : tr (unit_of p) = unit_of p).
  { pointwise i; pointwise j; unfold tr, unit_of; rewrite (Nat.eqb_sym j i).
    destruct (Nat.eqb_spec i j) as [->|]; reflexivity. }
  assert (Z : forall (x : nat -> R) i, mv d (fun _ _ : nat => 0) x i = 0)
    by (intros x i; apply total_zero; intros; ring).
  split; [|split].
  - intros l Hl; unfold zero_asymmetric_of; destruct (Nat.ltb_spec (S l) (S n)); [|lia]; rewrite T; auto.
  - intros i Hi; unfold zero_asymmetric_of; destruct (Nat.ltb_spec (S n) (S n)); [lia|]; rewrite Z; ring.
  - intros i Hi; unfold zero_asymmetric_of; destruct (Nat.ltb_spec (S n) (S n)); [lia|].
    change (tr (fun _ _ : nat => 0)) with (fun _ _ : nat => 0); rewrite Z; ring.
Qed.

(** ** All of them *)

(** The squares of a matrix with p columns, over an orthonormal basis of R^p. *)
Lemma columns_square : forall d p u A, (p <= d)%nat -> columns d p A -> orthonormal p p u ->
  inner d A A = total p (fun l => dot d (mv p A (u l)) (mv p A (u l))).
Proof.
  intros d p u A Hp HA O; unfold inner, dot at 2; rewrite total_swap; apply total_ext; intros i Hi.
  transitivity (dot p (A i) (A i)).
  { apply total_truncate; [exact Hp|]; intros j Hj; rewrite (HA i j Hi Hj); ring. }
  assert (E : dot p (mv p u (A i)) (mv p u (A i)) = dot p (A i) (A i)).
  { rewrite adjoint, <- mv_mul; apply dot_ext; [reflexivity|]; intros j Hj.
    rewrite (mv_same p _ unit_matrix _ j); [apply mv_unit; exact Hj| |exact Hj].
    rewrite <- (tr_tr u) at 2; apply orthogonal_rows; exact O. }
  rewrite <- E; apply dot_ext; intros l _; unfold mv; apply dot_comm.
Qed.

Definition extended (p : nat) (u : nat -> R) (i : nat) : R := if Nat.ltb i p then u i else 0.

Lemma mv_extended : forall d p A u, (p <= d)%nat -> mv d A (extended p u) = mv p A u.
Proof.
  intros d p A u Hp; pointwise i; unfold mv, dot; rewrite (total_truncate d p).
  - apply total_ext; intros j Hj; unfold extended; destruct (Nat.ltb_spec j p); [reflexivity|lia].
  - exact Hp.
  - intros j Hj; unfold extended; destruct (Nat.ltb_spec j p); [lia|ring].
Qed.

Lemma columns_at : forall d p n Phi eta t, columns d p Phi ->
  columns d p (residual d (S n) Phi (layers_descent d (S n) Phi eta (zero_asymmetric_of p (S n)) t)).
Proof.
  intros d p n Phi eta t HP; apply columns_residual; [exact HP|].
  induction t as [|t IH]; [|apply columns_step; assumption].
  intros i j Hi Hj; simpl; unfold zero_asymmetric_of, unit_of; destruct (Nat.ltb 1 (S n)); [|reflexivity].
  destruct (Nat.eqb_spec i j), (Nat.ltb_spec i p); try reflexivity; lia.
Qed.

(** phi = s^L bounds the spectral norm of Phi; phi^(2 - 2/L) is s^(2 L - 2). *)
Theorem zas_decoupled_rate : forall d p L Phi eta s t, (2 <= L)%nat -> (p <= d)%nat -> columns d p Phi ->
  0 <= s -> bounded d Phi ((s ^ L) ^ 2) ->
  0 <= eta -> eta * (1 + 2 * INR (L - 1) * Rmin ((s ^ L) ^ 2) (s ^ (2 * L - 2))) <= 1 ->
  let E t := loss d L Phi (layers_descent d L Phi eta (zero_asymmetric_of p L) t) in
  E (S t) <= (1 - eta) ^ 2 * E t /\ E 1%nat = (1 - eta) ^ 2 * E 0%nat.
Proof.
  intros d p L Phi eta s t HL Hp HC Hs HB He H1 R.
  destruct L as [|[|k]]; [lia|lia|]; set (n := S k) in *; replace (S n - 1)%nat with n in H1 by lia.
  assert (Cap : eta * (1 + 2 * INR n * capped (S n) s) <= 1).
  { unfold capped; rewrite (Nat.mul_comm 2 (S n)) at 1; rewrite pow_mult; exact H1. }
  set (V := fun t => layers_descent d (S n) Phi eta (zero_asymmetric_of p (S n)) t).
  set (S' := mul d (tr Phi) Phi).
  destruct (eigenbasis p S') as [u [lam [O Ev]]].
  { intros i j Hi Hj; unfold S', tr, mul; apply dot_comm. }
  assert (Ex : forall l, (l < p)%nat -> eigen d S' (extended p (u l)) (lam l)).
  { intros l Hl i Hi; rewrite mv_extended by exact Hp; unfold extended; destruct (Nat.ltb_spec i p) as [C|C].
    - apply Ev; assumption.
    - rewrite Rmult_0_r; apply total_zero; intros j Hj; unfold S', mul, dot.
      rewrite total_zero; [ring|]; intros r Hr; unfold tr; rewrite (HC r i Hr) by lia; ring. }
  assert (Nu : forall l, (l < p)%nat -> dot d (extended p (u l)) (extended p (u l)) = 1).
  { intros l Hl; unfold dot; rewrite (total_truncate d p _ Hp) by (intros j Hj; unfold extended;
      destruct (Nat.ltb_spec j p); [lia|ring]).
    rewrite (total_ext p _ (fun i => u l i * u l i))
      by (intros j Hj; unfold extended; destruct (Nat.ltb_spec j p); [reflexivity|lia]).
    assert (OO := O l l Hl Hl); unfold unit_matrix in OO; rewrite Nat.eqb_refl in OO; exact OO. }
  assert (Size : forall l, (l < p)%nat -> dot d (mv d Phi (extended p (u l))) (mv d Phi (extended p (u l))) = lam l).
  { intros l Hl; rewrite adjoint, <- mv_mul; fold S'.
    rewrite (dot_ext d _ _ (extended p (u l)) (fun i => lam l * extended p (u l) i) (fun _ _ => eq_refl) (Ex l Hl)).
    rewrite dot_scal_r, (Nu l Hl); ring. }
  assert (Root : forall l, (l < p)%nat -> exists sigma, 0 <= sigma <= s /\ sigma ^ (2 * S n) = lam l).
  { intros l Hl; destruct (power_root (S (2 * k + 2)) (lam l)) as [q [q0 Eq]].
    - rewrite <- (Size l Hl); apply dot_nonneg.
    - exists q; replace (2 * S n)%nat with (S (S (2 * k + 2))) by (unfold n; lia); split; [split; [exact q0|]|exact Eq].
      apply (power_le_inv (S (2 * k + 2))); [exact Hs|]; rewrite Eq, <- (Size l Hl).
      eapply Rle_trans; [apply HB|]; rewrite (Nu l Hl), Rmult_1_r, <- pow_mult; right; f_equal; unfold n; lia. }
  (* every direction *)
  assert (Dir : forall l, (l < p)%nat -> forall t, exists a b, zas_state n (lam l) a b /\
    decoupled d n Phi (V t) (extended p (u l)) (lam l) a b /\ (t = 0%nat -> a = 1 /\ b = 0)).
  { intros l Hl; destruct (Root l Hl) as [sigma [Hsig Esig]].
    induction t0 as [|r IH].
    - exists 1, 0; split; [|split; [|auto]].
      + unfold zas_state; rewrite Rmult_0_l; split; [lra|split; [lra|split; [lra|lra]]].
      + apply start_decoupled; intros j Hj; unfold extended; destruct (Nat.ltb_spec j p); [lia|reflexivity].
    - destruct IH as [a [b [Z [D _]]]].
      exists (a + eta * (1 - b * a ^ n) * lam l * b * a ^ k), (b + eta * (1 - b * a ^ n) * a ^ n).
      rewrite <- Esig in Z; destruct (zas_scalar_step k eta sigma a b) as [Z' _]; auto; [lra| |].
      + eapply Rle_trans; [|exact Cap]; apply Rmult_le_compat_l; [exact He|]; apply Rplus_le_compat_l.
        apply Rmult_le_compat_l; [apply Rmult_le_pos; [lra|apply pos_INR]|apply capped_mono; exact Hsig].
      + fold n in Z'; rewrite Esig in Z'; split; [exact Z'|split; [|discriminate]].
        apply (decoupled_step d k Phi eta (V r) (extended p (u l)) (lam l) a b); [apply Ex; exact Hl|exact D]. }
  assert (Sum : forall r, 2 * R r = total p (fun l => dot d (mv d (residual d (S n) Phi (V r)) (extended p (u l)))
      (mv d (residual d (S n) Phi (V r)) (extended p (u l))))).
  { intros r; unfold R; rewrite (total_ext p _ (fun l => dot d (mv p (residual d (S n) Phi (V r)) (u l))
      (mv p (residual d (S n) Phi (V r)) (u l)))) by (intros l _; rewrite mv_extended by exact Hp; reflexivity).
    rewrite <- (columns_square d p u (residual d (S n) Phi (V r)) Hp (columns_at d p n Phi eta r HC) O).
    change (2 * loss d (S n) Phi (V r) = inner d (residual d (S n) Phi (V r)) (residual d (S n) Phi (V r))).
    unfold loss; field. }
  assert (At : forall l r a b, (l < p)%nat -> decoupled d n Phi (V r) (extended p (u l)) (lam l) a b ->
    dot d (mv d (residual d (S n) Phi (V r)) (extended p (u l))) (mv d (residual d (S n) Phi (V r)) (extended p (u l)))
      = (1 - b * a ^ n) ^ 2 * lam l).
  { intros l r a b Hl D; destruct (decoupled_residual d n Phi (V r) _ _ _ _ (Ex l Hl) D) as [R1 _].
    rewrite (dot_ext d _ _ _ _ R1 R1), dot_scal_l, dot_scal_r, (Size l Hl); ring. }
  assert (l0 : forall l, (l < p)%nat -> 0 <= lam l) by (intros l Hl; rewrite <- (Size l Hl); apply dot_nonneg).
  split.
  - assert (2 * R (S t) <= (1 - eta) ^ 2 * (2 * R t)); [|lra].
    rewrite !Sum, <- total_scal; apply total_le; intros l Hl.
    destruct (Dir l Hl t) as [a [b [Z [D _]]]]; destruct (Root l Hl) as [sigma [Hsig Esig]].
    rewrite <- Esig in Z; destruct (zas_scalar_step k eta sigma a b) as [_ E]; auto; [lra| |].
    + eapply Rle_trans; [|exact Cap]; apply Rmult_le_compat_l; [exact He|]; apply Rplus_le_compat_l.
      apply Rmult_le_compat_l; [apply Rmult_le_pos; [lra|apply pos_INR]|apply capped_mono; exact Hsig].
    + fold n in E; rewrite Esig in E.
      assert (D' := decoupled_step d k Phi eta (V t) (extended p (u l)) (lam l) a b (Ex l Hl) D); fold n in D'.
      rewrite (At l t a b Hl D), (At l (S t) _ _ Hl D'), <- Rmult_assoc.
      apply Rmult_le_compat_r; [apply l0; exact Hl|]; rewrite <- Rpow_mult_distr; apply pow_incr; exact E.
  - assert (2 * R 1%nat = (1 - eta) ^ 2 * (2 * R 0%nat)); [|lra].
    rewrite !Sum, <- total_scal; apply total_ext; intros l Hl.
    destruct (Dir l Hl 0%nat) as [a [b [Z [D I]]]]; destruct (I eq_refl) as [-> ->].
    assert (D' := decoupled_step d k Phi eta (V 0%nat) (extended p (u l)) (lam l) 1 0 (Ex l Hl) D); fold n in D'.
    rewrite (At l 0%nat 1 0 Hl D), (At l 1%nat _ _ Hl D').
    replace (1 + eta * (1 - 0 * 1 ^ n) * lam l * 0 * 1 ^ k) with 1 by ring; rewrite pow1; ring.
Qed.
