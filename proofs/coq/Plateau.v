(** A plateau of escape-counts.md, cell by cell: what is assumed of it, and the Abel function for frozen
    squared differences.

    [x s] is the reduced coordinate after s steps, [c s j] the squared differences c_j, [u (c s)] the
    speed of the coordinate.  The hypotheses are inequalities on the pieces of PieceSums.v, for all c
    between (1 - eps) times the first and the first; they are what numerics/certified checks in ball
    arithmetic:

    - [cells.pieces]: u > 0 and u <= U i on the widened piece ("the speed is not provably positive");
      eta U i <= r (S i) ("the speed changes too much within one step"); r (S i) at most the length
      of the next piece ("a step is longer than a piece"); |psi'| <= A i and |psi''| <= B i (the jet);
    - [plateau._defects]: eta U i A i < 2 (MAX_STIFFNESS), eta^2 U i^2 near <= 1 (the weights keep
      their order), sum eta U near length <= eps where c_j > 0 (the loosening is allowed), and defect;
    - [drift.drift_delay] and the rest of [_defects], Lemmas R2 and R3: the hypotheses of DelayStep.v. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix PieceSums.
Open Scope R_scope.

(** c between (1 - eps) times c0 and c0 *)
Definition in_box (J : nat) (eps : R) (c0 c : nat -> R) : Prop :=
  forall j, (j < J)%nat -> c0 j * (1 - eps) <= c j <= c0 j.

(** The approximate Abel function for frozen c: it grows by about one in a step. *)
Definition abel (eta : R) (u : R -> R) (exit x : R) : R :=
  - (1 / eta) * RInt (fun y => 1 / u y) x exit + 1 / 2 * ln (u x).

(** What is checked on the pieces: positions and lengths, then speeds. *)
Definition pieces_fit (M : nat) (a r : nat -> R) : Prop :=
  (1 <= M)%nat /\
  (forall i, (i <= M)%nat -> a i < a (S i)) /\
  (forall i, (i <= S M)%nat -> 0 <= r i) /\
  (forall i, (i < M)%nat -> r (S i) <= a (S (S i)) - a (S i)).

Definition speeds_fit (J M : nat) (eps eta : R) (c0 : nat -> R) (a r U A B : nat -> R)
  (near : nat -> nat -> R) (u psi' psi'' : (nat -> R) -> R -> R) : Prop :=
  (forall c i y, in_box J eps c0 c -> (i <= M)%nat -> a i - r i <= y <= a (S i) + r (S i) ->
    0 < u c y <= U i /\ is_derive (fun z => ln (u c z)) y (psi' c y) /\
    is_derive (psi' c) y (psi'' c y) /\ Rabs (psi' c y) <= A i /\ Rabs (psi'' c y) <= B i /\
    forall j, (j < J)%nat -> 0 < c j + y ^ 2 /\ / (c j + y ^ 2) <= near i j) /\
  (forall i, (i < M)%nat -> eta * U i <= r (S i)) /\
  (forall i, (i <= M)%nat -> eta * U i * A i < 2) /\
  (forall i j, (i <= M)%nat -> (j < J)%nat -> (eta * U i) ^ 2 * near i j <= 1) /\
  (forall j, (j < J)%nat -> 0 < c0 j -> total (S M) (fun i => eta * U i * near i j * (a (S i) - a i)) <= eps).

(** The sum of the defects of Lemma R1. *)
Definition defect (M : nat) (eta : R) (a U A B : nat -> R) : R :=
  total (S M) (fun i => eta * U i * (B i / 12 + exp (A i * (eta * U i)) * A i ^ 2 / 6) * (a (S i) - a i)).

(** One step of the reduced coordinate and of the squared differences. *)
Definition reduced_orbit (J : nat) (eta : R) (u : (nat -> R) -> R -> R) (x : nat -> R) (c : nat -> nat -> R)
  : Prop :=
  forall s, x (S s) = x s + eta * u (c s) (x s) /\
    forall j, (j < J)%nat -> c (S s) j = c s j * (1 - (eta * u (c s) (x s)) ^ 2 / (c s j + x s ^ 2)).

Definition before_exit (x : nat -> R) (exit : R) (n : nat) : Prop := forall s, (s < n)%nat -> x s <= exit.

(** ** The frozen speed on the whole plateau *)

Definition on (M : nat) (a : nat -> R) (y : R) : Prop := a 0%nat <= y <= a (S M).

Lemma in_some_piece : forall M a r y, pieces_fit M a r -> on M a y ->
  exists i, (i <= M)%nat /\ a i - r i <= y <= a (S i) + r (S i) /\ a i <= y <= a (S i).
Proof.
  intros M a r y [HM [Ha [Hr Hl]]] Hy.
  destruct (piece_of a (S M) y ltac:(lia) Hy) as [i [Hi K]]; exists i.
  assert (0 <= r i) by (apply Hr; lia); assert (0 <= r (S i)) by (apply Hr; lia); repeat split; try lia; lra.
Qed.

Lemma frozen_integrable : forall J M eps eta c0 a r U A B near u psi' psi'' c y z,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' -> in_box J eps c0 c ->
  on M a y -> on M a z -> ex_RInt (fun t => 1 / u c t) y z.
Proof.
  intros J M eps eta c0 a r U A B near u psi' psi'' c y z HP [HS _] Hc Hy Hz.
  assert (K : forall t, on M a t -> 0 < u c t /\ is_derive (fun v => ln (u c v)) t (psi' c t)).
  { intros t Ht; destruct (in_some_piece M a r t HP Ht) as [i [Hi [W _]]].
    destruct (HS c i t Hc Hi W) as [P [D _]]; split; [lra|exact D]. }
  assert (In : forall t, Rmin y z <= t <= Rmax y z -> on M a t).
  { intros t Ht; revert Ht; unfold on, Rmin, Rmax in *; destruct (Rle_dec y z); intros; lra. }
  apply (ex_RInt_ext (V := R_NormedModule) (fun t => exp (- ln (u c t)))).
  - intros t Ht; destruct (K t (In t ltac:(lra))) as [P _].
    rewrite exp_Ropp, exp_ln by exact P; unfold Rdiv; rewrite Rmult_1_l; reflexivity.
  - apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t Ht.
    destruct (K t (In t Ht)) as [_ D].
    apply (continuous_comp (fun v => - ln (u c v)) exp).
    + apply (continuous_opp (V := R_NormedModule) (fun v => ln (u c v))).
      apply (ex_derive_continuous (fun v => ln (u c v))); eexists; exact D.
    + apply (ex_derive_continuous exp); auto_derive; trivial.
Qed.

Lemma abel_chasles : forall J M eps eta c0 a r U A B near u psi' psi'' c y z,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' -> in_box J eps c0 c ->
  on M a y -> on M a z ->
  abel eta (u c) (a M) z - abel eta (u c) (a M) y
    = 1 / eta * RInt (fun t => 1 / u c t) y z + 1 / 2 * (ln (u c z) - ln (u c y)).
Proof.
  intros J M eps eta c0 a r U A B near u psi' psi'' c y z HP HS Hc Hy Hz; unfold abel.
  assert (X : on M a (a M)).
  { destruct HP as [HM [Ha _]]; split.
    - apply (rising a (S M)); [|lia]; intros i Hi; left; apply Ha; lia.
    - left; apply Ha; lia. }
  rewrite <- (RInt_Chasles (V := R_CompleteNormedModule) (fun t => 1 / u c t) y z (a M)).
  - change (plus ?p ?q) with (p + q); ring.
  - eapply frozen_integrable; eassumption.
  - eapply frozen_integrable; eassumption.
Qed.

(** Lemma R1 with the bounds of a piece. *)
Lemma frozen_step : forall J M eps eta c0 a r U A B near u psi' psi'' c y i,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' -> in_box J eps c0 c ->
  0 < eta -> (i <= M)%nat -> on M a y -> on M a (y + eta * u c y) ->
  a i - r i <= y -> y + eta * u c y <= a (S i) + r (S i) ->
  Rabs (abel eta (u c) (a M) (y + eta * u c y) - abel eta (u c) (a M) y - 1)
    <= eta * u c y * (eta * U i * (B i / 12 + exp (A i * (eta * U i)) * A i ^ 2 / 6)).
Proof.
  intros J M eps eta c0 a r U A B near u psi' psi'' c y i HP HS Hc He Hi Hy Hz Lo Up.
  set (h := eta * u c y) in *.
  rewrite (abel_chasles J M eps eta c0 a r U A B near u psi' psi'' c y (y + h)) by assumption.
  assert (H0 : 0 <= y + h - y).
  { destruct (in_some_piece M a r y HP Hy) as [m [Hm [W _]]]; destruct HS as [HS _].
    destruct (HS c m y Hc Hm W) as [[P _] _]; replace (y + h - y) with h by ring.
    unfold h; apply Rmult_le_pos; lra. }
  destruct HS as [HS _].
  assert (At : forall t, y <= t <= y + h -> a i - r i <= t <= a (S i) + r (S i)) by (intros; lra).
  destruct (HS c i y Hc Hi (At y ltac:(lra))) as [[P PU] [_ [_ [HA [HB _]]]]].
  assert (h0 : 0 < h) by (apply Rmult_lt_0_compat; assumption).
  destruct (HS c i (y + h) Hc Hi (At (y + h) ltac:(lra))) as [[Q _] _].
  assert (D := abel_defect (u c) (psi' c) (psi'' c) y h eta (A i) (B i) He h0 eq_refl).
  rewrite ln_ratio in D by assumption.
  replace (1 / eta * RInt (fun t => 1 / u c t) y (y + h) + 1 / 2 * (ln (u c (y + h)) - ln (u c y)) - 1)
    with (1 / eta * RInt (fun t => 1 / u c t) y (y + h) - 1 + 1 / 2 * (ln (u c (y + h)) - ln (u c y))) by ring.
  eapply Rle_trans; [apply D; intros t Ht; apply (HS c i t Hc Hi (At t Ht))|].
  assert (A0 : 0 <= A i) by (eapply Rle_trans; [apply Rabs_pos|exact HA]).
  assert (B0 : 0 <= B i) by (eapply Rle_trans; [apply Rabs_pos|exact HB]).
  assert (hU : h <= eta * U i) by (apply Rmult_le_compat_l; lra).
  assert (E : exp (A i * h) <= exp (A i * (eta * U i)))
    by (apply exp_le_compat, Rmult_le_compat_l; assumption).
  assert (E0 : 0 < exp (A i * h)) by apply exp_pos.
  assert (S0 : 0 <= A i ^ 2) by apply pow2_ge_0.
  assert (M1 : exp (A i * h) * A i ^ 2 <= exp (A i * (eta * U i)) * A i ^ 2)
    by (apply Rmult_le_compat_r; assumption).
  assert (M0 : 0 <= exp (A i * h) * A i ^ 2) by (apply Rmult_le_pos; lra).
  replace (h ^ 2 * (B i / 12 + exp (A i * h) * A i ^ 2 / 6))
    with (h * (h * (B i / 12 + exp (A i * h) * A i ^ 2 / 6))) by ring.
  apply Rmult_le_compat_l; [lra|apply Rmult_le_compat; lra].
Qed.

(** Behind the exit the Abel function is larger than at it. *)
Lemma abel_behind : forall J M eps eta c0 a r U A B near u psi' psi'' c y,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' -> in_box J eps c0 c ->
  0 < eta -> a M < y <= a (S M) -> abel eta (u c) (a M) (a M) < abel eta (u c) (a M) y.
Proof.
  intros J M eps eta c0 a r U A B near u psi' psi'' c y HP HS Hc He Hy.
  assert (R0 : a 0%nat <= a M).
  { destruct HP as [HM [Ha _]]; apply (rising a (S M)); [|lia]; intros i Hi; left; apply Ha; lia. }
  assert (X : on M a (a M)) by (split; lra); assert (Y : on M a y) by (split; lra).
  assert (G := abel_chasles J M eps eta c0 a r U A B near u psi' psi'' c (a M) y HP HS Hc X Y).
  assert (Ex := frozen_integrable J M eps eta c0 a r U A B near u psi' psi'' c (a M) y HP HS Hc X Y).
  destruct HP as [HM [Ha [Hr Hl]]]; destruct HS as [HS [_ [Hstiff _]]].
  assert (rM : 0 <= r M) by (apply Hr; lia); assert (rS : 0 <= r (S M)) by (apply Hr; lia).
  assert (At : forall t, a M <= t <= y -> a M - r M <= t <= a (S M) + r (S M)) by (intros; lra).
  assert (K := fun t Ht => HS c M t Hc (Nat.le_refl M) (At t Ht)).
  specialize (Hstiff M (Nat.le_refl M)).
  destruct (K (a M) ltac:(lra)) as [[P PU] [_ [_ [HA _]]]].
  assert (A0 : 0 <= A M) by (eapply Rle_trans; [apply Rabs_pos|exact HA]).
  assert (U0 : 0 < U M) by lra.
  assert (I : (y - a M) / U M <= RInt (fun t => 1 / u c t) (a M) y).
  { replace ((y - a M) / U M) with (RInt (fun _ => / U M) (a M) y).
    - apply RInt_le; [lra|apply (ex_RInt_const (V := R_NormedModule))|exact Ex|].
      intros t Ht; destruct (K t ltac:(lra)) as [[Q QU] _]; unfold Rdiv; rewrite Rmult_1_l.
      apply Rinv_le_contravar; lra.
    - rewrite (RInt_const (V := R_CompleteNormedModule)); unfold scal; simpl; unfold mult; simpl; reflexivity. }
  assert (L : - (A M * (y - a M)) <= ln (u c y) - ln (u c (a M))).
  { destruct (MVT_gen (fun t => ln (u c t)) (a M) y (psi' c)) as [z [Hz E]].
    - intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht; apply K; lra.
    - intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht; apply continuity_pt_filterlim.
      assert (Ed : ex_derive (fun v => ln (u c v)) t) by (exists (psi' c t); apply K; lra).
      exact (ex_derive_continuous (fun v => ln (u c v)) t Ed).
    - rewrite Rmin_left, Rmax_right in Hz by lra; rewrite E.
      destruct (K z Hz) as [_ [_ [_ [HAz _]]]]; apply Rabs_le_between in HAz.
      assert (- A M * (y - a M) <= psi' c z * (y - a M)) by (apply Rmult_le_compat_r; lra); lra. }
  apply (Rmult_le_compat_l (1 / eta)) in I; [|left; apply Rdiv_lt_0_compat; lra].
  assert (Z : 1 / 2 * (A M * (y - a M)) < 1 / eta * ((y - a M) / U M)).
  { replace (1 / eta * ((y - a M) / U M)) with ((y - a M) * / (eta * U M)) by (field; lra).
    replace (1 / 2 * (A M * (y - a M))) with ((y - a M) * (A M / 2)) by field.
    apply Rmult_lt_compat_l; [lra|].
    assert (eU : 0 < eta * U M) by (apply Rmult_lt_0_compat; lra).
    apply (Rmult_lt_reg_l (eta * U M)); [exact eU|]; rewrite Rinv_r by lra; lra. }
  lra.
Qed.
