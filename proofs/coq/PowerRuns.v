(** The projection and the balancing of PowerProjection.v can always be carried out, and every target with u^T Phi u > 0 has a margin. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Matrix Norms Layers Transpose Spectral Diagonal Decomposition BartlettMatrices Margin AroraProcedure.
From Lemmata Require Import Nearest PowerProjection.
Open Scope R_scope.

Definition half_sum (A : nat -> nat -> R) : nat -> nat -> R := mscal (1 / 2) (madd A (tr A)).

Lemma half_symmetric : forall d A, symmetric d (half_sum A).
Proof. intros d A i j _ _; unfold half_sum, tr, mscal, madd; ring. Qed.

Lemma mv_madd : forall d A B x, mv d (madd A B) x = fun i => mv d A x i + mv d B x i.
Proof. intros d A B x; pointwise i; apply dot_plus_l. Qed.

Lemma half_form : forall d A x, dot d x (mv d (half_sum A) x) = dot d x (mv d A x).
Proof.
  intros d A x; unfold half_sum; rewrite mv_mscal, mv_madd, dot_scal_r, dot_plus_r, <- (adjoint d A x x), (dot_comm d (mv d A x)); field.
Qed.

(** ** The margin *)

Lemma least_positive : forall n a, (forall k, (k < n)%nat -> 0 < a k) -> exists c, 0 < c <= 1 /\ forall k, (k < n)%nat -> c <= a k.
Proof.
  induction n as [|n IH]; intros a H; [exists 1; split; [lra|intros; lia]|].
  destruct (IH a ltac:(auto)) as [c [Hc Ha]]; exists (Rmin c (a n)); specialize (H n ltac:(lia)).
  assert (M1 := Rmin_l c (a n)); assert (M2 := Rmin_r c (a n)).
  split; [split; [apply Rmin_glb_lt; lra|lra]|].
  intros k Hk; destruct (Nat.eq_dec k n) as [->|N]; [lra|specialize (Ha k ltac:(lia)); lra].
Qed.

Lemma unit_nonzero : forall d x, dot d x x = 1 -> exists i, (i < d)%nat /\ x i <> 0.
Proof.
  intros d x H; destruct (Elimination.nonzero_or_all d x) as [E|E]; [exact E|].
  exfalso; revert H; unfold dot; rewrite total_zero; [lra|]; intros i Hi; rewrite (E i Hi); ring.
Qed.

Lemma basis_unit_length : forall d u k, orthonormal d d u -> (k < d)%nat -> dot d (u k) (u k) = 1.
Proof. intros d u k O Hk; rewrite (O k k Hk Hk); unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma positive_margin : forall d Phi, (forall u, (exists i, (i < d)%nat /\ u i <> 0) -> 0 < dot d u (mv d Phi u)) ->
  exists c, 0 < c <= 1 /\ positive_by d c Phi.
Proof.
  intros d Phi H; destruct (symmetric_outer d (half_sum Phi) (half_symmetric d Phi)) as [u [a [O [E Sq]]]].
  assert (F : forall x, dot d x (mv d Phi x) = total d (fun k => a k * dot d (u k) x ^ 2)).
  { intros x; rewrite <- half_form, <- outer_form; apply dot_ext; [reflexivity|intros i Hi; apply mv_same; assumption]. }
  destruct (least_positive d a) as [c [Hc Ha]].
  - intros k Hk; specialize (H (u k) (unit_nonzero d (u k) (basis_unit_length d u k O Hk))); rewrite F in H.
    rewrite (total_ext d _ (fun l => a l * unit_matrix l k)) in H.
    + rewrite (unit_sum d a k Hk) in H; exact H.
    + intros l Hl; rewrite (O l k Hl Hk); unfold unit_matrix; destruct (Nat.eqb l k); ring.
  - exists c; split; [exact Hc|]; intros x; rewrite F, Sq, <- total_scal; apply total_le; intros k Hk.
    apply Rmult_le_compat_r; [apply pow2_ge_0|apply Ha; exact Hk].
Qed.

(** ** The projection: the eigenvalues of the symmetric part that are below c become c *)

Lemma positive_nearest : forall d c B, exists P, nearest_in d (positive_by d c) B P.
Proof.
  intros d c B; destruct (symmetric_outer d (half_sum B) (half_symmetric d B)) as [u [a [O [E Sq]]]].
  set (m := fun k => Rmax 0 (c - a k)); set (P := madd B (outer_sum d m u)); exists P.
  assert (F : forall x, dot d x (mv d P x) = total d (fun k => (a k + m k) * dot d (u k) x ^ 2)).
  { intros x; unfold P; rewrite mv_madd, dot_plus_r, outer_form, <- half_form.
    rewrite (dot_ext d x (mv d (half_sum B) x) x (mv d (outer_sum d a u) x) (fun _ _ => eq_refl))
      by (intros i Hi; apply mv_same; assumption).
    rewrite outer_form, <- total_plus; apply total_ext; intros; ring. }
  apply angle_nearest.
  - intros x; rewrite F, Sq, <- total_scal; apply total_le; intros k _; apply Rmult_le_compat_r; [apply pow2_ge_0|].
    unfold m; assert (X := Rmax_r 0 (c - a k)); lra.
  - intros A HA; assert (D : msub B P = mscal (-1) (outer_sum d m u))
      by (pointwise i; pointwise j; unfold P, msub, madd, mscal; ring).
    rewrite D, inner_scal_l, inner_outer.
    assert (N : 0 <= total d (fun k => m k * dot d (u k) (mv d (msub A P) (u k)))); [|lra].
    apply total_nonneg; intros k Hk; rewrite mv_sub, dot_minus_r; specialize (HA (u k)).
    rewrite (basis_unit_length d u k O Hk), Rmult_1_r in HA.
    assert (Pk : dot d (u k) (mv d P (u k)) = a k + m k).
    { rewrite F, (total_ext d _ (fun l => (a l + m l) * unit_matrix l k)); [apply (unit_sum d (fun l => a l + m l) k Hk)|].
      intros l Hl; rewrite (O l k Hl Hk); unfold unit_matrix; destruct (Nat.eqb l k); ring. }
    rewrite Pk; unfold m; destruct (Rle_lt_dec (c - a k) 0) as [L|L].
    + rewrite Rmax_left by exact L; lra.
    + rewrite Rmax_right by lra; apply Rmult_le_pos; lra.
Qed.

(** ** The balancing: layers made of a singular value decomposition *)

Lemma balanced_factors : forall d L A, (1 <= L)%nat -> exists V, same d (chain d V L) A /\ balanced d L V 0.
Proof.
  intros d L A HL; destruct (Nat.eq_dec L 1) as [->|N].
  - exists (fun _ => A); split; [apply mul_unit_r|intros l Hl; lia].
  - destruct (arora_procedure_1 d L (fun _ => d) A ltac:(lia)) as [[p [U [V [s [a [D Ha]]]]]] Make]; [intros; lia|intros; lia|].
    destruct (Make p U V s a D Ha) as [C [B _]]; exists (decomposed_layers d L U V a); split; [exact C|].
    intros l Hl; right; unfold frobenius; rewrite <- sqrt_0; f_equal; unfold inner; apply total_zero; intros i Hi.
    apply total_zero; intros j Hj; unfold msub; rewrite (B l Hl i j Hi Hj); ring.
Qed.

Lemma projected_next : forall d L Phi eta c W, (1 <= L)%nat -> exists V, projected_step d L Phi eta c W V.
Proof.
  intros d L Phi eta c W HL; destruct (positive_nearest d c (chain d (layers_step d L Phi eta W) L)) as [P HP].
  destruct (balanced_factors d L P HL) as [V [C B]]; exists V; split; [|exact B].
  refine (nearest_same d _ _ _ _ _ (positive_same d c) (same_refl d _) (same_sym d _ _ C) HP).
Qed.

(** For all eta and c, and for any number of steps. *)
Theorem power_projection_runs : forall d L Phi eta c T, (1 <= L)%nat -> exists W, projected_run d L Phi eta c T W.
Proof.
  intros d L Phi eta c T HL; induction T as [|T [W [W0 HW]]].
  - exists (fun _ _ => unit_matrix); split; [reflexivity|intros; lia].
  - destruct (projected_next d L Phi eta c (W T) HL) as [V HV].
    exists (fun t => if Nat.leb t T then W t else V); split; [exact W0|].
    intros t Ht; destruct (Nat.leb_spec t T) as [L1|L1]; [|lia]; destruct (Nat.leb_spec (S t) T) as [L2|L2].
    + apply HW; lia.
    + replace t with T by lia; exact HV.
Qed.

(** Every target with u^T Phi u > 0 for all u but zero is learned: the two regularisers can be carried out for ever, and however
    they are, the loss goes to zero. *)
Theorem power_projection_converges : forall d L Phi,
  (1 <= d)%nat -> (1 <= L)%nat -> (forall u, (exists i, (i < d)%nat /\ u i <> 0) -> 0 < dot d u (mv d Phi u)) ->
  exists eta c, 0 < eta /\ 0 < c /\ (forall T, exists W, projected_run d L Phi eta c T W) /\
    forall eps, 0 < eps -> exists N, forall T W, (N <= T)%nat -> projected_run d L Phi eta c T W -> loss d L Phi (W T) <= eps.
Proof.
  intros d L Phi Hd HL H; destruct (positive_margin d Phi H) as [c [Hc HP]].
  destruct (positive_root L c HL ltac:(lra)) as [r [Hr Er]].
  assert (F1 := positive_at_most d c Phi Hd ltac:(lra) HP); assert (F2 := frobenius_nonneg d (msub unit_matrix Phi)).
  destruct (positive_root L (frobenius d Phi + frobenius d (msub unit_matrix Phi)) HL ltac:(lra)) as [s [Hs Es]].
  assert (r1 : r <= 1) by (apply (pow_below L); [lra|exact HL|rewrite pow1; lra]).
  assert (l0 : 0 < INR L) by (apply (lt_INR 0); lia); assert (s0 : 0 < s ^ (2 * L - 2)) by (apply pow_lt; exact Hs).
  exists (/ (24 * INR L * s ^ (2 * L - 2))), c; set (eta := / (24 * INR L * s ^ (2 * L - 2))).
  assert (e0 : 0 < eta) by (apply Rinv_0_lt_compat; repeat apply Rmult_lt_0_compat; lra).
  split; [exact e0|split; [lra|split; [intros T; apply power_projection_runs; exact HL|]]].
  intros eps Heps; set (q := ln (loss d L Phi (fun _ => unit_matrix) / eps) / (eta * r ^ (2 * L - 2))).
  destruct (nfloor_ex (Rmax 0 q) (Rmax_l 0 q)) as [N' [_ HN]]; exists (S N'); intros T W HT HW; rewrite <- Er in HP, HW; assert (Q := Rmax_r 0 q).
  apply (power_projection_steps d L Phi eta r s eps T W); try assumption; try lra.
  - right; unfold eta; field; split; lra.
  - apply Rle_trans with (INR (S N')); [fold q; rewrite S_INR; lra|apply le_INR; exact HT].
Qed.
