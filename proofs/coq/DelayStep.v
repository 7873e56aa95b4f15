(** Lemma R2 with the bounds of the pieces: one step changes the Abel function by the delay that D gains,
    up to an error of second order.

    What the code bounds ([plateau._defects], [plateau._later], [Bounds.of]):
    - drift i j: the relative loss of c_j up to the end of a step from piece i (drifts[g] + shrink);
    - E i l + (v - x) E' i l: how far the kernel of a step from x in piece i, with any c of that piece, is
      at a later piece l from the kernel at v with the first c, x <= v <= x + h.  E is what the drift
      changes (swell: Lemma R3), E' the slope of u and kappa (first + shape, times roots(i) roots(l));
    - K, G: the kernel, and |chi| kappa, for two places in one step (sensitivity, weight). *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix PieceSums Plateau Delay.
Open Scope R_scope.

Definition narrow (J : nat) (drift : nat -> R) (c0 c : nat -> R) : Prop :=
  forall j, (j < J)%nat -> c0 j * (1 - drift j) <= c j <= c0 j.

(** The ends of the widened piece i and of the pieces after it. *)
Definition reach (a r : nat -> R) (i t : nat) : R := match t with O => a i - r i | _ => a (i + t)%nat end.

(** A sum over piece i and the later ones, of bounds times lengths. *)
Definition over_later (M : nat) (a r : nat -> R) (i : nat) (e : nat -> R) : R :=
  total (S M - i) (fun t => e (i + t)%nat * (reach a r i (S t) - reach a r i t)).

(** What a step from x in piece i can meet. *)
Definition met (J M : nat) (eps eta : R) (c0 a r : nat -> R) (u : (nat -> R) -> R -> R) (drift : nat -> nat -> R)
  (i : nat) (c : nat -> R) (x : R) : Prop :=
  (i <= M)%nat /\ in_box J eps c0 c /\ narrow J (drift i) c0 c /\ a 0%nat <= x <= a M /\
  a i - r i <= x <= a (S i) /\ x + eta * u c x <= a (S i) + r (S i).

Definition delays_fit (J M : nat) (eps eta : R) (c0 a r U : nat -> R) (near : nat -> nat -> R)
  (u chi : (nat -> R) -> R -> R) (drift E E' : nat -> nat -> R) (K G : nat -> R) : Prop :=
  (forall i j, (i <= M)%nat -> (j < J)%nat ->
    total (S i) (fun l => eta * U l * near l j * (a (S l) - a l)) + (eta * U i) ^ 2 * near i j <= drift i j) /\
  (forall i l, 0 <= E i l /\ 0 <= E' i l /\ 0 <= K i /\ 0 <= G i) /\
  (forall i c d x, met J M eps eta c0 a r u drift i c x -> in_box J eps c0 d -> narrow J (drift i) c0 d ->
    (forall v t y, x <= v <= x + eta * u c x -> (t < S M - i)%nat -> reach a r i t <= y <= reach a r i (S t) ->
      on M a y -> Rabs (delay_kernel J u chi c d x y - delay_kernel J u chi c0 c0 v y)
        <= E i (i + t)%nat + (v - x) * E' i (i + t)%nat) /\
    (forall v y, x <= v <= y -> y <= x + eta * u c x -> Rabs (delay_kernel J u chi c0 c0 v y) <= K i) /\
    Rabs (chi d (x + eta * u c x) * kappa J c d x (x + eta * u c x)) <= G i).

(** The error of the steps from piece i, per length. *)
Definition delay_error (M : nat) (eta : R) (a r U : nat -> R) (E E' : nat -> nat -> R) (K G : nat -> R) (i : nat) : R :=
  1 / 2 * (over_later M a r i (fun l => E i l + eta * U i / 2 * E' i l) + eta * U i / 2 * (K i + G i)).

Lemma later_split : forall M a r i e e' x,
  over_later M a r i (fun l => e l + x * e' l) = over_later M a r i e + x * over_later M a r i e'.
Proof.
  intros; unfold over_later; rewrite <- total_scal, <- total_plus; apply total_ext; intros; ring.
Qed.

Lemma reach_rises : forall M (a r : nat -> R) i, pieces_fit M a r -> (i <= M)%nat ->
  forall t, (t < S M - i)%nat -> reach a r i t <= reach a r i (S t).
Proof.
  intros M a r i [HM [Ha [Hr _]]] Hi t Ht; assert (0 <= r i) by (apply Hr; lia).
  destruct t as [|t]; simpl.
  - specialize (Ha i Hi); replace (i + 1)%nat with (S i) by lia; lra.
  - specialize (Ha (i + S t)%nat ltac:(lia)); replace (i + S (S t))%nat with (S (i + S t)) by lia; lra.
Qed.

Lemma later_nonneg : forall M a r i e, pieces_fit M a r -> (i <= M)%nat -> (forall l, 0 <= e l) -> 0 <= over_later M a r i e.
Proof.
  intros M a r i e HP Hi He; apply total_nonneg; intros t Ht; apply Rmult_le_pos; [apply He|].
  assert (R := reach_rises M a r i HP Hi t Ht); lra.
Qed.

Lemma delay_error_nonneg : forall J M eps eta c0 a r U near u chi drift E E' K G i,
  pieces_fit M a r -> delays_fit J M eps eta c0 a r U near u chi drift E E' K G -> (i <= M)%nat -> 0 <= eta * U i -> 0 <= delay_error M eta a r U E E' K G i.
Proof.
  intros J M eps eta c0 a r U near u chi drift E E' K G i HP [_ [HE _]] Hi HU; unfold delay_error.
  destruct (HE i i) as [_ [_ [K0 G0]]].
  assert (0 <= over_later M a r i (fun l => E i l + eta * U i / 2 * E' i l)).
  { apply later_nonneg; [exact HP|exact Hi|]; intros l; destruct (HE i l) as [E0 [E1 _]].
    assert (0 <= eta * U i / 2 * E' i l) by (apply Rmult_le_pos; lra); lra. }
  assert (0 <= eta * U i / 2 * (K i + G i)) by (apply Rmult_le_pos; lra); lra.
Qed.

Lemma continuous_total : forall n (f : nat -> R -> R) y, (forall j, (j < n)%nat -> continuous (f j) y) ->
  continuous (fun z => total n (fun j => f j z)) y.
Proof.
  induction n as [|n IH]; intros f y H; simpl; [apply continuous_const|].
  apply (continuous_plus (V := R_NormedModule)); [apply IH; auto|apply H; lia].
Qed.

Lemma kernel_integrable : forall J M eps eta c0 a r U A B near u psi' psi'' chi v y z,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' ->
  sensitive J eps c0 (a 0%nat) (a (S M)) u chi -> in_box J eps c0 c0 -> on M a v -> on M a y -> on M a z ->
  ex_RInt (fun t => delay_kernel J u chi c0 c0 v t) y z.
Proof.
  intros J M eps eta c0 a r U A B near u psi' psi'' chi v y z HP [HS _] [_ HC] Hc Hv Hy Hz.
  assert (Get : forall t, on M a t -> 0 < u c0 t /\ is_derive (fun s => ln (u c0 s)) t (psi' c0 t) /\
    forall j, (j < J)%nat -> 0 < c0 j + t ^ 2).
  { intros t Ht; destruct (in_some_piece M a r t HP Ht) as [i [Hi [W _]]].
    destruct (HS c0 i t Hc Hi W) as [P [D [_ [_ [_ Q]]]]]; split; [lra|split; [exact D|intros j Hj; apply (Q j Hj)]]. }
  assert (In : forall t, Rmin y z <= t <= Rmax y z -> on M a t).
  { intros t Ht; revert Ht; unfold on, Rmin, Rmax in *; destruct (Rle_dec y z); intros; lra. }
  apply (ex_RInt_ext (V := R_NormedModule) (fun t => u c0 v * chi c0 t * kappa J c0 c0 v t * exp (- ln (u c0 t)))).
  - intros t Ht; destruct (Get t (In t ltac:(lra))) as [P _].
    rewrite exp_Ropp, exp_ln by exact P; unfold delay_kernel; reflexivity.
  - apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t Ht.
    assert (Ot := In t Ht); destruct (Get t Ot) as [_ [D Q]]; destruct (Get v Hv) as [_ [_ Qv]].
    apply (continuous_mult (K := R_AbsRing)); [apply (continuous_mult (K := R_AbsRing))|].
    + apply (continuous_mult (K := R_AbsRing)); [apply continuous_const|apply HC; exact Ot].
    + unfold kappa; apply continuous_total; intros j Hj.
      specialize (Q j Hj); specialize (Qv j Hj).
      apply (ex_derive_continuous (fun s => c0 j / ((c0 j + v ^ 2) * (c0 j + s ^ 2)))).
      auto_derive; apply Rgt_not_eq, Rmult_lt_0_compat; simpl in *; lra.
    + apply (continuous_comp (fun s => - ln (u c0 s)) exp).
      * apply (continuous_opp (V := R_NormedModule) (fun s => ln (u c0 s))).
        apply (ex_derive_continuous (fun s => ln (u c0 s))); eexists; exact D.
      * apply (ex_derive_continuous exp); auto_derive; trivial.
Qed.

(** Either direction. *)
Lemma RInt_over_later : forall M a r i e f p q, pieces_fit M a r -> (i <= M)%nat -> (forall l, 0 <= e l) ->
  a i - r i <= p <= a (S M) -> a i - r i <= q <= a (S M) -> ex_RInt f p q ->
  (forall t y, (t < S M - i)%nat -> reach a r i t <= y <= reach a r i (S t) -> Rmin p q <= y <= Rmax p q ->
    Rabs (f y) <= e (i + t)%nat) ->
  Rabs (RInt f p q) <= over_later M a r i e.
Proof.
  intros M a r i e f p q HP Hi He Hp Hq Ex H.
  assert (Main : forall p q, p <= q -> a i - r i <= p <= a (S M) -> a i - r i <= q <= a (S M) -> ex_RInt f p q ->
    (forall t y, (t < S M - i)%nat -> reach a r i t <= y <= reach a r i (S t) -> p <= y <= q ->
      Rabs (f y) <= e (i + t)%nat) -> Rabs (RInt f p q) <= over_later M a r i e).
  { clear p q Hp Hq Ex H; intros p q Hpq Hp Hq Ex H.
    apply (RInt_over_pieces (S M - i) (reach a r i) (fun t => e (i + t)%nat) f p q); auto.
    - apply (reach_rises M); assumption.
    - simpl; lra.
    - split; [exact Hpq|]; replace (S M - i)%nat with (S (M - i)) by lia; simpl.
      replace (i + S (M - i))%nat with (S M) by lia; lra. }
  destruct (Rle_or_lt p q) as [C|C].
  - apply Main; auto; intros t y Ht Hr Hy; apply H; auto; rewrite Rmin_left, Rmax_right by lra; exact Hy.
  - rewrite <- (opp_RInt_swap (V := R_CompleteNormedModule)) by (apply ex_RInt_swap; exact Ex); change (opp ?z) with (- z); rewrite Rabs_Ropp.
    apply Main; auto; [lra|apply ex_RInt_swap; exact Ex|].
    intros t y Ht Hr Hy; apply H; auto; rewrite Rmin_right, Rmax_left by lra; exact Hy.
Qed.

(** Lemma R2, one step. *)
Lemma delay_step : forall J M eps eta c0 a r U A B near u psi' psi'' chi drift E E' K G D i c c' x,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' ->
  sensitive J eps c0 (a 0%nat) (a (S M)) u chi ->
  delays_fit J M eps eta c0 a r U near u chi drift E E' K G ->
  0 < eta -> in_box J eps c0 c0 ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi c0 (a M) v)) ->
  met J M eps eta c0 a r u drift i c x -> in_box J eps c0 c' -> narrow J (drift i) c0 c' ->
  x + eta * u c x <= a (S M) ->
  (forall j, (j < J)%nat -> c' j = c j * (1 - (eta * u c x) ^ 2 / (c j + x ^ 2))) ->
  Rabs (abel eta (u c') (a M) (x + eta * u c x) - abel eta (u c) (a M) (x + eta * u c x)
    + (D (x + eta * u c x) - D x)) <= eta * u c x * delay_error M eta a r U E E' K G i.
Proof.
  intros J M eps eta c0 a r U A B near u psi' psi'' chi drift E E' K G D i c c' x HP HS Hsens [_ [HE Hfit]] He Hc0 HD
    Met Hc' Nc' HxM Hstep.
  destruct (Met) as [Hi [Hc [Nc [Hx [Hxi Hx']]]]].
  set (h := eta * u c x) in *; set (x' := x + h) in *; set (X := a M).
  assert (Ex' : x' = x + h) by reflexivity; assert (EX : X = a M) by reflexivity.
  assert (HP' := HP); destruct HP' as [HM [Ha [Hr Hl]]].
  assert (aM : a M < a (S M)) by (apply Ha; lia).
  assert (r0 : 0 <= r i) by (apply Hr; lia); assert (r1 : 0 <= r (S i)) by (apply Hr; lia).
  destruct HS as [HS0 HSrest]; assert (HS : speeds_fit J M eps eta c0 a r U A B near u psi' psi'') by (split; assumption).
  assert (At : forall d y, in_box J eps c0 d -> on M a y ->
    0 < u d y /\ forall j, (j < J)%nat -> 0 < d j + y ^ 2).
  { intros d y Hd Hy; destruct (in_some_piece M a r y HP Hy) as [m [Hm [W _]]].
    destruct (HS0 d m y Hd Hm W) as [[P _] [_ [_ [_ [_ Q]]]]]; split; [exact P|intros j Hj; apply (Q j Hj)]. }
  assert (Ox : on M a x) by (split; lra).
  assert (P := At c x Hc Ox); destruct P as [Px Qx].
  assert (h0 : 0 < h) by (apply Rmult_lt_0_compat; assumption).
  assert (Ox' : on M a x') by (unfold on; lra).
  assert (OX : on M a X) by (unfold X; split; [apply (rising a (S M)); [intros l Hl'; left; apply Ha; lia|lia]|lra]).
  assert (hU : h <= eta * U i).
  { destruct (HS0 c i x Hc Hi ltac:(lra)) as [[_ PU] _]; apply Rmult_le_compat_l; lra. }
  assert (Conv : forall d, (forall b b', (forall j, (j < J)%nat -> b j <= c j <= b' j /\ b j <= c' j <= b' j) ->
    forall j, (j < J)%nat -> b j <= d j <= b' j) -> in_box J eps c0 d /\ narrow J (drift i) c0 d).
  { intros d Hd; split.
    - intros q Hq; refine (Hd (fun j => c0 j * (1 - eps)) c0 _ q Hq); intros j Hj; split; [apply Hc|apply Hc']; exact Hj.
    - intros q Hq; refine (Hd (fun j => c0 j * (1 - drift i j)) c0 _ q Hq); intros j Hj; split; [apply Nc|apply Nc']; exact Hj. }
  set (LE := over_later M a r i (E i)); set (LE' := over_later M a r i (E' i)).
  assert (LE'0 : 0 <= LE') by (apply later_nonneg; auto; intros; apply HE).
  destruct (Hfit i c c' x Met Hc' Nc') as [_ [HK _]]; fold h in HK; fold x' in HK.
  destruct (HE i i) as [_ [_ [K0 G0]]].
  assert (Fr : forall d y z, in_box J eps c0 d -> on M a y -> on M a z -> ex_RInt (fun t => 1 / u d t) y z).
  { intros d y z Hd Hy Hz; apply (frozen_integrable J M eps eta c0 a r U A B near u psi' psi'' d y z); assumption. }
  assert (Ki : forall v y z, on M a v -> on M a y -> on M a z -> ex_RInt (fun t => delay_kernel J u chi c0 c0 v t) y z).
  { intros v y z Hv Hy Hz; eapply kernel_integrable; eassumption. }
  set (phi := fun y => 1 / u c' y - 1 / u c y).
  assert (Ephi : ex_RInt phi x' X) by (apply (ex_RInt_minus (V := R_NormedModule)); apply Fr; assumption).
  set (W := 1 / eta * RInt phi x' X).
  assert (Eab : abel eta (u c') X x' - abel eta (u c) X x' = - W + 1 / 2 * (ln (u c' x') - ln (u c x'))).
  { unfold abel, W, phi; rewrite (RInt_minus (V := R_CompleteNormedModule)) by (apply Fr; assumption).
    unfold minus, plus, opp; simpl; ring. }
  (* the main part, against the rate at any place of the step *)
  assert (Main : forall v, x <= v <= x' -> Rabs (delay_rate J u chi c0 X v - W / h)
    <= 1 / 2 * (LE + (v - x) * LE' + (x' - v) * K i)).
  { intros v Hv; assert (Ov : on M a v) by (unfold on in *; lra).
    set (k0 := fun t => delay_kernel J u chi c0 c0 v t).
    assert (I1 : ex_RInt k0 v x') by (apply Ki; assumption); assert (I2 : ex_RInt k0 x' X) by (apply Ki; assumption).
    set (f := fun y => 1 / 2 * k0 y - 1 / (eta * h) * phi y).
    assert (If : is_RInt f x' X (1 / 2 * RInt k0 x' X - 1 / (eta * h) * RInt phi x' X)).
    { apply (is_RInt_minus (V := R_NormedModule) (fun y => scal (1 / 2) (k0 y)) (fun y => scal (1 / (eta * h)) (phi y))).
      - apply (is_RInt_scal (V := R_NormedModule)), (RInt_correct (V := R_CompleteNormedModule)); exact I2.
      - apply (is_RInt_scal (V := R_NormedModule)), (RInt_correct (V := R_CompleteNormedModule)); exact Ephi. }
    assert (Eq : delay_rate J u chi c0 X v - W / h = 1 / 2 * RInt k0 v x' + RInt f x' X).
    { rewrite (is_RInt_unique (V := R_CompleteNormedModule) _ _ _ _ If).
      unfold delay_rate; fold k0; rewrite <- (RInt_Chasles (V := R_CompleteNormedModule) k0 v x' X I1 I2).
      change (plus ?p ?q) with (p + q); unfold W; field; split; lra. }
    rewrite Eq.
    assert (B1 : Rabs (RInt k0 v x') <= (x' - v) * K i).
    { apply abs_RInt_le_const; [lra|exact I1|]; intros y Hy; apply HK; lra. }
    assert (B2 : Rabs (RInt f x' X) <= over_later M a r i (fun l => 1 / 2 * (E i l + (v - x) * E' i l))).
    { assert (Low : a i - r i <= X).
      { unfold X; assert (a i <= a M); [|lra]; apply (rising a (S M)); [intros l Hl'; left; apply Ha; lia|lia]. }
      apply RInt_over_later; auto; try (unfold X, x' in *; lra).
      - intros l; destruct (HE i l) as [? [? _]]; assert (0 <= (v - x) * E' i l) by (apply Rmult_le_pos; lra); lra.
      - eexists; exact If.
      - intros t y Ht Hy Hxy.
        assert (Oy : on M a y) by (unfold on, Rmin, Rmax in *; destruct (Rle_dec x' X); lra).
        destruct (inverse_moves J eps eta c0 c c' u chi x y (a 0%nat) (a (S M)) Hsens Hc Hc' Oy
          (fun d Hd => At d y Hd Oy) Qx Hstep) as [d [Cd Ed]].
        destruct (Conv d Cd) as [Bd Nd]; destruct (Hfit i c d x Met Bd Nd) as [HO _].
        specialize (HO v t y ltac:(fold h; unfold x' in Hv; lra) Ht Hy Oy).
        unfold f, phi, k0; rewrite Ed; fold h.
        replace (1 / 2 * delay_kernel J u chi c0 c0 v y - 1 / (eta * h) * (1 / 2 * eta * h * delay_kernel J u chi c d x y))
          with (- (1 / 2 * (delay_kernel J u chi c d x y - delay_kernel J u chi c0 c0 v y))) by (field; split; lra).
        rewrite Rabs_Ropp, Rabs_mult, (Rabs_pos_eq (1 / 2)) by lra; lra. }
    assert (L2 : over_later M a r i (fun l => 1 / 2 * (E i l + (v - x) * E' i l)) = 1 / 2 * (LE + (v - x) * LE')).
    { unfold LE, LE'; rewrite <- (later_split M a r i (E i) (E' i) (v - x)); unfold over_later; rewrite <- total_scal.
      apply total_ext; intros; ring. }
    eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_mult, (Rabs_pos_eq (1 / 2)) by lra; lra. }
  assert (Grow : Rabs (D x' - W / h * x' - (D x - W / h * x))
    <= 1 / 2 * (LE * (x' - x) + (x' - x) ^ 2 / 2 * LE' - (x' - x') ^ 2 / 2 * K i)
      - 1 / 2 * (LE * (x - x) + (x - x) ^ 2 / 2 * LE' - (x' - x) ^ 2 / 2 * K i)).
  { apply (growth_bound (fun v => D v - W / h * v)
      (fun v => 1 / 2 * (LE * (v - x) + (v - x) ^ 2 / 2 * LE' - (x' - v) ^ 2 / 2 * K i))
      (fun v => delay_rate J u chi c0 X v - W / h) (fun v => 1 / 2 * (LE + (v - x) * LE' + (x' - v) * K i))).
    - unfold x'; lra.
    - intros v Hv; apply (is_derive_minus (V := R_NormedModule) D (fun v => W / h * v)).
      + apply HD; unfold on in *; lra.
      + auto_derive; [trivial|ring].
    - intros v Hv; auto_derive; [trivial|field].
    - exact Main. }
  replace (D x' - W / h * x' - (D x - W / h * x)) with (- W + (D x' - D x)) in Grow
    by (unfold x'; field; lra).
  replace (x' - x) with h in Grow by (unfold x'; ring); replace (x' - x') with 0 in Grow by ring;
    replace (x - x) with 0 in Grow by ring.
  assert (Log : Rabs (1 / 2 * (ln (u c' x') - ln (u c x'))) <= 1 / 4 * h ^ 2 * G i).
  { destruct (log_moves J eps eta c0 c c' u chi x x' (a 0%nat) (a (S M)) Hsens Hc Hc' Ox'
      (fun d Hd => At d x' Hd Ox') Qx Hstep) as [d [Cd Ed]].
    destruct (Conv d Cd) as [Bd Nd]; destruct (Hfit i c d x Met Bd Nd) as [_ [_ HG]].
    fold h in HG; fold x' in HG; rewrite Ed; fold h.
    replace (1 / 2 * - (1 / 2 * h ^ 2 * (chi d x' * kappa J c d x x')))
      with (- (1 / 4 * h ^ 2 * (chi d x' * kappa J c d x x'))) by field.
    assert (0 <= 1 / 4 * h ^ 2) by (assert (Q := pow2_ge_0 h); lra).
    rewrite Rabs_Ropp, Rabs_mult, (Rabs_pos_eq (1 / 4 * h ^ 2)) by assumption.
    apply Rmult_le_compat_l; assumption. }
  rewrite Eab; replace (- W + 1 / 2 * (ln (u c' x') - ln (u c x')) + (D x' - D x))
    with (- W + (D x' - D x) + 1 / 2 * (ln (u c' x') - ln (u c x'))) by ring.
  eapply Rle_trans; [apply Rabs_triang|].
  unfold delay_error; rewrite later_split; fold LE LE'.
  assert (S : 0 <= LE' + K i + G i) by lra.
  assert (h * (h / 4 * (LE' + K i + G i)) <= h * (eta * U i / 4 * (LE' + K i + G i))).
  { apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_r; lra]. }
  replace (h * (1 / 2 * (LE + eta * U i / 2 * LE' + eta * U i / 2 * (K i + G i))))
    with (h / 2 * LE + h * (eta * U i / 4 * (LE' + K i + G i))) by field.
  replace (h * (h / 4 * (LE' + K i + G i))) with (h ^ 2 / 4 * (LE' + K i + G i)) in H by field.
  lra.
Qed.
