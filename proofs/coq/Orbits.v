(** Many steps of the certified escape count: their lengths and sums on a cell, the drift, the enclosure
    of the orbit by an Abel function, the order of orbits, and the count on one cell. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Coquelicot Require Import Coquelicot.
From Lemmata Require Import Products Remainder.
Open Scope R_scope.

(** ** R2. Steps inside a cell, and sums over them *)

Theorem cell_steps_length : forall (v : nat -> R) n a b hmax,
  a <= b -> 0 <= hmax ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> v (S s) - v s <= hmax) ->
  total n (fun s => v (S s) - v s) <= b - a + hmax.
Proof.
  intros v n a b hmax Hab Hm Hin Hstep.
  assert (T : forall m, total m (fun s => v (S s) - v s) = v m - v O)
    by (induction m as [|m IH]; simpl; [ring|rewrite IH; ring]).
  rewrite T; destruct n as [|n]; [lra|].
  pose proof (Hin O ltac:(lia)); pose proof (Hin n ltac:(lia)); pose proof (Hstep n ltac:(lia)); lra.
Qed.

Theorem cell_sum_bound : forall (v F : nat -> R) n a b hmax M,
  a <= b -> 0 <= hmax -> 0 <= M ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> 0 <= v (S s) - v s <= hmax) ->
  (forall s, (s < n)%nat -> F s <= M) ->
  total n (fun s => (v (S s) - v s) * F s) <= M * (b - a + hmax).
Proof.
  intros v F n a b hmax M Hab Hm HM Hin Hstep HF.
  apply Rle_trans with (M * total n (fun s => v (S s) - v s)).
  - rewrite <- total_scal; apply total_le; intros s Hs.
    rewrite Rmult_comm; apply Rmult_le_compat_r; [apply Hstep|apply HF]; lia.
  - apply Rmult_le_compat_l; [lra|].
    apply cell_steps_length; auto; intros s Hs; apply Hstep; exact Hs.
Qed.

(** ** R3. The drift of c_j = w_j^2 - w_m^2 under the exact contraction c+ = c (1 - x) *)

Theorem contraction_one_step : forall c x, 0 <= c -> 0 <= x <= 1 -> 0 <= c * (1 - x) <= c.
Proof. intros; nra. Qed.

Theorem contraction_magnitude : forall x, 0 <= x <= 2 -> Rabs (1 - x) <= 1.
Proof. intros; apply Rabs_le; lra. Qed.

Theorem contraction_drift : forall (c x : nat -> R) n,
  0 <= c O ->
  (forall s, (s < n)%nat -> c (S s) = c s * (1 - x s)) ->
  (forall s, (s < n)%nat -> 0 <= x s <= 1) ->
  0 <= c n /\ c O * (1 - total n x) <= c n <= c O.
Proof.
  induction n as [|n IH]; intros H0 Hc Hx; simpl; [lra|].
  destruct IH as [P [Q S]]; auto with arith.
  rewrite Hc by lia; specialize (Hx n ltac:(lia)); nra.
Qed.

(** ** R4. From one-step defects to an enclosure of the orbit *)

Theorem abel_sum : forall (Phi : R -> R) (v e : nat -> R) n,
  (forall s, (s < n)%nat -> 1 - e s <= Phi (v (S s)) - Phi (v s) <= 1 + e s) ->
  Rabs (Phi (v n) - Phi (v O) - INR n) <= total n e.
Proof.
  intros Phi v e n; induction n as [|n IH]; intros H.
  - simpl; replace (_ - _ - 0) with 0 by ring; rewrite Rabs_R0; lra.
  - specialize (IH ltac:(auto with arith)); specialize (H n ltac:(lia)).
    apply Rabs_le_between in IH; rewrite S_INR; simpl; apply Rabs_le; lra.
Qed.

Theorem abel_enclosure : forall (Phi : R -> R) (D : R -> Prop) (v e : nat -> R) n,
  (forall x y, D x -> D y -> x < y -> Phi x < Phi y) ->
  (forall s, (s < n)%nat -> 1 - e s <= Phi (v (S s)) - Phi (v s) <= 1 + e s) ->
  D (v n) ->
  (forall x, D x -> Phi x <= Phi (v O) + INR n - total n e -> x <= v n) /\
  (forall x, D x -> Phi (v O) + INR n + total n e <= Phi x -> v n <= x).
Proof.
  intros Phi D v e n Inc H Dn.
  assert (E := abel_sum Phi v e n H); apply Rabs_le_between in E.
  split; intros x Dx Hx; apply Rnot_lt_le; intros L.
  - specialize (Inc _ _ Dn Dx L); lra.
  - specialize (Inc _ _ Dx Dn L); lra.
Qed.

(** ** The map v -> v + eta u(v), when |eta u'| < 1 *)

Theorem step_map_increasing : forall (u u' : R -> R) eta a b x y,
  (forall z, a <= z <= b -> is_derive u z (u' z)) ->
  (forall z, a <= z <= b -> Rabs (eta * u' z) < 1) ->
  a <= x -> x < y <= b ->
  x + eta * u x < y + eta * u y.
Proof.
  intros u u' eta a b x y D H Ha [Hxy Hb].
  destruct (MVT_gen u x y u') as [c [Hc E]].
  - intros z; rewrite Rmin_left, Rmax_right by lra; intros; apply D; lra.
  - intros z; rewrite Rmin_left, Rmax_right by lra; intros.
    apply continuity_pt_filterlim, (ex_derive_continuous u z); eexists; apply D; lra.
  - rewrite Rmin_left, Rmax_right in Hc by lra.
    specialize (H c ltac:(lra)); apply Rabs_lt_between in H; nra.
Qed.

(** Two orbits, the second driven at least as hard, keep their order: counts are monotone. *)
Theorem ordered_orbits : forall (lo up : nat -> R -> R) (D : R -> Prop) (x y : nat -> R) n,
  (forall s a b, D a -> D b -> a <= b -> lo s a <= lo s b) ->
  (forall s a, D a -> lo s a <= up s a) ->
  (forall s, (s < n)%nat -> x (S s) <= lo s (x s) /\ up s (y s) <= y (S s)) ->
  (forall s, (s <= n)%nat -> D (x s) /\ D (y s)) ->
  x O <= y O -> x n <= y n.
Proof.
  intros lo up D x y n Mon Le Step In Start; induction n as [|n IH]; [exact Start|].
  destruct (Step n ltac:(lia)); destruct (In n ltac:(lia)).
  assert (x n <= y n) by (apply IH; auto with arith).
  specialize (Mon n _ _ H1 H2 H3); specialize (Le n _ H2); lra.
Qed.

(** ** Together: the count of an autonomous orbit on one cell *)

Theorem cell_count : forall (u psi' psi'' : R -> R) (v : nat -> R) n a b eta hmax A B,
  0 < eta -> 0 <= hmax -> (0 < n)%nat ->
  (forall s, (s < n)%nat -> v (S s) = v s + eta * u (v s)) ->
  (forall s, (s < n)%nat -> a <= v s <= b) ->
  (forall s, (s < n)%nat -> eta * u (v s) <= hmax) ->
  (forall x, a <= x <= b + hmax -> 0 < u x) ->
  (forall x, a <= x <= b + hmax -> is_derive (fun y => ln (u y)) x (psi' x)) ->
  (forall x, a <= x <= b + hmax -> is_derive psi' x (psi'' x)) ->
  (forall x, a <= x <= b + hmax -> Rabs (psi' x) <= A) ->
  (forall x, a <= x <= b + hmax -> Rabs (psi'' x) <= B) ->
  Rabs (1 / eta * RInt (fun x => 1 / u x) (v O) (v n) + 1 / 2 * ln (u (v n) / u (v O)) - INR n)
    <= hmax * (B / 12 + exp (A * hmax) * A ^ 2 / 6) * (b - a + hmax).
Proof.
  intros u psi' psi'' v n a b eta hmax A B He Hm Hn Hv Hin Hh Pu D1 D2 HA HB.
  set (d := B / 12 + exp (A * hmax) * A ^ 2 / 6).
  assert (Hab : a <= b) by (specialize (Hin O Hn); lra).
  assert (Ia : a <= a <= b + hmax) by lra.
  assert (A0 : 0 <= A) by (eapply Rle_trans; [apply Rabs_pos|apply (HA a Ia)]).
  assert (B0 : 0 <= B) by (eapply Rle_trans; [apply Rabs_pos|apply (HB a Ia)]).
  assert (d0 : 0 <= d).
  { unfold d; assert (0 < exp (A * hmax)) by apply exp_pos; assert (0 <= A ^ 2) by nra; nra. }
  assert (Hup : forall s, (s < n)%nat -> 0 < v (S s) - v s <= hmax).
  { intros s Hs; rewrite (Hv s Hs); specialize (Hin s Hs); specialize (Hh s Hs).
    assert (0 < u (v s)) by (apply Pu; lra).
    assert (0 < eta * u (v s)) by now apply Rmult_lt_0_compat.
    lra. }
  assert (Rng : forall s, (s <= n)%nat -> a <= v s <= b + hmax).
  { intros s Hs; destruct s as [|s]; [specialize (Hin O Hn); lra|].
    specialize (Hin s ltac:(lia)); specialize (Hup s ltac:(lia)); lra. }
  assert (Int : forall s t, (s <= n)%nat -> (t <= n)%nat ->
    ex_RInt (fun x => 1 / u x) (v s) (v t)).
  { intros s t Hs Ht.
    assert (Iz : forall z, Rmin (v s) (v t) <= z <= Rmax (v s) (v t) -> a <= z <= b + hmax).
    { intros z Hz; pose proof (Rng s Hs); pose proof (Rng t Ht); revert Hz.
      unfold Rmin, Rmax; destruct (Rle_dec (v s) (v t)); lra. }
    apply (ex_RInt_ext (V := R_NormedModule) (fun x => exp (- ln (u x)))).
    - intros x Hx; rewrite exp_Ropp, exp_ln by (apply Pu, Iz; lra).
      unfold Rdiv; now rewrite Rmult_1_l.
    - apply (ex_RInt_continuous (V := R_CompleteNormedModule)); intros z Hz.
      apply (continuous_comp (fun x => - ln (u x)) exp).
      + apply (continuous_opp (V := R_NormedModule) (fun x => ln (u x))).
        apply (ex_derive_continuous (fun x => ln (u x))); eexists; apply D1, Iz, Hz.
      + apply (ex_derive_continuous exp); auto_derive; trivial. }
  assert (Main : forall m, (m <= n)%nat ->
    Rabs (1 / eta * RInt (fun x => 1 / u x) (v O) (v m) + 1 / 2 * ln (u (v m) / u (v O)) - INR m)
      <= total m (fun s => (v (S s) - v s) * (hmax * d))).
  { induction m as [|m IH]; intros Hm'.
    - assert (0 < u (v O)) by (apply Pu; apply Rng; lia).
      rewrite (RInt_point (V := R_CompleteNormedModule)), <- ln_ratio_one by assumption.
      change (Rabs (1 / eta * 0 + 1 / 2 * 0 - 0) <= 0).
      replace (1 / eta * 0 + 1 / 2 * 0 - 0) with 0 by ring; rewrite Rabs_R0; lra.
    - assert (Hs : (m < n)%nat) by lia.
      specialize (IH ltac:(lia)).
      pose proof (Rng m ltac:(lia)) as R0; pose proof (Rng (S m) ltac:(lia)) as R1.
      pose proof (Rng O ltac:(lia)) as R2; pose proof (Hup m Hs) as Hp.
      assert (P0 : 0 < u (v O)) by (apply Pu; lra).
      assert (P1 : 0 < u (v m)) by (apply Pu; lra).
      assert (P2 : 0 < u (v (S m))) by (apply Pu; lra).
      set (h := v (S m) - v m) in *.
      assert (Ev : v (S m) = v m + h) by (unfold h; ring).
      assert (Eh : h = eta * u (v m)) by (unfold h; rewrite (Hv m Hs); ring).
      assert (Def : Rabs (1 / eta * RInt (fun x => 1 / u x) (v m) (v (S m)) - 1
        + 1 / 2 * ln (u (v (S m)) / u (v m))) <= h * (hmax * d)).
      { rewrite Ev; eapply Rle_trans.
        - apply (abel_defect u psi' psi'' (v m) h eta A B He); try lra; intros x Hx;
            first [apply Pu | apply D1 | apply D2 | apply HA | apply HB]; lra.
        - assert (E : exp (A * h) <= exp (A * hmax)) by (apply exp_le_compat, Rmult_le_compat_l; lra).
          assert (Q : B / 12 + exp (A * h) * A ^ 2 / 6 <= d).
          { apply Rplus_le_compat_l; unfold Rdiv; rewrite !Rmult_assoc; apply Rmult_le_compat_r; [|exact E].
            apply Rmult_le_pos; [apply pow2_ge_0|lra]. }
          apply Rle_trans with (h ^ 2 * d); [apply Rmult_le_compat_l; [apply pow2_ge_0|exact Q]|].
          replace (h ^ 2 * d) with (h * (h * d)) by ring.
          apply Rmult_le_compat_l; [lra|apply Rmult_le_compat_r; lra]. }
      assert (Ch : RInt (fun x => 1 / u x) (v O) (v (S m))
        = RInt (fun x => 1 / u x) (v O) (v m) + RInt (fun x => 1 / u x) (v m) (v (S m))).
      { symmetry; apply (RInt_Chasles (V := R_CompleteNormedModule)); apply Int; lia. }
      rewrite Ch, S_INR, !ln_ratio by assumption; rewrite !ln_ratio in IH, Def by assumption.
      simpl; fold h; apply Rabs_le_between in IH; apply Rabs_le_between in Def; apply Rabs_le; lra. }
  eapply Rle_trans; [apply Main; lia|].
  rewrite (total_ext _ _ (fun s => (hmax * d) * (v (S s) - v s))) by (intros; ring).
  rewrite total_scal; apply Rmult_le_compat_l; [now apply Rmult_le_pos|].
  apply cell_steps_length; auto; intros s Hs; apply Hup; exact Hs.
Qed.
