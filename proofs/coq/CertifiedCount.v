(** The certified escape count of escape-counts.md, whole: every hypothesis is an inequality on the pieces.
    The map from the checks of the code to the hypotheses stands in Plateau.v and DelayStep.v. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Orbits Matrix PieceSums Plateau EscapeCount Delay DelayStep.
Open Scope R_scope.

(** What c has lost up to the end of a step that begins in piece i. *)
Lemma orbit_narrow : forall J M eps eta a r U A B near u psi' psi'' chi drift E E' K G x c,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  delays_fit J M eps eta (c 0%nat) a r U near u chi drift E E' K G ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  forall s i, before_exit x (a M) (S s) -> (i <= M)%nat -> a i - r i <= x s <= a (S i) ->
    narrow J (drift i) (c 0%nat) (c s) /\ narrow J (drift i) (c 0%nat) (c (S s)).
Proof.
  intros J M eps eta a r U A B near u psi' psi'' chi drift E E' K G x c He Heps HP HS [Hdrift _] Hc0 Hx0 Orb s i Hn Hi Hxi.
  assert (Kept := orbit_kept J M eps eta a r U A B near u psi' psi'' x c He Heps HP HS Hc0 Hx0 Orb (S s) Hn).
  assert (In : forall m, (m <= s)%nat -> in_box J eps (c 0%nat) (c m) /\ a 0%nat <= x m <= a M).
  { intros m Hm; destruct (Kept m ltac:(lia)) as [I1 I2]; specialize (Hn m ltac:(lia)); split; [exact I1|lra]. }
  assert (Stp := fun m Hm => step_kept J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c m) (x m) HP HS
    (proj1 (In m Hm)) He (proj2 (In m Hm))).
  assert (Ex : forall m, x (S m) - x m = eta * u (c m) (x m)) by (intros m; rewrite (proj1 (Orb m)); ring).
  destruct HP as [HM [Ha [Hr Hl]]]; destruct HS as [HS [Hstep [_ [Hone Hsum]]]].
  assert (Near : forall m l j, (m <= s)%nat -> (l <= M)%nat -> (j < J)%nat -> a l - r l <= x m <= a (S l) ->
    0 < u (c m) (x m) <= U l /\ 0 < c m j + x m ^ 2 /\ / (c m j + x m ^ 2) <= near l j).
  { intros m l j Hm Hl' Hj W; assert (0 <= r (S l)) by (apply Hr; lia).
    destruct (HS (c m) l (x m) (proj1 (In m Hm)) Hl' ltac:(lra)) as [P [_ [_ [_ [_ Q]]]]].
    split; [exact P|apply Q; exact Hj]. }
  assert (Goal' : forall j, (j < J)%nat -> forall m, (m = s \/ m = S s) -> c 0%nat j * (1 - drift i j) <= c m j <= c 0%nat j).
  { intros j Hj.
    set (q := fun m => (eta * u (c m) (x m)) ^ 2 / (c m j + x m ^ 2)).
    assert (qle : forall m l, (m <= s)%nat -> (l <= M)%nat -> a l - r l <= x m <= a (S l) ->
      0 <= q m <= (eta * U l) ^ 2 * near l j).
    { intros m l Hm Hl' W; destruct (Near m l j Hm Hl' Hj W) as [[P PU] [Q1 Q2]].
      assert (I0 : 0 < / (c m j + x m ^ 2)) by (apply Rinv_0_lt_compat; exact Q1).
      assert (h0 : 0 <= eta * u (c m) (x m)) by (apply Rmult_le_pos; lra).
      unfold q, Rdiv; split; [apply Rmult_le_pos; [apply pow2_ge_0|lra]|].
      apply Rmult_le_compat; try lra; [apply pow2_ge_0|apply pow_incr; split; [exact h0|apply Rmult_le_compat_l; lra]]. }
    assert (q01 : forall m, (m <= s)%nat -> 0 <= q m <= 1).
    { intros m Hm; destruct (piece_of a M (x m) HM (proj2 (In m Hm))) as [l [Hl' W]].
      assert (0 <= r l) by (apply Hr; lia).
      destruct (qle m l Hm ltac:(lia) ltac:(lra)); specialize (Hone l j ltac:(lia) Hj); lra. }
    assert (Sum : total s q <= total (S i) (fun l => eta * U l * near l j * (a (S l) - a l))).
    { rewrite (total_ext _ q (fun m => (x (S m) - x m) * (eta * u (c m) (x m) / (c m j + x m ^ 2))))
        by (intros m Hm; rewrite Ex; unfold q, Rdiv; ring).
      apply (piece_sum_until M s a r x _ (fun l => eta * U l * near l j)); auto; try lra.
      - intros l Hl'; left; apply Ha; exact Hl'.
      - intros m Hm; apply In; lia.
      - intros m Hm; assert (F := Ex m); destruct (Stp m ltac:(lia)) as [K1 _]; lra.
      - intros m l Hm Hl' W; rewrite Ex; apply (Stp m ltac:(lia)); assumption.
      - intros l Hl'; assert (0 <= r l) by (apply Hr; lia); assert (a l < a (S l)) by (apply Ha; exact Hl').
        assert (0 <= r (S l)) by (apply Hr; lia).
        destruct (HS (c 0%nat) l (a l)) as [[P PU] [_ [_ [_ [_ Q]]]]]; [apply (In 0%nat); lia|exact Hl'|lra|].
        destruct (Q j Hj) as [Q1 Q2]; assert (0 < / (c 0%nat j + a l ^ 2)) by (apply Rinv_0_lt_compat; exact Q1).
        apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
      - intros m l Hm Hl' W _; destruct (Near m l j ltac:(lia) Hl' Hj W) as [[P PU] [Q1 Q2]].
        assert (0 < / (c m j + x m ^ 2)) by (apply Rinv_0_lt_compat; exact Q1).
        apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra]. }
    destruct (qle s i (Nat.le_refl s) Hi Hxi) as [qs0 qs]; specialize (Hdrift i j Hi Hj); specialize (Hc0 j Hj).
    assert (Cut : forall m, (m = s \/ m = S s) -> total m q <= drift i j).
    { intros m [->| ->]; [|simpl total]; lra. }
    intros m Hm; destruct (contraction_drift (fun l => c l j) q m) as [_ [D1 D2]].
    - exact Hc0.
    - intros l Hl'; apply (Orb l); exact Hj.
    - intros l Hl'; apply q01; lia.
    - split; [|exact D2]; eapply Rle_trans; [|exact D1]; specialize (Cut m Hm); apply Rmult_le_compat_l; lra. }
  split; intros j Hj; apply Goal'; auto.
Qed.

(** What the delay of the steps before the exit sums to, whatever their number. *)
Lemma delays_summed : forall J M a r U A B near u psi' psi'' chi x c eta eps drift E E' K G (D : R -> R),
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  delays_fit J M eps eta (c 0%nat) a r U near u chi drift E E' K G ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) ->
  forall m, before_exit x (a M) m ->
  total m (fun s => Rabs (abel eta (u (c (S s))) (a M) (x (S s)) - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s))))
    <= total (S M) (fun i => delay_error M eta a r U E E' K G i * (a (S i) - a i)).
Proof.
  intros J M a r U A B near u psi' psi'' chi x c eta eps drift E E' K G D He Heps HP HS Hsens HF Hc0 Hx0 Orb HD m Hm.
  set (d := fun s => Rabs (abel eta (u (c (S s))) (a M) (x (S s)) - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s)))).
  assert (Ex : forall m, x (S m) - x m = eta * u (c m) (x m)) by (intros l; rewrite (proj1 (Orb l)); ring).
  assert (Kept := orbit_kept J M eps eta a r U A B near u psi' psi'' x c He Heps HP HS Hc0 Hx0 Orb m Hm).
  assert (In : forall l, (l < m)%nat -> in_box J eps (c 0%nat) (c l) /\ a 0%nat <= x l <= a M).
  { intros l Hl; destruct (Kept l ltac:(lia)) as [I1 I2]; specialize (Hm l Hl); split; [exact I1|lra]. }
  assert (Stp := fun l Hl => step_kept J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c l) (x l) HP HS
    (proj1 (In l Hl)) He (proj2 (In l Hl))).
  assert (Step : forall s i, (s < m)%nat -> (i <= M)%nat -> a i - r i <= x s <= a (S i) -> x (S s) <= a (S i) + r (S i) ->
    d s <= eta * u (c s) (x s) * delay_error M eta a r U E E' K G i).
  { intros s i Hs Hi W1 W2.
    assert (Bs : before_exit x (a M) (S s)) by (intros l Hl; apply Hm; lia).
    destruct (orbit_narrow J M eps eta a r U A B near u psi' psi'' chi drift E E' K G x c He Heps HP HS HF Hc0 Hx0 Orb s i
      Bs Hi W1) as [N1 N2].
    assert (Eq : x (S s) = x s + eta * u (c s) (x s)) by (apply (Orb s)).
    unfold d; rewrite Eq.
    apply (delay_step J M eps eta (c 0%nat) a r U A B near u psi' psi'' chi drift E E' K G D i (c s) (c (S s)) (x s)); auto.
    - apply (Kept 0%nat); lia.
    - split; [exact Hi|]; split; [apply In; exact Hs|]; split; [exact N1|]; split; [apply In; exact Hs|].
      split; [exact W1|lra].
    - apply (Kept (S s)); lia.
    - apply (Stp s Hs).
    - apply (Orb s). }
  rewrite (total_ext m d (fun s => (x (S s) - x s) * (d s / (x (S s) - x s)))).
  2:{ intros s Hs; destruct (Stp s Hs) as [P _]; assert (F := Ex s); field; lra. }
  apply (piece_sum M m a r x _ (fun i => delay_error M eta a r U E E' K G i)); auto.
  - apply HP.
  - intros i Hi; left; apply HP; exact Hi.
  - apply HP.
  - apply HP.
  - intros s Hs; apply (In s Hs).
  - intros s Hs; assert (F := Ex s); destruct (Stp s Hs); lra.
  - intros s i Hs Hi W; rewrite Ex; apply (Stp s Hs); assumption.
  - intros i Hi; destruct HP as [HM [Ha [Hr Hl]]]; assert (0 <= r i) by (apply Hr; lia).
    assert (0 <= r (S i)) by (apply Hr; lia); assert (a i < a (S i)) by (apply Ha; exact Hi).
    destruct (proj1 HS (c 0%nat) i (a i) (proj1 (Kept 0%nat ltac:(lia))) Hi ltac:(lra)) as [[P PU] _].
    assert (0 <= eta * U i) by (apply Rmult_le_pos; lra).
    apply (delay_error_nonneg J M eps eta (c 0%nat) a r U near u chi drift); auto; repeat split; assumption.
  - intros s i Hs Hi W1 W2; specialize (Step s i Hs Hi W1 W2); destruct (Stp s Hs) as [P _]; rewrite Ex.
    set (h := eta * u (c s) (x s)) in *; apply (Rmult_le_reg_l h); [exact P|].
    replace (h * (d s / h)) with (d s) by (field; lra); exact Step.
Qed.

(** No step up to n is behind the exit, and step n lies where the Abel function says. *)
Theorem escape_count : forall J M n a r U A B near u psi' psi'' chi x c eta eps drift E E' K G (D : R -> R) tau,
  0 < eta -> 0 <= eps -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  delays_fit J M eps eta (c 0%nat) a r U near u chi drift E E' K G ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) ->
  (forall c' y, in_box J eps (c 0%nat) c' -> a M <= y <= Rmin (a (S M)) (a M + eta * U M) ->
    tau <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u c' (a M) / u (c 0%nat) (x 0%nat)) + (D y - D (x 0%nat))) ->
  INR n <= tau - (defect M eta a U A B
    + total (S M) (fun i => delay_error M eta a r U E E' K G i * (a (S i) - a i))) ->
  before_exit x (a M) (S n) /\
  Rabs (1 / eta * RInt (fun z => 1 / u (c n) z) (x n) (a M) + 1 / 2 * ln (u (c n) (a M) / u (c n) (x n))
    - (1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M)
      + 1 / 2 * ln (u (c n) (a M) / u (c 0%nat) (x 0%nat)) + (D (x n) - D (x 0%nat)) - INR n))
    <= defect M eta a U A B + total (S M) (fun i => delay_error M eta a r U E E' K G i * (a (S i) - a i)).
Proof.
  intros J M n a r U A B near u psi' psi'' chi x c eta eps drift E E' K G D tau He Heps HP HS Hsens HF Hc0 Hx0 Orb HD Htau Hn.
  set (d := fun s => Rabs (abel eta (u (c (S s))) (a M) (x (S s)) - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s)))).
  apply (escape_count_given_delay J M n a r U A B near u psi' psi'' x c eta eps D d _ tau); try assumption.
  - intros s _; unfold d; lra.
  - eapply delays_summed; eassumption.
Qed.
