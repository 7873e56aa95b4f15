(** An orbit beside a curve that is given panel by panel (escape-counts.md, section 6): the panels one after the
    other, the distance from the curve and the count at every step. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau ReducedSpeed CurveSpeed CurveStep.
Open Scope R_scope.

(** The distance at the beginning of a panel, from those at the ends of the panels and what the borders add *)
Definition entry (e0 : R) (E jump : nat -> R) (i : nat) : R :=
  match i with O => e0 | S l => E l + jump l end.

(** The increase of the count along the first panels, and what is missed of it *)
Definition increase (Phi : nat -> R -> R) (a : nat -> R) (i : nat) : R := total i (fun l => Phi l (a (S l)) - Phi l (a l)).
Definition missed (N miss longest half tilt E : nat -> R) (l : nat) : R := N l * (miss l + longest l * half l * tilt l * E l).

(** Panel i is [a i, a (S i)], i <= M.  What is checked of each, of two that follow each other, and what is added up *)
Definition curve_checks (J M : nat) (sigma : R) (f' f'' : R -> R) (eta tube : R) (a : nat -> R) (curve curve' : nat -> nat -> R -> R)
  (Phi Phi' : nat -> R -> R) (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 : R) : Prop :=
  (forall i, (i <= M)%nat -> panel_fits J sigma f' f'' eta tube (a i) (a (S i)) (curve i) (curve' i) (Phi i) (Phi' i)
    (low i) (longest i) (near i) (half i) (shrink i) (slope i) (leaves i) (miss i) (tilt i)) /\
  (forall i, (i < M)%nat -> 0 <= jump i /\ 20 * longest i <= a (S (S i)) - a (S i) /\
    forall y, a (S i) <= y <= a (S i) + longest i ->
      (forall j, (j < J)%nat -> Rabs (curve i j y - curve (S i) j y) <= jump i * Rmin (curve i j y) (curve (S i) j y)) /\
      Rabs (Phi (S i) y - Phi (S i) (a (S i)) - (Phi i y - Phi i (a (S i)))) <= slip i) /\
  0 <= e0 /\
  forall i, (i <= M)%nat -> (a (S i) - a i) / low i + 1 <= N i /\
    (entry e0 E jump i + N i * leaves i)
      * exp ((a (S i) - a i + longest i) * stretch tube (longest i) (near i) (half i) (shrink i) (slope i)) <= E i <= tube.

(** Step s begins in panel i, the k-th to do so. *)
Definition on_panel (J M : nat) (tube : R) (a : nat -> R) (curve : nat -> nat -> R -> R) (Phi : nat -> R -> R)
  (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 d0 : R) (x : nat -> R) (c : nat -> nat -> R)
  (i k s : nat) : Prop :=
  (i <= M)%nat /\ a i <= x s <= a (S i) /\ INR k * low i <= x s - a i /\ INR s <= total i N + INR k /\
  beside J ((entry e0 E jump i + INR k * leaves i)
    * exp ((x s - a i) * stretch tube (longest i) (near i) (half i) (shrink i) (slope i))) (fun j => curve i j (x s)) (c s) /\
  Rabs (increase Phi a i + (Phi i (x s) - Phi i (a i)) - INR s)
    <= d0 + total i (missed N miss longest half tilt E) + total i slip + INR k * (miss i + longest i * half i * tilt i * E i).

(** The step that leaves the last panel *)
Definition leaves_last (M : nat) (a : nat -> R) (Phi : nat -> R -> R) (miss longest half tilt slip N E : nat -> R) (d0 : R)
  (x : nat -> R) (s : nat) : Prop :=
  a (S M) < x (S s) <= x s + longest M /\
  Rabs (increase Phi a M + (Phi M (x (S s)) - Phi M (a M)) - INR (S s))
    <= d0 + total (S M) (missed N miss longest half tilt E) + total M slip.

Lemma entry_nonneg : forall J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0,
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  forall i, (i <= M)%nat -> 0 <= entry e0 E jump i.
Proof.
  intros J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0
    [HP [HB [H0 HE]]]; induction i as [|i IH]; intros Hi; simpl; [exact H0|].
  specialize (IH ltac:(lia)); destruct (HP i ltac:(lia)) as [L [_ [_ [_ [_ [_ [Lv [Ln _]]]]]]]]; destruct (HE i ltac:(lia)) as [HN [HE' _]].
  destruct (HB i ltac:(lia)) as [Hj _].
  assert (0 <= (a (S i) - a i) / low i) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
  assert (0 <= N i * leaves i) by (apply Rmult_le_pos; lra).
  set (z := exp _) in HE'; assert (P : 0 < z) by apply exp_pos.
  assert (0 <= (entry e0 E jump i + N i * leaves i) * z) by (apply Rmult_le_pos; lra); lra.
Qed.

(** The distance at the k-th step of a panel is at most E i. *)
Lemma stray_bounded : forall J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0,
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  forall i k y, (i <= M)%nat -> INR k <= N i -> 0 <= y <= a (S i) - a i + longest i ->
  0 <= (entry e0 E jump i + INR k * leaves i) * exp (y * stretch tube (longest i) (near i) (half i) (shrink i) (slope i)) <= E i.
Proof.
  intros J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 H i k y Hi Hk Hy.
  assert (P0 := entry_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H i Hi).
  destruct H as [HP [_ [_ HE]]]; destruct (HP i Hi) as [_ [_ [_ [_ [_ [_ [Lv _]]]]]]]; destruct (HE i Hi) as [_ [HE' _]].
  assert (Z := stretch_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ (HP i Hi)).
  set (z := stretch _ _ _ _ _ _) in *; assert (K0 := pos_INR k); assert (0 <= INR k * leaves i) by (apply Rmult_le_pos; lra).
  assert (INR k * leaves i <= N i * leaves i) by (apply Rmult_le_compat_r; lra); assert (Pz := exp_pos (y * z)).
  split; [apply Rmult_le_pos; lra|]; eapply Rle_trans; [|exact HE'].
  apply Rmult_le_compat; try lra; apply exp_le_compat, Rmult_le_compat_r; lra.
Qed.

(** Where the curve changes *)
Lemma change_curve : forall J e jump one other c, 0 <= e -> 0 <= jump -> (forall j, (j < J)%nat -> 0 <= one j /\ 0 <= other j) ->
  (forall j, (j < J)%nat -> Rabs (one j - other j) <= jump * Rmin (one j) (other j)) ->
  beside J e one c -> beside J (e + jump) other c.
Proof.
  intros J e jump one other c He Hj Pos H W j Hjj; destruct (Pos j Hjj) as [P Q]; destruct (W j Hjj) as [L U]; specialize (H j Hjj).
  apply Rabs_le_between in H; assert (M1 := Rmin_l (one j) (other j)); assert (M2 := Rmin_r (one j) (other j)).
  assert (K := exp_ineq1_le jump); assert (E := exp_pos e).
  assert (A : one j <= other j * exp jump).
  { apply (Rle_trans _ (other j * (1 + jump))); [|apply Rmult_le_compat_l; lra].
    assert (jump * Rmin (one j) (other j) <= jump * other j) by (apply Rmult_le_compat_l; lra); lra. }
  assert (B : other j <= one j * exp jump).
  { apply (Rle_trans _ (one j * (1 + jump))); [|apply Rmult_le_compat_l; lra].
    assert (jump * Rmin (one j) (other j) <= jump * one j) by (apply Rmult_le_compat_l; lra); lra. }
  apply beside_factors; rewrite exp_plus.
  - apply factors_beside in L; apply (Rle_trans _ _ _ B); replace (c j * (exp e * exp jump)) with (c j * exp e * exp jump) by ring.
    apply Rmult_le_compat_r; lra.
  - apply (Rle_trans _ _ _ U); replace (other j * (exp e * exp jump)) with (other j * exp jump * exp e) by ring.
    apply Rmult_le_compat_r; lra.
Qed.

Lemma advance : forall J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c i k s,
  0 < eta ->
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  reduced_orbit J eta (reduced_speed J sigma f') x c ->
  let on := on_panel J M tube a curve Phi low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c in
  on i k s ->
  (x s < x (S s) <= x s + longest i /\ beside J tube (fun j => curve i j (x s)) (c s)) /\
  (on i (S k) (S s) \/ ((i < M)%nat /\ a (S i) < x (S s) /\ on (S i) 0%nat (S s)) \/
    (i = M /\ leaves_last M a Phi miss longest half tilt slip N E d0 x s)).
Proof.
  intros J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c i k s
    He H Orb on [Hi [Hx [Hk [Hs [W C]]]]].
  assert (SB := stray_bounded _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  assert (EN := entry_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  destruct H as [HP [HB [H0 HE]]]; assert (P := HP i Hi); destruct (HE i Hi) as [HN [_ HT]].
  assert (P' := P); destruct P' as [Hlow [_ [_ [_ [_ [_ [Hlv [Hlen [_ [HC _]]]]]]]]]].
  set (z := stretch tube (longest i) (near i) (half i) (shrink i) (slope i)) in *.
  set (e := (entry e0 E jump i + INR k * leaves i) * exp ((x s - a i) * z)) in *.
  assert (Kn : INR (S k) <= N i).
  { rewrite S_INR; apply (Rle_trans _ ((a (S i) - a i) / low i + 1)); [|exact HN].
    apply Rplus_le_compat_r, (Rmult_le_reg_r (low i)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r; lra. }
  assert (Eb : 0 <= e <= E i) by (apply SB; [exact Hi|rewrite S_INR in Kn; lra|lra]).
  assert (Te : 0 <= e <= tube) by lra.
  destruct (Orb s) as [Ox Oc].
  destruct (count_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ (x s) (c s) e He P Hx Te W) as [Hh Cnt].
  assert (St := stray_step _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ (x s) (c s) e He P Hx Te W); cbv zeta in St; fold z in St.
  set (h := eta * reduced_speed J sigma f' (c s) (x s)) in *; rewrite <- Ox in St, Cnt.
  set (e1 := (entry e0 E jump i + INR (S k) * leaves i) * exp ((x (S s) - a i) * z)).
  assert (Pos : forall j, (j < J)%nat -> 0 <= curve i j (x (S s))) by (intros j Hj; apply (HC (x (S s))); [lra|exact Hj]).
  assert (W1 : beside J e1 (fun j => curve i j (x (S s))) (c (S s))).
  { intros j Hj; rewrite (Oc j Hj); revert j Hj; apply (beside_weaken J (e * (1 + h * z) + leaves i)); [|exact Pos|exact St].
    unfold e1, e; rewrite S_INR; replace ((x (S s) - a i) * z) with ((x s - a i) * z + h * z) by (rewrite Ox; ring); rewrite exp_plus.
    assert (Q0 := EN i Hi); assert (K0 := pos_INR k); assert (0 <= INR k * leaves i) by (apply Rmult_le_pos; lra).
    assert (Z0 := stretch_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ P); fold z in Z0.
    assert (A0 : 0 <= (x s - a i) * z) by (apply Rmult_le_pos; lra); assert (B0 : 0 <= h * z) by (apply Rmult_le_pos; lra).
    assert (A1 := exp_ineq1_le ((x s - a i) * z)); assert (B1 := exp_ineq1_le (h * z)).
    set (A := exp ((x s - a i) * z)) in *; set (B := exp (h * z)) in *.
    assert (1 <= A * B) by (rewrite <- (Rmult_1_r 1); apply Rmult_le_compat; lra).
    assert ((entry e0 E jump i + INR k * leaves i) * A * (1 + h * z) <= (entry e0 E jump i + INR k * leaves i) * A * B)
      by (apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|lra]).
    assert (leaves i * 1 <= leaves i * (A * B)) by (apply Rmult_le_compat_l; lra); lra. }
  assert (E1 : 0 <= e1 <= E i) by (apply SB; [exact Hi|exact Kn|lra]).
  set (w := miss i + longest i * half i * tilt i * E i) in *.
  assert (C1 : Rabs (increase Phi a i + (Phi i (x (S s)) - Phi i (a i)) - INR (S s))
    <= d0 + total i (missed N miss longest half tilt E) + total i slip + INR (S k) * w).
  { rewrite !S_INR; replace (increase Phi a i + (Phi i (x (S s)) - Phi i (a i)) - (INR s + 1))
      with (increase Phi a i + (Phi i (x s) - Phi i (a i)) - INR s + (Phi i (x (S s)) - Phi i (x s) - 1)) by ring.
    eapply Rle_trans; [apply Rabs_triang|].
    assert (0 <= longest i * half i * tilt i).
    { assert (0 <= tilt i) by (destruct (HC (x s) ltac:(lra)) as [_ [_ T]]; eapply Rle_trans; [apply Rabs_pos|exact T]).
      apply Rmult_le_pos; [apply Rmult_le_pos; [lra|]|assumption]; apply P. }
    assert (longest i * half i * tilt i * e <= longest i * half i * tilt i * E i) by (apply Rmult_le_compat_l; lra).
    unfold w in *; lra. }
  assert (w0 : 0 <= w) by (assert (X := Rabs_pos (Phi i (x (S s)) - Phi i (x s) - 1)); unfold w;
    assert (0 <= longest i * half i * tilt i) by (assert (0 <= tilt i) by (destruct (HC (x s) ltac:(lra)) as [_ [_ T]];
      eapply Rle_trans; [apply Rabs_pos|exact T]); apply Rmult_le_pos; [apply Rmult_le_pos; [lra|]|assumption]; apply P);
    assert (longest i * half i * tilt i * e <= longest i * half i * tilt i * E i) by (apply Rmult_le_compat_l; lra); lra).
  assert (Kw : INR (S k) * w <= missed N miss longest half tilt E i) by (unfold missed; fold w; apply Rmult_le_compat_r; assumption).
  split.
  { split; [lra|]; apply (beside_weaken J e); [lra|intros j Hj; apply (HC (x s)); [lra|exact Hj]|exact W]. }
  destruct (Rle_dec (x (S s)) (a (S i))) as [In|Out].
  - left; split; [exact Hi|]; split; [lra|]; split; [rewrite S_INR; lra|]; split; [rewrite !S_INR; lra|]; split; assumption.
  - destruct (Nat.eq_dec i M) as [->|Ni].
    + right; right; split; [reflexivity|]; split; [lra|]; cbn [total]; lra.
    + right; left; assert (iM : (i < M)%nat) by lia; split; [exact iM|]; split; [lra|].
      destruct (HB i iM) as [Hj [Hl Hb]]; destruct (Hb (x (S s)) ltac:(lra)) as [Bc Bp].
      split; [lia|]; split; [lra|]; split; [simpl; lra|]; split.
      { rewrite S_INR; cbn [total]; rewrite S_INR in Kn; simpl; lra. }
      split.
      * replace (INR 0) with 0 by reflexivity; rewrite Rmult_0_l, Rplus_0_r; cbn [entry].
        assert (P2 := HP (S i) ltac:(lia)); assert (Z0 := stretch_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ P2); destruct P2 as [L' [_ [_ [_ [_ [_ [_ [_ [_ [HC' _]]]]]]]]]].
        assert (Pos' : forall j, (j < J)%nat -> 0 <= curve (S i) j (x (S s))) by (intros j Hjj; apply (HC' (x (S s))); [lra|exact Hjj]).
        apply (beside_weaken J (E i + jump i)); [|exact Pos'|].
        -- set (z' := stretch tube (longest (S i)) (near (S i)) (half (S i)) (shrink (S i)) (slope (S i))) in *.
           assert (0 <= (x (S s) - a (S i)) * z') by (apply Rmult_le_pos; lra); assert (X := exp_ineq1_le ((x (S s) - a (S i)) * z')).
           rewrite <- (Rmult_1_r (E i + jump i)) at 1; apply Rmult_le_compat_l; lra.
        -- apply (change_curve J (E i) (jump i) (fun j => curve i j (x (S s)))); [lra|exact Hj| |exact Bc|].
           ++ intros j Hjj; split; [apply Pos; exact Hjj|apply Pos'; exact Hjj].
           ++ apply (beside_weaken J e1); [lra|exact Pos|exact W1].
      * replace (INR 0) with 0 by reflexivity; rewrite Rmult_0_l, Rplus_0_r; unfold increase; cbn [total]; fold (increase Phi a i).
        replace (increase Phi a i + (Phi i (a (S i)) - Phi i (a i)) + (Phi (S i) (x (S s)) - Phi (S i) (a (S i))) - INR (S s))
          with (increase Phi a i + (Phi i (x (S s)) - Phi i (a i)) - INR (S s)
            + (Phi (S i) (x (S s)) - Phi (S i) (a (S i)) - (Phi i (x (S s)) - Phi i (a (S i))))) by ring.
        eapply Rle_trans; [apply Rabs_triang|]; lra.
Qed.
