(** Where an orbit beside a curve is after n steps (escape-counts.md, Theorem C), for the iterates of gradient
    descent themselves.  The hypotheses are what numerics/certified/panel_bounds.py and curve.py check. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Elimination Geometry PieceSums Plateau ReducedSpeed CountDescent CurveSpeed CurveStep CurveRun.
Open Scope R_scope.

(** What the count may miss in all: d0 at the start, the steps of all panels, the borders *)
Definition curve_defect (M : nat) (miss longest half tilt slip N E : nat -> R) (d0 : R) : R :=
  d0 + total (S M) (missed N miss longest half tilt E) + total M slip.

Lemma sum_rises : forall n f i, (i <= n)%nat -> (forall l, (l < n)%nat -> 0 <= f l) -> total i f <= total n f.
Proof. intros n f i Hi H; apply total_mono; assumption. Qed.

(** The orbit runs along the panels and leaves the last. *)
Lemma run : forall J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c,
  0 < eta ->
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  reduced_orbit J eta (reduced_speed J sigma f') x c ->
  a 0%nat <= x 0%nat <= a 1%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  Rabs (Phi 0%nat (x 0%nat) - Phi 0%nat (a 0%nat)) <= d0 ->
  let on := on_panel J M tube a curve Phi low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c in
  exists s k, (forall t, (t <= s)%nat -> exists i l, on i l t) /\ on M k s /\ leaves_last M a Phi miss longest half tilt slip N E d0 x s.
Proof.
  intros J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c
    He H Orb Hx0 Hc0 Hd0 on.
  assert (H' := H); destruct H' as [HP [_ [H0 HE]]].
  assert (Start : on 0%nat 0%nat 0%nat).
  { assert (Pz := stretch_nonneg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ (HP 0%nat ltac:(lia))).
    split; [lia|]; split; [exact Hx0|]; split; [replace (INR 0) with 0 by reflexivity; lra|]; split; [simpl; lra|]; split.
    - destruct (HP 0%nat ltac:(lia)) as [L [_ [_ [_ [_ [_ [_ [_ [_ [HC _]]]]]]]]]]; apply (beside_weaken J e0); [| |exact Hc0].
      + replace (INR 0) with 0 by reflexivity; rewrite Rmult_0_l, Rplus_0_r; cbn [entry]; set (z := stretch _ _ _ _ _ _) in *.
        assert (0 <= (x 0%nat - a 0%nat) * z) by (apply Rmult_le_pos; lra); assert (X := exp_ineq1_le ((x 0%nat - a 0%nat) * z)).
        rewrite <- (Rmult_1_r e0) at 1; apply Rmult_le_compat_l; lra.
      + intros j Hj; apply (HC (x 0%nat)); [lra|exact Hj].
    - unfold increase; cbn [total]; replace (INR 0) with 0 by reflexivity.
      replace (0 + (Phi 0%nat (x 0%nat) - Phi 0%nat (a 0%nat)) - 0) with (Phi 0%nat (x 0%nat) - Phi 0%nat (a 0%nat)) by ring; lra. }
  assert (Going : forall n, (forall t, (t <= n)%nat -> exists i l, on i l t) \/
    exists s k, (forall t, (t <= s)%nat -> exists i l, on i l t) /\ on M k s /\ leaves_last M a Phi miss longest half tilt slip N E d0 x s).
  { induction n as [|n [IH|IH]]; [left; intros t Ht; replace t with 0%nat by lia; exists 0%nat, 0%nat; exact Start| |right; exact IH].
    destruct (IH n (Nat.le_refl n)) as [i [k On]].
    destruct (advance _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ d0 x c i k n He H Orb On) as [_ [A|[[_ [_ A]]|[E1 A]]]].
    - left; intros t Ht; destruct (Nat.eq_dec t (S n)) as [->|Nt]; [exists i, (S k); exact A|apply IH; lia].
    - left; intros t Ht; destruct (Nat.eq_dec t (S n)) as [->|Nt]; [exists (S i), 0%nat; exact A|apply IH; lia].
    - right; exists n, k; split; [exact IH|]; split; [rewrite <- E1 at 1; exact On|exact A]. }
  assert (NN : forall i, (i <= M)%nat -> 1 <= N i /\ forall k s, on i k s -> INR k <= N i).
  { intros i Hi; destruct (HP i Hi) as [L [_ [_ [_ [_ [_ [_ [Ln _]]]]]]]]; destruct (HE i Hi) as [HN _]; split.
    - assert (0 <= (a (S i) - a i) / low i) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]); lra.
    - intros k s [_ [Hx [Hk _]]]; apply (Rle_trans _ ((a (S i) - a i) / low i)); [|lra].
      apply (Rmult_le_reg_r (low i)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r; lra. }
  destruct (nfloor_ex (Rmax 0 (total (S M) N)) (Rmax_l _ _)) as [n' Hn']; assert (Hn := Rmax_r 0 (total (S M) N)).
  set (n := S n'); assert (Hn2 : total (S M) N < INR n) by (unfold n; rewrite S_INR; lra); clear Hn.
  destruct (Going n) as [G|G]; [|exact G]; exfalso.
  destruct (G n (Nat.le_refl n)) as [i [k On]]; assert (Hi := proj1 On); destruct (NN i Hi) as [_ Hk]; specialize (Hk k n On).
  destruct On as [_ [_ [_ [Hs _]]]].
  assert (T : total (S i) N <= total (S M) N).
  { apply sum_rises; [lia|]; intros l Hl; destruct (NN l ltac:(lia)); lra. }
  cbn [total] in T, Hn2; lra.
Qed.

Lemma strictly_rises : forall (f f' : R -> R) p q, p < q -> (forall y, p <= y <= q -> is_derive f y (f' y) /\ 0 < f' y) -> f p < f q.
Proof.
  intros f f' p q Hpq H; destruct (MVT_gen f p q f') as [z [Hz E]].
  - intros y; rewrite Rmin_left, Rmax_right by lra; intros Hy; apply H; lra.
  - intros y; rewrite Rmin_left, Rmax_right by lra; intros Hy; apply continuity_pt_filterlim, (ex_derive_continuous f); exists (f' y); apply H; lra.
  - rewrite Rmin_left, Rmax_right in Hz by lra; destruct (H z Hz) as [_ P]; assert (0 < f' z * (q - p)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

(** Theorem C for an orbit of (1) *)
Lemma landing : forall J M n sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c,
  0 < eta ->
  curve_checks J M sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 ->
  reduced_orbit J eta (reduced_speed J sigma f') x c ->
  a 0%nat <= x 0%nat <= a 1%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  Rabs (Phi 0%nat (x 0%nat) - Phi 0%nat (a 0%nat)) <= d0 ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  let defect := curve_defect M miss longest half tilt slip N E d0 in
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  (forall s, (s <= n)%nat -> x s <= a (S M) /\ exists i, (i <= M)%nat /\ a i <= x s <= a (S i) /\ beside J tube (fun j => curve i j (x s)) (c s)) /\
  a (S M) - 3 * longest M <= x n /\
  Rabs (Phi M (a (S M)) - Phi M (x n) - (increase Phi a (S M) - INR n)) <= defect /\
  beside J (E M) (fun j => curve M j (x n)) (c n).
Proof.
  intros J M n sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c
    He H Orb Hx0 Hc0 Hd0 Mono defect Hn1 Hn2.
  assert (SB := stray_bounded _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H).
  destruct (run _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ d0 x c He H Orb Hx0 Hc0 Hd0) as [s [k [On [OnM [L1 L2]]]]].
  set (on := on_panel J M tube a curve Phi low longest near half shrink slope leaves miss tilt jump slip N E e0 d0 x c) in *.
  assert (H' := H); destruct H' as [HP [HB [H0 HE]]].
  assert (Pos : forall i, (i <= M)%nat -> 0 < longest i /\ 20 * longest i <= a (S i) - a i) by (intros i Hi; destruct (HP i Hi) as [L Q]; split; [lra|apply Q]).
  assert (Rise : forall i j, (i <= j <= S M)%nat -> a i <= a j) by (apply rising; intros i Hi; destruct (Pos i ltac:(lia)); lra).
  destruct (Pos M (Nat.le_refl M)) as [h0 hlen].
  assert (Few : forall i l t, on i l t -> INR l <= N i /\ (i <= M)%nat /\ a i <= x t <= a (S i) /\ beside J tube (fun j => curve i j (x t)) (c t) /\
    beside J (E i) (fun j => curve i j (x t)) (c t)).
  { intros i l t [Hi [Hx [Hk [_ [W _]]]]]; destruct (HP i Hi) as [Lw [_ [_ [_ [_ [_ [_ [_ [_ [HC _]]]]]]]]]]; destruct (HE i Hi) as [HN [_ HT]].
    assert (KN : INR l <= N i) by (apply (Rle_trans _ ((a (S i) - a i) / low i)); [|lra];
      apply (Rmult_le_reg_r (low i)); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r; lra).
    destruct (SB i l (x t - a i) Hi KN ltac:(lra)) as [_ B].
    assert (P : forall j, (j < J)%nat -> 0 <= curve i j (x t)) by (intros j Hj; apply (HC (x t)); [lra|exact Hj]).
    split; [exact KN|]; split; [exact Hi|]; split; [exact Hx|]; split; eapply beside_weaken; [|exact P|exact W| |exact P|exact W]; lra. }
  assert (Counts : forall l t, on M l t -> Rabs (increase Phi a M + (Phi M (x t) - Phi M (a M)) - INR t) <= defect).
  { intros l t O; destruct (Few M l t O) as [KN [Hi _]]; destruct O as [_ [Hx [_ [_ [_ C]]]]]; eapply Rle_trans; [exact C|].
    unfold defect, curve_defect; cbn [total].
    assert (W0 : 0 <= miss M + longest M * half M * tilt M * E M).
    { destruct (HP M Hi) as [Lw [_ [_ [_ [Hf [_ [_ [_ [HS [HC HR]]]]]]]]]]; destruct (SB M 0%nat 0 Hi) as [E0 E1].
      - simpl; apply (Rle_trans _ (INR l)); [apply pos_INR|exact KN].
      - lra.
      - destruct (HR (x t) Hx) as [_ Ms]; destruct (HC (x t) ltac:(lra)) as [_ [_ T]].
        assert (0 <= miss M) by (eapply Rle_trans; [apply Rabs_pos|exact Ms]); assert (0 <= tilt M) by (eapply Rle_trans; [apply Rabs_pos|exact T]).
        apply Rplus_le_le_0_compat; [assumption|]; repeat apply Rmult_le_pos; lra. }
    assert (INR l * (miss M + longest M * half M * tilt M * E M) <= missed N miss longest half tilt E M)
      by (unfold missed; apply Rmult_le_compat_r; assumption); lra. }
  assert (Total : increase Phi a (S M) = increase Phi a M + (Phi M (a (S M)) - Phi M (a M))) by reflexivity.
  assert (HC : forall y, a (S M) - longest M <= y <= a (S M) + longest M -> is_derive (Phi M) y (Phi' M y) /\ 0 < Phi' M y).
  { intros y Hy; split; [|apply Mono; exact Hy]; destruct (HP M (Nat.le_refl M)) as [_ [_ [_ [_ [_ [_ [_ [_ [_ [C _]]]]]]]]]]; apply (C y); lra. }
  fold (curve_defect M miss longest half tilt slip N E d0) in L2; fold defect in L2.
  assert (xs : a M <= x s <= a (S M)) by (apply (Few M k s OnM)).
  (* n is at most s *)
  assert (Up : Phi M (a (S M)) < Phi M (x (S s))) by (apply (strictly_rises (Phi M) (Phi' M)); [lra|]; intros y Hy; apply HC; lra).
  assert (ns : (n <= s)%nat).
  { apply Rabs_le_between in L2; rewrite S_INR in L2; apply Nat.lt_succ_r, INR_lt; rewrite S_INR; lra. }
  (* s is at most n + 2 *)
  assert (Dn : Phi M (x s) <= Phi M (a (S M))) by (apply (rises (Phi M) (Phi' M)); [lra|]; intros y Hy; destruct (HC y ltac:(lra)); split; [assumption|lra]).
  assert (sn : (s <= S (S n))%nat).
  { assert (C := Counts k s OnM); apply Rabs_le_between in C; apply Nat.lt_succ_r, INR_lt; rewrite !S_INR; lra. }
  assert (Ends : forall i l t, on i l t -> a M + longest M < x t -> i = M).
  { intros i l t O Far; destruct (Few i l t O) as [_ [Hi [Hx _]]]; destruct (Nat.eq_dec i M) as [->|Ni]; [reflexivity|].
    assert (a (S i) <= a M) by (apply Rise; lia); lra. }
  assert (Back : forall t, (t < s)%nat -> a (S M) - 3 * longest M < x (S t) -> x (S t) - longest M <= x t).
  { intros t Ht Far; destruct (On t ltac:(lia)) as [i [l O]]; destruct (Few i l t O) as [_ [Hi [Hx _]]].
    destruct (advance _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ d0 x c i l t He H Orb O) as [[Step _] _].
    destruct (Nat.eq_dec i M) as [->|Ni]; [lra|].
    destruct (HB i ltac:(lia)) as [_ [Short _]].
    destruct (Nat.eq_dec (S i) M) as [E1|E1]; [rewrite E1 in *; lra|].
    assert (a (S (S i)) <= a M) by (apply Rise; lia); lra. }
  assert (Near : a (S M) - 3 * longest M < x n).
  { destruct (Nat.eq_dec n s) as [->|N1]; [lra|]; assert (B1 := Back (pred s) ltac:(lia)); replace (S (pred s)) with s in B1 by lia.
    specialize (B1 ltac:(lra)); destruct (Nat.eq_dec n (pred s)) as [->|N2]; [lra|].
    assert (B2 := Back n ltac:(lia)); replace (S n) with (pred s) in B2 by lia; specialize (B2 ltac:(lra)); lra. }
  destruct (On n ns) as [i [l O]]; assert (i = M) by (apply (Ends i l n O); lra); subst i.
  split; [|split; [lra|split]].
  - intros t Ht; destruct (On t ltac:(lia)) as [i [l' O']]; destruct (Few i l' t O') as [_ [Hi [Hx [W _]]]].
    assert (a (S i) <= a (S M)) by (apply Rise; lia); split; [lra|]; exists i; repeat split; try lia; try lra; apply W; assumption.
  - assert (C := Counts l n O); rewrite Total; replace (Phi M (a (S M)) - Phi M (x n) - (increase Phi a M + (Phi M (a (S M)) - Phi M (a M)) - INR n))
      with (- (increase Phi a M + (Phi M (x n) - Phi M (a M)) - INR n)) by ring; rewrite Rabs_Ropp; exact C.
  - apply (Few M l n O).
Qed.

(** The weights are at the coordinate and the squared differences; every iterate up to n is in a panel and in the tube. *)
Lemma landing_in_tube : forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a (S M) /\
    exists i, (i <= M)%nat /\ a i <= x s <= a (S i) /\ beside J tube (fun j => curve i j (x s)) (c s)) /\
  a (S M) - 3 * longest M <= x n /\
  Rabs (Phi M (a (S M)) - Phi M (x n) - (increase Phi a (S M) - INR n)) <= defect /\
  forall j, (j < J)%nat -> curve M j (x n) * exp (- E M) <= c n j <= curve M j (x n) * exp (E M).
Proof.
  intros f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 gap defect
    x c Hm Hd He Ex Ec H Hx0 Hgap Hc0 Mono Ed Hn1 Hn2.
  set (sigma := orientation J m d w) in *; set (u := reduced_speed J sigma f').
  set (y := fun s => fst (reduced J eta u (x 0%nat) (c 0%nat) s)).
  set (b := fun s => snd (reduced J eta u (x 0%nat) (c 0%nat) s)).
  assert (Orb : reduced_orbit J eta u y b) by apply reduced_is_orbit.
  assert (HP := proj1 H); assert (P0 := HP 0%nat ltac:(lia)); destruct P0 as [L0 [_ [_ [_ [_ [_ [_ [_ [_ [HC0 _]]]]]]]]]].
  assert (D0 : Rabs (Phi 0%nat (y 0%nat) - Phi 0%nat (a 0%nat)) <= gap * tilt 0%nat).
  { change (y 0%nat) with (x 0%nat).
    assert (T0 : 0 <= tilt 0%nat) by (destruct (HC0 (x 0%nat) ltac:(lra)) as [_ [_ T]]; eapply Rle_trans; [apply Rabs_pos|exact T]).
    apply (Rle_trans _ (tilt 0%nat * x 0%nat - tilt 0%nat * a 0%nat)).
    - apply (growth_bound (Phi 0%nat) (fun z => tilt 0%nat * z) (Phi' 0%nat) (fun _ => tilt 0%nat)); [lra| | |].
      + intros z Hz; apply (HC0 z); lra.
      + intros z _; auto_derive; [trivial|ring].
      + intros z Hz; apply (HC0 z); lra.
    - rewrite <- Rmult_minus_distr_l, (Rmult_comm gap); apply Rmult_le_compat_l; lra. }
  destruct (landing J M n sigma f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0
    (gap * tilt 0%nat) y b He H Orb ltac:(change (y 0%nat) with (x 0%nat); lra) Hc0 D0 Mono) as [Before [Near [Count Beside]]];
    [rewrite <- Ed; exact Hn1|rewrite <- Ed; exact Hn2|].
  destruct (descent_follows f' eta J m d w n Hm Hd) as [Xs Cs].
  { intros s Hs j Hj; fold sigma; rewrite <- Ex, <- Ec.
    change (0 <= b s j /\ 0 < b s j + y s ^ 2 /\ (eta * u (b s) (y s)) ^ 2 <= b s j + y s ^ 2).
    destruct (Before s Hs) as [_ [i [Hi [Hx W]]]]; destruct (HP i Hi) as [L [_ [_ [_ [_ [_ [_ [_ [HS [HC _]]]]]]]]]].
    destruct (HS (b s) (y s) Hx W) as [_ [Hh [_ Q]]]; destruct (Q j Hj) as [Q1 _]; destruct (W j Hj) as [W1 _]; cbv beta in W1.
    assert (C0 : 0 <= curve i j (y s)) by (apply (HC (y s)); [lra|exact Hj]).
    assert (long2 : 0 < longest i ^ 2) by (apply pow_lt; lra).
    split; [eapply Rle_trans; [|exact W1]; apply Rmult_le_pos; [exact C0|left; apply exp_pos]|]; split; [lra|].
    eapply Rle_trans; [|exact Q1]; apply pow_incr; unfold u; lra. }
  fold sigma in Xs, Cs; rewrite <- Ex, <- Ec in Xs, Cs; change (forall s, (s <= n)%nat -> x s = y s) in Xs; change (forall s j, (s <= n)%nat -> (j < J)%nat -> c s j = b s j) in Cs.
  rewrite (Xs n) by lia.
  split; [|split; [exact Near|split; [rewrite Ed; exact Count|intros j Hj; rewrite (Cs n j) by lia; exact (Beside j Hj)]]].
  intros s Hs; rewrite (Xs s Hs); destruct (Before s Hs) as [B1 [i [Hi [B2 W]]]]; split.
  - split; [|exact B1]; assert (R0 : a 0%nat <= a i); [|lra].
    apply (rising a (S M)); [|lia]; intros l Hl; destruct (HP l ltac:(lia)) as [_ [_ [_ [_ [_ [_ [_ [Q _]]]]]]]]; destruct (HP l ltac:(lia)) as [[Q1 Q2] _]; lra.
  - exists i; split; [exact Hi|split; [exact B2|]]; intros j Hj; rewrite (Cs s j Hs Hj); exact (W j Hj).
Qed.

Lemma landing_of_descent : forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a (S M)) /\
  a (S M) - 3 * longest M <= x n /\
  Rabs (Phi M (a (S M)) - Phi M (x n) - (increase Phi a (S M) - INR n)) <= defect /\
  forall j, (j < J)%nat -> curve M j (x n) * exp (- E M) <= c n j <= curve M j (x n) * exp (E M).
Proof.
  intros f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E e0 gap defect x c
    Hm Hd He Ex Ec H Hx0 Hgap Hc0 Mono Ed Hn1 Hn2.
  destruct (landing_in_tube f' f'' eta J m d w M n tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt jump slip N E
    e0 gap defect x c Hm Hd He Ex Ec H Hx0 Hgap Hc0 Mono Ed Hn1 Hn2) as [Before Rest].
  split; [intros s Hs; apply (Before s Hs)|exact Rest].
Qed.

(** Theorem C: after n steps of gradient descent the coordinate is at most three steps before the end of the curve, where
    the count along the curve says up to its defect, and the squared differences are beside the curve. *)
Theorem curve_landing : forall (f' f'' : R -> R) (eta : R) (J m : nat) (d : R) (w : nat -> R) (M n : nat) (tube : R) (a : nat -> R)
    (curve curve' : nat -> nat -> R -> R) (Phi Phi' : nat -> R -> R)
    (low longest near half shrink slope leaves miss tilt jump slip N E : nat -> R) (e0 gap defect : R) (x : nat -> R) (c : nat -> nat -> R),
  (m <= J)%nat -> d ^ 2 = 1 -> 0 < eta -> x = coordinate f' eta J m d w -> c = differences f' eta J m w ->
  curve_checks J M (orientation J m d w) f' f'' eta tube a curve curve' Phi Phi' low longest near half shrink slope leaves miss tilt
    jump slip N E e0 ->
  a 0%nat <= x 0%nat <= a 0%nat + gap -> gap <= a 1%nat - a 0%nat -> beside J e0 (fun j => curve 0%nat j (x 0%nat)) (c 0%nat) ->
  (forall y, a (S M) - longest M <= y <= a (S M) + longest M -> 0 < Phi' M y) ->
  defect = curve_defect M miss longest half tilt slip N E (gap * tilt 0%nat) ->
  INR n + defect <= increase Phi a (S M) -> increase Phi a (S M) + defect < INR n + 3 ->
  (forall s, (s <= n)%nat -> a 0%nat <= x s <= a (S M)) /\
  a (S M) - 3 * longest M <= x n /\
  Rabs (Phi M (a (S M)) - Phi M (x n) - (increase Phi a (S M) - INR n)) <= defect /\
  forall j, (j < J)%nat -> curve M j (x n) * exp (- E M) <= c n j <= curve M j (x n) * exp (E M).
Proof.
  intros; eapply landing_of_descent; eassumption.
Qed.
