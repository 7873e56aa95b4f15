(** What the squared differences are after a skip (escape-counts.md, Lemma R3): c_j exp (- eta int u/(c_j + x^2) dx), up to the
    unevenness that [plateau._defects] adds up, the integral along the orbit. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder Matrix Geometry PieceSums Plateau EscapeCount Delay DelayStep DelayBounds CertifiedCount CountChecks.
Open Scope R_scope.

(** The loss of ln c_j per length, for the first squared differences *)
Definition flux (u : (nat -> R) -> R -> R) (eta : R) (c0 : nat -> R) (j : nat) (y : R) : R := eta * u c0 y / (c0 j + y ^ 2).

(** [uneven]: growth of the flux in a step, the logarithm against the loss, and what the drift so far changes *)
Definition uneven_fits (J M : nat) (eps eta : R) (U A : nat -> R) (near : nat -> nat -> R) (group : nat -> nat) (shape delta : nat -> nat -> R)
  (together : nat -> R) (steep : R) (uneven : nat -> R) : Prop :=
  forall i j, (i <= M)%nat -> (j < J)%nat ->
    eta * U i * exp (A i * (eta * U i)) * (A i + shape i (group j)) / 2 + / (1 - eps) * ((eta * U i) ^ 2 * near i j)
      + (exp (steep * together i / 2 + 2 * delta i (group j)) - 1) <= uneven i.

(** [unevenness] for c_j: close bounds 1/(c_j + y^2) on the widened pieces *)
Definition unevenness (M : nat) (eta : R) (a U : nat -> R) (close : nat -> nat -> R) (uneven : nat -> R) (j : nat) : R :=
  total (S M) (fun i => eta * U i * close i j * uneven i * (a (S i) - a i)).

Lemma log_of_loss : forall q, q < 1 -> q <= - ln (1 - q) <= q / (1 - q).
Proof.
  intros q H; split.
  - assert (E := exp_ineq1_le (- q)); assert (L : ln (1 - q) <= ln (exp (- q))); [|rewrite ln_exp in L; lra].
    destruct (Rle_lt_or_eq_dec (1 - q) (exp (- q)) ltac:(lra)) as [Lt|Eq]; [left; apply ln_increasing; lra|rewrite Eq; lra].
  - assert (E := exp_ineq1_le (q / (1 - q))); replace (1 + q / (1 - q)) with (/ (1 - q)) in E by (field; lra).
    assert (P : 0 < / (1 - q)) by (apply Rinv_0_lt_compat; lra); rewrite <- ln_Rinv by lra.
    rewrite <- (ln_exp (q / (1 - q))); destruct (Rle_lt_or_eq_dec _ _ E) as [Lt|Eq]; [left; apply ln_increasing; assumption|rewrite Eq; lra].
Qed.

(** A step against the integral over it *)
Lemma flux_over_step : forall (f f' : R -> R) x h K, 0 <= h -> (forall t, x <= t <= x + h -> is_derive f t (f' t) /\ Rabs (f' t) <= K) ->
  ex_RInt f x (x + h) /\ Rabs (RInt f x (x + h) - h * f x) <= K * h ^ 2 / 2.
Proof.
  intros f f' x h K Hh H.
  assert (I : ex_RInt f x (x + h)).
  { apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht.
    apply (ex_derive_continuous f); eexists; apply H, Ht. }
  split; [exact I|]; destruct I as [v Hv]; rewrite (is_RInt_unique _ _ _ _ Hv).
  assert (C : is_RInt (fun _ : R => f x) x (x + h) (h * f x)).
  { assert (Q := is_RInt_const (V := R_NormedModule) x (x + h) (f x)); unfold scal in Q; simpl in Q; unfold mult in Q; simpl in Q.
    replace (x + h - x) with h in Q by ring; exact Q. }
  assert (D := is_RInt_minus (V := R_NormedModule) _ _ _ _ _ _ Hv C).
  assert (P : is_RInt (fun t => K * (t - x)) x (x + h) (K * h ^ 2 / 2)).
  { evar_last; [apply (is_RInt_derive (V := R_CompleteNormedModule) (fun t => K * (t - x) ^ 2 / 2) (fun t => K * (t - x)))|].
    - intros t _; auto_derive; [trivial|field].
    - intros t _; apply (ex_derive_continuous (fun t => K * (t - x))); auto_derive; trivial.
    - unfold minus, plus, opp; simpl; field. }
  apply (norm_RInt_le (V := R_NormedModule) (fun t => minus (f t) (f x)) (fun t => K * (t - x)) x (x + h) _ _ ltac:(lra)); [|exact D|exact P].
  intros t Ht; change (Rabs (f t - f x) <= K * (t - x)); replace (K * (t - x)) with (K * t - K * x) by ring.
  apply (growth_bound f (fun v => K * v) f' (fun _ => K)); [lra| | |]; intros z Hz; [apply H; lra|auto_derive; [trivial|ring]|apply H; lra].
Qed.

(** One step of a squared difference *)
Lemma loss_step : forall (u0 us I0 Is h q l eta U N near e0 t1 de uneven g K : R),
  0 < eta -> 0 < u0 <= U -> 0 < us <= U -> 0 < I0 -> Is <= N -> Is <= near -> h = eta * us -> q = h ^ 2 * Is -> 0 <= e0 < 1 -> q <= e0 ->
  u0 <= us * exp t1 -> us <= u0 * exp t1 -> I0 <= Is -> Is <= I0 * exp de -> 0 <= t1 -> 0 <= de -> l = - ln (1 - q) ->
  Rabs (g - h * (eta * u0 * I0)) <= eta * U * N * K * h ^ 2 / 2 -> 0 <= K ->
  eta * U * K / 2 + / (1 - e0) * ((eta * U) ^ 2 * near) + (exp (t1 + 2 * de) - 1) <= uneven ->
  Rabs (l - g) <= h * (eta * U * N * uneven).
Proof.
  intros u0 us I0 Is h q l eta U N near e0 t1 de uneven g K He H0 Hs PI HN Hnear Eh Eq He0 Hq A1 A2 B1 B2 T1 D1 El Hg HK Hun.
  assert (Ps : 0 < Is) by lra; assert (PN : 0 < N) by lra; assert (h0 : 0 < h) by (rewrite Eh; apply Rmult_lt_0_compat; lra).
  assert (hU : h <= eta * U) by (rewrite Eh; apply Rmult_le_compat_l; lra).
  set (Q := h * Is); assert (EQ : q = h * Q) by (unfold Q; rewrite Eq; ring); set (F := eta * u0 * I0) in *.
  assert (Q0 : 0 < Q) by (apply Rmult_lt_0_compat; assumption); assert (QN : Q <= eta * U * N) by (unfold Q; apply Rmult_le_compat; lra).
  set (th := t1 + 2 * de) in *; assert (Th : 0 <= th) by (unfold th; lra); assert (E1 := exp_ineq1_le th).
  assert (Up : F <= Q * exp th).
  { apply (Rle_trans _ (eta * (us * exp t1) * Is)).
    - unfold F; apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra].
    - unfold Q; rewrite Eh; replace (eta * (us * exp t1) * Is) with (eta * us * Is * exp t1) by ring; apply Rmult_le_compat_l; [rewrite <- Eh; unfold Q in Q0; lra|].
      apply exp_le_compat; unfold th; lra. }
  assert (Low : Q <= F * exp th).
  { apply (Rle_trans _ (eta * (u0 * exp t1) * (I0 * exp de))).
    - unfold Q; rewrite Eh; apply Rmult_le_compat; try lra; apply Rmult_le_compat_l; lra.
    - replace (eta * (u0 * exp t1) * (I0 * exp de)) with (F * (exp t1 * exp de)) by (unfold F; ring); rewrite <- exp_plus.
      apply Rmult_le_compat_l; [unfold F; apply Rmult_le_pos; [apply Rmult_le_pos|]; lra|apply exp_le_compat; unfold th; lra]. }
  assert (Mid : Rabs (Q - F) <= Q * (exp th - 1)).
  { apply Rabs_le; split; [lra|].
    assert (X : exp th * exp (- th) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0); assert (Em := exp_pos (- th)); assert (Ep := exp_pos th).
    assert (Q * exp (- th) <= F) by (apply (Rmult_le_reg_r (exp th)); [exact Ep|]; rewrite Rmult_assoc, (Rmult_comm (exp (- th))), X; lra).
    assert (S : 0 <= exp (- th) * (exp th - 1) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
    replace (exp (- th) * (exp th - 1) ^ 2) with (exp th * exp (- th) * exp th - 2 * (exp th * exp (- th)) + exp (- th)) in S by ring; rewrite X in S.
    assert (Q * (1 - exp (- th)) <= Q * (exp th - 1)) by (apply Rmult_le_compat_l; lra); lra. }
  assert (q0 : 0 <= q) by (rewrite EQ; apply Rmult_le_pos; lra); assert (L := log_of_loss q ltac:(lra)); rewrite <- El in L.
  assert (Lq : 0 <= l - q <= h * (Q * (/ (1 - e0) * ((eta * U) ^ 2 * near)))).
  { split; [lra|]; assert (S1 : / (1 - q) <= / (1 - e0)) by (apply Rinv_le_contravar; lra); assert (S0 : 0 < / (1 - e0)) by (apply Rinv_0_lt_compat; lra).
    assert (q / (1 - q) - q <= q * (/ (1 - e0) * q)).
    { replace (q / (1 - q) - q) with (q * (/ (1 - q) * q)) by (field; lra); apply Rmult_le_compat_l; [exact q0|apply Rmult_le_compat_r; assumption]. }
    assert (qs : q <= (eta * U) ^ 2 * near) by (rewrite Eq; apply Rmult_le_compat; [apply pow2_ge_0|lra|apply pow_incr; lra|exact Hnear]).
    replace (h * (Q * (/ (1 - e0) * ((eta * U) ^ 2 * near)))) with (q * (/ (1 - e0) * ((eta * U) ^ 2 * near))) by (rewrite EQ; ring).
    assert (q * (/ (1 - e0) * q) <= q * (/ (1 - e0) * ((eta * U) ^ 2 * near))) by (apply Rmult_le_compat_l; [exact q0|apply Rmult_le_compat_l; lra]); lra. }
  replace (l - g) with (l - q + (h * Q - h * F) - (g - h * F)) by (rewrite EQ; ring).
  eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp; eapply Rle_trans; [apply Rplus_le_compat_r, Rabs_triang|].
  rewrite (Rabs_pos_eq (l - q)) by lra; replace (h * Q - h * F) with (h * (Q - F)) by ring; rewrite Rabs_mult, (Rabs_pos_eq h) by lra.
  set (s := / (1 - e0) * ((eta * U) ^ 2 * near)) in *; assert (s0 : 0 <= s).
  { unfold s; apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|apply Rmult_le_pos; [apply pow2_ge_0|lra]]. }
  set (Y := eta * U * N) in *; assert (Y0 : 0 <= Y) by lra.
  assert (h * Rabs (Q - F) <= h * (Y * (exp th - 1))).
  { apply Rmult_le_compat_l; [lra|]; eapply Rle_trans; [exact Mid|apply Rmult_le_compat_r; lra]. }
  assert (h * (Q * s) <= h * (Y * s)) by (apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_r; lra]).
  assert (Y * K * h ^ 2 / 2 <= h * (Y * (eta * U * K / 2))).
  { replace (Y * K * h ^ 2 / 2) with (h * (Y * (h * K / 2))) by field; apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_l; [exact Y0|].
    apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_r; assumption. }
  assert (h * (Y * (eta * U * K / 2 + s + (exp th - 1))) <= h * (Y * uneven)) by (apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_l; assumption]); lra.
Qed.

(** Along the orbit, before the exit *)
Lemma losses_along : forall J N M n a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape
    delta weight X Z low together steep close uneven,
  0 < eta -> 0 <= eps < 1 -> pieces_fit M a r ->
  speeds_fit J M eps eta (c 0%nat) a r U A B near u psi' psi'' ->
  sensitive J eps (c 0%nat) (a 0%nat) (a (S M)) u chi ->
  chi_moves J eps (c 0%nat) (a 0%nat) (a (S M)) chi zeta ->
  kernels_fit J N M eps eta (c 0%nat) a r U A near u chi zeta group drift rho shape delta weight X Z low together steep ->
  (forall j, (j < J)%nat -> 0 <= c 0%nat j) -> a 0%nat <= x 0%nat <= a M -> reduced_orbit J eta u x c -> before_exit x (a M) n ->
  uneven_fits J M eps eta U A near group shape delta together steep uneven ->
  (forall c' i j y, in_box J eps (c 0%nat) c' -> (i <= M)%nat -> (j < J)%nat -> a i - r i <= y <= a (S i) + r (S i) -> / (c' j + y ^ 2) <= close i j) ->
  forall j, (j < J)%nat -> 0 < c 0%nat j -> exists e, Rabs e <= unevenness M eta a U close uneven j /\
    ex_RInt (flux u eta (c 0%nat) j) (x 0%nat) (x n) /\
    c n j = c 0%nat j * exp (- (RInt (flux u eta (c 0%nat) j) (x 0%nat) (x n) + e)).
Proof.
  intros J N M n a r U A B near u psi' psi'' chi zeta x c eta eps group drift rho shape delta weight X Z low together steep close uneven
    He Heps HP HS Hsens Hchi HK Hc0 Hx0 Orb Hn Hun Hclose j Hj Cj.
  assert (HF := kernels_bounded J N M eps eta (c 0%nat) a r U A B near u psi' psi'' chi zeta group drift rho shape delta
    weight X Z low together steep He Heps HP HS Hsens Hchi HK Hc0).
  assert (Kept := orbit_kept J M eps eta a r U A B near u psi' psi'' x c He (proj1 Heps) HP HS Hc0 Hx0 Orb n Hn).
  assert (Ex : forall m, x (S m) = x m + eta * u (c m) (x m)) by (intros m; apply (Orb m)).
  assert (Cp : forall s, (s <= n)%nat -> 0 < c s j).
  { intros s Hs; destruct (proj1 (Kept s Hs) j Hj) as [L _]; eapply Rlt_le_trans; [|exact L]; apply Rmult_lt_0_compat; lra. }
  assert (Stp := fun m (Hm : (m < n)%nat) => step_kept J M eps eta (c 0%nat) a r U A B near u psi' psi'' (c m) (x m) HP HS
    (proj1 (Kept m (Nat.lt_le_incl _ _ Hm))) He (conj (proj1 (proj2 (Kept m (Nat.lt_le_incl _ _ Hm)))) (Hn m Hm))).
  assert (B0 : in_box J eps (c 0%nat) (c 0%nat)) by (apply (Kept 0%nat); lia).
  set (c0 := c 0%nat) in *; set (fl := flux u eta c0 j).
  (* the flux has a derivative on the widened pieces, where the speed is positive *)
  set (soft := fun t => eta * exp (ln (u c0 t)) / (c0 j + t ^ 2)).
  assert (Soft : forall i t, (i <= M)%nat -> a i - r i <= t <= a (S i) + r (S i) -> soft t = fl t /\ 0 < u c0 t <= U i /\ 0 < c0 j + t ^ 2 /\
    is_derive soft t (fl t * (psi' c0 t - 2 * t / (c0 j + t ^ 2))) /\
    Rabs (fl t * (psi' c0 t - 2 * t / (c0 j + t ^ 2))) <= eta * U i * close i j * (A i + shape i (group j))).
  { intros i t Hi Wt; destruct (proj1 HS c0 i t B0 Hi Wt) as [[P PU] [D1 [_ [HA [_ Nr]]]]]; destruct (Nr j Hj) as [N1 _].
    assert (Cl := Hclose c0 i j t B0 Hi Hj Wt); assert (Eq : soft t = fl t) by (unfold soft, fl, flux; rewrite exp_ln by exact P; reflexivity).
    split; [exact Eq|]; split; [split; assumption|]; split; [exact N1|]; split.
    - unfold soft; evar_last.
      + apply (is_derive_ext (fun t => eta * exp (ln (u c0 t)) * / (c0 j + t ^ 2))); [intros; reflexivity|].
        apply (is_derive_mult (K := R_AbsRing) (fun t => eta * exp (ln (u c0 t))) (fun t => / (c0 j + t ^ 2)) t (eta * (psi' c0 t * exp (ln (u c0 t)))) (- (2 * t) / (c0 j + t ^ 2) ^ 2)); [| |exact Rmult_comm].
        * apply (is_derive_scal (fun t => exp (ln (u c0 t))) t eta); apply (is_derive_comp exp (fun t => ln (u c0 t)) t); [apply is_derive_exp|exact D1].
        * apply (is_derive_inv (fun t => c0 j + t ^ 2) t (2 * t)); [auto_derive; [trivial|ring]|lra].
      + unfold plus, mult; simpl; unfold fl, flux; rewrite exp_ln by exact P; field; simpl in N1; lra.
    - destruct HK as [_ [_ [_ [_ [_ [Hpiece _]]]]]]; destruct (Hpiece i t Hi Wt) as [_ [_ [_ Sh]]]; specialize (Sh j Hj).
      assert (I0 : 0 < / (c0 j + t ^ 2)) by (apply Rinv_0_lt_compat, N1); rewrite Rabs_mult; apply Rmult_le_compat; try apply Rabs_pos.
      + unfold fl, flux, Rdiv; rewrite Rabs_pos_eq by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]).
        apply Rmult_le_compat; try lra; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra].
      + unfold Rminus; eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp; apply Rplus_le_compat; [exact HA|].
        unfold Rdiv; rewrite !Rabs_mult, (Rabs_pos_eq 2), (Rabs_pos_eq (/ _)) by lra; exact Sh. }
  set (g := fun s => RInt fl (x s) (x (S s))); set (l := fun s => ln (c s j) - ln (c (S s) j)).
  assert (Int : forall s i, (s < n)%nat -> (i <= M)%nat -> a i - r i <= x s <= a (S i) -> x (S s) <= a (S i) + r (S i) ->
    ex_RInt fl (x s) (x (S s)) /\ Rabs (g s - (x (S s) - x s) * fl (x s)) <= eta * U i * close i j * (A i + shape i (group j)) * (x (S s) - x s) ^ 2 / 2).
  { intros s i Hs Hi W1 W2; destruct (Stp s Hs) as [h0 _]; rewrite <- (Rplus_minus (x s) (x (S s))) at 1.
    assert (rSi : 0 <= r (S i)) by (apply HP; lia); set (h := x (S s) - x s); assert (Eh : h = eta * u (c s) (x s)) by (unfold h; rewrite Ex; ring).
    destruct (flux_over_step soft (fun t => fl t * (psi' c0 t - 2 * t / (c0 j + t ^ 2))) (x s) h (eta * U i * close i j * (A i + shape i (group j)))) as [I1 I2]; [lra| |].
    - intros t Ht; assert (Q := Soft i t Hi ltac:(unfold h in Ht; lra)); split; apply Q.
    - assert (Same : forall t, Rmin (x s) (x s + h) < t < Rmax (x s) (x s + h) -> soft t = fl t).
      { intros t; rewrite Rmin_left, Rmax_right by lra; intros Ht; apply (Soft i t Hi); unfold h in Ht; lra. }
      split; [exact (ex_RInt_ext (V := R_NormedModule) soft fl _ _ Same I1)|].
      unfold g; replace (x (S s)) with (x s + h) by (unfold h; ring); rewrite <- (RInt_ext (V := R_CompleteNormedModule) soft fl _ _ Same).
      rewrite <- (proj1 (Soft i (x s) Hi ltac:(lra))); exact I2. }
  assert (Step : forall s i, (s < n)%nat -> (i <= M)%nat -> a i - r i <= x s <= a (S i) -> x (S s) <= a (S i) + r (S i) ->
    Rabs (l s - g s) <= (x (S s) - x s) * (eta * U i * close i j * uneven i)).
  { intros s i Hs Hi W1 W2; destruct (Int s i Hs Hi W1 W2) as [_ Ig]; assert (rSi : 0 <= r (S i)) by (apply HP; lia).
    assert (Bs : before_exit x (a M) (S s)) by (intros t Ht; apply Hn; lia).
    destruct (orbit_narrow J M eps eta a r U A B near u psi' psi'' chi drift _ _ _ _ x c He (proj1 Heps) HP HS HF Hc0 Hx0 Orb s i Bs Hi W1) as [N1 _].
    destruct (Kept s ltac:(lia)) as [Bx Xs]; destruct (Kept (S s) Hs) as [Bx' _].
    destruct (proj1 HS (c s) i (x s) Bx Hi ltac:(lra)) as [Us [_ [_ [_ [_ Ns]]]]]; destruct (Ns j Hj) as [Ns1 Ns2].
    destruct (Soft i (x s) Hi ltac:(lra)) as [_ [U0 [P0 _]]].
    assert (Eh : x (S s) - x s = eta * u (c s) (x s)) by (rewrite Ex; ring).
    assert (HK' := HK); destruct HK' as [Hg [Hr [Hw [HUA [Hd [Hpiece [Hst [Hde [Hto _]]]]]]]]].
    set (t1 := steep * together i / 2).
    assert (Seg : Rabs (ln (u (c s) (x s)) - ln (u c0 (x s))) <= X i / 2 * together i).
    { apply (segment_moves J eps c0 (fun b => ln (u b (x s))) (fun b => chi b (x s)) (c s) (drift i) (x s) (X i) (together i)); try assumption.
      - apply (Hw i).
      - intros t Ht; split; [apply Hd|apply Hc0, Ht].
      - intros b Hb; split; [apply (proj1 (proj2 (Hpiece i (x s) Hi ltac:(lra))) b Hb)|]; intros t Ht; apply (proj1 HS b i (x s) Hb Hi ltac:(lra)); exact Ht.
      - intros v Hv; apply (proj1 Hsens c0 (c s) (x s) v B0 Bx); lra.
      - apply Hto, Hi. }
    assert (X1 : X i / 2 * together i <= t1).
    { unfold t1; replace (steep * together i / 2) with (steep / 2 * together i) by field; apply Rmult_le_compat_r; [apply (Hw i)|specialize (Hst i Hi); lra]. }
    assert (t10 : 0 <= t1) by (eapply Rle_trans; [apply Rabs_pos|]; eapply Rle_trans; [exact Seg|exact X1]).
    apply Rabs_le_between in Seg.
    assert (Nq := narrow_quotient eps (drift i j) (c0 j) (c s j) Heps (Hd i j) (Rlt_le _ _ Cj) (N1 j Hj) (proj1 (Bx j Hj))).
    specialize (Hde i j Hi Hj); assert (cs0 := Cp s ltac:(lia)); destruct (Bx j Hj) as [_ Cs]; set (de := delta i (group j)) in *.
    assert (De : 0 <= de) by (apply Hr); assert (Ede := exp_ineq1_le de).
    assert (sq : 0 <= x s ^ 2) by apply pow2_ge_0.
    assert (q1 : c (S s) j = c s j * (1 - (x (S s) - x s) ^ 2 * / (c s j + x s ^ 2))) by (rewrite Eh; apply (Orb s); exact Hj).
    set (q := (x (S s) - x s) ^ 2 * / (c s j + x s ^ 2)) in *.
    assert (qe : q <= eps).
    { destruct (Bx' j Hj) as [L _]; rewrite q1 in L; fold c0 in L; apply Rnot_lt_le; intros Lt.
      assert (c s j * (1 - q) < c s j * (1 - eps)) by (apply Rmult_lt_compat_l; lra).
      assert (c s j * (1 - eps) <= c0 j * (1 - eps)) by (apply Rmult_le_compat_r; lra); lra. }
    apply (loss_step (u c0 (x s)) (u (c s) (x s)) (/ (c0 j + x s ^ 2)) (/ (c s j + x s ^ 2)) (x (S s) - x s) q (l s) eta (U i) (close i j) (near i j)
      eps t1 de (uneven i) (g s) (exp (A i * (eta * U i)) * (A i + shape i (group j)))); try assumption; try lra.
    - apply Rinv_0_lt_compat; exact P0.
    - apply (Hclose (c s) i j (x s) Bx Hi Hj); lra.
    - reflexivity.
    - rewrite <- (exp_ln (u c0 (x s))), <- (exp_ln (u (c s) (x s))), <- exp_plus by lra; apply exp_le_compat; lra.
    - rewrite <- (exp_ln (u c0 (x s))), <- (exp_ln (u (c s) (x s))), <- exp_plus by lra; apply exp_le_compat; lra.
    - apply Rinv_le_contravar; lra.
    - apply (Rmult_le_reg_r (c s j + x s ^ 2)); [exact Ns1|]; rewrite Rinv_l by lra; apply (Rmult_le_reg_r (c0 j + x s ^ 2)); [exact P0|].
      replace (/ (c0 j + x s ^ 2) * exp de * (c s j + x s ^ 2) * (c0 j + x s ^ 2)) with (exp de * (c s j + x s ^ 2)) by (field; lra).
      assert (c0 j <= exp de * c s j) by (eapply Rle_trans; [exact Nq|apply Rmult_le_compat_r; lra]).
      assert (1 * x s ^ 2 <= exp de * x s ^ 2) by (apply Rmult_le_compat_r; lra); lra.
    - unfold l; rewrite q1, ln_mult by lra; ring.
    - replace ((x (S s) - x s) * (eta * u c0 (x s) * / (c0 j + x s ^ 2))) with ((x (S s) - x s) * fl (x s)) by (unfold fl, flux, Rdiv; ring).
      eapply Rle_trans; [exact Ig|]; apply Rmult_le_compat_r; [lra|]; apply Rmult_le_compat_r; [apply pow2_ge_0|].
      assert (Sp : 0 <= A i + shape i (group j)) by (destruct (HUA i); destruct (Hr i (group j)) as [_ [? _]]; lra).
      assert (1 <= exp (A i * (eta * U i))) by (rewrite <- exp_0; apply exp_le_compat; destruct (HUA i); apply Rmult_le_pos; [assumption|apply Rmult_le_pos; lra]).
      apply Rmult_le_compat_l; [|rewrite <- (Rmult_1_l (A i + shape i (group j))) at 1; apply Rmult_le_compat_r; assumption].
      apply Rmult_le_pos; [apply Rmult_le_pos; lra|]; eapply Rle_trans; [left; apply Rinv_0_lt_compat, P0|apply (Hclose c0 i j (x s) B0 Hi Hj); lra].
    - destruct (HUA i); destruct (Hr i (group j)) as [_ [? _]]; apply Rmult_le_pos; [left; apply exp_pos|lra].
    - specialize (Hun i j Hi Hj); fold de in Hun; unfold t1; lra. }
  assert (Some_i : forall s, (s < n)%nat -> exists i, (i <= M)%nat /\ a i - r i <= x s <= a (S i) /\ x (S s) <= a (S i) + r (S i)).
  { intros s Hs; destruct HP as [HM [Ha [Hr Hl]]]; destruct (Kept s ltac:(lia)) as [_ Xs]; specialize (Hn s Hs).
    destruct (piece_of a M (x s) HM ltac:(lra)) as [i [Hi Ki]]; destruct (Stp s Hs) as [_ [_ Sh]]; specialize (Sh i Hi Ki).
    exists i; assert (0 <= r i) by (apply Hr; lia); repeat split; try lia; try lra; rewrite Ex; lra. }
  assert (Tele : forall m, (m <= n)%nat -> ex_RInt fl (x 0%nat) (x m) /\ total m (fun s => l s - g s) = ln (c0 j) - ln (c m j) - RInt fl (x 0%nat) (x m)).
  { induction m as [|m IH]; intros Hm.
    - split; [apply ex_RInt_point|]; rewrite (RInt_point (V := R_CompleteNormedModule)); unfold zero; simpl; unfold c0; ring.
    - destruct (IH ltac:(lia)) as [I1 I2]; destruct (Some_i m ltac:(lia)) as [i [Hi [W1 W2]]]; destruct (Int m i ltac:(lia) Hi W1 W2) as [I3 _].
      split; [exact (ex_RInt_Chasles (V := R_NormedModule) fl _ _ _ I1 I3)|]; assert (Ch := RInt_Chasles (V := R_CompleteNormedModule) fl _ _ _ I1 I3).
      change (RInt fl (x 0%nat) (x m) + RInt fl (x m) (x (S m)) = RInt fl (x 0%nat) (x (S m))) in Ch; cbn [total]; rewrite I2, <- Ch; unfold l, g; ring. }
  destruct (Tele n (Nat.le_refl n)) as [In E]; exists (total n (fun s => l s - g s)); split; [|split; [exact In|]].
  - apply (Rle_trans _ (total n (fun s => (x (S s) - x s) * (Rabs (l s - g s) / (x (S s) - x s))))).
    + apply (Rle_trans _ (total n (fun s => Rabs (l s - g s)))).
      * clear; induction n as [|n IH]; simpl; [rewrite Rabs_R0; lra|]; eapply Rle_trans; [apply Rabs_triang|lra].
      * right; apply total_ext; intros s Hs; destruct (Stp s Hs) as [P _]; rewrite Ex; field; lra.
    + apply (piece_sum M n a r x _ (fun i => eta * U i * close i j * uneven i)).
      * apply HP.
      * intros i Hi; left; apply HP; exact Hi.
      * apply HP.
      * apply HP.
      * intros s Hs; destruct (Kept s ltac:(lia)) as [_ Xs]; specialize (Hn s Hs); lra.
      * intros s Hs; destruct (Stp s Hs) as [P _]; rewrite Ex; lra.
      * intros s i Hs Hi W; rewrite Ex; destruct (Stp s Hs) as [_ [_ Sh]]; specialize (Sh i Hi W); lra.
      * intros i Hi; assert (r1 : 0 <= r i) by (apply HP; lia); assert (r2 : 0 <= r (S i)) by (apply HP; lia); assert (a i < a (S i)) by (apply HP; exact Hi).
        destruct (Soft i (a i) Hi ltac:(lra)) as [_ [U0 [P0 _]]]; assert (Cl := Hclose c0 i j (a i) B0 Hi Hj ltac:(lra)).
        assert (I0 : 0 < / (c0 j + a i ^ 2)) by (apply Rinv_0_lt_compat, P0); specialize (Hun i j Hi Hj).
        assert (HK' := HK); destruct HK' as [_ [Hr [Hw [HUA _]]]]; destruct (HUA i) as [U1 A1]; destruct (Hr i (group j)) as [_ [Sh0 D0]]; destruct (Hw i) as [_ [X0 [_ [_ T0]]]].
        apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos|]; lra|]; eapply Rle_trans; [|exact Hun].
        destruct (proj1 HS c0 i (a i) B0 Hi ltac:(lra)) as [_ [_ [_ [_ [_ Nr]]]]]; destruct (Nr j Hj) as [_ Nr2].
        assert (St : 0 <= steep) by (apply (Rle_trans _ (X 0%nat)); [apply (Hw 0%nat)|apply (proj1 (proj2 (proj2 (proj2 (proj2 (proj2 (proj2 HK)))))) 0%nat); lia]).
        assert (E1 : 1 <= exp (steep * together i / 2 + 2 * delta i (group j))) by (rewrite <- exp_0; apply exp_le_compat; assert (0 <= steep * together i) by (apply Rmult_le_pos; assumption); lra).
        assert (0 <= eta * U i * exp (A i * (eta * U i)) * (A i + shape i (group j))) by (apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply exp_pos]|lra]).
        assert (0 <= / (1 - eps) * ((eta * U i) ^ 2 * near i j)) by (apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|apply Rmult_le_pos; [apply pow2_ge_0|lra]]); lra.
      * intros s i Hs Hi W1 W2; destruct (Stp s Hs) as [P _]; assert (D : 0 < x (S s) - x s) by (rewrite Ex; lra).
        apply (Rmult_le_reg_l (x (S s) - x s)); [exact D|]; replace ((x (S s) - x s) * (Rabs (l s - g s) / (x (S s) - x s))) with (Rabs (l s - g s)) by (field; lra).
        apply Step; assumption.
  - fold fl; rewrite E; replace (- (RInt fl (x 0%nat) (x n) + (ln (c0 j) - ln (c n j) - RInt fl (x 0%nat) (x n)))) with (ln (c n j) - ln (c0 j)) by ring.
    unfold Rminus; rewrite exp_plus, exp_Ropp, !exp_ln by (try apply Cp; lia || assumption); field; lra.
Qed.
