(** How far from the exit the last iterate of a skip may be (escape-counts.md, section 3): the orbit leaves the plateau after not many
    more steps than were counted, and a step near the exit is short.  [crossing._step_back]: widest. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks.
Open Scope R_scope.

(** The Abel function increases on the way. *)
Lemma abel_rises : forall J M eps eta c0 a r U A B near u psi' psi'' c y z,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' -> in_box J eps c0 c -> 0 < eta ->
  a 0%nat <= y -> y <= z -> z <= a (S M) -> abel eta (u c) (a M) y <= abel eta (u c) (a M) z.
Proof.
  intros J M eps eta c0 a r U A B near u psi' psi'' c y z HP HS Hc He Hy Hyz Hz.
  assert (Y : on M a y) by (split; lra); assert (Z : on M a z) by (split; lra).
  assert (G := abel_chasles J M eps eta c0 a r U A B near u psi' psi'' c y z HP HS Hc Y Z).
  assert (Ex := frozen_integrable J M eps eta c0 a r U A B near u psi' psi'' c y z HP HS Hc Y Z).
  assert (K : forall t, y <= t <= z -> is_derive (fun v => ln (u c v)) t (psi' c t) /\ is_derive (psi' c) t (psi'' c t) /\
    0 <= 1 / eta * (1 / u c t) + 1 / 2 * psi' c t).
  { intros t Ht; destruct (in_some_piece M a r t HP) as [i [Hi [W _]]]; [split; lra|].
    destruct HS as [HS [_ [Hstiff _]]]; specialize (Hstiff i Hi); destruct (HS c i t Hc Hi W) as [[P PU] [D1 [D2 [HA _]]]].
    split; [exact D1|]; split; [exact D2|]; apply Rabs_le_between in HA.
    assert (A0 : 0 <= A i) by lra; assert (Q : 0 < eta * u c t) by (apply Rmult_lt_0_compat; lra).
    assert (E : eta * u c t * A i <= eta * U i * A i) by (apply Rmult_le_compat_r; [exact A0|apply Rmult_le_compat_l; lra]).
    replace (1 / eta * (1 / u c t)) with (/ (eta * u c t)) by (field; lra).
    assert (A i / 2 <= / (eta * u c t)); [|lra]; apply (Rmult_le_reg_l (eta * u c t)); [exact Q|rewrite Rinv_r; lra]. }
  assert (I : is_RInt (psi' c) y z (ln (u c z) - ln (u c y))).
  { apply (is_RInt_derive (V := R_CompleteNormedModule) (fun v => ln (u c v))); intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht; [apply K, Ht|].
    apply (ex_derive_continuous (psi' c)); exists (psi'' c t); apply K, Ht. }
  assert (S : is_RInt (fun t => plus (scal (1 / eta) (1 / u c t)) (scal (1 / 2) (psi' c t))) y z
    (plus (scal (1 / eta) (RInt (fun t => 1 / u c t) y z)) (scal (1 / 2) (ln (u c z) - ln (u c y))))).
  { apply (is_RInt_plus (V := R_NormedModule)); apply (is_RInt_scal (V := R_NormedModule)); [apply (RInt_correct (V := R_CompleteNormedModule)), Ex|exact I]. }
  assert (P : 0 <= RInt (fun t => plus (scal (1 / eta) (1 / u c t)) (scal (1 / 2) (psi' c t))) y z).
  { apply RInt_ge_0; [exact Hyz|eexists; exact S|]; intros t Ht; apply (K t); lra. }
  rewrite (is_RInt_unique _ _ _ _ S) in P; unfold plus, scal in P; simpl in P; unfold mult in P; simpl in P; lra.
Qed.

(** The Abel function and the delay along the orbit, at every step up to the first behind the exit *)
Lemma place_along : forall J N M a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape
    delta weight X Z low together steep (D : R -> R),
  0 < eta -> 0 <= eps < 1 -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  chi_moves J eps (c 0%nat) (a 0%nat) (a (S M)) chi zeta ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) ->
  forall m, before_exit x (a M) m ->
  Rabs (abel eta (u (c m)) (a M) (x m) - abel eta (u (c 0%nat)) (a M) (x 0%nat) - INR m + (D (x m) - D (x 0%nat)))
    <= defect M eta a U A B + total (S M)
      (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i)).
Proof.
  intros J N M a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape delta weight X Z low together steep D
    He Heps HP HS Hsens Hchi HK Hc0 Hx0 Orb HD m Hm.
  assert (HF := kernels_bounded J N M eps eta (c 0%nat) a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep He Heps HP HS Hsens Hchi HK Hc0).
  unfold checked_error; apply (abel_along J M eps eta a r U A B near u psi' psi'' x c D
    (fun s => Rabs (abel eta (u (c (S s))) (a M) (x (S s)) - abel eta (u (c s)) (a M) (x (S s)) + (D (x (S s)) - D (x s))))); try assumption; try lra.
  - intros s _; lra.
  - eapply delays_summed; try eassumption; lra.
Qed.

(** The delay's kernel for two places of one step across the exit *)
Lemma kernel_close : forall J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep v y,
  speeds_fit J M eps eta c0 a r U A B near u psi' psi'' ->
  kernels_fit J N M eps eta c0 a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c0 j) -> in_box J eps c0 c0 -> 0 <= r M -> 0 <= r (S M) -> a M <= a (S M) ->
  a M - r M <= v -> v <= y -> y <= a M -> y - v <= eta * U M ->
  Rabs (delay_kernel J u chi c0 c0 v y) <= exp (A M * (eta * U M)) * X M * weight M.
Proof.
  intros J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta weight X Z low together steep v y
    [HS _] [_ [_ [Hw [HUA [_ [Hpiece _]]]]]] Hc0 B0 rM rSM aM H1 H2 H3 H4.
  destruct (Hw M) as [W0 [X0 _]]; destruct (HUA M) as [_ A0]; assert (L := Nat.le_refl M).
  assert (In : forall z, v <= z <= y -> a M - r M <= z <= a (S M) + r (S M)) by (intros; lra).
  destruct (HS c0 M v B0 L (In v ltac:(lra))) as [[Pv _] [_ [_ [_ [_ Nv]]]]].
  destruct (HS c0 M y B0 L (In y ltac:(lra))) as [[Py _] [_ [_ [_ [_ Ny]]]]].
  destruct (Hpiece M v L (In v ltac:(lra))) as [_ [Cv _]]; destruct (Hpiece M y L (In y ltac:(lra))) as [_ [Cy _]].
  assert (G : u c0 v / u c0 y <= exp (A M * (eta * U M))).
  { replace (u c0 v / u c0 y) with (exp (ln (u c0 v) - ln (u c0 y)))
      by (unfold Rminus; rewrite exp_plus, exp_Ropp, !exp_ln by assumption; reflexivity).
    apply exp_le_compat; assert (Q := growth_bound (fun z => ln (u c0 z)) (fun z => A M * z) (psi' c0) (fun _ => A M) v y H2); cbv beta in Q.
    assert (Q' : Rabs (ln (u c0 y) - ln (u c0 v)) <= A M * y - A M * v).
    { apply Q; intros z Hz; [apply (HS c0 M z B0 L (In z Hz))|auto_derive; [trivial|ring]|apply (HS c0 M z B0 L (In z Hz))]. }
    apply Rabs_le_between in Q'; assert (A M * (y - v) <= A M * (eta * U M)) by (apply Rmult_le_compat_l; lra); lra. }
  destruct (Cv c0 B0) as [_ [_ Wv]]; destruct (Cy c0 B0) as [Cx [_ Wy]].
  assert (Kap : 0 <= kappa J c0 c0 v y <= weight M).
  { apply kappa_range; [exact W0| |exact Wv|exact Wy].
    intros j Hj; split; [apply Hc0; exact Hj|]; split; [apply (Nv j Hj)|apply (Ny j Hj)]. }
  replace (delay_kernel J u chi c0 c0 v y) with (u c0 v / u c0 y * chi c0 y * kappa J c0 c0 v y)
    by (unfold delay_kernel; field; lra).
  assert (D0 : 0 <= u c0 v / u c0 y) by (left; apply Rdiv_lt_0_compat; assumption).
  rewrite !Rabs_mult, (Rabs_pos_eq (u c0 v / u c0 y)), (Rabs_pos_eq (kappa J c0 c0 v y)) by (lra || assumption).
  apply Rmult_le_compat; [apply Rmult_le_pos; [exact D0|apply Rabs_pos]|lra| |lra].
  apply Rmult_le_compat; [exact D0|apply Rabs_pos|exact G|exact Cx].
Qed.

Lemma delay_last : forall J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep (D : R -> R) y,
  pieces_fit M a r -> speeds_fit J M eps eta c0 a r U A B near u psi' psi'' ->
  sensitive J eps c0 (a 0%nat) (a (S M)) u chi ->
  kernels_fit J N M eps eta c0 a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c0 j) -> in_box J eps c0 c0 ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi c0 (a M) v)) ->
  a 0%nat <= y <= a M -> a M - r M <= y -> a M - y <= eta * U M -> a M - y <= a (S M) - a M ->
  D y <= D (a M) + overshoot M eta a U A X weight.
Proof.
  intros J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta weight X Z low together steep D y
    HP HS Hsens HK Hc0 B0 HD [Y0 Y1] Y2 Y3 Y4.
  assert (rM : 0 <= r M) by (apply HP; lia); assert (rSM : 0 <= r (S M)) by (apply HP; lia); assert (aM : a M < a (S M)) by (apply HP; lia).
  set (K := exp (A M * (eta * U M)) * X M * weight M).
  assert (K0 : 0 <= K).
  { destruct HK as [_ [_ [Hw _]]]; destruct (Hw M) as [W0 [X0 _]].
    apply Rmult_le_pos; [apply Rmult_le_pos; [left; apply exp_pos|exact X0]|exact W0]. }
  assert (G : Rabs (D (a M) - D y) <= - (K / 4 * (a M - a M) ^ 2) - - (K / 4 * (a M - y) ^ 2)).
  { apply (growth_bound D (fun v => - (K / 4 * (a M - v) ^ 2)) (delay_rate J u chi c0 (a M)) (fun v => K / 2 * (a M - v))); [exact Y1| | |].
    - intros v Hv; apply HD; unfold on; lra.
    - intros v Hv; auto_derive; [trivial|field].
    - intros v Hv; assert (Ov : on M a v) by (unfold on; lra); assert (OM : on M a (a M)) by (unfold on; lra).
      assert (I : ex_RInt (fun t => delay_kernel J u chi c0 c0 v t) v (a M)) by (eapply kernel_integrable; eassumption).
      unfold delay_rate; rewrite Rabs_mult, (Rabs_pos_eq (1 / 2)) by lra.
      assert (Rabs (RInt (fun t => delay_kernel J u chi c0 c0 v t) v (a M)) <= (a M - v) * K); [|lra].
      apply abs_RInt_le_const; [lra|exact I|]; intros t Ht.
      apply (kernel_close J N M eps eta c0 a r U A B near u psi' psi'' chi zeta group drift rho shape delta
        weight X Z low together steep); auto; lra. }
  apply Rabs_le_between in G.
  assert (Sq : (a M - y) ^ 2 <= eta * U M * (a (S M) - a M)).
  { replace ((a M - y) ^ 2) with ((a M - y) * (a M - y)) by ring; apply Rmult_le_compat; lra. }
  assert (K / 4 * (a M - y) ^ 2 <= K / 4 * (eta * U M * (a (S M) - a M))) by (apply Rmult_le_compat_l; lra).
  unfold overshoot; fold K; replace (eta * U M / 4 * K * (a (S M) - a M)) with (K / 4 * (eta * U M * (a (S M) - a M))) by field.
  replace (- (K / 4 * (a M - a M) ^ 2)) with 0 in G by ring; lra.
Qed.

(** The orbit leaves, and before that it takes no more steps than its time, the whole delay and the defect say. *)
Lemma leaves : forall J N M a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape
    delta weight X Z low together steep (D : R -> R),
  0 < eta -> 0 <= eps < 1 -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  chi_moves J eps (c 0%nat) (a 0%nat) (a (S M)) chi zeta ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  (forall v, on M a v -> is_derive D v (delay_rate J u chi (c 0%nat) (a M) v)) ->
  exists k, before_exit x (a M) (S k) /\ a M < x (S k) /\
    INR k <= 1 / eta * RInt (fun z => 1 / u (c 0%nat) z) (x 0%nat) (a M) + 1 / 2 * ln (u (c k) (a M) / u (c 0%nat) (x 0%nat))
      + (D (a M) - D (x 0%nat)) + (defect M eta a U A B + total (S M)
      (fun i => checked_error N M eps eta a r U A rho shape delta weight X Z low together steep i * (a (S i) - a i)) + overshoot M eta a U A X weight).
Proof.
  intros J N M a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape delta weight X Z low together steep D
    He Heps HP HS Hsens Hchi HK Hc0 Hx0 Orb HD.
  assert (Along := place_along J N M a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape delta weight X Z low together steep D
    He Heps HP HS Hsens Hchi HK Hc0 Hx0 Orb HD).
  assert (Kept := orbit_kept J M eps eta a r U A B near u psi' psi'' x c He (proj1 Heps) HP HS Hc0 Hx0 Orb).
  set (err := defect M eta a U A B + total (S M) _) in *.
  assert (aM : a M < a (S M)) by (apply HP; lia); assert (a0M : a 0%nat <= a M) by lra.
  assert (Pos : forall c' y, in_box J eps (c 0%nat) c' -> a 0%nat <= y <= a (S M) -> 0 < u c' y).
  { intros c' y Hc' Hy; destruct (in_some_piece M a r y HP Hy) as [i [Hi [W _]]]; apply (proj1 HS c' i y Hc' Hi W). }
  assert (AtExit : forall m, abel eta (u (c m)) (a M) (a M) = 1 / 2 * ln (u (c m) (a M))).
  { intros m; unfold abel; rewrite (RInt_point (V := R_CompleteNormedModule)); change zero with 0; ring. }
  assert (Rise := fun m Hm => abel_rises J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c m) (x m) (a M) HP HS (proj1 (Kept m Hm m (Nat.le_refl m))) He
    (proj1 (proj2 (Kept m Hm m (Nat.le_refl m))))).
  (* it leaves *)
  assert (Either : forall m, before_exit x (a M) m \/ exists k, before_exit x (a M) (S k) /\ a M < x (S k)).
  { induction m as [|m IH]; [left; intros s Hs; lia|]; destruct IH as [IH|IH]; [|right; exact IH].
    destruct (Rle_dec (x m) (a M)) as [In|Out].
    - left; intros s Hs; destruct (Nat.eq_dec s m) as [->|Ne]; [exact In|apply IH; lia].
    - destruct m as [|m]; [lra|]; right; exists m; split; [exact IH|lra]. }
  assert (Leave : exists k, before_exit x (a M) (S k) /\ a M < x (S k)).
  { destruct (continuity_ab_maj D (a 0%nat) (a (S M)) ltac:(lra)) as [top [Htop _]].
    { intros v Hv; apply continuity_pt_filterlim, (ex_derive_continuous D); eexists; apply HD; exact Hv. }
    set (bound := 1 / 2 * ln (U M) - abel eta (u (c 0%nat)) (a M) (x 0%nat) + (D top - D (x 0%nat)) + err).
    destruct (nfloor_ex (Rmax 0 bound)) as [m Hm]; [apply Rmax_l|]; assert (B1 := Rmax_r 0 bound).
    destruct (Either (S (S m))) as [All|Out]; [exfalso|exact Out].
    assert (All' : before_exit x (a M) (S m)) by (intros s Hs; apply All; lia).
    assert (G := Along (S m) All'); apply Rabs_le_between in G; destruct (Kept (S m) All' (S m) (Nat.le_refl _)) as [Bm Xm].
    assert (F := Rise (S m) All' (All (S m) ltac:(lia)) ltac:(lra)); rewrite AtExit in F; specialize (Htop (x (S m)) Xm).
    assert (rM : 0 <= r M) by (apply HP; lia); assert (rSM : 0 <= r (S M)) by (apply HP; lia).
    destruct (proj1 HS (c (S m)) M (a M) Bm (Nat.le_refl M) ltac:(lra)) as [[P PU] _].
    assert (Lu : ln (u (c (S m)) (a M)) <= ln (U M)) by (destruct (Rle_lt_or_eq_dec _ _ PU) as [Lt|Eq]; [left; apply ln_increasing; assumption|rewrite Eq; lra]).
    rewrite S_INR in G; unfold bound in *; lra. }
  destruct Leave as [k [Bk Out]]; exists k; split; [exact Bk|]; split; [exact Out|].
  assert (Bk' : before_exit x (a M) k) by (intros s Hs; apply Bk; lia).
  assert (G := Along k Bk'); apply Rabs_le_between in G; destruct (Kept k Bk' k (Nat.le_refl k)) as [Bx Xk]; assert (Xe := Bk k ltac:(lia)).
  assert (F := Rise k Bk' Xe ltac:(lra)); rewrite AtExit in F.
  (* its last step is short *)
  assert (Ex : x (S k) = x k + eta * u (c k) (x k)) by (apply (Orb k)).
  assert (HP' := HP); destruct HP' as [HM [Ha [Hr Hl]]]; destruct (piece_of a M (x k) HM ltac:(lra)) as [i [Hi Ki]].
  destruct (step_kept J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c k) (x k) HP HS Bx He ltac:(lra)) as [_ [_ Short]].
  specialize (Short i Hi Ki); assert (Hli := Hl i Hi).
  assert (last : S i = M).
  { destruct (Nat.eq_dec (S i) M) as [Eq|Ne]; [exact Eq|]; assert (a (S (S i)) <= a M); [|lra].
    apply (rising a (S M)); [intros j Hj; left; apply Ha; lia|lia]. }
  rewrite last in *; assert (rM : 0 <= r M) by (apply Hr; lia); assert (rSM : 0 <= r (S M)) by (apply Hr; lia).
  assert (PU : u (c k) (x k) <= U M) by (apply (proj1 HS (c k) M (x k) Bx (Nat.le_refl M)); lra).
  assert (eta * u (c k) (x k) <= eta * U M) by (apply Rmult_le_compat_l; lra).
  assert (B0 : in_box J eps (c 0%nat) (c 0%nat)) by (apply (Kept 0%nat); [intros s Hs; lia|lia]).
  assert (DL := delay_last J N M eps eta (c 0%nat) a r U A B near u psi' psi'' chi zeta group drift rho shape delta weight X Z low together steep D (x k)
    HP HS Hsens HK Hc0 B0 HD ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  rewrite ln_ratio by (apply Pos; [assumption|lra]); unfold abel in G at 2; unfold abel in F; unfold err in *; unfold abel in G; lra.
Qed.

(** The last iterate of a skip is at most [wide] before the exit: at most ahead + 1 steps lead from it beyond the exit, and those that end
    within [wide] of it are short. *)
Lemma not_far : forall J M a r U A B near u psi' psi'' x c eta eps n k wide hull stiff ahead,
  0 < eta -> 0 <= eps -> pieces_fit M a r -> speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c ->
  before_exit x (a M) (S k) -> a M < x (S k) -> (n <= k)%nat -> 0 <= stiff -> (forall i, (i <= M)%nat -> eta * U i * A i <= stiff) ->
  (forall i, 0 <= A i) -> 0 < wide -> a 0%nat <= a M - wide ->
  (forall c' y, in_box J eps (c 0%nat) c' -> a M - wide <= y <= a M -> u c' y <= hull) ->
  INR k - INR n <= ahead -> eta * hull * (ahead + 1) * exp stiff < wide -> a M - x n <= wide.
Proof.
  intros J M a r U A B near u psi' psi'' x c eta eps n k wide hull stiff ahead He Heps HP HS Hc0 Hx0 Orb Bk Out Hnk Hst Hstiff HA0 Hwide Hw0 Hhull Hah Hw.
  assert (Kept := orbit_kept J M eps eta a r U A B near u psi' psi'' x c He Heps HP HS Hc0 Hx0 Orb (S k) Bk).
  assert (aM : a M < a (S M)) by (apply HP; lia); assert (Hk : 0 <= INR k - INR n) by (assert (X := le_INR _ _ Hnk); lra).
  assert (Pos : forall s y, (s <= S k)%nat -> a 0%nat <= y <= a (S M) -> 0 < u (c s) y).
  { intros s y Hs Hy; destruct (in_some_piece M a r y HP Hy) as [i [Hi [W _]]]; apply (proj1 HS (c s) i y (proj1 (Kept s Hs)) Hi W). }
  assert (P0 : 0 < hull) by (eapply Rlt_le_trans; [apply (Pos 0%nat (a M)); [lia|lra]|apply Hhull; [apply (Kept 0%nat); lia|lra]]).
  set (L := eta * hull * exp stiff) in *; assert (E1 : 1 <= exp stiff) by (rewrite <- exp_0; apply exp_le_compat; exact Hst).
  assert (eh : 0 < eta * hull) by (apply Rmult_lt_0_compat; assumption); assert (hL : eta * hull <= L) by (unfold L; rewrite <- (Rmult_1_r (eta * hull)) at 1; apply Rmult_le_compat_l; lra).
  assert (Step : forall s, (s <= k)%nat -> a M - wide < x (S s) -> x (S s) - x s <= L).
  { intros s Hs Hin; assert (Ex : x (S s) = x s + eta * u (c s) (x s)) by (apply (Orb s)); destruct (Kept s ltac:(lia)) as [Bs Xs]; assert (In := Bk s ltac:(lia)).
    destruct (Rle_dec (a M - wide) (x s)) as [Ins|Outs].
    - assert (u (c s) (x s) <= hull) by (apply Hhull; [exact Bs|lra]); assert (eta * u (c s) (x s) <= eta * hull) by (apply Rmult_le_compat_l; lra); lra.
    - assert (HP' := HP); destruct HP' as [HM [Ha [Hr Hl]]]; destruct (piece_of a M (x s) HM ltac:(lra)) as [i [Hi Ki]].
      destruct (step_kept J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c s) (x s) HP HS Bs He ltac:(lra)) as [_ [_ Short]]; specialize (Short i Hi Ki).
      assert (ri : 0 <= r i) by (apply Hr; lia); assert (rSi : 0 <= r (S i)) by (apply Hr; lia).
      assert (G : Rabs (ln (u (c s) (a M - wide)) - ln (u (c s) (x s))) <= A i * (a M - wide) - A i * x s).
      { apply (growth_bound (fun z => ln (u (c s) z)) (fun z => A i * z) (psi' (c s)) (fun _ => A i)); [lra| | |]; intros z Hz.
        - apply (proj1 HS (c s) i z Bs ltac:(lia)); lra.
        - auto_derive; [trivial|ring].
        - apply (proj1 HS (c s) i z Bs ltac:(lia)); lra. }
      apply Rabs_le_between in G; destruct (proj1 HS (c s) i (x s) Bs ltac:(lia) ltac:(lra)) as [[Pu PU] _]; specialize (HA0 i); specialize (Hstiff i ltac:(lia)).
      assert (A i * (a M - wide - x s) <= A i * (eta * U i)).
      { apply Rmult_le_compat_l; [exact HA0|]; assert (eta * u (c s) (x s) <= eta * U i) by (apply Rmult_le_compat_l; lra); lra. }
      assert (H1 : u (c s) (x s) <= hull * exp stiff).
      { apply (Rle_trans _ (u (c s) (a M - wide) * exp stiff)); [|apply Rmult_le_compat_r; [lra|apply Hhull; [exact Bs|lra]]].
        rewrite <- (exp_ln (u (c s) (x s))), <- (exp_ln (u (c s) (a M - wide))), <- exp_plus by (apply Pos; [lia|lra]); apply exp_le_compat; lra. }
      assert (eta * u (c s) (x s) <= eta * (hull * exp stiff)) by (apply Rmult_le_compat_l; lra); unfold L; lra. }
  assert (Back : forall l, (l <= S k - n)%nat -> a M - INR l * L <= x (S k - l)%nat).
  { induction l as [|l IH]; intros Hl; [simpl; lra|]; specialize (IH ltac:(lia)).
    assert (Q : INR l * L <= (INR k - INR n) * L) by (apply Rmult_le_compat_r; [lra|]; rewrite <- minus_INR by exact Hnk; apply le_INR; lia).
    assert (Q' : (INR k - INR n) * L <= ahead * L) by (apply Rmult_le_compat_r; lra).
    assert (E : (S k - l)%nat = S (S k - S l)) by lia; rewrite E in IH; assert (T := Step (S k - S l)%nat ltac:(lia)).
    replace (eta * hull * (ahead + 1) * exp stiff) with (ahead * L + L) in Hw by (unfold L; ring).
    rewrite S_INR; specialize (T ltac:(lra)); lra. }
  specialize (Back (S k - n)%nat (Nat.le_refl _)); replace (S k - (S k - n))%nat with n in Back by lia; rewrite minus_INR, S_INR in Back by lia.
  replace (eta * hull * (ahead + 1) * exp stiff) with ((ahead + 1) * L) in Hw by (unfold L; ring).
  assert ((INR k + 1 - INR n) * L <= (ahead + 1) * L) by (apply Rmult_le_compat_r; lra); lra.
Qed.
