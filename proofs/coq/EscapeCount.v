(** The certified escape count of escape-counts.md, given the delay by the drift: the orbit on the
    plateau of Plateau.v, where each hypothesis stands beside the check of the code.  CertifiedCount.v
    is the same with the delay proved. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits Matrix PieceSums Plateau.
Open Scope R_scope.

(** ** The orbit *)

(** Before the exit a step stays in its piece or ends in the next, and the bounds of every piece it
    meets hold at its beginning. *)
Lemma step_kept : forall J M eps eta c0 a r U A B near u psi' psi'' c y,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' -> in_box J eps c0 c ->
  0 < eta -> a 0%nat <= y <= a M ->
  0 < eta * u c y /\ y + eta * u c y <= a (S M) /\
  forall i, (i < M)%nat -> a i <= y <= a (S i) -> eta * u c y <= r (S i).
Proof.
  intros J M eps eta c0 a r U A B near u psi' psi'' c y HP HS Hc He Hy.
  destruct HP as [HM [Ha [Hr Hl]]]; destruct HS as [HS [Hstep _]].
  destruct (piece_of a M y HM Hy) as [m [Hm K]].
  assert (In : forall i, (i < M)%nat -> a i <= y <= a (S i) -> 0 < u c y /\ eta * u c y <= r (S i)).
  { intros i Hi Ki; assert (0 <= r i) by (apply Hr; lia); assert (0 <= r (S i)) by (apply Hr; lia).
    destruct (HS c i y Hc ltac:(lia) ltac:(lra)) as [[P PU] _]; split; [exact P|].
    eapply Rle_trans; [|apply (Hstep i Hi)]; apply Rmult_le_compat_l; lra. }
  destruct (In m Hm K) as [P Q]; split; [apply Rmult_lt_0_compat; lra|split; [|apply In]].
  specialize (Hl m Hm); assert (a (S (S m)) <= a (S M)); [|lra].
  apply (rising a (S M)); [intros i Hi; left; apply Ha; lia|lia].
Qed.

Lemma orbit_kept : forall J M eps eta a r U A B near u psi' psi'' x c,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  forall n, before_exit x (a M) n -> forall s, (s <= n)%nat ->
    in_box J eps (c 0%nat) (c s) /\ a 0%nat <= x s <= a (S M).
Proof.
  intros J M eps eta a r U A B near u psi' psi'' x c He Heps HP HS Hc0 Hx0 Orb.
  assert (aM : a M <= a (S M)) by (left; apply HP; lia).
  induction n as [|n IH]; intros Hn s Hs.
  - replace s with 0%nat by lia; split; [|lra]; intros j Hj; specialize (Hc0 j Hj).
    assert (0 <= c 0%nat j * eps) by (apply Rmult_le_pos; assumption); lra.
  - assert (Hn' : before_exit x (a M) n) by (intros m Hm; apply Hn; lia).
    destruct (Nat.eq_dec s (S n)) as [->|N]; [|apply (IH Hn'); lia].
    assert (In : forall m, (m < S n)%nat -> in_box J eps (c 0%nat) (c m) /\ a 0%nat <= x m <= a M).
    { intros m Hm; destruct (IH Hn' m ltac:(lia)) as [I1 I2]; specialize (Hn m Hm); split; [exact I1|lra]. }
    assert (Kept : forall m, (m < S n)%nat -> 0 < eta * u (c m) (x m) /\ x m + eta * u (c m) (x m) <= a (S M) /\
      forall i, (i < M)%nat -> a i <= x m <= a (S i) -> eta * u (c m) (x m) <= r (S i)).
    { intros m Hm; destruct (In m Hm) as [I1 I2].
      apply (step_kept J M eps eta (c 0%nat) a r U A B near u psi' psi''); assumption. }
    assert (Ex : forall m, x (S m) - x m = eta * u (c m) (x m)) by (intros m; rewrite (proj1 (Orb m)); ring).
    split.
    2:{ rewrite (proj1 (Orb n)); destruct (Kept n ltac:(lia)) as [K1 [K2 _]]; destruct (In n ltac:(lia)); lra. }
    destruct HP as [HM [Ha [Hr Hl]]]; destruct HS as [HS [Hstep [_ [Hone Hsum]]]].
    (* the bounds of every piece that the step meets *)
    assert (Near : forall m i j, (m < S n)%nat -> (i <= M)%nat -> (j < J)%nat -> a i - r i <= x m <= a (S i) ->
      0 < u (c m) (x m) <= U i /\ 0 < c m j + x m ^ 2 /\ / (c m j + x m ^ 2) <= near i j).
    { intros m i j Hm Hi Hj W; assert (0 <= r (S i)) by (apply Hr; lia).
      destruct (HS (c m) i (x m) (proj1 (In m Hm)) Hi ltac:(lra)) as [P [_ [_ [_ [_ Q]]]]].
      split; [exact P|apply Q; exact Hj]. }
    intros j Hj.
    set (q := fun m => (eta * u (c m) (x m)) ^ 2 / (c m j + x m ^ 2)).
    assert (q01 : forall m, (m < S n)%nat -> 0 <= q m <= 1).
    { intros m Hm; destruct (piece_of a M (x m) HM (proj2 (In m Hm))) as [i [Hi K]].
      assert (0 <= r i) by (apply Hr; lia).
      destruct (Near m i j Hm ltac:(lia) Hj ltac:(lra)) as [[P PU] [Q1 Q2]].
      assert (I0 : 0 < / (c m j + x m ^ 2)) by (apply Rinv_0_lt_compat; exact Q1).
      assert (h0 : 0 <= eta * u (c m) (x m)) by (apply Rmult_le_pos; lra).
      unfold q, Rdiv; split; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|].
      eapply Rle_trans; [|apply (Hone i j ltac:(lia) Hj)]; apply Rmult_le_compat; try lra.
      + apply pow2_ge_0.
      + apply pow_incr; split; [exact h0|apply Rmult_le_compat_l; lra]. }
    assert (Sum : 0 < c 0%nat j -> total (S n) q <= eps).
    { intros Pos; eapply Rle_trans; [|apply (Hsum j Hj Pos)].
      rewrite (total_ext _ q (fun m => (x (S m) - x m) * (eta * u (c m) (x m) / (c m j + x m ^ 2))))
        by (intros m Hm; rewrite Ex; unfold q, Rdiv; ring).
      apply (piece_sum M (S n) a r x _ (fun i => eta * U i * near i j)); auto.
      - intros i Hi; left; apply Ha; exact Hi.
      - intros m Hm; apply In; exact Hm.
      - intros m Hm; assert (E := Ex m); destruct (Kept m Hm) as [K1 _]; lra.
      - intros m i Hm Hi W; rewrite Ex; apply (Kept m Hm); assumption.
      - intros i Hi; assert (0 <= r i) by (apply Hr; lia); assert (a i < a (S i)) by (apply Ha; exact Hi).
        assert (0 <= r (S i)) by (apply Hr; lia).
        destruct (HS (c 0%nat) i (a i)) as [[P PU] [_ [_ [_ [_ Q]]]]]; [|exact Hi|lra|].
        + apply (In 0%nat); lia.
        + destruct (Q j Hj) as [Q1 Q2]; assert (0 < / (c 0%nat j + a i ^ 2)) by (apply Rinv_0_lt_compat; exact Q1).
          apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
      - intros m i Hm Hi W _; destruct (Near m i j Hm Hi Hj W) as [[P PU] [Q1 Q2]].
        assert (0 < / (c m j + x m ^ 2)) by (apply Rinv_0_lt_compat; exact Q1).
        apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra]. }
    destruct (contraction_drift (fun m => c m j) q (S n)) as [_ [D1 D2]].
    + apply Hc0; exact Hj.
    + intros m Hm; apply (Orb m); exact Hj.
    + exact q01.
    + split; [|exact D2]; eapply Rle_trans; [|exact D1].
      destruct (Rle_lt_or_eq_dec _ _ (Hc0 j Hj)) as [Pos|Tie]; [|rewrite <- Tie; lra].
      specialize (Sum Pos); apply Rmult_le_compat_l; [apply Hc0; exact Hj|lra].
Qed.

(** The step across the exit begins where the bounds of the last piece hold. *)
Lemma last_step : forall J M eps eta a r U A B near u psi' psi'' x c m,
  0 < eta -> pieces_fit M a r -> speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c -> before_exit x (a M) m ->
  (forall s, (s <= m)%nat -> in_box J eps (c 0%nat) (c s) /\ a 0%nat <= x s <= a (S M)) ->
  a M < x m -> x m <= a M + eta * U M.
Proof.
  intros J M eps eta a r U A B near u psi' psi'' x c m He HP HS Hx0 Orb Hm Kept Out.
  destruct m as [|m]; [lra|]; specialize (Hm m ltac:(lia)); destruct (Kept m ltac:(lia)) as [Bm Xm].
  assert (E : x (S m) = x m + eta * u (c m) (x m)) by apply (Orb m).
  destruct HP as [HM [Ha [Hr Hl]]]; destruct (piece_of a M (x m) HM ltac:(lra)) as [i [Hi K]].
  destruct (step_kept J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c m) (x m)
    (conj HM (conj Ha (conj Hr Hl))) HS Bm He ltac:(lra)) as [_ [_ Short]].
  specialize (Short i Hi K); specialize (Hl i Hi).
  assert (last : S i = M).
  { destruct (Nat.eq_dec (S i) M) as [F|N]; [exact F|].
    assert (a (S (S i)) <= a M) by (apply (rising a (S M)); [intros j Hj; left; apply Ha; lia|lia]); lra. }
  rewrite last in *; assert (0 <= r (S M)) by (apply Hr; lia); assert (a M < a (S M)) by (apply Ha; lia).
  destruct (proj1 HS (c m) M (x m) Bm (Nat.le_refl M) ltac:(lra)) as [[_ PU] _].
  assert (eta * u (c m) (x m) <= eta * U M) by (apply Rmult_le_compat_l; lra); lra.
Qed.

(** Summed over the steps, whatever their number, before the exit. *)
Lemma abel_along : forall J M eps eta a r U A B near u psi' psi'' x c (D : R -> R) (d : nat -> R) Delta,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall s, before_exit x (a M) (S s) -> Rabs (abel eta (u (c (S s))) (a M) (x (S s))
    - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s))) <= d s) ->
  (forall m, before_exit x (a M) m -> total m d <= Delta) ->
  forall n, before_exit x (a M) n ->
  Rabs (abel eta (u (c n)) (a M) (x n) - abel eta (u (c 0%nat)) (a M) (x 0%nat) - INR n
    + (D (x n) - D (x 0%nat))) <= defect M eta a U A B + Delta.
Proof.
  intros J M eps eta a r U A B near u psi' psi'' x c D d Delta He Heps HP HS Hc0 Hx0 Orb HD Hd n Hn.
  set (Ab := fun s y => abel eta (u (c s)) (a M) y).
  set (e := fun s => Rabs (Ab s (x (S s)) - Ab s (x s) - 1)).
  assert (In : forall m, (m < n)%nat -> in_box J eps (c 0%nat) (c m) /\ a 0%nat <= x m <= a M).
  { intros m Hm; destruct (orbit_kept J M eps eta a r U A B near u psi' psi'' x c He Heps HP HS Hc0 Hx0 Orb n Hn m
      ltac:(lia)) as [I1 I2]; specialize (Hn m Hm); split; [exact I1|lra]. }
  assert (Kept := fun m Hm => step_kept J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c m) (x m) HP HS
    (proj1 (In m Hm)) He (proj2 (In m Hm))).
  assert (Ex : forall m, x (S m) = x m + eta * u (c m) (x m)) by (intros m; apply (Orb m)).
  assert (E1 : total n e <= defect M eta a U A B).
  { unfold defect.
    rewrite (total_ext n e (fun m => (x (S m) - x m) * (e m / (x (S m) - x m)))).
    2:{ intros m Hm; destruct (Kept m Hm) as [K _]; assert (F := Ex m); field; lra. }
    apply (piece_sum M n a r x _ (fun i => eta * U i * (B i / 12 + exp (A i * (eta * U i)) * A i ^ 2 / 6))).
    - apply HP.
    - intros i Hi; left; apply HP; exact Hi.
    - apply HP.
    - apply HP.
    - intros m Hm; apply (In m Hm).
    - intros m Hm; rewrite Ex; destruct (Kept m Hm); lra.
    - intros m i Hm Hi W; rewrite Ex; destruct (Kept m Hm) as [_ [_ K]]; specialize (K i Hi W); lra.
    - intros i Hi; assert (0 <= r i) by (apply HP; lia); assert (0 <= r (S i)) by (apply HP; lia).
      assert (a i < a (S i)) by (apply HP; exact Hi).
      destruct (Nat.eq_dec n 0) as [->|N].
      + assert (In0 : in_box J eps (c 0%nat) (c 0%nat)).
        { intros j Hj; specialize (Hc0 j Hj); assert (0 <= c 0%nat j * eps) by (apply Rmult_le_pos; assumption); lra. }
        destruct (proj1 HS (c 0%nat) i (a i) In0 Hi ltac:(lra)) as [[P PU] [_ [_ [HA [HB _]]]]].
        assert (Rabs (psi' (c 0%nat) (a i)) >= 0) by (apply Rle_ge, Rabs_pos).
        assert (Rabs (psi'' (c 0%nat) (a i)) >= 0) by (apply Rle_ge, Rabs_pos).
        assert (0 <= exp (A i * (eta * U i)) * A i ^ 2)
          by (apply Rmult_le_pos; [left; apply exp_pos|apply pow2_ge_0]).
        apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
      + destruct (proj1 HS (c 0%nat) i (a i) (proj1 (In 0%nat ltac:(lia))) Hi ltac:(lra)) as [[P PU] [_ [_ [HA [HB _]]]]].
        assert (Rabs (psi' (c 0%nat) (a i)) >= 0) by (apply Rle_ge, Rabs_pos).
        assert (Rabs (psi'' (c 0%nat) (a i)) >= 0) by (apply Rle_ge, Rabs_pos).
        assert (0 <= exp (A i * (eta * U i)) * A i ^ 2)
          by (apply Rmult_le_pos; [left; apply exp_pos|apply pow2_ge_0]).
        apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
    - intros m i Hm Hi [W1 W2] W3; destruct (Kept m Hm) as [K1 [K2 _]]; destruct (In m Hm) as [I1 I2].
      assert (aM : a M < a (S M)) by (apply HP; lia).
      rewrite Ex in W3.
      assert (F := frozen_step J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c m) (x m) i HP HS I1 He Hi
        ltac:(split; lra) ltac:(split; lra) W1 W3).
      unfold e, Ab; rewrite Ex; rewrite <- Ex in *.
      assert (Hm' : 0 < x (S m) - x m) by (rewrite Ex; lra).
      apply (Rmult_le_reg_l (x (S m) - x m)); [exact Hm'|].
      replace ((x (S m) - x m) * (Rabs (abel eta (u (c m)) (a M) (x (S m)) - abel eta (u (c m)) (a M) (x m) - 1)
        / (x (S m) - x m))) with (Rabs (abel eta (u (c m)) (a M) (x (S m)) - abel eta (u (c m)) (a M) (x m) - 1))
        by (field; lra).
      replace (x (S m) - x m) with (eta * u (c m) (x m)) by (rewrite Ex; ring); exact F. }
  assert (E2 := Hd n Hn).
  assert (Sum : forall m, (m <= n)%nat -> Rabs (Ab m (x m) - Ab 0%nat (x 0%nat) - INR m + (D (x m) - D (x 0%nat)))
    <= total m e + total m d).
  { induction m as [|m IH]; intros Hm.
    - simpl; replace (_ - _ - 0 + (_ - _)) with 0 by ring; rewrite Rabs_R0; lra.
    - specialize (IH ltac:(lia)); specialize (HD m ltac:(intros s Hs; apply Hn; lia)).
      fold (Ab (S m) (x (S m))) in HD; fold (Ab m (x (S m))) in HD.
      assert (Em : Rabs (Ab m (x (S m)) - Ab m (x m) - 1) <= e m) by (unfold e; lra).
      rewrite S_INR; simpl total; apply Rabs_le_between in IH; apply Rabs_le_between in HD.
      apply Rabs_le_between in Em; apply Rabs_le; lra. }
  eapply Rle_trans; [apply (Sum n (Nat.le_refl n))|lra].
Qed.

(** The count.  Every estimate at step s needs only that no step before s was behind the exit; so the
    argument is about the first step that is. *)
Theorem escape_count_given_delay : forall J M n a r U A B near u psi' psi'' x c eta eps (D : R -> R) (d : nat -> R) Delta tau,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall s, before_exit x (a M) (S s) -> Rabs (abel eta (u (c (S s))) (a M) (x (S s))
    - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s))) <= d s) ->
  (forall m, before_exit x (a M) m -> total m d <= Delta) ->
  (forall c' y, in_box J eps (c 0%nat) c' -> a M <= y <= Rmin (a (S M)) (a M + eta * U M) ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D y - D (x 0%nat))) ->
  INR n <= tau - (defect M eta a U A B + Delta) ->
  before_exit x (a M) (S n) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + Delta.
Proof.
  intros J M n a r U A B near u psi' psi'' x c eta eps D d Delta tau He Heps HP HS Hc0 Hx0 Orb HD Hd Htau Hn.
  assert (Along := abel_along J M eps eta a r U A B near u psi' psi'' x c D d Delta He Heps HP HS Hc0 Hx0 Orb HD Hd).
  assert (Kept := orbit_kept J M eps eta a r U A B near u psi' psi'' x c He Heps HP HS Hc0 Hx0 Orb).
  assert (aM : a M < a (S M)) by (apply HP; lia).
  assert (a0M : a 0%nat <= a M) by lra.
  assert (Pos : forall c' y, in_box J eps (c 0%nat) c' -> a 0%nat <= y <= a (S M) -> 0 < u c' y).
  { intros c' y Hc' Hy; destruct (in_some_piece M a r y HP Hy) as [i [Hi [W _]]].
    apply (proj1 HS c' i y Hc' Hi W). }
  assert (Last := fun m Hm => last_step J M eps eta a r U A B near u psi' psi'' x c m He HP HS Hx0 Orb Hm (Kept m Hm)).
  assert (AtExit : forall m, abel eta (u (c m)) (a M) (a M) = 1 / 2 * ln (u (c m) (a M))).
  { intros m; unfold abel; rewrite (RInt_point (V := R_CompleteNormedModule)); change zero with 0; ring. }
  assert (In0 : in_box J eps (c 0%nat) (c 0%nat)) by (apply (Kept 0%nat); [intros s Hs; lia|lia]).
  assert (P0 : 0 < u (c 0%nat) (x 0%nat)) by (apply Pos; [exact In0|lra]).
  assert (All : forall m, (m <= S n)%nat -> before_exit x (a M) m).
  { induction m as [|m IH]; intros Hm; [intros s Hs; lia|].
    specialize (IH ltac:(lia)); intros s Hs.
    destruct (Nat.eq_dec s m) as [->|N]; [|apply IH; lia].
    apply Rnot_lt_le; intros Out.
    destruct (Kept m IH m (Nat.le_refl m)) as [Bm Xm].
    assert (Beyond := abel_behind J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c m) (x m) HP HS Bm He ltac:(lra)).
    rewrite AtExit in Beyond; assert (G := Along m IH); apply Rabs_le_between in G.
    assert (Near := Rmin_glb _ _ _ (proj2 Xm) (Last m IH Out)).
    specialize (Htau (c m) (x m) Bm ltac:(lra)).
    rewrite ln_ratio in Htau by (first [exact P0|apply Pos; [exact Bm|lra]]).
    assert (mn : INR m <= INR n) by (apply le_INR; lia).
    set (Am := abel eta (u (c m)) (a M) (x m)) in *; unfold abel in G; lra. }
  assert (Hn' : before_exit x (a M) n) by (apply All; lia).
  split; [apply All; lia|].
  destruct (Kept n Hn' n (Nat.le_refl n)) as [Bn Xn].
  assert (G := Along n Hn'); rewrite <- Rabs_Ropp in G.
  rewrite !ln_ratio by (first [exact P0|apply Pos; [exact Bn|lra]]).
  unfold abel in G; eapply Rle_trans; [right; apply (f_equal Rabs)|exact G]; ring.
Qed.
